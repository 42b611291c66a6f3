//! The returns of the last two years, each with when it was due and whether it came.

use chrono::NaiveDate;

use crate::domain::period::Period;
use crate::domain::submission::SubmissionStatus;

/// A return as it stands in the calendar of returns.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PastReturn {
    /// The form's title.
    pub form_title: String,
    /// The area it is for; `None` when one return serves the whole contract.
    pub area: Option<String>,
    /// The period it is for.
    pub period: Period,
    /// Date due, inclusive.
    pub due: NaiveDate,
    /// Whether it came in time.
    pub status: SubmissionStatus,
    /// Days after the date due: of a late return until it was received, of a missing one until the as-of date.
    pub days_over: Option<u32>,
}
