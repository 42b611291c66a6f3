//! One course of events from which every figure of every return follows.
//!
//! Month by month referrals arrive, are rejected, worked on, closed or withdrawn, in the numbers of [`crate::advocacy::plan`].
//! Then each quarter's allocations, contacts and feedback are set to the shares of [`crate::advocacy::story`].

use chrono::{Datelike, NaiveDate};

use crate::advocacy::cases::{
    AGES, CARE_ACT, Case, Council, Outcome, REFERRED_ON, REJECTION_REASONS, WITHDRAWAL_REASONS,
};
use crate::advocacy::dates::{QUARTERS, month_end, month_start, quarter_end, quarter_start};
use crate::advocacy::plan::{MonthPlan, SUSPENDED, plan};
use crate::advocacy::story::{self, Shares};
use crate::dates::{after, before, is_working, working_days_after, working_on_or_after};
use crate::random::Random;

/// New referrals a month in the mean, by council and advocacy type; they add up to the plan's mean.
const ARRIVALS: [[i64; 6]; 2] = [[7, 5, 8, 9, 2, 0], [6, 4, 6, 8, 2, 2]];
/// Cases open in the mean, by council and advocacy type; they add up to the cases taken over.
const OPEN_CASES: [[i64; 6]; 2] = [[10, 26, 11, 20, 6, 0], [9, 24, 10, 18, 6, 5]];

const AGE_WEIGHTS: [[i64; 7]; 6] = [
    [1, 2, 8, 16, 20, 30, 23],
    [1, 3, 9, 15, 18, 30, 24],
    [4, 12, 36, 30, 10, 6, 2],
    [6, 10, 18, 24, 14, 16, 12],
    [1, 2, 8, 18, 20, 28, 23],
    [5, 12, 30, 30, 12, 8, 3],
];
const SOURCE_WEIGHTS: [[i64; 9]; 6] = [
    [40, 34, 4, 3, 12, 4, 1, 0, 2],
    [6, 2, 0, 0, 6, 84, 1, 0, 1],
    [4, 30, 2, 44, 4, 0, 4, 10, 2],
    [66, 8, 4, 4, 6, 0, 6, 4, 2],
    [30, 36, 8, 2, 10, 0, 10, 2, 2],
    [24, 6, 10, 16, 6, 0, 14, 18, 6],
];

/// All cases, in order of receipt.
#[derive(Debug)]
pub struct Simulation {
    /// Cases, the inherited ones included.
    pub cases: Vec<Case>,
}

impl Simulation {
    /// Runs the two years.
    pub fn run() -> Self {
        let mut cases = inherited();
        for council in Council::BOTH {
            for (month, plan) in plan(council).iter().enumerate() {
                let mut random = Random::stream(3, month as u64, council.index() as u64);
                one_month(&mut cases, council, month, plan, &mut random);
            }
        }
        cases.sort_by_key(|case| (case.received, case.person));
        let mut simulation = Self { cases };
        simulation.number();
        for (quarter, shares) in (0..QUARTERS).zip(&story::SHARES) {
            simulation.perform(quarter, shares);
        }
        simulation
    }

    fn number(&mut self) {
        let (mut inherited, mut own) = (0, 0);
        for case in &mut self.cases {
            case.reference = if case.received < month_start(0) {
                inherited += 1;
                format!("TR-{inherited:03}")
            } else {
                own += 1;
                format!("HA{}-{own:04}", case.received.year() % 100)
            };
        }
    }

    /// Sets a quarter's allocations, contacts and feedback so that exactly the story's shares are reached.
    fn perform(&mut self, quarter: usize, shares: &Shares) {
        let (from, to) = (quarter_start(quarter), quarter_end(quarter));
        for council in Council::BOTH {
            let mut random = Random::stream(2, quarter as u64, council.index() as u64);
            let tilt = random.between(-9, 9) as f64 / 1000.0;
            let tilt = if council == Council::East { tilt.abs() } else { -tilt.abs() };
            let received: Vec<usize> =
                self.matching(|case| case.council == council && from <= case.received && case.received <= to);
            let closed: Vec<usize> = self.matching(|case| {
                case.council == council && case.closed().is_some_and(|date| from <= date && date <= to)
            });
            for index in failing(&received, shares.allocated + tilt, &mut random) {
                let case = &mut self.cases[index];
                case.allocated = working_days_after(case.received, random.between(3, 6));
            }
            for index in failing(&received, shares.contacted + tilt, &mut random) {
                let case = &mut self.cases[index];
                case.contacted = working_on_or_after(after(case.received, random.index(5) as u64 + 3));
            }
            for index in failing(&closed, shares.resolved + tilt, &mut random) {
                self.cases[index].resolved_in_time = false;
            }
            for index in failing(&closed, shares.referrer_feedback + tilt, &mut random) {
                self.cases[index].referrer_feedback = false;
            }
            for index in failing(&closed, shares.user_feedback + tilt, &mut random) {
                self.cases[index].user_feedback = false;
            }
        }
    }

    fn matching(&self, wanted: impl Fn(&Case) -> bool) -> Vec<usize> {
        self.cases.iter().enumerate().filter(|(_, case)| wanted(case)).map(|(index, _)| index).collect()
    }
}

/// Those of `indices` that miss, so that the others are `share` of all.
fn failing(indices: &[usize], share: f64, random: &mut Random) -> Vec<usize> {
    let mut order = indices.to_vec();
    random.shuffle(&mut order);
    let met = (share * indices.len() as f64).round().max(0.0) as usize;
    order.split_off(met.min(indices.len()))
}

/// Cases the provider took over at the start of the contract.
fn inherited() -> Vec<Case> {
    let mut random = Random::stream(1, 0, 0);
    let mut cases = Vec::new();
    for council in Council::BOTH {
        for (kind, open) in OPEN_CASES[council.index()].into_iter().enumerate() {
            for _ in 0..open {
                let longest = if kind == crate::advocacy::cases::RPR { 210 } else { 75 };
                let received = working_on_or_after(before(month_start(0), 4 + random.index(longest) as u64));
                let received = if received < month_start(0) { received } else { before(month_start(0), 3) };
                let case = referral(&cases, council, kind, received, &mut random);
                cases.push(case);
            }
        }
    }
    cases
}

fn one_month(cases: &mut Vec<Case>, council: Council, month: usize, plan: &MonthPlan, random: &mut Random) {
    for (kind, arrivals) in (0..).zip(arrivals(council, month, plan.new, random)) {
        for _ in 0..arrivals {
            let received = day_of_receipt(month, random);
            let case = referral(cases, council, kind, received, random);
            cases.push(case);
        }
    }
    reject(cases, council, month, plan.rejected as usize, random);
    withdraw(cases, council, month, plan.withdrawn as usize, random);
    for _ in 0..plan.closed {
        close_one(cases, council, month, random);
    }
    spend_hours(cases, council, month, plan.quarter_hours, random);
}

/// Referrals by advocacy type that add up to `total`.
fn arrivals(council: Council, month: usize, total: i64, random: &mut Random) -> [i64; 6] {
    let mut arrivals = ARRIVALS[council.index()];
    let suspended = (SUSPENDED..SUSPENDED + 2).contains(&month);
    for arrivals in arrivals.iter_mut().take(council.types()) {
        *arrivals = (*arrivals + random.between(-1, 1)).max(0);
    }
    if suspended {
        arrivals[CARE_ACT] = 4 + random.between(0, 1);
    }
    while arrivals.iter().sum::<i64>() != total {
        let kind = random.weighted(&ARRIVALS[council.index()]);
        if suspended && kind == CARE_ACT {
            continue;
        }
        let step = (total - arrivals.iter().sum::<i64>()).signum();
        arrivals[kind] = (arrivals[kind] + step).max(0);
    }
    arrivals
}

fn spend_hours(cases: &mut [Case], council: Council, month: usize, quarter_hours: i64, random: &mut Random) {
    let (from, to) = (month_start(month), month_end(month));
    let mut active: Vec<(&mut Case, i64)> = cases
        .iter_mut()
        .filter(|case| case.council == council && case.active_within(from, to))
        .map(|case| {
            let hours = if case.received >= from { random.between(6, 18) } else { random.between(3, 13) };
            (case, hours)
        })
        .collect();
    let mut missing = quarter_hours - active.iter().map(|(_, hours)| hours).sum::<i64>();
    while missing != 0 && !active.is_empty() {
        let index = random.index(active.len());
        let step = if active[index].1 > 2 { missing.signum() } else { missing.signum().max(0) };
        active[index].1 += step;
        missing -= step;
    }
    for (case, hours) in active {
        case.hours.push((month, hours));
    }
}

fn day_of_receipt(month: usize, random: &mut Random) -> NaiveDate {
    let length = i64::from(month_end(month).day());
    loop {
        let date = after(month_start(month), random.between(0, length - 1) as u64);
        // A few referrals are e-mailed at weekends, where the person can still be contacted within two days.
        let contact_possible = is_working(after(date, 1)) || is_working(after(date, 2));
        if is_working(date) || (contact_possible && random.chance(12)) {
            return date;
        }
    }
}

/// A referral that goes as it should: allocated within two working days, contacted within two days.
fn referral(cases: &[Case], council: Council, kind: usize, received: NaiveDate, random: &mut Random) -> Case {
    let known = random.chance(6).then(|| {
        let open: Vec<&Case> = cases
            .iter()
            .filter(|case| case.council == council && case.kind != kind && case.open_at(received))
            .collect();
        open.get(random.index(open.len())).copied()
    });
    let (person, age) = match known.flatten() {
        Some(case) => (case.person, case.age),
        None => (cases.len() + 1, random.weighted(&AGE_WEIGHTS[kind])),
    };
    let days: Vec<NaiveDate> =
        (0..=2).map(|days| after(received, days)).filter(|date| is_working(*date)).collect();
    let contacted = days.get(random.index(days.len())).copied().unwrap_or(received);
    Case {
        reference: String::new(),
        council,
        kind,
        source: random.weighted(&SOURCE_WEIGHTS[kind]),
        age: age.min(AGES.len() - 1),
        person,
        received,
        allocated: working_days_after(received, random.weighted(&[40, 40, 20]) as i64),
        contacted,
        outcome: Outcome::Open,
        hours: Vec::new(),
        resolved_in_time: true,
        referrer_feedback: true,
        user_feedback: true,
    }
}

fn reject(cases: &mut [Case], council: Council, month: usize, count: usize, random: &mut Random) {
    let from = month_start(month);
    let mut new: Vec<&mut Case> =
        cases.iter_mut().filter(|case| case.council == council && case.received >= from).collect();
    random.shuffle(&mut new);
    for case in new.into_iter().take(count) {
        let reason = random.weighted(&[30, 24, 14, 10, 14, 8]).min(REJECTION_REASONS.len() - 1);
        let onward = random.weighted(if reason == 0 { &[80, 5, 10, 5] } else { &[10, 40, 25, 25] });
        case.outcome = Outcome::Rejected(reason, onward.min(REFERRED_ON.len() - 1));
    }
}

fn withdraw(cases: &mut [Case], council: Council, month: usize, count: usize, random: &mut Random) {
    let (from, to) = (month_start(month), month_end(month));
    let mut open: Vec<&mut Case> =
        cases.iter_mut().filter(|case| case.council == council && case.open_at(from)).collect();
    random.shuffle(&mut open);
    for case in open.into_iter().take(count) {
        let reason = random.weighted(&[34, 26, 16, 12, 12]).min(WITHDRAWAL_REASONS.len() - 1);
        let earliest = from.max(after(case.received, 12)).min(before(to, 4));
        case.outcome = Outcome::Withdrawn(working_day_within(earliest, to, random), reason);
    }
}

/// Closes a case of the type that has most above its usual number, by preference one that has been open long.
fn close_one(cases: &mut [Case], council: Council, month: usize, random: &mut Random) {
    let (from, to) = (month_start(month), month_end(month));
    let mut above: [i64; 6] = OPEN_CASES[council.index()].map(|usual| random.between(-2, 2) - usual);
    let mut ripe: Vec<(i64, &mut Case)> = Vec::new();
    for case in cases.iter_mut().filter(|case| case.council == council && case.outcome == Outcome::Open) {
        above[case.kind] += 1;
        if case.received <= before(to, 18) {
            ripe.push(((to - case.received).num_days() + random.between(0, 70), case));
        }
    }
    let longest_of_fullest = ripe.into_iter().max_by_key(|(age, case)| (above[case.kind], *age));
    if let Some((_, case)) = longest_of_fullest {
        let earliest = from.max(after(case.received, 13)).min(before(to, 4));
        case.outcome = Outcome::Closed(working_day_within(earliest, to, random));
    }
}

fn working_day_within(earliest: NaiveDate, latest: NaiveDate, random: &mut Random) -> NaiveDate {
    let days: Vec<NaiveDate> =
        earliest.iter_days().take_while(|date| *date <= latest).filter(|date| is_working(*date)).collect();
    days.get(random.index(days.len())).copied().unwrap_or(latest)
}
