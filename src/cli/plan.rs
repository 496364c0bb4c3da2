//! `trueup plan`

use std::collections::BTreeSet;
use std::path::PathBuf;

use super::common::{self, Compared, Sides};
use super::recording;
use super::{End, output, preflight, prove};
use crate::apply::Waits;
use crate::catalog::read::sizes;
use crate::catalog::{Detail, Id, Unmodeled};
use crate::data;
use crate::diagnostic::{Diagnostic, Failure};
use crate::export;
use crate::kinds::{self, secret};
use crate::pg;
use crate::plan::online::{Mode, Online, Terms};
use crate::plan::step::Draft;
use crate::plan::{self, Plan, Verb};
use crate::record::{self, Opening, Presence};
use crate::report::review::{self, Reviewed};
use crate::report::{self, Form, FormKind, rows};
use crate::sql;

/// Show what would change and how
///
/// Nothing is changed. With --sql the statements themselves are printed, as psql would run them.
#[derive(Debug, clap::Args)]
#[command(mut_arg("db", Databases::several))]
pub struct Args {
    #[command(flatten)]
    databases: Databases,
    #[command(flatten)]
    sides: Sides,
    /// Print the SQL
    #[arg(long)]
    sql: bool,
    /// Save the plan for `trueup apply --plan`
    #[arg(long, value_name = "FILE")]
    out: Option<PathBuf>,
    /// Write the plan and its proven way back as migration files into a folder
    ///
    /// What is there already is never written over.
    #[arg(long, value_name = "DIR", requires = "format", conflicts_with = "sql")]
    out_dir: Option<PathBuf>,
    /// The tool that the files are for
    #[arg(long, value_name = "TOOL", value_enum, requires = "out_dir")]
    format: Option<export::Format>,
    /// What the files are named after
    #[arg(long, value_name = "NAME", default_value = "trueup", requires = "out_dir")]
    name: String,
    /// Let the files write no record
    ///
    /// Without it they write into schema `trueup` of the database what they did, as apply does.
    #[arg(long, requires = "out_dir")]
    no_record: bool,
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
    #[command(flatten)]
    preflight: preflight::PreflightArgs,
}

/// All that `--db` names, when it is given several times.
#[derive(Debug, Clone, Default)]
struct Databases(Vec<String>);

impl Databases {
    fn several(db: clap::Arg) -> clap::Arg {
        let long = db.get_long_help().map(ToString::to_string).unwrap_or_default();
        let more = "May be given several times: the report is then one over all of them, and says where the SQL is the same.";
        db.action(clap::ArgAction::Append).long_help(format!("{long}\n\n{more}"))
    }
}

// The argument itself is that of `Sides`.
impl clap::Args for Databases {
    fn augment_args(command: clap::Command) -> clap::Command {
        command
    }

    fn augment_args_for_update(command: clap::Command) -> clap::Command {
        command
    }
}

impl clap::FromArgMatches for Databases {
    fn from_arg_matches(matches: &clap::ArgMatches) -> Result<Self, clap::Error> {
        Ok(Databases(matches.get_many("db").into_iter().flatten().cloned().collect()))
    }

    fn update_from_arg_matches(&mut self, matches: &clap::ArgMatches) -> Result<(), clap::Error> {
        *self = Self::from_arg_matches(matches)?;
        Ok(())
    }
}

/// A plan with what it was made from.
struct Planned {
    sides: Sides,
    compared: Compared,
    plan: Plan,
    allowed: Vec<String>,
}

pub async fn run(args: Args) -> Result<End, Failure> {
    let forms = args.sides.forms()?;
    if args.databases.0.len() > 1 {
        return several(&args, &forms).await;
    }
    let planned = planned(&args, args.sides.clone()).await?;
    let Planned { compared, plan, allowed, .. } = &planned;
    if let Some(file) = &args.out {
        output::write_file(file, &preflight::without_keys(plan).file())?;
    }
    if args.sql {
        script(plan, &compared.project.waits);
    } else {
        for form in &forms {
            let plan = &args.preflight.visible(plan, Some(form));
            let rendered = match form.kind {
                FormKind::Text => planned.text(plan),
                FormKind::Markdown => review::plan(&planned.reviewed(plan)),
                FormKind::Json => serde_json::to_string_pretty(plan).unwrap_or_default() + "\n",
            };
            output::form(form, &rendered)?;
        }
    }
    if let Some(end) = prove::refused(&args.prove, plan).or_else(|| preflight::refused(plan, allowed)) {
        return Ok(end);
    }
    if let (Some(folder), Some(format)) = (&args.out_dir, args.format) {
        // Who runs files asks nobody.
        if super::run::refused(plan, allowed) {
            return Ok(End::Refused);
        }
        let kept = !(args.no_record || compared.project.record_off);
        let opening = kept.then(|| recording::opening(plan, compared, &args.sides.model));
        write_files(plan, format, &args.name, folder, &compared.project.waits, opening.as_ref())?;
    }
    Ok(ended(&args, [plan]))
}

/// Prints the statements.
pub fn script(plan: &Plan, waits: &Waits) {
    output::result(&if plan.is_empty() { "-- no changes\n".to_string() } else { export::plain(plan, waits) });
    if !plan.secrets.is_empty() {
        let names: BTreeSet<&str> = plan.secrets.values().map(String::as_str).collect();
        let names = names.into_iter().collect::<Vec<_>>().join(", ");
        output::diagnostics(&[Diagnostic::warning("secret-in-script", "these statements lack their secrets")
            .note(format!("`${{secret:...}}` stands in the place of what is in {names}"))
            .help("put the values there, or let `trueup apply` do it")]);
    }
}

fn ended<'a>(args: &Args, plans: impl IntoIterator<Item = &'a Plan>) -> End {
    let changes = plans.into_iter().any(|p| !p.is_empty());
    if args.detailed_exitcode && changes { End::Differences } else { End::Done }
}

/// One report over several databases.
async fn several(args: &Args, forms: &[Form]) -> Result<End, Failure> {
    let for_one = [("--sql", args.sql), ("--out", args.out.is_some()), ("--out-dir", args.out_dir.is_some())];
    if let Some((flag, _)) = for_one.iter().find(|(_, given)| *given) {
        return Err(Diagnostic::error("wrong-usage", format!("{flag} is for one database, and --db names several"))
            .help("run it once for each")
            .into());
    }
    let mut all = Vec::new();
    for db in &args.databases.0 {
        all.push(planned(args, Sides { db: Some(db.clone()), ..args.sides.clone() }).await?);
    }
    for form in forms {
        let shown: Vec<(&Planned, Plan)> = all.iter().map(|p| (p, args.preflight.visible(&p.plan, Some(form)))).collect();
        let rendered = match form.kind {
            FormKind::Text => shown.iter().map(|(p, plan)| p.text(plan)).collect::<Vec<_>>().join("\n"),
            FormKind::Markdown => review::several(&shown.iter().map(|(p, plan)| p.reviewed(plan)).collect::<Vec<_>>()),
            FormKind::Json => {
                let one = |(p, plan): &(&Planned, Plan)| serde_json::json!({"live": p.compared.live.words, "plan": plan});
                format!("{:#}\n", shown.iter().map(one).collect::<serde_json::Value>())
            }
        };
        output::form(form, &rendered)?;
    }
    let refused = |p: &Planned| prove::refused(&args.prove, &p.plan).or_else(|| preflight::refused(&p.plan, &p.allowed));
    let refused = all.iter().find_map(refused);
    Ok(refused.unwrap_or_else(|| ended(args, all.iter().map(|p| &p.plan))))
}

impl Planned {
    fn text(&self, plan: &Plan) -> String {
        summary(plan, &self.compared, &self.sides, &self.allowed)
    }

    /// The plan as it is shown, with what a reviewer has to know.
    fn reviewed<'a>(&'a self, plan: &'a Plan) -> Reviewed<'a> {
        let Compared { live, differences, .. } = &self.compared;
        let name = match &self.sides.db {
            // A URL may hold a password.
            Some(db) if self.compared.project.databases.contains_key(db) || std::path::Path::new(db).exists() => db,
            _ => live.words.split(',').next().unwrap_or_default(),
        };
        Reviewed { name, live: &live.words, plan, differences, allowed: &self.allowed }
    }
}

/// Compares with one database, and makes the plan with its proof.
async fn planned(args: &Args, sides: Sides) -> Result<Planned, Failure> {
    let mut compared = common::compare(&sides, Detail::Dependencies).await?;
    let mut plan = make(&mut compared, args.with_provided, &args.roads).await?;
    // The statements alone do not tell of a proof, unless it is asked for by name.
    let wanted = if args.sql && args.out.is_none() { args.prove.only_always() } else { args.prove.clone() };
    prove::prove(&wanted, &compared, &mut plan).await?;
    preflight::ask(&args.preflight, &compared, &mut plan).await?;
    // Without a record yet the schema that would hold it is not there, and files have one of their own.
    let there = compared.live.catalog.source.record == Presence::Readable && args.out_dir.is_none();
    let keep = compared.project.keep_dropped.filter(|_| there && !compared.project.record_off);
    if let Some(time) = keep {
        let live = compared.live_now.as_ref().unwrap_or(&compared.live.catalog);
        // `apply` says what that is.
        let _ = record::keep(&mut plan, live, time);
    }
    let mut allowed = compared.project.allow.clone();
    allowed.extend(args.allow.iter().cloned());
    Ok(Planned { sides, compared, plan, allowed })
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

/// Writes the plan for another tool, and says what was written.
fn write_files(
    plan: &Plan,
    format: export::Format,
    name: &str,
    folder: &std::path::Path,
    waits: &Waits,
    record: Option<&Opening>,
) -> Result<(), Failure> {
    if plan.is_empty() {
        output::note("no files: there is nothing to do");
        return Ok(());
    }
    for path in export::write(plan, format, name, folder, waits, record)? {
        output::note(&format!("wrote {}", path.display()));
    }
    let no_way_back = |why: String| Diagnostic::warning("no-way-back", "the files do not lead back").note(why);
    let told: Vec<Diagnostic> = format.wants(plan).into_iter().chain(export::no_way_back(plan).map(no_way_back)).collect();
    output::diagnostics(&told);
    Ok(())
}

/// Makes the plan of a comparison.
pub async fn make(compared: &mut Compared, with_provided: bool, roads: &Roads) -> Result<Plan, Failure> {
    compared.look().await?;
    let catalogs = (&compared.live.catalog, &compared.desired.catalog);
    let work = data::work(&compared.of_rows, &compared.rows, catalogs, &compared.project.search_path);
    let mut terms = Terms { online: roads.setting(compared.project.online), work, ..Terms::default() };
    let plan = make_on(&terms, compared, with_provided)?;
    let touched: BTreeSet<&str> = plan.steps.iter().flat_map(|s| &s.locks).map(|h| h.table.as_str()).collect();
    let Some(client) = compared.live.client.as_ref().filter(|_| !plan.is_empty()) else { return Ok(plan) };
    let made_from = pg::identity(client).await;
    if touched.is_empty() {
        return Ok(Plan { made_from, ..plan });
    }
    // By the names that they have now; the plan may call them otherwise.
    let before = |table: &str| {
        let renamed = compared.renames.iter().find(|r| r.to.parent.is_none() && r.to.own_path() == table);
        renamed.map_or_else(|| table.to_string(), |r| r.from.own_path())
    };
    let names: BTreeSet<String> = touched.iter().flat_map(|t| [(*t).to_string(), before(t)]).collect();
    let found = sizes(client, names.iter().map(String::as_str)).await?;
    terms.sizes = found.clone();
    terms.sizes.extend(touched.iter().filter_map(|t| Some(((*t).to_string(), *found.get(&before(t))?))));
    Ok(Plan { made_from, ..make_on(&terms, compared, with_provided)? })
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
        (plan.fingerprint, plan.state) = (plan::fingerprint(now), plan::state(now));
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
    plan.likely_renames = plan::likely::renames(live, desired, &compared.differences, |id| compared.origin(id));
    Ok(plan)
}

/// The summary with what to do next.
pub fn summary(plan: &Plan, compared: &Compared, sides: &Sides, allowed: &[String]) -> String {
    let mut out = report::plan::text(plan, &compared.live.words, allowed);
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
