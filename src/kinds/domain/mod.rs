//! # Domains
//!
//! Default, NOT NULL and checks change in place; a check that was NOT VALID is validated. Another base type or collation makes
//! the domain new and moves every column over, and so does a new constraint where a column holds arrays of the domain: there the
//! server refuses to look at the values.

mod asks;

use std::collections::BTreeSet;

use serde_json::Value;

use super::asks::{Asked, Question};
use super::exchange::{Conversion, exchange};
use super::family::Relation;
use super::yaml::{Declarer, Entry, Field, FieldValue, File, Naming, Out, Piece, Section, Shape, Statement};
use super::{Alter, Change, Grants, Kind};
use crate::catalog::{Catalog, Id, KindName, Object};
use crate::plan::step::{Draft, Lock};
use crate::sql;

pub(super) use asks::is;

/// The kind.
pub struct Domain;

static SECTION: Section = Section {
    key: "domains",
    under: &[""],
    shape: Shape::Sql,
    naming: Naming::Schema,
    file: File::Shared("types.yaml"),
    fields: &[
        Field { key: "definition", value: FieldValue::Sql, doc: "The SQL after `CREATE DOMAIN name AS`." },
        Field {
            key: "checks",
            value: FieldValue::Texts,
            doc: "Named checks: `{name: expression}`; `not valid` at the end leaves out the values that are there already.",
        },
        Field { key: "check_comments", value: FieldValue::Texts, doc: "Comments on constraints: `{name: text}`." },
    ],
    doc: "Domains (CREATE DOMAIN): a type with constraints.",
    example: "domains:\n  email: text check (value like '%@%')\n",
};

fn texts<'a>(object: &'a Object, attr: &str) -> Vec<(&'a str, &'a str)> {
    let map = object.attrs.get(attr).and_then(Value::as_object);
    map.into_iter().flatten().filter_map(|(name, text)| Some((name.as_str(), text.as_str()?))).collect()
}

fn get<'a>(list: &[(&str, &'a str)], name: &str) -> Option<&'a str> {
    list.iter().find(|(n, _)| *n == name).map(|(_, text)| *text)
}

/// The definition of a check without NOT VALID, when it has that.
fn not_valid(definition: &str) -> Option<&str> {
    let end = definition.len().checked_sub(NOT_VALID.len())?;
    let tail = definition.get(end..)?;
    tail.eq_ignore_ascii_case(NOT_VALID).then(|| definition[..end].trim_end())
}

const NOT_VALID: &str = " NOT VALID";

fn not_null(object: &Object) -> Option<String> {
    let name = object.text("not_null_name").map(|n| format!("CONSTRAINT {} ", sql::ident(n))).unwrap_or_default();
    object.flag("not_null").then(|| format!("{name}NOT NULL"))
}

fn add(id: &Id, name: &str, check: &str) -> Draft {
    Draft::new(format!("ALTER DOMAIN {} ADD CONSTRAINT {} {check}", id.own_path(), sql::ident(name)))
}

fn comment(id: &Id, name: &str, text: Option<&str>) -> Draft {
    let text = text.map_or_else(|| "NULL".to_string(), sql::literal);
    Draft::new(format!("COMMENT ON CONSTRAINT {} ON DOMAIN {} IS {text}", sql::ident(name), id.own_path()))
}

/// What CREATE DOMAIN cannot say, after it.
fn afterwards(id: &Id, object: &Object) -> Vec<Draft> {
    let later = texts(object, "checks").into_iter().filter(|(_, check)| not_valid(check).is_some());
    let comments = texts(object, "check_comments").into_iter().map(|(name, text)| comment(id, name, Some(text)));
    later.map(|(name, check)| add(id, name, check)).chain(comments).collect()
}

fn statement(id: &Id, object: &Object) -> String {
    let mut text = format!("CREATE DOMAIN {} AS {}", id.own_path(), object.text("type").unwrap_or_default());
    if let Some(collation) = object.text("collation") {
        text.push_str(&format!(" COLLATE {collation}"));
    }
    if let Some(default) = object.text("default") {
        text.push_str(&format!(" DEFAULT {default}"));
    }
    if let Some(not_null) = not_null(object) {
        text.push_str(&format!(" {not_null}"));
    }
    for (name, check) in texts(object, "checks").into_iter().filter(|(_, check)| not_valid(check).is_none()) {
        text.push_str(&format!(" CONSTRAINT {} {check}", sql::ident(name)));
    }
    text
}

/// Whether a column holds the domain inside something else: there the server cannot look at the values.
fn contained(change: &Change<'_>) -> bool {
    let path = change.id.own_path();
    change.users.iter().any(|(_, column)| column.text("type").is_some_and(|t| t != path))
}

/// Whether values have to be looked at: NOT NULL comes, or a check that holds for those that are there.
fn tightens(change: &Change<'_>) -> bool {
    let (live, desired) = (texts(change.live, "checks"), texts(change.desired, "checks"));
    let fresh = |(name, check): &(&str, &str)| not_valid(check).is_none() && get(&live, name) != Some(check);
    desired.iter().any(fresh) || (change.desired.flag("not_null") && !change.live.flag("not_null"))
}

/// A statement that looks at every value of the domain, in every table that has one (validateDomainCheckConstraint in
/// typecmds.c).
fn looking(change: &Change<'_>, draft: Draft) -> Draft {
    let tables: BTreeSet<Relation> =
        change.users.iter().filter_map(|(id, _)| Some((id.schema.clone()?, id.parent.clone()?))).collect();
    tables.into_iter().fold(draft, |draft, table| draft.lock_on(table, Lock::Share).scans())
}

impl Kind for Domain {
    fn name(&self) -> KindName {
        "domain"
    }

    fn label(&self) -> (&'static str, &'static str) {
        ("domain", "domains")
    }

    fn catalog_sql(&self, _: u32) -> Option<&'static str> {
        Some(include_str!("catalog.sql"))
    }

    fn section(&self) -> Option<&'static Section> {
        Some(&SECTION)
    }

    fn declare(&self, entry: &Entry<'_>, out: &mut Declarer<'_>) {
        let Some(definition) = entry.sql() else { return out.missing(entry, "definition", "for example `definition: text`") };
        let mut statement =
            Statement::with(entry.schema.as_deref(), &format!("CREATE DOMAIN {} AS ", entry.path()), &definition, "");
        let mut later = Vec::new();
        for (name, check) in entry.texts("checks") {
            let constraint = format!(" CONSTRAINT {} CHECK (", sql::ident(&name.text));
            match not_valid(check.text.trim_end()) {
                None => {
                    statement.push(&constraint);
                    statement.piece(&check);
                    statement.push(")");
                }
                Some(text) => {
                    let check = Piece { text: text.to_string(), place: check.place.clone() };
                    let before = format!("ALTER DOMAIN {} ADD{constraint}", entry.path());
                    later.push(Statement::with(entry.schema.as_deref(), &before, &check, ") NOT VALID"));
                }
            }
        }
        for (name, text) in entry.texts("check_comments") {
            let draft = comment(&entry.id(), &name.text, Some(text.without_line_end()));
            later.push(Statement::new(entry.schema.as_deref(), draft.sql));
        }
        out.declare(entry, std::iter::once(statement).chain(later).collect());
    }

    fn write(&self, _: &Id, object: &Object, _: &Catalog) -> Option<Out> {
        let mut definition = object.text("type").unwrap_or_default().to_string();
        if let Some(collation) = object.text("collation") {
            definition.push_str(&format!(" collate {collation}"));
        }
        if let Some(default) = object.text("default") {
            definition.push_str(&format!(" default {default}"));
        }
        if let Some(not_null) = not_null(object) {
            definition.push_str(&format!(" {}", not_null.replace("CONSTRAINT", "constraint").replace("NOT NULL", "not null")));
        }
        let mut map = vec![("definition".to_string(), Out::Text(definition))];
        let check = |(name, definition): (&str, &str)| {
            let (valid, suffix) = not_valid(definition).map_or((definition, ""), |check| (check, " not valid"));
            Some((name.to_string(), Out::Text(format!("{}{suffix}", super::constraint::check_expression(valid)?))))
        };
        let checks: Vec<(String, Out)> = texts(object, "checks").into_iter().filter_map(check).collect();
        if !checks.is_empty() {
            map.push(("checks".into(), Out::Map(checks)));
        }
        let comments = texts(object, "check_comments").into_iter().map(|(name, text)| (name.to_string(), Out::prose(text)));
        let comments: Vec<(String, Out)> = comments.collect();
        if !comments.is_empty() {
            map.push(("check_comments".into(), Out::Map(comments)));
        }
        Some(Out::Map(map))
    }

    fn takes_labels(&self) -> bool {
        true
    }

    fn sql_name(&self, id: &Id) -> String {
        format!("DOMAIN {}", id.own_path())
    }

    fn owner_name(&self, id: &Id) -> Option<String> {
        Some(self.sql_name(id))
    }

    fn grants(&self) -> Option<Grants> {
        Some(super::facets::TYPE_GRANTS)
    }

    fn create(&self, id: &Id, object: &Object, _: &[(&Id, &Object)]) -> Vec<Draft> {
        let mut drafts = vec![Draft::new(statement(id, object))];
        drafts.extend(afterwards(id, object));
        drafts
    }

    fn drop(&self, id: &Id, _: &Object) -> Vec<Draft> {
        vec![Draft::new(format!("DROP DOMAIN {}", id.own_path()))]
    }

    fn asks(&self, asked: &Asked<'_>) -> Vec<Question> {
        asks::asks(asked)
    }

    fn alter(&self, change: &mut Change<'_>) -> Alter {
        if change.take_any(&["type", "collation"]) || (contained(change) && tightens(change)) {
            change.take_all();
            let base = |o: &Object| o.text("type").unwrap_or_default().to_string();
            let fits = super::column::assignable(&base(change.live), &base(change.desired));
            // A length is applied to every value, also where each fits.
            let unlimited = !base(change.desired).contains('(');
            let unchecked = unlimited && !change.desired.attrs.contains_key("checks") && !change.desired.flag("not_null");
            let conversion = match fits {
                true if unchecked && super::column::binary_compatible(&base(change.live), &base(change.desired)) => {
                    Conversion::None
                }
                true => Conversion::Assignment,
                false => Conversion::Cast,
            };
            let mut drafts = exchange(change, "DOMAIN", statement(change.id, change.desired), conversion);
            drafts.extend(afterwards(change.id, change.desired));
            return Alter::Remade(drafts);
        }
        let path = change.id.own_path();
        let mut drafts = Vec::new();
        if change.take("default") {
            drafts.push(Draft::new(match change.desired.text("default") {
                Some(default) => format!("ALTER DOMAIN {path} SET DEFAULT {default}"),
                None => format!("ALTER DOMAIN {path} DROP DEFAULT"),
            }));
        }
        let renamed = change.take("not_null_name");
        if change.take("not_null") {
            drafts.push(match (change.desired.flag("not_null"), change.desired.text("not_null_name")) {
                (true, Some(name)) => looking(change, add(change.id, name, "NOT NULL")),
                (true, None) => looking(change, Draft::new(format!("ALTER DOMAIN {path} SET NOT NULL"))),
                (false, _) => Draft::new(format!("ALTER DOMAIN {path} DROP NOT NULL")),
            });
        } else if renamed {
            let usual = format!("{}_not_null", change.id.name);
            let name = |o: &Object| sql::ident(o.text("not_null_name").unwrap_or(&usual)).into_owned();
            let (from, to) = (name(change.live), name(change.desired));
            drafts.push(Draft::new(format!("ALTER DOMAIN {path} RENAME CONSTRAINT {from} TO {to}")));
        }
        let mut fresh = Vec::new();
        if change.take("checks") {
            let (live, desired) = (texts(change.live, "checks"), texts(change.desired, "checks"));
            let validated =
                |name: &str| get(&desired, name).is_some() && get(&live, name).and_then(not_valid) == get(&desired, name);
            for (name, check) in &live {
                if !validated(name) && get(&desired, name) != Some(check) {
                    drafts.push(Draft::new(format!("ALTER DOMAIN {path} DROP CONSTRAINT {}", sql::ident(name))));
                }
            }
            for (name, check) in desired.iter().filter(|(n, d)| get(&live, n) != Some(d)) {
                if validated(name) {
                    let text = format!("ALTER DOMAIN {path} VALIDATE CONSTRAINT {}", sql::ident(name));
                    drafts.push(looking(change, Draft::new(text)));
                } else {
                    let draft = add(change.id, name, check);
                    drafts.push(if not_valid(check).is_some() { draft } else { looking(change, draft) });
                    fresh.push(*name);
                }
            }
        }
        change.take("check_comments");
        let (live, desired) = (texts(change.live, "check_comments"), texts(change.desired, "check_comments"));
        let gone = live.iter().filter(|(n, _)| get(&desired, n).is_none() && !fresh.contains(n));
        let gone = gone.filter(|(n, _)| get(&texts(change.desired, "checks"), n).is_some());
        drafts.extend(gone.map(|(name, _)| comment(change.id, name, None)));
        let said = desired.iter().filter(|(n, text)| get(&live, n) != Some(text) || fresh.contains(n));
        drafts.extend(said.map(|(name, text)| comment(change.id, name, Some(text))));
        Alter::InPlace(drafts)
    }

    fn rename(&self, id: &Id, to: &str) -> Option<Draft> {
        Some(Draft::new(format!("ALTER DOMAIN {} RENAME TO {}", id.own_path(), sql::ident(to))))
    }

    fn namespace(&self) -> &'static str {
        "type"
    }
}
