//! All tests that go through the program or want a server: one binary, so that one server serves them all.
//!
//! `TRUEUP_TEST_MAJOR=18` runs them against that major version of PostgreSQL instead of 15, fetching it if need be.
//! `BLESS=1` rewrites the expected plans of `cases/`, `INSTA_UPDATE=always` the expected output of `cli/`: read what changed.
//! `TRUEUP_MAJORS=14,18` sets a shadow of each of these against a live side of each other.
//! `PROVE=1` proves the plans of all cases on such a version too; on 15 they always are.
//! `CASE=column/add` runs one case. `-- --ignored connections::` runs those that want PgBouncer and OpenSSL.

mod cases;
mod cli;
mod connections;
mod data;
mod export;
mod guards;
mod locks;
mod majors;
mod preflight;
mod proof;
mod properties;
mod random;
mod reading;
mod record;
mod shadow_server;
mod support;
mod systems;
