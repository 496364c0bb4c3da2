//! # Access methods
//!
//! Nothing but the comment changes in place: a change makes the access method new, with everything that uses it. PostgreSQL
//! reserves them to superusers.

use super::single;
use super::yaml::{Declarer, Entry, Field, FieldValue, File, Naming, Out, Section, Shape};
use super::{Alter, Change, Kind};
use crate::catalog::{Catalog, Id, KindName, Object};
use crate::plan::step::{Draft, Hazard};
use crate::sql;

/// The kind.
pub struct AccessMethod;

static SECTION: Section = Section {
    key: "access_methods",
    under: &[""],
    shape: Shape::Sql,
    naming: Naming::Database,
    file: File::Shared("database.yaml"),
    fields: &[Field {
        key: "definition",
        value: FieldValue::Sql,
        doc: "The SQL after `CREATE ACCESS METHOD name`: `type index handler ...` or `type table handler ...`.",
    }],
    doc: "Access methods for tables and indexes (CREATE ACCESS METHOD) that no extension brings.",
    example: "access_methods:\n  heap2: type table handler heap_tableam_handler\n",
};

impl Kind for AccessMethod {
    fn name(&self) -> KindName {
        "access_method"
    }

    fn label(&self) -> (&'static str, &'static str) {
        ("access method", "access methods")
    }

    fn catalog_sql(&self, _: u32) -> Option<&'static str> {
        Some(include_str!("catalog.sql"))
    }

    fn section(&self) -> Option<&'static Section> {
        Some(&SECTION)
    }

    fn declare(&self, entry: &Entry<'_>, out: &mut Declarer<'_>) {
        let Some(definition) = entry.sql() else { return out.missing(entry, "definition", SECTION.example.trim()) };
        let before = format!("CREATE ACCESS METHOD {} ", sql::ident(&entry.name));
        if let Some(statement) = single::privileged(None, &before, &definition, out) {
            out.declare(entry, vec![statement]);
        }
    }

    fn write(&self, _: &Id, object: &Object, _: &Catalog) -> Option<Out> {
        let text = format!("type {} handler {}", object.text("type")?, object.text("handler")?);
        Some(Out::Map(vec![("definition".into(), Out::Text(text))]))
    }

    fn sql_name(&self, id: &Id) -> String {
        format!("ACCESS METHOD {}", sql::ident(&id.name))
    }

    fn reserved(&self) -> bool {
        true
    }

    fn create(&self, id: &Id, object: &Object, _: &[(&Id, &Object)]) -> Vec<Draft> {
        let (what, handler) =
            (object.text("type").unwrap_or_default().to_uppercase(), object.text("handler").unwrap_or_default());
        vec![Draft::new(format!("CREATE {} TYPE {what} HANDLER {handler}", self.sql_name(id)))]
    }

    fn drop(&self, id: &Id, _: &Object) -> Vec<Draft> {
        vec![Draft::new(format!("DROP {}", self.sql_name(id))).hazard(Hazard::BreaksClients)]
    }

    fn alter(&self, change: &mut Change<'_>) -> Alter {
        change.take_any(&["type", "handler"]);
        Alter::Replace
    }
}
