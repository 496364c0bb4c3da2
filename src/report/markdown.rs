//! Reports as Markdown, for pull requests and job summaries.

use std::fmt::Write as _;

use crate::catalog::Unmodeled;
use crate::drift::Report;
use crate::plan::shown;

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
