//! `trueup schema`

use super::{End, output};
use crate::diagnostic::Failure;
use crate::model::json_schema;
use crate::plan;

/// Print the JSON Schema of the YAML, for editors, or of a plan file
///
/// An editor that knows YAML completes and checks keys with it. Point to it in a file's first line:
/// `# yaml-language-server: $schema=PATH`
#[derive(Debug, clap::Args)]
pub struct Args {
    /// That of the project file, trueup.yaml, instead
    #[arg(long, conflicts_with = "plan")]
    project: bool,
    /// That of a plan file, as `plan --out` writes it
    #[arg(long)]
    plan: bool,
}

pub fn run(args: Args) -> Result<End, Failure> {
    let which = if args.plan {
        Which::Plan
    } else if args.project {
        Which::Project
    } else {
        Which::Model
    };
    output::result(&text(which));
    Ok(End::Done)
}

/// The schemas there are.
#[derive(Debug, Clone, Copy)]
pub enum Which {
    /// The YAML.
    Model,
    /// The project file.
    Project,
    /// A plan file.
    Plan,
}

/// The text of one of them.
pub fn text(which: Which) -> String {
    let schema = match which {
        Which::Model => json_schema::model(),
        Which::Project => json_schema::project(),
        Which::Plan => plan::schema::schema(),
    };
    format!("{schema:#}\n")
}
