//! Drift or pending: what nobody agreed to, and what the model asks for that is not applied yet.
//!
//! What was last agreed is the third side. Where live still is as agreed, the model was edited, and the difference is pending;
//! where it is not, somebody changed the database.

use std::collections::{BTreeSet, HashMap};

use serde::Serialize;

use crate::catalog::{Catalog, Id};
use crate::diff::{Difference, attributes};
use crate::plan::rename::{self, Rename};
use crate::record::{Agreed, Presence};

/// What the report knows of what was agreed.
#[derive(Debug, Clone, Default, Serialize)]
#[serde(tag = "record", rename_all = "snake_case")]
pub enum Standing {
    /// Nothing was asked: one of the sides is a file.
    #[default]
    Unasked,
    /// There is no record: every difference is drift.
    None,
    /// There is one that this role may not read.
    Hidden,
    /// The last apply.
    Agreed(Agreed),
}

impl Standing {
    /// Before the record is read.
    pub fn of(presence: Presence) -> Standing {
        if presence == Presence::Hidden { Standing::Hidden } else { Standing::None }
    }
}

/// What objects are called on the live side, where renames are pending.
pub struct Former(HashMap<Id, Id>);

impl Former {
    /// The names before the renames of a comparison. `live` is the catalog before them, when there are any.
    pub fn of(renames: &[Rename], live: Option<&Catalog>) -> Former {
        let ids = live.into_iter().flat_map(|l| l.objects.keys()).map(|id| (rename::after(renames, id), id.clone()));
        Former(ids.filter(|(to, from)| to != from).collect())
    }

    /// What an object is called now.
    pub fn name<'a>(&'a self, id: &'a Id) -> &'a Id {
        self.0.get(id).unwrap_or(id)
    }
}

/// What differs, in two.
#[derive(Debug, Default)]
pub struct Split {
    /// What nobody agreed to.
    pub drift: Vec<Difference>,
    /// Edits of the model that are not applied yet.
    pub pending: Vec<Difference>,
}

/// Tells them apart. `live` is the catalog as it is now.
pub fn split(differences: Vec<Difference>, former: &Former, live: &Catalog, agreed: &Agreed) -> Split {
    let mut out = Split::default();
    for difference in differences {
        let id = former.name(difference.id());
        let (was, is) = (agreed.objects.get(id), live.get(id));
        match difference {
            // Nobody had agreed to it before the model asked for it.
            Difference::Add { .. } if was.is_none() => out.pending.push(difference),
            Difference::Add { .. } => out.drift.push(difference),
            Difference::Remove { .. } => {
                let as_agreed = was.zip(is).is_some_and(|(was, is)| attributes(is, was).is_empty());
                if as_agreed { out.pending.push(difference) } else { out.drift.push(difference) }
            }
            Difference::Set { id, attrs } => {
                let Some((was, is)) = was.zip(is) else {
                    out.drift.push(Difference::Set { id, attrs });
                    continue;
                };
                let moved: BTreeSet<String> = attributes(is, was).into_iter().map(|a| a.name).collect();
                let (drift, pending): (Vec<_>, Vec<_>) = attrs.into_iter().partition(|a| moved.contains(&a.name));
                for (list, attrs) in [(&mut out.drift, drift), (&mut out.pending, pending)] {
                    if !attrs.is_empty() {
                        list.push(Difference::Set { id: id.clone(), attrs });
                    }
                }
            }
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::catalog::Object;
    use crate::diff::diff;

    fn catalog(objects: &[(&str, &str)]) -> Catalog {
        let object = |definition: &str| Object { comment: Some(definition.into()), ..Object::default() };
        let objects = objects.iter().map(|(name, d)| (Id::in_schema("table", "public", name), object(d)));
        Catalog { objects: objects.collect(), ..Catalog::default() }
    }

    #[test]
    fn what_was_agreed_decides() {
        let agreed = catalog(&[("same", "1"), ("edited", "1"), ("moved", "1"), ("dropped", "1"), ("unwanted", "1")]);
        let live = catalog(&[("same", "1"), ("edited", "1"), ("moved", "2"), ("unwanted", "1"), ("foreign", "1")]);
        let model = catalog(&[("same", "1"), ("edited", "2"), ("moved", "1"), ("dropped", "1"), ("new", "1")]);
        let agreed = Agreed { objects: agreed.objects, ..Agreed::default() };
        let split = split(diff(&live, &model, |_| true), &Former::of(&[], None), &live, &agreed);
        let names = |list: &[Difference]| list.iter().map(|d| d.id().name.to_string()).collect::<Vec<_>>().join(" ");
        assert_eq!(names(&split.pending), "edited new unwanted");
        assert_eq!(names(&split.drift), "dropped foreign moved");
    }
}
