//! The record: what trueup did to a database, kept in that database, in schema `trueup`.
//!
//! `apply` and `rollback` write it ([`Recorder`]), `history` reads it, `rollback` goes back by it, and `drift` tells by it what
//! was agreed from what nobody agreed to. A phase's part of it is written in the transaction of its steps, so that the record
//! and the database never disagree. It can be turned off, and where the role may not write it an apply goes on without.
//!
//! Everything is a simple query in a transaction of its own, which works behind poolers.

mod agreed;
mod entry;
mod keep;
mod rollback;
mod script;
mod touched;
mod who;
mod write;

use tokio_postgres::SimpleQueryRow;

pub use agreed::{Agreed, settle};
pub use entry::{Applied, State, Touched, held, list, load, models_since, to_take_back};
pub use keep::{Kept, bring_back, keep, kept, needs_record, overdue, prune};
pub use rollback::{Reversal, renames, reversed_renames};
pub use script::Script;
pub use touched::{Sides, reversed, touched};
pub use who::{Who, commit};
pub use write::{Opening, Recorder};

use crate::diagnostic::{Diagnostic, Failure, Result};
use crate::pg::{Client, sqlstate};

/// The schema that holds the record. It is never read as a part of the database, so that no model, plan or report has it.
pub const SCHEMA: &str = "trueup";

/// The statements that bring the record from one form to the next; the first makes it.
const MIGRATIONS: &[&str] = &[include_str!("schema.sql")];

/// How it stands with the record of a database, as far as that can be seen without reading it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Presence {
    /// There is none.
    #[default]
    None,
    /// There is one, and this role may not read it.
    Hidden,
    /// There is one.
    Readable,
}

impl Presence {
    /// Understands the answer of `presence.sql`.
    pub fn parse(text: Option<&str>) -> Presence {
        match text {
            Some("readable") => Presence::Readable,
            Some(_) => Presence::Hidden,
            None => Presence::None,
        }
    }
}

/// What is set for every statement on the record, because texts depend on it.
const PINNED: &str = "SET LOCAL search_path = ''; SET LOCAL \"TimeZone\" = 'UTC'; SET LOCAL \"DateStyle\" = 'ISO, MDY'; \
     SET LOCAL row_security = off; SET LOCAL client_min_messages = warning; SET LOCAL statement_timeout = 0; \
     SET LOCAL lock_timeout = '10s'";

/// The rows that the last statement of a script gives, in a transaction that only reads.
async fn rows(client: &Client, query: &str) -> Result<Vec<SimpleQueryRow>> {
    let script = format!("BEGIN READ ONLY; {PINNED}; {query}; COMMIT");
    let found = client.rows(&script).await;
    if found.is_err() {
        // What failed is told; a connection that is gone has taken its transaction along.
        let _ = client.batch_execute("ROLLBACK").await;
    }
    found.map_err(|e| unreadable(&e))
}

fn unreadable(error: &tokio_postgres::Error) -> Failure {
    Diagnostic::error("record", "the record of this database cannot be read").note(sqlstate::server_message(error)).into()
}

/// A column of a row, empty when it is null.
fn text(row: &SimpleQueryRow, name: &str) -> String {
    row.get(name).unwrap_or_default().to_string()
}

/// The version of the record that is there.
///
/// # Errors
/// When a newer trueup has written it, or this role may not read it.
async fn version(client: &Client) -> Result<usize> {
    let found = rows(client, "SELECT version FROM trueup.meta").await?;
    let version = found.first().and_then(|r| r.get(0)).and_then(|v| v.parse().ok()).unwrap_or_default();
    if version > MIGRATIONS.len() {
        return Err(Diagnostic::error("record", "the record of this database was written by a newer trueup")
            .note(format!("its form is version {version}, this trueup knows up to {}", MIGRATIONS.len()))
            .help("update trueup")
            .into());
    }
    Ok(version)
}

/// How it stands with the record of a database that is not read otherwise.
///
/// # Errors
/// When the server refuses.
pub async fn presence(client: &Client) -> Result<Presence> {
    let found = rows(client, concat!("SELECT ", include_str!("presence.sql"))).await?;
    Ok(Presence::parse(found.first().and_then(|r| r.get(0))))
}
