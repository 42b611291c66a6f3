//! One KPI red while the overall rating is better.

use serde::Deserialize;

use super::facts::{ConditionRule, Distance, Facts, Hit, RatingFact, said};
use super::{Family, RuleKind};
use crate::domain::escalation::Evidence;
use crate::domain::rating::Rating;

/// This rule kind.
pub static KIND: RuleKind = RuleKind {
    name: "kpi-red-within",
    family: Family::Condition,
    summary: "A KPI is red while the overall rating of the period is better.",
    documentation: "\
No settings.

Where the overall rating of the period is not known the condition is watched. KPIs the officer gave relief from do not count.

Example: `kpi-red-within = {}`",
};

/// The rule.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct KpiRedWithin {}

impl ConditionRule for KpiRedWithin {
    fn describe(&self) -> String {
        "a KPI is red while the overall rating of the period is green or amber".to_string()
    }

    fn hits(&self, facts: &Facts) -> Vec<Hit> {
        let mut hits = Vec::new();
        for overall in facts.overall.iter().filter(|overall| overall.rating != Rating::Red) {
            let mut evidence: Vec<Evidence> = facts
                .ratings
                .iter()
                .filter(|fact| fact.area.is_none() && fact.period == overall.period && fact.is_missed())
                .map(RatingFact::evidence)
                .collect();
            if evidence.is_empty() {
                continue;
            }
            evidence.push(said(overall.words.clone()));
            if overall.rating.is_judgement() {
                hits.push(Hit::met(overall.period, evidence));
            } else {
                let distance = "met unless the overall rating turns out red".to_string();
                hits.push(Hit::watched(overall.period, evidence, distance));
            }
        }
        hits
    }

    fn distance(&self, _: &Facts) -> Distance {
        Distance::said("any one KPI red while the overall rating is green or amber would meet it")
    }
}

#[cfg(test)]
mod tests {
    use super::super::facts::testing::{labels, months};
    use super::*;
    use crate::domain::escalation::EscalationStatus::{Triggered, Watch};
    use proptest::prelude::*;

    #[test]
    fn table_of_cases() {
        for (overall, kpi, relieved, expected) in [
            (Rating::Green, Rating::Red, false, vec![("2022-04".to_string(), Triggered)]),
            (Rating::Amber, Rating::Red, false, vec![("2022-04".to_string(), Triggered)]),
            (Rating::Red, Rating::Red, false, vec![]),
            (Rating::Green, Rating::Amber, false, vec![]),
            (Rating::Green, Rating::Red, true, vec![]),
            (Rating::Invalid, Rating::Red, false, vec![("2022-04".to_string(), Watch)]),
        ] {
            let mut case = months("G");
            case.overall[0].rating = overall;
            case.ratings[0].rating = kpi;
            case.ratings[0].relieved = relieved;
            assert_eq!(labels(&KpiRedWithin {}.hits(&case)), expected, "{overall:?} {kpi:?}");
        }
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(96))]

        /// A red KPI is told once: within a better whole, as part of a red one, or watched where the whole is not known.
        #[test]
        fn one_entry_for_each_month_with_a_red_kpi_outside_a_red_whole(letters in "[GARxi]{1,10}", red in prop::collection::vec(any::<bool>(), 10)) {
            let mut case = months(&letters);
            for (fact, red) in case.ratings.iter_mut().zip(&red) {
                fact.rating = if *red { Rating::Red } else { Rating::Green };
            }
            let expected: Vec<_> = letters
                .chars()
                .zip(&red)
                .zip(&case.overall)
                .filter(|((letter, red), _)| **red && *letter != 'R')
                .map(|((letter, _), overall)| {
                    (overall.period.label(), if "GA".contains(letter) { Triggered } else { Watch })
                })
                .collect();
            prop_assert_eq!(labels(&KpiRedWithin {}.hits(&case)), expected, "{}", letters);
        }
    }
}
