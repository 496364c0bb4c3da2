//! Names of output columns that PostgreSQL leaves out when it prints a query, and does not find again when it reads it.
//!
//! In `EXISTS (SELECT NULL ...)` and in the second half of a UNION below the top, the column is called `?column?`, which is never
//! printed; but what was NULL is printed `NULL::text`, and read again that column is called `text`, and printed so (get_target_list
//! in ruleutils.c, FigureColname in parse_target.c). With `AS "?column?"` the text is read back as what it was.

use std::borrow::Cow;
use std::ops::Range;

use super::lex::{Token, TokenKind, tokens};

const NAME: &str = " AS \"?column?\"";
/// What can follow a list of output columns. All are reserved: a column of such a name is quoted.
const AFTER: &[&str] =
    &["FROM", "WHERE", "GROUP", "HAVING", "WINDOW", "ORDER", "LIMIT", "OFFSET", "FETCH", "FOR", "UNION", "INTERSECT", "EXCEPT"];

/// Names the output columns that a query, as PostgreSQL prints it, leaves without one, where it would not find the same name again.
pub fn said(text: &str) -> Cow<'_, str> {
    if !text.contains("SELECT") && !text.contains("RETURNING") {
        return Cow::Borrowed(text);
    }
    let tokens = tokens(text);
    let mut places: Vec<usize> = lists(text, &tokens)
        .into_iter()
        .flat_map(|list| items(text, &tokens, list))
        .filter(|item| renamed_when_read(text, &tokens[item.clone()]))
        .map(|item| tokens[item.end - 1].span.end)
        .collect();
    if places.is_empty() {
        return Cow::Borrowed(text);
    }
    places.sort_unstable();
    let mut out = text.to_string();
    places.into_iter().rev().for_each(|place| out.insert_str(place, NAME));
    Cow::Owned(out)
}

/// Whether two texts differ in nothing but what a column is called that has no name in one of them: so it is after a dump is restored.
pub fn same_but_for_names(a: &str, b: &str) -> bool {
    let covers = |unnamed: &str, mut named: &str| {
        let mut parts = unnamed.split(NAME);
        let Some(rest) = parts.next().and_then(|first| named.strip_prefix(first)) else { return false };
        named = rest;
        parts.all(|part| {
            let Some(name) = named.strip_prefix(" AS ") else { return false };
            let Some(first) = tokens(name).into_iter().next().filter(|t| t.name(name).is_some()) else { return false };
            let Some(rest) = name[first.span.end..].strip_prefix(part) else { return false };
            named = rest;
            true
        }) && named.is_empty()
    };
    a.contains(NAME) && covers(a, b) || b.contains(NAME) && covers(b, a)
}

/// Where the lists of output columns stand.
fn lists(text: &str, tokens: &[Token]) -> Vec<Range<usize>> {
    let mut out = Vec::new();
    for (i, token) in tokens.iter().enumerate() {
        if token.kind != TokenKind::Word || !matches!(token.text(text), "SELECT" | "RETURNING") {
            continue;
        }
        let depth = token.depth;
        let mut start = i + 1;
        if tokens.get(start).is_some_and(|t| t.text(text) == "DISTINCT") {
            start += 1;
            if tokens.get(start).is_some_and(|t| t.text(text) == "ON") {
                start += 2;
                start += tokens[start.min(tokens.len())..].iter().take_while(|t| t.depth > depth).count() + 1;
            }
        }
        let start = start.min(tokens.len());
        let ends = |t: &Token| {
            t.depth < depth
                || t.depth == depth && (t.is_symbol(text, ";") || t.kind == TokenKind::Word && AFTER.contains(&t.text(text)))
        };
        let length = tokens[start..].iter().take_while(|t| !ends(t)).count();
        out.push(start..start + length);
    }
    out
}

/// The columns of one list.
fn items(text: &str, tokens: &[Token], list: Range<usize>) -> Vec<Range<usize>> {
    let Some(depth) = tokens.get(list.start).map(|t| t.depth) else { return Vec::new() };
    let mut out = Vec::new();
    let mut start = list.start;
    for i in list.clone().filter(|i| tokens[*i].depth == depth && tokens[*i].is_symbol(text, ",")) {
        out.push(start..i);
        start = i + 1;
    }
    out.push(start..list.end);
    out.retain(|item| !item.is_empty());
    out
}

/// Whether PostgreSQL, reading this unnamed expression, calls it something else than `?column?`.
fn renamed_when_read(text: &str, item: &[Token]) -> bool {
    let [first, .., last] = item else { return item.first().is_some_and(|t| is_keyword_function(text, t)) };
    let depth = first.depth;
    if item.iter().any(|t| t.depth == depth && t.kind == TokenKind::Word && t.text(text) == "AS") {
        return false;
    }
    let column = |t: &Token| matches!(t.kind, TokenKind::Word | TokenKind::Quoted) || matches!(t.text(text), "." | "*");
    if item.iter().all(|t| t.depth == depth && column(t)) {
        return item.iter().all(|t| is_keyword_function(text, t));
    }
    // An operator's result has no name: `(a + b)`, printed in parentheses.
    let operator = |t: &Token| t.kind == TokenKind::Symbol && t.depth == depth + 1 && "+-*/<>=~!@#%^&|?`".contains(t.text(text));
    let parenthesised =
        first.is_symbol(text, "(") && last.is_symbol(text, ")") && item[1..item.len() - 1].iter().all(|t| t.depth > depth);
    !(parenthesised && item.iter().any(operator))
}

/// Whether it is a function without parentheses, `CURRENT_DATE`: PostgreSQL prints keywords in capitals and names in small letters.
fn is_keyword_function(text: &str, token: &Token) -> bool {
    let word = token.text(text);
    token.kind == TokenKind::Word && word.bytes().any(|b| b.is_ascii_uppercase()) && word != "NULL"
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_would_be_renamed_is_named() {
        for (printed, wanted) in [
            ("(EXISTS ( SELECT NULL::text\n FROM t))", "(EXISTS ( SELECT NULL::text AS \"?column?\"\n FROM t))"),
            ("SELECT a AS b, f(x, y), c FROM t", "SELECT a AS b, f(x, y) AS \"?column?\", c FROM t"),
            (
                "SELECT CURRENT_DATE UNION SELECT '1'::x",
                "SELECT CURRENT_DATE AS \"?column?\" UNION SELECT '1'::x AS \"?column?\"",
            ),
            ("SELECT DISTINCT ON (a, (b)) (c).d FROM t;", "SELECT DISTINCT ON (a, (b)) (c).d AS \"?column?\" FROM t;"),
            ("SELECT (a COLLATE \"C\")", "SELECT (a COLLATE \"C\") AS \"?column?\""),
            ("( SELECT ( SELECT NULL::int), 2)", "( SELECT ( SELECT NULL::int AS \"?column?\") AS \"?column?\", 2)"),
            ("INSERT INTO t VALUES (1) RETURNING a, (b)::c", "INSERT INTO t VALUES (1) RETURNING a, (b)::c AS \"?column?\""),
        ] {
            assert_eq!(said(printed), wanted);
            assert_eq!(said(wanted), wanted);
        }
    }

    #[test]
    fn a_restored_dump_has_another_name() {
        let source = "( SELECT NULL::integer AS \"?column?\", x\n FROM t) UNION SELECT 'a'::text AS \"?column?\"";
        let restored = "( SELECT NULL::integer AS int4, x\n FROM t) UNION SELECT 'a'::text AS text";
        assert!(same_but_for_names(source, restored) && same_but_for_names(restored, source));
        assert!(!same_but_for_names(source, &restored.replace("x\n", "y\n")));
        assert!(!same_but_for_names(source, &restored.replace(" AS int4", "")));
        assert!(!same_but_for_names(restored, restored));
    }

    #[test]
    fn what_keeps_its_name_stays() {
        for text in [
            "SELECT a, t.\"B\", 1, 'x', (a + b), count(*) AS \"?column?\" FROM t",
            "SELECT FROM t",
            "SELECT",
            "SELECT DISTINCT ON",
            "SELECT DISTINCT ON (",
            "x = 1",
        ] {
            assert_eq!(said(text), text);
        }
    }
}
