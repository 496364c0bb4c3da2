//! A column under two names: `renamed_from: {name: comment, keep: true}` serves clients that know the former name and clients that
//! know the new one.
//!
//! Such an entry stands for more than itself: the former column, a trigger that keeps the two in step (manual, plpgsql-trigger), its
//! function, and the copying of the rows that are there. All of them are written into the tree of the file before it is read as
//! if somebody had, so that everything else treats them as any other.

use crate::diagnostic::{Diagnostic, Place};
use crate::sql::{self, lex};
use crate::yaml::{Node, Style, Value};

/// A column that is kept under its former name too.
#[derive(Debug, Clone)]
pub struct TwoNames {
    /// The table, as the file names it.
    pub table: String,
    /// The column.
    pub column: String,
    /// Its former name.
    pub former: String,
    /// Where that is written.
    pub place: Place,
}

/// The trigger that keeps a column in step with the one that has its former name.
pub fn trigger(former: &str) -> String {
    short(&format!("trueup_keep_{former}"))
}

fn function(table: &str, former: &str) -> String {
    short(&format!("trueup_keep_{table}_{former}"))
}

/// As long as a name can be; what is longer is told from others by the sum of what is cut off.
fn short(name: &str) -> String {
    const LONGEST: usize = 63;
    if name.len() <= LONGEST {
        return name.to_string();
    }
    let mut end = LONGEST - 9;
    while !name.is_char_boundary(end) {
        end -= 1;
    }
    let sum = name.bytes().fold(0_u32, |sum, b| sum.wrapping_mul(31).wrapping_add(b.into()));
    format!("{}_{sum:08x}", &name[..end])
}

/// Writes out what the columns of a file stand for, and says which they are.
pub fn expand(root: &mut Node, errors: &mut Vec<Diagnostic>) -> Vec<TwoNames> {
    let mut out = Vec::new();
    let mut functions = Vec::new();
    let Some(tables) = entries(root, "tables") else { return out };
    for (key, table) in tables {
        let Some(name) = key.text().map(str::to_string) else { continue };
        let mut kept = Vec::new();
        for (column, value) in entries(table, "columns").into_iter().flatten() {
            let Some(column) = column.text().map(str::to_string) else { continue };
            if let Some(kept_as) = former(&name, &column, value, errors) {
                kept.push(kept_as);
            }
        }
        for (two, types) in kept {
            let own = sql::split_name(&name).and_then(|mut parts| parts.pop()).unwrap_or_else(|| name.clone());
            let routine = function(&own, &two.former);
            // A name without a schema is in that of the file, as the table is.
            let path =
                name.rsplit_once('.').map_or_else(|| routine.clone(), |(schema, _)| format!("{schema}.{}", sql::ident(&routine)));
            let place = &two.place;
            push(table, "columns", place, &two.former, text(place, &types.1));
            let definition = format!("before insert or update for each row execute function {path}()");
            push(table, "triggers", place, &trigger(&two.former), text(place, &definition));
            functions.push((path + "()", routine_of(&two)));
            out.push(two);
        }
    }
    for (name, (place, value)) in functions {
        push(root, "functions", &place, &name, value);
    }
    out
}

/// What a column says of its former name, where that is a mapping: a plain name takes its place, or what copies the rows.
fn former(table: &str, column: &str, value: &mut Node, errors: &mut Vec<Diagnostic>) -> Option<(TwoNames, (String, String))> {
    let said = value.get("renamed_from")?.clone();
    let Value::Map(_) = &said.value else { return None };
    let word = |key: &str| said.get(key).and_then(Node::text).map(str::to_string);
    let Some(name) = word("name") else {
        errors.push(
            Diagnostic::error("missing-key", "`renamed_from` has no `name`")
                .at(&said.place)
                .help("for example `renamed_from: {name: comment, keep: true}`"),
        );
        set(value, "renamed_from", text(&said.place, column));
        return None;
    };
    let place = said.get("name").map_or(&said.place, |n| &n.place).clone();
    if word("keep").as_deref() != Some("true") {
        set(value, "renamed_from", text(&place, &name));
        return None;
    }
    let definition = value.get("definition").and_then(Node::text).unwrap_or_default().to_string();
    let tokens = lex::tokens(&definition);
    if tokens.iter().any(|t| t.depth == 0 && t.is_word(&definition, "generated")) || value.get("backfill").is_some() {
        errors.push(
            Diagnostic::error("not-kept", format!("column `{column}` cannot be kept in step with `{name}`"))
                .at(&said.place)
                .note("it is filled from the other one, and here it has its values from elsewhere")
                .help("take `keep` away, or what else gives it values"),
        );
        set(value, "renamed_from", text(&place, &name));
        return None;
    }
    let own = type_of(&definition);
    let theirs = word("definition").map_or_else(|| own.clone(), |d| type_of(&d));
    let (new, old) = (sql::ident(column), sql::ident(&name));
    let cast = |column: &str, to: &str| if own == theirs { column.to_string() } else { format!("CAST({column} AS {to})") };
    let both = vec![
        (text(&place, column), text(&place, &format!("coalesce({}, {new})", cast(&old, &own)))),
        (text(&place, &name), text(&place, &format!("coalesce({old}, {})", cast(&new, &theirs)))),
    ];
    let condition = format!("{new}::text is distinct from {old}::text");
    let copy = vec![
        (text(&place, "set"), Node { place: place.clone(), value: Value::Map(both) }),
        (text(&place, "where"), text(&place, &condition)),
    ];
    if let Value::Map(entries) = &mut value.value {
        entries.retain(|(k, _)| k.text() != Some("renamed_from"));
        entries.push((text(&place, "backfill"), Node { place: place.clone(), value: Value::Map(copy) }));
    }
    Some((TwoNames { table: table.into(), column: column.into(), former: name, place }, (own, theirs)))
}

/// The type at the beginning of a definition, with its collation.
fn type_of(definition: &str) -> String {
    const WORDS: &[&str] =
        &["not", "null", "default", "constraint", "check", "unique", "primary", "references", "storage", "compression"];
    let tokens = lex::tokens(definition);
    let end = tokens.iter().find(|t| t.depth == 0 && WORDS.iter().any(|w| t.is_word(definition, w))).map(|t| t.span.start);
    definition[..end.unwrap_or(definition.len())].trim().to_string()
}

/// Whoever writes one of the two writes both. The former column has no default, so that what stands in it at an INSERT was written
/// by a client that knows only that name.
fn routine_of(two: &TwoNames) -> (Place, Node) {
    let place = &two.place;
    let (new, old) = (sql::ident(&two.column), sql::ident(&two.former));
    let body = format!(
        "begin
  if tg_op = 'INSERT' then
    if new.{old} is not null then
      new.{new} := new.{old};
    else
      new.{old} := new.{new};
    end if;
  elsif new.{new}::text is distinct from old.{new}::text then
    new.{old} := new.{new};
  elsif new.{old}::text is distinct from old.{old}::text then
    new.{new} := new.{old};
  end if;
  return new;
end
"
    );
    let comment =
        format!("Keeps {} and {} of {} in step, which are one column under two names", two.column, two.former, two.table);
    let fields = [("comment", comment.as_str()), ("definition", "returns trigger language plpgsql"), ("body", &body)];
    let map = fields.iter().map(|(k, v)| (text(place, k), text(place, v))).collect();
    (place.clone(), Node { place: place.clone(), value: Value::Map(map) })
}

fn text(place: &Place, text: &str) -> Node {
    Node { place: place.clone(), value: Value::Scalar(text.to_string(), Style::Quoted) }
}

fn entries<'a>(node: &'a mut Node, key: &str) -> Option<&'a mut Vec<(Node, Node)>> {
    let Value::Map(all) = &mut node.value else { return None };
    let (_, inner) = all.iter_mut().find(|(k, _)| k.text() == Some(key))?;
    match &mut inner.value {
        Value::Map(entries) => Some(entries),
        _ => None,
    }
}

fn set(node: &mut Node, key: &str, value: Node) {
    if let Value::Map(all) = &mut node.value
        && let Some((_, inner)) = all.iter_mut().find(|(k, _)| k.text() == Some(key))
    {
        *inner = value;
    }
}

/// Adds an entry to a section, which is made where it is missing.
fn push(node: &mut Node, section: &str, place: &Place, name: &str, value: Node) {
    let Value::Map(all) = &mut node.value else { return };
    if !all.iter().any(|(k, _)| k.text() == Some(section)) {
        all.push((text(place, section), Node { place: place.clone(), value: Value::Map(Vec::new()) }));
    }
    if let Some((_, inner)) = all.iter_mut().find(|(k, _)| k.text() == Some(section)) {
        if matches!(inner.value, Value::Null) {
            inner.value = Value::Map(Vec::new());
        }
        if let Value::Map(entries) = &mut inner.value {
            entries.push((text(place, name), value));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_type_alone() {
        assert_eq!(type_of("character varying(10) collate \"C\" not null default 'a'"), "character varying(10) collate \"C\"");
        assert_eq!(type_of("numeric(3,2)"), "numeric(3,2)");
    }

    #[test]
    fn names_are_not_too_long() {
        assert_eq!(trigger("comment"), "trueup_keep_comment");
        let long = trigger(&"ö".repeat(40));
        assert!(long.len() <= 63 && long != trigger(&format!("{}x", "ö".repeat(40))));
    }
}
