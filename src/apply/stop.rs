//! Places at which tests stop an apply, to kill it or its server there: `TRUEUP_STOP_AT=step:N:before`, `in` or `after`.
//!
//! `in` is after the step's statement and before the end of its transaction. The file that `TRUEUP_STOPPED` names is made when the
//! place is reached; once it is gone again, the apply goes on.

use std::time::Duration;

/// The variable that names the place.
const VARIABLE: &str = "TRUEUP_STOP_AT";

/// Where in a step.
#[derive(Debug, Clone, Copy)]
pub(super) enum Moment {
    Before,
    In,
    After,
}

/// Waits to be killed when this is the place.
pub(super) async fn here(step: usize, moment: Moment) {
    let word = match moment {
        Moment::Before => "before",
        Moment::In => "in",
        Moment::After => "after",
    };
    if std::env::var(VARIABLE).is_ok_and(|place| place == format!("step:{step}:{word}")) {
        let Some(file) = std::env::var_os("TRUEUP_STOPPED") else { return };
        // A test that waits for it in vain says so itself.
        let _ = std::fs::write(&file, "");
        while std::path::Path::new(&file).exists() {
            tokio::time::sleep(Duration::from_millis(10)).await;
        }
    }
}
