//! Writes the shipped sample workspace: `cargo run --example make-samples`, or with a folder as its argument to write it
//! elsewhere.
//!
//! Same program, same bytes: chance has a fixed seed, and a workbook's creation date is the date its return was sent.

mod cases;
mod dates;
mod faults;
mod figures;
mod kpi_figures;
mod labels;
mod monthly_information;
mod narrative;
mod narrative_texts;
mod overwritten;
mod plan;
mod quarterly_kpi;
mod random;
mod register;
mod returns;
mod simulation;
mod social_value;
mod steadiness;
mod story;
mod strangers;
mod style;
mod submissions;

use std::path::{Path, PathBuf};

use anyhow::{Context, Result};

/// The provider, as it writes its own name.
pub const PROVIDER: &str = "Harbour Advocacy";

fn main() -> Result<()> {
    let workspace = match std::env::args_os().nth(1) {
        Some(folder) => PathBuf::from(folder),
        None => {
            Path::new(env!("CARGO_MANIFEST_DIR")).join("samples").join("workspaces").join("cheshire-advocacy")
        }
    };
    let simulation = simulation::Simulation::run();
    let (files, overwritten) = returns::returns(&simulation)?;
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
    for file in files.iter().chain(&strangers::strangers(&simulation)?) {
        write(&workspace.join(&file.path), &file.bytes)?;
    }
    overwritten.write(&workspace, &files)?;
    write(&workspace.join("register.xlsx"), &register::workbook(&files)?)
}

/// Writes a file and the folders above it.
pub fn write(path: &Path, bytes: &[u8]) -> Result<()> {
    if let Some(folder) = path.parent() {
        std::fs::create_dir_all(folder).with_context(|| format!("making {}", folder.display()))?;
    }
    std::fs::write(path, bytes).with_context(|| format!("writing {}", path.display()))
}
