//! What constraints ask of the rows that are there.

use super::statements::deferral;
use super::{Constraint, NOT_ENFORCED, check_expression};
use crate::catalog::{Catalog, Id, Object};
use crate::kinds::asks::{Ask, Asked, Question, Rows, elements, relation};
use crate::kinds::family::Relation;
use crate::sql;

/// The columns of a table's primary key.
pub(in crate::kinds) fn primary_key_of(catalog: &Catalog, table: &Relation) -> Vec<String> {
    let first = Id::child("primary_key", &table.0, &table.1, "");
    let same = |id: &Id| id.kind == first.kind && id.schema == first.schema && id.parent == first.parent;
    let key = catalog.objects.range(first.clone()..).next().filter(|(id, _)| same(id));
    let definition = key.and_then(|(_, object)| object.text("definition")).unwrap_or_default();
    elements::lists(definition).first().map(|list| list.iter().map(|e| plain(e)).collect()).unwrap_or_default()
}

/// The name of a column in a list.
fn plain(element: &str) -> String {
    let name = element.strip_suffix(" WITHOUT OVERLAPS").unwrap_or(element);
    sql::split_name(name).and_then(|mut parts| parts.pop()).unwrap_or_else(|| name.to_string())
}

impl Constraint {
    /// What its coming, or its becoming valid, asks.
    pub(super) fn asked(&self, asked: &Asked<'_>) -> Vec<Question> {
        let (id, is) = (asked.id, asked.desired);
        let holds =
            |o: &Object| !["not_valid", NOT_ENFORCED, "on_only", super::ATTACH_TO].iter().any(|a| o.attrs.contains_key(*a));
        let held = asked.live.is_some_and(holds);
        if !holds(is) || (held && !asked.differs("definition")) {
            return Vec::new();
        }
        let definition = is.text("definition").unwrap_or_default();
        // Only when it is checked differs.
        let was = asked.live.filter(|_| held).and_then(|o| o.text("definition"));
        if was.is_some_and(|was| deferral(was).0 == deferral(definition).0) {
            return Vec::new();
        }
        let Some(rows) = Rows::of(asked.sides, relation(id)) else { return Vec::new() };
        let question = match self.name {
            "check" => check(id, definition, rows),
            "foreign_key" => foreign_key(asked, definition, rows.only()),
            "exclusion" => excluded(id, definition, rows.only()),
            _ if definition.contains(" WITHOUT OVERLAPS") => excluded(id, definition, rows.only()),
            _ => unique(id, definition, &rows.only()),
        };
        question.into_iter().collect()
    }
}

fn check(id: &Id, definition: &str, rows: Rows<'_>) -> Option<Question> {
    let expression = check_expression(definition)?;
    let rows = if definition.ends_with(" NO INHERIT") { rows.only() } else { rows };
    let ask = match rows.made(expression) {
        true => made(),
        false => Ask::Violates(format!("NOT ({expression})")),
    };
    Some(rows.question(id, format!("not {expression}"), ask, &[expression]))
}

fn made() -> Ask {
    Ask::Nothing("it looks at values that the plan makes".into())
}

/// A question of a unique key or index, by its definition.
pub(in crate::kinds) fn unique(id: &Id, definition: &str, rows: &Rows<'_>) -> Option<Question> {
    let lists = elements::lists(definition);
    let by: Vec<String> = lists.first()?.iter().map(|e| elements::value(e).to_string()).collect();
    let when = elements::after(definition, "where").map(str::to_string);
    let list = by.join(", ");
    // What the plan makes for each row is another value in each.
    if rows.made(&list) {
        return None;
    }
    let words: Vec<&str> = by.iter().map(String::as_str).chain(when.as_deref()).collect();
    let nulls_too = definition.contains("NULLS NOT DISTINCT");
    let ask = Ask::Twice { by: by.clone(), when: when.clone(), nulls_too };
    Some(rows.question(id, format!("({list}) is there more than once"), ask, &words))
}

/// Two rows of which each compares as it must not.
fn excluded(id: &Id, definition: &str, rows: Rows<'_>) -> Option<Question> {
    let lists = elements::lists(definition);
    let compared = |element: &&str| match element.strip_suffix(" WITHOUT OVERLAPS") {
        Some(range) => Some((range.to_string(), "&&".to_string())),
        None if definition.starts_with("EXCLUDE") => {
            elements::compared(element).map(|(value, operator)| (value.to_string(), operator.to_string()))
        }
        None => Some(((*element).to_string(), "=".to_string())),
    };
    let pairs: Vec<(String, String)> = lists.first()?.iter().filter_map(compared).collect();
    let when = elements::after(definition, "where").map(|w| w.split(" DEFERRABLE").next().unwrap_or(w).to_string());
    let values: Vec<&str> = pairs.iter().map(|(value, _)| value.as_str()).collect();
    let words: Vec<&str> = values.iter().copied().chain(when.as_deref()).collect();
    let list = values.join(", ");
    if rows.made(&words.join(", ")) {
        return None;
    }
    let (from, converts) = rows.from(&words, ", t.ctid AS trueup_place, t.tableoid AS trueup_table");
    let named: Vec<String> = values.iter().enumerate().map(|(i, value)| format!("{value} AS v{i}")).collect();
    let filter = when.as_ref().map(|w| format!(" WHERE {w}")).unwrap_or_default();
    let side = |alias: &str| {
        format!("(SELECT trueup_key, trueup_place, trueup_table, {} FROM {from}{filter}) AS {alias}", named.join(", "))
    };
    let matches: Vec<String> =
        pairs.iter().enumerate().map(|(i, (_, operator))| format!("trueup_a.v{i} {operator} trueup_b.v{i}")).collect();
    let violates = format!(
        "EXISTS (SELECT FROM {} WHERE (trueup_a.trueup_place, trueup_a.trueup_table) <> (trueup_b.trueup_place, trueup_b.trueup_table) AND {})",
        side("trueup_b"),
        matches.join(" AND ")
    );
    let what = format!("({list}) is excluded by another row");
    Some(rows.question_from(id, what, Ask::Violates(violates), &words, (side("trueup_a"), converts)))
}

fn foreign_key(asked: &Asked<'_>, definition: &str, rows: Rows<'_>) -> Option<Question> {
    let lists = elements::lists(definition);
    let columns: Vec<String> = lists.first()?.iter().map(|e| plain(e)).collect();
    let list = sql::ident_list(columns.iter().map(String::as_str));
    let target = elements::after(definition, "references")?;
    let name = target.split('(').next().unwrap_or_default();
    let mut parts = sql::split_name(name.trim())?;
    let (table, schema) = (parts.pop()?, parts.pop()?);
    let other: Relation = (schema.as_str().into(), table.as_str().into());
    let keys: Vec<String> = lists.get(1)?.iter().map(|e| plain(e)).collect();
    let what = format!("({list}) is not in {}", sql::qualified(&schema, &table));
    let nothing = |why: &str| Some(rows.question(asked.id, what.clone(), Ask::Nothing(why.to_string()), &[]));
    if definition.contains("PERIOD ") {
        return nothing("it is a key over time");
    }
    if rows.made(&list) {
        return nothing("it looks at values that the plan makes");
    }
    let full = definition.contains(" MATCH FULL");
    let here = |c: &String| format!("{}.{}", sql::ident(asked.id.parent()), sql::ident(c));
    let each = |word: &str, with: &str| columns.iter().map(|c| format!("{} {word}", here(c))).collect::<Vec<_>>().join(with);
    let counts = if full { each("IS NOT NULL", " OR ") } else { each("IS NOT NULL", " AND ") };
    let mut path = None;
    let found = match Rows::of(asked.sides, other.clone()) {
        // It comes with the plan, without rows.
        None => "false".to_string(),
        Some(there) => {
            let there = there.only();
            let keys: Vec<String> = keys.iter().map(|k| sql::ident(k).into_owned()).collect();
            if there.made(&keys.join(", ")) {
                return nothing("it looks at values that the plan makes");
            }
            let (from, _) = there.from(&keys.iter().map(String::as_str).collect::<Vec<_>>(), "");
            let named: Vec<String> = keys.iter().enumerate().map(|(i, k)| format!("{k} AS k{i}")).collect();
            let same: Vec<String> = columns.iter().enumerate().map(|(i, c)| format!("trueup_other.k{i} = {}", here(c))).collect();
            path = Some(there.path());
            format!("EXISTS (SELECT FROM (SELECT {} FROM {from}) AS trueup_other WHERE {})", named.join(", "), same.join(" AND "))
        }
    };
    let mut question = rows.question(asked.id, what, Ask::Violates(format!("({counts}) AND NOT {found}")), &[&list]);
    question.path.extend(path.into_iter().flatten());
    question.other = Some(other);
    Some(question)
}
