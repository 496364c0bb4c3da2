//! What holds for any input: a catalog does not differ from itself, names survive quoting, and neither the order of files nor
//! that of keys shows in a plan.

use proptest::prelude::*;
use trueup::catalog::{Catalog, Detail, compact, snapshot};
use trueup::{diff, sql};

use crate::support::{Database, folder, root, trueup};

fn snapshots() -> Vec<Catalog> {
    ["vital-remote", "vital_remote-before", "multi_agent-before"]
        .iter()
        .map(|name| snapshot::read(&root().join(format!("snapshots/{name}.yaml"))).unwrap_or_else(|e| panic!("{e}")))
        .collect()
}

#[test]
fn a_catalog_does_not_differ_from_itself() {
    for catalog in snapshots() {
        assert_eq!(diff::diff(&catalog, &catalog, |_| true), []);
    }
}

#[test]
fn what_is_taken_out_is_what_differs() {
    for catalog in snapshots() {
        for id in catalog.objects.keys() {
            let mut without = catalog.clone();
            without.objects.remove(id);
            let added: Vec<String> = diff::diff(&without, &catalog, |_| true).iter().map(|d| d.id().to_string()).collect();
            assert_eq!(added, [id.to_string()]);
            assert_eq!(diff::diff(&catalog, &without, |_| true).len(), 1);
        }
    }
}

#[test]
fn what_is_kept_in_the_cache_reads_back_as_it_was() {
    for catalog in snapshots() {
        let (bytes, _) = compact::write(&catalog).expect("a catalog can be written");
        let back = compact::read(&bytes, Detail::Dependencies).expect("what was written reads back");
        assert_eq!(catalog, back.catalog);
    }
}

proptest! {
    /// Whatever a name is made of, its quoted form is one name, and that name.
    #[test]
    fn names_survive_quoting(name in "[^\u{0}]{1,40}") {
        prop_assert_eq!(sql::split_name(&sql::ident(&name)), Some(vec![name]));
    }

    /// Two names stay two, wherever their dots and quotes are.
    #[test]
    fn qualified_names_split_where_they_were_joined(schema in "[a-z\". ]{1,12}", name in "[A-Za-z_\". 0-9]{1,12}") {
        prop_assert_eq!(sql::split_name(&sql::qualified(&schema, &name)), Some(vec![schema, name]));
    }

    /// A literal begins and ends with its quotes, and inside every quote is doubled.
    #[test]
    fn literals_stay_closed(text in "[a-z'\\\\$\n ]{0,30}") {
        let literal = sql::literal(&text);
        let inner = literal.trim_start_matches(['E', ' ']).strip_prefix('\'').and_then(|l| l.strip_suffix('\''));
        prop_assert_eq!(inner.map(|i| i.replace("''", "").contains('\'')), Some(false));
    }

    /// A body in dollar quotes does not end before its end.
    #[test]
    fn bodies_stay_closed(body in "[a-z$ '\n]{0,30}") {
        let quoted = sql::dollar_quoted(&body);
        let tag = &quoted[..=quoted[1..].find('$').expect("a tag ends in a dollar") + 1];
        prop_assert_eq!(quoted[tag.len()..].find(tag), Some(body.len()));
    }
}

/// The entries of each top-level section of a model's files, as text, so that they can be dealt out anew.
fn pieces(model: &str) -> Vec<String> {
    let mut files: Vec<_> = Vec::new();
    let mut open = vec![root().join(model)];
    while let Some(next) = open.pop() {
        for entry in std::fs::read_dir(next).expect("a model folder") {
            let path = entry.expect("a model folder").path();
            if path.is_dir() {
                open.push(path);
            } else if path.extension().is_some_and(|e| e == "yaml") && !path.ends_with("trueup.yaml") {
                files.push(path);
            }
        }
    }
    files.sort();
    let mut pieces = Vec::new();
    for file in files {
        let text = std::fs::read_to_string(file).expect("a model file");
        let mut section = String::new();
        let mut entry = String::new();
        for line in text.lines().chain(["end:"]) {
            let top = !line.starts_with([' ', '#']) && !line.is_empty();
            let starts_entry = line.starts_with("  ") && !line.starts_with("   ") && !line.trim_start().starts_with('#');
            if (top || starts_entry) && !entry.is_empty() {
                pieces.push(format!("schema: public\n{section}\n{entry}"));
                entry.clear();
            }
            if top {
                section = line.to_string();
            } else if starts_entry || !entry.is_empty() {
                entry.push_str(line);
                entry.push('\n');
            }
        }
    }
    pieces
}

/// The same model as one file an entry, as files in the opposite order, and with tables before the types they use.
#[test]
fn the_order_of_files_does_not_show() {
    let database = Database::new();
    let project = std::fs::read(root().join("schema/vital/trueup.yaml")).expect("a project file");
    let plan =
        |model: &str| trueup(&["plan", model, "--db", &database.url(), "--with-provided", "--sql", "--no-cache"]).expect(0);
    let usual = plan("schema/vital");
    assert!(usual.lines().count() > 300, "{usual}");
    let pieces = pieces("schema/vital");
    assert!(pieces.len() > 15, "{} pieces", pieces.len());
    type Naming = fn(usize, usize) -> String;
    let orders: [(&str, Naming); 3] = [
        ("as they are", |i, _| format!("{i:03}.yaml")),
        ("backwards", |i, n| format!("{:03}.yaml", n - i)),
        ("scattered", |i, n| format!("{}/{:03}.yaml", i % 3, (i * 7919) % (n * 13))),
    ];
    for (what, name) in orders {
        let mut files: Vec<(String, &[u8])> =
            pieces.iter().enumerate().map(|(i, p)| (name(i, pieces.len()), p.as_bytes())).collect();
        files.push(("trueup.yaml".into(), &project));
        let files: Vec<(&str, &[u8])> = files.iter().map(|(n, t)| (n.as_str(), *t)).collect();
        let model = folder(&format!("order-{}", what.replace(' ', "-")), &files);
        assert_eq!(plan(model.to_str().expect("paths are UTF-8")), usual, "the files {what}");
    }
}

/// The order of keys: constraints, policies and sections of one table the other way round.
#[test]
fn the_order_of_keys_does_not_show() {
    let there = "schema: public\nenums:\n  e: [x, y]\ntables:\n  a:\n    comment: A\n    columns:\n      id: integer not null\n      e: e\n    primary_key: [id]\n    \
         checks:\n      c1: id > 0\n      c2: id < 9\n    indexes:\n      i1: (e)\n      i2: (id, e)\n    grants: {app_reader: [select], app_writer: [insert]}\n  \
         b:\n    columns:\n      id: integer not null\n    primary_key: [id]\n    foreign_keys:\n      fk: (id) references a (id)\n";
    let back = "tables:\n  b:\n    foreign_keys:\n      fk: (id) references a (id)\n    primary_key: [id]\n    columns:\n      id: integer not null\n  \
         a:\n    grants: {app_writer: [insert], app_reader: [select]}\n    indexes:\n      i2: (id, e)\n      i1: (e)\n    \
         checks:\n      c2: id < 9\n      c1: id > 0\n    primary_key: [id]\n    columns:\n      id: integer not null\n      e: e\n    comment: A\nenums:\n  e: [x, y]\nschema: public\n";
    let database = Database::new();
    let plan = |name: &str, text: &str| {
        let model = folder(name, &[("model.yaml", text.as_bytes())]);
        trueup(&["plan", model.to_str().expect("paths are UTF-8"), "--db", &database.url(), "--sql"]).expect(0)
    };
    assert_eq!(plan("keys-there", there), plan("keys-back", back));
}
