//! `trueup schema`

use super::{End, output};
use crate::diagnostic::Failure;
use crate::model::json_schema;

/// Print the JSON Schema of the YAML, for editors
///
/// An editor that knows YAML completes and checks keys with it. Point to it in a file's first line:
/// `# yaml-language-server: $schema=PATH`
#[derive(Debug, clap::Args)]
pub struct Args {
    /// That of the project file, trueup.yaml, instead
    #[arg(long)]
    project: bool,
}

pub fn run(args: Args) -> Result<End, Failure> {
    output::result(&text(args.project));
    Ok(End::Done)
}

/// The text of one of the two.
pub fn text(project: bool) -> String {
    let schema = if project { json_schema::project() } else { json_schema::model() };
    format!("{schema:#}\n")
}
