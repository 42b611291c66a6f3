//! The monthly totals of each council, laid down before any case is drawn.
//!
//! Totals run through the same set of values every six (or three) months in an order of chance, so that over any half
//! year they spread, and none is out of the ordinary against the months before it.

use crate::advocacy::cases::Council;
use crate::advocacy::dates::MONTHS;
use crate::advocacy::steadiness::out_of_the_ordinary;
use crate::advocacy::submissions::MISSING_MONTH;
use crate::random::Random;

/// New referrals of a month in the mean, by council.
const REFERRALS: [i64; 2] = [31, 28];
/// Cases open at the start of the contract, by council.
pub const TAKEN_OVER: [i64; 2] = [73, 72];
/// Hours of a month in the mean, by council.
const HOURS: [i64; 2] = [232, 218];
/// First of two months, one after the other, in which referrals were partly suspended: January 2026.
pub const SUSPENDED: usize = 16;

/// Draws of a half-year before the whole course is drawn anew.
const DRAWS: usize = 3_000;

/// Where the search for a steady course starts, by council: at the first attempt that leads to one, found by starting
/// at 0. It saves time and nothing else; the search goes on from here when a mean or spread is changed.
const FOUND: [u64; 2] = [111, 98];

/// Totals of one month.
#[derive(Debug, Clone, Copy, Default)]
pub struct MonthPlan {
    /// New referrals.
    pub new: i64,
    /// Rejected.
    pub rejected: i64,
    /// Withdrawn.
    pub withdrawn: i64,
    /// Closed.
    pub closed: i64,
    /// Carried forward from the month before.
    pub carried_forward: i64,
    /// Quarter-hours.
    pub quarter_hours: i64,
}

impl MonthPlan {
    /// Cases open at the end of the month.
    fn left_open(&self) -> i64 {
        self.carried_forward + self.new - self.rejected - self.withdrawn - self.closed
    }
}

/// The first steady course of months that chance offers.
pub fn plan(council: Council) -> Vec<MonthPlan> {
    let mut attempt = FOUND[council.index()];
    loop {
        let mut random = Random::stream(7, council.index() as u64, attempt);
        if let Some(months) = steady_course(council, &mut random) {
            return months;
        }
        attempt += 1;
    }
}

/// Half-year after half-year, each drawn again until it is steady after those before it.
fn steady_course(council: Council, random: &mut Random) -> Option<Vec<MonthPlan>> {
    let mut months: Vec<MonthPlan> = Vec::new();
    while months.len() < MONTHS {
        let steady = (0..DRAWS).find_map(|_| {
            let mut longer = months.clone();
            longer.extend(half_year(council, &months, random));
            steady(&longer, months.len()).then_some(longer)
        });
        months = steady?;
    }
    Some(months)
}

fn half_year(council: Council, earlier: &[MonthPlan], random: &mut Random) -> [MonthPlan; 6] {
    let mut new = shuffled([-4, -3, -1, 1, 3, 4], random);
    if (earlier.len()..earlier.len() + 6).contains(&SUSPENDED) {
        // The suspension falls in the quiet months of its half-year.
        for (place, quiet) in [(SUSPENDED % 6, -4), (SUSPENDED % 6 + 1, -3)] {
            let found = new.iter().position(|stray| *stray == quiet).unwrap_or(place);
            new.swap(place, found);
        }
    }
    let closed = shuffled([-4, -2, -1, 1, 2, 4], random);
    let rejected = [shuffled([1, 2, 3], random), shuffled([1, 2, 3], random)].concat();
    let withdrawn = [shuffled([1, 2, 3], random), shuffled([1, 2, 3], random)].concat();
    let hours = shuffled([-22, -15, -6, 5, 14, 24], random);
    let mean = REFERRALS[council.index()];
    let mut carried_forward = earlier.last().map_or(TAKEN_OVER[council.index()], MonthPlan::left_open);
    std::array::from_fn(|month| {
        let plan = MonthPlan {
            new: mean + new[month],
            rejected: rejected[month],
            withdrawn: withdrawn[month],
            closed: mean - 4 + closed[month],
            carried_forward,
            quarter_hours: 4 * (HOURS[council.index()] + hours[month]) + random.between(-6, 6),
        };
        carried_forward = plan.left_open();
        plan
    })
}

fn shuffled<const N: usize>(mut values: [i64; N], random: &mut Random) -> [i64; N] {
    random.shuffle(&mut values);
    values
}

/// Whether no total from month `from` on is out of the ordinary, with the month for which no return comes or without.
fn steady(months: &[MonthPlan], from: usize) -> bool {
    let all: Vec<[f64; 6]> = months
        .iter()
        .map(|m| {
            [m.new, m.rejected, m.withdrawn, m.closed, m.carried_forward, m.quarter_hours].map(|n| n as f64)
        })
        .collect();
    let mut returned = all.clone();
    if returned.len() > MISSING_MONTH {
        returned.remove(MISSING_MONTH);
    }
    [all, returned]
        .iter()
        .all(|rows| (from + 1..=rows.len()).all(|count| out_of_the_ordinary(&rows[..count]) == 0))
}
