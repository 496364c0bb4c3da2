//! The shadow: a throw-away PostgreSQL in which models are built and plans are tried.
//!
//! [`desired`] is the way in: a model goes in, the catalog that it means comes out. What was built once is kept in the user's
//! cache by content, so that a second run with the same model starts no server at all.

pub mod build;
mod cache;
mod departed;
mod foreign;
mod labels;
pub mod rebuild;
mod roles;
pub mod script;
pub mod server;
pub mod standin;

use crate::catalog::Detail;
use crate::diagnostic::{Diagnostic, Result};
use crate::model::{Files, Model, Project};
use crate::pg::{Client, Settings, connect, process_environment};
use build::{Desired, Session};
use foreign::Foreign;
use server::{Options, Server};

/// Which server the shadow is to be on.
#[derive(Debug, Clone, Default)]
pub enum Place {
    /// Installed binaries, else fetched ones.
    #[default]
    Any,
    /// Installed binaries alone.
    Installed,
    /// Fetched binaries alone.
    Fetched,
    /// A scratch database on a server that is there.
    Server(Box<Settings>),
}

impl Place {
    /// Understands `installed`, `fetched`, `live`, a name of the project's databases, or a URL. `live` is the live side's own
    /// server, where it has one.
    ///
    /// # Errors
    /// None of these; `live` without a live server.
    pub fn parse(text: &str, project: &Project, live: Option<&Settings>) -> Result<Place> {
        let expanded = Project::expand(project.databases.get(text).map_or(text, String::as_str))?;
        match expanded.as_str() {
            "installed" => Ok(Place::Installed),
            "fetched" => Ok(Place::Fetched),
            "live" => live.map(|l| Place::Server(Box::new(l.clone()))).ok_or_else(|| {
                Diagnostic::error("shadow-place", "the shadow cannot be on the live side's server: there is none")
                    .help("name a database with --db, or say `--shadow installed`, `--shadow fetched` or `--shadow URL`")
                    .into()
            }),
            url if Settings::is_connection_string(url) => {
                Ok(Place::Server(Box::new(Settings::parse(url, &process_environment)?)))
            }
            _ => Err(Diagnostic::error("shadow-place", format!("`{text}` says nothing about where the shadow is to be"))
                .help("it is `installed`, `fetched`, `live`, a URL (postgres://user@host/db), or a name under `databases` in trueup.yaml")
                .into()),
        }
    }
}

/// How a shadow is to be had.
#[derive(Debug, Clone, Default)]
pub struct Request {
    /// The server.
    pub place: Place,
    /// The major version wanted, usually the live side's.
    pub major: Option<u32>,
    /// The role that objects without an owner would belong to.
    pub default_owner: Option<String>,
    /// The live database, which tells what extensions bring that the shadow's server does not have.
    pub live: Option<Box<Settings>>,
    /// Whether the cache of built models may be used.
    pub no_cache: bool,
}

impl Request {
    /// What is asked of a server of trueup's own.
    pub fn options(&self) -> Options {
        Options {
            wanted_major: self.major,
            allow_fetch: !matches!(self.place, Place::Installed),
            allow_installed: !matches!(self.place, Place::Fetched),
            ..Options::default()
        }
    }

    /// One line on the server that would be used, without starting one.
    ///
    /// # Errors
    /// No server to be had.
    pub async fn describe(&self) -> Result<String> {
        match &self.place {
            Place::Server(settings) => Ok(Foreign::open(settings).await?.describe()),
            _ => Ok(server::choose(&self.options())?.describe()),
        }
    }
}

/// The catalog that a model means.
///
/// # Errors
/// No server to be had; everything in the model that PostgreSQL refuses.
pub async fn desired(model: &Model, request: &Request) -> Result<Desired> {
    let key = cache::key(model, request, &request.describe().await?);
    if !request.no_cache
        && let Some(desired) = cache::load(&key, Some(model), Detail::Dependencies)
        && still(&desired, request).await
    {
        return Ok(desired);
    }
    Ok(built(model, request).await?.2)
}

/// The catalog that a model means, with the database that has it.
///
/// # Errors
/// As [`desired`].
pub async fn built(model: &Model, request: &Request) -> Result<(Shadow, Session, Desired)> {
    let shadow = Shadow::start(request).await?;
    let session = shadow.session("model").await?;
    let desired = build::build(model, &session, request.default_owner.as_deref()).await?;
    cache::store(&cache::key(model, request, &request.describe().await?), model, &desired);
    Ok((shadow, session, desired))
}

/// Whether what was built before would be built in the same way now, as far as that depends on the extensions of the live side.
pub async fn still(desired: &Desired, request: &Request) -> bool {
    standin::Lender::new(request.live.clone()).same(&desired.stood_in).await
}

/// The catalog that a model means, if it was built before and no server has to be asked for that: whether it [`still`]
/// holds is another question. `files` are kept in mind as giving this model.
pub fn cached(model: &Model, files: Option<&Files>, request: &Request, detail: Detail) -> Option<Desired> {
    let server = cache_server(request)?;
    let key = cache::key(model, request, &server);
    let desired = cache::load(&key, Some(model), detail)?;
    if let Some(files) = files {
        cache::note_files(files, request, &server, model, &key);
    }
    Some(desired)
}

/// The catalog that files mean which gave it before, without reading them as YAML: what is compared, and nothing about where
/// it stands in them. Whether it [`still`] holds is another question.
pub fn cached_files(files: &Files, request: &Request) -> Option<Desired> {
    let key = cache::key_of_files(files, request, &cache_server(request)?)?;
    cache::load(&key, None, Detail::Contents)
}

fn cache_server(request: &Request) -> Option<String> {
    if request.no_cache || matches!(request.place, Place::Server(_)) {
        return None;
    }
    Some(server::choose(&request.options()).ok()?.describe())
}

/// What is set for every session of a shadow, because what is built depends on it.
const PINNED: &str = "SET \"TimeZone\" = 'UTC'; SET \"DateStyle\" = 'ISO, MDY'; SET \"IntervalStyle\" = 'postgres'; \
     SET extra_float_digits = 1; SET quote_all_identifiers = off; SET standard_conforming_strings = on; SET bytea_output = 'hex'; \
     SET lc_monetary = 'C'; SET xmloption = 'content'; SET default_tablespace = ''; SET default_table_access_method = 'heap'; \
     SET check_function_bodies = on; SET client_min_messages = warning; SET default_transaction_read_only = off; \
     SET default_transaction_isolation = 'read committed'; SET transform_null_equals = off; SET array_nulls = on; \
     SET statement_timeout = 0; SET lock_timeout = 0; SET idle_in_transaction_session_timeout = 0; SET jit = off";

/// A running shadow server.
pub struct Shadow {
    running: Running,
    lender: standin::Lender,
}

enum Running {
    Own(Box<Server>),
    Foreign(Box<Foreign>),
}

impl Shadow {
    /// Starts one, or goes to the one that is there.
    ///
    /// # Errors
    /// No server to be had.
    pub async fn start(request: &Request) -> Result<Shadow> {
        let running = match &request.place {
            Place::Server(settings) => Running::Foreign(Box::new(Foreign::open(settings).await?)),
            _ => Running::Own(Box::new(Server::start(&request.options()).await?)),
        };
        Ok(Shadow { running, lender: standin::Lender::new(request.live.clone()) })
    }

    /// The server's major version.
    pub fn major(&self) -> u32 {
        match &self.running {
            Running::Own(server) => server.major(),
            Running::Foreign(foreign) => foreign.major(),
        }
    }

    /// Whether it is on a server that is not trueup's own.
    pub fn is_foreign(&self) -> bool {
        matches!(self.running, Running::Foreign(_))
    }

    /// One line: what runs, from where, as whom.
    pub fn describe(&self) -> String {
        match &self.running {
            Running::Own(server) => server.describe(),
            Running::Foreign(foreign) => foreign.describe(),
        }
    }

    /// Makes an empty database and connects to it, as superuser (or as the role of the URL) and as builder. On somebody else's
    /// server the database has a name of its own, and goes with the session.
    ///
    /// # Errors
    /// When the server refuses.
    pub async fn session(&self, database: &str) -> Result<Session> {
        let server = match &self.running {
            Running::Own(server) => server,
            Running::Foreign(foreign) => return foreign.session(self.lender.clone()).await,
        };
        let place = |user: &str, database: &str| Settings::on_socket(server.socket_dir(), server.port(), user, database);
        let admin = connect(&place(server.superuser(), "postgres")).await?;
        let create = format!("CREATE DATABASE {} TEMPLATE template0", crate::sql::ident(database));
        admin.batch_execute(&create).await.map_err(|e| build::shadow_refused(&e))?;
        let superuser = connect(&place(server.superuser(), database)).await?;
        build::prepare(&superuser, database).await?;
        let builder = connect(&place(build::BUILDER, database)).await?;
        pin(&superuser).await?;
        pin(&builder).await?;
        Ok(Session {
            superuser,
            builder,
            builder_role: build::BUILDER.into(),
            roles: roles::Roles::default(),
            major: server.major(),
            lender: self.lender.clone(),
            scratch: None,
        })
    }
}

async fn pin(client: &Client) -> Result<()> {
    Ok(client.batch_execute(PINNED).await.map_err(|e| build::shadow_refused(&e))?)
}
