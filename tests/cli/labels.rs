//! Security labels on a real server. Their providers are libraries that are packaged nowhere: what a provider would have put into
//! the catalog is put there by hand, and what a plan says is read and not run.

use crate::support::{Database, folder, trueup_in};

const LIVE: &str = "CREATE TABLE people (id integer, name text); CREATE VIEW names AS SELECT name FROM people; \
     CREATE FUNCTION f(integer) RETURNS integer LANGUAGE sql AS 'SELECT 1'; CREATE TYPE mood AS ENUM ('ok'); CREATE SEQUENCE s; \
     INSERT INTO pg_seclabel (objoid, classoid, objsubid, provider, label) VALUES \
     ('people'::regclass, 'pg_class'::regclass, 0, 'dummy', 'a table''s'), ('people'::regclass, 'pg_class'::regclass, 2, 'anon', 'MASKED WITH VALUE NULL'), \
     ('names'::regclass, 'pg_class'::regclass, 1, 'anon', 'of a view'), ('f(integer)'::regprocedure, 'pg_proc'::regclass, 0, 'dummy', 'routine'), \
     ('mood'::regtype, 'pg_type'::regclass, 0, 'dummy', 'type'), ('s'::regclass, 'pg_class'::regclass, 0, 'dummy', 'sequence'), \
     ('public'::regnamespace, 'pg_namespace'::regclass, 0, 'dummy', 'PostgreSQL made it')";

#[test]
fn labels_are_pulled_compared_and_set() {
    let live = Database::new();
    live.sql(LIVE);
    let path = folder("labels", &[]);
    let url = live.url();
    let run = |arguments: &[&str]| trueup_in(&path, &[arguments, &["--db", &url]].concat(), &[]);
    run(&["pull", "schema"]).expect(0);
    let read = |file: &str| std::fs::read_to_string(path.join(file)).unwrap_or_else(|e| panic!("{file}: {e}"));
    let people = read("schema/tables/people.yaml");
    assert!(people.contains("anon: MASKED WITH VALUE NULL") && people.contains("dummy: a table's"), "{people}");
    assert!(read("schema/database.yaml").contains("dummy: PostgreSQL made it"));
    run(&["drift", "schema"]).expect(0);
    run(&["pull", "schema"]).expect(0);
    assert_eq!(people, read("schema/tables/people.yaml"), "pulling again changes nothing");
    let other = people.replace("MASKED WITH VALUE NULL", "MASKED WITH VALUE 'x'").replace("dummy: a table's", "third: new");
    std::fs::write(path.join("schema/tables/people.yaml"), other).expect("it can be written");
    let plan = run(&["plan", "schema", "--sql"]).expect(0);
    let labels: Vec<&str> = plan.lines().filter(|l| l.starts_with("SECURITY")).collect();
    assert_eq!(
        labels,
        [
            "SECURITY LABEL FOR dummy ON TABLE public.people IS NULL;",
            "SECURITY LABEL FOR third ON TABLE public.people IS 'new';",
            "SECURITY LABEL FOR anon ON COLUMN public.people.name IS 'MASKED WITH VALUE ''x''';",
        ],
        "{plan}"
    );
    assert!(run(&["plan", "schema"]).expect(0).contains("weakens_security"), "a label that goes may have hidden something");
    let drift = run(&["drift", "schema"]).expect(2);
    assert!(drift.contains("security_labels anon: MASKED WITH VALUE NULL -> MASKED WITH VALUE 'x'"), "{drift}");
    // An empty database gets them after what they are on.
    let empty = Database::new();
    let plan = trueup_in(&path, &["plan", "schema", "--db", &empty.url(), "--sql"], &[]).expect(0);
    assert!(
        plan.find("CREATE TABLE") < plan.find("SECURITY LABEL FOR dummy ON FUNCTION public.f(integer) IS 'routine'"),
        "{plan}"
    );
}

/// A rename is tried in the shadow, which has no provider: there a row of the catalog does.
#[test]
fn labels_do_not_stop_a_rename() {
    let live = Database::new();
    live.sql(LIVE);
    let path = folder("labels_rename", &[]);
    let url = live.url();
    let run = |arguments: &[&str]| trueup_in(&path, &[arguments, &["--db", &url]].concat(), &[]);
    run(&["pull", "schema"]).expect(0);
    let file = path.join("schema/tables/people.yaml");
    let people = std::fs::read_to_string(&file).expect("it was pulled");
    std::fs::write(&file, people.replace("  people:\n", "  persons:\n    renamed_from: people\n")).expect("it can be written");
    let views = path.join("schema/views.yaml");
    if let Ok(text) = std::fs::read_to_string(&views) {
        std::fs::write(&views, text.replace("people", "persons")).expect("it can be written");
    }
    let plan = run(&["plan", "schema", "--sql"]).expect(0);
    assert!(plan.contains("ALTER TABLE public.people RENAME TO persons;"), "{plan}");
    assert!(!plan.contains("SECURITY LABEL"), "labels go along: {plan}");
}
