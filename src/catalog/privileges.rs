//! Privileges, normalised so that two databases compare: who may do what, with the owner left symbolic.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

/// What stands for the object's owner among the grantees of a [`Privileges`].
pub const OWNER: &str = "@owner";

/// What one grantee may do: each privilege in lower case, followed by `*` where it may be granted on.
pub type Rights = BTreeSet<String>;

/// The privileges on one object, as `coalesce(acl, acldefault(kind, owner))` gives them.
///
/// The owner's entry is left out while the owner holds every privilege, which is the built-in state, so that the
/// MAINTAIN privilege of PostgreSQL 17 makes no difference between majors. Grantors are not kept: PostgreSQL's manual
/// (section 5.8) gives the owner's name to what a superuser grants. `public` stands for PUBLIC.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Privileges(pub BTreeMap<String, Rights>);

/// The letters of an ACL item, in the order in which the manual lists them (section 5.8, table 5.1).
const LETTERS: &[(char, &str)] = &[
    ('r', "select"),
    ('a', "insert"),
    ('w', "update"),
    ('d', "delete"),
    ('D', "truncate"),
    ('x', "references"),
    ('t', "trigger"),
    ('m', "maintain"),
    ('C', "create"),
    ('c', "connect"),
    ('T', "temporary"),
    ('X', "execute"),
    ('U', "usage"),
    ('s', "set"),
    ('A', "alter system"),
];

/// The privileges on tables that every supported major has.
const TABLE: &[&str] = &["select", "insert", "update", "delete", "truncate", "references", "trigger"];

impl Privileges {
    /// Reads `aclitem[]` items as text (`grantee=letters/grantor`). `owner` is replaced by [`OWNER`], whose entry goes
    /// when it holds `all_letters`.
    pub fn from_items<'a>(items: impl IntoIterator<Item = &'a str>, owner: &str, all_letters: &str) -> Self {
        let mut out: BTreeMap<String, Rights> = BTreeMap::new();
        for item in items {
            let Some((grantee, letters)) = split_item(item) else { continue };
            let grantee = if grantee.is_empty() {
                "public".to_string()
            } else if grantee == owner {
                OWNER.to_string()
            } else {
                grantee
            };
            let rights = out.entry(grantee).or_default();
            let mut letters = letters.chars().peekable();
            while let Some(letter) = letters.next() {
                let name =
                    LETTERS.iter().find(|(l, _)| *l == letter).map_or_else(|| letter.to_string(), |(_, n)| (*n).to_string());
                if letters.next_if_eq(&'*').is_some() {
                    rights.insert(format!("{name}*"));
                } else {
                    rights.insert(name);
                }
            }
        }
        // MAINTAIN came with PostgreSQL 17: beside everything else it is part of ALL, which has to mean the same on each major.
        for rights in out.values_mut() {
            for star in ["", "*"] {
                let maintain = format!("maintain{star}");
                if rights.contains(&maintain) && TABLE.iter().all(|r| rights.contains(&format!("{r}{star}"))) {
                    rights.remove(&maintain);
                }
            }
        }
        // A privilege held both ways (from two grantors) is held with the right to pass it on.
        for rights in out.values_mut() {
            let doubled: Vec<String> =
                rights.iter().filter_map(|r| r.strip_suffix('*')).filter(|r| rights.contains(*r)).map(str::to_string).collect();
            for plain in doubled {
                rights.remove(&plain);
            }
        }
        let all: Rights =
            LETTERS.iter().filter(|(l, n)| all_letters.contains(*l) && *n != "maintain").map(|(_, n)| (*n).to_string()).collect();
        // Exactly all: an owner who was granted something back with the option to pass it on has said so.
        let owner_has_all = out
            .get(OWNER)
            .is_some_and(|rights| all.iter().all(|r| rights.contains(r)) && !rights.iter().any(|r| r.ends_with('*')));
        // A kind whose owner has nothing to begin with (a column) keeps no entry for it.
        if owner_has_all || all_letters.is_empty() {
            out.remove(OWNER);
        } else {
            out.entry(OWNER.to_string()).or_default();
        }
        out.retain(|grantee, rights| grantee == OWNER || !rights.is_empty());
        Privileges(out)
    }

    /// The built-in state: the owner holds everything, PUBLIC what `public` says.
    pub fn builtin(public: &[&str]) -> Self {
        let mut out = BTreeMap::new();
        if !public.is_empty() {
            out.insert("public".to_string(), public.iter().map(|p| (*p).to_string()).collect());
        }
        Privileges(out)
    }

    /// The place of a privilege in the order in which people list them: select, insert, update, delete.
    pub fn place_of(right: &str) -> usize {
        LETTERS.iter().position(|(_, name)| *name == right).unwrap_or(LETTERS.len())
    }

    /// Everyone named, without the owner.
    pub fn grantees(&self) -> impl Iterator<Item = &str> {
        self.0.keys().map(String::as_str).filter(|g| *g != OWNER)
    }
}

/// Splits `grantee=letters/grantor`; a name in double quotes may hold any character.
fn split_item(item: &str) -> Option<(String, &str)> {
    if let Some(rest) = item.strip_prefix('"') {
        let mut end = 0;
        let bytes = rest.as_bytes();
        while end < bytes.len() {
            if bytes[end] == b'"' {
                if bytes.get(end + 1) == Some(&b'"') {
                    end += 2;
                    continue;
                }
                break;
            }
            end += 1;
        }
        let name = rest.get(..end)?.replace("\"\"", "\"");
        let after = rest.get(end + 1..)?.strip_prefix('=')?;
        return Some((name, after.split('/').next()?));
    }
    let (name, after) = item.split_once('=')?;
    Some((name.to_string(), after.split('/').next()?))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn items_become_names() {
        let p =
            Privileges::from_items(["postgres=arwdDxt/postgres", "=r/postgres", "\"a=b\"=r*w/postgres"], "postgres", "arwdDxt");
        assert_eq!(p.0.keys().collect::<Vec<_>>(), ["a=b", "public"]);
        assert!(p.0["a=b"].contains("select*") && p.0["a=b"].contains("update"));
    }

    #[test]
    fn an_owner_without_all_rights_is_kept() {
        let p = Privileges::from_items(["postgres=r/postgres"], "postgres", "arwdDxt");
        assert_eq!(p.0[OWNER].iter().collect::<Vec<_>>(), ["select"]);
        let none = Privileges::from_items([], "postgres", "arwdDxt");
        assert!(none.0[OWNER].is_empty());
    }
}
