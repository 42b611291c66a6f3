//! The portfolio's page.

use super::*;
use crate::output::pages::{Link, markup, samples};

#[test]
fn the_page_is_sound() {
    let (results, links) = samples::results(6);
    let page = portfolio_page(samples::pages(), &results, &links).unwrap();
    samples::keep("index.html", &page);
    markup::check(&page);
    assert!(!page.contains("<script>"));
    assert!(page.contains("Smith &amp; Sons"));
    assert!(page.contains("/pack.html\""));
}

#[test]
fn two_hundred_providers_make_one_page() {
    let (results, links) = samples::results(200);
    let page = portfolio_page(samples::pages(), &results, &links).unwrap();
    samples::keep("many.html", &page);
    markup::check(&page);
    // One line for a date that all share, not two hundred.
    assert_eq!(view(samples::pages(), &results, &links).due.len(), 2);
    assert_eq!(view(samples::pages(), &results, &links).due[0].many.as_deref(), Some("200 providers"));
}

#[test]
fn an_empty_workspace_says_what_to_do() {
    let results = Results {
        as_of: samples::day(2026, 1, 20),
        reviews: Vec::new(),
        reports: Vec::new(),
        unrecognised: Vec::new(),
        ignored: Vec::new(),
    };
    let page = portfolio_page(samples::pages(), &results, &PortfolioLinks::default()).unwrap();
    samples::keep("empty.html", &page);
    markup::check(&page);
    assert!(page.contains("register"));
}

#[test]
fn dates_are_listed_up_to_the_thirtieth_day() {
    let (mut results, _) = samples::results(1);
    let line = |date: chrono::NaiveDate| crate::review::DateLine {
        date,
        what: date.to_string(),
        clause: String::new(),
        for_provider: true,
    };
    results.reviews[0].dates = [
        samples::day(2026, 1, 19),
        samples::day(2026, 1, 20),
        samples::day(2026, 2, 19),
        samples::day(2026, 2, 20),
    ]
    .map(line)
    .to_vec();
    let what: Vec<String> = due(&results).into_iter().map(|line| line.what).collect();
    assert_eq!(what, ["2026-01-20", "2026-02-19"]);
}

#[test]
fn the_newest_pack_comes_first() {
    let (results, links) = samples::results(1);
    let row = row(0, &results.reviews[0], results.as_of, &links);
    let periods: Vec<&str> = row.packs.iter().map(|files| files.period.as_str()).collect();
    assert_eq!(periods, ["2025-26 Q1", "2024-25 Q4", "2024-25 Q3", "2024-25 Q2", "2024-25 Q1"]);
    assert_eq!(row.now.unwrap().period, "2025-26 Q1");
    assert_eq!(row.earlier.len(), PERIODS_SHOWN - 1);
}

#[test]
fn the_most_pressing_comes_first() {
    let (results, links) = samples::results(6);
    let lines = attention(&contracts(&results, &links));
    let providers: Vec<&str> = lines.iter().map(|line| line.provider.as_str()).collect();
    assert_eq!(providers[..2], ["Harbour Advocacy", "Invented Provider 003"]);
    assert_eq!(
        lines[0].reasons,
        ["Consistent failure: condition met (clause 8)", "1 return missing, 1 KPI red and 1 return late"]
    );
}

#[test]
fn the_headline_counts_in_plain_words() {
    let (results, links) = samples::results(1);
    let headline = headline(&contracts(&results, &links), 1);
    assert_eq!(
        headline,
        "1 provider under 1 contract: 1 has a red KPI, 1 has an escalation to decide on. \
         1 return is missing. 1 file was not recognised."
    );
}

#[test]
fn what_a_year_rated_stands_until_the_next_though_a_newer_pack_has_no_kpi() {
    let (mut results, links) = samples::results(1);
    let review = &mut results.reviews[0];
    let newest = review.packs.last_mut().unwrap();
    newest.kpis.clear();
    newest.counts.clear();
    newest.escalations[0].id = "another".to_string();
    newest.escalations[0].title = "Meeting missed".to_string();
    let row = row(0, review, results.as_of, &links);
    assert_eq!(row.now.unwrap().period, "2024-25 Q4");
    assert_eq!(row.red, 1);
    let met: Vec<&str> = row.escalations.iter().map(|met| met.title.as_str()).collect();
    assert_eq!(met, ["Consistent failure", "Meeting missed"]);
}

#[test]
fn standing_overall_rating_and_report_are_shown() {
    let (mut results, mut links) = samples::results(3);
    results.reviews[0].packs[4].overall = samples::monthly_pack().overall;
    let report = Link { label: "Report across providers".into(), href: "x/report.html".into() };
    links.reports.insert(results.reviews[0].contract.clone(), report);
    let page = portfolio_page(samples::pages(), &results, &links).unwrap();
    markup::check(&page);
    assert_eq!(page.matches("Invented Provider 002 is suspended.").count(), 2);
    assert!(page.contains("<a href=\"x/report.html\">Report across providers</a>"));
    assert!(page.contains("Overall, November 2025:"), "{page}");
}
