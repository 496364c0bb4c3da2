//! `trueup shadow`

use super::{End, output};
use crate::diagnostic::Failure;
use crate::model::Project;
use crate::shadow::{Place, Shadow, server};
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
    if !matches!(request.place, Place::Server(_)) {
        output::result(&order(&server::field()?));
    }
    Ok(End::Done)
}

/// The order of choice, with what there is for each.
fn order(field: &server::Field) -> String {
    let list = |of: &[server::Installation]| match of {
        [] => vec!["none".to_string()],
        some => some.iter().map(server::Installation::describe).collect(),
    };
    let majors: Vec<String> = field.to_fetch.iter().map(|r| r.major.to_string()).collect();
    let rows = [
        ("a URL", vec!["only with --shadow URL, or `shadow` in trueup.yaml".to_string()]),
        ("installed", list(&field.installed)),
        ("fetched", list(&field.fetched)),
        ("to fetch", vec![if majors.is_empty() { "none".into() } else { format!("PostgreSQL {}", majors.join(", ")) }]),
        ("live", vec!["only with --shadow live: a scratch database on the live side's own server".to_string()]),
    ];
    let mut out = String::from("\nin order of choice, of each the wanted major version or the nearest newer one:\n");
    for (what, lines) in rows {
        for (i, line) in lines.iter().enumerate() {
            out.push_str(&format!("  {:<10} {line}\n", if i == 0 { what } else { "" }));
        }
    }
    out
}
