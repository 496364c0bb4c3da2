//! What a proof has shown, for a terminal and for a pull request.

use std::fmt::Write as _;

use crate::plan::Plan;
use crate::proof::{Problem, Proof};

/// The lines under the plan's summary; nothing when nobody asked for a proof.
pub fn text(plan: &Plan) -> String {
    let Some(proof) = &plan.proof else { return String::new() };
    let mut out = format!("\nproof   {}\n", proof.words());
    for problem in &proof.problems {
        let _ = writeln!(out, "        {}", words(problem));
    }
    for line in told(proof) {
        let _ = writeln!(out, "        {line}");
    }
    out
}

/// The same as a paragraph with a list.
pub fn markdown(plan: &Plan) -> String {
    let Some(proof) = &plan.proof else { return String::new() };
    let mut out = format!("**Proof**: {}\n", proof.words());
    let details = details(plan);
    if !details.is_empty() {
        out.push('\n');
    }
    out.push_str(&details);
    out.push('\n');
    out
}

/// What there is to say of it beside the verdict, as a list.
pub(super) fn details(plan: &Plan) -> String {
    let Some(proof) = &plan.proof else { return String::new() };
    proof.problems.iter().map(words).chain(told(proof)).map(|line| format!("- {line}\n")).collect()
}

fn words(problem: &Problem) -> String {
    let way = if problem.reverse { "way back, " } else { "" };
    match problem.step {
        Some(step) => format!("{way}step {step}: {}", problem.what),
        None => format!("{way}{}", problem.what),
    }
}

/// How many tables without rows are named.
const NAMED: usize = 3;

fn told(proof: &Proof) -> Vec<String> {
    let mut out: Vec<String> = proof.not_covered.iter().map(|what| format!("not covered: {what}")).collect();
    out.extend(proof.without_rows.iter().take(NAMED).map(|what| format!("without rows: {what}")));
    if proof.without_rows.len() > NAMED {
        out.push(format!("without rows: {} more", proof.without_rows.len() - NAMED));
    }
    out
}
