//! A table's rows as they will be, read from the table as it is.

use std::collections::BTreeSet;

use super::{Ask, Question, Sides};
use crate::catalog::{Catalog, Id, Object};
use crate::kinds::column::{self, is_volatile};
use crate::kinds::family::Relation;
use crate::sql;

/// A table that is there already, and what of it is asked.
pub struct Rows<'a> {
    sides: Sides<'a>,
    /// The table by the name that it has after the renames.
    table: Relation,
    /// By its name of now, as statements name it.
    now: String,
    /// Whether rows of partitions and children count.
    tree: bool,
}

/// What a column will hold.
enum Value {
    /// This, of a row as it is.
    Now(String),
    /// This, of a row as it is, in another type.
    Converted(String),
    /// This, of a row as it will be.
    Computed(String),
    /// Something else in each row, made when the plan runs.
    Made,
}

impl<'a> Rows<'a> {
    /// The rows of a table; `None` where there are none of this database: the table is new, or its rows are elsewhere.
    pub fn of(sides: Sides<'a>, table: Relation) -> Option<Rows<'a>> {
        let columns = column::of_relation(sides.live, &table);
        if columns.is_empty() || columns.iter().any(|(_, c)| c.flag("foreign")) {
            return None;
        }
        let is = |r: &&crate::plan::rename::Rename| {
            r.to.parent.is_none() && r.to.schema.as_deref() == Some(&*table.0) && r.to.name == table.1 && r.from.args.is_none()
        };
        let renamed = sides.renames.iter().filter(|r| crate::kinds::of(&r.to).holds_data()).find(is);
        let now = renamed.map_or_else(|| sql::qualified(&table.0, &table.1), |r| r.from.own_path());
        Some(Rows { sides, table, now, tree: true })
    }

    /// Without those of children; a partitioned table has no others.
    #[must_use]
    pub fn only(mut self) -> Self {
        let divided = |id: &Id, object: &Object| {
            id.parent.is_none() && id.schema.as_deref() == Some(&*self.table.0) && id.name == self.table.1 && {
                crate::kinds::of(id).is_divided(object)
            }
        };
        self.tree = self.sides.live.objects.iter().any(|(id, object)| divided(id, object));
        self
    }

    /// The table, as it is called now.
    pub fn now(&self) -> &str {
        &self.now
    }

    fn id(&self, name: &str) -> Id {
        column::id_of(&self.table, name)
    }

    /// What a column is called now, as a statement names it.
    pub fn column_now(&self, name: &str) -> String {
        let id = self.id(name);
        let before = self.sides.renames.iter().find(|r| r.to == id);
        sql::ident(before.map_or(name, |r| &r.from.name)).into_owned()
    }

    fn value(&self, name: &str, object: &Object) -> Value {
        let id = self.id(name);
        let Some(live) = self.sides.live.get(&id) else { return self.of_new(&id, object) };
        let column = format!("t.{}", self.column_now(name));
        match column::asks::becomes(&column, live, object) {
            Some(value) if value == column => Value::Now(value),
            Some(value) => Value::Converted(value),
            None => self.of_new(&id, object),
        }
    }

    fn of_new(&self, id: &Id, object: &Object) -> Value {
        if let Some(expression) = object.text("generated") {
            return Value::Computed(expression.to_string());
        }
        if object.attrs.contains_key("identity") {
            return Value::Made;
        }
        match column::default_of(self.sides.desired, id) {
            Some(expression) if is_volatile(expression) => Value::Made,
            Some(expression) => Value::Now(format!("({expression})")),
            None => Value::Now(format!("NULL::{}", object.text("type").unwrap_or("text"))),
        }
    }

    /// The columns that some text names, and of computed ones those that they are computed from.
    fn named(&self, texts: &[&str]) -> Vec<(&'a Id, &'a Object)> {
        let all = column::of_relation(self.sides.desired, &self.table);
        let mut open: Vec<String> = texts.iter().map(ToString::to_string).collect();
        let mut names: BTreeSet<String> = BTreeSet::new();
        while let Some(text) = open.pop() {
            for (_, name) in sql::lex::mentions(&text) {
                let of = all.iter().find(|(id, _)| *id.name == *name);
                if let Some((id, object)) = of.filter(|_| names.insert(name))
                    && let Value::Computed(expression) = self.value(&id.name, object)
                {
                    open.push(expression);
                }
            }
        }
        all.into_iter().filter(|(id, _)| names.contains(&*id.name)).collect()
    }

    /// Columns that the plan gives another value in each row, among those that some text names.
    pub fn made(&self, text: &str) -> bool {
        self.named(&[text]).iter().any(|(id, object)| matches!(self.value(&id.name, object), Value::Made))
    }

    /// What stands after FROM, with the columns that some texts name, and whether it converts values. `extra` are other columns
    /// of it.
    pub fn from(&self, texts: &[&str], extra: &str) -> (String, bool) {
        let (mut now, mut later, mut converts) = (Vec::new(), Vec::new(), false);
        for (id, object) in self.named(texts) {
            let name = sql::ident(&id.name);
            match self.value(&id.name, object) {
                Value::Now(value) => now.push(format!("{value} AS {name}")),
                Value::Converted(value) => {
                    converts = true;
                    now.push(format!("{value} AS {name}"));
                }
                Value::Computed(value) => later.push(format!("({value}) AS {name}")),
                Value::Made => {}
            }
        }
        now.push(format!("{}{extra}", self.key()));
        let only = if self.tree { "" } else { "ONLY " };
        let mut from = format!("(SELECT {} FROM {only}{} AS t)", now.join(", "), self.now);
        let alias = sql::ident(&self.table.1);
        if !later.is_empty() {
            // What is computed names the columns of its table, with and without the table's name.
            from = format!("(SELECT {alias}.*, {} FROM {from} AS {alias})", later.join(", "));
        }
        (format!("{from} AS {alias}"), converts)
    }

    /// What tells a row from others: its primary key, else its place.
    fn key(&self) -> String {
        let columns = crate::kinds::constraint::primary_key_of(self.sides.live, &self.table);
        let mut parts = Vec::new();
        for name in &columns {
            let comma = if parts.is_empty() { "" } else { ", " };
            parts.push(format!("{}, t.{}", sql::literal(&format!("{comma}{name} = ")), self.column_now(name)));
        }
        if parts.is_empty() {
            parts.push("'ctid = ', t.ctid".into());
        }
        format!("pg_catalog.concat({}) AS trueup_key", parts.join(", "))
    }

    /// The schemas of the types of the columns, where their operators are likely to be.
    pub fn path(&self) -> BTreeSet<String> {
        let of = |catalog: &'a Catalog| column::of_relation(catalog, &self.table);
        let types = of(self.sides.live).into_iter().chain(of(self.sides.desired)).filter_map(|(_, c)| c.text("type"));
        let schema = |ty: &str| {
            let mut parts = sql::split_name(ty.trim_end_matches("[]").split('(').next().unwrap_or(ty))?;
            (parts.len() == 2).then(|| parts.swap_remove(0))
        };
        types.filter_map(schema).collect()
    }

    /// A question to these rows. `words` are what the model says of it.
    pub fn question(&self, id: &Id, what: impl Into<String>, ask: Ask, words: &[&str]) -> Question {
        let (from, converts) = self.from(words, "");
        self.question_from(id, what, ask, words, (from, converts))
    }

    /// As [`Rows::question`], with its own FROM.
    pub fn question_from(
        &self,
        id: &Id,
        what: impl Into<String>,
        ask: Ask,
        words: &[&str],
        (from, converts): (String, bool),
    ) -> Question {
        let columns: Vec<&Id> = self.named(words).into_iter().map(|(id, _)| id).collect();
        // A new column's default runs too.
        let defaults = columns.iter().filter(|id| self.sides.live.get(id).is_none());
        let defaults = defaults.filter_map(|id| column::default_of(self.sides.desired, id));
        Question {
            id: id.clone(),
            what: what.into(),
            table: self.now.clone(),
            from,
            converts,
            ask,
            path: self.path(),
            words: words.iter().copied().chain(defaults).map(str::to_string).collect(),
            columns: columns.into_iter().cloned().collect(),
            other: None,
        }
    }
}
