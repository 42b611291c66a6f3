//! A return kept until its provider is reviewed, packed small.

use std::fmt;
use std::io::Read;
use std::sync::Arc;

use anyhow::{Context, Result};
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use crate::assess::submissions::ReceivedReturn;
use crate::domain::submission::ReceivedBy;
use crate::intake::recognise::Recognised;
use crate::readers::{Packed, Understood, read_frame, unpack, write_frame};
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
                let entry = cache.open(name).and_then(|mut entry| Some((head(&mut entry)?, entry)));
                let (head, deflated) =
                    entry.context("what was read of it is gone while the run went on; run again")?;
                unpack(head.laid_out, deflated)
            }
        };
        Ok(mapped?)
    }
}

/// What is known of a return without laying out what it says.
#[derive(Debug, Serialize, Deserialize)]
pub struct Head {
    /// What its cells hold, as a hash.
    pub fingerprint: String,
    /// What return it is.
    pub recognised: Recognised,
    /// The bytes that what it says has laid out.
    laid_out: usize,
}

/// A return as it is kept: its head in a frame, and what it says, packed.
///
/// # Errors
/// It cannot be coded, which no return brings about.
pub fn coded(understood: &Understood) -> Result<Vec<u8>> {
    let (laid_out, deflated) = understood.mapped.in_parts();
    let (fingerprint, recognised) = (understood.fingerprint.clone(), understood.recognised.clone());
    let mut coded = Vec::new();
    write_frame(&mut coded, &cache::coded(&Head { fingerprint, recognised, laid_out })?)?;
    coded.extend_from_slice(deflated);
    Ok(coded)
}

/// The head of what [`coded`] gave; what is read next is what the return says, packed. `None` where it is not whole.
pub fn head(from: &mut impl Read) -> Option<Head> {
    // An entry is as long as it was written, or none.
    cache::decoded(&read_frame(from, usize::MAX).ok()??).ok()
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
