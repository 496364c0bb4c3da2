//! Models in memory: nodes that know which others their texts name, so that anything can be taken away and what hung on it
//! goes with it.

use std::collections::BTreeMap;

use trueup::sql;
use trueup::yaml::emit::{self, Out};

/// What a node is called by others.
pub type Key = u32;

/// Schema `public`, which is always there.
pub const PUBLIC: Key = 0;

/// What values are like, as far as expressions over them care.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Class {
    None,
    Int,
    Num,
    Text,
    Bool,
    Time,
    Json,
    Jsonb,
    Uuid,
    Enum,
    Array,
    Composite,
    Range,
    Other,
}

impl Class {
    /// Whether a column of it can be in a key.
    pub fn has_order(self) -> bool {
        matches!(self, Class::Int | Class::Num | Class::Text | Class::Bool | Class::Time | Class::Uuid | Class::Enum)
    }
}

/// Another node, which has to be there, and of this class when one is said.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Need {
    pub of: Key,
    pub class: Option<Class>,
}

/// SQL in which each `#` stands for the name of the next of `needs`. What is needed and not named comes after those.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Text {
    pub pattern: String,
    pub needs: Vec<Need>,
}

impl Text {
    pub fn new(pattern: impl Into<String>) -> Self {
        Text { pattern: pattern.into(), needs: Vec::new() }
    }

    /// Names a node, whatever its class.
    pub fn of(mut self, key: Key) -> Self {
        self.needs.push(Need { of: key, class: None });
        self
    }

    /// Names a node that must stay of this class.
    pub fn of_class(mut self, key: Key, class: Class) -> Self {
        self.needs.push(Need { of: key, class: Some(class) });
        self
    }

    /// Goes on with another text.
    pub fn then(mut self, other: Text) -> Self {
        self.pattern.push_str(&other.pattern);
        self.needs.extend(other.needs);
        self
    }

    /// Several texts with something between them.
    pub fn join(texts: impl IntoIterator<Item = Text>, between: &str) -> Self {
        let mut out = Text::default();
        for (i, text) in texts.into_iter().enumerate() {
            if i > 0 {
                out.pattern.push_str(between);
            }
            out = out.then(text);
        }
        out
    }
}

/// What a field holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Value {
    Sql(Text),
    List(Vec<Text>),
    Map(Vec<(String, Text)>),
    Grants(Vec<(&'static str, Vec<&'static str>)>),
}

/// A key of an entry. Those whose names begin with `+` are put together, in their order, as its definition.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Field {
    pub name: &'static str,
    /// Whether the node cannot be without it.
    pub vital: bool,
    pub value: Value,
}

impl Field {
    pub fn sql(name: &'static str, text: Text) -> Self {
        Field { name, vital: false, value: Value::Sql(text) }
    }

    pub fn words(name: &'static str, text: impl Into<String>) -> Self {
        Self::sql(name, Text::new(text))
    }

    pub fn vital(mut self) -> Self {
        self.vital = true;
        self
    }

    pub fn needs(&self) -> Vec<Need> {
        match &self.value {
            Value::Sql(text) => text.needs.clone(),
            Value::List(list) => list.iter().flat_map(|t| t.needs.clone()).collect(),
            Value::Map(map) => map.iter().flat_map(|(_, t)| t.needs.clone()).collect(),
            Value::Grants(_) => Vec::new(),
        }
    }
}

/// Of which class a node is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Of {
    Own(Class),
    /// That of another one, whatever becomes of it.
    Same(Key),
}

/// One object of a model, or a part of one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Node {
    /// The section of the YAML that it stands in; parts without a section of their own have words of ours.
    pub sort: &'static str,
    pub schema: Option<Key>,
    pub parent: Option<Key>,
    pub name: String,
    /// What follows the name in the key: arguments.
    pub suffix: Option<Text>,
    pub class: Of,
    pub fields: Vec<Field>,
}

impl Node {
    pub fn new(sort: &'static str, name: impl Into<String>) -> Self {
        Node {
            sort,
            schema: None,
            parent: None,
            name: name.into(),
            suffix: None,
            class: Of::Own(Class::None),
            fields: Vec::new(),
        }
    }

    pub fn field(&self, name: &str) -> Option<&Field> {
        self.fields.iter().find(|f| f.name == name)
    }

    /// Everything that the node names, to be changed.
    pub fn each_key(&mut self, change: impl Fn(&mut Key)) {
        let text = |t: &mut Text| t.needs.iter_mut().for_each(|n| change(&mut n.of));
        for field in &mut self.fields {
            match &mut field.value {
                Value::Sql(t) => text(t),
                Value::List(list) => list.iter_mut().for_each(text),
                Value::Map(map) => map.iter_mut().for_each(|(_, t)| text(t)),
                Value::Grants(_) => {}
            }
        }
        self.suffix.iter_mut().for_each(text);
        if let Of::Same(other) = &mut self.class {
            change(other);
        }
    }

    fn needs(&self) -> impl Iterator<Item = Need> + '_ {
        let suffix = self.suffix.iter().flat_map(|s| s.needs.clone());
        let around = self.schema.into_iter().chain(self.parent).map(|of| Need { of, class: None });
        self.fields.iter().filter(|f| f.vital).flat_map(Field::needs).chain(suffix).chain(around)
    }
}

/// The sections, in the order in which they are written.
const SECTIONS: &[&str] = &[
    "schemas",
    "extensions",
    "default_privileges",
    "system_privileges",
    "database",
    "collations",
    "conversions",
    "enums",
    "domains",
    "composite_types",
    "shell_types",
    "base_types",
    "range_types",
    "text_search_parsers",
    "text_search_templates",
    "text_search_dictionaries",
    "text_search_configurations",
    "sequences",
    "languages",
    "functions",
    "procedures",
    "aggregates",
    "casts",
    "transforms",
    "operators",
    "operator_families",
    "operator_classes",
    "access_methods",
    "foreign_data_wrappers",
    "foreign_servers",
    "user_mappings",
    "tables",
    "foreign_tables",
    "identity_sequences",
    "statistics",
    "views",
    "materialized_views",
    "publications",
    "subscriptions",
    "event_triggers",
];

/// The sections under an entry.
const INNER: &[&str] =
    &["columns", "primary_key", "unique", "exclude", "checks", "indexes", "foreign_keys", "triggers", "rules", "policies"];

/// A whole model.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Model {
    pub nodes: BTreeMap<Key, Node>,
}

impl Model {
    pub fn class(&self, key: Key) -> Class {
        let mut key = key;
        for _ in 0..50 {
            match self.nodes.get(&key).map(|n| n.class) {
                Some(Of::Own(class)) => return class,
                Some(Of::Same(other)) => key = other,
                None => return Class::None,
            }
        }
        Class::None
    }

    fn met(&self, need: &Need) -> bool {
        need.of == PUBLIC || self.nodes.contains_key(&need.of) && need.class.is_none_or(|c| self.class(need.of) == c)
    }

    /// All of one sort.
    pub fn all(&self, sort: &str) -> Vec<Key> {
        self.nodes.iter().filter(|(_, n)| n.sort == sort).map(|(k, _)| *k).collect()
    }

    /// The parts of one sort of a node.
    pub fn parts(&self, parent: Key, sort: &str) -> Vec<Key> {
        self.nodes.iter().filter(|(_, n)| n.sort == sort && n.parent == Some(parent)).map(|(k, _)| *k).collect()
    }

    /// Takes away what has lost something that it cannot be without, until nothing more is to go.
    pub fn prune(&mut self) {
        loop {
            let hollow = |k: &Key, n: &Node| match n.sort {
                "enums" => self.parts(*k, "label").is_empty(),
                "composite_types" => self.parts(*k, "attribute").is_empty(),
                "views" | "materialized_views" => self.parts(*k, "view_column").is_empty(),
                "identity_sequences" => !self.brings_sequence(n.parent),
                "foreign_keys" => !self.refers_to_key(n),
                _ => false,
            };
            let gone = |k: &Key, n: &Node| {
                n.needs().any(|need| !self.met(&need))
                    || matches!(n.class, Of::Same(other) if !self.nodes.contains_key(&other))
                    || hollow(k, n)
            };
            let gone: Vec<Key> = self.nodes.iter().filter(|(k, n)| gone(k, n)).map(|(k, _)| *k).collect();
            let before = self.clone();
            for key in &gone {
                self.nodes.remove(key);
            }
            let known = Model { nodes: self.nodes.clone() };
            for node in self.nodes.values_mut() {
                node.fields.retain(|f| f.vital || f.needs().iter().all(|need| known.met(need)));
            }
            if *self == before {
                break;
            }
        }
    }

    /// Whether the last two that a foreign key names are still a column and the key over it alone.
    fn refers_to_key(&self, node: &Node) -> bool {
        let needs = node.field("+").map(Field::needs).unwrap_or_default();
        let [.., column, key] = needs.as_slice() else { return false };
        let key = self.nodes.get(&key.of);
        let of_key = key.and_then(|k| k.field("+")).map(Field::needs).unwrap_or_default();
        of_key.iter().map(|n| n.of).eq([column.of]) && key.is_some_and(|k| k.field("+defer").is_none())
    }

    /// Whether a column brings a sequence whose name PostgreSQL need not shorten.
    fn brings_sequence(&self, column: Option<Key>) -> bool {
        let column = column.and_then(|c| self.nodes.get(&c));
        let table = column.and_then(|c| self.nodes.get(&c.parent?));
        matches!((column, table), (Some(c), Some(t))
            if c.field("+identity").is_some() && t.name.len() + c.name.len() < 55)
    }

    fn name(&self, key: Key) -> String {
        let Some(node) = self.nodes.get(&key) else { return "public".into() };
        match (node.sort, node.schema) {
            ("label", _) => sql::literal(&node.name),
            ("operators", _) => node.name.clone(),
            (_, Some(schema)) => format!("{}.{}", self.name(schema), sql::ident(&node.name)),
            _ => sql::ident(&node.name).into_owned(),
        }
    }

    fn text(&self, text: &Text) -> String {
        let mut out = String::new();
        let mut needs = text.needs.iter();
        for c in text.pattern.chars() {
            match (c, c == '#') {
                (_, true) => out.push_str(&needs.next().map(|n| self.name(n.of)).unwrap_or_default()),
                (c, false) => out.push(c),
            }
        }
        out
    }

    /// The model as YAML.
    pub fn yaml(&self) -> String {
        let mut top = vec![("schema".to_string(), Out::text("public"))];
        for section in SECTIONS {
            let entries: Vec<(&Key, &Node)> = self.nodes.iter().filter(|(_, n)| n.sort == *section).collect();
            if entries.is_empty() {
                continue;
            }
            let listed = matches!(*section, "default_privileges" | "user_mappings");
            let value = if *section == "database" {
                Out::Map(self.fields(*entries[0].0, entries[0].1))
            } else if listed {
                Out::List(entries.iter().map(|(k, n)| Out::Map(self.fields(**k, n))).collect())
            } else {
                Out::Map(entries.iter().map(|(k, n)| (self.key(**k, n), self.entry(**k, n))).collect())
            };
            top.push(((*section).to_string(), value));
        }
        emit::document(&top)
    }

    fn key(&self, key: Key, node: &Node) -> String {
        let name = match (node.schema, node.sort) {
            (_, "operators" | "casts" | "transforms") => node.name.clone(),
            (_, "identity_sequences") => {
                let column = &self.nodes[&node.parent.unwrap_or_default()];
                let table = &self.nodes[&column.parent.unwrap_or_default()];
                let schema = self.name(table.schema.unwrap_or_default());
                format!("{schema}.{}", sql::ident(&format!("{}_{}_seq", table.name, column.name)))
            }
            (Some(_), _) => self.name(key),
            _ if node.name.starts_with('"') => sql::ident(&node.name).into_owned(),
            _ => node.name.clone(),
        };
        name + &node.suffix.as_ref().map(|s| self.text(s)).unwrap_or_default()
    }

    fn entry(&self, key: Key, node: &Node) -> Out {
        let mut fields = self.fields(key, node);
        let short = fields.len() == 1 && matches!(fields[0].0.as_str(), "definition");
        if short { fields.remove(0).1 } else { Out::Map(fields) }
    }

    fn fields(&self, key: Key, node: &Node) -> Vec<(String, Out)> {
        let mut out = Vec::new();
        let pieces: Vec<String> = node
            .fields
            .iter()
            .filter(|f| f.name.starts_with('+'))
            .map(|f| match &f.value {
                Value::Sql(text) => self.text(text),
                _ => String::new(),
            })
            .collect();
        let whole = join(&pieces);
        match node.sort {
            "views" | "materialized_views" => {
                let columns: Vec<String> = self
                    .parts(key, "view_column")
                    .iter()
                    .map(|c| format!("{} as {}", self.whole(*c), sql::ident(&self.nodes[c].name)))
                    .collect();
                out.push(("query".to_string(), Out::Text(format!("select {}\n{whole}", columns.join(", ")))));
            }
            "enums" => {
                let labels = self.parts(key, "label").iter().map(|l| self.nodes[l].name.clone()).collect();
                out.push(("values".into(), Out::Flow(labels)));
            }
            "composite_types" => out.push(("attributes".into(), self.named(key, "attribute"))),
            _ if !pieces.is_empty() => out.push(("definition".into(), Out::Text(whole))),
            "sequences" => out.push(("definition".into(), Out::text("increment by 1"))),
            _ => {}
        }
        if node.sort == "domains" && !self.parts(key, "domain_check").is_empty() {
            out.push(("checks".into(), self.named(key, "domain_check")));
        }
        let published = self.parts(key, "published_table");
        if !published.is_empty() {
            out.push(("tables".into(), Out::List(published.iter().map(|p| Out::Text(self.whole(*p))).collect())));
        }
        for field in node.fields.iter().filter(|f| !f.name.starts_with('+')) {
            let value = match &field.value {
                Value::Sql(text) => Out::Text(self.text(text)),
                Value::List(_) if field.name == "schemas" => {
                    let name = |n: &Need| self.nodes.get(&n.of).map_or("public".into(), |n| n.name.clone());
                    Out::Flow(field.needs().iter().map(name).collect())
                }
                Value::List(items) => Out::Flow(items.iter().map(|t| self.text(t)).collect()),
                Value::Map(map) => Out::Map(map.iter().map(|(k, t)| (k.clone(), Out::Text(self.text(t)))).collect()),
                Value::Grants(grants) => {
                    let rights = |r: &Vec<&'static str>| Out::Flow(r.iter().map(|r| (*r).to_string()).collect());
                    Out::Map(grants.iter().map(|(role, r)| ((*role).to_string(), rights(r))).collect())
                }
            };
            out.push((field.name.to_string(), value));
        }
        let parts = match node.sort {
            "views" | "materialized_views" => Some(("on_columns", "view_column")),
            "composite_types" => Some(("on_attributes", "attribute")),
            _ => None,
        };
        if let Some((section, sort)) = parts {
            let said: Vec<Key> = self.parts(key, sort).into_iter().filter(|c| self.nodes[c].fields.len() > 1).collect();
            if !said.is_empty() {
                let entry = |c: &Key| {
                    let fields = self.fields(*c, &self.nodes[c]).into_iter().filter(|(n, _)| n != "definition").collect();
                    (self.key(*c, &self.nodes[c]), Out::Map(fields))
                };
                out.push((section.to_string(), Out::Map(said.iter().map(entry).collect())));
            }
        }
        for section in INNER {
            let parts = self.parts(key, section);
            if let Some(first) = parts.first() {
                let value = if *section == "primary_key" {
                    Out::Map(self.fields(*first, &self.nodes[first]))
                } else {
                    Out::Map(parts.iter().map(|p| (self.key(*p, &self.nodes[p]), self.entry(*p, &self.nodes[p]))).collect())
                };
                out.push(((*section).to_string(), value));
            }
        }
        out
    }

    /// The definition of a part.
    fn whole(&self, key: Key) -> String {
        let pieces = self.nodes[&key].fields.iter().filter(|f| f.name.starts_with('+')).map(|f| match &f.value {
            Value::Sql(text) => self.text(text),
            _ => String::new(),
        });
        join(&pieces.collect::<Vec<_>>())
    }

    fn named(&self, key: Key, sort: &str) -> Out {
        Out::Map(self.parts(key, sort).iter().map(|p| (self.key(*p, &self.nodes[p]), Out::Text(self.whole(*p)))).collect())
    }
}

fn join(pieces: &[String]) -> String {
    pieces.iter().filter(|p| !p.is_empty()).map(String::as_str).collect::<Vec<_>>().join(" ")
}
