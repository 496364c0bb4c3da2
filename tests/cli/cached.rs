//! `drift` on files that it has understood before: it does not read them as YAML again, and says the same.

use crate::support::{Database, Run, folder, trueup};

const FILE: &str = "tables.yaml";

/// Three runs: one builds the model, one finds it in the cache, one knows the files.
fn thrice(model: &str, database: &Database) -> [Run; 3] {
    [1, 2, 3].map(|_| trueup(&["drift", model, "--db", &database.url(), "--report", "json"]))
}

fn all_say(runs: [Run; 3], code: i32, what: &str) {
    for run in runs {
        let shown = run.expect(code);
        assert!(shown.contains(what), "`{what}` is not in\n{shown}");
    }
}

#[test]
fn known_files_are_compared_and_have_places() {
    let path = folder(
        "known_files",
        &[(FILE, b"schema: public\ntables:\n  known_files:\n    columns:\n      a: int\n      b: text not null\n")],
    );
    let model = path.to_str().expect("UTF-8");
    let database = Database::new();
    trueup(&["apply", model, "--db", &database.url(), "--auto-approve", "--no-record"]).expect(0);
    all_say(thrice(model, &database), 0, "\"in_step\": true");
    database.sql("ALTER TABLE known_files ALTER b DROP NOT NULL");
    all_say(thrice(model, &database), 2, &format!("{FILE}:6"));
    database.sql("ALTER TABLE known_files ALTER b SET NOT NULL");
    all_say(thrice(model, &database), 0, "\"in_step\": true");
    std::fs::write(path.join(FILE), "schema: public\ntables:\n  known_files:\n    columns:\n      a: int\n").expect("written");
    all_say(thrice(model, &database), 2, "\"extra\"");
}

#[test]
fn a_former_name_is_no_part_of_what_was_built() {
    let model_of = |b: &str| format!("tables:\n  former_names:\n    columns:\n      b: {b}\n").into_bytes();
    let path = folder("former_names", &[(FILE, &model_of("int"))]);
    let model = path.to_str().expect("UTF-8");
    let database = Database::new();
    database.sql("CREATE TABLE former_names (a int)");
    all_say(thrice(model, &database), 2, "\"renames\": []");
    std::fs::write(path.join(FILE), model_of("{definition: int, renamed_from: a}")).expect("written");
    all_say(thrice(model, &database), 2, "column public.former_names.a");
}
