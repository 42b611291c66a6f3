//! The lists of the register: one sheet each, one table on it.

use anyhow::Result;
use chrono::NaiveDate;
use rust_xlsxwriter::{Format, FormatAlign, Table, TableColumn, TableStyle, Workbook};

use crate::alliance::dates::day;
use crate::style;

/// What stands in a cell.
#[derive(Debug, Clone)]
pub enum Item {
    /// Text.
    Text(String),
    /// A date.
    Date(NaiveDate),
    /// A score.
    Score(u32),
    /// Nothing.
    Blank,
}

/// One list.
#[derive(Debug)]
pub struct List {
    /// Name of its sheet.
    pub sheet: &'static str,
    /// Headings with the widths of their columns, in characters.
    pub columns: &'static [(&'static str, f64)],
    /// Rows, in the order of the columns.
    pub rows: Vec<Vec<Item>>,
    /// Columns with a drop-down, counted from 0.
    pub drop_downs: &'static [(u16, &'static [&'static str])],
}

/// Text, or nothing where there is none.
pub fn text(text: &str) -> Item {
    if text.is_empty() { Item::Blank } else { Item::Text(text.to_string()) }
}

/// A date.
pub fn on(year: i32, month: u32, date: u32) -> Item {
    Item::Date(day(year, month, date))
}

/// Lines that the longest text of a row takes in its column.
fn lines(items: &[Item], columns: &[(&str, f64)]) -> u32 {
    let of = |(item, (_, width)): (&Item, &(&str, f64))| match item {
        Item::Text(text) => (text.chars().count() as f64 / width).ceil() as u32,
        Item::Date(_) | Item::Score(_) | Item::Blank => 1,
    };
    items.iter().zip(columns).map(of).max().unwrap_or(1).max(1)
}

impl List {
    /// Adds its sheet.
    ///
    /// # Errors
    /// When the sheet can't be added.
    pub fn add(&self, workbook: &mut Workbook) -> Result<()> {
        let sheet = workbook.add_worksheet().set_name(self.sheet)?;
        let wrapped = Format::new()
            .set_font_name("Arial")
            .set_font_size(10)
            .set_text_wrap()
            .set_align(FormatAlign::Top);
        let dated = wrapped.clone().set_num_format("dd/mm/yyyy").set_align(FormatAlign::Left);
        let score = wrapped.clone().set_align(FormatAlign::Center);
        for (column, (_, width)) in (0..).zip(self.columns) {
            sheet.set_column_width(column, *width)?;
        }
        let last = u32::try_from(self.rows.len())?;
        let headers: Vec<TableColumn> = self
            .columns
            .iter()
            .map(|(heading, _)| TableColumn::new().set_header(*heading).set_header_format(style::heading()))
            .collect();
        let table = Table::new()
            .set_name(format!("{}List", self.sheet))
            .set_columns(&headers)
            .set_style(TableStyle::Medium2);
        sheet.add_table(0, 0, last.max(1), u16::try_from(self.columns.len() - 1)?, &table)?;
        for (row, items) in (1..).zip(&self.rows) {
            sheet.set_row_height(row, f64::from(lines(items, self.columns)) * 13.0 + 2.0)?;
            for (column, item) in (0..).zip(items) {
                match item {
                    Item::Text(text) => sheet.write_with_format(row, column, text.as_str(), &wrapped)?,
                    Item::Date(date) => sheet.write_with_format(row, column, date, &dated)?,
                    Item::Score(number) => sheet.write_with_format(row, column, *number, &score)?,
                    Item::Blank => sheet.write_blank(row, column, &wrapped)?,
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
}
