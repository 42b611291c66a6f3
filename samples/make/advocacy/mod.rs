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
mod register;
mod returns;
mod simulation;
mod social_value;
mod steadiness;
mod story;
mod strangers;
mod submissions;

use std::path::Path;

use anyhow::Result;

use crate::{clear, write};

/// The provider, as it writes its own name.
pub const PROVIDER: &str = "Harbour Advocacy";

/// Writes the workspace anew.
///
/// # Errors
/// A workbook cannot be made, or a file cannot be written.
pub fn make(workspace: &Path) -> Result<()> {
    let simulation = simulation::Simulation::run();
    let (files, overwritten) = returns::returns(&simulation)?;
    clear(workspace)?;
    for file in files.iter().chain(&strangers::strangers(&simulation)?) {
        write(&workspace.join(&file.path), &file.bytes)?;
    }
    overwritten.write(workspace, &files)?;
    write(&workspace.join("register.xlsx"), &register::workbook(&files)?)
}
