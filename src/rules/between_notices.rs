//! A state that one notice begins and another ends.

use serde::Deserialize;

use super::facts::{ConditionRule, Distance, Facts, Hit, said};
use super::{Family, RuleKind};

/// This rule kind.
pub static KIND: RuleKind = RuleKind {
    name: "between-notices",
    family: Family::Condition,
    summary: "A state holds from one kind of notice to another.",
    documentation: "\
Settings: `from` and `to`, kinds of notice as the register writes them.

The condition holds in every review period in which the state held on any day up to the as-of date.

Example: `between-notices = { from = \"Referrals suspended\", to = \"Referrals resumed\" }`",
};

/// Settings of the rule.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct BetweenNotices {
    /// Kind of notice that begins the state.
    pub from: String,
    /// Kind of notice that ends it.
    pub to: String,
}

impl ConditionRule for BetweenNotices {
    fn describe(&self) -> String {
        format!("the register records “{}”, and until it records “{}”", self.from, self.to)
    }

    /// The review periods in which the state held.
    fn hits(&self, facts: &Facts) -> Vec<Hit> {
        let mut hits = Vec::new();
        for period in &facts.periods {
            let last_day = period.to.min(facts.as_of);
            let mut evidence = Vec::new();
            let mut held = false;
            for notice in facts.notices.iter().filter(|notice| notice.date <= last_day) {
                if notice.kind == self.from {
                    held = true;
                    evidence = vec![said(notice.words.clone())];
                } else if notice.kind == self.to && held {
                    if notice.date < period.from {
                        held = false;
                        evidence.clear();
                    } else {
                        evidence.push(said(notice.words.clone()));
                    }
                }
            }
            if held {
                hits.push(Hit::met(*period, evidence));
            }
        }
        hits
    }

    fn distance(&self, _: &Facts) -> Distance {
        Distance::said(format!("holds once the register records “{}”", self.from))
    }
}

#[cfg(test)]
mod tests {
    use super::super::facts::testing::{facts, labels, notice};
    use super::*;

    #[test]
    fn table_of_cases() {
        let rule = BetweenNotices { from: "Referrals suspended".into(), to: "Referrals resumed".into() };
        for (notices, expected) in [
            (vec![("Referrals suspended", "2025-01-10")], vec!["2024-25 Q2", "2024-25 Q3", "2024-25 Q4"]),
            (
                vec![("Referrals suspended", "2025-01-10"), ("Referrals resumed", "2025-03-01")],
                vec!["2024-25 Q2", "2024-25 Q3"],
            ),
            (
                vec![("Referrals suspended", "2025-01-10"), ("Referrals resumed", "2025-02-28")],
                vec!["2024-25 Q2"],
            ),
            (vec![("Referrals resumed", "2025-02-28")], vec![]),
        ] {
            let mut case = facts("2025-08-31");
            case.notices = notices.iter().map(|(kind, date)| notice(kind, date)).collect();
            let found: Vec<_> = labels(&rule.hits(&case)).into_iter().map(|(label, _)| label).collect();
            assert_eq!(found, expected, "{notices:?}");
        }
    }
}
