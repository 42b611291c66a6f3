//! The page of the pack that holds the provider's answers to the council's queries.

use super::pack_pages::Page;
use super::pack_tables::{Entry, TablePage};
use crate::domain::period::long_date;
use crate::domain::reply::AnsweredQuery;
use crate::domain::submission::{ChangedCell, Submission};
use crate::output::periods;

/// What stands for a part of the plan that the provider did not fill in.
const LEFT_BLANK: &str = "Not filled in";
/// Most changed cells of one query that are shown.
const CHANGES_SHOWN: usize = 12;

/// What the provider answers, and what became of each query; `None` when none of the council's feedback came back.
pub fn answers(submissions: &[Submission]) -> Option<Page> {
    let mut table = TablePage::new(&[
        ("Form", 24.0),
        ("Period", 12.0),
        ("Area", 18.0),
        ("Query", 9.0),
        ("Sheet", 16.0),
        ("Cell", 8.0),
        ("What was found", 44.0),
        ("What the provider says", 44.0),
        ("Cell before", 22.0),
        ("Cell after", 22.0),
        ("State", 22.0),
        ("Answers received", 14.0),
        ("Source", 40.0),
    ])
    .saying(&[
        ("Sheet", "Whole file"),
        ("Cell", "No one cell"),
        ("What the provider says", "No answer"),
        ("Cell before", "No one cell"),
        ("Cell after", "No one cell"),
        ("Source", "No answer"),
    ]);
    for submission in submissions {
        for reply in &submission.replies {
            table.rows.extend(reply.queries.iter().map(|query| {
                let finding = &query.finding;
                let [before, after] = cells(query);
                vec![
                    Entry::text(&submission.form_title),
                    Entry::text(periods::in_table(&submission.period)),
                    Entry::text(submission.area.as_deref().unwrap_or("Whole contract")),
                    query.number.map_or_else(|| Entry::text("Not on the sheet"), Entry::count),
                    Entry::maybe(finding.sheet.as_deref()),
                    Entry::maybe(finding.cell.map(|cell| cell.to_string())),
                    Entry::text(&finding.message),
                    Entry::maybe(query.response.as_ref().map(|own| own.text.as_str())),
                    Entry::text(before),
                    Entry::text(after),
                    Entry::text(state(query)),
                    Entry::Date(reply.received),
                    Entry::maybe(query.response.as_ref().map(|own| reply.place(own).to_string())),
                ]
            }));
        }
    }
    let about = "What the provider wrote on the sheet “Council feedback”, beside the query it answers.";
    (!table.rows.is_empty()).then_some(Page { name: "Answers", about, table })
}

/// The action plan as providers filled it in; `None` where none did.
pub fn plans(submissions: &[Submission]) -> Option<Page> {
    let mut table = TablePage::new(&[
        ("Form", 24.0),
        ("Period", 12.0),
        ("KPI", 40.0),
        ("Issue / reason identified", 36.0),
        ("Action to be taken", 36.0),
        ("Expected outcomes", 36.0),
        ("Timescale", 18.0),
        ("Received", 14.0),
        ("Source", 40.0),
    ])
    .saying(&[
        ("Issue / reason identified", LEFT_BLANK),
        ("Action to be taken", LEFT_BLANK),
        ("Expected outcomes", LEFT_BLANK),
        ("Timescale", LEFT_BLANK),
    ]);
    for submission in submissions {
        for reply in &submission.replies {
            table.rows.extend(reply.plan.iter().map(|entry| {
                vec![
                    Entry::text(&submission.form_title),
                    Entry::text(periods::in_table(&submission.period)),
                    Entry::text(&entry.kpi),
                    Entry::text(&entry.issue),
                    Entry::text(&entry.action),
                    Entry::text(&entry.outcomes),
                    Entry::text(&entry.timescale),
                    Entry::Date(reply.received),
                    Entry::text(format!("{}, sheet “{}”, row {}", reply.file, reply.sheet, entry.row)),
                ]
            }));
        }
    }
    let about = "The action plan as the provider filled it in on the sheet “Council feedback”.";
    (!table.rows.is_empty()).then_some(Page { name: "Plan filled in", about, table })
}

/// What became of a query, in a few words.
fn state(query: &AnsweredQuery) -> String {
    let word = query.state.word();
    match query.settled_since {
        Some(day) => format!("{word}; no longer found in the version received {}", long_date(day)),
        None => word.to_string(),
    }
}

/// What stood in the cells of a query, and what stands there now, a line each.
fn cells(query: &AnsweredQuery) -> [String; 2] {
    if let Some(unchanged) = &query.unchanged
        && query.changed.is_empty()
    {
        return [blank_or(unchanged), "not changed".to_string()];
    }
    let line = |changed: &ChangedCell, shown: &str| {
        let own = query.finding.cell == Some(changed.place.cell);
        let place = if own { String::new() } else { format!("{}: ", changed.place.cell) };
        format!("{place}{}", blank_or(shown))
    };
    let lines = |of: fn(&ChangedCell) -> &str| -> String {
        let mut lines: Vec<String> =
            query.changed.iter().take(CHANGES_SHOWN).map(|own| line(own, of(own))).collect();
        let more = query.changed.len() - lines.len();
        if more > 0 {
            lines.push(format!("and {more} more"));
        }
        lines.join("\n")
    };
    [lines(|own| &own.before), lines(|own| &own.after)]
}

fn blank_or(shown: &str) -> String {
    if shown.is_empty() { "(blank)".to_string() } else { shown.to_string() }
}
