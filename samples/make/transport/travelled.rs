//! The journeys of a month, one by one.

use anyhow::{Result, ensure};
use chrono::NaiveDate;

use super::calendar::{month_start, school_days};
use super::operators::OPERATORS;
use crate::dates::{after, working_days_after};
use crate::random::Random;

/// A journey.
#[derive(Debug, Clone)]
pub struct Journey {
    /// Day.
    pub day: NaiveDate,
    /// Route.
    pub route: &'static str,
    /// To school in the morning, else from school.
    pub to_school: bool,
    /// Whether it was on time; a missed one was not.
    pub on_time: bool,
    /// Whether it did not run.
    pub missed: bool,
    /// Whether the vehicle was the one specified.
    pub as_specified: bool,
    /// Whether the assistant was there, where one is specified.
    pub assisted: Option<bool>,
}

/// A complaint as logged.
#[derive(Debug, Clone)]
pub struct Logged {
    /// Reference.
    pub reference: String,
    /// Date received.
    pub received: NaiveDate,
    /// What about.
    pub about: &'static str,
    /// Date answered.
    pub answered: NaiveDate,
    /// Whether it was upheld.
    pub upheld: bool,
}

/// An operator's journeys of a month, by day and route.
///
/// # Errors
/// When more went wrong than there were journeys.
pub fn journeys(operator: usize, month: usize) -> Result<Vec<Journey>> {
    let mut journeys = Vec::new();
    for day in school_days(month) {
        for (route, assisted) in OPERATORS[operator].routes {
            for to_school in [true, false] {
                let assisted = assisted.then_some(true);
                journeys.push(Journey {
                    day,
                    route,
                    to_school,
                    on_time: true,
                    missed: false,
                    as_specified: true,
                    assisted,
                });
            }
        }
    }
    let went = OPERATORS[operator].months[month];
    let mut order: Vec<usize> = (0..journeys.len()).collect();
    Random::stream(40, (operator * 100 + month) as u64, 0).shuffle(&mut order);
    let wrong = went.missed + went.late + went.other_vehicle;
    ensure!(wrong <= order.len(), "{} journeys of {} went wrong", wrong, order.len());
    for (place, at) in order.iter().take(wrong).enumerate() {
        let journey = &mut journeys[*at];
        if place < went.missed + went.late {
            journey.on_time = false;
            journey.missed = place < went.missed;
        } else {
            journey.as_specified = false;
        }
    }
    let unassisted = order.iter().filter(|at| journeys[**at].assisted.is_some()).take(went.unassisted);
    for at in unassisted.copied().collect::<Vec<_>>() {
        journeys[at].assisted = Some(false);
    }
    Ok(journeys)
}

/// An operator's complaints of a month.
pub fn complaints(operator: usize, month: usize) -> Vec<Logged> {
    let start = month_start(month);
    let letter = OPERATORS[operator].name.chars().take(1).collect::<String>();
    let earlier: usize =
        OPERATORS[operator].months.iter().take(month).map(|month| month.complaints.len()).sum();
    OPERATORS[operator].months[month]
        .complaints
        .iter()
        .zip(earlier + 1..)
        .map(|(complaint, number)| {
            let received = after(start, u64::from(complaint.day - 1));
            Logged {
                reference: format!("{letter}C{number:02}"),
                received,
                about: complaint.about,
                answered: working_days_after(received, complaint.answered_after),
                upheld: complaint.upheld,
            }
        })
        .collect()
}
