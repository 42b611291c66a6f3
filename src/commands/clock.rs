//! The one place that reads the clock.

use chrono::NaiveDate;

/// Today, where the program runs.
#[expect(clippy::disallowed_methods, reason = "the one place that reads the clock")]
pub fn today() -> NaiveDate {
    chrono::Local::now().date_naive()
}
