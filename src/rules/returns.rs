//! Returns of the period that are late, missing or not accurate.

use serde::Deserialize;

use super::facts::{ConditionRule, Distance, Facts, Hit, said};
use super::{Family, RuleKind};
use crate::domain::period::Period;

/// This rule kind.
pub static KIND: RuleKind = RuleKind {
    name: "returns",
    family: Family::Condition,
    summary: "A return of the period is late, missing or not accurate.",
    documentation: "\
Settings: `late`, `missing`, `inaccurate`: which of them make the condition; `forms`, whose returns (all when left out).

Late must be proven: a return whose date of receipt is unproven is not late. Accuracy is that of the first usable version.

Example: `returns = { late = true, missing = true, inaccurate = true }`",
};

/// Settings of the rule.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Returns {
    /// A late return counts.
    #[serde(default)]
    pub late: bool,
    /// A missing return counts.
    #[serde(default)]
    pub missing: bool,
    /// A return that was not accurate counts.
    #[serde(default)]
    pub inaccurate: bool,
    /// Forms whose returns count; all when empty.
    #[serde(default)]
    pub forms: Vec<String>,
}

impl ConditionRule for Returns {
    fn describe(&self) -> String {
        let forms: Vec<String> = self.forms.iter().map(|form| format!("`{form}`")).collect();
        let of = if forms.is_empty() { String::new() } else { format!(" of {}", forms.join(" or ")) };
        format!("a return{of} is {}", self.words().join(" or "))
    }

    /// The forms' own periods with such a return.
    fn hits(&self, facts: &Facts) -> Vec<Hit> {
        let mut hits: Vec<(Period, Hit)> = Vec::new();
        for fact in
            facts.returns.iter().filter(|fact| self.forms.is_empty() || self.forms.contains(&fact.form))
        {
            let mut evidence = Vec::new();
            let late = fact.in_time == Some(false) && !fact.missing;
            if (self.missing && fact.missing) || (self.late && late) {
                evidence.push(said(fact.receipt.clone()));
            }
            if self.inaccurate && fact.accurate == Some(false) {
                evidence.extend(fact.inaccuracy.clone().map(said));
            }
            if !evidence.is_empty() {
                hits.push((fact.period, Hit::met(fact.period, evidence)));
            }
        }
        hits.sort_by_key(|(period, _)| (period.to, period.from));
        hits.into_iter().map(|(_, hit)| hit).collect()
    }

    fn distance(&self, _: &Facts) -> Distance {
        Distance::steps(1, format!("a {} return would meet it", self.words().join(" or ")), Vec::new())
    }
}

impl Returns {
    /// What makes the condition, in words.
    fn words(&self) -> Vec<&'static str> {
        [(self.late, "late"), (self.missing, "missing"), (self.inaccurate, "not accurate")]
            .into_iter()
            .filter_map(|(counts, word)| counts.then_some(word))
            .collect()
    }
}

#[cfg(test)]
mod tests {
    use super::super::facts::ReturnFact;
    use super::super::facts::testing::{facts, labels};
    use super::*;
    use crate::domain::escalation::EscalationStatus::Triggered;
    use crate::domain::period::Frequency;

    #[test]
    fn table_of_cases() {
        let month = Period::containing("2024-10-01".parse().unwrap(), Frequency::Month, 9);
        let on_time = ReturnFact {
            form: "m".into(),
            form_title: "Monthly".into(),
            area: None,
            period: month,
            in_time: Some(true),
            due_passed: true,
            missing: false,
            accurate: Some(true),
            receipt: "Monthly".into(),
            inaccuracy: None,
        };
        let late = ReturnFact { in_time: Some(false), ..on_time.clone() };
        let missing = ReturnFact { in_time: Some(false), missing: true, accurate: None, ..on_time.clone() };
        let unproven = ReturnFact { in_time: None, ..on_time.clone() };
        let wrong =
            ReturnFact { accurate: Some(false), inaccuracy: Some("Monthly".into()), ..on_time.clone() };
        let timely = Returns { late: true, missing: true, inaccurate: false, forms: Vec::new() };
        let all = Returns { inaccurate: true, ..timely.clone() };
        for (rule, fact, met) in [
            (&timely, &on_time, false),
            (&timely, &late, true),
            (&timely, &missing, true),
            (&timely, &unproven, false),
            (&timely, &wrong, false),
            (&all, &wrong, true),
            (&all, &on_time, false),
        ] {
            let mut case = facts("2024-11-30");
            case.returns.push(fact.clone());
            let expected = if met { vec![("2024-10".to_string(), Triggered)] } else { vec![] };
            assert_eq!(labels(&rule.hits(&case)), expected, "{fact:?}");
        }
    }
}
