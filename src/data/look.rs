//! How the live side's rows stand to what the model says of them.
//!
//! Only rows with the model's keys are read, and of those only what the model names; values are compared by the server, as
//! values of the column's type. Row-level security is off or it is an error, so that no row is missed silently.

use std::collections::BTreeSet;

use serde::Serialize;
use tokio_postgres::{Error, SimpleQueryRow};

use super::resolve::{Column, NULL, Resolved, Row, Table};
use super::{Backfill, ask};
use crate::catalog::{Catalog, Id};
use crate::diagnostic::{Diagnostic, Failure, Result};
use crate::drift::pending::Former;
use crate::pg::{Client, sqlstate};
use crate::sql;

/// How many rows one statement asks for or writes.
pub(super) const AT_ONCE: usize = 200;

/// How far the rows of a backfill are counted.
const COUNTED: u64 = 100_000;

/// How it stands.
#[derive(Debug, Clone, Default, Serialize)]
pub struct Standing {
    /// The tables whose rows differ, or of which it cannot be said.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub tables: Vec<TableStanding>,
    /// The backfills that have rows to fill, or of which it cannot be said.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub backfills: Vec<Pending>,
}

/// The rows of one table.
#[derive(Debug, Clone, Serialize)]
pub struct TableStanding {
    /// The table.
    pub table: String,
    /// Where its rows stand.
    pub origin: String,
    /// How many the model has.
    pub rows: usize,
    /// How many of them are missing.
    pub missing: usize,
    /// How many are otherwise.
    pub different: usize,
    /// How many the model lacks, where those are to be deleted.
    pub extra: u64,
    /// Why it cannot be said.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub why: Option<String>,
    /// What is to be done.
    #[serde(skip)]
    pub(super) todo: Todo,
}

/// Rows by their places in the model.
#[derive(Debug, Clone, Default)]
pub(super) struct Todo {
    pub missing: Vec<usize>,
    /// With the columns that differ.
    pub different: Vec<(usize, Vec<String>)>,
    pub extra: bool,
}

/// A backfill with rows to fill.
#[derive(Debug, Clone, Serialize)]
pub struct Pending {
    /// The column.
    pub column: String,
    /// Where it stands.
    pub origin: String,
    /// How many rows match; `None` where that is not known.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub rows: Option<u64>,
    /// Whether there may be more.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub more: bool,
    /// Why it cannot be said.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub why: Option<String>,
    #[serde(skip)]
    pub(super) id: Id,
}

impl Standing {
    /// Whether rows are not as the model has them.
    pub fn differs(&self) -> bool {
        self.tables.iter().any(|t| t.missing + t.different > 0 || t.extra > 0)
    }

    /// Whether a backfill has rows to fill.
    pub fn pending(&self) -> bool {
        self.backfills.iter().any(|b| b.why.is_none())
    }
}

/// The live side.
pub struct Live<'a> {
    /// The connection; there is none to a file.
    pub client: Option<&'a Client>,
    /// What is there.
    pub catalog: &'a Catalog,
    /// What it is called while renames are pending.
    pub former: &'a Former,
    /// The project's search path.
    pub path: &'a [String],
}

/// Looks at the rows.
///
/// # Errors
/// A value that its column's type does not take, at its place.
pub async fn look(resolved: &Resolved, live: &Live<'_>) -> Result<Standing> {
    let mut out = Standing::default();
    let mut errors = Vec::new();
    for table in &resolved.tables {
        let mut standing = TableStanding {
            table: table.id.own_path(),
            origin: table.origin.short(),
            rows: table.rows.len(),
            missing: 0,
            different: 0,
            extra: 0,
            why: None,
            todo: Todo::default(),
        };
        match live.client {
            None => standing.why = Some("there are no rows in a file".into()),
            Some(client) => {
                let reader = Reader { client, live, table };
                if let Err(error) = reader.read(&mut standing).await {
                    // What is wrong with one value is told of that value.
                    errors.extend(reader.uncastable().await);
                    standing.why = Some(sqlstate::server_message(&error));
                }
            }
        }
        (standing.missing, standing.different) = (standing.todo.missing.len(), standing.todo.different.len());
        standing.todo.extra = standing.extra > 0;
        if standing.missing + standing.different > 0 || standing.extra > 0 || standing.why.is_some() {
            out.tables.push(standing);
        }
    }
    for (id, backfill) in &resolved.backfills {
        out.backfills.extend(backfill_of(id, backfill, live).await);
    }
    if errors.is_empty() { Ok(out) } else { Err(Failure { diagnostics: errors }) }
}

struct Reader<'a> {
    client: &'a Client,
    live: &'a Live<'a>,
    table: &'a Table,
}

impl Reader<'_> {
    /// The table's path on the live side, when it is there.
    fn path(&self) -> Option<String> {
        let now = self.live.former.name(&self.table.id);
        self.live.catalog.get(&self.table.id).map(|_| now.own_path())
    }

    /// A column's name and type on the live side, when it is there as it is to be.
    fn column(&self, name: &str) -> Option<(String, &str)> {
        let column = self.table.columns.get(name).filter(|c| self.has_type(c))?;
        let type_name = self.live.catalog.get(&column.id)?.text("type")?;
        let same = type_name == column.type_name;
        same.then(|| (self.live.former.name(&column.id).name.to_string(), type_name))
    }

    /// Whether the live side has the column's type as it is to be.
    fn has_type(&self, column: &Column) -> bool {
        column.made_of.iter().all(|(id, attrs)| self.live.catalog.get(id).is_some_and(|o| o.attrs == *attrs))
    }

    async fn read(&self, standing: &mut TableStanding) -> std::result::Result<(), Error> {
        let table = self.table;
        let all = || (0..table.rows.len()).collect::<Vec<usize>>();
        let keyed = table.key.iter().all(|k| self.column(k).is_some());
        let Some(path) = self.path().filter(|_| keyed) else {
            standing.todo.missing = all();
            return self.casts(&self.all_values()).await;
        };
        // Rows that name the same columns are asked for together.
        let mut groups: Vec<(Vec<&String>, Vec<usize>)> = Vec::new();
        for (n, row) in table.rows.iter().enumerate() {
            let names: Vec<&String> = row.values.keys().collect();
            match groups.iter_mut().find(|(c, rows)| *c == names && rows.len() < AT_ONCE) {
                Some((_, rows)) => rows.push(n),
                None => groups.push((names, vec![n])),
            }
        }
        for (names, rows) in groups {
            let found = self.query(&self.comparison(&path, &names, &rows)).await?;
            let others: Vec<&&String> = names.iter().filter(|n| !table.key.contains(n)).collect();
            let mut seen = BTreeSet::new();
            for row in found {
                let Some(n) = row.get(0).and_then(|n| n.parse::<usize>().ok()).filter(|n| seen.insert(*n)) else { continue };
                if row.get(1) != Some("t") {
                    standing.todo.missing.push(n);
                    continue;
                }
                let different: Vec<String> = others
                    .iter()
                    .enumerate()
                    .filter(|(i, _)| row.get(i + 2) == Some("t"))
                    .map(|(_, name)| (**name).clone())
                    .collect();
                if !different.is_empty() && !table.insert_only {
                    standing.todo.different.push((n, different));
                }
            }
        }
        standing.todo.missing.sort_unstable();
        standing.todo.different.sort_unstable();
        if table.delete {
            let live_key: Vec<String> = table.key.iter().filter_map(|k| self.column(k)).map(|(name, _)| name).collect();
            let count = format!("SELECT pg_catalog.count(*) FROM {path} AS t WHERE {}", self.not_in_model(&live_key));
            standing.extra = self.query(&count).await?.first().and_then(|r| r.get(0)).and_then(|n| n.parse().ok()).unwrap_or(0);
        }
        Ok(())
    }

    fn not_in_model(&self, live_key: &[String]) -> String {
        not_in_model(self.table, live_key)
    }

    /// For each row its place in the model, whether it is there, and of each column beside the key whether it differs.
    fn comparison(&self, path: &str, names: &[&String], rows: &[usize]) -> String {
        let live: Vec<Option<(String, &str)>> = names.iter().map(|n| self.column(n)).collect();
        let value = |row: &Row, i: usize| {
            let sql = row.values.get(names[i]).map_or(NULL, |v| v.sql.as_str());
            // What is not there yet, or looked up in what is not there yet, has no value.
            let from = row.values.get(names[i]).and_then(|v| v.from.as_ref());
            let unknown = from.is_some_and(|f| {
                !self.live.catalog.objects.keys().any(|id| id.parent.is_none() && id.schema() == &*f.0 && id.name == f.1)
            });
            match &live[i] {
                Some((_, type_name)) if !unknown => format!("CAST({sql} AS {type_name})"),
                Some((_, type_name)) => format!("CAST(NULL AS {type_name})"),
                None => NULL.to_string(),
            }
        };
        let lines: Vec<String> = rows
            .iter()
            .map(|n| {
                let row = &self.table.rows[*n];
                let values: Vec<String> = (0..names.len()).map(|i| value(row, i)).collect();
                format!("({n}, {})", values.join(", "))
            })
            .collect();
        let aliases: Vec<String> = (0..names.len()).map(|i| format!("c{i}")).collect();
        let (mut on, mut flags) = (Vec::new(), Vec::new());
        for (i, name) in names.iter().enumerate() {
            let is_key = self.table.key.contains(name);
            match &live[i] {
                Some((column, _)) if is_key => on.push(format!("t.{} = v.c{i}", sql::ident(column))),
                Some((column, type_name)) => {
                    let cast = comparable(type_name);
                    flags.push(format!("t.{}{cast} IS DISTINCT FROM v.c{i}{cast}", sql::ident(column)));
                }
                // A column that comes with the plan gets its value then.
                None => flags.push("true".into()),
            }
        }
        let flags: String = flags.iter().map(|f| format!(", {f}")).collect();
        format!(
            "SELECT v.n, t.tableoid IS NOT NULL{flags} FROM (VALUES {}) AS v(n, {}) LEFT JOIN {path} AS t ON {}",
            lines.join(", "),
            aliases.join(", "),
            on.join(" AND ")
        )
    }

    async fn query(&self, query: &str) -> std::result::Result<Vec<SimpleQueryRow>, Error> {
        reading(self.client, &[], query).await
    }

    /// Every value that stands for itself, with the type that it is for.
    fn all_values(&self) -> Vec<(&str, &str)> {
        let values = self.table.rows.iter().flat_map(|r| &r.values).filter(|(_, v)| v.from.is_none() && v.sql != NULL);
        let typed = |name| self.table.columns.get(name).filter(|c| self.has_type(c)).map(|c| c.type_name.as_str());
        values.filter_map(|(name, v)| Some((v.sql.as_str(), typed(name)?))).collect()
    }

    async fn casts(&self, values: &[(&str, &str)]) -> std::result::Result<(), Error> {
        for chunk in values.chunks(AT_ONCE) {
            let casts: Vec<String> = chunk.iter().map(|(sql, type_name)| format!("CAST({sql} AS {type_name})")).collect();
            match self.query(&format!("SELECT {}", casts.join(", "))).await {
                Err(error) if is_about_values(&error) => return Err(error),
                // A type that comes with the plan is not there to ask.
                _ => {}
            }
        }
        Ok(())
    }

    /// The values that are to blame.
    async fn uncastable(&self) -> Vec<Diagnostic> {
        let mut out = Vec::new();
        for (name, value) in self.table.rows.iter().flat_map(|r| &r.values).filter(|(_, v)| v.from.is_none() && v.sql != NULL) {
            let Some(column) = self.table.columns.get(name).filter(|c| self.has_type(c)) else { continue };
            if let Err(error) = self.query(&format!("SELECT CAST({} AS {})", value.sql, column.type_name)).await
                && is_about_values(&error)
            {
                out.push(
                    Diagnostic::error("not-a-value", format!("column {name} of {} does not take this", self.table.id.own_path()))
                        .at(&value.place)
                        .label(format!("it takes {}", column.type_name))
                        .note(sqlstate::server_message(&error)),
                );
            }
        }
        out
    }
}

/// Class 22 is about data, class 23 about what they have to hold to (manual, appendix A).
fn is_about_values(error: &Error) -> bool {
    error.code().is_some_and(|c| c.code().starts_with("22") || c.code().starts_with("23"))
}

/// The condition for rows `t` that the model lacks.
pub(super) fn not_in_model(table: &Table, key: &[String]) -> String {
    let line = |row: &Row| {
        let values = table.key.iter().map(|k| {
            let type_name = table.columns.get(k).map_or("text", |c| c.type_name.as_str());
            format!("CAST({} AS {type_name})", row.values.get(k).map_or(NULL, |v| v.sql.as_str()))
        });
        format!("({})", values.collect::<Vec<_>>().join(", "))
    };
    if table.rows.is_empty() {
        return "true".into();
    }
    let lines: Vec<String> = table.rows.iter().map(line).collect();
    let aliases: Vec<String> = (0..key.len()).map(|i| format!("c{i}")).collect();
    let same: Vec<String> = key.iter().enumerate().map(|(i, k)| format!("v.c{i} = t.{}", sql::ident(k))).collect();
    format!("NOT EXISTS (SELECT FROM (VALUES {}) AS v({}) WHERE {})", lines.join(", "), aliases.join(", "), same.join(" AND "))
}

/// The cast with which values of a type can be compared that has no equality, or one of size rather than of value.
fn comparable(type_name: &str) -> &'static str {
    match type_name {
        "json" => "::pg_catalog.jsonb",
        "xml" | "point" | "line" | "lseg" | "box" | "path" | "polygon" | "circle" => "::pg_catalog.text",
        array if array.ends_with("[]") && !comparable(array.trim_end_matches("[]")).is_empty() => "::pg_catalog.text",
        _ => "",
    }
}

/// The rows of a query in a transaction that only reads.
async fn reading(client: &Client, path: &[&String], query: &str) -> std::result::Result<Vec<SimpleQueryRow>, Error> {
    let script = format!(
        "BEGIN TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY; {}; SET LOCAL search_path = {}; SET LOCAL row_security = off; \
         SET LOCAL statement_timeout = '60s'; {query}\n; ROLLBACK",
        ask::PINNED,
        super::search_path(path.iter().copied())
    );
    let found = client.rows(&script).await;
    if found.is_err() {
        // A connection that is gone has taken its transaction along.
        let _ = client.batch_execute("ROLLBACK").await;
    }
    found
}

/// What a backfill has to do; nothing where no row matches.
async fn backfill_of(id: &Id, backfill: &Backfill, live: &Live<'_>) -> Option<Pending> {
    let mut out = Pending {
        column: format!("{}.{}", id.parent_path(), sql::ident(&id.name)),
        origin: backfill.origin.short(),
        rows: None,
        more: false,
        why: None,
        id: id.clone(),
    };
    let Some(client) = live.client else {
        out.why = Some("there are no rows in a file".into());
        return Some(out);
    };
    let is_table = |other: &&Id| other.parent.is_none() && other.schema == id.schema && Some(&other.name) == id.parent.as_ref();
    let table = live.catalog.objects.keys().filter(|o| crate::kinds::of(o).is_relation()).find(is_table)?;
    let now = live.former.name(table).own_path();
    let path: Vec<&String> = std::iter::once(&backfill.schema).chain(live.path).collect();
    let counted = |from: String| async move {
        let query = format!("SELECT pg_catalog.count(*) FROM (SELECT FROM {from} LIMIT {}) AS matching", COUNTED + 1);
        let found = reading(client, &path, &query).await;
        found.map(|rows| rows.first().and_then(|r| r.get(0)).and_then(|n| n.parse::<u64>().ok()).unwrap_or(0))
    };
    let mut found = counted.clone()(format!("{now} WHERE {}", backfill.condition)).await;
    if found.as_ref().is_err_and(sqlstate::is_undefined) {
        // What the condition names comes with the plan: until then every row may match.
        found = counted(now).await;
    }
    match found {
        Ok(0) => return None,
        Ok(n) => (out.rows, out.more) = (Some(n.min(COUNTED)), n > COUNTED),
        Err(error) => out.why = Some(sqlstate::server_message(&error)),
    }
    Some(out)
}
