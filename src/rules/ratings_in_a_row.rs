//! So many periods in a row with a rating as bad as that.

use chrono::{Months, NaiveDate};
use serde::Deserialize;

use super::bands::Judgement;
use super::facts::{ConditionRule, Distance, Facts, Hit, more};
use super::series::{Of, State, or_worse, series};
use super::{Family, RuleKind};
use crate::domain::escalation::Evidence;
use crate::domain::period::Period;

/// This rule kind.
pub static KIND: RuleKind = RuleKind {
    name: "ratings-in-a-row",
    family: Family::Condition,
    summary: "A rating is as bad as that, or worse, in so many periods in a row.",
    documentation: "\
Settings: `of`, `any-kpi` (not necessarily the same one) or `overall`; `rating`, `amber` or `red`; `periods`, how many in a row; \
`after-months`, how many months from the provider's start are left out.

A period without a rating (no activity, no return, invalid) neither completes a run nor ends it: the condition is then watched, \
with the reason, never met. KPIs the officer gave relief from do not count.

Example: `ratings-in-a-row = { of = \"overall\", rating = \"red\", periods = 3 }`",
};

/// Settings of the rule.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct RatingsInARow {
    /// Whose rating.
    pub of: Of,
    /// How bad.
    pub rating: Judgement,
    /// How many in a row.
    pub periods: usize,
    /// Months from the start that are left out.
    #[serde(default)]
    pub after_months: u32,
}

/// A run of periods; those without a rating stand in it with the reason.
#[derive(Default)]
struct Run {
    periods: Vec<(Period, Result<Vec<Evidence>, &'static str>)>,
}

impl Run {
    fn counted(&self) -> usize {
        self.periods.iter().filter(|(_, state)| state.is_ok()).count()
    }

    fn evidence(&self) -> Vec<Evidence> {
        self.periods.iter().filter_map(|(_, state)| state.as_ref().ok()).flatten().cloned().collect()
    }

    /// The last `number` periods, when every one of them has a rating.
    fn ends_with(&self, number: usize) -> bool {
        let last: Vec<_> = self.periods.iter().rev().take(number).collect();
        last.len() == number && last.iter().all(|(_, state)| state.is_ok())
    }

    fn gaps(&self) -> String {
        let gaps: Vec<String> = self
            .periods
            .iter()
            .filter_map(|(period, state)| {
                state.as_ref().err().map(|why| format!("{} ({why})", period.describe()))
            })
            .collect();
        gaps.join(", ")
    }
}

impl RatingsInARow {
    fn runs(&self, facts: &Facts, mut each: impl FnMut(&Run)) -> Run {
        let first = facts.start.checked_add_months(Months::new(self.after_months)).unwrap_or(NaiveDate::MAX);
        let mut run = Run::default();
        for (period, state) in series(facts, self.of, self.rating) {
            if self.after_months > 0 && period.from < first {
                continue;
            }
            match state {
                State::Holds(evidence) => run.periods.push((period, Ok(evidence))),
                State::Better => run = Run::default(),
                State::Unknown(_) if run.periods.is_empty() => {}
                State::Unknown(why) => {
                    run.periods.push((period, Err(why)));
                    continue;
                }
            }
            each(&run);
        }
        run
    }
}

impl ConditionRule for RatingsInARow {
    fn describe(&self) -> String {
        let same = match self.of {
            Of::AnyKpi => ", not necessarily the same one",
            Of::Overall => "",
        };
        let start = match self.after_months {
            0 => String::new(),
            months => format!("; the provider's first {months} months do not count"),
        };
        let (what, bad) = (self.of.words(), or_worse(self.rating));
        match self.periods {
            1 => format!("{what} is {bad} in any period{start}"),
            periods => format!("{what} is {bad} in {periods} periods in a row{same}{start}"),
        }
    }

    fn hits(&self, facts: &Facts) -> Vec<Hit> {
        let mut hits = Vec::new();
        self.runs(facts, |run| {
            let Some((period, _)) = run.periods.last().filter(|_| run.counted() >= self.periods) else {
                return;
            };
            if run.ends_with(self.periods) {
                hits.push(Hit::met(*period, run.evidence()));
            } else {
                let distance = format!("met if {} does not show otherwise", run.gaps());
                hits.push(Hit::watched(*period, run.evidence(), distance));
            }
        });
        hits
    }

    fn distance(&self, facts: &Facts) -> Distance {
        let run = self.runs(facts, |_| {});
        let so_far = run.counted().min(self.periods.saturating_sub(1));
        let next = series(facts, self.of, self.rating).last().map(|(period, _)| period.next());
        let when = next.map(|period| format!(", in {},", period.describe())).unwrap_or_default();
        let steps = self.periods - so_far;
        let what = match self.of {
            Of::Overall => format!("overall {}", or_worse(self.rating)),
            Of::AnyKpi => format!("period with a KPI {}", or_worse(self.rating)),
        };
        let words = match (so_far, steps) {
            (0, 1) => format!("any period with {} {} would meet it", self.of.words(), or_worse(self.rating)),
            (0, _) => format!(
                "{} periods in a row with {} {} would meet it; none now",
                self.periods,
                self.of.words(),
                or_worse(self.rating)
            ),
            (_, 1) => format!("{} {what}{when} would meet it", more(1)),
            (_, steps) => format!(
                "{} {} in {steps} more periods in a row would meet it",
                self.of.words(),
                or_worse(self.rating)
            ),
        };
        let gaps = run.gaps();
        let words = if gaps.is_empty() { words } else { format!("{words}; not known: {gaps}") };
        Distance::steps(steps, words, run.evidence())
    }
}

#[cfg(test)]
mod tests {
    use super::super::facts::testing::{labels, months};
    use super::*;
    use crate::domain::escalation::EscalationStatus::{Triggered, Watch};
    use proptest::prelude::*;

    fn red_run() -> RatingsInARow {
        RatingsInARow { of: Of::Overall, rating: Judgement::Red, periods: 3, after_months: 0 }
    }

    #[test]
    fn table_of_cases() {
        for (letters, expected) in [
            ("RRR", vec![("2022-06", Triggered)]),
            ("RnRR", vec![("2022-07", Watch)]),
            ("RxRR", vec![("2022-07", Watch)]),
            ("RiRR", vec![("2022-07", Watch)]),
            ("RARR", vec![]),
            ("RRRR", vec![("2022-06", Triggered), ("2022-07", Triggered)]),
            ("RRxR", vec![("2022-07", Watch)]),
            ("RxRRR", vec![("2022-07", Watch), ("2022-08", Triggered)]),
            ("xRRG", vec![]),
            ("RR", vec![]),
            ("RRx", vec![]),
        ] {
            let expected: Vec<_> = expected.into_iter().map(|(p, s)| (p.to_string(), s)).collect();
            assert_eq!(labels(&red_run().hits(&months(letters))), expected, "{letters}");
        }
    }

    #[test]
    fn the_first_months_are_left_out() {
        let rule = RatingsInARow { of: Of::AnyKpi, rating: Judgement::Amber, periods: 2, after_months: 6 };
        for (letters, expected) in [
            ("AAAAAAAA", vec![("2022-11", Triggered)]),
            ("AAAAAAA", vec![]),
            ("GGGGGGAxA", vec![("2022-12", Watch)]),
            ("GGGGGGARG", vec![("2022-11", Triggered)]),
            ("GGGGGGAGA", vec![]),
        ] {
            let expected: Vec<_> = expected.into_iter().map(|(p, s)| (p.to_string(), s)).collect();
            assert_eq!(labels(&rule.hits(&months(letters))), expected, "{letters}");
        }
    }

    #[test]
    fn says_how_far_it_is() {
        for (letters, steps, words) in [
            ("GRR", 1, "one more overall red, in July 2022, would meet it"),
            ("GR", 2, "the overall rating red in 2 more periods in a row would meet it"),
            ("RRG", 3, "3 periods in a row with the overall rating red would meet it; none now"),
            ("RRR", 1, "one more overall red, in July 2022, would meet it"),
            (
                "GRRx",
                1,
                "one more overall red, in August 2022, would meet it; not known: July 2022 (no return)",
            ),
        ] {
            let distance = red_run().distance(&months(letters));
            assert_eq!((distance.steps, distance.words.as_str()), (Some(steps), words), "{letters}");
        }
    }

    fn letters() -> impl Strategy<Value = String> {
        prop::collection::vec(prop::sample::select(vec!['S', 'G', 'A', 'R', 'n', 'x', 'i']), 1..14)
            .prop_map(|letters| letters.into_iter().collect())
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(96))]

        /// Three reds side by side are met; three with months between them that have no rating are watched; a better month
        /// between them ends the run.
        #[test]
        fn what_is_met_and_watched_reads_off_the_letters(letters in letters()) {
            let known: Vec<char> = letters.chars().collect();
            let expected: Vec<_> = (0..known.len())
                .filter(|month| known[*month] == 'R')
                .filter_map(|month| {
                    let run: String = known[..=month]
                        .iter()
                        .rev()
                        .take_while(|letter| "Rnxi".contains(**letter))
                        .collect();
                    (run.matches('R').count() >= 3).then_some(if run.starts_with("RRR") { Triggered } else { Watch })
                })
                .collect();
            let found: Vec<_> = labels(&red_run().hits(&months(&letters))).into_iter().map(|(_, s)| s).collect();
            prop_assert_eq!(found, expected, "{}", letters);
        }

        #[test]
        fn a_return_that_comes_in_late_withholds_nothing_that_was_met(letters in letters(), known in "[SGAR]") {
            let met = |letters: &str| -> Vec<String> {
                let hits = red_run().hits(&months(letters));
                labels(&hits).into_iter().filter(|(_, status)| *status == Triggered).map(|(label, _)| label).collect()
            };
            let filled = letters.replace(['n', 'x', 'i'], &known);
            let after = met(&filled);
            prop_assert!(met(&letters).iter().all(|label| after.contains(label)), "{} {}", letters, filled);
        }
    }
}
