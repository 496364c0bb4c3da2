//! What PostgreSQL 18 and newer know of a NOT NULL beside that it is there: a name, NO INHERIT, NOT VALID, and a comment
//! (manual, ddl-constraints; sql-altertable). Before 18 it is a mark on the column and nothing else.

use crate::catalog::{Id, Object};
use crate::kinds::Change;
use crate::kinds::yaml::{Entry, Out, Statement};
use crate::plan::step::{Draft, Hazard, Lock, Transaction};
use crate::sql;

/// The attributes, and the fields in YAML.
const NAME: &str = "not_null_name";
const NO_INHERIT: &str = "not_null_no_inherit";
const NOT_VALID: &str = "not_null_not_valid";
const COMMENT: &str = "not_null_comment";
pub(super) const ALL: &[&str] = &[NAME, NO_INHERIT, NOT_VALID, COMMENT];

/// Whether an attribute is the name. It is compared when the model says one: tables and columns are renamed, and the names that
/// the server gave stay.
pub(super) fn is_name(attr: &str) -> bool {
    attr == NAME
}

/// Whether an attribute is the comment.
pub(super) fn is_comment(attr: &str) -> bool {
    attr == COMMENT
}

/// What the server calls it when nobody says, cut to 63 bytes (makeObjectName in indexcmds.c), as `named_after.sql` has it.
fn made(table: &str, column: &str) -> String {
    const ROOM: usize = 53;
    const HALF: usize = 27;
    let bytes = table.len().min(HALF.max(ROOM.saturating_sub(column.len())));
    let cut = |name: &str, bytes: usize| {
        let fits = |end: &usize| *end <= bytes && name.is_char_boundary(*end);
        name[..(0..=name.len()).rev().find(fits).unwrap_or(0)].to_string()
    };
    format!("{}_{}_not_null", cut(table, bytes), cut(column, ROOM - bytes))
}

fn name_of(id: &Id, object: &Object) -> String {
    object.text(NAME).map_or_else(|| made(id.parent(), &id.name), str::to_string)
}

fn comment_on(path: &str, name: &str, text: Option<&str>) -> String {
    let text = text.map_or_else(|| "NULL".into(), |t| sql::literal(t.trim_end()));
    format!("COMMENT ON CONSTRAINT {} ON {path} IS {text}", sql::ident(name))
}

fn added(path: &str, name: &str, column: &str, no_inherit: bool, not_valid: bool) -> String {
    let mut text = format!("ALTER TABLE {path} ADD CONSTRAINT {} NOT NULL {}", sql::ident(name), sql::ident(column));
    text.push_str(if no_inherit { " NO INHERIT" } else { "" });
    text.push_str(if not_valid { " NOT VALID" } else { "" });
    text
}

/// The statements for what an entry says beside its definition.
pub(super) fn declared(entry: &Entry<'_>) -> Vec<Statement> {
    if !ALL.iter().any(|key| entry.field(key).is_some()) {
        return Vec::new();
    }
    let name = entry.field(NAME).map_or_else(|| made(entry.parent.as_deref().unwrap_or_default(), &entry.name), |n| n.text);
    let flag = |key| entry.flag(key) == Some(true);
    let add = added(&entry.parent_path(), &name, &entry.name, flag(NO_INHERIT), flag(NOT_VALID));
    let comment = entry.field(COMMENT).map(|c| comment_on(&entry.parent_path(), &name, Some(&c.text)));
    [add].into_iter().chain(comment).map(|sql| Statement::new(None, sql)).collect()
}

/// The clause in a column's definition; empty where there is none, or where a definition cannot say it.
pub(super) fn clause(object: &Object, lower: bool) -> String {
    // An identity brings one.
    let told = object.attrs.contains_key("identity") && !object.attrs.contains_key(NAME) && !object.flag(NO_INHERIT);
    if !object.flag("not_null") || object.flag(NOT_VALID) || told {
        return String::new();
    }
    let word = |w: &str| if lower { w.to_lowercase() } else { w.to_string() };
    let name = object.text(NAME).map(|n| format!("{} {} ", word("CONSTRAINT"), sql::ident(n))).unwrap_or_default();
    let rest = if object.flag(NO_INHERIT) { word(" NO INHERIT") } else { String::new() };
    format!(" {name}{}{rest}", word("NOT NULL"))
}

/// The object as its definition in YAML says it: without the NOT NULL that fields say.
pub(super) fn in_definition(object: &Object) -> Object {
    let mut object = object.clone();
    if object.flag(NOT_VALID) || object.attrs.contains_key(COMMENT) {
        object.attrs.retain(|attr, _| attr != "not_null" && !ALL.contains(&attr.as_str()));
    }
    object
}

/// The fields of what the definition does not say.
pub(super) fn out(object: &Object) -> Vec<(String, Out)> {
    if !object.flag(NOT_VALID) && !object.attrs.contains_key(COMMENT) {
        return Vec::new();
    }
    let text = |attr: &str| object.text(attr).map(|t| (attr.to_string(), Out::text(t)));
    let flag = |attr: &str| object.flag(attr).then(|| (attr.to_string(), Out::text("true")));
    [text(NAME), flag(NO_INHERIT), flag(NOT_VALID), text(COMMENT)].into_iter().flatten().collect()
}

/// What comes after the column is there.
pub(super) fn finished(id: &Id, object: &Object) -> Vec<Draft> {
    let (path, name) = (id.parent_path(), name_of(id, object));
    let add = || Draft::new(added(&path, &name, &id.name, object.flag(NO_INHERIT), true)).lock(Lock::AccessExclusive);
    let add = (object.flag("not_null") && object.flag(NOT_VALID)).then(add);
    let comment = object.text(COMMENT).map(|text| Draft::new(comment_on(&path, &name, Some(text))));
    add.into_iter().chain(comment).collect()
}

/// The statements by which a NOT NULL comes, and those by which it becomes another one or goes.
pub(super) struct Steps {
    /// Before the type changes.
    pub before: Vec<Draft>,
    /// After it.
    pub after: Vec<Draft>,
}

pub(super) fn changed(change: &mut Change<'_>) -> Steps {
    let mut steps = Steps { before: Vec::new(), after: Vec::new() };
    let there = change.take("not_null");
    let (named, inherits, valid, comment) =
        (change.take(NAME), change.take(NO_INHERIT), change.take(NOT_VALID), change.take(COMMENT));
    let (live, desired) = (change.live, change.desired);
    let (path, column) = (change.id.parent_path(), sql::ident(&change.id.name));
    let step = |clause: String| Draft::new(format!("ALTER TABLE {path} {clause}")).lock_all(Lock::AccessExclusive);
    let drop = || step(format!("ALTER COLUMN {column} DROP NOT NULL"));
    if there && !desired.flag("not_null") {
        steps.before.push(drop());
        return steps;
    }
    if !desired.flag("not_null") {
        return steps;
    }
    let (name, spared) = (name_of(change.id, desired), desired.flag(NOT_VALID));
    if there || (valid && spared) {
        if !there {
            steps.before.push(drop());
        }
        let plain = !ALL.iter().any(|attr| desired.attrs.contains_key(*attr));
        let add = if plain {
            let set = || step(format!("ALTER COLUMN {column} SET NOT NULL"));
            set().online_for_all(by_check(change.id, set()))
        } else {
            Draft::new(added(&path, &name, &change.id.name, desired.flag(NO_INHERIT), spared)).lock_all(Lock::AccessExclusive)
        };
        let add = if spared { add } else { add.scans() };
        steps.after.push(add.hazard(Hazard::BreaksClients));
        let said = desired.text(COMMENT).map(|text| Draft::new(comment_on(&path, &name, Some(text))));
        steps.after.extend(said);
        return steps;
    }
    // A model that says no name leaves the one that there is.
    let (was, name) = (name_of(change.id, live), if desired.attrs.contains_key(NAME) { name } else { name_of(change.id, live) });
    let name = if named { name } else { was.clone() };
    if name != was {
        steps.after.push(step(format!("RENAME CONSTRAINT {} TO {}", sql::ident(&was), sql::ident(&name))));
    }
    if inherits {
        let clause = if desired.flag(NO_INHERIT) { "NO INHERIT" } else { "INHERIT" };
        steps.after.push(step(format!("ALTER CONSTRAINT {} {clause}", sql::ident(&name))));
    }
    if valid {
        let validate = step(format!("VALIDATE CONSTRAINT {}", sql::ident(&name)));
        steps.after.push(validate.lock_all(Lock::ShareUpdateExclusive).scans());
    }
    if comment {
        steps.after.push(Draft::new(comment_on(&path, &name, desired.text(COMMENT))));
    }
    steps
}

/// The NOT NULL of a new column that has its values.
pub(super) fn online(id: &Id, object: &Object) -> Vec<Draft> {
    if !ALL.iter().any(|attr| object.attrs.contains_key(*attr)) {
        let set = format!("ALTER TABLE {} ALTER COLUMN {} SET NOT NULL", id.parent_path(), sql::ident(&id.name));
        return by_check(id, Draft::new(set).lock_all(Lock::AccessExclusive));
    }
    let (path, name) = (id.parent_path(), name_of(id, object));
    let add = Draft::new(added(&path, &name, &id.name, object.flag(NO_INHERIT), true)).lock_all(Lock::AccessExclusive);
    let validate = Draft::new(format!("ALTER TABLE {path} VALIDATE CONSTRAINT {}", sql::ident(&name)))
        .lock_all(Lock::ShareUpdateExclusive)
        .scans()
        .transaction(Transaction::Apart);
    if object.flag(NOT_VALID) { Vec::new() } else { vec![add, validate] }
}

/// SET NOT NULL after a check that says the same has looked at the rows while clients went on: it then believes the check
/// (manual, sql-altertable, SET NOT NULL).
fn by_check(id: &Id, set: Draft) -> Vec<Draft> {
    let (path, column) = (id.parent_path(), sql::ident(&id.name));
    let name = sql::made_name(&id.name, "is_not_null");
    let check = sql::ident(&name);
    let step = |clause: String| Draft::new(format!("ALTER TABLE {path} {clause}"));
    vec![
        step(format!("ADD CONSTRAINT {check} CHECK ({column} IS NOT NULL) NOT VALID"))
            .lock_all(Lock::AccessExclusive)
            .hazard(Hazard::BreaksClients),
        step(format!("VALIDATE CONSTRAINT {check}")).lock_all(Lock::ShareUpdateExclusive).scans().transaction(Transaction::Apart),
        set,
        step(format!("DROP CONSTRAINT {check}")).lock_all(Lock::AccessExclusive),
    ]
}

/// As [`by_check`] for a column that gets the name of another one before it is NOT NULL, for that name's sake; what comes before
/// and what after.
pub(super) fn by_check_of(new: &Id, id: &Id) -> (Vec<Draft>, Vec<Draft>) {
    let set = format!("ALTER TABLE {} ALTER COLUMN {} SET NOT NULL", id.parent_path(), sql::ident(&id.name));
    let mut first = by_check(new, Draft::new(set).lock_all(Lock::AccessExclusive));
    let then = first.split_off(2);
    (first, then)
}

/// Whether more is said of a NOT NULL than that it is there.
pub(super) fn is_plain(object: &Object) -> bool {
    !ALL.iter().any(|attr| object.attrs.contains_key(*attr))
}

/// A column that lets NULL be, where it does not.
pub(super) fn without(object: &Object) -> Option<Object> {
    let mut less = object.clone();
    less.attrs.retain(|attr, _| attr != "not_null" && !ALL.contains(&attr.as_str()));
    object.flag("not_null").then_some(less)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn made_names_are_cut_as_the_server_cuts_them() {
        assert_eq!(made("agents", "id"), "agents_id_not_null");
        let (x, y) = ("x".repeat(60), "y".repeat(60));
        assert_eq!(made(&x, "id"), format!("{}_id_not_null", &x[..51]));
        assert_eq!(made("agents", &y), format!("agents_{}_not_null", &y[..47]));
        assert_eq!(made(&x, &y), format!("{}_{}_not_null", &x[..27], &y[..26]));
    }
}
