//! How much a difference matters.

/// How much a difference matters, the gravest first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Weight {
    /// Who may see or do what.
    Security,
    /// What statements rely on: tables, columns, types, routines.
    Breaking,
    /// What only costs time or checks less: indexes, statistics.
    Degraded,
    /// What only people read.
    Cosmetic,
}

impl Weight {
    /// All of them.
    pub const ALL: &[Weight] = &[Weight::Security, Weight::Breaking, Weight::Degraded, Weight::Cosmetic];

    /// The word in reports.
    pub fn name(self) -> &'static str {
        match self {
            Weight::Security => "security",
            Weight::Breaking => "breaking",
            Weight::Degraded => "degraded",
            Weight::Cosmetic => "cosmetic",
        }
    }
}
