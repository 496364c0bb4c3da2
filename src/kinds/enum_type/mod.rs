//! # Enums
//!
//! Labels are added in place, at any position; a new label can be used only after the transaction that adds it. They are renamed
//! in place where the model says what they were called (`renamed_values`). What cannot
//! be said with ADD VALUE (a label removed, an order changed) makes a new type beside the old one and moves every column over.

use super::asks::{Ask, Asked, Question, Rows, relation};
use super::exchange::{Conversion, exchange};
use super::yaml::{Declarer, Entry, Field, FieldValue, File, Naming, Out, Section, Shape, Statement};
use super::{Alter, Change, Grants, Kind, column, yaml};
use crate::catalog::{Catalog, Id, KindName, Object};
use crate::plan::step::{Draft, Hazard, Transaction};
use crate::sql;

/// The kind.
pub struct EnumType;

static SECTION: Section = Section {
    key: "enums",
    under: &[""],
    shape: Shape::Names,
    naming: Naming::Schema,
    file: File::Shared("types.yaml"),
    fields: &[
        Field { key: "values", value: FieldValue::Names, doc: "The labels, in their order." },
        Field {
            key: "renamed_values",
            value: FieldValue::Texts,
            doc: "What labels were called before, `{new: old}`; stays for good and does nothing once it has happened.",
        },
    ],
    doc: "Enum types (CREATE TYPE ... AS ENUM).",
    example: "enums:\n  agent_status: [active, inactive, draft]\n",
};

/// The labels of the enum with this name, as types are printed.
pub(super) fn labels_of(catalog: &Catalog, name: &str) -> Option<Vec<String>> {
    let mut parts = sql::split_name(name)?;
    let (name, schema) = (parts.pop()?, parts.pop()?);
    let object = catalog.get(&Id::in_schema(EnumType.name(), &schema, &name))?;
    Some(object.list("labels").into_iter().map(str::to_string).collect())
}

fn labels(labels: &[&str]) -> String {
    labels.iter().map(|l| sql::literal(l)).collect::<Vec<_>>().join(", ")
}

impl Kind for EnumType {
    fn name(&self) -> KindName {
        "enum"
    }

    fn label(&self) -> (&'static str, &'static str) {
        ("enum", "enums")
    }

    fn catalog_sql(&self, _: u32) -> Option<&'static str> {
        Some(include_str!("catalog.sql"))
    }

    fn section(&self) -> Option<&'static Section> {
        Some(&SECTION)
    }

    fn declare(&self, entry: &Entry<'_>, out: &mut Declarer<'_>) {
        let values = yaml::names(entry.node).or_else(|| entry.names("values")).unwrap_or_default();
        let list: Vec<&str> = values.iter().map(|v| v.text.as_str()).collect();
        out.declare(entry, vec![Statement::new(None, format!("CREATE TYPE {} AS ENUM ({})", entry.path(), labels(&list)))]);
        out.renamed_parts(entry.texts("renamed_values"));
    }

    fn write(&self, _: &Id, object: &Object, _: &Catalog) -> Option<Out> {
        Some(Out::Map(vec![("values".into(), Out::Flow(object.list("labels").into_iter().map(str::to_string).collect()))]))
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
        vec![Draft::new(format!("CREATE TYPE {} AS ENUM ({})", id.own_path(), labels(&object.list("labels"))))]
    }

    fn drop(&self, id: &Id, _: &Object) -> Vec<Draft> {
        vec![Draft::new(format!("DROP TYPE {}", id.own_path()))]
    }

    fn alter(&self, change: &mut Change<'_>) -> Alter {
        change.take("labels");
        let (live, desired) = (change.live.list("labels"), change.desired.list("labels"));
        let kept: Vec<&str> = desired.iter().copied().filter(|l| live.contains(l)).collect();
        if kept == live {
            return Alter::InPlace(added(change.id, &live, &desired));
        }
        let create = format!("CREATE TYPE {} AS ENUM ({})", change.id.own_path(), labels(&desired));
        Alter::Remade(exchange(change, "TYPE", create, Conversion::Text))
    }

    fn asks(&self, asked: &Asked<'_>) -> Vec<Question> {
        let Some(live) = asked.live else { return Vec::new() };
        let (was, is) = (live.list("labels"), asked.desired.list("labels"));
        let gone: Vec<&str> = was.into_iter().filter(|l| !is.contains(l)).collect();
        if gone.is_empty() {
            return Vec::new();
        }
        let made_of_it = |o: &Object| o.needs.contains(asked.id) && !o.attrs.contains_key("generated");
        let users = asked.sides.live.of_kind(column::Column.name()).filter(|(_, o)| made_of_it(o));
        let question = |(id, object): (&Id, &Object)| {
            let rows = Rows::of(asked.sides, relation(id))?;
            let from = rows.from(&[], &format!(", t.{} AS trueup_value", rows.column_now(&id.name)));
            let list = format!("ARRAY[{}]::pg_catalog.text[]", labels(&gone));
            // What is gone is named as it is called now.
            let violates = match object.text("type").is_some_and(|t| t.ends_with("[]")) {
                true => format!("trueup_value::pg_catalog.text[] OPERATOR(pg_catalog.&&) {list}"),
                false => format!("trueup_value::pg_catalog.text = ANY ({list})"),
            };
            let name = sql::ident(&id.name);
            let what = format!("{name} is {}", gone.join(" or "));
            Some(rows.question_from(asked.id, what, Ask::Violates(violates), &[&name], (from.0, false)))
        };
        users.filter_map(question).collect()
    }

    fn has_part(&self, object: &Object, name: &str) -> bool {
        object.list("labels").contains(&name)
    }

    fn rename(&self, id: &Id, to: &str) -> Option<Draft> {
        if id.parent.is_some() {
            let (path, from, to) = (id.parent_path(), sql::literal(&id.name), sql::literal(to));
            return Some(Draft::new(format!("ALTER TYPE {path} RENAME VALUE {from} TO {to}")).hazard(Hazard::BreaksClients));
        }
        Some(Draft::new(format!("ALTER TYPE {} RENAME TO {}", id.own_path(), sql::ident(to))))
    }

    fn namespace(&self) -> &'static str {
        "type"
    }
}

fn added(id: &Id, live: &[&str], desired: &[&str]) -> Vec<Draft> {
    let mut drafts = Vec::new();
    for (i, label) in desired.iter().enumerate().filter(|(_, l)| !live.contains(l)) {
        // After its predecessor, which is there by now; the first one before the first that is there.
        let place = match i.checked_sub(1) {
            Some(before) => format!(" AFTER {}", sql::literal(desired[before])),
            None => live.first().map(|l| format!(" BEFORE {}", sql::literal(l))).unwrap_or_default(),
        };
        let last = desired[i..].iter().all(|l| !live.contains(l)) && i > 0;
        let place = if last { String::new() } else { place };
        drafts.push(
            Draft::new(format!("ALTER TYPE {} ADD VALUE {}{place}", id.own_path(), sql::literal(label)))
                .transaction(Transaction::CommitAfter),
        );
    }
    drafts
}
