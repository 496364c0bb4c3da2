//! Another name for a column in SQL text that PostgreSQL has printed.

use super::ident;
use super::lex::{self, Token, TokenKind};

/// The text with a column under another name. `None` where it does not mention the column, or where the name might stand for
/// something else: a function, a type, a collation, a field, another table's column.
pub fn column_renamed(text: &str, from: &str, to: &str) -> Option<String> {
    let tokens = lex::tokens(text);
    let mut out = String::with_capacity(text.len() + to.len());
    let mut copied = 0;
    for (i, token) in tokens.iter().enumerate().filter(|(_, t)| t.name(text).as_deref() == Some(from)) {
        let beside = |at: Option<usize>, symbols: &[&str]| {
            at.and_then(|at| tokens.get(at)).is_some_and(|t: &Token| symbols.iter().any(|s| t.is_symbol(text, s)))
        };
        let before = i.checked_sub(1);
        let named = |at: Option<usize>| {
            at.and_then(|at| tokens.get(at)).is_some_and(|t| t.kind == TokenKind::Quoted || t.is_word(text, "collate"))
        };
        if beside(before, &[".", ":"]) || named(before) || beside(Some(i + 1), &[".", "("]) {
            return None;
        }
        out.push_str(&text[copied..token.span.start]);
        out.push_str(&ident(to));
        copied = token.span.end;
    }
    out.push_str(&text[copied..]);
    (copied > 0).then_some(out)
}

#[cfg(test)]
mod tests {
    use super::column_renamed;

    #[test]
    fn only_where_it_is_the_column() {
        let renamed = |text| column_renamed(text, "code", "code 2");
        assert_eq!(renamed("USING btree (code, lower((code)::text)) WHERE (code IS NOT NULL)").as_deref(), {
            Some("USING btree (\"code 2\", lower((\"code 2\")::text)) WHERE (\"code 2\" IS NOT NULL)")
        });
        assert_eq!(renamed("CHECK ((codes > 'code'::text))"), None, "it is not there");
        for other in ["(code(id))", "((id)::code)", "(id COLLATE code)", "((t.code))", "(code.x)", "(code, code(id))"] {
            assert_eq!(renamed(other), None, "{other}");
        }
    }
}
