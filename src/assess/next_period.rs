//! What a KPI would lead to if it were amber or red in the period that comes next: the contract's own conditions, asked with that
//! rating added to what is known, all else green.

use std::collections::BTreeSet;

use super::Case;
use super::escalations::escalations;
use crate::domain::escalation::{Escalation, EscalationStatus};
use crate::domain::period::Period;
use crate::domain::quantity::Unit;
use crate::domain::rating::Rating;
use crate::review::RatedFigure;
use crate::rules::facts::{Facts, OverallFact, RatingFact};
use crate::rules::median::median;

/// What a rating of one KPI in the period after its newest would meet that all green would not.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WouldMeet {
    /// KPI reference.
    pub kpi: String,
    /// The period that comes next.
    pub period: Period,
    /// What the KPI counts in.
    pub unit: Unit,
    /// Whether the KPI goes by a lone target, so that a miss is red and nothing is amber.
    pub lone_target: bool,
    /// Ids of the escalations that an amber rating would meet, in the contract's order.
    pub amber: Vec<String>,
    /// Ids of those that a red rating would meet, in the contract's order.
    pub red: Vec<String>,
}

/// What each KPI with a target would lead to, in the contract's order; none in a period after the provider's last day.
pub fn would_meet(case: &Case<'_>, facts: &Facts, ratings: &[RatedFigure]) -> Vec<WouldMeet> {
    let newest: Vec<&RatedFigure> = case
        .contract
        .kpis
        .iter()
        .filter_map(|kpi| {
            let own = ratings.iter().filter(|figure| figure.kpi == kpi.reference && figure.area.is_none());
            own.max_by_key(|figure| figure.period)
        })
        .filter(|figure| !figure.target.is_empty())
        .collect();
    newest
        .iter()
        .filter_map(|figure| {
            let next = figure.period.next();
            if case.records.end.is_some_and(|end| next.from > end) {
                return None;
            }
            let met = |rating| met_if(case, facts, &newest, figure, next, rating);
            let all_green = met(Rating::Green);
            let besides = |rating| -> Vec<String> {
                let met: BTreeSet<String> = met(rating).difference(&all_green).cloned().collect();
                let in_order = case.contract.escalations.iter().map(|own| own.id.clone());
                in_order.filter(|id| met.contains(id)).collect()
            };
            let lone_target = figure.target.len() == 1;
            let red = besides(Rating::Red);
            let amber = if lone_target { Vec::new() } else { besides(Rating::Amber) };
            Some(WouldMeet {
                kpi: figure.kpi.clone(),
                period: next,
                unit: figure.unit,
                lone_target,
                amber,
                red,
            })
        })
        .collect()
}

/// The escalations met in `next` if `figure`'s KPI were rated so and every other KPI of the same interval green.
fn met_if(
    case: &Case<'_>,
    facts: &Facts,
    newest: &[&RatedFigure],
    figure: &RatedFigure,
    next: Period,
    rating: Rating,
) -> BTreeSet<String> {
    let mut facts = Facts { escalations: Vec::new(), ..facts.clone() };
    if let Some(mut last) = facts.periods.last().copied() {
        while last.to < next.to {
            last = last.next();
            facts.periods.push(last);
        }
    }
    let alike = newest.iter().filter(|other| other.period.frequency == figure.period.frequency);
    let mut rated = Vec::new();
    for other in alike {
        let rating = if other.kpi == figure.kpi { rating } else { Rating::Green };
        rated.push(rating);
        facts.ratings.push(RatingFact {
            kpi: other.kpi.clone(),
            area: None,
            period: next,
            rating,
            relieved: false,
            words: String::new(),
            cells: Vec::new(),
            not_met: (other.unit == Unit::Answer || other.local) && rating == Rating::Red,
            contradicted: false,
        });
    }
    if case.contract.overall.is_some() && figure.period.frequency == facts.rated_every {
        facts.overall.push(OverallFact {
            period: next,
            rating: median(&rated),
            words: String::new(),
            cells: Vec::new(),
        });
    }
    let is_met =
        |own: &Escalation| own.status == EscalationStatus::Triggered && own.period.to > figure.period.to;
    escalations(case, &mut facts).into_iter().filter(is_met).map(|own| own.id).collect()
}
