//! What a column asks of the rows that are there: a value where it becomes NOT NULL, and one that its new type takes.

use super::{is_volatile, types, write};
use crate::catalog::{Catalog, Id, Object};
use crate::kinds::asks::{Ask, Asked, Question, Rows, relation};
use crate::kinds::{domain, enum_type};
use crate::sql;

/// What the value of a column (an expression) becomes where its type changes; `None` when it does not become anything.
pub(in crate::kinds) fn becomes(column: &str, live: &Object, desired: &Object) -> Option<String> {
    let (from, to) = (live.text("type")?, desired.text("type")?);
    if from == to {
        return Some(column.to_string());
    }
    types::castable(from, to).then(|| write::converted(column, from, to).unwrap_or_else(|| format!("{column}::{to}")))
}

/// The default that a column has.
pub(in crate::kinds) fn default_of<'a>(catalog: &'a Catalog, column: &Id) -> Option<&'a str> {
    let id = Id::child("default", column.schema(), column.parent(), &column.name);
    catalog.get(&id)?.text("expression")
}

pub(super) fn asks(asked: &Asked<'_>) -> Vec<Question> {
    let Some(rows) = Rows::of(asked.sides, relation(asked.id)) else { return Vec::new() };
    [not_null(asked, &rows), conversion(asked, &rows)].into_iter().flatten().collect()
}

/// Rows without a value, where there has to be one.
fn not_null(asked: &Asked<'_>, rows: &Rows<'_>) -> Option<Question> {
    let (id, is) = (asked.id, asked.desired);
    let checked = |o: &Object| o.flag("not_null") && !o.flag("not_null_not_valid");
    let ty = is.text("type").unwrap_or_default();
    // A conversion to such a type is refused by itself.
    let by_domain = asked.live.is_none() && domain::is(asked.sides.desired, ty, "not_null");
    if !(checked(is) || by_domain) || asked.live.is_some_and(checked) {
        return None;
    }
    let name = sql::ident(&id.name);
    if asked.live.is_none() {
        let filled = is.attrs.contains_key("generated") || is.attrs.contains_key("identity");
        let by_default = default_of(asked.sides.desired, id).is_some_and(|d| is_volatile(d) || !d.starts_with("NULL"));
        if filled || by_default || domain::is(asked.sides.desired, ty, "default") {
            return None;
        }
        let what = format!("the new column {name} is NOT NULL and has no default");
        return Some(rows.question_from(id, what, Ask::Violates("true".into()), &[&name], rows.from(&[], "")));
    }
    // As it is: a conversion that fails is another question.
    let (from, _) = rows.from(&[], &format!(", t.{} AS trueup_value", rows.column_now(&id.name)));
    let ask = Ask::Violates("trueup_value IS NULL".into());
    Some(rows.question_from(id, format!("{name} is NULL"), ask, &[&name], (from, false)))
}

/// Rows whose value the new type does not take.
fn conversion(asked: &Asked<'_>, rows: &Rows<'_>) -> Option<Question> {
    let (from, to) = (asked.live?.text("type")?, asked.desired.text("type")?);
    // What is computed is computed again; what nothing converts goes and comes.
    if from == to || types::widens(from, to) || asked.desired.attrs.contains_key("generated") || !types::castable(from, to) {
        return None;
    }
    let now = format!("t.{}", rows.column_now(&asked.id.name));
    let ask = if types::assignable(from, to) && (types::is_text(to) || types::is_bits(to)) {
        Ask::Violates(too_long(from, to)?)
    } else if let Some(labels) = enum_type::labels_of(asked.sides.desired, to)
        && enum_type::labels_of(asked.sides.live, to).as_ref() != Some(&labels)
    {
        // The type is not there yet, or not like this.
        let labels: Vec<String> = labels.iter().map(|l| sql::literal(l)).collect();
        Ask::Violates(format!("NOT trueup_value::text = ANY (ARRAY[{}]::text[])", labels.join(", ")))
    } else {
        Ask::Refuses(becomes("trueup_value", asked.live?, asked.desired)?)
    };
    let from_clause = rows.from(&[], &format!(", {now} AS trueup_value")).0;
    let name = sql::ident(&asked.id.name);
    Some(rows.question_from(asked.id, format!("{name} is no {to}"), ask, &[&name], (from_clause, false)))
}

/// What an assignment refuses and a cast would cut: text and bits that are too long, but for spaces at the end (manual,
/// datatype-character, datatype-bit).
fn too_long(from: &str, to: &str) -> Option<String> {
    let base = types::base(to).trim_end_matches("[]");
    let length = *types::arguments(to).first()?;
    let long = |value: &str| match base {
        "bit" => format!("pg_catalog.length({value}) <> {length}"),
        "bit varying" => format!("pg_catalog.length({value}) > {length}"),
        _ => format!("pg_catalog.char_length(pg_catalog.rtrim({value}::text, ' ')) > {length}"),
    };
    if !to.ends_with("[]") {
        return Some(long("trueup_value"));
    }
    from.ends_with("[]").then(|| format!("EXISTS (SELECT FROM pg_catalog.unnest(trueup_value) AS e(v) WHERE {})", long("v")))
}
