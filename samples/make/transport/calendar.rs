//! The school year 2025-26.

use chrono::{Datelike, Months, NaiveDate};

use crate::dates::{after, day, is_working, working_on_or_after};

/// Months from September 2025 to August 2026.
pub const MONTHS: usize = 12;

/// First and last days on which pupils are at school, half-term to half-term: year, month and day.
const TERMS: [[(i32, u32, u32); 2]; 6] = [
    [(2025, 9, 3), (2025, 10, 24)],
    [(2025, 11, 3), (2025, 12, 19)],
    [(2026, 1, 5), (2026, 2, 13)],
    [(2026, 2, 23), (2026, 3, 27)],
    [(2026, 4, 13), (2026, 5, 22)],
    [(2026, 6, 1), (2026, 7, 22)],
];

/// First day of month `index`, where 0 is September 2025.
pub fn month_start(index: usize) -> NaiveDate {
    day(2025, 9, 1) + Months::new(u32::try_from(index).unwrap_or(0))
}

/// Days of the month on which pupils are at school.
pub fn school_days(index: usize) -> Vec<NaiveDate> {
    let start = month_start(index);
    start
        .iter_days()
        .take_while(|date| date.month() == start.month())
        .filter(|date| is_working(*date))
        .filter(|date| {
            TERMS.iter().any(|[(year, month, of_month), last]| {
                day(*year, *month, *of_month) <= *date && *date <= day(last.0, last.1, last.2)
            })
        })
        .collect()
}

/// The 10th of the following month, or the next working day.
pub fn due(index: usize) -> NaiveDate {
    working_on_or_after(after(month_start(index + 1), 9))
}
