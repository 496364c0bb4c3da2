//! `rows`: what reference tables hold, known by keys.

use super::{Data, Room};
use crate::diagnostic::{Diagnostic, Place};
use crate::kinds::yaml::{self, Entry, Field, FieldValue, File, Naming, Piece, Section, Shape};
use crate::yaml::{Node, Value};

/// The rows of one table, as written.
#[derive(Debug, Clone)]
pub struct Rows {
    /// The schema of the table.
    pub schema: String,
    /// The table.
    pub table: String,
    /// Where it stands.
    pub origin: Place,
    /// The columns that a row is known by.
    pub key: Vec<Piece>,
    /// Whether rows that are there are left as they are.
    pub insert_only: bool,
    /// Whether rows that the model lacks are deleted.
    pub delete: bool,
    /// The rows: columns and values.
    pub rows: Vec<(Place, Vec<(Piece, Node)>)>,
}

static SECTION: Section = Section {
    key: "rows",
    under: &["tables"],
    shape: Shape::Single,
    naming: Naming::Schema,
    file: File::Parent,
    fields: &[
        Field { key: "key", value: FieldValue::Names, doc: "The columns that a row is known by; they have to be unique." },
        Field {
            key: "mode",
            value: FieldValue::Choice(&["sync", "insert_only"]),
            doc: "`sync`, when nothing is said: what is missing is inserted, what differs is updated. `insert_only`: what is there is left alone.",
        },
        Field {
            key: "delete",
            value: FieldValue::Flag,
            doc: "With `true` rows that the model lacks are deleted (hazard `data_loss`).",
        },
        Field {
            key: "values",
            value: FieldValue::Any("list of mappings of columns to values"),
            doc: "The rows. A column that a row does not name keeps what it has, or gets its default. A mapping `{table: {key: value}}` is what the foreign key of the column wants of that row; in a `json` column a mapping or a list is JSON, in an array column a list is an array.",
        },
    ],
    doc: "Rows of a reference table, which `apply` brings in and `drift` looks for.",
    example: "tables:\n  models:\n    columns:\n      agent_id: uuid not null\n      name: text not null\n      config: jsonb\n    rows:\n      key: [agent_id, name]\n      values:\n        - {agent_id: {agents: {name: ccrouter}}, name: gemini-1.5-pro, config: {provider: vertex-ai}}\n",
};

pub(super) static ROOM: Room = Room {
    section: &SECTION,
    title: "rows",
    more: "Values are compared by the server, as values of the column's type: `1.0` is `1.00`. Only the rows with these keys are read. They are \
           written after the table, its columns and what it refers to are there, the rows that others refer to first, and before \
           constraints that are new on the table. A snapshot has no rows, so that nothing can be said of them there. \
           [The guide](../../guides/rows-and-checks.md) has more.",
    read,
};

fn read(entry: &Entry<'_>, data: &mut Data, errors: &mut Vec<Diagnostic>) {
    let missing = |key: &str, example: &str| {
        Diagnostic::error("missing-key", format!("rows of `{}` have no `{key}`", entry.name))
            .at(&entry.place)
            .help(format!("for example `{example}`"))
    };
    let Some(key) = entry.names("key").filter(|k| !k.is_empty()) else {
        errors.push(missing("key", "key: [id]"));
        return;
    };
    let Some(node) = entry.node.get("values") else {
        errors.push(missing("values", "values: [{id: 1, name: a}]"));
        return;
    };
    let example = "values: [{id: 1, name: a}]";
    let Value::List(items) = &node.value else {
        errors.push(yaml::wrong_type(node, "values", "a list of rows", example));
        return;
    };
    let mut rows = Vec::new();
    for item in items {
        match &item.value {
            Value::Map(entries) => {
                let named = entries.iter().filter_map(|(k, v)| Some((yaml::piece(k)?, v.clone())));
                rows.push((item.place.clone(), named.collect()));
            }
            _ => errors.push(yaml::wrong_type(item, "values", "a list of mappings of columns to values", example)),
        }
    }
    data.rows.push(Rows {
        schema: entry.schema.clone().unwrap_or_default(),
        table: entry.name.clone(),
        origin: entry.place.clone(),
        key,
        insert_only: entry.field("mode").is_some_and(|m| m.text == "insert_only"),
        delete: entry.flag("delete") == Some(true),
        rows,
    });
}
