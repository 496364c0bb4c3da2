//! What is to be done to rows, as statements of a plan.

use std::collections::{BTreeMap, BTreeSet};

use super::look::{AT_ONCE, Standing, Todo, not_in_model};
use super::resolve::{NULL, Resolved, Row, Table};
use super::{Backfill, backfill::BATCH};
use crate::catalog::{Catalog, Id};
use crate::kinds::{self, Judges, PATIENCE, family::Relation};
use crate::plan::Verb;
use crate::plan::stages::{Work, WorkStep};
use crate::plan::step::{Draft, Hazard, Lock, Transaction};
use crate::sql::{self, lex};

/// The statements that bring the live side's rows to what the model says: inserts and updates, backfills, then deletes.
pub fn work(resolved: &Resolved, standing: &Standing, (live, desired): (&Catalog, &Catalog), path: &[String]) -> Work {
    let mut work = Work::default();
    let mut deletes = Vec::new();
    let counted = counted(desired);
    for table in &resolved.tables {
        let Some(found) = standing.tables.iter().find(|t| t.table == table.id.own_path() && t.why.is_none()) else { continue };
        work.written.insert((table.id.schema().into(), table.id.name.clone()));
        let named = table.rows.iter().flat_map(|r| r.values.keys()).filter(|n| !table.key.contains(n));
        work.filled.extend(named.filter_map(|n| table.columns.get(n)).map(|c| c.id.clone()));
        work.steps.extend(rows_of(table, &found.todo, &counted));
        if found.todo.extra {
            let sql = format!("DELETE FROM {} AS t WHERE {}", table.id.own_path(), not_in_model(table, &table.key));
            let draft = Draft::new(sql).lock(Lock::RowExclusive).hazard(Hazard::DataLoss);
            deletes.push(step(Verb::Fill, table, draft, Some(found.extra)));
        }
    }
    for (id, backfill) in &resolved.backfills {
        let Some(found) = standing.backfills.iter().find(|b| b.id == *id) else { continue };
        // Where it cannot be said, a column that changes is filled all the same: where no row matches, that does nothing.
        let attrs = |catalog: &'_ Catalog| catalog.get(id).map(|o| o.attrs.clone());
        if found.why.is_some() && attrs(live) == attrs(desired) {
            continue;
        }
        let columns = backfill.set.iter().filter_map(|(name, _)| column(desired, id, &name.text));
        let all: BTreeSet<Id> = columns.chain([id.clone()]).collect();
        let texts = backfill.set.iter().map(|(_, text)| text).chain([&backfill.condition]);
        work.mentions.extend(texts.flat_map(|t| lex::mentions(t)).map(|(_, name)| name));
        work.steps.push(WorkStep {
            verb: Verb::Backfill,
            id: id.clone(),
            with: all.iter().filter(|c| *c != id).cloned().collect(),
            draft: filled(id, backfill, path),
            rows: found.rows.filter(|_| !found.more),
            origin: backfill.origin.short(),
        });
        work.filled.extend(all);
    }
    // Those that refer to others go first.
    work.steps.extend(deletes.into_iter().rev());
    let last = work.steps.iter().rposition(|s| s.draft.transaction == Transaction::Together);
    if let Some(last) = last.filter(|_| checks_wait(&work, live) || checks_wait(&work, desired)) {
        // A table with checks that wait for the end of the transaction cannot be altered in it (CheckTableNotInUse).
        work.steps[last].draft.sql.push_str(";\nSET CONSTRAINTS ALL IMMEDIATE");
    }
    work
}

/// Whether what is written is only checked at the end of its transaction.
fn checks_wait(work: &Work, catalog: &Catalog) -> bool {
    let table = |id: &Id| Some((id.schema.clone()?, id.parent.clone()?));
    let filled: BTreeSet<Relation> = work.filled.iter().filter_map(table).chain(work.written.iter().cloned()).collect();
    catalog.objects.iter().any(|(id, object)| {
        let Judges::Rows(reference) = kinds::of(id).judges(id, object) else { return false };
        let touches = table(id).is_some_and(|t| filled.contains(&t)) || reference.is_some_and(|r| filled.contains(&r.to));
        touches && object.text("definition").is_some_and(|d| d.contains(" INITIALLY DEFERRED"))
    })
}

fn column(desired: &Catalog, id: &Id, name: &str) -> Option<Id> {
    let other = Id { name: name.into(), ..id.clone() };
    desired.get(&other).map(|_| other)
}

fn step(verb: Verb, table: &Table, draft: Draft, rows: Option<u64>) -> WorkStep {
    WorkStep { verb, id: table.id.clone(), with: Vec::new(), draft, rows, origin: table.origin.short() }
}

/// The columns that take their values from a sequence of their own.
fn counted(desired: &Catalog) -> BTreeSet<&Id> {
    desired.objects.iter().filter(|(id, _)| kinds::of(id).holds_next_value()).flat_map(|(_, o)| &o.owned_by).collect()
}

/// What lets the sequences of a table go on after the values that rows have given: otherwise the next row of somebody who gives
/// none gets a value that is taken.
fn sequences_follow(table: &Table, rows: &[usize], counted: &BTreeSet<&Id>) -> String {
    let given = |name: &str| rows.iter().any(|n| table.rows[*n].values.contains_key(name));
    let columns = table.columns.iter().filter(|(name, column)| counted.contains(&column.id) && given(name));
    let path = table.id.own_path();
    let one = |(name, _): (&String, _)| {
        format!(
            ";\nSELECT pg_catalog.setval(s, n) FROM (SELECT pg_catalog.pg_get_serial_sequence({}, {})::pg_catalog.regclass AS s, \
             pg_catalog.max({}) AS n FROM {path}) q\nWHERE n > COALESCE(pg_catalog.pg_sequence_last_value(s), 0)",
            sql::literal(&path),
            sql::literal(name),
            sql::ident(name)
        )
    };
    columns.map(one).collect()
}

/// Inserts and updates.
fn rows_of(table: &Table, todo: &Todo, counted: &BTreeSet<&Id>) -> Vec<WorkStep> {
    let own = (table.id.schema().into(), table.id.name.clone());
    let refers_to_own = |n: usize| table.rows[n].values.values().any(|v| v.from.as_ref() == Some(&own));
    let mut chunks: Vec<Vec<usize>> = Vec::new();
    for n in &todo.missing {
        // A statement does not see the rows that it inserts itself.
        let alone = refers_to_own(*n);
        match chunks.last_mut().filter(|c| !alone && c.len() < AT_ONCE && !c.iter().any(|n| refers_to_own(*n))) {
            Some(chunk) => chunk.push(*n),
            None => chunks.push(vec![*n]),
        }
    }
    let draft = |sql: String| Draft::new(sql).lock(Lock::RowExclusive);
    let mut out: Vec<WorkStep> =
        chunks.iter().map(|rows| step(Verb::Fill, table, draft(insert(table, rows)), Some(rows.len() as u64))).collect();
    if let Some(last) = out.last_mut() {
        last.draft.sql.push_str(&sequences_follow(table, &todo.missing, counted));
    }
    let mut groups: BTreeMap<&Vec<String>, Vec<usize>> = BTreeMap::new();
    for (n, columns) in &todo.different {
        groups.entry(columns).or_default().push(*n);
    }
    for (columns, rows) in groups {
        for rows in rows.chunks(AT_ONCE) {
            out.push(step(Verb::Fill, table, draft(update(table, columns, rows)), Some(rows.len() as u64)));
        }
    }
    out
}

fn value<'a>(row: &'a Row, column: &str) -> Option<&'a str> {
    row.values.get(column).map(|v| v.sql.as_str())
}

fn insert(table: &Table, rows: &[usize]) -> String {
    let rows: Vec<&Row> = rows.iter().map(|n| &table.rows[*n]).collect();
    let columns: Vec<&String> = table.order.iter().filter(|n| rows.iter().any(|r| r.values.contains_key(*n))).collect();
    let insist = columns.iter().any(|c| table.columns.get(*c).is_some_and(|c| c.insist));
    let line = |row: &Row| {
        let values: Vec<&str> = columns.iter().map(|c| value(row, c).unwrap_or("DEFAULT")).collect();
        format!("({})", values.join(", "))
    };
    let lines: Vec<String> = rows.iter().map(|r| line(r)).collect();
    format!(
        "INSERT INTO {} ({}){} VALUES\n  {}",
        table.id.own_path(),
        sql::ident_list(&columns),
        if insist { " OVERRIDING SYSTEM VALUE" } else { "" },
        lines.join(",\n  ")
    )
}

fn update(table: &Table, columns: &[String], rows: &[usize]) -> String {
    let path = table.id.own_path();
    if let [n] = rows {
        let row = &table.rows[*n];
        let pairs = |names: &[String]| -> Vec<String> {
            names.iter().map(|c| format!("{} = {}", sql::ident(c), value(row, c).unwrap_or(NULL))).collect()
        };
        return format!("UPDATE {path} SET {} WHERE {}", pairs(columns).join(", "), pairs(&table.key).join(" AND "));
    }
    let all: Vec<&String> = table.key.iter().chain(columns).collect();
    let cast = |row: &Row, c: &String| {
        let type_name = table.columns.get(c).map_or("text", |c| c.type_name.as_str());
        format!("CAST({} AS {type_name})", value(row, c).unwrap_or(NULL))
    };
    let line = |n: &usize| {
        let values: Vec<String> = all.iter().map(|c| cast(&table.rows[*n], c)).collect();
        format!("({})", values.join(", "))
    };
    let lines: Vec<String> = rows.iter().map(line).collect();
    let pair = |c: &String, left: &str| format!("{left}{0} = v.{0}", sql::ident(c));
    format!(
        "UPDATE {path} AS t SET {}\nFROM (VALUES\n  {}\n) AS v({})\nWHERE {}",
        columns.iter().map(|c| pair(c, "")).collect::<Vec<_>>().join(", "),
        lines.join(",\n  "),
        sql::ident_list(&all),
        table.key.iter().map(|c| pair(c, "t.")).collect::<Vec<_>>().join(" AND ")
    )
}

/// At once, and in batches where that is asked for or the table is large.
fn filled(id: &Id, backfill: &Backfill, path: &[String]) -> Draft {
    if let Some(batch) = backfill.batch {
        return in_batches(id, backfill, path, batch);
    }
    let around = super::search_path(std::iter::once(&backfill.schema).chain(path));
    let statement = format!(
        "SET LOCAL search_path = {around};\nUPDATE {} SET {} WHERE {};\nSET LOCAL search_path = ''",
        id.parent_path(),
        pairs(backfill),
        backfill.condition
    );
    let road = in_batches(id, backfill, path, BATCH);
    Draft::new(statement).lock_all(Lock::RowExclusive).scans().online_for_all(vec![road])
}

fn pairs(backfill: &Backfill) -> String {
    // A comma outside of parentheses would begin the next column.
    let open = |text: &str| lex::tokens(text).iter().any(|t| t.depth == 0 && t.is_symbol(text, ","));
    let value = |text: &String| if open(text) { format!("({text})") } else { text.clone() };
    let pairs = backfill.set.iter().map(|(name, text)| format!("{} = {}", sql::ident(&name.text), value(text)));
    pairs.collect::<Vec<_>>().join(", ")
}

/// So many rows at once, each time in a transaction of its own (manual, plpgsql-transactions), table by table where there are
/// partitions or children, and each from its beginning to its end by the rows' places: what is filled already is not looked at
/// again. A row that others hold, or move to a place behind, is found by another pass. A row that matches still would be filled for ever, so
/// that stops it.
fn in_batches(id: &Id, backfill: &Backfill, path: &[String], batch: u64) -> Draft {
    let around = super::search_path(std::iter::once(&backfill.schema).chain(path));
    // By its own name, whichever part of it that is.
    let (table, name, condition) = (id.parent_path(), sql::ident(id.parent()), &backfill.condition);
    let find = format!(" AS {name} WHERE ctid > $1 AND ({condition}) LIMIT {batch}) AS found(place)");
    let fill = format!(
        " AS {name} SET {} WHERE ctid = ANY ($1) AND ({condition}) RETURNING ({condition}) AS matches)
        SELECT pg_catalog.count(*), pg_catalog.count(*) FILTER (WHERE matches) FROM filled",
        pairs(backfill)
    );
    let body = format!(
        "\nDECLARE
  part pg_catalog.regclass;
  places pg_catalog.tid[];
  place pg_catalog.tid;
  done pg_catalog.int8;
  still pg_catalog.int8;
  found pg_catalog.int8;
BEGIN
  LOOP
    found := 0;
    FOR part IN
      WITH RECURSIVE parts AS (
        SELECT {literal}::pg_catalog.regclass::pg_catalog.oid AS part
        UNION SELECT inhrelid FROM pg_catalog.pg_inherits JOIN parts ON inhparent = parts.part
      )
      SELECT parts.part FROM parts JOIN pg_catalog.pg_class c ON c.oid = parts.part WHERE c.relkind <> 'p'
    LOOP
      place := '(0,0)';
      LOOP
        PERFORM pg_catalog.set_config('search_path', {around}, true);
        EXECUTE 'SELECT pg_catalog.array_agg(place), pg_catalog.max(place) FROM (SELECT ctid FROM ONLY ' || part || {find}
          INTO places, place USING place;
        EXIT WHEN places IS NULL;
        PERFORM pg_catalog.set_config('lock_timeout', {PATIENCE}, true);
        BEGIN
          EXECUTE 'WITH filled AS (UPDATE ONLY ' || part || {fill}
            INTO done, still USING places;
          IF still > 0 THEN
            RAISE EXCEPTION 'rows that are filled match the condition of the backfill still';
          END IF;
          found := found + done;
        EXCEPTION WHEN lock_not_available OR deadlock_detected THEN
          found := found + 1;
        END;
        COMMIT;
      END LOOP;
    END LOOP;
    EXIT WHEN found = 0;
  END LOOP;
END",
        literal = sql::literal(&table),
        around = sql::literal(&around),
        find = sql::literal(&find),
        fill = sql::literal(&fill),
    );
    Draft::new(format!("DO {}", sql::dollar_quoted(&body))).lock_all(Lock::RowExclusive).scans().transaction(Transaction::Alone)
}
