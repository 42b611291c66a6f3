//! Reading the tables of the register: headings by name, cells by kind, every fault with its place.

use std::collections::BTreeMap;
use std::fmt;

use chrono::{Datelike, NaiveDate};

use super::choices::Choice;
use super::lists::{self, List};
use super::placed::Placed;
use crate::domain::place::{CellAddress, CellRef};
use crate::domain::quantity::{Quantity, from_float, is_in_reach};
use crate::domain::text::{fold, nearest, one_line};
use crate::domain::workbook::{Cell, Content, Sheet, Workbook, shown};
use crate::workspace::addresses;

/// Something in the register that cannot be read, and stops the run.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct RegisterFault {
    /// Where.
    pub place: CellRef,
    /// What was found, in a sentence without a full stop.
    pub message: String,
    /// What to do.
    pub help: String,
}

impl fmt::Display for RegisterFault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}; {}", self.place, self.message, self.help)
    }
}

/// Something worth knowing about the register that stops nothing.
pub type RegisterNote = RegisterFault;

/// Faults and notes, gathered while reading.
#[derive(Debug, Default)]
pub(super) struct Findings {
    pub(super) faults: Vec<RegisterFault>,
    pub(super) notes: Vec<RegisterNote>,
}

impl Findings {
    pub(super) fn fault(&mut self, place: CellRef, message: String, help: impl Into<String>) {
        self.faults.push(RegisterFault { place, message, help: help.into() });
    }

    fn note(&mut self, place: CellRef, message: String, help: String) {
        self.notes.push(RegisterNote { place, message, help });
    }
}

/// A row that holds something.
#[derive(Debug)]
pub(super) struct Row<'a> {
    workbook: &'a Workbook,
    sheet: &'a Sheet,
    list: &'static List,
    columns: &'a Columns,
    row: u32,
}

/// Where the columns of one list stand: by heading.
pub(super) type Columns = BTreeMap<&'static str, u32>;

/// The sheets of the register that hold a known list. Unknown sheets are noted, one that stands twice is
/// a fault.
pub(super) fn sheets<'a>(
    workbook: &'a Workbook,
    findings: &mut Findings,
) -> BTreeMap<&'static str, &'a Sheet> {
    let mut known: BTreeMap<&'static str, &Sheet> = BTreeMap::new();
    for sheet in &workbook.sheets {
        let place = workbook.place(sheet, CellAddress::new(0, 0));
        match lists::ALL.iter().find(|list| fold(list.sheet) == fold(&sheet.name)) {
            Some(list) => {
                if known.insert(list.sheet, sheet).is_some() {
                    let message = format!("there are two sheets {}", list.sheet);
                    findings.fault(place, message, "put the rows into one of them");
                }
            }
            // Hidden sheets and those without cells hold drop-downs or nothing.
            None if sheet.hidden || sheet.cells.is_empty() => {}
            None => {
                let names = lists::ALL.iter().map(|list| list.sheet);
                let help = unknown_help(&sheet.name, names, "it is not read");
                findings.note(place, format!("the sheet {} is none of the register's", sheet.name), help);
            }
        }
    }
    known
}

fn unknown_help(name: &str, known: impl Iterator<Item = &'static str>, otherwise: &str) -> String {
    match nearest(name, known) {
        Some(name) => format!("did you mean “{name}”? Until it is renamed {otherwise}"),
        None => otherwise.to_string(),
    }
}

/// Finds the columns of `list` in row 1. Unknown headings are noted; one that stands twice, and one that
/// is missing although rows need it, is a fault.
pub(super) fn columns(workbook: &Workbook, sheet: &Sheet, list: &List, findings: &mut Findings) -> Columns {
    let mut columns = Columns::new();
    for (address, cell) in sheet.cells.iter().take_while(|(address, _)| address.row == 0) {
        let heading = one_line(&shown(&cell.content));
        if heading.is_empty() {
            continue;
        }
        let place = workbook.place(sheet, *address);
        match list.columns.iter().find(|column| fold(column.heading) == fold(&heading)) {
            Some(column) => {
                if columns.insert(column.heading, address.column).is_some() {
                    let message = format!("the heading “{}” stands twice", column.heading);
                    findings.fault(place, message, "keep one of the two columns");
                }
            }
            None => {
                let known = list
                    .columns
                    .iter()
                    .map(|column| column.heading)
                    .filter(|name| !columns.contains_key(name));
                let help = unknown_help(&heading, known, "it is not read");
                findings.note(place, format!("the column “{heading}” is none of this list's"), help);
            }
        }
    }
    let has_rows =
        sheet.cells.iter().any(|(address, cell)| address.row > 0 && !shown(&cell.content).is_empty());
    for column in list.columns.iter().filter(|column| column.required && has_rows) {
        if !columns.contains_key(column.heading) {
            let place = workbook.place(sheet, CellAddress::new(0, 0));
            let message = format!("there is no column “{}” in row 1", column.heading);
            findings.fault(place, message, "add the heading to row 1; without it no row means anything");
        }
    }
    columns
}

/// The rows below the headings that hold something in a known column.
pub(super) fn rows<'a>(
    workbook: &'a Workbook,
    sheet: &'a Sheet,
    list: &'static List,
    columns: &'a Columns,
) -> Vec<Row<'a>> {
    let mut numbers: Vec<u32> = sheet
        .cells
        .iter()
        .filter(|(address, cell)| {
            address.row > 0
                && columns.values().any(|column| *column == address.column)
                && !shown(&cell.content).is_empty()
        })
        .map(|(address, _)| address.row)
        .collect();
    numbers.dedup();
    numbers.into_iter().map(|row| Row { workbook, sheet, list, columns, row }).collect()
}

impl Row<'_> {
    /// The place of a column's cell; that of the row's first cell when there is no such column.
    pub(super) fn place(&self, heading: &str) -> CellRef {
        let at = self.columns.get(heading).or_else(|| self.columns.values().min()).copied().unwrap_or(0);
        self.workbook.place(self.sheet, CellAddress::new(self.row, at))
    }

    /// The cell of a column, if it holds something. A required one that does not is a fault, and so is an
    /// error value.
    fn cell(&self, heading: &str, findings: &mut Findings) -> Option<&Cell> {
        let column = self.list.columns.iter().find(|column| column.heading == heading)?;
        let at = *self.columns.get(heading)?;
        let cell =
            self.sheet.cell(CellAddress::new(self.row, at)).filter(|cell| !shown(&cell.content).is_empty());
        match cell.map(|cell| &cell.content) {
            None if column.required => {
                let message = format!("“{heading}” is blank");
                findings.fault(self.place(heading), message, "fill it in, or clear the whole row");
                None
            }
            Some(Content::Error(error)) => {
                let message = format!("the cell shows {error}");
                findings.fault(self.place(heading), message, "put the formula right, or type the value");
                None
            }
            _ => cell,
        }
    }

    /// Text as a person sees it.
    pub(super) fn text(&self, heading: &str, findings: &mut Findings) -> Option<String> {
        self.cell(heading, findings).map(|cell| shown(&cell.content))
    }

    /// Text with its cell.
    pub(super) fn placed_text(&self, heading: &str, findings: &mut Findings) -> Option<Placed<String>> {
        self.text(heading, findings).map(|text| self.placed(heading, text))
    }

    /// An id such as a contract's, in the one form that is compared, with its cell.
    pub(super) fn id(&self, heading: &str, findings: &mut Findings) -> Option<Placed<String>> {
        self.text(heading, findings).map(|text| self.placed(heading, fold(&text)))
    }

    /// The value of a column's cell with its place.
    pub(super) fn placed<T>(&self, heading: &str, value: T) -> Placed<T> {
        Placed { value, place: self.place(heading) }
    }

    /// Several texts separated by semicolons or line breaks.
    pub(super) fn texts(&self, heading: &str, findings: &mut Findings) -> Vec<String> {
        let text = self.text(heading, findings).unwrap_or_default();
        text.split([';', '\n']).map(one_line).filter(|part| !part.is_empty()).collect()
    }

    /// A period as text, with its cell. Excel makes dates of `Jan-24`: the first of a month is taken as that month.
    pub(super) fn period(&self, heading: &str, findings: &mut Findings) -> Option<Placed<String>> {
        let text = self.cell(heading, findings).map(|cell| match &cell.content {
            Content::Date(moment) if moment.day() == 1 => moment.format("%B %Y").to_string(),
            content => shown(content),
        })?;
        Some(self.placed(heading, text))
    }

    /// A score: a number, or text that is nothing but one. Blank is not scored.
    pub(super) fn score(&self, heading: &str, findings: &mut Findings) -> Option<Quantity> {
        let content = &self.cell(heading, findings)?.content;
        let score = match content {
            Content::Number(value) => from_float(*value),
            Content::Text(text) => one_line(text).parse().ok().filter(|score| is_in_reach(*score)),
            _ => None,
        };
        if score.is_none() {
            let message = format!("“{}” under “{heading}” is no number", shown(content));
            findings.fault(
                self.place(heading),
                message,
                "type a number such as 3, or clear the cell: not scored",
            );
        }
        score
    }

    /// A date with its cell.
    pub(super) fn placed_date(&self, heading: &str, findings: &mut Findings) -> Option<Placed<NaiveDate>> {
        self.date(heading, findings).map(|date| self.placed(heading, date))
    }

    /// A date.
    pub(super) fn date(&self, heading: &str, findings: &mut Findings) -> Option<NaiveDate> {
        let cell = self.cell(heading, findings)?;
        let date = date_of(cell);
        if date.is_none() {
            let message = format!("“{}” is no date between 1990 and 2100", shown(&cell.content));
            let help = match cell.content {
                Content::Number(_) => "give the cell a date format, or type the day as 14/12/2025",
                _ => "type the day as 14/12/2025",
            };
            findings.fault(self.place(heading), message, help);
        }
        date
    }

    /// One of a few words.
    pub(super) fn choice<T: Choice>(&self, heading: &str, findings: &mut Findings) -> Option<T> {
        let text = self.text(heading, findings)?;
        let choice = T::parse(&text);
        if choice.is_none() {
            let message = format!("“{text}” is not known under “{heading}”");
            findings.fault(self.place(heading), message, T::advice(&text));
        }
        choice
    }

    /// One e-mail address.
    pub(super) fn email(&self, heading: &str, findings: &mut Findings) -> Option<String> {
        let text = self.text(heading, findings)?;
        let address = addresses::email(&text);
        if address.is_none() {
            let message = format!("“{}” is no e-mail address", one_line(&text));
            let help =
                "write one plain address, such as kpi@harbour.example; further ones belong into Contacts";
            findings.fault(self.place(heading), message, help);
        }
        address
    }
}

/// The date in a cell: a real date, or text in UK order. Anything else is none.
fn date_of(cell: &Cell) -> Option<NaiveDate> {
    let date = match &cell.content {
        Content::Date(moment) => Some(moment.date()),
        Content::Text(text) => {
            let text = one_line(text);
            ["%d/%m/%Y", "%Y-%m-%d", "%d %B %Y"]
                .iter()
                .find_map(|format| NaiveDate::parse_from_str(&text, format).ok())
        }
        _ => None,
    };
    // A year of two digits is one of the first century here.
    date.filter(|date| (1990..=2100).contains(&date.year()))
}

#[cfg(test)]
mod tests {
    use super::super::Register;
    use super::super::fixture::{PROVIDERS, workbook};
    use super::*;
    use std::sync::Arc;

    fn cell(content: Content) -> Cell {
        Cell { content, formula: false, look: Arc::default() }
    }

    #[test]
    fn reads_dates_in_uk_order_and_nothing_else() {
        for (text, expected) in [
            ("14/12/2025", Some("2025-12-14")),
            ("1/2/2026", Some("2026-02-01")),
            ("2025-12-14", Some("2025-12-14")),
            ("14 December 2025", Some("2025-12-14")),
            (" 14\u{a0}Dec 2025 ", Some("2025-12-14")),
            ("12/14/2025", None),
            ("29/02/2024", Some("2024-02-29")),
            ("29/02/2025", None),
            ("14/12/25", None),
            ("14/12", None),
            ("mid December", None),
            ("01/01/1990", Some("1990-01-01")),
            ("31/12/1989", None),
            ("31/12/2100", Some("2100-12-31")),
            ("01/01/2101", None),
        ] {
            let date = date_of(&cell(Content::Text(text.into())));
            assert_eq!(date.map(|date| date.to_string()).as_deref(), expected, "{text}");
        }
        let moment = NaiveDate::from_ymd_opt(2025, 12, 14).unwrap().and_hms_opt(9, 30, 0).unwrap();
        assert_eq!(date_of(&cell(Content::Date(moment))), Some(moment.date()));
        assert_eq!(date_of(&cell(Content::Number(46005.0))), None);
        assert_eq!(date_of(&cell(Content::Blank)), None);
    }
    #[test]
    fn blank_rows_and_spaces_are_passed_over() {
        let register = Register::read(&workbook(&[(
            "receipts ",
            &[&["FILE", "", "Received:"], &[], &[" ", "", ""], &["a.xlsx", "", "12/12/2025"]],
        )]))
        .unwrap();
        assert_eq!(register.receipts.len(), 1);
        assert_eq!(register.receipts[0].place.cell.to_string(), "A4");
    }

    #[test]
    fn what_is_unknown_is_noted() {
        let register = Register::read(&workbook(&[
            ("Providers", &[&["Provider", "Contract", "Alises", "Room"], &["Harbour", "a", "x", "1"]]),
            ("Notice", &[&["Date"]]),
            ("Scribbles", &[&["Milk"]]),
            ("Alerts", &[&["Provider", "Raised"], &["Harbour", "12/12/2025"]]),
        ]))
        .unwrap();
        let notes: Vec<_> = register.notes.iter().map(ToString::to_string).collect();
        assert_eq!(
            notes,
            [
                "register.xlsx, sheet “Notice”, cell A1: the sheet Notice is none of the register's; \
                 did you mean “Notices”? Until it is renamed it is not read",
                "register.xlsx, sheet “Scribbles”, cell A1: the sheet Scribbles is none of the register's; \
                 it is not read",
                "register.xlsx, sheet “Providers”, cell C1: the column “Alises” is none of this list's; \
                 did you mean “Aliases”? Until it is renamed it is not read",
                "register.xlsx, sheet “Providers”, cell D1: the column “Room” is none of this list's; it is not read",
            ]
        );
    }

    #[test]
    fn takes_what_excel_makes_of_a_month_and_refuses_error_values() {
        let mut book = workbook(&[
            ("Providers", PROVIDERS),
            (
                "Reliefs",
                &[
                    &["Provider", "Contract", "KPI", "Period", "Agreed on"],
                    &["Harbour", "fixture-advocacy", "5", "x", ""],
                ],
            ),
        ]);
        let mut put = |cell: &str, content: Content| {
            let cell = CellAddress::parse(cell).unwrap();
            let look = Default::default();
            book.sheets[1].cells.insert(cell, Cell { content, formula: false, look });
            Register::read(&book)
        };
        let january = chrono::NaiveDate::from_ymd_opt(2024, 1, 1).unwrap().and_hms_opt(0, 0, 0).unwrap();
        assert_eq!(*put("D2", Content::Date(january)).unwrap().reliefs[0].period, *"January 2024");
        assert_eq!(*put("C2", Content::Number(5.0)).unwrap().reliefs[0].kpi, *"5");
        let number = put("E2", Content::Number(46005.0)).unwrap_err().to_string();
        assert!(number.contains("give the cell a date format"), "{number}");
        let error = put("E2", Content::Error("#REF!".into())).unwrap_err().to_string();
        assert!(error.contains("the cell shows #REF!"), "{error}");
    }
}
