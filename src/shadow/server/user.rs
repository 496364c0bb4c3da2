//! Whom the server runs as: PostgreSQL refuses to run as root.
//!
//! "The PostgreSQL server must be started by the user that owns the data directory"; as root, `postgres` and `initdb`
//! end at once (<https://www.postgresql.org/docs/current/postgres-user.html>).

use std::ffi::CString;
use std::os::unix::fs::MetadataExt;
use std::path::{Path, PathBuf};

use crate::diagnostic::{Diagnostic, Result};

/// An entry of the user database.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Account {
    pub(super) name: String,
    pub(super) uid: u32,
    pub(super) gid: u32,
}

/// The effective user of this process.
pub(super) fn my_uid() -> u32 {
    // SAFETY: geteuid has no preconditions and cannot fail.
    unsafe { libc::geteuid() }
}

/// The user to change to: none unless this process is root's, else `postgres`, else `nobody`.
pub(super) fn server_account() -> Result<Option<Account>> {
    if my_uid() != 0 {
        return Ok(None);
    }
    match ["postgres", "nobody"].into_iter().filter_map(lookup).find(|a| a.uid != 0) {
        Some(account) => Ok(Some(account)),
        None => Err(Diagnostic::error("shadow-user", "PostgreSQL refuses to run as root, and no other user is there to run it")
            .note("neither `postgres` nor `nobody` is in the user database (/etc/passwd)")
            .help("run trueup as an ordinary user, or add one: useradd --system postgres")
            .help("or give a server to work on with --shadow URL; trueup makes a scratch database there")
            .into()),
    }
}

/// Whether this process' user has an entry in the user database, which initdb insists on.
pub(super) fn have_entry() -> bool {
    entry(|out, buffer, result| {
        // SAFETY: `out`, `result` and the buffer are valid for the call; the buffer's length is given with it.
        unsafe { libc::getpwuid_r(libc::geteuid(), out, buffer.as_mut_ptr().cast(), buffer.len(), result) }
    })
    .is_some()
}

/// Looks a user up by name.
fn lookup(name: &str) -> Option<Account> {
    let c_name = CString::new(name).ok()?;
    let (uid, gid) = entry(|out, buffer, result| {
        // SAFETY: `c_name` is a C string, `out`, `result` and the buffer are valid for the call; the length is given.
        unsafe { libc::getpwnam_r(c_name.as_ptr(), out, buffer.as_mut_ptr().cast(), buffer.len(), result) }
    })?;
    Some(Account { name: name.to_owned(), uid, gid })
}

/// Calls one of the `getpw*_r` functions with a buffer that grows until the entry fits.
fn entry(mut call: impl FnMut(&mut libc::passwd, &mut [u8], &mut *mut libc::passwd) -> libc::c_int) -> Option<(u32, u32)> {
    let mut size = 1024;
    loop {
        let mut buffer = vec![0u8; size];
        // SAFETY: passwd is a plain C struct, for which all zeroes (null pointers) is a value.
        let mut out: libc::passwd = unsafe { std::mem::zeroed() };
        let mut result = std::ptr::null_mut();
        match call(&mut out, &mut buffer, &mut result) {
            0 if result.is_null() => return None,
            0 => return Some((out.pw_uid, out.pw_gid)),
            libc::ERANGE if size < 1 << 20 => size *= 4,
            libc::EINTR => {}
            _ => return None,
        }
    }
}

impl Account {
    /// The first directory on the way to `path`, the last included, that this user may not enter.
    pub(super) fn obstacle(&self, path: &Path) -> Option<PathBuf> {
        let real = path.canonicalize().unwrap_or_else(|_| path.to_owned());
        let mut way: Vec<&Path> = real.ancestors().collect();
        way.reverse();
        way.into_iter().find(|step| !self.may_enter(step)).map(Path::to_owned)
    }

    /// The message when this process, though root, may not act as this user: a container without capabilities, a user
    /// namespace with only one user. None if the error has another reason.
    pub(super) fn refused(&self, error: &std::io::Error) -> Option<Diagnostic> {
        let refused = matches!(error.raw_os_error(), Some(libc::EPERM | libc::EINVAL));
        refused.then(|| {
            let what = format!("this process is root, but not allowed to start PostgreSQL as user {}", self.name);
            Diagnostic::error("shadow-user", what)
                .note(format!("PostgreSQL refuses to run as root, and changing the user failed: {error}"))
                .help("run trueup as an ordinary user")
                .help("or give the container the capabilities CHOWN, SETUID and SETGID, and more than one user id")
                .help("or give a server to work on with --shadow URL; trueup makes a scratch database there")
        })
    }

    /// Whether the mode bits let this user enter (a directory) or run (a file). Access lists are not looked at.
    fn may_enter(&self, path: &Path) -> bool {
        let Ok(meta) = path.metadata() else { return false };
        let bit = match () {
            () if meta.uid() == self.uid => 0o100,
            () if meta.gid() == self.gid => 0o010,
            () => 0o001,
        };
        meta.mode() & bit != 0
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::os::unix::fs::PermissionsExt;

    #[test]
    fn root_is_found_and_nonsense_is_not() {
        assert_eq!(lookup("root"), Some(Account { name: "root".into(), uid: 0, gid: 0 }));
        assert_eq!(lookup("no-such-user-here"), None);
        assert!(have_entry());
    }

    #[test]
    fn a_closed_directory_is_an_obstacle() {
        let top = std::env::temp_dir().join(format!("trueup-test-user-{}", std::process::id()));
        let inner = top.join("a/b");
        std::fs::create_dir_all(&inner).unwrap();
        std::fs::set_permissions(top.join("a"), std::fs::Permissions::from_mode(0o700)).unwrap();
        for dir in [&top, &inner] {
            std::fs::set_permissions(dir, std::fs::Permissions::from_mode(0o755)).unwrap();
        }
        let stranger = Account { name: "stranger".into(), uid: 60_123, gid: 60_123 };
        assert_eq!(stranger.obstacle(&top), None);
        assert_eq!(stranger.obstacle(&inner), Some(top.canonicalize().unwrap().join("a")));
        std::fs::remove_dir_all(&top).unwrap();
    }
}
