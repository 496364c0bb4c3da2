//! Rules on what is managed and what is left alone: by name, kind, schema, owner and extension, with exceptions.
//!
//! The narrower word counts: what is said of an object's own name, then of the table it belongs to, then of its schema, owner,
//! extension or kind; an exception (`!pattern`) before the rule it is made from. The project's rules come before those of its
//! profiles, and what the model declares is never left out by a profile.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use super::scope::{glob, matches};
use super::{AttrChange, Difference};
use crate::catalog::{Catalog, Id, KindName, Object};
use crate::kinds::{self, KINDS};

/// What a rule looks at.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Subject {
    /// The path or name, of one kind or of any.
    Name(Option<KindName>),
    /// The schema it is in, or that it is.
    Schema,
    /// The owner.
    Owner,
    /// The kind.
    Kind,
    /// The extension that it is, or in whose own schema it stands.
    Extension,
    /// The path or name of what is a part of another of its kind: a partition.
    Part,
}

/// One pattern.
#[derive(Debug, Clone)]
pub struct Rule {
    /// What it looks at.
    pub subject: Subject,
    /// The pattern, with `*`.
    pub pattern: String,
    /// Whether it makes an exception.
    pub except: bool,
    /// The profile that it comes from.
    pub profile: Option<String>,
}

impl Rule {
    /// A rule as it is written: `!` before the pattern makes an exception.
    pub fn new(subject: Subject, text: &str) -> Rule {
        let (except, pattern) = text.strip_prefix('!').map_or((false, text), |rest| (true, rest));
        Rule { subject, pattern: pattern.to_string(), except, profile: None }
    }

    /// What reports call it.
    fn words(&self) -> String {
        if let Some(profile) = &self.profile {
            return format!("profile {profile}");
        }
        let subject = match self.subject {
            Subject::Name(None) => return self.pattern.clone(),
            Subject::Name(Some(kind)) => kinds::find(kind).map_or(kind, |k| k.label().0),
            Subject::Schema => "schema",
            Subject::Owner => "owner",
            Subject::Kind => "kind",
            Subject::Extension => "extension",
            Subject::Part => "partition",
        };
        format!("{subject} {}", self.pattern)
    }

    fn narrow(&self) -> bool {
        matches!(self.subject, Subject::Name(_) | Subject::Part)
    }

    fn fits(&self, id: &Id, object: Option<&Object>, side: &Side<'_>) -> bool {
        let glob = |text: &str| glob(&self.pattern, text);
        match self.subject {
            Subject::Name(kind) => kind.is_none_or(|k| k == id.kind) && matches(&self.pattern, id),
            Subject::Part => side.parts.contains(&(id.schema(), &*id.name)) && id.parent.is_none() && matches(&self.pattern, id),
            Subject::Schema => schema_of(id).is_some_and(glob),
            Subject::Owner => side.owner(id, object).is_some_and(glob),
            Subject::Kind => kinds::by_word(&self.pattern).is_some_and(|k| k.name() == id.kind) || glob(id.kind),
            Subject::Extension => side.extensions(id).any(glob),
        }
    }
}

fn schema_of(id: &Id) -> Option<&str> {
    if kinds::of(id).contains_objects() { Some(&id.name) } else { id.schema.as_deref() }
}

/// Attributes that are not compared: of one kind or of all.
#[derive(Debug, Clone)]
pub struct AttributeRule {
    /// The kind.
    pub kind: Option<KindName>,
    /// The attribute, with `*`.
    pub pattern: String,
    /// Whether it makes an exception.
    pub except: bool,
}

/// All rules of a project.
#[derive(Debug, Clone, Default)]
pub struct Rules {
    /// What is left alone.
    pub ignore: Vec<Rule>,
    /// What is managed, of each schema, owner or kind that a rule speaks of.
    pub manage: Vec<Rule>,
    /// What is not compared of that.
    pub attributes: Vec<AttributeRule>,
}

/// How much was left out by rules.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Ignored {
    /// Live objects.
    pub objects: usize,
    /// Attributes that differ.
    pub attributes: usize,
    /// The objects by rule.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub by: BTreeMap<String, usize>,
}

impl Ignored {
    /// Whether nothing was left out.
    pub fn is_empty(&self) -> bool {
        self.objects == 0 && self.attributes == 0
    }

    /// `12 objects (table tmp_*: 10, profile supabase: 2), 1 difference of an attribute`.
    pub fn words(&self) -> String {
        let by: Vec<String> = self.by.iter().map(|(rule, n)| format!("{rule}: {n}")).collect();
        let mut parts = Vec::new();
        if self.objects > 0 {
            parts.push(format!("{} ({})", crate::report::count(self.objects, "object", "objects"), by.join(", ")));
        }
        if self.attributes > 0 {
            parts.push(crate::report::count(self.attributes, "attribute that differs", "attributes that differ"));
        }
        parts.join(", ")
    }
}

/// What a rule may ask of a side.
struct Side<'a> {
    catalog: &'a Catalog,
    /// The schemas that extensions made for themselves, with their extension's name.
    own_schemas: BTreeMap<&'a str, Vec<&'a str>>,
    /// What is a part of another of its kind.
    parts: BTreeSet<(&'a str, &'a str)>,
}

impl<'a> Side<'a> {
    fn new(catalog: &'a Catalog) -> Self {
        let mut own_schemas: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
        let listed: BTreeSet<&str> =
            catalog.objects.keys().filter(|id| kinds::of(id).contains_objects()).map(|id| &*id.name).collect();
        for (id, object) in &catalog.objects {
            // A schema that is no object of the catalog belongs to an extension.
            if let Some(schema) = kinds::of(id).fills_schema(object).filter(|s| !listed.contains(s)) {
                own_schemas.entry(schema).or_default().push(&id.name);
            }
        }
        let parts = catalog.objects.iter().filter(|(id, object)| kinds::of(id).makes_part(object));
        let parts = parts.map(|(id, _)| (id.schema(), id.parent())).collect();
        Side { catalog, own_schemas, parts }
    }

    fn owner<'b>(&'b self, id: &Id, object: Option<&'b Object>) -> Option<&'b str> {
        object.and_then(|o| o.owner.as_deref()).or_else(|| parents(id).find_map(|p| self.catalog.get(&p)?.owner.as_deref()))
    }

    fn extensions<'b>(&'b self, id: &'b Id) -> impl Iterator<Item = &'b str> {
        let itself = self.catalog.get(id).and_then(|o| kinds::of(id).fills_schema(o)).map(|_| &*id.name);
        let makers = id.schema.as_deref().and_then(|s| self.own_schemas.get(s)).into_iter().flatten().copied();
        itself.into_iter().chain(makers)
    }
}

/// What an object may belong to: ids say the name of a parent, not its kind.
fn parents(id: &Id) -> impl Iterator<Item = Id> + '_ {
    let with_parts = KINDS.iter().filter(|k| k.section().is_some_and(|s| !s.under.is_empty() && has_parts(s.key)));
    let parent = id.parent.as_deref();
    with_parts.filter_map(move |k| Some(Id::in_schema(k.name(), id.schema(), parent?)))
}

fn has_parts(key: &str) -> bool {
    KINDS.iter().any(|k| k.section().is_some_and(|s| s.under.contains(&key)))
}

impl Rules {
    /// Whether something that is only managed when it is asked for is asked for.
    pub fn asks_for(&self, kind: &str) -> bool {
        self.manage.iter().any(|r| matches!(r.subject, Subject::Name(Some(k)) if k == kind) && !r.except)
    }

    /// The rule that leaves each object of the two catalogs out.
    pub fn ignored(&self, sides: [&Catalog; 2], listed: &BTreeSet<Id>) -> BTreeMap<Id, String> {
        let mut out = BTreeMap::new();
        if self.ignore.is_empty() {
            return out;
        }
        let (profiles, own): (Vec<&Rule>, Vec<&Rule>) = self.ignore.iter().partition(|r| r.profile.is_some());
        for catalog in sides {
            let side = Side::new(catalog);
            for (id, object) in &catalog.objects {
                let by = match verdict(&own, id, object, &side) {
                    Some(verdict) => verdict,
                    None if listed.contains(id) => None,
                    None => verdict(&profiles, id, object, &side).flatten(),
                };
                if let Some(rule) = by {
                    out.entry(id.clone()).or_insert_with(|| rule.words());
                }
            }
            // What is owned by what is left out (a column's sequence) goes with it.
            for (id, object) in catalog.objects.iter().filter(|(id, _)| id.parent.is_none()) {
                let rule = object.owned_by.iter().find_map(|o| out.get(o)).cloned();
                if let Some(rule) = rule.filter(|_| !out.contains_key(id)) {
                    out.insert(id.clone(), rule);
                }
            }
        }
        out
    }

    /// What exceptions speak of by name: it counts although it stands on something that is provided.
    pub fn excepted(&self, sides: [&Catalog; 2]) -> BTreeSet<Id> {
        let exceptions: Vec<&Rule> = self.ignore.iter().filter(|r| r.except && r.narrow()).collect();
        let mut out = BTreeSet::new();
        for catalog in sides.into_iter().filter(|_| !exceptions.is_empty()) {
            let side = Side::new(catalog);
            let fits = |id: &Id, object: &Object| exceptions.iter().any(|r| r.fits(id, Some(object), &side));
            out.extend(catalog.objects.iter().filter(|(id, object)| fits(id, object)).map(|(id, _)| id.clone()));
        }
        out
    }

    /// What the rules on what is managed do not let through.
    pub fn unmanaged(&self, sides: [&Catalog; 2]) -> BTreeSet<Id> {
        let mut out = BTreeSet::new();
        if self.manage.is_empty() {
            return out;
        }
        for catalog in sides {
            let side = Side::new(catalog);
            for (id, object) in &catalog.objects {
                if !self.lets_through(id, object, &side) {
                    out.insert(id.clone());
                }
            }
        }
        out
    }

    fn lets_through(&self, id: &Id, object: &Object, side: &Side<'_>) -> bool {
        let of = |subject: Subject| self.manage.iter().filter(move |r| r.subject == subject);
        let passes = |subject: Subject, speaks: bool| {
            let mut rules = of(subject).peekable();
            if rules.peek().is_none() || !speaks {
                return true;
            }
            let all: Vec<&Rule> = rules.collect();
            let fits = |r: &&&Rule| r.fits(id, Some(object), side);
            !all.iter().filter(|r| r.except).any(|r| fits(&r))
                && (all.iter().all(|r| r.except) || all.iter().filter(|r| !r.except).any(|r| fits(&r)))
        };
        let own_kind = Subject::Name(Some(id.kind));
        let parent = parents(id).find(|p| side.catalog.get(p).is_some());
        passes(Subject::Schema, schema_of(id).is_some())
            && passes(Subject::Owner, side.owner(id, Some(object)).is_some())
            && passes(Subject::Kind, id.parent.is_none())
            && passes(Subject::Name(None), id.parent.is_none())
            && passes(own_kind, true)
            && parent.is_none_or(|p| side.catalog.get(&p).is_none_or(|o| self.lets_through(&p, o, side)))
    }

    /// Takes the attributes out of differences that are not compared; gives what is left and how many went.
    pub fn lessened(&self, differences: Vec<Difference>) -> (Vec<Difference>, usize) {
        if self.attributes.is_empty() {
            return (differences, 0);
        }
        let mut gone = 0;
        let mut out = Vec::with_capacity(differences.len());
        for difference in differences {
            let Difference::Set { id, attrs } = difference else {
                out.push(difference);
                continue;
            };
            let (dropped, kept): (Vec<AttrChange>, Vec<AttrChange>) =
                attrs.into_iter().partition(|a| self.ignores_attribute(&id, &a.name));
            gone += dropped.len();
            if !kept.is_empty() {
                out.push(Difference::Set { id, attrs: kept });
            }
        }
        (out, gone)
    }

    fn ignores_attribute(&self, id: &Id, name: &str) -> bool {
        let fits = |r: &&AttributeRule| r.kind.is_none_or(|k| k == id.kind) && glob(&r.pattern, name);
        self.attributes.iter().any(|r| !r.except && fits(&r)) && !self.attributes.iter().any(|r| r.except && fits(&r))
    }
}

/// What the narrowest rule that speaks of an object says: kept (`Some(None)`) or left out by a rule; `None` when no rule speaks.
fn verdict<'a>(rules: &[&'a Rule], id: &Id, object: &Object, side: &Side<'_>) -> Option<Option<&'a Rule>> {
    let at = |id: &Id, object: Option<&Object>, narrow: bool| {
        let fitting = || rules.iter().copied().filter(|r| r.narrow() == narrow && r.fits(id, object, side));
        if fitting().any(|r| r.except) { Some(None) } else { fitting().next().map(Some) }
    };
    at(id, Some(object), true)
        .or_else(|| parents(id).find_map(|p| at(&p, side.catalog.get(&p), true)))
        .or_else(|| at(id, Some(object), false))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn catalog() -> Catalog {
        let mut catalog = Catalog::default();
        let mut add = |id: Id, owner: &str| {
            catalog.objects.insert(id, Object { owner: Some(owner.into()), ..Object::default() });
        };
        add(Id::in_schema("table", "public", "tmp_a"), "me");
        add(Id::in_schema("table", "public", "tmp_keep"), "me");
        add(Id::in_schema("table", "audit", "log"), "other");
        catalog.objects.insert(Id::child("column", "public", "tmp_a", "x"), Object::default());
        catalog.objects.insert(Id::child("column", "public", "tmp_keep", "x"), Object::default());
        catalog.objects.insert(Id::child("trigger", "audit", "log", "mine"), Object::default());
        let sequence = Object { owned_by: [Id::child("column", "public", "tmp_a", "x")].into(), ..Object::default() };
        catalog.objects.insert(Id::in_schema("sequence", "public", "seq"), sequence);
        catalog
    }

    fn ignored(rules: &[(Subject, &str)]) -> Vec<String> {
        let ignore = rules.iter().map(|(subject, text)| Rule::new(*subject, text)).collect();
        let rules = Rules { ignore, ..Rules::default() };
        rules.ignored([&catalog(), &Catalog::default()], &BTreeSet::new()).keys().map(ToString::to_string).collect()
    }

    #[test]
    fn what_belongs_to_what_is_left_out_goes_with_it_and_exceptions_stay() {
        let found = ignored(&[(Subject::Name(Some("table")), "tmp_*"), (Subject::Name(Some("table")), "!tmp_keep")]);
        assert_eq!(found, ["column public.tmp_a.x", "sequence public.seq", "table public.tmp_a"]);
    }

    #[test]
    fn the_narrower_word_counts() {
        let found = ignored(&[(Subject::Schema, "audit"), (Subject::Name(Some("trigger")), "!audit.log.*")]);
        assert_eq!(found, ["table audit.log"]);
        assert_eq!(ignored(&[(Subject::Owner, "other")]), ["table audit.log", "trigger audit.log.mine"]);
    }
}
