//! What is made anew beside what is there, so that clients go on with that until the new one takes its place.

use std::collections::{BTreeMap, BTreeSet};

use super::actions::{Action, Actions, Verb};
use super::locks::Relations;
use super::online::Online;
use super::step::{Draft, Transaction, Work};
use crate::catalog::{Id, Object};
use crate::kinds::{self, Anew, Beside};

/// The statements of what is made so, and what comes along with it.
#[derive(Default)]
pub(super) struct Roads {
    roads: BTreeMap<Id, Vec<Draft>>,
    carried: BTreeSet<Id>,
}

impl Roads {
    /// Puts the statements in the place of an action's; whether it is made so.
    pub fn take(&self, action: &mut Action) -> bool {
        if self.carried.contains(&action.id) && matches!(action.verb, Verb::Drop | Verb::Create) {
            action.drafts.clear();
        }
        let Some(road) = self.roads.get(&action.id) else { return false };
        match action.verb {
            Verb::Drop => action.drafts.clear(),
            Verb::Create => drop(action.drafts.splice(..1, road.iter().cloned())),
            Verb::Alter => action.drafts.clone_from(road),
            _ => {}
        }
        true
    }
}

/// What is to be made beside what is there. Nothing that has to be one transaction with all that follows lets that be.
pub(super) fn roads(context: &Actions<'_>, actions: &[Action], relations: &Relations<'_>, online: &Online) -> Roads {
    let mut out = Roads::default();
    if actions.iter().flat_map(|a| &a.drafts).any(|d| d.transaction == Transaction::Throughout) {
        return out;
    }
    let moved = |verb| matches!(verb, Verb::Alter | Verb::Drop | Verb::Create);
    let moving: BTreeSet<&Id> = actions.iter().filter(|a| moved(a.verb)).map(|a| &a.id).collect();
    // What is dropped and made again: nothing that it is made of changes meanwhile.
    let road = |id: &Id| {
        let (live, desired) = (context.live.get(id)?, context.target(id)?);
        let still = !live.needs.iter().chain(&desired.needs).any(|n| moving.contains(n));
        let road = kinds::of(id).beside(id, live, desired).filter(|_| still)?;
        let takes = kinds::of(id).drop(id, live).iter().any(|d| relations.takes(id, d, online));
        takes.then(|| (id.clone(), road))
    };
    out.roads = context.replaced.iter().filter_map(road).collect();
    for (id, drafts) in &context.altered {
        // One statement that writes the rows again, and nothing beside it.
        let [draft] = drafts.as_slice() else { continue };
        if !draft.touches.iter().any(|t| t.work == Work::Rewrite) {
            continue;
        }
        let Some(Beside { drafts, carried }) = anew(context, id, draft, relations, online) else { continue };
        out.carried.extend(carried);
        out.roads.insert(id.clone(), drafts);
    }
    out
}

/// An object that is altered, made anew instead: where the road may be taken and all that hangs on it comes along.
fn anew(context: &Actions<'_>, id: &Id, draft: &Draft, relations: &Relations<'_>, online: &Online) -> Option<Beside> {
    let stays = |other: &Id| !context.removed.contains(other);
    // What runs when rows change would see it.
    let same = |other: &Id| other.schema == id.schema && other.parent == id.parent;
    if context.live.objects.keys().any(|other| kinds::of(other).reacts() && same(other) && stays(other)) {
        return None;
    }
    if !relations.takes(id, &draft.clone().online(Vec::new()), online) {
        return None;
    }
    let (again, hanging): (Vec<&Id>, Vec<&Id>) =
        context.dependents_of(id).iter().filter(|d| stays(d)).partition(|d| context.replaced.contains(**d));
    let known = |other: &&Id| again.contains(other) || hanging.contains(other);
    if hanging.iter().any(|d| context.dependents_of(d).iter().any(|other| stays(other) && !known(other))) {
        return None;
    }
    let stays: Vec<(&Id, &Object)> = hanging.into_iter().filter_map(|d| Some((d, context.live.get(d)?))).collect();
    let (live, desired) = (context.live.get(id)?, context.target(id)?);
    kinds::of(id).anew(&Anew {
        id,
        live,
        desired,
        catalog: context.live,
        becomes: &|id| context.target(id).filter(|_| !context.removed.contains(id)),
        stays,
        again,
    })
}
