//! A catalog as YAML: the writer that `pull` uses.
//!
//! One file a table, the rest of a schema by sort; entries in order of names, so that what changes in a database changes few
//! lines. What the reader would read as the default is not written.

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::sync::Arc;

use super::entries::sections_under;
use crate::catalog::{Catalog, Id, OWNER, Object, Privileges};
use crate::kinds::yaml::{File, LABELS, Naming, Out, Section, Shape};
use crate::kinds::{self, Kind, facets};
use crate::yaml::emit;

/// The files of a model, by path relative to its folder, with their text.
pub type Files = BTreeMap<PathBuf, String>;

/// Writes what `kept` lets through.
pub fn write(catalog: &Catalog, kept: impl Fn(&Id) -> bool) -> Files {
    let writer = Writer::new(catalog, &kept);
    let mut files: BTreeMap<PathBuf, Document> = BTreeMap::new();
    for (id, object) in catalog.objects.iter().filter(|(id, _)| id.parent.is_none() && kept(id)) {
        let kind = kinds::of(id);
        let Some(section) = kind.section() else { continue };
        let document = files.entry(path(id, object, section)).or_default();
        document.schema = id.schema.clone().filter(|_| section.naming != Naming::Database);
        document.entries.push((kind, section, id, object));
    }
    for (id, object, section) in writer.parents_of_others(&kept) {
        files.entry(path(id, object, section)).or_default().entries.push((kinds::of(id), section, id, object));
    }
    files.into_iter().filter_map(|(path, document)| Some((path, writer.document(document, &kept)?))).collect()
}

/// One object as an entry: its key and its value, with everything under it.
pub fn entry(catalog: &Catalog, id: &Id) -> Option<(String, Out)> {
    let object = catalog.get(id)?;
    let kind = kinds::of(id);
    let section = kind.section()?;
    let writer = Writer::new(catalog, |child| child.parent.as_deref() == Some(&*id.name) && child.schema == id.schema);
    Some((writer.key(id, section), writer.entry(kind, section, id, object, object.owner.as_deref())?))
}

/// The file that an object is written to, relative to the model's folder.
pub fn path_of(catalog: &Catalog, id: &Id) -> PathBuf {
    match (catalog.get(id), kinds::of(id).section()) {
        (Some(object), Some(section)) => path(id, object, section),
        _ => PathBuf::from("other.yaml"),
    }
}

#[derive(Default)]
struct Document<'a> {
    schema: Option<Arc<str>>,
    entries: Vec<(&'static dyn Kind, &'static Section, &'a Id, &'a Object)>,
}

/// The file of an object: public's at the top, another schema's in its folder.
fn path(id: &Id, object: &Object, section: &Section) -> PathBuf {
    let mut path = PathBuf::new();
    if let Some(schema) = id.schema.as_deref().filter(|s| *s != "public" && section.naming != Naming::Database) {
        path.push(file_name(schema));
    }
    // What goes with a table stands in the table's file.
    let owner = object.owned_by.iter().find(|o| o.schema == id.schema).map(|o| o.parent.as_deref().unwrap_or(&o.name));
    match (section.file, owner) {
        (File::Own(folder), _) => path.push(format!("{folder}/{}.yaml", file_name(&id.name))),
        (File::Shared(_), Some(table)) if kinds::of(id).goes_with_owner() => {
            path.push(format!("tables/{}.yaml", file_name(table)))
        }
        (File::Shared(file), _) => path.push(file),
        (File::Parent, _) => path.push("other.yaml"),
    }
    path
}

/// A name as a file name: letters that file systems take differently are written as numbers.
fn file_name(name: &str) -> String {
    let plain = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || matches!(c, '_' | '-');
    let mut out = String::new();
    for c in name.chars() {
        if plain(c) { out.push(c) } else { out.push_str(&format!("%{:02X}", c as u32)) }
    }
    // "trueup.yaml" would be taken for the project's.
    if out.is_empty() || out == "trueup" { format!("{out}_") } else { out }
}

struct Writer<'a> {
    catalog: &'a Catalog,
    children: BTreeMap<(&'a str, &'a str), Vec<(&'a Id, &'a Object)>>,
}

impl<'a> Writer<'a> {
    /// A writer that knows the children that `kept` lets through, by their parents and in their order.
    fn new(catalog: &'a Catalog, kept: impl Fn(&Id) -> bool) -> Self {
        let mut children: BTreeMap<(&str, &str), Vec<(&Id, &Object)>> = BTreeMap::new();
        for (id, object) in catalog.objects.iter().filter(|(id, _)| kept(id)) {
            if let Some(parent) = &id.parent {
                children.entry((id.schema(), parent)).or_default().push((id, object));
            }
        }
        for list in children.values_mut() {
            list.sort_by_key(|(id, object)| (kinds::rank(id.kind), object.position, *id));
        }
        Writer { catalog, children }
    }

    /// What is not written itself and has parts that are: a project's triggers on somebody else's table.
    fn parents_of_others(&self, kept: &dyn Fn(&Id) -> bool) -> Vec<(&'a Id, &'a Object, &'static Section)> {
        let with_parts = |id: &&Id| id.parent.is_none() && self.children.contains_key(&(id.schema(), &*id.name)) && !kept(id);
        let parents = self.catalog.objects.keys().filter(with_parts);
        parents
            .filter_map(|id| Some((id, self.catalog.get(id)?, kinds::of(id).section()?)))
            .filter(|(id, _, section)| !self.sections(section, id).is_empty())
            .collect()
    }

    /// A whole file; `None` when nothing would be said in it.
    fn document(&self, document: Document<'_>, kept: &dyn Fn(&Id) -> bool) -> Option<String> {
        let mut top = Vec::new();
        if let Some(schema) = &document.schema {
            top.push(("schema".to_string(), Out::text(&**schema)));
        }
        let owners: Vec<Option<&str>> = document
            .entries
            .iter()
            .filter(|(k, _, id, _)| k.owner_name(id).is_some() && kept(id))
            .map(|(_, _, _, o)| o.owner.as_deref())
            .collect();
        let owner = owners.first().copied().flatten().filter(|first| owners.iter().all(|o| *o == Some(*first)));
        if let Some(owner) = owner {
            top.push(("owner".to_string(), Out::text(owner)));
        }
        let head = top.len();
        for (_, section) in sections_under("") {
            let entries: Vec<_> = document.entries.iter().filter(|(_, s, _, _)| std::ptr::eq(*s, section)).collect();
            if entries.is_empty() {
                continue;
            }
            let written = entries.iter().filter_map(|(kind, section, id, object)| {
                let parts_only = !kept(id);
                let parts = || Some(Out::Map(self.sections(section, id)));
                Some((*id, if parts_only { parts()? } else { self.entry(*kind, section, id, object, owner)? }))
            });
            let written: Vec<(&Id, Out)> = written.collect();
            if section.shape == Shape::Single {
                let said = |out: &Out| !matches!(out, Out::Map(map) if map.is_empty());
                top.extend(written.into_iter().map(|(_, out)| out).filter(said).map(|out| (section.key.to_string(), out)));
                continue;
            }
            if written.is_empty() {
                continue;
            }
            let out = if section.shape == Shape::List {
                Out::List(written.into_iter().map(|(_, out)| out).collect())
            } else {
                let key = |id: &Id| {
                    // Without the file's schema, which would declare it.
                    let foreign = document.schema.is_none() && section.naming != Naming::Database;
                    if foreign { id.own_path() } else { self.key(id, section) }
                };
                Out::Map(written.into_iter().map(|(id, out)| (key(id), out)).collect())
            };
            top.push((section.key.to_string(), out));
        }
        (top.len() > head).then(|| emit::document(&top))
    }

    /// The key of an entry: the name as it is, quoted as in SQL where a dot or quote would be misread.
    fn key(&self, id: &Id, section: &Section) -> String {
        let quoted = id.name.starts_with('"') || (id.parent.is_none() && id.name.contains(['.', '"', '(']));
        let name = if quoted { format!("\"{}\"", id.name.replace('"', "\"\"")) } else { id.name.to_string() };
        if section.naming == Naming::Routine {
            let arguments = self.catalog.get(id).and_then(|o| o.text("arguments")).unwrap_or_default();
            return format!("{name}({arguments})");
        }
        name
    }

    fn entry(
        &self,
        kind: &dyn Kind,
        section: &'static Section,
        id: &Id,
        object: &Object,
        file_owner: Option<&str>,
    ) -> Option<Out> {
        let Out::Map(own) = kind.write(id, object, self.catalog)? else { return None };
        let mut map = Vec::new();
        if let Some(comment) = &object.comment {
            map.push(("comment".to_string(), Out::prose(comment)));
        }
        if !object.labels.is_empty() {
            let labels = object.labels.iter().map(|(p, l)| (p.clone(), Out::prose(l))).collect();
            map.push((LABELS.key.to_string(), Out::Map(labels)));
        }
        let first = kind.first_owner(id, self.catalog.source.major());
        if let Some(owner) = object.owner.as_deref().filter(|o| Some(*o) != file_owner && Some(*o) != first) {
            map.push(("owner".into(), Out::text(owner)));
        }
        // The definition comes first: it is what an entry is about.
        let definition = own.iter().position(|(k, _)| k == "definition");
        let at = definition.map_or(map.len(), |_| 0);
        map.splice(at..at, own);
        if id.parent.is_none() {
            map.extend(self.sections(section, id));
        }
        if let Some(grants) = self.grants(kind, id, object) {
            map.push(("grants".into(), grants));
        }
        (!map.is_empty() || kind.is_said_when_empty()).then(|| short(section, map))
    }

    /// The sections under an entry, in the order of kinds.
    fn sections(&self, section: &Section, id: &Id) -> Vec<(String, Out)> {
        let children = self.children.get(&(id.schema(), &*id.name)).map(Vec::as_slice).unwrap_or_default();
        let mut out = Vec::new();
        for (kind, child_section) in sections_under(section.key) {
            let own: Vec<_> = children.iter().filter(|(c, _)| c.kind == kind.name()).collect();
            let written =
                own.iter().filter_map(|(c, o)| Some((self.key(c, child_section), self.entry(kind, child_section, c, o, None)?)));
            if child_section.shape == Shape::Single {
                out.extend(written.map(|(_, value)| (child_section.key.to_string(), value)));
                continue;
            }
            let map: Vec<(String, Out)> = written.collect();
            if !map.is_empty() {
                out.push((child_section.key.to_string(), Out::Map(map)));
            }
        }
        out
    }

    /// The grants, unless they are what the object has when nobody says anything.
    fn grants(&self, kind: &dyn Kind, id: &Id, object: &Object) -> Option<Out> {
        let rules = kind.grants()?;
        let privileges = object.privileges.as_ref()?;
        let initial = match object.owner.as_deref() {
            Some(owner) => facets::initial(kind, id, owner, self.catalog)?,
            None => kind.first_privileges(id, self.catalog.source.major()).unwrap_or_else(|| Privileges::builtin(rules.public)),
        };
        if *privileges == initial {
            return None;
        }
        let mut map = Vec::new();
        for (grantee, rights) in &privileges.0 {
            let name = match (grantee.as_str(), object.owner.as_deref()) {
                (OWNER, Some(owner)) => owner,
                (OWNER, None) => continue,
                (name, _) => name,
            };
            map.push((name.to_string(), Out::Flow(facets::words(rights, rules.letters))));
        }
        // `{}` is the owner alone; otherwise PUBLIC keeps its own unless it is said.
        if !map.is_empty() && !rules.public.is_empty() && !privileges.0.contains_key("public") {
            map.insert(0, ("public".to_string(), Out::Flow(Vec::new())));
        }
        Some(Out::Map(map))
    }
}

/// The shortest form of an entry.
fn short(section: &Section, map: Vec<(String, Out)>) -> Out {
    match (section.shape, map.as_slice()) {
        (Shape::Sql, [(key, Out::Text(text))]) if key == "definition" => Out::text(text.as_str()),
        (Shape::Single, [(key, Out::Text(text))]) if key == "definition" => {
            names(text).map_or_else(|| Out::text(text.as_str()), Out::Flow)
        }
        (Shape::Names, [(key, Out::Flow(items))]) if key == "values" => Out::Flow(items.clone()),
        _ => Out::Map(map),
    }
}

/// `(a, b)` as a list of names, when it is nothing more than that.
fn names(text: &str) -> Option<Vec<String>> {
    let inner = text.strip_prefix('(')?.strip_suffix(')')?;
    let parts: Vec<String> = inner.split(", ").map(str::to_string).collect();
    let simple = |p: &String| !p.is_empty() && p.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_');
    parts.iter().all(simple).then_some(parts)
}
