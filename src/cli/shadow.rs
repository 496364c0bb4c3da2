//! `trueup shadow`

use super::{End, output};
use crate::diagnostic::Failure;
use crate::shadow::server;

/// Say which PostgreSQL the shadow would use
#[derive(Debug, clap::Args)]
pub struct Args {
    /// The major version that is wanted
    #[arg(long, value_name = "MAJOR")]
    postgres: Option<u32>,
    /// Start it, and say where it runs
    #[arg(long)]
    start: bool,
}

pub async fn run(args: Args) -> Result<End, Failure> {
    let options = server::Options { wanted_major: args.postgres, ..server::Options::default() };
    if args.start {
        let server = server::Server::start(&options).await?;
        output::result(&format!("{}\n", server.describe()));
    } else {
        output::result(&format!("{}\n", server::choose(&options)?.describe()));
    }
    Ok(End::Done)
}
