//! What happens before the first step: the model's own questions, and the project's own command, a backup, say.

use std::process::{Command, Stdio};

use crate::data::{self, State, Verification, Verified, When};
use crate::diagnostic::{Diagnostic, Failure, Result};
use crate::pg::{Client, Settings};

/// What comes before the first step, and where the apply leads.
pub struct Before<'a> {
    /// What the model wants to hold by then.
    pub verify: &'a [Verification],
    /// The schemas in which its queries look for names.
    pub path: &'a [String],
    /// The command, as a shell reads it.
    pub command: Option<&'a str>,
    /// The database, which the command's environment names.
    pub settings: &'a Settings,
}

impl Before<'_> {
    /// Asks what is to hold before anything is done.
    ///
    /// # Errors
    /// When something does not hold, or cannot be said.
    pub(super) async fn verify(&self, client: &Client) -> Result<Vec<Verified>> {
        let results = data::ask(client, self.verify, When::Before, self.path).await;
        let missed: Vec<&Verified> = results.iter().filter(|r| r.state != State::Passed).collect();
        if missed.is_empty() {
            return Ok(results);
        }
        let error = |r: &Verified| {
            let place = self.verify.iter().find(|v| v.name == r.name).map(|v| &v.origin);
            let what = if r.state == State::Failed { "does not hold" } else { "cannot be said" };
            Diagnostic::error("verify-before", format!("verify `{}` {what}", r.name))
                .at_opt(place)
                .label(r.words())
                .note("it is to hold before the first step; nothing has been changed")
        };
        Err(Failure { diagnostics: missed.into_iter().map(error).collect() })
    }

    /// Runs it to its end. What it prints goes to the standard error: the standard output is the result's.
    ///
    /// # Errors
    /// When it fails; nothing is applied then.
    pub(super) async fn run(&self) -> Result<()> {
        let Some(text) = self.command else { return Ok(()) };
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
