//! The quarterly KPI return: KPIs under a two-row heading, referral log, social value.

use anyhow::Result;
use chrono::NaiveDate;
use rust_xlsxwriter::{DataValidation, Format, Formula, Workbook, Worksheet};

use crate::advocacy::cases::{Council, TYPES};
use crate::advocacy::kpi_figures::{Kpi, LogLine, Stated};
use crate::advocacy::social_value;
use crate::feedback::Feedback;
use crate::labels::Value;
use crate::style;

/// The schedule's KPIs (2.2) with their targets.
const KPIS: [(&str, &str); 10] = [
    ("Number of service briefings delivered at local authority team meetings", "Minimum 2 per quarter"),
    ("Number of service briefings delivered at health partner meetings", "Minimum 2 per quarter"),
    ("Number of service briefings delivered to 3rd party stakeholder / partners", "Minimum 2 per quarter"),
    (
        "Number of general awareness raising opportunities delivered to the local community using a range of \
         communication methods (i.e. social media, face to face events, promotional material)",
        "Minimum 2 per quarter",
    ),
    (
        "Percentage of referrals that have been triaged and allocated to an advocate within 2 days (excluding \
         weekends and bank holidays)",
        "95%",
    ),
    ("Percentage of referrals where the service user has been contacted within 2 days", "90%"),
    (
        "Percentage of service users that have had their case resolved to the agreed milestones within the time \
         agreed with the Provider",
        "80%",
    ),
    ("Percentage of closed cases where referrers have submitted feedback / outcomes questionnaire", "75%"),
    ("Percentage of closed cases where service user feedback has been obtained", "30%"),
    ("Percentage of IMCA reports produced that meet legislative requirements", "100%"),
];

const LOG_HEADINGS: [&str; 9] = [
    "Reference",
    "Council",
    "Advocacy type",
    "Date received",
    "Date allocated",
    "Date first contact",
    "Date closed",
    "Referrer feedback",
    "Service user feedback",
];

/// How a return strays from the blank form without being wrong.
#[derive(Debug, Clone, Default)]
pub struct Habits {
    /// Empty rows above and empty columns left of everything.
    pub moved_by: (u32, u16),
    /// A column the provider inserted before the councils, with its heading.
    pub inserted_column: Option<&'static str>,
    /// The heading over Cheshire West's numerators.
    pub west_numerator: Option<&'static str>,
    /// A hidden sheet with the lists of the drop-downs.
    pub hidden_lists: bool,
    /// The council's feedback on an earlier version, sent back with answers.
    pub feedback: Option<Feedback>,
}

/// One return.
#[derive(Debug, Clone)]
pub struct QuarterlyKpi {
    /// Index of the quarter.
    pub quarter: usize,
    /// The quarter as typed.
    pub quarter_typed: String,
    /// Date typed as submitted.
    pub submitted: NaiveDate,
    /// Template version.
    pub template: &'static str,
    /// KPIs 1 to 10.
    pub kpis: Vec<Kpi>,
    /// Referral log.
    pub log: Vec<LogLine>,
    /// Habits.
    pub habits: Habits,
}

impl QuarterlyKpi {
    /// The workbook.
    ///
    /// # Errors
    /// When the workbook can't be written.
    pub fn workbook(&self) -> Result<Vec<u8>> {
        let mut workbook =
            style::workbook("Quarterly KPI return", crate::advocacy::PROVIDER, self.submitted)?;
        self.kpi_sheet(workbook.add_worksheet().set_name("KPIs")?)?;
        self.log_sheet(workbook.add_worksheet().set_name("Referral log")?)?;
        social_value::sheet(workbook.add_worksheet().set_name("Social value")?, self.quarter)?;
        if self.habits.hidden_lists {
            hidden_lists(&mut workbook)?;
        }
        if let Some(feedback) = &self.habits.feedback {
            feedback.add_to(&mut workbook)?;
        }
        Ok(workbook.save_to_buffer()?)
    }

    fn kpi_sheet(&self, sheet: &mut Worksheet) -> Result<()> {
        let (top, left) = self.habits.moved_by;
        let inserted = u16::from(self.habits.inserted_column.is_some());
        let widths = [54.0, 16.0, 12.0];
        for (column, width) in (left..).zip(widths) {
            sheet.set_column_width(column, width)?;
        }
        if inserted == 1 {
            sheet.set_column_width(left + 3, 18)?;
        }
        let first = left + 3 + inserted;
        sheet.set_column_range_width(first, first + 5, 11.5)?.set_column_width(first + 6, 48)?;
        style::titles(
            sheet,
            (top, left),
            "Statutory Advocacy Service: key performance indicators",
            "Enter numerator and denominator; the result is worked out. For counts enter the result.",
        )?;
        let quarter = ("Quarter:", Value::text(&self.quarter_typed));
        let labels = super::labels(crate::advocacy::PROVIDER, quarter, None, self.submitted, self.template);
        let heading = labels.down(sheet, top + 3, left, 2)? + 1;
        self.kpi_headings(sheet, heading, left, inserted)?;
        sheet.set_freeze_panes(heading + 2, left + 1)?;
        style::print_setup(sheet, heading, heading + 1)?;
        for (row, (kpi, (text, target))) in (heading + 2..).zip(self.kpis.iter().zip(KPIS)) {
            sheet.set_row_height(row, if text.len() > 110 || kpi.comment.len() > 84 { 54 } else { 32 })?;
            sheet.write_with_format(row, left, text, &style::printed())?;
            sheet.write_with_format(row, left + 1, target, &style::centred().set_text_wrap())?;
            sheet.write_with_format(row, left + 2, "Quarterly", &style::centred())?;
            if inserted == 1 {
                sheet.write_with_format(row, left + 3, "Case system", &style::centred())?;
            }
            for (council, cells) in kpi.councils.iter().enumerate() {
                let column = first + 3 * u16::try_from(council)?;
                match cells.share {
                    Some((numerator, denominator)) => {
                        sheet.write_with_format(row, column, numerator, &style::whole(false))?;
                        sheet.write_with_format(row, column + 1, denominator, &style::whole(false))?;
                    }
                    None => {
                        sheet.write_blank(row, column, &style::greyed())?;
                        sheet.write_blank(row, column + 1, &style::greyed())?;
                    }
                }
                write_result(sheet, row, column + 2, cells)?;
            }
            sheet.write_with_format(row, first + 6, kpi.comment.as_str(), &style::printed())?;
        }
        Ok(())
    }

    fn kpi_headings(&self, sheet: &mut Worksheet, row: u32, left: u16, inserted: u16) -> Result<()> {
        let heading = style::heading();
        let fixed = ["KPI", "Target", "Reporting frequency"].into_iter().chain(self.habits.inserted_column);
        for (column, text) in (left..).zip(fixed) {
            sheet.merge_range(row, column, row + 1, column, text, &heading)?;
        }
        let first = left + 3 + inserted;
        for (column, council) in [first, first + 3].into_iter().zip(Council::BOTH) {
            sheet.merge_range(row, column, row, column + 2, council.name(), &heading)?;
            let numerator =
                self.habits.west_numerator.filter(|_| council == Council::West).unwrap_or("Numerator");
            for (offset, text) in (0..).zip([numerator, "Denominator", "Result"]) {
                sheet.write_with_format(row + 1, column + offset, text, &heading)?;
            }
        }
        sheet.merge_range(row, first + 6, row + 1, first + 6, "Comments", &heading)?;
        sheet.set_row_height(row, 20)?.set_row_height(row + 1, 20)?;
        Ok(())
    }

    fn log_sheet(&self, sheet: &mut Worksheet) -> Result<()> {
        for (column, width) in (0..).zip([13.0, 26.0, 22.0, 14.0, 14.0, 14.0, 14.0, 12.0, 13.0]) {
            sheet.set_column_width(column, width)?;
        }
        style::titles(
            sheet,
            (0, 0),
            "Referral log",
            "Every referral received in the quarter and every case closed in it. Feedback for closed cases only. No names.",
        )?;
        let heading = 3;
        for (column, text) in (0..).zip(LOG_HEADINGS) {
            sheet.write_with_format(heading, column, text, &style::heading())?;
        }
        sheet.set_row_height(heading, 32)?;
        for (row, line) in (heading + 1..).zip(&self.log) {
            let texts = [line.reference.as_str(), line.council, line.advocacy_type];
            for (column, text) in (0..).zip(texts) {
                sheet.write_with_format(row, column, text, &style::printed())?;
            }
            let dates = [Some(line.received), Some(line.allocated), Some(line.contacted), line.closed];
            for (column, date) in (3..).zip(dates) {
                match date {
                    Some(date) => sheet.write_with_format(row, column, &date, &style::date())?,
                    None => sheet.write_blank(row, column, &style::date())?,
                };
            }
            for (column, answer) in (7..).zip([&line.referrer_feedback, &line.user_feedback]) {
                match answer.as_str() {
                    "" => sheet.write_blank(row, column, &style::centred())?,
                    words => sheet.write_with_format(row, column, words, &style::centred())?,
                };
            }
        }
        let last = heading + u32::try_from(self.log.len())?;
        sheet.autofilter(heading, 0, last, 8)?;
        sheet.set_freeze_panes(heading + 1, 1)?;
        style::print_setup(sheet, heading, heading)?;
        for (from, to, list, words) in [
            (1, 1, "A$2:$A$3", &["Cheshire East", "Cheshire West and Chester"] as &[&str]),
            (2, 2, "B$2:$B$7", &TYPES),
            (7, 8, "C$2:$C$4", &["Yes", "No", "< Select >"]),
        ] {
            let validation = if self.habits.hidden_lists {
                DataValidation::new().allow_list_formula(Formula::new(format!("=Lists!${list}")))
            } else {
                style::drop_down(words)?
            };
            sheet.add_data_validation(heading + 1, from, last, to, &validation)?;
        }
        Ok(())
    }
}

fn write_result(
    sheet: &mut Worksheet,
    row: u32,
    column: u16,
    cells: &crate::advocacy::kpi_figures::Cells,
) -> Result<()> {
    let format: Format = if cells.share.is_some() { style::percent() } else { style::whole(false) };
    match (&cells.stated, cells.share) {
        (Stated::Typed(value), _) => sheet.write_with_format(row, column, *value, &format)?,
        (Stated::Text(text), _) => sheet.write_with_format(row, column, text.as_str(), &format)?,
        (Stated::Formula, Some((numerator, denominator))) => {
            let cell = |column| rust_xlsxwriter::utility::row_col_to_cell(row, column);
            let result = f64::from(numerator) / f64::from(denominator.max(1));
            let formula = Formula::new(format!("={}/{}", cell(column - 2), cell(column - 1)));
            sheet.write_formula_with_format(row, column, formula.set_result(result.to_string()), &format)?
        }
        (Stated::Formula, None) => sheet.write_blank(row, column, &format)?,
    };
    Ok(())
}

fn hidden_lists(workbook: &mut Workbook) -> Result<()> {
    let sheet = workbook.add_worksheet().set_name("Lists")?;
    let lists: [(&str, &[&str]); 3] = [
        ("Councils", &["Cheshire East", "Cheshire West and Chester"]),
        ("Types", &TYPES),
        ("Answers", &["Yes", "No", "< Select >"]),
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
