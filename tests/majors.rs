//! A shadow of one major version against a live side of another: both print the same texts otherwise, and none of that is a
//! difference.
//!
//! `TRUEUP_MAJORS=14,15,18` takes every ordered pair of these, fetching what is missing; without it there is nothing to do.
//! `TRUEUP_MAJORS_ALL=1` takes the model of every case instead of the rich ones alone, and `CASE=view` those with that name.

use std::path::{Path, PathBuf};

use crate::cases;
use crate::support::{folder, root, server_of, settings, sql_at, trueup_in, url_on};

/// The cases whose models have texts that PostgreSQL prints, beside the five systems.
const RICH: &[&str] = &[
    "check/change",
    "column/generated",
    "column/identity",
    "domain/several_checks",
    "exclusion/change",
    "function/arguments",
    "function/sql_body",
    "index/options",
    "materialized_view/change",
    "parent_table/add",
    "parent_table/bound_and_parent",
    "policy/expression",
    "rule/several_actions",
    "statistics/kinds",
    "text_search_configuration/mappings",
    "trigger/when",
    "view/append_column",
    "view/security_invoker",
];

struct Model {
    name: String,
    path: PathBuf,
    min_pg: u32,
    manage: Option<String>,
}

fn systems() -> Vec<Model> {
    // Its views and indexes use what came with PostgreSQL 15.
    let min_pg = |name: &str| if name == "consolidated" { 15 } else { 0 };
    ["agent_platform", "consolidated", "multi_agent", "vital", "vital_remote"]
        .iter()
        .map(|name| Model {
            name: format!("schema/{name}"),
            path: root().join("schema").join(name),
            min_pg: min_pg(name),
            manage: None,
        })
        .collect()
}

fn models() -> Vec<Model> {
    let (all, only) = (std::env::var_os("TRUEUP_MAJORS_ALL").is_some(), std::env::var("CASE").unwrap_or_default());
    let mut out = systems();
    for (name, path) in cases::all() {
        let case = cases::read(&path);
        if (all || RICH.contains(&name.as_str())) && case.known_gap.is_none() {
            out.push(Model { name, path: path.join("after.yaml"), min_pg: case.min_pg, manage: case.manage });
        }
    }
    out.retain(|model| model.name.contains(&only));
    out
}

/// What is not in step, in words.
fn pair(model: &Model, url: &str, shadow: u32) -> Result<(), String> {
    // On a server that runs already: starting one takes longer than all the rest.
    let shadow = url_on(server_of(shadow), "postgres", "postgres");
    let path = model.path.display().to_string();
    let mut arguments = vec!["drift", &path, "--db", url, "--shadow", &shadow];
    arguments.extend(model.manage.iter().flat_map(|m| ["--manage", m]));
    let run = trueup_in(root(), &arguments, &[]);
    if run.code == 0 && !run.stderr.contains("warning") { Ok(()) } else { Err(run.shown()) }
}

fn build(model: &Model, number: usize, live: u32) -> Result<String, String> {
    let (server, name) = (server_of(live), format!("majors_{number}"));
    sql_at(
        &settings(server, server.superuser(), "postgres"),
        &format!("CREATE DATABASE {name} OWNER postgres TEMPLATE template0"),
    );
    let url = url_on(server, "postgres", &name);
    let path = model.path.display().to_string();
    let mut arguments =
        vec!["apply", &path, "--db", &url, "--shadow", "live", "--with-provided", "--auto-approve", "--no-record"];
    arguments.extend(model.manage.iter().flat_map(|m| ["--manage", m]));
    let run = trueup_in(root(), &arguments, &[]);
    if run.code == 0 { Ok(url) } else { Err(run.shown()) }
}

fn on(live: u32, majors: &[u32]) -> Vec<String> {
    let mut failed = Vec::new();
    for (number, model) in models().iter().enumerate().filter(|(_, m)| m.min_pg <= live) {
        let url = match build(model, number, live) {
            Ok(url) => url,
            Err(why) => {
                failed.push(format!("{} on {live}: {why}", model.name));
                continue;
            }
        };
        for shadow in majors.iter().filter(|m| **m != live && model.min_pg <= **m) {
            if let Err(why) = pair(model, &url, *shadow) {
                failed.push(format!("{} live on {live}, shadow of {shadow}:\n{why}", model.name));
                // It may take long until all have been tried.
                eprintln!("{}", failed[failed.len() - 1]);
            }
        }
        let server = server_of(live);
        sql_at(&settings(server, server.superuser(), "postgres"), &format!("DROP DATABASE majors_{number} WITH (FORCE)"));
    }
    failed
}

fn wanted() -> Vec<u32> {
    let text = std::env::var("TRUEUP_MAJORS").unwrap_or_default();
    text.split(',').filter(|m| !m.is_empty()).map(|m| m.trim().parse().expect("TRUEUP_MAJORS holds numbers")).collect()
}

/// NULLS NOT DISTINCT came with PostgreSQL 15: as the model's it is refused by a shadow of 14, as the live side's it is named.
#[test]
fn what_an_older_version_cannot_say_is_said() {
    let majors = wanted();
    let (Some(old), Some(new)) = (majors.iter().find(|m| **m < 15), majors.iter().find(|m| **m >= 15)) else { return };
    let case = cases::folder().join("unique/nulls_not_distinct");
    let model = |file: &str| Model { name: file.into(), path: case.join(file), min_pg: 15, manage: None };
    let url = build(&model("after.yaml"), models().len(), *new).expect("a database");
    let shadow = url_on(server_of(*old), "postgres", "postgres");
    let drift = |file: &str| trueup_in(&case, &["drift", file, "--db", &url, "--shadow", &shadow], &[]);

    let live_has_it = drift("before.yaml");
    assert!(live_has_it.stderr.contains("unique public.a.a_slug_key"), "{}", live_has_it.shown());
    assert!(live_has_it.stderr.contains(&format!("could not be built on PostgreSQL {old}")), "{}", live_has_it.shown());
    live_has_it.expect(2);

    let model_has_it = drift("after.yaml");
    assert!(model_has_it.stderr.contains("after.yaml:8"), "{}", model_has_it.shown());
    model_has_it.expect(1);
}

/// A NOT NULL has a name from PostgreSQL 18 on. Between that and an older version the name is no difference.
#[test]
fn the_name_of_a_not_null_is_no_difference_to_a_version_without() {
    let majors = wanted();
    let (Some(old), Some(new)) = (majors.iter().find(|m| **m < 18), majors.iter().find(|m| **m >= 18)) else { return };
    let text: &[u8] = b"schema: public\ntables:\n  a:\n    columns:\n      id: integer constraint a_has_id not null\n";
    let path = folder("majors_not_null", &[("a.yaml", text)]).join("a.yaml");
    let model = Model { name: "a named NOT NULL".into(), path, min_pg: 0, manage: None };
    for (live, shadow) in [(*old, *new), (*new, *old)] {
        let url = build(&model, models().len() + 1, live).expect("a database");
        pair(&model, &url, shadow).unwrap_or_else(|why| panic!("live on {live}, shadow of {shadow}:\n{why}"));
    }
}

#[test]
fn a_shadow_of_another_major_version_finds_no_difference() {
    let majors = wanted();
    let failed: Vec<String> = std::thread::scope(|scope| {
        let lives: Vec<_> = majors.iter().map(|live| scope.spawn(|| on(*live, &majors))).collect();
        lives.into_iter().flat_map(|live| live.join().expect("no panic")).collect()
    });
    assert!(failed.is_empty(), "{} not in step\n\n{}", failed.len(), failed.join("\n"));
}

/// The list holds cases that are there.
#[test]
fn the_rich_cases_are_there() {
    let missing: Vec<&&str> = RICH.iter().filter(|name| !Path::new(&cases::folder().join(name)).is_dir()).collect();
    assert!(missing.is_empty(), "{missing:?}");
}
