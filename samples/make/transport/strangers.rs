//! Files that lie among the returns and are none.

use anyhow::Result;

use super::operators::{BRINDLE, FOXGLOVE, OPERATORS};
use crate::dates::day;
use crate::strangers::{claim_form, lock_file, stranger, table};
use crate::style;
use crate::workspace::Returned;

/// The strangers.
///
/// # Errors
/// When a workbook can't be written.
pub fn strangers() -> Result<Vec<Returned>> {
    Ok([
        ("returns/2026-01/Timetable spring term.xlsx", timetable()?),
        ("returns/2026-03/Mileage claim.xlsx", claim()?),
        ("returns/2026-08/~$Brindle Coaches return August 2026.xlsx", lock_file("Contracts manager")?),
    ]
    .map(stranger)
    .into())
}

fn timetable() -> Result<Vec<u8>> {
    let workbook = style::workbook("Timetable", OPERATORS[BRINDLE].name, day(2026, 1, 2))?;
    let rows = [
        ["Route", "First stop", "School", "Home from"],
        ["B11", "07:35", "08:30", "15:20"],
        ["B12", "07:40", "08:30", "15:20"],
    ];
    table(workbook, "Spring", "Timetable, spring term", [10.0, 14.0, 14.0, 14.0], &rows)
}

fn claim() -> Result<Vec<u8>> {
    let workbook = style::workbook("Mileage claim", OPERATORS[FOXGLOVE].name, day(2026, 3, 30))?;
    claim_form(workbook, "Relief drivers' mileage")
}
