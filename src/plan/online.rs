//! Which tables are large enough that a plan takes PostgreSQL's slower roads past their readers and writers.

use serde::{Deserialize, Serialize};

use super::stages::Work;
use crate::catalog::read::{Size, Sizes};

/// When the online road is taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Mode {
    /// On tables above the size.
    #[default]
    Auto,
    /// On every table that is there already.
    Always,
    /// On none.
    Never,
}

impl Mode {
    /// Every mode.
    pub const ALL: &[Mode] = &[Mode::Auto, Mode::Always, Mode::Never];

    /// The word in the project file and on the command line.
    pub fn name(self) -> &'static str {
        match self {
            Mode::Auto => "auto",
            Mode::Always => "always",
            Mode::Never => "never",
        }
    }

    /// Reads the word.
    pub fn parse(word: &str) -> Option<Self> {
        Mode::ALL.iter().copied().find(|m| m.name() == word)
    }
}

/// The setting `online`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Online {
    /// When the online road is taken.
    pub mode: Mode,
    /// A table with more rows is large.
    pub rows: u64,
    /// A table with more bytes is large.
    pub bytes: u64,
}

impl Default for Online {
    fn default() -> Self {
        Online { mode: Mode::Auto, rows: 100_000, bytes: 64 << 20 }
    }
}

impl Online {
    /// Whether those who want a table of this size are spared.
    pub fn matters(&self, size: Option<Size>) -> bool {
        match self.mode {
            Mode::Auto => self.is_large(size),
            Mode::Always => true,
            Mode::Never => false,
        }
    }

    /// Whether a table is above the size. One whose size is not known counts as small.
    pub fn is_large(&self, size: Option<Size>) -> bool {
        size.is_some_and(|s| s.rows > self.rows || s.bytes > self.bytes)
    }
}

/// What a plan is made with, beside the two sides.
#[derive(Debug, Clone, Default)]
pub struct Terms {
    /// How large the live tables are, as far as that is known.
    pub sizes: Sizes,
    /// When the online road is taken.
    pub online: Online,
    /// What is done to rows in the midst of it.
    pub work: Work,
}
