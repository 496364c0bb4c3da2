//! # Text search configurations
//!
//! Mappings change in place, one step for each type of token; another parser makes the configuration new, with everything that
//! uses it.

use std::collections::BTreeMap;

use serde_json::Value;

use super::yaml::{Declarer, Entry, Field, FieldValue, File, Naming, Out, Section, Shape, Statement};
use super::{Alter, Change, Kind};
use crate::catalog::{Catalog, Id, KindName, Object};
use crate::plan::step::{Draft, Hazard};
use crate::sql;

/// The kind.
pub struct TextSearchConfiguration;

static SECTION: Section = Section {
    key: "text_search_configurations",
    under: &[""],
    shape: Shape::Mapping,
    naming: Naming::Schema,
    file: File::Shared("text_search.yaml"),
    fields: &[
        Field { key: "parser", value: FieldValue::Name, doc: "The parser; PostgreSQL's own when it is not written." },
        Field {
            key: "mappings",
            value: FieldValue::Texts,
            doc: "For each type of token the dictionaries, in their order: `{word: 'unaccent, simple'}`.",
        },
    ],
    doc: "Text search configurations (CREATE TEXT SEARCH CONFIGURATION).",
    example: "text_search_configurations:\n  names:\n    mappings: {asciiword: simple, word: 'unaccent, simple'}\n",
};

/// PostgreSQL's own parser.
const PARSER: &str = "pg_catalog.\"default\"";

fn mappings(object: &Object) -> BTreeMap<&str, String> {
    let map = object.attrs.get("mappings").and_then(Value::as_object);
    let list = |v: &Value| v.as_array().into_iter().flatten().filter_map(Value::as_str).collect::<Vec<_>>().join(", ");
    map.into_iter().flatten().map(|(token, dictionaries)| (token.as_str(), list(dictionaries))).collect()
}

impl TextSearchConfiguration {
    fn mapping(&self, id: &Id, clause: String) -> Draft {
        Draft::new(format!("ALTER {} {clause}", self.sql_name(id)))
    }
}

fn add(token: &str, dictionaries: &str) -> String {
    format!("ADD MAPPING FOR {} WITH {dictionaries}", sql::ident(token))
}

impl Kind for TextSearchConfiguration {
    fn name(&self) -> KindName {
        "text_search_configuration"
    }

    fn label(&self) -> (&'static str, &'static str) {
        ("text search configuration", "text search configurations")
    }

    fn catalog_sql(&self, _: u32) -> Option<&'static str> {
        Some(include_str!("catalog.sql"))
    }

    fn section(&self) -> Option<&'static Section> {
        Some(&SECTION)
    }

    fn declare(&self, entry: &Entry<'_>, out: &mut Declarer<'_>) {
        let schema = entry.schema.as_deref();
        let mut create = Statement::new(schema, format!("CREATE TEXT SEARCH CONFIGURATION {} (PARSER = ", entry.path()));
        match entry.field("parser") {
            Some(parser) => create.piece(&parser),
            None => create.push(PARSER),
        }
        create.push(")");
        let mut statements = vec![create];
        for (token, dictionaries) in entry.texts("mappings") {
            let before = format!("ALTER TEXT SEARCH CONFIGURATION {} {}", entry.path(), add(&token.text, ""));
            statements.push(Statement::with(schema, &before, &dictionaries, ""));
        }
        out.declare(entry, statements);
    }

    fn write(&self, _: &Id, object: &Object, _: &Catalog) -> Option<Out> {
        let mut map: Vec<(String, Out)> = object.text("parser").map(|p| ("parser".into(), Out::text(p))).into_iter().collect();
        let mappings: Vec<(String, Out)> =
            mappings(object).into_iter().map(|(token, list)| (token.to_string(), Out::Text(list))).collect();
        if !mappings.is_empty() {
            map.push(("mappings".into(), Out::Map(mappings)));
        }
        Some(Out::Map(map))
    }

    fn sql_name(&self, id: &Id) -> String {
        format!("TEXT SEARCH CONFIGURATION {}", id.own_path())
    }

    fn owner_name(&self, id: &Id) -> Option<String> {
        Some(self.sql_name(id))
    }

    fn create(&self, id: &Id, object: &Object, _: &[(&Id, &Object)]) -> Vec<Draft> {
        let parser = object.text("parser").unwrap_or(PARSER);
        let mut drafts = vec![Draft::new(format!("CREATE {} (PARSER = {parser})", self.sql_name(id)))];
        drafts.extend(mappings(object).iter().map(|(token, list)| self.mapping(id, add(token, list))));
        drafts
    }

    fn drop(&self, id: &Id, _: &Object) -> Vec<Draft> {
        vec![Draft::new(format!("DROP {}", self.sql_name(id))).hazard(Hazard::BreaksClients)]
    }

    fn alter(&self, change: &mut Change<'_>) -> Alter {
        if change.take("parser") {
            change.take_all();
            return Alter::Replace;
        }
        change.take("mappings");
        let (was, is) = (mappings(change.live), mappings(change.desired));
        let gone = was.keys().filter(|token| !is.contains_key(*token)).map(|t| format!("DROP MAPPING FOR {}", sql::ident(t)));
        let changed = is.iter().filter(|(token, list)| was.get(*token) != Some(list)).map(|(token, list)| {
            if was.contains_key(token) {
                format!("ALTER MAPPING FOR {} WITH {list}", sql::ident(token))
            } else {
                add(token, list)
            }
        });
        Alter::InPlace(gone.chain(changed).map(|clause| self.mapping(change.id, clause)).collect())
    }

    fn rename(&self, id: &Id, to: &str) -> Option<Draft> {
        Some(Draft::new(format!("ALTER {} RENAME TO {}", self.sql_name(id), sql::ident(to))))
    }
}
