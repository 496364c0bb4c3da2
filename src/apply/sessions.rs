//! The two sessions of an apply, which may lead through a pooler: one works, one holds the lock.
//!
//! A pooler in transaction mode (PgBouncer's `pool_mode = transaction`) lends a server's session for one transaction at a time.
//! Two things follow. The lock is a transaction's, and its transaction stays open while the other session works: a pool of one
//! has nothing left for the work then. And a step that cannot run in a transaction would run in a session of which nobody
//! knows what is set there.
//!
//! Such a pooler is known by what it does, not by its name, which it keeps to itself: the working session is another backend
//! after the lock's transaction has begun, or the lock has got the backend that was the working session's. A session of our
//! own keeps its backend, and no other can have it. Poolers that lend whole sessions pass, and may.

use std::time::Duration;

use tokio_postgres::{Error, SimpleQueryMessage};

use super::{refused, what_stays};
use crate::diagnostic::{Diagnostic, Result};
use crate::pg::Client;
use crate::plan::{Phase, Plan};

/// The key of the advisory lock that keeps two applies apart: "trueup" in ASCII.
pub const LOCK_KEY: i64 = 0x74_72_75_65_75_70;

/// The key that the working session holds while it is in a phase. One that was killed may still be at it on the server.
const AT_WORK_KEY: i64 = LOCK_KEY + 1;

/// Marks the working session as being in a phase, and lets the server see by itself that nobody waits for its answer any more
/// (manual, `client_connection_check_interval`, which it has on Linux).
pub(super) fn watched(transaction: bool) -> String {
    let lock = if transaction { "pg_advisory_xact_lock_shared" } else { "pg_advisory_lock_shared" };
    format!(
        "SELECT pg_catalog.{lock}({AT_WORK_KEY}); \
         SELECT pg_catalog.set_config('client_connection_check_interval', '1s', {transaction}) WHERE pg_catalog.version() ~ 'linux'"
    )
}

/// Takes the mark of a phase without a transaction away.
pub(super) const UNWATCHED: &str = "SELECT pg_catalog.pg_advisory_unlock_all()";

/// How long the working session may wait for a server while the lock is held.
const PATIENCE: Duration = Duration::from_secs(10);

/// How often the working session is asked which backend it is. A pooler that takes turns shows itself early.
const SAMPLES: usize = 5;

/// Who answers: the backend's process, and the port that its server listens on.
const WHO: &str = "SELECT pg_catalog.pg_backend_pid(), pg_catalog.current_setting('port')";

/// The sessions, and which backends have answered in them.
pub(super) struct Sessions<'a> {
    work: &'a Client,
    lock: &'a Client,
    workers: Vec<String>,
    holder: String,
    port: String,
}

impl<'a> Sessions<'a> {
    pub fn of(work: &'a Client, lock: &'a Client) -> Self {
        Sessions { work, lock, workers: Vec::new(), holder: String::new(), port: String::new() }
    }

    /// Takes the lock, and sees that the working session still gets a server.
    ///
    /// # Errors
    /// Another apply holds it; a pool that is used up.
    pub async fn take_lock(&mut self) -> Result<()> {
        let (before, port) = who(self.work).await.map_err(|e| refused(&e))?;
        (self.workers, self.port) = (vec![before], port);
        // On READ COMMITTED without a snapshot an open transaction does not hold up CREATE INDEX CONCURRENTLY.
        let script = format!(
            "BEGIN ISOLATION LEVEL READ COMMITTED; SET LOCAL idle_in_transaction_session_timeout = 0; \
             SELECT pg_catalog.pg_try_advisory_xact_lock({LOCK_KEY})"
        );
        let taken = self.lock.simple_query(&script).await.map_err(|e| refused(&e))?;
        if first_row(&taken, 0) != "t" {
            return Err(Diagnostic::error("apply-running", "another apply is running on this database")
                .help("wait until it has ended (`--wait 5m`), then make the plan again")
                .into());
        }
        self.alone().await?;
        self.holder = who(self.lock).await.map_err(|e| refused(&e))?.0;
        let Ok(answer) = tokio::time::timeout(PATIENCE, who(self.work)).await else { return Err(self.used_up().into()) };
        self.workers.push(answer.map_err(|e| refused(&e))?.0);
        Ok(())
    }

    /// Sees that no killed apply is still at work on the server.
    async fn alone(&self) -> Result<()> {
        let late = tokio::time::Instant::now() + PATIENCE;
        loop {
            let found = self.lock.simple_query(&at_work()).await.map_err(|e| refused(&e))?;
            let process = first_row(&found, 0);
            if process.is_empty() {
                return Ok(());
            }
            if tokio::time::Instant::now() > late {
                return Err(Diagnostic::error("apply-running", "an apply that was killed is still at work on the server")
                    .note(format!("process {process} is at its last statement"))
                    .help(format!("wait until it has ended, or end it: `SELECT pg_terminate_backend({process})`"))
                    .into());
            }
            tokio::time::sleep(AGAIN).await;
        }
    }

    /// Sees that what is set in the working session is there for its next statement.
    ///
    /// # Errors
    /// When a pooler gives every statement whichever server is free.
    pub async fn must_be_our_own(&mut self, plan: &Plan) -> Result<()> {
        for _ in 0..SAMPLES {
            if self.is_lent() {
                break;
            }
            self.workers.push(who(self.work).await.map_err(|e| refused(&e))?.0);
        }
        if !self.is_lent() {
            return Ok(());
        }
        let mut error = Diagnostic::error("pooler", "this plan has steps that cannot run behind a pooler in transaction mode");
        for step in plan.phases.iter().filter(|p| !p.transaction).flat_map(|p| &plan.steps[p.steps.0 - 1..p.steps.1]) {
            error = error.note(format!("step {} cannot run in a transaction: {} {}", step.number, step.verb, step.object));
        }
        Err(error
            .note(format!("{} leads to another session of the server for each transaction", self.work.place()))
            .note("nothing has been changed")
            .help(self.way_around())
            .into())
    }

    /// Sees that the lock's session lives, before each phase: a server or a pooler may end one that is idle in a transaction.
    ///
    /// # Errors
    /// When it is gone, and with it the lock.
    pub fn still_hold(&self, phase: &Phase) -> Result<()> {
        if !self.lock.is_closed() {
            return Ok(());
        }
        Err(Diagnostic::error("lock-lost", "the session that holds the lock of this apply was ended")
            .note(self.lock.lost().unwrap_or("the connection was closed").to_string())
            .note(what_stays(phase.steps.0 - 1))
            .help("see what ends idle transactions there (PgBouncer: `idle_transaction_timeout`)")
            .help("make the plan again to go on from what is there now")
            .into())
    }

    fn is_lent(&self) -> bool {
        self.workers.contains(&self.holder) || self.workers.windows(2).any(|w| w[0] != w[1])
    }

    fn used_up(&self) -> Diagnostic {
        Diagnostic::error("pooler", "the pooler has no second connection for this apply")
            .note(format!(
                "one holds the lock that keeps two applies apart, the other does the work; {} gave none for it within {} seconds",
                self.work.place(),
                PATIENCE.as_secs()
            ))
            .note("nothing has been changed")
            .help(
                "let the pool have at least two (PgBouncer: `default_pool_size`, `pool_size`), or try again when it is less busy",
            )
            .help(format!("or {}", self.way_around()))
    }

    fn way_around(&self) -> String {
        format!("connect to PostgreSQL itself, which listens on port {}, not to the pooler", self.port)
    }
}

/// Asks which process is in a phase.
fn at_work() -> String {
    format!(
        "SELECT l.pid FROM pg_catalog.pg_locks l JOIN pg_catalog.pg_database d ON d.oid = l.database \
         WHERE l.locktype = 'advisory' AND l.granted AND d.datname = pg_catalog.current_database() AND l.objsubid = 1 \
         AND (l.classid::pg_catalog.int8 << 32) | l.objid::pg_catalog.int8 = {AT_WORK_KEY} LIMIT 1"
    )
}

/// How long to wait before asking again.
const AGAIN: Duration = Duration::from_millis(200);

/// Waits until no apply runs on the database that a session leads to.
///
/// # Errors
/// When the session ends.
pub async fn until_free(client: &Client) -> Result<()> {
    // The session may still be in the transaction in which it was refused the lock.
    let script = format!("ROLLBACK; BEGIN; SELECT pg_catalog.pg_try_advisory_xact_lock({LOCK_KEY}); ROLLBACK");
    while first_row(&client.simple_query(&script).await.map_err(|e| refused(&e))?, 0) != "t" {
        tokio::time::sleep(AGAIN).await;
    }
    Ok(())
}

async fn who(client: &Client) -> std::result::Result<(String, String), Error> {
    let messages = client.simple_query(WHO).await?;
    Ok((first_row(&messages, 0), first_row(&messages, 1)))
}

fn first_row(messages: &[SimpleQueryMessage], column: usize) -> String {
    let row = messages.iter().find_map(|m| match m {
        SimpleQueryMessage::Row(row) => row.get(column),
        _ => None,
    });
    row.unwrap_or_default().to_string()
}
