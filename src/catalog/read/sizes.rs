//! How large tables are, by the server's statistics: nothing is counted.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::refused;
use crate::diagnostic::Result;
use crate::sql;
use tokio_postgres::Client;

/// How large a table is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Size {
    /// Its rows, as ANALYZE last estimated them or as the statistics system has counted them since, whichever is more.
    pub rows: u64,
    /// Its bytes, with indexes and long values.
    pub bytes: u64,
}

/// The sizes of tables, by `schema.name`.
pub type Sizes = BTreeMap<String, Size>;

/// Reads the sizes of these tables, in one query. What is no table any more is left out, and so is what the role may not see.
///
/// Manual: functions-admin (pg_total_relation_size), catalog-pg-class (reltuples), monitoring-stats.
///
/// # Errors
/// The server refuses.
pub async fn sizes<'a>(client: &Client, tables: impl IntoIterator<Item = &'a str>) -> Result<Sizes> {
    let row = |name: &str| {
        let mut parts = sql::split_name(name)?;
        let (table, schema) = (parts.pop()?, parts.pop()?);
        Some(format!("({}, {}, {})", sql::literal(name), sql::literal(&schema), sql::literal(&table)))
    };
    let names: Vec<String> = tables.into_iter().filter_map(row).collect();
    if names.is_empty() {
        return Ok(Sizes::new());
    }
    // Looked up by rows of the catalog: a role without USAGE on the schema may not look up a name.
    let query = format!(
        "SELECT t.name, GREATEST(CASE WHEN c.relkind <> 'p' THEN c.reltuples::pg_catalog.int8 END, pg_catalog.pg_stat_get_live_tuples(c.oid), 0), \
                pg_catalog.pg_total_relation_size(c.oid) \
           FROM (VALUES {}) AS t(name, schema, relation) \
           JOIN pg_catalog.pg_namespace n ON n.nspname = t.schema \
           JOIN pg_catalog.pg_class c ON c.relnamespace = n.oid AND c.relname = t.relation \
          WHERE c.relkind IN ('r', 'm', 'p')",
        names.join(", ")
    );
    let messages = client.simple_query(&query).await.map_err(|e| refused(&e))?;
    let mut out = Sizes::new();
    for message in messages {
        let tokio_postgres::SimpleQueryMessage::Row(row) = message else { continue };
        let number = |i| row.get(i).and_then(|n: &str| n.parse().ok());
        if let (Some(name), Some(rows), Some(bytes)) = (row.get(0), number(1), number(2)) {
            out.insert(name.to_string(), Size { rows, bytes });
        }
    }
    Ok(out)
}
