//! The council's feedback as it comes back with a return: its sheet, with what the provider has typed on it.
//!
//! Only the sheet: a copy that the program made has its colours too, but they change whenever its look does.

use anyhow::Result;
use quarterday::domain::council_feedback::{
    FILE_ITEM, HASH_ITEM, QUERIES_HEADING, QUERY_COLUMNS, STATUS_COLUMNS, STATUS_HEADING, title,
};
use quarterday::domain::workbook::FEEDBACK_SHEET;
use quarterday::workspace::sha256;
use rust_xlsxwriter::{Workbook, Worksheet};

use crate::style;

const WIDTHS: [f64; 7] = [12.0, 36.0, 24.0, 12.0, 40.0, 34.0, 34.0];

/// The feedback on one return.
#[derive(Debug, Clone)]
pub struct Feedback {
    /// The form's title, the provider and the period.
    pub about: [&'static str; 3],
    /// File name of the return it is about.
    pub file: String,
    /// SHA-256 of that return.
    pub sha256: String,
    /// The queries, in order.
    pub queries: &'static [Query],
}

/// A query, and what the provider says to it.
#[derive(Debug)]
pub struct Query {
    /// How much it matters.
    pub severity: &'static str,
    /// Sheet and cell.
    pub place: [&'static str; 2],
    /// What was found.
    pub found: &'static str,
    /// What is asked for.
    pub asked: &'static str,
    /// What the provider says; empty when it says nothing.
    pub answer: &'static str,
}

impl Feedback {
    /// The feedback on a return that was sent as `path` below the workspace.
    pub fn on(about: [&'static str; 3], path: &str, bytes: &[u8], queries: &'static [Query]) -> Self {
        let file = path.rsplit('/').next().unwrap_or(path).to_string();
        Self { about, file, sha256: sha256(bytes), queries }
    }

    /// Adds its sheet as the last one.
    ///
    /// # Errors
    /// When it can't be written.
    pub fn add_to(&self, workbook: &mut Workbook) -> Result<()> {
        let sheet = workbook.add_worksheet().set_name(FEEDBACK_SHEET)?;
        for (column, width) in (0u16..).zip(WIDTHS) {
            sheet.set_column_width(column, width)?;
        }
        let [form, provider, period] = self.about;
        sheet.write_with_format(0, 0, title(form, provider, period), &style::title())?;
        sheet.write_with_format(2, 0, STATUS_HEADING, &style::label())?;
        line(sheet, 3, &STATUS_COLUMNS)?;
        let status = [["Form", form], ["Period", period], [FILE_ITEM, &self.file], [HASH_ITEM, &self.sha256]];
        for (row, item) in (4..).zip(&status) {
            line(sheet, row, item)?;
        }
        sheet.write_with_format(9, 0, QUERIES_HEADING, &style::label())?;
        line(sheet, 10, &QUERY_COLUMNS)?;
        for (number, query) in (1u32..).zip(self.queries) {
            let [place, cell] = query.place;
            let number_shown = number.to_string();
            let texts = [&number_shown, query.severity, place, cell, query.found, query.asked, query.answer];
            line(sheet, 10 + number, &texts)?;
        }
        Ok(())
    }
}

fn line(sheet: &mut Worksheet, row: u32, texts: &[&str]) -> Result<()> {
    for (column, text) in (0u16..).zip(texts) {
        sheet.write_with_format(row, column, *text, &style::typed())?;
    }
    Ok(())
}
