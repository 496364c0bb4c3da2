//! The project's own command before the first step: a backup, say.

use std::process::{Command, Stdio};

use crate::diagnostic::{Diagnostic, Result};
use crate::pg::Settings;

/// What is to run before the first step, and where the apply leads.
pub struct Before<'a> {
    /// The command, as a shell reads it.
    pub command: &'a str,
    /// The database, which the command's environment names.
    pub settings: &'a Settings,
}

impl Before<'_> {
    /// Runs it to its end. What it prints goes to the standard error: the standard output is the result's.
    ///
    /// # Errors
    /// When it fails; nothing is applied then.
    pub(super) async fn run(&self) -> Result<()> {
        let text = self.command;
        let mut command = if cfg!(windows) { Command::new("cmd") } else { Command::new("sh") };
        command.arg(if cfg!(windows) { "/C" } else { "-c" }).arg(text);
        command.envs(self.settings.environment()).stdin(Stdio::null()).stdout(std::io::stderr());
        let ended = tokio::process::Command::from(command).status().await;
        let failed = |why: String| {
            Diagnostic::error("before-apply-failed", "the command that runs before an apply failed")
                .note(format!("before_apply: {text}"))
                .note(why)
                .note("nothing has been changed")
                .help("see what it says above, or change `before_apply` in trueup.yaml")
        };
        match ended {
            Ok(status) if status.success() => Ok(()),
            Ok(status) => Err(failed(status.to_string()).into()),
            Err(error) => Err(failed(error.to_string()).into()),
        }
    }
}
