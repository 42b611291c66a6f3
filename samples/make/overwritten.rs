//! The return that was saved over: the file in `returns/` is the newer one, the earlier one is only in `originals/`.

use std::path::Path;

use anyhow::Result;
use chrono::NaiveDate;
use sha2::{Digest, Sha256};

/// Both versions of a return that was replaced under the same name.
#[derive(Debug)]
pub struct Overwritten {
    /// Path below the workspace.
    pub path: String,
    /// The version first seen.
    pub earlier: Vec<u8>,
    /// Date it was first seen.
    #[expect(dead_code, reason = "for the ledger's line of the earlier version")]
    pub first_seen: NaiveDate,
    /// The version that took its place.
    pub newer: Vec<u8>,
    /// Date that was seen.
    #[expect(dead_code, reason = "for the ledger's line of the newer version")]
    pub replaced: NaiveDate,
}

impl Overwritten {
    /// Writes the earlier version below `originals/`, named by its hash, and the newer one to its place.
    ///
    /// # Errors
    /// When a file can't be written.
    pub fn write(&self, workspace: &Path) -> Result<()> {
        let hash: String = Sha256::digest(&self.earlier).iter().map(|byte| format!("{byte:02x}")).collect();
        crate::write(&workspace.join("originals").join(format!("{hash}.xlsx")), &self.earlier)?;
        crate::write(&workspace.join(&self.path), &self.newer)
    }
}
