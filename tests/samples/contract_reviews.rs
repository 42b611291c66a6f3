//! Thirteen reviews of ten contracts, what they have in common, and which contracts come next.

use std::sync::LazyLock;

use quarterday::domain::finding::Severity;
use quarterday::domain::quantity::Quantity;
use quarterday::domain::submission::Submission;
use quarterday::review::Results;
use quarterday::review::report::{Movement, PlannedReview, Ranking, Section, Themes};

use crate::readme::table;
use crate::{assert_passed_over, findings, results, review};

static SAMPLE: LazyLock<Results> = LazyLock::new(|| results("kent-contract-review"));

/// The one section of the report that `pick` knows.
fn section<T>(pick: impl Fn(&'static Section) -> Option<T>) -> T {
    let [report] = &SAMPLE.reports[..] else { panic!("there is one report") };
    report.sections.iter().find_map(pick).unwrap()
}

fn submission(provider: &str, month: &str) -> &'static Submission {
    let mut submissions = review(&SAMPLE, provider).submissions.iter();
    submissions.find(|own| own.period.describe() == month).unwrap()
}

#[test]
fn every_area_of_every_review_is_as_tabled() {
    let rows = table("kent-contract-review", &["contract", "review"]);
    let mut reviews = 0;
    for row in &rows[1..] {
        let (provider, month, areas, came) = (row[0], row[1], &row[2..10], row[10]);
        let what = format!("{provider}, {month}");
        let of_month: Vec<_> =
            review(&SAMPLE, provider).ratings.iter().filter(|own| own.period.describe() == month).collect();
        assert_eq!(of_month.len(), 8, "{what}");
        for (own, written) in of_month.iter().zip(areas) {
            let found = match own.value {
                Some(value) => {
                    let letter = own.rating.id().chars().next().unwrap().to_ascii_uppercase();
                    format!("{letter} {:.2}", value.round_dp(2))
                }
                None => own.rating.id().replace('-', " "),
            };
            assert_eq!(found, *written, "{what}, area {}", own.kpi);
            assert!(own.local, "{what}, area {}", own.kpi);
        }
        let own = submission(provider, month);
        let again = if own.versions.len() > 1 { ", sent again" } else { "" };
        assert_eq!(format!("{}{again}", own.status.word().to_lowercase()), came, "{what}");
        reviews += 1;
    }
    let rated: usize = SAMPLE.reviews.iter().map(|review| review.ratings.len()).sum();
    assert_eq!((reviews, rated), (13, 8 * 13));
}

#[test]
fn self_assessments_came_when_the_readme_says() {
    for (provider, month, due, received) in [
        ("Domestic abuse support", "May 2018", "2018-05-04", Some("2018-05-04")),
        ("Older persons residential care", "June 2018", "2018-06-18", Some("2018-06-18")),
        ("Community equipment store", "February 2019", "2019-02-25", Some("2019-02-25")),
        ("Highways term maintenance", "July 2018", "2018-07-16", Some("2018-07-12")),
        ("Facilities management", "September 2018", "2018-09-17", Some("2018-09-18")),
        ("Waste transfer and haulage", "November 2018", "2018-11-19", Some("2018-11-15")),
        ("Carers' short breaks", "October 2018", "2018-10-15", None),
        ("Sexual health outreach", "February 2019", "2019-02-11", Some("2019-02-08")),
        ("Children's mental health support", "March 2019", "2019-03-11", None),
        ("Inward investment service", "March 2019", "2019-03-25", None),
    ] {
        let own = submission(provider, month);
        assert_eq!(own.due.to_string(), due, "{provider}");
        assert_eq!(own.received.map(|day| day.to_string()).as_deref(), received, "{provider}");
    }
    let twice = submission("Highways term maintenance", "July 2018");
    let changed: Vec<String> = twice.changed.iter().map(|own| own.place.cell.to_string()).collect();
    assert!(changed.contains(&"C32".to_string()), "{changed:?}");
    assert!(changed.iter().all(|cell| ["C32", "B11"].contains(&cell.as_str())), "{changed:?}");
    assert_eq!(twice.versions.last().unwrap().received.to_string(), "2018-07-16");
    // Twelve reviews, one that never came, two still to come.
    assert_eq!(SAMPLE.reviews.iter().map(|review| review.submissions.len()).sum::<usize>(), 15);
}

#[test]
fn every_planted_fault_is_found_and_no_other() {
    let at = |file: &str, cells: &[(&str, &str)]| -> Vec<String> {
        cells.iter().map(|(code, cell)| format!("{code}: 2018-19/{file}, Self-assessment!{cell}")).collect()
    };
    let mut errors = [
        at(
            "Highways TMC - CM self-assessment July 2018.xlsx",
            &[("score-impossible", "C32"), ("not-signed", "B11")],
        ),
        at(
            "TFM review template (final v3).xlsx",
            &[("score-impossible", "C27"), ("score-impossible", "C41")],
        ),
        at("Waste transfer self-assessment Nov 2018.xlsx", &[("score-missing", "C41")]),
        at("School building CMRG Dec 18.xlsx", &[("score-impossible", "C34"), ("not-signed", "B10")]),
    ]
    .concat();
    errors.sort();
    assert_eq!(findings(&SAMPLE, Severity::Error), errors);
    let mut warnings = [
        at("CMRG_Domestic_Abuse_Support_08.05.18.xlsx", &[("evidence-missing", "D22")]),
        at("Waste transfer self-assessment Nov 2018.xlsx", &[("evidence-missing", "D30")]),
        at("School building CMRG Dec 18.xlsx", &[("heading-renamed", "C13")]),
    ]
    .concat();
    warnings.sort();
    assert_eq!(findings(&SAMPLE, Severity::Warning), warnings);
    assert_eq!(
        findings(&SAMPLE, Severity::Info),
        [
            // A total typed below the scores.
            "row-unknown: 2018-19/TFM review template (final v3).xlsx, Self-assessment!A45",
            "sheet-hidden: 2018-19/Highways TMC - CM self-assessment July 2018 (signed).xlsx, Lists",
            "sheet-hidden: 2018-19/Highways TMC - CM self-assessment July 2018.xlsx, Lists",
        ]
    );
    assert!(SAMPLE.reviews.iter().all(|review| review.escalations.is_empty()));
}

#[test]
fn contracts_reviewed_again_moved_as_told() {
    let movements: &Vec<Movement> = section(|section| match section {
        Section::Movement(movements) => Some(movements),
        _ => None,
    });
    let course = |provider: &str| -> Vec<String> {
        let own = movements.iter().find(|own| own.provider == provider).unwrap();
        let change =
            |area: &(String, _, _, Option<Quantity>)| area.3.unwrap().round_dp(2).normalize().to_string();
        own.areas.iter().map(change).collect()
    };
    assert_eq!(
        course("Customer contact and digital services"),
        ["1.75", "1.42", "1", "1.92", "2.33", "1.08", "2.08", "2.33"]
    );
    assert_eq!(
        course("Older persons residential care"),
        ["1.5", "1.25", "1", "1.25", "2", "1", "1.75", "1.67"]
    );
    assert_eq!(
        course("Community equipment store"),
        ["0", "-1.5", "-0.33", "-0.25", "-1.6", "0", "-0.25", "-0.33"]
    );
    assert_eq!(movements.len(), 3);
}

#[test]
fn administration_is_lowest_and_held() {
    let themes: &Themes = section(|section| match section {
        Section::Themes(themes) => Some(themes),
        _ => None,
    });
    let lowest: Vec<String> = themes
        .areas
        .iter()
        .take(3)
        .map(|own| format!("{} {} of {}", own.title, own.mean.unwrap().round_dp(2), own.scored))
        .collect();
    assert_eq!(
        lowest,
        ["Administration 2.78 of 9", "Contract development 3.04 of 8", "Managing performance 3.24 of 9"]
    );
    let held = &themes.held[0];
    assert!(held.starts_with("Administration: none of the 9 reviews scores above 3;"), "{held}");
    assert!(!themes.held.iter().skip(1).any(|own| own.contains("none of the 9")), "{:?}", themes.held);
}

#[test]
fn the_plan_names_what_is_next_and_who_asked() {
    let plan: &Vec<PlannedReview> = section(|section| match section {
        Section::ForwardPlan(plan) => Some(plan),
        _ => None,
    });
    let plan: Vec<String> = plan
        .iter()
        .map(|own| {
            let day = own.date.map_or("to be confirmed".to_string(), |day| day.to_string());
            let lead = own.lead_officer.as_deref().unwrap_or("nobody");
            let asked = own.requested_by.as_deref().unwrap_or("nobody");
            format!("{day}: {}, by {lead}, for {asked}; {}", own.provider, own.self_assessment)
        })
        .collect();
    assert_eq!(
        plan,
        [
            "2019-03-12: Children's mental health support, by nobody, for Children's services committee; Due 11 March 2019",
            "2019-03-26: Inward investment service, by Director of economic development, for nobody; Due 25 March 2019",
            "to be confirmed: Public health nursing, by Public health specialist, for Health scrutiny committee; Due before the meeting",
        ]
    );
}

#[test]
fn contracts_to_review_are_ranked_by_the_sums_of_the_readme() {
    let ranking: &Ranking = section(|section| match section {
        Section::Priorities(ranking) => Some(ranking),
        _ => None,
    });
    let order: Vec<(String, i64)> = ranking
        .rows
        .iter()
        .map(|row| (row.provider.clone(), i64::try_from(row.sum.unwrap()).unwrap()))
        .collect();
    let expected = [
        ("Older persons residential care", 25),
        ("Fostering placements", 23),
        ("Facilities management", 19),
        ("Public health nursing", 19),
        ("Children's mental health support", 18),
        ("School building programme", 18),
        ("Telecare", 18),
        ("Carers' short breaks", 16),
        ("Highways term maintenance", 16),
        ("Customer contact and digital services", 15),
        ("Home care", 15),
        ("Community equipment store", 14),
        ("Sexual health outreach", 14),
        ("Domestic abuse support", 13),
        ("Waste transfer and haulage", 13),
        ("Inward investment service", 11),
        ("Waste treatment", 11),
        ("Energy for council property", 10),
        ("Agency staff", 8),
    ];
    assert_eq!(order, expected.map(|(provider, sum)| (provider.to_string(), sum)));
    let reasons =
        |provider: &str| ranking.rows.iter().find(|row| row.provider == provider).unwrap().reasons.join(" ");
    for provider in ["Home care", "Waste treatment"] {
        assert!(reasons(provider).contains("Moves down"), "{}", reasons(provider));
    }
    assert_eq!(ranking.rows.iter().filter(|row| row.reasons.join(" ").contains("Moves down")).count(), 2);
    assert!(reasons("Agency staff").contains("Not scored: Complexity, Risk and Strategic importance"));
    let ends = |row: &&quarterday::review::report::RankingRow| row.scores[3] == Some(Quantity::from(5));
    let ending: Vec<&str> = ranking.rows.iter().filter(ends).map(|row| row.provider.as_str()).collect();
    assert_eq!(
        ending,
        [
            "Older persons residential care",
            "Fostering placements",
            "Facilities management",
            "Public health nursing",
            "Telecare",
            "Carers' short breaks",
            "Sexual health outreach",
            "Agency staff",
        ]
    );
}

#[test]
fn strangers_are_passed_over() {
    assert_passed_over(
        &SAMPLE,
        &[
            ("2018-19/Library stock supply self-assessment.xlsx", "not in the register"),
            ("2018-19/CMRG agenda July 2018.xlsx", "no form of any contract"),
            ("2018-19/Self-assessment template v2.xlsx", "names no provider"),
            ("2018-19/~$2019-02 Equipment store self assessment.xlsx", "lock file"),
            ("2018-19/Highways evidence list.xlsx", "not a self-assessment"),
        ],
    );
}
