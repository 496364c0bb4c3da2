//! # Default privileges
//!
//! What objects that a role creates later are granted at once. An entry without a schema holds for the whole database and
//! replaces the built-in privileges; one with a schema adds to them (manual, sql-alterdefaultprivileges).

use super::yaml::{Declarer, Entry, Field, FieldValue, File, Naming, Out, Section, Shape, Statement};
use super::{Alter, Change, Kind, Weight};
use crate::catalog::{Catalog, Id, KindName, OWNER, Object, Privileges, Rights};
use crate::plan::step::Draft;
use crate::sql;

/// The kind.
pub struct DefaultPrivileges;

static SECTION: Section = Section {
    key: "default_privileges",
    under: &[""],
    shape: Shape::List,
    naming: Naming::Database,
    file: File::Shared("database.yaml"),
    fields: &[
        Field { key: "for_role", value: FieldValue::Name, doc: "The role whose new objects are meant." },
        Field { key: "in_schema", value: FieldValue::Name, doc: "The schema; the whole database when it is not written." },
        Field {
            key: "on",
            value: FieldValue::Choice(&["tables", "sequences", "functions", "types", "schemas"]),
            doc: "The type of objects.",
        },
        Field { key: "grants", value: FieldValue::Grants, doc: "Who is granted what." },
    ],
    doc: "Default privileges (ALTER DEFAULT PRIVILEGES).",
    example: "default_privileges:\n  - {for_role: postgres, in_schema: public, on: tables, grants: {authenticated: [select]}}\n",
};

/// The letters of all privileges, what PUBLIC has, and the letter in pg_default_acl, by type of object.
pub(super) fn rules(on: &str) -> (&'static str, &'static [&'static str]) {
    match on {
        "sequences" => ("rwU", &[]),
        "functions" => ("X", &["execute"]),
        "types" => ("U", &["usage"]),
        "schemas" => ("UC", &[]),
        _ => ("arwdDxt", &[]),
    }
}

/// The word for a letter of pg_default_acl.defaclobjtype.
pub(super) fn on_of(letter: char) -> &'static str {
    match letter {
        'S' => "sequences",
        'f' => "functions",
        'T' => "types",
        'n' => "schemas",
        _ => "tables",
    }
}

/// The id of one entry.
pub(super) fn id_of(role: &str, on: &str, schema: Option<&str>) -> Id {
    let mut id = Id::global("default_privileges", &format!("{role} {on}"));
    id.schema = schema.map(Into::into);
    id
}

fn builtin(id: &Id, object: &Object) -> Privileges {
    if id.schema.is_some() {
        let mut none = Privileges::default();
        none.0.insert(OWNER.into(), Rights::new());
        return none;
    }
    Privileges::builtin(rules(object.text("on").unwrap_or("tables")).1)
}

fn statements(id: &Id, object: &Object, from: &Privileges, to: &Privileges) -> Vec<Draft> {
    let role = object.text("role").unwrap_or_default();
    let on = object.text("on").unwrap_or("tables");
    let schema = id.schema.as_deref().map(|s| format!(" IN SCHEMA {}", sql::ident(s))).unwrap_or_default();
    let prefix = format!("ALTER DEFAULT PRIVILEGES FOR ROLE {}{schema}", sql::ident(role));
    let on = on.to_uppercase().replace('_', " ");
    let all = all_of(object);
    let (mut revokes, mut grants) = (Vec::new(), Vec::new());
    let grantees: std::collections::BTreeSet<&String> = from.0.keys().chain(to.0.keys()).collect();
    for grantee in grantees {
        let fallback = if grantee == OWNER { all.clone() } else { Rights::new() };
        let have = from.0.get(grantee).unwrap_or(&fallback);
        let want = to.0.get(grantee).unwrap_or(&fallback);
        if have == want {
            continue;
        }
        let role = if grantee == OWNER { sql::ident(role).into_owned() } else { sql::role(grantee) };
        // Taking everything back first keeps this to two statements whatever the difference is.
        let only_more = have.iter().all(|r| want.contains(r));
        if !have.is_empty() && !only_more {
            revokes.push(Draft::new(format!("{prefix} REVOKE ALL ON {on} FROM {role}")));
        }
        for (option, suffix) in [(false, ""), (true, " WITH GRANT OPTION")] {
            let list: Rights = want
                .iter()
                .filter(|r| r.ends_with('*') == option && !(only_more && have.contains(*r)))
                .map(|r| r.trim_end_matches('*').to_string())
                .collect();
            if !list.is_empty() {
                let list = if list.len() > 1 && list == all {
                    "ALL".to_string()
                } else {
                    list.iter().map(|r| r.to_uppercase()).collect::<Vec<_>>().join(", ")
                };
                grants.push(Draft::new(format!("{prefix} GRANT {list} ON {on} TO {role}{suffix}")));
            }
        }
    }
    revokes.extend(grants);
    revokes
}

fn all_of(object: &Object) -> Rights {
    let letters = rules(object.text("on").unwrap_or("tables")).0;
    Privileges::from_items([format!("x={letters}/y").as_str()], "", "").0.remove("x").unwrap_or_default()
}

fn privileges(object: &Object) -> Privileges {
    object.privileges.clone().unwrap_or_default()
}

impl Kind for DefaultPrivileges {
    fn name(&self) -> KindName {
        "default_privileges"
    }

    fn label(&self) -> (&'static str, &'static str) {
        ("default privilege", "default privileges")
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
        let (Some(role), Some(on)) = (entry.field("for_role"), entry.field("on")) else {
            return out.missing(entry, "for_role` or `on", SECTION.example.trim());
        };
        let id = id_of(&role.text, &on.text, entry.field("in_schema").as_ref().map(|s| s.text.as_str()));
        let grants = entry.node.get("grants").and_then(|g| out.grants(g)).unwrap_or_default();
        let mut to = Privileges::default();
        if id.schema.is_none() {
            to = Privileges::builtin(rules(&on.text).1);
        }
        for grant in &grants {
            let rights: Rights = grant
                .privileges
                .iter()
                .flat_map(|p| {
                    let (word, star) = match p.text.to_lowercase().strip_suffix(" with grant option") {
                        Some(word) => (word.to_string(), "*"),
                        None => (p.text.to_lowercase(), ""),
                    };
                    let all = Privileges::from_items([format!("x={}/y", rules(&on.text).0).as_str()], "", "")
                        .0
                        .remove("x")
                        .unwrap_or_default();
                    if word == "all" {
                        all.into_iter().map(|r| format!("{r}{star}")).collect::<Vec<_>>()
                    } else {
                        vec![format!("{word}{star}")]
                    }
                })
                .collect();
            let grantee = if grant.grantee.text == role.text { OWNER.to_string() } else { grant.grantee.text.clone() };
            to.0.insert(grantee, rights);
        }
        let object = Object {
            attrs: [("role".to_string(), role.text.clone().into()), ("on".to_string(), on.text.clone().into())].into(),
            ..Object::default()
        };
        if id.schema.is_some() {
            to.0.entry(OWNER.into()).or_default();
        }
        let drafts = statements(&id, &object, &builtin(&id, &object), &to);
        let statements = drafts
            .into_iter()
            .map(|d| {
                let mut s = Statement::new(None, d.sql);
                s.pieces.push((0..s.sql.len(), entry.place.clone()));
                s.privileged = true;
                s
            })
            .collect();
        out.declare_as(entry, id, statements);
        // The grants are in the statements, not a facet of the object.
        if let Some(last) = out.declarations.last_mut() {
            last.grants = None;
        }
    }

    fn write(&self, id: &Id, object: &Object, _: &Catalog) -> Option<Out> {
        let mut map = vec![("for_role".to_string(), Out::text(object.text("role")?))];
        if let Some(schema) = &id.schema {
            map.push(("in_schema".into(), Out::text(&**schema)));
        }
        map.push(("on".into(), Out::text(object.text("on")?)));
        let mut privileges = privileges(object);
        let owner = privileges.0.remove(OWNER);
        if let Some(owner) = owner.filter(|o| id.schema.is_none() || !o.is_empty()) {
            privileges.0.insert(object.text("role")?.to_string(), owner);
        } else if id.schema.is_some() && !object.privileges.as_ref().is_some_and(|p| p.0.contains_key(OWNER)) {
            privileges.0.insert(object.text("role")?.to_string(), all_of(object));
        }
        let public_lost = id.schema.is_none() && !rules(object.text("on")?).1.is_empty() && !privileges.0.contains_key("public");
        let mut grants: Vec<(String, Out)> = privileges.0.iter().map(|(g, r)| (g.clone(), rights_out(r, object))).collect();
        if public_lost {
            grants.push(("public".into(), Out::Flow(Vec::new())));
        }
        map.push(("grants".into(), Out::Map(grants)));
        Some(Out::Map(map))
    }

    fn comes_last(&self) -> bool {
        true
    }

    fn roles<'a>(&self, object: &'a Object) -> Vec<&'a str> {
        object.text("role").into_iter().collect()
    }

    fn rename_roles(&self, id: &mut Id, object: &mut Object, to: &dyn Fn(&str) -> Option<String>) {
        if let Some(role) = object.text("role").and_then(to) {
            *id = id_of(&role, object.text("on").unwrap_or("tables"), id.schema.as_deref());
            object.attrs.insert("role".into(), role.into());
        }
    }

    fn weight(&self, _: Option<&str>) -> Weight {
        Weight::Security
    }

    fn sql_name(&self, id: &Id) -> String {
        format!("DEFAULT PRIVILEGES {}", id.name)
    }

    fn privilege_letters(&self, object: &Object) -> Option<&'static str> {
        Some(rules(object.text("on").unwrap_or("tables")).0)
    }

    fn create(&self, id: &Id, object: &Object, _: &[(&Id, &Object)]) -> Vec<Draft> {
        statements(id, object, &builtin(id, object), &privileges(object))
    }

    fn drop(&self, id: &Id, object: &Object) -> Vec<Draft> {
        statements(id, object, &privileges(object), &builtin(id, object))
    }

    fn alter(&self, change: &mut Change<'_>) -> Alter {
        change.take_all();
        Alter::InPlace(statements(change.id, change.desired, &privileges(change.live), &privileges(change.desired)))
    }
}

fn rights_out(rights: &Rights, object: &Object) -> Out {
    let all = all_of(object);
    if rights.len() > 1 && *rights == all {
        return Out::Flow(vec!["all".into()]);
    }
    Out::Flow(
        rights.iter().map(|r| r.strip_suffix('*').map_or_else(|| r.clone(), |r| format!("{r} with grant option"))).collect(),
    )
}
