//! What a partition asks of the rows that are there: its own have to be within its bound, and the default partition's outside of it
//! (manual, sql-altertable, ATTACH PARTITION; sql-createtable, PARTITION OF).

use super::{NAME, bound, key, relation};
use crate::catalog::{Id, Object};
use crate::kinds::asks::{self, Ask, Asked, Question, Rows};

const REST: &str = "DEFAULT";

pub(super) fn asks(asked: &Asked<'_>) -> Vec<Question> {
    let (id, sides) = (asked.id, asked.sides);
    let Some(bound) = asked.desired.text("bound").filter(|_| asked.differs("bound")) else { return Vec::new() };
    let parent = relation(id);
    let condition = |bound: &str| bound::condition(key(sides.desired, &parent)?, bound);
    // A table that the plan makes has no rows; one that is made anew keeps its own.
    let own = Rows::of(sides, asks::relation(id)).map(|rows| {
        let ask = match (bound, condition(bound)) {
            (REST, _) => of_others(asked, &condition),
            (_, Some(condition)) => Ask::Violates(format!("NOT ({condition})")),
            _ => Ask::Nothing("its bound is not that of one column".into()),
        };
        question(asked, &rows, format!("outside of {bound}"), ask)
    });
    let in_parent = |other: &Id, o: &Object| other != id && relation(other) == parent && o.text("bound") == Some(REST);
    let rest = sides.live.of_kind(NAME).find(|(other, o)| in_parent(other, o) && sides.desired.get(other).is_some());
    let rest = rest.and_then(|(other, _)| Rows::of(sides, asks::relation(other))).map(|rows| {
        let ask = match condition(bound) {
            Some(condition) => Ask::Violates(condition),
            None => Ask::Nothing("its bound is not that of one column".into()),
        };
        question(asked, &rows, format!("in the default partition and within {bound}"), ask)
    });
    own.into_iter().chain(rest).collect()
}

/// A default partition may have no rows that another takes.
fn of_others(asked: &Asked<'_>, condition: &dyn Fn(&str) -> Option<String>) -> Ask {
    let parent = relation(asked.id);
    let others = asked.sides.desired.of_kind(NAME).filter(|(other, _)| *other != asked.id && relation(other) == parent);
    let conditions: Option<Vec<String>> = others.map(|(_, o)| condition(o.text("bound")?)).collect();
    match conditions {
        Some(list) if list.is_empty() => Ask::Violates("false".into()),
        Some(list) => Ask::Violates(format!("({})", list.join(") OR ("))),
        None => Ask::Nothing("the bounds of the others are not those of one column".into()),
    }
}

fn question(asked: &Asked<'_>, rows: &Rows<'_>, what: String, ask: Ask) -> Question {
    let condition = if let Ask::Violates(condition) = &ask { condition.clone() } else { String::new() };
    rows.question(asked.id, what, ask, &[&condition])
}
