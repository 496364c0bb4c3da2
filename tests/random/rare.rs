//! The kinds that few databases have, most of them reserved to superusers: what extends PostgreSQL itself, and what is said of
//! what comes with it. Their functions are PostgreSQL's own under other names.

use super::generate::Gen;
use super::model::{Class, Field, Key, Node, Of, Text, Value};

/// What functions of these kinds look like: the mark by which they are found, arguments, and the definition.
const FUNCTIONS: &[(&str, &str, &str)] = &[
    ("+handler", "()", "returns language_handler language c as '$libdir/plpgsql', 'plpgsql_call_handler'"),
    ("+validator", "(oid)", "returns void language c strict as '$libdir/plpgsql', 'plpgsql_validator'"),
    ("+from sql", "(internal)", "returns internal language internal immutable strict as 'dsimple_init'"),
    ("+compare", "(text, text)", "returns integer language internal immutable strict as 'bttextcmp'"),
    ("+init", "(internal)", "returns internal language internal immutable strict as 'dsimple_init'"),
    ("+table method", "(internal)", "returns table_am_handler language internal as 'heap_tableam_handler'"),
];

/// The marks of functions that only these kinds call.
pub const CALLED: &[&str] = &["+handler", "+validator", "+from sql", "+compare", "+init", "+table method", "+input", "+output"];

/// What is there in every database, and a right on it that can be taken or given.
const SYSTEM: &[(&str, &str, &str, &str)] = &[
    ("function pg_catalog.pg_sleep(double precision)", "revoke", "public", "execute"),
    ("table pg_catalog.pg_proc (prosrc)", "grant", "app_reader", "select"),
    ("language sql", "grant", "app_writer", "usage"),
    ("schema pg_catalog", "grant", "app_writer", "create"),
];

fn written(node: &mut Node, (mark, arguments, definition): (&'static str, &str, &str)) {
    node.suffix = Some(Text::new(arguments));
    node.fields.push(Field::words(mark, "").vital());
    node.fields.push(Field::words("+definition", definition).vital());
}

impl Gen {
    /// A function with this mark; a new one, where there is none and anything may be named.
    fn found_or_made(&mut self, mark: &str) -> Option<Key> {
        let found = self.function_with(mark);
        let one = FUNCTIONS.iter().find(|(m, ..)| *m == mark).filter(|_| found.is_none() && self.limit == Key::MAX);
        let Some(one) = one else { return found };
        let mut node = Node::new("functions", self.name("rare"));
        node.schema = Some(self.schema());
        written(&mut node, *one);
        Some(self.insert(node))
    }

    /// A function with one of the marks above.
    pub fn rare_function(&mut self, node: &mut Node) {
        written(node, self.rng.pick(FUNCTIONS));
    }

    /// One of a kind outside schemas.
    pub fn make_rare(&mut self, mut node: Node) -> Option<Node> {
        match node.sort {
            "access_methods" => {
                node.name = format!("method_{}", self.next_key());
                let own = self.function_with("+table method");
                match (self.rng.below(3), own) {
                    (0, Some(f)) => node.fields.push(Field::sql("+table", Text::new("type table handler #").of(f)).vital()),
                    (1, _) => node.fields.push(Field::words("+index", "type index handler bthandler").vital()),
                    _ => node.fields.push(Field::words("+table", "type table handler heap_tableam_handler").vital()),
                }
                self.facets(&mut node, false, &[]);
            }
            "languages" => {
                node.name = format!("language_{}", self.next_key());
                let handler = self.found_or_made("+handler")?;
                node.fields.push(Field::words("trusted", "true"));
                node.fields.push(Field::sql("handler", Text::new("#").of(handler)).vital());
                if let Some(validator) = self.function_with("+validator")
                    && self.rng.percent(50)
                {
                    node.fields.push(Field::sql("validator", Text::new("#").of(validator)));
                }
                self.facets(&mut node, true, &["usage"]);
            }
            "transforms" => {
                node.name = String::new();
                let language = self.any_or_new("languages")?;
                let ty = self.any(&["enums", "composite_types", "base_types"])?;
                let suffix = Text::new("# language #").of(ty).of(language);
                if self.model.nodes.values().any(|n| n.sort == node.sort && n.suffix.as_ref() == Some(&suffix)) {
                    return None;
                }
                node.suffix = Some(suffix);
                let from = self.found_or_made("+from sql")?;
                node.fields.push(Field::sql("+", Text::new("(from sql with function #(internal))").of(from)).vital());
                self.facets(&mut node, false, &[]);
            }
            "subscriptions" => {
                let place = self.rng.pick(&["host=127.0.0.1 port=1 dbname=x", "host=127.0.0.1 port=1 dbname=y"]);
                node.fields.push(Field::words("connection", place).vital());
                node.fields.push(Field::words("enabled", "false").vital());
                node.fields.push(Field::words("slot_name", "none").vital());
                let count = self.rng.between(1, 2);
                let list = self.rng.some(&["one", "two", "three"], count).into_iter().map(Text::new).collect();
                node.fields.push(Field { name: "publications", vital: true, value: Value::List(list) });
                for (name, value) in [("binary", "true"), ("streaming", "on"), ("synchronous_commit", "local")] {
                    if self.rng.percent(25) {
                        node.fields.push(Field::words(name, value));
                    }
                }
                self.facets(&mut node, false, &[]);
            }
            "system_privileges" => {
                let (name, how, role, right) = self.rng.pick(SYSTEM);
                if self.model.nodes.values().any(|n| n.sort == node.sort && n.name == name) {
                    return None;
                }
                node.name = name.into();
                node.fields.push(Field { name: how, vital: true, value: Value::Grants(vec![(role, vec![right])]) });
            }
            "database" => {
                if !self.model.all("database").is_empty() {
                    return None;
                }
                if self.rng.percent(50) {
                    let value = self.rng.pick(&["30s", "1min"]);
                    let map = vec![("statement_timeout".to_string(), Text::new(value))];
                    node.fields.push(Field { name: "settings", vital: false, value: Value::Map(map) });
                }
                if self.rng.percent(30) {
                    node.fields.push(Field::words("connection_limit", "50"));
                }
                self.facets(&mut node, false, &["connect", "create", "temporary"]);
            }
            _ => return None,
        }
        Some(node)
    }

    /// One of a kind in a schema.
    pub fn make_rare_in_schema(&mut self, mut node: Node) -> Option<Node> {
        match node.sort {
            "conversions" => {
                let (from, to, function) = self.rng.pick(&[
                    ("LATIN1", "UTF8", "iso8859_1_to_utf8"),
                    ("UTF8", "LATIN1", "utf8_to_iso8859_1"),
                    ("WIN1252", "UTF8", "win_to_utf8"),
                ]);
                for (name, value) in [("from", from), ("to", to), ("function", function)] {
                    node.fields.push(Field::words(name, value).vital());
                }
                // There may be one for two encodings in a schema.
                let none = |n: &Node| n.sort != node.sort || n.field("default").is_none();
                if self.model.nodes.values().all(none) && self.rng.percent(40) {
                    node.fields.push(Field::words("default", "true"));
                }
                self.facets(&mut node, true, &[]);
            }
            "text_search_parsers" => {
                let more = self.rng.pick(&["", ", headline = prsd_headline"]);
                let text =
                    format!("(start = prsd_start, gettoken = prsd_nexttoken, end = prsd_end, lextypes = prsd_lextype{more})");
                node.fields.push(Field::words("+", text).vital());
                self.facets(&mut node, false, &[]);
            }
            "text_search_templates" => {
                let text = match self.function_with("+init") {
                    Some(f) => Text::new("(init = #, lexize = dsimple_lexize)").of(f),
                    None => Text::new("(init = dsimple_init, lexize = dsimple_lexize)"),
                };
                node.fields.push(Field::sql("+", text).vital());
                self.facets(&mut node, false, &[]);
            }
            "shell_types" => self.facets(&mut node, true, &[]),
            "base_types" => {
                node.class = Of::Own(Class::Other);
                self.facets(&mut node, true, &["usage"]);
            }
            "operator_families" => {
                node.suffix = Some(Text::new("(btree)"));
                if self.rng.percent(60) {
                    let members = self.rng.pick(&[
                        "operator 1 <(integer, bigint)",
                        "operator 1 <(integer, bigint), function 1 (integer, bigint) btint48cmp(integer, bigint)",
                        "operator 3 =(integer, bigint)",
                    ]);
                    node.fields.push(Field::words("members", members));
                }
                self.facets(&mut node, true, &[]);
            }
            "operator_classes" => {
                node.suffix = Some(Text::new("(btree)"));
                let family = self.any(&["operator_families"]).filter(|f| {
                    let used =
                        |n: &Node| n.sort == "operator_classes" && n.fields.iter().any(|x| x.needs().iter().any(|n| n.of == *f));
                    !self.model.nodes.values().any(used)
                });
                let mut text = Text::new("for type text using btree ");
                if let Some(family) = family {
                    text = text.then(Text::new("family # ").of(family));
                }
                text = text.then(Text::new("as operator 1 <, operator 3 =, operator 5 >, function 1 "));
                text = text.then(match self.function_with("+compare") {
                    Some(f) => Text::new("#(text, text)").of(f),
                    None => Text::new("bttextcmp(text, text)"),
                });
                node.fields.push(Field::sql("+", text).vital());
                self.facets(&mut node, true, &[]);
            }
            _ => return None,
        }
        Some(node)
    }

    /// Input and output of a base type, which it has from the first.
    pub fn fill_base_type(&mut self, key: Key) {
        let like = self.rng.pick(&["integer", "integer", "bigint"]);
        let (input, output) = if like == "integer" { ("int4in", "int4out") } else { ("int8in", "int8out") };
        let schema = self.model.nodes[&key].schema;
        let options = "language internal immutable strict parallel safe as";
        let arguments = [Text::new("(cstring)"), Text::new("(#)").of(key)];
        let definitions = [
            Text::new(format!("returns # {options} '{input}'")).of(key),
            Text::new(format!("returns cstring {options} '{output}'")),
        ];
        let mut made = Vec::new();
        for (mark, (suffix, definition)) in ["+input", "+output"].into_iter().zip(arguments.into_iter().zip(definitions)) {
            let mut node = Node::new("functions", self.name("io"));
            node.schema = schema;
            node.suffix = Some(suffix);
            node.fields.push(Field::words(mark, "").vital());
            node.fields.push(Field::sql("+definition", definition).vital());
            made.push(self.insert(node));
        }
        let text = Text::new(format!("(input = #, output = #, like = {like}, category = 'N')")).of(made[0]).of(made[1]);
        if let Some(node) = self.model.nodes.get_mut(&key) {
            node.fields.insert(0, Field::sql("+", text).vital());
        }
    }
}
