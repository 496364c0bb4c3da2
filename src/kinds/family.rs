//! Which tables get columns, defaults, constraints, indexes and triggers from others: partitions and children from their
//! parents, typed tables from their type. What PostgreSQL does to a parent's object it does to those that follow it.

use std::sync::Arc;

use std::collections::{BTreeSet, HashMap};

use super::{of, parent_table};
use crate::catalog::{Attrs, Catalog, Id, Object};

/// Schema and name of a relation.
pub type Relation = (Arc<str>, Arc<str>);

/// What a table has its parts from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Parent {
    /// The table or type.
    pub relation: Relation,
    /// The object that says so.
    pub link: Id,
    /// Whether the table is its partition.
    pub partition: bool,
    /// Whether that is the default partition.
    pub rest: bool,
}

/// The parents of every table that has some.
#[derive(Debug, Clone, Default)]
pub struct Families(HashMap<Relation, Vec<Parent>>);

/// How something reaches a follower.
#[derive(Debug, Clone, Copy)]
pub struct Heritage {
    /// Whether the follower is made from its leader; otherwise the leader changes and the follower with it.
    pub made: bool,
    /// Whether from a partitioned table to its partition.
    pub partition: bool,
    /// The server's major version.
    pub major: u32,
}

impl Families {
    /// Those of a catalog.
    pub fn of(catalog: &Catalog) -> Self {
        let mut out: HashMap<Relation, Vec<(i64, Parent)>> = HashMap::new();
        for (id, object) in &catalog.objects {
            if let Some((child, parent)) = of(id).parent(id, object) {
                out.entry(child).or_default().push((object.position, parent));
            }
        }
        let in_order = |mut list: Vec<(i64, Parent)>| {
            list.sort_by_key(|(position, _)| position.abs());
            list.into_iter().map(|(_, parent)| parent).collect()
        };
        Families(out.into_iter().map(|(child, list)| (child, in_order(list))).collect())
    }

    /// That of one table or of the table that an object is a part of.
    pub fn of_table(catalog: &Catalog, id: &Id) -> Self {
        let table = id.parent.as_ref().unwrap_or(&id.name);
        let links = parent_table::links(catalog, id.schema(), table);
        let mut out = Families::default();
        for (id, object) in links {
            if let Some((child, parent)) = of(id).parent(id, object) {
                out.0.entry(child).or_default().push(parent);
            }
        }
        out
    }

    /// The partitions of a table.
    pub fn partitions(&self, table: &Relation) -> BTreeSet<&Relation> {
        let of_table = |parents: &Vec<Parent>| parents.iter().any(|p| p.partition && p.relation == *table);
        self.0.iter().filter(|(_, parents)| of_table(parents)).map(|(child, _)| child).collect()
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The parents of the table that an object is a part of.
    pub fn parents(&self, id: &Id) -> &[Parent] {
        let Some(table) = &id.parent else { return &[] };
        self.0.get(&(id.schema.clone().unwrap_or_default(), table.clone())).map(Vec::as_slice).unwrap_or_default()
    }

    /// The partitions of a table, those of its partitions too, and itself.
    pub fn below(&self, table: Relation) -> BTreeSet<Relation> {
        let mut out = BTreeSet::from([table]);
        loop {
            let of = |parents: &[Parent]| parents.iter().any(|p| p.partition && out.contains(&p.relation));
            let more: Vec<Relation> = self
                .0
                .iter()
                .filter(|(child, parents)| !out.contains(*child) && of(parents))
                .map(|(child, _)| child.clone())
                .collect();
            if more.is_empty() {
                return out;
            }
            out.extend(more);
        }
    }

    /// Whether a table is a partition or child of another, or of one of its.
    pub fn descends(&self, table: &Relation, from: &Relation) -> bool {
        let parents = self.0.get(table).map(Vec::as_slice).unwrap_or_default();
        parents.iter().any(|p| p.relation == *from || self.descends(&p.relation, from))
    }

    /// What an object follows, and through which parent.
    pub fn leader(&self, id: &Id, object: &Object, catalog: &Catalog) -> Option<(Id, &Parent)> {
        self.parents(id).iter().find_map(|parent| {
            let leaders = of(id).leaders(id, object, &parent.relation);
            Some((leaders.into_iter().find(|l| catalog.get(l).is_some())?, parent))
        })
    }
}

/// What a follower has from its leader when it comes with it; `None` when it has no leader.
pub fn handed_down(id: &Id, object: &Object, catalog: &Catalog) -> Option<Attrs> {
    let families = Families::of_table(catalog, id);
    let (leader, parent) = families.leader(id, object, catalog)?;
    let heritage = Heritage { made: true, partition: parent.partition, major: catalog.source.major() };
    of(id).handed_down(id, &leader, catalog.get(&leader)?, heritage)
}
