//! Removes what runs left behind whose watchdog was killed too: a reboot, a container that was stopped.

use std::fs::{File, TryLockError};
use std::os::unix::fs::MetadataExt;
use std::path::Path;

use super::rundir::{LOCK, NAME};
use super::user::my_uid;
use super::{process, watchdog};

/// Looks through the root of the run directories.
///
/// A directory is left over when it is one of ours by name and owner, the process that made it is gone (the name says
/// which it was), and nobody holds the lock in it. The lock speaks for processes of other containers, whose ids say
/// nothing here.
pub(super) fn sweep(root: &Path) {
    for entry in std::fs::read_dir(root).into_iter().flatten().flatten() {
        let name = entry.file_name();
        let Some(maker) = name.to_str().and_then(maker) else { continue };
        let Ok(meta) = entry.path().symlink_metadata() else { continue };
        if !meta.is_dir() || meta.uid() != my_uid() || is_running(maker) {
            continue;
        }
        let Some(_lock) = lock_unless_held(&entry.path()) else { continue };
        watchdog::clean(&entry.path());
    }
}

/// The process id and start of the process in a directory's name.
fn maker(name: &str) -> Option<(u32, u64)> {
    let mut parts = name.strip_prefix(NAME)?.split('-');
    let maker = (parts.next()?.parse().ok()?, parts.next()?.parse().ok()?);
    let random = parts.next()?;
    (random.len() == 8 && parts.next().is_none()).then_some(maker)
}

fn is_running((pid, start): (u32, u64)) -> bool {
    match process::start_time(pid) {
        Some(now) => now == start,
        // No /proc: the id alone has to do.
        None => process::exists(pid),
    }
}

/// The lock of a directory (nothing to hold where it was not made yet), or none if its owner lives.
fn lock_unless_held(dir: &Path) -> Option<Option<File>> {
    let Ok(file) = File::open(dir.join(LOCK)) else { return Some(None) };
    match file.try_lock() {
        Err(TryLockError::WouldBlock) => None,
        _ => Some(Some(file)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn leftovers_go_and_what_is_in_use_stays() {
        let root = std::env::temp_dir().join(format!("trueup-test-sweep-{}", std::process::id()));
        let dir = |name: &str| {
            let dir = root.join(name);
            std::fs::create_dir_all(dir.join("data")).unwrap();
            dir
        };
        let me = std::process::id();
        let start = process::start_time(me).unwrap_or(0);
        // 4194305 is beyond Linux' largest process id.
        let (gone, bare) = (dir("trueup-shadow-4194305-1-0123abcd"), dir("trueup-shadow-4194305-2-0123abcd"));
        std::fs::write(gone.join(LOCK), "").unwrap();
        let held = dir("trueup-shadow-4194305-3-0123abcd");
        let lock = File::create(held.join(LOCK)).unwrap();
        lock.lock().unwrap();
        let mine = dir(&format!("trueup-shadow-{me}-{start}-0123abcd"));
        let other = dir("trueup-shadow-notes");
        sweep(&root);
        assert_eq!([&gone, &bare, &held, &mine, &other].map(|d| d.exists()), [false, false, true, true, true]);
        std::fs::remove_dir_all(&root).unwrap();
    }

    #[test]
    fn names() {
        assert_eq!(maker("trueup-shadow-12-345-0123abcd"), Some((12, 345)));
        for other in ["trueup-shadow-12-345", "trueup-shadow-a-b-0123abcd", "trueup-shadow-1-2-0123abcd-x", "x-1-2-0123abcd"] {
            assert_eq!(maker(other), None);
        }
    }
}
