//! Where the tables of a form stand, found once: as long as the period is not known, and for good where it makes no difference.

use std::collections::BTreeMap;

use super::Located;
use crate::contract::meant::{Form, Table};

/// The places of a form's tables on a workbook, found before its period was known. Empty where nothing was looked for.
#[derive(Debug, Clone, Default)]
pub struct Places<'a> {
    /// By the id of the table.
    by_table: BTreeMap<String, Vec<Located<'a>>>,
    /// Whether knowing the period could tell other places: the headings of a table name months, perhaps without a year.
    hang_on_period: bool,
}

impl<'a> Places<'a> {
    /// For the tables of this form.
    pub fn of(form: &Form) -> Self {
        let hang_on_period = form.tables.iter().any(|table| table.placed.periods_across);
        Self { by_table: BTreeMap::new(), hang_on_period }
    }

    /// Keeps where a table stands.
    pub fn keep(&mut self, table: &Table, places: Vec<Located<'a>>) {
        if !self.hang_on_period {
            self.by_table.insert(table.id.clone(), places);
        }
    }

    /// Where a table stands, once; `None` where it has to be looked for.
    pub fn take(&mut self, table: &Table) -> Option<Vec<Located<'a>>> {
        self.by_table.remove(&table.id)
    }
}
