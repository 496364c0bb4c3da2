//! Where things are kept: the cache, the root of the run directories, and the environment variables that say so.

use std::collections::BTreeMap;
use std::ffi::{CString, OsStr, OsString};
use std::fs::{DirBuilder, File, OpenOptions, TryLockError};
use std::io::ErrorKind;
use std::os::unix::ffi::OsStrExt;
use std::os::unix::fs::{DirBuilderExt, OpenOptionsExt, PermissionsExt};
use std::path::{Path, PathBuf};

use crate::diagnostic::{Diagnostic, Result};

use super::user::{Account, my_uid};

/// Names the directory in which the directories of running servers are made.
pub(super) const SHADOW_DIR: &str = "TRUEUP_SHADOW_DIR";
/// Names the directory that keeps fetched binaries and prepared data directories.
pub(super) const CACHE_DIR: &str = "TRUEUP_CACHE_DIR";

/// The longest path of a root: with a run directory's name and `/socket/.s.PGSQL.5432` it must fit `sockaddr_un`, which
/// has 104 bytes on macOS.
const LONGEST_ROOT: usize = 40;
/// What a root must have free to be taken without being asked for.
const ENOUGH: u64 = 256 << 20;
/// What a root must have free at all: initdb takes most of it.
const LEAST: u64 = 64 << 20;

/// The environment variables, as a value, so that tests need not change the process' own.
#[derive(Debug, Clone, Default)]
pub(super) struct Env(BTreeMap<OsString, OsString>);

impl Env {
    /// Those of this process.
    pub(super) fn of_process() -> Self {
        Env(std::env::vars_os().collect())
    }

    /// One variable, unless it is unset or empty.
    pub(super) fn get(&self, name: &str) -> Option<&OsStr> {
        self.0.get(OsStr::new(name)).map(OsString::as_os_str).filter(|v| !v.is_empty())
    }

    /// A variable that holds an absolute path.
    pub(super) fn path(&self, name: &str) -> Option<PathBuf> {
        self.get(name).map(PathBuf::from).filter(|p| p.is_absolute())
    }

    /// A variable that holds a path, which may be relative to the working directory.
    fn place(&self, name: &str) -> Option<PathBuf> {
        std::path::absolute(self.get(name)?).ok()
    }

    #[cfg(test)]
    pub(super) fn of<const N: usize>(pairs: [(&str, &str); N]) -> Self {
        Env(pairs.into_iter().map(|(k, v)| (k.into(), v.into())).collect())
    }
}

/// The cache: `TRUEUP_CACHE_DIR`; root's in `/var/cache`, because the server runs as someone else, who may not enter
/// `/root`; everyone else's by the XDG base directory specification.
pub(super) fn cache_dir(env: &Env) -> Option<PathBuf> {
    if let Some(dir) = env.place(CACHE_DIR) {
        return Some(dir);
    }
    if my_uid() == 0 {
        return Some(PathBuf::from("/var/cache/trueup"));
    }
    let base = env.path("XDG_CACHE_HOME").or_else(|| env.path("HOME").map(|h| h.join(".cache")))?;
    Some(base.join("trueup"))
}

/// Makes a directory and its parents, open for others to enter whatever the umask says.
pub(super) fn make_open_dir(dir: &Path) -> std::io::Result<()> {
    if dir.is_dir() {
        return Ok(());
    }
    if let Some(parent) = dir.parent() {
        make_open_dir(parent)?;
    }
    match DirBuilder::new().mode(0o755).create(dir) {
        Err(e) if e.kind() == ErrorKind::AlreadyExists => Ok(()),
        Err(e) => Err(e),
        Ok(()) => std::fs::set_permissions(dir, std::fs::Permissions::from_mode(0o755)),
    }
}

/// The directory in which run directories are made: `TRUEUP_SHADOW_DIR`, else the first of `TMPDIR`, `/tmp`, `/var/tmp`
/// and `/dev/shm` that can be written to and has room, whose path is short enough for a socket, and which the server's
/// user can reach.
pub(super) fn temp_root(env: &Env, account: Option<&Account>) -> Result<PathBuf> {
    if let Some(dir) = env.place(SHADOW_DIR) {
        return match unusable(&dir, account, LEAST) {
            None => Ok(dir),
            Some(why) => Err(Diagnostic::error("shadow-place", format!("{SHADOW_DIR} cannot be used: {}", dir.display()))
                .note(why)
                .help(format!("make room there, or point {SHADOW_DIR} at another directory, or unset it"))
                .into()),
        };
    }
    let candidates = env.path("TMPDIR").into_iter().chain(["/tmp", "/var/tmp", "/dev/shm"].map(PathBuf::from));
    let mut reasons = Vec::new();
    for dir in candidates {
        match unusable(&dir, account, ENOUGH) {
            None => return Ok(dir),
            Some(why) => reasons.push(format!("{}: {why}", dir.display())),
        }
    }
    let mut diagnostic = Diagnostic::error("shadow-place", "no directory found in which the shadow server can run");
    diagnostic.notes = reasons;
    Err(diagnostic.help(format!("point {SHADOW_DIR} at a directory with {} MB free", ENOUGH >> 20)).into())
}

/// Why a directory cannot hold run directories, if it cannot.
fn unusable(dir: &Path, account: Option<&Account>, wanted: u64) -> Option<String> {
    if dir.as_os_str().len() > LONGEST_ROOT {
        return Some(format!("the path of a Unix socket there would be too long (at most {LONGEST_ROOT} bytes here)"));
    }
    if !dir.is_dir() {
        return Some("is not a directory".to_owned());
    }
    if let Some(account) = account
        && let Some(obstacle) = account.obstacle(dir)
    {
        return Some(format!("user {}, whom the server runs as, may not enter {}", account.name, obstacle.display()));
    }
    if !writable(dir) {
        return Some("cannot be written to".to_owned());
    }
    match free_bytes(dir) {
        Some(free) if free < wanted => Some(format!("has only {} MB free, which is less than {}", free >> 20, wanted >> 20)),
        _ => None,
    }
}

fn writable(dir: &Path) -> bool {
    let Ok(path) = CString::new(dir.as_os_str().as_bytes()) else { return false };
    // SAFETY: `path` is a C string that outlives the call.
    unsafe { libc::access(path.as_ptr(), libc::W_OK | libc::X_OK) == 0 }
}

/// What an ordinary user may still write to the file system of `path`.
pub(super) fn free_bytes(path: &Path) -> Option<u64> {
    let path = CString::new(path.as_os_str().as_bytes()).ok()?;
    // SAFETY: statvfs is a plain C struct, for which all zeroes is a value.
    let mut out: libc::statvfs = unsafe { std::mem::zeroed() };
    // SAFETY: `path` is a C string and `out` a struct of the right type; both outlive the call.
    let done = unsafe { libc::statvfs(path.as_ptr(), &mut out) } == 0;
    // The types differ between platforms.
    #[allow(clippy::unnecessary_cast)]
    done.then(|| (out.f_bavail as u64).saturating_mul(out.f_frsize as u64))
}

/// A lock that one process holds until it drops it or ends (`flock`).
#[derive(Debug)]
pub(super) struct Lock {
    _file: File,
}

impl Lock {
    /// Waits for the lock. None where the file cannot be made or the file system has no locks.
    ///
    /// `waiting` is called once if someone else has it.
    pub(super) fn take(path: &Path, waiting: impl FnOnce()) -> Option<Lock> {
        let file = OpenOptions::new().create(true).truncate(false).write(true).mode(0o600).open(path).ok()?;
        match file.try_lock() {
            Ok(()) => return Some(Lock { _file: file }),
            Err(TryLockError::WouldBlock) => waiting(),
            Err(TryLockError::Error(_)) => return None,
        }
        loop {
            match file.lock() {
                Ok(()) => return Some(Lock { _file: file }),
                Err(e) if e.kind() == ErrorKind::Interrupted => {}
                Err(_) => return None,
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_cache_has_one_place_for_each_kind_of_user() {
        let env = Env::of([("TRUEUP_CACHE_DIR", "/c"), ("HOME", "/home/a")]);
        assert_eq!(cache_dir(&env), Some("/c".into()));
        let env = Env::of([("TRUEUP_CACHE_DIR", "near")]);
        assert_eq!(cache_dir(&env), Some(std::env::current_dir().unwrap().join("near")));
        let env = Env::of([("TRUEUP_CACHE_DIR", ""), ("XDG_CACHE_HOME", "/x"), ("HOME", "/home/a")]);
        let expected = if my_uid() == 0 { "/var/cache/trueup" } else { "/x/trueup" };
        assert_eq!(cache_dir(&env), Some(expected.into()));
    }

    #[test]
    fn a_long_or_missing_temporary_directory_is_passed_over() {
        let long = format!("/tmp/{}", "x".repeat(80));
        assert_eq!(temp_root(&Env::of([("TMPDIR", &long)]), None).unwrap(), Path::new("/tmp"));
        let failure = temp_root(&Env::of([("TRUEUP_SHADOW_DIR", "/no/such/place")]), None).unwrap_err();
        assert!(failure.to_string().contains("is not a directory"), "{failure}");
    }

    #[test]
    fn a_lock_is_held_by_one() {
        let path = std::env::temp_dir().join(format!("trueup-test-lock-{}", std::process::id()));
        let first = Lock::take(&path, || panic!("nobody has it")).unwrap();
        let (path2, (tell, told)) = (path.clone(), std::sync::mpsc::channel());
        let other = std::thread::spawn(move || Lock::take(&path2, || tell.send(()).unwrap()).is_some());
        told.recv().unwrap();
        drop(first);
        assert!(other.join().unwrap());
        std::fs::remove_file(&path).unwrap();
    }
}
