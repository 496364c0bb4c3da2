//! What was last agreed: the objects in scope as the last apply left them.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::fmt::Write as _;

use serde::Serialize;

use super::{entry, rows, text, write};
use crate::catalog::{Catalog, Id, Object, snapshot};
use crate::diagnostic::Result;
use crate::kinds;
use crate::pg::Client;
use crate::sql;

/// How many rows one statement takes.
const AT_ONCE: usize = 500;

/// The last apply, and what it and those before it left of the objects that were asked for.
#[derive(Debug, Clone, Default, Serialize)]
pub struct Agreed {
    /// The number of the last apply.
    pub apply: i64,
    /// When it began, in UTC.
    pub when: String,
    /// Who ran it.
    pub who: super::Who,
    /// The objects; those that are not here were not there.
    #[serde(skip)]
    pub objects: BTreeMap<Id, Object>,
}

impl Agreed {
    /// Reads what was agreed of these objects, in one round trip; `None` when nothing was applied yet.
    ///
    /// # Errors
    /// When the record cannot be read.
    pub async fn read(client: &Client, ids: impl IntoIterator<Item = &Id>) -> Result<Option<Agreed>> {
        // No id is without a space, so that the first row is told from the others.
        let mut query = String::from(
            "SELECT '' AS id, pg_catalog.json_build_object('apply', a.number, 'who', a.who, 'when', \
             pg_catalog.to_char(a.started AT TIME ZONE 'UTC', 'YYYY-MM-DD\"T\"HH24:MI:SS\"Z\"'))::pg_catalog.text AS state \
             FROM (SELECT * FROM trueup.apply WHERE phases > 0 ORDER BY number DESC LIMIT 1) a",
        );
        let mut list = ids.into_iter().map(|id| sql::literal(&id.to_string())).peekable();
        if list.peek().is_some() {
            let list = list.collect::<Vec<_>>().join(", ");
            let _ = write!(query, " UNION ALL SELECT id, state::pg_catalog.text FROM trueup.agreed WHERE id IN ({list})");
        }
        let mut out = None::<Agreed>;
        let mut objects = BTreeMap::new();
        for row in rows(client, &query).await? {
            let state = text(&row, "state");
            if text(&row, "id").is_empty() {
                out = serde_json::from_str::<Head>(&state).ok().map(|h| Agreed {
                    apply: h.apply,
                    when: h.when,
                    who: h.who,
                    objects: BTreeMap::new(),
                });
            } else if let Some(id) = kinds::object_named(&text(&row, "id")) {
                objects.insert(id, entry::object(&state)?);
            }
        }
        Ok(out.map(|agreed| Agreed { objects, ..agreed }))
    }
}

#[derive(serde::Deserialize)]
struct Head {
    apply: i64,
    when: String,
    who: super::Who,
}

/// Writes what is agreed now: every managed object as it is live, but for those that differ from the model, of which stays what
/// was agreed before.
///
/// # Errors
/// When it cannot be written.
pub async fn settle(client: &Client, live: &Catalog, different: &BTreeSet<Id>, managed: impl Fn(&Id) -> bool) -> Result<()> {
    let counts = |id: &Id| !different.contains(id) && managed(id);
    let known: HashMap<String, String> = rows(
        client,
        "SELECT id, pg_catalog.encode(pg_catalog.sha256(pg_catalog.convert_to(state::pg_catalog.text, 'UTF8')), 'hex') AS digest \
         FROM trueup.agreed",
    )
    .await?
    .iter()
    .map(|row| (text(row, "id"), text(row, "digest")))
    .collect();
    let mut changed: Vec<(String, String)> = Vec::new();
    for (id, object) in live.objects.iter().filter(|(id, _)| counts(id)) {
        // Who needs whom is no part of what was agreed.
        let bare = Object { needs: BTreeSet::new(), owned_by: BTreeSet::new(), position: 0, ..object.clone() };
        let (id, state) = (id.to_string(), snapshot::entry(&bare).to_string());
        if known.get(&id).is_none_or(|digest| *digest != crate::digest::of(&state, 32)) {
            changed.push((id, state));
        }
    }
    let gone = known.keys().filter_map(|text| kinds::object_named(text)).filter(|id| live.get(id).is_none() && counts(id));
    let gone: Vec<String> = gone.map(|id| sql::literal(&id.to_string())).collect();
    let mut statements: Vec<String> =
        gone.chunks(AT_ONCE).map(|ids| format!("DELETE FROM trueup.agreed WHERE id IN ({})", ids.join(", "))).collect();
    statements.extend(changed.chunks(AT_ONCE).map(|rows| {
        let values: Vec<String> =
            rows.iter().map(|(id, state)| format!("({}, {})", sql::literal(id), sql::literal(state))).collect();
        format!(
            "INSERT INTO trueup.agreed (id, state) VALUES {} ON CONFLICT (id) DO UPDATE SET state = excluded.state",
            values.join(", ")
        )
    }));
    // And one that was killed between its last phase and this is over.
    statements.push(format!("UPDATE trueup.apply a SET state = {} WHERE {}", entry::OVER, entry::is_over()));
    write::run(client, &statements.join("; ")).await
}
