//! The plan file: its schema, and the databases that it applies to.

use serde_json::Value;

use crate::cli::shows;
use crate::support::{Database, folder, root, trueup, trueup_in};

const BEFORE: &str = "CREATE TABLE public.t (id integer PRIMARY KEY, note text); COMMENT ON TABLE public.t IS 'kept'; \
     GRANT SELECT ON public.t TO app_reader; CREATE TABLE public.u (id bigint);";

const AFTER: &str = "schema: public\ntables:\n  t:\n    columns:\n      id: integer not null\n      note: text\n      more: text\n    \
     primary_key: [id]\n    comment: kept\n  u:\n    columns:\n      id: bigint\n";

/// Asserts that a schema describes a value, as far as trueup's own schemas use JSON Schema.
fn describes(root: &Value, schema: &Value, value: &Value, at: &str) {
    if let Some(name) = schema["$ref"].as_str().and_then(|r| r.strip_prefix("#/definitions/")) {
        return describes(root, &root["definitions"][name], value, at);
    }
    if let Some(words) = schema["enum"].as_array() {
        assert!(words.contains(value), "{at}: {value} is none of {words:?}");
    }
    if !schema["const"].is_null() {
        assert_eq!(&schema["const"], value, "{at}");
    }
    let is = match schema["type"].as_str() {
        Some("object") => value.is_object(),
        Some("array") => value.is_array(),
        Some("string") => value.is_string(),
        Some("integer") => value.is_u64(),
        Some("boolean") => value.is_boolean(),
        _ => true,
    };
    assert!(is, "{at}: {value} is no {}", schema["type"]);
    for item in value.as_array().into_iter().flatten() {
        describes(root, &schema["items"], item, &format!("{at}[]"));
    }
    for key in schema["required"].as_array().into_iter().flatten().filter_map(Value::as_str) {
        assert!(value.get(key).is_some(), "{at} lacks {key}");
    }
    for (key, inner) in value.as_object().into_iter().flatten() {
        let known = schema["properties"].get(key);
        let schema = known.or_else(|| schema.get("additionalProperties").filter(|a| a.is_object()));
        describes(root, schema.unwrap_or_else(|| panic!("the schema does not know {at}.{key}")), inner, &format!("{at}.{key}"));
    }
}

/// Asserts that the schema describes a plan.
pub fn described(plan: &Value) {
    let schema = schema();
    describes(&schema, &schema, plan, "plan");
}

fn schema() -> Value {
    let text = trueup(&["schema", "--plan"]).expect(0);
    assert_eq!(text, std::fs::read_to_string(root().join("schema/plan.schema.json")).expect("the committed schema"));
    serde_json::from_str(&text).expect("the schema is JSON")
}

fn plan_file(path: &std::path::Path) -> Value {
    serde_json::from_slice(&std::fs::read(path.join("plan.json")).expect("the plan")).expect("the plan is JSON")
}

#[test]
fn the_schema_describes_plans() {
    let database = Database::new();
    database.sql(BEFORE);
    database.sql(
        "INSERT INTO public.t SELECT i FROM generate_series(1, 1000) i; ANALYZE public.t; ALTER TABLE public.t ADD gone text",
    );
    let model =
        AFTER.replace("more: text", "more: text not null default 'x'\n      kept: int generated always as (id) stored").replace(
            "    comment: kept\n",
            "    comment: kept\n    prevent_destroy: true\n    indexes:\n      t_note: (note)\n    checks:\n      t_id: id > 0\n",
        );
    let path = folder("plan-schema", &[("schema/a.yaml", model.as_bytes())]);
    let url = database.url();
    let schema = schema();
    trueup_in(&path, &["plan", "schema", "--db", &url, "--out", "plan.json", "--prove", "always", "--online", "always"], &[])
        .expect(0);
    let plan = plan_file(&path);
    describes(&schema, &schema, &plan, "plan");
    // It holds what an apply, and whoever reads it, needs to know.
    assert!(plan["back"]["steps"].is_array() && plan["proof"]["forward"] == "proven" && plan["made_from"].is_string(), "{plan}");
    assert_eq!(plan["state"]["column public.t.note"].as_str().map(str::len), Some(12), "{plan}");
    let steps = plan["steps"].as_array().expect("steps");
    let has = |what: &str, step: &dyn Fn(&Value) -> bool| assert!(steps.iter().any(step), "no step with {what}: {plan}");
    has("a size", &|s| s["locks"][0]["size"]["rows"] == 1000);
    has("a rewrite", &|s| s["locks"][0]["work"] == "rewrite");
    has("an online road", &|s| s["online"] == true);
    has("a hazard", &|s| s["hazards"] == serde_json::json!(["data_loss", "breaks_clients"]));
    has("what forbids it", &|s| s["prevented_by"] == "table public.t");
    assert!(plan["phases"].as_array().expect("phases").iter().any(|p| p["transaction"] == false), "{plan}");
    // What it will meet is in it, and nothing that is in rows.
    database.sql("INSERT INTO public.t (id, note) VALUES (-4711, 'x')");
    let asked = ["plan", "schema", "--db", &url, "--out", "plan.json", "--preflight"];
    trueup_in(&path, &asked, &[]).expect(3);
    let met = plan_file(&path);
    describes(&schema, &schema, &met, "plan");
    assert_eq!(met["preflight"]["violations"][0]["rows"], 1, "{met}");
    assert!(!met.to_string().contains("4711"), "{met}");
    // What is recorded and reported has no need of every object's digest.
    let report = trueup_in(&path, &["plan", "schema", "--db", &url, "--report", "json"], &[]).expect(0);
    assert!(!report.contains("\"state\"") && !report.contains("made_from"), "{report}");
}

#[test]
fn the_schema_describes_the_plan_of_a_whole_system() {
    let path = folder("plan-whole", &[]);
    let file = path.join("plan.json");
    let (model, live) = (root().join("schema/multi_agent"), root().join("snapshots/multi_agent-before.yaml"));
    let arguments = [
        "plan",
        model.to_str().expect("a path"),
        "--db",
        live.to_str().expect("a path"),
        "--out",
        file.to_str().expect("a path"),
    ];
    trueup(&arguments).expect(0);
    let (schema, plan) = (schema(), plan_file(&path));
    describes(&schema, &schema, &plan, "plan");
    assert!(plan["steps"].as_array().is_some_and(|steps| !steps.is_empty()) && plan["made_from"].is_null());
}

/// A plan that was made from a snapshot applies to the live database that equals it, and to no other state.
#[test]
fn a_plan_from_a_snapshot() {
    let database = Database::new();
    database.sql(BEFORE);
    let path = folder("plan-snapshot", &[("schema/a.yaml", AFTER.as_bytes())]);
    let url = database.url();
    trueup_in(&path, &["snapshot", "--db", &url, "--out", "live.yaml"], &[]).expect(0);
    trueup_in(&path, &["plan", "schema", "--db", "live.yaml", "--out", "plan.json"], &[]).expect(0);
    let apply = ["apply", "schema", "--db", &url, "--plan", "plan.json", "--auto-approve", "--allow", "all"];
    database.sql("ALTER TABLE public.u ALTER id TYPE integer; CREATE VIEW public.v AS SELECT 1 AS one; REVOKE SELECT ON public.t FROM app_reader");
    shows!("plan_stale", 3, trueup_in(&path, &apply, &[]));
    assert!(database.rows("SELECT 1 FROM pg_attribute WHERE attname = 'more'").is_empty(), "nothing is changed");
    database.sql("ALTER TABLE public.u ALTER id TYPE bigint; DROP VIEW public.v; GRANT SELECT ON public.t TO app_reader");
    trueup_in(&path, &apply, &[]).expect(0);
    assert_eq!(database.rows("SELECT count(*) FROM pg_attribute WHERE attname = 'more'"), ["1"]);
    // Done is done.
    shows!("plan_applied_again", 3, trueup_in(&path, &apply, &[]));
}

/// A plan that was made from a database is for that one alone, also where another is its twin.
#[test]
fn a_plan_for_another_database() {
    let (database, twin) = (Database::new(), Database::new());
    database.sql(BEFORE);
    twin.sql(BEFORE);
    let path = folder("plan-other", &[("schema/a.yaml", AFTER.as_bytes())]);
    trueup_in(&path, &["plan", "schema", "--db", &database.url(), "--out", "plan.json"], &[]).expect(0);
    let apply = |url: &str| trueup_in(&path, &["apply", "schema", "--db", url, "--plan", "plan.json", "--auto-approve"], &[]);
    shows!("plan_for_another_database", 3, apply(&twin.url()));
    assert!(twin.rows("SELECT 1 FROM pg_attribute WHERE attname = 'more'").is_empty(), "nothing is changed");
    apply(&database.url()).expect(0);
}
