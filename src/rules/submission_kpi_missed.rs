//! Timeliness or accuracy below target over a window.

use serde::Deserialize;

use super::facts::{ConditionRule, Distance, Facts, Hit, Window, said};
use super::{Family, RuleKind};

/// This rule kind.
pub static KIND: RuleKind = RuleKind {
    name: "submission-kpi-missed",
    family: Family::Condition,
    summary: "A data submission KPI misses its target over a window.",
    documentation: "\
Settings: `within`, `quarter` or `year`.

A provisional figure is watched; it is met once the target can no longer be reached.

Example: `submission-kpi-missed = { within = \"year\" }`",
};

/// Settings of the rule.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct SubmissionKpiMissed {
    /// Window.
    #[serde(default)]
    pub within: Window,
}

impl ConditionRule for SubmissionKpiMissed {
    fn describe(&self) -> String {
        format!("timeliness or accuracy misses its target in {}", self.within.words())
    }

    /// The review periods whose window misses.
    fn hits(&self, facts: &Facts) -> Vec<Hit> {
        let mut hits = Vec::new();
        for period in &facts.periods {
            let missed: Vec<_> = facts
                .submission_kpis
                .iter()
                .filter(|fact| fact.window == self.within && fact.to == period.to && fact.missed)
                .collect();
            let evidence = |provisional: bool| -> Vec<_> {
                missed
                    .iter()
                    .filter(|f| f.provisional == provisional)
                    .map(|f| said(f.words.clone()))
                    .collect()
            };
            let (firm, provisional) = (evidence(false), evidence(true));
            if !firm.is_empty() {
                hits.push(Hit::met(*period, firm.into_iter().chain(provisional).collect()));
            } else if !provisional.is_empty() {
                let distance = "provisional: the target can still be reached".to_string();
                hits.push(Hit::watched(*period, provisional, distance));
            }
        }
        hits
    }

    fn distance(&self, facts: &Facts) -> Distance {
        let newest =
            facts.submission_kpis.iter().filter(|fact| fact.window == self.within).map(|fact| fact.to).max();
        let own = facts.submission_kpis.iter().filter(|f| f.window == self.within && Some(f.to) == newest);
        Distance {
            steps: None,
            words: format!("timeliness or accuracy below target in {} would meet it", self.within.words()),
            evidence: own.map(|fact| said(fact.words.clone())).collect(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::facts::SubmissionKpiFact;
    use super::super::facts::testing::{facts, labels, quarter};
    use super::*;
    use crate::domain::escalation::EscalationStatus::{Triggered, Watch};

    #[test]
    fn table_of_cases() {
        for (window, missed, provisional, expected) in [
            (Window::Year, true, false, vec![("2024-25 Q1".to_string(), Triggered)]),
            (Window::Year, true, true, vec![("2024-25 Q1".to_string(), Watch)]),
            (Window::Year, false, false, vec![]),
            (Window::Quarter, true, false, vec![]),
        ] {
            let mut case = facts("2024-11-30");
            case.submission_kpis.push(SubmissionKpiFact {
                to: quarter("2024-09-01").to,
                window,
                missed,
                provisional,
                words: "Timeliness".into(),
            });
            assert_eq!(labels(&SubmissionKpiMissed { within: Window::Year }.hits(&case)), expected);
        }
    }
}
