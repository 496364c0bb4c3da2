//! `trueup init`

use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::{End, common, output, pull};
use crate::diagnostic::{Diagnostic, Failure, SourceFile};
use crate::model::rules::recognised;
use crate::model::{Project, write};
use crate::report::count;
use crate::side::{self, Side};

/// Write trueup.yaml and pull a live database
#[derive(Debug, clap::Args)]
pub struct Args {
    /// The database: a URL
    #[arg(long, value_name = "DB")]
    db: Option<String>,
    /// The model folder to write
    #[arg(default_value = "schema", value_name = "MODEL")]
    model: PathBuf,
}

pub async fn run(args: Args) -> Result<End, Failure> {
    let file = Path::new(crate::model::project::FILE_NAME);
    if file.exists() {
        return Err(Diagnostic::error("already-there", "there is a trueup.yaml here")
            .help("to bring a database into the model again: `trueup pull`")
            .help("to begin anew, move trueup.yaml away first")
            .into());
    }
    let project = Project::default();
    let side = match &args.db {
        Some(db) => Side::open(db, &project)?,
        None => Side::from_environment()?,
    };
    let live = side::read_live(&side, &side::Wanted::default()).await?;
    output::diagnostics(&live.warnings);
    let profiles = match recognised(&live.catalog) {
        found if found.is_empty() => String::new(),
        found => {
            format!("# What others make here is left alone; docs/guides/leave-alone.md.\nprofiles: [{}]\n", found.join(", "))
        }
    };
    let text = format!(
        "# The project file; its keys are in docs/reference/project-file.md, the form of the model in docs/reference/yaml.md.\n\
         databases:\n  live: ${{env:DATABASE_URL}}\nmanage: declared\n{profiles}search_path: [public]\n\
         # The shadow's major version where there is no live database to ask.\npostgres: {}\n",
        live.catalog.source.major()
    );
    let project = Project::from_source(&Arc::new(SourceFile { path: file.to_path_buf(), text: text.clone() }))?;
    let scope = common::scope_of_all(&[], &project, &live.catalog)?;
    let files = write::write(&live.catalog, |id| scope.managed(id));
    let written = pull::write_files(&args.model, &files)?;
    output::write_file(file, &text)?;
    output::note(&format!(
        "trueup.yaml and {} in {}, from {}",
        count(written, "file", "files"),
        args.model.display(),
        live.words
    ));
    pull::report_ignored(&scope.ignored(&live.catalog));
    pull::report_unmodeled(&live.catalog);
    output::note("next: set DATABASE_URL, then `trueup drift --db live`");
    Ok(End::Done)
}
