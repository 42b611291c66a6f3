//! Papers drafted for legal review, because a condition is met: clause, evidence and figures filled in.

use super::sentences;
use crate::assess::Case;
use crate::contract::meant::{self, PaperFill};
use crate::domain::escalation::{Escalation, EscalationStatus};
use crate::domain::period::long_date;
use crate::domain::rating::Rating;
use crate::review::paper::{Paper, PaperContent, PaperPart, PlanRow};
use crate::review::{Pack, RatedFigure};

/// Every paper that an escalation of the pack calls for, in the contract's order.
pub fn papers(case: &Case<'_>, pack: &Pack) -> Vec<Paper> {
    case.contract
        .papers
        .iter()
        .filter_map(|settings| {
            let because: Vec<&Escalation> = pack
                .escalations
                .iter()
                .filter(|own| {
                    own.status == EscalationStatus::Triggered && settings.escalations.contains(&own.id)
                })
                .collect();
            (!because.is_empty()).then(|| paper(settings, pack, &because))
        })
        .collect()
}

fn paper(settings: &meant::Paper, pack: &Pack, because: &[&Escalation]) -> Paper {
    // A condition met in several months is one reason.
    let mut reasons: Vec<(String, String)> = Vec::new();
    for own in because {
        let reason = (own.title.clone(), own.clause.clone());
        if !reasons.contains(&reason) {
            reasons.push(reason);
        }
    }
    let by = because.iter().filter_map(|own| own.by).min();
    let mut clauses: Vec<String> = Vec::new();
    for (_, clause) in &reasons {
        if !clauses.contains(clause) {
            clauses.push(clause.clone());
        }
    }
    let fill_in = |text: &str| {
        text.replace("{provider}", &pack.provider)
            .replace("{contract}", &pack.contract_title)
            .replace("{period}", &pack.period.describe())
            .replace("{clause}", &sentences::list(&clauses))
            .replace("{by}", &by.map_or("a date to be fixed".to_string(), long_date))
    };
    Paper {
        id: settings.id.clone(),
        title: settings.title.clone(),
        clause: settings.clause.clone(),
        because: reasons,
        contract_title: pack.contract_title.clone(),
        councils: pack.councils.clone(),
        provider: pack.provider.clone(),
        period: pack.period,
        as_of: pack.as_of,
        by,
        parts: settings
            .parts
            .iter()
            .map(|part| PaperPart {
                heading: part.heading.clone(),
                paragraphs: part.text.iter().map(|text| fill_in(text)).collect(),
                content: content(part.fill, pack, because),
            })
            .collect(),
    }
}

fn content(fill: Option<PaperFill>, pack: &Pack, because: &[&Escalation]) -> PaperContent {
    match fill {
        None => PaperContent::Nothing,
        Some(PaperFill::Evidence) => {
            let mut evidence = Vec::new();
            for item in because.iter().flat_map(|own| &own.evidence) {
                if !evidence.contains(item) {
                    evidence.push(item.clone());
                }
            }
            PaperContent::Evidence(evidence)
        }
        Some(PaperFill::Performance) => PaperContent::Lines(
            below(pack)
                .map(|figure| {
                    // The paper says once which period it is about.
                    let current = sentences::current(figure, figure.period != pack.period);
                    format!("KPI {}, {}: {current}.", figure.kpi, figure.title)
                })
                .collect(),
        ),
        Some(PaperFill::ImprovementPlan) => PaperContent::ImprovementPlan(
            pack.action_plan
                .iter()
                .map(|row| PlanRow {
                    kpi: row.kpi.clone(),
                    current: row.current.clone(),
                    tasks: row.action.clone(),
                    timescales: row.timescale.clone(),
                    ..PlanRow::default()
                })
                .collect(),
        ),
        Some(PaperFill::ActionPlan) => PaperContent::ActionPlan(pack.action_plan.clone()),
    }
}

/// Every amber and red figure of the period.
fn below(pack: &Pack) -> impl Iterator<Item = &RatedFigure> {
    pack.kpis
        .iter()
        .flat_map(|line| &line.within)
        .filter(|figure| matches!(figure.rating, Rating::Red | Rating::Amber) && figure.relief.is_none())
}
