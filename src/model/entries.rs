//! Walking a file: sections, entries, their keys and types.

use super::Model;
use crate::data::{self, Room};
use crate::diagnostic::{Diagnostic, closest};
use crate::kinds::yaml::{self, COMMON, Declarer, Entry, Field, FieldValue, Naming, Piece, Section, Shape};
use crate::kinds::{KINDS, Kind};
use crate::sql;
use crate::yaml::{Node, Value};

/// The keys at the top of a file that are no sections.
pub(crate) const FILE_KEYS: &[(&str, &str)] = &[
    ("schema", "The schema of everything in the file that names none; `public` when it is not written."),
    ("owner", "The owner of everything in the file that names none."),
];

/// The schema of what names none, in a file that names none.
const PUBLIC: &str = "public";

fn file_keys() -> impl Iterator<Item = &'static str> {
    keys_under("").chain(FILE_KEYS.iter().map(|(k, _)| *k))
}

/// The keys of the sections that may stand under a key.
fn keys_under(parent: &str) -> impl Iterator<Item = &'static str> {
    sections_under(parent).map(|(_, s)| s).chain(data::rooms_under(parent).map(|r| r.section)).map(|s| s.key)
}

pub(super) struct Walk<'a> {
    pub model: &'a mut Model,
    pub errors: &'a mut Vec<Diagnostic>,
    pub provided: bool,
}

/// The sections that may stand under a key (`""` is the top of a file), with their kinds.
pub(crate) fn sections_under(parent: &str) -> impl Iterator<Item = (&'static dyn Kind, &'static Section)> {
    KINDS.iter().filter_map(|k| k.section().map(|s| (*k, s))).filter(move |(_, s)| s.under.contains(&parent))
}

impl Walk<'_> {
    pub fn file(&mut self, root: &Node) {
        let Some(entries) = root.entries() else {
            self.errors.push(
                Diagnostic::error("wrong-type", "a model file must be a mapping")
                    .at(&root.place)
                    .label(format!("this is {}", root.what()))
                    .help(format!("its keys are: {}", file_keys().collect::<Vec<_>>().join(", "))),
            );
            return;
        };
        let schema = root.get("schema").and_then(|n| self.name_value(n, "schema"));
        let owner = root.get("owner").and_then(|n| self.name_value(n, "owner"));
        if let Some(schema) = &schema {
            self.model.schemas.insert(schema.text.clone());
        }
        for (key, value) in entries {
            let word = key.text().unwrap_or_default();
            if FILE_KEYS.iter().any(|(k, _)| *k == word) {
                continue;
            }
            let scope = Scope { schema: schema.as_ref(), owner: owner.as_ref(), parent: None, above: None, within: None };
            if let Some((kind, section)) = sections_under("").find(|(_, s)| s.key == word) {
                self.section(kind, section, value, &scope);
            } else if let Some(room) = data::rooms_under("").find(|r| r.section.key == word) {
                self.data(room, key, value, &scope);
            } else {
                self.unknown(key, "a model file", file_keys());
            }
        }
    }

    fn name_value(&mut self, node: &Node, what: &str) -> Option<Piece> {
        let piece = yaml::piece(node);
        if piece.is_none() {
            self.errors.push(yaml::wrong_type(node, what, "a name", &format!("{what}: public")));
        }
        piece
    }

    fn section(&mut self, kind: &'static dyn Kind, section: &'static Section, value: &Node, scope: &Scope<'_>) {
        match section.shape {
            Shape::Single => {
                let name = scope.parent.map(|p| p.1.to_string()).unwrap_or_default();
                self.entry(kind, section, &name, value, value, scope);
            }
            Shape::List => match &value.value {
                Value::List(items) => {
                    for item in items {
                        self.entry(kind, section, "", item, item, scope);
                    }
                }
                Value::Null => {}
                _ => self.errors.push(yaml::wrong_type(value, section.key, "a list", section.example)),
            },
            Shape::Sql | Shape::Mapping | Shape::Names => match value.entries() {
                Some(entries) => {
                    for (key, value) in entries {
                        let name = key.text().unwrap_or_default().to_string();
                        self.entry(kind, section, &name, key, value, scope);
                    }
                }
                None => self.errors.push(yaml::wrong_type(value, section.key, "a mapping of names", section.example)),
            },
        }
    }

    fn entry(
        &mut self,
        kind: &'static dyn Kind,
        section: &'static Section,
        name: &str,
        key: &Node,
        value: &Node,
        scope: &Scope<'_>,
    ) {
        if !self.entry_type(section, name, value) {
            return;
        }
        let (schema, name) = match scope.parent {
            Some((schema, _)) => (Some(schema.to_string()), sql_or_plain_name(name)),
            None => self.resolve(section, name, scope),
        };
        self.keys(kind, section, &name, value);
        let entry = Entry {
            kind: kind.name(),
            place: key.place.clone(),
            schema: schema.clone(),
            parent: scope.parent.map(|(_, p)| p.to_string()),
            node: value,
            within: scope.within,
            name,
        };
        let parent = schema.as_deref().map(|s| (s, entry.name.as_str()));
        let above = scope.parent.map(|p| p.1);
        let inner = Scope { schema: scope.schema, owner: scope.owner, parent, above, within: Some(value) };
        if self.adds_to_provided(section, &entry) {
            self.parts(section, value, &inner);
            return;
        }
        if kind.contains_objects() && !self.provided {
            self.model.schemas.insert(entry.name.clone());
        }
        let mut out = Declarer {
            declarations: &mut self.model.declarations,
            errors: self.errors,
            provided: self.provided,
            file_owner: scope.owner.filter(|_| kind.owner_name(&entry.id()).is_some()).cloned(),
            folder: key.place.file.path.parent().map(std::path::Path::to_path_buf).unwrap_or_default(),
        };
        kind.declare(&entry, &mut out);
        self.parts(section, value, &inner);
    }

    /// The entries under an entry.
    fn parts(&mut self, section: &'static Section, value: &Node, inner: &Scope<'_>) {
        for (child, child_section) in sections_under(section.key) {
            if let Some(node) = value.get(child_section.key) {
                self.section(child, child_section, node, inner);
            }
        }
        for room in data::rooms_under(section.key) {
            let Value::Map(entries) = &value.value else { continue };
            if let Some((key, node)) = entries.iter().find(|(k, _)| k.text() == Some(room.section.key)) {
                self.data(room, key, node, inner);
            }
        }
    }

    /// A section that says something of rows.
    fn data(&mut self, room: &'static Room, key: &Node, value: &Node, scope: &Scope<'_>) {
        let section = room.section;
        if self.provided {
            self.errors.push(
                Diagnostic::error("provided-data", format!("what is provided has no `{}`", section.key))
                    .at(&key.place)
                    .help("say it in the model itself"),
            );
            return;
        }
        let single = [(key.clone(), value.clone())];
        let entries = match (section.shape, value.entries()) {
            (Shape::Single, _) => &single[..],
            (_, Some(entries)) => entries,
            (_, None) => {
                self.errors.push(yaml::wrong_type(value, section.key, "a mapping of names", section.example));
                return;
            }
        };
        for (key, value) in entries {
            let name = match (section.shape, scope.parent) {
                (Shape::Single, Some((_, parent))) => parent.to_string(),
                _ => key.text().unwrap_or_default().to_string(),
            };
            if !matches!(value.value, Value::Map(_)) {
                self.errors.push(yaml::wrong_type(value, &name, "a mapping", section.example));
                continue;
            }
            let before = self.errors.len();
            self.fields(&section.fields.iter().collect::<Vec<_>>(), &format!("{} `{name}`", section.key), value, section.key);
            if self.errors.len() > before {
                continue;
            }
            let entry = Entry {
                kind: "",
                place: key.place.clone(),
                schema: scope.parent.map(|p| p.0).or(scope.schema.map(|s| s.text.as_str())).map(str::to_string),
                parent: scope.above.map(str::to_string),
                node: value,
                within: scope.within,
                name,
            };
            (room.read)(&entry, &mut self.model.data, self.errors);
        }
    }

    /// Whether an entry only adds parts of the project's own (triggers, policies) to what a provided set has.
    fn adds_to_provided(&self, section: &'static Section, entry: &Entry<'_>) -> bool {
        let Value::Map(entries) = &entry.node.value else { return false };
        let own_part = |key: &Node| {
            let part = sections_under(section.key).find(|(_, s)| Some(s.key) == key.text());
            part.is_some_and(|(kind, _)| !kind.holds_data())
        };
        let id = entry.id();
        !self.provided
            && !entries.is_empty()
            && entries.iter().all(|(key, _)| own_part(key))
            && self.model.declarations.iter().any(|d| d.provided && d.id == id)
    }

    /// Splits `schema.name`, and says where a schema is missing.
    fn resolve(&mut self, section: &Section, name: &str, scope: &Scope<'_>) -> (Option<String>, String) {
        let bare = match section.naming {
            Naming::Database => return (None, sql_or_plain_name(name)),
            Naming::Schema => name,
            Naming::Routine => name.split('(').next().unwrap_or(name).trim(),
        };
        let rest = &name[bare.len()..];
        let mut parts = if bare.contains(['.', '"']) {
            sql::split_name(bare).unwrap_or_else(|| vec![bare.to_string()])
        } else {
            vec![bare.to_string()]
        };
        let own = parts.pop().unwrap_or_default() + rest;
        let schema = parts.pop().or_else(|| scope.schema.map(|s| s.text.clone())).unwrap_or_else(|| {
            // As if the file said `schema: public`.
            self.model.schemas.insert(PUBLIC.into());
            PUBLIC.into()
        });
        (Some(schema), own)
    }

    fn entry_type(&mut self, section: &Section, name: &str, value: &Node) -> bool {
        let fits = matches!(
            (&value.value, section.shape),
            (Value::Map(_), _)
                | (Value::Null, Shape::Mapping)
                | (Value::Scalar(..), Shape::Sql | Shape::Single)
                | (Value::List(_), Shape::Names | Shape::Single)
        );
        if !fits {
            let expected = match section.shape {
                Shape::Sql => "SQL, or a mapping with `definition`",
                Shape::Mapping | Shape::List => "a mapping",
                Shape::Names | Shape::Single => "a list, or a mapping",
            };
            let what = if name.is_empty() { section.key } else { name };
            self.errors.push(yaml::wrong_type(value, what, expected, section.example.trim()));
        }
        fits
    }

    fn keys(&mut self, kind: &'static dyn Kind, section: &'static Section, name: &str, value: &Node) {
        let (one, many) = kind.label();
        let what = if name.is_empty() { one.to_string() } else { format!("{one} `{name}`") };
        if let Some(at) = self.fields(&fields_of(kind, section), &what, value, section.key) {
            self.errors[at].notes.push(format!("PostgreSQL keeps no comments on {many}"));
        }
    }

    /// The keys of a mapping with these fields; which error says that there is no `comment`.
    fn fields(&mut self, fields: &[&'static Field], what: &str, value: &Node, section: &'static str) -> Option<usize> {
        let mut comment = None;
        let Value::Map(entries) = &value.value else { return comment };
        for (key, value) in entries {
            let word = key.text().unwrap_or_default();
            if keys_under(section).any(|k| k == word) {
                continue;
            }
            match fields.iter().find(|f| f.key == word) {
                Some(field) => self.field_type(field, value),
                None => {
                    self.unknown(key, what, fields.iter().map(|f| f.key).chain(keys_under(section)));
                    if word == "comment" {
                        comment = Some(self.errors.len() - 1);
                    }
                }
            }
        }
        comment
    }

    fn field_type(&mut self, field: &Field, value: &Node) {
        let (fits, expected, example) = match (field.value, &value.value) {
            (FieldValue::Sql | FieldValue::Text | FieldValue::Name, v) => {
                (matches!(v, Value::Scalar(..)), "a text".to_string(), "text".to_string())
            }
            (FieldValue::Names, v) => {
                (matches!(v, Value::List(_) | Value::Scalar(..)), "a list of names".into(), "[a, b]".into())
            }
            (FieldValue::Flag, v) => {
                (matches!(v, Value::Scalar(t, _) if t == "true" || t == "false"), "true or false".into(), "true".into())
            }
            (FieldValue::Choice(words), v) => (
                matches!(v, Value::Scalar(t, _) if words.contains(&t.as_str())),
                format!("one of {}", words.join(", ")),
                words.first().copied().unwrap_or_default().to_string(),
            ),
            (FieldValue::Members, v) => {
                (!matches!(v, Value::Null), "a list of roles, or a mapping of roles to options".into(), "[app_reader]".into())
            }
            (FieldValue::Former, v) => {
                (matches!(v, Value::Scalar(..)), "a name (only columns can be kept)".into(), "comment".into())
            }
            (FieldValue::Rules(_) | FieldValue::Any(_), _) => (true, String::new(), String::new()),
            (FieldValue::Texts | FieldValue::Grants, _) => {
                (value.entries().is_some(), "a mapping".into(), "{name: value}".into())
            }
        };
        if !fits {
            let mut error = yaml::wrong_type(value, field.key, &expected, &format!("{}: {example}", field.key));
            if let Value::Scalar(text, _) = &value.value {
                error.label = Some(format!("this is `{text}`"));
            }
            self.errors.push(error);
        }
    }

    fn unknown(&mut self, key: &Node, what: &str, known: impl Iterator<Item = &'static str>) {
        let word = key.text().unwrap_or_default();
        let known: Vec<&str> = known.collect();
        let mut error = Diagnostic::error("unknown-key", format!("{what} has no key `{word}`")).at(&key.place);
        error = match closest(word, known.iter().copied()) {
            Some(near) => error.label(format!("did you mean `{near}`?")),
            None => error,
        };
        self.errors.push(error.help(format!("the keys are: {}", known.join(", "))));
    }
}

/// All keys that an entry of a section may have, without the sections under it.
pub(crate) fn fields_of(kind: &dyn Kind, section: &'static Section) -> Vec<&'static Field> {
    let probe = crate::catalog::Id::child(kind.name(), "s", "t", "n");
    let mut fields: Vec<&'static Field> = section.fields.iter().collect();
    let has = |f: &&Field| match f.key {
        "renamed_from" => kind.rename(&probe, "x").is_some(),
        "comment" => kind.has_comment(),
        _ => true,
    };
    fields.extend(COMMON.iter().filter(has));
    if kind.takes_labels() {
        fields.push(&yaml::LABELS);
    }
    if kind.owner_name(&probe).is_some() {
        fields.push(&yaml::OWNER);
    }
    if kind.grants().is_some() {
        fields.push(&yaml::GRANTS);
    }
    fields
}

/// A key is a name as it is, unless it is in double quotes as in SQL.
fn sql_or_plain_name(text: &str) -> String {
    match sql::split_name(text) {
        Some(mut parts) if text.starts_with('"') && parts.len() == 1 => parts.pop().unwrap_or_default(),
        _ => text.to_string(),
    }
}

struct Scope<'a> {
    schema: Option<&'a Piece>,
    owner: Option<&'a Piece>,
    parent: Option<(&'a str, &'a str)>,
    /// The name of what the parent itself stands under.
    above: Option<&'a str>,
    within: Option<&'a Node>,
}
