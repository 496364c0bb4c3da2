//! Scratch databases on somebody else's server: marked, held while they are used, swept when they are left, and made with no
//! more rights than there are.

use std::path::PathBuf;

use trueup::pg::Settings;
use trueup::shadow::server::{Options, Server};

use super::{large_model, signal, stopped};
use crate::cli::shows;
use crate::support::{Database, Run, Started, folder, major, root, rows_at, sql_at, trueup, trueup_in, wait_until};

/// The databases of runs, with whether they are marked, and held.
const SCRATCH: &str = "SELECT d.datname || CASE WHEN pg_catalog.shobj_description(d.oid, 'pg_database') LIKE 'trueup: %' THEN ' marked' ELSE '' END \
     || CASE WHEN EXISTS (SELECT FROM pg_locks l WHERE l.locktype = 'advisory' AND l.database = d.oid) THEN ' held' ELSE '' END \
     FROM pg_database d WHERE d.datname LIKE 'trueup\\_shadow\\_%'";

const ROLES: &str = "SELECT rolname FROM pg_roles WHERE rolname LIKE 'trueup\\_%' AND rolname <> 'trueup_shadow'";

/// A server that trueup did not start for itself, as far as it knows.
struct Somebodys(Server);

impl Somebodys {
    fn new() -> Self {
        let options = Options { wanted_major: Some(major()), exact: true, ..Options::default() };
        let server = Somebodys(Server::start_blocking(&options).unwrap_or_else(|e| panic!("no server:\n{e}")));
        server.sql(
            "CREATE ROLE chief SUPERUSER LOGIN; CREATE ROLE maker LOGIN CREATEDB CREATEROLE; CREATE ROLE creator LOGIN CREATEDB; \
             CREATE ROLE nobody LOGIN; CREATE ROLE app_reader",
        );
        server
    }

    fn settings(&self) -> Settings {
        Settings::on_socket(self.0.socket_dir(), self.0.port(), self.0.superuser(), "postgres")
    }

    fn sql(&self, sql: &str) {
        sql_at(&self.settings(), sql);
    }

    fn rows(&self, sql: &str) -> Vec<String> {
        rows_at(&self.settings(), sql)
    }

    fn url(&self, role: &str) -> String {
        format!("postgres://{role}@/postgres?host={}&port={}", self.0.socket_dir().display(), self.0.port())
    }

    #[track_caller]
    fn nothing_is_left(&self) {
        assert_eq!((self.rows(SCRATCH), self.rows(ROLES)), (vec![], vec![]));
    }
}

/// A model with rights for a role that is there and for one that is not.
fn model(grantees: &str) -> PathBuf {
    let text = format!(
        "tables:\n  t:\n    columns:\n      id: integer not null\n    primary_key: [id]\n    grants: {grantees}\n\
         views:\n  v:\n    query: select id from t\n"
    );
    folder(&format!("foreign-{}", grantees.len()), &[("schema/a.yaml", text.as_bytes())])
}

fn check(server: &Somebodys, role: &str, grantees: &str) -> Run {
    trueup_in(&model(grantees), &["check", "schema", "--no-cache", "--shadow", &server.url(role)], &[])
}

/// A superuser, a role that makes roles, and one that only makes databases.
#[test]
fn every_rank_that_serves() {
    let server = Somebodys::new();
    for role in ["chief", "maker"] {
        check(&server, role, "{app_reader: [select], app_auditor: [select]}").expect(0);
        server.nothing_is_left();
    }
    check(&server, "creator", "{app_reader: [select]}").expect(0);
    shows!("shadow_lacks_a_role", 1, check(&server, "creator", "{app_auditor: [select]}"));
    shows!("shadow_without_rights", 1, check(&server, "nobody", "{}"));
    server.nothing_is_left();
}

/// Roles that the shadow's server lacks have other names there, and their own in what comes out of it.
#[test]
fn roles_keep_their_names() {
    let (server, live) = (Somebodys::new(), Database::new());
    let path = model("{app_reader: [select], app_auditor: [select, insert]}");
    trueup_in(&path, &["apply", "schema", "--db", &live.url(), "--auto-approve"], &[]).expect(0);
    for role in ["chief", "maker"] {
        let url = server.url(role);
        trueup_in(&path, &["drift", "schema", "--db", &live.url(), "--no-cache", "--shadow", &url], &[]).expect(0);
    }
    let url = live.url();
    trueup_in(&path, &["drift", "schema", "--db", &url, "--no-cache", "--shadow", "live"], &[]).expect(0);
    server.nothing_is_left();
    assert_eq!(live.rows(SCRATCH), Vec::<String>::new());
}

/// While it is used a scratch database says whose it is, and nobody else sweeps it; one that was left goes with the next run.
#[test]
fn marked_held_and_swept() {
    let server = Somebodys::new();
    let url = server.url("chief");
    let large = folder("foreign-large", &[("large.yaml", large_model().as_bytes())]).join("large.yaml").display().to_string();
    let arguments = ["check", &large, "--no-cache", "--shadow", &url];
    let held = |rows: &[String]| rows.len() == 1 && rows[0].ends_with(" marked held");

    let caught = || stopped("it has its database", || Started::new(root(), &arguments, &[]), || held(&server.rows(SCRATCH)));
    let run = caught();
    check(&server, "chief", "{}").expect(0);
    assert!(held(&server.rows(SCRATCH)), "another run has swept it");
    signal(&run, libc::SIGKILL);
    run.end();
    wait_until("it is not held", || server.rows(SCRATCH).iter().all(|r| r.ends_with(" marked")));
    assert!(!server.rows(SCRATCH).is_empty() && !server.rows(ROLES).is_empty());
    check(&server, "chief", "{}").expect(0);
    server.nothing_is_left();

    for number in [libc::SIGTERM, libc::SIGINT] {
        let run = caught();
        signal(&run, number);
        signal(&run, libc::SIGCONT);
        assert_eq!(run.end().code, 128 + number);
        server.nothing_is_left();
    }
}

/// A model that fails leaves no scratch database either.
#[test]
fn after_an_error() {
    let server = Somebodys::new();
    let text = "tables:\n  t:\n    columns:\n      id: no_such_type\n";
    let path = folder("foreign-error", &[("schema/a.yaml", text.as_bytes())]);
    trueup_in(&path, &["check", "schema", "--shadow", &server.url("maker")], &[]).expect(1);
    server.nothing_is_left();
    let run = trueup(&["check", "schema/agent_platform", "--no-cache", "--shadow", &server.url("maker")]);
    run.expect(0);
    server.nothing_is_left();
}
