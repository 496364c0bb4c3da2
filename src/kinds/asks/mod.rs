//! What a change asks of the rows that are there before it is made: those that a new constraint forbids, values that no new type
//! takes ([`Kind::asks`](super::Kind::asks)).
//!
//! Rows are asked as they will be: a [`Rows`] gives the columns their new names, types and defaults, so that a constraint's own
//! words can be asked of a table that does not look that way yet.

pub mod elements;
mod rows;

use std::collections::BTreeSet;

use super::family::Relation;
use crate::catalog::{Catalog, Id, Object};
use crate::plan::rename::Rename;
pub use rows::Rows;

/// The two sides of a change, for what has to look around.
#[derive(Clone, Copy)]
pub struct Sides<'a> {
    /// The live side, with the names that it has after the renames.
    pub live: &'a Catalog,
    /// What it is to be.
    pub desired: &'a Catalog,
    /// The renames that have not happened yet: rows are asked by the names of now.
    pub renames: &'a [Rename],
}

/// An object that comes or changes.
pub struct Asked<'a> {
    /// Which.
    pub id: &'a Id,
    /// As it is; `None` when it comes.
    pub live: Option<&'a Object>,
    /// As it is to be.
    pub desired: &'a Object,
    /// The rest.
    pub sides: Sides<'a>,
}

impl Asked<'_> {
    /// Whether an attribute is another one than before, or new.
    pub fn differs(&self, attr: &str) -> bool {
        self.live.is_none_or(|live| live.attrs.get(attr) != self.desired.attrs.get(attr))
    }
}

/// What is asked of rows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Ask {
    /// Those for which this is true may not be there.
    Violates(String),
    /// Those in which these values are the same may not be there twice.
    Twice {
        /// The values.
        by: Vec<String>,
        /// Only among the rows for which this is true.
        when: Option<String>,
        /// Whether NULL is like NULL.
        nulls_too: bool,
    },
    /// Those for which the server refuses to compute this may not be there.
    Refuses(String),
    /// Nothing: this is why it cannot be asked.
    Nothing(String),
}

/// A question to the rows of one table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Question {
    /// The object whose coming or change asks it.
    pub id: Id,
    /// What rows that are in the way have or lack, in words: `notes is NULL`.
    pub what: String,
    /// The table, by its name of now.
    pub table: String,
    /// What stands after FROM. Each row has a text `trueup_key` that tells it from others.
    pub from: String,
    /// Whether values are converted there, which may fail by itself.
    pub converts: bool,
    /// What is asked.
    pub ask: Ask,
    /// The schemas in which operators are looked for.
    pub path: BTreeSet<String>,
    /// What the model has written of it, which calls whatever it likes.
    pub words: Vec<String>,
    /// The columns whose values it looks at, as they will be called.
    pub columns: Vec<Id>,
    /// Another table in which it looks.
    pub other: Option<Relation>,
}

/// The relation that an object is a part of.
pub(super) fn relation(id: &Id) -> Relation {
    (id.schema.clone().unwrap_or_default(), id.parent.clone().unwrap_or_default())
}
