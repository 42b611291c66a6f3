//! Which letters there are to write to a provider about its returns, and what they say. The provider may read every word: they are
//! decided from what it may see of itself.
//!
//! | letter | for which return |
//! | --- | --- |
//! | thanks | it came in, in one of the newest two review periods for which any did, and nothing in it is asked about |
//! | query | the same, and something is asked, or nothing in it can be used |
//! | reminder | nothing came in, and it is due within the days of the settings, the due date itself included |
//! | chaser | nothing came in, it is past due by no more than a year, and one of the newest two past due of its form and area |
//!
//! What was due for a period that begins after the provider's last day is never asked for.

#[cfg(test)]
mod tests;

use std::collections::BTreeMap;

use chrono::NaiveDate;

use crate::calendar::working_days::WorkingDays;
use crate::domain::finding::{Finding, in_order_of_asking};
use crate::domain::rating::Rating;
use crate::domain::submission::{ReceivedBy, Submission, SubmissionStatus, Version};
use crate::domain::text::one_line;
use crate::review::correspondence::{Content, Correspondent, Letter, Overdue, Query, Returned};
use crate::review::readers::ProviderPack;

/// More queries than this are left to the sheet of feedback.
const LISTED: usize = 12;
/// How many of the newest periods past due of a form and area are chased.
const CHASED: usize = 2;
/// A return overdue by more days than this is a matter for the meeting, not for an e-mail.
const LONGEST_CHASE: i64 = 366;
/// The ratings a coloured copy is counted by.
const COUNTED: [Rating; 4] = [Rating::Red, Rating::Amber, Rating::Green, Rating::Stretch];

/// The letters to a provider: about what came in, by review period and in the pack's order, then about what did not. Reminders are
/// written for what is due within `remind_days`, none where that is 0.
pub fn letters(own: &Correspondent<'_>, remind_days: u32, working_days: &WorkingDays) -> Vec<Letter> {
    let returned = own.packs().iter().rev().flat_map(|pack| {
        pack.submissions().iter().filter_map(|submission| Some((submission, submission.goes_back()?))).map(
            |(submission, version)| {
                letter(own, submission, Content::Returned(returned(pack, submission, version)))
            },
        )
    });
    let past_due = past_due(own);
    let outstanding = own.returns().iter().filter_map(|submission| {
        let content = match submission.status {
            _ if !submission.versions.is_empty() || is_beyond(own, submission) => return None,
            SubmissionStatus::NotYetDue => {
                let left = (submission.due - own.as_of()).num_days();
                (left >= 0 && left <= i64::from(remind_days) && remind_days > 0).then_some(Content::DueSoon)
            }
            SubmissionStatus::Missing => {
                let newest = past_due.get(&kind_of(submission)).copied();
                let days = (own.as_of() - submission.due).num_days();
                let is_chased =
                    newest.is_some_and(|first| submission.period.to >= first) && days <= LONGEST_CHASE;
                is_chased.then(|| {
                    Content::Overdue(Overdue {
                        days,
                        working_days: since(submission.due, own.as_of(), working_days),
                        timeliness: own.timeliness().cloned(),
                    })
                })
            }
            SubmissionStatus::OnTime | SubmissionStatus::Late | SubmissionStatus::Unproven => None,
        };
        Some(letter(own, submission, content?))
    });
    returned.chain(outstanding).collect()
}

/// A form and the area of its return.
fn kind_of(submission: &Submission) -> (&str, Option<&str>) {
    (&submission.form, submission.area.as_deref())
}

/// By form and area the last day of the earliest period that is chased still.
fn past_due<'a>(own: &'a Correspondent<'_>) -> BTreeMap<(&'a str, Option<&'a str>), NaiveDate> {
    let mut all: BTreeMap<(&str, Option<&str>), Vec<NaiveDate>> = BTreeMap::new();
    for submission in own.returns().iter().filter(|submission| submission.due < own.as_of()) {
        all.entry(kind_of(submission)).or_default().push(submission.period.to);
    }
    let first = |mut ends: Vec<NaiveDate>| {
        ends.sort();
        ends.get(ends.len().saturating_sub(CHASED)).copied()
    };
    all.into_iter().filter_map(|(kind, ends)| Some((kind, first(ends)?))).collect()
}

/// Whether the provider had no more to do with the contract when the period of the return began.
fn is_beyond(own: &Correspondent<'_>, submission: &Submission) -> bool {
    own.last_day().is_some_and(|last| submission.period.from > last)
}

/// Working days after `due` up to `day`, inclusive.
fn since(due: NaiveDate, day: NaiveDate, working_days: &WorkingDays) -> u32 {
    let days = due.iter_days().skip(1).take_while(|own| *own <= day);
    let number = days.filter(|own| working_days.is_working_day(*own)).count();
    u32::try_from(number).unwrap_or(u32::MAX)
}

fn letter(own: &Correspondent<'_>, submission: &Submission, content: Content) -> Letter {
    Letter {
        contract: own.contract().to_string(),
        contract_title: own.contract_title().to_string(),
        councils: own.councils().to_vec(),
        provider: own.provider().to_string(),
        review_period: own.review_of(submission),
        form: submission.form.clone(),
        form_title: submission.form_title.clone(),
        period: submission.period,
        area: submission.area.clone(),
        due: submission.due,
        due_note: submission.due_note.clone(),
        clause: submission.clause.clone(),
        as_of: own.as_of(),
        content,
    }
}

fn returned(pack: &ProviderPack, submission: &Submission, version: &Version) -> Returned {
    let asked: Vec<(usize, &Finding)> = (1..)
        .zip(in_order_of_asking(version.findings_told()))
        .filter(|(_, finding)| finding.asks())
        .collect();
    // What was first seen on a day may have come before.
    let first = submission.first_usable().filter(|first| first.received_by != ReceivedBy::FirstSeen);
    Returned {
        sha256: version.sha256.clone(),
        file_name: version.file.rsplit('/').next().unwrap_or(&version.file).to_string(),
        usable: version.usable,
        in_time: submission.in_time().filter(|_| submission.first_usable().is_some()),
        received: first.map(|first| first.received),
        ratings: ratings(pack, version),
        further: asked.len().saturating_sub(LISTED),
        queries: asked
            .into_iter()
            .take(LISTED)
            .map(|(number, finding)| query(number, finding, submission))
            .collect(),
    }
}

fn query(number: usize, finding: &Finding, submission: &Submission) -> Query {
    Query {
        number,
        sheet: finding.sheet.as_ref().map(ToString::to_string),
        cell: finding.cell.map(|cell| cell.to_string()),
        found: one_line(&finding.message),
        asked: one_line(&finding.help),
        answered: submission.said_to(finding).map(|(day, _)| day),
    }
}

/// The figures coloured in the copy, counted: where areas are told apart, no cell shows the figure for the whole contract.
fn ratings(pack: &ProviderPack, version: &Version) -> Vec<(Rating, usize)> {
    let figures = pack.figures_in(&version.file);
    let has_areas = figures.iter().any(|figure| figure.area.is_some());
    let coloured = || figures.iter().filter(|figure| figure.area.is_some() || !has_areas);
    COUNTED
        .into_iter()
        .map(|rating| (rating, coloured().filter(|figure| figure.rating == rating).count()))
        .filter(|(_, number)| *number > 0)
        .collect()
}
