//! # Aggregates
//!
//! A change is one CREATE OR REPLACE, which keeps privileges and dependents, as long as arguments and result stay; another
//! result or other names of arguments make the aggregate new. Arguments of other types are another aggregate.

use super::yaml::{Declarer, Entry, Field, FieldValue, File, Naming, Out, Piece, Section, Shape, Statement};
use super::{Alter, Change, Grants, Kind};
use crate::catalog::{Catalog, Id, KindName, Object};
use crate::plan::step::{Draft, Hazard};
use crate::sql;

/// The kind.
pub struct Aggregate;

static SECTION: Section = Section {
    key: "aggregates",
    under: &[""],
    shape: Shape::Sql,
    naming: Naming::Routine,
    file: File::Shared("functions.yaml"),
    fields: &[Field {
        key: "definition",
        value: FieldValue::Sql,
        doc: "The SQL after the arguments: the options in parentheses.",
    }],
    doc: "Aggregates (CREATE AGGREGATE). The key is the name with its arguments, `*` when there are none.",
    example: "aggregates:\n  product(numeric): (sfunc = numeric_mul, stype = numeric, initcond = '1')\n",
};

/// What follows the equals sign of an option.
enum Form {
    /// SQL as it is: a name, a type, an operator, a number.
    Plain,
    /// A string.
    Text,
    /// A word, in upper case.
    Word,
    /// Nothing: the option stands alone.
    Flag,
}

/// The options in the order in which the manual lists them.
const OPTIONS: &[(&str, Form)] = &[
    ("sfunc", Form::Plain),
    ("stype", Form::Plain),
    ("sspace", Form::Plain),
    ("finalfunc", Form::Plain),
    ("finalfunc_extra", Form::Flag),
    ("finalfunc_modify", Form::Word),
    ("combinefunc", Form::Plain),
    ("serialfunc", Form::Plain),
    ("deserialfunc", Form::Plain),
    ("initcond", Form::Text),
    ("msfunc", Form::Plain),
    ("minvfunc", Form::Plain),
    ("mstype", Form::Plain),
    ("msspace", Form::Plain),
    ("mfinalfunc", Form::Plain),
    ("mfinalfunc_extra", Form::Flag),
    ("mfinalfunc_modify", Form::Word),
    ("minitcond", Form::Text),
    ("sortop", Form::Plain),
    ("parallel", Form::Word),
    ("hypothetical", Form::Flag),
];

fn options(object: &Object, lower: bool) -> Vec<String> {
    let case = |w: &str| if lower { w.to_lowercase() } else { w.to_uppercase() };
    let one = |(name, form): &(&str, Form)| {
        let value = object.attrs.get(*name)?;
        let text = value.as_str().map_or_else(|| value.to_string(), str::to_string);
        Some(match form {
            Form::Flag => case(name),
            Form::Plain => format!("{} = {text}", case(name)),
            Form::Text => format!("{} = {}", case(name), sql::literal(&text)),
            Form::Word => format!("{} = {}", case(name), case(&text)),
        })
    };
    OPTIONS.iter().filter_map(one).collect()
}

fn statement(id: &Id, object: &Object, replace: bool) -> Draft {
    let or_replace = if replace { "OR REPLACE " } else { "" };
    let path = sql::qualified(id.schema(), &id.name);
    let arguments = object.text("arguments").unwrap_or("*");
    Draft::new(format!("CREATE {or_replace}AGGREGATE {path}({arguments}) (\n    {}\n)", options(object, false).join(",\n    ")))
}

/// The name with its arguments; none are a star.
fn path(id: &Id) -> String {
    if id.args.as_deref() == Some("") { format!("{}(*)", sql::qualified(id.schema(), &id.name)) } else { id.own_path() }
}

/// PostgreSQL leaves aggregates with state of type `internal` to superusers. Without a semicolon the text is one statement,
/// and without a second state type there is no input function of the model's own to call.
fn internal_state(arguments: &str, definition: &str) -> bool {
    let squeezed: String = definition.to_lowercase().split_whitespace().collect();
    let internal = |key: &str| !squeezed.contains(key) || squeezed.contains(&format!("{key}internal"));
    squeezed.contains("stype=internal") && internal("mstype=") && !definition.contains(';') && !arguments.contains(';')
}

impl Kind for Aggregate {
    fn name(&self) -> KindName {
        "aggregate"
    }

    fn label(&self) -> (&'static str, &'static str) {
        ("aggregate", "aggregates")
    }

    fn catalog_sql(&self, _: u32) -> Option<&'static str> {
        Some(include_str!("catalog.sql"))
    }

    fn section(&self) -> Option<&'static Section> {
        Some(&SECTION)
    }

    fn declare(&self, entry: &Entry<'_>, out: &mut Declarer<'_>) {
        let (name, arguments) = match entry.name.split_once('(') {
            Some((name, rest)) => (name.trim(), rest.trim_end().strip_suffix(')').unwrap_or(rest).trim()),
            None => (entry.name.trim(), "*"),
        };
        let Some(definition) = entry.sql() else { return out.missing(entry, "definition", SECTION.example.trim()) };
        let schema = entry.schema.as_deref().unwrap_or("public");
        let mut statement = Statement::new(Some(schema), format!("CREATE AGGREGATE {}(", sql::qualified(schema, name)));
        statement.piece(&Piece { text: arguments.to_string(), place: entry.place.clone() });
        statement.push(") ");
        statement.piece(&definition);
        statement.privileged = internal_state(arguments, &definition.text);
        let arguments = if arguments == "*" { "" } else { arguments };
        out.declare_as(entry, Id::routine(self.name(), schema, name, arguments), vec![statement]);
    }

    fn write(&self, _: &Id, object: &Object, _: &Catalog) -> Option<Out> {
        Some(Out::Map(vec![("definition".into(), Out::Text(format!("({})", options(object, true).join(", "))))]))
    }

    fn takes_labels(&self) -> bool {
        true
    }

    fn sql_name(&self, id: &Id) -> String {
        format!("AGGREGATE {}", path(id))
    }

    fn owner_name(&self, id: &Id) -> Option<String> {
        Some(self.sql_name(id))
    }

    fn grants(&self) -> Option<Grants> {
        Some(Grants { on: "FUNCTION", letters: "X", public: &["execute"], default_acl: Some('f') })
    }

    fn create(&self, id: &Id, object: &Object, _: &[(&Id, &Object)]) -> Vec<Draft> {
        vec![statement(id, object, false)]
    }

    fn drop(&self, id: &Id, _: &Object) -> Vec<Draft> {
        vec![Draft::new(format!("DROP AGGREGATE {}", path(id))).hazard(Hazard::BreaksClients)]
    }

    fn alter(&self, change: &mut Change<'_>) -> Alter {
        let replace = change.take_any(&["arguments", "returns", "hypothetical"]);
        for (name, _) in OPTIONS {
            change.take(name);
        }
        if replace { Alter::Replace } else { Alter::InPlace(vec![statement(change.id, change.desired, true)]) }
    }

    fn rename(&self, id: &Id, to: &str) -> Option<Draft> {
        Some(Draft::new(format!("ALTER AGGREGATE {} RENAME TO {}", path(id), sql::ident(to))))
    }

    fn namespace(&self) -> &'static str {
        "routine"
    }
}

#[cfg(test)]
mod tests {
    use serde_json::Value;

    use super::*;

    #[test]
    fn an_empty_initial_value_is_a_value() {
        let attrs = [("sfunc", "f"), ("stype", "text"), ("initcond", ""), ("parallel", "safe")];
        let attrs = attrs.into_iter().map(|(k, v)| (k.to_string(), Value::from(v))).collect();
        let object = Object { attrs, ..Object::default() };
        assert_eq!(options(&object, true), ["sfunc = f", "stype = text", "initcond = ''", "parallel = safe"]);
    }

    #[test]
    fn only_one_statement_may_be_run_as_superuser() {
        assert!(internal_state("internal", "(sfunc = f, stype = internal)"));
        assert!(!internal_state("internal", "(sfunc = f, stype = internal); drop table t"));
        assert!(!internal_state("integer", "(sfunc = f, stype = internal, mstype = checked_domain)"));
    }
}
