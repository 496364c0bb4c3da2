//! What users see: reports, help and messages, each held as a snapshot under `snapshots/`.
//!
//! `INSTA_UPDATE=always cargo test --test all cli` writes them anew. Read them as the person who has to act on them: what is
//! wrong, where, why, and what to do.

mod bodies;
mod cached;
mod labels;
mod messages;
mod online;
mod reports;
mod rules;
mod scope;
mod secrets;
mod servers;
mod stand_ins;
mod usage;

/// What differs from run to run or from machine to machine, and what a snapshot holds instead.
pub fn filters() -> Vec<(String, &'static str)> {
    let mut filters = vec![
        (r"PostgreSQL \d+(\.\d+)*".to_string(), "PostgreSQL N"),
        (r"\btest_\d+\b".to_string(), "test_N"),
        (r"(127\.0\.0\.1|localhost):[2-9]\d+".to_string(), "$1:PORT"),
        (r"listens on port \d+".to_string(), "listens on port PORT"),
        (r"\d{4}-\d\d-\d\d \d\d:\d\d".to_string(), "TIME"),
        (r"\b\d+\.\d s\b".to_string(), "N s"),
        (r"UTC by \S+@[A-Za-z0-9_.-]+".to_string(), "UTC by USER@HOST"),
        (r"\bcommit [0-9a-f]{12}( with changes)?".to_string(), "commit COMMIT"),
        (r"\b[0-9a-f]{32}\b".to_string(), "DIGEST"),
        (r"/[^ \s`:]*/trueup[-_.][A-Za-z0-9._-]+".to_string(), "SOCKET"),
    ];
    filters.push((regex_escape(env!("CARGO_TARGET_TMPDIR")), "TMP"));
    filters
}

fn regex_escape(text: &str) -> String {
    text.chars().flat_map(|c| if c.is_alphanumeric() || c == '/' { vec![c] } else { vec!['\\', c] }).collect()
}

/// Asserts the exit code and holds what was shown against its snapshot.
macro_rules! shows {
    ($name:expr, $code:expr, $run:expr) => {{
        let run: $crate::support::Run = $run;
        let shown = run.shown();
        let filters = $crate::cli::filters();
        let filters: Vec<(&str, &str)> = filters.iter().map(|(a, b)| (a.as_str(), *b)).collect();
        insta::with_settings!({ filters => filters, prepend_module_to_snapshot => false, snapshot_path => concat!(env!("CARGO_MANIFEST_DIR"), "/tests/cli/snapshots"), omit_expression => true }, {
            insta::assert_snapshot!($name, shown);
        });
        assert_eq!(run.code, $code, "the exit code of {}", $name);
        assert!(!shown.contains("panicked"), "{shown}");
    }};
}
pub(crate) use shows;
