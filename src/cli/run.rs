//! Running a plan for a command: asking, the lock, the steps as they go, and what there is to say of the end.

use std::cell::Cell;
use std::time::{Duration, Instant};

use super::output;
use crate::apply;
use crate::diagnostic::{Diagnostic, Failure};
use crate::diff::Difference;
use crate::pg::Client;
use crate::plan::{Plan, shown};
use crate::record::{Recorder, State};
use crate::report::{self, count};

/// How long another apply is waited for.
pub struct Patience {
    wait: Option<Duration>,
    until: Cell<Option<Instant>>,
}

impl Patience {
    /// So long from the first refusal on; not at all without.
    pub fn new(wait: Option<Duration>) -> Self {
        Patience { wait, until: Cell::new(None) }
    }

    /// Until when, while that is not over.
    fn until(&self) -> Option<Instant> {
        let until = self.until.get().or_else(|| self.wait.map(|w| Instant::now() + w));
        self.until.set(until);
        until.filter(|until| Instant::now() < *until)
    }
}

/// How a run of a plan came out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Ran {
    /// Every step is done.
    All,
    /// None is: somebody else was there first, or the plan's time is over.
    Refused,
    /// None is: another apply was there, and has ended; or it has changed what the plan was made for.
    Waited,
}

/// Whether a hazard stops a plan, and says which.
pub fn refused(plan: &Plan, allowed: &[String]) -> bool {
    let mut names: Vec<&str> = plan.refused(allowed).flat_map(|(_, h)| h).map(|h| h.name()).collect();
    if let Some(by) = plan.steps.iter().find_map(|s| s.prevented_by.as_ref()) {
        output::note(&format!("refused: {by} must not be destroyed; to allow it take `prevent_destroy` out of the model"));
        return true;
    }
    if names.is_empty() {
        return false;
    }
    names.sort_unstable();
    names.dedup();
    output::note(&format!("refused: this plan needs --allow {}", names.join(",")));
    true
}

/// Whether somebody says yes.
pub fn agreed_to(auto_approve: bool) -> bool {
    if auto_approve {
        return true;
    }
    match output::ask("Run this plan? Only `yes` is a yes:") {
        Some(true) => return true,
        Some(false) => output::note("declined: nothing has been changed"),
        None => output::note("refused: there is no terminal to ask on; use --auto-approve"),
    }
    false
}

/// A plan with what runs it.
pub struct Job<'a> {
    /// The plan.
    pub plan: &'a Plan,
    /// The session that works.
    pub client: &'a Client,
    /// The session that holds the lock.
    pub lock: &'a Client,
    /// What comes before the first step.
    pub before: apply::Before<'a>,
    /// How long steps wait for locks.
    pub waits: apply::Waits,
    /// Whether another plan can be made for a database that has changed; a plan from a file is that plan.
    pub renewable: bool,
}

impl Job<'_> {
    /// Runs it.
    ///
    /// # Errors
    /// A step that the server refuses, and all else that is no refusal.
    pub async fn run(&self, recorder: &mut Recorder, patience: &Patience) -> Result<Ran, Failure> {
        let total = self.plan.steps.len();
        for who in apply::in_the_way(self.plan, self.client, &self.waits).await {
            output::note(&format!("in the way: {who}"));
        }
        let done = apply::apply(self.plan, self.client, self.lock, Some(&self.before), &self.waits, recorder, |step| {
            output::note(&format!("{:>4}/{total}  {}", step.number, report::plan::what(step)));
        })
        .await;
        let Err(failure) = done else { return Ok(Ran::All) };
        let is = |code: &str| failure.diagnostics.iter().any(|d| d.code == code);
        if is("apply-running") && self.wait(patience).await? {
            return Ok(Ran::Waited);
        }
        if is("plan-stale") && self.renewable && patience.until().is_some() {
            output::note("somebody else has changed the database meanwhile: making the plan again");
            return Ok(Ran::Waited);
        }
        // Not an error of this run: somebody else was there first, the plan's time is over, or not come yet.
        if is("plan-stale") || is("another-database") || is("apply-running") || is("verify-before") {
            output::diagnostics(&failure.diagnostics);
            return Ok(Ran::Refused);
        }
        let message = failure.diagnostics.first().map(|d| {
            let lines = std::iter::once(&d.message).chain(&d.notes);
            lines.map(String::as_str).collect::<Vec<_>>().join("\n")
        });
        recorder.end(State::Failed, message.as_deref(), self.client).await;
        Err(failure)
    }

    /// Waits until no other apply runs; whether there is a reason to try again.
    async fn wait(&self, patience: &Patience) -> Result<bool, Failure> {
        let Some(until) = patience.until() else { return Ok(false) };
        output::note("another apply is running on this database: waiting for it");
        Ok(tokio::time::timeout_at(until.into(), apply::until_free(self.lock)).await.is_ok())
    }
}

/// Says how it ended: `arrived` when nothing is left that differs.
pub fn told(plan: &Plan, arrived: &str, recorder: &Recorder, left: &[Difference]) {
    if let Some(why) = recorder.told() {
        output::diagnostics(std::slice::from_ref::<Diagnostic>(why));
    }
    let record = recorder.number().map(|n| format!("; recorded as {n}")).unwrap_or_default();
    let steps = count(plan.steps.len(), "step", "steps");
    if left.is_empty() {
        output::result(&format!("applied {steps}; {arrived}{record}\n"));
        return;
    }
    output::result(&format!("applied {steps}; still different{record}:\n"));
    for difference in left {
        output::result(&format!("  {}\n", difference.id()));
        if let Difference::Set { attrs, .. } = difference {
            for a in attrs {
                output::result(&format!("      {}: {} -> {}\n", a.name, shown(&a.live), shown(&a.desired)));
            }
        }
    }
}
