//! The look of a register: one sheet a list, one table each.

use anyhow::Result;
use chrono::NaiveDate;
use rust_xlsxwriter::{Format, FormatAlign, Table, TableColumn, TableStyle, Worksheet};

use crate::style;

/// What stands in a cell.
#[derive(Debug, Clone)]
pub enum Entry {
    /// Text.
    Text(String),
    /// A date.
    Date(NaiveDate),
    /// Nothing.
    Blank,
}

impl Entry {
    /// `text`, or nothing when it is empty.
    pub fn text(text: &str) -> Self {
        if text.is_empty() { Self::Blank } else { Self::Text(text.to_string()) }
    }
}

/// One list of the register.
#[derive(Debug)]
pub struct List {
    /// Name of its sheet.
    pub sheet: &'static str,
    /// Headings with their widths.
    pub columns: &'static [(&'static str, f64)],
    /// Rows, each as long as `columns`.
    pub rows: Vec<Vec<Entry>>,
    /// Columns that offer words, by index.
    pub drop_downs: &'static [(u16, &'static [&'static str])],
}

/// A register of `lists`.
///
/// # Errors
/// When the workbook can't be written.
pub fn workbook(lists: &[List], written: NaiveDate) -> Result<Vec<u8>> {
    let mut workbook = style::workbook("Register", "Contract officer", written)?;
    for list in lists {
        list.write(workbook.add_worksheet().set_name(list.sheet)?)?;
    }
    Ok(workbook.save_to_buffer()?)
}

impl List {
    fn write(&self, sheet: &mut Worksheet) -> Result<()> {
        let wrapped = Format::new()
            .set_font_name("Arial")
            .set_font_size(10)
            .set_text_wrap()
            .set_align(FormatAlign::Top);
        let dated = wrapped.clone().set_num_format("dd/mm/yyyy").set_align(FormatAlign::Left);
        for (column, (_, width)) in (0..).zip(self.columns) {
            sheet.set_column_width(column, *width)?;
        }
        let headers: Vec<TableColumn> = self
            .columns
            .iter()
            .map(|(heading, _)| TableColumn::new().set_header(*heading).set_header_format(style::heading()))
            .collect();
        let table = Table::new()
            .set_name(format!("{}List", self.sheet))
            .set_columns(&headers)
            .set_style(TableStyle::Medium2);
        let last = u32::try_from(self.rows.len())?;
        sheet.add_table(0, 0, last.max(1), u16::try_from(self.columns.len() - 1)?, &table)?;
        for (row, entries) in (1..).zip(&self.rows) {
            sheet.set_row_height(row, f64::from(self.lines(entries)) * 13.0 + 2.0)?;
            for (column, entry) in (0..).zip(entries) {
                match entry {
                    Entry::Text(text) => sheet.write_with_format(row, column, text.as_str(), &wrapped)?,
                    Entry::Date(date) => sheet.write_with_format(row, column, date, &dated)?,
                    Entry::Blank => sheet.write_blank(row, column, &wrapped)?,
                };
            }
        }
        for (column, words) in self.drop_downs {
            sheet.add_data_validation(1, *column, last + 200, *column, &style::drop_down(words)?)?;
        }
        sheet.set_row_height(0, 30)?.set_freeze_panes(1, 0)?;
        style::print_setup(sheet, 0, 0)?;
        Ok(())
    }

    /// Lines that the longest text of a row takes in its column.
    fn lines(&self, entries: &[Entry]) -> u32 {
        let of = |(entry, (_, width)): (&Entry, &(&str, f64))| match entry {
            Entry::Text(text) => (text.chars().count() as f64 / width).ceil() as u32,
            Entry::Date(_) | Entry::Blank => 1,
        };
        entries.iter().zip(self.columns).map(of).max().unwrap_or(1).max(1)
    }
}
