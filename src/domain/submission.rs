//! One form due from one provider for one period, and what came in for it.

use std::sync::Arc;

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::finding::Finding;
use super::period::Period;
use super::place::CellRef;
use super::reply::{AnsweredQuery, Reply, Response};

/// Whether a return came in time.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum SubmissionStatus {
    /// Received on or before the due date.
    OnTime,
    /// Received after it, and that is proven.
    Late,
    /// Received, but nothing proves when.
    Unproven,
    /// Not received, due date passed.
    Missing,
    /// Not received, due date not passed.
    NotYetDue,
}

impl SubmissionStatus {
    /// The word for people.
    pub fn word(self) -> &'static str {
        match self {
            SubmissionStatus::OnTime => "On time",
            SubmissionStatus::Late => "Late",
            SubmissionStatus::Unproven => "Date unproven",
            SubmissionStatus::Missing => "Missing",
            SubmissionStatus::NotYetDue => "Not yet due",
        }
    }

    /// The word as it stands in `results.json`.
    pub fn id(self) -> &'static str {
        match self {
            SubmissionStatus::OnTime => "on-time",
            SubmissionStatus::Late => "late",
            SubmissionStatus::Unproven => "unproven",
            SubmissionStatus::Missing => "missing",
            SubmissionStatus::NotYetDue => "not-yet-due",
        }
    }
}

/// How a received date is known.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum ReceivedBy {
    /// The officer's record in the register.
    Register,
    /// The topmost Received header of the e-mail it came in: the council's own server's word.
    Email,
    /// First seen by a run of the program.
    FirstSeen,
}

/// One version of a return.
#[derive(Debug, Clone, PartialEq)]
pub struct Version {
    /// Path below the workspace with forward slashes.
    pub file: Arc<str>,
    /// SHA-256 of the file, in hexadecimal.
    pub sha256: String,
    /// Date received.
    pub received: NaiveDate,
    /// How that date is known.
    pub received_by: ReceivedBy,
    /// Whether anything in it could be used.
    pub usable: bool,
    /// What was found in it.
    pub findings: Vec<Finding>,
    /// The provider's return of whose coloured copy it was made, where the council's feedback in it says so and that return is known.
    pub made_of: Option<Original>,
    /// The names of the council's own sheets in it; none where it was made from no coloured copy.
    pub feedback_sheets: Vec<Arc<str>>,
}

impl Version {
    /// What was found in this file itself, as far as the provider is told.
    pub fn findings_told(&self) -> impl Iterator<Item = &Finding> {
        let is_own = |finding: &&Finding| finding.file == self.file;
        self.findings.iter().filter(is_own).filter(|finding| !finding.kind.is_for_the_council_alone())
    }
}

/// A return as it was received.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Original {
    /// Path below the workspace with forward slashes.
    pub file: Arc<str>,
    /// SHA-256 of the file, in hexadecimal.
    pub sha256: String,
}

/// A figure that differs between two versions of a return.
#[derive(Debug, Clone, PartialEq)]
pub struct ChangedCell {
    /// The cell in the newer version.
    pub place: CellRef,
    /// What the older version held, as shown.
    pub before: String,
    /// What the newer version holds, as shown.
    pub after: String,
}

/// One form due for one period (and area), with every version received.
#[derive(Debug, Clone, PartialEq)]
pub struct Submission {
    /// The form's id.
    pub form: String,
    /// The form's title.
    pub form_title: String,
    /// The period it is for.
    pub period: Period,
    /// The area it is for; `None` when one return serves the whole contract.
    pub area: Option<String>,
    /// Date due, inclusive.
    pub due: NaiveDate,
    /// Why the due date is not the contract's (an extension in the register).
    pub due_note: Option<String>,
    /// Clause that sets the due date.
    pub clause: String,
    /// Date the first usable version was received.
    pub received: Option<NaiveDate>,
    /// Whether it came in time.
    pub status: SubmissionStatus,
    /// Why the status is what it is, where that needs saying.
    pub status_note: Option<String>,
    /// Versions in order of receipt.
    pub versions: Vec<Version>,
    /// Index of the version that is rated: the newest usable one.
    pub rated_version: Option<usize>,
    /// Whether the first usable version was free of errors; `None` when nothing usable came.
    pub accurate: Option<bool>,
    /// Findings of the rated version, or of the newest one when none is usable, and of the cross-checks.
    pub findings: Vec<Finding>,
    /// Cells that changed from the version before to the rated one.
    pub changed: Vec<ChangedCell>,
    /// What came back on the council's feedback, in order of receipt.
    pub replies: Vec<Reply>,
}

impl Submission {
    /// The first usable version: the one timeliness and accuracy go by.
    pub fn first_usable(&self) -> Option<&Version> {
        self.versions.iter().find(|version| version.usable)
    }

    /// The version that goes back to the provider: the one that is rated, else the newest; `None` where nothing came in.
    pub fn goes_back(&self) -> Option<&Version> {
        self.versions.get(self.rated_version.or(self.versions.len().checked_sub(1))?)
    }

    /// The findings of the return as it stands, then what made its first version inaccurate where that has been
    /// corrected since.
    pub fn evidence(&self) -> impl Iterator<Item = &Finding> {
        let first = self.versions.iter().position(|version| version.usable);
        let corrected = first.filter(|first| Some(*first) != self.rated_version);
        let earlier = corrected.and_then(|index| self.versions.get(index));
        self.findings.iter().chain(
            earlier.into_iter().flat_map(|version| &version.findings).filter(|finding| finding.counts()),
        )
    }

    /// The period in words, with the area where the return is for one.
    pub fn period_in_words(&self) -> String {
        let area = self.area.as_ref().map(|area| format!(", {area}")).unwrap_or_default();
        format!("{}{area}", self.period.describe())
    }

    /// What the provider said last to a query, and when.
    pub fn said_to(&self, finding: &Finding) -> Option<(NaiveDate, &Response)> {
        let is_it = |query: &&AnsweredQuery| {
            query.finding.asks_like(finding) || query.still.as_ref().is_some_and(|own| own.asks_like(finding))
        };
        self.replies.iter().rev().find_map(|reply| {
            let said = reply.queries.iter().filter(is_it).find_map(|query| query.response.as_ref());
            said.map(|said| (reply.received, said))
        })
    }

    /// Whether it came in once and was disposed of since, as the register says: nothing of it is there.
    pub fn is_disposed_of(&self) -> bool {
        self.status == SubmissionStatus::Unproven && self.versions.is_empty()
    }

    /// Whether it counts as submitted on time, late (or missing), or neither.
    pub fn in_time(&self) -> Option<bool> {
        match self.status {
            SubmissionStatus::OnTime => Some(true),
            SubmissionStatus::Late | SubmissionStatus::Missing => Some(false),
            SubmissionStatus::Unproven | SubmissionStatus::NotYetDue => None,
        }
    }
}
