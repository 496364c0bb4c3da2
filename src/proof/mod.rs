//! The proof of a plan: it is run in the shadow, on the live catalog rebuilt there, and so is its way back.
//!
//! The replica holds what the live side has, and made-up rows in the tables that the plan touches. The plan runs on it as the role
//! that will apply it, step by step; what is read back must be what is desired, the rows must be there, and what lies outside of the
//! plan's scope must be as it was. Then the plan back to the live catalog is made and run, and must arrive there.
//!
//! What a shadow cannot have (another role's passwords, a publisher to connect to, the data itself) is not proven, and said.

pub mod queries;
mod replica;
mod rows;
mod way;

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use crate::catalog::read::Sizes;
use crate::catalog::{Catalog, Id};
use crate::diagnostic::Result;
use crate::diff::scope::Scope;
use crate::diff::{self, Difference};
use crate::kinds;
use crate::plan::rename::{self, Rename};
use crate::plan::{self, Phase, Plan, Step, Verb};
use crate::shadow::Request;
use replica::Replica;
use rows::{Claims, Seeds};

/// What is to be proven.
#[derive(Debug, Clone, Copy)]
pub struct Claim<'a> {
    /// The plan.
    pub plan: &'a Plan,
    /// The live side, before renames.
    pub live: &'a Catalog,
    /// What it is to become.
    pub desired: &'a Catalog,
    /// What of it counts.
    pub scope: &'a Scope,
    /// The renames that the plan begins with.
    pub renames: &'a [Rename],
    /// The shadow that `desired` was built in.
    pub request: &'a Request,
}

/// How far a proof went.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Verdict {
    /// It was done and arrived.
    Proven,
    /// It was done and went wrong.
    Failed,
    /// It could not be tried.
    #[default]
    NotProven,
}

/// What is wrong with a plan, or with the way back.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Problem {
    /// The step that shows it, where one does.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub step: Option<usize>,
    /// Whether it is on the way back.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub reverse: bool,
    /// In words.
    pub what: String,
}

/// The result of proving a plan.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Proof {
    /// Whether the plan leads from live to desired.
    pub forward: Verdict,
    /// Whether its reverse leads back.
    pub reverse: Verdict,
    /// How many tables had rows and kept what no step says that it loses.
    pub tables_kept: usize,
    /// Touched tables for which no rows could be made, with the reason.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub without_rows: Vec<String>,
    /// What went wrong.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub problems: Vec<Problem>,
    /// What the proof does not cover.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub not_covered: Vec<String>,
}

impl Proof {
    /// A proof that could not be tried.
    pub fn none(why: impl Into<String>) -> Proof {
        Proof { not_covered: vec![why.into()], ..Proof::default() }
    }

    /// Whether something is known to be wrong with the plan itself.
    pub fn failed(&self) -> bool {
        self.forward == Verdict::Failed
    }

    fn wrong(&mut self, step: Option<usize>, what: impl Into<String>) {
        self.problems.push(Problem { step, reverse: false, what: what.into() });
    }

    /// In a few words: `converges, 12 tables keep their rows, reverse proven`.
    pub fn words(&self) -> String {
        let mut parts = vec![match self.forward {
            Verdict::Proven => "converges".to_string(),
            Verdict::Failed => "FAILED".to_string(),
            Verdict::NotProven => "not proven".to_string(),
        }];
        if self.forward == Verdict::Proven {
            if self.tables_kept > 0 {
                let keep = if self.tables_kept == 1 { "keeps its rows" } else { "keep their rows" };
                parts.push(format!("{} {keep}", crate::report::count(self.tables_kept, "table", "tables")));
            }
            parts.push(
                match self.reverse {
                    Verdict::Proven => "reverse proven",
                    Verdict::Failed => "reverse FAILED",
                    Verdict::NotProven => "reverse not proven",
                }
                .to_string(),
            );
        }
        parts.join(", ")
    }
}

/// A proof, and the way back that it found.
#[derive(Debug, Default)]
pub struct Proven {
    /// The verdict.
    pub proof: Proof,
    /// The steps back, when they were proven.
    pub back: Option<Back>,
}

/// The way back from a plan.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct Back {
    /// The statements in order.
    pub steps: Vec<Step>,
    /// Which of them share a transaction.
    pub phases: Vec<Phase>,
}

/// Proves a plan.
///
/// # Errors
/// No server to be had. What is wrong with the plan is no error but the result.
pub async fn prove(claim: &Claim<'_>) -> Result<Proven> {
    let shadow = crate::shadow::Shadow::start(claim.request).await?;
    if shadow.is_foreign() {
        return Ok(Proven {
            proof: Proof::none("the shadow is on a server of others: plans are proven on one of trueup's own"),
            back: None,
        });
    }
    // Rows that do not fit what the plan adds say nothing of the plan: it is tried again without them.
    let mut without = BTreeSet::new();
    for attempt in 0.. {
        let replica = match Replica::build(&shadow, &format!("proof_{attempt}"), claim).await {
            Ok(replica) => replica,
            Err(failure) => {
                let why = format!("the live side could not be rebuilt in the shadow ({})", words(&failure));
                return Ok(Proven { proof: Proof::none(why), back: None });
            }
        };
        match attempt_on(&replica, claim, &without).await? {
            Attempt::Rows(table) if attempt < ATTEMPTS && without.insert(table.clone()) => {}
            Attempt::Rows(_) if without.insert(rows::ALL.to_string()) => {}
            Attempt::Rows(_) => return Ok(Proven { proof: Proof::none("no rows fit what the plan adds"), back: None }),
            Attempt::Done(proven) => return Ok(*proven),
        }
    }
    Ok(Proven::default())
}

/// Whether the shadow can show it.
fn compared(id: &Id) -> bool {
    !kinds::of(id).as_written() && !kinds::of(id).acts_by_itself()
}

/// How often a plan is tried, each time with rows in one table less.
const ATTEMPTS: usize = 5;

enum Attempt {
    /// The rows of this table stopped the plan.
    Rows(String),
    /// It went to its end, good or bad.
    Done(Box<Proven>),
}

/// What is wrong first, in one line.
fn words(failure: &crate::diagnostic::Failure) -> String {
    let first = failure.diagnostics.first();
    let what = first.map(|d| d.message.clone()).unwrap_or_default();
    let note = first.and_then(|d| d.notes.first()).map(|n| format!(": {n}")).unwrap_or_default();
    format!("{what}{note}")
}

async fn attempt_on(replica: &Replica<'_>, claim: &Claim<'_>, without: &BTreeSet<String>) -> Result<Attempt> {
    let mut proof = Proof { not_covered: replica.not_covered(claim), ..Proof::default() };
    let seeds = Seeds::sow(&replica.session.superuser, claim, without).await?;
    let mut watch = way::Watch::new(&seeds);
    let gone = way::run(replica, claim.plan, &mut watch).await?;
    if let Some(table) = gone.failed.as_ref().and_then(|f| f.because_of_rows(&seeds)) {
        return Ok(Attempt::Rows(table));
    }
    proof.without_rows = seeds.without();
    proof.not_covered.extend(gone.not_covered);
    for (step, what) in gone.told {
        proof.wrong(Some(step), what);
    }
    if let Some(failed) = gone.failed {
        proof.forward = if failed.not_ours { Verdict::NotProven } else { Verdict::Failed };
        match failed.not_ours {
            true => proof.not_covered.push(format!("step {}: {}", failed.step, failed.what)),
            false => proof.wrong(Some(failed.step), failed.what),
        }
        return Ok(Attempt::Done(Box::new(Proven { proof, back: None })));
    }
    let claims = Claims::of(claim.plan);
    let kept = seeds.compare(&replica.session.superuser, claim.renames, &claims).await?;
    proof.tables_kept = kept.tables;
    for what in kept.lost {
        proof.wrong(None, what);
    }
    let after = replica.read().await?;
    for what in arrived(claim, &after).into_iter().chain(outside(claim, replica, &after)) {
        proof.wrong(None, what);
    }
    proof.forward = if proof.problems.is_empty() { Verdict::Proven } else { Verdict::Failed };
    let back = match proof.forward {
        Verdict::Proven => reverse(replica, claim, after, &mut proof).await?,
        _ => None,
    };
    Ok(Attempt::Done(Box::new(Proven { proof, back })))
}

/// What still differs from what is desired.
fn arrived(claim: &Claim<'_>, after: &Catalog) -> Vec<String> {
    let mut scope = claim.scope.clone().over(after, claim.desired);
    let left = scope.differences(after, claim.desired);
    let left: Vec<Difference> = left.into_iter().filter(|d| scope.holds(d.id()) && compared(d.id())).collect();
    named(&left, "differs from the model afterwards")
}

/// What the plan changed although it is none of its business.
fn outside(claim: &Claim<'_>, replica: &Replica<'_>, after: &Catalog) -> Vec<String> {
    let before = &replica.catalog;
    let renamed: BTreeSet<&Id> = claim.renames.iter().flat_map(|r| [&r.from, &r.to]).collect();
    let steps: BTreeSet<&str> =
        claim.plan.steps.iter().flat_map(|s| s.with.iter().chain([&s.object])).map(String::as_str).collect();
    // Texts follow what they name; what the plan takes away of its own will it says in its steps.
    let gone = before.objects.keys().filter(|id| compared(id) && !claim.scope.managed(id)).filter(|id| {
        let now = rename::after(claim.renames, id);
        !renamed.contains(&now) && after.get(&now).is_none() && !steps.contains(id.to_string().as_str())
    });
    let gone: Vec<Difference> = gone.map(|id| Difference::Remove { id: id.clone() }).collect();
    named(&gone, "is outside of what is managed, and gone afterwards")
}

/// How many objects of one sort are named before the rest is counted.
const NAMED: usize = 5;

fn named(differences: &[Difference], what: &str) -> Vec<String> {
    let mut out: Vec<String> = differences
        .iter()
        .take(NAMED)
        .map(|d| match d {
            Difference::Set { id, attrs } => {
                let names: Vec<String> = attrs
                    .iter()
                    .map(|a| format!("{}: {} instead of {}", a.name, plan::shown(&a.live), plan::shown(&a.desired)))
                    .collect();
                format!("{id} {what} ({})", names.join("; "))
            }
            Difference::Add { id } => format!("{id} {what} (it is missing)"),
            Difference::Remove { id } => format!("{id} {what}"),
        })
        .collect();
    if differences.len() > NAMED {
        out.push(format!("and {} more", differences.len() - NAMED));
    }
    out
}

/// Goes back to the live catalog, and says whether that arrives.
async fn reverse(replica: &Replica<'_>, claim: &Claim<'_>, after: Catalog, proof: &mut Proof) -> Result<Option<Back>> {
    let fail = |proof: &mut Proof, step: Option<usize>, what: String| {
        proof.reverse = Verdict::Failed;
        proof.problems.push(Problem { step, reverse: true, what });
    };
    let renames: Vec<Rename> = claim.renames.iter().rev().map(Rename::undone).collect();
    let mut from = after;
    let drafts: Vec<_> = renames.iter().filter_map(|r| Some((Verb::Rename, r.from.clone(), r.draft()?))).collect();
    for (_, id, draft) in drafts.iter().filter(|(_, id, _)| !kinds::of(id).acts_by_itself()) {
        if let Err(error) = replica.session.superuser.batch_execute(&draft.sql).await {
            fail(proof, None, format!("{id} cannot be given its former name: {}", crate::pg::sqlstate::server_message(&error)));
            return Ok(None);
        }
    }
    if !drafts.is_empty() {
        from = replica.read().await?;
    }
    from.source.database.clone_from(&claim.plan.database);
    // Roles too: what the way back grants to whom may have gone with the plan.
    let differences = diff::diff(&from, &replica.catalog, |id| !kinds::of(id).acts_by_itself());
    let mut plan = match plan::plan(&from, &replica.catalog, &differences, |_| None) {
        Ok(plan) => plan,
        Err(failure) => {
            fail(proof, None, format!("there is no way back ({})", words(&failure)));
            return Ok(None);
        }
    };
    let gone = way::run(replica, &plan, &mut way::Watch::default()).await?;
    if let Some(failed) = gone.failed {
        match failed.not_ours {
            true => proof.not_covered.push(format!("the way back, {}: {}", failed.object, failed.what)),
            false => fail(proof, Some(failed.step), format!("{}: {}", failed.object, failed.what)),
        }
        return Ok(None);
    }
    let arrived = replica.read().await?;
    let left = diff::diff(&arrived, &replica.catalog, compared);
    if left.is_empty() {
        proof.reverse = Verdict::Proven;
        plan.prepend(drafts, claim.desired, &from, &Sizes::new());
        return Ok(Some(Back { steps: plan.steps, phases: plan.phases }));
    }
    for what in named(&left, "differs from the live side after the way back") {
        fail(proof, None, what);
    }
    Ok(None)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_proven_in_words() {
        let mut proof = Proof { forward: Verdict::Proven, reverse: Verdict::Proven, tables_kept: 12, ..Proof::default() };
        assert_eq!(proof.words(), "converges, 12 tables keep their rows, reverse proven");
        (proof.reverse, proof.tables_kept) = (Verdict::NotProven, 1);
        assert_eq!(proof.words(), "converges, 1 table keeps its rows, reverse not proven");
        assert_eq!(Proof::none("why").words(), "not proven");
    }
}
