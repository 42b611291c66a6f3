//! `quarterday contract list`: the contracts there are, with their forms.

use std::path::Path;

use anyhow::Result;

use super::super::{ExitStatus, screen};
use super::{known, workspace};

/// Lists the contracts, built-in and of the workspace in `dir`.
///
/// # Errors
/// The workspace or one of its definitions cannot be read from its file, or two have one id.
pub fn list(dir: Option<&Path>) -> Result<ExitStatus> {
    let workspace = workspace(dir)?;
    let mut status = ExitStatus::Fine;
    for (index, definition) in known(workspace.as_ref())?.iter().enumerate() {
        if index > 0 {
            screen::line("");
        }
        match &definition.read {
            Ok(contract) => {
                let whose = if definition.built_in {
                    "built in".to_string()
                } else {
                    format!("the workspace's own, {}", definition.file)
                };
                screen::line(&format!("{}: {}", contract.id, contract.title));
                screen::line(&format!("  {whose}; {}", contract.councils.join(", ")));
                for form in &contract.forms {
                    screen::line(&format!("  {:<20} {:<12} {}", form.id, form.every.adverb(), form.title));
                }
            }
            Err(error) => {
                status = ExitStatus::NeedsAttention;
                let number = error.faults().len();
                let things = if number == 1 { "one thing is wrong" } else { "several things are wrong" };
                screen::line(&format!("{}: cannot be used, {things}", definition.file));
                screen::line("  `quarterday contract check` with the file's name says what.");
            }
        }
    }
    Ok(status)
}
