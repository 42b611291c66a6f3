//! Which returns were due, which versions came in, and whether in time (rulebook 7).

use std::collections::BTreeSet;
use std::sync::Arc;

use chrono::NaiveDate;

use super::Case;
use super::figures::Figures;
use super::records::Disposed;
use super::same_cell::Cells;
use crate::calendar::due::Due;
use crate::contract::meant::Form;
use crate::domain::period::{Period, long_date};
use crate::domain::place::CellRef;
use crate::domain::submission::{ChangedCell, ReceivedBy, Submission, SubmissionStatus, Version};
use crate::domain::text::{fold, one_line};
use crate::intake::mapped::Mapped;
use crate::intake::recognise::Recognised;

/// A file that was recognised as a return of the provider.
#[derive(Debug, Clone)]
pub struct ReceivedReturn {
    /// Path below the workspace.
    pub file: String,
    /// SHA-256 in hexadecimal.
    pub sha256: String,
    /// Digest of its values: the same for a copy that differs in looks alone.
    pub fingerprint: String,
    /// Date received, never after the as-of date.
    pub received: NaiveDate,
    /// How that is known.
    pub received_by: ReceivedBy,
    /// Order in which versions were first seen.
    pub sequence: usize,
    /// Whether other bytes lie at its path now.
    pub superseded: bool,
    /// Days on which earlier runs looked and did not find it, in order.
    pub looked_in_vain: Vec<NaiveDate>,
    /// What it was recognised as.
    pub recognised: Recognised,
    /// What it says; shared by paths with the same bytes.
    pub mapped: Arc<Mapped>,
}

/// A return due, with what its versions say.
#[derive(Debug, Clone)]
pub struct Slot<'a> {
    /// The form.
    pub form: &'a Form,
    /// The submission, for review.
    pub submission: Submission,
    /// Versions in order of receipt, as the submission lists them.
    pub versions: Vec<&'a ReceivedReturn>,
    /// Files that lie in the folder and only repeat one of the versions.
    pub copies: Vec<&'a ReceivedReturn>,
    /// Files, versions and copies alike, in which feedback of the council came back, in order of receipt.
    pub with_feedback: Vec<&'a ReceivedReturn>,
    /// The figures of the version that is rated, once it is checked.
    pub figures: Figures,
}

impl<'a> Slot<'a> {
    /// The version that is rated: the newest usable one.
    pub fn rated(&self) -> Option<&'a ReceivedReturn> {
        self.submission.rated_version.and_then(|index| self.versions.get(index).copied())
    }
}

/// Every return due from the provider's start to the as-of date, in order of period, form and area.
pub fn slots<'a>(case: &Case<'a>, returns: &'a [ReceivedReturn]) -> Vec<Slot<'a>> {
    let mut slots = Vec::new();
    for form in &case.contract.forms {
        for period in periods(case, form, returns) {
            for area in case.contract.return_areas(form) {
                slots.push(slot(case, form, period, area, returns));
            }
        }
    }
    slots.sort_by(|a, b| {
        let key = |slot: &Slot<'_>| (slot.submission.period.to, slot.submission.period.from);
        key(a).cmp(&key(b))
    });
    slots
}

/// The periods for which a form is due from the provider's start on: every one up to the as-of date; of a form that goes by
/// planned meetings those with a meeting, and those for which one came in all the same.
fn periods(case: &Case<'_>, form: &Form, returns: &[ReceivedReturn]) -> Vec<Period> {
    let period_of = |day: NaiveDate| case.contract.period(day, form.every);
    match form.due {
        Due::Every { .. } => {
            let last = case.records.end.map_or(case.as_of, |end| end.min(case.as_of));
            std::iter::successors(Some(period_of(case.records.start)), |period| Some(period.next()))
                .take_while(|period| period.from <= last)
                .collect()
        }
        Due::BeforeMeeting { .. } => {
            let planned = case.records.reviews.iter().filter_map(|review| review.planned).map(period_of);
            let received = returns.iter().filter(|own| own.recognised.form == form.id);
            let mut periods: Vec<Period> = planned.chain(received.map(|own| own.recognised.period)).collect();
            periods.sort();
            periods.dedup();
            periods
        }
    }
}

fn slot<'a>(
    case: &Case<'a>,
    form: &'a Form,
    period: Period,
    area: Option<String>,
    returns: &'a [ReceivedReturn],
) -> Slot<'a> {
    let own = received(form, &period, area.as_deref(), returns);
    let with_feedback = own.iter().copied().filter(|own| !own.mapped.feedback.is_empty()).collect();
    let (versions, copies) = versions(own);
    let (due, due_note) = due(case, form, &period, &versions);
    let first_usable = versions.iter().find(|version| version.mapped.usable);
    // An officer may put an earlier version back over a later one, saved anew or not: what lies in the folder goes before what
    // does not.
    let in_folder: BTreeSet<&str> =
        returns.iter().filter(|own| !own.superseded).map(|own| own.fingerprint.as_str()).collect();
    let rated_version = versions
        .iter()
        .rposition(|version| version.mapped.usable && in_folder.contains(version.fingerprint.as_str()))
        .or_else(|| versions.iter().rposition(|version| version.mapped.usable));
    let disposed = case.records.disposed.iter().find(|own| {
        let same_area = own.area.is_none() || own.area.as_deref().map(fold) == area.as_deref().map(fold);
        own.form == form.id && own.period == period && same_area
    });
    let (status, status_note) = match first_usable {
        // It came in once: to call it missing would accuse the provider of what the council did.
        None if disposed.is_some() => (SubmissionStatus::Unproven, disposed.map(disposed_note)),
        None if case.as_of > due => (SubmissionStatus::Missing, unusable_note(&versions)),
        None => (SubmissionStatus::NotYetDue, unusable_note(&versions)),
        Some(version) => status(version, due),
    };
    let before_period =
        |version: &&&ReceivedReturn| matches!(form.due, Due::Every { .. }) && version.received < period.from;
    let status_note = match first_usable.filter(before_period) {
        Some(version) => Some(format!(
            "Received on {} by the {}, before the period began: check the date.",
            long_date(version.received),
            if version.received_by == ReceivedBy::Email { "e-mail it came in" } else { "register" }
        )),
        None => status_note,
    };
    let submission = Submission {
        form: form.id.clone(),
        form_title: form.title.clone(),
        period,
        area,
        due,
        due_note,
        clause: form.clause.clone(),
        received: first_usable.map(|version| version.received),
        status,
        status_note,
        versions: versions
            .iter()
            .map(|version| Version {
                file: version.file.as_str().into(),
                sha256: version.sha256.clone(),
                received: version.received,
                received_by: version.received_by,
                usable: version.mapped.usable,
                findings: Vec::new(),
                made_of: None,
                feedback_sheets: version.mapped.feedback.iter().map(|own| own.sheet.clone()).collect(),
            })
            .collect(),
        rated_version,
        accurate: None,
        findings: Vec::new(),
        changed: changed(&versions, rated_version),
        replies: Vec::new(),
    };
    Slot { form, submission, versions, copies, with_feedback, figures: Figures::default() }
}

fn disposed_note(own: &Disposed) -> String {
    format!("It was disposed of on {} under the council’s retention.", long_date(own.on))
}

fn due(
    case: &Case<'_>,
    form: &Form,
    period: &Period,
    versions: &[&ReceivedReturn],
) -> (NaiveDate, Option<String>) {
    let (due, note) = match (form.due.due(period, case.working_days), form.due.stated(period)) {
        (Some(due), Some(stated)) if due != stated => {
            let (stated, on) = (long_date(stated), long_date(due));
            (due, Some(format!("{stated} is no working day; due on the next, {on}.")))
        }
        (Some(due), _) => (due, None),
        (None, _) => before_meeting(case, form, period, versions),
    };
    let extension = case
        .records
        .extensions
        .iter()
        .rfind(|extension| extension.form == form.id && extension.period == *period);
    if let Some(extension) = extension {
        let note = format!(
            "Extended from {} to {}: {}",
            long_date(due),
            long_date(extension.due),
            one_line(&extension.reason)
        );
        return (extension.due, Some(note));
    }
    (due, note)
}

/// When a return that goes by planned meetings is due: before the last one planned in the period. Where none is, before the day
/// that the form gives; without one, before the period's last day.
fn before_meeting(
    case: &Case<'_>,
    form: &Form,
    period: &Period,
    versions: &[&ReceivedReturn],
) -> (NaiveDate, Option<String>) {
    let due = |day: NaiveDate| form.due.before_meeting(day, case.working_days).unwrap_or(day);
    let planned =
        case.records.reviews.iter().filter_map(|own| own.planned).filter(|day| period.contains(*day)).max();
    if let Some(day) = planned {
        return (due(day), None);
    }
    let day = versions.iter().filter_map(|own| own.recognised.day).max();
    let note = format!(
        "The register's sheet Reviews plans no meeting in {}; {}.",
        period.describe(),
        match day {
            Some(day) => format!("due by the date on the form, {}", long_date(day)),
            None => "due by the end of it".to_string(),
        }
    );
    (due(day.unwrap_or(period.to)), Some(note))
}

/// Everything received for one return, in order of receipt.
fn received<'a>(
    form: &Form,
    period: &Period,
    area: Option<&str>,
    returns: &'a [ReceivedReturn],
) -> Vec<&'a ReceivedReturn> {
    let mut own: Vec<&ReceivedReturn> = returns
        .iter()
        .filter(|received| {
            let found = &received.recognised;
            found.form == form.id && found.period == *period && found.area.as_deref() == area
        })
        .collect();
    own.sort_by(|a, b| (a.received, a.sequence, &a.file).cmp(&(b.received, b.sequence, &b.file)));
    own
}

/// The versions among what was received. The same file again, or a copy that differs in looks alone (such as the program's own
/// coloured one), is no new version; those that still lie in the folder come apart.
fn versions(own: Vec<&ReceivedReturn>) -> (Vec<&ReceivedReturn>, Vec<&ReceivedReturn>) {
    let mut seen = BTreeSet::new();
    let (versions, mut copies): (Vec<_>, Vec<_>) = own.into_iter().partition(|version| {
        let new_file = seen.insert(version.sha256.as_str());
        let new_values = seen.insert(version.fingerprint.as_str());
        new_file && new_values
    });
    copies.retain(|copy| !copy.superseded);
    (versions, copies)
}

fn unusable_note(versions: &[&ReceivedReturn]) -> Option<String> {
    versions.last().map(|version| {
        format!(
            "A version received on {} could not be used; a usable one is awaited.",
            long_date(version.received)
        )
    })
}

fn status(version: &ReceivedReturn, due: NaiveDate) -> (SubmissionStatus, Option<String>) {
    let received = version.received;
    match version.received_by {
        _ if received <= due => (SubmissionStatus::OnTime, None),
        ReceivedBy::Register | ReceivedBy::Email => (SubmissionStatus::Late, None),
        ReceivedBy::FirstSeen => match version.looked_in_vain.iter().find(|day| **day > due) {
            Some(day) => {
                let note = format!(
                    "Not there on {}, when the returns were last read after the due date; first seen on {}.",
                    long_date(*day),
                    long_date(received)
                );
                (SubmissionStatus::Late, Some(note))
            }
            None => {
                let note = format!(
                    "First seen on {}, after the due date, but nothing shows when it was received. Enter the date in the \
                     register's sheet Receipts.",
                    long_date(received)
                );
                (SubmissionStatus::Unproven, Some(note))
            }
        },
    }
}

fn changed(versions: &[&ReceivedReturn], rated: Option<usize>) -> Vec<ChangedCell> {
    let Some(rated) = rated else { return Vec::new() };
    let Some(before) = versions.iter().take(rated).rfind(|version| version.mapped.usable) else {
        return Vec::new();
    };
    let Some(after) = versions.get(rated) else { return Vec::new() };
    let (old, new) = (Cells::of(&before.mapped), Cells::of(&after.mapped));
    let mut changed: Vec<ChangedCell> = new
        .keys()
        .filter_map(|(sheet, cell)| {
            let (place, shown) = new.at(sheet, cell)?;
            let earlier = old.at(sheet, cell).map_or("", |(_, shown)| shown);
            (earlier != shown).then(|| ChangedCell {
                place,
                before: earlier.to_string(),
                after: shown.to_string(),
            })
        })
        .collect();
    changed.extend(old.keys().filter(|(sheet, cell)| new.at(sheet, *cell).is_none()).filter_map(
        |(sheet, cell)| {
            let (place, shown) = old.at(sheet, cell).filter(|(_, shown)| !shown.is_empty())?;
            Some(ChangedCell {
                place: CellRef { file: after.file.as_str().into(), ..place },
                before: shown.to_string(),
                after: String::new(),
            })
        },
    ));
    changed.sort_by(|a, b| a.place.cmp(&b.place));
    changed.dedup_by(|a, b| a.place == b.place);
    changed
}

/// As many places of errors as a sentence names.
const PLACES_NAMED: usize = 3;

/// A return and when it came: `Monthly management information for October 2025: late, due 14 November 2025, …`.
pub fn receipt_in_words(submission: &Submission) -> String {
    let name = name(submission);
    let due = long_date(submission.due);
    match (submission.status, submission.received) {
        (SubmissionStatus::Late, Some(received)) => {
            format!("{name}: late, due {due}, received {}.", long_date(received))
        }
        (SubmissionStatus::Missing, _) => format!("{name}: missing, due {due}."),
        _ => format!("{name}: due {due}."),
    }
}

/// A return and what made it inaccurate; `None` when its first usable version had no error.
pub fn inaccuracy_in_words(submission: &Submission) -> Option<String> {
    let version = submission.first_usable().filter(|_| submission.accurate == Some(false))?;
    let errors: Vec<_> = version.findings.iter().filter(|finding| finding.counts()).collect();
    let count = if errors.len() == 1 { "1 error".to_string() } else { format!("{} errors", errors.len()) };
    let places: BTreeSet<CellRef> = errors.iter().filter_map(|finding| finding.place()).collect();
    let named: Vec<String> =
        places.iter().take(PLACES_NAMED).map(|place| format!("{} {}", place.sheet, place.cell)).collect();
    let more = if places.len() > named.len() { " and more" } else { "" };
    let at = if named.is_empty() { String::new() } else { format!(" ({}{more})", named.join(", ")) };
    Some(format!("{}: not accurate, {count} in its first version{at}.", name(submission)))
}

fn name(submission: &Submission) -> String {
    let area = submission.area.as_ref().map(|area| format!(" ({area})")).unwrap_or_default();
    format!("{}{area} for {}", submission.form_title, submission.period.describe())
}
