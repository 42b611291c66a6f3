//! The one place that reads the clock.

use chrono::{NaiveDate, NaiveDateTime, SubsecRound};

/// Today, where the program runs.
pub fn today() -> NaiveDate {
    now().date()
}

/// Today and the time of day, to the second, where the program runs.
#[expect(clippy::disallowed_methods, reason = "the one place that reads the clock")]
pub fn now() -> NaiveDateTime {
    chrono::Local::now().naive_local().trunc_subsecs(0)
}
