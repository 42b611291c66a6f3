//! What to do next: one to three things, the first first.

use std::path::Path;

use crate::domain::text::number_of;
use crate::review::status::{Arrival, DraftsWaiting, Open, Status};

/// So many things are said at most.
const MOST: usize = 3;
/// So many names are said before the others are counted.
const NAMES: usize = 2;

/// Whether anything waits for somebody. Packs that could be issued and files due for disposal do not: they are for the officer to
/// choose.
pub fn something_waits(status: &Status) -> bool {
    status.last_run.as_ref().is_none_or(|run| !run.changed_since.is_empty() || run.as_of.is_none())
        || !status.arrived.is_empty()
        || !status.waiting.is_empty()
        || !status.open.is_empty()
        || !status.overdue.is_empty()
        || !status.to_decide.is_empty()
        || status.drafts.as_ref().is_some_and(DraftsWaiting::wait)
}

/// What to do next in the workspace in `dir`.
pub fn next(status: &Status, dir: &Path) -> Vec<String> {
    let command = |name: &str| match dir.to_str() {
        Some(".") | Some("") => format!("`quarterday {name}`"),
        _ => format!("`quarterday {name} {}`", quoted(&dir.display().to_string())),
    };
    let steps = [
        run(status).map(|why| format!("Run {}: {why}.", command("run"))),
        close(&status.open),
        look_at(status),
        chase(status),
        decide(status),
        send(status).map(|what| format!("{what}: {}.", command("send"))),
        issue(status),
    ];
    steps.into_iter().flatten().take(MOST).collect()
}

fn quoted(path: &str) -> String {
    if path.contains(' ') { format!("\"{path}\"") } else { path.to_string() }
}

/// Why a run is needed.
fn run(status: &Status) -> Option<String> {
    let Some(last) = &status.last_run else {
        return Some(match status.arrived.len() {
            0 => "there has been none".to_string(),
            files => format!("there has been none, and {} in returns", are(files)),
        });
    };
    let count = |how| status.arrived.iter().filter(|own| own.how == how).count();
    let came: Vec<String> = [Arrival::New, Arrival::Changed, Arrival::Moved]
        .into_iter()
        .filter(|how| count(*how) > 0)
        .map(|how| number_of(count(how), &format!("{} file", how.word()), &format!("{} files", how.word())))
        .collect();
    if !came.is_empty() {
        return Some(came.join(", "));
    }
    match last.changed_since.as_slice() {
        [] if last.as_of.is_none() => Some("there are no outputs".to_string()),
        [] => None,
        [one] => Some(format!("{one} has changed since")),
        [first, others @ ..] => Some(format!(
            "{first} and {} have changed since",
            number_of(others.len(), "other file", "other files")
        )),
    }
}

fn are(files: usize) -> String {
    if files == 1 { "1 file lies".to_string() } else { format!("{files} files lie") }
}

fn close(open: &[Open]) -> Option<String> {
    let name = |own: &Open| own.file.rsplit('/').next().unwrap_or_default().to_string();
    Some(format!("Save and close {}.", some(&open.iter().map(name).collect::<Vec<_>>())?))
}

fn look_at(status: &Status) -> Option<String> {
    match status.waiting.len() {
        0 => None,
        1 => Some("Look at the file that was not read as a return.".to_string()),
        files => Some(format!("Look at the {files} files that were not read as returns.")),
    }
}

fn chase(status: &Status) -> Option<String> {
    let mut names: Vec<String> = Vec::new();
    for name in status.overdue.iter().filter(|own| own.is_return).flat_map(|own| &own.providers) {
        if !names.contains(name) {
            names.push(name.clone());
        }
    }
    Some(format!("Chase {}: returns are missing.", some(&names)?))
}

fn decide(status: &Status) -> Option<String> {
    match status.to_decide.as_slice() {
        [] => None,
        [one] => Some(format!("Decide on “{}” for {}.", one.what, one.provider)),
        several => Some(format!("Decide on the {} conditions that are met.", several.len())),
    }
}

fn send(status: &Status) -> Option<String> {
    let drafts = status.drafts.as_ref().filter(|drafts| drafts.wait())?;
    let waiting = number_of(drafts.waiting + drafts.in_doubt, "draft that waits", "drafts that wait");
    Some(format!("Look through and send {waiting}"))
}

fn issue(status: &Status) -> Option<String> {
    let first = status.to_issue.first()?;
    Some(format!("Issue the packs of {} ({}).", first.period, first.contract))
}

/// `A`, `A and B`, `A, B and 3 more`; none of none.
fn some(names: &[String]) -> Option<String> {
    match names {
        [] => None,
        [one] => Some(one.clone()),
        [one, other] => Some(format!("{one} and {other}")),
        many => {
            let (shown, more) = many.split_at(NAMES);
            Some(format!("{} and {} more", shown.join(", "), more.len()))
        }
    }
}
