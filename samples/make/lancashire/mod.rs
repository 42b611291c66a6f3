//! `lancashire-supported-housing`: six quarters of eight providers of care in supported housing.

mod criteria;
mod dates;
mod entry;
mod faults;
mod figures;
mod form;
mod kpi_sheet;
mod management_report;
mod plan;
mod plans;
mod providers;
mod report_texts;
mod returns;
mod schemes_sheet;
mod strangers;
mod submissions;
mod text_sheet;

use std::path::Path;

use anyhow::Result;

use crate::dates::day;
use crate::register_lists::Register;
use crate::workspace;

/// The contract.
const CONTRACT: &str = "lancashire-supported-housing";

/// Writes the workspace anew.
///
/// # Errors
/// A workbook cannot be made, what is planted is not what `samples/README.md` says, or a file cannot be written.
pub fn make(folder: &Path) -> Result<()> {
    let files = returns::returns()?;
    let register = Register {
        contract: CONTRACT,
        forms: &["quarterly-kpi"],
        written: day(2021, 11, 1),
        lists: include_str!("register.txt"),
    };
    workspace::fill(folder, &files, &strangers::strangers()?, &register)
}
