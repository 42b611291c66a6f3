//! Packages as `packages` has them, given back coloured.

use std::collections::BTreeSet;

use quarterday::domain::rating::Rating;
use quarterday::domain::workbook::Workbook;
use quarterday::intake::reading;
use quarterday::output::workbooks::additions::Additions;
use quarterday::output::write_back::{Earlier, NotSafe, WrittenBack, check, write_back};

use super::packages::package;
use feedback::{Marked, both, feedback, today};

#[path = "../../../write_back/feedback.rs"]
#[allow(dead_code, reason = "shared with the tests of the write-back")]
mod feedback;

/// Cells marked on each sheet: the first that are there, and some that need not be.
const MORE: &[&str] = &["A1", "C3", "F8", "H14"];
/// Ratings, one after the other.
const RATINGS: &[Rating] = &[Rating::Red, Rating::Green, Rating::NoActivity];

/// Gives the package back coloured, and once more coloured from that copy: what is refused says why, what is written stays as
/// small as what it is made of allows, and a copy of the copy has one sheet of feedback as well.
pub fn written_back(data: &[u8]) {
    let original = package(data);
    let Ok(book) = reading::read("returns/q1/return.xlsx", &original) else { return };
    let said = feedback(&marked(&book));
    let Some(first) = written(&original, None, &said) else { return };
    let Ok(copy) = reading::read("returns/q1/return.xlsx", &first.bytes) else { return };
    if check::same_but_marked(&book, &copy, &first, &[]).is_err() {
        return;
    }
    let sheets = [first.sheet_name.clone()];
    let earlier = Earlier { sheets: &sheets, original: Some(&original) };
    let Some(second) = written(&first.bytes, Some(earlier), &said) else { return };
    if let Ok(again) = reading::read("returns/q1/return.xlsx", &second.bytes) {
        assert!(again.sheets.len() <= copy.sheets.len(), "a sheet is stacked");
    }
}

fn written(bytes: &[u8], earlier: Option<Earlier<'_>>, said: &Additions) -> Option<WrittenBack> {
    match write_back(bytes, said, earlier, today()) {
        Ok(written) => {
            assert!(written.bytes.len() < 4 * bytes.len() + 200_000, "{} bytes", written.bytes.len());
            let names: BTreeSet<&String> = written.touched.iter().collect();
            assert_eq!(names.len(), written.touched.len(), "a part is touched twice");
            Some(written)
        }
        // What would be said of two changes of the same bytes, or of an entry that was lost: a fault of ours.
        Err(NotSafe::Check(fault)) => panic!("{fault}"),
        Err(refusal) => {
            let words = refusal.to_string();
            assert!(!words.is_empty() && words.len() < 2_000, "{words}");
            None
        }
    }
}

fn marked(book: &Workbook) -> Vec<Marked> {
    let mut marked = Vec::new();
    for sheet in book.sheets.iter().take(3) {
        let own = sheet.cells.keys().take(12).map(ToString::to_string);
        let cells: BTreeSet<String> = own.chain(MORE.iter().map(|cell| (*cell).to_string())).collect();
        for (number, cell) in cells.iter().enumerate() {
            let rating = RATINGS[number % RATINGS.len()];
            let cell = both(&sheet.name, cell, rating);
            marked.push(if number % 4 == 0 { Marked { rating: None, ..cell } } else { cell });
        }
    }
    marked
}
