//! The watchdog: a small `sh` that outlives a killed trueup for as long as it takes to clean up.
//!
//! It waits on the reading end of a pipe. However trueup ends, the kernel closes the writing end, and then the script
//! stops the server, if it is still there, and removes the run directory. It has a session of its own, so that a Ctrl-C
//! on the terminal does not reach it, and holds none of trueup's files, so that nobody waits for it.

use std::io::Write;
use std::os::unix::ffi::OsStrExt;
use std::os::unix::process::CommandExt;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use super::process;

/// POSIX sh, as the base system of every Unix has it; initdb needs one as well.
const SCRIPT: &str = include_str!("watchdog.sh");
const SHELL: &str = "/bin/sh";
/// Tenths of a second that processes have to end by themselves: a postmaster kills children that hang after 5 seconds.
const PATIENCE: u32 = 70;

/// A running watchdog over one directory. Dropping it lets it do its work and waits for that.
#[derive(Debug)]
pub(super) struct Watchdog {
    child: Child,
}

impl Watchdog {
    /// Starts one for a directory that is still to be made: it does nothing before [`Watchdog::remove_directory`].
    pub(super) fn start(dir: &Path) -> std::io::Result<Self> {
        Watchdog::with_patience(dir, PATIENCE)
    }

    fn with_patience(dir: &Path, patience: u32) -> std::io::Result<Self> {
        Ok(Watchdog { child: command(dir, patience, "").stdin(Stdio::piped()).spawn()? })
    }

    /// From now on the directory is removed when this process ends. To be said before it is made, for a process can be
    /// killed between any two of its steps.
    pub(super) fn remove_directory(&mut self) {
        self.say("0");
    }

    /// The directory is someone else's.
    pub(super) fn keep_directory(&mut self) {
        self.say("-");
    }

    /// From now on this process, the postmaster or an initdb, is stopped first.
    pub(super) fn process_is(&mut self, pid: u32) {
        self.say(&pid.to_string());
    }

    fn say(&mut self, line: &str) {
        if let Some(pipe) = &mut self.child.stdin {
            // Without a watchdog the next run's sweep has to do.
            let _ = pipe.write_all(format!("{line}\n").as_bytes());
        }
    }
}

impl Drop for Watchdog {
    fn drop(&mut self) {
        drop(self.child.stdin.take());
        let late = Instant::now() + Duration::from_secs(20);
        while matches!(self.child.try_wait(), Ok(None)) && Instant::now() < late {
            std::thread::sleep(Duration::from_millis(1));
        }
    }
}

/// Does at once, for a directory left behind, what a watchdog does at the end.
pub(super) fn clean(dir: &Path) {
    let _ = command(dir, PATIENCE, "y").stdin(Stdio::null()).status();
}

fn command(dir: &Path, patience: u32, left_behind: &str) -> Command {
    let mut command = Command::new(SHELL);
    command.args(["-c", SCRIPT, "trueup-watchdog"]).arg(dir).args([&patience.to_string(), left_behind]);
    command.current_dir("/").env_clear().stdout(Stdio::null()).stderr(Stdio::null());
    if let Some(path) = std::env::var_os("PATH").filter(|p| !p.as_bytes().is_empty()) {
        command.env("PATH", path);
    }
    // SAFETY: the function only makes system calls, which is allowed between fork and exec.
    unsafe { command.pre_exec(process::detach) };
    command
}

#[cfg(test)]
mod tests {
    use super::*;

    fn temp(name: &str) -> std::path::PathBuf {
        std::env::temp_dir().join(format!("trueup-test-watchdog-{}-{name}", std::process::id()))
    }

    #[test]
    fn it_touches_nothing_before_it_is_told_and_removes_after() {
        let dir = temp("told");
        std::fs::create_dir_all(dir.join("data/base")).unwrap();
        drop(Watchdog::start(&dir).unwrap());
        assert!(dir.exists());
        let mut watchdog = Watchdog::start(&dir).unwrap();
        watchdog.remove_directory();
        watchdog.keep_directory();
        drop(watchdog);
        assert!(dir.exists());
        let mut watchdog = Watchdog::start(&dir).unwrap();
        watchdog.remove_directory();
        drop(watchdog);
        assert!(!dir.exists());
    }

    #[test]
    fn it_ends_what_stands_in_the_data_directory_and_nothing_else() {
        let dir = temp("members");
        std::fs::create_dir_all(dir.join("data")).unwrap();
        let sleeper = |at: &Path| Command::new("sleep").arg("100").current_dir(at).spawn().unwrap();
        let (mut inside, mut outside) = (sleeper(&dir.join("data")), sleeper(Path::new("/")));
        // A process id that was used again must not be killed.
        let mut watchdog = Watchdog::with_patience(&dir, 3).unwrap();
        watchdog.remove_directory();
        watchdog.process_is(outside.id());
        drop(watchdog);
        assert!(!dir.exists());
        assert!(outside.try_wait().unwrap().is_none());
        outside.kill().unwrap();
        outside.wait().unwrap();
        if cfg!(target_os = "linux") {
            assert!(!inside.wait().unwrap().success());
        } else {
            inside.kill().unwrap();
            inside.wait().unwrap();
        }
    }
}
