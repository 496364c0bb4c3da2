//! Values that no plan, report or snapshot holds, and the environment that does.

use super::shows;
use crate::support::{Database, folder, trueup_in};

const MODEL: &str = "foreign_data_wrappers:\n  w: {}\nforeign_servers:\n  s:\n    wrapper: w\nuser_mappings:\n  \
     - {server: s, user: public, options: {password: '${env:SHOP_PASSWORD}'}}\n";

/// A saved plan takes the value from the environment of the run that applies it, and only the value that it was made with.
#[test]
fn a_saved_plan_finds_its_secret() {
    let database = Database::new();
    let path = folder("secret-plan", &[("schema/a.yaml", MODEL.as_bytes())]);
    let url = database.url();
    let (right, wrong) = ([("SHOP_PASSWORD", "hidden")], [("SHOP_PASSWORD", "other")]);
    trueup_in(&path, &["plan", "schema", "--db", &url, "--out", "plan.json"], &right).expect(0);
    let saved = std::fs::read_to_string(path.join("plan.json")).expect("the plan");
    assert!(!saved.contains("hidden") && saved.contains("SHOP_PASSWORD"), "{saved}");
    let apply = |variables: &[(&str, &str)]| {
        trueup_in(&path, &["apply", "schema", "--db", &url, "--plan", "plan.json", "--auto-approve"], variables)
    };
    shows!("saved_plan_without_its_secret", 1, apply(&[]));
    shows!("saved_plan_with_another_secret", 1, apply(&wrong));
    assert!(database.rows("SELECT 1 FROM pg_foreign_server").is_empty(), "nothing runs before the secrets are there");
    apply(&right).expect(0);
    assert_eq!(database.rows("SELECT umoptions::text FROM pg_user_mappings"), ["{password=hidden}"]);
    let pending = trueup_in(&path, &["drift", "schema", "--db", &url], &wrong).expect(0);
    assert!(pending.contains("change  user_mapping public(s)"), "{pending}");
    trueup_in(&path, &["drift", "schema", "--db", &url], &right).expect(0);
    // Without the variable there is nothing to compare with, and that is said.
    shows!("secret_not_compared", 0, trueup_in(&path, &["drift", "schema", "--db", &url], &[]));
}

/// A plan that was made without the value asks for it when it runs.
#[test]
fn a_plan_without_the_secret() {
    let database = Database::new();
    let path = folder("secret-later", &[("schema/a.yaml", MODEL.as_bytes())]);
    let url = database.url();
    shows!("secret_missing", 1, trueup_in(&path, &["apply", "schema", "--db", &url, "--auto-approve"], &[]));
    trueup_in(&path, &["plan", "schema", "--db", &url, "--out", "plan.json"], &[]).expect(0);
    let arguments = ["apply", "schema", "--db", &url, "--plan", "plan.json", "--auto-approve"];
    trueup_in(&path, &arguments, &[("SHOP_PASSWORD", "late")]).expect(0);
    assert_eq!(database.rows("SELECT umoptions::text FROM pg_user_mappings"), ["{password=late}"]);
}
