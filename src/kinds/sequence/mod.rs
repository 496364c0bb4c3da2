//! # Sequences
//!
//! Everything but the next value changes in place. A sequence owned by a column goes when the column goes. `serial` in a
//! column's definition makes one; identity columns have theirs inside.

pub mod identity;

use serde_json::Value;

use super::keep::{self, Again, Kept};
use super::yaml::{Declarer, Entry, Field, FieldValue, File, Naming, Out, Section, Shape, Statement};
use super::{Alter, Change, Grants, Kind};
use crate::catalog::{Catalog, Id, KindName, Object};
use crate::plan::step::{Draft, Hazard};
use crate::sql;

/// The kind.
pub struct Sequence;

static SECTION: Section = Section {
    key: "sequences",
    under: &[""],
    shape: Shape::Sql,
    naming: Naming::Schema,
    file: File::Shared("sequences.yaml"),
    fields: &[
        Field { key: "definition", value: FieldValue::Sql, doc: "The SQL after `CREATE SEQUENCE name`." },
        Field { key: "owned_by", value: FieldValue::Name, doc: "The column it goes with: `table.column`." },
        Field { key: "unlogged", value: FieldValue::Flag, doc: "Whether it is unlogged (PostgreSQL 15 and later)." },
    ],
    doc: "Sequences (CREATE SEQUENCE). Those of identity and serial columns need no entry.",
    example: "sequences:\n  invoice_number: increment by 1 start with 1000\n",
};

/// The options in the order in which the manual lists them, one by one: those that differ from the defaults, or all of them.
pub(super) fn option_clauses(object: &Object, all: bool) -> Vec<String> {
    let number = |name: &str| object.attrs.get(name).map(Value::to_string);
    let mut clauses = Vec::new();
    match object.text("type") {
        Some(ty) => clauses.push(format!("AS {ty}")),
        None if all => clauses.push("AS bigint".into()),
        None => {}
    }
    for (name, word, default) in [
        ("increment", "INCREMENT BY", "INCREMENT BY 1"),
        ("minimum", "MINVALUE", "NO MINVALUE"),
        ("maximum", "MAXVALUE", "NO MAXVALUE"),
        ("start", "START WITH", ""),
        ("cache", "CACHE", "CACHE 1"),
    ] {
        match number(name) {
            Some(value) => clauses.push(format!("{word} {value}")),
            None if all && !default.is_empty() => clauses.push(default.into()),
            None => {}
        }
    }
    if object.flag("cycle") {
        clauses.push("CYCLE".into());
    } else if all {
        clauses.push("NO CYCLE".into());
    }
    clauses
}

fn options(object: &Object, all: bool) -> String {
    option_clauses(object, all).into_iter().map(|c| format!(" {c}")).collect()
}

fn owned_by(object: &Object) -> Option<String> {
    let list = object.list("owned_by");
    let [schema, table, column] = list.as_slice() else { return None };
    Some(format!("{}.{}", sql::qualified(schema, table), sql::ident(column)))
}

impl Kind for Sequence {
    fn name(&self) -> KindName {
        "sequence"
    }

    fn label(&self) -> (&'static str, &'static str) {
        ("sequence", "sequences")
    }

    fn catalog_sql(&self, _: u32) -> Option<&'static str> {
        Some(include_str!("catalog.sql"))
    }

    fn section(&self) -> Option<&'static Section> {
        Some(&SECTION)
    }

    fn declare(&self, entry: &Entry<'_>, out: &mut Declarer<'_>) {
        let unlogged = if entry.flag("unlogged") == Some(true) { "UNLOGGED " } else { "" };
        let mut statement = Statement::new(entry.schema.as_deref(), format!("CREATE {unlogged}SEQUENCE {} ", entry.path()));
        if let Some(definition) = entry.sql() {
            statement.piece(&definition);
        }
        let mut statements = vec![statement];
        if let Some(owned) = entry.field("owned_by") {
            statements.push(Statement::with(
                entry.schema.as_deref(),
                &format!("ALTER SEQUENCE {} OWNED BY ", entry.path()),
                &owned,
                "",
            ));
        }
        out.declare(entry, statements);
        // Its owner is its table's.
        if entry.field("owned_by").is_some()
            && let Some(declared) = out.declarations.last_mut()
        {
            declared.owner = None;
        }
    }

    fn write(&self, _: &Id, object: &Object, _: &Catalog) -> Option<Out> {
        let mut map = vec![("definition".to_string(), Out::Text(options(object, false).trim().to_lowercase()))];
        if object.flag("unlogged") {
            map.push(("unlogged".into(), Out::text("true")));
        }
        if let Some(owned) = owned_by(object) {
            map.push(("owned_by".into(), Out::Text(owned)));
        }
        Some(Out::Map(map))
    }

    fn goes_with_owner(&self) -> bool {
        true
    }

    fn keep(&self, again: &Again<'_>) -> Option<Kept> {
        keep::next_value(again)
    }

    fn holds_next_value(&self) -> bool {
        true
    }

    fn untied(&self, id: &Id, object: &Object) -> Option<(Object, Draft)> {
        let tie = Draft::new(format!("ALTER SEQUENCE {} OWNED BY {}", id.own_path(), owned_by(object)?));
        let mut free = object.clone();
        free.attrs.remove("owned_by");
        Some((free, tie))
    }

    fn follows_type_change(&self) -> bool {
        true
    }

    fn takes_labels(&self) -> bool {
        true
    }

    fn sql_name(&self, id: &Id) -> String {
        format!("SEQUENCE {}", id.own_path())
    }

    fn owner_name(&self, id: &Id) -> Option<String> {
        Some(self.sql_name(id))
    }

    fn grants(&self) -> Option<Grants> {
        Some(Grants { on: "SEQUENCE", letters: "rwU", public: &[], default_acl: Some('S') })
    }

    fn create(&self, id: &Id, object: &Object, _: &[(&Id, &Object)]) -> Vec<Draft> {
        let unlogged = if object.flag("unlogged") { "UNLOGGED " } else { "" };
        let owned = owned_by(object).map(|o| format!(" OWNED BY {o}")).unwrap_or_default();
        vec![Draft::new(format!("CREATE {unlogged}SEQUENCE {}{}{owned}", id.own_path(), options(object, false)))]
    }

    fn drop(&self, id: &Id, _: &Object) -> Vec<Draft> {
        vec![Draft::new(format!("DROP SEQUENCE {}", id.own_path())).hazard(Hazard::DataLoss)]
    }

    fn alter(&self, change: &mut Change<'_>) -> Alter {
        let path = change.id.own_path();
        let mut drafts = Vec::new();
        if change.take_any(&["type", "increment", "minimum", "maximum", "start", "cache", "cycle"]) {
            let mut text = options(change.desired, true);
            if change.live.attrs.contains_key("start") && !change.desired.attrs.contains_key("start") {
                let first = if change.desired.attrs.get("increment").and_then(Value::as_i64).unwrap_or(1) > 0 {
                    "minimum"
                } else {
                    "maximum"
                };
                let start =
                    change.desired.attrs.get(first).and_then(Value::as_i64).unwrap_or(if first == "minimum" { 1 } else { -1 });
                text.push_str(&format!(" START WITH {start}"));
            }
            drafts.push(Draft::new(format!("ALTER SEQUENCE {path}{text}")));
        }
        if change.take("unlogged") {
            let word = if change.desired.flag("unlogged") { "UNLOGGED" } else { "LOGGED" };
            drafts.push(Draft::new(format!("ALTER SEQUENCE {path} SET {word}")));
        }
        if change.take("owned_by") {
            let owned = owned_by(change.desired).unwrap_or_else(|| "NONE".into());
            drafts.push(Draft::new(format!("ALTER SEQUENCE {path} OWNED BY {owned}")));
        }
        Alter::InPlace(drafts)
    }

    fn rename(&self, id: &Id, to: &str) -> Option<Draft> {
        Some(Draft::new(format!("ALTER SEQUENCE {} RENAME TO {}", id.own_path(), sql::ident(to))))
    }

    fn namespace(&self) -> &'static str {
        "relation"
    }
}
