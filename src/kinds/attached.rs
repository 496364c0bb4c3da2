//! Indexes, and constraints with an index, of partitions that belong to those of the parent (`attach_to`). PostgreSQL makes
//! them with the parent's and names them itself; another name is given afterwards.

use super::family::Relation;
use crate::catalog::{Attrs, Id, Object};
use crate::plan::step::{Draft, Lock};
use crate::sql;

/// The attribute, and the key in YAML.
pub(super) const ATTACH_TO: &str = "attach_to";

/// The id of what an object is attached to, when that is on this parent.
pub(super) fn leader(id: &Id, object: &Object, (schema, table): &Relation) -> Option<Id> {
    let mut parts = sql::split_name(object.text(ATTACH_TO)?)?;
    let name = parts.pop()?;
    (parts.pop().unwrap_or_else(|| id.schema().to_string()) == **schema).then(|| Id::child(id.kind, schema, table, &name))
}

/// What an attached one has from its leader; not what is said of the one index alone.
pub(super) fn handed_down(id: &Id, leader: &Id, from: &Object) -> Attrs {
    let alone =
        |attr: &str| matches!(attr, "clustered" | "replica_identity" | "statistics" | "on_only" | "invalid") || attr == ATTACH_TO;
    let mut attrs: Attrs = from.attrs.iter().filter(|(a, _)| !alone(a)).map(|(a, v)| (a.clone(), v.clone())).collect();
    let name = sql::ident(&leader.name);
    let path = if leader.schema == id.schema { name.into_owned() } else { sql::qualified(leader.schema(), &leader.name) };
    attrs.insert(ATTACH_TO.into(), path.into());
    attrs
}

fn leader_path(schema: &str, attach_to: &str) -> String {
    if sql::split_name(attach_to).is_some_and(|p| p.len() > 1) {
        attach_to.to_string()
    } else {
        format!("{}.{attach_to}", sql::ident(schema))
    }
}

/// ALTER INDEX ... ATTACH PARTITION.
pub(super) fn attach(schema: &str, attach_to: &str, name: &str) -> String {
    format!("ALTER INDEX {} ATTACH PARTITION {}", leader_path(schema, attach_to), sql::qualified(schema, name))
}

/// As [`attach`], for an object of a catalog.
pub(super) fn attached(id: &Id, object: &Object) -> Option<Draft> {
    let to = object.text(ATTACH_TO)?;
    Some(Draft::new(attach(id.schema(), to, &id.name)).lock(Lock::AccessExclusive))
}

/// A statement that names the index of a partition that belongs to this one of its parent. If another index has the name, the
/// two change names.
pub(super) fn name_it(schema: &str, table: &str, attach_to: &str, name: &str) -> String {
    let body = format!(
        "\nDECLARE
  the pg_catalog.regclass;
  was pg_catalog.name;
BEGIN
  SELECT h.inhrelid, c.relname INTO the, was
    FROM pg_catalog.pg_inherits h
    JOIN pg_catalog.pg_index i ON i.indexrelid = h.inhrelid
    JOIN pg_catalog.pg_class c ON c.oid = h.inhrelid
    WHERE h.inhparent = {parent}::pg_catalog.regclass AND i.indrelid = {table}::pg_catalog.regclass;
  IF the IS NULL THEN
    RAISE undefined_object USING MESSAGE = {missing};
  ELSIF was <> {name} THEN
    IF pg_catalog.to_regclass({path}) IS NOT NULL THEN
      EXECUTE pg_catalog.format('ALTER INDEX %s RENAME TO %I', the, was || '__');
      EXECUTE pg_catalog.format('ALTER INDEX %s RENAME TO %I', {path}, was);
    END IF;
    EXECUTE pg_catalog.format('ALTER INDEX %s RENAME TO %I', the, {name});
  END IF;
END",
        parent = sql::literal(&leader_path(schema, attach_to)),
        table = sql::literal(&sql::qualified(schema, table)),
        missing = sql::literal(&format!("table {table} has no index that belongs to {attach_to}")),
        name = sql::literal(name),
        path = sql::literal(&sql::qualified(schema, name)),
    );
    format!("DO {}", sql::dollar_quoted(&body))
}

/// The statement that gives an attached one the name that PostgreSQL would not have chosen (position -1).
pub(super) fn named(id: &Id, object: &Object) -> Vec<Draft> {
    let to = object.text(ATTACH_TO).filter(|_| object.position < 0);
    to.map(|to| Draft::new(name_it(id.schema(), id.parent(), to, &id.name))).into_iter().collect()
}
