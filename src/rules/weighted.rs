//! A ranking by weighted scores.

use rust_decimal::Decimal;

use super::{Family, RuleKind};
use crate::domain::quantity::Quantity;

/// This rule kind.
pub static KIND: RuleKind = RuleKind {
    name: "weighted",
    family: Family::Measure,
    summary: "Providers are ranked by the sum of their scores, each with its weight.",
    documentation: "\
Settings of the contract's `priorities`: `criteria`, each with a `title`, a `weight` and what it scores: a `column` of the register; \
`ends-within-months` with the `score` of a contract that ends within so many months (the last day included; one that has ended scores 0); \
`audited-within-months` with the `score` of one audited so lately, or on the timetable for an audit. A weight below zero moves down.

The higher the sum the higher the rank; equal sums share a rank. A criterion that is not scored is shown as such and adds \
nothing; a provider with none scored is not ranked.

Example: `criteria = [{ column = \"Spend\", title = \"Large total spend\", weight = 2 }]`",
};

/// The sum of scores with their weights; `None` when nothing is scored.
pub fn sum(scores: &[(Option<Quantity>, Quantity)]) -> Option<Quantity> {
    let scored: Vec<Quantity> = scores
        .iter()
        .filter_map(|(score, weight)| score.and_then(|score| score.checked_mul(*weight)))
        .collect();
    (!scored.is_empty()).then(|| scored.iter().fold(Decimal::ZERO, |sum, part| sum.saturating_add(*part)))
}

/// The rank of each sum, the highest first and equal sums alike; `None` is not ranked.
pub fn ranks(sums: &[Option<Quantity>]) -> Vec<Option<usize>> {
    sums.iter()
        .map(|sum| sum.map(|own| sums.iter().flatten().filter(|other| **other > own).count() + 1))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn table_of_cases() {
        let score = |score: i64, weight: i64| (Some(score.into()), weight.into());
        assert_eq!(sum(&[score(3, 2), score(1, 1)]), Some(7.into()));
        assert_eq!(sum(&[score(3, 2), (None, 5.into())]), Some(6.into()));
        assert_eq!(sum(&[(None, 5.into())]), None);
        let sums: Vec<Option<Quantity>> =
            vec![Some(7.into()), None, Some(9.into()), Some(7.into()), Some(1.into())];
        assert_eq!(ranks(&sums), [Some(2), None, Some(1), Some(2), Some(4)]);
    }

    proptest! {
        #[test]
        fn ranks_go_against_the_sums(sums in prop::collection::vec(0u32..20, 1..12)) {
            let given: Vec<Option<Quantity>> = sums.iter().map(|sum| Some((*sum).into())).collect();
            let ranks = ranks(&given);
            for (a, rank_a) in sums.iter().zip(&ranks) {
                for (b, rank_b) in sums.iter().zip(&ranks) {
                    prop_assert_eq!(a > b, rank_a < rank_b);
                }
            }
        }
    }
}
