//! Values that are never printed or stored: passwords and keys in options, connection strings.
//!
//! The catalog queries give such a value as `${secret:DIGEST}`, so that catalogs, snapshots, plans and reports hold enough to
//! tell whether it changed and not the value. What a model or a `pull --with-secrets` has in hand is remembered here, for this
//! run alone, by the same digest; a plan's placeholders are filled in when its statements are sent. `${env:NAME}` in a model is
//! the environment's value; where the environment has none, it stays as it is and is not compared.

use std::borrow::Cow;
use std::collections::HashMap;
use std::sync::Mutex;

use sha2::{Digest, Sha256};

use super::yaml::Piece;
use crate::diagnostic::{Diagnostic, Result};
use crate::sql;

/// The values by their digest, and whether they may be written to YAML.
static KNOWN: Mutex<Option<(HashMap<String, String>, bool)>> = Mutex::new(None);

/// The digest that the catalog queries compute.
fn digest(value: &str) -> String {
    Sha256::digest(value).iter().take(6).map(|b| format!("{b:02x}")).collect()
}

/// What is inside a text that is one placeholder and nothing else: `env` or `secret`, and the name or digest.
fn placeholder(text: &str) -> Option<(&str, &str)> {
    let (word, name) = text.strip_prefix("${")?.strip_suffix('}')?.split_once(':')?;
    (matches!(word, "env" | "secret") && !name.contains(['}', '\''])).then_some((word, name))
}

/// Keeps a value in mind for this run. `reveal` lets it be written to YAML.
pub fn remember(value: &str, reveal: bool) {
    if let Ok(mut known) = KNOWN.lock() {
        let (values, revealed) = known.get_or_insert_default();
        values.insert(digest(value), value.to_string());
        *revealed |= reveal;
    }
}

/// A value as the model means it: that of the environment for `${env:NAME}`, as far as it has one.
pub(super) fn meant(piece: &Piece) -> String {
    let value = match placeholder(&piece.text) {
        Some(("env", name)) => std::env::var(name).unwrap_or_else(|_| piece.text.clone()),
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

/// A value of a catalog as YAML holds it: the value itself when it is none of the secrets or was asked for, else the
/// environment variable that is to hold it.
pub(super) fn written(value: &str, names: &[&str]) -> String {
    let Some(("secret", digest)) = placeholder(value) else { return value.to_string() };
    if let Ok(known) = KNOWN.lock()
        && let Some((values, true)) = &*known
        && let Some(value) = values.get(digest)
    {
        return value.clone();
    }
    let plain = |c: char| if c.is_ascii_alphanumeric() { c.to_ascii_uppercase() } else { '_' };
    format!("${{env:{}}}", names.join("_").chars().map(plain).collect::<String>())
}

/// Whether two values can be taken for the same: one of them is not known here.
pub fn unseen(a: &str, b: &str) -> bool {
    let env = |t: &str| matches!(placeholder(t), Some(("env", _)));
    a == UNSEEN || b == UNSEEN || (env(a) && placeholder(b).is_some()) || (env(b) && placeholder(a).is_some())
}

/// What a value is when the reading role may not see it.
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
            Some(("env", name)) => std::env::var(name).ok(),
            Some((_, digest)) => KNOWN.lock().ok().and_then(|k| k.as_ref()?.0.get(digest).cloned()),
            None => Some(inner.to_string()),
        };
        let Some(value) = value else {
            return Err(Diagnostic::error("missing-secret", format!("the value of {inner} is not known"))
                .help("set the environment variable that the model names, or plan and apply in one run")
                .into());
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
