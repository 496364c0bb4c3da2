//! What is told but is no difference: line ends, white space at the ends of long texts, and where an array's cast stands
//! ([`crate::sql::array_cast`]): a restored dump has it elsewhere than its source, and both say the same.

use serde_json::Value;

use crate::sql::array_cast;

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
    ends(&array_cast::pushed_down(a)) == ends(&array_cast::pushed_down(b)) && (a.contains("ARRAY[") || b.contains("ARRAY["))
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
