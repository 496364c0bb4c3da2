//! # Range types
//!
//! PostgreSQL changes nothing of a range type in place: a change makes it new, with everything that uses it. The multirange type
//! and the constructor functions come and go with it.

use super::yaml::{Declarer, Entry, Field, FieldValue, File, Naming, Out, Section, Shape, Statement};
use super::{Alter, Change, Grants, Kind};
use crate::catalog::{Catalog, Id, KindName, Object};
use crate::plan::step::{Draft, Hazard};
use crate::sql;

/// The kind.
pub struct RangeType;

static SECTION: Section = Section {
    key: "range_types",
    under: &[""],
    shape: Shape::Sql,
    naming: Naming::Schema,
    file: File::Shared("types.yaml"),
    fields: &[Field { key: "definition", value: FieldValue::Sql, doc: "The SQL after `CREATE TYPE name AS RANGE`." }],
    doc: "Range types (CREATE TYPE ... AS RANGE).",
    example: "range_types:\n  float_range: (subtype = float8, subtype_diff = float8mi)\n",
};

/// The options: the attribute, and what SQL calls it.
const OPTIONS: &[(&str, &str)] = &[
    ("subtype", "subtype"),
    ("subtype_opclass", "subtype_opclass"),
    ("collation", "collation"),
    ("canonical", "canonical"),
    ("subtype_diff", "subtype_diff"),
    ("multirange", "multirange_type_name"),
];

fn options(object: &Object) -> String {
    let list = OPTIONS.iter().filter_map(|(attr, name)| Some(format!("{name} = {}", object.text(attr)?)));
    format!("({})", list.collect::<Vec<_>>().join(", "))
}

impl Kind for RangeType {
    fn name(&self) -> KindName {
        "range_type"
    }

    fn label(&self) -> (&'static str, &'static str) {
        ("range type", "range types")
    }

    fn catalog_sql(&self, _: u32) -> Option<&'static str> {
        Some(include_str!("catalog.sql"))
    }

    fn section(&self) -> Option<&'static Section> {
        Some(&SECTION)
    }

    fn declare(&self, entry: &Entry<'_>, out: &mut Declarer<'_>) {
        let Some(definition) = entry.sql() else { return out.missing(entry, "definition", SECTION.example.trim()) };
        let before = format!("CREATE TYPE {} AS RANGE ", entry.path());
        out.declare(entry, vec![Statement::with(entry.schema.as_deref(), &before, &definition, "")]);
    }

    fn write(&self, _: &Id, object: &Object, _: &Catalog) -> Option<Out> {
        Some(Out::Map(vec![("definition".into(), Out::Text(options(object)))]))
    }

    fn takes_labels(&self) -> bool {
        true
    }

    fn sql_name(&self, id: &Id) -> String {
        format!("TYPE {}", id.own_path())
    }

    fn owner_name(&self, id: &Id) -> Option<String> {
        Some(self.sql_name(id))
    }

    fn grants(&self) -> Option<Grants> {
        Some(super::facets::TYPE_GRANTS)
    }

    fn create(&self, id: &Id, object: &Object, _: &[(&Id, &Object)]) -> Vec<Draft> {
        vec![Draft::new(format!("CREATE TYPE {} AS RANGE {}", id.own_path(), options(object)))]
    }

    fn drop(&self, id: &Id, _: &Object) -> Vec<Draft> {
        vec![Draft::new(format!("DROP TYPE {}", id.own_path())).hazard(Hazard::BreaksClients)]
    }

    fn alter(&self, change: &mut Change<'_>) -> Alter {
        for (attr, _) in OPTIONS {
            change.take(attr);
        }
        Alter::Replace
    }

    fn rename(&self, id: &Id, to: &str) -> Option<Draft> {
        Some(Draft::new(format!("ALTER TYPE {} RENAME TO {}", id.own_path(), sql::ident(to))))
    }

    fn namespace(&self) -> &'static str {
        "type"
    }
}
