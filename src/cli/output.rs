//! Printing: to a terminal with colour, to anything else without.

use std::io::{IsTerminal, Write};

use crate::diagnostic::{Diagnostic, Failure, Severity, render};
use crate::report::Form;
use crate::shadow::build::Desired;
use crate::shadow::standin::StoodIn;

/// Whether the standard error takes colour: a terminal, and NO_COLOR not set.
fn color() -> bool {
    std::io::stderr().is_terminal() && std::env::var_os("NO_COLOR").is_none_or(|v| v.is_empty())
}

/// What the shadow's server did not have, except for what is only provided and has a whole stand-in.
pub fn stood_in(desired: &Desired) {
    let provided = |made: &&StoodIn| desired.provided.iter().any(|id| id.kind == "extension" && *id.name == *made.name);
    let told = desired.stood_in.iter().filter(|made| !(provided(made) && made.whole()));
    diagnostics(&told.map(StoodIn::told).collect::<Vec<_>>());
}

/// Messages, and how many errors there were when it is more than one screenful.
pub fn diagnostics(list: &[Diagnostic]) {
    let color = color();
    let mut text = String::new();
    for diagnostic in list {
        text.push_str(&render(diagnostic, color));
        text.push('\n');
    }
    let errors = list.iter().filter(|d| d.severity == Severity::Error).count();
    if errors > 1 {
        text.push_str(&format!("{errors} errors\n"));
    }
    let _ = std::io::stderr().write_all(text.as_bytes());
}

/// A line for people, beside the result.
pub fn note(text: &str) {
    let _ = writeln!(std::io::stderr(), "{text}");
}

/// The result. A reader that goes away (`| head`) is no error.
pub fn result(text: &str) {
    let _ = std::io::stdout().write_all(text.as_bytes());
}

/// A result in one of its forms, to its file or to the standard output.
///
/// # Errors
/// When the file cannot be written.
pub fn form(form: &Form, text: &str) -> Result<(), Failure> {
    match &form.file {
        None => result(text),
        Some(file) => write_file(file, text)?,
    }
    Ok(())
}

/// Writes a file whole.
///
/// # Errors
/// When that fails.
pub fn write_file(file: &std::path::Path, text: &str) -> Result<(), Failure> {
    std::fs::write(file, text).map_err(|e| {
        Diagnostic::error("unwritable-file", format!("{} cannot be written", file.display())).note(e.to_string()).into()
    })
}

/// Asks for a plain yes on the terminal; `None` when there is nobody to ask.
pub fn ask(question: &str) -> Option<bool> {
    if !std::io::stdin().is_terminal() || !std::io::stderr().is_terminal() {
        return None;
    }
    let _ = write!(std::io::stderr(), "{question} ");
    let mut answer = String::new();
    std::io::stdin().read_line(&mut answer).ok()?;
    Some(answer.trim() == "yes")
}
