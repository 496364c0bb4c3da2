//! How long steps wait for their locks. A statement that waits for ACCESS EXCLUSIVE lets nobody pass who comes after it, so that
//! a short change behind one long transaction stops a table for everybody: each phase waits for a while only, gives up, lets
//! the others go first and tries again (manual, runtime-config-client, lock_timeout).

use std::time::Duration;

use crate::pg::Client;
use crate::plan::step::Work;
use crate::plan::{Phase, Plan, Step};
use crate::sql;

/// How long, and how often.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Waits {
    /// How long a statement waits for a lock.
    pub lock_timeout: Duration,
    /// How often a phase is tried before the apply ends.
    pub tries: u32,
    /// How long it is until the second time; before each further one it is twice as long.
    pub pause: Duration,
}

/// No pause is longer.
const LONGEST_PAUSE: Duration = Duration::from_secs(60);

/// How long a statement may run that looks at no rows and keeps others waiting.
const QUICK: Duration = Duration::from_secs(30);

impl Default for Waits {
    fn default() -> Self {
        Waits { lock_timeout: Duration::from_secs(3), tries: 10, pause: Duration::from_secs(1) }
    }
}

impl Waits {
    /// The settings of a phase. What runs outside of a transaction (CREATE INDEX CONCURRENTLY) stops nobody while it waits, and
    /// would leave half of its work behind.
    pub(super) fn settings(&self, phase: &Phase, steps: &[Step]) -> String {
        let set = |name: &str, time: Duration| format!("SET LOCAL {name} = '{}ms'", time.as_millis());
        if !phase.transaction {
            return "SET lock_timeout = 0; SET statement_timeout = 0".into();
        }
        let quick = |s: &Step| !s.locks.is_empty() && s.locks.iter().all(|h| h.work == Work::None);
        let limit = if steps.iter().all(quick) { QUICK.max(self.lock_timeout * 2) } else { Duration::ZERO };
        format!("{}; {}", set("lock_timeout", self.lock_timeout), set("statement_timeout", limit))
    }

    /// How long the statements of a phase wait for a lock when something else runs them; `None` where that is not limited.
    pub fn in_script(&self, phase: &Phase, steps: &[Step]) -> Option<String> {
        let locks = steps.iter().any(|s| !s.locks.is_empty());
        (phase.transaction && locks).then(|| format!("lock_timeout = '{}ms'", self.lock_timeout.as_millis()))
    }

    /// How long it is after so many times; `None` when there is no other.
    pub(super) fn pause(&self, tried: u32) -> Option<Duration> {
        (tried < self.tries).then(|| (self.pause * 2u32.saturating_pow(tried.saturating_sub(1)).min(1 << 10)).min(LONGEST_PAUSE))
    }
}

/// The transactions of others that hold up a plan now: they have locks on what it locks, for longer than a step waits. Where a
/// step builds an index concurrently, every old transaction of the database holds it up.
///
/// Another apply is not among them: the apply lock tells of that one.
///
/// Who they are is told where the role may see it (manual, monitoring-stats, pg_stat_activity).
pub async fn in_the_way(plan: &Plan, client: &Client, waits: &Waits) -> Vec<String> {
    let tables: Vec<String> = plan.steps.iter().flat_map(|s| &s.locks).map(|h| sql::literal(&h.table)).collect();
    let alone = plan.phases.iter().any(|p| !p.transaction);
    let query = format!(
        "SELECT DISTINCT 'process ' || a.pid || COALESCE(' of ' || a.usename, '') || COALESCE(' (' || NULLIF(a.application_name, '') || ')', '') \
             || ', ' || COALESCE(a.state, 'working') || ', since ' || pg_catalog.date_trunc('second', a.xact_start) \
             || COALESCE(', has locked ' || pg_catalog.string_agg(DISTINCT t.name, ', '), '') \
         FROM pg_catalog.pg_stat_activity a \
         LEFT JOIN pg_catalog.pg_locks l ON l.pid = a.pid AND l.granted AND l.locktype = 'relation' AND l.relation IN \
             (SELECT pg_catalog.to_regclass(n) FROM pg_catalog.unnest(ARRAY[{list}]::pg_catalog.text[]) AS n) \
         LEFT JOIN pg_catalog.unnest(ARRAY[{list}]::pg_catalog.text[]) AS t(name) ON pg_catalog.to_regclass(t.name) = l.relation \
         WHERE a.pid <> pg_catalog.pg_backend_pid() AND a.application_name <> 'trueup' AND a.datname = pg_catalog.current_database() \
           AND a.xact_start < pg_catalog.clock_timestamp() - '{limit}ms'::pg_catalog.interval \
           AND (l.pid IS NOT NULL OR ({alone} AND a.backend_xmin IS NOT NULL)) \
         GROUP BY a.pid, a.usename, a.application_name, a.state, a.xact_start ORDER BY 1",
        list = tables.join(", "),
        limit = waits.lock_timeout.as_millis(),
    );
    // What cannot be asked is no reason not to go on.
    client.rows(&query).await.unwrap_or_default().iter().filter_map(|row| row.get(0).map(str::to_string)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pauses_grow_and_end() {
        let waits = Waits { tries: 9, ..Waits::default() };
        let pauses: Vec<u64> = (1..).map_while(|tried| waits.pause(tried)).map(|p| p.as_secs()).collect();
        assert_eq!(pauses, [1, 2, 4, 8, 16, 32, 60, 60]);
    }
}
