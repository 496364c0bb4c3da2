//! A plan and its way back as migration files of other tools.
//!
//! Each phase becomes a file of its own, because each is a transaction of its own to the tools; psql, which is told where
//! transactions begin and end, gets one file. A statement that cannot run in a transaction is alone in its file: several in one
//! message would be a transaction again. [`Format`] knows how each tool wants its files named and marked.

mod format;
mod part;
mod version;

use std::io::Write as _;
use std::path::{Path, PathBuf};

pub use format::Format;
pub use part::plain;

use crate::apply::Waits;
use crate::diagnostic::{Diagnostic, Failure, Result};
use crate::plan::Plan;
use crate::proof::Verdict;
use crate::record::Opening;

/// A file that is to be written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct File {
    /// Its path in the folder.
    pub path: PathBuf,
    /// Its text.
    pub text: String,
}

fn one_line(text: &str) -> String {
    text.replace(['\n', '\r'], " ")
}

/// Why there is no way back; `None` when there is one.
pub fn no_way_back(plan: &Plan) -> Option<String> {
    if plan.back.is_some() {
        return None;
    }
    Some(match &plan.proof {
        None => "its way back was not asked for (--prove never)".to_string(),
        Some(proof) if proof.reverse == Verdict::Failed => "its way back was tried and failed".to_string(),
        Some(proof) => match proof.not_covered.first() {
            Some(why) => format!("its way back is not proven: {}", one_line(why)),
            None => "its way back is not proven".to_string(),
        },
    })
}

/// Writes a plan as the files of a tool, and gives their paths. A file that is there already is never written over. With
/// `record` the files write what they do into the database's record; their statements wait for locks as `waits` says.
///
/// # Errors
/// A plan with a secret, or with a text that the tool takes for a mark of its own; a file that is there already or cannot be
/// written.
pub fn write(
    plan: &Plan,
    format: Format,
    name: &str,
    folder: &Path,
    waits: &Waits,
    record: Option<&Opening>,
) -> Result<Vec<PathBuf>> {
    without_secrets(plan)?;
    without_marks(plan, format)?;
    let name = slug(name)?;
    let files = format.files(plan, &name, &version::Versions::after(folder)?, waits, record);
    let target = |file: &File| folder.join(&file.path);
    if let Some(there) = files.iter().map(target).find(|path| path.exists()) {
        return Err(exists(&there));
    }
    for file in &files {
        let path = target(file);
        let unwritable = |e: std::io::Error| match e.kind() {
            std::io::ErrorKind::AlreadyExists => exists(&path),
            _ => Diagnostic::error("unwritable-file", format!("{} cannot be written", path.display())).note(e.to_string()).into(),
        };
        if let Some(parent) = path.parent() {
            std::fs::create_dir_all(parent).map_err(unwritable)?;
        }
        let mut made = std::fs::OpenOptions::new().write(true).create_new(true).open(&path).map_err(unwritable)?;
        made.write_all(file.text.as_bytes()).map_err(unwritable)?;
    }
    Ok(files.iter().map(target).collect())
}

fn exists(path: &Path) -> Failure {
    Diagnostic::error("file-exists", format!("{} is there already", path.display()))
        .note("a migration that somebody may have run is not written over")
        .help("give another --name or --out-dir, or remove the file")
        .into()
}

/// A name as it can be part of a file's name for every tool.
fn slug(name: &str) -> Result<String> {
    let words: Vec<String> =
        name.split(|c: char| !c.is_ascii_alphanumeric()).filter(|word| !word.is_empty()).map(str::to_ascii_lowercase).collect();
    if words.is_empty() {
        return Err(Diagnostic::error("wrong-usage", format!("--name {name:?} has no letter or digit"))
            .help("for example `--name add_feedback`")
            .into());
    }
    Ok(words.join("_"))
}

/// A file that goes to a repository holds no secret, and without it the statement would set a wrong one.
fn without_secrets(plan: &Plan) -> Result<()> {
    let holds = |step: &&crate::plan::Step| {
        step.kind().is_some_and(|k| k.holds_secrets()) && (step.sql.contains("${secret:") || step.sql.contains("${env:"))
    };
    let back = plan.back.iter().flat_map(|b| &b.steps);
    match plan.steps.iter().chain(back).find(holds) {
        None => Ok(()),
        Some(step) => Err(Diagnostic::error("secret-in-file", format!("{} {} holds a secret", step.verb, step.object))
            .note("files of migrations are kept where others read them")
            .help("leave it out with --only, and apply it with `trueup apply`")
            .into()),
    }
}

/// A line of a function that the tool would take for the end of the migration would cut it in two.
fn without_marks(plan: &Plan, format: Format) -> Result<()> {
    let back = plan.back.iter().flat_map(|b| &b.steps);
    match plan.steps.iter().chain(back).find(|step| step.sql.lines().any(|line| format.is_mark(line))) {
        None => Ok(()),
        Some(step) => {
            Err(Diagnostic::error("mark-in-text", format!("{} has a line that {} takes for its own", step.object, format.tool()))
                .note("a comment that begins with `-- migrate:` stands at the beginning of a line of it")
                .help("write the comment otherwise")
                .into())
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_files() {
        assert_eq!(slug("Add feedback: v2").ok().as_deref(), Some("add_feedback_v2"));
        assert_eq!(slug("../up").ok().as_deref(), Some("up"));
        assert!(slug("--").is_err());
    }

    #[test]
    fn marks_of_dbmate() {
        assert!(Format::Dbmate.is_mark("-- migrate:down") && Format::Dbmate.is_mark("--migrate:up transaction:false"));
        assert!(!Format::Dbmate.is_mark("  -- migrate: the rest") && !Format::Sqlx.is_mark("-- migrate:down"));
    }
}
