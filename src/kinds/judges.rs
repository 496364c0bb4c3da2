//! What says something of all rows of a table, and so waits until they are as it wants them.

use super::family::Relation;
use crate::catalog::{Id, Object};
use crate::sql::lex;

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
