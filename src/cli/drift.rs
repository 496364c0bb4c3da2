//! `trueup drift`

use super::common::{self, Sides};
use super::{End, output};
use crate::catalog::Detail;
use crate::diagnostic::Failure;
use crate::drift;
use crate::report::{FormKind, markdown, text};

/// Show where the live database differs from the model
///
/// Exits with 0 when they are in step, with 2 when they differ, with 1 on an error: for CI, every night.
#[derive(Debug, clap::Args)]
pub struct Args {
    #[command(flatten)]
    sides: Sides,
    /// Name everything, however long the list is
    #[arg(long, short)]
    verbose: bool,
}

pub async fn run(args: Args) -> Result<End, Failure> {
    let forms = args.sides.forms()?;
    let compared = common::compare(&args.sides, Detail::Contents).await?;
    let names = (compared.live.words.clone(), format!("{}", args.sides.model.display()));
    let mut report = drift::report(&compared.live.catalog, &compared.desired, &compared.scope, &compared.differences, names);
    report.rename(&compared.renames);
    for form in &forms {
        let rendered = match form.kind {
            FormKind::Text => text::drift(&report, &args.sides.invocation(&compared.live), args.verbose),
            FormKind::Markdown => markdown::drift(&report),
            FormKind::Json => serde_json::to_string_pretty(&report).unwrap_or_default() + "\n",
        };
        output::form(form, &rendered)?;
    }
    let end = if report.in_step { End::Done } else { End::Differences };
    // The process ends here: the operating system takes two large catalogs back faster than one piece at a time.
    std::mem::forget((compared.live.catalog, compared.desired));
    Ok(end)
}
