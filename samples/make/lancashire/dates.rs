//! The six quarters: April 2020 to September 2021.

use chrono::{Months, NaiveDate};

use crate::dates::{before, day};

/// Quarters from the start of the contract to the last one in the sample.
pub const QUARTERS: usize = 6;

/// First day of quarter `quarter`, where 0 is April to June 2020.
pub fn start(quarter: usize) -> NaiveDate {
    day(2020, 4, 1) + Months::new(3 * u32::try_from(quarter).unwrap_or(0))
}

/// Last day of quarter `quarter`.
pub fn end(quarter: usize) -> NaiveDate {
    before(start(quarter + 1), 1)
}

/// Due date of a quarter's return: as printed for 2020-21, the 15th of the month after from then on.
pub fn due(quarter: usize) -> NaiveDate {
    match quarter {
        0 => day(2020, 7, 15),
        1 => day(2020, 10, 15),
        2 => day(2021, 1, 18),
        3 => day(2021, 4, 15),
        4 => day(2021, 7, 15),
        _ => day(2021, 10, 15),
    }
}

/// Number of a quarter within its year, from 1.
pub fn number(quarter: usize) -> usize {
    quarter % 4 + 1
}

/// The contract year a quarter lies in: `2020-21`.
pub fn year(quarter: usize) -> &'static str {
    if quarter < 4 { "2020-21" } else { "2021-22" }
}

/// Whether the return of a quarter asks for KPI 1.
pub fn ends_half_year(quarter: usize) -> bool {
    number(quarter).is_multiple_of(2)
}

/// Whether the return of a quarter asks for KPI 4.
pub fn ends_year(quarter: usize) -> bool {
    number(quarter) == 4
}
