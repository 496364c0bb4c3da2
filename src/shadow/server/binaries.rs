//! PostgreSQL installations on this machine: a directory with `postgres` and `initdb`.

use std::collections::BTreeSet;
use std::io::Read;
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};
use std::time::Duration;

use crate::diagnostic::{Diagnostic, Result};

use super::places::Env;
use super::user::Account;
use super::versions::Versions;
use super::{binaries_cache, releases, ways_out};

/// Names a directory with `postgres` and `initdb`; no other is then looked at.
pub(super) const PG_BIN: &str = "TRUEUP_PG_BIN";
/// Hides what is installed on the machine, for tests of fetching.
pub(super) const IGNORE_INSTALLED: &str = "TRUEUP_IGNORE_INSTALLED";

/// How an [`Installation`] was found.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Source {
    /// Named by `TRUEUP_PG_BIN`.
    Named,
    /// In a directory of `PATH`.
    Path,
    /// `pg_config --bindir`, see <https://www.postgresql.org/docs/current/app-pgconfig.html>.
    PgConfig,
    /// In one of the places where packages put it.
    UsualPlace,
    /// A script in `PATH` that starts the real one (version managers, Nix).
    Wrapper,
    /// Fetched by trueup earlier, in its cache.
    Fetched,
}

impl Source {
    fn words(self) -> &'static str {
        match self {
            Source::Named => "named by TRUEUP_PG_BIN",
            Source::Path => "found in PATH",
            Source::PgConfig => "found by pg_config",
            Source::UsualPlace => "found where packages put it",
            Source::Wrapper => "a script found in PATH",
            Source::Fetched => "fetched earlier",
        }
    }
}

/// PostgreSQL's server programs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Installation {
    /// The major version: 15.
    pub major: u32,
    /// The version as a number, as `server_version_num` has it: 150018.
    pub version_num: i32,
    /// The version as `postgres --version` says it, without the product's name: `15.18 (Debian 15.18-0+deb12u1)`.
    pub version: String,
    /// The directory of `postgres` and `initdb`.
    pub bin_dir: PathBuf,
    /// How it was found.
    pub source: Source,
}

impl Installation {
    /// One line: version, how it was found, where.
    pub fn describe(&self) -> String {
        format!("PostgreSQL {}, {}: {}", self.version, self.source.words(), self.bin_dir.display())
    }

    /// The server program.
    pub fn postgres(&self) -> PathBuf {
        self.bin_dir.join("postgres")
    }

    /// The program that makes data directories.
    pub fn initdb(&self) -> PathBuf {
        self.bin_dir.join("initdb")
    }
}

/// All installations that the server's user can run, each once, the preferred way of finding it first.
pub(super) fn find(env: &Env, account: Option<&Account>) -> Result<Vec<Installation>> {
    if let Some(dir) = env.get(PG_BIN) {
        return named(Path::new(dir), account).map(|found| vec![found]);
    }
    let mut candidates = Vec::new();
    if env.get(IGNORE_INSTALLED).is_none_or(|v| v == "0") {
        candidates.extend(in_path(env));
        candidates.extend(pg_config(env).map(|dir| (dir, Source::PgConfig)));
        candidates.extend(usual_places().into_iter().map(|dir| (dir, Source::UsualPlace)));
    }
    candidates.extend(fetched(env).into_iter().map(|dir| (dir, Source::Fetched)));
    // Scripts come last: what they start is mostly found in another way too.
    candidates.sort_by_key(|(_, source)| *source == Source::Wrapper);
    let mut seen = BTreeSet::new();
    let versions = Versions::read(env);
    Ok(candidates
        .into_iter()
        .filter_map(|(dir, source)| Some((dir.canonicalize().ok()?, source)))
        .filter(|(dir, _)| seen.insert(dir.clone()))
        .filter_map(|(dir, source)| probe(&dir, source, account, &versions).ok())
        .collect())
}

fn named(dir: &Path, account: Option<&Account>) -> Result<Installation> {
    let found =
        dir.canonicalize().map_err(|e| e.to_string()).and_then(|dir| probe(&dir, Source::Named, account, &Versions::none()));
    found.map_err(|why| {
        Diagnostic::error("shadow-pg-bin", format!("{PG_BIN} names no usable PostgreSQL: {}", dir.display()))
            .note(why)
            .help(format!("point {PG_BIN} at the directory that holds `postgres` and `initdb`, or unset it"))
            .into()
    })
}

/// Looks at one directory; says why it does not serve.
pub(super) fn probe(
    dir: &Path,
    source: Source,
    account: Option<&Account>,
    versions: &Versions,
) -> std::result::Result<Installation, String> {
    for name in ["postgres", "initdb"] {
        let program = dir.join(name);
        if !is_program(&program) {
            return Err(format!("there is no program `{name}` in {}", dir.display()));
        }
        if let Some(account) = account
            && let Some(obstacle) = account.obstacle(dir).or_else(|| account.obstacle(&program))
        {
            let (user, obstacle) = (&account.name, obstacle.display());
            return Err(format!("the server must run as user {user}, who is kept out of {obstacle}"));
        }
    }
    let program = dir.join("postgres");
    let ask = || {
        let output = say_version(&program)?;
        let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).trim().to_owned();
        let said = text(&output.stdout);
        if output.status.success() && parse_version(&said).is_some() {
            return Ok(said);
        }
        Err(std::io::Error::other(format!("`postgres --version` said: {said}{}", text(&output.stderr))))
    };
    // What a script starts may change without it.
    let said = if is_script(&program) { ask() } else { versions.of(&program, ask) };
    let said = said.map_err(|e| format!("{} does not run: {e}", program.display()))?;
    let Some((major, version_num, version)) = parse_version(&said) else {
        return Err(format!("`postgres --version` said: {said}"));
    };
    Ok(Installation { major, version_num, version, bin_dir: dir.to_owned(), source })
}

fn say_version(postgres: &Path) -> std::io::Result<Output> {
    let mut tries = 0;
    loop {
        match Command::new(postgres).arg("--version").stdin(Stdio::null()).output() {
            // Just unpacked, and another thread has started a program meanwhile: it holds our file for a moment.
            Err(e) if e.kind() == std::io::ErrorKind::ExecutableFileBusy && tries < 100 => {
                tries += 1;
                std::thread::sleep(Duration::from_millis(10));
            }
            result => return result,
        }
    }
}

/// `postgres (PostgreSQL) 15.18 (Debian 15.18-0+deb12u1)` to 15, 150018 and what follows the product's name.
fn parse_version(said: &str) -> Option<(u32, i32, String)> {
    let version = said.trim().strip_prefix("postgres (PostgreSQL) ")?.lines().next()?;
    // 15.18, 18beta1, 19devel
    let number = |text: &str| text.split(|c: char| !c.is_ascii_digit()).next().and_then(|d| d.parse::<u32>().ok());
    let first = version.split_whitespace().next()?;
    let (major, minor) = first.split_once('.').map_or((number(first), Some(0)), |(a, b)| (number(a), number(b)));
    let (major, minor) = (major?, minor?);
    Some((major, i32::try_from(major.checked_mul(10_000)?.checked_add(minor)?).ok()?, version.to_owned()))
}

fn is_program(path: &Path) -> bool {
    path.metadata().is_ok_and(|m| m.is_file() && m.permissions().mode() & 0o111 != 0)
}

fn is_script(path: &Path) -> bool {
    let mut start = [0; 2];
    std::fs::File::open(path).and_then(|mut f| f.read_exact(&mut start)).is_ok() && start == *b"#!"
}

/// The directories of each `postgres` in `PATH`, links followed: Debian's package puts none there, but people do.
fn in_path(env: &Env) -> Vec<(PathBuf, Source)> {
    let dirs = env.get("PATH").map(|path| std::env::split_paths(path).collect::<Vec<_>>()).unwrap_or_default();
    dirs.iter()
        .filter(|dir| dir.is_absolute())
        .filter_map(|dir| dir.join("postgres").canonicalize().ok())
        .filter(|program| is_program(program))
        .filter_map(|program| {
            let source = if is_script(&program) { Source::Wrapper } else { Source::Path };
            Some((program.parent()?.to_owned(), source))
        })
        .collect()
}

fn pg_config(env: &Env) -> Option<PathBuf> {
    let path = env.get("PATH")?;
    let program = std::env::split_paths(path).map(|dir| dir.join("pg_config")).find(|p| p.is_absolute() && is_program(p))?;
    // Debian's is a script that looks where packages put it, as we do.
    if is_script(&program) && !usual_places().is_empty() {
        return None;
    }
    let output = Command::new(program).arg("--bindir").stdin(Stdio::null()).output().ok()?;
    let dir = PathBuf::from(String::from_utf8(output.stdout).ok()?.trim());
    dir.is_absolute().then_some(dir)
}

/// Where packages put the programs: a directory, the start of the names in it, and the rest of the path.
const USUAL_PLACES: [(&str, &str, &str); 14] = [
    ("/usr/lib/postgresql", "", "bin"),                      // Debian, Ubuntu, apt.postgresql.org
    ("/usr", "pgsql-", "bin"),                               // yum.postgresql.org
    ("/opt/homebrew/opt", "postgresql", "bin"),              // Homebrew on Apple silicon
    ("/usr/local/opt", "postgresql", "bin"),                 // Homebrew on Intel
    ("/home/linuxbrew/.linuxbrew/opt", "postgresql", "bin"), // Homebrew on Linux
    ("/Applications/Postgres.app/Contents/Versions", "", "bin"), // Postgres.app
    ("/Library/PostgreSQL", "", "bin"),                      // the EDB installer on macOS
    ("/opt/PostgreSQL", "", "bin"),                          // the EDB installer on Linux
    ("/usr/libexec", "postgresql", ""),                      // Alpine
    ("/usr/lib", "postgresql", "bin"),                       // openSUSE
    ("/usr/lib64", "postgresql-", "bin"),                    // Gentoo
    ("/usr/local", "pgsql", "bin"),                          // built from source
    ("/opt/local/lib", "postgresql", "bin"),                 // MacPorts
    ("/usr", "bin", ""),                                     // Fedora, Arch
];

fn usual_places() -> Vec<PathBuf> {
    let mut found = Vec::new();
    for (parent, prefix, rest) in USUAL_PLACES {
        let Ok(entries) = std::fs::read_dir(parent) else { continue };
        let mut dirs: Vec<PathBuf> = entries
            .flatten()
            .filter(|e| e.file_name().to_string_lossy().starts_with(prefix))
            .map(|e| if rest.is_empty() { e.path() } else { e.path().join(rest) })
            .filter(|dir| is_program(&dir.join("postgres")))
            .collect();
        dirs.sort();
        found.append(&mut dirs);
    }
    found
}

/// What was fetched for this platform. Unfinished ones have other names.
fn fetched(env: &Env) -> Vec<PathBuf> {
    let (Some(cache), Some(platform)) = (binaries_cache(env), releases::platform()) else { return Vec::new() };
    let Ok(entries) = std::fs::read_dir(cache) else { return Vec::new() };
    let ending = format!("-{platform}");
    let named = entries.flatten().filter(|e| e.file_name().to_string_lossy().ends_with(&ending));
    named.map(|e| e.path().join("bin")).collect()
}

/// The message when there is nothing to run.
pub(super) fn none_found(what: &str) -> Diagnostic {
    ways_out(Diagnostic::error("shadow-no-postgres", format!("no {what} found on this machine to build the shadow with")))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn version(said: &str) -> Option<(u32, i32, String)> {
        parse_version(said)
    }

    #[test]
    fn versions_as_the_field_prints_them() {
        let debian = "postgres (PostgreSQL) 15.18 (Debian 15.18-0+deb12u1)\n";
        assert_eq!(version(debian), Some((15, 150_018, "15.18 (Debian 15.18-0+deb12u1)".into())));
        assert_eq!(version("postgres (PostgreSQL) 18beta1"), Some((18, 180_000, "18beta1".into())));
        assert_eq!(version("postgres (PostgreSQL) 19devel"), Some((19, 190_000, "19devel".into())));
        let percona = "postgres (PostgreSQL) 17.2 - Percona Server for PostgreSQL 17.2.1";
        assert_eq!(version(percona).map(|v| v.1), Some(170_002));
        assert_eq!(version("postgres (EnterpriseDB) 15.4.0"), None);
        assert_eq!(version("no such version"), None);
    }

    /// A directory with programs that say a version, as a version manager's shims do.
    fn fake(name: &str, version: &str) -> PathBuf {
        let dir = std::env::temp_dir().join(format!("trueup-test-bin-{}-{name}", std::process::id()));
        std::fs::create_dir_all(&dir).unwrap();
        for program in ["postgres", "initdb"] {
            let path = dir.join(program);
            std::fs::write(&path, format!("#!/bin/sh\necho 'postgres (PostgreSQL) {version}'\n")).unwrap();
            std::fs::set_permissions(&path, std::fs::Permissions::from_mode(0o755)).unwrap();
        }
        dir
    }

    #[test]
    fn scripts_in_path_are_found_last_and_links_are_followed() {
        let real = fake("real", "16.3");
        let links = std::env::temp_dir().join(format!("trueup-test-bin-{}-links", std::process::id()));
        std::fs::create_dir_all(&links).unwrap();
        std::os::unix::fs::symlink(real.join("postgres"), links.join("postgres")).unwrap();
        let env = Env::of([("PATH", links.to_str().unwrap()), ("TRUEUP_CACHE_DIR", "/nonexistent")]);
        let found = find(&env, None).unwrap();
        let last = found.last().unwrap();
        assert_eq!((last.version_num, last.source), (160_003, Source::Wrapper));
        assert_eq!(last.bin_dir, real.canonicalize().unwrap());
        std::fs::remove_dir_all(&real).unwrap();
        std::fs::remove_dir_all(&links).unwrap();
    }

    #[test]
    fn a_named_directory_is_the_only_one() {
        let dir = fake("named", "17.1");
        let found = find(&Env::of([("TRUEUP_PG_BIN", dir.to_str().unwrap())]), None).unwrap();
        assert_eq!(found.iter().map(|i| (i.major, i.source)).collect::<Vec<_>>(), [(17, Source::Named)]);
        std::fs::remove_file(dir.join("initdb")).unwrap();
        let failure = find(&Env::of([("TRUEUP_PG_BIN", dir.to_str().unwrap())]), None).unwrap_err();
        assert!(failure.to_string().contains("no program `initdb`"), "{failure}");
        std::fs::remove_dir_all(&dir).unwrap();
    }

    #[test]
    fn installed_ones_can_be_hidden() {
        let env = Env::of([("TRUEUP_IGNORE_INSTALLED", "1"), ("TRUEUP_CACHE_DIR", "/nonexistent"), ("PATH", "/usr/bin")]);
        assert_eq!(find(&env, None).unwrap(), []);
    }
}
