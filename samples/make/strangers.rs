//! What files that are no returns are made of.

use anyhow::Result;
use rust_xlsxwriter::Workbook;

use crate::style;
use crate::workspace::Returned;

/// Excel's lock file: the length of the user's name, the name, padded to 165 bytes.
///
/// # Errors
/// When the name is too long for its length to stand in a byte.
pub fn lock_file(user: &str) -> Result<Vec<u8>> {
    let mut bytes = vec![u8::try_from(user.len())?];
    bytes.extend(user.bytes());
    bytes.resize(165, b' ');
    Ok(bytes)
}

/// A file at `path` below the workspace, whose receipt nobody wrote down.
pub fn stranger((path, bytes): (&str, Vec<u8>)) -> Returned {
    Returned { path: path.to_string(), bytes, received: None }
}

/// `workbook` with a sheet that has a title and, below it, the first of `rows` as headings and the others as a table.
///
/// # Errors
/// When the workbook can't be written.
pub fn table(
    mut workbook: Workbook,
    name: &str,
    title: &str,
    widths: [f64; 4],
    rows: &[[&str; 4]],
) -> Result<Vec<u8>> {
    let sheet = workbook.add_worksheet().set_name(name)?;
    for (column, width) in (0..).zip(widths) {
        sheet.set_column_width(column, width)?;
    }
    sheet.write_with_format(0, 0, title, &style::title())?;
    for (row, cells) in (2..).zip(rows) {
        for (column, text) in (0..).zip(cells) {
            let format = if row == 2 { style::heading() } else { style::printed() };
            sheet.write_with_format(row, column, *text, &format)?;
        }
    }
    Ok(workbook.save_to_buffer()?)
}

/// `workbook` with a blank form on which travel is claimed.
///
/// # Errors
/// When the workbook can't be written.
pub fn claim_form(workbook: Workbook, title: &str) -> Result<Vec<u8>> {
    let mut rows = [[""; 4]; 7];
    rows[0] = ["Date", "Journey", "Miles", "Amount (£)"];
    table(workbook, "Claim", title, [22.0; 4], &rows)
}
