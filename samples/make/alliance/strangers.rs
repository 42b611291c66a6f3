//! Files that lie among the returns and are none: another provider's, one sent twice, a workbook of something else, a
//! lock file.

use anyhow::{Context, Result};

use crate::alliance::dates::day;
use crate::alliance::providers::WINDLE;
use crate::alliance::returns::{Returned, form};
use crate::alliance::submissions::{SENT_TWICE, path};
use crate::style;

/// Name of the file the register says to ignore.
pub const IGNORED: &str = "Insurance schedule Fernbrake.xlsx";

/// The strangers.
///
/// # Errors
/// When a workbook can't be written.
pub fn strangers(files: &[Returned]) -> Result<Vec<Returned>> {
    let mut copperfall = form(WINDLE, 3);
    copperfall.provider = "Copperfall Living".to_string();
    let twice = path(SENT_TWICE.0, SENT_TWICE.1);
    let original = files.iter().find(|file| file.path == twice).context("the form sent twice")?;
    let lock = {
        // Excel's lock file: the length of the user's name, the name, padded to 165 bytes.
        let user = b"Registered manager";
        let mut bytes = vec![0x20; 165];
        bytes[0] = u8::try_from(user.len())?;
        bytes[1..=user.len()].copy_from_slice(user);
        bytes
    };
    let insurance = [
        ["Cover", "Insurer's reference", "Limit", "Period"],
        ["Employer's liability", "EL/40911", "£10m", "to 30 September 2026"],
        ["Public liability", "PL/40911", "£10m", "to 30 September 2026"],
    ];
    let vacancies = [
        ["Service", "Rooms", "Vacant", "From"],
        ["Larkspur House", "6", "1", "12 January"],
        ["Row Mews", "5", "0", ""],
    ];
    Ok([
        ("returns/2025-26/Q4/Copperfall KPI Q4 2025-26.xlsx", copperfall.workbook()?),
        ("returns/2025-26/Q2/Copy of Osprey return.xlsx", original.bytes.clone()),
        ("returns/2025-26/Q3/Vacancies Larkspur Row.xlsx", sheet("Vacancies", &vacancies)?),
        ("returns/2025-26/Q4/~$Larkspur Row KPI form Q4 2025-26.xlsx", lock),
        (
            "returns/2025-26/Self-certification/Insurance schedule Fernbrake.xlsx",
            sheet("Schedule", &insurance)?,
        ),
    ]
    .into_iter()
    .map(|(path, bytes)| Returned { path: path.to_string(), bytes, received: None })
    .collect())
}

fn sheet(title: &str, rows: &[[&str; 4]]) -> Result<Vec<u8>> {
    let mut workbook = style::workbook(title, "Office", day(2026, 1, 12))?;
    let sheet = workbook.add_worksheet().set_name(title)?;
    sheet.set_column_range_width(0, 3, 24)?;
    sheet.write_with_format(0, 0, title, &style::title())?;
    for (row, cells) in (2..).zip(rows) {
        for (column, text) in (0..).zip(cells) {
            let format = if row == 2 { style::heading() } else { style::printed() };
            sheet.write_with_format(row, column, *text, &format)?;
        }
    }
    Ok(workbook.save_to_buffer()?)
}
