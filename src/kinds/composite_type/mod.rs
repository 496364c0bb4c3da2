//! # Composite types
//!
//! Attributes are added, dropped and retyped in place. Where a table's column is of the type the server refuses another type
//! for an attribute: then a new type takes the old one's place.

use serde_json::Value;

use super::exchange::{Conversion, exchange};
use super::yaml::{Declarer, Entry, Field, FieldValue, File, Naming, Out, Section, Shape, Statement};
use super::{Alter, Change, Grants, Kind};
use crate::catalog::{Attrs, Catalog, Id, KindName, Object};
use crate::plan::step::{Draft, Hazard, Lock};
use crate::sql;

/// The kind.
pub struct CompositeType;

static SECTION: Section = Section {
    key: "composite_types",
    under: &[""],
    shape: Shape::Mapping,
    naming: Naming::Schema,
    file: File::Shared("types.yaml"),
    fields: &[Field { key: "attributes", value: FieldValue::Texts, doc: "The attributes in order: `{name: type}`." }],
    doc: "Composite types (CREATE TYPE ... AS).",
    example: "composite_types:\n  address:\n    attributes:\n      street: text\n      zip: text\n",
};

fn attributes(object: &Object) -> Vec<(&str, &str)> {
    let list = object.attrs.get("attributes").and_then(Value::as_array).map(Vec::as_slice).unwrap_or_default();
    list.iter().filter_map(|pair| Some((pair.get(0)?.as_str()?, pair.get(1)?.as_str()?))).collect()
}

/// The id of a composite type.
pub(super) fn id_of(schema: &str, name: &str) -> Id {
    Id::in_schema(CompositeType.name(), schema, name)
}

/// What a typed table's column has from the type's attribute of this name.
pub(super) fn attribute(object: &Object, name: &str) -> Option<Attrs> {
    let (_, ty) = attributes(object).into_iter().find(|(n, _)| *n == name)?;
    let (ty, collation) = ty.split_once(" COLLATE ").map_or((ty, None), |(t, c)| (t, Some(c)));
    let attrs = [("type", Some(ty)), ("collation", collation)];
    Some(attrs.into_iter().filter_map(|(n, v)| Some((n.to_string(), Value::from(v?)))).collect())
}

fn create(id: &Id, object: &Object) -> String {
    let list: Vec<String> = attributes(object).into_iter().map(|(n, t)| format!("{} {t}", sql::ident(n))).collect();
    format!("CREATE TYPE {} AS ({})", id.own_path(), list.join(", "))
}

impl Kind for CompositeType {
    fn name(&self) -> KindName {
        "composite_type"
    }

    fn label(&self) -> (&'static str, &'static str) {
        ("composite type", "composite types")
    }

    fn catalog_sql(&self, _: u32) -> Option<&'static str> {
        Some(include_str!("catalog.sql"))
    }

    fn section(&self) -> Option<&'static Section> {
        Some(&SECTION)
    }

    fn declare(&self, entry: &Entry<'_>, out: &mut Declarer<'_>) {
        let mut statement = Statement::new(entry.schema.as_deref(), format!("CREATE TYPE {} AS (", entry.path()));
        for (i, (name, ty)) in entry.texts("attributes").iter().enumerate() {
            statement.push(&format!("{}{} ", if i > 0 { ", " } else { "" }, sql::ident(&name.text)));
            statement.piece(ty);
        }
        statement.push(")");
        out.declare(entry, vec![statement]);
    }

    fn write(&self, _: &Id, object: &Object, _: &Catalog) -> Option<Out> {
        let list = attributes(object).into_iter().map(|(n, t)| (n.to_string(), Out::text(t))).collect();
        Some(Out::Map(vec![("attributes".into(), Out::Map(list))]))
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
        vec![Draft::new(create(id, object))]
    }

    fn drop(&self, id: &Id, _: &Object) -> Vec<Draft> {
        vec![Draft::new(format!("DROP TYPE {}", id.own_path()))]
    }

    fn alter(&self, change: &mut Change<'_>) -> Alter {
        change.take("attributes");
        let (live, desired) = (attributes(change.live), attributes(change.desired));
        let kept: Vec<&str> = live.iter().map(|(n, _)| *n).filter(|n| desired.iter().any(|(d, _)| d == n)).collect();
        let in_order = desired.iter().map(|(n, _)| *n).take(kept.len()).eq(kept.iter().copied());
        if !in_order {
            return Alter::Replace;
        }
        let retyped = desired.iter().any(|(n, t)| live.iter().any(|(l, u)| l == n && u != t));
        if retyped && !change.users.is_empty() {
            // The server refuses to retype what a column is made of; values of as many attributes go over as text.
            if desired.len() != live.len() || kept.len() != live.len() {
                return Alter::Replace;
            }
            return Alter::Remade(exchange(change, "TYPE", create(change.id, change.desired), Conversion::Text));
        }
        let path = change.id.own_path();
        // Typed tables follow.
        let typed = change.catalog.objects.iter().any(|(id, object)| {
            let parent = super::of(id).parent(id, object).map(|(_, parent)| parent.relation);
            parent.is_some_and(|(schema, name)| *schema == *change.id.schema() && name == change.id.name)
        });
        let cascade = if typed { " CASCADE" } else { "" };
        let mut clauses = Vec::new();
        for (name, _) in live.iter().filter(|(n, _)| !kept.contains(n)) {
            clauses.push(format!("DROP ATTRIBUTE {}{cascade}", sql::ident(name)));
        }
        for (name, ty) in &desired {
            match live.iter().find(|(n, _)| n == name) {
                None => clauses.push(format!("ADD ATTRIBUTE {} {ty}{cascade}", sql::ident(name))),
                Some((_, old)) if old != ty => clauses.push(format!("ALTER ATTRIBUTE {} TYPE {ty}{cascade}", sql::ident(name))),
                Some(_) => {}
            }
        }
        let mut draft = Draft::new(format!("ALTER TYPE {path} {}", clauses.join(", "))).hazard(Hazard::BreaksClients);
        if typed {
            let type_ = (change.id.schema().into(), change.id.name.clone());
            draft = draft.lock_all_of(type_, Lock::AccessExclusive);
            draft = if retyped { draft.rewrites() } else { draft };
        }
        if kept.len() < live.len() && !change.users.is_empty() {
            draft = draft.hazard(Hazard::DataLoss);
        }
        Alter::Detached(vec![draft])
    }

    fn rename(&self, id: &Id, to: &str) -> Option<Draft> {
        Some(Draft::new(format!("ALTER TYPE {} RENAME TO {}", id.own_path(), sql::ident(to))))
    }

    fn namespace(&self) -> &'static str {
        "relation"
    }
}
