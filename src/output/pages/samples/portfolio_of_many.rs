//! An invented portfolio of many providers under several contracts, no two alike.

use crate::domain::called::Called;
use crate::domain::period::Period;
use crate::domain::rating::Rating;
use crate::domain::submission::{Submission, SubmissionStatus};
use crate::output::pages::{DraftLink, Link, PackFiles, PortfolioLinks, ReviewKey};
use crate::review::{DateLine, KpiLine, OverallRating, Pack, ProviderReview, RatedFigure, Results};

use super::{bare_pack, figure, pack, quarter, submission};

const FIRST: [&str; 12] = [
    "Alder", "Birch", "Cedar", "Dale", "Elm", "Fern", "Grove", "Hazel", "Ivy", "Juniper", "Kestrel", "Larch",
];
const SECOND: [&str; 9] =
    ["Court", "House", "Lodge", "Trust", "Living", "Support", "Homes", "Partnership", "Community Care"];

/// The name of a provider, with a number where the words have run out.
fn name(number: usize) -> String {
    let (first, second) = (FIRST[number % FIRST.len()], SECOND[number / FIRST.len() % SECOND.len()]);
    match number / (FIRST.len() * SECOND.len()) {
        0 => format!("{first} {second}"),
        again => format!("{first} {second} {}", again + 1),
    }
}

/// A rating that depends on provider, KPI and quarter alone: most are green.
fn rating(provider: usize, kpi: usize, quarter: usize) -> Rating {
    match (provider * 31 + kpi * 17 + quarter * 7 + provider * quarter) % 23 {
        0 | 1 => Rating::Red,
        2..=4 => Rating::Amber,
        5 => Rating::NoReturn,
        6 => Rating::NoActivity,
        7 => Rating::Stretch,
        _ => Rating::Green,
    }
}

/// Results of so many providers under each of the contracts, each with so many quarters, and where their packs lie.
pub fn many(contracts: &[usize], quarters: usize) -> (Results, PortfolioLinks) {
    let mut links = PortfolioLinks::default();
    let mut reviews = Vec::new();
    for (contract, providers) in contracts.iter().enumerate() {
        let id = format!("contract-{contract}");
        let report = Link { label: "Report across providers".into(), href: format!("{id}/report.html") };
        links.reports.insert(id.clone(), report);
        for number in 0..*providers {
            let review = review((contract, &id), number, quarters);
            let key = ReviewKey { contract: id.clone(), provider: review.provider.clone() };
            let files = review.packs.iter().map(|pack| files(&id, &review.provider, pack.period));
            links.packs.insert(key, files.collect());
            reviews.push(review);
        }
    }
    let as_of = quarter(u32::try_from(quarters).unwrap()).from + chrono::Days::new(40);
    let results =
        Results { as_of, reviews, reports: Vec::new(), unrecognised: Vec::new(), ignored: Vec::new() };
    (results, links)
}

fn files(contract: &str, provider: &str, period: Period) -> PackFiles {
    let folder = format!("{contract}/{provider}/{}", period.label());
    let link = |label: &str, file: &str| Link { label: label.into(), href: format!("{folder}/{file}") };
    let returned = |month: &str| {
        link(
            &format!("Monthly management information, {month}"),
            &format!("returned/{provider} monthly return {month}.xlsx"),
        )
    };
    PackFiles {
        issued: None,
        period,
        pack: format!("{folder}/pack.html"),
        workbook: format!("{folder}/pack.xlsx"),
        committee_pack: Some(format!("{folder}/committee-pack.html")),
        provider_pack: Some(format!("{folder}/provider-pack.html")),
        areas: Vec::new(),
        drafts: vec![link("Improvement notice", "letters/improvement-notice.html")],
        emails: vec![DraftLink {
            label: "Query: Monthly return, September 2025".to_string(),
            message: format!("{folder}/drafts/query monthly 2025-09.eml"),
            text: format!("{folder}/drafts/query monthly 2025-09.txt"),
        }],
        returned: ["June 2026", "July 2026", "August 2026"].map(returned).to_vec(),
    }
}

fn review((contract, id): (usize, &str), number: usize, quarters: usize) -> ProviderReview {
    let provider = name(number);
    // Some began later than others.
    let first = if number % 11 == 3 { quarters.saturating_sub(3) } else { 0 };
    let packs: Vec<Pack> = (first..quarters).map(|own| of_quarter((contract, number), first, own)).collect();
    let last = quarter(u32::try_from(quarters - 1).unwrap());
    let due = last.to + chrono::Days::new(14);
    let status = match number % 13 {
        0 => SubmissionStatus::Missing,
        1 => SubmissionStatus::Late,
        _ => SubmissionStatus::OnTime,
    };
    let of_last = Submission { period: last, due, ..submission("Quarterly KPI return", None, status) };
    let next = Submission {
        period: last.next(),
        due: last.next().to + chrono::Days::new(14),
        ..submission("Quarterly KPI return", None, SubmissionStatus::NotYetDue)
    };
    let date = |date, what: &str| DateLine {
        date,
        what: what.to_string(),
        clause: "6.2".into(),
        for_provider: true,
    };
    let meeting = last.to + chrono::Days::new(42 + u64::try_from(number % 20).unwrap());
    ProviderReview {
        called: Called::default(),
        contract: id.to_string(),
        contract_title: format!("Supported housing, lot {}", contract + 1),
        standings: if number % 37 == 5 { vec![format!("{provider} is suspended.")] } else { Vec::new() },
        submissions: vec![of_last, next],
        ratings: Vec::new(),
        overall: Vec::new(),
        submission_kpis: Vec::new(),
        escalations: Vec::new(),
        dates: vec![
            date(meeting, "Review meeting for 2025-26 Q4 (June to August 2026) (proposed)"),
            date(last.to + chrono::Days::new(45), "Monthly return for September 2026 due"),
        ],
        calendar: Vec::new(),
        breaks_and_ends: Vec::new(),
        actions: if number % 17 == 2 {
            vec![DateLine { clause: String::new(), ..date(due, "Action on KPI 5: recruit a second worker") }]
        } else {
            Vec::new()
        },
        provider,
        packs,
        committee: Vec::new(),
    }
}

fn of_quarter((contract, provider): (usize, usize), first: usize, own: usize) -> Pack {
    let number = |value: usize| u32::try_from(value).unwrap();
    let kpis: Vec<KpiLine> = (1..=9)
        .map(|kpi| {
            let history: Vec<RatedFigure> = (first..=own)
                .map(|earlier| {
                    figure(&kpi.to_string(), number(earlier), Some((1, 2)), rating(provider, kpi, earlier))
                })
                .collect();
            let whole = history.last().unwrap().clone();
            KpiLine {
                within: vec![whole.clone()],
                whole,
                history,
                areas: Vec::new(),
                sentences: Vec::new(),
                bands: Vec::new(),
                process: None,
            }
        })
        .collect();
    let ratings = [
        Rating::Red,
        Rating::Amber,
        Rating::Green,
        Rating::Stretch,
        Rating::NotRated,
        Rating::NoActivity,
        Rating::NoReturn,
        Rating::Invalid,
    ];
    let counts = ratings
        .map(|rating| (rating, kpis.iter().filter(|line| line.whole.rating == rating).count()))
        .into_iter()
        .filter(|(_, number)| *number > 0)
        .collect();
    let period = quarter(number(own));
    // The second contract rates overall, month by month.
    let overall =
        period.split(crate::domain::period::Frequency::Month).into_iter().map(|month| OverallRating {
            period: month,
            rating: rating(provider, 3, own + usize::from(month.from == period.from)),
            ..super::monthly_pack().overall[0].clone()
        });
    Pack {
        period,
        overall: if contract == 1 { overall.collect() } else { Vec::new() },
        escalations: if provider % 9 == own % 9 { pack().escalations } else { Vec::new() },
        counts,
        kpis,
        ..bare_pack()
    }
}
