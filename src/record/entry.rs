//! Reading what was applied: the list, and one of them with all that it touched.

use serde::{Deserialize, Serialize};
use serde_json::Value;
use tokio_postgres::SimpleQueryRow;

use super::{Who, rows, text, version};
use crate::apply::LOCK_KEY;
use crate::catalog::{Id, Object, snapshot};
use crate::data::Verified;
use crate::diagnostic::{Diagnostic, Result};
use crate::kinds;
use crate::pg::Client;
use crate::plan::Plan;
use crate::sql;

/// How an apply ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum State {
    /// It has not.
    Running,
    /// With the database in step.
    Done,
    /// All steps are done, and something differs all the same.
    Different,
    /// A step was refused; the phases before it are done.
    Failed,
    /// It was killed, or lost its server; the phases before are done.
    Interrupted,
}

impl State {
    /// The word in the record and in reports.
    pub fn name(self) -> &'static str {
        match self {
            State::Running => "running",
            State::Done => "done",
            State::Different => "different",
            State::Failed => "failed",
            State::Interrupted => "interrupted",
        }
    }

    fn parse(word: &str) -> State {
        [State::Running, State::Done, State::Different, State::Failed]
            .into_iter()
            .find(|s| s.name() == word)
            .unwrap_or(State::Interrupted)
    }
}

/// One apply or rollback.
#[derive(Debug, Clone, Serialize)]
pub struct Applied {
    /// Counted from 1.
    pub number: i64,
    /// The one that it took back.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub undoes: Option<i64>,
    /// The one that took it back.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub undone_by: Option<i64>,
    /// When it began, in UTC, as `2025-10-26T21:04:00Z`.
    pub started: String,
    /// When it ended.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub ended: Option<String>,
    /// How many seconds it took.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub seconds: Option<f64>,
    /// How it ended.
    pub state: State,
    /// The role of its session.
    pub role: String,
    /// Who ran it.
    pub who: Who,
    /// The version of trueup.
    pub trueup: String,
    /// The digest of the model.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub model: Option<String>,
    /// The commit that the model was in.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub commit: Option<String>,
    /// How many of its phases are done.
    pub phases: usize,
    /// What is to be said of the end.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub message: Option<String>,
    /// What came out of the model's `verify`.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub verified: Vec<Verified>,
    /// The plan.
    pub plan: Plan,
    /// What it touched; empty in a list.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub objects: Vec<Touched>,
}

impl Applied {
    /// Whether the phase that touches an object last is done, or may be: one that is no transaction may have happened without
    /// the record's knowing.
    pub fn reached(&self, object: &Touched) -> bool {
        let next = self.plan.phases.get(self.phases).filter(|p| !p.transaction).map(|p| p.number);
        object.phase <= self.phases || next == Some(object.phase)
    }
}

/// An object that an apply touches.
#[derive(Debug, Clone, Serialize)]
pub struct Touched {
    /// The object.
    #[serde(serialize_with = "as_text")]
    pub id: Id,
    /// As it was before; `None` when it was not there.
    #[serde(serialize_with = "as_entry")]
    pub was: Option<Object>,
    /// As it is afterwards.
    #[serde(serialize_with = "as_entry")]
    pub became: Option<Object>,
    /// The phase that touches it last.
    pub phase: usize,
}

fn as_text<S: serde::Serializer>(id: &Id, serializer: S) -> std::result::Result<S::Ok, S::Error> {
    serializer.collect_str(id)
}

fn as_entry<S: serde::Serializer>(object: &Option<Object>, serializer: S) -> std::result::Result<S::Ok, S::Error> {
    object.as_ref().map(snapshot::entry).serialize(serializer)
}

/// Whether nobody is at an apply `a` any more that says that it runs. While one runs, it holds the lock.
pub(super) fn is_over() -> String {
    format!(
        "a.state = 'running' AND NOT EXISTS (SELECT FROM pg_catalog.pg_locks l JOIN pg_catalog.pg_database d ON d.oid = l.database \
         WHERE l.locktype = 'advisory' AND d.datname = pg_catalog.current_database() AND l.objsubid = 1 \
         AND (l.classid::pg_catalog.int8 << 32) | l.objid::pg_catalog.int8 = {LOCK_KEY})"
    )
}

/// What one is that nobody is at any more: with its last phase it had done all that it was to do.
pub(super) const OVER: &str = "CASE WHEN a.phases = a.of_phases THEN 'done' ELSE 'interrupted' END";

/// The columns of an apply.
fn columns() -> String {
    let utc =
        |column: &str| format!("pg_catalog.to_char(a.{column} AT TIME ZONE 'UTC', 'YYYY-MM-DD\"T\"HH24:MI:SS\"Z\"') AS {column}");
    format!(
        "a.number, a.undoes, (SELECT pg_catalog.max(b.number) FROM trueup.apply b WHERE b.undoes = a.number AND b.phases > 0) AS undone_by, \
         {}, {}, EXTRACT(epoch FROM a.ended - a.started) AS seconds, \
         CASE WHEN {} THEN {OVER} ELSE a.state END AS state, \
         a.role, a.who, a.trueup, a.model, a.commit, a.phases, a.message, a.checks, a.plan",
        utc("started"),
        utc("ended"),
        is_over()
    )
}

fn applied(row: &SimpleQueryRow) -> Result<Applied> {
    let optional = |name: &str| row.get(name).map(str::to_string);
    let number = |name: &str| row.get(name).and_then(|n| n.parse().ok());
    let plan = serde_json::from_str(&text(row, "plan")).map_err(|e| garbled(&e))?;
    Ok(Applied {
        number: number("number").unwrap_or_default(),
        undoes: number("undoes"),
        undone_by: number("undone_by"),
        started: text(row, "started"),
        ended: optional("ended"),
        seconds: row.get("seconds").and_then(|s| s.parse().ok()),
        state: State::parse(&text(row, "state")),
        role: text(row, "role"),
        who: serde_json::from_str(&text(row, "who")).map_err(|e| garbled(&e))?,
        trueup: text(row, "trueup"),
        model: optional("model"),
        commit: optional("commit"),
        phases: text(row, "phases").parse().unwrap_or_default(),
        message: optional("message"),
        verified: row.get("checks").and_then(|c| serde_json::from_str(c).ok()).unwrap_or_default(),
        plan,
        objects: Vec::new(),
    })
}

fn garbled(error: &serde_json::Error) -> Diagnostic {
    Diagnostic::error("record", "the record of this database is not understood").note(error.to_string())
}

/// The last applies, the newest first, without what they touched.
///
/// # Errors
/// When the record cannot be read.
pub async fn list(client: &Client, last: usize) -> Result<Vec<Applied>> {
    version(client).await?;
    let query = format!("SELECT {} FROM trueup.apply a ORDER BY a.number DESC LIMIT {last}", columns());
    rows(client, &query).await?.iter().map(applied).collect()
}

/// One apply with all that it touched.
///
/// # Errors
/// When there is no such apply, or the record cannot be read.
pub async fn load(client: &Client, number: i64) -> Result<Applied> {
    version(client).await?;
    let query = format!("SELECT {} FROM trueup.apply a WHERE a.number = {number}", columns());
    let found = rows(client, &query).await?;
    let Some(row) = found.first() else {
        return Err(Diagnostic::error("no-such-apply", format!("the record has no apply {number}"))
            .help("`trueup history` lists them")
            .into());
    };
    let mut out = applied(row)?;
    let query = format!("SELECT id, was, became, phase FROM trueup.object WHERE apply = {number} ORDER BY id COLLATE \"C\"");
    for row in rows(client, &query).await? {
        let Some(id) = row.get("id").and_then(kinds::object_named) else { continue };
        let object = |name: &str| row.get(name).map(object).transpose();
        let phase = text(&row, "phase").parse().unwrap_or_default();
        out.objects.push(Touched { was: object("was")?, became: object("became")?, id, phase });
    }
    Ok(out)
}

/// The number of the apply that a rollback without a number takes back: the last that did something, is no rollback itself and
/// has not been taken back.
///
/// # Errors
/// When there is none, or the record cannot be read.
pub async fn to_take_back(client: &Client) -> Result<i64> {
    version(client).await?;
    let query = "SELECT pg_catalog.max(a.number) FROM trueup.apply a WHERE a.undoes IS NULL \
         AND (a.phases > 0 OR a.state IN ('running', 'interrupted')) \
         AND NOT EXISTS (SELECT FROM trueup.apply b WHERE b.undoes = a.number AND b.state IN ('done', 'different'))";
    let number = rows(client, query).await?.first().and_then(|r| r.get(0)).and_then(|n| n.parse().ok());
    number.ok_or_else(|| {
        Diagnostic::error("nothing-to-take-back", "the record has no apply that could be taken back")
            .help("`trueup history` lists what there is")
            .into()
    })
}

/// The digests of the models of an apply and of all after it.
///
/// # Errors
/// When the record cannot be read.
pub async fn models_since(client: &Client, number: i64) -> Result<Vec<String>> {
    let query = format!("SELECT DISTINCT model FROM trueup.apply WHERE number >= {number} AND model IS NOT NULL ORDER BY model");
    Ok(rows(client, &query).await?.iter().map(|row| text(row, "model")).collect())
}

/// The apply whose rollback holds a model back.
///
/// # Errors
/// When the record cannot be read.
pub async fn held(client: &Client, model: &str) -> Result<Option<i64>> {
    let query = format!("SELECT apply FROM trueup.hold WHERE model = {}", sql::literal(model));
    Ok(rows(client, &query).await?.first().and_then(|r| r.get(0)).and_then(|n| n.parse().ok()))
}

/// An object of the record.
pub(super) fn object(text: &str) -> Result<Object> {
    let value: Value = serde_json::from_str(text).map_err(|e| garbled(&e))?;
    Ok(snapshot::object(value)
        .map_err(|why| Diagnostic::error("record", "the record of this database is not understood").note(why))?)
}
