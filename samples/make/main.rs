//! Writes the shipped sample workspaces: `cargo run --example make-samples`, or with a folder as its argument to write them
//! elsewhere.
//!
//! Same program, same bytes: chance has a fixed seed, and a workbook's creation date is the date its return was sent.

mod advocacy;
mod alliance;
mod kent;
mod random;
mod register_lists;
mod style;

use std::path::{Path, PathBuf};

use anyhow::{Context, Result};

/// Writes one workspace into its folder.
type Maker = fn(&Path) -> Result<()>;

/// Each workspace's folder, and what makes it.
const WORKSPACES: &[(&str, Maker)] = &[
    ("cheshire-advocacy", advocacy::make),
    ("kent-regulation-44", kent::make),
    ("wla-semi-independent", alliance::make),
];

fn main() -> Result<()> {
    let folder = match std::env::args_os().nth(1) {
        Some(folder) => PathBuf::from(folder),
        None => Path::new(env!("CARGO_MANIFEST_DIR")).join("samples").join("workspaces"),
    };
    WORKSPACES.iter().try_for_each(|(name, make)| make(&folder.join(name)))
}

/// Removes what an earlier version of a sample left: its returns, their originals and the ledger.
///
/// # Errors
/// A file or folder cannot be removed.
pub fn clear(workspace: &Path) -> Result<()> {
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
