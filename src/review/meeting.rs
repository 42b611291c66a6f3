//! The review meeting: when it is, who comes, and when its minutes are agreed.

use chrono::NaiveDate;

/// The meeting that a pack is for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Meeting {
    /// Clause.
    pub clause: String,
    /// What it is called, where the register says.
    pub kind: Option<String>,
    /// The day; `None` is to be set.
    pub date: Option<NaiveDate>,
    /// Where the day comes from.
    pub set: DaySet,
    /// Who comes, by role.
    pub attendees: Vec<Attendee>,
    /// What is due before it: the day, what, and the clause.
    pub before: Vec<(NaiveDate, String, String)>,
    /// How its minutes are agreed.
    pub minutes: MinutesTerms,
}

/// Where the day of a meeting comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DaySet {
    /// The register's sheet of meetings, or of reviews.
    Recorded,
    /// Proposed by the contract's terms.
    Proposed,
    /// It is to be set.
    Open,
}

/// Somebody who comes, by role.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Attendee {
    /// Whose side it is: the councils, or the provider.
    pub of: String,
    /// The role.
    pub role: String,
    /// Clause.
    pub clause: String,
}

/// How the minutes of a meeting are agreed.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct MinutesTerms {
    /// Clause; empty where the contract sets no time.
    pub clause: String,
    /// Working days from the day the draft was sent, in which the provider may answer; silence is agreement.
    pub working_days: Option<u32>,
    /// The last day to send the draft, where the contract sets one; inclusive.
    pub send_by: Option<NaiveDate>,
    /// The day the draft was sent, where the register says.
    pub sent: Option<NaiveDate>,
    /// Days on which the draft was or may be sent, each with the last day to answer, inclusive; one where it was sent.
    pub answers: Vec<(NaiveDate, NaiveDate)>,
}
