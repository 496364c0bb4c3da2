//! One result, many forms: text for a terminal, JSON for machines, Markdown for a pull request.
//!
//! Results are made elsewhere ([`crate::drift::Report`], [`crate::plan::Plan`]); nothing here decides anything.

pub mod history;
pub mod markdown;
pub mod overlap;
pub mod plan;
pub mod preflight;
pub mod proof;
pub mod review;
pub mod rows;
mod table;
pub mod text;
pub mod verify;

use crate::diagnostic::{Diagnostic, Result};

/// A form, and the file it goes to (the standard output when there is none).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Form {
    /// Which one.
    pub kind: FormKind,
    /// Where to.
    pub file: Option<std::path::PathBuf>,
}

/// The forms there are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FormKind {
    /// For a terminal.
    Text,
    /// For machines.
    Json,
    /// For pull requests.
    Markdown,
}

impl Form {
    /// Reads `KIND` or `KIND=FILE`.
    ///
    /// # Errors
    /// When there is no such form.
    pub fn parse(text: &str) -> Result<Form> {
        let (word, file) = text.split_once('=').map_or((text, None), |(w, f)| (w, Some(f.into())));
        let kind = match word {
            "text" => FormKind::Text,
            "json" => FormKind::Json,
            "markdown" => FormKind::Markdown,
            _ => {
                return Err(Diagnostic::error("unknown-report", format!("there is no report called `{word}`"))
                    .help("the forms are: text, json, markdown")
                    .into());
            }
        };
        Ok(Form { kind, file })
    }
}

/// `one` of them or `many`.
pub fn count(n: usize, one: &str, many: &str) -> String {
    if n == 1 { format!("1 {one}") } else { format!("{n} {many}") }
}
