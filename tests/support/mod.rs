//! One throw-away server for the whole run as the live side, a fresh database for each test, and the program as users run it.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Mutex, OnceLock};

use trueup::pg::{Client, Settings, connect};
use trueup::shadow::server::{Options, Server};

/// The major version on which expectations are written.
pub const USUAL_MAJOR: u32 = 15;

/// Roles that cases name as owners and in grants. Roles belong to the cluster: tests do not make their own.
const ROLES: &str = "CREATE ROLE postgres SUPERUSER LOGIN; CREATE ROLE plain LOGIN; CREATE ROLE secret LOGIN PASSWORD 'right'; \
     CREATE ROLE app_owner; CREATE ROLE app_reader; CREATE ROLE app_writer; CREATE ROLE app_auditor; \
     CREATE ROLE anon; CREATE ROLE authenticated; CREATE ROLE service_role; CREATE ROLE supabase_admin; \
     CREATE ROLE authenticator; CREATE ROLE supabase_auth_admin; CREATE ROLE supabase_storage_admin; CREATE ROLE dashboard_user";

/// The major version under test.
pub fn major() -> u32 {
    match std::env::var("TRUEUP_TEST_MAJOR") {
        Ok(text) if !text.is_empty() => text.parse().expect("TRUEUP_TEST_MAJOR is a number"),
        _ => USUAL_MAJOR,
    }
}

/// The live side's server.
pub fn server() -> &'static Server {
    static SERVER: OnceLock<&'static Server> = OnceLock::new();
    SERVER.get_or_init(|| server_of(major()))
}

/// A server of this major version, the same one each time. It is never dropped: it dies with this process, and its watchdog
/// removes its directory.
pub fn server_of(major: u32) -> &'static Server {
    static SERVERS: Mutex<BTreeMap<u32, &'static Server>> = Mutex::new(BTreeMap::new());
    SERVERS.lock().expect("a server for the tests").entry(major).or_insert_with(|| {
        let options = Options { wanted_major: Some(major), exact: true, ..Options::default() };
        let server = Server::start_blocking(&options).unwrap_or_else(|e| panic!("no server for the tests:\n{e}"));
        sql_on(&server, server.superuser(), "postgres", ROLES);
        Box::leak(Box::new(server))
    })
}

/// How to reach a database of a server.
pub fn settings(server: &Server, role: &str, database: &str) -> Settings {
    Settings::on_socket(server.socket_dir(), server.port(), role, database)
}

fn with_client<T>(server: &Server, role: &str, database: &str, work: impl AsyncFnOnce(&Client) -> T) -> T {
    with_settings(&settings(server, role, database), work)
}

fn with_settings<T>(settings: &Settings, work: impl AsyncFnOnce(&Client) -> T) -> T {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().expect("a runtime");
    runtime.block_on(async {
        let client = connect(settings).await.unwrap_or_else(|e| panic!("no connection:\n{e}"));
        work(&client).await
    })
}

fn sql_on(server: &Server, role: &str, database: &str, sql: &str) {
    sql_at(&settings(server, role, database), sql);
}

/// Runs statements anywhere.
pub fn sql_at(settings: &Settings, sql: &str) {
    with_settings(settings, async |client| {
        client.batch_execute(sql).await.unwrap_or_else(|e| panic!("{:?}\nin: {sql}", e.as_db_error()));
    });
}

/// The first columns of the rows of a query, anywhere.
pub fn rows_at(settings: &Settings, sql: &str) -> Vec<String> {
    with_settings(settings, async |client| {
        let messages = client.simple_query(sql).await.unwrap_or_else(|e| panic!("{:?}\nin: {sql}", e.as_db_error()));
        let row = |m: &tokio_postgres::SimpleQueryMessage| match m {
            tokio_postgres::SimpleQueryMessage::Row(row) => row.get(0).map(str::to_string),
            _ => None,
        };
        messages.iter().filter_map(row).collect()
    })
}

/// Asks again and again until something holds. Nothing here takes long unless it has failed.
#[track_caller]
pub fn wait_until(what: &str, holds: impl FnMut() -> bool) {
    assert!(comes_true(std::time::Duration::from_secs(30), holds), "waited in vain until {what}");
}

/// Whether something comes to hold within some time.
pub fn comes_true(patience: std::time::Duration, mut holds: impl FnMut() -> bool) -> bool {
    let late = std::time::Instant::now() + patience;
    while !holds() {
        if std::time::Instant::now() > late {
            return false;
        }
        std::thread::sleep(std::time::Duration::from_millis(2));
    }
    true
}

/// A database of one test, dropped with it.
pub struct Database {
    pub name: String,
    role: String,
}

impl Database {
    /// An empty one, in which the tests work as superuser `postgres`.
    pub fn new() -> Self {
        Self::owned_by("postgres")
    }

    /// An empty one that belongs to `role`, as whom the tests work.
    pub fn owned_by(role: &str) -> Self {
        static NEXT: AtomicUsize = AtomicUsize::new(1);
        let name = format!("test_{}", NEXT.fetch_add(1, Ordering::Relaxed));
        let server = server();
        sql_on(server, server.superuser(), "postgres", &format!("CREATE DATABASE {name} OWNER {role} TEMPLATE template0"));
        Database { name, role: role.into() }
    }

    /// The same database, as another role.
    pub fn url_as(&self, role: &str) -> String {
        url(role, &self.name)
    }

    /// Another one with the same in it. There must be no sessions in this one.
    pub fn copy(&self) -> Self {
        let name = format!("{}_copy", self.name);
        let create = format!("CREATE DATABASE {name} OWNER {} TEMPLATE {}", self.role, self.name);
        sql_on(server(), server().superuser(), "postgres", &create);
        Database { name, role: self.role.clone() }
    }

    /// What `--db` takes.
    pub fn url(&self) -> String {
        self.url_as(&self.role)
    }

    /// Runs statements as superuser.
    pub fn sql(&self, sql: &str) {
        sql_on(server(), "postgres", &self.name, sql);
    }

    /// The first columns of the rows of a query.
    pub fn rows(&self, sql: &str) -> Vec<String> {
        rows_at(&settings(server(), "postgres", &self.name), sql)
    }

    /// Does something while a session that has run these statements is open.
    pub fn while_running<T: Send>(&self, sql: &str, work: impl FnOnce() -> T + Send) -> T {
        with_client(server(), "postgres", &self.name, async |client| {
            client.batch_execute(sql).await.unwrap_or_else(|e| panic!("{:?}\nin: {sql}", e.as_db_error()));
            // What it does may want a runtime of its own.
            std::thread::scope(|scope| scope.spawn(work).join()).expect("the work is done")
        })
    }

    /// Asserts that the server understands a query.
    pub fn prepares(&self, what: &str, query: &str) {
        with_client(server(), "postgres", &self.name, async |client| {
            if let Err(e) = client.prepare(query).await {
                panic!("{what}: {:?}\nin: {query}", e.as_db_error());
            }
        });
    }

    /// How many rows each table has.
    pub fn row_counts(&self) -> Vec<(String, u64)> {
        let tables = "SELECT quote_ident(n.nspname) || '.' || quote_ident(c.relname) FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace \
             WHERE c.relkind = 'r' AND n.nspname !~ '^(pg_|information_schema|trueup$)' ORDER BY 1";
        let count = |t: String| {
            let n = self.rows(&format!("SELECT count(*) FROM {t}")).first().and_then(|n| n.parse().ok()).unwrap_or(0);
            (t, n)
        };
        self.rows(tables).into_iter().map(count).collect()
    }
}

impl Drop for Database {
    fn drop(&mut self) {
        if !std::thread::panicking() {
            let server = server();
            // A database with a subscription cannot be dropped.
            let subscribed = "SELECT quote_ident(subname) FROM pg_subscription WHERE subdbid = (SELECT oid FROM pg_database WHERE datname = current_database())";
            for name in self.rows(subscribed) {
                for rest in ["DISABLE", "SET (slot_name = NONE)"] {
                    self.sql(&format!("ALTER SUBSCRIPTION {name} {rest}"));
                }
                self.sql(&format!("DROP SUBSCRIPTION {name}"));
            }
            sql_on(server, server.superuser(), "postgres", &format!("DROP DATABASE {} WITH (FORCE)", self.name));
        }
    }
}

/// A URL over the server's socket.
pub fn url(role: &str, database: &str) -> String {
    url_on(server(), role, database)
}

/// A URL over the socket of any of the servers.
pub fn url_on(server: &Server, role: &str, database: &str) -> String {
    format!("postgres://{role}@/{database}?host={}&port={}", server.socket_dir().display(), server.port())
}

/// What one run of the program gave.
#[derive(Debug)]
pub struct Run {
    pub code: i32,
    pub stdout: String,
    pub stderr: String,
    line: String,
}

impl Run {
    /// Asserts the exit code and gives the standard output.
    #[track_caller]
    pub fn expect(self, code: i32) -> String {
        assert_eq!(self.code, code, "{}\n--- stdout\n{}--- stderr\n{}", self.line, self.stdout, self.stderr);
        self.stdout
    }

    /// Both outputs and the exit code: what a snapshot holds.
    pub fn shown(&self) -> String {
        let mut text = self.stdout.clone();
        if !self.stderr.is_empty() {
            text.push_str(if text.is_empty() { "" } else { "--- stderr\n" });
            text.push_str(&self.stderr);
        }
        text + &format!("--- exit {}\n", self.code)
    }
}

/// Runs the program in the repository's root.
pub fn trueup(arguments: &[&str]) -> Run {
    trueup_in(root(), arguments, &[])
}

/// Runs the program in a folder, with these variables on top of a clean environment.
pub fn trueup_in(folder: &Path, arguments: &[&str], variables: &[(&str, &str)]) -> Run {
    Started::new(folder, arguments, variables).end()
}

/// What the program would take from the shell or the CI that the tests run in.
const OUTER: &[&str] =
    &["DATABASE_URL", "NO_COLOR", "CI", "GITHUB_ACTIONS", "GITLAB_CI", "CIRCLECI", "BUILDKITE", "JENKINS_URL", "TF_BUILD"];

/// One run of the program that is not waited for yet.
pub struct Started {
    pub child: Child,
    line: String,
}

impl Started {
    /// Starts the program as [`trueup_in`] does.
    pub fn new(folder: &Path, arguments: &[&str], variables: &[(&str, &str)]) -> Self {
        let mut command = Command::new(env!("CARGO_BIN_EXE_trueup"));
        command.current_dir(folder).args(arguments).envs(variables.iter().copied());
        Started::from(command)
    }

    /// Starts a command, without what the caller's shell happens to say of databases.
    pub fn from(mut command: Command) -> Self {
        let own: Vec<_> = command.get_envs().map(|(name, _)| name.to_owned()).collect();
        for (name, _) in std::env::vars().filter(|(n, _)| OUTER.contains(&n.as_str()) || is_libpq(n)) {
            if !own.iter().any(|o| *o == *name) {
                command.env_remove(name);
            }
        }
        let words: Vec<_> = command.get_args().map(|a| a.to_string_lossy().into_owned()).collect();
        // Proofs have tests of their own; elsewhere they would only take time.
        if !own.iter().any(|o| o == "TRUEUP_PROVE") {
            command.env("TRUEUP_PROVE", "never");
        }
        command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped());
        Started { child: command.spawn().expect("the program runs"), line: format!("trueup {}", words.join(" ")) }
    }

    /// Waits until it has ended.
    pub fn end(self) -> Run {
        let output = self.child.wait_with_output().expect("the program runs");
        let text = |bytes: Vec<u8>| String::from_utf8(bytes).expect("output is UTF-8");
        Run {
            code: output.status.code().unwrap_or(-1),
            stdout: text(output.stdout),
            stderr: text(output.stderr),
            line: self.line,
        }
    }
}

/// PGHOST and its like are libpq's.
fn is_libpq(name: &str) -> bool {
    name.strip_prefix("PG").is_some_and(|rest| rest.chars().all(|c| c.is_ascii_uppercase()))
}

/// The repository.
pub fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// A fresh folder of this test with these files in it.
pub fn folder(name: &str, files: &[(&str, &[u8])]) -> PathBuf {
    let path = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
    let _ = std::fs::remove_dir_all(&path);
    std::fs::create_dir_all(&path).expect("a folder for the test");
    for (name, text) in files {
        let file = path.join(name);
        std::fs::create_dir_all(file.parent().expect("a file has a folder")).expect("a folder for the test");
        std::fs::write(file, text).expect("a file for the test");
    }
    path
}
