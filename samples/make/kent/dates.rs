//! Months of the contract, and the working days of its first eighteen months.

use chrono::{Datelike, Days, Months, NaiveDate, Weekday};

/// Months from the start of the contract to the last one in the sample: April 2022 to September 2023.
pub const MONTHS: usize = 18;

/// Bank holidays in England and Wales from April 2022 to October 2023 (gov.uk/bank-holidays).
const BANK_HOLIDAYS: [(i32, u32, u32); 16] = [
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
];

/// A date of the calendar, clamped to a valid one.
pub fn day(year: i32, month: u32, day: u32) -> NaiveDate {
    NaiveDate::from_ymd_opt(year, month, day).unwrap_or(NaiveDate::MIN)
}

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

/// Whether `date` is neither at a weekend nor a bank holiday.
pub fn is_working(date: NaiveDate) -> bool {
    !matches!(date.weekday(), Weekday::Sat | Weekday::Sun)
        && !BANK_HOLIDAYS.contains(&(date.year(), date.month(), date.day()))
}

/// The `count`th working day after `date`, the first one after it being 1.
pub fn working_days_after(date: NaiveDate, count: u32) -> NaiveDate {
    (0..count).fold(date, |reached, _| {
        let mut next = reached;
        loop {
            next = next.succ_opt().unwrap_or(NaiveDate::MAX);
            if is_working(next) {
                return next;
            }
        }
    })
}
