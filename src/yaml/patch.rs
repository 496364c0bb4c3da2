//! Editing YAML text in place: one entry is replaced, added or removed, and everything else stays as it was written.
//!
//! Entries are found by where their key stands. Lines are the unit: an entry has its lines, its neighbours have theirs.

use std::ops::Range;
use std::sync::Arc;

use super::emit::{Out, entry_with_key, key};
use super::{Node, Value, parse};
use crate::diagnostic::SourceFile;

/// The text of a file being edited.
#[derive(Debug, Clone)]
pub struct Text(pub String);

/// An entry found in a text.
#[derive(Debug, Clone)]
struct Found {
    /// The names of the keys on the way, the entry's own last.
    path: Vec<String>,
    /// The entry's own key as it is written.
    raw_key: String,
    key_start: usize,
    value: Node,
    /// Whether it stands in braces, where lines are not its own.
    in_flow: bool,
}

impl Text {
    fn tree(&self) -> Option<Node> {
        let file = Arc::new(SourceFile { path: "edited.yaml".into(), text: self.0.clone() });
        let (node, errors) = parse(&file);
        errors.is_empty().then_some(node)
    }

    fn find(&self, wanted: &dyn Fn(&[String], usize) -> bool) -> Option<Found> {
        let root = self.tree()?;
        let mut found = None;
        self.walk(&root, &mut Vec::new(), false, wanted, &mut found);
        found
    }

    fn walk(
        &self,
        node: &Node,
        path: &mut Vec<String>,
        in_flow: bool,
        wanted: &dyn Fn(&[String], usize) -> bool,
        found: &mut Option<Found>,
    ) {
        let Value::Map(entries) = &node.value else { return };
        let flow = in_flow || self.0[node.place.span.start..].starts_with('{');
        for (k, v) in entries {
            path.push(k.text().unwrap_or_default().to_string());
            if wanted(path, k.place.span.start) && found.is_none() {
                *found = Some(Found {
                    path: path.clone(),
                    raw_key: self.0.get(k.place.span.clone()).unwrap_or_default().to_string(),
                    key_start: k.place.span.start,
                    value: v.clone(),
                    in_flow: flow,
                });
            }
            self.walk(v, path, flow, wanted, found);
            path.pop();
        }
    }

    /// The path of the entry whose key starts at an offset.
    pub fn path_at(&self, offset: usize) -> Option<Vec<String>> {
        self.find(&|_, start| start == offset).map(|f| f.path)
    }

    /// Whether an entry's value is a mapping with a line for each key.
    pub fn is_block_mapping(&self, path: &[String]) -> bool {
        let block = |f: &Found| matches!(f.value.value, Value::Map(_)) && !self.0[f.value.place.span.start..].starts_with('{');
        self.at(path).is_some_and(|f| !f.in_flow && block(&f))
    }

    /// An entry's value.
    pub fn value(&self, path: &[String]) -> Option<Node> {
        self.at(path).map(|f| f.value)
    }

    fn at(&self, path: &[String]) -> Option<Found> {
        self.find(&|p, _| p == path)
    }

    fn line_start(&self, at: usize) -> usize {
        self.0[..at].rfind('\n').map_or(0, |n| n + 1)
    }

    /// The lines of an entry: from its key to the last line of its value, with a comment behind it.
    fn lines(&self, found: &Found) -> Range<usize> {
        let start = self.line_start(found.key_start);
        let indent = found.key_start - start;
        let mut end = self.0[found.key_start..].find('\n').map_or(self.0.len(), |n| found.key_start + n + 1);
        // What is indented deeper belongs to it; blank lines and comments only when more of it follows.
        let mut at = end;
        while at < self.0.len() {
            let next = self.0[at..].find('\n').map_or(self.0.len(), |n| at + n + 1);
            let line = &self.0[at..next];
            let depth = line.len() - line.trim_start_matches(' ').len();
            let blank = line.trim().is_empty();
            if !blank && depth <= indent {
                break;
            }
            at = next;
            if !blank && (depth > indent) {
                end = next;
            }
        }
        start..end
    }

    /// Replaces the value of an entry, keeping its key. Gives `false` when there is no such entry.
    pub fn replace(&mut self, path: &[String], value: &Out) -> bool {
        let Some(found) = self.at(path) else { return false };
        if found.in_flow {
            return false;
        }
        let lines = self.lines(&found);
        let indent = found.key_start - lines.start;
        self.0.replace_range(lines, &entry_with_key(&found.raw_key, value, indent));
        true
    }

    /// Removes an entry, and the mappings above it that are left with nothing.
    pub fn remove(&mut self, path: &[String]) -> bool {
        let Some(found) = self.at(path) else { return false };
        if found.in_flow {
            return false;
        }
        let lines = self.lines(&found);
        self.0.replace_range(lines, "");
        let above = &path[..path.len() - 1];
        if above.is_empty() {
            return true;
        }
        match self.at(above).map(|f| f.value.value) {
            Some(Value::Null) => self.remove(above),
            _ => true,
        }
    }

    /// Adds an entry to the end of a mapping, which is made where it is missing.
    pub fn add(&mut self, above: &[String], name: &str, value: &Out) -> bool {
        if above.is_empty() {
            if !self.0.is_empty() && !self.0.ends_with('\n') {
                self.0.push('\n');
            }
            self.0.push_str(&entry_with_key(&key(name), value, 0));
            return true;
        }
        let Some(found) = self.at(above) else {
            let (last, rest) = (above[above.len() - 1].clone(), &above[..above.len() - 1]);
            return self.add(rest, &last, &Out::Map(vec![(name.to_string(), value.clone())]));
        };
        let starts_flow = self.0[found.value.place.span.start..].starts_with(['{', '[']);
        if found.in_flow || starts_flow {
            return false;
        }
        let lines = self.lines(&found);
        let first = match &found.value.value {
            Value::Map(entries) => entries.first().map(|(k, _)| k.place.span.start),
            Value::Null => None,
            // A short form becomes a mapping by being written anew, which is the caller's part.
            _ => return false,
        };
        let indent = first.map_or(found.key_start - lines.start + 2, |at| at - self.line_start(at));
        let mut text = entry_with_key(&key(name), value, indent);
        if !self.0[..lines.end].ends_with('\n') {
            text.insert(0, '\n');
        }
        self.0.insert_str(lines.end, &text);
        true
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const MODEL: &str = "# head\nschema: public\n\ntables:\n  # about a\n  a:\n    columns:\n      id: uuid   # the key\n      # about name\n      name: text\n    checks:\n      c: id > 0\n\n  b:\n    columns:\n      id: uuid\n";

    fn path(names: &[&str]) -> Vec<String> {
        names.iter().map(|n| (*n).to_string()).collect()
    }

    #[test]
    fn a_value_is_replaced_and_comments_stay() {
        let mut text = Text(MODEL.into());
        assert!(text.replace(&path(&["tables", "a", "columns", "name"]), &Out::text("text not null")));
        assert!(text.0.contains("      # about name\n      name: text not null\n    checks:"), "{}", text.0);
        assert!(text.0.contains("id: uuid   # the key"));
    }

    #[test]
    fn an_entry_is_added_at_the_end_of_its_mapping() {
        let mut text = Text(MODEL.into());
        assert!(text.add(&path(&["tables", "a", "columns"]), "age", &Out::text("integer")));
        assert!(text.0.contains("      name: text\n      age: integer\n    checks:"), "{}", text.0);
        assert!(text.add(&path(&["tables", "b", "indexes"]), "i", &Out::text("(id)")));
        assert!(text.0.ends_with("      id: uuid\n    indexes:\n      i: (id)\n"), "{}", text.0);
    }

    #[test]
    fn an_entry_is_removed_with_the_mapping_that_it_leaves_empty() {
        let mut text = Text(MODEL.into());
        assert!(text.remove(&path(&["tables", "a", "checks", "c"])));
        assert!(!text.0.contains("checks"), "{}", text.0);
        assert!(text.0.contains("      name: text\n\n  b:"), "{}", text.0);
    }
}
