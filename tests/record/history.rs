//! What `history` says, and when there is none.

use super::{AFTER, BEFORE, Project};
use crate::cli::shows;
use crate::support::{Database, trueup};

#[test]
fn the_list_and_the_report() {
    let project = Project::new("history", Database::new());
    let run = project.run(&["history"]);
    assert!(run.stderr.contains("no record"), "{}", run.shown());
    run.expect(1);
    project.apply(BEFORE);
    project.apply(AFTER);
    shows!("history", 0, project.run(&["history"]));
    shows!("history_show", 0, project.run(&["history", "show", "2"]));
    shows!("history_markdown", 0, project.run(&["history", "show", "--markdown"]));
    shows!("history_no_such_apply", 1, project.run(&["history", "show", "7"]));
    let json = project.json(&["history", "show", "2"]);
    assert_eq!((json["state"].as_str(), json["phases"].as_i64()), (Some("done"), Some(1)), "{json:#}");
    let gone = json["objects"].as_array().expect("objects").iter().find(|o| o["id"] == "table public.gone").expect("the table");
    assert!(gone["was"].is_object() && gone["became"].is_null(), "{gone:#}");
}

/// Nobody sees the record but through trueup: it is never read as a part of the database.
#[test]
fn no_part_of_the_database() {
    let project = Project::new("unseen", Database::new());
    project.apply(BEFORE);
    project.run(&["drift", "--manage", "all"]).expect(0);
    let plan = project.run(&["plan", "--manage", "all"]).expect(0);
    assert!(!plan.contains("trueup."), "{plan}");
    let pulled = project.folder.join("pulled");
    project.run(&["pull", "--out", &pulled.display().to_string(), "--manage", "all"]).expect(0);
    assert!(!pulled.join("trueup").exists());
    let inventory = project.run(&["snapshot", "--out", "live.yaml"]);
    inventory.expect(0);
    let snapshot = std::fs::read_to_string(project.folder.join("live.yaml")).expect("a snapshot");
    assert!(!snapshot.contains("schema trueup") && !snapshot.contains(" trueup."), "{snapshot}");
}

#[test]
fn without_a_record() {
    let project = Project::new("off", Database::new());
    let there = || project.database.rows("SELECT 1 FROM pg_namespace WHERE nspname = 'trueup'").len();
    project.model(BEFORE);
    project.run(&["apply", "--auto-approve", "--no-record"]).expect(0);
    project.settings("record: off\n");
    project.apply(AFTER);
    assert_eq!(there(), 0);
    let drift = project.run(&["drift"]).expect(0);
    assert!(drift.contains("no record"), "{drift}");
}

/// A role that may not make it applies all the same, and says what is missing.
#[test]
fn a_role_without_the_right() {
    let database = Database::new();
    database.sql("CREATE SCHEMA app AUTHORIZATION plain");
    let model = BEFORE.replace("tables:", "schema: app\ntables:");
    let project = Project::new("no-right", database);
    project.model(&model);
    let url = project.database.url_as("plain");
    let apply = || {
        let folder = project.folder.join("schema");
        trueup(&["apply", &folder.display().to_string(), "--db", &url, "--auto-approve", "--allow", "all"])
    };
    shows!("no_record", 0, apply());
    project.database.sql("CREATE SCHEMA trueup AUTHORIZATION plain");
    project.model(&model.replace("name: text", "name: text\n      more: text"));
    let run = apply();
    assert!(run.stdout.contains("recorded as 1"), "{}", run.shown());
    run.expect(0);
    // Nor does somebody else's schema of that name stop it.
    project.database.sql("DROP SCHEMA trueup CASCADE; CREATE SCHEMA trueup; CREATE TABLE trueup.mine (a int)");
    project.model(&model);
    let run = apply();
    assert!(run.stderr.contains("no-record"), "{}", run.shown());
    run.expect(0);
}

/// A step that fails is in the record, and so is what was done before it.
#[test]
fn a_failed_apply() {
    let project = Project::new("failed", Database::new());
    project.apply("enums:\n  e: [a]\ntables:\n  t:\n    columns:\n      c: integer\n");
    project.database.sql("INSERT INTO t VALUES (1), (1)");
    project.model("enums:\n  e: [a, b]\ntables:\n  t:\n    columns:\n      c: integer\n      d: e default 'b'\n    unique:\n      t_c: (c)\n");
    project.run(&["apply", "--auto-approve"]).expect(1);
    let json = project.json(&["history", "show"]);
    assert_eq!((json["state"].as_str(), json["phases"].as_i64()), (Some("failed"), Some(1)), "{json:#}");
    assert!(json["message"].as_str().is_some_and(|m| m.contains("t_c")), "{json:#}");
    project.database.sql("DELETE FROM t");
    project.run(&["apply", "--auto-approve"]).expect(0);
    project.run(&["drift"]).expect(0);
}
