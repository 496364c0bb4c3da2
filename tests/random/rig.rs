//! The servers on which pairs are tried: one shadow that builds all models, one live server, databases for each pair.

use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;
use std::process::Command;

use trueup::catalog::read::Sizes;
use trueup::catalog::{Catalog, read};
use trueup::diff::Difference;
use trueup::diff::scope::Scope;
use trueup::model::project::Manage;
use trueup::model::{self, Project};
use trueup::pg::{Client, Settings, connect};
use trueup::plan::rename::{self, Rename};
use trueup::plan::step::Hazard;
use trueup::plan::{self, Plan, Verb};
use trueup::record::Recorder;
use trueup::shadow::build::{self, Desired, Session};
use trueup::shadow::{Request, Shadow, rebuild};
use trueup::{apply, sql};

use super::rows;
use crate::support::{Database, folder, major, server};

/// How a pair ended.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum End {
    Fine,
    /// All is well without rows; with them the server refused a step: what it said.
    RowsRefused(String),
    /// One of the models is no model.
    Invalid(String),
    /// Where it failed, and how.
    Failed(&'static str, String),
}

/// Servers and where files go.
pub struct Rig {
    runtime: tokio::runtime::Runtime,
    shadow: Shadow,
    count: usize,
    /// Databases of the shadow that nothing needs any more.
    stale: RefCell<Vec<String>>,
    folder: PathBuf,
    /// pg_dump, where it is there.
    pg_dump: Option<PathBuf>,
    /// How many steps of each sort all plans had together: `alter column`.
    pub steps: BTreeMap<String, usize>,
}

/// A database with what is needed to work on it.
struct Live {
    client: Client,
    lock: Client,
    database: Database,
}

/// What came of a plan.
struct Arrived {
    plan: Plan,
    now: Catalog,
    renames: Vec<Rename>,
}

impl Drop for Rig {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.folder);
    }
}

type Tried<T> = Result<T, (&'static str, String)>;

impl Rig {
    pub fn new(name: &str) -> Self {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().expect("a runtime");
        let request = Request { major: Some(major()), ..Request::default() };
        let shadow = runtime.block_on(Shadow::start(&request)).unwrap_or_else(|e| panic!("no shadow:\n{e}"));
        let pg_dump = Some(server().installation().bin_dir.join("pg_dump")).filter(|p| p.is_file());
        Rig {
            runtime,
            shadow,
            count: 0,
            stale: RefCell::default(),
            folder: folder(&format!("random-{name}"), &[]),
            pg_dump,
            steps: BTreeMap::new(),
        }
    }

    /// The catalog that a model means.
    fn desired(&mut self, yaml: &str) -> Result<Desired, String> {
        let file = self.folder.join("model.yaml");
        std::fs::write(&file, yaml).expect("a file for the test");
        self.count += 1;
        let name = format!("m{}", self.count);
        let stale = self.stale.replace(vec![name.clone()]);
        self.runtime.block_on(async {
            let project = Project::find(&file).map_err(|e| e.to_string())?;
            let model = model::load(&file, &project).map_err(|e| e.to_string())?;
            let session = self.shadow.session(&name).await.map_err(|e| e.to_string())?;
            let desired = build::build(&model, &session, Some("postgres")).await.map_err(|e| e.to_string());
            for database in stale {
                let drop = format!("DROP DATABASE IF EXISTS {} WITH (FORCE)", sql::ident(&database));
                session.superuser.batch_execute(&drop).await.map_err(|e| e.to_string())?;
            }
            unsubscribe(&session).await?;
            desired
        })
    }

    fn open(&self) -> Live {
        let database = Database::new();
        let settings = Settings::parse(&database.url(), &|_| None).expect("a URL of our own");
        self.runtime.block_on(async {
            let client = connect(&settings).await.unwrap_or_else(|e| panic!("no connection:\n{e}"));
            let lock = connect(&settings).await.unwrap_or_else(|e| panic!("no connection:\n{e}"));
            Live { client, lock, database }
        })
    }

    /// Makes the live database, in which there is `now`, what is desired; gives the plan and what is there then.
    fn arrive(&mut self, live: &Live, now: Option<Catalog>, desired: &Desired) -> Tried<Arrived> {
        let mut desired = desired.clone();
        let wanted = scope(&desired);
        self.count += 1;
        let name = format!("r{}", self.count);
        self.runtime.block_on(async {
            let read = async || read::read(&live.client, live.client.major()).await.map_err(|e| ("read", e.to_string()));
            let before = match now {
                Some(now) => now,
                None => read().await?,
            };
            let (now, renames) = self.renamed(&name, &before, &mut desired, &wanted).await.map_err(|e| ("rename", e))?;
            let compared = |now: &Catalog| wanted.clone().over(now, &desired.catalog).differences(now, &desired.catalog);
            let differences = compared(&now);
            let missing = plan::missing(&now, &desired.catalog, &differences).diagnostics();
            if !missing.is_empty() {
                return Err(("missing", format!("{missing:?}")));
            }
            let mut plan = plan::plan(&now, &desired.catalog, &differences, |_| None).map_err(|e| ("plan", e.to_string()))?;
            let first = renames.iter().filter_map(|r| Some((Verb::Rename, r.from.clone(), r.draft()?))).collect();
            plan.prepend(first, &before, &now, &Sizes::new());
            (plan.fingerprint, plan.state) = (plan::fingerprint(&before), plan::state(&before));
            let mut unrecorded = Recorder::off();
            let done =
                apply::apply(&plan, &live.client, &live.lock, None, &apply::Waits::default(), &mut unrecorded, |_| {}).await;
            done.map_err(|e| ("apply", e.to_string()))?;
            let mut now = read().await?;
            let again = rename::pending(&now, &desired, |_| true).map_err(|e| ("rename again", e.to_string()))?;
            if let Some(rename) = again.first() {
                return Err(("rename again", format!("{} to {}", rename.from, rename.to)));
            }
            let left = compared(&now);
            now.source.role.clone_from(&before.source.role);
            if left.is_empty() {
                Ok(Arrived { plan, now, renames })
            } else {
                Err(("in step", told(&left) + "after\n" + &plan.sql()))
            }
        })
    }

    /// The live side after the renames, and these: as the program goes about it.
    async fn renamed(
        &self,
        name: &str,
        live: &Catalog,
        desired: &mut Desired,
        scope: &Scope,
    ) -> Result<(Catalog, Vec<Rename>), String> {
        let text = |e: trueup::diagnostic::Failure| e.to_string();
        let mut renames = rename::pending(live, desired, |id| scope.managed(id)).map_err(text)?;
        renames.extend(rename::followers(live, desired).into_iter().filter(|r| scope.managed(&r.to)));
        if renames.is_empty() {
            return Ok((live.clone(), renames));
        }
        let session = self.shadow.session(name).await.map_err(text)?;
        self.stale.borrow_mut().push(name.to_string());
        let mut renamed = rebuild::renamed(&session, live, &renames).await.map_err(text)?;
        unsubscribe(&session).await?;
        let followers = rename::following(&renamed, &desired.catalog, &renames);
        if !followers.is_empty() {
            renames.extend(followers);
            let name = format!("{name}f");
            let session = self.shadow.session(&name).await.map_err(text)?;
            self.stale.borrow_mut().push(name);
            renamed = rebuild::renamed(&session, live, &renames).await.map_err(text)?;
            unsubscribe(&session).await?;
        }
        Ok((renamed, renames))
    }

    /// What pg_dump says of a database, in an order of its own.
    fn dump(&self, live: &Live) -> Option<BTreeSet<String>> {
        let output = Command::new(self.pg_dump.as_ref()?)
            .args(["--schema-only", "--dbname", &live.database.url()])
            .output()
            .expect("pg_dump runs");
        assert!(output.status.success(), "pg_dump: {}", String::from_utf8_lossy(&output.stderr));
        Some(entries(&String::from_utf8_lossy(&output.stdout)))
    }

    /// Tries a pair there and back.
    pub fn check(&mut self, a: &str, b: &str) -> End {
        let (a, b) = match (self.desired(a), self.desired(b)) {
            (Ok(a), Ok(b)) => (a, b),
            (Err(e), _) | (_, Err(e)) => return End::Invalid(e),
        };
        match self.there_and_back(&a, &b, true) {
            Ok(()) => End::Fine,
            Err((stage, message)) if stage.contains("with rows: apply") => match self.there_and_back(&a, &b, false) {
                Ok(()) => End::RowsRefused(message),
                Err((stage, message)) => End::Failed(stage, message),
            },
            Err((stage, message)) => End::Failed(stage, message),
        }
    }

    fn there_and_back(&mut self, a: &Desired, b: &Desired, with_rows: bool) -> Tried<()> {
        let live = self.open();
        let at = |stage: &'static str| move |(s, m): (&'static str, String)| (name(stage, s, with_rows), m);
        let mut now = self.arrive(&live, None, a).map_err(at("create"))?.now;
        let direct = self.dump(&live);
        let mut plans = String::new();
        for (desired, word) in [(b, "there"), (a, "back")] {
            let before = if with_rows { self.runtime.block_on(rows::fill(&live.client)) } else { BTreeMap::new() };
            let arrived = self.arrive(&live, Some(now), desired).map_err(at(word))?;
            self.kept(&live, before, &arrived).map_err(|m| ("rows", m))?;
            let plan = arrived.plan;
            now = arrived.now;
            for step in &plan.steps {
                let kind = step.object.split(' ').next().unwrap_or_default();
                *self.steps.entry(format!("{} {kind}", step.verb)).or_default() += 1;
            }
            plans += &format!("{word} by\n{}", plan.sql());
        }
        match (direct, self.dump(&live)) {
            (Some(direct), Some(now)) => same(&direct, &now).map_err(|m| ("dump", m + &plans)),
            _ => Ok(()),
        }
    }

    /// Rows and values that are gone without the plan having said so.
    fn kept(&self, live: &Live, before: rows::Rows, arrived: &Arrived) -> Result<(), String> {
        let plan = &arrived.plan;
        let after = self.runtime.block_on(rows::read(&live.client));
        let said = |table: &str| plan.steps.iter().any(|s| s.hazards.contains(&Hazard::DataLoss) && s.object.contains(table));
        for (table, columns) in rows::renamed(before, &arrived.renames) {
            let Some(now) = after.get(&table).filter(|_| !said(&table)) else { continue };
            let lost: Vec<&String> =
                columns.iter().filter(|c| now.is_empty() || now.get(c.0) == Some(&false) && *c.1).map(|c| c.0).collect();
            if !lost.is_empty() && columns.values().any(|v| *v) {
                return Err(format!("{table} has lost {lost:?} by\n{}", plan.sql()));
            }
        }
        Ok(())
    }
}

/// A database that has subscriptions cannot be dropped.
async fn unsubscribe(session: &Session) -> Result<(), String> {
    let each = "DO $$ DECLARE s name; BEGIN \
         FOR s IN SELECT subname FROM pg_subscription WHERE subdbid = (SELECT oid FROM pg_database WHERE datname = current_database()) LOOP \
           EXECUTE format('ALTER SUBSCRIPTION %I DISABLE', s); \
           EXECUTE format('ALTER SUBSCRIPTION %I SET (slot_name = NONE)', s); \
           EXECUTE format('DROP SUBSCRIPTION %I', s); \
         END LOOP; END $$";
    session.superuser.batch_execute(each).await.map_err(|e| format!("{:?}", e.as_db_error()))
}

fn name(stage: &'static str, step: &'static str, with_rows: bool) -> &'static str {
    match (stage, step, with_rows) {
        ("create", "apply", _) => "create: apply",
        ("create", "plan", _) => "create: plan",
        ("create", _, _) => "create: in step",
        (_, "apply", true) => "with rows: apply",
        (_, "apply", false) => "apply",
        (_, other, _) => other,
    }
}

fn scope(desired: &Desired) -> Scope {
    Scope {
        manage: Manage::All,
        schemas: desired.schemas.clone(),
        listed: desired.listed.clone(),
        provided: desired.provided.clone(),
        ..Scope::default()
    }
}

/// Differences as people read them.
fn told(differences: &[Difference]) -> String {
    let mut out = String::new();
    for difference in differences {
        match difference {
            Difference::Add { id } => out.push_str(&format!("missing {id}\n")),
            Difference::Remove { id } => out.push_str(&format!("extra {id}\n")),
            Difference::Set { id, attrs } => {
                for a in attrs {
                    out.push_str(&format!("{id} {}: {} -> {}\n", a.name, a.live, a.desired));
                }
            }
        }
    }
    out
}

/// A dump as a set of statements. The order of columns is where ALTER puts them and counts for nothing.
fn entries(dump: &str) -> BTreeSet<String> {
    let dump = &parts_by_their_leaders(dump);
    let mut out = BTreeSet::new();
    for entry in dump.split("\n-- Name: ").skip(1) {
        let lines: Vec<&str> = entry
            .lines()
            .skip(1)
            .filter(|l| !l.is_empty() && !l.starts_with("--") && !l.starts_with("SET ") && !l.starts_with('\\'))
            .collect();
        let text = lines.iter().map(|l| parameters(l)).collect::<Vec<_>>().join("\n");
        let table =
            ["CREATE TABLE", "CREATE FOREIGN TABLE", "CREATE UNLOGGED TABLE", "CREATE TYPE"].iter().any(|w| text.starts_with(w));
        if table && let [first, middle @ .., last] = lines.as_slice() {
            let mut middle: Vec<&str> = middle.iter().map(|l| l.trim_end_matches(',')).collect();
            middle.sort_unstable();
            // What a child has had of its own stays its own when it gets a parent again: nothing takes that back.
            if middle.iter().any(|l| l.starts_with("INHERITS (")) {
                middle.retain(|l| !l.starts_with(' '));
            }
            out.insert(format!("{first}\n{}\n{last}", middle.join("\n")));
        } else if let Some((head, list, table)) = statistics(&text) {
            out.insert(format!("{head} ON {list} FROM {table}"));
        } else {
            // Grants on one object are one entry, and come in the order in which they were made.
            out.extend(text.split(";\n").map(|s| s.trim_end_matches(';').to_string()));
        }
    }
    out
}

/// A dump in which the indexes of partitions have the names of those that they belong to: they have their own from PostgreSQL,
/// and keep them, where the model says none.
fn parts_by_their_leaders(dump: &str) -> String {
    let last = |path: &str| path.rsplit('.').next().unwrap_or_default().trim_end_matches(';').to_string();
    let mut leaders = BTreeMap::new();
    for line in dump.lines().filter_map(|l| l.strip_prefix("ALTER INDEX ")) {
        if let Some((leader, part)) = line.split_once(" ATTACH PARTITION ") {
            leaders.insert(last(part), last(leader));
        }
    }
    let is_name = |c: char| c.is_alphanumeric() || c == '_';
    let of = |word: &str| {
        let mut top = leaders.get(word)?;
        while let Some(above) = leaders.get(top) {
            top = above;
        }
        Some(format!("part_of_{top}"))
    };
    let words = dump.split_inclusive(|c| !is_name(c));
    let word = |piece: &str| {
        let name = piece.trim_end_matches(|c| !is_name(c));
        of(name).map_or_else(|| piece.to_string(), |part| part + &piece[name.len()..])
    };
    words.map(word).collect()
}

/// A line whose list of storage parameters, if it has one, is in the order of their names.
fn parameters(line: &str) -> String {
    let Some((before, rest)) = line.split_once("WITH (") else { return line.to_string() };
    let Some((list, after)) = rest.split_once(')').filter(|(list, _)| list.contains("='")) else { return line.to_string() };
    let mut list: Vec<&str> = list.split(", ").collect();
    list.sort_unstable();
    format!("{before}WITH ({}){after}", list.join(", "))
}

/// Extended statistics, whose columns come in the same order as the table's.
fn statistics(text: &str) -> Option<(&str, String, &str)> {
    let (head, rest) = text.strip_prefix("CREATE STATISTICS").and(text.split_once(" ON "))?;
    let (list, table) = rest.split_once(" FROM ")?;
    let mut list: Vec<&str> = list.split(", ").collect();
    list.sort_unstable();
    Some((head, list.join(", "), table))
}

fn same(direct: &BTreeSet<String>, now: &BTreeSet<String>) -> Result<(), String> {
    let lines = |sign: &str, set: Vec<&String>| set.iter().map(|s| format!("{sign} {s}\n")).collect::<String>();
    let (missing, extra) = (direct.difference(now).collect::<Vec<_>>(), now.difference(direct).collect::<Vec<_>>());
    if missing.is_empty() && extra.is_empty() {
        return Ok(());
    }
    Err(lines("-", missing) + &lines("+", extra))
}
