//! What one consequence of a contract rests on for one provider, put together for a lawyer: plain values, the same for the page, the
//! workbook and other programs.
//!
//! Dates are ISO and inclusive; figures are exact text, shares as fractions of 1.

use chrono::NaiveDate;
use serde::Serialize;

/// The name of the shape.
pub const FORMAT: &str = "quarterday.evidence/1";

/// How the condition stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Standing {
    /// The condition is met.
    Triggered,
    /// It would be met if what is unknown does not show otherwise, or is coming near.
    Watch,
    /// It is not met.
    NotMet,
}

impl Standing {
    /// The words for people.
    pub fn word(self) -> &'static str {
        match self {
            Standing::Triggered => "Condition met",
            Standing::Watch => "Watch",
            Standing::NotMet => "Not met",
        }
    }
}

/// A period.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Span {
    /// Its label: `2025-26 Q1`.
    pub label: String,
    /// First day.
    pub from: NaiveDate,
    /// Last day.
    pub to: NaiveDate,
}

/// The consequence and what the contract says of it.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Consequence {
    /// Its id in the definition.
    pub id: String,
    /// Title.
    pub title: String,
    /// Clause.
    pub clause: String,
    /// How its condition stands.
    pub status: Standing,
    /// The period in which it stands so.
    pub period: Span,
    /// The day of the event that meets it, where it goes by one.
    pub on: Option<NaiveDate>,
    /// The date to act by, where a clause gives one.
    pub by: Option<NaiveDate>,
    /// Whether the register records that what follows was done.
    pub settled: bool,
    /// What is missing for the condition to be met, where it is not.
    pub distance: Option<String>,
    /// What follows under the contract.
    pub action: String,
    /// When it is met, in plain English; any of them is enough.
    pub conditions: Vec<String>,
    /// The words of the definition, as they stand in its file.
    pub definition: String,
}

/// A cell and what it shows.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ShownCell {
    /// Path below the workspace, with forward slashes.
    pub file: String,
    /// SHA-256 of the version of the file it was read in.
    pub sha256: String,
    /// The sheet's name as it stands in the file.
    pub sheet: String,
    /// The cell: `F9`.
    pub cell: String,
    /// What stands there, as the program reads it; empty for a blank cell, `None` where it could not be read again.
    pub shown: Option<String>,
}

/// A piece of the workings.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Working {
    /// A sentence.
    pub text: String,
    /// The consequence it belongs to, where that is another one from which this follows.
    pub of: Option<String>,
    /// The cells it rests on.
    pub cells: Vec<ShownCell>,
}

/// A figure.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Figure {
    /// The KPI's reference.
    pub kpi: String,
    /// Title.
    pub title: String,
    /// Area; `None` is the whole contract.
    pub area: Option<String>,
    /// The period it covers.
    pub period: Span,
    /// The figure as the pack shows it.
    pub shown: String,
    /// The exact value.
    pub value: Option<String>,
    /// The numerator.
    pub numerator: Option<String>,
    /// The denominator.
    pub denominator: Option<String>,
    /// The target, on a line.
    pub target: Option<String>,
    /// Rating, as in results.
    pub rating: String,
    /// The rating's word.
    pub rating_word: String,
    /// Clause that sets the target.
    pub clause: String,
    /// What it was computed from, where it was.
    pub computed: Option<String>,
    /// Whatever qualifies it.
    pub notes: Vec<String>,
    /// The relief agreed, where there is one.
    pub relief: Option<String>,
    /// The provider's comment beside it.
    pub comment: Option<String>,
    /// The cells it came from.
    pub cells: Vec<ShownCell>,
}

/// A version of a return.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Version {
    /// Path below the workspace.
    pub file: String,
    /// SHA-256 of its bytes.
    pub sha256: String,
    /// The copy in this folder.
    pub copy: String,
    /// The day it counts as received.
    pub received: NaiveDate,
    /// How that is known, in a sentence.
    pub known: String,
    /// The day a run first saw these bytes.
    pub first_seen: Option<NaiveDate>,
    /// The line of the ledger that says so, from 1.
    pub line: Option<usize>,
    /// SHA-256 of that line.
    pub line_sha256: Option<String>,
    /// The e-mail it came in, below the workspace.
    pub mail: Option<String>,
    /// Whether anything in it could be used.
    pub usable: bool,
    /// Whether it is the version that is rated.
    pub rated: bool,
}

/// A return due.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Return {
    /// Form id.
    pub form: String,
    /// Form title.
    pub title: String,
    /// The period it is for.
    pub period: Span,
    /// Area; `None` is the whole contract.
    pub area: Option<String>,
    /// The day it was due.
    pub due: NaiveDate,
    /// Why that is not the contract's day, where it is not.
    pub due_note: Option<String>,
    /// Clause that sets it.
    pub clause: String,
    /// The day it was received.
    pub received: Option<NaiveDate>,
    /// Status, as in results.
    pub status: String,
    /// The status's word.
    pub status_word: String,
    /// Why the status is what it is.
    pub status_note: Option<String>,
    /// The earliest day after the due date on which a run looked and it was not there.
    pub looked_in_vain: Option<NaiveDate>,
    /// Every version, in order of receipt.
    pub versions: Vec<Version>,
}

/// Something found in a return.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct Found {
    /// Its code.
    pub code: String,
    /// Its weight.
    pub weight: String,
    /// The file.
    pub file: String,
    /// The sheet, where it concerns one.
    pub sheet: Option<String>,
    /// The cell, where it concerns one.
    pub cell: Option<String>,
    /// What was found.
    pub message: String,
    /// Why the council accepted it, where it did.
    pub accepted: Option<String>,
    /// What the provider said to it, and when.
    pub answered: Option<String>,
}

/// An entry of the register.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct Entry {
    /// The sheet.
    pub sheet: String,
    /// The cell.
    pub cell: String,
    /// What it says.
    pub words: String,
}

/// A line of the ledger, told in full.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct LedgerLine {
    /// Its number, from 1.
    pub number: usize,
    /// SHA-256 of it, without the line end.
    pub sha256: String,
    /// The line as it stands.
    pub text: String,
}

/// How far the ledger had come.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct LedgerHead {
    /// How many lines it had.
    pub lines: usize,
    /// SHA-256 of the last.
    pub sha256: String,
}

/// A file with its hash.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct HashedFile {
    /// Its name.
    pub file: String,
    /// SHA-256 of its bytes.
    pub sha256: String,
}

/// What everything rests on besides the returns.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Grounds {
    /// The definition in force, copied as `definition.toml`.
    pub definition: HashedFile,
    /// Whether the program brings it along.
    pub built_in: bool,
    /// The register as it stood, of which the entries that bear on this are told; `None` where there was none.
    pub register: Option<HashedFile>,
    /// The head of the ledger.
    pub ledger: LedgerHead,
}

/// All of it.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct EvidenceFile {
    /// [`FORMAT`].
    pub format: &'static str,
    /// Version of the program.
    pub program: String,
    /// The day as of which everything is said.
    pub as_of: NaiveDate,
    /// Contract id.
    pub contract: String,
    /// Contract title.
    pub contract_title: String,
    /// The councils party to it.
    pub councils: Vec<String>,
    /// Provider's name as in the register.
    pub provider: String,
    /// The consequence.
    pub consequence: Consequence,
    /// The workings.
    pub workings: Vec<Working>,
    /// Every figure they rest on.
    pub figures: Vec<Figure>,
    /// The returns involved.
    pub returns: Vec<Return>,
    /// What was found in them.
    pub findings: Vec<Found>,
    /// What the register records that bears on it.
    pub register: Vec<Entry>,
    /// The lines of the ledger concerned.
    pub ledger: Vec<LedgerLine>,
    /// What is not proven, in sentences.
    pub not_proven: Vec<String>,
    /// How open points of the schedule were read.
    pub readings: Vec<String>,
    /// What it rests on.
    pub grounds: Grounds,
}

impl EvidenceFile {
    /// As JSON with a line break at the end.
    ///
    /// # Errors
    /// When it cannot be written as JSON, which no value of these types brings about.
    pub fn json(&self) -> anyhow::Result<Vec<u8>> {
        let mut bytes = serde_json::to_vec_pretty(self)?;
        bytes.push(b'\n');
        Ok(bytes)
    }

    /// Every cell of workings and figures, each once, in order of first use.
    pub fn cells(&self) -> Vec<&ShownCell> {
        let all = self.figures.iter().flat_map(|own| &own.cells);
        let mut seen = std::collections::BTreeSet::new();
        all.chain(self.workings.iter().flat_map(|own| &own.cells))
            .filter(|own| seen.insert((&own.file, &own.sha256, &own.sheet, &own.cell)))
            .collect()
    }
}
