//! The arithmetic of an XmR chart and its rules for special causes: numbers in, verdicts out.
//!
//! After NHS England's “Making Data Count” (the #plotthedots guides and tool, as of 2026), which names four signs of special-cause
//! variation: a single point outside the process limits; a run of points above or below the mean, where its tool asks for seven; six
//! consecutive points that rise or fall; two out of three points close to a process limit, all three on the same side of the mean.
//! Since 2023 a point beyond a limit counts as one close to it. The limits are the mean and 2.66 times the mean moving range on
//! either side; no point is screened out before they are reckoned; “close” is beyond two thirds of the way from mean to limit.
//!
//! Where that leaves something open, the reading that claims less is taken: a point on the mean ends a run, equal figures end a
//! trend, a point on a limit is not outside it, and nothing is carried over a period without a point.

use std::cmp::Ordering;

use rust_decimal::Decimal;

use crate::domain::quantity::Quantity;
use crate::review::process::{SpecialCause, Towards};

/// The mean moving range is multiplied by this to reckon a limit: 3 divided by 1.128, rounded, as published.
const LIMIT_FACTOR: Decimal = Decimal::from_parts(266, 0, 0, false, 2);
/// Points on one side of the mean that make a run.
const RUN: usize = 7;
/// Points rising or falling that make a trend.
const TREND: usize = 6;
/// Decimal places to which a figure is compared with mean and limits: what division leaves beyond them tells nothing apart.
const PLACES: u32 = 9;

/// Figures in order of time; `follows` is whether the period of the figure comes right after that of the one before.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Entry {
    /// The figure.
    pub value: Quantity,
    /// Whether nothing is missing between it and the one before; of the first entry it says nothing.
    pub follows: bool,
}

/// What is reckoned from the figures.
#[derive(Debug, Clone, PartialEq)]
pub struct Reckoned {
    /// The distance from the figure of the period before, by position; `None` where there is none.
    pub ranges: Vec<Option<Quantity>>,
    /// Mean.
    pub mean: Quantity,
    /// Mean of the moving ranges.
    pub mean_range: Quantity,
    /// Lower process limit.
    pub lower: Quantity,
    /// Upper process limit.
    pub upper: Quantity,
    /// Why each figure is unlikely to be chance, by position, each with where it points to; empty where it is not.
    pub causes: Vec<Vec<(SpecialCause, Towards)>>,
}

/// The distance of each figure from the one of the period before.
pub fn moving_ranges(entries: &[Entry]) -> Vec<Option<Quantity>> {
    let first = entries.first().map(|_| None);
    let rest = entries.windows(2).map(|pair| match pair {
        [before, own] if own.follows => Some((own.value - before.value).abs()),
        _ => None,
    });
    first.into_iter().chain(rest).collect()
}

/// Mean, limits and special causes; `None` where no figure follows right on another.
pub fn reckon(entries: &[Entry]) -> Option<Reckoned> {
    let ranges = moving_ranges(entries);
    let mean = mean(entries.iter().map(|entry| entry.value))?;
    let mean_range = self::mean(ranges.iter().flatten().copied())?;
    let reach = LIMIT_FACTOR.checked_mul(mean_range)?;
    let (lower, upper) = (mean.checked_sub(reach)?, mean.checked_add(reach)?);
    let close = reach.checked_mul(Decimal::TWO)? / Decimal::from(3);
    let mut causes = vec![Vec::new(); entries.len()];
    let sides: Vec<Ordering> = entries.iter().map(|entry| side(entry.value, mean)).collect();

    for ((entry, side), own) in entries.iter().zip(&sides).zip(&mut causes) {
        let outside = self::side(entry.value, upper) == Ordering::Greater
            || self::side(entry.value, lower) == Ordering::Less;
        if let (true, Some(towards)) = (outside, towards(*side)) {
            own.push((SpecialCause::Outside, towards));
        }
    }
    // From one figure to the next; a stretch of so many steps is one more figures.
    let steps: Vec<Ordering> = entries
        .windows(2)
        .map(|pair| match pair {
            [before, own] if own.follows => side(own.value, before.value),
            _ => Ordering::Equal,
        })
        .collect();
    for (start, length, step) in stretches(&steps, |_| true) {
        if let (Some(towards), true) = (towards(step), length + 1 >= TREND) {
            mark(&mut causes, start..start + length + 1, SpecialCause::Trend, towards);
        }
    }
    let is_close = |entry: &Entry| match side(entry.value, mean) {
        Ordering::Greater => side(entry.value, mean + close) == Ordering::Greater,
        Ordering::Less => side(entry.value, mean - close) == Ordering::Less,
        Ordering::Equal => false,
    };
    for (start, three) in entries.windows(3).enumerate() {
        let Some(towards) = sides.get(start).and_then(|side| towards(*side)) else { continue };
        let alike = sides.iter().skip(start).take(3).all(|side| Some(side) == sides.get(start));
        let in_a_row = three.iter().skip(1).all(|entry| entry.follows);
        let near: Vec<usize> =
            three.iter().enumerate().filter(|(_, entry)| is_close(entry)).map(|(at, _)| start + at).collect();
        if alike && in_a_row && near.len() >= 2 {
            for at in near {
                mark(&mut causes, at..at + 1, SpecialCause::CloseToLimit, towards);
            }
        }
    }
    for (start, length, side) in stretches(&sides, |at| entries.get(at).is_some_and(|entry| entry.follows)) {
        if let (Some(towards), true) = (towards(side), length >= RUN) {
            mark(&mut causes, start..start + length, SpecialCause::Run, towards);
        }
    }
    causes.iter_mut().for_each(|own| own.sort());
    Some(Reckoned { ranges, mean, mean_range, lower, upper, causes })
}

/// How a figure lies to another, apart from what division leaves beyond the places that tell anything.
pub fn side(figure: Quantity, other: Quantity) -> Ordering {
    (figure - other).round_dp(PLACES).cmp(&Decimal::ZERO)
}

fn towards(order: Ordering) -> Option<Towards> {
    match order {
        Ordering::Greater => Some(Towards::High),
        Ordering::Less => Some(Towards::Low),
        Ordering::Equal => None,
    }
}

/// The mean; `None` of nothing.
fn mean(values: impl Iterator<Item = Quantity>) -> Option<Quantity> {
    let (mut sum, mut number) = (Decimal::ZERO, 0_u32);
    for value in values {
        sum = sum.checked_add(value)?;
        number += 1;
    }
    sum.checked_div(Decimal::from(number))
}

/// Stretches of equal entries: where each starts, how long it is, and of what. `joined` is whether an entry may be joined to the one
/// before it.
fn stretches(of: &[Ordering], joined: impl Fn(usize) -> bool) -> Vec<(usize, usize, Ordering)> {
    let mut stretches: Vec<(usize, usize, Ordering)> = Vec::new();
    for (at, own) in of.iter().enumerate() {
        match stretches.last_mut() {
            Some((_, length, last)) if *last == *own && joined(at) => *length += 1,
            _ => stretches.push((at, 1, *own)),
        }
    }
    stretches
}

fn mark(
    causes: &mut [Vec<(SpecialCause, Towards)>],
    at: std::ops::Range<usize>,
    cause: SpecialCause,
    towards: Towards,
) {
    for own in causes.iter_mut().skip(at.start).take(at.len()) {
        // Where one trend turns into another, what leads on from the figure is what it says.
        own.retain(|(known, _)| *known != cause);
        own.push((cause, towards));
    }
}

#[cfg(test)]
mod tests;
