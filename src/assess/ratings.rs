//! Ratings of every KPI, period and area that is due.

use super::Case;
use super::figures::{AreaFigure, Source, Worth, figure};
use super::submissions::Slot;
use crate::contract::layout::Asks;
use crate::contract::meant::{Kpi, RatingRule};
use crate::domain::period::Period;
use crate::domain::quantity::Quantity;
use crate::domain::rating::Rating;
use crate::domain::submission::SubmissionStatus;
use crate::review::RatedFigure;
use crate::rules::figure::Figure;

/// Every rating due, in order of period, KPI and area, the whole contract first.
pub fn ratings(case: &Case<'_>, slots: &[Slot<'_>]) -> Vec<RatedFigure> {
    let mut ratings = Vec::new();
    let mut periods: Vec<Period> = slots.iter().map(|slot| slot.submission.period).collect();
    periods.sort_by_key(|period| (period.to, period.from));
    periods.dedup();
    for period in periods {
        for kpi in &case.contract.kpis {
            let own: Vec<&Slot<'_>> = slots
                .iter()
                .filter(|slot| slot.form.id == kpi.figure.form && slot.submission.period == period)
                .collect();
            if !own.is_empty() {
                rate(case, kpi, period, &own, &mut ratings);
            }
        }
    }
    ratings
}

/// Whether anything is to be said of a return: it came in, or is past due.
fn is_due(slot: &Slot<'_>) -> bool {
    slot.submission.status != SubmissionStatus::NotYetDue || !slot.versions.is_empty()
}

fn rate(case: &Case<'_>, kpi: &Kpi, period: Period, slots: &[&Slot<'_>], ratings: &mut Vec<RatedFigure>) {
    if !slots.iter().any(|slot| is_due(slot)) {
        return;
    }
    let areas: Vec<Option<&str>> = case.contract.areas.iter().map(|area| Some(area.name.as_str())).collect();
    if areas.is_empty() {
        let found = outcome(case, kpi, slots, None);
        ratings.push(rated(case, kpi, period, None, &found, slots));
        return;
    }
    let found: Vec<Outcome> = areas.iter().map(|area| outcome(case, kpi, slots, *area)).collect();
    ratings.push(rated(case, kpi, period, None, &together(&found), slots));
    for (area, found) in areas.into_iter().zip(&found) {
        ratings.push(rated(case, kpi, period, area, found, slots));
    }
}

/// What came of one area.
#[derive(Debug, Clone)]
enum Outcome {
    Figure(AreaFigure),
    NoReturn,
    Unusable,
}

fn outcome(case: &Case<'_>, kpi: &Kpi, slots: &[&Slot<'_>], area: Option<&str>) -> Outcome {
    let slot =
        slots.iter().find(|slot| slot.submission.area.is_none() || slot.submission.area.as_deref() == area);
    let Some(slot) = slot else { return Outcome::NoReturn };
    match slot.rated() {
        Some(version) => Outcome::Figure(figure(
            Source {
                contract: case.contract,
                mapped: &version.mapped,
                period: &slot.submission.period,
                received: version.received,
                working_days: case.working_days,
            },
            kpi,
            area,
        )),
        None if slot.versions.is_empty() => Outcome::NoReturn,
        None => Outcome::Unusable,
    }
}

/// The figure for the whole contract: numerators over denominators and sums of amounts, never the mean of percentages.
fn together(areas: &[Outcome]) -> Outcome {
    if areas.iter().any(|area| matches!(area, Outcome::NoReturn)) {
        return Outcome::NoReturn;
    }
    let mut whole =
        AreaFigure { worth: Worth::Invalid, notes: Vec::new(), cells: Vec::new(), findings: Vec::new() };
    let mut amount = Some(Quantity::ZERO);
    let mut share = Some((Quantity::ZERO, Quantity::ZERO));
    for area in areas {
        let Outcome::Figure(figure) = area else { return Outcome::Unusable };
        whole.cells.extend(figure.cells.iter().cloned());
        for note in &figure.notes {
            if !whole.notes.contains(note) {
                whole.notes.push(note.clone());
            }
        }
        amount = match figure.worth {
            Worth::Amount(value) => amount.map(|sum| sum + value),
            _ => None,
        };
        share = match figure.worth {
            Worth::Share { numerator, denominator } => share.map(|(n, d)| (n + numerator, d + denominator)),
            _ => None,
        };
    }
    whole.worth = match (amount, share) {
        (Some(value), _) => Worth::Amount(value),
        (_, Some((numerator, denominator))) => Worth::Share { numerator, denominator },
        _ => {
            whole.notes.push("One of the areas' figures cannot be added to the other's.".to_string());
            Worth::Invalid
        }
    };
    Outcome::Figure(whole)
}

fn rated(
    case: &Case<'_>,
    kpi: &Kpi,
    period: Period,
    area: Option<&str>,
    outcome: &Outcome,
    slots: &[&Slot<'_>],
) -> RatedFigure {
    let RatingRule::Target(target) = &kpi.rule;
    let mut rated = RatedFigure {
        kpi: kpi.reference.clone(),
        title: kpi.title.clone(),
        area: area.map(Into::into),
        period,
        value: None,
        numerator: None,
        denominator: None,
        unit: kpi.unit,
        target: Some(target.describe()),
        thresholds: vec![target.bound.value],
        rating: Rating::Invalid,
        clause: kpi.clause.clone(),
        notes: kpi.reading.iter().cloned().collect(),
        relief: None,
        cells: Vec::new(),
        comment: None,
    };
    rated.relief = case
        .records
        .reliefs
        .iter()
        .find(|relief| relief.kpi == kpi.reference && relief.period.covers(&period))
        .map(|relief| relief.reason.clone());
    let figure = match outcome {
        Outcome::NoReturn => {
            rated.rating = Rating::NoReturn;
            return rated;
        }
        Outcome::Unusable => return rated,
        Outcome::Figure(figure) => figure,
    };
    rated.cells = figure.cells.clone();
    rated.notes.extend(figure.notes.iter().cloned());
    rated.comment = comment(case, kpi, slots);
    match &figure.worth {
        Worth::Amount(value) | Worth::Unchecked(value) => {
            rated.value = Some(*value);
            rated.rating = target.rate(&Figure::Amount(*value));
        }
        Worth::Share { numerator, denominator } => {
            rated.numerator = Some(*numerator);
            rated.denominator = Some(*denominator);
            if denominator.is_zero() {
                rated.rating = Rating::NoActivity;
            } else {
                let figure = Figure::Share { numerator: *numerator, denominator: *denominator };
                rated.value = Some(figure.value());
                rated.rating = target.rate(&figure);
            }
        }
        Worth::Invalid => {}
    }
    rated
}

fn comment(case: &Case<'_>, kpi: &Kpi, slots: &[&Slot<'_>]) -> Option<String> {
    let column = case.contract.table(&kpi.figure)?.column_asking(Asks::Comment)?;
    let texts: Vec<String> = slots
        .iter()
        .filter_map(|slot| slot.rated())
        .flat_map(|version| &version.mapped.observations)
        .filter(|o| o.table == kpi.figure.table && o.row == kpi.row && o.column == column.id)
        .map(|o| o.shown.clone())
        .filter(|text| !text.is_empty())
        .collect();
    (!texts.is_empty()).then(|| texts.join("\n"))
}
