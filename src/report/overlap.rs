//! What several SQL files define twice, side by side.

use std::fmt::Write as _;

use crate::diff::overlap::{Alike, Twice};

/// The report; `names` are those of the files, `place` tells where a file defines an object.
pub fn text(twice: &[Twice], alike: &[Alike], names: &[String], place: impl Fn(usize, &Twice) -> String) -> String {
    let mut out = String::new();
    let differing = twice.iter().filter(|t| !t.parts.is_empty()).count();
    let _ = writeln!(out, "{} defined twice, {differing} of them differently; {} under two names\n", twice.len(), alike.len());
    for t in twice {
        let places: Vec<String> = t.by.iter().map(|i| place(*i, t)).collect();
        if t.parts.is_empty() {
            let _ = writeln!(out, "the same   {}  {}", t.id, places.join(", "));
            continue;
        }
        let _ = writeln!(out, "different  {}", t.id);
        let mut rows = Vec::new();
        for (part, values) in &t.parts {
            let mut row = vec![format!("  {part}")];
            row.extend(values.iter().map(|v| v.as_deref().map_or_else(|| "-".into(), cut)));
            rows.push(row);
        }
        let mut header = vec![""];
        header.extend(places.iter().map(String::as_str));
        out.push_str(&super::table::plain(&header, &rows, &[]));
        out.push('\n');
    }
    for a in alike {
        let _ = writeln!(
            out,
            "alike      {} ({}) and {} ({}): {} of {} columns have the same name",
            a.a.1, names[a.a.0], a.b.1, names[a.b.0], a.same, a.all
        );
    }
    out
}

/// A value in a cell: one line, not too long.
fn cut(text: &str) -> String {
    let line = text.split_whitespace().collect::<Vec<_>>().join(" ");
    if line.chars().count() > 44 { line.chars().take(41).collect::<String>() + "..." } else { line }
}
