//! Consistent failure and the other escalations (6.6, 6.7), and their dates (6.8).

use crate::support::book::{Book, Cell};
use crate::support::forms::{count, kpis, share};
use crate::support::said::{Said, periods};
use crate::support::workspace::Workspace;
use crate::support::{CONTRACT, EAST, PROVIDER, WEST, day};

const QUARTERS: [&str; 5] = ["2024-09-01", "2024-12-01", "2025-03-01", "2025-06-01", "2025-09-01"];

/// A KPI return in which the targets of these KPIs are missed by both councils.
fn missing(quarter: &str, missed: &[u32]) -> Book {
    missing_in(quarter, missed, &[EAST, WEST])
}

fn missing_in(quarter: &str, missed: &[u32], councils: &[&str]) -> Book {
    let mut book = kpis(quarter);
    for kpi in missed {
        for council in councils {
            book = match kpi {
                1..=4 => count(book, *kpi, council, 0),
                _ => share(book, *kpi, council, 2, 10),
            };
        }
    }
    book
}

/// KPI returns alone, in on the 10th, with these targets missed.
fn quarters(missed: &[(&str, &[u32])]) -> Workspace {
    let mut workspace = Workspace::new(missed[0].0);
    for (quarter, own) in missed {
        let due = day(quarter) + chrono::Months::new(3) + chrono::Days::new(9);
        workspace.receive(&format!("{quarter}.xlsx"), &due.to_string(), &missing(quarter, own));
    }
    workspace
}

fn of_kpis(said: &Said) -> Vec<String> {
    said.escalations("consistent-failure")
        .iter()
        .filter(|own| {
            own.evidence.iter().any(|evidence| evidence.text.contains("5 or more meet the condition"))
        })
        .map(|own| format!("{} {}", own.period.label(), own.status.word()))
        .collect()
}

#[test]
fn five_different_kpis_in_four_quarters_and_four_do_not() {
    let said = quarters(&[
        (QUARTERS[0], &[1]),
        (QUARTERS[1], &[2, 7]),
        (QUARTERS[2], &[3]),
        (QUARTERS[3], &[8]),
        (QUARTERS[4], &[]),
    ])
    .run("2025-12-12");
    // In the fifth quarter KPI 1's miss has left the window: four are left.
    assert_eq!(of_kpis(&said), ["2024-25 Q4 Condition met"]);
    let said = quarters(&[
        (QUARTERS[0], &[1, 7]),
        (QUARTERS[1], &[1, 7]),
        (QUARTERS[2], &[1, 3]),
        (QUARTERS[3], &[8, 7]),
    ])
    .run("2025-09-12");
    assert_eq!(of_kpis(&said), Vec::<String>::new(), "eight misses of four KPIs");
}

#[test]
fn five_in_one_quarter_and_every_later_one_whose_twelve_months_hold_them() {
    let said = quarters(&[
        (QUARTERS[0], &[1, 2, 3, 4, 7]),
        (QUARTERS[1], &[]),
        (QUARTERS[2], &[]),
        (QUARTERS[3], &[]),
        (QUARTERS[4], &[]),
    ])
    .run("2025-12-12");
    assert_eq!(
        of_kpis(&said),
        [
            "2024-25 Q1 Condition met",
            "2024-25 Q2 Condition met",
            "2024-25 Q3 Condition met",
            "2024-25 Q4 Condition met"
        ]
    );
}

#[test]
fn five_read_by_one_council_alone_are_watched() {
    for (number, expected) in [(5, vec!["2025-26 Q1 watch"]), (4, vec![])] {
        let missed: Vec<u32> = [1, 2, 3, 4, 7].into_iter().take(number).collect();
        let mut book = missing_in("2025-09-01", &missed, &[EAST]);
        // The other council's figures carry the contract's over every target.
        for kpi in &missed {
            book = match kpi {
                1..=4 => count(book, *kpi, WEST, 9),
                _ => share(book, *kpi, WEST, 990, 1000),
            };
        }
        let said = quarter_with(&book, "2025-12-10").run("2025-12-12");
        assert!(
            said.review()
                .ratings
                .iter()
                .filter(|own| own.area.is_none())
                .all(|own| own.rating.id() == "green")
        );
        let found: Vec<String> = said
            .escalations("consistent-failure")
            .iter()
            .filter(|own| {
                own.evidence
                    .iter()
                    .any(|evidence| evidence.text.contains(EAST) && evidence.text.contains("alone"))
            })
            .map(|own| format!("{} {}", own.period.label(), own.status.word().to_lowercase()))
            .collect();
        assert_eq!(found, expected);
    }
}

#[test]
fn a_relief_is_shown_and_not_counted() {
    for (relieved, expected) in [(false, 1), (true, 0)] {
        let mut workspace = quarters(&[("2025-09-01", &[1, 2, 3, 4, 7])]);
        if relieved {
            workspace.list(
                "Reliefs",
                [
                    PROVIDER.into(),
                    CONTRACT.into(),
                    "7".into(),
                    "2025-26 Q1".into(),
                    "flood".into(),
                    day("2025-12-01").into(),
                ],
            );
        }
        let said = workspace.run("2025-12-12");
        assert_eq!(of_kpis(&said).len(), expected);
        assert_eq!(said.rating(7, None).id(), "red");
        assert_eq!(
            said.rated(7, None).relief.as_deref().is_some_and(|text| text.contains("flood")),
            relieved
        );
    }
}

/// A clean quarter with the KPI return given instead.
fn quarter_with(book: &Book, received: &str) -> Workspace {
    let mut workspace = Workspace::new("2025-09-01");
    workspace.quarter("2025-09-01", &["kpi"]);
    workspace.receive("kpi.xlsx", received, book);
    workspace
}

#[test]
fn performance_improvement_for_a_target_missed_or_a_return_late() {
    let clean = quarter_with(&kpis("2025-09-01"), "2025-12-14").run("2025-12-15");
    assert_eq!(clean.review().escalations, []);
    let late = quarter_with(&kpis("2025-09-01"), "2025-12-15").run("2025-12-15");
    assert_eq!(late.escalated("performance-improvement"), periods(&[("2025-26 Q1", "triggered")]));
    assert_eq!(late.escalated("service-failure-data"), periods(&[("2025-26 Q1", "triggered")]));
    assert_eq!(late.escalated("additional-inspection").iter().filter(|own| own.1 == "triggered").count(), 0);
    let missed = quarter_with(&missing("2025-09-01", &[7]), "2025-12-14").run("2025-12-15");
    assert_eq!(missed.escalated("performance-improvement"), periods(&[("2025-26 Q1", "triggered")]));
    assert_eq!(missed.escalated("additional-inspection"), periods(&[("2025-26 Q1", "triggered")]));
    assert_eq!(missed.escalated("service-failure-data"), []);
    assert_eq!(missed.escalated("consistent-failure"), []);
}

#[test]
fn service_failure_for_a_return_missing_late_or_inaccurate() {
    let mut workspace = Workspace::new("2025-09-01");
    workspace.quarter("2025-09-01", &["kpi"]);
    assert_eq!(workspace.run("2025-12-14").escalated("service-failure-data"), []);
    let said = workspace.run("2025-12-15");
    assert_eq!(said.escalated("service-failure-data"), periods(&[("2025-26 Q1", "triggered")]));
    assert_eq!(said.escalated("performance-improvement"), periods(&[("2025-26 Q1", "triggered")]));
    let wrong = kpis("2025-09-01").with("KPIs", "F13", Cell::from("seven"));
    let said = quarter_with(&wrong, "2025-12-10").run("2025-12-12");
    assert_eq!(said.kpi_return("2025-09-01").accurate, Some(false), "{:?}", said.findings());
    assert_eq!(said.escalated("service-failure-data"), periods(&[("2025-26 Q1", "triggered")]));
}

/// Notices alone, in a contract of which no return is due.
fn noticed(notices: &[(&str, &str)], as_of: &str) -> Said {
    let mut workspace = Workspace::new("2024-09-01");
    for (date, kind) in notices {
        workspace.notice(date, kind);
    }
    workspace.run(as_of)
}

/// Periods of an escalation in which one of its pieces of evidence names these words.
fn because(said: &Said, id: &str, words: &str) -> Vec<String> {
    said.escalations(id)
        .iter()
        .filter(|own| own.evidence.iter().any(|evidence| evidence.text.contains(words)))
        .map(|own| format!("{} {}", own.period.label(), own.status.word().to_lowercase()))
        .collect()
}

const NO_PERIOD: [&str; 0] = [];

#[test]
fn two_remediation_notices_in_a_rolling_twelve_months() {
    let notice = "Remediation notice";
    for (first, second, expected) in [
        ("2025-03-01", "2026-02-28", vec!["2025-26 Q2 condition met"]),
        ("2025-03-01", "2026-03-01", vec![]),
        ("2025-03-02", "2026-03-01", vec!["2025-26 Q3 condition met"]),
        ("2025-03-01", "2025-03-01", vec!["2024-25 Q3 condition met"]),
    ] {
        let said = noticed(&[(first, notice), (second, notice)], "2026-03-10");
        assert_eq!(because(&said, "consistent-failure", notice), expected, "{first} and {second}");
    }
    let said = noticed(&[("2025-03-01", notice), ("2025-06-01", "Formal warning")], "2026-03-10");
    assert_eq!(because(&said, "consistent-failure", notice), NO_PERIOD);
    // A notice after the as-of date is not yet there.
    let said = noticed(&[("2025-03-01", notice), ("2026-02-28", notice)], "2026-02-27");
    assert_eq!(because(&said, "consistent-failure", notice), NO_PERIOD);
}

#[test]
fn what_the_officer_records() {
    for (id, kind) in [
        ("consistent-failure", "Repeated breach"),
        ("additional-inspection", "Concern"),
        ("improvement-action-plan", "Underperformance"),
        ("qpm-reassessment", "Quality mark reassessment failed"),
    ] {
        let said = noticed(&[("2025-11-30", kind)], "2026-03-10");
        assert_eq!(because(&said, id, kind), ["2025-26 Q1 condition met"], "{id}");
        let said = noticed(&[("2025-12-01", kind)], "2026-03-10");
        assert_eq!(because(&said, id, kind), ["2025-26 Q2 condition met"], "{id}");
        let said = noticed(&[("2025-12-01", "Improvement plan")], "2026-03-10");
        assert_eq!(because(&said, id, kind), NO_PERIOD, "{id}");
    }
}

#[test]
fn consistent_failure_brings_inspection_and_a_plan() {
    let mut workspace = Workspace::new("2025-09-01");
    workspace.quarter("2025-09-01", &[]);
    workspace.notice("2025-11-03", "Repeated breach");
    let said = workspace.run("2025-12-12");
    for id in ["consistent-failure", "additional-inspection", "improvement-action-plan"] {
        assert_eq!(said.escalated(id), periods(&[("2025-26 Q1", "triggered")]), "{id}");
    }
    let plan = said.escalations("improvement-action-plan")[0];
    assert!(plan.action.contains("does not relieve"), "{}", plan.action);
    assert!(said.review().escalations.iter().all(|own| own.by.is_none()), "no clause gives a date");
}

#[test]
fn referrals_stay_suspended_until_resumed() {
    let (from, to) = ("Referrals suspended", "Referrals resumed");
    let of = |notices: &[(&str, &str)]| {
        let said = noticed(notices, "2026-03-10");
        said.escalated("suspension-of-referrals")
    };
    assert_eq!(of(&[]), []);
    assert_eq!(
        of(&[("2025-10-10", from)]),
        periods(&[("2025-26 Q1", "triggered"), ("2025-26 Q2", "triggered"), ("2025-26 Q3", "triggered")])
    );
    assert_eq!(of(&[("2025-10-10", from), ("2025-11-30", to)]), periods(&[("2025-26 Q1", "triggered")]));
    assert_eq!(
        of(&[("2025-10-10", from), ("2025-12-20", to)]),
        periods(&[("2025-26 Q1", "triggered"), ("2025-26 Q2", "triggered")])
    );
    assert_eq!(
        of(&[("2025-10-10", from), ("2025-11-10", to), ("2026-03-05", from)]),
        periods(&[("2025-26 Q1", "triggered"), ("2025-26 Q3", "triggered")])
    );
}

#[test]
fn the_quality_mark_is_due_within_a_year_of_the_start() {
    let of = |achieved: Option<&str>, as_of: &str| {
        let notices: Vec<_> = achieved.iter().map(|date| (*date, "Quality mark achieved")).collect();
        noticed(&notices, as_of).escalated("qpm-year-one")
    };
    assert_eq!(of(None, "2025-08-31"), []);
    assert_eq!(of(None, "2025-09-01").first().map(|own| own.1), Some("triggered"));
    assert_eq!(of(Some("2025-08-31"), "2025-10-01"), []);
    assert_eq!(of(Some("2025-09-01"), "2025-10-01").len(), 1);
}

#[test]
fn the_social_value_award_is_only_watched() {
    let of = |notices: &[(&str, &str)], as_of: &str| noticed(notices, as_of).escalated("social-value-award");
    assert_eq!(of(&[], "2025-08-31"), []);
    let found = of(&[], "2025-09-01");
    assert!(!found.is_empty() && found.iter().all(|own| own.1 == "watch"), "{found:?}");
    assert_eq!(of(&[("2025-08-31", "Social Value Award")], "2025-10-01"), []);
}

/// Monthly returns alone: received on this day each.
fn months(received: &[(&str, &str)], as_of: &str) -> Said {
    let mut workspace = Workspace::new(received[0].0);
    for (month, date) in received {
        if !date.is_empty() {
            workspace.receive(&format!("{month}.xlsx"), date, &crate::support::forms::month(month));
        }
    }
    workspace.run(as_of)
}

#[test]
fn three_consecutive_periods_of_one_form() {
    let three = [("2025-09-01", "2025-10-15"), ("2025-10-01", ""), ("2025-11-01", "2025-12-15")];
    let said = months(&three, "2025-12-15");
    assert_eq!(said.escalated("three-missed-submissions").len(), 1);
    let own = said.escalations("three-missed-submissions")[0];
    assert_eq!(own.period.from.to_string(), "2025-11-01");
    assert_eq!(because(&said, "consistent-failure", "November 2025").len(), 1);
    // One of the three in time breaks the row.
    let two = [("2025-09-01", "2025-10-15"), ("2025-10-01", "2025-11-14"), ("2025-11-01", "2025-12-15")];
    assert_eq!(months(&two, "2025-12-15").escalated("three-missed-submissions"), []);
    // Two are not three.
    let two = [("2025-09-01", "2025-10-15"), ("2025-10-01", "2025-11-15")];
    assert_eq!(months(&two, "2025-12-14").escalated("three-missed-submissions"), []);
}

#[test]
fn each_period_that_completes_three_has_an_entry() {
    let four = [("2025-09-01", ""), ("2025-10-01", ""), ("2025-11-01", ""), ("2025-12-01", "")];
    let said = months(&four, "2026-01-15");
    let monthly: Vec<String> = said
        .escalations("three-missed-submissions")
        .iter()
        .filter(|own| own.period.from != day("2025-09-01") || own.period.to == day("2025-09-30"))
        .map(|own| own.period.from.to_string())
        .collect();
    assert_eq!(monthly, ["2025-11-01", "2025-12-01"]);
}

#[test]
fn old_returns_dropped_in_on_the_first_day_accuse_nobody() {
    let workspace = Workspace::new("2025-09-01");
    for (file, _, book) in crate::support::workspace::quarter_returns(day("2025-09-01")) {
        workspace.drop_in(&file, &book);
    }
    let said = workspace.run("2026-01-10");
    assert!(said.review().submission_kpis.iter().all(|own| own.rating.id() != "red"));
    let of_quarter: Vec<_> =
        said.review().escalations.iter().filter(|own| own.period.to <= day("2025-11-30")).collect();
    assert_eq!(of_quarter, Vec::<&quarterday::domain::escalation::Escalation>::new());
}

#[test]
fn a_relief_keeps_a_missed_target_from_every_escalation_of_its_period_alone() {
    for (period, triggered) in [("2025-26 Q1", false), ("2025-26 Q2", true)] {
        let mut workspace = quarter_with(&missing("2025-09-01", &[7]), "2025-12-14");
        workspace.list(
            "Reliefs",
            [PROVIDER.into(), CONTRACT.into(), "KPI 7".into(), period.into(), "flood".into()],
        );
        let said = workspace.run("2025-12-15");
        for id in ["performance-improvement", "additional-inspection"] {
            assert_eq!(!said.escalated(id).is_empty(), triggered, "{id}, relief for {period}");
        }
    }
}
