//! What a live database knows of its extensions: the members of one, as statements that make them again, and how its types print
//! their modifiers.

use super::Known;
use crate::pg::Client;
use crate::sql;

/// Reads the members; `None` when the database does not have the extension.
pub(super) async fn members(client: &Client, name: &str) -> Result<Option<Known>, tokio_postgres::Error> {
    let there = "SELECT FROM pg_catalog.pg_extension WHERE extname = $1";
    if client.query_opt(there, &[&name]).await?.is_none() {
        return Ok(None);
    }
    let rows = client.query(include_str!("live.sql"), &[&name]).await?;
    let Some(first) = rows.first() else { return Ok(None) };
    let statements = rows.iter().filter_map(|row| row.get::<_, Option<String>>("statement")).collect();
    Ok(Some(Known {
        version: first.get("version"),
        schema: None,
        requires: first.get("requires"),
        modifiers: first.get("modifiers"),
        statements,
    }))
}

/// The modifiers that a shadow has met, as the live database prints them. What that refuses stays as it was written: it is
/// refused again where it is applied.
pub(super) async fn print_modifiers(superuser: &Client, live: &Client) -> Result<(), tokio_postgres::Error> {
    let met = "SELECT m.id, n.nspname, t.typname, m.words FROM trueup.modifier m JOIN pg_catalog.pg_type t ON t.oid = m.type \
               JOIN pg_catalog.pg_namespace n ON n.oid = t.typnamespace";
    for row in superuser.query(met, &[]).await? {
        let (id, schema, name): (i32, String, String) = (row.get(0), row.get(1), row.get(2));
        let words: Vec<String> = row.get(3);
        let Some(printed) = printed(live, &schema, &name, &words).await? else { continue };
        superuser.execute("UPDATE trueup.modifier SET printed = $2 WHERE id = $1", &[&id, &printed]).await?;
    }
    Ok(())
}

async fn printed(live: &Client, schema: &str, name: &str, words: &[String]) -> Result<Option<String>, tokio_postgres::Error> {
    let functions = "SELECT t.typmodin::pg_catalog.text, t.typmodout::pg_catalog.text FROM pg_catalog.pg_type t \
                     JOIN pg_catalog.pg_namespace n ON n.oid = t.typnamespace \
                     WHERE n.nspname = $1 AND t.typname = $2 AND t.typmodin <> 0 AND t.typmodout <> 0";
    let Some(row) = live.query_opt(functions, &[&schema, &name]).await? else { return Ok(None) };
    let (read, print): (String, String) = (row.get(0), row.get(1));
    // A cstring[] is given as its text, as no type of a parameter.
    let quoted = words.iter().map(|w| format!("\"{}\"", w.replace('\\', "\\\\").replace('"', "\\\""))).collect::<Vec<_>>();
    let array = sql::literal(&format!("{{{}}}", quoted.join(",")));
    let Ok(said) = live.simple_query(&format!("SELECT {print}({read}({array}))")).await else { return Ok(None) };
    let row = said.iter().find_map(|message| match message {
        tokio_postgres::SimpleQueryMessage::Row(row) => row.get(0).map(str::to_string),
        _ => None,
    });
    Ok(row)
}
