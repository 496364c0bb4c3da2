//! The one case in which PostgreSQL prints an expression that it does not read back as printed.
//!
//! `x IN ('a', 'b')` on a varchar column is printed `x = ANY ((ARRAY['a'::character varying, ...])::text[])`. Read again, the
//! parser moves the cast into the array (transformTypeCast in parse_expr.c), and it is printed
//! `ARRAY[('a'::character varying)::text, ...]`. A cast of the array to its own type in between stops the parser from doing so
//! and is not printed: with it the text is read back as what it was.

use std::borrow::Cow;

const OPEN: &str = "(ARRAY[";

/// Writes the cast that keeps an array whole: `(ARRAY['a'::t]::t[])::u[]` for `(ARRAY['a'::t])::u[]`.
pub fn kept(text: &str) -> Cow<'_, str> {
    rewritten(text, |array| {
        if array.own_type.is_some() {
            return None;
        }
        let ty = array.items.first()?.rsplit_once("::")?.1;
        let same = |item: &&str| item.rsplit_once("::").is_some_and(|(_, t)| t == ty);
        let cast = array.items.iter().all(|i| same(&i)) && is_type(ty);
        cast.then(|| format!("(ARRAY[{}]::{ty}[])::{}[]", array.items.join(", "), array.cast_to))
    })
}

/// Moves casts of arrays into their elements, as the parser does.
pub fn pushed_down(text: &str) -> Cow<'_, str> {
    rewritten(text, |array| {
        let items: Vec<String> = array.items.iter().map(|i| format!("({i})::{}", array.cast_to)).collect();
        Some(format!("ARRAY[{}]", items.join(", ")))
    })
}

struct Array<'a> {
    items: Vec<&'a str>,
    own_type: Option<&'a str>,
    cast_to: &'a str,
    length: usize,
}

/// Replaces every cast array, innermost first.
fn rewritten(text: &str, replacement: impl Fn(&Array<'_>) -> Option<String>) -> Cow<'_, str> {
    if !text.contains(OPEN) {
        return Cow::Borrowed(text);
    }
    let mut out = text.to_string();
    let mut from = out.len();
    while let Some(start) = out[..from].rfind(OPEN) {
        from = start;
        let Some(array) = read(&out[start..]) else { continue };
        if let Some(new) = replacement(&array) {
            let end = start + array.length;
            out.replace_range(start..end, &new);
        }
    }
    Cow::Owned(out)
}

/// Reads `(ARRAY[a, b])::t[]` or `(ARRAY[a, b]::s[])::t[]` at the start of a text.
fn read(text: &str) -> Option<Array<'_>> {
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
    let mut rest = &text[close + 1..];
    let mut own_type = None;
    if let Some(after) = rest.strip_prefix("::") {
        let length = after.find("[])")?;
        own_type = Some(&after[..length]).filter(|t| is_type(t));
        own_type?;
        rest = &after[length + 2..];
    }
    let after = rest.strip_prefix(")::")?;
    let length = after.find("[]")?;
    let cast_to = Some(&after[..length]).filter(|t| is_type(t))?;
    cuts.push(close + 1);
    let items = cuts.windows(2).map(|w| text[w[0]..w[1] - 1].trim()).collect();
    Some(Array { items, own_type, cast_to, length: text.len() - after.len() + length + 2 })
}

/// Whether a text can be the name of a type: no operator and no quote of a string is in it.
fn is_type(text: &str) -> bool {
    !text.is_empty() && text.chars().all(|c| c.is_alphanumeric() || matches!(c, '_' | '.' | ' ' | '"' | '(' | ')' | ','))
}

#[cfg(test)]
mod tests {
    use super::*;

    const PRINTED: &str = "((m)::text = ANY ((ARRAY['a'::character varying, 'b,]'::character varying])::text[]))";

    #[test]
    fn an_array_is_kept_whole() {
        let kept_whole =
            "((m)::text = ANY ((ARRAY['a'::character varying, 'b,]'::character varying]::character varying[])::text[]))";
        assert_eq!(kept(PRINTED), kept_whole);
        assert_eq!(kept(kept_whole), kept_whole);
    }

    #[test]
    fn both_forms_are_pushed_down_alike() {
        let again = "((m)::text = ANY (ARRAY[('a'::character varying)::text, ('b,]'::character varying)::text]))";
        assert_eq!(pushed_down(PRINTED), again);
        assert_eq!(pushed_down(&kept(PRINTED)), again);
    }

    #[test]
    fn what_is_no_cast_array_stays() {
        for text in ["(ARRAY[1, 2])", "ARRAY['a'::text]", "(ARRAY[", "(ARRAY['a'])::text || x[1]"] {
            assert_eq!(kept(text), text);
        }
    }
}
