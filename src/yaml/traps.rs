//! Input that is good YAML and lost SQL.
//!
//! A flow mapping splits at every comma (`{type: numeric(3,2)}` has two keys), and ` #` after unquoted text starts a comment
//! (`data #>> '{x}'` becomes `data`). Both are errors that show how to write it.

use super::{Node, Style, Value};
use crate::diagnostic::{Diagnostic, Place};

/// A comment right after plain text that reads like the rest of an expression.
pub(super) fn swallowed_by_comment(before: &Node, comment: &str, place: &Place) -> Option<Diagnostic> {
    let Value::Scalar(text, Style::Plain) = &before.value else { return None };
    let same_line = !before.place.file.text.get(before.place.span.end..place.span.start)?.contains('\n');
    let operator = ["#>>", "#>", "#-", "#=", "##"].into_iter().find(|op| format!("#{comment}").starts_with(op));
    if !same_line || (operator.is_none() && balanced(text)) {
        return None;
    }
    let whole = format!("{text} #{comment}");
    Some(
        Diagnostic::error("comment-swallowed-sql", "YAML reads the rest of this line as a comment")
            .at(place)
            .label(format!("only `{text}` would be left"))
            .note("in YAML a `#` after a space starts a comment, unless the text is quoted or a block")
            .help(format!("write it as a block:\n  |\n    {}", whole.trim())),
    )
}

/// A flow mapping whose commas or braces were meant as SQL.
pub(super) fn broken_by_flow(entries: &[(Node, Node)], place: &Place) -> Option<Diagnostic> {
    let broken = entries.iter().any(|(key, value)| {
        let torn = |n: &Node| matches!(&n.value, Value::Scalar(t, Style::Plain) if !balanced(t));
        torn(key) || torn(value)
    });
    broken.then(|| advice(place, "key"))
}

/// The same for a flow list.
pub(super) fn broken_by_flow_list(items: &[Node], place: &Place) -> Option<Diagnostic> {
    let broken = items.iter().any(|n| matches!(&n.value, Value::Scalar(t, Style::Plain) if !balanced(t)));
    broken.then(|| advice(place, "item"))
}

fn advice(place: &Place, part: &str) -> Diagnostic {
    Diagnostic::error("flow-mapping-broke-sql", "YAML splits this SQL at its commas")
        .at(place)
        .label(format!("inside braces and brackets every comma starts another {part}"))
        .help("put the SQL in quotes (\"numeric(3,2)\"), or write one key a line without braces:\n  definition: numeric(3,2)")
}

/// Whether parentheses, brackets and quotes are closed; the apostrophe of `the agent's name` opens nothing.
fn balanced(text: &str) -> bool {
    closed(text) || (text.contains('\'') && closed(&without_apostrophes(text)))
}

/// The text without apostrophes between two letters, unless a single letter stands before (`E'...'`).
fn without_apostrophes(text: &str) -> String {
    let chars: Vec<char> = text.chars().collect();
    let letter = |i: Option<usize>| i.and_then(|i| chars.get(i)).is_some_and(|c| c.is_alphabetic());
    let between = |i: usize| letter(i.checked_sub(1)) && letter(i.checked_sub(2)) && letter(Some(i + 1));
    chars.iter().enumerate().filter(|(i, c)| **c != '\'' || !between(*i)).map(|(_, c)| c).collect()
}

fn closed(sql: &str) -> bool {
    let mut open = 0i32;
    let mut chars = sql.chars();
    while let Some(c) = chars.next() {
        match c {
            '\'' | '"' if !chars.by_ref().any(|d| d == c) => return false,
            '(' | '[' => open += 1,
            ')' | ']' => open -= 1,
            _ => {}
        }
        if open < 0 {
            return false;
        }
    }
    open == 0
}

#[cfg(test)]
mod tests {
    use super::balanced;

    #[test]
    fn prose_is_no_broken_sql() {
        assert!(balanced("the agent's name"));
        assert!(balanced("e'it' || 'x'"));
        assert!(!balanced("'a, b"));
        assert!(!balanced("e'a"));
        assert!(!balanced("numeric(3"));
    }
}
