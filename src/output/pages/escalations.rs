//! Contract consequences whose condition holds, with their workings.

use serde::Serialize;

use crate::domain::escalation::{Escalation, EscalationStatus};
use crate::domain::period::{Period, long_date};
use crate::review::Pack;

use super::parts::Tag;
use super::sources::sources;
use super::words;

/// One escalation in full.
#[derive(Debug, Serialize)]
pub struct EscalationCard {
    title: String,
    tag: Tag,
    clause: String,
    /// The period, where it is not the pack's.
    period: Option<String>,
    evidence: Vec<EvidenceLine>,
    distance: Option<String>,
    action: String,
    by: Option<String>,
    /// Whether that day lies before the as-of date.
    by_is_past: bool,
}

#[derive(Debug, Serialize)]
struct EvidenceLine {
    text: String,
    sources: Vec<String>,
}

/// The escalations of one earlier period; their workings are in its own pack.
#[derive(Debug, Serialize)]
pub struct EarlierPeriod {
    period: String,
    met: Vec<String>,
    watched: Vec<String>,
}

/// The escalations of the period `pack` is for, each in full.
pub fn cards(pack: &Pack) -> Vec<EscalationCard> {
    pack.escalations.iter().map(|escalation| card(escalation, pack)).collect()
}

fn card(escalation: &Escalation, pack: &Pack) -> EscalationCard {
    EscalationCard {
        title: escalation.title.clone(),
        tag: escalation.status.into(),
        clause: escalation.clause.clone(),
        period: (escalation.period != pack.period).then(|| escalation.period.describe()),
        evidence: escalation
            .evidence
            .iter()
            .map(|evidence| EvidenceLine { text: evidence.text.clone(), sources: sources(&evidence.cells) })
            .collect(),
        distance: escalation.distance.clone(),
        action: escalation.action.clone(),
        by: escalation.by.map(long_date),
        by_is_past: escalation.by.is_some_and(|by| by < pack.as_of),
    }
}

/// The escalations of earlier periods, newest period first.
pub fn earlier(pack: &Pack) -> Vec<EarlierPeriod> {
    let mut periods: Vec<(Period, EarlierPeriod)> = Vec::new();
    for escalation in &pack.earlier_escalations {
        let index = match periods.iter().position(|(period, _)| *period == escalation.period) {
            Some(index) => index,
            None => {
                let period = words::period(&escalation.period);
                let line = EarlierPeriod { period, met: Vec::new(), watched: Vec::new() };
                periods.push((escalation.period, line));
                periods.len() - 1
            }
        };
        let name = match escalation.clause.as_str() {
            "" => escalation.title.clone(),
            clause => format!("{} (clause {clause})", escalation.title),
        };
        let line = &mut periods[index].1;
        match escalation.status {
            EscalationStatus::Triggered => line.met.insert(0, name),
            EscalationStatus::Watch => line.watched.insert(0, name),
        }
    }
    periods.into_iter().map(|(_, line)| line).collect()
}
