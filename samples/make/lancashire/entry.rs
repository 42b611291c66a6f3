//! What stands in a cell of a form.

use anyhow::Result;
use chrono::NaiveDate;
use rust_xlsxwriter::{Format, Formula, Worksheet};

use crate::style;

/// What stands in a cell.
#[derive(Debug, Clone, PartialEq)]
pub enum Entry {
    /// Nothing.
    Blank,
    /// A cell the form greys out.
    Greyed,
    /// Text in the middle of its cell.
    Text(String),
    /// Wrapped text.
    Passage(String),
    /// A number.
    Number(f64),
    /// Hours, or a headcount.
    Hours(f64),
    /// A fraction of 1 in a cell with percent format.
    Share(f64),
    /// A date.
    Date(NaiveDate),
    /// A formula, and what the cell that holds it shows.
    Formula(String, Box<Entry>),
}

impl Entry {
    /// Wrapped text, or nothing where there is none.
    pub fn passage(text: impl Into<String>) -> Self {
        let text = text.into();
        if text.is_empty() { Self::Blank } else { Self::Passage(text) }
    }

    /// The number in it, where it holds one.
    pub fn number(&self) -> Option<f64> {
        match self {
            Self::Number(number) | Self::Hours(number) | Self::Share(number) => Some(*number),
            Self::Formula(_, shown) => shown.number(),
            _ => None,
        }
    }

    /// Writes it, in the look that goes with what it is.
    ///
    /// # Errors
    /// When the place lies outside the sheet.
    pub fn write(&self, sheet: &mut Worksheet, row: u32, column: u16, bold: bool) -> Result<()> {
        let look = self.look(bold);
        match self {
            Self::Blank | Self::Greyed => sheet.write_blank(row, column, &look)?,
            Self::Text(text) | Self::Passage(text) => {
                sheet.write_with_format(row, column, text.as_str(), &look)?
            }
            Self::Number(number) | Self::Hours(number) | Self::Share(number) => {
                sheet.write_with_format(row, column, *number, &look)?
            }
            Self::Date(date) => sheet.write_with_format(row, column, date, &look)?,
            Self::Formula(formula, shown) => {
                let result = shown.number().map_or_else(String::new, |number| number.to_string());
                let formula = Formula::new(formula).set_result(result);
                sheet.write_formula_with_format(row, column, formula, &look)?
            }
        };
        Ok(())
    }

    fn look(&self, bold: bool) -> Format {
        match self {
            Self::Blank => style::centred(),
            Self::Greyed => style::greyed(),
            Self::Text(_) => style::centred().set_text_wrap(),
            Self::Passage(_) => style::printed(),
            Self::Number(_) => style::whole(bold),
            Self::Hours(_) => style::hours(bold),
            Self::Share(_) => style::percent(),
            Self::Date(_) => style::date(),
            Self::Formula(_, shown) => shown.look(bold),
        }
    }
}
