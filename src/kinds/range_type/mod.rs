//! # Range types
//!
//! PostgreSQL changes nothing of a range type in place: a change makes it new, with everything that uses it. The multirange type
//! and the constructor functions come and go with it.

use super::base_type::shell;
use super::single;
use super::yaml::{Declarer, Entry, Field, FieldValue, File, Naming, Out, Section, Shape, Statement};
use super::{Alter, Change, Grants, Kind};
use crate::catalog::{Catalog, Id, KindName, Object};
use crate::plan::step::{Draft, Hazard};
use crate::sql::{self, lex};

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

/// In the shadow a canonical function that may not run there leaves every value as it is.
fn stand_in(entry: &Entry<'_>) -> Statement {
    let mut statement = Statement::new(
        None,
        format!(
            "UPDATE pg_catalog.pg_proc p SET prolang = s.oid, prosrc = 'SELECT $1' \
             FROM pg_catalog.pg_range r, pg_catalog.pg_language l, pg_catalog.pg_language s \
             WHERE r.rngtypid = {}::pg_catalog.regtype AND p.oid = r.rngcanonical AND l.oid = p.prolang AND l.lanname = 'trueup_stand_in' \
               AND s.lanname = 'sql'",
            sql::literal(&entry.path())
        ),
    );
    statement.privileged = true;
    statement
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
        let canonical = lex::tokens(&definition.text).iter().any(|t| t.is_word(&definition.text, "canonical"));
        if !canonical {
            return out.declare(entry, vec![Statement::with(entry.schema.as_deref(), &before, &definition, "")]);
        }
        // The function takes and returns the type, and has to be there before it. Only a superuser begins a type that way.
        if let Some(complete) = single::privileged(entry.schema.as_deref(), &before, &definition, out) {
            out.declare(entry, vec![shell::declared(entry), complete, stand_in(entry)]);
        }
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

    fn shell(&self, id: &Id) -> Option<Id> {
        Some(shell::of(id))
    }

    fn namespace(&self) -> &'static str {
        "type"
    }
}
