//! The civil date in the United Kingdom at an instant: Greenwich Mean Time, and an hour more in summer.

use chrono::{DateTime, Datelike, Days, Duration, NaiveDate, NaiveDateTime, Utc};

/// The hour (UTC) at which the clocks go forward and back.
const CHANGE_HOUR: u32 = 1;

/// The date a calendar on the wall in the United Kingdom shows at `instant`. Summer time runs from 01:00 UTC on the last Sunday of
/// March (inclusive) to 01:00 UTC on the last Sunday of October (exclusive), as the Summer Time Order 2002 has it; years before
/// that are read by the same rule.
pub fn uk_date(instant: DateTime<Utc>) -> NaiveDate {
    let utc = instant.naive_utc();
    if is_summer_time(utc) { (utc + Duration::hours(1)).date() } else { utc.date() }
}

fn is_summer_time(utc: NaiveDateTime) -> bool {
    match (change(utc.year(), 3), change(utc.year(), 10)) {
        (Some(begins), Some(ends)) => begins <= utc && utc < ends,
        _ => false,
    }
}

/// The instant of the change on the last Sunday of a month of 31 days.
fn change(year: i32, month: u32) -> Option<NaiveDateTime> {
    let last = NaiveDate::from_ymd_opt(year, month, 31)?;
    let sunday = last.checked_sub_days(Days::new(u64::from(last.weekday().num_days_from_sunday())))?;
    sunday.and_hms_opt(CHANGE_HOUR, 0, 0)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn the_date_is_that_of_the_wall_calendar() {
        for (instant, date) in [
            ("2025-12-14T23:59:59Z", "2025-12-14"),
            ("2025-12-15T00:00:00Z", "2025-12-15"),
            // Half past midnight of the 15th in summer is still the 14th in Greenwich.
            ("2026-07-14T23:30:00Z", "2026-07-15"),
            ("2026-07-14T22:59:59Z", "2026-07-14"),
            // The clocks go forward on 29 March 2026 and back on 25 October 2026.
            ("2026-03-28T23:30:00Z", "2026-03-28"),
            ("2026-03-29T00:59:59Z", "2026-03-29"),
            ("2026-03-29T23:00:00Z", "2026-03-30"),
            ("2026-10-24T23:00:00Z", "2026-10-25"),
            ("2026-10-25T00:59:59Z", "2026-10-25"),
            ("2026-10-25T23:30:00Z", "2026-10-25"),
            ("2024-03-31T23:00:00Z", "2024-04-01"),
            ("2024-10-27T23:00:00Z", "2024-10-27"),
        ] {
            assert_eq!(uk_date(instant.parse().unwrap()).to_string(), date, "{instant}");
        }
    }

    proptest! {
        #[test]
        fn it_never_goes_back_and_is_within_an_hour_of_greenwich(seconds in 0i64..4_000_000_000, later in 0i64..100_000) {
            let at = |seconds| uk_date(DateTime::from_timestamp(seconds, 0).unwrap());
            prop_assert!(at(seconds) <= at(seconds + later));
            let greenwich = |seconds| DateTime::from_timestamp(seconds, 0).unwrap().date_naive();
            prop_assert!(at(seconds) == greenwich(seconds) || at(seconds) == greenwich(seconds + 3600));
        }
    }
}
