//! The quarterly narrative report of one council (schedule 2.3).

use anyhow::Result;
use chrono::NaiveDate;

use crate::advocacy::cases::Council;
use crate::labels::Value;
use crate::style;

/// The ten areas with the information the schedule asks for.
const AREAS: [(&str, &str); 10] = [
    (
        "Referrals and cases",
        "Trends\nUnmet needs\nDelivery methods – no of face to face, online, telephone\nWaiting lists by advocacy type and \
         local authority",
    ),
    (
        "Out of Area",
        "Number of referrals (including source, advocacy type and location)\nNumber of cases supported by Provider out of \
         area\nNumber of cases supported by spot purchase arrangement with 3rd party provider\nAgreed hourly rates \
         achieved\n3rd party hourly rates",
    ),
    (
        "Service Delivery Issues",
        "Safeguarding\nStaffing update including vacancies, recruitment, sickness levels and training update (including \
         volunteers)\nQuality mark progress update\nCovid-19 challenges\nComplaints",
    ),
    (
        "Partnership Working and Awareness Raising",
        "Communications plan update\nPartnership organisations linked in with and how\nInformal / formal awareness raising \
         carried out in quarter",
    ),
    (
        "Outcomes",
        "Update on Outcomes achieved include methods used and outcome type\nCase studies (1 per advocacy type)",
    ),
    ("Risks", "Commissioners to be made aware of any presenting risks"),
    ("LPS (when timescales are known)", "Update\nTransition plan"),
    ("Continuous Service Improvement", "Update on 360° feedback with social work teams\nLessons learned"),
    (
        "Peer support & volunteers",
        "Volunteer recruitment\nActivity / where volunteers are supporting\nPeer support update",
    ),
    ("Social Value", "Update on achievement of social value outcomes"),
];

/// Position of Risks among the areas.
pub const RISKS: usize = 5;

/// One return.
#[derive(Debug, Clone)]
pub struct Narrative {
    /// Council.
    pub council: Council,
    /// The quarter as typed.
    pub quarter_typed: String,
    /// Date typed as submitted.
    pub submitted: NaiveDate,
    /// Template version.
    pub template: &'static str,
    /// What the provider says, by area.
    pub updates: [String; 10],
}

impl Narrative {
    /// The workbook.
    ///
    /// # Errors
    /// When the workbook can't be written.
    pub fn workbook(&self) -> Result<Vec<u8>> {
        let mut workbook =
            style::workbook("Quarterly narrative report", crate::advocacy::PROVIDER, self.submitted)?;
        let sheet = workbook.add_worksheet().set_name("Narrative")?;
        sheet.set_column_width(0, 26)?.set_column_width(1, 44)?.set_column_width(2, 92)?;
        style::titles(
            sheet,
            (0, 0),
            "Statutory Advocacy Service: quarterly narrative report",
            "One report for each local authority. Please do not name people.",
        )?;
        let quarter = ("Quarter:", Value::text(&self.quarter_typed));
        let labels = super::labels(
            crate::advocacy::PROVIDER,
            quarter,
            Some(self.council.name()),
            self.submitted,
            self.template,
        );
        let heading = labels.down(sheet, 3, 0, 1)? + 1;
        sheet.add_data_validation(
            6,
            1,
            6,
            1,
            &style::drop_down(&["Cheshire East", "Cheshire West and Chester"])?,
        )?;
        for (column, text) in (0..).zip(["Area", "Information required", "Provider update"]) {
            sheet.write_with_format(heading, column, text, &style::heading())?;
        }
        sheet.set_row_height(heading, 22)?;
        for (row, ((area, asked), update)) in (heading + 1..).zip(AREAS.iter().zip(&self.updates)) {
            sheet.write_with_format(row, 0, *area, &style::item())?;
            let bullets: Vec<String> = asked.split('\n').map(|line| format!("• {line}")).collect();
            sheet.write_with_format(row, 1, bullets.join("\n"), &style::typed())?;
            match update.as_str() {
                "" => sheet.write_blank(row, 2, &style::typed())?,
                words => sheet.write_with_format(row, 2, words, &style::typed())?,
            };
            let lines = lines(update, 92).max(bullets.iter().map(|bullet| lines(bullet, 42)).sum());
            sheet.set_row_height(row, f64::from(lines) * 13.5 + 6.0)?;
        }
        sheet.set_freeze_panes(heading + 1, 1)?;
        style::print_setup(sheet, heading, heading)?;
        Ok(workbook.save_to_buffer()?)
    }
}

/// Lines that `text` takes in a cell `width` characters wide.
fn lines(text: &str, width: usize) -> u32 {
    text.split('\n').map(|line| u32::try_from(line.chars().count() / width + 1).unwrap_or(1)).sum()
}
