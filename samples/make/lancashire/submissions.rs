//! When each return was received, under which name it was sent, and how its quarter was typed.

use chrono::NaiveDate;

use crate::dates::{before, day, working_on_or_before};
use crate::lancashire::dates::{due, end, number, start, year};
use crate::lancashire::providers::*;
use crate::random::Random;

/// Returns for which nobody wrote down when they came.
pub const UNPROVEN: [(usize, usize); 2] = [(TWISTLEFIELD, 1), (RAVENMOSS, 3)];
/// Returns that never came: joined later, left earlier, or not sent.
const MISSING: [(usize, usize); 5] =
    [(RAVENMOSS, 0), (RAVENMOSS, 1), (TWISTLEFIELD, 5), (PENDLEWICK, 5), (RAVENMOSS, 5)];

/// Whether a provider sent a return for a quarter.
pub fn is_sent(provider: usize, quarter: usize) -> bool {
    !MISSING.contains(&(provider, quarter))
}

/// Date the return of a quarter was received.
pub fn received(provider: usize, quarter: usize) -> NaiveDate {
    match (provider, quarter) {
        (NORTHGATE, 2) => due(2),
        (PENDLEWICK, 2) => day(2021, 1, 19),
        (MARLPIT, 2) => day(2021, 1, 27),
        _ => {
            let mut random = Random::stream(42, provider as u64, quarter as u64);
            working_on_or_before(before(due(quarter), random.index(8) as u64))
        }
    }
}

/// Label and words for the quarter, as each provider types them.
pub fn quarter_typed(provider: usize, quarter: usize) -> (&'static str, String) {
    let (from, to) = (start(quarter), end(quarter));
    let (number, year) = (number(quarter), year(quarter));
    let slashed = year.replace('-', "/");
    let months = |format: &str| (from.format(format).to_string(), to.format(format).to_string());
    let (long, short) = (months("%B"), months("%b"));
    match provider {
        NORTHGATE => ("Quarter:", format!("Q{number} {slashed}")),
        PENDLEWICK => ("Period:", format!("{} - {} {}", long.0, long.1, to.format("%Y"))),
        HAWKSCLOUGH => (
            "Reporting period:",
            format!("Q{number} {slashed} ({} - {} {})", short.0, short.1, to.format("%Y")),
        ),
        SALLOWBECK => ("Period:", format!("{} to {}", from.format("%-d %B %Y"), to.format("%-d %B %Y"))),
        MARLPIT => ("Quarter:", format!("Quarter {number} ({} to {} {})", long.0, long.1, to.format("%Y"))),
        TWISTLEFIELD => ("Quarter:", format!("{slashed} Q{number}")),
        RAVENMOSS => ("Quarter:", format!("{}-{} {}", short.0, short.1, to.format("%Y"))),
        _ => ("Quarter:", format!("Quarter {number} {slashed}")),
    }
}

/// Path of a quarter's return below the workspace.
pub fn path(provider: usize, quarter: usize) -> String {
    let (from, to) = (start(quarter), end(quarter));
    let (number, year) = (number(quarter), year(quarter));
    let name = match provider {
        NORTHGATE => format!("Northgate SL KPI return Q{number} {year}"),
        PENDLEWICK => {
            format!(
                "pendlewick kpi {}-{}",
                from.format("%b").to_string().to_lowercase(),
                to.format("%b %Y").to_string().to_lowercase()
            )
        }
        HAWKSCLOUGH => format!("HL_KPI_{year}_Q{number}"),
        SALLOWBECK => format!("Sallowbeck Care - Quarter {number} {year}"),
        MARLPIT => format!("Marlpit Row Q{number} {year} FINAL"),
        TWISTLEFIELD => format!("KPI return Twistlefield {year} Q{number}"),
        RAVENMOSS => format!("Ravenmoss {}-{}", from.format("%b"), to.format("%b %Y")),
        _ => format!("Oakenshade return Q{number} {}", &year[2..]),
    };
    format!("returns/{year}/Q{number}/{name}.xlsx")
}
