//! `trueup pull`

use std::path::{Path, PathBuf};

use super::{End, common, output};
use crate::catalog::{
    Catalog, Id, Unmodeled,
    read::{bodies, secrets},
};
use crate::diagnostic::{Diagnostic, Failure};
use crate::diff::rules::Ignored;
use crate::diff::scope::matches;
use crate::diff::{Difference, overlap};
use crate::model::{self, Model, Project, merge, write};
use crate::report::count;
use crate::shadow::{self, Shadow, script};
use crate::side::{self, Live, Side};

/// Bring a database into YAML
///
/// One file a table, in an order that makes later differences small. Into a model that is there already only what differs is
/// taken, and its comments and layout stay.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// The model folder to write
    #[arg(default_value = "schema", value_name = "MODEL")]
    model: PathBuf,
    /// The database: a name in trueup.yaml, a URL, or a snapshot file
    #[arg(long, value_name = "DB")]
    db: Option<String>,
    /// The model folder to write, as a flag
    #[arg(long, value_name = "DIR")]
    out: Option<PathBuf>,
    /// Only objects that match, as for plan
    #[arg(long, value_name = "WHAT")]
    only: Vec<String>,
    /// What is taken in, when the model is there already, as for plan
    #[arg(long, value_name = "SCOPE", value_delimiter = ',', value_parser = ["declared", "listed", "all", "roles"])]
    manage: Vec<String>,
    /// SQL files instead of a database: each is built in the shadow, and what they define twice is set side by side
    ///
    /// Where files differ, the later one's definition is taken.
    #[arg(long, value_name = "FILE", num_args = 1.., conflicts_with = "db")]
    sql: Vec<PathBuf>,
    /// Write passwords and keys instead of `${env:NAME}`
    #[arg(long)]
    with_secrets: bool,
    #[command(flatten)]
    shadow: common::ShadowArgs,
}

pub async fn run(args: Args) -> Result<End, Failure> {
    let folder = args.out.clone().unwrap_or_else(|| args.model.clone());
    let project = Project::find(&folder)?;
    if !args.sql.is_empty() {
        return from_sql(&args, &folder, &project).await;
    }
    let side = match &args.db {
        Some(db) => Side::open(db, &project)?,
        None => Side::from_environment()?,
    };
    let mut live = side::read_live(&side, &args.shadow.wanted()).await?;
    output::diagnostics(&live.warnings);
    if args.with_secrets
        && let Some(client) = &live.client
    {
        secrets::remember(client, live.catalog.source.superuser).await?;
    }
    if model::has_files(&folder, &project) {
        return merge_into(&args, &folder, project, &side, live).await;
    }
    let scope = common::scope_of_all(&args.manage, &project, &live.catalog)?;
    let kept = |id: &Id| scope.managed(id) && (args.only.is_empty() || args.only.iter().any(|p| matches(p, id)));
    if let Some(client) = &live.client {
        bodies::mark(client, &mut live.catalog).await;
    }
    let files = write::write(&live.catalog, kept);
    let written = write_files(&folder, &files)?;
    output::note(&format!(
        "{}: {} ({} written), from {}",
        folder.display(),
        count(files.len(), "file", "files"),
        written,
        live.words
    ));
    report_ignored(&scope.ignored(&live.catalog));
    report_unmodeled(&live.catalog);
    report_secrets(&files);
    Ok(End::Done)
}

/// Takes differences into a model that is there, leaving the rest of it as it was written.
async fn merge_into(args: &Args, folder: &Path, project: Project, side: &Side, live: Live) -> Result<End, Failure> {
    let before = model::load(folder, &project)?;
    let request = side::request(&project, Some((side, Some(&live.catalog.source))), &args.shadow.wanted())?;
    let desired = shadow::desired(&before, &request).await?;
    output::stood_in(&desired);
    let mut scope = common::scope(&args.manage, &project, &desired)?.over(&live.catalog, &desired.catalog);
    let mut differences = scope.differences(&live.catalog, &desired.catalog);
    if !args.only.is_empty() {
        scope.only_some = true;
        scope.only = common::selected(&args.only, &live.catalog, &desired, &differences)?;
        differences.retain(|d| scope.holds(d.id()));
    }
    let mut written = live.catalog.clone();
    if let Some(client) = &live.client {
        bodies::mark(client, &mut written).await;
    }
    let merged = merge::merge(folder, &written, &desired, &differences);
    for (path, text) in &merged.files {
        if let Some(parent) = path.parent() {
            std::fs::create_dir_all(parent).map_err(|e| {
                Diagnostic::error("unwritable-file", format!("{} cannot be made", parent.display())).note(e.to_string())
            })?;
        }
        output::write_file(path, text)?;
        output::note(&format!("changed  {}", path.display()));
    }
    for path in &merged.removed {
        std::fs::remove_file(path).map_err(|e| {
            Diagnostic::error("unwritable-file", format!("{} cannot be removed", path.display())).note(e.to_string())
        })?;
        output::note(&format!("removed  {}", path.display()));
    }
    // Whether the edits say what they should is not believed but seen.
    let after = model::load(folder, &project)?;
    let now = shadow::desired(&after, &request).await?;
    let left: Vec<Difference> =
        scope.differences(&live.catalog, &now.catalog).into_iter().filter(|d| scope.holds(d.id())).collect();
    output::note(&format!(
        "{}: {} taken in, from {}",
        folder.display(),
        count(differences.len().saturating_sub(left.len()), "difference", "differences"),
        live.words
    ));
    report_ignored(&scope.ignored(&live.catalog));
    for difference in &left {
        output::note(&format!("still different, to be edited by hand: {}", difference.id()));
    }
    report_unmodeled(&live.catalog);
    Ok(if left.is_empty() { End::Done } else { End::Differences })
}

async fn from_sql(args: &Args, folder: &Path, project: &Project) -> Result<End, Failure> {
    let mut provided = Model { search_path: project.search_path.clone(), ..Model::default() };
    let mut errors = Vec::new();
    for set in &project.provided {
        model::load_provided(set, project, &mut provided, &mut errors);
    }
    if !errors.is_empty() {
        return Err(Failure { diagnostics: errors });
    }
    let shadow = Shadow::start(&side::request(project, None, &args.shadow.wanted())?).await?;
    let mut scripts = Vec::new();
    for (i, file) in args.sql.iter().enumerate() {
        let session = shadow.session(&format!("sql_{i}")).await?;
        let script = script::script(file, &session, &provided).await?;
        output::diagnostics(&script.warnings);
        scripts.push(script);
    }
    let catalogs: Vec<&Catalog> = scripts.iter().map(|s| &s.catalog).collect();
    let names: Vec<String> = scripts.iter().map(script::Script::name).collect();
    let (twice, alike) = (overlap::twice(&catalogs), overlap::alike(&catalogs));
    let place = |i: usize, t: &overlap::Twice| {
        scripts[i].place(&t.id).map_or_else(|| names[i].clone(), |p| format!("{}:{}", names[i], p.line()))
    };
    output::result(&crate::report::overlap::text(&twice, &alike, &names, place));
    let mut merged = scripts[0].catalog.clone();
    for script in &scripts[1..] {
        // A later definition takes the place of an earlier one whole: its columns and constraints too.
        let redefined: Vec<Id> =
            script.catalog.objects.keys().filter(|id| id.parent.is_none() && merged.get(id).is_some()).cloned().collect();
        merged.objects.retain(|id, _| {
            !redefined.iter().any(|r| id == r || (id.parent.as_deref() == Some(&*r.name) && id.schema == r.schema))
        });
        merged.objects.extend(script.catalog.objects.iter().map(|(id, o)| (id.clone(), o.clone())));
    }
    let kept = |id: &Id| args.only.is_empty() || args.only.iter().any(|p| matches(p, id));
    let files = write::write(&merged, kept);
    let written = write_files(folder, &files)?;
    output::note(&format!(
        "{}: {} ({written} written), from {}",
        folder.display(),
        count(files.len(), "file", "files"),
        names.join(", ")
    ));
    report_unmodeled(&merged);
    Ok(End::Done)
}

/// Writes what differs from what is there.
pub fn write_files(folder: &Path, files: &write::Files) -> Result<usize, Failure> {
    let mut written = 0;
    for (path, text) in files {
        let path = folder.join(path);
        if std::fs::read_to_string(&path).is_ok_and(|old| old == *text) {
            continue;
        }
        if let Some(parent) = path.parent() {
            std::fs::create_dir_all(parent).map_err(|e| {
                Diagnostic::error("unwritable-file", format!("{} cannot be made", parent.display())).note(e.to_string())
            })?;
        }
        output::write_file(&path, text)?;
        written += 1;
    }
    Ok(written)
}

/// Names the environment variables that stand for secrets.
fn report_secrets(files: &write::Files) {
    let names: std::collections::BTreeSet<&str> =
        files.values().flat_map(|text| text.split("${env:").skip(1)).filter_map(|rest| rest.split('}').next()).collect();
    if !names.is_empty() {
        let variables = count(names.len(), "variable", "variables");
        output::note(&format!("secrets are written as {variables} (their values with --with-secrets):"));
        names.iter().for_each(|name| output::note(&format!("  {name}")));
    }
}

/// Counts what rules leave out.
pub fn report_ignored(ignored: &Ignored) {
    if !ignored.is_empty() {
        output::note(&format!("left alone by rules: {}", ignored.words()));
    }
}

/// Names what the model cannot hold.
pub fn report_unmodeled(catalog: &crate::catalog::Catalog) {
    if catalog.unmodeled.is_empty() {
        return;
    }
    output::note(&format!(
        "not in the model, because trueup has no kind for it: {}: {}",
        count(Unmodeled::count(&catalog.unmodeled), "object", "objects"),
        Unmodeled::classes(&catalog.unmodeled)
    ));
    for u in catalog.unmodeled.iter().take(20) {
        let schema = u.schema.as_ref().map(|s| format!("{}.", crate::sql::ident(s))).unwrap_or_default();
        output::note(&format!("  {} {schema}{}", u.what, u.name));
    }
}
