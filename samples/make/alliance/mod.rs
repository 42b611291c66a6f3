//! `wla-semi-independent`: a year of nine providers of semi-independent accommodation.

mod certificates;
mod certification;
mod dates;
mod faults;
mod figures;
mod form;
mod kpi_form;
mod lists;
mod providers;
mod records;
mod register;
mod returns;
mod strangers;
mod submissions;

use std::path::Path;

use anyhow::Result;

use crate::{clear, write};

/// Writes the workspace anew.
///
/// # Errors
/// A workbook cannot be made, or a file cannot be written.
pub fn make(workspace: &Path) -> Result<()> {
    let files = returns::returns()?;
    clear(workspace)?;
    for file in files.iter().chain(&strangers::strangers(&files)?) {
        write(&workspace.join(&file.path), &file.bytes)?;
    }
    write(&workspace.join("register.xlsx"), &register::workbook(&files)?)
}
