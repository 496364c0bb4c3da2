//! Plans for whoever reviews them in a pull request: dangers first, texts as what changed in them, SQL folded, short enough for
//! GitHub. Of several databases those with the same SQL share it.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;

use similar::TextDiff;

use super::{count, plan, preflight, proof};
use crate::catalog::read::Size;
use crate::diff::{AttrChange, Difference};
use crate::plan::step::{Hazard, Lock, Work};
use crate::plan::{Plan, Step, shown};

/// How long a comment or a description on GitHub may be, in characters; bytes are never fewer.
const LIMIT: usize = 65_536;

/// How many steps that stop `apply` for the same reason are named before the rest is counted.
const STOPS_NAMED: usize = 20;

/// How many others.
const TOLD_NAMED: usize = 5;

/// How many locked tables.
const TABLES_NAMED: usize = 20;

/// Lines around what changed.
const CONTEXT: usize = 3;

/// A plan with what a reviewer has to know beside it.
#[derive(Debug, Clone, Copy)]
pub struct Reviewed<'a> {
    /// What the database is called.
    pub name: &'a str,
    /// The live side in words.
    pub live: &'a str,
    /// The plan.
    pub plan: &'a Plan,
    /// What it makes equal.
    pub differences: &'a [Difference],
    /// The hazards that are accepted.
    pub allowed: &'a [String],
}

impl Reviewed<'_> {
    fn left_alone(&self) -> String {
        self.plan.ignored.as_ref().map(|ignored| format!("\nLeft alone by rules: {}.\n", ignored.words())).unwrap_or_default()
    }

    /// What stops it, the gravest first.
    fn stops(&self) -> Vec<&'static str> {
        let refused: Vec<_> = self.plan.refused(self.allowed).collect();
        let prevented = refused.iter().any(|(step, _)| step.prevented_by.is_some()).then_some(PREVENTED);
        let hazards = Hazard::ALL.iter().filter(|hazard| refused.iter().any(|(_, hazards)| hazards.contains(hazard)));
        let met = self.plan.preflight.iter().flat_map(|p| p.stopping(self.plan, self.allowed));
        prevented.into_iter().chain(hazards.map(|h| h.name())).chain(met).collect()
    }

    /// All but the heading and the SQL; what was found out by running and asking only if it is not told elsewhere.
    fn body(&self, with_findings: bool) -> String {
        let mut out = format!("{}\n\n", plan::tally(self.plan).join(" · "));
        out.push_str(&hazards(self.plan, &self.plan.refused(self.allowed).collect::<Vec<_>>()));
        out.push_str(&likely_renames(self.plan));
        if with_findings {
            out.push_str(&proof::markdown(self.plan));
            out.push_str(&preflight::markdown(self.plan));
        }
        out.push_str(&locks(self.plan));
        out.push_str(&changes(self.differences));
        out
    }
}

fn likely_renames(plan: &Plan) -> String {
    if plan.likely_renames.is_empty() {
        return String::new();
    }
    let lines: String = plan.likely_renames.iter().map(|likely| format!("- {}\n", likely.words())).collect();
    format!("**Likely renames**\n\n{lines}\n")
}

/// The report of one plan.
pub fn plan(one: &Reviewed<'_>) -> String {
    if one.plan.is_empty() {
        return format!("### No changes\n\nThe database is in step with the model: {}.\n{}", one.live, one.left_alone());
    }
    let steps = length(one.plan);
    let out = format!("### Plan: {steps}\n\nFor {}\\\n{}", one.live, one.body(true));
    with_sql(out, &one.plan.sql(), &one.left_alone(), LIMIT)
}

/// One report of several plans.
pub fn several(all: &[Reviewed<'_>]) -> String {
    let mut groups: Vec<Vec<&Reviewed<'_>>> = Vec::new();
    for one in all.iter().filter(|one| !one.plan.is_empty()) {
        match groups.iter_mut().find(|group| group[0].plan.sql() == one.plan.sql()) {
            Some(group) => group.push(one),
            None => groups.push(vec![one]),
        }
    }
    let mut out = format!("### Plans for {}\n\n", count(all.len(), "database", "databases"));
    let same = match groups.len() {
        0 => "All are in step with the model.".to_string(),
        1 if groups[0].len() == all.len() => "The SQL is the same for all.".to_string(),
        1 => format!("The SQL is the same for those that are not in step: {}.", named(&groups[0])),
        n => format!("The SQL differs: there are {n} plans."),
    };
    let _ = writeln!(out, "{same}\n\n| database | | steps | stops apply | proof |\n| --- | --- | ---: | --- | --- |");
    for one in all {
        let stops: Vec<String> = one.stops().iter().map(|name| format!("`{name}`")).collect();
        let steps = if one.plan.is_empty() { "in step".to_string() } else { one.plan.steps.len().to_string() };
        let proof = one.plan.proof.as_ref().map(|p| p.words()).unwrap_or_default();
        let _ = writeln!(out, "| `{}` | {} | {steps} | {} | {proof} |", one.name, one.live, stops.join(" "));
    }
    out.push('\n');
    let left = groups.len();
    for (i, group) in groups.iter().enumerate() {
        // The same statements may stop on one database and not on another, which has fewer rows.
        let Some(gravest) = group.iter().max_by_key(|one| one.stops().len()) else { continue };
        let _ = write!(out, "#### {}: {}\n\n", named(group), length(gravest.plan));
        out.push_str(&gravest.body(false));
        for one in group {
            let (proof, met) = (proof::details(one.plan), preflight::markdown(one.plan));
            if !(proof.is_empty() && met.is_empty()) {
                let proof = if proof.is_empty() { String::new() } else { format!("**Proof**:\n\n{proof}\n") };
                let _ = write!(out, "##### `{}`\n\n{proof}{met}", one.name);
            }
        }
        let share = out.len() + LIMIT.saturating_sub(out.len()) / (left - i);
        out = with_sql(out, &gravest.plan.sql(), &gravest.left_alone(), share);
        out.push('\n');
    }
    out
}

/// `12 steps in 3 phases, 1 of them not in a transaction`.
fn length(plan: &Plan) -> String {
    let alone = plan.phases.iter().filter(|p| !p.transaction).count();
    let alone = if alone == 0 { String::new() } else { format!(", {alone} of them not in a transaction") };
    format!("{} in {}{alone}", count(plan.steps.len(), "step", "steps"), count(plan.phases.len(), "phase", "phases"))
}

fn named(group: &[&Reviewed<'_>]) -> String {
    group.iter().map(|one| format!("`{}`", one.name)).collect::<Vec<_>>().join(", ")
}

/// What stands for `prevent_destroy` beside the hazards.
const PREVENTED: &str = "prevent_destroy";

/// The hazards of a plan with what they mean: first those that stop `apply`, then those that are only told; steps with the same
/// ones together.
fn hazards(plan: &Plan, refused: &[(&Step, Vec<Hazard>)]) -> String {
    let refused_of = |step: &Step| refused.iter().find(|(s, _)| s.number == step.number).map_or(&[][..], |(_, h)| h);
    let mut stops: Groups<'_> = BTreeMap::new();
    let mut told: Groups<'_> = BTreeMap::new();
    for step in &plan.steps {
        let (stopped, rest): (Vec<Hazard>, Vec<Hazard>) = step.hazards.iter().partition(|h| refused_of(step).contains(h));
        for (groups, hazards) in [(&mut stops, stopped), (&mut told, rest)] {
            if !hazards.is_empty() {
                groups.entry(hazards).or_default().push(step);
            }
        }
    }
    let entry = |names: &str, meaning: &str, steps: &[&Step], most: usize| {
        let mut out = format!("- **{names}**{}{meaning}\n", if meaning.is_empty() { "" } else { ": " });
        for step in steps.iter().take(most) {
            let origin = step.origin.as_ref().map(|o| format!(" · {o}")).unwrap_or_default();
            let size = plan::larger(plan, step);
            let _ = writeln!(out, "  - step {}: {} `{}`{}{origin}", step.number, step.verb, step.object, size.replace("  ", " "));
        }
        if steps.len() > most {
            let more = steps.iter().skip(most).map(|s| s.number).collect::<Vec<_>>();
            let _ = writeln!(out, "  - and {} more: steps {}", more.len(), ranges(&more));
        }
        out
    };
    let mut explained = BTreeSet::new();
    let mut list = |heading: &str, first: String, groups: &Groups<'_>, most: usize| {
        let group = |(hazards, steps): (&Vec<Hazard>, &Vec<&Step>)| {
            let names: Vec<&str> = hazards.iter().map(|h| h.name()).collect();
            let meanings: Vec<&str> = hazards.iter().filter(|h| explained.insert(**h)).map(|h| meaning(*h)).collect();
            entry(&names.join(" "), &meanings.join(". "), steps, most)
        };
        let out = first + &groups.iter().map(group).collect::<String>();
        if out.is_empty() { out } else { format!("**{heading}**\n\n{out}\n") }
    };
    let prevented: Vec<&Step> = plan.steps.iter().filter(|s| s.prevented_by.is_some()).collect();
    let prevented = if prevented.is_empty() {
        String::new()
    } else {
        entry(PREVENTED, "The model says that it must not be destroyed, whatever is allowed", &prevented, STOPS_NAMED)
    };
    list("Stops apply", prevented, &stops, STOPS_NAMED) + &list("Look twice", String::new(), &told, TOLD_NAMED)
}

/// Steps by what is dangerous about them, the gravest first.
type Groups<'a> = BTreeMap<Vec<Hazard>, Vec<&'a Step>>;

/// What is locked: for each table the strongest lock, and what is done with its rows.
fn locks(plan: &Plan) -> String {
    #[derive(Default)]
    struct On {
        lock: Option<Lock>,
        work: Work,
        size: Option<Size>,
        steps: Vec<usize>,
    }
    let mut tables: BTreeMap<&str, On> = BTreeMap::new();
    for (step, held) in plan.steps.iter().flat_map(|s| s.locks.iter().map(move |h| (s, h))) {
        let on = tables.entry(&held.table).or_default();
        on.lock = on.lock.max(Some(held.lock));
        on.work = on.work.max(held.work);
        on.size = on.size.or(held.size);
        on.steps.push(step.number);
    }
    if tables.is_empty() {
        return String::new();
    }
    let mut rows: Vec<(&str, On)> = tables.into_iter().collect();
    // What is done to many rows first.
    rows.sort_by_key(|(_, on)| std::cmp::Reverse((on.work, on.lock, on.size.map(|s| s.rows))));
    let more = rows.len().saturating_sub(TABLES_NAMED);
    let what = count(rows.len(), "table that is there already", "tables that are there already");
    let mut out = format!(
        "<details><summary>Locks on {what}</summary>\n\n| table | strongest lock | its rows | size | steps |\n| --- | --- | --- | --- | --- |\n"
    );
    for (table, on) in rows.into_iter().take(TABLES_NAMED) {
        let work = match on.work {
            Work::None => "",
            Work::Scan => "all read",
            Work::Rewrite => "all written again",
        };
        let size = on.size.map(plan::size).unwrap_or_default();
        let lock = on.lock.map_or("", Lock::name);
        let _ = writeln!(out, "| `{table}` | {lock} | {work} | {size} | {} |", ranges(&on.steps));
    }
    if more > 0 {
        let _ = writeln!(out, "| and {more} more | | | | |");
    }
    let unknown: BTreeSet<&str> = plan.unsized_tables().collect();
    if !unknown.is_empty() {
        let _ = writeln!(out, "\n{} of unknown size, taken to be small.", count(unknown.len(), "table", "tables"));
    }
    out + "\n</details>\n\n"
}

/// `1-3, 7` of numbers in order.
fn ranges(numbers: &[usize]) -> String {
    let mut out: Vec<(usize, usize)> = Vec::new();
    for n in numbers {
        match out.last_mut() {
            Some((_, last)) if *n <= *last + 1 => *last = *n,
            _ => out.push((*n, *n)),
        }
    }
    let range = |(from, to): &(usize, usize)| if from == to { from.to_string() } else { format!("{from}-{to}") };
    out.iter().map(range).collect::<Vec<_>>().join(", ")
}

/// The first sentence of what a hazard means.
fn meaning(hazard: Hazard) -> &'static str {
    let doc = hazard.doc();
    let end = [": ", ". "].into_iter().filter_map(|mark| doc.find(mark)).min();
    end.map_or(doc, |end| &doc[..end]).trim_end_matches('.')
}

/// What changes in what stays, as one diff for each object.
fn changes(differences: &[Difference]) -> String {
    let mut body = String::new();
    let mut number = 0;
    for difference in differences {
        let Difference::Set { id, attrs } = difference else { continue };
        number += 1;
        let lines: String = attrs.iter().map(change).collect();
        let _ = writeln!(body, "`{id}`\n\n{}", fenced("diff", &lines));
    }
    if number == 0 {
        return body;
    }
    let what = format!("What changes in {}", count(number, "object", "objects"));
    let folded = format!("<details><summary>{what}</summary>\n\n{body}</details>\n\n");
    if folded.len() <= LIMIT / 2 {
        return folded;
    }
    // The statements that make the change are the better half.
    format!("{what} is too much for a comment: `trueup drift --verbose` shows it.\n\n")
}

/// A changed attribute as lines of a diff; the line that tells its name is no change.
fn change(attr: &AttrChange) -> String {
    let text = |value: &serde_json::Value| match value {
        serde_json::Value::Null => String::new(),
        serde_json::Value::Object(_) => format!("{value:#}"),
        other => shown(other),
    };
    let ended = |text: String| if text.is_empty() || text.ends_with('\n') { text } else { text + "\n" };
    let (live, desired) = (ended(text(&attr.live)), ended(text(&attr.desired)));
    let mut out = format!("@@ {} @@\n", attr.name);
    let diff = TextDiff::from_lines(live.as_str(), desired.as_str());
    for (i, group) in diff.grouped_ops(CONTEXT).iter().enumerate() {
        if i > 0 {
            out.push_str("@@ ... @@\n");
        }
        for line in group.iter().flat_map(|op| diff.iter_changes(op)) {
            let _ = write!(out, "{}{}", line.tag(), line.value());
        }
    }
    out
}

/// A block of code whose fence no line of it can close.
fn fenced(language: &str, text: &str) -> String {
    let longest = text.split(|c| c != '`').map(str::len).max().unwrap_or(0);
    let fence = "`".repeat(longest.max(2) + 1);
    let end = if text.is_empty() || text.ends_with('\n') { "" } else { "\n" };
    format!("{fence}{language}\n{text}{end}{fence}\n")
}

/// Room for what ends a section that was cut.
const ROOM: usize = 400;

/// Puts the statements after a report, folded, and as many of them as there is room for.
fn with_sql(mut out: String, sql: &str, after: &str, limit: usize) -> String {
    let folded = |sql: &str, note: &str| format!("<details><summary>SQL</summary>\n\n{}{note}\n</details>\n", fenced("sql", sql));
    let whole = folded(sql, "");
    if out.len() + whole.len() + after.len() <= limit {
        return out + &whole + after;
    }
    let room = limit.saturating_sub(out.len() + after.len() + ROOM);
    let kept = sql.split_inclusive('\n').scan(0, |used, line| {
        *used += line.len();
        (*used <= room).then_some(line.len())
    });
    let (lines, bytes) = kept.fold((0, 0), |(lines, bytes), len| (lines + 1, bytes + len));
    let note = format!("\nCut here: {lines} of {} lines. The whole is what `trueup plan --sql` prints.\n", sql.lines().count());
    out.push_str(&folded(&sql[..bytes], &note));
    out + after
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_fence_holds_what_looks_like_one() {
        assert_eq!(fenced("sql", "a"), "```sql\na\n```\n");
        assert_eq!(fenced("sql", "```\n"), "````sql\n```\n````\n");
    }

    #[test]
    fn long_statements_are_cut_at_a_line() {
        let sql = "ALTER TABLE public.t ADD c text;\n".repeat(5000);
        let report = with_sql("head\n".into(), &sql, "after\n", LIMIT);
        assert!(report.len() <= LIMIT, "{}", report.len());
        assert!(report.contains("of 5000 lines") && report.contains("c text;\n```\n") && report.ends_with("after\n"));
        assert!(!with_sql("head\n".into(), "x;\n", "", LIMIT).contains("Cut"));
    }

    #[test]
    fn steps_in_short() {
        assert_eq!(ranges(&[1, 2, 2, 3, 7]), "1-3, 7");
        assert_eq!(ranges(&[4]), "4");
    }

    #[test]
    fn what_hazards_mean_in_short() {
        for hazard in Hazard::ALL {
            assert!(meaning(*hazard).len() < 120, "{}", meaning(*hazard));
        }
    }

    #[test]
    fn a_text_is_shown_as_what_changed() {
        let attr = AttrChange { name: "body".into(), live: "a\nb\nc".into(), desired: "a\nB\nc".into() };
        assert_eq!(change(&attr), "@@ body @@\n a\n-b\n+B\n c\n");
        let gone = AttrChange { name: "comment".into(), live: "x".into(), desired: serde_json::Value::Null };
        assert_eq!(change(&gone), "@@ comment @@\n-x\n");
    }
}
