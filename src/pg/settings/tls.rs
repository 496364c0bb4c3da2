//! What was asked for about TLS.
//!
//! Manual: libpq-ssl.

use std::path::PathBuf;

use super::os;
use super::parameters::Given;
use crate::diagnostic::{Diagnostic, Result};

/// How much TLS is asked for. Later ones ask for more.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum SslMode {
    /// Only without.
    Disable,
    /// First without, then with.
    Allow,
    /// First with, then without.
    Prefer,
    /// Only with; the certificate is checked if there is something to check it against.
    Require,
    /// Only with, and the certificate must come from a trusted authority.
    VerifyCa,
    /// As `VerifyCa`, and the certificate must be for the host.
    VerifyFull,
}

const MODES: &[(&str, SslMode)] = &[
    ("disable", SslMode::Disable),
    ("allow", SslMode::Allow),
    ("prefer", SslMode::Prefer),
    ("require", SslMode::Require),
    ("verify-ca", SslMode::VerifyCa),
    ("verify-full", SslMode::VerifyFull),
];

impl SslMode {
    /// The word for it in a connection string.
    pub fn word(self) -> &'static str {
        MODES.iter().find(|(_, mode)| *mode == self).map_or("", |(word, _)| word)
    }
}

/// What server certificates are checked against.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::pg) enum Roots {
    /// What the operating system trusts: `sslrootcert=system`.
    System,
    /// A file that is there. Then it is checked against, whatever the mode.
    File(PathBuf),
    /// No such file: nothing is checked, and the `verify` modes are an error.
    Missing(Option<PathBuf>),
}

/// Versions of TLS that rustls speaks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(in crate::pg) enum Version {
    Tls12,
    Tls13,
}

/// All that was asked for about TLS.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::pg) struct TlsSettings {
    pub mode: SslMode,
    /// TLS from the first byte (`sslnegotiation=direct`, PostgreSQL 17).
    pub direct: bool,
    pub roots: Roots,
    pub crl: Option<PathBuf>,
    pub crl_dir: Option<PathBuf>,
    /// The client's certificate, if the file is there, and where its key should be.
    pub identity: Option<(PathBuf, PathBuf)>,
    pub sni: bool,
    pub min: Version,
    pub max: Version,
}

impl TlsSettings {
    /// Without TLS.
    pub fn off() -> Self {
        TlsSettings {
            mode: SslMode::Disable,
            direct: false,
            roots: Roots::Missing(None),
            crl: None,
            crl_dir: None,
            identity: None,
            sni: true,
            min: Version::Tls12,
            max: Version::Tls13,
        }
    }

    /// From the parameters and the files that are there.
    pub(super) fn resolve(
        given: &Given,
        environment: &dyn Fn(&str) -> Option<String>,
        warnings: &mut Vec<Diagnostic>,
    ) -> Result<Self> {
        let folder = os::certificate_folder(environment);
        let default = |name: &str| folder.as_ref().map(|folder| folder.join(name));
        let file = |parameter: &str| given.get(parameter).map(PathBuf::from);

        let system = given.get("sslrootcert") == Some("system");
        let default_mode = match given.get("requiressl") {
            _ if system => SslMode::VerifyFull,
            Some(value) if value.starts_with('1') => SslMode::Require,
            _ => SslMode::Prefer,
        };
        let mode = given.word("sslmode", MODES, default_mode)?;
        if system && mode != SslMode::VerifyFull {
            // Anyone can get a certificate from a public authority; without the host's name it proves nothing.
            return Err(given
                .invalid("sslmode", "`verify-full` together with `sslrootcert=system`")
                .note("an authority that everyone can use proves something only if the host's name is checked too")
                .into());
        }

        let direct = given.word("sslnegotiation", &[("postgres", false), ("direct", true)], false)?;
        if direct && mode < SslMode::Require {
            return Err(given.invalid("sslnegotiation", "`direct` only with `sslmode=require` or stronger").into());
        }

        let wanted = file("sslrootcert").or_else(|| default("root.crt"));
        let roots = match wanted {
            _ if system => Roots::System,
            Some(path) if path.exists() => Roots::File(path),
            wanted => Roots::Missing(wanted),
        };
        let crl = file("sslcrl");
        let crl_dir = file("sslcrldir");
        // libpq goes on without a file that is named and not there. So does this, but not in silence.
        let explicit_root = file("sslrootcert").filter(|path| roots == Roots::Missing(Some(path.clone())));
        if mode > SslMode::Disable
            && mode < SslMode::VerifyCa
            && let Some(path) = explicit_root
        {
            warnings.push(
                Diagnostic::warning(
                    "root-certificate-missing",
                    format!("the server's certificate will not be checked: there is no file `{}`", path.display()),
                )
                .note("`sslrootcert` names it; libpq does without as well unless `sslmode` is verify-ca or verify-full"),
            );
        }
        for (parameter, path) in [("sslcrl", &crl), ("sslcrldir", &crl_dir)] {
            if let Some(path) = path.as_ref().filter(|path| !path.exists()) {
                warnings.push(Diagnostic::warning(
                    "revocation-list-missing",
                    format!("revoked certificates will not be noticed: there is no `{}` ({parameter})", path.display()),
                ));
            }
        }
        let there = |path: PathBuf| path.exists().then_some(path);
        let default_crl = || if crl_dir.is_none() { default("root.crl") } else { None };
        let crl = crl.clone().or_else(default_crl).and_then(there);
        let crl_dir = crl_dir.clone().and_then(there);

        let identity = identity(given, &file, &default)?;
        Ok(TlsSettings {
            mode,
            direct,
            roots,
            crl,
            crl_dir,
            identity,
            sni: given.word("sslsni", &[("0", false), ("1", true)], true)?,
            min: version(given, "ssl_min_protocol_version", Version::Tls12)?,
            max: version(given, "ssl_max_protocol_version", Version::Tls13)?,
        })
    }
}

#[derive(Clone, Copy, PartialEq)]
enum CertMode {
    Never,
    IfThere,
    Always,
}

fn identity(
    given: &Given,
    file: &dyn Fn(&str) -> Option<PathBuf>,
    default: &dyn Fn(&str) -> Option<PathBuf>,
) -> Result<Option<(PathBuf, PathBuf)>> {
    let words = [("disable", CertMode::Never), ("allow", CertMode::IfThere), ("require", CertMode::Always)];
    let mode = given.word("sslcertmode", &words, CertMode::IfThere)?;
    let certificate = file("sslcert").or_else(|| default("postgresql.crt")).filter(|path| path.exists());
    let key = file("sslkey").or_else(|| default("postgresql.key"));
    match (mode, certificate, key) {
        (CertMode::Never, _, _) => Ok(None),
        (_, Some(certificate), Some(key)) => Ok(Some((certificate, key))),
        (CertMode::Always, _, _) => Err(given
            .invalid("sslcertmode", "`require` only with a client certificate that is there")
            .help("name its file with `sslcert` and the file of its key with `sslkey`")
            .into()),
        _ => Ok(None),
    }
}

fn version(given: &Given, name: &str, default: Version) -> Result<Version> {
    match given.get(name).map(str::to_ascii_lowercase).as_deref() {
        None => Ok(default),
        Some("tlsv1.3") => Ok(Version::Tls13),
        Some("tlsv1.2") => Ok(Version::Tls12),
        // To allow more than rustls speaks is no harm; to ask for nothing newer cannot be met.
        Some("tlsv1" | "tlsv1.1") if name == "ssl_min_protocol_version" => Ok(Version::Tls12),
        Some(_) => Err(given.invalid(name, "`TLSv1.2` or `TLSv1.3`").into()),
    }
}
