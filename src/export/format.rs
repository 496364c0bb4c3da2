//! How each tool wants its files.
//!
//! Supabase: `VERSION_NAME.sql` in `supabase/migrations`; the CLI sends a file as one implicit transaction, writes its own table
//! of migrations with it, looks into no subfolder and knows no way back. Flyway: `V…__NAME.sql` and, to undo it, `U…__NAME.sql`,
//! with settings in a file of the same name and `.conf`. golang-migrate, sqlx: `.up.sql` and `.down.sql`. dbmate: both in one
//! file under `-- migrate:up` and `-- migrate:down`.
//!
//! A tool that goes back does so a version at a time: the first part of the way back belongs to the last version. Where the two
//! ways have not the same number of parts, the shorter one is filled up with versions that do nothing.

use std::path::PathBuf;

use clap::ValueEnum;

use super::part::{Part, parts, script};
use super::version::Versions;
use super::{File, no_way_back, one_line};
use crate::apply::Waits;
use crate::diagnostic::Diagnostic;
use crate::plan::{Plan, Step};
use crate::record::{Opening, Script, reversed};
use crate::sql;

/// The tools that files can be written for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Format {
    /// One script, and one for the way back.
    Psql,
    /// `supabase/migrations`; both ways as scripts for psql in a subfolder.
    Supabase,
    /// `V…` and `U…` files.
    Flyway,
    /// `.up.sql` and `.down.sql`.
    GolangMigrate,
    /// One file with both ways.
    Dbmate,
    /// `.up.sql` and `.down.sql`.
    Sqlx,
}

/// What a version does when its half of the other way has no part left.
const NOTHING: &str = "-- Nothing to do here: it is done in the versions beside this one.\nSELECT 1;\n";

/// Both ways of a plan, with what is recorded of them, where something is.
struct Ways<'a> {
    plan: &'a Plan,
    waits: &'a Waits,
    forward: Option<Recorded>,
    back: Option<Recorded>,
}

/// What is recorded of one way.
struct Recorded {
    opening: Opening,
    plan: Plan,
    run: String,
}

impl<'a> Ways<'a> {
    fn of(plan: &'a Plan, waits: &'a Waits, run: String, record: Option<&Opening>) -> Self {
        let back = record.zip(plan.back.as_ref()).map(|(opening, back)| Recorded {
            opening: Opening { objects: reversed(&opening.objects, back), ..opening.clone() },
            plan: Plan {
                steps: back.steps.clone(),
                phases: back.phases.clone(),
                proof: None,
                back: None,
                preflight: None,
                ..plan.clone()
            },
            run: format!("{run}, the way back"),
        });
        // The way back is in what the objects were, and a file is no place for what was found in rows.
        let forward = record.map(|opening| Recorded {
            opening: opening.clone(),
            plan: Plan { back: None, preflight: None, ..plan.clone() },
            run,
        });
        Ways { plan, waits, forward, back }
    }

    fn up(&self, tool: &str) -> Vec<Part<'a>> {
        let script = self.forward.as_ref().map(|r| r.script(tool, None));
        parts(&self.plan.steps, &self.plan.phases, self.waits, script.as_ref())
    }

    fn down(&self, tool: &str) -> Option<Vec<Part<'a>>> {
        let back = self.plan.back.as_ref()?;
        let undoes = self.forward.as_ref().map(|f| f.run.as_str());
        let script = self.back.as_ref().map(|r| r.script(tool, undoes));
        Some(parts(&back.steps, &back.phases, self.waits, script.as_ref()))
    }
}

impl Recorded {
    fn script<'r>(&'r self, tool: &'r str, undoes: Option<&'r str>) -> Script<'r> {
        Script { tool, run: &self.run, undoes, plan: &self.plan, opening: &self.opening }
    }
}

impl Format {
    /// What the tool calls itself.
    pub fn tool(self) -> &'static str {
        match self {
            Format::Psql => "psql",
            Format::Supabase => "Supabase CLI",
            Format::Flyway => "Flyway",
            Format::GolangMigrate => "golang-migrate",
            Format::Dbmate => "dbmate",
            Format::Sqlx => "sqlx",
        }
    }

    /// What the tool must be told beside its files.
    pub fn wants(self, plan: &Plan) -> Option<Diagnostic> {
        let alone = plan.phases.iter().filter(|phase| !phase.transaction).flat_map(|p| &plan.steps[p.steps.0 - 1..p.steps.1]);
        let alone: Vec<&Step> = alone.collect();
        match self {
            Format::Flyway if !alone.is_empty() => Some(
                Diagnostic::warning("flyway-lock", "Flyway's own lock holds up what cannot run in a transaction")
                    .note("its lock is a transaction, and CREATE INDEX CONCURRENTLY waits until all others have ended")
                    .help("run Flyway with `flyway.postgresql.transactional.lock=false`: its lock is the session's then"),
            ),
            Format::Supabase => alone.iter().find(|step| !runs_alone(&step.sql)).map(|step| {
                Diagnostic::warning("not-transactional", "Supabase's CLI sends in a transaction what cannot run in one")
                    .note(format!("step {}: {} {}", step.number, step.verb, step.object))
                    .help("run the script in the folder `psql`: the CLI takes it for done then")
            }),
            _ => None,
        }
    }

    /// Whether the tool takes a line for more than SQL wherever it stands.
    pub(super) fn is_mark(self, line: &str) -> bool {
        let mark = line.strip_prefix("--").map(str::trim_start);
        self == Format::Dbmate && mark.is_some_and(|m| m.starts_with("migrate:up") || m.starts_with("migrate:down"))
    }

    /// The files of a plan, whose statements wait for locks as `waits` says, and which write the record with `record`.
    pub fn files(self, plan: &Plan, name: &str, versions: &Versions, waits: &Waits, record: Option<&Opening>) -> Vec<File> {
        let run = if self == Format::Psql { name.to_string() } else { format!("{}_{name}", versions.at(0)) };
        let ways = Ways::of(plan, waits, run, record);
        let head = |what: &str| format!("-- {what} of {}, written by trueup.\n", one_line(&plan.database));
        let file = |path: String, text: String| File { path: PathBuf::from(path), text };
        let scripts = |path: String, with_up: &str, with_down: &str| {
            let psql = Format::Psql.tool();
            let mut files = vec![file(format!("{path}.sql"), head("Migration") + &script(&ways.up(psql), with_up))];
            let down = ways.down(psql).map(|down| head("The way back") + &script(&down, with_down));
            files.extend(down.map(|text| file(format!("{path}.rollback.sql"), text)));
            files
        };
        match self {
            Format::Psql => scripts(name.to_string(), "", ""),
            Format::Supabase => {
                let up = ways.up(self.tool());
                let version = |i| versions.at(i);
                let mut files: Vec<File> = up
                    .iter()
                    .enumerate()
                    .map(|(i, part)| file(format!("{}_{name}.sql", version(i)), head("Migration") + &part.in_their_transaction()))
                    .collect();
                let made: Vec<String> = (0..up.len()).map(version).collect();
                files.extend(scripts(format!("psql/{}_{name}", version(0)), &remember(&made, name, &up), &forget(&made)));
                files
            }
            _ => {
                let (up, down) = (ways.up(self.tool()), ways.down(self.tool()));
                let why = no_way_back(plan);
                let count = up.len().max(down.as_ref().map_or(0, Vec::len));
                (0..count)
                    .flat_map(|i| {
                        let pair = Pair {
                            version: versions.at(i),
                            name,
                            up: up.get(i),
                            down: down.as_ref().and_then(|down| down.get(count - 1 - i)),
                            no_way_back: why.as_deref(),
                            of: (i + 1, count),
                        };
                        pair.files(self, &head)
                    })
                    .collect()
            }
        }
    }
}

/// One version with both its ways.
struct Pair<'a> {
    version: String,
    name: &'a str,
    up: Option<&'a Part<'a>>,
    down: Option<&'a Part<'a>>,
    no_way_back: Option<&'a str>,
    of: (usize, usize),
}

impl Pair<'_> {
    fn files(&self, format: Format, head: &dyn Fn(&str) -> String) -> Vec<File> {
        let together = match self.of {
            (_, 1) => String::new(),
            (n, count) => format!("-- Version {n} of {count} that belong together: go forward and back over all of them.\n"),
        };
        let body = |part: Option<&Part<'_>>| match part {
            None => NOTHING.to_string(),
            // Its drivers have a transaction for a whole file only where the file says so.
            Some(part) if format == Format::GolangMigrate && part.transaction => {
                format!("BEGIN;\n{}COMMIT;\n", part.in_their_transaction())
            }
            Some(part) => part.in_their_transaction(),
        };
        let alone = |part: Option<&Part<'_>>| part.is_some_and(|p| !p.transaction);
        let up = head("Migration") + &together + &body(self.up);
        let down = match self.no_way_back {
            None => head("The way back") + &together + &body(self.down),
            Some(why) => refusal(why),
        };
        let (version, name) = (&self.version, self.name);
        let file = |path: String, text: String| File { path: PathBuf::from(path), text };
        match format {
            Format::Dbmate => {
                let mark =
                    |word: &str, alone: bool| format!("-- migrate:{word}{}\n", if alone { " transaction:false" } else { "" });
                let text = format!("{}{up}\n{}{down}", mark("up", alone(self.up)), mark("down", alone(self.down)));
                vec![file(format!("{version}_{name}.sql"), text)]
            }
            Format::Flyway => {
                let mut files = flyway(format!("V{version}__{name}.sql"), up, alone(self.up));
                if self.no_way_back.is_none() {
                    files.extend(flyway(format!("U{version}__{name}.sql"), down, alone(self.down)));
                }
                files
            }
            _ => {
                let mark = |alone: bool| if alone && format == Format::Sqlx { "-- no-transaction\n" } else { "" };
                vec![
                    file(format!("{version}_{name}.up.sql"), mark(alone(self.up)).to_string() + &up),
                    file(format!("{version}_{name}.down.sql"), mark(alone(self.down)).to_string() + &down),
                ]
            }
        }
    }
}

/// A file of Flyway, and its settings where it needs other than usual.
fn flyway(path: String, text: String, alone: bool) -> Vec<File> {
    let mut settings = String::new();
    if alone {
        settings.push_str("executeInTransaction=false\n");
    }
    // Else Flyway wants a value for what is text of a function.
    if text.contains("${") {
        settings.push_str("placeholderReplacement=false\n");
    }
    let mut files = vec![File { path: PathBuf::from(&path), text }];
    if !settings.is_empty() {
        files.push(File { path: PathBuf::from(path + ".conf"), text: settings });
    }
    files
}

/// A way back that does not pretend: a tool without a file takes it for done.
fn refusal(why: &str) -> String {
    let words = sql::literal(&format!("there is no proven way back: {why}"));
    format!("DO {};\n", sql::literal(&format!("BEGIN RAISE EXCEPTION USING MESSAGE = {words}; END")))
}

/// Whether Supabase's CLI knows by itself that a statement cannot run in a transaction (pkg/migration/file.go).
fn runs_alone(sql: &str) -> bool {
    ["CREATE INDEX CONCURRENTLY ", "CREATE UNIQUE INDEX CONCURRENTLY ", "DROP INDEX CONCURRENTLY ", "REINDEX "]
        .iter()
        .any(|known| sql.starts_with(known))
}

/// The table of migrations that Supabase's CLI keeps, as it makes it itself.
const THEIRS: &str = "CREATE SCHEMA IF NOT EXISTS supabase_migrations;\n\
     CREATE TABLE IF NOT EXISTS supabase_migrations.schema_migrations (version text NOT NULL PRIMARY KEY);\n\
     ALTER TABLE supabase_migrations.schema_migrations ADD COLUMN IF NOT EXISTS statements text[];\n\
     ALTER TABLE supabase_migrations.schema_migrations ADD COLUMN IF NOT EXISTS name text;\n";

/// Puts versions into that table, so that the CLI does not run them again.
fn remember(versions: &[String], name: &str, parts: &[Part<'_>]) -> String {
    let row = |(version, part): (&String, &Part<'_>)| {
        let statements: Vec<String> = part.steps().map(sql::literal).collect();
        let statements = format!("ARRAY[{}]::pg_catalog.text[]", statements.join(", "));
        format!("({}, {}, {statements})", sql::literal(version), sql::literal(name))
    };
    let rows: Vec<String> = versions.iter().zip(parts).map(row).collect();
    format!(
        "{THEIRS}INSERT INTO supabase_migrations.schema_migrations (version, name, statements) VALUES\n{}\nON CONFLICT (version) DO NOTHING;\n",
        rows.join(",\n")
    )
}

/// Takes versions out of it.
fn forget(versions: &[String]) -> String {
    let list: Vec<String> = versions.iter().map(|v| sql::literal(v)).collect();
    let delete = format!(
        "\nBEGIN\n  IF pg_catalog.to_regclass('supabase_migrations.schema_migrations') IS NOT NULL THEN\n    \
         DELETE FROM supabase_migrations.schema_migrations WHERE version IN ({});\n  END IF;\nEND\n",
        list.join(", ")
    );
    format!("DO {};\n", sql::dollar_quoted(&delete))
}
