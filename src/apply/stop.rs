//! Places at which tests stop an apply, to kill it or its server there: `TRUEUP_STOP_AT=step:N:before`, `in` or `after`.
//!
//! `in` is after the step's statement and before the end of its transaction; a step that cannot run in one is held up by a lock
//! that the test has.

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
        // Long enough for any test; an apply that is stopped by mistake goes on after that.
        tokio::time::sleep(Duration::from_secs(600)).await;
    }
}
