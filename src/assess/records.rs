//! The officer's records of one provider and contract, as far as assessment goes by them.

use chrono::NaiveDate;

use crate::domain::period::Period;
use crate::review::ActionRow;
use crate::rules::facts::NoticeFact;

/// The officer's records of one provider and contract.
#[derive(Debug, Clone, PartialEq)]
pub struct Records {
    /// Provider's name as in the register.
    pub provider: String,
    /// First day of the contract with this provider, inclusive.
    pub start: NaiveDate,
    /// Last day, inclusive, where there is one.
    pub end: Option<NaiveDate>,
    /// Extensions of due dates.
    pub extensions: Vec<Extension>,
    /// Notices, in order of date.
    pub notices: Vec<NoticeFact>,
    /// Reliefs.
    pub reliefs: Vec<Relief>,
    /// Actions agreed.
    pub actions: Vec<ActionRow>,
    /// Provider's status, when it is not active, in words.
    pub status: Option<String>,
}

/// A due date moved by the officer.
#[derive(Debug, Clone, PartialEq)]
pub struct Extension {
    /// Form id.
    pub form: String,
    /// Period.
    pub period: Period,
    /// New due date, inclusive.
    pub due: NaiveDate,
    /// Why.
    pub reason: String,
}

/// Relief from a KPI in a period.
#[derive(Debug, Clone, PartialEq)]
pub struct Relief {
    /// KPI reference.
    pub kpi: String,
    /// Period.
    pub period: Period,
    /// Why, and since when it is agreed, in words.
    pub reason: String,
}
