//! Digests as text: file names of caches, fingerprints, what a secret is compared by.

use std::fmt::Write;

pub(crate) use sha2::{Digest, Sha256};

/// The first bytes of a digest, as hexadecimal digits.
pub(crate) fn hex(hash: Sha256, bytes: usize) -> String {
    hash.finalize().iter().take(bytes).fold(String::new(), |mut out, byte| {
        let _ = write!(out, "{byte:02x}");
        out
    })
}

/// The first bytes of a text's digest, as hexadecimal digits.
pub(crate) fn of(text: &str, bytes: usize) -> String {
    hex(Sha256::new_with_prefix(text), bytes)
}

#[cfg(test)]
mod tests {
    #[test]
    fn as_sha256sum_prints_it() {
        let whole = super::of("abc", 32);
        assert_eq!(whole, "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
        assert_eq!(super::of("abc", 6), whole[..12]);
    }
}
