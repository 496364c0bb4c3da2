//! Plans that leave trueup: the plan file, scripts for psql, and migration files of other tools.

mod files;
mod markdown;
pub mod plan_file;
mod tools;

use std::path::{Path, PathBuf};
use std::process::Command;

use crate::support::Database;

/// psql, where there is one; the servers that trueup fetches come without.
pub fn psql() -> Option<PathBuf> {
    let path = std::env::var_os("PATH").unwrap_or_default();
    let mut folders: Vec<PathBuf> = std::env::split_paths(&path).collect();
    let installed = std::fs::read_dir("/usr/lib/postgresql").into_iter().flatten().flatten();
    folders.extend(installed.map(|version| version.path().join("bin")));
    folders.into_iter().map(|folder| folder.join("psql")).find(|psql| psql.is_file())
}

/// Runs a script as people do.
pub fn run_psql(psql: &Path, database: &Database, script: &Path) {
    let done = Command::new(psql).args(["--no-psqlrc", "--quiet", "--file"]).arg(script).arg(database.url()).output();
    let done = done.expect("psql runs");
    let said = String::from_utf8_lossy(&done.stderr).into_owned();
    assert!(done.status.success() && !said.contains("ERROR"), "{said}\n{}", std::fs::read_to_string(script).unwrap_or_default());
}
