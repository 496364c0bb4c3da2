//! Asking the live database's rows whether they allow a plan.

use std::collections::BTreeSet;
use std::time::{Duration, Instant};

use tokio_postgres::Error;

use super::{Preflight, Unsaid, Violation};
use crate::apply::SETTINGS;
use crate::catalog::Id;
use crate::diagnostic::Result;
use crate::diff::Difference;
use crate::kinds;
use crate::kinds::asks::{Ask, Asked, Question, Sides};
use crate::kinds::family::Families;
use crate::pg::{Client, sqlstate};
use crate::plan::stages::Work;
use crate::plan::step;
use crate::plan::{Plan, Step, Verb};
use crate::shadow::rebuild::refused;
use crate::sql;

/// How long may be asked.
#[derive(Debug, Clone, Copy)]
pub struct Limits {
    /// One question.
    pub each: Duration,
    /// All of them together.
    pub all: Duration,
}

impl Limits {
    /// So long each, and so many times that in all.
    const TIMES: u32 = 6;

    /// From the limit of one question.
    pub fn of(each: Duration) -> Limits {
        Limits { each, all: each.saturating_mul(Limits::TIMES) }
    }
}

/// How many rows are named by their keys.
const KEYS: usize = 3;

/// What the differences ask of rows. `work` is what the plan does to rows before.
pub fn questions(sides: Sides<'_>, differences: &[Difference], work: &Work) -> Vec<Question> {
    let desired = sides.desired;
    let families = Families::of(desired);
    let changes: BTreeSet<&Id> =
        differences.iter().filter(|d| !matches!(d, Difference::Remove { .. })).map(Difference::id).collect();
    let mut out: Vec<Question> = Vec::new();
    for id in &changes {
        let Some(object) = desired.get(id) else { continue };
        // Rows of parts are asked as the whole's.
        let led = || families.leader(id, object, desired).is_some_and(|(leader, _)| changes.contains(&leader));
        let asked = Asked { id, live: sides.live.get(id), desired: object, sides };
        out.extend(kinds::of(id).asks(&asked).into_iter().filter(|_| !led()));
    }
    for question in &mut out {
        if let Some(column) = question.columns.iter().find(|c| work.filled.contains(c)) {
            question.ask = Ask::Nothing(format!("the plan fills {} before", sql::ident(&column.name)));
        }
        if let Some((schema, table)) = question.other.as_ref().filter(|other| work.written.contains(other)) {
            question.ask = Ask::Nothing(format!("the plan brings rows to {} before", sql::qualified(schema, table)));
        }
    }
    out
}

/// Asks them, one after another. `keys`: whether a few rows are to be named.
///
/// # Errors
/// The connection is gone.
pub async fn ask(client: &Client, questions: &[Question], limits: Limits, keys: bool) -> Result<Preflight> {
    let mut out = Preflight { asked: Some(questions.len()), ..Preflight::default() };
    let acting = acting(client, questions).await?;
    let late = Instant::now() + limits.all;
    for question in questions {
        let left = late.saturating_duration_since(Instant::now()).min(limits.each);
        let calls: Vec<&str> = called(question).iter().filter_map(|c| acting.get(c).map(String::as_str)).collect();
        let answer = match &question.ask {
            Ask::Nothing(why) => Answer::Unknown(why.clone()),
            _ if !calls.is_empty() => Answer::Unknown(format!("it calls {}, which does more than look", calls.join(", "))),
            _ if left.is_zero() => Answer::Unknown(format!("the time for all questions is over ({})", seconds(limits.all))),
            _ => Asking { client, question, left, keys }.answer().await?,
        };
        match answer {
            Answer::None => {}
            Answer::Unknown(why) => {
                out.cannot_say.push(Unsaid { object: question.id.to_string(), what: question.what.clone(), why });
            }
            Answer::Some(found) => out.violations.push(Violation {
                object: question.id.to_string(),
                table: question.table.clone(),
                what: question.what.clone(),
                ..found
            }),
        }
    }
    Ok(out)
}

/// Says by which step and line each violation comes.
pub fn placed(preflight: &mut Preflight, plan: &Plan, origin: impl Fn(&Id) -> Option<String>) {
    let looks = |step: &&Step| step.locks.iter().any(|held| held.work != step::Work::None);
    for violation in &mut preflight.violations {
        let about = |s: &&Step| {
            let makes = [Verb::Create, Verb::Alter].iter().any(|verb| s.verb == verb.name());
            makes && (s.object == violation.object || s.with.contains(&violation.object))
        };
        // The one that looks at the rows, where there are several.
        let mut steps = plan.steps.iter().filter(about);
        violation.step = steps.clone().find(looks).or_else(|| steps.next()).map(|s| s.number);
        let id = kinds::object_named(&violation.object);
        violation.origin = id.and_then(|id| origin(&id));
    }
    preflight.violations.sort_by_key(|v| v.step);
}

/// The names that are followed by a parenthesis.
fn called(question: &Question) -> BTreeSet<String> {
    let mut out = BTreeSet::new();
    for words in &question.words {
        let tokens = sql::lex::tokens(words);
        let calls = tokens.windows(2).filter(|pair| pair[1].is_symbol(words, "("));
        out.extend(calls.filter_map(|pair| pair[0].name(words)));
    }
    out
}

/// Of all functions that the model's words call, those that may act on more than what they are given: volatile ones of the server
/// and its extensions. Those that are written in the database are held by the transaction's being read-only.
async fn acting(client: &Client, questions: &[Question]) -> Result<BTreeSet<String>> {
    let names: BTreeSet<String> = questions.iter().flat_map(called).collect();
    if names.is_empty() {
        return Ok(BTreeSet::new());
    }
    let list: Vec<String> = names.iter().map(|n| sql::literal(n)).collect();
    let query = format!(
        "SELECT DISTINCT p.proname FROM pg_catalog.pg_proc p JOIN pg_catalog.pg_language l ON l.oid = p.prolang \
         WHERE p.provolatile = 'v' AND l.lanname IN ('internal', 'c') AND p.prokind = 'f' AND p.proname IN ({})",
        list.join(", ")
    );
    Ok(first_column(client, &query).await.map_err(|e| refused(&e))?.into_iter().collect())
}

async fn first_column(client: &Client, query: &str) -> std::result::Result<Vec<String>, Error> {
    Ok(client.rows(query).await?.iter().filter_map(|row| row.get(0).map(str::to_string)).collect())
}

enum Answer {
    None,
    Some(Violation),
    Unknown(String),
}

/// One question with what is needed to ask it.
struct Asking<'a> {
    client: &'a Client,
    question: &'a Question,
    left: Duration,
    keys: bool,
}

impl Asking<'_> {
    async fn answer(&self) -> Result<Answer> {
        let answer = match &self.question.ask {
            Ask::Refuses(value) => self.refusals(value).await,
            _ => self.violations().await,
        };
        // What has failed has ended the transaction, and a connection that is gone fails here.
        self.client.batch_execute("ROLLBACK").await.map_err(|e| refused(&e))?;
        Ok(answer.unwrap_or_else(|error| self.unanswered(&error)))
    }

    /// A transaction that can only read, sees all rows or none, and does not wait for long.
    async fn begin(&self) -> std::result::Result<(), Error> {
        let path: Vec<_> = self.question.path.iter().map(|schema| sql::ident(schema)).collect();
        let path = if path.is_empty() { "''".to_string() } else { path.join(", ") };
        let begin = format!(
            "BEGIN READ ONLY; {SETTINGS}; SET LOCAL search_path = {path}; SET LOCAL statement_timeout = {}; SET LOCAL lock_timeout = {}",
            self.left.as_millis().max(1),
            self.locked().as_millis().max(1)
        );
        self.client.batch_execute(&begin).await
    }

    /// How long a lock is waited for: less than for the answer, so that it is known which it was.
    fn locked(&self) -> Duration {
        self.left / 2
    }

    async fn violations(&self) -> std::result::Result<Answer, Error> {
        let (count, keys) = counting(self.question);
        self.begin().await?;
        let rows = first_column(self.client, &count).await?.first().and_then(|n| n.parse().ok()).unwrap_or(0);
        if rows == 0 {
            return Ok(Answer::None);
        }
        // Rows that cannot be named in time are counted all the same.
        let keys = if self.keys { first_column(self.client, &keys).await.unwrap_or_default() } else { Vec::new() };
        Ok(Answer::Some(Violation { rows, keys, ..Violation::default() }))
    }

    /// Computes all values at once; where that fails, one by one.
    async fn refusals(&self, value: &str) -> std::result::Result<Answer, Error> {
        self.begin().await?;
        let all = format!("SELECT pg_catalog.count({value}) FROM {}", self.question.from);
        let Err(error) = first_column(self.client, &all).await else { return Ok(Answer::None) };
        if !of_values(&error) {
            return Err(error);
        }
        let said = Some(sqlstate::server_message(&error)).filter(|_| self.keys);
        self.client.batch_execute("ROLLBACK").await?;
        self.begin().await?;
        let counted = match self.client.batch_execute(&one_by_one(self.question, value)).await {
            Ok(()) => first_column(
                self.client,
                "SELECT pg_catalog.current_setting('trueup.refused', true) UNION ALL \
                 SELECT k FROM pg_catalog.unnest(pg_catalog.current_setting('trueup.keys', true)::pg_catalog.text[]) AS k",
            )
            .await
            .ok(),
            Err(_) => None,
        };
        let mut counted = counted.unwrap_or_default().into_iter();
        let rows: Option<u64> = counted.next().and_then(|n| n.parse().ok()).filter(|n| *n > 0);
        let keys = if self.keys { counted.collect() } else { Vec::new() };
        Ok(Answer::Some(Violation { rows: rows.unwrap_or(1), or_more: rows.is_none(), keys, said, ..Violation::default() }))
    }

    /// What an error means for the question.
    fn unanswered(&self, error: &Error) -> Answer {
        let table = &self.question.table;
        if sqlstate::is_canceled(error) {
            return Answer::Unknown(format!("it took longer than {}", seconds(self.left)));
        }
        if sqlstate::is_lock_timeout(error) {
            return Answer::Unknown(format!("{table} was locked for {}", seconds(self.locked())));
        }
        // A constraint that cannot be computed for a row is none that it meets; a conversion has a question of its own.
        if of_values(error) && !self.question.converts {
            let said = Some(sqlstate::server_message(error)).filter(|_| self.keys);
            return Answer::Some(Violation { rows: 1, or_more: true, said, ..Violation::default() });
        }
        if of_values(error) {
            return Answer::Unknown("values cannot be converted first".into());
        }
        // The server's own words name objects; what functions raise may repeat values.
        let code = error.code().map(|c| c.code().to_string()).unwrap_or_default();
        if self.keys || ["0A", "25", "42", "53", "55", "57"].iter().any(|class| code.starts_with(class)) {
            return Answer::Unknown(sqlstate::server_message(error));
        }
        Answer::Unknown(format!("the server refuses the question (SQLSTATE {code})"))
    }
}

/// Whether it is about a value (manual, appendix A, classes 22 and 23).
fn of_values(error: &Error) -> bool {
    error.code().is_some_and(|code| code.code().starts_with("22") || code.code().starts_with("23"))
}

fn seconds(time: Duration) -> String {
    let ms = time.as_millis();
    if ms < 1000 { format!("{ms} ms") } else { format!("{} s", ms / 1000) }
}

/// The statement that counts, and the one that names.
fn counting(question: &Question) -> (String, String) {
    let from = &question.from;
    match &question.ask {
        Ask::Violates(condition) => (
            format!("SELECT pg_catalog.count(*) FROM {from} WHERE {condition}"),
            format!("SELECT trueup_key FROM {from} WHERE {condition} LIMIT {KEYS}"),
        ),
        Ask::Twice { by, when, nulls_too } => {
            let mut filter: Vec<String> = when.iter().map(|w| format!("({w})")).collect();
            if !nulls_too {
                filter.extend(by.iter().map(|value| format!("({value}) IS NOT NULL")));
            }
            let filter = if filter.is_empty() { String::new() } else { format!(" WHERE {}", filter.join(" AND ")) };
            let grouped = |what: &str| {
                format!("SELECT {what} FROM {from}{filter} GROUP BY {} HAVING pg_catalog.count(*) > 1", by.join(", "))
            };
            (
                format!("SELECT pg_catalog.sum(n) FROM ({}) AS d", grouped("pg_catalog.count(*) AS n")),
                format!(
                    "{} LIMIT {KEYS}",
                    grouped("pg_catalog.concat(pg_catalog.min(trueup_key), ' and ', pg_catalog.max(trueup_key))")
                ),
            )
        }
        Ask::Refuses(_) | Ask::Nothing(_) => (String::new(), String::new()),
    }
}

/// Counts the values that are refused, and keeps the keys of the first (manual, plpgsql-control-structures, trapping errors). It
/// works on every version, writes nothing, and hands its findings over in settings of its transaction.
fn one_by_one(question: &Question, value: &str) -> String {
    // The value that is tried has to be a column, for the rows are gone through as they are.
    let body = format!(
        "
DECLARE
  r record;
  refused pg_catalog.int8 := 0;
  keys pg_catalog.text[] := '{{}}';
BEGIN
  FOR r IN SELECT trueup_value, trueup_key FROM {} LOOP
    BEGIN
      PERFORM ({});
    EXCEPTION WHEN data_exception OR integrity_constraint_violation THEN
      refused := refused + 1;
      IF refused <= {KEYS} THEN keys := keys || r.trueup_key; END IF;
    END;
  END LOOP;
  PERFORM pg_catalog.set_config('trueup.refused', refused::pg_catalog.text, true);
  PERFORM pg_catalog.set_config('trueup.keys', keys::pg_catalog.text, true);
END",
        question.from,
        value.replace("trueup_value", "r.trueup_value")
    );
    format!("DO {}", sql::dollar_quoted(&body))
}
