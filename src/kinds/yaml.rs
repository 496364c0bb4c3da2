//! How kinds are written in YAML: the sections and fields that exist, and what an entry declares.
//!
//! A room describes its section as data ([`Section`], [`Field`]); the loader checks entries against it, the JSON Schema and the
//! reference pages are made from it.

use std::ops::Range;

use crate::catalog::{Attrs, Id, KindName};
use crate::diagnostic::{Diagnostic, Place};
use crate::sql;
use crate::yaml::{Node, Value};

pub use crate::yaml::emit::Out;

/// A key of the YAML under which entries of one kind stand.
#[derive(Debug)]
pub struct Section {
    /// The key: `tables`, `indexes`.
    pub key: &'static str,
    /// The sections whose entries it may stand in; `""` is the top of a file.
    pub under: &'static [&'static str],
    /// What an entry looks like.
    pub shape: Shape,
    /// What the names of entries are made of.
    pub naming: Naming,
    /// The file that `pull` writes entries to.
    pub file: File,
    /// The keys of an entry's mapping form, beside those that every kind has.
    pub fields: &'static [Field],
    /// One or two sentences for the reference.
    pub doc: &'static str,
    /// An entry or two, as YAML, for the reference.
    pub example: &'static str,
}

/// Where `pull` puts the entries of a section.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum File {
    /// Each in a file of its own, in this folder.
    Own(&'static str),
    /// All of a schema in this file.
    Shared(&'static str),
    /// With what they stand under.
    Parent,
}

/// What the name of an entry at the top of a file is made of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Naming {
    /// A name of the database's own: an extension.
    Database,
    /// A name in a schema.
    Schema,
    /// A name in a schema, followed by arguments in parentheses.
    Routine,
}

/// What the entries of a section look like.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Shape {
    /// `name: SQL`, or a mapping with `definition`.
    Sql,
    /// `name:` and a mapping, or nothing.
    Mapping,
    /// `name: [a, b]`, or a mapping.
    Names,
    /// One entry without a name: a list of names, SQL, or a mapping.
    Single,
    /// A list of mappings without names.
    List,
}

/// A key of an entry.
#[derive(Debug)]
pub struct Field {
    /// The key.
    pub key: &'static str,
    /// What its value is.
    pub value: FieldValue,
    /// One sentence for the reference.
    pub doc: &'static str,
}

/// What the value of a [`Field`] may be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FieldValue {
    /// SQL text.
    Sql,
    /// Any text.
    Text,
    /// A name.
    Name,
    /// A list of names.
    Names,
    /// `true` or `false`.
    Flag,
    /// One of these words.
    Choice(&'static [&'static str]),
    /// A mapping of names to texts.
    Texts,
    /// A mapping of grantees to lists of privileges.
    Grants,
    /// A list of roles, or a mapping of roles to lists of options.
    Members,
    /// A name, or a mapping with `name`.
    Former,
    /// Anything of YAML, in these words.
    Any(&'static str),
    /// One or more of these words (any patterns, when there are none), or lists of patterns by what they look at.
    Rules(&'static [&'static str]),
}

/// The keys that entries of every kind may have.
pub const COMMON: &[Field] = &[
    Field { key: "comment", value: FieldValue::Text, doc: "The comment on it (COMMENT ON)." },
    Field {
        key: "renamed_from",
        value: FieldValue::Former,
        doc: "The name it had before; stays for good and does nothing once the rename has happened. A column may be `{name: comment, keep: true}`: both names live, in step, until `keep` is taken away.",
    },
    Field {
        key: "prevent_destroy",
        value: FieldValue::Flag,
        doc: "With `true` no plan that drops it, makes it anew or loses its values is applied, whatever is allowed.",
    },
    Field { key: "group", value: FieldValue::Text, doc: "A group for reports and for `--only group:NAME`." },
];

/// The key for kinds that take security labels.
pub const LABELS: Field = Field {
    key: "security_labels",
    value: FieldValue::Texts,
    doc: "Security labels by provider (SECURITY LABEL): `{anon: MASKED WITH VALUE NULL}`.",
};

/// The key for kinds that have an owner.
pub const OWNER: Field =
    Field { key: "owner", value: FieldValue::Name, doc: "The role that owns it; not compared when it is not written." };

/// The key for kinds that have privileges.
pub const GRANTS: Field = Field {
    key: "grants",
    value: FieldValue::Grants,
    doc: "Who may do what, exhaustively: `{role: [privilege]}`; `{}` leaves the owner alone, `public: []` takes away what PUBLIC has by default.",
};

/// A text and where it stands.
#[derive(Debug, Clone)]
pub struct Piece {
    /// The text.
    pub text: String,
    /// Its place.
    pub place: Place,
}

impl Piece {
    /// The text without the line end that a block of YAML brings.
    pub fn without_line_end(&self) -> &str {
        self.text.strip_suffix('\n').unwrap_or(&self.text)
    }
}

/// One statement that builds a part of the model, and which stretch of it came from which line.
#[derive(Debug, Clone)]
pub struct Statement {
    /// The SQL.
    pub sql: String,
    /// Stretches of `sql` that were written in YAML.
    pub pieces: Vec<(Range<usize>, Place)>,
    /// The schema whose names come first when it is read.
    pub schema: Option<String>,
    /// Whether PostgreSQL reserves it to superusers; then it is made of names alone.
    pub privileged: bool,
    /// Whether the server is not to look at the body that it gives (`check_function_bodies`).
    pub unchecked: bool,
    /// Whether it waits until everything else has been tried.
    pub late: bool,
    /// What is tried in its place when PostgreSQL refuses it.
    pub otherwise: Option<Box<Statement>>,
}

impl Statement {
    /// A statement made of fixed text, in the search path of `schema`.
    pub fn new(schema: Option<&str>, text: impl Into<String>) -> Self {
        Statement {
            sql: text.into(),
            pieces: Vec::new(),
            schema: schema.map(str::to_string),
            privileged: false,
            unchecked: false,
            late: false,
            otherwise: None,
        }
    }

    /// Adds fixed text.
    pub fn push(&mut self, text: &str) {
        self.sql.push_str(text);
    }

    /// Adds text that was written in YAML.
    pub fn piece(&mut self, piece: &Piece) {
        let start = self.sql.len();
        self.sql.push_str(piece.text.trim_end());
        self.pieces.push((start..self.sql.len(), piece.place.clone()));
    }

    /// A statement with one piece in it.
    pub fn with(schema: Option<&str>, before: &str, piece: &Piece, after: &str) -> Self {
        let mut statement = Statement::new(schema, before);
        statement.piece(piece);
        statement.push(after);
        statement
    }
}

/// The privileges of one grantee as written.
#[derive(Debug, Clone)]
pub struct Grant {
    /// The role; `public` is PUBLIC.
    pub grantee: Piece,
    /// Each privilege, possibly followed by `with grant option`.
    pub privileges: Vec<Piece>,
}

/// What one entry of the model declares.
#[derive(Debug, Clone)]
pub struct Declaration {
    /// The object. A routine's arguments are as written until the shadow has read them.
    pub id: Id,
    /// Its name in the file.
    pub origin: Place,
    /// What builds it; empty when its parent's statement does.
    pub statements: Vec<Statement>,
    /// The owner as written.
    pub owner: Option<Piece>,
    /// The comment as written.
    pub comment: Option<Piece>,
    /// The grants as written; `None` when there is no such key.
    pub grants: Option<Vec<Grant>>,
    /// The security labels as written: provider and label.
    pub labels: Vec<(Piece, Piece)>,
    /// The former name.
    pub renamed_from: Option<Piece>,
    /// The former and the present names of what it is made of (an enum's labels).
    pub renamed_parts: Vec<(String, String)>,
    /// Whether nothing may drop it.
    pub prevent_destroy: bool,
    /// The group for reports.
    pub group: Option<String>,
    /// Whether it only stands for something that is managed elsewhere.
    pub provided: bool,
    /// What it cannot be in the shadow (enabled, connected), laid over what is read back; null takes an attribute away.
    pub over: Attrs,
}

/// One entry of a section, checked for unknown keys.
pub struct Entry<'a> {
    /// The kind of the section.
    pub kind: KindName,
    /// Its name, as a name.
    pub name: String,
    /// Where the name stands (for entries without one, the whole entry).
    pub place: Place,
    /// The schema it is declared in.
    pub schema: Option<String>,
    /// The table that it stands under.
    pub parent: Option<String>,
    /// The value.
    pub node: &'a Node,
    /// The value of the entry that it stands under.
    pub within: Option<&'a Node>,
}

impl Entry<'_> {
    /// The SQL of the entry: the value itself, or its `definition`.
    pub fn sql(&self) -> Option<Piece> {
        match &self.node.value {
            Value::Scalar(text, _) => Some(Piece { text: text.trim().to_string(), place: self.node.place.clone() }),
            _ => self.field("definition"),
        }
    }

    /// A text field.
    pub fn field(&self, key: &str) -> Option<Piece> {
        let node = self.node.get(key)?;
        node.text().map(|t| Piece { text: t.to_string(), place: node.place.clone() })
    }

    /// A field that is `true` or `false`.
    pub fn flag(&self, key: &str) -> Option<bool> {
        self.field(key).map(|p| p.text == "true")
    }

    /// A field that is a list of names.
    pub fn names(&self, key: &str) -> Option<Vec<Piece>> {
        names(self.node.get(key)?)
    }

    /// A field that is a mapping of names to texts, in its order.
    pub fn texts(&self, key: &str) -> Vec<(Piece, Piece)> {
        let entries = self.node.get(key).and_then(Node::entries).unwrap_or_default();
        entries.iter().filter_map(|(k, v)| Some((piece(k)?, piece(v)?))).collect()
    }

    /// `schema.name`, for kinds that live in a schema.
    pub fn path(&self) -> String {
        match &self.schema {
            Some(schema) => sql::qualified(schema, &self.name),
            None => sql::ident(&self.name).into_owned(),
        }
    }

    /// `schema.table` of the parent.
    pub fn parent_path(&self) -> String {
        sql::qualified(self.schema.as_deref().unwrap_or_default(), self.parent.as_deref().unwrap_or_default())
    }

    /// The id of a schema-level object with the entry's name.
    pub fn id(&self) -> Id {
        Id {
            kind: self.kind,
            schema: self.schema.as_deref().map(Into::into),
            parent: self.parent.as_deref().map(Into::into),
            name: self.name.as_str().into(),
            args: None,
        }
    }
}

/// A scalar with its place.
pub fn piece(node: &Node) -> Option<Piece> {
    node.text().map(|t| Piece { text: t.to_string(), place: node.place.clone() })
}

/// A list of scalars, or one scalar. A name that YAML takes for nothing (`null`, `~`) is the name that is written.
pub fn names(node: &Node) -> Option<Vec<Piece>> {
    let as_written = |node: &Node| {
        let text = node.place.file.text.get(node.place.span.clone()).filter(|t| !t.is_empty())?;
        matches!(node.value, Value::Null).then(|| Piece { text: text.to_string(), place: node.place.clone() })
    };
    match &node.value {
        Value::List(items) => Some(items.iter().filter_map(|item| piece(item).or_else(|| as_written(item))).collect()),
        Value::Scalar(..) => piece(node).map(|p| vec![p]),
        _ => None,
    }
}

/// Where a room puts what an entry declares.
pub struct Declarer<'a> {
    /// The declarations so far.
    pub declarations: &'a mut Vec<Declaration>,
    /// The errors so far.
    pub errors: &'a mut Vec<Diagnostic>,
    /// Whether what is declared is only provided.
    pub provided: bool,
    /// The owner for entries of this file that name none.
    pub file_owner: Option<Piece>,
    /// The folder that `body_file` is relative to.
    pub folder: std::path::PathBuf,
}

impl Declarer<'_> {
    /// Declares the entry's own object, built by these statements.
    pub fn declare(&mut self, entry: &Entry<'_>, statements: Vec<Statement>) {
        self.declare_as(entry, entry.id(), statements);
    }

    /// Declares an object with an id that is not the entry's own.
    pub fn declare_as(&mut self, entry: &Entry<'_>, id: Id, statements: Vec<Statement>) {
        let declaration = Declaration {
            owner: entry.field("owner").or_else(|| self.file_owner.clone()),
            comment: entry.field("comment"),
            grants: entry.node.get("grants").and_then(|g| self.grants(g)),
            labels: entry.texts(LABELS.key),
            renamed_from: entry.field("renamed_from"),
            renamed_parts: Vec::new(),
            prevent_destroy: entry.flag("prevent_destroy") == Some(true),
            group: entry.field("group").map(|p| p.text),
            provided: self.provided,
            origin: entry.place.clone(),
            id,
            statements,
            over: Attrs::new(),
        };
        self.declarations.push(declaration);
    }

    /// Says of what was declared last what the shadow cannot show.
    pub fn lay_over(&mut self, attr: &str, value: serde_json::Value) {
        if let Some(declared) = self.declarations.last_mut() {
            declared.over.insert(attr.to_string(), value);
        }
    }

    /// Says of what was declared last what its parts were called, `{new: old}`.
    pub fn renamed_parts(&mut self, names: Vec<(Piece, Piece)>) {
        if let Some(declared) = self.declarations.last_mut() {
            declared.renamed_parts = names.into_iter().map(|(new, old)| (old.text, new.text)).collect();
        }
    }

    /// Reads a mapping of grantees to privileges.
    pub fn grants(&mut self, node: &Node) -> Option<Vec<Grant>> {
        let Some(entries) = node.entries() else {
            self.errors.push(wrong_type(
                node,
                "grants",
                "a mapping of roles to lists of privileges",
                "grants: {authenticated: [select]}",
            ));
            return None;
        };
        let mut grants = Vec::new();
        for (role, privileges) in entries {
            let (Some(grantee), Some(privileges)) = (piece(role), names(privileges)) else {
                self.errors.push(wrong_type(privileges, "privileges", "a list", "authenticated: [select, insert]"));
                continue;
            };
            // These words go into statements of our own: nothing but words may.
            let odd = privileges
                .iter()
                .find(|p| p.text.is_empty() || p.text.len() > 60 || !p.text.chars().all(|c| c.is_ascii_alphabetic() || c == ' '));
            if let Some(odd) = odd {
                self.errors.push(
                    Diagnostic::error("unknown-privilege", format!("`{}` is no privilege", odd.text))
                        .at(&odd.place)
                        .help("for example `[select, insert]` or `[all]`"),
                );
                continue;
            }
            grants.push(Grant { grantee, privileges });
        }
        Some(grants)
    }

    /// Says that an entry lacks what it cannot do without.
    pub fn missing(&mut self, entry: &Entry<'_>, key: &str, help: &str) {
        self.errors.push(
            Diagnostic::error("missing-key", format!("`{}` has no `{key}`", entry.name)).at(&entry.place).help(help.to_string()),
        );
    }
}

/// The message for a value of the wrong type.
pub fn wrong_type(node: &Node, what: &str, expected: &str, example: &str) -> Diagnostic {
    let example = example.trim_end();
    let shown = if example.contains('\n') {
        format!("for example\n  {}", example.replace('\n', "\n  "))
    } else {
        format!("for example `{example}`")
    };
    Diagnostic::error("wrong-type", format!("`{what}` must be {expected}"))
        .at(&node.place)
        .label(format!("this is {}", node.what()))
        .help(shown)
}
