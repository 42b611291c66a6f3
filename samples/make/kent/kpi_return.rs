//! The monthly return: sheet KPI return, with the table of clause 3.1; the other sheets have files of their own.

use anyhow::Result;
use chrono::NaiveDate;
use rust_xlsxwriter::{Format, Formula, Workbook, Worksheet};

use crate::feedback::Feedback;
use crate::kent::log::Line;
use crate::kent::visits::UNITS;
use crate::kent::{narrative, visit_log};
use crate::labels::{DAY, Labels, Value};
use crate::style;

/// The schedule's KPIs.
const KPIS: [&str; 3] = [
    "The independent visitor will carry out 12 calendar monthly visits with the 6 identified inhouse short break units. \
     This increasing to 7 units 2023.",
    "Following the independent visits, Monthly reports must be submitted to the local authority and Ofsted within 5 \
     working days of said visit.",
    "The number of reports returned in the month, returned by the Local Authority to the contractor due to omissions, \
     inaccuracies, and/or overall poor standard.",
];

/// Headings of the table.
const HEADINGS: [&str; 9] = [
    "No.",
    "Key Performance Indicators",
    "Current Performance Level",
    "Stretch",
    "Green",
    "Amber",
    "Red",
    "Frequency",
    "Comments",
];

const WIDTHS: [f64; 9] = [22.0, 58.0, 16.0, 11.0, 11.0, 11.0, 11.0, 12.0, 52.0];

/// A threshold as printed: the bare percentages are numbers from template version 1.1 on.
const THRESHOLDS: [[&str; 4]; 3] =
    [["N/A", "100%", "90%", "<80%"], ["100%", "90%", "60%-89%", "<60%"], ["0", "1", "2", "3"]];

/// The council's template.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Template {
    /// Used to September 2022: no column Date returned, percentages as text, no drop-downs for units.
    First,
    /// Used from October 2022.
    Second,
}

impl Template {
    /// Its name on the form.
    fn version(self) -> &'static str {
        match self {
            Self::First => "v1.0 (March 2022)",
            Self::Second => "v1.1 (October 2022)",
        }
    }
}

/// A level of performance as the provider states it.
#[derive(Debug, Clone)]
pub enum Stated {
    /// A fraction of 1 in a cell with percent format.
    Share(f64),
    /// A plain number.
    Number(f64),
    /// Text.
    Text(&'static str),
    /// Counted by a formula from the log; the number is what the cell shows.
    CountedFromLog(usize),
    /// Nothing.
    Blank,
}

/// How a return strays from the blank form without being wrong.
#[derive(Debug, Clone, Default)]
pub struct Habits {
    /// Empty rows above and empty columns left of everything.
    pub moved_by: (u32, u16),
    /// Labels side by side, their values below.
    pub labels_across: bool,
    /// A threshold typed over: KPI's index, index of the threshold, text.
    pub threshold: Option<(usize, usize, &'static str)>,
    /// A hidden sheet with the lists of the drop-downs.
    pub hidden_lists: bool,
    /// A row below the log with its total.
    pub total_row: bool,
    /// `Y` and `N` for Yes and No.
    pub short_answers: bool,
    /// The council's feedback on an earlier version, sent back with answers.
    pub feedback: Option<Feedback>,
}

/// One return.
#[derive(Debug, Clone)]
pub struct KpiReturn {
    /// The provider as it writes its name; empty on a blank form.
    pub provider: &'static str,
    /// Label of the month, and the month.
    pub month: (&'static str, Value),
    /// Date typed as submitted, and that of the file.
    pub submitted: NaiveDate,
    /// Template.
    pub template: Template,
    /// Units to visit.
    pub units: usize,
    /// Stated levels of KPIs 1 to 3.
    pub stated: [Stated; 3],
    /// Comments on them.
    pub comments: [&'static str; 3],
    /// The log; `None` leaves its sheet out.
    pub log: Option<Vec<Line>>,
    /// Updates of the narrative.
    pub narrative: [&'static str; 3],
    /// Habits.
    pub habits: Habits,
}

impl KpiReturn {
    /// The workbook.
    ///
    /// # Errors
    /// When the workbook can't be written.
    pub fn workbook(&self) -> Result<Vec<u8>> {
        let author = if self.provider.is_empty() { "Contract officer" } else { crate::kent::PROVIDER };
        let mut workbook = style::workbook("Regulation 44 monthly KPI return", author, self.submitted)?;
        self.kpi_sheet(workbook.add_worksheet().set_name("KPI return")?)?;
        if let Some(log) = &self.log {
            visit_log::sheet(workbook.add_worksheet().set_name("Visit log")?, self, log)?;
        }
        narrative::sheet(workbook.add_worksheet().set_name("Narrative")?, self.narrative)?;
        if self.habits.hidden_lists {
            hidden_lists(&mut workbook, self.units)?;
        }
        if let Some(feedback) = &self.habits.feedback {
            feedback.add_to(&mut workbook)?;
        }
        Ok(workbook.save_to_buffer()?)
    }

    fn labels(&self) -> Labels {
        let (completed_by, submitted) = match self.provider {
            "" => ("", Value::text("")),
            _ => ("Service co-ordinator", Value::Date(self.submitted, DAY)),
        };
        Labels::usual(
            self.provider,
            crate::kent::CONTRACT,
            self.month.clone(),
            ("Completed by:", completed_by),
            submitted,
            self.template.version(),
        )
    }

    fn kpi_sheet(&self, sheet: &mut Worksheet) -> Result<()> {
        let (top, left) = self.habits.moved_by;
        for (column, width) in (left..).zip(WIDTHS) {
            sheet.set_column_width(column, width)?;
        }
        style::titles(
            sheet,
            (top, left),
            "Regulation 44 independent visits: monthly KPI return",
            "Please return by the last Friday of the month. Units by name, people by role or initials only.",
        )?;
        let labels = self.labels();
        let heading = 1 + if self.habits.labels_across {
            labels.across(sheet, top + 3, left + 1)?
        } else {
            labels.down(sheet, top + 3, left, 1)?
        };
        headings(sheet, heading, left, &HEADINGS)?;
        sheet.set_row_height(heading, 32)?;
        for (kpi, row) in (heading + 1..).take(KPIS.len()).enumerate() {
            self.kpi_row(sheet, row, left, kpi)?;
        }
        sheet.add_data_validation(
            heading + 1,
            left + 7,
            heading + 3,
            left + 7,
            &style::drop_down(&["Monthly", "Quarterly"])?,
        )?;
        sheet.set_freeze_panes(heading + 1, 0)?;
        style::print_setup(sheet, heading, heading)?;
        Ok(())
    }

    fn kpi_row(&self, sheet: &mut Worksheet, row: u32, left: u16, kpi: usize) -> Result<()> {
        sheet.set_row_height(row, 44)?;
        sheet.write_with_format(row, left, (kpi + 1) as u32, &style::centred())?;
        sheet.write_with_format(row, left + 1, KPIS[kpi], &style::printed())?;
        let level = left + 2;
        let share = style::answer().set_num_format("0.0%");
        match &self.stated[kpi] {
            Stated::Share(share_of_one) => {
                sheet.write_with_format(row, level, *share_of_one, &share)?;
            }
            Stated::Number(number) => {
                sheet.write_with_format(row, level, *number, &style::answer())?;
            }
            Stated::Text(text) => {
                sheet.write_with_format(row, level, *text, &style::answer())?;
            }
            Stated::CountedFromLog(count) => {
                let formula = Formula::new("=COUNTIF('Visit log'!$F$5:$F$40,\"Yes\")");
                sheet.write_formula_with_format(
                    row,
                    level,
                    formula.set_result(count.to_string()),
                    &style::answer(),
                )?;
            }
            Stated::Blank => {
                sheet.write_blank(row, level, &style::answer())?;
            }
        }
        for (column, (index, printed)) in (left + 3..).zip(THRESHOLDS[kpi].iter().enumerate()) {
            let typed = self.habits.threshold.filter(|(at, which, _)| (*at, *which) == (kpi, index));
            match typed {
                Some((_, _, text)) => {
                    sheet.write_with_format(row, column, text, &style::centred())?;
                }
                None => self.threshold(sheet, row, column, printed)?,
            }
        }
        sheet.write_with_format(row, left + 7, "Monthly", &style::centred())?;
        match self.comments[kpi] {
            "" => sheet.write_blank(row, left + 8, &style::printed())?,
            comment => sheet.write_with_format(row, left + 8, comment, &style::printed())?,
        };
        Ok(())
    }

    /// Excel makes numbers of what looks like one; the first template had its cells formatted as text.
    fn threshold(&self, sheet: &mut Worksheet, row: u32, column: u16, printed: &str) -> Result<()> {
        let percent = printed.strip_suffix('%').and_then(|number| number.parse::<f64>().ok());
        let format: Format = style::centred();
        match (percent, printed.parse::<f64>()) {
            (Some(percent), _) if self.template == Template::Second => {
                sheet.write_with_format(row, column, percent / 100.0, &format.set_num_format("0%"))?
            }
            (None, Ok(number)) => sheet.write_with_format(row, column, number, &format)?,
            _ => sheet.write_with_format(row, column, printed, &format)?,
        };
        Ok(())
    }
}

/// Headings in a row, the thresholds' in their colours.
pub fn headings(sheet: &mut Worksheet, row: u32, left: u16, texts: &[&str]) -> Result<()> {
    for (column, text) in (left..).zip(texts) {
        let format = match *text {
            "Stretch" | "Green" | "Amber" | "Red" => style::band_heading(text),
            _ => style::heading(),
        };
        sheet.write_with_format(row, column, *text, &format)?;
    }
    Ok(())
}

fn hidden_lists(workbook: &mut Workbook, units: usize) -> Result<()> {
    let sheet = workbook.add_worksheet().set_name("Lists")?;
    let lists: [(&str, &[&str]); 2] = [("Units", &UNITS[..units]), ("Answers", &["Yes", "No"])];
    for (column, (name, words)) in (0..).zip(lists) {
        sheet.write(0, column, name)?;
        for (row, word) in (1..).zip(words) {
            sheet.write(row, column, *word)?;
        }
    }
    sheet.set_hidden(true);
    Ok(())
}
