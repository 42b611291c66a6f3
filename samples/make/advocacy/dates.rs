//! Months and quarters of the contract.

use chrono::{Months, NaiveDate};

use crate::dates::{after, before, day};

/// Months of returns in the samples, from September 2024.
pub const MONTHS: usize = 24;
/// Quarters of returns in the samples.
pub const QUARTERS: usize = 8;

/// First day of month `index`, where 0 is September 2024.
pub fn month_start(index: usize) -> NaiveDate {
    day(2024, 9, 1) + Months::new(u32::try_from(index).unwrap_or(0))
}

/// Last day of month `index`, inclusive.
pub fn month_end(index: usize) -> NaiveDate {
    before(month_start(index + 1), 1)
}

/// First day of quarter `index`, where 0 is September to November 2024.
pub fn quarter_start(index: usize) -> NaiveDate {
    month_start(index * 3)
}

/// Last day of quarter `index`, inclusive.
pub fn quarter_end(index: usize) -> NaiveDate {
    month_end(index * 3 + 2)
}

/// `2024-25 Q1` for quarter 0.
pub fn quarter_label(index: usize) -> String {
    format!("{} Q{}", year_label(index), index % 4 + 1)
}

/// `2024-25` for the quarters 0 to 3.
pub fn year_label(index: usize) -> &'static str {
    if index < 4 { "2024-25" } else { "2025-26" }
}

/// The 14th of the month after month `index`: the due date of what is for it or ends with it (2.5).
pub fn due(index: usize) -> NaiveDate {
    after(month_start(index + 1), 13)
}
