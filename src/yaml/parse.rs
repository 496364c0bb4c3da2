//! Events of the parser to a tree, with limits that no honest file reaches.

use std::collections::HashMap;
use std::sync::Arc;

use granit_parser::{Event, Parser, Placement, ScalarStyle, Span, StructureStyle};

use super::{Node, Style, Value, traps};
use crate::diagnostic::{Diagnostic, Place, SourceFile};

/// How deep a file may nest.
const MAX_DEPTH: usize = 64;
/// How many values aliases may add to a file beyond what is written.
const MAX_ALIASED: usize = 10_000;

struct Open {
    start: usize,
    anchor: usize,
    flow: bool,
    items: Vec<Node>,
    keys: Option<HashMap<String, Place>>,
}

/// Reads one file. Gives what could be read and every error found; after an error of syntax there is nothing more to read.
pub fn parse(file: &Arc<SourceFile>) -> (Node, Vec<Diagnostic>) {
    let mut reader =
        Reader { file, stack: Vec::new(), anchors: HashMap::new(), aliased: 0, errors: Vec::new(), root: None, last: None };
    for event in Parser::new_from_str(&file.text) {
        match event {
            Ok((event, span)) => {
                if reader.event(event, &span).is_none() {
                    break;
                }
            }
            Err(error) => {
                let at = error.marker().byte_offset().unwrap_or(0).min(file.text.len());
                reader.errors.push(syntax_error(file, at, &error.info()));
                break;
            }
        }
    }
    let root = reader.root.unwrap_or_else(|| Node::null(file));
    (root, reader.errors)
}

fn too_deep(place: &Place) -> Diagnostic {
    Diagnostic::error("yaml-too-deep", format!("values are nested more than {MAX_DEPTH} deep"))
        .at(place)
        .help("no model nests more than eight levels; is this the right file?")
}

fn syntax_error(file: &Arc<SourceFile>, at: usize, why: &str) -> Diagnostic {
    let end = (at + 1..=file.text.len()).find(|e| file.text.is_char_boundary(*e)).unwrap_or(at);
    let place = Place { file: file.clone(), span: at..end };
    // The parser has a limit of its own for what stands inside brackets.
    if why.contains("recursion limit") {
        return too_deep(&place);
    }
    let mut diagnostic = Diagnostic::error("yaml-syntax", "this is not YAML").at(&place).label(why.to_string());
    let line = file.text[..at].rfind('\n').map_or(0, |n| n + 1);
    let rest = file.text[line..].lines().next().unwrap_or_default();
    if rest.contains("'{}'") || rest.contains("::") || rest.contains('(') {
        diagnostic = diagnostic.help("SQL with quotes, colons, braces or commas wants a block: write `|` after the key, and the SQL indented on the next line");
    }
    diagnostic
}

struct Reader<'a> {
    file: &'a Arc<SourceFile>,
    stack: Vec<Open>,
    anchors: HashMap<usize, Node>,
    aliased: usize,
    errors: Vec<Diagnostic>,
    root: Option<Node>,
    /// The last plain scalar outside of flow style, for what a comment may have cut off.
    last: Option<Node>,
}

impl Reader<'_> {
    fn place(&self, span: &Span) -> Place {
        let range = span.byte_range().unwrap_or(0..0);
        let len = self.file.text.len();
        Place { file: self.file.clone(), span: range.start.min(len)..range.end.min(len) }
    }

    /// `None` ends the reading.
    fn event(&mut self, event: Event<'_>, span: &Span) -> Option<()> {
        match event {
            Event::Scalar(text, style, anchor, _) => {
                let place = self.place(span);
                let value = match style {
                    ScalarStyle::Plain if text.is_empty() || text == "~" || text == "null" => Value::Null,
                    ScalarStyle::Plain => Value::Scalar(text.into_owned(), Style::Plain),
                    _ => Value::Scalar(text.into_owned(), Style::Quoted),
                };
                let node = Node { place, value };
                self.last = Some(node.clone());
                self.add(node, anchor)
            }
            Event::SequenceStart(style, anchor, _) => self.open(span, anchor, style, false),
            Event::MappingStart(style, anchor, _) => self.open(span, anchor, style, true),
            Event::SequenceEnd | Event::MappingEnd => self.close(span),
            Event::Alias(id) => {
                let Some(target) = self.anchors.get(&id).cloned() else { return Some(()) };
                self.aliased += count(&target);
                if self.aliased > MAX_ALIASED {
                    let place = self.place(span);
                    self.errors.push(
                        Diagnostic::error("yaml-too-many-aliases", "aliases expand to more values than a model can have")
                            .at(&place)
                            .label(format!("more than {MAX_ALIASED} values come from aliases by here"))
                            .help("write the values out; aliases of aliases multiply"),
                    );
                    return None;
                }
                self.add(target, 0)
            }
            Event::UnresolvedAlias(name) => {
                let place = self.place(span);
                self.errors.push(
                    Diagnostic::error("yaml-unknown-alias", format!("there is no anchor &{name} before this alias")).at(&place),
                );
                Some(())
            }
            Event::Comment(text, Placement::Right) => {
                if let Some(last) = &self.last {
                    let place = self.place(span);
                    self.errors.extend(traps::swallowed_by_comment(last, &text, &place));
                }
                Some(())
            }
            Event::DocumentStart(..) if self.root.is_some() => {
                let place = self.place(span);
                self.errors.push(
                    Diagnostic::error("yaml-second-document", "a model file holds one document")
                        .at(&place)
                        .help("put the second document into a file of its own"),
                );
                None
            }
            _ => Some(()),
        }
    }

    fn open(&mut self, span: &Span, anchor: usize, style: StructureStyle, map: bool) -> Option<()> {
        let start = self.place(span).span.start;
        if self.stack.len() >= MAX_DEPTH {
            let place = self.place(span);
            self.errors.push(too_deep(&place));
            return None;
        }
        let keys = map.then(HashMap::new);
        self.stack.push(Open { start, anchor, flow: style == StructureStyle::Flow, items: Vec::new(), keys });
        Some(())
    }

    fn close(&mut self, span: &Span) -> Option<()> {
        let open = self.stack.pop()?;
        let end = self.place(span).span.end.max(open.start);
        let place = Place { file: self.file.clone(), span: open.start..end };
        let value = if open.keys.is_some() {
            let mut entries = Vec::with_capacity(open.items.len() / 2);
            let mut items = open.items.into_iter();
            while let (Some(key), Some(value)) = (items.next(), items.next()) {
                entries.push((key, value));
            }
            if open.flow {
                self.errors.extend(traps::broken_by_flow(&entries, &place));
            }
            Value::Map(entries)
        } else {
            if open.flow {
                self.errors.extend(traps::broken_by_flow_list(&open.items, &place));
            }
            Value::List(open.items)
        };
        self.add(Node { place, value }, open.anchor)
    }

    fn add(&mut self, node: Node, anchor: usize) -> Option<()> {
        if anchor > 0 {
            self.anchors.insert(anchor, node.clone());
        }
        let Some(open) = self.stack.last_mut() else {
            self.root = Some(node);
            return Some(());
        };
        if let Some(keys) = &mut open.keys
            && open.items.len() % 2 == 0
        {
            let Some(text) = key_text(&node) else {
                self.errors.push(
                    Diagnostic::error("yaml-key", "a key must be a text")
                        .at(&node.place)
                        .label(format!("this is {}", node.what())),
                );
                return None;
            };
            if let Some(first) = keys.insert(text.clone(), node.place.clone()) {
                self.errors.push(
                    Diagnostic::error("duplicate-key", format!("`{text}` stands here twice"))
                        .at(&node.place)
                        .label("the second one")
                        .note(format!("the first one is at {}", first.short()))
                        .help("keep one of them, or give one another name"),
                );
            }
            // A key such as `null` or `~` is still a name.
            if matches!(node.value, Value::Null) {
                open.items.push(Node { place: node.place, value: Value::Scalar(text, Style::Plain) });
                return Some(());
            }
        }
        open.items.push(node);
        Some(())
    }
}

fn key_text(node: &Node) -> Option<String> {
    match &node.value {
        Value::Scalar(text, _) => Some(text.clone()),
        Value::Null => Some(node.place.file.text.get(node.place.span.clone()).unwrap_or_default().to_string()),
        _ => None,
    }
}

fn count(node: &Node) -> usize {
    1 + match &node.value {
        Value::List(items) => items.iter().map(count).sum(),
        Value::Map(entries) => entries.iter().map(|(_, v)| 1 + count(v)).sum(),
        _ => 0,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> (Node, Vec<&'static str>) {
        let file = Arc::new(SourceFile { path: "t.yaml".into(), text: text.into() });
        let (node, errors) = parse(&file);
        (node, errors.iter().map(|e| e.code).collect())
    }

    #[test]
    fn scalars_keep_their_text() {
        let (node, errors) = read("a: 0.70\nb: yes\nc: 007\nd: |\n  select 1\n");
        assert!(errors.is_empty());
        for (key, text) in [("a", "0.70"), ("b", "yes"), ("c", "007"), ("d", "select 1\n")] {
            assert_eq!(node.get(key).and_then(Node::text), Some(text));
        }
    }

    #[test]
    fn traps_are_errors() {
        assert_eq!(read("c: {type: numeric(3,2)}").1, ["flow-mapping-broke-sql"]);
        assert_eq!(read("c: (data #>> '{x}') is null").1, ["comment-swallowed-sql"]);
        assert_eq!(read("a: text # a remark").1, [] as [&str; 0]);
        assert_eq!(read("a: 1\na: 2").1, ["duplicate-key"]);
    }

    #[test]
    fn bombs_are_refused() {
        let deep = "[".repeat(100);
        assert!(!read(&deep).1.is_empty());
        let mut text = String::from("a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n");
        for i in 1..10 {
            let refs = vec![format!("*a{}", i - 1); 10].join(", ");
            text.push_str(&format!("a{i}: &a{i} [{refs}]\n"));
        }
        assert_eq!(read(&text).1, ["yaml-too-many-aliases"]);
    }
}
