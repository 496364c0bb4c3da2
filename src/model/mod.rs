//! Models: the YAML as written, with where each value stands in its file.
//!
//! [`load`] reads a folder; the result is a list of declarations, which the shadow builds. Nothing here talks to a server.

mod entries;
pub mod json_schema;
mod load;
pub mod merge;
pub mod project;
pub mod rules;
mod time;
pub mod write;

use std::collections::BTreeSet;

use crate::catalog::Id;
use crate::data::Data;
use crate::diagnostic::Diagnostic;
use crate::kinds::yaml::Declaration;

pub(crate) use entries::{FILE_KEYS, fields_of, sections_under};
pub use load::{Files, files, has_files, load, load_provided};
pub use project::Project;
pub use time::duration;

/// Everything that a model's files declare.
#[derive(Debug, Default)]
pub struct Model {
    /// The declarations, in an order that does not depend on how files are split.
    pub declarations: Vec<Declaration>,
    /// The schemas that the model declares: every file's `schema`, and the entries of `schemas`.
    pub schemas: BTreeSet<String>,
    /// The search path for names without a schema, after the file's own schema.
    pub search_path: Vec<String>,
    /// What it says of rows.
    pub data: Data,
    /// Warnings found on the way.
    pub warnings: Vec<Diagnostic>,
    /// How many files were read.
    pub files: usize,
}

impl Model {
    /// The declaration of an object, by its id as written.
    pub fn find(&self, id: &Id) -> Option<&Declaration> {
        self.declarations.iter().find(|d| &d.id == id)
    }
}
