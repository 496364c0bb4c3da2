//! The command line: one file for each command, and the only code that prints.
//!
//! Results go to the standard output, all else to the standard error. Exit codes: 0 done or nothing to do, 1 error, 2
//! differences, 3 refused.

mod apply;
mod check;
mod common;
mod diff;
mod docs;
mod drift;
mod grants;
mod graph;
mod history;
mod init;
mod man;
mod output;
mod plan;
mod preflight;
mod prove;
mod pull;
mod recording;
mod rollback;
mod run;
mod schema;
mod shadow;
mod snapshot;

use std::process::ExitCode;

use clap::{CommandFactory, Parser, Subcommand, error::ContextKind, error::ErrorKind};

use crate::diagnostic::{Diagnostic, Failure};

/// How a command ended, as its exit code says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum End {
    /// 0: done, or nothing to do.
    Done,
    /// 2: there are differences.
    Differences,
    /// 3: refused.
    Refused,
}

/// Make a PostgreSQL database match the YAML that describes it, and see where it has drifted.
#[derive(Debug, Parser)]
#[command(name = "trueup", version, arg_required_else_help = true, max_term_width = 100)]
struct Cli {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    Init(init::Args),
    Pull(pull::Args),
    Check(check::Args),
    Plan(plan::Args),
    Apply(apply::Args),
    Drift(drift::Args),
    Rollback(rollback::Args),
    History(history::Args),
    Diff(diff::Args),
    Snapshot(snapshot::Args),
    Grants(grants::Args),
    Graph(graph::Args),
    Shadow(shadow::Args),
    Schema(schema::Args),
    #[command(hide = true)]
    Docs(docs::Args),
    Completions(man::Completions),
    Man(man::Man),
}

/// The whole command tree, for completions, the manual page and the reference.
pub fn command() -> clap::Command {
    Cli::command()
}

/// Runs the command line of this process.
pub fn main() -> ExitCode {
    let cli = match Cli::try_parse() {
        Ok(cli) => cli,
        Err(error) => return usage(error),
    };
    let runtime = match tokio::runtime::Builder::new_current_thread().enable_all().build() {
        Ok(runtime) => runtime,
        Err(error) => {
            return failed(&Diagnostic::error("runtime", "the program could not start").note(error.to_string()).into());
        }
    };
    let ended = runtime.block_on(run(cli.command));
    // A look-up of a name that hangs must not hold the program.
    runtime.shutdown_background();
    match ended {
        Ok(End::Done) => ExitCode::SUCCESS,
        Ok(End::Differences) => ExitCode::from(2),
        Ok(End::Refused) => ExitCode::from(3),
        Err(failure) => failed(&failure),
    }
}

async fn run(command: Command) -> Result<End, Failure> {
    match command {
        Command::Init(args) => init::run(args).await,
        Command::Pull(args) => pull::run(args).await,
        Command::Check(args) => check::run(args).await,
        Command::Plan(args) => plan::run(args).await,
        Command::Apply(args) => apply::run(args).await,
        Command::Drift(args) => drift::run(args).await,
        Command::Rollback(args) => rollback::run(args).await,
        Command::History(args) => history::run(args).await,
        Command::Diff(args) => diff::run(args).await,
        Command::Snapshot(args) => snapshot::run(args).await,
        Command::Grants(args) => grants::run(args).await,
        Command::Graph(args) => graph::run(args).await,
        Command::Shadow(args) => shadow::run(args).await,
        Command::Schema(args) => schema::run(args),
        Command::Docs(args) => docs::run(args),
        Command::Completions(args) => man::completions(args),
        Command::Man(_) => man::man(),
    }
}

fn failed(failure: &Failure) -> ExitCode {
    output::diagnostics(&failure.diagnostics);
    ExitCode::from(1)
}

/// clap ends with 2 on wrong usage; 2 means differences here.
fn usage(mut error: clap::Error) -> ExitCode {
    let asked = matches!(error.kind(), ErrorKind::DisplayHelp | ErrorKind::DisplayVersion);
    let target = error.to_string().contains("--target");
    if target {
        // What comes below is the better advice.
        error.remove(ContextKind::Suggested);
    }
    let _ = error.print();
    if target {
        output::note("the live side is --db, a part of the model is --only: `trueup plan --db URL --only table:agents`");
    }
    if asked { ExitCode::SUCCESS } else { ExitCode::from(1) }
}
