//! The sheet “Council feedback”, line by line, before any workbook format.
//!
//! Title in A1, then tables one below the other, each with a heading and its own header row, from column A,
//! without merged cells. Providers answer in the column [`RESPONSE_COLUMN`](crate::domain::council_feedback::RESPONSE_COLUMN) of the queries; what
//! they answer is read again by the same words.

use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::feedback::{Feedback, HowMade, is_open};
use super::formats::{rating_words, row_height};
use crate::domain::council_feedback::{
    FILE_ITEM, HASH_ITEM, KPIS_HEADING, PLAN_COLUMNS, PLAN_HEADING, QUERIES_HEADING, QUERY_COLUMNS,
    SAID_BEFORE, STATUS_COLUMNS, STATUS_HEADING, WHOLE_FILE, title,
};
use crate::domain::finding::Finding;
use crate::domain::period::long_date;
use crate::domain::place::CellAddress;
use crate::domain::rating::Rating;
use crate::domain::text::one_line;
use crate::output::targets;

/// Longest part of an earlier answer that is repeated below its query, in characters.
const LONGEST_REPEATED: usize = 400;
/// Room for a provider's answer, in points.
const RESPONSE_HEIGHT: f64 = 45.0;
/// Why cells are blank.
const BLANKS: &str = "Cells left blank under “Provider response” and in the action plan are for the provider to fill in; a query \
                      without a cell is about its whole sheet or file.";
/// Widths of the columns, in characters.
pub const WIDTHS: [f64; 8] = [12.0, 36.0, 24.0, 26.0, 40.0, 34.0, 34.0, 12.0];

/// How a cell of the sheet looks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Style {
    /// The title of the sheet.
    Title,
    /// A heading above a table.
    Heading,
    /// A sentence that runs on to the right.
    Sentence,
    /// A cell of a header row.
    Header,
    /// A cell of a table.
    Body,
    /// A cell in the colours of a rating.
    Rating(Rating),
    /// An empty cell for the provider to fill in; it stays unlocked when the sheet is protected.
    Response,
}

impl Style {
    /// Whether text wraps in the cell.
    pub fn wraps(self) -> bool {
        !matches!(self, Style::Title | Style::Heading | Style::Sentence)
    }
}

/// A cell of the sheet.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct FeedbackCell {
    /// Its text.
    pub text: String,
    /// Its look.
    pub style: Style,
    /// The cell of the return it leads to, by the sheet's name in the original.
    pub link: Option<(Arc<str>, CellAddress)>,
}

/// One row; an empty one separates tables.
pub type Line = Vec<FeedbackCell>;

/// The height of a row in points; `None` where it fits itself, as titles and headings in larger letters do.
pub fn height(line: &Line) -> Option<f64> {
    let wrapped = || line.iter().zip(WIDTHS).filter(|(cell, _)| cell.style.wraps());
    wrapped().next()?;
    let height = row_height(wrapped().map(|(cell, width)| (cell.text.as_str(), width)));
    let answers = line.iter().any(|cell| cell.style == Style::Response);
    Some(if answers { height.max(RESPONSE_HEIGHT) } else { height })
}

/// The place of the line that says how the copy was made, from zero: behind the title and the contract.
const HOW_MADE: usize = 2;

/// The rows of the sheet with the line that says how the copy was made.
pub fn with_how_made(mut lines: Vec<Line>, how_made: HowMade<'_>) -> Vec<Line> {
    lines.insert(HOW_MADE.min(lines.len()), sentence(how_made.sentences()));
    lines
}

/// The rows of the sheet, from row 1, the cells of each from column A; all but how the copy was made, for which see
/// [`with_how_made`].
pub fn lines(feedback: &Feedback) -> Vec<Line> {
    let mut lines = vec![
        vec![cell(
            title(&feedback.form_title, &feedback.provider, &feedback.period),
            Style::Title,
        )],
        sentence(format!("{}. {}.", feedback.contract_title, feedback.councils_in_words())),
        sentence(
            "Rated cells are filled in the colour of their rating. Cells in question are dotted violet, or have a \
             thick violet border where they are rated too. Each has a note."
                .to_string(),
        ),
    ];
    lines.push(sentence(BLANKS.to_string()));
    for table in [status_table(feedback), kpi_table(feedback), query_table(feedback), action_table(feedback)]
        .into_iter()
        .flatten()
    {
        lines.push(Vec::new());
        lines.extend(table);
    }
    lines
}

fn cell(text: impl Into<String>, style: Style) -> FeedbackCell {
    FeedbackCell { text: text.into(), style, link: None }
}

fn body(text: impl Into<String>) -> FeedbackCell {
    cell(text, Style::Body)
}

/// A cell of a table; `word` where there is nothing to say, since an empty cell says nothing of why.
fn or_word(text: String, word: &str) -> FeedbackCell {
    if text.is_empty() { body(word) } else { body(text) }
}

fn sentence(text: String) -> Line {
    vec![cell(text, Style::Sentence)]
}

fn header(words: &[&str]) -> Line {
    words.iter().map(|word| cell(*word, Style::Header)).collect()
}

fn headed(heading: &str, columns: &[&str]) -> Vec<Line> {
    vec![vec![cell(heading, Style::Heading)], header(columns)]
}

fn status_table(feedback: &Feedback) -> Option<Vec<Line>> {
    let with = |word: String, note: &Option<String>| match note {
        Some(note) => format!("{word} ({note})"),
        None => word,
    };
    let mut lines = headed(STATUS_HEADING, &STATUS_COLUMNS);
    lines.extend(
        [
            ("Form", feedback.form_title.clone()),
            ("Period", feedback.period.clone()),
            ("Due", with(long_date(feedback.due), &feedback.due_note)),
            ("Received", feedback.received.map_or_else(|| "Date not proven".to_string(), long_date)),
            ("Status", with(feedback.status.clone(), &feedback.status_note)),
            (
                "Accurate",
                match feedback.accurate {
                    Some(true) => "Yes: the first version had no error".to_string(),
                    Some(false) => "No: the first version had an error".to_string(),
                    None => "Cannot be said: nothing could be used".to_string(),
                },
            ),
            (FILE_ITEM, feedback.file_name().to_string()),
            (HASH_ITEM, feedback.sha256.clone()),
        ]
        .map(|(item, detail)| vec![body(item), body(detail)]),
    );
    Some(lines)
}

fn kpi_table(feedback: &Feedback) -> Option<Vec<Line>> {
    if feedback.rated.is_empty() {
        return None;
    }
    let columns = ["Ref", "KPI", "Area", "Value", "Target and its clause", "Rating", "Notes", "Cell"];
    let mut lines = headed(KPIS_HEADING, &columns);
    let mut said: Vec<&str> = Vec::new();
    let mut kpi = "";
    for rated in &feedback.rated {
        let figure = &rated.figure;
        if kpi != figure.kpi {
            kpi = &figure.kpi;
            said.clear();
        }
        let value = match (figure.value, figure.out_of()) {
            (None, _) => figure.said.clone().unwrap_or_default(),
            (Some(_), Some(out_of)) => format!("{} ({out_of})", figure.shown()),
            (Some(_), None) => figure.shown(),
        };
        let own: Vec<&str> = figure.notes.iter().chain(&figure.relief).map(String::as_str).collect();
        // What was said of the whole contract, in the row above, holds for each area.
        let notes: Vec<&str> = own.iter().copied().filter(|note| !said.contains(note)).collect();
        if figure.area.is_none() {
            said.clone_from(&own);
        }
        let target = match (figure.target.is_empty(), figure.clause.as_str()) {
            (true, _) => "None set".to_string(),
            (false, "") => targets::in_a_cell(figure),
            (false, clause) => format!("{} (clause {clause})", targets::in_a_cell(figure)),
        };
        lines.push(vec![
            body(&figure.kpi),
            body(&figure.title),
            body(figure.area.as_deref().unwrap_or("Whole contract")),
            or_word(value, "No figure"),
            body(target),
            cell(rating_words(figure.rating), Style::Rating(figure.rating)),
            or_word(notes.join("\n"), "None"),
            match &rated.place {
                Some((sheet, address)) => linked(sheet, *address),
                None => body("No one cell"),
            },
        ]);
    }
    Some(lines)
}

fn linked(sheet: &Arc<str>, address: CellAddress) -> FeedbackCell {
    FeedbackCell { text: address.to_string(), style: Style::Body, link: Some((sheet.clone(), address)) }
}

fn query_table(feedback: &Feedback) -> Option<Vec<Line>> {
    let queries = feedback.queries();
    if queries.is_empty() {
        return Some(vec![
            vec![cell(QUERIES_HEADING, Style::Heading)],
            sentence("No queries. Nothing needs to be sent again.".to_string()),
        ]);
    }
    let mut lines = headed(QUERIES_HEADING, &QUERY_COLUMNS);
    for (index, finding) in queries.into_iter().enumerate() {
        let own = feedback.own_cell(finding);
        lines.push(vec![
            body((index + 1).to_string()),
            body(finding.kind.severity.word()),
            body(finding.sheet.as_deref().unwrap_or(WHOLE_FILE)),
            match (own, finding.place()) {
                (Some(place), _) => linked(&place.sheet, place.cell),
                (None, Some(elsewhere)) => body(format!("{} of {}", elsewhere.cell, elsewhere.file)),
                (None, None) => body(""),
            },
            body(what_was_found(feedback, finding)),
            body(what_to_send(finding)),
            cell("", if is_open(finding) { Style::Response } else { Style::Body }),
        ]);
    }
    Some(lines)
}

/// The message, and below it what the provider has said to it before.
fn what_was_found(feedback: &Feedback, finding: &Finding) -> String {
    let said = feedback.said.iter().find(|(own, ..)| own == finding);
    let Some((_, on, text)) = said else { return finding.message.clone() };
    let text = one_line(text);
    let end = text.char_indices().nth(LONGEST_REPEATED).map(|(end, _)| end);
    let (text, more) = end.map_or((text.as_str(), ""), |end| (text[..end].trim_end(), "…"));
    format!("{}\n{SAID_BEFORE} {}: “{text}{more}”", finding.message, long_date(*on))
}

fn what_to_send(finding: &Finding) -> String {
    match &finding.accepted {
        Some(reason) => format!("Nothing: the council has accepted this ({reason})."),
        None => finding.help.clone(),
    }
}

fn action_table(feedback: &Feedback) -> Option<Vec<Line>> {
    if feedback.actions.is_empty() {
        return None;
    }
    let mut lines = headed(&format!("{PLAN_HEADING}, {}", feedback.review), &PLAN_COLUMNS);
    lines.extend(feedback.actions.iter().map(|row| {
        [&row.kpi, &row.current, &row.issue, &row.action, &row.outcomes, &row.timescale]
            .map(|text| if text.is_empty() { cell("", Style::Response) } else { body(text) })
            .to_vec()
    }));
    Some(lines)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::council_feedback::RESPONSE_COLUMN;
    use crate::output::example;

    const ANEW: HowMade<'_> = HowMade::Anew { reason: "it is an old workbook (.xls)" };

    fn lines(feedback: &Feedback, how_made: HowMade<'_>) -> Vec<Line> {
        with_how_made(super::lines(feedback), how_made)
    }

    #[test]
    fn how_the_copy_was_made_stands_below_the_contract() {
        let lines = lines(&example::feedback(), ANEW);
        assert!(lines[1][0].text.starts_with(&example::feedback().contract_title));
        assert_eq!(texts(&lines[2]), [ANEW.sentences()]);
        assert!(lines[3][0].text.starts_with("Rated cells are filled"));
    }

    fn texts(line: &Line) -> Vec<&str> {
        line.iter().map(|cell| cell.text.as_str()).collect()
    }

    fn below<'a>(lines: &'a [Line], heading: &str) -> &'a [Line] {
        let start =
            lines.iter().position(|line| line.first().is_some_and(|cell| cell.text == heading)).unwrap();
        let rest = &lines[start + 1..];
        &rest[..rest.iter().position(Vec::is_empty).unwrap_or(rest.len())]
    }

    #[test]
    fn tells_the_status_the_ratings_the_queries_and_the_plan() {
        let lines = lines(&example::feedback(), ANEW);
        assert_eq!(lines[0][0].style, Style::Title);
        let status = below(&lines, "Status of this return");
        assert_eq!(texts(&status[3]), ["Due", "14 December 2025"]);
        assert_eq!(texts(&status[7]), ["File", "harbour-q1.xlsx"]);
        let kpis = below(&lines, "KPIs");
        let east = kpis.iter().find(|line| line[2].text == "Cheshire East").unwrap();
        assert_eq!(
            texts(east)[3..],
            ["95.5% (21 of 22)", "at least 95% (clause 2.2)", "● Green", "None", "F8"]
        );
        assert_eq!(east[5].style, Style::Rating(Rating::Green));
        assert_eq!(east[7].link.as_ref().unwrap().1.to_string(), "F8");
        let whole = kpis.iter().find(|line| line[0].text == "5" && line[2].text == "Whole contract").unwrap();
        assert_eq!(whole[7].link, None, "no cell shows the figure of both councils");
        let plan = below(&lines, "Action plan of the review, 2025-26 Q1 (September to November 2025)");
        assert_eq!(plan[1][2].style, Style::Response);
    }

    #[test]
    fn queries_come_in_order_and_ask_only_what_is_open() {
        let lines = lines(&example::feedback(), ANEW);
        let queries = below(&lines, QUERIES_HEADING);
        assert_eq!(queries[0][6].text, RESPONSE_COLUMN);
        let severities: Vec<&str> = queries[1..].iter().map(|line| line[1].text.as_str()).collect();
        assert_eq!(severities, ["Error", "Warning", "Warning", "Information", "Error"]);
        let answers: Vec<bool> = queries[1..].iter().map(|line| line[6].style == Style::Response).collect();
        assert_eq!(answers, [true, true, true, false, false]);
        assert_eq!(
            queries[5][5].text,
            "Nothing: the council has accepted this (agreed at the June meeting)."
        );
        assert_eq!(queries[1][3].link.as_ref().unwrap().1.to_string(), "F8");
    }

    #[test]
    fn a_return_without_findings_has_no_queries() {
        let mut feedback = example::feedback();
        feedback.findings.clear();
        let lines = lines(&feedback, ANEW);
        assert_eq!(
            texts(&below(&lines, QUERIES_HEADING)[0]),
            ["No queries. Nothing needs to be sent again."]
        );
    }

    #[test]
    fn no_row_is_wider_than_the_columns_that_have_a_width() {
        assert!(lines(&example::feedback(), ANEW).iter().all(|line| line.len() <= WIDTHS.len()));
    }
}
