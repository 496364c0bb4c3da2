//! A failing pair made small: whatever can go while it still fails in the same way, goes.

use std::collections::BTreeSet;
use std::time::{Duration, Instant};

use super::model::{Key, Model};
use super::rig::{End, Rig};

/// The smallest pair found in so much time that fails at the same stage.
pub fn shrink(rig: &mut Rig, a: &Model, b: &Model, stage: &str, patience: Duration) -> (Model, Model) {
    let mut best = (a.clone(), b.clone());
    let until = Instant::now() + patience;
    let mut fails = |pair: &(Model, Model)| {
        Instant::now() < until && matches!(rig.check(&pair.0.yaml(), &pair.1.yaml()), End::Failed(s, _) if s == stage)
    };
    loop {
        let before = best.clone();
        // What differs and need not.
        let differing =
            |p: &(Model, Model)| -> Vec<Key> { keys(p).into_iter().filter(|k| p.0.nodes.get(k) != p.1.nodes.get(k)).collect() };
        chunks(&mut best, differing, &mut fails, |pair, some| {
            for key in some {
                match pair.0.nodes.get(key) {
                    Some(node) => pair.1.nodes.insert(*key, node.clone()),
                    None => pair.1.nodes.remove(key),
                };
            }
        });
        chunks(
            &mut best,
            |p| keys(p).into_iter().rev().collect(),
            &mut fails,
            |pair, some| {
                for key in some {
                    pair.0.nodes.remove(key);
                    pair.1.nodes.remove(key);
                }
            },
        );
        // Single fields, in both.
        let fields = |p: &(Model, Model)| {
            let mut all = BTreeSet::new();
            for model in [&p.0, &p.1] {
                all.extend(model.nodes.iter().flat_map(|(k, n)| n.fields.iter().filter(|f| !f.vital).map(|f| (*k, f.name))));
            }
            all.into_iter().collect::<Vec<_>>()
        };
        chunks(&mut best, fields, &mut fails, |pair, some| {
            for (key, name) in some {
                for model in [&mut pair.0, &mut pair.1] {
                    if let Some(node) = model.nodes.get_mut(key) {
                        node.fields.retain(|f| f.name != *name);
                    }
                }
            }
        });
        if best == before || Instant::now() > until {
            return best;
        }
    }
}

fn keys(pair: &(Model, Model)) -> BTreeSet<Key> {
    pair.0.nodes.keys().chain(pair.1.nodes.keys()).copied().collect()
}

/// Takes away halves, then quarters, down to single ones.
fn chunks<T: Clone + PartialEq>(
    best: &mut (Model, Model),
    items: impl Fn(&(Model, Model)) -> Vec<T>,
    fails: &mut impl FnMut(&(Model, Model)) -> bool,
    take: impl Fn(&mut (Model, Model), &[T]),
) {
    let mut size = items(best).len().div_ceil(2);
    while size > 0 {
        let mut at = 0;
        loop {
            let all = items(best);
            if at >= all.len() {
                break;
            }
            let some = &all[at..(at + size).min(all.len())];
            let mut pair = best.clone();
            take(&mut pair, some);
            pair.0.prune();
            pair.1.prune();
            if pair != *best && fails(&pair) {
                *best = pair;
            } else {
                at += size;
            }
        }
        size = if size == 1 { 0 } else { size / 2 };
    }
}
