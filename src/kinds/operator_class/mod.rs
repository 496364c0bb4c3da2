//! # Operator classes
//!
//! Nothing but name, owner and comment changes in place: a change makes the class new, with the indexes that use it. PostgreSQL
//! reserves them to superusers.

use super::operator_family::{comes_with_class, method, path};
use super::single;
use super::yaml::{Declarer, Entry, Field, FieldValue, File, Naming, Out, Section, Shape};
use super::{Alter, Change, Kind};
use crate::catalog::{Catalog, Id, KindName, Object};
use crate::plan::step::{Draft, Hazard};
use crate::sql;

/// The kind.
pub struct OperatorClass;

static SECTION: Section = Section {
    key: "operator_classes",
    under: &[""],
    shape: Shape::Sql,
    naming: Naming::Routine,
    file: File::Shared("operators.yaml"),
    fields: &[Field { key: "definition", value: FieldValue::Sql, doc: "The SQL after `CREATE OPERATOR CLASS name`." }],
    doc: "Operator classes (CREATE OPERATOR CLASS). The key is the name with the access method.",
    example: "operator_classes:\n  backwards(btree): |\n    for type integer using btree as operator 1 >, operator 3 =, operator 5 <,\n    function 1 (integer, integer) app.compare_backwards(integer, integer)\n",
};

fn definition(id: &Id, object: &Object, own_family: bool, separator: &str) -> String {
    let default = if object.flag("default") { "DEFAULT " } else { "" };
    let of = object.text("type").unwrap_or_default();
    let family = object.text("family").filter(|_| !own_family).map(|f| format!(" FAMILY {f}")).unwrap_or_default();
    let method = sql::ident(id.args.as_deref().unwrap_or_default());
    // The list may not be empty, and the type itself is what is stored when nothing is said.
    let storage = object.text("storage").or(object.list("members").is_empty().then_some(of));
    let storage = storage.map(|s| format!("STORAGE {s}"));
    let items: Vec<String> = object.list("members").into_iter().map(str::to_string).chain(storage).collect();
    let list = items.join(&format!(",{separator}"));
    format!("{default}FOR TYPE {of} USING {method}{family} AS{separator}{list}")
}

impl Kind for OperatorClass {
    fn name(&self) -> KindName {
        "operator_class"
    }

    fn label(&self) -> (&'static str, &'static str) {
        ("operator class", "operator classes")
    }

    fn catalog_sql(&self, _: u32) -> Option<&'static str> {
        Some(include_str!("catalog.sql"))
    }

    fn section(&self) -> Option<&'static Section> {
        Some(&SECTION)
    }

    fn declare(&self, entry: &Entry<'_>, out: &mut Declarer<'_>) {
        let (Some((name, method)), Some(definition)) = (method(entry), entry.sql()) else {
            return out.missing(entry, "access method in parentheses, or `definition", SECTION.example.trim());
        };
        let schema = entry.schema.as_deref().unwrap_or("public");
        let before = format!("CREATE OPERATOR CLASS {} ", sql::qualified(schema, &name));
        if let Some(statement) = single::privileged(Some(schema), &before, &definition, out) {
            out.declare_as(entry, Id::routine(self.name(), schema, &name, &method), vec![statement]);
        }
    }

    fn write(&self, id: &Id, object: &Object, catalog: &Catalog) -> Option<Out> {
        let text = definition(id, object, comes_with_class(id, catalog), "\n  ");
        Some(Out::Map(vec![("definition".into(), Out::Text(text))]))
    }

    fn sql_name(&self, id: &Id) -> String {
        format!("OPERATOR CLASS {}", path(id))
    }

    fn owner_name(&self, id: &Id) -> Option<String> {
        Some(self.sql_name(id))
    }

    fn reserved(&self) -> bool {
        true
    }

    fn create(&self, id: &Id, object: &Object, _: &[(&Id, &Object)]) -> Vec<Draft> {
        let name = sql::qualified(id.schema(), &id.name);
        vec![Draft::new(format!("CREATE OPERATOR CLASS {name} {}", definition(id, object, false, "\n    ")))]
    }

    fn drop(&self, id: &Id, _: &Object) -> Vec<Draft> {
        vec![Draft::new(format!("DROP {}", self.sql_name(id))).hazard(Hazard::BreaksClients)]
    }

    fn alter(&self, change: &mut Change<'_>) -> Alter {
        change.take_all();
        Alter::Replace
    }

    fn rename(&self, id: &Id, to: &str) -> Option<Draft> {
        Some(Draft::new(format!("ALTER {} RENAME TO {}", self.sql_name(id), sql::ident(to))))
    }
}
