//! Events that were notified too late, or not at all.

use chrono::NaiveDate;
use serde::Deserialize;

use super::facts::{ConditionRule, Distance, Facts, Hit, said};
use super::{Family, RuleKind};
use crate::calendar::working_days::WorkingDays;
use crate::domain::period::long_date;

/// This rule kind.
pub static KIND: RuleKind = RuleKind {
    name: "event-notified-late",
    family: Family::Condition,
    summary: "An event was notified after the last day the contract allows, or not at all.",
    documentation: "\
No settings: the contract's `notifications` say by when each kind of event is to be notified, so many working days after it \
(notice in advance is in time) or before it.

The condition holds in the period in which it was notified, or in which the day after the last one allowed falls where it was \
not.

Example: `event-notified-late = {}`",
};

/// By when an event is to be notified.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Notify {
    /// In advance, or within so many working days after the event.
    WithinWorkingDaysAfter(u32),
    /// At least so many working days before the event.
    WorkingDaysBefore(u32),
}

impl Notify {
    /// The last day in time, inclusive.
    pub fn last_day(self, event: NaiveDate, days: &WorkingDays) -> NaiveDate {
        match self {
            Notify::WithinWorkingDaysAfter(count) => days.after(event, count),
            Notify::WorkingDaysBefore(count) => days.before(event, count),
        }
    }

    /// In words: `in advance or within 5 working days after`.
    pub fn describe(self) -> String {
        match self {
            Notify::WithinWorkingDaysAfter(1) => "within 1 working day".to_string(),
            Notify::WithinWorkingDaysAfter(count) => format!("in advance, or within {count} working days"),
            Notify::WorkingDaysBefore(count) => format!("at least {count} working days before"),
        }
    }
}

/// The rule.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct EventNotifiedLate {}

impl ConditionRule for EventNotifiedLate {
    fn describe(&self) -> String {
        "an event is notified after the last day the contract allows, or not at all".to_string()
    }

    fn hits(&self, facts: &Facts) -> Vec<Hit> {
        facts
            .notifications
            .iter()
            .filter(|fact| fact.late)
            .map(|fact| Hit::met_on(fact.on, vec![said(fact.words.clone())]))
            .collect()
    }

    fn distance(&self, facts: &Facts) -> Distance {
        let open = facts.notifications.iter().filter(|fact| !fact.late && fact.on > facts.as_of);
        match open.min_by_key(|fact| fact.last_day) {
            Some(fact) => Distance::steps(
                1,
                format!("not notified by {} would meet it", long_date(fact.last_day)),
                vec![said(fact.words.clone())],
            ),
            None => Distance::said("any event notified late would meet it"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::facts::NotificationFact;
    use super::super::facts::testing::facts;
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn an_event_still_to_be_notified_is_one_step_away_and_not_told_of_earlier() {
        let mut case = facts("2025-06-10");
        case.notifications.push(NotificationFact {
            kind: "Change".into(),
            on: "2025-06-17".parse().unwrap(),
            late: false,
            last_day: "2025-06-16".parse().unwrap(),
            words: "Change".into(),
        });
        let period = *case.periods.last().unwrap();
        let now = case.until(period.to, case.as_of);
        assert_eq!(EventNotifiedLate {}.distance(&now).words, "not notified by 16 June 2025 would meet it");
        let before = case.until(period.previous().to, period.previous().to);
        assert_eq!(EventNotifiedLate {}.distance(&before).steps, None);
    }

    #[test]
    fn the_last_day_allowed() {
        let days = facts("2026-01-01").working_days;
        for (notify, event, last) in [
            (Notify::WithinWorkingDaysAfter(5), "2025-12-18", "2025-12-29"),
            (Notify::WithinWorkingDaysAfter(1), "2025-12-24", "2025-12-29"),
            (Notify::WithinWorkingDaysAfter(1), "2025-11-14", "2025-11-17"),
            (Notify::WorkingDaysBefore(30), "2026-03-31", "2026-02-17"),
            (Notify::WorkingDaysBefore(1), "2025-12-29", "2025-12-24"),
        ] {
            assert_eq!(
                notify.last_day(event.parse().unwrap(), &days),
                last.parse().unwrap(),
                "{notify:?} {event}"
            );
        }
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(64))]

        #[test]
        fn so_many_working_days_lie_between_the_event_and_the_last_day(offset in 0u64..1400, count in 1u32..35) {
            let days = facts("2026-01-01").working_days;
            let event = "2023-01-01".parse::<NaiveDate>().unwrap() + chrono::Days::new(offset);
            let after = Notify::WithinWorkingDaysAfter(count).last_day(event, &days);
            let before = Notify::WorkingDaysBefore(count).last_day(event, &days);
            let worked = |from: NaiveDate, to: NaiveDate| {
                from.iter_days().take_while(|day| *day <= to).filter(|day| days.is_working_day(*day)).count()
            };
            let next = event + chrono::Days::new(1);
            let previous = event - chrono::Days::new(1);
            prop_assert_eq!(worked(next, after), usize::try_from(count).unwrap());
            prop_assert_eq!(worked(before, previous), usize::try_from(count).unwrap());
            prop_assert!(days.is_working_day(after) && days.is_working_day(before));
        }
    }
}
