//! The quarters of the year April 2025 to March 2026.

use chrono::{Months, NaiveDate};

use crate::dates::day;

/// Quarters of the year.
pub const QUARTERS: usize = 4;

/// The 15th of the month after quarter `quarter`, where 0 is April to June 2025.
pub fn due(quarter: usize) -> NaiveDate {
    day(2025, 7, 15) + Months::new(3 * u32::try_from(quarter).unwrap_or(0))
}
