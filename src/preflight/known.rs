//! The queries that are known of clients: files with SQL, and what `pg_stat_statements` has counted in the live database.

use std::path::{Path, PathBuf};

use tokio_postgres::SimpleQueryRow;

use crate::diagnostic::{Diagnostic, Result};
use crate::pg::Client;
use crate::shadow::rebuild::refused;
use crate::sql::{self, lex};

/// The word for the live database's own statistics.
pub const STATISTICS: &str = "pg_stat_statements";

/// One statement that a client sends.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Known {
    /// Where it is known from: `queries/report.sql:12`, `pg_stat_statements 4711`.
    pub name: String,
    /// The statement, perhaps with parameters `$1`.
    pub sql: String,
}

/// Known statements, and what there is to say of those that are not among them.
#[derive(Debug, Default)]
pub struct Queries {
    /// The statements.
    pub known: Vec<Known>,
    /// Why there are not more.
    pub notes: Vec<String>,
}

/// What nothing can prepare: only these begin a statement with a plan (manual, sql-prepare).
const PREPARED: &[&str] = &["select", "insert", "update", "delete", "merge", "values", "table", "with"];

fn is_prepared(statement: &str) -> bool {
    let first = lex::tokens(statement).into_iter().find(|t| !t.is_symbol(statement, "("));
    first.is_some_and(|t| PREPARED.iter().any(|w| t.is_word(statement, w)))
}

/// The statements of a file, or of all `.sql` files below a folder.
///
/// # Errors
/// When one cannot be read.
pub fn of_files(place: &Path) -> Result<Queries> {
    let unreadable = |path: &Path, error: &std::io::Error| {
        Diagnostic::error("unreadable-file", format!("{} cannot be read", path.display()))
            .note(error.to_string())
            .help(format!("--queries takes a folder with .sql files, one of them, or `{STATISTICS}`"))
    };
    let mut files: Vec<PathBuf> = Vec::new();
    let mut open = vec![place.to_path_buf()];
    while let Some(path) = open.pop() {
        if !path.is_dir() {
            files.push(path);
            continue;
        }
        for entry in std::fs::read_dir(&path).map_err(|e| unreadable(&path, &e))? {
            let inner = entry.map_err(|e| unreadable(&path, &e))?.path();
            if inner.is_dir() || inner.extension().is_some_and(|e| e.eq_ignore_ascii_case("sql")) {
                open.push(inner);
            }
        }
    }
    files.sort();
    let (mut out, mut others) = (Queries::default(), 0);
    for file in files {
        let text = std::fs::read_to_string(&file).map_err(|e| unreadable(&file, &e))?;
        for range in lex::statements(&text) {
            let line = text[..range.start].matches('\n').count() + 1;
            let known = Known { name: format!("{}:{line}", file.display()), sql: text[range].to_string() };
            match is_prepared(&known.sql) {
                true => out.known.push(known),
                false => others += 1,
            }
        }
    }
    if others > 0 {
        let statements = crate::report::count(others, "statement", "statements");
        out.notes.push(format!("{statements} of {} that nothing prepares", place.display()));
    }
    Ok(out)
}

/// How many of the statistics are taken, the most frequent first.
const MOST: usize = 5000;

/// The statements that the live database's `pg_stat_statements` has of this database (manual, pgstatstatements).
///
/// # Errors
/// It is not there, or cannot be read.
pub async fn of_statistics(client: &Client) -> Result<Queries> {
    let schema = "SELECT n.nspname FROM pg_catalog.pg_extension e JOIN pg_catalog.pg_namespace n ON n.oid = e.extnamespace \
                  WHERE e.extname = 'pg_stat_statements'";
    let schema = rows(client, schema).await.map_err(|e| refused(&e))?.into_iter().next().map(|mut row| row.swap_remove(0));
    let Some(schema) = schema else {
        return Err(Diagnostic::error("no-statistics", "the live database has no pg_stat_statements")
            .help("`CREATE EXTENSION pg_stat_statements`, or name a folder of .sql files with --queries")
            .into());
    };
    let query = format!(
        "SELECT s.queryid, s.query FROM {} s WHERE s.dbid = (SELECT d.oid FROM pg_catalog.pg_database d \
           WHERE d.datname = pg_catalog.current_database()) AND s.query IS NOT NULL ORDER BY s.calls DESC LIMIT {MOST}",
        sql::qualified(&schema, STATISTICS)
    );
    let found = rows(client, &query).await.map_err(|e| {
        Diagnostic::error("no-statistics", "pg_stat_statements cannot be read")
            .note(crate::pg::sqlstate::server_message(&e))
            .help("it has to be in shared_preload_libraries, and the role needs USAGE on its schema and SELECT on it")
    })?;
    let (mut out, mut hidden) = (Queries::default(), 0);
    for row in found {
        let [id, query] = row.as_slice() else { continue };
        if id.is_empty() {
            // Another role's, whose text is not shown either.
            hidden += 1;
        } else if is_prepared(query) {
            out.known.push(Known { name: format!("{STATISTICS} {id}"), sql: typed(query) });
        }
    }
    if hidden > 0 {
        let statements = crate::report::count(hidden, "statement", "statements");
        out.notes.push(format!("{statements} of other roles, which only members of pg_read_all_stats see"));
    }
    // The same text of several roles.
    let mut seen = std::collections::BTreeSet::new();
    out.known.retain(|known| seen.insert(known.sql.clone()));
    Ok(out)
}

/// A constant with its type before it (`interval '1 day'`) becomes what is no SQL when a parameter stands for its text.
fn typed(statement: &str) -> String {
    const TYPES: &[&str] = &["interval", "date", "time", "timetz", "timestamp", "timestamptz"];
    let tokens = lex::tokens(statement);
    let (mut out, mut done) = (String::new(), 0);
    for three in tokens.windows(3) {
        let [word, dollar, number] = three else { continue };
        let is_type = TYPES.iter().any(|t| word.is_word(statement, t));
        if is_type && dollar.is_symbol(statement, "$") && dollar.span.end == number.span.start {
            let parameter = &statement[dollar.span.start..number.span.end];
            out.push_str(&format!("{}CAST({parameter} AS {})", &statement[done..word.span.start], word.text(statement)));
            done = number.span.end;
        }
    }
    out + &statement[done..]
}

async fn rows(client: &Client, query: &str) -> std::result::Result<Vec<Vec<String>>, tokio_postgres::Error> {
    let texts = |row: &SimpleQueryRow| (0..row.len()).map(|i| row.get(i).unwrap_or_default().to_string()).collect();
    Ok(client.rows(query).await?.iter().map(texts).collect())
}

#[cfg(test)]
mod tests {
    use super::{is_prepared, typed};

    #[test]
    fn constants_of_a_type_are_casts() {
        let was = "select a from t where b > now() - interval $1 and c = date $12 and d = $3";
        let is = "select a from t where b > now() - CAST($1 AS interval) and c = CAST($12 AS date) and d = $3";
        assert_eq!(typed(was), is);
    }

    #[test]
    fn what_has_a_plan() {
        for yes in ["select 1", "(select 1) union select 2", "WITH x AS (SELECT 1) DELETE FROM t", "-- why\nupdate t set a = $1"]
        {
            assert!(is_prepared(yes), "{yes}");
        }
        for no in ["begin", "create table t ()", "set x = 1", ""] {
            assert!(!is_prepared(no), "{no}");
        }
    }
}
