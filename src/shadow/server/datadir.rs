//! The data directory: made by initdb once for each PostgreSQL, kept in the cache, and copied for each run.

use std::ffi::OsString;
use std::fs::{File, OpenOptions, Permissions};
use std::io;
use std::os::unix::ffi::OsStrExt;
use std::os::unix::fs::{MetadataExt, OpenOptionsExt, PermissionsExt, fchown, lchown, symlink};
use std::path::{Path, PathBuf};

use crate::diagnostic::{Diagnostic, Failure, Result};
use crate::digest::{self, Digest, Sha256};

use super::binaries::Installation;
use super::places::{self, Lock};
use super::rundir::{RunDir, make_private_dir};
use super::user::{self, Account};
use super::{SUPERUSER, io_failure, process};

/// Where a run's data directory came from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Origin {
    /// A copy of this one.
    Prepared(PathBuf),
    /// Made by initdb just now.
    Fresh,
}

/// Fills `data` in the run directory and writes the settings beside it.
pub(super) fn provide(
    installation: &Installation,
    account: Option<&Account>,
    run: &mut RunDir,
    cache: Option<&Path>,
) -> Result<Origin> {
    run.write("postgresql.conf", &settings(installation.version_num))?;
    run.write("pg_hba.conf", "local all all trust\n")?;
    let prepared = cache.map(|cache| cache.join(key(installation)));
    fill(installation, account, run, prepared.as_deref())
}

fn fill(installation: &Installation, account: Option<&Account>, run: &mut RunDir, prepared: Option<&Path>) -> Result<Origin> {
    let Some(prepared) = prepared else { return fresh(installation, account, run).map(|()| Origin::Fresh) };
    if copy_prepared(prepared, run, account)? {
        return Ok(Origin::Prepared(prepared.to_owned()));
    }
    let cache = prepared.parent().unwrap_or(prepared);
    let lock = places::make_open_dir(cache).ok().and_then(|()| Lock::take(&cache.join(".lock"), || {}));
    // Another process may have made it while this one waited.
    if lock.is_some() && copy_prepared(prepared, run, account)? {
        return Ok(Origin::Prepared(prepared.to_owned()));
    }
    fresh(installation, account, run)?;
    if lock.is_some() {
        // The cache saves time; a run that cannot fill it goes on.
        let _ = locked_out(account, &run.data(), |data| store(data, prepared));
    }
    Ok(Origin::Fresh)
}

/// Copies the prepared directory, if there is one. A copy that fails for want of room is an error, any other is undone.
fn copy_prepared(prepared: &Path, run: &RunDir, account: Option<&Account>) -> Result<bool> {
    if !prepared.is_dir() {
        return Ok(false);
    }
    match copy_tree(prepared, &run.data(), account) {
        Ok(()) => Ok(true),
        Err(e) if e.kind() == io::ErrorKind::StorageFull => Err(io_failure("shadow-place", "fill", &run.data(), &e)),
        Err(_) => {
            let _ = std::fs::remove_dir_all(run.data());
            Ok(false)
        }
    }
}

/// Makes a data directory with initdb, as the server's user.
fn fresh(installation: &Installation, account: Option<&Account>, run: &mut RunDir) -> Result<()> {
    if account.is_none() && !user::have_entry() {
        return Err(Diagnostic::error("shadow-user", "initdb refuses to run as a user that has no entry in /etc/passwd")
            .note(format!("the user id is {}", user::my_uid()))
            .help("add an entry, or run trueup as another user")
            .help("or give a server to work on with --shadow URL; trueup makes a scratch database there")
            .into());
    }
    let data = run.data();
    let share = run.path().join("share");
    let mut settings = vec!["--set=dynamic_shared_memory_type=mmap".into()];
    if installation.version_num < 160_000 {
        link_share(installation, account, run, &share).map_err(|e| initdb_refused(installation, account, &e, run))?;
        settings = vec![OsString::from("-L"), share.clone().into_os_string()];
    }
    let mut failure = String::new();
    for arguments in initdb_arguments(installation.version_num) {
        make_private_dir(&data, account).map_err(|e| io_failure("shadow-place", "make", &data, &e))?;
        let mut command = process::command(&installation.initdb(), account, &data, libc::SIGKILL);
        command.arg("-D").arg(&data).args(&arguments).args(&settings);
        match process::run_to_end(command, run) {
            Ok((status, _)) if status.success() => {
                let _ = std::fs::remove_dir_all(&share);
                return Ok(());
            }
            Ok((status, said)) => failure = format!("{status}; it said:\n{said}"),
            Err(e) => return Err(initdb_refused(installation, account, &e, run)),
        }
        if !failure.contains("invalid locale") {
            break;
        }
        let _ = std::fs::remove_dir_all(&data);
    }
    Err(initdb_failed(installation, &failure, run))
}

/// Makes a share directory of links, in which the sample of `postgresql.conf` says one thing more.
///
/// Before 16, initdb takes settings only from there, and without this one its servers leave segments in `/dev/shm` when
/// they crash (a full disk).
fn link_share(installation: &Installation, account: Option<&Account>, run: &mut RunDir, share: &Path) -> io::Result<()> {
    const SAMPLE: &str = "postgresql.conf.sample";
    let mut show = process::command(&installation.initdb(), account, run.path(), libc::SIGKILL);
    show.arg("--show").arg("-D").arg(run.data());
    let (_, said) = process::run_to_end(show, run)?;
    let real = said.lines().find_map(|line| line.strip_prefix("share_path="));
    let real = Path::new(real.ok_or_else(|| io::Error::other(format!("`initdb --show` said: {said}")))?);
    places::make_open_dir(share)?;
    for entry in std::fs::read_dir(real)? {
        let name = entry?.file_name();
        if name != SAMPLE {
            symlink(real.join(&name), share.join(&name))?;
        }
    }
    let sample = std::fs::read_to_string(real.join(SAMPLE))?;
    std::fs::write(share.join(SAMPLE), sample + "\ndynamic_shared_memory_type = mmap\n")?;
    std::fs::set_permissions(share.join(SAMPLE), Permissions::from_mode(0o644))
}

/// initdb did not even run.
fn initdb_refused(installation: &Installation, account: Option<&Account>, error: &io::Error, run: &RunDir) -> Failure {
    match account.and_then(|a| a.refused(error)) {
        Some(diagnostic) => diagnostic.into(),
        None => initdb_failed(installation, &error.to_string(), run),
    }
}

fn initdb_failed(installation: &Installation, why: &str, run: &RunDir) -> Failure {
    let diagnostic = Diagnostic::error("shadow-initdb", "initdb could not make a data directory for the shadow server");
    let diagnostic = diagnostic.note(format!("{}: {why}", installation.initdb().display()));
    process::full(diagnostic.note(installation.describe()), run.path()).into()
}

/// The ways to call initdb, the best first (<https://www.postgresql.org/docs/current/app-initdb.html>).
///
/// Sorting is by code point everywhere. What counts as a letter, and its upper case, is Unicode's: built in since
/// PostgreSQL 17, before that from the system's `C.UTF-8`, which not all systems have; without it, ASCII's.
fn initdb_arguments(version_num: i32) -> Vec<Vec<&'static str>> {
    let mut common =
        vec!["-U", SUPERUSER, "-A", "trust", "-E", "UTF8", "--no-sync", "--no-instructions", "--no-clean", "--wal-segsize=1"];
    if version_num >= 180_000 {
        common.push("--no-data-checksums");
    }
    let provider: &[&str] = if version_num >= 150_000 { &["--locale-provider=libc"] } else { &[] };
    let locales: Vec<Vec<&str>> = if version_num >= 170_000 {
        vec![vec!["--locale=C", "--locale-provider=builtin", "--builtin-locale=C.UTF-8"]]
    } else {
        vec![[&["--locale=C", "--lc-ctype=C.UTF-8"], provider].concat(), [&["--locale=C"], provider].concat()]
    };
    locales.into_iter().map(|locale| [common.clone(), locale].concat()).collect()
}

/// The whole of `postgresql.conf` (<https://www.postgresql.org/docs/current/runtime-config.html>).
fn settings(version_num: i32) -> String {
    let mut text = String::from(
        "# a throw-away server: see https://www.postgresql.org/docs/current/non-durability.html\n\
         fsync = off\nsynchronous_commit = off\nfull_page_writes = off\n\
         wal_level = minimal\nmax_wal_senders = 0\nwal_init_zero = off\n\
         min_wal_size = 16MB\nmax_wal_size = 256MB\ncheckpoint_timeout = 1d\nautovacuum = off\n\
         # small\n\
         shared_buffers = 32MB\nmax_connections = 20\nhuge_pages = off\n\
         max_worker_processes = 0\nmax_logical_replication_workers = 0\n\
         max_parallel_workers_per_gather = 0\nmax_parallel_maintenance_workers = 0\n\
         # a model may have many tables\n\
         max_locks_per_transaction = 1024\n\
         # shared memory of its own kind is a file in the data directory and goes with it\n\
         dynamic_shared_memory_type = mmap\n\
         # reached by its socket only\n\
         listen_addresses = ''\nunix_socket_permissions = 0700\n\
         # the same everywhere\n\
         lc_messages = 'C'\nlc_monetary = 'C'\nlc_numeric = 'C'\nlc_time = 'C'\n\
         timezone = 'UTC'\nlog_timezone = 'UTC'\ndatestyle = 'ISO, MDY'\nintervalstyle = 'postgres'\n\
         default_text_search_config = 'pg_catalog.english'\njit = off\n\
         # the log is for failures of the server; those of statements are reported to the client\n\
         logging_collector = off\nlog_destination = 'stderr'\nlog_min_messages = log\n\
         log_checkpoints = off\n",
    );
    // 15, and 14 since its fifth minor release.
    if version_num >= 140_005 {
        text.push_str("allow_in_place_tablespaces = on\n");
    }
    if version_num >= 180_000 {
        text.push_str("io_method = sync\n");
    }
    text
}

/// The name of the prepared directory: the major version, where the programs are, and all that its contents depend on.
fn key(installation: &Installation) -> String {
    let hash = |parts: &[&[u8]]| -> String {
        let mut hash = Sha256::new();
        for part in parts {
            hash.update(part);
            hash.update([0]);
        }
        digest::hex(hash, 6)
    };
    let place = hash(&[installation.bin_dir.as_os_str().as_bytes(), std::env::consts::ARCH.as_bytes()]);
    let program = installation.postgres().metadata().map(|m| format!("{} {}", m.len(), m.mtime())).unwrap_or_default();
    let arguments = format!("{:?}", initdb_arguments(installation.version_num));
    let contents = hash(&[installation.version.as_bytes(), program.as_bytes(), arguments.as_bytes()]);
    format!("{}-{place}-{contents}", installation.major)
}

/// Does something to a directory while the server's user, whose other processes may have plans, is kept out of it.
fn locked_out(account: Option<&Account>, dir: &Path, what: impl FnOnce(&Path) -> io::Result<()>) -> io::Result<()> {
    let Some(account) = account else { return what(dir) };
    lchown(dir, Some(user::my_uid()), None)?;
    let done = what(dir);
    lchown(dir, Some(account.uid), None)?;
    done
}

/// Keeps a copy of a data directory in the cache. Only for the holder of the cache's lock.
fn store(data: &Path, prepared: &Path) -> io::Result<()> {
    let (Some(cache), Some(name)) = (prepared.parent(), prepared.file_name().and_then(|n| n.to_str())) else {
        return Ok(());
    };
    let of_same_programs = name.rsplit_once('-').map_or(name, |(start, _)| start);
    for entry in std::fs::read_dir(cache)?.flatten() {
        // What a killed process left, and those of the same programs before they were updated.
        let other = entry.file_name().to_string_lossy().into_owned();
        if other.ends_with(".partial") || other.starts_with(of_same_programs) {
            let _ = std::fs::remove_dir_all(entry.path());
        }
    }
    let partial = cache.join(format!("{name}.partial"));
    let stored = copy_tree(data, &partial, None).and_then(|()| std::fs::rename(&partial, prepared));
    if stored.is_err() {
        let _ = std::fs::remove_dir_all(&partial);
    }
    stored
}

/// Removes a prepared directory that no server wants to start in.
pub(super) fn discard(prepared: &Path) {
    let _ = std::fs::remove_dir_all(prepared);
}

/// Copies directories and regular files, which is all that initdb makes.
fn copy_tree(from: &Path, to: &Path, account: Option<&Account>) -> io::Result<()> {
    make_private_dir(to, account)?;
    for entry in std::fs::read_dir(from)? {
        let entry = entry?;
        let kind = entry.file_type()?;
        let target = to.join(entry.file_name());
        if kind.is_dir() {
            copy_tree(&entry.path(), &target, account)?;
        } else if kind.is_file() {
            copy_file(&entry.path(), &target, account)?;
        }
    }
    Ok(())
}

fn copy_file(from: &Path, to: &Path, account: Option<&Account>) -> io::Result<()> {
    let mut source = OpenOptions::new().read(true).custom_flags(libc::O_NOFOLLOW).open(from)?;
    let mut target: File = OpenOptions::new().write(true).create_new(true).mode(0o600).open(to)?;
    io::copy(&mut source, &mut target)?;
    match account {
        Some(account) => fchown(&target, Some(account.uid), Some(account.gid)),
        None => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn settings_and_arguments_are_those_the_version_knows() {
        assert!(!settings(140_004).contains("allow_in_place") && settings(140_005).contains("allow_in_place"));
        assert!(!settings(170_010).contains("io_method") && settings(180_004).contains("io_method"));
        let arguments = |version| initdb_arguments(version).into_iter().map(|a| a.join(" ")).collect::<Vec<_>>();
        assert!(arguments(140_023).iter().all(|a| !a.contains("provider")));
        assert!(arguments(150_018)[1].ends_with("--locale=C --locale-provider=libc"));
        assert!(arguments(180_004)[0].contains("--builtin-locale=C.UTF-8"));
        assert!(arguments(180_004)[0].contains("--no-data-checksums") && !arguments(170_010)[0].contains("checksums"));
    }

    #[test]
    fn a_new_version_takes_the_place_of_the_old_one_in_the_cache() {
        let cache = std::env::temp_dir().join(format!("trueup-test-store-{}", std::process::id()));
        let data = cache.join("somewhere/data");
        std::fs::create_dir_all(data.join("base/1")).unwrap();
        std::fs::write(data.join("base/1/1259"), "rows").unwrap();
        for old in ["15-aaaa-1111", "15-aaaa-9999.partial", "15-bbbb-1111"] {
            std::fs::create_dir_all(cache.join(old)).unwrap();
        }
        store(&data, &cache.join("15-aaaa-2222")).unwrap();
        let mut names: Vec<String> =
            std::fs::read_dir(&cache).unwrap().map(|e| e.unwrap().file_name().into_string().unwrap()).collect();
        names.sort();
        assert_eq!(names, ["15-aaaa-2222", "15-bbbb-1111", "somewhere"]);
        assert_eq!(std::fs::read_to_string(cache.join("15-aaaa-2222/base/1/1259")).unwrap(), "rows");
        std::fs::remove_dir_all(&cache).unwrap();
    }
}
