//! A return kept until its provider is reviewed, packed small.

use std::fmt;
use std::sync::Arc;

use anyhow::{Context, Result};
use chrono::NaiveDate;

use crate::assess::submissions::ReceivedReturn;
use crate::domain::submission::ReceivedBy;
use crate::intake::recognise::Recognised;
use crate::readers::{Packed, Understood};
use crate::workspace::cache::{self, Cache};

/// One version of a return, as [`ReceivedReturn`] has it, but for what it says, which is packed.
#[derive(Debug, Clone)]
pub struct Kept {
    /// Path below the workspace with forward slashes.
    pub file: String,
    /// SHA-256 of the file, in hexadecimal.
    pub sha256: String,
    /// What its cells hold, as a hash.
    pub fingerprint: String,
    /// Date received, and how that is known.
    pub received: (NaiveDate, ReceivedBy),
    /// Place in the order of the ledger.
    pub sequence: usize,
    /// Whether another file lies in its place now.
    pub superseded: bool,
    /// Days on which a run looked and did not find it, in order.
    pub looked_in_vain: Vec<NaiveDate>,
    /// What return it is.
    pub recognised: Recognised,
    /// What it says.
    pub mapped: Held,
}

/// Where what a return says is held.
#[derive(Clone)]
pub enum Held {
    /// In memory.
    InMemory(Arc<Packed>),
    /// Between runs, under this name.
    Kept(Arc<Cache>, String),
}

// What it says follows from the bytes, whose hash is told beside it.
impl fmt::Debug for Held {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("Held")
    }
}

impl Held {
    fn unpack(&self) -> Result<crate::intake::mapped::Mapped> {
        let mapped = match self {
            Held::InMemory(packed) => packed.unpack(),
            Held::Kept(cache, name) => {
                let bytes = cache
                    .get(name)
                    .context("what was read of it is gone while the run went on; run again")?;
                let understood: Understood =
                    cache::decoded(&bytes).context("what was read of it is not held as it was; run again")?;
                understood.mapped.unpack()
            }
        };
        Ok(mapped?)
    }
}

impl Kept {
    /// The version with what it says.
    ///
    /// # Errors
    /// It is not packed as it was.
    pub fn laid_out(&self) -> Result<ReceivedReturn> {
        Ok(ReceivedReturn {
            file: self.file.clone(),
            sha256: self.sha256.clone(),
            fingerprint: self.fingerprint.clone(),
            received: self.received.0,
            received_by: self.received.1,
            sequence: self.sequence,
            superseded: self.superseded,
            looked_in_vain: self.looked_in_vain.clone(),
            recognised: self.recognised.clone(),
            mapped: Arc::new(self.mapped.unpack().with_context(|| self.file.clone())?),
        })
    }
}
