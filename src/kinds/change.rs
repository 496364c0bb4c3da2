//! A change of one object, which its kind takes apart, and what it answers; and what an object says of all rows, so that it waits
//! until they are as it wants them.

use std::collections::BTreeSet;

use super::family::Relation;
use crate::catalog::{Catalog, Id, Object};
use crate::plan::step::Draft;
use crate::sql::lex;

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

/// A change of an object that may be made by making it anew beside what is there.
pub struct Anew<'a> {
    /// The object.
    pub id: &'a Id,
    /// As it is.
    pub live: &'a Object,
    /// As it is to be.
    pub desired: &'a Object,
    /// The catalog it is in.
    pub catalog: &'a Catalog,
    /// What any object is to be.
    pub becomes: &'a dyn Fn(&Id) -> Option<&'a Object>,
    /// What depends on it and stays as it is; nothing else depends on that.
    pub stays: Vec<(&'a Id, &'a Object)>,
    /// What depends on it and would be dropped and made again.
    pub again: Vec<&'a Id>,
}

/// How it is made anew, with all that hangs on it.
pub struct Beside {
    /// The statements.
    pub drafts: Vec<Draft>,
    /// What they make along with it, so that it is not dropped and made again.
    pub carried: Vec<Id>,
}

/// How what hangs on a column comes along when the column is made anew.
pub struct Along {
    /// The statements that make it on the new column, under another name, while clients go on.
    pub build: Vec<Draft>,
    /// Those that make it what it was when the new column has taken the place of the old one, which has taken its own along.
    pub after: Vec<Draft>,
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

/// What an object says of the rows of its table.
#[derive(Debug, Clone, PartialEq)]
pub enum Judges {
    /// Nothing.
    Nothing,
    /// It is there or not, as a whole; and what it refers to, if anything.
    Rows(Option<Reference>),
    /// Something, without which it would be this.
    Partly(Box<Object>),
}

/// Columns that refer to those of another table, or of the same.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reference {
    /// The columns.
    pub columns: Vec<String>,
    /// What they refer to.
    pub to: Relation,
    /// The columns there.
    pub theirs: Vec<String>,
}

impl Reference {
    /// Reads `FOREIGN KEY (a) REFERENCES schema.other(b)`, as pg_get_constraintdef prints it.
    pub fn parse(id: &Id, object: &Object) -> Option<Reference> {
        let definition = object.text("definition")?;
        let tokens = lex::tokens(definition);
        let at = tokens.iter().position(|t| t.depth == 0 && t.is_word(definition, "references"))?;
        let list = |tokens: &[lex::Token]| -> Vec<String> {
            let inside = tokens.iter().skip_while(|t| !t.is_symbol(definition, "(")).skip(1);
            inside.take_while(|t| !t.is_symbol(definition, ")")).filter_map(|t| t.name(definition)).collect()
        };
        let (columns, theirs) = (list(&tokens[..at]), list(&tokens[at..]));
        let path = tokens[at + 1..].iter().take_while(|t| !t.is_symbol(definition, "("));
        let mut path: Vec<String> = path.filter_map(|t| t.name(definition)).collect();
        let table = path.pop()?;
        let schema = path.pop().map_or_else(|| id.schema.clone(), |s| Some(s.into()))?;
        Some(Reference { columns, to: (schema, table.into()), theirs })
    }
}
