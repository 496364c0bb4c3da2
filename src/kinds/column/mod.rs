//! # Columns
//!
//! Type, NOT NULL, identity and options change in place, and from PostgreSQL 17 on the expression of a generated column; stored ones
//! become virtual ones by being made anew. A changed type takes views, policies, triggers and generated columns
//! that read the column out of the way and makes them again; indexes and constraints the server rebuilds itself.

mod anew;
pub(super) mod asks;
mod backfill;
pub mod former;
mod not_null;
mod types;
mod volatile;
mod write;

use super::asks::{Asked, Question};
use super::family::{Heritage, Relation};
use super::yaml::{Declarer, Entry, Field, FieldValue, File, Naming, Out, Piece, Section, Shape, Statement};
use super::{Alter, Anew, Beside, Change, Grants, Judges, Kind, Weight};
use crate::catalog::{Attrs, Catalog, Id, KindName, Object};
use crate::plan::step::{Draft, Hazard, Lock};
use crate::sql;
use crate::yaml::{Node, Value};

pub(super) use asks::default_of;
pub(crate) use backfill::PATIENCE;
pub(super) use types::{assignable, binary_compatible};
pub(super) use volatile::is_volatile;
pub(super) use write::{settings, settings_out, value, with_default};

/// The kind.
pub struct Column;

static SECTION: Section = Section {
    key: "columns",
    under: &["tables", "foreign_tables"],
    shape: Shape::Sql,
    naming: Naming::Schema,
    file: File::Parent,
    fields: &[
        Field {
            key: "definition",
            value: FieldValue::Sql,
            doc: "The SQL after the column's name: type, default, NOT NULL, GENERATED. Without a type it says what a partition, child or typed table has otherwise than where the column comes from: `not null`, `default 1`.",
        },
        Field {
            key: "storage",
            value: FieldValue::Choice(&["plain", "external", "extended", "main"]),
            doc: "How long values are stored (SET STORAGE).",
        },
        Field {
            key: "compression",
            value: FieldValue::Name,
            doc: "How long values are compressed (SET COMPRESSION), where the definition does not say it.",
        },
        Field { key: "statistics", value: FieldValue::Text, doc: "The statistics target (SET STATISTICS)." },
        Field {
            key: "not_null_name",
            value: FieldValue::Name,
            doc: "The name of the NOT NULL (PostgreSQL 18), where the definition does not say it: `text constraint notes_there not null`.",
        },
        Field {
            key: "not_null_no_inherit",
            value: FieldValue::Flag,
            doc: "Whether child tables go without the NOT NULL (PostgreSQL 18).",
        },
        Field {
            key: "not_null_not_valid",
            value: FieldValue::Flag,
            doc: "Whether rows that are there already are exempt from the NOT NULL (PostgreSQL 18); the definition is then without one.",
        },
        Field { key: "not_null_comment", value: FieldValue::Text, doc: "A comment on the NOT NULL (PostgreSQL 18)." },
        Field { key: "options", value: FieldValue::Texts, doc: "Planner options: `{n_distinct: 100}`." },
        Field {
            key: "foreign_options",
            value: FieldValue::Texts,
            doc: "Options of a foreign table's column: `{column_name: id}`.",
        },
    ],
    doc: "The columns, in the order in which they are created.",
    example: "columns:\n  id: uuid not null default gen_random_uuid()\n  notes:\n    definition: text\n    comment: Free text\n",
};

fn alter(entry: &Entry<'_>, clause: &str) -> Statement {
    Statement::new(None, format!("ALTER TABLE ONLY {} ALTER COLUMN {} {clause}", entry.parent_path(), sql::ident(&entry.name)))
}

/// The statements for what an entry says of how a column is stored and planned with.
pub(super) fn stored(entry: &Entry<'_>) -> Vec<Statement> {
    let mut statements = Vec::new();
    if let Some(storage) = entry.field("storage") {
        statements.push(alter(entry, &format!("SET STORAGE {}", storage.text)));
    }
    if let Some(method) = entry.field("compression") {
        statements.push(alter(entry, &format!("SET COMPRESSION {}", sql::ident(&method.text))));
    }
    if let Some(target) = entry.field("statistics") {
        statements.push(Statement::with(None, &alter(entry, "SET STATISTICS ").sql, &target, ""));
    }
    for (name, value) in entry.texts("options") {
        statements.push(Statement::with(None, &alter(entry, &format!("SET ({} = ", sql::ident(&name.text))).sql, &value, ")"));
    }
    statements
}

/// Whether an id is a column's.
pub(super) fn is_column(id: &Id) -> bool {
    id.kind == "column"
}

/// The columns of a table, in their order.
pub(super) fn of_table<'a>(catalog: &'a Catalog, table: &Id) -> Vec<(&'a Id, &'a Object)> {
    of_relation(catalog, &(table.schema.clone().unwrap_or_default(), table.name.clone()))
}

/// The id of a column.
pub(super) fn id_of(table: &Relation, name: &str) -> Id {
    Id::child(Column.name(), &table.0, &table.1, name)
}

/// The columns of a relation, in their order.
pub(super) fn of_relation<'a>(catalog: &'a Catalog, table: &Relation) -> Vec<(&'a Id, &'a Object)> {
    let first = id_of(table, "");
    let same = |id: &Id| id.kind == first.kind && id.schema == first.schema && id.parent == first.parent;
    let mut own: Vec<_> = catalog.objects.range(first.clone()..).take_while(|(id, _)| same(id)).collect();
    own.sort_by_key(|(_, object)| object.position);
    own
}

/// Whether an id is a default's.
pub(super) fn is_default(id: &Id) -> bool {
    id.kind == "default"
}

/// Whether an id is the default of this column.
pub(super) fn is_default_of(id: &Id, column: &Id) -> bool {
    is_default(id) && id.name == column.name && id.parent == column.parent && id.schema == column.schema
}

/// Whether a definition has no type: then the column comes from a parent or a type.
pub(super) fn is_override(definition: &str) -> bool {
    const WORDS: &[&str] = &["default", "not", "null", "generated", "constraint", "check", "unique", "primary", "references"];
    sql::lex::tokens(definition).first().is_none_or(|t| WORDS.iter().any(|w| t.is_word(definition, w)))
}

/// The statements that give a child's column what it has of its own.
pub(super) fn overridden(entry: &Entry<'_>, name: &str, definition: &Piece) -> Vec<Statement> {
    let alter = format!("ALTER TABLE ONLY {} ALTER COLUMN {} SET ", entry.path(), sql::ident(name));
    let text = &definition.text;
    let tokens = sql::lex::tokens(text);
    let top = |word: &str| tokens.iter().position(|t| t.depth == 0 && t.is_word(text, word));
    let not_null = top("not").filter(|i| tokens.get(i + 1).is_some_and(|t| t.is_word(text, "null")));
    let mut out = Vec::new();
    if not_null.is_some() {
        out.push(Statement::new(entry.schema.as_deref(), format!("{alter}NOT NULL")));
    }
    if let Some(start) = top("default").map(|i| tokens[i].span.start) {
        let end = not_null.map(|i| tokens[i].span.start).filter(|end| *end > start).unwrap_or(text.len());
        let piece = Piece { text: text[start..end].trim_end().to_string(), place: definition.place.clone() };
        out.push(Statement::with(entry.schema.as_deref(), &alter, &piece, ""));
    }
    out
}

/// Name and definition of a column as written in YAML.
pub(super) fn written(key: &Node, value: &Node) -> Option<(String, Piece)> {
    let name = super::yaml::piece(key)?.text;
    let node = match &value.value {
        Value::Scalar(..) => value,
        _ => value.get("definition")?,
    };
    let definition = super::yaml::piece(node)?;
    let name = match sql::split_name(&name) {
        Some(mut parts) if name.starts_with('"') && parts.len() == 1 => parts.pop().unwrap_or_default(),
        _ => name,
    };
    Some((name, definition))
}

impl Kind for Column {
    fn name(&self) -> KindName {
        "column"
    }

    fn label(&self) -> (&'static str, &'static str) {
        ("column", "columns")
    }

    fn catalog_sql(&self, major: u32) -> Option<&'static str> {
        Some(match major {
            18.. => concat!(include_str!("named_before.sql"), include_str!("catalog.sql"), include_str!("named_after.sql")),
            _ => include_str!("catalog.sql"),
        })
    }

    fn section(&self) -> Option<&'static Section> {
        Some(&SECTION)
    }

    fn judges(&self, _: &Id, object: &Object) -> Judges {
        match not_null::without(object) {
            Some(less) => Judges::Partly(Box::new(less)),
            None => Judges::Nothing,
        }
    }

    fn declare(&self, entry: &Entry<'_>, out: &mut Declarer<'_>) {
        // What a table has from a parent needs no definition to have something said of it.
        let said = entry
            .node
            .entries()
            .is_some_and(|e| e.iter().any(|(k, _)| k.text().is_some_and(|k| k != "group" && k != "prevent_destroy")));
        if entry.sql().is_none() && !said {
            return out.missing(entry, "definition", "for example `definition: text not null`");
        }
        let mut statements = not_null::declared(entry);
        statements.extend(stored(entry));
        let foreign = super::options::declared(entry, "foreign_options");
        if !foreign.is_empty() {
            statements.push(alter(entry, foreign.trim_start()));
        }
        out.declare(entry, statements);
    }

    fn write(&self, id: &Id, object: &Object, catalog: &Catalog) -> Option<Out> {
        write::entry(id, object, catalog)
    }

    fn takes_labels(&self) -> bool {
        true
    }

    fn sql_name(&self, id: &Id) -> String {
        format!("COLUMN {}.{}", id.parent_path(), sql::ident(&id.name))
    }

    fn grants(&self) -> Option<Grants> {
        Some(Grants { on: "TABLE", letters: "", public: &[], default_acl: None })
    }

    fn holds_secrets(&self) -> bool {
        true
    }

    fn create(&self, id: &Id, object: &Object, folded: &[(&Id, &Object)]) -> Vec<Draft> {
        let mut clause = write::clause(id, object);
        let mut each = false;
        if let Some((id, default)) = folded.iter().find(|(i, _)| is_default_of(i, id)) {
            clause = with_default(&clause, &super::of(id).clause(id, default).unwrap_or_default(), object);
            each = default.text("expression").is_some_and(is_volatile);
        }
        let mut draft =
            Draft::new(format!("ALTER TABLE {} ADD COLUMN {clause}", id.parent_path())).lock_all(Lock::AccessExclusive);
        if (object.attrs.contains_key("generated") && !object.flag("virtual")) || object.attrs.contains_key("identity") || each {
            draft = draft.rewrites();
        } else if object.flag("not_null") && !folded.iter().any(|(i, _)| is_default_of(i, id)) {
            draft = draft.scans();
        }
        if let Some((default, value)) = folded.iter().find(|(i, _)| is_default_of(i, id)).filter(|_| each) {
            draft = draft.online_by_updates(backfill::added(id, object, super::of(default).create(default, value, &[])));
        }
        let mut drafts = vec![draft];
        drafts.extend(write::settings(id, object, None));
        drafts
    }

    fn drop(&self, id: &Id, object: &Object) -> Vec<Draft> {
        let mut draft = Draft::new(format!("ALTER TABLE {} DROP COLUMN {}", id.parent_path(), sql::ident(&id.name)))
            .lock_all(Lock::AccessExclusive)
            .hazard(Hazard::BreaksClients);
        // What a generated column holds can be computed again; a foreign table's rows are elsewhere; what is unfinished has a
        // column that it is made from.
        let elsewhere = object.attrs.contains_key("generated") || object.flag("foreign") || anew::is_unfinished(object);
        if !elsewhere {
            draft = draft.hazard(Hazard::DataLoss);
        }
        vec![draft]
    }

    fn folds(&self, _: &Id, object: &Object) -> bool {
        object.position > 0
    }

    fn clause(&self, id: &Id, object: &Object) -> Option<String> {
        (object.position > 0).then(|| write::clause(id, object))
    }

    fn anew(&self, anew: &Anew<'_>) -> Option<Beside> {
        anew::beside(anew)
    }

    fn finish(&self, id: &Id, live: &Object) -> Vec<Draft> {
        backfill::finished(id, live)
    }

    fn alter(&self, change: &mut Change<'_>) -> Alter {
        write::alter(change)
    }

    fn asks(&self, asked: &Asked<'_>) -> Vec<Question> {
        asks::asks(asked)
    }

    fn rename(&self, id: &Id, to: &str) -> Option<Draft> {
        let statement = format!("ALTER TABLE {} RENAME COLUMN {} TO {}", id.parent_path(), sql::ident(&id.name), sql::ident(to));
        Some(Draft::new(statement).lock_all(Lock::AccessExclusive).hazard(Hazard::BreaksClients))
    }

    fn weight(&self, attr: Option<&str>) -> Weight {
        match attr {
            Some("privileges" | "security_labels") => Weight::Security,
            Some(attr) if attr == "comment" || not_null::is_comment(attr) || not_null::is_name(attr) => Weight::Cosmetic,
            _ => Weight::Breaking,
        }
    }

    fn compares(&self, attr: &str, said: bool, major: u32) -> bool {
        // Before PostgreSQL 18 there is nothing that has a name or a comment.
        let there = major >= 18 || !(not_null::is_name(attr) || not_null::is_comment(attr));
        there && (said || !not_null::is_name(attr))
    }

    fn is_computed(&self, object: &Object) -> bool {
        object.attrs.contains_key("generated")
    }

    fn moves_between_types(&self) -> bool {
        true
    }

    fn leaders(&self, id: &Id, _: &Object, (schema, name): &Relation) -> Vec<Id> {
        vec![Id::child(self.name(), schema, name, &id.name), super::composite_type::id_of(schema, name)]
    }

    fn handed_down(&self, id: &Id, leader: &Id, from: &Object, heritage: Heritage) -> Option<Attrs> {
        if leader.kind != self.name() {
            return super::composite_type::attribute(from, &id.name);
        }
        Some(write::handed_down(from, heritage))
    }

    fn holds_data(&self) -> bool {
        true
    }
}
