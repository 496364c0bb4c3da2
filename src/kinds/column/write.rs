//! Columns as SQL and as YAML.

use std::borrow::Cow;

use serde_json::Value;

use super::{not_null, types};
use crate::catalog::{Attrs, Catalog, Id, Object};
use crate::kinds::family::{self, Heritage};
use crate::kinds::yaml::Out;
use crate::kinds::{Alter, Change, options, parent_table};
use crate::plan::step::{Draft, Hazard, Lock};
use crate::sql;

/// The column inside CREATE TABLE or after ADD COLUMN, without its default.
pub(super) fn clause(id: &Id, object: &Object) -> String {
    format!("{} {}", sql::ident(&id.name), definition(object, false))
}

/// Puts a default where the grammar wants it: before NOT NULL reads best, anywhere is valid.
pub(in crate::kinds) fn with_default(clause: &str, default: &str, object: &Object) -> String {
    let words = [false, true].map(|lower| not_null::clause(object, lower)).into_iter().filter(|words| !words.is_empty());
    let parts = words.filter_map(|words| Some((clause.strip_suffix(&words)?, words))).next();
    match parts {
        Some((before, words)) => format!("{before} {default}{words}"),
        None => format!("{clause} {default}"),
    }
}

fn definition(object: &Object, lower: bool) -> String {
    let word = |w: &str| if lower { w.to_lowercase() } else { w.to_string() };
    let mut text = object.text("type").unwrap_or_default().to_string();
    if let Some(method) = object.text("compression") {
        text.push_str(&format!(" {} {method}", word("COMPRESSION")));
    }
    if !lower {
        text.push_str(&options::clause(object, "foreign_options"));
    }
    if let Some(collation) = object.text("collation") {
        text.push_str(&format!(" {} {collation}", word("COLLATE")));
    }
    if let Some(expression) = object.text("generated") {
        let kind = if object.flag("virtual") { "VIRTUAL" } else { "STORED" };
        text.push_str(&format!(" {} ({expression}) {}", word("GENERATED ALWAYS AS"), word(kind)));
    }
    if let Some(when) = object.text("identity") {
        let when = if lower { when.to_string() } else { when.to_uppercase() };
        text.push_str(&format!(" {} {when} {}", word("GENERATED"), word("AS IDENTITY")));
        let options = identity_options(object, false);
        if !options.is_empty() {
            text.push_str(&format!(" ({})", options.join(" ")));
        }
    }
    text.push_str(&not_null::clause(object, lower));
    text
}

/// The options of an identity column's sequence, one by one.
fn identity_options(object: &Object, all: bool) -> Vec<String> {
    let Some(Value::Object(map)) = object.attrs.get("identity_options") else { return Vec::new() };
    let inner = Object { attrs: map.iter().map(|(k, v)| (k.clone(), v.clone())).collect(), ..Object::default() };
    let name = inner.text("name").filter(|_| !all).map(|n| format!("SEQUENCE NAME {n}"));
    // The type is the column's.
    let clauses = crate::kinds::sequence::option_clauses(&inner, all).into_iter().filter(|c| !c.starts_with("AS "));
    name.into_iter().chain(clauses).collect()
}

/// The storage of a type that has a choice (pg_type.typstorage). PostgreSQL knows the word DEFAULT for it from 16 on only.
fn default_storage(object: &Object) -> &'static str {
    match types::base(object.text("type").unwrap_or_default()) {
        "numeric" | "inet" | "cidr" => "main",
        _ => "extended",
    }
}

/// What neither ADD COLUMN nor CREATE TABLE can say: storage, statistics target, options. A partition has its own.
///
/// A change of the type has given it the new type's storage.
pub(in crate::kinds) fn settings(id: &Id, object: &Object, live: Option<&Object>) -> Vec<Draft> {
    let alter = |clause: String| {
        Draft::new(format!("ALTER TABLE ONLY {} ALTER COLUMN {} {clause}", id.parent_path(), sql::ident(&id.name)))
            .lock(Lock::ShareUpdateExclusive)
    };
    let differs = |attr: &str| live.map_or(object.attrs.contains_key(attr), |l| l.attrs.get(attr) != object.attrs.get(attr));
    let mut drafts = if live.is_none() { not_null::finished(id, object) } else { Vec::new() };
    let retyped = live.is_some_and(|l| ["type", "collation"].iter().any(|a| l.attrs.get(*a) != object.attrs.get(*a)));
    if if retyped { object.attrs.contains_key("storage") } else { differs("storage") } {
        let storage = object.text("storage").unwrap_or_else(|| default_storage(object));
        drafts.push(alter(format!("SET STORAGE {}", storage.to_uppercase())).lock(Lock::AccessExclusive));
    }
    if differs("statistics") {
        let target = object.attrs.get("statistics").map_or_else(|| "-1".to_string(), Value::to_string);
        drafts.push(alter(format!("SET STATISTICS {target}")));
    }
    if differs("options") {
        let (was, is) = (live.map(|l| l.list("options")).unwrap_or_default(), object.list("options"));
        let name = |o: &str| o.split('=').next().unwrap_or_default().to_string();
        let set: Vec<&str> = is.iter().copied().filter(|o| !was.contains(o)).collect();
        let reset: Vec<String> = was.iter().map(|o| name(o)).filter(|n| !is.iter().any(|o| name(o) == *n)).collect();
        if !set.is_empty() {
            drafts.push(alter(format!("SET ({})", set.join(", "))));
        }
        if !reset.is_empty() {
            drafts.push(alter(format!("RESET ({})", reset.join(", "))));
        }
    }
    drafts
}

/// The statements that change a column.
pub(super) fn alter(change: &mut Change<'_>) -> Alter {
    let (live, desired) = (change.live, change.desired);
    let path = change.id.parent_path();
    let column = sql::ident(&change.id.name).into_owned();
    let step =
        |clause: String| Draft::new(format!("ALTER TABLE {path} ALTER COLUMN {column} {clause}")).lock_all(Lock::AccessExclusive);
    let mut drafts = Vec::new();
    let computed = change.take_any(&["generated", "virtual"]);
    if computed {
        if let Some(expression) = desired.text("generated").filter(|_| takes_expression(change)) {
            let set = step(format!("SET EXPRESSION AS ({expression})"));
            drafts.push(if desired.flag("virtual") { set } else { set.rewrites() });
        } else if desired.attrs.contains_key("generated") || live.flag("virtual") {
            change.take_all();
            return Alter::Replace;
        } else {
            drafts.push(step("DROP EXPRESSION".into()));
        }
    }
    let detached = computed && !desired.attrs.contains_key("generated");
    if !types::castable(live.text("type").unwrap_or_default(), desired.text("type").unwrap_or_default()) {
        change.take_all();
        return Alter::Replace;
    }
    let retyped = change.take_any(&["type", "collation"]);
    if retyped && in_partition_key(change) {
        change.take_all();
        return Alter::ReplaceWhole;
    }
    // An identity wants NOT NULL first and leaves it behind.
    let not_null = not_null::changed(change);
    if live.attrs.contains_key("identity") && !desired.attrs.contains_key("identity") {
        change.take_any(&["identity", "identity_options"]);
        drafts.push(step("DROP IDENTITY".into()));
    }
    drafts.extend(not_null.before);
    if retyped {
        drafts.push(retype(live, desired, &column, step));
    }
    drafts.extend(not_null.after);
    drafts.extend(identity(change, step));
    // With another type go how values are stored and compressed.
    let compressed = change.take("compression");
    if if retyped { desired.attrs.contains_key("compression") } else { compressed } {
        let method = desired.text("compression").unwrap_or("default");
        drafts.push(step(format!("SET COMPRESSION {method}")).lock(Lock::AccessExclusive));
    }
    change.take("foreign");
    if change.take("foreign_options") {
        let options = options::changes(live, desired, "foreign_options");
        if !options.is_empty() {
            drafts.push(step(options.trim_start().to_string()));
        }
    }
    if change.take_any(&["storage", "statistics", "options"]) || (retyped && desired.attrs.contains_key("storage")) {
        drafts.extend(settings(change.id, desired, Some(live)));
    }
    if retyped || detached { Alter::Detached(drafts) } else { Alter::InPlace(drafts) }
}

/// Whether rows are assigned to partitions by the column: then its type stays what it is (manual, ddl-partitioning).
fn in_partition_key(change: &Change<'_>) -> bool {
    let table = change.live.needs.iter().find(|n| n.parent.is_none() && change.id.parent.as_deref() == Some(&*n.name));
    let key = table.and_then(|t| change.catalog.get(t)).and_then(|t| t.text("partition_by"));
    key.is_some_and(|key| sql::lex::mentions(key).iter().any(|(_, name)| *name == *change.id.name))
}

fn retype(live: &Object, desired: &Object, column: &str, step: impl Fn(String) -> Draft) -> Draft {
    let (from, to) = (live.text("type").unwrap_or_default(), desired.text("type").unwrap_or_default());
    let collate = match (desired.text("collation"), live.attrs.contains_key("collation")) {
        (Some(collation), _) => format!(" COLLATE {collation}"),
        _ => String::new(),
    };
    let converted = converted(column, from, to).filter(|_| !desired.flag("foreign"));
    let using = converted.map(|value| format!(" USING {value}")).unwrap_or_default();
    let mut draft = step(format!("TYPE {to}{collate}{using}"));
    if !types::binary_compatible(from, to) && from != to {
        draft = draft.rewrites();
    }
    if !types::widens(from, to) && from != to {
        draft = draft.hazard(Hazard::BreaksClients);
    }
    draft
}

/// The value of a column as another type; `None` where an assignment converts it.
pub(super) fn converted(column: &str, from: &str, to: &str) -> Option<String> {
    if types::assignable(from, to) {
        None
    } else if user_defined(from) || (user_defined(to) && !types::is_text(from)) {
        // Between types that know nothing of each other values go over as text.
        let suffix = if from.ends_with("[]") && to.ends_with("[]") { "[]" } else { "" };
        Some(format!("{column}::text{suffix}::{to}"))
    } else {
        Some(format!("{column}::{to}"))
    }
}

/// What a column's value is written as where it goes into the same column of another table, from its own type or from text;
/// `None` if there is no way.
pub(in crate::kinds) fn value(column: &str, was: &Object, is: &Object, as_text: bool) -> Option<String> {
    let (from, to) = (was.text("type")?, is.text("type")?);
    if as_text {
        return Some(format!("{column}::{to}"));
    }
    types::castable(from, to).then(|| converted(column, from, to).unwrap_or_else(|| column.to_string()))
}

/// Types outside pg_catalog are printed with their schema.
fn user_defined(ty: &str) -> bool {
    types::base(ty).contains('.')
}

/// The name of an identity column's sequence: PostgreSQL's, unless it is said.
pub(super) fn sequence_of(id: &Id, object: &Object) -> String {
    let said = object.attrs.get("identity_options").and_then(|options| options.get("name")).and_then(Value::as_str);
    said.map_or_else(|| sql::qualified(id.schema(), &format!("{}_{}_seq", id.parent(), id.name)), str::to_string)
}

/// ADD GENERATED, for a column that is to be one.
pub(super) fn identity_added(object: &Object) -> Option<String> {
    let when = object.text("identity")?.to_uppercase();
    let options = identity_options(object, false);
    let options = if options.is_empty() { String::new() } else { format!(" ({})", options.join(" ")) };
    Some(format!("ADD GENERATED {when} AS IDENTITY{options}"))
}

fn identity(change: &mut Change<'_>, step: impl Fn(String) -> Draft) -> Vec<Draft> {
    let (live, desired) = (change.live, change.desired);
    let (kind, options) = (change.take("identity"), change.take("identity_options"));
    let Some(when) = desired.text("identity").map(str::to_uppercase) else { return Vec::new() };
    if !live.attrs.contains_key("identity") {
        return identity_added(desired).map(step).into_iter().collect();
    }
    let mut drafts = Vec::new();
    if kind {
        drafts.push(step(format!("SET GENERATED {when}")));
    }
    let (was, is) = (sequence_of(change.id, live), sequence_of(change.id, desired));
    if options && was != is {
        let name = sql::split_name(&is).and_then(|mut parts| parts.pop()).unwrap_or_default();
        drafts.push(Draft::new(format!("ALTER SEQUENCE {was} RENAME TO {}", sql::ident(&name))));
    }
    if options && identity_options(live, true) != identity_options(desired, true) {
        let clauses: Vec<String> = identity_options(desired, true).into_iter().map(|c| format!("SET {c}")).collect();
        drafts.push(step(clauses.join(" ")));
    }
    drafts
}

/// Whether a generated column may get another expression where it is: stored ones from PostgreSQL 17 on, virtual ones where no
/// check and no publication may look at them (manual, sql-altertable; ATExecSetExpression in tablecmds.c).
fn takes_expression(change: &Change<'_>) -> bool {
    let (live, desired) = (change.live, change.desired);
    let same = |attr: &str| live.attrs.get(attr) == desired.attrs.get(attr);
    let there = live.attrs.contains_key("generated") && ["virtual", "type", "collation"].iter().all(|attr| same(attr));
    let looked_at = || {
        let on_table = |id: &Id| id.schema == change.id.schema && id.parent == change.id.parent;
        ["check", "publication_table"].iter().any(|kind| change.catalog.of_kind(kind).any(|(id, _)| on_table(id)))
    };
    there && change.major >= 17 && !(desired.flag("virtual") && looked_at())
}

/// What a partition's or child's column has from its parent's. Settings are each one's own.
pub(super) fn handed_down(from: &Object, heritage: Heritage) -> Attrs {
    let gone = |attr: &str| match attr {
        "options" | "foreign" | "foreign_options" | "identity" | "identity_options" | "statistics" => true,
        // The name comes along, and is read of the parent alone.
        "not_null" => from.flag("not_null_no_inherit"),
        _ if not_null::ALL.contains(&attr) => true,
        "storage" | "compression" => !heritage.made,
        _ => false,
    };
    let mut attrs: Attrs = from.attrs.iter().filter(|(attr, _)| !gone(attr)).map(|(a, v)| (a.clone(), v.clone())).collect();
    // Which storage it has then depends on which was made first: it is always said.
    if let Some(storage) = attrs.get_mut("storage") {
        *storage = Value::Null;
    }
    attrs
}

/// What a column that comes from a parent has of its own.
fn own(id: &Id, object: &Object, base: &Attrs, catalog: &Catalog) -> Vec<(String, Out)> {
    let base = Object { attrs: base.clone(), ..Object::default() };
    let mut words = Vec::new();
    if object.flag("not_null") && !base.flag("not_null") {
        words.push("not null".to_string());
    }
    let default = Id::child("default", id.schema(), id.parent(), &id.name);
    if let Some(own) = catalog.get(&default)
        && family::handed_down(&default, own, catalog).as_ref() != Some(&own.attrs)
    {
        words.insert(0, format!("default {}", own.text("expression").unwrap_or("null")));
    }
    let mut map = Vec::new();
    if !words.is_empty() {
        map.push(("definition".to_string(), Out::Text(words.join(" "))));
    }
    let differs = |attr: &str| object.attrs.get(attr).filter(|v| base.attrs.get(attr) != Some(v));
    let text = |value: &Value| Out::Text(value.as_str().map_or_else(|| value.to_string(), str::to_string));
    map.extend(["compression"].iter().filter_map(|a| Some(((*a).to_string(), text(differs(a)?)))));
    map
}

/// A child's own column without an expression that it has from its parent's: only from PostgreSQL 16 on it may be said again.
fn stated<'a>(id: &Id, object: &'a Object, catalog: &Catalog) -> Cow<'a, Object> {
    let same = |from: &Attrs| ["generated", "virtual"].iter().all(|a| from.get(*a) == object.attrs.get(*a));
    let told = !object.attrs.contains_key("generated") || parent_table::is_attached(id, catalog);
    if told || !family::handed_down(id, object, catalog).is_some_and(|from| same(&from)) {
        return Cow::Borrowed(object);
    }
    let mut object = object.clone();
    object.attrs.retain(|attr, _| attr != "generated" && attr != "virtual");
    Cow::Owned(object)
}

/// A column in YAML, with its default.
pub(super) fn entry(id: &Id, object: &Object, catalog: &Catalog) -> Option<Out> {
    if object.position == 0
        && let Some(base) = family::handed_down(id, object, catalog)
    {
        let mut map = own(id, object, &base, catalog);
        let base = Object { attrs: base, ..Object::default() };
        map.extend(settings_out(id, object, &base));
        let said = !map.is_empty() || object.comment.is_some() || object.privileges.as_ref().is_some_and(|p| !p.0.is_empty());
        return said.then_some(Out::Map(map));
    }
    let stated = not_null::in_definition(&stated(id, object, catalog));
    let mut text = definition(&stated, true);
    let default = Id::child("default", id.schema(), id.parent(), &id.name);
    if let Some(default) = catalog.get(&default) {
        // None at all is something to say where the parent has one.
        let expression = default.text("expression").unwrap_or("null");
        text = with_default(&text, &format!("default {expression}"), &stated);
    }
    let mut map = vec![("definition".to_string(), Out::Text(text))];
    map.extend(not_null::out(object));
    map.extend(settings_out(id, object, &Object::default()));
    Some(Out::Map(map))
}

/// What stands beside the definition, where it is not as in `base`.
pub(in crate::kinds) fn settings_out(id: &Id, object: &Object, base: &Object) -> Vec<(String, Out)> {
    let mut map = Vec::new();
    for attr in ["storage", "statistics"] {
        if let Some(value) = object.attrs.get(attr).filter(|v| base.attrs.get(attr) != Some(v)) {
            map.push((attr.to_string(), Out::Text(value.as_str().map_or_else(|| value.to_string(), str::to_string))));
        }
    }
    let planner: Vec<(String, Out)> =
        object.list("options").iter().filter_map(|o| o.split_once('=')).map(|(n, v)| (n.to_string(), Out::text(v))).collect();
    if !planner.is_empty() {
        map.push(("options".into(), Out::Map(planner)));
    }
    map.extend(options::out(id, object, "foreign_options"));
    map
}
