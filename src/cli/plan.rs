//! `trueup plan`

use std::path::PathBuf;

use super::common::{self, Compared, Sides};
use super::{End, output, prove};
use crate::catalog::{Detail, Id, Unmodeled};
use crate::diagnostic::Failure;
use crate::kinds::{self, secret};
use crate::plan::step::Draft;
use crate::plan::{self, Plan, Verb};
use crate::record::{self, Presence};
use crate::report::{FormKind, markdown, text};
use crate::sql;

/// Show what would change and how
///
/// Nothing is changed. With --sql the statements themselves are printed, as psql would run them.
#[derive(Debug, clap::Args)]
pub struct Args {
    #[command(flatten)]
    sides: Sides,
    /// Print the SQL
    #[arg(long)]
    sql: bool,
    /// Save the plan for `trueup apply --plan`
    #[arg(long, value_name = "FILE")]
    out: Option<PathBuf>,
    /// Exit with 2 when there is something to do
    #[arg(long)]
    detailed_exitcode: bool,
    /// Hazards that are accepted, as for apply
    #[arg(long, value_name = "HAZARD", value_delimiter = ',')]
    allow: Vec<String>,
    /// Also create what the model only takes to be there: for scratch databases
    #[arg(long)]
    with_provided: bool,
    #[command(flatten)]
    prove: prove::ProveArgs,
}

pub async fn run(args: Args) -> Result<End, Failure> {
    let forms = args.sides.forms()?;
    let mut compared = common::compare(&args.sides, Detail::Dependencies).await?;
    let mut plan = make(&mut compared, args.with_provided)?;
    // The statements alone do not tell of a proof, unless it is asked for by name.
    let wanted = if args.sql && args.out.is_none() { args.prove.only_always() } else { args.prove.clone() };
    prove::prove(&wanted, &compared, &mut plan).await?;
    // Without a record yet the schema that would hold it is not there.
    let keep = compared.project.keep_dropped.filter(|_| compared.live.catalog.source.record == Presence::Readable);
    if let Some(time) = keep.filter(|_| !compared.project.record_off) {
        let live = compared.live_now.as_ref().unwrap_or(&compared.live.catalog);
        // `apply` says what that is.
        let _ = record::keep(&mut plan, live, time);
    }
    let mut allowed = compared.project.allow.clone();
    allowed.extend(args.allow.iter().cloned());
    if let Some(file) = &args.out {
        output::write_file(file, &(serde_json::to_string_pretty(&plan).unwrap_or_default() + "\n"))?;
    }
    if args.sql {
        output::result(&if plan.is_empty() { "-- no changes\n".to_string() } else { plan.sql() });
    } else {
        for form in &forms {
            let rendered = match form.kind {
                FormKind::Text => summary(&plan, &compared, &args.sides, &allowed),
                FormKind::Markdown => markdown::plan(&plan, &allowed),
                FormKind::Json => serde_json::to_string_pretty(&plan).unwrap_or_default() + "\n",
            };
            output::form(form, &rendered)?;
        }
    }
    if let Some(end) = prove::refused(&args.prove, &plan) {
        return Ok(end);
    }
    Ok(if args.detailed_exitcode && !plan.is_empty() { End::Differences } else { End::Done })
}

/// Makes the plan of a comparison.
pub fn make(compared: &mut Compared, with_provided: bool) -> Result<Plan, Failure> {
    let mut missing = plan::missing(&compared.live.catalog, &compared.desired.catalog, &compared.differences);
    let mut roles = Vec::new();
    if with_provided {
        // Everything provided, not only what is needed first: a policy's function may need a table.
        let listed: Vec<_> = compared.desired.provided.iter().cloned().collect();
        for id in listed {
            let live = &compared.live.catalog;
            let there = live.get(&id).is_some() || (kinds::of(&id).is_role() && live.roles.contains(&*id.name));
            // An extension may not be had everywhere: only one that something needs.
            let brings = |o: &crate::catalog::Object| kinds::of(&id).fills_schema(o).is_some();
            let catalog = &compared.desired.catalog;
            let needed = || catalog.objects.values().any(|o| o.needs.contains(&id));
            if catalog.get(&id).is_some_and(|o| !brings(o) || needed()) && !there {
                compared.differences.push(crate::diff::Difference::Add { id });
            }
        }
        missing = plan::missing(&compared.live.catalog, &compared.desired.catalog, &compared.differences);
        roles = missing.roles.keys().cloned().collect();
        missing.roles.clear();
    }
    let errors = missing.diagnostics();
    if !errors.is_empty() {
        return Err(Failure { diagnostics: errors });
    }
    let mut plan =
        plan::plan(&compared.live.catalog, &compared.desired.catalog, &compared.differences, |id| compared.origin(id))?;
    plan.ignored = Some(compared.scope.ignored(&compared.live.catalog)).filter(|i| !i.is_empty());
    let mut first: Vec<(Verb, Id, Draft)> = roles
        .iter()
        .map(|r| (Verb::Create, Id::global("role", r), Draft::new(format!("CREATE ROLE {} NOLOGIN", sql::ident(r)))))
        .collect();
    first.extend(compared.renames.iter().filter_map(|r| Some((Verb::Rename, r.from.clone(), r.draft()?))));
    plan.prepend(first);
    plan.secrets = secret::named(plan.steps.iter().map(|s| s.sql.as_str()));
    if let Some(now) = &compared.live_now {
        plan.fingerprint = plan::fingerprint(now);
    }
    for step in plan.steps.iter_mut().filter(|s| s.verb == Verb::Rename.name()) {
        if let Some(rename) = compared.renames.iter().find(|r| r.from.to_string() == step.object) {
            step.origin = compared.origin(&rename.to);
            step.with = vec![rename.to.to_string()];
        }
    }
    Ok(plan)
}

/// The summary with what to do next.
pub fn summary(plan: &Plan, compared: &Compared, sides: &Sides, allowed: &[String]) -> String {
    let mut out = text::plan(plan, &compared.live.words, allowed);
    let (outside, _) = compared.scope.outside(&compared.live.catalog);
    out.push_str(&format!(
        "\nscope   {}; outside {outside}; unmodeled {}\n",
        compared.scope.manage.name(),
        Unmodeled::count(&compared.live.catalog.unmodeled)
    ));
    if let Some(ignored) = &plan.ignored {
        out.push_str(&format!("        left alone by rules: {}\n", ignored.words()));
    }
    for u in compared.live.catalog.unmodeled.iter().take(10) {
        out.push_str(&format!("        not read: {} {}\n", u.what, u.name));
    }
    if !plan.is_empty() {
        out.push_str(&format!("next    trueup plan {} --sql\n", sides.invocation(&compared.live).arguments));
    }
    out
}
