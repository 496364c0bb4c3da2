//! `trueup pull`

use super::End;
use crate::diagnostic::{Diagnostic, Failure};

/// Bring a database into YAML
#[derive(Debug, clap::Args)]
pub struct Args {
    /// The database: a URL
    #[arg(long, value_name = "DB")]
    db: Option<String>,
}

pub async fn run(args: Args) -> Result<End, Failure> {
    let _ = args.db;
    Err(Diagnostic::error("not-yet", "pull is not built yet").into())
}
