//! The numbers of rows and columns, counted from zero: as written, else the ones behind the last. They have to go up.

use crate::domain::place::{COLUMNS, CellAddress, ROWS};
use crate::output::write_back::not_safe::NotSafe;
use crate::output::write_back::xml::{Open, Scan};

/// The number of a row.
pub fn row(scan: &Scan<'_>, open: &Open<'_>, next: u32) -> Result<u32, NotSafe> {
    let read = |written: &str| written.parse::<u32>().ok()?.checked_sub(1);
    numbered(scan, open, next, ROWS, read)
}

/// The number of a cell's column.
pub fn column(scan: &Scan<'_>, open: &Open<'_>, row: u32, next: u32) -> Result<u32, NotSafe> {
    let read = |written: &str| CellAddress::parse(written).filter(|own| own.row == row).map(|own| own.column);
    numbered(scan, open, next, COLUMNS, read)
}

fn numbered(
    scan: &Scan<'_>,
    open: &Open<'_>,
    next: u32,
    end: u32,
    read: impl Fn(&str) -> Option<u32>,
) -> Result<u32, NotSafe> {
    let number = match open.attribute("r") {
        Some(written) => read(written.trim()),
        None => Some(next),
    };
    number
        .filter(|number| (next..end).contains(number))
        .ok_or_else(|| scan.not_understood("rows or cells that are not in their order"))
}
