//! Consecutive periods of one form not submitted on time.

use std::collections::{BTreeMap, BTreeSet};

use serde::Deserialize;

use super::facts::{ConditionRule, Distance, Facts, Hit, ReturnFact, said};
use super::{Family, RuleKind};
use crate::domain::period::Period;

/// This rule kind.
pub static KIND: RuleKind = RuleKind {
    name: "late-in-a-row",
    family: Family::Condition,
    summary: "So many consecutive periods of one form were not submitted by their due date.",
    documentation: "\
Settings: `periods`, how many in a row.

Late and missing both count. Each form goes by its own periods and, where there is one return an area, by area. A return \
whose date is unproven neither completes a run nor ends it: the condition is then watched, as it is when the run is made of \
different areas' returns.

Example: `late-in-a-row = { periods = 3 }`",
};

/// Settings of the rule.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct LateInARow {
    /// How many in a row.
    pub periods: usize,
}

impl ConditionRule for LateInARow {
    fn describe(&self) -> String {
        match self.periods {
            1 => "the returns of a form are late or missing".to_string(),
            periods => format!("the returns of one form are late or missing for {periods} periods in a row"),
        }
    }

    /// The form's own periods that complete a run, or lengthen it.
    fn hits(&self, facts: &Facts) -> Vec<Hit> {
        let mut hits = Vec::new();
        let forms: BTreeSet<&str> = facts.returns.iter().map(|fact| fact.form.as_str()).collect();
        for form in forms {
            let returns: Vec<&ReturnFact> =
                facts.returns.iter().filter(|fact| fact.form == form && fact.due_passed).collect();
            let areas: BTreeSet<Option<&str>> = returns.iter().map(|fact| fact.area.as_deref()).collect();
            let mut met = BTreeSet::new();
            for area in &areas {
                let own = returns.iter().filter(|fact| fact.area.as_deref() == *area);
                let series = own.map(|fact| (fact.period, vec![*fact])).collect();
                for (period, hit) in self.runs(&series) {
                    met.insert(period);
                    hits.push((period, hit));
                }
            }
            if areas.len() > 1 {
                let mut together: BTreeMap<Period, Vec<&ReturnFact>> = BTreeMap::new();
                for fact in &returns {
                    together.entry(fact.period).or_default().push(fact);
                }
                for (period, hit) in
                    self.runs(&together).into_iter().filter(|(period, _)| !met.contains(period))
                {
                    let distance = "met if the form counts as one for all areas".to_string();
                    hits.push((period, Hit::watched(period, hit.evidence, distance)));
                }
            }
        }
        hits.sort_by_key(|(period, _)| *period);
        hits.into_iter().map(|(_, hit)| hit).collect()
    }

    fn distance(&self, facts: &Facts) -> Distance {
        let mut longest: Vec<&ReturnFact> = Vec::new();
        let series: BTreeSet<(&str, Option<&str>)> =
            facts.returns.iter().map(|fact| (fact.form.as_str(), fact.area.as_deref())).collect();
        for (form, area) in series {
            let own =
                |fact: &&ReturnFact| fact.form == form && fact.area.as_deref() == area && fact.due_passed;
            let mut run: Vec<&ReturnFact> = facts
                .returns
                .iter()
                .filter(own)
                .rev()
                .take_while(|fact| fact.in_time == Some(false))
                .collect();
            run.reverse();
            if run.len() > longest.len() {
                longest = run;
            }
        }
        let so_far = longest.len().min(self.periods.saturating_sub(1));
        let steps = self.periods - so_far;
        let words = match longest.last() {
            Some(last) => format!(
                "{} late or missing {} would meet it",
                last.form_title,
                if steps == 1 { "once more".to_string() } else { format!("{steps} more times in a row") }
            ),
            None if self.periods == 1 => "any return late or missing would meet it; none now".to_string(),
            None => format!(
                "{} returns of one form in a row late or missing would meet it; none now",
                self.periods
            ),
        };
        Distance::steps(steps, words, longest.iter().map(|fact| said(fact.receipt.clone())).collect())
    }
}

impl LateInARow {
    fn runs(&self, series: &BTreeMap<Period, Vec<&ReturnFact>>) -> Vec<(Period, Hit)> {
        let mut hits = Vec::new();
        let mut run: Vec<Option<&ReturnFact>> = Vec::new();
        for (period, returns) in series {
            let late = returns.iter().find(|fact| fact.in_time == Some(false));
            let known = returns.iter().all(|fact| fact.in_time.is_some());
            match (late, known) {
                (Some(fact), _) => run.push(Some(fact)),
                (None, false) => {
                    run.push(None);
                    continue;
                }
                (None, true) => {
                    run.clear();
                    continue;
                }
            }
            let counted = run.iter().flatten().count();
            if counted < self.periods {
                continue;
            }
            let last: Vec<&&ReturnFact> = run.iter().rev().take(self.periods).flatten().collect();
            let evidence = run.iter().flatten().map(|fact| said(fact.receipt.clone())).collect::<Vec<_>>();
            if last.len() == self.periods {
                hits.push((*period, Hit::met(*period, evidence)));
            } else {
                let distance =
                    "met unless a return between, whose date is not proven, came on time".to_string();
                hits.push((*period, Hit::watched(*period, evidence, distance)));
            }
        }
        hits
    }
}

#[cfg(test)]
mod tests {
    use super::super::facts::testing::{facts, labels};
    use super::*;
    use crate::domain::escalation::EscalationStatus::{Triggered, Watch};
    use crate::domain::period::Frequency;

    fn returns(area: Option<&str>, letters: &str) -> Vec<ReturnFact> {
        let mut period = Period::containing("2024-09-01".parse().unwrap(), Frequency::Month, 9);
        letters
            .chars()
            .map(|letter| {
                let fact = ReturnFact {
                    form: "monthly".into(),
                    form_title: "Monthly".into(),
                    area: area.map(Into::into),
                    period,
                    in_time: match letter {
                        'T' => Some(true),
                        'L' | 'M' => Some(false),
                        _ => None,
                    },
                    due_passed: letter != '.',
                    missing: letter == 'M',
                    accurate: None,
                    receipt: period.label(),
                    inaccuracy: None,
                };
                period = period.next();
                fact
            })
            .collect()
    }

    #[test]
    fn table_of_cases() {
        let rule = LateInARow { periods: 3 };
        for (letters, expected) in [
            ("LLL", vec![("2024-11", Triggered)]),
            ("LML", vec![("2024-11", Triggered)]),
            ("LLT", vec![]),
            ("LTLL", vec![]),
            ("LLLL", vec![("2024-11", Triggered), ("2024-12", Triggered)]),
            ("LULL", vec![("2024-12", Watch)]),
            ("LUL", vec![]),
            ("LULLL", vec![("2024-12", Watch), ("2025-01", Triggered)]),
            ("LL.", vec![]),
        ] {
            let mut case = facts("2025-02-28");
            case.returns = returns(None, letters);
            let expected: Vec<_> = expected.into_iter().map(|(p, s)| (p.to_string(), s)).collect();
            assert_eq!(labels(&rule.hits(&case)), expected, "{letters}");
        }
    }

    #[test]
    fn areas_in_turn_are_watched() {
        let mut case = facts("2025-02-28");
        case.returns = returns(Some("East"), "LTL");
        case.returns.extend(returns(Some("West"), "TLT"));
        assert_eq!(labels(&LateInARow { periods: 3 }.hits(&case)), [("2024-11".to_string(), Watch)]);
        case.returns = returns(Some("East"), "LLL");
        case.returns.extend(returns(Some("West"), "TLT"));
        assert_eq!(labels(&LateInARow { periods: 3 }.hits(&case)), [("2024-11".to_string(), Triggered)]);
    }
}
