//! When each return went out and came in, and what its file is called.

use chrono::NaiveDate;

use crate::dates::day;
use crate::kent::dates::{MONTHS, due, month_start};

/// July 2022, sent a day before it was due and before the last visit.
pub const EARLY: usize = 3;
/// September 2022, whose date of receipt nobody wrote down.
pub const UNPROVEN: usize = 5;
/// October 2022, sent without its log.
pub const WITHOUT_LOG: usize = 6;
/// December 2022, for which the due date was extended.
pub const EXTENDED: usize = 8;
/// March 2023, returned late.
pub const LATE: usize = 11;
/// April 2023, never returned.
pub const MISSING: usize = 12;
/// June 2023, sent again.
pub const RESUBMITTED: usize = 14;

/// Day a month's return goes out and comes in, its first version; `None` where there is none.
pub fn sent(month: usize) -> Option<NaiveDate> {
    match month {
        MISSING => None,
        EARLY => Some(day(2022, 7, 28)),
        EXTENDED => Some(day(2023, 1, 4)),
        LATE => Some(day(2023, 4, 3)),
        _ => (month < MONTHS).then(|| due(month)),
    }
}

/// Path of a month's return below the workspace; the provider's habits change over time.
pub fn path(month: usize) -> String {
    let start = month_start(month);
    let name = match month {
        0..=2 => format!("Regulation 44 KPI return {}.xlsx", start.format("%B %Y")),
        3..=8 => format!("LIV Reg 44 return {}.xlsx", start.format("%b %Y")),
        9..=13 => format!("LIV_R44_{}.xlsx", start.format("%b-%y")),
        _ => format!("LIV_R44_{}.xlsx", start.format("%Y-%m")),
    };
    format!("{}/{name}", folder(month))
}

/// `path` with ` (word)` before the ending.
pub fn marked(path: &str, word: &str) -> String {
    format!("{} ({word}).xlsx", path.trim_end_matches(".xlsx"))
}

/// Folder of a month's quarter.
pub fn folder(month: usize) -> String {
    let year = if month < 12 { "2022-23" } else { "2023-24" };
    format!("returns/{year}/Q{}", month % 12 / 3 + 1)
}
