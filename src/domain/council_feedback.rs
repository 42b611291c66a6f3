//! The sheet that goes back to a provider with its return: the words it is written with, and by which it is known again when it
//! comes back.
//!
//! Whoever writes the sheet and whoever reads it take every heading from here. What is found is found by these words, never by
//! counting rows or columns: providers insert both.

use std::collections::BTreeMap;

use super::place::CellAddress;
use super::text::fold;
use super::workbook::{Content, FEEDBACK_SHEET as SHEET, Sheet};

/// Heading of the table on the return as a whole.
pub const STATUS_HEADING: &str = "Status of this return";
/// Its columns.
pub const STATUS_COLUMNS: [&str; 2] = [ITEM, DETAIL];
const ITEM: &str = "Item";
const DETAIL: &str = "Detail";
/// Item of that table: the file of the return.
pub const FILE_ITEM: &str = "File";
/// Item of that table: the hash that tells which version of the return the sheet is about.
pub const HASH_ITEM: &str = "SHA-256";
/// Heading of the table of ratings.
pub const KPIS_HEADING: &str = "KPIs";
/// Heading above the queries.
pub const QUERIES_HEADING: &str = "Queries";
/// Column of the queries: their number, from 1.
pub const NUMBER_COLUMN: &str = "No.";
/// Column of the queries: the sheet of the return.
pub const SHEET_COLUMN: &str = "Sheet";
/// Column of the queries: the cell of the return.
pub const CELL_COLUMN: &str = "Cell";
/// Column of the queries: what is wrong.
pub const FOUND_COLUMN: &str = "What was found";
/// Column of the queries: what the provider is to do.
pub const ASKED_COLUMN: &str = "What to send";
/// Column of the queries in which the provider answers.
pub const RESPONSE_COLUMN: &str = "Provider response";
/// The columns of the queries, in their order.
pub const QUERY_COLUMNS: [&str; 7] =
    [NUMBER_COLUMN, "Severity", SHEET_COLUMN, CELL_COLUMN, FOUND_COLUMN, ASKED_COLUMN, RESPONSE_COLUMN];
/// What stands in the column of the sheet for a query about no sheet.
pub const WHOLE_FILE: &str = "Whole file";
/// What begins the paragraph below a query that repeats what the provider said to it before.
pub const SAID_BEFORE: &str = "You said on";
/// What begins the heading of the action plan.
pub const PLAN_HEADING: &str = "Action plan of the review";
/// The columns of the action plan.
pub const PLAN_COLUMNS: [&str; 6] = [
    "KPI",
    "Current Performance Level",
    "Issue / reason identified",
    "Action to be taken",
    "Expected outcomes",
    "Timescale",
];

/// Longest text, in bytes, that is held against a heading: a sheet may hold stories.
const LONGEST_HEADING: usize = 120;

/// The title of the sheet.
pub fn title(form: &str, provider: &str, period: &str) -> String {
    format!("{SHEET}: {form}, {provider}, {period}")
}

/// Whether a cell holds the title of such a sheet, whatever the return.
pub fn is_title(text: &str) -> bool {
    fold(text).strip_prefix(&fold(SHEET)).is_some_and(|rest| rest.starts_with(": "))
}

/// A header row with the column of each heading that was wanted; `None` for one that is not there, or there twice.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Header {
    /// The row, counted from zero.
    pub row: u32,
    columns: BTreeMap<&'static str, Option<u32>>,
}

impl Header {
    /// The column below a heading, counted from zero.
    pub fn column(&self, heading: &str) -> Option<u32> {
        self.columns.get(heading).copied().flatten()
    }

    /// The first column of the table.
    pub fn first_column(&self) -> u32 {
        self.columns.values().copied().flatten().min().unwrap_or_default()
    }

    /// Whether the column is one of the table's.
    pub fn has(&self, column: u32) -> bool {
        self.columns.values().any(|own| *own == Some(column))
    }
}

/// The first row that has all of `needed` once; `wanted` are all headings of the table.
pub fn header(sheet: &Sheet, wanted: &[&'static str], needed: &[&str]) -> Option<Header> {
    let folded: Vec<(String, &'static str)> = wanted.iter().map(|own| (fold(own), *own)).collect();
    let mut header: Option<Header> = None;
    let is_whole =
        |header: &Header| needed.iter().all(|needed| header.columns.get(needed).is_some_and(Option::is_some));
    for (address, text) in texts(sheet).filter(|(_, text)| text.len() <= LONGEST_HEADING) {
        if header.as_ref().is_some_and(|own| own.row != address.row && is_whole(own)) {
            return header;
        }
        let text = fold(text);
        let Some((_, heading)) = folded.iter().find(|(folded, _)| *folded == text) else { continue };
        let own = match &mut header {
            Some(own) if own.row == address.row => own,
            _ => header.insert(Header { row: address.row, columns: BTreeMap::new() }),
        };
        own.columns.entry(heading).and_modify(|column| *column = None).or_insert(Some(address.column));
    }
    header.filter(is_whole)
}

/// The header of the queries.
pub fn query_header(sheet: &Sheet) -> Option<Header> {
    header(sheet, &QUERY_COLUMNS, &[NUMBER_COLUMN, FOUND_COLUMN, RESPONSE_COLUMN])
}

/// The hash of the return that the sheet is about, in small letters.
pub fn hash(sheet: &Sheet) -> Option<String> {
    let header = header(sheet, &STATUS_COLUMNS, &STATUS_COLUMNS)?;
    let (items, details) = (header.column(ITEM)?, header.column(DETAIL)?);
    let wanted = fold(HASH_ITEM);
    let (row, _) = texts(sheet)
        .filter(|(address, _)| address.row > header.row && address.column == items)
        .find(|(_, text)| text.len() <= LONGEST_HEADING && fold(text) == wanted)
        .map(|(address, text)| (address.row, text))?;
    let hash = sheet.text(CellAddress::new(row, details)).to_ascii_lowercase();
    (hash.len() == 64 && hash.bytes().all(|byte| byte.is_ascii_hexdigit())).then_some(hash)
}

/// Whether a sheet is one that the program added to a returned workbook.
///
/// Of its title, the hash of its return and the header of its queries, two are there. Under another name than its own the title
/// comes before everything else: a form on which a provider keeps a copy of the feedback stays a form.
pub fn is_ours(sheet: &Sheet) -> bool {
    let named = fold(&sheet.name).contains(&fold(SHEET));
    let mut texts = texts(sheet);
    let titled = match named {
        true => texts.any(|(_, text)| is_title(text)),
        false => texts.next().is_some_and(|(_, text)| is_title(text)),
    };
    if !named && !titled {
        return false;
    }
    let marks = [titled, hash(sheet).is_some(), query_header(sheet).is_some()];
    marks.into_iter().filter(|mark| *mark).count() >= 2
}

/// The cells that hold text, in order.
pub fn texts(sheet: &Sheet) -> impl Iterator<Item = (CellAddress, &str)> {
    sheet.cells.iter().filter_map(|(address, cell)| match &cell.content {
        Content::Text(text) if !text.trim().is_empty() => Some((*address, &**text)),
        _ => None,
    })
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;
    use crate::domain::workbook::Cell;

    fn sheet(name: &str, cells: &[(&str, &str)]) -> Sheet {
        let cell =
            |text: &str| Cell { content: Content::Text(text.into()), formula: false, look: Arc::default() };
        let cells = cells.iter().map(|(place, text)| (CellAddress::parse(place).unwrap(), cell(text)));
        Sheet { name: name.into(), cells: cells.collect(), ..Sheet::default() }
    }

    const TITLE: (&str, &str) = ("A1", "Council feedback: Form, Harbour, September 2025");
    const HASH: &str = "5f70bf18a086007016e948b04aed3b82103a36bea41755b6cddfaf10ace3c6ef";
    const STATUS: [(&str, &str); 4] = [("B9", "Item"), ("D9", "Detail"), ("B12", "SHA-256"), ("D12", HASH)];
    const QUERIES: [(&str, &str); 3] =
        [("A20", "no"), ("F20", "What  was found"), ("H20", "PROVIDER RESPONSE")];

    #[test]
    fn a_sheet_is_ours_by_two_of_its_marks() {
        let cells = |parts: &[&[(&'static str, &'static str)]]| parts.concat();
        let (title, status, queries) = ([TITLE], STATUS, QUERIES);
        let below = [("A1", "Name of provider"), ("A5", TITLE.1)];
        for (name, cells, ours) in [
            ("Council feedback", cells(&[&title, &status, &queries]), true),
            ("Council feedback", cells(&[&title, &status]), true),
            ("council  FEEDBACK (2)", cells(&[&status, &queries]), true),
            ("Copy of Council feedback", cells(&[&title, &queries]), true),
            ("Sheet1", cells(&[&title, &queries]), true),
            ("Sheet1", cells(&[&status, &queries]), false),
            ("KPIs", cells(&[&below, &status, &queries]), false),
            ("Council feedback", cells(&[&below, &status, &queries]), true),
            ("Council feedback", cells(&[&title]), false),
            ("Council feedback", cells(&[&queries]), false),
            ("Council feedback", vec![("A1", "Council feedback on our service"), ("A2", "Good.")], false),
            ("Council feedback", Vec::new(), false),
        ] {
            assert_eq!(is_ours(&sheet(name, &cells)), ours, "{name} {cells:?}");
        }
    }

    #[test]
    fn the_hash_is_one_or_none() {
        let with =
            |hash: &str| hash_of(&[("B9", "Item"), ("D9", "Detail"), ("B12", "sha-256:"), ("D12", hash)]);
        assert_eq!(with(&HASH.to_uppercase()).as_deref(), Some(HASH));
        assert_eq!(with(&HASH[1..]), None);
        assert_eq!(with(&HASH.replace('5', "g")), None);
        assert_eq!(hash_of(&[("B9", "Item"), ("B12", "SHA-256"), ("D12", HASH)]), None);
    }

    fn hash_of(cells: &[(&str, &str)]) -> Option<String> {
        hash(&sheet(SHEET, cells))
    }

    #[test]
    fn a_heading_that_stands_twice_has_no_column() {
        let mut cells = QUERIES.to_vec();
        cells.push(("C20", "Sheet"));
        cells.push(("D20", "Sheet"));
        let header = query_header(&sheet(SHEET, &cells)).unwrap();
        assert_eq!(
            (header.row, header.column(RESPONSE_COLUMN), header.column(SHEET_COLUMN)),
            (19, Some(7), None)
        );
        cells.push(("I20", "Provider response"));
        assert_eq!(query_header(&sheet(SHEET, &cells)), None);
    }
}
