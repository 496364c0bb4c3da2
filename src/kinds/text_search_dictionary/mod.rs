//! # Text search dictionaries
//!
//! Options change in place; another template makes the dictionary new, with everything that uses it.

use super::yaml::{Declarer, Entry, Field, FieldValue, File, Naming, Out, Section, Shape, Statement};
use super::{Alter, Change, Kind};
use crate::catalog::{Catalog, Id, KindName, Object};
use crate::plan::step::{Draft, Hazard};
use crate::sql::{self, lex};

/// The kind.
pub struct TextSearchDictionary;

static SECTION: Section = Section {
    key: "text_search_dictionaries",
    under: &[""],
    shape: Shape::Sql,
    naming: Naming::Schema,
    file: File::Shared("text_search.yaml"),
    fields: &[Field {
        key: "definition",
        value: FieldValue::Sql,
        doc: "The SQL after `CREATE TEXT SEARCH DICTIONARY name`: the options in parentheses.",
    }],
    doc: "Text search dictionaries (CREATE TEXT SEARCH DICTIONARY).",
    example: "text_search_dictionaries:\n  plain_english: (template = snowball, language = english)\n",
};

fn definition(object: &Object) -> String {
    let options = object.text("options").map(|o| format!(", {o}")).unwrap_or_default();
    format!("(template = {}{options})", object.text("template").unwrap_or_default())
}

/// The names of options in `name = 'value', ...`.
fn names(options: &str) -> Vec<&str> {
    let tokens = lex::tokens(options);
    tokens.windows(2).filter(|pair| pair[1].is_symbol(options, "=")).map(|pair| pair[0].text(options)).collect()
}

impl Kind for TextSearchDictionary {
    fn name(&self) -> KindName {
        "text_search_dictionary"
    }

    fn label(&self) -> (&'static str, &'static str) {
        ("text search dictionary", "text search dictionaries")
    }

    fn catalog_sql(&self, _: u32) -> Option<&'static str> {
        Some(include_str!("catalog.sql"))
    }

    fn section(&self) -> Option<&'static Section> {
        Some(&SECTION)
    }

    fn declare(&self, entry: &Entry<'_>, out: &mut Declarer<'_>) {
        let Some(definition) = entry.sql() else { return out.missing(entry, "definition", SECTION.example.trim()) };
        let before = format!("CREATE TEXT SEARCH DICTIONARY {} ", entry.path());
        out.declare(entry, vec![Statement::with(entry.schema.as_deref(), &before, &definition, "")]);
    }

    fn write(&self, _: &Id, object: &Object, _: &Catalog) -> Option<Out> {
        Some(Out::Map(vec![("definition".into(), Out::Text(definition(object)))]))
    }

    fn sql_name(&self, id: &Id) -> String {
        format!("TEXT SEARCH DICTIONARY {}", id.own_path())
    }

    fn owner_name(&self, id: &Id) -> Option<String> {
        Some(self.sql_name(id))
    }

    fn create(&self, id: &Id, object: &Object, _: &[(&Id, &Object)]) -> Vec<Draft> {
        vec![Draft::new(format!("CREATE {} {}", self.sql_name(id), definition(object)))]
    }

    fn drop(&self, id: &Id, _: &Object) -> Vec<Draft> {
        vec![Draft::new(format!("DROP {}", self.sql_name(id))).hazard(Hazard::BreaksClients)]
    }

    fn alter(&self, change: &mut Change<'_>) -> Alter {
        if change.take("template") {
            change.take_all();
            return Alter::Replace;
        }
        change.take("options");
        let (was, is) = (change.live.text("options").unwrap_or_default(), change.desired.text("options").unwrap_or_default());
        let kept = names(is);
        // A name without a value takes an option away.
        let gone = names(was).into_iter().filter(|n| !kept.contains(n)).map(str::to_string);
        let list: Vec<String> = gone.chain((!is.is_empty()).then(|| is.to_string())).collect();
        Alter::InPlace(vec![Draft::new(format!("ALTER {} ({})", self.sql_name(change.id), list.join(", ")))])
    }

    fn rename(&self, id: &Id, to: &str) -> Option<Draft> {
        Some(Draft::new(format!("ALTER {} RENAME TO {}", self.sql_name(id), sql::ident(to))))
    }
}
