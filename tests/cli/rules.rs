//! What is left alone: rules of the project file and profiles, on a real server.

use super::shows;
use crate::support::{Database, folder, trueup_in};

const RULES: &[u8] = br#"ignore:
  table: ["tmp_*", "!tmp_keep"]
  index: ["*_by_hand"]
  attribute: {table: [comment]}
  owner: [app_auditor]
"#;

const MODEL: &[u8] = b"schema: public\ntables:\n  orders: {comment: Orders, columns: {id: integer}}\n";

const LIVE: &str = "CREATE TABLE orders (id integer); COMMENT ON TABLE orders IS 'Other words'; CREATE INDEX orders_by_hand ON orders (id); \
     CREATE TABLE tmp_1 (id serial PRIMARY KEY, x text CHECK (x <> '')); CREATE TABLE tmp_2 (id integer); \
     CREATE VIEW audited AS SELECT 1 AS x; ALTER VIEW audited OWNER TO app_auditor";

#[test]
fn rules_leave_alone_and_count() {
    let live = Database::new();
    live.sql(LIVE);
    let path = folder("rules", &[("trueup.yaml", RULES), ("model.yaml", MODEL)]);
    let run = |command: &str, more: &[&str]| {
        let url = live.url();
        trueup_in(&path, &[&[command, "model.yaml", "--db", &url], more].concat(), &[])
    };
    shows!("rules_drift", 0, run("drift", &[]));
    shows!("rules_drift_markdown", 0, run("drift", &["--report", "markdown"]));
    shows!("rules_plan", 0, run("plan", &[]));
    let report: serde_json::Value = serde_json::from_str(&run("drift", &["--report", "json"]).expect(0)).expect("JSON");
    assert_eq!(report["ignored"]["by"]["table tmp_*"], 9, "{report}");
    assert_eq!(report["ignored"]["attributes"], 1);
    // An exception is compared.
    live.sql("CREATE TABLE tmp_keep (id integer)");
    let drift = run("drift", &[]).expect(2);
    assert!(drift.contains("tmp_keep") && !drift.contains("tmp_1"), "{drift}");
}

#[test]
fn manage_rules_narrow_the_scope() {
    let live = Database::new();
    live.sql("CREATE SCHEMA app_a; CREATE SCHEMA other; CREATE TABLE app_a.t (id integer); CREATE TABLE other.t (id integer)");
    let project = b"manage: {scope: all, schema: [\"app_*\"]}\n";
    let path = folder("manage_rules", &[("trueup.yaml", project), ("model.yaml", b"schema: app_a\n")]);
    let url = live.url();
    let plan = trueup_in(&path, &["plan", "model.yaml", "--db", &url, "--sql"], &[]).expect(0);
    assert!(plan.contains("DROP TABLE app_a.t") && !plan.contains("other"), "{plan}");
}

#[test]
fn a_rule_that_looks_at_nothing() {
    let path = folder("bad_rules", &[("trueup.yaml", b"ignore: {tabel: [x]}\nmanage: [declared, index]\nprofiles: [supabse]\n")]);
    shows!("bad_rules", 1, trueup_in(&path, &["check", "schema"], &[]));
}

const SUPABASE: &str = "CREATE SCHEMA auth; CREATE SCHEMA storage; \
     CREATE TABLE auth.users (id uuid PRIMARY KEY, email text); CREATE TABLE auth.sessions (id uuid); \
     CREATE TABLE storage.objects (id uuid PRIMARY KEY, bucket_id text, name text, owner uuid); \
     ALTER TABLE storage.objects ENABLE ROW LEVEL SECURITY; \
     CREATE FUNCTION storage.touch() RETURNS trigger LANGUAGE plpgsql AS 'begin return new; end'; \
     CREATE TRIGGER update_objects_updated_at BEFORE UPDATE ON storage.objects FOR EACH ROW EXECUTE FUNCTION storage.touch(); \
     CREATE TABLE profiles (id uuid PRIMARY KEY REFERENCES auth.users (id)); \
     CREATE FUNCTION handle_new_user() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = '' AS 'begin return new; end'; \
     CREATE TRIGGER on_auth_user_created AFTER INSERT ON auth.users FOR EACH ROW EXECUTE FUNCTION handle_new_user(); \
     CREATE POLICY own_files ON storage.objects FOR SELECT TO authenticated USING (bucket_id = 'own'); \
     ALTER DEFAULT PRIVILEGES FOR ROLE postgres IN SCHEMA public GRANT ALL ON TABLES TO anon, authenticated, service_role; \
     ALTER DEFAULT PRIVILEGES FOR ROLE postgres IN SCHEMA public GRANT ALL ON SEQUENCES TO anon, authenticated, service_role; \
     ALTER DEFAULT PRIVILEGES FOR ROLE postgres IN SCHEMA public GRANT ALL ON FUNCTIONS TO anon, authenticated, service_role; \
     CREATE TABLE notes (id uuid)";

/// What is the project's own on Supabase's tables is pulled, compared and changed; the tables are not.
#[test]
fn supabase_is_recognised_and_left_alone() {
    let live = Database::new();
    live.sql(SUPABASE);
    let path = folder("supabase", &[]);
    let url = live.url();
    let run = |arguments: &[&str]| trueup_in(&path, arguments, &[("DATABASE_URL", &url)]);
    run(&["init", "--db", &url]).expect(0);
    let read = |file: &str| std::fs::read_to_string(path.join(file)).unwrap_or_else(|e| panic!("{file}: {e}"));
    assert!(read("trueup.yaml").contains("profiles: [supabase]"));
    let users = read("schema/auth/tables/users.yaml");
    assert!(users.contains("auth.users:") && users.contains("on_auth_user_created") && !users.contains("columns"), "{users}");
    assert!(!users.starts_with("schema:"), "{users}");
    let objects = read("schema/storage/tables/objects.yaml");
    assert!(objects.contains("own_files") && !objects.contains("update_objects_updated_at"), "{objects}");
    assert!(!path.join("schema/auth/tables/sessions.yaml").exists());
    assert!(!read("schema/tables/notes.yaml").contains("grants"), "what default privileges give is not written");
    let drift = run(&["drift"]).expect(0);
    assert!(drift.contains("profile supabase"), "{drift}");
    std::fs::write(path.join("schema/storage/tables/objects.yaml"), objects.replace("own_files", "mine_files"))
        .expect("it can be written");
    let plan = run(&["plan", "--sql"]).expect(0);
    assert!(plan.contains("CREATE POLICY mine_files ON storage.objects") && !plan.contains("TABLE storage"), "{plan}");
    let all = run(&["plan", "--sql", "--manage", "all"]).expect(0);
    assert!(all.contains("DROP POLICY own_files ON storage.objects") && !all.contains("DROP TABLE"), "{all}");
}

/// What pgmq makes for a queue is no member of the extension; the extension itself is not to be had here.
#[test]
fn a_profile_speaks_of_names() {
    let live = Database::new();
    live.sql(
        "CREATE SCHEMA pgmq; CREATE TABLE pgmq.q_mail (msg_id bigint); CREATE TABLE t (id integer) PARTITION BY RANGE (id); \
         CREATE TABLE t_p100 PARTITION OF t FOR VALUES FROM (0) TO (100); CREATE TABLE other_p1 (id integer)",
    );
    let model = b"schema: public\ntables:\n  t: {partition_by: range (id), columns: {id: integer}}\n";
    let path = folder("profiles", &[("trueup.yaml", b"profiles: [pgmq, pg_partman]\n"), ("model.yaml", model)]);
    let url = live.url();
    let plan = trueup_in(&path, &["plan", "model.yaml", "--db", &url, "--sql", "--manage", "all"], &[]).expect(0);
    assert!(plan.contains("DROP TABLE public.other_p1"), "{plan}");
    assert!(!plan.contains("t_p100") && !plan.contains("pgmq"), "{plan}");
}
