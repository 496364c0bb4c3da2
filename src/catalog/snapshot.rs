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

impl File {
    fn of(catalog: &Catalog) -> File {
        let texts = |ids: &BTreeSet<Id>| ids.iter().map(ToString::to_string).collect();
        let objects = catalog.objects.iter().map(|(id, o)| {
            let entry = Entry {
                attrs: o.attrs.clone(),
                comment: o.comment.clone(),
                owner: o.owner.clone(),
                privileges: o.privileges.clone(),
                security_labels: o.labels.clone(),
                needs: texts(&o.needs),
                owned_by: texts(&o.owned_by),
                position: o.position,
            };
            (id.to_string(), entry)
        });
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
        let id =
            |text: &str| Id::parse(text, |w| kinds::find(w).map(|k| k.name())).ok_or_else(|| format!("`{text}` names no object"));
        let ids = |texts: &[String]| texts.iter().map(|t| id(t)).collect::<std::result::Result<BTreeSet<Id>, String>>();
        let mut objects = BTreeMap::new();
        for (text, entry) in self.objects {
            let object = Object {
                needs: ids(&entry.needs)?,
                owned_by: ids(&entry.owned_by)?,
                attrs: entry.attrs,
                comment: entry.comment,
                labels: entry.security_labels,
                owner: entry.owner,
                privileges: entry.privileges,
                position: entry.position,
            };
            objects.insert(id(&text)?, object);
        }
        let source = Source {
            version_num: self.postgres,
            role: self.role,
            superuser: self.superuser,
            database: self.database,
            taken_at: self.taken_at,
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
