//! `manage` and `ignore` as they are written, and the profiles that bring rules of their own.

use std::path::PathBuf;
use std::sync::Arc;

use super::project::Manage;
use crate::catalog::{Catalog, KindName};
use crate::diagnostic::{Diagnostic, SourceFile, closest};
use crate::diff::rules::{AttributeRule, Rule, Rules, Subject};
use crate::diff::scope::glob;
use crate::kinds::yaml::{names, wrong_type};
use crate::kinds::{self, KINDS};
use crate::yaml::{Node, Value, parse};

/// The keys beside kinds under which patterns may stand.
const SUBJECTS: &[(&str, Subject)] = &[
    ("schema", Subject::Schema),
    ("owner", Subject::Owner),
    ("kind", Subject::Kind),
    ("extension", Subject::Extension),
    ("partition", Subject::Part),
    ("name", Subject::Name(None)),
];

const EXAMPLE: &str = "ignore: {table: [\"tmp_*\", \"!tmp_keep\"], schema: [audit], attribute: [comment]}";

/// A profile: what an extension or a platform makes and provides, and how it is recognised.
struct Profile {
    name: &'static str,
    text: &'static str,
}

const PROFILES: &[Profile] = &[
    Profile { name: "supabase", text: include_str!("profiles/supabase.yaml") },
    Profile { name: "pg_partman", text: include_str!("profiles/pg_partman.yaml") },
    Profile { name: "timescaledb", text: include_str!("profiles/timescaledb.yaml") },
    Profile { name: "pgmq", text: include_str!("profiles/pgmq.yaml") },
];

/// The names of the profiles.
pub fn profiles() -> impl Iterator<Item = &'static str> {
    PROFILES.iter().map(|p| p.name)
}

impl Profile {
    fn root(&self, errors: &mut Vec<Diagnostic>) -> Node {
        let path = PathBuf::from(format!("profiles/{}.yaml", self.name));
        let (root, found) = parse(&Arc::new(SourceFile { path, text: self.text.to_string() }));
        errors.extend(found);
        root
    }
}

/// Adds the rules of a profile; gives the provided sets that belong to it.
pub fn profile(name: &str, node: &Node, rules: &mut Rules, errors: &mut Vec<Diagnostic>) -> Vec<String> {
    let Some(profile) = PROFILES.iter().find(|p| p.name == name) else {
        let mut error = Diagnostic::error("unknown-profile", format!("there is no profile called `{name}`")).at(&node.place);
        if let Some(near) = closest(name, profiles()) {
            error = error.label(format!("did you mean `{near}`?"));
        }
        errors.push(error.help(format!("the profiles are: {}", profiles().collect::<Vec<_>>().join(", "))));
        return Vec::new();
    };
    let root = profile.root(errors);
    let mut own = Rules::default();
    if let Some(written) = root.get("ignore") {
        ignore(written, &mut own, errors);
    }
    own.ignore.iter_mut().for_each(|r| r.profile = Some(name.to_string()));
    rules.ignore.extend(own.ignore);
    root.get("provided").and_then(names).unwrap_or_default().into_iter().map(|p| p.text).collect()
}

/// The profiles that a database asks for: those of which it has every role and schema, or the extension, that they name.
pub fn recognised(catalog: &Catalog) -> Vec<&'static str> {
    let mut errors = Vec::new();
    let has = |profile: &&Profile| {
        let root = profile.root(&mut errors);
        let Some(signs) = root.get("recognised_by").and_then(Node::entries) else { return false };
        !signs.is_empty()
            && signs.iter().all(|(key, value)| {
                let wanted = names(value).unwrap_or_default();
                let of_kind = key.text().and_then(kinds::by_word);
                wanted.iter().all(|w| {
                    let there = of_kind.is_some_and(|k| catalog.of_kind(k.name()).any(|(id, _)| glob(&w.text, &id.name)));
                    there || (key.text() == Some("roles") && catalog.roles.contains(&w.text))
                })
            })
    };
    PROFILES.iter().filter(has).map(|p| p.name).collect()
}

/// Reads `ignore`: a list of patterns, or patterns by what they look at.
pub fn ignore(node: &Node, rules: &mut Rules, errors: &mut Vec<Diagnostic>) {
    match &node.value {
        Value::Null => {}
        Value::Map(entries) => {
            for (key, value) in entries {
                let word = key.text().unwrap_or_default();
                if word == "attribute" {
                    attributes(value, rules, errors);
                } else if let Some(subject) = subject(key, errors) {
                    rules.ignore.extend(patterns(subject, value, errors));
                }
            }
        }
        _ => rules.ignore.extend(patterns(Subject::Name(None), node, errors)),
    }
}

/// Reads `manage`: the scope, and what of it; or what has to be asked for.
pub fn manage(node: &Node, scope: &mut Manage, rules: &mut Rules, errors: &mut Vec<Diagnostic>) {
    match &node.value {
        Value::Null => {}
        Value::Map(entries) => {
            for (key, value) in entries {
                if key.text() == Some("scope") {
                    match value.text().and_then(Manage::parse) {
                        Some(manage) => *scope = manage,
                        None => errors.push(not_a_scope(value)),
                    }
                } else if let Some(subject) = subject(key, errors) {
                    rules.manage.extend(patterns(subject, value, errors));
                }
            }
        }
        _ => {
            let words: Vec<String> = names(node).unwrap_or_default().into_iter().map(|p| p.text).collect();
            if managed_words(&words, scope, rules).is_err() {
                errors.push(not_a_scope(node));
            }
        }
    }
}

/// Words of `manage`: a scope, or the name of what has to be asked for (`roles`).
///
/// # Errors
/// A word that is neither.
pub fn managed_words(words: &[String], scope: &mut Manage, rules: &mut Rules) -> std::result::Result<(), String> {
    for word in words {
        match (Manage::parse(word), asked(word)) {
            (Some(manage), _) => *scope = manage,
            (None, Some(kind)) => rules.manage.push(Rule::new(Subject::Name(Some(kind)), "*")),
            (None, None) => return Err(word.clone()),
        }
    }
    Ok(())
}

/// The kind that a word asks for.
fn asked(word: &str) -> Option<KindName> {
    kinds::by_word(word).filter(|k| k.asked_as() == Some(k.name())).map(|k| k.name())
}

fn not_a_scope(node: &Node) -> Diagnostic {
    let shown = node.text().unwrap_or_default();
    let asked: Vec<&str> = KINDS.iter().filter(|k| k.asked_as() == Some(k.name())).map(|k| k.label().1).collect();
    let mut error = wrong_type(node, "manage", "declared, listed or all", "manage: all");
    if !shown.is_empty() {
        error.label = Some(format!("this is `{shown}`"));
    }
    error
        .help(format!("what has to be asked for is named beside it: `manage: [declared, {}]`", asked.join(", ")))
        .help("and rules are a mapping: `manage: {scope: all, schema: [\"app_*\"]}`")
}

fn subject(key: &Node, errors: &mut Vec<Diagnostic>) -> Option<Subject> {
    let word = key.text().unwrap_or_default();
    // An extension's rule is about more than the extension itself.
    if let Some((_, subject)) = SUBJECTS.iter().find(|(s, _)| *s == word) {
        return Some(*subject);
    }
    if let Some(kind) = kinds::by_word(word) {
        return Some(Subject::Name(Some(kind.name())));
    }
    let special = || SUBJECTS.iter().map(|(s, _)| *s).chain(["attribute"]);
    let kinds = KINDS.iter().map(|k| k.name()).filter(|k| !special().any(|s| s == *k));
    let known = || special().chain(kinds.clone());
    let mut error = Diagnostic::error("unknown-key", format!("no rule looks at `{word}`")).at(&key.place);
    if let Some(near) = closest(word, known()) {
        error = error.label(format!("did you mean `{near}`?"));
    }
    errors.push(error.help(format!("rules look at: {}", known().collect::<Vec<_>>().join(", "))));
    None
}

fn patterns(subject: Subject, node: &Node, errors: &mut Vec<Diagnostic>) -> Vec<Rule> {
    match names(node) {
        Some(list) => list.iter().map(|p| Rule::new(subject, &p.text)).collect(),
        None => {
            errors.push(wrong_type(node, "a rule", "a list of patterns", EXAMPLE));
            Vec::new()
        }
    }
}

/// Attributes that are not compared: a list, `kind.attribute` in it, or lists by kind.
fn attributes(node: &Node, rules: &mut Rules, errors: &mut Vec<Diagnostic>) {
    let mut push = |kind: Option<KindName>, text: &str| {
        let (except, text) = text.strip_prefix('!').map_or((false, text), |rest| (true, rest));
        let of_kind = text.split_once('.').and_then(|(word, rest)| Some((kinds::by_word(word)?.name(), rest)));
        let (kind, pattern) = of_kind.map_or((kind, text), |(kind, rest)| (Some(kind), rest));
        rules.attributes.push(AttributeRule { kind, pattern: pattern.to_string(), except });
    };
    match (&node.value, names(node)) {
        (Value::Map(entries), _) => {
            for (key, value) in entries {
                let Some(kind) = key.text().and_then(kinds::by_word) else {
                    let known = KINDS.iter().map(|k| k.name()).collect::<Vec<_>>().join(", ");
                    let what = format!("`{}` is no kind of object", key.text().unwrap_or_default());
                    errors.push(Diagnostic::error("unknown-key", what).at(&key.place).help(format!("the kinds are: {known}")));
                    continue;
                };
                names(value).unwrap_or_default().iter().for_each(|p| push(Some(kind.name()), &p.text));
            }
        }
        (_, Some(list)) => list.iter().for_each(|p| push(None, &p.text)),
        _ => errors.push(wrong_type(node, "attribute", "a list of attributes", EXAMPLE)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn profiles_are_understood() {
        for profile in PROFILES {
            let (mut errors, mut rules) = (Vec::new(), Rules::default());
            let root = profile.root(&mut errors);
            super::profile(profile.name, &root, &mut rules, &mut errors);
            assert!(errors.is_empty(), "{}: {errors:?}", profile.name);
            assert!(!rules.ignore.is_empty() && root.get("recognised_by").is_some(), "{}", profile.name);
        }
    }
}
