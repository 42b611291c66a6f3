//! Months of the contract.

use chrono::{Datelike, Days, Months, NaiveDate, Weekday};

use crate::dates::day;

/// Months from the start of the contract to the last one in the sample: April 2022 to September 2023.
pub const MONTHS: usize = 18;

/// First day of month `index`, where 0 is April 2022.
pub fn month_start(index: usize) -> NaiveDate {
    day(2022, 4, 1) + Months::new(u32::try_from(index).unwrap_or(0))
}

/// Whether `date` lies in month `index`.
pub fn in_month(date: NaiveDate, index: usize) -> bool {
    (date.year(), date.month()) == (month_start(index).year(), month_start(index).month())
}

/// The last Friday of month `index`: the due date of its return (clause 8). None of them is a bank holiday.
pub fn due(index: usize) -> NaiveDate {
    let mut date = month_start(index + 1).checked_sub_days(Days::new(1)).unwrap_or(NaiveDate::MIN);
    while date.weekday() != Weekday::Fri {
        date = date.pred_opt().unwrap_or(NaiveDate::MIN);
    }
    date
}
