//! Servers that are reached in other ways than the suite's own: over TLS, with passwords, through PgBouncer.
//!
//! They want programs that PostgreSQL does not bring, `openssl` and `pgbouncer`, and so they run only when asked for:
//! `cargo test --test all -- --ignored connections::`, as `.ci/run` does.

mod passwords;
mod pooler;
pub mod servers;
mod tls;

use crate::support::{Run, root, trueup_in};

const MODEL: &str = "tests/cases/column/add/before.yaml";

/// One run that connects and reads: an empty database differs from the model (2).
fn drift(db: &str) -> Run {
    drift_with(&["--db", db], &[])
}

fn drift_with(arguments: &[&str], variables: &[(&str, &str)]) -> Run {
    // What this machine's user has in ~/.postgresql and ~/.pgpass is none of the tests' business.
    let home = env!("CARGO_TARGET_TMPDIR");
    let variables: Vec<(&str, &str)> = [("HOME", home)].into_iter().chain(variables.iter().copied()).collect();
    trueup_in(root(), &[&["drift", MODEL], arguments].concat(), &variables)
}
