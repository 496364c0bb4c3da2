//! From one model to another: what is added, taken away, changed, renamed and moved.

use super::generate::Gen;
use super::model::{Class, Key, Model, Node, Text};
use super::rare;

/// The marks of functions that others call.
const CALLED: &[&str] = &["+call", "+text", "+trigger", "+event", "+state", "+operator", "+cast"];

/// Sorts that have no name, or one that says what they are.
const UNNAMED: &[&str] = &[
    "extensions",
    "default_privileges",
    "user_mappings",
    "casts",
    "operators",
    "published_table",
    "foreign_servers",
    "foreign_data_wrappers",
    "languages",
    "access_methods",
    "transforms",
    "system_privileges",
    "database",
    "identity_sequences",
];

impl Gen {
    /// Changes the model in so many ways.
    pub fn mutate(&mut self, changes: usize) {
        for _ in 0..changes {
            let before = self.model.clone();
            for _ in 0..20 {
                self.change();
                self.model.prune();
                if self.model != before {
                    break;
                }
            }
        }
    }

    fn change(&mut self) {
        self.limit = Key::MAX;
        let what = self.rng.below(100);
        if what < 22 {
            self.add_any();
            return;
        }
        let Some(key) = self.victim() else { return };
        match what {
            22..=39 => {
                self.model.nodes.remove(&key);
            }
            40..=74 => self.remake(key),
            75..=84 => self.reorder(key),
            85..=93 => self.rename(key),
            _ => {
                let schema = self.schema();
                if let Some(node) = self.model.nodes.get_mut(&key).filter(|n| n.schema.is_some()) {
                    node.schema = Some(schema);
                }
            }
        }
        self.limit = Key::MAX;
    }

    /// What is to change: first the sort, so that there being many of one sort does not drown the others.
    fn victim(&mut self) -> Option<Key> {
        let mut sorts: Vec<&'static str> = self.model.nodes.values().map(|n| n.sort).collect();
        sorts.sort_unstable();
        sorts.dedup();
        // Columns, functions and views are what others hang on.
        let weighty = sorts.iter().copied().filter(|s| matches!(*s, "columns" | "functions" | "views")).collect::<Vec<_>>();
        sorts.extend(weighty.iter().chain(&weighty));
        let sort = self.rng.maybe(&sorts)?;
        let all = self.model.all(sort);
        self.rng.maybe(&all)
    }

    /// The same object with another definition, or with one of its fields another.
    fn remake(&mut self, key: Key) {
        let Some(old) = self.model.nodes.get(&key).cloned() else { return };
        self.limit = key;
        let same_class = self.rng.percent(50);
        for _ in 0..40 {
            // What there can be only one of must not stand in its own way.
            let saved = self.model.nodes.remove(&key);
            let fresh = self.make(old.sort, old.parent.unwrap_or_default());
            self.model.nodes.extend(saved.map(|n| (key, n)));
            let Some(mut fresh) = fresh else { continue };
            if old.sort == "columns" && same_class && fresh.class != old.class {
                continue;
            }
            // A function stays of the sort that it is called as.
            let mark = |n: &Node| CALLED.iter().chain(rare::CALLED).find(|m| n.field(m).is_some());
            if mark(&fresh) != mark(&old) {
                continue;
            }
            if old.sort == "system_privileges" && fresh.name != old.name {
                continue;
            }
            fresh.name.clone_from(&old.name);
            fresh.schema = old.schema;
            let one_field =
                !matches!(old.sort, "columns" | "indexes" | "policies" | "foreign_keys" | "unique") && self.rng.percent(50);
            if one_field || matches!(old.sort, "views" | "materialized_views" | "base_types") {
                self.one_field(key, &fresh);
            } else {
                if old.sort == "functions" && self.rng.percent(50) {
                    fresh.suffix.clone_from(&old.suffix);
                }
                if matches!(old.sort, "casts" | "transforms") {
                    fresh.suffix.clone_from(&old.suffix);
                }
                self.model.nodes.insert(key, fresh);
            }
            return;
        }
    }

    fn one_field(&mut self, key: Key, fresh: &Node) {
        let Some(node) = self.model.nodes.get(&key) else { return };
        let mut names: Vec<&'static str> = node.fields.iter().chain(&fresh.fields).filter(|f| !f.vital).map(|f| f.name).collect();
        if matches!(node.sort, "sequences" | "domains" | "range_types" | "collations" | "checks") {
            names.extend(node.fields.iter().filter(|f| f.vital).map(|f| f.name));
        }
        // A view's condition is about what it reads.
        names.retain(|n| *n != "+where" || node.field("+from") == fresh.field("+from"));
        let Some(name) = self.rng.maybe(&names) else { return };
        let Some(node) = self.model.nodes.get_mut(&key) else { return };
        let at = node.fields.iter().position(|f| f.name == name);
        let new = fresh.field(name).cloned();
        match (at, new) {
            (Some(at), Some(new)) => node.fields[at] = new,
            (Some(at), None) => {
                node.fields.remove(at);
            }
            (None, Some(new)) => {
                // In the order of the definition.
                let place = fresh.fields.iter().position(|f| f.name == name).unwrap_or_default().min(node.fields.len());
                node.fields.insert(place, new);
            }
            (None, None) => {}
        }
    }

    /// Parts that have an order: one more, or another order.
    fn reorder(&mut self, key: Key) {
        let Some(node) = self.model.nodes.get(&key) else { return };
        let (sort, part) = match node.sort {
            "enums" => ("enums", "label"),
            "composite_types" => ("composite_types", "attribute"),
            "views" | "materialized_views" => ("views", "view_column"),
            _ => return,
        };
        if self.rng.percent(60) {
            match sort {
                "views" => {
                    self.limit = key;
                    self.add_view_column(key);
                }
                "enums" => {
                    let name = self.name("label");
                    self.part(key, "label", &name, Class::None, Text::new(""));
                }
                _ => {
                    let (name, (ty, class)) = (self.name("a"), self.column_type(false));
                    self.part(key, "attribute", &name, class, ty);
                }
            }
        }
        let parts = self.model.parts(key, part);
        let two = self.rng.some(&parts, 2);
        if let [a, b] = two.as_slice()
            && self.rng.percent(60)
        {
            swap(&mut self.model, *a, *b);
        }
    }

    fn rename(&mut self, key: Key) {
        let Some(node) = self.model.nodes.get(&key) else { return };
        if UNNAMED.contains(&node.sort) {
            return;
        }
        let name = self.name("renamed");
        if let Some(node) = self.model.nodes.get_mut(&key) {
            node.name = name;
        }
    }
}

/// Two parts change places, and what names them goes with them.
fn swap(model: &mut Model, a: Key, b: Key) {
    let (Some(x), Some(y)) = (model.nodes.remove(&a), model.nodes.remove(&b)) else { return };
    model.nodes.insert(a, y);
    model.nodes.insert(b, x);
    let other = |k: &mut Key| {
        if *k == a {
            *k = b;
        } else if *k == b {
            *k = a;
        }
    };
    for node in model.nodes.values_mut() {
        node.each_key(other);
    }
}
