//! The block of labels every form starts with.

use anyhow::Result;
use chrono::NaiveDate;
use rust_xlsxwriter::Worksheet;

use crate::style;

/// What stands beside a label.
#[derive(Debug, Clone)]
pub enum Value {
    /// Text.
    Text(String),
    /// A date.
    Date(NaiveDate),
    /// A date shown as its month.
    Month(NaiveDate),
}

/// The labels with their values, in the order in which they stand.
#[derive(Debug, Clone)]
pub struct Labels(pub Vec<(String, Value)>);

impl Labels {
    /// The usual block. `period` and `council` come with their own label, council only where a return is for one.
    pub fn usual(
        provider: &str,
        period: (&str, Value),
        council: Option<&str>,
        submitted: NaiveDate,
        template: &str,
    ) -> Self {
        let text = |label: &str, value: &str| (label.to_string(), Value::Text(value.to_string()));
        let mut labels = vec![
            text("Provider:", provider),
            text("Contract reference:", "cheshire-advocacy"),
            (format!("{}:", period.0), period.1),
        ];
        labels.extend(council.map(|council| text("Council:", council)));
        labels.push(text("Completed by:", "Data and quality lead"));
        labels.push(("Date submitted:".to_string(), Value::Date(submitted)));
        labels.push(text("Template version:", template));
        Self(labels)
    }

    /// The same labels as typed over by someone who pasted them from a web page: non-breaking spaces, line breaks.
    pub fn with_stray_spaces(mut self) -> Self {
        for (label, _) in &mut self.0 {
            *label = match label.as_str() {
                "Contract reference:" => "Contract\nreference :".to_string(),
                "Date submitted:" => "Date\u{a0}submitted:\u{a0}".to_string(),
                other => format!("\u{a0}{other}"),
            };
        }
        self
    }

    /// Writes them from `row` and `column` on, value to the right, and gives the row after the last. The value is
    /// merged over `across` columns.
    pub fn write(&self, sheet: &mut Worksheet, row: u32, column: u16, across: u16) -> Result<u32> {
        let mut row = row;
        for (label, value) in &self.0 {
            sheet.write_with_format(row, column, label.as_str(), &style::label().set_text_wrap())?;
            if label.contains('\n') {
                sheet.set_row_height(row, 28)?;
            }
            let format = match value {
                Value::Text(_) => style::value(),
                Value::Date(_) => style::value().set_num_format("dd/mm/yyyy"),
                Value::Month(_) => style::month(),
            };
            let first = column + 1;
            if across > 1 {
                sheet.merge_range(row, first, row, first + across - 1, "", &format)?;
            }
            match value {
                Value::Text(text) => sheet.write_with_format(row, first, text.as_str(), &format)?,
                Value::Date(date) | Value::Month(date) => {
                    sheet.write_with_format(row, first, date, &format)?
                }
            };
            row += 1;
        }
        Ok(row)
    }
}
