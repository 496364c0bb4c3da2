//! What libpq asks the operating system: who runs this, and where the server's socket is.

use std::path::{Path, PathBuf};

/// Where the packages of Debian, Fedora, Homebrew and PostgreSQL's own build put the server's socket.
const SOCKET_DIRS: &[&str] = &["/var/run/postgresql", "/tmp"];

/// Whether this is a place that `.pgpass` calls `localhost`.
pub(super) fn is_default_socket_dir(dir: &str) -> bool {
    SOCKET_DIRS.contains(&dir.trim_end_matches('/'))
}

/// The host when none is given: the directory in which a server listens at that port, else `localhost`.
///
/// libpq has one directory compiled in. Which one differs between packages, so this looks for the socket itself.
pub(super) fn default_host(port: u16) -> String {
    SOCKET_DIRS
        .iter()
        .find(|dir| Path::new(dir).join(format!(".s.PGSQL.{port}")).exists())
        .map_or_else(|| "localhost".to_string(), ToString::to_string)
}

/// The folder of the user's own files. As in libpq, HOME goes before the user database.
pub(super) fn home(environment: &dyn Fn(&str) -> Option<String>) -> Option<PathBuf> {
    if cfg!(windows) {
        return environment("APPDATA").filter(|v| !v.is_empty()).map(PathBuf::from);
    }
    environment("HOME").filter(|v| !v.is_empty()).map(PathBuf::from).or_else(|| passwd().map(|(_, home)| home))
}

/// The folder of certificates and keys.
pub(super) fn certificate_folder(environment: &dyn Fn(&str) -> Option<String>) -> Option<PathBuf> {
    home(environment).map(|home| home.join(if cfg!(windows) { "postgresql" } else { ".postgresql" }))
}

/// The name of the operating system's user, who is the database user when none is given.
pub(super) fn user(environment: &dyn Fn(&str) -> Option<String>) -> Option<String> {
    if cfg!(windows) {
        return environment("USERNAME").filter(|v| !v.is_empty());
    }
    passwd().map(|(name, _)| name)
}

/// Name and home of the user whose rights this process has.
#[cfg(unix)]
fn passwd() -> Option<(String, PathBuf)> {
    use std::ffi::{CStr, OsStr};
    use std::os::unix::ffi::OsStrExt;

    let mut buffer: Vec<libc::c_char> = vec![0; 16 * 1024];
    let mut found: *mut libc::passwd = std::ptr::null_mut();
    // SAFETY: an all-zero passwd is a valid value of that plain C struct.
    let mut entry: libc::passwd = unsafe { std::mem::zeroed() };
    // SAFETY: all pointers are to live locals and the length is the buffer's.
    let status = unsafe { libc::getpwuid_r(libc::geteuid(), &mut entry, buffer.as_mut_ptr(), buffer.len(), &mut found) };
    if status != 0 || found.is_null() {
        return None;
    }
    // SAFETY: on success both are NUL-terminated strings within `buffer`, which outlives these borrows.
    let (name, home) = unsafe { (CStr::from_ptr(entry.pw_name), CStr::from_ptr(entry.pw_dir)) };
    Some((name.to_str().ok()?.to_string(), PathBuf::from(OsStr::from_bytes(home.to_bytes()))))
}

#[cfg(not(unix))]
fn passwd() -> Option<(String, PathBuf)> {
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_port_without_socket_is_looked_for_on_localhost() {
        assert_eq!(default_host(1), "localhost");
    }

    #[test]
    fn home_is_the_environments_and_else_the_user_databases() {
        assert_eq!(home(&|_| Some("/home/x".into())), Some("/home/x".into()));
        assert_eq!(home(&|_| Some(String::new())), home(&|_| None));
    }
}
