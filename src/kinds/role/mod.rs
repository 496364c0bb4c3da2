//! # Roles
//!
//! Roles belong to the cluster, not to a database: trueup only checks that those that a model names exist. A provided set
//! may declare them, and `apply --with-provided` then creates them.

use super::yaml::{Declarer, Entry, File, Naming, Section, Shape, Statement};
use super::{Alter, Change, Kind};
use crate::catalog::{Id, KindName, Object};
use crate::plan::step::Draft;
use crate::sql;

/// The kind.
pub struct Role;

/// The statement that makes a role unless it is there; roles are the whole server's, and a shadow may serve twice.
pub fn create_if_missing(name: &str) -> String {
    format!(
        "DO $do$ BEGIN IF NOT EXISTS (SELECT FROM pg_catalog.pg_roles WHERE rolname = {}) THEN CREATE ROLE {} NOLOGIN; END IF; END $do$;",
        sql::literal(name),
        sql::ident(name)
    )
}

static SECTION: Section = Section {
    key: "roles",
    under: &[""],
    shape: Shape::Mapping,
    naming: Naming::Database,
    file: File::Shared("database.yaml"),
    fields: &[],
    doc: "Roles that the model names and does not manage; for provided sets.",
    example: "roles:\n  anon:\n",
};

impl Kind for Role {
    fn name(&self) -> KindName {
        "role"
    }

    fn label(&self) -> (&'static str, &'static str) {
        ("role", "roles")
    }

    fn section(&self) -> Option<&'static Section> {
        Some(&SECTION)
    }

    fn declare(&self, entry: &Entry<'_>, out: &mut Declarer<'_>) {
        let mut statement = Statement::new(None, create_if_missing(&entry.name));
        statement.privileged = true;
        out.declare(entry, vec![statement]);
    }

    fn is_managed(&self) -> bool {
        false
    }

    fn sql_name(&self, id: &Id) -> String {
        format!("ROLE {}", sql::ident(&id.name))
    }

    fn create(&self, id: &Id, _: &Object, _: &[(&Id, &Object)]) -> Vec<Draft> {
        vec![Draft::new(format!("CREATE ROLE {} NOLOGIN", sql::ident(&id.name)))]
    }

    fn drop(&self, _: &Id, _: &Object) -> Vec<Draft> {
        Vec::new()
    }

    fn alter(&self, change: &mut Change<'_>) -> Alter {
        change.take_all();
        Alter::InPlace(Vec::new())
    }
}
