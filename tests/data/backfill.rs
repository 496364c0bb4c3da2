//! What columns get in rows that are there.

use crate::cli::shows;
use crate::record::Project;
use crate::support::{Database, trueup_in};

const BEFORE: &str = "tables:
  agents:
    columns:
      id: integer not null
      first: text
      last: text
    primary_key: [id]
";

/// A column is filled from two that go, another with the key of a row that comes; both then must not be null.
const AFTER: &str = "tables:
  tenants:
    columns:
      id: uuid not null
      slug: text not null
    primary_key: [id]
    rows:
      key: id
      values:
        - {id: 00000000-0000-0000-0000-000000000001, slug: vital-platform}
  agents:
    columns:
      id: integer not null
      name:
        definition: text not null
        backfill: {set: \"concat_ws(' ', first, last)\"}
      tenant_id:
        definition: uuid not null
        backfill:
          set:
            tenant_id: (select id from tenants where slug = 'vital-platform')
            is_shared: true
          where: tenant_id is null
      is_shared: boolean not null default false
    primary_key: [id]
    foreign_keys:
      agents_tenant_id_fkey: (tenant_id) references tenants (id)
    checks:
      agents_name_check: name <> ''
    indexes:
      agents_name: unique (name)
";

const ROWS: &str = "INSERT INTO agents SELECT n, 'a' || n, 'b' FROM generate_series(1, 254) n";

const SEEN: &str = "SELECT count(*) || ' ' || count(*) FILTER (WHERE is_shared AND tenant_id = '00000000-0000-0000-0000-000000000001') \
     || ' ' || min(name) FROM agents";

#[test]
fn in_its_place() {
    let project = Project::new("backfill", Database::new());
    project.apply(BEFORE);
    project.database.sql(ROWS);
    project.model(AFTER);
    shows!("backfill_plan", 0, project.run(&["plan"]));
    shows!("backfill_sql", 0, project.run(&["plan", "--sql"]));
    let url = project.database.url();
    let arguments = ["apply", "--auto-approve", "--allow", "all", "--preflight", "--db", &url];
    let run = trueup_in(&project.folder, &arguments, &[("TRUEUP_PROVE", "always")]);
    assert!(run.stdout.contains("converges") && run.stdout.contains("the plan fills name before"), "{}", run.shown());
    run.expect(0);
    assert_eq!(project.database.rows(SEEN), ["254 254 a1 b"]);
    let drift = project.run(&["drift"]).expect(0);
    assert!(drift.contains("in step"), "{drift}");
    assert_eq!(project.run(&["plan", "--sql"]).expect(0), "-- no changes\n");
    // The way back has nothing to do with rows, and arrives.
    project.run(&["rollback", "--auto-approve", "--allow", "all"]).expect(0);
    assert_eq!(project.database.rows("SELECT count(*) || ' ' || count(first) FROM agents"), ["254 0"]);
}

/// Checks that wait for the end of the transaction are made before the table is altered in it.
#[test]
fn with_deferred_checks() {
    let project = Project::new("backfill-deferred", Database::new());
    let model = |more: &str| {
        format!(
            "tables:\n  a:\n    columns:\n      id: integer not null\n      other: integer\n{more}    primary_key: [id]\n    foreign_keys:\n      \
             a_other_fkey: (other) references a (id) deferrable initially deferred\n"
        )
    };
    project.apply(&model(""));
    project.database.sql("INSERT INTO a SELECT n, n FROM generate_series(1, 3) n");
    let more = "      more: {definition: integer not null, backfill: {set: {more: id, other: 1 + 0 * id}}}\n";
    project.apply(&model(more));
    assert_eq!(project.database.rows("SELECT string_agg(more::text, '' ORDER BY id) FROM a"), ["123"]);
    project.run(&["drift"]).expect(0);
}

/// An empty table has nothing to fill: its columns are what they are to be at once.
#[test]
fn without_rows() {
    let project = Project::new("backfill-empty", Database::new());
    project.apply(BEFORE);
    project.model(AFTER);
    let plan = project.run(&["plan", "--sql"]).expect(0);
    assert!(!plan.contains("UPDATE"), "{plan}");
    project.apply(AFTER);
    project.run(&["drift"]).expect(0);
}

/// Rows that match later are pending, and no drift.
#[test]
fn pending() {
    let project = Project::new("backfill-pending", Database::new());
    let model = BEFORE.replace("last: text", "last: {definition: text, backfill: {set: \"'none'\"}}");
    project.apply(&model);
    project.database.sql("INSERT INTO agents VALUES (1, 'a', NULL), (2, 'b', 'c')");
    shows!("backfill_pending", 0, project.run(&["drift"]));
    let json = project.json(&["drift"]);
    assert_eq!((json["in_step"].as_bool(), json["rows"]["backfills"][0]["rows"].as_u64()), (Some(false), Some(1)), "{json:#}");
    project.run(&["apply", "--auto-approve"]).expect(0);
    assert_eq!(project.database.rows("SELECT last FROM agents ORDER BY id"), ["none", "c"]);
    // To be NOT NULL, what is there is filled first.
    project.database.sql("INSERT INTO agents VALUES (3, 'a', NULL)");
    project.model(&model.replace("definition: text,", "definition: text not null,"));
    project.run(&["apply", "--auto-approve"]).expect(0);
    project.run(&["drift"]).expect(0);
}

#[test]
fn in_batches() {
    let project = Project::new("backfill-batches", Database::new());
    project.apply(BEFORE);
    project.database.sql(ROWS);
    project.database.sql(
        "CREATE TABLE public.seen (x xid8, n bigint); CREATE FUNCTION public.note() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN INSERT INTO public.seen \
         SELECT pg_current_xact_id(), count(*) FROM new; RETURN NULL; END'; CREATE TRIGGER t AFTER UPDATE ON public.agents REFERENCING NEW TABLE AS new \
         FOR EACH STATEMENT EXECUTE FUNCTION public.note()",
    );
    let more = |set: &str| {
        let column = format!(
            "last: text\n      name:\n        definition: text not null\n        backfill: {{set: \"{set}\", batch: 100}}"
        );
        project.model(&BEFORE.replace("last: text", &column));
        project.run(&["apply", "--auto-approve", "--manage", "listed"])
    };
    let run = more("nullif(first, first)");
    assert!(run.stderr.contains("match the condition of the backfill still"), "{}", run.shown());
    run.expect(1);
    shows!("backfill_batches", 0, more("first || last"));
    let counts =
        project.database.rows("SELECT string_agg(n::text, ' ' ORDER BY x) || ' in ' || count(DISTINCT x) FROM seen WHERE n > 0");
    assert_eq!(counts, ["100 100 54 in 3"]);
    let large = BEFORE.replace("last: text", "last: text\n      more: {definition: integer, backfill: {set: id}}");
    project.model(&large);
    let plan = project.run(&["plan", "--sql", "--online", "always", "--manage", "listed"]).expect(0);
    assert!(plan.contains("LIMIT 10000") && plan.contains("COMMIT;\n      END LOOP"), "{plan}");
}

#[test]
fn slips() {
    let project = Project::new("backfill-slips", Database::new());
    let model = "tables:
  a:
    columns:
      b: {definition: text, backfill: {where: b is null}}
      c: {definition: text, backfill: {set: now(); drop table a}}
      d: {definition: text, backfill: {set: 1, batch: many}}
      e: {definition: text, backfill: {set: {f: 1}}}
      g: {definition: text, backfill: 1}
";
    project.model(model);
    shows!("backfill_slips", 1, trueup_in(&project.folder, &["check"], &[]));
    project.model("tables:\n  a:\n    columns:\n      e: {definition: text, backfill: {set: {f: 1}}}\n");
    shows!("backfill_unknown_column", 1, trueup_in(&project.folder, &["check"], &[]));
}
