//! # Constraints
//!
//! Primary keys, unique, exclusion, check and foreign key constraints differ in where they stand in YAML and in what they cost.
//! All but the foreign keys can stand inside CREATE TABLE; a foreign key is always a step of its own. When it is checked
//! (DEFERRABLE), and from PostgreSQL 18 on whether it is (NOT ENFORCED), changes in place; a check that is to be enforced is made anew.

use super::attached::{self, ATTACH_TO};
use super::family::{self, Heritage, Relation};
use super::yaml::{Declarer, Entry, Field, FieldValue, File, Naming, Out, Piece, Section, Shape, Statement};
use super::{Alter, Change, Judges, Kind, Reference, Weight, index, parent_table, table};
use crate::catalog::{Attrs, Catalog, Id, KindName, Object};
use crate::plan::step::{Draft, Lock, Transaction};
use crate::sql;
use crate::yaml::{Node, Value};

/// One type of constraint.
pub struct Constraint {
    name: KindName,
    label: (&'static str, &'static str),
    /// The words before what is written in YAML.
    before: &'static str,
    after: &'static str,
    section: &'static Section,
}

const FIELDS: &[Field] = &[
    Field { key: "definition", value: FieldValue::Sql, doc: "The SQL, as in the short form." },
    Field {
        key: "only",
        value: FieldValue::Flag,
        doc: "Whether it is on the partitioned table alone; its partitions' are attached to it.",
    },
    Field {
        key: "attach_to",
        value: FieldValue::Name,
        doc: "The parent's constraint that a partition's belongs to; it then needs no definition.",
    },
    Field { key: "options", value: FieldValue::Texts, doc: "Storage parameters of its index: `{fillfactor: 70}`." },
    Field { key: "tablespace", value: FieldValue::Name, doc: "The tablespace of its index." },
    Field { key: "cluster", value: FieldValue::Flag, doc: "Whether the table is clustered on its index." },
    Field { key: "replica_identity", value: FieldValue::Flag, doc: "Whether its index is the table's replica identity." },
    Field { key: "index_comment", value: FieldValue::Text, doc: "A comment on its index." },
];

/// Primary keys.
pub static PRIMARY_KEY: Constraint = Constraint {
    name: "primary_key",
    label: ("primary key", "primary keys"),
    before: "PRIMARY KEY ",
    after: "",
    section: &Section {
        key: "primary_key",
        under: &["tables"],
        shape: Shape::Single,
        naming: Naming::Schema,
        file: File::Parent,
        fields: &[
            Field { key: "columns", value: FieldValue::Names, doc: "The columns." },
            Field { key: "name", value: FieldValue::Name, doc: "The name, when it is not `<table>_pkey`." },
            Field {
                key: "definition",
                value: FieldValue::Sql,
                doc: "The SQL after PRIMARY KEY, when columns alone do not say it.",
            },
            Field {
                key: "only",
                value: FieldValue::Flag,
                doc: "Whether it is on the partitioned table alone; its partitions' are attached to it.",
            },
            Field {
                key: "attach_to",
                value: FieldValue::Name,
                doc: "The parent's primary key that a partition's belongs to; it then needs no columns.",
            },
            Field { key: "options", value: FieldValue::Texts, doc: "Storage parameters of its index: `{fillfactor: 70}`." },
            Field { key: "tablespace", value: FieldValue::Name, doc: "The tablespace of its index." },
            Field { key: "cluster", value: FieldValue::Flag, doc: "Whether the table is clustered on its index." },
            Field {
                key: "replica_identity",
                value: FieldValue::Flag,
                doc: "Whether its index is named as the table's replica identity.",
            },
            Field { key: "index_comment", value: FieldValue::Text, doc: "A comment on its index." },
        ],
        doc: "The primary key. Its name is `<table>_pkey` unless it says otherwise.",
        example: "primary_key: [tenant_id, id]\n",
    },
};

/// Unique constraints.
pub static UNIQUE: Constraint = Constraint {
    name: "unique",
    label: ("unique constraint", "unique constraints"),
    before: "UNIQUE ",
    after: "",
    section: &Section {
        key: "unique",
        under: &["tables"],
        shape: Shape::Sql,
        naming: Naming::Schema,
        file: File::Parent,
        fields: FIELDS,
        doc: "Unique constraints: the SQL after UNIQUE.",
        example: "unique:\n  tenants_slug_key: (slug)\n",
    },
};

/// Exclusion constraints.
pub static EXCLUSION: Constraint = Constraint {
    name: "exclusion",
    label: ("exclusion constraint", "exclusion constraints"),
    before: "EXCLUDE ",
    after: "",
    section: &Section {
        key: "exclude",
        under: &["tables"],
        shape: Shape::Sql,
        naming: Naming::Schema,
        file: File::Parent,
        fields: FIELDS,
        doc: "Exclusion constraints: the SQL after EXCLUDE.",
        example: "exclude:\n  no_overlap: using gist (room with =, during with &&)\n",
    },
};

/// Checks.
pub static CHECK: Constraint = Constraint {
    name: "check",
    label: ("check", "checks"),
    before: "CHECK (",
    after: ")",
    section: &Section {
        key: "checks",
        under: &["tables", "foreign_tables"],
        shape: Shape::Sql,
        naming: Naming::Schema,
        file: File::Parent,
        fields: &[
            Field { key: "definition", value: FieldValue::Sql, doc: "The condition." },
            Field {
                key: "not_valid",
                value: FieldValue::Flag,
                doc: "Whether rows that are there already are exempt (NOT VALID).",
            },
            Field {
                key: "not_enforced",
                value: FieldValue::Flag,
                doc: "Whether PostgreSQL only knows of it and checks nothing (NOT ENFORCED, from PostgreSQL 18 on).",
            },
            Field { key: "no_inherit", value: FieldValue::Flag, doc: "Whether child tables go without it (NO INHERIT)." },
        ],
        doc: "Check constraints: the condition, without CHECK and its parentheses.",
        example: "checks:\n  price_positive: price > 0\n",
    },
};

/// Foreign keys.
pub static FOREIGN_KEY: Constraint = Constraint {
    name: "foreign_key",
    label: ("foreign key", "foreign keys"),
    before: "FOREIGN KEY ",
    after: "",
    section: &Section {
        key: "foreign_keys",
        under: &["tables"],
        shape: Shape::Sql,
        naming: Naming::Schema,
        file: File::Parent,
        fields: &[
            Field { key: "definition", value: FieldValue::Sql, doc: "The SQL, as in the short form." },
            Field {
                key: "not_valid",
                value: FieldValue::Flag,
                doc: "Whether rows that are there already are exempt (NOT VALID).",
            },
            Field {
                key: "not_enforced",
                value: FieldValue::Flag,
                doc: "Whether PostgreSQL only knows of it and checks nothing (NOT ENFORCED, from PostgreSQL 18 on).",
            },
        ],
        doc: "Foreign keys: the SQL after FOREIGN KEY.",
        example: "foreign_keys:\n  agents_tenant_id_fkey: (tenant_id) references tenants (id) on delete cascade\n",
    },
};

/// What stands between the parentheses of `CHECK (...)`, without what may follow them.
pub(super) fn check_expression(definition: &str) -> Option<&str> {
    let inner = definition.strip_prefix("CHECK (")?;
    let inner = inner.strip_suffix(" NO INHERIT").unwrap_or(inner);
    inner.strip_suffix(')')
}

/// The other table of a foreign key.
fn referenced(id: &Id, object: &Object) -> Option<Relation> {
    let other = object.needs.iter().find(|n| n.parent.is_some() && (&n.schema, &n.parent) != (&id.schema, &id.parent))?;
    Some((other.schema.clone()?, other.parent.clone()?))
}

fn index_comment(id: &Id, object: &Object) -> Draft {
    let text = object.text("index_comment").map_or_else(|| "NULL".into(), sql::literal);
    Draft::new(format!("COMMENT ON INDEX {} IS {text}", sql::qualified(id.schema(), &id.name)))
}

/// CLUSTER ON and REPLICA IDENTITY as an entry says them.
fn marked(entry: &Entry<'_>, name: &str) -> Vec<Statement> {
    let alter = |clause: &str| Statement::new(None, format!("ALTER TABLE {} {clause} {}", entry.parent_path(), sql::ident(name)));
    let marks = [("cluster", "CLUSTER ON"), ("replica_identity", "REPLICA IDENTITY USING INDEX")];
    marks.into_iter().filter(|(key, _)| entry.flag(key) == Some(true)).map(|(_, clause)| alter(clause)).collect()
}

/// The attribute, and the field, of what is known and not checked.
const NOT_ENFORCED: &str = "not_enforced";

/// A foreign key without and with what it says of when it is checked, which changes in place.
fn deferral(definition: &str) -> (&str, &str) {
    let start = definition
        .find(" DEFERRABLE")
        .filter(|at| matches!(&definition[*at..], " DEFERRABLE" | " DEFERRABLE INITIALLY DEFERRED"));
    definition.split_at(start.unwrap_or(definition.len()))
}

impl Constraint {
    /// The definition with all that stands in it in SQL.
    fn definition(&self, object: &Object) -> String {
        let enforced = if object.flag(NOT_ENFORCED) { " NOT ENFORCED" } else { "" };
        format!("{}{enforced}", index::with_storage(object, self.owns_index()))
    }

    /// ALTER CONSTRAINT, which only foreign keys take (manual, sql-altertable); `None` for a change that it cannot make.
    fn altered(&self, change: &mut Change<'_>) -> Option<Vec<Draft>> {
        let (live, desired) = (change.live, change.desired);
        let text = |o: &'_ Object| o.text("definition").unwrap_or_default().to_string();
        let (was, is) = (text(live), text(desired));
        let ((was, _), (is, when)) = (deferral(&was), deferral(&is));
        let (deferred, enforced) = (change.take("definition"), change.take(NOT_ENFORCED));
        if !deferred && !enforced {
            return Some(Vec::new());
        }
        // What is checked again is checked for all rows.
        if self.name != "foreign_key" || was != is || (enforced && desired.flag("not_valid")) {
            return None;
        }
        let mut clauses = Vec::new();
        if deferred {
            clauses.push(match when {
                "" => " NOT DEFERRABLE".to_string(),
                " DEFERRABLE" => " DEFERRABLE INITIALLY IMMEDIATE".to_string(),
                other => other.to_string(),
            });
        }
        if enforced {
            change.take("not_valid");
            clauses.push(if desired.flag(NOT_ENFORCED) { " NOT ENFORCED".into() } else { " ENFORCED".into() });
        }
        let (path, name) = (change.id.parent_path(), sql::ident(&change.id.name));
        let alter = Draft::new(format!("ALTER TABLE {path} ALTER CONSTRAINT {name}{}", clauses.concat()));
        let alter = alter.lock(if enforced { Lock::ShareRowExclusive } else { Lock::AccessExclusive });
        Some(vec![if enforced && !desired.flag(NOT_ENFORCED) { alter.scans() } else { alter }])
    }

    fn add(&self, id: &Id, object: &Object) -> Draft {
        let not_valid = if object.flag("not_valid") { " NOT VALID" } else { "" };
        let definition = self.definition(object);
        let draft = Draft::new(format!(
            "ALTER TABLE {}{} ADD CONSTRAINT {} {definition}{not_valid}",
            if object.flag("on_only") { "ONLY " } else { "" },
            id.parent_path(),
            sql::ident(&id.name)
        ));
        let spared = object.flag("not_valid") || object.flag(NOT_ENFORCED);
        match self.name {
            "foreign_key" => {
                let new = draft.lock_all(Lock::ShareRowExclusive);
                let other = referenced(id, object);
                if spared {
                    return match other {
                        Some(other) => new.lock_all_of(other, Lock::ShareRowExclusive),
                        None => new,
                    };
                }
                let new = match other {
                    Some(other) => new.scans().lock_all_of(other, Lock::ShareRowExclusive).scans(),
                    None => new.scans(),
                };
                new.online(self.later(id, object))
            }
            "check" => {
                let no_inherit = definition.ends_with(" NO INHERIT");
                let new = if no_inherit { draft.lock(Lock::AccessExclusive) } else { draft.lock_all(Lock::AccessExclusive) };
                if spared { new } else { new.scans().online_for_all(self.later(id, object)) }
            }
            _ if object.flag("on_only") => draft.lock(Lock::AccessExclusive),
            _ => {
                let new = draft.lock_all(Lock::AccessExclusive).scans();
                match self.by_index(id, object) {
                    Some(drafts) => new.online(drafts),
                    None => new,
                }
            }
        }
    }

    /// The constraint for new rows at once, and for those that are there when nobody has to wait (manual, sql-altertable, Notes).
    fn later(&self, id: &Id, object: &Object) -> Vec<Draft> {
        let mut spared = object.clone();
        spared.attrs.insert("not_valid".into(), true.into());
        vec![self.add(id, &spared), self.validate(id, object).transaction(Transaction::Apart)]
    }

    /// The index first, while clients go on, then the constraint that takes it over (ADD table_constraint_using_index);
    /// `None` for what an index alone cannot be.
    fn by_index(&self, id: &Id, object: &Object) -> Option<Vec<Draft>> {
        let definition = object.text("definition").unwrap_or_default();
        let word = if self.name == "primary_key" { "PRIMARY KEY" } else { "UNIQUE" };
        let rest = definition.strip_prefix(word).filter(|_| self.name != "exclusion")?.trim_start();
        if definition.contains(" WITHOUT OVERLAPS") || object.attrs.contains_key(ATTACH_TO) {
            return None;
        }
        let (rest, nulls) = match rest.strip_prefix("NULLS NOT DISTINCT ") {
            Some(rest) => (rest, " NULLS NOT DISTINCT"),
            None => (rest, ""),
        };
        let (columns, when) = rest.split_at(index::condition(rest));
        let options = object.list("options").into_iter().map(|o| table::option(o, "")).collect();
        let storage = index::storage(options, object.text("tablespace"), false);
        let (path, name) = (id.parent_path(), sql::ident(&id.name));
        let create = format!("CREATE UNIQUE INDEX CONCURRENTLY {name} ON {path} {}{nulls}{storage}", columns.trim_end());
        let add = format!("ALTER TABLE {path} ADD CONSTRAINT {name} {word} USING INDEX {name} {when}");
        Some(vec![index::apart(Draft::new(create)).scans(), Draft::new(add.trim_end()).lock(Lock::AccessExclusive)])
    }

    /// VALIDATE CONSTRAINT, which readers and writers do not feel.
    fn validate(&self, id: &Id, object: &Object) -> Draft {
        let statement = format!("ALTER TABLE {} VALIDATE CONSTRAINT {}", id.parent_path(), sql::ident(&id.name));
        let draft = Draft::new(statement).lock_all(Lock::ShareUpdateExclusive).scans();
        match (self.name == "foreign_key").then(|| referenced(id, object)).flatten() {
            Some(other) => draft.lock_on(other, Lock::RowShare).scans(),
            None => draft,
        }
    }

    fn marks(&self, id: &Id, object: &Object) -> Vec<Draft> {
        let mut drafts = Vec::new();
        if object.flag("clustered") {
            drafts.push(
                Draft::new(format!("ALTER TABLE {} CLUSTER ON {}", id.parent_path(), sql::ident(&id.name)))
                    .lock(Lock::ShareUpdateExclusive),
            );
        }
        if object.flag("replica_identity") {
            drafts.push(Draft::new(format!(
                "ALTER TABLE {} REPLICA IDENTITY USING INDEX {}",
                id.parent_path(),
                sql::ident(&id.name)
            )));
        }
        if object.attrs.contains_key("index_comment") {
            drafts.push(index_comment(id, object));
        }
        drafts
    }

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
