//! # Parameters
//!
//! Who may set a configuration parameter that is a superuser's otherwise, or change it for the server (GRANT ... ON PARAMETER,
//! PostgreSQL 15 and newer). They belong to the whole server and are managed with the roles, where `manage` asks for `roles`.

use super::yaml::{Declarer, Entry, File, Naming, Out, Section, Shape};
use super::{Alter, Change, Grants, Kind, Weight, facets, role};
use crate::catalog::{Catalog, Id, KindName, Object, Privileges};
use crate::plan::step::Draft;
use crate::sql;

/// The kind.
pub struct Parameter;

static SECTION: Section = Section {
    key: "parameters",
    under: &[""],
    shape: Shape::Mapping,
    naming: Naming::Database,
    file: File::Shared("roles.yaml"),
    fields: &[],
    doc: "Privileges on configuration parameters (GRANT ON PARAMETER). Managed only where `manage` asks for `roles`.",
    example: "parameters:\n  session_replication_role:\n    grants: {app_loader: [set]}\n",
};

impl Kind for Parameter {
    fn name(&self) -> KindName {
        "parameter"
    }

    fn label(&self) -> (&'static str, &'static str) {
        ("parameter", "parameters")
    }

    fn catalog_sql(&self, major: u32) -> Option<&'static str> {
        (major >= 15).then_some(include_str!("catalog.sql"))
    }

    fn section(&self) -> Option<&'static Section> {
        Some(&SECTION)
    }

    fn declare(&self, entry: &Entry<'_>, out: &mut Declarer<'_>) {
        let id = Id::global(self.name(), &entry.name.to_lowercase());
        out.declare_as(entry, id, Vec::new());
    }

    fn write(&self, _: &Id, _: &Object, _: &Catalog) -> Option<Out> {
        Some(Out::Map(Vec::new()))
    }

    fn grants(&self) -> Option<Grants> {
        Some(Grants { on: "PARAMETER", letters: "sA", public: &[], default_acl: None })
    }

    fn weight(&self, _: Option<&str>) -> Weight {
        Weight::Security
    }

    fn asked_as(&self) -> Option<KindName> {
        Some(role::Role.name())
    }

    fn as_written(&self) -> bool {
        true
    }

    fn sql_name(&self, id: &Id) -> String {
        format!("PARAMETER {}", sql::ident(&id.name))
    }

    fn create(&self, _: &Id, _: &Object, _: &[(&Id, &Object)]) -> Vec<Draft> {
        // It is there; what is said of it are its privileges.
        Vec::new()
    }

    fn drop(&self, id: &Id, object: &Object) -> Vec<Draft> {
        let none = Privileges::builtin(&[]);
        facets::grants(self, id, object.privileges.as_ref().unwrap_or(&none), &none, None)
    }

    fn alter(&self, change: &mut Change<'_>) -> Alter {
        change.take_all();
        Alter::InPlace(Vec::new())
    }
}
