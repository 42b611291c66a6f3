//! When something is due.

use chrono::{Days, NaiveDate};
use serde::Deserialize;

use super::{Family, RuleKind};

/// A day of a month after the period.
pub static DAY_OF_FOLLOWING_MONTH: RuleKind = RuleKind {
    name: "day-of-following-month",
    family: Family::Due,
    summary: "A return is due on a day of a month after its period.",
    documentation: "\
Settings: `day`, 1 to 31 (in a shorter month its last day); `months`, how many months after the period's last month (1 when left \
out); `roll`, whether a day that is no working day moves to the next one (it stands when left out).

Example: `due = { day-of-following-month = { day = 15, roll = true } }`",
};

/// The last such weekday of the period.
pub static LAST_WEEKDAY: RuleKind = RuleKind {
    name: "last-weekday",
    family: Family::Due,
    summary: "A return is due on the last such weekday of its period's last month.",
    documentation: "\
Settings: `weekday`; `roll`, whether a bank holiday moves it to the next working day.

Example: `due = { last-weekday = { weekday = \"Friday\", roll = true } }`",
};

/// Working days after an event.
pub static WITHIN_WORKING_DAYS_AFTER: RuleKind = RuleKind {
    name: "within-working-days-after",
    family: Family::Due,
    summary: "An event is notified in advance or within so many working days after it.",
    documentation: "\
Settings: the number. The first working day after the event is day 1.

Example: `notify = { within-working-days-after = 5 }`",
};

/// Working days before an event.
pub static WORKING_DAYS_BEFORE: RuleKind = RuleKind {
    name: "working-days-before",
    family: Family::Due,
    summary: "An event is notified at least so many working days before it.",
    documentation: "\
Settings: the number. The first working day before the event is day 1.

Example: `notify = { working-days-before = 30 }`",
};

/// Days before a meeting.
pub static BEFORE_MEETING: RuleKind = RuleKind {
    name: "days-before",
    family: Family::Due,
    summary: "Something is due so many calendar days before a meeting of the register.",
    documentation:
        "\
Settings of an item of the meeting's `before`: `days`, `what`, `clause`.

Example: `before = [{ days = 7, what = \"Last day to ask the provider for information\", clause = \"7.7\" }]`",
};

/// Something due before a meeting.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct BeforeMeeting {
    /// Calendar days before.
    pub days: u64,
    /// What is due, in words.
    pub what: String,
    /// Clause.
    pub clause: String,
}

impl BeforeMeeting {
    /// The last day, inclusive.
    pub fn day(&self, meeting: NaiveDate) -> NaiveDate {
        meeting.checked_sub_days(Days::new(self.days)).unwrap_or(meeting)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_before_a_meeting() {
        for (days, day) in [(7, "2026-06-03"), (2, "2026-06-08"), (0, "2026-06-10")] {
            let rule = BeforeMeeting { days, what: String::new(), clause: String::new() };
            assert_eq!(rule.day("2026-06-10".parse().unwrap()), day.parse::<NaiveDate>().unwrap());
        }
    }
}
