//! The sheet Selection criteria: what was offered in the tender beside what the quarter's figures come to.

use crate::lancashire::entry::Entry;
use crate::lancashire::figures::{AGENCY, QUALIFIED, Quarter, VOLUNTEER};
use crate::lancashire::providers::*;

/// The criteria, in the order in which they stand.
const CRITERIA: [&str; 4] = [
    "Support by volunteers",
    "Staff trained to the levels of item 4.3",
    "Use of agency staff",
    "Befriending",
];

/// First quarter in whose return Sallowbeck Care puts fewer hours beside Offered than it did before.
const LOWERED_FROM: usize = 4;
/// The hours it puts.
const LOWERED_TO: i64 = 100;

/// The criteria of a provider with what a quarter brought.
pub fn criteria(provider: usize, quarter: usize, figures: &Quarter) -> Vec<[Entry; 4]> {
    let offers = PROVIDERS[provider].offers;
    let volunteer_hours = match (provider, quarter) {
        (SALLOWBECK, LOWERED_FROM..) => LOWERED_TO,
        _ => offers.volunteer_hours,
    };
    let volunteers = figures.total(VOLUNTEER);
    let qualified = figures.share_of_delivered(QUALIFIED);
    let agency = figures.share_of_delivered(AGENCY);
    // Northgate's cells have a percent format; everyone else types the words.
    let share = |share: f64| match provider {
        NORTHGATE => Entry::Share(share),
        _ => Entry::Text(format!("{:.1}%", share * 100.0)),
    };
    let offered = [
        format!("At least {volunteer_hours} hours a quarter"),
        format!("At least {}% of hours delivered", offers.qualified),
        format!("At most {}% of hours delivered", offers.agency),
        format!("At least {} people matched", offers.befriended),
    ];
    let reached = [
        Entry::Text(format!("{volunteers:.2} hours")),
        share(qualified),
        share(agency),
        Entry::Text(format!("{} people", figures.befriended)),
    ];
    let met = [
        volunteers >= volunteer_hours as f64,
        qualified * 100.0 >= offers.qualified as f64,
        agency * 100.0 <= offers.agency as f64,
        figures.befriended >= offers.befriended,
    ];
    let excuses = [
        "Short of the offer: fewer volunteers while visits are restricted",
        "Short of the offer: new starters are still on their care certificate",
        "Above the offer: sickness and self-isolation covered by one agency",
        "Short of the offer: two more people are waiting for a match",
    ];
    CRITERIA
        .into_iter()
        .zip(offered)
        .zip(reached)
        .zip(met.into_iter().zip(excuses))
        .map(|(((criterion, offered), reached), (met, excuse))| {
            [
                Entry::passage(criterion),
                Entry::passage(offered),
                reached,
                if met { Entry::Blank } else { Entry::passage(excuse) },
            ]
        })
        .collect()
}
