//! Queries with what is expected of them.

use crate::cli::shows;
use crate::record::Project;
use crate::support::{Database, trueup, trueup_in};

/// Agents of two tenants under row-level security.
const MODEL: &str = "tables:
  agents:
    row_security: enabled
    columns:
      id: integer not null
      tenant: text not null
      shared: boolean not null default true
    primary_key: [id]
    policies:
      own: {for: select, to: [app_reader], using: \"tenant = current_setting('app.tenant', true)\"}
    grants:
      app_reader: [select]
";

const VERIFY: &str = "verify:
  all_shared:
    query: select count(*) as total, count(*) filter (where shared) as shared from agents;
    expect: {total: 4, shared: \">= 4\"}
  tenants:
    query: select tenant, count(*) from agents group by tenant
    expect: [[b, 1], [a, 3]]
  own_alone:
    query: select count(*) from agents -- of a
    as: app_reader
    settings: {app.tenant: a}
    expect: 3
  own_by_function:
    first: select set_config('app.tenant', 'b', false)
    query: select count(*) from agents
    as: app_reader
    expect: 1
";

const ROWS: &str = "INSERT INTO agents VALUES (1, 'a'), (2, 'a'), (3, 'a'), (4, 'b')";

fn project(name: &str, before: &str) -> Project {
    let project = Project::new(&format!("verify-{name}"), Database::new());
    project.apply(MODEL);
    project.database.sql(ROWS);
    project.model(&format!("{MODEL}{VERIFY}{before}"));
    project
}

#[test]
fn asked_by_drift() {
    let project = project("drift", "");
    let drift = project.run(&["drift"]).expect(0);
    assert!(drift.contains("verify  4 passed"), "{drift}");
    project.database.sql("UPDATE agents SET shared = false WHERE id = 1; DELETE FROM agents WHERE id = 4");
    shows!("verify_drift_failed", 2, project.run(&["drift"]));
    let json = project.json(&["drift"]);
    let first = json["verified"].as_array().expect("results").iter().find(|v| v["name"] == "all_shared").expect("it");
    assert_eq!((first["state"].as_str(), first["found"].as_str()), (Some("failed"), Some("total: 3, shared: 2")), "{json:#}");
    assert_eq!(json["in_step"], true);
    project.run(&["drift", "--no-verify"]).expect(0);
    let markdown = project.run(&["drift", "--report", "markdown"]).expect(2);
    assert!(markdown.contains("#### Verify: 3 failed, 1 passed"), "{markdown}");
}

/// A count that row-level security or a missing right would make smaller is not said at all.
#[test]
fn nobody_counts_what_is_hidden() {
    let project = project("hidden", "");
    let url = project.database.url_as("plain");
    let drift = || trueup_in(&project.folder, &["drift", "--db", &url], &[]);
    shows!("verify_may_not_read", 0, drift());
    project.database.sql("GRANT SELECT ON agents TO plain; GRANT app_reader TO plain");
    let text = drift().stdout;
    assert!(text.contains("query would be affected by row-level security policy"), "{text}");
    assert!(text.contains("2 cannot say, 2 passed"), "{text}");
    let grants = project.run(&["grants", "--for", "drift", "--role", "plain"]).expect(0);
    for what in ["GRANT pg_read_all_data TO plain", "ALTER ROLE plain BYPASSRLS", "GRANT app_reader TO plain"] {
        assert!(grants.contains(what), "{grants}");
    }
    project.database.sql("REVOKE app_reader FROM plain; REVOKE SELECT ON agents FROM plain");
    project.run(&["snapshot", "--out", "live.yaml"]).expect(0);
    let text = trueup_in(&project.folder, &["drift", "--db", "live.yaml"], &[]).expect(0);
    assert!(text.contains("there are no rows in a file"), "{text}");
}

#[test]
fn an_apply_asks_before_and_after() {
    let before = "  none_without_tenant:
    query: select count(*) from agents where tenant = ''
    when: before
    expect: 0
";
    let project = project("apply", before);
    let more = |name: &str| {
        let model = MODEL.replace("    primary_key", &format!("      {name}: text\n    primary_key"));
        project.model(&format!("{model}{VERIFY}{before}"));
        project.run(&["apply", "--auto-approve", "--allow", "all"])
    };
    project.database.sql("INSERT INTO agents VALUES (5, '')");
    shows!("verify_before_stops", 3, more("one"));
    assert!(project.database.rows("SELECT 1 FROM pg_attribute WHERE attname = 'one'").is_empty());
    assert_eq!(project.database.rows("SELECT count(*) FROM trueup.apply"), ["1"]);
    project.database.sql("DELETE FROM agents WHERE id IN (4, 5)");
    shows!("verify_after_fails", 2, more("two"));
    shows!("verify_history", 0, project.run(&["history", "show"]));
    let markdown = project.run(&["history", "show", "--markdown"]).expect(0);
    assert!(markdown.contains("#### Verify: 3 failed, 2 passed"), "{markdown}");
    // With nothing to do it is asked all the same.
    let run = project.run(&["apply", "--auto-approve"]);
    assert!(run.stdout.contains("no changes") && run.stdout.contains("verify  3 failed, 1 passed"), "{}", run.shown());
    run.expect(2);
    project.database.sql("INSERT INTO agents VALUES (4, 'b')");
    project.run(&["apply", "--auto-approve"]).expect(0);
    let json = project.json(&["history", "show"]);
    assert_eq!(json["verified"].as_array().map(Vec::len), Some(5), "{json:#}");
}

/// Whatever a query does, nothing stays of it.
#[test]
fn it_only_reads() {
    let project = Project::new("verify-reads", Database::new());
    project.apply(MODEL);
    project.database.sql(ROWS);
    project
        .database
        .sql("CREATE FUNCTION public.wipe() RETURNS bigint LANGUAGE sql AS 'DELETE FROM public.agents; SELECT 0::bigint'");
    let query = |text: &str| project.model(&format!("{MODEL}verify:\n  v:\n    query: {text}\n    expect: 0\n    timeout: 1s\n"));
    for text in ["select wipe()", "delete from agents returning id", "create table t (a int)", "select pg_sleep(60)"] {
        query(text);
        let run = project.run(&["drift", "--manage", "listed"]);
        assert!(run.stdout.contains("cannot say"), "{}", run.shown());
    }
    assert_eq!(project.database.rows("SELECT count(*) FROM agents"), ["4"]);
    assert!(project.database.rows("SELECT 1 FROM pg_class WHERE relname = 't'").is_empty());
}

#[test]
fn slips() {
    let model = "verify:
  two_statements: {query: select 1; commit; drop table agents, expect: 1}
  nothing: {query: \";\", expect: 1}
  without: {query: select 1}
  odd: {query: select 1, expect: [[[1]]]}
  when: {query: select 1, expect: 1, when: later}
  unknown: {query: select 1, expects: 1}
  time: {query: select 1, expect: 1, timeout: soon}
  again: {query: select 1, expect: 1}
";
    let elsewhere = b"verify:\n  v: {query: select 1, expect: 1, databases: [prodution]}\n";
    let project = Project::new("verify-elsewhere", Database::new());
    project.model(std::str::from_utf8(elsewhere).expect("text"));
    let run = project.run(&["plan"]);
    assert!(run.stderr.contains("the project has no database called `prodution`"), "{}", run.shown());
    run.expect(1);
    let files: &[(&str, &[u8])] =
        &[("schema/a.yaml", model.as_bytes()), ("schema/b.yaml", b"verify:\n  again: {query: select 2, expect: 2}\n")];
    let folder = crate::support::folder("verify-slips", files);
    shows!("verify_slips", 1, trueup_in(&folder, &["check"], &[]));
    // What the model's own database makes of the queries.
    let model = b"tables:
  agents:
    columns: {id: integer, is_shared: boolean}
verify:
  before: {when: before, query: select count(gone) from agents, expect: 0}
  columns: {query: select count(*) as total from agents, expect: {total: 254, shared: 254}}
  fine: {first: \"select set_config('a.b', 'c', true)\", query: \"select id, is_shared from agents\", expect: [{id: 1}]}
  first: {first: select set_tenant(1), query: select 1, expect: 1}
  mistyped: {query: select count(*) from agents where is_sharde, expect: 254}
";
    let folder = crate::support::folder("verify-not-understood", &[("schema/a.yaml", model)]);
    shows!("verify_not_understood", 1, trueup_in(&folder, &["check"], &[]));
    let run = trueup(&["check", "schema/multi_agent"]);
    run.expect(0);
}
