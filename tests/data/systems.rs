//! The rows that the seed documents tell of, from the databases that they begin with.

use crate::cli::shows;
use crate::support::{Database, major, root, trueup, trueup_in};

fn applied(database: &Database, model: &str) -> String {
    trueup(&["apply", model, "--db", &database.url(), "--with-provided", "--auto-approve"]).expect(0)
}

/// 254 agents from before there were tenants: all are given to the platform and shared with everybody, and are counted.
#[test]
fn vital_has_254_agents() {
    let database = Database::new();
    applied(&database, "snapshots/models/vital-remote");
    database.sql("INSERT INTO agents (name) SELECT 'agent ' || n FROM generate_series(1, 254) n");
    let url = database.url();
    let production = |arguments: &[&str]| {
        let arguments = [arguments, &["schema/vital", "--db", "production"]].concat();
        trueup_in(root(), &arguments, &[("VITAL_URL", &url)])
    };
    let applied = production(&["apply", "--auto-approve", "--with-provided"]).expect(0);
    assert!(applied.contains("verify  4 passed") && applied.contains("total_agents: 254"), "{applied}");
    shows!("vital_254", 0, production(&["drift", "--verbose"]));
    let seen = "SELECT count(*) FROM agents WHERE tenant_id = '00000000-0000-0000-0000-000000000001' AND is_shared AND sharing_mode = 'global'";
    assert_eq!(database.rows(seen), ["254"]);
    assert_eq!(
        database.rows("SELECT slug || ' ' || type || ' ' || subscription_tier || ' ' || (id = '00000000-0000-0000-0000-000000000001') FROM tenants ORDER BY slug"),
        ["digital-health-startup industry professional false", "vital-platform platform enterprise true"]
    );
    // One that is made private, and one that is gone.
    database.sql("UPDATE agents SET is_shared = false WHERE name = 'agent 7'; DELETE FROM agents WHERE name = 'agent 8'");
    shows!("vital_253", 2, production(&["drift"]));
    // Elsewhere nobody counts them.
    trueup(&["drift", "schema/vital", "--db", &url]).expect(0);
}

/// The plan that knows three agents.
#[test]
fn vital_remote_has_3_agents() {
    let database = Database::new();
    applied(&database, "snapshots/models/vital_remote-before");
    database.sql("INSERT INTO agents (name) VALUES ('Dr. Sarah Chen'), ('b'), ('c')");
    let url = database.url();
    let arguments = ["apply", "schema/vital_remote", "--db", "production", "--auto-approve", "--with-provided"];
    let run = trueup_in(root(), &arguments, &[("VITAL_REMOTE_URL", &url), ("TRUEUP_PROVE", "always")]);
    assert!(run.stdout.contains("verify  4 passed") && run.stdout.contains("converges"), "{}", run.shown());
    run.expect(0);
}

/// What `ON CONFLICT DO NOTHING` does: what somebody has made of an agent stays.
#[test]
fn consolidated_has_its_agents_and_models() {
    if major() < 15 {
        return;
    }
    let database = Database::new();
    applied(&database, "schema/consolidated");
    assert_eq!(
        database.rows(
            "SELECT a.name || ' ' || m.name || ' ' || m.provider FROM models m JOIN agents a ON a.id = m.agent_id ORDER BY 1"
        ),
        [
            "ccrouter gemini-1.5-flash vertex-ai",
            "ccrouter gemini-1.5-pro vertex-ai",
            "droid claude-3-opus openrouter",
            "droid gpt-4 openrouter"
        ]
    );
    assert_eq!(
        database.rows("SELECT config FROM agents WHERE name = 'ccrouter'"),
        ["{\"location\": \"us-central1\", \"provider\": \"vertex-ai\"}"]
    );
    database.sql("UPDATE agents SET config = '{}', description = 'ours'; DELETE FROM models WHERE name = 'gpt-4'");
    let drift = trueup(&["drift", "schema/consolidated", "--db", &database.url()]).expect(2);
    assert!(drift.contains("public.models: 1 missing of 4 rows") && !drift.contains("public.agents:"), "{drift}");
    applied(&database, "schema/consolidated");
    assert_eq!(database.rows("SELECT count(*) || ' ' || min(a.description) FROM models m, agents a"), ["8 ours"]);
}
