//! `quarterday reader`: a worker of another process of the program. Hidden from the help.

use anyhow::Result;

use super::{ExitStatus, interrupt};
use crate::readers;

/// Reads files for the process that started this one.
///
/// # Errors
/// See [`readers::work`].
pub fn reader(limit_memory: fn(usize)) -> Result<ExitStatus> {
    // Ctrl-C reaches every process of a terminal. This one ends when its parent says so, or is gone.
    let _ = interrupt::on_ctrl_c(|| ());
    readers::work(limit_memory)?;
    Ok(ExitStatus::Fine)
}
