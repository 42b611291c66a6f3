//! An invented comparison under a changed definition.

use crate::domain::escalation::EscalationStatus;
use crate::domain::finding::Severity;
use crate::domain::rating::Rating;
use crate::domain::submission::SubmissionStatus;
use crate::review::replay::{
    ChangedEscalation, ChangedFile, ChangedFindings, ChangedOverall, ChangedRating, ChangedSubmission,
    ChangedSubmissionKpi, ChangedTerms, Counts, EscalationSide, NotCompared, RatingSide, Replay,
    ReplayedProvider, SubmissionKpiSide, SubmissionSide,
};

use super::{PLANTED, day, quarter};

/// A comparison with every part filled.
pub fn replay() -> Replay {
    let side = |rating, target: &str| RatingSide {
        rating,
        value: "94.0%".to_string(),
        target: Some(target.to_string()),
        clause: "2.2".to_string(),
    };
    let window =
        |rating, met| SubmissionKpiSide { rating, met, due: 12, target: Some("at least 95%".to_string()) };
    Replay {
        contract: "advocacy".to_string(),
        contract_title: "Advocacy & support".to_string(),
        councils: vec!["Invented Council".to_string()],
        as_of: day(2026, 1, 20),
        definition: "variation.toml".to_string(),
        summary: vec!["1 of 12 ratings would differ.".to_string(), PLANTED.to_string()],
        counts: Counts { ratings: 12, ratings_differ: 1, ..Counts::default() },
        terms: vec![ChangedTerms {
            heading: "KPIs".to_string(),
            within: Some(PLANTED.to_string()),
            before: vec!["at least 95%".to_string()],
            after: vec!["at least 90%".to_string()],
        }],
        providers: vec![
            ReplayedProvider {
                contract: "advocacy".to_string(),
                contract_title: "Advocacy & support".to_string(),
                provider: PLANTED.to_string(),
                ratings: vec![ChangedRating {
                    kpi: "5".to_string(),
                    title: PLANTED.to_string(),
                    area: None,
                    period: quarter(1),
                    before: side(Rating::Red, ">= 95%"),
                    after: side(Rating::Green, ">= 90%"),
                }],
                overall: vec![ChangedOverall {
                    period: quarter(1),
                    clause: "4".to_string(),
                    before: Rating::Red,
                    after: Rating::Green,
                }],
                submissions: vec![ChangedSubmission {
                    form: "kpi".to_string(),
                    title: PLANTED.to_string(),
                    period: quarter(1),
                    area: None,
                    clause: "2.5".to_string(),
                    before: SubmissionSide { due: day(2025, 12, 14), status: SubmissionStatus::Late },
                    after: SubmissionSide { due: day(2025, 12, 20), status: SubmissionStatus::OnTime },
                }],
                submission_kpis: vec![ChangedSubmissionKpi {
                    id: "timeliness".to_string(),
                    title: "Timeliness".to_string(),
                    from: day(2025, 9, 1),
                    to: day(2025, 11, 30),
                    clause: "5".to_string(),
                    before: window(Rating::Red, 10),
                    after: window(Rating::Green, 12),
                }],
                escalations: vec![ChangedEscalation {
                    id: "plan".to_string(),
                    title: "Improvement plan".to_string(),
                    clause: "7".to_string(),
                    period: quarter(1),
                    before: Some(EscalationSide {
                        status: EscalationStatus::Triggered,
                        by: Some(day(2026, 1, 30)),
                    }),
                    after: None,
                }],
                not_compared: vec![NotCompared {
                    what: "KPI 7".to_string(),
                    came: true,
                    number: 3,
                    why: "the definition in force does not have the KPI".to_string(),
                }],
                findings: vec![ChangedFindings {
                    code: "total-mismatch",
                    severity: Severity::Error,
                    came: 1,
                    went: 2,
                }],
            },
            ReplayedProvider { provider: "Larkspur Row".to_string(), ..ReplayedProvider::default() },
        ],
        register: vec![PLANTED.to_string()],
        files: vec![ChangedFile {
            file: "returns/=a.xlsx".to_string(),
            came: true,
            reason: PLANTED.to_string(),
        }],
    }
}
