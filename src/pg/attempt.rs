//! One attempt to connect: to one address, with or without TLS.
//!
//! Manual: libpq-ssl for what is tried with and without TLS, libpq-connect for `target_session_attrs`.

use std::net::IpAddr;
use std::time::Duration;

use tokio_postgres::config::{self, LoadBalanceHosts, TargetSessionAttrs};
use tokio_postgres::error::SqlState;
use tokio_postgres::tls::{NoTls, TlsStream};
use tokio_postgres::{Config, Connection, SimpleQueryMessage, Socket};

use super::cancel::Reach;
use super::client::{Client, Origin};
use super::failure::{self, Attempt, Trouble};
use super::settings::{Endpoint, Host, Session, Settings, SslMode};
use super::tls::{self, Connector};
use crate::diagnostic::{Diagnostic, Result};

/// The oldest version that trueup reads.
const OLDEST: u32 = 140_000;

/// A host that did not work out.
pub(super) struct Miss {
    pub diagnostic: Box<Diagnostic>,
    /// The others need not be tried.
    pub last: bool,
}

impl Miss {
    pub fn new(diagnostic: Diagnostic, last: bool) -> Self {
        Miss { diagnostic: Box::new(diagnostic), last }
    }
}

/// What is needed for TLS, made when first needed: with `sslmode=allow` a broken certificate file is no reason to fail
/// where the server does without TLS.
#[derive(Default)]
pub(super) struct LazyTls(Option<Result<Connector>>);

impl LazyTls {
    fn get(&mut self, settings: &Settings) -> std::result::Result<Connector, Trouble> {
        let made = self.0.get_or_insert_with(|| tls::connector(&settings.tls));
        made.as_ref().map(Connector::another).map_err(|failure| {
            let first = failure.diagnostics.first().cloned();
            Trouble::TlsSetup(Box::new(first.unwrap_or_else(|| Diagnostic::error("tls-setup", "TLS cannot be set up"))))
        })
    }
}

/// None if it took too long.
pub(super) async fn within<T>(timeout: Option<Duration>, future: impl Future<Output = T>) -> Option<T> {
    match timeout {
        Some(timeout) => tokio::time::timeout(timeout, future).await.ok(),
        None => Some(future.await),
    }
}

/// How to begin.
#[derive(Debug, Clone, Copy, PartialEq)]
enum Way {
    Plain,
    /// With TLS if the server has it, on the same connection.
    TlsIfOffered,
    Tls,
}

/// One address of one host.
pub(super) struct Target<'a> {
    pub settings: &'a Settings,
    pub host: &'a Host,
    pub reach: Reach,
    pub session: Session,
}

impl Target<'_> {
    /// What to try, in order. A Unix socket never has TLS, whatever `sslmode` says.
    fn ways(&self) -> &'static [Way] {
        match self.settings.tls.mode {
            _ if self.address().is_none() => &[Way::Plain],
            SslMode::Disable => &[Way::Plain],
            SslMode::Allow => &[Way::Plain, Way::Tls],
            SslMode::Prefer => &[Way::TlsIfOffered, Way::Plain],
            SslMode::Require | SslMode::VerifyCa | SslMode::VerifyFull => &[Way::Tls],
        }
    }

    /// Tries what `sslmode` allows, one after the other.
    pub async fn try_ways(&self, tls: &mut LazyTls) -> std::result::Result<Client, Miss> {
        let mut tried: Vec<Attempt> = Vec::new();
        for way in self.ways() {
            match self.attempt(*way, tls).await {
                Ok(client) => return Ok(client),
                Err(attempt) => {
                    let another = may_differ(&attempt);
                    tried.push(attempt);
                    if !another {
                        break;
                    }
                }
            }
        }
        let last = tried.iter().any(|attempt| !elsewhere(&attempt.trouble));
        let diagnostic = failure::explain(self.settings, self.host, self.address(), &tried).await;
        Err(Miss::new(diagnostic, last))
    }

    async fn attempt(&self, way: Way, tls: &mut LazyTls) -> std::result::Result<Client, Attempt> {
        let fail = |trouble, encrypted| Attempt { trouble, encrypted, asked: way != Way::Plain };
        let config = self.config(way);
        if way == Way::Plain {
            let opened = within(self.settings.connect_timeout, async {
                let (client, connection) = config.connect(NoTls).await.map_err(Trouble::Postgres)?;
                self.accept(client, connection, None).await
            });
            return opened.await.unwrap_or(Err(Trouble::Timeout)).map_err(|trouble| fail(trouble, false));
        }
        let connector = tls.get(self.settings).map_err(|trouble| fail(trouble, false))?;
        let opened = within(self.settings.connect_timeout, async {
            let (client, connection) = config.connect(connector.clone()).await.map_err(Trouble::Postgres)?;
            let kept = connector.begun().then(|| connector.clone());
            self.accept(client, connection, kept).await
        });
        opened.await.unwrap_or(Err(Trouble::Timeout)).map_err(|trouble| fail(trouble, connector.begun()))
    }

    fn config(&self, way: Way) -> Config {
        let settings = self.settings;
        let mut config = Config::new();
        config
            .user(&settings.user)
            .dbname(&settings.dbname)
            .application_name(&settings.application_name)
            .port(self.host.port)
            .channel_binding(settings.channel_binding)
            .load_balance_hosts(LoadBalanceHosts::Disable)
            // Asked below, with words for what was found.
            .target_session_attrs(TargetSessionAttrs::Any)
            .ssl_mode(match way {
                Way::Plain => config::SslMode::Disable,
                Way::TlsIfOffered => config::SslMode::Prefer,
                Way::Tls => config::SslMode::Require,
            })
            .keepalives(settings.keepalives.on);
        if settings.tls.direct {
            config.ssl_negotiation(config::SslNegotiation::Direct);
        }
        if let Some(password) = settings.password(self.host) {
            config.password(&password.0);
        }
        if let Some(options) = &settings.options {
            config.options(options);
        }
        let probes = settings.keepalives;
        probes.idle.map(|time| config.keepalives_idle(time));
        probes.interval.map(|time| config.keepalives_interval(time));
        probes.count.map(|count| config.keepalives_retries(count));
        probes.user_timeout.map(|time| config.tcp_user_timeout(time));
        match &self.reach {
            Reach::Tcp(address) => config.host(self.tls_name(address.ip())).hostaddr(address.ip()),
            // Not `host`, which takes a relative path for a name.
            Reach::Socket(dir, _) => config.host_path(dir),
        };
        config
    }

    /// The address, if it is not a socket.
    fn address(&self) -> Option<IpAddr> {
        match self.reach {
            Reach::Tcp(address) => Some(address.ip()),
            Reach::Socket(..) => None,
        }
    }

    /// The name that goes into the TLS handshake. A name that cannot stand in a certificate (with a scope, say) would
    /// fail even where nobody looks at it; the address serves as well there, and is refused where someone does look.
    fn tls_name(&self, ip: IpAddr) -> String {
        match &self.host.endpoint {
            Endpoint::Name(name) | Endpoint::Address(_, Some(name))
                if rustls::pki_types::ServerName::try_from(name.as_str()).is_ok() =>
            {
                name.clone()
            }
            _ => ip.to_string(),
        }
    }

    /// Looks at the server behind a connection, and takes it if it will do.
    async fn accept<S>(
        &self,
        client: tokio_postgres::Client,
        connection: Connection<Socket, S>,
        tls: Option<Connector>,
    ) -> std::result::Result<Client, Trouble>
    where
        S: TlsStream + Unpin + Send + 'static,
    {
        let version = connection.parameter("server_version").unwrap_or_default().to_string();
        let number = version_number(&version).unwrap_or_default();
        let origin = Origin {
            place: self.settings.display_at(self.host),
            reach: self.reach.clone(),
            tls: tls.zip(self.address().map(|ip| self.tls_name(ip))),
        };
        let client = Client::adopt(client, connection, origin, number);
        if number < OLDEST {
            let diagnostic = failure::too_old(client.place(), &version);
            client.close().await;
            return Err(Trouble::TooOld(Box::new(diagnostic)));
        }
        if self.session == Session::Any {
            return Ok(client);
        }
        match has_attributes(&client, self.session).await {
            Ok(true) => Ok(client),
            Ok(false) => {
                let diagnostic = failure::wrong_session(client.place(), self.settings.session.word());
                client.close().await;
                Err(Trouble::WrongSession(Box::new(diagnostic)))
            }
            Err(error) => Err(Trouble::Postgres(error)),
        }
    }
}

/// Whether the server is of the sort that `target_session_attrs` asks for.
async fn has_attributes(client: &Client, session: Session) -> std::result::Result<bool, tokio_postgres::Error> {
    let sql = "SELECT pg_catalog.pg_is_in_recovery(), pg_catalog.current_setting('transaction_read_only')";
    for message in client.simple_query(sql).await? {
        if let SimpleQueryMessage::Row(row) = message {
            let standby = row.get(0) == Some("t");
            let read_only = row.get(1) == Some("on");
            return Ok(match session {
                Session::Any | Session::PreferStandby => true,
                Session::ReadWrite => !read_only,
                Session::ReadOnly => read_only,
                Session::Primary => !standby,
                Session::Standby => standby,
            });
        }
    }
    Ok(false)
}

/// Whether another way over the same address may come out differently.
///
/// libpq tries the other way after every error that the server sends. Those that come after the authentication, or
/// from a server that takes nobody, do not depend on TLS.
fn may_differ(attempt: &Attempt) -> bool {
    match &attempt.trouble {
        Trouble::Timeout | Trouble::WrongSession(_) | Trouble::TooOld(_) => false,
        Trouble::TlsSetup(_) => true,
        Trouble::Postgres(error) => {
            let late = [
                SqlState::INVALID_CATALOG_NAME,
                SqlState::TOO_MANY_CONNECTIONS,
                SqlState::CANNOT_CONNECT_NOW,
                SqlState::ADMIN_SHUTDOWN,
                SqlState::INSUFFICIENT_PRIVILEGE,
            ];
            let early = match error.code() {
                Some(code) => !late.contains(code),
                None => !failure::is_unreachable(error) && !failure::is_password_missing(error),
            };
            // A server that was asked for TLS and has none has been tried without it already.
            early && (attempt.encrypted || !attempt.asked)
        }
    }
}

/// Whether another address or host may be tried. libpq stops at a server that has refused the user.
fn elsewhere(trouble: &Trouble) -> bool {
    match trouble {
        Trouble::Timeout | Trouble::WrongSession(_) => true,
        Trouble::TlsSetup(_) | Trouble::TooOld(_) => false,
        Trouble::Postgres(error) => match error.code() {
            Some(code) => *code == SqlState::CANNOT_CONNECT_NOW,
            None => failure::is_unreachable(error) || failure::is_hang_up(error),
        },
    }
}

/// `15.6 (Debian 15.6-1)` as 150006, `18beta1` as 180000; none if it does not begin with a number.
fn version_number(text: &str) -> Option<u32> {
    let digits = |text: &str| -> (Option<u32>, usize) {
        let end = text.find(|c: char| !c.is_ascii_digit()).unwrap_or(text.len());
        (text[..end].parse().ok(), end)
    };
    let (major, end) = digits(text);
    let minor = text[end..].strip_prefix('.').and_then(|rest| digits(rest).0).unwrap_or(0);
    // Before 10 the second number belonged to the major version. All of those are too old alike.
    major?.checked_mul(10_000)?.checked_add(minor)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn versions_are_read_in_all_their_forms() {
        for (text, number) in [
            ("15.6 (Debian 15.6-1.pgdg120+2)", Some(150_006)),
            ("14.10 - Percona Distribution", Some(140_010)),
            ("18beta1", Some(180_000)),
            ("17devel", Some(170_000)),
            ("9.6.24", Some(90_006)),
            ("1.18.0/bouncer", Some(10_018)),
            ("", None),
        ] {
            assert_eq!(version_number(text), number, "{text}");
        }
    }
}
