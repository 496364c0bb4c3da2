//! `trueup apply`

use std::path::PathBuf;
use std::time::Duration;

use super::common::{self, Sides};
use super::recording::{self, Keeping};
use super::run::{self, Patience};
use super::{End, output, plan, preflight, prove};
use crate::apply::Before;
use crate::catalog::Detail;
use crate::data::{self, Verified, When};
use crate::diagnostic::{Diagnostic, Failure};
use crate::drift::pending::Former;
use crate::pg;
use crate::plan::Plan;
use crate::record::{self, Presence, Recorder, State};
use crate::report;
use crate::side::Side;

/// Make the live database match the model
///
/// Shows the plan, asks, runs it, reads the database again and says whether it is in step. A step that destroys something is
/// refused unless its hazard is allowed. The queries of the model's `verify` are asked before and after.
#[derive(Debug, clap::Args)]
pub struct Args {
    #[command(flatten)]
    sides: Sides,
    /// Run a plan that `trueup plan --out` saved
    #[arg(long, value_name = "FILE")]
    plan: Option<PathBuf>,
    /// Do not ask
    #[arg(long)]
    auto_approve: bool,
    /// Hazards that are accepted: `data_loss`, `data_loss:feedback.comment`, or `all`
    #[arg(long, value_name = "HAZARD", value_delimiter = ',')]
    allow: Vec<String>,
    /// Also create what the model only takes to be there: for scratch databases
    #[arg(long)]
    with_provided: bool,
    #[command(flatten)]
    roads: plan::Roads,
    #[command(flatten)]
    prove: prove::ProveArgs,
    /// Do not ask the queries of the model's `verify`
    #[arg(long)]
    no_verify: bool,
    #[command(flatten)]
    preflight: preflight::PreflightArgs,
    #[command(flatten)]
    keeping: Keeping,
    /// Apply a model that a rollback holds back
    #[arg(long)]
    release: bool,
    /// Wait so long for another apply to end, as `60s` or `5m`, instead of being refused
    ///
    /// The plan is made again after that.
    #[arg(long, value_name = "TIME", value_parser = crate::model::duration)]
    wait: Option<Duration>,
}

pub async fn run(args: Args) -> Result<End, Failure> {
    check_allowed(&args.allow)?;
    let patience = Patience::new(args.wait);
    loop {
        if let Some(end) = once(&args, &patience).await? {
            return Ok(end);
        }
    }
}

/// Compares, plans and applies; `None` when another apply was there first and has ended since.
async fn once(args: &Args, patience: &Patience) -> Result<Option<End>, Failure> {
    let mut compared = common::compare(&args.sides, Detail::Dependencies).await?;
    let Side::Live(settings) = compared.live_side.clone() else {
        return Err(Diagnostic::error("not-a-database", "a file cannot be applied to").help("name a database with --db").into());
    };
    let mut plan: Plan = match &args.plan {
        Some(file) => read_plan(file)?,
        None => {
            let mut plan = plan::make(&mut compared, args.with_provided, &args.roads).await?;
            prove::prove(&args.prove, &compared, &mut plan).await?;
            plan
        }
    };
    preflight::ask(&args.preflight, &compared, &mut plan).await?;
    let presence = compared.live.catalog.source.record;
    let kept = !(args.keeping.no_record || compared.project.record_off);
    let keep = compared.project.keep_dropped.filter(|_| kept && args.plan.is_none());
    let live = compared.live_now.as_ref().unwrap_or(&compared.live.catalog);
    let told = keep.map(|time| record::keep(&mut plan, live, time)).unwrap_or_default();
    let mut allowed = compared.project.allow.clone();
    allowed.extend(args.allow.iter().cloned());
    output::result(&plan::summary(&args.preflight.visible(&plan, None), &compared, &args.sides, &allowed));
    let client = compared.live.client.take().ok_or_else(|| Diagnostic::error("not-a-database", "there is no connection"))?;
    recording::told(&told);
    if plan.is_empty() {
        if kept && presence == Presence::Readable {
            recording::settle_quietly(&client, &compared).await;
        }
        let verify = if args.no_verify { Vec::new() } else { std::mem::take(&mut compared.verify) };
        let held = verified(&data::ask(&client, &verify, When::After, &compared.project.search_path).await);
        return Ok(Some(if held { End::Done } else { End::Differences }));
    }
    if !args.release && recording::is_held(&client, presence, compared.model_digest.as_deref()).await? {
        return Ok(Some(End::Refused));
    }
    if let Some(end) = prove::refused(&args.prove, &plan).or_else(|| preflight::refused(&plan, &allowed)) {
        return Ok(Some(end));
    }
    if run::refused(&plan, &allowed) || !run::agreed_to(args.auto_approve) {
        return Ok(Some(End::Refused));
    }
    let lock = pg::connect(&settings).await?;
    let mut recorder =
        if kept { Recorder::new(recording::opening(&plan, &compared, &args.sides.model)) } else { Recorder::off() };
    let command = compared.project.before_apply.clone();
    let verify = if args.no_verify { Vec::new() } else { std::mem::take(&mut compared.verify) };
    let path = compared.project.search_path.clone();
    let before = Before { verify: &verify, path: &path, command: command.as_deref(), settings: &settings };
    let renewable = args.plan.is_none();
    let job = run::Job { plan: &plan, client: &client, lock: &lock, before, waits: compared.project.waits, renewable };
    match job.run(&mut recorder, patience).await? {
        run::Ran::All => {}
        run::Ran::Refused => return Ok(Some(End::Refused)),
        run::Ran::Waited => return Ok(None),
    }
    let now = crate::catalog::read::read(&client, client.major()).await?;
    let comparable = common::comparable(&now, &compared.desired.catalog, &compared.request).await?;
    let desired = &compared.desired.catalog;
    let mut scope = std::mem::take(&mut compared.scope).over(&now, desired);
    let mut left = scope.differences(comparable.as_ref().unwrap_or(&now), desired);
    let different = left.iter().map(|d| d.id().clone()).collect();
    left.retain(|d| scope.holds(d.id()));
    let state = if left.is_empty() { State::Done } else { State::Different };
    recorder.became(&now, &client).await;
    recorder.settle(&now, &different, |id| scope.managed(id), &client).await;
    recorder.hold(&[], &client).await;
    let none = Former::of(&[], None);
    let live = data::Live { client: Some(&client), catalog: &now, former: &none, path: &path };
    let rows = data::look(&compared.of_rows, &live).await?;
    let results = data::ask(&client, &verify, When::After, &path).await;
    recorder.verified(results.clone(), &client).await;
    recorder.end(state, None, &client).await;
    if recorder.number().is_some() && record::overdue(&client).await? > 0 {
        output::note("what was kept of dropped tables and columns is over its time: `trueup history prune` drops it");
    }
    run::told(&plan, "in step", &recorder, &left);
    output::result(&report::rows::text(&rows));
    let held = verified(&results) && !rows.differs() && !rows.pending();
    Ok(Some(if left.is_empty() && held { End::Done } else { End::Differences }))
}

/// Says what came out of the model's queries; whether all of it is as expected.
fn verified(results: &[Verified]) -> bool {
    output::result(&report::verify::text(results, true));
    results.iter().all(|r| r.state == data::State::Passed)
}

pub(super) fn check_allowed(allow: &[String]) -> Result<(), Failure> {
    use crate::plan::step::Hazard;
    for item in allow {
        let name = item.split(':').next().unwrap_or(item);
        if name != "all" && !Hazard::ALL.iter().any(|h| h.name() == name) {
            let known: Vec<&str> = Hazard::ALL.iter().map(|h| h.name()).collect();
            let mut error = Diagnostic::error("unknown-hazard", format!("there is no hazard called `{name}`"));
            if let Some(near) = crate::diagnostic::closest(name, known.iter().copied()) {
                error = error.help(format!("did you mean `{near}`?"));
            }
            return Err(error.help(format!("the hazards are: {}; `all` stands for every one", known.join(", "))).into());
        }
    }
    Ok(())
}

fn read_plan(file: &std::path::Path) -> Result<Plan, Failure> {
    let text = std::fs::read_to_string(file)
        .map_err(|e| Diagnostic::error("unreadable-file", format!("{} cannot be read", file.display())).note(e.to_string()))?;
    let plan: Plan = serde_json::from_str(&text).map_err(|e| {
        Diagnostic::error("not-a-plan", format!("{} is no plan", file.display()))
            .note(e.to_string())
            .help("make one with `trueup plan --out FILE`")
    })?;
    if plan.version > crate::plan::PLAN_VERSION {
        return Err(Diagnostic::error("not-a-plan", format!("{} was made by a newer trueup", file.display()))
            .help("update trueup")
            .into());
    }
    Ok(plan)
}
