//! A lexer for finding things in SQL text: names, top-level keywords, the ends of statements.
//!
//! It follows the lexical rules of the manual (section 4.1): comments nest, strings may be `E''`, `U&''` or
//! dollar-quoted. It never judges whether SQL is valid: that is PostgreSQL's part.

use std::ops::Range;

/// What a [`Token`] is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TokenKind {
    /// An unquoted word: keyword or name.
    Word,
    /// A name in double quotes.
    Quoted,
    /// Any string constant.
    Text,
    /// A number.
    Number,
    /// One character of punctuation or of an operator.
    Symbol,
}

/// A piece of SQL text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Token {
    /// What it is.
    pub kind: TokenKind,
    /// Where it stands, in bytes.
    pub span: Range<usize>,
    /// How many parentheses or brackets are open around it.
    pub depth: usize,
}

impl Token {
    /// The token's text within the SQL that it was read from.
    pub fn text<'a>(&self, sql: &'a str) -> &'a str {
        &sql[self.span.clone()]
    }

    /// Whether it is this keyword, in any case.
    pub fn is_word(&self, sql: &str, word: &str) -> bool {
        self.kind == TokenKind::Word && self.text(sql).eq_ignore_ascii_case(word)
    }

    /// Whether it is this one character.
    pub fn is_symbol(&self, sql: &str, symbol: &str) -> bool {
        self.kind == TokenKind::Symbol && self.text(sql) == symbol
    }

    /// The name it stands for: folded to lower case when unquoted, `None` when it is no name.
    pub fn name(&self, sql: &str) -> Option<String> {
        match self.kind {
            TokenKind::Word => Some(self.text(sql).to_lowercase()),
            TokenKind::Quoted => {
                let text = self.text(sql);
                Some(text.get(1..text.len().saturating_sub(1)).unwrap_or_default().replace("\"\"", "\""))
            }
            _ => None,
        }
    }
}

/// Splits SQL into tokens, leaving out white space and comments. What is left open runs to the end of the text.
pub fn tokens(sql: &str) -> Vec<Token> {
    let bytes = sql.as_bytes();
    let mut out = Vec::new();
    let mut depth = 0usize;
    let mut i = 0;
    while i < bytes.len() {
        let start = i;
        let b = bytes[i];
        let kind = match b {
            b' ' | b'\t' | b'\n' | b'\r' | 0x0c | 0x0b => {
                i += 1;
                continue;
            }
            b'-' if bytes.get(i + 1) == Some(&b'-') => {
                i = find(bytes, i, b'\n').unwrap_or(bytes.len());
                continue;
            }
            b'/' if bytes.get(i + 1) == Some(&b'*') => {
                i = comment_end(bytes, i);
                continue;
            }
            b'\'' => {
                let escapes = start > 0 && matches!(bytes[start - 1], b'e' | b'E') && prefix_of_string(&out, start);
                i = string_end(bytes, i, escapes);
                if escapes {
                    out.pop();
                }
                TokenKind::Text
            }
            b'"' => {
                i = quoted_end(bytes, i);
                TokenKind::Quoted
            }
            b'$' if dollar_tag(bytes, i).is_some() => {
                i = dollar_end(bytes, i);
                TokenKind::Text
            }
            b'0'..=b'9' => {
                while i < bytes.len() && (bytes[i].is_ascii_alphanumeric() || bytes[i] == b'.' || bytes[i] == b'_') {
                    i += 1;
                }
                TokenKind::Number
            }
            _ if b.is_ascii_alphabetic() || b == b'_' || b >= 0x80 => {
                while i < bytes.len()
                    && (bytes[i].is_ascii_alphanumeric() || bytes[i] == b'_' || bytes[i] == b'$' || bytes[i] >= 0x80)
                {
                    i += 1;
                }
                TokenKind::Word
            }
            b'(' | b'[' => {
                i += 1;
                out.push(Token { kind: TokenKind::Symbol, span: start..i, depth });
                depth += 1;
                continue;
            }
            b')' | b']' => {
                i += 1;
                depth = depth.saturating_sub(1);
                TokenKind::Symbol
            }
            _ => {
                i += 1;
                TokenKind::Symbol
            }
        };
        out.push(Token { kind, span: start..i, depth });
    }
    out
}

/// Splits a script at the semicolons between its statements; pieces without a token are left out.
///
/// A semicolon inside parentheses (a rule's actions) or inside `BEGIN ATOMIC ... END` ends nothing.
pub fn statements(sql: &str) -> Vec<Range<usize>> {
    let mut out = Vec::new();
    let mut first: Option<usize> = None;
    let mut last = 0;
    let mut atomic = 0usize;
    let tokens = tokens(sql);
    for (i, token) in tokens.iter().enumerate() {
        if token.is_symbol(sql, ";") && token.depth == 0 && atomic == 0 {
            if let Some(start) = first.take() {
                out.push(start..last);
            }
            continue;
        }
        if token.is_word(sql, "begin") && tokens.get(i + 1).is_some_and(|t| t.is_word(sql, "atomic")) {
            atomic = 1;
        } else if atomic > 0 && token.is_word(sql, "case") {
            atomic += 1;
        } else if atomic > 0 && token.is_word(sql, "end") {
            atomic -= 1;
        }
        first.get_or_insert(token.span.start);
        last = token.span.end;
    }
    if let Some(start) = first {
        out.push(start..last);
    }
    out
}

/// Every name that SQL text mentions, qualified where it is written so: `(schema, name)`.
///
/// For guessing what a body or an expression uses. A name in a string constant is found too when the string is nothing
/// but a name (`'agents_id_seq'::regclass`).
pub fn mentions(sql: &str) -> Vec<(Option<String>, String)> {
    let tokens = tokens(sql);
    let mut out = Vec::new();
    for (i, token) in tokens.iter().enumerate() {
        if let Some(name) = token.name(sql) {
            let dotted = i >= 2 && tokens[i - 1].is_symbol(sql, ".");
            let schema = if dotted { tokens[i - 2].name(sql) } else { None };
            out.push((schema, name));
        } else if token.kind == TokenKind::Text {
            let inner = token.text(sql).trim_matches('\'');
            if let Some(mut parts) = crate::sql::split_name(inner).filter(|p| p.len() <= 2) {
                let name = parts.pop().unwrap_or_default();
                out.push((parts.pop(), name));
            }
        }
    }
    out
}

fn find(bytes: &[u8], from: usize, what: u8) -> Option<usize> {
    bytes[from..].iter().position(|b| *b == what).map(|p| from + p)
}

fn comment_end(bytes: &[u8], start: usize) -> usize {
    let mut open = 1;
    let mut i = start + 2;
    while i < bytes.len() && open > 0 {
        match (bytes[i], bytes.get(i + 1)) {
            (b'/', Some(b'*')) => {
                open += 1;
                i += 2;
            }
            (b'*', Some(b'/')) => {
                open -= 1;
                i += 2;
            }
            _ => i += 1,
        }
    }
    i.min(bytes.len())
}

fn prefix_of_string(before: &[Token], start: usize) -> bool {
    before.last().is_some_and(|t| t.kind == TokenKind::Word && t.span == (start - 1..start))
}

fn string_end(bytes: &[u8], start: usize, escapes: bool) -> usize {
    let mut i = start + 1;
    while i < bytes.len() {
        match bytes[i] {
            b'\\' if escapes => i += 2,
            b'\'' if bytes.get(i + 1) == Some(&b'\'') => i += 2,
            b'\'' => return i + 1,
            _ => i += 1,
        }
    }
    bytes.len()
}

fn quoted_end(bytes: &[u8], start: usize) -> usize {
    let mut i = start + 1;
    while i < bytes.len() {
        match bytes[i] {
            b'"' if bytes.get(i + 1) == Some(&b'"') => i += 2,
            b'"' => return i + 1,
            _ => i += 1,
        }
    }
    bytes.len()
}

fn dollar_tag(bytes: &[u8], start: usize) -> Option<&[u8]> {
    let end = find(bytes, start + 1, b'$')?;
    let tag = &bytes[start + 1..end];
    let valid =
        tag.iter().all(|b| b.is_ascii_alphanumeric() || *b == b'_' || *b >= 0x80) && !tag.first().is_some_and(u8::is_ascii_digit);
    valid.then(|| &bytes[start..=end])
}

fn dollar_end(bytes: &[u8], start: usize) -> usize {
    let Some(tag) = dollar_tag(bytes, start) else { return start + 1 };
    let body = start + tag.len();
    bytes[body..].windows(tag.len()).position(|w| w == tag).map_or(bytes.len(), |p| body + p + tag.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn split(sql: &str) -> Vec<&str> {
        statements(sql).into_iter().map(|r| &sql[r]).collect()
    }

    #[test]
    fn statements_end_at_top_level_semicolons_only() {
        assert_eq!(split("select 1; -- a;b\n select ';' ; /* ; */"), ["select 1", "select ';'"]);
        assert_eq!(split("create function f() as $x$ a; b $x$ language sql; select 2").len(), 2);
        assert_eq!(split("create function f() begin atomic select case when true then 1 end; select 2; end; select 3").len(), 2);
        assert_eq!(split(r"select E'\';'; select 2").len(), 2);
    }

    #[test]
    fn names_are_found_with_their_schema() {
        let found = mentions("select a.\"B\" from public.t where x = 'it''s'");
        assert!(found.contains(&(Some("a".into()), "B".into())));
        assert!(found.contains(&(Some("public".into()), "t".into())));
    }

    #[test]
    fn open_quotes_and_lone_symbols_do_not_panic() {
        for sql in ["'", "\"", "$", "$a$", "/*", "E'\\", "é'", "((", "))"] {
            tokens(sql);
            statements(sql);
            mentions(sql);
        }
    }
}
