//! What is wrong with a model, said where it stands.

use super::shows;
use crate::support::{Run, folder, trueup_in};

/// Checks a model of these files, in a folder of its own.
fn check(name: &str, files: &[(&str, &[u8])]) -> Run {
    let path = folder(&format!("message-{name}"), files);
    trueup_in(&path, &["check", "schema"], &[])
}

macro_rules! messages {
    ($($(#[$doc:meta])* $name:ident: $text:expr;)*) => {
        $(
            $(#[$doc])*
            #[test]
            fn $name() {
                let name = stringify!($name);
                shows!(name, 1, check(name, &[("schema/model.yaml", $text.as_bytes())]));
            }
        )*
    };
}

messages! {
    unknown_key: "tables:\n  agents:\n    colums:\n      id: uuid\n";
    unknown_section: "table:\n  agents: {}\n";
    wrong_type: "tables:\n  agents: [id, name]\n  other:\n    columns:\n      id: [uuid]\n    row_security: yes\n    policies: none\n";
    duplicate_key: "tables:\n  agents:\n    columns:\n      id: uuid\n      id: text\n";
    flow_mapping_that_broke_sql: "tables:\n  agents:\n    columns:\n      price: {definition: numeric(3,2)}\n";
    braces_that_are_no_yaml: "tables:\n  agents:\n    columns:\n      data: {definition: jsonb default '{}'::jsonb}\n";
    comment_that_swallowed_sql: "views:\n  v:\n    query: select data #>> '{x}' as x from agents\n";
    foreign_key_to_missing_table: "tables:\n  agents:\n    columns:\n      tenant_id: uuid\n    foreign_keys:\n      agents_tenant_id_fkey: (tenant_id) references tenant (id)\n  tenants:\n    columns:\n      id: uuid not null\n    primary_key: [id]\n";
    foreign_key_to_missing_column: "tables:\n  agents:\n    columns:\n      tenant_id: uuid\n    foreign_keys:\n      agents_tenant_id_fkey: (tenant_id) references tenants (uid)\n  tenants:\n    columns:\n      id: uuid not null\n    primary_key: [id]\n";
    foreign_key_of_missing_column: "tables:\n  agents:\n    columns:\n      tenant: uuid\n    foreign_keys:\n      agents_tenant_id_fkey: (tenant_id) references tenants (id)\n  tenants:\n    columns:\n      id: uuid not null\n    primary_key: [id]\n";
    /// As in the document that says so of prompts.
    policy_on_missing_column: "tables:\n  prompts:\n    row_security: enabled\n    columns:\n      id: uuid\n      is_shared: boolean\n    policies:\n      prompts_select:\n        for: select\n        using: |\n          is_shared\n          and deleted_at is null\n";
    index_on_missing_column: "tables:\n  agents:\n    columns:\n      id: uuid\n      slug: text\n    indexes:\n      idx_agents_slug: unique (slgu)\n";
    function_with_syntax_error: "functions:\n  f(n integer):\n    definition: returns integer language plpgsql\n    body: |\n      begin\n        retrun n;\n      end\n";
    function_without_definition: "functions:\n  f(n integer):\n    body: select 1\n";
    trigger_without_its_function: "tables:\n  agents:\n    columns:\n      id: uuid\n    triggers:\n      agents_touch: before update for each row execute function touch_updated_at()\n";
    unknown_type: "tables:\n  agents:\n    columns:\n      id: uiud not null\n";
    circular_views: "views:\n  a:\n    query: select x from b\n  b:\n    query: select x from a\n";
    /// A circle of three, and what only hangs on it.
    circle_of_three: "views:\n  a:\n    query: select x from b\n  b:\n    query: |\n      select x\n      from c\n  c:\n    query: select x from a\n  d:\n    query: select x from c\n";
    comment_where_there_is_none: "default_privileges:\n  - for_role: app_owner\n    on: tables\n    comment: for everyone\n    grants: {app_reader: [select]}\nuser_mappings:\n  - server: archive\n    user: public\n    comment: of no use\n";
    /// One table that cannot be made takes along what hangs on it: one message, with the number of the others.
    what_follows_is_folded: "tables:\n  agents:\n    columns:\n      id: uiud not null\n      name: text\n    primary_key: [id]\n    indexes:\n      idx: (name)\nviews:\n  v:\n    query: select id from agents\n";
    several_at_once: "tables:\n  a:\n    columns:\n      id: integer\n    indexes:\n      one: (x)\n      two: (y)\n    checks:\n      three: z > 0\n";
    grant_of_nonsense: "tables:\n  a:\n    columns:\n      id: integer\n    grants: {anon: [slect, usage]}\n";
    /// What follows a semicolon would run unseen.
    two_statements_in_one: "tables:\n  a:\n    columns:\n      id: integer\nviews:\n  v:\n    query: select 1 as x; drop table a\n";
    nothing_but_text: "just text\n";
    tabs: "tables:\n\ta:\n";
    deep_brackets: format!("tables: {}{}\n", "[".repeat(100_000), "]".repeat(100_000));
    deep_mappings: (0..3000).map(|i| format!("{}a:\n", "  ".repeat(i))).collect::<String>();
    alias_explosion: "a: &a [x,x,x,x,x,x,x,x,x,x]\n".to_string() + &('b'..='i').map(|c| format!("{c}: &{c} [{}]\n", [format!("*{}", char::from(c as u8 - 1)).as_str(); 10].join(","))).collect::<String>();
}

#[test]
fn same_table_in_two_files() {
    let text: &[u8] = b"tables:\n  agents:\n    columns:\n      id: uuid\n";
    shows!("same_table_in_two_files", 1, check("two", &[("schema/a.yaml", text), ("schema/b.yaml", text)]));
}

#[test]
fn not_utf8() {
    shows!("not_utf8", 1, check("latin", &[("schema/a.yaml", b"tables:\n  caf\xe9:\n    columns:\n      id: integer\n")]));
}

#[test]
fn missing_model() {
    shows!("missing_model", 1, check("missing", &[]));
}

#[test]
fn empty_model() {
    shows!("empty_model", 1, check("empty", &[("schema/README.md", b"nothing")]));
}

/// A file that nobody can read, root included: a link that leads to itself.
#[test]
fn unreadable_file() {
    let path = folder("message-unreadable", &[("schema/a.yaml", b"tables: {}\n")]);
    std::os::unix::fs::symlink("loop.yaml", path.join("schema/loop.yaml")).expect("a link");
    shows!("unreadable_file", 1, trueup_in(&path, &["check", "schema"], &[]));
}

#[test]
fn missing_body_file() {
    let text: &[u8] = b"functions:\n  f():\n    definition: returns integer language sql\n    body_file: f.sql\n";
    shows!("missing_body_file", 1, check("body-file", &[("schema/a.yaml", text)]));
}

#[test]
fn project_file() {
    let project: &[u8] = b"provded: [supabase]\nmanage: everything\ndatabases:\n  live: ${env:TRUEUP_TEST_UNSET}\n";
    shows!("project_file", 1, check("project", &[("schema/a.yaml", b"tables: {}\n"), ("schema/trueup.yaml", project)]));
}

#[test]
fn unknown_provided_set() {
    let files: [(&str, &[u8]); 2] = [("schema/a.yaml", b"tables: {}\n"), ("schema/trueup.yaml", b"provided: [superbase]\n")];
    shows!("unknown_provided_set", 1, check("provided", &files));
}

/// Ten megabytes are read, and the one mistake in them is found.
#[test]
fn ten_megabytes() {
    let table = |n: usize| {
        let columns: String = (0..40).map(|i| format!("      column_{i}: text not null default 'of no importance'\n")).collect();
        let mistake = if n == 1000 { "      oops: [text]\n" } else { "" };
        format!("  t{n}:\n    columns:\n{columns}{mistake}")
    };
    let text = "tables:\n".to_string() + &(0..4400).map(table).collect::<String>();
    assert!(text.len() > 10_000_000, "{}", text.len());
    shows!("ten_megabytes", 1, check("big", &[("schema/a.yaml", text.as_bytes())]));
}

#[test]
fn file_too_large() {
    let path = folder("message-huge", &[("schema/a.yaml", b"")]);
    let file = std::fs::File::create(path.join("schema/a.yaml")).expect("a file");
    file.set_len(70 << 20).expect("a sparse file");
    shows!("file_too_large", 1, trueup_in(&path, &["check", "schema"], &[]));
}
