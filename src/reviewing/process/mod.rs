//! The XmR chart of a KPI: which of its figures are points, what is reckoned from them, and what that says.
//!
//! From 12 points a chart is made, and fewer than 20 make trial limits. A point is a figure of a whole period. A period without a
//! usable figure, and one in which the service ran for a part alone, has none: no moving range is taken across it, and no run or
//! trend is carried over it. A figure that the officer has given relief for stays a point, marked: the chart judges the process, not
//! the provider. Where three quarters of the figures or more are the same and some are not, as with rare events, no chart is made.
//! Answers of yes or no, and scores, have no chart.

mod rules;
mod words;

use rust_decimal::Decimal;

use crate::contract::meant::Kpi;
use crate::domain::better::Better;
use crate::domain::period::Period;
use crate::domain::quantity::{Quantity, Unit};
use crate::domain::rating::Rating;
use crate::domain::rating_band::RatingBand;
use crate::review::RatedFigure;
use crate::review::process::{
    Assurance, BandsFrom, ProcessChart, ProcessGap, ProcessLimit, ProcessPoint, ProcessTarget, SpecialCause,
    Towards, Variation,
};

use rules::{Entry, Reckoned, reckon};

/// The fewest points of a chart.
const LEAST_POINTS: usize = 12;
/// The fewest moving ranges that limits are reckoned from: of twelve points at least two thirds follow right on another.
const LEAST_RANGES: usize = 8;
/// Fewer points than this make trial limits.
const FIRM_POINTS: usize = 20;
/// The newest periods that a chart looks at: three years of months. What is older says little of the process of today.
const MOST_PERIODS: usize = 36;
/// Shares of fewer than this move far by one case.
const SMALL_DENOMINATOR: Decimal = Decimal::TEN;

/// The rating bands in force by the periods of the figures, oldest first, a change at a time; empty where no figure has any.
pub fn bands(kpi: &Kpi, history: &[RatedFigure]) -> Vec<BandsFrom> {
    let mut stretches: Vec<BandsFrom> = Vec::new();
    for figure in history {
        let bands = kpi.rule(&figure.period).map(|rule| rule.by_figure(figure.unit)).unwrap_or_default();
        if stretches.last().is_none_or(|last| last.bands != bands) {
            stretches.push(BandsFrom { from: figure.period, bands });
        }
    }
    if stretches.iter().all(|stretch| stretch.bands.is_empty()) { Vec::new() } else { stretches }
}

/// The chart of a KPI's figures, oldest first, rated by `bands` in the newest period; `None` where there are too few figures, or the
/// KPI is none of numbers.
pub fn process(
    history: &[RatedFigure],
    bands: &[RatingBand],
    better: Option<Better>,
) -> Option<ProcessChart> {
    let newest = history.last()?;
    if matches!(newest.unit, Unit::Answer | Unit::Score) {
        return None;
    }
    let alike = |figure: &&RatedFigure| {
        figure.period.frequency == newest.period.frequency && figure.unit == newest.unit
    };
    let own: Vec<&RatedFigure> = history.iter().filter(alike).collect();
    let own = own.get(own.len().saturating_sub(MOST_PERIODS)..).unwrap_or_default();
    let first = own.iter().position(|figure| is_point(figure))?;
    let own = own.get(first..).unwrap_or_default();
    let counted: Vec<&RatedFigure> = own.iter().copied().filter(|figure| is_point(figure)).collect();
    let mut before = None;
    let entries: Vec<Entry> = counted
        .iter()
        .filter_map(|figure| {
            let follows = before.is_some_and(|before: Period| before.next() == figure.period);
            before = Some(figure.period);
            Some(Entry { value: figure.value?, follows })
        })
        .collect();
    if hardly_moves(&entries) {
        return None;
    }
    let ranges = rules::moving_ranges(&entries).into_iter().flatten().count();
    if entries.len() < LEAST_POINTS || ranges < LEAST_RANGES {
        return None;
    }
    let reckoned = reckon(&entries)?;
    let target = target(newest, bands, better);
    let direction = match (&target, better) {
        (Some(target), _) if target.lower_is_better => Some(Better::Lower),
        (Some(_), _) => Some(Better::Higher),
        // Bands that are best in the middle have no better side.
        (None, better) => better.filter(|_| bands.is_empty()),
    };
    let (lower, upper) = limits(&reckoned, newest.unit, &entries);
    let points: Vec<ProcessPoint> = counted
        .iter()
        .zip(&entries)
        .zip(reckoned.ranges.iter().zip(&reckoned.causes))
        .map(|((figure, entry), (range, causes))| ProcessPoint {
            period: figure.period,
            value: entry.value,
            shown: figure.shown(),
            moving_range: *range,
            causes: causes.iter().map(|(cause, _)| *cause).collect(),
            variation: variation(causes, direction),
            relieved: figure.relief.is_some(),
        })
        .collect();
    let mut chart = ProcessChart {
        unit: newest.unit,
        gaps: gaps(own),
        mean: reckoned.mean,
        mean_range: reckoned.mean_range,
        lower,
        upper,
        trial: points.len() < FIRM_POINTS,
        variation: points.last().map_or(Variation::CommonCause, |point| point.variation),
        assurance: target.as_ref().map(|target| assurance(target, &lower, &upper)),
        target,
        points,
        sentences: Vec::new(),
        cautions: Vec::new(),
    };
    chart.sentences = words::sentences(&chart);
    chart.cautions = words::cautions(&chart, smallest_denominator(&counted));
    Some(chart)
}

/// Whether three quarters of the figures or more are the same and some are not: of rare events the limits say nothing, and one of them
/// would look like a change.
fn hardly_moves(entries: &[Entry]) -> bool {
    let most =
        entries.iter().map(|own| entries.iter().filter(|other| other.value == own.value).count()).max();
    most.is_some_and(|most| most < entries.len() && most * 4 >= entries.len() * 3)
}

fn is_point(figure: &RatedFigure) -> bool {
    figure.value.is_some() && figure.rating != Rating::Invalid && figure.partial.is_none()
}

/// Every period from the first point to the newest figure that has none.
fn gaps(own: &[&RatedFigure]) -> Vec<ProcessGap> {
    let mut gaps = Vec::new();
    let mut expected = own.first().map(|figure| figure.period);
    for figure in own {
        while let Some(missing) = expected.filter(|expected| *expected < figure.period) {
            gaps.push(ProcessGap { period: missing, why: "No figure".to_string() });
            expected = Some(missing.next());
        }
        if !is_point(figure) {
            let why = match figure.value {
                Some(_) if figure.partial.is_some() => "Partial period",
                _ => figure.rating.word(),
            };
            gaps.push(ProcessGap { period: figure.period, why: why.to_string() });
        }
        expected = Some(figure.period.next());
    }
    gaps
}

/// What meets the target, where there is one and one side of it is the better one.
fn target(newest: &RatedFigure, bands: &[RatingBand], better: Option<Better>) -> Option<ProcessTarget> {
    let met = |band: &RatingBand| matches!(band.rating, Rating::Stretch | Rating::Green);
    let first = bands.iter().position(met)?;
    let last = bands.iter().rposition(met)?;
    // What meets it lies together, and with one end among the worse figures.
    let together = bands.get(first..=last)?.iter().all(met);
    let (worse_below, worse_above) = (first > 0, last + 1 < bands.len());
    let (edge, lower_is_better) = match (together, worse_below, worse_above) {
        (true, true, false) => (bands.get(first)?.low?, false),
        (true, false, true) => (bands.get(last)?.high?, true),
        _ => return None,
    };
    // The definition may say otherwise of what is better; then nothing is claimed.
    if better.is_some_and(|better| (better == Better::Lower) != lower_is_better) {
        return None;
    }
    Some(ProcessTarget {
        value: edge.value,
        included: edge.included,
        lower_is_better,
        words: newest.aim.clone().unwrap_or_default(),
    })
}

/// A limit beyond what a figure can be is drawn where figures end: at nothing, and of shares at the whole.
fn limits(reckoned: &Reckoned, unit: Unit, entries: &[Entry]) -> (ProcessLimit, ProcessLimit) {
    let least = (unit != Unit::Pounds && entries.iter().all(|entry| entry.value >= Decimal::ZERO))
        .then_some(Decimal::ZERO);
    let most = (unit == Unit::Percent && entries.iter().all(|entry| entry.value <= Decimal::ONE))
        .then_some(Decimal::ONE);
    let lower = least.map_or(reckoned.lower, |least| reckoned.lower.max(least));
    let upper = most.map_or(reckoned.upper, |most| reckoned.upper.min(most));
    (
        ProcessLimit { value: lower, reckoned: reckoned.lower },
        ProcessLimit { value: upper, reckoned: reckoned.upper },
    )
}

/// What a point says: the first of its causes decides where it points to.
fn variation(causes: &[(SpecialCause, Towards)], better: Option<Better>) -> Variation {
    match (causes.first().map(|(_, towards)| *towards), better) {
        (None, _) => Variation::CommonCause,
        (Some(towards), None) => Variation::Neither(towards),
        (Some(towards), Some(better)) if (towards == Towards::High) == (better == Better::Higher) => {
            Variation::Improvement(towards)
        }
        (Some(towards), Some(_)) => Variation::Concern(towards),
    }
}

/// The limits themselves are held against the target as a figure would be: where the worse one meets it, it is consistently hit;
/// where the better one misses it, consistently missed.
fn assurance(target: &ProcessTarget, lower: &ProcessLimit, upper: &ProcessLimit) -> Assurance {
    let meets = |figure: Quantity| {
        let order = rules::side(figure, target.value);
        (target.included && order.is_eq())
            || if target.lower_is_better { order.is_lt() } else { order.is_gt() }
    };
    let (worse, best) = match target.lower_is_better {
        true => (upper.value, lower.value),
        false => (lower.value, upper.value),
    };
    match (meets(worse), meets(best)) {
        (true, _) => Assurance::Hits,
        (false, false) => Assurance::Misses,
        (false, true) => Assurance::HitAndMiss,
    }
}

/// The smallest denominator of the points, where it is so small that one case moves the share far.
fn smallest_denominator(points: &[&RatedFigure]) -> Option<Quantity> {
    let least = points.iter().filter_map(|figure| figure.denominator).min();
    least.filter(|least| *least < SMALL_DENOMINATOR)
}

#[cfg(test)]
mod tests;
