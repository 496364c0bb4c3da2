//! What no kind covers, found from the catalogs themselves: every object that anybody made, less what the kinds' queries gave,
//! what belongs to that, and what extensions own. No list has to know what could be there.

use std::collections::HashMap;

use tokio_postgres::{Client, SimpleQueryRow};

use super::address::{Address, Addresses};
use super::{PINNED, owned, split};
use crate::catalog::Unmodeled;
use crate::sql;

/// How many of one class are named; the rest is counted.
const NAMED: usize = 100;

/// The objects of one catalog that no kind has read.
struct Rest {
    catalog: String,
    objects: Vec<Address>,
}

/// All that is in the catalogs and that no kind has read, ordered by class and name.
pub(super) async fn unmodeled(client: &Client, owned: &[SimpleQueryRow], addresses: &Addresses) -> Vec<Unmodeled> {
    let newer = newer(client, owned).await;
    let rest: Vec<Rest> = owned.iter().chain(&newer).map(|row| rest(row, addresses)).filter(|r| !r.objects.is_empty()).collect();
    if rest.is_empty() {
        return Vec::new();
    }
    let names = names(client, &rest).await;
    let mut out = Vec::new();
    for Rest { catalog, objects } in &rest {
        // A class that the server has no words for goes by its catalog.
        let class = catalog.strip_prefix("pg_").unwrap_or(catalog).replace('_', " ");
        let mut named: Vec<Unmodeled> = objects
            .iter()
            .take(NAMED)
            .map(|at| {
                let unnamed = || Unmodeled { what: class.clone(), schema: None, name: at.oid.to_string(), more: 0 };
                names.get(at).cloned().unwrap_or_else(unnamed)
            })
            .collect();
        named.sort();
        if let Some(last) = named.last_mut() {
            last.more = objects.len().saturating_sub(NAMED);
        }
        out.extend(named);
    }
    // In order, as snapshots of the same database have to be the same.
    out.sort_by(|a, b| a.what.cmp(&b.what));
    out
}

/// The objects of catalogs that only a newer version has.
async fn newer(client: &Client, owned: &[SimpleQueryRow]) -> Vec<SimpleQueryRow> {
    let unknown = owned.iter().filter_map(|row| Some((row.get(1)?.to_string(), row.get(3).map(str::to_string))));
    let unknown: Vec<(String, Option<String>)> = unknown.filter(|(name, _)| !owned::is_listed(name)).collect();
    let Some(query) = owned::query_of(&unknown) else { return Vec::new() };
    match client.simple_query(&format!("BEGIN READ ONLY; {PINNED}; {query}; COMMIT")).await {
        Ok(messages) => split(messages).into_iter().flatten().collect(),
        Err(_) => {
            let _ = client.simple_query("ROLLBACK").await;
            Vec::new()
        }
    }
}

fn rest(row: &SimpleQueryRow, addresses: &Addresses) -> Rest {
    let oids = row.get(2).unwrap_or_default().split(',').filter(|o| !o.is_empty());
    let mut objects: Vec<Address> =
        oids.map(|oid| Address::of(row.get(0), Some(oid), None)).filter(|at| !addresses.covers(*at)).collect();
    objects.sort_by_key(|at| at.oid);
    Rest { catalog: row.get(1).unwrap_or_default().to_string(), objects }
}

/// What PostgreSQL calls them (manual, functions-info: pg_identify_object). Of a class that it has no words for it gives an
/// error; then none has a name.
async fn names(client: &Client, rest: &[Rest]) -> HashMap<Address, Unmodeled> {
    let all = rest.iter().flat_map(|r| r.objects.iter().take(NAMED));
    let values: Vec<String> = all.map(|at| format!("({}::pg_catalog.oid, {}::pg_catalog.oid)", at.class, at.oid)).collect();
    let script = format!(
        "BEGIN READ ONLY; {PINNED}; SELECT v.class, v.oid, i.type, i.schema, COALESCE(i.name, i.identity) \
         FROM (VALUES {}) v(class, oid) CROSS JOIN LATERAL pg_catalog.pg_identify_object(v.class, v.oid, 0) i WHERE i.identity IS NOT NULL; COMMIT",
        values.join(", ")
    );
    let Ok(messages) = client.simple_query(&script).await else {
        // Nothing else can be asked before this has ended.
        let _ = client.simple_query("ROLLBACK").await;
        return HashMap::new();
    };
    let unquoted = |name: &str| match sql::split_name(name) {
        Some(mut parts) if parts.len() == 1 => parts.pop(),
        _ => Some(name.to_string()),
    };
    let named = |row: SimpleQueryRow| {
        let object = Unmodeled {
            what: row.get(2)?.to_string(),
            schema: row.get(3).and_then(unquoted),
            name: row.get(4).and_then(unquoted)?,
            more: 0,
        };
        Some((Address::of(row.get(0), row.get(1), None), object))
    };
    split(messages).into_iter().flatten().filter_map(named).collect()
}
