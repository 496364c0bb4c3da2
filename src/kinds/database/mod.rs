//! # The database
//!
//! What belongs to the database as a whole: owner, comment, connection limit, settings (ALTER DATABASE SET) and privileges. One model
//! may be applied to many databases, so it is compared only where the model has the section, or where two databases are compared
//! (`diff A B`). Within the section absence means the default, as everywhere; `owner` and `grants` are only compared when they are
//! written. Everything changes in place. Its name, encoding, locale and tablespace belong to the place where it is.
//!
//! Values of settings with a dot in their name count as secret. As with roles, the shadow does not make what is said here: the
//! server judges it when it is applied.

use serde_json::{Value, json};

use super::yaml::{Declarer, Entry, Field, FieldValue, File, Naming, Out, Section, Shape};
use super::{Alter, Change, Grants, Kind, THIS_DATABASE, Weight, settings};
use crate::catalog::{Catalog, Id, KindName, Object, Privileges};
use crate::diagnostic::Diagnostic;
use crate::plan::step::Draft;

/// The kind. There is one, whose name belongs to the connection.
pub struct Database;

/// What stands for its name in ids.
const CURRENT: &str = "current";

static SECTION: Section = Section {
    key: "database",
    under: &[""],
    shape: Shape::Single,
    naming: Naming::Database,
    file: File::Shared("database.yaml"),
    fields: &[
        Field {
            key: "connection_limit",
            value: FieldValue::Text,
            doc: "How many connections it takes; `-1`, the default, is any number.",
        },
        Field { key: "settings", value: FieldValue::Texts, doc: "What holds in its sessions (ALTER DATABASE SET)." },
    ],
    doc: "The database itself. Compared only when it is written.",
    example: "database:\n  comment: Orders and what belongs to them\n  settings: {search_path: 'app, public', statement_timeout: 30s}\n  grants: {public: [], app: [connect]}\n",
};

fn limit(object: &Object) -> i64 {
    object.attrs.get("connection_limit").and_then(Value::as_i64).unwrap_or(-1)
}

impl Kind for Database {
    fn name(&self) -> KindName {
        "database"
    }

    fn label(&self) -> (&'static str, &'static str) {
        ("database", "databases")
    }

    fn catalog_sql(&self, _: u32) -> Option<&'static str> {
        Some(include_str!("catalog.sql"))
    }

    fn section(&self) -> Option<&'static Section> {
        Some(&SECTION)
    }

    fn declare(&self, entry: &Entry<'_>, out: &mut Declarer<'_>) {
        out.declare_as(entry, Id::global(self.name(), CURRENT), Vec::new());
        // The owner of a file's entries is not the database's.
        if let Some(declared) = out.declarations.last_mut() {
            declared.owner = entry.field("owner");
        }
        match entry.field("connection_limit").map(|p| (p.text.parse::<i64>(), p.place)) {
            Some((Ok(n), _)) if n >= 0 => out.lay_over("connection_limit", json!(n)),
            Some((Err(_), place)) => out.errors.push(
                Diagnostic::error("wrong-type", "`connection_limit` is not understood")
                    .at(&place)
                    .help("a number: `connection_limit: 100`"),
            ),
            _ => {}
        }
        if let Some(map) = settings::declared(entry, "settings") {
            out.lay_over("settings", map);
        }
    }

    fn write(&self, id: &Id, object: &Object, _: &Catalog) -> Option<Out> {
        // Whose it is alone is no reason to have the section: that is another's in every place.
        let plain = object.privileges.as_ref().is_none_or(|p| *p == Privileges::builtin(&["connect", "temporary"]));
        if object.attrs.is_empty() && object.comment.is_none() && object.labels.is_empty() && plain {
            return None;
        }
        let mut map = Vec::new();
        if limit(object) >= 0 {
            map.push(("connection_limit".to_string(), Out::text(limit(object).to_string())));
        }
        map.extend(settings::out(id, object, "settings"));
        Some(Out::Map(map))
    }

    fn grants(&self) -> Option<Grants> {
        Some(Grants { on: "DATABASE", letters: "CTc", public: &["connect", "temporary"], default_acl: None })
    }

    fn grants_only_when_written(&self) -> bool {
        true
    }

    fn only_when_listed(&self) -> bool {
        true
    }

    fn as_written(&self) -> bool {
        true
    }

    fn takes_labels(&self) -> bool {
        true
    }

    fn holds_secrets(&self) -> bool {
        true
    }

    fn names_database(&self) -> bool {
        true
    }

    fn weight(&self, attr: Option<&str>) -> Weight {
        match attr {
            Some("comment") => Weight::Cosmetic,
            Some("owner" | "privileges" | "security_labels") => Weight::Security,
            _ => Weight::Breaking,
        }
    }

    fn sql_name(&self, _: &Id) -> String {
        format!("DATABASE {THIS_DATABASE}")
    }

    fn owner_name(&self, id: &Id) -> Option<String> {
        Some(self.sql_name(id))
    }

    fn grant_target(&self, id: &Id) -> Option<String> {
        Some(self.sql_name(id))
    }

    fn create(&self, id: &Id, object: &Object, _: &[(&Id, &Object)]) -> Vec<Draft> {
        // It is there already, as everything of it that is not said.
        self.changes(id, &Object::default(), object)
    }

    fn drop(&self, _: &Id, _: &Object) -> Vec<Draft> {
        Vec::new()
    }

    fn alter(&self, change: &mut Change<'_>) -> Alter {
        change.take_any(&["connection_limit", "settings"]);
        Alter::InPlace(self.changes(change.id, change.live, change.desired))
    }
}

impl Database {
    fn changes(&self, id: &Id, live: &Object, desired: &Object) -> Vec<Draft> {
        let mut drafts = Vec::new();
        if limit(live) != limit(desired) {
            drafts.push(Draft::new(format!("ALTER {} CONNECTION LIMIT {}", self.sql_name(id), limit(desired))));
        }
        drafts.extend(settings::changes(&self.sql_name(id), live, desired, "settings"));
        drafts
    }
}
