//! Settings that a database or a role brings along (ALTER DATABASE SET, ALTER ROLE SET): `name: value`.
//!
//! Values are kept as pg_db_role_setting has them. A setting with a dot in its name is some extension's or the application's own
//! and may hold a key: it counts as secret. Manual: sql-alterdatabase, sql-alterrole, catalog-pg-db-role-setting.

use std::collections::BTreeMap;

use serde_json::{Map, Value};

use super::secret;
use super::yaml::{Entry, Out};
use crate::catalog::{Id, Object};
use crate::plan::step::Draft;
use crate::sql;

/// Settings whose value is a list of names (GUC_LIST_QUOTE in PostgreSQL's source, as pg_dump knows them).
const LISTS: &[&str] = &[
    "local_preload_libraries",
    "search_path",
    "session_preload_libraries",
    "shared_preload_libraries",
    "temp_tablespaces",
    "unix_socket_directories",
];

fn is_list(name: &str) -> bool {
    LISTS.contains(&name)
}

/// The names in a list, without their quotes.
fn names(value: &str) -> Vec<String> {
    let mut out = Vec::new();
    let mut rest = value.trim();
    while !rest.is_empty() {
        let mut name = String::new();
        if let Some(quoted) = rest.strip_prefix('"') {
            let mut chars = quoted.char_indices().peekable();
            let mut end = quoted.len();
            while let Some((i, c)) = chars.next() {
                match c {
                    '"' if chars.next_if(|(_, c)| *c == '"').is_some() => name.push('"'),
                    '"' => {
                        end = i + 1;
                        break;
                    }
                    c => name.push(c),
                }
            }
            rest = &quoted[end..];
        } else {
            let end = rest.find(',').unwrap_or(rest.len());
            name.push_str(rest[..end].trim());
            rest = &rest[end..];
        }
        out.push(name);
        rest = rest.trim_start().strip_prefix(',').unwrap_or_default().trim_start();
    }
    out
}

/// The settings of an entry, as a catalog holds them.
pub(super) fn declared(entry: &Entry<'_>, field: &str) -> Option<Value> {
    let texts = entry.texts(field);
    if texts.is_empty() {
        return None;
    }
    let mut map = Map::new();
    for (name, value) in texts {
        // PostgreSQL takes them in any case.
        let key = name.text.to_lowercase();
        let value = if key.contains('.') {
            secret::hidden(&value)
        } else if is_list(&key) {
            names(&value.text).iter().map(|n| sql::ident(n).into_owned()).collect::<Vec<_>>().join(", ")
        } else {
            value.text.clone()
        };
        map.insert(key, Value::String(value));
    }
    Some(Value::Object(map))
}

/// The settings as YAML, secret values by the environment's name for them.
pub(super) fn out(id: &Id, object: &Object, attr: &str) -> Option<(String, Out)> {
    let settings = of(object, attr);
    let written = |name: &str, value: &str| Out::text(secret::written(value, &[&id.name, name]));
    let map: Vec<(String, Out)> = settings.iter().map(|(n, v)| (n.to_string(), written(n, v))).collect();
    (!map.is_empty()).then(|| (attr.to_string(), Out::Map(map)))
}

fn of<'a>(object: &'a Object, attr: &str) -> BTreeMap<&'a str, &'a str> {
    let map = object.attrs.get(attr).and_then(Value::as_object);
    map.into_iter().flatten().filter_map(|(n, v)| Some((n.as_str(), v.as_str()?))).collect()
}

/// The statements that bring one object's settings to another's; `target` stands after ALTER.
pub(super) fn changes(target: &str, live: &Object, desired: &Object, attr: &str) -> Vec<Draft> {
    let (was, is) = (of(live, attr), of(desired, attr));
    let gone = was.keys().filter(|n| !is.contains_key(*n)).map(|n| format!("ALTER {target} RESET {}", name(n)));
    let differs = |n: &str, v: &str| was.get(n).is_none_or(|old| *old != v && !secret::unseen(old, v));
    let set = is.iter().filter(|(n, v)| differs(n, v)).map(|(n, v)| format!("ALTER {target} SET {} TO {}", name(n), value(n, v)));
    gone.chain(set).map(Draft::new).collect()
}

/// Each part of a dotted name is a name.
fn name(name: &str) -> String {
    name.split('.').map(sql::ident).collect::<Vec<_>>().join(".")
}

fn value(name: &str, value: &str) -> String {
    if !is_list(name) {
        return sql::literal(value);
    }
    match names(value) {
        list if list.is_empty() => "''".into(),
        list => list.iter().map(|n| sql::literal(n)).collect::<Vec<_>>().join(", "),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lists_are_lists() {
        assert_eq!(names("\"$user\", public, \"a \"\"b\""), ["$user", "public", "a \"b"]);
        assert_eq!(value("search_path", "\"$user\", public"), "'$user', 'public'");
        assert_eq!(value("search_path", ""), "''");
        assert_eq!(value("DateStyle", "ISO, MDY"), "'ISO, MDY'");
        assert_eq!(name("app.jwt_secret"), "app.jwt_secret");
    }
}
