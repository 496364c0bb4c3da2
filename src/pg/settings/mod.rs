//! Where and how to connect, in the words of libpq.
//!
//! A value comes from the first of these that has it: the connection string (libpq-connect), the service file
//! (libpq-pgservice), the environment (libpq-envars), libpq's defaults. Passwords may come from the password file
//! (libpq-pgpass).

mod conninfo;
mod environment;
mod os;
mod parameters;
mod passfile;
mod service;
#[cfg(test)]
mod tests;
mod tls;

use std::fmt;
use std::net::IpAddr;
use std::path::{Path, PathBuf};
use std::time::Duration;

use crate::diagnostic::{Diagnostic, Result};
use parameters::{Given, Origin};
use passfile::PassFile;
pub use tls::SslMode;
pub(in crate::pg) use tls::{Roots, TlsSettings, Version};

/// The name of the operating system's user.
pub fn os_user() -> Option<String> {
    os::user(&process_environment)
}

/// A password. It is never shown.
#[derive(Clone, PartialEq, Eq)]
pub(in crate::pg) struct Secret(pub String);

impl fmt::Debug for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("***")
    }
}

/// One server to try.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Host {
    /// How to reach it.
    pub endpoint: Endpoint,
    /// The TCP port, or the number in the name of the socket.
    pub port: u16,
}

/// How a server is reached.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Endpoint {
    /// A Unix socket in this folder.
    Socket(PathBuf),
    /// A name to look up, or an address written as a name.
    Name(String),
    /// An address (`hostaddr`), and the name that its certificate must have.
    Address(IpAddr, Option<String>),
}

impl Host {
    /// `host:port`, as messages name it.
    pub fn display(&self) -> String {
        match &self.endpoint {
            Endpoint::Socket(dir) => format!("{}:{}", dir.display(), self.port),
            Endpoint::Name(name) | Endpoint::Address(_, Some(name)) if name.contains(':') => {
                format!("[{name}]:{}", self.port)
            }
            Endpoint::Name(name) | Endpoint::Address(_, Some(name)) => format!("{name}:{}", self.port),
            Endpoint::Address(IpAddr::V6(ip), None) => format!("[{ip}]:{}", self.port),
            Endpoint::Address(IpAddr::V4(ip), None) => format!("{ip}:{}", self.port),
        }
    }

    /// The host alone, as a line of `.pgpass` names it.
    pub(in crate::pg) fn name(&self) -> String {
        match &self.endpoint {
            Endpoint::Socket(dir) => dir.display().to_string(),
            Endpoint::Name(name) | Endpoint::Address(_, Some(name)) => name.clone(),
            Endpoint::Address(ip, None) => ip.to_string(),
        }
    }
}

/// Which server of several will do (`target_session_attrs`).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::pg) enum Session {
    Any,
    ReadWrite,
    ReadOnly,
    Primary,
    Standby,
    PreferStandby,
}

impl Session {
    const WORDS: &[(&str, Session)] = &[
        ("any", Session::Any),
        ("read-write", Session::ReadWrite),
        ("read-only", Session::ReadOnly),
        ("primary", Session::Primary),
        ("standby", Session::Standby),
        ("prefer-standby", Session::PreferStandby),
    ];

    /// The word for it in a connection string.
    pub fn word(self) -> &'static str {
        Self::WORDS.iter().find(|(_, session)| *session == self).map_or("", |(word, _)| word)
    }
}

/// Keep-alive probes and the like; what is none is left to the operating system.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::pg) struct Keepalives {
    pub on: bool,
    pub idle: Option<Duration>,
    pub interval: Option<Duration>,
    pub count: Option<u32>,
    pub user_timeout: Option<Duration>,
}

/// Where and how to connect.
#[derive(Debug, Clone, PartialEq)]
pub struct Settings {
    pub(in crate::pg) hosts: Vec<Host>,
    pub(in crate::pg) user: String,
    /// Nobody named a user: it is the operating system's.
    pub(in crate::pg) user_is_default: bool,
    pub(in crate::pg) dbname: String,
    /// Nobody named a database: it is the user's.
    pub(in crate::pg) dbname_is_default: bool,
    pub(in crate::pg) application_name: String,
    pub(in crate::pg) options: Option<String>,
    /// For each address, from the first packet to the end of the authentication. None waits for ever.
    pub(in crate::pg) connect_timeout: Option<Duration>,
    pub(in crate::pg) session: Session,
    pub(in crate::pg) random_order: bool,
    pub(in crate::pg) channel_binding: tokio_postgres::config::ChannelBinding,
    pub(in crate::pg) keepalives: Keepalives,
    pub(in crate::pg) tls: TlsSettings,
    password: Option<Secret>,
    passfile: PassFile,
    /// The database that was asked for at first. Lines of the password file for it count for others made from these
    /// settings too: a password belongs to the role, not to the database.
    first_dbname: String,
    warnings: Vec<Diagnostic>,
}

/// How long to wait for a server when nothing is said. libpq would wait for ever.
const DEFAULT_TIMEOUT: Duration = Duration::from_secs(10);

impl Settings {
    /// Whether a text is a connection string (a URL, or `name=value` pairs) and not, say, a name or a path.
    pub fn is_connection_string(text: &str) -> bool {
        conninfo::is_connection_string(text)
    }

    /// Reads a connection string; an empty one leaves everything to the environment.
    ///
    /// `environment` looks up environment variables; [`process_environment`] is the real one.
    pub fn parse(text: &str, environment: &dyn Fn(&str) -> Option<String>) -> Result<Settings> {
        let mut given = Given::default();
        for (name, value) in conninfo::parse(text.trim())? {
            given.add(&name, value, Origin::Text)?;
        }
        service::add(&mut given, environment)?;
        given.add_environment(environment)?;
        Settings::resolve(&given, environment)
    }

    /// A server on this machine that listens on a socket in `dir`, without anything from the environment.
    pub fn on_socket(dir: &Path, port: u16, user: &str, dbname: &str) -> Settings {
        Settings {
            hosts: vec![Host { endpoint: Endpoint::Socket(dir.to_path_buf()), port }],
            user: user.to_string(),
            user_is_default: false,
            dbname: dbname.to_string(),
            dbname_is_default: false,
            application_name: env!("CARGO_PKG_NAME").to_string(),
            options: None,
            connect_timeout: Some(DEFAULT_TIMEOUT),
            session: Session::Any,
            random_order: false,
            channel_binding: tokio_postgres::config::ChannelBinding::Prefer,
            keepalives: Keepalives { on: true, idle: None, interval: None, count: None, user_timeout: None },
            tls: TlsSettings::off(),
            password: None,
            passfile: PassFile::default(),
            first_dbname: dbname.to_string(),
            warnings: Vec::new(),
        }
    }

    fn resolve(given: &Given, environment: &dyn Fn(&str) -> Option<String>) -> Result<Settings> {
        use tokio_postgres::config::ChannelBinding;

        let mut warnings = Vec::new();
        let user = match given.get("user") {
            Some(user) => user.to_string(),
            None => os::user(environment).ok_or_else(|| {
                Diagnostic::error("no-user", "no database user is named, and the operating system's user has no name")
                    .help("name one: `user=...` in the connection string, or PGUSER")
            })?,
        };
        let dbname = given.get("dbname").unwrap_or(&user).to_string();
        let passfile = given.get("passfile").map(PathBuf::from).or_else(|| {
            os::home(environment).map(|home| home.join(if cfg!(windows) { "postgresql/pgpass.conf" } else { ".pgpass" }))
        });
        let passfile = match (given.get("password"), passfile) {
            (None, Some(path)) => {
                let (file, warning) = PassFile::read(&path);
                warnings.extend(warning);
                file
            }
            _ => PassFile::default(),
        };
        let connect_timeout = match given.number("connect_timeout")? {
            None => Some(DEFAULT_TIMEOUT),
            Some(seconds) => u64::try_from(seconds).ok().filter(|s| *s > 0).map(Duration::from_secs),
        };
        let binding =
            [("disable", ChannelBinding::Disable), ("prefer", ChannelBinding::Prefer), ("require", ChannelBinding::Require)];
        Ok(Settings {
            hosts: hosts(given)?,
            user_is_default: given.get("user").is_none(),
            dbname_is_default: given.get("dbname").is_none(),
            first_dbname: dbname.clone(),
            application_name: given
                .get("application_name")
                .or_else(|| given.get("fallback_application_name"))
                .unwrap_or(env!("CARGO_PKG_NAME"))
                .to_string(),
            options: given.get("options").map(str::to_string),
            connect_timeout,
            session: given.word("target_session_attrs", Session::WORDS, Session::Any)?,
            random_order: given.word("load_balance_hosts", &[("disable", false), ("random", true)], false)?,
            channel_binding: given.word("channel_binding", &binding, ChannelBinding::Prefer)?,
            keepalives: keepalives(given)?,
            tls: TlsSettings::resolve(given, environment, &mut warnings)?,
            password: given.get("password").map(|p| Secret(p.to_string())),
            user,
            dbname,
            passfile,
            warnings,
        })
    }

    /// `user@host:port/database`, never with the password. Several hosts are joined by commas.
    pub fn display(&self) -> String {
        let hosts: Vec<String> = self.hosts.iter().map(Host::display).collect();
        format!("{}@{}/{}", self.user, hosts.join(","), self.dbname)
    }

    /// `user@host:port/database` for one of the hosts.
    pub(in crate::pg) fn display_at(&self, host: &Host) -> String {
        format!("{}@{}/{}", self.user, host.display(), self.dbname)
    }

    /// The servers to try, in this order.
    pub fn hosts(&self) -> &[Host] {
        &self.hosts
    }

    /// The database's user.
    pub fn user(&self) -> &str {
        &self.user
    }

    /// The database's name.
    pub fn dbname(&self) -> &str {
        &self.dbname
    }

    /// How much TLS is asked for.
    pub fn sslmode(&self) -> SslMode {
        self.tls.mode
    }

    /// What the user should know about these settings, such as a password file that could not be used.
    pub fn warnings(&self) -> &[Diagnostic] {
        &self.warnings
    }

    /// The same server and user, another database.
    #[must_use]
    pub fn with_dbname(&self, dbname: &str) -> Settings {
        Settings { dbname: dbname.to_string(), dbname_is_default: false, ..self.clone() }
    }

    /// The same server and database, another user. A password that was given outright stays; one from the password
    /// file is looked up anew.
    #[must_use]
    pub fn with_user(&self, user: &str) -> Settings {
        Settings { user: user.to_string(), user_is_default: false, ..self.clone() }
    }

    /// The same, with this password.
    #[must_use]
    pub fn with_password(&self, password: &str) -> Settings {
        Settings { password: Some(Secret(password.to_string())), ..self.clone() }
    }

    /// The password for one of the hosts.
    pub(in crate::pg) fn password(&self, host: &Host) -> Option<&Secret> {
        let find = |dbname: &str| self.passfile.find(&host.name(), host.port, dbname, &self.user);
        self.password.as_ref().or_else(|| find(&self.dbname)).or_else(|| find(&self.first_dbname))
    }
}

/// The environment of this process, for [`Settings::parse`].
pub fn process_environment(name: &str) -> Option<String> {
    std::env::var(name).ok()
}

/// `host`, `hostaddr` and `port` are lists that belong together; a single port is for all.
fn hosts(given: &Given) -> Result<Vec<Host>> {
    let list = |name: &str| -> Vec<&str> { given.get(name).map(|v| v.split(',').collect()).unwrap_or_default() };
    let (names, addresses, ports) = (list("host"), list("hostaddr"), list("port"));
    if !names.is_empty() && !addresses.is_empty() && names.len() != addresses.len() {
        return Err(given.invalid("hostaddr", "as many addresses as `host` has names").into());
    }
    let count = names.len().max(addresses.len()).max(1);
    if ports.len() > 1 && ports.len() != count {
        return Err(given.invalid("port", "one port, or as many as there are hosts").into());
    }
    let mut hosts = Vec::with_capacity(count);
    for index in 0..count {
        let port = match ports.get(index).or(ports.first()).map(|p| p.trim()) {
            None | Some("") => 5432,
            Some(text) => text
                .parse::<u16>()
                .ok()
                .filter(|port| *port > 0)
                .ok_or_else(|| given.invalid("port", "numbers from 1 to 65535"))?,
        };
        let name = names.get(index).copied().filter(|name| !name.is_empty());
        let address = addresses.get(index).copied().filter(|address| !address.is_empty());
        let endpoint = match (address, name) {
            (Some(address), name) => {
                let ip = address.parse().map_err(|_| given.invalid("hostaddr", "IP addresses"))?;
                Endpoint::Address(ip, name.map(str::to_string))
            }
            (None, Some(name)) => endpoint(name),
            (None, None) => endpoint(&os::default_host(port)),
        };
        hosts.push(Host { endpoint, port });
    }
    Ok(hosts)
}

fn endpoint(name: &str) -> Endpoint {
    if name.starts_with('/') { Endpoint::Socket(name.into()) } else { Endpoint::Name(name.to_string()) }
}

fn keepalives(given: &Given) -> Result<Keepalives> {
    // Zero and less mean the system's default.
    let positive =
        |name: &str| -> Result<Option<u64>> { Ok(given.number(name)?.and_then(|n| u64::try_from(n).ok()).filter(|n| *n > 0)) };
    Ok(Keepalives {
        on: given.number("keepalives")? != Some(0),
        idle: positive("keepalives_idle")?.map(Duration::from_secs),
        interval: positive("keepalives_interval")?.map(Duration::from_secs),
        count: positive("keepalives_count")?.and_then(|n| u32::try_from(n).ok()),
        user_timeout: positive("tcp_user_timeout")?.map(Duration::from_millis),
    })
}
