//! A letter in words: subject and body, by the templates under `templates/mail/`.

use anyhow::{Result, bail};
use serde::Serialize;

use crate::domain::council_feedback::RESPONSE_COLUMN;
use crate::domain::period::long_date;
use crate::domain::quantity::{Quantity, Unit, show};
use crate::domain::text::number_of;
use crate::domain::workbook::FEEDBACK_SHEET;
use crate::output::pages::Pages;
use crate::review::correspondence::{Content, Letter, Overdue, Query, Returned, Timeliness};

/// What the first line of a template says before the subject.
const SUBJECT: &str = "Subject:";
/// Longest subject in characters.
const LONGEST_SUBJECT: usize = 200;

/// A letter in words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Words {
    /// The subject, on one line.
    pub subject: String,
    /// The body: paragraphs with a blank line between them, lines ending in `\n`.
    pub body: String,
}

#[derive(Debug, Serialize)]
struct View {
    provider: String,
    contract: String,
    form: String,
    /// The period in words, with the area where the return is for one.
    period: String,
    due: String,
    /// With the day of the week.
    due_day: String,
    due_note: Option<String>,
    /// `clause 2.5`; empty where none sets the due date.
    clause: String,
    as_of: String,
    /// Who writes, where the settings say so.
    sender: Option<String>,
    council: String,
    feedback_sheet: &'static str,
    response_column: &'static str,
    // Of a return that came in; blank in other letters, so that a template may name any of them.
    file: String,
    usable: bool,
    timing: Option<String>,
    ratings: Option<String>,
    subject_queries: String,
    queries_intro: String,
    queries: Vec<QueryView>,
    further: usize,
    // Of one that did not.
    overdue: Option<String>,
    timeliness: Option<String>,
}

#[derive(Debug, Serialize)]
struct QueryView {
    number: usize,
    place: String,
    found: String,
    asked: String,
    answered: Option<String>,
}

/// The words of a letter that `sender` signs for `council`, or for the councils of the contract where none is named.
///
/// # Errors
/// A template is at fault; never because of what a return says.
pub fn words(pages: &Pages, letter: &Letter, sender: Option<&str>, council: Option<&str>) -> Result<Words> {
    let kind = letter.kind();
    let template = format!("mail/{}.txt", kind.id());
    let text = pages.text(&template, &view(letter, sender, council))?;
    let (first, body) = text.split_once('\n').unwrap_or((&text, ""));
    let Some(subject) = first.trim().strip_prefix(SUBJECT) else {
        bail!("{template} has to begin with a line such as “{SUBJECT} {{{{ form }}}}, {{{{ period }}}}”");
    };
    let subject: String = line(subject).chars().take(LONGEST_SUBJECT).collect();
    let body = paragraphs(body);
    if subject.is_empty() || body.is_empty() {
        bail!("{template} makes a message without a subject or without a text");
    }
    Ok(Words { subject: subject.trim().to_string(), body })
}

fn view(letter: &Letter, sender: Option<&str>, council: Option<&str>) -> View {
    let area = letter.area.as_ref().map(|area| format!(", {}", line(area))).unwrap_or_default();
    let mut view = View {
        provider: line(&letter.provider),
        contract: line(&letter.contract_title),
        form: line(&letter.form_title),
        period: format!("{}{area}", letter.period.describe()),
        due: long_date(letter.due),
        due_day: letter.due.format("%A %-d %B %Y").to_string(),
        due_note: letter.due_note.as_deref().map(line),
        clause: clause(&letter.clause),
        as_of: long_date(letter.as_of),
        sender: sender.map(line),
        council: council.map_or_else(|| list(&letter.councils), line),
        feedback_sheet: FEEDBACK_SHEET,
        response_column: RESPONSE_COLUMN,
        file: String::new(),
        usable: true,
        timing: None,
        ratings: None,
        subject_queries: String::new(),
        queries_intro: String::new(),
        queries: Vec::new(),
        further: 0,
        overdue: None,
        timeliness: None,
    };
    match &letter.content {
        Content::Returned(own) => view.tell(own, letter),
        Content::DueSoon => {}
        Content::Overdue(own) => {
            view.overdue = Some(overdue(own));
            view.timeliness = own.timeliness.as_ref().map(timeliness);
        }
    }
    view
}

impl View {
    fn tell(&mut self, own: &Returned, letter: &Letter) {
        let all = own.queries.len() + own.further;
        self.file = line(&own.file_name);
        self.usable = own.usable;
        self.timing = timing(own, letter);
        let ratings: Vec<String> = own
            .ratings
            .iter()
            .map(|(rating, number)| format!("{number} {}", rating.word().to_lowercase()))
            .collect();
        self.ratings = (!ratings.is_empty()).then(|| list(&ratings));
        self.further = own.further;
        self.queries = own.queries.iter().map(query).collect();
        self.subject_queries = match all {
            0 => "please send it again".to_string(),
            all => number_of(all, "query", "queries"),
        };
        self.queries_intro = match (all, own.further) {
            (1, _) => "We have one query on it:".to_string(),
            (all, 0) => format!("We have {all} queries on it:"),
            (all, _) => format!("We have {all} queries on it. The first {} are:", own.queries.len()),
        };
    }
}

fn query(own: &Query) -> QueryView {
    let place = match (&own.sheet, &own.cell) {
        (Some(sheet), Some(cell)) => format!("Sheet “{}”, cell {cell}", line(sheet)),
        (Some(sheet), None) => format!("Sheet “{}”", line(sheet)),
        (None, _) => "The whole file".to_string(),
    };
    QueryView {
        number: own.number,
        place,
        found: line(&own.found),
        asked: line(&own.asked),
        answered: own.answered.map(long_date),
    }
}

/// Whether it came in time, where that is known.
fn timing(own: &Returned, letter: &Letter) -> Option<String> {
    let due = long_date(letter.due);
    Some(match (own.in_time?, own.received.map(long_date)) {
        (true, Some(on)) => format!("It came in on {on}, in time (due {due})."),
        (true, None) => format!("It came in time (due {due})."),
        (false, Some(on)) => format!("It was due on {due} and came in on {on}."),
        (false, None) => format!("It was due on {due} and came in after that day."),
    })
}

/// `3 working days`; where none has passed yet, the days.
fn overdue(own: &Overdue) -> String {
    let number = |number: i64, one: &str, many: &str| match number {
        1 => format!("1 {one}"),
        number => format!("{number} {many}"),
    };
    match own.working_days {
        0 => number(own.days, "day", "days"),
        days => number(i64::from(days), "working day", "working days"),
    }
}

/// `clause 2.5`; a clause without a number goes by its heading.
fn clause(text: &str) -> String {
    match line(text) {
        none if none.is_empty() => none,
        numbered if numbered.contains(|c: char| c.is_ascii_digit()) => format!("clause {numbered}"),
        heading => format!("the contract, “{heading}”"),
    }
}

fn timeliness(own: &Timeliness) -> String {
    let clause = clause(&own.clause);
    let target = own.target.map(|target| match show(target, Unit::Percent, &[]) {
        all if target == Quantity::ONE => format!("target {all}"),
        share => format!("target at least {share}"),
    });
    let more: Vec<String> = std::iter::once(clause).chain(target).filter(|own| !own.is_empty()).collect();
    let more = if more.is_empty() { String::new() } else { format!(" ({})", more.join(", ")) };
    format!("The contract counts it under “{}”{more}.", line(&own.title))
}

/// `A`, `A and B`, `A, B and C`.
fn list(parts: &[String]) -> String {
    match parts {
        [] => "The council".to_string(),
        [only] => line(only),
        [first @ .., last] => {
            let first: Vec<String> = first.iter().map(|own| line(own)).collect();
            format!("{} and {}", first.join(", "), line(last))
        }
    }
}

/// On one line, without anything that is not seen: neither ends a header nor turns the reading direction.
pub(super) fn line(text: &str) -> String {
    let seen = |c: &char| !matches!(c, '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2069}' | '\u{feff}');
    let text: String =
        text.chars().map(|c| if c.is_control() { ' ' } else { c }).filter(|c| seen(c)).collect();
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Lines without spaces at their ends, never more than one blank line between them.
pub(super) fn paragraphs(text: &str) -> String {
    let mut lines: Vec<&str> = Vec::new();
    for line in text.lines().map(str::trim_end) {
        if !(line.is_empty() && lines.last().is_none_or(|last| last.is_empty())) {
            lines.push(line);
        }
    }
    while lines.last().is_some_and(|last| last.is_empty()) {
        lines.pop();
    }
    lines.join("\n")
}
