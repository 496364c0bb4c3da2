//! Renames that nobody has said: one object goes, another comes, and but for the name they are the same.
//!
//! A plan that drops and creates loses what a rename keeps, so it is pointed out with the line to add. Only where there is no
//! doubt which is meant: two objects that could both be it are none.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::catalog::{Attrs, Catalog, Id, Object};
use crate::diff::Difference;
use crate::kinds;

/// What looks like a rename.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Likely {
    /// What goes, as an id.
    pub from: String,
    /// What comes.
    pub to: String,
    /// Its former name, as `renamed_from` has it.
    pub renamed_from: String,
    /// Where in the model to say it: `file:line`.
    pub origin: String,
}

impl Likely {
    /// In words.
    pub fn words(&self) -> String {
        let Likely { from, to, renamed_from, origin } = self;
        let to = to.split_once(' ').map_or(to.as_str(), |(_, path)| path);
        format!("{from} looks like {to} renamed: add `renamed_from: {renamed_from}` at {origin}")
    }
}

/// The likely renames among differences. `origin` tells where in the model an object stands.
pub fn renames(
    live: &Catalog,
    desired: &Catalog,
    differences: &[Difference],
    origin: impl Fn(&Id) -> Option<String>,
) -> Vec<Likely> {
    let mut places: BTreeMap<Id, (Vec<&Id>, Vec<&Id>)> = BTreeMap::new();
    for difference in differences {
        let id = difference.id();
        let kind = kinds::of(id);
        if kind.section().is_none() || kind.goes_with_owner() || kind.rename(id, "x").is_none() {
            continue;
        }
        // The same place: what has the same kind, schema, table and arguments.
        let place = places.entry(Id { name: "".into(), ..id.clone() }).or_default();
        match difference {
            Difference::Remove { .. } => place.0.push(id),
            Difference::Add { .. } => place.1.push(id),
            Difference::Set { .. } => {}
        }
    }
    let mut out = Vec::new();
    for (gone, new) in places.into_values() {
        let alike = |from: &Id, to: &Id| same(live, from, desired, to);
        for from in &gone {
            let mut candidates: Vec<&Id> = new.iter().copied().filter(|to| alike(from, to)).collect();
            let others: Vec<&Id> = gone.iter().copied().filter(|g| candidates.iter().any(|to| alike(g, to))).collect();
            // Among several that are alike, the one in the same place is meant if each has one.
            if others.len() > 1 || candidates.len() > 1 {
                candidates.retain(|to| position(live, from).is_some_and(|p| position(desired, to) == Some(p)));
            }
            if let ([to], Some(origin)) = (candidates.as_slice(), candidates.first().and_then(|to| origin(to))) {
                out.push(Likely { from: from.to_string(), to: to.to_string(), renamed_from: from.name.to_string(), origin });
            }
        }
    }
    out
}

/// The parts of a relation that hold its data, by name.
fn parts<'a>(catalog: &'a Catalog, whole: &Id) -> BTreeMap<&'a str, &'a Attrs> {
    let of = |id: &Id| id.schema == whole.schema && id.parent.as_deref() == Some(&*whole.name) && kinds::of(id).holds_data();
    catalog.objects.iter().filter(|(id, _)| of(id)).map(|(id, o)| (&*id.name, &o.attrs)).collect()
}

/// Whether two objects differ in their names alone.
fn same(live: &Catalog, from: &Id, desired: &Catalog, to: &Id) -> bool {
    let (Some(was), Some(is)) = (live.get(from), desired.get(to)) else { return false };
    if from.parent.is_none() && kinds::of(from).holds_data() {
        let (was, is) = (parts(live, from), parts(desired, to));
        return !was.is_empty() && was == is;
    }
    let with_default = |catalog: &Catalog, id: &Id, object: &Object| {
        let own = |other: &Id| other.schema == id.schema && other.parent == id.parent && other.name == id.name && other != id;
        let bound = catalog.objects.iter().filter(|(o, _)| id.parent.is_some() && own(o) && kinds::of(o).goes_with_owner());
        let bound: Vec<&Attrs> = bound.map(|(_, o)| &o.attrs).collect();
        serde_json::to_string(&(&object.attrs, bound)).unwrap_or_default()
    };
    let (was, is) = (with_default(live, from, was), with_default(desired, to, is));
    // Nothing but names is nothing to be the same in.
    was != "[{},[]]" && (was == is || was.replace(&*from.name, &to.name) == is)
}

/// The place of a part among those of its kind in the same whole.
fn position(catalog: &Catalog, id: &Id) -> Option<usize> {
    let object = catalog.get(id).filter(|o| o.position > 0)?;
    let own = |o: &Id| o.kind == id.kind && o.schema == id.schema && o.parent == id.parent;
    Some(catalog.objects.iter().filter(|(o, other)| own(o) && other.position < object.position).count())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn catalog(columns: &[(&str, &str, i64)]) -> Catalog {
        let mut out = Catalog::default();
        for (name, ty, position) in columns {
            let attrs = Attrs::from([("type".to_string(), (*ty).into())]);
            out.objects.insert(Id::child("column", "s", "t", name), Object { attrs, position: *position, ..Object::default() });
        }
        out
    }

    fn found(live: &[(&str, &str, i64)], desired: &[(&str, &str, i64)]) -> Vec<String> {
        let (live, desired) = (catalog(live), catalog(desired));
        let differences = crate::diff::diff(&live, &desired, |_| true);
        let likely = renames(&live, &desired, &differences, |_| Some("t.yaml:1".into()));
        likely.into_iter().map(|l| l.words()).collect()
    }

    #[test]
    fn one_gone_one_new_and_otherwise_the_same() {
        let words = "column s.t.b looks like s.t.c renamed: add `renamed_from: b` at t.yaml:1";
        assert_eq!(found(&[("a", "text", 1), ("b", "text", 2)], &[("a", "text", 1), ("c", "text", 2)]), [words]);
        // Another type, and nothing in its place.
        assert_eq!(found(&[("b", "text", 1)], &[("c", "uuid", 1)]), [""; 0]);
        // Either could be meant: the place decides, or nothing does.
        let two = [("b", "text", 1), ("d", "text", 2)];
        assert_eq!(found(&two, &[("c", "text", 2), ("a", "int", 1)]).len(), 1);
        assert_eq!(found(&two, &[("c", "text", 3), ("a", "text", 4), ("x", "int", 1), ("y", "int", 2)]).len(), 0);
        assert_eq!(found(&two, &[("c", "text", 1), ("e", "text", 2)]).len(), 2);
    }
}
