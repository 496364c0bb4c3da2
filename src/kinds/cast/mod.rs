//! # Casts
//!
//! Nothing but the comment changes in place: a change makes the cast new. Its name is what stands in parentheses, `source AS
//! target`. In the shadow a cast without a function goes through text: only a superuser may say that two types are the same in
//! memory, and a model is not believed that.

use super::yaml::{Declarer, Entry, Field, FieldValue, File, Naming, Out, Piece, Section, Shape, Statement};
use super::{Alter, Change, Kind};
use crate::catalog::{Catalog, Id, KindName, Object};
use crate::plan::step::{Draft, Hazard};

/// The kind.
pub struct Cast;

static SECTION: Section = Section {
    key: "casts",
    under: &[""],
    shape: Shape::Sql,
    naming: Naming::Database,
    file: File::Shared("database.yaml"),
    fields: &[Field { key: "definition", value: FieldValue::Sql, doc: "The SQL after `CREATE CAST (source AS target)`." }],
    doc: "Casts (CREATE CAST). The key is `source AS target`.",
    example: "casts:\n  text AS app.color: with function app.to_color(text) as assignment\n",
};

/// What follows WITHOUT FUNCTION, when that is what a definition says.
fn without_function(definition: &str) -> Option<&'static str> {
    let words: Vec<String> = definition.split_whitespace().map(str::to_lowercase).collect();
    match words.iter().map(String::as_str).collect::<Vec<_>>()[..] {
        ["without", "function"] => Some(""),
        ["without", "function", "as", "implicit"] => Some(" AS IMPLICIT"),
        ["without", "function", "as", "assignment"] => Some(" AS ASSIGNMENT"),
        _ => None,
    }
}

fn entry_name(entry: &Entry<'_>) -> Piece {
    Piece { text: entry.name.clone(), place: entry.place.clone() }
}

/// A cast's function may give another type, if that is the same in memory as the one wanted. Casts that say so are that to the
/// superuser, and for this one statement, which calls nothing.
fn with_casts_in_memory(name: &Piece, definition: &Piece) -> Option<Statement> {
    if name.text.contains(';') || definition.text.contains(';') {
        return None;
    }
    let marked = |from: &str, to: &str| {
        format!("UPDATE pg_catalog.pg_cast SET castmethod = '{to}' WHERE castmethod = '{from}' AND oid >= 16384")
    };
    let mut statement = Statement::new(Some("public"), format!("{}; CREATE CAST (", marked("i", "b")));
    statement.piece(name);
    statement.push(") ");
    statement.piece(definition);
    statement.push(&format!("; {}", marked("b", "i")));
    statement.privileged = true;
    Some(statement)
}

impl Kind for Cast {
    fn name(&self) -> KindName {
        "cast"
    }

    fn label(&self) -> (&'static str, &'static str) {
        ("cast", "casts")
    }

    fn catalog_sql(&self, _: u32) -> Option<&'static str> {
        Some(include_str!("catalog.sql"))
    }

    fn section(&self) -> Option<&'static Section> {
        Some(&SECTION)
    }

    fn declare(&self, entry: &Entry<'_>, out: &mut Declarer<'_>) {
        let Some(definition) = entry.sql() else { return out.missing(entry, "definition", SECTION.example.trim()) };
        let mut statement = Statement::new(Some("public"), "CREATE CAST (");
        statement.piece(&entry_name(entry));
        statement.push(") ");
        let Some(context) = without_function(&definition.text) else {
            statement.otherwise = with_casts_in_memory(&entry_name(entry), &definition).map(Box::new);
            statement.piece(&definition);
            return out.declare(entry, vec![statement]);
        };
        statement.push(&format!("WITH INOUT{context}"));
        out.declare(entry, vec![statement]);
        out.lay_over("definition", format!("WITHOUT FUNCTION{context}").into());
    }

    fn write(&self, _: &Id, object: &Object, _: &Catalog) -> Option<Out> {
        Some(Out::Map(vec![("definition".into(), Out::text(object.text("definition")?))]))
    }

    fn sql_name(&self, id: &Id) -> String {
        format!("CAST ({})", id.name)
    }

    fn create(&self, id: &Id, object: &Object, _: &[(&Id, &Object)]) -> Vec<Draft> {
        vec![Draft::new(format!("CREATE {} {}", self.sql_name(id), object.text("definition").unwrap_or_default()))]
    }

    fn drop(&self, id: &Id, _: &Object) -> Vec<Draft> {
        vec![Draft::new(format!("DROP {}", self.sql_name(id))).hazard(Hazard::BreaksClients)]
    }

    fn made(&self) -> Option<&'static str> {
        Some(
            "SELECT pg_catalog.format_type(c.castsource, NULL) || ' AS ' || pg_catalog.format_type(c.casttarget, NULL) \
             FROM pg_catalog.pg_cast c WHERE c.xmin = pg_catalog.pg_current_xact_id()::pg_catalog.xid ORDER BY c.oid",
        )
    }

    fn alter(&self, change: &mut Change<'_>) -> Alter {
        change.take("definition");
        Alter::Replace
    }
}
