//! Whom to see first: providers by their weighted scores, and why.

use chrono::NaiveDate;

use super::{Across, conditions_met, sentences};
use crate::assess::priorities::{Ranked, ranked};
use crate::assess::records::Records;
use crate::contract::meant::Priorities;
use crate::domain::period::long_date;
use crate::domain::quantity::{Quantity, Unit, show};
use crate::domain::text::{number_of, one_line};
use crate::review::ProviderReview;
use crate::review::report::{Ranking, RankingRow};

/// Criteria named as weighing most, unless more weigh the same.
const NAMED: usize = 2;

/// The ranking, where the contract has one: the highest sum first, equals by name, those without a score last.
pub fn ranking(across: &Across<'_>) -> Option<Ranking> {
    let settings = across.contract.priorities.as_ref()?;
    let providers: Vec<&Records> = across.entries.iter().map(|(records, _)| *records).collect();
    let mut rows: Vec<RankingRow> = ranked(settings, &providers, across.as_of)
        .into_iter()
        .zip(&across.entries)
        .map(|(own, (records, review))| RankingRow {
            rank: own.rank,
            provider: records.provider.clone(),
            sum: own.sum,
            reasons: reasons(across, settings, &own, records, review),
            scores: own.scores,
        })
        .collect();
    rows.sort_by(|a, b| {
        (a.rank.is_none(), a.rank, &a.provider).cmp(&(b.rank.is_none(), b.rank, &b.provider))
    });
    Some(Ranking {
        title: settings.title.clone(),
        clause: settings.clause.clone(),
        reading: settings.reading.clone(),
        criteria: settings.criteria.iter().map(|own| (own.title.clone(), own.weight)).collect(),
        rows,
    })
}

/// Why it is on the plan of reviews whatever it scores: somebody asked for it, or a date is set. A candidate that is not, is said to
/// have no date yet.
fn on_the_plan(across: &Across<'_>, records: &Records) -> Vec<String> {
    let to_come = |day: Option<NaiveDate>| day.is_none_or(|day| day >= across.as_of);
    let mut reasons = Vec::new();
    for own in records.reviews.iter().filter(|own| to_come(own.planned)) {
        let asked = own.requested_by.as_ref().map(|by| format!("asked for by {}", one_line(by)));
        let planned = own.planned.map(|day| format!("planned for {}", long_date(day)));
        if asked.is_some() || planned.is_some() {
            let words: Vec<String> =
                asked.into_iter().chain(planned.or(Some("no date yet".to_string()))).collect();
            reasons.push(format!("On the plan: {}.", words.join(", ")));
        }
    }
    if reasons.is_empty() && !records.reviews.is_empty() {
        reasons.push("Not on the plan: no date yet.".to_string());
    }
    reasons
}

fn reasons(
    across: &Across<'_>,
    settings: &Priorities,
    own: &Ranked,
    records: &Records,
    review: &ProviderReview,
) -> Vec<String> {
    let mut reasons = on_the_plan(across, records);
    let mut weighed: Vec<(Quantity, String)> = Vec::new();
    let mut unscored = Vec::new();
    let mut lowered = Vec::new();
    for (score, criterion) in own.scores.iter().zip(&settings.criteria) {
        let Some(score) = score else {
            unscored.push(criterion.title.clone());
            continue;
        };
        let plain = show(*score, Unit::Count, &[]);
        let weight = show(criterion.weight, Unit::Count, &[]);
        let reckoned = if criterion.weight == Quantity::ONE { plain } else { format!("{plain} × {weight}") };
        match score.checked_mul(criterion.weight) {
            Some(part) if part > Quantity::ZERO => {
                weighed.push((part, format!("{} ({reckoned})", criterion.title)));
            }
            Some(part) if part < Quantity::ZERO => {
                lowered.push(format!("{} ({reckoned})", criterion.title));
            }
            _ => {}
        }
    }
    // Stable, so that equals stay in the contract's order.
    weighed.sort_by_key(|(part, _)| std::cmp::Reverse(*part));
    if let Some((least, _)) = weighed.get(NAMED - 1).or(weighed.last()).cloned() {
        let most: Vec<String> =
            weighed.into_iter().filter(|(part, _)| *part >= least).map(|(_, words)| words).collect();
        reasons.push(format!("Weighs most: {}.", sentences::list(&most)));
    }
    if !lowered.is_empty() {
        reasons.push(format!("Moves down: {}.", sentences::list(&lowered)));
    }
    match unscored.len() {
        0 => {}
        all if all == settings.criteria.len() => reasons.push("Not scored in the register.".to_string()),
        _ => reasons.push(format!("Not scored: {}.", sentences::list(&unscored))),
    }
    if across.in_last_year(records.start) && records.reviews.is_empty() {
        reasons.push(format!("Joined on {}.", long_date(records.start)));
    }
    let open = records.alerts.iter().filter(|own| own.closed.is_none_or(|day| day > across.as_of)).count();
    if open > 0 {
        reasons.push(format!("{}.", number_of(open, "open alert", "open alerts")));
    }
    let met = conditions_met(review, across.as_of);
    if !met.is_empty() {
        let titles: Vec<String> = met.iter().map(|own| own.title.clone()).collect();
        reasons.push(format!("Conditions met: {}.", titles.join("; ")));
    }
    reasons
}
