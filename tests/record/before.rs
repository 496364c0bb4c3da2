//! What happens before the first step: the role's rights, the project's own command, and waiting for another apply.

use super::{AFTER, BEFORE, Project};
use crate::cli::shows;
use crate::support::{Database, Started, trueup_in, wait_until};

#[test]
fn the_roles_rights_are_checked() {
    let database = Database::new();
    let project = Project::new("rights", database);
    project.apply(BEFORE);
    project.database.sql("CREATE SCHEMA app; ALTER TABLE gone OWNER TO app_owner");
    project.model(&format!("{AFTER}  more:\n    columns:\n      id: integer\n"));
    let url = project.database.url_as("plain");
    let arguments = ["apply", "--db", &url, "--auto-approve", "--allow", "all"];
    shows!("rights_missing", 1, trueup_in(&project.folder, &arguments, &[]));
    assert_eq!(project.database.rows("SELECT count(*) FROM trueup.apply"), ["1"]);
}

#[test]
fn the_command_before() {
    let project = Project::new("before", Database::new());
    project.model(BEFORE);
    project.settings("before_apply: echo to $PGDATABASE as $PGUSER; exit 3\n");
    shows!("before_apply_failed", 1, project.run(&["apply", "--auto-approve"]));
    assert!(project.database.rows("SELECT 1 FROM pg_class WHERE relname = 'agents'").is_empty());
    let (psql, log) = ("echo \"$DATABASE_URL\" > url", project.folder.join("url"));
    project.settings(&format!("before_apply: '{psql}'\n"));
    project.run(&["apply", "--auto-approve"]).expect(0);
    let url = std::fs::read_to_string(log).expect("the command ran");
    trueup_in(&project.folder, &["drift", "--db", url.trim()], &[]).expect(0);
}

/// The second of two applies waits until the first has ended, and then sees what there is left to do.
#[test]
fn a_second_apply_waits() {
    let project = Project::new("waits", Database::new());
    project.apply(BEFORE);
    project.model(AFTER);
    let url = project.database.url();
    let arguments = ["apply", "--db", &url, "--auto-approve", "--allow", "all"];
    let waits = "SELECT 1 FROM pg_locks WHERE NOT granted AND database = (SELECT oid FROM pg_database WHERE datname = current_database())";
    let (first, second) = project.database.while_running("BEGIN; LOCK TABLE agents IN ACCESS SHARE MODE", || {
        let first = Started::new(&project.folder, &arguments, &[]);
        wait_until("the first apply waits", || !project.database.rows(waits).is_empty());
        let refused = trueup_in(&project.folder, &arguments, &[]);
        assert!(refused.stderr.contains("apply-running"), "{}", refused.shown());
        refused.expect(3);
        let short = trueup_in(&project.folder, &[&arguments[..], &["--wait", "1s"]].concat(), &[]);
        assert!(short.stderr.contains("waiting for it"), "{}", short.shown());
        short.expect(3);
        (first, Started::new(&project.folder, &[&arguments[..], &["--wait", "60s"]].concat(), &[]))
    });
    first.end().expect(0);
    let second = second.end().expect(0);
    assert!(second.contains("no changes"), "{second}");
    assert_eq!(project.database.rows("SELECT count(*) FROM trueup.apply"), ["2"]);
}
