//! `trueup pull`

use std::path::{Path, PathBuf};

use super::{End, output};
use crate::diagnostic::{Diagnostic, Failure};
use crate::diff::scope::matches;
use crate::kinds;
use crate::model::{Project, write};
use crate::report::count;
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
    /// Write passwords and keys instead of `${env:NAME}`
    #[arg(long)]
    with_secrets: bool,
}

pub async fn run(args: Args) -> Result<End, Failure> {
    let folder = args.out.clone().unwrap_or_else(|| args.model.clone());
    let project = Project::find(&folder)?;
    let side = match &args.db {
        Some(db) => Side::open(db, &project)?,
        None => Side::from_environment()?,
    };
    let live = side::read_live(&side).await?;
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
