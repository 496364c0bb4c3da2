//! # User mappings
//!
//! As whom a role connects to a foreign server. Options change in place; all of them count as secret.

use super::options;
use super::yaml::{Declarer, Entry, Field, FieldValue, File, Naming, Out, Section, Shape, Statement};
use super::{Alter, Change, Kind, Weight};
use crate::catalog::{Catalog, Id, KindName, Object};
use crate::plan::step::{Draft, Hazard};
use crate::sql;

/// The kind. The id has the role's name, and the server's in the place of arguments.
pub struct UserMapping;

static SECTION: Section = Section {
    key: "user_mappings",
    under: &[""],
    shape: Shape::List,
    naming: Naming::Database,
    file: File::Shared("foreign.yaml"),
    fields: &[
        Field { key: "server", value: FieldValue::Name, doc: "The foreign server." },
        Field { key: "user", value: FieldValue::Name, doc: "The role; `public` for every role without one of its own." },
        Field { key: "options", value: FieldValue::Texts, doc: "Its options; `${env:NAME}` takes a value from the environment." },
    ],
    doc: "User mappings (CREATE USER MAPPING).",
    example: "user_mappings:\n  - {server: archive, user: public, options: {user: reader, password: '${env:ARCHIVE_PASSWORD}'}}\n",
};

fn name(user: &str, server: &str) -> String {
    format!("USER MAPPING FOR {} SERVER {}", sql::role(user), sql::ident(server))
}

impl Kind for UserMapping {
    fn name(&self) -> KindName {
        "user_mapping"
    }

    fn label(&self) -> (&'static str, &'static str) {
        ("user mapping", "user mappings")
    }

    fn catalog_sql(&self, _: u32) -> Option<&'static str> {
        Some(include_str!("catalog.sql"))
    }

    fn has_comment(&self) -> bool {
        false
    }

    fn section(&self) -> Option<&'static Section> {
        Some(&SECTION)
    }

    fn declare(&self, entry: &Entry<'_>, out: &mut Declarer<'_>) {
        let (Some(server), Some(user)) = (entry.field("server"), entry.field("user")) else {
            return out.missing(entry, "server` or `user", SECTION.example.trim());
        };
        let text = format!("CREATE {}{}", name(&user.text, &server.text), options::declared(entry, "options"));
        let mut statement = Statement::new(None, text);
        statement.privileged = true;
        let id = Id { args: Some(server.text.into()), ..Id::global(self.name(), &user.text) };
        out.declare_as(entry, id, vec![statement]);
    }

    fn write(&self, id: &Id, object: &Object, _: &Catalog) -> Option<Out> {
        let mut map = vec![
            ("server".to_string(), Out::text(id.args.as_deref().unwrap_or_default())),
            ("user".to_string(), Out::text(&*id.name)),
        ];
        map.extend(options::out(id, object, "options"));
        Some(Out::Map(map))
    }

    fn weight(&self, _: Option<&str>) -> Weight {
        Weight::Security
    }

    fn roles<'a>(&self, object: &'a Object) -> Vec<&'a str> {
        object.text("role").into_iter().collect()
    }

    fn rename_roles(&self, id: &mut Id, object: &mut Object, to: &dyn Fn(&str) -> Option<String>) {
        if let Some(role) = object.text("role").and_then(to) {
            id.name = role.as_str().into();
            object.attrs.insert("role".into(), role.into());
        }
    }

    fn sql_name(&self, id: &Id) -> String {
        name(&id.name, id.args.as_deref().unwrap_or_default())
    }

    fn counts_with(&self, id: &Id) -> Option<Id> {
        Some(Id::global(super::foreign_server::ForeignServer.name(), id.args.as_deref()?))
    }

    fn holds_secrets(&self) -> bool {
        true
    }

    fn create(&self, id: &Id, object: &Object, _: &[(&Id, &Object)]) -> Vec<Draft> {
        vec![Draft::new(format!("CREATE {}{}", self.sql_name(id), options::clause(object, "options")))]
    }

    fn drop(&self, id: &Id, _: &Object) -> Vec<Draft> {
        vec![Draft::new(format!("DROP {}", self.sql_name(id))).hazard(Hazard::BreaksClients)]
    }

    fn alter(&self, change: &mut Change<'_>) -> Alter {
        change.take_any(&["options", "role"]);
        let options = options::changes(change.live, change.desired, "options");
        if options.is_empty() {
            return Alter::InPlace(Vec::new());
        }
        Alter::InPlace(vec![Draft::new(format!("ALTER {}{options}", self.sql_name(change.id)))])
    }
}
