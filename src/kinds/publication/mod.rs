//! # Publications
//!
//! What is published and how changes in place, except from all tables to some. Its tables and schemas are objects of their own
//! ([`members`]): one more is one step. A table's columns or row filter change by taking it out and in again.

pub(super) mod members;

use super::family::Relation;
use super::yaml::{Declarer, Entry, Field, FieldValue, File, Naming, Out, Piece, Section, Shape, Statement};
use super::{Alter, Change, Kind};
use crate::catalog::{Catalog, Id, KindName, Object};
use crate::plan::step::{Draft, Hazard};
use crate::sql;

/// The kind.
pub struct Publication;

static SECTION: Section = Section {
    key: "publications",
    under: &[""],
    shape: Shape::Mapping,
    naming: Naming::Database,
    file: File::Shared("database.yaml"),
    fields: &[
        Field {
            key: "tables",
            value: FieldValue::Names,
            doc: "The tables: for each the SQL after FOR TABLE, with its columns and row filter.",
        },
        Field { key: "schemas", value: FieldValue::Names, doc: "The schemas all of whose tables are published." },
        Field { key: "all_tables", value: FieldValue::Flag, doc: "Whether every table is published (FOR ALL TABLES)." },
        Field {
            key: "publish",
            value: FieldValue::Names,
            doc: "What is published: `insert`, `update`, `delete`, `truncate`; all of them when it is not written.",
        },
        Field { key: "via_root", value: FieldValue::Flag, doc: "Whether partitions are published as their root table." },
        Field {
            key: "generated_columns",
            value: FieldValue::Choice(&["none", "stored"]),
            doc: "Whether generated columns are published (PostgreSQL 18 and later).",
        },
    ],
    doc: "Publications for logical replication (CREATE PUBLICATION).",
    example: "publications:\n  orders:\n    tables:\n      - public.orders\n      - public.customers (id, name) where (not hidden)\n    publish: [insert, update]\n",
};

/// The options, those that differ from the defaults or all of them.
fn options(publish: &[&str], via_root: bool, generated: Option<&str>, all: bool) -> String {
    let mut out = Vec::new();
    match publish {
        [] if all => out.push("publish = 'insert, update, delete, truncate'".to_string()),
        [] => {}
        // Publishing nothing is written with an empty text.
        [""] => out.push("publish = ''".into()),
        some => out.push(format!("publish = {}", sql::literal(&some.join(", ")))),
    }
    if via_root || all {
        out.push(format!("publish_via_partition_root = {via_root}"));
    }
    if let Some(word) = generated {
        out.push(format!("publish_generated_columns = {word}"));
    }
    out.join(", ")
}

fn options_of(object: &Object, all: bool, generated: Option<&str>) -> String {
    let mut publish = object.list("publish");
    if publish.is_empty() && object.attrs.contains_key("publish") {
        publish.push("");
    }
    options(&publish, object.flag("via_root"), object.text("generated_columns").or(generated), all)
}

/// Whether a table's rows go to subscribers, as far as a catalog tells.
pub(super) fn publishes(catalog: &Catalog, (schema, table): &Relation) -> bool {
    catalog.of_kind("publication").any(|(_, object)| object.flag("all_tables"))
        || catalog.of_kind(members::Schema.name()).any(|(id, _)| id.schema() == &**schema)
        || catalog.of_kind(members::Table.name()).any(|(id, _)| id.schema() == &**schema && id.parent() == &**table)
}

fn statement(name: &str, all_tables: bool, options: &str) -> String {
    let target = if all_tables { " FOR ALL TABLES" } else { "" };
    let with = if options.is_empty() { String::new() } else { format!(" WITH ({options})") };
    format!("CREATE PUBLICATION {}{target}{with}", sql::ident(name))
}

/// A member is declared where it is written, and has neither owner nor comment of its own.
fn member(entry: &Entry<'_>, out: &mut Declarer<'_>, id: Id, place: &Piece, statement: Statement) {
    out.declare_as(entry, id, vec![statement]);
    if let Some(declared) = out.declarations.last_mut() {
        declared.owner = None;
        declared.comment = None;
        declared.renamed_from = None;
        declared.origin = place.place.clone();
    }
}

impl Kind for Publication {
    fn name(&self) -> KindName {
        "publication"
    }

    fn label(&self) -> (&'static str, &'static str) {
        ("publication", "publications")
    }

    fn catalog_sql(&self, _: u32) -> Option<&'static str> {
        Some(include_str!("catalog.sql"))
    }

    fn section(&self) -> Option<&'static Section> {
        Some(&SECTION)
    }

    fn declare(&self, entry: &Entry<'_>, out: &mut Declarer<'_>) {
        let publish = entry.names("publish");
        let mut publish: Option<Vec<&str>> = publish.as_ref().map(|p| p.iter().map(|w| w.text.as_str()).collect());
        if publish.as_ref().is_some_and(Vec::is_empty) {
            publish = Some(vec![""]);
        }
        let generated = entry.field("generated_columns").map(|p| p.text);
        let options = options(&publish.unwrap_or_default(), entry.flag("via_root") == Some(true), generated.as_deref(), false);
        let all_tables = entry.flag("all_tables") == Some(true);
        let mut create = Statement::new(None, statement(&entry.name, all_tables, &options));
        create.privileged = all_tables;
        out.declare(entry, vec![create]);
        let alter = format!("ALTER PUBLICATION {} ADD ", sql::ident(&entry.name));
        for table in entry.names("tables").unwrap_or_default() {
            let Some((schema, name)) = members::table_of(&table.text) else { continue };
            let schema = schema.unwrap_or_else(|| "public".into());
            let id = Id::child(members::Table.name(), &schema, &name, &entry.name);
            member(entry, out, id, &table, Statement::with(Some("public"), &format!("{alter}TABLE "), &table, ""));
        }
        for schema in entry.names("schemas").unwrap_or_default() {
            let id = Id::in_schema(members::Schema.name(), &schema.text, &entry.name);
            let mut add = Statement::new(None, format!("{alter}TABLES IN SCHEMA {}", sql::ident(&schema.text)));
            add.privileged = true;
            member(entry, out, id, &schema, add);
        }
    }

    fn write(&self, id: &Id, object: &Object, catalog: &Catalog) -> Option<Out> {
        let mut map = Vec::new();
        if object.flag("all_tables") {
            map.push(("all_tables".to_string(), Out::text("true")));
        }
        let tables = members::tables_out(id, catalog);
        if !tables.is_empty() {
            map.push(("tables".into(), Out::List(tables)));
        }
        let schemas = members::schemas_out(id, catalog);
        if !schemas.is_empty() {
            map.push(("schemas".into(), Out::Flow(schemas)));
        }
        if object.attrs.contains_key("publish") {
            map.push(("publish".into(), Out::Flow(object.list("publish").into_iter().map(str::to_string).collect())));
        }
        if object.flag("via_root") {
            map.push(("via_root".into(), Out::text("true")));
        }
        if let Some(word) = object.text("generated_columns") {
            map.push(("generated_columns".into(), Out::text(word)));
        }
        Some(Out::Map(map))
    }

    fn takes_labels(&self) -> bool {
        true
    }

    fn sql_name(&self, id: &Id) -> String {
        format!("PUBLICATION {}", sql::ident(&id.name))
    }

    fn owner_name(&self, id: &Id) -> Option<String> {
        Some(self.sql_name(id))
    }

    fn create(&self, id: &Id, object: &Object, _: &[(&Id, &Object)]) -> Vec<Draft> {
        vec![Draft::new(statement(&id.name, object.flag("all_tables"), &options_of(object, false, None)))]
    }

    fn drop(&self, id: &Id, _: &Object) -> Vec<Draft> {
        vec![Draft::new(format!("DROP PUBLICATION {}", sql::ident(&id.name))).hazard(Hazard::BreaksClients)]
    }

    fn alter(&self, change: &mut Change<'_>) -> Alter {
        if change.take("all_tables") {
            change.take_any(&["publish", "via_root", "generated_columns"]);
            return Alter::Replace;
        }
        change.take_any(&["publish", "via_root"]);
        let generated = change.take("generated_columns").then_some("none");
        let options = options_of(change.desired, true, generated);
        Alter::InPlace(vec![Draft::new(format!("ALTER PUBLICATION {} SET ({options})", sql::ident(&change.id.name)))])
    }

    fn rename(&self, id: &Id, to: &str) -> Option<Draft> {
        Some(Draft::new(format!("ALTER PUBLICATION {} RENAME TO {}", sql::ident(&id.name), sql::ident(to))))
    }
}
