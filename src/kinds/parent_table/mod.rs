//! # Parent tables
//!
//! That a table is a partition or a child of another one, or of a type, is an object of its own, so that tables are attached
//! and detached in place, with their rows. Another bound is a detach and an attach. In YAML it is `partition_of` and `bound`,
//! `inherits`, or `of_type` of the table.

use super::family::{Parent, Relation};
use super::yaml::Out;
use super::{Alter, Change, Kind, Weight};
use crate::catalog::{Catalog, Id, KindName, Object};
use crate::plan::step::{Draft, Hazard, Lock};
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

fn attach(id: &Id, object: &Object) -> Draft {
    if object.flag("type") {
        return Draft::new(format!("ALTER TABLE {} OF {}", id.parent_path(), path(id))).lock(Lock::AccessExclusive);
    }
    match object.text("bound") {
        Some(bound) => Draft::new(format!("ALTER TABLE {} ATTACH PARTITION {} {bound}", path(id), id.parent_path()))
            .lock(Lock::AccessExclusive)
            .hazard(Hazard::LongScan),
        None => Draft::new(format!("ALTER TABLE {} INHERIT {}", id.parent_path(), path(id))).lock(Lock::AccessExclusive),
    }
}

fn detach(id: &Id, object: &Object) -> Draft {
    if object.flag("type") {
        return Draft::new(format!("ALTER TABLE {} NOT OF", id.parent_path())).lock(Lock::AccessExclusive);
    }
    if object.flag("detaching") {
        return Draft::new(format!("ALTER TABLE {} DETACH PARTITION {} FINALIZE", path(id), id.parent_path()))
            .lock(Lock::AccessExclusive);
    }
    match object.text("bound") {
        Some(_) => Draft::new(format!("ALTER TABLE {} DETACH PARTITION {}", path(id), id.parent_path())),
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

    fn drop(&self, id: &Id, object: &Object) -> Vec<Draft> {
        vec![detach(id, object)]
    }

    fn folds(&self, _: &Id, object: &Object) -> bool {
        // A partition with an order of its own is made as a table and attached, and so is a child with expressions of its own.
        if object.attrs.contains_key("bound") { object.position == 0 } else { object.position >= 0 }
    }

    fn alter(&self, change: &mut Change<'_>) -> Alter {
        change.take_any(&["bound", "detaching", "type"]);
        Alter::InPlace(vec![detach(change.id, change.live), attach(change.id, change.desired)])
    }

    fn parent(&self, id: &Id, object: &Object) -> Option<(Relation, Parent)> {
        let child = (id.schema.clone()?, id.parent.clone()?);
        let partition = object.attrs.contains_key("bound");
        Some((child, Parent { relation: relation(id), link: id.clone(), partition }))
    }

    fn joins(&self) -> bool {
        true
    }
}
