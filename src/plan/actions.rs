//! Differences to actions: what is created, altered and dropped, and what must be made again because of it.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use serde_json::Value;

use super::step::{Draft, Hazard};
use crate::catalog::{Catalog, Id, Object};
use crate::diagnostic::{Diagnostic, Result};
use crate::diff::{self, AttrChange, Difference};
use crate::kinds::{self, Alter, Change, facets};

/// What an action does to its object.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Verb {
    /// It gets another name.
    Rename,
    /// It goes.
    Drop,
    /// It comes.
    Create,
    /// It changes in place.
    Alter,
    /// It gets another owner.
    Owner,
    /// Its privileges change.
    Grant,
    /// Its comment changes.
    Comment,
}

impl Verb {
    /// The word in reports.
    pub fn name(self) -> &'static str {
        match self {
            Verb::Rename => "rename",
            Verb::Drop => "drop",
            Verb::Create => "create",
            Verb::Alter => "alter",
            Verb::Owner => "owner",
            Verb::Grant => "grant",
            Verb::Comment => "comment",
        }
    }
}

/// One thing to be done to one object, before it has a place in an order.
#[derive(Debug, Clone)]
pub struct Action {
    /// What is done.
    pub verb: Verb,
    /// To what.
    pub id: Id,
    /// By which statements; filled in for creates once it is known what folds into them.
    pub drafts: Vec<Draft>,
}

/// The two sides and what is to become of each object.
pub(super) struct Actions<'a> {
    pub live: &'a Catalog,
    pub desired: &'a Catalog,
    dependents: HashMap<&'a Id, Vec<&'a Id>>,
    removed: BTreeSet<Id>,
    added: BTreeSet<Id>,
    replaced: BTreeSet<Id>,
    altered: BTreeMap<Id, Vec<Draft>>,
    facets: BTreeMap<Id, Vec<AttrChange>>,
}

impl<'a> Actions<'a> {
    pub fn new(live: &'a Catalog, desired: &'a Catalog) -> Self {
        let mut dependents: HashMap<&Id, Vec<&Id>> = HashMap::new();
        for (id, object) in &live.objects {
            for need in &object.needs {
                dependents.entry(need).or_default().push(id);
            }
        }
        Actions {
            live,
            desired,
            dependents,
            removed: BTreeSet::new(),
            added: BTreeSet::new(),
            replaced: BTreeSet::new(),
            altered: BTreeMap::new(),
            facets: BTreeMap::new(),
        }
    }

    /// The object as it is to be. What is outside the scope stays as it is.
    pub fn target(&self, id: &Id) -> Option<&'a Object> {
        self.desired.get(id).or_else(|| self.live.get(id))
    }

    /// Takes all differences in.
    ///
    /// # Errors
    /// An attribute for whose change its kind has no rule.
    pub fn take(&mut self, differences: &[Difference]) -> Result<()> {
        for difference in differences {
            match difference {
                Difference::Add { id } => {
                    self.added.insert(id.clone());
                }
                Difference::Remove { id } => {
                    self.removed.insert(id.clone());
                }
                Difference::Set { .. } => {}
            }
        }
        let removed: Vec<Id> = self.removed.iter().cloned().collect();
        for id in removed {
            self.detach_dependents(&id);
        }
        for difference in differences {
            if let Difference::Set { id, attrs } = difference {
                self.set(id, attrs)?;
            }
        }
        let again = std::mem::take(&mut self.altered);
        self.altered = again.into_iter().filter(|(id, _)| !self.replaced.contains(id)).collect();
        Ok(())
    }

    fn set(&mut self, id: &Id, attrs: &[AttrChange]) -> Result<()> {
        let kind = kinds::of(id);
        let (Some(live), Some(desired)) = (self.live.get(id), self.desired.get(id)) else { return Ok(()) };
        let facet = |a: &&AttrChange| {
            a.name == diff::COMMENT || a.name == diff::OWNER || (a.name == diff::PRIVILEGES && kind.grants().is_some())
        };
        let own: Vec<&str> = attrs.iter().filter(|a| !facet(a)).map(|a| a.name.as_str()).collect();
        let rest: Vec<AttrChange> = attrs.iter().filter(facet).cloned().collect();
        if !rest.is_empty() {
            self.facets.insert(id.clone(), rest);
        }
        if own.is_empty() {
            return Ok(());
        }
        let users = self.users(id);
        let mut change = Change::new(id, live, desired, self.desired, self.live.source.major(), &users, own);
        let alter = kind.alter(&mut change);
        let left: Vec<String> = change.left().map(str::to_string).collect();
        if !left.is_empty() {
            return Err(Diagnostic::error("no-rule", format!("trueup has no rule for changing {} of {id}", left.join(" and ")))
                .help("this is a gap in trueup; please report it with the two definitions")
                .into());
        }
        match alter {
            Alter::InPlace(drafts) => {
                self.altered.insert(id.clone(), drafts);
            }
            Alter::Detached(drafts) => {
                self.altered.insert(id.clone(), drafts);
                self.detach(id);
            }
            Alter::Replace => self.replace(id),
        }
        Ok(())
    }

    /// What stays and is made of a type: its columns on both sides.
    fn users(&self, id: &Id) -> Vec<(&'a Id, &'a Object)> {
        let all = self.dependents.get(id).map(Vec::as_slice).unwrap_or_default();
        all.iter()
            .filter(|d| kinds::of(d).moves_between_types() && !self.removed.contains(**d))
            .filter_map(|d| Some((*d, self.target(d)?)))
            .collect()
    }

    /// Drops and creates an object, and everything that depends on it.
    fn replace(&mut self, id: &Id) {
        if self.removed.contains(id) || !self.replaced.insert(id.clone()) {
            return;
        }
        for dependent in self.dependents.get(id).cloned().unwrap_or_default() {
            self.replace(dependent);
        }
    }

    /// Takes out of the way what would stop a change of an object's type.
    fn detach(&mut self, id: &Id) {
        let is_carrier = kinds::of(id).moves_between_types();
        for dependent in self.dependents.get(id).cloned().unwrap_or_default() {
            let kind = kinds::of(dependent);
            if kind.moves_between_types() {
                self.detach(dependent);
            } else if !(is_carrier && kind.follows_type_change()) {
                self.replace(dependent);
            }
        }
    }

    /// What stays although something that it depends on goes: it is made again, without it.
    fn detach_dependents(&mut self, id: &Id) {
        for dependent in self.dependents.get(id).cloned().unwrap_or_default() {
            let stays = self.desired.get(dependent).is_some_and(|o| !o.needs.contains(id));
            let in_place = kinds::of(dependent).moves_between_types()
                || kinds::of(dependent).holds_data()
                || kinds::of(dependent).goes_with_owner();
            if stays && !in_place && !self.removed.contains(dependent) && !kinds::of(dependent).contains_objects() {
                self.replace(dependent);
            }
        }
    }

    /// All actions, not yet in order.
    pub fn actions(&self) -> Vec<Action> {
        let mut out = Vec::new();
        let action = |verb, id: &Id, drafts| Action { verb, id: id.clone(), drafts };
        for id in self.removed.iter().chain(&self.replaced) {
            if let Some(object) = self.live.get(id) {
                let mut drafts = kinds::of(id).drop(id, object);
                // A drop that is made good again at once loses nothing by itself.
                if self.replaced.contains(id) && !kinds::of(id).holds_data() {
                    drafts
                        .iter_mut()
                        .for_each(|d| d.hazards.retain(|h| !matches!(h, Hazard::BreaksClients | Hazard::WeakensSecurity)));
                }
                out.push(action(Verb::Drop, id, drafts));
            }
        }
        for id in self.added.iter().chain(&self.replaced) {
            if let Some(object) = self.target(id) {
                out.push(action(Verb::Create, id, Vec::new()));
                out.extend(self.new_facets(id, object));
            }
        }
        for (id, drafts) in &self.altered {
            out.push(action(Verb::Alter, id, drafts.clone()));
        }
        for (id, attrs) in &self.facets {
            if !self.replaced.contains(id) {
                out.extend(self.changed_facets(id, attrs));
            }
        }
        out
    }

    /// Comment, owner and privileges of an object that has just been created by the applying role.
    fn new_facets(&self, id: &Id, object: &Object) -> Vec<Action> {
        let kind = kinds::of(id);
        let role = self.live.source.role.as_str();
        let mut out = Vec::new();
        let mut push = |verb, drafts: Vec<Draft>| {
            if !drafts.is_empty() {
                out.push(Action { verb, id: id.clone(), drafts });
            }
        };
        let owner = object.owner.as_deref().filter(|o| *o != role);
        if let Some(owner) = owner {
            push(Verb::Owner, facets::owner(kind, id, owner).into_iter().collect());
        }
        if let (Some(privileges), Some(initial)) = (&object.privileges, facets::initial(kind, id, role, self.live)) {
            push(Verb::Grant, facets::grants(kind, id, &initial, privileges, object.owner.as_deref().or(Some(role))));
        }
        if object.comment.is_some() {
            push(Verb::Comment, vec![facets::comment(kind, id, object.comment.as_deref())]);
        }
        out
    }

    fn changed_facets(&self, id: &Id, attrs: &[AttrChange]) -> Vec<Action> {
        let kind = kinds::of(id);
        let (Some(live), Some(desired)) = (self.live.get(id), self.desired.get(id)) else { return Vec::new() };
        let mut out = Vec::new();
        for attr in attrs {
            let (verb, drafts) = match attr.name.as_str() {
                diff::COMMENT => (Verb::Comment, vec![facets::comment(kind, id, attr.desired.as_str())]),
                diff::OWNER => {
                    (Verb::Owner, attr.desired.as_str().and_then(|o| facets::owner(kind, id, o)).into_iter().collect())
                }
                _ => {
                    let (from, to) =
                        (live.privileges.clone().unwrap_or_default(), desired.privileges.clone().unwrap_or_default());
                    let owner = desired.owner.as_deref().or(live.owner.as_deref());
                    (Verb::Grant, facets::grants(kind, id, &from, &to, owner))
                }
            };
            if !drafts.is_empty() {
                out.push(Action { verb, id: id.clone(), drafts });
            }
        }
        out
    }
}

/// A value as a message shows it.
pub fn shown(value: &Value) -> String {
    match value {
        Value::Null => "nothing".into(),
        Value::String(text) => text.clone(),
        other => other.to_string(),
    }
}
