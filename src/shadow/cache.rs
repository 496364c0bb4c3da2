//! Built models, kept by content: statements, facets, search path, the server's version and this program's.

use std::path::PathBuf;

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use super::Request;
use super::build::{Desired, Note};
use crate::catalog::{Id, snapshot};
use crate::kinds;
use crate::model::Model;

/// How many built models are kept.
const KEPT: usize = 40;

#[derive(Serialize, Deserialize)]
struct Entry {
    ids: Vec<String>,
    listed: Vec<String>,
    provided: Vec<String>,
}

/// A digest of all that the result depends on.
pub(super) fn key(model: &Model, request: &Request, server: &str) -> String {
    let mut hash = Sha256::new();
    hash.update(format!("{}\0{server}\0{:?}\0{:?}\0{:?}", build_id(), request.default_owner, model.search_path, model.schemas));
    for d in &model.declarations {
        hash.update(format!("\0{}\0{}\0", d.id, d.provided));
        for s in &d.statements {
            hash.update(format!("{}\0{:?}\0{}\0", s.sql, s.schema, s.privileged));
        }
        let text = |p: &Option<crate::kinds::yaml::Piece>| p.as_ref().map(|p| p.text.clone());
        hash.update(format!("{:?}{:?}", text(&d.owner), text(&d.comment)));
        for grant in d.grants.iter().flatten() {
            hash.update(format!("\0{}\0{:?}", grant.grantee.text, grant.privileges.iter().map(|p| &p.text).collect::<Vec<_>>()));
        }
        hash.update([u8::from(d.grants.is_some())]);
        let labels: Vec<(&str, &str)> = d.labels.iter().map(|(p, l)| (p.text.as_str(), l.text.as_str())).collect();
        hash.update(format!("{:?}{labels:?}", d.over));
    }
    hash.finalize().iter().take(20).map(|b| format!("{b:02x}")).collect()
}

/// The program as built: another one may read catalogs otherwise.
fn build_id() -> String {
    let modified = std::env::current_exe().and_then(std::fs::metadata).and_then(|m| m.modified()).ok();
    let stamp = modified.and_then(|m| m.duration_since(std::time::UNIX_EPOCH).ok()).map_or(0, |d| d.as_nanos());
    format!("{} {stamp}", env!("CARGO_PKG_VERSION"))
}

fn folder() -> Option<PathBuf> {
    Some(super::server::cache_dir()?.join("models"))
}

pub(super) fn load(key: &str, model: &Model) -> Option<Desired> {
    let bytes = std::fs::read(folder()?.join(key)).ok()?;
    let newline = bytes.iter().position(|b| *b == b'\n')?;
    let entry: Entry = serde_json::from_slice(&bytes[..newline]).ok()?;
    let catalog = snapshot::from_json(&bytes[newline + 1..])?;
    let id = |text: &String| Id::parse(text, |w| kinds::find(w).map(|k| k.name()));
    let ids: Vec<Id> = entry.ids.iter().map(id).collect::<Option<_>>()?;
    if ids.len() != model.declarations.len() {
        return None;
    }
    let mut desired = Desired {
        catalog,
        schemas: model.schemas.clone(),
        listed: entry.listed.iter().map(id).collect::<Option<_>>()?,
        provided: entry.provided.iter().map(id).collect::<Option<_>>()?,
        ..Desired::default()
    };
    for (declaration, id) in model.declarations.iter().zip(ids) {
        let note = Note {
            origin: Some(declaration.origin.clone()),
            group: declaration.group.clone(),
            renamed_from: declaration.renamed_from.as_ref().map(|p| p.text.clone()),
        };
        desired.notes.insert(id, note);
    }
    Some(desired)
}

/// Writes a built model to the cache. A cache that cannot be written is no error: the next run builds again.
pub(super) fn store(key: &str, model: &Model, desired: &Desired) {
    let Some(folder) = folder() else { return };
    // The ids of the declarations, in their order: notes are keyed by id and know their place.
    let by_place: std::collections::HashMap<String, &Id> = desired
        .notes
        .iter()
        .filter_map(|(id, n)| n.origin.as_ref().map(|o| (format!("{:?}{:?}{}", o.file.path, o.span, id.kind), id)))
        .collect();
    let ids: Option<Vec<String>> = model
        .declarations
        .iter()
        .map(|d| by_place.get(&format!("{:?}{:?}{}", d.origin.file.path, d.origin.span, d.id.kind)).map(ToString::to_string))
        .collect();
    let Some(ids) = ids else { return };
    let texts = |set: &std::collections::BTreeSet<Id>| set.iter().map(ToString::to_string).collect();
    let entry = Entry { ids, listed: texts(&desired.listed), provided: texts(&desired.provided) };
    let Ok(mut bytes) = serde_json::to_vec(&entry) else { return };
    bytes.push(b'\n');
    bytes.extend(snapshot::to_json(&desired.catalog));
    if std::fs::create_dir_all(&folder).is_err() {
        return;
    }
    let partial = folder.join(format!("{key}.{}", std::process::id()));
    if std::fs::write(&partial, bytes).and_then(|()| std::fs::rename(&partial, folder.join(key))).is_err() {
        let _ = std::fs::remove_file(&partial);
    }
    trim(&folder);
}

fn trim(folder: &std::path::Path) {
    let Ok(entries) = std::fs::read_dir(folder) else { return };
    let mut files: Vec<_> = entries.flatten().filter_map(|e| Some((e.metadata().ok()?.modified().ok()?, e.path()))).collect();
    files.sort();
    let surplus = files.len().saturating_sub(KEPT);
    for (_, path) in files.into_iter().take(surplus) {
        let _ = std::fs::remove_file(path);
    }
}
