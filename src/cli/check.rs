//! `trueup check`

use std::path::PathBuf;

use super::common::ShadowArgs;
use super::{End, output};
use crate::data;
use crate::diagnostic::Failure;
use crate::kinds::KINDS;
use crate::model::{self, Project};
use crate::report::count;
use crate::{shadow, side};

/// Load the model, build it in the shadow, and print what is in it
///
/// Needs no database. Everything that PostgreSQL would refuse is an error at its line.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// The model: a folder of YAML, or one file
    #[arg(default_value = "schema", value_name = "MODEL")]
    model: PathBuf,
    #[command(flatten)]
    shadow: ShadowArgs,
}

pub async fn run(args: Args) -> Result<End, Failure> {
    let project = Project::find(&args.model)?;
    let model = model::load(&args.model, &project)?;
    let request = side::request(&project, None, &args.shadow.wanted())?;
    // The cache keeps no warnings, and no database to ask what it makes of queries.
    let (_shadow, session, desired) = shadow::built(&model, &request).await?;
    data::resolve(&model.data, &desired.catalog)?;
    data::understood(&session.superuser, &model.data.verify, &model.search_path).await?;
    output::diagnostics(&desired.warnings);
    output::stood_in(&desired);
    let mut text = format!(
        "{}: {} read, PostgreSQL {}\n\n",
        args.model.display(),
        count(model.files, "file", "files"),
        desired.catalog.source.major()
    );
    for kind in KINDS {
        let own: Vec<_> = desired.catalog.of_kind(kind.name()).filter(|(id, _)| desired.listed.contains(id)).collect();
        if !own.is_empty() {
            text.push_str(&format!("{:>6}  {}\n", own.len(), if own.len() == 1 { kind.label().0 } else { kind.label().1 }));
        }
    }
    let mut tables: Vec<(String, usize)> = Vec::new();
    for (id, _) in desired
        .catalog
        .objects
        .iter()
        .filter(|(id, _)| id.parent.is_some() && crate::kinds::of(id).holds_data() && desired.listed.contains(id))
    {
        match tables.iter_mut().find(|(t, _)| *t == id.parent_path()) {
            Some((_, n)) => *n += 1,
            None => tables.push((id.parent_path(), 1)),
        }
    }
    text.push_str("\ncolumns\n");
    for (table, n) in tables {
        text.push_str(&format!("{n:>6}  {table}\n"));
    }
    output::result(&text);
    Ok(End::Done)
}
