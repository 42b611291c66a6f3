//! Any bytes, read as the file a provider sent.

use std::collections::BTreeSet;

use quarterday::domain::workbook::{Content, Workbook};
use quarterday::intake::reading::{self, MAX_CELL_TEXT, MAX_CELLS, MAX_MERGED, NotRead};

/// Reads the bytes: a workbook keeps to the limits and reads the same twice, a refusal is fit for showing, and no reader is at
/// a loss.
pub fn reading(data: &[u8]) {
    let first = reading::read("returns/a.xlsx", data);
    let second = reading::read("returns/a.xlsx", data);
    match (first, second) {
        (Ok(book), Ok(again)) => {
            keeps_to_the_limits(&book);
            assert_eq!(reading::fingerprint(&book), reading::fingerprint(&again));
            assert_eq!(format!("{book:?}"), format!("{again:?}"));
        }
        (Err(refusal), Err(again)) => {
            assert_eq!(refusal, again);
            is_fit_for_showing(&refusal);
        }
        (first, second) => panic!("read differently the second time: {first:?}, {second:?}"),
    }
}

fn keeps_to_the_limits(book: &Workbook) {
    let names: BTreeSet<String> = book.sheets.iter().map(|sheet| sheet.name.to_lowercase()).collect();
    assert_eq!(names.len(), book.sheets.len(), "two sheets have one name");
    assert!(!book.sheets.is_empty(), "a workbook without sheets");
    let mut cells = 0;
    for sheet in &book.sheets {
        cells += sheet.cells.values().filter(|cell| cell.content != Content::Blank).count();
        assert!(sheet.merged.len() <= MAX_MERGED);
        assert!(sheet.column_widths.values().chain(sheet.row_heights.values()).all(|length| *length >= 0.0));
        for area in sheet.merged.iter() {
            let is_one = area.first == area.last;
            let in_order = area.first.row <= area.last.row && area.first.column <= area.last.column;
            assert!(in_order && !is_one, "{area:?}");
        }
        for (address, cell) in &sheet.cells {
            assert!(address.row < 1_048_576 && address.column < 16_384, "{address}");
            match &cell.content {
                Content::Number(number) => assert!(number.is_finite(), "{address}: {number}"),
                Content::Text(text) => assert!(text.encode_utf16().count() <= MAX_CELL_TEXT, "{address}"),
                Content::Blank | Content::Date(_) | Content::Boolean(_) | Content::Error(_) => {}
            }
        }
    }
    assert!(cells <= MAX_CELLS);
}

fn is_fit_for_showing(refusal: &NotRead) {
    let words = refusal.to_string();
    assert!(!words.is_empty() && words.len() < 2_000, "{words}");
    assert!(!words.chars().any(char::is_control), "{words:?}");
    // What a panic in a reader is turned into.
    assert!(!words.contains("the reader came upon something it cannot handle"), "{words}");
}
