//! What `quarterday check` prints for other programs.

use anyhow::Result;

use crate::output::check_json;
use crate::review::checked::Checked;

/// The files looked at, as JSON with a line break at the end.
///
/// # Errors
/// See [`check_json::check_json`].
pub fn json(files: &[Checked]) -> Result<Vec<u8>> {
    check_json::check_json(files)
}
