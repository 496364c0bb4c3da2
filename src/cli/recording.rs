//! What the commands that change a database share about its record.

use std::collections::BTreeSet;
use std::path::Path;

use clap::Args;

use super::common::Compared;
use super::output;
use crate::diagnostic::{Diagnostic, Failure};
use crate::pg::Client;
use crate::plan::Plan;
use crate::record::{self, Opening, Presence};

/// Whether a record is kept.
#[derive(Debug, Clone, Args)]
pub struct Keeping {
    /// Keep no record of this in the database
    ///
    /// Without it schema `trueup` of the database says who applied what and when, which `history`, `rollback` and `drift` read.
    #[arg(long)]
    pub no_record: bool,
}

/// What is known of an apply before its first step.
pub fn opening(plan: &Plan, compared: &Compared, model: &Path) -> Opening {
    let renamed = compared.live_now.as_ref().map(|_| &compared.live.catalog);
    let sides = record::Sides {
        live: compared.live_now.as_ref().unwrap_or(&compared.live.catalog),
        renamed,
        desired: &compared.desired.catalog,
        differences: &compared.differences,
        renames: &compared.renames,
    };
    Opening {
        model: compared.model_digest.clone(),
        commit: record::commit(model),
        undoes: None,
        objects: record::touched(plan, &sides),
    }
}

/// Whether a rollback holds this model back, and says so.
///
/// # Errors
/// When the record cannot be read.
pub async fn is_held(client: &Client, presence: Presence, model: Option<&str>) -> Result<bool, Failure> {
    let (Presence::Readable, Some(model)) = (presence, model) else { return Ok(false) };
    let Some(by) = record::held(client, model).await? else { return Ok(false) };
    output::diagnostics(&[Diagnostic::error("held", "this model was taken back, and is held until it changes")
        .note(format!("apply {by} of the record is the rollback"))
        .help("change the model, so that it asks for what is wanted now")
        .help("or apply it all the same with --release")]);
    output::note("refused: nothing has been changed");
    Ok(true)
}

/// Says what is kept of what a plan drops.
pub fn told(kept: &[String]) {
    for line in kept {
        output::result(&format!("kept    {line}\n"));
    }
}

/// Where there is nothing to do, all that is in scope is agreed: what somebody took into the model, too.
pub async fn settle_quietly(client: &Client, compared: &Compared) {
    if !compared.differences.is_empty() || compared.scope.only_some {
        return;
    }
    let live = &compared.live.catalog;
    if let Err(failure) = record::settle(client, live, &BTreeSet::new(), |id| compared.scope.managed(id)).await {
        output::diagnostics(&failure.diagnostics);
    }
}
