//! # Extended statistics
//!
//! The statistics target changes in place; any other change makes them new, to be filled by the next ANALYZE. So does another
//! type of one of their columns: the server would make them again without their target.

use serde_json::Value;

use super::yaml::{Declarer, Entry, Field, FieldValue, File, Naming, Out, Section, Shape, Statement};
use super::{Alter, Change, Kind, Weight};
use crate::catalog::{Catalog, Id, KindName, Object};
use crate::plan::step::{Draft, Lock};
use crate::sql;

/// The kind.
pub struct Statistics;

static SECTION: Section = Section {
    key: "statistics",
    under: &[""],
    shape: Shape::Sql,
    naming: Naming::Schema,
    file: File::Shared("statistics.yaml"),
    fields: &[
        Field { key: "definition", value: FieldValue::Sql, doc: "The SQL after `CREATE STATISTICS name`." },
        Field { key: "target", value: FieldValue::Text, doc: "The statistics target (SET STATISTICS)." },
    ],
    doc: "Extended statistics (CREATE STATISTICS).",
    example: "statistics:\n  orders_place: (ndistinct, dependencies) on city, zip from orders\n",
};

fn target(path: &str, value: &str) -> String {
    format!("ALTER STATISTICS {path} SET STATISTICS {value}")
}

/// With the lock on the table that they are of (CreateStatistics and RemoveStatisticsById in statscmds.c).
fn locked(draft: Draft, object: &Object) -> Draft {
    let table = object.needs.iter().find_map(|n| Some((n.schema.clone()?, n.parent.clone()?)));
    match table {
        Some(table) => draft.lock_on(table, Lock::ShareUpdateExclusive),
        None => draft,
    }
}

impl Kind for Statistics {
    fn name(&self) -> KindName {
        "statistics"
    }

    fn label(&self) -> (&'static str, &'static str) {
        ("extended statistics", "extended statistics")
    }

    fn catalog_sql(&self, _: u32) -> Option<&'static str> {
        Some(include_str!("catalog.sql"))
    }

    fn section(&self) -> Option<&'static Section> {
        Some(&SECTION)
    }

    fn declare(&self, entry: &Entry<'_>, out: &mut Declarer<'_>) {
        let Some(definition) = entry.sql() else { return out.missing(entry, "definition", SECTION.example.trim()) };
        let schema = entry.schema.as_deref();
        let mut statements = vec![Statement::with(schema, &format!("CREATE STATISTICS {} ", entry.path()), &definition, "")];
        if let Some(value) = entry.field("target") {
            statements.push(Statement::with(schema, &target(&entry.path(), ""), &value, ""));
        }
        out.declare(entry, statements);
    }

    fn write(&self, id: &Id, object: &Object, _: &Catalog) -> Option<Out> {
        let definition = object.text("definition").unwrap_or_default();
        let text = definition.strip_prefix(&format!("CREATE STATISTICS {} ", id.own_path()))?;
        let text = text.replacen("ON ", "on ", 1).replacen(" FROM ", " from ", 1);
        let mut map = vec![("definition".to_string(), Out::Text(text))];
        if let Some(value) = object.attrs.get("target") {
            map.push(("target".into(), Out::Text(value.to_string())));
        }
        Some(Out::Map(map))
    }

    fn weight(&self, attr: Option<&str>) -> Weight {
        match attr {
            Some("comment") => Weight::Cosmetic,
            Some("owner") => Weight::Security,
            _ => Weight::Degraded,
        }
    }

    fn sql_name(&self, id: &Id) -> String {
        format!("STATISTICS {}", id.own_path())
    }

    fn owner_name(&self, id: &Id) -> Option<String> {
        Some(self.sql_name(id))
    }

    fn create(&self, id: &Id, object: &Object, _: &[(&Id, &Object)]) -> Vec<Draft> {
        let mut drafts = vec![locked(Draft::new(object.text("definition").unwrap_or_default()), object)];
        if let Some(value) = object.attrs.get("target") {
            drafts.push(Draft::new(target(&id.own_path(), &value.to_string())));
        }
        drafts
    }

    fn drop(&self, id: &Id, object: &Object) -> Vec<Draft> {
        vec![locked(Draft::new(format!("DROP STATISTICS {}", id.own_path())), object)]
    }

    fn alter(&self, change: &mut Change<'_>) -> Alter {
        if change.take("definition") {
            change.take_all();
            return Alter::Replace;
        }
        change.take("target");
        let value = change.desired.attrs.get("target").map_or_else(|| "-1".to_string(), Value::to_string);
        Alter::InPlace(vec![Draft::new(target(&change.id.own_path(), &value))])
    }

    fn rename(&self, id: &Id, to: &str) -> Option<Draft> {
        Some(Draft::new(format!("ALTER STATISTICS {} RENAME TO {}", id.own_path(), sql::ident(to))))
    }
}
