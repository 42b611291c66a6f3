//! Shares counted from the records of a log: how many of the records that belong to the period meet a condition.

use chrono::{Duration, NaiveDate};
use serde::Deserialize;

use super::columns::Columns;
use super::{Family, RuleKind};
use crate::calendar::working_days::WorkingDays;
use crate::domain::answer::Answer;

/// Within so many calendar days.
pub static WITHIN_DAYS: RuleKind = RuleKind {
    name: "within-days",
    family: Family::Measure,
    summary: "A record counts when a second date is no more than so many calendar days after a first.",
    documentation: "\
Settings: `days`; `from` and `to`, the log's date columns. `to` may name several, all of which must be in time.

The day after `from` is day 1. A blank second date counts as not done, unless the last day on time had not passed when the \
return was received: then the record is pending, outside the share, and named.

Example: `met = { within-days = { days = 2, from = \"received\", to = \"contacted\" } }`",
};

/// Within so many working days.
pub static WITHIN_WORKING_DAYS: RuleKind = RuleKind {
    name: "within-working-days",
    family: Family::Measure,
    summary: "A record counts when a second date is no more than so many working days after a first.",
    documentation: "\
Settings: `days`; `from` and `to`, the log's date columns. `to` may name several, all of which must be in time.

The first working day after `from` is day 1; weekends and bank holidays in England and Wales are left out. A blank second \
date is treated as for `within-days`.

Example: `met = { within-working-days = { days = 2, from = \"received\", to = \"allocated\" } }`",
};

/// Answered yes.
pub static YES: RuleKind = RuleKind {
    name: "yes",
    family: Family::Measure,
    summary: "A record counts when a column says yes.",
    documentation: "\
Settings: `column`; `dated`, a date column that says yes as well where `column` is blank.

No, a blank cell and a drop-down left untouched count as not met; anything else cannot be read and is a finding.

Example: `met = { yes = { column = \"user-feedback\" } }`",
};

/// When a record meets the measure.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub enum Met {
    /// Second date within calendar days of the first.
    WithinDays(Within),
    /// Second date within working days of the first.
    WithinWorkingDays(Within),
    /// A column says yes.
    Yes(Yes),
}

/// Settings of the two date rules.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Within {
    /// Days allowed.
    pub days: u32,
    /// Column of the first date.
    pub from: String,
    /// Column of the second date, or several that must all be in time.
    pub to: Columns,
}

/// Settings of `yes`.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Yes {
    /// The column.
    pub column: String,
    /// A date column that says yes as well where the column is blank; a date beside a No cannot be told.
    pub dated: Option<String>,
}

impl Yes {
    fn is_dated<'a>(&self, field: impl Fn(&str) -> &'a Answer) -> bool {
        self.dated.as_ref().is_some_and(|id| matches!(field(id), Answer::Date(_)))
    }
}

/// What one record comes to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Outcome {
    /// Counts in numerator and denominator.
    Met,
    /// Counts in the denominator.
    NotMet,
    /// Outside the share: its last day on time, given here, had not passed when the return was received.
    Pending(NaiveDate),
    /// Cannot be told: an entry it depends on cannot be read.
    Unknown,
}

impl Met {
    /// The columns the rule reads.
    pub fn columns(&self) -> Vec<&str> {
        match self {
            Met::WithinDays(within) | Met::WithinWorkingDays(within) => {
                std::iter::once(within.from.as_str()).chain(within.to.names()).collect()
            }
            Met::Yes(yes) => yes.dated.iter().chain([&yes.column]).map(String::as_str).collect(),
        }
    }

    /// Judges one record. `field` gives its entries by column; `received` is when the return came in.
    pub fn judge<'a>(
        &self,
        field: impl Fn(&str) -> &'a Answer,
        received: NaiveDate,
        working_days: &WorkingDays,
    ) -> Outcome {
        match self {
            Met::Yes(yes) => match field(&yes.column) {
                Answer::Yes => Outcome::Met,
                Answer::No if yes.is_dated(&field) => Outcome::Unknown,
                Answer::Blank | Answer::Unanswered if yes.is_dated(&field) => Outcome::Met,
                Answer::No
                | Answer::Blank
                | Answer::Unanswered
                | Answer::NotApplicable
                | Answer::NotRecorded => Outcome::NotMet,
                _ => Outcome::Unknown,
            },
            Met::WithinDays(within) => {
                let last = |day: NaiveDate| day + Duration::days(i64::from(within.days));
                worst(within, |to| judge_dates(field(&within.from), field(to), within.days, last, received))
            }
            Met::WithinWorkingDays(within) => {
                let last = |day: NaiveDate| working_days.after(day, within.days);
                worst(within, |to| judge_dates(field(&within.from), field(to), within.days, last, received))
            }
        }
    }
}

/// What a record comes to that must meet several dates: late in one is late.
fn worst(within: &Within, judge: impl Fn(&str) -> Outcome) -> Outcome {
    let severity = |outcome: &Outcome| match outcome {
        Outcome::Met => 0,
        Outcome::Pending(_) => 1,
        Outcome::Unknown => 2,
        Outcome::NotMet => 3,
    };
    within.to.names().map(judge).max_by_key(severity).unwrap_or(Outcome::Unknown)
}

fn judge_dates(
    from: &Answer,
    to: &Answer,
    days: u32,
    last_day: impl Fn(NaiveDate) -> NaiveDate,
    received: NaiveDate,
) -> Outcome {
    let Some(from) = from.date() else { return Outcome::Unknown };
    // The last day is so many days on at the least, whichever days are counted: most need not be counted.
    let is_soon = |done: NaiveDate| done >= from && (done - from).num_days() <= i64::from(days);
    if to.date().is_some_and(is_soon) {
        return Outcome::Met;
    }
    let last = last_day(from);
    match to {
        Answer::Date(done) if *done < from => Outcome::Unknown,
        Answer::Date(done) if *done <= last => Outcome::Met,
        Answer::Date(_) => Outcome::NotMet,
        Answer::Blank | Answer::NotApplicable | Answer::NotRecorded if last > received => {
            Outcome::Pending(last)
        }
        Answer::Blank | Answer::NotApplicable | Answer::NotRecorded => Outcome::NotMet,
        _ => Outcome::Unknown,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::calendar::bank_holidays::BankHolidays;
    use proptest::prelude::*;

    fn working_days() -> WorkingDays {
        WorkingDays::new(BankHolidays::england_and_wales(&[]).unwrap())
    }

    fn on(text: &str) -> Answer {
        if text.is_empty() { Answer::Blank } else { Answer::Date(text.parse().unwrap()) }
    }

    #[test]
    fn table_of_cases() {
        let working = "within-working-days = { days = 2, from = 'a', to = 'b' }";
        let calendar = "within-days = { days = 2, from = 'a', to = 'b' }";
        for (rule, from, to, received, outcome) in [
            // Thursday: Friday and Monday are days 1 and 2.
            (working, "2025-10-02", "2025-10-06", "2025-12-12", Outcome::Met),
            (working, "2025-10-02", "2025-10-07", "2025-12-12", Outcome::NotMet),
            (working, "2025-10-02", "2025-10-02", "2025-12-12", Outcome::Met),
            // Christmas and Boxing Day 2025 are left out, and the weekend after.
            (working, "2025-12-24", "2025-12-30", "2026-03-12", Outcome::Met),
            (working, "2025-12-24", "2025-12-31", "2026-03-12", Outcome::NotMet),
            (calendar, "2025-10-02", "2025-10-04", "2025-12-12", Outcome::Met),
            (calendar, "2025-10-02", "2025-10-05", "2025-12-12", Outcome::NotMet),
            (calendar, "2025-12-24", "2025-12-26", "2026-03-12", Outcome::Met),
            (working, "2025-10-02", "", "2025-12-12", Outcome::NotMet),
            (working, "2025-10-02", "", "2025-10-06", Outcome::NotMet),
            (working, "2025-10-02", "", "2025-10-05", Outcome::Pending("2025-10-06".parse().unwrap())),
            (working, "2025-10-02", "2025-10-01", "2025-12-12", Outcome::Unknown),
            (working, "", "2025-10-01", "2025-12-12", Outcome::Unknown),
        ] {
            let rule: toml::Table = toml::from_str(rule).unwrap();
            let met: Met = rule.try_into().unwrap();
            let (from, to) = (on(from), on(to));
            let judged = met.judge(
                |column| if column == "a" { &from } else { &to },
                received.parse().unwrap(),
                &working_days(),
            );
            assert_eq!(judged, outcome, "{met:?} {from:?} {to:?} received {received}");
        }
    }

    #[test]
    fn several_dates_must_all_be_in_time() {
        let rule: toml::Table =
            toml::from_str("within-working-days = { days = 5, from = 'visit', to = ['council', 'ofsted'] }")
                .unwrap();
        let met: Met = rule.try_into().unwrap();
        let pending = Outcome::Pending("2025-12-29".parse().unwrap());
        for (council, ofsted, received, outcome) in [
            ("2025-12-29", "2025-12-29", "2026-01-05", Outcome::Met),
            ("2025-12-29", "2025-12-30", "2026-01-05", Outcome::NotMet),
            ("2025-12-30", "2025-12-29", "2026-01-05", Outcome::NotMet),
            ("2025-12-22", "", "2025-12-24", pending),
            ("", "", "2025-12-24", pending),
            ("2025-12-22", "", "2025-12-29", Outcome::NotMet),
            ("2025-12-30", "", "2025-12-24", Outcome::NotMet),
            ("2025-12-17", "2025-12-22", "2026-01-05", Outcome::Unknown),
        ] {
            let (visit, council, ofsted) = (on("2025-12-18"), on(council), on(ofsted));
            let judged = met.judge(
                |column| match column {
                    "visit" => &visit,
                    "council" => &council,
                    _ => &ofsted,
                },
                received.parse().unwrap(),
                &working_days(),
            );
            assert_eq!(judged, outcome, "{council:?} {ofsted:?} received {received}");
        }
    }

    #[test]
    fn yes_is_yes_and_blank_is_not() {
        let met = Met::Yes(Yes { column: "a".into(), dated: None });
        let unreadable = Answer::Unreadable { found: "maybe".into(), why: "neither yes nor no".into() };
        for (answer, outcome) in [
            (Answer::Yes, Outcome::Met),
            (Answer::No, Outcome::NotMet),
            (Answer::Blank, Outcome::NotMet),
            (unreadable, Outcome::Unknown),
            (Answer::Unanswered, Outcome::NotMet),
        ] {
            assert_eq!(met.judge(|_| &answer, "2026-01-01".parse().unwrap(), &working_days()), outcome);
        }
        let dated = Met::Yes(Yes { column: "a".into(), dated: Some("b".into()) });
        for (answer, date, outcome) in [
            (Answer::Yes, "", Outcome::Met),
            (Answer::Blank, "2025-12-01", Outcome::Met),
            (Answer::Blank, "", Outcome::NotMet),
            (Answer::No, "2025-12-01", Outcome::Unknown),
            (Answer::No, "", Outcome::NotMet),
        ] {
            let date = on(date);
            let field = |column: &str| if column == "a" { &answer } else { &date };
            assert_eq!(dated.judge(field, "2026-01-01".parse().unwrap(), &working_days()), outcome);
        }
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(64))]

        #[test]
        fn in_time_up_to_the_last_day_and_pending_only_before_it(offset in 0i64..1400, later in 0i64..14, received in 0i64..14) {
            let days = working_days();
            let met = Met::WithinWorkingDays(Within { days: 5, from: "a".into(), to: Columns::One("b".into()) });
            let visit = "2023-01-01".parse::<NaiveDate>().unwrap() + Duration::days(offset);
            let last = days.after(visit, 5);
            let (done, received) = (visit + Duration::days(later), visit + Duration::days(received));
            let judge = |to: Answer| {
                let from = Answer::Date(visit);
                met.judge(|column| if column == "a" { &from } else { &to }, received, &days)
            };
            prop_assert_eq!(judge(Answer::Date(done)), if done <= last { Outcome::Met } else { Outcome::NotMet });
            let open = if received < last { Outcome::Pending(last) } else { Outcome::NotMet };
            prop_assert_eq!(judge(Answer::Blank), open);
        }
    }
}
