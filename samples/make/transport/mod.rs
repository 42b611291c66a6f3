//! `home-to-school-transport`: three operators over a school year, for a contract that is none of the program's own.

mod calendar;
mod certification;
mod operators;
mod performance;
mod returns;
mod strangers;
mod texts;
mod travelled;

use std::path::Path;

use anyhow::Result;

use crate::dates::day;
use crate::register_lists::Register;
use crate::workspace;

/// Id of the contract.
pub const CONTRACT: &str = "home-to-school-transport";

/// Writes the workspace anew; its definition, which nobody makes, is left as it is.
///
/// # Errors
/// The course of the year is not the one told, a workbook cannot be made, or a file cannot be written.
pub fn make(folder: &Path) -> Result<()> {
    let register = Register {
        contract: CONTRACT,
        forms: &["monthly-return", "certification"],
        written: day(2026, 10, 2),
        lists: include_str!("register.txt"),
    };
    workspace::fill(folder, &returns::returns()?, &strangers::strangers()?, &register)
}
