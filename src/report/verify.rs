//! The results of a model's `verify`: what did not hold first.

use std::fmt::Write as _;

use super::markdown::cell;
use crate::data::{State, Verified};

/// `3 passed, 1 failed`.
pub fn tally(results: &[Verified]) -> String {
    let count = |state: State| results.iter().filter(|r| r.state == state).count();
    let states = [State::Failed, State::CannotSay, State::Passed];
    let parts: Vec<String> =
        states.iter().map(|s| (count(*s), s.words())).filter(|(n, _)| *n > 0).map(|(n, word)| format!("{n} {word}")).collect();
    parts.join(", ")
}

fn sorted(results: &[Verified]) -> Vec<&Verified> {
    let mut sorted: Vec<&Verified> = results.iter().collect();
    sorted.sort_by_key(|r| r.state);
    sorted
}

fn name(result: &Verified) -> String {
    let role = result.role.as_ref().map(|r| format!(" as {r}")).unwrap_or_default();
    format!("{}{role}", result.name)
}

/// One line for each; those that passed only where `all` are asked for.
pub fn lines(results: &[Verified], all: bool) -> String {
    let mut out = String::new();
    for r in sorted(results).into_iter().filter(|r| all || r.state != State::Passed) {
        let origin = if r.state == State::Passed { String::new() } else { format!("  {}", r.origin) };
        let _ = writeln!(out, "  {:<10}  {}: {}{origin}", r.state.words(), name(r), r.words());
    }
    out
}

/// For a terminal; nothing where nothing was asked.
pub fn text(results: &[Verified], all: bool) -> String {
    if results.is_empty() {
        return String::new();
    }
    format!("verify  {}\n{}", tally(results), lines(results, all))
}

/// A table; nothing where nothing was asked.
pub fn markdown(results: &[Verified]) -> String {
    if results.is_empty() {
        return String::new();
    }
    let mut out =
        format!("\n#### Verify: {}\n\n| | what | found | expected | where |\n| --- | --- | --- | --- | --- |\n", tally(results));
    for r in sorted(results) {
        let found = r.found.as_deref().or(r.why.as_deref()).unwrap_or_default();
        let _ = writeln!(out, "| {} | `{}` | {} | {} | {} |", r.state.words(), name(r), cell(found), cell(&r.expected), r.origin);
    }
    out
}
