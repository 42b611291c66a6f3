//! `kent-regulation-44`: eighteen months of one provider.

mod dates;
mod kpi_return;
mod log;
mod narrative;
mod returns;
mod strangers;
mod submissions;
mod texts;
mod visit_log;
mod visits;

use std::path::Path;

use anyhow::Result;

use crate::dates::day;
use crate::register_lists::Register;
use crate::workspace;

/// The provider, as it writes its own name.
pub const PROVIDER: &str = "Lanternhill Independent Visiting";
/// The contract.
pub const CONTRACT: &str = "kent-regulation-44";

/// Writes the workspace anew.
///
/// # Errors
/// The visits don't tell the story, a workbook cannot be made, or a file cannot be written.
pub fn make(folder: &Path) -> Result<()> {
    log::check()?;
    let register = Register {
        contract: CONTRACT,
        forms: &["monthly-kpi"],
        written: day(2023, 10, 16),
        lists: include_str!("register.txt"),
    };
    workspace::fill(folder, &returns::returns()?, &strangers::strangers()?, &register)
}
