//! # Roles
//!
//! Roles belong to the whole server, so they are compared only where `manage` asks for them: `manage: [declared, roles]`, or
//! `manage: {scope: declared, role: ["app_*", "!app_tmp"]}` for some. Otherwise a model only names them, and a plan checks that
//! those it names exist. Everything changes in place. Roles that PostgreSQL brings (`pg_*`, the one that initdb made) are left
//! alone, and so is the role that trueup connects as, unless the model declares it.
//!
//! **A password** is set when the role is made and not compared afterwards: what the server keeps of it cannot be read back. It is a
//! secret, `${env:NAME}`, and printed nowhere. To change one, use `ALTER ROLE` by hand.
//!
//! In the shadow a role is a name and nothing else: its attributes, settings and memberships are taken as the model writes them, so that
//! no model makes itself a superuser where it is built. What a role still owns or holds in other databases stops its DROP.

use serde_json::{Value, json};

use super::yaml::{Declarer, Entry, Field, FieldValue, File, Naming, Out, Section, Shape, Statement};
use super::{Alter, Change, Kind, Weight, membership, secret, settings};
use crate::catalog::{Catalog, Id, KindName, Object};
use crate::diagnostic::Diagnostic;
use crate::plan::step::{Draft, Hazard};
use crate::sql;

/// The kind.
pub struct Role;

/// The statement that makes a role unless it is there; roles are the whole server's, and a shadow may serve twice.
pub fn create_if_missing(name: &str) -> String {
    format!(
        "DO $do$ BEGIN IF NOT EXISTS (SELECT FROM pg_catalog.pg_roles WHERE rolname = {}) THEN CREATE ROLE {} NOLOGIN; END IF; END $do$;",
        sql::literal(name),
        sql::ident(name)
    )
}

/// An attribute that a role has or has not.
struct Flag {
    key: &'static str,
    word: &'static str,
    default: bool,
    /// Whether having it lets somebody do what others may not.
    powerful: bool,
}

const fn flag(key: &'static str, word: &'static str, powerful: bool) -> Flag {
    Flag { key, word, default: false, powerful }
}

const FLAGS: &[Flag] = &[
    flag("login", "LOGIN", false),
    flag("superuser", "SUPERUSER", true),
    flag("createdb", "CREATEDB", false),
    flag("createrole", "CREATEROLE", true),
    Flag { key: "inherit", word: "INHERIT", default: true, powerful: false },
    flag("replication", "REPLICATION", true),
    flag("bypassrls", "BYPASSRLS", true),
];

static SECTION: Section = Section {
    key: "roles",
    under: &[""],
    shape: Shape::Mapping,
    naming: Naming::Database,
    file: File::Shared("roles.yaml"),
    fields: &[
        Field { key: "login", value: FieldValue::Flag, doc: "Whether it may connect; `false` when it is not written." },
        Field { key: "password", value: FieldValue::Text, doc: "Set when the role is made, not compared: `${env:NAME}`." },
        Field { key: "superuser", value: FieldValue::Flag, doc: "Whether no check of privileges holds for it." },
        Field { key: "createdb", value: FieldValue::Flag, doc: "Whether it may make databases." },
        Field { key: "createrole", value: FieldValue::Flag, doc: "Whether it may make and change roles." },
        Field {
            key: "inherit",
            value: FieldValue::Flag,
            doc: "Whether it has at once what the roles have that it is a member of; `true` when it is not written.",
        },
        Field { key: "replication", value: FieldValue::Flag, doc: "Whether it may replicate." },
        Field { key: "bypassrls", value: FieldValue::Flag, doc: "Whether row-level security does not hold for it." },
        Field {
            key: "connection_limit",
            value: FieldValue::Text,
            doc: "How many connections it may have; `-1`, the default, is any number.",
        },
        Field {
            key: "valid_until",
            value: FieldValue::Text,
            doc: "When its password ends, in UTC: `2030-01-01` or `2030-01-01T12:00:00Z`.",
        },
        Field {
            key: "member_of",
            value: FieldValue::Members,
            doc: "The roles that it is a member of: `[app_reader]`, or with options, `{app_reader: [admin, no inherit, no set]}` (the last two from PostgreSQL 16).",
        },
        Field { key: "settings", value: FieldValue::Texts, doc: "What it sets on connecting, in any database (ALTER ROLE SET)." },
        Field {
            key: "database_settings",
            value: FieldValue::Texts,
            doc: "What it sets in this database (ALTER ROLE IN DATABASE SET).",
        },
    ],
    doc: "Roles. Managed only where `manage` asks for `roles`; otherwise only named, and used by provided sets.",
    example: "roles:\n  app_reader:\n  app:\n    login: true\n    password: ${env:APP_PASSWORD}\n    member_of: [app_reader]\n    settings: {statement_timeout: 30s}\n",
};

fn has(object: &Object, flag: &Flag) -> bool {
    object.attrs.get(flag.key).and_then(Value::as_bool).unwrap_or(flag.default)
}

fn option(flag: &Flag, on: bool) -> String {
    if on { flag.word.into() } else { format!("NO{}", flag.word) }
}

fn limit(object: &Object) -> i64 {
    object.attrs.get("connection_limit").and_then(Value::as_i64).unwrap_or(-1)
}

/// A time as the catalog has it: a day begins at midnight, UTC.
fn moment(text: &str) -> Option<String> {
    let digits = |t: &str, parts: &[usize], between: char| {
        let found: Vec<&str> = t.split(between).collect();
        found.len() == parts.len() && found.iter().zip(parts).all(|(f, n)| f.len() == *n && f.bytes().all(|b| b.is_ascii_digit()))
    };
    let (day, time) = text.split_once(['T', ' ']).unwrap_or((text, "00:00:00Z"));
    let clock = time.trim_end_matches('Z');
    let clock = if clock.len() == 5 { format!("{clock}:00") } else { clock.to_string() };
    (digits(day, &[4, 2, 2], '-') && digits(&clock, &[2, 2, 2], ':')).then(|| format!("{day}T{clock}Z"))
}

fn wrong(entry: &Entry<'_>, key: &str, help: &str, out: &mut Declarer<'_>) {
    let place = entry.field(key).map_or_else(|| entry.place.clone(), |p| p.place);
    out.errors.push(Diagnostic::error("wrong-type", format!("`{key}` is not understood")).at(&place).help(help.to_string()));
}

impl Kind for Role {
    fn name(&self) -> KindName {
        "role"
    }

    fn label(&self) -> (&'static str, &'static str) {
        ("role", "roles")
    }

    fn catalog_sql(&self, _: u32) -> Option<&'static str> {
        Some(include_str!("catalog.sql"))
    }

    fn section(&self) -> Option<&'static Section> {
        Some(&SECTION)
    }

    fn declare(&self, entry: &Entry<'_>, out: &mut Declarer<'_>) {
        let mut statement = Statement::new(None, create_if_missing(&entry.name));
        statement.privileged = true;
        out.declare(entry, vec![statement]);
        for flag in FLAGS {
            if let Some(on) = entry.flag(flag.key).filter(|on| *on != flag.default) {
                out.lay_over(flag.key, json!(on));
            }
        }
        match entry.field("connection_limit").map(|p| p.text.parse::<i64>()) {
            Some(Ok(n)) if n >= 0 => out.lay_over("connection_limit", json!(n)),
            Some(Err(_)) => wrong(entry, "connection_limit", "a number: `connection_limit: 10`", out),
            _ => {}
        }
        match entry.field("valid_until").map(|p| moment(&p.text)) {
            Some(Some(moment)) => out.lay_over("valid_until", json!(moment)),
            Some(None) => wrong(entry, "valid_until", "a day or a time in UTC: `2030-01-01`, `2030-01-01T12:00:00Z`", out),
            None => {}
        }
        let password = entry.field("password").map_or_else(|| secret::UNSEEN.to_string(), |p| secret::hidden(&p));
        out.lay_over("password", json!(password));
        for field in ["settings", "database_settings"] {
            if let Some(map) = settings::declared(entry, field) {
                out.lay_over(field, map);
            }
        }
        membership::declare(entry, out);
    }

    fn write(&self, id: &Id, object: &Object, catalog: &Catalog) -> Option<Out> {
        let mut map: Vec<(String, Out)> = FLAGS
            .iter()
            .filter(|f| has(object, f) != f.default)
            .map(|f| (f.key.to_string(), Out::text(has(object, f).to_string())))
            .collect();
        if limit(object) >= 0 {
            map.push(("connection_limit".into(), Out::text(limit(object).to_string())));
        }
        map.extend(object.text("valid_until").map(|t| ("valid_until".to_string(), Out::text(t))));
        map.extend(membership::out(id, catalog));
        map.extend(["settings", "database_settings"].iter().filter_map(|field| settings::out(id, object, field)));
        Some(Out::Map(map))
    }

    fn weight(&self, attr: Option<&str>) -> Weight {
        if attr == Some("comment") { Weight::Cosmetic } else { Weight::Security }
    }

    fn asked_as(&self) -> Option<KindName> {
        Some(self.name())
    }

    fn as_written(&self) -> bool {
        true
    }

    fn is_role(&self) -> bool {
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

    fn sql_name(&self, id: &Id) -> String {
        format!("ROLE {}", sql::ident(&id.name))
    }

    fn create(&self, id: &Id, object: &Object, _: &[(&Id, &Object)]) -> Vec<Draft> {
        let mut text = format!("CREATE {}", self.sql_name(id));
        if !has(object, &FLAGS[0]) {
            text.push_str(" NOLOGIN");
        }
        for flag in FLAGS.iter().filter(|f| has(object, f) != f.default) {
            text.push_str(&format!(" {}", option(flag, has(object, flag))));
        }
        if limit(object) >= 0 {
            text.push_str(&format!(" CONNECTION LIMIT {}", limit(object)));
        }
        if let Some(until) = object.text("valid_until") {
            text.push_str(&format!(" VALID UNTIL {}", sql::literal(until)));
        }
        if let Some(password) = object.text("password").filter(|p| *p != secret::UNSEEN) {
            text.push_str(&format!(" PASSWORD {}", sql::literal(password)));
        }
        let mut create = Draft::new(text);
        if FLAGS.iter().any(|f| f.powerful && has(object, f)) {
            create = create.hazard(Hazard::WeakensSecurity);
        }
        let mut drafts = vec![create];
        drafts.extend(all_settings(id, &Object::default(), object));
        drafts
    }

    fn drop(&self, id: &Id, _: &Object) -> Vec<Draft> {
        // A password cannot be brought back.
        vec![Draft::new(format!("DROP {}", self.sql_name(id))).hazard(Hazard::Irreversible).hazard(Hazard::BreaksClients)]
    }

    /// A password that is kept as MD5 is lost with the name (manual, sql-alterrole).
    fn rename(&self, id: &Id, to: &str) -> Option<Draft> {
        Some(Draft::new(format!("ALTER {} RENAME TO {}", self.sql_name(id), sql::ident(to))).hazard(Hazard::BreaksClients))
    }

    fn alter(&self, change: &mut Change<'_>) -> Alter {
        let mut options = Vec::new();
        let (mut weaker, mut narrower) = (false, false);
        for flag in FLAGS {
            if !change.take(flag.key) {
                continue;
            }
            let on = has(change.desired, flag);
            options.push(option(flag, on));
            weaker |= flag.powerful && on;
            narrower |= !on;
        }
        if change.take("connection_limit") {
            options.push(format!("CONNECTION LIMIT {}", limit(change.desired)));
        }
        if change.take("valid_until") {
            let until = change.desired.text("valid_until").unwrap_or("infinity");
            options.push(format!("VALID UNTIL {}", sql::literal(until)));
        }
        change.take_any(&["password", "settings", "database_settings"]);
        let mut drafts = Vec::new();
        if !options.is_empty() {
            let mut draft = Draft::new(format!("ALTER {} {}", self.sql_name(change.id), options.join(" ")));
            if weaker {
                draft = draft.hazard(Hazard::WeakensSecurity);
            }
            if narrower {
                draft = draft.hazard(Hazard::BreaksClients);
            }
            drafts.push(draft);
        }
        drafts.extend(all_settings(change.id, change.live, change.desired));
        Alter::InPlace(drafts)
    }
}

fn all_settings(id: &Id, live: &Object, desired: &Object) -> Vec<Draft> {
    let role = format!("ROLE {}", sql::ident(&id.name));
    let mut drafts = settings::changes(&role, live, desired, "settings");
    let here = format!("{role} IN DATABASE {}", super::THIS_DATABASE);
    drafts.extend(settings::changes(&here, live, desired, "database_settings"));
    drafts
}

#[cfg(test)]
mod tests {
    use super::moment;

    #[test]
    fn moments() {
        assert_eq!(moment("2030-01-01").as_deref(), Some("2030-01-01T00:00:00Z"));
        assert_eq!(moment("2030-01-01 12:30").as_deref(), Some("2030-01-01T12:30:00Z"));
        assert_eq!(moment("2030-01-01T12:30:05Z").as_deref(), Some("2030-01-01T12:30:05Z"));
        assert_eq!(moment("next year"), None);
    }
}
