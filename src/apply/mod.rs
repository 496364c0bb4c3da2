//! Running a plan that can still be trusted.

mod before;
mod rights;
mod sessions;
mod stop;
mod waits;

use crate::catalog::{Catalog, read};
use crate::diagnostic::{Diagnostic, Failure, Result};
use crate::kinds::secret;
use crate::pg::{self, Client, sqlstate};
use crate::plan::{self, Phase, Plan, Step, fingerprint};
use crate::record::Recorder;
pub use before::Before;
use sessions::Sessions;
pub use sessions::{LOCK_KEY, until_free};
use stop::Moment;
pub use waits::{Waits, in_the_way};

/// Runs a plan, phase by phase.
///
/// `progress` is told of each step before it runs.
///
/// # Errors
/// Another apply holds the lock; a pooler that does not give what the plan needs; the database has changed since the plan was
/// made; the role may not do all of it; what the model wants to hold before does not; the command before it fails; a statement that the server refuses, with what has been done until then. A phase that fails is rolled back.
pub async fn apply(
    plan: &Plan,
    client: &Client,
    lock: &Client,
    before: Option<&Before<'_>>,
    waits: &Waits,
    record: &mut Recorder,
    mut progress: impl FnMut(&Step),
) -> Result<()> {
    let mut sessions = Sessions::of(client, lock);
    sessions.take_lock().await?;
    if plan.phases.iter().any(|p| !p.transaction) {
        sessions.must_be_our_own(plan).await?;
    }
    let now = read::read(client, client.major()).await?;
    same_database(plan, &now, client).await?;
    still_fits(plan, &now)?;
    rights::check(plan, &now, client).await?;
    // A secret that is missing is told before anything runs.
    secret::recall(&plan.secrets)?;
    for step in &plan.steps {
        filled(step)?;
    }
    if let Some(before) = before {
        record.verified(before.verify(client).await?, client).await;
        before.run().await?;
        if before.command.is_some() {
            // It may have taken hours.
            still_fits(plan, &read::read(client, client.major()).await?)?;
        }
    }
    record.begin(plan, client).await;
    record.must_hold(plan)?;
    for phase in &plan.phases {
        sessions.still_hold(phase)?;
        let mut tried = 0;
        while let Err(failed) = run_phase(plan, phase, client, waits, record, &mut progress).await {
            tried += 1;
            let Some(pause) = waits.pause(tried).filter(|_| failed.locked_out && phase.transaction) else {
                return Err(failed.failure);
            };
            tokio::time::sleep(pause).await;
            sessions.still_hold(phase)?;
        }
    }
    // Everything is done; a lock that cannot be given back goes with its session.
    let _ = lock.batch_execute("COMMIT").await;
    Ok(())
}

/// A plan that was made from a database is for that one; one made from a snapshot for any that equals it, unless its statements
/// name the database.
async fn same_database(plan: &Plan, now: &Catalog, client: &Client) -> Result<()> {
    let this = &now.source.database;
    let same = match (&plan.made_from, pg::identity(client).await) {
        (Some(then), Some(now)) => *then == now,
        _ => plan.database == *this || !plan.steps.iter().any(|s| s.kind().is_some_and(|k| k.names_database())),
    };
    if same {
        return Ok(());
    }
    let named = if plan.database == *this {
        "one of the same name on another server".into()
    } else {
        format!("database {}", plan.database)
    };
    Err(Diagnostic::error("another-database", format!("this plan was made for {named}, and this is {this}"))
        .note("a plan runs only on the database that it was made for")
        .help("make a plan for this one, or make it from a snapshot: that runs on every database that equals the snapshot")
        .into())
}

fn still_fits(plan: &Plan, now: &Catalog) -> Result<()> {
    if fingerprint(now) == plan.fingerprint {
        return Ok(());
    }
    let moved = plan::moved(&plan.state, now);
    let mut error = Diagnostic::error("plan-stale", "the database has changed since this plan was made");
    // A plan of an older file does not know what each object was.
    if !plan.state.is_empty() {
        for what in moved.iter().take(NAMED) {
            error = error.note(what.clone());
        }
        if moved.len() > NAMED {
            error = error.note(format!("and {} more", moved.len() - NAMED));
        }
    }
    Err(error.note("a plan runs only on the state that it was made for").help("make the plan again").into())
}

/// How many objects that have moved are named before the rest is counted.
const NAMED: usize = 5;

/// What statements depend on.
pub(crate) const SETTINGS: &str = "SET LOCAL check_function_bodies = off; SET LOCAL search_path = ''; SET LOCAL client_min_messages = warning; \
     SET LOCAL quote_all_identifiers = off; SET LOCAL standard_conforming_strings = on; SET LOCAL \"TimeZone\" = 'UTC'; \
     SET LOCAL \"DateStyle\" = 'ISO, MDY'; SET LOCAL \"IntervalStyle\" = 'postgres'; SET LOCAL default_tablespace = ''; \
     SET LOCAL default_table_access_method = 'heap'; SET LOCAL row_security = off";

/// What begins a phase: its transaction, where it has one, and the settings.
pub(crate) fn begun(phase: &Phase) -> String {
    if phase.transaction { format!("BEGIN; {SETTINGS}") } else { SETTINGS.replace("SET LOCAL ", "SET ") }
}

/// A phase that did not come through.
struct Failed {
    failure: Failure,
    /// Whether it only waited too long for a lock.
    locked_out: bool,
}

impl From<Failure> for Failed {
    fn from(failure: Failure) -> Self {
        Failed { failure, locked_out: false }
    }
}

async fn run_phase(
    plan: &Plan,
    phase: &Phase,
    client: &Client,
    waits: &Waits,
    record: &mut Recorder,
    progress: &mut impl FnMut(&Step),
) -> std::result::Result<(), Failed> {
    let steps = &plan.steps[phase.steps.0 - 1..phase.steps.1];
    // Outside of a transaction only the session can hold settings, which is why it must be our own.
    let watched = sessions::watched(phase.transaction);
    let settings = begun(phase);
    client.batch_execute(&format!("{settings}; {}; {watched}", waits.settings(phase, steps))).await.map_err(|e| refused(&e))?;
    for step in steps {
        stop::here(step.number, Moment::Before).await;
        progress(step);
        let sql = filled(step)?;
        if let Err(error) = client.batch_execute(&sql).await {
            if phase.transaction {
                // The error is the first one's; a failed rollback means that the connection is gone with its transaction.
                let _ = client.batch_execute("ROLLBACK").await;
            }
            let locked_out = sqlstate::is_lock_timeout(&error);
            return Err(Failed { failure: step_failed(plan, phase, step, &error), locked_out });
        }
        stop::here(step.number, Moment::In).await;
    }
    record.phase(phase, client).await;
    if phase.transaction {
        client.batch_execute("COMMIT").await.map_err(|e| step_failed(plan, phase, &steps[steps.len() - 1], &e))?;
    } else {
        // One that is gone has taken it along.
        let _ = client.batch_execute(sessions::UNWATCHED).await;
    }
    for step in steps {
        stop::here(step.number, Moment::After).await;
    }
    Ok(())
}

/// A step's statement with the secrets that it needs, which the plan itself does not hold.
fn filled(step: &Step) -> Result<std::borrow::Cow<'_, str>> {
    if step.kind().is_some_and(|k| k.holds_secrets()) { secret::filled(&step.sql) } else { Ok(step.sql.as_str().into()) }
}

fn refused(error: &tokio_postgres::Error) -> Failure {
    Diagnostic::error("apply-failed", "the server refused").note(sqlstate::server_message(error)).into()
}

/// What there is of a plan of which so many steps were done.
fn what_stays(done: usize) -> String {
    match done {
        0 => "nothing has been changed".to_string(),
        1 => "the first step is done and stays".to_string(),
        n => format!("the first {n} steps are done and stay"),
    }
}

fn step_failed(plan: &Plan, phase: &Phase, step: &Step, error: &tokio_postgres::Error) -> Failure {
    let done = if phase.transaction { phase.steps.0 - 1 } else { step.number - 1 };
    let mut out = Diagnostic::error(
        "step-failed",
        format!("step {} of {} failed: {} {}", step.number, plan.steps.len(), step.verb, step.object),
    )
    .note(sqlstate::server_message(error));
    for detail in sqlstate::server_details(error) {
        out = out.note(detail);
    }
    out = out.note(step.sql.clone());
    out = out.note(what_stays(done));
    if !phase.transaction {
        out = out.note("this one runs outside of a transaction: what it had done until then may be left, such as an invalid index, and the next plan sees it");
    }
    if sqlstate::is_insufficient_privilege(error) {
        out = out.help("run it as a role that owns the object, or grant what is missing");
    }
    if sqlstate::is_lock_timeout(error) {
        out = out.help("others hold what it locks: try again when they are done (pg_stat_activity, pg_blocking_pids), or give it more time with `locks` in trueup.yaml");
    }
    // Class 23 is about rows (manual, appendix A).
    if error.code().is_some_and(|c| c.code().starts_with("23")) {
        out = out.help("rows that are there do not fit: put them right first, or give the change a default that they can take");
    }
    out.help("make the plan again to go on from what is there now").into()
}
