//! Renames: what the model says was called otherwise.
//!
//! `renamed_from` stays in the model for good. It means something only while the live side has the former name and lacks the
//! new one; names that PostgreSQL made from a renamed table or column follow.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};

use super::step::Draft;
use crate::catalog::{Catalog, Id, Object};
use crate::diagnostic::{Diagnostic, Failure, Result};
use crate::kinds::family::{Families, Heritage, Relation};
use crate::kinds::{self, facets};
use crate::shadow::build::Desired;
use crate::sql;

/// One object that changes its name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rename {
    /// As it is called now, below parents as they will be called.
    pub from: Id,
    /// As it will be called.
    pub to: Id,
}

impl Rename {
    /// The statement.
    pub fn draft(&self) -> Option<Draft> {
        kinds::of(&self.from).rename(&self.from, &self.to.name)
    }

    /// The way back, for a list that is gone through from its end.
    #[must_use]
    pub fn undone(&self) -> Rename {
        Rename { from: self.to.clone(), to: self.from.clone() }
    }
}

/// The renames that have not happened yet, those of tables before those of what is on them.
///
/// # Errors
/// Both names are live; two objects claim the same former name.
pub fn pending(live: &Catalog, desired: &Desired, managed: impl Fn(&Id) -> bool) -> Result<Vec<Rename>> {
    let mut renames: Vec<Rename> = Vec::new();
    let mut errors = Vec::new();
    let mut claimed: BTreeMap<Id, Id> = BTreeMap::new();
    let mut notes: Vec<_> = desired.notes.iter().filter(|(id, n)| n.renamed_from.is_some() && managed(id)).collect();
    notes.sort_by_key(|(id, _)| (!kinds::of(id).contains_objects(), id.parent.is_some()));
    for (id, note) in notes {
        let from = Id { name: note.renamed_from.as_deref().unwrap_or_default().into(), ..id.clone() };
        // The live side may still call the parent by its former name.
        let (live_from, live_to) = (before(&renames, &from), before(&renames, id));
        if live.get(&live_from).is_none() {
            continue;
        }
        let place = note.origin.as_ref();
        if live.get(&live_to).is_some() {
            // What was one under two names is so no longer: the former one goes.
            let trigger = kinds::former::trigger(&from.name);
            let in_step = live.objects.keys().any(|o| o.parent == live_to.parent && o.schema == id.schema && *o.name == *trigger);
            if desired.catalog.get(&from).is_none() && !in_step {
                errors.push(
                    Diagnostic::error(
                        "both-names-live",
                        format!("{} is to be renamed to {}, and both are there", live_from, id.name),
                    )
                    .at_opt(place)
                    .help("take `renamed_from` away if they are two things, or drop the one that is not wanted first"),
                );
            }
            continue;
        }
        if desired.catalog.get(&from).is_some() {
            errors.push(
                Diagnostic::error("renamed-and-declared", format!("{from} is to be renamed, and the model still declares it"))
                    .at_opt(place)
                    .help("a swap of names takes two plans: give one of them a third name first"),
            );
            continue;
        }
        if let Some(other) = claimed.insert(from.clone(), id.clone()) {
            errors.push(
                Diagnostic::error("renamed-twice", format!("{other} and {id} both say that they were {}", from.name))
                    .at_opt(place),
            );
            continue;
        }
        renames.push(Rename { from, to: id.clone() });
    }
    for (id, note) in desired.notes.iter().filter(|(id, n)| !n.renamed_parts.is_empty() && managed(id)) {
        renames.extend(parts(live, desired, id, &before_name(&renames, id), &note.renamed_parts));
    }
    if errors.is_empty() { Ok(renames) } else { Err(Failure { diagnostics: errors }) }
}

/// The parts of an object that still have their former names.
fn parts(live: &Catalog, desired: &Desired, id: &Id, live_id: &Id, names: &[(String, String)]) -> Vec<Rename> {
    let (Some(is), Some(wanted)) = (live.get(live_id), desired.catalog.get(id)) else { return Vec::new() };
    let has = |object: &Object, name: &str| kinds::of(id).has_part(object, name);
    let pending = |(old, new): &&(String, String)| has(is, old) && !has(is, new) && has(wanted, new) && !has(wanted, old);
    let part = |name: &str| Id { parent: Some(id.name.clone()), name: name.into(), ..id.clone() };
    names.iter().filter(pending).map(|(old, new)| Rename { from: part(old), to: part(new) }).collect()
}

/// What an object itself is called before the renames.
fn before_name(renames: &[Rename], id: &Id) -> Id {
    before(renames, renames.iter().find(|r| r.to == *id).map_or(id, |r| &r.from))
}

/// What follows a leader has a name that PostgreSQL chose, unless the model says one. Where it does not, what the live side
/// calls it holds; where it does, what is called otherwise is renamed. An object that attaching its table would take for the
/// follower is taken for it here too.
pub fn followers(live: &Catalog, desired: &mut Desired) -> Vec<Rename> {
    let (was, is) = (Families::of(live), Families::of(&desired.catalog));
    if is.is_empty() {
        return Vec::new();
    }
    let mut called: BTreeMap<(Id, Id), &Id> = BTreeMap::new();
    let place = |id: &Id, leader: Id| (Id { name: "".into(), ..id.clone() }, leader);
    for (id, object) in live.objects.iter().filter(|(id, _)| kinds::of(id).comes_by_attaching()) {
        if let Some((leader, _)) = was.leader(id, object, live) {
            called.insert(place(id, leader), id);
        }
    }
    let anew = divided_otherwise(live, &desired.catalog, &is);
    let (mut adopted, mut renames) = (BTreeMap::new(), Vec::new());
    for (id, object) in
        desired.catalog.objects.iter().filter(|(id, _)| kinds::of(id).comes_by_attaching() && live.get(id).is_none())
    {
        let Some((leader, parent)) = is.leader(id, object, &desired.catalog) else { continue };
        let attached = was.parents(id).iter().any(|p| p.relation == parent.relation);
        let taken = || {
            let own = live
                .objects
                .range(Id { name: "".into(), ..id.clone() }..)
                .take_while(|(o, _)| o.kind == id.kind && o.parent == id.parent);
            let heritage = Heritage { made: true, partition: true, major: live.source.major() };
            own.filter(|(o, _)| desired.catalog.get(o).is_none()).find(|(o, own)| {
                let as_leader = kinds::of(id).handed_down(o, &leader, own, heritage);
                as_leader.is_some_and(|attrs| attrs == object.attrs)
            })
        };
        let taken = || if attached { None } else { taken().map(|(o, _)| o) };
        let now = called.get(&place(id, leader.clone())).copied().or_else(taken);
        let Some(now) = now.filter(|now| *now != id && desired.catalog.get(now).is_none()) else { continue };
        if anew.contains(&(id.schema.clone().unwrap_or_default(), id.parent.clone().unwrap_or_default())) {
            continue;
        }
        if desired.notes.contains_key(id) {
            renames.push(Rename { from: now.clone(), to: id.clone() });
        } else {
            adopted.insert(id.clone(), now.clone());
        }
    }
    if adopted.is_empty() {
        return renames;
    }
    for (from, to) in &adopted {
        if let Some(object) = desired.catalog.objects.remove(from) {
            desired.catalog.objects.insert(to.clone(), object);
        }
    }
    let adopt = |set: &mut BTreeSet<Id>| {
        let former: Vec<Id> = set.iter().filter(|id| adopted.contains_key(id)).cloned().collect();
        for id in former {
            set.remove(&id);
            set.extend(adopted.get(&id).cloned());
        }
    };
    for object in desired.catalog.objects.values_mut() {
        adopt(&mut object.needs);
        adopt(&mut object.owned_by);
    }
    adopt(&mut desired.listed);
    adopt(&mut desired.provided);
    renames
}

/// The tables that are made anew because their rows are divided in another way, and what is below them: what is on those gets
/// names anew too.
fn divided_otherwise(live: &Catalog, desired: &Catalog, families: &Families) -> BTreeSet<Relation> {
    let divisions = |catalog: &'_ Catalog| -> BTreeMap<Id, String> {
        let of = |(id, o): (&Id, &Object)| Some((id.clone(), kinds::of(id).division(o)?.to_string()));
        catalog.objects.iter().filter_map(of).collect()
    };
    let (was, is) = (divisions(live), divisions(desired));
    let other = |id: &&Id| live.get(id).is_some() && desired.get(id).is_some() && was.get(*id) != is.get(*id);
    let tables = was.keys().chain(is.keys()).filter(other);
    tables.flat_map(|id| families.below((id.schema.clone().unwrap_or_default(), id.name.clone()))).collect()
}

/// What an object is called before the renames of its parents and its schema.
fn before(renames: &[Rename], id: &Id) -> Id {
    let mut before = id.clone();
    let parent =
        renames.iter().find(|r| r.to.parent.is_none() && r.to.schema == id.schema && id.parent.as_deref() == Some(&*r.to.name));
    if let Some(rename) = parent {
        before.parent = Some(rename.from.name.clone());
    }
    for rename in renames.iter().filter(|r| kinds::of(&r.to).contains_objects()) {
        before = in_schema(&before, &rename.undone());
    }
    before
}

/// What an object is called when a schema, its own or one whose types its name has in it, is renamed.
fn in_schema(id: &Id, rename: &Rename) -> Id {
    let mut id = id.clone();
    let (from, to) = (sql::ident(&rename.from.name), sql::ident(&rename.to.name));
    let each = |list: &str, separator: &str| -> String {
        let one = |item: &str| {
            let rest = item.strip_prefix(&*from).filter(|rest| rest.starts_with('.'));
            rest.map_or_else(|| item.to_string(), |rest| format!("{to}{rest}"))
        };
        list.split(separator).map(one).collect::<Vec<_>>().join(separator)
    };
    id.args = id.args.map(|args| each(&args, ", ").into());
    if kinds::of(&id).made().is_some() {
        id.name = each(&id.name, " ").into();
    }
    if id == rename.from {
        id.name = rename.to.name.clone();
    } else if id.schema.as_ref() == Some(&rename.from.name) {
        id.schema = Some(rename.to.name.clone());
    }
    id
}

/// What an object is called after renames.
pub fn after(renames: &[Rename], id: &Id) -> Id {
    let mut id = id.clone();
    for rename in renames {
        if kinds::of(&rename.from).contains_objects() {
            id = in_schema(&id, rename);
            continue;
        }
        let is_column_default = rename.to.parent.is_some()
            && id.parent == rename.from.parent
            && id.schema == rename.from.schema
            && id.name == rename.from.name;
        let same_sort = id.kind == rename.from.kind || kinds::of(&id).goes_with_owner();
        if rename.to.parent.is_none() {
            let of_types = |text: &str, separator| types_after(text, separator, &rename.from.own_path(), &rename.to.own_path());
            id.args = id.args.map(|args| of_types(&args, ", ").into());
            if kinds::of(&id).made().is_some() {
                id.name = of_types(&id.name, " ").into();
            }
            if id == rename.from || kinds::of(&rename.from).shell(&rename.from).as_ref() == Some(&id) {
                id.name = rename.to.name.clone();
            } else if id.parent.as_deref() == Some(&*rename.from.name)
                && id.schema == rename.from.schema
                && kinds::of(&rename.from).namespace() == "relation"
            {
                id.parent = Some(rename.to.name.clone());
            }
        } else if is_column_default && same_sort {
            id.name = rename.to.name.clone();
        }
    }
    id
}

/// A list of types in which one has another name, alone or in an array.
fn types_after(list: &str, separator: &str, from: &str, to: &str) -> String {
    let one = |item: &str| match item.strip_prefix(from) {
        Some(rest) if rest.is_empty() || rest == "[]" => format!("{to}{rest}"),
        _ => item.to_string(),
    };
    list.split(separator).map(one).collect::<Vec<_>>().join(separator)
}

/// Names that PostgreSQL made from a name that has changed: `old_pkey` becomes `new_pkey` where the model has that.
pub fn following(live: &Catalog, desired: &Catalog, renames: &[Rename]) -> Vec<Rename> {
    let mut out: Vec<Rename> = Vec::new();
    let words: Vec<(&str, &str)> = renames.iter().map(|r| (&*r.from.name, &*r.to.name)).collect();
    let new: BTreeSet<&Id> = desired.objects.keys().filter(|id| live.get(id).is_none()).collect();
    for (id, object) in live.objects.iter().filter(|(id, _)| desired.get(id).is_none()) {
        for (old, now) in &words {
            let name = id.name.replacen(old, now, 1);
            let to = Id { name: name.into(), ..id.clone() };
            let same = to != *id && new.contains(&to) && kinds::of(id).rename(id, "x").is_some();
            let touched = renames.iter().any(|r| object.needs.contains(&r.to) || id.parent.as_deref() == Some(&*r.to.name));
            if same && touched && !kinds::of(id).holds_data() {
                out.push(Rename { from: id.clone(), to });
                break;
            }
        }
    }
    out
}

/// A catalog in which the roles that are renamed have their new names wherever they stand.
fn with_roles<'a>(catalog: &'a Catalog, renames: &[Rename]) -> Cow<'a, Catalog> {
    let of_roles: BTreeMap<&str, &str> =
        renames.iter().filter(|r| kinds::of(&r.from).is_role()).map(|r| (&*r.from.name, &*r.to.name)).collect();
    if of_roles.is_empty() {
        return Cow::Borrowed(catalog);
    }
    let to = |role: &str| of_roles.get(role).map(|name| (*name).to_string());
    let mut out = catalog.clone();
    facets::rename_roles(&mut out, &to);
    out.roles = out.roles.iter().map(|role| to(role).unwrap_or_else(|| role.clone())).collect();
    Cow::Owned(out)
}

/// Gives what an object that is not rebuilt names its new name: a text that is the path of what it needs.
fn name_needs_anew(object: &mut Object, renames: &[Rename]) {
    let path = |id: &Id| sql::qualified(id.schema(), &id.name);
    for need in &object.needs {
        let (was, is) = (path(need), path(&after(renames, need)));
        for value in object.attrs.values_mut().filter(|v| was != is && v.as_str() == Some(&was)) {
            *value = is.clone().into();
        }
    }
}

/// The live catalog as it will be after the renames, with texts as `rebuilt` (the same, renamed by the server itself) has
/// them.
pub fn renamed(live: &Catalog, renames: &[Rename], rebuilt: &Catalog) -> Catalog {
    let (live, rebuilt) = (&with_roles(live, renames), &with_roles(rebuilt, renames));
    let mut out = Catalog {
        source: live.source.clone(),
        roles: live.roles.clone(),
        unmodeled: live.unmodeled.clone(),
        ..Catalog::default()
    };
    for (id, object) in &live.objects {
        let mut object = object.clone();
        if kinds::of(id).acts_by_itself() {
            name_needs_anew(&mut object, renames);
        }
        object.needs = object.needs.iter().map(|n| after(renames, n)).collect();
        object.owned_by = object.owned_by.iter().map(|n| after(renames, n)).collect();
        out.objects.insert(after(renames, id), object);
    }
    // Texts change where something renamed is named: follow the needs.
    let built = |r: &&Rename| !kinds::of(&r.to).as_written();
    let mut touched: BTreeSet<Id> = renames.iter().filter(built).map(|r| r.to.clone()).collect();
    touched.extend(renames.iter().filter_map(|r| kinds::of(&r.to).shell(&r.to)));
    // A part of an object changes the object's own attributes.
    touched.extend(renames.iter().filter(|r| live.get(&r.from).is_none()).map(|r| Id {
        name: r.to.parent.clone().unwrap_or_default(),
        parent: None,
        ..r.to.clone()
    }));
    loop {
        let more: Vec<Id> = out
            .objects
            .iter()
            .filter(|(id, o)| !touched.contains(id) && (o.needs.iter().any(|n| touched.contains(n))))
            .map(|(id, _)| id.clone())
            .collect();
        if more.is_empty() {
            break;
        }
        touched.extend(more);
    }
    for id in touched {
        if let (Some(object), Some(exact)) = (out.objects.get_mut(&id), rebuilt.get(&id)) {
            object.attrs = exact.attrs.clone();
        }
    }
    out
}
