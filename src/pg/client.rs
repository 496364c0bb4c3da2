//! A connection that is open.

use std::ops::{Deref, DerefMut};
use std::sync::{Arc, OnceLock};

use tokio::task::JoinHandle;
use tokio_postgres::tls::TlsStream;
use tokio_postgres::{Connection, Error, SimpleQueryMessage, SimpleQueryRow, Socket};

use super::cancel::{Canceller, Reach};
use super::sqlstate::server_message;
use super::tls::Connector;

/// An open session. It dereferences to [`tokio_postgres::Client`].
///
/// Behind PgBouncer in transaction mode use `simple_query`, `batch_execute` and `query_typed`: named prepared
/// statements, which `query` and `prepare` make, may meet another server session.
pub struct Client {
    inner: tokio_postgres::Client,
    driver: JoinHandle<()>,
    lost: Arc<OnceLock<String>>,
    origin: Origin,
    server_version: u32,
}

/// Where a session leads and what it went through.
#[derive(Clone)]
pub(super) struct Origin {
    /// `user@host:port/database`
    pub place: String,
    pub reach: Reach,
    /// The TLS in use, and the host's name in its handshake.
    pub tls: Option<(Connector, String)>,
}

impl Client {
    /// The rows of a script, all statements' one after the other, as simple queries give them.
    ///
    /// # Errors
    /// What the server refuses, and a connection that is gone.
    pub async fn rows(&self, script: &str) -> Result<Vec<SimpleQueryRow>, Error> {
        let row = |message| if let SimpleQueryMessage::Row(row) = message { Some(row) } else { None };
        Ok(self.inner.simple_query(script).await?.into_iter().filter_map(row).collect())
    }

    /// Takes over both halves; the driver runs as a task of the current runtime.
    pub(super) fn adopt<S>(
        inner: tokio_postgres::Client,
        connection: Connection<Socket, S>,
        origin: Origin,
        server_version: u32,
    ) -> Client
    where
        S: TlsStream + Unpin + Send + 'static,
    {
        let lost = Arc::new(OnceLock::new());
        let reason = lost.clone();
        let driver = tokio::spawn(async move {
            if let Err(error) = connection.await {
                // Only the first reason counts, and there is only one.
                let _ = reason.set(server_message(&error));
            }
        });
        Client { inner, driver, lost, origin, server_version }
    }

    /// The server's version as in `server_version_num`: 150006 for 15.6.
    pub fn server_version(&self) -> u32 {
        self.server_version
    }

    /// The server's major version.
    pub fn major(&self) -> u32 {
        self.server_version / 10_000
    }

    /// `user@host:port/database`, without the password.
    pub fn place(&self) -> &str {
        &self.origin.place
    }

    /// Whether the connection is encrypted.
    pub fn is_encrypted(&self) -> bool {
        self.origin.tls.is_some()
    }

    /// Why the connection ended, if it did so while nothing was asked of it. Queries then only say "connection
    /// closed"; this is what the server said, such as `terminating connection due to administrator command`.
    pub fn lost(&self) -> Option<&str> {
        self.lost.get().map(String::as_str)
    }

    /// A handle to stop the statement that is running, usable while the client is busy.
    pub fn canceller(&self) -> Canceller {
        let Origin { place, reach, tls } = self.origin.clone();
        Canceller { token: self.inner.cancel_token(), reach, tls, place }
    }

    /// Says goodbye to the server and waits until that is sent.
    pub async fn close(self) {
        let Client { inner, driver, .. } = self;
        drop(inner);
        // Only a panic in the driver makes this fail, and then the connection is closed too.
        let _ = driver.await;
    }
}

impl Deref for Client {
    type Target = tokio_postgres::Client;

    fn deref(&self) -> &tokio_postgres::Client {
        &self.inner
    }
}

impl DerefMut for Client {
    fn deref_mut(&mut self) -> &mut tokio_postgres::Client {
        &mut self.inner
    }
}

impl std::fmt::Debug for Client {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Client").field("place", &self.origin.place).field("server_version", &self.server_version).finish()
    }
}
