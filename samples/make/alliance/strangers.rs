//! Files that lie among the returns and are none: another provider's, one sent twice, a workbook of something else, a
//! lock file.

use anyhow::{Context, Result};

use crate::alliance::providers::WINDLE;
use crate::alliance::returns::form;
use crate::alliance::submissions::{SENT_TWICE, path};
use crate::dates::day;
use crate::strangers::{lock_file, stranger, table};
use crate::style;
use crate::workspace::Returned;

/// The strangers.
///
/// # Errors
/// When a workbook can't be written.
pub fn strangers(files: &[Returned]) -> Result<Vec<Returned>> {
    let mut copperfall = form(WINDLE, 3);
    copperfall.provider = "Copperfall Living".to_string();
    let twice = path(SENT_TWICE.0, SENT_TWICE.1);
    let original = files.iter().find(|file| file.path == twice).context("the form sent twice")?;
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
        ("returns/2025-26/Q4/~$Larkspur Row KPI form Q4 2025-26.xlsx", lock_file("Registered manager")?),
        (
            "returns/2025-26/Self-certification/Insurance schedule Fernbrake.xlsx",
            sheet("Schedule", &insurance)?,
        ),
    ]
    .into_iter()
    .map(stranger)
    .collect())
}

fn sheet(title: &str, rows: &[[&str; 4]]) -> Result<Vec<u8>> {
    let workbook = style::workbook(title, "Office", day(2026, 1, 12))?;
    table(workbook, title, title, [24.0; 4], rows)
}
