//! Something wrong with a return, and the registry of all that can be.

use std::sync::Arc;

use serde::{Deserialize, Deserializer, Serialize, Serializer};

use super::finding_kinds;
use super::place::{CellAddress, CellRef};
use super::text::fold;

/// How much a finding matters.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Severity {
    /// Wrong or missing data.
    Error,
    /// Worth a question or a comment.
    Warning,
    /// Worth knowing.
    Info,
}

impl Severity {
    /// The word for people.
    pub fn word(self) -> &'static str {
        match self {
            Severity::Error => "Error",
            Severity::Warning => "Warning",
            Severity::Info => "Information",
        }
    }
}

/// A kind of finding.
#[derive(Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct FindingKind {
    /// Its code, as it stands in results and in `quarterday explain`.
    pub code: &'static str,
    /// How much it matters.
    pub severity: Severity,
    /// Whether it counts against the accuracy of the return.
    pub counts_against_accuracy: bool,
    /// One line: what it says.
    pub summary: &'static str,
    /// What it means, why it is raised, and an example.
    pub explanation: &'static str,
    /// What to do about it.
    pub remedy: &'static str,
}

impl FindingKind {
    /// Whether it is for the council to look into and no business of the provider's: it is left out of whatever the provider gets.
    pub fn is_for_the_council_alone(&self) -> bool {
        *self == finding_kinds::SENDER_NOT_IN_REGISTER
    }
}

impl Serialize for FindingKind {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.code)
    }
}

impl<'de> Deserialize<'de> for &'static FindingKind {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let code = String::deserialize(deserializer)?;
        finding_kinds::find(&code)
            .ok_or_else(|| serde::de::Error::custom(format_args!("there is no finding `{code}`")))
    }
}

/// Findings in the order in which they are put to the provider and numbered, from 1: what is asked first, errors before warnings;
/// then what the officer has accepted, and last what the council looks into by itself.
pub fn in_order_of_asking<'f>(findings: impl IntoIterator<Item = &'f Finding>) -> Vec<&'f Finding> {
    let mut queries: Vec<&Finding> = findings.into_iter().collect();
    queries.sort_by_key(|finding| {
        (finding.kind.is_for_the_council_alone(), finding.accepted.is_some(), finding.kind.severity)
    });
    queries
}

/// One thing found in one return.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Finding {
    /// What kind.
    pub kind: &'static FindingKind,
    /// Path of the file below the workspace.
    #[serde(with = "super::shared")]
    pub file: Arc<str>,
    /// Sheet, where it concerns one.
    #[serde(with = "super::shared::perhaps")]
    pub sheet: Option<Arc<str>>,
    /// Cell, where it concerns one.
    pub cell: Option<CellAddress>,
    /// The other cells involved.
    pub involved: Vec<CellRef>,
    /// What was found, in a sentence.
    pub message: String,
    /// What to do, in a sentence.
    pub help: String,
    /// Why the officer accepted it, when the register says so.
    pub accepted: Option<String>,
}

impl Finding {
    /// A finding about a whole file.
    pub fn in_file(kind: &'static FindingKind, file: &Arc<str>, message: String) -> Self {
        Self {
            kind,
            file: file.clone(),
            sheet: None,
            cell: None,
            involved: Vec::new(),
            message,
            help: kind.remedy.to_string(),
            accepted: None,
        }
    }

    /// A finding about a sheet.
    pub fn in_sheet(kind: &'static FindingKind, file: &Arc<str>, sheet: &Arc<str>, message: String) -> Self {
        Self { sheet: Some(sheet.clone()), ..Self::in_file(kind, file, message) }
    }

    /// A finding at a cell.
    pub fn at(kind: &'static FindingKind, place: &CellRef, message: String) -> Self {
        Self { cell: Some(place.cell), ..Self::in_sheet(kind, &place.file, &place.sheet, message) }
    }

    /// The same with the other cells involved.
    #[must_use]
    pub fn involving(mut self, cells: impl IntoIterator<Item = CellRef>) -> Self {
        self.involved.extend(cells);
        self
    }

    /// The same with a more particular word on what to do.
    #[must_use]
    pub fn advising(mut self, help: impl Into<String>) -> Self {
        self.help = help.into();
        self
    }

    /// Whether it counts against accuracy: its kind does and the officer has not accepted it.
    pub fn counts(&self) -> bool {
        self.kind.counts_against_accuracy && self.accepted.is_none()
    }

    /// Whether it asks something of the provider.
    pub fn asks(&self) -> bool {
        self.accepted.is_none()
            && self.kind.severity != Severity::Info
            && !self.kind.is_for_the_council_alone()
    }

    /// Whether it asks the same as one of another version: the same kind at the same cell, or in the same words where no cell
    /// is named.
    pub fn asks_like(&self, other: &Finding) -> bool {
        self.kind == other.kind
            && self.sheet == other.sheet
            && self.cell == other.cell
            && (self.cell.is_some() || fold(&self.message) == fold(&other.message))
    }

    /// The cell, where it concerns one.
    pub fn place(&self) -> Option<CellRef> {
        Some(CellRef { file: self.file.clone(), sheet: self.sheet.clone()?, cell: self.cell? })
    }
}
