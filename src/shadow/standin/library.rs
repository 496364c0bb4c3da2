//! What well-known extensions bring, written from their public documentation.
//!
//! Each is a file of SQL whose head says the version and, where that is fixed, the schema. A function without a body gets one,
//! and an operator class its support.

use super::Known;
use crate::sql::lex;

macro_rules! library {
    ($($name:literal),* $(,)?) => { &[$(($name, include_str!(concat!("library/", $name, ".sql")))),*] };
}

static LIBRARY: &[(&str, &str)] = library!["vector"];

/// What is known of an extension.
pub(super) fn find(name: &str) -> Option<Known> {
    let (_, text) = LIBRARY.iter().find(|(n, _)| *n == name)?;
    let said =
        |key: &str| text.lines().find_map(|l| l.strip_prefix("-- ")?.strip_prefix(key)?.strip_prefix(": ")).map(str::to_string);
    let requires = said("requires").map(|r| r.split(", ").map(str::to_string).collect()).unwrap_or_default();
    let statements = lex::statements(text).into_iter().map(|range| text[range].to_string()).collect();
    Some(Known { version: said("version"), schema: said("schema"), requires, statements })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_file_says_its_version_and_creates() {
        for (name, _) in LIBRARY {
            let known = find(name).expect("it is there");
            assert!(known.version.is_some(), "{name}");
            assert!(!known.statements.is_empty(), "{name}");
            let other = known.statements.iter().find(|s| !s.starts_with("CREATE "));
            assert_eq!(other, None, "{name}");
        }
    }
}
