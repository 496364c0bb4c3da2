//! `trueup shadow`

use super::{End, output};
use crate::diagnostic::Failure;
use crate::model::Project;
use crate::shadow::Shadow;
use crate::side::{self, Side, Wanted};

/// Say which PostgreSQL the shadow would use
#[derive(Debug, clap::Args)]
pub struct Args {
    /// The major version that is wanted
    #[arg(long, value_name = "MAJOR")]
    postgres: Option<u32>,
    /// Where the shadow is: `installed`, `fetched`, a URL, or `live`
    #[arg(long, value_name = "WHERE")]
    shadow: Option<String>,
    /// The live side, for `--shadow live`: a name in trueup.yaml or a URL
    #[arg(long, value_name = "DB")]
    db: Option<String>,
    /// Start it, and say where it runs
    #[arg(long)]
    start: bool,
}

pub async fn run(args: Args) -> Result<End, Failure> {
    let project = Project::find(std::path::Path::new("."))?;
    let live = args.db.as_ref().map(|db| Side::open(db, &project)).transpose()?;
    let wanted = Wanted { place: args.shadow, no_cache: false, major: args.postgres };
    let request = side::request(&project, live.as_ref().map(|side| (side, None)), &wanted)?;
    let line = if args.start {
        let shadow = Shadow::start(&request).await?;
        shadow.session("trial").await?;
        shadow.describe()
    } else {
        request.describe().await?
    };
    output::result(&format!("{line}\n"));
    Ok(End::Done)
}
