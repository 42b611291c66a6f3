//! Which cells of a return are marked, and what their notes say.

use std::collections::BTreeMap;
use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::feedback::{Feedback, RatedCell, SHEET_NAME, is_open};
use super::formats::rating_words;
use crate::domain::finding::Finding;
use crate::domain::place::CellAddress;
use crate::domain::quantity::Unit;
use crate::domain::rating::Rating;
use crate::output::targets;
use crate::review::RatedFigure;

/// Longest note, in characters; a longer one could not be read in its box.
const LONGEST_NOTE: usize = 1_600;
/// Characters that fit on a line of a note that is [`NOTE_WIDTH`] wide.
const NOTE_LINE: usize = 52;
/// Width of a note in pixels.
pub const NOTE_WIDTH: u32 = 340;

/// A marked cell.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Mark {
    /// The rating whose colour fills the cell.
    pub rating: Option<Rating>,
    /// Whether the cell is in question.
    pub in_question: bool,
    /// What its note says.
    pub note: String,
}

impl Mark {
    /// Adds what another mark says of the same cell, as where both lie in one merged area.
    pub fn join(&mut self, other: &Mark) {
        self.rating = self.rating.or(other.rating);
        self.in_question |= other.in_question;
        self.note = shortened(&format!("{}\n\n{}", self.note, other.note));
    }
}

/// The marked cells of the return by sheet and cell.
pub fn marks(feedback: &Feedback) -> BTreeMap<(Arc<str>, CellAddress), Mark> {
    let mut marks: BTreeMap<(Arc<str>, CellAddress), Mark> = BTreeMap::new();
    let mut mark = |place, mark: Mark| {
        marks.entry(place).and_modify(|there| there.join(&mark)).or_insert(mark);
    };
    for rated in &feedback.rated {
        if let Some(place) = &rated.place {
            let note = shortened(&rated_text(&rated.figure));
            let filled = Mark { rating: Some(rated.figure.rating), in_question: false, note };
            for cell in answers(rated, &feedback.file) {
                mark(cell, filled.clone());
            }
            mark(place.clone(), filled);
        }
    }
    for (number, finding) in (1usize..).zip(feedback.queries()) {
        if let Some(place) = feedback.own_cell(finding).filter(|_| is_open(finding)) {
            let note = shortened(&query_text(number, finding));
            mark((place.sheet, place.cell), Mark { rating: None, in_question: true, note });
        }
    }
    marks
}

/// The other answers of a question that is asked in several rows: its rating is no more that of the first than of the
/// others. They stand below each other.
fn answers<'a>(
    rated: &'a RatedCell,
    file: &'a str,
) -> impl Iterator<Item = (Arc<str>, CellAddress)> + use<'a> {
    let first = rated.place.as_ref().filter(|_| rated.figure.unit == Unit::Answer);
    first.into_iter().flat_map(move |(sheet, first)| {
        let own = rated.figure.cells.iter().filter(move |cell| &*cell.file == file && cell.sheet == *sheet);
        own.filter(move |cell| cell.cell.column == first.column && cell.cell != *first)
            .map(|cell| (cell.sheet.clone(), cell.cell))
    })
}

/// The height in pixels at which the whole note can be read.
pub fn note_height(note: &str) -> u32 {
    let lines: usize = note.lines().map(|line| line.chars().count().div_ceil(NOTE_LINE).max(1)).sum();
    u32::try_from(lines).unwrap_or(u32::MAX).saturating_mul(16).saturating_add(20)
}

fn rated_text(figure: &RatedFigure) -> String {
    let mut lines = vec![rating_words(figure.rating)];
    let area = figure.area.as_ref().map(|area| format!(", {area}")).unwrap_or_default();
    lines.push(match figure.is_area() {
        true => format!("{}{area}", figure.title),
        false => format!("KPI {}{area}: {}", figure.kpi, figure.title),
    });
    if figure.value.is_some() {
        let out_of = figure.out_of().map(|words| format!(" ({words})")).unwrap_or_default();
        lines.push(format!("Value: {}{out_of}", figure.shown()));
    } else if let Some(said) = &figure.said {
        lines.push(format!("Answer: {said}"));
    }
    lines.push(match figure.target.is_empty() {
        true => "Target: none set".to_string(),
        false => format!("Target: {}", targets::in_a_cell(figure)),
    });
    if !figure.clause.is_empty() {
        lines.push(format!("Clause: {}", figure.clause));
    }
    lines.extend(figure.notes.iter().cloned());
    lines.extend(figure.relief.iter().cloned());
    lines.join("\n")
}

fn query_text(number: usize, finding: &Finding) -> String {
    format!(
        "Query {number} ({})\n{}\nWhat to send: {}",
        finding.kind.severity.word(),
        finding.message,
        finding.help
    )
}

fn shortened(note: &str) -> String {
    if note.chars().count() <= LONGEST_NOTE {
        return note.to_string();
    }
    let start: String = note.chars().take(LONGEST_NOTE).collect();
    format!("{}…\nThe whole text is on the sheet “{SHEET_NAME}”.", start.trim_end())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::output::example;

    fn cell(text: &str) -> (Arc<str>, CellAddress) {
        ("KPIs".into(), CellAddress::parse(text).unwrap())
    }

    #[test]
    fn each_cell_says_what_it_is_rated_and_what_is_asked() {
        let marks = marks(&example::feedback());
        let both = &marks[&cell("F8")];
        assert_eq!((both.rating, both.in_question), (Some(Rating::Green), true));
        assert_eq!(
            both.note,
            "● Green\nKPI 5, Cheshire East: Referrals triaged and allocated within 2 working days\n\
             Value: 95.5% (21 of 22)\nTarget: at least 95%\nClause: 2.2\n\n\
             Query 1 (Error)\nThe total is 21, the parts add up to 20.\n\
             What to send: Send the month's referrals by source again."
        );
        let rated = &marks[&cell("I8")];
        assert_eq!((rated.rating, rated.in_question), (Some(Rating::Red), false));
        let asked = &marks[&cell("D3")];
        assert_eq!((asked.rating, asked.in_question), (None, true));
        assert!(
            marks[&cell("F9")]
                .note
                .ends_with("\nCounted in calendar days.\nRelief: the referral system was down.")
        );
    }

    #[test]
    fn accepted_findings_and_those_of_other_files_mark_nothing() {
        let mut feedback = example::feedback();
        assert!(!marks(&feedback).contains_key(&cell("E9")), "accepted");
        feedback.rated.clear();
        feedback.file = "returns/other.xlsx".into();
        assert_eq!(marks(&feedback).len(), 0);
    }

    #[test]
    fn the_first_figure_of_a_cell_decides_its_colour() {
        let mut feedback = example::feedback();
        let mut second = feedback.rated.iter().find(|rated| rated.figure.area.is_some()).unwrap().clone();
        second.figure.rating = Rating::Red;
        feedback.rated.push(second);
        let marks = marks(&feedback);
        let mark = &marks[&cell("F8")];
        assert_eq!(mark.rating, Some(Rating::Green));
        assert!(mark.note.contains("● Green") && mark.note.contains("■ Red"));
    }

    #[test]
    fn every_answer_to_a_question_of_several_rows_has_its_colour() {
        let mut feedback = example::feedback();
        feedback.findings.clear();
        feedback.rated.retain(|rated| rated.figure.area.is_some() && rated.place == Some(cell("F8")));
        let rated = &mut feedback.rated[0];
        let figure = &mut rated.figure;
        (figure.unit, figure.value, figure.said) = (Unit::Answer, None, Some("No to 1 of 3".into()));
        let first = figure.cells[0].clone();
        for place in ["F9", "F10", "G10"] {
            let cell = CellAddress::parse(place).unwrap();
            figure.cells.push(crate::domain::place::CellRef { cell, ..first.clone() });
        }
        let marks = marks(&feedback);
        let filled: Vec<String> = marks.keys().map(|(_, cell)| cell.to_string()).collect();
        assert_eq!(filled, ["F8", "F9", "F10"], "the date in G10 is evidence, not an answer");
        assert!(marks[&cell("F10")].note.contains("Answer: No to 1 of 3"));
    }

    #[test]
    fn long_notes_are_cut_and_say_where_the_rest_is() {
        assert_eq!(shortened(&"é".repeat(LONGEST_NOTE)), "é".repeat(LONGEST_NOTE));
        let long = shortened(&"é".repeat(LONGEST_NOTE + 1));
        assert!(long.ends_with("…\nThe whole text is on the sheet “Council feedback”."));
        assert!(note_height(&long) > note_height("short"));
        assert_eq!(note_height(&"a".repeat(NOTE_LINE)), note_height("a"));
        assert!(note_height(&"a".repeat(NOTE_LINE + 1)) > note_height("a"));
    }
}
