//! # Constraints
//!
//! Primary keys, unique, exclusion, check and foreign key constraints differ in where they stand in YAML and in what they cost.
//! All but the foreign keys can stand inside CREATE TABLE; a foreign key is always a step of its own.

use super::yaml::{Declarer, Entry, Field, FieldValue, File, Naming, Out, Piece, Section, Shape, Statement};
use super::{Alter, Change, Kind};
use crate::catalog::{Catalog, Id, KindName, Object};
use crate::plan::step::{Draft, Hazard, Lock};
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
    Field { key: "not_valid", value: FieldValue::Flag, doc: "Whether rows that are there already are exempt (NOT VALID)." },
    Field { key: "cluster", value: FieldValue::Flag, doc: "Whether the table is clustered on its index." },
    Field { key: "replica_identity", value: FieldValue::Flag, doc: "Whether its index is the table's replica identity." },
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
            Field { key: "cluster", value: FieldValue::Flag, doc: "Whether the table is clustered on its index." },
            Field {
                key: "replica_identity",
                value: FieldValue::Flag,
                doc: "Whether its index is named as the table's replica identity.",
            },
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
        fields: FIELDS,
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

impl Constraint {
    fn add(&self, id: &Id, object: &Object) -> Draft {
        let not_valid = if object.flag("not_valid") { " NOT VALID" } else { "" };
        let definition = object.text("definition").unwrap_or_default();
        let draft = Draft::new(format!(
            "ALTER TABLE {} ADD CONSTRAINT {} {definition}{not_valid}",
            id.parent_path(),
            sql::ident(&id.name)
        ));
        match self.name {
            "foreign_key" if object.flag("not_valid") => draft.lock(Lock::ShareRowExclusive),
            "foreign_key" => draft.lock(Lock::ShareRowExclusive).hazard(Hazard::LongScan),
            "check" if object.flag("not_valid") => draft.lock(Lock::AccessExclusive),
            _ => draft.lock(Lock::AccessExclusive).hazard(Hazard::LongScan),
        }
    }

    fn marks(&self, id: &Id, object: &Object) -> Vec<Draft> {
        let mut drafts = Vec::new();
        if object.flag("clustered") {
            drafts.push(Draft::new(format!("ALTER TABLE {} CLUSTER ON {}", id.parent_path(), sql::ident(&id.name))));
        }
        if object.flag("replica_identity") {
            drafts.push(Draft::new(format!(
                "ALTER TABLE {} REPLICA IDENTITY USING INDEX {}",
                id.parent_path(),
                sql::ident(&id.name)
            )));
        }
        drafts
    }

    /// The SQL of an entry and the constraint's name.
    fn written(&self, entry: &Entry<'_>) -> Option<(String, Piece)> {
        if self.name != "primary_key" {
            return Some((entry.name.clone(), entry.sql()?));
        }
        let name =
            entry.field("name").map_or_else(|| sql::made_name(entry.parent.as_deref().unwrap_or_default(), "pkey"), |n| n.text);
        let columns = |node: &Node| {
            let names = super::yaml::names(node)?;
            Some(Piece {
                text: format!("({})", sql::ident_list(names.iter().map(|n| n.text.as_str()))),
                place: node.place.clone(),
            })
        };
        let piece = match &entry.node.value {
            Value::List(_) => columns(entry.node),
            Value::Scalar(..) => entry.sql(),
            _ => entry.field("definition").or_else(|| entry.node.get("columns").and_then(columns)),
        };
        Some((name, piece?))
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

    fn declare(&self, entry: &Entry<'_>, out: &mut Declarer<'_>) {
        let Some((name, definition)) = self.written(entry) else {
            return out.missing(entry, "definition", self.section.example.trim());
        };
        let id =
            Id::child(self.name, entry.schema.as_deref().unwrap_or_default(), entry.parent.as_deref().unwrap_or_default(), &name);
        let before = format!("ALTER TABLE {} ADD CONSTRAINT {} {}", entry.parent_path(), sql::ident(&name), self.before);
        let mut statement = Statement::with(entry.schema.as_deref(), &before, &definition, self.after);
        if entry.flag("no_inherit") == Some(true) {
            statement.push(" NO INHERIT");
        }
        if entry.flag("not_valid") == Some(true) {
            statement.push(" NOT VALID");
        }
        let mut statements = vec![statement];
        if entry.flag("cluster") == Some(true) {
            statements
                .push(Statement::new(None, format!("ALTER TABLE {} CLUSTER ON {}", entry.parent_path(), sql::ident(&name))));
        }
        if entry.flag("replica_identity") == Some(true) {
            statements.push(Statement::new(
                None,
                format!("ALTER TABLE {} REPLICA IDENTITY USING INDEX {}", entry.parent_path(), sql::ident(&name)),
            ));
        }
        out.declare_as(entry, id, statements);
    }

    fn write(&self, id: &Id, object: &Object, _: &Catalog) -> Option<Out> {
        let definition = object.text("definition").unwrap_or_default();
        let text = match self.name {
            "check" => check_expression(definition)?.to_string(),
            _ => definition.strip_prefix(self.before).unwrap_or(definition).to_string(),
        };
        let mut map = Vec::new();
        if self.name == "primary_key" && *id.name != sql::made_name(id.parent(), "pkey") {
            map.push(("name".to_string(), Out::text(&*id.name)));
        }
        map.push(("definition".to_string(), Out::Text(text)));
        let no_inherit = self.name == "check" && definition.ends_with(" NO INHERIT");
        let flags = [
            ("not_valid", object.flag("not_valid")),
            ("no_inherit", no_inherit),
            ("cluster", object.flag("clustered")),
            ("replica_identity", object.flag("replica_identity")),
        ];
        map.extend(flags.into_iter().filter(|(_, on)| *on).map(|(key, _)| (key.to_string(), Out::text("true"))));
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
        drafts.extend(self.marks(id, object));
        drafts
    }

    fn drop(&self, id: &Id, _: &Object) -> Vec<Draft> {
        vec![
            Draft::new(format!("ALTER TABLE {} DROP CONSTRAINT {}", id.parent_path(), sql::ident(&id.name)))
                .lock(Lock::AccessExclusive),
        ]
    }

    fn folds(&self, _: &Id, object: &Object) -> bool {
        self.name != "foreign_key" && !object.flag("not_valid") && !object.flag("clustered") && !object.flag("replica_identity")
    }

    fn clause(&self, id: &Id, object: &Object) -> Option<String> {
        Some(format!("CONSTRAINT {} {}", sql::ident(&id.name), object.text("definition")?))
    }

    fn alter(&self, change: &mut Change<'_>) -> Alter {
        if change.take("definition") {
            change.take_all();
            return Alter::Replace;
        }
        let (path, name) = (change.id.parent_path(), sql::ident(&change.id.name));
        let mut drafts = Vec::new();
        if change.take("not_valid") {
            if change.desired.flag("not_valid") {
                change.take_all();
                return Alter::Replace;
            }
            drafts.push(
                Draft::new(format!("ALTER TABLE {path} VALIDATE CONSTRAINT {name}"))
                    .lock(Lock::ShareUpdateExclusive)
                    .hazard(Hazard::LongScan),
            );
        }
        if change.take("clustered") {
            let clause =
                if change.desired.flag("clustered") { format!("CLUSTER ON {name}") } else { "SET WITHOUT CLUSTER".into() };
            drafts.push(Draft::new(format!("ALTER TABLE {path} {clause}")).lock(Lock::ShareUpdateExclusive));
        }
        if change.take("replica_identity") {
            let clause = if change.desired.flag("replica_identity") { format!("USING INDEX {name}") } else { "DEFAULT".into() };
            drafts.push(Draft::new(format!("ALTER TABLE {path} REPLICA IDENTITY {clause}")).lock(Lock::AccessExclusive));
        }
        Alter::InPlace(drafts)
    }

    fn rename(&self, id: &Id, to: &str) -> Option<Draft> {
        let statement =
            format!("ALTER TABLE {} RENAME CONSTRAINT {} TO {}", id.parent_path(), sql::ident(&id.name), sql::ident(to));
        Some(Draft::new(statement).lock(Lock::AccessExclusive))
    }

    fn follows_type_change(&self) -> bool {
        true
    }

    fn namespace(&self) -> &'static str {
        "constraint"
    }
}
