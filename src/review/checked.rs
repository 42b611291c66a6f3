//! What a look at one file by itself came to.

use super::RatedFigure;
use crate::domain::finding::{Finding, Severity};
use crate::domain::period::Period;

/// A file that was looked at.
#[derive(Debug, Clone, PartialEq)]
pub struct Checked {
    /// Its path as it was given.
    pub file: String,
    /// The return it is, or a sentence saying why it is none.
    pub found: Result<CheckedReturn, String>,
}

/// A file that is a return.
#[derive(Debug, Clone, PartialEq)]
pub struct CheckedReturn {
    /// Contract id.
    pub contract: String,
    /// Contract's title.
    pub contract_title: String,
    /// The form's id.
    pub form: String,
    /// The form's title.
    pub form_title: String,
    /// The provider as it stands in the file.
    pub provider: String,
    /// The period it is for.
    pub period: Period,
    /// The area it is for, where it is for one.
    pub area: Option<String>,
    /// Whether it can be rated.
    pub usable: bool,
    /// The ratings of its period.
    pub ratings: Vec<RatedFigure>,
    /// What was found in it.
    pub findings: Vec<Finding>,
}

impl Checked {
    /// Whether it is a return that can be rated and has no error.
    pub fn is_sound(&self) -> bool {
        self.found.as_ref().is_ok_and(|own| {
            own.usable && !own.findings.iter().any(|finding| finding.kind.severity == Severity::Error)
        })
    }
}
