//! Whether known queries still work after a plan: they are prepared on the live catalog rebuilt in the shadow, before and after it.
//!
//! Preparing a statement names its tables, columns, functions and types and runs nothing (manual, protocol-flow, extended query).

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use tokio_postgres::Error;
use tokio_postgres::error::SqlState;
use tokio_postgres::types::Type;

use super::replica::Replica;
use super::{Claim, way, words};
use crate::diagnostic::Result;
use crate::pg::sqlstate;
use crate::preflight::known::Known;
use crate::shadow::rebuild;
use crate::sql;

/// What becomes of known queries.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Queries {
    /// How many there are.
    pub known: usize,
    /// Those that stop working.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub broken: Vec<Broken>,
    /// How many do not work as it is, so that nothing can be said of them.
    #[serde(default)]
    pub before: usize,
    /// The first of them, with what the server says.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub before_first: Vec<String>,
    /// What the answer does not cover.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub not_covered: Vec<String>,
}

/// A query that stops working.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Broken {
    /// Where it is known from.
    pub name: String,
    /// How it begins.
    pub sql: String,
    /// The step that breaks it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub step: Option<usize>,
    /// That step's object.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub object: Option<String>,
    /// What the server says of it afterwards.
    pub error: String,
}

/// How many that did not work before are named.
const NAMED: usize = 3;

/// How much of a statement is shown.
const SHOWN: usize = 100;

/// Prepares queries before and after a plan. `path` is where names without a schema are looked for.
///
/// # Errors
/// No server to be had.
pub async fn check(claim: &Claim<'_>, known: &[Known], path: &[String]) -> Result<Queries> {
    let mut out = Queries { known: known.len(), ..Queries::default() };
    if known.is_empty() {
        return Ok(out);
    }
    let shadow = crate::shadow::Shadow::start(claim.request).await?;
    if shadow.is_foreign() {
        out.not_covered.push("the shadow is on a server of others: queries are prepared on one of trueup's own".into());
        return Ok(out);
    }
    let path = path.iter().map(|schema| sql::ident(schema).into_owned()).collect::<Vec<_>>().join(", ");
    let path = if path.is_empty() { "''".to_string() } else { path };
    let replica = match Replica::build(&shadow, "queries", claim).await {
        Ok(replica) => replica,
        Err(failure) => {
            out.not_covered.push(format!("the live side could not be rebuilt in the shadow ({})", words(&failure)));
            return Ok(out);
        }
    };
    let mut working = Vec::new();
    for query in known {
        match prepared(&replica, &path, &query.sql, false).await? {
            None => working.push(query),
            Some(error) => {
                out.before += 1;
                if out.before_first.len() < NAMED {
                    out.before_first.push(format!("{}: {error}", query.name));
                }
            }
        }
    }
    let gone = way::run(&replica, claim.plan, &mut way::Watch::default()).await?;
    if let Some(failed) = gone.failed {
        out.not_covered.push(format!("the plan does not run in the shadow (step {}: {})", failed.step, failed.what));
        return Ok(out);
    }
    out.not_covered.extend(gone.not_covered);
    let mut broken = Vec::new();
    for query in working {
        if let Some(error) = prepared(&replica, &path, &query.sql, false).await? {
            broken.push((query, error));
        }
    }
    if broken.is_empty() {
        return Ok(out);
    }
    // Again, with a look at those after each step.
    let again = Replica::build(&shadow, "queries_again", claim).await?;
    let mut watch = way::Watch::of_queries(path, broken.iter().map(|(query, _)| query.sql.clone()).collect());
    way::run(&again, claim.plan, &mut watch).await?;
    let steps = watch.broken_by();
    for (i, (query, error)) in broken.into_iter().enumerate() {
        let step = steps.get(&i).copied();
        let object = step.and_then(|n| claim.plan.steps.get(n - 1)).map(|s| s.object.clone());
        out.broken.push(Broken { name: query.name.clone(), sql: shown(&query.sql), step, object, error });
    }
    Ok(out)
}

/// A statement in one line, cut.
fn shown(statement: &str) -> String {
    let line = statement.split_whitespace().collect::<Vec<_>>().join(" ");
    match line.char_indices().nth(SHOWN) {
        Some((end, _)) => format!("{}...", &line[..end]),
        None => line,
    }
}

/// Why a statement cannot be prepared; `None` when it can. Inside the transaction that is open, or in one of its own.
///
/// What was a constant once may now be a parameter of which nothing says the type: then it is text, as the constant was.
async fn prepared(replica: &Replica<'_>, path: &str, statement: &str, inside: bool) -> Result<Option<String>> {
    let client = &replica.session.superuser;
    let (begin, end) = match inside {
        true => ("SAVEPOINT trueup_query", "ROLLBACK TO SAVEPOINT trueup_query; RELEASE SAVEPOINT trueup_query"),
        false => ("BEGIN", "ROLLBACK"),
    };
    let begin = format!("{begin}; SET LOCAL SESSION AUTHORIZATION DEFAULT; SET LOCAL search_path = {path}");
    let mut types: Vec<Type> = Vec::new();
    loop {
        client.batch_execute(&begin).await.map_err(|e| rebuild::refused(&e))?;
        let refusal = client.prepare_typed(statement, &types).await.err();
        client.batch_execute(end).await.map_err(|e| rebuild::refused(&e))?;
        let Some(error) = refusal else { return Ok(None) };
        match undetermined(&error).filter(|n| types.get(n - 1) != Some(&Type::TEXT)) {
            Some(number) => {
                types.resize(types.len().max(number), Type::UNKNOWN);
                types[number - 1] = Type::TEXT;
            }
            None => return Ok(Some(sqlstate::server_message(&error))),
        }
    }
}

/// The number of the parameter whose type nothing says; the message has it in any language.
fn undetermined(error: &Error) -> Option<usize> {
    let error = error.as_db_error().filter(|e| *e.code() == SqlState::INDETERMINATE_DATATYPE)?;
    let digits: String = error.message().split_once('$')?.1.chars().take_while(char::is_ascii_digit).collect();
    digits.parse().ok().filter(|n| (1..=MOST_PARAMETERS).contains(n))
}

/// How many parameters a statement may have (manual, protocol-message-formats, Parse).
const MOST_PARAMETERS: usize = 65_535;

/// Queries that are looked at after each step.
#[derive(Debug, Clone, Default)]
pub(super) struct Looked {
    path: String,
    statements: Vec<String>,
    /// By which step each stopped working that does not work now.
    broken_by: BTreeMap<usize, usize>,
}

impl Looked {
    pub fn new(path: String, statements: Vec<String>) -> Self {
        Looked { path, statements, broken_by: BTreeMap::new() }
    }

    /// Looks at all of them after a step.
    pub async fn look(&mut self, replica: &Replica<'_>, step: usize, transaction: bool) -> Result<()> {
        for (i, statement) in self.statements.iter().enumerate() {
            if prepared(replica, &self.path, statement, transaction).await?.is_none() {
                self.broken_by.remove(&i);
            } else {
                self.broken_by.entry(i).or_insert(step);
            }
        }
        Ok(())
    }

    pub fn broken_by(self) -> BTreeMap<usize, usize> {
        self.broken_by
    }
}
