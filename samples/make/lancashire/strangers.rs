//! Files that lie among the returns and are none: another council's form, a note, a workbook of something else, a lock
//! file.

use anyhow::Result;
use rust_xlsxwriter::Workbook;

use crate::dates::day;
use crate::lancashire::providers::SALLOWBECK;
use crate::lancashire::submissions::path;
use crate::strangers::{lock_file, stranger, table};
use crate::style;
use crate::workspace::Returned;

/// The strangers.
///
/// # Errors
/// When a workbook can't be written.
pub fn strangers() -> Result<Vec<Returned>> {
    let locked = path(SALLOWBECK, 5).replace("Q2/", "Q2/~$");
    let note = "Oakenshade rang on 11 October: system down, return to follow by the end of the month.\r\n";
    let vacancies = [
        ["Scheme", "Flats", "Vacant", "From"],
        ["Tithebarn Court", "6", "0", ""],
        ["Weavers Gate", "5", "1", "8 March 2021"],
    ];
    let vacancies = table(workbook("Voids")?, "Voids", "Voids, spring 2021", [24.0; 4], &vacancies)?;
    Ok([
        ("returns/2020-21/Q3/Domiciliary care monitoring form Q3.xlsx", another_form()?),
        ("returns/2020-21/Q4/Northgate voids.xlsx", vacancies),
        (locked.as_str(), lock_file("Contracts and performance lead")?),
        ("returns/2021-22/Q2/Note of call Oakenshade.txt", note.as_bytes().to_vec()),
    ]
    .into_iter()
    .map(stranger)
    .collect())
}

/// The form on which another council asks the same provider for other figures.
fn another_form() -> Result<Vec<u8>> {
    let rows = [
        ["Indicator", "Target", "October to December", "Year to date"],
        ["Missed calls", "0", "2", "5"],
        ["Calls within 30 minutes of the planned time", "95%", "96.1%", "95.8%"],
        ["Reviews held within 12 months", "100%", "88%", "91%"],
    ];
    let title = "Westmere Borough Council: home care contract monitoring";
    table(workbook(title)?, "Monitoring", title, [44.0, 14.0, 22.0, 16.0], &rows)
}

fn workbook(title: &str) -> Result<Workbook> {
    style::workbook(title, "Office", day(2021, 1, 14))
}
