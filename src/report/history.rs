//! What was applied: the list, and one apply with all that it did.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use super::{count, plan, table, text, verify};
use crate::catalog::Id;
use crate::diff::{AttrChange, attributes};
use crate::kinds;
use crate::plan::{Step, Verb, rename, shown};
use crate::record::{self, Applied, State, Touched};

/// `2025-10-26 21:04`: as much of a time as people want.
pub fn minute(time: &str) -> String {
    time.replace('T', " ").chars().take(16).collect()
}

/// `0.4 s`, `3 min 20 s`, `2 h 5 min`.
fn took(seconds: f64) -> String {
    let whole = seconds as u64;
    match whole {
        0..10 => format!("{seconds:.1} s"),
        10..60 => format!("{whole} s"),
        60..3600 => format!("{} min {} s", whole / 60, whole % 60),
        _ => format!("{} h {} min", whole / 3600, whole % 3600 / 60),
    }
}

/// What became of it, in a few words.
fn result(a: &Applied) -> String {
    let phases = a.plan.phases.len();
    let of = |word: &str| format!("{word} after {} of {}", a.phases, count(phases, "phase", "phases"));
    let mut out = match a.state {
        State::Running => of("running"),
        State::Done => "in step".to_string(),
        State::Different => "still different".to_string(),
        State::Failed => of("failed"),
        State::Interrupted => of("interrupted"),
    };
    if let Some(by) = a.undone_by {
        let _ = write!(out, ", taken back by {by}");
    }
    out
}

fn what(a: &Applied) -> String {
    match a.undoes {
        Some(number) => format!("rollback of {number}"),
        None => "apply".to_string(),
    }
}

fn title(a: &Applied) -> String {
    match a.undoes {
        Some(number) => format!("rollback {} (takes back {number})", a.number),
        None => format!("apply {}", a.number),
    }
}

fn row(a: &Applied) -> Vec<String> {
    vec![
        a.number.to_string(),
        minute(&a.started),
        what(a),
        a.who.words(),
        a.plan.steps.len().to_string(),
        plan::tally(&a.plan).join(" "),
        a.seconds.map(took).unwrap_or_default(),
        result(a),
    ]
}

const COLUMNS: &[&str] = &["number", "when (UTC)", "what", "who", "steps", "objects", "took", "result"];

/// The list.
pub fn list(applied: &[Applied]) -> String {
    if applied.is_empty() {
        return "nothing was applied yet\n".to_string();
    }
    let rows: Vec<Vec<String>> = applied.iter().map(row).collect();
    table::plain(COLUMNS, &rows, &[0, 4])
}

/// The list as Markdown.
pub fn list_markdown(applied: &[Applied]) -> String {
    let mut out = format!("| {} |\n| {} |\n", COLUMNS.join(" | "), vec!["---"; COLUMNS.len()].join(" | "));
    for a in applied {
        let _ = writeln!(out, "| {} |", row(a).join(" | ").replace('\n', " "));
    }
    out
}

/// The facts about one, as pairs.
fn facts(a: &Applied, database: &str) -> Vec<(&'static str, String)> {
    let mut who = format!("{}, as role {}", a.who.words(), a.role);
    if let Some(run) = &a.who.run {
        let _ = write!(who, ", {run}");
    }
    let ended = a.seconds.map(|s| format!(", took {}", took(s))).unwrap_or_default();
    let lines: usize = a.plan.steps.iter().map(|s| s.sql.lines().count()).sum();
    let mut out = vec![
        ("where", format!("{database}, PostgreSQL {}", a.plan.major)),
        ("when", format!("{} UTC{ended}", minute(&a.started))),
        ("who", who),
        ("result", result(a)),
        (
            "plan",
            format!(
                "{} in {}, {} of SQL: {}",
                count(a.plan.steps.len(), "step", "steps"),
                count(a.plan.phases.len(), "phase", "phases"),
                count(lines, "line", "lines"),
                plan::tally(&a.plan).join("  ")
            ),
        ),
    ];
    out.extend(a.plan.proof.as_ref().map(|p| ("proof", p.words())));
    if let Some(model) = &a.model {
        let commit = a.commit.as_ref().map(|c| format!(", commit {}", short_commit(c))).unwrap_or_default();
        out.push(("model", format!("{model}{commit}")));
    }
    out.push(("by", format!("trueup {}", a.trueup)));
    out
}

/// A commit as git shortens it, and whether its files were changed.
fn short_commit(commit: &str) -> String {
    let changed = if commit.ends_with('+') { " with changes" } else { "" };
    let short: String = commit.trim_end_matches('+').chars().take(12).collect();
    format!("{short}{changed}")
}

/// One object of the report.
struct Line {
    word: &'static str,
    object: String,
    attrs: Vec<AttrChange>,
}

/// What became of the objects. What belongs to one that was made or dropped whole is counted with it, and what a rename carries
/// along is not named.
fn lines(a: &Applied) -> Vec<Line> {
    let reached: Vec<&Touched> = a.objects.iter().filter(|t| a.reached(t)).collect();
    let renames = record::renames(a);
    let find = |id: &Id| reached.iter().find(|t| t.id == *id);
    let formers: BTreeMap<Id, &Touched> = reached
        .iter()
        .filter(|t| t.was.is_some() && t.became.is_none())
        .map(|t| (rename::after(&renames, &t.id), *t))
        .filter(|(to, t)| *to != t.id && find(to).is_some_and(|t| t.was.is_none()))
        .collect();
    let whole = |t: &Touched| t.was.is_some() != t.became.is_some() && !formers.contains_key(&t.id);
    let left = |t: &Touched| !formers.values().any(|f| f.id == t.id);
    let mut out = Vec::new();
    for t in reached.iter().filter(|t| left(t)) {
        if whole(t)
            && reached
                .iter()
                .any(|of| kinds::is_part_of(&t.id, &of.id) && whole(of) && of.was.is_some() == t.was.is_some() && left(of))
        {
            continue;
        }
        let (word, attrs) = match (&t.was, &t.became, formers.get(&t.id).and_then(|f| Some((f, f.was.as_ref()?)))) {
            (None, Some(became), Some((former, was))) => {
                let attrs = attributes(was, became);
                let direct = renames.iter().any(|r| r.to == t.id);
                if !direct && attrs.is_empty() {
                    continue;
                }
                let object = format!("{} -> {}", former.id, t.id.name);
                if direct {
                    out.push(Line { word: "renamed", object, attrs });
                    continue;
                }
                ("changed", attrs)
            }
            (None, ..) => ("made", Vec::new()),
            (_, None, _) => ("dropped", Vec::new()),
            (Some(was), Some(became), _) => {
                let attrs = attributes(was, became);
                let only_rows = || {
                    let own = |s: &&Step| s.object == t.id.to_string() || s.with.contains(&t.id.to_string());
                    let of_rows = |s: &Step| [Verb::Fill, Verb::Backfill].iter().any(|v| s.verb == v.name());
                    a.plan.steps.iter().filter(own).all(of_rows)
                };
                let again = if attrs.is_empty() && only_rows() { "filled" } else { "made again" };
                (if attrs.is_empty() { again } else { "changed" }, attrs)
            }
        };
        let parts = if whole(t) { reached.iter().filter(|p| kinds::is_part_of(&p.id, &t.id)).count() } else { 0 };
        let parts = if parts > 0 { format!(" and {}", count(parts, "part", "parts")) } else { String::new() };
        out.push(Line { word, object: format!("{}{parts}", t.id), attrs });
    }
    out
}

/// One apply.
pub fn one(a: &Applied, database: &str) -> String {
    let mut out = String::new();
    let _ = writeln!(out, "{}", title(a));
    for (name, value) in facts(a, database) {
        let _ = writeln!(out, "{name:<9} {value}");
    }
    if let Some(message) = &a.message {
        let _ = writeln!(out, "\n{message}");
    }
    let lines = lines(a);
    if !lines.is_empty() {
        let _ = writeln!(out, "\nobjects");
    }
    for line in lines {
        let _ = writeln!(out, "  {:<10} {}", line.word, line.object);
        for c in line.attrs {
            let _ = writeln!(out, "      {}", text::change(&c.name, &shown(&c.live), &shown(&c.desired)));
        }
    }
    let _ = writeln!(out, "\nsteps");
    for step in &a.plan.steps {
        let mark = if step.phase <= a.phases { "done" } else { "not done" };
        let _ = writeln!(out, "  {:>4}  {mark:<8}  {}", step.number, plan::what(step));
    }
    if !a.verified.is_empty() {
        let _ = write!(out, "\n{}", verify::text(&a.verified, true));
    }
    out
}

/// One apply as Markdown: the report on what was done.
pub fn one_markdown(a: &Applied, database: &str) -> String {
    let mut out = format!("## {} of `{database}`\n\n| | |\n| --- | --- |\n", capital(&title(a)));
    for (name, value) in facts(a, database) {
        let _ = writeln!(out, "| {name} | {} |", value.replace('|', "\\|"));
    }
    if let Some(message) = &a.message {
        let _ = writeln!(out, "\n```text\n{message}\n```");
    }
    let lines = lines(a);
    if !lines.is_empty() {
        let _ = writeln!(out, "\n### Objects\n\n| | object | what |\n| --- | --- | --- |");
    }
    for line in lines {
        let cell = |v: &serde_json::Value| super::markdown::cell(&shown(v));
        let attrs: Vec<String> =
            line.attrs.iter().map(|c| format!("{}: {} → {}", c.name, cell(&c.live), cell(&c.desired))).collect();
        let _ = writeln!(out, "| {} | `{}` | {} |", line.word, line.object, attrs.join("<br>"));
    }
    out.push_str(&verify::markdown(&a.verified));
    let _ = writeln!(out, "\n<details><summary>SQL</summary>\n\n```sql\n{}```\n\n</details>", a.plan.sql());
    out
}

fn capital(text: &str) -> String {
    let mut chars = text.chars();
    chars.next().map(|c| c.to_uppercase().chain(chars).collect()).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn how_long_it_took() {
        assert_eq!([took(0.42), took(12.9), took(200.0), took(7500.0)], ["0.4 s", "12 s", "3 min 20 s", "2 h 5 min"]);
    }
}
