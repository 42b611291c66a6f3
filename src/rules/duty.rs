//! A duty to be done within so many months.

use chrono::{Months, NaiveDate};
use serde::Deserialize;

use super::facts::{ConditionRule, Distance, Facts, Hit, said};
use super::{Family, RuleKind};
use crate::domain::period::long_date;

/// This rule kind.
pub static KIND: RuleKind = RuleKind {
    name: "duty",
    family: Family::Condition,
    summary: "Something that was to be recorded within so many months is not.",
    documentation: "\
Settings: `notice`, the kind of notice that records it; `within-months`; `from`, `start` (the default) or `award` (the start \
where the award is not known).

The last day is the day before the same date so many months later: within 12 months of 1 September 2024 is by 31 August 2025. \
The condition holds in the review period that contains that day, once it has passed, and in every later one at whose end it is \
still not recorded.

Example: `duty = { notice = \"Quality mark achieved\", within-months = 12 }`",
};

/// What the months are counted from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum CountedFrom {
    /// The provider's contract start.
    #[default]
    Start,
    /// The award of the contract; its start where unknown.
    Award,
}

/// Settings of the rule.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Duty {
    /// Kind of notice that records it, as the register writes it.
    pub notice: String,
    /// Months allowed.
    pub within_months: u32,
    /// What they are counted from.
    #[serde(default)]
    pub from: CountedFrom,
}

impl Duty {
    /// The last day on time, inclusive.
    pub fn last_day(&self, start: NaiveDate, award: Option<NaiveDate>) -> NaiveDate {
        let from = match self.from {
            CountedFrom::Start => start,
            CountedFrom::Award => award.unwrap_or(start),
        };
        let after = from + Months::new(self.within_months);
        after.pred_opt().unwrap_or(after)
    }
}

impl ConditionRule for Duty {
    fn describe(&self) -> String {
        let from = match self.from {
            CountedFrom::Start => "the provider's start",
            CountedFrom::Award => "the award of the contract",
        };
        format!(
            "the register does not record “{}” within {} months of {from}",
            self.notice, self.within_months
        )
    }

    /// The review periods in which the duty is not done and its last day has passed.
    fn hits(&self, facts: &Facts) -> Vec<Hit> {
        let last = self.last_day(facts.start, facts.award);
        let done = facts.notices.iter().find(|notice| notice.kind == self.notice);
        let mut hits = Vec::new();
        if facts.as_of <= last {
            return hits;
        }
        for period in facts.periods.iter().filter(|period| period.to >= last) {
            let judged_on = period.to.min(facts.as_of);
            if done.is_some_and(|notice| notice.date <= judged_on.max(last)) {
                continue;
            }
            let mut hit = Hit::met(
                *period,
                vec![said(format!(
                    "“{}” is not recorded in the register by {}; it was due by {}.",
                    self.notice,
                    long_date(judged_on.max(last)),
                    long_date(last)
                ))],
            );
            hit.by = Some(last);
            hits.push(hit);
        }
        hits
    }

    fn distance(&self, facts: &Facts) -> Distance {
        let last = self.last_day(facts.start, facts.award);
        match facts.notices_of(&self.notice).next() {
            Some(done) => {
                Distance { steps: None, words: "done".into(), evidence: vec![said(done.words.clone())] }
            }
            None => Distance::steps(
                1,
                format!("“{}” not recorded by {} would meet it", self.notice, long_date(last)),
                Vec::new(),
            ),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::facts::testing::{facts, labels, notice};
    use super::*;

    #[test]
    fn table_of_cases() {
        let duty =
            Duty { notice: "Quality mark achieved".into(), within_months: 12, from: CountedFrom::Start };
        for (as_of, achieved, expected) in [
            ("2025-08-31", None, vec![]),
            ("2025-09-01", None, vec!["2024-25 Q4", "2025-26 Q1"]),
            ("2025-09-01", Some("2025-08-31"), vec![]),
            ("2025-09-01", Some("2025-09-01"), vec!["2024-25 Q4"]),
            ("2026-01-31", Some("2025-12-05"), vec!["2024-25 Q4", "2025-26 Q1"]),
        ] {
            let mut case = facts(as_of);
            case.notices = achieved.iter().map(|date| notice("Quality mark achieved", date)).collect();
            let found: Vec<_> = labels(&duty.hits(&case)).into_iter().map(|(label, _)| label).collect();
            assert_eq!(found, expected, "as of {as_of}, achieved {achieved:?}");
        }
    }

    #[test]
    fn months_are_counted_from_the_award_where_it_is_known() {
        let duty = Duty { notice: "x".into(), within_months: 12, from: CountedFrom::Award };
        let day = |text: &str| text.parse::<NaiveDate>().unwrap();
        assert_eq!(duty.last_day(day("2024-09-01"), Some(day("2024-06-15"))), day("2025-06-14"));
        assert_eq!(duty.last_day(day("2024-09-01"), None), day("2025-08-31"));
    }
}
