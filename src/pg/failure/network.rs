//! The network, TLS, or something that is no PostgreSQL server.

use std::error::Error as _;
use std::io::{self, ErrorKind};
use std::net::{IpAddr, SocketAddr};
use std::path::Path;
use std::time::Duration;

use rustls::{AlertDescription, CertificateError};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio_postgres::Error;

use super::Context;
use crate::diagnostic::Diagnostic;
use crate::pg::settings::{Endpoint, Host, Roots, Settings};
use crate::pg::sqlstate::causes;
use crate::pg::tls::day;

/// The system's error within, if that is what it is.
fn io_error(error: &Error) -> Option<&io::Error> {
    error.source().and_then(|cause| cause.downcast_ref())
}

/// rustls' error within. It may come late: with TLS 1.3 the server judges the client's certificate after the handshake.
fn tls_error(error: &Error) -> Option<&rustls::Error> {
    io_error(error)?.get_ref()?.downcast_ref()
}

/// Whether the socket could not be connected at all. tokio-postgres tells only in words.
pub(in crate::pg) fn is_unreachable(error: &Error) -> bool {
    error.to_string() == "error connecting to server"
}

/// Whether the server closed the connection instead of answering.
pub(in crate::pg) fn is_hang_up(error: &Error) -> bool {
    let kinds = [ErrorKind::UnexpectedEof, ErrorKind::ConnectionReset, ErrorKind::ConnectionAborted, ErrorKind::BrokenPipe];
    error.is_closed() || (tls_error(error).is_none() && io_error(error).is_some_and(|io| kinds.contains(&io.kind())))
}

/// A name that has no address.
pub(in crate::pg) fn unknown_host(settings: &Settings, host: &Host, name: &str, why: &str) -> Diagnostic {
    let message = format!("cannot connect to {}: there is no host `{name}`", settings.display_at(host));
    Diagnostic::error("unknown-host", message)
        .note(why)
        .help("check the name; within containers and VPNs other names are known than outside")
}

pub(super) fn timeout(context: &Context<'_>) -> Diagnostic {
    let seconds = context.settings.connect_timeout.unwrap_or_default().as_secs();
    let diagnostic = context
        .error("connection-timeout", &format!("no answer within {seconds} s"))
        .help("check host and port, and whether a firewall lets this machine through")
        .help("a slow server may need more time: `connect_timeout=60` or PGCONNECT_TIMEOUT");
    tried(context, diagnostic)
}

/// Says which address a name stood for.
fn tried(context: &Context<'_>, diagnostic: Diagnostic) -> Diagnostic {
    match (&context.host.endpoint, context.address) {
        (Endpoint::Name(name) | Endpoint::Address(_, Some(name)), Some(ip)) if *name != ip.to_string() => {
            diagnostic.note(format!("the address tried is {ip}"))
        }
        _ => diagnostic,
    }
}

/// Puts an error of the network or of TLS into words; none if it is neither.
pub(super) async fn explain(context: &Context<'_>, error: &Error) -> Option<Diagnostic> {
    if is_unreachable(error) {
        return Some(tried(context, unreachable(context, io_error(error))));
    }
    if let Some(tls) = tls_error(error) {
        if let rustls::Error::InvalidMessage(_) = tls
            && let Some(diagnostic) = not_postgresql(context).await
        {
            return Some(diagnostic);
        }
        return Some(direct(context, handshake(context, tls)));
    }
    if error.to_string() == "error performing TLS handshake" && !context.encrypted && io_error(error).is_none() {
        return Some(match not_postgresql(context).await {
            Some(diagnostic) => diagnostic,
            None => context
                .error("tls-not-offered", "the server has no TLS")
                .note(format!("`sslmode={}` asks for it", context.settings.tls.mode.word()))
                .help("switch TLS on at the server (`ssl = on`), or, in a network you trust, set `sslmode=disable`"),
        });
    }
    let garbled = matches!(error.to_string().as_str(), "error parsing response from server" | "unexpected message from server");
    if !garbled && !error.is_closed() && io_error(error).is_none() {
        return None;
    }
    if let Some(diagnostic) = not_postgresql(context).await {
        return Some(diagnostic);
    }
    let diagnostic = if garbled {
        context.error("not-postgresql", "what answers there does not speak PostgreSQL's protocol")
    } else {
        context.error("connection-closed", "the server closed the connection without a word")
    };
    let diagnostic = diagnostic
        .note(causes(error))
        .help("check host and port; if they are right, the server's log, or that of the proxy before it, says more");
    Some(direct(context, tried(context, diagnostic)))
}

/// A server before PostgreSQL 17 takes the first bytes of TLS for nonsense.
fn direct(context: &Context<'_>, mut diagnostic: Diagnostic) -> Diagnostic {
    if context.settings.tls.direct {
        diagnostic.help.insert(0, "`sslnegotiation=direct` needs PostgreSQL 17 or newer: leave it out".into());
    }
    diagnostic
}

fn unreachable(context: &Context<'_>, error: Option<&io::Error>) -> Diagnostic {
    let kind = error.map_or(ErrorKind::Other, io::Error::kind);
    let words = error.map(ToString::to_string).unwrap_or_default();
    if let Endpoint::Socket(dir) = &context.host.endpoint {
        return socket(context, dir, kind, &words);
    }
    match kind {
        ErrorKind::ConnectionRefused => context
            .error("connection-refused", "nothing listens there")
            .note(words)
            .help("is the server running, is the port right, and does it listen on the network (`listen_addresses`)?"),
        ErrorKind::TimedOut => timeout(context),
        ErrorKind::NetworkUnreachable | ErrorKind::HostUnreachable | ErrorKind::AddrNotAvailable => {
            let diagnostic = context.error("network-unreachable", "there is no way to that address").note(words);
            if matches!(context.address, Some(IpAddr::V6(_))) {
                return diagnostic
                    .note("the address is IPv6, which this machine's network may lack")
                    .help("use an address or a pooler with IPv4 (at Supabase: the session pooler, on the same dashboard page)");
            }
            diagnostic.help("check the network, and the VPN if there is one")
        }
        _ => context.error("connection-failed", &words),
    }
}

fn socket(context: &Context<'_>, dir: &Path, kind: ErrorKind, words: &str) -> Diagnostic {
    let path = dir.join(format!(".s.PGSQL.{}", context.host.port));
    match kind {
        ErrorKind::NotFound => {
            let diagnostic = context
                .error("socket-missing", "no server listens on that socket")
                .note(format!("there is no `{}`", path.display()));
            match ports_in(dir).as_slice() {
                [] => diagnostic.help("is the server running? Over TCP: `host=localhost`"),
                ports => diagnostic.help(format!("there are sockets for port {}", ports.join(", "))),
            }
        }
        ErrorKind::ConnectionRefused => context
            .error("connection-refused", "the socket is there, but no server listens on it")
            .note(format!("`{}`: {words}", path.display()))
            .help("is the server running? One that was killed leaves its socket behind"),
        ErrorKind::PermissionDenied => context
            .error("socket-permission", "this user may not use the server's socket")
            .note(format!("`{}`: {words}", path.display()))
            .help("run as a user who may, or connect over TCP: `host=localhost`"),
        _ => context.error("connection-failed", words).note(format!("the socket is `{}`", path.display())),
    }
}

/// The ports for which there are sockets in a folder.
fn ports_in(dir: &Path) -> Vec<String> {
    let entries = std::fs::read_dir(dir).into_iter().flatten().flatten();
    let names = entries.filter_map(|entry| entry.file_name().into_string().ok());
    let mut ports: Vec<String> =
        names.filter_map(|name| name.strip_prefix(".s.PGSQL.").map(str::to_string)).filter(|p| !p.contains('.')).collect();
    ports.sort();
    ports
}

/// Asks again by hand and looks at the first bytes of the answer: PostgreSQL says `S`, `N` or `E`, and web servers and
/// the like give themselves away. None if it may be PostgreSQL after all.
async fn not_postgresql(context: &Context<'_>) -> Option<Diagnostic> {
    const TLS_REQUEST: [u8; 8] = [0, 0, 0, 8, 0x04, 0xd2, 0x16, 0x2f];
    let address = SocketAddr::new(context.address?, context.host.port);
    let answer = tokio::time::timeout(Duration::from_secs(2), async {
        let mut stream = tokio::net::TcpStream::connect(address).await?;
        stream.write_all(&TLS_REQUEST).await?;
        // A server that has more to say than the one byte says it at once.
        let mut answer = Vec::new();
        let mut buffer = [0; 64];
        while answer.len() < 2 {
            match stream.read(&mut buffer).await {
                Ok(0) | Err(_) => break,
                Ok(count) => answer.extend_from_slice(&buffer[..count]),
            }
            if matches!(answer.as_slice(), b"S" | b"N") {
                break;
            }
        }
        Ok::<_, io::Error>(answer)
    });
    let answer = answer.await.ok()?.ok()?;
    let text: String =
        String::from_utf8_lossy(&answer).chars().take_while(|c| !matches!(c, '\r' | '\n')).filter(|c| !c.is_control()).collect();
    let what = match answer.as_slice() {
        [] | [b'S' | b'N'] | [b'E', 0, ..] => return None,
        answer if answer.starts_with(b"HTTP/") => "a web server",
        answer if answer.starts_with(b"SSH-") => "an SSH server",
        _ => "not PostgreSQL",
    };
    let mut diagnostic = context.error("not-postgresql", &format!("what answers there is {what}"));
    if !text.is_empty() {
        diagnostic = diagnostic.note(format!("it said: {text}"));
    }
    Some(tried(context, diagnostic.help("check host and port")))
}

/// TLS failed.
fn handshake(context: &Context<'_>, error: &rustls::Error) -> Diagnostic {
    let words = error.to_string();
    match error {
        rustls::Error::InvalidCertificate(wrong) => certificate(context, wrong, &words),
        rustls::Error::AlertReceived(alert) if is_about_us(*alert) => context
            .error("client-certificate-refused", "the server does not accept the client certificate")
            .note(match &context.settings.tls.identity {
                Some((path, _)) => format!("the certificate sent is `{}`", path.display()),
                None => "none was sent".to_string(),
            })
            .note(words)
            .help("name certificate and key with `sslcert` and `sslkey`"),
        rustls::Error::InvalidMessage(_) => {
            context.error("not-postgresql", "what answers there does not speak TLS").note(words).help("check host and port")
        }
        _ => context
            .error("tls-handshake", "client and server found no common TLS")
            .note(words)
            .help("trueup needs TLS 1.2 or newer, and RSA keys of 2048 bits or more, at the server"),
    }
}

/// Whether the server objects to the client's certificate.
fn is_about_us(alert: AlertDescription) -> bool {
    matches!(
        alert,
        AlertDescription::CertificateRequired
            | AlertDescription::BadCertificate
            | AlertDescription::UnsupportedCertificate
            | AlertDescription::CertificateRevoked
            | AlertDescription::CertificateExpired
            | AlertDescription::CertificateUnknown
            | AlertDescription::UnknownCA
            | AlertDescription::AccessDenied
    )
}

fn certificate(context: &Context<'_>, wrong: &CertificateError, words: &str) -> Diagnostic {
    let name = context.host.name();
    match wrong {
        CertificateError::Expired | CertificateError::ExpiredContext { .. } => {
            let mut diagnostic = context.error("tls-certificate-expired", "the server's certificate has expired");
            if let CertificateError::ExpiredContext { not_after, .. } = wrong {
                diagnostic = diagnostic.note(format!("it was valid until {}", day(not_after.as_secs())));
            }
            diagnostic.help("have it renewed; and check this machine's clock")
        }
        CertificateError::NotValidYet | CertificateError::NotValidYetContext { .. } => context
            .error("tls-certificate-early", "the server's certificate is not valid yet")
            .note(words)
            .help("check the clocks of both machines"),
        CertificateError::NotValidForName | CertificateError::NotValidForNameContext { .. } => {
            let mut diagnostic = context.error("tls-certificate-host", "the server's certificate is for another host");
            if let CertificateError::NotValidForNameContext { presented, .. } = wrong {
                let names = if presented.is_empty() { "no host".to_string() } else { presented.join(", ") };
                diagnostic = diagnostic.note(format!("it is for {names}; the host asked for is {name}"));
            }
            diagnostic
                .help("connect by a name that the certificate has (`hostaddr` can give the address besides)")
                .help("`sslmode=verify-ca` checks the authority alone, which any host with its certificate passes")
        }
        CertificateError::Revoked => {
            context.error("tls-certificate-revoked", "the server's certificate has been revoked").help("have it replaced")
        }
        CertificateError::UnknownRevocationStatus | CertificateError::ExpiredRevocationListContext { .. } => context
            .error("tls-certificate-revocation", "no revocation list covers the server's certificate")
            .note(words)
            .help("give the lists of all authorities in the chain with `sslcrl` or `sslcrldir`"),
        CertificateError::UnknownIssuer | CertificateError::BadSignature | CertificateError::Other(_) => {
            let roots = match &context.settings.tls.roots {
                Roots::File(path) => format!("`{}`", path.display()),
                Roots::System | Roots::Missing(_) => "what this system trusts".to_string(),
            };
            // rustls names its inner errors as in the source.
            let words = if words.contains("CaUsedAsEndEntity") { "it is self-signed, or an authority's own" } else { words };
            context
                .error("tls-certificate-untrusted", "the server's certificate is not from a trusted authority")
                .note(format!("it was checked against {roots}: {words}"))
                .help("name the file with the right authority's certificate: `sslrootcert=...`; hosting providers publish theirs")
        }
        _ => context.error("tls-certificate-invalid", "the server's certificate is not valid").note(words),
    }
}
