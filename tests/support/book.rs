//! A workbook as cells, so that a test can say "the clean form, but this cell differs".

#[path = "package.rs"]
pub mod package;

use std::collections::BTreeMap;

use chrono::{NaiveDate, NaiveDateTime};
use rust_xlsxwriter::{Format, Formula, Workbook};

/// Stands for a result that is taken out again: the writer always stores one.
const NO_RESULT: &str = "987654321";

/// What stands in a cell.
#[derive(Debug, Clone, PartialEq)]
pub enum Cell {
    Number(f64),
    /// A fraction of 1 with a percent format.
    Percent(f64),
    Text(String),
    Date(NaiveDate),
    /// A day with a time of it, as forms filled in by other programs have them.
    Moment(NaiveDateTime),
    /// A formula with its stored result; an empty result is none.
    Formula(&'static str, &'static str),
    /// Blank and grey.
    Greyed,
    /// Text merged down over the rows below.
    Down(String, u32),
    /// Text merged over the columns to the right.
    Across(String, u16),
}

impl From<f64> for Cell {
    fn from(value: f64) -> Self {
        Cell::Number(value)
    }
}

impl From<i32> for Cell {
    fn from(value: i32) -> Self {
        Cell::Number(value.into())
    }
}

impl From<&str> for Cell {
    fn from(value: &str) -> Self {
        Cell::Text(value.to_string())
    }
}

impl From<NaiveDate> for Cell {
    fn from(value: NaiveDate) -> Self {
        Cell::Date(value)
    }
}

/// A sheet: cells by row and column from zero.
#[derive(Debug, Clone, Default)]
pub struct Sheet {
    pub name: String,
    pub hidden: bool,
    pub cells: BTreeMap<(u32, u16), Cell>,
}

impl Sheet {
    pub fn new(name: &str) -> Self {
        Self { name: name.to_string(), ..Self::default() }
    }

    pub fn put(&mut self, row: u32, column: u16, cell: impl Into<Cell>) {
        self.cells.insert((row, column), cell.into());
    }

    pub fn row(&mut self, row: u32, cells: impl IntoIterator<Item = Cell>) {
        for (column, cell) in (0..).zip(cells) {
            self.put(row, column, cell);
        }
    }

    /// Takes a row out; those below move up.
    pub fn remove_row(&mut self, gone: u32) {
        let cells = std::mem::take(&mut self.cells);
        self.cells = cells
            .into_iter()
            .filter(|((row, _), _)| *row != gone)
            .map(|((row, column), cell)| ((if row > gone { row - 1 } else { row }, column), cell))
            .collect();
    }

    /// Takes a column out; those to the right move left.
    pub fn remove_column(&mut self, gone: u16) {
        let cells = std::mem::take(&mut self.cells);
        self.cells = cells
            .into_iter()
            .filter(|((_, column), _)| *column != gone)
            .map(|((row, column), cell)| ((row, if column > gone { column - 1 } else { column }), cell))
            .collect();
    }

    /// Makes room for a column.
    pub fn insert_column(&mut self, at: u16) {
        let cells = std::mem::take(&mut self.cells);
        self.cells = cells
            .into_iter()
            .map(|((row, column), cell)| ((row, if column >= at { column + 1 } else { column }), cell))
            .collect();
    }
}

/// A workbook.
#[derive(Debug, Clone, Default)]
pub struct Book {
    pub sheets: Vec<Sheet>,
}

impl Book {
    pub fn sheet(&mut self, name: &str) -> &mut Sheet {
        self.sheets.iter_mut().find(|sheet| sheet.name == name).unwrap()
    }

    /// The same with one cell changed; the address is Excel's.
    pub fn with(mut self, sheet: &str, address: &str, cell: impl Into<Cell>) -> Self {
        let (row, column) = position(address);
        self.sheet(sheet).put(row, column, cell);
        self
    }

    /// The same with one cell emptied.
    pub fn without(mut self, sheet: &str, address: &str) -> Self {
        assert!(self.sheet(sheet).cells.remove(&position(address)).is_some(), "{sheet} {address} is empty");
        self
    }

    pub fn bytes(&self) -> Vec<u8> {
        let mut workbook = Workbook::new();
        let percent = Format::new().set_num_format("0.0%");
        let date = Format::new().set_num_format("dd/mm/yyyy");
        let grey = Format::new().set_background_color(0x00BF_BFBF);
        for own in &self.sheets {
            let sheet = workbook.add_worksheet().set_name(&own.name).unwrap();
            sheet.set_hidden(own.hidden);
            for ((row, column), cell) in &own.cells {
                let (row, column) = (*row, *column);
                match cell {
                    Cell::Number(value) => sheet.write(row, column, *value).unwrap(),
                    Cell::Percent(value) => sheet.write_with_format(row, column, *value, &percent).unwrap(),
                    Cell::Text(text) => sheet.write(row, column, text.as_str()).unwrap(),
                    Cell::Date(day) => sheet.write_with_format(row, column, day, &date).unwrap(),
                    Cell::Moment(moment) => sheet.write_with_format(row, column, moment, &date).unwrap(),
                    Cell::Formula(formula, result) => {
                        let result = if result.is_empty() { NO_RESULT } else { *result };
                        sheet.write(row, column, Formula::new(*formula).set_result(result)).unwrap()
                    }
                    Cell::Greyed => sheet.write_blank(row, column, &grey).unwrap(),
                    Cell::Down(text, rows) => {
                        sheet.merge_range(row, column, row + rows - 1, column, text, &Format::new()).unwrap()
                    }
                    Cell::Across(text, columns) => sheet
                        .merge_range(row, column, row, column + columns - 1, text, &Format::new())
                        .unwrap(),
                };
            }
        }
        let bytes = workbook.save_to_buffer().unwrap();
        let uncalculated = |cell: &Cell| matches!(cell, Cell::Formula(_, ""));
        let any = self.sheets.iter().flat_map(|sheet| sheet.cells.values()).any(uncalculated);
        if any { without_results(&bytes) } else { bytes }
    }
}

fn without_results(bytes: &[u8]) -> Vec<u8> {
    package::rewritten(bytes, |name, text| {
        let is_sheet = name.starts_with("xl/worksheets/");
        is_sheet.then(|| text.replace(&format!("<v>{NO_RESULT}</v>"), ""))
    })
}

/// `D7` → (6, 3).
pub fn position(address: &str) -> (u32, u16) {
    let letters: String = address.chars().take_while(char::is_ascii_uppercase).collect();
    let column = letters.bytes().fold(0_u16, |sum, letter| sum * 26 + u16::from(letter - b'A') + 1) - 1;
    (address[letters.len()..].parse::<u32>().unwrap() - 1, column)
}

/// (6, 3) → `D7`; the tests' forms have fewer than 26 columns.
pub fn address(row: u32, column: u16) -> String {
    format!("{}{}", char::from(b'A' + u8::try_from(column).unwrap()), row + 1)
}
