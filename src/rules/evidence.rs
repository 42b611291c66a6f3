//! Evidence behind a “Yes”: dates of issue, dates of expiry, amounts, and further answers.

use chrono::{Months, NaiveDate};
use serde::Deserialize;

use super::figure::Bound;
use super::{Family, RuleKind};
use crate::domain::answer::Answer;
use crate::domain::period::long_date;
use crate::domain::quantity::{Quantity, Unit, show};

/// Yes or no, with what bears it out.
pub static YES_NO: RuleKind = RuleKind {
    name: "certified",
    family: Family::Rating,
    summary: "Yes is green and No is red; a Yes that its evidence contradicts is red as well.",
    documentation: "\
Settings: `table` and `answers`, the rows whose answers must all be yes; `evidence`, cells that bear them out: a `column` of a `row` \
of the same table, or of every record of another `table`; what it `proves`; `where`, a yes-or-no column: only records that say \
yes need it; `may-be-blank`, where a blank needs no question; `may-not-apply`, where “not applicable” is a full answer.

A No is red without a finding. Evidence that contradicts a Yes is an error at its cell and counts as not met; a blank where the \
form asks for one is a warning at the blank cell, and so is “not applicable” unless the evidence `may-not-apply`. “Not applicable” is a full answer where the row allows it.

Example: `certified = { table = \"certification/questions\", answers = [\"3\"], evidence = [{ table = \"certification/services\", column = \
\"gas\", proves = { issued-within = { months = 12 } } }] }`",
};

/// Issued, tested or reviewed no longer ago than so many months.
pub static ISSUED_WITHIN: RuleKind = RuleKind {
    name: "issued-within",
    family: Family::Evidence,
    summary: "A date of issue, test or review lies no longer before the certification than so many months.",
    documentation: "\
Settings: `months`.

The day itself counts: certified on 1 May 2026, 1 May 2025 lies within 12 months and 30 April 2025 does not. A date after the \
certification is no evidence of it.

Example: `{ table = \"certification/services\", column = \"gas\", proves = { issued-within = { months = 12 } } }`",
};

/// Not expired on the certification date.
pub static NOT_EXPIRED: RuleKind = RuleKind {
    name: "not-expired",
    family: Family::Evidence,
    summary: "A date of expiry lies on or after the certification.",
    documentation: "\
No settings.

What expires on the day of the certification is still valid on it.

Example: `{ row = \"1a\", column = \"date\", proves = \"not-expired\" }`",
};

/// At least so much.
pub static AT_LEAST: RuleKind = RuleKind {
    name: "amount-at-least",
    family: Family::Evidence,
    summary: "An amount is at least so much.",
    documentation: "\
Settings: the amount in pounds.

Example: `{ row = \"1a\", column = \"amount\", proves = { amount-at-least = 10000000 } }`",
};

/// Another answer says yes.
pub static SAYS_YES: RuleKind = RuleKind {
    name: "says-yes",
    family: Family::Evidence,
    summary: "Another answer, such as one for each service, says yes as well.",
    documentation: "\
No settings. A No contradicts; “not applicable” does not.

Example: `{ table = \"certification/services\", column = \"checklist\", proves = \"says-yes\" }`",
};

/// Dated on or before the certification.
pub static DATED: RuleKind = RuleKind {
    name: "dated",
    family: Family::Evidence,
    summary: "A date lies on or before the certification, however long ago.",
    documentation: "\
No settings.

Example: `{ table = \"certification/services\", column = \"pat\", proves = \"dated\", may-be-blank = true }`",
};

/// What a cell of evidence has to show.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Proves {
    /// Issued, tested or reviewed within so many months before the certification.
    IssuedWithin(IssuedWithin),
    /// Not expired on the day of the certification.
    NotExpired,
    /// Pounds, at least so many.
    AmountAtLeast(Bound),
    /// Yes.
    SaysYes,
    /// Dated on or before the certification.
    Dated,
}

/// Settings of `issued-within`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct IssuedWithin {
    /// Months before the certification, the first day included.
    pub months: u32,
}

/// What a cell of evidence comes to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Shown {
    /// It bears the answer out.
    Proven,
    /// It contradicts the answer; why, in words.
    Contradicts(String),
    /// Nothing is given.
    Missing,
    /// It says that it does not apply.
    NotApplicable,
    /// It cannot be read, which is a finding of its own.
    Unreadable,
}

impl Proves {
    /// Whether the evidence has an age or a date of expiry, for which the day of the certification must be known.
    pub fn needs_day(self) -> bool {
        matches!(self, Proves::IssuedWithin(_) | Proves::NotExpired | Proves::Dated)
    }

    /// In words, of what is asked for: `issued in the last 12 months`.
    pub fn describe(self) -> String {
        match self {
            Proves::IssuedWithin(within) => format!("dated in the last {} months", within.months),
            Proves::NotExpired => "not expired".into(),
            Proves::AmountAtLeast(bound) => format!("at least {}", show(bound.value, Unit::Pounds, &[])),
            Proves::SaysYes => "answered yes".into(),
            Proves::Dated => "dated".into(),
        }
    }

    /// Judges one cell on the day of the certification.
    pub fn judge(self, answer: &Answer, day: NaiveDate) -> Shown {
        match (self, answer) {
            (_, Answer::Blank | Answer::Unanswered | Answer::NotRecorded) => Shown::Missing,
            (_, Answer::NotApplicable) => Shown::NotApplicable,
            (Proves::SaysYes, Answer::Yes) => Shown::Proven,
            (Proves::SaysYes, Answer::No) => Shown::Contradicts("here the answer is no".into()),
            (Proves::AmountAtLeast(least), answer) => match answer.number() {
                Some(value) if value >= least.value => Shown::Proven,
                Some(value) => Shown::Contradicts(below(value, least.value)),
                None => Shown::Unreadable,
            },
            (Proves::IssuedWithin(_) | Proves::NotExpired | Proves::Dated, Answer::Date(date)) => {
                self.judge_date(*date, day)
            }
            _ => Shown::Unreadable,
        }
    }

    fn judge_date(self, date: NaiveDate, day: NaiveDate) -> Shown {
        let (date_words, day_words) = (long_date(date), long_date(day));
        match self {
            Proves::NotExpired if date >= day => Shown::Proven,
            Proves::NotExpired => Shown::Contradicts(format!(
                "expired on {date_words}, before the certification on {day_words}"
            )),
            _ if date > day => {
                Shown::Contradicts(format!("dated {date_words}, after the certification on {day_words}"))
            }
            Proves::IssuedWithin(within)
                if day.checked_sub_months(Months::new(within.months)).is_some_and(|first| date < first) =>
            {
                Shown::Contradicts(format!(
                    "dated {date_words}, more than {} months before the certification on {day_words}",
                    within.months
                ))
            }
            _ => Shown::Proven,
        }
    }
}

fn below(value: Quantity, least: Quantity) -> String {
    format!("{} is below {}", show(value, Unit::Pounds, &[]), show(least, Unit::Pounds, &[]))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    fn date(text: &str) -> Answer {
        Answer::Date(day(text))
    }

    const YEAR: Proves = Proves::IssuedWithin(IssuedWithin { months: 12 });
    const FIVE_YEARS: Proves = Proves::IssuedWithin(IssuedWithin { months: 60 });

    #[test]
    fn table_of_cases() {
        let ten_million = Proves::AmountAtLeast(Bound { value: 10_000_000.into(), percent: false });
        let amount = |value: i64| Answer::Number(value.into());
        for (proves, answer, expected) in [
            (YEAR, date("2025-05-01"), "proven"),
            (YEAR, date("2025-04-30"), "contradicts"),
            (YEAR, date("2026-05-01"), "proven"),
            (YEAR, date("2026-05-02"), "contradicts"),
            (FIVE_YEARS, date("2021-05-01"), "proven"),
            (FIVE_YEARS, date("2021-04-30"), "contradicts"),
            (Proves::NotExpired, date("2026-05-01"), "proven"),
            (Proves::NotExpired, date("2026-04-30"), "contradicts"),
            (Proves::Dated, date("2016-04-30"), "proven"),
            (Proves::Dated, date("2026-05-02"), "contradicts"),
            (ten_million, amount(10_000_000), "proven"),
            (ten_million, amount(9_999_999), "contradicts"),
            (ten_million, Answer::Text("enough".into()), "unreadable"),
            (Proves::SaysYes, Answer::Yes, "proven"),
            (Proves::SaysYes, Answer::No, "contradicts"),
            (Proves::SaysYes, Answer::Text("mostly".into()), "unreadable"),
            (YEAR, Answer::Blank, "missing"),
            (YEAR, Answer::NotApplicable, "not applicable"),
            (YEAR, Answer::Number(1.into()), "unreadable"),
        ] {
            let found = match proves.judge(&answer, day("2026-05-01")) {
                Shown::Proven => "proven",
                Shown::Contradicts(_) => "contradicts",
                Shown::Missing => "missing",
                Shown::NotApplicable => "not applicable",
                Shown::Unreadable => "unreadable",
            };
            assert_eq!(found, expected, "{proves:?} {answer:?}");
        }
    }

    #[test]
    fn more_months_than_the_calendar_has_are_no_limit() {
        let ever = Proves::IssuedWithin(IssuedWithin { months: u32::MAX });
        assert_eq!(ever.judge(&date("1990-01-01"), day("2026-05-01")), Shown::Proven);
    }

    #[test]
    fn months_over_leap_days() {
        for (proves, date, certified, counts) in [
            (YEAR, "2023-02-28", "2024-02-29", true),
            (YEAR, "2023-02-27", "2024-02-29", false),
            (YEAR, "2024-02-29", "2025-02-28", true),
            (YEAR, "2024-02-28", "2025-02-28", true),
            (YEAR, "2024-02-27", "2025-02-28", false),
            (YEAR, "2024-03-01", "2025-03-01", true),
            (YEAR, "2024-02-29", "2025-03-01", false),
            (FIVE_YEARS, "2020-02-29", "2025-02-28", true),
            (FIVE_YEARS, "2020-02-29", "2025-03-01", false),
            (FIVE_YEARS, "2019-02-28", "2024-02-29", true),
            (FIVE_YEARS, "2019-02-27", "2024-02-29", false),
        ] {
            let proven = proves.judge(&self::date(date), day(certified)) == Shown::Proven;
            assert_eq!(proven, counts, "{date} on {certified}");
        }
    }

    proptest! {
        #[test]
        fn what_is_proven_stays_proven_a_day_younger(days in 0i64..2000) {
            let on = day("2026-05-01");
            let older = on - chrono::Duration::days(days + 1);
            let newer = on - chrono::Duration::days(days);
            if YEAR.judge(&Answer::Date(older), on) == Shown::Proven {
                prop_assert_eq!(YEAR.judge(&Answer::Date(newer), on), Shown::Proven);
            }
        }
    }
}
