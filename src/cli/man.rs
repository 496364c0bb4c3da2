//! `trueup completions` and `trueup man`

use clap::CommandFactory;
use clap_complete::Shell;

use super::{Cli, End, output};
use crate::diagnostic::{Diagnostic, Failure};

/// Print completions for a shell
#[derive(Debug, clap::Args)]
pub struct Completions {
    /// The shell
    shell: Shell,
}

/// Print the manual page
#[derive(Debug, clap::Args)]
pub struct Man {}

pub fn completions(args: Completions) -> Result<End, Failure> {
    let mut text = Vec::new();
    clap_complete::generate(args.shell, &mut Cli::command(), "trueup", &mut text);
    output::result(&String::from_utf8_lossy(&text));
    Ok(End::Done)
}

pub fn man() -> Result<End, Failure> {
    let mut text = Vec::new();
    clap_mangen::Man::new(Cli::command())
        .render(&mut text)
        .map_err(|e| Diagnostic::error("man", "the manual page could not be made").note(e.to_string()))?;
    output::result(&String::from_utf8_lossy(&text));
    Ok(End::Done)
}
