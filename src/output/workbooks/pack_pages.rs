//! The pages of the pack that hold one table each.

use chrono::NaiveDate;

use super::pack_tables::{Entry, Figure, TablePage};
use crate::domain::place::CellRef;
use crate::domain::quantity::Unit;
use crate::domain::submission::{Submission, SubmissionStatus};
use crate::output::palette;
use crate::output::periods;
use crate::review::{ActionRow, AgendaItem, DateLine, InformationTable, Passage, SubmissionKpi};

/// What stands for a cell of a return that is blank.
const BLANK: &str = "(blank)";

/// A page: its sheet's name, what it is about, and its table.
#[derive(Debug, Clone, PartialEq)]
pub struct Page {
    /// Name of the sheet, at most 31 characters.
    pub name: &'static str,
    /// One sentence below the title and in the list of contents.
    pub about: &'static str,
    /// The table.
    pub table: TablePage,
}

/// The returns due in the period, and by how many days each was late; what is missing is late by the days up to `as_of`, inclusive.
pub fn submissions(submissions: &[Submission], as_of: NaiveDate) -> Page {
    let mut table = TablePage::new(&[
        ("Form", 24.0),
        ("Period", 12.0),
        ("Area", 18.0),
        ("Due", 14.0),
        ("Received", 14.0),
        ("Status", 16.0),
        ("Days late", 11.0),
        ("Clause", 9.0),
        ("Notes", 28.0),
        ("Versions", 11.0),
        ("Accurate", 11.0),
        ("Rated file", 30.0),
        ("SHA-256 of the rated file", 26.0),
    ])
    .saying(&[("Received", "Not received"), ("Days late", "Not known"), ("Accurate", "Cannot be said")]);
    table.rows = submissions
        .iter()
        .map(|submission| {
            let notes: Vec<&str> =
                submission.due_note.iter().chain(&submission.status_note).map(String::as_str).collect();
            let rated = submission.rated_version.and_then(|index| submission.versions.get(index));
            vec![
                Entry::text(&submission.form_title),
                Entry::text(periods::in_table(&submission.period)),
                area(submission, by_area(submissions)),
                Entry::Date(submission.due),
                Entry::date(submission.received),
                status(submission.status),
                days_late(submission, as_of).map_or_else(|| Entry::text(""), Entry::count),
                Entry::text(&submission.clause),
                Entry::text(notes.join("\n")),
                Entry::count(submission.versions.len()),
                Entry::text(submission.accurate.map_or("", yes_or_no)),
                Entry::text(rated.map_or("", |version| &version.file)),
                Entry::text(rated.map_or("", |version| &version.sha256)),
            ]
        })
        .collect();
    let table = table.without_empty(&["Area", "Notes"]);
    Page {
        name: "Submissions",
        about: "The returns due in the period, when they came, and by how many days they were late; what is missing, by the days so far.",
        table,
    }
}

/// The word of a status with its shape; what is late or missing stands out.
fn status(status: SubmissionStatus) -> Entry {
    let words = format!("{} {}", palette::shape_of_status(status), status.word());
    match status {
        SubmissionStatus::Late | SubmissionStatus::Missing => Entry::Strong(words),
        SubmissionStatus::OnTime | SubmissionStatus::Unproven | SubmissionStatus::NotYetDue => {
            Entry::Text(words)
        }
    }
}

/// By how many days a return was late, 0 when it was not; a missing one by the days up to `as_of`. `None` where nothing proves it.
fn days_late(submission: &Submission, as_of: NaiveDate) -> Option<i64> {
    let after = |day: NaiveDate| (day - submission.due).num_days().max(0);
    match submission.status {
        SubmissionStatus::OnTime | SubmissionStatus::NotYetDue => Some(0),
        SubmissionStatus::Late => submission.received.map(after),
        SubmissionStatus::Missing => Some(after(as_of)),
        SubmissionStatus::Unproven => None,
    }
}

/// The area a return is for; empty where no return is for one alone.
fn area(submission: &Submission, by_area: bool) -> Entry {
    Entry::text(submission.area.as_deref().unwrap_or(if by_area { "Whole contract" } else { "" }))
}

fn by_area(submissions: &[Submission]) -> bool {
    submissions.iter().any(|submission| submission.area.is_some())
}

fn yes_or_no(truth: bool) -> &'static str {
    if truth { "Yes" } else { "No" }
}

/// What changed between versions of a return; `None` when nothing was sent again.
pub fn changed_cells(submissions: &[Submission]) -> Option<Page> {
    let mut table = TablePage::new(&[
        ("Form", 30.0),
        ("Period", 14.0),
        ("Sheet", 24.0),
        ("Cell", 10.0),
        ("Before", 30.0),
        ("After", 30.0),
        ("File", 44.0),
    ])
    .saying(&[("Before", BLANK), ("After", BLANK)]);
    for submission in submissions {
        table.rows.extend(submission.changed.iter().map(|change| {
            vec![
                Entry::text(&submission.form_title),
                Entry::text(periods::in_table(&submission.period)),
                Entry::text(&*change.place.sheet),
                Entry::text(change.place.cell.to_string()),
                Entry::text(&change.before),
                Entry::text(&change.after),
                Entry::text(&*change.place.file),
            ]
        }));
    }
    let about = "What changed in the returns that were sent again.";
    (!table.rows.is_empty()).then_some(Page { name: "Changed cells", about, table })
}

/// Timeliness and accuracy of the period and of the rolling year.
pub fn submission_kpis(kpis: &[SubmissionKpi]) -> Page {
    let mut table = TablePage::new(&[
        ("Measure", 32.0),
        ("From", 14.0),
        ("To", 14.0),
        ("Due", 8.0),
        ("Met", 8.0),
        ("Value", 10.0),
        ("Target", 10.0),
        ("Rating", 15.0),
        ("Clause", 9.0),
        ("Provisional", 28.0),
        ("Returns that did not meet it", 46.0),
    ])
    .saying(&[("Value", "No figure"), ("Target", "None set"), ("Provisional", "No")]);
    table.rows = kpis
        .iter()
        .map(|kpi| {
            let bounds: Vec<_> = kpi.target.into_iter().collect();
            vec![
                Entry::text(&kpi.title),
                Entry::Date(kpi.from),
                Entry::Date(kpi.to),
                Entry::count(kpi.due),
                Entry::count(kpi.met),
                Entry::figure(kpi.value, Unit::Percent, &bounds),
                Entry::figure(kpi.target, Unit::Percent, &[]),
                Entry::Rating(kpi.rating),
                Entry::text(&kpi.clause),
                Entry::maybe(kpi.provisional.as_deref()),
                Entry::text(kpi.missed.join("\n")),
            ]
        })
        .collect();
    Page {
        name: "Timeliness and accuracy",
        about: "Returns received on time and free of errors, in the period and in the year up to its end.",
        table,
    }
}

/// Every finding of the period's returns.
pub fn queries(submissions: &[Submission]) -> Page {
    let mut table = TablePage::new(&[
        ("No.", 8.0),
        ("Form", 20.0),
        ("Period", 12.0),
        ("Area", 16.0),
        ("Severity", 12.0),
        ("Sheet", 14.0),
        ("Cell", 8.0),
        ("What was found", 40.0),
        ("What to do", 34.0),
        ("Counts against accuracy", 13.0),
        ("Accepted because", 22.0),
        ("File", 24.0),
    ])
    .saying(&[("Sheet", "Whole file"), ("Cell", "No one cell"), ("Accepted because", "Not accepted")]);
    for submission in submissions {
        for finding in &submission.findings {
            table.rows.push(vec![
                Entry::count(table.rows.len() + 1),
                Entry::text(&submission.form_title),
                Entry::text(periods::in_table(&submission.period)),
                area(submission, by_area(submissions)),
                Entry::text(finding.kind.severity.word()),
                Entry::maybe(finding.sheet.as_deref()),
                Entry::maybe(finding.cell.map(|cell| cell.to_string())),
                Entry::text(&finding.message),
                Entry::text(&finding.help),
                Entry::text(yes_or_no(finding.counts())),
                Entry::maybe(finding.accepted.as_deref()),
                Entry::text(&*finding.file),
            ]);
        }
    }
    let table = table.without_empty(&["Area", "Accepted because"]);
    Page { name: "Queries", about: "What was found in the returns, with the cell and what to do.", table }
}

/// The narrative, one row a paragraph, so that no row is higher than a screen.
pub fn narrative(passages: &[Passage]) -> Page {
    let mut table = TablePage::new(&[
        ("Subject", 22.0),
        ("Council", 18.0),
        ("What the form asks for", 28.0),
        ("Paragraph", 12.0),
        ("Provider's words", 80.0),
        ("Source", 28.0),
    ])
    .saying(&[
        ("Council", "All"),
        ("What the form asks for", "Nothing more"),
        ("Source", "Not received"),
    ]);
    for passage in passages {
        let missing = [match passage.place {
            Some(_) => "(left blank)".to_string(),
            None => "(not received)".to_string(),
        }];
        let paragraphs = if passage.paragraphs.is_empty() { &missing[..] } else { &passage.paragraphs };
        for (index, paragraph) in paragraphs.iter().enumerate() {
            table.rows.push(vec![
                Entry::text(&passage.title),
                Entry::maybe(passage.area.as_deref()),
                Entry::text(&passage.asked),
                Entry::count(index + 1),
                Entry::text(paragraph),
                Entry::maybe(passage.place.as_ref().map(CellRef::to_string)),
            ]);
        }
    }
    let table = table.without_empty(&["Council", "What the form asks for"]);
    Page { name: "Narrative", about: "The provider's words as given.", table }
}

/// The agenda of the review meeting, an item below another on a line of its own; the columns that no item fills are left out.
pub fn agenda(items: &[AgendaItem]) -> Page {
    let items = AgendaItem::numbered(items);
    let supplied = items.iter().any(|(_, item)| !item.told.is_empty() || !item.facts.is_empty());
    let pointed = items.iter().any(|(_, item)| !item.points.is_empty());
    let columns = [
        Some(("Item", 8.0)),
        Some(("Subject", 50.0)),
        supplied.then_some(("What the return says", 80.0)),
        pointed.then_some(("Points", 100.0)),
    ];
    let mut table = TablePage::new(&columns.into_iter().flatten().collect::<Vec<_>>());
    table.rows = items
        .into_iter()
        .map(|(number, item)| {
            let title = if number.contains('.') {
                Entry::Below(item.title.clone())
            } else {
                Entry::text(&item.title)
            };
            let number = number.parse::<u32>().map_or_else(|_| Entry::Right(number), Entry::count);
            let said = supplied.then(|| Entry::text(said(item)));
            let points = pointed.then(|| Entry::text(item.points.join("\n")));
            [number, title].into_iter().chain(said).chain(points).collect()
        })
        .collect();
    Page { name: "Agenda", about: "The agenda of the review meeting.", table }
}

/// What the return says on an item: the provider's words, then the rest, a line each.
fn said(item: &AgendaItem) -> String {
    let told = item.told.iter().map(|told| {
        let of = told.of.as_ref().map(|of| format!("{of}: ")).unwrap_or_default();
        match told.paragraphs.join("\n") {
            words if words.is_empty() => format!("{of}Not supplied."),
            words => format!("{of}“{words}”"),
        }
    });
    told.chain(item.facts.iter().cloned()).collect::<Vec<_>>().join("\n")
}

/// The action plan, pre-filled.
pub fn action_plan(actions: &[ActionRow]) -> Page {
    let mut table = TablePage::new(&[
        ("KPI", 40.0),
        ("Current Performance Level", 28.0),
        ("Issue / reason identified", 40.0),
        ("Action to be taken", 40.0),
        ("Expected outcomes", 40.0),
        ("Timescale", 18.0),
    ]);
    table.rows = actions
        .iter()
        .map(|row| {
            [&row.kpi, &row.current, &row.issue, &row.action, &row.outcomes, &row.timescale]
                .map(|text| if text.is_empty() { Entry::Blank } else { Entry::text(text) })
                .to_vec()
        })
        .collect();
    let about = "One row for each KPI or area that needs action. Cells left blank are to be filled in at the meeting.";
    Page { name: "Action plan", about, table }
}

/// The next dates.
pub fn dates(dates: &[DateLine]) -> Page {
    let mut table = TablePage::new(&[("Date", 16.0), ("What", 90.0), ("Clause", 12.0)]);
    table.rows = dates
        .iter()
        .map(|line| vec![Entry::Date(line.date), Entry::text(&line.what), Entry::text(&line.clause)])
        .collect();
    Page { name: "Dates", about: "What falls due next.", table }
}

/// How open points of the schedule were read.
pub fn readings(readings: &[String]) -> Page {
    let mut table = TablePage::new(&[("No.", 8.0), ("Reading", 120.0)]);
    table.rows = (1usize..)
        .zip(readings)
        .map(|(number, reading)| vec![Entry::count(number), Entry::text(reading)])
        .collect();
    Page { name: "Readings", about: "How points that the schedule leaves open were read.", table }
}

/// A table of the return as it stands; figures become numbers again where they are shown as such.
pub fn information(table: &InformationTable) -> TablePage {
    let mut page = TablePage::new(&[]);
    page.columns = (0usize..)
        .zip(&table.headings)
        .map(|(index, heading)| (heading.clone(), information_width(table, index)))
        .collect();
    page.rows = table
        .rows
        .iter()
        .map(|row| {
            let label = if row.breakdown { Entry::Below(row.label.clone()) } else { Entry::text(&row.label) };
            let values = row.values.iter().zip(table.figures.iter().skip(1)).map(|((text, _), figures)| {
                if !figures {
                    return Entry::text(text);
                }
                Figure::of_shown(text).map_or_else(|| Entry::Right(text.clone()), Entry::Figure)
            });
            let mut entries: Vec<Entry> = std::iter::once(label).chain(values).collect();
            entries.resize(table.headings.len(), Entry::text(""));
            for entry in &mut entries {
                if matches!(entry, Entry::Text(text) | Entry::Below(text) | Entry::Right(text) if text.trim().is_empty()) {
                    *entry = Entry::text(BLANK);
                }
            }
            entries
        })
        .collect();
    page
}

/// As wide as the texts of a column need, within limits; figures have one width.
fn information_width(table: &InformationTable, column: usize) -> f64 {
    if table.figures.get(column).copied().unwrap_or_default() {
        return 18.0;
    }
    let longest = table
        .rows
        .iter()
        .map(|row| match column.checked_sub(1) {
            None => row.label.chars().count(),
            Some(at) => row.values.get(at).map_or(0, |(text, _)| text.chars().count()),
        })
        .max()
        .unwrap_or(0);
    (longest as f64 + 4.0).clamp(18.0, 50.0)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::output::example::{self, day};

    #[test]
    fn days_late_are_counted_from_the_due_date() {
        use SubmissionStatus::{Late, Missing, NotYetDue, OnTime, Unproven};
        for (status, received, days, words) in [
            (OnTime, Some(day(2025, 12, 12)), Some(0), "✓ On time"),
            (OnTime, Some(day(2025, 12, 14)), Some(0), "✓ On time"),
            (Late, Some(day(2025, 12, 15)), Some(1), "! Late"),
            (Late, Some(day(2026, 1, 3)), Some(20), "! Late"),
            (Missing, None, Some(37), "✕ Missing"),
            (NotYetDue, None, Some(0), "… Not yet due"),
            (Unproven, Some(day(2026, 1, 3)), None, "? Date unproven"),
        ] {
            let own = Submission { status, received, due: day(2025, 12, 14), ..example::submission() };
            let page = submissions(&[own], day(2026, 1, 20));
            let at = |heading| page.table.columns.iter().position(|(own, _)| own == heading).unwrap();
            let row = &page.table.rows[0];
            let number = days.map_or_else(|| Entry::text(""), |days: i64| Entry::count(days));
            assert_eq!(row[at("Days late")], number, "{status:?}");
            let strong = matches!(status, Late | Missing);
            let said = if strong { Entry::Strong(words.into()) } else { Entry::Text(words.into()) };
            assert_eq!(row[at("Status")], said);
            assert!(
                page.table.columns.iter().all(|(own, _)| own != "Area"),
                "one return for the whole contract"
            );
        }
    }

    #[test]
    fn what_is_blank_in_a_return_says_so_and_columns_are_as_wide_as_their_texts() {
        let mut own = example::pack().information.remove(0);
        own.rows[0].values[2].0 = String::new();
        own.rows[0].label = "x".repeat(30);
        let table = information(&own);
        assert_eq!(table.rows[0][3], Entry::text(BLANK));
        assert_eq!(table.columns[0].1, 34.0);
        own.rows[0].label = "x".repeat(90);
        assert_eq!(information(&own).columns[0].1, 50.0, "longer texts wrap");
    }
}
