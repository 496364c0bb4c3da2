//! # Tables
//!
//! Columns, constraints, indexes, policies and triggers are objects of their own; CREATE TABLE takes in the columns, defaults
//! and constraints that can stand inside it. Another partition key, or none where there was one, makes a table new: its rows
//! are copied aside and into the new one (hazard `table_rewrite`), in the plan's transaction, and a row that fits no partition
//! stops it. Everything else changes in place.

mod keep;
mod write;

use serde_json::Value;

pub(super) use write::{body, declared_body, settings};

use super::keep::{Again, Kept};
use super::yaml::{Declarer, Entry, Field, FieldValue, File, Naming, Out, Section, Shape};
use super::{Alter, Change, Grants, Kind, Weight};
use crate::catalog::{Catalog, Id, KindName, Object};
use crate::plan::step::{Draft, Hazard, Lock};
use crate::sql;

/// The kind.
pub struct Table;

static SECTION: Section = Section {
    key: "tables",
    under: &[""],
    shape: Shape::Mapping,
    naming: Naming::Schema,
    file: File::Own("tables"),
    fields: &[
        Field {
            key: "row_security",
            value: FieldValue::Choice(&["disabled", "enabled", "forced", "forced_but_disabled"]),
            doc: "Row-level security: `enabled` for all but the owner, `forced` for the owner too.",
        },
        Field { key: "unlogged", value: FieldValue::Flag, doc: "Whether it is unlogged." },
        Field { key: "partition_by", value: FieldValue::Sql, doc: "The SQL after PARTITION BY: `range (created_at)`." },
        Field {
            key: "partition_of",
            value: FieldValue::Name,
            doc: "The table it is a partition of; its columns come from there. `columns` says what is its own (`note: default 'x'`), or all of them where their order is.",
        },
        Field {
            key: "bound",
            value: FieldValue::Sql,
            doc: "The partition's bound: `for values from (1) to (10)`, or `default`.",
        },
        Field { key: "inherits", value: FieldValue::Names, doc: "The tables it inherits from." },
        Field {
            key: "options",
            value: FieldValue::Texts,
            doc: "Storage parameters (WITH): `{fillfactor: 70}`, those of the TOAST table as `toast.NAME`.",
        },
        Field { key: "of_type", value: FieldValue::Name, doc: "The composite type of a typed table." },
        Field { key: "access_method", value: FieldValue::Name, doc: "The table access method (USING)." },
        Field { key: "tablespace", value: FieldValue::Name, doc: "The tablespace." },
        Field {
            key: "replica_identity",
            value: FieldValue::Choice(&["full", "nothing"]),
            doc: "What a row is known by in logical replication, when it is not the primary key; an index says so itself.",
        },
    ],
    doc: "Tables (CREATE TABLE).",
    example: "tables:\n  tenants:\n    columns:\n      id: uuid not null default gen_random_uuid()\n      name: text not null\n    primary_key: [id]\n",
};

impl Kind for Table {
    fn name(&self) -> KindName {
        "table"
    }

    fn label(&self) -> (&'static str, &'static str) {
        ("table", "tables")
    }

    fn catalog_sql(&self, _: u32) -> Option<&'static str> {
        Some(include_str!("catalog.sql"))
    }

    fn section(&self) -> Option<&'static Section> {
        Some(&SECTION)
    }

    fn declare(&self, entry: &Entry<'_>, out: &mut Declarer<'_>) {
        let statements = write::build(entry);
        out.declare(entry, statements);
    }

    fn write(&self, id: &Id, object: &Object, catalog: &Catalog) -> Option<Out> {
        Some(Out::Map(write::entry(id, object, catalog)))
    }

    fn weight(&self, attr: Option<&str>) -> Weight {
        match attr {
            Some("comment") => Weight::Cosmetic,
            Some("privileges" | "owner" | "row_security" | "force_row_security") => Weight::Security,
            Some("options" | "toast_options" | "tablespace" | "unlogged" | "access_method") => Weight::Degraded,
            _ => Weight::Breaking,
        }
    }

    fn takes_labels(&self) -> bool {
        true
    }

    fn sql_name(&self, id: &Id) -> String {
        format!("TABLE {}", id.own_path())
    }

    fn owner_name(&self, id: &Id) -> Option<String> {
        Some(self.sql_name(id))
    }

    fn grants(&self) -> Option<Grants> {
        Some(super::facets::TABLE_GRANTS)
    }

    fn create(&self, id: &Id, object: &Object, folded: &[(&Id, &Object)]) -> Vec<Draft> {
        write::create(id, object, folded)
    }

    fn drop(&self, id: &Id, _: &Object) -> Vec<Draft> {
        vec![
            Draft::new(format!("DROP TABLE {}", id.own_path()))
                .lock(Lock::AccessExclusive)
                .hazard(Hazard::DataLoss)
                .hazard(Hazard::BreaksClients),
        ]
    }

    fn alter(&self, change: &mut Change<'_>) -> Alter {
        let path = change.id.own_path();
        let alter = |clause: String| Draft::new(format!("ALTER TABLE {path} {clause}")).lock(Lock::AccessExclusive);
        let mut drafts = Vec::new();
        // Before PostgreSQL 15 a table keeps its access method.
        if change.take("partition_by") || (change.major < 15 && change.take("access_method")) {
            change.take_all();
            return Alter::Replace;
        }
        if change.take("row_security") {
            let on = change.desired.attrs.contains_key("row_security");
            let draft = alter(format!("{} ROW LEVEL SECURITY", if on { "ENABLE" } else { "DISABLE" }));
            drafts.push(if on { draft } else { draft.hazard(Hazard::WeakensSecurity) });
        }
        if change.take("force_row_security") {
            let on = change.desired.flag("force_row_security");
            let draft = alter(format!("{} ROW LEVEL SECURITY", if on { "FORCE" } else { "NO FORCE" }));
            drafts.push(if on { draft } else { draft.hazard(Hazard::WeakensSecurity) });
        }
        if change.take("unlogged") {
            let word = if change.desired.flag("unlogged") { "UNLOGGED" } else { "LOGGED" };
            drafts.push(alter(format!("SET {word}")).rewrites());
        }
        for (attr, prefix) in [("options", ""), ("toast_options", "toast.")] {
            if change.take(attr) {
                let changed = options_changed("TABLE", &path, &change.live.list(attr), &change.desired.list(attr), prefix);
                // PostgreSQL ignores those of a TOAST table that no column has asked for yet.
                drafts.extend(changed.into_iter().map(|d| if prefix.is_empty() { d } else { d.late() }));
            }
        }
        if change.take("access_method") {
            let method = change.desired.text("access_method").unwrap_or("heap");
            drafts.push(alter(format!("SET ACCESS METHOD {}", sql::ident(method))).rewrites());
        }
        if change.take("tablespace") {
            let space = change.desired.text("tablespace").unwrap_or("pg_default");
            drafts.push(alter(format!("SET TABLESPACE {}", sql::ident(space))).rewrites());
        }
        if change.take("replica_identity") {
            drafts.push(write::replica_identity(change.id, change.desired));
        }
        Alter::InPlace(drafts)
    }

    fn rename(&self, id: &Id, to: &str) -> Option<Draft> {
        Some(
            Draft::new(format!("ALTER TABLE {} RENAME TO {}", id.own_path(), sql::ident(to)))
                .lock(Lock::AccessExclusive)
                .hazard(Hazard::BreaksClients),
        )
    }

    fn forgets(&self, id: &Id, object: &Object) -> Vec<Draft> {
        // A rewrite without a column that is stored in it takes the TOAST table away.
        let toast = object.list("toast_options");
        options_changed("TABLE", &id.own_path(), &[], &toast, "toast.").into_iter().map(Draft::late).collect()
    }

    fn division<'o>(&self, object: &'o Object) -> Option<&'o str> {
        object.text("partition_by")
    }

    fn holds_data(&self) -> bool {
        true
    }

    fn keep(&self, again: &Again<'_>) -> Option<Kept> {
        keep::rows(again)
    }

    fn namespace(&self) -> &'static str {
        "relation"
    }
}

/// SET and RESET of storage parameters given as `name=value`.
pub(super) fn options_changed(word: &str, path: &str, live: &[&str], desired: &[&str], prefix: &str) -> Vec<Draft> {
    let name = |o: &str| o.split('=').next().unwrap_or_default().to_string();
    let set: Vec<String> = desired.iter().filter(|o| !live.contains(o)).map(|o| option(o, prefix)).collect();
    let reset: Vec<String> = live
        .iter()
        .map(|o| name(o))
        .filter(|n| !desired.iter().any(|o| name(o) == *n))
        .map(|n| format!("{prefix}{}", sql::ident(&n)))
        .collect();
    // An index is not locked with its table.
    let draft = |text: String| {
        let draft = Draft::new(text);
        if word == "INDEX" { draft } else { draft.lock(Lock::ShareUpdateExclusive) }
    };
    let mut drafts = Vec::new();
    if !set.is_empty() {
        drafts.push(draft(format!("ALTER {word} {path} SET ({})", set.join(", "))));
    }
    if !reset.is_empty() {
        drafts.push(draft(format!("ALTER {word} {path} RESET ({})", reset.join(", "))));
    }
    drafts
}

/// One `name=value` as SQL writes it.
pub(super) fn option(text: &str, prefix: &str) -> String {
    match text.split_once('=') {
        Some((name, value)) if sql::ident(value) == value => format!("{prefix}{}={value}", sql::ident(name)),
        Some((name, value)) => format!("{prefix}{}={}", sql::ident(name), sql::literal(value)),
        None => format!("{prefix}{}", sql::ident(text)),
    }
}

/// A mapping of `name: value` for YAML.
pub(super) fn options_out(object: &Object) -> Vec<(String, Out)> {
    let pairs = |attr: &str, prefix: &str| -> Vec<(String, Out)> {
        let list = object.attrs.get(attr).and_then(Value::as_array).cloned().unwrap_or_default();
        list.iter().filter_map(|o| o.as_str()?.split_once('=')).map(|(n, v)| (format!("{prefix}{n}"), Out::text(v))).collect()
    };
    let mut out = pairs("options", "");
    out.extend(pairs("toast_options", "toast."));
    out
}
