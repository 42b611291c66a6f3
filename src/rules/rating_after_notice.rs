//! A rating as bad as that in one of the periods after a notice.

use serde::Deserialize;

use super::bands::Judgement;
use super::facts::{ConditionRule, Distance, Facts, Hit, said};
use super::series::{Of, State, or_worse, state};
use super::{Family, RuleKind};
use crate::domain::period::Period;

/// This rule kind.
pub static KIND: RuleKind = RuleKind {
    name: "rating-after-notice",
    family: Family::Condition,
    summary: "A rating is as bad as that in any one of the so many periods after a notice.",
    documentation: "\
Settings: `kind` of notice, as the register writes it; `of`, `any-kpi` or `overall`; `rating`, `amber` or `red`; `periods`, how \
many after the one that contains the notice.

A period among them without a return, or with one that cannot be used, is watched.

Example: `rating-after-notice = { kind = \"Formal warning\", of = \"overall\", rating = \"red\", periods = 3 }`",
};

/// Settings of the rule.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct RatingAfterNotice {
    /// Kind of notice, as the register writes it.
    pub kind: String,
    /// Whose rating.
    pub of: Of,
    /// How bad.
    pub rating: Judgement,
    /// How many periods after that of the notice.
    pub periods: usize,
}

impl RatingAfterNotice {
    /// The periods after that of a notice.
    fn after(&self, of: Period) -> Vec<Period> {
        std::iter::successors(Some(of.next()), |period| Some(period.next())).take(self.periods).collect()
    }
}

impl ConditionRule for RatingAfterNotice {
    fn describe(&self) -> String {
        let when = match self.periods {
            1 => "the period".to_string(),
            periods => format!("any one of the {periods} periods"),
        };
        format!(
            "{} is {} in {when} after the one in which the register records “{}”",
            self.of.words(),
            or_worse(self.rating),
            self.kind
        )
    }

    fn hits(&self, facts: &Facts) -> Vec<Hit> {
        let mut hits = Vec::new();
        for notice in facts.notices_of(&self.kind) {
            let Some(own) = facts.rated_period_of(notice.date) else { continue };
            for period in self.after(own) {
                let due = match self.of {
                    Of::Overall => facts.overall.iter().any(|fact| fact.period == period),
                    Of::AnyKpi => facts.ratings.iter().any(|fact| fact.period == period),
                };
                if !due {
                    continue;
                }
                match state(facts, self.of, self.rating.into(), period) {
                    State::Holds(evidence) => {
                        let mut all = vec![said(notice.words.clone())];
                        all.extend(evidence);
                        hits.push(Hit::met(period, all));
                    }
                    State::Unknown("no activity") | State::Better => {}
                    State::Unknown(why) => {
                        let all = vec![said(notice.words.clone())];
                        let distance = format!(
                            "met if {} ({why}) turns out {}",
                            period.describe(),
                            or_worse(self.rating)
                        );
                        hits.push(Hit::watched(period, all, distance));
                    }
                }
            }
        }
        hits
    }

    fn distance(&self, facts: &Facts) -> Distance {
        let last = facts.notices_of(&self.kind).last();
        let open = last.and_then(|notice| {
            let own = facts.rated_period_of(notice.date)?;
            let left: Vec<String> = self
                .after(own)
                .into_iter()
                .filter(|period| !facts.overall.iter().any(|fact| fact.period == *period))
                .map(|period| period.describe())
                .collect();
            (!left.is_empty()).then_some((notice, left))
        });
        match open {
            Some((notice, left)) => Distance::steps(
                1,
                format!(
                    "{} {} in any one of {} would meet it",
                    self.of.words(),
                    or_worse(self.rating),
                    left.join(", ")
                ),
                vec![said(notice.words.clone())],
            ),
            None => Distance::said(format!(
                "nothing now: it looks at the {} periods after a {}",
                self.periods,
                self.kind.to_lowercase()
            )),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::facts::testing::{labels, months, notice};
    use super::*;
    use crate::domain::escalation::EscalationStatus::{Triggered, Watch};
    use proptest::prelude::*;

    #[test]
    fn table_of_cases() {
        let rule = RatingAfterNotice {
            kind: "Formal warning".into(),
            of: Of::Overall,
            rating: Judgement::Red,
            periods: 3,
        };
        // April to October 2022; the warning is dated 10 June.
        for (letters, expected) in [
            ("GGRGARG", vec![("2022-09", Triggered)]),
            ("GGRGAGR", vec![]),
            ("GGRRRGG", vec![("2022-07", Triggered), ("2022-08", Triggered)]),
            ("GGRxGGG", vec![("2022-07", Watch)]),
            ("GGRnGGG", vec![]),
            ("GGR", vec![]),
        ] {
            let mut case = months(letters);
            case.notices.push(notice("Formal warning", "2022-06-10"));
            let expected: Vec<_> = expected.into_iter().map(|(p, s)| (p.to_string(), s)).collect();
            assert_eq!(labels(&rule.hits(&case)), expected, "{letters}");
        }
        let mut case = months("GGRG");
        assert_eq!(rule.distance(&case).steps, None);
        case.notices.push(notice("Formal warning", "2022-06-10"));
        assert_eq!(
            rule.distance(&case).words,
            "the overall rating red in any one of August 2022, September 2022 would meet it"
        );
    }

    fn letters() -> impl Strategy<Value = String> {
        prop::collection::vec(prop::sample::select(vec!['S', 'G', 'A', 'R', 'n', 'x', 'i']), 1..14)
            .prop_map(|letters| letters.into_iter().collect())
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(96))]

        #[test]
        fn each_red_of_the_three_months_after_and_none_other(letters in letters(), month in 0usize..14, day in 1u32..29) {
            let rule = RatingAfterNotice {
                kind: "Formal warning".into(),
                of: Of::Overall,
                rating: Judgement::Red,
                periods: 3,
            };
            let mut case = months(&letters);
            let month = month % case.overall.len();
            let own = case.overall[month].period;
            case.notices.push(notice("Formal warning", &own.from.format(&format!("%Y-%m-{day:02}")).to_string()));
            let expected: Vec<_> = (month + 1..case.overall.len().min(month + 4))
                .filter_map(|after| {
                    let status = match letters.as_bytes()[after] {
                        b'R' => Triggered,
                        b'x' | b'i' => Watch,
                        _ => return None,
                    };
                    Some((case.overall[after].period.label(), status))
                })
                .collect();
            prop_assert_eq!(labels(&rule.hits(&case)), expected, "{} {}", letters, own.label());
        }
    }
}
