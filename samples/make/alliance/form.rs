//! What every form of the alliance has: a title, a block of labels, and cells of more than one kind.

use anyhow::Result;
use chrono::NaiveDate;
use rust_xlsxwriter::{Workbook, Worksheet};

use crate::alliance::CONTRACT;
use crate::labels::{self, DAY, Labels, Value};
use crate::style;

/// Version of the template.
pub const TEMPLATE: &str = "v3.1 (April 2025)";

/// What stands in a cell.
#[derive(Debug, Clone, PartialEq)]
pub enum Entry {
    /// Nothing.
    Blank,
    /// Text.
    Text(String),
    /// A number.
    Number(f64),
    /// Pounds.
    Pounds(f64),
    /// A date.
    Date(NaiveDate),
    /// A cell the form greys out.
    Greyed,
}

impl Entry {
    /// Text, or nothing where there is none.
    pub fn text(text: impl Into<String>) -> Self {
        let text = text.into();
        if text.is_empty() { Self::Blank } else { Self::Text(text) }
    }

    /// The date in words, as typed over by hand: `31st March 2026`.
    pub fn date_in_words(date: NaiveDate) -> Self {
        use chrono::Datelike;
        let ending = match date.day() {
            1 | 21 | 31 => "st",
            2 | 22 => "nd",
            3 | 23 => "rd",
            _ => "th",
        };
        Self::Text(format!("{}{ending} {}", date.day(), date.format("%B %Y")))
    }

    /// Writes it, in the look that goes with what it is.
    ///
    /// # Errors
    /// When the place lies outside the sheet.
    pub fn write(&self, sheet: &mut Worksheet, row: u32, column: u16) -> Result<()> {
        match self {
            Self::Blank => sheet.write_blank(row, column, &style::centred())?,
            Self::Text(text) => {
                sheet.write_with_format(row, column, text.as_str(), &style::centred().set_text_wrap())?
            }
            Self::Number(number) => sheet.write_with_format(row, column, *number, &style::whole(false))?,
            Self::Pounds(pounds) => sheet.write_with_format(row, column, *pounds, &style::pounds())?,
            Self::Date(date) => sheet.write_with_format(row, column, date, &style::date())?,
            Self::Greyed => sheet.write_blank(row, column, &style::greyed())?,
        };
        Ok(())
    }
}

/// How a form strays from the blank one without being wrong.
#[derive(Debug, Clone, Default)]
pub struct Habits {
    /// Empty rows above and empty columns left of everything.
    pub moved_by: (u32, u16),
    /// A column the provider inserted, with its heading and what stands in it.
    pub inserted_column: Option<(&'static str, &'static str)>,
    /// Non-breaking and doubled spaces and line breaks in labels, as pasted from a web page.
    pub stray_spaces: bool,
    /// The template's example row, left standing.
    pub example_row: bool,
    /// A hidden sheet with the lists of the drop-downs.
    pub hidden_lists: bool,
    /// A total row of the provider's own below its services.
    pub total_row: bool,
}

/// Title, note and labels of a form.
#[derive(Debug, Clone)]
pub struct Head {
    /// Title.
    pub title: &'static str,
    /// Instruction below it.
    pub note: &'static str,
    /// Provider as typed.
    pub provider: String,
    /// Label and value of the period.
    pub period: (&'static str, String),
    /// Role of who filled it in.
    pub role: &'static str,
    /// Date submitted as typed.
    pub submitted: Entry,
}

impl Head {
    /// Writes it from `row` and `column` on, title and note merged over `across` columns, and gives the row after the
    /// last label.
    ///
    /// # Errors
    /// When the place lies outside the sheet.
    pub fn write(&self, sheet: &mut Worksheet, habits: &Habits, across: u16) -> Result<u32> {
        let (row, column) = habits.moved_by;
        let last = column + across - 1;
        for before in 0..column {
            sheet.set_column_width(before, 2.5)?;
        }
        sheet.merge_range(row, column, row, last, self.title, &style::title())?;
        sheet.merge_range(row + 1, column, row + 1, last, self.note, &style::note().set_text_wrap())?;
        sheet.set_row_height(row, 26)?.set_row_height(row + 1, 26)?;
        let submitted = match &self.submitted {
            Entry::Date(date) => Value::Date(*date, DAY),
            Entry::Text(text) => Value::text(text),
            _ => Value::text(""),
        };
        let period = (self.period.0, Value::text(&self.period.1));
        let completed_by = ("Completed by (role):", self.role);
        let labels = Labels::usual(&self.provider, CONTRACT, period, completed_by, submitted, TEMPLATE);
        let labels = if habits.stray_spaces { labels.with_stray_spaces("  ") } else { labels };
        labels.down(sheet, row + 3, column, 1)
    }
}

/// A label as pasted from a web page.
pub fn strayed(label: &str) -> String {
    labels::strayed(label, "  ")
}

/// A hidden sheet with the lists of the drop-downs.
///
/// # Errors
/// When the sheet can't be added.
pub fn hidden_lists(workbook: &mut Workbook) -> Result<()> {
    let sheet = workbook.add_worksheet().set_name("Lists")?;
    for (row, word) in (0..).zip(["Answers", "Y", "N", "N/A", "< Select >"]) {
        sheet.write(row, 0, word)?;
    }
    sheet.set_hidden(true);
    Ok(())
}
