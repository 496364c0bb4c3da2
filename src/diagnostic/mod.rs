//! One shape for everything that can go wrong, and one renderer.
//!
//! A [`Diagnostic`] says what is wrong, where (file, line, excerpt), why, and what to do. Every fallible function of the
//! library returns one, or a [`Failure`] holding several: a run shows all its errors, not the first.

mod render;

use std::fmt;
use std::ops::Range;
use std::path::PathBuf;
use std::sync::Arc;

pub use render::render;

/// A file as it was read, kept for excerpts.
#[derive(Debug, PartialEq, Eq)]
pub struct SourceFile {
    /// The path as the user would name it (relative to where the command runs).
    pub path: PathBuf,
    /// The whole text.
    pub text: String,
}

/// A stretch of a [`SourceFile`], in bytes.
#[derive(Clone, PartialEq, Eq)]
pub struct Place {
    /// The file.
    pub file: Arc<SourceFile>,
    /// Byte offsets into the file's text; never beyond its end.
    pub span: Range<usize>,
}

impl Place {
    /// The line number, counted from 1.
    pub fn line(&self) -> usize {
        let end = self.span.start.min(self.file.text.len());
        self.file.text.as_bytes()[..end].iter().filter(|b| **b == b'\n').count() + 1
    }

    /// `path:line`, as editors and terminals make it clickable.
    pub fn short(&self) -> String {
        format!("{}:{}", self.file.path.display(), self.line())
    }
}

impl fmt::Debug for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.short())
    }
}

/// How much a [`Diagnostic`] matters.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Severity {
    /// The run cannot go on.
    Error,
    /// The run goes on; the user should look.
    Warning,
}

/// One message.
#[derive(Debug, Clone, PartialEq)]
pub struct Diagnostic {
    /// A short, stable name in kebab case, for searching and for machines: `unknown-key`.
    pub code: &'static str,
    /// Error or warning.
    pub severity: Severity,
    /// What is wrong, in one sentence without a full stop.
    pub message: String,
    /// Where, when it is in a file.
    pub place: Option<Place>,
    /// What to write under the marked excerpt.
    pub label: Option<String>,
    /// Why: facts, and what the server said.
    pub notes: Vec<String>,
    /// What to do.
    pub help: Vec<String>,
}

impl Diagnostic {
    /// An error with a code and a message.
    pub fn error(code: &'static str, message: impl Into<String>) -> Self {
        Diagnostic {
            code,
            severity: Severity::Error,
            message: message.into(),
            place: None,
            label: None,
            notes: Vec::new(),
            help: Vec::new(),
        }
    }

    /// A warning with a code and a message.
    pub fn warning(code: &'static str, message: impl Into<String>) -> Self {
        Diagnostic { severity: Severity::Warning, ..Self::error(code, message) }
    }

    /// Points at a stretch of a file.
    #[must_use]
    pub fn at(mut self, place: &Place) -> Self {
        self.place = Some(place.clone());
        self
    }

    /// Points at a stretch of a file where one is known.
    #[must_use]
    pub fn at_opt(mut self, place: Option<&Place>) -> Self {
        self.place = place.cloned();
        self
    }

    /// The words under the excerpt.
    #[must_use]
    pub fn label(mut self, label: impl Into<String>) -> Self {
        self.label = Some(label.into());
        self
    }

    /// Adds a reason.
    #[must_use]
    pub fn note(mut self, note: impl Into<String>) -> Self {
        self.notes.push(note.into());
        self
    }

    /// Adds something to do.
    #[must_use]
    pub fn help(mut self, help: impl Into<String>) -> Self {
        self.help.push(help.into());
        self
    }
}

impl fmt::Display for Diagnostic {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&render(self, false))
    }
}

impl std::error::Error for Diagnostic {}

/// Why a step of the pipeline could not be done: one or more errors.
#[derive(Debug, Clone, PartialEq)]
pub struct Failure {
    /// All that was found; never empty.
    pub diagnostics: Vec<Diagnostic>,
}

impl From<Diagnostic> for Failure {
    fn from(diagnostic: Diagnostic) -> Self {
        Failure { diagnostics: vec![diagnostic] }
    }
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (i, diagnostic) in self.diagnostics.iter().enumerate() {
            if i > 0 {
                writeln!(f)?;
            }
            write!(f, "{diagnostic}")?;
        }
        Ok(())
    }
}

impl std::error::Error for Failure {}

/// The result type of the library.
pub type Result<T> = std::result::Result<T, Failure>;

/// Names the candidate closest to `word`, if one is close enough to be a slip of the hand.
///
/// Distance is counted in single-letter edits; up to a third of the word may differ.
pub fn closest<'a>(word: &str, candidates: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    candidates
        .into_iter()
        .map(|c| (edits(word, c), c))
        .filter(|(distance, c)| *distance <= word.len().max(c.len()).div_ceil(3).min(4))
        .min_by_key(|(distance, _)| *distance)
        .map(|(_, c)| c)
}

fn edits(a: &str, b: &str) -> usize {
    let b: Vec<char> = b.chars().collect();
    let mut row: Vec<usize> = (0..=b.len()).collect();
    for (i, x) in a.chars().enumerate() {
        let mut before = row[0];
        row[0] = i + 1;
        for (j, y) in b.iter().enumerate() {
            let cost = if x == *y { before } else { 1 + before.min(row[j]).min(row[j + 1]) };
            before = row[j + 1];
            row[j + 1] = cost;
        }
    }
    row[b.len()]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn closest_finds_slips_and_nothing_else() {
        assert_eq!(closest("colums", ["columns", "checks", "comment"]), Some("columns"));
        assert_eq!(closest("zebra", ["columns", "checks", "comment"]), None);
    }

    #[test]
    fn line_counts_from_one() {
        let file = Arc::new(SourceFile { path: "a.yaml".into(), text: "a\nb\nc".into() });
        assert_eq!(Place { file: file.clone(), span: 0..1 }.line(), 1);
        assert_eq!(Place { file, span: 4..5 }.line(), 3);
    }
}
