//! Writing SQL text: quoting of identifiers and literals, and the small lexer that finds names in SQL.
//!
//! Nothing else in the crate quotes. The rules are those of PostgreSQL's `quote_identifier` and `quote_literal_cstr`
//! (src/backend/utils/adt/ruleutils.c and quote.c): an identifier goes without quotes only when it is made of lower-case
//! letters, digits and underscores, and is not a keyword that the grammar reserves in any way.

pub mod array_cast;
pub mod extract_field;
mod keywords;
pub mod lex;
pub mod output_name;
mod renamed;

pub use renamed::column_renamed;

use std::borrow::Cow;

/// Quotes an identifier where PostgreSQL would need it.
pub fn ident(name: &str) -> Cow<'_, str> {
    let mut bytes = name.bytes();
    let plain_start = bytes.next().is_some_and(|b| b.is_ascii_lowercase() || b == b'_');
    if plain_start && bytes.all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'_') && !keywords::reserved(name) {
        return Cow::Borrowed(name);
    }
    Cow::Owned(format!("\"{}\"", name.replace('"', "\"\"")))
}

/// The name that PostgreSQL makes of a relation's for what belongs to it: `agents_pkey`. A name that would be too long loses
/// the end of its first part, in whole characters (indexcmds.c, makeObjectName).
pub fn made_name(relation: &str, label: &str) -> String {
    const LONGEST: usize = 63;
    let mut end = relation.len().min(LONGEST - label.len() - 1);
    while !relation.is_char_boundary(end) {
        end -= 1;
    }
    format!("{}_{label}", &relation[..end])
}

/// Quotes a string literal; uses the `E''` form when there is a backslash, as PostgreSQL does.
pub fn literal(text: &str) -> String {
    let doubled = text.replace('\'', "''");
    if text.contains('\\') { format!("E'{}'", doubled.replace('\\', "\\\\")) } else { format!("'{doubled}'") }
}

/// `schema.name`, each quoted where needed.
pub fn qualified(schema: &str, name: &str) -> String {
    format!("{}.{}", ident(schema), ident(name))
}

/// A comma-separated list of quoted identifiers.
pub fn ident_list<S: AsRef<str>>(names: impl IntoIterator<Item = S>) -> String {
    names.into_iter().map(|n| ident(n.as_ref()).into_owned()).collect::<Vec<_>>().join(", ")
}

/// Wraps text in dollar quotes with a tag that the text does not contain.
pub fn dollar_quoted(text: &str) -> String {
    let mut tag = String::from("$$");
    let mut n = 0;
    // A body that ends in `$` would close the plain tag early.
    while text.contains(tag.as_str()) || (tag == "$$" && text.ends_with('$')) {
        n += 1;
        tag = if n == 1 { "$body$".into() } else { format!("$body{n}$") };
    }
    format!("{tag}{text}{tag}")
}

/// A role as GRANT and policies name it: `PUBLIC` stays a keyword.
pub fn role(name: &str) -> String {
    if name == "public" { "PUBLIC".into() } else { ident(name).into_owned() }
}

/// Splits a dotted name into its parts as SQL reads it, except that the case of unquoted parts is kept.
///
/// `None` when a quote is left open or a part is empty.
pub fn split_name(text: &str) -> Option<Vec<String>> {
    let mut parts = Vec::new();
    let mut rest = text;
    loop {
        if let Some(after) = rest.strip_prefix('"') {
            let mut name = String::new();
            let mut chars = after.char_indices().peekable();
            let end = loop {
                match chars.next()? {
                    (_, '"') if chars.peek().is_some_and(|(_, c)| *c == '"') => {
                        chars.next();
                        name.push('"');
                    }
                    (i, '"') => break i + 1,
                    (_, c) => name.push(c),
                }
            };
            rest = &after[end..];
            parts.push(name);
        } else {
            let end = rest.find('.').unwrap_or(rest.len());
            parts.push(rest[..end].to_string());
            rest = &rest[end..];
        }
        if parts.last().is_some_and(String::is_empty) {
            return None;
        }
        match rest.strip_prefix('.') {
            Some(after) => rest = after,
            None if rest.is_empty() => return Some(parts),
            None => return None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn made_names_fit() {
        assert_eq!(made_name("agents", "pkey"), "agents_pkey");
        assert_eq!(made_name(&"x".repeat(63), "pkey"), format!("{}_pkey", "x".repeat(58)));
        assert_eq!(made_name(&"ö".repeat(31), "pkey"), format!("{}_pkey", "ö".repeat(29)));
    }

    #[test]
    fn identifiers_are_quoted_as_the_server_does() {
        for (name, quoted) in [
            ("agents", "agents"),
            ("user", "\"user\""),
            ("Agents", "\"Agents\""),
            ("a b", "\"a b\""),
            ("1st", "\"1st\""),
            ("a\"b", "\"a\"\"b\""),
            ("", "\"\""),
            ("über", "\"über\""),
            ("interval", "\"interval\""),
            ("name", "name"),
        ] {
            assert_eq!(ident(name), quoted);
        }
    }

    #[test]
    fn literals() {
        assert_eq!(literal("it's"), "'it''s'");
        assert_eq!(literal(r"a\b"), r"E'a\\b'");
    }

    #[test]
    fn dollar_quotes_avoid_the_text() {
        assert_eq!(dollar_quoted("x"), "$$x$$");
        assert_eq!(dollar_quoted("a $$ b"), "$body$a $$ b$body$");
        assert_eq!(dollar_quoted("a$"), "$body$a$$body$");
    }

    #[test]
    fn names_are_split_at_dots_outside_quotes() {
        assert_eq!(split_name("a.b").unwrap(), ["a", "b"]);
        assert_eq!(split_name("\"a.b\".c").unwrap(), ["a.b", "c"]);
        assert_eq!(split_name("\"a\"\"b\"").unwrap(), ["a\"b"]);
        assert!(split_name("a..b").is_none());
        assert!(split_name("\"a").is_none());
    }
}
