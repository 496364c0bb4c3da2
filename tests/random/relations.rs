//! What stands on tables and reads from them: columns, constraints, indexes, triggers, policies, views.

use super::generate::{Gen, ROLES};
use super::model::{Class, Field, Key, Node, Of, PUBLIC, Text, Value};

const TABLE_RIGHTS: &[&str] = &["select", "insert", "update", "delete", "truncate", "references", "trigger"];
const COLUMN_RIGHTS: &[&str] = &["select", "insert", "update", "references"];

impl Gen {
    pub fn fill_table(&mut self, key: Key, sort: &str) {
        for _ in 0..self.rng.between(1, 5) {
            if let Some(column) = self.make("columns", key) {
                self.insert(column);
            }
        }
        if sort == "tables" {
            for (part, chance) in [("primary_key", 60), ("indexes", 30), ("checks", 20), ("foreign_keys", 30), ("policies", 20)] {
                if self.rng.percent(chance)
                    && let Some(node) = self.make(part, key)
                {
                    self.insert(node);
                }
            }
        }
    }

    /// A table, view, materialized view, foreign table or statistics, without parts.
    pub fn make_relation(&mut self, mut node: Node) -> Option<Node> {
        match node.sort {
            "tables" => {
                if self.rng.percent(25) {
                    node.fields.push(Field::words("row_security", self.rng.pick(&["enabled", "forced", "forced_but_disabled"])));
                }
                if self.rng.percent(6) {
                    node.fields.push(Field::words("unlogged", "true"));
                }
                if self.rng.percent(15) {
                    let (name, value) = self.rng.pick(&[
                        ("fillfactor", "70"),
                        ("autovacuum_enabled", "false"),
                        ("toast.autovacuum_enabled", "false"),
                    ]);
                    let map = Value::Map(vec![(name.into(), Text::new(value))]);
                    node.fields.push(Field { name: "options", vital: false, value: map });
                }
                let methods = self.keys(&["access_methods"]);
                let methods: Vec<Key> = methods.into_iter().filter(|m| self.model.nodes[m].field("+table").is_some()).collect();
                if let Some(method) = self.rng.maybe(&methods)
                    && self.rng.percent(30)
                {
                    node.fields.push(Field::sql("access_method", Text::new("#").of(method)));
                }
                if self.rng.percent(8) {
                    node.fields.push(Field::words("replica_identity", self.rng.pick(&["full", "nothing"])));
                }
                self.facets(&mut node, true, TABLE_RIGHTS);
            }
            "foreign_tables" => {
                let server = self.any_or_new("foreign_servers")?;
                node.fields.push(Field::sql("server", Text::new("#").of(server)).vital());
                self.facets(&mut node, true, &["select", "insert"]);
            }
            "views" | "materialized_views" => {
                let sources = self.sources();
                let first = self.rng.maybe(&sources)?;
                let mut from = Text::new("from # a").of(first);
                if self.rng.percent(25) {
                    let second = self.rng.pick(&sources);
                    from = from.then(Text::new(self.rng.pick(&[" cross join # b", " left join # b on true"])).of(second));
                }
                node.fields.push(Field::sql("+from", from).vital());
                if self.rng.percent(35)
                    && let Some(column) = self.column_of(first)
                {
                    node.fields.push(Field::sql("+where", Text::new("where a.#::text <> 'x'").of(column)));
                }
                if node.sort == "views" {
                    self.view_options(&mut node);
                }
                self.facets(&mut node, true, TABLE_RIGHTS);
            }
            "statistics" => {
                let table = self.any(&["tables"])?;
                let columns = self.ordered(table);
                let two = self.rng.some(&columns, 2);
                let [a, b] = two.as_slice() else { return None };
                let kinds = self.rng.pick(&["", "(ndistinct)", "(dependencies, mcv)"]);
                let on = Text::new(format!("{kinds} on #, # from #"));
                let on = on.of_class(*a, self.model.class(*a)).of_class(*b, self.model.class(*b)).of(table);
                node.fields.push(Field::sql("+", on).vital());
                if self.rng.percent(30) {
                    node.fields.push(Field::words("target", self.rng.pick(&["50", "0", "1000"])));
                }
                self.facets(&mut node, false, &[]);
            }
            _ => return None,
        }
        Some(node)
    }

    fn view_options(&mut self, node: &mut Node) {
        let mut map = Vec::new();
        for (name, value, chance, since) in
            [("security_barrier", "true", 15, 14), ("security_invoker", "true", 25, 15), ("security_invoker", "false", 4, 15)]
        {
            if self.rng.percent(chance) && self.major >= since && map.iter().all(|(n, _)| n != name) {
                map.push((name.to_string(), Text::new(value)));
            }
        }
        if !map.is_empty() {
            node.fields.push(Field { name: "options", vital: false, value: Value::Map(map) });
        }
    }

    fn sources(&self) -> Vec<Key> {
        self.keys(&["tables", "tables", "views", "views", "materialized_views", "foreign_tables"])
    }

    /// The columns of a relation that may be named.
    pub fn columns(&self, relation: Key) -> Vec<Key> {
        let mut all = self.model.parts(relation, "columns");
        all.extend(self.model.parts(relation, "view_column"));
        all
    }

    fn column_of(&mut self, relation: Key) -> Option<Key> {
        let all = self.columns(relation);
        self.rng.maybe(&all)
    }

    fn ordered(&self, table: Key) -> Vec<Key> {
        self.columns(table).into_iter().filter(|c| self.model.class(*c).has_order()).collect()
    }

    fn of_classes(&mut self, table: Key, classes: &[Class]) -> Option<Key> {
        let all: Vec<Key> = self.columns(table).into_iter().filter(|c| classes.contains(&self.model.class(*c))).collect();
        self.rng.maybe(&all)
    }

    pub fn fill_view(&mut self, key: Key) {
        for _ in 0..self.rng.between(1, 4) {
            self.add_view_column(key);
        }
    }

    /// One more column at the end of a view.
    pub fn add_view_column(&mut self, view: Key) {
        let Some(Value::Sql(from)) = self.model.nodes[&view].field("+from").map(|f| f.value.clone()) else { return };
        let which = self.rng.below(from.needs.len());
        let (alias, source) = (["a", "b"][which], from.needs[which].of);
        let column = self.column_of(source);
        let (text, class) = match (self.rng.below(10), column) {
            (0..=5, Some(c)) => (Text::new(format!("{alias}.#")).of(c), Of::Same(c)),
            (6, Some(c)) => (Text::new(format!("{alias}.#::text")).of(c), Of::Own(Class::Text)),
            (7, Some(c)) => (Text::new(format!("count({alias}.#) over ()")).of(c), Of::Own(Class::Int)),
            (8, _) => match self.call() {
                Some(call) => (Text::new("(").then(call).then(Text::new(")::text")), Of::Own(Class::Text)),
                None => return,
            },
            _ => (Text::new("1"), Of::Own(Class::Int)),
        };
        let name = self.name("c");
        let key = self.part(view, "view_column", &name, Class::None, text);
        let mut node = self.model.nodes[&key].clone();
        node.class = class;
        if self.rng.percent(20) {
            self.facets(&mut node, false, COLUMN_RIGHTS);
        }
        self.model.nodes.insert(key, node);
    }

    /// What is said of the sequence of an identity column.
    pub fn make_identity_sequence(&mut self, mut node: Node) -> Option<Node> {
        let said = |g: &Gen, c: &Key| g.model.nodes.values().any(|n| n.sort == "identity_sequences" && n.parent == Some(*c));
        let mut columns = self.keys(&["columns"]);
        columns.retain(|c| self.model.nodes[c].field("+identity").is_some() && !said(self, c));
        node.parent = Some(self.rng.maybe(&columns)?);
        node.name = String::new();
        self.facets(&mut node, false, &["usage", "select", "update"]);
        (!node.fields.is_empty()).then_some(node)
    }

    pub fn fill_publication(&mut self, key: Key) {
        if self.rng.percent(10) {
            if let Some(node) = self.model.nodes.get_mut(&key) {
                node.fields.push(Field::words("all_tables", "true").vital());
            }
            return;
        }
        if self.major >= 15 && self.rng.percent(25) {
            let schema = self.schema();
            if let Some(node) = self.model.nodes.get_mut(&key) {
                node.fields.push(Field { name: "schemas", vital: true, value: Value::List(vec![Text::new("#").of(schema)]) });
            }
            return;
        }
        let tables: Vec<Key> =
            self.keys(&["tables"]).into_iter().filter(|t| self.model.nodes[t].field("unlogged").is_none()).collect();
        for table in self.rng.some(&tables, 2) {
            let mut text = Text::new("#").of(table);
            if self.major >= 15 && self.rng.percent(40) {
                let built_in =
                    |n: &Node| n.field("+generated").is_none() && n.field("+type").is_some_and(|t| t.needs().is_empty());
                let column = self.of_classes(table, &[Class::Int, Class::Text, Class::Bool]);
                match column.filter(|c| built_in(&self.model.nodes[c])) {
                    Some(c) if self.rng.percent(50) => text = text.then(Text::new(" (#)").of_class(c, self.model.class(c))),
                    Some(c) => text = text.then(Text::new(" where (# is not null)").of_class(c, self.model.class(c))),
                    None => {}
                }
            }
            self.part(key, "published_table", "", Class::None, text);
        }
    }

    /// A part of a table or view.
    pub fn make_part(&mut self, mut node: Node, parent: Key) -> Option<Node> {
        let on_table = self.model.nodes.get(&parent)?.sort == "tables";
        match node.sort {
            "columns" => self.column(&mut node, parent, on_table),
            "primary_key" => {
                if !self.model.parts(parent, "primary_key").is_empty() {
                    return None;
                }
                let list = self.key_columns(parent)?;
                node.fields.push(Field::sql("+", list).vital());
                if self.rng.percent(25) {
                    node.fields.push(Field::words("name", self.name("pk")));
                }
            }
            "unique" => {
                let list = self.key_columns(parent)?;
                node.fields.push(Field::sql("+", list).vital());
                if self.rng.percent(15) && self.major >= 15 {
                    node.fields.insert(0, Field::words("+nulls", "nulls not distinct"));
                }
                if self.rng.percent(15) {
                    node.fields.push(Field::words("+defer", self.rng.pick(&["deferrable", "deferrable initially deferred"])));
                }
            }
            "exclude" => {
                let text = match self.of_classes(parent, &[Class::Range]) {
                    Some(c) => Text::new("using gist (# with &&)").of_class(c, Class::Range),
                    None => {
                        let c = self.of_classes(parent, &[Class::Int, Class::Text])?;
                        let class = self.model.class(c);
                        Text::new("(# with =) where (# is not null)").of_class(c, class).of_class(c, class)
                    }
                };
                node.fields.push(Field::sql("+", text).vital());
            }
            "checks" => {
                let text = self.condition(parent, "")?;
                node.fields.push(Field::sql("+", text).vital());
                if self.rng.percent(8) && on_table {
                    node.fields.push(Field::words("not_valid", "true"));
                }
            }
            "indexes" => self.index(&mut node, parent)?,
            "foreign_keys" => self.foreign_key(&mut node, parent)?,
            "triggers" => self.trigger(&mut node, parent)?,
            "rules" => {
                let text = match self.rng.below(4) {
                    0 => Text::new("on delete do instead nothing"),
                    1 => Text::new("on update do also notify changed"),
                    2 => Text::new("on update where old.#::text <> 'x' do instead nothing").of(self.column_of(parent)?),
                    _ => {
                        let other = self.any(&["tables"])?;
                        Text::new("on delete do also delete from #").of(other)
                    }
                };
                node.fields.push(Field::sql("+", text).vital());
                if self.rng.percent(15) {
                    node.fields.push(Field::words("enabled", self.rng.pick(&["disabled", "always", "replica"])));
                }
            }
            "policies" => {
                let command = self.rng.pick(&["all", "all", "select", "insert", "update", "delete"]);
                if self.rng.percent(70) || command != "all" {
                    node.fields.push(Field::words("for", command));
                }
                if self.rng.percent(25) {
                    node.fields.push(Field::words("as", "restrictive"));
                }
                if self.rng.percent(60) {
                    let count = self.rng.between(1, 2);
                    let roles = self.rng.some(ROLES, count).into_iter().map(Text::new).collect();
                    node.fields.push(Field { name: "to", vital: false, value: Value::List(roles) });
                }
                if command != "insert" {
                    let text = self.condition(parent, "")?;
                    node.fields.push(Field::sql("using", text));
                }
                if matches!(command, "insert" | "update" | "all") && self.rng.percent(60) {
                    let text = self.condition(parent, "")?;
                    node.fields.push(Field::sql("with_check", text));
                }
            }
            _ => return None,
        }
        let rights = if node.sort == "columns" { COLUMN_RIGHTS } else { &[] };
        if self.rng.percent(40) {
            self.facets(&mut node, false, rights);
        }
        Some(node)
    }

    /// Whether the type of a column is PostgreSQL's own.
    fn is_built_in(&self, column: Key) -> bool {
        self.model.nodes[&column].field("+type").is_some_and(|t| t.needs().is_empty())
    }

    /// Something that holds for the rows that the test writes. A policy's may ask other tables.
    fn condition(&mut self, table: Key, before: &str) -> Option<Text> {
        let column = self.column_of(table)?;
        let others: Vec<Key> = self.keys(&["tables", "views"]).into_iter().filter(|o| *o != table).collect();
        Some(match (self.rng.below(8), self.model.class(column)) {
            (0, _) => Text::new(format!("({before}#::text <> 'x') and ("))
                .of(column)
                .then(self.call()?)
                .then(Text::new(")::text <> 'y'")),
            (1, Class::Text) => match self.text_function() {
                Some(f) => Text::new(format!("#({before}#) <> 'x'")).of(f).of_class(column, Class::Text),
                None => Text::new(format!("{before}# in ('1', 'a', 'b') or length({before}#) < 500"))
                    .of_class(column, Class::Text)
                    .of_class(column, Class::Text),
            },
            (2, Class::Int) => Text::new(format!("{before}# > 0")).of_class(column, Class::Int),
            (3, Class::Bool) => Text::new(format!("{before}# or true")).of_class(column, Class::Bool),
            (4, _) if before.is_empty() && others.len() > 90 => return None,
            _ => Text::new(format!("{before}#::text <> 'x'")).of(column),
        })
    }

    fn key_columns(&mut self, table: Key) -> Option<Text> {
        let all = self.ordered(table);
        let count = self.rng.between(1, 2);
        let some = self.rng.some(&all, count);
        if some.is_empty() {
            return None;
        }
        let list = some.iter().map(|c| Text::new("#").of_class(*c, self.model.class(*c)));
        Some(Text::new("(").then(Text::join(list.collect::<Vec<_>>(), ", ")).then(Text::new(")")))
    }

    fn column(&mut self, node: &mut Node, table: Key, on_table: bool) {
        let (ty, class) = self.column_type(true);
        node.class = Of::Own(class);
        if self.rng.percent(4) {
            node.name = self.rng.pick(&["select", "user", "Order", "group", "table"]).into();
            if self.columns(table).iter().any(|c| self.model.nodes[c].name == node.name) {
                node.name = self.name("c");
            }
        }
        let push = |node: &mut Node, name, text| node.fields.push(Field::sql(name, text));
        if class == Class::Int && on_table && ty.needs.is_empty() && self.rng.percent(25) {
            if self.rng.percent(40) {
                push(node, "+type", Text::new(self.rng.pick(&["serial", "bigserial"])));
            } else {
                node.fields.push(Field::sql("+type", ty).vital());
                let options = self.rng.pick(&["", "", " (start with 10 increment by 5)"]);
                let how = self.rng.pick(&["always", "by default"]);
                push(node, "+identity", Text::new(format!("generated {how} as identity{options}")));
            }
            return;
        }
        let plain = |g: &Gen, c: &Key| g.model.nodes[c].field("+generated").is_none();
        let sources: Vec<Key> =
            self.model.parts(table, "columns").into_iter().filter(|c| plain(self, c) && *c < self.limit).collect();
        if on_table && self.rng.percent(8) {
            let source = self.rng.maybe(&sources);
            let text = match source.map(|c| (c, self.model.class(c))) {
                Some((c, Class::Int)) => {
                    Some(("bigint", Class::Int, Text::new("generated always as (# + 1) stored").of_class(c, Class::Int)))
                }
                Some((c, Class::Text)) => {
                    let text = match self.text_function() {
                        Some(f) if self.rng.percent(50) => {
                            Text::new("generated always as (#(#)) stored").of(f).of_class(c, Class::Text)
                        }
                        _ => Text::new("generated always as (lower(#)) stored").of_class(c, Class::Text),
                    };
                    Some(("text", Class::Text, text))
                }
                _ => None,
            };
            if let Some((ty, class, text)) = text {
                node.class = Of::Own(class);
                node.fields.push(Field::words("+type", ty).vital());
                node.fields.push(Field::sql("+generated", text).vital());
                return;
            }
        }
        let own_type = ty.needs.first().map(|n| n.of);
        node.fields.push(Field::sql("+type", ty.clone()).vital());
        if class == Class::Text && own_type.is_none() && ty.pattern != "text[]" && self.rng.percent(8) {
            let own = self.any(&["collations"]);
            let text = own.map_or(Text::new("collate \"C\""), |c| Text::new("collate #").of(c));
            push(node, "+collate", text);
        }
        if self.rng.percent(30)
            && let Some(text) = self.default(class, own_type)
        {
            push(node, "+default", Text::new("default ").then(text));
        }
        if self.rng.percent(25) {
            push(node, "+null", Text::new("not null"));
        }
        if on_table && self.rng.percent(6) {
            let map = Value::Map(vec![("n_distinct".into(), Text::new(self.rng.pick(&["100", "-0.5"])))]);
            node.fields.push(Field { name: "options", vital: false, value: map });
        }
        if on_table && self.rng.percent(6) && matches!(class, Class::Text | Class::Jsonb | Class::Array) {
            node.fields.push(Field::words("compression", "pglz"));
        }
        if !on_table && self.rng.percent(30) {
            let map = Value::Map(vec![("column_name".into(), Text::new(self.rng.pick(&["id", "it's"])))]);
            node.fields.push(Field { name: "foreign_options", vital: false, value: map });
        }
        if on_table && self.rng.percent(8) {
            if matches!(class, Class::Text | Class::Json | Class::Jsonb | Class::Array) {
                push(node, "storage", Text::new(self.rng.pick(&["external", "main", "plain"])));
            } else {
                push(node, "statistics", Text::new(self.rng.pick(&["0", "500"])));
            }
        }
    }

    fn default(&mut self, class: Class, own_type: Option<Key>) -> Option<Text> {
        if class == Class::Text && self.rng.percent(50) {
            return Some(Text::new("(").then(self.call()?).then(Text::new(")::text")));
        }
        if class == Class::Int && own_type.is_none() && self.rng.percent(40) {
            let sequence = self.any(&["sequences"])?;
            return Some(Text::new("nextval('#')").of(sequence));
        }
        Some(match class {
            Class::Int => Text::new("42"),
            Class::Num => Text::new("1.5"),
            Class::Text => Text::new(self.rng.pick(&["'it''s'", "'a' || 'b'", "current_user"])),
            Class::Bool => Text::new("true"),
            Class::Time => Text::new("now()"),
            Class::Json | Class::Jsonb | Class::Array => Text::new("'{}'"),
            Class::Uuid => Text::new("gen_random_uuid()"),
            Class::Range => Text::new("'empty'"),
            Class::Enum => {
                let labels = self.model.parts(own_type?, "label");
                Text::new("#").of(self.rng.maybe(&labels)?)
            }
            _ => return None,
        })
    }

    fn index(&mut self, node: &mut Node, table: Key) -> Option<()> {
        let column = self.column_of(table)?;
        let class = self.model.class(column);
        let mut unique = false;
        let text = match (self.rng.below(9), class) {
            (0 | 1, Class::Array | Class::Jsonb) if self.is_built_in(column) => {
                Text::new("using gin (#)").of_class(column, class)
            }
            (0..=3, Class::Range) => Text::new("using gist (#)").of_class(column, class),
            (2, c) if c.has_order() && c != Class::Enum => Text::new("using hash (#)").of_class(column, class),
            (3, Class::Int | Class::Time) => Text::new("using brin (#)").of_class(column, class),
            (0, Class::Text) => {
                let own = self.any_or_new("operator_classes")?;
                Text::new("(# #)").of_class(column, class).of(own)
            }
            (4, Class::Text) => {
                Text::new("(lower(#) text_pattern_ops, # collate \"C\" desc)").of_class(column, class).of_class(column, class)
            }
            (5, Class::Text) => {
                let f = self.text_function()?;
                Text::new("(#(#))").of(f).of_class(column, class)
            }
            (6, Class::Int) => Text::new("((# + 1), # desc nulls last)").of_class(column, class).of_class(column, class),
            (7, Class::Bool) => Text::new("((not #))").of_class(column, class),
            _ => {
                unique = self.rng.percent(30);
                let list = self.key_columns(table)?;
                let include = self.column_of(table)?;
                match self.rng.below(5) {
                    0 => list.then(Text::new(" include (#)").of(include)),
                    1 => list.then(Text::new(" where # is not null").of(include)),
                    _ => list,
                }
            }
        };
        if unique {
            node.fields.push(Field::words("+unique", "unique"));
        }
        node.fields.push(Field::sql("+", text).vital());
        if self.rng.percent(10)
            && !self.model.parts(table, "indexes").iter().any(|i| self.model.nodes[i].field("cluster").is_some())
        {
            let plain = |t: &Node| t.sort == "tables";
            let can = node.field("+").is_some_and(
                |f| matches!(&f.value, Value::Sql(t) if t.pattern.starts_with("(#") && !t.pattern.contains("where")),
            );
            if can && self.model.nodes.get(&table).is_some_and(plain) {
                node.fields.push(Field::words("cluster", "true"));
            }
        }
        if self.rng.percent(10)
            && node.field("+").is_some_and(|f| matches!(&f.value, Value::Sql(t) if t.pattern.starts_with('(')))
        {
            let map = Value::Map(vec![("fillfactor".into(), Text::new(self.rng.pick(&["70", "80"])))]);
            node.fields.push(Field { name: "options", vital: false, value: map });
        }
        Some(())
    }

    fn foreign_key(&mut self, node: &mut Node, table: Key) -> Option<()> {
        // Keys over one column.
        let tables = self.keys(&["tables"]);
        let single = |g: &Gen, k: &Key| match g.model.nodes[k].field("+").map(|f| &f.value) {
            Some(Value::Sql(text)) if text.needs.len() == 1 && g.model.nodes[k].field("+defer").is_none() => {
                Some((*k, text.needs[0].of))
            }
            _ => None,
        };
        let keys: Vec<(Key, Key)> = self.keys(&["primary_key", "unique"]).iter().filter_map(|k| single(self, k)).collect();
        let classes = [Class::Int, Class::Text, Class::Uuid];
        let logged = |g: &Gen, t: Key| g.model.nodes.get(&t).is_some_and(|n| n.field("unlogged").is_none());
        let fits = |g: &Gen, to: Key, from: Key| g.model.class(to) == g.model.class(from) && classes.contains(&g.model.class(to));
        let mut columns = self.model.parts(table, "columns");
        columns.retain(|c| self.model.nodes[c].field("+generated").is_none());
        let mut pairs = Vec::new();
        for (key, to) in &keys {
            pairs.extend(columns.iter().filter(|from| fits(self, *to, **from)).map(|from| (*key, *to, *from)));
        }
        let (key, to, from) = self.rng.maybe(&pairs)?;
        let class = self.model.class(from);
        let target = self.model.nodes[&key].parent.filter(|t| tables.contains(t) && logged(self, *t) && logged(self, table))?;
        let text = Text::new("(#) references # (#)").of_class(from, class).of(target).of_class(to, class).of(key);
        node.fields.push(Field::sql("+", text).vital());
        for (name, options) in [
            ("+delete", ["on delete cascade", "on delete set null", "on delete restrict"]),
            ("+update", ["on update cascade", "on update set null", "on update restrict"]),
            ("+defer", ["deferrable", "deferrable initially deferred", "not deferrable"]),
        ] {
            if self.rng.percent(25) {
                node.fields.push(Field::words(name, self.rng.pick(&options)));
            }
        }
        if self.rng.percent(10) {
            node.fields.push(Field::words("not_valid", "true"));
        }
        Some(())
    }

    fn trigger(&mut self, node: &mut Node, relation: Key) -> Option<()> {
        let function = self.trigger_function()?;
        let call = Text::new(" execute function #()").of(function);
        if self.model.nodes[&relation].sort != "tables" {
            node.fields.push(Field::sql("+", Text::new("instead of insert for each row").then(call)).vital());
            return Some(());
        }
        let column = self.column_of(relation)?;
        let text = match self.rng.below(6) {
            0 => Text::new("before insert or update for each row"),
            1 => Text::new("after update of # for each row").of(column),
            2 => Text::new("before update for each row when (new.#::text is distinct from old.#::text)").of(column).of(column),
            3 => Text::new("after delete for each statement"),
            4 => Text::new("after insert referencing new table as added for each statement"),
            _ => Text::new("constraint after insert deferrable initially deferred for each row"),
        };
        node.fields.push(Field::sql("+", text.then(call)).vital());
        if self.rng.percent(15) {
            node.fields.push(Field::words("enabled", self.rng.pick(&["disabled", "always", "replica"])));
        }
        debug_assert!(relation != PUBLIC);
        Some(())
    }
}
