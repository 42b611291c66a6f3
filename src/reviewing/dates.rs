//! Dates that matter, on or after the as-of date.

use chrono::{Months, NaiveDate};

use crate::assess::Case;
use crate::assess::records::{Alert, Meeting as Recorded, Notification};
use crate::assess::submissions::Slot;
use crate::calendar::due::meeting_day;
use crate::contract::meant::{Condition, CountedMeetings, Meeting};
use crate::domain::escalation::Escalation;
use crate::domain::period::{Frequency, Period, long_date};
use crate::domain::submission::SubmissionStatus;
use crate::review::DateLine;

/// How far ahead breaks and ends of the contract are listed: in months after the as-of date, inclusive.
const PLANNED_AHEAD: Months = Months::new(12);
/// How many of the meetings counted from the start are listed: a year of quarterly ones.
const COUNTED_SHOWN: usize = 4;
/// What happens on the first day on which the contract with the provider may be ended.
pub(super) const BREAK: &str = "Contract break: the contract may be ended from this day";
/// What happens on the last day of the contract with the provider.
pub(super) const END: &str = "Contract end: its last day";

/// The date proposed for the review meeting of a period.
pub fn meeting(case: &Case<'_>, period: &Period) -> Option<NaiveDate> {
    let meeting = case.contract.meeting.as_ref()?;
    if let Some(counted) = &meeting.counted {
        let (day, _) = counted_days(case, counted).find(|(day, _)| *day > period.to)?;
        return Some(case.working_days.on_or_after(day));
    }
    let form = case.contract.form(meeting.after_form.as_ref()?)?;
    let last = period.split(form.every).last().copied().unwrap_or(*period);
    Some(meeting_day(form.due.due(&last, case.working_days)?, meeting.days_after, case.working_days))
}

/// The days of meetings counted from the provider's start, with how many months after it each is, while the contract lasts.
pub(super) fn counted_days(
    case: &Case<'_>,
    counted: &CountedMeetings,
) -> impl Iterator<Item = (NaiveDate, u32)> {
    let (start, end, step) = (case.records.start, case.records.end, counted.months);
    (1u32..)
        .map_while(move |number| {
            let months = number.checked_mul(step)?;
            Some((start.checked_add_months(Months::new(months))?, months))
        })
        .take_while(move |(day, _)| end.is_none_or(|end| *day <= end))
}

/// Due dates of what is not in yet and of every form's next return, meetings and what is due before and after them, duties and
/// consequences with a date, breaks and ends of the contract, reviews of plans and alerts.
pub fn dates(case: &Case<'_>, slots: &[Slot<'_>], escalations: &[Escalation]) -> Vec<DateLine> {
    let mut lines = Vec::new();
    returns(case, slots, &mut lines);
    if let Some(settings) = &case.contract.meeting {
        proposed(case, settings, &mut lines);
        recorded(case, settings, &mut lines);
    }
    duties(case, &mut lines);
    lines.extend(breaks_and_ends(case));
    notifications(case, &mut lines);
    for escalation in escalations {
        if let Some(date) = escalation.by.filter(|_| !escalation.settled) {
            lines.push(for_council(date, to_act(escalation), &escalation.clause));
        }
    }
    for notice in &case.records.notices {
        if let Some(date) = notice.review_date {
            // A plan is agreed with the provider; of a concern on record it need not know.
            lines.push(DateLine {
                for_provider: is_plan(case, &notice.kind),
                ..for_council(date, notice_review(&notice.kind, notice.kpi.as_deref()), "")
            });
        }
    }
    for alert in case.records.alerts.iter().filter(|alert| alert.closed.is_none()) {
        if let Some(date) = alert.review {
            lines.push(for_council(date, alert_review(alert), ""));
        }
    }
    lines.retain(|line| line.date >= case.as_of);
    lines.sort();
    lines.dedup();
    lines
}

/// When the contract with the provider may be broken off and when it ends, as far as that lies within twelve months of the as-of date:
/// so that what follows can be planned.
pub fn breaks_and_ends(case: &Case<'_>) -> Vec<DateLine> {
    let last = case.as_of.checked_add_months(PLANNED_AHEAD).unwrap_or(NaiveDate::MAX);
    let records = case.records;
    let broken = records.break_on.map(|day| for_council(day, BREAK.to_string(), ""));
    let reviewed = records.reviews.iter().filter_map(|review| review.contract_end);
    let ended = records.end.into_iter().chain(reviewed).map(|day| for_both(day, END.to_string(), ""));
    let mut lines: Vec<DateLine> =
        broken.into_iter().chain(ended).filter(|line| (case.as_of..=last).contains(&line.date)).collect();
    lines.sort();
    lines.dedup();
    lines
}

fn for_both(date: NaiveDate, what: String, clause: &str) -> DateLine {
    DateLine { date, what, clause: clause.to_string(), for_provider: true }
}

fn for_council(date: NaiveDate, what: String, clause: &str) -> DateLine {
    DateLine { date, what, clause: clause.to_string(), for_provider: false }
}

/// Whether the contract follows up this kind of notice as a plan.
fn is_plan(case: &Case<'_>, kind: &str) -> bool {
    case.contract
        .escalations
        .iter()
        .flat_map(|own| &own.any)
        .any(|condition| matches!(condition, Condition::PlanNotImproved(rule) if rule.plan == kind))
}

/// `Last day to act: Improvement notice`.
pub(super) fn to_act(escalation: &Escalation) -> String {
    format!("Last day to act: {}", escalation.title)
}

/// `Review of improvement plan, KPI 5`.
pub(super) fn notice_review(kind: &str, kpi: Option<&str>) -> String {
    let about = kpi.map(|kpi| format!(", KPI {kpi}")).unwrap_or_default();
    format!("Review of {}{about}", kind.to_lowercase())
}

/// `Review of the alert on Ash House raised on 3 March 2026`.
pub(super) fn alert_review(alert: &Alert) -> String {
    let of = alert.service.as_ref().map(|service| format!(" on {service}")).unwrap_or_default();
    format!("Review of the alert{of} raised on {}", long_date(alert.raised))
}

/// `Last day to notify: death, Ash House, 3 March 2026`.
pub(super) fn to_notify(own: &Notification) -> String {
    let service = own.service.as_ref().map(|service| format!(", {service}")).unwrap_or_default();
    format!("Last day to notify: {}{service}, {}", own.kind, long_date(own.event))
}

/// `Last day for “Mobilisation plan”`.
pub(super) fn duty_of(notice: &str) -> String {
    format!("Last day for “{notice}”")
}

/// `Quarterly KPI return, East, for 2025-26 Q1 (September to November 2025) due`.
pub(super) fn return_due(title: &str, area: Option<&str>, period: &Period) -> String {
    let area = area.map(|area| format!(", {area}")).unwrap_or_default();
    format!("{title}{area} for {} due", period.describe())
}

/// What a recorded meeting is called.
pub(super) fn meeting_name(own: &Recorded) -> String {
    own.kind.clone().unwrap_or_else(|| "Meeting".to_string())
}

/// `Board papers sent (Review meeting, 3 March 2026)`.
pub(super) fn before_meeting(what: &str, own: &Recorded) -> String {
    format!("{what} ({}, {})", meeting_name(own), long_date(own.date))
}

/// `Minutes of 3 March 2026 (Review meeting) deemed agreed unless the provider answers by then`.
pub(super) fn minutes_agreed(own: &Recorded) -> String {
    format!(
        "Minutes of {} ({}) deemed agreed unless the provider answers by then",
        long_date(own.date),
        meeting_name(own)
    )
}

/// `Review meeting for 2025-26 Q1 (September to November 2025) (proposed)`.
pub(super) fn proposed_for(period: &Period, every: Frequency) -> String {
    let kind = if every == Frequency::Month { "Monthly meeting" } else { "Review meeting" };
    format!("{kind} for {} (proposed)", period.describe())
}

/// `Review meeting, 3 months after the start (proposed)`.
pub(super) fn proposed_after(
    counted: &CountedMeetings,
    on: NaiveDate,
    day: NaiveDate,
    months: u32,
) -> String {
    let kind = match &counted.annual {
        Some(annual) if months.is_multiple_of(12) => annual,
        _ => "Review meeting",
    };
    let moved = if on == day { String::new() } else { format!(", moved from {}", long_date(day)) };
    format!("{kind}, {months} months after the start{moved} (proposed)")
}

/// How often meetings are, by the contract and the notices that make them more frequent; with the clause.
pub(super) fn how_often<'a>(case: &Case<'a>, settings: &'a Meeting) -> (Frequency, &'a str) {
    let more_often = settings
        .more_often
        .as_ref()
        .filter(|more| case.records.notices.iter().any(|notice| notice.kind == more.notice));
    match more_often {
        Some(more) => (more.every, &more.clause),
        None => (case.contract.review_every, &settings.clause),
    }
}

pub(super) fn ended_by(case: &Case<'_>, day: NaiveDate) -> bool {
    case.records.end.is_some_and(|end| end < day)
}

fn returns(case: &Case<'_>, slots: &[Slot<'_>], lines: &mut Vec<DateLine>) {
    for slot in slots {
        let submission = &slot.submission;
        if submission.status == SubmissionStatus::NotYetDue {
            lines.push(due_line(
                submission.due,
                &submission.form_title,
                submission.area.as_deref(),
                &submission.period,
                &submission.clause,
            ));
        }
    }
    for form in &case.contract.forms {
        let period = case.contract.period(case.as_of, form.every).next();
        if ended_by(case, period.from) {
            continue;
        }
        for area in case.contract.return_areas(form) {
            let Some(due) = form.due.due(&period, case.working_days) else { continue };
            lines.push(due_line(due, &form.title, area.as_deref(), &period, &form.clause));
        }
    }
}

fn due_line(date: NaiveDate, title: &str, area: Option<&str>, period: &Period, clause: &str) -> DateLine {
    for_both(date, return_due(title, area, period), clause)
}

/// The next meetings as the contract has them: more often once a notice calls for it.
fn proposed(case: &Case<'_>, settings: &Meeting, lines: &mut Vec<DateLine>) {
    if let Some(counted) = &settings.counted {
        let next = counted_days(case, counted)
            .map(|(day, months)| (case.working_days.on_or_after(day), day, months))
            .filter(|(on, ..)| *on >= case.as_of);
        for (on, day, months) in next.take(COUNTED_SHOWN) {
            lines.push(for_both(on, proposed_after(counted, on, day, months), &settings.clause));
        }
        return;
    }
    let (every, clause) = how_often(case, settings);
    let mut period = case.contract.period(case.as_of, every).previous();
    for _ in 0..3 {
        let under_contract = period.to >= case.records.start && !ended_by(case, period.from);
        if let Some(date) = meeting(case, &period).filter(|_| under_contract) {
            lines.push(for_both(date, proposed_for(&period, every), clause));
        }
        period = period.next();
    }
}

/// What is due before and after the meetings of the register.
fn recorded(case: &Case<'_>, settings: &Meeting, lines: &mut Vec<DateLine>) {
    for own in &case.records.meetings {
        lines.push(for_both(own.date, meeting_name(own), &settings.clause));
        for before in &settings.before {
            lines.push(for_both(before.day(own.date), before_meeting(&before.what, own), &before.clause));
        }
        if let (Some(minutes), Some(sent)) = (&settings.minutes, own.minutes_sent) {
            let last = case.working_days.after(sent, minutes.working_days);
            lines.push(for_both(last, minutes_agreed(own), &minutes.clause));
        }
    }
}

/// Events that are still to be notified.
fn notifications(case: &Case<'_>, lines: &mut Vec<DateLine>) {
    let is_open = |own: &&Notification| own.notified.is_none_or(|day| day > case.as_of);
    for own in case.records.notifications.iter().filter(is_open) {
        let settings = case.contract.notifications.iter().find(|settings| settings.kind == own.kind);
        if let Some(settings) = settings {
            lines.push(for_both(
                settings.notify.last_day(own.event, case.working_days),
                to_notify(own),
                &settings.clause,
            ));
        }
    }
}

fn duties(case: &Case<'_>, lines: &mut Vec<DateLine>) {
    for escalation in &case.contract.escalations {
        for condition in &escalation.any {
            let Condition::Duty(duty) = condition else { continue };
            let last = duty.last_day(case.records.start, case.contract.award);
            let done = case.records.notices.iter().any(|notice| notice.kind == duty.notice);
            if !done && !ended_by(case, last) {
                lines.push(for_both(last, duty_of(&duty.notice), &escalation.clause));
            }
        }
    }
}
