//! What a query is expected to give, and whether it did.

use std::cmp::Ordering;
use std::collections::BTreeSet;
use std::fmt::Write as _;

use crate::yaml::{Node, Style, Value as Yaml};

/// What is expected.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Expect {
    /// One row with one column.
    One(Value),
    /// One row, by the names of its columns; others do not matter.
    Row(Vec<(String, Value)>),
    /// So many rows.
    Rows(Vec<Row>),
}

/// One of several rows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Row {
    /// All its values.
    Values(Vec<Value>),
    /// Some of them, by the names of their columns.
    Named(Vec<(String, Value)>),
}

/// One value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Value {
    /// NULL.
    Null,
    /// This one: as a number where both are numbers and it is not in quotes.
    Is(String, Style),
    /// None that equals it.
    Not(String),
    /// A number on this side of it.
    Than(Vec<Ordering>, &'static str, String),
}

/// The signs that a value may begin with.
const SIGNS: &[(&str, &[Ordering])] = &[
    (">=", &[Ordering::Greater, Ordering::Equal]),
    ("<=", &[Ordering::Less, Ordering::Equal]),
    (">", &[Ordering::Greater]),
    ("<", &[Ordering::Less]),
];

/// What a query gave.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Found {
    /// The names of its columns.
    pub columns: Vec<String>,
    /// Its rows, as text.
    pub rows: Vec<Vec<Option<String>>>,
    /// Whether there are more.
    pub more: bool,
}

impl Expect {
    /// Reads it; `None` where a list or a mapping stands in the place of a value.
    pub fn read(node: &Node) -> Option<Expect> {
        match &node.value {
            Yaml::Scalar(..) | Yaml::Null => Value::read(node).map(Expect::One),
            Yaml::Map(entries) => named(entries).map(Expect::Row),
            Yaml::List(items) => items.iter().map(Row::read).collect::<Option<_>>().map(Expect::Rows),
        }
    }

    /// The columns that are named.
    pub fn columns(&self) -> BTreeSet<&str> {
        match self {
            Expect::One(_) => BTreeSet::new(),
            Expect::Row(named) => named.iter().map(|(name, _)| name.as_str()).collect(),
            Expect::Rows(rows) => {
                let named = rows.iter().filter_map(|row| if let Row::Named(named) = row { Some(named) } else { None });
                named.flatten().map(|(name, _)| name.as_str()).collect()
            }
        }
    }

    /// How many rows are read at most: one more than are expected, so that it shows.
    pub fn rows(&self) -> usize {
        match self {
            Expect::One(_) | Expect::Row(_) => 1,
            Expect::Rows(rows) => rows.len(),
        }
    }

    /// Whether that is what was found. Without an order of the query's own, rows may come in any.
    pub fn met(&self, found: &Found, ordered: bool) -> bool {
        if found.more || found.rows.len() != self.rows() {
            return false;
        }
        match self {
            Expect::One(value) => {
                matches!(found.rows.as_slice(), [row] if matches!(row.as_slice(), [one] if value.met(one.as_deref())))
            }
            Expect::Row(names) => found.rows.iter().all(|row| Row::named_met(names, &found.columns, row)),
            Expect::Rows(rows) => {
                let in_order = rows.iter().zip(&found.rows).all(|(e, row)| e.met(&found.columns, row));
                let mut left: Vec<&Vec<Option<String>>> = found.rows.iter().collect();
                let mut any =
                    |e: &Row| left.iter().position(|row| e.met(&found.columns, row)).map(|i| left.swap_remove(i)).is_some();
                in_order || (!ordered && rows.iter().all(&mut any))
            }
        }
    }

    /// In words.
    pub fn words(&self) -> String {
        match self {
            Expect::One(value) => value.words(),
            Expect::Row(names) => named_words(names),
            Expect::Rows(rows) => listed(&rows.iter().map(Row::words).collect::<Vec<_>>(), false),
        }
    }
}

impl Row {
    fn read(node: &Node) -> Option<Row> {
        match &node.value {
            Yaml::Map(entries) => named(entries).map(Row::Named),
            Yaml::List(items) => items.iter().map(Value::read).collect::<Option<_>>().map(Row::Values),
            _ => Value::read(node).map(|v| Row::Values(vec![v])),
        }
    }

    fn met(&self, columns: &[String], row: &[Option<String>]) -> bool {
        match self {
            Row::Values(values) => values.len() == row.len() && values.iter().zip(row).all(|(v, found)| v.met(found.as_deref())),
            Row::Named(names) => Row::named_met(names, columns, row),
        }
    }

    fn named_met(names: &[(String, Value)], columns: &[String], row: &[Option<String>]) -> bool {
        names.iter().all(|(name, value)| {
            let at = columns.iter().position(|c| c == name);
            at.and_then(|i| row.get(i)).is_some_and(|found| value.met(found.as_deref()))
        })
    }

    fn words(&self) -> String {
        match self {
            Row::Values(values) => values.iter().map(Value::words).collect::<Vec<_>>().join(", "),
            Row::Named(names) => named_words(names),
        }
    }
}

impl Value {
    fn read(node: &Node) -> Option<Value> {
        let (text, style) = match &node.value {
            Yaml::Null => return Some(Value::Null),
            Yaml::Scalar(text, style) => (text.as_str(), *style),
            _ => return None,
        };
        let signed = |(sign, sides): &(&'static str, &[Ordering])| {
            let rest = text.strip_prefix(sign)?.trim();
            number(rest).map(|_| Value::Than(sides.to_vec(), sign, rest.to_string()))
        };
        if let Some(than) = SIGNS.iter().find_map(signed) {
            return Some(than);
        }
        if let Some(rest) = text.strip_prefix("!=") {
            return Some(Value::Not(rest.trim().to_string()));
        }
        Some(Value::Is(text.trim_end_matches('\n').to_string(), style))
    }

    fn met(&self, found: Option<&str>) -> bool {
        let Some(found) = found else { return *self == Value::Null };
        match self {
            Value::Null => false,
            Value::Is(text, style) => text == found || (*style == Style::Plain && same(text, found)),
            Value::Not(text) => text != found && !same(text, found),
            Value::Than(sides, _, text) => compared(found, text).is_some_and(|side| sides.contains(&side)),
        }
    }

    fn words(&self) -> String {
        match self {
            Value::Null => "NULL".into(),
            Value::Is(text, _) => text.clone(),
            Value::Not(text) => format!("!= {text}"),
            Value::Than(_, sign, text) => format!("{sign} {text}"),
        }
    }
}

impl Found {
    /// In words.
    pub fn words(&self) -> String {
        let row = |row: &Vec<Option<String>>| {
            row.iter().map(|v| v.as_deref().unwrap_or("NULL").to_string()).collect::<Vec<_>>().join(", ")
        };
        match self.rows.as_slice() {
            [one] if !self.more && one.len() > 1 => {
                let pairs = self.columns.iter().zip(one);
                pairs.map(|(name, v)| format!("{name}: {}", v.as_deref().unwrap_or("NULL"))).collect::<Vec<_>>().join(", ")
            }
            rows => listed(&rows.iter().map(row).collect::<Vec<_>>(), self.more),
        }
    }
}

fn named(entries: &[(Node, Node)]) -> Option<Vec<(String, Value)>> {
    entries.iter().map(|(key, value)| Some((key.text()?.to_string(), Value::read(value)?))).collect()
}

fn named_words(names: &[(String, Value)]) -> String {
    names.iter().map(|(name, value)| format!("{name}: {}", value.words())).collect::<Vec<_>>().join(", ")
}

/// How many rows are shown before the rest is counted.
const SHOWN: usize = 6;

fn listed(rows: &[String], more: bool) -> String {
    match rows {
        [] => "no rows".into(),
        [one] if !more => one.clone(),
        _ => {
            let mut out: String = rows.iter().take(SHOWN).map(|r| format!("({r})")).collect::<Vec<_>>().join(" ");
            match rows.len().saturating_sub(SHOWN) {
                _ if more => out.push_str(" and more"),
                0 => {}
                n => drop(write!(out, " and {n} more")),
            }
            out
        }
    }
}

/// Whether two texts mean the same: numbers, or a boolean as the server prints it.
fn same(expected: &str, found: &str) -> bool {
    let boolean = matches!((expected, found), ("true", "t") | ("false", "f"));
    boolean || compared(expected, found) == Some(Ordering::Equal)
}

/// A number of any length: its sign, and its digits before and after the point without zeros that say nothing.
fn number(text: &str) -> Option<(bool, &str, &str)> {
    let (negative, digits) = match text.strip_prefix('-') {
        Some(rest) => (true, rest),
        None => (false, text),
    };
    let (whole, part) = digits.split_once('.').unwrap_or((digits, ""));
    let all_digits = |t: &str| t.bytes().all(|b| b.is_ascii_digit());
    let is_number = !(whole.is_empty() && part.is_empty()) && all_digits(whole) && all_digits(part);
    let (whole, part) = (whole.trim_start_matches('0'), part.trim_end_matches('0'));
    // There is no negative zero.
    is_number.then_some((negative && !(whole.is_empty() && part.is_empty()), whole, part))
}

fn compared(a: &str, b: &str) -> Option<Ordering> {
    let (a, b) = (number(a)?, number(b)?);
    let size = a.1.len().cmp(&b.1.len()).then_with(|| a.1.cmp(b.1)).then_with(|| a.2.cmp(b.2));
    Some(match (a.0, b.0) {
        (false, false) => size,
        (true, true) => size.reverse(),
        (true, false) => Ordering::Less,
        (false, true) => Ordering::Greater,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostic::SourceFile;
    use std::sync::Arc;

    fn expect(yaml: &str) -> Expect {
        let source = Arc::new(SourceFile { path: "t.yaml".into(), text: format!("expect: {yaml}\n") });
        let (root, errors) = crate::yaml::parse(&source);
        assert!(errors.is_empty(), "{errors:?}");
        Expect::read(root.get("expect").expect("the key")).expect("an expectation")
    }

    fn found(columns: &[&str], rows: &[&[Option<&str>]]) -> Found {
        let row = |r: &&[Option<&str>]| r.iter().map(|v| v.map(str::to_string)).collect();
        Found { columns: columns.iter().map(|c| (*c).to_string()).collect(), rows: rows.iter().map(row).collect(), more: false }
    }

    #[test]
    fn one_value() {
        let met = |yaml: &str, value: Option<&str>| expect(yaml).met(&found(&["count"], &[&[value]]), true);
        for (yaml, value, holds) in [
            ("254", Some("254"), true),
            ("254", Some("253"), false),
            ("254", Some("254.00"), true),
            ("'254'", Some("254.00"), false),
            ("\">= 5\"", Some("5"), true),
            ("\">= 5\"", Some("40"), true),
            ("\"< -5\"", Some("-40"), true),
            ("\"<= 123456789012345678901234567890\"", Some("123456789012345678901234567891"), false),
            ("\">= 5\"", Some("many"), false),
            ("\"!= 0\"", Some("0.0"), false),
            ("\"!= 0\"", Some("1"), true),
            ("true", Some("t"), true),
            ("null", None, true),
            ("null", Some(""), false),
            ("abc", None, false),
            ("\"<b>\"", Some("<b>"), true),
        ] {
            assert_eq!(met(yaml, value), holds, "{yaml} of {value:?}");
        }
    }

    #[test]
    fn rows() {
        let two = found(&["name", "n"], &[&[Some("a"), Some("1")], &[Some("b"), None]]);
        assert!(expect("[[a, 1], [b, null]]").met(&two, true));
        assert!(!expect("[[b, null], [a, 1]]").met(&two, true));
        assert!(expect("[[b, null], [a, 1]]").met(&two, false));
        assert!(expect("[{name: a}, {name: b}]").met(&two, true));
        assert!(!expect("[[a, 1]]").met(&two, false));
        assert!(!expect("[{nome: a}, {name: b}]").met(&two, false));
        let one = found(&["total", "shared"], &[&[Some("254"), Some("250")]]);
        assert!(expect("{total: 254, shared: '> 9'}").met(&one, true));
        assert!(expect("[]").met(&found(&["a"], &[]), true));
        assert_eq!(one.words(), "total: 254, shared: 250");
        assert_eq!(two.words(), "(a, 1) (b, NULL)");
        assert_eq!(expect("[]").words(), "no rows");
    }
}
