//! The roles that `grants` makes can do what they are for.

use crate::connections::servers::Postgres;
use crate::support::{folder, rows_at, sql_at, trueup};

const BEFORE: &str = "schema: shop
schemas: {shop: {owner: shop_owner}}
functions:
  touch():
    definition: returns trigger language plpgsql
    owner: shop_owner
    body: begin return new; end
tables:
  customers:
    owner: shop_owner
    row_security: enabled
    columns:
      id: integer not null
      account: integer
      name: text
    primary_key: [id]
";

#[test]
fn each_role_can_do_what_it_is_for() {
    let server = Postgres::start("grants", "", "", &[]);
    for statement in ["CREATE ROLE shop_owner", "CREATE DATABASE app", "CREATE ROLE clerk"] {
        server.sql(statement);
    }
    let settings = server.settings_of("app");
    let sql = |text: &str| sql_at(&settings, text);
    sql("CREATE SCHEMA auth; CREATE TABLE auth.accounts (id integer PRIMARY KEY)");
    let path = |name: &str, text: &str| {
        let provided = "schemas: {auth: {}}\ntables:\n  auth.accounts: {columns: {id: integer not null}, primary_key: [id]}\n";
        let project = "provided: [elsewhere.yaml]\n";
        let files = [("schema/shop.yaml", text), ("elsewhere.yaml", provided), ("trueup.yaml", project)];
        let folder = folder(name, &files.map(|(name, text)| (name, text.as_bytes())));
        folder.join("schema").to_str().expect("UTF-8").to_string()
    };
    let before = path("grants-before", BEFORE);
    trueup(&["apply", &before, "--db", &server.url("app"), "--auto-approve", "--no-record"]).expect(0);
    sql("INSERT INTO shop.customers VALUES (1, NULL, 'Ada'), (2, NULL, NULL)");
    let changed = BEFORE.replace("name: text\n", "name: text not null\n").replace(
        "    primary_key: [id]\n",
        "    primary_key: [id]\n    foreign_keys:\n      customers_account_fkey: (account) references auth.accounts (id)\n    triggers:\n      \
         customers_touch: before update for each row execute function touch()\n    grants: {clerk: [select]}\n  orders:\n    \
         owner: shop_owner\n    columns:\n      id: integer not null\n",
    );
    let after = path("grants-after", &changed);

    let script = |purpose: &str, role: &str, model: &str| {
        let text = trueup(&["grants", model, "--db", &server.url("app"), "--for", purpose, "--role", role]).expect(0);
        for statement in text.lines().filter(|l| !l.starts_with("--") && !l.is_empty()) {
            sql(statement);
        }
        let url = server.url("app").replacen("postgres@", &format!("{role}@"), 1);
        (text, url)
    };
    let (looker, url) = script("preflight", "looker", &after);
    let plan = trueup(&["plan", &after, "--db", &url, "--preflight"]).expect(3);
    assert!(plan.contains("2 questions asked, 1 finds rows in the way\n"), "{plan}");
    let (doer, url) = script("apply", "doer", &after);
    sql("DELETE FROM shop.customers WHERE name IS NULL");
    let applied = trueup(&["apply", &after, "--db", &url, "--auto-approve"]).expect(0);
    assert!(applied.contains("in step; recorded as 1"), "{applied}");
    assert_eq!(rows_at(&settings, "SELECT rolsuper FROM pg_roles WHERE rolname = 'doer'"), ["f"]);
    let (watcher, url) = script("drift", "watcher", &after);
    let drift = trueup(&["drift", &after, "--db", &url]).expect(0);
    assert!(drift.contains("agreed  ") && !drift.contains("no record"), "{drift}");
    trueup(&["plan", &after, "--db", &url, "--detailed-exitcode"]).expect(0);
    insta::assert_snapshot!(format!("{looker}\n---- apply\n{doer}\n---- drift\n{watcher}"));
}
