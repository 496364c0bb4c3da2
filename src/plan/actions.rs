//! Differences to actions: what is created, altered and dropped, and what must be made again because of it.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use serde_json::Value;

use super::follow::Follow;
use super::step::{Draft, Hazard, Touch, Work};
use crate::catalog::{Catalog, Id, Labels, OWNER, Object, Privileges};
use crate::diagnostic::{Diagnostic, Result};
use crate::diff::{self, AttrChange, Difference};
use crate::kinds::keep::{Again, Kept};
use crate::kinds::{self, Alter, Change, facets};

/// What an action does to its object.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Verb {
    /// It gets another name.
    Rename,
    /// What is in it is put aside while it is dropped and made again.
    Keep,
    /// It goes.
    Drop,
    /// It comes.
    Create,
    /// What was in it before goes into it again.
    Refill,
    /// Rows that the model names come into it.
    Fill,
    /// It gets values in rows that are there.
    Backfill,
    /// It changes in place.
    Alter,
    /// It changes in place in what its parts have a say in.
    Settle,
    /// It gets another owner.
    Owner,
    /// Its privileges change.
    Grant,
    /// Its comment changes.
    Comment,
    /// Its security labels change.
    Label,
}

impl Verb {
    /// The word in reports.
    pub fn name(self) -> &'static str {
        match self {
            Verb::Rename => "rename",
            Verb::Keep => "keep",
            Verb::Drop => "drop",
            Verb::Create => "create",
            Verb::Refill => "refill",
            Verb::Fill => "fill",
            Verb::Backfill => "backfill",
            Verb::Alter | Verb::Settle => "alter",
            Verb::Owner => "owner",
            Verb::Grant => "grant",
            Verb::Comment => "comment",
            Verb::Label => "label",
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
    /// Whether another object's action does it, but for `drafts`.
    pub led: bool,
}

/// The two sides and what is to become of each object.
pub(super) struct Actions<'a> {
    pub live: &'a Catalog,
    pub desired: &'a Catalog,
    dependents: HashMap<&'a Id, Vec<&'a Id>>,
    pub(super) follow: Follow,
    pub(super) removed: BTreeSet<Id>,
    pub(super) added: BTreeSet<Id>,
    pub(super) replaced: BTreeSet<Id>,
    remade: BTreeSet<Id>,
    /// Columns whose type changes in place.
    retyped: BTreeSet<Id>,
    pub(super) altered: BTreeMap<Id, Vec<Draft>>,
    facets: BTreeMap<Id, Vec<AttrChange>>,
}

impl<'a> Actions<'a> {
    pub fn new(live: &'a Catalog, desired: &'a Catalog) -> Self {
        Actions {
            live,
            desired,
            dependents: live.dependents(),
            follow: Follow::new(live, desired),
            removed: BTreeSet::new(),
            added: BTreeSet::new(),
            replaced: BTreeSet::new(),
            remade: BTreeSet::new(),
            retyped: BTreeSet::new(),
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
            self.replace_shell(&id);
        }
        // What is made of other things and made again is none of their users any more.
        let carries = |d: &&Difference| d.id().parent.is_none() && kinds::of(d.id()).holds_data();
        let (carriers, others): (Vec<_>, Vec<_>) = differences.iter().partition(carries);
        for difference in carriers.into_iter().chain(others) {
            if let Difference::Set { id, attrs } = difference {
                self.set(id, attrs)?;
            }
        }
        self.settle_followers()?;
        let again = std::mem::take(&mut self.altered);
        self.altered = again.into_iter().filter(|(id, _)| !self.replaced.contains(id)).collect();
        Ok(())
    }

    fn set(&mut self, id: &Id, attrs: &[AttrChange]) -> Result<()> {
        let kind = kinds::of(id);
        let (Some(live), Some(desired)) = (self.live.get(id), self.desired.get(id)) else { return Ok(()) };
        let facet = |a: &&AttrChange| {
            [diff::COMMENT, diff::OWNER, diff::LABELS].contains(&a.name.as_str())
                || (a.name == diff::PRIVILEGES && kind.grants().is_some())
        };
        let has_own = attrs.iter().any(|a| !facet(&a));
        let rest: Vec<AttrChange> = attrs.iter().filter(facet).cloned().collect();
        if !rest.is_empty() {
            self.facets.insert(id.clone(), rest);
        }
        let unfinished = kind.finish(id, live);
        if !has_own {
            if !unfinished.is_empty() {
                self.altered.insert(id.clone(), unfinished);
            }
            return Ok(());
        }
        if self.follows_on(id) {
            return Ok(());
        }
        let own: Vec<AttrChange> = attrs.iter().filter(|a| !facet(a)).cloned().collect();
        match self.changed(id, live, desired, &own)? {
            Some(drafts) => drop(self.altered.insert(id.clone(), unfinished.into_iter().chain(drafts).collect())),
            None => self.replace(id),
        }
        Ok(())
    }

    /// The statements that change an object; `None` when it has to be made anew.
    pub(super) fn changed(&mut self, id: &Id, live: &Object, desired: &Object, own: &[AttrChange]) -> Result<Option<Vec<Draft>>> {
        let users = self.users(id);
        let names = own.iter().map(|a| a.name.as_str());
        let mut change = Change::new(id, live, desired, self.desired, self.live.source.major(), &users, names);
        let alter = kinds::of(id).alter(&mut change);
        let left: Vec<String> = change.left().map(str::to_string).collect();
        if !left.is_empty() {
            return Err(Diagnostic::error("no-rule", format!("trueup has no rule for changing {} of {id}", left.join(" and ")))
                .help("this is a gap in trueup; please report it with the two definitions")
                .into());
        }
        Ok(match alter {
            Alter::InPlace(drafts) => Some(drafts),
            Alter::Detached(drafts) => {
                self.detach(id);
                if kinds::of(id).moves_between_types() {
                    self.retyped.insert(id.clone());
                }
                Some(drafts)
            }
            Alter::Remade(drafts) => {
                self.remade.insert(id.clone());
                self.detach(id);
                Some(drafts)
            }
            Alter::Replace => None,
            Alter::ReplaceWhole => {
                let whole = self.relation_of(id).cloned();
                whole.iter().for_each(|whole| self.replace(whole));
                Some(Vec::new())
            }
        })
    }

    /// What depends on an object as it is.
    pub(super) fn dependents_of(&self, id: &Id) -> &[&'a Id] {
        self.dependents.get(id).map(Vec::as_slice).unwrap_or_default()
    }

    /// Whether a type can be exchanged under it.
    fn moves(&self, id: &Id) -> bool {
        let kind = kinds::of(id);
        kind.moves_between_types() && !self.live.get(id).is_some_and(|o| kind.is_computed(o))
    }

    /// What is made of a type and stays so: its columns as they are.
    fn users(&self, id: &Id) -> Vec<(&'a Id, &'a Object)> {
        let all = self.dependents.get(id).map(Vec::as_slice).unwrap_or_default();
        let stays = |d: &Id| !self.removed.contains(d) && !self.replaced.contains(d) && !self.leaves(d, id);
        all.iter().filter(|d| self.moves(d) && stays(d)).filter_map(|d| Some((*d, self.live.get(d)?))).collect()
    }

    /// Whether what is made of a type will be of another one, which can do without it: then it moves before the type changes,
    /// with values that the type may no longer have.
    pub(super) fn leaves(&self, id: &Id, ty: &Id) -> bool {
        let mut seen = BTreeSet::new();
        let mut open: Vec<&Id> = self.desired.get(id).into_iter().flat_map(|o| &o.needs).collect();
        if open.is_empty() || !self.moves(id) {
            return false;
        }
        while let Some(next) = open.pop() {
            if next == ty {
                return false;
            }
            if seen.insert(next) {
                open.extend(self.target(next).into_iter().flat_map(|o| &o.needs));
            }
        }
        true
    }

    /// Drops and creates an object, and everything that depends on it.
    pub(super) fn replace(&mut self, id: &Id) {
        if self.removed.contains(id) || !self.replaced.insert(id.clone()) {
            return;
        }
        self.replace_shell(id);
        // A part of a parent that is made anew is so on its children; a parent that is made anew lets its children go meanwhile.
        let alone = self.live.get(id).is_some_and(|o| !o.needs.iter().any(|n| n.parent.is_none() && self.replaced.contains(n)));
        for follower in self.follow.followers(id).to_vec().iter().filter(|_| alone) {
            self.replace(follower);
        }
        for dependent in self.dependents.get(id).cloned().unwrap_or_default() {
            self.replace(dependent);
        }
    }

    /// Nothing turns an object back into its shell: that is made again too.
    fn replace_shell(&mut self, id: &Id) {
        if let Some(shell) = kinds::of(id).shell(id).filter(|s| self.live.get(s).is_some()) {
            self.replace(&shell);
        }
    }

    /// Takes out of the way what would stop a change of an object's type.
    fn detach(&mut self, id: &Id) {
        let is_carrier = kinds::of(id).moves_between_types();
        for follower in self.follow.followers(id).to_vec().iter().filter(|_| is_carrier) {
            self.detach(follower);
        }
        for dependent in self.dependents.get(id).cloned().unwrap_or_default() {
            let kind = kinds::of(dependent);
            // A typed table follows its type.
            if kind.joins() {
                continue;
            }
            // A column that is computed from another one has to go; one that is made of a type only moves.
            if self.moves(dependent) && !is_carrier {
                self.detach(dependent);
            } else if !(is_carrier && kind.follows_type_change()) {
                self.replace(dependent);
            }
        }
    }

    /// The statements that change an object; where they give a column of a partitioned table another type, also those that give
    /// what is on partitions its former name. PostgreSQL makes that again, reading all rows, and chooses a name
    /// (ATPostAlterTypeCleanup in tablecmds.c makes the parent's first, and those of its partitions with it).
    fn with_names_kept(&self, id: &Id, drafts: &[Draft]) -> Vec<Draft> {
        let mut out = drafts.to_vec();
        let dependents = self.dependents.get(id).filter(|_| self.retyped.contains(id));
        if let Some(first) = out.iter_mut().find(|d| d.touches.iter().any(|t| t.work == Work::Rewrite)) {
            first.touches.extend(dependents.into_iter().flatten().flat_map(|d| self.touched_elsewhere(id, d)));
        }
        let made_again = |d: &&&Id| kinds::of(d).follows_type_change();
        let mut open: Vec<&Id> = dependents.into_iter().flatten().filter(made_again).copied().collect();
        let mut at = 0;
        while let Some(leader) = open.get(at).copied() {
            at += 1;
            let stay = |f: &&Id| !self.removed.contains(*f) && !self.replaced.contains(*f);
            for follower in self.follow.followers(leader).iter().filter(stay) {
                if let Some(first) = out.first_mut().filter(|d| d.touches.iter().all(|t| t.work == Work::None)) {
                    *first = first.clone().scans();
                }
                out.extend(self.target(follower).map(|o| kinds::of(follower).named(follower, o)).unwrap_or_default());
                open.push(follower);
            }
        }
        out
    }

    /// The locks on other tables with which PostgreSQL makes again what depends on a column that gets another type: a foreign key.
    fn touched_elsewhere(&self, id: &Id, dependent: &Id) -> Vec<Touch> {
        let kind = kinds::of(dependent);
        let stays = kind.follows_type_change() && !self.removed.contains(dependent) && !self.replaced.contains(dependent);
        let Some(object) = self.live.get(dependent).filter(|_| stays && dependent.parent.is_some()) else { return Vec::new() };
        let own = |id: &Id| Some((id.schema.clone()?, id.parent.clone()?));
        let drafts = kind.drop(dependent, object).into_iter().chain(kind.create(dependent, object, &[]));
        let touches = drafts.flat_map(|d| d.touches).map(|t| Touch { on: t.on.or_else(|| own(dependent)), ..t });
        touches.filter(|t| t.on != own(id)).collect()
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
        let action = |verb, id: &Id, drafts| Action { verb, id: id.clone(), drafts, led: false };
        let kept = self.kept();
        let carried: BTreeSet<&Id> = kept.values().flat_map(|k| &k.carried).collect();
        for (id, kept) in &kept {
            out.push(action(Verb::Keep, id, kept.aside.clone()));
            out.push(action(Verb::Refill, kept.into.as_ref().unwrap_or(id), kept.back.clone()));
        }
        for id in self.removed.iter().chain(&self.replaced) {
            if let Some(object) = self.live.get(id) {
                if self.follow.gone.contains(id) {
                    out.push(Action { led: true, ..action(Verb::Drop, id, Vec::new()) });
                    continue;
                }
                let mut drafts = kinds::of(id).drop(id, object);
                if self.follow.cascade.contains(id) {
                    drafts.iter_mut().for_each(|d| d.sql.push_str(" CASCADE"));
                }
                // A drop that is made good again at once loses nothing by itself.
                if self.replaced.contains(id) && !kinds::of(id).holds_data() {
                    drafts
                        .iter_mut()
                        .for_each(|d| d.hazards.retain(|h| !matches!(h, Hazard::BreaksClients | Hazard::WeakensSecurity)));
                }
                if carried.contains(id) {
                    drafts.iter_mut().for_each(|d| d.hazards.retain(|h| *h != Hazard::DataLoss));
                }
                drafts.extend(kept.get(id).into_iter().flat_map(|k| k.dropped.clone()));
                out.push(action(Verb::Drop, id, drafts));
            }
        }
        for id in self.added.iter().chain(&self.replaced) {
            if let Some(object) = self.target(id) {
                let come = self.follow.come.get(id);
                out.push(Action { led: come.is_some(), ..action(Verb::Create, id, come.cloned().unwrap_or_default()) });
                out.extend(self.new_facets(id, object));
            }
        }
        for (id, drafts) in &self.altered {
            let (late, drafts) = self.with_names_kept(id, drafts).into_iter().partition::<Vec<_>, _>(|d| d.late);
            if !late.is_empty() {
                out.push(action(Verb::Settle, id, late));
            }
            out.push(action(Verb::Alter, id, drafts));
            if let Some(object) = self.target(id).filter(|_| self.remade.contains(id)) {
                out.extend(self.new_facets(id, object));
            }
        }
        for (id, attrs) in self.facets.iter().filter(|(id, _)| !self.is_new(id)) {
            out.extend(self.changed_facets(id, attrs));
        }
        out.extend(self.lost_with_parents());
        out.extend(self.forgotten());
        out
    }

    /// How what is in the objects that are made again outlives that.
    fn kept(&self) -> BTreeMap<Id, Kept> {
        let gone = |id: &Id| self.removed.contains(id) || self.replaced.contains(id);
        let moves = |id: &Id| gone(id) || self.altered.contains_key(id);
        let (live, desired) = (self.live, self.desired);
        let again = |id| Again { id, live, desired, removed: &self.removed, replaced: &self.replaced, moves: &moves };
        self.replaced.iter().chain(&self.removed).filter_map(|id| Some((id.clone(), kinds::of(id).keep(&again(id))?))).collect()
    }

    fn is_new(&self, id: &Id) -> bool {
        self.replaced.contains(id) || self.remade.contains(id)
    }

    /// What is tied to a table that is there already, and is another role's or gets the column only now: the object without the
    /// tie, and the statements that give it to that role and tie it. A column that comes with what fills it has values in the
    /// rows that are there.
    pub fn untied(&self, id: &Id, object: &Object) -> Option<(Object, Vec<Draft>)> {
        let kind = kinds::of(id);
        let owner = object.owned_by.iter().filter_map(|o| self.relation_of(o)).find_map(|table| {
            let live = self.live.get(table).filter(|_| !self.is_new(table))?;
            self.desired.get(table).and_then(|t| t.owner.as_deref()).or(live.owner.as_deref())
        })?;
        let given = owner != self.live.source.role;
        let comes = object.owned_by.iter().any(|o| self.live.get(o).is_none() || self.is_new(o));
        let (mut free, tie) = kind.untied(id, object).filter(|_| given || comes)?;
        if comes {
            free.needs.retain(|n| !object.owned_by.contains(n));
        }
        Some((free, given.then(|| facets::owner(kind, id, owner)).flatten().into_iter().chain([tie]).collect()))
    }

    /// What a column is a part of; a relation itself.
    pub fn relation_of<'b>(&'b self, id: &'b Id) -> Option<&'b Id> {
        let Some(parent) = &id.parent else { return Some(id) };
        let object = self.target(id)?;
        object.needs.iter().find(|n| n.parent.is_none() && n.schema == id.schema && n.name == *parent)
    }

    /// Comment, owner and privileges of an object that has just been created by the applying role.
    fn new_facets(&self, id: &Id, object: &Object) -> Vec<Action> {
        let kind = kinds::of(id);
        let role = self.live.source.role.as_str();
        let mut out = Vec::new();
        let mut push = |verb, drafts: Vec<Draft>| {
            if !drafts.is_empty() {
                out.push(Action { verb, id: id.clone(), drafts, led: false });
            }
        };
        // What is made again keeps its owner where the model does not say another.
        let owner = object.owner.as_deref().or_else(|| self.live.get(id)?.owner.as_deref());
        if let Some((_, drafts)) = self.untied(id, object) {
            push(Verb::Owner, drafts);
        } else if let Some(owner) = owner.filter(|o| *o != role) {
            push(Verb::Owner, self.owner(id, object, owner));
        }
        if let (Some(privileges), Some(initial)) = (&object.privileges, facets::initial(kind, id, role, self.live)) {
            push(Verb::Grant, facets::grants(kind, id, &initial, privileges, owner.or(Some(role))));
        }
        if object.comment.is_some() {
            push(Verb::Comment, vec![facets::comment(kind, id, object.comment.as_deref())]);
        }
        push(Verb::Label, facets::labels(kind, id, &Labels::new(), &object.labels));
        out
    }

    /// ALTER ... OWNER TO; nothing for what is tied to a table, which changes owner with it and refuses to do so alone.
    fn owner(&self, id: &Id, object: &Object, owner: &str) -> Vec<Draft> {
        let kind = kinds::of(id);
        let tied = kind.goes_with_owner() && !object.owned_by.is_empty();
        if tied { Vec::new() } else { facets::owner(kind, id, owner).into_iter().collect() }
    }

    fn changed_facets(&self, id: &Id, attrs: &[AttrChange]) -> Vec<Action> {
        let kind = kinds::of(id);
        let (Some(live), Some(desired)) = (self.live.get(id), self.desired.get(id)) else { return Vec::new() };
        let mut out = Vec::new();
        for attr in attrs {
            let (verb, drafts) = match attr.name.as_str() {
                diff::COMMENT => (Verb::Comment, vec![facets::comment(kind, id, attr.desired.as_str())]),
                diff::OWNER => (Verb::Owner, attr.desired.as_str().map(|o| self.owner(id, desired, o)).unwrap_or_default()),
                diff::LABELS => (Verb::Label, facets::labels(kind, id, &live.labels, &desired.labels)),
                _ => (Verb::Grant, self.granted(id, live, desired)),
            };
            if !drafts.is_empty() {
                out.push(Action { verb, id: id.clone(), drafts, led: false });
            }
        }
        out
    }

    fn granted(&self, id: &Id, live: &Object, desired: &Object) -> Vec<Draft> {
        let mut from = live.privileges.clone().unwrap_or_default();
        for (grantee, right) in self.revoked_from_parent(id) {
            if let Some(rights) = from.0.get_mut(&grantee) {
                rights.retain(|r| r.trim_end_matches('*') != right);
            }
        }
        self.handed_over(id, &mut from);
        let to = desired.privileges.clone().unwrap_or_default();
        let owner = desired.owner.as_deref().or(live.owner.as_deref());
        facets::grants(kinds::of(id), id, &from, &to, owner)
    }

    /// What ALTER ... OWNER makes of privileges before they are granted: those of the former owner go to the new one, who has
    /// what was granted to him before as the owner (acl.c, aclnewowner).
    fn handed_over(&self, id: &Id, from: &mut Privileges) {
        let Some(whole) = self.relation_of(id) else { return };
        let owner = |catalog: &'a Catalog| catalog.get(whole).and_then(|o| o.owner.clone());
        let (Some(was), Some(is)) = (owner(self.live), owner(self.desired)) else { return };
        if was == is {
        } else if whole == id {
            let granted = from.0.remove(&is).unwrap_or_default();
            from.0.entry(OWNER.into()).and_modify(|own| own.extend(granted));
        } else if let Some(granted) = from.0.remove(&was) {
            from.0.entry(is).or_default().extend(granted);
        }
    }

    /// What is taken from whom on the parent of an object. The server then takes the same on the parent's parts (manual,
    /// sql-revoke), and what they are to keep has to be granted again.
    fn revoked_from_parent(&self, id: &Id) -> Vec<(String, String)> {
        let relation = |p: &&Id| p.parent.is_none() && p.schema == id.schema && id.parent.as_deref() == Some(&*p.name);
        let Some(parent) = self.facets.keys().find(relation).filter(|p| !self.is_new(p)) else { return Vec::new() };
        let kind = kinds::of(parent);
        let rights = |catalog: &'a Catalog| Some(facets::with_owner(kind, catalog.get(parent)?.privileges.as_ref()?));
        let (Some(from), Some(to)) = (rights(self.live), rights(self.desired)) else { return Vec::new() };
        let owner = self.target(parent).and_then(|o| o.owner.clone()).or_else(|| self.live.get(parent)?.owner.clone());
        let mut out = Vec::new();
        for (grantee, have) in &from.0 {
            // A part has no owner of its own: there the role is named.
            let Some(role) = (if grantee == OWNER { owner.clone() } else { Some(grantee.clone()) }) else { continue };
            let want = to.0.get(grantee).filter(|w| !facets::taken_whole(kind, have, w));
            for right in have.iter().map(|r| r.trim_end_matches('*')) {
                if !want.is_some_and(|w| w.iter().any(|kept| kept.trim_end_matches('*') == right)) {
                    out.push((role.clone(), right.to_string()));
                }
            }
        }
        out
    }

    /// What PostgreSQL forgets of an object while parts of it go and others come or change.
    fn forgotten(&self) -> Vec<Action> {
        let carries = |id: &&Id| id.parent.is_some() && kinds::of(id).holds_data();
        let of = |id: &Id| self.relation_of(id).cloned();
        let goes: BTreeSet<Id> = self.removed.iter().chain(&self.replaced).filter(carries).filter_map(of).collect();
        let comes = self.altered.keys().chain(&self.replaced).filter(carries).filter_map(of);
        let both: BTreeSet<Id> = comes.filter(|id| goes.contains(id) && !self.replaced.contains(id)).collect();
        let said = |id: &Id| self.altered.get(id).is_some_and(|drafts| drafts.iter().any(|d| d.late));
        let again = |id: Id| {
            let drafts = kinds::of(&id).forgets(&id, self.desired.get(&id)?);
            (!drafts.is_empty()).then_some(Action { verb: Verb::Settle, id, drafts, led: false })
        };
        both.into_iter().filter(|id| !said(id)).filter_map(again).collect()
    }

    /// Privileges on parts that nothing changes but what happens to their parents.
    fn lost_with_parents(&self) -> Vec<Action> {
        let part = |id: &&Id| id.parent.is_some() && kinds::of(id).grants().is_some();
        let untouched = |id: &&Id| {
            !self.is_new(id) && !self.facets.get(*id).is_some_and(|attrs| attrs.iter().any(|a| a.name == diff::PRIVILEGES))
        };
        let regrant = |id: &Id| {
            let live = self.live.get(id).filter(|o| o.privileges.as_ref().is_some_and(|p| !p.0.is_empty()))?;
            let drafts = self.granted(id, live, live);
            (!drafts.is_empty()).then(|| Action { verb: Verb::Grant, id: id.clone(), drafts, led: false })
        };
        self.desired.objects.keys().filter(part).filter(untouched).filter_map(regrant).collect()
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
