//! Built models, kept by content: statements, facets, search path, the server's version and this program's.

use std::collections::{BTreeSet, HashMap};
use std::path::PathBuf;

use serde::{Deserialize, Serialize};

use super::Request;
use super::build::{Desired, Note};
use super::standin::StoodIn;
use crate::catalog::compact::{self, Compact};
use crate::catalog::{Detail, Id};
use crate::digest::{self, Digest, Sha256};
use crate::model::{Files, Model};

/// How many files are kept: for each built model one, and one for the files that gave it.
const KEPT: usize = 80;

/// What a model says beside its catalog. Ids are places in the catalog's list.
#[derive(Serialize, Deserialize)]
struct Head {
    /// Of the declarations, in their order.
    ids: Vec<usize>,
    listed: Vec<usize>,
    provided: Vec<usize>,
    schemas: BTreeSet<String>,
    stood_in: Vec<StoodIn>,
}

/// A digest of all that the result depends on.
pub(super) fn key(model: &Model, request: &Request, server: &str) -> String {
    let mut hash = Sha256::new();
    hash.update(format!("{}\0{server}\0{:?}\0{:?}\0{:?}", build_id(), request.default_owner, model.search_path, model.schemas));
    for d in &model.declarations {
        hash.update(format!("\0{}\0{}\0", d.id, d.provided));
        for s in &d.statements {
            hash.update(format!("{}\0{:?}\0{}\0{}\0", s.sql, s.schema, s.privileged, s.unchecked));
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
    digest::hex(hash, 20)
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

/// A model that was built before. Without the model itself, nothing is known of where things stand in it.
pub(super) fn load(key: &str, model: Option<&Model>, detail: Detail) -> Option<Desired> {
    let path = folder()?.join(key);
    let bytes = std::fs::read(&path).ok()?;
    // What is used stays; that it cannot be marked as used is no error.
    let _ = std::fs::File::open(&path).and_then(|f| f.set_modified(std::time::SystemTime::now()));
    let mut rest = &bytes[..];
    let head: Head = serde_json::from_slice(compact::part(&mut rest)?).ok()?;
    let Compact { catalog, ids } = compact::read(rest, detail)?;
    let set = |places: &[usize]| places.iter().map(|p| ids.get(*p).cloned()).collect::<Option<BTreeSet<Id>>>();
    let mut desired = Desired {
        catalog,
        schemas: head.schemas,
        stood_in: head.stood_in,
        listed: set(&head.listed)?,
        provided: set(&head.provided)?,
        ..Desired::default()
    };
    let Some(model) = model else { return Some(desired) };
    if head.ids.len() != model.declarations.len() {
        return None;
    }
    for (declaration, place) in model.declarations.iter().zip(head.ids) {
        let note = Note {
            origin: Some(declaration.origin.clone()),
            group: declaration.group.clone(),
            prevent_destroy: declaration.prevent_destroy,
            renamed_from: declaration.renamed_from.as_ref().map(|p| p.text.clone()),
            renamed_parts: declaration.renamed_parts.clone(),
        };
        desired.notes.insert(ids.get(place)?.clone(), note);
    }
    Some(desired)
}

/// Writes a built model to the cache. A cache that cannot be written is no error: the next run builds again.
pub(super) fn store(key: &str, model: &Model, desired: &Desired) {
    let Some(bytes) = bytes(model, desired) else { return };
    write(key, &bytes);
}

fn bytes(model: &Model, desired: &Desired) -> Option<Vec<u8>> {
    // The ids of the declarations, in their order: notes are keyed by id and know their place.
    let by_place: HashMap<String, &Id> = desired
        .notes
        .iter()
        .filter_map(|(id, n)| n.origin.as_ref().map(|o| (format!("{:?}{:?}{}", o.file.path, o.span, id.kind), id)))
        .collect();
    let (catalog, places) = compact::write(&desired.catalog)?;
    let declared = model.declarations.iter().map(|d| {
        let id = by_place.get(&format!("{:?}{:?}{}", d.origin.file.path, d.origin.span, d.id.kind))?;
        places.get(*id).copied()
    });
    let set = |ids: &BTreeSet<Id>| ids.iter().map(|id| places.get(id).copied()).collect::<Option<Vec<_>>>();
    let head = Head {
        ids: declared.collect::<Option<_>>()?,
        listed: set(&desired.listed)?,
        provided: set(&desired.provided)?,
        schemas: desired.schemas.clone(),
        stood_in: desired.stood_in.clone(),
    };
    let mut out = Vec::new();
    compact::put_part(&mut out, &serde_json::to_vec(&head).ok()?);
    out.extend(catalog);
    Some(out)
}

fn write(name: &str, bytes: &[u8]) {
    let Some(folder) = folder() else { return };
    if std::fs::create_dir_all(&folder).is_err() {
        return;
    }
    let partial = folder.join(format!("{name}.{}", std::process::id()));
    if std::fs::write(&partial, bytes).and_then(|()| std::fs::rename(&partial, folder.join(name))).is_err() {
        let _ = std::fs::remove_file(&partial);
    }
    trim(&folder);
}

/// Keeps which built model some files gave, so that the same files need not be understood again. A model with former names
/// has to be: they are no part of what was built.
pub(super) fn note_files(files: &Files, request: &Request, server: &str, model: &Model, key: &str) {
    if model.declarations.iter().any(|d| d.renamed_from.is_some()) {
        return;
    }
    write(&name_of(files, request, server), key.as_bytes());
}

/// The key of the model that the same files gave before.
pub(super) fn key_of_files(files: &Files, request: &Request, server: &str) -> Option<String> {
    std::fs::read_to_string(folder()?.join(name_of(files, request, server))).ok()
}

fn name_of(files: &Files, request: &Request, server: &str) -> String {
    let mut hash = Sha256::new();
    hash.update(format!("{}\0{server}\0{:?}\0{}", build_id(), request.default_owner, files.0));
    format!("files-{}", digest::hex(hash, 20))
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
