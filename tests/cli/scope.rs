//! What counts as declared where the model does not say.

use super::shows;
use crate::support::{Database, folder, trueup_in};

/// A file without `schema:` declares `public`, where its tables are: what stands there beside them is drift, and its drop refused.
#[test]
fn a_file_without_a_schema_declares_public() {
    let database = Database::new();
    database.sql("CREATE TABLE public.t (id integer); CREATE TABLE public.precious (id integer); CREATE SCHEMA other; CREATE TABLE other.t ()");
    let text = "tables:\n  t:\n    columns:\n      id: integer\n";
    let path = folder("scope-public", &[("schema/a.yaml", text.as_bytes())]);
    let url = database.url();
    shows!("public_is_declared", 2, trueup_in(&path, &["drift", "schema", "--db", &url], &[]));
    trueup_in(&path, &["apply", "schema", "--db", &url, "--auto-approve"], &[]).expect(3);
    trueup_in(&path, &["drift", "schema", "--db", &url, "--manage", "listed"], &[]).expect(0);
    let explicit = folder("scope-explicit", &[("schema/a.yaml", format!("schema: public\n{text}").as_bytes())]);
    let plan = |path| trueup_in(path, &["plan", "schema", "--db", &url, "--sql"], &[]).expect(0);
    assert_eq!(plan(&path), plan(&explicit));
    // Names with a schema of their own declare nothing.
    let named = folder("scope-named", &[("schema/a.yaml", text.replace("  t:", "  public.t:").as_bytes())]);
    trueup_in(&named, &["drift", "schema", "--db", &url], &[]).expect(0);
}
