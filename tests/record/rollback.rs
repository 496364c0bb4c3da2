//! The way back.

use super::{AFTER, BEFORE, Project};
use crate::cli::shows;
use crate::support::{Database, trueup};

const BACK: &[&str] = &["rollback", "--auto-approve", "--allow", "all"];

#[test]
fn back_and_forth() {
    let project = Project::new("rollback", Database::new());
    project.apply(BEFORE);
    project.database.sql("INSERT INTO agents VALUES (1, 'ada'); INSERT INTO gone VALUES (1)");
    project.apply(AFTER);
    project
        .database
        .sql("ALTER TABLE agents ADD by_hand integer; COMMENT ON TABLE agents IS 'by hand'; UPDATE agents SET status = 'b'");
    shows!("rollback_sql", 0, project.run(&["rollback", "--sql"]));
    shows!("rollback_refused", 3, project.run(&["rollback", "--auto-approve"]));
    shows!("rollback", 0, project.run(BACK));
    assert_eq!(project.database.rows("SELECT name FROM agents WHERE by_hand IS NULL"), ["ada"]);
    assert_eq!(project.database.rows("SELECT 1 FROM pg_class WHERE relname = 'gone'"), ["1"]);
    // It holds.
    shows!("held", 3, project.run(&["apply", "--auto-approve", "--allow", "all"]));
    let drift = project.run(&["drift"]).expect(2);
    assert!(drift.contains("by_hand") && drift.contains("rename  column public.agents.name -> title"), "{drift}");
    project.database.sql("ALTER TABLE agents DROP by_hand");
    project.run(&["drift"]).expect(0);
    project.run(&["apply", "--auto-approve", "--allow", "all", "--release"]).expect(0);
    // And again.
    project.run(BACK).expect(0);
    project.apply(&AFTER.replace("AI agents", "Agents"));
    project.run(&["drift"]).expect(0);
    shows!("rollback_history", 0, project.run(&["history"]));
}

/// Each of a rollback's own ends is one of the record's: it can be taken back too.
#[test]
fn a_rollback_is_taken_back() {
    let project = Project::new("redo", Database::new());
    project.apply(BEFORE);
    project.apply(AFTER);
    project.run(BACK).expect(0);
    project.run(&[&["rollback", "3"], &BACK[1..]].concat()).expect(0);
    project.run(&["drift"]).expect(0);
}

/// Without a number it goes on to the apply before.
#[test]
fn back_to_the_beginning() {
    let project = Project::new("beginning", Database::new());
    project.apply(BEFORE);
    project.apply(AFTER);
    project.run(BACK).expect(0);
    project.run(BACK).expect(0);
    assert!(project.database.rows("SELECT 1 FROM pg_class WHERE relnamespace = 'public'::regnamespace").is_empty());
    let run = project.run(BACK);
    assert!(run.stderr.contains("nothing-to-take-back"), "{}", run.shown());
}

/// An older apply is taken back under newer ones: what those changed is named.
#[test]
fn an_older_one() {
    let project = Project::new("older", Database::new());
    project.apply(BEFORE);
    project.apply(AFTER);
    project.apply(&AFTER.replace("AI agents", "Agents").replace("default 'a'", "default 'b'"));
    let out = project.run(&[&["rollback", "2"], &BACK[1..]].concat()).expect(0);
    assert!(out.contains("table public.agents: comment changed since"), "{out}");
    assert_eq!(
        project
            .database
            .rows("SELECT attname FROM pg_attribute WHERE attrelid = 'agents'::regclass AND attnum > 0 AND NOT attisdropped"),
        ["id", "name"]
    );
}

/// What somebody has built on what would go stops it.
#[test]
fn what_stands_on_it() {
    let project = Project::new("stands", Database::new());
    project.apply(BEFORE);
    project.apply(AFTER);
    project.database.sql("CREATE VIEW by_hand AS SELECT status FROM agents");
    shows!("rollback_stands_on_it", 1, project.run(BACK));
    project.database.sql("DROP VIEW by_hand");
    project.run(BACK).expect(0);
}

/// A renamed table goes back with all that is on it, and its rows stay.
#[test]
fn a_renamed_table() {
    let project = Project::new("renamed", Database::new());
    let before = "tables:\n  feedback:\n    columns:\n      id: integer not null\n      note: text\n    primary_key: [id]\n    indexes:\n      feedback_note: (note)\n";
    project.apply(before);
    project.database.sql("INSERT INTO feedback VALUES (1, 'well')");
    project.apply("tables:\n  ratings:\n    renamed_from: feedback\n    columns:\n      id: integer not null\n      comment: {definition: text, renamed_from: note}\n      stars: integer\n    primary_key: [id]\n    indexes:\n      feedback_note: (comment)\n");
    assert_eq!(project.database.rows("SELECT comment FROM ratings"), ["well"]);
    project.run(BACK).expect(0);
    assert_eq!(project.database.rows("SELECT note FROM feedback"), ["well"]);
    project.model(before);
    project.run(&["plan", "--detailed-exitcode"]).expect(0);
}

/// With `keep_dropped`, a rollback brings back what was in dropped tables and columns.
#[test]
fn what_is_kept_comes_back() {
    let project = Project::new("kept", Database::new());
    let before = "enums:\n  mood: [good, bad]\ntables:\n  parents:\n    columns:\n      id: integer not null\n    primary_key: [id]\n  \
         gone:\n    row_security: enabled\n    columns:\n      id: integer not null generated always as identity\n      parent: integer\n      \
         feeling: mood not null default 'good'\n      doubled: integer generated always as (parent * 2) stored\n    primary_key: [id]\n    \
         foreign_keys:\n      gone_parent: (parent) references parents (id)\n    indexes:\n      gone_feeling: (feeling)\n    policies:\n      \
         mine: {for: select, using: parent > 0}\n  stays:\n    columns:\n      id: integer not null\n      note: text not null\n      \
         feeling: mood\n    primary_key: [id]\n";
    project.settings("keep_dropped: 30d\n");
    project.apply(before);
    project.database.sql(
        "INSERT INTO parents VALUES (1), (2); INSERT INTO gone (parent, feeling) VALUES (1, 'good'), (2, 'bad'); \
         INSERT INTO stays VALUES (1, 'one', 'bad'), (2, 'two', NULL)",
    );
    let out = project.apply("tables:\n  stays:\n    columns:\n      id: integer not null\n    primary_key: [id]\n");
    assert!(out.contains("kept    what table public.gone holds is kept as trueup.kept_"), "{out}");
    project.run(&["drift", "--manage", "all"]).expect(0);
    let out = project.run(BACK).expect(0);
    assert!(!out.contains("what does not come back"), "{out}");
    assert_eq!(
        project.database.rows("SELECT id || ' ' || parent || ' ' || feeling || ' ' || doubled FROM gone ORDER BY id"),
        ["1 1 good 2", "2 2 bad 4"]
    );
    assert_eq!(
        project.database.rows("SELECT id || note || coalesce(feeling::text, '-') FROM stays ORDER BY id"),
        ["1onebad", "2two-"]
    );
    project.model(before);
    project.run(&["plan", "--detailed-exitcode"]).expect(0);
    assert!(project.database.rows("SELECT 1 FROM trueup.kept").is_empty());
    // And what is over its time goes when somebody says so.
    project.model("tables:\n  stays:\n    columns:\n      id: integer not null\n    primary_key: [id]\n");
    project.run(&["apply", "--auto-approve", "--allow", "all", "--release"]).expect(0);
    let prune = |all: &[&str]| project.run(&[&["history", "prune"], all].concat()).expect(0);
    assert!(prune(&[]).contains("nothing is kept over its time"));
    assert!(prune(&["--all"]).contains("dropped what was kept of table public.gone"));
    assert_eq!(project.database.rows("SELECT count(*) FROM pg_class WHERE relkind = 'r' AND relname ~ '^kept_'"), ["0"]);
}

/// multi_agent: migration 007, its way back, and both again, with changes by hand in between. The rename keeps the rows.
#[test]
fn multi_agent_there_and_back_twice() {
    let database = Database::new();
    let url = database.url();
    let apply = |model: &str, more: &[&str]| {
        let arguments = ["apply", model, "--db", &url, "--with-provided", "--auto-approve", "--allow", "all"];
        trueup(&[&arguments, more].concat()).expect(0)
    };
    let back = || trueup(&["rollback", "--db", &url, "--auto-approve", "--allow", "all"]).expect(0);
    apply("snapshots/models/multi_agent-before", &[]);
    database.sql(
        "SET session_replication_role = replica; INSERT INTO feedback (tenant_id, conversation_id, user_id, rating, comment) \
         SELECT gen_random_uuid(), gen_random_uuid(), gen_random_uuid(), i % 5 + 1, 'well ' || i FROM generate_series(1, 50) i",
    );
    let before = || database.rows("SELECT count(*) || min(comment) || max(comment) FROM feedback");
    let after = || database.rows("SELECT count(*) || min(notes) || max(notes) FROM feedback");
    let rows = before();
    apply("schema/multi_agent", &[]);
    assert_eq!(after(), rows);
    database
        .sql("CREATE INDEX by_hand ON feedback (rating); COMMENT ON TABLE feedback IS 'by hand'; UPDATE feedback SET rating = 5");
    let out = back();
    assert!(!out.contains("what does not come back"), "{out}");
    assert_eq!(before(), rows);
    assert_eq!(
        database.rows("SELECT obj_description('feedback'::regclass) FROM pg_class WHERE relname = 'by_hand'"),
        ["by hand"]
    );
    database.sql("DROP INDEX by_hand; COMMENT ON TABLE feedback IS 'Ratings that members give to their conversations'");
    trueup(&["plan", "snapshots/models/multi_agent-before", "--db", &url, "--detailed-exitcode"]).expect(0);
    apply("schema/multi_agent", &["--release"]);
    assert_eq!(after(), rows);
    back();
    assert_eq!(before(), rows);
    trueup(&["plan", "snapshots/models/multi_agent-before", "--db", &url, "--detailed-exitcode"]).expect(0);
}
