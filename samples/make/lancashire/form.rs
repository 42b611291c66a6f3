//! The quarterly return: one workbook with five sheets, each written by a file of its own.

use anyhow::Result;
use chrono::NaiveDate;
use rust_xlsxwriter::{Workbook, Worksheet};

use crate::labels::Value;
use crate::lancashire::entry::Entry;
use crate::lancashire::figures::COLUMNS;
use crate::lancashire::{kpi_sheet, schemes_sheet, text_sheet};
use crate::style;

/// How a provider's return strays from the blank form without being wrong.
#[derive(Debug, Clone)]
pub struct Habits {
    /// Empty rows above and empty columns left of everything.
    pub moved_by: (u32, u16),
    /// Labels side by side, their values below.
    pub labels_across: bool,
    /// Title merged over the width of the table.
    pub merged_title: bool,
    /// Totals and values by formula, with what they show.
    pub formulas: bool,
    /// Stray spaces and line breaks in labels and headings.
    pub stray_spaces: bool,
    /// An empty column without a heading beside the schemes' names.
    pub empty_column: bool,
    /// A column the provider inserted before the numerators: its heading and what stands in it.
    pub inserted_column: Option<(&'static str, &'static str)>,
    /// A heading of the sheet Schemes typed over: its position and the words.
    pub heading: Option<(usize, &'static str)>,
    /// A line of text below the schemes' total.
    pub note_below: Option<&'static str>,
    /// A hidden sheet with lists.
    pub hidden_lists: bool,
    /// Name of the first sheet.
    pub first_sheet: &'static str,
}

impl Default for Habits {
    fn default() -> Self {
        Self {
            moved_by: (0, 0),
            labels_across: false,
            merged_title: false,
            formulas: false,
            stray_spaces: false,
            empty_column: false,
            inserted_column: None,
            heading: None,
            note_below: None,
            hidden_lists: false,
            first_sheet: "KPI return",
        }
    }
}

/// A row of the KPI table.
#[derive(Debug, Clone)]
pub struct KpiLine {
    /// Number of the KPI, as in `3a`.
    pub kpi: &'static str,
    /// The number as it stands.
    pub reference: String,
    /// Title as it stands.
    pub title: String,
    /// Providing organisation.
    pub organisation: String,
    /// Collection interval.
    pub interval: &'static str,
    /// Numerator.
    pub numerator: Entry,
    /// Denominator.
    pub denominator: Entry,
    /// Value.
    pub value: Entry,
    /// Commentary.
    pub commentary: String,
}

/// One return.
#[derive(Debug, Clone)]
pub struct Form {
    /// Provider as typed.
    pub provider: String,
    /// Label and words of the quarter.
    pub quarter: (&'static str, String),
    /// Role of who filled it in.
    pub role: &'static str,
    /// Date typed as submitted, and that of the file.
    pub submitted: NaiveDate,
    /// The KPIs.
    pub lines: Vec<KpiLine>,
    /// Name and figures of each scheme.
    pub schemes: Vec<(&'static str, [Entry; COLUMNS])>,
    /// The total row.
    pub totals: [Entry; COLUMNS],
    /// Agenda items with their updates.
    pub report: Vec<[Entry; 2]>,
    /// Selection criteria.
    pub criteria: Vec<[Entry; 4]>,
    /// Service development plan.
    pub plan: Vec<[Entry; 5]>,
    /// Habits.
    pub habits: Habits,
}

impl Form {
    /// The workbook.
    ///
    /// # Errors
    /// When the workbook can't be written.
    pub fn workbook(&self) -> Result<Vec<u8>> {
        let mut workbook = style::workbook("Quarterly KPI return", &self.provider, self.submitted)?;
        let first = workbook.add_worksheet().set_name(self.habits.first_sheet)?;
        kpi_sheet::sheet(first, self)?;
        schemes_sheet::sheet(workbook.add_worksheet().set_name("Schemes")?, self)?;
        text_sheet::report(workbook.add_worksheet().set_name("Management report")?, self)?;
        text_sheet::criteria(workbook.add_worksheet().set_name("Selection criteria")?, self)?;
        text_sheet::plan(workbook.add_worksheet().set_name("Service development plan")?, self)?;
        if self.habits.hidden_lists {
            hidden_lists(&mut workbook)?;
        }
        Ok(workbook.save_to_buffer()?)
    }

    /// The row of a KPI, where the return has it.
    pub fn line(&mut self, kpi: &str) -> Option<&mut KpiLine> {
        self.lines.iter_mut().find(|line| line.kpi == kpi)
    }

    /// Label and value of the quarter.
    pub fn period(&self) -> (&'static str, Value) {
        (self.quarter.0, Value::text(&self.quarter.1))
    }

    /// A heading as this provider's form has it.
    pub fn heading(&self, text: &str) -> String {
        if self.habits.stray_spaces {
            format!(" {}\u{a0}", text.replacen(' ', "\n", 1).replacen(' ', "\u{a0} ", 1))
        } else {
            text.to_string()
        }
    }

    /// Writes the title of a sheet and the note below it, over `across` columns where the provider merges its titles.
    ///
    /// # Errors
    /// When the place lies outside the sheet.
    pub fn titles(&self, sheet: &mut Worksheet, title: &str, note: &str, across: u16) -> Result<()> {
        let (top, left) = self.habits.moved_by;
        style::titles(sheet, (top, left), title, note)?;
        if self.habits.merged_title {
            let last = left + across - 1;
            sheet.merge_range(top, left, top, last, title, &style::title())?;
            sheet.merge_range(top + 1, left, top + 1, last, note, &style::note())?;
        }
        Ok(())
    }
}

fn hidden_lists(workbook: &mut Workbook) -> Result<()> {
    let sheet = workbook.add_worksheet().set_name("Lists")?;
    let lists: [(&str, &[&str]); 2] = [
        ("Intervals", &["Quarterly", "Six Monthly", "Annually"]),
        ("Status", &["Not started", "In progress", "Delayed", "Complete"]),
    ];
    for (column, (name, words)) in (0..).zip(lists) {
        sheet.write(0, column, name)?;
        for (row, word) in (1..).zip(words) {
            sheet.write(row, column, *word)?;
        }
    }
    sheet.set_hidden(true);
    Ok(())
}
