//! A condition that follows from another escalation.

use serde::Deserialize;

use super::facts::{ConditionRule, Distance, Facts, Hit, When, said};
use super::{Family, RuleKind};

/// This rule kind.
pub static KIND: RuleKind = RuleKind {
    name: "follows",
    family: Family::Condition,
    summary: "Another escalation of the same contract holds.",
    documentation: "\
Settings: `escalation`, the id of one that stands earlier in the definition.

It is met in the periods in which the other is met, and watched where the other is watched.

Example: `follows = { escalation = \"consistent-failure\" }`",
};

/// Settings of the rule.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Follows {
    /// Id of the other escalation.
    pub escalation: String,
}

impl ConditionRule for Follows {
    fn describe(&self) -> String {
        format!("the condition of `{}` is met", self.escalation)
    }

    /// The periods of the other escalation.
    fn hits(&self, facts: &Facts) -> Vec<Hit> {
        facts
            .escalations
            .iter()
            .filter(|fact| fact.id == self.escalation)
            .map(|fact| Hit {
                at: When::Period(fact.period),
                status: fact.status,
                evidence: vec![said(format!("{}: {}.", fact.title, fact.status.word().to_lowercase()))],
                distance: None,
                by: None,
                settled: false,
            })
            .collect()
    }

    fn distance(&self, _: &Facts) -> Distance {
        Distance::said(format!("follows from “{}”", self.escalation))
    }
}

#[cfg(test)]
mod tests {
    use super::super::facts::EscalationFact;
    use super::super::facts::testing::{facts, labels, quarter};
    use super::*;
    use crate::domain::escalation::EscalationStatus::{Triggered, Watch};

    #[test]
    fn takes_period_and_status_from_the_other() {
        let mut case = facts("2025-02-28");
        for (id, day, status) in
            [("a", "2024-09-01", Watch), ("a", "2024-12-01", Triggered), ("b", "2024-12-01", Watch)]
        {
            let title = "Consistent Failure".to_string();
            case.escalations.push(EscalationFact { id: id.into(), period: quarter(day), status, title });
        }
        let hits = Follows { escalation: "a".into() }.hits(&case);
        assert_eq!(labels(&hits), [("2024-25 Q1".to_string(), Watch), ("2024-25 Q2".to_string(), Triggered)]);
    }
}
