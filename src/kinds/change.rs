//! A change of one object, which its kind takes apart, and what it answers.

use std::collections::BTreeSet;

use crate::catalog::{Catalog, Id, Object};
use crate::plan::step::Draft;

/// An object that both sides have, and how it differs.
pub struct Change<'a> {
    /// The object.
    pub id: &'a Id,
    /// As it is.
    pub live: &'a Object,
    /// As it is to be.
    pub desired: &'a Object,
    /// The catalog it is in, as it is to be.
    pub catalog: &'a Catalog,
    /// The server's major version.
    pub major: u32,
    /// What is directly made of it and stays so (the columns of a type), as it is.
    pub users: &'a [(&'a Id, &'a Object)],
    open: BTreeSet<&'a str>,
}

impl<'a> Change<'a> {
    /// A change of these attributes.
    pub fn new(
        id: &'a Id,
        live: &'a Object,
        desired: &'a Object,
        catalog: &'a Catalog,
        major: u32,
        users: &'a [(&'a Id, &'a Object)],
        attrs: impl IntoIterator<Item = &'a str>,
    ) -> Self {
        Change { id, live, desired, catalog, major, users, open: attrs.into_iter().collect() }
    }

    /// Whether this attribute changes; it then counts as dealt with.
    pub fn take(&mut self, attr: &str) -> bool {
        self.open.remove(attr)
    }

    /// Takes several; whether any changes.
    pub fn take_any(&mut self, attrs: &[&str]) -> bool {
        // All of them are taken, also after the first that changes.
        attrs.iter().filter(|a| self.take(a)).count() > 0
    }

    /// Takes everything that is left.
    pub fn take_all(&mut self) -> bool {
        let any = !self.open.is_empty();
        self.open.clear();
        any
    }

    /// What no rule has taken.
    pub fn left(&self) -> impl Iterator<Item = &str> {
        self.open.iter().copied()
    }
}

/// How a change is made.
pub enum Alter {
    /// By these statements.
    InPlace(Vec<Draft>),
    /// By these statements, while what depends on the object is out of the way.
    Detached(Vec<Draft>),
    /// By these statements, which put a new object in its place, while what depends on it is out of the way.
    Remade(Vec<Draft>),
    /// By dropping and creating it, with everything that depends on it.
    Replace,
    /// By dropping and creating what it is a part of, which keeps what is in it ([`Kind::keep`](super::Kind::keep)).
    ReplaceWhole,
}
