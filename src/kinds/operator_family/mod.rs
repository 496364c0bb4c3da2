//! # Operator families
//!
//! Members that belong to no operator class are added and dropped in place, one step for each. A family that only holds a class
//! of its own name need not be written: it comes with the class. PostgreSQL reserves them to superusers.

use serde_json::Value;

use super::single;
use super::yaml::{Declarer, Entry, Field, FieldValue, File, Naming, Out, Section, Shape, Statement};
use super::{Alter, Change, Kind, Weight};
use crate::catalog::{Catalog, Id, KindName, Object};
use crate::plan::step::{Draft, Hazard};
use crate::sql;

/// The kind.
pub struct OperatorFamily;

static SECTION: Section = Section {
    key: "operator_families",
    under: &[""],
    shape: Shape::Mapping,
    naming: Naming::Routine,
    file: File::Shared("operators.yaml"),
    fields: &[Field {
        key: "members",
        value: FieldValue::Sql,
        doc: "Operators and functions of the family that are in no operator class: the SQL after `ALTER OPERATOR FAMILY ... ADD`.",
    }],
    doc: "Operator families (CREATE OPERATOR FAMILY). The key is the name with the access method.",
    example: "operator_families:\n  number_ops(btree):\n    members: function 1 (integer, numeric) app.compare(integer, numeric)\n",
};

/// The access method in the parentheses of a key.
pub(super) fn method(entry: &Entry<'_>) -> Option<(String, String)> {
    let (name, rest) = entry.name.split_once('(')?;
    let method = sql::split_name(rest.trim_end().strip_suffix(')')?.trim())?;
    Some((name.trim().to_string(), method.first().filter(|_| method.len() == 1)?.clone()))
}

/// `schema.name USING method`.
pub(super) fn path(id: &Id) -> String {
    format!("{} USING {}", sql::qualified(id.schema(), &id.name), sql::ident(id.args.as_deref().unwrap_or_default()))
}

/// Each member as it is dropped and as it is added.
fn members(object: &Object) -> Vec<(&str, &str)> {
    let list = object.attrs.get("members").and_then(Value::as_array).map(Vec::as_slice).unwrap_or_default();
    list.iter().filter_map(|pair| Some((pair.get(0)?.as_str()?, pair.get(1)?.as_str()?))).collect()
}

/// Whether a family is no more than what CREATE OPERATOR CLASS makes for a class of the same name.
pub(super) fn comes_with_class(id: &Id, catalog: &Catalog) -> bool {
    let family = Id { kind: OperatorFamily.name(), ..id.clone() };
    let class = Id { kind: super::operator_class::OperatorClass.name(), ..id.clone() };
    let (Some(family), Some(class)) = (catalog.get(&family), catalog.get(&class)) else { return false };
    class.text("family") == Some(&sql::qualified(id.schema(), &id.name))
        && members(family).is_empty()
        && family.comment.is_none()
        && (family.owner == class.owner)
}

impl Kind for OperatorFamily {
    fn name(&self) -> KindName {
        "operator_family"
    }

    fn label(&self) -> (&'static str, &'static str) {
        ("operator family", "operator families")
    }

    fn catalog_sql(&self, _: u32) -> Option<&'static str> {
        Some(include_str!("catalog.sql"))
    }

    fn section(&self) -> Option<&'static Section> {
        Some(&SECTION)
    }

    fn declare(&self, entry: &Entry<'_>, out: &mut Declarer<'_>) {
        let Some((name, method)) = method(entry) else {
            return out.missing(entry, "access method in parentheses", SECTION.example.trim());
        };
        let schema = entry.schema.as_deref().unwrap_or("public");
        let id = Id::routine(self.name(), schema, &name, &method);
        let mut create = Statement::new(Some(schema), format!("CREATE OPERATOR FAMILY {}", path(&id)));
        create.privileged = true;
        let mut statements = vec![create];
        if let Some(members) = entry.field("members") {
            let before = format!("ALTER OPERATOR FAMILY {} ADD ", path(&id));
            statements.extend(single::privileged(Some(schema), &before, &members, out));
        }
        out.declare_as(entry, id, statements);
    }

    fn write(&self, id: &Id, object: &Object, catalog: &Catalog) -> Option<Out> {
        let members: Vec<&str> = members(object).into_iter().map(|(_, come)| come).collect();
        if comes_with_class(id, catalog) {
            return None;
        }
        let list = (!members.is_empty()).then(|| ("members".to_string(), Out::Text(members.join(", "))));
        Some(Out::Map(list.into_iter().collect()))
    }

    fn weight(&self, attr: Option<&str>) -> Weight {
        match attr {
            Some("comment") => Weight::Cosmetic,
            Some("owner") => Weight::Security,
            _ => Weight::Degraded,
        }
    }

    fn sql_name(&self, id: &Id) -> String {
        format!("OPERATOR FAMILY {}", path(id))
    }

    fn owner_name(&self, id: &Id) -> Option<String> {
        Some(self.sql_name(id))
    }

    fn reserved(&self) -> bool {
        true
    }

    fn create(&self, id: &Id, object: &Object, _: &[(&Id, &Object)]) -> Vec<Draft> {
        let mut drafts = vec![Draft::new(format!("CREATE {}", self.sql_name(id)))];
        let list: Vec<&str> = members(object).into_iter().map(|(_, come)| come).collect();
        if !list.is_empty() {
            drafts.push(Draft::new(format!("ALTER {} ADD\n    {}", self.sql_name(id), list.join(",\n    "))));
        }
        drafts
    }

    fn drop(&self, id: &Id, _: &Object) -> Vec<Draft> {
        vec![Draft::new(format!("DROP {}", self.sql_name(id))).hazard(Hazard::BreaksClients)]
    }

    fn alter(&self, change: &mut Change<'_>) -> Alter {
        change.take_any(&["arguments", "members"]);
        let (live, desired) = (members(change.live), members(change.desired));
        let name = self.sql_name(change.id);
        let gone = live.iter().filter(|m| !desired.contains(m)).map(|(gone, _)| format!("ALTER {name} DROP {gone}"));
        let come = desired.iter().filter(|m| !live.contains(m)).map(|(_, come)| format!("ALTER {name} ADD {come}"));
        Alter::InPlace(gone.chain(come).map(Draft::new).collect())
    }

    fn rename(&self, id: &Id, to: &str) -> Option<Draft> {
        Some(Draft::new(format!("ALTER {} RENAME TO {}", self.sql_name(id), sql::ident(to))))
    }
}
