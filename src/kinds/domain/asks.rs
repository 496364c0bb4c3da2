//! What a domain asks of the values that columns hold.

use super::{Domain, get, not_valid, texts};
use crate::catalog::{Catalog, Id, Object};
use crate::kinds::asks::{Ask, Asked, Question, Rows, relation};
use crate::kinds::{Kind, column, constraint};
use crate::sql;

/// Whether this is the name of a domain, as types are printed, that has an attribute.
pub(in crate::kinds) fn is(catalog: &Catalog, name: &str, attr: &str) -> bool {
    let id = sql::split_name(name).and_then(|mut parts| Some((parts.pop()?, parts.pop()?)));
    let domain = id.and_then(|(name, schema)| catalog.get(&Id::in_schema(Domain.name(), &schema, &name)));
    domain.is_some_and(|d| d.attrs.contains_key(attr))
}

pub(super) fn asks(asked: &Asked<'_>) -> Vec<Question> {
    let Some(live) = asked.live else { return Vec::new() };
    let is = asked.desired;
    let (was, now) = (texts(live, "checks"), texts(is, "checks"));
    let fresh: Vec<(&str, &str)> =
        now.into_iter().filter(|(name, check)| not_valid(check).is_none() && get(&was, name) != Some(check)).collect();
    let made_of_it = |o: &Object| o.needs.contains(asked.id) && !o.attrs.contains_key("generated");
    let users = asked.sides.live.of_kind(column::Column.name()).filter(|(_, o)| made_of_it(o));
    let mut out = Vec::new();
    for (id, object) in users {
        let Some(rows) = Rows::of(asked.sides, relation(id)) else { continue };
        let from = || rows.from(&[], &format!(", t.{} AS trueup_value", rows.column_now(&id.name))).0;
        let ty = object.text("type").unwrap_or_default();
        let of = sql::ident(&id.name);
        let (list, direct) = (ty.ends_with("[]"), ty == asked.id.own_path());
        if !list && !direct {
            let why = Ask::Nothing(format!("the domain is inside of {ty}"));
            out.push(rows.question(asked.id, of, why, &[]));
            continue;
        }
        // One value, in the type that the domain is made of.
        let base = is.text("type").unwrap_or_default();
        let each = |condition: &str| match list {
            true => format!(
                "EXISTS (SELECT FROM (SELECT u.e::{base} FROM pg_catalog.unnest(trueup_value) AS u(e)) AS v(value) WHERE {condition})"
            ),
            false => format!("EXISTS (SELECT FROM (SELECT trueup_value::{base}) AS v(value) WHERE {condition})"),
        };
        let retyped = asked.differs("type");
        if retyped {
            let text = if list { format!("trueup_value::{base}[]") } else { format!("trueup_value::{base}") };
            out.push(rows.question_from(asked.id, format!("{of} is no {base}"), Ask::Refuses(text), &[&of], (from(), false)));
        }
        if is.flag("not_null") && !live.flag("not_null") {
            let ask = Ask::Violates(each("value IS NULL"));
            out.push(rows.question_from(asked.id, format!("{of} is NULL"), ask, &[&of], (from(), retyped)));
        }
        for (name, check) in &fresh {
            let Some(expression) = constraint::check_expression(check) else { continue };
            let what = format!("{of} does not meet {name}: {expression}");
            let ask = Ask::Violates(each(&format!("NOT ({expression})")));
            let question = rows.question_from(asked.id, what, ask, &[&of], (from(), retyped));
            out.push(Question { words: vec![expression.to_string()], ..question });
        }
    }
    out
}
