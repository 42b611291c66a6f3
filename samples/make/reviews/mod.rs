//! `kent-contract-review`: the contracts a council's contract management review group looked at.

mod contracts;
mod course;
mod criteria;
mod faults;
mod form;
mod returns;
mod strangers;

use std::path::Path;

use anyhow::Result;

use crate::dates::day;
use crate::register_lists::Register;
use crate::workspace;

/// Writes the workspace anew.
///
/// # Errors
/// The scores don't tell the story, a workbook cannot be made, or a file cannot be written.
pub fn make(folder: &Path) -> Result<()> {
    course::check()?;
    let register = Register {
        contract: "kent-contract-review",
        forms: &["maturity"],
        written: day(2019, 3, 8),
        lists: include_str!("register.txt"),
    };
    workspace::fill(folder, &returns::returns()?, &strangers::strangers()?, &register)
}
