//! An invented portfolio.

use crate::domain::called::Called;
use crate::domain::rating::Rating;
use crate::domain::submission::{Submission, SubmissionStatus};
use crate::output::pages::{Link, PackFiles, PortfolioLinks, ReviewKey};
use crate::review::issued::Issued;
use crate::review::{DateLine, KpiLine, Pack, ProviderReview, Results, Unrecognised};

use super::{PLANTED, bare_pack, day, figure, pack, quarter, submission};

/// A KPI missed in the quarter of the given number.
fn red(kpi: &str, number: u32) -> KpiLine {
    let whole = figure(kpi, number, Some((1, 2)), Rating::Red);
    KpiLine {
        within: vec![whole.clone()],
        history: vec![whole.clone()],
        whole,
        areas: Vec::new(),
        sentences: Vec::new(),
        bands: Vec::new(),
        process: None,
    }
}

/// Results with so many providers, each with five periods, and where their packs lie.
pub fn results(providers: usize) -> (Results, PortfolioLinks) {
    let mut links = PortfolioLinks {
        outputs: vec![Link { label: "Calendar".to_string(), href: "calendar.ics".to_string() }],
        ..PortfolioLinks::default()
    };
    let reviews = (0..providers)
        .map(|number| {
            let provider = match number {
                0 => "Harbour Advocacy".to_string(),
                1 => PLANTED.to_string(),
                number => format!("Invented Provider {number:03}"),
            };
            let key = ReviewKey { contract: "fixture-advocacy".to_string(), provider: provider.clone() };
            let files = (0..5).map(|number| {
                let period = quarter(number);
                let folder = format!("fixture-advocacy/{provider}/{}", period.label());
                PackFiles {
                    issued: (number == 3).then(|| Issued {
                        number: 1,
                        on: day(2026, 1, 20),
                        as_of: day(2026, 1, 20),
                        note: None,
                        changed: vec!["KPI 5 has changed.".to_string()],
                        figures_changed: 1,
                        earlier: Vec::new(),
                        folder: String::new(),
                    }),
                    period,
                    pack: format!("{folder}/pack.html"),
                    committee_pack: Some(format!("{folder}/committee-pack.html")),
                    provider_pack: Some(format!("{folder}/provider-pack.html")),
                    areas: Vec::new(),
                    drafts: Vec::new(),
                    emails: Vec::new(),
                    workbook: format!("{folder}/pack.xlsx"),
                    returned: vec![Link {
                        label: "KPI return.xlsx".to_string(),
                        href: format!("{folder}/returned/KPI return.xlsx"),
                    }],
                }
            });
            links.packs.insert(key, files.collect());
            let packs: Vec<Pack> = (0..5)
                .map(|period| Pack {
                    provider: provider.clone(),
                    period: quarter(period),
                    escalations: if number % 3 == 0 { pack().escalations } else { Vec::new() },
                    counts: vec![
                        (Rating::Green, 8),
                        (Rating::Amber, number % 2),
                        (Rating::Red, (number + 1) % 3),
                    ],
                    kpis: (0..(number + 1) % 3).map(|kpi| red(&format!("{}", kpi + 1), period)).collect(),
                    ..bare_pack()
                })
                .collect();
            let next = Submission {
                due: day(2026, 2, 14),
                ..submission("Monthly management information", None, SubmissionStatus::NotYetDue)
            };
            ProviderReview {
                called: Called::default(),
                contract: "fixture-advocacy".to_string(),
                contract_title: "Cheshire advocacy services".to_string(),
                standings: if number == 2 { vec![format!("{provider} is suspended.")] } else { Vec::new() },
                provider,
                submissions: pack().submissions.into_iter().chain([next]).collect(),
                ratings: Vec::new(),
                overall: Vec::new(),
                submission_kpis: Vec::new(),
                escalations: Vec::new(),
                dates: pack()
                    .dates
                    .into_iter()
                    .chain([DateLine {
                        date: day(2026, 1, 31),
                        what: "Improvement action plan due".to_string(),
                        clause: "6 b".to_string(),
                        for_provider: true,
                    }])
                    .collect(),
                calendar: Vec::new(),
                breaks_and_ends: vec![DateLine {
                    date: day(2026, 8, 31),
                    what: "Contract end: its last day".to_string(),
                    clause: String::new(),
                    for_provider: true,
                }],
                actions: Vec::new(),
                packs,
                committee: Vec::new(),
            }
        })
        .collect();
    let results = Results {
        as_of: day(2026, 1, 20),
        reviews,
        reports: Vec::new(),
        unrecognised: vec![Unrecognised {
            file: "returns/holiday rota & <plans>.xlsx".to_string(),
            reason: "No form of any contract is recognised in it. Move it out of the returns folder."
                .to_string(),
        }],
        ignored: vec![Unrecognised {
            file: "returns/test.xlsx".to_string(),
            reason: "A test file.".to_string(),
        }],
    };
    (results, links)
}
