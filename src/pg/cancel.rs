//! Stopping a statement that runs.
//!
//! Manual: libpq-cancel. Like libpq, this waits until the server has closed the connection that carried the request.
//! tokio-postgres hangs up at once, and PgBouncer then forgets the request before it has passed it on.

use std::future::Future;
use std::io;
use std::net::SocketAddr;
use std::path::PathBuf;
use std::pin::Pin;
use std::task::{Context, Poll, ready};
use std::time::Duration;

use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};
use tokio_postgres::CancelToken;
use tokio_postgres::tls::{ChannelBinding, NoTls, TlsConnect, TlsStream};

use super::tls::Connector;
use crate::diagnostic::{Diagnostic, Result};

/// How long a server may take to close the connection of a request.
const PATIENCE: Duration = Duration::from_secs(10);

/// Where a session's socket leads.
#[derive(Debug, Clone)]
pub(super) enum Reach {
    Tcp(SocketAddr),
    /// The folder of a Unix socket, and the number in its name.
    Socket(PathBuf, u16),
}

/// Stops what a [`Client`](super::Client) is running.
#[derive(Clone)]
pub struct Canceller {
    pub(super) token: CancelToken,
    pub(super) reach: Reach,
    /// The session's TLS, and the host's name in its handshake.
    pub(super) tls: Option<(Connector, String)>,
    pub(super) place: String,
}

impl Canceller {
    /// Asks the server to stop the statement, and waits until it has taken note. There is no answer: the statement
    /// fails with [`is_canceled`](super::sqlstate::is_canceled), or was done already.
    pub async fn cancel(&self) -> Result<()> {
        let sent = tokio::time::timeout(PATIENCE, async {
            match &self.reach {
                Reach::Tcp(address) => self.send(tokio::net::TcpStream::connect(address).await?).await,
                #[cfg(unix)]
                Reach::Socket(dir, port) => {
                    self.send(tokio::net::UnixStream::connect(dir.join(format!(".s.PGSQL.{port}"))).await?).await
                }
                #[cfg(not(unix))]
                Reach::Socket(..) => Err(io::ErrorKind::Unsupported.into()),
            }
        });
        let why = match sent.await {
            Ok(Ok(())) => return Ok(()),
            Ok(Err(error)) => error.to_string(),
            Err(_) => format!("no answer within {} s", PATIENCE.as_secs()),
        };
        Err(Diagnostic::error("cancel-failed", format!("the statement on {} could not be stopped", self.place))
            .note(why)
            .help("a superuser or a member of the same role can: SELECT pg_cancel_backend(pid) FROM pg_stat_activity ...")
            .into())
    }

    async fn send<S>(&self, stream: S) -> io::Result<()>
    where
        S: AsyncRead + AsyncWrite + Unpin + Send + 'static,
    {
        let stream = Patient(stream);
        let sent = match &self.tls {
            Some((connector, host)) => {
                self.token.cancel_query_raw(stream, PatientTls(connector.handshake::<Patient<S>>(host)?)).await
            }
            None => self.token.cancel_query_raw(stream, NoTls).await,
        };
        sent.map_err(|error| io::Error::other(super::sqlstate::causes(&error)))
    }
}

/// A stream that is shut down only when the other side has closed it.
struct Patient<S>(S);

impl<S: AsyncRead + Unpin> AsyncRead for Patient<S> {
    fn poll_read(mut self: Pin<&mut Self>, cx: &mut Context<'_>, buffer: &mut ReadBuf<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.0).poll_read(cx, buffer)
    }
}

impl<S: AsyncRead + AsyncWrite + Unpin> AsyncWrite for Patient<S> {
    fn poll_write(mut self: Pin<&mut Self>, cx: &mut Context<'_>, bytes: &[u8]) -> Poll<io::Result<usize>> {
        Pin::new(&mut self.0).poll_write(cx, bytes)
    }

    fn poll_flush(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.0).poll_flush(cx)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        loop {
            let mut bytes = [0; 64];
            let mut buffer = ReadBuf::new(&mut bytes);
            // A server that cuts the connection has closed it too: an error is as good as an end.
            match ready!(Pin::new(&mut self.0).poll_read(cx, &mut buffer)) {
                Ok(()) if !buffer.filled().is_empty() => {}
                _ => break,
            }
        }
        // Nobody is there any more to be told.
        let _ = ready!(Pin::new(&mut self.0).poll_shutdown(cx));
        Poll::Ready(Ok(()))
    }
}

impl<S: AsyncRead + AsyncWrite + Unpin> TlsStream for Patient<S> {
    fn channel_binding(&self) -> ChannelBinding {
        ChannelBinding::none()
    }
}

/// The same within TLS, whose own goodbye must wait as well.
struct PatientTls<T>(T);

impl<S, T> TlsConnect<S> for PatientTls<T>
where
    T: TlsConnect<S>,
    T::Stream: Unpin,
    T::Future: Send + 'static,
    T::Error: 'static,
{
    type Stream = Patient<T::Stream>;
    type Error = T::Error;
    type Future = Pin<Box<dyn Future<Output = std::result::Result<Self::Stream, T::Error>> + Send>>;

    fn connect(self, stream: S) -> Self::Future {
        let handshake = self.0.connect(stream);
        Box::pin(async move { handshake.await.map(Patient) })
    }
}
