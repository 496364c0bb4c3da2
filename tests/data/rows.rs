//! Rows of reference tables.

use crate::cli::shows;
use crate::record::Project;
use crate::support::{Database, trueup_in};

const TABLES: &str = "enums:
  tier: [free, pro]
tables:
  agents:
    columns:
      id: uuid not null default gen_random_uuid()
      name: text not null
      tier: tier not null default 'free'
    primary_key: [id]
    unique:
      agents_name_key: (name)
  models:
    columns:
      number: bigint not null generated always as identity
      agent_id: uuid not null
      name: text not null
      cost: numeric(12,6)
      config: json
      tags: text[] not null default '{}'
      since: timestamptz
      note: text default 'new'
      title: text generated always as (upper(name)) stored
      parent: bigint
    primary_key: [number]
    foreign_keys:
      models_agent_id_fkey: (agent_id) references agents (id)
      models_parent_fkey: (parent) references models (number)
    unique:
      models_agent_id_name_key: (agent_id, name)
";

const ROWS: &str = "    rows:
      key: [agent_id, name]
      values:
        - agent_id: {agents: {name: ccrouter}}
          name: it's \"pro\"
          cost: 1.50
          config: {provider: vertex-ai, list: [1, two, null]}
          tags: [a, 'b,c']
          since: 2025-10-26 12:00+02
        - agent_id: {agents: {name: droid}}
          name: gpt-4
          number: 77
          cost: null
        - agent_id: {agents: {name: droid}}
          name: gpt-4-mini
          parent: {models: {name: gpt-4}}
          cost: 2
";

const AGENTS: &str = "    rows:
      key: name
      values:
        - {name: ccrouter, tier: pro}
        - {name: droid}
";

/// The model, with the rows of the second table in the first place: their order is that of references.
fn model(agents: &str, models: &str) -> String {
    let (first, second) = TABLES.split_at(TABLES.find("  models:").expect("the table"));
    format!("{first}{agents}{second}{models}")
}

const SEEN: &str = "SELECT m.number IS NOT NULL || '|' || a.name || '|' || m.name || '|' || coalesce(cost::text, '-') || '|' || coalesce(config::text, '-') \
     || '|' || tags::text || '|' || coalesce((since AT TIME ZONE 'UTC')::text, '-') || '|' || note || '|' || coalesce(parent::text, '-') \
     FROM models m JOIN agents a ON a.id = m.agent_id ORDER BY a.name, m.name";

#[test]
fn they_come_and_stay() {
    let project = Project::new("rows", Database::new());
    project.model(&model(AGENTS, ROWS));
    shows!("rows_plan", 0, project.run(&["plan"]));
    shows!("rows_sql", 0, project.run(&["plan", "--sql"]));
    let applied = project.run(&["apply", "--auto-approve"]).expect(0);
    assert!(applied.contains("5 rows written"), "{applied}");
    assert_eq!(
        project.database.rows(SEEN),
        [
            "true|ccrouter|it's \"pro\"|1.500000|{\"provider\":\"vertex-ai\",\"list\":[1,\"two\",null]}|{a,\"b,c\"}|2025-10-26 10:00:00|new|-",
            "true|droid|gpt-4|-|-|{}|-|new|-",
            "true|droid|gpt-4-mini|2.000000|-|{}|-|new|77",
        ]
    );
    // The column counts on from the highest that a row gives.
    project.database.sql("INSERT INTO models (agent_id, name) SELECT id, 'next' FROM agents WHERE name = 'droid'");
    assert_eq!(project.database.rows("DELETE FROM models WHERE name = 'next' RETURNING number"), ["78"]);
    // However a value is written, it is the same one.
    project.database.sql("UPDATE models SET config = '{ \"list\": [1, \"two\", null],   \"provider\": \"vertex-ai\" }', note = 'theirs' WHERE name LIKE 'it%'");
    assert_eq!(project.run(&["plan", "--sql"]).expect(0), "-- no changes\n");
    project.run(&["drift"]).expect(0);
    let sql = project.run(&["history", "show"]).expect(0);
    assert!(sql.contains("fill table public.agents"), "{sql}");
}

#[test]
fn differences_of_rows() {
    let project = Project::new("rows-differ", Database::new());
    project.apply(&model(AGENTS, ROWS));
    project.database.sql(
        "UPDATE models SET cost = 3, tags = '{x}' WHERE name LIKE 'it%'; UPDATE models SET cost = 4 WHERE name = 'gpt-4';
         DELETE FROM models WHERE name = 'gpt-4-mini'; INSERT INTO agents (name) VALUES ('theirs'); UPDATE agents SET tier = 'free'",
    );
    shows!("rows_drift", 2, project.run(&["drift"]));
    let json = project.json(&["drift"]);
    assert_eq!((json["in_step"].as_bool(), json["rows"]["tables"][1]["missing"].as_u64()), (Some(false), Some(1)), "{json:#}");
    shows!("rows_update_sql", 0, project.run(&["plan", "--sql"]));
    project.run(&["apply", "--auto-approve"]).expect(0);
    project.run(&["drift"]).expect(0);
    shows!("rows_history", 0, project.run(&["history", "show"]));
    shows!("rows_rollback", 0, project.run(&["rollback", "--auto-approve"]));
    // What somebody else's rows have is theirs.
    assert_eq!(project.database.rows("SELECT tier FROM agents ORDER BY name"), ["pro", "free", "free"]);
    // Only what is missing.
    project.model(&model(&AGENTS.replace("key: name", "key: name\n      mode: insert_only"), ""));
    project.database.sql("UPDATE agents SET tier = 'free'; DELETE FROM models; DELETE FROM agents WHERE name = 'droid'");
    project.run(&["apply", "--auto-approve"]).expect(0);
    assert_eq!(
        project.database.rows("SELECT name || tier FROM agents ORDER BY name"),
        ["ccrouterfree", "droidfree", "theirsfree"]
    );
    project.model(&model(&AGENTS.replace("key: name", "key: name\n      delete: true"), ""));
    let run = project.run(&["apply", "--auto-approve"]);
    assert!(run.stderr.contains("--allow data_loss"), "{}", run.shown());
    run.expect(3);
    project.run(&["apply", "--auto-approve", "--allow", "data_loss"]).expect(0);
    assert_eq!(project.database.rows("SELECT name || tier FROM agents ORDER BY name"), ["ccrouterpro", "droidfree"]);
    project.run(&["drift"]).expect(0);
}

/// New columns, constraints and labels of the table: rows come when they can, and before what judges them.
#[test]
fn with_changes_of_their_table() {
    let project = Project::new("rows-change", Database::new());
    project.apply(&model(AGENTS, ""));
    let changed = TABLES
        .replace("[free, pro]", "[free, pro, max]")
        .replace(
            "      tier: tier not null default 'free'\n",
            "      tier: tier not null default 'free'\n      rank: integer not null\n",
        )
        .replace(
            "      agents_name_key: (name)\n",
            "      agents_name_key: (name)\n      agents_rank_key: (rank)\n    checks:\n      agents_rank_check: rank > 0\n",
        );
    let (first, second) = changed.split_at(changed.find("  models:").expect("the table"));
    let rows = "    rows:\n      key: name\n      values:\n        - {name: ccrouter, tier: max, rank: 1}\n        - {name: droid, rank: 2}\n        - {name: third, rank: 3}\n";
    project.model(&format!("{first}{rows}{second}"));
    shows!("rows_with_changes_sql", 0, project.run(&["plan", "--sql"]));
    let run = crate::support::trueup_in(
        &project.folder,
        &["apply", "--auto-approve", "--db", &project.database.url()],
        &[("TRUEUP_PROVE", "always")],
    );
    assert!(run.stdout.contains("converges"), "{}", run.shown());
    run.expect(0);
    assert_eq!(
        project.database.rows("SELECT name || tier || rank FROM agents ORDER BY name"),
        ["ccroutermax1", "droidfree2", "thirdfree3"]
    );
    project.run(&["drift"]).expect(0);
}

/// A table and a column that are renamed in the same plan.
#[test]
fn with_renames() {
    let project = Project::new("rows-renamed", Database::new());
    project.apply(&model(AGENTS, ""));
    project.database.sql("UPDATE agents SET tier = 'free'");
    let renamed = model(&AGENTS.replace("name: ", "title: ").replace("key: name", "key: title").replace("{name", "{title"), "")
        .replace("  agents:\n    columns:", "  bots:\n    renamed_from: agents\n    columns:")
        .replacen("      name: text not null", "      title: {definition: text not null, renamed_from: name}", 1)
        .replace("agents_name_key: (name)", "agents_name_key: (title)")
        .replace("references agents", "references bots");
    project.model(&renamed.replace("key: title", "key: [title]"));
    let plan = project.run(&["plan", "--sql"]).expect(0);
    assert!(plan.contains("UPDATE public.bots SET tier = 'pro' WHERE title = 'ccrouter'"), "{plan}");
    project.run(&["apply", "--auto-approve"]).expect(0);
    project.run(&["drift"]).expect(0);
}

/// Taking something else of a table into the model leaves alone what it says of rows.
#[test]
fn pulled_into() {
    let project = Project::new("rows-pulled", Database::new());
    let agents = TABLES.replace(
        "tier: tier not null default 'free'",
        "tier: {definition: tier not null default 'free', backfill: {set: \"'pro'\", where: tier is null}}",
    );
    let (first, second) = agents.split_at(agents.find("  models:").expect("the table"));
    project.apply(&format!("{first}{AGENTS}{second}"));
    project.database.sql("ALTER TABLE agents ADD COLUMN more text; ALTER TABLE agents ALTER COLUMN tier DROP NOT NULL");
    project.run(&["pull", "--out", "schema"]).expect(0);
    let text = std::fs::read_to_string(project.folder.join("schema/a.yaml")).expect("the model");
    assert!(
        text.contains("- {name: ccrouter, tier: pro}") && text.contains("more: text") && text.contains("set: '''pro'''"),
        "{text}"
    );
    project.run(&["drift"]).expect(0);
}

#[test]
fn nobody_guesses() {
    let project = Project::new("rows-unseen", Database::new());
    project.apply(&model(AGENTS, ""));
    let url = project.database.url_as("plain");
    shows!("rows_may_not_read", 0, trueup_in(&project.folder, &["drift", "--db", &url], &[]));
    project.run(&["snapshot", "--out", "live.yaml"]).expect(0);
    let run = trueup_in(&project.folder, &["drift", "--db", "live.yaml"], &[]);
    assert!(run.stdout.contains("public.agents: cannot say: there are no rows in a file"), "{}", run.shown());
    run.expect(0);
    assert_eq!(trueup_in(&project.folder, &["plan", "--db", "live.yaml", "--sql"], &[]).expect(0), "-- no changes\n");
}

#[test]
fn slips() {
    let project = Project::new("rows-slips", Database::new());
    project.apply(&model("", ""));
    let models = "    rows:
      key: [agent_id, name]
      values:
        - {agent_id: {agents: {nmae: a}}, name: a}
        - {agent_id: {models: {name: a}}, name: a}
        - {name: a}
        - {agent_id: 00000000-0000-0000-0000-000000000001, name: a, tittle: b, title: c, note: [a]}
";
    let agents = "    rows:\n      key: name\n      values:\n        - {name: a}\n        - {name: a}\n        - {tier: pro}\n        - {name: null}\n";
    project.model(&model(agents, models));
    shows!("rows_slips", 1, project.run(&["plan"]));
    project.model(&model("    rows: [a]\n", "    rows: {key: a, values: {a: b}, mode: often}\n"));
    shows!("rows_wrong_types", 1, trueup_in(&project.folder, &["check"], &[]));
    let agents = "    rows:\n      key: id\n      values:\n        - {id: 00000000-0000-0000-0000-000000000001, name: a, tier: gold}\n        - {id: 7, name: b}\n";
    project.model(&model(agents, ""));
    shows!("rows_not_values", 1, project.run(&["plan"]));
}
