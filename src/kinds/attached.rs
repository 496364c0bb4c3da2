//! Indexes, and constraints with an index, of partitions that belong to those of the parent (`attach_to`). PostgreSQL makes
//! them with the parent's and names them itself; another name is given afterwards.

use super::Kind;
use super::family::{Families, Relation};
use crate::catalog::{Attrs, Catalog, Id, Object};
use crate::plan::step::{Draft, Lock};
use crate::sql;

/// The attribute, and the key in YAML.
pub(super) const ATTACH_TO: &str = "attach_to";

/// What an object may be attached to on this parent: a constraint of its kind, or an index.
pub(super) fn leaders(id: &Id, object: &Object, (schema, table): &Relation) -> Vec<Id> {
    let Some(mut parts) = object.text(ATTACH_TO).and_then(sql::split_name) else { return Vec::new() };
    let name = parts.pop().unwrap_or_default();
    if parts.pop().unwrap_or_else(|| id.schema().to_string()) != **schema {
        return Vec::new();
    }
    [id.kind, super::index::Index.name()].into_iter().map(|kind| Id::child(kind, schema, table, &name)).collect()
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

/// Whether what it belongs to is of the partitioned table alone (position -2): then it has to be attached. A leader of the
/// partitions too takes in what it finds when it is made.
pub(super) fn is_taken_in(object: &Object) -> bool {
    object.attrs.contains_key(ATTACH_TO) && object.position != -2
}

/// As [`attach`], for an object of a catalog.
pub(super) fn attached(id: &Id, object: &Object) -> Option<Draft> {
    let to = object.text(ATTACH_TO).filter(|_| !is_taken_in(object))?;
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

/// An index of a partitioned table, or a constraint with one, made while clients go on: on the table alone, on each partition that
/// has none yet, and attached there (manual, ddl-partitioning, Partition Maintenance). `only` makes it on a partitioned table
/// alone, `own` on a partition with rows. `None` where partitions come or go meanwhile.
pub(super) fn one_by_one(
    id: &Id,
    object: &Object,
    (live, desired): (&Catalog, &Catalog),
    only: &dyn Fn(&Id, &Object) -> Draft,
    own: &dyn Fn(&Id, &Object) -> Option<Vec<Draft>>,
) -> Option<Vec<Draft>> {
    let tree = Tree { live, desired, was: Families::of(live), is: Families::of(desired), only, own };
    let mut drafts = vec![only(id, object)];
    tree.below(id, &mut drafts)?;
    (drafts.len() > 1).then_some(drafts)
}

struct Tree<'a> {
    live: &'a Catalog,
    desired: &'a Catalog,
    was: Families,
    is: Families,
    only: &'a dyn Fn(&Id, &Object) -> Draft,
    own: &'a dyn Fn(&Id, &Object) -> Option<Vec<Draft>>,
}

impl Tree<'_> {
    fn below(&self, id: &Id, drafts: &mut Vec<Draft>) -> Option<()> {
        let table: Relation = (id.schema.clone()?, id.parent.clone()?);
        let partitions = self.is.partitions(&table);
        if partitions != self.was.partitions(&table) {
            return None;
        }
        for partition in partitions {
            let of = |other: &Id| other.schema.as_ref() == Some(&partition.0) && other.parent.as_ref() == Some(&partition.1);
            let mut followers = self.desired.objects.iter().filter(|(other, _)| of(other));
            let (part, object) = followers.find(|(other, o)| leaders(other, o, &table).contains(id))?;
            if let Some(there) = self.live.get(part) {
                // It has no other leader, and can be used.
                if there.attrs.contains_key(ATTACH_TO) || there.flag("invalid") || there.flag("on_only") {
                    return None;
                }
            } else if self.is_divided(partition) {
                drafts.push((self.only)(part, object));
                self.below(part, drafts)?;
            } else {
                drafts.extend((self.own)(part, object)?);
            }
            let attach = Draft::new(attach(part.schema(), &id.own_path(), &part.name));
            let divided = self.is_divided(partition);
            drafts.push(if divided { attach } else { attach.lock_on(partition.clone(), Lock::AccessExclusive) });
        }
        Some(())
    }

    fn is_divided(&self, (schema, name): &Relation) -> bool {
        let it = |id: &Id| id.parent.is_none() && id.schema.as_ref() == Some(schema) && id.name == *name;
        self.desired.objects.iter().any(|(id, object)| it(id) && super::of(id).is_divided(object))
    }
}

/// The statement that gives an attached one the name that PostgreSQL would not have chosen (position -1).
pub(super) fn named(id: &Id, object: &Object) -> Vec<Draft> {
    let to = object.text(ATTACH_TO).filter(|_| object.position < 0);
    to.map(|to| Draft::new(name_it(id.schema(), id.parent(), to, &id.name))).into_iter().collect()
}
