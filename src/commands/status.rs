//! `quarterday status`: how a workspace stands, on one screen. Writes nothing.

use std::path::Path;

use anyhow::Result;
use chrono::{Datelike, NaiveDate};

use super::{ExitStatus, clock, screen};
use crate::domain::period::long_date;
use crate::domain::text::number_of;
use crate::readers::Readers;
use crate::review::status::{DatedLine, LastRun, Status};
use crate::run::{Request, status as standing};

/// Characters of a line: a window as it opens on Windows has no more.
const WIDTH: usize = 80;
/// Lines of a list; with more, one line less and their number.
const LINES: usize = 4;
/// Names on a line before the others are counted.
const NAMES: usize = 2;

/// Says how the workspace in `dir` stands, or prints it for other programs.
///
/// # Errors
/// See [`standing::status`].
pub fn status(dir: &Path, as_of: Option<NaiveDate>, json: bool) -> Result<ExitStatus> {
    let today = clock::today();
    let request = Request { as_of: as_of.unwrap_or(today), today };
    let status = standing::status(dir, request, &Readers::of_this_program(), &|_| {})?;
    if json {
        let mut bytes = serde_json::to_vec_pretty(&status)?;
        bytes.push(b'\n');
        screen::bytes(&bytes);
    } else {
        shown(&status).iter().for_each(|line| screen::line(line));
    }
    Ok(if status.something_waits { ExitStatus::NeedsAttention } else { ExitStatus::Fine })
}

/// The lines of the screen, none wider than it is.
fn shown(status: &Status) -> Vec<String> {
    let mut lines =
        vec![format!("As of {}. {}", long_date(status.as_of), last_run(status.last_run.as_ref()))];
    if let Some(run) = status.last_run.as_ref().filter(|run| !run.changed_since.is_empty()) {
        lines.push(format!("Changed since: {}.", run.changed_since.join(", ")));
    }
    let arrived =
        status.arrived.iter().map(|own| format!("{}: {}", below_returns(&own.file), own.how.word()));
    list(&mut lines, "Came in since the last run", arrived.collect(), LINES);
    let waiting = status.waiting.iter().map(|own| format!("{}: {}", below_returns(&own.file), own.why));
    list(&mut lines, "Not read as a return", waiting.collect(), LINES);
    let open = status.open.iter().map(|own| match &own.by {
        Some(by) => format!("{}, by {by}", own.file),
        None => own.file.clone(),
    });
    list(&mut lines, "Open in Excel, or left so", open.collect(), LINES - 1);
    list(&mut lines, "Overdue", status.overdue.iter().map(|own| dated(own, status.as_of)).collect(), LINES);
    list(
        &mut lines,
        "Due within a week",
        status.due_this_week.iter().map(|own| dated(own, status.as_of)).collect(),
        LINES,
    );
    if let Some(then) = status.then.filter(|_| status.due_this_week.is_empty()) {
        lines.push(format!("Nothing is due within a week; the next date is {}.", long_date(then)));
    }
    let conditions = status.to_decide.iter().map(|own| {
        let by = own.by.map(|day| format!(", by {}", day.format("%-d %b"))).unwrap_or_default();
        format!("{}: {}, {}{by}", own.provider, own.what, own.period)
    });
    list(&mut lines, "Conditions met, for the council to decide", conditions.collect(), LINES - 1);
    if let Some(drafts) = &status.drafts {
        let waiting = number_of(drafts.waiting, "waits", "wait");
        let addresses = match drafts.without_address {
            0 => String::new(),
            number => format!(" ({number} without an address)"),
        };
        let doubt = match drafts.in_doubt {
            0 => String::new(),
            number => format!(", {number} may have gone (`quarterday send` says which)"),
        };
        lines.push(if drafts.sent_from_here {
            format!("Drafts: {waiting}{addresses}, {} sent{doubt}.", drafts.sent)
        } else {
            // Sent from Outlook, nothing here tells which went.
            format!("Drafts: {} ready{addresses}.", number_of(drafts.waiting, "lies", "lie"))
        });
    }
    if let Some(files) = status.due_for_disposal.filter(|files| *files > 0) {
        let what = number_of(files, "file is", "files are");
        lines.push(format!("{what} due for disposal; `quarterday retention` lists them."));
    }
    if status.next.is_empty() {
        lines.push("Nothing waits.".to_string());
    } else {
        lines.push("Next:".to_string());
        lines.extend((1..).zip(&status.next).map(|(number, step): (usize, _)| format!("  {number}. {step}")));
    }
    lines.iter().map(|line| clipped(line)).collect()
}

fn last_run(run: Option<&LastRun>) -> String {
    let Some(run) = run else { return "There has been no run yet.".to_string() };
    match run.as_of {
        Some(as_of) if as_of != run.looked => {
            format!("Last run {}, as of {}.", long_date(run.looked), long_date(as_of))
        }
        Some(_) => format!("Last run {}.", long_date(run.looked)),
        None => format!("Last run {}; there are no outputs.", long_date(run.looked)),
    }
}

fn below_returns(file: &str) -> &str {
    file.strip_prefix("returns/").unwrap_or(file)
}

/// `14 Jan Harbour, Quay and 3 more: Quarterly return due`; the year where it is another than the as-of date's.
fn dated(own: &DatedLine, as_of: NaiveDate) -> String {
    let names = match own.providers.as_slice() {
        few if few.len() <= NAMES => few.join(", "),
        many => {
            let (shown, more) = many.split_at(NAMES);
            format!("{} and {} more", shown.join(", "), more.len())
        }
    };
    let day = if own.date.year() == as_of.year() { "%e %b" } else { "%e %b %Y" };
    format!("{} {names}: {}", own.date.format(day), own.what)
}

/// A heading and its lines; with more than `most`, as many less one and the number of the others.
fn list(lines: &mut Vec<String>, heading: &str, own: Vec<String>, most: usize) {
    if own.is_empty() {
        return;
    }
    let shown = if own.len() > most { most - 1 } else { own.len() };
    lines.push(format!("{heading} ({}):", own.len()));
    lines.extend(own.iter().take(shown).map(|own| format!("  {own}")));
    if own.len() > shown {
        lines.push(format!("  … and {} more", own.len() - shown));
    }
}

/// Cut to the width of the screen; what stands before a line stays there.
fn clipped(line: &str) -> String {
    let indent = line.len() - line.trim_start().len();
    format!("{}{}", " ".repeat(indent), screen::brief(line, WIDTH - indent))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::review::status::{Arrival, Arrived, DraftsWaiting, Open, ToDecide, Waiting};

    /// A workspace in which everything waits, `number` times over.
    fn busy(number: usize) -> Status {
        let day: NaiveDate = "2026-01-20".parse().unwrap();
        let long = "x".repeat(200);
        let many =
            |what: &str| (0..number).map(|own| format!("returns/{what} {own} {long}")).collect::<Vec<_>>();
        let dated = |what: &str| DatedLine {
            date: day,
            contract: "small".into(),
            what: what.into(),
            is_return: true,
            providers: many("provider"),
        };
        Status {
            format: "quarterday.status/1",
            as_of: day,
            last_run: Some(LastRun { looked: day, as_of: None, changed_since: many("changed") }),
            arrived: many("new").into_iter().map(|file| Arrived { file, how: Arrival::New }).collect(),
            waiting: many("why").into_iter().map(|file| Waiting { why: file.clone(), file }).collect(),
            open: many("open").into_iter().map(|file| Open { file, by: Some(long.clone()) }).collect(),
            drafts: Some(DraftsWaiting {
                sent_from_here: true,
                waiting: number,
                without_address: number,
                sent: number,
                in_doubt: number,
            }),
            overdue: many("return").iter().map(|what| dated(what)).collect(),
            due_this_week: many("return").iter().map(|what| dated(what)).collect(),
            then: Some(day),
            to_decide: many("provider")
                .into_iter()
                .map(|provider| ToDecide {
                    contract: "small".into(),
                    provider,
                    what: long.clone(),
                    clause: String::new(),
                    period: "2025-26 Q1".into(),
                    by: Some(day),
                })
                .collect(),
            to_issue: Vec::new(),
            due_for_disposal: Some(number),
            next: many("step").into_iter().take(3).collect(),
            something_waits: true,
        }
    }

    #[test]
    fn it_fits_the_screen_however_much_waits() {
        for number in [0, 1, 2, 3, 4, 5, 6, 100] {
            let lines = shown(&busy(number));
            // One line is left for the prompt.
            assert!(lines.len() < 40, "{number}: {} lines", lines.len());
            for line in &lines {
                assert!(line.chars().count() <= WIDTH, "{line}");
            }
        }
    }

    #[test]
    fn a_list_shows_all_it_has_room_for() {
        for (number, shown, last) in
            [(0, 0, None), (1, 2, Some("  a")), (4, 5, Some("  a")), (5, 5, Some("  … and 2 more"))]
        {
            let mut lines = Vec::new();
            list(&mut lines, "Heading", vec!["a".to_string(); number], 4);
            assert_eq!((lines.len(), lines.last().map(String::as_str)), (shown, last));
        }
    }
}
