//! The quarterly KPI form: question and answer, one below the other.

use anyhow::Result;
use chrono::NaiveDate;
use rust_xlsxwriter::Worksheet;

use crate::alliance::form::{Entry, Habits, Head, hidden_lists, strayed};
use crate::style;

/// The questions.
pub const QUESTIONS: [&str; 8] = [
    "Young people placed during the quarter",
    "Placements ended during the quarter",
    "Of these, ended in a planned way",
    "Key-work sessions planned",
    "Key-work sessions held",
    "Notifiable incidents",
    "Young people in placement at the end of the quarter",
    "Of these, in education, employment or training",
];

/// One form.
#[derive(Debug, Clone)]
pub struct KpiForm {
    /// Provider as typed.
    pub provider: String,
    /// Label and quarter as typed.
    pub quarter: (&'static str, String),
    /// Role of who filled it in.
    pub role: &'static str,
    /// Date typed as submitted.
    pub submitted: NaiveDate,
    /// The questions as they stand.
    pub questions: [String; 8],
    /// Answers.
    pub answers: [Entry; 8],
    /// Comments.
    pub comments: [String; 8],
    /// Habits.
    pub habits: Habits,
}

impl KpiForm {
    /// The workbook.
    ///
    /// # Errors
    /// When the workbook can't be written.
    pub fn workbook(&self) -> Result<Vec<u8>> {
        let mut workbook = style::workbook("Quarterly KPI form", &self.provider, self.submitted)?;
        self.sheet(workbook.add_worksheet().set_name("KPI form")?)?;
        if self.habits.hidden_lists {
            hidden_lists(&mut workbook)?;
        }
        Ok(workbook.save_to_buffer()?)
    }

    fn sheet(&self, sheet: &mut Worksheet) -> Result<()> {
        let left = self.habits.moved_by.1;
        let inserted = u16::from(self.habits.inserted_column.is_some());
        sheet.set_column_width(left, 52)?.set_column_width(left + 1, 30)?;
        if inserted == 1 {
            sheet.set_column_width(left + 2, 14)?;
        }
        sheet.set_column_width(left + 2 + inserted, 66)?;
        let head = Head {
            title: "Semi-independent accommodation and support: quarterly KPI form",
            note: "Answer every question for the quarter named below. Write 0 where there were none. No names of young people.",
            provider: self.provider.clone(),
            period: self.quarter.clone(),
            role: self.role,
            submitted: Entry::Date(self.submitted),
        };
        let heading = head.write(sheet, &self.habits, 3 + inserted)? + 1;
        // The inserted column stands between question and answer.
        let answer = left + 1 + inserted;
        if inserted == 1 {
            sheet.set_column_width(left + 1, 30)?.set_column_width(answer, 14)?;
        }
        let headings = ["Question", "Answer", "Comment"];
        for (column, text) in [left, answer, answer + 1].into_iter().zip(headings) {
            sheet.write_with_format(heading, column, text, &style::heading())?;
        }
        if let Some((text, _)) = self.habits.inserted_column {
            sheet.write_with_format(heading, left + 1, text, &style::heading())?;
        }
        sheet.set_row_height(heading, 22)?.set_freeze_panes(heading + 1, 0)?;
        style::print_setup(sheet, heading, heading)?;
        let mut row = heading + 1;
        if self.habits.example_row {
            let example = "Example: Young people placed during the quarter";
            sheet.write_with_format(row, left, example, &style::printed().set_italic())?;
            sheet.write_with_format(row, answer, 4, &style::whole(false).set_italic())?;
            let comment = "Two from Ealing, two from Brent";
            sheet.write_with_format(row, answer + 1, comment, &style::typed().set_italic())?;
            row += 1;
        }
        for ((question, answered), comment) in self.questions.iter().zip(&self.answers).zip(&self.comments) {
            let question = if self.habits.stray_spaces { strayed(question) } else { question.clone() };
            sheet.set_row_height(row, if comment.chars().count() > 66 { 40 } else { 24 })?;
            sheet.write_with_format(row, left, question.as_str(), &style::printed())?;
            if let Some((_, word)) = self.habits.inserted_column {
                sheet.write_with_format(row, left + 1, word, &style::centred())?;
            }
            answered.write(sheet, row, answer)?;
            sheet.write_with_format(row, answer + 1, comment.as_str(), &style::printed())?;
            row += 1;
        }
        Ok(())
    }
}
