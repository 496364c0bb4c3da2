//! What is in an object while it is dropped and made again: it is put aside before, and goes back in after.
//!
//! What is put aside stands in a table of its own, in the schema of the object, for as long as the plan's transaction. So it
//! depends on nothing that the plan drops or makes again: values of such types are kept as text.

use std::collections::BTreeSet;

use super::of;
use crate::catalog::{Catalog, Id, Object};
use crate::plan::step::{Draft, Lock};
use crate::sql;

/// An object that is dropped and made again, and what becomes of everything else.
pub struct Again<'a> {
    /// The object.
    pub id: &'a Id,
    /// The catalog as it is.
    pub live: &'a Catalog,
    /// The catalog as it is to be.
    pub desired: &'a Catalog,
    /// What goes.
    pub removed: &'a BTreeSet<Id>,
    /// What is dropped and made again.
    pub replaced: &'a BTreeSet<Id>,
    /// Whether something is dropped, made again or altered.
    pub moves: &'a dyn Fn(&Id) -> bool,
}

impl<'a> Again<'a> {
    /// What a live object becomes; `None` if it goes.
    pub fn becomes(&self, id: &Id) -> Option<&'a Object> {
        if self.removed.contains(id) { None } else { self.desired.get(id).or_else(|| self.live.get(id)) }
    }

    /// Whether this one is dropped and made again.
    pub fn is_made_again(&self, id: &Id) -> bool {
        self.replaced.contains(id)
    }

    /// The name of the table that holds what is put aside: nothing else has it, before or after.
    pub(super) fn aside(&self) -> String {
        let mut name = sql::made_name(&self.id.name, "kept");
        let taken = |catalog: &Catalog, name: &str| {
            let same = |i: &Id| *i.name == *name && i.schema == self.id.schema && of(i).namespace() == "relation";
            catalog.objects.keys().any(same)
        };
        let mut n = 1;
        while taken(self.live, &name) || taken(self.desired, &name) {
            n += 1;
            name = sql::made_name(&self.id.name, &format!("kept{n}"));
        }
        sql::qualified(self.id.schema(), &name)
    }
}

/// The statements that keep what is in an object.
#[derive(Debug, Clone, Default)]
pub struct Kept {
    /// They put it aside, before anything is dropped.
    pub aside: Vec<Draft>,
    /// What is to follow the object's drop.
    pub dropped: Vec<Draft>,
    /// They put it back, when the object is made again with all that bears its data.
    pub back: Vec<Draft>,
    /// What they put it into, if that is another object: one that comes in the place of this one.
    pub into: Option<Id>,
    /// The objects whose drop loses nothing, because of this.
    pub carried: Vec<Id>,
}

/// Keeps the next value of a sequence (manual, functions-sequence), for itself or for the one that its column has then.
pub(super) fn next_value(again: &Again<'_>) -> Option<Kept> {
    let into = match again.becomes(again.id) {
        Some(_) => again.id,
        None => successor(again)?,
    };
    let (path, aside) = (into.own_path(), again.aside());
    let set = format!("SELECT pg_catalog.setval({}, last_value, is_called) FROM {aside}", sql::literal(&path));
    let values = format!("SELECT last_value, is_called FROM {}", again.id.own_path());
    Some(Kept {
        aside: vec![Draft::new(format!("CREATE TABLE {aside} AS {values}"))],
        back: vec![Draft::new(set), dropped(&aside)],
        into: Some(into.clone()),
        carried: vec![again.id.clone()],
        ..Kept::default()
    })
}

/// The sequence that the column of one that goes has instead.
fn successor<'a>(again: &Again<'a>) -> Option<&'a Id> {
    let columns = &again.live.get(again.id)?.owned_by;
    let of_column = |object: &Object| columns.iter().any(|c| c.parent.is_some() && object.owned_by.contains(c));
    let sequence = |id: &Id| of(id).holds_next_value();
    let mut new = again.desired.objects.iter().filter(|(id, _)| sequence(id) && again.live.get(id).is_none());
    new.find(|(_, object)| of_column(object)).map(|(id, _)| id)
}

/// The statement that drops what stood aside.
pub(super) fn dropped(aside: &str) -> Draft {
    Draft::new(format!("DROP TABLE {aside}")).lock(Lock::AccessExclusive)
}
