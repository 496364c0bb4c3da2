//! Catalogs in the cache: all ids in one text, what the objects hold as JSON, and who needs whom as places in the list of ids, so
//! that a reader takes no more than it wants.

use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::{Attrs, Catalog, Detail, Id, Labels, Object, Privileges, Source, Unmodeled};
use crate::kinds;

/// A catalog and the ids of its objects in their order, with others after them that its dependencies name.
pub struct Compact {
    /// The catalog.
    pub catalog: Catalog,
    /// What places count in.
    pub ids: Vec<Id>,
}

#[derive(Serialize, Deserialize)]
struct Head {
    source: (u32, String, bool, String, String),
    roles: Vec<String>,
    unmodeled: Vec<Unmodeled>,
}

#[derive(Serialize, Deserialize)]
struct Entry {
    #[serde(rename = "a", default, skip_serializing_if = "BTreeMap::is_empty")]
    attrs: Attrs,
    #[serde(rename = "c", default, skip_serializing_if = "Option::is_none")]
    comment: Option<String>,
    #[serde(rename = "o", default, skip_serializing_if = "Option::is_none")]
    owner: Option<String>,
    #[serde(rename = "p", default, skip_serializing_if = "Option::is_none")]
    privileges: Option<Privileges>,
    #[serde(rename = "l", default, skip_serializing_if = "BTreeMap::is_empty")]
    labels: Labels,
    #[serde(rename = "n", default)]
    position: i64,
}

/// An object's place, and the places of what it needs and of what owns it.
type Needs = (usize, Vec<usize>, Vec<usize>);

/// The bytes of a catalog, and the places of all ids in them; `None` when JSON cannot hold it, which does not happen.
pub fn write(catalog: &Catalog) -> Option<(Vec<u8>, HashMap<&Id, usize>)> {
    let mut ids: Vec<&Id> = catalog.objects.keys().collect();
    let mut places: HashMap<&Id, usize> = ids.iter().enumerate().map(|(place, id)| (*id, place)).collect();
    let mut needs: Vec<Needs> = Vec::new();
    for (place, object) in catalog.objects.values().enumerate() {
        let mut place_of = |id| {
            *places.entry(id).or_insert_with(|| {
                ids.push(id);
                ids.len() - 1
            })
        };
        let needed: Vec<usize> = object.needs.iter().map(&mut place_of).collect();
        let owners: Vec<usize> = object.owned_by.iter().map(&mut place_of).collect();
        if !needed.is_empty() || !owners.is_empty() {
            needs.push((place, needed, owners));
        }
    }
    let s = &catalog.source;
    let head = Head {
        source: (s.version_num, s.role.clone(), s.superuser, s.database.clone(), s.taken_at.clone()),
        roles: catalog.roles.iter().cloned().collect(),
        unmodeled: catalog.unmodeled.clone(),
    };
    let entries: Vec<Entry> = catalog
        .objects
        .values()
        .map(|o| Entry {
            attrs: o.attrs.clone(),
            comment: o.comment.clone(),
            owner: o.owner.clone(),
            privileges: o.privileges.clone(),
            labels: o.labels.clone(),
            position: o.position,
        })
        .collect();
    let mut out = Vec::new();
    let texts = ids_text(&ids);
    for part in [serde_json::to_vec(&head).ok()?, texts, serde_json::to_vec(&entries).ok()?, serde_json::to_vec(&needs).ok()?] {
        put_part(&mut out, &part);
    }
    Some((out, places))
}

/// Reads what [`write()`] wrote; `None` when it is something else.
pub fn read(mut bytes: &[u8], detail: Detail) -> Option<Compact> {
    let head: Head = serde_json::from_slice(part(&mut bytes)?).ok()?;
    let ids = ids(std::str::from_utf8(part(&mut bytes)?).ok()?)?;
    let entries: Vec<Entry> = serde_json::from_slice(part(&mut bytes)?).ok()?;
    let needs = part(&mut bytes)?;
    let mut objects: Vec<(Id, Object)> = ids
        .iter()
        .zip(entries)
        .map(|(id, entry)| {
            let Entry { attrs, comment, owner, privileges, labels, position } = entry;
            (id.clone(), Object { attrs, comment, owner, privileges, labels, position, ..Object::default() })
        })
        .collect();
    if detail == Detail::Dependencies {
        let needs: Vec<Needs> = serde_json::from_slice(needs).ok()?;
        for (place, needed, owners) in needs {
            let all = |places: Vec<usize>| places.into_iter().map(|p| ids.get(p).cloned()).collect::<Option<_>>();
            let (_, object) = objects.get_mut(place)?;
            (object.needs, object.owned_by) = (all(needed)?, all(owners)?);
        }
    }
    let (version_num, role, superuser, database, taken_at) = head.source;
    let catalog = Catalog {
        source: Source { version_num, role, superuser, database, taken_at, ..Source::default() },
        objects: objects.into_iter().collect(),
        roles: head.roles.into_iter().collect(),
        unmodeled: head.unmodeled,
    };
    Some(Compact { catalog, ids })
}

/// Appends a part with its length before it.
pub fn put_part(out: &mut Vec<u8>, part: &[u8]) {
    out.extend_from_slice(format!("{}\n", part.len()).as_bytes());
    out.extend_from_slice(part);
}

/// Takes the next part.
pub fn part<'a>(bytes: &mut &'a [u8]) -> Option<&'a [u8]> {
    let newline = bytes.iter().position(|b| *b == b'\n')?;
    let length: usize = std::str::from_utf8(&bytes[..newline]).ok()?.parse().ok()?;
    let rest = &bytes[newline + 1..];
    *bytes = rest.get(length..)?;
    rest.get(..length)
}

/// What ends a text in the list of ids: no text of PostgreSQL holds it.
const END: char = '\0';

/// The five texts of each id: `+` and the text, `=` for the same as that of the id before, `-` for none.
fn ids_text(ids: &[&Id]) -> Vec<u8> {
    let mut out = String::new();
    let mut before: [Option<&str>; 5] = [None; 5];
    for id in ids {
        let now = [Some(id.kind), id.schema.as_deref(), id.parent.as_deref(), Some(&*id.name), id.args.as_deref()];
        for (text, last) in now.iter().zip(before) {
            match text {
                None => out.push('-'),
                Some(_) if *text == last => out.push('='),
                Some(text) => {
                    out.push('+');
                    out.push_str(text);
                }
            }
            out.push(END);
        }
        before = now;
    }
    out.into_bytes()
}

fn ids(text: &str) -> Option<Vec<Id>> {
    let mut out: Vec<Id> = Vec::new();
    let mut texts = text.split_terminator(END);
    while let Some(first) = texts.next() {
        let last = out.last();
        let kind = match first.strip_prefix('+') {
            Some(name) => kinds::find(name)?.name(),
            None => last?.kind,
        };
        let mut next = |last: Option<&Arc<str>>| -> Option<Option<Arc<str>>> {
            let text = texts.next()?;
            Some(match text.strip_prefix('+') {
                Some(text) => Some(Arc::from(text)),
                None if text == "=" => Some(last?.clone()),
                None => None,
            })
        };
        let schema = next(last.and_then(|l| l.schema.as_ref()))?;
        let parent = next(last.and_then(|l| l.parent.as_ref()))?;
        let name = next(last.map(|l| &l.name))??;
        let args = next(last.and_then(|l| l.args.as_ref()))?;
        out.push(Id { kind, schema, parent, name, args });
    }
    Some(out)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_catalog_reads_back() {
        let mut catalog = Catalog::default();
        catalog.source.version_num = 150_008;
        catalog.roles.insert("a\nb".into());
        let table = Id::in_schema("table", "public", "t\n1");
        let elsewhere = Id::global("schema", "elsewhere");
        let mut column = Object { comment: Some("c".into()), position: 3, ..Object::default() };
        column.attrs.insert("type".into(), "text".into());
        column.needs = [table.clone(), elsewhere].into();
        column.labels.insert("provider".into(), "label".into());
        column.owned_by.insert(table.clone());
        catalog.objects.insert(Id::child("column", "public", "t\n1", "a"), column);
        catalog.objects.insert(Id::child("column", "public", "t\n1", "b"), Object::default());
        catalog.objects.insert(Id::routine("function", "", "=", ""), Object::default());
        catalog.objects.insert(table.clone(), Object { privileges: Some(Privileges::default()), ..Object::default() });
        let (bytes, places) = write(&catalog).unwrap();
        let back = read(&bytes, Detail::Dependencies).unwrap();
        assert_eq!(back.catalog, catalog);
        assert!(places.iter().all(|(id, place)| back.ids[*place] == **id));
        let contents = read(&bytes, Detail::Contents).unwrap().catalog;
        assert!(contents.objects.keys().eq(catalog.objects.keys()) && contents.objects.values().all(|o| o.needs.is_empty()));
        assert!(read(&bytes[..bytes.len() - 1], Detail::Contents).is_none());
    }
}
