//! Asking a database what a model says of its rows.
//!
//! Each query has a transaction of its own that only reads and is rolled back, and is read through a cursor: nothing but a query
//! can be declared as one (manual, sql-declare). Everything is a simple query, which works behind poolers.

use serde::{Deserialize, Serialize};
use tokio_postgres::{Error, SimpleQueryMessage, SimpleQueryRow};

use super::expect::Found;
use super::{Verification, When};
use crate::diagnostic::{Diagnostic, Failure};
use crate::pg::{Client, sqlstate};
use crate::sql::{self, lex};

/// What came out.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum State {
    /// Something else than what is expected.
    Failed,
    /// Nothing that could be compared.
    CannotSay,
    /// What is expected.
    Passed,
}

impl State {
    /// In words.
    pub fn words(self) -> &'static str {
        match self {
            State::Failed => "failed",
            State::CannotSay => "cannot say",
            State::Passed => "passed",
        }
    }
}

/// The result of one query.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Verified {
    /// Its name.
    pub name: String,
    /// What came out.
    pub state: State,
    /// Whether it was asked `before` or `after`.
    pub when: String,
    /// The role that it was asked as.
    #[serde(default, rename = "as", skip_serializing_if = "Option::is_none")]
    pub role: Option<String>,
    /// What was expected.
    pub expected: String,
    /// What was found.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub found: Option<String>,
    /// Why it cannot be said.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub why: Option<String>,
    /// Where in the model it stands.
    pub origin: String,
}

impl Verified {
    fn of(what: &Verification, state: State) -> Verified {
        Verified {
            name: what.name.clone(),
            state,
            when: if what.when == When::Before { "before" } else { "after" }.into(),
            role: what.role.clone(),
            expected: what.expect.words(),
            found: None,
            why: None,
            origin: what.origin.short(),
        }
    }

    fn cannot_say(what: &Verification, why: impl Into<String>) -> Verified {
        Verified { why: Some(why.into()), ..Verified::of(what, State::CannotSay) }
    }

    /// What was found and what was not, in one line.
    pub fn words(&self) -> String {
        match (&self.found, &self.why) {
            (Some(found), _) if self.state == State::Passed => found.clone(),
            (Some(found), _) => format!("{found} instead of {}", self.expected),
            (None, Some(why)) => why.clone(),
            (None, None) => String::new(),
        }
    }
}

/// The results where there is nobody to ask.
pub fn unasked(list: &[Verification], when: When, why: &str) -> Vec<Verified> {
    list.iter().filter(|v| v.when == when).map(|v| Verified::cannot_say(v, why)).collect()
}

/// Asks all that is to be asked then. `path` is the project's search path.
pub async fn ask(client: &Client, list: &[Verification], when: When, path: &[String]) -> Vec<Verified> {
    let mut out = Vec::new();
    for what in list.iter().filter(|v| v.when == when) {
        let asked = one(client, what, path).await;
        // A connection that is gone has taken its transaction along, and the next query says so.
        let _ = client.batch_execute("ROLLBACK").await;
        out.push(match asked {
            Ok(found) => {
                let met = what.expect.met(&found, is_ordered(&what.query));
                let state = if met { State::Passed } else { State::Failed };
                Verified { found: Some(found.words()), ..Verified::of(what, state) }
            }
            Err(error) => Verified::cannot_say(what, sqlstate::server_message(&error)),
        });
    }
    out
}

/// Whether the server understands each query that is asked after a plan, in a database that the model has made; none is run.
/// What is asked before one may speak of what the plan takes away.
///
/// # Errors
/// Every query that it refuses, and every column that is expected of one and does not come.
pub async fn understood(client: &Client, list: &[Verification], path: &[String]) -> Result<(), Failure> {
    let mut diagnostics = Vec::new();
    for what in list.iter().filter(|v| v.when == When::After) {
        let schemas = super::search_path(what.schema.iter().chain(path));
        let set = client.batch_execute(&format!("SET search_path = {schemas}")).await;
        let prepared = match (set, &what.first) {
            (Ok(()), Some(first)) => client.prepare(first).await.map(|_| ()),
            (set, _) => set,
        };
        let columns = match prepared {
            Ok(()) => client.prepare(&what.query).await,
            Err(error) => Err(error),
        };
        match columns {
            Ok(statement) => {
                let found: Vec<&str> = statement.columns().iter().map(|c| c.name()).collect();
                let missing = what.expect.columns().into_iter().filter(|name| !found.contains(name));
                diagnostics.extend(missing.map(|name| {
                    Diagnostic::error(
                        "unknown-column",
                        format!("verify `{}` expects a column `{name}`, which its query does not give", what.name),
                    )
                    .at(&what.place)
                    .help(format!("it gives {}", found.join(", ")))
                }));
            }
            Err(error) => diagnostics.push(
                Diagnostic::error("verify", format!("the query of verify `{}` would fail", what.name))
                    .at(&what.place)
                    .note(sqlstate::server_message(&error)),
            ),
        }
    }
    if diagnostics.is_empty() { Ok(()) } else { Err(Failure { diagnostics }) }
}

/// What every query is asked with, because texts depend on it.
pub(super) const PINNED: &str = "SET LOCAL \"TimeZone\" = 'UTC'; SET LOCAL \"DateStyle\" = 'ISO, MDY'; SET LOCAL \"IntervalStyle\" = 'postgres'; \
     SET LOCAL extra_float_digits = 1; SET LOCAL bytea_output = 'hex'; SET LOCAL standard_conforming_strings = on; \
     SET LOCAL client_min_messages = warning; SET LOCAL lock_timeout = '10s'";

async fn one(client: &Client, what: &Verification, path: &[String]) -> Result<Found, Error> {
    let schemas = what.schema.iter().chain(path);
    let mut script = format!(
        "BEGIN TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY; {PINNED}; SET LOCAL search_path = {}; \
         SET LOCAL statement_timeout = {}; SET LOCAL row_security = {}",
        super::search_path(schemas),
        what.timeout.as_millis(),
        // As somebody else, what that somebody sees is the question.
        if what.role.is_some() { "on" } else { "off" }
    );
    for (name, value) in &what.settings {
        let set = format!("; SELECT pg_catalog.set_config({}, {}, true)", sql::literal(name), sql::literal(value));
        script.push_str(&set);
    }
    client.batch_execute(&script).await?;
    if let Some(first) = &what.first {
        let text =
            format!("DECLARE trueup_first NO SCROLL CURSOR FOR {first}\n; FETCH ALL FROM trueup_first; CLOSE trueup_first");
        client.batch_execute(&text).await?;
    }
    if let Some(role) = &what.role {
        client.batch_execute(&format!("SET LOCAL ROLE {}", sql::ident(role))).await?;
    }
    // A line of its own for the end: the query's last one may be a comment.
    client.batch_execute(&format!("DECLARE trueup_verify NO SCROLL CURSOR FOR {}\n", what.query)).await?;
    let wanted = what.expect.rows() + 1;
    let messages = client.simple_query(&format!("FETCH {wanted} FROM trueup_verify")).await?;
    let mut found = Found::default();
    for message in messages {
        match message {
            SimpleQueryMessage::RowDescription(columns) => {
                found.columns = columns.iter().map(|c| c.name().to_string()).collect();
            }
            SimpleQueryMessage::Row(row) => found.rows.push(values(&row)),
            _ => {}
        }
    }
    found.more = found.rows.len() == wanted;
    Ok(found)
}

fn values(row: &SimpleQueryRow) -> Vec<Option<String>> {
    (0..row.len()).map(|i| row.get(i).map(str::to_string)).collect()
}

/// Whether the query's outermost level says in which order its rows come.
fn is_ordered(query: &str) -> bool {
    let tokens = lex::tokens(query);
    tokens.windows(2).any(|t| t[0].depth == 0 && t[0].is_word(query, "order") && t[1].is_word(query, "by"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_order_of_the_querys_own() {
        assert!(is_ordered("select a from t ORDER BY a"));
        assert!(!is_ordered("select a from (select a from t order by a) s"));
        assert!(!is_ordered("select max(a order by b) from t"));
    }
}
