//! # Rules
//!
//! Whether a rule fires (`enabled`) changes in place; any other change is a CREATE OR REPLACE. In YAML a rule is the SQL after
//! AS, without `TO table`: the table is the one that it stands under.

use super::yaml::{Declarer, Entry, Field, FieldValue, File, Naming, Out, Piece, Section, Shape, Statement};
use super::{Alter, Change, Kind};
use crate::catalog::{Catalog, Id, KindName, Object};
use crate::plan::step::{Draft, Lock};
use crate::sql::{self, lex};

/// The kind.
pub struct Rule;

static SECTION: Section = Section {
    key: "rules",
    under: &["tables", "views"],
    shape: Shape::Sql,
    naming: Naming::Schema,
    file: File::Parent,
    fields: &[
        Field { key: "definition", value: FieldValue::Sql, doc: "The SQL, as in the short form." },
        Field {
            key: "enabled",
            value: FieldValue::Choice(&["origin", "replica", "always", "disabled"]),
            doc: "When it fires (ENABLE RULE); `origin` when it is not written.",
        },
    ],
    doc: "Rewrite rules (CREATE RULE): the SQL after AS, without TO table.",
    example: "rules:\n  no_deletes: on delete do instead nothing\n",
};

/// Splits a rule's SQL behind its event, where the table belongs.
fn split(text: &str) -> (&str, &str) {
    let tokens = lex::tokens(text);
    let at = tokens.iter().find(|t| t.depth == 0 && ["where", "do"].iter().any(|w| t.is_word(text, w)));
    text.split_at(at.map_or(text.len(), |t| t.span.start))
}

fn enable(table: &str, name: &str, word: Option<&str>) -> String {
    let verb = match word {
        Some("disabled") => "DISABLE RULE",
        Some("replica") => "ENABLE REPLICA RULE",
        Some("always") => "ENABLE ALWAYS RULE",
        _ => "ENABLE RULE",
    };
    format!("ALTER TABLE {table} {verb} {}", sql::ident(name))
}

fn enabled(id: &Id, object: &Object) -> Draft {
    Draft::new(enable(&id.parent_path(), &id.name, object.text("enabled"))).lock(Lock::AccessExclusive)
}

impl Kind for Rule {
    fn name(&self) -> KindName {
        "rule"
    }

    fn label(&self) -> (&'static str, &'static str) {
        ("rule", "rules")
    }

    fn catalog_sql(&self, _: u32) -> Option<&'static str> {
        Some(include_str!("catalog.sql"))
    }

    fn section(&self) -> Option<&'static Section> {
        Some(&SECTION)
    }

    fn declare(&self, entry: &Entry<'_>, out: &mut Declarer<'_>) {
        let Some(definition) = entry.sql() else { return out.missing(entry, "definition", SECTION.example.trim()) };
        let (event, rest) = split(definition.text.trim_end().trim_end_matches(';'));
        let piece = |text: &str| Piece { text: text.to_string(), place: definition.place.clone() };
        let schema = entry.schema.as_deref();
        let mut statement = Statement::new(schema, format!("CREATE RULE {} AS ", sql::ident(&entry.name)));
        statement.piece(&piece(event));
        statement.push(&format!(" TO {} ", entry.parent_path()));
        statement.piece(&piece(rest));
        let mut statements = vec![statement];
        if let Some(word) = entry.field("enabled").filter(|w| w.text != "origin") {
            statements.push(Statement::new(None, enable(&entry.parent_path(), &entry.name, Some(&word.text))));
        }
        out.declare(entry, statements);
    }

    fn write(&self, id: &Id, object: &Object, _: &Catalog) -> Option<Out> {
        let definition = object.text("definition").unwrap_or_default();
        let rest = definition.strip_prefix("CREATE RULE ")?.strip_prefix(&*sql::ident(&id.name))?.trim_start();
        let rest = rest.strip_prefix("AS")?.trim_start();
        let (event, after) = rest.split_once(&format!(" TO {}", id.parent_path()))?;
        let after = after.trim_start();
        // The words before the action read better small; names and expressions keep their case.
        let after = after.strip_prefix("DO").map_or_else(|| after.to_string(), |action| format!("do{}", leading_lower(action)));
        let mut map = vec![("definition".to_string(), Out::Text(format!("{} {after}", event.to_lowercase())))];
        if let Some(word) = object.text("enabled") {
            map.push(("enabled".into(), Out::text(word)));
        }
        Some(Out::Map(map))
    }

    fn sql_name(&self, id: &Id) -> String {
        format!("RULE {} ON {}", sql::ident(&id.name), id.parent_path())
    }

    fn reacts(&self) -> bool {
        true
    }

    fn create(&self, id: &Id, object: &Object, _: &[(&Id, &Object)]) -> Vec<Draft> {
        let mut drafts = vec![Draft::new(object.text("definition").unwrap_or_default()).lock(Lock::AccessExclusive)];
        if object.attrs.contains_key("enabled") {
            drafts.push(enabled(id, object));
        }
        drafts
    }

    fn drop(&self, id: &Id, _: &Object) -> Vec<Draft> {
        vec![Draft::new(format!("DROP {}", self.sql_name(id))).lock(Lock::AccessExclusive)]
    }

    fn alter(&self, change: &mut Change<'_>) -> Alter {
        let mut drafts = Vec::new();
        if change.take("definition") {
            let definition = change.desired.text("definition").unwrap_or_default();
            let statement = definition.replacen("CREATE RULE", "CREATE OR REPLACE RULE", 1);
            drafts.push(Draft::new(statement).lock(Lock::AccessExclusive));
        }
        if change.take("enabled") {
            drafts.push(enabled(change.id, change.desired));
        }
        Alter::InPlace(drafts)
    }

    fn rename(&self, id: &Id, to: &str) -> Option<Draft> {
        let statement = format!("ALTER RULE {} ON {} RENAME TO {}", sql::ident(&id.name), id.parent_path(), sql::ident(to));
        Some(Draft::new(statement).lock(Lock::AccessExclusive))
    }
}

/// ` INSTEAD NOTHING` as ` instead nothing`, and only those words.
fn leading_lower(action: &str) -> String {
    let (word, rest) = match action.strip_prefix(" INSTEAD") {
        Some(rest) => (" instead", rest),
        None => ("", action),
    };
    if rest.trim() == "NOTHING" { format!("{word} nothing") } else { format!("{word}{rest}") }
}

#[cfg(test)]
mod tests {
    #[test]
    fn the_table_stands_after_the_event() {
        assert_eq!(super::split("on insert do instead nothing"), ("on insert ", "do instead nothing"));
        assert_eq!(super::split("on update where new.do_it do also notify x").1, "where new.do_it do also notify x");
    }
}
