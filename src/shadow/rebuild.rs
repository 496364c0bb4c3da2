//! Rebuilding a catalog in the shadow from its objects alone, and running statements on it there.

use std::collections::BTreeSet;

use super::build::{Session, shadow_refused};
use super::standin::Lent;
use super::{Request, Shadow, labels};
use tokio_postgres::error::SqlState;

use crate::catalog::{Catalog, Id, Object};
use crate::diagnostic::{Diagnostic, Result};
use crate::kinds::{self, role::create_if_missing};
use crate::pg::{Client, sqlstate};
use crate::plan::rename::{self, Rename};
use crate::plan::{self, Plan, Step};
use crate::{diff, report};

/// The live catalog after renames, with every text as the server prints it then.
///
/// # Errors
/// What the server refuses.
pub async fn renamed(session: &Session, live: &Catalog, renames: &[Rename]) -> Result<Catalog> {
    // What is not rebuilt has no text that the server could change.
    let rebuilt = |r: &&Rename| !kinds::of(&r.from).as_written() && !kinds::of(&r.from).acts_by_itself();
    let built: Vec<&Rename> = renames.iter().filter(rebuilt).collect();
    if built.is_empty() && !renames.is_empty() {
        return Ok(rename::renamed(live, renames, live));
    }
    let mut texts = live.clone();
    texts.objects.values_mut().for_each(without_facets);
    rebuild(session, &texts).await?;
    for rename in built {
        let Some(draft) = rename.draft() else { continue };
        session.superuser.batch_execute(&draft.sql).await.map_err(|e| shadow_refused(&e))?;
    }
    let rebuilt = session.read().await?;
    Ok(rename::renamed(live, renames, &rebuilt))
}

/// Makes an empty database hold what a catalog says.
///
/// # Errors
/// What the server refuses: something that the catalog does not hold is needed by something that it holds.
pub async fn rebuild(session: &Session, catalog: &Catalog) -> Result<()> {
    let roles: String = catalog.roles.iter().filter(|r| !r.starts_with("pg_")).map(|r| create_if_missing(r)).collect();
    session.superuser.batch_execute(&roles).await.map_err(|e| shadow_refused(&e))?;
    rebuild_all(session, catalog).await
}

/// As [`rebuild`], where the roles are there already.
///
/// # Errors
/// As [`rebuild`].
pub async fn rebuild_all(session: &Session, catalog: &Catalog) -> Result<()> {
    let mut empty = session.read().await?;
    empty.source.role = session_role(session).await?;
    let differences = diff::diff(&empty, catalog, |id| !kinds::of(id).as_written() && !kinds::of(id).acts_by_itself());
    let plan = plan::plan(&empty, catalog, &differences, |_| None)?;
    run(session, &plan).await
}

/// Runs a plan in the shadow.
///
/// # Errors
/// The first statement that the server refuses.
pub async fn run(session: &Session, plan: &Plan) -> Result<()> {
    session
        .superuser
        .batch_execute("SET check_function_bodies = off; SET search_path = ''")
        .await
        .map_err(|e| shadow_refused(&e))?;
    for phase in &plan.phases {
        for steps in plan.steps[phase.steps.0 - 1..phase.steps.1].chunks(BATCH) {
            // Together when all of them work, which is one transaction; else one by one, with what is missing in between.
            if phase.transaction && session.superuser.batch_execute(&together(steps)).await.is_ok() {
                continue;
            }
            for step in steps {
                let Err(e) = perform(session, &session.superuser, &stand_in(step)).await? else { continue };
                return Err(Diagnostic::error("shadow-replay", format!("the shadow refused to {} {}", step.verb, step.object))
                    .note(sqlstate::server_message(&e))
                    .note(step.sql.clone())
                    .into());
            }
        }
    }
    Ok(())
}

fn together(steps: &[Step]) -> String {
    steps.iter().map(|s| format!("{};\n", stand_in(s))).collect()
}

/// What does in the shadow what a step does on a server that has everything.
pub fn stand_in(step: &Step) -> std::borrow::Cow<'_, str> {
    labels::stand_in(step)
}

/// A refusal of the shadow's server.
pub fn refused(error: &tokio_postgres::Error) -> Diagnostic {
    shadow_refused(error)
}

/// Runs a statement, with a stand-in for an extension that the server does not have.
async fn perform(session: &Session, client: &Client, sql: &str) -> Result<std::result::Result<(), tokio_postgres::Error>> {
    // A chain of extensions that need one another is of some length.
    for _ in 0..16 {
        let Err(error) = client.batch_execute(sql).await else { return Ok(Ok(())) };
        if tablespace(session, &error).await? {
            continue;
        }
        if let Some(any) = of_any_version(sql, &error) {
            return Ok(client.batch_execute(any).await);
        }
        match session.lend(sql, &error).await? {
            Lent::Nothing => return Ok(Err(error)),
            Lent::All => return Ok(Ok(())),
            Lent::Another => {}
        }
    }
    Ok(client.batch_execute(sql).await)
}

/// A statement that makes an extension of whatever version the server has, where it refuses the one that is asked for.
pub fn of_any_version<'a>(sql: &'a str, error: &tokio_postgres::Error) -> Option<&'a str> {
    let error = error.as_db_error().filter(|e| *e.code() == SqlState::INVALID_PARAMETER_VALUE)?;
    let of_version = error.message().contains("has no installation script nor update path for version");
    sql.rsplit_once(" VERSION '").map(|(statement, _)| statement).filter(|_| of_version)
}

/// Makes the tablespace that a refused statement lacks, inside of the server's own folder; whether that was why.
///
/// # Errors
/// When the server refuses that too.
pub async fn tablespace(session: &Session, error: &tokio_postgres::Error) -> Result<bool> {
    let Some(error) = error.as_db_error().filter(|e| *e.code() == SqlState::UNDEFINED_OBJECT) else { return Ok(false) };
    let named = error.message().strip_prefix("tablespace \"").and_then(|rest| rest.strip_suffix("\" does not exist"));
    let Some(name) = named.filter(|_| session.roles.superuser() && !session.roles.foreign()) else { return Ok(false) };
    let create = format!("CREATE TABLESPACE {} LOCATION ''", crate::sql::ident(name));
    for statement in ["SET allow_in_place_tablespaces = on", &create] {
        session.superuser.batch_execute(statement).await.map_err(|e| shadow_refused(&e))?;
    }
    Ok(true)
}

async fn session_role(session: &Session) -> Result<String> {
    let rows = session.superuser.query("SELECT CURRENT_USER::pg_catalog.text", &[]).await.map_err(|e| shadow_refused(&e))?;
    Ok(rows.first().map(|r| r.get(0)).unwrap_or_default())
}

/// A catalog as a server of another major version prints it.
#[derive(Debug)]
pub struct Translated {
    /// The same objects, with the texts of that version.
    pub catalog: Catalog,
    /// What could not be built there, and is left as it was written.
    pub warnings: Vec<Diagnostic>,
}

/// How many statements go to the server at once.
const BATCH: usize = 200;

/// Prints catalogs as PostgreSQL of one major version does: each is built in a shadow of that version and read back. A catalog
/// of that version is left as it is.
///
/// Only texts come from the shadow. Owners, privileges and comments, and what a rebuilt object does not show (an index that is
/// not valid) stay what they are.
///
/// # Errors
/// No server to be had.
pub async fn translate(catalogs: &[&Catalog], major: u32, request: &Request) -> Result<Vec<Option<Translated>>> {
    if catalogs.iter().all(|c| c.source.major() == major) {
        return Ok(catalogs.iter().map(|_| None).collect());
    }
    let shadow = Shadow::start(&Request { major: Some(major), ..request.clone() }).await?;
    let mut out = Vec::new();
    for (i, catalog) in catalogs.iter().enumerate() {
        // A shadow that somebody names has the version that it has.
        let same = catalog.source.major() == shadow.major();
        out.push(if same { None } else { Some(through(&shadow.session(&format!("other_{i}")).await?, catalog).await?) });
    }
    Ok(out)
}

async fn through(session: &Session, original: &Catalog) -> Result<Translated> {
    let mut bare = bare(original);
    let mut empty = self::bare(&session.read().await?);
    session.roles.put_in(&session.superuser, &mut bare).await?;
    empty.source.role.clone_from(&session.builder_role);
    let differences = diff::diff(&empty, &bare, |_| true);
    let differences: Vec<_> = differences.into_iter().filter(|d| bare.get(d.id()).is_some()).collect();
    let plan = plan::plan(&empty, &bare, &differences, |_| None)?;
    let failed = attempt(session, &plan).await?;
    let rebuilt = &mut session.read().await?;
    session.roles.put_back(rebuilt);
    let mut catalog = original.clone();
    let missing: BTreeSet<&Id> =
        original.objects.keys().filter(|id| bare.get(id).is_some() && rebuilt.get(id).is_none()).collect();
    for (id, object) in catalog.objects.iter_mut().filter(|(id, _)| !kinds::of(id).reserved() && !kinds::of(id).as_written()) {
        if let Some(other) = rebuilt.objects.remove(id) {
            object.attrs.extend(other.attrs);
        }
    }
    Ok(Translated { warnings: warning(original, session.major, &missing, failed).into_iter().collect(), catalog })
}

/// A catalog without what has no text that could differ, and without what belongs to the place where it was read.
fn bare(catalog: &Catalog) -> Catalog {
    let mut out = catalog.clone();
    out.objects.retain(|id, _| !kinds::of(id).comes_last() && !kinds::of(id).as_written());
    for object in out.objects.values_mut() {
        without_facets(object);
        object.attrs.remove("tablespace");
        object.attrs.remove("version");
    }
    out
}

/// What holds of objects of all kinds and changes no text.
fn without_facets(object: &mut Object) {
    (object.owner, object.comment, object.privileges) = (None, None, None);
    object.labels.clear();
}

/// Runs the steps of a plan as the role that builds, as far as the server lets them; gives the first that failed.
async fn attempt(session: &Session, plan: &Plan) -> Result<Option<String>> {
    for client in [&session.superuser, &session.builder] {
        client.batch_execute("SET check_function_bodies = off; SET search_path = ''").await.map_err(|e| shadow_refused(&e))?;
    }
    let reserved = |step: &Step| step.kind().is_some_and(|k| k.reserved());
    let mut failed = None;
    for run in plan.steps.chunk_by(|a, b| reserved(a) == reserved(b)) {
        let client = if reserved(&run[0]) { &session.superuser } else { &session.builder };
        for steps in run.chunks(BATCH) {
            let script: String = steps.iter().map(|s| format!("{};\n", s.sql)).collect();
            // One transaction: when one statement fails none is done, and they are tried one by one.
            if client.batch_execute(&script).await.is_err() {
                one_by_one(session, client, steps, &mut failed).await?;
            }
        }
    }
    Ok(failed)
}

async fn one_by_one(session: &Session, client: &Client, steps: &[Step], failed: &mut Option<String>) -> Result<()> {
    for step in steps {
        if let Err(error) = perform(session, client, &step.sql).await? {
            failed.get_or_insert_with(|| format!("{}: {}", step.object, sqlstate::server_message(&error)));
        }
    }
    Ok(())
}

fn warning(catalog: &Catalog, major: u32, missing: &BTreeSet<&Id>, failed: Option<String>) -> Option<Diagnostic> {
    if missing.is_empty() && failed.is_none() {
        return None;
    }
    let named: Vec<String> = missing.iter().take(5).map(ToString::to_string).collect();
    let more = missing.len().saturating_sub(named.len());
    let list = named.join(", ") + &if more > 0 { format!(" and {more} more") } else { String::new() };
    let what = report::count(missing.len(), "object", "objects");
    let mut out = Diagnostic::warning(
        "other-major",
        format!("{what} of PostgreSQL {} could not be built on PostgreSQL {major}, compared as written", catalog.source.major()),
    );
    if !missing.is_empty() {
        out = out.note(list);
    }
    if let Some(failed) = failed {
        out = out.note(format!("the first: {failed}"));
    }
    Some(out.help(format!("a shadow of PostgreSQL {} compares without this: see `trueup shadow`", catalog.source.major())))
}
