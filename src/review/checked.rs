//! What a look at one file by itself came to.

use chrono::NaiveDate;

use super::RatedFigure;
use crate::domain::finding::{Finding, Severity};
use crate::domain::period::Period;

/// A file that was looked at.
#[derive(Debug, Clone, PartialEq)]
pub struct Checked {
    /// Its path as it was given.
    pub file: String,
    /// What it is.
    pub found: Found,
}

/// What a file turned out to be.
#[derive(Debug, Clone, PartialEq)]
pub enum Found {
    /// A return.
    Return(Box<CheckedReturn>),
    /// An e-mail; what is attached to it is looked at as files of their own.
    Mail(CheckedMail),
    /// Neither; a sentence saying why.
    Neither(String),
}

/// A file that is an e-mail.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CheckedMail {
    /// The addresses it says it is from.
    pub senders: Vec<String>,
    /// Its subject.
    pub subject: String,
    /// The day on which it was received, or why none can be told.
    pub received: Result<NaiveDate, String>,
    /// How many files are attached to it.
    pub attachments: usize,
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
    /// Whether it is a return that can be rated and has no error, or an e-mail with something attached.
    pub fn is_sound(&self) -> bool {
        match &self.found {
            Found::Return(own) => {
                own.usable && !own.findings.iter().any(|finding| finding.kind.severity == Severity::Error)
            }
            Found::Mail(own) => own.attachments > 0,
            Found::Neither(_) => false,
        }
    }
}
