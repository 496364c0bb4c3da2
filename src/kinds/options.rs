//! Options of foreign-data wrappers, servers, user mappings, foreign tables and their columns: `OPTIONS (name 'value')`.

use std::collections::BTreeMap;

use serde_json::Value;

use super::secret;
use super::yaml::{Entry, Out};
use crate::catalog::{Id, Object};
use crate::sql;

fn of<'a>(object: &'a Object, attr: &str) -> BTreeMap<&'a str, &'a str> {
    let map = object.attrs.get(attr).and_then(Value::as_object);
    map.into_iter().flatten().filter_map(|(n, v)| Some((n.as_str(), v.as_str()?))).collect()
}

fn list(options: impl Iterator<Item = (String, String)>) -> String {
    let items: Vec<String> = options.map(|(n, v)| format!("{} {}", sql::ident(&n), sql::literal(&v))).collect();
    if items.is_empty() { String::new() } else { format!(" OPTIONS ({})", items.join(", ")) }
}

/// ` OPTIONS (...)` for a CREATE statement; empty when there are none.
pub(super) fn clause(object: &Object, attr: &str) -> String {
    list(of(object, attr).into_iter().map(|(n, v)| (n.to_string(), v.to_string())))
}

/// ` OPTIONS (ADD ..., SET ..., DROP ...)`; empty when nothing changes.
pub(super) fn changes(live: &Object, desired: &Object, attr: &str) -> String {
    let (was, is) = (of(live, attr), of(desired, attr));
    let mut items: Vec<String> = was.keys().filter(|n| !is.contains_key(*n)).map(|n| format!("DROP {}", sql::ident(n))).collect();
    for (name, value) in &is {
        match was.get(name) {
            None => items.push(format!("ADD {} {}", sql::ident(name), sql::literal(value))),
            Some(old) if old != value && !secret::unseen(old, value) => {
                items.push(format!("SET {} {}", sql::ident(name), sql::literal(value)));
            }
            Some(_) => {}
        }
    }
    if items.is_empty() { String::new() } else { format!(" OPTIONS ({})", items.join(", ")) }
}

/// ` OPTIONS (...)` as an entry of the model has them.
pub(super) fn declared(entry: &Entry<'_>, key: &str) -> String {
    list(entry.texts(key).into_iter().map(|(n, v)| (n.text, secret::meant(&v))))
}

/// The options for YAML, with what is secret named after the object.
pub(super) fn out(id: &Id, object: &Object, attr: &str) -> Option<(String, Out)> {
    let mut names: Vec<&str> = [id.args.as_deref(), id.parent.as_deref(), Some(&*id.name)].into_iter().flatten().collect();
    let options = of(object, attr);
    let mut map = Vec::new();
    for (name, value) in options {
        names.push(name);
        map.push((name.to_string(), Out::Text(secret::written(value, &names))));
        names.pop();
    }
    (!map.is_empty()).then(|| (attr.to_string(), Out::Map(map)))
}
