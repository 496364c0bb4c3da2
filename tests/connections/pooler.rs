//! Through PgBouncer in transaction mode, where every transaction may meet another session of the server.

use super::servers::PgBouncer;
use crate::cli::shows;
use crate::support::{Database, Run, Started, folder, root, rows_at, trueup, trueup_in, wait_until};

const BEFORE: &str = "tests/cases/column/add/before.yaml";
const AFTER: &str = "tests/cases/column/add/after.yaml";

fn apply(model: &str, url: &str) -> Run {
    trueup(&["apply", model, "--db", url, "--auto-approve", "--allow", "all"])
}

#[test]
#[ignore = "wants pgbouncer"]
fn every_command_works() {
    let database = Database::new();
    let bouncer = PgBouncer::start(&[]);
    let url = bouncer.url(&database.name);
    apply(BEFORE, &url).expect(0);
    trueup(&["plan", AFTER, "--db", &url, "--detailed-exitcode"]).expect(2);
    apply(AFTER, &url).expect(0);
    trueup(&["drift", AFTER, "--db", &url]).expect(0);
    let pulled = folder("pooler-pull", &[]);
    trueup_in(&pulled, &["pull", "--db", &url, "--out", "schema"], &[]).expect(0);
    trueup_in(&pulled, &["plan", "schema", "--db", &url, "--detailed-exitcode"], &[]).expect(0);
    trueup_in(&pulled, &["snapshot", "--db", &url, "--out", "live.yaml"], &[]).expect(0);
    // A new label is used in the transaction after its own.
    let labels = |labels: &str| format!("enums:\n  e: [{labels}]\ntables:\n  t:\n    columns:\n      c: e default 'a'\n");
    let model = folder("pooler-enum", &[("schema/a.yaml", labels("a").as_bytes())]);
    let again = |text: String| {
        std::fs::write(model.join("schema/a.yaml"), text).expect("a model");
        trueup_in(&model, &["apply", "schema", "--db", &url, "--auto-approve", "--allow", "all"], &[]).expect(0);
    };
    again(labels("a"));
    again(labels("a, b").replace("'a'", "'b'"));
    assert!(bouncer.log().contains(&database.name), "nobody came through PgBouncer:\n{}", bouncer.log());
}

/// While one apply waits for somebody's lock on a table, a second one sees that it is not alone, and a third waits for it.
#[test]
#[ignore = "wants pgbouncer"]
fn the_lock_holds() {
    let database = Database::new();
    apply(BEFORE, &database.url()).expect(0);
    let bouncer = PgBouncer::start(&[]);
    let url = bouncer.url(&database.name);
    let table = database.rows("SELECT oid::regclass FROM pg_class WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace");
    let waits = "SELECT 1 FROM pg_locks WHERE NOT granted AND database = (SELECT oid FROM pg_database WHERE datname = current_database())";
    let (first, waiting) = database.while_running(&format!("BEGIN; LOCK TABLE {} IN ACCESS SHARE MODE", table[0]), || {
        let first = Started::new(root(), &["apply", AFTER, "--db", &url, "--auto-approve", "--allow", "all"], &[]);
        wait_until("the first apply waits", || !database.rows(waits).is_empty());
        shows!("apply_running", 3, apply(AFTER, &url));
        let arguments = ["apply", AFTER, "--db", &url, "--auto-approve", "--allow", "all", "--wait", "60s"];
        let mut waiting = Started::new(root(), &arguments, &[]);
        std::thread::sleep(std::time::Duration::from_secs(2));
        assert!(waiting.child.try_wait().is_ok_and(|ended| ended.is_none()), "it did not wait");
        (first, waiting)
    });
    first.end().expect(0);
    let waited = waiting.end().expect(0);
    assert!(waited.contains("no changes"), "{waited}");
    trueup(&["drift", AFTER, "--db", &url]).expect(0);
}

/// What cannot run in a transaction is refused before anything is done, and says where it works.
#[test]
#[ignore = "wants pgbouncer"]
fn steps_outside_of_transactions() {
    let database = Database::new();
    let whole = format!("dbname={} pool_mode=session", database.name);
    let bouncer = PgBouncer::start(&[("whole_sessions", whole)]);
    let text = "tables:\n  t:\n    columns:\n      c: integer\n\
         subscriptions:\n  orders:\n    connection: host=127.0.0.1 port=1 dbname=shop\n    publications: [orders]\n";
    let model = folder("pooler-outside", &[("schema/a.yaml", text.as_bytes())]);
    let apply = |url: &str| trueup_in(&model, &["apply", "schema", "--db", url, "--auto-approve"], &[]);
    shows!("pooler_in_transaction_mode", 1, apply(&bouncer.url(&database.name)));
    assert!(database.rows("SELECT 1 FROM pg_class WHERE relname = 't'").is_empty());
    // A pooler that lends whole sessions is as good as none: the step runs, and fails for its own reason.
    for url in [bouncer.url("whole_sessions"), database.url()] {
        let run = apply(&url);
        assert!(run.stderr.contains("step-failed") && !run.stderr.contains("pooler"), "{}", run.shown());
        database.sql("DROP TABLE IF EXISTS t");
    }
}

/// The lock takes the only connection of a pool of one.
#[test]
#[ignore = "wants pgbouncer"]
fn a_pool_of_one() {
    let database = Database::new();
    let bouncer = PgBouncer::start(&[("small", format!("dbname={} pool_size=1", database.name))]);
    trueup(&["drift", BEFORE, "--db", &bouncer.url("small")]).expect(2);
    shows!("pool_of_one", 1, apply(BEFORE, &bouncer.url("small")));
    let settings = trueup::pg::Settings::parse(&database.url(), &|_| None).expect("a URL");
    assert!(rows_at(&settings, "SELECT 1 FROM pg_class WHERE relnamespace = 'public'::regnamespace").is_empty());
}

/// Without its lock an apply does not go on: another one may have begun.
#[test]
#[ignore = "runs with the other connections"]
fn a_lost_lock() {
    let database = Database::new();
    let labels = |labels: &str| format!("enums:\n  e: [{labels}]\ntables:\n  t:\n    columns:\n      c: integer\n");
    let model = folder("lost-lock", &[("schema/a.yaml", labels("a").as_bytes())]);
    let url = database.url();
    let arguments = ["apply", "schema", "--db", &url, "--auto-approve"];
    trueup_in(&model, &arguments, &[]).expect(0);
    let more = labels("a, b").replace("c: integer", "c: integer\n      d: e default 'b'");
    std::fs::write(model.join("schema/a.yaml"), more).expect("a model");
    // The first phase waits for the type, which somebody is changing.
    let holder = "SELECT l.pid FROM pg_locks l JOIN pg_database d ON d.oid = l.database WHERE l.locktype = 'advisory' AND l.mode = 'ExclusiveLock' \
         AND d.datname = current_database()";
    let waits = "SELECT 1 FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'";
    let run = database.while_running("BEGIN; ALTER TYPE e ADD VALUE 'never'", || {
        let run = Started::new(&model, &arguments, &[]);
        wait_until("the first phase waits", || !database.rows(waits).is_empty());
        database.sql(&format!("SELECT pg_terminate_backend(pid) FROM ({holder}) s"));
        run
    });
    let run = run.end();
    shows!("lock_lost", 1, run);
    assert!(database.rows("SELECT 1 FROM pg_attribute WHERE attname = 'd' AND attrelid = 't'::regclass").is_empty());
}

/// What PgBouncer says itself comes with what to do.
#[test]
#[ignore = "wants pgbouncer"]
fn what_a_pooler_says() {
    let database = Database::new();
    let bouncer = PgBouncer::start(&[("gone", "dbname=no_such_database".to_string())]);
    let drift = |url: &str| trueup(&["drift", BEFORE, "--db", url]);
    let url = bouncer.url(&database.name);
    shows!("pooler_without_user", 1, drift(&url.replace("postgres@", "stranger@")));
    shows!("pooler_without_database", 1, drift(&bouncer.url("gone")));
    shows!("pooler_refuses_a_parameter", 1, drift(&format!("{url}&options=-cwork_mem%3D1MB")));
}
