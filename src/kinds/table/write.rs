//! Tables as SQL and as YAML.

use std::collections::HashSet;

use crate::catalog::{Id, Object};
use crate::kinds::yaml::{Entry, Out, Piece, Statement};
use crate::kinds::{Change, column, of};
use crate::plan::step::{Draft, Hazard, Lock};
use crate::sql;
use crate::yaml::Node;

/// The statements that build a table of the model: its columns at once, the rest after.
pub(super) fn build(entry: &Entry<'_>) -> Vec<Statement> {
    let schema = entry.schema.as_deref();
    let unlogged = if entry.flag("unlogged") == Some(true) { "UNLOGGED " } else { "" };
    let mut create = Statement::new(schema, format!("CREATE {unlogged}TABLE {}", entry.path()));
    let parent = entry.field("partition_of");
    if let Some(parent) = &parent {
        create.push(" PARTITION OF ");
        create.piece(parent);
    } else if let Some(ty) = entry.field("of_type") {
        create.push(" OF ");
        create.piece(&ty);
    }
    let with_columns = parent.is_none() && entry.field("of_type").is_none();
    if with_columns {
        columns(entry, &mut create);
    }
    if let Some(bound) = entry.field("bound") {
        create.push(" ");
        create.piece(&bound);
    }
    inherits(entry, &mut create);
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

/// The columns of an entry, in parentheses.
pub(in crate::kinds) fn columns(entry: &Entry<'_>, create: &mut Statement) {
    let columns = entry.node.get("columns").and_then(Node::entries).unwrap_or_default();
    create.push(" (");
    let mut first = true;
    for (key, value) in columns {
        let Some((name, definition)) = column::written(key, value) else { continue };
        create.push(if first { "\n  " } else { ",\n  " });
        first = false;
        create.push(&sql::ident(&name));
        create.push(" ");
        create.piece(&definition);
    }
    create.push(")");
}

/// INHERITS, for an entry that names parents.
pub(in crate::kinds) fn inherits(entry: &Entry<'_>, create: &mut Statement) {
    if let Some(parents) = entry.names("inherits") {
        create.push(" INHERITS (");
        list(create, &parents);
        create.push(")");
    }
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
    let partition = object.text("partition_bound");
    let parents = object.list("inherits");
    if let Some(parent) = parents.first().filter(|_| partition.is_some()) {
        text.push_str(&format!(" PARTITION OF {parent}"));
    }
    if let Some(ty) = object.text("of_type") {
        text.push_str(&format!(" OF {ty}"));
    }
    let (folded, repeated) = without_repeated(folded);
    let clauses = clauses(&folded);
    if !clauses.is_empty() {
        text.push_str(&format!(" (\n    {}\n)", clauses.join(",\n    ")));
    } else if partition.is_none() && object.text("of_type").is_none() {
        text.push_str(" ()");
    }
    if let Some(bound) = partition {
        text.push_str(&format!(" {bound}"));
    } else if !parents.is_empty() {
        text.push_str(&format!(" INHERITS ({})", parents.join(", ")));
    }
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
    let mut drafts = vec![Draft::new(text)];
    drafts.extend(column::settings(&folded));
    for (attr, clause) in [("row_security", "ENABLE"), ("force_row_security", "FORCE")] {
        if object.attrs.contains_key(attr) {
            drafts.push(Draft::new(format!("ALTER TABLE {} {clause} ROW LEVEL SECURITY", id.own_path())));
        }
    }
    if object.attrs.contains_key("replica_identity") {
        drafts.push(replica_identity(id, object));
    }
    drafts.extend(repeated.iter().flat_map(|(id, object)| of(id).create(id, object, &[])));
    drafts
}

type Folded<'a> = (&'a Id, &'a Object);

/// Sets apart the keys that say the same as another one: of those CREATE TABLE makes one alone and drops the others without a
/// word (parse_utilcmd.c, transformIndexConstraints).
fn without_repeated<'a>(folded: &[Folded<'a>]) -> (Vec<Folded<'a>>, Vec<Folded<'a>>) {
    let mut seen = HashSet::new();
    let mut sorted = folded.to_vec();
    sorted.sort_by_key(|(id, _)| crate::kinds::rank(id.kind));
    sorted.into_iter().partition(|(id, object)| {
        let definition = object.text("definition").filter(|_| of(id).owns_index());
        definition.is_none_or(|d| seen.insert(d.strip_prefix("PRIMARY KEY ").or(d.strip_prefix("UNIQUE ")).unwrap_or(d)))
    })
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

/// ATTACH, DETACH, INHERIT and NO INHERIT.
pub(in crate::kinds) fn reparent(change: &Change<'_>) -> Vec<Draft> {
    let path = change.id.own_path();
    let (live, desired) = (change.live.list("inherits"), change.desired.list("inherits"));
    let (was, is) = (change.live.text("partition_bound"), change.desired.text("partition_bound"));
    let mut drafts = Vec::new();
    if was.is_some() {
        if let Some(parent) = live.first() {
            drafts.push(
                Draft::new(format!("ALTER TABLE {parent} DETACH PARTITION {path}"))
                    .lock(Lock::AccessExclusive)
                    .hazard(Hazard::BreaksClients),
            );
        }
    } else {
        for parent in live.iter().filter(|p| !desired.contains(p) || is.is_some()) {
            drafts.push(Draft::new(format!("ALTER TABLE {path} NO INHERIT {parent}")).lock(Lock::AccessExclusive));
        }
    }
    if let Some(bound) = is {
        if let Some(parent) = desired.first() {
            drafts.push(
                Draft::new(format!("ALTER TABLE {parent} ATTACH PARTITION {path} {bound}"))
                    .lock(Lock::AccessExclusive)
                    .hazard(Hazard::LongScan),
            );
        }
    } else {
        for parent in desired.iter().filter(|p| !live.contains(p) || was.is_some()) {
            drafts.push(Draft::new(format!("ALTER TABLE {path} INHERIT {parent}")).lock(Lock::AccessExclusive));
        }
    }
    drafts
}

/// The table's own keys in YAML.
pub(super) fn entry(object: &Object) -> Vec<(String, Out)> {
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
    let parents = object.list("inherits");
    if let Some(bound) = object.text("partition_bound") {
        map.push(("partition_of".into(), Out::text(parents.first().copied().unwrap_or_default())));
        map.push(("bound".into(), Out::Text(bound.to_string())));
    } else if !parents.is_empty() {
        map.push(("inherits".into(), Out::Flow(parents.into_iter().map(str::to_string).collect())));
    }
    for (attr, key) in [
        ("partition_by", "partition_by"),
        ("of_type", "of_type"),
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
