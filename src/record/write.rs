//! Writing the record while a plan runs.
//!
//! What an apply is going to do is written before its first step, each phase with its steps, the end when the database has been
//! read again. Nothing of this stops an apply: where it cannot be written, [`Recorder::told`] says why.

use std::collections::BTreeSet;
use std::fmt::Write as _;

use super::{MIGRATIONS, PINNED, SCHEMA, State, Touched, Who, entry, rows};
use crate::catalog::{Catalog, Id, snapshot};
use crate::data::Verified;
use crate::diagnostic::{Diagnostic, Failure};
use crate::pg::{Client, sqlstate};
use crate::plan::{Phase, Plan};
use crate::sql;

/// Makes the schema; who may only fill one that is there needs no more than that.
pub(super) const MAKE: &str =
    "CREATE SCHEMA trueup; COMMENT ON SCHEMA trueup IS 'What trueup did to this database: `trueup history` reads it';\n";

/// How many rows one statement takes.
const AT_ONCE: usize = 500;

/// What is known of an apply before it begins, beside its plan.
#[derive(Debug, Clone, Default)]
pub struct Opening {
    /// The digest of the model.
    pub model: Option<String>,
    /// The commit that the model is in.
    pub commit: Option<String>,
    /// The apply that this one takes back.
    pub undoes: Option<i64>,
    /// What it touches.
    pub objects: Vec<Touched>,
}

/// Writes the record of one apply.
#[derive(Debug, Default)]
pub struct Recorder {
    opening: Option<Opening>,
    number: Option<i64>,
    touched: Vec<Id>,
    why_not: Option<Diagnostic>,
    verified: Vec<Verified>,
}

impl Recorder {
    /// One that writes.
    pub fn new(opening: Opening) -> Self {
        Recorder { opening: Some(opening), ..Recorder::default() }
    }

    /// One that writes nothing.
    pub fn off() -> Self {
        Recorder::default()
    }

    /// The number of this apply in the record, when it is written.
    pub fn number(&self) -> Option<i64> {
        self.number
    }

    /// Why there is no record, when there was to be one.
    pub fn told(&self) -> Option<&Diagnostic> {
        self.why_not.as_ref()
    }

    /// Writes what is going to be done. The apply lock is held.
    pub async fn begin(&mut self, plan: &Plan, client: &Client) {
        let Some(opening) = self.opening.take() else { return };
        match open(&opening, plan, client).await {
            Ok(number) => (self.number, self.touched) = (Some(number), opening.objects.into_iter().map(|t| t.id).collect()),
            Err(failure) => self.give_up(failure),
        }
        // What was asked before there was an apply to write it to.
        self.verified(Vec::new(), client).await;
    }

    /// Sees that there is a record where the plan keeps what it drops beside it.
    ///
    /// # Errors
    /// When there is none.
    pub fn must_hold(&self, plan: &Plan) -> crate::diagnostic::Result<()> {
        if self.number.is_some() || !super::needs_record(plan) {
            return Ok(());
        }
        let mut error =
            Diagnostic::error("no-record", "what this plan drops is to be kept, and there is no record to keep it with");
        if let Some(why) = &self.why_not {
            error = Diagnostic { help: why.help.clone(), notes: why.notes.clone(), ..error };
        }
        Err(error.note("nothing has been changed").help("or take `keep_dropped` out of trueup.yaml").into())
    }

    /// What a phase adds to its own transaction, after its steps.
    pub fn in_phase(&self, phase: &Phase) -> Option<String> {
        let (number, phase) = (self.number?, phase.number);
        Some(phase_done(&number.to_string(), phase))
    }

    /// Writes the end of a phase: in its transaction while that is open, else in one of its own.
    pub async fn phase(&mut self, phase: &Phase, client: &Client) {
        let Some(sql) = self.in_phase(phase) else { return };
        let script = if phase.transaction {
            format!("SAVEPOINT trueup_record; {sql}; RELEASE SAVEPOINT trueup_record")
        } else {
            format!("BEGIN; {PINNED}; {sql}; COMMIT")
        };
        if let Err(error) = client.batch_execute(&script).await {
            let back = if phase.transaction { "ROLLBACK TO SAVEPOINT trueup_record" } else { "ROLLBACK" };
            // The steps are what counts; if the connection is gone they say so themselves.
            let _ = client.batch_execute(back).await;
            self.give_up(unwritable(&error));
        }
    }

    /// Writes how it ended.
    pub async fn end(&mut self, state: State, message: Option<&str>, client: &Client) {
        let Some(number) = self.number else { return };
        if let Err(failure) = run(client, &ended(&number.to_string(), state, message)).await {
            self.give_up(failure);
        }
    }

    /// Writes what the objects that were touched have become, as the server tells it after the last step.
    pub async fn became(&mut self, now: &Catalog, client: &Client) {
        let Some(number) = self.number else { return };
        let mut statements = Vec::new();
        for chunk in self.touched.chunks(AT_ONCE) {
            let state = |id: &Id| now.get(id).map_or_else(|| "NULL".into(), |o| sql::literal(&snapshot::entry(o).to_string()));
            let rows: Vec<String> =
                chunk.iter().map(|id| format!("({}, {})", sql::literal(&id.to_string()), state(id))).collect();
            statements.push(format!(
                "UPDATE trueup.object o SET became = v.state::pg_catalog.json FROM (VALUES {}) AS v (id, state) \
                 WHERE o.apply = {number} AND o.id = v.id",
                rows.join(", ")
            ));
        }
        if let Err(failure) = run(client, &statements.join("; ")).await {
            self.give_up(failure);
        }
    }

    /// Writes what is agreed now ([`super::settle`]).
    pub async fn settle(&mut self, live: &Catalog, different: &BTreeSet<Id>, managed: impl Fn(&Id) -> bool, client: &Client) {
        if self.number.is_some()
            && let Err(failure) = super::settle(client, live, different, managed).await
        {
            self.give_up(failure);
        }
    }

    /// Writes what has come out of the model's queries, with what was written of them before.
    pub async fn verified(&mut self, results: Vec<Verified>, client: &Client) {
        self.verified.extend(results);
        let Some(number) = self.number.filter(|_| !self.verified.is_empty()) else { return };
        let json = serde_json::to_string(&self.verified).unwrap_or_else(|_| "[]".into());
        let sql = format!("UPDATE trueup.apply SET checks = {} WHERE number = {number}", sql::literal(&json));
        if let Err(failure) = run(client, &sql).await {
            self.give_up(failure);
        }
    }

    /// Holds models back, or lets others than these go: what was taken back stays so until the model changes.
    pub async fn hold(&mut self, models: &[String], client: &Client) {
        let Some(number) = self.number else { return };
        if let Err(failure) = run(client, &held(&number.to_string(), models)).await {
            self.give_up(failure);
        }
    }

    fn give_up(&mut self, failure: Failure) {
        self.number = None;
        let reason = failure.diagnostics.into_iter().next();
        self.why_not = reason.map(|d| Diagnostic { severity: crate::diagnostic::Severity::Warning, ..d });
    }
}

/// Runs statements in a transaction of their own.
pub(super) async fn run(client: &Client, sql: &str) -> Result<(), Failure> {
    match client.batch_execute(&format!("BEGIN; {PINNED}; {sql}; COMMIT")).await {
        Ok(()) => Ok(()),
        Err(error) => {
            // The first error is the one that tells.
            let _ = client.batch_execute("ROLLBACK").await;
            Err(unwritable(&error))
        }
    }
}

fn unwritable(error: &tokio_postgres::Error) -> Failure {
    Diagnostic::warning("no-record", "what is done here is not recorded").note(sqlstate::server_message(error)).into()
}

async fn open(opening: &Opening, plan: &Plan, client: &Client) -> Result<i64, Failure> {
    let (there, version) = prepare(client).await?;
    let mut script = if there { String::new() } else { MAKE.to_string() };
    script.push_str(&MIGRATIONS[version..].join(";\n"));
    if (1..MIGRATIONS.len()).contains(&version) {
        let _ = write!(script, ";\nUPDATE trueup.meta SET version = {}", MIGRATIONS.len());
    }
    if !script.is_empty() {
        run(client, &script).await?;
    }
    // With the lock held, one that says that it runs does not.
    let interrupted = format!("UPDATE trueup.apply a SET state = {} WHERE a.state = 'running'", entry::OVER);
    let next = rows(client, "SELECT coalesce(pg_catalog.max(number), 0) + 1 FROM trueup.apply").await?;
    let number: i64 = next.first().and_then(|r| r.get(0)).and_then(|n| n.parse().ok()).unwrap_or(1);
    let who = sql::literal(&serde_json::to_string(&Who::now()).unwrap_or_else(|_| "{}".into()));
    let undoes = opening.undoes.map_or_else(|| "NULL".to_string(), |n| n.to_string());
    let mut script = vec![interrupted];
    script.extend(insert(&number.to_string(), &undoes, &who, opening, plan));
    run(client, &script.join("; ")).await?;
    Ok(number)
}

/// Sees whether the record can be written: whether its schema is there, and which form it has; 0 when there is none yet.
async fn prepare(client: &Client) -> Result<(bool, usize), Failure> {
    let found = rows(client, include_str!("rights.sql")).await?;
    let Some(row) = found.first() else { return Ok((false, 0)) };
    let (yes, word) = (|name: &str| row.get(name) == Some("t"), |name: &str| row.get(name).unwrap_or_default().to_string());
    let not = |why: String| Diagnostic::warning("no-record", "what is done here is not recorded").note(why);
    if !yes("there") {
        if yes("may_make") {
            return Ok((false, 0));
        }
        return Err(not(format!("role {} may not create schema {SCHEMA} in this database", word("role")))
            .help(format!(
                "let somebody who may create it for this role: `CREATE SCHEMA {SCHEMA} AUTHORIZATION {}`",
                sql::ident(&word("role"))
            ))
            .help("or say that none is wanted: `record: off` in trueup.yaml, or `--no-record`")
            .into());
    }
    if !yes("is_record") {
        if yes("is_empty") && yes("may_fill") {
            return Ok((true, 0));
        }
        let why = if yes("is_empty") {
            format!("role {} may not create tables in schema {SCHEMA}", word("role"))
        } else {
            format!("schema {SCHEMA} holds something else than a record")
        };
        return Err(not(why).into());
    }
    if !yes("may_write") {
        return Err(not(format!("role {} may not write to the record, which belongs to {}", word("role"), word("owner")))
            .help(format!("let {} say `GRANT {} TO {}`", word("owner"), sql::ident(&word("owner")), sql::ident(&word("role"))))
            .into());
    }
    Ok((true, super::version(client).await?))
}

fn optional(value: Option<&str>) -> String {
    value.map_or_else(|| "NULL".to_string(), sql::literal)
}

/// The statements that write what is going to be done; `number`, `undoes` and `who` are SQL.
pub(super) fn insert(number: &str, undoes: &str, who: &str, opening: &Opening, plan: &Plan) -> Vec<String> {
    let mut out = vec![format!(
        "INSERT INTO trueup.apply (number, undoes, state, role, who, trueup, model, commit, plan, of_phases) \
         VALUES ({number}, {undoes}, 'running', SESSION_USER, {who}, {}, {}, {}, {}, {})",
        sql::literal(env!("CARGO_PKG_VERSION")),
        optional(opening.model.as_deref()),
        optional(opening.commit.as_deref()),
        sql::literal(&serde_json::to_string(plan).unwrap_or_else(|_| "{}".into())),
        plan.phases.len()
    )];
    out.extend(opening.objects.chunks(AT_ONCE).map(|chunk| {
        let state = |object: &Option<_>| optional(object.as_ref().map(|o| snapshot::entry(o).to_string()).as_deref());
        let row = |touched: &Touched| {
            let id = sql::literal(&touched.id.to_string());
            format!("({number}, {id}, {}, {}, {})", state(&touched.was), state(&touched.became), touched.phase)
        };
        let rows: Vec<String> = chunk.iter().map(row).collect();
        format!("INSERT INTO trueup.object (apply, id, was, became, phase) VALUES {}", rows.join(", "))
    }));
    out
}

/// The statements that write the end of a phase. What is agreed changes with it, also when the apply never comes to its end.
pub(super) fn phase_done(number: &str, phase: usize) -> String {
    format!(
        "UPDATE trueup.apply SET phases = {phase} WHERE number = {number}; \
         DELETE FROM trueup.agreed g USING trueup.object o \
         WHERE o.apply = {number} AND o.phase = {phase} AND o.became IS NULL AND g.id = o.id; \
         INSERT INTO trueup.agreed (id, state) SELECT id, became FROM trueup.object \
         WHERE apply = {number} AND phase = {phase} AND became IS NOT NULL \
         ON CONFLICT (id) DO UPDATE SET state = excluded.state"
    )
}

/// The statement that writes the end.
pub(super) fn ended(number: &str, state: State, message: Option<&str>) -> String {
    format!(
        "UPDATE trueup.apply SET state = '{}', ended = pg_catalog.clock_timestamp(), message = {} WHERE number = {number}",
        state.name(),
        optional(message)
    )
}

/// The statements that hold models back, and let others go.
pub(super) fn held(number: &str, models: &[String]) -> String {
    let mut sql = String::from("DELETE FROM trueup.hold");
    for model in models {
        let _ = write!(
            sql,
            "; INSERT INTO trueup.hold VALUES ({}, {number}) ON CONFLICT (model) DO UPDATE SET apply = excluded.apply",
            sql::literal(model)
        );
    }
    sql
}
