//! Rebuilding a catalog in the shadow from its objects alone, and running statements on it there.

use super::build::{Session, shadow_refused};
use crate::catalog::{Catalog, read};
use crate::diagnostic::{Diagnostic, Result};
use crate::diff;
use crate::kinds::role::create_if_missing;
use crate::plan::rename::{self, Rename};
use crate::plan::{self, Plan};

/// The live catalog after renames, with every text as the server prints it then.
///
/// # Errors
/// What the server refuses.
pub async fn renamed(session: &Session, live: &Catalog, renames: &[Rename]) -> Result<Catalog> {
    rebuild(session, live).await?;
    for rename in renames {
        let Some(draft) = rename.draft() else { continue };
        session.superuser.batch_execute(&draft.sql).await.map_err(|e| shadow_refused(&e))?;
    }
    let rebuilt = read::read(&session.superuser, session.major).await?;
    Ok(rename::renamed(live, renames, &rebuilt))
}

/// Makes an empty database hold what a catalog says.
///
/// # Errors
/// What the server refuses: something that the catalog does not hold is needed by something that it holds.
pub async fn rebuild(session: &Session, catalog: &Catalog) -> Result<()> {
    let roles: String = catalog.roles.iter().filter(|r| !r.starts_with("pg_")).map(|r| create_if_missing(r)).collect();
    session.superuser.batch_execute(&roles).await.map_err(|e| shadow_refused(&e))?;
    let mut empty = read::read(&session.superuser, session.major).await?;
    empty.source.role = session_role(session).await?;
    let differences = diff::diff(&empty, catalog, |_| true);
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
    for step in &plan.steps {
        session.superuser.batch_execute(&step.sql).await.map_err(|e| {
            Diagnostic::error("shadow-replay", format!("the shadow refused to {} {}", step.verb, step.object))
                .note(e.as_db_error().map_or_else(|| e.to_string(), |d| d.message().to_string()))
                .note(step.sql.clone())
        })?;
    }
    Ok(())
}

async fn session_role(session: &Session) -> Result<String> {
    let rows = session.superuser.query("SELECT CURRENT_USER::pg_catalog.text", &[]).await.map_err(|e| shadow_refused(&e))?;
    Ok(rows.first().map(|r| r.get(0)).unwrap_or_default())
}
