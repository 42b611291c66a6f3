//! Dates that matter, on or after the as-of date.

use chrono::{Months, NaiveDate};

use crate::assess::Case;
use crate::assess::records::Notification;
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
fn counted_days(case: &Case<'_>, counted: &CountedMeetings) -> impl Iterator<Item = (NaiveDate, u32)> {
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
            lines.push(for_council(
                date,
                format!("Last day to act: {}", escalation.title),
                &escalation.clause,
            ));
        }
    }
    for notice in &case.records.notices {
        if let Some(date) = notice.review_date {
            let about = notice.kpi.as_ref().map(|kpi| format!(", KPI {kpi}")).unwrap_or_default();
            // A plan is agreed with the provider; of a concern on record it need not know.
            lines.push(DateLine {
                for_provider: is_plan(case, &notice.kind),
                ..for_council(date, format!("Review of {}{about}", notice.kind.to_lowercase()), "")
            });
        }
    }
    for alert in case.records.alerts.iter().filter(|alert| alert.closed.is_none()) {
        if let Some(date) = alert.review {
            let of = alert.service.as_ref().map(|service| format!(" on {service}")).unwrap_or_default();
            let what = format!("Review of the alert{of} raised on {}", long_date(alert.raised));
            lines.push(for_council(date, what, ""));
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
    let broken = records.break_on.map(|day| {
        for_council(day, "Contract break: the contract may be ended from this day".to_string(), "")
    });
    let reviewed = records.reviews.iter().filter_map(|review| review.contract_end);
    let ended = records
        .end
        .into_iter()
        .chain(reviewed)
        .map(|day| for_both(day, "Contract end: its last day".to_string(), ""));
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

fn ended_by(case: &Case<'_>, day: NaiveDate) -> bool {
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
    let area = area.map(|area| format!(", {area}")).unwrap_or_default();
    for_both(date, format!("{title}{area} for {} due", period.describe()), clause)
}

/// The next meetings as the contract has them: more often once a notice calls for it.
fn proposed(case: &Case<'_>, settings: &Meeting, lines: &mut Vec<DateLine>) {
    if let Some(counted) = &settings.counted {
        let next = counted_days(case, counted)
            .map(|(day, months)| (case.working_days.on_or_after(day), day, months))
            .filter(|(on, ..)| *on >= case.as_of);
        for (on, day, months) in next.take(COUNTED_SHOWN) {
            let kind = match &counted.annual {
                Some(annual) if months % 12 == 0 => annual,
                _ => "Review meeting",
            };
            let moved = if on == day { String::new() } else { format!(", moved from {}", long_date(day)) };
            let what = format!("{kind}, {months} months after the start{moved} (proposed)");
            lines.push(for_both(on, what, &settings.clause));
        }
        return;
    }
    let more_often = settings
        .more_often
        .as_ref()
        .filter(|more| case.records.notices.iter().any(|notice| notice.kind == more.notice));
    let every = more_often.map_or(case.contract.review_every, |more| more.every);
    let clause = more_often.map_or(&settings.clause, |more| &more.clause);
    let mut period = case.contract.period(case.as_of, every).previous();
    for _ in 0..3 {
        let under_contract = period.to >= case.records.start && !ended_by(case, period.from);
        if let Some(date) = meeting(case, &period).filter(|_| under_contract) {
            let kind = if every == Frequency::Month { "Monthly meeting" } else { "Review meeting" };
            lines.push(for_both(date, format!("{kind} for {} (proposed)", period.describe()), clause));
        }
        period = period.next();
    }
}

/// What is due before and after the meetings of the register.
fn recorded(case: &Case<'_>, settings: &Meeting, lines: &mut Vec<DateLine>) {
    for own in &case.records.meetings {
        let name = own.kind.clone().unwrap_or_else(|| "Meeting".to_string());
        lines.push(for_both(own.date, name.clone(), &settings.clause));
        for before in &settings.before {
            let what = format!("{} ({name}, {})", before.what, long_date(own.date));
            lines.push(for_both(before.day(own.date), what, &before.clause));
        }
        if let (Some(minutes), Some(sent)) = (&settings.minutes, own.minutes_sent) {
            let last = case.working_days.after(sent, minutes.working_days);
            let what = format!(
                "Minutes of {} ({name}) deemed agreed unless the provider answers by then",
                long_date(own.date)
            );
            lines.push(for_both(last, what, &minutes.clause));
        }
    }
}

/// Events that are still to be notified.
fn notifications(case: &Case<'_>, lines: &mut Vec<DateLine>) {
    let is_open = |own: &&Notification| own.notified.is_none_or(|day| day > case.as_of);
    for own in case.records.notifications.iter().filter(is_open) {
        let settings = case.contract.notifications.iter().find(|settings| settings.kind == own.kind);
        if let Some(settings) = settings {
            let service = own.service.as_ref().map(|service| format!(", {service}")).unwrap_or_default();
            let what = format!("Last day to notify: {}{service}, {}", own.kind, long_date(own.event));
            lines.push(for_both(
                settings.notify.last_day(own.event, case.working_days),
                what,
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
                lines.push(for_both(last, format!("Last day for “{}”", duty.notice), &escalation.clause));
            }
        }
    }
}
