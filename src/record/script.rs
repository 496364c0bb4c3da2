//! The record of an apply that another program does: SQL that migration files carry beside their steps.
//!
//! Such a file knows neither the number that its apply gets nor whether there is a record yet; and like [`super::Recorder`] it
//! stops for nothing: what cannot be recorded is a warning. So each piece is a block of PL/pgSQL, and the pieces of one migration
//! find their apply by its name.

use std::ops::RangeInclusive;

use super::{MIGRATIONS, Opening, SCHEMA, State, entry, write};
use crate::plan::Plan;
use crate::sql;

/// What is recorded of one way of a migration.
#[derive(Debug, Clone, Copy)]
pub struct Script<'a> {
    /// The program that runs the files.
    pub tool: &'a str,
    /// What this way of the migration is called; no other is called so.
    pub run: &'a str,
    /// The migration that it takes back.
    pub undoes: Option<&'a str>,
    /// Its plan.
    pub plan: &'a Plan,
    /// What is known of it.
    pub opening: &'a Opening,
}

impl Script<'_> {
    /// The piece that says that these phases are done; `opens` with what is to be said once, `ends` with how it ended.
    pub fn piece(&self, phases: RangeInclusive<usize>, opens: bool, ends: bool) -> String {
        let mut body = if opens { self.open() } else { self.found() };
        body.extend(phases.map(|phase| write::phase_done("this_apply", phase)));
        if ends {
            // What is taken back is held, as a rollback holds it.
            let models: Vec<String> = self.opening.model.iter().filter(|_| self.undoes.is_some()).cloned().collect();
            body.push(write::held("this_apply", &models));
            body.push(write::ended("this_apply", State::Done, None));
        }
        let block = format!(
            "\nDECLARE\n  this_apply bigint;\n  form integer := 0;\nBEGIN\n  {};\nEXCEPTION WHEN OTHERS THEN\n  \
             RAISE WARNING 'not recorded in schema {SCHEMA}: %', SQLERRM;\nEND\n",
            body.join(";\n  ")
        );
        format!(
            "-- The record of this migration, which `trueup history`, `rollback` and `drift` read.\nDO {};\n",
            sql::dollar_quoted(&block)
        )
    }

    /// Makes the record where there is none, and begins.
    fn open(&self) -> Vec<String> {
        let newest = MIGRATIONS.len();
        let mut out = vec![format!(
            "IF pg_catalog.to_regclass('{SCHEMA}.meta') IS NOT NULL THEN\n    \
             SELECT m.version INTO form FROM {SCHEMA}.meta m;\n  END IF"
        )];
        if self.undoes.is_some() {
            // Where nothing says that it was done, nothing need say that it is undone.
            out.push("IF form = 0 THEN\n    RETURN;\n  END IF".to_string());
        } else {
            out.push(format!("IF pg_catalog.to_regnamespace('{SCHEMA}') IS NULL THEN\n{}END IF", write::MAKE));
        }
        for (from, migration) in MIGRATIONS.iter().enumerate().skip(usize::from(self.undoes.is_some())) {
            let to = from + 1;
            let told = if from == 0 { String::new() } else { format!("UPDATE {SCHEMA}.meta SET version = {to};\n") };
            out.push(format!("IF form = {from} THEN\n{migration}{told}form := {to};\n  END IF"));
        }
        out.push(format!("IF form > {newest} THEN\n    RAISE 'it was written by a newer trueup';\n  END IF"));
        out.push(format!("UPDATE {SCHEMA}.apply a SET state = {} WHERE {}", entry::OVER, entry::is_over()));
        out.push(format!("SELECT coalesce(pg_catalog.max(a.number), 0) + 1 INTO this_apply FROM {SCHEMA}.apply a"));
        let undoes = self.undoes.map_or_else(|| "NULL".to_string(), |run| format!("({})", last(run)));
        let who = format!(
            "pg_catalog.json_build_object('user', SESSION_USER, 'ci', {}, 'run', {})",
            sql::literal(self.tool),
            sql::literal(self.run)
        );
        out.extend(write::insert("this_apply", &undoes, &who, self.opening, self.plan));
        out
    }

    /// Finds what an earlier piece has begun.
    fn found(&self) -> Vec<String> {
        vec![
            format!("IF pg_catalog.to_regclass('{SCHEMA}.apply') IS NULL THEN\n    RETURN;\n  END IF"),
            format!("this_apply := ({})", last(self.run)),
            "IF this_apply IS NULL THEN\n    RETURN;\n  END IF".to_string(),
        ]
    }
}

/// The last apply of this name.
fn last(run: &str) -> String {
    format!("SELECT pg_catalog.max(a.number) FROM {SCHEMA}.apply a WHERE a.who ->> 'run' = {}", sql::literal(run))
}
