//! TLS as libpq does it, with rustls and the cryptography of ring.
//!
//! Manual: libpq-ssl. The provider is named here and not installed for the process, which belongs to the program that
//! uses the library.

mod certificate;
mod connector;
mod verify;

use std::path::{Path, PathBuf};
use std::sync::Arc;

use rustls::client::WebPkiServerVerifier;
use rustls::crypto::CryptoProvider;
use rustls::pki_types::pem::PemObject;
use rustls::pki_types::{CertificateDer, CertificateRevocationListDer, PrivateKeyDer};
use rustls::sign::{CertifiedKey, SingleCertAndKey};
use rustls::{ClientConfig, RootCertStore, SupportedProtocolVersion};

use super::settings::{Roots, SslMode, TlsSettings, Version};
use crate::diagnostic::{Diagnostic, Result};
use certificate::Certificate;
pub(super) use certificate::day;
pub(super) use connector::Connector;
use verify::{Trusted, Verifier};

/// Makes what is needed for TLS sessions; reads the files of certificates and keys.
pub(super) fn connector(settings: &TlsSettings) -> Result<Connector> {
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let verifier = Verifier {
        trusted: trusted(settings, &provider)?,
        check_host: settings.mode == SslMode::VerifyFull,
        algorithms: provider.signature_verification_algorithms,
    };
    let wrong = |error: rustls::Error| Diagnostic::error("tls-setup", format!("TLS cannot be set up: {error}"));
    let identity = settings.identity.as_ref().map(|(certificate, key)| identity(certificate, key, &provider)).transpose()?;
    let builder = ClientConfig::builder_with_provider(provider)
        .with_protocol_versions(&versions(settings)?)
        .map_err(wrong)?
        .dangerous()
        .with_custom_certificate_verifier(Arc::new(verifier));
    let mut config = match identity {
        None => builder.with_no_client_auth(),
        Some(identity) => builder.with_client_cert_resolver(Arc::new(SingleCertAndKey::from(identity))),
    };
    config.enable_sni = settings.sni;
    if settings.direct {
        // PostgreSQL 17 refuses TLS without negotiation unless the protocol is named.
        config.alpn_protocols = vec![b"postgresql".to_vec()];
    }
    Ok(Connector::new(config))
}

fn versions(settings: &TlsSettings) -> Result<Vec<&'static SupportedProtocolVersion>> {
    let all = [(Version::Tls13, &rustls::version::TLS13), (Version::Tls12, &rustls::version::TLS12)];
    let range = settings.min..=settings.max;
    let versions: Vec<_> = all.into_iter().filter(|(v, _)| range.contains(v)).map(|(_, v)| v).collect();
    if versions.is_empty() {
        return Err(Diagnostic::error("invalid-parameter", "no version of TLS is left to use")
            .note("`ssl_min_protocol_version` is above `ssl_max_protocol_version`")
            .into());
    }
    Ok(versions)
}

/// What to check the server's certificate against; none if nothing is to be checked.
fn trusted(settings: &TlsSettings, provider: &Arc<CryptoProvider>) -> Result<Option<Trusted>> {
    let mut roots = RootCertStore::empty();
    let mut file = Vec::new();
    match &settings.roots {
        Roots::System => {
            let found = rustls_native_certs::load_native_certs();
            roots.add_parsable_certificates(found.certs);
            if roots.is_empty() {
                let mut diagnostic = Diagnostic::error(
                    "root-certificate",
                    "`sslrootcert=system`, but no trusted certificates were found on this system",
                );
                for error in found.errors {
                    diagnostic = diagnostic.note(error.to_string());
                }
                return Err(diagnostic
                    .help("install them (Debian: `apt install ca-certificates`), or name a file with SSL_CERT_FILE")
                    .into());
            }
        }
        Roots::File(path) => {
            file = pem::<CertificateDer<'static>>(path, "root-certificate", "root certificate file")?;
            roots.add_parsable_certificates(file.iter().cloned());
            if roots.is_empty() {
                return Err(unusable(path, "root-certificate", "root certificate file", "it holds no certificate").into());
            }
        }
        Roots::Missing(_) if settings.mode < SslMode::VerifyCa => return Ok(None),
        Roots::Missing(path) => return Err(missing_root(settings.mode, path.as_deref()).into()),
    }
    let roots = Arc::new(roots);
    let revocation = revocation(settings, &roots, provider)?;
    Ok(Some(Trusted { roots, file, revocation }))
}

fn missing_root(mode: SslMode, path: Option<&Path>) -> Diagnostic {
    let message = match path {
        Some(path) => format!("there is no root certificate file `{}`", path.display()),
        None => "no root certificate file is named".to_string(),
    };
    Diagnostic::error("root-certificate-missing", message)
        .note(format!("`sslmode={}` checks the server's certificate against it", mode.word()))
        .help("put the certificate of the authority there, or name its file with `sslrootcert`")
        .help("if a public authority signed the server's certificate: `sslrootcert=system`")
}

/// A verifier that knows the revocation lists, if there are any.
fn revocation(
    settings: &TlsSettings,
    roots: &Arc<RootCertStore>,
    provider: &Arc<CryptoProvider>,
) -> Result<Option<Arc<WebPkiServerVerifier>>> {
    const CODE: &str = "revocation-list";
    const WHAT: &str = "certificate revocation list";

    let mut lists: Vec<CertificateRevocationListDer<'static>> = Vec::new();
    if let Some(path) = &settings.crl {
        lists.extend(pem(path, CODE, WHAT)?);
    }
    if let Some(dir) = &settings.crl_dir {
        let entries = std::fs::read_dir(dir).map_err(|error| unusable(dir, CODE, WHAT, &error.to_string()))?;
        let mut paths: Vec<PathBuf> = entries.flatten().map(|entry| entry.path()).filter(|p| p.is_file()).collect();
        paths.sort();
        for path in paths {
            lists.extend(pem(&path, CODE, WHAT)?);
        }
    }
    if lists.is_empty() {
        return Ok(None);
    }
    let verifier = WebPkiServerVerifier::builder_with_provider(roots.clone(), provider.clone())
        .with_crls(lists)
        .build()
        .map_err(|error| {
            Diagnostic::error(CODE, format!("the {WHAT} cannot be used: {error}"))
                .help("it must be of version 2, with a number (for `openssl ca`: `crlnumber` in its configuration)")
        })?;
    Ok(Some(verifier))
}

/// The client's certificate with its key. rustls' own constructor takes version 3 only; whether the two belong together
/// is checked here in its place.
fn identity(certificate: &Path, key: &Path, provider: &CryptoProvider) -> Result<CertifiedKey> {
    const CODE: &str = "client-certificate";
    const WHAT: &str = "client certificate";
    let wrong = |why: &str| unusable(certificate, CODE, WHAT, why);
    let chain = pem::<CertificateDer<'static>>(certificate, CODE, WHAT)?;
    let first = chain.first().ok_or_else(|| wrong("it holds no certificate"))?;
    let parsed = Certificate::parse(first).ok_or_else(|| wrong("it is not a certificate"))?;
    let signer = provider
        .key_provider
        .load_private_key(client_key(key)?)
        .map_err(|error| unusable(key, "client-key", "client key", &error.to_string()))?;
    if signer.public_key().is_some_and(|public| public.as_ref() != parsed.key_info) {
        return Err(wrong(&format!("`{}` is not its key", key.display())).into());
    }
    Ok(CertifiedKey::new(chain, signer))
}

fn client_key(path: &Path) -> Result<PrivateKeyDer<'static>> {
    const CODE: &str = "client-key";
    const WHAT: &str = "client key";
    let metadata = std::fs::metadata(path).map_err(|error| {
        unusable(path, CODE, WHAT, &error.to_string())
            .note("there is a client certificate, and it is of no use without its key")
            .help("name the key's file with `sslkey`, or leave the certificate aside with `sslcertmode=disable`")
    })?;
    if let Some(mode) = too_open(&metadata) {
        return Err(unusable(path, CODE, WHAT, "group or others have access to it")
            .help(format!("run `chmod {mode:04o} {}`", path.display()))
            .into());
    }
    let bytes = std::fs::read(path).map_err(|error| unusable(path, CODE, WHAT, &error.to_string()))?;
    if let Ok(key) = PrivateKeyDer::from_pem_slice(&bytes) {
        return Ok(key);
    }
    if bytes.windows(9).any(|word| word == b"ENCRYPTED") {
        return Err(unusable(path, CODE, WHAT, "it is encrypted, which trueup does not support")
            .help(format!("write it unencrypted: `openssl pkey -in {} -out FILE`, then `chmod 0600 FILE`", path.display()))
            .into());
    }
    PrivateKeyDer::try_from(bytes).map_err(|_| unusable(path, CODE, WHAT, "it is no private key in PEM or DER").into())
}

/// The permissions that a key's file may have at most, if it has more. A key that belongs to root may be readable by
/// its group, as Debian's are.
#[cfg(unix)]
fn too_open(metadata: &std::fs::Metadata) -> Option<u32> {
    use std::os::unix::fs::MetadataExt;
    let (forbidden, allowed) = if metadata.uid() == 0 { (0o037, 0o640) } else { (0o077, 0o600) };
    (metadata.mode() & forbidden != 0).then_some(allowed)
}

#[cfg(not(unix))]
fn too_open(_: &std::fs::Metadata) -> Option<u32> {
    None
}

/// All items of one sort in a PEM file.
fn pem<T: PemObject>(path: &Path, code: &'static str, what: &str) -> Result<Vec<T>> {
    let items = T::pem_file_iter(path).map_err(|error| unusable(path, code, what, &error.to_string()))?;
    items.map(|item| item.map_err(|error| unusable(path, code, what, &error.to_string()).into())).collect()
}

fn unusable(path: &Path, code: &'static str, what: &str, why: &str) -> Diagnostic {
    Diagnostic::error(code, format!("the {what} `{}` cannot be used: {why}", path.display()))
}
