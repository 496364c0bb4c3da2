//! Opening a connection.
//!
//! Manual: libpq-connect ("Specifying Multiple Hosts", `connect_timeout`, `target_session_attrs`).

use std::hash::{BuildHasher, RandomState};
use std::net::IpAddr;
use std::time::Duration;

use super::attempt::{LazyTls, Miss, Target, within};
use super::cancel::Reach;
use super::client::Client;
use super::failure;
use super::settings::{Endpoint, Host, Session, Settings};
use crate::diagnostic::{Diagnostic, Failure, Result};

/// Opens a connection to the first of the servers that will do.
///
/// As in libpq, the next server is tried if one cannot be reached or is the wrong sort, but not after a server has
/// refused the user. All that was tried is in the error.
pub async fn connect(settings: &Settings) -> Result<Client> {
    let mut tls = LazyTls::default();
    let mut diagnostics = Vec::new();
    let passes: &[Session] = match settings.session {
        Session::PreferStandby => &[Session::Standby, Session::Any],
        Session::Any => &[Session::Any],
        Session::ReadWrite => &[Session::ReadWrite],
        Session::ReadOnly => &[Session::ReadOnly],
        Session::Primary => &[Session::Primary],
        Session::Standby => &[Session::Standby],
    };
    for session in passes {
        diagnostics.clear();
        for host in in_order(&settings.hosts, settings.random_order) {
            match connect_host(settings, &host, *session, &mut tls).await {
                Ok(client) => return Ok(client),
                Err(miss) => {
                    diagnostics.push(*miss.diagnostic);
                    if miss.last {
                        return Err(Failure { diagnostics });
                    }
                }
            }
        }
    }
    Err(Failure { diagnostics })
}

/// All of them, shuffled if asked for.
fn in_order<T: Clone>(all: &[T], random: bool) -> Vec<T> {
    let mut all = all.to_vec();
    if random {
        // Hashing with a key that the standard library draws anew each time is random enough to spread load.
        for last in (1..all.len()).rev() {
            let other = RandomState::new().hash_one(last) % (last as u64 + 1);
            all.swap(last, usize::try_from(other).unwrap_or(last));
        }
    }
    all
}

/// Tries each address of a host.
async fn connect_host(
    settings: &Settings,
    host: &Host,
    session: Session,
    tls: &mut LazyTls,
) -> std::result::Result<Client, Miss> {
    let ways = match &host.endpoint {
        Endpoint::Socket(dir) => vec![Reach::Socket(dir.clone(), host.port)],
        Endpoint::Address(ip, _) => vec![Reach::Tcp((*ip, host.port).into())],
        Endpoint::Name(name) => {
            let found = look_up(name, host.port, settings.connect_timeout).await;
            let found = found.map_err(|why| Miss::new(failure::unknown_host(settings, host, name, &why), false))?;
            in_order(&found, settings.random_order).into_iter().map(|ip| Reach::Tcp((ip, host.port).into())).collect()
        }
    };
    // The last address's message stands for the host, with a note on each of the others.
    let mut miss = Miss::new(Diagnostic::error("unknown-host", "the host has no address"), false);
    let mut before: Vec<String> = Vec::new();
    for reach in ways {
        let target = Target { settings, host, reach, session };
        match target.try_ways(tls).await {
            Ok(client) => return Ok(client),
            Err(other) => miss = other,
        }
        let why = failure::reason(&miss.diagnostic);
        miss.diagnostic.notes.extend(before.iter().cloned());
        if miss.last {
            break;
        }
        if let Reach::Tcp(address) = target.reach {
            before.push(format!("tried {} before: {why}", address.ip()));
        }
    }
    Err(miss)
}

/// The addresses of a name, without doubles.
async fn look_up(name: &str, port: u16, timeout: Option<Duration>) -> std::result::Result<Vec<IpAddr>, String> {
    let found = within(timeout, tokio::net::lookup_host((name, port))).await;
    let found = found.ok_or("the name server did not answer in time")?.map_err(|error| error.to_string())?;
    let mut addresses: Vec<IpAddr> = Vec::new();
    for address in found.map(|socket| socket.ip()) {
        if !addresses.contains(&address) {
            addresses.push(address);
        }
    }
    if addresses.is_empty() { Err("the name has no address".into()) } else { Ok(addresses) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shuffling_loses_nothing() {
        let all: Vec<u32> = (0..20).collect();
        assert_eq!(in_order(&all, false), all);
        let mut shuffled = in_order(&all, true);
        assert_ne!(shuffled, all, "one in 20! runs fails here");
        shuffled.sort_unstable();
        assert_eq!(shuffled, all);
    }
}
