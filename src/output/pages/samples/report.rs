//! An invented report across providers, and an invented paper.

use std::collections::BTreeMap;

use crate::domain::called::Called;
use crate::domain::escalation::Evidence;
use crate::domain::place::{CellAddress, CellRef};
use crate::domain::quantity::Quantity;
use crate::domain::rating::Rating;
use crate::output::pages::ReportLinks;
use crate::review::ActionRow;
use crate::review::paper::{Paper, PaperContent, PaperPart, PlanRow};
use crate::review::report::{
    AlertRow, AreaScore, Borough, Compliance, ContractReport, Matrix, MatrixCell, MatrixRow, Movement,
    NotificationRow, PlannedReview, Profile, Profiles, Ranking, RankingRow, ReportedProvider, Requirement,
    Section, Theme, Themes,
};

use super::{PLANTED, day, quarter};

const CLEAN: &str = "Larkspur Row";

fn matrix() -> Matrix {
    let column = |group: &str, title: &str, clause: &str| Requirement {
        group: group.to_string(),
        title: title.to_string(),
        clause: clause.to_string(),
    };
    let cell = |compliance, word: &str, note: &str| MatrixCell {
        compliance,
        word: word.to_string(),
        notes: (!note.is_empty()).then(|| note.to_string()).into_iter().collect(),
    };
    Matrix {
        columns: vec![
            column("Returns", "Quarterly form, 2025-26 Q4", "5.1"),
            column("Certification", "1. Insurance", "4.1"),
            column("Certification", "2. Policies", "4.1"),
            column("Conduct", "Conditions", ""),
        ],
        rows: vec![
            MatrixRow {
                provider: PLANTED.to_string(),
                cells: vec![
                    cell(Compliance::NotMet, "Missing", "Due 15 April 2026."),
                    cell(Compliance::Partly, "Cannot be used", "=1+1"),
                    cell(Compliance::Partly, "Cannot be used", ""),
                    cell(Compliance::NotMet, "1 holds", PLANTED),
                ],
            },
            MatrixRow {
                provider: CLEAN.to_string(),
                cells: vec![
                    cell(Compliance::Met, "On time", ""),
                    cell(Compliance::Met, "Met", ""),
                    cell(Compliance::Nothing, "Not applicable", ""),
                    cell(Compliance::Met, "None holds", ""),
                ],
            },
        ],
    }
}

fn alert(provider: &str, closed: bool) -> AlertRow {
    AlertRow {
        provider: provider.to_string(),
        service: Some("=Ash House".to_string()),
        raised: day(2026, 5, 11),
        reason: PLANTED.to_string(),
        provider_told: Some(false),
        review: Some(day(2026, 6, 8)),
        closed: closed.then(|| day(2026, 6, 9)),
        due: !closed,
    }
}

fn event(provider: &str, compliance: Compliance, status: &str) -> NotificationRow {
    NotificationRow {
        provider: provider.to_string(),
        service: None,
        kind: "Change of ownership".to_string(),
        event: day(2025, 12, 18),
        last_day: day(2025, 12, 29),
        notified: (compliance == Compliance::Met).then(|| day(2025, 12, 29)),
        status: status.to_string(),
        note: "@SUM(A1)".to_string(),
        compliance,
        clause: "6.1".to_string(),
    }
}

/// A score in tenths.
fn score(tenths: Option<i64>, rating: Rating) -> AreaScore {
    let score = tenths.map(|tenths| Quantity::new(tenths, 1));
    AreaScore { score, shown: score.map(|own| own.to_string()).unwrap_or_default(), rating }
}

/// A report with every section filled.
pub fn report() -> ContractReport {
    let matrix = matrix();
    ContractReport {
        contract: "accommodation".to_string(),
        contract_title: "Accommodation & support".to_string(),
        councils: vec!["Invented Council".to_string()],
        called: Called::default(),
        title: "Providers".to_string(),
        as_of: day(2026, 6, 15),
        summary: vec!["2 providers: 1 has something not met.".to_string(), "1 open alert.".to_string()],
        providers: vec![
            ReportedProvider {
                name: PLANTED.to_string(),
                standings: vec!["Suspended since 8 June 2026".to_string()],
            },
            ReportedProvider { name: CLEAN.to_string(), standings: Vec::new() },
        ],
        sections: vec![
            Section::Compliance(matrix.clone()),
            Section::Priorities(Ranking {
                title: "Priority for meetings".to_string(),
                clause: "7.3".to_string(),
                reading: Some("Each criterion weighs the same.".to_string()),
                criteria: vec![("a) New".to_string(), 1.into()), ("b) Risk".to_string(), 2.into())],
                rows: vec![
                    RankingRow {
                        rank: Some(1),
                        provider: PLANTED.to_string(),
                        sum: Some(11.into()),
                        scores: vec![Some(1.into()), Some(5.into())],
                        reasons: vec!["Weighs most: b) Risk (5 × 2).".to_string()],
                    },
                    RankingRow {
                        rank: None,
                        provider: CLEAN.to_string(),
                        sum: None,
                        scores: vec![None, None],
                        reasons: vec!["Not scored in the register.".to_string()],
                    },
                ],
            }),
            Section::Benchmark(super::comparisons()),
            Section::Alerts(vec![alert(PLANTED, false), alert(CLEAN, true)]),
            Section::Notifications(vec![
                event(PLANTED, Compliance::NotMet, "Not notified"),
                event(CLEAN, Compliance::Met, "In time"),
            ]),
            Section::Profiles(Profiles {
                areas: vec!["Risk".to_string(), PLANTED.to_string()],
                rows: vec![Profile {
                    provider: PLANTED.to_string(),
                    when: "14 January 2026".to_string(),
                    within: true,
                    scores: vec![score(Some(25), Rating::Amber), score(None, Rating::Invalid)],
                    lowest: vec!["Risk".to_string()],
                    notes: vec![PLANTED.to_string()],
                }],
            }),
            Section::Themes(Themes {
                basis: "From the newest review of 1 contract.".to_string(),
                areas: vec![Theme {
                    title: "Risk".to_string(),
                    mean: Some(Quantity::new(25, 1)),
                    shown: "2.5".to_string(),
                    scored: 1,
                    lowest: vec![PLANTED.to_string()],
                }],
                held: vec![format!("Risk: {PLANTED}")],
            }),
            Section::Movement(vec![Movement {
                provider: CLEAN.to_string(),
                before: "June 2025".to_string(),
                now: "14 January 2026".to_string(),
                sentence: "1 area rose.".to_string(),
                areas: vec![(
                    "Risk".to_string(),
                    score(Some(24), Rating::Red),
                    score(Some(25), Rating::Amber),
                    Some(Quantity::new(1, 1)),
                )],
            }]),
            Section::ForwardPlan(vec![PlannedReview {
                date: None,
                provider: CLEAN.to_string(),
                lead_officer: Some(PLANTED.to_string()),
                self_assessment: "Due before the meeting".to_string(),
                compliance: Compliance::Nothing,
                requested_by: Some("=A1".to_string()),
            }]),
            Section::Boroughs(vec![
                Borough {
                    name: "Brent".to_string(),
                    matrix: matrix.clone(),
                    alerts: vec![alert(PLANTED, false)],
                },
                Borough {
                    name: PLANTED.to_string(),
                    matrix: Matrix { rows: matrix.rows[1..].to_vec(), ..matrix },
                    alerts: Vec::new(),
                },
            ]),
        ],
        readings: vec!["Dates are set locally.".to_string()],
    }
}

/// Where the report leads.
pub fn report_links() -> ReportLinks {
    ReportLinks {
        portfolio: "../index.html".to_string(),
        workbook: "report.xlsx".to_string(),
        packs: BTreeMap::from([(CLEAN.to_string(), format!("{CLEAN}/2025-26 Q4/pack.html"))]),
    }
}

/// A paper with a part of every kind.
pub fn paper() -> Paper {
    let part = |heading: &str, content| PaperPart {
        heading: heading.to_string(),
        paragraphs: vec![format!("A paragraph of {PLANTED}.")],
        content,
    };
    Paper {
        id: "formal-warning".to_string(),
        title: "Formal warning".to_string(),
        clause: "6.7, 6.8".to_string(),
        because: vec![("Red in two months".to_string(), "6.7".to_string())],
        contract_title: "Accommodation & support".to_string(),
        councils: vec!["Invented Council".to_string()],
        provider: PLANTED.to_string(),
        period: quarter(4),
        as_of: day(2026, 1, 20),
        by: Some(day(2026, 1, 30)),
        parts: vec![
            part("The level of performance", PaperContent::Lines(vec![PLANTED.to_string()])),
            part(
                "Evidence",
                PaperContent::Evidence(vec![
                    Evidence {
                        text: "KPI 2, 57.1%.".to_string(),
                        cells: vec![CellRef {
                            file: "returns/feb.xlsx".into(),
                            sheet: "Visit log".into(),
                            cell: CellAddress::new(4, 4),
                        }],
                    },
                    Evidence { text: "A warning of 10 June.".to_string(), cells: Vec::new() },
                ]),
            ),
            part(
                "Improvement plan",
                PaperContent::ImprovementPlan(vec![PlanRow {
                    kpi: "2. Reports in time".to_string(),
                    current: "Red".to_string(),
                    ..PlanRow::default()
                }]),
            ),
            part(
                "Action plan",
                PaperContent::ActionPlan(vec![ActionRow {
                    kpi: "2. Reports in time".to_string(),
                    action: "Send reports by e-mail".to_string(),
                    ..ActionRow::default()
                }]),
            ),
            part("Nothing below target", PaperContent::Lines(Vec::new())),
            part("What follows", PaperContent::Nothing),
        ],
    }
}
