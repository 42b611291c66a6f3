//! The block of labels a return starts with.

use anyhow::Result;
use chrono::NaiveDate;
use rust_xlsxwriter::{Format, Worksheet};

use crate::style;

/// What stands beside or below a label.
#[derive(Debug, Clone)]
pub enum Value {
    /// Text.
    Text(String),
    /// A date, and how its cell shows it.
    Date(NaiveDate, &'static str),
}

/// The labels with their values, in the order in which they stand.
#[derive(Debug, Clone)]
pub struct Labels(pub Vec<(&'static str, Value)>);

impl Labels {
    /// Writes them one below the other from `row` and `column` on, each value to the right of its label, and gives the
    /// row after the last.
    pub fn down(&self, sheet: &mut Worksheet, row: u32, column: u16) -> Result<u32> {
        let mut row = row;
        for (label, value) in &self.0 {
            sheet.write_with_format(row, column, *label, &style::label().set_text_wrap())?;
            write(sheet, row, column + 1, value, &style::value())?;
            row += 1;
        }
        Ok(row)
    }

    /// Writes them side by side from `row` and `column` on, each value below its label, and gives the row after them.
    pub fn across(&self, sheet: &mut Worksheet, row: u32, column: u16) -> Result<u32> {
        for (column, (label, value)) in (column..).zip(&self.0) {
            sheet.write_with_format(row, column, *label, &style::label().set_text_wrap())?;
            write(sheet, row + 1, column, value, &style::value().set_text_wrap())?;
        }
        sheet.set_row_height(row, 30)?.set_row_height(row + 1, 30)?;
        Ok(row + 2)
    }
}

fn write(sheet: &mut Worksheet, row: u32, column: u16, value: &Value, format: &Format) -> Result<()> {
    match value {
        Value::Text(text) => sheet.write_with_format(row, column, text.as_str(), format)?,
        Value::Date(date, shown) => {
            sheet.write_with_format(row, column, date, &format.clone().set_num_format(*shown))?
        }
    };
    Ok(())
}
