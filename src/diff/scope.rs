//! What is compared: `declared`, `listed` or `all`, without what is provided and what is ignored.

use std::collections::BTreeSet;

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
    /// Patterns of what is left out: `kind:path` or `path`, with `*`.
    pub ignore: Vec<String>,
    /// Patterns of what is kept, when only a part was asked for.
    pub only: BTreeSet<Id>,
    /// Whether only what `only` holds counts.
    pub only_some: bool,
}

impl Scope {
    /// Whether an object counts.
    pub fn holds(&self, id: &Id) -> bool {
        self.managed(id) && (!self.only_some || self.only.contains(id))
    }

    /// Whether an object is managed, whatever part was asked for.
    pub fn managed(&self, id: &Id) -> bool {
        let kind = kinds::of(id);
        // What is listed is asked last: there is much of it.
        let listed = || self.listed.contains(id);
        if !kind.is_managed() || self.ignored(id) || (self.is_provided(id) && !listed()) {
            return false;
        }
        if let Some(other) = kind.counts_with(id) {
            return self.managed(&other);
        }
        match self.manage {
            Manage::All => true,
            Manage::Listed => listed(),
            Manage::Declared => id.schema.as_ref().is_some_and(|s| self.schemas.contains(&**s)) || listed(),
        }
    }

    /// Whether it, or the table that it belongs to, is only provided.
    fn is_provided(&self, id: &Id) -> bool {
        self.provided.contains(id)
            || self.provided.iter().any(|p| p.schema == id.schema && id.parent.as_deref() == Some(&*p.name) && p.parent.is_none())
    }

    fn ignored(&self, id: &Id) -> bool {
        self.ignore.iter().any(|pattern| matches(pattern, id))
    }

    /// How many objects of a catalog do not count, and the names of their schemas.
    pub fn outside(&self, catalog: &Catalog) -> (usize, BTreeSet<String>) {
        let out: Vec<&Id> = catalog.objects.keys().filter(|id| !self.managed(id)).collect();
        (out.len(), out.iter().filter_map(|id| id.schema.as_deref()).map(str::to_string).collect())
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

/// Compares with `*` standing for any text.
pub fn glob(pattern: &str, text: &str) -> bool {
    match pattern.split_once('*') {
        None => pattern == text,
        Some((before, after)) => {
            let Some(rest) = text.strip_prefix(before) else { return false };
            (0..=rest.len()).filter(|i| rest.is_char_boundary(*i)).any(|i| glob(after, &rest[i..]))
        }
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
    }
}
