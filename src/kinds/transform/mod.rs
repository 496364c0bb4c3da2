//! # Transforms
//!
//! Functions change in place (CREATE OR REPLACE TRANSFORM). The name of one is its type and its language, `type LANGUAGE
//! language`. In the shadow the superuser makes them: the functions belong to whoever could make those.

use super::single;
use super::yaml::{Declarer, Entry, Field, FieldValue, File, Naming, Out, Piece, Section, Shape};
use super::{Alter, Change, Kind};
use crate::catalog::{Catalog, Id, KindName, Object};
use crate::plan::step::{Draft, Hazard};

/// The kind.
pub struct Transform;

static SECTION: Section = Section {
    key: "transforms",
    under: &[""],
    shape: Shape::Sql,
    naming: Naming::Database,
    file: File::Shared("database.yaml"),
    fields: &[Field {
        key: "definition",
        value: FieldValue::Sql,
        doc: "The SQL after `CREATE TRANSFORM FOR type LANGUAGE language`: the functions in parentheses.",
    }],
    doc: "Transforms between types and languages (CREATE TRANSFORM). The key is `type language language`.",
    example: "transforms:\n  integer language sql: (from sql with function prsd_lextype(internal))\n",
};

impl Kind for Transform {
    fn name(&self) -> KindName {
        "transform"
    }

    fn label(&self) -> (&'static str, &'static str) {
        ("transform", "transforms")
    }

    fn catalog_sql(&self, _: u32) -> Option<&'static str> {
        Some(include_str!("catalog.sql"))
    }

    fn section(&self) -> Option<&'static Section> {
        Some(&SECTION)
    }

    fn declare(&self, entry: &Entry<'_>, out: &mut Declarer<'_>) {
        let Some(definition) = entry.sql() else { return out.missing(entry, "definition", SECTION.example.trim()) };
        let text = format!("{} {}", entry.name, definition.text);
        let whole = Piece { text, place: definition.place.clone() };
        if let Some(statement) = single::privileged(Some("public"), "CREATE TRANSFORM FOR ", &whole, out) {
            out.declare(entry, vec![statement]);
        }
    }

    fn write(&self, _: &Id, object: &Object, _: &Catalog) -> Option<Out> {
        Some(Out::Map(vec![("definition".into(), Out::text(object.text("definition")?))]))
    }

    fn sql_name(&self, id: &Id) -> String {
        format!("TRANSFORM FOR {}", id.name)
    }

    fn reserved(&self) -> bool {
        true
    }

    fn create(&self, id: &Id, object: &Object, _: &[(&Id, &Object)]) -> Vec<Draft> {
        vec![Draft::new(format!("CREATE {} {}", self.sql_name(id), object.text("definition").unwrap_or_default()))]
    }

    fn drop(&self, id: &Id, _: &Object) -> Vec<Draft> {
        vec![Draft::new(format!("DROP {}", self.sql_name(id))).hazard(Hazard::BreaksClients)]
    }

    fn made(&self) -> Option<&'static str> {
        Some(
            "SELECT pg_catalog.format_type(t.trftype, NULL) || ' LANGUAGE ' || pg_catalog.quote_ident(l.lanname) \
             FROM pg_catalog.pg_transform t JOIN pg_catalog.pg_language l ON l.oid = t.trflang \
             WHERE t.xmin = pg_catalog.pg_current_xact_id()::pg_catalog.xid",
        )
    }

    fn alter(&self, change: &mut Change<'_>) -> Alter {
        change.take("definition");
        let definition = change.desired.text("definition").unwrap_or_default();
        Alter::InPlace(vec![Draft::new(format!("CREATE OR REPLACE {} {definition}", self.sql_name(change.id)))])
    }
}
