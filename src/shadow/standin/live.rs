//! The members of an extension of a live database, as statements that make them again.

use super::Known;
use crate::pg::Client;

/// Reads them; `None` when the database does not have the extension.
pub(super) async fn members(client: &Client, name: &str) -> Result<Option<Known>, tokio_postgres::Error> {
    let rows = client.query(include_str!("live.sql"), &[&name]).await?;
    let Some(first) = rows.first() else { return Ok(None) };
    let statements = rows.iter().filter_map(|row| row.get::<_, Option<String>>("statement")).collect();
    Ok(Some(Known { version: first.get("version"), schema: None, requires: first.get("requires"), statements }))
}
