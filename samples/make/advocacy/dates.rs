//! Months and quarters of the contract, and its working days.

use chrono::{Datelike, Days, Months, NaiveDate, Weekday};

/// Months of returns in the samples, from September 2024.
pub const MONTHS: usize = 24;
/// Quarters of returns in the samples.
pub const QUARTERS: usize = 8;

/// Bank holidays in England and Wales from August 2024 to August 2026 (gov.uk/bank-holidays).
const BANK_HOLIDAYS: [(i32, u32, u32); 17] = [
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

/// The `count`th working day after `date`; for 0, the first one on or after it.
pub fn working_days_after(date: NaiveDate, count: i64) -> NaiveDate {
    if count == 0 {
        return working_on_or_after(date);
    }
    (0..count).fold(date, |reached, _| working_on_or_after(after(reached, 1)))
}
