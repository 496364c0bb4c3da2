//! The order of actions: a graph of what must come before what, with children folded into their parents where that makes no circle.

use std::cmp::Reverse;
use std::collections::{BTreeSet, BinaryHeap, HashMap, HashSet};
use std::sync::Arc;

use petgraph::algo::tarjan_scc;
use petgraph::graph::{DiGraph, NodeIndex};

use super::actions::{Action, Actions, Verb};
use crate::catalog::{Catalog, Id};
use crate::diagnostic::{Diagnostic, Result};
use crate::kinds;
use crate::sql::lex;

/// Actions that are one statement (or one after the other): the leader and what is folded into it.
#[derive(Debug)]
pub(super) struct Group {
    pub leader: usize,
    pub members: Vec<usize>,
}

/// Puts actions in an order that works.
///
/// # Errors
/// A circle that no unfolding breaks; that is a bug in a kind, and it is printed, not repaired.
pub(super) fn order(context: &Actions<'_>, actions: &[Action]) -> Result<Vec<Group>> {
    let index: HashMap<(Verb, &Id), usize> = actions.iter().enumerate().map(|(i, a)| ((a.verb, &a.id), i)).collect();
    let edges = Edges::new(context, actions, &index);
    let mut leader: Vec<usize> = (0..actions.len()).map(|i| fold_target(context, actions, &index, i).unwrap_or(i)).collect();
    // A default folds into a column that folds into a table: follow to the end.
    for i in 0..leader.len() {
        while leader[leader[i]] != leader[i] {
            leader[i] = leader[leader[i]];
        }
    }
    let mut merged = HashSet::new();
    for (i, action) in actions.iter().enumerate() {
        if leader[i] == i || action.verb != Verb::Create {
            continue;
        }
        let key = context.target(&action.id).and_then(|o| kinds::of(&action.id).merges(o));
        if key.is_some_and(|key| !merged.insert((leader[i], key))) {
            leader[i] = i;
        }
    }
    loop {
        let circles = circles(actions.len(), &leader, &edges.hard);
        if circles.is_empty() {
            break;
        }
        let mut unfolded = false;
        for circle in &circles {
            let inside: HashSet<usize> = circle.iter().copied().collect();
            let touches = |i: usize| {
                edges.hard.iter().any(|(a, b)| {
                    (*a == i && leader[*b] != leader[i] && inside.contains(&leader[*b]))
                        || (*b == i && leader[*a] != leader[i] && inside.contains(&leader[*a]))
                })
            };
            let loose: Vec<usize> =
                (0..actions.len()).filter(|i| leader[*i] != *i && inside.contains(&leader[*i]) && touches(*i)).collect();
            // A default goes out on its own before the column that it is of: columns keep their order that way.
            let led: Vec<usize> = loose.iter().copied().filter(|i| actions[*i].led).collect();
            let of = |i: usize| kinds::of(&actions[i].id);
            let light: Vec<usize> = loose.iter().copied().filter(|i| !of(*i).holds_data() && !of(*i).joins()).collect();
            let joined: Vec<usize> = loose.iter().copied().filter(|i| !of(*i).holds_data()).collect();
            let first = [led, light, joined].into_iter().find(|l| !l.is_empty());
            for i in first.unwrap_or(loose) {
                leader[i] = i;
                unfolded = true;
            }
        }
        if !unfolded {
            return Err(circle_error(actions, &circles[0]));
        }
    }
    Ok(sorted(context, actions, &leader, &edges))
}

struct Edges {
    hard: Vec<(usize, usize)>,
    soft: Vec<(usize, usize)>,
}

impl Edges {
    fn new(context: &Actions<'_>, actions: &[Action], index: &HashMap<(Verb, &Id), usize>) -> Self {
        let mut hard = Vec::new();
        let mut soft = soft(context, actions);
        let at = |verb, id: &Id| index.get(&(verb, id)).copied();
        let mut names: HashMap<Name, Vec<usize>> = HashMap::new();
        for (i, action) in actions.iter().enumerate().filter(|(_, a)| a.verb == Verb::Drop) {
            for name in names_of(&action.id) {
                names.entry(name).or_default().push(i);
            }
        }
        for (i, action) in actions.iter().enumerate() {
            let id = &action.id;
            match action.verb {
                Verb::Create => {
                    hard.extend(at(Verb::Drop, id).map(|d| (d, i)));
                    for name in names_of(id) {
                        hard.extend(names.get(&name).into_iter().flatten().map(|d| (*d, i)));
                    }
                    // What takes it in comes after it, although it belongs to that in the end.
                    let after = context.follow.leaders.get(id).filter(|_| context.follow.taken_in.contains(id));
                    let object = context.target(id);
                    let free = object.and_then(|o| context.untied(id, o)).map(|(free, _)| free);
                    let needs = free.as_ref().or(object).into_iter().flat_map(|o| &o.needs);
                    for need in needs.filter(|need| Some(*need) != after) {
                        hard.extend(at(Verb::Create, need).map(|c| (c, i)));
                        hard.extend(at(Verb::Alter, need).map(|c| (c, i)));
                    }
                }
                Verb::Alter => {
                    for need in context.target(id).iter().flat_map(|o| &o.needs) {
                        hard.extend(at(Verb::Create, need).map(|c| (c, i)));
                        hard.extend(at(Verb::Alter, need).map(|c| (c, i)));
                    }
                    for need in context.live.get(id).iter().flat_map(|o| &o.needs) {
                        if at(Verb::Create, need).is_none() {
                            hard.extend(at(Verb::Drop, need).map(|d| (i, d)));
                        }
                        if context.leaves(id, need) {
                            hard.extend(at(Verb::Alter, need).map(|a| (i, a)));
                        }
                    }
                }
                Verb::Drop => {
                    // What a constraint is of on the table's partitions goes with them or with it.
                    let above = |need: &&Id| !kinds::of(id).joins() && context.follow.is_below(need, id);
                    if let Some(object) = context.live.get(id) {
                        for need in object.needs.iter().filter(|n| !above(n)) {
                            hard.extend(at(Verb::Drop, need).map(|d| (i, d)));
                            // What only goes with it is in nobody's way while it changes.
                            let list = if object.owned_by.contains(need) { &mut soft } else { &mut hard };
                            list.extend(at(Verb::Alter, need).map(|d| (i, d)));
                        }
                    }
                }
                Verb::Settle => {
                    let comes = |a: &Action| matches!(a.verb, Verb::Create | Verb::Alter);
                    let part = |a: &Action| a.id == *id || kinds::of(&a.id).holds_data() && is_parent(id, &a.id);
                    hard.extend(actions.iter().enumerate().filter(|(_, a)| comes(a) && part(a)).map(|(p, _)| (p, i)));
                    let builds = |a: &Action| comes(a) && context.target(&a.id).is_some_and(|o| o.needs.contains(id));
                    let link = |a: &(usize, &Action)| kinds::of(id).joins() && builds(a.1);
                    hard.extend(actions.iter().enumerate().filter(link).map(|(b, _)| (i, b)));
                }
                Verb::Rename | Verb::Keep | Verb::Refill | Verb::Fill | Verb::Backfill => {}
                Verb::Owner | Verb::Grant | Verb::Comment | Verb::Label => {
                    hard.extend(at(Verb::Create, id).map(|c| (c, i)));
                    hard.extend(at(Verb::Alter, id).map(|c| (c, i)));
                    if action.verb != Verb::Owner {
                        hard.extend(at(Verb::Owner, id).map(|o| (o, i)));
                    }
                    // What is tied to a table gets the table's owner, and is tied then.
                    for owned in context.target(id).iter().flat_map(|o| &o.owned_by) {
                        hard.extend(at(Verb::Create, owned).map(|c| (c, i)));
                        hard.extend(context.relation_of(owned).and_then(|table| at(Verb::Owner, table)).map(|o| (o, i)));
                    }
                }
            }
        }
        hard.extend(families(context, actions, index));
        hard.extend(turns(context, actions));
        hard.extend(refills(context, actions, &hard));
        let last: Vec<usize> = (0..actions.len()).filter(|i| kinds::of(&actions[*i].id).comes_last()).collect();
        for l in &last {
            hard.extend((0..actions.len()).filter(|i| !last.contains(i)).map(|i| (i, *l)));
        }
        // A role goes when nothing names it any more.
        let goes = |a: &Action| a.verb == Verb::Drop && kinds::of(&a.id).is_role();
        for (i, _) in actions.iter().enumerate().filter(|(_, a)| goes(a)) {
            hard.extend((0..actions.len()).filter(|o| !goes(&actions[*o])).map(|o| (o, i)));
        }
        hard.retain(|(a, b)| a != b);
        hard.sort_unstable();
        hard.dedup();
        Edges { soft, hard }
    }
}

/// What leaves a table before what joins it: there may be room for one of them only.
fn turns(context: &Actions<'_>, actions: &[Action]) -> Vec<(usize, usize)> {
    let mut edges = Vec::new();
    let joined = |catalog: &Catalog, id: &Id| {
        let (_, parent) = catalog.get(id).and_then(|o| kinds::of(id).parent(id, o))?;
        parent.partition.then_some(parent.relation)
    };
    let links = || actions.iter().enumerate().filter(|(_, a)| kinds::of(&a.id).joins());
    let leaves = links().filter(|(_, a)| matches!(a.verb, Verb::Alter | Verb::Drop));
    for (i, left) in leaves.filter_map(|(i, a)| Some((i, joined(context.live, &a.id)?))) {
        let comes = links().filter(|(_, a)| matches!(a.verb, Verb::Create | Verb::Settle));
        edges.extend(comes.filter(|(_, a)| joined(context.desired, &a.id).as_ref() == Some(&left)).map(|(c, _)| (i, c)));
    }
    edges
}

/// Followers after their leaders, and everything that makes or unmakes parts of two tables while they are apart.
fn families(context: &Actions<'_>, actions: &[Action], index: &HashMap<(Verb, &Id), usize>) -> Vec<(usize, usize)> {
    let mut edges = Vec::new();
    let at = |verb, id: &Id| index.get(&(verb, id)).copied();
    for (id, leader) in &context.follow.leaders {
        for i in [Verb::Create, Verb::Alter].into_iter().filter_map(|v| at(v, id)) {
            if context.follow.taken_in.contains(id) {
                edges.extend(at(Verb::Create, leader).map(|l| (i, l)));
                continue;
            }
            // One of its own that takes all rows can only be there before a leader that spares them.
            let spares = |id: &Id| context.target(id).is_some_and(|o| kinds::of(id).spares_rows(o));
            if !actions[i].led && actions[i].verb == Verb::Create && spares(leader) {
                edges.extend(at(Verb::Create, leader).map(|l| (i, l)));
                continue;
            }
            edges.extend([Verb::Create, Verb::Alter, Verb::Drop].into_iter().filter_map(|v| Some((at(v, leader)?, i))));
            if actions[i].led {
                edges.extend(context.follow.links(id).filter_map(|l| Some((at(Verb::Create, l)?, i))));
            }
        }
        let Some(i) = at(Verb::Drop, id) else { continue };
        let needs = |wanted: &dyn Fn(&Id) -> bool| context.live.get(id).is_some_and(|o| o.needs.iter().any(wanted));
        // What goes with its table waits for nothing.
        let with_table = needs(&|n| is_parent(n, id) && at(Verb::Drop, n).is_some());
        if actions[i].led {
            edges.extend([Verb::Drop, Verb::Alter].into_iter().filter_map(|v| Some((i, at(v, leader)?))));
        } else if !with_table && !needs(&|n| n == leader) {
            edges.extend(at(Verb::Drop, leader).map(|l| (l, i)));
        }
    }
    let joins = |a: &Action| kinds::of(&a.id).joins() && matches!(a.verb, Verb::Create | Verb::Drop);
    let mut parts: HashMap<(&str, &str), Vec<usize>> = HashMap::new();
    if !actions.iter().any(joins) {
        return edges;
    }
    let own = |a: &Action| matches!(a.verb, Verb::Create | Verb::Alter | Verb::Drop) && !a.led && !kinds::of(&a.id).joins();
    for (i, action) in actions.iter().enumerate().filter(|(_, a)| a.id.parent.is_some() && own(a)) {
        parts.entry((action.id.schema(), action.id.parent())).or_default().push(i);
    }
    for (i, action) in actions.iter().enumerate().filter(|(_, a)| joins(a)) {
        let catalog = if action.verb == Verb::Drop { context.live } else { context.desired };
        let Some((child, parent)) = catalog.get(&action.id).and_then(|o| kinds::of(&action.id).parent(&action.id, o)) else {
            continue;
        };
        let object = context.target(&action.id);
        // Whether the child is made as one: it then has what its parents have by that time.
        let made = object.is_some_and(|o| {
            kinds::of(&action.id).folds(&action.id, o)
                && o.needs.iter().any(|n| is_parent(n, &action.id) && at(Verb::Create, n).is_some())
        });
        for (schema, table) in [&child, &parent.relation] {
            for part in parts.get(&(&**schema, &**table)).into_iter().flatten().copied() {
                let id = &actions[part].id;
                let kind = kinds::of(id);
                let follows = context.follow.leaders.contains_key(id)
                    || (*table == parent.relation.1
                        && context.target(id).is_some_and(|o| !kind.leaders(id, o, &child).is_empty()));
                if action.verb == Verb::Drop && follows {
                    edges.push((i, part));
                } else if action.verb == Verb::Create && follows && !kind.comes_by_attaching() {
                    let of_parent = (&**schema, &**table) == (&*parent.relation.0, &*parent.relation.1);
                    let spares = made && of_parent && context.target(id).is_some_and(|o| kind.spares_rows(o));
                    edges.push(if spares { (i, part) } else { (part, i) });
                }
            }
        }
    }
    edges
}

/// What is put aside is so before anything goes or changes. It comes back when all that bears it is there (the table, its columns,
/// its partitions), and before what would look at it as it comes or has to hold for all of it (triggers, foreign keys, indexes).
fn refills(context: &Actions<'_>, actions: &[Action], hard: &[(usize, usize)]) -> Vec<(usize, usize)> {
    let mut edges = Vec::new();
    let all = |verbs: &'static [Verb]| actions.iter().enumerate().filter(|(_, a)| verbs.contains(&a.verb));
    for (i, _) in all(&[Verb::Keep]) {
        edges.extend(all(&[Verb::Drop, Verb::Alter]).map(|(other, _)| (i, other)));
    }
    for (i, action) in all(&[Verb::Refill]) {
        let tables = context.follow.below(&action.id);
        let among = |id: &Id| {
            let own = id.parent.as_ref().unwrap_or(&id.name);
            id.schema.as_ref().is_some_and(|schema| tables.contains(&(schema.clone(), own.clone())))
        };
        let bears = |id: &Id| {
            let kind = kinds::of(id);
            let part = kind.holds_data() || kind.joins() || context.target(id).is_some_and(|o| kind.folds(id, o));
            *id == action.id || (part && among(id) && kinds::of(&action.id).holds_data())
        };
        let before: Vec<usize> = all(&[Verb::Create, Verb::Alter]).filter(|(_, a)| bears(&a.id)).map(|(b, _)| b).collect();
        edges.extend(before.iter().map(|b| (*b, i)));
        edges.extend(all(&[Verb::Owner]).filter(|(_, a)| a.id == action.id).map(|(o, _)| (i, o)));
        if !kinds::of(&action.id).holds_data() {
            continue;
        }
        let needed = all_before(&before, hard);
        let looks = |a: &Action| context.target(&a.id).is_some_and(|o| o.needs.iter().any(|n| n.parent.is_none() && among(n)));
        let after = all(&[Verb::Create, Verb::Alter]).filter(|(other, a)| !needed.contains(other) && looks(a));
        edges.extend(after.map(|(other, _)| (i, other)));
    }
    edges
}

/// These, and all that has to come before them.
fn all_before(these: &[usize], edges: &[(usize, usize)]) -> HashSet<usize> {
    let mut before: HashMap<usize, Vec<usize>> = HashMap::new();
    for (a, b) in edges {
        before.entry(*b).or_default().push(*a);
    }
    let mut out = HashSet::new();
    let mut open = these.to_vec();
    while let Some(i) = open.pop() {
        if out.insert(i) {
            open.extend(before.get(&i).into_iter().flatten());
        }
    }
    out
}

type Name = (&'static str, Option<Arc<str>>, Option<Arc<str>>, Arc<str>, Option<Arc<str>>);

/// The names that an object takes, in their name spaces.
fn names_of(id: &Id) -> Vec<Name> {
    let kind = kinds::of(id);
    let own = kind.namespace();
    let flat = |space| (space, id.schema.clone(), None, id.name.clone(), None);
    match own {
        // A relation's row type has its name too.
        "relation" if id.parent.is_none() => vec![flat("relation"), flat("type")],
        "relation" => vec![flat("relation")],
        "type" => vec![flat("type")],
        _ => {
            let mut names = vec![(own, id.schema.clone(), id.parent.clone(), id.name.clone(), id.args.clone())];
            if kind.owns_index() {
                names.push(flat("relation"));
            }
            names
        }
    }
}

/// What a routine's body names should be there before it, as far as that can be had.
fn soft(context: &Actions<'_>, actions: &[Action]) -> Vec<(usize, usize)> {
    let mut by_name: HashMap<&str, Vec<usize>> = HashMap::new();
    for (i, action) in actions.iter().enumerate().filter(|(_, a)| a.verb == Verb::Create && a.id.schema.is_some()) {
        by_name.entry(&action.id.name).or_default().push(i);
    }
    let mut edges = BTreeSet::new();
    for (i, action) in actions.iter().enumerate().filter(|(_, a)| matches!(a.verb, Verb::Create | Verb::Alter)) {
        let Some(text) = context.target(&action.id).and_then(|o| kinds::of(&action.id).loose_text(o)) else { continue };
        for (_, name) in lex::mentions(text) {
            edges.extend(by_name.get(name.as_str()).into_iter().flatten().filter(|c| **c != i).map(|c| (*c, i)));
        }
    }
    edges.into_iter().collect()
}

/// The action that this one can be part of.
fn fold_target(context: &Actions<'_>, actions: &[Action], index: &HashMap<(Verb, &Id), usize>, i: usize) -> Option<usize> {
    let action = &actions[i];
    let kind = kinds::of(&action.id);
    if action.led {
        let folds = action.verb == Verb::Create && action.drafts.is_empty() && !kind.comes_by_attaching();
        let parent = context.target(&action.id).filter(|_| folds)?.needs.iter().find(|n| is_parent(n, &action.id))?;
        return index.get(&(Verb::Create, parent)).copied();
    }
    match action.verb {
        Verb::Create => {
            let object = context.target(&action.id).filter(|o| kind.folds(&action.id, o))?;
            let created = |n: &&Id| index.contains_key(&(Verb::Create, *n));
            let parent = object.needs.iter().filter(created).find(|n| is_parent(n, &action.id));
            let sibling =
                || object.needs.iter().filter(created).find(|n| n.parent == action.id.parent && n.name == action.id.name);
            index.get(&(Verb::Create, parent.or_else(sibling)?)).copied()
        }
        Verb::Drop => {
            let object = context.live.get(&action.id)?;
            let dropped = |n: &&Id| index.contains_key(&(Verb::Drop, *n));
            let parent = object.needs.iter().filter(dropped).find(|n| is_parent(n, &action.id));
            let owner = || object.owned_by.iter().filter(dropped).find(|_| kind.goes_with_owner());
            let taken = || object.needs.iter().filter(dropped).find(|n| kinds::of(n).takes_along());
            index.get(&(Verb::Drop, parent.or_else(owner).or_else(taken)?)).copied()
        }
        _ => None,
    }
}

fn is_parent(candidate: &Id, id: &Id) -> bool {
    candidate.parent.is_none()
        && candidate.schema == id.schema
        && id.parent.as_deref() == Some(&*candidate.name)
        && matches!(kinds::of(candidate).namespace(), "relation" | "type")
}

fn condensed(count: usize, leader: &[usize], edges: &[(usize, usize)]) -> DiGraph<usize, ()> {
    let mut graph = DiGraph::with_capacity(count, edges.len());
    for i in 0..count {
        graph.add_node(i);
    }
    for (a, b) in edges {
        if leader[*a] != leader[*b] {
            graph.update_edge(NodeIndex::new(leader[*a]), NodeIndex::new(leader[*b]), ());
        }
    }
    graph
}

fn circles(count: usize, leader: &[usize], edges: &[(usize, usize)]) -> Vec<Vec<usize>> {
    tarjan_scc(&condensed(count, leader, edges))
        .into_iter()
        .filter(|c| c.len() > 1)
        .map(|c| c.into_iter().map(NodeIndex::index).collect())
        .collect()
}

/// Kahn's algorithm with a heap, so that the order depends on names and kinds alone. Where only soft edges hold everything up,
/// they are let go.
fn sorted(context: &Actions<'_>, actions: &[Action], leader: &[usize], edges: &Edges) -> Vec<Group> {
    let count = actions.len();
    let mut members: Vec<Vec<usize>> = vec![Vec::new(); count];
    for i in 0..count {
        if leader[i] != i {
            members[leader[i]].push(i);
        }
    }
    let distinct = |list: &[(usize, usize)]| -> BTreeSet<(usize, usize)> {
        list.iter().map(|(a, b)| (leader[*a], leader[*b])).filter(|(a, b)| a != b).collect()
    };
    let hard = distinct(&edges.hard);
    let soft: BTreeSet<(usize, usize)> = distinct(&edges.soft).difference(&hard).copied().collect();
    let mut waits = vec![(0usize, 0usize); count];
    let mut after: Vec<Vec<(usize, bool)>> = vec![Vec::new(); count];
    for (list, is_hard) in [(&hard, true), (&soft, false)] {
        for (a, b) in list {
            after[*a].push((*b, is_hard));
            if is_hard { waits[*b].0 += 1 } else { waits[*b].1 += 1 }
        }
    }
    let key = |i: usize| (rank(context, &actions[i]), &actions[i].id, i);
    let mut ready = BinaryHeap::new();
    let mut stalled: BTreeSet<(Rank<'_>, &Id, usize)> = BTreeSet::new();
    for i in (0..count).filter(|i| leader[*i] == *i && waits[*i].0 == 0) {
        if waits[i].1 == 0 {
            ready.push(Reverse(key(i)));
        } else {
            stalled.insert(key(i));
        }
    }
    let mut out = Vec::new();
    let mut done = vec![false; count];
    loop {
        let next = match ready.pop() {
            Some(Reverse((_, _, i))) => i,
            None => match stalled.pop_first() {
                Some((_, _, i)) => i,
                None => break,
            },
        };
        if std::mem::replace(&mut done[next], true) {
            continue;
        }
        for (b, is_hard) in &after[next] {
            if *is_hard {
                waits[*b].0 -= 1
            } else {
                waits[*b].1 = waits[*b].1.saturating_sub(1)
            }
            if waits[*b].0 == 0 && !done[*b] {
                if waits[*b].1 == 0 {
                    stalled.remove(&key(*b));
                    ready.push(Reverse(key(*b)));
                } else {
                    stalled.insert(key(*b));
                }
            }
        }
        out.push(Group { leader: next, members: std::mem::take(&mut members[next]) });
    }
    out
}

type Rank<'a> = (u8, usize, Option<&'a str>, Option<&'a str>, i64);

/// Renames first, then drops from the leaves up, then what is made, then what is said of it; siblings in their own order.
fn rank<'a>(context: &Actions<'_>, action: &'a Action) -> Rank<'a> {
    let kind = kinds::rank(action.id.kind);
    let (verb, kind) = match action.verb {
        Verb::Rename => (0, kind),
        Verb::Keep => (0, usize::MAX - kind),
        Verb::Drop => (1, usize::MAX - kind),
        Verb::Create | Verb::Alter | Verb::Settle | Verb::Refill | Verb::Fill | Verb::Backfill => (2, kind),
        Verb::Owner => (3, kind),
        Verb::Grant => (4, kind),
        Verb::Comment => (5, kind),
        Verb::Label => (6, kind),
    };
    let position = context.target(&action.id).map_or(0, |o| o.position);
    (verb, kind, action.id.schema.as_deref(), action.id.parent.as_deref(), position)
}

fn circle_error(actions: &[Action], circle: &[usize]) -> crate::diagnostic::Failure {
    let names: Vec<String> = circle.iter().map(|i| format!("{} {}", actions[*i].verb.name(), actions[*i].id)).collect();
    Diagnostic::error("circle", "the steps of this plan need each other in a circle")
        .note(names.join("; "))
        .help("this is a gap in trueup; please report it with the model")
        .into()
}
