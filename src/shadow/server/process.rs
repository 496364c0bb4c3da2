//! The postmaster: started directly, not by pg_ctl, so that it can be tied to this process.

use std::io;
use std::os::unix::process::CommandExt;
use std::path::Path;
use std::process::{Child, Command, ExitStatus, Stdio};
use std::sync::mpsc::{Receiver, Sender, channel};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::thread::JoinHandle;
use std::time::{Duration, Instant};

use crate::diagnostic::{Diagnostic, Failure, Result};

use super::binaries::Installation;
use super::rundir::RunDir;
use super::user::Account;
use super::{PORT, places, ways_out};

/// How long a server may take to accept connections.
const START_LIMIT: Duration = Duration::from_secs(60);
/// How long it may take to end: the postmaster kills children that hang after 5 seconds.
const STOP_LIMIT: Duration = Duration::from_secs(7);

/// A running postmaster, stopped when this is dropped.
#[derive(Debug)]
pub(super) struct Postmaster {
    pid: u32,
    child: Arc<Mutex<Child>>,
    /// Ends the keeper by being dropped.
    done: Option<Sender<()>>,
    keeper: Option<JoinHandle<()>>,
}

impl Postmaster {
    /// Starts the server in the run directory and waits until it accepts connections.
    pub(super) fn start(installation: &Installation, account: Option<&Account>, run: &mut RunDir) -> Result<Self> {
        let postgres = installation.postgres();
        let cannot_run = |e: io::Error| match account.and_then(|a| a.refused(&e)) {
            Some(diagnostic) => diagnostic.into(),
            None => failed(installation, &format!("{} does not run: {e}", postgres.display()), run),
        };
        let log = |run: &RunDir| run.log().map(Stdio::from);
        let mut command = command(&postgres, account, &run.data(), libc::SIGQUIT);
        command.arg("-D").arg(run.data());
        command.arg("-c").arg(setting("config_file", &run.path().join("postgresql.conf")));
        command.arg("-c").arg(setting("hba_file", &run.path().join("pg_hba.conf")));
        command.arg("-c").arg(setting("unix_socket_directories", &quoted(&run.socket())));
        command.arg("-c").arg(format!("port={PORT}"));
        command.stdout(log(run).map_err(&cannot_run)?).stderr(log(run).map_err(&cannot_run)?);
        let (child, done, keeper) = keep(command).map_err(&cannot_run)?;
        let pid = lock(&child).id();
        let postmaster = Postmaster { pid, child, done: Some(done), keeper: Some(keeper) };
        run.watchdog().process_is(pid);
        postmaster.wait_until_ready(installation, run)?;
        Ok(postmaster)
    }

    pub(super) fn pid(&self) -> u32 {
        self.pid
    }

    /// As `pg_ctl --wait`: the eighth line of `postmaster.pid` says `ready` (`LOCK_FILE_LINE_PM_STATUS` in
    /// `src/include/utils/pidfile.h`, since PostgreSQL 10).
    fn wait_until_ready(&self, installation: &Installation, run: &RunDir) -> Result<()> {
        let pid_file = run.data().join("postmaster.pid");
        let late = Instant::now() + START_LIMIT;
        loop {
            match lock(&self.child).try_wait() {
                Ok(None) => {}
                Ok(Some(status)) => return Err(failed(installation, &ended(status), run)),
                Err(e) => return Err(failed(installation, &e.to_string(), run)),
            }
            let state = std::fs::read_to_string(&pid_file).unwrap_or_default();
            if state.lines().nth(7).is_some_and(|line| line.trim() == "ready") {
                return Ok(());
            }
            if Instant::now() > late {
                let why = format!("it did not accept connections within {} seconds", START_LIMIT.as_secs());
                return Err(failed(installation, &why, run));
            }
            std::thread::sleep(Duration::from_millis(2));
        }
    }
}

impl Drop for Postmaster {
    /// An immediate shutdown (<https://www.postgresql.org/docs/current/server-shutdown.html>): nothing is worth saving.
    ///
    /// A server that is still there after that is left to the watchdog, which ends its children too.
    fn drop(&mut self) {
        let mut child = lock(&self.child);
        let late = Instant::now() + STOP_LIMIT;
        let mut running = matches!(child.try_wait(), Ok(None));
        if running {
            // Not waited for yet, so the id is still this child's.
            signal(self.pid, libc::SIGQUIT);
        }
        while running && Instant::now() < late {
            std::thread::sleep(Duration::from_millis(1));
            running = matches!(child.try_wait(), Ok(None));
        }
        drop(child);
        drop(self.done.take());
        if let Some(keeper) = self.keeper.take() {
            let _ = keeper.join();
        }
    }
}

/// What [`keep`] gives: the child, what to drop to let the thread go, and the thread.
type Kept = (Arc<Mutex<Child>>, Sender<()>, JoinHandle<()>);

/// Starts a command on a thread that lives until the sender is dropped.
///
/// The kernel sends the parent-death signal when the *thread* ends that started the child (prctl(2),
/// `PR_SET_PDEATHSIG`), and a runtime's worker threads come and go.
fn keep(mut command: Command) -> io::Result<Kept> {
    let (tell, told) = channel();
    let (done, wait): (Sender<()>, Receiver<()>) = channel();
    let keeper = std::thread::Builder::new().name("trueup-shadow".to_owned()).spawn(move || {
        let started = command.spawn();
        drop(command);
        if tell.send(started).is_ok() {
            let _ = wait.recv();
        }
    })?;
    let child = told.recv().unwrap_or_else(|_| Err(io::Error::other("the thread that starts it has died")))?;
    Ok((Arc::new(Mutex::new(child)), done, keeper))
}

fn lock(child: &Mutex<Child>) -> MutexGuard<'_, Child> {
    child.lock().unwrap_or_else(PoisonError::into_inner)
}

fn setting(name: &str, value: &Path) -> std::ffi::OsString {
    let mut text = std::ffi::OsString::from(format!("{name}="));
    text.push(value);
    text
}

/// A path as an element of a list setting, where commas and blanks would end it.
fn quoted(path: &Path) -> std::path::PathBuf {
    format!("\"{}\"", path.to_string_lossy().replace('"', "\"\"")).into()
}

fn ended(status: ExitStatus) -> String {
    format!("the server ended at once ({status})")
}

fn failed(installation: &Installation, why: &str, run: &RunDir) -> Failure {
    let mut diagnostic = Diagnostic::error("shadow-start", "the shadow server did not start").note(why);
    diagnostic = diagnostic.note(installation.describe());
    let log = run.log_tail();
    if !log.is_empty() {
        diagnostic = diagnostic.note(format!("the end of its log:\n{}", log.join("\n")));
    }
    full(diagnostic, run.path()).into()
}

/// Adds how to make room, if there was none, or the ways around.
pub(super) fn full(diagnostic: Diagnostic, path: &Path) -> Diagnostic {
    let said =
        diagnostic.notes.iter().any(|note| note.contains("No space left on device") || note.contains("Check free disk space"));
    if !said && places::free_bytes(path).is_none_or(|free| free >= 1 << 20) {
        return ways_out(diagnostic);
    }
    let full = io::Error::from(io::ErrorKind::StorageFull);
    super::explain(diagnostic.note(format!("the file system of {} is full", path.display())), path, &full)
}

/// A command for one of PostgreSQL's programs: as the server's user, with a clean environment, in a session of its own,
/// and ended by `on_death` when the calling thread ends (Linux).
pub(super) fn command(program: &Path, account: Option<&Account>, dir: &Path, on_death: libc::c_int) -> Command {
    // What a relocated or Nix-built server needs to find its libraries, locales and time zones; no PG*, no secrets.
    const KEPT: [&str; 8] = [
        "PATH",
        "LD_LIBRARY_PATH",
        "DYLD_LIBRARY_PATH",
        "DYLD_FALLBACK_LIBRARY_PATH",
        "LOCALE_ARCHIVE",
        "LOCPATH",
        "ICU_DATA",
        "TZDIR",
    ];
    let mut command = Command::new(program);
    command.current_dir(dir).env_clear().env("LC_ALL", "C").stdin(Stdio::null());
    command.envs(KEPT.into_iter().filter_map(|name| Some((name, std::env::var_os(name)?))));
    if let Some(account) = account {
        // Gives up the supplementary groups too.
        command.gid(account.gid).uid(account.uid);
    }
    let parent = std::process::id();
    // SAFETY: the closure only makes system calls, which is allowed between fork and exec. It runs after the change of
    // user, which would clear the parent-death signal.
    unsafe {
        command.pre_exec(move || {
            detach()?;
            // A throw-away server's memory is not worth a file.
            let none = libc::rlimit { rlim_cur: 0, rlim_max: 0 };
            libc::setrlimit(libc::RLIMIT_CORE, &none);
            die_with_parent(parent, on_death)
        })
    };
    command
}

/// For a child between fork and exec: a session of its own, and none of the files this process was itself given.
pub(super) fn detach() -> io::Result<()> {
    // SAFETY: setsid has no preconditions; it fails only for the leader of a group, which a new child is not.
    if unsafe { libc::setsid() } == -1 {
        return Err(io::Error::last_os_error());
    }
    // std opens its own with O_CLOEXEC; those that came from our parent (a CI's pipes) are marked here, not closed,
    // because std reports a failed exec through one.
    #[cfg(target_os = "linux")]
    {
        const CLOEXEC: libc::c_uint = libc::CLOSE_RANGE_CLOEXEC;
        // SAFETY: a system call on descriptor numbers only; kernels before 5.11 refuse it.
        if unsafe { libc::syscall(libc::SYS_close_range, 3 as libc::c_uint, libc::c_uint::MAX, CLOEXEC) } == 0 {
            return Ok(());
        }
    }
    for descriptor in 3..1024 {
        // SAFETY: sets a flag; numbers that are not open are refused.
        unsafe { libc::fcntl(descriptor, libc::F_SETFD, libc::FD_CLOEXEC) };
    }
    Ok(())
}

#[cfg(target_os = "linux")]
fn die_with_parent(parent: u32, on_death: libc::c_int) -> io::Result<()> {
    // SAFETY: prctl with these arguments only sets an attribute of the calling process.
    if unsafe { libc::prctl(libc::PR_SET_PDEATHSIG, on_death as libc::c_ulong, 0, 0, 0) } == -1 {
        return Err(io::Error::last_os_error());
    }
    // The parent may have died before that.
    // SAFETY: getppid has no preconditions and cannot fail.
    if unsafe { libc::getppid() } as u32 == parent { Ok(()) } else { Err(io::Error::from_raw_os_error(libc::ESRCH)) }
}

#[cfg(not(target_os = "linux"))]
fn die_with_parent(_parent: u32, _on_death: libc::c_int) -> io::Result<()> {
    Ok(())
}

fn signal(pid: u32, number: libc::c_int) -> bool {
    // SAFETY: kill has no memory effects; a process that is not there is refused.
    libc::pid_t::try_from(pid).is_ok_and(|pid| pid > 0 && unsafe { libc::kill(pid, number) } == 0)
}

/// Whether a process is there, be it another user's.
pub(super) fn exists(pid: u32) -> bool {
    signal(pid, 0) || io::Error::last_os_error().raw_os_error() == Some(libc::EPERM)
}

/// When a process started, in clock ticks since the boot: field 22 of `/proc/PID/stat` (proc(5)).
pub(super) fn start_time(pid: u32) -> Option<u64> {
    let stat = std::fs::read_to_string(format!("/proc/{pid}/stat")).ok()?;
    // The second field is the program's name in brackets and may hold anything.
    stat[stat.rfind(')')? + 1..].split_whitespace().nth(19)?.parse().ok()
}

/// Runs a program to its end, under the watchdog's eyes, and gives what it said.
pub(super) fn run_to_end(mut command: Command, run: &mut RunDir) -> io::Result<(ExitStatus, String)> {
    let child = command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn()?;
    run.watchdog().process_is(child.id());
    let output = child.wait_with_output()?;
    let said = [output.stdout, output.stderr].concat();
    Ok((output.status, String::from_utf8_lossy(&said).trim().to_owned()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_process_is_known_by_its_start() {
        let me = std::process::id();
        assert!(exists(me) && !exists(4_194_305));
        if cfg!(target_os = "linux") {
            assert!(start_time(me).is_some_and(|t| t > 0));
            assert_eq!(start_time(4_194_305), None);
        }
    }

    #[test]
    fn a_program_that_is_not_there_is_said_to_be_missing() {
        let command = command(Path::new("/no/such/program"), None, Path::new("/"), libc::SIGKILL);
        assert_eq!(keep(command).map(|_| ()).unwrap_err().kind(), io::ErrorKind::NotFound);
    }

    #[test]
    fn lists_of_directories_are_quoted() {
        assert_eq!(quoted(Path::new("/a, b/\"c")), Path::new("\"/a, b/\"\"c\""));
    }
}
