//! Files that lie among the returns and are none: another provider's, an unrelated workbook, a lock file, a text file
//! with a workbook's ending.

use anyhow::Result;

use crate::advocacy::dates::day;
use crate::advocacy::monthly_information::MonthlyInformation;
use crate::advocacy::returns::{Returned, monthly_form};
use crate::advocacy::simulation::Simulation;
use crate::style;

/// Name of the file the register says to ignore.
pub const IGNORED: &str = "Volunteer expenses form.xlsx";

/// The strangers.
///
/// # Errors
/// When a workbook can't be written.
pub fn strangers(simulation: &Simulation) -> Result<Vec<Returned>> {
    let seabright =
        MonthlyInformation { provider: "Seabright Advocacy".to_string(), ..monthly_form(simulation, 11) };
    let lock = {
        // Excel's lock file: the length of the user's name, the name, padded to 165 bytes.
        let user = b"Data officer";
        let mut bytes = vec![0x20; 165];
        bytes[0] = u8::try_from(user.len())?;
        bytes[1..=user.len()].copy_from_slice(user);
        bytes
    };
    let draft = "KPI return Q2, notes for the draft\r\n\r\nask triage for the January figures\r\n";
    Ok([
        ("returns/2024-25/Q4/Seabright MI August 2025.xlsx", seabright.workbook()?),
        ("returns/2025-26/Q3/Training rota.xlsx", rota()?),
        ("returns/2025-26/Q4/~$HA_MI_2026-08.xlsx", lock),
        ("returns/2025-26/Q2/HA_KPI_Q2 draft.xlsx", draft.as_bytes().to_vec()),
        ("returns/2025-26/Q1/Volunteer expenses form.xlsx", expenses()?),
    ]
    .into_iter()
    .map(|(path, bytes)| Returned { path: path.to_string(), bytes, received: None })
    .collect())
}

fn rota() -> Result<Vec<u8>> {
    let mut workbook = style::workbook("Training rota", crate::advocacy::PROVIDER, day(2026, 3, 30))?;
    let sheet = workbook.add_worksheet().set_name("Spring 2026")?;
    for (column, width) in (0..).zip([14.0, 34.0, 18.0, 22.0]) {
        sheet.set_column_width(column, width)?;
    }
    sheet.write_with_format(0, 0, "Training rota, spring 2026", &style::title())?;
    let rows = [
        ["Week of", "Course", "Places", "Venue"],
        ["13 April", "Mental Capacity Act refresher", "8", "Crewe office"],
        ["20 April", "Safeguarding level 2", "10", "online"],
        ["27 April", "Recording and outcomes", "6", "Chester office"],
        ["11 May", "Easy read for beginners", "12", "online"],
    ];
    for (row, cells) in (2..).zip(rows) {
        for (column, text) in (0..).zip(cells) {
            let format = if row == 2 { style::heading() } else { style::printed() };
            sheet.write_with_format(row, column, text, &format)?;
        }
    }
    Ok(workbook.save_to_buffer()?)
}

fn expenses() -> Result<Vec<u8>> {
    let mut workbook =
        style::workbook("Volunteer expenses form", crate::advocacy::PROVIDER, day(2025, 10, 6))?;
    let sheet = workbook.add_worksheet().set_name("Claim")?;
    sheet.set_column_range_width(0, 3, 22)?;
    sheet.write_with_format(0, 0, "Volunteer expenses", &style::title())?;
    for (column, text) in (0..).zip(["Date", "Journey", "Miles", "Amount (£)"]) {
        sheet.write_with_format(2, column, text, &style::heading())?;
        for row in 3..9 {
            sheet.write_blank(row, column, &style::printed())?;
        }
    }
    Ok(workbook.save_to_buffer()?)
}
