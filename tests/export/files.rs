//! The files of each tool lead to the same catalog, and back, and write the record.

use std::path::Path;

use clap::ValueEnum;
use serde_json::{Value, json};
use trueup::apply::Waits;
use trueup::export::{self, Format};
use trueup::plan::Plan;
use trueup::record::Opening;

use super::{psql, run_psql, tools};
use crate::support::{Database, folder, root, trueup, trueup_in};

/// The name of the files.
pub const NAME: &str = "change";

const BEFORE: &str = "CREATE TYPE public.mood AS ENUM ('sad', 'glad'); \
     CREATE TABLE public.people (id integer PRIMARY KEY, mood public.mood); \
     INSERT INTO public.people VALUES (1, 'sad'); \
     CREATE FUNCTION public.greet() RETURNS text LANGUAGE sql AS $$SELECT 'hello; you'$$; \
     CREATE VIEW public.names AS SELECT id FROM public.people;";

const AFTER: &str = r#"
schema: public
enums:
  mood: [sad, calm, glad]
tables:
  people:
    columns:
      id: integer not null
      mood: mood default 'calm'
      note: text
    primary_key: [id]
    checks:
      has_id: id > 0
    indexes:
      people_note: (note)
    row_security: enabled
    policies:
      own: {for: select, using: "mood = 'calm'"}
functions:
  greet():
    definition: returns text language plpgsql
    body: |
      -- migrate: not a mark; ${neither} :this
      BEGIN RETURN 'hello; \you'; END
views:
  names:
    query: select id, note from people
"#;

/// The arguments of a plan that has statements which cannot run in a transaction.
fn plan<'a>(url: &'a str, more: &[&'a str]) -> Vec<&'a str> {
    [&["plan", "schema", "--db", url, "--online", "always", "--allow", "all"], more].concat()
}

fn names(folder: &Path) -> Vec<String> {
    let entries = std::fs::read_dir(folder).expect("the folder").flatten();
    let mut names: Vec<String> = entries.map(|e| e.file_name().to_string_lossy().into_owned()).collect();
    names.sort();
    names
}

/// What `trueup history` says, the newest first.
fn history(path: &Path, url: &str) -> Vec<Value> {
    let text = trueup_in(path, &["history", "--db", url, "--report", "json"], &[]).expect(0);
    serde_json::from_str::<Value>(&text).expect("JSON").as_array().cloned().unwrap_or_default()
}

/// What locks waits for a while only; what runs outside of a transaction is alone in its file, as the tools want it.
fn wait_for_locks(format: Format, out: &Path) {
    let texts = names(out).into_iter().filter(|n| n.ends_with(".sql"));
    let texts: Vec<String> = texts.map(|n| std::fs::read_to_string(out.join(n)).expect("a file")).collect();
    let set = if format == Format::Psql { "BEGIN;\nSET LOCAL lock_timeout = '3000ms';" } else { "SET lock_timeout = '3000ms';" };
    let with = |start: &str| -> Vec<&String> { texts.iter().filter(|t| t.lines().any(|l| l.starts_with(start))).collect() };
    let alters = with("ALTER TABLE public.people ADD CONSTRAINT has_id");
    assert!(!alters.is_empty() && alters.iter().all(|t| t.contains(set)), "{format:?}");
    // One file of psql or dbmate has more in it.
    if !matches!(format, Format::Psql | Format::Dbmate) {
        assert!(with("CREATE INDEX CONCURRENTLY").iter().all(|t| !t.contains("lock_timeout")), "{format:?}");
    }
}

const VERSIONS: &str = "SELECT version FROM supabase_migrations.schema_migrations ORDER BY 1";

fn every_way(format: Format) {
    let word = format.to_possible_value().expect("a word").get_name().to_string();
    let database = Database::new();
    database.sql(BEFORE);
    let path = folder(&format!("export-{word}"), &[("schema/a.yaml", AFTER.as_bytes())]);
    let url = database.url();
    trueup_in(&path, &["snapshot", "--db", &url, "--out", "before.yaml"], &[]).expect(0);
    let files = ["--out-dir", "out", "--format", &word, "--name", NAME, "--prove", "always"];
    let told = trueup_in(&path, &plan(&url, &files), &[]);
    assert_eq!(told.stderr.contains("transactional.lock=false"), format == Format::Flyway, "{}", told.stderr);
    told.expect(0);
    let out = path.join("out");
    assert!(format == Format::Psql || names(&out).len() > 3, "a phase is a file: {:?}", names(&out));
    wait_for_locks(format, &out);
    // What the tool keeps for itself, as its own program makes it.
    database.sql("CREATE SCHEMA supabase_migrations; CREATE TABLE supabase_migrations.schema_migrations (version text PRIMARY KEY, statements text[], name text); INSERT INTO supabase_migrations.schema_migrations VALUES ('1')");
    for round in 1..=2 {
        tools::forward(format, &out, &database);
        trueup_in(&path, &["drift", "schema", "--db", &url], &[]).expect(0);
        let told = history(&path, &url);
        assert_eq!(told.len(), 2 * round - 1, "{told:?}");
        assert_eq!((&told[0]["state"], &told[0]["who"]["ci"]), (&json!("done"), &json!(format.tool())), "{}", told[0]);
        assert_eq!(told[0]["phases"].as_u64(), told[0]["plan"]["phases"].as_array().map(|p| p.len() as u64));
        // What the files did is agreed: another model is pending, and a change by hand is drift.
        if round == 1 {
            let other = AFTER.replace("row_security: enabled", "row_security: disabled");
            std::fs::write(path.join("schema/a.yaml"), other).expect("a model");
            trueup_in(&path, &["drift", "schema", "--db", &url], &[]).expect(0);
            std::fs::write(path.join("schema/a.yaml"), AFTER).expect("a model");
            database.sql("COMMENT ON COLUMN public.people.note IS 'by hand'");
            trueup_in(&path, &["drift", "schema", "--db", &url], &[]).expect(2);
            database.sql("COMMENT ON COLUMN public.people.note IS NULL");
        }
        tools::back(format, &out, &database);
        let told = history(&path, &url);
        assert_eq!((&told[0]["state"], &told[0]["undoes"]), (&json!("done"), &json!(2 * round - 1)), "{}", told[0]);
        // What was taken back is held, until the files go forward again.
        let held = trueup_in(&path, &["apply", "schema", "--db", &url, "--auto-approve", "--allow", "all"], &[]);
        assert!(held.stderr.contains("this model was taken back"), "{}", held.shown());
        held.expect(3);
        assert_eq!(database.rows(VERSIONS), ["1"], "the tool's own table is as it was");
        let rows = trueup_in(&path, &["diff", "before.yaml", &url], &[]);
        let left: Vec<&str> = rows.stdout.lines().filter(|l| l.contains("public.")).collect();
        assert!(left.is_empty(), "{left:?}");
        assert_eq!(database.rows("SELECT mood::text FROM public.people"), ["sad"], "{word}");
    }
    // Afterwards trueup's own way back goes on from what the files have written.
    tools::forward(format, &out, &database);
    trueup_in(&path, &["rollback", "--db", &url, "--auto-approve", "--allow", "all"], &[]).expect(0);
    database.sql("DROP SCHEMA supabase_migrations CASCADE");
    trueup_in(&path, &["diff", "before.yaml", &url], &[]).expect(0);
}

#[test]
fn psql_arrives_and_comes_back() {
    if psql().is_some() {
        every_way(Format::Psql);
    }
}

#[test]
fn supabase_arrives_and_comes_back() {
    if psql().is_some() {
        every_way(Format::Supabase);
    }
}

#[test]
fn flyway_arrives_and_comes_back() {
    every_way(Format::Flyway);
}

#[test]
fn golang_migrate_arrives_and_comes_back() {
    every_way(Format::GolangMigrate);
}

#[test]
fn dbmate_arrives_and_comes_back() {
    every_way(Format::Dbmate);
}

#[test]
fn sqlx_arrives_and_comes_back() {
    every_way(Format::Sqlx);
}

/// Where nobody has Supabase's CLI, psql does what it would have done.
#[test]
fn supabase_by_psql_alone() {
    let Some(psql) = psql() else { return };
    let database = Database::new();
    database.sql(BEFORE);
    let path = folder("export-supabase-psql", &[("schema/a.yaml", AFTER.as_bytes())]);
    let url = database.url();
    let files = ["--out-dir", "out", "--format", "supabase", "--name", NAME, "--prove", "always", "--no-record"];
    trueup_in(&path, &plan(&url, &files), &[]).expect(0);
    let made = names(&path.join("out"));
    let scripts = names(&path.join("out/psql"));
    run_psql(&psql, &database, &path.join("out/psql").join(&scripts[1]));
    trueup_in(&path, &["drift", "schema", "--db", &url], &[]).expect(0);
    let versions: Vec<String> = made.iter().filter_map(|name| Some(name.strip_suffix("_change.sql")?.to_string())).collect();
    assert_eq!(database.rows(VERSIONS), versions);
    assert_eq!(
        database.rows("SELECT DISTINCT name FROM supabase_migrations.schema_migrations WHERE cardinality(statements) > 0"),
        [NAME]
    );
    run_psql(&psql, &database, &path.join("out/psql").join(&scripts[0]));
    assert!(database.rows(VERSIONS).is_empty());
    assert!(database.rows("SELECT 1 FROM pg_namespace WHERE nspname = 'trueup'").is_empty(), "no record was wanted");
}

fn steps(sql: &[&str]) -> Value {
    let step = |(i, sql): (usize, &&str)| json!({"number": i + 1, "phase": i + 1, "verb": "alter", "object": "table public.people", "sql": sql});
    sql.iter().enumerate().map(step).collect()
}

/// Every statement is a phase of its own; those that cannot run in a transaction say so themselves.
fn phases(sql: &[&str]) -> Value {
    let phase = |(i, sql): (usize, &&str)| {
        let transaction = !sql.contains("CONCURRENTLY");
        json!({"number": i + 1, "transaction": transaction, "steps": [i + 1, i + 1]})
    };
    sql.iter().enumerate().map(phase).collect()
}

/// The two ways need not have the same number of versions, and may begin and end outside of a transaction.
#[test]
fn ways_of_other_lengths() {
    if psql().is_none() {
        return;
    }
    let up = ["ALTER TABLE public.people ADD note text", "CREATE INDEX CONCURRENTLY people_note ON public.people (note)"];
    let down = [
        "DROP INDEX CONCURRENTLY public.people_note",
        "ALTER TABLE public.people DROP note",
        "COMMENT ON TABLE public.people IS NULL",
    ];
    for (name, down, record) in [("longer", &down[..], true), ("longer-off", &down[..], false), ("shorter", &down[1..2], true)] {
        let plan = json!({"version": 1, "database": "d", "major": 15, "role": "r", "fingerprint": "f",
            "steps": steps(&up), "phases": phases(&up), "back": {"steps": steps(down), "phases": phases(down)}});
        let plan: Plan = serde_json::from_value(plan).expect("a plan");
        let path = folder(&format!("export-{name}"), &[]);
        for format in Format::value_variants() {
            let database = Database::new();
            database.sql(BEFORE);
            database.sql("CREATE SCHEMA supabase_migrations; CREATE TABLE supabase_migrations.schema_migrations (version text PRIMARY KEY, statements text[], name text)");
            let target = path.join(format!("{format:?}"));
            export::write(&plan, *format, NAME, &target, &Waits::default(), record.then(Opening::default).as_ref())
                .expect("the files are written");
            tools::forward(*format, &target, &database);
            assert_eq!(
                database.rows("SELECT indisvalid::text FROM pg_index WHERE indexrelid = 'people_note'::regclass"),
                ["true"]
            );
            tools::back(*format, &target, &database);
            assert!(
                database.rows("SELECT 1 FROM pg_attribute WHERE attname = 'note' AND attrelid = 'people'::regclass").is_empty()
            );
            if record {
                let told = database.rows("SELECT state || phases || '/' || of_phases FROM trueup.apply ORDER BY number");
                assert_eq!(told, ["done2/2".to_string(), format!("done{0}/{0}", down.len())], "{format:?}");
            } else {
                assert!(database.rows("SELECT 1 FROM pg_namespace WHERE nspname = 'trueup'").is_empty());
            }
        }
    }
}

/// Who may not write the record gets the migration all the same, with a warning.
#[test]
fn a_record_that_cannot_be_written() {
    let Some(psql) = psql() else { return };
    let database = Database::new();
    let path = folder("export-no-rights", &[("schema/a.yaml", b"tables:\n  mine:\n    columns:\n      id: integer\n")]);
    let url = database.url();
    database.sql("CREATE SCHEMA trueup; GRANT ALL ON SCHEMA public TO plain");
    trueup_in(&path, &["plan", "schema", "--db", &url, "--out-dir", "out", "--format", "psql"], &[]).expect(0);
    let url = database.url_as("plain");
    let done =
        std::process::Command::new(psql).args(["--no-psqlrc", "--file"]).arg(path.join("out/trueup.sql")).arg(url).output();
    let done = done.expect("psql runs");
    let said = String::from_utf8_lossy(&done.stderr).into_owned();
    assert!(done.status.success() && said.contains("not recorded in schema trueup: permission denied"), "{said}");
    assert_eq!(database.rows("SELECT count(*) FROM public.mine"), ["0"]);
}

/// What is there already stays as it is, and without a proven way back no file pretends to be one.
#[test]
fn nothing_is_written_over() {
    let database = Database::new();
    database.sql(BEFORE);
    let path = folder("export-again", &[("schema/a.yaml", AFTER.as_bytes())]);
    let url = database.url();
    let write = |format: &str| {
        let arguments =
            ["plan", "schema", "--db", &url, "--out-dir", "out", "--format", format, "--name", NAME, "--allow", "all"];
        trueup_in(&path, &arguments, &[])
    };
    let first = write("psql");
    assert!(
        first.stderr.contains("wrote out/change.sql") && first.stderr.contains("the files do not lead back"),
        "{}",
        first.stderr
    );
    first.expect(0);
    assert_eq!(names(&path.join("out")), ["change.sql"]);
    std::fs::write(path.join("out/change.sql"), "mine").expect("a file");
    let again = write("psql");
    assert!(again.stderr.contains("out/change.sql is there already"), "{}", again.stderr);
    again.expect(1);
    assert_eq!(std::fs::read_to_string(path.join("out/change.sql")).expect("the file"), "mine");
    // Versions are times: a second export stands after the first.
    write("sqlx").expect(0);
    let count = names(&path.join("out")).len();
    write("sqlx").expect(0);
    assert_eq!(names(&path.join("out")).len(), 2 * count - 1);
    let down = names(&path.join("out")).into_iter().find(|n| n.ends_with(".down.sql")).expect("a file");
    let down = std::fs::read_to_string(path.join("out").join(down)).expect("the file");
    assert!(down.contains("RAISE EXCEPTION") && down.contains("there is no proven way back"), "{down}");
}

/// What apply refuses is not written for others to run either; nor is a secret, nor what the tool would take for its own mark.
#[test]
fn what_is_refused() {
    let database = Database::new();
    database.sql("CREATE TABLE public.people (id integer, gone text)");
    let url = database.url();
    let write = |name: &str, model: &str, more: &[&str]| {
        let path = folder(&format!("export-refused-{name}"), &[("schema/a.yaml", model.as_bytes())]);
        let run =
            trueup_in(&path, &[&["plan", "schema", "--db", &url, "--out-dir", "out", "--format", "dbmate"], more].concat(), &[]);
        assert!(!path.join("out").exists() || run.code == 0, "{}", run.shown());
        run
    };
    let people = "tables:\n  people:\n    columns:\n      id: integer\n";
    let run = write("loss", people, &[]);
    assert!(run.stderr.contains("refused: this plan needs --allow data_loss"), "{}", run.stderr);
    run.expect(3);
    write("allowed", people, &["--allow", "data_loss"]).expect(0);
    let secret = "foreign_data_wrappers:\n  w: {}\nforeign_servers:\n  s: {wrapper: w}\nuser_mappings:\n  \
         - {server: s, user: public, options: {password: '${env:SHOP_PASSWORD}'}}\n";
    let run = write("secret", secret, &["--allow", "all"]);
    assert!(run.stderr.contains("user_mapping public(s) holds a secret"), "{}", run.stderr);
    run.expect(1);
    let mark = format!(
        "{people}functions:\n  f():\n    definition: returns int language sql\n    body: |\n      SELECT 1\n      -- migrate:down\n"
    );
    let run = write("mark", &mark, &["--allow", "all"]);
    assert!(run.stderr.contains("has a line that dbmate takes for its own"), "{}", run.stderr);
    run.expect(1);
}

/// `plan --sql` is what psql runs, also where not everything can be in a transaction.
#[test]
fn psql_runs_the_script() {
    let Some(psql) = psql() else { return };
    let database = Database::new();
    database.sql(BEFORE);
    // What statements depend on is not as usual here.
    database.sql(&format!(
        "CREATE ACCESS METHOD other TYPE TABLE HANDLER heap_tableam_handler; ALTER DATABASE {} SET default_table_access_method = other",
        database.name
    ));
    let model = AFTER.replace("tables:\n", "tables:\n  extra:\n    columns:\n      id: integer\n");
    let path = folder("export-script", &[("schema/a.yaml", model.as_bytes())]);
    let url = database.url();
    let script = trueup_in(&path, &plan(&url, &["--sql"]), &[]).expect(0);
    let (before, after) = script.split_once("CREATE INDEX CONCURRENTLY").expect("a statement that is alone");
    assert!(before.trim_end().ends_with("COMMIT;") && after.contains("\nBEGIN;"), "{script}");
    std::fs::write(path.join("plan.sql"), script).expect("a file");
    run_psql(&psql, &database, &path.join("plan.sql"));
    trueup_in(&path, &["drift", "schema", "--db", &url], &[]).expect(0);
}

/// The worked systems by the scripts for psql: forward is what the model asks for, back is what there was.
fn whole_system(before: &str, system: &str) {
    let Some(psql) = psql() else { return };
    let database = Database::new();
    let url = database.url();
    let before = root().join("snapshots/models").join(before);
    let before = before.to_str().expect("a path");
    trueup(&["apply", before, "--db", &url, "--with-provided", "--auto-approve", "--no-record"]).expect(0);
    let path = folder(&format!("export-whole-{system}"), &[]);
    trueup_in(&path, &["snapshot", "--db", &url, "--out", "before.yaml"], &[]).expect(0);
    let model = root().join("schema").join(system);
    let model = model.to_str().expect("a path");
    let files =
        ["--out-dir", "out", "--format", "psql", "--name", NAME, "--prove", "always", "--online", "always", "--allow", "all"];
    trueup_in(&path, &[&["plan", model, "--db", &url], &files[..]].concat(), &[]).expect(0);
    run_psql(&psql, &database, &path.join("out/change.sql"));
    trueup(&["drift", model, "--db", &url]).expect(0);
    assert_eq!(trueup(&["plan", model, "--db", &url, "--sql"]).expect(0), "-- no changes\n");
    run_psql(&psql, &database, &path.join("out/change.rollback.sql"));
    trueup_in(&path, &["diff", "before.yaml", &url], &[]).expect(0);
    let told = history(&path, &url);
    assert_eq!(told.len(), 2, "{told:?}");
    assert!(told.iter().all(|t| t["state"] == "done"), "{told:?}");
}

#[test]
fn multi_agent_by_psql() {
    whole_system("multi_agent-before", "multi_agent");
}

#[test]
fn vital_by_psql() {
    whole_system("vital-remote", "vital");
}
