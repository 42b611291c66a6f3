//! What is due for disposal, so that somebody can decide on it. The program deletes nothing.

use chrono::NaiveDate;
use serde::Serialize;

/// A rule of the settings, as it applies to a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Rule {
    /// Lines on single people, from the end of the period.
    ClientRows,
    /// A version that a later one replaced, from the end of the period.
    EarlierVersions,
    /// A return, from the end of the contract with the provider.
    Returns,
    /// No return, from the day it was first seen.
    Unrecognised,
    /// Issued, from the end of the contract with the provider.
    Issued,
}

impl Rule {
    /// The key in the settings.
    pub fn key(self) -> &'static str {
        match self {
            Rule::ClientRows => "client-rows",
            Rule::EarlierVersions => "earlier-versions",
            Rule::Returns => "returns",
            Rule::Unrecognised => "unrecognised",
            Rule::Issued => "issued",
        }
    }

    /// From what it is counted, as words before a date.
    pub fn counted_from(self) -> &'static str {
        match self {
            Rule::ClientRows | Rule::EarlierVersions => "the end of its period",
            Rule::Returns | Rule::Issued => "the end of the contract with the provider",
            Rule::Unrecognised => "the day it was first seen",
        }
    }
}

/// A file, or an issue, that is due for disposal.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct Disposal {
    /// Contract id; empty for a file that is no return.
    pub contract: String,
    /// Provider's name as in the register; empty for a file that is no return.
    pub provider: String,
    /// The form's title; empty where there is none.
    pub form: String,
    /// The period's label; empty where there is none.
    pub period: String,
    /// What it was received or issued as: path below the workspace, with forward slashes.
    pub file: String,
    /// What to delete, in this order: paths below the workspace, with forward slashes.
    pub delete: Vec<String>,
    /// SHA-256 of the file; empty for an issue, which is a folder.
    pub sha256: String,
    /// The rule that makes it due.
    pub rule: Rule,
    /// How long it is kept, as in the settings.
    pub length: String,
    /// The day that is counted from.
    pub from: NaiveDate,
    /// The last day on which it is kept; it is due from the day after.
    pub kept_until: NaiveDate,
}

impl Disposal {
    /// `6 years after the end of the contract with the provider, 31 August 2020`.
    pub fn why(&self) -> String {
        let day = crate::domain::period::long_date(self.from);
        format!("{} after {}, {day}", self.length, self.rule.counted_from())
    }
}

/// Everything that is due for disposal as of a day.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Disposals {
    /// `quarterday.retention/1`.
    pub format: &'static str,
    /// The as-of date.
    pub as_of: NaiveDate,
    /// Whether the settings say how long anything is kept.
    pub settled: bool,
    /// What is due, in order of contract, provider, period and file.
    pub due: Vec<Disposal>,
    /// The next day on which something that is kept today becomes due, as far as it can be told.
    pub next: Option<NaiveDate>,
    /// Providers of whom something is kept until their contract ends, with no end in the register or the definition: contract id and
    /// name.
    pub without_end: Vec<(String, String)>,
}
