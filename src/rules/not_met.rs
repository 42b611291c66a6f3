//! A standard not met: answered no, a local target missed, or contradicted by its own evidence.

use serde::Deserialize;

use super::facts::{ConditionRule, Distance, Facts, Hit, RatingFact};
use super::{Family, RuleKind};
use crate::domain::rating::Rating;

/// This rule kind.
pub static KIND: RuleKind = RuleKind {
    name: "not-met",
    family: Family::Condition,
    summary: "A standard is not met by the provider's own answer or a local target, or its “Yes” is contradicted by the evidence.",
    documentation: "\
Settings: `because`, `answer` (a plain No, or a local target missed) or `evidence` (a “Yes” that the evidence contradicts).

A local target stands for the standard where the contract names none: it is that of a KPI with `local = true`, and missed when the \
figure is red. A target or band of the contract's own is not meant: what follows from it has conditions of its own.

Reliefs do not count. The newest readable version of the return decides.

Example: `not-met = { because = \"evidence\" }`",
};

/// Why a standard is not met.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Because {
    /// The provider says so, or the figure misses a local target.
    Answer,
    /// The evidence contradicts the provider's “Yes”.
    Evidence,
}

/// Settings of the rule.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct NotMet {
    /// Why.
    pub because: Because,
}

impl NotMet {
    fn is_about(&self, fact: &RatingFact) -> bool {
        let own = match self.because {
            Because::Answer => fact.not_met,
            Because::Evidence => fact.contradicted,
        };
        own && fact.rating == Rating::Red && fact.area.is_none() && !fact.relieved
    }
}

impl ConditionRule for NotMet {
    fn describe(&self) -> String {
        match self.because {
            Because::Answer => "a standard is answered No, or a local target is missed",
            Because::Evidence => "a “Yes” is contradicted by its own evidence",
        }
        .to_string()
    }

    fn hits(&self, facts: &Facts) -> Vec<Hit> {
        let mut periods: Vec<_> =
            facts.ratings.iter().filter(|fact| self.is_about(fact)).map(|fact| fact.period).collect();
        periods.sort();
        periods.dedup();
        periods
            .into_iter()
            .map(|period| {
                let own = facts.ratings.iter().filter(|fact| fact.period == period && self.is_about(fact));
                Hit::met(period, own.map(RatingFact::evidence).collect())
            })
            .collect()
    }

    fn distance(&self, _: &Facts) -> Distance {
        Distance::said(match self.because {
            Because::Answer => "any standard answered no, or local target missed, would meet it",
            Because::Evidence => "any “Yes” that its evidence contradicts would meet it",
        })
    }
}

#[cfg(test)]
mod tests {
    use super::super::facts::testing::{facts, labels, rating};
    use super::*;
    use crate::domain::escalation::EscalationStatus::Triggered;

    #[test]
    fn table_of_cases() {
        for (not_met, contradicted, relieved, by_answer, by_evidence) in [
            (true, false, false, true, false),
            (false, true, false, false, true),
            (true, true, false, true, true),
            (true, true, true, false, false),
            (false, false, false, false, false),
        ] {
            let mut case = facts("2024-11-30");
            let red = if not_met || contradicted { Rating::Red } else { Rating::Green };
            let mut fact = rating("1", None, "2024-09-01", red);
            (fact.not_met, fact.contradicted, fact.relieved) = (not_met, contradicted, relieved);
            case.ratings.push(fact);
            for (because, met) in [(Because::Answer, by_answer), (Because::Evidence, by_evidence)] {
                let expected = if met { vec![("2024-25 Q1".to_string(), Triggered)] } else { vec![] };
                assert_eq!(labels(&NotMet { because }.hits(&case)), expected, "{because:?}");
            }
        }
    }
}
