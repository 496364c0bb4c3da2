//! # Conversions
//!
//! Nothing but name, owner and comment changes in place: a change makes the conversion new.

use super::single::path;
use super::yaml::{Declarer, Entry, Field, FieldValue, File, Naming, Out, Section, Shape, Statement};
use super::{Alter, Change, Kind};
use crate::catalog::{Catalog, Id, KindName, Object};
use crate::plan::step::{Draft, Hazard};
use crate::sql;

/// The kind.
pub struct Conversion;

static SECTION: Section = Section {
    key: "conversions",
    under: &[""],
    shape: Shape::Mapping,
    naming: Naming::Schema,
    file: File::Shared("types.yaml"),
    fields: &[
        Field { key: "from", value: FieldValue::Name, doc: "The encoding of what comes in." },
        Field { key: "to", value: FieldValue::Name, doc: "The encoding of what goes out." },
        Field { key: "function", value: FieldValue::Name, doc: "The function that converts." },
        Field { key: "default", value: FieldValue::Flag, doc: "Whether it is the one that is used between the two encodings." },
    ],
    doc: "Conversions between encodings (CREATE CONVERSION).",
    example: "conversions:\n  latin1_in:\n    from: LATIN1\n    to: UTF8\n    function: iso8859_1_to_utf8\n",
};

fn statement(path: &str, from: &str, to: &str, function: &str, default: bool) -> String {
    let default = if default { "DEFAULT " } else { "" };
    format!("CREATE {default}CONVERSION {path} FOR {} TO {} FROM {function}", sql::literal(from), sql::literal(to))
}

impl Kind for Conversion {
    fn name(&self) -> KindName {
        "conversion"
    }

    fn label(&self) -> (&'static str, &'static str) {
        ("conversion", "conversions")
    }

    fn catalog_sql(&self, _: u32) -> Option<&'static str> {
        Some(include_str!("catalog.sql"))
    }

    fn section(&self) -> Option<&'static Section> {
        Some(&SECTION)
    }

    fn declare(&self, entry: &Entry<'_>, out: &mut Declarer<'_>) {
        let (Some(from), Some(to), Some(function)) = (entry.field("from"), entry.field("to"), entry.field("function")) else {
            return out.missing(entry, "from`, `to` or `function", SECTION.example.trim());
        };
        let default = entry.flag("default") == Some(true);
        let text = statement(&entry.path(), &from.text, &to.text, &path(&function), default);
        out.declare(entry, vec![Statement::new(entry.schema.as_deref(), text)]);
    }

    fn write(&self, _: &Id, object: &Object, _: &Catalog) -> Option<Out> {
        let mut map = Vec::new();
        for key in ["from", "to", "function"] {
            map.push((key.to_string(), Out::text(object.text(key)?)));
        }
        if object.flag("default") {
            map.push(("default".into(), Out::text("true")));
        }
        Some(Out::Map(map))
    }

    fn sql_name(&self, id: &Id) -> String {
        format!("CONVERSION {}", id.own_path())
    }

    fn owner_name(&self, id: &Id) -> Option<String> {
        Some(self.sql_name(id))
    }

    fn create(&self, id: &Id, object: &Object, _: &[(&Id, &Object)]) -> Vec<Draft> {
        let text = |attr| object.text(attr).unwrap_or_default();
        let default = object.flag("default");
        vec![Draft::new(statement(&id.own_path(), text("from"), text("to"), text("function"), default))]
    }

    fn drop(&self, id: &Id, _: &Object) -> Vec<Draft> {
        vec![Draft::new(format!("DROP {}", self.sql_name(id))).hazard(Hazard::BreaksClients)]
    }

    fn alter(&self, change: &mut Change<'_>) -> Alter {
        change.take_any(&["from", "to", "function", "default"]);
        Alter::Replace
    }

    fn rename(&self, id: &Id, to: &str) -> Option<Draft> {
        Some(Draft::new(format!("ALTER {} RENAME TO {}", self.sql_name(id), sql::ident(to))))
    }
}
