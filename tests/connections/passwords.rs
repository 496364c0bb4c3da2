//! Passwords in both of PostgreSQL's forms, and the places where libpq looks for them.

use std::os::unix::fs::PermissionsExt;

use super::servers::Postgres;
use super::{drift, drift_with};
use crate::cli::shows;
use crate::support::folder;

#[test]
#[ignore = "runs with the other connections"]
fn passwords_and_where_they_stand() {
    let server = Postgres::start("passwords", "", "host all scram all scram-sha-256\nhost all md5 all md5\n", &[]);
    server.sql("SET password_encryption = 'scram-sha-256'; CREATE ROLE scram LOGIN PASSWORD 'right'");
    server.sql("SET password_encryption = 'md5'; CREATE ROLE md5 LOGIN PASSWORD 'right'");
    let port = server.port;
    let url = |user: &str| format!("postgres://{user}@127.0.0.1:{port}/postgres");
    for role in ["scram", "md5"] {
        drift(&url(&format!("{role}:right"))).expect(2);
        drift_with(&["--db", &url(role)], &[("PGPASSWORD", "right")]).expect(2);
        let run = drift(&url(&format!("{role}:wrong")));
        assert!(run.stderr.contains("wrong-password") && !run.shown().contains(":wrong"), "{}", run.shown());
        assert!(drift(&url(role)).stderr.contains("password-missing"));
    }

    let line = format!("127.0.0.1:{port}:*:scram:right\n");
    let service = format!("[shop]\nhost=127.0.0.1\nport={port}\nuser=scram\ndbname=postgres\n");
    let files = folder("passwords", &[("pgpass", line.as_bytes()), ("open", line.as_bytes()), ("services", service.as_bytes())]);
    let path = |name: &str| files.join(name).display().to_string();
    for (name, mode) in [("pgpass", 0o600), ("open", 0o644)] {
        std::fs::set_permissions(files.join(name), std::fs::Permissions::from_mode(mode)).expect("a mode");
    }
    drift_with(&["--db", &url("scram")], &[("PGPASSFILE", &path("pgpass"))]).expect(2);
    // libpq does not read what others could have read.
    shows!("password_file_open_to_others", 1, drift_with(&["--db", &url("scram")], &[("PGPASSFILE", &path("open"))]));

    let places = [("PGSERVICEFILE", path("services")), ("PGPASSFILE", path("pgpass"))];
    let places: Vec<(&str, &str)> = places.iter().map(|(n, v)| (*n, v.as_str())).collect();
    drift_with(&["--db", "service=shop"], &places).expect(2);
    drift_with(&[], &[places.as_slice(), &[("PGSERVICE", "shop")]].concat()).expect(2);
    shows!("unknown_service", 1, drift_with(&[], &[places.as_slice(), &[("PGSERVICE", "shpo")]].concat()));
}
