//! # Privileges on what comes with PostgreSQL
//!
//! Somebody was granted a column of `pg_authid`, or PUBLIC lost `pg_sleep`: what differs from the state in which initdb leaves the
//! schema `pg_catalog` and the languages. The key says what it is about, as GRANT does after ON: `table pg_catalog.pg_authid`,
//! `table pg_catalog.pg_proc (prosrc)`, `function pg_catalog.pg_sleep(double precision)`, `schema pg_catalog`, `language plpgsql`.

use std::collections::BTreeSet;

use serde_json::Value;

use super::yaml::{Declarer, Entry, Field, FieldValue, File, Naming, Out, Piece, Section, Shape, Statement};
use super::{Alter, Change, Kind, Weight, single};
use crate::catalog::{Catalog, Id, KindName, Object};
use crate::plan::step::{Draft, Hazard};
use crate::sql;

/// The kind.
pub struct SystemPrivileges;

const GRANT: &str = "grant";
const REVOKE: &str = "revoke";

static SECTION: Section = Section {
    key: "system_privileges",
    under: &[""],
    shape: Shape::Mapping,
    naming: Naming::Database,
    file: File::Shared("database.yaml"),
    fields: &[
        Field { key: GRANT, value: FieldValue::Grants, doc: "What roles have that they would not have: `{auditor: [select]}`." },
        Field { key: REVOKE, value: FieldValue::Grants, doc: "What roles lack that they would have: `{public: [execute]}`." },
    ],
    doc: "Privileges on what comes with PostgreSQL, where they are not as initdb leaves them. Compared with `manage: all`, and where \
          they are written.",
    example: "system_privileges:\n  function pg_catalog.pg_sleep(double precision):\n    revoke: {public: [execute]}\n",
};

type Item = (String, String);

/// Role and right of each entry of an attribute.
fn items(object: &Object, attr: &str) -> BTreeSet<Item> {
    let Some(Value::Object(map)) = object.attrs.get(attr) else { return BTreeSet::new() };
    let rights = |value: &Value| -> Vec<String> {
        value.as_array().into_iter().flatten().filter_map(|r| r.as_str().map(str::to_string)).collect()
    };
    map.iter().flat_map(|(role, value)| rights(value).into_iter().map(|r| (role.clone(), r))).collect()
}

/// A target apart: what stands after ON, and the column in parentheses of a table.
fn apart(target: &str) -> (&str, &str) {
    match target.split_once(" (").filter(|_| target.starts_with("table ")) {
        Some((table, column)) => (table, column.trim_end_matches(')')),
        None => (target, ""),
    }
}

/// GRANT or REVOKE up to its target.
fn before(word: &str, right: &str, column: &str) -> String {
    let plain = right.strip_suffix(" with grant option").unwrap_or(right).to_uppercase();
    let column = if column.is_empty() { String::new() } else { format!(" ({column})") };
    format!("{word} {plain}{column} ON ")
}

/// What follows the target.
fn after(word: &str, role: &str, right: &str) -> String {
    let role = sql::role(role);
    match word {
        "GRANT" if right.ends_with(" with grant option") => format!(" TO {role} WITH GRANT OPTION"),
        "GRANT" => format!(" TO {role}"),
        _ => format!(" FROM {role}"),
    }
}

fn statement(id: &Id, word: &str, (role, right): &Item) -> Draft {
    let (target, column) = apart(&id.name);
    let (kind, name) = target.split_once(' ').unwrap_or(("", target));
    let draft = Draft::new(format!("{}{} {name}{}", before(word, right, column), kind.to_uppercase(), after(word, role, right)));
    match word {
        "GRANT" => draft.hazard(Hazard::WeakensSecurity),
        _ => draft.hazard(Hazard::BreaksClients),
    }
}

/// The statements that turn one state into another; either may be that of initdb.
fn changes(id: &Id, live: &Object, desired: &Object) -> Vec<Draft> {
    let (granted, revoked) = (items(live, GRANT), items(live, REVOKE));
    let (grant, revoke) = (items(desired, GRANT), items(desired, REVOKE));
    let taken = granted.difference(&grant).chain(revoke.difference(&revoked)).map(|item| statement(id, "REVOKE", item));
    let given = revoked.difference(&revoke).chain(grant.difference(&granted)).map(|item| statement(id, "GRANT", item));
    taken.chain(given).collect()
}

impl Kind for SystemPrivileges {
    fn name(&self) -> KindName {
        "system_privileges"
    }

    fn label(&self) -> (&'static str, &'static str) {
        ("system privilege", "system privileges")
    }

    fn catalog_sql(&self, _: u32) -> Option<&'static str> {
        Some(include_str!("catalog.sql"))
    }

    fn section(&self) -> Option<&'static Section> {
        Some(&SECTION)
    }

    fn declare(&self, entry: &Entry<'_>, out: &mut Declarer<'_>) {
        let (target, column) = apart(&entry.name);
        let target = Piece { text: target.to_string(), place: entry.place.clone() };
        let mut statements: Vec<Statement> = Vec::new();
        for (key, word) in [(REVOKE, "REVOKE"), (GRANT, "GRANT")] {
            for grant in entry.node.get(key).and_then(|node| out.grants(node)).unwrap_or_default() {
                for right in &grant.privileges {
                    let right = right.text.to_lowercase();
                    let Some(mut statement) = single::privileged(None, &before(word, &right, column), &target, out) else {
                        return;
                    };
                    statement.push(&after(word, &grant.grantee.text, &right));
                    statements.push(statement);
                }
            }
        }
        out.declare(entry, statements);
    }

    fn write(&self, _: &Id, object: &Object, _: &Catalog) -> Option<Out> {
        let mut map = Vec::new();
        for key in [GRANT, REVOKE] {
            let mut roles: Vec<(String, Vec<String>)> = Vec::new();
            for (role, right) in items(object, key) {
                match roles.last_mut().filter(|(last, _)| *last == role) {
                    Some((_, rights)) => rights.push(right),
                    None => roles.push((role, vec![right])),
                }
            }
            if !roles.is_empty() {
                map.push((
                    key.to_string(),
                    Out::Map(roles.into_iter().map(|(role, rights)| (role, Out::Flow(rights))).collect()),
                ));
            }
        }
        Some(Out::Map(map))
    }

    fn weight(&self, _: Option<&str>) -> Weight {
        Weight::Security
    }

    fn sql_name(&self, id: &Id) -> String {
        id.name.to_string()
    }

    fn roles<'a>(&self, object: &'a Object) -> Vec<&'a str> {
        let of = |attr: &str| object.attrs.get(attr).and_then(Value::as_object).into_iter().flat_map(|map| map.keys());
        of(GRANT).chain(of(REVOKE)).map(String::as_str).filter(|role| *role != "public").collect()
    }

    fn rename_roles(&self, _: &mut Id, object: &mut Object, to: &dyn Fn(&str) -> Option<String>) {
        for attr in [GRANT, REVOKE] {
            if let Some(Value::Object(map)) = object.attrs.get_mut(attr) {
                *map = std::mem::take(map).into_iter().map(|(role, rights)| (to(&role).unwrap_or(role), rights)).collect();
            }
        }
    }

    fn create(&self, id: &Id, object: &Object, _: &[(&Id, &Object)]) -> Vec<Draft> {
        changes(id, &Object::default(), object)
    }

    fn drop(&self, id: &Id, object: &Object) -> Vec<Draft> {
        changes(id, object, &Object::default())
    }

    fn alter(&self, change: &mut Change<'_>) -> Alter {
        change.take_any(&[GRANT, REVOKE]);
        Alter::InPlace(changes(change.id, change.live, change.desired))
    }
}
