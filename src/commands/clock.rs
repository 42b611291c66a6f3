//! The one place that reads the clock.

use chrono::{DateTime, FixedOffset, NaiveDate, NaiveDateTime, SubsecRound};

/// Today, where the program runs.
pub fn today() -> NaiveDate {
    now().date()
}

/// Today and the time of day, to the second, where the program runs.
pub fn now() -> NaiveDateTime {
    moment().naive_local().trunc_subsecs(0)
}

/// This moment, where the program runs, with the offset from universal time there.
#[expect(clippy::disallowed_methods, reason = "the one place that reads the clock")]
pub fn moment() -> DateTime<FixedOffset> {
    chrono::Local::now().fixed_offset()
}
