//! The one case in which PostgreSQL prints an expression that it does not read back as printed.
//!
//! `x IN ('a', 'b')` on a varchar column is printed `x = ANY ((ARRAY['a'::character varying, ...])::text[])`. Read again, the
//! parser moves the cast into the array (transformTypeCast in parse_expr.c), and it is printed
//! `ARRAY[('a'::character varying)::text, ...]`. Both say the same, and a restored dump has the second form where its source
//! has the first, so the two are compared in the second form.

use serde_json::Value;

use crate::kinds::secret;

/// Whether two values differ in nothing but where an array's cast stands, line ends, and white space at the ends of long texts.
pub(super) fn equivalent(a: &Value, b: &Value) -> bool {
    match (a, b) {
        (Value::String(a), Value::String(b)) => same_text(a, b) || secret::unseen(a, b),
        // What the reading role may not see is no difference.
        (Value::String(text), _) | (_, Value::String(text)) => text == secret::UNSEEN,
        (Value::Array(a), Value::Array(b)) => a.len() == b.len() && a.iter().zip(b).all(|(a, b)| a == b || equivalent(a, b)),
        (Value::Object(a), Value::Object(b)) => {
            a.len() == b.len() && a.iter().all(|(k, v)| b.get(k).is_some_and(|w| v == w || equivalent(v, w)))
        }
        _ => a == b,
    }
}

fn same_text(a: &str, b: &str) -> bool {
    let ends = |t: &str| t.replace("\r\n", "\n").trim().to_string();
    // Only texts of several lines (bodies, queries): a default of ' x ' is a value.
    if (a.contains('\n') || b.contains('\n')) && ends(a) == ends(b) {
        return true;
    }
    (a.contains(OPEN) || b.contains(OPEN)) && ends(&pushed_down(a)) == ends(&pushed_down(b))
}

const OPEN: &str = "(ARRAY[";

/// Moves casts of arrays into their elements, innermost first.
fn pushed_down(text: &str) -> String {
    let mut out = text.to_string();
    let mut from = out.len();
    while let Some(start) = out[..from].rfind(OPEN) {
        from = start;
        if let Some((end, moved)) = moved(&out[start..]) {
            out.replace_range(start..start + end, &moved);
        }
    }
    out
}

/// What `(ARRAY[a, b])::t[]` at the start of a text becomes, and how long it was.
fn moved(text: &str) -> Option<(usize, String)> {
    let inside = OPEN.len();
    let mut depth = 0usize;
    let mut quote = None;
    let mut cuts = vec![inside];
    let mut close = None;
    for (i, c) in text.char_indices().skip_while(|(i, _)| *i < inside) {
        match (quote, c) {
            (Some(q), c) if c == q => quote = None,
            (Some(_), _) => {}
            (None, '\'' | '"') => quote = Some(c),
            (None, '(' | '[') => depth += 1,
            (None, ']') if depth == 0 => {
                close = Some(i);
                break;
            }
            (None, ')' | ']') => depth = depth.checked_sub(1)?,
            (None, ',') if depth == 0 => cuts.push(i + 1),
            _ => {}
        }
    }
    let close = close?;
    let rest = text[close..].strip_prefix("])::")?;
    let length = rest.find("[]")?;
    let ty = &rest[..length];
    let name = |c: char| c.is_alphanumeric() || matches!(c, '_' | '.' | ' ' | '"' | '(' | ')' | ',');
    if ty.is_empty() || !ty.chars().all(name) {
        return None;
    }
    cuts.push(close + 1);
    let items: Vec<String> = cuts.windows(2).map(|w| format!("({})::{ty}", text[w[0]..w[1] - 1].trim())).collect();
    Some((close + "])::".len() + length + "[]".len(), format!("ARRAY[{}]", items.join(", "))))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_two_forms_of_in_are_the_same() {
        let printed = "CHECK (((m)::text = ANY ((ARRAY['a'::character varying, 'b,]'::character varying])::text[])))";
        let again = "CHECK (((m)::text = ANY (ARRAY[('a'::character varying)::text, ('b,]'::character varying)::text])))";
        assert!(equivalent(&printed.into(), &again.into()));
        assert!(!equivalent(&printed.replace("'a'", "'c'").into(), &again.into()));
    }

    #[test]
    fn a_value_with_spaces_is_a_value() {
        assert!(!equivalent(&"' x '::text".into(), &"'x'::text".into()));
        assert!(equivalent(&"a\r\nb\n".into(), &"a\nb".into()));
    }
}
