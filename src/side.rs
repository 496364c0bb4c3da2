//! The three doors: a model folder, a database, a snapshot file; any of them on either side.

use std::path::{Path, PathBuf};

use crate::catalog::{Catalog, Detail, Id, Source, read, snapshot};
use crate::diagnostic::{Diagnostic, Result};
use crate::model::{self, Project};
use crate::pg::{Client, Settings, connect, process_environment};
use crate::shadow::{self, Place, Request, build::Desired};

/// One side of a comparison, not yet read.
#[derive(Debug, Clone)]
pub enum Side {
    /// A folder (or file) of YAML.
    Model(PathBuf),
    /// A database.
    Live(Box<Settings>),
    /// A saved catalog.
    Snapshot(PathBuf),
}

impl Side {
    /// Understands an argument: a name of the project's `databases`, a URL or connection string, a snapshot file, a model.
    ///
    /// # Errors
    /// When it is none of them.
    pub fn open(text: &str, project: &Project) -> Result<Side> {
        if let Some(named) = project.databases.get(text) {
            let expanded = Project::expand(named)?;
            return Self::open(&expanded, &Project { databases: Default::default(), ..project.clone() });
        }
        if Settings::is_connection_string(text) {
            return Ok(Side::Live(Box::new(Settings::parse(text, &process_environment)?)));
        }
        let path = Path::new(text);
        if path.is_file() && snapshot::is_snapshot(path) {
            return Ok(Side::Snapshot(path.to_path_buf()));
        }
        if path.exists() {
            return Ok(Side::Model(path.to_path_buf()));
        }
        let mut error = Diagnostic::error("unknown-side", format!("`{text}` is no database, snapshot or model"))
            .help("a database is a URL (postgres://user@host/db) or a name under `databases` in trueup.yaml")
            .help("a snapshot or a model is a path that exists");
        if !project.databases.is_empty() {
            error = error.note(format!(
                "the project's databases are: {}",
                project.databases.keys().cloned().collect::<Vec<_>>().join(", ")
            ));
        }
        Err(error.into())
    }

    /// The live side when nothing was said: `DATABASE_URL`, then libpq's own variables and files.
    ///
    /// # Errors
    /// When the environment does not name a database.
    pub fn from_environment() -> Result<Side> {
        let url = process_environment("DATABASE_URL").filter(|u| !u.is_empty());
        let named = ["PGHOST", "PGDATABASE", "PGSERVICE", "PGHOSTADDR"].iter().any(|v| process_environment(v).is_some());
        if url.is_none() && !named {
            return Err(Diagnostic::error("no-database", "no live side was named")
                .help("name one with --db: a URL, a name in trueup.yaml, or a snapshot file")
                .help("or set DATABASE_URL, or libpq's PGHOST, PGDATABASE or PGSERVICE")
                .into());
        }
        let settings = Settings::parse(&url.unwrap_or_else(|| "postgres://".into()), &process_environment)?;
        Ok(Side::Live(Box::new(settings)))
    }
}

/// A live catalog, however it came.
pub struct Live {
    /// The contents.
    pub catalog: Catalog,
    /// What it is, in words.
    pub words: String,
    /// The connection, when there is one.
    pub client: Option<Client>,
    /// What is to be said of the connection and the server.
    pub warnings: Vec<Diagnostic>,
}

/// The newest major version of PostgreSQL that trueup is tested on.
pub const NEWEST_TESTED: u32 = 18;

/// What is to be said of a catalog of a newer major version: it is read as the newest that is known, and what that version has
/// beside is not seen.
pub fn newer_than_tested(source: &Source) -> Option<Diagnostic> {
    let major = source.major();
    (major > NEWEST_TESTED).then(|| {
        Diagnostic::warning("server-newer", format!("PostgreSQL {major} is newer than what this trueup is tested on"))
            .note(format!("it is read as PostgreSQL {NEWEST_TESTED}; what is new in {major} is not seen, compared or written"))
            .help("see whether a newer trueup knows it")
    })
}

/// Reads the live side. A model is built for it, in the shadow that is wanted.
///
/// # Errors
/// No connection; no rights; a file that is no snapshot.
pub async fn read_live(side: &Side, shadow: &Wanted) -> Result<Live> {
    read_live_telling(side, shadow, Detail::Dependencies, |_| {}).await
}

/// As [`read_live`], in the detail that is wanted of a database, and tells what is read as soon as that is known; a model
/// tells nothing.
///
/// # Errors
/// As [`read_live`].
pub async fn read_live_telling(side: &Side, shadow: &Wanted, detail: Detail, tell: impl FnOnce(&Source)) -> Result<Live> {
    match side {
        Side::Live(settings) => {
            let client = connect(settings).await?;
            let catalog = read::read_telling(&client, client.major(), detail, tell).await?;
            let role = if catalog.source.superuser { "" } else { " (not superuser)" };
            let words =
                format!("{}, PostgreSQL {}, role {}{role}", settings.dbname(), catalog.source.major(), catalog.source.role);
            let mut warnings = settings.warnings().to_vec();
            warnings.extend(newer_than_tested(&catalog.source));
            Ok(Live { catalog, words, client: Some(client), warnings })
        }
        Side::Snapshot(path) => {
            let catalog = snapshot::read(path)?;
            tell(&catalog.source);
            let day = catalog.source.taken_at.replace('T', " ").chars().take(16).collect::<String>();
            let words = format!("snapshot of {day}, PostgreSQL {}", catalog.source.major());
            let warnings = newer_than_tested(&catalog.source).into_iter().collect();
            Ok(Live { catalog, words, client: None, warnings })
        }
        Side::Model(path) => {
            let project = Project::find(path)?;
            let model = model::load(path, &project)?;
            let desired = shadow::desired(&model, &request(&project, None, shadow)?).await?;
            Ok(Live { catalog: desired.catalog, words: format!("model {}", path.display()), client: None, warnings: Vec::new() })
        }
    }
}

/// What a command says about the shadow.
#[derive(Debug, Clone, Default)]
pub struct Wanted {
    /// Where it is to be, when the project's own word does not count.
    pub place: Option<String>,
    /// Whether everything is built anew.
    pub no_cache: bool,
    /// The major version, where there is no live side to ask.
    pub major: Option<u32>,
}

/// What the shadow is asked for, given a project, the live side, and what the command says.
///
/// # Errors
/// When the place of the shadow is not understood.
pub fn request(project: &Project, live: Option<(&Side, Option<&Source>)>, wanted: &Wanted) -> Result<Request> {
    let source = live.and_then(|(_, source)| source);
    let settings = live.and_then(|(side, _)| match side {
        Side::Live(settings) => Some(&**settings),
        _ => None,
    });
    let role = source.map(|s| s.role.clone()).filter(|r| !r.is_empty());
    let place = wanted.place.as_ref().or(project.shadow.as_ref());
    Ok(Request {
        place: place.map(|p| Place::parse(p, project, settings)).transpose()?.unwrap_or_default(),
        major: source.map(Source::major).or(wanted.major).or(project.postgres),
        default_owner: project.owner.clone().or(role),
        live: settings.map(|s| Box::new(s.clone())),
        no_cache: wanted.no_cache,
    })
}

/// A desired catalog that is another database or snapshot: everything in it counts, and it has no places.
pub fn as_desired(catalog: Catalog) -> Desired {
    let listed = catalog.objects.keys().cloned().collect::<std::collections::BTreeSet<Id>>();
    let schemas = listed.iter().filter_map(|id| id.schema.as_deref().map(str::to_string)).collect();
    Desired { catalog, listed, schemas, ..Desired::default() }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn said(version_num: u32) -> Option<String> {
        newer_than_tested(&Source { version_num, ..Source::default() }).map(|d| d.message)
    }

    #[test]
    fn a_newer_major_version_is_said_and_no_other() {
        assert_eq!(said(180_004), None);
        assert_eq!(said(140_023), None);
        assert_eq!(said(190_000).as_deref(), Some("PostgreSQL 19 is newer than what this trueup is tested on"));
    }

    /// What can be fetched is what is tested.
    #[test]
    fn the_newest_that_is_fetched_is_tested() {
        let newest = crate::shadow::server::releases::of("linux-x64").iter().map(|r| r.major).max();
        assert_eq!(newest, Some(NEWEST_TESTED));
    }
}
