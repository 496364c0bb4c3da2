//! Random pairs of models over all kinds, each carried there and back on a real server.
//!
//! A database is made from A and gets a row in every table; the plan to B is applied, then the plan back to A. After each the
//! next plan must be empty, and no row or value gone unless the plan said so; in the end the database must be the same by
//! `pg_dump -s` as it was when it was made from A at once.
//!
//! A pair is made from its seed alone. One that fails is made small and written to `target/tmp/random/SEED`, as a case without
//! its plan: it belongs into `tests/cases` once somebody knows what it is about.
//!
//! ```sh
//! cargo test --test all -- random                                      # a few
//! TRUEUP_PAIRS=1000 cargo test --test all -- random --nocapture        # many, of seeds that the time gives
//! TRUEUP_SEED=42 cargo test --test all -- random --nocapture           # this one; with TRUEUP_PAIRS, so many from it on
//! ```
//!
//! `TRUEUP_SHRINK` says how many seconds a failing pair may take to be made small.

mod families;
mod former;
mod generate;
mod model;
mod mutate;
mod rare;
mod relations;
mod rig;
mod rng;
mod rows;
mod shrink;

use std::collections::BTreeMap;
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant, SystemTime, UNIX_EPOCH};

use crate::support::{folder, major};
use generate::Gen;
use model::{Field, Key, Model, Node};
use rig::{End, Rig};

/// How many pairs are tried when nothing else is asked for. Their seeds never change: a change may not fail for a pair that has nothing to
/// do with it. New ones are looked for with `TRUEUP_PAIRS`.
const USUAL: u64 = 25;

/// The key of a database of which nothing is said; no other node has it.
const DATABASE: Key = 900_000;

fn number(variable: &str) -> Option<u64> {
    std::env::var(variable).ok().filter(|t| !t.is_empty()).map(|t| t.parse().unwrap_or_else(|_| panic!("{variable} is a number")))
}

/// Which seeds are tried.
fn seeds() -> Vec<u64> {
    let now = SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |d| d.as_secs() % 1_000_000_000);
    match (number("TRUEUP_SEED"), number("TRUEUP_PAIRS")) {
        (Some(seed), pairs) => (seed..seed + pairs.unwrap_or(1)).collect(),
        (None, Some(pairs)) => (now..now + pairs).collect(),
        (None, None) => (1..=USUAL).collect(),
    }
}

/// The pair of a seed.
fn pair(seed: u64) -> (Model, Model) {
    let (mut a, mut b) = two(seed);
    // What an extension makes has the default privileges of that moment, and nobody compares those.
    if [&a, &b].iter().any(|m| !m.all("extensions").is_empty()) {
        [&mut a, &mut b].into_iter().for_each(|m| m.nodes.retain(|_, n| n.sort != "default_privileges"));
    }
    // The database is compared where the model says something of it.
    if [&a, &b].iter().any(|m| !m.all("database").is_empty()) {
        for model in [&mut a, &mut b].into_iter().filter(|m| m.all("database").is_empty()) {
            model.nodes.insert(DATABASE, Node::new("database", ""));
        }
    }
    // A materialized view is filled by the owners of the views that it reads, who may not be allowed to; and no foreign table has
    // rows here.
    if [&a, &b].iter().any(|m| !m.all("materialized_views").is_empty()) {
        for model in [&mut a, &mut b] {
            model.nodes.values_mut().filter(|n| n.sort == "views").for_each(without_owner);
            model.nodes.retain(|_, n| n.sort != "foreign_tables");
            model.prune();
        }
    }
    families::add(seed, &mut a, &mut b);
    former::add(seed, &mut a, &mut b);
    (a, b)
}

/// Two models: mostly B is what has become of A, at times they have nothing to do with each other.
fn two(seed: u64) -> (Model, Model) {
    let mut a = Gen::new(seed, major());
    let size = a.rng.between(2, 40);
    a.grow(size);
    a.model.prune();
    let first = a.model.clone();
    if a.rng.percent(12) {
        let mut b = Gen::new(seed ^ 0xB0B0, major());
        b.grow(size);
        b.model.prune();
        return (without_owners(first), without_owners(b.model));
    }
    let most = a.rng.pick(&[2, 5, 10, 25]);
    let changes = a.rng.between(1, most);
    a.mutate(changes);
    owners(first, a.model)
}

/// A model that names no owner leaves the owner as it is. So that both ways give one result, what has an owner in one model
/// has one in the other.
fn owners(mut a: Model, mut b: Model) -> (Model, Model) {
    let has = |m: &Model, key: &Key| m.nodes.get(key).is_some_and(|n| n.field("owner").is_some());
    let keys: Vec<Key> = a.nodes.keys().chain(b.nodes.keys()).copied().collect();
    for key in keys {
        if has(&a, &key) != has(&b, &key) {
            for node in [&mut a, &mut b].into_iter().filter_map(|m| m.nodes.get_mut(&key)).filter(|n| n.field("owner").is_none())
            {
                node.fields.push(Field::words("owner", "postgres"));
            }
        }
    }
    (a, b)
}

fn without_owners(mut model: Model) -> Model {
    model.nodes.values_mut().for_each(without_owner);
    model
}

fn without_owner(node: &mut Node) {
    node.fields.retain(|f| f.name != "owner");
}

/// What has come of the pairs.
#[derive(Default)]
struct Tally {
    done: usize,
    invalid: usize,
    failed: Vec<String>,
    refused: BTreeMap<String, usize>,
    /// How many steps of each sort all plans had together: `alter column`.
    steps: BTreeMap<String, usize>,
}

impl Tally {
    fn told(&self) -> String {
        let fine = self.done - self.invalid - self.failed.len();
        format!("{} pairs: {fine} fine, {} no models, {} failed", self.done, self.invalid, self.failed.len())
    }
}

/// Tries one pair; a failing one is made small and written down.
fn tried(rig: &mut Rig, seed: u64, patience: Duration, tally: &Mutex<Tally>) {
    let (mut a, mut b) = pair(seed);
    if seed.is_multiple_of(2) {
        std::mem::swap(&mut a, &mut b);
    }
    let end = rig.check(&a.yaml(), &b.yaml());
    let failed = match &end {
        End::Failed(stage, why) => {
            println!("seed {seed} failed at {stage}:\n{}", gist(why));
            let (a, b) = shrink::shrink(rig, &a, &b, stage, patience);
            let message = if let End::Failed(_, why) = rig.check(&a.yaml(), &b.yaml()) { why } else { why.clone() };
            let (before, after) = (a.yaml(), b.yaml());
            let files = [("before.yaml", &before), ("after.yaml", &after), ("why.txt", &message)].map(|(n, t)| (n, t.as_bytes()));
            let path = folder(&format!("random/{seed}"), &files);
            Some(format!("seed {seed} at {stage}, in {}:\n{message}", path.display()))
        }
        _ => None,
    };
    let mut tally = tally.lock().expect("nobody panics with it");
    tally.done += 1;
    tally.failed.extend(failed);
    for (what, count) in std::mem::take(&mut rig.steps) {
        *tally.steps.entry(what).or_default() += count;
    }
    match end {
        End::RowsRefused(why) => *tally.refused.entry(gist(&why)).or_default() += 1,
        End::Invalid(why) => {
            tally.invalid += 1;
            println!("seed {seed} is no model: {}", gist(&why));
        }
        End::Fine | End::Failed(..) => {}
    }
    if tally.done.is_multiple_of(50) {
        println!("{}", tally.told());
    }
}

#[test]
fn random_pairs_arrive() {
    let seeds = seeds();
    let started = Instant::now();
    let patience = Duration::from_secs(number("TRUEUP_SHRINK").unwrap_or(120));
    // Few are one test among others, many are all there is to do.
    let jobs = if seeds.len() as u64 > USUAL { std::thread::available_parallelism().map_or(1, usize::from) } else { 1 };
    let (tally, next) = (Mutex::new(Tally::default()), AtomicUsize::new(0));
    std::thread::scope(|scope| {
        for job in 0..jobs {
            let (seeds, next, tally) = (&seeds, &next, &tally);
            scope.spawn(move || {
                let mut rig = Rig::new(&format!("pairs-{}-{job}", std::process::id()));
                while let Some(seed) = seeds.get(next.fetch_add(1, Ordering::Relaxed)) {
                    tried(&mut rig, *seed, patience, tally);
                }
            });
        }
    });
    let tally = tally.into_inner().expect("nobody panics with it");
    println!("{} in {:?}, from seed {}", tally.told(), started.elapsed(), seeds.first().unwrap_or(&0));
    for (what, count) in &tally.refused {
        println!("{count:>5}  rows refused: {what}");
    }
    let steps: Vec<String> = tally.steps.iter().map(|(what, count)| format!("{count} {what}")).collect();
    println!("steps between A and B: {}", steps.join(", "));
    assert!(tally.failed.is_empty(), "\n{}\nTRUEUP_SEED=N tries one again", tally.failed.join("\n\n"));
    let invalid = tally.invalid;
    assert!(invalid * 4 <= seeds.len(), "{invalid} of {} pairs were no models: the generator is to be put right", seeds.len());
}

/// The first lines of a message.
fn gist(message: &str) -> String {
    message.lines().filter(|l| !l.trim().is_empty()).take(6).collect::<Vec<_>>().join(" | ")
}

#[test]
fn a_seed_gives_the_same_pair() {
    for seed in 1..20 {
        let (a, b) = pair(seed);
        assert_eq!((a.yaml(), b.yaml()), { (pair(seed).0.yaml(), pair(seed).1.yaml()) });
    }
}

/// The kinds that pairs do not have, and why.
const NOT_MADE: &[(&str, &str)] = &[
    ("role", "belongs to the server, which all pairs share"),
    ("membership", "belongs to the server, which all pairs share"),
    ("parameter", "belongs to the server, which all pairs share"),
];

/// What stands for the kinds that have no section of their own: a sort of node, and a field that it has then.
const WITHIN: &[(&str, &str, &str)] = &[
    ("default", "columns", "+default"),
    ("parent_table", "tables", "partition_of"),
    ("published table", "published_table", "+"),
    ("published schema", "publications", "schemas"),
    ("view_column", "view_column", "comment"),
    ("attribute", "attribute", "comment"),
];

#[test]
fn pairs_have_every_kind() {
    let models: Vec<Model> = (1..400).flat_map(|seed| <[Model; 2]>::from(pair(seed))).collect();
    let there = |sort: &str, field: Option<&str>| {
        let is = |n: &Node| n.sort == sort && field.is_none_or(|f| n.field(f).is_some());
        models.iter().any(|m| m.nodes.values().any(is))
    };
    for kind in trueup::kinds::KINDS {
        let (name, label) = (kind.name(), kind.label().0);
        let within = WITHIN.iter().find(|(k, ..)| *k == name || *k == label);
        let made = match (within, kind.section()) {
            (Some((_, sort, field)), _) => there(sort, Some(field)),
            (None, Some(section)) => there(section.key, None),
            (None, None) => false,
        };
        let left_out = NOT_MADE.iter().any(|(k, _)| *k == name);
        assert!(made != left_out, "{name}: made {made}, left out on purpose {left_out}");
    }
}
