//! What keeps the house in order: kinds stay in their room, every kind has cases, files stay short, nothing unwraps.

mod columns;

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use trueup::kinds::KINDS;

use crate::cases;
use crate::support::{Database, major, root};

/// The folders in which no kind may be named.
const KINDLESS: &[&str] = &["catalog", "diff", "plan", "apply", "drift", "report"];

/// Words that happen to be a kind's name and mean something else, by file.
const OTHER_WORDS: &[(&str, &str)] = &[
    // The privilege TRIGGER.
    ("src/catalog/privileges.rs", "trigger"),
    // What rules of the project file look at, beside kinds.
    ("src/diff/rules.rs", "schema"),
    ("src/diff/rules.rs", "extension"),
    // The column of a row that holds the name of the schema.
    ("src/catalog/read/mod.rs", "schema"),
    // JSON Schema's own word, and keys of the plan file.
    ("src/plan/schema.rs", "enum"),
    ("src/plan/schema.rs", "table"),
    ("src/plan/schema.rs", "database"),
    ("src/plan/schema.rs", "role"),
    // English.
    ("src/report/review.rs", "database"),
    ("src/report/review.rs", "table"),
];

/// Files outside src/cli that write to the standard error: a fetch of many megabytes says so while it happens.
const MAY_PRINT: &[&str] = &["src/shadow/server/fetch.rs"];

/// The most lines that a file may have.
const LONGEST: usize = 600;

/// Every Rust file under a folder of `src`, with its text.
fn sources(folder: &str) -> Vec<(PathBuf, String)> {
    let mut found = Vec::new();
    let mut open = vec![root().join("src").join(folder)];
    while let Some(next) = open.pop() {
        for entry in std::fs::read_dir(&next).expect("src can be read") {
            let path = entry.expect("src can be read").path();
            if path.is_dir() {
                open.push(path);
            } else if path.extension().is_some_and(|e| e == "rs") {
                let text = std::fs::read_to_string(&path).expect("sources are text");
                found.push((path, text));
            }
        }
    }
    found.sort();
    assert!(!found.is_empty(), "src/{folder} has no sources");
    found
}

/// The lines that are neither comments nor tests, with their numbers. Tests stand at the end of a file, in a file called
/// `tests.rs`, or behind the attribute on a single item.
fn lines_that_ship<'a>(path: &Path, text: &'a str) -> Vec<(usize, &'a str)> {
    if path.ends_with("tests.rs") {
        return Vec::new();
    }
    let code = |line: &str| !line.trim_start().starts_with("//");
    let tests = text.find("#[cfg(test)]\nmod ").unwrap_or(text.len());
    text[..tests].lines().enumerate().map(|(i, l)| (i + 1, l)).filter(|(_, l)| code(l)).collect()
}

fn none(found: &[String], rule: &str) {
    assert!(found.is_empty(), "{rule}:\n{}", found.join("\n"));
}

#[test]
fn the_core_names_no_kind() {
    let mut found = Vec::new();
    for (path, text) in KINDLESS.iter().flat_map(|f| sources(f)) {
        for (number, line) in lines_that_ship(&path, &text) {
            let other = |kind: &str| OTHER_WORDS.iter().any(|(file, word)| path.ends_with(file) && *word == kind);
            for kind in KINDS.iter().map(|k| k.name()).filter(|k| line.contains(&format!("\"{k}\"")) && !other(k)) {
                found.push(format!("{}:{number}: \"{kind}\"", path.display()));
            }
        }
    }
    none(&found, "the core asks the trait `Kind` instead of naming kinds");
}

#[test]
fn every_kind_has_cases() {
    let managed: BTreeSet<&str> = KINDS.iter().map(|k| k.name()).collect();
    let tested: BTreeSet<&str> = cases::KINDS.iter().copied().chain([cases::ENUM]).collect();
    assert_eq!(managed, tested, "the kinds, and the tests listed in tests/cases/mod.rs");
    let folders: BTreeSet<String> = std::fs::read_dir(cases::folder())
        .expect("the cases can be read")
        .map(|e| e.expect("the cases can be read").path())
        .filter(|p| p.is_dir())
        .map(|p| p.file_name().expect("a folder has a name").to_string_lossy().into_owned())
        .collect();
    let known: BTreeSet<String> = tested.iter().map(|k| (*k).to_string()).chain(["facets".to_string()]).collect();
    assert_eq!(folders, known, "the folders of tests/cases, and the kinds");
}

#[test]
fn every_catalog_query_prepares() {
    let database = Database::new();
    for (what, query) in trueup::catalog::read::queries(major()) {
        database.prepares(what, &query);
    }
}

#[test]
fn files_stay_short() {
    let long = sources("").into_iter().map(|(p, t)| (p, t.lines().count())).filter(|(_, n)| *n > LONGEST);
    let long: Vec<String> = long.map(|(p, n)| format!("{}: {n} lines", p.display())).collect();
    none(&long, &format!("a file of src has at most {LONGEST} lines"));
}

#[test]
fn nothing_unwraps() {
    let mut found = Vec::new();
    for (path, text) in sources("") {
        for (number, line) in lines_that_ship(&path, &text) {
            if [".unwrap()", "panic!(", "todo!(", "unimplemented!("].iter().any(|w| line.contains(w)) {
                found.push(format!("{}:{number}: {}", path.display(), line.trim()));
            }
        }
    }
    none(&found, "errors are told, not panicked");
}

#[test]
fn only_the_command_line_prints() {
    let mut found = Vec::new();
    for (path, text) in sources("") {
        if path.starts_with(root().join("src/cli")) || MAY_PRINT.iter().any(|f| path.ends_with(f)) {
            continue;
        }
        for (number, line) in lines_that_ship(&path, &text) {
            if ["println!(", "eprintln!(", "print!(", "dbg!("].iter().any(|w| line.contains(w)) {
                found.push(format!("{}:{number}: {}", path.display(), line.trim()));
            }
        }
    }
    none(&found, "only src/cli prints");
}
