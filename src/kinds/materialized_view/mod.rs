//! # Materialized views
//!
//! Another query makes one new, filled, with its indexes. In the shadow they stay empty.

use super::yaml::{Declarer, Entry, Field, FieldValue, File, Naming, Out, Section, Shape, Statement};
use super::{Alter, Change, Grants, Kind, view};
use crate::catalog::{Catalog, Id, KindName, Object};
use crate::plan::step::{Draft, Hazard, Lock};
use crate::sql;

/// The kind.
pub struct MaterializedView;

static SECTION: Section = Section {
    key: "materialized_views",
    under: &[""],
    shape: Shape::Mapping,
    naming: Naming::Schema,
    file: File::Shared("views.yaml"),
    fields: &[
        Field { key: "query", value: FieldValue::Sql, doc: "The query." },
        Field { key: "options", value: FieldValue::Texts, doc: "Storage parameters." },
        Field { key: "columns", value: FieldValue::Names, doc: "Names for the columns, when the query's own are not wanted." },
        Field { key: "access_method", value: FieldValue::Name, doc: "The table access method (USING)." },
        Field { key: "tablespace", value: FieldValue::Name, doc: "The tablespace." },
    ],
    doc: "Materialized views (CREATE MATERIALIZED VIEW), with their `indexes`.",
    example: "materialized_views:\n  mv_usage:\n    query: select agent_id, count(*) from runs group by agent_id\n    indexes:\n      mv_usage_key: unique (agent_id)\n",
};

fn storage(method: Option<&str>, options: &[String], space: Option<&str>) -> String {
    let mut text = method.map(|m| format!(" USING {}", sql::ident(m))).unwrap_or_default();
    if !options.is_empty() {
        text.push_str(&format!(" WITH ({})", options.join(", ")));
    }
    if let Some(space) = space {
        text.push_str(&format!(" TABLESPACE {}", sql::ident(space)));
    }
    text
}

impl Kind for MaterializedView {
    fn name(&self) -> KindName {
        "materialized_view"
    }

    fn label(&self) -> (&'static str, &'static str) {
        ("materialized view", "materialized views")
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
        let method = entry.field("access_method").map(|p| p.text);
        let space = entry.field("tablespace").map(|p| p.text);
        let storage = storage(method.as_deref(), &options, space.as_deref());
        let before = format!("CREATE MATERIALIZED VIEW {}{names}{storage} AS ", entry.path());
        out.declare(entry, vec![Statement::with(entry.schema.as_deref(), &before, &view::trimmed(query), " WITH NO DATA")]);
    }

    fn write(&self, _: &Id, object: &Object, _: &Catalog) -> Option<Out> {
        let mut map = Vec::new();
        let options = super::table::options_out(object);
        if !options.is_empty() {
            map.push(("options".to_string(), Out::Map(options)));
        }
        for attr in ["access_method", "tablespace"] {
            if let Some(text) = object.text(attr) {
                map.push((attr.to_string(), Out::text(text)));
            }
        }
        let query = object.text("query").unwrap_or_default();
        map.push(("query".into(), Out::text(view::dedented(query))));
        let columns = object.list("columns");
        if columns.iter().any(|n| !query.contains(n)) {
            map.push(("columns".into(), Out::Flow(columns.into_iter().map(str::to_string).collect())));
        }
        Some(Out::Map(map))
    }

    fn takes_labels(&self) -> bool {
        true
    }

    fn sql_name(&self, id: &Id) -> String {
        format!("MATERIALIZED VIEW {}", id.own_path())
    }

    fn owner_name(&self, id: &Id) -> Option<String> {
        Some(self.sql_name(id))
    }

    fn grants(&self) -> Option<Grants> {
        Some(super::facets::TABLE_GRANTS)
    }

    fn create(&self, id: &Id, object: &Object, _: &[(&Id, &Object)]) -> Vec<Draft> {
        let names = format!(" ({})", sql::ident_list(object.list("columns")));
        let options: Vec<String> = object.list("options").into_iter().map(|o| super::table::option(o, "")).collect();
        let storage = storage(object.text("access_method"), &options, object.text("tablespace"));
        let query = object.text("query").unwrap_or_default();
        vec![Draft::new(format!("CREATE MATERIALIZED VIEW {}{names}{storage} AS\n{query}", id.own_path()))]
    }

    fn drop(&self, id: &Id, _: &Object) -> Vec<Draft> {
        vec![
            Draft::new(format!("DROP MATERIALIZED VIEW {}", id.own_path()))
                .hazard(Hazard::BreaksClients)
                .lock(Lock::AccessExclusive),
        ]
    }

    fn alter(&self, change: &mut Change<'_>) -> Alter {
        if change.take_any(&["query", "columns", "access_method"]) {
            change.take_all();
            return Alter::Replace;
        }
        let path = change.id.own_path();
        let mut drafts = Vec::new();
        if change.take("options") {
            drafts.extend(super::table::options_changed(
                "MATERIALIZED VIEW",
                &path,
                &change.live.list("options"),
                &change.desired.list("options"),
                "",
            ));
        }
        if change.take("tablespace") {
            let space = change.desired.text("tablespace").unwrap_or("pg_default");
            drafts.push(
                Draft::new(format!("ALTER MATERIALIZED VIEW {path} SET TABLESPACE {}", sql::ident(space)))
                    .lock(Lock::AccessExclusive)
                    .rewrites(),
            );
        }
        Alter::InPlace(drafts)
    }

    fn rename(&self, id: &Id, to: &str) -> Option<Draft> {
        Some(
            Draft::new(format!("ALTER MATERIALIZED VIEW {} RENAME TO {}", id.own_path(), sql::ident(to)))
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
