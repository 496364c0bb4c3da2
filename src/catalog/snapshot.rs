//! Snapshots: catalogs in files, as YAML for people and versioned for machines.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use serde::{Deserialize, Serialize};

use super::{Attrs, Catalog, Id, Labels, Object, Privileges, Source, Unmodeled};
use crate::diagnostic::{Diagnostic, Result};
use crate::kinds;

/// The version of the form; a file with a higher one is refused.
pub const VERSION: u32 = 1;

/// The first key of a snapshot file, by which it is told from a model.
pub const MARK: &str = "trueup_snapshot";

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    trueup_snapshot: u32,
    taken_at: String,
    database: String,
    postgres: u32,
    role: String,
    #[serde(default)]
    superuser: bool,
    #[serde(default)]
    roles: BTreeSet<String>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    unmodeled: Vec<Unmodeled>,
    objects: BTreeMap<String, Entry>,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Entry {
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    attrs: Attrs,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    comment: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    owner: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    privileges: Option<Privileges>,
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    security_labels: Labels,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    needs: Vec<String>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    owned_by: Vec<String>,
    #[serde(default, skip_serializing_if = "is_zero")]
    position: i64,
}

fn is_zero(n: &i64) -> bool {
    *n == 0
}

impl Entry {
    fn of(object: &Object) -> Entry {
        let texts = |ids: &BTreeSet<Id>| ids.iter().map(ToString::to_string).collect();
        Entry {
            attrs: object.attrs.clone(),
            comment: object.comment.clone(),
            owner: object.owner.clone(),
            privileges: object.privileges.clone(),
            security_labels: object.labels.clone(),
            needs: texts(&object.needs),
            owned_by: texts(&object.owned_by),
            position: object.position,
        }
    }

    fn into_object(self) -> std::result::Result<Object, String> {
        let id = |text: &str| kinds::object_named(text).ok_or_else(|| format!("`{text}` names no object"));
        let ids = |texts: &[String]| texts.iter().map(|t| id(t)).collect::<std::result::Result<BTreeSet<Id>, String>>();
        Ok(Object {
            needs: ids(&self.needs)?,
            owned_by: ids(&self.owned_by)?,
            attrs: self.attrs,
            comment: self.comment,
            labels: self.security_labels,
            owner: self.owner,
            privileges: self.privileges,
            position: self.position,
        })
    }
}

/// An object as a snapshot holds it.
pub fn entry(object: &Object) -> serde_json::Value {
    serde_json::to_value(Entry::of(object)).unwrap_or_default()
}

/// An object that [`entry`] gave.
///
/// # Errors
/// Why it is none.
pub fn object(entry: serde_json::Value) -> std::result::Result<Object, String> {
    serde_json::from_value::<Entry>(entry).map_err(|e| e.to_string())?.into_object()
}

impl File {
    fn of(catalog: &Catalog) -> File {
        let objects = catalog.objects.iter().map(|(id, o)| (id.to_string(), Entry::of(o)));
        File {
            trueup_snapshot: VERSION,
            taken_at: catalog.source.taken_at.clone(),
            database: catalog.source.database.clone(),
            postgres: catalog.source.version_num,
            role: catalog.source.role.clone(),
            superuser: catalog.source.superuser,
            roles: catalog.roles.clone(),
            unmodeled: catalog.unmodeled.clone(),
            objects: objects.collect(),
        }
    }

    fn into_catalog(self) -> std::result::Result<Catalog, String> {
        let id = |text: &str| kinds::object_named(text).ok_or_else(|| format!("`{text}` names no object"));
        let mut objects = BTreeMap::new();
        for (text, entry) in self.objects {
            objects.insert(id(&text)?, entry.into_object()?);
        }
        let source = Source {
            version_num: self.postgres,
            role: self.role,
            superuser: self.superuser,
            database: self.database,
            taken_at: self.taken_at,
            ..Source::default()
        };
        Ok(Catalog { source, objects, roles: self.roles, unmodeled: self.unmodeled })
    }
}

/// A catalog as the text of a snapshot file.
///
/// # Errors
/// When the text cannot be made, which a catalog never causes.
pub fn write(catalog: &Catalog) -> Result<String> {
    let file = File::of(catalog);
    let body = serde_saphyr::to_string(&file)
        .map_err(|e| Diagnostic::error("snapshot", "the snapshot could not be written").note(e.to_string()))?;
    Ok(format!("# A catalog saved by `trueup snapshot`. It stands for the database in plan, drift and diff.\n{body}"))
}

/// Reads a snapshot file.
///
/// # Errors
/// When the file cannot be read, is no snapshot, or is newer than this program.
pub fn read(path: &Path) -> Result<Catalog> {
    let text = std::fs::read_to_string(path)
        .map_err(|e| Diagnostic::error("unreadable-file", format!("{} cannot be read", path.display())).note(e.to_string()))?;
    let wrong = |why: String| {
        Diagnostic::error("not-a-snapshot", format!("{} is not a snapshot that this trueup reads", path.display()))
            .note(why)
            .help("make one with `trueup snapshot --db URL --out FILE`")
    };
    let options = serde_saphyr::options! { budget: None };
    let file: File = serde_saphyr::from_str_with_options(&text, options).map_err(|e| wrong(e.to_string()))?;
    if file.trueup_snapshot > VERSION {
        return Err(wrong(format!("its form is version {}, this trueup reads up to {VERSION}", file.trueup_snapshot))
            .help("update trueup")
            .into());
    }
    Ok(file.into_catalog().map_err(wrong)?)
}

/// Whether a file looks like a snapshot, by its first key.
pub fn is_snapshot(path: &Path) -> bool {
    use std::io::Read;
    let mut start = [0u8; 4096];
    let Ok(read) = std::fs::File::open(path).and_then(|mut f| f.read(&mut start)) else { return false };
    String::from_utf8_lossy(&start[..read]).lines().any(|l| l.starts_with(MARK))
}
