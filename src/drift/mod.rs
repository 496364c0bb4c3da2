//! What differs, by kind and by group, and how much it matters.
//!
//! A [`Report`] is everything that `drift`, `diff` and the reports of CI show: made once, rendered in many forms.

pub mod pending;

use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;

use crate::catalog::{Catalog, Id, Unmodeled};
use crate::data::{self, State, Verified};
use crate::diff::rules::Ignored;
use crate::diff::scope::Scope;
use crate::diff::{AttrChange, Difference};
use crate::kinds::{self, KINDS, Weight};
use crate::plan::rename::Rename;
use crate::shadow::build::Desired;
pub use pending::Standing;

/// Everything about the difference between a live and a desired catalog.
#[derive(Debug, Clone, Serialize)]
pub struct Report {
    /// The form's version.
    pub version: u32,
    /// The live side, in words.
    pub live: String,
    /// The desired side, in words.
    pub desired: String,
    /// Which scope held.
    pub manage: &'static str,
    /// Whether nothing differs.
    pub in_step: bool,
    /// Live objects that are outside of what is managed.
    pub outside: usize,
    /// The schemas of those.
    pub outside_schemas: BTreeSet<String>,
    /// What rules leave alone.
    pub ignored: Ignored,
    /// What no kind covers.
    pub unmodeled: Vec<Unmodeled>,
    /// Tables that both sides have and whose columns differ, the largest difference first.
    pub tables: Vec<TableSummary>,
    /// One line for each kind.
    pub kinds: Vec<KindSummary>,
    /// What the model calls otherwise than the live side, as `(object, new name)`.
    pub renames: Vec<(String, String)>,
    /// Every difference.
    pub differences: Vec<Entry>,
    /// How many differences there are of each weight.
    pub weights: BTreeMap<Weight, usize>,
    /// What was last agreed.
    pub agreed: Standing,
    /// What the model asks for that is not applied yet; no drift, and not counted as such.
    pub pending: Vec<Entry>,
    /// The renames among that, as `(object, new name)`.
    pub pending_renames: Vec<(String, String)>,
    /// How the rows stand that the model says something of.
    pub rows: data::Standing,
    /// What came out of the model's `verify`.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub verified: Vec<Verified>,
}

/// The columns of one table.
#[derive(Debug, Clone, Serialize)]
pub struct TableSummary {
    /// The table.
    pub table: String,
    /// Columns that the live side has.
    pub live: usize,
    /// Columns that the desired side has.
    pub desired: usize,
    /// Columns that the live side lacks.
    pub missing: usize,
    /// Columns that only the live side has.
    pub extra: usize,
    /// Columns that differ.
    pub changed: usize,
    /// The missing columns by the groups of the model, in the model's order.
    pub groups: Vec<Group>,
}

/// Missing columns with one `group`.
#[derive(Debug, Clone, Serialize)]
pub struct Group {
    /// The group's name; empty for columns without one.
    pub group: String,
    /// The columns.
    pub columns: Vec<String>,
}

/// How many objects of one kind there are and differ. Children of a table that only one side has are counted with the table.
#[derive(Debug, Clone, Serialize)]
pub struct KindSummary {
    /// The kind, in words.
    pub kind: &'static str,
    /// On the live side.
    pub live: usize,
    /// On the desired side.
    pub desired: usize,
    /// Only on the desired side.
    pub missing: usize,
    /// Only on the live side.
    pub extra: usize,
    /// On both, and different.
    pub changed: usize,
}

/// One difference with what a reader needs.
#[derive(Debug, Clone, Serialize)]
pub struct Entry {
    /// The object.
    pub object: String,
    /// The kind, in words.
    pub kind: &'static str,
    /// `missing`, `extra` or `changed`.
    pub state: &'static str,
    /// How much it matters.
    pub weight: Weight,
    /// The attributes that differ.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub attrs: Vec<AttrChange>,
    /// Where in the model it stands.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub origin: Option<String>,
    /// What selects it with `--only`.
    pub only: String,
}

impl Report {
    /// Whether there is something that nobody agreed to.
    pub fn drifted(&self) -> bool {
        !self.differences.is_empty() || !self.renames.is_empty() || self.rows.differs()
    }

    /// Whether something that was asked of the rows came out otherwise than expected.
    pub fn fails(&self) -> bool {
        self.verified.iter().any(|v| v.state == State::Failed)
    }

    /// Takes in how the rows stand.
    pub fn take_rows(&mut self, rows: data::Standing) {
        self.in_step &= !rows.differs() && !rows.pending();
        self.rows = rows;
    }

    /// Whether no object differs, whatever the rows do.
    pub fn objects_in_step(&self) -> bool {
        self.differences.is_empty() && self.renames.is_empty() && self.pending.is_empty() && self.pending_renames.is_empty()
    }

    /// Takes in what the model asks for that is not applied yet.
    pub fn pending(&mut self, differences: &[Difference], renames: &[Rename], desired: &Desired) {
        self.pending = own(differences).into_iter().map(|d| entry(d, desired)).collect();
        self.pending_renames = renames.iter().map(|r| (r.from.to_string(), r.to.name.to_string())).collect();
        self.in_step &= differences.is_empty() && renames.is_empty();
    }

    /// Takes in renames that have not happened yet; they are differences too.
    pub fn rename(&mut self, renames: &[Rename]) {
        self.renames = renames.iter().map(|r| (r.from.to_string(), r.to.name.to_string())).collect();
        self.in_step &= renames.is_empty();
        *self.weights.entry(Weight::Breaking).or_default() += renames.len();
    }
}

/// Makes the report.
pub fn report(live: &Catalog, desired: &Desired, scope: &Scope, differences: &[Difference], names: (String, String)) -> Report {
    let (outside, outside_schemas) = scope.outside(live);
    let lone = lone(differences);
    let with_parent = |id: &Id| id.parent.as_deref().is_some_and(|p| lone.contains(&(id.schema(), p)));
    let own = own(differences);
    let mut weights: BTreeMap<Weight, usize> = Weight::ALL.iter().map(|w| (*w, 0)).collect();
    let mut entries = Vec::new();
    for difference in &own {
        let entry = entry(difference, desired);
        *weights.entry(entry.weight).or_default() += 1;
        entries.push(entry);
    }
    Report {
        version: 1,
        live: names.0,
        desired: names.1,
        manage: scope.manage.name(),
        in_step: differences.is_empty(),
        outside,
        outside_schemas,
        ignored: scope.ignored(live),
        unmodeled: live.unmodeled.clone(),
        tables: tables(live, desired, scope, &own),
        kinds: summaries(live, &desired.catalog, scope, &own, &with_parent),
        renames: Vec::new(),
        differences: entries,
        weights,
        agreed: Standing::Unasked,
        pending: Vec::new(),
        pending_renames: Vec::new(),
        rows: data::Standing::default(),
        verified: Vec::new(),
    }
}

/// The tables and their like that only one side has.
fn lone(differences: &[Difference]) -> BTreeSet<(&str, &str)> {
    differences
        .iter()
        .filter(|d| !matches!(d, Difference::Set { .. }))
        .map(Difference::id)
        .filter(|id| id.parent.is_none() && kinds::of(id).namespace() == "relation")
        .map(|id| (id.schema(), &*id.name))
        .collect()
}

/// What is not said by what it belongs to.
fn own(differences: &[Difference]) -> Vec<&Difference> {
    let lone = lone(differences);
    let with_parent = |id: &Id| id.parent.as_deref().is_some_and(|p| lone.contains(&(id.schema(), p)));
    differences.iter().filter(|d| !with_parent(d.id())).collect()
}

fn entry(difference: &Difference, desired: &Desired) -> Entry {
    let id = difference.id();
    let kind = kinds::of(id);
    let (state, attrs) = match difference {
        Difference::Add { .. } => ("missing", Vec::new()),
        Difference::Remove { .. } => ("extra", Vec::new()),
        Difference::Set { attrs, .. } => ("changed", attrs.clone()),
    };
    let weight = if attrs.is_empty() {
        kind.weight(None)
    } else {
        attrs.iter().map(|a| kind.weight(Some(&a.name))).min().unwrap_or(Weight::Cosmetic)
    };
    let path = id.path();
    let short = path.strip_prefix("public.").unwrap_or(&path).to_string();
    Entry {
        object: id.to_string(),
        kind: kind.label().0,
        state,
        weight,
        attrs,
        origin: desired.origin(id).map(crate::diagnostic::Place::short),
        only: format!("{}:{short}", id.kind),
    }
}

fn tables(live: &Catalog, desired: &Desired, scope: &Scope, own: &[&Difference]) -> Vec<TableSummary> {
    let is_column = |id: &Id| kinds::of(id).holds_data() && id.parent.is_some();
    let mut by_table: BTreeMap<(String, String), TableSummary> = BTreeMap::new();
    for difference in own.iter().filter(|d| is_column(d.id())) {
        let id = difference.id();
        let summary = by_table.entry((id.schema().to_string(), id.parent().to_string())).or_insert_with(|| TableSummary {
            table: if id.schema() == "public" { id.parent().to_string() } else { id.parent_path() },
            live: 0,
            desired: 0,
            missing: 0,
            extra: 0,
            changed: 0,
            groups: Vec::new(),
        });
        summary.changed += usize::from(matches!(difference, Difference::Set { .. }));
    }
    if by_table.is_empty() {
        return Vec::new();
    }
    for (catalog, is_live) in [(live, true), (&desired.catalog, false)] {
        for id in catalog.objects.keys().filter(|id| is_column(id) && scope.managed(id)) {
            if let Some(summary) = by_table.get_mut(&(id.schema().to_string(), id.parent().to_string())) {
                if is_live { summary.live += 1 } else { summary.desired += 1 }
            }
        }
    }
    // How many there are and are missing is said of the whole table, also when only a part was asked for.
    for (id, is_live) in live.objects.keys().map(|id| (id, true)).chain(desired.catalog.objects.keys().map(|id| (id, false))) {
        let Some(summary) =
            by_table.get_mut(&(id.schema().to_string(), id.parent().to_string())).filter(|_| is_column(id) && scope.managed(id))
        else {
            continue;
        };
        summary.extra += usize::from(is_live && desired.catalog.get(id).is_none());
        summary.missing += usize::from(!is_live && live.get(id).is_none());
    }
    for ((schema, table), summary) in &mut by_table {
        let mut missing: Vec<(&Id, i64)> = own
            .iter()
            .filter(|d| matches!(d, Difference::Add { .. }) && is_column(d.id()))
            .map(|d| d.id())
            .filter(|id| id.schema() == schema && id.parent() == table)
            .map(|id| (id, desired.catalog.get(id).map_or(0, |o| o.position)))
            .collect();
        missing.sort_by_key(|(_, position)| *position);
        for (id, _) in missing {
            let group = desired.notes.get(id).and_then(|n| n.group.clone()).unwrap_or_default();
            match summary.groups.iter_mut().find(|g| g.group == group) {
                Some(found) => found.columns.push(id.name.to_string()),
                None => summary.groups.push(Group { group, columns: vec![id.name.to_string()] }),
            }
        }
    }
    let mut out: Vec<TableSummary> = by_table.into_values().collect();
    out.sort_by_key(|t| std::cmp::Reverse(t.missing + t.extra + t.changed));
    out
}

fn summaries(
    live: &Catalog,
    desired: &Catalog,
    scope: &Scope,
    own: &[&Difference],
    with_parent: &dyn Fn(&Id) -> bool,
) -> Vec<KindSummary> {
    let mut out = Vec::new();
    for kind in KINDS {
        let count =
            |catalog: &Catalog| catalog.of_kind(kind.name()).filter(|(id, _)| scope.managed(id) && !with_parent(id)).count();
        let of = |state: fn(&Difference) -> bool| own.iter().filter(|d| d.id().kind == kind.name() && state(d)).count();
        let summary = KindSummary {
            kind: kind.label().0,
            live: count(live),
            desired: count(desired),
            missing: of(|d| matches!(d, Difference::Add { .. })),
            extra: of(|d| matches!(d, Difference::Remove { .. })),
            changed: of(|d| matches!(d, Difference::Set { .. })),
        };
        if summary.live + summary.desired > 0 {
            out.push(summary);
        }
    }
    out
}
