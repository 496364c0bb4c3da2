//! Writing YAML: block style, short flow lists, quotes only where they are needed.

/// A value to be written.
#[derive(Debug, Clone, PartialEq)]
pub enum Out {
    /// Nothing after the key.
    Null,
    /// A text; several lines become a block.
    Text(String),
    /// A list of texts on one line: `[a, b]`.
    Flow(Vec<String>),
    /// A list, one item a line.
    List(Vec<Out>),
    /// A mapping.
    Map(Vec<(String, Out)>),
}

impl Out {
    /// An empty mapping to be filled.
    pub fn map() -> Vec<(String, Out)> {
        Vec::new()
    }

    /// A text.
    pub fn text(text: impl Into<String>) -> Out {
        Out::Text(text.into())
    }

    /// A text of which one line end is taken for the end of a block of YAML when it is read.
    pub fn prose(text: &str) -> Out {
        Out::Text(if text.ends_with('\n') { format!("{text}\n") } else { text.to_string() })
    }
}

/// Writes a mapping as a whole file.
pub fn document(entries: &[(String, Out)]) -> String {
    let mut text = String::new();
    for (i, (key, value)) in entries.iter().enumerate() {
        if i > 0 && matches!(value, Out::Map(_) | Out::List(_)) {
            text.push('\n');
        }
        entry(&mut text, key, value, 0);
    }
    text
}

fn entry(text: &mut String, key: &str, value: &Out, indent: usize) {
    text.push_str(&entry_with_key(&scalar(key, true), value, indent));
}

/// One entry of a mapping, indented; the key stands as it is given, quotes and all.
pub fn entry_with_key(key: &str, value: &Out, indent: usize) -> String {
    let mut text = format!("{}{key}:", " ".repeat(indent));
    after(&mut text, value, indent);
    text
}

/// A name as a key.
pub fn key(name: &str) -> String {
    scalar(name, true)
}

fn after(text: &mut String, value: &Out, indent: usize) {
    match value {
        Out::Null => text.push('\n'),
        Out::Text(value) => {
            text.push(' ');
            block_or_scalar(text, value, indent);
        }
        Out::Flow(items) => {
            text.push(' ');
            text.push_str(&flow(items));
            text.push('\n');
        }
        Out::Map(entries) if entries.is_empty() => text.push_str(" {}\n"),
        Out::List(items) if items.is_empty() => text.push_str(" []\n"),
        Out::Map(entries) => {
            text.push('\n');
            for (key, value) in entries {
                entry(text, key, value, indent + 2);
            }
        }
        Out::List(items) => {
            text.push('\n');
            for item in items {
                list_item(text, item, indent + 2);
            }
        }
    }
}

fn list_item(text: &mut String, item: &Out, indent: usize) {
    text.push_str(&" ".repeat(indent));
    text.push('-');
    match item {
        Out::Map(entries) if !entries.is_empty() => {
            for (i, (key, value)) in entries.iter().enumerate() {
                if i == 0 {
                    text.push(' ');
                    text.push_str(&scalar(key, true));
                    text.push(':');
                    after(text, value, indent + 2);
                } else {
                    entry(text, key, value, indent + 2);
                }
            }
        }
        other => after(text, other, indent),
    }
}

fn flow(items: &[String]) -> String {
    format!("[{}]", items.iter().map(|i| scalar(i, true)).collect::<Vec<_>>().join(", "))
}

/// A text that fits a literal block comes as one when it has several lines; everything else as a scalar on the line.
fn block_or_scalar(text: &mut String, value: &str, indent: usize) {
    let printable = value.chars().all(|c| c == '\n' || c == '\t' || !c.is_control());
    let blockable = printable && !value.trim().is_empty() && value.contains('\n') && !value.contains('\u{feff}');
    if !blockable {
        text.push_str(&scalar(value, false));
        text.push('\n');
        return;
    }
    let body = value.trim_end_matches('\n');
    let newlines = value.len() - body.len();
    // A first line that starts with white space hides the block's indentation: say it.
    let hint = if body.trim_start_matches('\n').starts_with([' ', '\t']) { "2" } else { "" };
    let chomp = match newlines {
        0 => "-",
        1 => "",
        _ => "+",
    };
    text.push('|');
    text.push_str(hint);
    text.push_str(chomp);
    text.push('\n');
    let pad = " ".repeat(indent + 2);
    for line in body.split('\n') {
        if !line.is_empty() {
            text.push_str(&pad);
            text.push_str(line);
        }
        text.push('\n');
    }
    for _ in 1..newlines {
        text.push('\n');
    }
}

/// A scalar on one line; `tight` inside flow lists and for keys, where more characters need quotes.
fn scalar(value: &str, tight: bool) -> String {
    if plain(value, tight) {
        return value.to_string();
    }
    if value.chars().all(|c| !c.is_control() && c != '\u{feff}' && c != '\u{85}' && c != '\u{2028}' && c != '\u{2029}') {
        return format!("'{}'", value.replace('\'', "''"));
    }
    let mut out = String::from("\"");
    for c in value.chars() {
        match c {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            '\n' => out.push_str("\\n"),
            '\t' => out.push_str("\\t"),
            '\r' => out.push_str("\\r"),
            c if c.is_control() && (c as u32) < 0x100 => out.push_str(&format!("\\x{:02x}", c as u32)),
            c if matches!(c, '\u{feff}' | '\u{2028}' | '\u{2029}') => out.push_str(&format!("\\u{:04x}", c as u32)),
            c => out.push(c),
        }
    }
    out.push('"');
    out
}

/// Whether a text may stand without quotes and still be read as it is (YAML 1.2.2, section 7.3.3).
fn plain(value: &str, tight: bool) -> bool {
    let Some(first) = value.chars().next() else { return false };
    let indicator = "-?:,[]{}#&*!|>'\"%@`".contains(first);
    let bad_inside =
        value.contains(": ") || value.contains(" #") || value.ends_with(':') || value.contains(|c: char| c.is_control());
    let spaces = value.starts_with(' ') || value.ends_with(' ');
    let word = matches!(value, "~" | "null" | "Null" | "NULL" | "=" | "<<");
    let exotic = value.contains(['\u{feff}', '\u{85}', '\u{2028}', '\u{2029}']);
    // Unquoted text with an open bracket or quote reads like a slip; our own reader would take it for one in flow style.
    let flow_bad = tight && value.contains([',', '[', ']', '{', '}', '\'', '"', ':']);
    // `---` and `...` at the start of a line end a document.
    let marker = value.starts_with("---") || value.starts_with("...");
    !(indicator || bad_inside || spaces || word || flow_bad || exotic || marker)
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;
    use crate::diagnostic::SourceFile;

    fn back(value: &str) -> Option<String> {
        let text = document(&[("k".into(), Out::Map(vec![(value.to_string(), Out::text(value))]))]);
        let file = Arc::new(SourceFile { path: "t.yaml".into(), text: text.clone() });
        let (node, errors) = crate::yaml::parse(&file);
        assert!(errors.is_empty(), "{text}\n{errors:?}");
        let inner = &node.get("k")?.entries()?[0];
        assert_eq!(inner.0.text(), Some(value), "{text}");
        inner.1.text().map(str::to_string)
    }

    #[test]
    fn every_text_reads_back() {
        for text in [
            "a",
            "a: b",
            "a #b",
            "#a",
            "",
            " a",
            "a ",
            "'a'",
            "\"a\"",
            "null",
            "~",
            "- a",
            "a\nb",
            "a\nb\n",
            "a\n\n",
            "\na",
            " a\n b",
            "a\tb",
            "\ta\nb",
            "{a}",
            "[a]",
            "*a",
            "&a",
            "!a",
            "%a",
            "@a",
            "`a`",
            "a\r\nb",
            "é",
            "a\u{2028}b",
            "\u{1}",
            "---",
            "a:",
            "{}::jsonb",
            "'{}'::jsonb",
            "yes",
            "1",
            "a, b",
            "\n",
            "\n\n",
            "a\n ",
            "a \nb ",
            "?x",
            ":",
            ":a",
            "=",
            "<<",
            "a\u{feff}b\nc",
            "...",
        ] {
            assert_eq!(back(text).as_deref(), Some(text), "{text:?}");
        }
    }

    proptest::proptest! {
        #[test]
        fn random_texts_read_back(text in "[ -~\\n\\té:#'\"\\[\\]{},-]{0,24}") {
            let read = back(&text);
            proptest::prop_assert_eq!(read, Some(text));
        }
    }
}
