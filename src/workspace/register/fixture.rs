//! Workbooks made in memory for the tests of the register.

use crate::domain::place::CellAddress;
use crate::domain::workbook::{Cell, Content, Sheet, Workbook};

/// A register whose sheets hold these texts, row by row from A1; an empty text is no cell.
pub(super) fn workbook(sheets: &[(&str, &[&[&str]])]) -> Workbook {
    let sheet = |(name, rows): &(&str, &[&[&str]])| {
        let mut sheet = Sheet { name: (*name).into(), ..Sheet::default() };
        for (row, texts) in (0u32..).zip(*rows) {
            for (column, text) in (0u32..).zip(*texts).filter(|(_, text)| !text.is_empty()) {
                let content = Content::Text(text.to_string());
                let cell = Cell { content, formula: false, look: Default::default() };
                sheet.cells.insert(CellAddress::new(row, column), cell);
            }
        }
        sheet
    };
    Workbook { file: "register.xlsx".into(), sheets: sheets.iter().map(sheet).collect(), macros: false }
}
