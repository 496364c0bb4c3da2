//! The parameters that libpq knows, and what becomes of each here.
//!
//! Manual: libpq-connect (key words) and libpq-envars (the variables behind them).

use crate::diagnostic::{Diagnostic, Result, closest};

/// What trueup does with a parameter of libpq's.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Treatment {
    /// It has its effect.
    Honoured,
    /// Accepted and without effect: it tunes something that trueup does not have, or that it fixes itself.
    Idle,
    /// It promises safety that cannot be kept, so leaving it out silently would be worse than an error. The text says
    /// what to do instead. The values listed are those that ask for nothing.
    Refused { neutral: &'static [&'static str], instead: &'static str },
}

/// One key word of a connection string, and the environment variable that stands in for it.
#[derive(Debug)]
pub(super) struct Parameter {
    pub name: &'static str,
    pub variable: Option<&'static str>,
    pub treatment: Treatment,
}

const fn honoured(name: &'static str, variable: Option<&'static str>) -> Parameter {
    Parameter { name, variable, treatment: Treatment::Honoured }
}

const fn idle(name: &'static str, variable: Option<&'static str>) -> Parameter {
    Parameter { name, variable, treatment: Treatment::Idle }
}

const fn refused(
    name: &'static str,
    variable: Option<&'static str>,
    neutral: &'static [&'static str],
    instead: &'static str,
) -> Parameter {
    Parameter { name, variable, treatment: Treatment::Refused { neutral, instead } }
}

/// Every key word of libpq 18, and those that older versions had.
pub(super) const PARAMETERS: &[Parameter] = &[
    honoured("service", Some("PGSERVICE")),
    honoured("servicefile", Some("PGSERVICEFILE")),
    honoured("host", Some("PGHOST")),
    honoured("hostaddr", Some("PGHOSTADDR")),
    honoured("port", Some("PGPORT")),
    honoured("dbname", Some("PGDATABASE")),
    honoured("user", Some("PGUSER")),
    honoured("password", Some("PGPASSWORD")),
    honoured("passfile", Some("PGPASSFILE")),
    honoured("options", Some("PGOPTIONS")),
    honoured("application_name", Some("PGAPPNAME")),
    honoured("fallback_application_name", None),
    honoured("connect_timeout", Some("PGCONNECT_TIMEOUT")),
    honoured("target_session_attrs", Some("PGTARGETSESSIONATTRS")),
    honoured("load_balance_hosts", Some("PGLOADBALANCEHOSTS")),
    honoured("channel_binding", Some("PGCHANNELBINDING")),
    honoured("keepalives", None),
    honoured("keepalives_idle", None),
    honoured("keepalives_interval", None),
    honoured("keepalives_count", None),
    honoured("tcp_user_timeout", None),
    honoured("sslmode", Some("PGSSLMODE")),
    honoured("requiressl", Some("PGREQUIRESSL")),
    honoured("sslnegotiation", Some("PGSSLNEGOTIATION")),
    honoured("sslrootcert", Some("PGSSLROOTCERT")),
    honoured("sslcrl", Some("PGSSLCRL")),
    honoured("sslcrldir", Some("PGSSLCRLDIR")),
    honoured("sslcert", Some("PGSSLCERT")),
    honoured("sslkey", Some("PGSSLKEY")),
    honoured("sslcertmode", Some("PGSSLCERTMODE")),
    honoured("sslsni", Some("PGSSLSNI")),
    honoured("ssl_min_protocol_version", Some("PGSSLMINPROTOCOLVERSION")),
    honoured("ssl_max_protocol_version", Some("PGSSLMAXPROTOCOLVERSION")),
    refused(
        "require_auth",
        Some("PGREQUIREAUTH"),
        &[],
        "trueup cannot restrict the authentication method; `channel_binding=require` insists on SCRAM over TLS",
    ),
    refused(
        "requirepeer",
        Some("PGREQUIREPEER"),
        &[],
        "trueup cannot check who owns the server process; use TLS with `sslmode=verify-full` over TCP",
    ),
    refused(
        "gssencmode",
        Some("PGGSSENCMODE"),
        &["disable", "prefer"],
        "trueup has no GSSAPI; encrypt with TLS: `gssencmode=disable sslmode=verify-full`",
    ),
    refused("replication", None, &["false", "off", "no", "0"], "trueup reads the catalog, which a replication connection cannot"),
    // The shadow and the readers fix the encoding; the protocol library always asks for UTF-8.
    idle("client_encoding", Some("PGCLIENTENCODING")),
    idle("sslcompression", Some("PGSSLCOMPRESSION")),
    idle("sslpassword", None),
    idle("sslkeylogfile", None),
    idle("krbsrvname", Some("PGKRBSRVNAME")),
    idle("gsslib", Some("PGGSSLIB")),
    idle("gssdelegation", Some("PGGSSDELEGATION")),
    idle("min_protocol_version", Some("PGMINPROTOCOLVERSION")),
    idle("max_protocol_version", Some("PGMAXPROTOCOLVERSION")),
    idle("scram_client_key", None),
    idle("scram_server_key", None),
    idle("oauth_issuer", None),
    idle("oauth_client_id", None),
    idle("oauth_client_secret", None),
    idle("oauth_scope", None),
    idle("authtype", None),
    idle("tty", None),
];

/// What pools and object mappers add to a `DATABASE_URL` for their own use. People paste such a URL here as it is.
const OF_OTHERS: &[&str] = &[
    // Prisma
    "schema",
    "pgbouncer",
    "connection_limit",
    "pool_timeout",
    "socket_timeout",
    "statement_cache_size",
    "single_use_connections",
    "sslaccept",
    // Supabase and Vercel
    "supa",
    "workaround",
    // node-postgres, SQLAlchemy, pgx and lib/pq
    "uselibpqcompat",
    "prepared_statements",
    "prepared_statement_cache_size",
    "binary_parameters",
    "pool_max_conns",
    "pool_min_conns",
    "pool_mode",
    "default_query_exec_mode",
];

/// Where a value was written; messages say so.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Origin {
    Text,
    Service(String),
    Variable(&'static str),
}

/// The values that were given, by the parameter's name, the first layer that sets one winning.
#[derive(Debug, Clone, Default)]
pub(super) struct Given {
    values: Vec<(&'static str, String, Origin)>,
}

impl Given {
    /// Takes a value in, unless a layer with precedence has one already. `name` must be one of libpq's.
    pub fn add(&mut self, name: &str, value: String, origin: Origin) -> Result<()> {
        let Some(parameter) = find(name) else {
            if OF_OTHERS.contains(&name) {
                return Ok(());
            }
            return Err(unknown(name, &origin).into());
        };
        if let Treatment::Refused { neutral, instead } = parameter.treatment
            && !value.is_empty()
            && !neutral.contains(&value.as_str())
        {
            return Err(Diagnostic::error(
                "unsupported-parameter",
                format!("`{name}={value}` ({}) is not supported", origin.describe()),
            )
            .help(instead)
            .into());
        }
        if !self.values.iter().any(|(n, _, _)| *n == parameter.name) {
            self.values.push((parameter.name, value, origin));
        }
        Ok(())
    }

    /// Takes in what the environment variables say about parameters that are not set yet.
    pub fn add_environment(&mut self, environment: &dyn Fn(&str) -> Option<String>) -> Result<()> {
        for parameter in PARAMETERS {
            if let Some(variable) = parameter.variable
                && let Some(value) = environment(variable)
            {
                self.add(parameter.name, value, Origin::Variable(variable))?;
            }
        }
        Ok(())
    }

    /// The value of a parameter, none if it is missing or empty: libpq treats both alike.
    pub fn get(&self, name: &str) -> Option<&str> {
        self.values.iter().find(|(n, v, _)| *n == name && !v.is_empty()).map(|(_, v, _)| v.as_str())
    }

    /// An error about a parameter's value.
    pub fn invalid(&self, name: &str, expected: &str) -> Diagnostic {
        let found = self.values.iter().find(|(n, _, _)| *n == name);
        let (value, place) = found.map_or(("", String::new()), |(_, v, o)| (v.as_str(), o.describe()));
        Diagnostic::error("invalid-parameter", format!("`{name}={value}` ({place}) is not valid"))
            .help(format!("`{name}` takes {expected}"))
    }

    /// One of a list of words.
    pub fn word<T: Copy>(&self, name: &str, words: &[(&str, T)], default: T) -> Result<T> {
        let Some(value) = self.get(name) else { return Ok(default) };
        if let Some((_, meaning)) = words.iter().find(|(word, _)| *word == value) {
            return Ok(*meaning);
        }
        let all: Vec<String> = words.iter().map(|(word, _)| format!("`{word}`")).collect();
        let mut diagnostic = self.invalid(name, &all.join(", "));
        if let Some(near) = closest(value, words.iter().map(|(word, _)| *word)) {
            diagnostic = diagnostic.help(format!("did you mean `{name}={near}`?"));
        }
        Err(diagnostic.into())
    }

    /// A whole number.
    pub fn number(&self, name: &str) -> Result<Option<i64>> {
        self.get(name).map(|value| value.trim().parse().map_err(|_| self.invalid(name, "a whole number").into())).transpose()
    }
}

impl Origin {
    pub fn describe(&self) -> String {
        match self {
            Origin::Text => "in the connection string".into(),
            Origin::Service(name) => format!("in service `{name}`"),
            Origin::Variable(name) => format!("from {name}"),
        }
    }
}

pub(super) fn find(name: &str) -> Option<&'static Parameter> {
    PARAMETERS.iter().find(|p| p.name == name)
}

fn unknown(name: &str, origin: &Origin) -> Diagnostic {
    // A part of a password that holds a `/` may end up here as a "parameter": never repeat what is not plainly a name.
    let plain = !name.is_empty() && name.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'_' || b == b'-');
    if !plain {
        return Diagnostic::error("unknown-parameter", format!("something {} is no connection parameter", origin.describe()))
            .note("it is not repeated here, as it may be a part of the password")
            .help("in a URL, write `/` as %2F, `?` as %3F and `@` as %40 within user and password");
    }
    let diagnostic =
        Diagnostic::error("unknown-parameter", format!("`{name}` ({}) is not a connection parameter", origin.describe()));
    match closest(name, PARAMETERS.iter().map(|p| p.name)) {
        Some(near) => diagnostic.help(format!("did you mean `{near}`?")),
        None => diagnostic
            .help("the names are libpq's: https://www.postgresql.org/docs/current/libpq-connect.html#LIBPQ-PARAMKEYWORDS"),
    }
}
