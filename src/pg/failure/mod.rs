//! Why a connection could not be made, in words: what, where, why, and what to do.
//!
//! The server's own words are always in a note, with their SQLSTATE. Which of the known cases it is comes from the
//! SQLSTATE; where PostgreSQL or a pooler uses one code for several cases, from the name of the server's routine or,
//! last, from English words, so that another language makes the advice more general and never wrong.

mod network;
mod server;

use std::error::Error as _;
use std::net::IpAddr;

use tokio_postgres::Error;

use super::settings::{Host, Settings, SslMode};
use super::sqlstate;
use crate::diagnostic::Diagnostic;
pub(super) use network::{is_hang_up, is_unreachable, unknown_host};

/// What went wrong in one attempt.
pub(super) enum Trouble {
    /// `connect_timeout` passed.
    Timeout,
    /// The protocol library's error.
    Postgres(Error),
    /// The files for TLS cannot be used.
    TlsSetup(Box<Diagnostic>),
    /// The server is too old.
    TooOld(Box<Diagnostic>),
    /// Not the sort of server that `target_session_attrs` asks for.
    WrongSession(Box<Diagnostic>),
}

/// One attempt that failed.
pub(super) struct Attempt {
    pub trouble: Trouble,
    /// The server had agreed to TLS.
    pub encrypted: bool,
    /// The server had been asked for TLS.
    pub asked: bool,
}

/// What messages need to know besides the error.
struct Context<'a> {
    settings: &'a Settings,
    host: &'a Host,
    address: Option<IpAddr>,
    encrypted: bool,
}

impl Context<'_> {
    /// `cannot connect to user@host:port/database: why`
    fn error(&self, code: &'static str, why: &str) -> Diagnostic {
        Diagnostic::error(code, format!("cannot connect to {}: {why}", self.settings.display_at(self.host)))
    }
}

/// Puts the attempts on one address into one message.
pub(super) async fn explain(settings: &Settings, host: &Host, address: Option<IpAddr>, attempts: &[Attempt]) -> Diagnostic {
    let mut all = Vec::new();
    for attempt in attempts {
        let context = Context { settings, host, address, encrypted: attempt.encrypted };
        all.push(one(&context, &attempt.trouble).await);
    }
    // With `prefer` the attempt with TLS comes first and tells most. With `allow` it comes second, and does so unless
    // the server has no TLS at all.
    let tls_last = settings.tls.mode == SslMode::Allow && all.get(1).is_some_and(|d| d.code != "tls-not-offered");
    let chosen = usize::from(tls_last);
    let Some(mut diagnostic) = all.get(chosen).cloned() else {
        return Diagnostic::error("connection-failed", format!("cannot connect to {}", settings.display_at(host)));
    };
    if let (Some(other), Some(attempt)) = (all.get(1 - chosen), attempts.get(1 - chosen))
        && other.message != diagnostic.message
        // Nothing was learnt by trying without TLS where it is required.
        && other.code != "tls-required"
    {
        let how = if attempt.asked { "with" } else { "without" };
        let said = other.notes.iter().find(|note| note.starts_with(SERVER_SAID)).cloned();
        diagnostic = diagnostic.note(format!("also tried {how} TLS: {}", said.unwrap_or_else(|| reason(other))));
    }
    diagnostic
}

/// How a note with the server's own words begins.
const SERVER_SAID: &str = "the server said: ";

/// The last part of a message, which says why.
pub(super) fn reason(diagnostic: &Diagnostic) -> String {
    diagnostic.message.rsplit_once(": ").map_or(diagnostic.message.as_str(), |(_, why)| why).to_string()
}

async fn one(context: &Context<'_>, trouble: &Trouble) -> Diagnostic {
    match trouble {
        Trouble::Timeout => network::timeout(context),
        Trouble::TlsSetup(diagnostic) => {
            let place = context.settings.display_at(context.host);
            (**diagnostic).clone().note(format!("it is needed to connect to {place}"))
        }
        Trouble::TooOld(diagnostic) | Trouble::WrongSession(diagnostic) => (**diagnostic).clone(),
        Trouble::Postgres(error) => match error.as_db_error() {
            Some(db) => server::refused(context, db),
            None => local(context, error).await,
        },
    }
}

/// Errors that are not in the server's words.
async fn local(context: &Context<'_>, error: &Error) -> Diagnostic {
    if is_password_missing(error) {
        return password_missing(context);
    }
    if let Some(diagnostic) = network::explain(context, error).await {
        return diagnostic;
    }
    let cause = error.source().map(ToString::to_string).unwrap_or_default();
    let words = sqlstate::causes(error);
    match cause.as_str() {
        "server did not use channel binding" if !context.encrypted => context
            .error("channel-binding", "`channel_binding=require` needs TLS, and this connection has none")
            .help("connect with `sslmode=require` or stronger, or with `channel_binding=prefer`"),
        "server did not use channel binding" => context
            .error("channel-binding", "the server cannot bind the password to the TLS session")
            .note("`channel_binding=require` asks for SCRAM over TLS, and for a certificate that it can be bound to")
            .help("set `scram-sha-256` in the server's pg_hba.conf, or connect with `channel_binding=prefer`"),
        "unsupported authentication method" | "unsupported SASL mechanism" => context
            .error("unsupported-authentication", "the server asks for a way to authenticate that trueup lacks")
            .note("trueup has passwords (SCRAM, MD5, plain), client certificates, and what needs nothing of the client")
            .help("use a role for which pg_hba.conf says `scram-sha-256` or `cert`"),
        _ => context.error("connection-failed", &words),
    }
}

/// The server wants a password and there is none.
pub(super) fn is_password_missing(error: &Error) -> bool {
    // tokio-postgres has no other mark for it.
    error.source().is_some_and(|cause| cause.to_string() == "password missing")
}

fn password_missing(context: &Context<'_>) -> Diagnostic {
    let Settings { user, dbname, .. } = context.settings;
    let diagnostic = context.error("password-missing", "the server asks for a password, and none is given");
    let mut diagnostic = diagnostic.help(format!(
        "set PGPASSWORD, or add a line `{}:{}:{dbname}:{user}:PASSWORD` to ~/.pgpass (mode 0600)",
        context.host.name().replace(':', "\\:"),
        context.host.port
    ));
    for warning in context.settings.warnings() {
        if warning.code == "password-file" {
            diagnostic = diagnostic.note(warning.message.clone());
        }
    }
    default_user_note(context, diagnostic)
}

/// Says so where nobody named the user: the reason is often that a variable is not set.
fn default_user_note(context: &Context<'_>, diagnostic: Diagnostic) -> Diagnostic {
    if !context.settings.user_is_default {
        return diagnostic;
    }
    diagnostic
        .note(format!("no user was named, so it is the operating system's, `{}`", context.settings.user))
        .help("name one: `user=...` in the connection string, or PGUSER")
}

/// A server older than trueup reads.
pub(super) fn too_old(place: &str, version: &str) -> Diagnostic {
    if version.ends_with("/bouncer") {
        return Diagnostic::error("not-postgresql", format!("{place} is PgBouncer's administration console"))
            .help("name one of the databases that PgBouncer serves instead of `pgbouncer`");
    }
    let runs =
        if version.is_empty() { "a server that does not tell its version".into() } else { format!("PostgreSQL {version}") };
    Diagnostic::error("server-too-old", format!("{place} runs {runs}"))
        .note("trueup supports PostgreSQL 14 and newer")
        .note("some compatible products (Amazon Redshift, CockroachDB) call themselves an old PostgreSQL")
        .help("upgrade the server: https://www.postgresql.org/support/versioning/")
}

/// A server of the wrong sort.
pub(super) fn wrong_session(place: &str, wanted: &str) -> Diagnostic {
    let what = match wanted {
        "read-write" => "takes no writes",
        "read-only" => "takes writes",
        "primary" => "is a standby",
        _ => "is not a standby",
    };
    Diagnostic::error("wrong-session", format!("{place} {what}"))
        .note(format!("`target_session_attrs={wanted}` asks for another sort of server"))
        .help("name the other servers as well (`host=a,b`), or set `target_session_attrs=any`")
}

/// The server's own words as notes.
fn server_words(diagnostic: Diagnostic, db: &tokio_postgres::error::DbError) -> Diagnostic {
    let mut diagnostic = diagnostic.note(format!("{SERVER_SAID}{} (SQLSTATE {})", db.message(), db.code().code()));
    for (name, text) in [("detail", db.detail()), ("hint", db.hint())] {
        if let Some(text) = text {
            diagnostic = diagnostic.note(format!("{name}: {text}"));
        }
    }
    diagnostic
}
