//! # Parent tables
//!
//! That a table is a partition or a child of another one, or of a type, is an object of its own, so that tables are attached
//! and detached in place, with their rows. Another bound is a detach and an attach. In YAML it is `partition_of` and `bound`,
//! `inherits`, or `of_type` of the table.

mod asks;
mod bound;

use super::asks::{Asked, Question};
use super::family::{Parent, Relation};
use super::yaml::Out;
use super::{Alter, Change, Kind, Weight};
use crate::catalog::{Catalog, Id, KindName, Object};
use crate::plan::step::{Draft, Hazard, Lock, Road, Transaction, Work};
use crate::sql;

/// The kind.
pub struct ParentTable;

const NAME: KindName = "parent_table";

/// The parent's schema and name.
fn relation(id: &Id) -> Relation {
    let mut parts = sql::split_name(&id.name).unwrap_or_else(|| vec![id.name.to_string()]);
    let name = parts.pop().unwrap_or_default();
    (parts.pop().map_or_else(|| id.schema().into(), Into::into), name.into())
}

fn path(id: &Id) -> String {
    let (schema, name) = relation(id);
    sql::qualified(&schema, &name)
}

/// Whether an id is that of a table's parent.
pub(super) fn is_parent(id: &Id) -> bool {
    id.kind == NAME
}

/// PARTITION OF and bound, or INHERITS, among what is folded into CREATE TABLE.
pub(super) enum Clause {
    /// The parent and the bound.
    Partition(String, String),
    /// The parents.
    Inherits(Vec<String>),
    /// The type.
    Of(String),
}

/// The locks on the parents of a table that is made as their part or child (DefineRelation in tablecmds.c).
pub(super) fn made_below(mut draft: Draft, folded: &[(&Id, &Object)]) -> Draft {
    for (id, object) in folded.iter().filter(|(id, object)| is_parent(id) && !object.flag("type")) {
        let parent = relation(id);
        draft = match object.attrs.contains_key("bound") {
            true => draft.lock_on(parent.clone(), Lock::AccessExclusive).lock_rest_of(parent, Lock::AccessExclusive).scans(),
            false => draft.lock_on(parent, Lock::ShareUpdateExclusive),
        };
    }
    draft
}

/// The clause that these folded children make, if any.
pub(super) fn clause(folded: &[(&Id, &Object)]) -> Option<Clause> {
    let mut links: Vec<_> = folded.iter().filter(|(id, _)| is_parent(id)).collect();
    links.sort_by_key(|(_, object)| object.position.abs());
    let (id, object) = links.first()?;
    if object.flag("type") {
        return Some(Clause::Of(path(id)));
    }
    Some(match object.text("bound") {
        Some(bound) => Clause::Partition(path(id), bound.to_string()),
        None => Clause::Inherits(links.iter().map(|(id, _)| path(id)).collect()),
    })
}

/// What joins a table to its parents, in their order.
pub(super) fn links<'a>(catalog: &'a Catalog, schema: &str, table: &str) -> impl Iterator<Item = (&'a Id, &'a Object)> + use<'a> {
    let first = Id::child(NAME, schema, table, "");
    let same = |a: &Id, b: &Id| a.kind == b.kind && a.schema == b.schema && a.parent == b.parent;
    let mut own: Vec<_> = catalog.objects.range(first.clone()..).take_while(|(id, _)| same(id, &first)).collect();
    own.sort_by_key(|(_, object)| object.position.abs());
    own.into_iter()
}

/// The keys of a table's YAML that say whose partition or child or of what type it is.
pub(super) fn written(table: &Id, catalog: &Catalog) -> Vec<(String, Out)> {
    let own: Vec<_> = links(catalog, table.schema(), &table.name).collect();
    let Some((id, object)) = own.first() else { return Vec::new() };
    let key = |key: &str, out: Out| (key.to_string(), out);
    match object.text("bound") {
        _ if object.flag("type") => vec![key("of_type", Out::text(path(id)))],
        Some(bound) => vec![key("partition_of", Out::text(path(id))), key("bound", Out::Text(bound.to_string()))],
        None => vec![key("inherits", Out::Flow(own.iter().map(|(id, _)| path(id)).collect()))],
    }
}

/// What joins its partitions to a table.
pub(super) fn partitions<'a>(catalog: &'a Catalog, table: &Id) -> impl Iterator<Item = (&'a Id, &'a Object)> + use<'a> {
    let of = table.own_path();
    catalog.of_kind(NAME).filter(move |(id, object)| object.attrs.contains_key("bound") && path(id) == of)
}

/// Whether the table that an object is a part of is a partition that is made as a table and attached then.
pub(super) fn is_attached(id: &Id, catalog: &Catalog) -> bool {
    let mut links = links(catalog, id.schema(), id.parent());
    links.any(|(id, object)| object.attrs.contains_key("bound") && !ParentTable.folds(id, object))
}

/// Whether a table has children that are no partitions.
pub(super) fn has_children(table: &str, catalog: &Catalog) -> bool {
    catalog.of_kind(NAME).any(|(id, object)| object.attrs.is_empty() && path(id) == table)
}

/// By what a table is partitioned.
fn key<'a>(catalog: &'a Catalog, table: &Relation) -> Option<&'a str> {
    let is = |id: &Id| id.parent.is_none() && id.schema.as_ref() == Some(&table.0) && id.name == table.1;
    catalog.objects.iter().filter(|(id, _)| is(id)).find_map(|(_, o)| o.text("partition_by"))
}

fn attach(id: &Id, object: &Object) -> Draft {
    if object.flag("type") {
        return Draft::new(format!("ALTER TABLE {} OF {}", id.parent_path(), path(id))).lock(Lock::AccessExclusive);
    }
    match object.text("bound") {
        Some(bound) => Draft::new(format!("ALTER TABLE {} ATTACH PARTITION {} {bound}", path(id), id.parent_path()))
            .lock_on(relation(id), Lock::ShareUpdateExclusive)
            .lock_rest_of(relation(id), Lock::AccessExclusive)
            .scans()
            .lock_all(Lock::AccessExclusive)
            .scans(),
        None => Draft::new(format!("ALTER TABLE {} INHERIT {}", id.parent_path(), path(id)))
            .lock_on(relation(id), Lock::ShareUpdateExclusive)
            .lock(Lock::AccessExclusive),
    }
}

/// ATTACH PARTITION after a check has looked at the rows while clients went on: it then believes the check (manual,
/// ddl-partitioning, Partition Maintenance).
fn checked(id: &Id, object: &Object, condition: &str) -> Vec<Draft> {
    let (path, name) = (id.parent_path(), sql::made_name(id.parent(), "is_partition"));
    let check = sql::ident(&name);
    let step = |clause: String| Draft::new(format!("ALTER TABLE {path} {clause}"));
    let mut attach = attach(id, object);
    for touch in attach.touches.iter_mut().filter(|t| t.on.is_none()) {
        touch.work = Work::None;
    }
    vec![
        step(format!("ADD CONSTRAINT {check} CHECK ({condition}) NOT VALID")).lock_all(Lock::AccessExclusive),
        step(format!("VALIDATE CONSTRAINT {check}")).lock_all(Lock::ShareUpdateExclusive).scans().transaction(Transaction::Apart),
        attach,
        step(format!("DROP CONSTRAINT {check}")).lock_all(Lock::AccessExclusive),
    ]
}

fn detach(id: &Id, object: &Object) -> Draft {
    if object.flag("type") {
        return Draft::new(format!("ALTER TABLE {} NOT OF", id.parent_path())).lock(Lock::AccessExclusive);
    }
    if object.flag("detaching") {
        return Draft::new(format!("ALTER TABLE {} DETACH PARTITION {} FINALIZE", path(id), id.parent_path()))
            .lock_on(relation(id), Lock::ShareUpdateExclusive)
            .lock(Lock::AccessExclusive);
    }
    match object.text("bound") {
        Some(_) => Draft::new(format!("ALTER TABLE {} DETACH PARTITION {}", path(id), id.parent_path()))
            .lock_on(relation(id), Lock::AccessExclusive)
            .lock_rest_of(relation(id), Lock::AccessExclusive),
        None => Draft::new(format!("ALTER TABLE {} NO INHERIT {}", id.parent_path(), path(id))),
    }
    .lock(Lock::AccessExclusive)
    .hazard(Hazard::BreaksClients)
}

impl Kind for ParentTable {
    fn name(&self) -> KindName {
        NAME
    }

    fn label(&self) -> (&'static str, &'static str) {
        ("parent table", "parent tables")
    }

    fn catalog_sql(&self, _: u32) -> Option<&'static str> {
        Some(include_str!("catalog.sql"))
    }

    fn weight(&self, _: Option<&str>) -> Weight {
        Weight::Breaking
    }

    fn makes_part(&self, object: &Object) -> bool {
        object.attrs.contains_key("bound")
    }

    fn sql_name(&self, id: &Id) -> String {
        format!("TABLE {}", id.parent_path())
    }

    fn create(&self, id: &Id, object: &Object, _: &[(&Id, &Object)]) -> Vec<Draft> {
        vec![attach(id, object)]
    }

    fn online(&self, id: &Id, object: &Object, _: &Catalog, desired: &Catalog) -> Option<Road> {
        let condition = bound::condition(key(desired, &relation(id))?, object.text("bound")?)?;
        Some(Road { drafts: checked(id, object, &condition), tree: true, updates: false })
    }

    fn drop(&self, id: &Id, object: &Object) -> Vec<Draft> {
        vec![detach(id, object)]
    }

    fn folds(&self, _: &Id, object: &Object) -> bool {
        // A partition with an order of its own is made as a table and attached, and so is a child with expressions of its own.
        if object.attrs.contains_key("bound") { object.position == 0 } else { object.position >= 0 }
    }

    fn alter(&self, change: &mut Change<'_>) -> Alter {
        change.take_any(&["bound", "detaching", "type"]);
        // What another one leaves may be what this one takes.
        Alter::InPlace(vec![detach(change.id, change.live), attach(change.id, change.desired).late()])
    }

    fn asks(&self, asked: &Asked<'_>) -> Vec<Question> {
        asks::asks(asked)
    }

    fn parent(&self, id: &Id, object: &Object) -> Option<(Relation, Parent)> {
        let child = (id.schema.clone()?, id.parent.clone()?);
        let partition = object.attrs.contains_key("bound");
        let rest = object.text("bound") == Some("DEFAULT");
        Some((child, Parent { relation: relation(id), link: id.clone(), partition, rest }))
    }

    fn joins(&self) -> bool {
        true
    }
}
