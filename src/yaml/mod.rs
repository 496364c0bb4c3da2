//! YAML as a tree in which every value knows its place, its source text and its style.
//!
//! Scalars keep the text as written (`0.70`, `yes`, `007`), because most of them are SQL. The tree is built from the events of
//! granit-parser, the parser under serde-saphyr: serde would stop at the first error, and this reader collects them all.

pub mod emit;
mod parse;
pub mod patch;
mod traps;

use std::sync::Arc;

use crate::diagnostic::{Place, SourceFile};

pub use parse::parse;

/// How a scalar was written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Style {
    /// Without quotes.
    Plain,
    /// In quotes, or as a block.
    Quoted,
}

/// One value of a YAML file.
#[derive(Debug, Clone)]
pub struct Node {
    /// Where it stands.
    pub place: Place,
    /// What it is.
    pub value: Value,
}

/// The value of a [`Node`].
#[derive(Debug, Clone)]
pub enum Value {
    /// Nothing was written.
    Null,
    /// A text.
    Scalar(String, Style),
    /// A list.
    List(Vec<Node>),
    /// A mapping, in the order of the file; keys are distinct.
    Map(Vec<(Node, Node)>),
}

impl Node {
    /// A node for something that stands at the top of a file.
    pub fn null(file: &Arc<SourceFile>) -> Self {
        Node { place: Place { file: file.clone(), span: 0..0 }, value: Value::Null }
    }

    /// The text of a scalar.
    pub fn text(&self) -> Option<&str> {
        match &self.value {
            Value::Scalar(text, _) => Some(text),
            _ => None,
        }
    }

    /// The entries of a mapping; empty for nothing.
    pub fn entries(&self) -> Option<&[(Node, Node)]> {
        match &self.value {
            Value::Map(entries) => Some(entries),
            Value::Null => Some(&[]),
            _ => None,
        }
    }

    /// The value under a key of a mapping.
    pub fn get(&self, key: &str) -> Option<&Node> {
        match &self.value {
            Value::Map(entries) => entries.iter().find(|(k, _)| k.text() == Some(key)).map(|(_, v)| v),
            _ => None,
        }
    }

    /// What it is, in words for a message.
    pub fn what(&self) -> &'static str {
        match &self.value {
            Value::Null => "nothing",
            Value::Scalar(..) => "a text",
            Value::List(_) => "a list",
            Value::Map(_) => "a mapping",
        }
    }
}
