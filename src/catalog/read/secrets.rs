//! The values that catalogs hold as digests only, for `pull --with-secrets`.

use tokio_postgres::{Client, SimpleQueryMessage};

use crate::diagnostic::Result;
use crate::kinds::secret;

const OPTIONS: &str = "SELECT o.option_value FROM ( \
     SELECT fdwoptions AS options FROM pg_catalog.pg_foreign_data_wrapper \
     UNION ALL SELECT srvoptions FROM pg_catalog.pg_foreign_server \
     UNION ALL SELECT umoptions FROM pg_catalog.pg_user_mappings \
     UNION ALL SELECT ftoptions FROM pg_catalog.pg_foreign_table \
     UNION ALL SELECT attfdwoptions FROM pg_catalog.pg_attribute WHERE attfdwoptions IS NOT NULL) s, \
     pg_catalog.pg_options_to_table(s.options) o";

const CONNECTIONS: &str = "SELECT subconninfo FROM pg_catalog.pg_subscription";

/// Keeps every secret of a database in mind, to be written to YAML.
///
/// # Errors
/// When the server refuses.
pub async fn remember(client: &Client, superuser: bool) -> Result<()> {
    for query in [OPTIONS, CONNECTIONS].into_iter().take(if superuser { 2 } else { 1 }) {
        for message in client.simple_query(query).await.map_err(|e| super::refused(&e))? {
            if let SimpleQueryMessage::Row(row) = message
                && let Some(value) = row.get(0)
            {
                secret::remember(value, true);
            }
        }
    }
    Ok(())
}
