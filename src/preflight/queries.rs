//! Known queries.

use serde::{Deserialize, Serialize};

/// What becomes of them.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Queries {
    /// Those that stop working.
    pub broken: Vec<Broken>,
}

/// One that stops working.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Broken {
    /// Where it is known from.
    pub name: String,
}
