//! # Foreign servers
//!
//! Version and options change in place. Another wrapper or type, or no version any more, makes the server new, with its user
//! mappings and foreign tables.

use super::options;
use super::yaml::{Declarer, Entry, Field, FieldValue, File, Naming, Out, Section, Shape, Statement};
use super::{Alter, Change, Grants, Kind};
use crate::catalog::{Catalog, Id, KindName, Object};
use crate::plan::step::{Draft, Hazard};
use crate::shadow::build::BUILDER;
use crate::sql;

/// The kind.
pub struct ForeignServer;

static SECTION: Section = Section {
    key: "foreign_servers",
    under: &[""],
    shape: Shape::Mapping,
    naming: Naming::Database,
    file: File::Shared("foreign.yaml"),
    fields: &[
        Field { key: "wrapper", value: FieldValue::Name, doc: "The foreign-data wrapper." },
        Field { key: "type", value: FieldValue::Text, doc: "The server's type." },
        Field { key: "version", value: FieldValue::Text, doc: "The server's version." },
        Field { key: "options", value: FieldValue::Texts, doc: "Its options; `${env:NAME}` takes a value from the environment." },
    ],
    doc: "Foreign servers (CREATE SERVER).",
    example: "foreign_servers:\n  archive:\n    wrapper: postgres_fdw\n    options: {host: archive.example.com, dbname: archive}\n",
};

fn statement(name: &str, wrapper: &str, ty: Option<&str>, version: Option<&str>, options: &str) -> String {
    let mut text = format!("CREATE SERVER {}", sql::ident(name));
    for (word, value) in [("TYPE", ty), ("VERSION", version)] {
        if let Some(value) = value {
            text.push_str(&format!(" {word} {}", sql::literal(value)));
        }
    }
    format!("{text} FOREIGN DATA WRAPPER {}{options}", sql::ident(wrapper))
}

impl Kind for ForeignServer {
    fn name(&self) -> KindName {
        "foreign_server"
    }

    fn label(&self) -> (&'static str, &'static str) {
        ("foreign server", "foreign servers")
    }

    fn catalog_sql(&self, _: u32) -> Option<&'static str> {
        Some(include_str!("catalog.sql"))
    }

    fn section(&self) -> Option<&'static Section> {
        Some(&SECTION)
    }

    fn declare(&self, entry: &Entry<'_>, out: &mut Declarer<'_>) {
        let Some(wrapper) = entry.field("wrapper") else {
            return out.missing(entry, "wrapper", "for example `wrapper: postgres_fdw`");
        };
        let text = |key: &str| entry.field(key).map(|p| p.text);
        let create = statement(
            &entry.name,
            &wrapper.text,
            text("type").as_deref(),
            text("version").as_deref(),
            &options::declared(entry, "options"),
        );
        // Foreign tables on it are built without superuser.
        let hand_over = format!("ALTER SERVER {} OWNER TO {BUILDER}", sql::ident(&entry.name));
        let mut statement = Statement::new(None, format!("{create}; {hand_over}"));
        statement.privileged = true;
        out.declare(entry, vec![statement]);
    }

    fn write(&self, id: &Id, object: &Object, _: &Catalog) -> Option<Out> {
        let keys = ["wrapper", "type", "version"].into_iter();
        let mut map: Vec<(String, Out)> = keys.filter_map(|key| Some((key.to_string(), Out::text(object.text(key)?)))).collect();
        map.extend(options::out(id, object, "options"));
        Some(Out::Map(map))
    }

    fn sql_name(&self, id: &Id) -> String {
        format!("SERVER {}", sql::ident(&id.name))
    }

    fn owner_name(&self, id: &Id) -> Option<String> {
        Some(self.sql_name(id))
    }

    fn grants(&self) -> Option<Grants> {
        Some(Grants { on: "FOREIGN SERVER", letters: "U", public: &[], default_acl: None })
    }

    fn holds_secrets(&self) -> bool {
        true
    }

    fn create(&self, id: &Id, object: &Object, _: &[(&Id, &Object)]) -> Vec<Draft> {
        vec![Draft::new(statement(
            &id.name,
            object.text("wrapper").unwrap_or_default(),
            object.text("type"),
            object.text("version"),
            &options::clause(object, "options"),
        ))]
    }

    fn drop(&self, id: &Id, _: &Object) -> Vec<Draft> {
        vec![Draft::new(format!("DROP {}", self.sql_name(id))).hazard(Hazard::BreaksClients)]
    }

    fn alter(&self, change: &mut Change<'_>) -> Alter {
        let version = change.take("version");
        if change.take_any(&["wrapper", "type"]) || (version && change.desired.text("version").is_none()) {
            change.take_all();
            return Alter::Replace;
        }
        let mut text = String::new();
        if let Some(version) = change.desired.text("version").filter(|_| version) {
            text.push_str(&format!(" VERSION {}", sql::literal(version)));
        }
        if change.take("options") {
            text.push_str(&options::changes(change.live, change.desired, "options"));
        }
        if text.is_empty() {
            return Alter::InPlace(Vec::new());
        }
        Alter::InPlace(vec![Draft::new(format!("ALTER {}{text}", self.sql_name(change.id)))])
    }

    fn rename(&self, id: &Id, to: &str) -> Option<Draft> {
        Some(Draft::new(format!("ALTER {} RENAME TO {}", self.sql_name(id), sql::ident(to))))
    }
}
