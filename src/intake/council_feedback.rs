//! What a provider wrote on the sheet “Council feedback” before it sent the copy back.
//!
//! The tables are found by their headings, wherever rows and columns were inserted. Taken for an answer is only what stands in
//! the column of the answers on the line of a query; other words among the queries are kept apart, so that nobody's words are lost
//! and none are put into anybody's mouth.

use crate::domain::council_feedback::{
    ASKED_COLUMN, CELL_COLUMN, FOUND_COLUMN, Header, KPIS_HEADING, NUMBER_COLUMN, PLAN_COLUMNS, PLAN_HEADING,
    QUERIES_HEADING, RESPONSE_COLUMN, SHEET_COLUMN, STATUS_HEADING, hash, header, is_ours, is_title,
    query_header, texts,
};
use crate::domain::place::CellAddress;
use crate::domain::reply::{PlanEntry, QuotedQuery, Response, ReturnedSheet};
use crate::domain::text::{fold, one_line};
use crate::domain::workbook::{Content, Sheet, Workbook};

/// Longest answer that is taken over whole, in characters; of a longer one the beginning is.
pub const LONGEST_RESPONSE: usize = 4_000;
/// Longest text that the council wrote, in characters. What is longer is no more what it wrote.
const LONGEST_QUOTED: usize = 8_000;
/// Rows of a table that are read; no return has as many queries.
const MOST_ROWS: usize = 5_000;

/// Every sheet of the workbook that the program had added to a copy of a return.
pub fn read(workbook: &Workbook) -> Vec<ReturnedSheet> {
    workbook.sheets.iter().filter(|sheet| is_ours(sheet)).map(returned).collect()
}

fn returned(sheet: &Sheet) -> ReturnedSheet {
    let title = texts(sheet).map(|(_, text)| text).find(|text| is_title(text)).unwrap_or_default();
    let queries = query_header(sheet);
    let mut returned = ReturnedSheet {
        sheet: sheet.name.clone(),
        title: limited(&one_line(title), LONGEST_QUOTED),
        sha256: hash(sheet),
        has_queries: queries.is_some(),
        plan: plan(sheet),
        ..ReturnedSheet::default()
    };
    if let Some(header) = queries {
        read_queries(sheet, &header, &mut returned);
    }
    returned
}

/// The rows below a header, up to the heading of another table.
fn rows(sheet: &Sheet, header: &Header) -> Vec<u32> {
    let below = sheet.cells.range(CellAddress::new(header.row + 1, 0)..);
    let filled = below.filter(|(_, cell)| cell.content != Content::Blank);
    let first = header.first_column();
    let mut rows: Vec<u32> = Vec::new();
    for (address, cell) in filled {
        // Headings stand where the tables begin; elsewhere such a word may be the name of a sheet.
        if let Content::Text(text) = &cell.content
            && address.column <= first
            && ends_table(text)
        {
            rows.retain(|row| *row < address.row);
            break;
        }
        if rows.last() != Some(&address.row) {
            if rows.len() == MOST_ROWS {
                break;
            }
            rows.push(address.row);
        }
    }
    rows
}

/// Whether a text is the heading of a table of the sheet.
fn ends_table(text: &str) -> bool {
    if text.len() > 4 * PLAN_HEADING.len() {
        return false;
    }
    let text = fold(text);
    text.starts_with(&fold(PLAN_HEADING))
        || [STATUS_HEADING, KPIS_HEADING, QUERIES_HEADING].iter().any(|heading| fold(heading) == text)
}

fn read_queries(sheet: &Sheet, header: &Header, returned: &mut ReturnedSheet) {
    let at = |row, heading| header.column(heading).map(|column| CellAddress::new(row, column));
    for row in rows(sheet, header) {
        let text = |heading| at(row, heading).map(|cell| sheet.text(cell)).unwrap_or_default();
        let found = text(FOUND_COLUMN);
        let response = at(row, RESPONSE_COLUMN).and_then(|cell| response(sheet, cell));
        let mut misplaced: Vec<Response> = sheet
            .cells
            .range(CellAddress::new(row, 0)..=CellAddress::new(row, u32::MAX))
            .filter(|(cell, _)| found.is_empty() || !header.has(cell.column))
            .filter_map(|(cell, _)| self::response(sheet, *cell))
            .collect();
        returned.misplaced.append(&mut misplaced);
        if !found.is_empty() {
            returned.queries.push(QuotedQuery {
                number: text(NUMBER_COLUMN).parse().ok(),
                sheet: limited(&text(SHEET_COLUMN), LONGEST_QUOTED),
                cell: limited(&text(CELL_COLUMN), LONGEST_QUOTED),
                found: limited(&found, LONGEST_QUOTED),
                asked: limited(&text(ASKED_COLUMN), LONGEST_QUOTED),
                response,
            });
        }
    }
}

fn response(sheet: &Sheet, cell: CellAddress) -> Option<Response> {
    let text = sheet.text(cell);
    (!text.is_empty()).then(|| Response { cell, text: limited(&text, LONGEST_RESPONSE) })
}

/// The action plan where all of its columns are there.
fn plan(sheet: &Sheet) -> Vec<PlanEntry> {
    let Some(header) = header(sheet, &PLAN_COLUMNS, &PLAN_COLUMNS) else { return Vec::new() };
    let rows = rows(sheet, &header).into_iter();
    rows.map(|row| {
        let [kpi, _, issue, action, outcomes, timescale] = PLAN_COLUMNS.map(|heading| {
            let cell = header.column(heading).map(|column| CellAddress::new(row, column));
            limited(&cell.map(|cell| sheet.text(cell)).unwrap_or_default(), LONGEST_RESPONSE)
        });
        PlanEntry { row: row + 1, kpi, issue, action, outcomes, timescale }
    })
    .filter(|own| !own.kpi.is_empty())
    .filter(|own| {
        [&own.issue, &own.action, &own.outcomes, &own.timescale].iter().any(|text| !text.is_empty())
    })
    .collect()
}

fn limited(text: &str, longest: usize) -> String {
    match text.char_indices().nth(longest) {
        Some((end, _)) => format!("{}…", text[..end].trim_end()),
        None => text.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::intake::testing;

    const HASH: &str = "5f70bf18a086007016e948b04aed3b82103a36bea41755b6cddfaf10ace3c6ef";
    const HEADER: [&str; 7] =
        ["No.", "Severity", "Sheet", "Cell", "What was found", "What to send", "Provider response"];

    fn with<'a>(queries: &'a [&'a [&'a str]]) -> Vec<Vec<&'a str>> {
        let head: [&[&str]; 8] = [
            &["Council feedback: Monthly return, Harbour, September 2025"],
            &[],
            &["Status of this return"],
            &["Item", "Detail"],
            &["SHA-256", HASH],
            &[],
            &["Queries"],
            &HEADER,
        ];
        head.into_iter().chain(queries.iter().copied()).map(<[&str]>::to_vec).collect()
    }

    fn read_rows(rows: &[Vec<&str>]) -> ReturnedSheet {
        let rows: Vec<&[&str]> = rows.iter().map(Vec::as_slice).collect();
        let mut sheets = read(&testing::book(vec![testing::sheet("Council feedback (2)", &rows)]));
        assert_eq!(sheets.len(), 1);
        sheets.remove(0)
    }

    fn answers(sheet: &ReturnedSheet) -> Vec<(Option<usize>, &str)> {
        let text = |own: &QuotedQuery| own.response.as_ref().map_or("", |own| own.text.as_str()).len();
        assert!(sheet.queries.iter().all(|own| text(own) <= 4 * LONGEST_RESPONSE + 4));
        let response = |own: &'_ QuotedQuery| own.number;
        sheet
            .queries
            .iter()
            .map(|own| (response(own), own.response.as_ref().map_or("", |response| response.text.as_str())))
            .collect()
    }

    fn misplaced(sheet: &ReturnedSheet) -> Vec<(String, &str)> {
        sheet.misplaced.iter().map(|own| (own.cell.to_string(), own.text.as_str())).collect()
    }

    #[test]
    fn an_answer_is_what_stands_in_its_column_beside_its_query() {
        let sheet = read_rows(&with(&[
            &["1", "Error", "KPIs", "F8", "The total is 21.", "Send it again.", " Figure corrected. "],
            &[],
            &["2", "Warning", "Whole file", "", "Formulas refer elsewhere.", "Nothing.", ""],
            &["3", "Warning", "KPIs", "D3", "A heading.", "Use it.", "", "We like ours better."],
            &["", "", "", "", "", "", "More on the third."],
            &[],
            &["Action plan of the review, 2025-26 Q1"],
            &["9", "no", "query", "at", "all", "in", "here"],
        ]));
        assert_eq!(sheet.title, "Council feedback: Monthly return, Harbour, September 2025");
        assert_eq!(sheet.sha256.as_deref(), Some(HASH));
        assert_eq!(answers(&sheet), [(Some(1), "Figure corrected."), (Some(2), ""), (Some(3), "")]);
        let first = &sheet.queries[0];
        assert_eq!(
            (first.sheet.as_str(), first.cell.as_str(), first.found.as_str(), first.asked.as_str()),
            ("KPIs", "F8", "The total is 21.", "Send it again.")
        );
        assert_eq!(first.response.as_ref().unwrap().cell.to_string(), "G9");
        assert_eq!(
            misplaced(&sheet),
            [("H12".to_string(), "We like ours better."), ("G13".to_string(), "More on the third.")]
        );
    }

    #[test]
    fn rows_and_columns_may_be_inserted_and_headings_typed_anew() {
        let mut rows =
            with(&[&["1", "Error", "KPIs", "F8", "The total is 21.", "Send it again.", "Corrected."]]);
        rows[7][4] = "what  was FOUND:";
        for row in &mut rows[6..] {
            row.insert(row.len().min(4), "");
            row.insert(0, "");
        }
        rows.insert(0, vec!["Dear council,"]);
        rows.insert(3, Vec::new());
        let sheet = read_rows(&rows);
        assert_eq!(answers(&sheet), [(Some(1), "Corrected.")]);
        assert_eq!(sheet.queries[0].response.as_ref().unwrap().cell.to_string(), "I11");
        assert_eq!(misplaced(&sheet), []);
    }

    #[test]
    fn without_a_column_for_answers_there_are_none() {
        let mut rows =
            with(&[&["1", "Error", "KPIs", "F8", "The total is 21.", "Send it again.", "Corrected."]]);
        rows[7][6] = "Comments";
        let sheet = read_rows(&rows);
        assert!(!sheet.has_queries && sheet.queries.is_empty() && sheet.sha256.is_some());
    }

    #[test]
    fn a_number_or_a_date_is_an_answer_too() {
        let sheet = read_rows(&with(&[
            &["1", "Error", "KPIs", "F8", "The total is 21.", "Send it again.", "20"],
            &["2", "Error", "KPIs", "F9", "No date.", "Send it.", "2025-11-30"],
        ]));
        assert_eq!(answers(&sheet), [(Some(1), "20"), (Some(2), "30 November 2025")]);
    }

    #[test]
    fn long_answers_are_cut() {
        let long = "é".repeat(LONGEST_RESPONSE + 1);
        let sheet = read_rows(&with(&[&["1", "Error", "KPIs", "F8", "The total is 21.", "Send it.", &long]]));
        assert_eq!(answers(&sheet)[0].1, format!("{}…", "é".repeat(LONGEST_RESPONSE)));
    }

    #[test]
    fn the_action_plan_is_read_where_anything_was_filled_in() {
        let mut rows = with(&[]);
        rows.push(vec!["Action plan of the review, 2025-26 Q1"]);
        rows.push(PLAN_COLUMNS.to_vec());
        rows.push(vec!["5. Allocated", "93%, red", "", "Two posts advertised", "", "By March"]);
        rows.push(vec!["6. First contact", "80%, red", "", "", "", ""]);
        let sheet = read_rows(&rows);
        assert_eq!(
            sheet.plan,
            [PlanEntry {
                row: 11,
                kpi: "5. Allocated".into(),
                action: "Two posts advertised".into(),
                timescale: "By March".into(),
                ..PlanEntry::default()
            }]
        );
    }

    #[test]
    fn a_sheet_of_the_providers_own_is_left_alone() {
        let own = testing::sheet("Council feedback", &[&["What we think of the council"], &["Fine."]]);
        let book = testing::book(vec![own]);
        assert_eq!(read(&book), []);
        assert_eq!(book.without_feedback().sheets.len(), 1);
    }
}
