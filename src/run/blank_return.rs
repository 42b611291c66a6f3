//! A blank return, from the definition to the bytes of its workbook.

use anyhow::Result;

use crate::output::workbooks::blank_form::blank_form_workbook;
use crate::reviewing::blank_form::{Wanted, blank_form};

/// The blank return as an .xlsx file.
///
/// # Errors
/// The workbook cannot be written.
pub fn blank_return(wanted: &Wanted<'_>) -> Result<Vec<u8>> {
    blank_form_workbook(&blank_form(wanted))
}
