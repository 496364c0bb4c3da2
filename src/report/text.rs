//! Reports for a terminal: the number first, then what matters, then where to look further; 80 columns.

use std::fmt::Write as _;

use super::{count, table};
use crate::catalog::Unmodeled;
use crate::drift::{Entry, Report, Standing, TableSummary};
use crate::kinds::Weight;
use crate::plan::shown;

/// How many missing objects of one kind are named before the rest is counted.
const NAMED: usize = 8;

/// The width that lines keep to.
const WIDTH: usize = 80;

/// What the commands under a report are called with.
pub struct Invocation {
    /// The model argument, with the database: `schema/vital --db snapshots/vital-remote.yaml`.
    pub arguments: String,
    /// Whether the live side can be changed (a database, not a file).
    pub applicable: bool,
}

/// The drift report.
pub fn drift(report: &Report, call: &Invocation, verbose: bool) -> String {
    let mut out = objects(report, call, verbose);
    let rows = super::rows::text(&report.rows);
    if !rows.is_empty() {
        let _ = write!(out, "\n{rows}");
    }
    if !report.verified.is_empty() {
        let _ = write!(out, "\n{}", super::verify::text(&report.verified, verbose));
    }
    out
}

fn objects(report: &Report, call: &Invocation, verbose: bool) -> String {
    let mut out = String::new();
    let _ = writeln!(out, "live    {}", report.live);
    let _ = writeln!(out, "model   {}", report.desired);
    let _ = writeln!(out, "agreed  {}{}\n", agreed(&report.agreed), counted_outside(report));
    if !report.ignored.is_empty() {
        let _ = writeln!(out, "left alone by rules: {}\n", report.ignored.words());
    }
    if report.in_step {
        let _ = writeln!(out, "in step: nothing differs");
        out.push_str(&unmodeled(report));
        return out;
    }
    if report.objects_in_step() {
        let _ = writeln!(out, "the objects are in step, the rows are not");
        out.push_str(&unmodeled(report));
        return out;
    }
    if !report.drifted() {
        let _ = writeln!(out, "no drift: what differs is the model's own edits\n");
        out.push_str(&pending(report));
        out.push_str(&unmodeled(report));
        out.push_str(&next(report, call));
        return out;
    }
    for summary in report.tables.iter().take(if verbose { usize::MAX } else { 6 }) {
        let _ = writeln!(out, "{}", table_line(summary));
    }
    if report.tables.len() > 6 && !verbose {
        let _ = writeln!(out, "and {} more tables with other columns", report.tables.len() - 6);
    }
    if !report.tables.is_empty() {
        out.push('\n');
    }
    if let Some(first) = report.tables.first().filter(|t| t.groups.iter().any(|g| !g.group.is_empty())) {
        out.push_str(&groups(first, verbose));
        out.push('\n');
    }
    let rows: Vec<Vec<String>> = report
        .kinds
        .iter()
        .map(|k| {
            vec![
                k.kind.to_string(),
                k.live.to_string(),
                k.desired.to_string(),
                k.missing.to_string(),
                k.extra.to_string(),
                k.changed.to_string(),
            ]
        })
        .collect();
    out.push_str(&table::plain(&["kind", "live", "model", "missing", "extra", "changed"], &rows, &[1, 2, 3, 4, 5]));
    out.push('\n');
    if !report.renames.is_empty() {
        let _ = writeln!(out, "to be renamed");
        for (object, to) in &report.renames {
            let _ = writeln!(out, "  {object} -> {to}");
        }
        out.push('\n');
    }
    out.push_str(&details(report, verbose));
    out.push_str(&weights(report));
    out.push_str(&pending(report));
    out.push_str(&unmodeled(report));
    out.push_str(&next(report, call));
    out
}

/// What was agreed, and so what counts.
pub(super) fn agreed(standing: &Standing) -> String {
    match standing {
        Standing::Agreed(a) => format!("apply {} of {} UTC by {}", a.apply, super::history::minute(&a.when), a.who.words()),
        Standing::Hidden => "a record that this role may not read: every difference counts".to_string(),
        Standing::None | Standing::Unasked => "no record: every difference counts".to_string(),
    }
}

/// What the model asks for that is not applied yet, in a word.
pub(super) fn asks(state: &str) -> &'static str {
    match state {
        "missing" => "add",
        "extra" => "drop",
        _ => "change",
    }
}

fn pending(report: &Report) -> String {
    let mut out = String::new();
    if report.pending.is_empty() && report.pending_renames.is_empty() {
        return out;
    }
    let _ = writeln!(out, "pending: the model asks for it, and it is not applied yet");
    for (object, to) in &report.pending_renames {
        let _ = writeln!(out, "  rename  {object} -> {to}");
    }
    for entry in &report.pending {
        let origin = entry.origin.as_ref().map(|o| format!("  {o}")).unwrap_or_default();
        let _ = writeln!(out, "  {:<7} {}{origin}", asks(entry.state), entry.object);
    }
    out.push('\n');
    out
}

fn counted_outside(report: &Report) -> String {
    let mut text = String::new();
    if report.outside > 0 {
        let schemas: Vec<&str> = report.outside_schemas.iter().map(String::as_str).collect();
        let named = if schemas.len() > 3 { format!("{} schemas", schemas.len()) } else { schemas.join(", ") };
        let _ = write!(text, "; outside {}", report.outside);
        if !named.is_empty() {
            let _ = write!(text, " ({named})");
        }
    }
    if report.ignored.objects > 0 {
        let _ = write!(text, "; ignored {}", report.ignored.objects);
    }
    let _ = write!(text, "; unmodeled {}", Unmodeled::count(&report.unmodeled));
    text
}

fn table_line(t: &TableSummary) -> String {
    // What is on both sides is what the model has less what is missing.
    let common = t.desired - t.missing;
    format!(
        "{}: {common} of {} columns live, {} missing, {} extra, {} changed",
        t.table, t.desired, t.missing, t.extra, t.changed
    )
}

fn groups(summary: &TableSummary, verbose: bool) -> String {
    let rows: Vec<Vec<String>> = summary
        .groups
        .iter()
        .map(|g| {
            let name = if g.group.is_empty() { "(no group)".to_string() } else { g.group.clone() };
            let width = if verbose { usize::MAX } else { WIDTH - 28 };
            vec![name, g.columns.len().to_string(), shortened(&g.columns, width)]
        })
        .collect();
    table::plain(&["group", "missing", "columns"], &rows, &[1])
}

/// As many names as fit, and how many more there are.
fn shortened(names: &[String], width: usize) -> String {
    let mut text = String::new();
    for (i, name) in names.iter().enumerate() {
        let more = names.len() - i;
        let reserve = if more > 1 { 5 } else { 0 };
        if i > 0 && text.len() + 2 + name.len() + reserve > width {
            let _ = write!(text, "  +{more}");
            return text;
        }
        if i > 0 {
            text.push_str(", ");
        }
        text.push_str(name);
    }
    text
}

/// Every change and everything extra; what is missing by kind, shortened.
fn details(report: &Report, verbose: bool) -> String {
    let mut out = String::new();
    for (state, title) in [("extra", "extra: live has it, the model does not"), ("changed", "changed"), ("missing", "missing")] {
        let entries: Vec<&Entry> = report.differences.iter().filter(|e| e.state == state).collect();
        if entries.is_empty() {
            continue;
        }
        if state == "missing" && !verbose {
            out.push_str(&missing(&entries));
            continue;
        }
        let _ = writeln!(out, "{title}");
        for entry in entries {
            let path = entry.object.split_once(' ').map_or("", |(_, p)| p);
            let _ = writeln!(
                out,
                "  {:<18} {path}{}",
                entry.kind,
                entry.origin.as_ref().map(|o| format!("  {o}")).unwrap_or_default()
            );
            for attr in &entry.attrs {
                if let (Some(live), Some(desired)) = (attr.live.as_object(), attr.desired.as_object()) {
                    for line in by_key(&attr.name, live, desired) {
                        let _ = writeln!(out, "      {line}");
                    }
                    continue;
                }
                let _ = writeln!(out, "      {}", change(&attr.name, &shown(&attr.live), &shown(&attr.desired)));
            }
        }
        out.push('\n');
    }
    out
}

/// What differs in a mapping (privileges, named checks), key by key.
fn by_key(
    name: &str,
    live: &serde_json::Map<String, serde_json::Value>,
    desired: &serde_json::Map<String, serde_json::Value>,
) -> Vec<String> {
    let keys: std::collections::BTreeSet<&String> = live.keys().chain(desired.keys()).collect();
    let words = |value: Option<&serde_json::Value>| match value {
        None => "nothing".to_string(),
        Some(serde_json::Value::Array(items)) => items.iter().map(shown).collect::<Vec<_>>().join(", "),
        Some(other) => shown(other),
    };
    let differing = keys.into_iter().filter(|k| live.get(*k) != desired.get(*k));
    differing.map(|k| format!("{name} {k}: {} -> {}", words(live.get(k)), words(desired.get(k)))).collect()
}

pub(super) fn change(name: &str, live: &str, desired: &str) -> String {
    if live.contains('\n') || desired.contains('\n') || live.len() + desired.len() > 100 {
        let diff = similar::TextDiff::from_lines(live, desired);
        let mut text = format!("{name}:");
        for hunk in diff.unified_diff().context_radius(1).iter_hunks() {
            for line in hunk.to_string().lines().skip(1) {
                let _ = write!(text, "\n        {line}");
            }
        }
        return text;
    }
    format!("{name}: {live} -> {desired}")
}

fn missing(entries: &[&Entry]) -> String {
    let mut out = String::from("missing\n");
    let mut kinds: Vec<&str> = Vec::new();
    for entry in entries {
        if !kinds.contains(&entry.kind) {
            kinds.push(entry.kind);
        }
    }
    for kind in kinds {
        let of_kind: Vec<String> = entries
            .iter()
            .filter(|e| e.kind == kind)
            .map(|e| {
                let path = e.object.split_once(' ').map_or("", |(_, p)| p);
                path.strip_prefix("public.").unwrap_or(path).to_string()
            })
            .collect();
        let mut named: Vec<String> = of_kind.iter().take(NAMED).cloned().collect();
        let rest = of_kind.len() - named.len();
        if rest > 0 {
            named.push(format!("+{rest} more"));
        }
        let mut line = format!("  {kind:<18} ");
        let mut width = line.len();
        for (i, name) in named.iter().enumerate() {
            if i > 0 {
                if width + 2 + name.len() > WIDTH {
                    line.push_str(&format!(",\n{}", " ".repeat(21)));
                    width = 21;
                } else {
                    line.push_str(", ");
                    width += 2;
                }
            }
            line.push_str(name);
            width += name.len();
        }
        out.push_str(&line);
        out.push('\n');
    }
    out.push('\n');
    out
}

fn weights(report: &Report) -> String {
    let number = |w: Weight| report.weights.get(&w).copied().unwrap_or(0);
    let security = number(Weight::Security);
    let security = if security == 0 { "security in step".to_string() } else { format!("security {security}") };
    format!(
        "{security}    breaking {}    degraded {}    cosmetic {}\n",
        number(Weight::Breaking),
        number(Weight::Degraded),
        number(Weight::Cosmetic)
    )
}

/// What no kind covers, by name.
pub fn unmodeled(report: &Report) -> String {
    let mut out = String::new();
    if report.unmodeled.is_empty() {
        return out;
    }
    let total = Unmodeled::count(&report.unmodeled);
    let _ = writeln!(
        out,
        "unmodeled: live has {} that trueup does not read: {}",
        count(total, "object", "objects"),
        Unmodeled::classes(&report.unmodeled)
    );
    for u in report.unmodeled.iter().take(20) {
        let schema = u.schema.as_ref().map(|s| format!("{}.", crate::sql::ident(s))).unwrap_or_default();
        let _ = writeln!(out, "  {:<18} {schema}{}", u.what, u.name);
    }
    if total > 20 {
        let _ = writeln!(out, "  and {} more", total - 20);
    }
    out
}

fn next(report: &Report, call: &Invocation) -> String {
    let mut out = String::new();
    let arguments = &call.arguments;
    let group =
        report.tables.first().and_then(|t| t.groups.iter().find(|g| !g.group.is_empty())).map(|g| format!("group:{}", g.group));
    let only = group.or_else(|| report.differences.first().or(report.pending.first()).map(|d| d.only.clone()));
    let mut line = |word: &str, command: String, what: &str| {
        let _ = writeln!(out, "{word:<6}trueup {command}\n        {what}");
    };
    line("next", format!("plan {arguments} --sql"), "everything that brings live to the model, as SQL");
    if let Some(only) = only {
        line("", format!("plan {arguments} --only '{only}' --sql"), "one part of it, with what that needs");
    }
    if call.applicable {
        line("", format!("apply {arguments}"), "do it");
        if let Some(entry) = report.differences.iter().find(|e| e.state != "missing") {
            line("", format!("pull {arguments} --only '{}'", entry.only), "or take what live has into the model");
        }
    }
    out
}
