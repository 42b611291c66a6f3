//! Timeliness and accuracy over the review period and the rolling twelve months (rulebook 6.5).

use chrono::NaiveDate;

use super::Case;
use super::submissions::{Slot, inaccuracy_in_words, receipt_in_words};
use crate::contract::meant::{SubmissionKpi as Settings, SubmissionKpiId};
use crate::domain::period::{Frequency, Period, long_date};
use crate::domain::rating::Rating;
use crate::domain::submission::{Submission, SubmissionStatus};
use crate::review::SubmissionKpi;
use crate::rules::facts::Window;
use crate::rules::submission_rate::Count;

/// A figure and the window it is for.
#[derive(Debug, Clone, PartialEq)]
pub struct Windowed {
    /// The figure.
    pub kpi: SubmissionKpi,
    /// The review period it ends with.
    pub period: Period,
    /// The window.
    pub window: Window,
}

/// Timeliness and accuracy of every review period in which anything counts.
pub fn submission_kpis(case: &Case<'_>, slots: &[Slot<'_>], periods: &[Period]) -> Vec<Windowed> {
    let mut figures = Vec::new();
    for period in periods {
        let nothing_yet = !slots.iter().any(|slot| {
            period.covers(&slot.submission.period) && slot.submission.status != SubmissionStatus::NotYetDue
        });
        if nothing_yet {
            continue;
        }
        for window in [Window::Quarter, Window::Year] {
            if window == Window::Year && period.frequency == Frequency::Year {
                continue;
            }
            let from = window.start(period);
            for settings in &case.contract.submission_kpis {
                let kpi = figure(case, slots, settings, window, from, period.to);
                figures.push(Windowed { kpi, period: *period, window });
            }
        }
    }
    figures
}

fn figure(
    case: &Case<'_>,
    slots: &[Slot<'_>],
    settings: &Settings,
    window: Window,
    from: NaiveDate,
    to: NaiveDate,
) -> SubmissionKpi {
    let inside = |from: NaiveDate, to: NaiveDate| {
        slots
            .iter()
            .map(|slot| &slot.submission)
            .filter(move |own| from <= own.period.from && own.period.to <= to)
    };
    let mut count = Count::default();
    let mut missed = Vec::new();
    for submission in inside(from, to) {
        match judged(settings.id, submission) {
            Some(true) => {
                count.due += 1;
                count.met += 1;
            }
            Some(false) => {
                count.due += 1;
                missed.extend(match settings.id {
                    SubmissionKpiId::Timeliness => Some(receipt_in_words(submission)),
                    SubmissionKpiId::Accuracy => inaccuracy_in_words(submission),
                });
            }
            None => {}
        }
    }
    // A window that reaches back before the start is judged by the first twelve months as a whole.
    let first_year = case.contract.period(case.records.start, case.contract.review_every).from;
    let reaches_back = window == Window::Year && from < first_year;
    let last = if reaches_back { first_year + chrono::Months::new(12) - chrono::Days::new(1) } else { to };
    let unproven = match settings.id {
        SubmissionKpiId::Timeliness => {
            inside(from, to).filter(|own| own.status == SubmissionStatus::Unproven).count()
        }
        SubmissionKpiId::Accuracy => 0,
    };
    count.to_come = if reaches_back {
        expected(case, from.max(first_year), last).saturating_sub(settled(settings.id, inside(from, to)))
    } else {
        u32::try_from(unproven).unwrap_or(u32::MAX)
    };
    let target = settings.target(from);
    let rating = count.rate(target);
    let provisional = target
        .filter(|target| window == Window::Year && rating == Rating::Red && count.can_still_reach(*target))
        .map(|_| {
            if reaches_back {
                format!("Provisional until twelve months have passed on {}.", long_date(last))
            } else {
                format!("Provisional: the dates of {unproven} of the window's returns are not proven.")
            }
        });
    SubmissionKpi {
        id: id(settings.id).to_string(),
        title: settings.title.clone(),
        clause: settings.clause.clone(),
        from,
        to,
        due: count.due,
        met: count.met,
        value: count.value(),
        target,
        rating,
        provisional,
        missed,
    }
}

fn id(id: SubmissionKpiId) -> &'static str {
    match id {
        SubmissionKpiId::Timeliness => "timeliness",
        SubmissionKpiId::Accuracy => "accuracy",
    }
}

/// Whether a return met it; `None` when it does not count.
fn judged(id: SubmissionKpiId, submission: &Submission) -> Option<bool> {
    match id {
        SubmissionKpiId::Timeliness => submission.in_time(),
        SubmissionKpiId::Accuracy => submission.accurate,
    }
}

/// Returns that count and can no longer come to count otherwise. One whose date is unproven stands outside timeliness, and may
/// yet be shown to have been on time: it must not make the target seem out of reach.
fn settled<'s>(id: SubmissionKpiId, submissions: impl Iterator<Item = &'s Submission>) -> u32 {
    let settled = submissions.filter(|submission| match id {
        SubmissionKpiId::Timeliness => submission.in_time().is_some(),
        SubmissionKpiId::Accuracy => submission.accurate.is_some(),
    });
    u32::try_from(settled.count()).unwrap_or(u32::MAX)
}

/// How many returns fall due for periods from `from` to `to`, both inclusive.
fn expected(case: &Case<'_>, from: NaiveDate, to: NaiveDate) -> u32 {
    let to = case.records.end.map_or(to, |end| end.min(to));
    let mut number = 0;
    for form in &case.contract.forms {
        let areas = case.contract.return_areas(form).len();
        let mut period = case.contract.period(from, form.every);
        while period.to <= to {
            if period.from >= from && period.to >= case.records.start {
                number += areas;
            }
            period = period.next();
        }
    }
    u32::try_from(number).unwrap_or(u32::MAX)
}
