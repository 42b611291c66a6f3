//! Working days: Monday to Friday, bank holidays in England and Wales left out (rulebook 1).

use chrono::{Datelike, NaiveDate, Weekday};

use super::bank_holidays::BankHolidays;

/// Counts working days.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WorkingDays {
    holidays: BankHolidays,
}

impl WorkingDays {
    /// Counts with the given bank holidays.
    pub fn new(holidays: BankHolidays) -> Self {
        Self { holidays }
    }

    /// The bank holidays it counts with.
    pub fn holidays(&self) -> &BankHolidays {
        &self.holidays
    }

    /// Whether `day` is a working day.
    pub fn is_working_day(&self, day: NaiveDate) -> bool {
        !matches!(day.weekday(), Weekday::Sat | Weekday::Sun) && !self.holidays.is_holiday(day)
    }

    /// The `count`th working day after `day`: the first working day after it is day 1, whether or not `day` is one
    /// itself. A count of 0 is `day`.
    pub fn after(&self, day: NaiveDate, count: u32) -> NaiveDate {
        self.step(day, count, |date| date.succ_opt())
    }

    /// The `count`th working day before `day`: the first working day before it is day 1. A count of 0 is `day`.
    pub fn before(&self, day: NaiveDate, count: u32) -> NaiveDate {
        self.step(day, count, |date| date.pred_opt())
    }

    /// `day` itself when it is a working day, else the next one.
    pub fn on_or_after(&self, day: NaiveDate) -> NaiveDate {
        if self.is_working_day(day) { day } else { self.after(day, 1) }
    }

    /// Whether what was `done` came within `count` working days of `event`: on or before the last day allowed, and
    /// so also on the day of the event or before it.
    pub fn within(&self, event: NaiveDate, done: NaiveDate, count: u32) -> bool {
        done <= self.after(event, count)
    }

    /// Stops at the end of the calendar rather than failing there.
    fn step(&self, day: NaiveDate, count: u32, next: impl Fn(NaiveDate) -> Option<NaiveDate>) -> NaiveDate {
        let mut date = day;
        let mut left = count;
        while left > 0 {
            let Some(moved) = next(date) else { return date };
            date = moved;
            if self.is_working_day(date) {
                left -= 1;
            }
        }
        date
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use chrono::Days;
    use proptest::prelude::*;

    fn day(y: i32, m: u32, d: u32) -> NaiveDate {
        NaiveDate::from_ymd_opt(y, m, d).unwrap()
    }

    fn working_days() -> WorkingDays {
        WorkingDays::new(BankHolidays::england_and_wales(&[]).unwrap())
    }

    #[test]
    fn five_working_days_of_a_visit() {
        let days = working_days();
        for (visit, last) in [
            (day(2025, 12, 18), day(2025, 12, 29)),
            (day(2025, 12, 22), day(2025, 12, 31)),
            (day(2025, 12, 24), day(2026, 1, 5)),
            (day(2026, 4, 1), day(2026, 4, 10)),
            (day(2022, 9, 16), day(2022, 9, 26)),
        ] {
            assert_eq!(days.after(visit, 5), last, "{visit}");
            assert!(days.within(visit, last, 5));
            assert!(!days.within(visit, last + Days::new(1), 5));
            assert!(days.within(visit, visit, 5));
            assert!(days.within(visit, visit - Days::new(1), 5));
        }
    }

    #[test]
    fn counting_starts_beside_the_day() {
        let days = working_days();
        for (from, count, after, before) in [
            (day(2026, 1, 14), 0, day(2026, 1, 14), day(2026, 1, 14)),
            (day(2026, 1, 17), 0, day(2026, 1, 17), day(2026, 1, 17)),
            (day(2026, 1, 14), 1, day(2026, 1, 15), day(2026, 1, 13)),
            (day(2026, 1, 16), 1, day(2026, 1, 19), day(2026, 1, 15)),
            (day(2026, 1, 17), 1, day(2026, 1, 19), day(2026, 1, 16)),
            (day(2020, 5, 7), 1, day(2020, 5, 11), day(2020, 5, 6)),
            (day(2020, 5, 4), 1, day(2020, 5, 5), day(2020, 5, 1)),
            (day(2022, 6, 1), 1, day(2022, 6, 6), day(2022, 5, 31)),
        ] {
            assert_eq!(days.after(from, count), after, "{count} after {from}");
            assert_eq!(days.before(from, count), before, "{count} before {from}");
        }
    }

    #[test]
    fn a_day_that_is_none_moves_on() {
        let days = working_days();
        for (from, to) in [
            (day(2025, 12, 26), day(2025, 12, 29)),
            (day(2024, 3, 29), day(2024, 4, 2)),
            (day(2026, 1, 30), day(2026, 1, 30)),
            (day(2026, 6, 14), day(2026, 6, 15)),
        ] {
            assert_eq!(days.on_or_after(from), to);
        }
    }

    #[test]
    fn the_end_of_the_calendar_is_no_panic() {
        let days = working_days();
        assert_eq!(days.after(NaiveDate::MAX, 3), NaiveDate::MAX);
        assert_eq!(days.before(NaiveDate::MIN, 3), NaiveDate::MIN);
    }

    proptest! {
        #[test]
        fn after_and_before_undo_each_other(offset in 0u64..20000, count in 1u32..60) {
            let days = working_days();
            let from = days.on_or_after(day(2000, 1, 1) + Days::new(offset));
            prop_assert_eq!(days.before(days.after(from, count), count), from);
            prop_assert_eq!(days.after(days.before(from, count), count), from);
        }

        #[test]
        fn exactly_so_many_working_days_lie_between(offset in 0u64..20000, count in 1u32..60) {
            let days = working_days();
            let from = day(2000, 1, 1) + Days::new(offset);
            let to = days.after(from, count);
            let between = from.iter_days().skip(1).take_while(|date| *date <= to);
            prop_assert_eq!(between.filter(|date| days.is_working_day(*date)).count(), count as usize);
            prop_assert!(days.is_working_day(to));
        }
    }
}
