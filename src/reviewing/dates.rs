//! Dates that matter, on or after the as-of date.

use chrono::NaiveDate;

use crate::assess::Case;
use crate::assess::submissions::Slot;
use crate::calendar::due::meeting_day;
use crate::contract::meant::Condition;
use crate::domain::period::Period;
use crate::domain::submission::SubmissionStatus;
use crate::review::DateLine;

/// The date proposed for the review meeting of a period.
pub fn meeting(case: &Case<'_>, period: &Period) -> Option<NaiveDate> {
    let meeting = case.contract.meeting.as_ref()?;
    let form = case.contract.form(&meeting.after_form)?;
    let last = period.split(form.every).last().copied().unwrap_or(*period);
    Some(meeting_day(form.due.due(&last, case.working_days), meeting.days_after, case.working_days))
}

/// Due dates of what is not in yet and of every form's next return, the next meeting, and duties with a date.
pub fn dates(case: &Case<'_>, slots: &[Slot<'_>]) -> Vec<DateLine> {
    let mut lines = Vec::new();
    let ended_by = |day: NaiveDate| case.records.end.is_some_and(|end| end < day);
    for slot in slots {
        let submission = &slot.submission;
        if submission.status == SubmissionStatus::NotYetDue && submission.due >= case.as_of {
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
        if ended_by(period.from) {
            continue;
        }
        for area in case.contract.return_areas(form) {
            let due = form.due.due(&period, case.working_days);
            lines.push(due_line(due, &form.title, area.as_deref(), &period, &form.clause));
        }
    }
    if let Some(settings) = &case.contract.meeting {
        let mut period = case.contract.period(case.as_of, case.contract.review_every).previous();
        for _ in 0..3 {
            let under_contract = period.to >= case.records.start && !ended_by(period.from);
            if let Some(date) = meeting(case, &period).filter(|date| *date >= case.as_of && under_contract) {
                lines.push(DateLine {
                    date,
                    what: format!("Review meeting for {} (proposed)", period.describe()),
                    clause: settings.clause.clone(),
                });
            }
            period = period.next();
        }
    }
    for escalation in &case.contract.escalations {
        for condition in &escalation.any {
            let Condition::Duty(duty) = condition else { continue };
            let last = duty.last_day(case.records.start, case.contract.award);
            let done = case.records.notices.iter().any(|notice| notice.kind == duty.notice);
            if last >= case.as_of && !done && !ended_by(last) {
                let what = format!("Last day for “{}”", duty.notice);
                lines.push(DateLine { date: last, what, clause: escalation.clause.clone() });
            }
        }
    }
    lines.sort();
    lines.dedup();
    lines
}

fn due_line(date: NaiveDate, title: &str, area: Option<&str>, period: &Period, clause: &str) -> DateLine {
    let area = area.map(|area| format!(", {area}")).unwrap_or_default();
    DateLine {
        date,
        what: format!("{title}{area} for {} due", period.describe()),
        clause: clause.to_string(),
    }
}
