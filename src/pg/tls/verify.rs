//! Checking the server's certificate.
//!
//! Manual: libpq-ssl, "Client Verification of Server Certificates". rustls by itself checks the chain and the host's
//! name together or nothing at all; libpq has a mode between (the chain alone), looks into the subject's common name
//! where no alternative name is given, and trusts a self-signed certificate that is itself in the root file.

use std::sync::Arc;

use rustls::client::danger::{HandshakeSignatureValid, ServerCertVerified, ServerCertVerifier};
use rustls::client::{WebPkiServerVerifier, verify_server_cert_signed_by_trust_anchor, verify_server_name};
use rustls::crypto::{
    WebPkiSupportedAlgorithms, verify_tls12_signature, verify_tls13_signature, verify_tls13_signature_with_raw_key,
};
use rustls::pki_types::{CertificateDer, ServerName, SubjectPublicKeyInfoDer, UnixTime};
use rustls::server::ParsedCertificate;
use rustls::{CertificateError, DigitallySignedStruct, Error, RootCertStore, SignatureScheme};

use super::certificate::{Certificate, PublicKey};

/// What certificates are checked against.
#[derive(Debug)]
pub(super) struct Trusted {
    pub roots: Arc<RootCertStore>,
    /// The certificates of the root file as they are there; none for the operating system's roots.
    pub file: Vec<CertificateDer<'static>>,
    /// Knows which certificates were revoked.
    pub revocation: Option<Arc<WebPkiServerVerifier>>,
}

/// A verifier with libpq's rules.
#[derive(Debug)]
pub(super) struct Verifier {
    /// None: any certificate will do.
    pub trusted: Option<Trusted>,
    pub check_host: bool,
    pub algorithms: WebPkiSupportedAlgorithms,
}

const BAD: Error = Error::InvalidCertificate(CertificateError::BadEncoding);

impl ServerCertVerifier for Verifier {
    fn verify_server_cert(
        &self,
        end_entity: &CertificateDer<'_>,
        intermediates: &[CertificateDer<'_>],
        server_name: &ServerName<'_>,
        ocsp_response: &[u8],
        now: UnixTime,
    ) -> Result<ServerCertVerified, Error> {
        if let Some(trusted) = &self.trusted {
            let certificate = Certificate::parse(end_entity).ok_or(BAD)?;
            if trusted.file.contains(end_entity) && certificate.issuer == certificate.subject {
                check_dates(&certificate, now)?;
            } else if certificate.version == 1 {
                self.check_version1(trusted, &certificate, now)?;
            } else {
                let parsed = ParsedCertificate::try_from(end_entity)?;
                verify_server_cert_signed_by_trust_anchor(&parsed, &trusted.roots, intermediates, now, self.algorithms.all)?;
                if let Some(revocation) = &trusted.revocation {
                    let verdict = revocation.verify_server_cert(end_entity, intermediates, server_name, ocsp_response, now);
                    // The name is looked at below, by libpq's rules. The chain was checked above.
                    verdict.map(drop).or_else(|error| if is_name_error(&error) { Ok(()) } else { Err(error) })?;
                }
            }
        }
        if self.check_host {
            check_name(end_entity, server_name)?;
        }
        Ok(ServerCertVerified::assertion())
    }

    // The signatures are checked in every mode: they show that the server holds the certificate's key, without which
    // SCRAM's channel binding to that certificate would be worth nothing.

    fn verify_tls12_signature(
        &self,
        message: &[u8],
        certificate: &CertificateDer<'_>,
        signed: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, Error> {
        let parsed = Certificate::parse(certificate).ok_or(BAD)?;
        if parsed.version > 1 {
            return verify_tls12_signature(message, certificate, signed, &self.algorithms);
        }
        let candidates = self.algorithms.mapping.iter().find(|(scheme, _)| *scheme == signed.scheme);
        let valid = candidates.is_some_and(|(_, algorithms)| {
            algorithms.iter().any(|algorithm| {
                algorithm.public_key_alg_id().as_ref() == parsed.key.algorithm
                    && algorithm.verify_signature(parsed.key.bits, message, signed.signature()).is_ok()
            })
        });
        if valid { Ok(HandshakeSignatureValid::assertion()) } else { Err(CertificateError::BadSignature.into()) }
    }

    fn verify_tls13_signature(
        &self,
        message: &[u8],
        certificate: &CertificateDer<'_>,
        signed: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, Error> {
        let parsed = Certificate::parse(certificate).ok_or(BAD)?;
        if parsed.version > 1 {
            return verify_tls13_signature(message, certificate, signed, &self.algorithms);
        }
        let key = SubjectPublicKeyInfoDer::from(parsed.key_info);
        verify_tls13_signature_with_raw_key(message, &key, signed, &self.algorithms)
    }

    fn supported_verify_schemes(&self) -> Vec<SignatureScheme> {
        self.algorithms.supported_schemes()
    }
}

impl Verifier {
    /// A certificate of version 1 has no extensions, so there is nothing to check but its dates and the signature of
    /// one of the roots. rustls reads only version 3.
    fn check_version1(&self, trusted: &Trusted, certificate: &Certificate<'_>, now: UnixTime) -> Result<(), Error> {
        check_dates(certificate, now)?;
        if trusted.revocation.is_some() {
            return Err(CertificateError::UnknownRevocationStatus.into());
        }
        // A root that restricts the names it may sign for would have to be obeyed: better not to trust it here.
        let issuers = trusted
            .roots
            .roots
            .iter()
            .filter(|root| root.subject.as_ref() == certificate.issuer && root.name_constraints.is_none());
        for root in issuers {
            let Some(key) = PublicKey::parse(&root.subject_public_key_info) else { continue };
            let signed = self.algorithms.all.iter().any(|algorithm| {
                algorithm.signature_alg_id().as_ref() == certificate.signature_algorithm
                    && algorithm.public_key_alg_id().as_ref() == key.algorithm
                    && algorithm.verify_signature(key.bits, certificate.signed, certificate.signature).is_ok()
            });
            if signed {
                return Ok(());
            }
        }
        Err(CertificateError::UnknownIssuer.into())
    }
}

fn check_dates(certificate: &Certificate<'_>, now: UnixTime) -> Result<(), Error> {
    let at = |seconds| UnixTime::since_unix_epoch(std::time::Duration::from_secs(seconds));
    if now.as_secs() < certificate.not_before {
        let not_before = at(certificate.not_before);
        return Err(CertificateError::NotValidYetContext { time: now, not_before }.into());
    }
    if now.as_secs() > certificate.not_after {
        let not_after = at(certificate.not_after);
        return Err(CertificateError::ExpiredContext { time: now, not_after }.into());
    }
    Ok(())
}

fn is_name_error(error: &Error) -> bool {
    matches!(
        error,
        Error::InvalidCertificate(CertificateError::NotValidForName | CertificateError::NotValidForNameContext { .. })
    )
}

/// The alternative names count. Where there is none of the host's kind, the common name does; and for an address, a
/// host name that looks like it.
fn check_name(end_entity: &CertificateDer<'_>, server_name: &ServerName<'_>) -> Result<(), Error> {
    let certificate = Certificate::parse(end_entity).ok_or(BAD)?;
    if certificate.version > 1 {
        match verify_server_name(&ParsedCertificate::try_from(end_entity)?, server_name) {
            Err(error) if is_name_error(&error) => {}
            verdict => return verdict,
        }
    }
    let host = server_name.to_str();
    let is_address = matches!(server_name, ServerName::IpAddress(_));
    let mut names = certificate.dns_names();
    let matches = if is_address {
        let mut texts = names.iter().copied().chain(certificate.common_name());
        !certificate.has_ip_address() && texts.any(|text| text == host)
    } else {
        names.is_empty() && certificate.common_name().is_some_and(|name| name_matches(name, &host))
    };
    if matches {
        return Ok(());
    }
    if names.is_empty() {
        names.extend(certificate.common_name());
    }
    let presented = names.into_iter().map(str::to_string).collect();
    Err(CertificateError::NotValidForNameContext { expected: server_name.to_owned(), presented }.into())
}

/// Equal but for case; `*.` at the start stands for one label.
fn name_matches(pattern: &str, host: &str) -> bool {
    if pattern.eq_ignore_ascii_case(host) {
        return true;
    }
    match (pattern.strip_prefix("*."), host.split_once('.')) {
        (Some(suffix), Some((label, rest))) => !label.is_empty() && !suffix.is_empty() && suffix.eq_ignore_ascii_case(rest),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::name_matches;

    #[test]
    fn names_match_as_in_libpq() {
        assert!(name_matches("Db.Example.com", "db.example.COM"));
        assert!(name_matches("*.example.com", "db.example.com"));
        assert!(!name_matches("*.example.com", "a.db.example.com"));
        assert!(!name_matches("*.example.com", "example.com"));
        assert!(!name_matches("*.example.com", ".example.com"));
        assert!(!name_matches("*", "localhost"));
        assert!(!name_matches("d*.example.com", "db.example.com"));
        assert!(!name_matches("example.com\0.evil", "example.com"));
    }
}
