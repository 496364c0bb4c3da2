//! # Foreign tables
//!
//! Options change in place; another server makes the table new, which loses nothing: its rows are elsewhere. Columns, defaults,
//! checks and triggers are objects of their own, as those of tables are.

use super::yaml::{Declarer, Entry, Field, FieldValue, File, Naming, Out, Section, Shape, Statement};
use super::{Alter, Change, Grants, Kind, options, parent_table, table};
use crate::catalog::{Catalog, Id, KindName, Object};
use crate::plan::step::{Draft, Hazard, Lock};
use crate::sql;

/// The kind.
pub struct ForeignTable;

static SECTION: Section = Section {
    key: "foreign_tables",
    under: &[""],
    shape: Shape::Mapping,
    naming: Naming::Schema,
    file: File::Own("foreign_tables"),
    fields: &[
        Field { key: "server", value: FieldValue::Name, doc: "The foreign server." },
        Field { key: "options", value: FieldValue::Texts, doc: "Its options; `${env:NAME}` takes a value from the environment." },
        Field {
            key: "partition_of",
            value: FieldValue::Name,
            doc: "The table it is a partition of; its columns come from there.",
        },
        Field {
            key: "bound",
            value: FieldValue::Sql,
            doc: "The partition's bound: `for values from (1) to (10)`, or `default`.",
        },
        Field { key: "inherits", value: FieldValue::Names, doc: "The tables it inherits from." },
    ],
    doc: "Foreign tables (CREATE FOREIGN TABLE), with their `columns`, `checks` and `triggers`.",
    example: "foreign_tables:\n  old_orders:\n    server: archive\n    options: {table_name: orders}\n    columns:\n      id: bigint not null\n",
};

impl Kind for ForeignTable {
    fn name(&self) -> KindName {
        "foreign_table"
    }

    fn label(&self) -> (&'static str, &'static str) {
        ("foreign table", "foreign tables")
    }

    fn catalog_sql(&self, _: u32) -> Option<&'static str> {
        Some(include_str!("catalog.sql"))
    }

    fn section(&self) -> Option<&'static Section> {
        Some(&SECTION)
    }

    fn declare(&self, entry: &Entry<'_>, out: &mut Declarer<'_>) {
        let Some(server) = entry.field("server") else { return out.missing(entry, "server", "for example `server: archive`") };
        let mut create = Statement::new(entry.schema.as_deref(), format!("CREATE FOREIGN TABLE {}", entry.path()));
        let after = table::declared_body(entry, &mut create);
        create.push(&format!(" SERVER {}{}", sql::ident(&server.text), options::declared(entry, "options")));
        let mut statements = vec![create];
        statements.extend(after);
        out.declare(entry, statements);
    }

    fn write(&self, id: &Id, object: &Object, catalog: &Catalog) -> Option<Out> {
        let mut map = vec![("server".to_string(), Out::text(object.text("server")?))];
        map.extend(options::out(id, object, "options"));
        map.extend(parent_table::written(id, catalog));
        Some(Out::Map(map))
    }

    fn takes_labels(&self) -> bool {
        true
    }

    fn sql_name(&self, id: &Id) -> String {
        format!("FOREIGN TABLE {}", id.own_path())
    }

    fn owner_name(&self, id: &Id) -> Option<String> {
        Some(self.sql_name(id))
    }

    fn grants(&self) -> Option<Grants> {
        Some(super::facets::TABLE_GRANTS)
    }

    fn holds_secrets(&self) -> bool {
        true
    }

    fn create(&self, id: &Id, object: &Object, folded: &[(&Id, &Object)]) -> Vec<Draft> {
        let text = format!("CREATE {}{}", self.sql_name(id), table::body(folded));
        let server = sql::ident(object.text("server").unwrap_or_default());
        let create = Draft::new(format!("{text}\nSERVER {server}{}", options::clause(object, "options")));
        [create].into_iter().chain(table::settings(folded)).collect()
    }

    fn drop(&self, id: &Id, _: &Object) -> Vec<Draft> {
        vec![Draft::new(format!("DROP {}", self.sql_name(id))).lock(Lock::AccessExclusive).hazard(Hazard::BreaksClients)]
    }

    fn alter(&self, change: &mut Change<'_>) -> Alter {
        if change.take("server") {
            change.take_all();
            return Alter::Replace;
        }
        let mut drafts = Vec::new();
        if change.take("options") {
            let options = options::changes(change.live, change.desired, "options");
            if !options.is_empty() {
                let statement = format!("ALTER {}{options}", self.sql_name(change.id));
                drafts.push(Draft::new(statement).lock(Lock::AccessExclusive));
            }
        }
        Alter::InPlace(drafts)
    }

    fn rename(&self, id: &Id, to: &str) -> Option<Draft> {
        let statement = format!("ALTER {} RENAME TO {}", self.sql_name(id), sql::ident(to));
        Some(Draft::new(statement).lock(Lock::AccessExclusive).hazard(Hazard::BreaksClients))
    }

    fn namespace(&self) -> &'static str {
        "relation"
    }
}
