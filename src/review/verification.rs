//! What came of holding a workspace against its own records: the ledger, the copies, the returns, what was issued.

use chrono::NaiveDate;
use serde::Serialize;

/// The name of the shape in which other programs get it.
pub const FORMAT: &str = "quarterday.verification/1";

/// What it proves, in sentences.
pub const PROVES: [&str; 3] = [
    "Of every line of the ledger that a later line follows: that it is as it was written. A line changed, removed, put in or moved \
     breaks the chain.",
    "Of every version of a return the ledger names: that the copy in originals is, byte for byte, what was found on that day.",
    "Of what was issued and put together as evidence: that each file is the one recorded then.",
];

/// What it does not prove, in sentences.
pub const DOES_NOT_PROVE: [&str; 4] = [
    "That the clock of the machine was right: the days are its days, and no authority outside stamped them.",
    "That the end of the ledger was not cut off, its last line changed or all of it written anew, unless a head noted earlier, by \
     hand, in an e-mail, in an issue or in evidence, is still in the chain. Whoever can write to the whole folder can write \
     those anew too: a head counts for most where others keep it.",
    "That a file came in on the day it was first seen: only that it was there by then.",
    "Who put a file into the returns, or that what stands in it is true.",
];

/// A fault.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct Fault {
    /// The file, below the workspace with forward slashes.
    pub file: String,
    /// Number of the line, from 1, where it is one.
    pub line: Option<usize>,
    /// What is wrong, in a sentence without a full stop.
    pub message: String,
    /// What to do, in a sentence without a full stop.
    pub help: String,
}

/// A chained file as it was found.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ChainedFile {
    /// Its name below the workspace.
    pub file: String,
    /// How many lines it has.
    pub lines: usize,
    /// SHA-256 of its last line, in lower-case hexadecimal; 64 zeros where there is none.
    pub head: String,
    /// Whether something that is no whole line stands behind the last: a run was stopped while it wrote.
    pub torn: bool,
}

/// Where a recorded version is now.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Whereabouts {
    /// It lies where it was seen.
    There,
    /// Another recorded version lies there now.
    Overwritten,
    /// The same bytes lie elsewhere in the returns.
    Moved {
        /// Where, below the workspace.
        to: String,
    },
    /// It came inside an e-mail that is recorded itself.
    InsideMail {
        /// The e-mail, below the workspace.
        mail: String,
    },
    /// Nothing lies there now; the copy is kept.
    Gone,
    /// It was disposed of, its copy included, as the register's sheet Disposals says.
    DisposedOf {
        /// The day.
        on: NaiveDate,
    },
    /// Bytes that are not recorded lie there now.
    Changed,
    /// What lies there cannot be read now; why, in words.
    Unreadable {
        /// Why.
        why: String,
    },
}

/// A version the ledger names.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct VersionChecked {
    /// The line of the ledger that names it, from 1.
    pub line: usize,
    /// Path below the workspace with forward slashes.
    pub file: String,
    /// SHA-256 of its bytes.
    pub sha256: String,
    /// Whether a copy is kept and has that SHA-256.
    pub copy: bool,
    /// Where it is now.
    pub whereabouts: Whereabouts,
}

/// A head that was noted earlier.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct HeadChecked {
    /// Where it was noted: a file, or `--head`.
    pub noted: String,
    /// The SHA-256, or its first digits.
    pub sha256: String,
    /// The file in whose chain it stands; `None` where it is in none.
    pub file: Option<String>,
    /// The line there, from 1.
    pub line: Option<usize>,
}

/// Everything that was held against its record.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Verification {
    /// [`FORMAT`].
    pub format: &'static str,
    /// Whether nothing is at fault.
    pub proven: bool,
    /// The ledger, and the journal of what was sent where there is one.
    pub chains: Vec<ChainedFile>,
    /// Every version the ledger names, in order of its lines.
    pub versions: Vec<VersionChecked>,
    /// Folders that were issued.
    pub issues: usize,
    /// Folders of evidence.
    pub evidence: usize,
    /// Heads noted earlier.
    pub heads: Vec<HeadChecked>,
    /// Files in the returns that no run has recorded yet, below the workspace.
    pub not_yet_recorded: Vec<String>,
    /// What is at fault, in order of file.
    pub faults: Vec<Fault>,
    /// What it proves.
    pub proves: [&'static str; PROVES.len()],
    /// What it does not.
    pub does_not_prove: [&'static str; DOES_NOT_PROVE.len()],
}

impl Verification {
    /// As JSON with a line break at the end.
    ///
    /// # Errors
    /// When it cannot be written as JSON, which no value of these types brings about.
    pub fn json(&self) -> anyhow::Result<Vec<u8>> {
        let mut bytes = serde_json::to_vec_pretty(self)?;
        bytes.push(b'\n');
        Ok(bytes)
    }
}
