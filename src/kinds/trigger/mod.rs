//! # Triggers
//!
//! Whether a trigger fires (`enabled`) changes in place; any other change makes it new, which loses nothing.

use super::family::{self, Heritage, Relation};
use super::yaml::{Declarer, Entry, Field, FieldValue, File, Naming, Out, Piece, Section, Shape, Statement};
use super::{Alter, Change, Kind};
use crate::catalog::{Attrs, Catalog, Id, KindName, Object};
use crate::plan::step::{Draft, Lock};
use crate::sql::{self, lex};

/// The kind.
pub struct Trigger;

static SECTION: Section = Section {
    key: "triggers",
    under: &["tables", "foreign_tables", "views"],
    shape: Shape::Sql,
    naming: Naming::Schema,
    file: File::Parent,
    fields: &[
        Field { key: "definition", value: FieldValue::Sql, doc: "The SQL, as in the short form." },
        Field {
            key: "enabled",
            value: FieldValue::Choice(&["origin", "replica", "always", "disabled"]),
            doc: "When it fires (ENABLE TRIGGER); `origin` when it is not written.",
        },
    ],
    doc: "Triggers: the SQL after the name, without ON table; `constraint` first for a constraint trigger.",
    example: "triggers:\n  agents_touch: before update for each row execute function touch_updated_at()\n",
};

/// The words that may follow ON table (manual, sql-createtrigger).
const AFTER_TABLE: &[&str] = &["from", "not", "deferrable", "initially", "referencing", "for", "when", "execute"];

/// Splits a trigger's SQL where its table belongs.
fn split(text: &str) -> (&str, &str) {
    let tokens = lex::tokens(text);
    let at = tokens.iter().find(|t| t.depth == 0 && AFTER_TABLE.iter().any(|w| t.is_word(text, w)));
    let at = at.map_or(text.len(), |t| t.span.start);
    text.split_at(at)
}

fn enable(id_path: &str, name: &str, word: Option<&str>) -> String {
    let verb = match word {
        Some("disabled") => "DISABLE TRIGGER",
        Some("replica") => "ENABLE REPLICA TRIGGER",
        Some("always") => "ENABLE ALWAYS TRIGGER",
        _ => "ENABLE TRIGGER",
    };
    format!("ALTER TABLE {id_path} {verb} {}", sql::ident(name))
}

impl Kind for Trigger {
    fn name(&self) -> KindName {
        "trigger"
    }

    fn label(&self) -> (&'static str, &'static str) {
        ("trigger", "triggers")
    }

    fn catalog_sql(&self, _: u32) -> Option<&'static str> {
        Some(include_str!("catalog.sql"))
    }

    fn section(&self) -> Option<&'static Section> {
        Some(&SECTION)
    }

    fn declare(&self, entry: &Entry<'_>, out: &mut Declarer<'_>) {
        let enabled =
            |word: &str| Statement::new(None, enable(&format!("ONLY {}", entry.parent_path()), &entry.name, Some(word)));
        let Some(definition) = entry.sql() else {
            // A partition's has its definition from the parent's.
            return match entry.field("enabled") {
                Some(word) => out.declare(entry, vec![enabled(&word.text)]),
                None => out.missing(entry, "definition", SECTION.example.trim()),
            };
        };
        let text = definition.text.trim_start();
        let (constraint, text) = match text.split_at_checked(11) {
            Some((word, rest)) if word.eq_ignore_ascii_case("constraint ") => ("CONSTRAINT ", rest.trim_start()),
            _ => ("", text),
        };
        let (event, rest) = split(text);
        let piece = |text: &str| Piece { text: text.to_string(), place: definition.place.clone() };
        let mut statement =
            Statement::new(entry.schema.as_deref(), format!("CREATE {constraint}TRIGGER {} ", sql::ident(&entry.name)));
        statement.piece(&piece(event));
        statement.push(&format!(" ON {} ", entry.parent_path()));
        statement.piece(&piece(rest));
        let mut statements = vec![statement];
        if let Some(word) = entry.field("enabled").filter(|w| w.text != "origin") {
            statements.push(enabled(&word.text));
        }
        out.declare(entry, statements);
    }

    fn write(&self, id: &Id, object: &Object, catalog: &Catalog) -> Option<Out> {
        if object.flag("cloned") {
            let base = family::handed_down(id, object, catalog);
            let own = base.is_none_or(|base| base != object.attrs);
            return own.then(|| Out::Map(vec![("enabled".into(), Out::text(object.text("enabled").unwrap_or("origin")))]));
        }
        let definition = object.text("definition").unwrap_or_default();
        let (constraint, rest) = match definition.strip_prefix("CREATE CONSTRAINT TRIGGER ") {
            Some(rest) => ("constraint ", rest),
            None => ("", definition.strip_prefix("CREATE TRIGGER ")?),
        };
        let rest = rest.strip_prefix(&*sql::ident(&id.name))?.trim_start();
        let text = rest.replacen(&format!(" ON {} ", id.parent_path()), " ", 1);
        // The event's words read better small; names and expressions keep their case.
        let (event, after) = split(&text);
        let event = if event.contains('"') { event.to_string() } else { event.to_lowercase() };
        let mut map = vec![("definition".to_string(), Out::Text(format!("{constraint}{event}{after}")))];
        if let Some(word) = object.text("enabled") {
            map.push(("enabled".into(), Out::text(word)));
        }
        Some(Out::Map(map))
    }

    fn sql_name(&self, id: &Id) -> String {
        format!("TRIGGER {} ON {}", sql::ident(&id.name), id.parent_path())
    }

    /// The privilege TRIGGER is enough (manual, sql-createtrigger).
    fn made_by_owner(&self) -> bool {
        false
    }

    fn reacts(&self) -> bool {
        true
    }

    fn create(&self, id: &Id, object: &Object, _: &[(&Id, &Object)]) -> Vec<Draft> {
        let mut drafts = vec![Draft::new(object.text("definition").unwrap_or_default()).lock_all(Lock::ShareRowExclusive)];
        if let Some(word) = object.text("enabled") {
            drafts.push(Draft::new(enable(&id.parent_path(), &id.name, Some(word))).lock_all(Lock::ShareRowExclusive));
        }
        drafts
    }

    fn drop(&self, id: &Id, _: &Object) -> Vec<Draft> {
        vec![Draft::new(format!("DROP TRIGGER {} ON {}", sql::ident(&id.name), id.parent_path())).lock_all(Lock::AccessExclusive)]
    }

    fn alter(&self, change: &mut Change<'_>) -> Alter {
        if change.take("definition") {
            change.take_all();
            return Alter::Replace;
        }
        change.take("cloned");
        if !change.take("enabled") {
            return Alter::InPlace(Vec::new());
        }
        let statement = enable(&change.id.parent_path(), &change.id.name, change.desired.text("enabled"));
        Alter::InPlace(vec![Draft::new(statement).lock_all(Lock::ShareRowExclusive)])
    }

    fn leaders(&self, id: &Id, object: &Object, (schema, table): &Relation) -> Vec<Id> {
        let leader = object.flag("cloned").then(|| Id::child(self.name(), schema, table, &id.name));
        leader.into_iter().collect()
    }

    fn handed_down(&self, _: &Id, _: &Id, from: &Object, _: Heritage) -> Option<Attrs> {
        let enabled = from.attrs.get("enabled").map(|e| ("enabled".to_string(), e.clone()));
        Some(enabled.into_iter().chain([("cloned".to_string(), true.into())]).collect())
    }

    fn comes_by_attaching(&self) -> bool {
        true
    }

    fn rename(&self, id: &Id, to: &str) -> Option<Draft> {
        let statement = format!("ALTER TRIGGER {} ON {} RENAME TO {}", sql::ident(&id.name), id.parent_path(), sql::ident(to));
        Some(Draft::new(statement).lock_all(Lock::AccessExclusive))
    }
}

#[cfg(test)]
mod tests {
    #[test]
    fn the_table_stands_after_the_event() {
        assert_eq!(
            super::split("before update of a, b for each row execute function f()"),
            ("before update of a, b ", "for each row execute function f()")
        );
        assert_eq!(super::split("after insert referencing new table as n execute function f()").0, "after insert ");
    }
}
