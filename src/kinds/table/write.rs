//! Tables as SQL and as YAML.

use crate::catalog::{Catalog, Id, Object};
use crate::kinds::parent_table::{self, Clause};
use crate::kinds::yaml::{Entry, Out, Piece, Statement};
use crate::kinds::{column, of};
use crate::plan::step::{Draft, Lock};
use crate::sql;
use crate::yaml::Node;

/// The statements that build a table of the model: its columns at once, the rest after.
pub(super) fn build(entry: &Entry<'_>) -> Vec<Statement> {
    let schema = entry.schema.as_deref();
    let unlogged = if entry.flag("unlogged") == Some(true) { "UNLOGGED " } else { "" };
    let mut create = Statement::new(schema, format!("CREATE {unlogged}TABLE {}", entry.path()));
    let after = declared_body(entry, &mut create);
    if let Some(key) = entry.field("partition_by") {
        create.push(" PARTITION BY ");
        create.piece(&key);
    }
    if let Some(method) = entry.field("access_method") {
        create.push(&format!(" USING {}", sql::ident(&method.text)));
    }
    let options = options(entry);
    if !options.is_empty() {
        create.push(&format!(" WITH ({options})"));
    }
    if let Some(space) = entry.field("tablespace") {
        create.push(&format!(" TABLESPACE {}", sql::ident(&space.text)));
    }
    let mut statements = vec![create];
    statements.extend(after);
    if let Some(word) = entry.field("replica_identity") {
        statements
            .push(Statement::new(schema, format!("ALTER TABLE {} REPLICA IDENTITY {}", entry.path(), word.text.to_uppercase())));
    }
    let clauses: &[&str] = match entry.field("row_security").map(|p| p.text).as_deref() {
        Some("enabled") => &["ENABLE"],
        Some("forced") => &["ENABLE", "FORCE"],
        Some("forced_but_disabled") => &["FORCE"],
        _ => &[],
    };
    for clause in clauses {
        statements.push(Statement::new(schema, format!("ALTER TABLE {} {clause} ROW LEVEL SECURITY", entry.path())));
    }
    statements
}

/// What CREATE TABLE says after the name: columns, and the parents or the type that they come from; and the statements that
/// have to follow it.
pub(in crate::kinds) fn declared_body(entry: &Entry<'_>, create: &mut Statement) -> Vec<Statement> {
    let schema = entry.schema.as_deref();
    let columns = entry.node.get("columns").and_then(Node::entries).unwrap_or_default();
    let columns: Vec<(String, Piece)> = columns.iter().filter_map(|(key, value)| column::written(key, value)).collect();
    let (own, overrides): (Vec<_>, Vec<_>) = columns.into_iter().partition(|(_, d)| !column::is_override(&d.text));
    let bound = entry.field("bound");
    let mut after = Vec::new();
    if let Some(parent) = entry.field("partition_of") {
        if own.is_empty() {
            create.push(" PARTITION OF ");
            create.piece(&parent);
            list_columns(create, &overrides, false);
            if let Some(bound) = &bound {
                create.push(" ");
                create.piece(bound);
            }
        } else {
            // With columns of its own order it is a table first.
            list_columns(create, &own, true);
            // It has to have its parent's checks before.
            let mut attach = Statement::with(schema, "ALTER TABLE ", &parent, &format!(" ATTACH PARTITION {} ", entry.path()));
            attach.late = true;
            if let Some(bound) = &bound {
                attach.piece(bound);
            }
            after.push(attach);
            after.extend(overrides.iter().flat_map(|(name, d)| column::overridden(entry, name, d)));
        }
    } else if let Some(ty) = entry.field("of_type") {
        create.push(" OF ");
        create.piece(&ty);
        list_columns(create, &overrides, false);
    } else {
        list_columns(create, &own, true);
        if let Some(parents) = entry.names("inherits") {
            create.push(" INHERITS (");
            list(create, &parents);
            create.push(")");
        }
        after.extend(overrides.iter().flat_map(|(name, d)| column::overridden(entry, name, d)));
    }
    after
}

/// Columns in parentheses; with none of them, nothing, unless there have to be parentheses.
fn list_columns(create: &mut Statement, columns: &[(String, Piece)], always: bool) {
    if columns.is_empty() && !always {
        return;
    }
    create.push(" (");
    for (i, (name, definition)) in columns.iter().enumerate() {
        create.push(if i == 0 { "\n  " } else { ",\n  " });
        create.push(&sql::ident(name));
        create.push(" ");
        create.piece(definition);
    }
    create.push(")");
}

fn list(statement: &mut Statement, names: &[Piece]) {
    for (i, name) in names.iter().enumerate() {
        if i > 0 {
            statement.push(", ");
        }
        statement.piece(name);
    }
}

fn options(entry: &Entry<'_>) -> String {
    let one = |(name, value): (Piece, Piece)| match name.text.strip_prefix("toast.") {
        Some(toast) => super::option(&format!("{toast}={}", value.text), "toast."),
        None => super::option(&format!("{}={}", name.text, value.text), ""),
    };
    entry.texts("options").into_iter().map(one).collect::<Vec<_>>().join(", ")
}

pub(super) fn replica_identity(id: &Id, object: &Object) -> Draft {
    let word = object.text("replica_identity").unwrap_or("default").to_uppercase();
    Draft::new(format!("ALTER TABLE {} REPLICA IDENTITY {word}", id.own_path())).lock(Lock::AccessExclusive)
}

/// CREATE TABLE with the children folded into it, and what it cannot say itself.
pub(super) fn create(id: &Id, object: &Object, folded: &[(&Id, &Object)]) -> Vec<Draft> {
    let unlogged = if object.flag("unlogged") { "UNLOGGED " } else { "" };
    let mut text = format!("CREATE {unlogged}TABLE {}", id.own_path());
    text.push_str(&body(folded));
    if let Some(key) = object.text("partition_by") {
        text.push_str(&format!(" PARTITION BY {key}"));
    }
    if let Some(method) = object.text("access_method") {
        text.push_str(&format!(" USING {}", sql::ident(method)));
    }
    let mut options: Vec<String> = object.list("options").into_iter().map(|o| super::option(o, "")).collect();
    options.extend(object.list("toast_options").into_iter().map(|o| super::option(o, "toast.")));
    if !options.is_empty() {
        text.push_str(&format!(" WITH ({})", options.join(", ")));
    }
    if let Some(space) = object.text("tablespace") {
        text.push_str(&format!(" TABLESPACE {}", sql::ident(space)));
    }
    let mut drafts = vec![parent_table::made_below(Draft::new(text), folded)];
    drafts.extend(settings(folded));
    for (attr, clause) in [("row_security", "ENABLE"), ("force_row_security", "FORCE")] {
        if object.attrs.contains_key(attr) {
            drafts.push(Draft::new(format!("ALTER TABLE {} {clause} ROW LEVEL SECURITY", id.own_path())));
        }
    }
    if object.attrs.contains_key("replica_identity") {
        drafts.push(replica_identity(id, object));
    }
    drafts
}

/// What CREATE TABLE says after the name.
pub(in crate::kinds) fn body(folded: &[(&Id, &Object)]) -> String {
    let clauses = clauses(folded);
    let listed = if clauses.is_empty() { String::new() } else { format!(" (\n    {}\n)", clauses.join(",\n    ")) };
    let table = if listed.is_empty() { " ()" } else { &listed };
    match parent_table::clause(folded) {
        Some(Clause::Partition(parent, bound)) => format!(" PARTITION OF {parent}{listed} {bound}"),
        Some(Clause::Of(ty)) => format!(" OF {ty}{listed}"),
        Some(Clause::Inherits(parents)) => format!("{table} INHERITS ({})", parents.join(", ")),
        None => table.to_string(),
    }
}

/// What CREATE TABLE cannot say of its columns.
pub(in crate::kinds) fn settings(folded: &[(&Id, &Object)]) -> Vec<Draft> {
    let mut columns: Vec<_> = folded.iter().filter(|(id, _)| column::is_column(id)).collect();
    columns.sort_by_key(|(_, object)| object.position);
    columns.into_iter().flat_map(|(id, object)| column::settings(id, object, None)).collect()
}

/// Columns in their order with their defaults, then the constraints.
pub(in crate::kinds) fn clauses(folded: &[(&Id, &Object)]) -> Vec<String> {
    let mut columns: Vec<(i64, String)> = Vec::new();
    let mut rest: Vec<(usize, String)> = Vec::new();
    for (id, object) in folded {
        let Some(mut clause) = of(id).clause(id, object) else { continue };
        if column::is_column(id) {
            let default = folded.iter().find(|(i, _)| column::is_default_of(i, id));
            if let Some(default) = default.and_then(|(i, o)| of(i).clause(i, o)) {
                clause = column::with_default(&clause, &default, object);
            }
            columns.push((object.position, clause));
        } else if !column::is_default(id) {
            rest.push((crate::kinds::rank(id.kind), clause));
        }
    }
    columns.sort_by_key(|(position, _)| *position);
    rest.sort_by_key(|(rank, _)| *rank);
    columns.into_iter().map(|(_, c)| c).chain(rest.into_iter().map(|(_, c)| c)).collect()
}

/// The table's own keys in YAML.
pub(super) fn entry(id: &Id, object: &Object, catalog: &Catalog) -> Vec<(String, Out)> {
    let mut map = Vec::new();
    let row_security = match (object.attrs.contains_key("row_security"), object.flag("force_row_security")) {
        (true, true) => Some("forced"),
        (true, false) => Some("enabled"),
        (false, true) => Some("forced_but_disabled"),
        (false, false) => None,
    };
    if let Some(word) = row_security {
        map.push(("row_security".to_string(), Out::text(word)));
    }
    if object.flag("unlogged") {
        map.push(("unlogged".into(), Out::text("true")));
    }
    map.extend(parent_table::written(id, catalog));
    for (attr, key) in [
        ("partition_by", "partition_by"),
        ("access_method", "access_method"),
        ("tablespace", "tablespace"),
        ("replica_identity", "replica_identity"),
    ] {
        if let Some(text) = object.text(attr) {
            map.push((key.to_string(), Out::text(text)));
        }
    }
    let options = super::options_out(object);
    if !options.is_empty() {
        map.push(("options".into(), Out::Map(options)));
    }
    map
}
