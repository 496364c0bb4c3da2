//! # Extensions
//!
//! What an extension owns is never compared: it is the extension's. The version is compared only when the model states it.

use super::yaml::{Declarer, Entry, Field, FieldValue, File, Naming, Out, Section, Shape, Statement};
use super::{Alter, Change, Kind, secret};
use crate::catalog::{Catalog, Id, KindName, Object};
use crate::plan::step::{Draft, Hazard};
use crate::sql;

/// The kind.
pub struct Extension;

static SECTION: Section = Section {
    key: "extensions",
    under: &[""],
    shape: Shape::Mapping,
    naming: Naming::Database,
    file: File::Shared("database.yaml"),
    fields: &[
        Field { key: "schema", value: FieldValue::Name, doc: "The schema of what it brings." },
        Field { key: "version", value: FieldValue::Text, doc: "The version; any will do when it is not written." },
    ],
    doc: "Extensions (CREATE EXTENSION).",
    example: "extensions:\n  pgcrypto: {schema: extensions}\n",
};

impl Kind for Extension {
    fn name(&self) -> KindName {
        "extension"
    }

    fn label(&self) -> (&'static str, &'static str) {
        ("extension", "extensions")
    }

    fn catalog_sql(&self, _: u32) -> Option<&'static str> {
        Some(include_str!("catalog.sql"))
    }

    fn section(&self) -> Option<&'static Section> {
        Some(&SECTION)
    }

    fn declare(&self, entry: &Entry<'_>, out: &mut Declarer<'_>) {
        let mut statement = Statement::new(None, format!("CREATE EXTENSION IF NOT EXISTS {}", sql::ident(&entry.name)));
        if let Some(schema) = entry.field("schema") {
            statement.push(&format!(" SCHEMA {}", sql::ident(&schema.text)));
        }
        // The version is for the live side; the shadow's server has the one that it has, and says nothing of it.
        statement.push(" CASCADE");
        statement.privileged = true;
        out.declare(entry, vec![statement]);
        let version = entry.field("version").map_or_else(|| secret::UNSEEN.to_string(), |v| v.text);
        out.lay_over("version", version.into());
    }

    fn write(&self, _: &Id, object: &Object, _: &Catalog) -> Option<Out> {
        Some(Out::Map(vec![("schema".into(), Out::text(object.text("schema").unwrap_or_default()))]))
    }

    fn fills_schema<'a>(&self, object: &'a Object) -> Option<&'a str> {
        object.text("schema")
    }

    fn reserved(&self) -> bool {
        true
    }

    fn sql_name(&self, id: &Id) -> String {
        format!("EXTENSION {}", sql::ident(&id.name))
    }

    fn create(&self, id: &Id, object: &Object, _: &[(&Id, &Object)]) -> Vec<Draft> {
        let schema = object.text("schema").map(|s| format!(" SCHEMA {}", sql::ident(s))).unwrap_or_default();
        let version = object.text("version").filter(|v| *v != secret::UNSEEN);
        let version = version.map(|v| format!(" VERSION {}", sql::literal(v))).unwrap_or_default();
        vec![Draft::new(format!("CREATE EXTENSION {}{schema}{version}", sql::ident(&id.name)))]
    }

    fn drop(&self, id: &Id, _: &Object) -> Vec<Draft> {
        vec![Draft::new(format!("DROP EXTENSION {}", sql::ident(&id.name))).hazard(Hazard::BreaksClients)]
    }

    fn alter(&self, change: &mut Change<'_>) -> Alter {
        let mut drafts = Vec::new();
        if change.take("schema") {
            let schema = change.desired.text("schema").unwrap_or("public");
            drafts.push(Draft::new(format!("ALTER EXTENSION {} SET SCHEMA {}", sql::ident(&change.id.name), sql::ident(schema))));
        }
        if change.take("version")
            && let Some(version) = change.desired.text("version")
        {
            drafts.push(Draft::new(format!(
                "ALTER EXTENSION {} UPDATE TO {}",
                sql::ident(&change.id.name),
                sql::literal(version)
            )));
        }
        Alter::InPlace(drafts)
    }
}
