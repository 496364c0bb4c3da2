//! What a plan will meet: the rows that are there ([`rows`]), and the statements that clients send ([`known`], prepared in
//! [`crate::proof::queries`]).
//!
//! The live database is only read: each question is a transaction of its own, READ ONLY, with a time limit. What could not be
//! asked, or could not be answered, is said and never taken for a yes.

pub mod known;
pub mod rows;

use serde::{Deserialize, Serialize};

use crate::plan::step::Hazard;
use crate::plan::{Plan, Step, permits};
use crate::proof::queries::Queries;

/// The result of asking.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Preflight {
    /// How many questions were asked of rows; `None` when none were to be.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub asked: Option<usize>,
    /// The rows that are in the way of the plan.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub violations: Vec<Violation>,
    /// What could not be answered.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub cannot_say: Vec<Unsaid>,
    /// What becomes of known queries.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub queries: Option<Queries>,
}

impl Preflight {
    /// What stops the plan: `rows` that it is known to fail on, and `queries` that stop working where that is not allowed.
    pub fn stopping(&self, plan: &Plan, allowed: &[String]) -> Vec<&'static str> {
        let step = |number: Option<usize>| number.and_then(|n| plan.steps.get(n - 1));
        let accepted = |step: Option<&Step>| match step {
            Some(step) => permits(allowed, Hazard::BreaksClients, step),
            None => allowed.iter().any(|a| a == "all" || a == Hazard::BreaksClients.name()),
        };
        let rows = (!self.violations.is_empty()).then_some("rows");
        let mut broken = self.queries.iter().flat_map(|q| &q.broken);
        let queries = broken.any(|b| !accepted(step(b.step))).then_some("queries");
        rows.into_iter().chain(queries).collect()
    }

    /// The same without what is taken from rows: keys, and the server's words, which repeat values.
    #[must_use]
    pub fn without_keys(&self) -> Preflight {
        let mut out = self.clone();
        for violation in &mut out.violations {
            violation.keys.clear();
            violation.said = None;
        }
        out
    }
}

/// Rows that do not allow a step.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Violation {
    /// The step that would fail.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub step: Option<usize>,
    /// The object that it is about.
    pub object: String,
    /// The table, by its name of now.
    pub table: String,
    /// What the rows have or lack.
    pub what: String,
    /// How many rows.
    pub rows: u64,
    /// Whether there may be more.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub or_more: bool,
    /// The keys of a few of them.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub keys: Vec<String>,
    /// What the server said of the first value, in its words.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub said: Option<String>,
    /// Where in the model it comes from: `file:line`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub origin: Option<String>,
}

/// What could not be answered.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Unsaid {
    /// The object that it is about.
    pub object: String,
    /// What was to be known.
    pub what: String,
    /// Why it is not.
    pub why: String,
}
