//! Catalogs: the normalised contents of one database, free of OIDs and of physical column numbers.
//!
//! A [`Catalog`] comes from a live database or a shadow ([`read`]) or from a file ([`snapshot`]); wherever it comes from,
//! equal databases give equal catalogs. This module knows no kind by name: what an object looks like is said by
//! [`crate::kinds`].

pub mod compact;
mod id;
mod privileges;
pub mod read;
pub mod snapshot;

use std::collections::{BTreeMap, BTreeSet, HashMap};

use serde_json::Value;

pub use id::{Id, KindName};
pub use privileges::{OWNER, Privileges, Rights};

use crate::record::Presence;

/// The compared values of one object, by name. What has PostgreSQL's default is absent.
pub type Attrs = BTreeMap<String, Value>;

/// Security labels by provider.
pub type Labels = BTreeMap<String, String>;

/// One entry of a catalog.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Object {
    /// The attributes of its kind.
    pub attrs: Attrs,
    /// The comment, for any kind.
    pub comment: Option<String>,
    /// The owner, for kinds that have one.
    pub owner: Option<String>,
    /// The privileges, for kinds that have them.
    pub privileges: Option<Privileges>,
    /// The security labels, for kinds that take them.
    pub labels: Labels,
    /// What must exist for this object to exist.
    pub needs: BTreeSet<Id>,
    /// The objects whose drop takes this one along without being asked (pg_depend's automatic and internal entries).
    pub owned_by: BTreeSet<Id>,
    /// The place among its siblings (a column's number), for creating in order; never compared.
    pub position: i64,
}

impl Object {
    /// A text attribute.
    pub fn text(&self, name: &str) -> Option<&str> {
        self.attrs.get(name).and_then(Value::as_str)
    }

    /// Whether a boolean attribute is set.
    pub fn flag(&self, name: &str) -> bool {
        self.attrs.get(name).and_then(Value::as_bool).unwrap_or(false)
    }

    /// A list of texts; empty when absent.
    pub fn list(&self, name: &str) -> Vec<&str> {
        self.attrs.get(name).and_then(Value::as_array).map(|a| a.iter().filter_map(Value::as_str).collect()).unwrap_or_default()
    }
}

/// How much of a catalog is wanted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Detail {
    /// What is compared.
    Contents,
    /// And who needs whom ([`Object::needs`], [`Object::owned_by`]), which orders statements.
    Dependencies,
}

/// What is known of the server and the connection that a catalog was read through.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Source {
    /// `server_version_num`, for example 150008.
    pub version_num: u32,
    /// The role that read, which is the one a plan will run as.
    pub role: String,
    /// Whether that role is a superuser.
    pub superuser: bool,
    /// The database's name.
    pub database: String,
    /// When it was read, in UTC, as `2025-10-26T21:04:00Z`.
    pub taken_at: String,
    /// Whether the database has a record of what was applied.
    pub record: Presence,
}

impl Source {
    /// The major version, for example 15.
    pub fn major(&self) -> u32 {
        self.version_num / 10_000
    }
}

/// An object for which there is no kind: what it is called in PostgreSQL's words, and its name.
///
/// Of a class with very many, the last that is named says how many more there are.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, serde::Serialize, serde::Deserialize)]
pub struct Unmodeled {
    /// For example `publication`.
    pub what: String,
    /// The schema, if it lives in one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub schema: Option<String>,
    /// Its name.
    pub name: String,
    /// How many more of its class there are that are not named.
    #[serde(default, skip_serializing_if = "is_zero")]
    pub more: usize,
}

#[allow(clippy::trivially_copy_pass_by_ref, reason = "serde passes references")]
fn is_zero(number: &usize) -> bool {
    *number == 0
}

impl Unmodeled {
    /// How many objects a list stands for.
    #[must_use]
    pub fn count(list: &[Unmodeled]) -> usize {
        list.iter().map(|u| 1 + u.more).sum()
    }

    /// How many of each class there are, in words: `large object 12, tablespace 1`.
    #[must_use]
    pub fn classes(list: &[Unmodeled]) -> String {
        let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
        for u in list {
            *counts.entry(&u.what).or_default() += 1 + u.more;
        }
        counts.iter().map(|(what, n)| format!("{what} {n}")).collect::<Vec<_>>().join(", ")
    }
}

/// The contents of one database.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Catalog {
    /// Where it was read.
    pub source: Source,
    /// Every object, by id.
    pub objects: BTreeMap<Id, Object>,
    /// The names of all roles of the cluster.
    pub roles: BTreeSet<String>,
    /// What no kind covers.
    pub unmodeled: Vec<Unmodeled>,
}

impl Catalog {
    /// What needs each object.
    pub fn dependents(&self) -> HashMap<&Id, Vec<&Id>> {
        let mut out: HashMap<&Id, Vec<&Id>> = HashMap::new();
        for (id, object) in &self.objects {
            for need in &object.needs {
                out.entry(need).or_default().push(id);
            }
        }
        out
    }

    /// The object with this id.
    pub fn get(&self, id: &Id) -> Option<&Object> {
        self.objects.get(id)
    }

    /// All objects of one kind, in order of their ids.
    pub fn of_kind<'a>(&'a self, kind: &'a str) -> impl Iterator<Item = (&'a Id, &'a Object)> + 'a {
        // Ids order by their kind first, so that those of one kind are neighbours.
        let first = crate::kinds::find(kind).map(|k| Id::global(k.name(), ""));
        first.into_iter().flat_map(|id| self.objects.range(id..)).take_while(move |(id, _)| id.kind == kind)
    }
}
