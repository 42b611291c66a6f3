//! What is known from earlier returns and from the register, entered where the form asks for it.

use std::collections::BTreeMap;

use chrono::NaiveDate;

use super::Wanted;
use crate::domain::quantity::Quantity;
use crate::review::blank_form::{BlankForm, Entered, Line, Place, StandsFor};

/// What is known of a record: what stands in it, by column.
pub type Record = BTreeMap<String, Entered>;

/// What is known before a return is filled in.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Known {
    /// Providers of the contract, offered where the provider is not named.
    pub providers: Vec<String>,
    /// Opening figures: by table, row, column and area.
    pub openings: BTreeMap<(String, String, String, Option<String>), Quantity>,
    /// Members of breakdowns as last named: by table, row, breakdown and area.
    pub members: BTreeMap<(String, String, String, Option<String>), Vec<String>>,
    /// Records that go on: by table, what stands in the columns of each.
    pub records: BTreeMap<String, Vec<Record>>,
    /// The day of the meeting in the period, where one is planned.
    pub meeting: Option<NaiveDate>,
}

impl Known {
    /// The records of a table that go on.
    pub(super) fn records(&self, table: &str) -> &[Record] {
        self.records.get(table).map_or(&[], Vec::as_slice)
    }

    /// The members a breakdown was last named with.
    pub(super) fn members(&self, table: &str, row: &str, breakdown: &str, area: Option<&str>) -> &[String] {
        let key = (table.to_string(), row.to_string(), breakdown.to_string(), area.map(Into::into));
        self.members.get(&key).map_or(&[], Vec::as_slice)
    }
}

/// Enters opening figures into the places that ask for them.
pub(super) fn enter(wanted: &Wanted<'_>, form: &mut BlankForm) {
    for (_, _, stands_for, entry) in form.entries_mut() {
        let Some(StandsFor::Figure(Place { table, line: Line::Row(row), column, area })) = stands_for else {
            continue;
        };
        let key = (table.clone(), row.clone(), column.clone(), area.clone());
        if let Some(value) = wanted.known.openings.get(&key) {
            entry.value = Some(Entered::Number(*value));
        }
    }
}
