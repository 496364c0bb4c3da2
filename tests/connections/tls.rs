//! `sslmode` as libpq has it, certificates of both sides, and what is said when they do not fit.

use super::drift;
use super::servers::{Authority, Postgres};
use crate::cli::shows;

const HBA: &str = "hostssl all tls_only all trust\nhostnossl all tls_only all reject\n\
     hostnossl all plain_only all trust\nhostssl all plain_only all reject\n\
     hostssl all certified all cert\nhost all anyone all trust\n";

#[test]
#[ignore = "wants openssl"]
fn every_sslmode() {
    let (ours, other) = (Authority::new("ours"), Authority::new("other"));
    for name in ["server", "certified", "somebody"] {
        ours.sign(name, "20250101000000Z", "20990101000000Z");
    }
    ours.sign("expired", "20200101000000Z", "20200201000000Z");
    let files = ["ca.crt", "server.crt", "server.key", "expired.crt", "expired.key"].map(|name| (name, ours.read(name)));
    let settings = "ssl = on\nssl_ca_file = 'ca.crt'\nssl_cert_file = 'server.crt'\nssl_key_file = 'server.key'\n";
    let server = Postgres::start("tls", settings, HBA, &files);
    server.sql("CREATE ROLE anyone LOGIN; CREATE ROLE tls_only LOGIN; CREATE ROLE plain_only LOGIN; CREATE ROLE certified LOGIN");
    let port = server.port;
    let by_name = |role: &str, more: &str| format!("postgres://{role}@localhost:{port}/postgres?hostaddr=127.0.0.1&{more}");
    let by_address = |more: &str| format!("postgres://anyone@127.0.0.1:{port}/postgres?{more}");
    let root = |authority: &Authority| format!("sslrootcert={}", authority.path("ca.crt"));
    let encrypted = |role: &str, url: &str| {
        drift(url).expect(2);
        let line = server.last_connection(role);
        assert!(!line.is_empty(), "the server has not seen {role}");
        line.contains("SSL enabled")
    };

    for (mode, tls) in [("disable", false), ("allow", false), ("prefer", true), ("require", true)] {
        assert_eq!(encrypted("anyone", &by_name("anyone", &format!("sslmode={mode}"))), tls, "sslmode={mode}");
    }
    for mode in ["verify-ca", "verify-full"] {
        assert!(encrypted("anyone", &by_name("anyone", &format!("sslmode={mode}&{}", root(&ours)))), "sslmode={mode}");
    }
    assert!(encrypted("tls_only", &by_name("tls_only", "sslmode=allow")));
    assert!(!encrypted("plain_only", &by_name("plain_only", "sslmode=prefer")));
    shows!("tls_wanted_by_the_server", 1, drift(&by_name("tls_only", "sslmode=disable")));
    shows!("tls_refused_by_the_server", 1, drift(&by_name("plain_only", "sslmode=require")));

    // The authority is checked from verify-ca on, or where one is named; the host with verify-full alone.
    shows!("tls_unknown_authority", 1, drift(&by_name("anyone", &format!("sslmode=verify-full&{}", root(&other)))));
    drift(&by_name("anyone", &format!("sslmode=require&{}", root(&other)))).expect(1);
    shows!("tls_other_host", 1, drift(&by_address(&format!("sslmode=verify-full&{}", root(&ours)))));
    drift(&by_address(&format!("sslmode=verify-ca&{}", root(&ours)))).expect(2);
    shows!("tls_no_authority", 1, drift(&by_name("anyone", "sslmode=verify-full")));
    shows!("tls_missing_authority", 1, drift(&by_name("anyone", "sslmode=verify-full&sslrootcert=/nowhere/ca.crt")));

    let identity = |name: &str| {
        format!("sslmode=require&sslcert={}&sslkey={}", ours.path(&format!("{name}.crt")), ours.path(&format!("{name}.key")))
    };
    assert!(encrypted("certified", &by_name("certified", &identity("certified"))));
    shows!("tls_no_client_certificate", 1, drift(&by_name("certified", "sslmode=require")));
    shows!("tls_other_client_certificate", 1, drift(&by_name("certified", &identity("somebody"))));

    server.sql("ALTER SYSTEM SET ssl_key_file = 'expired.key'");
    server.set("ssl_cert_file", "expired.crt");
    shows!("tls_expired", 1, drift(&by_name("anyone", &format!("sslmode=verify-ca&{}", root(&ours)))));
    drift(&by_name("anyone", "sslmode=require")).expect(2);

    server.set("ssl", "off");
    shows!("tls_not_there", 1, drift(&by_name("anyone", "sslmode=require")));
    assert!(!encrypted("anyone", &by_name("anyone", "sslmode=prefer")));
}
