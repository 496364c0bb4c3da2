//! What the live catalog was when a plan was made from it, and what has moved since.

use std::collections::BTreeMap;

use crate::catalog::{Catalog, Id, Object};
use crate::digest::{Digest, Sha256, hex};
use crate::kinds;

/// What a fingerprint looks at: not what the whole server shares, for another database's new role is no reason to make a plan
/// again, and a role that is there by then stops the plan by itself.
fn counted(catalog: &Catalog) -> impl Iterator<Item = (&Id, &Object)> {
    catalog.objects.iter().filter(|(id, _)| !kinds::of(id).as_written())
}

fn add(hash: &mut Sha256, id: &Id, object: &Object) {
    hash.update(id.to_string());
    hash.update(serde_json::to_string(&object.attrs).unwrap_or_default());
    hash.update(format!("{:?}{:?}{:?}{:?}", object.comment, object.owner, object.privileges, object.labels));
}

/// A digest of everything in a catalog.
pub fn fingerprint(catalog: &Catalog) -> String {
    let mut hash = Sha256::new();
    counted(catalog).for_each(|(id, object)| add(&mut hash, id, object));
    hex(hash, 16)
}

/// A short digest of each object.
pub fn state(catalog: &Catalog) -> BTreeMap<String, String> {
    let digest = |(id, object): (&Id, &Object)| {
        let mut hash = Sha256::new();
        add(&mut hash, id, object);
        (id.to_string(), hex(hash, 6))
    };
    counted(catalog).map(digest).collect()
}

/// What differs from a former [`state`], in words and in order of ids.
pub fn moved(then: &BTreeMap<String, String>, now: &Catalog) -> Vec<String> {
    let now = state(now);
    let mut out: Vec<(&String, &str)> = Vec::new();
    out.extend(then.keys().filter(|id| !now.contains_key(*id)).map(|id| (id, "is gone")));
    out.extend(now.iter().filter_map(|(id, digest)| match then.get(id) {
        None => Some((id, "is new")),
        Some(former) if former != digest => Some((id, "has changed")),
        Some(_) => None,
    }));
    out.sort_unstable();
    out.into_iter().map(|(id, what)| format!("{id} {what}")).collect()
}
