//! Each provider's certification as it would stand if every requirement were met.

use chrono::NaiveDate;

use crate::alliance::certification::{Certification, Line, REQUIREMENTS, ServiceRow};
use crate::alliance::form::{Entry, Habits};
use crate::alliance::providers::{PROVIDERS, Service};
use crate::alliance::submissions::{certified_on, year_typed};
use crate::dates::{before, working_on_or_before};
use crate::random::Random;

/// Lines with an amount, and what is asked for.
const COVER: [f64; 3] = [10_000_000.0, 10_000_000.0, 5_000_000.0];
/// The line on HMO licences.
pub const HMO: usize = 10;

/// The certification of a provider without a fault.
pub fn certification(provider: usize) -> Certification {
    let certified = certified_on(provider);
    let known = &PROVIDERS[provider];
    let mut random = Random::stream(22, provider as u64, 0);
    let mut lines: Vec<Line> = (0..)
        .zip(REQUIREMENTS)
        .map(|(index, (_, text))| {
            let (amount, date) = match index {
                0..=2 => (Entry::Pounds(COVER[index]), Entry::Date(later(certified, &mut random))),
                3..=6 => (Entry::Greyed, Entry::Date(earlier(certified, 20, 330, &mut random))),
                _ => (Entry::Greyed, Entry::Greyed),
            };
            Line {
                requirement: text.to_string(),
                answer: Entry::text("Y"),
                amount,
                date,
                comment: String::new(),
            }
        })
        .collect();
    if !known.services.iter().any(|service| service.hmo) {
        lines[HMO].answer = Entry::text("N/A");
        lines[HMO].comment = "No house in multiple occupation".to_string();
    }
    Certification {
        provider: known.name.to_string(),
        year: year_typed(provider),
        role: known.role,
        certified,
        submitted: Entry::Date(certified),
        lines,
        services: known.services.iter().map(|service| row(service, certified, &mut random)).collect(),
        habits: Habits::default(),
    }
}

fn row(service: &Service, certified: NaiveDate, random: &mut Random) -> ServiceRow {
    let not_applicable = || Entry::text("N/A");
    let mut within = |from: i64, to: i64| Entry::Date(earlier(certified, from, to, random));
    let gas = within(25, 340);
    let (electrical, appliances, fire, inspection) =
        (within(90, 1_600), within(25, 330), within(25, 340), within(10, 110));
    ServiceRow {
        name: service.name.to_string(),
        postcode: service.postcode.to_string(),
        boroughs: service.boroughs.to_string(),
        gas: if service.gas { gas } else { not_applicable() },
        electrical,
        appliances,
        fire,
        hmo_required: Entry::text(if service.hmo { "Y" } else { "N" }),
        hmo_expiry: if service.hmo { Entry::Date(later(certified, random)) } else { not_applicable() },
        inspection,
        checklist: Entry::text("Y"),
    }
}

/// A working day from `from` to `to` days, both inclusive, or a few more, before `date`.
fn earlier(date: NaiveDate, from: i64, to: i64, random: &mut Random) -> NaiveDate {
    working_on_or_before(before(date, u64::try_from(random.between(from, to)).unwrap_or(0)))
}

/// A day between two and eleven months after `date`.
fn later(date: NaiveDate, random: &mut Random) -> NaiveDate {
    let days = chrono::Days::new(u64::try_from(random.between(60, 340)).unwrap_or(0));
    date.checked_add_days(days).unwrap_or(date)
}
