//! Random models: what each sort of object can look like. What stands on tables is in `relations`.

use super::model::{Class, Field, Key, Model, Node, Of, PUBLIC, Text, Value};
use super::rng::Rng;

/// Roles that are there on the servers of the tests.
pub const ROLES: &[&str] = &["app_owner", "app_reader", "app_writer", "app_auditor"];

/// Types that every call with the literal '1' fits, with their class.
const SIMPLE: &[(&str, Class)] =
    &[("integer", Class::Int), ("bigint", Class::Int), ("text", Class::Text), ("numeric", Class::Num), ("boolean", Class::Bool)];

/// Types of columns.
const TYPES: &[(&str, Class)] = &[
    ("smallint", Class::Int),
    ("integer", Class::Int),
    ("integer", Class::Int),
    ("bigint", Class::Int),
    ("numeric", Class::Num),
    ("numeric(10,2)", Class::Num),
    ("double precision", Class::Num),
    ("text", Class::Text),
    ("text", Class::Text),
    ("varchar", Class::Text),
    ("varchar(30)", Class::Text),
    ("boolean", Class::Bool),
    ("date", Class::Time),
    ("timestamp", Class::Time),
    ("timestamptz(3)", Class::Time),
    ("timestamptz", Class::Time),
    ("json", Class::Json),
    ("jsonb", Class::Jsonb),
    ("uuid", Class::Uuid),
    ("text[]", Class::Array),
    ("integer[]", Class::Array),
    ("int4range", Class::Range),
    ("char(5)", Class::Other),
    ("interval", Class::Other),
    ("time", Class::Other),
    ("bytea", Class::Other),
    ("inet", Class::Other),
    ("tsvector", Class::Other),
    ("bit(3)", Class::Other),
];

/// A model that grows.
pub struct Gen {
    pub rng: Rng,
    pub model: Model,
    pub major: u32,
    next: Key,
    /// What is made may name only nodes below this one: then nothing needs itself in a circle.
    pub limit: Key,
}

/// How often each sort is added, in so many parts.
const WEIGHTS: &[(&str, usize)] = &[
    ("schemas", 2),
    ("extensions", 1),
    ("default_privileges", 2),
    ("collations", 1),
    ("enums", 3),
    ("domains", 3),
    ("composite_types", 2),
    ("range_types", 1),
    ("text_search_dictionaries", 1),
    ("text_search_configurations", 1),
    ("sequences", 2),
    ("functions", 10),
    ("procedures", 1),
    ("aggregates", 1),
    ("casts", 1),
    ("operators", 1),
    ("foreign_data_wrappers", 1),
    ("foreign_servers", 1),
    ("user_mappings", 1),
    ("tables", 8),
    ("foreign_tables", 1),
    ("columns", 8),
    ("primary_key", 4),
    ("unique", 4),
    ("exclude", 1),
    ("checks", 4),
    ("indexes", 7),
    ("foreign_keys", 6),
    ("triggers", 4),
    ("rules", 2),
    ("policies", 5),
    ("statistics", 2),
    ("views", 8),
    ("materialized_views", 3),
    ("publications", 1),
    ("event_triggers", 1),
    ("access_methods", 1),
    ("languages", 1),
    ("transforms", 1),
    ("subscriptions", 1),
    ("system_privileges", 1),
    ("database", 1),
    ("conversions", 1),
    ("text_search_parsers", 1),
    ("text_search_templates", 1),
    ("shell_types", 1),
    ("base_types", 1),
    ("operator_families", 1),
    ("operator_classes", 1),
    ("identity_sequences", 1),
];

impl Gen {
    pub fn new(seed: u64, major: u32) -> Self {
        Gen { rng: Rng::new(seed), model: Model::default(), major, next: 1, limit: Key::MAX }
    }

    /// A random model with about so many objects.
    pub fn grow(&mut self, objects: usize) {
        for sort in ["schemas", "tables", "tables", "functions"] {
            self.add(sort);
        }
        for _ in 0..objects {
            self.add_any();
        }
    }

    /// Adds something of any sort.
    pub fn add_any(&mut self) {
        let total: usize = WEIGHTS.iter().map(|(_, w)| w).sum();
        let mut at = self.rng.below(total);
        for (sort, weight) in WEIGHTS {
            if at < *weight {
                self.add(sort);
                return;
            }
            at -= weight;
        }
    }

    /// Adds one of this sort, where there is what it needs.
    pub fn add(&mut self, sort: &'static str) {
        let parent = match sort {
            "columns" | "primary_key" | "unique" | "exclude" | "foreign_keys" | "policies" => self.any(&["tables"]),
            "checks" => self.any(&["tables", "foreign_tables"]),
            "rules" => self.any(&["tables"]),
            "triggers" => self.any(&["tables", "tables", "views"]),
            "indexes" => self.any(&["tables", "tables", "materialized_views"]),
            _ => Some(PUBLIC),
        };
        let Some(parent) = parent else { return };
        let Some(node) = self.make(sort, parent) else { return };
        let key = self.insert(node);
        self.fill(key, sort);
    }

    pub fn insert(&mut self, node: Node) -> Key {
        let key = self.next;
        self.next += 1;
        self.model.nodes.insert(key, node);
        key
    }

    /// The parts that a new node comes with.
    pub fn fill(&mut self, key: Key, sort: &str) {
        match sort {
            "enums" => {
                for label in ["1", "a", "B c", "ü"].into_iter().take(self.rng.between(1, 4)) {
                    self.part(key, "label", label, Class::None, Text::new(""));
                }
            }
            "domains" if self.rng.percent(60) => {
                let name = self.name("check");
                let sql =
                    self.rng.pick(&["value::text <> 'x'", "length(value::text) < 1000", "value is null or value::text <> ''"]);
                self.part(key, "domain_check", &name, Class::None, Text::new(sql));
            }
            "composite_types" => {
                for i in 0..self.rng.between(1, 3) {
                    let (ty, class) = self.column_type(false);
                    let part = self.part(key, "attribute", &format!("a{i}"), class, ty);
                    if let Some(mut node) = self.model.nodes.get(&part).cloned().filter(|_| self.rng.percent(20)) {
                        self.facets(&mut node, false, &[]);
                        self.model.nodes.insert(part, node);
                    }
                }
            }
            "tables" | "foreign_tables" => self.fill_table(key, sort),
            "views" | "materialized_views" => self.fill_view(key),
            "publications" => self.fill_publication(key),
            "base_types" => self.fill_base_type(key),
            _ => {}
        }
    }

    pub fn part(&mut self, parent: Key, sort: &'static str, name: &str, class: Class, text: Text) -> Key {
        let mut node = Node::new(sort, name);
        node.parent = Some(parent);
        node.class = Of::Own(class);
        node.fields.push(Field::sql("+", text).vital());
        self.insert(node)
    }

    /// All of these sorts that may be named.
    pub fn keys(&self, sorts: &[&str]) -> Vec<Key> {
        sorts.iter().flat_map(|s| self.model.all(s)).filter(|k| *k < self.limit).collect()
    }

    pub fn any(&mut self, sorts: &[&str]) -> Option<Key> {
        let keys = self.keys(sorts);
        self.rng.maybe(&keys)
    }

    /// One of this sort; a new one, where there is none and anything may be named.
    pub fn any_or_new(&mut self, sort: &'static str) -> Option<Key> {
        let found = self.any(&[sort]);
        if found.is_some() || self.limit != Key::MAX {
            return found;
        }
        let node = self.make(sort, PUBLIC)?;
        let key = self.insert(node);
        self.fill(key, sort);
        Some(key)
    }

    /// A name that nothing else has, at times of the awkward sort.
    pub fn name(&mut self, base: &str) -> String {
        let n = self.next * 10 + u32::try_from(self.rng.below(10)).unwrap_or_default();
        match self.rng.below(24) {
            0 => format!("Mixed {base} {n}"),
            1 => format!("qu\"ote{n}"),
            2 => format!("{base}.dot{n}"),
            3 => format!("größe_{base}_{n}"),
            4 => format!("{:x<63}", format!("{base}_{n}_")),
            5 => format!("{base}-{n}"),
            6 => format!("{n}_{base}"),
            _ => format!("{base}_{n}"),
        }
    }

    pub fn schema(&mut self) -> Key {
        let mut all = self.keys(&["schemas"]);
        all.extend([PUBLIC, PUBLIC]);
        self.rng.pick(&all)
    }

    /// A type, of the model's own at times.
    pub fn column_type(&mut self, own: bool) -> (Text, Class) {
        if own && self.rng.percent(35) {
            let types = self.keys(&["enums", "enums", "domains", "composite_types", "range_types", "base_types"]);
            if let Some(key) = self.rng.maybe(&types) {
                let class = self.model.class(key);
                if self.rng.percent(12) && class != Class::Array {
                    return (Text::new("#[]").of_class(key, class), Class::Array);
                }
                return (Text::new("#").of_class(key, class), class);
            }
        }
        let (name, class) = self.rng.pick(TYPES);
        (Text::new(name), class)
    }

    /// Comment, owner and privileges.
    pub fn facets(&mut self, node: &mut Node, owner: bool, rights: &[&'static str]) {
        if self.rng.percent(15) {
            let text =
                self.rng.pick(&["A comment", "It's a comment: with a colon", "two\nlines", "- dash # hash", "ünï \\ back"]);
            node.fields.push(Field::words("comment", text));
        }
        if owner && self.rng.percent(12) {
            node.fields.push(Field::words("owner", self.rng.pick(&["app_owner", "app_writer"])));
        }
        if !rights.is_empty() && self.rng.percent(20) {
            let grants = self.grants(rights);
            node.fields.push(Field { name: "grants", vital: false, value: Value::Grants(grants) });
        }
    }

    pub fn grants(&mut self, rights: &[&'static str]) -> Vec<(&'static str, Vec<&'static str>)> {
        let count = self.rng.below(3);
        let mut roles = vec!["public"];
        roles.extend(ROLES);
        let roles = self.rng.some(&roles, count);
        let mut out = Vec::new();
        for role in roles {
            let count = self.rng.between(usize::from(role != "public"), 3);
            let list = if self.rng.percent(20) { vec!["all"] } else { self.rng.some(rights, count) };
            out.push((role, list));
        }
        out
    }

    /// A call of one of the model's functions, as text.
    pub fn call(&mut self) -> Option<Text> {
        let calls: Vec<Key> =
            self.keys(&["functions"]).into_iter().filter(|k| self.model.nodes[k].field("+call").is_some()).collect();
        let key = self.rng.maybe(&calls)?;
        Some(Text::new("#('1')").of(key))
    }

    pub fn next_key(&self) -> Key {
        self.next
    }

    pub fn function_with(&mut self, field: &str) -> Option<Key> {
        let all: Vec<Key> =
            self.keys(&["functions"]).into_iter().filter(|k| self.model.nodes[k].field(field).is_some()).collect();
        self.rng.maybe(&all)
    }

    pub fn trigger_function(&mut self) -> Option<Key> {
        self.function_with("+trigger")
    }

    /// A function from text to text that is immutable.
    pub fn text_function(&mut self) -> Option<Key> {
        self.function_with("+text")
    }

    /// One of this sort under a parent, without its parts.
    pub fn make(&mut self, sort: &'static str, parent: Key) -> Option<Node> {
        let base = sort.trim_end_matches('s').rsplit('_').next().unwrap_or(sort);
        let mut node = Node::new(sort, self.name(base));
        if parent != PUBLIC {
            node.parent = Some(parent);
            return self.make_part(node, parent);
        }
        match sort {
            "schemas" => self.facets(&mut node, true, &["usage", "create"]),
            "extensions" => {
                node.name = self.rng.pick(&["citext", "hstore", "pg_trgm"]).into();
                // Default privileges hold for its members too, when they are there first; nobody compares those.
                let taken = |n: &Node| n.sort == sort && n.name == node.name || n.sort == "default_privileges";
                if self.model.nodes.values().any(taken) {
                    return None;
                }
                node.fields.push(Field::words("schema", "public"));
            }
            "default_privileges" => return self.default_privilege(node),
            "foreign_data_wrappers" => {
                node.name = format!("wrapper_{}", self.next);
                let value = self.rng.pick(&["one", "it's", "three"]);
                node.fields.push(Field {
                    name: "options",
                    vital: false,
                    value: Value::Map(vec![("debug".into(), Text::new(value))]),
                });
                self.facets(&mut node, false, &["usage"]);
            }
            "foreign_servers" => {
                node.name = format!("server_{}", self.next);
                let wrapper = self.any_or_new("foreign_data_wrappers")?;
                node.fields.push(Field::sql("wrapper", Text::new("#").of(wrapper)).vital());
                if self.rng.percent(30) {
                    node.fields.push(Field::words("version", self.rng.pick(&["1", "2"])));
                }
                let value = self.rng.pick(&["one", "two"]);
                node.fields.push(Field {
                    name: "options",
                    vital: false,
                    value: Value::Map(vec![("host".into(), Text::new(value))]),
                });
                self.facets(&mut node, true, &["usage"]);
            }
            "user_mappings" => {
                let server = self.any_or_new("foreign_servers")?;
                let names = |n: &Node| n.fields.iter().any(|f| f.value == Value::Sql(Text::new("#").of(server)));
                if self.model.nodes.values().any(|n| n.sort == sort && names(n)) {
                    return None;
                }
                node.fields.push(Field::sql("server", Text::new("#").of(server)).vital());
                node.fields.push(Field::words("user", self.rng.pick(&["public", "app_reader"])).vital());
            }
            "publications" => {
                if self.rng.percent(50) {
                    let some = self.rng.some(&["insert", "update", "delete", "truncate"], 2);
                    let list = some.into_iter().map(Text::new).collect();
                    node.fields.push(Field { name: "publish", vital: false, value: Value::List(list) });
                }
                if self.rng.percent(20) {
                    node.fields.push(Field::words("via_root", "true"));
                }
                self.facets(&mut node, false, &[]);
            }
            "event_triggers" => {
                let function = self.function_with("+event")?;
                node.fields.push(Field::words("on", self.rng.pick(&["ddl_command_end", "sql_drop"])).vital());
                if self.rng.percent(50) {
                    let tag = self.rng.pick(&["CREATE TABLE", "DROP VIEW", "ALTER TABLE"]);
                    node.fields.push(Field { name: "tags", vital: false, value: Value::List(vec![Text::new(tag)]) });
                }
                node.fields.push(Field::sql("function", Text::new("#").of(function)).vital());
                if self.rng.percent(30) {
                    node.fields.push(Field::words("enabled", self.rng.pick(&["disabled", "replica", "always"])));
                }
            }
            "casts" => {
                node.name = "text AS ".into();
                let function = self.function_with("+cast")?;
                let result = self.model.nodes[&function].field("+returns").map(|f| f.value.clone());
                let Some(Value::Sql(ty)) = result else { return None };
                let key = ty.needs.first()?.of;
                let suffix = Text::new("#").of(key);
                if self.model.nodes.values().any(|n| n.sort == sort && n.suffix.as_ref() == Some(&suffix)) {
                    return None;
                }
                node.suffix = Some(suffix);
                node.fields.push(Field::sql("+", Text::new("with function #(text)").of(function)).vital());
                node.fields.push(Field::words("+context", self.rng.pick(&["", "as assignment"])));
                self.facets(&mut node, false, &[]);
            }
            "operators" => {
                let function = self.function_with("+operator")?;
                node.name = self.rng.pick(&["===", "~==~", "<<=!", "@-@"]).into();
                if self.model.nodes.values().any(|n| n.sort == sort && n.name == node.name) {
                    return None;
                }
                node.suffix = Some(Text::new("(text, text)"));
                let more = self.rng.pick(&["", ", restrict = eqsel, join = eqjoinsel", ", hashes, merges"]);
                let commutes = self.rng.pick(&["", ", commutator = OPERATOR(public."]);
                let commutes = if commutes.is_empty() { String::new() } else { format!("{commutes}{})", node.name) };
                let text = format!("(function = #, leftarg = text, rightarg = text{commutes}{more})");
                node.fields.push(Field::sql("+", Text::new(text).of(function)).vital());
                self.facets(&mut node, true, &[]);
            }
            "access_methods" | "languages" | "transforms" | "subscriptions" | "system_privileges" | "database" => {
                return self.make_rare(node);
            }
            "identity_sequences" => return self.make_identity_sequence(node),
            _ => {
                node.schema = Some(self.schema());
                return self.make_in_schema(node);
            }
        }
        Some(node)
    }

    fn default_privilege(&mut self, mut node: Node) -> Option<Node> {
        let role = self.rng.pick(&["postgres", "app_owner"]);
        let on = self.rng.pick(&["tables", "sequences", "functions", "types"]);
        let schema = self.rng.percent(50);
        // One entry for each of these.
        node.name = format!("{role} {on} {schema}");
        if self.model.nodes.values().any(|n| n.sort == node.sort && n.name == node.name || n.sort == "extensions") {
            return None;
        }
        node.fields.push(Field::words("for_role", role).vital());
        if schema {
            node.fields.push(Field::words("in_schema", "public").vital());
        }
        node.fields.push(Field::words("on", on).vital());
        let right = match on {
            "tables" => self.rng.pick(&["select", "insert", "all"]),
            "sequences" => self.rng.pick(&["usage", "select"]),
            "functions" => "execute",
            _ => "usage",
        };
        let grants = vec![(self.rng.pick(&["app_reader", "app_auditor"]), vec![right])];
        node.fields.push(Field { name: "grants", vital: true, value: Value::Grants(grants) });
        Some(node)
    }

    fn make_in_schema(&mut self, mut node: Node) -> Option<Node> {
        let usage: &[&str] = &["usage"];
        match node.sort {
            "collations" => {
                let sql = self.rng.pick(&[
                    "(provider = libc, locale = 'C')",
                    "(provider = libc, locale = 'POSIX')",
                    "(provider = icu, locale = 'und')",
                    "(provider = icu, locale = 'und-u-ks-level2', deterministic = false)",
                ]);
                node.fields.push(Field::words("+", sql).vital());
                self.facets(&mut node, true, &[]);
            }
            "enums" => {
                node.class = Of::Own(Class::Enum);
                self.facets(&mut node, true, usage);
            }
            "domains" => {
                let (ty, class) = self.rng.pick(SIMPLE);
                node.class = Of::Own(class);
                node.fields.push(Field::words("+type", ty).vital());
                if self.rng.percent(25) {
                    node.fields.push(Field::words("+default", "default '1'"));
                }
                if self.rng.percent(8) {
                    node.fields.push(Field::words("+null", "not null"));
                }
                self.facets(&mut node, true, usage);
            }
            "composite_types" => {
                node.class = Of::Own(Class::Composite);
                self.facets(&mut node, true, usage);
            }
            "range_types" => {
                node.class = Of::Own(Class::Range);
                let sql =
                    self.rng.pick(&["(subtype = integer)", "(subtype = text)", "(subtype = float8, subtype_diff = float8mi)"]);
                node.fields.push(Field::words("+", sql).vital());
                self.facets(&mut node, true, usage);
            }
            "text_search_dictionaries" => {
                if let Some(own) = self.any(&["text_search_templates"])
                    && self.rng.percent(40)
                {
                    node.fields.push(Field::sql("+", Text::new("(template = #)").of(own)).vital());
                    self.facets(&mut node, true, &[]);
                    return Some(node);
                }
                let sql = self.rng.pick(&[
                    "(template = simple)",
                    "(template = simple, accept = false)",
                    "(template = snowball, language = english)",
                    "(template = snowball, language = german, stopwords = german)",
                ]);
                node.fields.push(Field::words("+", sql).vital());
                self.facets(&mut node, true, &[]);
            }
            "text_search_configurations" => {
                let mut map = Vec::new();
                for token in self.rng.some(&["asciiword", "word", "numword", "email"], 3) {
                    let own = self.any(&["text_search_dictionaries"]).filter(|_| self.rng.clone().percent(60));
                    let text = own.map_or(Text::new("simple"), |d| Text::new("#, simple").of(d));
                    map.push((token.to_string(), text));
                }
                if let Some(own) = self.any(&["text_search_parsers"])
                    && self.rng.percent(40)
                {
                    node.fields.push(Field::sql("parser", Text::new("#").of(own)).vital());
                }
                node.fields.push(Field { name: "mappings", vital: false, value: Value::Map(map) });
                self.facets(&mut node, true, &[]);
            }
            "sequences" => {
                if self.rng.percent(30) {
                    node.fields.push(Field::words("+type", self.rng.pick(&["as integer", "as smallint"])));
                }
                for (name, sql) in [
                    ("+increment", "increment by 5"),
                    ("+max", "maxvalue 30000"),
                    ("+start", "start with 7"),
                    ("+cache", "cache 10"),
                    ("+cycle", "cycle"),
                ] {
                    if self.rng.percent(25) {
                        node.fields.push(Field::words(name, sql));
                    }
                }
                if self.major >= 15 && self.rng.percent(10) {
                    node.fields.push(Field::words("unlogged", "true"));
                }
                self.facets(&mut node, true, &["usage", "select", "update"]);
            }
            "functions" => self.function(&mut node),
            "procedures" => {
                node.suffix =
                    Some(Text::new(self.rng.pick(&["()", "(a integer)", "(inout a text default 'x', b bigint default 2)"])));
                node.fields.push(Field::words("+", self.rng.pick(&["language sql", "language sql security definer"])).vital());
                let body = if node.suffix.as_ref().is_some_and(|s| s.pattern.contains("inout")) {
                    "select 'x'::text"
                } else {
                    "select 1"
                };
                node.fields.push(Field::words("body", body).vital());
                self.facets(&mut node, true, &["execute"]);
            }
            "aggregates" => {
                node.suffix = Some(Text::new(self.rng.pick(&["(integer)", "(v integer)"])));
                let text = match self.function_with("+state") {
                    Some(f) if self.rng.percent(70) => Text::new("(sfunc = #, stype = bigint").of(f),
                    _ => Text::new("(sfunc = int84pl, stype = bigint"),
                };
                let more = self.rng.pick(&[", initcond = '0')", ", initcond = '7', parallel = safe)"]);
                node.fields.push(Field::sql("+", text.then(Text::new(more))).vital());
                self.facets(&mut node, true, &["execute"]);
            }
            "tables" | "foreign_tables" | "views" | "materialized_views" | "statistics" => return self.make_relation(node),
            _ => return self.make_rare_in_schema(node),
        }
        Some(node)
    }

    /// A function. Those that others call say by an empty field how.
    fn function(&mut self, node: &mut Node) {
        let options: &[&str] =
            &["", "stable", "security definer", "strict", "cost 10", "parallel safe", "set search_path = ''", "leakproof"];
        let options = self.rng.pick(&options[..7]);
        let (result, class) = self.rng.pick(SIMPLE);
        let mark = |node: &mut Node, name: &'static str| node.fields.push(Field::words(name, "").vital());
        let returns = |node: &mut Node, text: Text, rest: &str| {
            node.fields.push(Field::sql("+returns", Text::new("returns ").then(text)).vital());
            node.fields.push(Field::words("+language", rest).vital());
        };
        node.class = Of::Own(class);
        match self.rng.below(15) {
            14 => {
                node.class = Of::Own(Class::None);
                self.rare_function(node);
            }
            0..=4 => {
                let (argument, _) = self.rng.pick(SIMPLE);
                let name = self.rng.pick(&["a ", "a ", "b ", ""]);
                let more = self.rng.pick(&["", "", ", n integer default 3", ", t text default 'it''s', d date default now()"]);
                node.suffix = Some(Text::new(format!("({name}{argument}{more})")));
                mark(node, "+call");
                match self.rng.below(4) {
                    0 => {
                        let own = if self.rng.percent(30) { self.any(&["languages"]) } else { None };
                        let language = own.map_or(Text::new("plpgsql"), |l| Text::new("#").of(l));
                        let rest = Text::new("language ").then(language).then(Text::new(format!(" {options}")));
                        node.fields.push(Field::words("+returns", format!("returns {result}")).vital());
                        node.fields.push(Field::sql("+language", rest).vital());
                        node.fields.push(Field::words("body", "\nbegin\n  return '1';\nend").vital());
                    }
                    1 if result == "bigint" && self.any(&["tables", "views"]).is_some() => {
                        let table = self.any(&["tables", "views"]).unwrap_or_default();
                        returns(node, Text::new(result), "language sql");
                        node.fields
                            .push(Field::sql("+body", Text::new("begin atomic; select count(*) from #; end").of(table)).vital());
                    }
                    2 => {
                        returns(node, Text::new(result), "language sql immutable");
                        node.fields.push(Field::words("+body", format!("return '1'::{result}")).vital());
                    }
                    _ => {
                        returns(node, Text::new(result), &format!("language sql {options}"));
                        let table = self.any(&["tables", "views"]);
                        let body = Text::new(format!("select '1'::{result}"));
                        let body = match table {
                            Some(t) if self.rng.percent(50) => body.then(Text::new(" from # limit 1").of(t)),
                            _ => body,
                        };
                        node.fields.push(Field::sql("body", body).vital());
                    }
                }
            }
            5 | 6 => {
                node.suffix = Some(Text::new(self.rng.pick(&["(t text)", "(text)"])));
                node.class = Of::Own(Class::Text);
                mark(node, "+text");
                returns(node, Text::new("text"), "language sql immutable");
                node.fields.push(Field::words("body", self.rng.pick(&["select lower($1)", "select upper($1)"])).vital());
            }
            7 | 8 => {
                node.suffix = Some(Text::new("()"));
                mark(node, "+trigger");
                returns(node, Text::new("trigger"), self.rng.pick(&["language plpgsql", "language plpgsql security definer"]));
                node.fields
                    .push(Field::words("body", self.rng.pick(&["begin return new; end", "begin return null; end"])).vital());
            }
            9 => {
                node.suffix = Some(Text::new("()"));
                mark(node, "+event");
                returns(node, Text::new("event_trigger"), "language plpgsql");
                node.fields.push(Field::words("body", "begin end").vital());
            }
            10 => {
                node.suffix = Some(Text::new("(s bigint, v integer)"));
                mark(node, "+state");
                returns(node, Text::new("bigint"), "language sql immutable");
                node.fields.push(Field::words("body", "select s + v").vital());
            }
            11 => {
                node.suffix = Some(Text::new("(a text, b text)"));
                mark(node, "+operator");
                returns(node, Text::new("boolean"), "language sql immutable");
                node.fields.push(Field::words("body", "select a = b").vital());
            }
            12 => {
                let types = self.keys(&["enums", "domains"]);
                let Some(ty) = self.rng.maybe(&types).filter(|t| self.model.nodes[t].sort == "enums") else {
                    return self.function(node);
                };
                node.suffix = Some(Text::new("(t text)"));
                mark(node, "+cast");
                let class = self.model.class(ty);
                returns(node, Text::new("#").of_class(ty, class), "language plpgsql stable");
                node.fields.push(Field::words("body", "begin return t; end").vital());
            }
            _ => {
                let rows = self.keys(&["tables", "views", "composite_types", "enums", "domains"]);
                match self.rng.maybe(&rows) {
                    Some(row) if self.rng.percent(60) => {
                        node.suffix = Some(Text::new("(v #)").of(row));
                        returns(node, Text::new("setof #").of(row), "language plpgsql");
                        node.fields.push(Field::words("body", "begin return; end").vital());
                    }
                    _ => {
                        node.suffix = Some(Text::new("(variadic rest integer[])"));
                        returns(node, Text::new("table (a integer, \"B c\" text)"), "language sql");
                        node.fields.push(Field::words("body", "select 1, 'x'::text").vital());
                    }
                }
            }
        }
        self.facets(node, true, &["execute"]);
    }
}
