//! # Languages
//!
//! Handlers and trust change in place (CREATE OR REPLACE LANGUAGE). Languages that an extension brings are the extension's.
//! PostgreSQL reserves them to superusers.

use super::single::path;
use super::yaml::{Declarer, Entry, Field, FieldValue, File, Naming, Out, Section, Shape, Statement};
use super::{Alter, Change, Grants, Kind, Weight};
use crate::catalog::{Catalog, Id, KindName, Object};
use crate::plan::step::{Draft, Hazard};
use crate::sql;

/// The kind.
pub struct Language;

static SECTION: Section = Section {
    key: "languages",
    under: &[""],
    shape: Shape::Mapping,
    naming: Naming::Database,
    file: File::Shared("database.yaml"),
    fields: &[
        Field {
            key: "trusted",
            value: FieldValue::Flag,
            doc: "Whether everybody may write functions in it; `false` by default.",
        },
        Field { key: "handler", value: FieldValue::Name, doc: "The function that runs functions of the language." },
        Field { key: "inline", value: FieldValue::Name, doc: "The function that runs DO blocks." },
        Field { key: "validator", value: FieldValue::Name, doc: "The function that checks new functions." },
    ],
    doc: "Procedural languages (CREATE LANGUAGE) that no extension brings.",
    example: "languages:\n  plsample:\n    trusted: true\n    handler: app.plsample_call_handler\n",
};

/// The functions in the order of CREATE LANGUAGE: the key, and what SQL calls it.
const FUNCTIONS: &[(&str, &str)] = &[("handler", "HANDLER"), ("inline", "INLINE"), ("validator", "VALIDATOR")];

fn statement(id: &Id, object: &Object, replace: bool) -> String {
    let or_replace = if replace { "OR REPLACE " } else { "" };
    let trusted = if object.flag("trusted") { "TRUSTED " } else { "" };
    let mut text = format!("CREATE {or_replace}{trusted}LANGUAGE {}", sql::ident(&id.name));
    for (attr, word) in FUNCTIONS {
        if let Some(function) = object.text(attr) {
            text.push_str(&format!(" {word} {function}"));
        }
    }
    text
}

impl Kind for Language {
    fn name(&self) -> KindName {
        "language"
    }

    fn label(&self) -> (&'static str, &'static str) {
        ("language", "languages")
    }

    fn catalog_sql(&self, _: u32) -> Option<&'static str> {
        Some(include_str!("catalog.sql"))
    }

    fn section(&self) -> Option<&'static Section> {
        Some(&SECTION)
    }

    fn declare(&self, entry: &Entry<'_>, out: &mut Declarer<'_>) {
        if entry.field("handler").is_none() {
            return out.missing(entry, "handler", SECTION.example.trim());
        }
        let trusted = if entry.flag("trusted") == Some(true) { "TRUSTED " } else { "" };
        let mut text = format!("CREATE {trusted}LANGUAGE {}", sql::ident(&entry.name));
        for (key, word) in FUNCTIONS {
            if let Some(function) = entry.field(key) {
                text.push_str(&format!(" {word} {}", path(&function)));
            }
        }
        let mut statement = Statement::new(None, text);
        statement.privileged = true;
        out.declare(entry, vec![statement]);
    }

    fn write(&self, _: &Id, object: &Object, _: &Catalog) -> Option<Out> {
        let mut map = Vec::new();
        if object.flag("trusted") {
            map.push(("trusted".to_string(), Out::text("true")));
        }
        map.extend(FUNCTIONS.iter().filter_map(|(key, _)| Some(((*key).to_string(), Out::text(object.text(key)?)))));
        Some(Out::Map(map))
    }

    fn weight(&self, attr: Option<&str>) -> Weight {
        match attr {
            Some("comment") => Weight::Cosmetic,
            Some("privileges" | "owner" | "trusted") => Weight::Security,
            _ => Weight::Breaking,
        }
    }

    fn takes_labels(&self) -> bool {
        true
    }

    fn sql_name(&self, id: &Id) -> String {
        format!("LANGUAGE {}", sql::ident(&id.name))
    }

    fn owner_name(&self, id: &Id) -> Option<String> {
        Some(self.sql_name(id))
    }

    fn grants(&self) -> Option<Grants> {
        Some(Grants { on: "LANGUAGE", letters: "U", public: &["usage"], default_acl: None })
    }

    fn reserved(&self) -> bool {
        true
    }

    fn create(&self, id: &Id, object: &Object, _: &[(&Id, &Object)]) -> Vec<Draft> {
        vec![Draft::new(statement(id, object, false))]
    }

    fn drop(&self, id: &Id, _: &Object) -> Vec<Draft> {
        vec![Draft::new(format!("DROP {}", self.sql_name(id))).hazard(Hazard::BreaksClients)]
    }

    fn alter(&self, change: &mut Change<'_>) -> Alter {
        let trust = change.take("trusted") && change.desired.flag("trusted");
        change.take_any(&["handler", "inline", "validator"]);
        let draft = Draft::new(statement(change.id, change.desired, true));
        Alter::InPlace(vec![if trust { draft.hazard(Hazard::WeakensSecurity) } else { draft }])
    }

    fn rename(&self, id: &Id, to: &str) -> Option<Draft> {
        Some(Draft::new(format!("ALTER {} RENAME TO {}", self.sql_name(id), sql::ident(to))))
    }
}
