//! Changes to steps in an order that works: the plan.
//!
//! `actions` decides what happens to each object, `graph` in which order; here the two become numbered steps in phases.

mod actions;
mod beside;
mod follow;
mod graph;
pub mod likely;
pub mod locks;
mod moved;
pub mod online;
pub mod rename;
pub mod schema;
pub mod stages;
pub mod step;

use std::collections::{BTreeMap, BTreeSet, HashSet};

use serde::{Deserialize, Serialize};

use actions::Actions;
pub use actions::{Verb, shown};
use likely::Likely;
use locks::Relations;
pub use moved::{fingerprint, moved, state};
use online::{Online, Terms};
use stages::WorkStep;
use step::{Draft, Hazard, Held, Lock, Touch, Transaction, Work};

use crate::catalog::read::Sizes;
use crate::catalog::{Catalog, Id, Object};
use crate::diagnostic::{Diagnostic, Result};
use crate::diff::Difference;
use crate::diff::rules::Ignored;
use crate::kinds;
use crate::preflight::Preflight;
use crate::proof::{Back, Proof};

/// The version of the plan file's form.
pub const PLAN_VERSION: u32 = 1;

/// One statement of a plan.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Step {
    /// Counted from 1.
    pub number: usize,
    /// The phase it belongs to, counted from 1.
    pub phase: usize,
    /// What it does.
    pub verb: String,
    /// The object, as an id.
    pub object: String,
    /// What else it does in the same statement.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub with: Vec<String>,
    /// The statement.
    pub sql: String,
    /// Its locks on relations that are there already, the strongest first; ACCESS SHARE goes without saying.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub locks: Vec<Held>,
    /// Its dangers.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub hazards: Vec<Hazard>,
    /// How many of the model's rows it writes, where it does.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub rows: Option<u64>,
    /// Whether it is part of a way that lets clients go on, in the place of a shorter one that does not.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub online: bool,
    /// The object whose `prevent_destroy` forbids it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub prevented_by: Option<String>,
    /// Where in the model it comes from: `file:line`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub origin: Option<String>,
}

impl Step {
    /// The strongest lock on a relation that is there already.
    pub fn lock(&self) -> Option<Lock> {
        self.locks.first().map(|h| h.lock)
    }

    /// The kind of its object; `None` in a plan of a newer trueup that has more of them.
    pub fn kind(&self) -> Option<&'static dyn kinds::Kind> {
        self.object.split_once(' ').and_then(|(word, _)| kinds::find(word))
    }
}

/// Neighbouring steps that share a transaction, or one step that cannot run in one.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Phase {
    /// Counted from 1.
    pub number: usize,
    /// Whether its steps run in one transaction.
    pub transaction: bool,
    /// The number of its first step and of its last.
    pub steps: (usize, usize),
}

/// A plan.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct Plan {
    /// The form of the file.
    pub version: u32,
    /// The database it was made for.
    pub database: String,
    /// The server's major version.
    pub major: u32,
    /// The role it will run as.
    pub role: String,
    /// A digest of the live catalog that it was made from.
    pub fingerprint: String,
    /// When the online road was taken, and which tables count as large.
    #[serde(default)]
    pub online: Online,
    /// What rules leave alone.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub ignored: Option<Ignored>,
    /// The statements in order.
    pub steps: Vec<Step>,
    /// Which of them share a transaction.
    pub phases: Vec<Phase>,
    /// What running it in the shadow has shown.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub proof: Option<Proof>,
    /// What goes and comes and may be meant as a rename.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub likely_renames: Vec<Likely>,
    /// What it will meet, as far as that was asked.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub preflight: Option<Preflight>,
    /// The way back that was proven.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub back: Option<Back>,
    /// The environment variables that hold the statements' secrets, by the digest that stands there for the value.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub secrets: BTreeMap<String, String>,
    /// A digest of each object of the live catalog, to tell what has moved since. Only a plan file holds it: [`Plan::file`].
    #[serde(default, skip_serializing)]
    pub state: BTreeMap<String, String>,
    /// What tells the database that it was made from, from all others ([`crate::pg::identity`]); a snapshot has none. Only a plan
    /// file holds it.
    #[serde(default, skip_serializing)]
    pub made_from: Option<String>,
}

impl Plan {
    /// The plan as the file that `apply --plan` reads.
    pub fn file(&self) -> String {
        let mut value = serde_json::to_value(self).unwrap_or_default();
        if let Some(identity) = &self.made_from {
            value["made_from"] = identity.clone().into();
        }
        value["state"] = serde_json::to_value(&self.state).unwrap_or_default();
        format!("{value:#}\n")
    }

    /// Whether there is nothing to do.
    pub fn is_empty(&self) -> bool {
        self.steps.is_empty()
    }

    /// The tables whose rows it looks at or writes again, and whose size nobody knows.
    pub fn unsized_tables(&self) -> impl Iterator<Item = &str> {
        let held = self.steps.iter().flat_map(|s| &s.locks);
        held.filter(|h| h.work != Work::None && h.size.is_none()).map(|h| h.table.as_str())
    }

    /// Forbids the steps that destroy what must not be destroyed: that drop it, or lose values of it or of its parts.
    pub fn prevent(&mut self, protected: &[Id]) {
        for step in &mut self.steps {
            let loses = step.hazards.contains(&Hazard::DataLoss);
            let path = step.object.split_once(' ').map_or("", |(_, path)| path);
            let destroys = |id: &&Id| {
                let part = || id.parent.is_none() && path.strip_prefix(&id.own_path()).is_some_and(|rest| rest.starts_with('.'));
                if step.object == id.to_string() { loses || step.verb == Verb::Drop.name() } else { loses && part() }
            };
            step.prevented_by = protected.iter().find(destroys).map(ToString::to_string);
        }
    }

    /// The steps with a hazard that is refused unless it is allowed, and those that `prevent_destroy` forbids.
    pub fn refused<'a>(&'a self, allowed: &'a [String]) -> impl Iterator<Item = (&'a Step, Vec<Hazard>)> + 'a {
        // What the plan itself makes cannot be weaker than it was: that is told, not refused.
        let of = |verb: Verb| -> HashSet<&str> {
            self.steps.iter().filter(|s| s.verb == verb.name()).map(|s| s.object.as_str()).collect()
        };
        let (dropped, mut made) = (of(Verb::Drop), of(Verb::Create));
        made.retain(|object| !dropped.contains(object));
        self.steps.iter().filter_map(move |step| {
            let large = step.locks.iter().any(|l| l.work != Work::None && self.online.is_large(l.size));
            let stops = |h: Hazard| match h {
                Hazard::WeakensSecurity => !made.contains(step.object.as_str()),
                _ if h.refused_on_large() => large,
                _ => h.refused_by_default(),
            };
            let refused: Vec<Hazard> =
                step.hazards.iter().copied().filter(|h| stops(*h) && !permits(allowed, *h, step)).collect();
            (!refused.is_empty() || step.prevented_by.is_some()).then_some((step, refused))
        })
    }

    /// Puts statements before everything else: roles that others name, renames that others build on.
    /// `live` is the live side before them, `then` after them.
    pub fn prepend(&mut self, first: Vec<(Verb, Id, Draft)>, live: &Catalog, then: &Catalog, sizes: &Sizes) {
        if first.is_empty() {
            return;
        }
        let n = first.len();
        for step in &mut self.steps {
            step.number += n;
        }
        let mut relations = Relations::new(live, live, sizes);
        relations.also(then);
        let steps = first.into_iter().enumerate().map(|(i, (verb, id, draft))| {
            if verb == Verb::Rename {
                relations.called(&id);
            }
            let locks = relations.held(&id, &draft.touches);
            relations.done(verb, &id);
            Step {
                number: i + 1,
                phase: 1,
                verb: verb.name().into(),
                object: id.to_string(),
                with: Vec::new(),
                sql: draft.sql,
                hazards: all_hazards(draft.hazards, &locks),
                locks,
                rows: None,
                online: false,
                prevented_by: None,
                origin: None,
            }
        });
        self.steps.splice(0..0, steps);
        for phase in &mut self.phases {
            phase.steps.0 += n;
            phase.steps.1 += n;
        }
        match self.phases.first_mut().filter(|p| p.transaction) {
            Some(phase) => phase.steps.0 = 1,
            None => {
                self.phases.iter_mut().for_each(|p| p.number += 1);
                self.steps[n..].iter_mut().for_each(|s| s.phase += 1);
                self.phases.insert(0, Phase { number: 1, transaction: true, steps: (1, n) });
            }
        }
    }

    /// The plan's statements as people read them: of what they depend on only what is most easily seen.
    pub fn sql(&self) -> String {
        let mut text = String::from("SET check_function_bodies = off;\nSET search_path = '';\n");
        for phase in &self.phases {
            if phase.transaction {
                text.push_str("BEGIN;\n");
            }
            for step in &self.steps[phase.steps.0 - 1..phase.steps.1] {
                text.push_str(&step.sql);
                text.push_str(";\n");
            }
            if phase.transaction {
                text.push_str("COMMIT;\n");
            }
        }
        text
    }
}

/// Whether `all`, `hazard` or `hazard:object` is among what is allowed.
pub(crate) fn permits(allowed: &[String], hazard: Hazard, step: &Step) -> bool {
    allowed.iter().any(|a| match a.split_once(':') {
        None => a == "all" || a == hazard.name(),
        Some((name, pattern)) => {
            let path = step.object.split_once(' ').map_or("", |(_, p)| p);
            let short = path.split_once('.').map_or(path, |(_, rest)| rest);
            name == hazard.name() && (crate::diff::scope::glob(pattern, path) || crate::diff::scope::glob(pattern, short))
        }
    })
}

/// Makes the plan that turns `live` into `desired` as far as `differences` say, with nothing known of the tables' sizes.
///
/// `origin` tells where in the model an object stands, as `file:line`.
///
/// # Errors
/// What the plan needs and neither side has; an attribute without a rule; a circle.
pub fn plan(
    live: &Catalog,
    desired: &Catalog,
    differences: &[Difference],
    origin: impl Fn(&Id) -> Option<String>,
) -> Result<Plan> {
    plan_on(&Terms::default(), live, desired, differences, origin)
}

/// As [`plan`], on terms.
///
/// # Errors
/// As [`plan`].
pub fn plan_on(
    terms: &Terms,
    live: &Catalog,
    desired: &Catalog,
    differences: &[Difference],
    origin: impl Fn(&Id) -> Option<String>,
) -> Result<Plan> {
    let halves = stages::halves(live, desired, differences, &terms.work);
    let between = halves.between.as_ref();
    let mut plan = Plan {
        version: PLAN_VERSION,
        database: live.source.database.clone(),
        major: live.source.major(),
        role: live.source.role.clone(),
        fingerprint: fingerprint(live),
        online: terms.online,
        state: state(live),
        ..Plan::default()
    };
    let mut relations = Relations::new(live, desired, &terms.sizes);
    let mut drafts = drafted(live, between.unwrap_or(desired), &halves.early, &relations, &terms.online)?;
    let of_work = |w: &WorkStep| Drafted {
        verb: w.verb,
        id: w.id.clone(),
        with: w.with.iter().map(ToString::to_string).collect(),
        draft: w.draft.clone(),
        beside: false,
        rows: w.rows,
        origin: Some(w.origin.clone()),
    };
    drafts.extend(terms.work.steps.iter().map(of_work));
    if let Some(between) = between {
        drafts.extend(drafted(between, desired, &halves.late, &relations, &terms.online)?);
    }
    let there: HashSet<String> = live.objects.keys().filter(|id| id.parent.is_none()).map(Id::own_path).collect();
    let mut cut = Cut::default();
    for Drafted { verb, id, with, draft, beside, rows, origin: own } in drafts {
        let path = if id.parent.is_some() { id.parent_path() } else { id.own_path() };
        let existing = relations.has(&id) || there.contains(&path);
        cut.throughout |= draft.transaction == Transaction::Throughout;
        let (road, with_road) =
            match draft.online.as_ref().filter(|_| !cut.throughout && relations.takes(&id, &draft, &terms.online)) {
                Some(road) => (road.drafts.clone(), true),
                None => (vec![draft], beside),
            };
        for (i, draft) in road.into_iter().enumerate() {
            let locks = relations.held(&id, &draft.touches);
            let number = plan.steps.len() + 1;
            let phase = cut.place(draft.transaction, &locks, &terms.online);
            let transaction = draft.transaction != Transaction::Alone;
            match plan.phases.last_mut().filter(|p| p.number == phase) {
                Some(last) => last.steps.1 = number,
                None => plan.phases.push(Phase { number: phase, transaction, steps: (number, number) }),
            }
            // What the plan itself makes is nobody's yet.
            let hazards = draft.hazards.into_iter().filter(|h| existing || *h != Hazard::BreaksClients);
            plan.steps.push(Step {
                number,
                phase,
                verb: verb.name().to_string(),
                object: id.to_string(),
                with: if i == 0 { with.clone() } else { Vec::new() },
                sql: for_database(&id, draft.sql, &live.source.database),
                hazards: all_hazards(hazards.chain((!transaction).then_some(Hazard::NotTransactional)), &locks),
                locks,
                online: with_road,
                rows,
                prevented_by: None,
                origin: own.clone().or_else(|| origin(&id)),
            });
        }
        relations.done(verb, &id);
    }
    Ok(plan)
}

/// A statement before it has a number.
struct Drafted {
    verb: Verb,
    id: Id,
    with: Vec<String>,
    draft: Draft,
    /// Whether it is part of making something anew beside what is there.
    beside: bool,
    rows: Option<u64>,
    origin: Option<String>,
}

/// The statements from one catalog to another, in an order that works.
fn drafted(
    live: &Catalog,
    desired: &Catalog,
    differences: &[Difference],
    relations: &Relations<'_>,
    online: &Online,
) -> Result<Vec<Drafted>> {
    let mut context = Actions::new(live, desired);
    context.take(differences)?;
    let mut actions = context.actions();
    let groups = graph::order(&context, &actions)?;
    let beside = beside::roads(&context, &actions, relations, online);
    let mut drafts = Vec::new();
    for group in &groups {
        let members: Vec<Id> = group.members.iter().filter(|m| !actions[**m].led).map(|m| actions[*m].id.clone()).collect();
        // What goes or comes in the same statement locks what it would lock by itself.
        let folded_touches: Vec<Touch> = group
            .members
            .iter()
            .flat_map(|m| &actions[*m].drafts)
            .flat_map(|d| &d.touches)
            .filter(|t| t.on.is_some())
            .cloned()
            .collect();
        let action = &mut actions[group.leader];
        if action.verb == Verb::Create
            && !action.led
            && let Some(object) = context.target(&action.id)
        {
            let folded: Vec<(&Id, &Object)> = members.iter().filter_map(|m| Some((m, context.target(m)?))).collect();
            let free = context.untied(&action.id, object).map(|(free, _)| free);
            let kind = kinds::of(&action.id);
            action.drafts = kind.create(&action.id, free.as_ref().unwrap_or(object), &folded);
            if let (Some(first), Some(road)) = (action.drafts.first_mut(), kind.online(&action.id, object, live, desired)) {
                first.online = Some(road);
            }
        }
        let taken = beside.take(action);
        let with: Vec<String> =
            if action.verb == Verb::Create { members.iter().map(ToString::to_string).collect() } else { Vec::new() };
        for (i, mut draft) in action.drafts.drain(..).enumerate() {
            if i == 0 {
                draft.touches.extend(folded_touches.iter().cloned());
            }
            drafts.push(Drafted {
                verb: action.verb,
                id: action.id.clone(),
                with: if i == 0 { with.clone() } else { Vec::new() },
                draft,
                beside: taken,
                rows: None,
                origin: None,
            });
        }
    }
    Ok(drafts)
}

/// Where phases end.
#[derive(Default)]
struct Cut {
    /// The phase of the last step.
    phase: usize,
    /// Whether another step may join it.
    open: bool,
    /// Whether something is held that must not be let go.
    throughout: bool,
    /// The large tables on which it holds a lock that keeps others waiting.
    busy: BTreeSet<String>,
}

impl Cut {
    /// The phase of the next step: steps share one, unless they cannot, or would keep those who want one large table waiting for
    /// what is done to another.
    fn place(&mut self, transaction: Transaction, locks: &[Held], online: &Online) -> usize {
        let strong = locks.iter().filter(|h| h.lock.blocks_writes() && online.matters(h.size));
        let strong: BTreeSet<String> = strong.map(|h| h.table.clone()).collect();
        let crowded = !self.throughout && !self.busy.is_empty() && !strong.is_subset(&self.busy);
        let apart = matches!(transaction, Transaction::Alone | Transaction::Apart);
        if !self.open || apart || crowded {
            self.phase += 1;
            self.busy.clear();
        }
        self.busy.extend(strong);
        self.open = matches!(transaction, Transaction::Together | Transaction::Throughout);
        self.phase
    }
}

/// The dangers that a kind has named and those that follow from locks, the gravest first.
fn all_hazards(named: impl IntoIterator<Item = Hazard>, locks: &[Held]) -> Vec<Hazard> {
    let mut all: Vec<Hazard> = named.into_iter().chain(step::hazards_of(locks)).collect();
    all.sort_unstable();
    all.dedup();
    all
}

/// A statement with the database's name in it, where it needs that.
fn for_database(id: &Id, sql: String, database: &str) -> String {
    if !kinds::of(id).names_database() {
        return sql;
    }
    let stands = format!("DATABASE {}", kinds::THIS_DATABASE);
    sql.replacen(&stands, &format!("DATABASE {}", crate::sql::ident(database)), 1)
}

/// What the desired objects of a plan need that the live side lacks and the plan does not bring.
pub fn missing(live: &Catalog, desired: &Catalog, differences: &[Difference]) -> Missing {
    let mut missing = Missing::default();
    let brought: HashSet<&Id> = differences.iter().filter(|d| matches!(d, Difference::Add { .. })).map(Difference::id).collect();
    for difference in differences.iter().filter(|d| !matches!(d, Difference::Remove { .. })) {
        let id = difference.id();
        let Some(object) = desired.get(id) else { continue };
        for need in &object.needs {
            if live.get(need).is_none() && !brought.contains(need) {
                // A table that is not there says it for its columns and keys.
                let of = |t: &&Id| t.parent.is_none() && t.schema == need.schema && need.parent.as_deref() == Some(&*t.name);
                let table = need.parent.as_ref().and_then(|_| desired.objects.keys().find(of)).filter(|t| live.get(t).is_none());
                let users = missing.objects.entry(table.unwrap_or(need).clone()).or_default();
                if !users.contains(id) {
                    users.push(id.clone());
                }
            }
        }
        let grantees = object.privileges.iter().flat_map(|p| p.grantees());
        let named = kinds::of(id).roles(object).into_iter().chain(object.owner.as_deref()).chain(grantees);
        let made = |role: &str| brought.iter().any(|id| kinds::of(id).is_role() && *id.name == *role);
        for role in named.filter(|r| !made(r)).filter(|r| *r != "public" && !r.starts_with("pg_") && !live.roles.contains(*r)) {
            missing.roles.entry(role.to_string()).or_default().push(id.clone());
        }
    }
    missing
}

/// What a plan needs and the live side lacks.
#[derive(Debug, Default)]
pub struct Missing {
    /// Objects, with those that need them.
    pub objects: BTreeMap<Id, Vec<Id>>,
    /// Roles, with the objects that name them.
    pub roles: BTreeMap<String, Vec<Id>>,
}

impl Missing {
    /// The errors that name them.
    pub fn diagnostics(&self) -> Vec<Diagnostic> {
        let users = |ids: &[Id]| {
            let more = ids.len().saturating_sub(3);
            let list = ids.iter().take(3).map(ToString::to_string).collect::<Vec<_>>().join(", ");
            if more > 0 { format!("{list} and {more} more") } else { list }
        };
        // A constraint of a table that is not there needs no words of its own: one message for a table, whatever is needed of it.
        let told = |id: &Id| {
            id.parent.is_some() && self.objects.range(..id).any(|(o, _)| o.parent == id.parent && o.schema == id.schema)
        };
        let objects = self.objects.iter().filter(|(id, _)| !told(id)).map(|(id, by)| {
            Diagnostic::error("missing-on-live", format!("the live database lacks {id}"))
                .note(format!("needed by {}", users(by)))
                .help("it is provided or outside of what is managed: create it there first, or use `apply --with-provided` on a scratch database")
        });
        let roles = self.roles.iter().map(|(role, by)| {
            Diagnostic::error("missing-role", format!("the live server has no role `{role}`"))
                .note(format!("named by {}", users(by)))
                .help(format!(
                    "create it there (`CREATE ROLE {}`), or use `apply --with-provided` on a scratch database",
                    crate::sql::ident(role)
                ))
        });
        objects.chain(roles).collect()
    }
}
