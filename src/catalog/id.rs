//! Ids: what an object is called, the same in every database.

use std::cmp::Ordering;
use std::fmt;
use std::sync::Arc;

use crate::sql;

/// The name of a kind, one of those that [`crate::kinds::KINDS`] lists.
pub type KindName = &'static str;

/// The identity of one object: kind, schema, parent, name, arguments.
///
/// The text form is the kind's name, a space, and the path in SQL's notation: `table public.agents`,
/// `column public.agents.name`, `function public.has_access(uuid, uuid)`, `extension pgcrypto`. Ids order by
/// their kind's name and then by path, which keeps reports and files stable.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Id {
    /// The kind.
    pub kind: KindName,
    /// The schema, for what lives in one.
    pub schema: Option<Arc<str>>,
    /// The table (or view, or type) that a child object belongs to.
    pub parent: Option<Arc<str>>,
    /// The object's own name.
    pub name: Arc<str>,
    /// The types of the input arguments of a routine, as `format_type` prints them, comma-separated.
    pub args: Option<Arc<str>>,
}

impl Id {
    /// An object that belongs to the database as a whole: a schema, an extension, a role.
    pub fn global(kind: KindName, name: &str) -> Self {
        Id { kind, schema: None, parent: None, name: name.into(), args: None }
    }

    /// An object in a schema.
    pub fn in_schema(kind: KindName, schema: &str, name: &str) -> Self {
        Id { kind, schema: Some(schema.into()), parent: None, name: name.into(), args: None }
    }

    /// An object that belongs to a table or to something like one.
    pub fn child(kind: KindName, schema: &str, parent: &str, name: &str) -> Self {
        Id { kind, schema: Some(schema.into()), parent: Some(parent.into()), name: name.into(), args: None }
    }

    /// A routine: a name may stand for several, told apart by their argument types.
    pub fn routine(kind: KindName, schema: &str, name: &str, args: &str) -> Self {
        Id { kind, schema: Some(schema.into()), parent: None, name: name.into(), args: Some(args.into()) }
    }

    /// The schema, or the empty string.
    pub fn schema(&self) -> &str {
        self.schema.as_deref().unwrap_or_default()
    }

    /// The parent's name, or the empty string.
    pub fn parent(&self) -> &str {
        self.parent.as_deref().unwrap_or_default()
    }

    /// The path in SQL's notation, without the kind.
    pub fn path(&self) -> String {
        let mut out = String::new();
        for part in [&self.schema, &self.parent].into_iter().flatten() {
            out.push_str(&sql::ident(part));
            out.push('.');
        }
        out.push_str(&sql::ident(&self.name));
        if let Some(args) = &self.args {
            out.push('(');
            out.push_str(args);
            out.push(')');
        }
        out
    }

    /// The path of the object itself as a statement names it: `schema.name`, with arguments where it has them.
    pub fn own_path(&self) -> String {
        let mut out = match &self.schema {
            Some(schema) => sql::qualified(schema, &self.name),
            None => sql::ident(&self.name).into_owned(),
        };
        if let Some(args) = &self.args {
            out.push('(');
            out.push_str(args);
            out.push(')');
        }
        out
    }

    /// The parent's path as a statement names it: `schema.table`.
    pub fn parent_path(&self) -> String {
        sql::qualified(self.schema(), self.parent())
    }

    /// Reads the text form back. `kind` looks a kind's name up; `None` when the text is no id.
    pub fn parse(text: &str, kind: impl Fn(&str) -> Option<KindName>) -> Option<Id> {
        let (word, path) = text.split_once(' ')?;
        let kind = kind(word)?;
        let (path, args) = match path.strip_suffix(')') {
            // An argument type has no parenthesis of its own in an identity, a quoted name may.
            Some(inside) => {
                let open = inside.rfind('(')?;
                (&inside[..open], Some(&inside[open + 1..]))
            }
            None => (path, None),
        };
        let mut parts = sql::split_name(path)?;
        let name = parts.pop()?;
        let (schema, parent) = match parts.len() {
            0 => (None, None),
            1 => (parts.pop(), None),
            2 => {
                let parent = parts.pop();
                (parts.pop(), parent)
            }
            _ => return None,
        };
        let boxed = |s: Option<String>| s.map(Arc::from);
        Some(Id { kind, schema: boxed(schema), parent: boxed(parent), name: name.into(), args: args.map(Into::into) })
    }
}

impl Ord for Id {
    fn cmp(&self, other: &Self) -> Ordering {
        text(Some(self.kind), Some(other.kind))
            .then_with(|| text(self.schema.as_deref(), other.schema.as_deref()))
            .then_with(|| text(self.parent.as_deref(), other.parent.as_deref()))
            .then_with(|| text(Some(&self.name), Some(&other.name)))
            .then_with(|| text(self.args.as_deref(), other.args.as_deref()))
    }
}

impl PartialOrd for Id {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

/// Most ids that are compared share their kind, schema and parent, which then are one text in memory.
fn text(a: Option<&str>, b: Option<&str>) -> Ordering {
    match (a, b) {
        (Some(a), Some(b)) if std::ptr::eq(a, b) => Ordering::Equal,
        _ => a.cmp(&b),
    }
}

impl fmt::Display for Id {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}", self.kind, self.path())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_text_form_reads_back() {
        let ids = [
            Id::global("extension", "uuid-ossp"),
            Id::in_schema("table", "public", "Mixed Case"),
            Id::child("column", "a.b", "t", "select"),
            Id::routine("function", "public", "f", "character varying, integer[]"),
            Id::routine("function", "public", "f", ""),
        ];
        for id in ids {
            let kinds = ["extension", "table", "column", "function"];
            let back = Id::parse(&id.to_string(), |w| kinds.into_iter().find(|k| *k == w));
            assert_eq!(back, Some(id));
        }
    }
}
