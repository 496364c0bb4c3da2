//! # Base types
//!
//! The functions that `ALTER TYPE ... SET` knows (`receive`, `send`, `typmod_in`, `typmod_out`, `analyze`, `subscript`) and `storage`
//! change in place; any other change makes the type new, with its functions and everything that uses it. It begins as a
//! shell type, then come its functions, then the type. PostgreSQL reserves them to superusers.
//!
//! In the shadow a type is what its definition says, but its functions are not the model's own: where the type is a copy of one of
//! PostgreSQL's (`language internal`, of the same length) they are PostgreSQL's; otherwise a type of variable length keeps the
//! text that it is given.

pub mod shell;

use super::single;
use super::yaml::{Declarer, Entry, Field, FieldValue, File, Naming, Out, Section, Shape, Statement};
use super::{Alter, Change, Grants, Kind};
use crate::catalog::{Catalog, Id, KindName, Object};
use crate::plan::step::{Draft, Hazard, Lock};
use crate::sql;

/// The kind.
pub struct BaseType;

static SECTION: Section = Section {
    key: "base_types",
    under: &[""],
    shape: Shape::Sql,
    naming: Naming::Schema,
    file: File::Shared("types.yaml"),
    fields: &[Field {
        key: "definition",
        value: FieldValue::Sql,
        doc: "The SQL after `CREATE TYPE name`: the options in parentheses.",
    }],
    doc: "Base types (CREATE TYPE with input and output functions).",
    example: "base_types:\n  amount: (input = app.amount_in, output = app.amount_out, like = integer)\n",
};

/// What stands after the equals sign of an option.
#[derive(Clone, Copy)]
enum Form {
    /// A name or a word.
    Plain,
    /// A string.
    Text,
}

/// The options in the order in which the manual lists them.
const OPTIONS: &[(&str, Form)] = &[
    ("input", Form::Plain),
    ("output", Form::Plain),
    ("receive", Form::Plain),
    ("send", Form::Plain),
    ("typmod_in", Form::Plain),
    ("typmod_out", Form::Plain),
    ("analyze", Form::Plain),
    ("subscript", Form::Plain),
    ("internallength", Form::Plain),
    ("passedbyvalue", Form::Plain),
    ("alignment", Form::Plain),
    ("storage", Form::Plain),
    ("category", Form::Text),
    ("preferred", Form::Plain),
    ("default", Form::Text),
    ("element", Form::Plain),
    ("delimiter", Form::Text),
    ("collatable", Form::Plain),
];

/// What ALTER TYPE ... SET changes.
const SETTABLE: &[&str] = &["receive", "send", "typmod_in", "typmod_out", "analyze", "subscript"];

fn options(object: &Object) -> Vec<String> {
    let one = |(name, form): &(&str, Form)| {
        let value = object.attrs.get(*name)?;
        let text = value.as_str().map_or_else(|| value.to_string(), str::to_string);
        Some(match form {
            Form::Plain => format!("{name} = {text}"),
            Form::Text => format!("{name} = {}", sql::literal(&text)),
        })
    };
    OPTIONS.iter().filter_map(one).collect()
}

/// Gives the functions of a type that has just been made something to do in the shadow (see the head of this file). What they are
/// in truth is read from the model's text.
fn stand_ins(entry: &Entry<'_>) -> Statement {
    let path = sql::literal(&entry.path());
    let mut statement = Statement::new(None, include_str!("stand_ins.sql").replace("'$type'", &path));
    statement.privileged = true;
    statement
}

impl Kind for BaseType {
    fn name(&self) -> KindName {
        "base_type"
    }

    fn label(&self) -> (&'static str, &'static str) {
        ("base type", "base types")
    }

    fn catalog_sql(&self, _: u32) -> Option<&'static str> {
        Some(include_str!("catalog.sql"))
    }

    fn section(&self) -> Option<&'static Section> {
        Some(&SECTION)
    }

    fn declare(&self, entry: &Entry<'_>, out: &mut Declarer<'_>) {
        let Some(definition) = entry.sql() else { return out.missing(entry, "definition", SECTION.example.trim()) };
        let before = format!("CREATE TYPE {} ", entry.path());
        if let Some(complete) = single::privileged(entry.schema.as_deref(), &before, &definition, out) {
            out.declare(entry, vec![shell::declared(entry), complete, stand_ins(entry)]);
        }
    }

    fn write(&self, _: &Id, object: &Object, _: &Catalog) -> Option<Out> {
        Some(Out::Map(vec![("definition".into(), Out::Text(format!("({})", options(object).join(", "))))]))
    }

    fn takes_labels(&self) -> bool {
        true
    }

    fn sql_name(&self, id: &Id) -> String {
        format!("TYPE {}", id.own_path())
    }

    fn owner_name(&self, id: &Id) -> Option<String> {
        Some(self.sql_name(id))
    }

    fn grants(&self) -> Option<Grants> {
        Some(super::facets::TYPE_GRANTS)
    }

    fn reserved(&self) -> bool {
        true
    }

    fn create(&self, id: &Id, object: &Object, _: &[(&Id, &Object)]) -> Vec<Draft> {
        vec![Draft::new(format!("CREATE TYPE {} (\n    {}\n)", id.own_path(), options(object).join(",\n    ")))]
    }

    fn drop(&self, id: &Id, _: &Object) -> Vec<Draft> {
        vec![Draft::new(format!("DROP TYPE {}", id.own_path())).hazard(Hazard::BreaksClients)]
    }

    fn alter(&self, change: &mut Change<'_>) -> Alter {
        let changed: Vec<&&str> = SETTABLE.iter().filter(|name| change.take(name)).collect();
        let mut set: Vec<String> =
            changed.into_iter().map(|name| format!("{name} = {}", change.desired.text(name).unwrap_or("none"))).collect();
        // A type that may be toasted stays so (manual, sql-altertype).
        if let Some(storage) = change.desired.text("storage")
            && change.take("storage")
        {
            set.push(format!("storage = {storage}"));
        }
        if change.take_all() {
            return Alter::Replace;
        }
        let storage = set.iter().find_map(|s| s.strip_prefix("storage = "));
        let mut drafts = vec![Draft::new(format!("ALTER TYPE {} SET ({})", change.id.own_path(), set.join(", ")))];
        // Columns that are there keep the storage that the type had.
        let own =
            |object: &Object| !object.attrs.contains_key("storage") && !object.text("type").is_some_and(|t| t.ends_with(']'));
        for (column, _) in change.users.iter().filter(|(_, object)| own(object)) {
            let Some(storage) = storage else { break };
            let name = sql::ident(&column.name);
            let text = format!("ALTER TABLE {} ALTER COLUMN {name} SET STORAGE {storage}", column.parent_path());
            let table = (column.schema().into(), column.parent().into());
            drafts.push(Draft::new(text).lock_on(table, Lock::AccessExclusive));
        }
        Alter::InPlace(drafts)
    }

    fn rename(&self, id: &Id, to: &str) -> Option<Draft> {
        Some(Draft::new(format!("ALTER TYPE {} RENAME TO {}", id.own_path(), sql::ident(to))))
    }

    fn shell(&self, id: &Id) -> Option<Id> {
        Some(shell::of(id))
    }

    fn namespace(&self) -> &'static str {
        "type"
    }
}
