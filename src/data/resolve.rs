//! Rows held against the desired catalog: columns with their types, and what a value means in them.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use super::{Backfill, Data, Rows};
use crate::catalog::{Attrs, Catalog, Id, Object};
use crate::diagnostic::{Diagnostic, Failure, Place, Result, closest};
use crate::digest::{self, Digest, Sha256};
use crate::kinds::{self, Judges, Reference, family::Relation, yaml::Piece};
use crate::sql;
use crate::yaml::{Node, Style, Value as Yaml};

/// What a model says of rows, understood.
#[derive(Debug, Clone, Default)]
pub struct Resolved {
    /// The tables with rows, those that others refer to first.
    pub tables: Vec<Table>,
    /// The backfills.
    pub backfills: Vec<(Id, Backfill)>,
}

impl Resolved {
    /// The digest of a model that says this of rows, beside what its own is.
    pub fn digest(&self, model: String) -> String {
        if self.tables.is_empty() && self.backfills.is_empty() {
            return model;
        }
        let mut hash = Sha256::new();
        hash.update(&model);
        for table in &self.tables {
            let values: Vec<Vec<(&String, &String)>> =
                table.rows.iter().map(|r| r.values.iter().map(|(c, v)| (c, &v.sql)).collect()).collect();
            hash.update(format!("{} {:?} {} {} {values:?}\n", table.id, table.key, table.insert_only, table.delete));
        }
        for (id, backfill) in &self.backfills {
            let set: Vec<(&String, &String)> = backfill.set.iter().map(|(name, text)| (&name.text, text)).collect();
            hash.update(format!("{id} {set:?} {}\n", backfill.condition));
        }
        digest::hex(hash, 16)
    }
}

/// A table with rows.
#[derive(Debug, Clone)]
pub struct Table {
    /// The table.
    pub id: Id,
    /// Where its rows stand.
    pub origin: Place,
    /// The columns that a row is known by.
    pub key: Vec<String>,
    /// Whether rows that are there are left as they are.
    pub insert_only: bool,
    /// Whether rows that the model lacks are deleted.
    pub delete: bool,
    /// The columns that any row names.
    pub columns: BTreeMap<String, Column>,
    /// Their names in the order of the model.
    pub order: Vec<String>,
    /// The rows.
    pub rows: Vec<Row>,
}

/// A column.
#[derive(Debug, Clone)]
pub struct Column {
    /// Its id.
    pub id: Id,
    /// Its type.
    pub type_name: String,
    /// What the type is made of, as it is to be.
    pub made_of: Vec<(Id, Attrs)>,
    /// Whether values of one's own have to be insisted on (GENERATED ALWAYS AS IDENTITY).
    pub insist: bool,
}

/// A row: its values by columns.
#[derive(Debug, Clone)]
pub struct Row {
    /// Where it stands.
    pub place: Place,
    /// Its values.
    pub values: BTreeMap<String, Value>,
}

/// A value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Value {
    /// As SQL.
    pub sql: String,
    /// Where it stands.
    pub place: Place,
    /// The table that it is looked up in.
    pub from: Option<Relation>,
}

/// Holds what a model says of rows against the catalog that it asks for.
///
/// # Errors
/// Columns that are not there, keys that are not whole, references that lead nowhere: each at its place.
pub fn resolve(data: &Data, desired: &Catalog) -> Result<Resolved> {
    let mut errors = Vec::new();
    let mut out = Resolved::default();
    let catalog = Index::new(desired);
    for rows in &data.rows {
        out.tables.extend(catalog.table(rows, &mut errors));
    }
    for backfill in &data.backfills {
        out.backfills.extend(catalog.backfill(backfill, &mut errors).map(|id| (id, backfill.clone())));
    }
    if !errors.is_empty() {
        return Err(Failure { diagnostics: errors });
    }
    out.tables = catalog.ordered(out.tables);
    Ok(out)
}

/// What of the catalog matters here.
struct Index<'a> {
    catalog: &'a Catalog,
    tables: HashMap<Relation, &'a Id>,
    columns: HashMap<Relation, Vec<(&'a Id, &'a Object)>>,
    references: HashMap<Relation, Vec<Reference>>,
}

impl<'a> Index<'a> {
    fn new(catalog: &'a Catalog) -> Self {
        let mut out = Index { catalog, tables: HashMap::new(), columns: HashMap::new(), references: HashMap::new() };
        for (id, object) in &catalog.objects {
            let kind = kinds::of(id);
            if id.parent.is_none() && kind.holds_data() && kind.is_relation() {
                out.tables.insert((id.schema().into(), id.name.clone()), id);
            }
            let Some(parent) = &id.parent else { continue };
            let table = (id.schema().into(), parent.clone());
            if kind.moves_between_types() {
                out.columns.entry(table).or_default().push((id, object));
            } else if let Judges::Rows(Some(reference)) = kind.judges(id, object) {
                out.references.entry(table).or_default().push(reference);
            }
        }
        out
    }

    fn column(&self, table: &Relation, name: &Piece, errors: &mut Vec<Diagnostic>) -> Option<(&'a Id, &'a Object)> {
        let columns = self.columns.get(table).map(Vec::as_slice).unwrap_or_default();
        let found = columns.iter().find(|(id, _)| *id.name == *name.text).copied();
        if found.is_none() {
            let path = sql::qualified(&table.0, &table.1);
            let mut error = Diagnostic::error("unknown-column", format!("{path} has no column `{}`", name.text)).at(&name.place);
            if let Some(near) = closest(&name.text, columns.iter().map(|(id, _)| &*id.name)) {
                error = error.label(format!("did you mean `{near}`?"));
            }
            let names: Vec<&str> = columns.iter().take(40).map(|(id, _)| &*id.name).collect();
            errors.push(error.help(format!("its columns are: {}", names.join(", "))));
        }
        found
    }

    fn table(&self, rows: &Rows, errors: &mut Vec<Diagnostic>) -> Option<Table> {
        let relation: Relation = (rows.schema.as_str().into(), rows.table.as_str().into());
        // A table that is not there has been told already.
        let id = *self.tables.get(&relation)?;
        let before = errors.len();
        let mut columns = BTreeMap::new();
        let mut unknown = BTreeSet::new();
        let mut known = |name: &Piece, errors: &mut Vec<Diagnostic>| {
            if columns.contains_key(&name.text) || unknown.contains(&name.text) {
                return;
            }
            match self.column(&relation, name, errors) {
                Some((id, object)) if kinds::of(id).is_computed(object) => {
                    unknown.insert(name.text.clone());
                    errors.push(
                        Diagnostic::error(
                            "generated-column",
                            format!("`{}` is generated: its value follows from others", name.text),
                        )
                        .at(&name.place)
                        .help("leave it out"),
                    );
                }
                Some((id, object)) => {
                    let type_name = object.text("type").unwrap_or("text").to_string();
                    let insist = object.text("identity") == Some("always");
                    let types = object.needs.iter().filter(|n| n.parent.is_none() && !kinds::of(n).is_relation());
                    let made_of = types.filter_map(|n| Some((n.clone(), self.catalog.get(n)?.attrs.clone()))).collect();
                    columns.insert(name.text.clone(), Column { id: id.clone(), type_name, made_of, insist });
                }
                None => drop(unknown.insert(name.text.clone())),
            }
        };
        rows.key.iter().for_each(|k| known(k, errors));
        rows.rows.iter().flat_map(|(_, row)| row).for_each(|(name, _)| known(name, errors));
        let mut out = Vec::new();
        let mut seen: HashMap<Vec<String>, &Place> = HashMap::new();
        for (place, written) in &rows.rows {
            let mut values = BTreeMap::new();
            for (name, node) in written {
                if let Some(column) = columns.get(&name.text)
                    && let Some(value) = self.value(&relation, column, node, errors)
                {
                    values.insert(name.text.clone(), value);
                }
            }
            let key: Vec<String> = rows.key.iter().filter_map(|k| values.get(&k.text).map(|v| v.sql.clone())).collect();
            if errors.len() == before {
                let lacking = rows.key.iter().find(|k| values.get(&k.text).is_none_or(|v| v.sql == NULL));
                if let Some(lacking) = lacking {
                    errors.push(
                        Diagnostic::error("row-without-key", format!("this row of {} has no `{}`", id.own_path(), lacking.text))
                            .at(place)
                            .help(format!("a row is known by {}: it has to name all of it", names(&rows.key))),
                    );
                } else if let Some(first) = seen.insert(key, place) {
                    errors.push(
                        Diagnostic::error("row-twice", format!("this row of {} is there twice", id.own_path()))
                            .at(place)
                            .note(format!("the first time is at {}", first.short()))
                            .help(format!("rows are known by {}", names(&rows.key))),
                    );
                }
            }
            out.push(Row { place: place.clone(), values });
        }
        (errors.len() == before).then(|| Table {
            id: id.clone(),
            origin: rows.origin.clone(),
            key: rows.key.iter().map(|k| k.text.clone()).collect(),
            order: {
                let mut seen = BTreeSet::new();
                let named = rows.rows.iter().flat_map(|(_, row)| row).map(|(name, _)| name.text.clone());
                named.filter(|n| seen.insert(n.clone())).collect()
            },
            insert_only: rows.insert_only,
            delete: rows.delete,
            columns,
            rows: out,
        })
    }

    fn value(&self, table: &Relation, column: &Column, node: &Node, errors: &mut Vec<Diagnostic>) -> Option<Value> {
        let (place, is_json) = (node.place.clone(), matches!(column.type_name.as_str(), "json" | "jsonb"));
        let plain = |sql: String| Some(Value { sql, place: place.clone(), from: None });
        match &node.value {
            Yaml::Null => plain(NULL.into()),
            Yaml::Scalar(text, _) => plain(sql::literal(text)),
            Yaml::Map(_) | Yaml::List(_) if is_json => plain(sql::literal(&json(node).to_string())),
            Yaml::List(items) if column.type_name.ends_with("[]") => {
                let item = |n: &Node| match &n.value {
                    Yaml::Null => Some(NULL.to_string()),
                    _ => n.text().map(sql::literal),
                };
                match items.iter().map(item).collect::<Option<Vec<_>>>() {
                    Some(items) => plain(format!("CAST(ARRAY[{}] AS {})", items.join(", "), column.type_name)),
                    None => plain_only(column, node, errors),
                }
            }
            Yaml::Map(entries) => match entries.as_slice() {
                [(other, key)] if matches!(key.value, Yaml::Map(_)) => {
                    let (sql, from) = self.looked_up(table, column, other, key, errors)?;
                    Some(Value { sql, place, from: Some(from) })
                }
                _ => plain_only(column, node, errors),
            },
            Yaml::List(_) => plain_only(column, node, errors),
        }
    }

    /// What a foreign key wants of another row, which its key leads to.
    fn looked_up(
        &self,
        table: &Relation,
        column: &Column,
        other: &Node,
        key: &Node,
        errors: &mut Vec<Diagnostic>,
    ) -> Option<(String, Relation)> {
        let name = other.text().unwrap_or_default();
        let mut parts = sql::split_name(name).unwrap_or_default();
        let own = parts.pop().unwrap_or_default();
        let to: Relation = (parts.pop().map_or_else(|| table.0.clone(), Into::into), own.as_str().into());
        let of_column = |r: &&Reference| r.to == to && r.columns == [&*column.id.name];
        let Some(reference) = self.references.get(table).into_iter().flatten().find(of_column) else {
            errors.push(
                Diagnostic::error("no-reference", format!("{} does not refer to `{name}`", column.id.name))
                    .at(&other.place)
                    .help(format!(
                        "a value is looked up in another table by the foreign key of its column: is there one on ({})?",
                        column.id.name
                    )),
            );
            return None;
        };
        let mut conditions = Vec::new();
        for (name, node) in key.entries().unwrap_or_default() {
            let piece = Piece { text: name.text().unwrap_or_default().into(), place: name.place.clone() };
            let (id, object) = self.column(&to, &piece, errors)?;
            let type_name = object.text("type").unwrap_or("text").to_string();
            let found = Column { id: id.clone(), type_name, made_of: Vec::new(), insist: false };
            let value = self.value(&to, &found, node, errors)?;
            conditions.push(format!("r.{} = {}", sql::ident(&piece.text), value.sql));
        }
        let target = reference.theirs.first().map(String::as_str).unwrap_or_default();
        let path = sql::qualified(&to.0, &to.1);
        Some((format!("(SELECT r.{} FROM {path} AS r WHERE {})", sql::ident(target), conditions.join(" AND ")), to))
    }

    fn backfill(&self, backfill: &Backfill, errors: &mut Vec<Diagnostic>) -> Option<Id> {
        let table: Relation = (backfill.schema.as_str().into(), backfill.table.as_str().into());
        let own = Piece { text: backfill.column.clone(), place: backfill.origin.clone() };
        let found = backfill.set.iter().map(|(name, _)| self.column(&table, name, errors)).collect::<Option<Vec<_>>>();
        found.and_then(|_| self.column(&table, &own, errors)).map(|(id, _)| id.clone())
    }

    /// Tables after those that they refer to, as far as that can be.
    fn ordered(&self, tables: Vec<Table>) -> Vec<Table> {
        let relation = |t: &Table| -> Relation { (t.id.schema().into(), t.id.name.clone()) };
        let mut left = tables;
        let mut out: Vec<Table> = Vec::new();
        while !left.is_empty() {
            let open: BTreeSet<Relation> = left.iter().map(relation).collect();
            let waits = |t: &Table| {
                let own = relation(t);
                let of_keys = self.references.get(&own).into_iter().flatten().map(|r| &r.to);
                let of_values = t.rows.iter().flat_map(|r| r.values.values()).filter_map(|v| v.from.as_ref());
                of_keys.chain(of_values).any(|to| *to != own && open.contains(to))
            };
            // Tables that refer to each other in a circle go as they are written.
            let next = left.iter().position(|t| !waits(t)).unwrap_or(0);
            out.push(left.remove(next));
        }
        out
    }
}

/// As SQL writes nothing.
pub(super) const NULL: &str = "NULL";

fn names(key: &[Piece]) -> String {
    key.iter().map(|k| format!("`{}`", k.text)).collect::<Vec<_>>().join(" and ")
}

fn plain_only(column: &Column, node: &Node, errors: &mut Vec<Diagnostic>) -> Option<Value> {
    errors.push(
        Diagnostic::error("wrong-type", format!("{} takes {} in the place of {}", column.id.name, column.type_name, node.what()))
            .at(&node.place)
            .help("write the value as PostgreSQL reads it, in quotes where YAML wants them")
            .help("another row is looked up as `{table: {key: value}}`"),
    );
    None
}

/// A tree as JSON; what is in quotes is text.
fn json(node: &Node) -> serde_json::Value {
    match &node.value {
        Yaml::Null => serde_json::Value::Null,
        Yaml::Scalar(text, Style::Plain) => serde_json::from_str(text).unwrap_or_else(|_| text.as_str().into()),
        Yaml::Scalar(text, Style::Quoted) => text.as_str().into(),
        Yaml::List(items) => items.iter().map(json).collect(),
        Yaml::Map(entries) => entries
            .iter()
            .map(|(k, v)| (k.text().unwrap_or_default().to_string(), json(v)))
            .collect::<serde_json::Map<_, _>>()
            .into(),
    }
}
