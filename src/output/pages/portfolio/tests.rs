//! The portfolio's page.

use proptest::prelude::*;

use super::*;
use crate::output::pages::{Link, ReviewKey, markup, samples};
use crate::review::Results;

#[test]
fn the_page_is_sound() {
    let (results, links) = samples::results(6);
    let page = portfolio_page(samples::pages(), &Portfolio::of(&results), &links).unwrap();
    samples::keep("index.html", &page);
    markup::check(&page);
    assert!(!page.contains("<script>"));
    assert!(page.contains("Smith &amp; Sons"));
    assert!(page.contains("/pack.html\""));
}

/// What the page of two hundred providers with two years of quarters may weigh.
const MOST_BYTES: usize = 1_500_000;

#[test]
fn two_hundred_providers_make_one_page() {
    let (results, links) = samples::results(200);
    let page = portfolio_page(samples::pages(), &Portfolio::of(&results), &links).unwrap();
    markup::check(&page);
    // One line for a date that all share, not two hundred.
    let own = view(samples::pages(), &Portfolio::of(&results), &links);
    assert_eq!(own.due.len(), 2);
    assert_eq!(own.due[0].many.as_deref(), Some("All 200 providers"));
    assert!(own.due[0].providers.is_empty());
}

#[test]
fn two_hundred_providers_with_two_years_of_quarters_are_sound_and_not_heavy() {
    let (results, links) = samples::many(&[90, 60, 50], 8);
    let page = portfolio_page(samples::pages(), &Portfolio::of(&results), &links).unwrap();
    samples::keep("many.html", &page);
    markup::check(&page);
    assert!(page.len() < MOST_BYTES, "{} bytes", page.len());
    let own = view(samples::pages(), &Portfolio::of(&results), &links);
    let listed: usize = own.attention.iter().map(|group| group.lines.len()).sum();
    assert_eq!(listed, 15, "the most pressing alone");
    assert!(own.attention.iter().all(|group| group.more.is_some()));
    assert!(own.contracts.iter().all(|contract| contract.letters.len() == 12));
    // Every provider is in its contract's table with its newest pack.
    for (key, files) in &links.packs {
        assert!(page.contains(&format!("{}</a>", key.provider)) || page.contains(&key.provider));
        let newest = super::super::links::Anchor::new("", &files.last().unwrap().pack);
        assert!(page.contains(&format!("href=\"{}\"", newest.href)), "{key:?}");
    }
}

#[test]
fn names_are_in_order_and_found_by_letter() {
    let (mut results, links) = samples::many(&[30], 2);
    results.reviews[0].provider = "éclair house".to_string();
    results.reviews[1].provider = "3 Rivers".to_string();
    results.reviews[2].provider = "zebra".to_string();
    let own = contracts(&Portfolio::of(&results), &links);
    let names: Vec<&str> = own[0].rows.iter().map(|row| row.provider.as_str()).collect();
    assert_eq!((names[0], names[28], names[29]), ("3 Rivers", "zebra", "éclair house"));
    let letters: Vec<&str> = own[0].letters.iter().map(|own| own.name.as_str()).collect();
    assert_eq!(letters.first(), Some(&"0–9"));
    assert_eq!(letters[letters.len() - 2..], ["Z", "É"]);
    assert!(contracts(&Portfolio::of(&samples::many(&[25], 2).0), &links)[0].letters.is_empty());
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
    let page =
        portfolio_page(samples::pages(), &Portfolio::of(&results), &PortfolioLinks::default()).unwrap();
    samples::keep("empty.html", &page);
    markup::check(&page);
    assert!(page.contains("register"));
}

fn line(date: chrono::NaiveDate, what: &str) -> crate::review::DateLine {
    crate::review::DateLine { date, what: what.to_string(), clause: String::new(), for_provider: true }
}

fn told(lines: &[Due]) -> Vec<(&str, Option<&str>)> {
    lines.iter().map(|own| (own.what.as_str(), own.ago.as_deref())).collect()
}

#[test]
fn dates_are_listed_up_to_the_thirtieth_day() {
    let (mut results, links) = samples::results(1);
    let as_of = samples::day(2026, 1, 20);
    let days = [-1, 0, 1, 30, 31];
    let dated = |kind: &str| {
        days.map(|after| line(as_of + chrono::Duration::days(after), &format!("{kind} {after}"))).to_vec()
    };
    results.reviews[0].dates = dated("date");
    results.reviews[0].actions = dated("action");
    let contracts = contracts(&Portfolio::of(&results), &links);
    let upcoming = due(&Portfolio::of(&results), &contracts);
    let expected = ["action 0", "date 0", "action 1", "date 1", "action 30", "date 30"];
    assert_eq!(told(&upcoming), expected.map(|what| (what, None)));
    let late = overdue(&Portfolio::of(&results), &contracts);
    let late = told(&late);
    assert!(late.contains(&("action -1", Some("1 day"))), "{late:?}");
    assert!(late.iter().all(|(what, _)| *what != "date -1" && *what != "action 0"), "{late:?}");
}

#[test]
fn what_is_overdue_is_told_the_longest_overdue_first_and_once_for_all_who_share_it() {
    let (mut results, links) = samples::many(&[14], 2);
    let first = &mut results.reviews[0];
    first.actions = vec![line(results.as_of - chrono::Duration::days(400), "Action: recruit")];
    let contracts = contracts(&Portfolio::of(&results), &links);
    let late = overdue(&Portfolio::of(&results), &contracts);
    // The first and the last but one have not sent the quarter’s return; the third has an action.
    let missing = late.iter().find(|own| own.what.starts_with("Missing")).unwrap();
    assert_eq!(late[0].what, "Action: recruit");
    assert_eq!(late[0].ago.as_deref(), Some("400 days"));
    assert_eq!(missing.what, "Missing: Quarterly KPI return, 2024-25 Q2");
    assert_eq!((missing.providers.len(), missing.many.as_deref()), (2, None));
    assert!(missing.providers[0].href.ends_with("/pack.html"));
}

#[test]
fn a_provider_without_a_pack_is_led_to_its_row() {
    let (results, _) = samples::results(1);
    let contracts = contracts(&Portfolio::of(&results), &PortfolioLinks::default());
    assert_eq!(due(&Portfolio::of(&results), &contracts)[0].providers[0].href, "#review-1");
}

#[test]
fn dates_that_many_share_are_counted_from_the_fifth_on_and_those_of_all_are_said_so() {
    for (sharing, of, many, named) in [
        (1, 1, None, 1),
        (4, 4, None, 4),
        (4, 9, None, 4),
        (5, 9, Some("5 providers"), 5),
        (8, 9, Some("8 providers"), 8),
        (9, 9, Some("All 9 providers"), 0),
        (5, 5, Some("All 5 providers"), 0),
    ] {
        let (mut results, links) = samples::results(of);
        for (number, review) in results.reviews.iter_mut().enumerate() {
            review.dates =
                if number < sharing { vec![line(results.as_of, "Return due")] } else { Vec::new() };
        }
        let due = due(&Portfolio::of(&results), &contracts(&Portfolio::of(&results), &links));
        assert_eq!((due[0].many.as_deref(), due[0].providers.len()), (many, named), "{sharing} of {of}");
    }
}

#[test]
fn the_newest_pack_comes_first_and_the_others_below_it() {
    let (results, links) = samples::results(1);
    let contracts = contracts(&Portfolio::of(&results), &links);
    let row = &contracts[0].rows[0];
    let earlier: Vec<&str> = row.earlier.iter().map(|pack| pack.label.as_str()).collect();
    assert_eq!(row.newest.as_ref().unwrap().period, "2025-26 Q1");
    assert_eq!(earlier, ["2024-25 Q4", "2024-25 Q3", "2024-25 Q2", "2024-25 Q1"]);
    assert_eq!((row.older.as_deref(), row.before.len()), (None, 4));
    let (results, links) = samples::many(&[1], 14);
    let row = &super::contracts(&Portfolio::of(&results), &links)[0].rows[0];
    assert_eq!(row.earlier.len(), 11);
    assert_eq!(row.older.as_deref(), Some("2 packs before them: from the oldest of these."));
}

#[test]
fn the_most_pressing_comes_first() {
    let (results, links) = samples::results(6);
    let groups = attention(&contracts(&Portfolio::of(&results), &links));
    let providers: Vec<&str> = groups[0].lines.iter().map(|line| line.provider.as_str()).collect();
    assert_eq!(providers[..2], ["Harbour Advocacy", "Invented Provider 003"]);
    assert_eq!(
        groups[0].lines[0].reasons,
        ["Consistent failure: condition met (clause 8)", "1 return missing, 1 KPI red and 1 return late"]
    );
}

/// One provider a case: who of two comes first.
#[test]
fn what_presses_more_goes_before_what_presses_less() {
    let (results, links) = samples::many(&[2], 1);
    let contract = |change: &dyn Fn(&mut Row, &mut Row)| {
        let mut all = contracts(&Portfolio::of(&results), &links);
        let rows = &mut all[0].rows;
        for row in rows.iter_mut() {
            row.escalations.clear();
            (row.reds, row.late, row.missing) = (standing::Reds::default(), 0, 0);
            row.standings.clear();
        }
        let [first, second] = rows.as_mut_slice() else { panic!() };
        change(first, second);
        let groups = attention(&all);
        groups.iter().flat_map(|group| &group.lines).map(|line| line.id.clone()).collect::<Vec<_>>()
    };
    let met = || Met { title: "Improvement notice".into(), clause: String::new() };
    assert_eq!(contract(&|_, _| {}), [""; 0], "nothing to act on");
    for (what, change) in [
        (
            "a condition before missing returns",
            &(|a: &mut Row, b: &mut Row| {
                a.missing = 9;
                b.escalations.push(met());
            }) as &dyn Fn(&mut Row, &mut Row),
        ),
        ("a missing return before reds", &|a, b| {
            a.reds.red = 9;
            b.missing = 1;
        }),
        ("a red before late returns", &|a, b| {
            a.late = 9;
            b.reds.red = 1;
        }),
        ("newly red before red for long", &|a, b| {
            (a.reds.red, b.reds.red) = (1, 1);
            b.reds.turned_red = 1;
        }),
        ("a late return before a standing", &|a, b| {
            a.standings.push("Suspended.".into());
            b.late = 1;
        }),
    ] {
        assert_eq!(contract(change), ["review-2", "review-1"], "{what}");
    }
    let alike = contract(&|a, b| (a.late, b.late) = (1, 1));
    assert_eq!(alike, ["review-1", "review-2"], "by name");
}

#[test]
fn the_headline_counts_in_plain_words() {
    let (results, links) = samples::results(1);
    let own = contracts(&Portfolio::of(&results), &links);
    assert_eq!(headline(&own), "1 provider under 1 contract: a red KPI, an escalation to decide on.");
    assert_eq!(
        summary(&own, 1),
        ["1 return is missing: from Harbour Advocacy.", "1 file was not recognised.",]
    );
    let (results, links) = samples::many(&[12, 2], 3);
    let own = contracts(&Portfolio::of(&results), &links);
    let reds = |turned_red, recovered| {
        let mut all = contracts(&Portfolio::of(&results), &links);
        for row in all.iter_mut().flat_map(|contract| &mut contract.rows) {
            row.reds = standing::Reds { rated: 1, rated_before: 1, ..standing::Reds::default() };
        }
        all[0].rows[0].reds.turned_red = turned_red;
        all[0].rows[1].reds.recovered = recovered;
        summary(&all, 0).remove(0)
    };
    for (turned_red, recovered, said) in [
        (0, 0, "no KPI turned red and none recovered from red."),
        (1, 0, "1 KPI turned red (Alder Court) and none recovered from red."),
        (2, 1, "2 KPIs turned red (Alder Court) and 1 recovered from red (Birch Court)."),
        (0, 1, "no KPI turned red and 1 KPI recovered from red (Birch Court)."),
        (0, 3, "no KPI turned red and 3 KPIs recovered from red (Birch Court)."),
    ] {
        assert_eq!(reds(turned_red, recovered), format!("Since the ratings before, {said}"));
    }
    let lead = headline(&own);
    assert!(lead.starts_with("14 providers under 2 contracts: "), "{lead}");
    let said = summary(&own, 0).join(" ");
    assert!(said.contains("turned red (") && said.contains(" more)"), "{said}");
    assert!(summary(&[], 0).is_empty());
    let mut unrated = contracts(&Portfolio::of(&results), &links);
    for row in unrated.iter_mut().flat_map(|contract| &mut contract.rows) {
        row.reds = standing::Reds::default();
    }
    let lead = headline(&unrated);
    assert!(lead.starts_with("14 providers under 2 contracts: no KPI is rated, "), "{lead}");
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
    let contracts = contracts(&Portfolio::of(&results), &links);
    let row = &contracts[0].rows[0];
    assert_eq!(row.now.as_ref().unwrap().named, "2024-25 Q4");
    assert_eq!(row.reds.red, 1);
    let met: Vec<&str> = row.escalations.iter().map(|met| met.title.as_str()).collect();
    assert_eq!(met, ["Consistent failure", "Meeting missed"]);
}

#[test]
fn standing_overall_rating_and_report_are_shown() {
    let (mut results, mut links) = samples::results(3);
    results.reviews[0].packs[4].overall = samples::monthly_pack().overall;
    let report = Link { label: "Report across providers".into(), href: "x/report.html".into() };
    links.reports.insert(results.reviews[0].contract.clone(), report);
    let page = portfolio_page(samples::pages(), &Portfolio::of(&results), &links).unwrap();
    markup::check(&page);
    assert_eq!(page.matches("Invented Provider 002 is suspended.").count(), 2);
    assert!(page.contains("<a href=\"x/report.html\">Report across providers</a>"));
    assert!(page.contains("overall, Nov 2025"), "{page}");
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, ..ProptestConfig::default() })]

    #[test]
    fn no_name_breaks_the_page(
        names in proptest::collection::vec("\\PC{0,24}|[<>&\"'/\\\\%#?:]{0,8}|</td><script>", 26..30),
        what in "\\PC{0,40}|<b>\"&'",
    ) {
        let (mut results, mut links) = samples::many(&[names.len()], 2);
        for (review, name) in results.reviews.iter_mut().zip(&names) {
            let key = ReviewKey { contract: review.contract.clone(), provider: review.provider.clone() };
            let files = links.packs.remove(&key).unwrap_or_default();
            links.packs.insert(ReviewKey { provider: name.clone(), ..key }, files);
            review.provider.clone_from(name);
            review.standings = vec![what.clone()];
            review.actions = vec![line(results.as_of, &what)];
        }
        let page = portfolio_page(samples::pages(), &Portfolio::of(&results), &links).unwrap();
        markup::check(&page);
        prop_assert_eq!(&page, &portfolio_page(samples::pages(), &Portfolio::of(&results), &links).unwrap());
    }
}
