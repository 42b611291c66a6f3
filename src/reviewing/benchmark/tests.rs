//! Benchmarks of invented providers of an invented contract, case by case.

use chrono::NaiveDate;

use super::*;
use crate::assess::benchmark::benchmarks;
use crate::contract::fixture;
use crate::contract::meant::Benchmark as Settings;
use crate::domain::called::Called;
use crate::domain::finding::Finding;
use crate::domain::finding_kinds;
use crate::domain::period::{Frequency, Period};
use crate::domain::place::{CellAddress, CellRef};
use crate::domain::quantity::{Quantity, Unit, share};
use crate::domain::rating::Rating;
use crate::domain::submission::{Submission, SubmissionStatus};
use crate::review::RatedFigure;
use crate::review::benchmark::{OwnBenchmark, Quarter};

const KPI: &str = "K3";

fn contract(better: Option<Better>) -> Contract {
    let mut contract = fixture::accommodation();
    contract.benchmark = Some(Settings { clause: "1.4".to_string(), at_least: 5, reading: None });
    for kpi in contract.kpis.iter_mut().filter(|kpi| kpi.reference == KPI) {
        kpi.better = better;
    }
    contract
}

/// The quarter so many quarters after April to June 2025.
fn quarter(number: u32) -> Period {
    let day = NaiveDate::from_ymd_opt(2025, 4, 1).unwrap();
    (0..number).fold(Period::containing(day, Frequency::Quarter, 4), |period, _| period.next())
}

fn cell(provider: &str, address: &str) -> CellRef {
    CellRef {
        file: format!("returns/{provider}.xlsx").into(),
        sheet: "KPI form".into(),
        cell: CellAddress::parse(address).unwrap(),
    }
}

/// A share of so many hundredths; without one, the rating says why.
fn figure(provider: &str, number: u32, hundredths: Option<i64>, rating: Rating) -> RatedFigure {
    RatedFigure {
        kpi: KPI.to_string(),
        title: "Key-work sessions held of those planned".to_string(),
        area: None,
        period: quarter(number),
        value: hundredths.and_then(|own| share(own.into(), 100.into())),
        numerator: hundredths.map(Into::into),
        denominator: hundredths.map(|_| 100.into()),
        unit: Unit::Percent,
        target: Vec::new(),
        aim: None,
        thresholds: Vec::new(),
        rating,
        clause: String::new(),
        notes: Vec::new(),
        relief: None,
        partial: None,
        cells: vec![cell(provider, "B7"), cell(provider, "B8")],
        comment: None,
        computed: None,
        said: None,
        not_met: false,
        contradicted: false,
        local: false,
        lower_is_better: false,
        short_of: None,
    }
}

fn review(provider: &str, ratings: Vec<RatedFigure>) -> ProviderReview {
    ProviderReview {
        called: Called::default(),
        standings: Vec::new(),
        contract: fixture::accommodation().id,
        contract_title: "Accommodation".to_string(),
        provider: provider.to_string(),
        submissions: Vec::new(),
        ratings,
        overall: Vec::new(),
        submission_kpis: Vec::new(),
        escalations: Vec::new(),
        dates: Vec::new(),
        calendar: Vec::new(),
        breaks_and_ends: Vec::new(),
        actions: Vec::new(),
        packs: Vec::new(),
        committee: Vec::new(),
    }
}

const NAMES: [&str; 7] = ["Ash", "Birch", "Cedar", "Damson", "Elder", "Fir", "Gorse"];

/// A review a figure, in one quarter.
fn reviews(hundredths: &[i64]) -> Vec<ProviderReview> {
    NAMES
        .iter()
        .zip(hundredths)
        .map(|(name, own)| review(name, vec![figure(name, 1, Some(*own), Rating::NotRated)]))
        .collect()
}

fn compared(contract: &Contract, reviews: &mut [ProviderReview]) -> Benchmark {
    let mut all = compare(contract, reviews);
    all.retain(|own| own.kpi == KPI);
    all.pop().unwrap()
}

fn error(at: CellRef) -> Submission {
    Submission {
        form: "quarterly-kpi".to_string(),
        form_title: "Quarterly KPI form".to_string(),
        period: quarter(1),
        area: None,
        due: quarter(1).to,
        due_note: None,
        clause: String::new(),
        received: None,
        status: SubmissionStatus::OnTime,
        status_note: None,
        versions: Vec::new(),
        rated_version: None,
        accurate: None,
        findings: vec![Finding::at(&finding_kinds::TOTAL_MISMATCH, &at, "It does not add up.".to_string())],
        changed: Vec::new(),
        replies: Vec::new(),
    }
}

#[test]
fn fewer_figures_than_the_contract_asks_for_are_not_compared() {
    let four = compared(&contract(None), &mut reviews(&[80, 85, 90, 95]));
    assert_eq!((four.market, four.comparable), (None, 4));
    assert_eq!(
        four.sentences,
        ["No benchmark: 4 of 4 providers have a figure that can be compared, and at least 5 are needed."]
    );
    let five = compared(&contract(None), &mut reviews(&[80, 85, 90, 95, 99]));
    assert_eq!(five.market.unwrap().spread.number, 5);
    let mut none = reviews(&[80]);
    none[0].ratings[0].value = None;
    let none = compared(&contract(None), &mut none);
    assert!(none.sentences[0].starts_with("No benchmark: no provider has a figure"), "{:?}", none.sentences);
}

#[test]
fn what_cannot_be_compared_is_left_out_and_named_with_the_reason() {
    let mut all = reviews(&[80, 85, 90, 95, 99, 10, 10]);
    all[1].ratings[0].partial = Some("Partial period: the service started on 4 August 2025.".to_string());
    all[2].ratings[0] = figure("Cedar", 1, None, Rating::NoReturn);
    all[3].ratings[0] = figure("Damson", 1, None, Rating::Invalid);
    all[4].submissions.push(error(cell("Elder", "B8")));
    // Neither an accepted error nor one about another cell.
    let mut accepted = error(cell("Fir", "B8"));
    accepted.findings[0].accepted = Some("Agreed.".to_string());
    all[5].submissions.push(accepted);
    all[6].submissions.push(error(cell("Gorse", "B9")));
    let mut contract = contract(None);
    contract.benchmark.as_mut().unwrap().at_least = 3;
    let benchmark = compared(&contract, &mut all);
    let named: Vec<(&str, Option<&str>, &str)> = benchmark
        .left_out
        .iter()
        .map(|own| (own.provider.as_str(), own.shown.as_deref(), own.reason.as_str()))
        .collect();
    assert_eq!(
        named,
        [
            ("Birch", Some("85%"), "partial period: the service started on 4 August 2025"),
            ("Cedar", None, "no return was received"),
            ("Damson", None, "the figure cannot be used"),
            ("Elder", Some("99%"), "an error in the return is still open, so the figure is not proven"),
        ]
    );
    assert_eq!(benchmark.comparable, 3);
    assert_eq!(
        benchmark.sentences_on("Birch")[1..],
        [
            "This provider’s figure of 85% is not among them.",
            "Partial period: the service started on 4 August 2025."
        ]
    );
    contract.benchmark.as_mut().unwrap().at_least = 5;
    let too_few = compared(&contract, &mut all);
    assert_eq!(
        too_few.sentences_on("Cedar"),
        [
            "No benchmark: 3 of 7 providers have a figure that can be compared, and at least 5 are needed.",
            "This provider’s figure could not be compared.",
            "No return was received."
        ]
    );
}

#[test]
fn a_place_is_told_from_the_end_it_is_nearer_to() {
    for (better, hundredths, sentences) in [
        (
            None,
            &[99, 95, 91, 90, 85, 80, 70][..],
            &[
                "Highest of 7 providers.",
                "Second highest of 7 providers.",
                "Third highest of 7 providers.",
                "Fourth highest of 7 providers.",
                "Third lowest of 7 providers.",
                "Second lowest of 7 providers.",
                "Lowest of 7 providers.",
            ][..],
        ),
        (
            Some(Better::Lower),
            &[1, 2, 2, 4, 5],
            &[
                "Lowest of 5 providers (lower is better).",
                "Joint second lowest of 5 providers (lower is better).",
                "Joint second lowest of 5 providers (lower is better).",
                "Second highest of 5 providers (lower is better).",
                "Highest of 5 providers (lower is better).",
            ],
        ),
        (Some(Better::Higher), &[90, 90, 90, 90, 90], &["90% is what all 5 providers have."; 5]),
    ] {
        let benchmark = compared(&contract(better), &mut reviews(hundredths));
        for (name, sentence) in NAMES.iter().zip(sentences) {
            assert_eq!(benchmark.compared(name).unwrap().sentence, *sentence, "{name} of {hundredths:?}");
        }
    }
}

#[test]
fn a_rated_kpi_knows_which_figures_are_better() {
    let mut contract = contract(None);
    let rule = "rule = { target = { at-most = 2 } }";
    #[derive(serde::Deserialize)]
    struct Case {
        rule: crate::contract::meant::RatingRule,
    }
    let rule: Case = toml::from_str(rule).unwrap();
    for kpi in contract.kpis.iter_mut().filter(|kpi| kpi.reference == KPI) {
        kpi.rules = crate::contract::meant::Dated::always(rule.rule.clone());
    }
    let benchmark = compared(&contract, &mut reviews(&[5, 4, 3, 2, 1]));
    assert_eq!(benchmark.better, Some(Better::Lower));
    let first = &benchmark.market.unwrap().providers[0];
    assert_eq!((first.provider.as_str(), first.rank, first.quarter), ("Elder", 1, Quarter::Lowest));
}

#[test]
fn change_is_told_where_both_periods_can_be_compared() {
    let before = [80, 80, 80, 84, 90, 100];
    let now = [81, 80, 79, 85, 91, 99, 95];
    let mut all: Vec<ProviderReview> = NAMES
        .iter()
        .enumerate()
        .map(|(index, name)| {
            let mut ratings: Vec<RatedFigure> = before
                .get(index)
                .map(|own| figure(name, 0, Some(*own), Rating::NotRated))
                .into_iter()
                .collect();
            ratings.push(figure(name, 1, Some(now[index]), Rating::NotRated));
            review(name, ratings)
        })
        .collect();
    all[4].ratings[0].partial = Some("Partial period: the service started on 4 May 2025.".to_string());
    let benchmark = compared(&contract(None), &mut all);
    let change = |name: &str| benchmark.change(benchmark.compared(name).unwrap());
    assert_eq!(change("Ash"), "Up from 80%");
    assert_eq!(change("Birch"), "Same as before (80%)");
    assert_eq!(change("Cedar"), "Down from 80%");
    assert_eq!(
        change("Elder"),
        "Not compared with the period before (partial period: the service started on 4 May 2025)"
    );
    assert_eq!(change("Gorse"), "No period before");
    assert_eq!(
        benchmark.compared("Cedar").unwrap().sentence,
        "Lowest of 7 providers, down from 80% in the period before."
    );
    assert_eq!(
        benchmark.sentences,
        [
            "The median is 85%; the middle half lies between 80.5% and 93%.",
            "The median rose from 80% in the period before, then of 5 providers."
        ]
    );
}

#[test]
fn no_rounding_takes_a_median_over_a_target() {
    let mut all = reviews(&[90, 91, 94, 96, 97]);
    for review in &mut all {
        for figure in &mut review.ratings {
            figure.thresholds = vec![Quantity::new(95, 2)];
        }
    }
    all[2].ratings[0].value = Some(Quantity::new(9499, 4));
    let benchmark = compared(&contract(None), &mut all);
    assert_eq!(benchmark.sentences, ["The median is 94.9%; the middle half lies between 91% and 96%."]);
}

#[test]
fn nothing_is_compared_that_the_contract_does_not_ask_for() {
    let mut contract = contract(None);
    let mut all = reviews(&[80, 85, 90, 95, 99]);
    all[0].contract = "another".to_string();
    assert_eq!(compared(&contract, &mut all).comparable, 4);
    contract.benchmark = None;
    assert_eq!(compare(&contract, &mut all), []);
    assert!(benchmarks(&contract, &[]).is_empty());
}

#[test]
fn what_a_provider_may_see_has_no_name_and_no_other_figure() {
    let benchmark = compared(&contract(None), &mut reviews(&[81, 82, 83, 84, 85, 86, 87]));
    let own = OwnBenchmark::of(&benchmark, "Birch");
    let told = format!("{own:?}");
    for other in NAMES.iter().filter(|name| **name != "Birch") {
        assert!(!told.contains(other), "{other}: {told}");
    }
    // The least and the greatest are somebody's own.
    assert!(!told.contains("0.81") && !told.contains("0.87"), "{told}");
    assert_eq!(own.place.unwrap().rank, 6);
    assert_eq!(OwnBenchmark::of(&benchmark, "Nobody").place, None);
}

#[test]
fn ordinals_are_written_as_they_are_said() {
    for (number, word) in
        [(2, "second"), (10, "tenth"), (11, "11th"), (12, "12th"), (21, "21st"), (33, "33rd"), (111, "111th")]
    {
        assert_eq!(in_order(number), word);
    }
}
