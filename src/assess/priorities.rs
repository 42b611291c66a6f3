//! Providers ranked by the scores the officer gave them, each with the contract's weight.

use std::collections::BTreeMap;

use crate::contract::meant::Priorities;
use crate::domain::quantity::Quantity;
use crate::rules::weighted;

/// A provider's scores and what they come to.
#[derive(Debug, Clone, PartialEq)]
pub struct Ranked {
    /// Scores, one a criterion; `None` is not scored.
    pub scores: Vec<Option<Quantity>>,
    /// The sum of the weighted scores; `None` when nothing is scored.
    pub sum: Option<Quantity>,
    /// Rank, equal sums alike; `None` when nothing is scored.
    pub rank: Option<usize>,
}

/// The rank of each of `providers`, in their order; each gives its scores by the register's column.
pub fn ranked(settings: &Priorities, providers: &[&BTreeMap<String, Option<Quantity>>]) -> Vec<Ranked> {
    let scores: Vec<Vec<Option<Quantity>>> = providers
        .iter()
        .map(|scores| {
            settings.criteria.iter().map(|own| scores.get(&own.column).copied().flatten()).collect()
        })
        .collect();
    let sums: Vec<Option<Quantity>> = scores
        .iter()
        .map(|scores| {
            let weighted: Vec<_> =
                scores.iter().copied().zip(settings.criteria.iter().map(|own| own.weight)).collect();
            weighted::sum(&weighted)
        })
        .collect();
    let ranks = weighted::ranks(&sums);
    scores
        .into_iter()
        .zip(sums)
        .zip(ranks)
        .map(|((scores, sum), rank)| Ranked { scores, sum, rank })
        .collect()
}
