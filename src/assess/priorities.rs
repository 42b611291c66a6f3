//! Providers ranked by scores, each with the contract's weight: the officer's own, and those that follow from the contract's dates.

use chrono::{Months, NaiveDate};

use super::records::{PlannedReview, Records};
use crate::contract::meant::{CriterionOf, Priorities};
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

/// The rank of each of `providers`, in their order, as of a day.
pub fn ranked(settings: &Priorities, providers: &[&Records], as_of: NaiveDate) -> Vec<Ranked> {
    let scores: Vec<Vec<Option<Quantity>>> = providers
        .iter()
        .map(|records| settings.criteria.iter().map(|own| score(&own.of, records, as_of)).collect())
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

/// What a provider scores for a criterion; `None` where nothing tells.
pub fn score(of: &CriterionOf, records: &Records, as_of: NaiveDate) -> Option<Quantity> {
    let worth = |holds: bool, score: Quantity| if holds { score } else { Quantity::ZERO };
    match of {
        CriterionOf::Column(column) => records.scores.get(column).copied().flatten(),
        CriterionOf::EndsWithin { months, score } => {
            let end = newest(records, |review| review.contract_end).or(records.end)?;
            let last = as_of.checked_add_months(Months::new(*months)).unwrap_or(NaiveDate::MAX);
            Some(worth(end >= as_of && end <= last, *score))
        }
        // Without a row in the forward plan nothing tells of audits; a blank there is none.
        CriterionOf::Audited { .. } if records.reviews.is_empty() => None,
        CriterionOf::Audited { months, score } => {
            let first = as_of.checked_sub_months(Months::new(*months)).unwrap_or(NaiveDate::MIN);
            let audited = newest(records, |review| review.last_audit);
            let planned = newest(records, |review| review.next_audit);
            let holds = audited.is_some_and(|day| day >= first && day <= as_of)
                || planned.is_some_and(|day| day >= as_of);
            Some(worth(holds, *score))
        }
    }
}

/// What the newest review says that says anything.
pub fn newest<T>(records: &Records, of: impl Fn(&PlannedReview) -> Option<T>) -> Option<T> {
    records.reviews.iter().rev().find_map(of)
}
