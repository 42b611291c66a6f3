//! Ctrl-C, for commands that end in a way of their own.

use anyhow::{Context, Result};

/// Does this at each Ctrl-C, in a thread of its own, instead of ending the program.
///
/// # Errors
/// The system does not let it be done; Ctrl-C ends the program then.
pub fn on_ctrl_c(what: impl FnMut() + Send + 'static) -> Result<()> {
    ctrlc::set_handler(what).context("Ctrl-C ends it at once, in whatever it does")
}
