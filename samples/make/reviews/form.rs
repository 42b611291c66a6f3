//! The self-assessment: one sheet with labels and the criteria, area by area.

use anyhow::Result;
use chrono::NaiveDate;
use rust_xlsxwriter::{Workbook, Worksheet};

use crate::labels::Labels;
use crate::style;

/// Headings of the table.
const HEADINGS: [&str; 5] = ["Area", "Criterion", "Score", "Evidence", "Planned improvement"];
const WIDTHS: [f64; 5] = [24.0, 46.0, 17.0, 58.0, 42.0];
/// What a score means.
pub const LEVELS: [&str; 5] = ["Basic", "Emerging", "Developing", "Established", "Leading"];

/// How the name of an area stands beside its criteria.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum AreaCells {
    /// One cell, merged over the criteria.
    Merged,
    /// Beside the first criterion, blank below.
    Once,
    /// Beside each criterion.
    Repeated,
}

/// A score as it stands.
#[derive(Debug, Clone, PartialEq)]
pub enum Score {
    /// Nothing.
    Blank,
    /// A number.
    Number(f64),
    /// Text.
    Text(String),
}

/// One criterion answered.
#[derive(Debug, Clone)]
pub struct Line {
    /// The criterion.
    pub criterion: &'static str,
    /// Its score.
    pub score: Score,
    /// Evidence, or nothing.
    pub evidence: String,
    /// Planned improvement, or nothing.
    pub improvement: String,
}

/// How a form strays from the blank one without being wrong.
#[derive(Debug, Clone, Default)]
pub struct Habits {
    /// Empty rows above and empty columns left of everything.
    pub moved_by: (u32, u16),
    /// Labels side by side, their values below.
    pub labels_across: bool,
    /// Signed and Date signed below the table.
    pub signed_below: bool,
    /// Another heading: its index and the text.
    pub heading: Option<(usize, &'static str)>,
    /// The template's example row, left standing.
    pub example_row: bool,
    /// A row below the table with the sum of the scores.
    pub total_row: bool,
    /// A sheet that says what the scores mean.
    pub guide: bool,
    /// A hidden sheet with the lists of the drop-downs.
    pub hidden_lists: bool,
}

/// One self-assessment.
#[derive(Debug, Clone)]
pub struct Assessment {
    /// Author of the file.
    pub author: &'static str,
    /// Date of the file.
    pub written: NaiveDate,
    /// Labels from Contract to Review date.
    pub labels: Labels,
    /// Labels Signed and Date signed.
    pub signed: Labels,
    /// Areas with their criteria.
    pub areas: Vec<(String, Vec<Line>)>,
    /// How areas are named.
    pub area_cells: AreaCells,
    /// Habits.
    pub habits: Habits,
}

impl Assessment {
    /// The workbook.
    ///
    /// # Errors
    /// When the workbook can't be written.
    pub fn workbook(&self) -> Result<Vec<u8>> {
        let mut workbook = style::workbook("Contract management self-assessment", self.author, self.written)?;
        self.sheet(workbook.add_worksheet().set_name("Self-assessment")?)?;
        if self.habits.guide {
            guide(&mut workbook)?;
        }
        if self.habits.hidden_lists {
            hidden_lists(&mut workbook)?;
        }
        Ok(workbook.save_to_buffer()?)
    }

    fn sheet(&self, sheet: &mut Worksheet) -> Result<()> {
        let (top, left) = self.habits.moved_by;
        for (column, width) in (left..).zip(WIDTHS) {
            sheet.set_column_width(column, width)?;
        }
        style::titles(
            sheet,
            (top, left),
            "Contract management: self-assessment",
            "Score every criterion from 1 to 5. A score of 4 or 5 needs evidence. The owner signs that it is accurate.",
        )?;
        let labels = match self.habits.signed_below {
            true => self.labels.clone(),
            false => Labels([self.labels.0.clone(), self.signed.0.clone()].concat()),
        };
        let heading = 1 + if self.habits.labels_across {
            let (first, second) = labels.0.split_at(labels.0.len().min(4));
            let below = Labels(first.to_vec()).across(sheet, top + 3, left)?;
            Labels(second.to_vec()).across(sheet, below, left)?
        } else {
            labels.down(sheet, top + 3, left, 1)?
        };
        for (column, (index, printed)) in (left..).zip(HEADINGS.iter().enumerate()) {
            let text = self.habits.heading.filter(|(at, _)| *at == index).map_or(*printed, |(_, text)| text);
            sheet.write_with_format(heading, column, text, &style::heading())?;
        }
        sheet.set_row_height(heading, 22)?.set_freeze_panes(heading + 1, 0)?;
        style::print_setup(sheet, heading, heading)?;
        let below = self.table(sheet, heading + 1, left)?;
        if self.habits.signed_below {
            self.signed.down(sheet, below + 1, left, 1)?;
        }
        Ok(())
    }

    /// Writes the criteria from `row` on and gives the row after the last.
    fn table(&self, sheet: &mut Worksheet, first: u32, left: u16) -> Result<u32> {
        let mut row = first;
        if self.habits.example_row {
            let italic = style::typed().set_italic();
            let example =
                ["Example", "Meetings are held", "3", "Minutes of the last three", "Agenda a week before"];
            for (column, text) in (left..).zip(example) {
                sheet.write_with_format(row, column, text, &italic)?;
            }
            row += 1;
        }
        let mut sum = 0.0;
        for (name, lines) in &self.areas {
            let last = row + u32::try_from(lines.len())? - 1;
            if self.area_cells == AreaCells::Merged {
                sheet.merge_range(row, left, last, left, name, &style::item())?;
            }
            for (index, line) in lines.iter().enumerate() {
                let named = self.area_cells == AreaCells::Repeated || index == 0;
                if self.area_cells != AreaCells::Merged {
                    match named {
                        true => sheet.write_with_format(row, left, name.as_str(), &style::item())?,
                        false => sheet.write_blank(row, left, &style::item())?,
                    };
                }
                sum += line.write(sheet, row, left + 1)?;
                row += 1;
            }
        }
        if self.habits.total_row {
            sheet.write_with_format(row, left, "Total", &style::item())?;
            sheet.write_with_format(row, left + 2, sum, &style::whole(true))?;
            row += 1;
        }
        let scores = style::drop_down(&["1", "2", "3", "4", "5"])?
            .set_error_style(rust_xlsxwriter::DataValidationErrorStyle::Warning);
        sheet.add_data_validation(first, left + 2, row - 1, left + 2, &scores)?;
        Ok(row)
    }
}

impl Line {
    /// Writes it and gives its score, 0 where it is no number.
    fn write(&self, sheet: &mut Worksheet, row: u32, column: u16) -> Result<f64> {
        let longest = [(self.criterion, 46.0), (&self.evidence, 58.0), (&self.improvement, 42.0)]
            .iter()
            .map(|(text, width)| (text.chars().count() as f64 / (width - 8.0)).ceil())
            .fold(1.0, f64::max);
        sheet.set_row_height(row, longest * 13.5 + 6.0)?;
        sheet.write_with_format(row, column, self.criterion, &style::typed())?;
        let number = match &self.score {
            Score::Blank => {
                sheet.write_blank(row, column + 1, &style::answer())?;
                0.0
            }
            Score::Number(number) => {
                sheet.write_with_format(row, column + 1, *number, &style::answer())?;
                *number
            }
            Score::Text(text) => {
                sheet.write_with_format(row, column + 1, text.as_str(), &style::answer())?;
                0.0
            }
        };
        for (column, text) in (column + 2..).zip([&self.evidence, &self.improvement]) {
            match text.as_str() {
                "" => sheet.write_blank(row, column, &style::typed())?,
                text => sheet.write_with_format(row, column, text, &style::typed())?,
            };
        }
        Ok(number)
    }
}

fn guide(workbook: &mut Workbook) -> Result<()> {
    let sheet = workbook.add_worksheet().set_name("Guide")?;
    sheet.set_column_width(0, 10)?.set_column_width(1, 16)?.set_column_width(2, 80)?;
    sheet.write_with_format(0, 0, "What the scores mean", &style::title())?;
    let meanings = [
        "Nothing planned; done when somebody thinks of it",
        "Begun, differs from person to person",
        "Done and written down, with gaps",
        "Done throughout, with evidence",
        "Done throughout, looked at and improved each year; others learn from it",
    ];
    for (row, (score, (level, meaning))) in (2..).zip((1..).zip(LEVELS.into_iter().zip(meanings))) {
        sheet.write_with_format(row, 0, score, &style::centred())?;
        sheet.write_with_format(row, 1, level, &style::printed())?;
        sheet.write_with_format(row, 2, meaning, &style::printed())?;
    }
    Ok(())
}

fn hidden_lists(workbook: &mut Workbook) -> Result<()> {
    let sheet = workbook.add_worksheet().set_name("Lists")?;
    for (row, (score, level)) in (0..).zip((1..).zip(LEVELS)) {
        sheet.write(row, 0, format!("{score} - {level}"))?;
    }
    sheet.set_hidden(true);
    Ok(())
}
