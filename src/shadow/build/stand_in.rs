//! Functions in languages that are left to superusers (`c`, `internal`, untrusted ones), without running a model's code.
//!
//! The builder makes such a function in a trusted language of the shadow's own, whose every call is an error; what the model
//! says of language and body is laid over what is read back. So a library that this server lacks is not missed. A function that
//! is one of PostgreSQL's own under another name, with the very same types, is made that one: it can do what everybody may do
//! anyway, and handlers, parsers and templates need it.

use serde_json::Value;
use tokio_postgres::error::SqlState;

use crate::catalog::{Attrs, Id};
use crate::kinds::yaml::Statement;
use crate::sql;
use crate::sql::lex::{self, Token, TokenKind};

/// The language. Its handler is a function that refuses whatever it is given (manual, datatype-pseudo).
pub(super) const LANGUAGE: &str = "CREATE SCHEMA IF NOT EXISTS trueup; \
     CREATE OR REPLACE FUNCTION trueup.stand_in() RETURNS pg_catalog.language_handler LANGUAGE internal AS 'trigger_in'; \
     CREATE OR REPLACE TRUSTED LANGUAGE trueup_stand_in HANDLER trueup.stand_in";

const NAME: &str = "trueup_stand_in";

/// Whether a function was refused for its language: it is not for everybody, or its validator is a stand-in itself.
pub(super) fn wanted(error: &tokio_postgres::Error) -> bool {
    let Some(error) = error.as_db_error() else { return false };
    let refused =
        *error.code() == SqlState::INSUFFICIENT_PRIVILEGE && error.message().starts_with("permission denied for language");
    refused || (*error.code() == SqlState::FEATURE_NOT_SUPPORTED && error.message() == "cannot accept a value of type trigger")
}

/// The statement in the stand-in language, and what it would have been.
pub(super) fn instead(id: &Id, statement: &Statement) -> Option<(Statement, Attrs)> {
    let text = &statement.sql;
    let tokens: Vec<Token> = lex::tokens(text).into_iter().filter(|t| t.depth == 0).collect();
    let after = |word: &str| tokens.iter().position(|t| t.is_word(text, word)).and_then(|i| tokens.get(i + 1..));
    let language = after("language")?.first()?;
    let name = language.name(text).unwrap_or_else(|| string(language.text(text)));
    if name == NAME {
        return None;
    }
    let strings = after("as").filter(|rest| rest.first().is_some_and(|t| t.kind == TokenKind::Text))?;
    let first = strings.first()?;
    let second = strings.get(1).filter(|t| t.is_symbol(text, ",")).and_then(|_| strings.get(2));
    let mut over = Attrs::new();
    let value = |token: &Token| Value::from(string(token.text(text)));
    if name == "c" {
        over.insert("object_file".into(), value(first));
        over.insert("body".into(), second.map_or_else(|| Value::from(&*id.name), value));
    } else {
        over.insert("body".into(), value(first));
    }
    // What a function costs when nothing is said depends on its language (manual, sql-createfunction).
    let usual = if name == "c" || name == "internal" { 1.0 } else { 100.0 };
    let cost = after("cost").and_then(|rest| rest.first()?.text(text).parse::<f64>().ok()).filter(|cost| *cost != usual);
    over.insert("cost".into(), cost.map_or(Value::Null, number));
    over.insert("language".into(), name.into());
    let mut out = statement.clone();
    let mut edits = vec![(language.span.clone(), NAME.to_string())];
    edits.extend(second.map(|s| (first.span.end..s.span.end, String::new())));
    edits.sort_by_key(|(span, _)| std::cmp::Reverse(span.start));
    for (span, new) in edits {
        out.sql.replace_range(span.clone(), &new);
        let moved = |at: usize| if at >= span.end { at - span.len() + new.len() } else { at.min(span.start + new.len()) };
        for (range, _) in &mut out.pieces {
            *range = moved(range.start)..moved(range.end);
        }
    }
    Some((out, over))
}

/// What is done to a function of that name once it is made.
pub(super) fn afterwards(id: &Id, over: &Attrs) -> String {
    let this = format!(
        "p.proname = {} AND p.pronamespace = {}::pg_catalog.regnamespace",
        sql::literal(&id.name),
        sql::literal(&sql::ident(id.schema()))
    );
    let language = over.get("language").and_then(Value::as_str).unwrap_or_default();
    if language == "internal" {
        return format!(
            "UPDATE pg_catalog.pg_proc p SET prolang = b.prolang \
             FROM pg_catalog.pg_language s, pg_catalog.pg_language i, pg_catalog.pg_proc b \
             WHERE {this} AND s.lanname = '{NAME}' AND p.prolang = s.oid AND i.lanname = 'internal' AND b.prolang = i.oid AND b.oid < 16384 \
               AND b.prosrc = p.prosrc AND b.proargtypes = p.proargtypes AND b.prorettype = p.prorettype \
               AND b.proretset = p.proretset AND b.prokind = p.prokind AND (p.proisstrict OR NOT b.proisstrict)"
        );
    }
    // Where the language is somebody's, the function needs it, as far as the catalog goes.
    format!(
        "UPDATE pg_catalog.pg_depend d SET refobjid = l.oid \
         FROM pg_catalog.pg_proc p, pg_catalog.pg_language s, pg_catalog.pg_language l \
         WHERE {this} AND s.lanname = '{NAME}' AND p.prolang = s.oid AND d.classid = 1255 AND d.objid = p.oid \
           AND d.refclassid = 2612 AND d.refobjid = s.oid AND l.lanname = {} AND l.oid >= 16384",
        sql::literal(language)
    )
}

/// A number as the server's JSON has it.
fn number(of: f64) -> Value {
    if of.fract() == 0.0 { Value::from(of as i64) } else { Value::from(of) }
}

/// What a string says.
fn string(text: &str) -> String {
    if let Some(inside) = text.strip_prefix('\'').and_then(|t| t.strip_suffix('\'')) {
        return inside.replace("''", "'");
    }
    let tag = text.find('$').and_then(|_| text[1..].find('$')).map_or(0, |end| end + 2);
    text.get(tag..text.len().saturating_sub(tag)).unwrap_or_default().to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(text: &str) -> (String, String) {
        let id = Id::routine("function", "app", "f", "cstring");
        let (statement, over) = instead(&id, &Statement::new(None, text)).expect("a function");
        (statement.sql, serde_json::to_string(&over).expect("JSON"))
    }

    #[test]
    fn language_and_body_are_exchanged() {
        let (sql, over) = of("CREATE FUNCTION f(cstring) returns app.t language internal strict\nAS $$int4in$$");
        assert_eq!(sql, "CREATE FUNCTION f(cstring) returns app.t language trueup_stand_in strict\nAS $$int4in$$");
        assert_eq!(over, r#"{"body":"int4in","cost":null,"language":"internal"}"#);
        let (sql, over) = of("CREATE FUNCTION f(cstring) returns app.t as '$libdir/x', 'it''s' language C");
        assert_eq!(sql, "CREATE FUNCTION f(cstring) returns app.t as '$libdir/x' language trueup_stand_in");
        assert_eq!(over, r#"{"body":"it's","cost":null,"language":"c","object_file":"$libdir/x"}"#);
        let (_, over) = of("CREATE FUNCTION f(cstring) returns app.t language c cost 7 as '$libdir/x'");
        assert_eq!(over, r#"{"body":"f","cost":7,"language":"c","object_file":"$libdir/x"}"#);
    }
}
