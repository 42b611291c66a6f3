//! The block of labels every form starts with.

use anyhow::Result;
use chrono::NaiveDate;
use rust_xlsxwriter::{Format, Worksheet};

use crate::style;

/// How a date is shown that was typed as one.
pub const DAY: &str = "dd/mm/yyyy";
/// How a date is shown that stands for its month.
pub const MONTH: &str = "mmmm yyyy";

/// What stands beside or below a label.
#[derive(Debug, Clone)]
pub enum Value {
    /// Text.
    Text(String),
    /// A date, and how its cell shows it.
    Date(NaiveDate, &'static str),
}

impl Value {
    /// Text.
    pub fn text(text: impl Into<String>) -> Self {
        Self::Text(text.into())
    }

    fn write(&self, sheet: &mut Worksheet, row: u32, column: u16, format: Format) -> Result<()> {
        match self {
            Self::Text(text) => sheet.write_with_format(row, column, text.as_str(), &format)?,
            Self::Date(date, shown) => {
                sheet.write_with_format(row, column, date, &format.set_num_format(*shown))?
            }
        };
        Ok(())
    }
}

/// The labels with their values, in the order in which they stand.
#[derive(Debug, Clone)]
pub struct Labels(pub Vec<(String, Value)>);

impl Labels {
    /// The usual block. The period and who filled the form in come with their own labels.
    pub fn usual(
        provider: &str,
        contract: &str,
        period: (&str, Value),
        completed_by: (&str, &str),
        submitted: Value,
        template: &str,
    ) -> Self {
        let labels = [
            ("Provider:", Value::text(provider)),
            ("Contract reference:", Value::text(contract)),
            period,
            (completed_by.0, Value::text(completed_by.1)),
            ("Date submitted:", submitted),
            ("Template version:", Value::text(template)),
        ];
        Self(labels.map(|(label, value)| (label.to_string(), value)).to_vec())
    }

    /// The same, each label as [`strayed`] makes it.
    pub fn with_stray_spaces(mut self, space: &str) -> Self {
        for (label, _) in &mut self.0 {
            *label = strayed(label, space);
        }
        self
    }

    /// Writes them one below the other from `row` and `column` on, each value to the right of its label and merged
    /// over `across` columns, and gives the row after the last.
    ///
    /// # Errors
    /// When the place lies outside the sheet.
    pub fn down(&self, sheet: &mut Worksheet, row: u32, column: u16, across: u16) -> Result<u32> {
        let mut row = row;
        for (label, value) in &self.0 {
            sheet.write_with_format(row, column, label.as_str(), &style::label().set_text_wrap())?;
            if label.contains('\n') {
                sheet.set_row_height(row, 28)?;
            }
            if across > 1 {
                sheet.merge_range(row, column + 1, row, column + across, "", &style::value())?;
            }
            value.write(sheet, row, column + 1, style::value())?;
            row += 1;
        }
        Ok(row)
    }

    /// Writes them side by side from `row` and `column` on, each value below its label, and gives the row after them.
    ///
    /// # Errors
    /// When the place lies outside the sheet.
    pub fn across(&self, sheet: &mut Worksheet, row: u32, column: u16) -> Result<u32> {
        for (column, (label, value)) in (column..).zip(&self.0) {
            sheet.write_with_format(row, column, label.as_str(), &style::label().set_text_wrap())?;
            value.write(sheet, row + 1, column, style::value().set_text_wrap())?;
        }
        sheet.set_row_height(row, 30)?.set_row_height(row + 1, 30)?;
        Ok(row + 2)
    }
}

/// A label as typed over by someone who pasted it from a web page: non-breaking spaces, line breaks, and `space` for the
/// first space.
pub fn strayed(label: &str, space: &str) -> String {
    match label {
        "Contract reference:" => "Contract\nreference :".to_string(),
        "Date submitted:" => "Date\u{a0}submitted:\u{a0}".to_string(),
        other => format!("\u{a0}{}", other.replacen(' ', space, 1)),
    }
}
