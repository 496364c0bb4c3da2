//! What `plan` and `apply` do to know what a plan will meet.

use std::io::IsTerminal;
use std::path::Path;
use std::time::Duration;

use super::common::Compared;
use super::{End, output, prove};
use crate::data;
use crate::diagnostic::{Diagnostic, Failure};
use crate::kinds::asks::Sides;
use crate::plan::Plan;
use crate::preflight::known::{self, Queries};
use crate::preflight::rows::{self, Limits};
use crate::proof::queries;
use crate::report::{Form, FormKind};

/// What is asked before a plan runs.
#[derive(Debug, Clone, Default, clap::Args)]
pub struct PreflightArgs {
    /// Ask the live database whether its rows allow the plan
    ///
    /// It is only read. A plan that its rows do not allow is refused.
    #[arg(long)]
    preflight: bool,
    /// How long each question of --preflight may take, as `30s` or `5m`; all together six times that
    ///
    /// What was not answered by then is said.
    #[arg(long, value_name = "TIME", value_parser = crate::model::duration, default_value = "10s")]
    preflight_timeout: Duration,
    /// Show the keys of rows that are in the way also in files, and where the output is no terminal
    #[arg(long)]
    show_keys: bool,
    /// Known queries that must not stop working: a folder of .sql files, one of them, or `pg_stat_statements`
    ///
    /// They are prepared in the shadow before and after the plan. May be given several times. A plan that breaks one is refused
    /// unless `breaks_clients` is allowed.
    #[arg(long, value_name = "WHERE")]
    queries: Vec<String>,
}

impl PreflightArgs {
    /// Whether keys may be seen in a form.
    fn shows_keys(&self, form: Option<&Form>) -> bool {
        let on_terminal = form.is_none_or(|f| f.kind == FormKind::Text && f.file.is_none()) && std::io::stdout().is_terminal();
        self.show_keys || on_terminal
    }

    /// The plan as it may be seen in a form; `None` is the text that `apply` shows.
    pub fn visible(&self, plan: &Plan, form: Option<&Form>) -> Plan {
        if self.shows_keys(form) { plan.clone() } else { without_keys(plan) }
    }
}

/// A plan that names no rows: what is saved may be read by anybody.
pub fn without_keys(plan: &Plan) -> Plan {
    let preflight = plan.preflight.as_ref().map(crate::preflight::Preflight::without_keys);
    Plan { preflight, ..plan.clone() }
}

/// Asks what was wanted, and notes the answers in the plan.
///
/// # Errors
/// There is nothing to ask; files that cannot be read; no server to be had.
pub async fn ask(args: &PreflightArgs, compared: &Compared, plan: &mut Plan) -> Result<(), Failure> {
    let wants_statistics = args.queries.iter().any(|q| q == known::STATISTICS);
    if (args.preflight || wants_statistics) && compared.live.client.is_none() {
        return Err(Diagnostic::error("not-a-database", "a snapshot has no rows and no statistics to ask")
            .help("name a database with --db, or leave --preflight away")
            .into());
    }
    if plan.is_empty() {
        return Ok(());
    }
    let mut result = None;
    if let Some(client) = compared.live.client.as_ref().filter(|_| args.preflight) {
        let (live, desired) = (&compared.live.catalog, &compared.desired.catalog);
        let work = data::work(&compared.of_rows, &compared.rows, (live, desired), &compared.project.search_path);
        let sides = Sides { live, desired, renames: &compared.renames };
        let questions = rows::questions(sides, &compared.differences, &work);
        let keys = args.show_keys || std::io::stdout().is_terminal();
        let mut preflight = rows::ask(client, &questions, Limits::of(args.preflight_timeout), keys).await?;
        rows::placed(&mut preflight, plan, |id| compared.origin(id));
        result = Some(preflight);
    }
    if !args.queries.is_empty() {
        let mut all = Queries::default();
        for place in &args.queries {
            let found = match compared.live.client.as_ref().filter(|_| place == known::STATISTICS) {
                Some(client) => known::of_statistics(client).await?,
                None => known::of_files(Path::new(place))?,
            };
            all.known.extend(found.known);
            all.notes.extend(found.notes);
        }
        let claimed = plan.clone();
        let mut queries = queries::check(&prove::claim(compared, &claimed), &all.known, &compared.project.search_path).await?;
        queries.not_covered.extend(all.notes);
        result.get_or_insert_default().queries = Some(queries);
    }
    plan.preflight = result;
    Ok(())
}

/// How the run ends when what the plan meets does not allow it to go on.
pub fn refused(plan: &Plan, allowed: &[String]) -> Option<End> {
    let preflight = plan.preflight.as_ref()?;
    let stopping = preflight.stopping(plan, allowed);
    for what in &stopping {
        output::note(match *what {
            "rows" => "refused: rows are in the way of this plan; put them right first",
            _ => "refused: known queries stop working; --allow breaks_clients accepts that",
        });
    }
    (!stopping.is_empty()).then_some(End::Refused)
}
