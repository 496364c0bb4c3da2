//! What a plan touches: each object as it is and as it is to become.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use super::Touched;
use crate::catalog::{Catalog, Id, Object};
use crate::diff::Difference;
use crate::kinds;
use crate::plan::rename::{self, Rename};
use crate::plan::{Plan, Step};
use crate::proof::Back;

/// The two sides of a plan.
pub struct Sides<'a> {
    /// The live catalog.
    pub live: &'a Catalog,
    /// The live catalog after the plan's renames, when it has any.
    pub renamed: Option<&'a Catalog>,
    /// What is desired.
    pub desired: &'a Catalog,
    /// What differs after the renames.
    pub differences: &'a [Difference],
    /// The renames.
    pub renames: &'a [Rename],
}

/// What a plan touches, in order of ids.
pub fn touched(plan: &Plan, sides: &Sides<'_>) -> Vec<Touched> {
    let phases = Phases::of(&plan.steps, plan.phases.len());
    let mut became: BTreeMap<Id, Option<Object>> = BTreeMap::new();
    let after = sides.renamed.unwrap_or(sides.live);
    for difference in sides.differences {
        let id = difference.id();
        let object = match difference {
            Difference::Remove { .. } => None,
            _ => sides.desired.get(id).map(|desired| settled(desired, after.get(id))),
        };
        became.insert(id.clone(), object);
    }
    // What is made again because of others comes back as it was.
    for id in phases.last.keys().filter(|id| after.get(id).is_some()) {
        became.entry(id.clone()).or_insert_with(|| after.get(id).cloned());
    }
    // What a rename carries along has one name before and another after.
    if !sides.renames.is_empty() {
        let moved: Vec<(Id, Id)> = sides
            .live
            .objects
            .keys()
            .map(|id| (id.clone(), rename::after(sides.renames, id)))
            .filter(|(from, to)| from != to)
            .collect();
        let former: BTreeSet<&Id> = moved.iter().map(|(from, _)| from).collect();
        for (_, to) in moved.iter().filter(|(_, to)| !former.contains(to)) {
            became.entry(to.clone()).or_insert_with(|| after.get(to).cloned());
        }
        for (from, _) in &moved {
            became.entry(from.clone()).or_insert(None);
        }
    }
    became
        .into_iter()
        .map(|(id, became)| Touched { was: sides.live.get(&id).cloned(), became, phase: phases.of_object(&id), id })
        .filter(|t| t.was.is_some() || t.became.is_some())
        .collect()
}

/// What the way back of a plan touches.
pub fn reversed(objects: &[Touched], back: &Back) -> Vec<Touched> {
    let phases = Phases::of(&back.steps, back.phases.len());
    let turned =
        |t: &Touched| Touched { id: t.id.clone(), was: t.became.clone(), became: t.was.clone(), phase: phases.of_object(&t.id) };
    objects.iter().map(turned).collect()
}

/// The phases that touch objects last.
struct Phases {
    last: HashMap<Id, usize>,
    count: usize,
}

impl Phases {
    fn of(steps: &[Step], count: usize) -> Phases {
        let mut last: HashMap<Id, usize> = HashMap::new();
        for step in steps {
            for text in step.with.iter().chain([&step.object]) {
                if let Some(id) = kinds::object_named(text) {
                    let phase = last.entry(id).or_default();
                    *phase = step.phase.max(*phase);
                }
            }
        }
        Phases { last, count }
    }

    /// That of an object without a step is that of what it belongs to.
    fn of_object(&self, id: &Id) -> usize {
        let of_parent = || self.last.iter().filter(|(p, _)| kinds::is_part_of(id, p)).map(|(_, n)| *n).max();
        self.last.get(id).copied().or_else(of_parent).unwrap_or(self.count)
    }
}

/// What is desired, with what the model says nothing of as it is.
fn settled(desired: &Object, live: Option<&Object>) -> Object {
    let mut out = desired.clone();
    if let Some(live) = live {
        out.owner = out.owner.or_else(|| live.owner.clone());
        out.privileges = out.privileges.or_else(|| live.privileges.clone());
    }
    out
}
