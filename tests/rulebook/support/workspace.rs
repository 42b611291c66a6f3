//! The folder: returns, register, and a run over them.

use std::collections::BTreeMap;

use chrono::{Datelike, Months, NaiveDate};
use quarterday::run::{Outcome, Request, run};
use tempfile::TempDir;

use super::book::{Book, Cell, Sheet};
use super::said::Said;
use super::{CONTRACT, EAST, PROVIDER, WEST, day, forms};

/// A workspace.
pub struct Workspace {
    dir: TempDir,
    /// Rows of the register by sheet.
    lists: BTreeMap<&'static str, Vec<Vec<Cell>>>,
}

const COLUMNS: &[(&str, &[&str])] = &[
    ("Providers", &["Provider", "Contract", "Start", "End"]),
    ("Receipts", &["File", "Received"]),
    ("Ignored", &["File", "Reason"]),
    ("Extensions", &["Provider", "Contract", "Form", "Period", "New due date", "Reason"]),
    ("Accepted", &["File", "Sheet", "Cell", "Finding", "Reason", "Date"]),
    ("Notices", &["Date", "Provider", "Contract", "Kind", "KPI", "Review date", "Note"]),
    ("Reliefs", &["Provider", "Contract", "KPI", "Period", "Reason", "Agreed on"]),
];

impl Workspace {
    /// One provider under the contract from this day.
    pub fn new(start: &str) -> Self {
        let dir = tempfile::tempdir().unwrap();
        std::fs::create_dir(dir.path().join("returns")).unwrap();
        let mut own = Self { dir, lists: BTreeMap::new() };
        own.list("Providers", [PROVIDER.into(), CONTRACT.into(), day(start).into()]);
        own
    }

    pub fn path(&self) -> &std::path::Path {
        self.dir.path()
    }

    /// A row of the register.
    pub fn list(&mut self, sheet: &'static str, row: impl IntoIterator<Item = Cell>) {
        self.lists.entry(sheet).or_default().push(row.into_iter().collect());
    }

    /// Drops a file in.
    pub fn drop_in(&self, file: &str, book: &Book) {
        self.drop_bytes(file, &book.bytes());
    }

    pub fn drop_bytes(&self, file: &str, bytes: &[u8]) {
        let path = self.dir.path().join("returns").join(file);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, bytes).unwrap();
    }

    pub fn remove(&self, file: &str) {
        std::fs::remove_file(self.dir.path().join("returns").join(file)).unwrap();
    }

    /// Drops a file in and records when it was received.
    pub fn receive(&mut self, file: &str, received: &str, book: &Book) {
        self.drop_in(file, book);
        self.list("Receipts", [file.into(), day(received).into()]);
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

    pub fn outcome(&self, as_of: &str, today: &str) -> Outcome {
        self.write_register();
        run(self.dir.path(), Request { as_of: day(as_of), today: day(today) }, &|_| {}).unwrap()
    }

    /// The contract with the provider ends on this day.
    pub fn end(&mut self, last: &str) {
        self.lists.get_mut("Providers").unwrap()[0].push(day(last).into());
    }

    fn write_register(&self) {
        let mut book = Book::default();
        for (name, rows) in &self.lists {
            let columns = COLUMNS.iter().find(|(own, _)| own == name).unwrap().1;
            let mut sheet = Sheet::new(name);
            sheet.row(0, columns.iter().map(|heading| Cell::from(*heading)));
            for (row, cells) in (1..).zip(rows) {
                for (column, cell) in (0..).zip(cells) {
                    if *cell != Cell::from("") {
                        sheet.put(row, column, cell.clone());
                    }
                }
            }
            book.sheets.push(sheet);
        }
        std::fs::write(self.dir.path().join("register.xlsx"), book.bytes()).unwrap();
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
