//! The way back of an apply: what the database would be if it were taken back now.
//!
//! The way goes from what is live now. Of what the apply touched, the attributes that it changed become what they were; what
//! somebody has changed beside that stays. Where somebody has changed the same since, it is named, and goes back too.

use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;

use super::{Applied, Touched};
use crate::catalog::{Catalog, Id, Object};
use crate::diagnostic::{Diagnostic, Failure, Result};
use crate::diff::attributes;
use crate::kinds;
use crate::plan::Verb;
use crate::plan::rename::{self, Rename};
use crate::plan::step::Hazard;

/// What a database would be if an apply were taken back.
#[derive(Debug, Clone, Default)]
pub struct Reversal {
    /// The database as it would be.
    pub target: Catalog,
    /// What may differ from what is live.
    pub touched: BTreeSet<Id>,
    /// What somebody has changed since.
    pub since: Vec<Since>,
    /// What does not come back: the objects from which the apply took something, and what.
    pub lost: Vec<(String, String)>,
}

/// An object that is not as the apply left it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Since {
    /// The object.
    pub object: String,
    /// What has become of it since.
    pub what: String,
}

/// The renames of an apply.
pub fn renames(applied: &Applied) -> Vec<Rename> {
    let done = applied.plan.steps.iter().filter(|s| s.phase <= applied.phases);
    done.filter(|s| s.verb == Verb::Rename.name())
        .filter_map(|s| Some(Rename { from: kinds::object_named(&s.object)?, to: kinds::object_named(s.with.first()?)? }))
        .collect()
}

/// The renames of an apply, the other way round, as far as they can still be undone.
pub fn reversed_renames(applied: &Applied, live: &Catalog) -> Vec<Rename> {
    let mut out: Vec<Rename> = renames(applied).iter().map(Rename::undone).collect();
    // What stands on a table was renamed after the table was, and goes back before it.
    out.reverse();
    out.retain(|r| live.get(&r.from).is_some() || r.from.parent.is_some());
    out
}

impl Reversal {
    /// Takes an apply back in mind. `live` is what is there now, with the apply's renames undone by `renames`.
    ///
    /// # Errors
    /// When something that was made since stands on what would go.
    pub fn of(applied: &Applied, live: &Catalog, renames: &[Rename]) -> Result<Reversal> {
        let mut out = Reversal { target: live.clone(), ..Reversal::default() };
        let done = by_former_names(applied, renames);
        for touched in &done {
            out.take_back(touched, live.get(&touched.id));
        }
        // What belongs to a table that goes, goes with it.
        let gone: Vec<Id> = live.objects.keys().filter(|id| out.target.get(id).is_none()).cloned().collect();
        let of_gone = |id: &Id| gone.iter().any(|g| kinds::is_part_of(id, g));
        let children: Vec<Id> = out.target.objects.keys().filter(|id| of_gone(id)).cloned().collect();
        for id in children {
            if !done.iter().any(|t| t.id == id) {
                out.since.push(Since { object: id.to_string(), what: "made since; goes with what it belongs to".into() });
            }
            out.target.objects.remove(&id);
            out.touched.insert(id);
        }
        out.standing(live)?;
        out.lost = lost(applied);
        Ok(out)
    }

    fn take_back(&mut self, touched: &Touched, live: Option<&Object>) {
        let id = &touched.id;
        let mut since = |what: &str| self.since.push(Since { object: id.to_string(), what: what.to_string() });
        match (&touched.was, &touched.became, live) {
            (None, None, _) | (None, _, None) => return,
            (None, Some(became), Some(live)) => {
                if !attributes(live, became).is_empty() {
                    since("changed since; goes all the same");
                }
                self.target.objects.remove(id);
            }
            (Some(was), None, live) => {
                if live.is_some_and(|live| !attributes(live, was).is_empty()) {
                    since("made again since; becomes what it was");
                }
                self.target.objects.insert(id.clone(), was.clone());
            }
            (Some(_), Some(_), None) => {
                since("dropped since; stays so");
                return;
            }
            (Some(was), Some(became), Some(live)) => {
                let changed: Vec<String> = attributes(was, became).into_iter().map(|a| a.name).collect();
                // What is as it was before needs no way back.
                let moved: BTreeSet<String> = attributes(live, was).into_iter().map(|a| a.name).collect();
                let other = attributes(live, became).into_iter().map(|a| a.name).filter(|a| moved.contains(a));
                let other: Vec<String> = other.collect();
                let (both, beside): (Vec<String>, Vec<String>) = other.into_iter().partition(|a| changed.contains(a));
                if !both.is_empty() {
                    since(&format!("{} changed since; goes back all the same", both.join(", ")));
                }
                if !beside.is_empty() {
                    since(&format!("{} changed since; stays", beside.join(", ")));
                }
                self.target.objects.insert(id.clone(), with(live, was, &changed));
            }
        }
        self.touched.insert(id.clone());
    }

    /// Sees that nothing is left standing on what goes.
    fn standing(&self, live: &Catalog) -> Result<()> {
        let gone = |id: &Id| live.get(id).is_some() && self.target.get(id).is_none();
        let mut diagnostics = Vec::new();
        for (id, object) in self.target.objects.iter().filter(|(id, _)| !self.touched.contains(*id)) {
            if let Some(need) = object.needs.iter().find(|need| gone(need)) {
                diagnostics.push(
                    Diagnostic::error("stands-on-it", format!("{id} was made since, and needs {need}, which would go"))
                        .help("drop it first, or take back the apply that made it"),
                );
            }
        }
        if diagnostics.is_empty() { Ok(()) } else { Err(Failure { diagnostics }) }
    }
}

/// `live`, with these attributes as they were.
fn with(live: &Object, was: &Object, changed: &[String]) -> Object {
    let mut out = live.clone();
    for name in changed {
        match name.as_str() {
            crate::diff::COMMENT => out.comment.clone_from(&was.comment),
            crate::diff::OWNER => out.owner.clone_from(&was.owner),
            crate::diff::PRIVILEGES => out.privileges.clone_from(&was.privileges),
            crate::diff::LABELS => out.labels.clone_from(&was.labels),
            _ => {
                match was.attrs.get(name) {
                    Some(value) => out.attrs.insert(name.clone(), value.clone()),
                    None => out.attrs.remove(name),
                };
            }
        }
    }
    out.needs.extend(was.needs.iter().cloned());
    out.owned_by.extend(was.owned_by.iter().cloned());
    out
}

/// What an apply touched as far as it came, by the names that it goes back to: what it renamed is one object, not two.
fn by_former_names(applied: &Applied, renames: &[Rename]) -> Vec<Touched> {
    let mut out: BTreeMap<Id, Touched> = BTreeMap::new();
    for touched in applied.objects.iter().filter(|t| applied.reached(t)) {
        let id = if touched.was.is_none() { rename::after(renames, &touched.id) } else { touched.id.clone() };
        let entry = out.entry(id.clone()).or_insert_with(|| Touched { id, was: None, became: None, phase: touched.phase });
        entry.was = entry.was.take().or_else(|| touched.was.clone());
        entry.became = entry.became.take().or_else(|| touched.became.clone());
    }
    out.into_values().collect()
}

/// What the steps of an apply destroyed.
fn lost(applied: &Applied) -> Vec<(String, String)> {
    let done = applied.plan.steps.iter().filter(|s| s.phase <= applied.phases || !applied.plan.phases[s.phase - 1].transaction);
    let mut out: Vec<(String, String)> = done
        .filter(|s| s.hazards.iter().any(|h| matches!(h, Hazard::DataLoss | Hazard::Irreversible)))
        .map(|s| {
            let what = match s.verb.as_str() {
                "drop" => format!("what {} held", s.object),
                verb => format!("what {verb} {} took of its values", s.object),
            };
            (s.object.clone(), what)
        })
        .collect();
    out.dedup();
    // What the apply made itself goes with all that was written to it.
    let was = |object: &str| applied.objects.iter().any(|t| t.was.is_some() && t.id.to_string() == object);
    let filled = applied.plan.steps.iter().filter(|s| s.phase <= applied.phases && was(&s.object));
    for step in filled.filter(|s| [Verb::Fill, Verb::Backfill].iter().any(|v| s.verb == v.name())) {
        let stays = (step.object.clone(), format!("what was in the rows of {} before they were written to", step.object));
        if !out.contains(&stays) {
            out.push(stays);
        }
    }
    out
}
