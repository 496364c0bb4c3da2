//! # Text search parsers and templates
//!
//! Nothing but name and comment changes in place: another function makes one new, with everything that uses it. PostgreSQL
//! reserves them to superusers.

use super::single;
use super::yaml::{Declarer, Entry, Field, FieldValue, File, Naming, Out, Section, Shape};
use super::{Alter, Change, Kind};
use crate::catalog::{Catalog, Id, KindName, Object};
use crate::plan::step::{Draft, Hazard};
use crate::sql;

/// Parsers and templates are lists of functions.
pub struct Code {
    name: KindName,
    word: &'static str,
    label: (&'static str, &'static str),
    catalog: &'static str,
    functions: &'static [&'static str],
    section: &'static Section,
}

/// What splits text into tokens.
pub static PARSER: Code = Code {
    name: "text_search_parser",
    word: "TEXT SEARCH PARSER",
    label: ("text search parser", "text search parsers"),
    catalog: include_str!("parsers.sql"),
    functions: &["start", "gettoken", "end", "lextypes", "headline"],
    section: &Section {
        key: "text_search_parsers",
        under: &[""],
        shape: Shape::Sql,
        naming: Naming::Schema,
        file: File::Shared("text_search.yaml"),
        fields: FIELDS,
        doc: "Text search parsers (CREATE TEXT SEARCH PARSER): the functions in parentheses.",
        example: "text_search_parsers:\n  plain: (start = prsd_start, gettoken = prsd_nexttoken, end = prsd_end, lextypes = prsd_lextype)\n",
    },
};

/// What dictionaries are made from.
pub static TEMPLATE: Code = Code {
    name: "text_search_template",
    word: "TEXT SEARCH TEMPLATE",
    label: ("text search template", "text search templates"),
    catalog: include_str!("templates.sql"),
    functions: &["init", "lexize"],
    section: &Section {
        key: "text_search_templates",
        under: &[""],
        shape: Shape::Sql,
        naming: Naming::Schema,
        file: File::Shared("text_search.yaml"),
        fields: FIELDS,
        doc: "Text search templates (CREATE TEXT SEARCH TEMPLATE): the functions in parentheses.",
        example: "text_search_templates:\n  plain: (init = dsimple_init, lexize = dsimple_lexize)\n",
    },
};

const FIELDS: &[Field] =
    &[Field { key: "definition", value: FieldValue::Sql, doc: "The SQL after the name: the functions in parentheses." }];

impl Code {
    fn definition(&self, object: &Object) -> String {
        let one = |name: &&str| object.text(name).map(|function| format!("{name} = {function}"));
        format!("({})", self.functions.iter().filter_map(one).collect::<Vec<_>>().join(", "))
    }
}

impl Kind for Code {
    fn name(&self) -> KindName {
        self.name
    }

    fn label(&self) -> (&'static str, &'static str) {
        self.label
    }

    fn catalog_sql(&self, _: u32) -> Option<&'static str> {
        Some(self.catalog)
    }

    fn section(&self) -> Option<&'static Section> {
        Some(self.section)
    }

    fn declare(&self, entry: &Entry<'_>, out: &mut Declarer<'_>) {
        let Some(definition) = entry.sql() else { return out.missing(entry, "definition", self.section.example.trim()) };
        let before = format!("CREATE {} {} ", self.word, entry.path());
        if let Some(statement) = single::privileged(entry.schema.as_deref(), &before, &definition, out) {
            out.declare(entry, vec![statement]);
        }
    }

    fn write(&self, _: &Id, object: &Object, _: &Catalog) -> Option<Out> {
        Some(Out::Map(vec![("definition".into(), Out::Text(self.definition(object)))]))
    }

    fn sql_name(&self, id: &Id) -> String {
        format!("{} {}", self.word, id.own_path())
    }

    fn reserved(&self) -> bool {
        true
    }

    fn create(&self, id: &Id, object: &Object, _: &[(&Id, &Object)]) -> Vec<Draft> {
        vec![Draft::new(format!("CREATE {} {}", self.sql_name(id), self.definition(object)))]
    }

    fn drop(&self, id: &Id, _: &Object) -> Vec<Draft> {
        vec![Draft::new(format!("DROP {}", self.sql_name(id))).hazard(Hazard::BreaksClients)]
    }

    fn alter(&self, change: &mut Change<'_>) -> Alter {
        change.take_any(self.functions);
        Alter::Replace
    }

    fn rename(&self, id: &Id, to: &str) -> Option<Draft> {
        Some(Draft::new(format!("ALTER {} RENAME TO {}", self.sql_name(id), sql::ident(to))))
    }
}
