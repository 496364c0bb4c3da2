//! # Operators
//!
//! The estimators (`restrict`, `join`) change in place, and from PostgreSQL 17 on a commutator, a negator, `hashes` and `merges` are set
//! where there were none; any other change makes the operator new, with everything that uses it.

use super::yaml::{Declarer, Entry, Field, FieldValue, File, Naming, Out, Section, Shape, Statement};
use super::{Alter, Change, Kind, single};
use crate::catalog::{Catalog, Id, KindName, Object};
use crate::plan::step::{Draft, Hazard};
use crate::sql::{self, lex};

/// The kind.
pub struct Operator;

static SECTION: Section = Section {
    key: "operators",
    under: &[""],
    shape: Shape::Sql,
    naming: Naming::Routine,
    file: File::Shared("operators.yaml"),
    fields: &[Field {
        key: "definition",
        value: FieldValue::Sql,
        doc: "The SQL after `CREATE OPERATOR name`: the options in parentheses.",
    }],
    doc: "Operators (CREATE OPERATOR). The key is the name with the types of its operands, NONE for one that is not there.",
    example: "operators:\n  ===(text, text): (function = app.alike, leftarg = text, rightarg = text)\n",
};

const OPTIONS: &[&str] = &["function", "leftarg", "rightarg", "commutator", "negator", "restrict", "join"];
const FLAGS: &[&str] = &["hashes", "merges"];

fn options(object: &Object) -> String {
    let values = OPTIONS.iter().filter_map(|name| Some(format!("{name} = {}", object.text(name)?)));
    let flags = FLAGS.iter().filter(|name| object.flag(name)).map(|name| (*name).to_string());
    format!("({})", values.chain(flags).collect::<Vec<_>>().join(", "))
}

/// Whether it names an estimator with a schema that is not PostgreSQL's: then only a superuser may make it (DefineOperator in
/// operatorcmds.c).
fn superuser_only(definition: &str) -> bool {
    let tokens = lex::tokens(definition);
    tokens.windows(4).any(|t| {
        ["restrict", "join"].iter().any(|word| t[0].is_word(definition, word))
            && t[1].is_symbol(definition, "=")
            && t[2].name(definition).is_some_and(|schema| schema != "pg_catalog")
            && t[3].is_symbol(definition, ".")
    })
}

/// The schema and the name, which is never quoted.
fn bare(schema: &str, name: &str) -> String {
    format!("{}.{name}", sql::ident(schema))
}

impl Kind for Operator {
    fn name(&self) -> KindName {
        "operator"
    }

    fn label(&self) -> (&'static str, &'static str) {
        ("operator", "operators")
    }

    fn catalog_sql(&self, _: u32) -> Option<&'static str> {
        Some(include_str!("catalog.sql"))
    }

    fn section(&self) -> Option<&'static Section> {
        Some(&SECTION)
    }

    fn declare(&self, entry: &Entry<'_>, out: &mut Declarer<'_>) {
        let Some(definition) = entry.sql() else { return out.missing(entry, "definition", SECTION.example.trim()) };
        let (name, arguments) = entry.name.split_once('(').unwrap_or((&entry.name, ""));
        let (name, arguments) = (name.trim(), arguments.trim_end().trim_end_matches(')'));
        // The name goes into the statement as it is.
        if name.is_empty() || !name.chars().all(|c| "+-*/<>=~!@#%^&|`?".contains(c)) {
            return out.missing(entry, "name made of operator characters", SECTION.example.trim());
        }
        let schema = entry.schema.as_deref().unwrap_or("public");
        let before = format!("CREATE OPERATOR {} ", bare(schema, name));
        let Some(statement) = (if superuser_only(&definition.text) {
            single::privileged(Some(schema), &before, &definition, out)
        } else {
            Some(Statement::with(Some(schema), &before, &definition, ""))
        }) else {
            return;
        };
        out.declare_as(entry, Id::routine(self.name(), schema, name, arguments), vec![statement]);
    }

    fn write(&self, _: &Id, object: &Object, _: &Catalog) -> Option<Out> {
        Some(Out::Map(vec![("definition".into(), Out::Text(options(object)))]))
    }

    fn sql_name(&self, id: &Id) -> String {
        format!("OPERATOR {} ({})", bare(id.schema(), &id.name), id.args.as_deref().unwrap_or_default())
    }

    fn owner_name(&self, id: &Id) -> Option<String> {
        Some(self.sql_name(id))
    }

    fn create(&self, id: &Id, object: &Object, _: &[(&Id, &Object)]) -> Vec<Draft> {
        vec![Draft::new(format!("CREATE OPERATOR {} {}", bare(id.schema(), &id.name), options(object)))]
    }

    fn drop(&self, id: &Id, _: &Object) -> Vec<Draft> {
        vec![Draft::new(format!("DROP {}", self.sql_name(id))).hazard(Hazard::BreaksClients)]
    }

    fn alter(&self, change: &mut Change<'_>) -> Alter {
        // From PostgreSQL 17 on what is not set yet can be (manual, sql-alteroperator).
        let late = ["commutator", "negator", "hashes", "merges"];
        let late: Vec<&str> = late.into_iter().filter(|name| change.take(name)).collect();
        let settable = |name: &&str| change.major >= 17 && !change.live.attrs.contains_key(*name);
        if !late.iter().all(settable) || change.take_any(&["arguments", "function", "leftarg", "rightarg"]) {
            change.take_any(&["arguments", "function", "leftarg", "rightarg", "restrict", "join"]);
            return Alter::Replace;
        }
        let estimators = ["restrict", "join"].into_iter().filter(|name| change.take(name)).collect::<Vec<_>>();
        let set = estimators.into_iter().map(|name| format!("{name} = {}", change.desired.text(name).unwrap_or("NONE")));
        let late =
            late.into_iter().map(|name| change.desired.text(name).map_or(name.into(), |value| format!("{name} = {value}")));
        let list = set.chain(late).collect::<Vec<_>>().join(", ");
        Alter::InPlace(vec![Draft::new(format!("ALTER {} SET ({list})", self.sql_name(change.id)))])
    }
}
