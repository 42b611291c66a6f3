//! `cheshire-advocacy`: two years of one provider.

mod cases;
mod dates;
mod faults;
mod figures;
mod kpi_figures;
mod labels;
mod monthly_information;
mod narrative;
mod narrative_texts;
mod overwritten;
mod plan;
mod quarterly_kpi;
mod returns;
mod simulation;
mod social_value;
mod steadiness;
mod story;
mod strangers;
mod submissions;

use std::path::Path;

use anyhow::Result;

use crate::register_lists::Register;
use crate::workspace;

/// The provider, as it writes its own name.
pub const PROVIDER: &str = "Harbour Advocacy";
/// The contract.
const CONTRACT: &str = "cheshire-advocacy";

/// Writes the workspace anew.
///
/// # Errors
/// A workbook cannot be made, or a file cannot be written.
pub fn make(folder: &Path) -> Result<()> {
    let simulation = simulation::Simulation::run();
    let (files, overwritten) = returns::returns(&simulation)?;
    let register = Register {
        contract: CONTRACT,
        forms: &["monthly-information", "quarterly-kpi", "quarterly-narrative"],
        written: dates::day(2026, 9, 21),
        lists: include_str!("register.txt"),
    };
    workspace::fill(folder, &files, &strangers::strangers(&simulation)?, &register)?;
    overwritten.write(folder, &files)
}
