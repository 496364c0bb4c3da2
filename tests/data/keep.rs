//! One column under two names, until nobody uses the former one.

use crate::cli::shows;
use crate::record::Project;
use crate::support::{Database, root, trueup_in};

fn model(notes: &str) -> String {
    format!(
        "tables:\n  feedback:\n    columns:\n      id: integer not null\n{notes}    primary_key: [id]\n    checks:\n      notes_short: length(COLUMN) < 100\n"
    )
}

fn before() -> String {
    model("      comment: text not null default 'none'\n").replace("COLUMN", "comment")
}

fn kept() -> String {
    model("      notes:\n        definition: text not null default 'none'\n        renamed_from: {name: comment, keep: true}\n")
        .replace("COLUMN", "notes")
}

fn after() -> String {
    model("      notes:\n        definition: text not null default 'none'\n        renamed_from: comment\n")
        .replace("COLUMN", "notes")
}

const SEEN: &str = "SELECT id || ' ' || comment || ' ' || notes FROM feedback ORDER BY id";

/// Clients that know the former name, the new one, and none of them.
#[test]
fn expanded_and_contracted() {
    let project = Project::new("keep", Database::new());
    project.apply(&before());
    project.database.sql("INSERT INTO feedback SELECT n, 'c' || n FROM generate_series(1, 3) n");
    project.model(&kept());
    shows!("keep_sql", 0, project.run(&["plan", "--sql"]));
    let url = project.database.url();
    let run = trueup_in(&project.folder, &["apply", "--auto-approve", "--db", &url], &[("TRUEUP_PROVE", "always")]);
    assert!(run.stdout.contains("converges") && run.stdout.contains("reverse proven"), "{}", run.shown());
    run.expect(0);
    project.database.sql(
        "INSERT INTO feedback (id, comment) VALUES (4, 'old'); INSERT INTO feedback (id, notes) VALUES (5, 'new'); INSERT INTO feedback (id) VALUES (6);
         UPDATE feedback SET comment = 'old' WHERE id = 1; UPDATE feedback SET notes = 'new' WHERE id = 2; UPDATE feedback SET id = 3 WHERE id = 3",
    );
    assert_eq!(project.database.rows(SEEN), ["1 old old", "2 new new", "3 c3 c3", "4 old old", "5 new new", "6 none none"]);
    assert!(project.run(&["drift"]).expect(0).contains("in step"), "it is in step while both names live");
    // What somebody does past the trigger is seen, and put right.
    project
        .database
        .sql("ALTER TABLE feedback DISABLE TRIGGER trueup_keep_comment; UPDATE feedback SET comment = 'x' WHERE id = 1");
    let drift = project.run(&["drift"]).expect(2);
    assert!(drift.contains("public.feedback.notes: 1 row to fill") && drift.contains("trueup_keep_comment"), "{drift}");
    project.run(&["apply", "--auto-approve"]).expect(0);
    assert_eq!(project.database.rows(SEEN)[0], "1 x x");
    project.model(&after());
    shows!("keep_end", 3, project.run(&["apply", "--auto-approve"]));
    project.run(&["apply", "--auto-approve", "--allow", "data_loss:feedback.comment"]).expect(0);
    assert_eq!(project.database.rows("SELECT notes FROM feedback ORDER BY id"), ["x", "new", "c3", "old", "new", "none"]);
    assert!(project.database.rows("SELECT 1 FROM pg_proc WHERE proname LIKE 'trueup%'").is_empty());
    project.run(&["drift"]).expect(0);
    assert_eq!(project.run(&["plan", "--sql"]).expect(0), "-- no changes\n");
    // And back: the former name comes again, with the values of the new one.
    project.apply(&kept());
    assert_eq!(project.database.rows(SEEN)[0], "1 x x");
}

/// Old and new clients at once, while the columns become two.
#[test]
fn while_clients_write() {
    let project = Project::new("keep-busy", Database::new());
    project.apply(&before());
    project.database.sql("INSERT INTO feedback SELECT n, 'c' || n FROM generate_series(1, 2000) n");
    project.model(&kept());
    let (url, folder) = (project.database.url(), project.folder.clone());
    let writes = "DO $$ BEGIN FOR n IN 3001..3300 LOOP INSERT INTO public.feedback (id, comment) VALUES (n, 'old'); \
                  UPDATE public.feedback SET comment = 'again' WHERE id = n - 3000; COMMIT; PERFORM pg_sleep(0.002); END LOOP; END $$";
    let applying =
        std::thread::spawn(move || trueup_in(&folder, &["apply", "--auto-approve", "--online", "always", "--db", &url], &[]));
    project.database.sql(writes);
    applying.join().expect("it runs").expect(0);
    project.database.sql("INSERT INTO feedback (id, notes) VALUES (4000, 'new')");
    assert!(project.database.rows("SELECT id FROM feedback WHERE notes IS DISTINCT FROM comment").is_empty());
    assert_eq!(
        project.database.rows("SELECT count(*) FILTER (WHERE notes = 'again') || ' ' || count(*) FROM feedback"),
        ["300 2301"]
    );
    project.run(&["drift"]).expect(0);
}

/// The worked system: the column that migration 010 renames.
#[test]
fn multi_agent() {
    let database = Database::new();
    let url = database.url();
    let apply = |folder: &std::path::Path, model: &str| {
        trueup_in(folder, &["apply", model, "--db", &url, "--with-provided", "--auto-approve", "--allow", "all"], &[]).expect(0)
    };
    apply(root(), "snapshots/models/multi_agent-before");
    database.sql(
        "INSERT INTO tenants (id, name, slug) VALUES ('00000000-0000-0000-0000-000000000001', 't', 't');
         INSERT INTO users (id, tenant_id, email) VALUES ('00000000-0000-0000-0000-000000000002', '00000000-0000-0000-0000-000000000001', 'a@b');
         INSERT INTO conversations (id, tenant_id, user_id) VALUES ('00000000-0000-0000-0000-000000000003', '00000000-0000-0000-0000-000000000001', '00000000-0000-0000-0000-000000000002')",
    );
    let insert = |column: &str, text: &str| {
        database.sql(&format!(
            "INSERT INTO feedback (tenant_id, conversation_id, user_id, rating, {column}) VALUES ('00000000-0000-0000-0000-000000000001', \
             '00000000-0000-0000-0000-000000000003', '00000000-0000-0000-0000-000000000002', 5, '{text}')"
        ));
    };
    insert("comment", "before");
    let folder = crate::support::folder("keep-multi_agent", &[]);
    let copied = std::process::Command::new("cp").arg("-r").arg(root().join("schema/multi_agent")).arg(&folder).status();
    assert!(copied.is_ok_and(|s| s.success()));
    let file = folder.join("multi_agent/tables/feedback.yaml");
    let text = std::fs::read_to_string(&file).expect("the model");
    assert!(text.contains("renamed_from: comment"), "{text}");
    std::fs::write(&file, text.replace("renamed_from: comment", "renamed_from: {name: comment, keep: true}")).expect("the model");
    apply(&folder, "multi_agent");
    insert("comment", "old");
    insert("notes", "new");
    assert_eq!(database.rows("SELECT notes || ' ' || comment FROM feedback ORDER BY 1"), ["before before", "new new", "old old"]);
    std::fs::write(&file, text).expect("the model");
    apply(&folder, "multi_agent");
    assert_eq!(database.rows("SELECT notes FROM feedback ORDER BY 1"), ["before", "new", "old"]);
    trueup_in(root(), &["drift", "schema/multi_agent", "--db", &url], &[]).expect(0);
}

#[test]
fn slips() {
    let project = Project::new("keep-slips", Database::new());
    project.model(
        "tables:
  a:
    columns:
      b: {definition: text, renamed_from: {keep: true}}
      c: {definition: integer generated always as identity, renamed_from: {name: d, keep: true}}
      e: {definition: text, renamed_from: {name: f, keep: true}, backfill: {set: 1}}
    indexes:
      i: {definition: (b), renamed_from: {name: j, keep: true}}
",
    );
    shows!("keep_slips", 1, trueup_in(&project.folder, &["check"], &[]));
    project.apply("tables:\n  a:\n    columns:\n      b: text\n      c: text\n");
    project.model("tables:\n  a:\n    columns:\n      b: {definition: text, renamed_from: {name: c, keep: true}}\n");
    shows!("keep_two_things", 1, project.run(&["plan"]));
}
