//! What goes back to a provider with its return. No rule is applied here.

use std::sync::Arc;

use chrono::NaiveDate;

use crate::domain::finding::{Finding, Severity};
use crate::domain::place::{CellAddress, CellRef};
use crate::review::{ActionRow, RatedFigure};

/// The name of the sheet added to a returned workbook.
pub const SHEET_NAME: &str = crate::domain::workbook::FEEDBACK_SHEET;

/// A figure of the return.
#[derive(Debug, Clone, PartialEq)]
pub struct RatedCell {
    /// The sheet, as it is named in the file, and the cell that is coloured; `None` for a figure that no single
    /// cell shows, or that stands in another return. It is listed on the feedback sheet all the same.
    pub place: Option<(Arc<str>, CellAddress)>,
    /// The figure with its rating.
    pub figure: RatedFigure,
}

/// Everything said to the provider about one return.
#[derive(Debug, Clone, PartialEq)]
pub struct Feedback {
    /// The councils party to the contract.
    pub councils: Vec<String>,
    /// Contract title.
    pub contract_title: String,
    /// Provider's name as in the register.
    pub provider: String,
    /// The form's title.
    pub form_title: String,
    /// The period in words, and the area where the form is for one.
    pub period: String,
    /// Whether it came in time, in a word or two.
    pub status: String,
    /// Why the status is what it is, where that needs saying.
    pub status_note: Option<String>,
    /// Date due, inclusive.
    pub due: NaiveDate,
    /// Why the due date is not the contract's.
    pub due_note: Option<String>,
    /// Date received; `None` when nothing proves one.
    pub received: Option<NaiveDate>,
    /// Whether the first usable version was free of errors.
    pub accurate: Option<bool>,
    /// The return's path below the workspace, as its findings name it. Only its last part is shown.
    pub file: Arc<str>,
    /// SHA-256 of the return, in hexadecimal.
    pub sha256: String,
    /// The figures of the return in the contract's order. Where several share a cell, the first decides its colour.
    pub rated: Vec<RatedCell>,
    /// What was found in the return.
    pub findings: Vec<Finding>,
    /// Action-plan rows for the figures rated amber or red.
    pub actions: Vec<ActionRow>,
    /// How this copy was made and what it keeps of the original, in a sentence or two.
    pub how_made: String,
}

impl Feedback {
    /// The findings in the order in which they are numbered, from 1: what is asked of the provider first, errors
    /// before warnings; then what the officer has accepted.
    pub fn queries(&self) -> Vec<&Finding> {
        let mut queries: Vec<&Finding> = self.findings.iter().collect();
        queries.sort_by_key(|finding| (finding.accepted.is_some(), finding.kind.severity));
        queries
    }

    /// The cell of this return that `finding` is about; `None` when it is about no cell or another file.
    pub fn own_cell(&self, finding: &Finding) -> Option<CellRef> {
        finding.place().filter(|place| place.file == self.file)
    }

    /// The councils in one phrase.
    pub fn councils_in_words(&self) -> String {
        match self.councils.as_slice() {
            [] => "The council".to_string(),
            [one] => one.clone(),
            [first @ .., last] => format!("{} and {last}", first.join(", ")),
        }
    }

    /// The file's name without its folders.
    pub fn file_name(&self) -> &str {
        self.file.rsplit('/').next().unwrap_or(&self.file)
    }
}

/// Whether a finding asks something of the provider.
pub fn is_open(finding: &Finding) -> bool {
    finding.accepted.is_none() && finding.kind.severity != Severity::Info
}
