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

/// Whether two lists hold the same settings (`fillfactor=70`), in whatever order: ALTER puts what it sets at the end.
pub(super) fn same_settings(a: &Value, b: &Value) -> bool {
    let sorted = |value: &Value| -> Option<Vec<String>> {
        let items: Option<Vec<String>> = value.as_array()?.iter().map(|i| i.as_str().map(str::to_string)).collect();
        let mut items = items?;
        items.sort_unstable();
        items.iter().all(|i| i.contains('=') && !i.contains(' ')).then_some(items)
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
    fn settings_have_no_order() {
        let (a, b) = (serde_json::json!(["a=1", "b=2"]), serde_json::json!(["b=2", "a=1"]));
        assert!(same_settings(&a, &b) && !same_settings(&a, &serde_json::json!(["a=1", "b=3"])));
        assert!(!same_settings(&serde_json::json!(["x", "y"]), &serde_json::json!(["y", "x"])));
    }

    #[test]
    fn a_value_with_spaces_is_a_value() {
        assert!(!equivalent(&"' x '::text".into(), &"'x'::text".into()));
        assert!(equivalent(&"a\r\nb\n".into(), &"a\nb".into()));
    }
}
