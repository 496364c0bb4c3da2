//! Data that belongs to the schema: what a model says of rows.
//!
//! Objects are compared catalog against catalog. What is said of rows has nothing to be compared with in a catalog: a query of it
//! is asked of the live side itself. So its sections stand beside those of the kinds (they are described in the same way,
//! and read into [`Data`] instead of declarations), and nothing of it is in a catalog, a snapshot or the shadow.

mod ask;
mod backfill;
mod expect;
mod look;
mod resolve;
mod rows;
mod steps;
mod verify;

pub use ask::{State, Verified, ask, unasked, understood};
pub use backfill::Backfill;
pub use expect::Expect;
pub use look::{Live, Pending, Standing, TableStanding, look};
pub use resolve::{Resolved, resolve};
pub use rows::Rows;
pub use steps::work;
pub use verify::{Verification, When, asked_in};

use crate::catalog::{Catalog, Id};
use crate::diagnostic::{Diagnostic, Failure, Result};
use crate::kinds;
use crate::kinds::former::TwoNames;
use crate::kinds::yaml::{Entry, Section};

/// What a model says of rows.
#[derive(Debug, Clone, Default)]
pub struct Data {
    /// What is to be asked, and what should come out.
    pub verify: Vec<Verification>,
    /// The rows of reference tables.
    pub rows: Vec<Rows>,
    /// What columns get in rows that are there.
    pub backfills: Vec<Backfill>,
    /// Columns that have their former names too, with the schemas of their files.
    pub two_names: Vec<(String, TwoNames)>,
}

/// Sees that columns that are to be one under two names are not two.
///
/// # Errors
/// Where both are live and nothing keeps them in step.
pub fn one_under_two_names(data: &Data, live: &Catalog) -> Result<()> {
    let mut errors = Vec::new();
    for (schema, two) in &data.two_names {
        let mut parts = crate::sql::split_name(&two.table).unwrap_or_default();
        let table = parts.pop().unwrap_or_default();
        let schema = parts.pop().unwrap_or_else(|| schema.clone());
        let there = |name: &str, data: bool| {
            let on = |id: &Id| id.schema() == schema && id.parent.as_deref() == Some(table.as_str()) && *id.name == *name;
            live.objects.keys().any(|id| on(id) && kinds::of(id).moves_between_types() == data)
        };
        if there(&two.column, true) && there(&two.former, true) && !there(&kinds::former::trigger(&two.former), false) {
            errors.push(
                Diagnostic::error("both-names-live", format!("{schema}.{table} has both {} and {}", two.column, two.former))
                    .at(&two.place)
                    .note("nothing keeps them in step, so they may be two things")
                    .help("drop the one that is not wanted first, or take `renamed_from` away if they are two things"),
            );
        }
    }
    if errors.is_empty() { Ok(()) } else { Err(Failure { diagnostics: errors }) }
}

/// A section that declares no object.
pub struct Room {
    /// How it is written.
    pub section: &'static Section,
    /// What people call many of its entries.
    pub title: &'static str,
    /// What the reference says below its keys.
    pub more: &'static str,
    /// Reads an entry, whose keys have been looked at.
    pub read: fn(&Entry<'_>, &mut Data, &mut Vec<Diagnostic>),
}

/// Every section that declares no object.
pub static ROOMS: &[&Room] = &[&rows::ROOM, &backfill::ROOM, &verify::ROOM];

/// Those that may stand under a key (`""` is the top of a file).
pub fn rooms_under(parent: &str) -> impl Iterator<Item = &'static Room> {
    ROOMS.iter().copied().filter(move |r| r.section.under.contains(&parent))
}

/// A search path as SET reads it.
fn search_path<'a>(schemas: impl Iterator<Item = &'a String>) -> String {
    let mut seen = std::collections::BTreeSet::new();
    let path = crate::sql::ident_list(schemas.filter(|s| seen.insert(*s)));
    if path.is_empty() { "''".into() } else { path }
}
