//! # Policies
//!
//! Roles and expressions change in place; another command, or permissive against restrictive, makes the policy new. No `for`
//! means every command, no `to` means PUBLIC.

use super::yaml::{Declarer, Entry, Field, FieldValue, File, Naming, Out, Section, Shape, Statement};
use super::{Alter, Change, Kind, Weight};
use crate::catalog::{Catalog, Id, KindName, Object};
use crate::plan::step::{Draft, Hazard, Lock};
use crate::sql;

/// The kind.
pub struct Policy;

static SECTION: Section = Section {
    key: "policies",
    under: &["tables"],
    shape: Shape::Mapping,
    naming: Naming::Schema,
    file: File::Parent,
    fields: &[
        Field {
            key: "for",
            value: FieldValue::Choice(&["all", "select", "insert", "update", "delete"]),
            doc: "The command; every one when it is not written.",
        },
        Field {
            key: "as",
            value: FieldValue::Choice(&["permissive", "restrictive"]),
            doc: "`restrictive` narrows what permissive policies allow.",
        },
        Field { key: "to", value: FieldValue::Names, doc: "The roles; PUBLIC when it is not written." },
        Field { key: "using", value: FieldValue::Sql, doc: "Which rows are seen." },
        Field { key: "with_check", value: FieldValue::Sql, doc: "Which rows may be written." },
    ],
    doc: "Row-level security policies (CREATE POLICY). They count only where `row_security` is on.",
    example: "policies:\n  agents_own_tenant:\n    for: select\n    to: [authenticated]\n    using: tenant_id = get_current_tenant_id()\n",
};

fn roles(object: &Object) -> String {
    let roles = object.list("to");
    if roles.is_empty() { "PUBLIC".into() } else { roles.into_iter().map(sql::role).collect::<Vec<_>>().join(", ") }
}

fn name(id: &Id) -> String {
    format!("{} ON {}", sql::ident(&id.name), id.parent_path())
}

/// Whether a policy lets everything through.
fn open(object: &Object) -> bool {
    object.text("using") == Some("true") || object.text("with_check") == Some("true")
}

impl Kind for Policy {
    fn name(&self) -> KindName {
        "policy"
    }

    fn label(&self) -> (&'static str, &'static str) {
        ("policy", "policies")
    }

    fn catalog_sql(&self, _: u32) -> Option<&'static str> {
        Some(include_str!("catalog.sql"))
    }

    fn section(&self) -> Option<&'static Section> {
        Some(&SECTION)
    }

    fn declare(&self, entry: &Entry<'_>, out: &mut Declarer<'_>) {
        let mut statement = Statement::new(
            entry.schema.as_deref(),
            format!("CREATE POLICY {} ON {}", sql::ident(&entry.name), entry.parent_path()),
        );
        for (key, words) in [("as", " AS "), ("for", " FOR ")] {
            if let Some(value) = entry.field(key) {
                statement.push(words);
                statement.piece(&value);
            }
        }
        if let Some(roles) = entry.names("to").filter(|r| !r.is_empty()) {
            statement.push(&format!(" TO {}", roles.iter().map(|r| sql::role(&r.text)).collect::<Vec<_>>().join(", ")));
        }
        for (key, words) in [("using", " USING ("), ("with_check", " WITH CHECK (")] {
            if let Some(value) = entry.field(key) {
                statement.push(words);
                statement.piece(&value);
                statement.push(")");
            }
        }
        out.declare(entry, vec![statement]);
    }

    fn write(&self, _: &Id, object: &Object, _: &Catalog) -> Option<Out> {
        let mut map = Vec::new();
        if object.flag("restrictive") {
            map.push(("as".to_string(), Out::text("restrictive")));
        }
        if let Some(command) = object.text("for") {
            map.push(("for".into(), Out::text(command)));
        }
        let roles = object.list("to");
        if !roles.is_empty() {
            map.push(("to".into(), Out::Flow(roles.into_iter().map(str::to_string).collect())));
        }
        for key in ["using", "with_check"] {
            if let Some(text) = object.text(key) {
                map.push((key.to_string(), Out::text(text)));
            }
        }
        Some(Out::Map(map))
    }

    fn roles<'a>(&self, object: &'a Object) -> Vec<&'a str> {
        object.list("to")
    }

    fn rename_roles(&self, _: &mut Id, object: &mut Object, to: &dyn Fn(&str) -> Option<String>) {
        if object.attrs.contains_key("to") {
            let mut roles: Vec<String> = object.list("to").into_iter().map(|r| to(r).unwrap_or_else(|| r.to_string())).collect();
            roles.sort_unstable();
            object.attrs.insert("to".into(), roles.into());
        }
    }

    fn weight(&self, attr: Option<&str>) -> Weight {
        if attr == Some("comment") { Weight::Cosmetic } else { Weight::Security }
    }

    fn sql_name(&self, id: &Id) -> String {
        format!("POLICY {}", name(id))
    }

    fn create(&self, id: &Id, object: &Object, _: &[(&Id, &Object)]) -> Vec<Draft> {
        let mut text = format!("CREATE POLICY {}", name(id));
        if object.flag("restrictive") {
            text.push_str(" AS RESTRICTIVE");
        }
        if let Some(command) = object.text("for") {
            text.push_str(&format!(" FOR {}", command.to_uppercase()));
        }
        if !object.list("to").is_empty() {
            text.push_str(&format!(" TO {}", roles(object)));
        }
        if let Some(using) = object.text("using") {
            text.push_str(&format!(" USING ({using})"));
        }
        if let Some(check) = object.text("with_check") {
            text.push_str(&format!(" WITH CHECK ({check})"));
        }
        vec![Draft::new(text).lock(Lock::AccessExclusive)]
    }

    fn drop(&self, id: &Id, object: &Object) -> Vec<Draft> {
        let draft = Draft::new(format!("DROP POLICY {}", name(id))).lock(Lock::AccessExclusive);
        // Without a permissive policy less is seen; without a restrictive one more.
        vec![if object.flag("restrictive") { draft.hazard(Hazard::WeakensSecurity) } else { draft.hazard(Hazard::BreaksClients) }]
    }

    fn alter(&self, change: &mut Change<'_>) -> Alter {
        let removed = |attr: &str| change.live.attrs.contains_key(attr) && !change.desired.attrs.contains_key(attr);
        let gone = removed("using") || removed("with_check");
        if change.take_any(&["for", "restrictive"]) || gone {
            change.take_all();
            return Alter::Replace;
        }
        let mut text = format!("ALTER POLICY {}", name(change.id));
        if change.take("to") {
            text.push_str(&format!(" TO {}", roles(change.desired)));
        }
        for (attr, words) in [("using", "USING"), ("with_check", "WITH CHECK")] {
            if change.take(attr)
                && let Some(expression) = change.desired.text(attr)
            {
                text.push_str(&format!(" {words} ({expression})"));
            }
        }
        let draft = Draft::new(text).lock(Lock::AccessExclusive);
        let widened = (open(change.desired) && !open(change.live))
            || (change.desired.list("to").is_empty() && !change.live.list("to").is_empty());
        Alter::InPlace(vec![if widened { draft.hazard(Hazard::WeakensSecurity) } else { draft }])
    }

    fn rename(&self, id: &Id, to: &str) -> Option<Draft> {
        Some(Draft::new(format!("ALTER POLICY {} RENAME TO {}", name(id), sql::ident(to))).lock(Lock::AccessExclusive))
    }
}
