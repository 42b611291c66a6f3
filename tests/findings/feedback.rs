//! The council's feedback in a return that comes back.

use quarterday::domain::council_feedback::{
    FOUND_COLUMN, HASH_ITEM, NUMBER_COLUMN, RESPONSE_COLUMN, STATUS_COLUMNS, title,
};
use quarterday::domain::workbook::FEEDBACK_SHEET;
use quarterday::workspace::sha256;

use crate::support::book::{Cell, Sheet};
use crate::support::forms::{information_cell, month};
use crate::support::said::at;
use crate::support::workspace::Workspace;
use crate::support::{EAST, PROVIDER};
use crate::{Fixture, QUARTER};

/// A month with a total that does not add up, and its correction with feedback on it that says something in the row of the query:
/// by the words of the query there, its cells after the number.
pub fn fixture(code: &str) -> Option<Fixture> {
    let total = information_cell(&month(QUARTER), EAST, "Number of cases closed", "", "Total");
    let first = month(QUARTER).with(EAST, &total, 11);
    let (period, line): (&str, [Cell; 4]) = match code {
        "response-misplaced" => {
            let found = "Number of cases closed, total is given as 11, but its parts by column come to 10.";
            ("September 2025", [1.into(), found.into(), "".into(), "We counted again.".into()])
        }
        "response-to-another-return" => {
            ("August 2025", [1.into(), "The total is 9.".into(), "It is 8.".into(), "".into()])
        }
        "response-unmatched" => {
            ("September 2025", [1.into(), "Why so late?".into(), "The post was slow.".into(), "".into()])
        }
        _ => return None,
    };
    let mut feedback = Sheet::new(FEEDBACK_SHEET);
    feedback.row(0, [title("Monthly management information", PROVIDER, period).as_str().into()]);
    if code != "response-to-another-return" {
        feedback.row(2, STATUS_COLUMNS.map(Cell::from));
        feedback.row(3, [HASH_ITEM.into(), sha256(&first.bytes()).as_str().into()]);
    }
    feedback.row(5, [NUMBER_COLUMN, FOUND_COLUMN, RESPONSE_COLUMN].map(Cell::from));
    feedback.row(6, line);
    let mut second = month(QUARTER);
    second.sheets.push(feedback);
    let mut workspace = Workspace::new(QUARTER);
    workspace.receive("month.xlsx", "2025-10-10", &first);
    workspace.receive("month again.xlsx", "2025-10-13", &second);
    Some(Fixture { workspace, places: at(&[(FEEDBACK_SHEET, "")]) })
}
