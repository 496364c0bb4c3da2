//! The rows of a table that is made again: a plain table that becomes partitioned or the other way round, or that gets another
//! partition key.
//!
//! They are copied aside, and from there into the new table, which finds their partitions; a row that fits none stops the plan,
//! and nothing has happened then. Partitions that go give their rows to the table; those that are partitions before and after
//! in the same place, and those that become tables of their own, keep theirs.

use super::Table;
use crate::catalog::{Id, Object};
use crate::kinds::keep::{Again, Kept, dropped};
use crate::kinds::{Kind, column, parent_table};
use crate::plan::step::{Draft, Hazard, Lock, Transaction};
use crate::sql;

/// What becomes of the rows of a table's partitions.
#[derive(Default)]
struct Partitions {
    /// Those that keep their rows.
    stay: Vec<String>,
    /// Those that stay without their rows, which find their place again.
    emptied: Vec<String>,
    /// Those that go.
    gone: Vec<Id>,
}

impl Partitions {
    fn of(again: &Again<'_>, table: &Id, moved: bool) -> Self {
        let mut out = Partitions::default();
        out.add(again, table, moved);
        out
    }

    fn add(&mut self, again: &Again<'_>, table: &Id, moved: bool) {
        for (link, object) in parent_table::partitions(again.live, table) {
            let child = Id::in_schema(Table.name(), link.schema(), link.parent());
            let path = child.own_path();
            // What is no table has its rows elsewhere.
            if again.live.get(&child).is_none() {
                self.stay.push(path);
            } else if again.removed.contains(&child) {
                self.gone.push(child.clone());
                self.add(again, &child, moved);
            } else {
                let bound = again.becomes(link).and_then(|l| l.attrs.get("bound"));
                let elsewhere = bound.is_some() && (moved || bound != object.attrs.get("bound"));
                if elsewhere && !again.is_made_again(&child) {
                    self.emptied.push(path);
                } else {
                    self.stay.push(path.clone());
                    self.leaves(again, &child);
                }
            }
        }
    }

    /// Rows are in the partitions that have none themselves.
    fn leaves(&mut self, again: &Again<'_>, table: &Id) {
        for (link, _) in parent_table::partitions(again.live, table) {
            let child = Id::in_schema(Table.name(), link.schema(), link.parent());
            self.stay.push(child.own_path());
            self.leaves(again, &child);
        }
    }
}

/// How the rows of a table outlive its being made again; `None` when the new one has nothing in common with it.
pub(super) fn rows(again: &Again<'_>) -> Option<Kept> {
    let (id, live, desired) = (again.id, again.live.get(again.id)?, again.becomes(again.id)?);
    let path = id.own_path();
    let (mut put, mut names, mut taken) = (Vec::new(), Vec::new(), Vec::new());
    let (mut lost, mut identity) = (false, false);
    for (column, was) in column::of_table(again.live, id) {
        let name = sql::ident(&column.name);
        let is = again.becomes(column);
        // What is computed is computed again.
        if is.is_some_and(|is| is.attrs.contains_key("generated")) {
            continue;
        }
        let as_text = was.needs.iter().any(|n| n.parent.is_none() && n != id && (again.moves)(n));
        let value = is.and_then(|is| column::value(&name, was, is, as_text));
        let (Some(is), Some(value)) = (is, value) else {
            lost |= !was.attrs.contains_key("generated");
            continue;
        };
        identity |= is.attrs.contains_key("identity");
        put.push(if as_text { format!("{name}::pg_catalog.text AS {name}") } else { name.to_string() });
        names.push(name.to_string());
        taken.push(value);
    }
    if names.is_empty() {
        return None;
    }
    let partitioned = |object: &Object| object.attrs.get("partition_by").cloned();
    let partitions = match (partitioned(live), partitioned(desired)) {
        (None, _) => Partitions::default(),
        (was, is) => Partitions::of(again, id, is.is_some() && was != is),
    };
    let only = if live.attrs.contains_key("partition_by") { "" } else { "ONLY " };
    let aside = again.aside();
    let stay: Vec<String> = partitions.stay.iter().map(|p| format!("{}::pg_catalog.regclass", sql::literal(p))).collect();
    let but = if stay.is_empty() { String::new() } else { format!(" WHERE tableoid NOT IN ({})", stay.join(", ")) };
    let force = |word: &str| Draft::new(format!("ALTER TABLE {path} {word} ROW LEVEL SECURITY")).lock(Lock::AccessExclusive);
    // Nobody may add a row between the copy and the drop, and no policy may hide one.
    let lock = Draft::new(format!("LOCK TABLE {only}{path} IN ACCESS EXCLUSIVE MODE"));
    let lock = if only.is_empty() { lock.lock_all(Lock::AccessExclusive) } else { lock.lock(Lock::AccessExclusive) };
    let mut first = vec![lock.rewrites().transaction(Transaction::Throughout)];
    first.extend(live.flag("force_row_security").then(|| force("NO FORCE")));
    first.push(
        Draft::new(format!("CREATE TABLE {aside} AS SELECT {} FROM {only}{path}{but}", put.join(", ")))
            .hazard(Hazard::TableRewrite),
    );
    let overriding = if identity { " OVERRIDING SYSTEM VALUE" } else { "" };
    let insert = format!("INSERT INTO {path} ({}){overriding}\nSELECT {} FROM {aside}", names.join(", "), taken.join(", "));
    let mut back = Vec::new();
    back.extend(desired.flag("force_row_security").then(|| force("NO FORCE")));
    back.push(Draft::new(insert).lock_all(Lock::RowExclusive).hazard(Hazard::TableRewrite));
    back.extend(desired.flag("force_row_security").then(|| force("FORCE")));
    back.push(dropped(&aside));
    Some(Kept {
        aside: first,
        dropped: partitions.emptied.iter().map(|p| emptied(p)).collect(),
        back,
        into: None,
        carried: if lost { Vec::new() } else { partitions.gone.into_iter().chain([id.clone()]).collect() },
    })
}

/// The rows of a partition that stays are aside, and find their place again from there.
fn emptied(path: &str) -> Draft {
    let draft = Draft::new(format!("TRUNCATE {path}"));
    match sql::split_name(path).as_deref() {
        Some([schema, name]) => draft.lock_on((schema.as_str().into(), name.as_str().into()), Lock::AccessExclusive).rewrites(),
        _ => draft.hazard(Hazard::TableRewrite),
    }
}
