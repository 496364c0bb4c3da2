//! What others do meanwhile: some clients read and write single rows, one reads for longer, as a report does.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread::JoinHandle;
use std::time::{Duration, Instant};

use trueup::pg::{self, Client, Settings, sqlstate};

/// How many clients read and write single rows.
const CLIENTS: u64 = 6;

/// What each of them waits between two statements: the machine is not to be busy with the load alone.
const PACE: Duration = Duration::from_millis(10);

/// How many accounts there are.
const ACCOUNTS: u64 = 10_000;

/// The rows of the two tables, and what numbers those that come later.
pub fn rows(rows: u64) -> String {
    format!(
        "CREATE SCHEMA load; CREATE SEQUENCE load.ids START {next};
         INSERT INTO public.accounts SELECT i, 'account ' || i FROM generate_series(1, {ACCOUNTS}) i;
         INSERT INTO public.events SELECT i, i % {ACCOUNTS} + 1, 'view', i % 1000, 'c' || i % 5000, now() - i * interval '1 s', i, lpad(i::text, 32, '0')
           FROM generate_series(1, {rows}) i",
        next = rows + 1
    )
}

/// A session.
pub async fn connect(url: &str) -> Result<Client, String> {
    let settings = Settings::parse(url, &pg::process_environment).map_err(|f| f.to_string())?;
    pg::connect(&settings).await.map_err(|f| f.to_string())
}

/// One statement, and how long it took.
#[derive(Default)]
pub struct Wait {
    pub took: Duration,
    pub what: String,
}

/// What the clients have seen.
#[derive(Default)]
pub struct Seen {
    pub statements: u64,
    pub longest: Wait,
    pub failed: Vec<String>,
}

impl Seen {
    /// How long the longest statement took.
    pub fn longest(&self) -> String {
        format!("{:.2} s", self.longest.took.as_secs_f64())
    }

    fn took(&mut self, took: Duration, what: &str) {
        self.statements += 1;
        if took > self.longest.took {
            self.longest = Wait { took, what: what.to_string() };
        }
    }

    fn with(mut self, other: Seen) -> Seen {
        self.statements += other.statements;
        if other.longest.took > self.longest.took {
            self.longest = other.longest;
        }
        self.failed.extend(other.failed);
        self
    }
}

/// The running clients.
pub struct Load {
    stop: Arc<AtomicBool>,
    clients: Vec<JoinHandle<Seen>>,
}

impl Load {
    /// Begins, each client in a thread of its own.
    pub fn start(url: &str, rows: u64) -> Load {
        let stop = Arc::new(AtomicBool::new(false));
        let client = |n: u64| {
            let (url, stop) = (url.to_string(), stop.clone());
            std::thread::spawn(move || {
                let mut seen = Seen::default();
                let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build();
                let ended = runtime.map_err(|e| e.to_string()).and_then(|runtime| {
                    runtime.block_on(async {
                        let client = connect(&url).await?;
                        if n == 0 { reports(&client, &stop).await } else { works(&client, n, rows, &stop, &mut seen).await }
                    })
                });
                seen.failed.extend(ended.err());
                seen
            })
        };
        Load { clients: (0..=CLIENTS).map(client).collect(), stop }
    }

    /// Ends, and says what was seen.
    pub fn stop(self) -> Seen {
        self.stop.store(true, Ordering::Relaxed);
        let ended = |client: JoinHandle<Seen>| match client.join() {
            Ok(seen) => seen,
            Err(_) => Seen { failed: vec!["a client of the load panicked".into()], ..Seen::default() },
        };
        self.clients.into_iter().map(ended).fold(Seen::default(), Seen::with)
    }
}

/// Statements about single rows, one after the other.
async fn works(client: &Client, n: u64, rows: u64, stop: &AtomicBool, seen: &mut Seen) -> Result<(), String> {
    let mut chance = Chance(n);
    while !stop.load(Ordering::Relaxed) {
        let (id, account) = (chance.up_to(rows), chance.up_to(ACCOUNTS));
        let statement = match chance.up_to(8) {
            1 => format!("SELECT * FROM events WHERE account = {account} LIMIT 10"),
            2 => format!("UPDATE events SET amount = {}, account = {account} WHERE id = {id}", id % 1000),
            3 => format!("UPDATE events SET serial = {id}, token = '{id:032}' WHERE id = {id}"),
            4 => format!("UPDATE accounts SET name = 'account {id}' WHERE id = {account}"),
            5 => format!(
                "INSERT INTO events (id, account, kind, amount, code, created, serial, token)
                 VALUES (nextval('load.ids'), {account}, 'click', 7, 'c', now(), currval('load.ids'), '{id:032}')"
            ),
            6 => format!("DELETE FROM events WHERE id = (SELECT last_value - {} FROM load.ids) AND id > {rows}", id % 50),
            _ => format!("SELECT * FROM events WHERE id = {id}"),
        };
        let start = Instant::now();
        client.rows(&statement).await.map_err(|e| format!("{}: {statement}", sqlstate::server_message(&e)))?;
        seen.took(start.elapsed(), &statement);
        tokio::time::sleep(PACE).await;
    }
    Ok(())
}

/// A transaction that lasts longer than a step waits for a lock. It is what others wait behind; what it takes itself says nothing.
async fn reports(client: &Client, stop: &AtomicBool) -> Result<(), String> {
    const REPORT: &str = "BEGIN; SELECT count(*) FROM events WHERE id < 5000; SELECT pg_sleep(1.5); COMMIT";
    const PAUSE: Duration = Duration::from_secs(3);
    let mut last: Option<Instant> = None;
    while !stop.load(Ordering::Relaxed) {
        if last.is_none_or(|last| last.elapsed() > PAUSE) {
            client.rows(REPORT).await.map_err(|e| format!("the report: {}", sqlstate::server_message(&e)))?;
            last = Some(Instant::now());
        }
        tokio::time::sleep(PACE).await;
    }
    Ok(())
}

/// Numbers by chance, the same in each run.
struct Chance(u64);

impl Chance {
    /// From 1 to `most` (a step of a linear congruential generator with Knuth's constants).
    fn up_to(&mut self, most: u64) -> u64 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) % most + 1
    }
}
