//! What is in a table or column that is dropped, kept in another schema for a time, and brought back from there.
//!
//! A table moves as it is, without what hangs on it, which takes no time however large it is; only values of types that may go
//! themselves are written again, as text. The values of a column are copied, with the primary key that tells whose they were.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use super::table::Table;
use super::{Kind, column, constraint, rank, sequence};
use crate::catalog::{Catalog, Id, Object};
use crate::sql;

/// A column of what is kept.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct KeptColumn {
    /// Its name.
    pub name: String,
    /// Its type, where its values are kept as text.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub from_text: Option<String>,
    /// Whether it says whose values they are.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub key: bool,
}

/// How something is kept.
pub struct Aside {
    /// The statements in place of the drop, or before it.
    pub sql: Vec<String>,
    /// Whether the drop itself is still to be done.
    pub drops: bool,
    /// What is kept.
    pub columns: Vec<KeptColumn>,
}

/// How to keep what is in an object that a plan drops; `None` for what has no rows or cannot be kept. `relation` is the name of
/// the table that is to hold it, and what is in `dropped` the plan drops itself.
pub fn keep(id: &Id, live: &Catalog, schema: &str, relation: &str, dropped: &BTreeSet<Id>) -> Option<Aside> {
    if id.kind == Table.name() {
        return table(id, live, schema, relation, dropped);
    }
    if id.kind == column::Column.name() { values(id, live, schema, relation) } else { None }
}

fn is_plain(id: &Id, live: &Catalog) -> bool {
    let family = |other: &Id, object: &Object| {
        super::of(other).joins() && (object.needs.contains(id) || (other.schema == id.schema && other.parent() == &*id.name))
    };
    let partitioned = live.get(id).is_none_or(|o| o.attrs.contains_key("partition_by"));
    !partitioned && !live.objects.iter().any(|(other, object)| family(other, object))
}

/// Whether its type, or what else it needs beside its table, may go.
fn as_text(id: &Id, object: &Object) -> Option<String> {
    let table = |n: &Id| n.parent.is_none() && n.schema == id.schema && *n.name == *id.parent();
    let other = object.needs.iter().any(|n| !table(n) && !super::of(n).contains_objects() && n.parent.is_none());
    other.then(|| object.text("type").unwrap_or("pg_catalog.text").to_string())
}

fn kept(id: &Id, object: &Object, key: bool) -> KeptColumn {
    KeptColumn { name: id.name.to_string(), from_text: as_text(id, object), key }
}

fn table(id: &Id, live: &Catalog, schema: &str, relation: &str, dropped: &BTreeSet<Id>) -> Option<Aside> {
    if !is_plain(id, live) {
        return None;
    }
    let path = id.own_path();
    let all: Vec<(&Id, &Object)> = column::of_table(live, id);
    let is_column = |other: &Id| all.iter().any(|(c, _)| *c == other);
    let hangs = |other: &Id, object: &Object| {
        let of_table = other.schema == id.schema && other.parent() == &*id.name;
        let owned = object.owned_by.iter().any(|o| o == id || is_column(o));
        (of_table || owned) && other != id && !is_column(other) && !dropped.contains(other)
    };
    let mut parts: Vec<(&Id, &Object)> = live.objects.iter().filter(|(o, object)| hangs(o, object)).collect();
    parts.retain(|(o, _)| o.kind != sequence::identity::IdentitySequence.name());
    parts.sort_by_key(|(o, _)| std::cmp::Reverse(rank(o.kind)));
    let mut sql: Vec<String> = parts.iter().flat_map(|(o, object)| super::of(o).drop(o, object)).map(|d| d.sql).collect();
    let mut columns = Vec::new();
    for (column, object) in all {
        let name = sql::ident(&column.name);
        if object.attrs.contains_key("generated") {
            sql.push(format!("ALTER TABLE {path} DROP COLUMN {name}"));
            continue;
        }
        if object.attrs.contains_key("identity") {
            sql.push(format!("ALTER TABLE {path} ALTER COLUMN {name} DROP IDENTITY"));
        }
        let kept = kept(column, object, false);
        if kept.from_text.is_some() {
            sql.push(format!("ALTER TABLE {path} ALTER COLUMN {name} TYPE pg_catalog.text USING {name}::pg_catalog.text"));
        }
        columns.push(kept);
    }
    sql.push(format!("ALTER TABLE {path} RENAME TO {}", sql::ident(relation)));
    sql.push(format!("ALTER TABLE {} SET SCHEMA {}", sql::qualified(id.schema(), relation), sql::ident(schema)));
    Some(Aside { sql, drops: true, columns })
}

fn values(id: &Id, live: &Catalog, schema: &str, relation: &str) -> Option<Aside> {
    let object = live.get(id).filter(|o| !o.attrs.contains_key("generated"))?;
    let table = Id::in_schema(Table.name(), id.schema(), id.parent());
    live.get(&table)?;
    let key = live
        .objects
        .iter()
        .find(|(k, _)| k.kind == constraint::PRIMARY_KEY.name() && k.schema == id.schema && k.parent == id.parent);
    let keys: BTreeSet<&Id> = key?.1.needs.iter().collect();
    let mut columns: Vec<KeptColumn> =
        column::of_table(live, &table).into_iter().filter(|(c, _)| keys.contains(c)).map(|(c, o)| kept(c, o, true)).collect();
    if columns.is_empty() || keys.contains(id) {
        return None;
    }
    columns.push(kept(id, object, false));
    let list: Vec<String> = columns
        .iter()
        .map(|c| {
            let name = sql::ident(&c.name);
            if c.from_text.is_some() { format!("{name}::pg_catalog.text AS {name}") } else { name.into_owned() }
        })
        .collect();
    let statement = format!(
        "CREATE TABLE {} AS SELECT {} FROM {} WHERE {} IS NOT NULL",
        sql::qualified(schema, relation),
        list.join(", "),
        id.parent_path(),
        sql::ident(&id.name)
    );
    Some(Aside { sql: vec![statement], drops: false, columns })
}

/// A column's value in what is kept.
fn value(column: &KeptColumn) -> String {
    let name = sql::ident(&column.name);
    match &column.from_text {
        Some(ty) => format!("k.{name}::{ty}"),
        None => format!("k.{name}"),
    }
}

/// The statement that makes an object, with those that bring back what was in it.
pub fn bring_back(id: &Id, create: &str, holder: &str, columns: &[KeptColumn]) -> Vec<String> {
    let (keys, own): (Vec<&KeptColumn>, Vec<&KeptColumn>) = columns.iter().partition(|c| c.key);
    let names = |list: &[&KeptColumn]| sql::ident_list(list.iter().map(|c| c.name.as_str()));
    if id.parent.is_none() {
        let values: Vec<String> = own.iter().map(|c| value(c)).collect();
        let insert = format!(
            "INSERT INTO {} ({}) OVERRIDING SYSTEM VALUE SELECT {} FROM {holder} k",
            id.own_path(),
            names(&own),
            values.join(", ")
        );
        return vec![create.to_string(), insert];
    }
    // Rows are there already: they get their values before NULL is ruled out again.
    let table = id.parent_path();
    let (first, not_null) = match create.strip_suffix(" NOT NULL") {
        Some(first) => (first, true),
        None => (create, false),
    };
    let set: Vec<String> = own.iter().map(|c| format!("{} = {}", sql::ident(&c.name), value(c))).collect();
    let same: Vec<String> = keys.iter().map(|c| format!("t.{} = {}", sql::ident(&c.name), value(c))).collect();
    let mut out =
        vec![first.to_string(), format!("UPDATE {table} t SET {} FROM {holder} k WHERE {}", set.join(", "), same.join(" AND "))];
    if not_null {
        out.push(format!("ALTER TABLE {table} ALTER COLUMN {} SET NOT NULL", sql::ident(&id.name)));
    }
    out
}
