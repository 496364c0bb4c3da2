//! # Defaults
//!
//! A column's default is an object of its own, so that a default that calls a function that reads the table makes no
//! circle. It is written in the column's definition.

use super::family::Relation;
use super::{Alter, Change, Kind};
use crate::catalog::{Id, KindName, Object};
use crate::plan::step::{Draft, Lock};
use crate::sql;

/// The kind.
pub struct Default;

fn set(id: &Id, object: &Object) -> Draft {
    let clause = object.text("expression").map_or_else(|| "DROP DEFAULT".to_string(), |e| format!("SET DEFAULT {e}"));
    Draft::new(format!("ALTER TABLE {} ALTER COLUMN {} {clause}", id.parent_path(), sql::ident(&id.name)))
        .lock_all(Lock::AccessExclusive)
}

impl Kind for Default {
    fn name(&self) -> KindName {
        "default"
    }

    fn label(&self) -> (&'static str, &'static str) {
        ("default", "defaults")
    }

    fn catalog_sql(&self, _: u32) -> Option<&'static str> {
        Some(include_str!("catalog.sql"))
    }

    fn goes_with_owner(&self) -> bool {
        true
    }

    fn sql_name(&self, id: &Id) -> String {
        format!("COLUMN {}.{}", id.parent_path(), sql::ident(&id.name))
    }

    fn create(&self, id: &Id, object: &Object, _: &[(&Id, &Object)]) -> Vec<Draft> {
        vec![set(id, object)]
    }

    fn drop(&self, id: &Id, _: &Object) -> Vec<Draft> {
        let statement = format!("ALTER TABLE {} ALTER COLUMN {} DROP DEFAULT", id.parent_path(), sql::ident(&id.name));
        vec![Draft::new(statement).lock_all(Lock::AccessExclusive)]
    }

    fn folds(&self, _: &Id, object: &Object) -> bool {
        object.position > 0
    }

    fn clause(&self, _: &Id, object: &Object) -> Option<String> {
        Some(format!("DEFAULT {}", object.text("expression").unwrap_or("NULL")))
    }

    fn alter(&self, change: &mut Change<'_>) -> Alter {
        change.take("expression");
        Alter::InPlace(vec![set(change.id, change.desired)])
    }

    fn leaders(&self, id: &Id, _: &Object, (schema, name): &Relation) -> Vec<Id> {
        vec![Id::child(self.name(), schema, name, &id.name)]
    }
}
