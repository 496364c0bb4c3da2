//! What is read from a server: definitions are PostgreSQL's own texts, however they were asked for.

use std::collections::BTreeMap;

use trueup::catalog::{Catalog, Detail, read};
use trueup::pg::{Settings, connect, process_environment};

use crate::support::Database;

/// Every shape of index, constraint and default that prints in its own way.
const SHAPES: &str = include_str!("reading.sql");

fn catalog(database: &Database, detail: Detail) -> Catalog {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().expect("a runtime");
    runtime.block_on(async {
        let settings = Settings::parse(&database.url(), &process_environment).unwrap_or_else(|e| panic!("{e}"));
        let client = connect(&settings).await.unwrap_or_else(|e| panic!("{e}"));
        read::read_telling(&client, client.major(), detail, |_| {}).await.unwrap_or_else(|e| panic!("{e}"))
    })
}

#[test]
fn definitions_are_those_of_postgresql() {
    let database = Database::new();
    database.sql(SHAPES);
    let read = catalog(&database, Detail::Contents);
    let text = |kind: &str, attr: &str| -> BTreeMap<String, String> {
        read.of_kind(kind).map(|(id, o)| (id.path(), o.text(attr).unwrap_or_default().to_string())).collect()
    };
    // Name and text in one, as the server says them.
    let said = |query: &str| -> BTreeMap<String, String> {
        let rows = database.rows(&format!("SET search_path = ''; {query}"));
        rows.iter().filter_map(|row| row.split_once(" => ")).map(|(name, text)| (name.to_string(), text.to_string())).collect()
    };
    let names = "quote_ident(n.nspname) || '.' || quote_ident(c.relname) || '.' ||";
    let from_class =
        "JOIN pg_class c ON c.oid = t.relation JOIN pg_namespace n ON n.oid = c.relnamespace WHERE n.nspname = 'shapes'";

    let indexes = said(&format!(
        "SELECT {names} quote_ident(i.relname) || ' => ' || \
           replace(pg_get_indexdef(t.oid), ' WITH (fillfactor=''70'')', '') \
         FROM (SELECT indexrelid AS oid, indrelid AS relation FROM pg_index x WHERE NOT EXISTS \
                 (SELECT 1 FROM pg_constraint k WHERE k.conindid = x.indexrelid AND k.contype IN ('p', 'u', 'x'))) t \
         JOIN pg_class i ON i.oid = t.oid {from_class}"
    ));
    let ours = text("index", "definition");
    assert!(ours.len() > 20);
    for (name, definition) in ours {
        let whole = &indexes[&name];
        assert!(whole.ends_with(&format!(" {definition}")) && definition.starts_with("USING "), "{name}: {definition}\n{whole}");
    }

    let constraints = said(&format!(
        "SELECT {names} quote_ident(t.conname) || ' => ' || replace(pg_get_constraintdef(t.oid), ' NOT VALID', '') \
         FROM (SELECT oid, conname, conrelid AS relation FROM pg_constraint WHERE contype IN ('p', 'u', 'x', 'f', 'c')) t {from_class}"
    ));
    let mut count = 0;
    for kind in ["primary_key", "unique", "exclusion", "foreign_key", "check"] {
        for (name, definition) in text(kind, "definition") {
            assert_eq!(constraints.get(&name), Some(&definition), "{kind} {name}");
            count += 1;
        }
    }
    assert!(count > 10);

    let defaults = said(&format!(
        "SELECT {names} quote_ident(a.attname) || ' => ' || pg_get_expr(t.adbin, t.relation) \
         FROM (SELECT adbin, adnum, adrelid AS relation FROM pg_attrdef) t \
         JOIN pg_attribute a ON a.attrelid = t.relation AND a.attnum = t.adnum AND a.attgenerated = '' {from_class} AND c.relkind <> 'v'"
    ));
    assert_eq!(text("default", "expression"), defaults);
}

#[test]
fn the_contents_are_the_same_with_and_without_dependencies() {
    let database = Database::new();
    database.sql(SHAPES);
    let contents = catalog(&database, Detail::Contents);
    let mut whole = catalog(&database, Detail::Dependencies);
    assert!(whole.objects.values().any(|o| !o.needs.is_empty()) && contents.objects.values().all(|o| o.needs.is_empty()));
    for object in whole.objects.values_mut() {
        object.needs.clear();
        object.owned_by.clear();
    }
    assert_eq!(contents.objects, whole.objects);
    assert_eq!(contents.unmodeled, whole.unmodeled);
}
