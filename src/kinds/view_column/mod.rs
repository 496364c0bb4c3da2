//! # Columns of views, attributes of composite types
//!
//! They come with the view's query and the type's definition; one of which something is said (a comment, privileges, how a materialized
//! view's is stored) is an object that holds just that. It is made and dropped with the view or type.

use super::yaml::{Declarer, Entry, Field, FieldValue, File, Naming, Out, Section, Shape, Statement};
use super::{Alter, Change, Grants, Kind, Weight, column, facets};
use crate::catalog::{Catalog, Id, KindName, Object, Privileges};
use crate::plan::step::{Draft, Lock};
use crate::shadow::build::BUILDER;
use crate::sql;
use crate::yaml::Node;

/// Columns of views and attributes of composite types differ in where they stand.
pub struct Said {
    name: KindName,
    label: (&'static str, &'static str),
    section: &'static Section,
}

/// Columns of views.
pub static VIEW_COLUMN: Said = Said {
    name: "view_column",
    label: ("view column", "view columns"),
    section: &Section {
        key: "on_columns",
        under: &["views", "materialized_views"],
        shape: Shape::Mapping,
        naming: Naming::Schema,
        file: File::Parent,
        fields: &[
            Field {
                key: "storage",
                value: FieldValue::Choice(&["plain", "external", "extended", "main"]),
                doc: "How long values of a materialized view are stored (SET STORAGE).",
            },
            Field { key: "compression", value: FieldValue::Name, doc: "How they are compressed (SET COMPRESSION)." },
            Field { key: "statistics", value: FieldValue::Text, doc: "The statistics target (SET STATISTICS)." },
            Field { key: "options", value: FieldValue::Texts, doc: "Planner options: `{n_distinct: 100}`." },
        ],
        doc: "What is said of a view's columns: their comments and privileges, and how a materialized view's are stored.",
        example: "on_columns:\n  total:\n    comment: In cents\n    grants: {reporting: [select]}\n",
    },
};

/// Attributes of composite types.
pub static ATTRIBUTE: Said = Said {
    name: "attribute",
    label: ("attribute", "attributes"),
    section: &Section {
        key: "on_attributes",
        under: &["composite_types"],
        shape: Shape::Mapping,
        naming: Naming::Schema,
        file: File::Parent,
        fields: &[],
        doc: "What is said of a composite type's attributes: their comments.",
        example: "on_attributes:\n  street:\n    comment: With the number\n",
    },
};

/// How a materialized view's column is stored and planned with, where that changes.
fn stored(id: &Id, desired: &Object, live: &Object) -> Vec<Draft> {
    let mut drafts = column::settings(id, desired, Some(live));
    if live.attrs.get("compression") != desired.attrs.get("compression") {
        let method = desired.text("compression").unwrap_or("default");
        let path = format!("ALTER TABLE ONLY {} ALTER COLUMN {}", id.parent_path(), sql::ident(&id.name));
        drafts.push(Draft::new(format!("{path} SET COMPRESSION {method}")).lock(Lock::AccessExclusive));
    }
    drafts
}

impl Kind for Said {
    fn name(&self) -> KindName {
        self.name
    }

    fn label(&self) -> (&'static str, &'static str) {
        self.label
    }

    fn catalog_sql(&self, _: u32) -> Option<&'static str> {
        (self.name == "view_column").then_some(include_str!("catalog.sql"))
    }

    fn section(&self) -> Option<&'static Section> {
        Some(self.section)
    }

    fn declare(&self, entry: &Entry<'_>, out: &mut Declarer<'_>) {
        // Privileges are granted after the shadow was read; this one, which goes again then, makes the column one to be read.
        let mark = format!("GRANT SELECT ({}) ON {} TO {BUILDER}", sql::ident(&entry.name), entry.parent_path());
        let names = |rights: &Node| super::yaml::names(rights).is_some_and(|r| !r.is_empty());
        let granted =
            entry.node.get("grants").and_then(Node::entries).unwrap_or_default().iter().any(|(_, rights)| names(rights));
        let mut statements = column::stored(entry);
        statements.extend(granted.then(|| Statement::new(None, mark)));
        out.declare(entry, statements);
    }

    fn write(&self, id: &Id, object: &Object, _: &Catalog) -> Option<Out> {
        let mut map = column::settings_out(id, object, &Object::default());
        map.extend(object.text("compression").map(|c| ("compression".to_string(), Out::text(c))));
        Some(Out::Map(map))
    }

    fn weight(&self, attr: Option<&str>) -> Weight {
        match attr {
            Some("privileges") => Weight::Security,
            Some("storage" | "compression" | "statistics" | "options") => Weight::Degraded,
            _ => Weight::Cosmetic,
        }
    }

    fn takes_labels(&self) -> bool {
        true
    }

    fn sql_name(&self, id: &Id) -> String {
        format!("COLUMN {}.{}", id.parent_path(), sql::ident(&id.name))
    }

    fn grants(&self) -> Option<Grants> {
        (self.name == "view_column").then_some(Grants { on: "TABLE", letters: "", public: &[], default_acl: None })
    }

    /// The view or type brings it; what is said of it follows in statements of its own.
    fn create(&self, id: &Id, object: &Object, _: &[(&Id, &Object)]) -> Vec<Draft> {
        stored(id, object, &Object::default())
    }

    fn drop(&self, id: &Id, object: &Object) -> Vec<Draft> {
        let held = object.privileges.clone().unwrap_or_default();
        let mut drafts = facets::grants(self, id, &held, &Privileges::default(), None);
        drafts.extend(stored(id, &Object::default(), object));
        if object.comment.is_some() {
            drafts.push(facets::comment(self, id, None));
        }
        drafts
    }

    fn alter(&self, change: &mut Change<'_>) -> Alter {
        change.take_all();
        Alter::InPlace(stored(change.id, change.desired, change.live))
    }
}
