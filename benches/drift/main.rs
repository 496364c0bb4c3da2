//! `trueup drift` beside `pg_dump --schema-only`, on the same database, in the same run.
//!
//! ```sh
//! cargo bench --bench drift -- [--tables 1000] [--runs 11] [--keep FOLDER]
//! ```
//!
//! A server of the run's own is started (the one that the shadow would use), a model is generated and applied to a database
//! there, and both programs run in turns: `drift` in step, with the desired catalog cached. The median of each and their ratio
//! are printed, and the processor time that each program took beside that of the server. `pg_dump` has to be in PATH.

mod generate;

use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use trueup::shadow::server::{Options, Server};

type Failed = Box<dyn std::error::Error>;

struct Arguments {
    tables: usize,
    runs: usize,
    keep: Option<PathBuf>,
}

fn main() -> Result<(), Failed> {
    let arguments = arguments()?;
    // pg_dump refuses servers that are newer than itself.
    let options = Options { wanted_major: Some(pg_dump_major()?), exact: true, ..Options::default() };
    let server = Server::start_blocking(&options).map_err(|f| f.to_string())?;
    let (host, port, user) = (server.socket_dir().display().to_string(), server.port(), server.superuser());
    let url = format!("postgres://{user}@/bench?host={host}&port={port}");
    let temporary = std::env::temp_dir().join(format!("trueup-bench-{}", std::process::id()));
    let folder = arguments.keep.clone().unwrap_or_else(|| temporary.clone());
    generate::model(&folder, arguments.tables)?;

    let trueup = |args: &[&str]| {
        let mut command = Command::new(env!("CARGO_BIN_EXE_trueup"));
        command.args(args).stdin(Stdio::null()).stdout(Stdio::null());
        command
    };
    let model = folder.to_str().ok_or("the folder's name is not UTF-8")?;
    create_database(&url)?;
    let start = Instant::now();
    done("trueup apply", &mut trueup(&["apply", model, "--db", &url, "--auto-approve"]))?;
    println!("{} tables made by `trueup apply` in {:.1} s", arguments.tables, start.elapsed().as_secs_f64());

    let mut dump = Command::new("pg_dump");
    dump.args(["--schema-only", "-h", &host, "-p", &port.to_string(), "-U", user, "bench"]).stdout(Stdio::null());
    let mut drift = trueup(&["drift", model, "--db", &url]);
    // Once each before it counts: caches of the server, of the file system, and the desired catalog.
    done("pg_dump", &mut dump)?;
    done("trueup drift", &mut drift)?;
    let (mut dumps, mut drifts) = (Vec::new(), Vec::new());
    for _ in 0..arguments.runs {
        dumps.push(done("pg_dump", &mut dump)?);
        drifts.push(done("trueup drift", &mut drift)?);
    }
    let ms = |d: Duration| d.as_secs_f64() * 1000.0;
    let mut medians = Vec::new();
    for (name, took) in [("pg_dump --schema-only", dumps), ("trueup drift, in step", drifts)] {
        let [fastest, median, slowest] = spread(took.iter().map(|t| t.clock).collect());
        let [_, processor, _] = spread(took.iter().map(|t| t.processor).collect());
        println!(
            "{name}  median {:>6.0} ms  (fastest {:.0}, slowest {:.0}, {} runs; processor time of its own {:.0})",
            ms(median),
            ms(fastest),
            ms(slowest),
            arguments.runs,
            ms(processor)
        );
        medians.push(ms(median));
    }
    println!("drift takes {:.2} of the time of pg_dump", medians[1] / medians[0]);
    if arguments.keep.is_none() {
        remove(&temporary);
    }
    Ok(())
}

fn arguments() -> Result<Arguments, Failed> {
    let mut out = Arguments { tables: 1000, runs: 11, keep: None };
    let mut given = std::env::args().skip(1);
    while let Some(word) = given.next() {
        match word.as_str() {
            "--tables" => out.tables = given.next().ok_or("--tables wants a number")?.parse()?,
            "--runs" => out.runs = given.next().ok_or("--runs wants a number")?.parse()?,
            "--keep" => out.keep = Some(given.next().ok_or("--keep wants a folder")?.into()),
            // What cargo itself passes on.
            "--bench" => {}
            other => return Err(format!("`{other}` is no argument of this benchmark").into()),
        }
    }
    Ok(out)
}

/// How long a program took.
struct Took {
    clock: Duration,
    processor: Duration,
}

/// Runs a program and says how long it took.
fn done(name: &str, command: &mut Command) -> Result<Took, Failed> {
    let (start, before) = (Instant::now(), processor_time());
    let output = command.stderr(Stdio::piped()).output().map_err(|e| format!("{name} cannot be started: {e}"))?;
    let took = Took { clock: start.elapsed(), processor: processor_time().saturating_sub(before) };
    if output.status.success() {
        return Ok(took);
    }
    let said = String::from_utf8_lossy(&output.stderr);
    let end: Vec<&str> = said.lines().rev().take(5).collect();
    Err(format!("{name} ended with {}: {}", output.status, end.into_iter().rev().collect::<Vec<_>>().join("; ")).into())
}

/// What all programs that this one has run took of the processors until now.
fn processor_time() -> Duration {
    // SAFETY: rusage is plain numbers, and getrusage writes nothing else than one.
    let usage = unsafe {
        let mut usage: libc::rusage = std::mem::zeroed();
        libc::getrusage(libc::RUSAGE_CHILDREN, &raw mut usage);
        usage
    };
    let of = |t: libc::timeval| {
        Duration::from_secs(t.tv_sec.unsigned_abs()) + Duration::from_micros(u64::try_from(t.tv_usec).unwrap_or(0))
    };
    of(usage.ru_utime) + of(usage.ru_stime)
}

fn pg_dump_major() -> Result<u32, Failed> {
    let output = Command::new("pg_dump").arg("--version").output().map_err(|e| format!("pg_dump cannot be started: {e}"))?;
    let said = String::from_utf8(output.stdout)?;
    let version = said.split_whitespace().find_map(|word| word.split('.').next()?.parse().ok());
    version.ok_or_else(|| format!("pg_dump says `{}`, in which there is no version", said.trim()).into())
}

fn create_database(url: &str) -> Result<(), Failed> {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    runtime.block_on(async {
        let settings = trueup::pg::Settings::parse(url, &trueup::pg::process_environment).map_err(|f| f.to_string())?;
        let client = trueup::pg::connect(&settings.with_dbname("postgres")).await.map_err(|f| f.to_string())?;
        Ok(client.batch_execute("CREATE DATABASE bench TEMPLATE template0").await?)
    })
}

/// The fastest, the median, the slowest.
fn spread(mut times: Vec<Duration>) -> [Duration; 3] {
    times.sort_unstable();
    let at = |i: usize| times.get(i).copied().unwrap_or_default();
    [at(0), at(times.len() / 2), at(times.len().saturating_sub(1))]
}

fn remove(folder: &Path) {
    // If it stays, it is in nobody's way in the temporary directory.
    let _ = std::fs::remove_dir_all(folder);
}
