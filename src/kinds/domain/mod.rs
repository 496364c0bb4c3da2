//! # Domains
//!
//! Default, NOT NULL and checks change in place. Another base type or collation makes the domain new and moves every
//! column over.

use serde_json::{Map, Value};

use super::exchange::{Conversion, exchange};
use super::yaml::{Declarer, Entry, Field, FieldValue, File, Naming, Out, Section, Shape, Statement};
use super::{Alter, Change, Grants, Kind};
use crate::catalog::{Catalog, Id, KindName, Object};
use crate::plan::step::{Draft, Hazard};
use crate::sql;

/// The kind.
pub struct Domain;

static SECTION: Section = Section {
    key: "domains",
    under: &[""],
    shape: Shape::Sql,
    naming: Naming::Schema,
    file: File::Shared("types.yaml"),
    fields: &[
        Field { key: "definition", value: FieldValue::Sql, doc: "The SQL after `CREATE DOMAIN name AS`." },
        Field { key: "checks", value: FieldValue::Texts, doc: "Named checks: `{name: expression}`." },
    ],
    doc: "Domains (CREATE DOMAIN): a type with constraints.",
    example: "domains:\n  email: text check (value like '%@%')\n",
};

fn checks(object: &Object) -> Map<String, Value> {
    object.attrs.get("checks").and_then(Value::as_object).cloned().unwrap_or_default()
}

fn statement(id: &Id, object: &Object) -> String {
    let mut text = format!("CREATE DOMAIN {} AS {}", id.own_path(), object.text("type").unwrap_or_default());
    if let Some(collation) = object.text("collation") {
        text.push_str(&format!(" COLLATE {collation}"));
    }
    if let Some(default) = object.text("default") {
        text.push_str(&format!(" DEFAULT {default}"));
    }
    if object.flag("not_null") {
        text.push_str(" NOT NULL");
    }
    for (name, check) in &checks(object) {
        text.push_str(&format!(" CONSTRAINT {} {}", sql::ident(name), check.as_str().unwrap_or_default()));
    }
    text
}

impl Kind for Domain {
    fn name(&self) -> KindName {
        "domain"
    }

    fn label(&self) -> (&'static str, &'static str) {
        ("domain", "domains")
    }

    fn catalog_sql(&self, _: u32) -> Option<&'static str> {
        Some(include_str!("catalog.sql"))
    }

    fn section(&self) -> Option<&'static Section> {
        Some(&SECTION)
    }

    fn declare(&self, entry: &Entry<'_>, out: &mut Declarer<'_>) {
        let Some(definition) = entry.sql() else { return out.missing(entry, "definition", "for example `definition: text`") };
        let mut statement =
            Statement::with(entry.schema.as_deref(), &format!("CREATE DOMAIN {} AS ", entry.path()), &definition, "");
        for (name, check) in entry.texts("checks") {
            statement.push(&format!(" CONSTRAINT {} CHECK (", sql::ident(&name.text)));
            statement.piece(&check);
            statement.push(")");
        }
        out.declare(entry, vec![statement]);
    }

    fn write(&self, _: &Id, object: &Object, _: &Catalog) -> Option<Out> {
        let mut definition = object.text("type").unwrap_or_default().to_string();
        if let Some(collation) = object.text("collation") {
            definition.push_str(&format!(" collate {collation}"));
        }
        if let Some(default) = object.text("default") {
            definition.push_str(&format!(" default {default}"));
        }
        if object.flag("not_null") {
            definition.push_str(" not null");
        }
        let mut map = vec![("definition".to_string(), Out::Text(definition))];
        let checks: Vec<(String, Out)> = checks(object)
            .iter()
            .filter_map(|(n, d)| Some((n.clone(), Out::text(super::constraint::check_expression(d.as_str()?)?))))
            .collect();
        if !checks.is_empty() {
            map.push(("checks".into(), Out::Map(checks)));
        }
        Some(Out::Map(map))
    }

    fn takes_labels(&self) -> bool {
        true
    }

    fn sql_name(&self, id: &Id) -> String {
        format!("DOMAIN {}", id.own_path())
    }

    fn owner_name(&self, id: &Id) -> Option<String> {
        Some(self.sql_name(id))
    }

    fn grants(&self) -> Option<Grants> {
        Some(super::facets::TYPE_GRANTS)
    }

    fn create(&self, id: &Id, object: &Object, _: &[(&Id, &Object)]) -> Vec<Draft> {
        vec![Draft::new(statement(id, object))]
    }

    fn drop(&self, id: &Id, _: &Object) -> Vec<Draft> {
        vec![Draft::new(format!("DROP DOMAIN {}", id.own_path()))]
    }

    fn alter(&self, change: &mut Change<'_>) -> Alter {
        if change.take_any(&["type", "collation"]) {
            change.take_all();
            let base = |o: &Object| o.text("type").unwrap_or_default().to_string();
            let fits = super::column::assignable(&base(change.live), &base(change.desired));
            let conversion = if fits { Conversion::Assignment } else { Conversion::Cast };
            return Alter::Remade(exchange(change, "DOMAIN", statement(change.id, change.desired), conversion));
        }
        let path = change.id.own_path();
        let mut drafts = Vec::new();
        if change.take("default") {
            drafts.push(Draft::new(match change.desired.text("default") {
                Some(default) => format!("ALTER DOMAIN {path} SET DEFAULT {default}"),
                None => format!("ALTER DOMAIN {path} DROP DEFAULT"),
            }));
        }
        if change.take("not_null") {
            let verb = if change.desired.flag("not_null") { "SET" } else { "DROP" };
            drafts.push(Draft::new(format!("ALTER DOMAIN {path} {verb} NOT NULL")).hazard(Hazard::LongScan));
        }
        if change.take("checks") {
            let (live, desired) = (checks(change.live), checks(change.desired));
            for (name, _) in live.iter().filter(|(n, d)| desired.get(*n) != Some(d)) {
                drafts.push(Draft::new(format!("ALTER DOMAIN {path} DROP CONSTRAINT {}", sql::ident(name))));
            }
            for (name, check) in desired.iter().filter(|(n, d)| live.get(*n) != Some(d)) {
                let check = check.as_str().unwrap_or_default();
                drafts.push(
                    Draft::new(format!("ALTER DOMAIN {path} ADD CONSTRAINT {} {check}", sql::ident(name)))
                        .hazard(Hazard::LongScan),
                );
            }
        }
        Alter::InPlace(drafts)
    }

    fn rename(&self, id: &Id, to: &str) -> Option<Draft> {
        Some(Draft::new(format!("ALTER DOMAIN {} RENAME TO {}", id.own_path(), sql::ident(to))))
    }

    fn namespace(&self) -> &'static str {
        "type"
    }
}
