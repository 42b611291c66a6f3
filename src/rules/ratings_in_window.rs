//! So many of the last so many periods with a rating as bad as that.

use serde::Deserialize;

use super::bands::Judgement;
use super::facts::{ConditionRule, Distance, Facts, Hit};
use super::series::{Of, State, or_worse, series};
use super::{Family, RuleKind};
use crate::domain::escalation::Evidence;
use crate::domain::period::Period;

/// This rule kind.
pub static KIND: RuleKind = RuleKind {
    name: "ratings-in-window",
    family: Family::Condition,
    summary: "A rating is as bad as that, or worse, in so many of the last so many periods.",
    documentation: "\
Settings: `of`, `any-kpi` or `overall`; `rating`, `amber` or `red`; `at-least`, how many; `periods`, of how many.

Only a period that is itself as bad completes it. Periods without a rating are unknown: where they could make up the number the \
condition is watched, never met.

Example: `ratings-in-window = { of = \"any-kpi\", rating = \"red\", at-least = 3, periods = 6 }`",
};

/// Settings of the rule.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct RatingsInWindow {
    /// Whose rating.
    pub of: Of,
    /// How bad.
    pub rating: Judgement,
    /// How many.
    pub at_least: usize,
    /// Of how many periods.
    pub periods: usize,
}

/// What stands in the window that ends with one period.
struct Window {
    last: Period,
    held: usize,
    unknown: usize,
    ends_held: bool,
    evidence: Vec<Evidence>,
}

impl RatingsInWindow {
    fn windows(&self, facts: &Facts) -> Vec<Window> {
        let series = series(facts, self.of, self.rating);
        (0..series.len())
            .filter_map(|end| {
                let window = series.get((end + 1).saturating_sub(self.periods)..=end)?;
                let (last, state) = window.last()?;
                let evidence: Vec<Vec<Evidence>> = window
                    .iter()
                    .filter_map(|(_, state)| match state {
                        State::Holds(evidence) => Some(evidence.clone()),
                        _ => None,
                    })
                    .collect();
                Some(Window {
                    last: *last,
                    held: evidence.len(),
                    unknown: window.iter().filter(|(_, state)| matches!(state, State::Unknown(_))).count(),
                    ends_held: matches!(state, State::Holds(_)),
                    evidence: evidence.concat(),
                })
            })
            .collect()
    }
}

impl ConditionRule for RatingsInWindow {
    fn describe(&self) -> String {
        format!(
            "{} is {} in {} of the last {} periods",
            self.of.words(),
            or_worse(self.rating),
            self.at_least,
            self.periods
        )
    }

    fn hits(&self, facts: &Facts) -> Vec<Hit> {
        let mut hits = Vec::new();
        for window in self.windows(facts).into_iter().filter(|window| window.ends_held) {
            if window.held >= self.at_least {
                hits.push(Hit::met(window.last, window.evidence));
            } else if window.held + window.unknown >= self.at_least {
                let distance = format!(
                    "met if {} of the periods without a rating turns out {}",
                    self.at_least - window.held,
                    or_worse(self.rating)
                );
                hits.push(Hit::watched(window.last, window.evidence, distance));
            }
        }
        hits
    }

    fn distance(&self, facts: &Facts) -> Distance {
        let (held, evidence) =
            self.windows(facts).pop().map_or((0, Vec::new()), |window| (window.held, window.evidence));
        let steps = self.at_least.saturating_sub(held).max(1);
        let words = format!(
            "{} with {} {} within {} would meet it; {held} now",
            if steps == 1 { "one more period".to_string() } else { format!("{steps} more periods") },
            self.of.words(),
            or_worse(self.rating),
            self.periods
        );
        Distance::steps(steps, words, evidence)
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
        let rule = RatingsInWindow { of: Of::Overall, rating: Judgement::Red, at_least: 2, periods: 3 };
        for (letters, expected) in [
            ("RGR", vec![("2022-06", Triggered)]),
            ("RGGR", vec![]),
            ("RxGR", vec![("2022-07", Watch)]),
            ("RRG", vec![("2022-05", Triggered)]),
            ("RGx", vec![]),
            ("R", vec![]),
        ] {
            let expected: Vec<_> = expected.into_iter().map(|(p, s)| (p.to_string(), s)).collect();
            assert_eq!(labels(&rule.hits(&months(letters))), expected, "{letters}");
        }
        assert_eq!(rule.distance(&months("GR")).steps, Some(1));
        assert_eq!(rule.distance(&months("GG")).steps, Some(2));
    }

    fn letters() -> impl Strategy<Value = String> {
        prop::collection::vec(prop::sample::select(vec!['S', 'G', 'A', 'R', 'n', 'x', 'i']), 1..14)
            .prop_map(|letters| letters.into_iter().collect())
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(96))]

        #[test]
        fn so_many_of_the_last_so_many(letters in letters(), at_least in 1usize..4, more in 0usize..4) {
            let rule = RatingsInWindow { of: Of::Overall, rating: Judgement::Red, at_least, periods: at_least + more };
            let known: Vec<char> = letters.chars().collect();
            let expected: Vec<_> = (0..known.len())
                .filter(|end| known[*end] == 'R')
                .filter_map(|end| {
                    let window = &known[(end + 1).saturating_sub(rule.periods)..=end];
                    let number = |of: &str| window.iter().filter(|letter| of.contains(**letter)).count();
                    match (number("R") >= at_least, number("Rnxi") >= at_least) {
                        (true, _) => Some(Triggered),
                        (false, true) => Some(Watch),
                        (false, false) => None,
                    }
                })
                .collect();
            let found: Vec<_> = labels(&rule.hits(&months(&letters))).into_iter().map(|(_, s)| s).collect();
            prop_assert_eq!(found, expected, "{} {:?}", letters, rule);
        }
    }
}
