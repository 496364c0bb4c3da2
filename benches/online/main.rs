//! Changes of a large table beside a load of reads and writes: each as `online: auto` makes it, then with `--online never`.
//!
//! ```sh
//! cargo bench --bench online -- [--rows 5000000] [--only WORD] [--mode auto|never]
//! ```
//!
//! A server of the run's own is started and gets a table of so many rows. For each recipe a copy of that database is made, the
//! change is planned, the load begins, and `trueup apply` runs the plan beside it. What is measured is the longest that any
//! statement of the load took. The run fails when that is more than a second above the lock timeout where the change was made
//! online, or when the change did not arrive.

mod load;
mod recipes;

use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use load::{Load, Seen};
use recipes::{RECIPES, Recipe};
use trueup::shadow::server::{Options, Server};

type Failed = Box<dyn std::error::Error>;

/// How long a step waits for a lock, as the project file of the runs says it.
const LOCK_TIMEOUT: Duration = Duration::from_secs(1);

/// What a statement of the load may take beyond that.
const MORE: Duration = Duration::from_secs(1);

/// How long the load runs before the change and after it.
const AROUND: Duration = Duration::from_secs(1);

const PROJECT: &str = "online: {rows: 10000}\nlocks: {timeout: 1s, tries: 30, pause: 200ms}\n";

const MODES: [&str; 2] = ["auto", "never"];

struct Arguments {
    rows: u64,
    only: String,
    modes: Vec<&'static str>,
}

fn main() -> Result<(), Failed> {
    let arguments = arguments()?;
    let server = Server::start_blocking(&Options::default()).map_err(|f| f.to_string())?;
    let folder = std::env::temp_dir().join(format!("trueup-bench-online-{}", std::process::id()));
    std::fs::create_dir_all(&folder)?;
    std::fs::write(folder.join("trueup.yaml"), PROJECT)?;
    let bench = Bench {
        rows: arguments.rows,
        folder: folder.clone(),
        host: server.socket_dir().display().to_string(),
        port: server.port(),
        user: server.superuser().to_string(),
    };
    let ended = bench.all(&arguments);
    // If it stays, it is in nobody's way in the temporary directory.
    let _ = std::fs::remove_dir_all(&folder);
    ended
}

fn arguments() -> Result<Arguments, Failed> {
    let mut out = Arguments { rows: 5_000_000, only: String::new(), modes: MODES.to_vec() };
    let mut given = std::env::args().skip(1);
    while let Some(word) = given.next() {
        match word.as_str() {
            "--rows" => out.rows = given.next().ok_or("--rows wants a number")?.parse()?,
            "--only" => out.only = given.next().ok_or("--only wants a part of a recipe's name")?,
            "--mode" => {
                let mode = given.next().ok_or("--mode wants `auto` or `never`")?;
                out.modes = vec![MODES.into_iter().find(|m| *m == mode).ok_or("--mode wants `auto` or `never`")?];
            }
            // What cargo itself passes on.
            "--bench" => {}
            other => return Err(format!("`{other}` is no argument of this benchmark").into()),
        }
    }
    Ok(out)
}

struct Bench {
    rows: u64,
    folder: PathBuf,
    host: String,
    port: u16,
    user: String,
}

/// A change, made once beside the load.
struct Made {
    took: Duration,
    seen: Seen,
}

impl Bench {
    fn all(&self, arguments: &Arguments) -> Result<(), Failed> {
        self.settle_server()?;
        let start = Instant::now();
        self.fill()?;
        println!(
            "{} rows made in {:.0} s; a statement of the load may take {:.0} s",
            self.rows,
            seconds(start.elapsed()),
            seconds(LOCK_TIMEOUT + MORE)
        );
        let quiet = self.quiet()?;
        println!("the load alone: {} statements, the longest took {}", quiet.statements, quiet.longest());
        println!(
            "\n| change | {} |",
            arguments.modes.iter().map(|m| format!("{m}: took | longest wait")).collect::<Vec<_>>().join(" | ")
        );
        println!("| --- |{}", " --- | --- |".repeat(arguments.modes.len()));
        let mut wrong = Vec::new();
        for recipe in RECIPES.iter().filter(|r| r.name.contains(&arguments.only)) {
            let mut line = format!("| {} |", recipe.name);
            for mode in &arguments.modes {
                match self.made(recipe, mode) {
                    Ok(made) => {
                        line.push_str(&format!(" {:.1} s | {} |", seconds(made.took), made.seen.longest()));
                        if *mode == "auto" && made.seen.longest.took > LOCK_TIMEOUT + MORE {
                            wrong.push(format!("{}: {} took {}", recipe.name, made.seen.longest.what, made.seen.longest()));
                        }
                        wrong.extend(made.seen.failed.iter().map(|why| format!("{}, {mode}: {why}", recipe.name)));
                    }
                    Err(why) => {
                        line.push_str(" failed | |");
                        wrong.push(format!("{}, {mode}: {why}", recipe.name));
                    }
                }
            }
            println!("{line}");
        }
        if wrong.is_empty() { Ok(()) } else { Err(wrong.join("\n").into()) }
    }

    /// A shadow's server keeps nothing safe and cleans nothing up; one with a load does.
    fn settle_server(&self) -> Result<(), Failed> {
        let settings = [
            ("fsync", "on"),
            ("synchronous_commit", "on"),
            ("full_page_writes", "on"),
            ("autovacuum", "on"),
            ("max_wal_size", "2GB"),
            ("checkpoint_timeout", "5min"),
            ("maintenance_work_mem", "256MB"),
        ];
        for (name, value) in settings {
            self.sql("postgres", &format!("ALTER SYSTEM SET {name} = '{value}'"))?;
        }
        self.sql("postgres", "SELECT pg_reload_conf()")
    }

    /// The database that all others are copies of.
    fn fill(&self) -> Result<(), Failed> {
        self.sql("postgres", "CREATE DATABASE base TEMPLATE template0")?;
        self.trueup("base", "base", recipes::BASE, &["apply"], &["--auto-approve", "--no-record"])?;
        self.sql("base", &load::rows(self.rows))?;
        self.sql("base", "VACUUM ANALYZE")
    }

    fn copied(&self, name: &str) -> Result<(), Failed> {
        let how = if self.rows("postgres", "SELECT current_setting('server_version_num')::int >= 150000")? == "t" {
            " STRATEGY FILE_COPY"
        } else {
            ""
        };
        self.sql("postgres", &format!("CREATE DATABASE {name} TEMPLATE base{how}"))
    }

    fn quiet(&self) -> Result<Seen, Failed> {
        self.copied("quiet")?;
        let load = Load::start(&self.url("quiet"), self.rows);
        std::thread::sleep(AROUND * 5);
        let seen = load.stop();
        self.sql("postgres", "DROP DATABASE quiet")?;
        Ok(seen)
    }

    fn made(&self, recipe: &Recipe, mode: &str) -> Result<Made, Failed> {
        let database = format!("run_{mode}");
        self.sql("postgres", &format!("DROP DATABASE IF EXISTS {database}"))?;
        self.copied(&database)?;
        for statement in recipe.setup {
            self.sql(&database, statement)?;
        }
        self.sql(&database, "ANALYZE")?;
        let plan = self.folder.join("plan.json").display().to_string();
        let model = recipe.model(self.rows)?;
        self.trueup(&database, "model", &model, &["plan"], &["--prove", "never", "--online", mode, "--out", &plan])?;
        let load = Load::start(&self.url(&database), self.rows);
        std::thread::sleep(AROUND);
        let start = Instant::now();
        let applied = self.trueup(
            &database,
            "model",
            &model,
            &["apply"],
            &["--plan", &plan, "--auto-approve", "--allow", "all", "--no-record"],
        );
        let took = start.elapsed();
        std::thread::sleep(AROUND);
        let seen = load.stop();
        applied?;
        let left = self.trueup(&database, "model", &model, &["plan"], &["--sql", "--prove", "never"])?;
        if left != "-- no changes\n" {
            return Err(format!("it leaves something to do:\n{left}").into());
        }
        let rows = self.rows(&database, &format!("SELECT count(*) FROM public.events WHERE id <= {}", self.rows))?;
        if rows != self.rows.to_string() {
            return Err(format!("of {} rows {rows} are left", self.rows).into());
        }
        if let Some(check) = recipe.check
            && self.rows(&database, &check.replace("ROWS", &self.rows.to_string()))? != "t"
        {
            return Err(format!("this does not hold afterwards: {check}").into());
        }
        self.sql("postgres", &format!("DROP DATABASE {database}"))?;
        Ok(Made { took, seen })
    }

    fn url(&self, database: &str) -> String {
        format!("postgres://{}@/{database}?host={}&port={}", self.user, self.host, self.port)
    }

    /// Runs a command on a model; what it prints.
    fn trueup(&self, database: &str, name: &str, model: &str, first: &[&str], more: &[&str]) -> Result<String, Failed> {
        let file = format!("{name}.yaml");
        std::fs::write(self.folder.join(&file), model)?;
        let url = self.url(database);
        let arguments = [first, &[&file, "--db", &url], more].concat();
        run(Command::new(env!("CARGO_BIN_EXE_trueup")).args(arguments).current_dir(Path::new(&self.folder)))
    }

    fn sql(&self, database: &str, statement: &str) -> Result<(), Failed> {
        self.rows(database, statement).map(drop)
    }

    /// The first value of the first row; empty where there is none.
    fn rows(&self, database: &str, statement: &str) -> Result<String, Failed> {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
        runtime.block_on(async {
            let client = load::connect(&self.url(database)).await?;
            let rows = client.rows(statement).await.map_err(|e| trueup::pg::sqlstate::server_message(&e))?;
            let first = rows.first().and_then(|row| row.get(0)).unwrap_or_default().to_string();
            client.close().await;
            Ok(first)
        })
    }
}

fn run(command: &mut Command) -> Result<String, Failed> {
    let output = command.stdin(Stdio::null()).output()?;
    if output.status.success() {
        return Ok(String::from_utf8(output.stdout)?);
    }
    Err(format!("{:?} ended with {}: {}", command.get_args(), output.status, String::from_utf8_lossy(&output.stderr)).into())
}

fn seconds(time: Duration) -> f64 {
    time.as_secs_f64()
}
