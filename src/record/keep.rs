//! What was in dropped tables and columns, kept beside the record for a time (`keep_dropped`).
//!
//! The statement that drops becomes one that keeps, in the same step; a rollback that makes the object again brings back what
//! was in it. What is over its time goes with `history prune`.

use std::collections::BTreeSet;
use std::time::Duration;

use super::{SCHEMA, rows, text, write};
use crate::catalog::Catalog;
use crate::diagnostic::Result;
use crate::kinds;
use crate::kinds::aside::{self, KeptColumn};
use crate::pg::Client;
use crate::plan::{Plan, Verb};
use crate::sql;

/// What is kept of one object.
#[derive(Debug, Clone)]
pub struct Kept {
    /// The table that holds it.
    pub relation: String,
    /// The object that it was in.
    pub object: String,
    columns: Vec<KeptColumn>,
}

/// What the statements that keep something begin their entry with.
const ENTRY: &str = "INSERT INTO trueup.kept ";

/// Whether a plan keeps what it drops, for which it needs the record.
pub fn needs_record(plan: &Plan) -> bool {
    plan.steps.iter().any(|s| s.sql.contains(ENTRY))
}

/// Makes the steps of a plan that drop rows keep them for so long, where that can be done; says what is kept and what is not.
pub fn keep(plan: &mut Plan, live: &Catalog, time: Duration) -> Vec<String> {
    let drops = |s: &crate::plan::Step| s.verb == Verb::Drop.name();
    let dropped: BTreeSet<_> = plan.steps.iter().filter(|s| drops(s)).filter_map(|s| kinds::object_named(&s.object)).collect();
    let when: String = live.source.taken_at.chars().filter(char::is_ascii_digit).collect();
    let mut told = Vec::new();
    for step in plan.steps.iter_mut().filter(|s| drops(s)) {
        let Some(id) = kinds::object_named(&step.object).filter(|id| kinds::of(id).holds_data()) else { continue };
        let relation = format!("kept_{when}_{}", step.number);
        let Some(aside) = aside::keep(&id, live, SCHEMA, &relation, &dropped) else {
            told.push(format!("what {id} holds is not kept: only plain tables are, and columns of those with a primary key"));
            continue;
        };
        let columns = serde_json::to_string(&aside.columns).unwrap_or_default();
        let mut statements = aside.sql;
        statements.push(format!(
            "{ENTRY}VALUES ({}, {}, (SELECT pg_catalog.max(number) FROM trueup.apply), \
             pg_catalog.now() + interval '{} seconds', {})",
            sql::literal(&relation),
            sql::literal(&step.object),
            time.as_secs(),
            sql::literal(&columns)
        ));
        if !aside.drops {
            statements.push(std::mem::take(&mut step.sql));
        }
        step.sql = statements.join(";\n");
        told.push(format!("what {id} holds is kept as {SCHEMA}.{relation}"));
    }
    told
}

/// What is kept of what an apply dropped.
///
/// # Errors
/// When the record cannot be read.
pub async fn kept(client: &Client, apply: i64) -> Result<Vec<Kept>> {
    let query = format!("SELECT relation, object, columns FROM trueup.kept WHERE apply = {apply}");
    let of = |row: &tokio_postgres::SimpleQueryRow| Kept {
        relation: text(row, "relation"),
        object: text(row, "object"),
        columns: serde_json::from_str(&text(row, "columns")).unwrap_or_default(),
    };
    Ok(rows(client, &query).await?.iter().map(of).collect())
}

/// Lets the steps of a way back that make objects again bring back what was in them.
pub fn bring_back(plan: &mut Plan, kept: &[Kept]) {
    // What is made in several steps is there after the first.
    let mut left: Vec<&Kept> = kept.iter().collect();
    for step in plan.steps.iter_mut().filter(|s| s.verb == Verb::Create.name()) {
        let Some(k) = left.iter().position(|k| k.object == step.object).map(|place| left.remove(place)) else { continue };
        let Some(id) = kinds::object_named(&step.object) else { continue };
        let holder = sql::qualified(SCHEMA, &k.relation);
        let mut statements = aside::bring_back(&id, &step.sql, &holder, &k.columns);
        statements.push(format!("DROP TABLE {holder}"));
        statements.push(format!("DELETE FROM trueup.kept WHERE relation = {}", sql::literal(&k.relation)));
        step.sql = statements.join(";\n");
    }
}

/// Drops what is kept and over its time, or all of it; gives the objects that it was in.
///
/// # Errors
/// When that is refused.
pub async fn prune(client: &Client, all: bool) -> Result<Vec<String>> {
    let over = if all { "" } else { " WHERE until < pg_catalog.now()" };
    let found = rows(client, &format!("SELECT relation, object FROM trueup.kept{over} ORDER BY relation")).await?;
    let mut statements = Vec::new();
    for row in &found {
        let relation = text(row, "relation");
        statements.push(format!("DROP TABLE IF EXISTS {}", sql::qualified(SCHEMA, &relation)));
        statements.push(format!("DELETE FROM trueup.kept WHERE relation = {}", sql::literal(&relation)));
    }
    if !statements.is_empty() {
        write::run(client, &statements.join("; ")).await?;
    }
    Ok(found.iter().map(|row| text(row, "object")).collect())
}

/// How many tables are kept over their time.
///
/// # Errors
/// When the record cannot be read.
pub async fn overdue(client: &Client) -> Result<usize> {
    let found = rows(client, "SELECT pg_catalog.count(*) FROM trueup.kept WHERE until < pg_catalog.now()").await?;
    Ok(found.first().and_then(|r| r.get(0)).and_then(|n| n.parse().ok()).unwrap_or_default())
}
