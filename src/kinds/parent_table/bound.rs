//! What a partition's bound says of its rows, as a condition of a check, for keys of one column (manual, sql-createtable,
//! PARTITION OF).

use crate::sql::lex::{self, Token};

/// The condition; `None` for keys and bounds that are not that simple.
pub(super) fn condition(key: &str, bound: &str) -> Option<String> {
    let column = single(key)?;
    let tokens = lex::tokens(bound);
    let lists: Vec<Vec<&str>> = lists(bound, &tokens)?;
    let word = |w: &str| tokens.iter().any(|t| t.depth == 0 && t.is_word(bound, w));
    let mut parts = vec![format!("{column} IS NOT NULL")];
    match lists.as_slice() {
        [values] if word("in") => {
            if values.iter().any(|v| v.eq_ignore_ascii_case("null")) {
                return None;
            }
            parts.push(format!("{column} IN ({})", values.join(", ")));
        }
        [from, to] if word("from") && word("to") && from.len() == 1 && to.len() == 1 => {
            let end = |value: &str, infinite: &str, operator: &str| {
                (!value.eq_ignore_ascii_case(infinite)).then(|| format!("{column} {operator} {value}"))
            };
            parts.extend(end(from[0], "minvalue", ">="));
            parts.extend(end(to[0], "maxvalue", "<"));
        }
        _ => return None,
    }
    Some(parts.join(" AND "))
}

/// The column of `range (created_at)`, where it is nothing but one column.
fn single(key: &str) -> Option<&str> {
    let tokens = lex::tokens(key);
    let [kind, open, column, close] = tokens.as_slice() else { return None };
    let fits = (kind.is_word(key, "range") || kind.is_word(key, "list")) && open.is_symbol(key, "(") && close.is_symbol(key, ")");
    column.name(key).filter(|_| fits).map(|_| column.text(key))
}

/// The texts in each pair of parentheses, split at their commas.
fn lists<'a>(bound: &'a str, tokens: &[Token]) -> Option<Vec<Vec<&'a str>>> {
    let mut out: Vec<Vec<&str>> = Vec::new();
    let mut start = None;
    let mut depth = 0;
    for token in tokens {
        match token.text(bound) {
            "(" => {
                depth += 1;
                if depth > 1 {
                    return None;
                }
                out.push(Vec::new());
                start = Some(token.span.end);
            }
            ")" | "," if depth == 1 => {
                out.last_mut()?.push(bound[start?..token.span.start].trim());
                start = Some(token.span.end);
                if token.is_symbol(bound, ")") {
                    depth -= 1;
                }
            }
            _ => {}
        }
    }
    Some(out)
}

#[cfg(test)]
mod tests {
    use super::condition;

    #[test]
    fn bounds_as_conditions() {
        let range = |bound| condition("RANGE (at)", bound);
        assert_eq!(
            range("FOR VALUES FROM ('2024-01-01') TO ('2025-01-01')").as_deref(),
            Some("at IS NOT NULL AND at >= '2024-01-01' AND at < '2025-01-01'")
        );
        assert_eq!(range("FOR VALUES FROM (MINVALUE) TO (10)").as_deref(), Some("at IS NOT NULL AND at < 10"));
        assert_eq!(
            condition("LIST (kind)", "FOR VALUES IN ('a', 'b,c')").as_deref(),
            Some("kind IS NOT NULL AND kind IN ('a', 'b,c')")
        );
        assert_eq!(condition("LIST (kind)", "FOR VALUES IN (NULL)"), None);
        assert_eq!(range("DEFAULT"), None);
        assert_eq!(condition("HASH (id)", "FOR VALUES WITH (modulus 2, remainder 0)"), None);
        assert_eq!(condition("RANGE (a, b)", "FOR VALUES FROM (1, 2) TO (3, 4)"), None);
        assert_eq!(condition("RANGE (lower(a))", "FOR VALUES FROM ('a') TO ('b')"), None);
    }
}
