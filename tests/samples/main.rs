//! The shipped samples come to what `samples/README.md` says they come to.

#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::panic,
    reason = "a test that cannot go on should stop"
)]

mod alliance;
mod answers;
mod contract_reviews;
mod readme;
mod school_transport;
mod supported_housing;
mod visits;

use std::collections::BTreeSet;

use quarterday::domain::escalation::EscalationStatus;
use quarterday::domain::finding::Severity;
use quarterday::review::{Pack, ProviderReview, RatedFigure, Results};
use quarterday::run::{Request, run};
use quarterday::samples;
use tempfile::TempDir;

/// What a sample comes to on the day its story is told.
fn results(name: &str) -> Results {
    let sample = samples::all().into_iter().find(|sample| sample.name == name).unwrap();
    let dir = TempDir::new().unwrap();
    for file in sample.files() {
        let path = dir.path().join(file.path);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, file.bytes).unwrap();
    }
    run(dir.path(), Request { as_of: sample.as_of, today: sample.as_of }, &|_| {}).unwrap().results
}

fn review<'r>(results: &'r Results, provider: &str) -> &'r ProviderReview {
    results.reviews.iter().find(|review| review.provider == provider).unwrap()
}

fn pack<'r>(results: &'r Results, provider: &str, period: &str) -> &'r Pack {
    review(results, provider).packs.iter().find(|pack| pack.period.label() == period).unwrap()
}

fn figure<'r>(review: &'r ProviderReview, kpi: &str, period: &str) -> Option<&'r RatedFigure> {
    let mut own = review
        .ratings
        .iter()
        .filter(|own| own.kpi == kpi && own.area.is_none() && own.period.label() == period);
    let found = own.next();
    assert!(own.next().is_none(), "{} has KPI {kpi} of {period} twice", review.provider);
    found
}

/// `period id status` of every escalation.
fn escalations(review: &ProviderReview) -> Vec<String> {
    let mut found: Vec<String> = review
        .escalations
        .iter()
        .map(|own| {
            let status = match own.status {
                EscalationStatus::Triggered => "triggered",
                EscalationStatus::Watch => "watch",
            };
            format!("{} {} {status}", own.period.label(), own.id)
        })
        .collect();
    found.sort();
    found
}

/// The ratings of a period, KPI by KPI, by their first letters.
fn ratings(review: &ProviderReview, period: &str) -> String {
    review
        .ratings
        .iter()
        .filter(|own| own.period.label() == period && own.area.is_none())
        .map(|own| match own.rating.id() {
            "no-return" => 'x',
            "no-activity" => '-',
            "not-rated" => 'o',
            other => other.chars().next().unwrap(),
        })
        .collect()
}

/// `code: file, sheet!cell` of every finding of that weight in any version of any return, each once, in order.
fn findings(results: &Results, severity: Severity) -> Vec<String> {
    let found: BTreeSet<String> = results
        .reviews
        .iter()
        .flat_map(|review| &review.submissions)
        .flat_map(|own| own.versions.iter().flat_map(|version| &version.findings).chain(&own.findings))
        .filter(|finding| finding.kind.severity == severity)
        .map(|finding| {
            let file = finding.file.strip_prefix("returns/").unwrap();
            let sheet = finding.sheet.as_ref().map(|sheet| format!(", {sheet}")).unwrap_or_default();
            let cell = finding.cell.map(|cell| format!("!{cell}")).unwrap_or_default();
            let accepted = if finding.accepted.is_some() { " (accepted)" } else { "" };
            format!("{}: {file}{sheet}{cell}{accepted}", finding.kind.code)
        })
        .collect();
    found.into_iter().collect()
}

/// `period status due` of every return due of a form; an extended one says so, and how many versions came if not one.
fn submissions(review: &ProviderReview, form: &str) -> Vec<String> {
    review
        .submissions
        .iter()
        .filter(|own| own.form == form)
        .map(|own| {
            let because = own.due_note.as_deref().unwrap_or_default();
            let extended = if because.contains("xten") { ", extended" } else { "" };
            let versions = match own.versions.len() {
                0 | 1 => String::new(),
                more => format!(", {more} versions"),
            };
            format!("{} {} {}{extended}{versions}", own.period.label(), own.status.id(), own.due)
        })
        .collect()
}

/// Files that are no returns, by the beginning of why.
fn passed_over(results: &Results) -> Vec<(String, String)> {
    results
        .unrecognised
        .iter()
        .chain(&results.ignored)
        .map(|own| (own.file.clone(), own.reason.clone()))
        .collect()
}

/// Holds that just these files are passed over, each for a reason with these words in it.
fn assert_passed_over(results: &Results, expected: &[(&str, &str)]) {
    let found = passed_over(results);
    for (file, words) in expected {
        let reason = found.iter().find(|own| own.0 == format!("returns/{file}"));
        assert!(reason.is_some_and(|own| own.1.contains(words)), "{file}: {reason:?}");
    }
    assert_eq!(found.len(), expected.len(), "{found:?}");
}
