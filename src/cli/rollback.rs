//! `trueup rollback`

use std::collections::BTreeSet;
use std::path::PathBuf;

use super::history::{database, must_have_record};
use super::recording::{self, Keeping};
use super::run::{self, Patience};
use super::{End, output, prove};
use crate::apply::Before;
use crate::catalog::{Catalog, read};
use crate::diagnostic::Failure;
use crate::diff::scope::Scope;
use crate::diff::{self, Difference};
use crate::kinds::secret;
use crate::model::Project;
use crate::model::project::Manage;
use crate::pg;
use crate::plan::rename::Rename;
use crate::plan::{self, Plan, Verb};
use crate::proof::Claim;
use crate::record::{self, Applied, Opening, Recorder, Reversal, State};
use crate::report;
use crate::report::history::minute;
use crate::shadow::{Request, Shadow, rebuild};
use crate::side::{self, Side};

/// Take back what an apply did
///
/// Plans the way from what is live now to what the record says was there before: what somebody has changed since beside it stays,
/// and what does not come back is said first. It asks, refuses hazards as apply does, and is recorded itself. After it, `apply`
/// refuses the model that was taken back, until that changes or `apply --release` is said.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// Which apply, as `trueup history` numbers them; the last that did something without
    #[arg(value_name = "N")]
    number: Option<i64>,
    /// The database: a name in trueup.yaml, or a URL
    ///
    /// Without it DATABASE_URL is used, then libpq's own variables and files (PGHOST, PGSERVICE, .pgpass).
    #[arg(long, value_name = "DB")]
    db: Option<String>,
    /// The model's folder, in which trueup.yaml is looked for
    #[arg(long, value_name = "MODEL", default_value = "schema")]
    model: PathBuf,
    /// Print the SQL and do nothing
    #[arg(long)]
    sql: bool,
    /// Do not ask
    #[arg(long)]
    auto_approve: bool,
    /// Hazards that are accepted: `data_loss`, `data_loss:feedback.comment`, or `all`
    #[arg(long, value_name = "HAZARD", value_delimiter = ',')]
    allow: Vec<String>,
    #[command(flatten)]
    prove: prove::ProveArgs,
    #[command(flatten)]
    keeping: Keeping,
    /// Wait so long for another apply to end, as `60s` or `5m`, instead of being refused
    #[arg(long, value_name = "TIME", value_parser = crate::model::duration)]
    wait: Option<std::time::Duration>,
    #[command(flatten)]
    shadow: super::common::ShadowArgs,
}

/// The way back, made.
struct Back {
    applied: Applied,
    live: Catalog,
    renamed: Option<Catalog>,
    renames: Vec<Rename>,
    reversal: Reversal,
    differences: Vec<Difference>,
    plan: Plan,
}

pub async fn run(args: Args) -> Result<End, Failure> {
    super::apply::check_allowed(&args.allow)?;
    let patience = Patience::new(args.wait);
    loop {
        if let Some(end) = once(&args, &patience).await? {
            return Ok(end);
        }
    }
}

async fn once(args: &Args, patience: &Patience) -> Result<Option<End>, Failure> {
    let project = Project::find(&args.model)?;
    let (client, settings) = database(args.db.as_deref(), &args.model).await?;
    must_have_record(&client).await?;
    let number = match args.number {
        Some(number) => number,
        None => record::to_take_back(&client).await?,
    };
    let side = Side::Live(Box::new(settings.clone()));
    let live = read::read(&client, client.major()).await?;
    let request = side::request(&project, Some((&side, Some(&live.source))), &args.shadow.wanted())?;
    let mut back = way_back(record::load(&client, number).await?, live, &request).await?;
    back.prove(&args.prove, &request).await?;
    let kept = !(args.keeping.no_record || project.record_off);
    back.bring_back(&record::kept(&client, number).await?);
    let told = project.keep_dropped.filter(|_| kept).map(|time| record::keep(&mut back.plan, &back.live, time));
    if args.sql {
        super::plan::script(&back.plan, &project.waits);
        return Ok(Some(End::Done));
    }
    let mut allowed = project.allow.clone();
    allowed.extend(args.allow.iter().cloned());
    let words = format!("{}, PostgreSQL {}, role {}", settings.dbname(), back.live.source.major(), back.live.source.role);
    output::result(&summary(&back, &words, &allowed));
    recording::told(&told.unwrap_or_default());
    if back.plan.is_empty() {
        return Ok(Some(End::Done));
    }
    if let Some(end) = prove::refused(&args.prove, &back.plan) {
        return Ok(Some(end));
    }
    if run::refused(&back.plan, &allowed) || !run::agreed_to(args.auto_approve) {
        return Ok(Some(End::Refused));
    }
    let mut recorder = if kept { Recorder::new(opening(&back)) } else { Recorder::off() };
    let lock = pg::connect(&settings).await?;
    let before = Before { verify: &[], path: &[], command: project.before_apply.as_deref(), settings: &settings };
    let (plan, waits) = (&back.plan, project.waits);
    let job = run::Job { plan, client: &client, lock: &lock, before, waits, renewable: true };
    match job.run(&mut recorder, patience).await? {
        run::Ran::All => {}
        run::Ran::Refused => return Ok(Some(End::Refused)),
        run::Ran::Waited => return Ok(None),
    }
    let now = read::read(&client, client.major()).await?;
    let left = diff::diff(&now, &back.reversal.target, |id| back.reversal.touched.contains(id));
    let different: BTreeSet<_> = left.iter().map(|d| d.id().clone()).collect();
    let moved: BTreeSet<_> =
        back.reversal.touched.iter().cloned().chain(back.applied.objects.iter().map(|t| t.id.clone())).collect();
    // All that asked for what is taken back, and for what came after it.
    let models = record::models_since(&client, back.applied.number).await?;
    recorder.became(&now, &client).await;
    recorder.settle(&now, &different, |id| moved.contains(id), &client).await;
    recorder.hold(&models, &client).await;
    recorder.end(if left.is_empty() { State::Done } else { State::Different }, None, &client).await;
    run::told(&back.plan, &format!("back to before apply {}", back.applied.number), &recorder, &left);
    if !models.is_empty() && recorder.number().is_some() {
        output::note("held: `apply` refuses the model that was taken back until it changes, or `--release` is said");
    }
    Ok(Some(if left.is_empty() { End::Done } else { End::Differences }))
}

/// Plans it.
async fn way_back(applied: Applied, live: Catalog, request: &Request) -> Result<Back, Failure> {
    let renames = record::reversed_renames(&applied, &live);
    let renamed = if renames.is_empty() {
        None
    } else {
        let shadow = Shadow::start(request).await?;
        Some(rebuild::renamed(&shadow.session("rollback").await?, &live, &renames).await?)
    };
    let start = renamed.as_ref().unwrap_or(&live);
    let reversal = Reversal::of(&applied, start, &renames)?;
    let differences = diff::diff(start, &reversal.target, |id| reversal.touched.contains(id));
    let mut plan = plan::plan(start, &reversal.target, &differences, |_| None)?;
    let first = renames.iter().filter_map(|r| Some((Verb::Rename, r.from.clone(), r.draft()?))).collect();
    plan.prepend(first, &live, start, &read::Sizes::new());
    (plan.fingerprint, plan.state) = (plan::fingerprint(&live), plan::state(&live));
    plan.secrets = secret::named(plan.steps.iter().map(|s| s.sql.as_str()));
    for step in plan.steps.iter_mut().filter(|s| s.verb == Verb::Rename.name()) {
        if let Some(rename) = renames.iter().find(|r| r.from.to_string() == step.object) {
            step.with = vec![rename.to.to_string()];
        }
    }
    Ok(Back { applied, live, renamed, renames, reversal, differences, plan })
}

impl Back {
    /// Takes what was kept of what the apply dropped into the plan.
    fn bring_back(&mut self, kept: &[record::Kept]) {
        record::bring_back(&mut self.plan, kept);
        self.reversal.lost.retain(|(object, _)| !kept.iter().any(|k| k.object == *object));
    }

    /// Proves the plan as that of an apply is proven: what it touches is its scope.
    async fn prove(&mut self, args: &prove::ProveArgs, request: &Request) -> Result<(), Failure> {
        let start = self.renamed.as_ref().unwrap_or(&self.live);
        let listed = self.reversal.touched.clone();
        let scope = Scope { manage: Manage::Listed, listed, ..Scope::default() }.over(start, &self.reversal.target);
        let claim = Claim {
            plan: &self.plan.clone(),
            live: &self.live,
            desired: &self.reversal.target,
            scope: &scope,
            renames: &self.renames,
            request,
        };
        prove::prove_claim(args, &claim, &mut self.plan).await
    }
}

fn opening(back: &Back) -> Opening {
    let sides = record::Sides {
        live: &back.live,
        renamed: back.renamed.as_ref(),
        desired: &back.reversal.target,
        differences: &back.differences,
        renames: &back.renames,
    };
    Opening { undoes: Some(back.applied.number), objects: record::touched(&back.plan, &sides), ..Opening::default() }
}

/// What goes back, what does not, and the plan.
fn summary(back: &Back, words: &str, allowed: &[String]) -> String {
    let applied = &back.applied;
    let mut out =
        format!("back    to before apply {} of {} UTC by {}\n", applied.number, minute(&applied.started), applied.who.words());
    if !back.reversal.lost.is_empty() {
        out.push_str("\nwhat does not come back\n");
        for (_, lost) in &back.reversal.lost {
            out.push_str(&format!("  {lost}\n"));
        }
    }
    if !back.reversal.since.is_empty() {
        out.push_str("\nnot as the apply left it\n");
        for since in &back.reversal.since {
            out.push_str(&format!("  {}: {}\n", since.object, since.what));
        }
    }
    out.push('\n');
    out.push_str(&report::plan::text(&back.plan, words, allowed));
    out
}
