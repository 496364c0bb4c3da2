//! Versions of migrations: the time in UTC to the second, which every tool takes and orders.

use std::path::Path;
use std::time::{SystemTime, UNIX_EPOCH};

use crate::diagnostic::{Diagnostic, Result};

/// How far in the future the newest migration of a folder may be: one export makes one version a second.
const AHEAD: u64 = 60 * 60;

/// Versions in order, later than what a folder holds.
#[derive(Debug, Clone, Copy)]
pub struct Versions {
    first: u64,
}

impl Versions {
    /// Versions from now on, and after every migration in a folder.
    ///
    /// # Errors
    /// When the folder holds one that is far in the future.
    pub fn after(folder: &Path) -> Result<Versions> {
        let now = SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |d| d.as_secs());
        // A folder that is not there yet holds nothing.
        let names = std::fs::read_dir(folder).into_iter().flatten().flatten();
        let newest = names.filter_map(|entry| version_in(&entry.file_name().to_string_lossy())).max();
        let first = (now..now + AHEAD).find(|at| newest.as_ref().is_none_or(|newest| stamp(*at) > *newest));
        let Some(first) = first else {
            let newest = newest.unwrap_or_default();
            return Err(Diagnostic::error("version-in-the-future", format!("{} holds version {newest}", folder.display()))
                .note("what is made now would be ordered before it")
                .help("give it a version that is not in the future")
                .into());
        };
        Ok(Versions { first })
    }

    /// The version of the file at this place, counted from 0.
    pub fn at(self, place: usize) -> String {
        stamp(self.first + place as u64)
    }
}

/// The version in a file's name, when it is a time.
fn version_in(name: &str) -> Option<String> {
    let digits: String = name.trim_start_matches(['V', 'U']).chars().take_while(char::is_ascii_digit).collect();
    (digits.len() == 14).then_some(digits)
}

/// Seconds since 1970 as `YYYYMMDDHHMMSS` in UTC.
fn stamp(seconds: u64) -> String {
    let (mut days, time) = (seconds / 86_400, seconds % 86_400);
    let leap = |year: u64| year.is_multiple_of(4) && (!year.is_multiple_of(100) || year.is_multiple_of(400));
    let mut year = 1970;
    while days >= 365 + u64::from(leap(year)) {
        days -= 365 + u64::from(leap(year));
        year += 1;
    }
    let months = [31, 28 + u64::from(leap(year)), 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];
    let mut month = 1;
    for length in months {
        if days < length {
            break;
        }
        days -= length;
        month += 1;
    }
    format!("{year:04}{month:02}{:02}{:02}{:02}{:02}", days + 1, time / 3600, time / 60 % 60, time % 60)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times() {
        assert_eq!(stamp(0), "19700101000000");
        assert_eq!(stamp(951_782_400), "20000229000000");
        assert_eq!(stamp(1_763_742_599), "20251121162959");
        assert_eq!(stamp(1_798_761_600), "20270101000000");
    }

    #[test]
    fn versions_in_names() {
        assert_eq!(version_in("V20251121162959__a.sql").as_deref(), Some("20251121162959"));
        assert_eq!(version_in("20251121162959_a.up.sql").as_deref(), Some("20251121162959"));
        assert_eq!(version_in("000001_a.up.sql"), None);
    }
}
