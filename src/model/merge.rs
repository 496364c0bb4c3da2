//! Taking what a database has into a model that people have written: only what differs is touched, comments and layout stay.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use super::entries::fields_of;
use super::write;
use crate::catalog::{Catalog, Id};
use crate::diff::Difference;
use crate::kinds::{self, yaml::Out, yaml::Shape};
use crate::shadow::build::Desired;
use crate::yaml::patch::Text;
use crate::yaml::{Node, Value};

/// What becomes of the files.
#[derive(Debug, Default)]
pub struct Merged {
    /// New texts, by path.
    pub files: BTreeMap<PathBuf, String>,
    /// Files in which nothing is left.
    pub removed: Vec<PathBuf>,
    /// Objects that could not be edited in place.
    pub left: Vec<Id>,
}

/// Edits the model under `folder` so that it says what `live` has, as far as `differences` (live against model) go.
pub fn merge(folder: &Path, live: &Catalog, desired: &Desired, differences: &[Difference]) -> Merged {
    let mut merge = Merge { folder, live, desired, texts: BTreeMap::new(), out: Merged::default() };
    let mut done: Vec<Id> = Vec::new();
    // Parents first: a new table brings its children along.
    let mut ordered: Vec<&Difference> = differences.iter().collect();
    ordered.sort_by_key(|d| d.id().parent.is_some());
    for difference in ordered {
        let id = merge.written_as(difference.id());
        if done.contains(&id) {
            continue;
        }
        let with_parent = |d: &Id| d.parent.is_none() && id.parent.as_deref() == Some(&*d.name) && id.schema == d.schema;
        let lone = |d: &Difference| !matches!(d, Difference::Set { .. });
        if differences.iter().any(|d| lone(d) && with_parent(d.id()) && kinds::of(d.id()).namespace() == "relation") {
            continue;
        }
        done.push(id.clone());
        let changed: Vec<&str> = match difference {
            Difference::Set { id: own, attrs } if *own == id => attrs.iter().map(|a| a.name.as_str()).collect(),
            _ => Vec::new(),
        };
        if !merge.one(&id, &changed) {
            merge.out.left.push(id);
        }
    }
    merge.finish()
}

struct Merge<'a> {
    folder: &'a Path,
    live: &'a Catalog,
    desired: &'a Desired,
    texts: BTreeMap<PathBuf, (String, Text)>,
    out: Merged,
}

impl Merge<'_> {
    /// The object in whose entry this one is written: a default stands in its column's.
    fn written_as(&self, id: &Id) -> Id {
        if kinds::of(id).section().is_some() {
            return id.clone();
        }
        let sibling = |o: &&Id| {
            o.parent == id.parent
                && o.name == id.name
                && o.schema == id.schema
                && kinds::of(o).section().is_some()
                && kinds::of(o).holds_data()
        };
        self.live.objects.keys().chain(self.desired.catalog.objects.keys()).find(sibling).cloned().unwrap_or_else(|| id.clone())
    }

    fn text(&mut self, path: &Path) -> Option<&mut Text> {
        if !self.texts.contains_key(path) {
            let text = std::fs::read_to_string(path).ok()?;
            self.texts.insert(path.to_path_buf(), (text.clone(), Text(text)));
        }
        self.texts.get_mut(path).map(|(_, text)| text)
    }

    /// The file and the path of keys under which an object stands in the model.
    fn stands(&mut self, id: &Id) -> Option<(PathBuf, Vec<String>)> {
        let place = self.desired.notes.get(id)?.origin.clone()?;
        let original = Text(place.file.text.clone());
        let path = original.path_at(place.span.start).or_else(|| {
            // An entry without a name of its own (a primary key) is known by its section.
            let parent = Id { parent: None, name: id.parent.clone()?, kind: self.parent_kind(id)?, ..id.clone() };
            let (_, mut path) = self.stands(&parent)?;
            path.push(kinds::of(id).section()?.key.to_string());
            Some(path)
        })?;
        Some((place.file.path.clone(), path))
    }

    fn parent_kind(&self, id: &Id) -> Option<&'static str> {
        let parent = |o: &&Id| {
            o.parent.is_none()
                && o.schema == id.schema
                && Some(&o.name) == id.parent.as_ref()
                && kinds::of(o).namespace() == "relation"
        };
        self.live.objects.keys().chain(self.desired.catalog.objects.keys()).find(parent).map(|o| o.kind)
    }

    fn one(&mut self, id: &Id, changed: &[&str]) -> bool {
        let Some(section) = kinds::of(id).section() else { return false };
        if section.shape == Shape::List {
            return false;
        }
        let (file, path, out) = match (self.stands(id), write::entry(self.live, id)) {
            (Some((file, path)), Some((_, out))) => (file, path, out),
            (Some((file, path)), None) => return self.text(&file).is_some_and(|t| t.remove(&path)),
            (None, Some((key, out))) => return self.added(id, section.key, section.shape, &key, &out),
            (None, None) => return false,
        };
        let as_map = match out {
            Out::Map(map) => map,
            // The short form of an entry that stands in the long one.
            other => vec![("definition".to_string(), other)],
        };
        if self.text(&file).is_some_and(|t| t.is_block_mapping(&path)) {
            return self.own_keys(id, &file, &path, &as_map, changed);
        }
        // What no database knows is kept from the model.
        let note = self.desired.notes.get(id);
        let mut map = as_map;
        let only_model = [
            ("renamed_from", note.and_then(|n| n.renamed_from.clone())),
            ("prevent_destroy", note.filter(|n| n.prevent_destroy).map(|_| "true".to_string())),
            ("group", note.and_then(|n| n.group.clone())),
        ];
        map.extend(only_model.into_iter().filter_map(|(key, value)| Some((key.to_string(), Out::Text(value?)))));
        map.extend(self.text(&file).map(|t| of_rows(t, &path, section.key)).unwrap_or_default());
        let out = match map.as_slice() {
            [(key, value)] if key == "definition" => value.clone(),
            _ => Out::Map(map),
        };
        self.text(&file).is_some_and(|t| t.replace(&path, &out))
    }

    /// Changes the keys of an entry that the changed attributes are written in, and leaves its other keys and the sections
    /// under it alone.
    fn own_keys(&mut self, id: &Id, file: &Path, path: &[String], map: &[(String, Out)], changed: &[&str]) -> bool {
        let kind = kinds::of(id);
        let Some(section) = kind.section() else { return false };
        let fields: Vec<&str> = fields_of(kind, section)
            .into_iter()
            .map(|f| f.key)
            .filter(|k| *k != "group" && *k != "prevent_destroy" && !k.starts_with("renamed_"))
            .collect();
        let facet = |key: &str| matches!(key, "comment" | "owner" | "grants" | "security_labels");
        let touched = |key: &str| {
            changed.is_empty()
                || changed.iter().any(|attr| match *attr {
                    "privileges" => key == "grants",
                    attr if fields.contains(&attr) => key == attr,
                    _ => !facet(key),
                })
        };
        let Some(text) = self.text(file) else { return false };
        let mut ok = true;
        for field in fields.iter().copied().filter(|f| touched(f)) {
            let mut at = path.to_vec();
            at.push(field.to_string());
            match map.iter().find(|(k, _)| k == field) {
                Some((_, value)) => {
                    if !text.replace(&at, value) {
                        ok &= text.add(path, field, value);
                    }
                }
                None => {
                    text.remove(&at);
                }
            }
        }
        ok
    }

    fn added(&mut self, id: &Id, section: &str, shape: Shape, key: &str, out: &Out) -> bool {
        if id.parent.is_some() {
            let Some(kind) = self.parent_kind(id) else { return false };
            let parent = Id { parent: None, name: id.parent.clone().unwrap_or_default(), kind, ..id.clone() };
            let Some((file, mut path)) = self.stands(&parent) else { return false };
            let Some(text) = self.text(&file) else { return false };
            if shape == Shape::Single {
                return text.add(&path, section, out);
            }
            path.push(section.to_string());
            return text.add(&path, key, out);
        }
        let path = self.folder.join(write::path_of(self.live, id));
        if let Some(text) = self.text(&path) {
            return text.add(&[section.to_string()], key, out);
        }
        let within = |other: &Id| other == id || (other.parent.as_deref() == Some(&*id.name) && other.schema == id.schema);
        for (file, text) in write::write(self.live, within) {
            self.texts.insert(self.folder.join(file), (String::new(), Text(text)));
        }
        true
    }

    fn finish(mut self) -> Merged {
        for (path, (before, Text(after))) in self.texts {
            if before == after {
                continue;
            }
            let bare = |line: &str| {
                line.trim().is_empty() || line.starts_with('#') || line.starts_with("schema:") || line.starts_with("owner:")
            };
            if after.lines().all(bare) && path.exists() {
                self.out.removed.push(path);
            } else {
                self.out.files.insert(path, after);
            }
        }
        self.out
    }
}

/// What an entry says of rows, which no catalog has.
fn of_rows(text: &Text, path: &[String], section: &str) -> Vec<(String, Out)> {
    let Some(node) = text.value(path) else { return Vec::new() };
    let kept = |room: &'static crate::data::Room| Some((room.section.key.to_string(), written(node.get(room.section.key)?)));
    let former = node.get("renamed_from").filter(|f| matches!(f.value, Value::Map(_)));
    let former = former.map(|f| ("renamed_from".to_string(), written(f)));
    crate::data::rooms_under(section).filter_map(kept).chain(former).collect()
}

fn written(node: &Node) -> Out {
    match &node.value {
        Value::Null => Out::Null,
        Value::Scalar(text, _) => Out::text(text),
        Value::List(items) => Out::List(items.iter().map(written).collect()),
        Value::Map(entries) => {
            Out::Map(entries.iter().map(|(k, v)| (k.text().unwrap_or_default().to_string(), written(v))).collect())
        }
    }
}
