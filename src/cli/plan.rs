//! `trueup plan`

use std::collections::BTreeSet;
use std::path::PathBuf;

use super::common::{self, Compared, Sides};
use super::{End, output, prove};
use crate::catalog::read::sizes;
use crate::catalog::{Detail, Id, Unmodeled};
use crate::data;
use crate::diagnostic::Failure;
use crate::kinds::{self, secret};
use crate::plan::online::{Mode, Online, Terms};
use crate::plan::step::Draft;
use crate::plan::{self, Plan, Verb};
use crate::record::{self, Presence};
use crate::report::{FormKind, markdown, rows, text};
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
    roads: Roads,
    #[command(flatten)]
    prove: prove::ProveArgs,
}

pub async fn run(args: Args) -> Result<End, Failure> {
    let forms = args.sides.forms()?;
    let mut compared = common::compare(&args.sides, Detail::Dependencies).await?;
    let mut plan = make(&mut compared, args.with_provided, &args.roads).await?;
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

/// Which roads a plan may take.
#[derive(Debug, Clone, Default, clap::Args)]
pub struct Roads {
    /// When tables are changed so that clients go on reading and writing: `auto`, `always` or `never`
    ///
    /// `auto`: tables with more rows or bytes than `online` in trueup.yaml says. Such changes take longer and are no longer one
    /// transaction.
    #[arg(long, value_name = "WHEN", value_parser = ["auto", "always", "never"])]
    online: Option<String>,
}

impl Roads {
    /// The setting of the project with what the flag says.
    fn setting(&self, project: Online) -> Online {
        let mode = self.online.as_deref().and_then(Mode::parse).unwrap_or(project.mode);
        Online { mode, ..project }
    }
}

/// Makes the plan of a comparison.
pub async fn make(compared: &mut Compared, with_provided: bool, roads: &Roads) -> Result<Plan, Failure> {
    compared.look().await?;
    let catalogs = (&compared.live.catalog, &compared.desired.catalog);
    let work = data::work(&compared.of_rows, &compared.rows, catalogs, &compared.project.search_path);
    let mut terms = Terms { online: roads.setting(compared.project.online), work, ..Terms::default() };
    let plan = make_on(&terms, compared, with_provided)?;
    let touched: BTreeSet<&str> = plan.steps.iter().flat_map(|s| &s.locks).map(|h| h.table.as_str()).collect();
    let Some(client) = compared.live.client.as_ref().filter(|_| !touched.is_empty()) else { return Ok(plan) };
    // By the names that they have now; the plan may call them otherwise.
    let before = |table: &str| {
        let renamed = compared.renames.iter().find(|r| r.to.parent.is_none() && r.to.own_path() == table);
        renamed.map_or_else(|| table.to_string(), |r| r.from.own_path())
    };
    let names: BTreeSet<String> = touched.iter().flat_map(|t| [(*t).to_string(), before(t)]).collect();
    let found = sizes(client, names.iter().map(String::as_str)).await?;
    terms.sizes = found.clone();
    terms.sizes.extend(touched.iter().filter_map(|t| Some(((*t).to_string(), *found.get(&before(t))?))));
    make_on(&terms, compared, with_provided)
}

fn make_on(terms: &Terms, compared: &mut Compared, with_provided: bool) -> Result<Plan, Failure> {
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
    let (live, desired) = (&compared.live.catalog, &compared.desired.catalog);
    let mut plan = plan::plan_on(terms, live, desired, &compared.differences, |id| compared.origin(id))?;
    plan.ignored = Some(compared.scope.ignored(&compared.live.catalog)).filter(|i| !i.is_empty());
    let mut first: Vec<(Verb, Id, Draft)> = roles
        .iter()
        .map(|r| (Verb::Create, Id::global("role", r), Draft::new(format!("CREATE ROLE {} NOLOGIN", sql::ident(r)))))
        .collect();
    first.extend(compared.renames.iter().filter_map(|r| Some((Verb::Rename, r.from.clone(), r.draft()?))));
    let before = compared.live_now.as_ref().unwrap_or(&compared.live.catalog);
    plan.prepend(first, before, &compared.live.catalog, &terms.sizes);
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
    let protected: Vec<Id> =
        compared.desired.notes.iter().filter(|(_, note)| note.prevent_destroy).map(|(id, _)| id.clone()).collect();
    plan.prevent(&protected);
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
    let unknown: BTreeSet<&str> = plan.unsized_tables().collect();
    if !unknown.is_empty() && plan.online.mode == Mode::Auto {
        let tables = crate::report::count(unknown.len(), "table", "tables");
        out.push_str(&format!(
            "sizes   {tables} of a size that is not known, taken to be small (`--online always` is for large ones)\n"
        ));
    }
    if let Some(ignored) = &plan.ignored {
        out.push_str(&format!("        left alone by rules: {}\n", ignored.words()));
    }
    out.push_str(&rows::text(&compared.rows));
    for u in compared.live.catalog.unmodeled.iter().take(10) {
        out.push_str(&format!("        not read: {} {}\n", u.what, u.name));
    }
    if !plan.is_empty() {
        out.push_str(&format!("next    trueup plan {} --sql\n", sides.invocation(&compared.live).arguments));
    }
    out
}
