//! The one place that reads the clock.

use chrono::{DateTime, FixedOffset, NaiveDate};

/// Today, where the program runs.
#[expect(clippy::disallowed_methods, reason = "the one place that reads the clock")]
pub fn today() -> NaiveDate {
    chrono::Local::now().date_naive()
}

/// This moment, where the program runs, with the offset from universal time there.
#[expect(clippy::disallowed_methods, reason = "the one place that reads the clock")]
pub fn now() -> DateTime<FixedOffset> {
    chrono::Local::now().fixed_offset()
}
