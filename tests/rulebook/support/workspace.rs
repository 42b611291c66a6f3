//! A workspace of the advocacy contract.

use std::ops::{Deref, DerefMut};

use chrono::{Datelike, Months, NaiveDate};

use super::book::{Book, Cell};
use super::said::Said;
use super::{CONTRACT, EAST, PROVIDER, WEST, day, forms, shared};

/// A workspace of the one provider.
pub struct Workspace(shared::workspace::Workspace);

impl Deref for Workspace {
    type Target = shared::workspace::Workspace;

    fn deref(&self) -> &Self::Target {
        &self.0
    }
}

impl DerefMut for Workspace {
    fn deref_mut(&mut self) -> &mut Self::Target {
        &mut self.0
    }
}

const COLUMNS: &[(&str, &[&str])] = &[
    ("Ignored", &["File", "Reason"]),
    ("Extensions", &["Provider", "Contract", "Form", "Period", "New due date", "Reason"]),
    ("Accepted", &["File", "Sheet", "Cell", "Finding", "Reason", "Date"]),
    ("Notices", &["Date", "Provider", "Contract", "Kind", "KPI", "Review date", "Note"]),
    ("Receipts", &["File", "Received"]),
    ("Reliefs", &["Provider", "Contract", "KPI", "Period", "Reason", "Agreed on"]),
];

impl Workspace {
    /// One provider under the contract from this day.
    pub fn new(start: &str) -> Self {
        let mut own = shared::workspace::Workspace::default();
        own.provider(CONTRACT, PROVIDER, start);
        Self(own)
    }

    /// A row of the register, its cells in the order of the columns.
    pub fn list(&mut self, sheet: &'static str, row: impl IntoIterator<Item = Cell>) {
        let columns = COLUMNS.iter().find(|(own, _)| *own == sheet).unwrap().1;
        self.record(sheet, columns.iter().copied().zip(row));
    }

    pub fn notice(&mut self, date: &str, kind: &str) {
        self.list("Notices", [day(date).into(), PROVIDER.into(), CONTRACT.into(), kind.into()]);
    }

    /// The six clean returns of the quarter that starts on this day, all received on the 10th of the following month, except
    /// those whose name contains one of `without`.
    pub fn quarter(&mut self, first: &str, without: &[&str]) {
        let start = day(first);
        for (file, due, book) in quarter_returns(start) {
            if without.iter().any(|word| file.contains(word)) {
                continue;
            }
            self.receive(&file, &due.with_day(10).unwrap().to_string(), &book);
        }
    }

    /// Writes the register and runs.
    pub fn run(&self, as_of: &str) -> Said {
        self.run_on(as_of, as_of)
    }

    /// The same on another day by the clock.
    pub fn run_on(&self, as_of: &str, today: &str) -> Said {
        Said::new(self.outcome(as_of, today).results)
    }

    /// The contract with the provider ends on this day.
    pub fn end(&mut self, last: &str) {
        self.provider_cell(PROVIDER, "End", day(last));
    }
}

/// The six returns of a quarter: file, a day in the month in which it is due, clean form.
pub fn quarter_returns(start: NaiveDate) -> Vec<(String, NaiveDate, Book)> {
    let first = start.to_string();
    let after = start + Months::new(3);
    let mut returns = Vec::new();
    for offset in 0..3 {
        let month = start + Months::new(offset);
        let file = format!("{first}/mi {}.xlsx", month.format("%Y-%m"));
        returns.push((file, month + Months::new(1), forms::month(&month.to_string())));
    }
    let kpi = forms::with_log(forms::kpis(&first), &forms::clean_log(&first));
    returns.push((format!("{first}/kpi.xlsx"), after, kpi));
    for (name, council) in [("east", EAST), ("west", WEST)] {
        returns.push((format!("{first}/narrative {name}.xlsx"), after, forms::narrative(&first, council)));
    }
    assert_eq!(start.day(), 1);
    returns
}
