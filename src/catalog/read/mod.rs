//! Reading a database into a [`Catalog`]: read-only, in few round trips, everything qualified.
//!
//! All queries of all kinds go in one round trip and see one snapshot. Each kind's query returns rows of one form: `kind`,
//! `class`, `oid`, `sub` (its address in pg_depend's terms), `schema`, `parent`, `name`, `args`, `owner`, `acl`, `attrs` (JSON,
//! without what has its default) and `position`. Comments and dependencies are read once for all kinds and joined here.
//!
//! The texts of views come after, in short transactions: pg_get_viewdef keeps a lock on the view until its transaction ends.

mod address;
mod array;
pub mod bodies;
mod owned;
pub mod secrets;
mod sizes;
mod unmodeled;

use std::borrow::Cow;
use std::collections::{BTreeSet, HashMap};
use std::sync::Arc;

use futures_core::Stream;
use serde_json::Value;
use tokio_postgres::{Client, SimpleQueryMessage, SimpleQueryRow, SimpleQueryStream};

use super::{Attrs, Catalog, Detail, Id, Object, Privileges, Source};
use crate::diagnostic::{Diagnostic, Result};
use crate::kinds::{self, KINDS};
use crate::record::Presence;
use crate::sql::{array_cast, extract_field, output_name};
use address::{Address, Addresses};
pub use sizes::{Size, Sizes, sizes};

/// What is set for every reading, because texts depend on it. In SET LOCAL, so that it works behind a pooler.
pub const PINNED: &str = "SET LOCAL search_path = ''; SET LOCAL \"TimeZone\" = 'UTC'; SET LOCAL \"DateStyle\" = 'ISO, MDY'; \
     SET LOCAL \"IntervalStyle\" = 'postgres'; SET LOCAL extra_float_digits = 1; SET LOCAL quote_all_identifiers = off; \
     SET LOCAL standard_conforming_strings = on; SET LOCAL bytea_output = 'hex'; SET LOCAL lc_monetary = 'C'; SET LOCAL xmloption = 'content'; \
     SET LOCAL row_security = off; SET LOCAL statement_timeout = 0; SET LOCAL lock_timeout = '10s'; SET LOCAL jit = off";

/// And whether there is a record, in the same round trip.
const SOURCE: &str = concat!(
    "SELECT pg_catalog.current_setting('server_version_num'), CURRENT_USER::pg_catalog.text, r.rolsuper, \
     pg_catalog.current_database(), pg_catalog.to_char(pg_catalog.now() AT TIME ZONE 'UTC', 'YYYY-MM-DD\"T\"HH24:MI:SS\"Z\"'), ",
    include_str!("../../record/presence.sql"),
    " FROM pg_catalog.pg_roles r WHERE r.rolname = CURRENT_USER"
);

/// Without those that every server has.
const ROLES: &str = "SELECT r.rolname FROM pg_catalog.pg_roles r WHERE r.rolname !~ '^pg_' ORDER BY 1";

/// How many views' texts are read in one transaction.
const VIEWS_AT_ONCE: usize = 500;

/// How often a database that changes under the reader is read again.
const TRIES: usize = 3;

/// Reads the whole database behind a connection.
///
/// # Errors
/// When the server refuses, or definitions change during each of three readings.
pub async fn read(client: &Client, major: u32) -> Result<Catalog> {
    read_telling(client, major, Detail::Dependencies, |_| {}).await
}

/// As [`read`], in the detail that is wanted, and tells who reads and from what as soon as that is known, which is long
/// before the end.
///
/// # Errors
/// As [`read`].
pub async fn read_telling(client: &Client, major: u32, detail: Detail, tell: impl FnOnce(&Source)) -> Result<Catalog> {
    let mut tell = Some(tell);
    for attempt in 1..=TRIES {
        let told = tell.take();
        let read = once(client, major, detail, move |source| {
            if let Some(tell) = told {
                tell(source);
            }
        })
        .await;
        let now = stamp(client).await?;
        match read {
            Ok((catalog, before)) if before == now => return Ok(catalog),
            // What was gone by the time it was printed is an error of its own; reading again tells which it was.
            Err(failure) if attempt == TRIES => return Err(failure),
            _ => {}
        }
    }
    Err(Diagnostic::error("catalog-moving", "the database's definitions change while they are read")
        .note(format!("{TRIES} readings each saw a change between their beginning and their end"))
        .help("try again when the migration, or whatever changes tables there, has ended")
        .into())
}

async fn stamp(client: &Client) -> Result<String> {
    let script = format!("BEGIN READ ONLY; {PINNED}; {STAMP}; COMMIT");
    let sets = split(client.simple_query(&script).await.map_err(|e| refused(&e))?);
    Ok(sets.iter().flatten().next().map(stamp_of).unwrap_or_default())
}

fn stamp_of(row: &SimpleQueryRow) -> String {
    row.get(0).unwrap_or_default().to_string()
}

const STAMP: &str = include_str!("stamp.sql");

/// The queries that go before those of the kinds.
fn common(detail: Detail, major: u32) -> [Cow<'static, str>; 8] {
    [
        SOURCE.into(),
        ROLES.into(),
        STAMP.into(),
        include_str!("aliases.sql").into(),
        match detail {
            Detail::Contents => include_str!("members.sql").into(),
            Detail::Dependencies => include_str!("dependencies.sql").into(),
        },
        include_str!("comments.sql").into(),
        include_str!("labels.sql").into(),
        owned::query(major).into(),
    ]
}

/// All queries of a reading from this major version, each with what it is for.
#[must_use]
pub fn queries(major: u32) -> Vec<(&'static str, String)> {
    let common = common(Detail::Dependencies, major).into_iter().map(|query| ("all kinds", query.into_owned()));
    let more = [("all kinds", include_str!("members.sql").to_string()), ("texts of views", view_query(&[]))];
    let kinds = KINDS.iter().filter_map(|k| Some((k.name(), k.catalog_sql(major)?.to_string())));
    common.chain(more).chain(kinds).collect()
}

fn view_query(oids: &[&str]) -> String {
    format!("SELECT v, pg_catalog.pg_get_viewdef(v) FROM pg_catalog.unnest('{{{}}}'::pg_catalog.oid[]) v", oids.join(","))
}

async fn once(client: &Client, major: u32, detail: Detail, tell: impl FnOnce(&Source)) -> Result<(Catalog, String)> {
    let mut script = format!("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY; {PINNED};\n");
    let kind_queries = KINDS.iter().filter_map(|k| k.catalog_sql(major)).map(Cow::Borrowed);
    for query in common(detail, major).into_iter().chain(kind_queries) {
        script.push_str(&query);
        script.push_str(";\n");
    }
    script.push_str("COMMIT");
    // Rows are taken in as they come, while the server is at the next query.
    let mut sets = Sets::of(client, &script).await?;
    for _ in 0..=PINNED.split(';').count() {
        sets.whole().await?;
    }
    let mut catalog = Catalog { source: read_source(&sets.whole().await?), ..Catalog::default() };
    tell(&catalog.source);
    catalog.roles = sets.whole().await?.iter().filter_map(|r| r.get(0)).map(str::to_string).collect();
    let stamp = sets.whole().await?.first().map(stamp_of).unwrap_or_default();
    let (aliases, dependencies) = (sets.whole().await?, sets.whole().await?);
    let mut addresses = Addresses::new(&aliases, &dependencies);
    let (comments, labels, owned) = (sets.whole().await?, sets.whole().await?, sets.whole().await?);
    let (mut views, mut objects) = (Vec::new(), Vec::new());
    while let Some(row) = sets.row().await? {
        if let Some((id, object)) = object(&row, &mut addresses)? {
            if kinds::of(&id).has_query() {
                views.push((row.get("oid").unwrap_or_default().to_string(), id.clone()));
            }
            objects.push((id, object));
        }
    }
    // Sorting once is faster than putting each in its place.
    catalog.objects = objects.into_iter().collect();
    view_texts(client, &views, &mut catalog).await?;
    for row in &comments {
        let address = Address::of(row.get(0), row.get(1), row.get(2));
        let Some(object) = addresses.exact(address).and_then(|id| catalog.objects.get_mut(id)) else { continue };
        let text = row.get(3).map(str::to_string);
        match row.get(4) {
            Some(attr) => drop(object.attrs.insert(attr.to_string(), text.into())),
            None => object.comment = text,
        }
    }
    for row in &labels {
        let address = Address::of(row.get(0), row.get(1), row.get(2));
        let object = addresses.exact(address).and_then(|id| catalog.objects.get_mut(id));
        if let (Some(object), Some(provider)) = (object, row.get(3)) {
            object.labels.insert(provider.to_string(), row.get(4).unwrap_or_default().to_string());
        }
    }
    if detail == Detail::Dependencies {
        depend(&mut catalog, &addresses);
    }
    catalog.unmodeled = unmodeled::unmodeled(client, &owned, &addresses).await;
    Ok((catalog, stamp))
}

fn refused(error: &tokio_postgres::Error) -> Diagnostic {
    let text =
        error.as_db_error().map_or_else(|| error.to_string(), |e| format!("{} (SQLSTATE {})", e.message(), e.code().code()));
    Diagnostic::error("read-failed", "the catalog could not be read").note(text)
}

/// What a script gives, statement after statement.
struct Sets(std::pin::Pin<Box<SimpleQueryStream>>);

impl Sets {
    async fn of(client: &Client, script: &str) -> Result<Sets> {
        Ok(Sets(Box::pin(client.simple_query_raw(script).await.map_err(|e| refused(&e))?)))
    }

    async fn next(&mut self) -> Result<Option<SimpleQueryMessage>> {
        let stream = &mut self.0;
        let next = std::future::poll_fn(|context| stream.as_mut().poll_next(context)).await;
        Ok(next.transpose().map_err(|e| refused(&e))?)
    }

    /// The rows of the next statement.
    async fn whole(&mut self) -> Result<Vec<SimpleQueryRow>> {
        let mut rows = Vec::new();
        while let Some(message) = self.next().await? {
            match message {
                SimpleQueryMessage::Row(row) => rows.push(row),
                SimpleQueryMessage::CommandComplete(_) => break,
                _ => {}
            }
        }
        Ok(rows)
    }

    /// The next row, of whatever statement.
    async fn row(&mut self) -> Result<Option<SimpleQueryRow>> {
        while let Some(message) = self.next().await? {
            if let SimpleQueryMessage::Row(row) = message {
                return Ok(Some(row));
            }
        }
        Ok(None)
    }
}

/// Splits the messages of a script into the rows of each statement.
fn split(messages: Vec<SimpleQueryMessage>) -> Vec<Vec<SimpleQueryRow>> {
    let mut sets = Vec::new();
    let mut rows = Vec::new();
    for message in messages {
        match message {
            SimpleQueryMessage::Row(row) => rows.push(row),
            SimpleQueryMessage::CommandComplete(_) => sets.push(std::mem::take(&mut rows)),
            _ => {}
        }
    }
    sets
}

fn read_source(rows: &[SimpleQueryRow]) -> Source {
    let Some(row) = rows.first() else { return Source::default() };
    let text = |i: usize| row.get(i).unwrap_or_default().to_string();
    Source {
        version_num: text(0).parse().unwrap_or_default(),
        role: text(1),
        superuser: row.get(2) == Some("t"),
        database: text(3),
        taken_at: text(4),
        record: Presence::parse(row.get(5)),
    }
}

/// One row in the common form; `None` for what an extension owns.
fn object(row: &SimpleQueryRow, addresses: &mut Addresses) -> Result<Option<(Id, Object)>> {
    let address = Address::of(row.get("class"), row.get("oid"), row.get("sub"));
    let whole = Address { sub: 0, ..address };
    if addresses.member_of_extension(whole).is_some() {
        return Ok(None);
    }
    let Some(kind) = row.get("kind").and_then(kinds::find) else { return Ok(None) };
    let boxed = |name: &str| row.get(name).map(Into::into);
    let id = Id {
        kind: kind.name(),
        schema: boxed("schema"),
        parent: boxed("parent"),
        name: boxed("name").unwrap_or_default(),
        args: boxed("args"),
    };
    let attrs: Attrs = serde_json::from_str(row.get("attrs").unwrap_or("{}")).map_err(|e| {
        Diagnostic::error("read-failed", format!("what the server says of {id} is not understood")).note(e.to_string())
    })?;
    let mut object =
        Object { attrs, position: row.get("position").and_then(|p| p.parse().ok()).unwrap_or(0), ..Object::default() };
    let owner = row.get("owner");
    if let Some(letters) = kind.privilege_letters(&object) {
        object.privileges = Some(match row.get("acl") {
            Some(acl) => Privileges::from_items(array::items(acl).iter().map(String::as_str), owner.unwrap_or_default(), letters),
            None => Privileges::builtin(kind.grants().map_or(&[], |g| g.public)),
        });
    }
    let source = kind.loose_text(&object).map(str::to_string);
    object.attrs.values_mut().filter(|v| source.is_none() || v.as_str() != source.as_deref()).for_each(readable);
    let by_default = object.attrs.remove("owner_by_default").is_some();
    object.owner = owner.filter(|_| !by_default).filter(|_| kind.owner_name(&id).is_some()).map(str::to_string);
    addresses.insert(address, id.clone());
    Ok(Some((id, object)))
}

/// Makes texts that the server printed such that it reads them back as what they were.
fn readable(value: &mut Value) {
    match value {
        Value::String(text) => {
            for read_back in [array_cast::kept, output_name::said, extract_field::quoted] {
                if let Cow::Owned(kept) = read_back(text) {
                    *text = kept;
                }
            }
        }
        Value::Array(items) => items.iter_mut().for_each(readable),
        Value::Object(map) => map.values_mut().for_each(readable),
        _ => {}
    }
}

async fn view_texts(client: &Client, views: &[(String, Id)], catalog: &mut Catalog) -> Result<()> {
    let ids: HashMap<&str, &Id> = views.iter().map(|(oid, id)| (oid.as_str(), id)).collect();
    for chunk in views.chunks(VIEWS_AT_ONCE) {
        let oids: Vec<&str> = chunk.iter().map(|(oid, _)| oid.as_str()).collect();
        let script = format!("BEGIN READ ONLY; {PINNED}; {}; COMMIT", view_query(&oids));
        for row in split(client.simple_query(&script).await.map_err(|e| refused(&e))?).into_iter().flatten() {
            let (Some(oid), Some(text)) = (row.get(0), row.get(1)) else { continue };
            if let Some(object) = ids.get(oid).and_then(|id| catalog.objects.get_mut(*id)) {
                let mut query = Value::String(text.trim_end().trim_end_matches(';').to_string());
                readable(&mut query);
                object.attrs.insert("query".into(), query);
            }
        }
    }
    Ok(())
}

/// Turns addresses into needs, and adds what PostgreSQL leaves unsaid: a child needs its parent.
fn depend(catalog: &mut Catalog, addresses: &Addresses) {
    let relations: HashMap<(Arc<str>, Arc<str>), Id> = catalog
        .objects
        .keys()
        .filter(|id| id.parent.is_none() && id.schema.is_some() && matches!(kinds::of(id).namespace(), "relation" | "type"))
        .map(|id| ((id.schema.clone().unwrap_or_default(), id.name.clone()), id.clone()))
        .collect();
    let schemas: BTreeSet<Arc<str>> =
        catalog.objects.keys().filter(|id| kinds::of(id).contains_objects()).map(|id| id.name.clone()).collect();
    let schema_kind = KINDS.iter().find(|k| k.contains_objects()).map_or("", |k| k.name());
    for (id, object) in &mut catalog.objects {
        match (&id.schema, &id.parent) {
            (Some(schema), Some(parent)) => object.needs.extend(relations.get(&(schema.clone(), parent.clone())).cloned()),
            (Some(schema), None) if schemas.contains(schema) => {
                object.needs.insert(Id::global(schema_kind, schema));
            }
            _ => {}
        }
    }
    let there: BTreeSet<Id> = catalog.objects.keys().flat_map(|id| kinds::of(id).needed(id)).collect();
    let there: BTreeSet<Id> = there.into_iter().filter(|id| catalog.objects.contains_key(id)).collect();
    for (id, object) in &mut catalog.objects {
        object.needs.extend(kinds::of(id).needed(id).into_iter().filter(|n| there.contains(n)));
    }
    for (from, to, owned) in addresses.edges() {
        if !catalog.objects.contains_key(to) {
            continue;
        }
        if let Some(object) = catalog.objects.get_mut(from) {
            object.needs.insert(to.clone());
            if owned {
                object.owned_by.insert(to.clone());
            }
        }
    }
    shells(catalog);
}

/// Where an object and what it is made of need each other, the latter needs its shell, which is there before both.
fn shells(catalog: &mut Catalog) {
    let pairs: Vec<(Id, Id)> = catalog
        .objects
        .keys()
        .filter_map(|id| Some((id.clone(), kinds::of(id).shell(id)?)))
        .filter(|(_, shell)| catalog.objects.contains_key(shell))
        .collect();
    for (id, shell) in pairs {
        let needs = catalog.objects.get(&id).map(|o| o.needs.clone()).unwrap_or_default();
        for need in &needs {
            if let Some(part) = catalog.objects.get_mut(need)
                && part.needs.remove(&id)
            {
                part.owned_by.remove(&id);
                part.needs.insert(shell.clone());
            }
        }
        if let Some(object) = catalog.objects.get_mut(&id) {
            object.needs.insert(shell);
        }
    }
}
