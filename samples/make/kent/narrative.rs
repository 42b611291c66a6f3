//! The sheet Narrative.

use anyhow::Result;
use rust_xlsxwriter::Worksheet;

use crate::style;

const AREAS: [&str; 3] = ["Capacity issues", "Themes from visits", "Good practice"];

/// Characters of an update in a line of its column.
const WIDTH: usize = 100;

/// Writes the sheet.
///
/// # Errors
/// When it can't be written.
pub fn sheet(sheet: &mut Worksheet, updates: [&str; 3]) -> Result<()> {
    sheet.set_column_width(0, 26)?.set_column_width(1, WIDTH as f64)?;
    style::titles(sheet, (0, 0), "Narrative", "Please do not name children or staff.")?;
    for (column, text) in (0..).zip(["Area", "Update"]) {
        sheet.write_with_format(3, column, text, &style::heading())?;
    }
    sheet.set_row_height(3, 22)?;
    for (row, (area, update)) in (4..).zip(AREAS.iter().zip(updates)) {
        sheet.write_with_format(row, 0, *area, &style::item())?;
        match update {
            "" => sheet.write_blank(row, 1, &style::typed())?,
            words => sheet.write_with_format(row, 1, words, &style::typed())?,
        };
        let lines = update.chars().count() / WIDTH + 1;
        sheet.set_row_height(row, 13.5 * lines as f64 + 8.0)?;
    }
    style::print_setup(sheet, 3, 3)?;
    Ok(())
}
