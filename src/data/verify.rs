//! `verify`: queries with what is expected of them.

use std::time::Duration;

use super::{Data, Expect, Room};
use crate::diagnostic::{Diagnostic, Failure, Place, Result};
use crate::kinds::yaml::{self, Entry, Field, FieldValue, File, Naming, Piece, Section, Shape};
use crate::model::project::FILE_NAME;
use crate::model::{Project, duration};
use crate::sql::lex;

/// When a query is asked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum When {
    /// Before the first step of an apply, which it can stop.
    Before,
    /// After the last, and by `drift`.
    After,
}

/// A query with what is expected of it.
#[derive(Debug, Clone)]
pub struct Verification {
    /// Its name.
    pub name: String,
    /// Where that stands.
    pub origin: Place,
    /// One query.
    pub query: String,
    /// Where it stands.
    pub place: Place,
    /// What should come out.
    pub expect: Expect,
    /// When it is asked.
    pub when: When,
    /// Whose eyes it looks through; without one nothing is hidden by row-level security.
    pub role: Option<String>,
    /// A query that is run before, whose result does not matter.
    pub first: Option<String>,
    /// What is set for it.
    pub settings: Vec<(String, String)>,
    /// The databases of the project in which it is asked; every one when there are none.
    pub databases: Vec<Piece>,
    /// How long it may take.
    pub timeout: Duration,
    /// The schema whose names come first.
    pub schema: Option<String>,
}

/// How long a query may take when nothing is said.
const TIMEOUT: Duration = Duration::from_secs(60);

static SECTION: Section = Section {
    key: "verify",
    under: &[""],
    shape: Shape::Mapping,
    naming: Naming::Database,
    file: File::Shared("verify"),
    fields: &[
        Field { key: "query", value: FieldValue::Sql, doc: "One query (SELECT, VALUES, TABLE, WITH), which can only read." },
        Field {
            key: "expect",
            value: FieldValue::Any("value, mapping of columns to values, or list of rows"),
            doc: "What it gives: a value (`254`, `\">= 5\"`, `\"!= 0\"`, `null`), one row (`{total: 254, shared: 254}`), or rows (`[[a, 1], [b, 2]]`; `[]` for none).",
        },
        Field {
            key: "when",
            value: FieldValue::Choice(&["before", "after"]),
            doc: "`before` the first step of an apply, which does not begin unless it holds; `after` the last one and in `drift`, when nothing is said.",
        },
        Field {
            key: "as",
            value: FieldValue::Name,
            doc: "The role that it is asked as (SET ROLE), under the policies of row-level security. Without one they are off, or it is an error.",
        },
        Field {
            key: "settings",
            value: FieldValue::Texts,
            doc: "What is set for it: `{request.jwt.claims: '{\"sub\": \"...\"}'}`.",
        },
        Field {
            key: "first",
            value: FieldValue::Sql,
            doc: "A query that is run before it, before the role changes: `select set_tenant_context('...')`.",
        },
        Field {
            key: "databases",
            value: FieldValue::Names,
            doc: "The databases in which it is asked, by their names in trueup.yaml; in every one when nothing is said.",
        },
        Field { key: "timeout", value: FieldValue::Text, doc: "How long it may take: `5m`; 60 seconds when nothing is said." },
    ],
    doc: "Queries with what is expected of them, asked by `apply` and `drift`.",
    example: "verify:\n  every_agent_is_shared:\n    query: select count(*) from agents where is_shared and sharing_mode = 'global'\n    expect: 254\n  a_visitor_sees_none:\n    query: select count(*) from agents\n    as: anon\n    expect: 0\n",
};

pub(super) static ROOM: Room = Room {
    section: &SECTION,
    title: "verifications",
    more: "It runs in a transaction that only reads and is rolled back. Values are compared as PostgreSQL prints them; a number without \
           quotes equals `254.0` too. Rows may come in any order, unless the query has an ORDER BY. \
           [The guide](../../guides/rows-and-checks.md) says what becomes of the results.",
    read,
};

fn read(entry: &Entry<'_>, data: &mut Data, errors: &mut Vec<Diagnostic>) {
    let missing = |key: &str, example: &str| {
        Diagnostic::error("missing-key", format!("verify `{}` has no `{key}`", entry.name))
            .at(&entry.place)
            .help(format!("for example `{example}`"))
    };
    let Some(query) = entry.field("query") else {
        errors.push(missing("query", "query: select count(*) from agents"));
        return;
    };
    let Some(node) = entry.node.get("expect") else {
        errors.push(missing("expect", "expect: 254"));
        return;
    };
    let Some(expect) = Expect::read(node) else {
        errors.push(yaml::wrong_type(
            node,
            "expect",
            "a value, a mapping of columns to values, or a list of rows",
            "expect: [[a, 1], [b, 2]]",
        ));
        return;
    };
    let timeout = match entry.field("timeout").map(|t| duration(&t.text).map_err(|why| (t, why))) {
        None => TIMEOUT,
        Some(Ok(time)) => time,
        Some(Err((piece, why))) => {
            errors.push(Diagnostic::error("wrong-type", "`timeout` must be a time").at(&piece.place).help(why));
            return;
        }
    };
    let first = entry.field("first");
    let place = query.place.clone();
    let statements = [Some(&query), first.as_ref()].map(|piece| piece.map(|p| one_query(p, errors)));
    let [Some(Some(query)), first] = statements else { return };
    data.verify.push(Verification {
        name: entry.name.clone(),
        origin: entry.place.clone(),
        query,
        place,
        expect,
        when: if entry.field("when").is_some_and(|w| w.text == "before") { When::Before } else { When::After },
        role: entry.field("as").map(|p| p.text),
        first: first.flatten(),
        settings: entry.texts("settings").into_iter().map(|(name, value)| (name.text, value.text)).collect(),
        databases: entry.names("databases").unwrap_or_default(),
        timeout,
        schema: entry.schema.clone(),
    });
}

/// Those that are asked in a database, which has this name in the project or none.
///
/// # Errors
/// A name that the project does not know: such a query would never be asked.
pub fn asked_in(list: Vec<Verification>, database: Option<&str>, project: &Project) -> Result<Vec<Verification>> {
    let unknown = |p: &&Piece| !project.databases.contains_key(&p.text);
    let error = |p: &Piece| {
        Diagnostic::error("unknown-database", format!("the project has no database called `{}`", p.text))
            .at(&p.place)
            .help(format!("those under `databases` in {} are: {}", FILE_NAME, names(project)))
    };
    let errors: Vec<Diagnostic> = list.iter().flat_map(|v| &v.databases).filter(unknown).map(error).collect();
    if !errors.is_empty() {
        return Err(Failure { diagnostics: errors });
    }
    let here = |v: &Verification| v.databases.is_empty() || v.databases.iter().any(|d| Some(d.text.as_str()) == database);
    Ok(list.into_iter().filter(here).collect())
}

fn names(project: &Project) -> String {
    let names: Vec<&str> = project.databases.keys().map(String::as_str).collect();
    if names.is_empty() { "none".into() } else { names.join(", ") }
}

/// The text of a query without its semicolon; what is more than one is told.
pub(super) fn one_query(piece: &Piece, errors: &mut Vec<Diagnostic>) -> Option<String> {
    let tokens = lex::tokens(&piece.text);
    let ends = |t: &lex::Token| t.is_symbol(&piece.text, ";");
    let own = tokens.iter().rposition(|t| !ends(t)).map(|last| &tokens[..=last]);
    match own {
        Some(own) if !own.iter().any(ends) => {
            let end = own.last().map_or(0, |t| t.span.end);
            Some(piece.text[own.first().map_or(0, |t| t.span.start)..end].to_string())
        }
        _ => {
            let label = if own.is_none() { "there is no query here" } else { "this is more than one statement" };
            errors.push(
                Diagnostic::error("one-query", "this has to be one query").at(&piece.place).label(label).help(
                    "several values fit into one row, `select (select ...) as a, (select ...) as b`; other queries have entries of their own",
                ),
            );
            None
        }
    }
}
