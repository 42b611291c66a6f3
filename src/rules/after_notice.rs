//! What follows from a notice by itself, and by when.

use serde::Deserialize;

use super::facts::{ConditionRule, Distance, Facts, Hit, said};
use super::{Family, RuleKind};

/// This rule kind.
pub static KIND: RuleKind = RuleKind {
    name: "after-notice",
    family: Family::Condition,
    summary: "A notice of one kind was served; something follows, perhaps within so many working days.",
    documentation: "\
Settings: `kind` of notice, as the register writes it; `within-working-days` of the day it was received, where the contract says \
so (the first working day after it is day 1); `done-by`, the kind of notice that records that it was done.

The condition holds in the period that contains the notice. The date to act by is given; where it was done, the evidence says \
when.

Example: `after-notice = { kind = \"Formal warning\", within-working-days = 10, done-by = \"Improvement plan\" }`",
};

/// Settings of the rule.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct AfterNotice {
    /// Kind of notice, as the register writes it.
    pub kind: String,
    /// Working days allowed from the day it was received.
    pub within_working_days: Option<u32>,
    /// Kind of notice that records that it was done.
    pub done_by: Option<String>,
}

impl ConditionRule for AfterNotice {
    fn describe(&self) -> String {
        let mut words = format!("the register records “{}”", self.kind);
        if let Some(days) = self.within_working_days {
            words.push_str(&format!("; what follows is due within {days} working days of it"));
        }
        if let Some(done) = &self.done_by {
            words.push_str(&format!("; it is done once the register records “{done}”"));
        }
        words
    }

    fn hits(&self, facts: &Facts) -> Vec<Hit> {
        facts
            .notices_of(&self.kind)
            .map(|notice| {
                let mut evidence = vec![said(notice.words.clone())];
                let done = self
                    .done_by
                    .as_deref()
                    .and_then(|kind| facts.notices_of(kind).find(|other| other.date >= notice.date));
                evidence.extend(done.map(|done| said(done.words.clone())));
                let hit = Hit { settled: done.is_some(), ..Hit::met_on(notice.date, evidence) };
                match self.within_working_days {
                    Some(days) => hit.by(facts.working_days.after(notice.date, days)),
                    None => hit,
                }
            })
            .collect()
    }

    fn distance(&self, _: &Facts) -> Distance {
        Distance::steps(1, format!("a {} would meet it", self.kind.to_lowercase()), Vec::new())
    }
}

#[cfg(test)]
mod tests {
    use super::super::facts::testing::{months, notice};
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn ten_working_days_of_a_warning() {
        let rule = AfterNotice {
            kind: "Formal warning".into(),
            within_working_days: Some(10),
            done_by: Some("Improvement plan".into()),
        };
        for (received, by) in
            [("2023-01-10", "2023-01-24"), ("2023-04-03", "2023-04-19"), ("2022-12-16", "2023-01-04")]
        {
            let mut case = months("GG");
            case.notices.push(notice("Formal warning", received));
            let hits = rule.hits(&case);
            assert_eq!(hits[0].by, Some(by.parse().unwrap()), "{received}");
            assert_eq!(hits[0].evidence.len(), 1);
            case.notices.push(notice("Improvement plan", by));
            let hit = &rule.hits(&case)[0];
            assert_eq!((hit.evidence.len(), hit.settled), (2, true));
        }
        assert!(rule.hits(&months("GG")).is_empty());
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(64))]

        #[test]
        fn the_date_to_act_by_is_the_tenth_working_day_after(offset in 0u64..700) {
            let rule = AfterNotice { kind: "Formal warning".into(), within_working_days: Some(10), done_by: None };
            let received = "2022-04-01".parse::<chrono::NaiveDate>().unwrap() + chrono::Days::new(offset);
            let mut case = months("GG");
            case.notices.push(notice("Formal warning", &received.to_string()));
            let by = rule.hits(&case)[0].by.unwrap();
            let worked = received.iter_days().skip(1).take_while(|day| *day <= by);
            prop_assert!(case.working_days.is_working_day(by));
            prop_assert_eq!(worked.filter(|day| case.working_days.is_working_day(*day)).count(), 10);
        }
    }
}
