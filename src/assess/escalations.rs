//! Escalations: whose conditions hold, in which period, on what evidence, and how far the others are.

use std::collections::BTreeMap;

use chrono::NaiveDate;

use super::Case;
use super::records::{Meeting, Notification};
use super::submission_kpis::Windowed;
use super::submissions::{Slot, inaccuracy_in_words, receipt_in_words};
use crate::contract::meant::{Condition, Escalation as Settings, Per};
use crate::domain::escalation::{Escalation, EscalationStatus, Evidence};
use crate::domain::period::{Frequency, Period, long_date};
use crate::domain::rating::Rating;
use crate::domain::submission::{Submission, SubmissionStatus};
use crate::review::ladder::{LadderState, LadderStep};
use crate::review::{OverallRating, RatedFigure, SubmissionKpi};
use crate::rules::facts::{
    EscalationFact, Facts, Hit, MeetingFact, NotificationFact, OverallFact, RatingFact, ReturnFact,
    SubmissionKpiFact, When,
};

/// What escalations are judged on.
pub fn facts(
    case: &Case<'_>,
    slots: &[Slot<'_>],
    ratings: &[RatedFigure],
    overall: &[OverallRating],
    submission_kpis: &[Windowed],
    periods: &[Period],
) -> Facts {
    Facts {
        as_of: case.as_of,
        start: case.records.start,
        award: case.contract.award,
        working_days: case.working_days.clone(),
        rated_every: case.contract.rated_every(),
        periods: periods.to_vec(),
        ratings: ratings
            .iter()
            .map(|rated| RatingFact {
                kpi: rated.kpi.clone(),
                area: rated.area.clone(),
                period: rated.period,
                rating: rated.rating,
                relieved: rated.relief.is_some(),
                words: rating_words(rated),
                cells: rated.cells.clone(),
                not_met: rated.not_met,
                contradicted: rated.contradicted,
            })
            .collect(),
        overall: overall.iter().map(|overall| overall_fact(overall, ratings)).collect(),
        returns: slots.iter().map(|slot| return_fact(&slot.submission)).collect(),
        submission_kpis: submission_kpis
            .iter()
            .map(|windowed| SubmissionKpiFact {
                to: windowed.period.to,
                window: windowed.window,
                missed: windowed.kpi.rating == Rating::Red,
                provisional: windowed.kpi.provisional.is_some(),
                words: submission_kpi_words(&windowed.kpi),
            })
            .collect(),
        notices: case.records.notices.clone(),
        notifications: case.records.notifications.iter().filter_map(|own| notification(case, own)).collect(),
        meetings: case.records.meetings.iter().filter(|own| own.date <= case.as_of).map(meeting).collect(),
        escalations: Vec::new(),
    }
}

fn overall_fact(overall: &OverallRating, ratings: &[RatedFigure]) -> OverallFact {
    let own = ratings.iter().filter(|rated| rated.period == overall.period && rated.area.is_none());
    OverallFact {
        period: overall.period,
        rating: overall.rating,
        words: format!(
            "Overall rating for {}: {} ({}).",
            overall.period.describe(),
            overall.rating.word().to_lowercase(),
            overall.of_words()
        ),
        cells: own.flat_map(|rated| rated.cells.iter().cloned()).collect(),
    }
}

/// An event and whether it was notified in time; `None` where the contract does not ask for it.
fn notification(case: &Case<'_>, own: &Notification) -> Option<NotificationFact> {
    let settings = case.contract.notifications.iter().find(|settings| settings.kind == own.kind)?;
    let last_day = settings.notify.last_day(own.event, case.working_days);
    let notified = own.notified.filter(|day| *day <= case.as_of);
    let late = match notified {
        Some(day) => day > last_day,
        None => case.as_of > last_day,
    };
    let service = own.service.as_ref().map(|service| format!(", {service}")).unwrap_or_default();
    let when = match notified {
        Some(day) => format!("notified on {}", long_date(day)),
        None => "not notified".to_string(),
    };
    Some(NotificationFact {
        kind: own.kind.clone(),
        on: notified.unwrap_or_else(|| last_day.succ_opt().unwrap_or(last_day)),
        late,
        last_day,
        words: format!(
            "{}{service}, {}: {when}; the last day allowed was {} (register, {}).",
            own.kind,
            long_date(own.event),
            long_date(last_day),
            own.cell
        ),
    })
}

fn meeting(own: &Meeting) -> MeetingFact {
    let attended = match own.attended {
        Some(true) => "attended",
        Some(false) => "not attended",
        None => "attendance not recorded",
    };
    MeetingFact {
        date: own.date,
        attended: own.attended,
        words: format!(
            "{} on {}: {attended} (register, {}).",
            own.kind.as_deref().unwrap_or("Meeting"),
            long_date(own.date),
            own.cell
        ),
    }
}

/// A figure as the workings of escalations tell it.
pub fn rating_words(rated: &RatedFigure) -> String {
    let area = rated.area.as_ref().map(|area| format!(", {area}")).unwrap_or_default();
    let parts = rated.out_of().map(|parts| format!(" ({parts})")).unwrap_or_default();
    // An answer is not measured against a target; what bears it out or contradicts it stands in its notes.
    let target = match (&rated.said, &rated.aim) {
        (None, Some(aim)) => {
            format!(" against a {}target of {aim}", if rated.local { "local " } else { "" })
        }
        _ => String::new(),
    };
    let period = match rated.period.frequency {
        Frequency::Month => rated.period.describe(),
        _ => rated.period.label(),
    };
    let rating = match rated.rating {
        Rating::Amber => " (amber)",
        _ => "",
    };
    let notes = if rated.said.is_some() { rated.notes.join(" ") } else { String::new() };
    format!(
        "KPI {}, {}{area}, {period}: {}{parts}{target}{rating}. {notes}",
        rated.kpi,
        rated.title,
        rated.shown()
    )
    .trim_end()
    .to_string()
}

fn return_fact(submission: &Submission) -> ReturnFact {
    ReturnFact {
        form: submission.form.clone(),
        form_title: submission.form_title.clone(),
        area: submission.area.clone(),
        period: submission.period,
        in_time: submission.in_time(),
        due_passed: submission.status != SubmissionStatus::NotYetDue,
        missing: submission.status == SubmissionStatus::Missing,
        accurate: submission.accurate,
        receipt: receipt_in_words(submission),
        inaccuracy: inaccuracy_in_words(submission),
    }
}

/// Timeliness or accuracy as the workings of escalations tell it.
pub fn submission_kpi_words(kpi: &SubmissionKpi) -> String {
    let value = kpi
        .value
        .map(|value| {
            let thresholds: Vec<_> = kpi.target.into_iter().collect();
            crate::domain::quantity::show(value, crate::domain::quantity::Unit::Percent, &thresholds)
        })
        .unwrap_or_default();
    let provisional = kpi.provisional.as_ref().map(|note| format!(" {note}")).unwrap_or_default();
    format!(
        "{}, {} to {}: {value} ({} of {}).{provisional}",
        kpi.title,
        long_date(kpi.from),
        long_date(kpi.to),
        kpi.met,
        kpi.due
    )
}

/// Every escalation whose condition holds, in order of period, then as the contract lists them. The facts are told of each, for
/// those that follow from another.
pub fn escalations(case: &Case<'_>, facts: &mut Facts) -> Vec<Escalation> {
    let mut found: Vec<(usize, Escalation)> = Vec::new();
    for (order, settings) in case.contract.escalations.iter().enumerate() {
        for escalation in judge(settings, facts) {
            facts.escalations.push(EscalationFact {
                id: settings.id.clone(),
                period: escalation.period,
                status: escalation.status,
                title: settings.title.clone(),
            });
            found.push((order, escalation));
        }
    }
    found.sort_by_key(|(order, escalation)| (escalation.period.to, escalation.period.from, *order));
    found.into_iter().map(|(_, escalation)| escalation).collect()
}

fn judge(settings: &Settings, facts: &Facts) -> Vec<Escalation> {
    // An escalation that goes by notices alone has an entry for each of them.
    let each_notice = settings.any.iter().all(Condition::goes_by_notice);
    // What happens after the contract ended is told in its last review period.
    let under_contract = |day: NaiveDate| facts.periods.last().map_or(day, |last| day.min(last.to));
    let mut by_period: BTreeMap<(Period, Option<NaiveDate>), Vec<Hit>> = BTreeMap::new();
    for condition in &settings.any {
        for hit in condition.rule().hits(facts) {
            let period = match (hit.at, settings.per) {
                (When::Period(period), Per::FormPeriod) => Some(period),
                (When::Period(period), Per::ReviewPeriod) if facts.periods.contains(&period) => Some(period),
                (When::Period(period), Per::ReviewPeriod) => {
                    facts.period_of(period.to).or_else(|| facts.period_of(period.from))
                }
                (When::Day(day), Per::FormPeriod) => facts.rated_period_of(under_contract(day)),
                (When::Day(day), Per::ReviewPeriod) => facts.period_of(under_contract(day)),
            };
            if let Some(period) = period {
                let day = match hit.at {
                    When::Day(day) if each_notice => Some(day),
                    _ => None,
                };
                by_period.entry((period, day)).or_default().push(hit);
            }
        }
    }
    by_period.into_iter().map(|((period, _), hits)| merge(settings, period, hits)).collect()
}

/// Every escalation of the contract as it stands for a pack: what is met in `period`, what is watched, and how far the others are.
pub fn ladder(case: &Case<'_>, facts: &Facts, found: &[Escalation], period: &Period) -> Vec<LadderStep> {
    let newest = facts.periods.last() == Some(period);
    let facts = facts.until(period.to, if newest { facts.as_of } else { facts.as_of.min(period.to) });
    case.contract
        .escalations
        .iter()
        .map(|settings| {
            let own = |status: EscalationStatus| {
                let mut own = found.iter().filter(move |escalation| {
                    escalation.id == settings.id
                        && period.contains(escalation.period.to)
                        && escalation.status == status
                });
                own.next_back()
            };
            let entry = own(EscalationStatus::Triggered).or_else(|| own(EscalationStatus::Watch));
            let distances = settings.any.iter().map(|condition| condition.rule().distance(&facts));
            let nearest = distances
                .min_by_key(|distance| (distance.steps.unwrap_or(usize::MAX), distance.evidence.is_empty()));
            let (state, words, evidence, by) = match entry {
                Some(entry) if entry.status == EscalationStatus::Triggered => {
                    let when = format!("Met in {}.", entry.period.describe());
                    (LadderState::Met, when, entry.evidence.clone(), entry.by)
                }
                Some(entry) => {
                    let why = entry.distance.clone().unwrap_or_default();
                    (LadderState::Watch, sentence(&why), entry.evidence.clone(), entry.by)
                }
                None => {
                    let (words, evidence, steps) = nearest
                        .map(|near| (sentence(&near.words), near.evidence, near.steps))
                        .unwrap_or_default();
                    let near = steps == Some(1) && !evidence.is_empty();
                    (if near { LadderState::Near } else { LadderState::NotMet }, words, evidence, None)
                }
            };
            LadderStep {
                id: settings.id.clone(),
                title: settings.title.clone(),
                clause: settings.clause.clone(),
                state,
                words,
                evidence,
                action: settings.action.clone(),
                by,
            }
        })
        .collect()
}

/// With a capital letter and a full stop.
fn sentence(words: &str) -> String {
    let mut letters = words.chars();
    let first = letters.next().map(|first| first.to_uppercase().to_string()).unwrap_or_default();
    let stop = if words.is_empty() || words.ends_with('.') { "" } else { "." };
    format!("{first}{}{stop}", letters.as_str())
}

/// One entry a period: met if any of its conditions is; the met ones' evidence first.
fn merge(settings: &Settings, period: Period, mut hits: Vec<Hit>) -> Escalation {
    hits.sort_by_key(|hit| hit.status);
    let met = hits.iter().any(|hit| hit.status == EscalationStatus::Triggered) && !settings.watch_only;
    let mut evidence: Vec<Evidence> = Vec::new();
    for item in hits.iter().flat_map(|hit| &hit.evidence) {
        if !evidence.contains(item) {
            evidence.push(item.clone());
        }
    }
    let distance = if met { None } else { hits.iter().find_map(|hit| hit.distance.clone()) };
    Escalation {
        id: settings.id.clone(),
        title: settings.title.clone(),
        clause: settings.clause.clone(),
        status: if met { EscalationStatus::Triggered } else { EscalationStatus::Watch },
        period,
        on: hits.iter().find_map(|hit| match hit.at {
            When::Day(day) => Some(day),
            When::Period(_) => None,
        }),
        evidence,
        in_headline: settings.in_headline && met,
        caution: settings.caution.clone().filter(|_| met),
        distance,
        action: settings.action.clone(),
        settled: hits.iter().any(|hit| hit.settled),
        by: hits.iter().find_map(|hit| hit.by),
    }
}
