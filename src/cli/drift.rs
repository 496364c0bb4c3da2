//! `trueup drift`

use std::collections::BTreeSet;

use super::common::{self, Compared, Sides};
use super::{End, output};
use crate::catalog::{Detail, Id};
use crate::data::{self, Verified, When};
use crate::diagnostic::Failure;
use crate::diff::Difference;
use crate::drift::pending::{self, Former};
use crate::drift::{self, Standing};
use crate::plan::rename::Rename;
use crate::record::{Agreed, Presence};
use crate::report::{FormKind, markdown, text};

/// Show where the live database differs from the model
///
/// An edit of the model that is not applied yet is no drift: where the database has a record of what was applied, it is shown as
/// pending. Without a record every difference counts.
///
/// The queries of the model's `verify` are asked too; one that gives something else than expected counts as a difference, one that this
/// role may not ask is told.
///
/// Exits with 0 when nothing has drifted, with 2 when something has, with 1 on an error: for CI, every night.
#[derive(Debug, clap::Args)]
pub struct Args {
    #[command(flatten)]
    sides: Sides,
    /// Name everything, however long the list is
    #[arg(long, short)]
    verbose: bool,
    /// Do not ask the queries of the model's `verify`
    #[arg(long)]
    no_verify: bool,
}

pub async fn run(args: Args) -> Result<End, Failure> {
    let forms = args.sides.forms()?;
    let mut compared = common::compare(&args.sides, Detail::Contents).await?;
    let names = (compared.live.words.clone(), format!("{}", args.sides.model.display()));
    compared.look().await?;
    let (standing, pending, pending_renames) = agreed(&mut compared).await?;
    let mut report = drift::report(&compared.live.catalog, &compared.desired, &compared.scope, &compared.differences, names);
    report.rename(&compared.renames);
    report.agreed = standing;
    report.pending(&pending, &pending_renames, &compared.desired);
    report.take_rows(compared.rows.clone());
    if !args.no_verify {
        report.verified = verified(&compared).await;
    }
    for form in &forms {
        let rendered = match form.kind {
            FormKind::Text => text::drift(&report, &args.sides.invocation(&compared.live), args.verbose),
            FormKind::Markdown => markdown::drift(&report),
            FormKind::Json => serde_json::to_string_pretty(&report).unwrap_or_default() + "\n",
        };
        output::form(form, &rendered)?;
    }
    let end = if report.drifted() || report.fails() { End::Differences } else { End::Done };
    // The process ends here: the operating system takes two large catalogs back faster than one piece at a time.
    std::mem::forget((compared.live.catalog, compared.desired));
    Ok(end)
}

/// Asks what the model wants to hold.
async fn verified(compared: &Compared) -> Vec<Verified> {
    let verify = &compared.verify;
    match &compared.live.client {
        Some(client) => data::ask(client, verify, When::After, &compared.project.search_path).await,
        None => data::unasked(verify, When::After, "there are no rows in a file"),
    }
}

/// Takes what the model asks for and nobody has applied yet out of what differs.
async fn agreed(compared: &mut Compared) -> Result<(Standing, Vec<Difference>, Vec<Rename>), Failure> {
    let none = (Vec::new(), Vec::new());
    let Some(client) = &compared.live.client else { return Ok((Standing::Unasked, none.0, none.1)) };
    let presence = compared.live.catalog.source.record;
    if presence != Presence::Readable {
        return Ok((Standing::of(presence), none.0, none.1));
    }
    let former = Former::of(&compared.renames, compared.live_now.as_ref());
    let asked = compared.differences.iter().map(Difference::id).chain(compared.renames.iter().map(|r| &r.to));
    let asked: BTreeSet<&Id> = asked.map(|id| former.name(id)).collect();
    let Some(agreed) = Agreed::read(client, asked).await? else { return Ok((Standing::None, none.0, none.1)) };
    let (is_pending, renames) =
        std::mem::take(&mut compared.renames).into_iter().partition(|r: &Rename| agreed.objects.contains_key(former.name(&r.to)));
    compared.renames = renames;
    let now = compared.live_now.as_ref().unwrap_or(&compared.live.catalog);
    let split = pending::split(std::mem::take(&mut compared.differences), &former, now, &agreed);
    compared.differences = split.drift;
    Ok((Standing::Agreed(agreed), split.pending, is_pending))
}
