//! Files that lie among the returns and are none: another provider's, an unrelated workbook, a lock file, a text file
//! with a workbook's ending.

use anyhow::Result;

use crate::advocacy::monthly_information::MonthlyInformation;
use crate::advocacy::returns::monthly_form;
use crate::advocacy::simulation::Simulation;
use crate::dates::day;
use crate::strangers::{claim_form, lock_file, stranger, table};
use crate::style;
use crate::workspace::Returned;

/// The strangers.
///
/// # Errors
/// When a workbook can't be written.
pub fn strangers(simulation: &Simulation) -> Result<Vec<Returned>> {
    let seabright =
        MonthlyInformation { provider: "Seabright Advocacy".to_string(), ..monthly_form(simulation, 11) };
    let draft = "KPI return Q2, notes for the draft\r\n\r\nask triage for the January figures\r\n";
    Ok([
        ("returns/2024-25/Q4/Seabright MI August 2025.xlsx", seabright.workbook()?),
        ("returns/2025-26/Q3/Training rota.xlsx", rota()?),
        ("returns/2025-26/Q4/~$HA_MI_2026-08.xlsx", lock_file("Data officer")?),
        ("returns/2025-26/Q2/HA_KPI_Q2 draft.xlsx", draft.as_bytes().to_vec()),
        ("returns/2025-26/Q1/Volunteer expenses form.xlsx", expenses()?),
    ]
    .into_iter()
    .map(stranger)
    .collect())
}

fn rota() -> Result<Vec<u8>> {
    let workbook = style::workbook("Training rota", crate::advocacy::PROVIDER, day(2026, 3, 30))?;
    let rows = [
        ["Week of", "Course", "Places", "Venue"],
        ["13 April", "Mental Capacity Act refresher", "8", "Crewe office"],
        ["20 April", "Safeguarding level 2", "10", "online"],
        ["27 April", "Recording and outcomes", "6", "Chester office"],
        ["11 May", "Easy read for beginners", "12", "online"],
    ];
    table(workbook, "Spring 2026", "Training rota, spring 2026", [14.0, 34.0, 18.0, 22.0], &rows)
}

fn expenses() -> Result<Vec<u8>> {
    let workbook = style::workbook("Volunteer expenses form", crate::advocacy::PROVIDER, day(2025, 10, 6))?;
    claim_form(workbook, "Volunteer expenses")
}
