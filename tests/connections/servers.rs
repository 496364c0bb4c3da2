//! A PostgreSQL that listens on TCP, a PgBouncer, and certificates, each gone when it is dropped.

use std::net::TcpListener;
use std::os::unix::fs::{MetadataExt, PermissionsExt, chown};
use std::os::unix::process::CommandExt;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::atomic::{AtomicUsize, Ordering};

use trueup::pg::Settings;

use crate::support::{rows_at, server, sql_at, wait_until};

/// A port that nobody listens on, below those that the system gives to clients: these may be taken before the server has one.
fn free_port() -> u16 {
    static NEXT: AtomicUsize = AtomicUsize::new(0);
    let own = std::process::id() as usize * 31;
    let candidates = std::iter::repeat_with(|| 30_000 + (own + NEXT.fetch_add(1, Ordering::Relaxed)) % 2_700);
    let free = |port: &u16| TcpListener::bind(("127.0.0.1", *port)).is_ok();
    candidates.take(2_700).filter_map(|port| u16::try_from(port).ok()).find(free).expect("a port")
}

/// A folder that belongs to the user whom servers run as, removed at the end.
struct Folder(PathBuf);

impl Folder {
    fn new(name: &str) -> Self {
        let root = std::env::var_os("TRUEUP_SHADOW_DIR").map_or_else(|| PathBuf::from("/tmp"), PathBuf::from);
        static NEXT: AtomicUsize = AtomicUsize::new(1);
        let path = root.join(format!("trueup-test-{}-{name}-{}", std::process::id(), NEXT.fetch_add(1, Ordering::Relaxed)));
        let _ = std::fs::remove_dir_all(&path);
        std::fs::create_dir_all(&path).expect("a folder for the server");
        give(&path);
        Folder(path)
    }

    /// A file that the server's user alone may read.
    fn file(&self, name: &str, text: impl AsRef<[u8]>) -> PathBuf {
        let path = self.0.join(name);
        std::fs::write(&path, text).expect("a file for the server");
        std::fs::set_permissions(&path, std::fs::Permissions::from_mode(0o600)).expect("a file for the server");
        give(&path);
        path
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.0);
    }
}

/// Whom the suite's own server runs as; another than this process' user where that is root.
fn account() -> (u32, u32) {
    let socket = server().socket_dir().metadata().expect("the server's socket");
    (socket.uid(), socket.gid())
}

fn give(path: &Path) {
    let (uid, gid) = account();
    // Only root can, and only root needs to.
    let _ = chown(path, Some(uid), Some(gid));
}

/// A program as the server's user.
fn command(program: impl AsRef<std::ffi::OsStr>, folder: &Folder) -> Command {
    let mut command = Command::new(program);
    command.current_dir(&folder.0).env("LC_ALL", "C").stdin(Stdio::null());
    let (uid, gid) = account();
    // SAFETY: geteuid has no preconditions.
    if unsafe { libc::geteuid() } == 0 {
        command.uid(uid).gid(gid);
    }
    command
}

/// Ends a child and waits for it.
fn end(child: &mut Child, signal: libc::c_int) {
    // SAFETY: the child was not waited for yet, so that the id is its own.
    let _ = unsafe { libc::kill(child.id().cast_signed(), signal) };
    let _ = child.wait();
}

fn log_into(folder: &Folder) -> Stdio {
    std::fs::File::create(folder.0.join("log")).expect("a log").into()
}

/// Starts the server whose data is in a folder, and waits for it.
fn run(folder: &Folder) -> Child {
    let data = folder.0.join("data");
    let mut server = command(server().installation().postgres(), folder);
    let child = server.arg("-D").arg(&data).stderr(log_into(folder)).spawn().expect("the server runs");
    let ready = data.join("postmaster.pid");
    wait_until("the server is ready", || {
        std::fs::read_to_string(&ready).is_ok_and(|t| t.lines().nth(7).is_some_and(|l| l.trim() == "ready"))
    });
    child
}

/// A server that listens on `localhost` and on a socket, where it trusts everyone.
pub struct Postgres {
    child: Child,
    pub port: u16,
    folder: Folder,
}

impl Postgres {
    /// Makes one with these lines in `postgresql.conf` and `pg_hba.conf`, and these files in its data directory.
    pub fn start(name: &str, settings: &str, hba: &str, files: &[(&str, Vec<u8>)]) -> Self {
        let folder = Folder::new(name);
        let data = folder.0.join("data");
        let binaries = server().installation();
        let initdb = command(binaries.initdb(), &folder)
            .args(["-U", "postgres", "-A", "trust", "--no-sync", "-D"])
            .arg(&data)
            .output()
            .expect("initdb runs");
        assert!(initdb.status.success(), "{}", String::from_utf8_lossy(&initdb.stderr));
        for (name, bytes) in files {
            folder.file(&format!("data/{name}"), bytes);
        }
        let port = free_port();
        folder.file("data/pg_hba.conf", format!("local all all trust\n{hba}"));
        let own = format!(
            "port = {port}\nlisten_addresses = '127.0.0.1'\nunix_socket_directories = '{}'\nfsync = off\n\
             log_connections = on\nlog_line_prefix = ''\n{settings}",
            folder.0.display()
        );
        folder.file("data/postgresql.conf", own);
        Postgres { child: run(&folder), port, folder }
    }

    /// Ends it as a power cut would, and starts it again: it recovers from its log.
    pub fn crash(&mut self) {
        end(&mut self.child, libc::SIGQUIT);
        let _ = std::fs::remove_file(self.folder.0.join("data/postmaster.pid"));
        self.child = run(&self.folder);
    }

    /// As the superuser, over the socket.
    fn settings(&self) -> Settings {
        self.settings_of("postgres")
    }

    /// As the superuser in one of its databases.
    pub fn settings_of(&self, database: &str) -> Settings {
        Settings::on_socket(&self.folder.0, self.port, "postgres", database)
    }

    /// What `--db` takes.
    pub fn url(&self, database: &str) -> String {
        format!("postgres://postgres@/{database}?host={}&port={}", self.folder.0.display(), self.port)
    }

    pub fn sql(&self, sql: &str) {
        sql_at(&self.settings(), sql);
    }

    /// Changes a setting and waits until new connections see it.
    pub fn set(&self, name: &str, value: &str) {
        self.sql(&format!("ALTER SYSTEM SET {name} = '{value}'"));
        self.sql("SELECT pg_reload_conf()");
        wait_until("the setting holds", || rows_at(&self.settings(), &format!("SHOW {name}")) == [value]);
    }

    /// What the server's log says of the last connection of a role.
    pub fn last_connection(&self, role: &str) -> String {
        let log = std::fs::read_to_string(self.folder.0.join("log")).unwrap_or_default();
        let words = format!("connection authorized: user={role} ");
        log.lines().rfind(|l| l.contains(&words)).unwrap_or_default().to_string()
    }
}

impl Drop for Postgres {
    fn drop(&mut self) {
        end(&mut self.child, libc::SIGQUIT);
    }
}

/// A PgBouncer in transaction mode before the suite's own server.
pub struct PgBouncer {
    child: Child,
    pub port: u16,
    folder: Folder,
}

impl PgBouncer {
    /// Makes one that serves every database, and those of `databases` with settings of their own:
    /// `("small", "dbname=test_1 pool_size=1")`.
    pub fn start(databases: &[(&str, String)]) -> Self {
        let folder = Folder::new("pgbouncer");
        let port = free_port();
        let users = folder.file("users.txt", "\"postgres\" \"\"\n\"plain\" \"\"\n");
        let place = format!("host={} port={}", server().socket_dir().display(), server().port());
        let mut text = format!("[databases]\n* = {place}\n");
        for (name, more) in databases {
            text.push_str(&format!("{name} = {place} {more}\n"));
        }
        text.push_str(&format!(
            "[pgbouncer]\nlisten_addr = 127.0.0.1\nlisten_port = {port}\nunix_socket_dir =\nauth_type = trust\nauth_file = {}\n\
             pool_mode = transaction\ndefault_pool_size = 4\n",
            users.display()
        ));
        let file = folder.file("pgbouncer.ini", text);
        // Debian has it where only root looks.
        let path = format!("{}:/usr/sbin:/sbin", std::env::var("PATH").unwrap_or_default());
        let log = log_into(&folder);
        let child = command("pgbouncer", &folder).env("PATH", path).arg(file).stderr(log).spawn();
        let bouncer = PgBouncer { child: child.expect("pgbouncer is installed"), port, folder };
        wait_until("PgBouncer listens", || std::net::TcpStream::connect(("127.0.0.1", port)).is_ok());
        bouncer
    }

    pub fn url(&self, database: &str) -> String {
        format!("postgres://postgres@127.0.0.1:{}/{database}?sslmode=disable", self.port)
    }

    pub fn log(&self) -> String {
        std::fs::read_to_string(self.folder.0.join("log")).unwrap_or_default()
    }
}

impl Drop for PgBouncer {
    fn drop(&mut self) {
        end(&mut self.child, libc::SIGTERM);
    }
}

/// An authority in a folder of its own, and what it signs.
pub struct Authority {
    folder: PathBuf,
}

impl Authority {
    pub fn new(name: &str) -> Self {
        let configuration = "[ca]\ndefault_ca = own\n[own]\ndatabase = index.txt\nnew_certs_dir = .\nrand_serial = yes\n\
             default_md = sha256\npolicy = any\ncertificate = ca.crt\nprivate_key = ca.key\nx509_extensions = names\n\
             unique_subject = no\n[any]\ncommonName = supplied\n[names]\nsubjectAltName = DNS:localhost\n";
        let folder =
            crate::support::folder(&format!("authority-{name}"), &[("ca.cnf", configuration.as_bytes()), ("index.txt", b"")]);
        let authority = Authority { folder };
        let subject = format!("/CN={name}");
        authority.openssl(&[&["req", "-x509"], KEY, &["-keyout", "ca.key", "-out", "ca.crt", "-days", "2", "-subj", &subject]]);
        authority
    }

    /// Signs a certificate for a common name, between two days; its host name is always `localhost`.
    pub fn sign(&self, name: &str, from: &str, to: &str) {
        let (key, request, certificate) = (format!("{name}.key"), format!("{name}.csr"), format!("{name}.crt"));
        let subject = format!("/CN={name}");
        self.openssl(&[&["req"], KEY, &["-keyout", &key, "-out", &request, "-subj", &subject]]);
        let days = ["-startdate", from, "-enddate", to, "-notext"];
        self.openssl(&[&["ca", "-batch", "-config", "ca.cnf", "-in", &request, "-out", &certificate], &days]);
    }

    fn openssl(&self, arguments: &[&[&str]]) {
        let output = Command::new("openssl").current_dir(&self.folder).args(arguments.concat()).output();
        let output = output.expect("openssl is installed");
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    }

    pub fn path(&self, name: &str) -> String {
        self.folder.join(name).display().to_string()
    }

    pub fn read(&self, name: &str) -> Vec<u8> {
        std::fs::read(self.folder.join(name)).expect("a certificate")
    }
}

const KEY: &[&str] = &["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes"];
