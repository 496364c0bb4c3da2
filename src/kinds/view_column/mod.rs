//! # Columns of views, attributes of composite types
//!
//! They come with the view's query and the type's definition; one of which something is said, a comment or privileges, is an
//! object that holds just that. It is made and dropped with the view or type.

use super::yaml::{Declarer, Entry, File, Naming, Out, Section, Shape, Statement};
use super::{Alter, Change, Grants, Kind, Weight, facets};
use crate::catalog::{Catalog, Id, KindName, Object, Privileges};
use crate::plan::step::Draft;
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
        fields: &[],
        doc: "What is said of a view's columns: their comments and privileges.",
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
        let statements = granted.then(|| Statement::new(None, mark));
        out.declare(entry, statements.into_iter().collect());
    }

    fn write(&self, _: &Id, _: &Object, _: &Catalog) -> Option<Out> {
        Some(Out::Map(Vec::new()))
    }

    fn weight(&self, attr: Option<&str>) -> Weight {
        if attr == Some("privileges") { Weight::Security } else { Weight::Cosmetic }
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
    fn create(&self, _: &Id, _: &Object, _: &[(&Id, &Object)]) -> Vec<Draft> {
        Vec::new()
    }

    fn drop(&self, id: &Id, object: &Object) -> Vec<Draft> {
        let held = object.privileges.clone().unwrap_or_default();
        let mut drafts = facets::grants(self, id, &held, &Privileges::default(), None);
        if object.comment.is_some() {
            drafts.push(facets::comment(self, id, None));
        }
        drafts
    }

    fn alter(&self, change: &mut Change<'_>) -> Alter {
        change.take_all();
        Alter::InPlace(Vec::new())
    }
}
