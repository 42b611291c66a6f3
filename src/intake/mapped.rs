//! What a return says, and what it was asked.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use crate::contract::Contract;
use crate::contract::meant::Form;
use crate::domain::finding::Finding;
use crate::domain::log::Log;
use crate::domain::observation::{Field, HeadEntry, LogRecord, Observation, OfOtherPeriod};
use crate::domain::period::{Frequency, Period};
use crate::domain::place::CellRef;
use crate::domain::reply::ReturnedSheet;

/// What a return says.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Mapped {
    /// Figures and passages.
    pub observations: Vec<Observation>,
    /// Figures of grids for other periods than the return's own: no figure of this return, but what it says of other ones.
    pub of_other_periods: Vec<OfOtherPeriod>,
    /// Records of logs and shown tables.
    pub records: Log,
    /// Total rows of tables of records; no row of a table is both.
    pub totals: Vec<LogRecord>,
    /// What stands in the head of the form beside labels of its own that it shows, in the definition's order; those with nothing
    /// beside them are left out.
    pub labelled: Vec<HeadEntry>,
    /// Ids of the tables that were found, whether or not anything stands in them.
    pub tables: BTreeSet<String>,
    /// The label `Date submitted` with its answer: blank where the label has no value, unreadable where the form gives several
    /// dates. `None` when there is no such label.
    pub submitted: Option<Field>,
    /// Of the cells of figures and totals, those that a formula stands behind.
    pub formulas: BTreeSet<CellRef>,
    /// What came back on sheets that the program had added to a copy of the return.
    pub feedback: Vec<ReturnedSheet>,
    /// What was found wrong while reading.
    pub findings: Vec<Finding>,
    /// Whether the provider filled in anything that can be used.
    pub usable: bool,
}

/// What a form is read for.
#[derive(Debug, Clone, Copy)]
pub struct Asked<'a> {
    /// The contract.
    pub contract: &'a Contract,
    /// The form.
    pub form: &'a Form,
    /// The period.
    pub period: Period,
    /// The area, when each has a return of its own.
    pub area: Option<&'a str>,
}

impl Asked<'_> {
    /// Whether something asked for at this interval falls due with this period: quarterly and annual rows stand only in the
    /// months that end them.
    pub fn falls_due(&self, every: Option<Frequency>) -> bool {
        every.is_none_or(|every| {
            Period::containing(self.period.to, every, self.period.year_starts).to == self.period.to
        })
    }
}
