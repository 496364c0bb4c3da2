//! Which relations a step locks, as they are by then: the locks that kinds name, on relations that were there before the plan,
//! with their partitions and children, and how large they are.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use super::actions::Verb;
use super::online::Online;
use super::step::{Draft, Held, Lock, Reach, Road, Touch, Work};
use crate::catalog::read::Sizes;
use crate::catalog::{Catalog, Id};
use crate::kinds;
use crate::kinds::family::{Parent, Relation};
use crate::sql;

/// The relations that were there before the plan, and what is a part or child of what, followed step by step.
pub(super) struct Relations<'a> {
    live: &'a Catalog,
    desired: &'a Catalog,
    there: BTreeSet<Relation>,
    /// Those that were there at first: one that is made again has its rows again.
    was: BTreeSet<Relation>,
    children: HashMap<Relation, BTreeSet<Relation>>,
    rest: HashMap<Relation, Relation>,
    divided: BTreeSet<Relation>,
    reacting: BTreeSet<Relation>,
    sizes: &'a Sizes,
}

impl<'a> Relations<'a> {
    pub fn new(live: &'a Catalog, desired: &'a Catalog, sizes: &'a Sizes) -> Self {
        let mut out = Relations {
            live,
            desired,
            there: BTreeSet::new(),
            was: BTreeSet::new(),
            children: HashMap::new(),
            rest: HashMap::new(),
            divided: BTreeSet::new(),
            reacting: BTreeSet::new(),
            sizes,
        };
        out.also(live);
        out.was.clone_from(&out.there);
        out
    }

    /// Takes in those of another catalog: what is called otherwise meanwhile.
    pub fn also(&mut self, catalog: &Catalog) {
        let is_relation = |id: &&Id| kinds::of(id).is_relation() && id.parent.is_none();
        self.there.extend(catalog.objects.keys().filter(is_relation).map(own));
        for (id, object) in &catalog.objects {
            if kinds::of(id).reacts() {
                self.reacting.insert(whole(id));
            }
            if kinds::of(id).is_divided(object) {
                self.divided.insert(own(id));
            }
            if let Some((child, parent)) = kinds::of(id).parent(id, object) {
                self.join(child, parent);
            }
        }
    }

    /// A relation is called so meanwhile: its schema has another name already, it has not.
    pub fn called(&mut self, id: &Id) {
        if kinds::of(id).is_relation() && id.parent.is_none() {
            self.there.insert(own(id));
        }
    }

    fn join(&mut self, child: Relation, parent: Parent) {
        if parent.rest {
            self.rest.insert(parent.relation.clone(), child.clone());
        }
        self.children.entry(parent.relation).or_default().insert(child);
    }

    /// The locks of a step, one for each relation, the strongest first.
    pub fn held(&self, id: &Id, touches: &[Touch]) -> Vec<Held> {
        let mut locks: BTreeMap<Relation, (Lock, Work)> = BTreeMap::new();
        // A relation that is new has no rows to look up elsewhere; a default partition's own may belong to a new one.
        let empty = (id.parent.is_some() || kinds::of(id).is_relation()) && !self.was.contains(&whole(id));
        for touch in touches {
            let looks_up = touch.work == Work::Scan && touch.reach != Reach::Rest;
            let work = if empty && looks_up { Work::None } else { touch.work };
            let on = touch.on.clone().unwrap_or_else(|| whole(id));
            let mut open: Vec<Relation> = match touch.reach {
                Reach::Rest => self.rest.get(&on).into_iter().cloned().collect(),
                _ => vec![on],
            };
            while let Some(relation) = open.pop() {
                if touch.reach != Reach::Itself {
                    open.extend(self.children.get(&relation).into_iter().flatten().cloned());
                }
                if self.there.contains(&relation) {
                    let entry = locks.entry(relation).or_insert((touch.lock, work));
                    *entry = (entry.0.max(touch.lock), entry.1.max(work));
                }
            }
        }
        let mut held: Vec<Held> = locks
            .into_iter()
            .map(|((schema, name), (lock, work))| {
                let table = sql::qualified(&schema, &name);
                let size = self.sizes.get(&table).copied();
                Held { table, lock, work, size }
            })
            .collect();
        held.sort_by_key(|h| std::cmp::Reverse(h.lock));
        held
    }

    /// Whether a draft's online road is to be taken.
    pub fn takes(&self, id: &Id, draft: &Draft, online: &Online) -> bool {
        let held = self.held(id, &draft.touches);
        let table = whole(id);
        let divided = || {
            let has_children = self.children.get(&table).is_some_and(|c| !c.is_empty());
            has_children || self.divided.contains(&table)
        };
        let fits = |road: &Road| (road.tree || !divided()) && !(road.updates && self.reacting.contains(&table));
        // A way to drop something concurrently is not told here: it fits wherever the way to build it does.
        let fits = draft.online.as_ref().map_or_else(|| !divided(), fits);
        held.iter().any(|h| online.matters(h.size)) && fits
    }

    /// Whether an object, or what it is a part of, was there before the plan.
    pub fn has(&self, id: &Id) -> bool {
        self.there.contains(&whole(id))
    }

    /// Takes in what a step has done.
    pub fn done(&mut self, verb: Verb, id: &Id) {
        let catalog = if verb == Verb::Drop { self.live } else { self.desired };
        let link = catalog.get(id).and_then(|object| kinds::of(id).parent(id, object));
        match (verb, link) {
            (Verb::Drop, Some((child, parent))) => {
                self.rest.retain(|_, rest| *rest != child);
                if let Some(children) = self.children.get_mut(&parent.relation) {
                    children.remove(&child);
                }
            }
            (Verb::Create, Some((child, parent))) => self.join(child, parent),
            (Verb::Drop, None) if id.parent.is_none() => {
                self.there.remove(&own(id));
            }
            _ => {}
        }
    }
}

fn own(id: &Id) -> Relation {
    (id.schema().into(), id.name.clone())
}

/// The relation that an object is, or is a part of.
fn whole(id: &Id) -> Relation {
    (id.schema().into(), id.parent.clone().unwrap_or_else(|| id.name.clone()))
}
