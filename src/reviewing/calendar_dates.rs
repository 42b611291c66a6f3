//! Dates for the calendar: those of the last months, with what became of them, and a year ahead.
//!
//! They differ from the dates of a pack in that each keeps an identity. A return whose due date is put off, or a proposed meeting
//! for which a day is set, is the same date on another day, so that a calendar into which it is imported again moves it.

use std::collections::BTreeMap;

use chrono::{Months, NaiveDate};

use super::dates::{self, ended_by};
use crate::assess::Case;
use crate::assess::records::Meeting as Recorded;
use crate::assess::submissions::Slot;
use crate::calendar::due::Due;
use crate::contract::meant::{Condition, Meeting};
use crate::domain::escalation::{Escalation, EscalationStatus};
use crate::domain::period::{Period, long_date};
use crate::domain::submission::Submission;
use crate::domain::text::{fold, one_line};
use crate::review::action_log::ActionState;
use crate::review::calendar_date::{CalendarDate, DateKind, Whose};

/// How far back dates stay, in months before the as-of date: so that one that was moved and has passed is moved in a calendar too.
pub const BEHIND: Months = Months::new(6);
/// How far ahead dates are listed, in months after the as-of date, inclusive.
pub const AHEAD: Months = Months::new(12);
/// Proposed meetings are looked for in so many periods at most.
const PERIODS: usize = 60;

/// Dates from six months before the as-of date to twelve months after it, both inclusive, and what is older and still to be done,
/// in order of date. No two have the same kind and subject.
pub fn calendar(case: &Case<'_>, slots: &[Slot<'_>], escalations: &[Escalation]) -> Vec<CalendarDate> {
    let span = Span::around(case.as_of);
    let mut dates = Vec::new();
    returns(case, slots, &span, &mut dates);
    if let Some(settings) = &case.contract.meeting {
        meetings(case, settings, &span, &mut dates);
    }
    planned_reviews(case, &mut dates);
    once(case, escalations, &mut dates);
    reviews_and_events(case, &mut dates);
    actions(case, &mut dates);
    dates.retain(|own| own.date <= span.last && (own.date >= span.first || is_open(own)));
    dates.sort();
    dates.dedup();
    number_alike(&mut dates);
    dates
}

/// The days listed, both inclusive.
struct Span {
    first: NaiveDate,
    last: NaiveDate,
}

impl Span {
    fn around(as_of: NaiveDate) -> Self {
        Self {
            first: as_of.checked_sub_months(BEHIND).unwrap_or(NaiveDate::MIN),
            last: as_of.checked_add_months(AHEAD).unwrap_or(NaiveDate::MAX),
        }
    }
}

/// What is still to be done however long ago its day was. A return missing for longer than the calendar goes back is told elsewhere.
fn is_open(own: &CalendarDate) -> bool {
    let lasting = matches!(own.kind, DateKind::Action | DateKind::AlertReview | DateKind::Notification);
    lasting && own.done.is_none()
}

/// Those of one kind and subject are told apart by their order.
fn number_alike(dates: &mut [CalendarDate]) {
    let mut taken: BTreeMap<(DateKind, Vec<String>), usize> = BTreeMap::new();
    for own in dates {
        let number = taken.entry((own.kind, own.subject.clone())).or_insert(0);
        *number += 1;
        if *number > 1 {
            own.subject.push(format!("number {number}"));
        }
    }
}

/// A date of this provider alone, still open.
fn own(kind: DateKind, subject: Vec<String>, date: NaiveDate, what: String, clause: &str) -> CalendarDate {
    CalendarDate { date, kind, subject, whose: Whose::Own, what, clause: clause.to_string(), done: None }
}

fn period_subject(period: &Period) -> [String; 2] {
    [period.from.to_string(), period.frequency.adverb().to_string()]
}

fn returns(case: &Case<'_>, slots: &[Slot<'_>], span: &Span, dates: &mut Vec<CalendarDate>) {
    for slot in slots {
        let submission = &slot.submission;
        let mut date = of_return(
            &submission.form,
            &submission.form_title,
            submission.area.as_deref(),
            &submission.period,
            submission.due,
            &submission.clause,
        );
        date.whose =
            moved_or_common(slot.form.due.due(&submission.period, case.working_days), submission.due);
        date.done = came_in(submission);
        dates.push(date);
    }
    for form in &case.contract.forms {
        if !matches!(form.due, Due::Every { .. }) {
            continue;
        }
        // Those of periods that have begun are among the slots.
        let started = case.contract.period(case.as_of, form.every).next();
        let first = started.max(case.contract.period(case.records.start, form.every));
        for period in std::iter::successors(Some(first), |period| Some(period.next())) {
            let Some(due) = form.due.due(&period, case.working_days) else { break };
            if due > span.last || ended_by(case, period.from) {
                break;
            }
            let is_its =
                |own: &&crate::assess::records::Extension| own.form == form.id && own.period == period;
            let extension = case.records.extensions.iter().rfind(is_its);
            for area in case.contract.return_areas(form) {
                let day = extension.map_or(due, |own| own.due);
                let mut date = of_return(&form.id, &form.title, area.as_deref(), &period, day, &form.clause);
                date.whose = moved_or_common(Some(due), day);
                dates.push(date);
            }
        }
    }
}

fn of_return(
    form: &str,
    title: &str,
    area: Option<&str>,
    period: &Period,
    due: NaiveDate,
    clause: &str,
) -> CalendarDate {
    let [from, every] = period_subject(period);
    let subject = vec![form.to_string(), from, every, area.unwrap_or_default().to_string()];
    own(DateKind::ReturnDue, subject, due, dates::return_due(title, area, period), clause)
}

/// Whether a return is due on the contract's own day; what goes by planned meetings is the provider's own.
fn moved_or_common(contract: Option<NaiveDate>, due: NaiveDate) -> Whose {
    match contract {
        None => Whose::Own,
        Some(day) if day == due => Whose::Common,
        Some(_) => Whose::Moved,
    }
}

fn came_in(submission: &Submission) -> Option<String> {
    match submission.received {
        None if submission.is_disposed_of() => Some("disposed of since".to_string()),
        received => received.map(|day| format!("received on {}", long_date(day))),
    }
}

/// The meetings of the register and, for the periods without one, those that the contract proposes.
fn meetings(case: &Case<'_>, settings: &Meeting, span: &Span, dates: &mut Vec<CalendarDate>) {
    let (every, clause) = dates::how_often(case, settings);
    let mut proposed: BTreeMap<Vec<String>, (NaiveDate, String, Whose)> = BTreeMap::new();
    if let Some(counted) = &settings.counted {
        for (day, months) in dates::counted_days(case, counted) {
            let on = case.working_days.on_or_after(day);
            if on > span.last {
                break;
            }
            let what = dates::proposed_after(counted, on, day, months);
            proposed.insert(vec!["after the start".to_string(), months.to_string()], (on, what, Whose::Own));
        }
    } else {
        let mut period = case.contract.period(span.first.max(case.records.start), every).previous();
        for _ in 0..PERIODS {
            let under_contract = period.to >= case.records.start && !ended_by(case, period.from);
            match dates::meeting(case, &period) {
                Some(date) if date > span.last => break,
                Some(date) if under_contract => {
                    let what = dates::proposed_for(&period, every);
                    proposed.insert(period_subject(&period).to_vec(), (date, what, Whose::Common));
                }
                _ => {}
            }
            period = period.next();
        }
    }
    let mut number: BTreeMap<Vec<String>, usize> = BTreeMap::new();
    let mut recorded: Vec<&Recorded> = case.records.meetings.iter().collect();
    recorded.sort_by_key(|own| own.date);
    for meeting in recorded {
        let within = case.contract.period(meeting.date, every);
        // The day set for a proposed meeting takes its place, wherever in the same period it is.
        let stands_for = proposed.iter().find(|(_, (day, ..))| within.contains(*day));
        let mut subject = stands_for
            .map_or_else(|| period_subject(&within.previous()).to_vec(), |(subject, _)| subject.clone());
        let before = number.entry(subject.clone()).or_insert(0);
        *before += 1;
        let whose = match stands_for {
            Some((_, (.., Whose::Common))) if *before == 1 => Whose::Moved,
            _ => Whose::Own,
        };
        if *before > 1 {
            subject.push(format!("meeting {before}"));
        }
        of_meeting(case, settings, meeting, (&subject, whose), dates);
    }
    for (subject, (day, what, whose)) in proposed {
        if !number.contains_key(&subject) {
            let mut date = own(DateKind::Meeting, subject, day, what, clause);
            date.whose = whose;
            dates.push(date);
        }
    }
}

/// A recorded meeting with what is due before it and after.
fn of_meeting(
    case: &Case<'_>,
    settings: &Meeting,
    meeting: &Recorded,
    (subject, whose): (&[String], Whose),
    dates: &mut Vec<CalendarDate>,
) {
    let with = |more: &str| subject.iter().cloned().chain([more.to_string()]).collect::<Vec<_>>();
    let mut date = own(
        DateKind::Meeting,
        subject.to_vec(),
        meeting.date,
        dates::meeting_name(meeting),
        &settings.clause,
    );
    date.whose = whose;
    date.done = meeting.attended.map(|came| match came {
        true => "held".to_string(),
        false => "the provider did not come".to_string(),
    });
    dates.push(date);
    for (number, before) in (1..).zip(&settings.before) {
        let what = dates::before_meeting(&before.what, meeting);
        let number: usize = number;
        let subject = with(&number.to_string());
        dates.push(own(DateKind::BeforeMeeting, subject, before.day(meeting.date), what, &before.clause));
    }
    let Some(minutes) = &settings.minutes else { return };
    match meeting.minutes_sent {
        Some(sent) => {
            let last = case.working_days.after(sent, minutes.working_days);
            let what = dates::minutes_agreed(meeting);
            dates.push(own(DateKind::Minutes, with("agreed"), last, what, &minutes.clause));
        }
        // Of a meeting that is over, or to come; not of one to which nobody came.
        None if meeting.attended != Some(false) => {
            if let Some(days) = minutes.send_within_working_days {
                let last = case.working_days.after(meeting.date, days);
                let name = dates::meeting_name(meeting);
                let what =
                    format!("Last day to send the draft minutes of {} ({name})", long_date(meeting.date));
                dates.push(own(DateKind::Minutes, with("sent"), last, what, &minutes.clause));
            }
        }
        None => {}
    }
}

/// The contract reviews planned in the register, but for those that stand among the meetings as well.
fn planned_reviews(case: &Case<'_>, dates: &mut Vec<CalendarDate>) {
    for day in case.records.reviews.iter().filter_map(|review| review.planned) {
        if !case.records.meetings.iter().any(|meeting| meeting.date == day) {
            let [from, every] = period_subject(&case.contract.period(day, case.contract.review_every));
            let subject = vec!["planned review".to_string(), from, every];
            let clause = case.contract.meeting.as_ref().map_or("", |meeting| &meeting.clause);
            dates.push(own(DateKind::Meeting, subject, day, "Contract review meeting".to_string(), clause));
        }
    }
}

/// What the contract asks once: duties and consequences with a date, breaks and ends.
fn once(case: &Case<'_>, escalations: &[Escalation], dates: &mut Vec<CalendarDate>) {
    for escalation in &case.contract.escalations {
        for condition in &escalation.any {
            let Condition::Duty(duty) = condition else { continue };
            let last = duty.last_day(case.records.start, case.contract.award);
            if ended_by(case, last) {
                continue;
            }
            let subject = vec![escalation.id.clone(), duty.notice.clone()];
            let what = dates::duty_of(&duty.notice);
            let mut date = own(DateKind::Duty, subject, last, what, &escalation.clause);
            let done = case.records.notices.iter().find(|notice| notice.kind == duty.notice);
            date.done = done.map(|notice| format!("done on {}", long_date(notice.date)));
            dates.push(date);
        }
    }
    for escalation in escalations.iter().filter(|own| own.status == EscalationStatus::Triggered) {
        let Some(by) = escalation.by else { continue };
        let [from, every] = period_subject(&escalation.period);
        let on = escalation.on.map(|day| day.to_string()).unwrap_or_default();
        let subject = vec![escalation.id.clone(), from, every, on];
        let mut date = own(DateKind::ToAct, subject, by, dates::to_act(escalation), &escalation.clause);
        date.done = escalation.settled.then(|| "done, by the register".to_string());
        dates.push(date);
    }
    if let Some(day) = case.records.break_on {
        dates.push(own(DateKind::Break, Vec::new(), day, dates::BREAK.to_string(), ""));
    }
    let reviewed = case.records.reviews.iter().filter_map(|review| review.contract_end);
    for day in case.records.end.into_iter().chain(reviewed) {
        dates.push(own(DateKind::End, Vec::new(), day, dates::END.to_string(), ""));
    }
}

/// Reviews of plans and alerts, and events to be notified.
fn reviews_and_events(case: &Case<'_>, dates: &mut Vec<CalendarDate>) {
    for notice in &case.records.notices {
        if let Some(day) = notice.review_date {
            let kpi = notice.kpi.clone().unwrap_or_default();
            let subject = vec![notice.kind.clone(), kpi, notice.date.to_string()];
            let what = dates::notice_review(&notice.kind, notice.kpi.as_deref());
            dates.push(own(DateKind::NoticeReview, subject, day, what, ""));
        }
    }
    for alert in &case.records.alerts {
        if let Some(day) = alert.review {
            let subject = vec![alert.service.clone().unwrap_or_default(), alert.raised.to_string()];
            let mut date = own(DateKind::AlertReview, subject, day, dates::alert_review(alert), "");
            date.done = alert.closed.map(|day| format!("closed on {}", long_date(day)));
            dates.push(date);
        }
    }
    for event in &case.records.notifications {
        let settings = case.contract.notifications.iter().find(|settings| settings.kind == event.kind);
        if let Some(settings) = settings {
            let service = event.service.clone().unwrap_or_default();
            let subject = vec![event.kind.clone(), service, event.event.to_string()];
            let last = settings.notify.last_day(event.event, case.working_days);
            let mut date =
                own(DateKind::Notification, subject, last, dates::to_notify(event), &settings.clause);
            let notified = event.notified.filter(|day| *day <= case.as_of);
            date.done = notified.map(|day| format!("notified on {}", long_date(day)));
            dates.push(date);
        }
    }
}

/// Actions with a day by which they are to be done. The register gives them no number: an action is known by its KPI, the day it
/// was agreed and what it says.
fn actions(case: &Case<'_>, dates: &mut Vec<CalendarDate>) {
    for (action, day) in case.records.action_log.iter().filter_map(|own| Some((own, own.due?))) {
        let agreed = action.agreed_on.map(|day| day.to_string()).unwrap_or_default();
        let text = [&action.row.action, &action.row.issue, &action.row.outcomes]
            .map(|text| fold(&one_line(text)))
            .into_iter()
            .find(|text| !text.is_empty());
        let subject = vec![action.row.kpi.clone(), agreed, text.unwrap_or_default()];
        let mut date = own(DateKind::Action, subject, day, action.words(), "");
        if action.state(case.as_of) == ActionState::Closed {
            date.done = Some(match action.closed_on {
                Some(day) => format!("closed on {}", long_date(day)),
                None => "done".to_string(),
            });
        }
        dates.push(date);
    }
}

#[cfg(test)]
mod tests;
