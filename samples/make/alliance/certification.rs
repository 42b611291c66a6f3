//! The annual self-certification: requirements with their answers, and the certificates of each service.

use anyhow::Result;
use chrono::NaiveDate;
use rust_xlsxwriter::Worksheet;

use crate::alliance::form::{Entry, Habits, Head, hidden_lists, strayed};
use crate::style;

/// Number and wording of each requirement.
pub const REQUIREMENTS: [(&str, &str); 13] = [
    ("1a", "Employer's liability insurance of at least £10m"),
    ("1b", "Public liability insurance of at least £10m"),
    ("1c", "Professional indemnity insurance of at least £5m"),
    ("2a", "Safeguarding policy reviewed in the last 12 months"),
    ("2b", "Health and safety policy reviewed in the last 12 months"),
    ("2c", "Safer recruitment policy reviewed in the last 12 months"),
    ("2d", "Data protection policy reviewed in the last 12 months"),
    ("3", "Gas safety certificate for each service, issued in the last 12 months"),
    ("4", "Electrical safety certificate for each service, and PAT tested equipment where required"),
    ("5", "Fire risk assessment for each service in the last 12 months"),
    ("6", "HMO licence for every property that needs one"),
    ("7", "Visual inspection of every property in the last 12 months"),
    ("8", "Every property meets the accommodation checklist"),
];

/// Headings of the sheet Services.
const SERVICES: [(&str, f64); 11] = [
    ("Service", 26.0),
    ("Postcode", 11.0),
    ("Boroughs", 24.0),
    ("Gas safety certificate", 15.0),
    ("Electrical certificate", 18.0),
    ("PAT test", 13.0),
    ("Fire risk assessment", 15.0),
    ("HMO licence required", 12.0),
    ("HMO licence expiry", 15.0),
    ("Last inspection", 15.0),
    ("Meets checklist", 14.0),
];

/// A line of the certification, in the order of [`REQUIREMENTS`].
#[derive(Debug, Clone)]
pub struct Line {
    /// Wording as it stands.
    pub requirement: String,
    /// Answer.
    pub answer: Entry,
    /// Amount of cover.
    pub amount: Entry,
    /// Expiry of an insurance, last review of a policy.
    pub date: Entry,
    /// Comment.
    pub comment: String,
}

/// The certificates of one service.
#[derive(Debug, Clone)]
pub struct ServiceRow {
    /// Name.
    pub name: String,
    /// Postcode.
    pub postcode: String,
    /// Boroughs.
    pub boroughs: String,
    /// Gas safety certificate.
    pub gas: Entry,
    /// Electrical certificate.
    pub electrical: Entry,
    /// PAT test.
    pub appliances: Entry,
    /// Fire risk assessment.
    pub fire: Entry,
    /// Whether an HMO licence is required.
    pub hmo_required: Entry,
    /// Expiry of the HMO licence.
    pub hmo_expiry: Entry,
    /// Last inspection.
    pub inspection: Entry,
    /// Whether it meets the checklist.
    pub checklist: Entry,
}

impl ServiceRow {
    fn entries(&self) -> [Entry; 11] {
        [
            Entry::text(&self.name),
            Entry::text(&self.postcode),
            Entry::text(&self.boroughs),
            self.gas.clone(),
            self.electrical.clone(),
            self.appliances.clone(),
            self.fire.clone(),
            self.hmo_required.clone(),
            self.hmo_expiry.clone(),
            self.inspection.clone(),
            self.checklist.clone(),
        ]
    }
}

/// One certification.
#[derive(Debug, Clone)]
pub struct Certification {
    /// Provider as typed.
    pub provider: String,
    /// Label and year as typed.
    pub year: (&'static str, String),
    /// Role of who certifies.
    pub role: &'static str,
    /// The certification date.
    pub certified: NaiveDate,
    /// The same as typed.
    pub submitted: Entry,
    /// Requirements.
    pub lines: Vec<Line>,
    /// Services.
    pub services: Vec<ServiceRow>,
    /// Habits.
    pub habits: Habits,
}

impl Certification {
    /// The workbook.
    ///
    /// # Errors
    /// When the workbook can't be written.
    pub fn workbook(&self) -> Result<Vec<u8>> {
        let mut workbook = style::workbook("Annual self-certification", &self.provider, self.certified)?;
        self.requirements_sheet(workbook.add_worksheet().set_name("Self-certification")?)?;
        self.services_sheet(workbook.add_worksheet().set_name("Services")?)?;
        if self.habits.hidden_lists {
            hidden_lists(&mut workbook)?;
        }
        Ok(workbook.save_to_buffer()?)
    }

    fn requirements_sheet(&self, sheet: &mut Worksheet) -> Result<()> {
        let inserted = self.habits.inserted_column;
        let left = self.habits.moved_by.1;
        let head = Head {
            title: "Annual self-certification",
            note: "Y, N or N/A for every line. The provider certifies that what is said here holds on the date submitted.",
            provider: self.provider.clone(),
            period: self.year.clone(),
            role: self.role,
            submitted: self.submitted.clone(),
        };
        let mut columns = vec![("No.", 22.0), ("Requirement", 58.0), ("Answer", 16.0)];
        columns.extend(inserted.map(|(heading, _)| (heading, 18.0)));
        columns.extend([("Amount", 16.0), ("Date", 20.0), ("Comment", 56.0)]);
        let across = u16::try_from(columns.len())?;
        let heading = head.write(sheet, &self.habits, across)? + 1;
        for (column, (text, width)) in (left..).zip(&columns) {
            sheet.set_column_width(column, *width)?;
            sheet.write_with_format(heading, column, *text, &style::heading())?;
        }
        sheet.set_row_height(heading, 22)?.set_freeze_panes(heading + 1, 0)?;
        style::print_setup(sheet, heading, heading)?;
        for (row, (line, (number, _))) in (heading + 1..).zip(self.lines.iter().zip(REQUIREMENTS)) {
            let wording = &line.requirement;
            let wording = if self.habits.stray_spaces { strayed(wording) } else { wording.clone() };
            let tall = wording.chars().count() > 58 || line.comment.chars().count() > 56;
            sheet.set_row_height(row, if tall { 34 } else { 20 })?;
            sheet.write_with_format(row, left, number, &style::centred())?;
            sheet.write_with_format(row, left + 1, wording.as_str(), &style::printed())?;
            line.answer.write(sheet, row, left + 2)?;
            let mut column = left + 3;
            if let Some((_, word)) = inserted {
                sheet.write_with_format(row, column, word, &style::centred())?;
                column += 1;
            }
            line.amount.write(sheet, row, column)?;
            line.date.write(sheet, row, column + 1)?;
            sheet.write_with_format(row, column + 2, line.comment.as_str(), &style::printed())?;
        }
        let last = heading + u32::try_from(self.lines.len())?;
        let answers = style::drop_down(&["Y", "N", "N/A", "< Select >"])?.show_error_message(false);
        sheet.add_data_validation(heading + 1, left + 2, last, left + 2, &answers)?;
        Ok(())
    }

    fn services_sheet(&self, sheet: &mut Worksheet) -> Result<()> {
        let last_column = u16::try_from(SERVICES.len() - 1)?;
        sheet.merge_range(0, 0, 0, last_column, "Services", &style::title())?;
        let note = "One row for each service on the purchasing vehicle. Dates of issue, test or visit; for the HMO licence \
                    the date it expires. N/A where none is needed.";
        sheet.merge_range(1, 0, 1, last_column, note, &style::note())?;
        sheet.set_row_height(0, 26)?;
        let heading = 3;
        for (column, (text, width)) in (0..).zip(SERVICES) {
            sheet.set_column_width(column, width)?;
            let text =
                if self.habits.stray_spaces { text.replacen(' ', "\u{a0}", 1) } else { text.to_string() };
            sheet.write_with_format(heading, column, text, &style::heading())?;
        }
        sheet.set_row_height(heading, 34)?.set_freeze_panes(heading + 1, 1)?;
        style::print_setup(sheet, heading, heading)?;
        let mut row = heading + 1;
        if self.habits.example_row {
            let words =
                ["Example House", "W1 1CC", "Ealing; Brent", "01/02/2026", "01/02/2024", "01/02/2026"];
            for (column, word) in (0..).zip(words) {
                sheet.write_with_format(row, column, word, &style::centred().set_italic())?;
            }
            row += 1;
        }
        let first = row;
        for service in &self.services {
            for (column, entry) in (0..).zip(service.entries()) {
                if column < 3 {
                    let Entry::Text(text) = &entry else { continue };
                    sheet.write_with_format(row, column, text.as_str(), &style::printed())?;
                } else {
                    entry.write(sheet, row, column)?;
                }
            }
            sheet.set_row_height(row, if service.boroughs.chars().count() > 22 { 28 } else { 18 })?;
            row += 1;
        }
        for (column, words) in [(7, &["Y", "N"]), (10, &["Y", "N"])] {
            let list = style::drop_down(words)?;
            sheet.add_data_validation(first, column, row.max(first + 1) - 1, column, &list)?;
        }
        if self.habits.total_row {
            sheet.write_with_format(row, 0, "Total services", &style::typed().set_bold())?;
            sheet.write_with_format(row, 1, u32::try_from(self.services.len())?, &style::whole(true))?;
        }
        Ok(())
    }
}
