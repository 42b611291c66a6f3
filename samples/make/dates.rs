//! The calendar the samples share.

use chrono::{Datelike, Days, NaiveDate, Weekday};

/// Bank holidays in England and Wales in the years the samples tell of (gov.uk/bank-holidays).
const BANK_HOLIDAYS: [(i32, u32, u32); 33] = [
    (2022, 4, 15),
    (2022, 4, 18),
    (2022, 5, 2),
    (2022, 6, 2),
    (2022, 6, 3),
    (2022, 8, 29),
    (2022, 9, 19),
    (2022, 12, 26),
    (2022, 12, 27),
    (2023, 1, 2),
    (2023, 4, 7),
    (2023, 4, 10),
    (2023, 5, 1),
    (2023, 5, 8),
    (2023, 5, 29),
    (2023, 8, 28),
    (2024, 8, 26),
    (2024, 12, 25),
    (2024, 12, 26),
    (2025, 1, 1),
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
    (2026, 8, 31),
];

/// A date of the calendar, clamped to a valid one.
pub fn day(year: i32, month: u32, day: u32) -> NaiveDate {
    NaiveDate::from_ymd_opt(year, month, day).unwrap_or(NaiveDate::MIN)
}

/// `days` calendar days later.
pub fn after(date: NaiveDate, days: u64) -> NaiveDate {
    date.checked_add_days(Days::new(days)).unwrap_or(date)
}

/// `days` calendar days earlier.
pub fn before(date: NaiveDate, days: u64) -> NaiveDate {
    date.checked_sub_days(Days::new(days)).unwrap_or(date)
}

/// Whether `date` is neither at a weekend nor a bank holiday.
pub fn is_working(date: NaiveDate) -> bool {
    !matches!(date.weekday(), Weekday::Sat | Weekday::Sun)
        && !BANK_HOLIDAYS.contains(&(date.year(), date.month(), date.day()))
}

/// The first working day on or after `date`.
pub fn working_on_or_after(mut date: NaiveDate) -> NaiveDate {
    while !is_working(date) {
        date = after(date, 1);
    }
    date
}

/// The last working day on or before `date`.
pub fn working_on_or_before(mut date: NaiveDate) -> NaiveDate {
    while !is_working(date) {
        date = before(date, 1);
    }
    date
}

/// The `count`th working day after `date`; for 0, the first one on or after it.
pub fn working_days_after(date: NaiveDate, count: i64) -> NaiveDate {
    if count == 0 {
        return working_on_or_after(date);
    }
    (0..count).fold(date, |reached, _| working_on_or_after(after(reached, 1)))
}
