//! What tells one database from all others.

use super::Client;

/// The identifier that initdb gave to the server's files, and the database's OID there: neither a name nor an address, which
/// others may have too. `None` where the role may not ask.
///
/// A standby has its primary's; what was restored from a dump is another database.
pub async fn identity(client: &Client) -> Option<String> {
    let query = "SELECT s.system_identifier::pg_catalog.text || '/' || d.oid::pg_catalog.text \
         FROM pg_catalog.pg_control_system() s, pg_catalog.pg_database d WHERE d.datname = pg_catalog.current_database()";
    client.rows(query).await.ok()?.first()?.get(0).map(str::to_string)
}
