//! Finding a kind: by its name, by what people call it, by an id.

use std::collections::HashMap;
use std::sync::LazyLock;

use super::{KINDS, Kind};
use crate::catalog::Id;

/// The kind with this name.
pub fn find(name: &str) -> Option<&'static dyn Kind> {
    PLACES.get(name).map(|place| KINDS[*place])
}

/// The object that an id's text names (`table public.users`); `None` for a kind that this trueup does not have.
pub fn object_named(text: &str) -> Option<Id> {
    Id::parse(text, |word| find(word).map(|kind| kind.name()))
}

/// The kind that somebody means: by its name (`index`), its section (`indexes`) or what people call many of it.
pub fn by_word(word: &str) -> Option<&'static dyn Kind> {
    let plural = |k: &&dyn Kind| k.section().is_some_and(|s| s.key == word) || k.label().1.replace(' ', "_") == word;
    find(word).or_else(|| KINDS.iter().copied().find(plural))
}

/// The kind of an id. Ids are only made with names of [`KINDS`], so there is one.
pub fn of(id: &Id) -> &'static dyn Kind {
    find(id.kind).unwrap_or(KINDS[0])
}

/// Whether an object is a part of that relation, as a column is of its table.
pub fn is_part_of(part: &Id, whole: &Id) -> bool {
    whole.parent.is_none()
        && whole.schema == part.schema
        && part.parent.as_deref() == Some(&*whole.name)
        && of(whole).namespace() == "relation"
}

/// The place of a kind in [`KINDS`].
pub fn rank(name: &str) -> usize {
    PLACES.get(name).copied().unwrap_or(KINDS.len())
}

/// The places of the kinds in [`KINDS`]: they are asked for several times for each object of a catalog.
static PLACES: LazyLock<HashMap<&'static str, usize>> =
    LazyLock::new(|| KINDS.iter().enumerate().map(|(place, kind)| (kind.name(), place)).collect());
