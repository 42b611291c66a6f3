//! Contract consequences whose condition holds, with their workings.

use serde::Serialize;

use crate::domain::escalation::Escalation;
use crate::domain::period::long_date;

use super::parts::Tag;
use super::sources::sources;

/// One escalation in full.
#[derive(Debug, Serialize)]
pub struct EscalationCard {
    title: String,
    tag: Tag,
    clause: String,
    period: String,
    evidence: Vec<EvidenceLine>,
    distance: Option<String>,
    action: String,
    by: Option<String>,
}

#[derive(Debug, Serialize)]
struct EvidenceLine {
    text: String,
    sources: Vec<String>,
}

/// One escalation of an earlier period, on one line.
#[derive(Debug, Serialize)]
pub struct EarlierEscalation {
    title: String,
    tag: Tag,
    clause: String,
    period: String,
    action: String,
}

impl From<&Escalation> for EscalationCard {
    fn from(escalation: &Escalation) -> Self {
        Self {
            title: escalation.title.clone(),
            tag: escalation.status.into(),
            clause: escalation.clause.clone(),
            period: escalation.period.describe(),
            evidence: escalation
                .evidence
                .iter()
                .map(|evidence| EvidenceLine {
                    text: evidence.text.clone(),
                    sources: sources(&evidence.cells),
                })
                .collect(),
            distance: escalation.distance.clone(),
            action: escalation.action.clone(),
            by: escalation.by.map(long_date),
        }
    }
}

impl From<&Escalation> for EarlierEscalation {
    fn from(escalation: &Escalation) -> Self {
        Self {
            title: escalation.title.clone(),
            tag: escalation.status.into(),
            clause: escalation.clause.clone(),
            period: escalation.period.describe(),
            action: escalation.action.clone(),
        }
    }
}
