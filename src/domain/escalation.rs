//! A contract consequence whose condition holds. The program says so; the officer decides.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::period::Period;
use super::place::CellRef;

/// Whether a condition holds, or would if what is missing does not show otherwise.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum EscalationStatus {
    /// The condition is met.
    Triggered,
    /// It would be met if what is unknown does not show otherwise, or is coming near.
    Watch,
}

impl EscalationStatus {
    /// The words for people.
    pub fn word(self) -> &'static str {
        match self {
            EscalationStatus::Triggered => "Condition met",
            EscalationStatus::Watch => "Watch",
        }
    }

    /// The word as it stands in `results.json`.
    pub fn id(self) -> &'static str {
        match self {
            EscalationStatus::Triggered => "triggered",
            EscalationStatus::Watch => "watch",
        }
    }
}

/// One piece of evidence.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Evidence {
    /// A sentence.
    pub text: String,
    /// The cells it rests on.
    pub cells: Vec<CellRef>,
}

/// An escalation whose condition holds in one period.
#[derive(Debug, Clone, PartialEq)]
pub struct Escalation {
    /// Its id in the definition.
    pub id: String,
    /// Its title.
    pub title: String,
    /// Clause.
    pub clause: String,
    /// Met or watched.
    pub status: EscalationStatus,
    /// The period that completes the condition, or contains the notice.
    pub period: Period,
    /// The day of the event that meets it, where it goes by one.
    pub on: Option<NaiveDate>,
    /// What it rests on.
    pub evidence: Vec<Evidence>,
    /// Whether a pack's headline names it.
    pub in_headline: bool,
    /// What the reader must know before trusting a page, when it is met.
    pub caution: Option<String>,
    /// What is missing for the condition to be met, for a watch.
    pub distance: Option<String>,
    /// What follows under the contract.
    pub action: String,
    /// Whether the register records that what follows was done.
    pub settled: bool,
    /// The date to act by, only where a clause gives one; inclusive.
    pub by: Option<NaiveDate>,
}
