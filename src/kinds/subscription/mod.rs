//! # Subscriptions
//!
//! Everything but two-phase commit changes in place. The connection string is a secret. One that is disabled is made without
//! connecting; one that is enabled connects to the publisher and makes its slot there, outside of transactions. In the shadow
//! they neither connect nor have a slot.

use serde_json::Value;

use super::secret;
use super::yaml::{Declarer, Entry, Field, FieldValue, File, Naming, Out, Section, Shape, Statement};
use super::{Alter, Change, Kind};
use crate::catalog::{Attrs, Catalog, Id, KindName, Object};
use crate::plan::step::{Draft, Hazard, Transaction};
use crate::sql;

/// The kind.
pub struct Subscription;

static SECTION: Section = Section {
    key: "subscriptions",
    under: &[""],
    shape: Shape::Mapping,
    naming: Naming::Database,
    file: File::Shared("database.yaml"),
    fields: &[
        Field { key: "connection", value: FieldValue::Text, doc: "The connection string: `${env:NAME}`." },
        Field { key: "publications", value: FieldValue::Names, doc: "The publications." },
        Field { key: "enabled", value: FieldValue::Flag, doc: "Whether it is enabled; `true` when it is not written." },
        Field {
            key: "slot_name",
            value: FieldValue::Name,
            doc: "The replication slot, or `none`; the subscription's name by default.",
        },
        Field { key: "binary", value: FieldValue::Flag, doc: "Whether values are sent in binary format." },
        Field {
            key: "streaming",
            value: FieldValue::Choice(&["on", "off", "parallel"]),
            doc: "Whether transactions in progress are streamed.",
        },
        Field {
            key: "synchronous_commit",
            value: FieldValue::Text,
            doc: "The setting of the workers; `off` when it is not written.",
        },
        Field { key: "two_phase", value: FieldValue::Flag, doc: "Whether two-phase commit is on (PostgreSQL 15 and later)." },
        Field {
            key: "disable_on_error",
            value: FieldValue::Flag,
            doc: "Whether an error disables it (PostgreSQL 15 and later).",
        },
        Field {
            key: "password_required",
            value: FieldValue::Flag,
            doc: "Whether a password must be used (PostgreSQL 16 and later).",
        },
        Field {
            key: "run_as_owner",
            value: FieldValue::Flag,
            doc: "Whether changes are made as its owner (PostgreSQL 16 and later).",
        },
        Field {
            key: "origin",
            value: FieldValue::Choice(&["any", "none"]),
            doc: "Which changes are sent (PostgreSQL 16 and later).",
        },
        Field {
            key: "failover",
            value: FieldValue::Flag,
            doc: "Whether its slot goes along to standbys (PostgreSQL 17 and later).",
        },
    ],
    doc: "Subscriptions to publications of another server (CREATE SUBSCRIPTION).",
    example: "subscriptions:\n  orders:\n    connection: ${env:ORDERS_CONNECTION}\n    publications: [orders]\n",
};

/// The options that SET takes, and what they are when nobody says anything.
const OPTIONS: &[(&str, &str)] = &[
    ("binary", "false"),
    ("streaming", "off"),
    ("synchronous_commit", "off"),
    ("disable_on_error", "false"),
    ("password_required", "true"),
    ("run_as_owner", "false"),
    ("origin", "any"),
    ("failover", "false"),
];

const TWO_PHASE: &str = "two_phase";

macro_rules! since_15 {
    () => {
        ", 'two_phase', CASE WHEN s.subtwophasestate <> 'd' THEN true END, 'disable_on_error', CASE WHEN s.subdisableonerr THEN true END"
    };
}

fn text(value: &Value) -> String {
    value.as_str().map_or_else(|| value.to_string(), str::to_string)
}

fn options(attrs: &Attrs) -> Vec<String> {
    let names = OPTIONS.iter().map(|(name, _)| *name).chain([TWO_PHASE]);
    names.filter_map(|name| Some(format!("{name} = {}", sql::literal(&text(attrs.get(name)?))))).collect()
}

fn slot(id: &Id, object: &Object) -> String {
    match object.text("slot_name").unwrap_or(&id.name) {
        "none" => "NONE".into(),
        name => sql::literal(name),
    }
}

fn enabled(object: &Object) -> bool {
    object.attrs.get("enabled") != Some(&Value::Bool(false))
}

/// The connection string as a literal. What is not known here is still one that the server can read.
fn connection(value: &str) -> String {
    if value.starts_with("${") { sql::literal(&format!("dbname={value}")) } else { sql::literal(value) }
}

fn statement(name: &str, connection: &str, publications: &[&str], options: &[String]) -> String {
    let with = if options.is_empty() { String::new() } else { format!(" WITH ({})", options.join(", ")) };
    format!(
        "CREATE SUBSCRIPTION {} CONNECTION {connection} PUBLICATION {}{with}",
        sql::ident(name),
        sql::ident_list(publications)
    )
}

impl Kind for Subscription {
    fn name(&self) -> KindName {
        "subscription"
    }

    fn label(&self) -> (&'static str, &'static str) {
        ("subscription", "subscriptions")
    }

    fn catalog_sql(&self, major: u32) -> Option<&'static str> {
        Some(match major {
            ..15 => {
                concat!(include_str!("head.sql"), ", 'streaming', CASE WHEN s.substream THEN 'on' END", include_str!("tail.sql"))
            }
            15 => concat!(
                include_str!("head.sql"),
                ", 'streaming', CASE WHEN s.substream THEN 'on' END",
                since_15!(),
                include_str!("tail.sql")
            ),
            16 => concat!(
                include_str!("head.sql"),
                ", 'streaming', CASE s.substream WHEN 't' THEN 'on' WHEN 'p' THEN 'parallel' END",
                since_15!(),
                include_str!("since_16.sql"),
                include_str!("tail.sql")
            ),
            _ => concat!(
                include_str!("head.sql"),
                ", 'streaming', CASE s.substream WHEN 't' THEN 'on' WHEN 'p' THEN 'parallel' END, 'failover', CASE WHEN s.subfailover THEN true END",
                since_15!(),
                include_str!("since_16.sql"),
                include_str!("tail.sql")
            ),
        })
    }

    fn section(&self) -> Option<&'static Section> {
        Some(&SECTION)
    }

    fn declare(&self, entry: &Entry<'_>, out: &mut Declarer<'_>) {
        let (Some(conninfo), Some(publications)) = (entry.field("connection"), entry.names("publications")) else {
            return out.missing(entry, "connection` or `publications", SECTION.example.trim());
        };
        let publications: Vec<&str> = publications.iter().map(|p| p.text.as_str()).collect();
        let names = OPTIONS.iter().map(|(name, _)| *name).chain([TWO_PHASE]);
        let attrs: Attrs = names.filter_map(|name| Some((name.to_string(), entry.field(name)?.text.into()))).collect();
        let mut with: Vec<String> = ["connect = false", "slot_name = NONE", "enabled = false"].map(String::from).to_vec();
        with.extend(options(&attrs));
        let mut create =
            Statement::new(None, statement(&entry.name, &connection(&secret::meant(&conninfo)), &publications, &with));
        create.privileged = true;
        out.declare(entry, vec![create]);
        let off = entry.flag("enabled") == Some(false);
        out.lay_over("enabled", if off { Value::Bool(false) } else { Value::Null });
        let slot = entry.field("slot_name").filter(|s| s.text != entry.name);
        out.lay_over("slot_name", slot.map_or(Value::Null, |s| s.text.to_lowercase().into()));
    }

    fn write(&self, id: &Id, object: &Object, _: &Catalog) -> Option<Out> {
        let conninfo = secret::written(object.text("connection").unwrap_or_default(), &[&id.name, "connection"]);
        let publications = object.list("publications").into_iter().map(str::to_string).collect();
        let mut map = vec![("connection".to_string(), Out::Text(conninfo)), ("publications".into(), Out::Flow(publications))];
        let names = ["enabled", "slot_name"].into_iter().chain(OPTIONS.iter().map(|(name, _)| *name)).chain([TWO_PHASE]);
        map.extend(names.filter_map(|name| Some((name.to_string(), Out::Text(text(object.attrs.get(name)?))))));
        Some(Out::Map(map))
    }

    fn acts_by_itself(&self) -> bool {
        true
    }

    fn takes_labels(&self) -> bool {
        true
    }

    fn sql_name(&self, id: &Id) -> String {
        format!("SUBSCRIPTION {}", sql::ident(&id.name))
    }

    fn owner_name(&self, id: &Id) -> Option<String> {
        Some(self.sql_name(id))
    }

    fn owner_is_superuser(&self) -> bool {
        true
    }

    fn holds_secrets(&self) -> bool {
        true
    }

    fn create(&self, id: &Id, object: &Object, _: &[(&Id, &Object)]) -> Vec<Draft> {
        let mut with = Vec::new();
        if !enabled(object) {
            with.push("connect = false".to_string());
        }
        if object.attrs.contains_key("slot_name") || !enabled(object) {
            with.push(format!("slot_name = {}", slot(id, object)));
        }
        with.extend(options(&object.attrs));
        let conninfo = connection(object.text("connection").unwrap_or_default());
        let draft = Draft::new(statement(&id.name, &conninfo, &object.list("publications"), &with));
        vec![if enabled(object) { draft.transaction(Transaction::Alone) } else { draft }]
    }

    fn drop(&self, id: &Id, object: &Object) -> Vec<Draft> {
        let draft = Draft::new(format!("DROP {}", self.sql_name(id))).hazard(Hazard::BreaksClients);
        // With a slot it is dropped at the publisher too.
        vec![if slot(id, object) == "NONE" { draft } else { draft.transaction(Transaction::Alone).hazard(Hazard::Irreversible) }]
    }

    fn alter(&self, change: &mut Change<'_>) -> Alter {
        if change.take(TWO_PHASE) {
            change.take_all();
            return Alter::Replace;
        }
        let name = self.sql_name(change.id);
        let (live, desired) = (change.live, change.desired);
        let mut drafts = Vec::new();
        let mut push = |clause: String| drafts.push(Draft::new(format!("ALTER {name} {clause}")));
        let switched = change.take("enabled");
        if switched && !enabled(desired) {
            push("DISABLE".into());
        }
        if change.take("connection") {
            push(format!("CONNECTION {}", connection(desired.text("connection").unwrap_or_default())));
        }
        let mut set = Vec::new();
        if change.take("slot_name") {
            set.push(format!("slot_name = {}", slot(change.id, desired)));
        }
        for (option, default) in OPTIONS {
            if change.take(option) {
                let value = desired.attrs.get(*option).map_or_else(|| (*default).to_string(), text);
                set.push(format!("{option} = {}", sql::literal(&value)));
            }
        }
        if !set.is_empty() {
            push(format!("SET ({})", set.join(", ")));
        }
        let published = change.take("publications");
        // Refreshing needs a connection, and no transaction.
        let refresh = enabled(live) && enabled(desired);
        if published {
            let list = sql::ident_list(desired.list("publications"));
            push(format!("SET PUBLICATION {list}{}", if refresh { "" } else { " WITH (refresh = false)" }));
        }
        if switched && enabled(desired) {
            push("ENABLE".into());
        }
        if published && refresh {
            drafts = drafts.into_iter().map(|d| d.transaction(Transaction::Alone)).collect();
        }
        Alter::InPlace(drafts)
    }

    fn rename(&self, id: &Id, to: &str) -> Option<Draft> {
        Some(Draft::new(format!("ALTER {} RENAME TO {}", self.sql_name(id), sql::ident(to))))
    }
}
