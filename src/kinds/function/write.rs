//! Routines as SQL and as YAML.

use serde_json::Value;

use crate::catalog::read::bodies::CHECKED;
use crate::catalog::{Id, Object};
use crate::kinds::yaml::Out;
use crate::sql;

/// The whole CREATE statement.
pub(super) fn statement(word: &str, replace: bool, id: &Id, object: &Object) -> String {
    let or_replace = if replace { "OR REPLACE " } else { "" };
    let path = sql::qualified(id.schema(), &id.name);
    let mut text = format!("CREATE {or_replace}{word} {path}({})", object.text("arguments").unwrap_or_default());
    if let Some(returns) = object.text("returns") {
        text.push_str(&format!("\n RETURNS {returns}"));
    }
    text.push_str(&format!("\n{}", options(object, "\n ")));
    if let Some(body) = object.text("sql_body") {
        text.push_str(&format!("\n{body}"));
    } else if let Some(file) = object.text("object_file") {
        text.push_str(&format!("\nAS {}, {}", sql::literal(file), sql::literal(object.text("body").unwrap_or_default())));
    } else {
        text.push_str(&format!("\nAS {}", sql::dollar_quoted(object.text("body").unwrap_or_default())));
    }
    text
}

fn options(object: &Object, separator: &str) -> String {
    let mut parts = Vec::new();
    parts.push(format!("LANGUAGE {}", sql::ident(object.text("language").unwrap_or("sql"))));
    let transforms = object.list("transforms");
    if !transforms.is_empty() {
        parts.push(format!("TRANSFORM {}", transforms.iter().map(|t| format!("FOR TYPE {t}")).collect::<Vec<_>>().join(", ")));
    }
    if object.flag("window") {
        parts.push("WINDOW".into());
    }
    if let Some(volatility) = object.text("volatility") {
        parts.push(volatility.to_uppercase());
    }
    if object.flag("strict") {
        parts.push("STRICT".into());
    }
    if object.flag("security_definer") {
        parts.push("SECURITY DEFINER".into());
    }
    if object.flag("leakproof") {
        parts.push("LEAKPROOF".into());
    }
    if let Some(parallel) = object.text("parallel") {
        parts.push(format!("PARALLEL {}", parallel.to_uppercase()));
    }
    for (attr, word) in [("cost", "COST"), ("rows", "ROWS")] {
        if let Some(number) = object.attrs.get(attr).and_then(Value::as_f64) {
            parts.push(format!("{word} {number}"));
        }
    }
    if let Some(support) = object.text("support") {
        parts.push(format!("SUPPORT {support}"));
    }
    for setting in object.list("settings") {
        if let Some((name, value)) = setting.split_once('=') {
            parts.push(format!("SET {} TO {}", setting_name(name), setting_value(name, value)));
        }
    }
    parts.join(separator)
}

/// Setting names are quoted part by part.
fn setting_name(name: &str) -> String {
    name.split('.').map(|p| sql::ident(p).into_owned()).collect::<Vec<_>>().join(".")
}

/// Settings that hold lists of names are stored as SQL would write them (pg_dump's variable_is_guc_list_quote); the rest
/// are texts.
fn setting_value(name: &str, value: &str) -> String {
    const LISTS: &[&str] = &[
        "local_preload_libraries",
        "search_path",
        "session_preload_libraries",
        "shared_preload_libraries",
        "temp_tablespaces",
        "unix_socket_directories",
    ];
    if LISTS.contains(&name.to_lowercase().as_str()) {
        names_in(value).map_or_else(|| value.to_string(), |names| names.join(", "))
    } else {
        sql::literal(value)
    }
}

/// The names in a stored list, each as it is written in SET: a literal where an identifier would be cut off or cannot stand.
/// `None` when it is no such list.
fn names_in(value: &str) -> Option<Vec<String>> {
    if value.is_empty() {
        return Some(vec!["''".into()]);
    }
    let mut names = Vec::new();
    let mut rest = value;
    loop {
        let written = if let Some(quoted) = rest.strip_prefix('"') {
            let mut end = 0;
            while !quoted[end..].starts_with('"') || quoted[end..].starts_with("\"\"") {
                end += if quoted[end..].starts_with("\"\"") { 2 } else { quoted[end..].chars().next()?.len_utf8() };
            }
            rest = &quoted[end + 1..];
            &quoted[..end]
        } else {
            let end = rest.find(',').unwrap_or(rest.len());
            let word = rest[..end].trim();
            rest = &rest[end..];
            word
        };
        let name = written.replace("\"\"", "\"");
        let fits = !name.is_empty() && name.len() < 64;
        names.push(if fits { sql::ident(&name).into_owned() } else { sql::literal(&name) });
        match rest.trim_start().strip_prefix(',') {
            Some(more) => rest = more.trim_start(),
            None => return rest.trim().is_empty().then_some(names),
        }
    }
}

/// The YAML form: definition and body.
pub(super) fn entry(object: &Object) -> Vec<(String, Out)> {
    let mut definition = String::new();
    if let Some(returns) = object.text("returns") {
        definition.push_str(&format!("returns {returns} "));
    }
    definition.push_str(&options(object, " ").replace("LANGUAGE", "language"));
    if let Some(body) = object.text("sql_body") {
        definition.push_str(&format!("\n{body}"));
        return vec![("definition".into(), Out::Text(definition))];
    }
    let body = object.text("body").unwrap_or_default();
    if let Some(file) = object.text("object_file") {
        definition.push_str(&format!(" as {}, {}", sql::literal(file), sql::literal(body)));
        return vec![("definition".into(), Out::Text(definition))];
    }
    if body.is_empty() {
        definition.push_str(" as ''");
        return vec![("definition".into(), Out::Text(definition))];
    }
    let mut out = vec![("definition".into(), Out::Text(definition))];
    if object.attrs.contains_key(CHECKED) {
        out.push((CHECKED.into(), Out::text("false")));
    }
    out.push(("body".into(), Out::text(body)));
    out
}

#[cfg(test)]
mod tests {
    use super::names_in;

    #[test]
    fn names_that_are_no_identifiers_become_literals() {
        assert_eq!(names_in("").as_deref(), Some(&["''".to_string()][..]));
        assert_eq!(names_in("\"\"").as_deref(), Some(&["''".to_string()][..]));
        assert_eq!(names_in("public, \"$user\"").map(|n| n.join(", ")).as_deref(), Some("public, \"$user\""));
        let long = "0".repeat(70);
        let list = format!("\"Mixed/Case\", \"c:/'a\"\"/path\", \"\", \"{long}\"");
        let written = names_in(&list).map(|n| n.join(", "));
        assert_eq!(written, Some(format!("\"Mixed/Case\", \"c:/'a\"\"/path\", '', '{long}'")));
        assert_eq!(names_in("\"open"), None);
    }
}
