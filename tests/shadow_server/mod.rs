//! The shadow's servers and scratch databases: there for one run, and gone without trace however it ends.

mod foreign;
mod places;

use std::collections::BTreeSet;
use std::os::unix::fs::{MetadataExt, PermissionsExt, chown};
use std::os::unix::process::CommandExt;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Duration;

use crate::support::{Started, comes_true, server};

/// A folder for shadows and one for the cache, both of one test and short enough for a socket.
struct Own {
    path: PathBuf,
    user: Option<(u32, u32)>,
}

impl Own {
    fn new(name: &str) -> Self {
        Self::of(name, None)
    }

    /// As the user whom the suite's server runs as, who is not root.
    fn as_ordinary_user(name: &str) -> Self {
        let socket = server().socket_dir().metadata().expect("the server's socket");
        Self::of(name, is_root().then_some((socket.uid(), socket.gid())))
    }

    fn of(name: &str, user: Option<(u32, u32)>) -> Self {
        let path = PathBuf::from(format!("/tmp/tut-{}-{name}", std::process::id()));
        let _ = std::fs::remove_dir_all(&path);
        for folder in [path.clone(), path.join("run"), path.join("cache")] {
            std::fs::create_dir_all(&folder).expect("a folder for the test");
            std::fs::set_permissions(&folder, std::fs::Permissions::from_mode(0o755)).expect("a folder for the test");
            if let Some((uid, gid)) = user {
                chown(&folder, Some(uid), Some(gid)).expect("a folder for the test");
            }
        }
        Own { path, user }
    }

    fn run(&self) -> PathBuf {
        self.path.join("run")
    }

    fn cache(&self) -> PathBuf {
        self.path.join("cache")
    }

    fn command(&self, arguments: &[&str]) -> Command {
        let mut program = PathBuf::from(env!("CARGO_BIN_EXE_trueup"));
        if self.user.is_some() {
            // The folder of the build may be closed to other users.
            let copy = self.path.join("trueup");
            if !copy.exists() {
                std::fs::copy(&program, &copy).expect("a copy of the program");
            }
            program = copy;
        }
        let mut command = Command::new(program);
        command.current_dir(&self.path).args(arguments);
        command.env("TRUEUP_SHADOW_DIR", self.run()).env("TRUEUP_CACHE_DIR", self.cache()).env("HOME", &self.path);
        if let Some((uid, gid)) = self.user {
            command.uid(uid).gid(gid);
        }
        command
    }

    /// Checks a model, which starts a server.
    fn check(&self) -> Started {
        let model = self.path.join("large.yaml");
        if !model.exists() {
            std::fs::write(&model, large_model()).expect("the model");
        }
        Started::from(self.command(&["check", "large.yaml", "--no-cache"]))
    }

    fn left(&self) -> Vec<String> {
        std::fs::read_dir(self.run())
            .expect("the folder of shadows")
            .map(|e| e.expect("an entry").file_name().to_string_lossy().into_owned())
            .collect()
    }

    /// Asserts that there is no directory, no process and no shared memory of a shadow.
    #[track_caller]
    fn nothing_is_left(&self, when: &str) {
        let gone = comes_true(Duration::from_secs(20), || self.left().is_empty() && self.processes().is_empty());
        assert!(gone, "left {when}: {:?} {:?}", self.left(), self.processes());
    }

    /// Processes that work in the folder of shadows, or were told of it.
    fn processes(&self) -> BTreeSet<String> {
        let run = self.run().display().to_string();
        let of = |entry: std::fs::DirEntry| {
            let line = std::fs::read_to_string(entry.path().join("cmdline")).unwrap_or_default();
            let at = std::fs::read_link(entry.path().join("cwd")).unwrap_or_default();
            let ours = line.contains(&run) || at.starts_with(&run);
            ours.then(|| format!("{} {}", entry.file_name().to_string_lossy(), line.replace('\0', " ")))
        };
        std::fs::read_dir("/proc").into_iter().flatten().flatten().filter_map(of).collect()
    }

    /// A run that has got as far as this, and is held there.
    fn stopped(&self, what: &str, reached: impl Fn(&Path) -> bool) -> Started {
        stopped(what, || self.check(), || self.left().iter().any(|name| reached(&self.run().join(name))))
    }
}

/// A run that has got as far as this, and is held there. On a busy machine one may be over before anybody has looked: then
/// another one is started.
fn stopped(what: &str, start: impl Fn() -> Started, reached: impl Fn() -> bool) -> Started {
    for _ in 0..20 {
        let mut run = start();
        let ended = |run: &mut Started| !matches!(run.child.try_wait(), Ok(None));
        while !reached() && !ended(&mut run) {
            std::thread::sleep(Duration::from_millis(1));
        }
        if !ended(&mut run) {
            signal(&run, libc::SIGSTOP);
            // One that was ending meanwhile is not held.
            std::thread::sleep(Duration::from_millis(20));
            if !ended(&mut run) {
                return run;
            }
        }
        let run = run.end();
        assert_eq!(run.code, 0, "{}", run.shown());
    }
    panic!("no run was caught when {what}");
}

impl Drop for Own {
    fn drop(&mut self) {
        if !std::thread::panicking() {
            let _ = std::fs::remove_dir_all(&self.path);
        }
    }
}

fn is_root() -> bool {
    // SAFETY: geteuid has no preconditions.
    unsafe { libc::geteuid() == 0 }
}

fn signal(run: &Started, number: libc::c_int) {
    // SAFETY: the child was not waited for yet, so that the id is its own.
    let sent = unsafe { libc::kill(run.child.id().cast_signed(), number) };
    assert_eq!(sent, 0, "the run has ended already");
}

/// A model that takes its time.
fn large_model() -> String {
    let table = |i| format!("  t{i}:\n    columns:\n      id: integer not null\n    primary_key: [id]\n");
    (0..400).map(table).fold("schema: public\ntables:\n".to_string(), |text, table| text + &table)
}

#[test]
fn one_run_leaves_nothing() {
    for own in [Own::new("one"), Own::as_ordinary_user("user")] {
        let run = own.check().end();
        assert!(run.stdout.contains("400"), "{}", run.shown());
        run.expect(0);
        own.nothing_is_left("after a run");
        // A model that fails ends its server too.
        Started::from(own.command(&["check", "nowhere", "--no-cache"])).end().expect(1);
        own.nothing_is_left("after an error");
    }
}

/// A server that runs ends with its program, whatever ends that.
#[test]
fn signals_while_it_runs() {
    let own = Own::new("signals");
    own.check().end().expect(0);
    for number in [libc::SIGTERM, libc::SIGINT, libc::SIGHUP, libc::SIGKILL] {
        let run = own.stopped("the server runs", |dir| dir.join("socket/.s.PGSQL.5432").exists());
        assert!(!own.processes().is_empty());
        signal(&run, number);
        if number != libc::SIGKILL {
            signal(&run, libc::SIGCONT);
        }
        assert_eq!(run.end().code, -1, "a signal has no exit code");
        own.nothing_is_left(&format!("after signal {number}"));
    }
}

/// With an empty cache initdb runs first: killed at each of its stages.
#[test]
fn killed_while_it_starts() {
    let own = Own::new("start");
    type Stage = fn(&Path) -> bool;
    let stages: [(&str, Stage); 4] = [
        ("the directory is there", |dir| dir.exists()),
        ("initdb has begun", |dir| dir.join("data/PG_VERSION").exists()),
        ("initdb fills the data directory", |dir| dir.join("data/base/1/PG_VERSION").exists()),
        ("the server starts", |dir| dir.join("data/postmaster.pid").exists()),
    ];
    for (what, reached) in stages {
        let _ = std::fs::remove_dir_all(own.cache().join("prepared"));
        let run = own.stopped(what, reached);
        signal(&run, libc::SIGKILL);
        run.end();
        own.nothing_is_left(&format!("when {what}"));
    }
    own.check().end().expect(0);
}

/// Several at once, all of which find no prepared data directory.
#[test]
fn side_by_side() {
    let own = Own::new("many");
    let runs: Vec<Started> = (0..4).map(|_| own.check()).collect();
    for run in runs {
        run.end().expect(0);
    }
    own.nothing_is_left("after four runs");
    let prepared = || std::fs::read_dir(own.cache().join("prepared")).expect("the cache").flatten();
    let kept: Vec<_> = prepared().filter(|e| e.path().is_dir()).map(|e| (e.path(), e.metadata().map(|m| m.ino()).ok())).collect();
    assert_eq!(kept.len(), 1, "{kept:?}");
    assert!(kept[0].0.file_name().is_some_and(|n| n.to_string_lossy().starts_with(&format!("{}-", installed_major(&own)))));
    own.check().end().expect(0);
    let after: Vec<_> =
        prepared().filter(|e| e.path().is_dir()).map(|e| (e.path(), e.metadata().map(|m| m.ino()).ok())).collect();
    assert_eq!(kept, after, "the data directory was made again");
}

/// The major version that a run without a live side takes.
fn installed_major(own: &Own) -> String {
    let said = Started::from(own.command(&["shadow"])).end().expect(0);
    said.trim_start_matches("PostgreSQL ").chars().take_while(char::is_ascii_digit).collect()
}

/// What was left where even the watchdog was killed goes with the next run; what is somebody's stays.
#[test]
fn leftovers_are_swept() {
    let own = Own::new("sweep");
    // Beyond the largest process id of Linux.
    let (left, notes) = (own.run().join("trueup-shadow-4194305-1-0123abcd"), own.run().join("notes"));
    for path in [left.join("data/base"), notes.clone()] {
        std::fs::create_dir_all(path).expect("a folder");
    }
    own.check().end().expect(0);
    assert_eq!((left.exists(), notes.exists()), (false, true));
}

/// A model that was built before starts no server: neither in the same folder nor in a copy of it.
#[test]
fn built_models_are_kept_by_content() {
    let own = Own::new("models");
    let text = "tables:\n  t:\n    columns:\n      id: integer\n";
    let check = |name: &str, text: &str| {
        std::fs::write(own.path.join(name), text).expect("a model");
        Started::from(own.command(&["check", name])).end().expect(0);
        std::fs::read_dir(own.cache().join("models")).expect("the cache").count()
    };
    assert_eq!(check("a.yaml", text), 1);
    assert_eq!(check("b.yaml", &format!("# the same\n{text}")), 1);
    assert_eq!(check("a.yaml", &text.replace("integer", "bigint")), 2);
}

/// A disk that fills up while the server starts or works: an error that says so, and nothing left on it.
#[test]
fn a_full_disk() {
    let own = Own::new("full");
    let disk = own.run();
    let mount = |size: &str| {
        let mounted = is_root()
            && Command::new("mount")
                .args(["-t", "tmpfs", "-o", size, "tmpfs"])
                .arg(&disk)
                .output()
                .is_ok_and(|o| o.status.success());
        if !mounted {
            eprintln!("a full disk was not tried: nothing can be mounted here");
        }
        mounted
    };
    let unmount = || {
        let done =
            comes_true(Duration::from_secs(10), || Command::new("umount").arg(&disk).output().is_ok_and(|o| o.status.success()));
        assert!(done, "the disk is in use");
    };
    own.nothing_is_left("before");
    if !mount("size=20m,mode=755") {
        return;
    }
    let run = own.check().end();
    assert!(run.stderr.contains("has only") && run.stderr.contains("make room"), "{}", run.shown());
    run.expect(1);
    own.nothing_is_left("on a small disk");
    unmount();
    type Stage = fn(&Path) -> bool;
    let stages: [(&str, Stage); 2] =
        [("the directory is there", |dir| dir.exists()), ("the server runs", |dir| dir.join("socket/.s.PGSQL.5432").exists())];
    for (what, reached) in stages {
        assert!(mount("size=80m,mode=755"));
        let run = own.stopped(what, reached);
        let balloon = disk.join("balloon");
        let mut file = std::fs::File::create(&balloon).expect("a file");
        while std::io::Write::write_all(&mut file, &[1; 64 << 10]).is_ok() {}
        drop(file);
        signal(&run, libc::SIGCONT);
        let run = run.end();
        assert!(run.stderr.contains("full") || run.stderr.contains("No space left"), "{what}: {}", run.shown());
        run.expect(1);
        std::fs::remove_file(balloon).expect("the balloon");
        own.nothing_is_left(&format!("on a full disk, when {what}"));
        unmount();
    }
}
