//! How the rows stand that a model says something of.

use std::fmt::Write as _;

use super::count;
use crate::data::{Pending, Standing, TableStanding};

/// `2 missing, 1 different`.
fn table(t: &TableStanding) -> String {
    if let Some(why) = &t.why {
        return format!("cannot say: {why}");
    }
    let parts = [(t.missing as u64, "missing"), (t.different as u64, "different"), (t.extra, "extra")];
    let parts: Vec<String> = parts.iter().filter(|(n, _)| *n > 0).map(|(n, word)| format!("{n} {word}")).collect();
    format!("{} of {}", parts.join(", "), count(t.rows, "row", "rows"))
}

fn backfill(b: &Pending) -> String {
    if let Some(why) = &b.why {
        return format!("cannot say: {why}");
    }
    let rows = usize::try_from(b.rows.unwrap_or_default()).unwrap_or(usize::MAX);
    format!("{}{} to fill", if b.more { "more than " } else { "" }, count(rows, "row", "rows"))
}

/// For a terminal; nothing where all is as the model has it.
pub fn text(standing: &Standing) -> String {
    let mut out = String::new();
    if !standing.tables.is_empty() {
        let _ = writeln!(out, "rows");
    }
    for t in &standing.tables {
        let _ = writeln!(out, "  {}: {}  {}", t.table, table(t), t.origin);
    }
    if !standing.backfills.is_empty() {
        let _ = writeln!(out, "backfills that are pending");
    }
    for b in &standing.backfills {
        let _ = writeln!(out, "  {}: {}  {}", b.column, backfill(b), b.origin);
    }
    out
}

/// A table; nothing where all is as the model has it.
pub fn markdown(standing: &Standing) -> String {
    if standing.tables.is_empty() && standing.backfills.is_empty() {
        return String::new();
    }
    let mut out = String::from("\n#### Rows\n\n| what | | where |\n| --- | --- | --- |\n");
    for t in &standing.tables {
        let _ = writeln!(out, "| rows of `{}` | {} | {} |", t.table, table(t), t.origin);
    }
    for b in &standing.backfills {
        let _ = writeln!(out, "| backfill of `{}` | {} | {} |", b.column, backfill(b), b.origin);
    }
    out
}
