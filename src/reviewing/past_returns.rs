//! The calendar of returns: what was due in the two years that end with a pack's period.

use crate::assess::Case;
use crate::assess::submissions::Slot;
use crate::domain::period::Period;
use crate::domain::submission::{Submission, SubmissionStatus};
use crate::review::past_returns::PastReturn;

/// How far back the calendar goes, in months.
const MONTHS: u32 = 24;

/// The returns for periods that end in the two years up to the end of `period`, in the contract's order of forms, then by area and
/// period; of `area` those that are for it or for the whole contract.
pub fn past_returns(
    case: &Case<'_>,
    slots: &[Slot<'_>],
    period: &Period,
    area: Option<&str>,
) -> Vec<PastReturn> {
    let after = period.to.succ_opt().unwrap_or(period.to) - chrono::Months::new(MONTHS);
    let mut own: Vec<(usize, &Submission)> = slots
        .iter()
        .filter(|slot| {
            let to = slot.submission.period.to;
            to >= after && to <= period.to
        })
        .filter(|slot| {
            area.is_none() || slot.submission.area.is_none() || slot.submission.area.as_deref() == area
        })
        .map(|slot| {
            let place = case.contract.forms.iter().position(|form| form.id == slot.form.id);
            (place.unwrap_or(usize::MAX), &slot.submission)
        })
        .collect();
    own.sort_by(|(a, one), (b, other)| (a, &one.area, one.period).cmp(&(b, &other.area, other.period)));
    own.into_iter()
        .map(|(_, submission)| PastReturn {
            form_title: submission.form_title.clone(),
            area: submission.area.clone(),
            period: submission.period,
            due: submission.due,
            status: submission.status,
            days_over: match submission.status {
                SubmissionStatus::Late => submission.received,
                SubmissionStatus::Missing => Some(case.as_of),
                _ => None,
            }
            .and_then(|day| u32::try_from((day - submission.due).num_days()).ok())
            .filter(|days| *days > 0),
        })
        .collect()
}

#[cfg(test)]
mod tests;
