//! The TLS handshake, with a note of whether it was begun.

use std::convert::Infallible;
use std::io;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use rustls::ClientConfig;
use tokio::io::{AsyncRead, AsyncWrite};
use tokio_postgres::Socket;
use tokio_postgres::tls::{MakeTlsConnect, TlsConnect};
use tokio_postgres_rustls::MakeRustlsConnect;

type Rustls = <MakeRustlsConnect as MakeTlsConnect<Socket>>::TlsConnect;
type Stream = <MakeRustlsConnect as MakeTlsConnect<Socket>>::Stream;

/// Makes TLS sessions. It knows afterwards whether the server agreed to TLS at all, which the errors of
/// tokio-postgres do not tell.
#[derive(Clone)]
pub(in crate::pg) struct Connector {
    inner: MakeRustlsConnect,
    begun: Arc<AtomicBool>,
}

impl Connector {
    pub fn new(config: ClientConfig) -> Self {
        Connector { inner: MakeRustlsConnect::new(config), begun: Arc::default() }
    }

    /// The same for another attempt, with a note of its own.
    pub fn another(&self) -> Self {
        Connector { inner: self.inner.clone(), begun: Arc::default() }
    }

    /// Whether the server agreed to TLS.
    pub fn begun(&self) -> bool {
        self.begun.load(Ordering::Relaxed)
    }

    /// A handshake over any sort of stream.
    pub fn handshake<S>(&self, host: &str) -> io::Result<<MakeRustlsConnect as MakeTlsConnect<S>>::TlsConnect>
    where
        S: AsyncRead + AsyncWrite + Unpin + Send + 'static,
    {
        <MakeRustlsConnect as MakeTlsConnect<S>>::make_tls_connect(&mut self.inner.clone(), host).map_err(io::Error::other)
    }
}

impl MakeTlsConnect<Socket> for Connector {
    type Stream = Stream;
    type TlsConnect = Handshake;
    type Error = Infallible;

    fn make_tls_connect(&mut self, host: &str) -> Result<Handshake, Infallible> {
        let inner = <MakeRustlsConnect as MakeTlsConnect<Socket>>::make_tls_connect(&mut self.inner, host)?;
        Ok(Handshake { inner, begun: self.begun.clone() })
    }
}

/// One handshake to be made.
pub(in crate::pg) struct Handshake {
    inner: Rustls,
    begun: Arc<AtomicBool>,
}

impl TlsConnect<Socket> for Handshake {
    type Stream = Stream;
    type Error = io::Error;
    type Future = <Rustls as TlsConnect<Socket>>::Future;

    fn connect(self, socket: Socket) -> Self::Future {
        self.begun.store(true, Ordering::Relaxed);
        self.inner.connect(socket)
    }
}
