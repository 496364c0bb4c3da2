//! Nothing in PostgreSQL's catalogs goes unread by oversight: every column of every catalog, on the major version under test, is
//! either read by one of the queries or stands in `left_out.yaml` with a reason.
//!
//! Which columns a query reads, the server says: for a view made of it, it notes the columns on which rights are needed
//! (`selectedCols` in the view's rule, pg_rewrite.ev_action).

use std::collections::{BTreeMap, BTreeSet};

use trueup::catalog::read::queries;

use crate::support::{Database, major, root};

/// Views that are read in a catalog's place, because not everyone may read that.
const VIEWS: &[(&str, &str)] = &[("pg_roles", "pg_authid"), ("pg_user_mappings", "pg_user_mapping")];

/// Column numbers in `selectedCols` start at this (FirstLowInvalidHeapAttributeNumber in sysattr.h).
const OFFSET: i32 = -7;

/// A catalog and a column of it.
type Column = (String, String);

/// Why columns are not read: by catalog, then by column or columns, `*` for all.
type Reasons = BTreeMap<String, BTreeMap<String, String>>;

fn pair(row: &str) -> Column {
    let (catalog, column) = row.split_once(' ').expect("two words");
    (catalog.to_string(), column.to_string())
}

/// Every column of every catalog.
fn all(database: &Database) -> BTreeSet<Column> {
    let query = "SELECT c.relname || ' ' || a.attname FROM pg_attribute a JOIN pg_class c ON c.oid = a.attrelid \
                 WHERE c.relnamespace = 'pg_catalog'::regnamespace AND c.relkind = 'r' AND a.attnum > 0 AND NOT a.attisdropped";
    database.rows(query).iter().map(|row| pair(row)).collect()
}

/// The columns that a query reads. A row taken whole is read where its columns are then named: `to_jsonb(c) ->> 'name'`.
fn read(database: &Database, query: &str) -> BTreeSet<Column> {
    database.sql(&format!("CREATE VIEW public.reads AS SELECT 1 AS one FROM ({}\n) q", query.trim().trim_end_matches(';')));
    let noted = format!(
        "SELECT c.relname || ' ' || COALESCE(a.attname, '*') \
         FROM pg_rewrite w, regexp_matches(w.ev_action::text, ':relid (\\d+) [^{{}}]*?:selectedCols \\(b([^)]*)\\)', 'g') x \
         JOIN pg_class c ON c.oid = x[1]::oid CROSS JOIN LATERAL unnest(string_to_array(trim(x[2]), ' ')) n(bit) \
         LEFT JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum = n.bit::int + {OFFSET} AND a.attnum > 0 \
         WHERE w.ev_class = 'public.reads'::regclass AND n.bit <> ''"
    );
    let mut found: BTreeSet<Column> = database.rows(&noted).iter().map(|row| pair(row)).collect();
    database.sql("DROP VIEW public.reads");
    let whole: Vec<String> = found.iter().filter(|(_, column)| column == "*").map(|(catalog, _)| catalog.clone()).collect();
    let named = query.split("->> '").skip(1).filter_map(|rest| rest.split('\'').next());
    for name in named {
        found.extend(whole.iter().map(|catalog| (catalog.clone(), name.to_string())));
    }
    found
}

/// A reason counts on this major version: `until 17: ...` does not on 18.
fn holds(reason: &str) -> bool {
    let until = reason.strip_prefix("until ").and_then(|rest| rest.split(':').next()).and_then(|n| n.parse().ok());
    until.is_none_or(|last: u32| major() <= last)
}

#[test]
fn every_column_of_every_catalog_is_read_or_left_out_for_a_reason() {
    let database = Database::new();
    let all = all(&database);
    let queries = queries(major());
    let mut read_ones: BTreeSet<Column> = queries.iter().flat_map(|(_, query)| read(&database, query)).collect();
    for (view, catalog) in VIEWS {
        let through: Vec<Column> = read_ones.iter().filter(|(c, _)| c == view).cloned().collect();
        read_ones.extend(through.into_iter().map(|(_, column)| ((*catalog).to_string(), column)));
    }
    let text = std::fs::read_to_string(root().join("tests/guards/left_out.yaml")).expect("the reasons");
    let reasons: Reasons = serde_saphyr::from_str(&text).expect("the reasons are YAML");

    let mut wrong = Vec::new();
    let mut left_out = BTreeSet::new();
    for (catalog, entries) in &reasons {
        for (columns, reason) in entries.iter().filter(|(_, reason)| holds(reason)) {
            // What is said to be printed by a function is read if one of the queries calls it.
            let functions = reason.split_whitespace().filter(|word| word.starts_with("pg_get_"));
            for function in functions.filter(|f| !queries.iter().any(|(_, query)| query.contains(*f))) {
                wrong.push(format!("{catalog} {columns}: no query calls {function}"));
            }
            match columns.as_str() {
                "*" => left_out.extend(all.iter().filter(|(c, _)| c == catalog).cloned()),
                _ => left_out.extend(columns.split_whitespace().map(|column| (catalog.clone(), column.to_string()))),
            }
        }
    }
    for (catalog, column) in &all {
        let column = (catalog.clone(), column.clone());
        match (read_ones.contains(&column), left_out.contains(&column)) {
            (false, false) => wrong.push(format!("{catalog} {}: neither read nor left out", column.1)),
            (true, true) if !reasons[catalog].contains_key("*") => {
                wrong.push(format!("{catalog} {}: left out, and read", column.1));
            }
            _ => {}
        }
    }
    assert!(wrong.is_empty(), "PostgreSQL {}:\n{}", major(), wrong.join("\n"));
}
