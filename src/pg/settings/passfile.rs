//! The password file, `~/.pgpass`.
//!
//! Manual: libpq-pgpass.

use std::path::Path;

use super::Secret;
use super::os::is_default_socket_dir;
use crate::diagnostic::Diagnostic;

/// The lines of a password file; none if there is no file.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct PassFile {
    lines: Vec<Line>,
}

/// `host:port:database:user:password`. A field that is none was a `*`.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Line {
    fields: [Option<String>; 4],
    password: Secret,
}

impl PassFile {
    /// Reads the file if there is one. A file that others can read is left aside with a warning, as libpq does.
    pub fn read(path: &Path) -> (PassFile, Option<Diagnostic>) {
        let Ok(metadata) = std::fs::metadata(path) else { return (PassFile::default(), None) };
        let refuse =
            |why: &str| Diagnostic::warning("password-file", format!("password file `{}` is not used: {why}", path.display()));
        if !metadata.is_file() {
            return (PassFile::default(), Some(refuse("it is not a plain file")));
        }
        if open_to_others(&metadata) {
            let warning = refuse("group or others have access to it").help(format!("run `chmod 0600 {}`", path.display()));
            return (PassFile::default(), Some(warning));
        }
        match std::fs::read(path) {
            Ok(bytes) => (PassFile::parse(&String::from_utf8_lossy(&bytes)), None),
            Err(error) => (PassFile::default(), Some(refuse(&error.to_string()))),
        }
    }

    fn parse(text: &str) -> PassFile {
        let lines = text.lines().filter(|line| !line.starts_with('#')).filter_map(Line::parse).collect();
        PassFile { lines }
    }

    /// The password of the first line that fits. `host` is a name, an address or a socket directory.
    pub fn find(&self, host: &str, port: u16, dbname: &str, user: &str) -> Option<&Secret> {
        let port = port.to_string();
        self.lines
            .iter()
            .find(|line| {
                let [h, p, d, u] = &line.fields;
                let is_host = |wanted: &String| wanted == host || (wanted == "localhost" && is_default_socket_dir(host));
                h.as_ref().is_none_or(is_host)
                    && p.as_ref().is_none_or(|p| *p == port)
                    && d.as_ref().is_none_or(|d| d == dbname)
                    && u.as_ref().is_none_or(|u| u == user)
            })
            .map(|line| &line.password)
    }
}

impl Line {
    fn parse(line: &str) -> Option<Line> {
        let mut rest = line;
        let mut next = || {
            let (field, after) = field(rest)?;
            rest = after;
            Some(field)
        };
        let fields = [next()?, next()?, next()?, next()?];
        let (password, _) = field(rest)?;
        // Only a bare `*` is a wildcard; an escaped one is the letter.
        Some(Line {
            fields: fields.map(|(text, escaped)| (escaped || text != "*").then_some(text)),
            password: Secret(password.0),
        })
    }
}

/// Text up to an unescaped colon, whether anything in it was escaped, and what follows. None at the end of the line.
fn field(text: &str) -> Option<((String, bool), &str)> {
    if text.is_empty() {
        return None;
    }
    let (mut value, mut escaped) = (String::new(), false);
    let mut letters = text.char_indices();
    while let Some((at, c)) = letters.next() {
        match c {
            '\\' => {
                escaped = true;
                value.extend(letters.next().map(|(_, c)| c));
            }
            ':' => return Some(((value, escaped), &text[at + 1..])),
            c => value.push(c),
        }
    }
    Some(((value, escaped), ""))
}

#[cfg(unix)]
fn open_to_others(metadata: &std::fs::Metadata) -> bool {
    use std::os::unix::fs::PermissionsExt;
    metadata.permissions().mode() & 0o077 != 0
}

/// Windows: the folder is taken to be private, as libpq does.
#[cfg(not(unix))]
fn open_to_others(_: &std::fs::Metadata) -> bool {
    false
}

#[cfg(test)]
mod tests {
    use super::*;

    fn password(text: &str, host: &str, dbname: &str) -> Option<String> {
        PassFile::parse(text).find(host, 5432, dbname, "u").map(|s| s.0.clone())
    }

    #[test]
    fn the_first_line_that_fits_wins() {
        let text = "# a comment\nh:5433:*:u:wrong port\nh:5432:d:u:exact\nh:*:*:*:any\n*:*:*:*:last\n";
        assert_eq!(password(text, "h", "d").as_deref(), Some("exact"));
        assert_eq!(password(text, "h", "other").as_deref(), Some("any"));
        assert_eq!(password(text, "elsewhere", "d").as_deref(), Some("last"));
        assert_eq!(password("h:5432:d:someone:x", "h", "d"), None);
    }

    #[test]
    fn colons_and_backslashes_are_escaped() {
        assert_eq!(password(r"\:\:1:5432:d:u:a\:b\\c", "::1", "d").as_deref(), Some(r"a:b\c"));
        assert_eq!(password(r"h:5432:\*:u:x", "h", "d"), None);
        assert_eq!(password("h:5432:d:u:a:b", "h", "d").as_deref(), Some("a"));
    }

    #[test]
    fn the_default_socket_is_localhost() {
        assert_eq!(password("localhost:*:*:*:x", "/var/run/postgresql", "d").as_deref(), Some("x"));
        assert_eq!(password("/srv/pg:*:*:*:x", "/srv/pg", "d").as_deref(), Some("x"));
        assert_eq!(password("localhost:*:*:*:x", "/srv/pg", "d"), None);
    }

    #[test]
    fn short_lines_and_missing_files_are_passed_over() {
        assert_eq!(password("h:5432:d:u\n\nnonsense", "h", "d"), None);
        assert_eq!(PassFile::read(Path::new("/nonexistent/pgpass")), (PassFile::default(), None));
    }

    #[cfg(unix)]
    #[test]
    fn a_file_that_others_can_read_is_not_used() {
        use std::os::unix::fs::PermissionsExt;
        let path = std::env::temp_dir().join(format!("trueup-pgpass-{}", std::process::id()));
        std::fs::write(&path, "*:*:*:*:x").unwrap();
        std::fs::set_permissions(&path, std::fs::Permissions::from_mode(0o644)).unwrap();
        let (file, warning) = PassFile::read(&path);
        assert_eq!(file, PassFile::default());
        assert!(warning.unwrap().help[0].contains("chmod 0600"));
        std::fs::set_permissions(&path, std::fs::Permissions::from_mode(0o600)).unwrap();
        assert_eq!(PassFile::read(&path).0.lines.len(), 1);
        std::fs::remove_file(&path).unwrap();
    }
}
