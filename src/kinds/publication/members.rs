//! What is in a publication: its tables and its schemas, each an object of its own, so that one more table is one step and the
//! publication stays as it is.

use crate::catalog::{Catalog, Id, KindName, Object};
use crate::kinds::yaml::Out;
use crate::kinds::{Alter, Change, Kind, parent_table};
use crate::plan::step::{Draft, Hazard, Lock};
use crate::sql::{self, lex};

/// A table in a publication: a child of the table, with the publication's name.
pub struct Table;

/// A schema in a publication, with the publication's name.
pub struct Schema;

/// `[only] schema.table (columns) where (...)`: the schema as far as it is written, and the table.
pub(super) fn table_of(text: &str) -> Option<(Option<String>, String)> {
    let tokens = lex::tokens(text);
    let mut tokens = tokens.iter().skip_while(|t| t.is_word(text, "only")).peekable();
    let first = tokens.next()?.name(text)?;
    if tokens.next_if(|t| t.is_symbol(text, ".")).is_some() {
        return Some((Some(first), tokens.next()?.name(text)?));
    }
    Some((None, first))
}

fn filter(object: &Object) -> String {
    let columns = object.list("columns");
    let mut text = String::new();
    if !columns.is_empty() {
        text.push_str(&format!(" ({})", sql::ident_list(columns)));
    }
    if let Some(condition) = object.text("where") {
        text.push_str(&format!(" WHERE ({condition})"));
    }
    text
}

/// The tables of a publication, as its YAML lists them.
pub(super) fn tables_out(publication: &Id, catalog: &Catalog) -> Vec<Out> {
    let own = catalog.of_kind(Table.name()).filter(|(id, _)| id.name == publication.name);
    own.map(|(id, object)| {
        let path = id.parent_path();
        // FOR TABLE takes in the children of a table, unless it says ONLY.
        let has_children = parent_table::has_children(&path, catalog);
        let only = if has_children { "only " } else { "" };
        Out::Text(format!("{only}{path}{}", filter(object).replacen(" WHERE ", " where ", 1)))
    })
    .collect()
}

/// The schemas of a publication.
pub(super) fn schemas_out(publication: &Id, catalog: &Catalog) -> Vec<String> {
    catalog.of_kind(Schema.name()).filter(|(id, _)| id.name == publication.name).map(|(id, _)| id.schema().to_string()).collect()
}

impl Kind for Table {
    fn name(&self) -> KindName {
        "publication_table"
    }

    fn label(&self) -> (&'static str, &'static str) {
        ("published table", "published tables")
    }

    fn catalog_sql(&self, major: u32) -> Option<&'static str> {
        Some(if major < 15 { include_str!("tables_14.sql") } else { include_str!("tables.sql") })
    }

    fn counts_with(&self, id: &Id) -> Option<Id> {
        Some(Id::global(super::Publication.name(), &id.name))
    }

    fn sql_name(&self, id: &Id) -> String {
        format!("PUBLICATION {}", sql::ident(&id.name))
    }

    fn create(&self, id: &Id, object: &Object, _: &[(&Id, &Object)]) -> Vec<Draft> {
        let statement = format!("ALTER {} ADD TABLE ONLY {}{}", self.sql_name(id), id.parent_path(), filter(object));
        vec![Draft::new(statement).lock(Lock::ShareUpdateExclusive)]
    }

    fn drop(&self, id: &Id, _: &Object) -> Vec<Draft> {
        let statement = format!("ALTER {} DROP TABLE ONLY {}", self.sql_name(id), id.parent_path());
        vec![Draft::new(statement).lock(Lock::ShareUpdateExclusive).hazard(Hazard::BreaksClients)]
    }

    fn alter(&self, change: &mut Change<'_>) -> Alter {
        change.take_any(&["columns", "where"]);
        Alter::Replace
    }
}

impl Kind for Schema {
    fn name(&self) -> KindName {
        "publication_schema"
    }

    fn label(&self) -> (&'static str, &'static str) {
        ("published schema", "published schemas")
    }

    fn catalog_sql(&self, major: u32) -> Option<&'static str> {
        (major >= 15).then_some(include_str!("schemas.sql"))
    }

    fn counts_with(&self, id: &Id) -> Option<Id> {
        Table.counts_with(id)
    }

    fn sql_name(&self, id: &Id) -> String {
        Table.sql_name(id)
    }

    fn create(&self, id: &Id, _: &Object, _: &[(&Id, &Object)]) -> Vec<Draft> {
        vec![Draft::new(format!("ALTER {} ADD TABLES IN SCHEMA {}", self.sql_name(id), sql::ident(id.schema())))]
    }

    fn drop(&self, id: &Id, _: &Object) -> Vec<Draft> {
        let statement = format!("ALTER {} DROP TABLES IN SCHEMA {}", self.sql_name(id), sql::ident(id.schema()));
        vec![Draft::new(statement).hazard(Hazard::BreaksClients)]
    }

    fn alter(&self, _: &mut Change<'_>) -> Alter {
        Alter::InPlace(Vec::new())
    }
}

#[cfg(test)]
mod tests {
    #[test]
    fn a_table_is_found_in_what_is_written() {
        let found = |text| super::table_of(text);
        assert_eq!(found("only app.orders (a, b) where (a > 1)"), Some((Some("app".into()), "orders".into())));
        assert_eq!(found("Orders"), Some((None, "orders".into())));
        assert_eq!(found("\"My s\".\"T\""), Some((Some("My s".into()), "T".into())));
    }
}
