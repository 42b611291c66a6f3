//! `wla-semi-independent`: a year of nine providers of semi-independent accommodation.

mod certificates;
mod certification;
mod dates;
mod faults;
mod figures;
mod form;
mod kpi_form;
mod providers;
mod returns;
mod strangers;
mod submissions;

use std::path::Path;

use anyhow::Result;

use crate::dates::day;
use crate::register_lists::Register;
use crate::workspace;

/// The contract.
const CONTRACT: &str = "wla-semi-independent";

/// Writes the workspace anew.
///
/// # Errors
/// A workbook cannot be made, or a file cannot be written.
pub fn make(folder: &Path) -> Result<()> {
    let files = returns::returns()?;
    let register = Register {
        contract: CONTRACT,
        forms: &["quarterly-kpi", "self-certification"],
        written: day(2026, 6, 15),
        lists: include_str!("register.txt"),
    };
    workspace::fill(folder, &files, &strangers::strangers(&files)?, &register)
}
