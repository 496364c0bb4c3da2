//! What steps say of their locks, against what the server says: every case's plan runs statement by statement, and after each
//! of them `pg_locks` tells what it holds, `relfilenode` what it has written anew and the statistics of the transaction what it
//! has read from end to end.

use std::collections::BTreeMap;
use trueup::pg::{Client, connect};
use trueup::plan::step::{Held, Lock, Work};
use trueup::plan::{Plan, Step};

use crate::support::{Database, server, settings};

/// All relations that clients read or write: oid, name, file, scans in this transaction, strongest lock of this backend. Whoever
/// locks an index that is there against everybody locks out all statements on its table: they cannot be planned without it.
const RELATIONS: &str = "SELECT c.oid, quote_ident(n.nspname) || '.' || quote_ident(c.relname), c.relkind, \
       CASE WHEN c.relkind IN ('r', 'm') THEN c.relfilenode ELSE 0 END, pg_stat_get_xact_numscans(c.oid), \
       (SELECT string_agg(l.mode, ' ') FROM pg_locks l WHERE l.pid = pg_backend_pid() \
          AND l.database = (SELECT oid FROM pg_database WHERE datname = current_database()) \
          AND (l.relation = c.oid OR l.mode = 'AccessExclusiveLock' \
               AND l.relation IN (SELECT indexrelid FROM pg_index WHERE indrelid = c.oid AND c.relkind <> 'p' \
                   AND xmin IS DISTINCT FROM pg_current_xact_id_if_assigned()::text::xid))) \
  FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace \
 WHERE c.relkind IN ('r', 'p', 'm', 'v', 'f') AND n.nspname !~ '^(pg_|information_schema$)'";

struct Relation {
    name: String,
    kind: String,
    file: String,
    scans: u64,
    lock: Option<Lock>,
}

async fn relations(client: &Client) -> BTreeMap<String, Relation> {
    let messages = client.simple_query(RELATIONS).await.unwrap_or_else(|e| panic!("{:?}", e.as_db_error()));
    let mut out = BTreeMap::new();
    for message in messages {
        let tokio_postgres::SimpleQueryMessage::Row(row) = message else { continue };
        let text = |i| row.get(i).unwrap_or_default().to_string();
        let lock = text(5).split(' ').filter_map(mode).max().filter(|l| *l > Lock::AccessShare);
        let scans = text(4).parse().unwrap_or(0);
        out.insert(text(0), Relation { name: text(1), kind: text(2), file: text(3), scans, lock });
    }
    out
}

fn mode(word: &str) -> Option<Lock> {
    Some(match word {
        "AccessShareLock" => Lock::AccessShare,
        "RowShareLock" => Lock::RowShare,
        "RowExclusiveLock" => Lock::RowExclusive,
        "ShareUpdateExclusiveLock" => Lock::ShareUpdateExclusive,
        "ShareLock" => Lock::Share,
        "ShareRowExclusiveLock" => Lock::ShareRowExclusive,
        "ExclusiveLock" => Lock::Exclusive,
        "AccessExclusiveLock" => Lock::AccessExclusive,
        _ => return None,
    })
}

/// What the steps of a plan say wrong of their locks.
async fn wrong(client: &Client, plan: &Plan) -> Vec<String> {
    let mut out = Vec::new();
    let there = relations(client).await;
    let run = async |sql: &str| {
        client.batch_execute(sql).await.unwrap_or_else(|e| panic!("{:?}\nin: {sql}", e.as_db_error()));
    };
    let settings = "SET check_function_bodies = off; SET search_path = ''; SET row_security = off";
    run(settings).await;
    for phase in &plan.phases {
        for step in &plan.steps[phase.steps.0 - 1..phase.steps.1] {
            if !phase.transaction {
                run(&step.sql).await;
                continue;
            }
            run("BEGIN").await;
            let before = relations(client).await;
            run(&step.sql).await;
            let after = relations(client).await;
            // A relation that is dropped is no longer in pg_class and still locked.
            for (oid, relation) in before.iter().filter(|(oid, _)| there.contains_key(*oid)) {
                let said = step.locks.iter().find(|h| h.table == relation.name);
                let (lock, scans, file) = match after.get(oid) {
                    Some(r) => (r.lock, r.scans > relation.scans, r.file.clone()),
                    None => (held(client, oid).await, false, relation.file.clone()),
                };
                let mut complain = |what: String| out.push(format!("{what} on {}: {}", relation.name, step.sql));
                if said.map(|h| h.lock) != lock && !spared(step, said, lock) {
                    let name = |l: Option<Lock>| l.map_or("none", Lock::name);
                    complain(format!("said {}, is {}", name(said.map(|h| h.lock)), name(lock)));
                }
                let work = said.map_or(Work::None, |h| h.work);
                let is = if file != relation.file {
                    Work::Rewrite
                } else if scans {
                    Work::Scan
                } else {
                    Work::None
                };
                // Under ACCESS SHARE nobody is kept waiting.
                if work != is
                    && lock.is_some()
                    && !step.sql.starts_with("LOCK ")
                    && !guessed(step)
                    && !(is == Work::None && looked_up(step, &relation.name))
                    && relation.kind != "p"
                    && relation.kind != "v"
                    && relation.kind != "f"
                {
                    complain(format!("said work {work:?}, is {is:?}"));
                }
            }
            for held in step.locks.iter().filter(|h| !before.values().any(|r| r.name == h.table)) {
                out.push(format!("said {} on {}, which is not there: {}", held.lock.name(), held.table, step.sql));
            }
            run("COMMIT").await;
        }
    }
    out
}

/// The rows decide which partitions an INSERT locks; the statements of a rule lock their tables as they would themselves, which
/// keeps no reader or writer waiting.
fn spared(step: &Step, said: Option<&Held>, is: Option<Lock>) -> bool {
    let weak = is.is_none_or(|l| l == Lock::RowExclusive) && said.is_none_or(|h| h.lock == Lock::RowExclusive);
    weak && (step.sql.starts_with("INSERT INTO ") || step.sql.starts_with("CREATE RULE "))
}

/// What somebody else's function does is not known: it may give each row another value.
fn guessed(step: &Step) -> bool {
    step.sql.contains(" ADD COLUMN ") && step.sql.contains(" DEFAULT ")
}

/// Whether the rows of a table may be looked up by their key instead: the server plans how it checks a foreign key.
fn looked_up(step: &Step, table: &str) -> bool {
    step.sql.contains(" FOREIGN KEY ") && step.sql.contains(&format!(" REFERENCES {table}("))
}

async fn held(client: &Client, oid: &str) -> Option<Lock> {
    let query = format!("SELECT string_agg(mode, ' ') FROM pg_locks WHERE relation = {oid} AND pid = pg_backend_pid()");
    let messages = client.simple_query(&query).await.expect("pg_locks can be read");
    let row = messages.iter().find_map(|m| match m {
        tokio_postgres::SimpleQueryMessage::Row(row) => row.get(0).map(str::to_string),
        _ => None,
    })?;
    row.split(' ').filter_map(mode).max().filter(|l| *l > Lock::AccessShare)
}

/// What the steps of a plan say wrong of their locks. They run in a copy of the database that they were made for, which must have
/// no other sessions.
pub fn said_wrong(database: &Database, role: &str, plan: &str) -> Vec<String> {
    let mut plan: Plan = serde_json::from_str(plan).expect("a plan");
    // What belongs to the whole server is not copied.
    let kind = |object: &str| object.split(' ').next().and_then(trueup::kinds::find);
    if plan.steps.iter().any(|s| s.object.starts_with("subscription ") || kind(&s.object).is_none_or(|k| k.as_written())) {
        return Vec::new();
    }
    let copy = database.copy();
    for step in &mut plan.steps {
        step.sql = step.sql.replace(&format!("DATABASE {} ", database.name), &format!("DATABASE {} ", copy.name));
    }
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().expect("a runtime");
    runtime.block_on(async {
        let client = connect(&settings(server(), role, &copy.name)).await.expect("a connection");
        wrong(&client, &plan).await
    })
}
