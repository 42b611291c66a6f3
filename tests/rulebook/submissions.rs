//! Due dates, receipt, versions, timeliness and accuracy (6.2, 6.5, 7).

use quarterday::domain::rating::Rating::{self, Green, Invalid, NoReturn, Red};
use quarterday::domain::submission::SubmissionStatus::{Late, Missing, NotYetDue, OnTime, Unproven};

use crate::support::book::{Book, Cell};
use crate::support::forms::{count, kpi_cell, kpis, month, narrative, share};
use crate::support::said::{Said, periods};
use crate::support::workspace::{Workspace, quarter_returns};
use crate::support::{CONTRACT, EAST, PROVIDER, WEST, day};

const QUARTER: &str = "2025-09-01";

#[test]
fn the_14th_is_the_14th_even_on_a_sunday_and_the_meeting_is_a_week_later() {
    let said = Workspace::new("2025-09-01").run("2026-09-20");
    for (from, due, meeting) in [
        ("2025-09-01", "2025-12-14", "2025-12-22"),
        ("2025-12-01", "2026-03-14", "2026-03-23"),
        ("2026-03-01", "2026-06-14", "2026-06-22"),
        ("2026-06-01", "2026-09-14", "2026-09-21"),
    ] {
        assert_eq!(said.kpi_return(from).due, day(due));
        for council in [EAST, WEST] {
            assert_eq!(said.submission("quarterly-narrative", from, Some(council)).due, day(due));
        }
        let pack = said.review().packs.iter().find(|pack| pack.period.from == day(from)).unwrap();
        assert_eq!(pack.meeting, Some(day(meeting)));
    }
    assert_eq!(said.monthly("2025-09-01").due, day("2025-10-14"));
    assert_eq!(said.monthly("2025-12-01").due, day("2026-01-14"));
}

fn received_on(date: &str) -> Said {
    let mut workspace = Workspace::new(QUARTER);
    workspace.receive("kpi.xlsx", date, &kpis(QUARTER));
    workspace.run("2025-12-20")
}

#[test]
fn received_on_the_14th_is_in_time_and_on_the_15th_late() {
    assert_eq!(received_on("2025-12-14").kpi_return(QUARTER).status, OnTime);
    assert_eq!(received_on("2025-12-15").kpi_return(QUARTER).status, Late);
}

#[test]
fn missing_from_the_day_after_the_due_date() {
    let workspace = Workspace::new(QUARTER);
    let said = workspace.run("2025-12-14");
    assert_eq!(said.kpi_return(QUARTER).status, NotYetDue);
    assert!(said.review().ratings.is_empty());
    let said = workspace.run("2025-12-15");
    assert_eq!(said.kpi_return(QUARTER).status, Missing);
    for kpi in 1..=10 {
        for area in [None, Some(EAST), Some(WEST)] {
            assert_eq!(said.rating(kpi, area), NoReturn);
        }
    }
}

#[test]
fn first_seen_proves_a_return_in_time() {
    let workspace = Workspace::new(QUARTER);
    workspace.drop_in("kpi.xlsx", &kpis(QUARTER));
    assert_eq!(workspace.run("2025-12-14").kpi_return(QUARTER).status, OnTime);
    // And stays so.
    assert_eq!(workspace.run("2026-01-20").kpi_return(QUARTER).status, OnTime);
}

#[test]
fn first_seen_after_the_due_date_proves_nothing_by_itself() {
    let workspace = Workspace::new(QUARTER);
    workspace.drop_in("kpi.xlsx", &kpis(QUARTER));
    let said = workspace.run("2025-12-20");
    assert_eq!(said.kpi_return(QUARTER).status, Unproven);
    // The six others are missing; the unproven one stands outside.
    assert_eq!(said.window("timeliness", "2025-09-01", "2025-11-30").due, 5);
    // Accuracy does not ask when it came.
    assert_eq!(said.window("accuracy", "2025-09-01", "2025-11-30").due, 1);
    assert!(said.review().packs.iter().any(|pack| {
        pack.cautions.iter().any(|caution| {
            caution.to_lowercase().contains("unproven") || caution.contains("when it was received")
        })
    }));
}

#[test]
fn an_earlier_run_after_the_due_date_that_did_not_find_it_proves_it_late() {
    for (looked, status) in [("2025-12-14", Unproven), ("2025-12-15", Late)] {
        let workspace = Workspace::new(QUARTER);
        workspace.run(looked);
        workspace.drop_in("kpi.xlsx", &kpis(QUARTER));
        assert_eq!(workspace.run("2025-12-20").kpi_return(QUARTER).status, status, "looked on {looked}");
    }
}

#[test]
fn the_registers_word_goes_before_first_seen() {
    let mut workspace = Workspace::new(QUARTER);
    workspace.run("2025-12-15");
    workspace.receive("kpi.xlsx", "2025-12-14", &kpis(QUARTER));
    assert_eq!(workspace.run("2025-12-20").kpi_return(QUARTER).status, OnTime);
}

#[test]
fn what_was_received_after_the_as_of_date_is_left_out() {
    let mut workspace = Workspace::new(QUARTER);
    workspace.receive("kpi.xlsx", "2025-12-12", &kpis(QUARTER));
    assert_eq!(workspace.run_on("2025-12-11", "2025-12-20").kpi_return(QUARTER).status, NotYetDue);
    assert_eq!(workspace.run_on("2025-12-12", "2025-12-20").kpi_return(QUARTER).status, OnTime);
}

#[test]
fn an_extension_moves_the_due_date_and_is_shown() {
    let mut workspace = Workspace::new(QUARTER);
    let row = |form: &str, period: &str, due: &str| -> Vec<Cell> {
        vec![PROVIDER.into(), CONTRACT.into(), form.into(), period.into(), day(due).into(), "snow".into()]
    };
    workspace.list("Extensions", row("quarterly-kpi", "2025-26 Q1", "2025-12-21"));
    workspace.receive("kpi.xlsx", "2025-12-21", &kpis(QUARTER));
    let said = workspace.run("2025-12-22");
    let own = said.kpi_return(QUARTER);
    assert_eq!((own.status, own.due), (OnTime, day("2025-12-21")));
    assert!(own.due_note.as_deref().is_some_and(|note| note.contains("snow")));
    assert_eq!(said.submission("quarterly-narrative", QUARTER, Some(EAST)).due, day("2025-12-14"));
}

#[test]
fn an_ignored_file_is_passed_over_and_listed() {
    let mut workspace = Workspace::new(QUARTER);
    workspace.receive("kpi.xlsx", "2025-12-10", &kpis(QUARTER));
    workspace.list("Ignored", ["kpi.xlsx".into(), "a draft".into()]);
    let said = workspace.run("2025-12-15");
    assert_eq!(said.kpi_return(QUARTER).status, Missing);
    assert_eq!(said.results.ignored.len(), 1);
    assert_eq!(said.results.ignored[0].reason, "a draft");
}

fn wrong() -> Book {
    count(kpis(QUARTER), 1, EAST, "two")
}

#[test]
fn an_accepted_finding_is_shown_and_not_counted() {
    for (accepted, accurate) in [(false, false), (true, true)] {
        let mut workspace = Workspace::new(QUARTER);
        workspace.receive("kpi.xlsx", "2025-12-10", &wrong());
        if accepted {
            let cell = kpi_cell(1, EAST, "Result");
            workspace.list(
                "Accepted",
                [
                    "kpi.xlsx".into(),
                    "KPIs".into(),
                    cell.as_str().into(),
                    "figure-not-a-number".into(),
                    "agreed by telephone".into(),
                ],
            );
        }
        let said = workspace.run("2025-12-12");
        let own = said.kpi_return(QUARTER);
        assert_eq!(own.accurate, Some(accurate));
        let finding = own.findings.iter().find(|found| found.kind.code == "figure-not-a-number").unwrap();
        assert_eq!(finding.accepted.as_deref().is_some_and(|reason| reason.contains("telephone")), accepted);
    }
}

#[test]
fn what_was_accepted_later_than_the_day_of_the_run_still_counts_on_it() {
    for (accepted_on, accepted) in [("2025-12-12", true), ("2025-12-13", false)] {
        let mut workspace = Workspace::new(QUARTER);
        workspace.receive("kpi.xlsx", "2025-12-10", &wrong());
        let finding = "figure-not-a-number".into();
        workspace.list(
            "Accepted",
            ["kpi.xlsx".into(), "".into(), "".into(), finding, "by phone".into(), day(accepted_on).into()],
        );
        let said = workspace.run("2025-12-12");
        assert_eq!(said.kpi_return(QUARTER).accurate, Some(accepted), "{accepted_on}");
    }
}

#[test]
fn the_newest_version_is_rated_and_the_first_counts() {
    let mut workspace = Workspace::new(QUARTER);
    workspace.receive("kpi.xlsx", "2025-12-10", &wrong());
    workspace.receive("kpi (resubmitted).xlsx", "2025-12-18", &count(kpis(QUARTER), 1, EAST, 5));
    let said = workspace.run("2025-12-20");
    let own = said.kpi_return(QUARTER);
    assert_eq!((own.versions.len(), own.status, own.accurate), (2, OnTime, Some(false)));
    assert_eq!(own.received, Some(day("2025-12-10")));
    assert_eq!(said.rated(1, Some(EAST)).value, Some(5.into()));
    let changed: Vec<_> = own
        .changed
        .iter()
        .map(|cell| (cell.place.cell.to_string(), cell.before.clone(), cell.after.clone()))
        .collect();
    assert_eq!(changed, [(kpi_cell(1, EAST, "Result"), "two".to_string(), "5".to_string())]);
    // And the other way round: a right first version stays accurate.
    let mut workspace = Workspace::new(QUARTER);
    workspace.receive("kpi.xlsx", "2025-12-15", &kpis(QUARTER));
    workspace.receive("kpi 2.xlsx", "2025-12-18", &wrong());
    let said = workspace.run("2025-12-20");
    let own = said.kpi_return(QUARTER);
    assert_eq!((own.status, own.accurate), (Late, Some(true)));
    assert_eq!(said.rating(1, Some(EAST)), Invalid);
}

#[test]
fn the_same_file_again_or_under_another_name_is_no_resubmission() {
    let bytes = kpis(QUARTER).bytes();
    let mut workspace = Workspace::new(QUARTER);
    workspace.receive("kpi.xlsx", "2025-12-10", &kpis(QUARTER));
    workspace.drop_bytes("kpi.xlsx", &bytes);
    workspace.run("2025-12-12");
    workspace.drop_bytes("kpi copy.xlsx", &bytes);
    workspace.drop_bytes("later/kpi.xlsx", &bytes);
    let said = workspace.run("2025-12-20");
    let own = said.kpi_return(QUARTER);
    assert_eq!((own.versions.len(), own.status), (1, OnTime));
    assert_eq!(own.received, Some(day("2025-12-10")));
}

#[test]
fn our_own_coloured_copy_is_no_resubmission() {
    let mut workspace = Workspace::new(QUARTER);
    workspace.receive("kpi.xlsx", "2025-12-10", &share(kpis(QUARTER), 7, EAST, 1, 10));
    workspace.run("2025-12-12");
    let mut folders = vec![workspace.path().join("out")];
    let mut copies = Vec::new();
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else if path.parent().unwrap().ends_with("returned") {
                copies.push(path);
            }
        }
    }
    assert_eq!(copies.len(), 1);
    let copy = std::fs::read(&copies[0]).unwrap();
    workspace.drop_bytes("kpi with colours.xlsx", &copy);
    let said = workspace.run("2025-12-20");
    assert_eq!(said.kpi_return(QUARTER).versions.len(), 1);
    assert_eq!(said.unrecognised(), Vec::<&str>::new());
    assert_eq!(said.findings(), Vec::<String>::new());
}

/// The form as sent out: nothing filled in.
fn empty() -> Book {
    let mut book = kpis(QUARTER);
    for council in [EAST, WEST] {
        for kpi in 1..=10 {
            book = book.without("KPIs", &kpi_cell(kpi, council, "Result"));
            if kpi > 4 {
                book = book
                    .without("KPIs", &kpi_cell(kpi, council, "Numerator"))
                    .without("KPIs", &kpi_cell(kpi, council, "Denominator"));
            }
        }
    }
    book
}

#[test]
fn an_empty_return_is_kept_and_stays_missing_until_a_usable_one_comes() {
    let mut workspace = Workspace::new(QUARTER);
    workspace.receive("kpi.xlsx", "2025-12-10", &empty());
    assert_eq!(workspace.run("2025-12-14").kpi_return(QUARTER).status, NotYetDue);
    let said = workspace.run("2025-12-15");
    let own = said.kpi_return(QUARTER);
    assert_eq!((own.status, own.versions.len(), own.accurate), (Missing, 1, None));
    assert_eq!(said.found("empty-return").len(), 1);
    for area in [None, Some(EAST), Some(WEST)] {
        assert_eq!(said.rating(5, area), Invalid);
    }
    assert_eq!(said.window("accuracy", "2025-09-01", "2025-11-30").due, 0);
    workspace.receive("kpi 2.xlsx", "2025-12-16", &kpis(QUARTER));
    let said = workspace.run("2025-12-20");
    let own = said.kpi_return(QUARTER);
    assert_eq!((own.status, own.received, own.accurate), (Late, Some(day("2025-12-16")), Some(true)));
    assert_eq!(said.rating(5, None), Green);
}

#[test]
fn a_file_overwritten_in_place_is_a_new_version() {
    let mut workspace = Workspace::new(QUARTER);
    workspace.receive("kpi.xlsx", "2025-12-10", &wrong());
    workspace.run("2025-12-12");
    workspace.drop_in("kpi.xlsx", &kpis(QUARTER));
    let said = workspace.run("2025-12-16");
    let own = said.kpi_return(QUARTER);
    assert_eq!((own.versions.len(), own.status, own.accurate), (2, OnTime, Some(false)));
    assert_eq!(own.versions[1].received, day("2025-12-16"));
    assert_eq!(said.rating(1, Some(EAST)), Green);
}

#[test]
fn a_file_taken_away_stays_received() {
    let mut workspace = Workspace::new(QUARTER);
    workspace.receive("kpi.xlsx", "2025-12-10", &kpis(QUARTER));
    workspace.run("2025-12-12");
    workspace.remove("kpi.xlsx");
    assert_eq!(workspace.run("2025-12-16").kpi_return(QUARTER).status, OnTime);
}

/// A contract year of clean returns, the ones named here coming a day late.
fn year(late: &[&str]) -> Said {
    let mut workspace = Workspace::new("2024-09-01");
    for quarter in ["2024-09-01", "2024-12-01", "2025-03-01", "2025-06-01"] {
        for (file, due, book) in quarter_returns(day(quarter)) {
            use chrono::Datelike;
            let on = if late.iter().any(|name| file.ends_with(name)) { 15 } else { 14 };
            workspace.receive(&file, &due.with_day(on).unwrap().to_string(), &book);
        }
    }
    workspace.notice("2025-08-01", "Quality mark achieved");
    workspace.notice("2025-08-01", "Social Value Award");
    workspace.run("2025-09-20")
}

#[test]
fn one_late_in_a_year_is_met_and_two_are_missed() {
    let twelve = ("2024-09-01", "2025-08-31");
    let said = year(&["mi 2024-10.xlsx"]);
    let own = said.window("timeliness", twelve.0, twelve.1);
    assert_eq!((own.met, own.due, own.rating), (23, 24, Green));
    let quarter = said.window("timeliness", "2024-09-01", "2024-11-30");
    assert_eq!((quarter.met, quarter.due, quarter.rating), (5, 6, Red));
    // In its quarter it may still be made good over the year; over the year it was.
    assert_eq!(said.escalated("consistent-failure").iter().filter(|own| own.1 == "triggered").count(), 0);
    assert!(said.escalated("consistent-failure").iter().all(|own| own.0 != "2024-25 Q4"));

    let said = year(&["mi 2024-10.xlsx", "mi 2025-04.xlsx"]);
    let own = said.window("timeliness", twelve.0, twelve.1);
    assert_eq!((own.met, own.due, own.rating), (22, 24, Red));
    assert_eq!(own.provisional, None);
    // From the quarter in which 95% can no longer be reached it is met, before only watched.
    assert_eq!(
        said.escalated("consistent-failure"),
        periods(&[
            ("2024-25 Q1", "watch"),
            ("2024-25 Q2", "watch"),
            ("2024-25 Q3", "triggered"),
            ("2024-25 Q4", "triggered")
        ])
    );
    assert_eq!(said.window("accuracy", twelve.0, twelve.1).met, 24);
}

#[test]
fn the_first_year_is_provisional_while_the_target_can_be_reached() {
    for (missing, status) in
        [(&["mi 2025-09"][..], "watch"), (&["mi 2025-09", "narrative east"], "triggered")]
    {
        let mut workspace = Workspace::new(QUARTER);
        workspace.quarter(QUARTER, missing);
        let said = workspace.run("2025-12-15");
        let own = said.window("timeliness", "2024-12-01", "2025-11-30");
        assert_eq!((own.due, own.rating), (6, Red));
        assert_eq!(own.provisional.is_some(), status == "watch");
        assert_eq!(said.escalated("consistent-failure"), periods(&[("2025-26 Q1", status)]));
    }
}

#[test]
fn accuracy_goes_by_errors_of_the_first_version_among_returns_received() {
    let mut workspace = Workspace::new(QUARTER);
    workspace.quarter(QUARTER, &["kpi", "mi 2025-09"]);
    workspace.receive("kpi.xlsx", "2025-12-10", &wrong());
    let said = workspace.run("2025-12-15");
    let own = said.window("accuracy", "2025-09-01", "2025-11-30");
    assert_eq!((own.met, own.due, own.rating), (4, 5, Red));
    // A warning counts for nothing.
    let mut workspace = Workspace::new(QUARTER);
    workspace.quarter(QUARTER, &["kpi"]);
    workspace.receive("kpi.xlsx", "2025-12-10", &kpis(QUARTER).with("KPIs", "B13", "94%"));
    let said = workspace.run("2025-12-15");
    let own = said.window("accuracy", "2025-09-01", "2025-11-30");
    assert_eq!((own.met, own.due), (6, 6), "{:?}", said.findings());
}

#[test]
fn every_period_and_area_due_has_a_rating() {
    let mut workspace = Workspace::new("2025-03-01");
    workspace.receive("q1.xlsx", "2025-12-10", &kpis("2025-09-01"));
    let said = workspace.run("2025-12-20");
    let of = |from: &str| -> Vec<Rating> {
        let ratings = said.review().ratings.iter().filter(|own| own.period.from == day(from));
        ratings.map(|own| own.rating).collect()
    };
    assert_eq!(of("2025-03-01"), vec![NoReturn; 30]);
    assert_eq!(of("2025-06-01"), vec![NoReturn; 30]);
    assert_eq!(of("2025-09-01"), vec![Green; 30]);
    let packs: Vec<_> = said.review().packs.iter().map(|pack| pack.period.from.to_string()).collect();
    assert!(
        packs.contains(&"2025-03-01".to_string()) && packs.contains(&"2025-06-01".to_string()),
        "{packs:?}"
    );
}

#[test]
fn a_narrative_is_due_from_each_council() {
    let mut workspace = Workspace::new(QUARTER);
    workspace.receive("east.xlsx", "2025-12-10", &narrative(QUARTER, EAST));
    workspace.receive("september.xlsx", "2025-10-10", &month(QUARTER));
    let said = workspace.run("2025-12-15");
    assert_eq!(said.submission("quarterly-narrative", QUARTER, Some(EAST)).status, OnTime);
    assert_eq!(said.submission("quarterly-narrative", QUARTER, Some(WEST)).status, Missing);
    let own = said.window("timeliness", "2025-09-01", "2025-11-30");
    assert_eq!((own.met, own.due), (2, 6));
}

#[test]
fn results_json_says_the_same() {
    let mut workspace = Workspace::new(QUARTER);
    workspace.receive("kpi.xlsx", "2025-12-15", &share(kpis(QUARTER), 7, EAST, 1, 10));
    let outcome = workspace.outcome("2025-12-20", "2025-12-20");
    let json: serde_json::Value = serde_json::from_slice(&outcome.results_json).unwrap();
    let review = &json["reviews"][0];
    let own =
        review["submissions"].as_array().unwrap().iter().find(|own| own["form"] == "quarterly-kpi").unwrap();
    assert_eq!(
        (&own["status"], &own["due"], &own["received"]),
        (&"late".into(), &"2025-12-14".into(), &"2025-12-15".into())
    );
    let rating = review["ratings"]
        .as_array()
        .unwrap()
        .iter()
        .find(|own| own["kpi"] == "7" && own["area"] == EAST)
        .unwrap();
    assert_eq!((&rating["rating"], &rating["value"]), (&"red".into(), &0.1.into()));
    assert_eq!((&rating["numerator"], &rating["denominator"]), (&1.into(), &10.into()));
    assert!(review["submission_kpis"].as_array().unwrap().iter().any(|own| own["target"] == 0.95));
    assert_eq!(json["as_of"], "2025-12-20");
}

#[test]
fn going_back_to_an_earlier_version_rates_what_was_sent_last() {
    let first = count(kpis(QUARTER), 1, EAST, 5);
    let mut workspace = Workspace::new(QUARTER);
    workspace.receive("kpi.xlsx", "2025-12-10", &first);
    workspace.run("2025-12-10");
    workspace.drop_in("kpi.xlsx", &count(kpis(QUARTER), 1, EAST, 0));
    workspace.run("2025-12-11");
    workspace.drop_in("kpi.xlsx", &first);
    let said = workspace.run("2025-12-12");
    assert_eq!(
        said.rated(1, Some(EAST)).value,
        Some(5.into()),
        "the file in the folder is the one that counts"
    );
}

#[test]
fn an_earlier_version_saved_anew_and_put_back_is_rated_too() {
    let first = count(kpis(QUARTER), 1, EAST, 5);
    let mut workspace = Workspace::new(QUARTER);
    workspace.receive("kpi.xlsx", "2025-12-10", &first);
    workspace.run("2025-12-10");
    workspace.drop_in("kpi.xlsx", &count(kpis(QUARTER), 1, EAST, 0));
    workspace.run("2025-12-11");
    // The same values under other bytes, as Excel writes them on every save.
    std::thread::sleep(std::time::Duration::from_millis(1100));
    workspace.drop_in("kpi.xlsx", &first);
    let said = workspace.run("2025-12-12");
    assert_eq!(said.rated(1, Some(EAST)).value, Some(5.into()));
}

#[test]
fn an_extension_settled_after_the_run_does_not_make_a_return_late() {
    let mut workspace = Workspace::new(QUARTER);
    workspace.run("2025-12-16");
    let row: [Cell; 6] = [
        PROVIDER.into(),
        CONTRACT.into(),
        "quarterly-kpi".into(),
        "2025-26 Q1".into(),
        day("2025-12-18").into(),
        "snow".into(),
    ];
    workspace.list("Extensions", row);
    workspace.drop_in("kpi.xlsx", &kpis(QUARTER));
    assert_eq!(workspace.run("2025-12-20").kpi_return(QUARTER).status, Unproven);
}

#[test]
fn a_return_moved_to_another_folder_is_no_new_version() {
    let mut workspace = Workspace::new(QUARTER);
    workspace.drop_in("kpi.xlsx", &kpis(QUARTER));
    workspace.run("2025-12-14");
    workspace.remove("kpi.xlsx");
    workspace.drop_in("Q1/kpi return.xlsx", &kpis(QUARTER));
    workspace.notice("2025-12-16", "Concern");
    let said = workspace.run("2025-12-20");
    let own = said.kpi_return(QUARTER);
    assert_eq!((own.versions.len(), own.status, own.received), (1, OnTime, Some(day("2025-12-14"))));
}

#[test]
fn an_empty_version_after_a_usable_one_changes_no_rating() {
    let mut workspace = Workspace::new(QUARTER);
    workspace.receive("kpi.xlsx", "2025-12-10", &kpis(QUARTER));
    workspace.receive("kpi 2.xlsx", "2025-12-12", &empty());
    let said = workspace.run("2025-12-20");
    let own = said.kpi_return(QUARTER);
    assert_eq!((own.versions.len(), own.status, own.accurate), (2, OnTime, Some(true)));
    assert_eq!(own.rated_version, Some(0));
    assert_eq!(said.rating(5, None), Green);
}

#[test]
fn a_return_for_a_period_before_the_start_or_still_to_come_is_named() {
    for (quarter, start) in [("2025-06-01", QUARTER), ("2026-03-01", QUARTER)] {
        let mut workspace = Workspace::new(start);
        workspace.receive("kpi.xlsx", "2025-12-10", &kpis(quarter));
        let said = workspace.run("2025-12-20");
        assert_eq!(said.unrecognised(), ["returns/kpi.xlsx"]);
    }
}

#[test]
fn nothing_falls_due_after_the_end() {
    let mut workspace = Workspace::new(QUARTER);
    workspace.end("2025-11-30");
    let said = workspace.run("2026-06-20");
    assert!(said.review().submissions.iter().all(|own| own.period.to <= day("2025-11-30")));
    assert_eq!(said.review().submissions.len(), 6);
}

#[test]
fn no_date_lies_beyond_the_end_of_the_contract() {
    let mut workspace = Workspace::new(QUARTER);
    workspace.end("2025-11-30");
    let outcome = workspace.outcome("2025-12-01", "2025-12-01");
    let dates = &outcome.results.reviews[0].dates;
    let days: Vec<String> = dates.iter().map(|line| line.date.to_string()).collect();
    // The last quarter's returns and the meeting about them.
    assert!(days.iter().all(|day| day == "2025-12-14" || day == "2025-12-22"), "{dates:?}");
    assert!(
        days.contains(&"2025-12-14".to_string()) && days.contains(&"2025-12-22".to_string()),
        "{dates:?}"
    );
}
