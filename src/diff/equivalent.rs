//! What is told but is no difference: line ends, white space at the ends of long texts, and what a restored dump has otherwise than
//! its source, though both say the same: where an array's cast stands ([`crate::sql::array_cast`]), what a nameless column is called
//! ([`output_name`]), and the letters of EXTRACT's field ([`extract_field`]).

use serde_json::Value;

use crate::sql::{array_cast, extract_field, output_name};

use crate::kinds::secret;

/// Whether two values differ in nothing but line ends, white space at the ends of long texts, and what a restored dump has otherwise.
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

/// Whether two lists hold the same in whatever order.
pub(super) fn same_set(a: &Value, b: &Value) -> bool {
    let sorted = |value: &Value| {
        let mut texts: Vec<String> = value.as_array()?.iter().map(Value::to_string).collect();
        texts.sort_unstable();
        Some(texts)
    };
    sorted(a).is_some_and(|a| Some(a) == sorted(b))
}

fn same_text(a: &str, b: &str) -> bool {
    let ends = |t: &str| t.replace("\r\n", "\n").trim().to_string();
    // Only texts of several lines (bodies, queries): a default of ' x ' is a value.
    if (a.contains('\n') || b.contains('\n')) && ends(a) == ends(b) {
        return true;
    }
    let printed = |t: &str| ends(&extract_field::folded(&array_cast::pushed_down(t)));
    let (one, other) = (printed(a), printed(b));
    let either = |what: &str| a.contains(what) || b.contains(what);
    (either("ARRAY[") || either("EXTRACT(")) && one == other || output_name::same_but_for_names(&one, &other)
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
    fn options_have_no_order() {
        let list = |texts: &[&str]| Value::from(texts.to_vec());
        assert!(same_set(&list(&["a=1", "b=2"]), &list(&["b=2", "a=1"])));
        assert!(!same_set(&list(&["a=1", "b=2"]), &list(&["b=2", "a=2"])));
        assert!(!same_set(&list(&["a=1"]), &list(&["a=1", "a=1"])));
    }

    #[test]
    fn a_value_with_spaces_is_a_value() {
        assert!(!equivalent(&"' x '::text".into(), &"'x'::text".into()));
        assert!(equivalent(&"a\r\nb\n".into(), &"a\nb".into()));
    }
}
