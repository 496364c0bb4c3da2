//! What is in a file: the steps of a phase, with what they depend on and what is recorded of them.

use super::one_line;
use crate::apply::{self, Waits};
use crate::plan::{Phase, Plan, Step};
use crate::record::Script;

/// One file's worth of a way.
#[derive(Debug, Clone, Default)]
pub(super) struct Part<'a> {
    /// Whether it can run in a transaction.
    pub transaction: bool,
    steps: &'a [Step],
    /// How long its statements wait for locks.
    waits: Option<String>,
    record: String,
}

/// The parts of a way. A phase that cannot run in a transaction is recorded with what comes after it.
pub(super) fn parts<'a>(steps: &'a [Step], phases: &'a [Phase], waits: &Waits, record: Option<&Script<'_>>) -> Vec<Part<'a>> {
    let mut out = Vec::new();
    let mut recorded = 0;
    let mut piece = |until: usize| match record {
        None => String::new(),
        Some(script) => {
            let text = script.piece(recorded + 1..=until, recorded == 0, until == phases.len());
            recorded = until;
            text
        }
    };
    for phase in phases {
        let record = if phase.transaction { piece(phase.number) } else { String::new() };
        let steps = &steps[phase.steps.0 - 1..phase.steps.1];
        out.push(Part { transaction: phase.transaction, steps, waits: waits.in_script(phase, steps), record });
    }
    if record.is_some() && phases.last().is_some_and(|p| !p.transaction) {
        out.push(Part { transaction: true, record: piece(phases.len()), ..Part::default() });
    }
    out
}

impl Part<'_> {
    /// The statements, each under the hazards that it has, and what is recorded.
    pub fn statements(&self) -> String {
        let mut out = String::new();
        for step in self.steps {
            if !step.hazards.is_empty() {
                let names: Vec<&str> = step.hazards.iter().map(|h| h.name()).collect();
                out.push_str(&format!("-- {}: {} {}\n", names.join(", "), step.verb, one_line(&step.object)));
            }
            out.push_str(&step.sql);
            out.push_str(";\n");
        }
        out + &self.record
    }

    /// Its statements alone, without what is recorded.
    pub fn steps(&self) -> impl Iterator<Item = &str> {
        self.steps.iter().map(|s| s.sql.as_str())
    }

    /// The statements for a tool that begins and ends the transaction: with their settings, which the tool's own statements
    /// afterwards must not find.
    pub fn in_their_transaction(&self) -> String {
        if !self.transaction {
            // One setting more would make it a transaction.
            return self.statements();
        }
        let (set_waits, reset_waits) = match &self.waits {
            Some(waits) => (format!("SET {waits};\n"), "RESET lock_timeout;\n"),
            None => (String::new(), ""),
        };
        let reset: String = settings().map(|(name, _)| format!("RESET {name};\n")).collect();
        set() + &set_waits + &self.statements() + &reset + reset_waits
    }
}

/// What statements depend on: as `apply` sets it, without what only concerns messages and the printing of names.
fn settings() -> impl Iterator<Item = (&'static str, &'static str)> {
    let pairs = apply::SETTINGS.split("; ").filter_map(|s| s.trim().strip_prefix("SET LOCAL ")?.split_once(" = "));
    pairs.filter(|(name, _)| !matches!(*name, "client_min_messages" | "quote_all_identifiers"))
}

fn set() -> String {
    settings().map(|(name, value)| format!("SET {name} = {value};\n")).collect()
}

/// What begins a transaction, with how long its statements wait for locks.
fn begin(waits: Option<&str>) -> String {
    waits.map_or_else(|| "BEGIN;\n".to_string(), |waits| format!("BEGIN;\nSET LOCAL {waits};\n"))
}

/// A plan as SQL that anything runs that takes one statement after the other, with its transactions and what it depends on.
pub fn plain(plan: &Plan, waits: &Waits) -> String {
    let mut out = set();
    for phase in &plan.phases {
        let steps = &plan.steps[phase.steps.0 - 1..phase.steps.1];
        let statements: String = steps.iter().map(|s| format!("{};\n", s.sql)).collect();
        match phase.transaction {
            true => out.push_str(&format!("{}{statements}COMMIT;\n", begin(waits.in_script(phase, steps).as_deref()))),
            false => out.push_str(&statements),
        }
    }
    out
}

/// The statements with the commands that begin and end their transactions, and `last` with the last of them.
pub(super) fn script(parts: &[Part<'_>], last: &str) -> String {
    let mut out = String::from("\\set ON_ERROR_STOP on\n") + &set();
    for (i, part) in parts.iter().enumerate() {
        let last = if i + 1 == parts.len() { last } else { "" };
        match part.transaction {
            true => out.push_str(&format!("{}{}{last}COMMIT;\n", begin(part.waits.as_deref()), part.statements())),
            false => out.push_str(&(part.statements() + last)),
        }
    }
    out
}
