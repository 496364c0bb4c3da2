//! Results: the drift report, inventories, plans.

use super::shows;
use crate::support::{Database, folder, trueup, trueup_in};

/// The README's first command.
#[test]
fn vital_drift() {
    shows!("vital_drift", 2, trueup(&["drift", "schema/vital", "--db", "snapshots/vital-remote.yaml"]));
}

#[test]
fn vital_drift_markdown() {
    let run = trueup(&["drift", "schema/vital", "--db", "snapshots/vital-remote.yaml", "--report", "markdown"]);
    shows!("vital_drift_markdown", 2, run);
}

#[test]
fn vital_plan() {
    shows!("vital_plan", 0, trueup(&["plan", "schema/vital", "--db", "snapshots/vital-remote.yaml"]));
}

#[test]
fn part_of_a_plan() {
    let arguments = ["plan", "schema/vital", "--db", "snapshots/vital-remote.yaml", "--only", "group:identity", "--sql"];
    shows!("part_of_a_plan", 0, trueup(&arguments));
}

#[test]
fn multi_agent_drift() {
    shows!("multi_agent_drift", 2, trueup(&["drift", "schema/multi_agent", "--db", "snapshots/multi_agent-before.yaml"]));
}

#[test]
fn detailed_exitcode() {
    let arguments = ["plan", "schema/vital", "--db", "snapshots/vital-remote.yaml", "--detailed-exitcode"];
    trueup(&arguments).expect(2);
}

macro_rules! checks {
    ($($system:ident),*) => {
        $(
            #[test]
            fn $system() {
                shows!(concat!("check_", stringify!($system)), 0, trueup(&["check", concat!("schema/", stringify!($system))]));
            }
        )*
    };
}

checks!(agent_platform, consolidated, multi_agent, vital, vital_remote);

#[test]
fn json_is_json() {
    let arguments = ["drift", "schema/vital", "--db", "snapshots/vital-remote.yaml", "--report", "json"];
    let report: serde_json::Value = serde_json::from_str(&trueup(&arguments).expect(2)).expect("the report is JSON");
    assert_eq!(report.get("in_step").and_then(serde_json::Value::as_bool), Some(false));
}

/// A destructive plan is refused (3), told apart from differences (2) and errors (1).
#[test]
fn refused() {
    let database = Database::new();
    database.sql("CREATE TABLE public.precious (id integer)");
    let run = trueup(&["apply", "tests/cases/column/add/before.yaml", "--db", &database.url(), "--auto-approve"]);
    shows!("refused", 3, run);
    assert_eq!(database.rows("SELECT to_regclass('public.precious')::text"), ["precious"]);
}

/// Without a terminal there is nobody to ask.
#[test]
fn nobody_to_ask() {
    let database = Database::new();
    shows!("nobody_to_ask", 3, trueup(&["apply", "tests/cases/column/add/before.yaml", "--db", &database.url()]));
}

#[test]
fn applied() {
    let database = Database::new();
    let model = "tests/cases/column/add/before.yaml";
    shows!("applied", 0, trueup(&["apply", model, "--db", &database.url(), "--auto-approve"]));
    shows!("applied_again", 0, trueup(&["apply", model, "--db", &database.url(), "--auto-approve"]));
    shows!("in_step", 0, trueup(&["drift", model, "--db", &database.url()]));
}

/// A step that fails leaves nothing behind, and says which it was.
#[test]
fn step_that_fails() {
    let database = Database::new();
    database.sql("CREATE TABLE public.agents (id integer)");
    database.sql("INSERT INTO public.agents VALUES (NULL)");
    let run = trueup(&["apply", "tests/cases/column/add/before.yaml", "--db", &database.url(), "--auto-approve"]);
    shows!("step_that_fails", 1, run);
}

/// What there is no kind for is always told.
#[test]
fn unmodeled() {
    let database = Database::new();
    database.sql("SELECT lo_create(0); SELECT lo_create(0)");
    database.sql("CREATE FUNCTION pg_catalog.planted(integer) RETURNS integer LANGUAGE sql RETURN $1");
    database.sql("CREATE SCHEMA trueup; CREATE TABLE trueup.ours (id integer PRIMARY KEY); CREATE TEMP TABLE gone (id serial)");
    let model = "tests/cases/column/add/before.yaml";
    let run = trueup(&["drift", model, "--db", &database.url()]);
    assert!(run.stdout.contains("unmodeled 3"), "{}", run.stdout);
    assert!(run.stdout.contains("does not read: function 1, large object 2\n"), "{}", run.stdout);
    assert!(run.stdout.contains("pg_catalog.planted"), "{}", run.stdout);
    let run = trueup(&["plan", model, "--db", &database.url()]);
    assert!(run.stdout.contains("unmodeled 3"), "{}", run.stdout);
}

/// What a model's file only points at counts too, however often it was read before.
#[test]
fn a_changed_body_file_is_seen() {
    let database = Database::new();
    let text: &[u8] = b"functions:\n  f():\n    definition: returns integer language sql\n    body_file: f.sql\n";
    let path = folder("body-file-changes", &[("schema/a.yaml", text), ("schema/f.sql", b"select 1")]);
    let url = database.url();
    trueup_in(&path, &["apply", "schema", "--db", &url, "--auto-approve"], &[]).expect(0);
    for _ in 0..2 {
        trueup_in(&path, &["drift", "schema", "--db", &url], &[]).expect(0);
    }
    std::fs::write(path.join("schema/f.sql"), "select 2").expect("the body");
    let pending = trueup_in(&path, &["drift", "schema", "--db", &url], &[]).expect(0);
    assert!(pending.contains("change  function public.f()"), "{pending}");
}
