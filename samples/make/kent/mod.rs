//! `kent-regulation-44`: eighteen months of one provider.

mod dates;
mod kpi_return;
mod labels;
mod log;
mod narrative;
mod register;
mod returns;
mod strangers;
mod submissions;
mod texts;
mod visit_log;
mod visits;

use std::path::Path;

use anyhow::Result;

use crate::{clear, write};

/// The provider, as it writes its own name.
pub const PROVIDER: &str = "Lanternhill Independent Visiting";
/// The contract.
pub const CONTRACT: &str = "kent-regulation-44";

/// Writes the workspace anew.
///
/// # Errors
/// The visits don't tell the story, a workbook cannot be made, or a file cannot be written.
pub fn make(workspace: &Path) -> Result<()> {
    log::check()?;
    let files = returns::returns()?;
    clear(workspace)?;
    for file in files.iter().chain(&strangers::strangers()?) {
        write(&workspace.join(&file.path), &file.bytes)?;
    }
    write(&workspace.join("register.xlsx"), &register::workbook(&files)?)
}
