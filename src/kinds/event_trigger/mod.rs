//! # Event triggers
//!
//! Whether one fires (`enabled`) changes in place; any other change makes it new. PostgreSQL reserves them to superusers; in the
//! shadow they stay disabled, so that no function of a model runs there.

use serde_json::Value;

use super::yaml::{Declarer, Entry, Field, FieldValue, File, Naming, Out, Section, Shape, Statement};
use super::{Alter, Change, Kind, Weight};
use crate::catalog::{Catalog, Id, KindName, Object};
use crate::plan::step::Draft;
use crate::sql;

/// The kind.
pub struct EventTrigger;

static SECTION: Section = Section {
    key: "event_triggers",
    under: &[""],
    shape: Shape::Mapping,
    naming: Naming::Database,
    file: File::Shared("database.yaml"),
    fields: &[
        Field {
            key: "on",
            value: FieldValue::Choice(&["ddl_command_start", "ddl_command_end", "table_rewrite", "sql_drop", "login"]),
            doc: "The event.",
        },
        Field {
            key: "tags",
            value: FieldValue::Names,
            doc: "The commands it is for: `[CREATE TABLE]`; all when it is not written.",
        },
        Field { key: "function", value: FieldValue::Name, doc: "The function that it calls, with its schema." },
        Field {
            key: "enabled",
            value: FieldValue::Choice(&["origin", "replica", "always", "disabled"]),
            doc: "When it fires; `origin` when it is not written.",
        },
    ],
    doc: "Event triggers (CREATE EVENT TRIGGER).",
    example: "event_triggers:\n  on_ddl:\n    on: ddl_command_end\n    tags: [CREATE TABLE]\n    function: audit.note_ddl\n",
};

fn statement<'a>(name: &str, event: &str, tags: impl Iterator<Item = &'a str>, function: &str) -> String {
    let tags: Vec<String> = tags.map(sql::literal).collect();
    let when = if tags.is_empty() { String::new() } else { format!(" WHEN TAG IN ({})", tags.join(", ")) };
    format!("CREATE EVENT TRIGGER {} ON {}{when} EXECUTE FUNCTION {function}()", sql::ident(name), sql::ident(event))
}

fn enable(name: &str, word: Option<&str>) -> String {
    let verb = match word {
        Some("disabled") => "DISABLE",
        Some("replica") => "ENABLE REPLICA",
        Some("always") => "ENABLE ALWAYS",
        _ => "ENABLE",
    };
    format!("ALTER EVENT TRIGGER {} {verb}", sql::ident(name))
}

impl Kind for EventTrigger {
    fn name(&self) -> KindName {
        "event_trigger"
    }

    fn label(&self) -> (&'static str, &'static str) {
        ("event trigger", "event triggers")
    }

    fn catalog_sql(&self, _: u32) -> Option<&'static str> {
        Some(include_str!("catalog.sql"))
    }

    fn section(&self) -> Option<&'static Section> {
        Some(&SECTION)
    }

    fn declare(&self, entry: &Entry<'_>, out: &mut Declarer<'_>) {
        let (Some(event), Some(function)) = (entry.field("on"), entry.field("function")) else {
            return out.missing(entry, "on` or `function", SECTION.example.trim());
        };
        let parts = sql::split_name(&function.text).unwrap_or_else(|| vec![function.text.clone()]);
        let path: Vec<_> = parts.iter().map(|p| sql::ident(p)).collect();
        let tags = entry.names("tags").unwrap_or_default();
        let create = statement(&entry.name, &event.text, tags.iter().map(|t| t.text.as_str()), &path.join("."));
        let mut statement = Statement::new(None, format!("{create}; {}", enable(&entry.name, Some("disabled"))));
        statement.privileged = true;
        out.declare(entry, vec![statement]);
        let enabled = entry.field("enabled").filter(|w| w.text != "origin").map_or(Value::Null, |w| w.text.into());
        out.lay_over("enabled", enabled);
    }

    fn write(&self, _: &Id, object: &Object, _: &Catalog) -> Option<Out> {
        let mut map = vec![("on".to_string(), Out::text(object.text("event")?))];
        let tags = object.list("tags");
        if !tags.is_empty() {
            map.push(("tags".into(), Out::Flow(tags.into_iter().map(str::to_string).collect())));
        }
        map.push(("function".into(), Out::text(object.text("function")?)));
        if let Some(word) = object.text("enabled") {
            map.push(("enabled".into(), Out::text(word)));
        }
        Some(Out::Map(map))
    }

    fn weight(&self, attr: Option<&str>) -> Weight {
        if attr == Some("comment") { Weight::Cosmetic } else { Weight::Security }
    }

    fn acts_by_itself(&self) -> bool {
        true
    }

    fn takes_labels(&self) -> bool {
        true
    }

    fn sql_name(&self, id: &Id) -> String {
        format!("EVENT TRIGGER {}", sql::ident(&id.name))
    }

    fn owner_name(&self, id: &Id) -> Option<String> {
        Some(self.sql_name(id))
    }

    fn owner_is_superuser(&self) -> bool {
        true
    }

    fn create(&self, id: &Id, object: &Object, _: &[(&Id, &Object)]) -> Vec<Draft> {
        let text = |attr| object.text(attr).unwrap_or_default();
        let tags = object.list("tags");
        let mut drafts = vec![Draft::new(statement(&id.name, text("event"), tags.into_iter(), text("function")))];
        if let Some(word) = object.text("enabled") {
            drafts.push(Draft::new(enable(&id.name, Some(word))));
        }
        drafts
    }

    fn drop(&self, id: &Id, _: &Object) -> Vec<Draft> {
        vec![Draft::new(format!("DROP {}", self.sql_name(id)))]
    }

    fn alter(&self, change: &mut Change<'_>) -> Alter {
        if change.take_any(&["event", "tags", "function"]) {
            change.take_all();
            return Alter::Replace;
        }
        change.take("enabled");
        Alter::InPlace(vec![Draft::new(enable(&change.id.name, change.desired.text("enabled")))])
    }

    fn rename(&self, id: &Id, to: &str) -> Option<Draft> {
        Some(Draft::new(format!("ALTER {} RENAME TO {}", self.sql_name(id), sql::ident(to))))
    }
}
