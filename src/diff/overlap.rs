//! Several catalogs that should have been one: what they define twice, and what looks like the same under two names.

use std::collections::BTreeMap;

use serde::Serialize;

use super::attributes;
use crate::catalog::{Catalog, Id, Object};
use crate::kinds;

/// An object that several catalogs define.
#[derive(Debug, Clone, Serialize)]
pub struct Twice {
    /// The object.
    #[serde(serialize_with = "super::as_text")]
    pub id: Id,
    /// Which catalogs define it, by their place in the list.
    pub by: Vec<usize>,
    /// The parts that are not the same in all: what it is, and what each catalog says (nothing where it lacks it).
    pub parts: Vec<(String, Vec<Option<String>>)>,
}

/// Two objects that look like one.
#[derive(Debug, Clone, Serialize)]
pub struct Alike {
    /// Catalog and object.
    pub a: (usize, String),
    /// Catalog and object.
    pub b: (usize, String),
    /// How many parts (columns) have the same name.
    pub same: usize,
    /// How many there are on both together.
    pub all: usize,
}

/// What catalogs define twice, in order of ids.
pub fn twice(catalogs: &[&Catalog]) -> Vec<Twice> {
    let mut by: BTreeMap<&Id, Vec<usize>> = BTreeMap::new();
    for (i, catalog) in catalogs.iter().enumerate() {
        for id in catalog.objects.keys().filter(|id| id.parent.is_none() && !kinds::of(id).contains_objects()) {
            by.entry(id).or_default().push(i);
        }
    }
    by.into_iter()
        .filter(|(_, by)| by.len() > 1)
        .map(|(id, by)| {
            let mut parts = own_parts(id, &by, catalogs);
            parts.extend(child_parts(id, &by, catalogs));
            Twice { id: id.clone(), by, parts }
        })
        .collect()
}

fn own_parts(id: &Id, by: &[usize], catalogs: &[&Catalog]) -> Vec<(String, Vec<Option<String>>)> {
    let objects: Vec<&Object> = by.iter().filter_map(|i| catalogs[*i].get(id)).collect();
    let Some(first) = objects.first() else { return Vec::new() };
    let mut names: Vec<String> = objects.iter().flat_map(|o| attributes(first, o)).map(|a| a.name).collect();
    names.sort();
    names.dedup();
    let value = |o: &Object, name: &str| match name {
        super::COMMENT => o.comment.clone(),
        super::OWNER => o.owner.clone(),
        super::PRIVILEGES => serde_json::to_string(&o.privileges).ok(),
        _ => o.attrs.get(name).map(text),
    };
    names.into_iter().map(|name| (name.clone(), objects.iter().map(|o| value(o, &name)).collect())).collect()
}

fn child_parts(id: &Id, by: &[usize], catalogs: &[&Catalog]) -> Vec<(String, Vec<Option<String>>)> {
    let mut children: Vec<(&Id, i64)> = Vec::new();
    for i in by {
        for (child, object) in &catalogs[*i].objects {
            let mine = child.parent.as_deref() == Some(&*id.name) && child.schema == id.schema;
            if mine && !children.iter().any(|(c, _)| *c == child) {
                children.push((child, object.position));
            }
        }
    }
    children.sort_by_key(|(child, position)| (kinds::rank(child.kind), *position, *child));
    let mut out = Vec::new();
    for (child, _) in children {
        let objects: Vec<Option<&Object>> = by.iter().map(|i| catalogs[*i].get(child)).collect();
        let first = objects.iter().flatten().next();
        let same = objects.iter().all(|o| matches!((o, first), (Some(o), Some(f)) if attributes(f, o).is_empty()));
        if !same {
            let (one, _) = kinds::of(child).label();
            out.push((format!("{one} {}", child.name), objects.iter().map(|o| o.map(summary)).collect()));
        }
    }
    out
}

fn summary(object: &Object) -> String {
    // What it is before what is said of it.
    let (flags, texts): (Vec<_>, Vec<_>) = object.attrs.iter().partition(|(_, value)| value.is_boolean());
    let mut parts: Vec<String> = texts.into_iter().map(|(_, value)| text(value)).collect();
    parts.extend(flags.into_iter().map(|(name, _)| name.replace('_', " ")));
    if let Some(comment) = &object.comment {
        parts.push(format!("-- {comment}"));
    }
    if parts.is_empty() { "defined".into() } else { parts.join(" ") }
}

fn text(value: &serde_json::Value) -> String {
    value.as_str().map_or_else(|| value.to_string(), str::to_string)
}

/// Objects of one kind that have parts of the same names under two names, in different catalogs or in one.
pub fn alike(catalogs: &[&Catalog]) -> Vec<Alike> {
    type Parts<'a> = std::collections::BTreeSet<&'a str>;
    let mut tables: Vec<(usize, &Id, Parts<'_>)> = Vec::new();
    for (i, catalog) in catalogs.iter().enumerate() {
        for id in catalog.objects.keys().filter(|id| id.parent.is_none() && kinds::of(id).holds_data()) {
            let parts = catalog
                .objects
                .keys()
                .filter(|c| c.parent.as_deref() == Some(&*id.name) && c.schema == id.schema && kinds::of(c).holds_data())
                .map(|c| &*c.name)
                .collect();
            tables.push((i, id, parts));
        }
    }
    let mut out = Vec::new();
    for (n, (i, a, parts_a)) in tables.iter().enumerate() {
        for (j, b, parts_b) in &tables[n + 1..] {
            let named_alike = a.name.trim_end_matches('s') == b.name.trim_end_matches('s');
            let (same, all) = (parts_a.intersection(parts_b).count(), parts_a.union(parts_b).count());
            let enough = if named_alike { same * 3 >= all } else { same * 4 >= all * 3 && same > 3 };
            if a.name != b.name && enough {
                out.push(Alike { a: (*i, a.path()), b: (*j, b.path()), same, all });
            }
        }
    }
    out
}
