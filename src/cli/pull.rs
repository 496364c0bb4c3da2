//! `trueup pull`

use std::path::{Path, PathBuf};

use super::{End, output};
use crate::catalog::{Catalog, Id, read::secrets};
use crate::diagnostic::{Diagnostic, Failure};
use crate::diff::overlap;
use crate::diff::scope::matches;
use crate::kinds;
use crate::model::{self, Model, Project, write};
use crate::report::count;
use crate::shadow::{Shadow, script};
use crate::side::{self, Side};

/// Bring a database into YAML
///
/// One file a table, in an order that makes later differences small. Pulling again changes nothing.
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
    /// SQL files instead of a database: each is built in the shadow, and what they define twice is set side by side
    ///
    /// Where files differ, the later one's definition is taken.
    #[arg(long, value_name = "FILE", num_args = 1.., conflicts_with = "db")]
    sql: Vec<PathBuf>,
    /// Write passwords and keys instead of `${env:NAME}`
    #[arg(long)]
    with_secrets: bool,
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
    let live = side::read_live(&side).await?;
    if args.with_secrets
        && let Some(client) = &live.client
    {
        secrets::remember(client, live.catalog.source.superuser).await?;
    }
    let kept = |id: &crate::catalog::Id| {
        kinds::of(id).is_managed()
            && !project.ignore.iter().any(|p| matches(p, id))
            && (args.only.is_empty() || args.only.iter().any(|p| matches(p, id)))
    };
    let files = write::write(&live.catalog, kept);
    let written = write_files(&folder, &files)?;
    output::note(&format!(
        "{}: {} ({} written), from {}",
        folder.display(),
        count(files.len(), "file", "files"),
        written,
        live.words
    ));
    report_unmodeled(&live.catalog);
    report_secrets(&files);
    Ok(End::Done)
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
    let shadow = Shadow::start(&side::request(project, None)).await?;
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
    let place = |i: usize, t: &overlap::Twice| scripts[i].place(&t.id).map_or_else(|| names[i].clone(), |p| format!("{}:{}", names[i], p.line()));
    output::result(&crate::report::overlap::text(&twice, &alike, &names, place));
    let mut merged = scripts[0].catalog.clone();
    for script in &scripts[1..] {
        // A later definition takes the place of an earlier one whole: its columns and constraints too.
        let redefined: Vec<Id> = script.catalog.objects.keys().filter(|id| id.parent.is_none() && merged.get(id).is_some()).cloned().collect();
        merged.objects.retain(|id, _| !redefined.iter().any(|r| id == r || (id.parent.as_deref() == Some(&*r.name) && id.schema == r.schema)));
        merged.objects.extend(script.catalog.objects.iter().map(|(id, o)| (id.clone(), o.clone())));
    }
    let kept = |id: &Id| kinds::of(id).is_managed() && (args.only.is_empty() || args.only.iter().any(|p| matches(p, id)));
    let files = write::write(&merged, kept);
    let written = write_files(folder, &files)?;
    output::note(&format!("{}: {} ({written} written), from {}", folder.display(), count(files.len(), "file", "files"), names.join(", ")));
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

/// Names what the model cannot hold.
pub fn report_unmodeled(catalog: &crate::catalog::Catalog) {
    if catalog.unmodeled.is_empty() {
        return;
    }
    output::note(&format!(
        "not in the model, because trueup has no kind for it: {}",
        count(catalog.unmodeled.len(), "object", "objects")
    ));
    for u in catalog.unmodeled.iter().take(20) {
        let schema = u.schema.as_ref().map(|s| format!("{}.", crate::sql::ident(s))).unwrap_or_default();
        output::note(&format!("  {} {schema}{}", u.what, u.name));
    }
}
