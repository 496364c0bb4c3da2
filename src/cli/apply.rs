//! `trueup apply`

use std::path::PathBuf;

use super::common::{self, Sides};
use super::{End, output, plan, prove};
use crate::catalog::Detail;
use crate::diagnostic::{Diagnostic, Failure};
use crate::plan::Plan;
use crate::side::Side;
use crate::{apply, diff, pg};

/// Make the live database match the model
///
/// Shows the plan, asks, runs it, reads the database again and says whether it is in step. A step that destroys something is
/// refused unless its hazard is allowed.
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
}

pub async fn run(args: Args) -> Result<End, Failure> {
    check_allowed(&args.allow)?;
    let mut compared = common::compare(&args.sides, Detail::Dependencies).await?;
    let Side::Live(settings) = compared.live_side.clone() else {
        return Err(Diagnostic::error("not-a-database", "a file cannot be applied to").help("name a database with --db").into());
    };
    let plan: Plan = match &args.plan {
        Some(file) => read_plan(file)?,
        None => {
            let mut plan = plan::make(&mut compared, args.with_provided, &args.roads).await?;
            prove::prove(&args.prove, &compared, &mut plan).await?;
            plan
        }
    };
    let mut allowed = compared.project.allow.clone();
    allowed.extend(args.allow.iter().cloned());
    output::result(&plan::summary(&plan, &compared, &args.sides, &allowed));
    if plan.is_empty() {
        return Ok(End::Done);
    }
    if let Some(end) = prove::refused(&args.prove, &plan) {
        return Ok(end);
    }
    if plan.refused(&allowed).next().is_some() {
        let mut names: Vec<&str> = plan.refused(&allowed).flat_map(|(_, h)| h).map(|h| h.name()).collect();
        names.sort_unstable();
        names.dedup();
        let prevented = plan.steps.iter().find_map(|s| s.prevented_by.as_ref());
        output::note(&match prevented {
            Some(by) => format!("refused: {by} must not be destroyed; to allow it take `prevent_destroy` out of the model"),
            None => format!("refused: this plan needs --allow {}", names.join(",")),
        });
        return Ok(End::Refused);
    }
    if !args.auto_approve {
        match output::ask("Run this plan? Only `yes` is a yes:") {
            Some(true) => {}
            Some(false) => {
                output::note("declined: nothing has been changed");
                return Ok(End::Refused);
            }
            None => {
                output::note("refused: there is no terminal to ask on; use --auto-approve");
                return Ok(End::Refused);
            }
        }
    }
    let client = compared.live.client.take().ok_or_else(|| Diagnostic::error("not-a-database", "there is no connection"))?;
    let lock = pg::connect(&settings).await?;
    let total = plan.steps.len();
    let applied = apply::apply(&plan, &client, &lock, |step| {
        output::note(&format!("{:>4}/{total}  {}", step.number, crate::report::text::what(step)))
    })
    .await;
    if let Err(failure) = applied {
        // Not an error of this run: somebody else was there first, or the plan's time is over.
        if failure.diagnostics.iter().any(|d| matches!(d.code, "plan-stale" | "apply-running")) {
            output::diagnostics(&failure.diagnostics);
            return Ok(End::Refused);
        }
        return Err(failure);
    }
    let now = crate::catalog::read::read(&client, client.major()).await?;
    let comparable = common::comparable(&now, &compared.desired.catalog, &compared.request).await?;
    let desired = &compared.desired.catalog;
    let mut scope = std::mem::take(&mut compared.scope).over(&now, desired);
    let mut left = scope.differences(comparable.as_ref().unwrap_or(&now), desired);
    left.retain(|d| scope.holds(d.id()));
    if left.is_empty() {
        output::result(&format!("applied {}; in step\n", crate::report::count(total, "step", "steps")));
        Ok(End::Done)
    } else {
        output::result(&format!("applied {}; still different:\n", crate::report::count(total, "step", "steps")));
        for difference in &left {
            output::result(&format!("  {}\n", difference.id()));
            if let diff::Difference::Set { attrs, .. } = difference {
                for a in attrs {
                    output::result(&format!(
                        "      {}: {} -> {}\n",
                        a.name,
                        crate::plan::shown(&a.live),
                        crate::plan::shown(&a.desired)
                    ));
                }
            }
        }
        Ok(End::Differences)
    }
}

fn check_allowed(allow: &[String]) -> Result<(), Failure> {
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
