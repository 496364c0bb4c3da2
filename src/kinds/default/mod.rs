//! # Defaults
//!
//! A column's default is an object of its own, so that a default that calls a function that reads the table makes no
//! circle. It is written in the column's definition.

use super::{Alter, Change, Kind};
use crate::catalog::{Id, KindName, Object};
use crate::plan::step::{Draft, Lock};
use crate::sql;

/// The kind.
pub struct Default;

fn set(id: &Id, object: &Object) -> Draft {
    let expression = object.text("expression").unwrap_or("NULL");
    Draft::new(format!("ALTER TABLE {} ALTER COLUMN {} SET DEFAULT {expression}", id.parent_path(), sql::ident(&id.name)))
        .lock(Lock::AccessExclusive)
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
        vec![Draft::new(statement).lock(Lock::AccessExclusive)]
    }

    fn folds(&self, _: &Id, object: &Object) -> bool {
        !object.flag("inherited")
    }

    fn clause(&self, _: &Id, object: &Object) -> Option<String> {
        object.text("expression").map(|e| format!("DEFAULT {e}"))
    }

    fn alter(&self, change: &mut Change<'_>) -> Alter {
        change.take("inherited");
        if change.take("expression") { Alter::InPlace(vec![set(change.id, change.desired)]) } else { Alter::InPlace(Vec::new()) }
    }
}
