//! The quarters of the year April 2025 to March 2026.

use chrono::{Datelike, Days, Months, NaiveDate, Weekday};

/// Quarters of the year.
pub const QUARTERS: usize = 4;

/// A date of the calendar, clamped to a valid one.
pub fn day(year: i32, month: u32, day: u32) -> NaiveDate {
    NaiveDate::from_ymd_opt(year, month, day).unwrap_or(NaiveDate::MIN)
}

/// The 15th of the month after quarter `quarter`, where 0 is April to June 2025.
pub fn due(quarter: usize) -> NaiveDate {
    day(2025, 7, 15) + Months::new(3 * u32::try_from(quarter).unwrap_or(0))
}

/// `days` calendar days earlier.
pub fn before(date: NaiveDate, days: u64) -> NaiveDate {
    date.checked_sub_days(Days::new(days)).unwrap_or(date)
}

/// Bank holidays in England and Wales from April 2025 to June 2026 (gov.uk/bank-holidays).
const BANK_HOLIDAYS: [(i32, u32, u32); 12] = [
    (2025, 4, 18),
    (2025, 4, 21),
    (2025, 5, 5),
    (2025, 5, 26),
    (2025, 8, 25),
    (2025, 12, 25),
    (2025, 12, 26),
    (2026, 1, 1),
    (2026, 4, 3),
    (2026, 4, 6),
    (2026, 5, 4),
    (2026, 5, 25),
];

/// The last day on or before `date` that is neither at a weekend nor a bank holiday of the year told.
pub fn working_on_or_before(mut date: NaiveDate) -> NaiveDate {
    while matches!(date.weekday(), Weekday::Sat | Weekday::Sun)
        || BANK_HOLIDAYS.contains(&(date.year(), date.month(), date.day()))
    {
        date = before(date, 1);
    }
    date
}
