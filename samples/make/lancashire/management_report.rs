//! The management report of a quarter: what the figures say under the first items, words of the provider's under the
//! others.

use crate::lancashire::dates::end;
use crate::lancashire::entry::Entry;
use crate::lancashire::figures::{AGENCY, QUALIFIED, Quarter, VOLUNTEER};
use crate::lancashire::providers::*;
use crate::lancashire::report_texts::{LONG, UPDATES};

/// Agenda items as printed: the seven parts of item 4, then items 5 to 11.
pub const ITEMS: [&str; 14] = [
    "Validation of schemes in contract schedule",
    "Hours of support provided by volunteers",
    "Hours of support provided by agency",
    "Percentage of service delivery (in hours) that is provided by staff trained to qualification levels in line with item 4.3 in the specification",
    "Provision of, or support to access, a befriending scheme or programme for Service Users",
    "The use of technology to reduce support hours",
    "Action to address the risks of social isolation of Service Users",
    "Annual Service Development Plan update",
    "Staff recruitment & training",
    "Complaints/Compliments",
    "Safeguarding",
    "Information Governance",
    "Finance",
    "Any Other Business",
];

/// Items of which figures tell.
const FROM_FIGURES: usize = 4;
/// Position of the hours by volunteers.
const VOLUNTEERS: usize = 1;
/// Position of the befriending scheme.
const BEFRIENDING: usize = 4;
/// Position of the use of technology.
const TECHNOLOGY: usize = 5;
/// Position of social isolation.
const ISOLATION: usize = 6;
/// Position of the plan.
const PLAN: usize = 7;
/// Position of information governance.
const INFORMATION: usize = 11;
/// Position of finance.
const FINANCE: usize = 12;
/// Position of any other business.
const OTHER: usize = 13;

/// The items with a provider's updates for a quarter.
pub fn report(provider: usize, quarter: usize, figures: &Quarter) -> Vec<[Entry; 2]> {
    ITEMS
        .iter()
        .enumerate()
        .map(|(item, name)| {
            let update = if is_left_blank(provider, quarter, item) {
                String::new()
            } else {
                update(provider, quarter, item, figures)
            };
            [Entry::passage(*name), Entry::passage(update)]
        })
        .collect()
}

/// Items that a provider does not answer.
fn is_left_blank(provider: usize, quarter: usize, item: usize) -> bool {
    matches!(
        (provider, quarter, item),
        (PENDLEWICK, _, TECHNOLOGY | OTHER)
            | (TWISTLEFIELD, _, BEFRIENDING | FINANCE)
            | (SALLOWBECK, 3, VOLUNTEERS)
            | (MARLPIT, 5, ISOLATION | INFORMATION)
            | (RAVENMOSS, 2, PLAN)
            | (OAKENSHADE, 4, BEFRIENDING..=ISOLATION)
    )
}

fn update(provider: usize, quarter: usize, item: usize, figures: &Quarter) -> String {
    let schemes = PROVIDERS[provider].schemes;
    match (item, provider, quarter) {
        (0, HAWKSCLOUGH, 0) => format!(
            "{} schemes as in the contract schedule, taken over on 11 May 2020: figures from that day.",
            schemes.len()
        ),
        (0, TWISTLEFIELD, 4) => format!(
            "{} schemes until the end of the contract on {}; handed over to the new provider.",
            schemes.len(),
            end(4).format("%-d %B %Y")
        ),
        (0, ..) => format!("{} schemes as in the contract schedule; no change.", schemes.len()),
        (VOLUNTEERS, ..) => format!("{:.2} hours.", figures.total(VOLUNTEER)),
        (2, ..) => format!(
            "{:.2} hours, {:.1}% of the hours delivered.",
            figures.total(AGENCY),
            figures.share_of_delivered(AGENCY) * 100.0
        ),
        (3, ..) => format!("{:.1}%", figures.share_of_delivered(QUALIFIED) * 100.0),
        (ISOLATION, SALLOWBECK, 2) => LONG.to_string(),
        (OTHER, HAWKSCLOUGH, 0) => {
            "First return: please say if the form is filled in as you want it.".to_string()
        }
        _ => {
            let updates = UPDATES[item - FROM_FIGURES];
            updates[(provider * 5 + quarter + item) % updates.len()].to_string()
        }
    }
}
