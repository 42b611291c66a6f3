//! `quarterday reader`: a worker of another process of the program. Hidden from the help.

use anyhow::Result;

use super::ExitStatus;
use crate::readers;

/// Reads files for the process that started this one.
///
/// # Errors
/// See [`readers::work`].
pub fn reader(limit_memory: fn(usize)) -> Result<ExitStatus> {
    readers::work(limit_memory)?;
    Ok(ExitStatus::Fine)
}
