//! Running a plan on the replica as the role that will apply it, and watching what each step does to the tables.

use std::collections::{BTreeMap, BTreeSet};

use tokio_postgres::Error;
use tokio_postgres::error::SqlState;

use super::queries::Looked;
use super::replica::Replica;
use super::rows::{self, Seeds};
use crate::apply;
use crate::diagnostic::Result;
use crate::kinds::Kind;
use crate::pg::sqlstate;
use crate::plan::step::Hazard;
use crate::plan::{Phase, Plan, Step, Verb};
use crate::shadow::rebuild;
use crate::shadow::standin::Lent;
use crate::sql;

/// How it went.
#[derive(Debug, Default)]
pub(super) struct Gone {
    /// The step that the server refused.
    pub failed: Option<Failed>,
    /// What steps did without saying so, and what the role may not do.
    pub told: Vec<(usize, String)>,
    /// Steps that the shadow cannot run.
    pub not_covered: Vec<String>,
}

/// A step that was refused.
#[derive(Debug)]
pub(super) struct Failed {
    /// Its number.
    pub step: usize,
    /// Its object.
    pub object: String,
    /// What the server said.
    pub what: String,
    /// Whether that is the shadow's fault and not the plan's.
    pub not_ours: bool,
    /// The SQLSTATE.
    code: String,
    /// Tables that it may be about, the likeliest first.
    tables: Vec<String>,
}

impl Failed {
    fn of(replica: &Replica<'_>, step: &Step, error: &Error) -> Failed {
        let named = error.as_db_error().and_then(|e| Some(sql::qualified(e.schema()?, e.table()?)));
        let path = step.object.split_once(' ').map(|(_, path)| path);
        let parent = path.and_then(|p| p.rsplit_once('.')).map(|(parent, _)| parent.to_string());
        let code = error.code().map(|c| c.code().to_string()).unwrap_or_default();
        // What the server's files lack (58), what it was not built with (0A), what was not rebuilt.
        let not_ours = code.starts_with("58") || code.starts_with("0A") || replica.is_unlike(&step.object);
        Failed {
            step: step.number,
            object: step.object.clone(),
            what: sqlstate::server_message(error),
            not_ours,
            code,
            tables: named
                .into_iter()
                .chain(step.locks.iter().map(|h| h.table.clone()))
                .chain(parent)
                .chain(path.map(str::to_string))
                .collect(),
        }
    }

    /// The table whose made-up rows the step does not take: data exceptions and violations (manual, appendix A, classes 22, 23).
    pub fn because_of_rows(&self, seeds: &Seeds) -> Option<String> {
        if !(self.code.starts_with("22") || self.code.starts_with("23") || self.code == "P0001") {
            return None;
        }
        let own = self.tables.iter().find(|t| seeds.has_rows_in(t)).cloned();
        own.or_else(|| seeds.any().map(|_| rows::ALL.to_string()))
    }
}

/// The files that tables are kept in (a rewritten table has another one), and queries that may stop working.
#[derive(Debug, Clone, Default)]
pub(super) struct Watch {
    tables: BTreeMap<u32, (String, Option<u32>)>,
    queries: Looked,
}

impl Watch {
    /// Watches the tables that the plan touches, with rows or without.
    pub fn new(seeds: &Seeds) -> Watch {
        let tables = seeds.tables().map(|(oid, name)| (oid, (name.to_string(), None))).collect();
        Watch { tables, ..Watch::default() }
    }

    /// Watches queries; names without a schema are looked for in `path`.
    pub fn of_queries(path: String, statements: Vec<String>) -> Watch {
        Watch { queries: Looked::new(path, statements), ..Watch::default() }
    }

    /// The step that broke each query that does not work, by the query's place.
    pub fn broken_by(self) -> BTreeMap<usize, usize> {
        self.queries.broken_by()
    }

    /// The tables that have been written anew since the last look.
    async fn look(&mut self, replica: &Replica<'_>) -> Result<Vec<String>> {
        if self.tables.is_empty() {
            return Ok(Vec::new());
        }
        let oids: Vec<String> = self.tables.keys().map(u32::to_string).collect();
        let query = format!(
            "SELECT o, pg_catalog.pg_relation_filenode(o) FROM pg_catalog.unnest('{{{}}}'::pg_catalog.oid[]) o",
            oids.join(",")
        );
        let mut out = Vec::new();
        for row in replica.session.superuser.rows(&query).await.map_err(|e| rebuild::refused(&e))? {
            let number = |i| row.get(i).and_then(|t: &str| t.parse::<u32>().ok());
            let (Some(oid), file) = (number(0), number(1)) else { continue };
            let Some((name, was)) = self.tables.get_mut(&oid) else { continue };
            // A table that is gone is not rewritten.
            if was.is_some() && file.is_some() && *was != file {
                out.push(name.clone());
            }
            *was = file;
        }
        Ok(out)
    }
}

/// How many steps may lack a right before it is said that the role may nothing.
const REFUSALS: usize = 20;

/// Runs the plan, phase by phase, each as it will be run for real.
///
/// # Errors
/// The shadow's server is gone, or refuses what is trueup's own.
pub(super) async fn run(replica: &Replica<'_>, plan: &Plan, watch: &mut Watch) -> Result<Gone> {
    let mut gone = Gone::default();
    let acting: BTreeSet<&str> =
        plan.steps.iter().filter(|s| s.kind().is_some_and(Kind::acts_by_itself)).map(|s| s.object.as_str()).collect();
    gone.not_covered.extend(acting.iter().map(|object| format!("{object}: it acts by itself and is left out of the shadow")));
    if plan.steps.iter().any(|s| s.verb == Verb::Fill.name()) {
        gone.not_covered.push("the rows of the model, which are left out of the shadow".into());
    }
    watch.look(replica).await?;
    let mut odd = Odd::default();
    for phase in &plan.phases {
        loop {
            let (watched, told) = (watch.clone(), gone.told.len());
            let Some((step, error)) = through(replica, plan, phase, &mut odd, watch, &mut gone).await? else { break };
            end(replica, "ROLLBACK").await;
            if !mended(replica, step, &error, &mut odd).await? {
                gone.failed = Some(Failed::of(replica, step, &error));
                return Ok(gone);
            }
            if phase.transaction {
                // Everything in it is done again.
                *watch = watched;
                gone.told.truncate(told);
            }
        }
    }
    for (step, (reserved, why)) in &odd.elevated {
        let what = format!("role {} may not: {why}", replica.applier);
        // Managed services let roles do what PostgreSQL reserves to superusers.
        match *reserved {
            true => gone.not_covered.push(format!("step {step}: {what}, on a server like this one")),
            false => gone.told.push((*step, what)),
        }
    }
    Ok(gone)
}

/// Steps that do not run as the others do.
#[derive(Debug, Default)]
struct Odd {
    /// Done already, outside of the plan's transactions: what stands in for an extension.
    done: BTreeSet<usize>,
    /// Run by the superuser, because the role may not: whether PostgreSQL reserves it to superusers, and what the server said.
    elevated: BTreeMap<usize, (bool, String)>,
    /// Extensions were made early, with their schemas.
    lent: bool,
}

async fn through<'p>(
    replica: &Replica<'_>,
    plan: &'p Plan,
    phase: &Phase,
    odd: &mut Odd,
    watch: &mut Watch,
    gone: &mut Gone,
) -> Result<Option<(&'p Step, Error)>> {
    let steps = &plan.steps[phase.steps.0 - 1..phase.steps.1];
    let applier = authorization(replica);
    let local = if phase.transaction { "LOCAL " } else { "" };
    let begin = format!("{}; SET {local}SESSION AUTHORIZATION {applier}", apply::begun(phase));
    let client = &replica.session.superuser;
    client.batch_execute(&begin).await.map_err(|e| rebuild::refused(&e))?;
    for step in steps.iter().filter(|s| !odd.done.contains(&s.number)) {
        // The model's rows refer to others that are not here.
        if step.kind().is_some_and(Kind::acts_by_itself) || step.verb == Verb::Fill.name() {
            continue;
        }
        if let Err(error) = one(replica, step, phase, odd).await {
            return Ok(Some((step, error)));
        }
        let rewritten = watch.look(replica).await?;
        watch.queries.look(replica, step.number, phase.transaction).await?;
        let says = step.hazards.iter().any(|h| matches!(h, Hazard::TableRewrite | Hazard::DataLoss));
        if !says {
            gone.told.extend(
                rewritten
                    .into_iter()
                    .map(|table| (step.number, format!("it writes every row of {table} anew and does not say so"))),
            );
        }
    }
    let Some(last) = steps.last() else { return Ok(None) };
    if phase.transaction
        && let Err(error) = client.batch_execute("COMMIT").await
    {
        return Ok(Some((last, error)));
    }
    end(replica, "SELECT 1").await;
    Ok(None)
}

/// Runs one step.
async fn one(replica: &Replica<'_>, step: &Step, phase: &Phase, odd: &Odd) -> std::result::Result<(), Error> {
    let client = &replica.session.superuser;
    let mut statement = rebuild::stand_in(step);
    let stands_in = statement != step.sql;
    if step.kind().is_some_and(Kind::names_database) {
        let named = |name: &str| format!("DATABASE {}", sql::ident(name));
        statement = statement.replacen(&named(replica.database.1), &named(&replica.database.0), 1).into();
    }
    if !(stands_in || odd.elevated.contains_key(&step.number)) {
        return client.batch_execute(&statement).await;
    }
    let local = if phase.transaction { "LOCAL " } else { "" };
    client.batch_execute(&format!("SET {local}SESSION AUTHORIZATION DEFAULT")).await?;
    client.batch_execute(&statement).await?;
    client.batch_execute(&format!("SET {local}SESSION AUTHORIZATION {}", authorization(replica))).await
}

/// The role that applies, as a statement names it; a snapshot may not know who that will be.
fn authorization<'a>(replica: &'a Replica<'_>) -> std::borrow::Cow<'a, str> {
    if replica.applier.is_empty() { "DEFAULT".into() } else { sql::ident(replica.applier) }
}

/// Ends what a phase has set; what fails here fails again at the next statement.
async fn end(replica: &Replica<'_>, how: &str) {
    for statement in [how, "RESET SESSION AUTHORIZATION"] {
        let _ = replica.session.superuser.batch_execute(statement).await;
    }
}

/// Does something about a refusal that is not the plan's fault; whether it is worth another try.
async fn mended(replica: &Replica<'_>, step: &Step, error: &Error, odd: &mut Odd) -> Result<bool> {
    if rebuild::tablespace(&replica.session, error).await? {
        return Ok(true);
    }
    // Another version of an extension stands for the one that the server does not have.
    if let Some(any) = rebuild::of_any_version(&step.sql, error) {
        return Ok(replica.session.superuser.batch_execute(any).await.is_ok() && odd.done.insert(step.number));
    }
    match replica.session.lend(&step.sql, error).await? {
        Lent::Nothing => {}
        lent => {
            odd.lent = true;
            if lent == Lent::All {
                odd.done.insert(step.number);
            }
            return Ok(true);
        }
    }
    let code = error.code();
    // The schema of an extension that was made early; a role that an attempt before has left.
    let early = odd.lent && code == Some(&SqlState::DUPLICATE_SCHEMA);
    let left = step.kind().is_some_and(Kind::is_role) && code == Some(&SqlState::DUPLICATE_OBJECT);
    if early || left {
        return Ok(odd.done.insert(step.number));
    }
    if code == Some(&SqlState::INSUFFICIENT_PRIVILEGE) && odd.elevated.len() < REFUSALS {
        let said = (step.kind().is_some_and(Kind::reserved), sqlstate::server_message(error));
        return Ok(odd.elevated.insert(step.number, said).is_none());
    }
    Ok(false)
}
