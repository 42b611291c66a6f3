//! The sheet Service development plan: how each action stood at the end of each quarter.

use anyhow::{Result, ensure};
use chrono::NaiveDate;

use crate::lancashire::dates::{end, start};
use crate::lancashire::entry::Entry;
use crate::lancashire::plans::PLANS;
use crate::lancashire::providers::{MARLPIT, PROVIDERS};

/// An action of a provider's plan.
#[derive(Debug, Clone, Copy)]
pub struct Action {
    /// What is to be done.
    pub action: &'static str,
    /// Role of who sees to it.
    pub owner: &'static str,
    /// When it is due: year, month, day.
    pub due: (i32, u32, u32),
    /// First quarter in whose return it stands.
    pub from: usize,
    /// Quarter in which work on it begins.
    pub begun: usize,
    /// Quarter in which it is complete; `None` when it never is.
    pub complete: Option<usize>,
    /// Progress in the quarter it begins, after that, and when it is complete.
    pub progress: [&'static str; 3],
}

/// Marlpit Row's action whose due date moved, the first quarter with the new date, and that date.
const MOVED: (usize, usize, (i32, u32, u32)) = (1, 3, (2021, 6, 30));
/// Marlpit Row's action that is no longer on the sheet, and the first quarter without it.
const VANISHED: (usize, usize) = (2, 4);
/// Marlpit Row's action that is overdue.
const OVERDUE: usize = 3;

fn date((year, month, day): (i32, u32, u32)) -> NaiveDate {
    crate::dates::day(year, month, day)
}

impl Action {
    fn row(&self, quarter: usize, due: NaiveDate) -> [Entry; 5] {
        let (progress, status) = if self.is_complete(quarter) {
            (self.progress[2], "Complete")
        } else if quarter < self.begun {
            ("", "Not started")
        } else if quarter == self.begun {
            (self.progress[0], "In progress")
        } else {
            (self.progress[1], "In progress")
        };
        [
            Entry::passage(self.action),
            Entry::passage(self.owner),
            Entry::Date(due),
            Entry::passage(progress),
            Entry::Text(status.to_string()),
        ]
    }

    fn is_complete(&self, quarter: usize) -> bool {
        self.complete.is_some_and(|complete| complete <= quarter)
    }
}

/// The plan of a provider as its return for a quarter shows it.
///
/// # Errors
/// When an action is overdue that the story does not say is.
pub fn plan(provider: usize, quarter: usize) -> Result<Vec<[Entry; 5]>> {
    let mut rows = Vec::new();
    for (index, action) in PLANS[provider].iter().enumerate().filter(|(_, action)| action.from <= quarter) {
        let is_marlpit = provider == MARLPIT;
        if is_marlpit && index == VANISHED.0 && quarter >= VANISHED.1 {
            continue;
        }
        let due = if is_marlpit && index == MOVED.0 && quarter >= MOVED.1 { MOVED.2 } else { action.due };
        let overdue = date(due) < end(quarter) && !action.is_complete(quarter);
        ensure!(
            overdue == (is_marlpit && index == OVERDUE && date(due) < end(quarter)),
            "{}: {} in the quarter from {}",
            PROVIDERS[provider].name,
            action.action,
            start(quarter)
        );
        rows.push(action.row(quarter, date(due)));
    }
    Ok(rows)
}
