//! The files of a sample workspace.

use std::path::Path;

use anyhow::{Context, Result};
use chrono::NaiveDate;

use crate::register_lists::Register;

/// One file below `returns/`.
#[derive(Debug)]
pub struct Returned {
    /// Path below the workspace.
    pub path: String,
    /// Contents.
    pub bytes: Vec<u8>,
    /// Date the officer wrote down.
    pub received: Option<NaiveDate>,
}

impl Returned {
    /// The file below `returns/` and the date written down for it, as in the register.
    pub fn receipt(&self) -> Option<[String; 2]> {
        let below = self.path.strip_prefix("returns/").unwrap_or(&self.path);
        self.received.map(|received| [below.to_string(), received.to_string()])
    }
}

/// Writes a workspace anew: its returns, the strangers among them, and the register.
///
/// # Errors
/// The register cannot be made, or a file cannot be written or removed.
pub fn fill(workspace: &Path, files: &[Returned], strangers: &[Returned], register: &Register) -> Result<()> {
    clear(workspace)?;
    for file in files.iter().chain(strangers) {
        write(&workspace.join(&file.path), &file.bytes)?;
    }
    write(&workspace.join("register.xlsx"), &register.workbook(files)?)
}

/// Removes what an earlier version of a sample left: its returns, their originals and the ledger.
///
/// # Errors
/// A file or folder cannot be removed.
fn clear(workspace: &Path) -> Result<()> {
    for folder in ["returns", "originals"] {
        let folder = workspace.join(folder);
        if folder.exists() {
            std::fs::remove_dir_all(&folder).with_context(|| format!("clearing {}", folder.display()))?;
        }
    }
    let ledger = workspace.join("receipts.jsonl");
    if ledger.exists() {
        std::fs::remove_file(&ledger).with_context(|| format!("clearing {}", ledger.display()))?;
    }
    Ok(())
}

/// Writes a file and the folders above it.
///
/// # Errors
/// It cannot be written.
pub fn write(path: &Path, bytes: &[u8]) -> Result<()> {
    if let Some(folder) = path.parent() {
        std::fs::create_dir_all(folder).with_context(|| format!("making {}", folder.display()))?;
    }
    std::fs::write(path, bytes).with_context(|| format!("writing {}", path.display()))
}
