//! `trueup snapshot`

use std::path::{Path, PathBuf};

use super::common::ShadowArgs;
use super::{End, output};
use crate::catalog::snapshot;
use crate::diagnostic::Failure;
use crate::model::Project;
use crate::side::{self, Side};

/// Save a catalog to a file
///
/// The file stands for the database in plan, drift and diff. A model can be saved too: as what it would be.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// The database (a name in trueup.yaml, a URL), or a model folder
    #[arg(long, value_name = "DB")]
    db: Option<String>,
    /// The file; the standard output when there is none
    #[arg(long, value_name = "FILE")]
    out: Option<PathBuf>,
    /// The date to write into it instead of now, as 2025-10-26T21:04:00Z
    #[arg(long, value_name = "TIME")]
    taken_at: Option<String>,
    #[command(flatten)]
    shadow: ShadowArgs,
}

pub async fn run(args: Args) -> Result<End, Failure> {
    let project = Project::find(Path::new("."))?;
    let side = match &args.db {
        Some(db) => Side::open(db, &project)?,
        None => Side::from_environment()?,
    };
    let mut live = side::read_live(&side, &args.shadow.wanted()).await?;
    output::diagnostics(&live.warnings);
    if let Some(time) = args.taken_at {
        live.catalog.source.taken_at = time;
    }
    if matches!(side, Side::Model(_)) {
        // What stands for a live database has a live database's names, not those of the shadow.
        live.catalog.source.role = "postgres".into();
        live.catalog.source.database = "postgres".into();
        live.catalog.source.superuser = false;
        live.catalog.roles.remove(crate::shadow::server::SUPERUSER);
        live.catalog.roles.insert("postgres".into());
    }
    let text = snapshot::write(&live.catalog)?;
    match &args.out {
        Some(file) => {
            output::write_file(file, &text)?;
            output::note(&format!(
                "{}: {} of {}",
                file.display(),
                crate::report::count(live.catalog.objects.len(), "object", "objects"),
                live.words
            ));
        }
        None => output::result(&text),
    }
    Ok(End::Done)
}
