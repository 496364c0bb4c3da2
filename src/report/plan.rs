//! A plan for a terminal: what it does, what is dangerous about it, and its phases.

use std::fmt::Write as _;

use super::{count, preflight, proof, table};
use crate::catalog::read::Size;
use crate::kinds;
use crate::plan::step::{Hazard, Work};
use crate::plan::{Plan, Step};

/// How many dangers are shown before the rest is counted.
const SHOWN: usize = 12;

/// How many parts of a table that meet the same are named.
const NAMED: usize = 4;

/// The plan's summary: what, dangers, phases.
pub fn text(plan: &Plan, header: &str, allowed: &[String]) -> String {
    let mut out = String::new();
    let _ = writeln!(out, "live    {header}");
    if plan.is_empty() {
        let _ = writeln!(out, "no changes: live is in step with the model");
        return out;
    }
    let _ = writeln!(
        out,
        "plan    {} in {}: {}\n",
        count(plan.steps.len(), "step", "steps"),
        count(plan.phases.len(), "phase", "phases"),
        tally(plan).join("  ")
    );
    let refused: Vec<(&Step, Vec<Hazard>)> = plan.refused(allowed).collect();
    if !refused.is_empty() {
        let _ = writeln!(out, "stops apply");
        for (step, hazards) in &refused {
            let _ = writeln!(out, "  {:<16} {}{}{}", words(step, hazards), what(step), larger(plan, step), place(step));
        }
        out.push('\n');
    }
    let told: Vec<(&Step, Vec<&str>)> = plan
        .steps
        .iter()
        .filter(|s| !refused.iter().any(|(r, _)| r.number == s.number))
        .map(|s| (s, s.hazards.iter().map(|h| h.name()).collect::<Vec<_>>()))
        .filter(|(_, h)| !h.is_empty())
        .collect();
    if !told.is_empty() {
        let _ = writeln!(out, "look twice");
        let lines = alike(plan, &told);
        let wide = lines.iter().map(|l| l.0.len()).max().unwrap_or_default().max(16);
        for (hazards, rest) in lines.iter().take(SHOWN) {
            let _ = writeln!(out, "  {hazards:<wide$} {rest}");
        }
        if lines.len() > SHOWN {
            let _ = writeln!(out, "  and {} more", lines.len() - SHOWN);
        }
        out.push('\n');
    }
    if !plan.likely_renames.is_empty() {
        let _ = writeln!(out, "likely renames");
        for likely in &plan.likely_renames {
            let _ = writeln!(out, "  {}", likely.words());
        }
        out.push('\n');
    }
    let rows: Vec<Vec<String>> = plan.phases.iter().map(|p| phase_row(plan, p)).collect();
    out.push_str(&table::plain(&["phase", "steps", "strongest lock", "on"], &rows, &[1]));
    out.push_str(&proof::text(plan));
    out.push_str(&preflight::text(plan));
    out
}

/// Lines for steps with hazards: the hazards, and what the steps do. Many of a table that do the same are one line.
fn alike(plan: &Plan, steps: &[(&Step, Vec<&str>)]) -> Vec<(String, String)> {
    type Key<'a> = (String, &'a str, crate::catalog::KindName, String, String);
    let mut groups: Vec<(Option<Key<'_>>, Vec<&Step>)> = Vec::new();
    for (step, hazards) in steps {
        let part = kinds::object_named(&step.object).filter(|id| id.parent.is_some() && step.with.is_empty());
        let key = part.map(|id| (hazards.join(" "), step.verb.as_str(), id.kind, id.parent_path(), larger(plan, step)));
        match groups.iter_mut().find(|(k, _)| k.is_some() && *k == key) {
            Some((_, group)) => group.push(step),
            None => groups.push((key, vec![step])),
        }
    }
    let line = |(key, group): &(Option<Key<'_>>, Vec<&Step>)| {
        let step = group[0];
        let hazards: Vec<&str> = step.hazards.iter().map(|h| h.name()).collect();
        let does = match (key, group.len()) {
            (Some((_, verb, kind, of, _)), n) if n > 1 => {
                let many = kinds::find(kind).map_or("objects", |k| k.label().1);
                let mut names: Vec<String> =
                    group.iter().take(NAMED).filter_map(|s| Some(kinds::object_named(&s.object)?.name.to_string())).collect();
                names.extend((n > NAMED).then(|| "...".to_string()));
                format!("{verb} {n} {many} of {of}: {}", names.join(", "))
            }
            _ => what(step),
        };
        (hazards.join(" "), format!("{does}{}{}", larger(plan, step), place(step)))
    };
    groups.iter().map(line).collect()
}

/// Why a step is refused: its hazards, and what forbids it whatever is allowed.
pub fn words(step: &Step, hazards: &[Hazard]) -> String {
    let names = hazards.iter().map(|h| h.name().to_string());
    let by = step.prevented_by.as_ref().map(|by| format!("prevent_destroy ({by})"));
    names.chain(by).collect::<Vec<_>>().join(" ")
}

/// The tables whose rows a step reads or writes again, with their sizes where they are large.
pub(super) fn larger(plan: &Plan, step: &Step) -> String {
    let busy = step.locks.iter().filter(|h| h.work != Work::None && plan.online.is_large(h.size));
    let list: Vec<String> = busy.filter_map(|h| Some(format!("{} has {}", h.table, size(h.size?)))).collect();
    if list.is_empty() { String::new() } else { format!("  ({})", list.join(", ")) }
}

/// `1,200,000 rows, 310 MB`.
pub fn size(size: Size) -> String {
    let units = ["bytes", "kB", "MB", "GB", "TB"];
    let (mut bytes, mut unit) = (size.bytes, 0);
    while bytes >= 10 * 1024 && unit + 1 < units.len() {
        bytes /= 1024;
        unit += 1;
    }
    format!("{}, {bytes} {}", count(usize::try_from(size.rows).unwrap_or(usize::MAX), "row", "rows"), units[unit])
}

/// What a step does, in words.
pub fn what(step: &Step) -> String {
    let to = step.with.first().filter(|_| step.verb == "rename").and_then(|t| t.rsplit(['.', ' ']).next());
    match to {
        Some(to) => format!("{} {} -> {to}", step.verb, step.object),
        None => format!("{} {}", step.verb, step.object),
    }
}

fn place(step: &Step) -> String {
    step.origin.as_ref().map(|o| format!("  {o}")).unwrap_or_default()
}

fn phase_row(plan: &Plan, phase: &crate::plan::Phase) -> Vec<String> {
    let steps = &plan.steps[phase.steps.0 - 1..phase.steps.1];
    let strongest = steps.iter().filter_map(Step::lock).max();
    let held = steps.iter().flat_map(|s| &s.locks).filter(|h| Some(h.lock) == strongest);
    let mut tables: Vec<String> = held.map(|h| h.table.clone()).collect();
    tables.sort();
    tables.dedup();
    let on = match tables.len() {
        0 => "nothing that is there already".to_string(),
        n if n > 3 => format!("{n} tables"),
        _ => tables.join(", "),
    };
    let name = if phase.transaction { format!("{} tx", phase.number) } else { phase.number.to_string() };
    vec![name, steps.len().to_string(), strongest.map_or("none", |l| l.name()).to_string(), on]
}

/// `+1 table`, `-2 indexes`, `~1 view`: what the plan does, by kind.
pub fn tally(plan: &Plan) -> Vec<String> {
    let mut counts: Vec<(char, &str, usize)> = Vec::new();
    let mut add = |sign: char, object: &str| {
        let Some(kind) = object.split(' ').next().and_then(kinds::find) else { return };
        match counts.iter_mut().find(|(s, k, _)| *s == sign && *k == kind.name()) {
            Some((_, _, n)) => *n += 1,
            None => counts.push((sign, kind.name(), 1)),
        }
    };
    for step in &plan.steps {
        match step.verb.as_str() {
            "create" if step.sql.starts_with("CREATE") || step.sql.contains(" ADD ") || step.sql.contains(" SET DEFAULT") => {
                add('+', &step.object);
                step.with.iter().filter(|w| !w.starts_with("default ")).for_each(|w| add('+', w));
            }
            "drop" => add('-', &step.object),
            "alter" | "rename" => add('~', &step.object),
            _ => {}
        }
    }
    let facets = plan.steps.iter().filter(|s| matches!(s.verb.as_str(), "grant" | "owner" | "comment" | "label")).count();
    counts.sort_by_key(|(sign, kind, _)| (*sign as u32, kinds::rank(kind)));
    let mut out: Vec<String> = counts
        .into_iter()
        .filter_map(|(sign, kind, n)| {
            let (one, many) = kinds::find(kind)?.label();
            Some(format!("{sign}{n} {}", if n == 1 { one } else { many }))
        })
        .collect();
    let rows = plan.steps.iter().filter_map(|s| s.rows).sum::<u64>();
    if rows > 0 {
        out.push(count(usize::try_from(rows).unwrap_or(usize::MAX), "row written", "rows written"));
    }
    if facets > 0 {
        out.push(count(facets, "grant, owner or comment", "grants, owners and comments"));
    }
    out
}
