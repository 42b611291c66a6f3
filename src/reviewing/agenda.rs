//! The agenda of the review meeting, filled from the pack.

use super::sentences::number_of;
use crate::assess::Case;
use crate::contract::meant::Fill;
use crate::domain::finding::Severity;
use crate::domain::period::long_date;
use crate::domain::rating::Rating;
use crate::domain::submission::SubmissionStatus;
use crate::review::{AgendaItem, Pack};

/// The contract's agenda with points to raise.
pub fn agenda(case: &Case<'_>, pack: &Pack) -> Vec<AgendaItem> {
    let Some(meeting) = &case.contract.meeting else { return Vec::new() };
    meeting
        .agenda
        .iter()
        .map(|(title, fill)| AgendaItem {
            title: title.clone(),
            points: fill.map(|fill| points(case, pack, fill)).unwrap_or_default(),
        })
        .collect()
}

fn points(case: &Case<'_>, pack: &Pack, fill: Fill) -> Vec<String> {
    match fill {
        Fill::Actions => case
            .records
            .actions
            .iter()
            .map(|action| {
                let due = if action.timescale.is_empty() {
                    String::new()
                } else {
                    format!(" ({})", action.timescale)
                };
                format!("KPI {}: {}{due}", action.kpi, action.action)
            })
            .collect(),
        Fill::Submissions => submissions(pack),
        Fill::Ratings => pack
            .kpis
            .iter()
            .filter(|line| {
                matches!(line.whole.rating, Rating::Red | Rating::Amber | Rating::Invalid | Rating::NoReturn)
            })
            .map(|line| {
                format!(
                    "KPI {}, {}: {}. {}",
                    line.whole.kpi,
                    line.whole.title,
                    line.whole.rating.word(),
                    line.sentences.first().cloned().unwrap_or_default()
                )
            })
            .collect(),
        Fill::Queries => queries(pack),
        Fill::Narrative => pack
            .narrative
            .iter()
            .filter(|passage| passage.paragraphs.is_empty())
            .map(|passage| {
                let area = passage.area.as_ref().map(|area| format!(" ({area})")).unwrap_or_default();
                format!("{}{area}: nothing was written.", passage.title)
            })
            .collect(),
        Fill::SocialValue => pack
            .information
            .iter()
            .filter(|table| table.figures.iter().all(|figure| !figure))
            .map(|table| {
                format!("{}: {} reported.", table.title, number_of(table.rows.len(), "measure", "measures"))
            })
            .collect(),
        Fill::Escalations => pack
            .escalations
            .iter()
            .map(|escalation| {
                let distance = escalation.distance.as_ref().map(|d| format!(" ({d})")).unwrap_or_default();
                format!(
                    "{} (clause {}): {}{distance}.",
                    escalation.title,
                    escalation.clause,
                    escalation.status.word().to_lowercase()
                )
            })
            .collect(),
        Fill::ActionPlan => pack
            .action_plan
            .iter()
            .map(|row| {
                format!(
                    "{}: {}",
                    row.kpi,
                    if row.action.is_empty() { "action to be agreed".into() } else { row.action.clone() }
                )
            })
            .collect(),
        Fill::Dates => {
            pack.dates.iter().take(6).map(|line| format!("{}: {}", long_date(line.date), line.what)).collect()
        }
    }
}

fn submissions(pack: &Pack) -> Vec<String> {
    let mut points: Vec<String> = pack
        .submissions
        .iter()
        .filter(|s| {
            matches!(s.status, SubmissionStatus::Late | SubmissionStatus::Missing)
                || s.accurate == Some(false)
        })
        .map(crate::assess::submissions::in_words)
        .collect();
    points.extend(pack.submission_kpis.iter().filter(|kpi| kpi.rating == Rating::Red).map(|kpi| {
        format!(
            "{}, {} to {}: {} of {}.",
            kpi.title,
            long_date(kpi.from),
            long_date(kpi.to),
            kpi.met,
            kpi.due
        )
    }));
    points
}

fn queries(pack: &Pack) -> Vec<String> {
    pack.submissions
        .iter()
        .filter_map(|submission| {
            let open = submission
                .findings
                .iter()
                .filter(|finding| finding.kind.severity != Severity::Info && finding.accepted.is_none())
                .count();
            (open > 0).then(|| {
                let area = submission.area.as_ref().map(|area| format!(", {area}")).unwrap_or_default();
                format!(
                    "{}{area}, {}: {} open.",
                    submission.form_title,
                    submission.period.describe(),
                    number_of(open, "query", "queries")
                )
            })
        })
        .collect()
}
