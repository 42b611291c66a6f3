//! From what returns say to what they come to: submissions, accuracy, ratings, escalations.

pub mod accuracy;
pub mod benchmark;
pub mod checks;
pub mod escalations;
pub mod figures;
pub mod next_period;
mod own_rating;
pub mod priorities;
pub mod ratings;
pub mod records;
pub mod same_cell;
pub mod submission_kpis;
pub mod submissions;

use chrono::NaiveDate;

use crate::calendar::working_days::WorkingDays;
use crate::contract::Contract;
use crate::domain::finding::Finding;

/// What the stages of assessment share: one contract, one provider, one as-of date.
#[derive(Clone, Copy)]
pub struct Case<'a> {
    /// The contract.
    pub contract: &'a Contract,
    /// The officer's records of this provider and contract.
    pub records: &'a records::Records,
    /// Why the officer accepts a finding in a return of this form, if so.
    pub accepts: &'a dyn Fn(&str, &Finding) -> Option<String>,
    /// Working days.
    pub working_days: &'a WorkingDays,
    /// The as-of date.
    pub as_of: NaiveDate,
}
