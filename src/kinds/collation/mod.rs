//! # Collations
//!
//! Nothing but name, owner and comment changes in place; any other change makes the collation new, with everything that uses
//! it. The version of the library behind it is the server's affair and is not compared.

use serde_json::Value;

use super::yaml::{Declarer, Entry, Field, FieldValue, File, Naming, Out, Section, Shape, Statement};
use super::{Alter, Change, Kind};
use crate::catalog::{Catalog, Id, KindName, Object};
use crate::plan::step::{Draft, Hazard};
use crate::sql;

/// The kind.
pub struct Collation;

static SECTION: Section = Section {
    key: "collations",
    under: &[""],
    shape: Shape::Sql,
    naming: Naming::Schema,
    file: File::Shared("types.yaml"),
    fields: &[Field {
        key: "definition",
        value: FieldValue::Sql,
        doc: "The SQL after `CREATE COLLATION name`: the options in parentheses, or `from` another collation.",
    }],
    doc: "Collations (CREATE COLLATION).",
    example: "collations:\n  any_case: (provider = icu, locale = 'und-u-ks-level2', deterministic = false)\n",
};

fn options(object: &Object) -> String {
    let mut out = vec![format!("provider = {}", object.text("provider").unwrap_or("libc"))];
    for name in ["locale", "lc_collate", "lc_ctype", "rules"] {
        out.extend(object.text(name).map(|value| format!("{name} = {}", sql::literal(value))));
    }
    if object.attrs.get("deterministic") == Some(&Value::Bool(false)) {
        out.push("deterministic = false".into());
    }
    format!("({})", out.join(", "))
}

impl Kind for Collation {
    fn name(&self) -> KindName {
        "collation"
    }

    fn label(&self) -> (&'static str, &'static str) {
        ("collation", "collations")
    }

    fn catalog_sql(&self, _: u32) -> Option<&'static str> {
        Some(include_str!("catalog.sql"))
    }

    fn section(&self) -> Option<&'static Section> {
        Some(&SECTION)
    }

    fn declare(&self, entry: &Entry<'_>, out: &mut Declarer<'_>) {
        let Some(definition) = entry.sql() else { return out.missing(entry, "definition", SECTION.example.trim()) };
        let before = format!("CREATE COLLATION {} ", entry.path());
        out.declare(entry, vec![Statement::with(entry.schema.as_deref(), &before, &definition, "")]);
    }

    fn write(&self, _: &Id, object: &Object, _: &Catalog) -> Option<Out> {
        Some(Out::Map(vec![("definition".into(), Out::Text(options(object)))]))
    }

    fn sql_name(&self, id: &Id) -> String {
        format!("COLLATION {}", id.own_path())
    }

    fn owner_name(&self, id: &Id) -> Option<String> {
        Some(self.sql_name(id))
    }

    fn create(&self, id: &Id, object: &Object, _: &[(&Id, &Object)]) -> Vec<Draft> {
        vec![Draft::new(format!("CREATE COLLATION {} {}", id.own_path(), options(object)))]
    }

    fn drop(&self, id: &Id, _: &Object) -> Vec<Draft> {
        vec![Draft::new(format!("DROP COLLATION {}", id.own_path())).hazard(Hazard::BreaksClients)]
    }

    fn alter(&self, change: &mut Change<'_>) -> Alter {
        change.take_any(&["provider", "locale", "lc_collate", "lc_ctype", "deterministic", "rules"]);
        Alter::Replace
    }

    fn rename(&self, id: &Id, to: &str) -> Option<Draft> {
        Some(Draft::new(format!("ALTER COLLATION {} RENAME TO {}", id.own_path(), sql::ident(to))))
    }
}
