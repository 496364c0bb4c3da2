//! Two catalogs to changes, without a word about any kind.
//!
//! A [`Difference`] is one object that only one side has, or one attribute that differs. What counts is decided here once for
//! everything: the owner only when the model names one, and nothing outside the scope.

mod equivalent;
pub mod overlap;
pub mod rules;
pub mod scope;

use std::collections::BTreeSet;

use serde::Serialize;
use serde_json::Value;

use crate::catalog::{Catalog, Id, Object};
use crate::kinds;

/// The attribute name of the comment.
pub const COMMENT: &str = "comment";
/// What attributes are called whose values are in no order: the server keeps one, and prints it, but it means nothing.
const OPTIONS: &str = "options";
/// The attribute name of the owner.
pub const OWNER: &str = "owner";
/// The attribute name of the privileges.
pub const PRIVILEGES: &str = "privileges";

/// The attribute name of the security labels.
pub const LABELS: &str = "security_labels";

/// One difference between live and desired.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(tag = "change", rename_all = "snake_case")]
pub enum Difference {
    /// The desired side has it, the live side lacks it.
    Add {
        /// The object.
        #[serde(serialize_with = "as_text")]
        id: Id,
    },
    /// The live side has it, the desired side lacks it.
    Remove {
        /// The object.
        #[serde(serialize_with = "as_text")]
        id: Id,
    },
    /// Both have it, and these attributes differ.
    Set {
        /// The object.
        #[serde(serialize_with = "as_text")]
        id: Id,
        /// What differs.
        attrs: Vec<AttrChange>,
    },
}

/// One attribute that differs.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct AttrChange {
    /// The attribute.
    pub name: String,
    /// Its value on the live side; null when absent.
    pub live: Value,
    /// Its value on the desired side; null when absent.
    pub desired: Value,
}

fn as_text<S: serde::Serializer>(id: &Id, serializer: S) -> std::result::Result<S::Ok, S::Error> {
    serializer.collect_str(id)
}

impl Difference {
    /// The object.
    pub fn id(&self) -> &Id {
        match self {
            Difference::Add { id } | Difference::Remove { id } | Difference::Set { id, .. } => id,
        }
    }
}

/// All differences, in order of ids. `compared` says which objects count.
pub fn diff(live: &Catalog, desired: &Catalog, compared: impl Fn(&Id) -> bool) -> Vec<Difference> {
    let mut out = Vec::new();
    let major = live.source.major().min(desired.source.major());
    // Both are in order of ids: one walk through the two.
    let (mut a, mut b) = (live.objects.iter().peekable(), desired.objects.iter().peekable());
    loop {
        let (id, left, right) = match (a.peek(), b.peek()) {
            (None, None) => break,
            (Some(l), Some(r)) if l.0 == r.0 => (l.0, Some(l.1), Some(r.1)),
            (Some(l), r) if r.is_none_or(|r| l.0 < r.0) => (l.0, Some(l.1), None),
            (_, Some(r)) => (r.0, None, Some(r.1)),
            (Some(l), None) => (l.0, Some(l.1), None),
        };
        if left.is_some() {
            a.next();
        }
        if right.is_some() {
            b.next();
        }
        match (left, right) {
            _ if !compared(id) => {}
            (Some(left), Some(right)) => {
                let mut attrs = attributes(left, right);
                attrs.retain(|a| kinds::of(id).compares(&a.name, !a.desired.is_null(), major));
                if !attrs.is_empty() {
                    out.push(Difference::Set { id: id.clone(), attrs });
                }
            }
            (Some(_), None) => out.push(Difference::Remove { id: id.clone() }),
            (None, _) => out.push(Difference::Add { id: id.clone() }),
        }
    }
    out
}

/// The attributes in which two objects differ, comment, owner and privileges included.
pub fn attributes(live: &Object, desired: &Object) -> Vec<AttrChange> {
    let names: BTreeSet<&String> = live.attrs.keys().chain(desired.attrs.keys()).collect();
    let mut out: Vec<AttrChange> = names
        .into_iter()
        .filter(|name| live.attrs.get(*name) != desired.attrs.get(*name))
        .filter(|name| match (live.attrs.get(*name), desired.attrs.get(*name)) {
            (Some(a), Some(b)) => !(equivalent::equivalent(a, b) || name.ends_with(OPTIONS) && equivalent::same_set(a, b)),
            _ => true,
        })
        .map(|name| AttrChange {
            name: name.clone(),
            live: live.attrs.get(name).cloned().unwrap_or(Value::Null),
            desired: desired.attrs.get(name).cloned().unwrap_or(Value::Null),
        })
        .collect();
    let text = |t: &Option<String>| t.as_ref().map_or(Value::Null, |t| Value::String(t.clone()));
    if live.comment != desired.comment {
        out.push(AttrChange { name: COMMENT.into(), live: text(&live.comment), desired: text(&desired.comment) });
    }
    if live.labels != desired.labels {
        let json = |o: &Object| serde_json::to_value(&o.labels).unwrap_or(Value::Null);
        out.push(AttrChange { name: LABELS.into(), live: json(live), desired: json(desired) });
    }
    // No owner in a model, on either side, means that the owner is not compared.
    if live.owner.is_some() && desired.owner.is_some() && live.owner != desired.owner {
        out.push(AttrChange { name: OWNER.into(), live: text(&live.owner), desired: text(&desired.owner) });
    }
    // Nor does a schema that a file only names say anything of its privileges.
    if desired.privileges.is_some() && live.privileges != desired.privileges {
        let json = |o: &Object| serde_json::to_value(&o.privileges).unwrap_or(Value::Null);
        out.push(AttrChange { name: PRIVILEGES.into(), live: json(live), desired: json(desired) });
    }
    out
}
