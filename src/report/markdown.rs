//! Reports as Markdown, for pull requests and job summaries.

use std::fmt::Write as _;

use crate::catalog::Unmodeled;
use crate::drift::Report;
use crate::plan::step::Work;
use crate::plan::{Plan, shown};

/// The drift report.
pub fn drift(report: &Report) -> String {
    let mut out = String::new();
    if report.in_step {
        let _ = writeln!(out, "### In step\n\n`{}` equals {}.", report.live, report.desired);
    } else if report.objects_in_step() {
        let _ = writeln!(out, "### Rows differ\n\nThe objects of `{}` equal {}.", report.live, report.desired);
    } else if !report.drifted() {
        let _ =
            writeln!(out, "### No drift\n\n{} against {}: what differs is the model's own edits.", report.live, report.desired);
    } else {
        let _ = writeln!(out, "### Drift: {}\n", super::count(report.differences.len(), "difference", "differences"));
        let _ = writeln!(out, "{} against {}.\n", report.live, report.desired);
        for t in &report.tables {
            let _ = writeln!(
                out,
                "- **{}**: {} of {} columns live, {} missing, {} extra, {} changed",
                t.table,
                t.desired - t.missing,
                t.desired,
                t.missing,
                t.extra,
                t.changed
            );
        }
        let _ =
            writeln!(out, "\n| kind | live | model | missing | extra | changed |\n| --- | ---: | ---: | ---: | ---: | ---: |");
        for k in &report.kinds {
            let _ = writeln!(out, "| {} | {} | {} | {} | {} | {} |", k.kind, k.live, k.desired, k.missing, k.extra, k.changed);
        }
        let _ = writeln!(
            out,
            "\n<details><summary>Every difference</summary>\n\n| | object | what | where |\n| --- | --- | --- | --- |"
        );
        for e in &report.differences {
            let what: Vec<String> =
                e.attrs.iter().map(|a| format!("{}: {} → {}", a.name, cell(&shown(&a.live)), cell(&shown(&a.desired)))).collect();
            let _ =
                writeln!(out, "| {} | `{}` | {} | {} |", e.state, e.object, what.join("<br>"), e.origin.as_deref().unwrap_or(""));
        }
        let _ = writeln!(out, "\n</details>");
    }
    let _ = writeln!(out, "\nAgreed: {}.", super::text::agreed(&report.agreed));
    if !report.pending.is_empty() || !report.pending_renames.is_empty() {
        let _ = writeln!(out, "\n#### Pending\n\n| | object | where |\n| --- | --- | --- |");
        for (object, to) in &report.pending_renames {
            let _ = writeln!(out, "| rename | `{object}` to `{to}` | |");
        }
        for e in &report.pending {
            let origin = e.origin.as_deref().unwrap_or("");
            let _ = writeln!(out, "| {} | `{}` | {origin} |", super::text::asks(e.state), e.object);
        }
    }
    out.push_str(&super::rows::markdown(&report.rows));
    out.push_str(&super::verify::markdown(&report.verified));
    if !report.ignored.is_empty() {
        let _ = writeln!(out, "\nLeft alone by rules: {}.", report.ignored.words());
    }
    if !report.unmodeled.is_empty() {
        let _ =
            writeln!(out, "\nNot read by trueup: {}.", super::count(Unmodeled::count(&report.unmodeled), "object", "objects"));
    }
    out
}

pub(super) fn cell(text: &str) -> String {
    let short: String = text.chars().take(120).collect();
    format!("`{}`", short.replace('|', "\\|").replace('\n', " ").replace('`', "'"))
}

/// The plan.
pub fn plan(plan: &Plan, allowed: &[String]) -> String {
    let mut out = String::new();
    let ignored = match &plan.ignored {
        Some(ignored) => format!("\nLeft alone by rules: {}.\n", ignored.words()),
        None => String::new(),
    };
    if plan.is_empty() {
        return format!("### No changes\n\nThe database is in step with the model.\n{ignored}");
    }
    let _ = writeln!(
        out,
        "### Plan: {}\n\n{}\n",
        super::count(plan.steps.len(), "step", "steps"),
        super::text::tally(plan).join(" · ")
    );
    let refused: Vec<_> = plan.refused(allowed).collect();
    if !refused.is_empty() {
        let _ = writeln!(out, "**Stops apply**\n");
        for (step, hazards) in refused {
            let _ = writeln!(out, "- `{}`: {} `{}`", super::text::words(step, &hazards), step.verb, step.object);
        }
        out.push('\n');
    }
    out.push_str(&super::proof::markdown(plan));
    out.push_str(&locks(plan));
    let _ = writeln!(out, "<details><summary>SQL</summary>\n\n```sql\n{}```\n\n</details>", plan.sql());
    out.push_str(&ignored);
    out
}

/// What is locked, by table and step.
fn locks(plan: &Plan) -> String {
    let mut rows = String::new();
    for step in &plan.steps {
        for held in &step.locks {
            let work = match held.work {
                Work::None => "",
                Work::Scan => "reads all rows",
                Work::Rewrite => "writes all rows again",
            };
            let size = held.size.map(super::text::size).unwrap_or_default();
            let _ = writeln!(
                rows,
                "| {} | {} `{}` | {} | `{}` | {work} | {size} |",
                step.number,
                step.verb,
                step.object,
                held.lock.name(),
                held.table
            );
        }
    }
    if rows.is_empty() {
        return rows;
    }
    format!(
        "<details><summary>Locks</summary>\n\n| step | | lock | on | | size |\n| ---: | --- | --- | --- | --- | --- |\n{rows}\n</details>\n\n"
    )
}
