//! Tables in use: what is refused on large ones, how it is done then, and how an apply waits for locks.

use crate::support::{Database, Run, folder, trueup_in, wait_until};

const TABLE: &str = "CREATE TABLE runs (id integer NOT NULL, cost integer); INSERT INTO runs SELECT i, i FROM generate_series(1, 200) i; ANALYZE runs";

const MODEL: &[u8] = b"schema: public\ntables:\n  runs:\n    columns: {id: integer not null, cost: integer}\n    checks: {runs_cost_check: cost > 0}\n";

fn project(name: &str, project: &[u8], model: &[u8]) -> impl Fn(&Database, &str, &[&str]) -> Run + use<> {
    let path = folder(name, &[("trueup.yaml", project), ("model.yaml", model)]);
    move |live: &Database, command: &str, more: &[&str]| {
        let url = live.url();
        trueup_in(&path, &[&[command, "model.yaml", "--db", &url, "--prove", "never"], more].concat(), &[])
    }
}

#[test]
fn what_blocks_a_large_table_is_refused_or_done_online() {
    let live = Database::new();
    live.sql(TABLE);
    let run = project("online_large", b"online: {rows: 100}\n", MODEL);
    let plan = run(&live, "plan", &["--sql"]).expect(0);
    assert!(plan.contains("NOT VALID") && plan.contains("VALIDATE"), "{plan}");
    let plan = run(&live, "plan", &["--report", "json"]).expect(0);
    let plan: serde_json::Value = serde_json::from_str(&plan).expect("JSON");
    assert_eq!(plan["steps"][0]["locks"][0]["table"], "public.runs");
    assert_eq!(plan["steps"][0]["locks"][0]["size"]["rows"], 200);
    assert_eq!(plan["phases"].as_array().map(Vec::len), Some(2));
    let refused = run(&live, "apply", &["--online", "never", "--auto-approve"]);
    assert!(refused.stderr.contains("--allow blocks_reads,blocks_writes"), "{}", refused.shown());
    assert!(refused.stdout.contains("public.runs has 200 rows"), "{}", refused.shown());
    refused.expect(3);
    run(&live, "apply", &["--auto-approve"]).expect(0);
}

#[test]
fn on_a_small_table_it_is_told() {
    let live = Database::new();
    live.sql(TABLE);
    let run = project("online_small", b"", MODEL);
    let shown = run(&live, "plan", &[]).expect(0);
    assert!(shown.contains("blocks_reads"), "{shown}");
    run(&live, "apply", &["--auto-approve"]).expect(0);
}

#[test]
fn what_must_not_be_destroyed_is_not_whatever_is_allowed() {
    let live = Database::new();
    live.sql(TABLE);
    let model = b"schema: public\ntables:\n  runs:\n    prevent_destroy: true\n    columns: {id: integer not null}\n";
    let run = project("prevent_destroy", b"", model);
    let refused = run(&live, "apply", &["--auto-approve", "--allow", "all"]);
    assert!(refused.stderr.contains("table public.runs must not be destroyed"), "{}", refused.shown());
    refused.expect(3);
}

#[test]
fn a_phase_gives_way_and_is_tried_again() {
    let live = Database::new();
    live.sql(TABLE);
    let run = project("lock_retry", b"locks: {timeout: 200ms, tries: 20, pause: 200ms}\n", MODEL);
    std::thread::scope(|scope| {
        let waits = "SELECT pid FROM pg_locks WHERE relation = 'runs'::regclass AND NOT granted";
        scope.spawn(|| {
            live.while_running("SET application_name = 'nightly'; BEGIN; LOCK TABLE runs IN ACCESS SHARE MODE", || {
                wait_until("the apply waits for the table", || !live.rows(waits).is_empty());
                wait_until("it has given way", || live.rows(waits).is_empty());
                wait_until("it tries again", || !live.rows(waits).is_empty());
            });
        });
        let holds = "SELECT pid FROM pg_locks JOIN pg_stat_activity USING (pid) WHERE relation = 'runs'::regclass \
             AND mode = 'AccessShareLock' AND xact_start < clock_timestamp() - interval '300ms'";
        wait_until("the table is locked for longer than the apply waits", || !live.rows(holds).is_empty());
        let done = run(&live, "apply", &["--auto-approve"]);
        assert!(done.stderr.contains("in the way: process"), "{}", done.shown());
        done.expect(0);
    });
}

#[test]
fn one_try_that_waits_too_long_says_so() {
    let live = Database::new();
    live.sql(TABLE);
    let run = project("lock_timeout", b"locks: {timeout: 100ms, tries: 1}\n", MODEL);
    let failed = live.while_running("BEGIN; LOCK TABLE runs IN ACCESS SHARE MODE", || run(&live, "apply", &["--auto-approve"]));
    assert!(failed.stderr.contains("lock timeout") && failed.stderr.contains("`locks` in trueup.yaml"), "{}", failed.shown());
    failed.expect(1);
}

#[test]
fn an_index_that_was_left_invalid_is_made_again() {
    let live = Database::new();
    live.sql(TABLE);
    live.sql("INSERT INTO runs VALUES (1, 1)");
    let model = b"schema: public\ntables:\n  runs:\n    columns: {id: integer not null, cost: integer}\n    indexes: {runs_once: unique (id)}\n    unique: {runs_cost_key: (cost)}\n";
    let run = project("invalid_index", b"online: {mode: always}\n", model);
    run(&live, "apply", &["--auto-approve"]).expect(1);
    assert_eq!(live.rows("SELECT count(*) FROM pg_index WHERE NOT indisvalid"), ["1"]);
    live.sql("DELETE FROM runs WHERE ctid = (SELECT max(ctid) FROM runs)");
    let done = run(&live, "apply", &["--auto-approve"]);
    assert!(done.stdout.contains("in step"), "{}", done.shown());
    assert_eq!(live.rows("SELECT count(*) FROM pg_index WHERE NOT indisvalid"), ["0"]);
}

const RETYPED: &[u8] = b"schema: public\ntables:\n  runs:\n    columns: {id: bigint not null, cost: integer, key: uuid not null default gen_random_uuid()}\n    indexes: {runs_id: (id)}\n";

/// An apply that is stopped between two steps of making columns anew, at each of them.
#[test]
fn what_was_stopped_while_columns_were_made_goes_on() {
    for after in 1.. {
        let live = Database::new();
        live.sql(TABLE);
        live.sql("CREATE INDEX runs_id ON runs (id)");
        let run = project("online_stopped", b"online: {mode: always}\n", RETYPED);
        let plan: serde_json::Value = serde_json::from_str(&run(&live, "plan", &["--report", "json"]).expect(0)).expect("JSON");
        let phases = plan["phases"].as_array().expect("phases");
        if after == phases.len() {
            assert!(after > 8, "each of its phases was the last one once");
            break;
        }
        for phase in &phases[..after] {
            let (first, last) = (phase["steps"][0].as_u64().expect("a step"), phase["steps"][1].as_u64().expect("a step"));
            let steps = (first..=last).map(|n| plan["steps"][n as usize - 1]["sql"].as_str().expect("a statement").to_string());
            for step in steps {
                // What is filled is stopped after its first row.
                let half = after == phases.iter().position(|p| p == phase).unwrap_or_default() + 1;
                let step = if half && step.starts_with("DO ") { half_of(&step) } else { step };
                live.sql(&step);
            }
        }
        live.sql("INSERT INTO runs (id, cost) VALUES (1000, 1)");
        let again = run(&live, "apply", &["--auto-approve"]);
        assert!(again.stdout.contains("in step"), "after {after} phases: {}", again.shown());
        again.expect(0);
        let seen = "SELECT count(*) || ' ' || sum(id) || ' ' || count(DISTINCT key) || ' ' || count(*) FILTER (WHERE id = cost) FROM runs";
        assert_eq!(live.rows(seen), ["201 21100 201 200"], "after {after} phases");
        assert!(live.rows("SELECT proname FROM pg_proc WHERE proname LIKE '%trueup%'").is_empty());
    }
}

/// A statement that fills rows, when it is stopped: of some rows only.
fn half_of(step: &str) -> String {
    let filled = step.lines().find(|l| l.trim_start().starts_with("UPDATE ")).expect("an update").trim();
    format!("{filled} WHERE id <= 7")
}

/// Rows that somebody holds are left for later, with all that would have waited beside them.
#[test]
fn what_fills_rows_waits_for_none_while_it_holds_others() {
    let live = Database::new();
    live.sql(TABLE);
    let model = b"schema: public\ntables:\n  runs:\n    columns: {id: integer not null, cost: bigint}\n";
    let run = project("online_rows", b"online: {mode: always}\n", model);
    let plan: serde_json::Value = serde_json::from_str(&run(&live, "plan", &["--report", "json"]).expect(0)).expect("JSON");
    let steps: Vec<&str> = plan["steps"].as_array().expect("steps").iter().filter_map(|s| s["sql"].as_str()).collect();
    let fill = steps.iter().position(|s| s.starts_with("DO ")).expect("a step that fills rows");
    steps[..fill].iter().for_each(|step| live.sql(step));
    std::thread::scope(|scope| {
        scope.spawn(|| {
            live.while_running("BEGIN; SELECT FROM runs WHERE id = 200 FOR UPDATE", || {
                let tries = "SELECT pid FROM pg_stat_activity WHERE query LIKE 'DO %' AND wait_event_type = 'Lock'";
                wait_until("the rows are being filled", || !live.rows(tries).is_empty());
                live.sql("SET lock_timeout = '2s'; UPDATE runs SET cost = 7 WHERE id = 1");
            });
        });
        let held = "SELECT pid FROM pg_stat_activity WHERE query LIKE '%FOR UPDATE' AND state = 'idle in transaction'";
        wait_until("a row is held", || !live.rows(held).is_empty());
        live.sql(steps[fill]);
    });
    assert_eq!(live.rows("SELECT sum(cost_trueup_new) FROM runs"), ["20106"]);
    run(&live, "apply", &["--auto-approve"]).expect(0);
    assert_eq!(live.rows("SELECT sum(cost) FROM runs"), ["20106"]);
}
