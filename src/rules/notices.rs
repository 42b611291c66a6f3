//! Notices of one kind within a window.

use chrono::{Months, NaiveDate};
use serde::Deserialize;

use super::facts::{ConditionRule, Distance, Facts, Hit, NoticeFact, Window, said};
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
    /// First day that falls out of the window that ends on `day`.
    fn before(&self, day: NaiveDate) -> Option<NaiveDate> {
        match self.within {
            Some(Window::Year) => Some(day - Months::new(12)),
            Some(Window::Quarter) => Some(day - Months::new(3)),
            None => None,
        }
    }
}

impl ConditionRule for Notices {
    fn describe(&self) -> String {
        if self.at_least == 1 {
            return format!("the register records “{}”", self.kind);
        }
        let within = match self.within {
            Some(Window::Quarter) => "within three months",
            Some(Window::Year) => "within twelve months",
            None => "in the life of the contract",
        };
        format!("the register records “{}” {} times or more {within}", self.kind, self.at_least)
    }

    /// One hit for each notice that completes the number.
    fn hits(&self, facts: &Facts) -> Vec<Hit> {
        let own: Vec<&NoticeFact> = facts.notices_of(&self.kind).collect();
        let mut hits = Vec::new();
        for (index, notice) in own.iter().enumerate() {
            let start = self.before(notice.date);
            let window: Vec<_> = own
                .iter()
                .take(index + 1)
                .filter(|earlier| start.is_none_or(|start| earlier.date > start))
                .map(|earlier| said(earlier.words.clone()))
                .collect();
            if window.len() >= self.at_least {
                hits.push(Hit::met_on(notice.date, window));
            }
        }
        hits
    }

    fn distance(&self, facts: &Facts) -> Distance {
        let start = self.before(facts.as_of);
        let own: Vec<_> = facts
            .notices_of(&self.kind)
            .filter(|notice| start.is_none_or(|start| notice.date > start))
            .map(|notice| said(notice.words.clone()))
            .collect();
        let steps = self.at_least.saturating_sub(own.len()).max(1);
        let within = self.within.map(|window| format!(" within {}", window.words())).unwrap_or_default();
        Distance::steps(
            steps,
            match steps {
                1 => format!("one more {}{within} would meet it", self.kind.to_lowercase()),
                steps => format!("{steps} more entries of “{}”{within} would meet it", self.kind),
            },
            own,
        )
    }
}

#[cfg(test)]
mod tests {
    use super::super::facts::testing::{facts, labels, notice};
    use super::*;
    use crate::domain::escalation::EscalationStatus::Triggered;
    use proptest::prelude::*;

    #[test]
    fn table_of_cases() {
        let two = Notices { kind: "Remediation notice".into(), at_least: 2, within: Some(Window::Year) };
        let one = Notices { kind: "Concern".into(), at_least: 1, within: None };
        for (rule, dates, expected) in [
            (&two, vec!["2025-03-01", "2026-02-28"], vec!["2026-02-28"]),
            (&two, vec!["2025-03-01", "2026-03-01"], vec![]),
            (&two, vec!["2025-03-01"], vec![]),
            (&two, vec!["2025-03-01", "2025-03-01"], vec!["2025-03-01"]),
            (&two, vec!["2025-03-01", "2025-10-01", "2026-09-02"], vec!["2025-10-01", "2026-09-02"]),
            (&one, vec!["2025-03-01", "2025-10-01"], vec!["2025-03-01", "2025-10-01"]),
        ] {
            let mut case = facts("2026-10-31");
            case.notices = dates.iter().map(|date| notice(&rule.kind, date)).collect();
            case.notices.push(notice("Another kind", "2026-03-02"));
            let expected: Vec<_> = expected.iter().map(|p| (p.to_string(), Triggered)).collect();
            assert_eq!(labels(&rule.hits(&case)), expected, "{dates:?}");
        }
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(64))]

        #[test]
        fn a_notice_completes_what_lies_within_twelve_months_before_it(
            mut days in prop::collection::vec(0u64..1200, 1..8),
            at_least in 1usize..4,
        ) {
            days.sort_unstable();
            let first: NaiveDate = "2023-03-01".parse().unwrap();
            let dates: Vec<NaiveDate> = days.iter().map(|day| first + chrono::Days::new(*day)).collect();
            let rule = Notices { kind: "Remediation notice".into(), at_least, within: Some(Window::Year) };
            let mut case = facts("2026-10-31");
            case.notices = dates.iter().map(|date| notice(&rule.kind, &date.to_string())).collect();
            let expected: Vec<String> = (0..dates.len())
                .filter(|last| {
                    let own = dates[..=*last].iter();
                    own.filter(|date| **date + Months::new(12) > dates[*last]
                        && **date > dates[*last] - Months::new(12)).count() >= at_least
                })
                .map(|last| dates[last].to_string())
                .collect();
            let found: Vec<String> = labels(&rule.hits(&case)).into_iter().map(|(label, _)| label).collect();
            prop_assert_eq!(found, expected);
        }
    }
}
