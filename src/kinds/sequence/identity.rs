//! # Sequences of identity columns
//!
//! An identity column brings its sequence, with its options written in the column's definition. What can be said of the sequence
//! apart from that stands here, under its name: privileges, a comment, and whether it is logged where its table is not or the other
//! way round. It is made and dropped with the column, and its owner is the table's.

use crate::catalog::{Catalog, Id, KindName, Object};
use crate::kinds::keep::{self, Again, Kept};
use crate::kinds::yaml::{Declarer, Entry, Field, FieldValue, File, Naming, Out, Section, Shape, Statement};
use crate::kinds::{Alter, Change, Grants, Kind, Weight};
use crate::plan::step::{Draft, Lock};

/// Sequences of identity columns.
pub struct IdentitySequence;

static SECTION: Section = Section {
    key: "identity_sequences",
    under: &[""],
    shape: Shape::Mapping,
    naming: Naming::Schema,
    file: File::Shared("sequences.yaml"),
    fields: &[Field {
        key: "persistence",
        value: FieldValue::Name,
        doc: "`logged` or `unlogged`, where that is not what the table is. PostgreSQL 15 and newer.",
    }],
    doc: "What is said of the sequences that identity columns bring, by the sequence's name. Options such as START stand in the \
          column's definition.",
    example: "identity_sequences:\n  orders_id_seq:\n    grants: {app: [usage]}\n",
};

fn persist(id: &Id, object: &Object, fallback: &str) -> Draft {
    let word = object.text("persistence").unwrap_or(fallback).to_uppercase();
    Draft::new(format!("ALTER SEQUENCE {} SET {word}", id.own_path())).lock(Lock::AccessExclusive)
}

impl Kind for IdentitySequence {
    fn name(&self) -> KindName {
        "identity_sequence"
    }

    fn label(&self) -> (&'static str, &'static str) {
        ("identity sequence", "identity sequences")
    }

    fn catalog_sql(&self, _: u32) -> Option<&'static str> {
        Some(include_str!("identity.sql"))
    }

    fn section(&self) -> Option<&'static Section> {
        Some(&SECTION)
    }

    fn declare(&self, entry: &Entry<'_>, out: &mut Declarer<'_>) {
        // The first statement finds out whether the sequence is there: its column has to bring it.
        let exists = format!("COMMENT ON SEQUENCE {} IS NULL", entry.path());
        let mut statements = vec![Statement::new(entry.schema.as_deref(), exists)];
        if let Some(word) = entry.field("persistence") {
            let before = format!("ALTER SEQUENCE {} SET ", entry.path());
            statements.push(Statement::with(entry.schema.as_deref(), &before, &word, ""));
        }
        out.declare(entry, statements);
        // Its owner is its table's.
        if let Some(declared) = out.declarations.last_mut() {
            declared.owner = None;
        }
    }

    fn write(&self, _: &Id, object: &Object, _: &Catalog) -> Option<Out> {
        let persistence = object.text("persistence").map(|p| ("persistence".to_string(), Out::text(p)));
        Some(Out::Map(persistence.into_iter().collect()))
    }

    fn is_said_when_empty(&self) -> bool {
        false
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

    fn follows_type_change(&self) -> bool {
        true
    }

    fn sql_name(&self, id: &Id) -> String {
        format!("SEQUENCE {}", id.own_path())
    }

    fn owner_name(&self, id: &Id) -> Option<String> {
        Some(self.sql_name(id))
    }

    fn grants(&self) -> Option<Grants> {
        super::Sequence.grants()
    }

    fn weight(&self, attr: Option<&str>) -> Weight {
        match attr {
            Some("comment") => Weight::Cosmetic,
            Some("privileges" | "owner") => Weight::Security,
            _ => Weight::Degraded,
        }
    }

    /// The column brings it; what is said of it follows.
    fn create(&self, id: &Id, object: &Object, _: &[(&Id, &Object)]) -> Vec<Draft> {
        object.text("persistence").map(|word| persist(id, object, word)).into_iter().collect()
    }

    fn drop(&self, _: &Id, _: &Object) -> Vec<Draft> {
        Vec::new()
    }

    fn alter(&self, change: &mut Change<'_>) -> Alter {
        change.take("persistence");
        // Without a word of its own it is what its table is, which is what it is not now.
        let other = if change.live.text("persistence") == Some("logged") { "unlogged" } else { "logged" };
        Alter::InPlace(vec![persist(change.id, change.desired, other)])
    }

    fn namespace(&self) -> &'static str {
        "relation"
    }
}
