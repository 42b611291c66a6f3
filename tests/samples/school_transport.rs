//! A school year of three operators under a contract that lies in the workspace alone.

use std::sync::LazyLock;

use chrono::NaiveDate;
use quarterday::domain::finding::Severity;
use quarterday::review::Results;

use crate::readme::table;
use crate::{assert_passed_over, escalations, figure, findings, ratings, results, review, submissions};

const CHAPTER: &str = "home-to-school-transport";

static SAMPLE: LazyLock<Results> = LazyLock::new(|| results(CHAPTER));

const MONTHS: [&str; 12] = [
    "2025-09", "2025-10", "2025-11", "2025-12", "2026-01", "2026-02", "2026-03", "2026-04", "2026-05",
    "2026-06", "2026-07", "2026-08",
];

#[test]
fn every_month_and_standard_is_rated_as_tabled() {
    let rows = table(CHAPTER, &["operator", "Sep"]);
    assert_eq!(rows.len(), 4);
    for row in &rows[1..] {
        let review = review(&SAMPLE, row[0]);
        for (month, written) in MONTHS.iter().zip(&row[1..]) {
            assert_eq!(ratings(review, month).to_uppercase(), written.to_uppercase(), "{}, {month}", row[0]);
        }
    }
    for (operator, standards) in
        [("Brindle Coaches", "ggggg"), ("Foxglove Minibuses", "rgggg"), ("Marlpit Cars", "gggrr")]
    {
        assert_eq!(ratings(review(&SAMPLE, operator), "2025-26"), standards, "{operator}");
    }
    let rated: usize = SAMPLE.reviews.iter().map(|review| review.ratings.len()).sum();
    assert_eq!(rated, 3 * (12 * 7 + 5));
    let snow = figure(review(&SAMPLE, "Brindle Coaches"), "1", "2026-01").unwrap();
    assert!(snow.relief.as_ref().is_some_and(|why| why.contains("Snow")));
}

#[test]
fn figures_are_those_of_the_log() {
    let of = |operator: &str, kpi, month| {
        let own = figure(review(&SAMPLE, operator), kpi, month).unwrap();
        format!("{} {}", own.shown(), own.out_of().unwrap_or_default())
    };
    assert_eq!(of("Foxglove Minibuses", "1", "2025-11"), "95.8% 115 of 120");
    assert_eq!(of("Brindle Coaches", "1", "2026-04"), "99.1% 110 of 111");
    // The complaint that was pending in March is told again in April with its answer.
    assert_eq!(of("Brindle Coaches", "7", "2026-03"), "100% 1 of 1");
}

#[test]
fn consequences_are_those_of_the_readme() {
    assert!(escalations(review(&SAMPLE, "Brindle Coaches")).is_empty());
    let foxglove = review(&SAMPLE, "Foxglove Minibuses");
    assert_eq!(
        escalations(foxglove),
        [
            "2025-12 improvement-plan triggered",
            "2025-26 standard-not-met triggered",
            "2026-01 improvement-plan triggered",
            "2026-02 improvement-plan triggered",
            "2026-02 rectification triggered",
            "2026-02 return-not-on-time triggered",
            "2026-03 default-notice triggered",
            "2026-03 improvement-plan triggered",
            "2026-03 payment-withheld triggered",
            "2026-03 rectification triggered",
            "2026-03 return-not-on-time triggered",
            "2026-04 improvement-plan triggered",
            "2026-04 plan-after-default triggered",
            "2026-05 improvement-plan triggered",
        ]
    );
    let plan = foxglove.escalations.iter().find(|own| own.id == "plan-after-default").unwrap();
    assert_eq!((plan.by, plan.settled), (NaiveDate::from_ymd_opt(2026, 5, 5), true));
    assert_eq!(
        escalations(review(&SAMPLE, "Marlpit Cars")),
        [
            "2025-10 rectification triggered",
            "2025-11 improvement-plan triggered",
            "2025-26 Q1 notified-late triggered",
            "2025-26 Q3 meeting-missed triggered",
            "2025-26 standard-not-met triggered",
            "2026-03 rectification triggered",
            "2026-05 return-not-on-time triggered",
        ]
    );
}

#[test]
fn returns_came_when_the_readme_says() {
    let due = [
        "2025-10-10",
        "2025-11-10",
        "2025-12-10",
        "2026-01-12",
        "2026-02-10",
        "2026-03-10",
        "2026-04-10",
        "2026-05-11",
        "2026-06-10",
        "2026-07-10",
        "2026-08-10",
        "2026-09-10",
    ];
    for (operator, otherwise) in [
        ("Brindle Coaches", &[("2025-11", "on-time 2025-12-10, 2 versions")][..]),
        ("Foxglove Minibuses", &[("2026-02", "late 2026-03-10"), ("2026-03", "late 2026-04-10")]),
        ("Marlpit Cars", &[("2026-01", "unproven 2026-02-10"), ("2026-05", "missing 2026-06-10")]),
    ] {
        let mut expected: Vec<String> = MONTHS
            .iter()
            .zip(due)
            .map(|(month, due)| {
                let other = otherwise.iter().find(|(own, _)| own == month);
                other.map_or(format!("{month} on-time {due}"), |(_, said)| format!("{month} {said}"))
            })
            .collect();
        let found = submissions(review(&SAMPLE, operator), "monthly-return");
        expected.push("2026-09 not-yet-due 2026-10-12".to_string());
        expected.push("2026-10 not-yet-due 2026-11-10".to_string());
        assert_eq!(found, expected, "{operator}");
        assert_eq!(
            submissions(review(&SAMPLE, operator), "certification"),
            ["2025-26 on-time 2026-09-30", "2026-27 not-yet-due 2027-09-30"],
            "{operator}"
        );
    }
    let late = |month: &str| {
        let own = review(&SAMPLE, "Foxglove Minibuses").submissions.iter();
        own.clone().find(|own| own.period.label() == month).unwrap().received.unwrap().to_string()
    };
    assert_eq!((late("2026-02").as_str(), late("2026-03").as_str()), ("2026-03-13", "2026-04-14"));
}

#[test]
fn every_planted_fault_is_found_and_no_other() {
    assert_eq!(
        findings(&SAMPLE, Severity::Error),
        [
            "evidence-contradicts: Certification/FMB_certification_2025_26.xlsx, People!C6",
            "evidence-contradicts: Certification/marlpit yearly certification.xlsx, Certification!D16",
            "evidence-contradicts: Certification/marlpit yearly certification.xlsx, Vehicles!C6",
            "log-entry-unreadable: 2025-12/marlpit Dec 25.xlsx, Journey log!D22",
            "narrative-missing: 2025-11/Brindle Coaches return November 2025.xlsx, Report!B5",
            "stated-differs-from-computed: 2025-11/FMB_performance_2025_11.xlsx, Performance!C12",
            "stated-differs-from-computed: 2025-11/FMB_performance_2025_11.xlsx, Performance!E12",
            "stated-differs-from-computed: 2026-04/Brindle Coaches return April 2026.xlsx, Performance!C12",
            "stated-differs-from-computed: 2026-04/Brindle Coaches return April 2026.xlsx, Performance!C14",
            "stated-differs-from-computed: 2026-04/Brindle Coaches return April 2026.xlsx, Performance!D12",
            "stated-differs-from-computed: 2026-04/Brindle Coaches return April 2026.xlsx, Performance!D14",
        ]
    );
    assert_eq!(
        findings(&SAMPLE, Severity::Warning),
        [
            "date-outside-period: 2026-04/Brindle Coaches return April 2026.xlsx, Complaints!B5",
            "date-outside-period: 2026-04/Brindle Coaches return April 2026.xlsx, Journey log!A13",
            "heading-renamed: 2025-09/marlpit Sep 25.xlsx, Journey log!F4",
            "sender-not-in-register: 2026-02/KPI return February.eml/FMB performance – February 2026.xlsx",
            "threshold-edited: 2026-03/marlpit Mar 26.xlsx, Performance!G13",
        ]
    );
    assert!(findings(&SAMPLE, Severity::Info).is_empty());
}

#[test]
fn strangers_are_passed_over() {
    assert_passed_over(
        &SAMPLE,
        &[
            ("2026-01/Timetable spring term.xlsx", "no form of any contract"),
            ("2026-08/~$Brindle Coaches return August 2026.xlsx", "lock file"),
            ("2026-03/Mileage claim.xlsx", "not a return"),
        ],
    );
}
