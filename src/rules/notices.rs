//! Notices of one kind within a window.

use chrono::Months;
use serde::Deserialize;

use super::facts::{Facts, Hit, NoticeFact, Window, said};
use super::{Family, RuleKind};

/// This rule kind.
pub static KIND: RuleKind = RuleKind {
    name: "notices",
    family: Family::Condition,
    summary: "So many notices of one kind stand in the register within a window that ends with the last of them.",
    documentation: "\
Settings: `kind`, as the register writes it; `at-least`; `within`, `year` for a rolling twelve months (leave out where one \
notice is enough).

The window ends with each notice's own date and holds what is later than that date less twelve months: 1 March 2025 and \
28 February 2026 fall in one window, 1 March 2025 and 1 March 2026 do not. The period is the one that contains the notice.

Example: `notices = { kind = \"Remediation notice\", at-least = 2, within = \"year\" }`",
};

/// Settings of the rule.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Notices {
    /// Kind of notice, as the register writes it.
    pub kind: String,
    /// How many.
    pub at_least: usize,
    /// Window; the life of the contract when left out.
    pub within: Option<Window>,
}

impl Notices {
    /// One hit for each notice that completes the number.
    pub fn hits(&self, facts: &Facts) -> Vec<Hit> {
        let own: Vec<&NoticeFact> = facts.notices.iter().filter(|notice| notice.kind == self.kind).collect();
        let mut hits = Vec::new();
        for (index, notice) in own.iter().enumerate() {
            let start = match self.within {
                Some(Window::Year) => Some(notice.date - Months::new(12)),
                Some(Window::Quarter) => Some(notice.date - Months::new(3)),
                None => None,
            };
            let window: Vec<_> = own
                .iter()
                .take(index + 1)
                .filter(|earlier| start.is_none_or(|start| earlier.date > start))
                .map(|earlier| said(earlier.words.clone()))
                .collect();
            if window.len() >= self.at_least
                && let Some(period) = facts.period_of(notice.date)
            {
                hits.push(Hit::met(period, window));
            }
        }
        hits
    }
}

#[cfg(test)]
mod tests {
    use super::super::facts::testing::{facts, labels, notice};
    use super::*;
    use crate::domain::escalation::EscalationStatus::Triggered;

    #[test]
    fn table_of_cases() {
        let two = Notices { kind: "Remediation notice".into(), at_least: 2, within: Some(Window::Year) };
        let one = Notices { kind: "Concern".into(), at_least: 1, within: None };
        for (rule, dates, expected) in [
            (&two, vec!["2025-03-01", "2026-02-28"], vec!["2025-26 Q2"]),
            (&two, vec!["2025-03-01", "2026-03-01"], vec![]),
            (&two, vec!["2025-03-01"], vec![]),
            (&two, vec!["2025-03-01", "2025-03-01"], vec!["2024-25 Q3"]),
            (&two, vec!["2025-03-01", "2025-10-01", "2026-09-02"], vec!["2025-26 Q1", "2026-27 Q1"]),
            (&one, vec!["2025-03-01", "2025-10-01"], vec!["2024-25 Q3", "2025-26 Q1"]),
        ] {
            let mut case = facts("2026-10-31");
            case.notices = dates.iter().map(|date| notice(&rule.kind, date)).collect();
            case.notices.push(notice("Another kind", "2026-03-02"));
            let expected: Vec<_> = expected.iter().map(|p| (p.to_string(), Triggered)).collect();
            assert_eq!(labels(&rule.hits(&case)), expected, "{dates:?}");
        }
    }
}
