//! Drift and pending: what nobody agreed to, and what the model asks for that is not applied yet.

use super::{AFTER, BEFORE, Project};
use crate::cli::shows;
use crate::support::Database;

#[test]
fn an_edit_of_the_model_is_pending() {
    let project = Project::new("pending", Database::new());
    project.apply(BEFORE);
    project.model(AFTER);
    shows!("pending", 0, project.run(&["drift"]));
    shows!("pending_markdown", 0, project.run(&["drift", "--report", "markdown"]));
    project
        .database
        .sql("ALTER TABLE agents ADD by_hand integer; COMMENT ON TABLE agents IS 'by hand'; ALTER TABLE gone ADD x integer");
    shows!("pending_and_drift", 2, project.run(&["drift"]));
    let json = project.json(&["drift"]);
    assert_eq!(json["agreed"]["apply"], 1, "{json:#}");
    let objects = |list: &str| -> Vec<String> {
        json[list].as_array().expect("a list").iter().map(|e| e["object"].as_str().unwrap_or_default().to_string()).collect()
    };
    assert_eq!(
        objects("differences"),
        ["column public.agents.by_hand", "column public.gone.x", "table public.agents"],
        "{json:#}"
    );
    assert!(objects("pending").contains(&"table public.gone".to_string()), "{json:#}");
    project.apply(AFTER);
    project.run(&["drift"]).expect(0);
}

/// What was dropped by hand is drift, though the model asks for it.
#[test]
fn what_was_dropped_by_hand() {
    let project = Project::new("dropped", Database::new());
    project.apply(AFTER);
    project.database.sql("DROP INDEX agents_status");
    let drift = project.run(&["drift"]).expect(2);
    assert!(drift.contains("agents_status") && !drift.contains("pending"), "{drift}");
}

/// What was taken into the model is agreed with the next apply, also when that has nothing to do.
#[test]
fn what_is_taken_into_the_model() {
    let project = Project::new("taken", Database::new());
    project.apply(BEFORE);
    project.database.sql("COMMENT ON TABLE agents IS 'by hand'");
    let commented = BEFORE.replace("  agents:\n", "  agents:\n    comment: by hand\n");
    project.apply(&commented);
    project.model(&commented.replace("by hand", "better"));
    let drift = project.run(&["drift"]).expect(0);
    assert!(drift.contains("pending"), "{drift}");
}

/// A part of the model is applied: the rest is still what it was.
#[test]
fn only_a_part() {
    let project = Project::new("part", Database::new());
    project.apply(BEFORE);
    project.model(AFTER);
    project.run(&["apply", "--only", "index:agents.agents_status", "--auto-approve"]).expect(0);
    let drift = project.run(&["drift"]).expect(0);
    assert!(drift.contains("drop    table public.gone") && !drift.contains("agents_status"), "{drift}");
    project.database.sql("DROP TABLE gone");
    project.apply(AFTER);
}
