//! The formats of the cells that are there.

use super::{Outline, row_and_column};
use crate::domain::place::CellAddress;
use crate::output::write_back::not_safe::NotSafe;
use crate::output::write_back::xml::{Scan, Splices, Step};

/// Shows `visit` each cell that has a format, in the sheet's order; the cell gets the format it answers with, if any. The part's
/// new text, where any cell got one.
///
/// # Errors
///
/// When rows or cells cannot be followed, and those of `visit`.
pub fn each_format(
    part: &str,
    text: &str,
    outline: &Outline,
    visit: &mut dyn FnMut(CellAddress, usize) -> Result<Option<usize>, NotSafe>,
) -> Result<Option<String>, NotSafe> {
    let start = outline.sheet_data.range.start;
    let rows = text.get(start..outline.sheet_data.end);
    let mut scan = Scan::within(part, rows.ok_or_else(|| NotSafe::not_understood(part, "rows"))?, start);
    let mut splices = Splices::default();
    let (mut row, mut next_row, mut next_column) = (0, 0, 0);
    while let Some(step) = scan.next()? {
        let Step::Open(open) = step else { continue };
        match (open.depth, open.local()) {
            (1, "row") => {
                row = row_and_column::row(&scan, &open, next_row)?;
                (next_row, next_column) = (row + 1, 0);
            }
            (2, "c") => {
                let column = row_and_column::column(&scan, &open, row, next_column)?;
                next_column = column + 1;
                if let Some(format) = open.number("s")
                    && let Some(new) = visit(CellAddress::new(row, column), format)?
                {
                    splices.set_attribute(&open, "s", &new.to_string());
                }
            }
            _ => {}
        }
    }
    if splices.is_empty() {
        return Ok(None);
    }
    splices.apply(part, text).map(Some)
}
