//! The private directory of one running server.
//!
//! ```text
//! /tmp/trueup-shadow-<process id>-<start of the process>-<random>/
//!   lock              held by this process for as long as it lives: sweep goes by it
//!   postgresql.conf   pg_hba.conf   server.log
//!   data/             the data directory
//!   socket/           .s.PGSQL.5432
//! ```
//!
//! When root runs a server as another user, only `data` and `socket` are that user's. Nobody but root can then change
//! what the directory consists of, so that its removal, with root's rights, meets no surprises.

use std::fs::{DirBuilder, File, OpenOptions, Permissions};
use std::hash::{BuildHasher, Hasher};
use std::io::{self, Read, Seek, SeekFrom};
use std::os::unix::fs::{DirBuilderExt, OpenOptionsExt, PermissionsExt, chown, lchown};
use std::path::{Path, PathBuf};
use std::time::Duration;

use crate::diagnostic::{Diagnostic, Failure, Result};

use super::user::Account;
use super::watchdog::Watchdog;
use super::{io_failure, process};

/// The start of the directory's name.
pub(super) const NAME: &str = "trueup-shadow-";
/// The name of the lock file in it.
pub(super) const LOCK: &str = "lock";
/// How much of the log a message shows.
const LOG_LINES: usize = 15;

/// The directory, removed when this is dropped or the process ends.
#[derive(Debug)]
pub(super) struct RunDir {
    path: PathBuf,
    log: File,
    _lock: File,
    // Last: it waits until it sees that there is nothing left to do.
    watchdog: Watchdog,
}

impl RunDir {
    /// Makes one, in which the server's user can work.
    pub(super) fn create(root: &Path, account: Option<&Account>) -> Result<Self> {
        let path = root.join(name());
        let failed = |e: io::Error| match account.and_then(|a| a.refused(&e)) {
            Some(diagnostic) => Failure::from(diagnostic),
            None => io_failure("shadow-place", "make the shadow server's directory", &path, &e),
        };
        let mut watchdog = Watchdog::start(&path).map_err(|e| {
            Diagnostic::error("shadow-place", "cannot start /bin/sh, which cleans up after the shadow server").note(e.to_string())
        })?;
        watchdog.remove_directory();
        DirBuilder::new().mode(0o700).create(&path).map_err(|e| {
            watchdog.keep_directory();
            failed(e)
        })?;
        let file = |name: &str| OpenOptions::new().read(true).append(true).create_new(true).mode(0o600).open(path.join(name));
        let lock = file(LOCK).map_err(failed)?;
        // Without locks on this file system the sweep has the process id to go by.
        let _ = lock.try_lock();
        let log = file("server.log").map_err(failed)?;
        let run = RunDir { path: path.clone(), log, _lock: lock, watchdog };
        if let Some(account) = account {
            chown(&path, None, Some(account.gid)).map_err(failed)?;
            std::fs::set_permissions(&path, Permissions::from_mode(0o750)).map_err(failed)?;
        }
        make_private_dir(&run.socket(), account).map_err(failed)?;
        Ok(run)
    }

    /// Writes a file that the server can read.
    pub(super) fn write(&self, name: &str, text: &str) -> Result<()> {
        let path = self.path.join(name);
        let written = std::fs::write(&path, text);
        let written = written.and_then(|()| std::fs::set_permissions(&path, Permissions::from_mode(0o644)));
        written.map_err(|e| io_failure("shadow-place", "write", &path, &e))
    }

    pub(super) fn path(&self) -> &Path {
        &self.path
    }

    pub(super) fn data(&self) -> PathBuf {
        self.path.join("data")
    }

    pub(super) fn socket(&self) -> PathBuf {
        self.path.join("socket")
    }

    pub(super) fn log(&self) -> io::Result<File> {
        self.log.try_clone()
    }

    pub(super) fn watchdog(&mut self) -> &mut Watchdog {
        &mut self.watchdog
    }

    /// The last lines of the server's log.
    pub(super) fn log_tail(&self) -> Vec<String> {
        let mut bytes = Vec::new();
        let mut log = &self.log;
        let length = log.metadata().map(|m| m.len()).unwrap_or(0);
        let _ = log.seek(SeekFrom::Start(length.saturating_sub(16 << 10))).and_then(|_| log.read_to_end(&mut bytes));
        let text = String::from_utf8_lossy(&bytes);
        let lines: Vec<&str> = text.lines().collect();
        lines[lines.len().saturating_sub(LOG_LINES)..].iter().map(|line| (*line).to_owned()).collect()
    }
}

impl Drop for RunDir {
    fn drop(&mut self) {
        if self.data().join("postmaster.pid").exists() {
            // The server did not end as it should: a case for the watchdog.
            return;
        }
        for _ in 0..50 {
            match std::fs::remove_dir_all(&self.path) {
                Ok(()) => return,
                Err(e) if e.kind() == io::ErrorKind::NotFound => return,
                Err(_) => std::thread::sleep(Duration::from_millis(20)),
            }
        }
    }
}

/// Makes a directory that only the server's user can enter.
pub(super) fn make_private_dir(path: &Path, account: Option<&Account>) -> io::Result<()> {
    DirBuilder::new().mode(0o700).create(path)?;
    account.map_or(Ok(()), |account| lchown(path, Some(account.uid), Some(account.gid)))
}

/// A name that no other process makes, and that says which one made it.
fn name() -> String {
    let pid = std::process::id();
    let start = process::start_time(pid).unwrap_or(0);
    let random = std::hash::RandomState::new().build_hasher().finish();
    format!("{NAME}{pid}-{start}-{:08x}", random & 0xffff_ffff)
}

#[cfg(test)]
mod tests {
    use super::*;
    use io::Write;

    #[test]
    fn it_is_private_and_goes_away() {
        let run = RunDir::create(Path::new("/tmp"), None).unwrap();
        let path = run.path().to_owned();
        assert_eq!(path.metadata().unwrap().permissions().mode() & 0o777, 0o700);
        assert!(run.socket().join(".s.PGSQL.5432").as_os_str().len() < 100, "{}", path.display());
        drop(run);
        assert!(!path.exists());
    }

    #[test]
    fn the_log_is_shown_from_its_end() {
        let run = RunDir::create(Path::new("/tmp"), None).unwrap();
        for i in 0..1000 {
            writeln!(run.log().unwrap(), "line {i} of the log").unwrap();
        }
        let tail = run.log_tail();
        assert_eq!((tail.len(), tail.last().unwrap().as_str()), (LOG_LINES, "line 999 of the log"));
    }
}
