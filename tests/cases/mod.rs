//! Changes on a real server: one folder for each case, `before.yaml` and `after.yaml` in it, and the plan between them.
//!
//! A database is made from `before.yaml` and filled with the rows of `seed.sql`. The plan to `after.yaml` must be the one in
//! `plan.sql`; it is applied; then `drift` must find nothing, the next plan must be empty, and the rows of every table that
//! stays must still be there. Then the same way back, where any plan that arrives will do.
//!
//! `check.sql` holds statements that fail unless something else is as it has to be after the change, `check_back.sql` the same
//! after the way back. `case.yaml` may say more (see [`Case`]). `plan.16.sql` holds what PostgreSQL 16 and newer print otherwise.

use std::path::{Path, PathBuf};

use serde::Deserialize;

use crate::locks::said_wrong;
use crate::support::{Database, Run, USUAL_MAJOR, major, root, trueup_in};

/// What a case says of itself.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Case {
    /// What must not be in the plan: `drop table`, `replace view` (dropped and created), or a hazard, `table_rewrite`.
    forbid: Vec<String>,
    /// What must be in it, in the same words.
    demand: Vec<String>,
    /// The oldest major version on which it can run.
    pub min_pg: u32,
    /// The role that applies; `postgres`, a superuser, when it is not written. `plain` has no special rights.
    role: Option<String>,
    /// The scope (`--manage`).
    pub manage: Option<String>,
    /// Whether the rows are taken out before the way back, because the former model has no place for them.
    back_without_rows: bool,
    /// Whether rows find other partitions, so that each table's number of them says nothing; `check.sql` then says where they are.
    rows_move: bool,
    /// When the online road is taken (`--online`): `always`, as no table here is large.
    online: Option<String>,
    /// Why it cannot work yet. Then it must fail: a case that has begun to work is to be told so.
    pub known_gap: Option<String>,
}

/// Kinds whose folders stand here; the guard in `guards.rs` holds this list against the kinds that there are.
macro_rules! kinds {
    ($($kind:ident),* $(,)?) => {
        pub const KINDS: &[&str] = &[$(stringify!($kind)),*];
        $(#[test] fn $kind() { run_kind(stringify!($kind)); })*
    };
}

kinds! {
    access_method,
    aggregate,
    attribute,
    base_type,
    cast,
    check,
    collation,
    column,
    composite_type,
    conversion,
    database,
    default,
    default_privileges,
    domain,
    event_trigger,
    exclusion,
    extension,
    foreign_data_wrapper,
    foreign_key,
    foreign_server,
    foreign_table,
    function,
    identity_sequence,
    index,
    language,
    materialized_view,
    membership,
    operator,
    operator_class,
    operator_family,
    parameter,
    parent_table,
    policy,
    primary_key,
    procedure,
    publication,
    publication_schema,
    publication_table,
    range_type,
    role,
    rule,
    schema,
    sequence,
    shell_type,
    statistics,
    subscription,
    system_privileges,
    table,
    text_search_configuration,
    text_search_dictionary,
    text_search_parser,
    text_search_template,
    transform,
    trigger,
    unique,
    user_mapping,
    view,
    view_column,
}

/// A Rust keyword may not name a test; the folder has the kind's name.
pub const ENUM: &str = "enum";

#[test]
fn enums() {
    run_kind(ENUM);
}

/// What holds for all kinds: comments, owners, grants, and several kinds at once.
#[test]
fn facets() {
    run_kind("facets");
}

/// The folder of all cases.
pub fn folder() -> PathBuf {
    root().join("tests/cases")
}

/// Every case, `kind/what happens`, and its folder.
pub fn all() -> Vec<(String, PathBuf)> {
    let kinds = KINDS.iter().chain([&ENUM, &"facets"]);
    kinds.flat_map(|kind| of_kind(kind)).map(|path| (name_of(&path), path)).collect()
}

fn of_kind(kind: &str) -> Vec<PathBuf> {
    let mut cases: Vec<PathBuf> = std::fs::read_dir(folder().join(kind))
        .unwrap_or_else(|e| panic!("tests/cases/{kind}: {e}"))
        .map(|entry| entry.expect("a readable folder").path())
        .filter(|path| path.is_dir())
        .collect();
    cases.sort();
    cases
}

fn name_of(case: &Path) -> String {
    case.strip_prefix(folder()).unwrap_or(case).display().to_string()
}

fn run_kind(kind: &str) {
    let cases = of_kind(kind);
    assert!(!cases.is_empty(), "tests/cases/{kind} has no cases");
    let only = std::env::var("CASE").unwrap_or_default();
    let mut failed = Vec::new();
    for path in cases {
        let name = name_of(&path);
        if !name.contains(&only) {
            continue;
        }
        let case = read(&path);
        if case.min_pg > major() {
            continue;
        }
        match (run(&path, &case), &case.known_gap) {
            (Err(_), Some(_)) | (Ok(()), None) => {}
            (Err(why), None) => failed.push(format!("{name}: {why}")),
            (Ok(()), Some(gap)) => failed.push(format!("{name}: works now; take out `known_gap: {gap}`")),
        }
    }
    assert!(failed.is_empty(), "\n{}", failed.join("\n\n"));
}

/// What a case says of itself.
pub fn read(path: &Path) -> Case {
    match std::fs::read_to_string(path.join("case.yaml")) {
        Ok(text) => serde_saphyr::from_str(&text).unwrap_or_else(|e| panic!("{}/case.yaml: {e}", path.display())),
        Err(_) => Case::default(),
    }
}

fn run(path: &Path, case: &Case) -> Result<(), String> {
    let role = case.role.as_deref().unwrap_or("postgres");
    let database = Database::owned_by(role);
    let url = database.url();
    let trueup = |command: &str, model: &str, more: &[&str]| {
        let mut arguments = vec![command, model, "--db", &url];
        arguments.extend(case.manage.iter().flat_map(|m| ["--manage", m]));
        arguments.extend(case.online.iter().filter(|_| matches!(command, "plan" | "apply")).flat_map(|o| ["--online", o]));
        arguments.extend(more);
        trueup_in(path, &arguments, &[])
    };
    let arrive = |model: &str, word: &str| -> Result<(), String> {
        ended(trueup("apply", model, &["--auto-approve", "--allow", "all"]), 0).map_err(|e| format!("{word}: {e}"))?;
        let told = ended(trueup("drift", model, &[]), 0).map_err(|e| format!("drift after {word}: {e}"))?;
        if !told.contains("; unmodeled 0") {
            return Err(format!("what kinds have made is not all read by them:\n{told}"));
        }
        // A plan is made of the differences that drift has not found.
        if major() != USUAL_MAJOR {
            return Ok(());
        }
        let again = ended(trueup("plan", model, &["--sql"]), 0)?;
        if again == "-- no changes\n" { Ok(()) } else { Err(format!("{word} leaves something to do:\n{again}")) }
    };
    arrive("before.yaml", "the way there")?;
    let run_file = |name: &str| {
        if let Ok(text) = std::fs::read_to_string(path.join(name)) {
            database.sql(&text);
        }
    };
    run_file("seed.sql");
    // Where a plan names the database, its name is that of the run.
    let named = format!("DATABASE {} ", database.name);
    let plan = ended(trueup("plan", "after.yaml", &["--sql"]), 0)?.replace(&named, "DATABASE \"case\" ");
    expected(path, &without_usual_settings(&plan))?;
    let steps = proven(trueup("plan", "after.yaml", &["--report", "json", "--prove", proof_asked()]))?;
    budget(case, &steps)?;
    let mut wrong = said_wrong(&database, role, &steps);
    let rows = database.row_counts();
    arrive("after.yaml", "the change")?;
    let stayed = |rows: &[(String, u64)]| if case.rows_move { Ok(()) } else { kept(rows, &database.row_counts()) };
    stayed(&rows)?;
    run_file("check.sql");
    if case.back_without_rows {
        for (table, _) in database.row_counts() {
            database.sql(&format!("TRUNCATE {table} CASCADE"));
        }
    }
    wrong.extend(said_wrong(&database, role, &ended(trueup("plan", "before.yaml", &["--report", "json"]), 0)?));
    let rows = database.row_counts();
    arrive("before.yaml", "the way back")?;
    run_file("check_back.sql");
    stayed(&rows)?;
    if wrong.is_empty() { Ok(()) } else { Err(wrong.join("\n")) }
}

/// A script with only the first two of the settings that every script begins with, and without how long it waits for locks.
fn without_usual_settings(script: &str) -> String {
    let settings = script.lines().take_while(|line| line.starts_with("SET ")).count();
    let usual = |i: usize| (2..settings).contains(&i);
    script
        .split_inclusive('\n')
        .enumerate()
        .filter(|(i, line)| !usual(*i) && !line.starts_with("SET LOCAL lock_timeout"))
        .map(|(_, line)| line)
        .collect()
}

/// On the usual major version every plan is proven, there and back.
fn proof_asked() -> &'static str {
    if major() == USUAL_MAJOR || std::env::var_os("PROVE").is_some() { "always" } else { "never" }
}

/// The plan as JSON; of one that is not proven, what its proof says.
fn proven(run: Run) -> Result<String, String> {
    if run.code == 0 {
        return Ok(run.stdout);
    }
    let proof = serde_json::from_str::<serde_json::Value>(&run.stdout).map(|plan| format!("{:#}", plan["proof"]));
    Err(format!("the proof, exit code {}\n{}\n{}", run.code, proof.unwrap_or(run.stdout), run.stderr))
}

fn ended(run: Run, code: i32) -> Result<String, String> {
    if run.code == code { Ok(run.stdout) } else { Err(format!("exit code {}\n{}{}", run.code, run.stdout, run.stderr)) }
}

/// Compares a plan with the expected one, or writes it.
fn expected(path: &Path, plan: &str) -> Result<(), String> {
    let of_major = |n: u32| path.join(if n == USUAL_MAJOR { "plan.sql".into() } else { format!("plan.{n}.sql") });
    let text = |file: &Path| std::fs::read_to_string(file).ok();
    // What a newer version prints otherwise holds from there on.
    let newer = (USUAL_MAJOR + 1..=major()).rev().map(of_major).find(|f| f.is_file());
    let own = Some(of_major(major())).filter(|f| f.is_file());
    let wanted = own.or(newer).and_then(|f| text(&f)).or_else(|| text(&of_major(USUAL_MAJOR)));
    if wanted.as_deref() == Some(plan) {
        return Ok(());
    }
    if std::env::var_os("BLESS").is_some() {
        let file = of_major(major());
        return std::fs::write(&file, plan).map_err(|e| format!("{}: {e}", file.display()));
    }
    let wanted = wanted.ok_or("there is no plan.sql; BLESS=1 writes it")?;
    let diff = similar::TextDiff::from_lines(wanted.as_str(), plan);
    Err(format!("another plan than expected:\n{}", diff.unified_diff().header("expected", "planned")))
}

fn kept(before: &[(String, u64)], after: &[(String, u64)]) -> Result<(), String> {
    for (table, rows) in before {
        if let Some((_, now)) = after.iter().find(|(t, n)| t == table && n != rows) {
            return Err(format!("{table} had {rows} rows and has {now}"));
        }
    }
    Ok(())
}

#[derive(Deserialize)]
struct Steps {
    steps: Vec<Step>,
}

#[derive(Deserialize)]
struct Step {
    verb: String,
    object: String,
    #[serde(default)]
    hazards: Vec<String>,
}

/// Holds a plan against what the case forbids and demands.
fn budget(case: &Case, plan: &str) -> Result<(), String> {
    let plan: Steps = serde_json::from_str(plan).map_err(|e| format!("the plan as JSON: {e}"))?;
    let has = |verb: &str, kind: &str, object: Option<&str>| {
        let fits =
            |s: &&Step| s.verb == verb && s.object.starts_with(&format!("{kind} ")) && object.is_none_or(|o| s.object == o);
        plan.steps.iter().find(fits).map(|s| s.object.clone())
    };
    let found = |what: &str| match what.split_once(' ') {
        Some(("replace", kind)) => plan.steps.iter().any(|s| s.verb == "drop" && has("create", kind, Some(&s.object)).is_some()),
        Some((verb, kind)) => has(verb, kind, None).is_some(),
        None => plan.steps.iter().any(|s| s.hazards.iter().any(|h| h == what)),
    };
    if let Some(bad) = case.forbid.iter().find(|w| found(w)) {
        return Err(format!("the plan has what the case forbids: {bad}"));
    }
    match case.demand.iter().find(|w| !found(w)) {
        Some(missing) => Err(format!("the plan lacks what the case demands: {missing}")),
        None => Ok(()),
    }
}
