//! The report of a plan for a pull request.

use crate::cli::shows;
use crate::support::{Database, folder, trueup, trueup_in};

const BEFORE: &str = "CREATE TABLE public.people (id integer PRIMARY KEY, name text, gone text); \
     CREATE FUNCTION public.f() RETURNS text LANGUAGE plpgsql AS $$BEGIN\n  -- ```\n  PERFORM 1;\n  RETURN 'old';\nEND$$; \
     CREATE POLICY own ON public.people USING (id = 1);";

const AFTER: &str = r#"
schema: public
tables:
  people:
    columns:
      id: integer not null
      name: text not null
    primary_key: [id]
    policies:
      own: {using: "true"}
functions:
  f():
    definition: returns text language plpgsql
    body: |-
      BEGIN
        -- ```
        PERFORM 1;
        RETURN 'new';
      END
"#;

#[test]
fn a_plan_for_reviewers() {
    let database = Database::new();
    database.sql(BEFORE);
    let path = folder("markdown-plan", &[("schema/a.yaml", AFTER.as_bytes())]);
    shows!("plan_markdown", 0, trueup_in(&path, &["plan", "schema", "--db", &database.url(), "--report", "markdown"], &[]));
}

/// One report over several databases says where the SQL is the same.
#[test]
fn several_databases() {
    let databases: Vec<Database> = (0..4).map(|_| Database::new()).collect();
    for database in &databases[..3] {
        database.sql(BEFORE);
    }
    databases[1].sql("INSERT INTO public.people SELECT i, 'x', 'y' FROM generate_series(1, 100) i; ANALYZE public.people");
    databases[0].sql("INSERT INTO public.people VALUES (1, NULL, 'y')");
    databases[2].sql("ALTER TABLE public.people DROP gone");
    let path = folder("markdown-several", &[("schema/a.yaml", AFTER.as_bytes())]);
    let named: Vec<String> = ["staging", "production", "canary", "done"]
        .iter()
        .zip(&databases)
        .map(|(n, d)| format!("  {n}: {}\n", d.url()))
        .collect();
    let settings = format!("databases:\n{}online: {{mode: never, rows: 50}}\n", named.concat());
    std::fs::write(path.join("trueup.yaml"), settings).expect("a project file");
    trueup_in(&path, &["apply", "schema", "--db", "done", "--auto-approve", "--allow", "all"], &[]).expect(0);
    let all = ["plan", "schema", "--db", "staging", "--db", "production", "--db", "canary", "--db", "done"];
    let findings = ["--report", "markdown", "--prove", "auto", "--preflight"];
    shows!("plan_markdown_several", 3, trueup_in(&path, &[&all[..], &findings].concat(), &[]));
    let json = trueup_in(&path, &[&all[..], &["--report", "json", "--detailed-exitcode"]].concat(), &[]).expect(2);
    let json: serde_json::Value = serde_json::from_str(&json).expect("JSON");
    assert_eq!(json.as_array().map(Vec::len), Some(4));
    let same = ["plan", "schema", "--db", "staging", "--db", "production", "--report", "markdown"];
    let same = trueup_in(&path, &same, &[]).expect(0);
    assert!(same.contains("The SQL is the same for all.") && same.matches("```sql").count() == 1, "{same}");
    shows!("plan_several_sql", 1, trueup_in(&path, &[&all[..], &["--sql"]].concat(), &[]));
    let apply = trueup_in(&path, &["apply", "schema", "--db", "staging", "--db", "done"], &[]);
    assert!(apply.stderr.contains("cannot be used multiple times"), "{}", apply.stderr);
}

/// GitHub takes no longer text.
#[test]
fn a_long_plan_is_cut() {
    let both = ["plan", "schema/vital", "--db", "snapshots/vital-remote.yaml", "--db", "snapshots/vital_remote-before.yaml"];
    for arguments in [&both[..4], &both[..]] {
        let report = trueup(&[arguments, &["--report", "markdown"]].concat()).expect(0);
        assert!(report.chars().count() <= 65_536, "{}", report.len());
        assert!(report.contains("Cut here: ") == (report.len() > 60_000), "{}", report.len());
    }
}
