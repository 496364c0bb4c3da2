//! # Functions and procedures
//!
//! A change is one CREATE OR REPLACE, which keeps privileges and dependents. What that statement cannot change (the result
//! type, the names or defaults of arguments) makes the routine new, with everything that depends on it. Arguments of other
//! types are another function.

mod write;

use super::yaml::{Declarer, Entry, Field, FieldValue, File, Naming, Out, Piece, Section, Shape, Statement};
use super::{Alter, Change, Grants, Kind, Weight};
use crate::catalog::{Catalog, Id, KindName, Object};
use crate::plan::step::{Draft, Hazard};
use crate::sql;

/// Functions and procedures differ in a word.
pub struct Routine {
    name: KindName,
    word: &'static str,
    label: (&'static str, &'static str),
    section: &'static Section,
}

/// Functions.
pub static FUNCTION: Routine = Routine {
    name: "function",
    word: "FUNCTION",
    label: ("function", "functions"),
    section: &Section {
        key: "functions",
        under: &[""],
        shape: Shape::Sql,
        naming: Naming::Routine,
        file: File::Shared("functions.yaml"),
        fields: FIELDS,
        doc: "Functions (CREATE FUNCTION). The key is the name with its arguments.",
        example: "functions:\n  double(n integer):\n    definition: returns integer language sql immutable\n    body: select n * 2\n",
    },
};

/// Procedures.
pub static PROCEDURE: Routine = Routine {
    name: "procedure",
    word: "PROCEDURE",
    label: ("procedure", "procedures"),
    section: &Section {
        key: "procedures",
        under: &[""],
        shape: Shape::Sql,
        naming: Naming::Routine,
        file: File::Shared("functions.yaml"),
        fields: FIELDS,
        doc: "Procedures (CREATE PROCEDURE). The key is the name with its arguments.",
        example: "procedures:\n  purge(older_than interval):\n    definition: language sql\n    body: delete from events where at < now() - older_than\n",
    },
};

const FIELDS: &[Field] = &[
    Field {
        key: "definition",
        value: FieldValue::Sql,
        doc: "The SQL between the arguments and the body: result, language, options.",
    },
    Field {
        key: "body",
        value: FieldValue::Text,
        doc: "The body, without quotes around it. Left out where the definition holds an SQL-standard body.",
    },
    Field {
        key: "checked",
        value: FieldValue::Flag,
        doc: "`false` for a body that the server would refuse today and has all the same: it is taken as it is.",
    },
    Field { key: "body_file", value: FieldValue::Text, doc: "A file with the body, relative to the YAML file." },
];

const SETTABLE: &[&str] = &[
    "language",
    "body",
    "object_file",
    "sql_body",
    "volatility",
    "strict",
    "security_definer",
    "leakproof",
    "parallel",
    "cost",
    "rows",
    "support",
    "settings",
    "transforms",
];

impl Routine {
    /// The path with the arguments that the routine is called with. A list without modes could also mean all arguments of
    /// another procedure, those with OUT among them (LookupFuncWithArgs in parse_func.c).
    fn path(&self, id: &Id) -> String {
        let args = id.args.as_deref().unwrap_or_default();
        if self.word != "PROCEDURE" || args.is_empty() {
            return id.own_path();
        }
        let mut quoted = false;
        let comma = |c: char| {
            quoted ^= c == '"';
            c == ',' && !quoted
        };
        let list: Vec<String> = args.split(comma).map(|a| format!("IN {}", a.trim_start())).collect();
        format!("{}({})", sql::qualified(id.schema(), &id.name), list.join(", "))
    }
}

impl Kind for Routine {
    fn name(&self) -> KindName {
        self.name
    }

    fn label(&self) -> (&'static str, &'static str) {
        self.label
    }

    fn catalog_sql(&self, _: u32) -> Option<&'static str> {
        (self.name == "function").then_some(include_str!("catalog.sql"))
    }

    fn section(&self) -> Option<&'static Section> {
        Some(self.section)
    }

    fn declare(&self, entry: &Entry<'_>, out: &mut Declarer<'_>) {
        let (name, arguments) = match entry.name.split_once('(') {
            Some((name, rest)) => (name.trim(), rest.trim_end().strip_suffix(')').unwrap_or(rest).trim()),
            None => (entry.name.trim(), ""),
        };
        let Some(definition) = entry.sql() else {
            return out.missing(entry, "definition", "for example `definition: returns integer language sql`");
        };
        let body = match (entry.field("body"), entry.field("body_file")) {
            (Some(body), _) => Some(body),
            (None, Some(file)) => body_file(&file, out),
            (None, None) => None,
        };
        let schema = entry.schema.as_deref().unwrap_or("public");
        let mut statement = Statement::new(Some(schema), format!("CREATE {} {}(", self.word, sql::qualified(schema, name)));
        statement.piece(&Piece { text: arguments.to_string(), place: entry.place.clone() });
        statement.push(") ");
        statement.piece(&definition);
        if let Some(body) = body {
            let quoted = sql::dollar_quoted(&body.text);
            let open = (quoted.len() - body.text.len()) / 2;
            statement.push("\nAS ");
            statement.push(&quoted[..open]);
            let start = statement.sql.len();
            statement.push(&body.text);
            statement.pieces.push((start..statement.sql.len(), body.place));
            statement.push(&quoted[quoted.len() - open..]);
        }
        statement.unchecked = entry.flag("checked") == Some(false);
        out.declare_as(entry, Id::routine(self.name, schema, name, arguments), vec![statement]);
    }

    fn write(&self, id: &Id, object: &Object, _: &Catalog) -> Option<Out> {
        let _ = id;
        Some(Out::Map(write::entry(object)))
    }

    fn weight(&self, attr: Option<&str>) -> Weight {
        match attr {
            Some("comment") => Weight::Cosmetic,
            Some("privileges" | "owner" | "security_definer" | "settings") => Weight::Security,
            Some("cost" | "rows" | "parallel") => Weight::Degraded,
            _ => Weight::Breaking,
        }
    }

    fn takes_labels(&self) -> bool {
        true
    }

    fn sql_name(&self, id: &Id) -> String {
        format!("{} {}", self.word, self.path(id))
    }

    fn owner_name(&self, id: &Id) -> Option<String> {
        Some(self.sql_name(id))
    }

    fn grants(&self) -> Option<Grants> {
        Some(Grants { on: self.word, letters: "X", public: &["execute"], default_acl: Some('f') })
    }

    fn create(&self, id: &Id, object: &Object, _: &[(&Id, &Object)]) -> Vec<Draft> {
        vec![checked(object, Draft::new(write::statement(self.word, false, id, object)))]
    }

    fn drop(&self, id: &Id, _: &Object) -> Vec<Draft> {
        vec![Draft::new(format!("DROP {}", self.sql_name(id))).hazard(Hazard::BreaksClients)]
    }

    fn alter(&self, change: &mut Change<'_>) -> Alter {
        if change.take_any(&["returns", "arguments", "window"]) {
            change.take_all();
            return Alter::Replace;
        }
        change.take_any(SETTABLE);
        let statement = Draft::new(write::statement(self.word, true, change.id, change.desired));
        Alter::InPlace(vec![checked(change.desired, statement)])
    }

    fn rename(&self, id: &Id, to: &str) -> Option<Draft> {
        Some(Draft::new(format!("ALTER {} RENAME TO {}", self.sql_name(id), sql::ident(to))))
    }

    fn namespace(&self) -> &'static str {
        "routine"
    }

    fn loose_text<'a>(&self, object: &'a Object) -> Option<&'a str> {
        object.text("body")
    }
}

/// A function that runs with its owner's rights and takes names from the caller's search path can be led astray
/// (manual, sql-createfunction, "Writing SECURITY DEFINER Functions Safely").
fn checked(object: &Object, draft: Draft) -> Draft {
    let pinned = object.list("settings").iter().any(|s| s.starts_with("search_path="));
    if object.flag("security_definer") && !pinned { draft.hazard(Hazard::WeakensSecurity) } else { draft }
}

fn body_file(file: &Piece, out: &mut Declarer<'_>) -> Option<Piece> {
    let path = out.folder.join(&file.text);
    match std::fs::read_to_string(&path) {
        Ok(text) => {
            let place = crate::diagnostic::Place {
                span: 0..text.len(),
                file: std::sync::Arc::new(crate::diagnostic::SourceFile { path, text: text.clone() }),
            };
            Some(Piece { text, place })
        }
        Err(error) => {
            out.errors.push(
                crate::diagnostic::Diagnostic::error("unreadable-file", format!("the body in {} cannot be read", path.display()))
                    .at(&file.place)
                    .note(error.to_string())
                    .help("the path is relative to the YAML file that names it"),
            );
            None
        }
    }
}
