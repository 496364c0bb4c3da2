//! # Constraints
//!
//! Primary keys, unique, exclusion, check and foreign key constraints differ in where they stand in YAML and in what they cost.
//! All but the foreign keys can stand inside CREATE TABLE; a foreign key is always a step of its own. When it is checked
//! (DEFERRABLE), and from PostgreSQL 18 on whether it is (NOT ENFORCED), changes in place; a check that is to be enforced is made anew.

mod asks;
mod sections;
mod statements;

use super::asks::{Asked, Question};
use super::attached::{self, ATTACH_TO};
use super::family::{self, Heritage, Relation};
use super::yaml::{Declarer, Entry, Out, Piece, Section, Statement};
use super::{Along, Alter, Change, Judges, Kind, Reference, Weight, index, parent_table, table};
use crate::catalog::{Attrs, Catalog, Id, KindName, Object};
use crate::plan::step::{Draft, Lock};
use crate::sql;
use crate::yaml::{Node, Value};

pub(super) use asks::{primary_key_of, unique as unique_question};
pub use sections::{CHECK, EXCLUSION, FOREIGN_KEY, PRIMARY_KEY, UNIQUE};
use statements::{index_comment, referenced};

/// One type of constraint.
pub struct Constraint {
    name: KindName,
    label: (&'static str, &'static str),
    /// The words before what is written in YAML.
    before: &'static str,
    after: &'static str,
    section: &'static Section,
}

/// What stands between the parentheses of `CHECK (...)`, without what may follow them.
pub(super) fn check_expression(definition: &str) -> Option<&str> {
    let inner = definition.strip_prefix("CHECK (")?;
    let inner = inner.strip_suffix(" NO INHERIT").unwrap_or(inner);
    inner.strip_suffix(')')
}

/// CLUSTER ON and REPLICA IDENTITY as an entry says them.
fn marked(entry: &Entry<'_>, name: &str) -> Vec<Statement> {
    let alter = |clause: &str| Statement::new(None, format!("ALTER TABLE {} {clause} {}", entry.parent_path(), sql::ident(name)));
    let marks = [("cluster", "CLUSTER ON"), ("replica_identity", "REPLICA IDENTITY USING INDEX")];
    marks.into_iter().filter(|(key, _)| entry.flag(key) == Some(true)).map(|(_, clause)| alter(clause)).collect()
}

/// The attribute, and the field, of what is known and not checked.
const NOT_ENFORCED: &str = "not_enforced";

impl Constraint {
    fn name_of(&self, entry: &Entry<'_>) -> String {
        if self.name != "primary_key" {
            return entry.name.clone();
        }
        entry.field("name").map_or_else(|| sql::made_name(entry.parent.as_deref().unwrap_or_default(), "pkey"), |n| n.text)
    }

    /// The SQL of an entry.
    fn written(&self, entry: &Entry<'_>) -> Option<Piece> {
        if self.name != "primary_key" {
            return entry.sql();
        }
        let columns = |node: &Node| {
            let names = super::yaml::names(node)?;
            Some(Piece {
                text: format!("({})", sql::ident_list(names.iter().map(|n| n.text.as_str()))),
                place: node.place.clone(),
            })
        };
        match &entry.node.value {
            Value::List(_) => columns(entry.node),
            Value::Scalar(..) => entry.sql(),
            _ => entry.field("definition").or_else(|| entry.node.get("columns").and_then(columns)),
        }
    }
}

impl Kind for Constraint {
    fn name(&self) -> KindName {
        self.name
    }

    fn label(&self) -> (&'static str, &'static str) {
        self.label
    }

    fn catalog_sql(&self, _: u32) -> Option<&'static str> {
        (self.name == "primary_key").then_some(include_str!("catalog.sql"))
    }

    fn section(&self) -> Option<&'static Section> {
        Some(self.section)
    }

    fn judges(&self, id: &Id, object: &Object) -> Judges {
        Judges::Rows((self.name == "foreign_key").then(|| Reference::parse(id, object)).flatten())
    }

    fn declare(&self, entry: &Entry<'_>, out: &mut Declarer<'_>) {
        let (schema, table) = (entry.schema.as_deref().unwrap_or_default(), entry.parent.as_deref().unwrap_or_default());
        let name = self.name_of(entry);
        let id = Id::child(self.name, schema, table, &name);
        let Some(definition) = self.written(entry) else {
            if let Some(to) = entry.field(ATTACH_TO) {
                let mut statements = vec![Statement::new(None, attached::name_it(schema, table, &to.text, &name))];
                let path = sql::qualified(schema, &name);
                statements.extend(index::altered(entry, &path));
                statements.extend(marked(entry, &name));
                return out.declare_as(entry, id, statements);
            }
            // Of a check that comes from a parent only the comment is its own, and that its rows have been looked at.
            let looked_at = entry.flag("not_valid") == Some(false);
            if self.name == "check" && (looked_at || entry.field("comment").is_some()) {
                let validate = format!("ALTER TABLE {} VALIDATE CONSTRAINT {}", entry.parent_path(), sql::ident(&name));
                let statement = Statement { late: true, ..Statement::new(None, validate) };
                return out.declare_as(entry, id, looked_at.then_some(statement).into_iter().collect());
            }
            return out.missing(entry, "definition", self.section.example.trim());
        };
        let only = if entry.flag("only") == Some(true) { "ONLY " } else { "" };
        let before = format!("ALTER TABLE {only}{} ADD CONSTRAINT {} {}", entry.parent_path(), sql::ident(&name), self.before);
        let options = entry.texts("options").into_iter().map(|(n, v)| table::option(&format!("{}={}", n.text, v.text), ""));
        let storage = index::storage(options.collect(), entry.field("tablespace").map(|p| p.text).as_deref(), self.owns_index());
        let split = if storage.is_empty() { definition.text.len() } else { index::condition(&definition.text) };
        let part = |text: &str| Piece { text: text.to_string(), place: definition.place.clone() };
        let mut statement = Statement::with(entry.schema.as_deref(), &before, &part(&definition.text[..split]), &storage);
        if split < definition.text.len() {
            statement.push(" ");
            statement.piece(&part(&definition.text[split..]));
        }
        statement.push(self.after);
        if entry.flag("no_inherit") == Some(true) {
            statement.push(" NO INHERIT");
        }
        if entry.flag(NOT_ENFORCED) == Some(true) {
            statement.push(" NOT ENFORCED");
        }
        if entry.flag("not_valid") == Some(true) {
            statement.push(" NOT VALID");
            // A child's own of that name may be valid only if it is there before its parent's (MergeWithExistingConstraint in
            // heap.c); a partition has to have its own before it is attached.
            statement.late = self.name == "check" && entry.within.is_some_and(|table| table.get("partition_of").is_none());
        }
        let mut statements = vec![statement];
        statements.extend(entry.field(ATTACH_TO).map(|to| Statement::new(None, attached::attach(schema, &to.text, &name))));
        statements.extend(marked(entry, &name));
        if let Some(comment) = entry.field("index_comment") {
            let index = sql::qualified(entry.schema.as_deref().unwrap_or_default(), &name);
            let text = sql::literal(comment.without_line_end());
            statements.push(Statement::new(None, format!("COMMENT ON INDEX {index} IS {text}")));
        }
        out.declare_as(entry, id, statements);
    }

    fn write(&self, id: &Id, object: &Object, catalog: &Catalog) -> Option<Out> {
        let base = family::handed_down(id, object, catalog).filter(|_| object.position <= 0);
        // Where a partition is made as a table and attached, it has its parent's checks first.
        let base = base.filter(|_| self.name != "check" || !parent_table::is_attached(id, catalog));
        if base.as_ref() == Some(&object.attrs) && object.position == 0 && object.comment.is_none() {
            return None;
        }
        let definition = object.text("definition").unwrap_or_default();
        let text = match self.name {
            "check" => check_expression(definition)?.to_string(),
            _ => definition.strip_prefix(self.before).unwrap_or(definition).to_string(),
        };
        let mut map = Vec::new();
        if self.name == "primary_key" && *id.name != sql::made_name(id.parent(), "pkey") {
            map.push(("name".to_string(), Out::text(&*id.name)));
        }
        if base.is_none() {
            map.push(("definition".to_string(), Out::Text(text)));
        }
        if let Some(to) = object.text(ATTACH_TO) {
            map.push((ATTACH_TO.to_string(), Out::text(to)));
        }
        let storage = index::storage_out(object).into_iter();
        map.extend(storage.filter(|(attr, _)| base.as_ref().is_none_or(|b| b.get(attr) != object.attrs.get(attr))));
        let no_inherit = self.name == "check" && definition.ends_with(" NO INHERIT");
        let flags = [
            ("only", object.flag("on_only")),
            ("not_valid", object.flag("not_valid")),
            (NOT_ENFORCED, object.flag(NOT_ENFORCED)),
            ("no_inherit", no_inherit),
            ("cluster", object.flag("clustered")),
            ("replica_identity", object.flag("replica_identity")),
        ];
        map.extend(flags.into_iter().filter(|(_, on)| *on).map(|(key, _)| (key.to_string(), Out::text("true"))));
        let spares = base.as_ref().is_some_and(|b| b.contains_key("not_valid"));
        if spares && !object.flag("not_valid") {
            map.push(("not_valid".into(), Out::text("false")));
        }
        map.extend(object.text("index_comment").map(|c| ("index_comment".to_string(), Out::prose(c))));
        Some(Out::Map(map))
    }

    fn owns_index(&self) -> bool {
        matches!(self.name, "primary_key" | "unique" | "exclusion")
    }

    fn sql_name(&self, id: &Id) -> String {
        format!("CONSTRAINT {} ON {}", sql::ident(&id.name), id.parent_path())
    }

    fn create(&self, id: &Id, object: &Object, _: &[(&Id, &Object)]) -> Vec<Draft> {
        let mut drafts = vec![self.add(id, object)];
        drafts.extend(attached::attached(id, object));
        drafts.extend(self.marks(id, object));
        drafts
    }

    fn drop(&self, id: &Id, object: &Object) -> Vec<Draft> {
        let statement = format!("ALTER TABLE {} DROP CONSTRAINT {}", id.parent_path(), sql::ident(&id.name));
        let draft = Draft::new(statement).lock_all(Lock::AccessExclusive);
        let other = (self.name == "foreign_key").then(|| referenced(id, object)).flatten();
        vec![match other {
            Some(other) => draft.lock_all_of(other, Lock::AccessExclusive),
            None => draft,
        }]
    }

    fn folds(&self, _: &Id, object: &Object) -> bool {
        let own = !object.attrs.contains_key(ATTACH_TO);
        let later = ["not_valid", "on_only", "clustered", "replica_identity", "index_comment"]
            .iter()
            .any(|a| object.attrs.contains_key(*a));
        own && self.name != "foreign_key" && !later
    }

    /// Of two that would make the same index, CREATE TABLE makes one (transformIndexConstraints in parse_utilcmd.c).
    fn merges(&self, object: &Object) -> Option<String> {
        let definition = object.text("definition").filter(|_| self.owns_index())?;
        let index = ["PRIMARY KEY ", "UNIQUE "].iter().find_map(|word| definition.strip_prefix(word));
        Some(index.unwrap_or(definition).to_string())
    }

    fn weight(&self, attr: Option<&str>) -> Weight {
        match attr {
            Some("comment" | "index_comment") => Weight::Cosmetic,
            Some("clustered") => Weight::Degraded,
            _ => Weight::Breaking,
        }
    }

    fn clause(&self, id: &Id, object: &Object) -> Option<String> {
        Some(format!("CONSTRAINT {} {}", sql::ident(&id.name), self.definition(object)))
    }

    fn asks(&self, asked: &Asked<'_>) -> Vec<Question> {
        self.asked(asked)
    }

    fn alter(&self, change: &mut Change<'_>) -> Alter {
        let altered = self.altered(change).filter(|_| !change.take("on_only"));
        let Some(altered) = altered else {
            change.take_all();
            return Alter::Replace;
        };
        if index::is_partitioned(change) && change.take("options") {
            change.take_all();
            return Alter::Replace;
        }
        let mut drafts = altered;
        drafts.extend(index::storage_changed(change));
        change.take(ATTACH_TO);
        if change.take("not_valid") {
            if change.desired.flag("not_valid") {
                change.take_all();
                return Alter::Replace;
            }
            drafts.push(self.validate(change.id, change.desired));
        }
        drafts.extend(index::marks_changed(change));
        if change.take("index_comment") {
            drafts.push(index_comment(change.id, change.desired));
        }
        Alter::InPlace(drafts)
    }

    fn along(&self, id: &Id, object: &Object, from: &str, to: &str) -> Option<Along> {
        self.on_column(id, object, from, to)
    }

    fn leaders(&self, id: &Id, object: &Object, parent: &Relation) -> Vec<Id> {
        match self.name {
            "check" => vec![Id::child(self.name, &parent.0, &parent.1, &id.name)],
            _ => attached::leaders(id, object, parent),
        }
    }

    fn handed_down(&self, id: &Id, leader: &Id, from: &Object, _: Heritage) -> Option<Attrs> {
        if self.name != "check" {
            // An index brings an index; a constraint of the partition may be attached to it all the same.
            return (leader.kind == id.kind && !from.flag("on_only")).then(|| attached::handed_down(id, leader, from));
        }
        let inherits = !from.text("definition").is_some_and(|d| d.ends_with(" NO INHERIT"));
        inherits.then(|| from.attrs.clone())
    }

    fn spares_rows(&self, object: &Object) -> bool {
        self.name == "check" && object.flag("not_valid")
    }

    fn comes_by_attaching(&self) -> bool {
        // A table has to have its parent's checks before it is attached.
        self.name != "check"
    }

    fn is_taken_in(&self, object: &Object) -> bool {
        attached::is_taken_in(object)
    }

    fn named(&self, id: &Id, object: &Object) -> Vec<Draft> {
        attached::named(id, object)
    }

    fn rename(&self, id: &Id, to: &str) -> Option<Draft> {
        let statement =
            format!("ALTER TABLE {} RENAME CONSTRAINT {} TO {}", id.parent_path(), sql::ident(&id.name), sql::ident(to));
        Some(Draft::new(statement).lock_all(Lock::AccessExclusive))
    }

    fn follows_type_change(&self) -> bool {
        true
    }

    fn namespace(&self) -> &'static str {
        "constraint"
    }
}
