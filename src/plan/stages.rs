//! Work on rows in the midst of a plan: what comes before it, and what has to wait for it.
//!
//! What says something of all rows (NOT NULL, constraints) comes after the rows have been filled in, and so does the end of a column
//! that they are filled from. Everything else comes before, so that both halves are plans of their own: from the live side
//! to what is there meanwhile, and from there to what is desired.

use std::collections::BTreeSet;

use super::actions::Verb;
use super::step::Draft;
use crate::catalog::{Catalog, Id};
use crate::diff::{Difference, attributes};
use crate::kinds::family::Relation;
use crate::kinds::{self, Judges};

/// Statements on rows that a plan takes in.
#[derive(Debug, Clone, Default)]
pub struct Work {
    /// The statements, in their order.
    pub steps: Vec<WorkStep>,
    /// The columns that get values.
    pub filled: BTreeSet<Id>,
    /// The tables that get rows.
    pub written: BTreeSet<Relation>,
    /// The names that the statements mention.
    pub mentions: BTreeSet<String>,
}

/// One of them.
#[derive(Debug, Clone)]
pub struct WorkStep {
    /// What it does.
    pub verb: Verb,
    /// To what.
    pub id: Id,
    /// What else it does in the same statement.
    pub with: Vec<Id>,
    /// The statement.
    pub draft: Draft,
    /// How many rows it is about, where that is known.
    pub rows: Option<u64>,
    /// Where in the model it comes from.
    pub origin: String,
}

/// The two halves of a plan.
pub(super) struct Halves {
    pub early: Vec<Difference>,
    /// What is there between them; `None` where nothing waits.
    pub between: Option<Catalog>,
    pub late: Vec<Difference>,
}

/// Cuts a plan in two.
pub(super) fn halves(live: &Catalog, desired: &Catalog, differences: &[Difference], work: &Work) -> Halves {
    let mut halves = Halves { early: Vec::new(), between: None, late: Vec::new() };
    if work.steps.is_empty() {
        halves.early = differences.to_vec();
        return halves;
    }
    let mut between = live.clone();
    let mut late: BTreeSet<&Id> = BTreeSet::new();
    let there: BTreeSet<Relation> = live
        .objects
        .keys()
        .filter(|id| id.parent.is_none() && kinds::of(id).is_relation())
        .map(|id| (id.schema().into(), id.name.clone()))
        .collect();
    for difference in differences {
        let id = difference.id();
        let waits = match difference {
            Difference::Remove { .. } => kinds::of(id).holds_data() && work.mentions.contains(&*id.name),
            _ => on(id).is_some_and(|table| there.contains(&table)) && waits(id, desired, work),
        };
        if waits {
            late.insert(id);
        }
    }
    // What is made of something that waits, waits; and what is dropped after something that needs it.
    loop {
        let more: Vec<&Id> = differences
            .iter()
            .filter(|d| !late.contains(d.id()))
            .filter(|d| match d {
                Difference::Remove { id } => late.iter().any(|l| live.get(l).is_some_and(|o| o.needs.contains(id))),
                Difference::Add { id } => {
                    desired.get(id).is_some_and(|o| o.needs.iter().any(|n| is_whole(n, desired) && late.contains(n)))
                }
                Difference::Set { .. } => false,
            })
            .map(Difference::id)
            .collect();
        if more.is_empty() {
            break;
        }
        late.extend(more);
    }
    if !late.is_empty() {
        late.extend(differences.iter().map(Difference::id).filter(|id| kinds::of(id).comes_last()));
    }
    for difference in differences {
        let id = difference.id();
        let wanted = desired.get(id);
        let partly = wanted.and_then(|o| match kinds::of(id).judges(id, o) {
            Judges::Partly(less) => Some(*less),
            _ => None,
        });
        let Some(less) = partly.filter(|_| late.contains(id)) else {
            if late.contains(id) {
                halves.late.push(difference.clone());
                continue;
            }
            match wanted {
                Some(object) if !matches!(difference, Difference::Remove { .. }) => {
                    drop(between.objects.insert(id.clone(), object.clone()))
                }
                _ => drop(between.objects.remove(id)),
            }
            halves.early.push(difference.clone());
            continue;
        };
        match difference {
            Difference::Set { .. } => {
                let attrs = live.get(id).map(|l| attributes(l, &less)).unwrap_or_default();
                if !attrs.is_empty() {
                    halves.early.push(Difference::Set { id: id.clone(), attrs });
                }
            }
            other => halves.early.push(other.clone()),
        }
        let attrs = wanted.map(|o| attributes(&less, o)).unwrap_or_default();
        halves.late.push(Difference::Set { id: id.clone(), attrs });
        between.objects.insert(id.clone(), less);
    }
    if !halves.late.is_empty() {
        halves.between = Some(between);
    }
    halves
}

/// Whether it is made as a whole after the rows are filled in.
fn is_whole(id: &Id, desired: &Catalog) -> bool {
    desired.get(id).is_some_and(|o| matches!(kinds::of(id).judges(id, o), Judges::Rows(_)))
}

/// Whether it says something of rows that are going to be filled in.
fn waits(id: &Id, desired: &Catalog, work: &Work) -> bool {
    let Some(object) = desired.get(id) else { return false };
    match kinds::of(id).judges(id, object) {
        Judges::Nothing => false,
        Judges::Partly(_) => work.filled.contains(id),
        Judges::Rows(reference) => {
            let to_new = reference.is_some_and(|r| work.written.contains(&r.to));
            to_new || object.needs.iter().any(|n| work.filled.contains(n))
        }
    }
}

/// The table that something is on.
fn on(id: &Id) -> Option<Relation> {
    Some((id.schema.clone()?, id.parent.clone()?))
}
