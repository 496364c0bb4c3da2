//! # Indexes
//!
//! Storage parameters and tablespace change in place; anything else makes the index new. An index left invalid by a failed
//! CREATE INDEX CONCURRENTLY differs from the one that the model asks for, and is made again.

use super::asks::{Asked, Question, Rows, relation};
use super::attached::{self, ATTACH_TO};
use super::constraint::unique_question;
use super::family::{self, Heritage, Relation};
use super::yaml::{Declarer, Entry, Field, FieldValue, File, Naming, Out, Piece, Section, Shape, Statement};
use super::{Along, Alter, Change, Judges, Kind, Weight};
use crate::catalog::{Attrs, Catalog, Id, KindName, Object};
use crate::plan::step::{Draft, Hazard, Lock, Road, Transaction};
use crate::sql;

/// The kind.
pub struct Index;

static SECTION: Section = Section {
    key: "indexes",
    under: &["tables", "materialized_views"],
    shape: Shape::Sql,
    naming: Naming::Schema,
    file: File::Parent,
    fields: &[
        Field { key: "definition", value: FieldValue::Sql, doc: "The SQL, as in the short form." },
        Field {
            key: "attach_to",
            value: FieldValue::Name,
            doc: "The parent's index that a partition's belongs to (ATTACH PARTITION); without a definition it is the one that PostgreSQL has made with that.",
        },
        Field {
            key: "only",
            value: FieldValue::Flag,
            doc: "Whether it is on the partitioned table alone (ON ONLY); partitions' indexes are attached to it.",
        },
        Field { key: "options", value: FieldValue::Texts, doc: "Storage parameters: `{fillfactor: 70}`." },
        Field { key: "tablespace", value: FieldValue::Name, doc: "The tablespace." },
        Field { key: "cluster", value: FieldValue::Flag, doc: "Whether the table is clustered on it." },
        Field { key: "replica_identity", value: FieldValue::Flag, doc: "Whether it is the table's replica identity." },
        Field {
            key: "statistics",
            value: FieldValue::Texts,
            doc: "Statistics targets of its expressions, by number of the index column.",
        },
    ],
    doc: "Indexes: `unique` first where it is, then the SQL after ON table.",
    example: "indexes:\n  idx_agents_slug: unique (tenant_id, lower(name))\n  idx_agents_tags: using gin (tags)\n",
};

fn marks(id: &Id, object: &Object) -> Vec<Draft> {
    let mut drafts = Vec::new();
    if object.flag("clustered") {
        drafts.push(
            Draft::new(format!("ALTER TABLE {} CLUSTER ON {}", id.parent_path(), sql::ident(&id.name)))
                .lock(Lock::ShareUpdateExclusive),
        );
    }
    if object.flag("replica_identity") {
        drafts.push(
            Draft::new(format!("ALTER TABLE {} REPLICA IDENTITY USING INDEX {}", id.parent_path(), sql::ident(&id.name)))
                .lock(Lock::AccessExclusive),
        );
    }
    drafts.extend(statistics(id, object));
    drafts
}

/// CREATE INDEX as an entry defines it.
fn create_statement(entry: &Entry<'_>) -> Option<Statement> {
    let definition = entry.sql()?;
    let text = definition.text.trim_start();
    let (unique, rest) = match text.split_at_checked(6) {
        Some((word, rest)) if word.eq_ignore_ascii_case("unique") && rest.starts_with([' ', '\n', '(']) => {
            ("UNIQUE ", rest.trim_start())
        }
        _ => ("", text),
    };
    let only = if entry.flag("only") == Some(true) { "ONLY " } else { "" };
    let before = format!("CREATE {unique}INDEX {} ON {only}{} ", sql::ident(&entry.name), entry.parent_path());
    let piece = |text: &str| Piece { text: text.to_string(), place: definition.place.clone() };
    let options = entry.texts("options").into_iter().map(|(n, v)| super::table::option(&format!("{}={}", n.text, v.text), ""));
    let (body, condition) = rest.split_at(condition(rest));
    let storage = storage(options.collect(), entry.field("tablespace").map(|p| p.text).as_deref(), false);
    let mut statement = Statement::with(entry.schema.as_deref(), &before, &piece(body), &format!("{storage} "));
    statement.piece(&piece(condition));
    Some(statement)
}

/// WITH and TABLESPACE.
pub(super) fn storage(options: Vec<String>, tablespace: Option<&str>, of_constraint: bool) -> String {
    let mut storage = String::new();
    if !options.is_empty() {
        storage.push_str(&format!(" WITH ({})", options.join(", ")));
    }
    if let Some(space) = tablespace {
        let using = if of_constraint { " USING INDEX" } else { "" };
        storage.push_str(&format!("{using} TABLESPACE {}", sql::ident(space)));
    }
    storage
}

/// Where a partial index's condition begins, or what a constraint says after its index.
pub(super) fn condition(definition: &str) -> usize {
    let tokens = sql::lex::tokens(definition);
    let words = ["where", "deferrable", "initially", "not"];
    let at = tokens.iter().find(|t| t.depth == 0 && words.iter().any(|w| t.is_word(definition, w)));
    at.map_or(definition.len(), |t| t.span.start)
}

fn statistics(id: &Id, object: &Object) -> Vec<Draft> {
    let Some(serde_json::Value::Object(targets)) = object.attrs.get("statistics") else { return Vec::new() };
    let path = id.own_path();
    targets
        .iter()
        .map(|(column, target)| Draft::new(format!("ALTER INDEX {path} ALTER COLUMN {column} SET STATISTICS {target}")))
        .collect()
}

/// CREATE INDEX CONCURRENTLY under a name (manual, sql-createindex, Building Indexes Concurrently). What it leaves when it fails
/// is invalid: the next plan sees that and makes it anew.
fn concurrently(id: &Id, name: &str, object: &Object) -> Draft {
    let unique = if object.flag("unique") { "UNIQUE " } else { "" };
    let (name, definition) = (sql::ident(name), with_storage(object, false));
    apart(Draft::new(format!("CREATE {unique}INDEX CONCURRENTLY {name} ON {} {definition}", id.parent_path()))).scans()
}

fn dropped_concurrently(id: &Id) -> Draft {
    apart(Draft::new(format!("DROP INDEX CONCURRENTLY {}", id.own_path())))
}

/// Readers and writers do not feel it; it takes transactions of its own, and waits for those of others.
pub(super) fn apart(draft: Draft) -> Draft {
    draft.lock(Lock::ShareUpdateExclusive).transaction(Transaction::Alone)
}

/// Puts WITH and TABLESPACE before a partial index's condition, where the grammar wants them.
pub(super) fn with_storage(object: &Object, of_constraint: bool) -> String {
    let definition = object.text("definition").unwrap_or_default();
    let options = object.list("options").into_iter().map(|o| super::table::option(o, "")).collect();
    let storage = storage(options, object.text("tablespace"), of_constraint);
    if storage.is_empty() {
        return definition.to_string();
    }
    match definition.split_at(condition(definition)) {
        (body, "") => format!("{body}{storage}"),
        (body, condition) => format!("{}{storage} {condition}", body.trim_end()),
    }
}

/// Whether what it belongs to does not bring it: an index on the partitioned table alone, which waits for all its partitions'.
fn alone(id: &Id, object: &Object, catalog: &Catalog) -> bool {
    let families = family::Families::of_table(catalog, id);
    let leader = families.leader(id, object, catalog).and_then(|(leader, _)| catalog.get(&leader));
    leader.is_some_and(|l| l.flag("on_only"))
}

/// ALTER INDEX with the storage parameters and the tablespace of an entry.
pub(super) fn altered(entry: &Entry<'_>, path: &str) -> Vec<Statement> {
    let option = |(name, value): (Piece, Piece)| super::table::option(&format!("{}={}", name.text, value.text), "");
    let set = entry.texts("options").into_iter().map(|o| format!("SET ({})", option(o)));
    let space = entry.field("tablespace").map(|p| format!("SET TABLESPACE {}", sql::ident(&p.text)));
    set.chain(space).map(|clause| Statement::new(None, format!("ALTER INDEX {path} {clause}"))).collect()
}

/// ALTER TABLE for what one index of a table can be: that on which it is clustered, and its replica identity. Another one that is
/// it then takes it away by itself.
pub(super) fn marks_changed(change: &mut Change<'_>) -> Vec<Draft> {
    let (path, name) = (change.id.parent_path(), sql::ident(&change.id.name));
    let statement = |clause: String, lock| Draft::new(format!("ALTER TABLE {path} {clause}")).lock(lock);
    let mut drafts = Vec::new();
    if change.take("clustered") {
        if change.desired.flag("clustered") {
            drafts.push(statement(format!("CLUSTER ON {name}"), Lock::ShareUpdateExclusive));
        } else if !marked_elsewhere(change, "clustered") {
            drafts.push(statement("SET WITHOUT CLUSTER".into(), Lock::ShareUpdateExclusive));
        }
    }
    if change.take("replica_identity") {
        if change.desired.flag("replica_identity") {
            drafts.push(statement(format!("REPLICA IDENTITY USING INDEX {name}"), Lock::AccessExclusive));
        } else if !marked_elsewhere(change, "replica_identity") {
            drafts.push(statement("REPLICA IDENTITY DEFAULT".into(), Lock::AccessExclusive));
        }
    }
    drafts
}

/// Whether something else of the table, or the table itself, says it then.
fn marked_elsewhere(change: &Change<'_>, mark: &str) -> bool {
    let own = |id: &Id| id.parent == change.id.parent || (id.parent.is_none() && Some(&id.name) == change.id.parent.as_ref());
    let others = change.catalog.objects.iter().filter(|(id, _)| *id != change.id && id.schema == change.id.schema && own(id));
    others.into_iter().any(|(_, object)| object.attrs.contains_key(mark))
}

/// Storage parameters and tablespace in YAML.
pub(super) fn storage_out(object: &Object) -> Vec<(String, Out)> {
    let options = super::table::options_out(object);
    let options = (!options.is_empty()).then(|| ("options".to_string(), Out::Map(options)));
    let space = object.text("tablespace").map(|space| ("tablespace".to_string(), Out::text(space)));
    options.into_iter().chain(space).collect()
}

/// Whether an index is one of a partitioned table, whose storage parameters cannot change.
pub(super) fn is_partitioned(change: &Change<'_>) -> bool {
    let table = change.desired.needs.iter().find(|n| n.parent.is_none() && change.id.parent.as_deref() == Some(&*n.name));
    table.and_then(|t| change.catalog.get(t)).is_some_and(|t| t.attrs.contains_key("partition_by"))
}

/// ALTER INDEX for storage parameters and tablespace.
pub(super) fn storage_changed(change: &mut Change<'_>) -> Vec<Draft> {
    let path = change.id.own_path();
    let mut drafts = Vec::new();
    if change.take("options") {
        let (live, desired) = (change.live.list("options"), change.desired.list("options"));
        drafts.extend(super::table::options_changed("INDEX", &path, &live, &desired, ""));
    }
    if change.take("tablespace") {
        let space = change.desired.text("tablespace").unwrap_or("pg_default");
        let statement = format!("ALTER INDEX {path} SET TABLESPACE {}", sql::ident(space));
        drafts.push(Draft::new(statement).hazard(Hazard::TableRewrite).hazard(Hazard::BlocksReads));
    }
    drafts
}

impl Kind for Index {
    fn name(&self) -> KindName {
        "index"
    }

    fn label(&self) -> (&'static str, &'static str) {
        ("index", "indexes")
    }

    fn catalog_sql(&self, _: u32) -> Option<&'static str> {
        Some(include_str!("catalog.sql"))
    }

    fn section(&self) -> Option<&'static Section> {
        Some(&SECTION)
    }

    fn judges(&self, _: &Id, object: &Object) -> Judges {
        if object.flag("unique") { Judges::Rows(None) } else { Judges::Nothing }
    }

    fn declare(&self, entry: &Entry<'_>, out: &mut Declarer<'_>) {
        let schema = entry.schema.as_deref().unwrap_or_default();
        let attach_to = entry.field("attach_to").map(|p| p.text);
        let mut statements = match (create_statement(entry), &attach_to) {
            (Some(create), None) => vec![create],
            (Some(create), Some(to)) => vec![create, Statement::new(None, attached::attach(schema, to, &entry.name))],
            (None, Some(to)) => {
                let table = entry.parent.as_deref().unwrap_or_default();
                vec![Statement::new(None, attached::name_it(schema, table, to, &entry.name))]
            }
            (None, None) => return out.missing(entry, "definition", "for example `definition: (tenant_id)`"),
        };
        let path = sql::qualified(entry.schema.as_deref().unwrap_or_default(), &entry.name);
        // What CREATE INDEX says is not said again: an index of a partitioned table takes it at no other time.
        if entry.sql().is_none() {
            statements.extend(altered(entry, &path));
        }
        if entry.flag("cluster") == Some(true) {
            statements.push(Statement::new(
                None,
                format!("ALTER TABLE {} CLUSTER ON {}", entry.parent_path(), sql::ident(&entry.name)),
            ));
        }
        if entry.flag("replica_identity") == Some(true) {
            statements.push(Statement::new(
                None,
                format!("ALTER TABLE {} REPLICA IDENTITY USING INDEX {}", entry.parent_path(), sql::ident(&entry.name)),
            ));
        }
        for (column, target) in entry.texts("statistics") {
            statements.push(Statement::with(
                None,
                &format!("ALTER INDEX {path} ALTER COLUMN {} SET STATISTICS ", column.text),
                &target,
                "",
            ));
        }
        out.declare(entry, statements);
    }

    fn write(&self, id: &Id, object: &Object, catalog: &Catalog) -> Option<Out> {
        let base = family::handed_down(id, object, catalog);
        if base.as_ref() == Some(&object.attrs) && object.position == 0 && object.comment.is_none() && !alone(id, object, catalog)
        {
            return None;
        }
        let definition = object.text("definition").unwrap_or_default();
        // btree goes without saying.
        let definition = definition.strip_prefix("USING btree ").unwrap_or(definition);
        let unique = if object.flag("unique") { "unique " } else { "" };
        let definition = definition.strip_prefix("USING ").map_or_else(|| definition.to_string(), |rest| format!("using {rest}"));
        let mut map = Vec::new();
        // A partition's has its definition from the parent's, if that brings it.
        if base.is_none() || alone(id, object, catalog) {
            map.push(("definition".to_string(), Out::Text(format!("{unique}{definition}"))));
        }
        if let Some(to) = object.text(ATTACH_TO) {
            map.push((ATTACH_TO.into(), Out::text(to)));
        }
        if object.flag("on_only") {
            map.push(("only".into(), Out::text("true")));
        }
        map.extend(storage_out(object));
        let flags = [("cluster", object.flag("clustered")), ("replica_identity", object.flag("replica_identity"))];
        map.extend(flags.into_iter().filter(|(_, on)| *on).map(|(key, _)| (key.to_string(), Out::text("true"))));
        if let Some(serde_json::Value::Object(targets)) = object.attrs.get("statistics") {
            let targets = targets.iter().map(|(c, t)| (c.clone(), Out::Text(t.to_string()))).collect();
            map.push(("statistics".into(), Out::Map(targets)));
        }
        Some(Out::Map(map))
    }

    fn weight(&self, attr: Option<&str>) -> Weight {
        if attr == Some("comment") { Weight::Cosmetic } else { Weight::Degraded }
    }

    fn sql_name(&self, id: &Id) -> String {
        format!("INDEX {}", id.own_path())
    }

    fn create(&self, id: &Id, object: &Object, _: &[(&Id, &Object)]) -> Vec<Draft> {
        let unique = if object.flag("unique") { "UNIQUE " } else { "" };
        let only = if object.flag("on_only") { "ONLY " } else { "" };
        let statement = format!(
            "CREATE {unique}INDEX {} ON {only}{} {}",
            sql::ident(&id.name),
            id.parent_path(),
            with_storage(object, false)
        );
        let draft = Draft::new(statement);
        let mut drafts = vec![if object.flag("on_only") {
            draft.lock(Lock::Share)
        } else {
            draft.lock_all(Lock::Share).scans().online(vec![concurrently(id, &id.name, object)])
        }];
        drafts.extend(attached::attached(id, object));
        drafts.extend(marks(id, object));
        drafts
    }

    fn online(&self, id: &Id, object: &Object, live: &Catalog, desired: &Catalog) -> Option<Road> {
        if object.flag("on_only") || object.attrs.contains_key(ATTACH_TO) {
            return None;
        }
        let unique = if object.flag("unique") { "UNIQUE " } else { "" };
        let only = |id: &Id, object: &Object| {
            let (name, definition) = (sql::ident(&id.name), with_storage(object, false));
            let on = (id.schema().into(), id.parent().into());
            Draft::new(format!("CREATE {unique}INDEX {name} ON ONLY {} {definition}", id.parent_path())).lock_on(on, Lock::Share)
        };
        let own = |id: &Id, object: &Object| {
            let on = (id.schema().into(), id.parent().into());
            Some(vec![
                Draft { touches: Vec::new(), ..concurrently(id, &id.name, object) }
                    .lock_on(on, Lock::ShareUpdateExclusive)
                    .scans(),
            ])
        };
        let drafts = attached::one_by_one(id, object, (live, desired), &only, &own)?;
        Some(Road { drafts, tree: true, updates: false })
    }

    fn drop(&self, id: &Id, _: &Object) -> Vec<Draft> {
        vec![
            Draft::new(format!("DROP INDEX {}", id.own_path()))
                .lock_all(Lock::AccessExclusive)
                .online(vec![dropped_concurrently(id)]),
        ]
    }

    fn beside(&self, id: &Id, live: &Object, desired: &Object) -> Option<Vec<Draft>> {
        let of_family = |o: &Object| o.flag("on_only") || o.attrs.contains_key(ATTACH_TO);
        if of_family(live) || of_family(desired) {
            return None;
        }
        let name = sql::made_name(&id.name, "new");
        let path = sql::qualified(id.schema(), &name);
        let rename = Draft::new(format!("ALTER INDEX {path} RENAME TO {}", sql::ident(&id.name)));
        Some(vec![concurrently(id, &name, desired), dropped_concurrently(id), rename])
    }

    fn along(&self, id: &Id, object: &Object, from: &str, to: &str) -> Option<Along> {
        let apart = ["on_only", ATTACH_TO, "invalid"].iter().any(|attr| object.attrs.contains_key(*attr));
        let definition = sql::column_renamed(object.text("definition")?, from, to).filter(|_| !apart)?;
        let mut anew = object.clone();
        anew.attrs.insert("definition".into(), definition.into());
        let name = sql::made_name(&id.name, "new");
        let rename = format!("ALTER INDEX {} RENAME TO {}", sql::qualified(id.schema(), &name), sql::ident(&id.name));
        let after = [Draft::new(rename)].into_iter().chain(marks(id, object)).collect();
        Some(Along { build: vec![concurrently(id, &name, &anew)], after })
    }

    fn alter(&self, change: &mut Change<'_>) -> Alter {
        if change.take_any(&["unique", "definition", "invalid", "on_only"]) {
            change.take_all();
            return Alter::Replace;
        }
        if is_partitioned(change) && change.take("options") {
            change.take_all();
            return Alter::Replace;
        }
        let path = change.id.own_path();
        let mut drafts = Vec::new();
        // Attaching and detaching the table attaches and detaches what belongs to the parent's.
        change.take(ATTACH_TO);
        drafts.extend(storage_changed(change));
        drafts.extend(marks_changed(change));
        if change.take("statistics") {
            if let Some(serde_json::Value::Object(was)) = change.live.attrs.get("statistics") {
                drafts.extend(was.keys().map(|c| Draft::new(format!("ALTER INDEX {path} ALTER COLUMN {c} SET STATISTICS -1"))));
            }
            drafts.extend(statistics(change.id, change.desired));
        }
        Alter::InPlace(drafts)
    }

    fn asks(&self, asked: &Asked<'_>) -> Vec<Question> {
        let is = asked.desired;
        let unique = |o: &Object| o.flag("unique") && !o.flag("on_only") && !o.attrs.contains_key(ATTACH_TO);
        if !unique(is) || (asked.live.is_some_and(unique) && !asked.differs("definition") && !asked.differs("invalid")) {
            return Vec::new();
        }
        let rows = Rows::of(asked.sides, relation(asked.id));
        let question = |rows: Rows<'_>| unique_question(asked.id, is.text("definition").unwrap_or_default(), &rows.only());
        rows.and_then(question).into_iter().collect()
    }

    fn leaders(&self, id: &Id, object: &Object, parent: &Relation) -> Vec<Id> {
        attached::leaders(id, object, parent)
    }

    fn handed_down(&self, id: &Id, leader: &Id, from: &Object, _: Heritage) -> Option<Attrs> {
        (!from.flag("on_only")).then(|| attached::handed_down(id, leader, from))
    }

    fn comes_by_attaching(&self) -> bool {
        true
    }

    fn is_taken_in(&self, object: &Object) -> bool {
        attached::is_taken_in(object)
    }

    fn named(&self, id: &Id, object: &Object) -> Vec<Draft> {
        attached::named(id, object)
    }

    fn rename(&self, id: &Id, to: &str) -> Option<Draft> {
        Some(Draft::new(format!("ALTER INDEX {} RENAME TO {}", id.own_path(), sql::ident(to))))
    }

    fn follows_type_change(&self) -> bool {
        true
    }

    fn namespace(&self) -> &'static str {
        "relation"
    }
}
