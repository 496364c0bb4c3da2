//! # Foreign-data wrappers
//!
//! Handler, validator and options change in place. PostgreSQL reserves them to superusers.

use super::options;
use super::yaml::{Declarer, Entry, Field, FieldValue, File, Naming, Out, Section, Shape, Statement};
use super::{Alter, Change, Grants, Kind};
use crate::catalog::{Catalog, Id, KindName, Object};
use crate::plan::step::{Draft, Hazard};
use crate::sql;

/// The kind.
pub struct ForeignDataWrapper;

static SECTION: Section = Section {
    key: "foreign_data_wrappers",
    under: &[""],
    shape: Shape::Mapping,
    naming: Naming::Database,
    file: File::Shared("foreign.yaml"),
    fields: &[
        Field { key: "handler", value: FieldValue::Name, doc: "The function that makes foreign tables work." },
        Field { key: "validator", value: FieldValue::Name, doc: "The function that checks options." },
        Field { key: "options", value: FieldValue::Texts, doc: "Its options; `${env:NAME}` takes a value from the environment." },
    ],
    doc: "Foreign-data wrappers (CREATE FOREIGN DATA WRAPPER) that no extension brings.",
    example: "foreign_data_wrappers:\n  archive:\n    options: {debug: 'true'}\n",
};

/// The functions, as in CREATE; those that go are named with NO when `all` is asked for.
fn functions(object: &Object, all: bool) -> String {
    let mut text = String::new();
    for (attr, word) in [("handler", "HANDLER"), ("validator", "VALIDATOR")] {
        match object.text(attr) {
            Some(function) => text.push_str(&format!(" {word} {function}")),
            None if all => text.push_str(&format!(" NO {word}")),
            None => {}
        }
    }
    text
}

impl Kind for ForeignDataWrapper {
    fn name(&self) -> KindName {
        "foreign_data_wrapper"
    }

    fn label(&self) -> (&'static str, &'static str) {
        ("foreign-data wrapper", "foreign-data wrappers")
    }

    fn catalog_sql(&self, _: u32) -> Option<&'static str> {
        Some(include_str!("catalog.sql"))
    }

    fn section(&self) -> Option<&'static Section> {
        Some(&SECTION)
    }

    fn declare(&self, entry: &Entry<'_>, out: &mut Declarer<'_>) {
        let mut text = format!("CREATE FOREIGN DATA WRAPPER {}", sql::ident(&entry.name));
        for (key, word) in [("handler", "HANDLER"), ("validator", "VALIDATOR")] {
            let Some(function) = entry.field(key) else { continue };
            let parts = sql::split_name(&function.text).unwrap_or_else(|| vec![function.text.clone()]);
            let path: Vec<_> = parts.iter().map(|p| sql::ident(p)).collect();
            text.push_str(&format!(" {word} {}", path.join(".")));
        }
        let mut statement = Statement::new(None, text + &options::declared(entry, "options"));
        statement.privileged = true;
        out.declare(entry, vec![statement]);
    }

    fn write(&self, id: &Id, object: &Object, _: &Catalog) -> Option<Out> {
        let functions = ["handler", "validator"].into_iter();
        let mut map: Vec<(String, Out)> =
            functions.filter_map(|key| Some((key.to_string(), Out::text(object.text(key)?)))).collect();
        map.extend(options::out(id, object, "options"));
        Some(Out::Map(map))
    }

    fn sql_name(&self, id: &Id) -> String {
        format!("FOREIGN DATA WRAPPER {}", sql::ident(&id.name))
    }

    fn owner_name(&self, id: &Id) -> Option<String> {
        Some(self.sql_name(id))
    }

    fn owner_is_superuser(&self) -> bool {
        true
    }

    fn grants(&self) -> Option<Grants> {
        Some(Grants { on: "FOREIGN DATA WRAPPER", letters: "U", public: &[], default_acl: None })
    }

    fn holds_secrets(&self) -> bool {
        true
    }

    fn create(&self, id: &Id, object: &Object, _: &[(&Id, &Object)]) -> Vec<Draft> {
        let options = options::clause(object, "options");
        vec![Draft::new(format!("CREATE {}{}{options}", self.sql_name(id), functions(object, false)))]
    }

    fn drop(&self, id: &Id, _: &Object) -> Vec<Draft> {
        vec![Draft::new(format!("DROP {}", self.sql_name(id))).hazard(Hazard::BreaksClients)]
    }

    fn alter(&self, change: &mut Change<'_>) -> Alter {
        let mut text = String::new();
        if change.take_any(&["handler", "validator"]) {
            text.push_str(&functions(change.desired, true));
        }
        if change.take("options") {
            text.push_str(&options::changes(change.live, change.desired, "options"));
        }
        if text.is_empty() {
            return Alter::InPlace(Vec::new());
        }
        Alter::InPlace(vec![Draft::new(format!("ALTER {}{text}", self.sql_name(change.id)))])
    }

    fn rename(&self, id: &Id, to: &str) -> Option<Draft> {
        Some(Draft::new(format!("ALTER {} RENAME TO {}", self.sql_name(id), sql::ident(to))))
    }
}
