//! The return that was saved over: the file in `returns/` is the newer one, the earlier one is only in `originals/`.

use std::path::Path;

use anyhow::Result;
use chrono::NaiveDate;

use quarterday::workspace::ledger::{Ledger, SeenFile};
use quarterday::workspace::originals::Originals;
use quarterday::workspace::sha256;

use crate::workspace::{Returned, write};

/// Both versions of a return that was replaced under the same name.
#[derive(Debug)]
pub struct Overwritten {
    /// Path below the workspace.
    pub path: String,
    /// The version first seen.
    pub earlier: Vec<u8>,
    /// Date it was first seen.
    pub first_seen: NaiveDate,
    /// The version that took its place.
    pub newer: Vec<u8>,
    /// Date that was seen.
    pub replaced: NaiveDate,
}

impl Overwritten {
    /// Writes the newer version to its place, and what is left of the earlier one: its copy under `originals/` and the
    /// ledger's lines of two runs. Each run saw what had come in by then.
    ///
    /// # Errors
    /// When a file can't be written.
    pub fn write(&self, workspace: &Path, others: &[Returned]) -> Result<()> {
        write(&workspace.join(&self.path), &self.newer)?;
        let originals = Originals::new(&workspace.join("originals"));
        let earlier = SeenFile { file: self.path.clone(), sha256: sha256(&self.earlier) };
        originals.keep(&earlier.sha256, &self.path, &self.earlier)?;
        let there_by = |day: NaiveDate| {
            others
                .iter()
                .filter(move |other| other.received.is_none_or(|received| received <= day))
                .map(|other| SeenFile { file: other.path.clone(), sha256: sha256(&other.bytes) })
        };
        let newer = SeenFile { file: self.path.clone(), sha256: sha256(&self.newer) };
        let mut ledger = Ledger::open(&workspace.join("receipts.jsonl"))?;
        for (day, own) in [(self.first_seen, earlier), (self.replaced, newer)] {
            let files: Vec<SeenFile> = there_by(day).chain([own]).collect();
            ledger.record(day, &files)?;
        }
        Ok(())
    }
}
