//! The five worked systems: from an empty database, and from the snapshots that their documents describe.

use std::path::Path;

use crate::support::{Database, major, root, trueup};

/// Every plan is proven first, its way back too.
#[track_caller]
fn apply(database: &Database, model: &str) -> String {
    let output =
        trueup(&["apply", model, "--db", &database.url(), "--with-provided", "--auto-approve", "--prove", "always"]).expect(0);
    let proof = output.lines().find(|l| l.starts_with("proof ")).unwrap_or_else(|| panic!("{output}"));
    assert!(proof.contains("converges") && proof.ends_with("reverse proven"), "{output}");
    output
}

/// The three signs that a database and a model agree.
#[track_caller]
fn in_step(database: &Database, model: &str) {
    let url = database.url();
    trueup(&["drift", model, "--db", &url]).expect(0);
    assert_eq!(trueup(&["plan", model, "--db", &url, "--sql"]).expect(0), "-- no changes\n");
    trueup(&["plan", model, "--db", &url, "--detailed-exitcode"]).expect(0);
}

/// From an empty database: everything is made, nothing is left to do, and a snapshot of it says the same.
fn from_empty(system: &str) {
    let database = Database::new();
    let model = format!("schema/{system}");
    let output = apply(&database, &model);
    assert!(output.contains("in step; recorded as 1\n"), "{output}");
    in_step(&database, &model);
    let snapshot = Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("{system}.yaml"));
    let snapshot = snapshot.to_str().expect("paths are UTF-8");
    trueup(&["snapshot", "--db", &database.url(), "--out", snapshot]).expect(0);
    trueup(&["drift", &model, "--db", snapshot]).expect(0);
}

#[test]
fn vital() {
    from_empty("vital");
}

#[test]
fn vital_remote() {
    from_empty("vital_remote");
}

#[test]
fn multi_agent() {
    from_empty("multi_agent");
}

/// Its views and indexes use what came with PostgreSQL 15.
#[test]
fn consolidated() {
    if major() < 15 {
        return;
    }
    from_empty("consolidated");
}

#[test]
fn agent_platform() {
    from_empty("agent_platform");
}

/// From the database that a snapshot was taken of to its system: only additions, as the document promises.
fn only_additions(before: &str, system: &str) {
    let database = Database::new();
    apply(&database, &format!("snapshots/models/{before}"));
    let model = format!("schema/{system}");
    let plan = trueup(&["plan", &model, "--db", &database.url(), "--sql"]).expect(0);
    for bad in ["DROP TABLE", "DROP COLUMN", "ALTER COLUMN", "DROP FUNCTION", "RENAME"] {
        let lines: Vec<&str> = plan.lines().filter(|l| l.contains(bad)).collect();
        assert!(lines.is_empty(), "the plan for {system} is more than additions:\n{}", lines.join("\n"));
    }
    apply(&database, &model);
    in_step(&database, &model);
}

#[test]
fn vital_from_its_remote() {
    only_additions("vital-remote", "vital");
}

#[test]
fn vital_remote_from_before() {
    only_additions("vital_remote-before", "vital_remote");
}

/// Migration 007 renames a column and adds to tables with rows in them: the rows stay.
#[test]
fn multi_agent_from_before() {
    let database = Database::new();
    apply(&database, "snapshots/models/multi_agent-before");
    let plan = trueup(&["plan", "schema/multi_agent", "--db", &database.url(), "--sql"]).expect(0);
    assert!(plan.contains("RENAME COLUMN comment TO notes"), "{plan}");
    assert!(!plan.contains("DROP COLUMN"), "{plan}");
    apply(&database, "schema/multi_agent");
    in_step(&database, "schema/multi_agent");
}

/// The snapshots in the repository are those of the models beside them.
#[test]
fn snapshots_hold_their_models() {
    for name in ["vital-remote", "vital_remote-before", "multi_agent-before"] {
        let (model, snapshot) = (format!("snapshots/models/{name}"), format!("snapshots/{name}.yaml"));
        assert!(root().join(&snapshot).is_file(), "{snapshot} is missing");
        trueup(&["drift", &model, "--db", &snapshot]).expect(0);
    }
}
