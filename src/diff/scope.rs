//! What is compared: `declared`, `listed` or `all`, without what is provided and what rules leave out.

use std::collections::{BTreeMap, BTreeSet};

use super::rules::{Ignored, Rules};
use super::{Difference, diff};
use crate::catalog::{Catalog, Id};
use crate::kinds;
use crate::model::project::Manage;

/// Decides which objects count.
#[derive(Debug, Clone, Default)]
pub struct Scope {
    /// The mode.
    pub manage: Manage,
    /// The schemas that the model declares.
    pub schemas: BTreeSet<String>,
    /// The objects of the model.
    pub listed: BTreeSet<Id>,
    /// What is only provided.
    pub provided: BTreeSet<Id>,
    /// What is managed and left alone by name, kind, schema, owner and extension.
    pub rules: Rules,
    /// Patterns of what is kept, when only a part was asked for.
    pub only: BTreeSet<Id>,
    /// Whether only what `only` holds counts.
    pub only_some: bool,
    /// What rules leave alone, with the rule's words.
    pub ignored: BTreeMap<Id, String>,
    /// What counts although it stands on something that is provided.
    pub excepted: BTreeSet<Id>,
    /// What the rules on what is managed do not let through.
    pub unmanaged: BTreeSet<Id>,
    /// How many attributes that differ are not compared.
    pub attributes: usize,
}

impl Scope {
    /// Applies the rules to what the two sides hold.
    #[must_use]
    pub fn over(mut self, live: &Catalog, desired: &Catalog) -> Self {
        self.ignored = self.rules.ignored([live, desired], &self.listed);
        self.excepted = self.rules.excepted([live, desired]);
        self.unmanaged = self.rules.unmanaged([live, desired]);
        // Who connects is nobody's to drop.
        let reader = |id: &&Id| kinds::of(id).is_role() && *id.name == live.source.role && !self.listed.contains(*id);
        self.unmanaged.extend(live.objects.keys().filter(reader).cloned());
        self
    }

    /// What differs and counts, whatever part was asked for.
    pub fn differences(&mut self, live: &Catalog, desired: &Catalog) -> Vec<Difference> {
        let (differences, attributes) = self.rules.lessened(diff(live, desired, |id| self.managed(id)));
        self.attributes = attributes;
        differences
    }

    /// Whether an object counts.
    pub fn holds(&self, id: &Id) -> bool {
        self.managed(id) && (!self.only_some || self.only.contains(id))
    }

    /// Whether an object is managed, whatever part was asked for.
    pub fn managed(&self, id: &Id) -> bool {
        let kind = kinds::of(id);
        // What is listed is asked last: there is much of it.
        let listed = || self.listed.contains(id);
        let left_out = self.ignored.contains_key(id) || self.unmanaged.contains(id);
        if left_out || (self.is_provided(id) && !self.excepted.contains(id) && !listed()) {
            return false;
        }
        if let Some(other) = kind.counts_with(id) {
            return self.managed(&other);
        }
        if let Some(word) = kind.asked_as() {
            return self.rules.asks_for(word) && (listed() || self.manage != Manage::Listed);
        }
        match self.manage {
            Manage::All => !kind.only_when_listed() || listed(),
            Manage::Listed => listed(),
            Manage::Declared => id.schema.as_ref().is_some_and(|s| self.schemas.contains(&**s)) || listed(),
        }
    }

    /// Whether it, or the table that it belongs to, is only provided.
    fn is_provided(&self, id: &Id) -> bool {
        self.provided.contains(id)
            || self.provided.iter().any(|p| p.schema == id.schema && id.parent.as_deref() == Some(&*p.name) && p.parent.is_none())
    }

    /// How many objects of a catalog do not count, beside those that rules leave out, and the names of their schemas.
    pub fn outside(&self, catalog: &Catalog) -> (usize, BTreeSet<String>) {
        let outside = |id: &&Id| !self.managed(id) && !self.ignored.contains_key(*id);
        // What nobody asked for is no part of the database.
        let asked = |id: &&Id| {
            let of = kinds::of(id).counts_with(id).map_or(id.kind, |other| other.kind);
            kinds::find(of).and_then(|k| k.asked_as()).is_none_or(|word| self.rules.asks_for(word))
        };
        let out: Vec<&Id> = catalog.objects.keys().filter(outside).filter(asked).collect();
        (out.len(), out.iter().filter_map(|id| id.schema.as_deref()).map(str::to_string).collect())
    }

    /// How much of a live catalog the rules leave out.
    pub fn ignored(&self, live: &Catalog) -> Ignored {
        let mut out = Ignored { attributes: self.attributes, ..Ignored::default() };
        for rule in live.objects.keys().filter_map(|id| self.ignored.get(id)) {
            out.objects += 1;
            *out.by.entry(rule.clone()).or_default() += 1;
        }
        out
    }
}

/// Whether a pattern means an object: `kind:path`, `path`, or the object's own name, each with `*` for anything.
pub fn matches(pattern: &str, id: &Id) -> bool {
    let (kind, path) = match pattern.split_once(':') {
        Some((kind, path)) if kinds::find(kind).is_some() => (Some(kind), path),
        _ => (None, pattern),
    };
    if kind.is_some_and(|k| k != id.kind) {
        return false;
    }
    let full = id.path();
    let bare = full.strip_prefix(&format!("{}.", crate::sql::ident(id.schema()))).unwrap_or(&full).to_string();
    glob(path, &full) || glob(path, &bare) || (id.parent.is_none() && glob(path, &id.name))
}

/// Compares with `*` standing for any text and `[0-9]` for one digit.
pub fn glob(pattern: &str, text: &str) -> bool {
    const DIGIT: &str = "[0-9]";
    let special = [pattern.find('*'), pattern.find(DIGIT)].into_iter().flatten().min();
    let Some(at) = special else { return pattern == text };
    let Some(rest) = text.strip_prefix(&pattern[..at]) else { return false };
    match pattern[at..].strip_prefix(DIGIT) {
        Some(after) => rest.strip_prefix(|c: char| c.is_ascii_digit()).is_some_and(|rest| glob(after, rest)),
        None => (0..=rest.len()).filter(|i| rest.is_char_boundary(*i)).any(|i| glob(&pattern[at + 1..], &rest[i..])),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn patterns() {
        let column = Id::child("column", "public", "agents", "status");
        assert!(matches("agents.status", &column));
        assert!(matches("public.agents.*", &column));
        assert!(matches("column:agents.st*", &column));
        assert!(!matches("table:agents*", &column));
        assert!(matches("agents", &Id::in_schema("table", "public", "agents")));
        assert!(matches("*_p[0-9]*", &Id::in_schema("table", "public", "events_p20240101")));
        assert!(!matches("*_p[0-9]*", &Id::in_schema("table", "public", "events_parts")));
    }
}
