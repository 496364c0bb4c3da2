//! A look into X.509 certificates, for what rustls' verifier does not do and libpq does: names in the subject's common
//! name, and certificates of version 1, which the recipe in PostgreSQL's manual (ssl-tcp) makes.

/// The parts of a certificate that are looked at. All slices are contents without their DER header, if not said
/// otherwise.
pub(super) struct Certificate<'a> {
    pub version: u8,
    /// What the issuer signed, with its header.
    pub signed: &'a [u8],
    pub issuer: &'a [u8],
    /// Seconds since 1970.
    pub not_before: u64,
    pub not_after: u64,
    pub subject: &'a [u8],
    /// The SubjectPublicKeyInfo, with its header.
    pub key_info: &'a [u8],
    pub key: PublicKey<'a>,
    pub signature_algorithm: &'a [u8],
    pub signature: &'a [u8],
    /// None in version 1.
    extensions: Option<&'a [u8]>,
}

/// A public key and its algorithm.
pub(super) struct PublicKey<'a> {
    pub algorithm: &'a [u8],
    pub bits: &'a [u8],
}

const INTEGER: u8 = 0x02;
const BIT_STRING: u8 = 0x03;
const OCTET_STRING: u8 = 0x04;
const OBJECT_ID: u8 = 0x06;
const SEQUENCE: u8 = 0x30;
const SET: u8 = 0x31;
const UTC_TIME: u8 = 0x17;
const GENERALIZED_TIME: u8 = 0x18;
/// UTF8String, PrintableString, TeletexString, IA5String: those whose ASCII letters are bytes.
const STRINGS: [u8; 4] = [0x0c, 0x13, 0x14, 0x16];
const DNS_NAME: u8 = 0x82;
const IP_ADDRESS: u8 = 0x87;

const COMMON_NAME: &[u8] = &[0x55, 0x04, 0x03];
const SUBJECT_ALT_NAME: &[u8] = &[0x55, 0x1d, 0x11];

/// One element off the front of `input`: its tag, its contents, and the whole of it.
fn element<'a>(input: &mut &'a [u8]) -> Option<(u8, &'a [u8], &'a [u8])> {
    let all = *input;
    let (&tag, rest) = all.split_first()?;
    let (&first, mut rest) = rest.split_first()?;
    let length = if first < 0x80 {
        usize::from(first)
    } else {
        // More than four bytes of length is no certificate; none at all is a form that DER does not have.
        let count = usize::from(first & 0x7f);
        if !(1..=4).contains(&count) {
            return None;
        }
        let (bytes, after) = rest.split_at_checked(count)?;
        rest = after;
        bytes.iter().fold(0, |length, byte| length << 8 | usize::from(*byte))
    };
    let (contents, after) = rest.split_at_checked(length)?;
    *input = after;
    Some((tag, contents, &all[..all.len() - after.len()]))
}

fn expect<'a>(input: &mut &'a [u8], wanted: u8) -> Option<&'a [u8]> {
    element(input).filter(|(tag, _, _)| *tag == wanted).map(|(_, contents, _)| contents)
}

/// A bit string of whole bytes.
fn bits<'a>(input: &mut &'a [u8]) -> Option<&'a [u8]> {
    expect(input, BIT_STRING)?.split_first().filter(|(unused, _)| **unused == 0).map(|(_, bytes)| bytes)
}

impl<'a> Certificate<'a> {
    /// None if this is not a certificate.
    pub fn parse(der: &'a [u8]) -> Option<Self> {
        let mut input = der;
        let mut outer = expect(&mut input, SEQUENCE)?;
        if !input.is_empty() {
            return None;
        }
        let (tag, mut body, signed) = element(&mut outer)?;
        if tag != SEQUENCE {
            return None;
        }
        let signature_algorithm = expect(&mut outer, SEQUENCE)?;
        let signature = bits(&mut outer)?;

        let mut version = 1;
        if body.first() == Some(&0xa0) {
            let mut inner = expect(&mut body, 0xa0)?;
            version = expect(&mut inner, INTEGER)?.first()?.saturating_add(1);
        }
        expect(&mut body, INTEGER)?; // the serial number
        expect(&mut body, SEQUENCE)?; // the signature algorithm again
        let issuer = expect(&mut body, SEQUENCE)?;
        let mut validity = expect(&mut body, SEQUENCE)?;
        let subject = expect(&mut body, SEQUENCE)?;
        let (tag, key_contents, key_info) = element(&mut body)?;
        if tag != SEQUENCE {
            return None;
        }
        let mut extensions = None;
        while let Some((tag, mut contents, _)) = element(&mut body) {
            if tag == 0xa3 {
                extensions = Some(expect(&mut contents, SEQUENCE)?);
            }
        }
        Some(Certificate {
            version,
            signed,
            issuer,
            not_before: time(&mut validity)?,
            not_after: time(&mut validity)?,
            subject,
            key_info,
            key: PublicKey::parse(key_contents)?,
            signature_algorithm,
            signature,
            extensions,
        })
    }

    /// The first common name of the subject.
    pub fn common_name(&self) -> Option<&'a str> {
        let mut subject = self.subject;
        while let Some(mut set) = expect(&mut subject, SET) {
            while let Some(mut pair) = expect(&mut set, SEQUENCE) {
                if expect(&mut pair, OBJECT_ID)? == COMMON_NAME {
                    let (tag, text, _) = element(&mut pair)?;
                    return std::str::from_utf8(text).ok().filter(|_| STRINGS.contains(&tag));
                }
            }
        }
        None
    }

    /// The host names among the alternative names.
    pub fn dns_names(&self) -> Vec<&'a str> {
        let names = self.alternative_names().into_iter().filter(|(tag, _)| *tag == DNS_NAME);
        names.filter_map(|(_, name)| std::str::from_utf8(name).ok()).collect()
    }

    /// Whether there is an IP address among the alternative names.
    pub fn has_ip_address(&self) -> bool {
        self.alternative_names().iter().any(|(tag, _)| *tag == IP_ADDRESS)
    }

    fn alternative_names(&self) -> Vec<(u8, &'a [u8])> {
        let mut names = Vec::new();
        let mut extensions = self.extensions.unwrap_or_default();
        while let Some(mut extension) = expect(&mut extensions, SEQUENCE) {
            if expect(&mut extension, OBJECT_ID) != Some(SUBJECT_ALT_NAME) {
                continue;
            }
            // A flag "critical" may stand before the value.
            while let Some((tag, mut value, _)) = element(&mut extension) {
                if tag != OCTET_STRING {
                    continue;
                }
                let mut list = expect(&mut value, SEQUENCE).unwrap_or_default();
                while let Some((tag, name, _)) = element(&mut list) {
                    names.push((tag, name));
                }
            }
        }
        names
    }
}

impl<'a> PublicKey<'a> {
    /// From the contents of a SubjectPublicKeyInfo.
    pub fn parse(mut contents: &'a [u8]) -> Option<Self> {
        Some(PublicKey { algorithm: expect(&mut contents, SEQUENCE)?, bits: bits(&mut contents)? })
    }
}

/// A UTCTime or GeneralizedTime as seconds since 1970.
fn time(input: &mut &[u8]) -> Option<u64> {
    let (tag, text, _) = element(input)?;
    let text = std::str::from_utf8(text).ok().filter(|t| t.is_ascii())?.strip_suffix('Z')?;
    let number = |range: std::ops::Range<usize>| text.get(range)?.parse::<i64>().ok();
    let (year, rest) = match tag {
        // Two digits: 1950 to 2049 (RFC 5280, 4.1.2.5.1).
        UTC_TIME => (number(0..2).map(|y| if y < 50 { 2000 + y } else { 1900 + y })?, 2),
        GENERALIZED_TIME => (number(0..4)?, 4),
        _ => return None,
    };
    let part = |index: usize| number(rest + 2 * index..rest + 2 * index + 2);
    let (month, day) = (part(0)?, part(1)?);
    let (hour, minute, second) = (part(2)?, part(3)?, part(4)?);
    // Counted from March, so that the leap day is the last of the year.
    let (y, m) = if month > 2 { (year, month - 3) } else { (year - 1, month + 9) };
    let days = 365 * y + y.div_euclid(4) - y.div_euclid(100) + y.div_euclid(400) + (153 * m + 2) / 5 + day - 719_469;
    u64::try_from(days * 86_400 + hour * 3_600 + minute * 60 + second).ok()
}

/// The day of a moment, as `2026-03-01`.
pub(in crate::pg) fn day(seconds: u64) -> String {
    // The inverse of the count in `time`: years of 400-year cycles that begin in March.
    let days = seconds / 86_400 + 719_468;
    let (cycle, day) = (days / 146_097, days % 146_097);
    let year = (day - day / 1_460 + day / 36_524 - day / 146_096) / 365;
    let day = day - (365 * year + year / 4 - year / 100);
    let month = (5 * day + 2) / 153;
    let day = day - (153 * month + 2) / 5 + 1;
    let (month, carry) = if month < 10 { (month + 3, 0) } else { (month - 9, 1) };
    format!("{:04}-{month:02}-{day:02}", 400 * cycle + year + carry)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn seconds(tag: u8, text: &str) -> Option<u64> {
        let mut der = vec![tag, u8::try_from(text.len()).unwrap()];
        der.extend(text.bytes());
        time(&mut der.as_slice())
    }

    #[test]
    fn times_are_read_and_days_are_shown() {
        for (tag, text, expected) in [
            (UTC_TIME, "700101000000Z", 0),
            (UTC_TIME, "240229123456Z", 1_709_210_096),
            (UTC_TIME, "491231235959Z", 2_524_607_999),
            (GENERALIZED_TIME, "20500301000000Z", 2_529_705_600),
            (GENERALIZED_TIME, "99991231235959Z", 253_402_300_799),
        ] {
            assert_eq!(seconds(tag, text), Some(expected), "{text}");
        }
        assert_eq!(seconds(UTC_TIME, "24022912345"), None);
        assert_eq!(day(0), "1970-01-01");
        assert_eq!(day(1_709_210_096), "2024-02-29");
        assert_eq!(day(2_529_705_600), "2050-03-01");
        assert_eq!(day(253_402_300_799), "9999-12-31");
    }

    #[test]
    fn cut_and_wrong_input_is_no_certificate() {
        for der in [&[][..], &[0x30], &[0x30, 0x80], &[0x30, 0x85, 1, 1, 1, 1, 1], &[0x30, 0x02, 0x30, 0x05]] {
            assert!(Certificate::parse(der).is_none());
        }
    }
}
