//! `backfill`: what a column gets in the rows that are there already.

use super::verify::one_query;
use super::{Data, Room};
use crate::diagnostic::{Diagnostic, Place};
use crate::kinds::yaml::{self, Entry, Field, FieldValue, File, Naming, Piece, Section, Shape};
use crate::sql;
use crate::yaml::Value;

/// The backfill of one column, as written.
#[derive(Debug, Clone)]
pub struct Backfill {
    /// The schema of the table.
    pub schema: String,
    /// The table.
    pub table: String,
    /// The column.
    pub column: String,
    /// Where it stands.
    pub origin: Place,
    /// What is set: columns and expressions.
    pub set: Vec<(Piece, String)>,
    /// In which rows.
    pub condition: String,
    /// How many rows at once, each time in a transaction of its own.
    pub batch: Option<u64>,
}

static SECTION: Section = Section {
    key: "backfill",
    under: &["columns"],
    shape: Shape::Single,
    naming: Naming::Schema,
    file: File::Parent,
    fields: &[
        Field {
            key: "set",
            value: FieldValue::Any("SQL, or mapping of columns to SQL"),
            doc: "The expression that the column gets; or several columns with theirs.",
        },
        Field {
            key: "where",
            value: FieldValue::Sql,
            doc: "In which rows; where the column is NULL, when nothing is said. It is pending as long as rows match, so what is set must make it false.",
        },
        Field {
            key: "batch",
            value: FieldValue::Text,
            doc: "How many rows at once, each time in a transaction of its own. On tables above the size of `online` it is done in batches in any case.",
        },
    ],
    doc: "What a column gets in rows that are there already.",
    example: "tables:\n  agents:\n    columns:\n      tenant_id:\n        definition: uuid not null\n        backfill:\n          set: (select id from tenants where slug = 'vital-platform')\n          where: tenant_id is null\n",
};

pub(super) static ROOM: Room = Room {
    section: &SECTION,
    title: "backfills",
    more: "It runs after the column and the [rows](rows.md) of the model are there, and before NOT NULL and constraints that are new on the \
           table. While rows match, `plan` and `drift` show it as pending. \
           [The guide](../../guides/rows-and-checks.md) has more.",
    read,
};

/// How many rows at once where the table is large and nothing is said.
pub(super) const BATCH: u64 = 10_000;

fn read(entry: &Entry<'_>, data: &mut Data, errors: &mut Vec<Diagnostic>) {
    let Some(node) = entry.node.get("set") else {
        errors.push(
            Diagnostic::error("missing-key", format!("backfill of `{}` has no `set`", entry.name))
                .at(&entry.place)
                .help("for example `set: lower(name)`"),
        );
        return;
    };
    let own = Piece { text: entry.name.clone(), place: entry.place.clone() };
    let pieces: Option<Vec<(Piece, Piece)>> = match &node.value {
        Value::Map(entries) => entries.iter().map(|(k, v)| Some((yaml::piece(k)?, yaml::piece(v)?))).collect(),
        _ => yaml::piece(node).map(|p| vec![(own, p)]),
    };
    let Some(pieces) = pieces else {
        errors.push(yaml::wrong_type(node, "set", "SQL, or a mapping of columns to SQL", "set: lower(name)"));
        return;
    };
    let before = errors.len();
    let set = pieces.into_iter().filter_map(|(column, p)| Some((column, one_query(&p, errors)?))).collect();
    let condition = match entry.field("where") {
        Some(piece) => one_query(&piece, errors),
        None => Some(format!("{} IS NULL", sql::ident(&entry.name))),
    };
    let batch = entry.field("batch").map(|p| p.text.replace('_', "").parse::<u64>().ok().filter(|n| *n > 0).ok_or(p));
    if let Some(Err(piece)) = &batch {
        errors.push(
            Diagnostic::error("wrong-type", "`batch` must be a number of rows")
                .at(&piece.place)
                .help("for example `batch: 10000`"),
        );
    }
    let (Some(condition), true) = (condition, errors.len() == before) else { return };
    data.backfills.push(Backfill {
        schema: entry.schema.clone().unwrap_or_default(),
        table: entry.parent.clone().unwrap_or_default(),
        column: entry.name.clone(),
        origin: entry.place.clone(),
        set,
        condition,
        batch: batch.and_then(Result::ok),
    });
}
