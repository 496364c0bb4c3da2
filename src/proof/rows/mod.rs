//! Rows for the tables that a plan touches, and whether they are still there afterwards.
//!
//! The rows are made up: a few for each table, of values that fit types, checks, partitions and keys. Triggers and foreign keys
//! are off meanwhile; what refers to each other fits because the same type has the same values everywhere. A table for
//! which nothing fits after a number of tries stays empty and is named.

mod values;

use std::collections::{BTreeMap, BTreeSet};

use tokio_postgres::error::SqlState;

use super::Claim;
use crate::catalog::Id;
use crate::diagnostic::Result;
use crate::kinds;
use crate::pg::Client;
use crate::plan::rename::Rename;
use crate::plan::step::Hazard;
use crate::plan::{Plan, Verb};
use crate::shadow::rebuild::refused;
use crate::sql;
use values::Column;

/// Stands for every table where one is to be left without rows.
pub(super) const ALL: &str = "*";

/// How many rows a table gets, and how many tables get some.
const ROWS: usize = 3;
const TABLES: usize = 200;

/// How many sets of values are tried for a table.
const TRIES: usize = 60;

/// The relations that a plan may touch, as statements name them: those of changed objects, of what depends on these, and what a
/// new object refers to.
fn touched(claim: &Claim<'_>) -> Vec<String> {
    let dependents = claim.live.dependents();
    let mut open: Vec<Id> = claim.plan.steps.iter().filter_map(|s| kinds::object_named(&s.object)).collect();
    open.extend(claim.renames.iter().flat_map(|r| [r.from.clone(), r.to.clone()]));
    let mut seen: BTreeSet<Id> = open.iter().cloned().collect();
    let mut out = BTreeSet::new();
    for id in &open {
        out.extend(claim.desired.get(id).into_iter().flat_map(|o| &o.needs).filter_map(relation));
    }
    while let Some(id) = open.pop() {
        out.extend(relation(&id));
        if kinds::of(&id).contains_objects() {
            continue;
        }
        for dependent in dependents.get(&id).into_iter().flatten() {
            if seen.insert((*dependent).clone()) {
                open.push((*dependent).clone());
            }
        }
    }
    out.into_iter().collect()
}

/// The relation that an object is, or belongs to, as far as its id can be one's.
fn relation(id: &Id) -> Option<String> {
    id.schema.as_ref().filter(|_| id.args.is_none()).map(|_| if id.parent.is_some() { id.parent_path() } else { id.own_path() })
}

/// One table with its rows.
#[derive(Debug, Default)]
struct Table {
    name: String,
    columns: Vec<Column>,
    /// Whether rows come to it through another one.
    part: bool,
    /// The tables that it inherits from, or is a partition of.
    parents: Vec<String>,
    /// What its columns hold: the type, and a digest of all values.
    held: BTreeMap<String, (String, Digest)>,
    rows: i64,
    why_not: Option<String>,
}

/// How many values a column has that are not NULL, and all of them in one number.
type Digest = (i64, Option<String>);

/// Tables with rows.
#[derive(Debug, Default)]
pub(super) struct Seeds {
    tables: BTreeMap<u32, Table>,
}

/// What is left of the rows.
#[derive(Debug, Default)]
pub(super) struct Kept {
    /// How many tables have all that no step says that it loses.
    pub tables: usize,
    /// What is lost without a word.
    pub lost: Vec<String>,
}

impl Seeds {
    /// Makes rows in the tables that the plan may touch, but for those in `without`.
    ///
    /// # Errors
    /// What the server refuses of trueup's own questions.
    pub async fn sow(client: &Client, claim: &Claim<'_>, without: &BTreeSet<String>) -> Result<Seeds> {
        let mut seeds = Seeds { tables: describe(client, &touched(claim)).await? };
        let altered = claim.plan.steps.iter().filter(|s| s.verb == Verb::Alter.name());
        let moving: BTreeSet<String> = altered
            .filter_map(|s| kinds::object_named(&s.object))
            .filter(|id| kinds::of(id).moves_between_types())
            .map(|id| id.name.to_string())
            .collect();
        for column in seeds.tables.values_mut().flat_map(|t| &mut t.columns) {
            column.moves = moving.contains(&column.name);
        }
        if seeds.tables.is_empty() {
            return Ok(seeds);
        }
        // Triggers and foreign keys do not fire then.
        client.batch_execute("SET session_replication_role = replica; SET search_path = ''").await.map_err(|e| refused(&e))?;
        // A partition gets its rows through what it is a part of.
        let without = above(&seeds.tables, without);
        let mut filled = 0;
        for table in seeds.tables.values_mut() {
            if without.contains(&table.name) || without.contains(ALL) {
                table.why_not = Some("no rows fit what the plan adds".into());
            } else if filled == TABLES {
                table.why_not = Some("there are too many tables".into());
            } else if !table.part {
                table.why_not = fill(client, table).await?;
                filled += 1;
            }
        }
        client.batch_execute("RESET session_replication_role").await.map_err(|e| refused(&e))?;
        for table in seeds.tables.values_mut() {
            let (rows, digests) = look(client, &table.name, &columns_of(table)).await?;
            table.rows = rows;
            let typed = |c: &Column| Some((c.name.clone(), (c.type_name.clone(), digests.get(&c.name)?.clone())));
            // What is computed is nobody's to lose.
            table.held = table.columns.iter().filter(|c| !c.generated).filter_map(typed).collect();
        }
        Ok(seeds)
    }

    /// All of them, also those without rows.
    pub fn tables(&self) -> impl Iterator<Item = (u32, &str)> {
        self.tables.iter().map(|(oid, t)| (*oid, t.name.as_str()))
    }

    /// Whether this table has rows.
    pub fn has_rows_in(&self, name: &str) -> bool {
        self.tables.values().any(|t| t.name == name && t.rows > 0)
    }

    /// Some table with rows.
    pub fn any(&self) -> Option<&str> {
        self.tables.values().find(|t| t.rows > 0).map(|t| t.name.as_str())
    }

    /// The tables that have none, with the reason.
    pub fn without(&self) -> Vec<String> {
        self.tables.values().filter_map(|t| Some(format!("{}: {}", t.name, t.why_not.as_ref()?))).collect()
    }

    /// Compares the rows with what is there now.
    ///
    /// # Errors
    /// What the server refuses of trueup's own questions.
    pub async fn compare(&self, client: &Client, renames: &[Rename], claims: &Claims) -> Result<Kept> {
        let mut kept = Kept::default();
        let names: Vec<String> = self.tables.values().map(|t| renamed(&t.name, renames)).collect();
        let now = describe(client, &names).await?;
        for (table, name) in self.tables.values().zip(&names).filter(|(t, _)| t.rows > 0) {
            let Some(there) = now.values().find(|t| t.name == *name) else {
                // Rows of a partition that goes may be in another one: what both were a part of has them, or lacks them.
                let above = above(&self.tables, &BTreeSet::from([table.name.clone()]));
                let whole = |n: &Table| n.name != *name && above.iter().any(|a| renamed(a, renames) == n.name);
                let counted_there = table.part && now.values().any(whole);
                if !counted_there && !claims.of_table(&table.name) {
                    kept.lost.push(format!("{} and its rows are gone, and no step says so", table.name));
                }
                continue;
            };
            // Rows of a partition may move to another: they are counted in what both are a part of.
            let parents = table.parents.iter().map(|p| renamed(p, renames));
            if table.part && parents.into_iter().any(|p| there.parents.contains(&p)) {
                kept.tables += 1;
                continue;
            }
            let lost = compare(client, table, there, self.left(table, &now, renames), renames, claims).await?;
            if lost.is_empty() && !claims.of_table(&table.name) {
                kept.tables += 1;
            }
            kept.lost.extend(lost);
        }
        Ok(kept)
    }

    /// How many rows a table had through partitions or children that are there still, and no longer its.
    fn left(&self, table: &Table, now: &BTreeMap<u32, Table>, renames: &[Rename]) -> i64 {
        if !self.tables.values().any(|t| t.parents.contains(&table.name)) {
            return 0;
        }
        let one = |name: &String| BTreeSet::from([name.clone()]);
        let under = |tables, name: &String, whole: &String| name != whole && above(tables, &one(name)).contains(whole);
        let whole = renamed(&table.name, renames);
        let gone: Vec<(&Table, String)> = self
            .tables
            .values()
            .filter(|t| under(&self.tables, &t.name, &table.name))
            .map(|t| (t, renamed(&t.name, renames)))
            .filter(|(_, name)| now.values().any(|n| n.name == *name) && !under(now, name, &whole))
            .collect();
        // One that still goes with another counts there.
        let alone = |name: &String| !gone.iter().any(|(_, other)| under(now, name, other));
        gone.iter().filter(|(_, name)| alone(name)).map(|(t, _)| t.rows).sum()
    }
}

/// These tables, and all above them.
fn above(tables: &BTreeMap<u32, Table>, named: &BTreeSet<String>) -> BTreeSet<String> {
    let mut out = named.clone();
    let mut open: Vec<String> = named.iter().cloned().collect();
    while let Some(name) = open.pop() {
        let parents = tables.values().filter(|t| t.name == name).flat_map(|t| &t.parents);
        open.extend(parents.filter(|p| out.insert((*p).clone())).cloned());
    }
    out
}

/// What one table has lost without a word, but for as many rows as have `left` it with partitions or children.
async fn compare(
    client: &Client,
    table: &Table,
    there: &Table,
    left: i64,
    renames: &[Rename],
    claims: &Claims,
) -> Result<Vec<String>> {
    let mut lost = Vec::new();
    // The former type shows whether a value is the same, however it is printed now.
    let mut columns = Vec::new();
    for (column, (type_name, _)) in &table.held {
        let now = column_renamed(&table.name, column, renames);
        match there.columns.iter().find(|c| c.name == now) {
            Some(found) if found.generated => {}
            // A row's text has its parts in it, which may be others now.
            Some(found) if found.sort == "c" => {}
            Some(found) if found.type_name == *type_name => columns.push((column.clone(), now, None)),
            Some(_) => columns.push((column.clone(), now, Some(type_name.clone()))),
            None if !claims.of_column(&table.name, column) => {
                lost.push(format!("column {column} of {} is gone with its values, and no step says so", table.name));
            }
            None => {}
        }
    }
    let asked: Vec<(String, Option<String>)> = columns.iter().map(|(_, now, was)| (now.clone(), was.clone())).collect();
    let (rows, held) = look(client, &there.name, &asked).await?;
    if rows < table.rows - left && !claims.of_table(&table.name) {
        lost.push(format!("{} had {} rows and has {rows}, and no step says so", table.name, table.rows));
        return Ok(lost);
    }
    for (column, now, other_type) in columns.into_iter().filter(|_| left == 0) {
        let (Some((_, was)), Some(is)) = (table.held.get(&column), held.get(&now)) else { continue };
        // With another type there may be no way to compare but to count.
        let same = if other_type.is_some() && is.1.is_none() { was.0 <= is.0 } else { was == is };
        let more = was.1.is_some() && was.0 < is.0;
        if !same && !more && !claims.of_column(&table.name, &column) {
            lost.push(format!("the values of {}.{column} are not what they were, and no step says so", table.name));
        }
    }
    Ok(lost)
}

/// A table's name after renames.
fn renamed(name: &str, renames: &[Rename]) -> String {
    let rename = renames.iter().find(|r| r.from.parent.is_none() && r.from.schema.is_some() && r.from.own_path() == name);
    rename.map_or_else(|| name.to_string(), |r| r.to.own_path())
}

/// A column's name after renames; those of columns name the table as it is called then.
fn column_renamed(table: &str, column: &str, renames: &[Rename]) -> String {
    let now = renamed(table, renames);
    let of_column = |r: &&Rename| r.from.parent.is_some() && kinds::of(&r.from).moves_between_types();
    let rename = renames.iter().filter(of_column).find(|r| r.from.parent_path() == now && *r.from.name == *column);
    rename.map_or_else(|| column.to_string(), |r| r.to.name.to_string())
}

/// The tables with these names and their columns.
async fn describe(client: &Client, named: &[String]) -> Result<BTreeMap<u32, Table>> {
    let rows = client.query(include_str!("tables.sql"), &[&named]).await.map_err(|e| refused(&e))?;
    let mut out: BTreeMap<u32, Table> = BTreeMap::new();
    for row in rows {
        let texts = |i: usize| row.get::<_, Option<Vec<String>>>(i).unwrap_or_default();
        let named = || Table { name: row.get(1), part: row.get(3), parents: texts(18), ..Table::default() };
        let table = out.entry(row.get(0)).or_insert_with(named);
        let Some(name) = row.get::<_, Option<String>>(5) else { continue };
        table.columns.push(Column {
            name,
            type_name: row.get(6),
            base: row.get::<_, Option<String>>(7).unwrap_or_default(),
            sort: row.get::<_, Option<String>>(8).unwrap_or_default(),
            category: row.get::<_, Option<String>>(9).unwrap_or_default(),
            modifier: row.get::<_, Option<i32>>(10).unwrap_or(-1),
            moves: false,
            not_null: row.get(11),
            generated: row.get(12),
            array: row.get::<_, Option<bool>>(13).unwrap_or_default(),
            labels: texts(14),
            checks: texts(15).into_iter().chain(texts(16)).collect(),
            bounds: texts(17),
        });
    }
    Ok(out)
}

fn columns_of(table: &Table) -> Vec<(String, Option<String>)> {
    table.columns.iter().map(|c| (c.name.clone(), None)).collect()
}

/// Puts rows into a table; the reason when none will stay.
async fn fill(client: &Client, table: &Table) -> Result<Option<String>> {
    let columns: Vec<&Column> = table.columns.iter().filter(|c| !c.generated).collect();
    let mut chosen: Vec<String> = columns.iter().map(|c| c.plain()).collect();
    let mut rows = ROWS;
    let mut wheels: BTreeMap<String, Wheel> = BTreeMap::new();
    let mut why = String::new();
    for _ in 0..TRIES {
        let names = sql::ident_list(columns.iter().map(|c| c.name.as_str()));
        let insert = match columns.is_empty() {
            true => format!("INSERT INTO {} SELECT FROM pg_catalog.generate_series(1, {rows}) i", table.name),
            false => format!(
                "INSERT INTO {} ({names}) OVERRIDING SYSTEM VALUE SELECT {} FROM pg_catalog.generate_series(1, {rows}) i",
                table.name,
                chosen.join(", ")
            ),
        };
        let Err(error) = client.batch_execute(&insert).await else { return Ok(None) };
        let Some(said) = error.as_db_error() else { return Err(refused(&error).into()) };
        why = said.message().to_string();
        let code = said.code();
        if (code == &SqlState::UNIQUE_VIOLATION || code == &SqlState::EXCLUSION_VIOLATION) && rows > 1 {
            rows = 1;
            continue;
        }
        if code == &SqlState::CHECK_VIOLATION {
            let constraint = said.constraint().unwrap_or_default().to_string();
            let wheel = wheels.entry(constraint.clone()).or_insert_with(|| Wheel::of(&columns, &constraint));
            if wheel.turn(&mut chosen) {
                continue;
            }
            break;
        }
        // A type of somebody else's that takes no such text.
        let odd = |c: &Column| c.base.is_empty() && c.sort != "e" && !c.not_null;
        let mut changed = false;
        for (_, value) in columns.iter().zip(&mut chosen).filter(|(c, v)| odd(c) && *v != "NULL") {
            *value = "NULL".into();
            changed = true;
        }
        if !changed {
            break;
        }
    }
    Ok(Some(why))
}

/// The values that the columns of one constraint may take, and which are next.
struct Wheel {
    /// The columns, by place, with their values.
    columns: Vec<(usize, Vec<String>)>,
    at: usize,
}

impl Wheel {
    fn of(columns: &[&Column], constraint: &str) -> Wheel {
        let prefix = format!("{constraint} ");
        let candidates = |(i, column): (usize, &&Column)| {
            let conditions: Vec<&str> = match constraint.is_empty() {
                true => column.bounds.iter().map(String::as_str).collect(),
                false => column.checks.iter().filter_map(|c| c.strip_prefix(&prefix)).collect(),
            };
            let mut values = vec![column.plain()];
            for condition in &conditions {
                values.extend(column.others(condition));
            }
            (!conditions.is_empty()).then_some((i, values))
        };
        Wheel { columns: columns.iter().enumerate().filter_map(candidates).collect(), at: 0 }
    }

    /// Takes the next values; whether there were any.
    fn turn(&mut self, chosen: &mut [String]) -> bool {
        self.at += 1;
        let mut rest = self.at;
        for (i, values) in &self.columns {
            chosen[*i].clone_from(&values[rest % values.len()]);
            rest /= values.len();
        }
        rest == 0 && !self.columns.is_empty()
    }
}

/// Counts the rows, and the values of columns, each as its own type or as the other one that is named.
async fn look(client: &Client, table: &str, columns: &[(String, Option<String>)]) -> Result<(i64, BTreeMap<String, Digest>)> {
    let one = |(name, other): &(String, Option<String>), by_text: bool| {
        let column = sql::ident(name);
        let value = match (other, by_text) {
            (None, _) => format!("{column}::text"),
            (Some(other), true) => format!("({column}::{other})::text"),
            (Some(_), false) => "NULL::text".into(),
        };
        // The order of rows means nothing.
        format!("pg_catalog.count({column}), pg_catalog.md5(pg_catalog.string_agg({value}, ',' ORDER BY {value}))")
    };
    for by_text in [true, false] {
        let mut list = vec!["pg_catalog.count(*)".to_string()];
        list.extend(columns.iter().map(|c| one(c, by_text)));
        let query = format!("SELECT {} FROM {table}", list.join(", "));
        let row = match client.query_one(&query, &[]).await {
            Ok(row) => row,
            Err(_) if by_text && columns.iter().any(|(_, other)| other.is_some()) => continue,
            Err(error) => return Err(refused(&error).into()),
        };
        let mut held = BTreeMap::new();
        for (i, (name, _)) in columns.iter().enumerate() {
            held.insert(name.clone(), (row.get(1 + 2 * i), row.get(2 + 2 * i)));
        }
        return Ok((row.get(0), held));
    }
    Ok((0, BTreeMap::new()))
}

/// What steps say that they lose.
#[derive(Debug, Default)]
pub(super) struct Claims {
    paths: BTreeSet<String>,
}

impl Claims {
    /// The claims of a plan.
    pub fn of(plan: &Plan) -> Claims {
        let loses = plan.steps.iter().filter(|s| s.hazards.contains(&Hazard::DataLoss));
        let fills = plan.steps.iter().filter(|s| s.verb == Verb::Backfill.name());
        let filled = fills.flat_map(|s| s.with.iter().chain([&s.object]));
        let objects = loses.map(|s| &s.object).chain(filled);
        let paths = objects.filter_map(|o| Some(o.split_once(' ')?.1.to_string())).collect();
        Claims { paths }
    }

    /// Whether some step loses rows of a table as a whole.
    fn of_table(&self, table: &str) -> bool {
        self.paths.contains(table)
    }

    /// Whether some step loses values of a column.
    fn of_column(&self, table: &str, column: &str) -> bool {
        self.of_table(table) || self.paths.contains(&format!("{table}.{}", sql::ident(column)))
    }
}
