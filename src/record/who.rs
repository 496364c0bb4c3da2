//! Who applies: the user and the machine, or what runs in CI and for whom; and the commit of the model.

use std::path::Path;
use std::process::{Command, Stdio};

use serde::{Deserialize, Serialize};

/// Who runs this program.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Who {
    /// The operating system's user, or CI's word for who started the run.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub user: Option<String>,
    /// The machine's name.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub host: Option<String>,
    /// What CI it is.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub ci: Option<String>,
    /// Where the run can be looked at.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub run: Option<String>,
}

/// How one CI names itself.
struct Ci {
    name: &'static str,
    /// Set when it is this one.
    mark: &'static str,
    user: &'static str,
    /// The parts of the run's address, put together with `/`.
    run: &'static [&'static str],
    commit: &'static str,
}

/// The variables that the CI systems' own manuals list.
const CIS: &[Ci] = &[
    Ci {
        name: "GitHub Actions",
        mark: "GITHUB_ACTIONS",
        user: "GITHUB_ACTOR",
        run: &["GITHUB_SERVER_URL", "GITHUB_REPOSITORY", "=actions/runs", "GITHUB_RUN_ID"],
        commit: "GITHUB_SHA",
    },
    Ci { name: "GitLab CI", mark: "GITLAB_CI", user: "GITLAB_USER_LOGIN", run: &["CI_JOB_URL"], commit: "CI_COMMIT_SHA" },
    Ci { name: "CircleCI", mark: "CIRCLECI", user: "CIRCLE_USERNAME", run: &["CIRCLE_BUILD_URL"], commit: "CIRCLE_SHA1" },
    Ci {
        name: "Buildkite",
        mark: "BUILDKITE",
        user: "BUILDKITE_BUILD_CREATOR",
        run: &["BUILDKITE_BUILD_URL"],
        commit: "BUILDKITE_COMMIT",
    },
    Ci { name: "Jenkins", mark: "JENKINS_URL", user: "BUILD_USER_ID", run: &["BUILD_URL"], commit: "GIT_COMMIT" },
    Ci {
        name: "Azure Pipelines",
        mark: "TF_BUILD",
        user: "BUILD_REQUESTEDFOR",
        run: &["SYSTEM_COLLECTIONURI", "SYSTEM_TEAMPROJECT", "=_build/results?buildId=", "BUILD_BUILDID"],
        commit: "BUILD_SOURCEVERSION",
    },
    Ci { name: "CI", mark: "CI", user: "", run: &[], commit: "" },
];

fn variable(name: &str) -> Option<String> {
    std::env::var(name).ok().filter(|v| !v.is_empty())
}

fn ci() -> Option<&'static Ci> {
    CIS.iter().find(|ci| variable(ci.mark).is_some_and(|v| v != "false"))
}

impl Who {
    /// As the environment tells.
    pub fn now() -> Who {
        let ci = ci();
        let of_ci = ci.and_then(|ci| variable(ci.user));
        let part = |part: &&str| part.strip_prefix('=').map_or_else(|| variable(part), |text| Some(text.to_string()));
        let run = ci.and_then(|ci| ci.run.iter().map(part).collect::<Option<Vec<String>>>()).filter(|parts| !parts.is_empty());
        Who {
            user: of_ci.or_else(crate::pg::os_user),
            host: host(),
            ci: ci.map(|ci| ci.name.to_string()),
            run: run.map(|parts| parts.iter().map(|p| p.trim_end_matches('/')).collect::<Vec<_>>().join("/").replace("=/", "=")),
        }
    }

    /// In a few words: `ada@laptop`, `ada by GitHub Actions`.
    pub fn words(&self) -> String {
        let user = self.user.as_deref().unwrap_or("somebody");
        match (&self.ci, &self.host) {
            (Some(ci), _) => format!("{user} by {ci}"),
            (None, Some(host)) => format!("{user}@{host}"),
            (None, None) => user.to_string(),
        }
    }
}

#[cfg(unix)]
fn host() -> Option<String> {
    let mut buffer = [0u8; 256];
    // SAFETY: the pointer is to a live local and the length is the buffer's.
    let status = unsafe { libc::gethostname(buffer.as_mut_ptr().cast(), buffer.len() - 1) };
    let end = buffer.iter().position(|b| *b == 0).filter(|end| status == 0 && *end > 0)?;
    std::str::from_utf8(&buffer[..end]).ok().map(str::to_string)
}

#[cfg(not(unix))]
fn host() -> Option<String> {
    variable("COMPUTERNAME")
}

/// The commit of a model's folder, with a `+` when the model has been changed since; CI's word where git has none.
pub fn commit(model: &Path) -> Option<String> {
    let folder = if model.is_dir() { model } else { model.parent()? };
    let folder = if folder.as_os_str().is_empty() { Path::new(".") } else { folder };
    let git = |arguments: &[&str]| {
        let output = Command::new("git")
            // A repository's own settings start nothing here, and nobody waits for its lock.
            .args(["-c", "core.fsmonitor=false", "-C"])
            .arg(folder)
            .args(arguments)
            .env("GIT_OPTIONAL_LOCKS", "0")
            .stdin(Stdio::null())
            .stderr(Stdio::null())
            .output()
            .ok()?;
        output.status.success().then(|| String::from_utf8_lossy(&output.stdout).trim().to_string())
    };
    let Some(head) = git(&["rev-parse", "HEAD"]) else { return ci().and_then(|ci| variable(ci.commit)) };
    let changed = git(&["status", "--porcelain", "--", "."]).is_some_and(|files| !files.is_empty());
    Some(if changed { format!("{head}+") } else { head })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_few_words() {
        let who = |ci: Option<&str>, host: Option<&str>| Who {
            user: Some("ada".into()),
            host: host.map(Into::into),
            ci: ci.map(Into::into),
            run: None,
        };
        assert_eq!(who(None, Some("laptop")).words(), "ada@laptop");
        assert_eq!(who(Some("GitLab CI"), Some("runner-7")).words(), "ada by GitLab CI");
        assert_eq!(Who::default().words(), "somebody");
    }
}
