//! The monthly performance return.

use anyhow::Result;
use chrono::NaiveDate;
use rust_xlsxwriter::{Workbook, Worksheet};

use super::CONTRACT;
use super::travelled::{Journey, Logged};
use crate::labels::{DAY, Labels, Value};
use crate::style;

/// The indicators with their thresholds as printed.
const INDICATORS: [(&str, [&str; 3]); 7] = [
    ("Journeys on time", ["98% and above", "95% to below 98%", "below 95%"]),
    ("Journeys missed", ["0", "1 to 2", "3 or more"]),
    ("Journeys with the vehicle specified", ["99% and above", "97% to below 99%", "below 97%"]),
    ("Journeys with the passenger assistant specified", ["100%", "", "below 100%"]),
    ("Daily vehicle checks recorded", ["100%", "98% to below 100%", "below 98%"]),
    ("Complaints upheld", ["0 to 1", "2", "3 or more"]),
    ("Complaints answered within 10 working days", ["90% and above", "", "below 90%"]),
];

const HEADINGS: [(&str, f64); 9] = [
    ("No.", 22.0),
    ("Performance indicator", 46.0),
    ("Number", 11.0),
    ("Out of", 11.0),
    ("Result", 12.0),
    ("Green", 16.0),
    ("Amber", 18.0),
    ("Red", 14.0),
    ("Comments", 50.0),
];

/// What is stated of an indicator.
#[derive(Debug, Clone, PartialEq)]
pub enum Stated {
    /// So many of so many.
    Share(usize, usize),
    /// The same, the result as text.
    ShareInText(usize, usize, &'static str),
    /// A number.
    Count(usize),
}

/// How a return strays from the blank form.
#[derive(Debug, Clone, Default)]
pub struct Habits {
    /// Empty rows above and empty columns left of everything on the first sheet.
    pub moved_by: (u32, u16),
    /// Another heading in the journey log: its index and the text.
    pub heading: Option<(usize, &'static str)>,
    /// A threshold typed over: index of the indicator and of the threshold, text.
    pub threshold: Option<(usize, usize, &'static str)>,
    /// The date of a journey, by its row, typed otherwise.
    pub date: Option<(usize, NaiveDate)>,
    /// The answer to On time of a journey, by its row, typed otherwise.
    pub on_time: Option<(usize, &'static str)>,
    /// `Y` and `N` for Yes and No.
    pub short_answers: bool,
}

/// One return.
#[derive(Debug, Clone)]
pub struct Performance {
    /// Operator as it writes its name.
    pub operator: &'static str,
    /// Role of who fills it in.
    pub role: &'static str,
    /// The month as typed.
    pub month: Value,
    /// Date submitted.
    pub submitted: NaiveDate,
    /// What is stated.
    pub stated: [Stated; 7],
    /// Comments.
    pub comments: [&'static str; 7],
    /// Journeys.
    pub journeys: Vec<Journey>,
    /// Complaints; those not yet answered on the day it was submitted have no date.
    pub complaints: Vec<Logged>,
    /// The report.
    pub report: [&'static str; 3],
    /// Habits.
    pub habits: Habits,
}

impl Performance {
    /// The workbook.
    ///
    /// # Errors
    /// When the workbook can't be written.
    pub fn workbook(&self) -> Result<Vec<u8>> {
        let mut workbook = style::workbook("Monthly performance return", self.operator, self.submitted)?;
        self.performance(workbook.add_worksheet().set_name("Performance")?)?;
        self.journeys(&mut workbook)?;
        self.assistants(&mut workbook)?;
        self.complaints(&mut workbook)?;
        self.report(&mut workbook)?;
        Ok(workbook.save_to_buffer()?)
    }

    fn performance(&self, sheet: &mut Worksheet) -> Result<()> {
        let (top, left) = self.habits.moved_by;
        style::titles(
            sheet,
            (top, left),
            "Home-to-school transport: monthly performance return",
            "Due on the 10th of the following month. Pupils are never named. Write 0 where there were none.",
        )?;
        let labels = Labels::usual(
            self.operator,
            CONTRACT,
            ("Month:", self.month.clone()),
            ("Completed by (role):", self.role),
            Value::Date(self.submitted, DAY),
            "v1 (July 2025)",
        );
        let heading = 1 + labels.down(sheet, top + 3, left, 1)?;
        for (column, (text, width)) in (left..).zip(HEADINGS) {
            sheet.set_column_width(column, width)?;
            let format = match text {
                "Green" | "Amber" | "Red" => style::band_heading(text),
                _ => style::heading(),
            };
            sheet.write_with_format(heading, column, text, &format)?;
        }
        sheet.set_row_height(heading, 22)?.set_freeze_panes(heading + 1, 0)?;
        style::print_setup(sheet, heading, heading)?;
        for (row, (at, (indicator, thresholds))) in (heading + 1..).zip(INDICATORS.iter().enumerate()) {
            sheet.set_row_height(row, 30)?;
            sheet.write_with_format(row, left, u32::try_from(at + 1)?, &style::centred())?;
            sheet.write_with_format(row, left + 1, *indicator, &style::printed())?;
            self.stated[at].write(sheet, row, left + 2)?;
            for (column, (which, printed)) in (left + 5..).zip(thresholds.iter().enumerate()) {
                let typed = self.habits.threshold.filter(|(of, index, _)| (*of, *index) == (at, which));
                let text = typed.map_or(*printed, |(_, _, text)| text);
                match text {
                    "" => sheet.write_blank(row, column, &style::greyed())?,
                    text => sheet.write_with_format(row, column, text, &style::centred())?,
                };
            }
            match self.comments[at] {
                "" => sheet.write_blank(row, left + 8, &style::typed())?,
                text => sheet.write_with_format(row, left + 8, text, &style::typed())?,
            };
        }
        Ok(())
    }

    fn yes(&self, yes: bool) -> &'static str {
        match (yes, self.habits.short_answers) {
            (true, false) => "Yes",
            (false, false) => "No",
            (true, true) => "Y",
            (false, true) => "N",
        }
    }

    fn journeys(&self, workbook: &mut Workbook) -> Result<()> {
        let columns =
            ["Date", "Route", "To or from school", "On time", "Missed", "Vehicle as specified", "Remarks"];
        let sheet = workbook.add_worksheet().set_name("Journey log")?;
        let headings = columns.iter().enumerate().map(|(at, text)| {
            self.habits.heading.filter(|(index, _)| *index == at).map_or(*text, |(_, text)| text)
        });
        let first = headed(sheet, "Journey log", "One line a journey, missed ones too.", headings)?;
        for (row, (at, journey)) in (first..).zip(self.journeys.iter().enumerate()) {
            let date = self.habits.date.filter(|(of, _)| *of == at).map_or(journey.day, |(_, date)| date);
            let on_time = self.habits.on_time.filter(|(of, _)| *of == at);
            sheet.write_with_format(row, 0, &date, &style::date())?;
            let remark = if journey.missed { "did not run" } else { "" };
            let texts = [
                journey.route,
                if journey.to_school { "To" } else { "From" },
                on_time.map_or(self.yes(journey.on_time), |(_, text)| text),
                self.yes(journey.missed),
                self.yes(journey.as_specified),
                remark,
            ];
            for (column, text) in (1..).zip(texts) {
                match text {
                    "" => sheet.write_blank(row, column, &style::centred())?,
                    text => sheet.write_with_format(row, column, text, &style::centred())?,
                };
            }
        }
        Ok(())
    }

    fn assistants(&self, workbook: &mut Workbook) -> Result<()> {
        let sheet = workbook.add_worksheet().set_name("Assistant log")?;
        let columns = ["Date", "Route", "To or from school", "Assistant present"];
        let note = "One line a journey for which the risk assessment specifies an assistant.";
        let first = headed(sheet, "Passenger assistants", note, columns.into_iter())?;
        let assisted = self.journeys.iter().filter_map(|journey| Some((journey, journey.assisted?)));
        for (row, (journey, present)) in (first..).zip(assisted) {
            sheet.write_with_format(row, 0, &journey.day, &style::date())?;
            let direction = if journey.to_school { "To" } else { "From" };
            for (column, text) in (1..).zip([journey.route, direction, self.yes(present)]) {
                sheet.write_with_format(row, column, text, &style::centred())?;
            }
        }
        Ok(())
    }

    fn complaints(&self, workbook: &mut Workbook) -> Result<()> {
        let sheet = workbook.add_worksheet().set_name("Complaints")?;
        let columns = ["Reference", "Date received", "About", "Date answered", "Upheld"];
        let note = "Received in the month, and earlier ones answered since the last return.";
        let first = headed(sheet, "Complaints", note, columns.into_iter())?;
        sheet.set_column_width(2, 60)?;
        for (row, complaint) in (first..).zip(&self.complaints) {
            sheet.write_with_format(row, 0, complaint.reference.as_str(), &style::centred())?;
            sheet.write_with_format(row, 1, &complaint.received, &style::date())?;
            sheet.write_with_format(row, 2, complaint.about, &style::printed())?;
            if complaint.answered <= self.submitted {
                sheet.write_with_format(row, 3, &complaint.answered, &style::date())?;
                sheet.write_with_format(row, 4, self.yes(complaint.upheld), &style::centred())?;
            }
        }
        Ok(())
    }

    fn report(&self, workbook: &mut Workbook) -> Result<()> {
        let sheet = workbook.add_worksheet().set_name("Report")?;
        let first = headed(
            sheet,
            "Operator's report",
            "In a few sentences each.",
            ["Subject", "Report"].into_iter(),
        )?;
        sheet.set_column_width(0, 34)?.set_column_width(1, 110)?;
        let subjects =
            ["Safeguarding and incidents", "Drivers and passenger assistants", "Routes and schools"];
        for (row, (subject, text)) in (first..).zip(subjects.into_iter().zip(self.report)) {
            sheet.set_row_height(row, 40)?;
            sheet.write_with_format(row, 0, subject, &style::printed())?;
            match text {
                "" => sheet.write_blank(row, 1, &style::typed())?,
                text => sheet.write_with_format(row, 1, text, &style::typed())?,
            };
        }
        Ok(())
    }
}

impl Stated {
    fn write(&self, sheet: &mut Worksheet, row: u32, column: u16) -> Result<()> {
        let (number, of) = match self {
            Self::Share(number, of) | Self::ShareInText(number, of, _) => (*number, *of),
            Self::Count(number) => {
                sheet.write_blank(row, column, &style::greyed())?;
                sheet.write_blank(row, column + 1, &style::greyed())?;
                sheet.write_with_format(row, column + 2, u32::try_from(*number)?, &style::answer())?;
                return Ok(());
            }
        };
        sheet.write_with_format(row, column, u32::try_from(number)?, &style::answer())?;
        sheet.write_with_format(row, column + 1, u32::try_from(of)?, &style::answer())?;
        let percent = style::answer().set_num_format("0.0%");
        match self {
            Self::ShareInText(_, _, text) => sheet.write_with_format(row, column + 2, *text, &percent)?,
            _ if of == 0 => sheet.write_with_format(row, column + 2, "N/A", &percent)?,
            _ => {
                let share = (number as f64 * 1000.0 / of as f64).round() / 1000.0;
                sheet.write_with_format(row, column + 2, share, &percent)?
            }
        };
        Ok(())
    }
}

/// Title, note and headings of a sheet; gives the row after the headings.
pub fn headed<'a>(
    sheet: &mut Worksheet,
    title: &str,
    note: &str,
    headings: impl Iterator<Item = &'a str>,
) -> Result<u32> {
    style::titles(sheet, (0, 0), title, note)?;
    for (column, text) in (0..).zip(headings) {
        sheet.set_column_width(column, 20)?;
        sheet.write_with_format(3, column, text, &style::heading())?;
    }
    sheet.set_row_height(3, 22)?.set_freeze_panes(4, 0)?;
    style::print_setup(sheet, 3, 3)?;
    Ok(4)
}
