//! What a plan will meet: rows and queries planted in multi_agent are found, and nothing else is.

mod grants;

use std::path::PathBuf;

use serde_json::Value;

use crate::connections::servers::Postgres;
use crate::export::plan_file::described;
use crate::support::{Database, Run, folder, root, trueup};

const SEED: &str = include_str!("seed.sql");

/// A model's files with others put beside them, and some words exchanged.
fn model(name: &str, from: &str, extra: &str, words: &[(&str, &str, &str)]) -> PathBuf {
    let mut files: Vec<(String, String)> = Vec::new();
    let mut open = vec![root().join(from)];
    while let Some(path) = open.pop() {
        if path.is_dir() {
            open.extend(std::fs::read_dir(&path).expect("a model").map(|e| e.expect("a model").path()));
        } else {
            let name = path.strip_prefix(root().join(from)).expect("below it").display().to_string();
            files.push((name, std::fs::read_to_string(&path).expect("a model")));
        }
    }
    for (file, was, is) in words {
        let (_, text) = files.iter_mut().find(|(name, _)| name == file).unwrap_or_else(|| panic!("{file}"));
        assert!(text.contains(was), "{was} is not in {file}");
        *text = text.replacen(was, is, 1);
    }
    files.push(("extra.yaml".into(), std::fs::read_to_string(root().join("tests/preflight").join(extra)).expect("a model")));
    let files: Vec<(&str, &[u8])> = files.iter().map(|(name, text)| (name.as_str(), text.as_bytes())).collect();
    folder(name, &files)
}

/// multi_agent as it was before 007, with rows.
fn database() -> Database {
    let database = Database::new();
    let before = model("preflight-before", "snapshots/models/multi_agent-before", "before.yaml", &[]);
    let before = before.to_str().expect("UTF-8");
    trueup(&["apply", before, "--db", &database.url(), "--with-provided", "--auto-approve", "--no-record"]).expect(0);
    database.sql(SEED);
    database
}

/// multi_agent as it is to be, and more than its rows allow.
fn after(name: &str) -> String {
    let words = [
        ("tables/feedback.yaml", "definition: text\n", "definition: text not null\n"),
        ("tables/feedback.yaml", "rating between 1 and 5", "rating between 2 and 5"),
        ("tables/users.yaml", "    unique:\n", "    unique:\n      users_full_name_key: (full_name)\n"),
        ("tables/users.yaml", "role in ('admin', 'user')", "role in ('admin')"),
        ("tables/conversations.yaml", "title: varchar(255)", "title: varchar(20)"),
    ];
    model(name, "schema/multi_agent", "after.yaml", &words).to_str().expect("UTF-8").to_string()
}

fn preflight(run: Run, code: i32) -> Value {
    let plan: Value = serde_json::from_str(&run.expect(code)).expect("JSON");
    described(&plan);
    plan["preflight"].clone()
}

/// Every violation in a line.
fn violations(preflight: &Value) -> Vec<String> {
    let list = preflight["violations"].as_array().cloned().unwrap_or_default();
    let mut lines: Vec<String> = list
        .iter()
        .map(|v| {
            let text = |key: &str| v[key].as_str().unwrap_or_default().to_string();
            let keys: Vec<&str> = v["keys"].as_array().into_iter().flatten().filter_map(Value::as_str).collect();
            let more = if v["or_more"] == true { " or more" } else { "" };
            assert!(v["step"].is_u64(), "a step for {v}");
            format!("{}{more} of {} for {}: {} [{}]\n", v["rows"], text("table"), text("object"), text("what"), keys.join("; "))
        })
        .collect();
    lines.sort();
    lines
}

#[test]
fn every_row_in_the_way_is_found_and_no_other() {
    let database = database();
    let after = after("preflight-after");
    let arguments = ["plan", &after, "--db", &database.url(), "--preflight", "--report", "json"];
    let found = preflight(trueup(&[&arguments[..], &["--show-keys"]].concat()), 3);
    insta::assert_snapshot!(violations(&found).concat());
    // A check of a column whose values cannot be converted is none of the plan's troubles yet.
    let unsaid = found["cannot_say"].as_array().expect("a list");
    assert!(unsaid.len() == 1 && unsaid[0]["object"] == "check public.tickets.amount_positive", "{found:#}");

    // Without being asked for, nothing that is taken from rows leaves a terminal.
    let told = preflight(trueup(&arguments), 3);
    assert_eq!(violations(&told).len(), violations(&found).len());
    let told = told.to_string();
    for secret in ["keys", "said", "abc", "00000000-0000"] {
        assert!(!told.contains(secret), "{secret} in {told}");
    }
    let shown = |form: &str, more: &[&str]| {
        let arguments = ["plan", &after, "--db", &database.url(), "--preflight", "--report", form];
        trueup(&[&arguments[..], more].concat()).shown().replace(&after, "")
    };
    let markdown = shown("markdown", &[]);
    let list: Vec<&str> =
        markdown.lines().skip_while(|l| !l.starts_with("**Rows**")).take_while(|l| !l.starts_with('<')).collect();
    insta::assert_snapshot!(list.join("\n"));
    let text = shown("text", &["--show-keys", "--only", "table:tickets", "--only", "column:tickets.*"]);
    let lines: Vec<&str> = text.lines().skip_while(|l| !l.starts_with("rows")).collect();
    insta::assert_snapshot!(lines.join("\n"));

    // Nothing was written, and nothing is refused once the rows are right.
    trueup(&["apply", &after, "--db", &database.url(), "--preflight", "--auto-approve"]).expect(3);
    database.sql(
        "TRUNCATE tickets, keyless, feedback; TRUNCATE measures, measures_2025; \
         UPDATE users SET full_name = email; UPDATE conversations SET title = 'short'; DELETE FROM conversations; DELETE FROM users",
    );
    let right = preflight(trueup(&arguments), 0);
    assert_eq!((&right["violations"], &right["cannot_say"]), (&Value::Null, &Value::Null), "{right:#}");
    let allow = ["--allow", "all", "--no-record"];
    trueup(&[&["apply", &after, "--db", &database.url(), "--preflight", "--auto-approve"][..], &allow].concat()).expect(0);
}

#[test]
fn what_cannot_be_asked_is_said() {
    let database = Database::owned_by("plain");
    let write = |name: &str, text: &str| {
        let path = folder(name, &[("model.yaml", text.as_bytes())]);
        path.to_str().expect("UTF-8").to_string()
    };
    let columns = "id: integer not null\n      a: integer\n      b: text\n    primary_key: [id]\n";
    let tables = |checks: [&str; 3]| {
        let one = |(name, check): (&str, &str)| format!("  {name}:\n    columns:\n      {columns}{check}");
        let all: Vec<String> = ["closed", "hidden", "slow"].into_iter().zip(checks).map(one).collect();
        format!("schema: public\ntables:\n{}", all.concat())
    };
    let before = write("preflight-cannot-before", &tables(["", "", ""]));
    trueup(&["apply", &before, "--db", &database.url_as("postgres"), "--auto-approve", "--no-record"]).expect(0);
    database.sql(
        "INSERT INTO slow SELECT n, n, 'x' FROM generate_series(1, 100) n; INSERT INTO hidden VALUES (1, 1, 'x'); \
         GRANT SELECT ON hidden, slow TO plain; ALTER TABLE hidden ENABLE ROW LEVEL SECURITY",
    );
    let check = |text: &str| format!("    checks:\n      c: {text}\n");
    let slow = check("a > length(repeat(repeat(b, 100000), 10000))");
    let model = write("preflight-cannot-after", &tables([&check("a > 0"), &check("a > 0"), &slow]));
    let plain = database.url_as("plain");
    let run = |model: &str, more: &[&str]| {
        let arguments = ["plan", model, "--db", &plain, "--only", "check", "--preflight", "--report", "json"];
        preflight(trueup(&[&arguments[..], more].concat()), 0)
    };
    let told = run(&model, &["--preflight-timeout", "1s"]);
    let why: Vec<String> =
        told["cannot_say"].as_array().expect("a list").iter().map(|u| format!("{}: {}\n", u["object"], u["why"])).collect();
    insta::assert_snapshot!(why.concat());
    assert_eq!(told["violations"], Value::Null);

    // No time at all.
    let told = run(&model, &["--preflight-timeout", "0"]);
    assert!(told["cannot_say"].as_array().is_some_and(|l| l.len() == 3), "{told:#}");
    // A model may not make the live database do anything.
    let acts = write("preflight-acts", &tables(["", "", &check("pg_terminate_backend(a) or a > 0")]));
    let told = run(&acts, &[]);
    assert!(told.to_string().contains("it calls pg_terminate_backend, which does more than look"), "{told:#}");
}

/// What broke which query.
fn broken(preflight: &Value) -> String {
    let queries = &preflight["queries"];
    let line = |b: &Value| {
        let text = |key: &str| b[key].as_str().unwrap_or_default().to_string();
        let name = text("name");
        let name = name.rsplit('/').next().unwrap_or_default();
        assert!(b["step"].is_u64(), "a step for {b}");
        format!("{name} {} | {} | {}\n", text("sql"), text("object"), text("error"))
    };
    let list: String = queries["broken"].as_array().into_iter().flatten().map(line).collect();
    format!("{} known, {} did not work before\n{list}", queries["known"], queries["before"])
}

#[test]
fn queries_that_stop_working_are_found_with_the_step() {
    let database = database();
    let after = after("preflight-queries");
    let queries = ["--queries", "tests/preflight/queries"];
    let arguments = ["plan", &after, "--db", &database.url(), "--report", "json"];
    let found = preflight(trueup(&[&arguments[..], &queries].concat()), 3);
    insta::assert_snapshot!(broken(&found));
    let allowed = preflight(trueup(&[&arguments[..], &queries, &["--allow", "breaks_clients"]].concat()), 0);
    assert_eq!(found["queries"], allowed["queries"]);
    let works = ["--queries", "tests/preflight/queries/works.sql"];
    let none = preflight(trueup(&[&arguments[..], &works].concat()), 0);
    assert_eq!(none["queries"]["broken"], Value::Null, "{none:#}");
}

#[test]
fn recorded_statements_are_queries() {
    let server = Postgres::start("statements", "shared_preload_libraries = 'pg_stat_statements'", "", &[]);
    server.sql("CREATE ROLE anon; CREATE ROLE authenticated; CREATE ROLE service_role");
    server.sql("CREATE DATABASE app");
    let sql = |text: &str| crate::support::sql_at(&server.settings_of("app"), text);
    let url = server.url("app");
    let before = model("preflight-recorded-before", "snapshots/models/multi_agent-before", "before.yaml", &[]);
    let applying = ["--with-provided", "--auto-approve", "--no-record"];
    trueup(&[&["apply", before.to_str().expect("UTF-8"), "--db", &url][..], &applying].concat()).expect(0);
    let after = after("preflight-recorded");
    let arguments = ["plan", &after, "--db", &url, "--report", "json", "--queries", "pg_stat_statements"];
    let lacking = trueup(&arguments);
    assert!(lacking.code == 1 && lacking.stderr.contains("the live database has no pg_stat_statements"), "{lacking:?}");
    sql("CREATE EXTENSION pg_stat_statements SCHEMA extensions; SELECT extensions.pg_stat_statements_reset()");
    sql("SET search_path = public; SELECT comment FROM feedback WHERE id = '00000000-0000-0000-0000-000000000031' LIMIT 3");
    sql("SELECT rating FROM public.feedback WHERE rating > 2 AND created_at > now() - interval '1 day'");
    sql("SELECT json_build_object('rating', rating, 'notes', comment) FROM public.feedback WHERE rating > 2");
    let found = preflight(trueup(&arguments), 3);
    let told = broken(&found);
    // Of what trueup itself has asked, a few depend on the types of their constants, which are not recorded; a syntax error is none.
    assert!(!found.to_string().contains("SQLSTATE 42601"), "{found:#}");
    let told: Vec<&str> = told.lines().skip(1).map(|l| l.split_once(' ').map_or(l, |(_, rest)| rest)).collect();
    assert_eq!(told.len(), 2, "{found:#}");
    assert!(told.iter().all(|l| l.contains("| column public.feedback.comment | column \"comment\" does not exist")), "{told:?}");
}

#[test]
fn a_rename_that_nobody_has_said_is_pointed_out() {
    let database = database();
    let words = [("tables/feedback.yaml", "        renamed_from: comment\n", "")];
    let model = model("preflight-likely", "schema/multi_agent", "before.yaml", &words);
    let (folder, model) = (model.display().to_string(), model.join("tables").display().to_string());
    let words: Vec<String> = ["text", "json", "markdown"]
        .iter()
        .map(|form| trueup(&["plan", &folder, "--db", &database.url(), "--report", form]).expect(0).replace(&model, ""))
        .collect();
    let line = "column public.feedback.comment looks like public.feedback.notes renamed: add `renamed_from: comment` at /feedback.yaml:15";
    assert!(words[0].contains(&format!("likely renames\n  {line}\n")), "{}", words[0]);
    assert!(words[2].contains(&format!("**Likely renames**\n\n- {line}\n")), "{}", words[2]);
    let plan: Value = serde_json::from_str(&words[1]).expect("JSON");
    described(&plan);
    assert_eq!(plan["likely_renames"].as_array().map(Vec::len), Some(1), "{}", words[1]);
    assert_eq!(plan["likely_renames"][0]["renamed_from"], "comment");
}

/// What the plan itself fills, brings or keeps in step is not asked as it is now.
#[test]
fn what_the_plan_does_to_rows_comes_first() {
    let database = Database::new();
    let write = |name: &str, text: &str| {
        let path = folder(name, &[("model.yaml", text.as_bytes())]);
        path.to_str().expect("UTF-8").to_string()
    };
    database.sql(
        "CREATE TABLE public.kinds (id integer PRIMARY KEY, name text); \
         CREATE TABLE public.notes (id integer PRIMARY KEY, kind integer, body text, comment text, other integer); \
         INSERT INTO public.notes VALUES (1, 7, NULL, 'a', 1), (2, 7, 'x', 'b', NULL)",
    );
    let model = "schema: public\ntables:\n  kinds:\n    columns:\n      id: integer not null\n      name: text\n    primary_key: [id]\n    \
         rows:\n      key: [id]\n      values:\n        - {id: 7, name: seven}\n  notes:\n    columns:\n      id: integer not null\n      \
         kind: integer\n      body: {definition: text not null, backfill: {set: \"''\"}}\n      \
         text: {definition: text not null, renamed_from: {name: comment, keep: true}}\n      other: integer not null\n    \
         primary_key: [id]\n    foreign_keys:\n      notes_kind_fkey: (kind) references kinds (id)\n";
    let model = write("preflight-work", model);
    let found = preflight(trueup(&["plan", &model, "--db", &database.url(), "--preflight", "--report", "json"]), 3);
    let text = |v: &Value, key: &str| v[key].as_str().unwrap_or_default().to_string();
    let why: Vec<String> = found["cannot_say"]
        .as_array()
        .into_iter()
        .flatten()
        .map(|u| format!("{}: {}\n", text(u, "object"), text(u, "why")))
        .collect();
    insta::assert_snapshot!(format!("{}---- cannot say\n{}", violations(&found).concat(), why.concat()));
}
