//! A row in every table, the same value everywhere, so that all foreign keys hold; and what is left of it afterwards.

use std::collections::BTreeMap;

use tokio_postgres::SimpleQueryMessage;
use trueup::pg::Client;
use trueup::plan::rename::Rename;

/// For each table, for each column of its row, whether there is a value. Empty for an empty table.
pub type Rows = BTreeMap<String, BTreeMap<String, bool>>;

/// Columns to be filled: table, name, category of the type, its name, the first label of an enum.
const COLUMNS: &str = "SELECT quote_ident(n.nspname) || '.' || quote_ident(c.relname), quote_ident(a.attname), b.typcategory, b.typname, \
       coalesce((SELECT quote_literal(enumlabel) FROM pg_enum WHERE enumtypid = b.oid ORDER BY enumsortorder LIMIT 1), 'NULL') \
     FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace JOIN pg_attribute a ON a.attrelid = c.oid \
       JOIN pg_type t ON t.oid = a.atttypid JOIN pg_type b ON b.oid = coalesce(nullif(t.typbasetype, 0), t.oid) \
     WHERE c.relkind = 'r' AND n.nspname !~ '^(pg_|information_schema)' AND a.attnum > 0 AND NOT a.attisdropped \
       AND a.attgenerated = '' ORDER BY 1, a.attnum";

const TABLES: &str = "SELECT quote_ident(n.nspname) || '.' || quote_ident(c.relname) FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace \
     WHERE c.relkind = 'r' AND n.nspname !~ '^(pg_|information_schema)'";

async fn query(client: &Client, sql: &str) -> Vec<Vec<String>> {
    let Ok(messages) = client.simple_query(sql).await else { return Vec::new() };
    let row = |m: &SimpleQueryMessage| match m {
        SimpleQueryMessage::Row(r) => Some((0..r.len()).map(|i| r.get(i).unwrap_or_default().to_string()).collect()),
        _ => None,
    };
    messages.iter().filter_map(row).collect()
}

/// Writes a row into every empty table that takes one; gives what is there then.
pub async fn fill(client: &Client) -> Rows {
    let mut tables: BTreeMap<String, (Vec<String>, Vec<String>)> = BTreeMap::new();
    for row in query(client, COLUMNS).await {
        let value = match (row[2].as_str(), row[3].as_str()) {
            (_, "date") => "'2001-01-01'",
            (_, "time" | "timetz") => "'01:00'",
            (_, "json" | "jsonb" | "tsvector") => "'1'",
            (_, "uuid") => "'11111111-1111-1111-1111-111111111111'",
            (_, "bytea") => "'\\x01'",
            ("N" | "S", _) => "'1'",
            ("B", _) => "true",
            ("D", _) => "'2001-01-01 00:00:00Z'",
            ("T", _) => "'1 day'",
            ("I", _) => "'127.0.0.1'",
            ("V", _) => "'101'",
            ("A", _) => "'{}'",
            ("R", _) => "'empty'",
            ("E", _) => row[4].as_str(),
            _ => "NULL",
        };
        let (names, values) = tables.entry(row[0].clone()).or_default();
        names.push(row[1].clone());
        values.push(value.to_string());
    }
    // The role that writes is a superuser; triggers and foreign keys are quiet meanwhile.
    let _ = client.batch_execute("SET session_replication_role = replica").await;
    for (table, (names, values)) in &tables {
        let insert = format!(
            "INSERT INTO {table} ({}) OVERRIDING SYSTEM VALUE SELECT {} WHERE NOT EXISTS (SELECT FROM ONLY {table})",
            names.join(", "),
            values.join(", ")
        );
        // A domain, a check or a rule may be against it: then there is no row to be lost.
        let _ = client.batch_execute(&insert).await;
    }
    let _ = client.batch_execute("RESET session_replication_role").await;
    read(client).await
}

/// What is there; what is computed can be computed again, and does not count.
pub async fn read(client: &Client) -> Rows {
    let mut out = Rows::new();
    for table in query(client, TABLES).await {
        let values = format!(
            "SELECT key, value <> 'null' FROM ONLY {} t, jsonb_each(to_jsonb(t)) \
             WHERE key NOT IN (SELECT attname FROM pg_attribute WHERE attrelid = t.tableoid AND attgenerated <> '')",
            table[0]
        );
        let row = query(client, &values).await.into_iter().map(|r| (r[0].clone(), r[1] == "t")).collect();
        out.insert(table[0].clone(), row);
    }
    out
}

/// The same under the names that tables and columns have after renames.
pub fn renamed(rows: Rows, renames: &[Rename]) -> Rows {
    let mut out = Rows::new();
    for (mut table, columns) in rows {
        let mut columns: BTreeMap<String, bool> = columns;
        for rename in renames {
            let (from, to) = (&rename.from, &rename.to);
            if from.kind == "table" && from.own_path() == table {
                table = to.own_path();
            } else if from.kind == "column" && from.parent_path() == table {
                let value = columns.remove(&*from.name);
                columns.extend(value.map(|v| (to.name.to_string(), v)));
            }
        }
        out.insert(table, columns);
    }
    out
}
