//! When a return is due, and when its review meeting is proposed.

use chrono::{Datelike, Days, Months, NaiveDate, Weekday};

use super::working_days::WorkingDays;
use crate::domain::period::Period;

/// What happens to a due date that is no working day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Rolling {
    /// It stands: the 14th is the 14th even on a Sunday.
    Stands,
    /// It moves to the next working day.
    NextWorkingDay,
}

/// When a form's returns are due.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Due {
    /// For every period, by rule; a date that the contract prints for a period goes before it.
    Every {
        /// The rule.
        rule: DueRule,
        /// Dates as printed, in order of period.
        printed: Vec<Printed>,
    },
    /// Only when a meeting is planned: so many working days before it.
    BeforeMeeting {
        /// Working days, at least 1: 1 is the working day before.
        working_days: u32,
    },
}

/// A due date as the contract prints it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Printed {
    /// First day of the period, inclusive.
    pub from: NaiveDate,
    /// The last day on which its return is on time.
    pub due: NaiveDate,
}

impl Due {
    /// The last day on which the return of `period` is on time; `None` where it goes by planned meetings.
    pub fn due(&self, period: &Period, working_days: &WorkingDays) -> Option<NaiveDate> {
        match self {
            Due::Every { rule, .. } => {
                Some(self.printed(period).unwrap_or_else(|| rule.due(period, working_days)))
            }
            Due::BeforeMeeting { .. } => None,
        }
    }

    /// The day named for `period`, before any rolling; `None` where it goes by planned meetings.
    pub fn stated(&self, period: &Period) -> Option<NaiveDate> {
        match self {
            Due::Every { rule, .. } => Some(self.printed(period).unwrap_or_else(|| rule.stated(period))),
            Due::BeforeMeeting { .. } => None,
        }
    }

    /// The date printed for `period`.
    pub fn printed(&self, period: &Period) -> Option<NaiveDate> {
        match self {
            Due::Every { printed, .. } => {
                printed.iter().find(|own| own.from == period.from).map(|own| own.due)
            }
            Due::BeforeMeeting { .. } => None,
        }
    }

    /// The last day on which what a meeting on `day` is about is on time; `None` where it goes by periods.
    pub fn before_meeting(&self, day: NaiveDate, working_days: &WorkingDays) -> Option<NaiveDate> {
        match self {
            Due::Every { .. } => None,
            Due::BeforeMeeting { working_days: days } => Some(working_days.before(day, *days)),
        }
    }
}

/// How a due date follows from the period.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DueRule {
    /// A day of a month after the period's last month; in a shorter month its last day.
    DayOfFollowingMonth {
        /// How many months after the period's last month; 1 is the following month.
        months: u32,
        /// Day of the month, from 1.
        day: u32,
        /// What happens when it is no working day.
        rolling: Rolling,
    },
    /// The last such weekday of the period's last month.
    LastWeekday {
        /// The weekday.
        weekday: Weekday,
        /// What happens when it is no working day.
        rolling: Rolling,
    },
}

impl DueRule {
    /// The day the rule names, before any rolling. Where it differs from [`DueRule::due`], the reader is told.
    pub fn stated(&self, period: &Period) -> NaiveDate {
        match *self {
            DueRule::DayOfFollowingMonth { months, day, .. } => {
                let first = period.to.with_day(1).unwrap_or(period.to);
                let month = first.checked_add_months(Months::new(months)).unwrap_or(first);
                month.with_day(day.max(1)).unwrap_or_else(|| last_day_of_month(month))
            }
            DueRule::LastWeekday { weekday, .. } => {
                let last = last_day_of_month(period.to);
                last - Days::new(u64::from(last.weekday().days_since(weekday)))
            }
        }
    }

    /// The last day on which the return of `period` is on time.
    pub fn due(&self, period: &Period, working_days: &WorkingDays) -> NaiveDate {
        let stated = self.stated(period);
        match *self {
            DueRule::DayOfFollowingMonth { rolling, .. } | DueRule::LastWeekday { rolling, .. } => {
                match rolling {
                    Rolling::Stands => stated,
                    Rolling::NextWorkingDay => working_days.on_or_after(stated),
                }
            }
        }
    }
}

fn last_day_of_month(day: NaiveDate) -> NaiveDate {
    day.with_day(1)
        .and_then(|first| first.checked_add_months(Months::new(1)))
        .and_then(|next| next.pred_opt())
        .unwrap_or(day)
}

/// The day proposed for a review meeting: the first working day on or after `days_after` calendar days from `due`.
pub fn meeting_day(due: NaiveDate, days_after: u32, working_days: &WorkingDays) -> NaiveDate {
    let earliest = due.checked_add_days(Days::new(u64::from(days_after))).unwrap_or(due);
    working_days.on_or_after(earliest)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::calendar::bank_holidays::BankHolidays;
    use crate::domain::period::Frequency;
    use proptest::prelude::*;

    fn day(y: i32, m: u32, d: u32) -> NaiveDate {
        NaiveDate::from_ymd_opt(y, m, d).unwrap()
    }

    fn working_days() -> WorkingDays {
        WorkingDays::new(BankHolidays::england_and_wales(&[]).unwrap())
    }

    fn following(months: u32, day: u32, rolling: Rolling) -> DueRule {
        DueRule::DayOfFollowingMonth { months, day, rolling }
    }

    #[test]
    fn a_day_of_a_following_month() {
        use Frequency::{Month, Quarter, Year};
        let stands = following(1, 14, Rolling::Stands);
        let fifteenth = following(1, 15, Rolling::NextWorkingDay);
        for (rule, in_period, frequency, year_starts, due) in [
            (stands, day(2025, 9, 1), Quarter, 9, day(2025, 12, 14)),
            (stands, day(2026, 2, 28), Quarter, 9, day(2026, 3, 14)),
            (stands, day(2026, 5, 31), Quarter, 9, day(2026, 6, 14)),
            (stands, day(2025, 12, 1), Month, 9, day(2026, 1, 14)),
            (fifteenth, day(2020, 5, 1), Quarter, 4, day(2020, 7, 15)),
            (fifteenth, day(2021, 7, 1), Quarter, 4, day(2021, 10, 15)),
            (fifteenth, day(2022, 1, 1), Quarter, 4, day(2022, 4, 19)),
            (following(2, 31, Rolling::Stands), day(2026, 3, 31), Year, 4, day(2026, 5, 31)),
            (following(1, 31, Rolling::Stands), day(2026, 3, 31), Month, 4, day(2026, 4, 30)),
            (following(1, 30, Rolling::Stands), day(2024, 1, 31), Month, 4, day(2024, 2, 29)),
            (following(0, 31, Rolling::Stands), day(2026, 3, 5), Month, 4, day(2026, 3, 31)),
        ] {
            let period = Period::containing(in_period, frequency, year_starts);
            assert_eq!(rule.due(&period, &working_days()), due, "{rule:?} {}", period.describe());
        }
    }

    #[test]
    fn the_last_friday_of_the_month() {
        let rule = DueRule::LastWeekday { weekday: Weekday::Fri, rolling: Rolling::NextWorkingDay };
        for (month, stated, due) in [
            (day(2025, 12, 1), day(2025, 12, 26), day(2025, 12, 29)),
            (day(2024, 3, 1), day(2024, 3, 29), day(2024, 4, 2)),
            (day(2026, 1, 1), day(2026, 1, 30), day(2026, 1, 30)),
            (day(2026, 7, 1), day(2026, 7, 31), day(2026, 7, 31)),
        ] {
            let period = Period::containing(month, Frequency::Month, 4);
            assert_eq!(rule.stated(&period), stated);
            assert_eq!(rule.due(&period, &working_days()), due);
        }
        let standing = DueRule::LastWeekday { weekday: Weekday::Fri, rolling: Rolling::Stands };
        let december = Period::containing(day(2025, 12, 1), Frequency::Month, 4);
        assert_eq!(standing.due(&december, &working_days()), day(2025, 12, 26));
    }

    #[test]
    fn a_printed_date_goes_before_the_rule() {
        let printed = vec![Printed { from: day(2020, 10, 1), due: day(2021, 1, 18) }];
        let due = Due::Every { rule: following(1, 15, Rolling::NextWorkingDay), printed };
        for (in_period, expected) in [
            (day(2020, 9, 30), day(2020, 10, 15)),
            (day(2020, 10, 1), day(2021, 1, 18)),
            (day(2020, 12, 31), day(2021, 1, 18)),
            (day(2021, 12, 1), day(2022, 1, 17)),
        ] {
            let period = Period::containing(in_period, Frequency::Quarter, 4);
            assert_eq!(due.due(&period, &working_days()), Some(expected), "{}", period.describe());
        }
        assert_eq!(due.before_meeting(day(2021, 1, 18), &working_days()), None);
    }

    #[test]
    fn the_working_day_before_a_meeting() {
        let due = Due::BeforeMeeting { working_days: 1 };
        for (meeting, expected) in [
            (day(2019, 1, 29), day(2019, 1, 28)),
            (day(2019, 1, 14), day(2019, 1, 11)),
            (day(2019, 1, 2), day(2018, 12, 31)),
            (day(2019, 4, 23), day(2019, 4, 18)),
        ] {
            assert_eq!(due.before_meeting(meeting, &working_days()), Some(expected), "{meeting}");
        }
        let period = Period::containing(day(2019, 1, 1), Frequency::Month, 4);
        assert_eq!((due.due(&period, &working_days()), due.stated(&period)), (None, None));
    }

    #[test]
    fn meetings_about_a_week_after() {
        for (due, days_after, meeting) in [
            (day(2025, 12, 14), 7, day(2025, 12, 22)),
            (day(2026, 3, 14), 7, day(2026, 3, 23)),
            (day(2026, 1, 14), 7, day(2026, 1, 21)),
            (day(2025, 12, 18), 7, day(2025, 12, 29)),
            (day(2026, 1, 14), 0, day(2026, 1, 14)),
        ] {
            assert_eq!(meeting_day(due, days_after, &working_days()), meeting);
        }
    }

    proptest! {
        #[test]
        fn the_last_weekday_is_in_the_last_week(offset in 0u64..12000, weekday in 0u8..7) {
            let weekday = Weekday::try_from(weekday).unwrap();
            let period = Period::containing(day(2000, 1, 1) + Days::new(offset), Frequency::Month, 4);
            let stated = DueRule::LastWeekday { weekday, rolling: Rolling::Stands }.stated(&period);
            prop_assert_eq!(stated.weekday(), weekday);
            prop_assert!(period.contains(stated) && period.to - stated < chrono::Duration::days(7));
        }
    }
}
