//! Values that are never printed or stored: passwords and keys in options, connection strings.
//!
//! The catalog queries give such a value as `${secret:DIGEST}`, so that catalogs, snapshots, plans and reports hold enough to
//! tell whether it changed and not the value. What a model or a `pull --with-secrets` has in hand is remembered here, for this
//! run alone, by the same digest; a plan's placeholders are filled in when its statements are sent. `${env:NAME}` in a model is
//! the environment's value; where the environment has none, it stays as it is and is not compared.

use std::borrow::Cow;
use std::collections::{BTreeMap, HashMap};
use std::sync::{Mutex, PoisonError};

use super::yaml::Piece;
use crate::diagnostic::{Diagnostic, Failure, Place, Result};
use crate::sql;

/// What this run knows of secrets.
#[derive(Default)]
struct Known {
    /// The values by their digest.
    values: HashMap<String, String>,
    /// Whether they may be written to YAML.
    revealed: bool,
    /// The environment variables that the model takes values from, by the value's digest.
    names: HashMap<String, String>,
    /// Those that are not set, with where the model names them.
    unset: BTreeMap<String, Place>,
}

static KNOWN: Mutex<Option<Known>> = Mutex::new(None);

/// The digest that the catalog queries compute.
fn digest(value: &str) -> String {
    crate::digest::of(value, 6)
}

/// What is inside a text that is one placeholder and nothing else: `env` or `secret`, and the name or digest.
fn placeholder(text: &str) -> Option<(&str, &str)> {
    let (word, name) = text.strip_prefix("${")?.strip_suffix('}')?.split_once(':')?;
    (matches!(word, "env" | "secret") && !name.contains(['}', '\''])).then_some((word, name))
}

fn known<T>(ask: impl FnOnce(&mut Known) -> T) -> T {
    ask(KNOWN.lock().unwrap_or_else(PoisonError::into_inner).get_or_insert_default())
}

/// Keeps a value in mind for this run. `reveal` lets it be written to YAML.
pub fn remember(value: &str, reveal: bool) {
    known(|k| {
        k.values.insert(digest(value), value.to_string());
        k.revealed |= reveal;
    });
}

/// A value as the model means it: that of the environment for `${env:NAME}`, as far as it has one.
pub(super) fn meant(piece: &Piece) -> String {
    let value = match placeholder(&piece.text) {
        Some(("env", name)) => match std::env::var(name) {
            Ok(value) => {
                known(|k| k.names.insert(digest(&value), name.to_string()));
                value
            }
            Err(_) => {
                known(|k| k.unset.insert(name.to_string(), piece.place.clone()));
                piece.text.clone()
            }
        },
        _ => piece.text.clone(),
    };
    remember(&value, false);
    value
}

/// A value as a catalog holds it that is not read back from a server: by its digest.
pub(super) fn hidden(piece: &Piece) -> String {
    match meant(piece) {
        value if placeholder(&value).is_some() => value,
        value => format!("${{secret:{}}}", digest(&value)),
    }
}

/// What the model says of values that cannot be compared: the environment does not have them.
pub fn unset() -> Vec<Diagnostic> {
    let one = |(name, place): (&String, &Place)| {
        Diagnostic::warning("secret-not-compared", format!("{name} is not set, so the value that it is to hold is not compared"))
            .at(place)
            .help(format!("set the environment variable {name} to have it compared, and wherever the plan is applied"))
    };
    known(|k| k.unset.iter().map(one).collect())
}

/// The environment variables that hold the secrets in these statements, by the digest that stands for the value.
pub fn named<'a>(statements: impl Iterator<Item = &'a str>) -> BTreeMap<String, String> {
    let mut out = BTreeMap::new();
    for statement in statements {
        let mut rest = statement;
        while let Some((start, length, inner)) = next(rest) {
            if let Some(("secret", digest)) = placeholder(inner)
                && let Some(name) = known(|k| k.names.get(digest).cloned())
            {
                out.insert(digest.to_string(), name);
            }
            rest = &rest[start + length..];
        }
    }
    out
}

/// Takes the values of a saved plan from the environment.
///
/// # Errors
/// A variable that is not set, or holds another value than when the plan was made.
pub fn recall(names: &BTreeMap<String, String>) -> Result<()> {
    let mut diagnostics = Vec::new();
    for (expected, name) in names {
        match std::env::var(name) {
            Ok(value) if digest(&value) == *expected => remember(&value, false),
            Ok(_) => diagnostics.push(
                Diagnostic::error("other-secret", format!("{name} holds another value than when the plan was made"))
                    .help("set it to what it was then, or make the plan again"),
            ),
            Err(_) => diagnostics.push(missing(name)),
        }
    }
    if diagnostics.is_empty() { Ok(()) } else { Err(Failure { diagnostics }) }
}

fn missing(name: &str) -> Diagnostic {
    Diagnostic::error("missing-secret", format!("the environment variable {name} is not set"))
        .note("the plan takes a secret from it, which no plan holds itself")
        .help(format!("set {name} to what it was when the plan was made, or is to be"))
}

/// A value of a catalog as YAML holds it: the value itself when it is none of the secrets or was asked for, else the
/// environment variable that is to hold it.
pub(super) fn written(value: &str, names: &[&str]) -> String {
    let Some(("secret", digest)) = placeholder(value) else { return value.to_string() };
    if let Some(value) = known(|k| k.values.get(digest).filter(|_| k.revealed).cloned()) {
        return value;
    }
    let plain = |c: char| if c.is_ascii_alphanumeric() { c.to_ascii_uppercase() } else { '_' };
    format!("${{env:{}}}", names.join("_").chars().map(plain).collect::<String>())
}

/// Whether two values can be taken for the same: one of them is not known here.
pub fn unseen(a: &str, b: &str) -> bool {
    let env = |t: &str| matches!(placeholder(t), Some(("env", _)));
    a == UNSEEN || b == UNSEEN || (env(a) && placeholder(b).is_some()) || (env(b) && placeholder(a).is_some())
}

/// What a value is when the reading role may not see it, and what it is to be when nobody says: it is not compared.
pub const UNSEEN: &str = "${unseen}";

/// A statement with its placeholders filled in.
///
/// # Errors
/// A secret that neither the environment nor this run's model holds.
pub fn filled(statement: &str) -> Result<Cow<'_, str>> {
    let mut out = String::new();
    let mut rest = statement;
    while let Some((start, length, inner)) = next(rest) {
        let value = match placeholder(inner) {
            Some(("env", name)) => std::env::var(name).map_err(|_| missing(name))?,
            Some((_, digest)) => known(|k| k.values.get(digest).cloned()).ok_or_else(|| {
                Diagnostic::error("missing-secret", "the plan holds a secret whose value is not known here")
                    .help("plan and apply in one run, or take it from the environment in the model: `${env:NAME}`")
            })?,
            None => inner.to_string(),
        };
        out.push_str(&rest[..start]);
        out.push_str(&sql::literal(&value));
        rest = &rest[start + length..];
    }
    if out.is_empty() {
        return Ok(Cow::Borrowed(statement));
    }
    out.push_str(rest);
    Ok(Cow::Owned(out))
}

/// The next literal that is one placeholder: where, how long, and what is in it. A connection string has `dbname=` before it,
/// so that it can be read as one.
fn next(text: &str) -> Option<(usize, usize, &str)> {
    let mut from = 0;
    let find = |from: usize, word: &str| text[from..].find(word).map(|i| (i + from, word.len() - 2));
    while let Some((start, open)) = find(from, "'${").into_iter().chain(find(from, "'dbname=${")).min() {
        let inner_start = start + open;
        let end = inner_start + text[inner_start..].find('\'')?;
        if placeholder(&text[inner_start..end]).is_some() {
            return Some((start, end + 1 - start, &text[inner_start..end]));
        }
        from = inner_start;
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn placeholders_are_filled_in_and_quoted() {
        remember("it's", false);
        let sql = format!("CREATE SERVER s OPTIONS (host '${{host}}', password '${{secret:{}}}')", digest("it's"));
        assert_eq!(filled(&sql).ok().as_deref(), Some("CREATE SERVER s OPTIONS (host '${host}', password 'it''s')"));
        assert!(filled("OPTIONS (password '${secret:000000000000}')").is_err());
    }

    #[test]
    fn what_is_not_known_is_named_after_its_place() {
        assert_eq!(written("${secret:ffffffffffff}", &["my server", "password"]), "${env:MY_SERVER_PASSWORD}");
        assert_eq!(written("plain", &["x"]), "plain");
        assert!(unseen("${env:A}", "${secret:ffffffffffff}") && !unseen("${env:A}", "plain"));
    }
}
