//! Servers that are not there, do not let us in, or lack something.

use std::io::{Read, Write};
use std::net::TcpListener;

use super::shows;
use crate::support::{Database, Run, folder, trueup, trueup_in, url};

const MODEL: &str = "tests/cases/column/add/before.yaml";

fn drift(db: &str) -> Run {
    trueup(&["drift", MODEL, "--db", db])
}

#[test]
fn no_database_named() {
    shows!("no_database_named", 1, trueup(&["drift", MODEL]));
}

#[test]
fn unknown_side() {
    shows!("unknown_side", 1, drift("stagign"));
}

#[test]
fn nothing_listens() {
    shows!("nothing_listens", 1, drift("postgres://somebody:hidden@127.0.0.1:1/shop"));
}

#[test]
fn unknown_host() {
    let run = drift("postgres://somebody@no-such-host.invalid/shop");
    assert!(run.stderr.contains("no-such-host.invalid"), "{}", run.stderr);
    run.expect(1);
}

#[test]
fn missing_database() {
    shows!("missing_database", 1, drift(&url("postgres", "no_such_database")));
}

#[test]
fn missing_role() {
    shows!("missing_role", 1, drift(&url("nobody_here", "postgres")));
}

/// The server trusts everyone on its socket; for one role it is told not to.
#[test]
fn wrong_password() {
    let database = Database::new();
    let hba = database.rows("SHOW hba_file").remove(0);
    let rules = std::fs::read_to_string(&hba).expect("the server's rules");
    if !rules.contains("secret") {
        std::fs::write(&hba, format!("local all secret scram-sha-256\n{rules}")).expect("the server's rules");
    }
    database.sql("SELECT pg_reload_conf()");
    // The postmaster reads the file when it gets to it.
    std::thread::sleep(std::time::Duration::from_millis(300));
    let with = |password: &str| database.url_as("secret").replace("secret@", &format!("secret:{password}@"));
    shows!("wrong_password", 1, drift(&with("guess")));
    shows!("no_password", 1, drift(&database.url_as("secret")));
    drift(&with("right")).expect(2);
}

/// A role that may only connect can read everything, and change nothing.
#[test]
fn role_without_rights() {
    let database = Database::new();
    let path = folder("rights", &[("schema/a.yaml", b"schema: app\ntables:\n  a:\n    columns:\n      id: integer\n")]);
    let url = database.url_as("plain");
    trueup_in(&path, &["drift", "schema", "--db", &url], &[]).expect(2);
    shows!("role_without_rights", 1, trueup_in(&path, &["apply", "schema", "--db", &url, "--auto-approve"], &[]));
}

#[test]
fn live_lacks_what_is_provided() {
    let database = Database::new();
    shows!("live_lacks_what_is_provided", 1, trueup(&["plan", "schema/multi_agent", "--db", &database.url()]));
}

#[test]
fn live_lacks_a_role() {
    let text: &[u8] = b"tables:\n  a:\n    columns:\n      id: integer\n    grants: {nobody_here: [select]}\n";
    let path = folder("lacks-role", &[("schema/a.yaml", text)]);
    let database = Database::new();
    shows!("live_lacks_a_role", 1, trueup_in(&path, &["plan", "schema", "--db", &database.url()], &[]));
}

/// A stand-in for PostgreSQL 13: it lets everyone in and says which version it is.
#[test]
fn server_too_old() {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
    let port = listener.local_addr().expect("a port").port();
    std::thread::spawn(move || {
        for stream in listener.incoming() {
            let Ok(mut stream) = stream else { return };
            let mut buffer = [0; 1024];
            let _ = stream.read(&mut buffer);
            let mut answer = Vec::new();
            let mut message = |tag: u8, body: &[u8]| {
                answer.push(tag);
                answer.extend(u32::try_from(body.len() + 4).unwrap_or_default().to_be_bytes());
                answer.extend(body);
            };
            message(b'R', &[0, 0, 0, 0]);
            message(b'S', b"server_version\x0013.14\x00");
            message(b'S', b"client_encoding\x00UTF8\x00");
            message(b'K', &[0, 0, 0, 1, 0, 0, 0, 1]);
            message(b'Z', b"I");
            let _ = stream.write_all(&answer);
            let _ = stream.read(&mut buffer);
        }
    });
    shows!("server_too_old", 1, drift(&format!("postgres://somebody@127.0.0.1:{port}/shop?sslmode=disable")));
}

/// Neither a report nor a message repeats a password.
#[test]
fn passwords_stay_secret() {
    let database = Database::new();
    let url = database.url().replace("postgres@", "postgres:hidden@");
    for arguments in [["drift", MODEL, "--db", &url], ["plan", MODEL, "--db", &url], ["drift", "nowhere", "--db", &url]] {
        let run = trueup(&arguments);
        assert!(!run.shown().contains("hidden"), "{}", run.shown());
    }
}

/// There is no such server yet; a snapshot may say that it was taken of one.
#[test]
fn server_newer() {
    let empty = "trueup_snapshot: 1\ntaken_at: \"2025-10-26T21:04:00Z\"\ndatabase: shop\npostgres: 190001\nrole: postgres\n\
        superuser: false\nroles: []\nobjects: {}\n";
    let here = folder("server_newer", &[("newer.yaml", empty.as_bytes())]);
    shows!("server_newer", 0, trueup_in(&here, &["diff", "newer.yaml", "newer.yaml"], &[]));
}
