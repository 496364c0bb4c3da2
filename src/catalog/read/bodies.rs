//! Bodies of routines that the server has and would not take again, for `pull`: the model says of them that nobody looks.

use crate::catalog::Catalog;
use crate::pg::Client;

/// The attribute that says so. Only what is written to YAML has it; it is no part of a catalog that is compared.
pub const CHECKED: &str = "checked";

/// Marks the routines of a live database whose bodies have syntax errors for it. Where it cannot be asked, none are.
pub async fn mark(client: &Client, catalog: &mut Catalog) {
    let script = format!("BEGIN READ ONLY; {}; {}; ROLLBACK", super::PINNED, include_str!("bodies.sql"));
    let Ok(rows) = client.rows(&script).await else {
        // A server without PL/pgSQL, or a time limit.
        let _ = client.batch_execute("ROLLBACK").await;
        return;
    };
    for row in rows.iter().filter(|r| r.len() == 3) {
        let [schema, name, args] = [0, 1, 2].map(|i| row.get(i).unwrap_or_default());
        for (id, object) in &mut catalog.objects {
            if id.args.as_deref() == Some(args) && *id.name == *name && id.schema() == schema {
                object.attrs.insert(CHECKED.into(), false.into());
            }
        }
    }
}
