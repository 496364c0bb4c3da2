//! # Memberships
//!
//! Who is a member of which role, as `member_of` of a role says it. Managed with the member. Everything changes in place; a
//! membership that somebody else granted can only be revoked by whoever granted it (PostgreSQL 16 and newer).

use serde_json::{Value, json};

use super::yaml::{Declarer, Entry, Out, names, piece};
use super::{Alter, Change, Kind, Weight, role};
use crate::catalog::{Catalog, Id, KindName, Object};
use crate::diagnostic::Diagnostic;
use crate::plan::step::{Draft, Hazard};
use crate::sql;
use crate::yaml::Value as Yaml;

/// The kind. The id has the member's name, and the role's in the place of arguments.
pub struct Membership;

const KEY: &str = "member_of";

/// The words of the model, with the attribute and its value.
const OPTIONS: &[(&str, &str, bool)] =
    &[("admin", "admin", true), ("inherit", "inherit", true), ("no inherit", "inherit", false), ("no set", "set", false)];

fn id_of(member: &str, group: &str) -> Id {
    Id { args: Some(sql::ident(group).into()), ..Id::global(Membership.name(), member) }
}

fn group(id: &Id) -> String {
    let text = id.args.as_deref().unwrap_or_default();
    sql::split_name(text).and_then(|mut parts| parts.pop()).unwrap_or_else(|| text.to_string())
}

/// Declares the memberships that a role's entry says.
pub(super) fn declare(entry: &Entry<'_>, out: &mut Declarer<'_>) {
    let Some(node) = entry.node.get(KEY) else { return };
    let pairs = match &node.value {
        Yaml::Map(entries) => entries.iter().filter_map(|(k, v)| Some((piece(k)?, names(v).unwrap_or_default()))).collect(),
        _ => names(node).unwrap_or_default().into_iter().map(|p| (p, Vec::new())).collect::<Vec<_>>(),
    };
    for (role, options) in pairs {
        out.declare_as(entry, id_of(&entry.name, &role.text), Vec::new());
        if let Some(declared) = out.declarations.last_mut() {
            (declared.origin, declared.comment, declared.group) = (role.place.clone(), None, None);
            declared.labels.clear();
        }
        for option in options {
            match OPTIONS.iter().find(|(word, _, _)| *word == option.text) {
                Some((_, attr, value)) => out.lay_over(attr, json!(value)),
                None => out.errors.push(
                    Diagnostic::error("unknown-option", format!("`{}` is no option of a membership", option.text))
                        .at(&option.place)
                        .help(format!(
                            "the options are: {}",
                            OPTIONS.iter().map(|(word, _, _)| *word).collect::<Vec<_>>().join(", ")
                        )),
                ),
            }
        }
    }
}

/// `member_of` of a role, as the catalog has it.
pub(super) fn out(member: &Id, catalog: &Catalog) -> Option<(String, Out)> {
    let all: Vec<(String, Vec<String>)> = catalog
        .of_kind(Membership.name())
        .filter(|(id, _)| id.name == member.name)
        .map(|(id, object)| (group(id), words(object)))
        .collect();
    if all.is_empty() {
        return None;
    }
    let out = if all.iter().all(|(_, words)| words.is_empty()) {
        Out::Flow(all.into_iter().map(|(group, _)| group).collect())
    } else {
        Out::Map(all.into_iter().map(|(group, words)| (group, Out::Flow(words))).collect())
    };
    Some((KEY.to_string(), out))
}

fn words(object: &Object) -> Vec<String> {
    let said = |attr: &str, value: bool| object.attrs.get(attr).and_then(Value::as_bool) == Some(value);
    OPTIONS.iter().filter(|(_, attr, value)| said(attr, *value)).map(|(word, _, _)| (*word).to_string()).collect()
}

/// GRANT with the options that are not the default; `ADMIN OPTION` alone is what every version reads.
fn grant(id: &Id, object: &Object) -> Draft {
    let said = |attr: &str| object.attrs.get(attr).and_then(Value::as_bool);
    let mut text = format!("GRANT {} TO {}", sql::ident(&group(id)), sql::ident(&id.name));
    let newer: Vec<String> = ["inherit", "set"]
        .iter()
        .filter_map(|a| Some(format!("{} {}", a.to_uppercase(), said(a)?.to_string().to_uppercase())))
        .collect();
    let admin = said("admin") == Some(true);
    if !newer.is_empty() {
        let admin = if admin { vec!["ADMIN TRUE".to_string()] } else { Vec::new() };
        text.push_str(&format!(" WITH {}", [admin, newer].concat().join(", ")));
    } else if admin {
        text.push_str(" WITH ADMIN OPTION");
    }
    Draft::new(text)
}

impl Kind for Membership {
    fn rename_roles(&self, id: &mut Id, _: &mut Object, to: &dyn Fn(&str) -> Option<String>) {
        let group = group(id);
        if let (member, of) = (to(&id.name), to(&group))
            && (member.is_some() || of.is_some())
        {
            *id = id_of(member.as_deref().unwrap_or(&id.name), of.as_deref().unwrap_or(&group));
        }
    }

    fn name(&self) -> KindName {
        "membership"
    }

    fn label(&self) -> (&'static str, &'static str) {
        ("membership", "memberships")
    }

    fn catalog_sql(&self, major: u32) -> Option<&'static str> {
        Some(if major >= 16 { include_str!("catalog.16.sql") } else { include_str!("catalog.14.sql") })
    }

    fn weight(&self, _: Option<&str>) -> Weight {
        Weight::Security
    }

    fn counts_with(&self, id: &Id) -> Option<Id> {
        Some(Id::global(role::Role.name(), &id.name))
    }

    fn as_written(&self) -> bool {
        true
    }

    fn needed(&self, id: &Id) -> Vec<Id> {
        vec![Id::global(role::Role.name(), &id.name), Id::global(role::Role.name(), &group(id))]
    }

    fn sql_name(&self, id: &Id) -> String {
        format!("{} TO {}", sql::ident(&group(id)), sql::ident(&id.name))
    }

    fn create(&self, id: &Id, object: &Object, _: &[(&Id, &Object)]) -> Vec<Draft> {
        vec![grant(id, object).hazard(Hazard::WeakensSecurity)]
    }

    fn drop(&self, id: &Id, _: &Object) -> Vec<Draft> {
        let text = format!("REVOKE {} FROM {}", sql::ident(&group(id)), sql::ident(&id.name));
        vec![Draft::new(text).hazard(Hazard::BreaksClients)]
    }

    fn alter(&self, change: &mut Change<'_>) -> Alter {
        let (group, member) = (sql::ident(&group(change.id)).into_owned(), sql::ident(&change.id.name).into_owned());
        let is = |object: &Object, attr: &str, default: bool| object.attrs.get(attr).and_then(Value::as_bool).unwrap_or(default);
        let mut drafts = Vec::new();
        if change.take("admin") {
            drafts.push(if is(change.desired, "admin", false) {
                Draft::new(format!("GRANT {group} TO {member} WITH ADMIN OPTION")).hazard(Hazard::WeakensSecurity)
            } else {
                Draft::new(format!("REVOKE ADMIN OPTION FOR {group} FROM {member}")).hazard(Hazard::BreaksClients)
            });
        }
        let inherits = change.catalog.get(&Id::global(role::Role.name(), &change.id.name)).is_none_or(|o| is(o, "inherit", true));
        for (attr, default) in [("inherit", inherits), ("set", true)] {
            if change.take(attr) {
                let value = is(change.desired, attr, default);
                let option = format!("{} {}", attr.to_uppercase(), value.to_string().to_uppercase());
                drafts.push(Draft::new(format!("GRANT {group} TO {member} WITH {option}")));
            }
        }
        Alter::InPlace(drafts)
    }
}
