//! The shadow: a throw-away PostgreSQL in which models are built and plans are tried.
//!
//! [`desired`] is the way in: a model goes in, the catalog that it means comes out. What was built once is kept in the user's
//! cache by content, so that a second run with the same model starts no server at all.

pub mod build;
mod cache;
pub mod rebuild;
pub mod server;

use crate::diagnostic::Result;
use crate::model::Model;
use crate::pg::{Settings, connect};
use build::{Desired, Session};
use server::{Options, Server};

/// How a shadow is to be had.
#[derive(Debug, Clone, Default)]
pub struct Request {
    /// The major version wanted, usually the live side's.
    pub major: Option<u32>,
    /// The role that objects without an owner would belong to.
    pub default_owner: Option<String>,
    /// Whether the cache of built models may be used.
    pub no_cache: bool,
}

impl Request {
    fn options(&self) -> Options {
        Options { wanted_major: self.major, ..Options::default() }
    }
}

/// The catalog that a model means.
///
/// # Errors
/// No server to be had; everything in the model that PostgreSQL refuses.
pub async fn desired(model: &Model, request: &Request) -> Result<Desired> {
    let options = request.options();
    let key = cache::key(model, request, &server::choose(&options)?.describe());
    if !request.no_cache
        && let Some(desired) = cache::load(&key, model)
    {
        return Ok(desired);
    }
    let shadow = Shadow::start(request).await?;
    let session = shadow.session("model").await?;
    let desired = build::build(model, &session, request.default_owner.as_deref()).await?;
    cache::store(&key, model, &desired);
    Ok(desired)
}

/// A running shadow server.
pub struct Shadow {
    server: Server,
}

impl Shadow {
    /// Starts one.
    ///
    /// # Errors
    /// No server to be had.
    pub async fn start(request: &Request) -> Result<Shadow> {
        Ok(Shadow { server: Server::start(&request.options()).await? })
    }

    /// The server's major version.
    pub fn major(&self) -> u32 {
        self.server.major()
    }

    /// Makes an empty database and connects to it, as superuser and as builder.
    ///
    /// # Errors
    /// When the server refuses.
    pub async fn session(&self, database: &str) -> Result<Session> {
        let place =
            |user: &str, database: &str| Settings::on_socket(self.server.socket_dir(), self.server.port(), user, database);
        let admin = connect(&place(self.server.superuser(), "postgres")).await?;
        let create = format!("CREATE DATABASE {} TEMPLATE template0", crate::sql::ident(database));
        admin.batch_execute(&create).await.map_err(|e| build::shadow_refused(&e))?;
        let superuser = connect(&place(self.server.superuser(), database)).await?;
        build::prepare(&superuser, database).await?;
        let builder = connect(&place(build::BUILDER, database)).await?;
        Ok(Session { superuser, builder, major: self.server.major() })
    }
}
