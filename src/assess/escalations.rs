//! Escalations: whose conditions hold, in which period, on what evidence.

use std::collections::BTreeMap;

use super::Case;
use super::submission_kpis::Windowed;
use super::submissions::{Slot, inaccuracy_in_words, receipt_in_words};
use crate::contract::meant::{Condition, Escalation as Settings, Per};
use crate::domain::escalation::{Escalation, EscalationStatus, Evidence};
use crate::domain::period::{Period, long_date};
use crate::domain::rating::Rating;
use crate::domain::submission::{Submission, SubmissionStatus};
use crate::domain::text::target_in_words;
use crate::review::RatedFigure;
use crate::rules::facts::{EscalationFact, Facts, Hit, RatingFact, ReturnFact, SubmissionKpiFact};

/// What escalations are judged on.
pub fn facts(
    case: &Case<'_>,
    slots: &[Slot<'_>],
    ratings: &[RatedFigure],
    submission_kpis: &[Windowed],
    periods: &[Period],
) -> Facts {
    Facts {
        as_of: case.as_of,
        start: case.records.start,
        award: case.contract.award,
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
            })
            .collect(),
        returns: slots.iter().map(|slot| return_fact(&slot.submission)).collect(),
        submission_kpis: submission_kpis
            .iter()
            .map(|windowed| SubmissionKpiFact {
                to: windowed.period.to,
                window: windowed.window,
                missed: windowed.kpi.rating == Rating::Red,
                provisional: windowed.kpi.provisional.is_some(),
                words: submission_kpi_words(windowed),
            })
            .collect(),
        notices: case.records.notices.clone(),
        escalations: Vec::new(),
    }
}

fn rating_words(rated: &RatedFigure) -> String {
    let area = rated.area.as_ref().map(|area| format!(", {area}")).unwrap_or_default();
    let parts = rated.out_of().map(|parts| format!(" ({parts})")).unwrap_or_default();
    let target = rated
        .target
        .as_ref()
        .map(|target| format!(" against {}", target_in_words(target)))
        .unwrap_or_default();
    format!(
        "KPI {}, {}{area}, {}: {}{parts}{target}.",
        rated.kpi,
        rated.title,
        rated.period.label(),
        rated.shown()
    )
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

fn submission_kpi_words(windowed: &Windowed) -> String {
    let kpi = &windowed.kpi;
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

/// Every escalation whose condition holds, in order of period, then as the contract lists them.
pub fn escalations(case: &Case<'_>, mut facts: Facts) -> Vec<Escalation> {
    let mut found: Vec<(usize, Escalation)> = Vec::new();
    for (order, settings) in case.contract.escalations.iter().enumerate() {
        for escalation in judge(settings, &facts) {
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
    let mut by_period: BTreeMap<Period, Vec<Hit>> = BTreeMap::new();
    for condition in &settings.any {
        for mut hit in hits(condition, facts) {
            if settings.per == Per::ReviewPeriod && !facts.periods.contains(&hit.period) {
                let Some(period) =
                    facts.period_of(hit.period.to).or_else(|| facts.period_of(hit.period.from))
                else {
                    continue;
                };
                hit.period = period;
            }
            by_period.entry(hit.period).or_default().push(hit);
        }
    }
    by_period.into_iter().map(|(period, hits)| merge(settings, period, hits)).collect()
}

fn hits(condition: &Condition, facts: &Facts) -> Vec<Hit> {
    match condition {
        Condition::KpisMissed(rule) => rule.hits(facts),
        Condition::Returns(rule) => rule.hits(facts),
        Condition::SubmissionKpiMissed(rule) => rule.hits(facts),
        Condition::LateInARow(rule) => rule.hits(facts),
        Condition::Notices(rule) => rule.hits(facts),
        Condition::BetweenNotices(rule) => rule.hits(facts),
        Condition::Duty(rule) => rule.hits(facts),
        Condition::Follows(rule) => rule.hits(facts),
    }
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
        evidence,
        in_headline: settings.in_headline && met,
        caution: settings.caution.clone().filter(|_| met),
        distance,
        action: settings.action.clone(),
        by: hits.iter().find_map(|hit| hit.by),
    }
}
