//! An apply that is killed, or whose server is, before, in and after every step: running it again ends in step, and nothing is
//! lost.
//!
//! The whole table takes minutes, and so it runs only when asked for, as `.ci/run` does:
//! `cargo test --test all -- --ignored record:: --nocapture` prints it.

use std::path::{Path, PathBuf};

use serde_json::Value;

use crate::connections::servers::Postgres;
use crate::support::{Started, folder, rows_at, sql_at, trueup_in, wait_until};

/// What a crash meets.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Killed {
    Program,
    Server,
}

const BEFORE: &str = "enums:
  mood: [good]
tables:
  people:
    columns:
      id: integer not null
      name: text not null
      age: integer
      old: text
      mood: mood not null default 'good'
    primary_key: [id]
  orders:
    columns:
      id: integer not null
      person: integer
      total: numeric(10,2)
    primary_key: [id]
  gone:
    columns:
      id: integer
views:
  v_people:
    query: select id, name from people
";

const AFTER: &str = "enums:
  mood: [good, bad, mixed]
sequences:
  numbers: {}
tables:
  people:
    comment: Who buys
    columns:
      id: integer not null
      full_name: {definition: text not null, renamed_from: name}
      age: bigint
      mood: mood not null default 'mixed'
      email: text
      tags: text[] not null default '{}'
    primary_key: [id]
    checks:
      people_age_check: age >= 0
    indexes:
      people_name: (full_name)
      people_mood: (mood)
      people_email: unique (email)
  orders:
    row_security: enabled
    columns:
      id: integer not null
      person: integer
      total: numeric(12,2) not null default 0
      note: text
    primary_key: [id]
    foreign_keys:
      orders_person_fkey: (person) references people (id)
    indexes:
      orders_person: (person)
      orders_total: (total)
    policies:
      orders_all: {for: select, using: total > 0}
    triggers:
      orders_touch: before update for each row execute function touch()
  lines:
    columns:
      id: integer not null
      order_id: integer
    primary_key: [id]
    foreign_keys:
      lines_order_id_fkey: (order_id) references orders (id)
    indexes:
      lines_order: (order_id)
views:
  v_people:
    query: select id, full_name, mood from people
  v_orders:
    comment: Of everybody
    query: select o.id, p.full_name from orders o join people p on p.id = o.person
functions:
  touch():
    definition: returns trigger language plpgsql
    body: |
      begin
        return new;
      end
";

const ROWS: &str = "INSERT INTO people SELECT i, 'name ' || i, i % 90, 'old', 'good' FROM generate_series(1, 500) i; \
     INSERT INTO orders SELECT i, i % 500 + 1, i FROM generate_series(1, 900) i";

/// What must still be there afterwards.
const KEPT: &str = "SELECT (SELECT count(*) || ' ' || sum(id) || ' ' || sum(age) || ' ' || min(full_name) FROM public.people) || ' ' || \
     (SELECT count(*) || ' ' || sum(total) FROM public.orders)";
const KEPT_IS: &str = "500 125250 21300 name 1 900 405450.00";

struct Rig {
    postgres: Postgres,
    folder: PathBuf,
    plan: PathBuf,
    steps: Vec<Value>,
}

impl Rig {
    fn new(name: &str) -> Rig {
        let postgres = Postgres::start(&format!("crash-{name}"), "max_prepared_transactions = 2\n", "", &[]);
        let folder =
            folder(&format!("crash-{name}"), &[("before/a.yaml", BEFORE.as_bytes()), ("after/a.yaml", AFTER.as_bytes())]);
        let rig = Rig { postgres, plan: folder.join("plan.json"), folder, steps: Vec::new() };
        rig.postgres.sql("CREATE DATABASE origin");
        rig.trueup("origin", &["apply", "before", "--auto-approve"]).expect(0);
        sql_at(&rig.postgres.settings_of("origin"), ROWS);
        rig.planned()
    }

    /// Plans, and makes a step of its own of every index on a table that is there: CONCURRENTLY.
    fn planned(self) -> Rig {
        let plan = self.plan.display().to_string();
        self.trueup("origin", &["plan", "after", "--out", &plan]).expect(0);
        let mut plan: Value = serde_json::from_str(&read(&self.plan)).expect("a plan");
        let mut steps = plan["steps"].as_array().expect("steps").clone();
        let mut phases: Vec<Value> = Vec::new();
        let mut before = (0, false);
        for step in &mut steps {
            let sql = step["sql"].as_str().expect("a statement").to_string();
            let concurrently = sql.contains("CONCURRENTLY");
            let built = ["CREATE INDEX ", "CREATE UNIQUE INDEX "].iter().find(|w| sql.starts_with(**w) && !sql.contains("lines"));
            if let Some(words) = built.filter(|_| !concurrently) {
                step["sql"] = sql.replacen(words, &format!("{words}CONCURRENTLY "), 1).into();
            }
            let alone = concurrently || built.is_some();
            let same = !alone && !before.1 && before.0 == step["phase"].as_u64().unwrap_or_default();
            before = (step["phase"].as_u64().unwrap_or_default(), alone);
            match phases.last_mut().filter(|_| same) {
                Some(phase) => phase["steps"][1] = step["number"].clone(),
                None => {
                    let n = step["number"].clone();
                    phases.push(serde_json::json!({"number": phases.len() + 1, "transaction": !alone, "steps": [n, n]}));
                }
            }
            step["phase"] = phases.len().into();
        }
        plan["steps"] = steps.clone().into();
        plan["phases"] = phases.into();
        std::fs::write(&self.plan, plan.to_string()).expect("a plan");
        Rig { steps, ..self }
    }

    fn url(&self, database: &str) -> String {
        self.postgres.url(database)
    }

    fn trueup(&self, database: &str, arguments: &[&str]) -> crate::support::Run {
        trueup_in(&self.folder, &[arguments, &["--db", &self.url(database)]].concat(), &[])
    }

    fn rows(&self, database: &str, sql: &str) -> Vec<String> {
        rows_at(&self.postgres.settings_of(database), sql)
    }

    /// Whether a step is none that can run in a transaction.
    fn is_alone(&self, step: usize) -> bool {
        self.steps[step - 1]["sql"].as_str().is_some_and(|s| s.contains("CONCURRENTLY"))
    }

    /// Kills at one place; gives what the record says of it then, and how it went on.
    fn crash(&mut self, step: usize, moment: &str, killed: Killed, record: bool) -> String {
        let database = format!("crash_{step}_{moment}");
        self.postgres.sql(&format!("CREATE DATABASE {database} TEMPLATE origin"));
        let stopped = self.folder.join("stopped");
        let _ = std::fs::remove_file(&stopped);
        // A plan is for one database, and this one is its twin.
        let plan = self.folder.join(format!("{database}.json"));
        let mut twin: Value = serde_json::from_str(&read(&self.plan)).expect("JSON");
        twin["database"] = database.as_str().into();
        twin.as_object_mut().and_then(|plan| plan.remove("made_from")).expect("what tells the two apart");
        std::fs::write(&plan, twin.to_string()).expect("a plan");
        let (url, plan) = (self.url(&database), plan.display().to_string());
        let mut arguments = vec!["apply", "after", "--plan", &plan, "--auto-approve", "--allow", "all", "--db", &url];
        if !record {
            arguments.push("--no-record");
        }
        // A statement that cannot run in a transaction waits for somebody who has one open.
        let held_up = moment == "in" && self.is_alone(step);
        let place = format!("step:{step}:{}", if held_up { "before" } else { moment });
        let variables = [("TRUEUP_STOPPED", stopped.to_str().expect("a path")), ("TRUEUP_STOP_AT", &place)];
        let mut run = Started::new(&self.folder, &arguments, &variables);
        wait_until(&format!("{place} is reached"), || stopped.exists() || run.child.try_wait().is_ok_and(|e| e.is_some()));
        if !stopped.exists() {
            panic!("{place} was not reached\n{}", run.end().shown());
        }
        if held_up {
            let table = self.steps[step - 1]["locks"][0]["table"].as_str().expect("a table");
            let lock = format!("BEGIN; LOCK TABLE {table} IN ROW EXCLUSIVE MODE; PREPARE TRANSACTION 'writer'");
            sql_at(&self.postgres.settings_of(&database), &lock);
            std::fs::remove_file(&stopped).expect("it goes on");
            let waits = "SELECT 1 FROM pg_stat_activity WHERE query ~ 'CONCURRENTLY' AND wait_event_type = 'Lock'";
            wait_until("the statement waits", || !self.rows(&database, waits).is_empty());
        }
        if killed == Killed::Server {
            self.postgres.crash();
        }
        run.child.kill().expect("the program is killed");
        let _ = run.end();
        if held_up {
            sql_at(&self.postgres.settings_of(&database), "ROLLBACK PREPARED 'writer'");
        }
        self.goes_on(&database, record)
    }

    /// Runs it again, and sees that it ends in step and has lost nothing.
    fn goes_on(&self, database: &str, record: bool) -> String {
        let said = if record && !self.rows(database, "SELECT 1 FROM pg_namespace WHERE nspname = 'trueup'").is_empty() {
            let history = self.trueup(database, &["history", "--report", "json"]).expect(0);
            let history: Value = serde_json::from_str(&history).expect("a history");
            format!("{} after {}", history[0]["state"].as_str().unwrap_or("nothing"), history[0]["phases"])
        } else {
            "nothing".to_string()
        };
        let mut arguments = vec!["apply", "after", "--auto-approve", "--allow", "all"];
        if !record {
            arguments.push("--no-record");
        }
        let again = self.trueup(database, &arguments).expect(0);
        let said_last = |l: &&str| l.starts_with("applied ") || l.starts_with("no changes");
        let last = again.lines().find(said_last).unwrap_or(&again).to_string();
        self.trueup(database, &["drift", "after"]).expect(0);
        assert_eq!(self.rows(database, KEPT), [KEPT_IS]);
        let invalid = self.rows(database, "SELECT indexrelid::regclass FROM pg_index WHERE NOT indisvalid");
        assert!(invalid.is_empty(), "{invalid:?}");
        self.postgres.sql(&format!("DROP DATABASE {database} WITH (FORCE)"));
        format!("{said:<24} {last}")
    }
}

impl Rig {
    /// The table over all points.
    fn all(mut self, killed: Killed, steps: &[usize]) {
        println!("{killed:?} killed, a plan of {} steps", self.steps.len());
        println!("step  moment  {:<60} {:<24} and then", "", "the record says");
        for &step in steps {
            let what = format!("{} {}", self.steps[step - 1]["verb"], self.steps[step - 1]["object"]).replace('"', "");
            for moment in ["before", "in", "after"] {
                let out = self.crash(step, moment, killed, step % 2 == 0 || killed == Killed::Program);
                println!("{step:>4}  {moment:<6}  {what:<60.60} {out}");
            }
        }
    }

    fn every(&self) -> Vec<usize> {
        (1..=self.steps.len()).collect()
    }
}

/// A few of the places, in every run: the first step, one that is its own phase, the last.
#[test]
fn killed_here_and_there() {
    let rig = Rig::new("some");
    assert!(rig.steps.len() >= 30, "{} steps", rig.steps.len());
    let alone = (1..=rig.steps.len()).find(|n| rig.is_alone(*n)).expect("a step that cannot run in a transaction");
    let places = [1, alone, rig.steps.len()];
    rig.all(Killed::Program, &places);
}

#[test]
#[ignore = "takes minutes"]
fn the_program_is_killed_everywhere() {
    let rig = Rig::new("program");
    let every = rig.every();
    rig.all(Killed::Program, &every);
}

#[test]
#[ignore = "takes minutes"]
fn the_server_is_killed_everywhere() {
    let rig = Rig::new("server");
    let every = rig.every();
    rig.all(Killed::Server, &every);
}

fn read(file: &Path) -> String {
    std::fs::read_to_string(file).unwrap_or_else(|e| panic!("{}: {e}", file.display()))
}
