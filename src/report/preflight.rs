//! What a plan will meet, for a terminal and for a pull request.

use std::fmt::Write as _;

use super::count;
use crate::plan::Plan;
use crate::preflight::{Preflight, Violation};
use crate::proof::queries::{Broken, Queries};

/// The lines under the plan's summary; nothing when nobody asked.
pub fn text(plan: &Plan) -> String {
    let Some(preflight) = &plan.preflight else { return String::new() };
    let mut out = String::new();
    if let Some(asked) = preflight.asked {
        let _ = writeln!(out, "\nrows    {}", verdict(preflight, asked));
        for violation in &preflight.violations {
            let origin = violation.origin.as_ref().map(|o| format!("  {o}")).unwrap_or_default();
            let _ = writeln!(out, "        {}{origin}", words(violation));
            for line in violation.said.iter().chain(&violation.keys) {
                let _ = writeln!(out, "          {line}");
            }
        }
        for unsaid in &preflight.cannot_say {
            let _ = writeln!(out, "        cannot say: {}, {}: {}", unsaid.object, unsaid.what, unsaid.why);
        }
    }
    if let Some(queries) = &preflight.queries {
        let _ = writeln!(out, "\nqueries {}", of_queries(queries));
        for broken in &queries.broken {
            let _ = writeln!(out, "        {}: {}\n          {}", by(broken), broken.error, broken.sql);
        }
        for line in told(queries) {
            let _ = writeln!(out, "        {line}");
        }
    }
    out
}

/// The same as paragraphs with lists.
pub fn markdown(plan: &Plan) -> String {
    let Some(preflight) = &plan.preflight else { return String::new() };
    let mut out = String::new();
    if let Some(asked) = preflight.asked {
        let _ = writeln!(out, "**Rows**: {}\n", verdict(preflight, asked));
        for violation in &preflight.violations {
            let _ = writeln!(out, "- {}", words(violation));
            for line in violation.said.iter().chain(&violation.keys) {
                let _ = writeln!(out, "  - `{}`", line.replace('`', "'"));
            }
        }
        for unsaid in &preflight.cannot_say {
            let _ = writeln!(out, "- cannot say: `{}`, {}: {}", unsaid.object, unsaid.what, unsaid.why);
        }
        if !preflight.violations.is_empty() || !preflight.cannot_say.is_empty() {
            out.push('\n');
        }
    }
    if let Some(queries) = &preflight.queries {
        let _ = writeln!(out, "**Queries**: {}\n", of_queries(queries));
        for broken in &queries.broken {
            let _ = writeln!(out, "- {}: {} `{}`", by(broken), broken.error, broken.sql.replace('`', "'"));
        }
        let lines = told(queries);
        for line in &lines {
            let _ = writeln!(out, "- {line}");
        }
        if !queries.broken.is_empty() || !lines.is_empty() {
            out.push('\n');
        }
    }
    out
}

/// All in one line: `14 questions asked, 2 find rows in the way, 1 cannot be answered`.
fn verdict(preflight: &Preflight, asked: usize) -> String {
    if asked == 0 {
        return "the plan asks nothing of them".into();
    }
    let mut parts = vec![format!("{} asked", count(asked, "question", "questions"))];
    let (found, unsaid) = (preflight.violations.len(), preflight.cannot_say.len());
    parts.push(match found {
        0 => "no rows in the way".to_string(),
        1 => "1 finds rows in the way".to_string(),
        n => format!("{n} find rows in the way"),
    });
    if unsaid > 0 {
        parts.push(format!("{unsaid} cannot be answered"));
    }
    parts.join(", ")
}

fn words(violation: &Violation) -> String {
    let step = violation.step.map(|n| format!("step {n}, ")).unwrap_or_default();
    let more = if violation.or_more { " or more" } else { "" };
    let n = usize::try_from(violation.rows).unwrap_or(usize::MAX);
    let rows = if violation.or_more { format!("{n}{more} rows") } else { count(n, "row", "rows") };
    format!("{step}{}: {rows} of {}: {}", violation.object, violation.table, violation.what)
}

fn of_queries(queries: &Queries) -> String {
    let mut parts = vec![format!("{} known", queries.known)];
    parts.push(match queries.broken.len() {
        0 => "none stops working".into(),
        1 => "1 stops working".into(),
        n => format!("{n} stop working"),
    });
    if queries.before > 0 {
        parts.push(format!("{} did not work before either", queries.before));
    }
    parts.join(", ")
}

fn by(broken: &Broken) -> String {
    match (&broken.step, &broken.object) {
        (Some(step), Some(object)) => format!("step {step}, {object}: {}", broken.name),
        _ => broken.name.clone(),
    }
}

fn told(queries: &Queries) -> Vec<String> {
    let mut out: Vec<String> = queries.before_first.iter().map(|what| format!("did not work before: {what}")).collect();
    if queries.before > queries.before_first.len() && !queries.before_first.is_empty() {
        out.push(format!("did not work before: {} more", queries.before - queries.before_first.len()));
    }
    out.extend(queries.not_covered.iter().map(|what| format!("not covered: {what}")));
    out
}
