//! Scratch databases go when the run is over: at a return, an error or a panic by `Drop`, at a signal by a thread of its own.
//!
//! Both connect anew and work outside of the run's own runtime, which may be busy, blocked at a prompt, or going down. What
//! survives them, as after SIGKILL, the next run sweeps away.

use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Mutex, Once, PoisonError};
use std::time::Duration;

use super::foreign;
use crate::pg::Settings;

/// How long the end of a run waits for a server that does not answer.
const PATIENCE: Duration = Duration::from_secs(10);

/// Whether a signal is ending this process.
static LEAVING: AtomicBool = AtomicBool::new(false);

/// The scratch databases of this process.
static OPEN: Mutex<Vec<(Settings, String)>> = Mutex::new(Vec::new());

/// A scratch database and its roles. Dropping it removes them.
#[derive(Debug)]
pub struct Scratch {
    settings: Settings,
    run: String,
}

impl Scratch {
    /// Takes note of a run's database before it is made.
    pub(super) fn new(settings: Settings, run: String) -> Scratch {
        static WATCH: Once = Once::new();
        WATCH.call_once(watch);
        open().push((settings.clone(), run.clone()));
        Scratch { settings, run }
    }
}

impl Drop for Scratch {
    fn drop(&mut self) {
        if LEAVING.load(Ordering::SeqCst) {
            // The run failed because its database is being dropped: it ends with the signal, not with that error.
            std::thread::sleep(2 * PATIENCE);
        }
        let (settings, run) = (self.settings.clone(), self.run.clone());
        // A thread, because the runtime that is dropping this cannot wait for anything.
        if let Ok(thread) = std::thread::Builder::new().spawn(move || remove_all(&[(settings, run)])) {
            let _ = thread.join();
        }
        open().retain(|(_, run)| *run != self.run);
    }
}

fn open() -> std::sync::MutexGuard<'static, Vec<(Settings, String)>> {
    OPEN.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Removes them as far as the servers answer. There is nobody left to tell if not; the next run sweeps.
fn remove_all(scratches: &[(Settings, String)]) {
    let Ok(runtime) = tokio::runtime::Builder::new_current_thread().enable_all().build() else { return };
    runtime.block_on(async {
        for (settings, run) in scratches {
            let _ = tokio::time::timeout(PATIENCE, foreign::remove(settings, run)).await;
        }
    });
}

/// Waits for a signal that ends programs, cleans up, and ends this one as the signal would have.
#[cfg(unix)]
fn watch() {
    use tokio::signal::unix::{SignalKind, signal};
    let wait = || {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().ok()?;
        runtime.block_on(async {
            let mut interrupt = signal(SignalKind::interrupt()).ok()?;
            let mut terminate = signal(SignalKind::terminate()).ok()?;
            let mut hangup = signal(SignalKind::hangup()).ok()?;
            Some(tokio::select! {
                _ = interrupt.recv() => SignalKind::interrupt(),
                _ = terminate.recv() => SignalKind::terminate(),
                _ = hangup.recv() => SignalKind::hangup(),
            })
        })
    };
    let _ = std::thread::Builder::new().name("scratch-signals".into()).spawn(move || {
        if let Some(kind) = wait() {
            LEAVING.store(true, Ordering::SeqCst);
            let scratches = open().clone();
            remove_all(&scratches);
            std::process::exit(128 + kind.as_raw_value());
        }
    });
}

/// Elsewhere, Ctrl-C leaves the database to the next run's sweep.
#[cfg(not(unix))]
fn watch() {}
