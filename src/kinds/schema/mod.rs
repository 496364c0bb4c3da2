//! # Schemas
//!
//! A file's `schema: app` declares the schema `app`; an entry under `schemas` is only needed for its comment, owner and
//! grants. `public` is there in every new database and is never created or dropped.

use super::yaml::{Declarer, Entry, File, Naming, Out, Section, Shape, Statement};
use super::{Alter, Change, Grants, Kind};
use crate::catalog::{Catalog, Id, KindName, Object, Privileges};
use crate::plan::step::{Draft, Hazard};
use crate::sql;

/// The kind.
pub struct Schema;

static SECTION: Section = Section {
    key: "schemas",
    under: &[""],
    shape: Shape::Mapping,
    naming: Naming::Database,
    file: File::Shared("database.yaml"),
    fields: &[],
    doc: "Schemas with what is to be said of them. A file's own `schema` needs no entry.",
    example: "schemas:\n  app:\n    comment: The application's own tables\n    grants: {authenticated: [usage]}\n",
};

impl Kind for Schema {
    fn name(&self) -> KindName {
        "schema"
    }

    fn label(&self) -> (&'static str, &'static str) {
        ("schema", "schemas")
    }

    fn catalog_sql(&self, _: u32) -> Option<&'static str> {
        Some(include_str!("catalog.sql"))
    }

    fn section(&self) -> Option<&'static Section> {
        Some(&SECTION)
    }

    fn declare(&self, entry: &Entry<'_>, out: &mut Declarer<'_>) {
        let name = sql::ident(&entry.name);
        out.declare(entry, vec![Statement::new(None, format!("CREATE SCHEMA IF NOT EXISTS {name}"))]);
    }

    fn write(&self, _: &Id, _: &Object, _: &Catalog) -> Option<Out> {
        Some(Out::Map(Vec::new()))
    }

    fn takes_labels(&self) -> bool {
        true
    }

    fn sql_name(&self, id: &Id) -> String {
        format!("SCHEMA {}", sql::ident(&id.name))
    }

    fn owner_name(&self, id: &Id) -> Option<String> {
        Some(self.sql_name(id))
    }

    fn grants(&self) -> Option<Grants> {
        Some(Grants { on: "SCHEMA", letters: "UC", public: &[], default_acl: Some('n') })
    }

    fn first_owner(&self, id: &Id, major: u32) -> Option<&'static str> {
        // Before PostgreSQL 15 it is whoever ran initdb.
        (&*id.name == "public" && major >= 15).then_some("pg_database_owner")
    }

    fn first_privileges(&self, id: &Id, major: u32) -> Option<Privileges> {
        if &*id.name != "public" {
            return None;
        }
        // PostgreSQL 15 took CREATE away from PUBLIC (release notes, section E.4 of its manual).
        let rights: &[&str] = if major >= 15 { &["usage"] } else { &["create", "usage"] };
        Some(Privileges::builtin(rights))
    }

    fn create(&self, id: &Id, _: &Object, _: &[(&Id, &Object)]) -> Vec<Draft> {
        vec![Draft::new(format!("CREATE SCHEMA {}", sql::ident(&id.name)))]
    }

    fn drop(&self, id: &Id, _: &Object) -> Vec<Draft> {
        vec![Draft::new(format!("DROP SCHEMA {}", sql::ident(&id.name))).hazard(Hazard::BreaksClients)]
    }

    fn alter(&self, change: &mut Change<'_>) -> Alter {
        change.take_all();
        Alter::InPlace(Vec::new())
    }

    fn rename(&self, id: &Id, to: &str) -> Option<Draft> {
        let statement = format!("ALTER SCHEMA {} RENAME TO {}", sql::ident(&id.name), sql::ident(to));
        Some(Draft::new(statement).hazard(Hazard::BreaksClients))
    }

    fn contains_objects(&self) -> bool {
        true
    }
}
