//! Writes a return as an .xlsx file.

#[path = "../support/package.rs"]
mod package;

use std::collections::BTreeMap;

use chrono::NaiveDate;
use rust_xlsxwriter::{Format, Formula, Workbook, Worksheet};

use crate::book::{Book, Cell, Page, Stored, Value};

/// Stands for a result that is taken out again: the writer always stores one.
const NO_RESULT: &str = "987654321";

/// The file's bytes.
pub fn bytes(book: &Book) -> Vec<u8> {
    let mut workbook = Workbook::new();
    let mut formats: BTreeMap<String, Format> = BTreeMap::new();
    for page in &book.pages {
        let sheet = workbook.add_worksheet();
        sheet.set_name(&page.name).unwrap_or_else(|error| panic!("{}: {error}", page.name));
        write_page(sheet, page, book.since_1904, &mut formats);
    }
    let visible = book.pages.iter().position(|page| !page.hidden).unwrap_or(0);
    workbook.worksheet_from_index(visible).unwrap().set_active(true);
    let bytes = workbook.save_to_buffer().unwrap();
    let cells = || book.pages.iter().flat_map(|page| page.cells.values());
    let is_uncalculated = cells().any(|cell| cell.value == Value::Formula(None));
    if book.since_1904 || is_uncalculated { patched(&bytes, book.since_1904) } else { bytes }
}

fn write_page(sheet: &mut Worksheet, page: &Page, since_1904: bool, formats: &mut BTreeMap<String, Format>) {
    sheet.set_hidden(page.hidden);
    for ((first_row, first_column), (last_row, last_column)) in &page.merged {
        let (first_column, last_column) = (narrow(*first_column), narrow(*last_column));
        sheet.merge_range(*first_row, first_column, *last_row, last_column, "", &Format::new()).unwrap();
    }
    for ((row, column), cell) in &page.cells {
        write_cell(sheet, (*row, narrow(*column)), cell, since_1904, formats);
    }
    for row in &page.hidden_rows {
        sheet.set_row_hidden(*row).unwrap();
    }
    for column in &page.hidden_columns {
        sheet.set_column_hidden(narrow(*column)).unwrap();
    }
    if let Some((row, column)) = page.far {
        sheet.write_blank(row, narrow(column), &Format::new().set_bold()).unwrap();
    }
    if page.protected {
        sheet.protect();
    }
}

fn write_cell(
    sheet: &mut Worksheet,
    (row, column): (u32, u16),
    cell: &Cell,
    since_1904: bool,
    formats: &mut BTreeMap<String, Format>,
) {
    let format = formats.entry(cell.format.clone()).or_insert_with(|| match cell.format.as_str() {
        "" => Format::new(),
        code => Format::new().set_num_format(code),
    });
    match &cell.value {
        Value::Blank => sheet.write_blank(row, column, format).unwrap(),
        Value::Number(value) => sheet.write_number_with_format(row, column, *value, format).unwrap(),
        Value::Text(text) => sheet.write_string_with_format(row, column, text, format).unwrap(),
        Value::Date(day) => {
            sheet.write_number_with_format(row, column, serial(*day, since_1904), format).unwrap()
        }
        Value::Moment(day, time) => {
            let serial = serial(*day, since_1904) + time;
            sheet.write_number_with_format(row, column, serial, format).unwrap()
        }
        Value::Formula(stored) => {
            let result = match stored {
                None => NO_RESULT.to_string(),
                Some(Stored::Number(value)) => value.to_string(),
                Some(Stored::Text(text)) => text.clone(),
            };
            let formula = Formula::new("=Z998+Z999").set_result(result);
            sheet.write_formula_with_format(row, column, formula, format).unwrap()
        }
    };
}

fn narrow(column: u32) -> u16 {
    u16::try_from(column).unwrap()
}

/// A day as a workbook counts it.
fn serial(day: NaiveDate, since_1904: bool) -> f64 {
    let first = if since_1904 { (1904, 1, 1) } else { (1899, 12, 30) };
    let first = NaiveDate::from_ymd_opt(first.0, first.1, first.2).unwrap();
    f64::from(i32::try_from((day - first).num_days()).unwrap())
}

/// The package without the results that stand for none, and with the other date system where it is asked for.
fn patched(bytes: &[u8], since_1904: bool) -> Vec<u8> {
    package::rewritten(bytes, |name, text| {
        if name.starts_with("xl/worksheets/") {
            return Some(text.replace(&format!("<v>{NO_RESULT}</v>"), ""));
        }
        if name != "xl/workbook.xml" || !since_1904 {
            return None;
        }
        let patched = text.replacen("<workbookPr ", "<workbookPr date1904=\"1\" ", 1);
        assert_ne!(text, patched, "the date system is set");
        Some(patched)
    })
}
