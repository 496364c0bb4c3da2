//! What PostgreSQL does by itself to the objects of partitions, children and typed tables when it does something to those
//! that they follow ([`family`]): only what is left of a difference after that becomes a statement.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use super::actions::Actions;
use super::step::Draft;
use crate::catalog::{Attrs, Catalog, Id, Object};
use crate::diagnostic::Result;
use crate::diff;
use crate::kinds;
use crate::kinds::family::{Families, Heritage, Parent, Relation};

/// Who follows whom, on both sides.
#[derive(Default)]
pub(super) struct Follow {
    was: Families,
    is: Families,
    /// The live followers of each live object.
    followers: HashMap<Id, Vec<Id>>,
    /// The leader of each follower in the plan.
    pub leaders: BTreeMap<Id, Id>,
    /// What comes with its leader, and the statements that make the rest of it.
    pub come: BTreeMap<Id, Vec<Draft>>,
    /// What goes with its leader.
    pub gone: BTreeSet<Id>,
    /// What is there before its leader, which takes it in.
    pub taken_in: BTreeSet<Id>,
    /// Leaders whose drop has to be told to take along what they have taken in.
    pub cascade: BTreeSet<Id>,
}

impl Follow {
    pub fn new(live: &Catalog, desired: &Catalog) -> Self {
        let (was, is) = (Families::of(live), Families::of(desired));
        let mut followers: HashMap<Id, Vec<Id>> = HashMap::new();
        if !was.is_empty() {
            for (id, object) in live.objects.iter().filter(|(id, _)| !was.parents(id).is_empty()) {
                if let Some((leader, _)) = was.leader(id, object, live) {
                    followers.entry(leader).or_default().push(id.clone());
                }
            }
        }
        Follow { was, is, followers, ..Follow::default() }
    }

    /// The live objects that follow this one.
    pub fn followers(&self, id: &Id) -> &[Id] {
        self.followers.get(id).map(Vec::as_slice).unwrap_or_default()
    }

    /// Itself and its partitions, as they are to be.
    pub fn below(&self, id: &Id) -> BTreeSet<Relation> {
        self.is.below((id.schema.clone().unwrap_or_default(), id.name.clone()))
    }

    /// Whether the one is, or is a part of, a partition or child of the table that the other is a part of.
    pub fn is_below(&self, id: &Id, other: &Id) -> bool {
        let relation = |id: &Id| Some((id.schema.clone()?, id.parent.as_ref().unwrap_or(&id.name).clone()));
        other.parent.is_some()
            && !self.was.is_empty()
            && relation(id).zip(relation(other)).is_some_and(|(id, other)| self.was.descends(&id, &other))
    }

    /// The objects that join an object's table to its parents.
    pub fn links(&self, id: &Id) -> impl Iterator<Item = &Id> {
        self.is.parents(id).iter().chain(self.was.parents(id)).map(|p| &p.link)
    }
}

/// What a follower has of its leader on one side.
struct Side {
    leader: Id,
    parent: Parent,
}

impl Actions<'_> {
    fn side(&self, id: &Id, families: &Families, catalog: &Catalog) -> Option<Side> {
        let (leader, parent) = families.leader(id, catalog.get(id)?, catalog)?;
        Some(Side { leader, parent: parent.clone() })
    }

    fn leads(&self, id: &Id) -> (Option<Side>, Option<Side>) {
        let before = self.side(id, &self.follow.was, self.live);
        let in_scope = self.desired.get(id).is_some() || self.removed.contains(id);
        let after =
            if in_scope { self.side(id, &self.follow.is, self.desired) } else { self.side(id, &self.follow.was, self.live) };
        (before, after)
    }

    /// How many leaders lead to an object: leaders are settled before those that follow them.
    pub(super) fn depth(&self, id: &Id) -> usize {
        if self.follow.was.is_empty() && self.follow.is.is_empty() {
            return 0;
        }
        let mut at = id.clone();
        for depth in 0..8 {
            let (before, after) = self.leads(&at);
            match after.or(before) {
                Some(side) => at = side.leader,
                None => return depth,
            }
        }
        8
    }

    /// Whether it follows the same leader before and after: its own differences are then what its leader leaves.
    pub(super) fn follows_on(&self, id: &Id) -> bool {
        let (before, after) = self.leads(id);
        matches!((before, after), (Some(b), Some(a)) if b.leader == a.leader && !self.parted(&b.parent.link))
    }

    fn parted(&self, link: &Id) -> bool {
        self.removed.contains(link) || self.replaced.contains(link)
    }

    /// Settles all that follows something, leaders first.
    pub(super) fn settle_followers(&mut self) -> Result<()> {
        if self.follow.was.is_empty() && self.follow.is.is_empty() {
            return Ok(());
        }
        let has_parents = |id: &&Id| !self.follow.was.parents(id).is_empty() || !self.follow.is.parents(id).is_empty();
        let ids: BTreeSet<Id> =
            self.live.objects.keys().chain(self.desired.objects.keys()).filter(has_parents).cloned().collect();
        let mut by_depth: Vec<(usize, Id)> = ids.into_iter().map(|id| (self.depth(&id), id)).filter(|(d, _)| *d > 0).collect();
        by_depth.sort();
        for (_, id) in by_depth {
            self.settle(&id)?;
        }
        Ok(())
    }

    fn settle(&mut self, id: &Id) -> Result<()> {
        let (before, after) = self.leads(id);
        let Some(leader) = after.as_ref().or(before.as_ref()).map(|s| s.leader.clone()) else { return Ok(()) };
        self.follow.leaders.insert(id.clone(), leader);
        let is_new = self.added.contains(id) || self.replaced.contains(id);
        let goes = self.removed.contains(id) || self.replaced.contains(id);
        let own_place = self.live.get(id).is_some_and(|o| o.position > 0);
        if let Some(side) = before.as_ref().filter(|_| goes && !own_place) {
            let of = |leader: Option<&Object>| self.handed(id, side, leader, true).is_some();
            let no_more = of(self.live.get(&side.leader)) && !of(self.target(&side.leader));
            let led = self.removed.contains(&side.leader) || self.replaced.contains(&side.leader) || no_more;
            if led && !self.parted(&side.parent.link) {
                self.follow.gone.insert(id.clone());
                let brought = self.handed(id, side, self.live.get(&side.leader), true).is_some();
                if !brought && kinds::of(id).comes_by_attaching() {
                    self.follow.cascade.insert(side.leader.clone());
                }
            }
        }
        match (before, after) {
            (_, Some(side)) if is_new => self.comes(id, &side),
            (Some(b), Some(a)) if b.leader == a.leader && !self.parted(&b.parent.link) => self.changes_with(id, &a),
            (Some(_), Some(_)) if !goes => self.changes_alone(id),
            _ => Ok(()),
        }
    }

    /// Something that is made when its leader is, or when its table becomes the leader's table's child.
    fn comes(&mut self, id: &Id, side: &Side) -> Result<()> {
        let Some(object) = self.target(id).filter(|o| o.position <= 0) else { return Ok(()) };
        let kind = kinds::of(id);
        let made = |id: &Id| self.added.contains(id) || self.replaced.contains(id);
        let link = &side.parent.link;
        let folds = |link: &Id| self.target(link).is_some_and(|o| kinds::of(link).folds(link, o));
        let table_made = self.follow.is.parents(id).iter().any(|p| p.link == *link)
            && self.table_of(id).is_some_and(|t| made(&t))
            && folds(link);
        let by_attaching = kind.comes_by_attaching() && made(link);
        // A leader that is there on both sides may have come to bring it: a type that got an attribute.
        let was = self.live.get(&side.leader);
        let brings = was.is_some_and(|l| self.handed(id, side, Some(l), true).is_none() && !kind.comes_by_attaching());
        if !table_made && !by_attaching && (made(link) || !(made(&side.leader) || brings)) {
            return match self.predecessor(id, side) {
                Some(was) if !made(link) => self.takes_over(id, object, &was),
                _ => Ok(()),
            };
        }
        let Some(base) = self.handed(id, side, self.target(&side.leader), true) else {
            if kind.comes_by_attaching() && kind.is_taken_in(object) {
                self.follow.taken_in.insert(id.clone());
            }
            return Ok(());
        };
        let mut drafts = kind.named(id, object);
        let sim = Object { attrs: base, position: object.position, ..Object::default() };
        drafts.extend(self.rest(id, &sim, object)?.unwrap_or_default());
        self.follow.come.insert(id.clone(), drafts);
        Ok(())
    }

    /// What follows the same leader now on the same table and is to go: a leader has one follower on each.
    fn predecessor(&self, id: &Id, side: &Side) -> Option<Id> {
        let first = Id::child(id.kind, id.schema(), id.parent(), "");
        let same_table = |o: &&Id| (o.kind, &o.schema, &o.parent) == (id.kind, &id.schema, &id.parent);
        let mut going = self.removed.range(first..).take_while(same_table);
        going.find(|o| self.leads(o).0.is_some_and(|before| before.leader == side.leader)).cloned()
    }

    /// A follower under another name: only its name changes.
    fn takes_over(&mut self, id: &Id, object: &Object, was: &Id) -> Result<()> {
        let Some((rename, live)) = kinds::of(was).rename(was, &id.name).zip(self.live.get(was)) else { return Ok(()) };
        let sim = Object { attrs: live.attrs.clone(), position: live.position, ..Object::default() };
        let Some(rest) = self.rest(id, &sim, object)? else { return Ok(()) };
        self.follow.gone.insert(was.clone());
        self.follow.come.insert(id.clone(), [vec![rename], rest].concat());
        Ok(())
    }

    /// Something that is there on both sides, whose leader may change under it.
    fn changes_with(&mut self, id: &Id, side: &Side) -> Result<()> {
        let (Some(live), Some(object)) = (self.live.get(id), self.target(id)) else { return Ok(()) };
        let was = self.live.get(&side.leader).and_then(|l| self.handed(id, side, Some(l), false)).unwrap_or_default();
        let is = self.handed(id, side, self.target(&side.leader), false).unwrap_or_default();
        let mut sim = Object { attrs: live.attrs.clone(), position: live.position, ..Object::default() };
        let names: BTreeSet<&String> = was.keys().chain(is.keys()).filter(|a| was.get(*a) != is.get(*a)).collect();
        for name in names {
            match is.get(name) {
                Some(value) => sim.attrs.insert(name.clone(), value.clone()),
                None => sim.attrs.remove(name),
            };
        }
        self.altered.remove(id);
        match self.rest(id, &sim, object)? {
            Some(drafts) if drafts.is_empty() => {}
            Some(drafts) => drop(self.altered.insert(id.clone(), drafts)),
            None => self.replace(id),
        }
        Ok(())
    }

    /// Something that is there on both sides, and is not its leader's while that changes.
    fn changes_alone(&mut self, id: &Id) -> Result<()> {
        let (Some(live), Some(object)) = (self.live.get(id), self.desired.get(id)) else { return Ok(()) };
        match self.rest(id, live, object)? {
            Some(drafts) if drafts.is_empty() => {}
            Some(drafts) => drop(self.altered.insert(id.clone(), drafts)),
            None => self.replace(id),
        }
        Ok(())
    }

    fn handed(&self, id: &Id, side: &Side, leader: Option<&Object>, made: bool) -> Option<Attrs> {
        let heritage = Heritage { made, partition: side.parent.partition, major: self.live.source.major() };
        kinds::of(id).handed_down(id, &side.leader, leader?, heritage)
    }

    /// The statements from what a follower has become to what it is to be; `None` when it has to be made anew.
    fn rest(&mut self, id: &Id, sim: &Object, object: &Object) -> Result<Option<Vec<Draft>>> {
        let compared = |o: &Object| Object { attrs: o.attrs.clone(), ..Object::default() };
        let attrs = diff::attributes(&compared(sim), &compared(object));
        if attrs.is_empty() { Ok(Some(Vec::new())) } else { self.changed(id, sim, object, &attrs) }
    }

    /// The table that an object is a part of.
    fn table_of(&self, id: &Id) -> Option<Id> {
        let object = self.target(id)?;
        object
            .needs
            .iter()
            .find(|n| n.parent.is_none() && n.schema == id.schema && id.parent.as_deref() == Some(&*n.name))
            .cloned()
    }
}
