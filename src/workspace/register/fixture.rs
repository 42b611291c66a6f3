//! Workbooks made in memory for the tests of the register.

use super::{Accepted, AcceptedSubject, Register};
use crate::domain::place::CellAddress;
use crate::domain::workbook::{Cell, Content, Sheet, Workbook};

/// A register whose sheets hold these texts, row by row from A1; an empty text is no cell.
pub(crate) fn workbook(sheets: &[(&str, &[&[&str]])]) -> Workbook {
    let sheet = |(name, rows): &(&str, &[&[&str]])| {
        let mut sheet = Sheet { name: (*name).into(), ..Sheet::default() };
        for (row, texts) in (0u32..).zip(*rows) {
            for (column, text) in (0u32..).zip(*texts).filter(|(_, text)| !text.is_empty()) {
                let content = Content::Text((*text).into());
                let cell = Cell { content, formula: false, look: Default::default() };
                sheet.cells.insert(CellAddress::new(row, column), cell);
            }
        }
        sheet
    };
    Workbook {
        file: "register.xlsx".into(),
        sheets: sheets.iter().map(sheet).collect(),
        ..Workbook::default()
    }
}

/// Two providers to name in other lists.
pub(super) const PROVIDERS: &[&[&str]] = &[
    &["Provider", "Aliases", "Contract"],
    &["Harbour Advocacy", "Harbour; HA Ltd", "fixture-advocacy"],
    &["Northgate Supported Living", "", "fixture-housing"],
];

/// The faults of a register, as shown.
pub(super) fn faults(sheets: &[(&str, &[&[&str]])]) -> Vec<String> {
    match Register::read(&workbook(sheets)) {
        Ok(_) => Vec::new(),
        Err(error) => error.faults.iter().map(ToString::to_string).collect(),
    }
}

/// Checks that a list, beside [`PROVIDERS`], has one fault, at `cell` and saying `expected`.
#[track_caller]
pub(super) fn assert_fault(sheet: &str, rows: &[&[&str]], cell: &str, expected: &str) {
    let mut sheets = vec![(sheet, rows)];
    if sheet != "Providers" {
        sheets.insert(0, ("Providers", PROVIDERS));
    }
    let found = faults(&sheets);
    let place = format!("register.xlsx, sheet “{sheet}”, cell {cell}: ");
    assert!(
        found.len() == 1 && found[0].starts_with(&place) && found[0].contains(expected),
        "{place}…{expected}\n{found:#?}"
    );
}

/// What an accepted finding is about, in a word or two.
pub(super) fn about(row: &Accepted) -> String {
    match &row.subject {
        AcceptedSubject::File(file) => format!("file {file}"),
        AcceptedSubject::Form { provider, form } => format!("{provider} + {form}"),
    }
}
