//! Server errors to messages at the YAML line they come from, with what follows from another error folded under it.

use std::collections::HashMap;

use tokio_postgres::error::{DbError, ErrorPosition, SqlState};

use super::run::{Waiting, declaration, message};
use crate::diagnostic::{Diagnostic, Place, closest};
use crate::kinds::{self, yaml::Declaration, yaml::Statement};
use crate::model::Model;

/// A warning for a body that is not checked, because it names what is not there.
pub(super) fn in_body(declaration: &Declaration, statement: &Statement, error: &tokio_postgres::Error) -> Diagnostic {
    let (place, label) = place(declaration, statement, error.as_db_error());
    let (one, _) = kinds::of(&declaration.id).label();
    let mut warning = Diagnostic::warning(
        "unknown-name-in-body",
        format!("the body of {one} {} would fail when it runs", declaration.id.path()),
    )
    .at(&place)
    .note(message(error));
    if let Some(label) = label {
        warning = warning.label(label);
    }
    warning
}

/// One message for each root of trouble.
pub(super) fn failures(model: &Model, mut failed: Vec<Waiting<'_>>) -> Vec<Diagnostic> {
    failed.sort_by_key(|f| f.declaration);
    // What cannot be there because its own statement failed.
    let mut absent: HashMap<String, usize> = HashMap::new();
    for (i, item) in failed.iter().enumerate() {
        absent.entry(declaration(model, item).id.name.to_lowercase()).or_insert(i);
    }
    let mut follows: Vec<Vec<usize>> = vec![Vec::new(); failed.len()];
    let mut roots = Vec::new();
    for (i, item) in failed.iter().enumerate() {
        match root_of(model, item, &absent).filter(|r| *r != i) {
            Some(root) => follows[root].push(i),
            None => roots.push(i),
        }
    }
    // Two that wait for each other are a circle: neither follows from the other.
    let mut reached: Vec<bool> = vec![false; failed.len()];
    let mut open: Vec<usize> = roots.clone();
    while let Some(at) = open.pop() {
        if !std::mem::replace(&mut reached[at], true) {
            open.extend(&follows[at]);
        }
    }
    let circular: Vec<usize> = (0..failed.len()).filter(|i| !reached[*i]).collect();
    let mut out: Vec<Diagnostic> = roots
        .iter()
        .map(|r| {
            let count = count(&follows, *r);
            let one = one(model, &failed[*r]);
            match count {
                0 => one,
                1 => one.note("1 more statement of the model fails because of this"),
                n => one.note(format!("{n} more statements of the model fail because of this")),
            }
        })
        .collect();
    out.extend(circles(model, &failed, &absent, &circular));
    out.sort_by_key(|d| d.place.as_ref().map(|p| (p.file.path.clone(), p.span.start)));
    out
}

/// One message for each circle, with who needs whom and where that is written; what only hangs on one is counted.
fn circles(model: &Model, failed: &[Waiting<'_>], absent: &HashMap<String, usize>, circular: &[usize]) -> Vec<Diagnostic> {
    let needs = |i: usize| root_of(model, &failed[i], absent);
    // From wherever one starts, the way ends in a circle.
    let circle_of = |start: usize| {
        let mut way = Vec::new();
        let mut at = start;
        while !way.contains(&at) {
            way.push(at);
            match needs(at) {
                Some(next) => at = next,
                None => break,
            }
        }
        let mut circle = way.split_off(way.iter().position(|i| *i == at).unwrap_or(0));
        let first = circle.iter().enumerate().min_by_key(|(_, i)| **i).map_or(0, |(at, _)| at);
        circle.rotate_left(first);
        circle
    };
    let mut found: Vec<(Vec<usize>, usize)> = Vec::new();
    for i in circular {
        let circle = circle_of(*i);
        let hangs = usize::from(!circle.contains(i));
        match found.iter_mut().find(|(c, _)| *c == circle) {
            Some((_, hanging)) => *hanging += hangs,
            None => found.push((circle, hangs)),
        }
    }
    found.into_iter().map(|(circle, hanging)| one_circle(model, failed, &circle, hanging)).collect()
}

fn one_circle(model: &Model, failed: &[Waiting<'_>], circle: &[usize], hanging: usize) -> Diagnostic {
    let of = |i: usize| declaration(model, &failed[i]);
    let at = |i: usize| {
        let error = failed[i].error.as_ref().and_then(|e| e.as_db_error());
        place(of(i), &failed[i].statement, error).0
    };
    let next = |n: usize| of(circle[(n + 1) % circle.len()]).id.to_string();
    let mut out = Diagnostic::error("circular", "these objects need each other in a circle");
    if let Some(first) = circle.first() {
        out = out.at(&at(*first)).label(format!("{} needs {}", of(*first).id, next(0)));
    }
    for (n, i) in circle.iter().enumerate().skip(1) {
        out = out.note(format!("{} needs {}: {}", of(*i).id, next(n), at(*i).short()));
    }
    out = match hanging {
        0 => out,
        1 => out.note("1 more statement of the model fails because of this"),
        n => out.note(format!("{n} more statements of the model fail because of this")),
    };
    out.help("one of them has to do without the other: views and defaults cannot wait for each other")
}

fn count(follows: &[Vec<usize>], at: usize) -> usize {
    follows[at].iter().map(|f| 1 + count(follows, *f)).sum()
}

/// The failed statement that would have made what this one misses.
fn root_of(model: &Model, item: &Waiting<'_>, absent: &HashMap<String, usize>) -> Option<usize> {
    let declaration = declaration(model, item);
    if let Some(parent) = declaration.id.parent.as_deref().and_then(|p| absent.get(&p.to_lowercase())) {
        return Some(*parent);
    }
    let error = item.error.as_ref()?.as_db_error()?;
    let missing = missing_name(error)?;
    let last = missing.rsplit('.').next().unwrap_or(&missing).trim_matches('"').to_lowercase();
    absent.get(&last).copied()
}

/// The name in quotes, or the function, that an error says is not there.
fn missing_name(error: &DbError) -> Option<String> {
    let text = error.message();
    if let Some(rest) = text.strip_prefix("function ") {
        return rest.split('(').next().map(str::to_string);
    }
    let start = text.find('"')? + 1;
    let end = start + text[start..].find('"')?;
    Some(text[start..end].to_string())
}

fn one(model: &Model, item: &Waiting<'_>) -> Diagnostic {
    let declaration = declaration(model, item);
    let (kind, _) = kinds::of(&declaration.id).label();
    let error = item.error.as_ref().and_then(|e| e.as_db_error());
    let (place, label) = place(declaration, &item.statement, error);
    let what = format!("{kind} {}", declaration.id.path());
    let Some(error) = error else {
        return Diagnostic::error("shadow", format!("{what} could not be built"))
            .at(&place)
            .note(item.error.as_ref().map(message).unwrap_or_default());
    };
    let code = code(error.code());
    let mut out = Diagnostic::error(code, format!("{}, in {what}", error.message())).at(&place);
    if let Some(label) = label {
        out = out.label(label);
    }
    if let Some(detail) = error.detail() {
        out = out.note(detail.to_string());
    }
    out = out.note(format!("PostgreSQL said so when the model was built (SQLSTATE {})", error.code().code()));
    for help in advice(model, declaration, error) {
        out = out.help(help);
    }
    out
}

/// The code of a message about missing rights.
pub(super) const NOT_ALLOWED: &str = "not-allowed";

fn code(state: &SqlState) -> &'static str {
    match state {
        s if *s == SqlState::UNDEFINED_TABLE => "unknown-table",
        s if *s == SqlState::UNDEFINED_COLUMN => "unknown-column",
        s if *s == SqlState::UNDEFINED_FUNCTION => "unknown-function",
        s if *s == SqlState::UNDEFINED_OBJECT => "unknown-object",
        s if *s == SqlState::INVALID_SCHEMA_NAME => "unknown-schema",
        s if *s == SqlState::SYNTAX_ERROR => "sql-syntax",
        s if *s == SqlState::INSUFFICIENT_PRIVILEGE => NOT_ALLOWED,
        s if s.code().starts_with("42") => "invalid-sql",
        _ => "refused",
    }
}

fn advice(model: &Model, declaration: &Declaration, error: &DbError) -> Vec<String> {
    let mut out: Vec<String> = error.hint().map(|h| vec![h.to_string()]).unwrap_or_default();
    if *error.code() == SqlState::SYNTAX_ERROR && declaration.id.args.is_some() {
        out.push("for a body that the database has like this and is to keep: `checked: false`".into());
        return out;
    }
    let Some(missing) = missing_name(error) else { return out };
    let bare = missing.rsplit('.').next().unwrap_or(&missing).trim_matches('"').to_string();
    let state = error.code();
    if *state == SqlState::UNDEFINED_COLUMN {
        let columns: Vec<&str> = columns_near(model, declaration, error);
        match closest(&bare, columns.iter().copied()) {
            Some(near) => out.push(format!("there is a column `{near}`")),
            None if !columns.is_empty() => out.push(format!("add the column `{bare}`, or take it out of this definition")),
            None => {}
        }
    } else if *state == SqlState::UNDEFINED_TABLE
        || *state == SqlState::UNDEFINED_FUNCTION
        || *state == SqlState::UNDEFINED_OBJECT
    {
        let names: Vec<&str> = model.declarations.iter().filter(|d| d.id.parent.is_none()).map(|d| &*d.id.name).collect();
        match closest(&bare, names.iter().copied()).filter(|n| *n != bare) {
            Some(near) => out.push(format!("the model has `{near}`")),
            None => out.push(format!(
                "declare `{bare}` in the model, or name what brings it under `provided` in trueup.yaml{}",
                if missing.contains('.') { "" } else { " and its schema under `search_path`" }
            )),
        }
    }
    out
}

/// The columns of the tables that a message or a declaration is about.
fn columns_near<'a>(model: &'a Model, declaration: &Declaration, error: &DbError) -> Vec<&'a str> {
    let text = error.message();
    let table = text.split("relation \"").nth(1).and_then(|t| t.split('"').next()).or(declaration.id.parent.as_deref());
    let is_column = |d: &&Declaration| d.id.parent.is_some() && kinds::of(&d.id).moves_between_types();
    model.declarations.iter().filter(is_column).filter(|d| d.id.parent.as_deref() == table).map(|d| &*d.id.name).collect()
}

/// Where an error belongs: the very word when the server says the position, else the piece that holds the name it speaks of.
fn place(declaration: &Declaration, statement: &Statement, error: Option<&DbError>) -> (Place, Option<String>) {
    if let Some(ErrorPosition::Original(position)) = error.and_then(|e| e.position()) {
        let at = byte_offset(&statement.sql, *position as usize);
        if let Some((range, place)) = statement.pieces.iter().find(|(r, _)| r.contains(&at)) {
            return (within(&statement.sql, range.start, at, place), Some("here".into()));
        }
    }
    if let Some(name) = error.and_then(missing_name) {
        let bare = name.rsplit('.').next().unwrap_or(&name).to_string();
        for (range, place) in &statement.pieces {
            if let Some(found) = find_word(&statement.sql[range.clone()], &bare) {
                return (within(&statement.sql, range.start, range.start + found, place), Some("this name".into()));
            }
        }
    }
    match statement.pieces.first() {
        Some((_, place)) => (place.clone(), None),
        None => (declaration.origin.clone(), None),
    }
}

/// Positions are counted in characters from 1.
fn byte_offset(sql: &str, position: usize) -> usize {
    sql.char_indices().nth(position.saturating_sub(1)).map_or(sql.len().saturating_sub(1), |(i, _)| i)
}

fn find_word(text: &str, word: &str) -> Option<usize> {
    let lower = text.to_lowercase();
    let word = word.to_lowercase();
    let edge = |c: Option<char>| !c.is_some_and(|c| c.is_alphanumeric() || c == '_');
    lower
        .match_indices(&word)
        .find(|(i, w)| edge(lower[..*i].chars().next_back()) && edge(lower[i + w.len()..].chars().next()))
        .map(|(i, _)| i)
}

/// The word at an offset of the SQL, in the file: exact where the file has the text as it is, else found by searching.
fn within(sql: &str, start: usize, at: usize, place: &Place) -> Place {
    let word: String = sql[at..].chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect();
    let length = word.len().max(1);
    let source = place.file.text.get(place.span.clone()).unwrap_or_default();
    let before = &sql[start..at];
    // How often the word stands before it in the SQL tells which one it is in the file.
    let nth = before.matches(word.as_str()).count();
    let found = if word.is_empty() { None } else { source.match_indices(word.as_str()).nth(nth).map(|(i, _)| i) };
    match found {
        Some(offset) => Place { file: place.file.clone(), span: place.span.start + offset..place.span.start + offset + length },
        None => place.clone(),
    }
}
