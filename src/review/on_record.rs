//! What the officer has on record about a provider: notices and actions that nothing else in the pack tells of.

use chrono::NaiveDate;

use super::ActionRow;

/// What is on record.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct OnRecord {
    /// Notices of the twelve months to the period's end, newest first.
    pub notices: Vec<RecordedNotice>,
    /// Actions agreed that stand in no row of the action plan.
    pub actions: Vec<ActionRow>,
}

impl OnRecord {
    /// Whether there is nothing on record.
    pub fn is_empty(&self) -> bool {
        self.notices.is_empty() && self.actions.is_empty()
    }
}

/// A notice of the register.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RecordedNotice {
    /// The day it was received.
    pub date: NaiveDate,
    /// Its kind, as the register writes it.
    pub kind: String,
    /// The KPI it is about, if any.
    pub kpi: Option<String>,
    /// In words, with its place in the register.
    pub words: String,
    /// The day by which it is reviewed.
    pub review: Option<NaiveDate>,
}
