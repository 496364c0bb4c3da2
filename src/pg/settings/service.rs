//! The connection service file, `pg_service.conf`.
//!
//! Manual: libpq-pgservice.

use std::path::{Path, PathBuf};

use super::os;
use super::parameters::{Given, Origin, find};
use crate::diagnostic::{Diagnostic, Result, closest};

/// Where the system-wide file is when PGSYSCONFDIR does not say: Debian and PGDG, Fedora and PGDG, from source.
const SYSTEM_DIRS: &[&str] = &["/etc/postgresql-common", "/etc/sysconfig/pgsql", "/usr/local/pgsql/etc"];

/// If a service is named, takes in what its section says about parameters that are not set yet.
pub(super) fn add(given: &mut Given, environment: &dyn Fn(&str) -> Option<String>) -> Result<()> {
    let variable = |name: &str| environment(name).filter(|v| !v.is_empty());
    let Some(service) = given.get("service").map(str::to_string).or_else(|| variable("PGSERVICE")) else {
        return Ok(());
    };
    let named = given.get("servicefile").map(str::to_string).or_else(|| variable("PGSERVICEFILE"));
    let mut known = Vec::new();
    let files = files(named, environment);
    for path in &files {
        let text = match std::fs::read_to_string(path) {
            Ok(text) => text,
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => continue,
            Err(error) => {
                return Err(Diagnostic::error(
                    "service-file",
                    format!("service file `{}` cannot be read: {error}", path.display()),
                )
                .into());
            }
        };
        if section(&text, path, &service, given, &mut known)? {
            return Ok(());
        }
    }
    Err(unknown_service(&service, &files, &known).into())
}

/// The user's file goes before the system's. PGSERVICEFILE stands for the user's.
fn files(named: Option<String>, environment: &dyn Fn(&str) -> Option<String>) -> Vec<PathBuf> {
    let user = named.map(PathBuf::from).or_else(|| {
        os::home(environment).map(|home| if cfg!(windows) { home.join("postgresql") } else { home }.join(".pg_service.conf"))
    });
    let system: Vec<PathBuf> = match environment("PGSYSCONFDIR").filter(|v| !v.is_empty()) {
        Some(dir) => vec![dir.into()],
        None => SYSTEM_DIRS.iter().map(PathBuf::from).collect(),
    };
    user.into_iter().chain(system.into_iter().map(|dir| dir.join("pg_service.conf"))).collect()
}

/// Reads the first section of that name; says whether there was one. The names of the others are kept for messages.
fn section(text: &str, path: &Path, service: &str, given: &mut Given, known: &mut Vec<String>) -> Result<bool> {
    let mut inside = false;
    for (index, line) in text.lines().enumerate() {
        let line = line.trim();
        if line.is_empty() || line.starts_with('#') {
            continue;
        }
        if let Some(name) = line.strip_prefix('[').and_then(|l| l.strip_suffix(']')) {
            if inside {
                return Ok(true);
            }
            inside = name == service;
            known.push(name.to_string());
            continue;
        }
        if !inside {
            continue;
        }
        // The line itself is not shown: it may hold a password.
        let wrong = |what: String| {
            Diagnostic::error("service-file", format!("{}:{}: {what}", path.display(), index + 1))
                .note(format!("while reading service `{service}`"))
        };
        if line.starts_with("ldap") {
            return Err(wrong("looking services up over LDAP is not supported".into()).into());
        }
        let Some((name, value)) = line.split_once('=') else {
            return Err(wrong("this line is not `name=value`".into()).into());
        };
        match name {
            "service" | "servicefile" => {
                return Err(wrong(format!("`{name}` is not allowed within a service")).into());
            }
            name if find(name).is_none() => {
                let names = super::parameters::PARAMETERS.iter().map(|p| p.name);
                let mut diagnostic = wrong(format!("`{}` is not a connection parameter", name.trim()));
                if name.trim() != name {
                    diagnostic = diagnostic.help("write no spaces around the `=`");
                } else if let Some(near) = closest(name, names) {
                    diagnostic = diagnostic.help(format!("did you mean `{near}`?"));
                }
                return Err(diagnostic.into());
            }
            name => given.add(name, value.to_string(), Origin::Service(service.to_string()))?,
        }
    }
    Ok(inside)
}

fn unknown_service(service: &str, files: &[PathBuf], known: &[String]) -> Diagnostic {
    let looked: Vec<String> = files.iter().map(|f| format!("`{}`", f.display())).collect();
    let diagnostic = Diagnostic::error("unknown-service", format!("connection service `{service}` is not defined"))
        .note(format!("looked in {}", looked.join(", ")));
    match closest(service, known.iter().map(String::as_str)) {
        Some(near) => diagnostic.help(format!("did you mean `{near}`?")),
        None => diagnostic.help(format!("define it there: a line `[{service}]`, then lines such as `host=localhost`")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str, service: &str) -> Result<(bool, Given)> {
        let mut given = Given::default();
        let found = section(text, Path::new("pg_service.conf"), service, &mut given, &mut Vec::new())?;
        Ok((found, given))
    }

    #[test]
    fn the_first_section_of_the_name_counts() {
        let text = "# comment\n[a]\nhost=x\n\n[b]\n  host=y \nport=1\n[b]\nhost=z\n";
        let (found, given) = read(text, "b").unwrap();
        assert!(found);
        assert_eq!((given.get("host"), given.get("port")), (Some("y"), Some("1")));
        assert!(!read(text, "c").unwrap().0);
    }

    #[test]
    fn what_is_set_already_stays() {
        let mut given = Given::default();
        given.add("host", "given".into(), Origin::Text).unwrap();
        section("[a]\nhost=x\nport=1", Path::new("f"), "a", &mut given, &mut Vec::new()).unwrap();
        assert_eq!((given.get("host"), given.get("port")), (Some("given"), Some("1")));
    }

    #[test]
    fn mistakes_name_the_line_and_not_its_value() {
        for text in ["[a]\npasword=hunter", "[a]\npassword =hunter", "[a]\nhunter2", "[a]\nservice=hunter"] {
            let error = read(text, "a").expect_err(text).to_string();
            assert!(error.contains("pg_service.conf:2") && !error.contains("hunter"), "{error}");
        }
    }
}
