//! Bodies of functions that a server has and would not take again.

use crate::support::{Database, folder, trueup_in};

const LIVE: &str = "SET check_function_bodies = off; \
     CREATE FUNCTION old() RETURNS integer LANGUAGE plpgsql AS 'DECLARE all integer; BEGIN RETURN 1; END'; \
     CREATE FUNCTION older(n integer, t text) RETURNS integer LANGUAGE sql AS 'selec 1'; \
     CREATE FUNCTION fine() RETURNS integer LANGUAGE sql AS 'SELECT 1'";

#[test]
fn a_function_that_the_server_would_refuse_is_pulled_and_made_again() {
    let (live, empty) = (Database::new(), Database::new());
    live.sql(LIVE);
    let path = folder("bodies", &[]);
    let run = |database: &Database, arguments: &[&str]| trueup_in(&path, &[arguments, &["--db", &database.url()]].concat(), &[]);
    run(&live, &["pull", "schema"]).expect(0);
    let file = path.join("schema/functions.yaml");
    let functions = std::fs::read_to_string(&file).expect("functions");
    assert_eq!(functions.matches("checked: false").count(), 2, "{functions}");
    run(&live, &["drift", "schema"]).expect(0);
    run(&empty, &["apply", "schema", "--auto-approve", "--prove", "always"]).expect(0);
    run(&empty, &["drift", "schema"]).expect(0);
    // Into a model that is there, too.
    std::fs::write(
        &file,
        "schema: public\n\nfunctions:\n  fine():\n    definition: returns integer language sql\n    body: SELECT 1\n",
    )
    .expect("it can be written");
    run(&live, &["pull", "schema"]).expect(0);
    run(&live, &["drift", "schema"]).expect(0);
    // Without the word, the body is looked at.
    std::fs::write(&file, functions.replace("    checked: false\n", "")).expect("it can be written");
    let refused = run(&live, &["drift", "schema"]);
    assert_eq!(refused.code, 1, "{}", refused.shown());
    assert!(
        refused.stderr.contains("syntax error at or near \"selec\"") && refused.stderr.contains("checked: false"),
        "{}",
        refused.stderr
    );
}
