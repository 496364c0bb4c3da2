//! # Views
//!
//! A view whose columns stay, or to which columns are added at the end, is changed by CREATE OR REPLACE; any other change makes
//! it new, with everything that reads it. Options such as `security_invoker` change in place.

use serde_json::Value;

use super::yaml::{Declarer, Entry, Field, FieldValue, File, Naming, Out, Section, Shape, Statement};
use super::{Alter, Change, Grants, Kind, Weight};
use crate::catalog::{Catalog, Id, KindName, Object};
use crate::plan::step::{Draft, Hazard, Lock};
use crate::sql;

/// The kind.
pub struct View;

static SECTION: Section = Section {
    key: "views",
    under: &[""],
    shape: Shape::Mapping,
    naming: Naming::Schema,
    file: File::Shared("views.yaml"),
    fields: &[
        Field { key: "query", value: FieldValue::Sql, doc: "The query." },
        Field { key: "options", value: FieldValue::Texts, doc: "`security_invoker`, `security_barrier`, `check_option`." },
        Field { key: "columns", value: FieldValue::Names, doc: "Names for the columns, when the query's own are not wanted." },
        Field { key: "defaults", value: FieldValue::Texts, doc: "Defaults of an updatable view's columns." },
    ],
    doc: "Views (CREATE VIEW).",
    example: "views:\n  v_active:\n    options: {security_invoker: true}\n    query: select id, name from agents where is_active\n",
};

fn columns(object: &Object) -> Vec<(&str, &str)> {
    let list = object.attrs.get("columns").and_then(Value::as_array).map(Vec::as_slice).unwrap_or_default();
    list.iter().filter_map(|p| Some((p.get(0)?.as_str()?, p.get(1)?.as_str()?))).collect()
}

fn statement(id: &Id, object: &Object, replace: bool) -> String {
    let or_replace = if replace { "OR REPLACE " } else { "" };
    let names = sql::ident_list(columns(object).into_iter().map(|(n, _)| n));
    let names = if names.is_empty() { String::new() } else { format!(" ({names})") };
    let options: Vec<String> = object.list("options").into_iter().map(|o| super::table::option(o, "")).collect();
    let with = if options.is_empty() { String::new() } else { format!(" WITH ({})", options.join(", ")) };
    format!("CREATE {or_replace}VIEW {}{names}{with} AS\n{}", id.own_path(), object.text("query").unwrap_or_default())
}

fn defaults(object: &Object) -> serde_json::Map<String, Value> {
    object.attrs.get("defaults").and_then(Value::as_object).cloned().unwrap_or_default()
}

fn set_default(id: &Id, column: &str, default: Option<&str>) -> Draft {
    let clause = default.map_or_else(|| "DROP DEFAULT".to_string(), |d| format!("SET DEFAULT {d}"));
    Draft::new(format!("ALTER VIEW {} ALTER COLUMN {} {clause}", id.own_path(), sql::ident(column))).lock(Lock::AccessExclusive)
}

impl Kind for View {
    fn name(&self) -> KindName {
        "view"
    }

    fn label(&self) -> (&'static str, &'static str) {
        ("view", "views")
    }

    fn catalog_sql(&self, _: u32) -> Option<&'static str> {
        Some(include_str!("catalog.sql"))
    }

    fn section(&self) -> Option<&'static Section> {
        Some(&SECTION)
    }

    fn declare(&self, entry: &Entry<'_>, out: &mut Declarer<'_>) {
        let Some(query) = entry.field("query") else {
            return out.missing(entry, "query", "for example `query: select id from agents`");
        };
        let names = entry
            .names("columns")
            .map(|c| format!(" ({})", sql::ident_list(c.iter().map(|n| n.text.as_str()))))
            .unwrap_or_default();
        let options: Vec<String> =
            entry.texts("options").iter().map(|(n, v)| super::table::option(&format!("{}={}", n.text, v.text), "")).collect();
        let with = if options.is_empty() { String::new() } else { format!(" WITH ({})", options.join(", ")) };
        let schema = entry.schema.as_deref();
        let mut statements =
            vec![Statement::with(schema, &format!("CREATE VIEW {}{names}{with} AS ", entry.path()), &trimmed(query), "")];
        for (column, default) in entry.texts("defaults") {
            let before = format!("ALTER VIEW {} ALTER COLUMN {} SET DEFAULT ", entry.path(), sql::ident(&column.text));
            statements.push(Statement::with(schema, &before, &default, ""));
        }
        out.declare(entry, statements);
    }

    fn write(&self, id: &Id, object: &Object, _: &Catalog) -> Option<Out> {
        let _ = id;
        let mut map = Vec::new();
        let options = super::table::options_out(object);
        if !options.is_empty() {
            map.push(("options".to_string(), Out::Map(options)));
        }
        map.push(("query".into(), Out::text(dedented(object.text("query").unwrap_or_default()))));
        let names: Vec<String> = columns(object).into_iter().map(|(n, _)| n.to_string()).collect();
        if names.iter().any(|n| !object.text("query").unwrap_or_default().contains(n.as_str())) {
            map.push(("columns".into(), Out::Flow(names)));
        }
        let defaults: Vec<(String, Out)> =
            defaults(object).iter().filter_map(|(n, d)| Some((n.clone(), Out::text(d.as_str()?)))).collect();
        if !defaults.is_empty() {
            map.push(("defaults".into(), Out::Map(defaults)));
        }
        Some(Out::Map(map))
    }

    fn weight(&self, attr: Option<&str>) -> Weight {
        match attr {
            Some("comment") => Weight::Cosmetic,
            Some("privileges" | "owner" | "options") => Weight::Security,
            _ => Weight::Breaking,
        }
    }

    fn takes_labels(&self) -> bool {
        true
    }

    fn sql_name(&self, id: &Id) -> String {
        format!("VIEW {}", id.own_path())
    }

    fn owner_name(&self, id: &Id) -> Option<String> {
        Some(self.sql_name(id))
    }

    fn grants(&self) -> Option<Grants> {
        Some(super::facets::TABLE_GRANTS)
    }

    fn create(&self, id: &Id, object: &Object, _: &[(&Id, &Object)]) -> Vec<Draft> {
        let mut drafts = vec![Draft::new(statement(id, object, false))];
        drafts.extend(defaults(object).iter().map(|(n, d)| set_default(id, n, d.as_str())));
        drafts
    }

    fn drop(&self, id: &Id, _: &Object) -> Vec<Draft> {
        vec![Draft::new(format!("DROP VIEW {}", id.own_path())).lock(Lock::AccessExclusive).hazard(Hazard::BreaksClients)]
    }

    fn alter(&self, change: &mut Change<'_>) -> Alter {
        let (live, desired) = (columns(change.live), columns(change.desired));
        let mut drafts = Vec::new();
        if change.take_any(&["query", "columns"]) {
            if !desired.starts_with(&live) {
                change.take_all();
                return Alter::Replace;
            }
            // CREATE OR REPLACE also sets the options anew.
            change.take("options");
            drafts.push(Draft::new(statement(change.id, change.desired, true)).lock(Lock::AccessExclusive));
        }
        if change.take("options") {
            drafts.extend(
                super::table::options_changed(
                    "VIEW",
                    &change.id.own_path(),
                    &change.live.list("options"),
                    &change.desired.list("options"),
                    "",
                )
                .into_iter()
                .map(|d| d.lock(Lock::AccessExclusive)),
            );
        }
        if change.take("defaults") {
            let (was, is) = (defaults(change.live), defaults(change.desired));
            drafts.extend(was.keys().filter(|n| !is.contains_key(*n)).map(|n| set_default(change.id, n, None)));
            drafts.extend(is.iter().filter(|(n, d)| was.get(*n) != Some(d)).map(|(n, d)| set_default(change.id, n, d.as_str())));
        }
        let lost = |o: &Object| o.list("options").iter().any(|o| *o == "security_invoker=true" || *o == "security_invoker=on");
        if lost(change.live) && !lost(change.desired) {
            drafts = drafts.into_iter().map(|d| d.hazard(Hazard::WeakensSecurity)).collect();
        }
        Alter::InPlace(drafts)
    }

    fn rename(&self, id: &Id, to: &str) -> Option<Draft> {
        Some(
            Draft::new(format!("ALTER VIEW {} RENAME TO {}", id.own_path(), sql::ident(to)))
                .lock(Lock::AccessExclusive)
                .hazard(Hazard::BreaksClients),
        )
    }

    fn has_query(&self) -> bool {
        true
    }

    fn namespace(&self) -> &'static str {
        "relation"
    }
}

/// A query may end in a semicolon in YAML; the statement goes on after it.
pub(super) fn trimmed(mut query: super::yaml::Piece) -> super::yaml::Piece {
    query.text = query.text.trim_end().trim_end_matches(';').to_string();
    query
}

/// The server indents queries by a space.
pub(super) fn dedented(query: &str) -> String {
    query.strip_prefix(' ').unwrap_or(query).to_string()
}
