//! The overall rating (2.3).

use crate::forms::{CONTRACT, Counts, FORM, Return, afterwards, label, later, provider_for, send};
use crate::support::day;
use crate::support::workspace::Workspace;

const FIRST: [&str; 3] = ["green", "amber", "red"];
const SECOND: [&str; 4] = ["stretch", "green", "amber", "red"];
const THIRD: [&str; 4] = SECOND;

/// Ten visits that come to these ratings.
fn counts(first: usize, second: usize, third: usize) -> Counts {
    Counts {
        units: 7,
        visited: [7, 6, 5][first],
        visits: 10,
        in_time: [10, 9, 8, 5][second],
        sent_back: u32::try_from(third).unwrap(),
    }
}

/// The middle one of three, stretch counting as green: two of a kind decide, and of three that differ it is amber.
fn middle(ratings: [&str; 3]) -> &'static str {
    let like = |own: &[&str]| ratings.iter().filter(|rating| own.contains(rating)).count();
    match (like(&["stretch", "green"]), like(&["red"])) {
        (2.., _) => "green",
        (_, 2..) => "red",
        _ => "amber",
    }
}

#[test]
fn the_middle_one_is_what_the_rulebooks_examples_say() {
    assert_eq!(middle(["red", "green", "green"]), "green");
    assert_eq!(middle(["red", "amber", "green"]), "amber");
    assert_eq!(middle(["red", "red", "green"]), "red");
    assert_eq!(middle(["amber", "amber", "stretch"]), "amber");
    assert_eq!(middle(["red", "stretch", "green"]), "green");
}

#[test]
fn overall_is_the_median_of_the_three_whatever_they_are() {
    let mut workspace = Workspace::default();
    for (first, rating) in FIRST.iter().enumerate() {
        let provider = format!("KPI 1 {rating}");
        provider_for(&mut workspace, &provider, "2024-01-01", 16);
        for second in 0..SECOND.len() {
            for third in 0..THIRD.len() {
                let month = later("2024-01-01", u32::try_from(second * THIRD.len() + third).unwrap());
                let own = Return::of(&provider, &month, counts(first, second, third));
                send(&mut workspace, &own, &afterwards(&month));
            }
        }
    }
    let told = workspace.told("2025-05-20");
    for rating in FIRST {
        let review = told.of(&format!("KPI 1 {rating}"));
        for (number, (second, third)) in
            (0..).zip(SECOND.iter().flat_map(|second| THIRD.iter().map(move |third| (*second, *third))))
        {
            let month = label(&later("2024-01-01", number));
            let ratings = ["1", "2", "3"].map(|kpi| review.rating(kpi, &month));
            assert_eq!(ratings, [rating, second, third], "{month}");
            assert_eq!(review.overall(&month), middle(ratings), "{ratings:?}");
        }
    }
}

#[test]
fn every_month_that_is_due_has_one_also_when_nothing_came() {
    let mut workspace = Workspace::default();
    provider_for(&mut workspace, "Northgate", "2025-06-01", 2);
    send(&mut workspace, &Return::of("Northgate", "2025-06-01", counts(0, 0, 0)), "2025-06-27");
    let told = workspace.told("2025-07-26");
    let review = told.of("Northgate");
    assert_eq!(review.overall("2025-06"), "green");
    assert_eq!(review.status(FORM, "2025-07"), "missing");
    assert_eq!(review.overall("2025-07"), "no-return");
    assert_eq!(["1", "2", "3"].map(|kpi| review.rating(kpi, "2025-07")), ["no-return"; 3]);
}

#[test]
fn a_return_that_cannot_be_used_is_invalid() {
    let mut workspace = Workspace::default();
    provider_for(&mut workspace, "Northgate", "2025-06-01", 1);
    let unusable = ["see e-mail", "to follow", "to follow"].map(Into::into);
    send(&mut workspace, &Return::stated("Northgate", "2025-06-01", unusable), "2025-06-27");
    let told = workspace.told("2025-07-20");
    let review = told.of("Northgate");
    assert_eq!(["1", "2", "3"].map(|kpi| review.rating(kpi, "2025-06")), ["invalid"; 3]);
    assert_eq!(review.overall("2025-06"), "invalid");
    assert!(review.findings(FORM, "2025-06").iter().any(|own| own.severity == "error"));
}

/// June 2025 as stated without a log, one provider for each row.
fn stated(rows: &[([&'static str; 3], &str)]) -> Workspace {
    let mut workspace = Workspace::default();
    for (number, (cells, _)) in rows.iter().enumerate() {
        let provider = format!("Provider {number}");
        provider_for(&mut workspace, &provider, "2025-06-01", 1);
        let own = Return::stated(&provider, "2025-06-01", cells.map(Into::into));
        send(&mut workspace, &own, &afterwards("2025-06-01"));
    }
    workspace
}

#[test]
fn a_kpi_that_is_not_known_leaves_the_whole_open_only_where_it_matters() {
    let rows = [
        // Two greens, or two reds, decide whatever the third is.
        (["100%", "100%", "to follow"], "green"),
        (["100%", "to follow", "0"], "green"),
        (["50%", "50%", "to follow"], "red"),
        (["100%", "to follow", "3"], "invalid"),
        (["85%", "to follow", "0"], "invalid"),
        (["85%", "85%", "to follow"], "amber"),
        (["50%", "to follow", "to follow"], "invalid"),
        (["to follow", "to follow", "to follow"], "invalid"),
    ];
    let told = stated(&rows).told("2025-08-20");
    for (number, (cells, expected)) in rows.iter().enumerate() {
        assert_eq!(told.of(&format!("Provider {number}")).overall("2025-06"), *expected, "{cells:?}");
    }
}

#[test]
fn a_kpi_without_activity_is_left_out_of_the_whole() {
    let rows = [
        (["100%", "N/A", "N/A"], "green"),
        (["85%", "N/A", "N/A"], "amber"),
        (["50%", "N/A", "N/A"], "red"),
        // Of two the worse.
        (["100%", "N/A", "2"], "amber"),
        (["50%", "100%", "N/A"], "red"),
        (["100%", "100%", "N/A"], "green"),
        // What is left is not known.
        (["to follow", "N/A", "N/A"], "invalid"),
    ];
    let told = stated(&rows).told("2025-08-20");
    for (number, (cells, expected)) in rows.iter().enumerate() {
        let review = told.of(&format!("Provider {number}"));
        assert_eq!(review.overall("2025-06"), *expected, "{cells:?}");
        // Without a log nothing bears it out that there were no visits.
        for (kpi, cell) in ["1", "2", "3"].into_iter().zip(cells).filter(|(_, cell)| **cell == "N/A") {
            assert_eq!(review.rating(kpi, "2025-06"), "no-activity", "{cell}");
            assert!(review.note(kpi, "2025-06").contains("not checked"), "{}", review.note(kpi, "2025-06"));
        }
    }
}

#[test]
fn a_kpi_the_officer_gave_relief_from_is_left_out_of_the_whole() {
    // What is stated; the KPIs relieved; the whole with them, and without.
    let rows: [([&str; 3], &[&str], &str, &str); 5] = [
        (["50%", "100%", "3"], &["1"], "red", "red"),
        (["50%", "100%", "2"], &["1"], "amber", "amber"),
        (["50%", "100%", "3"], &["1", "3"], "red", "green"),
        (["100%", "50%", "3"], &["2", "3"], "red", "green"),
        (["100%", "to follow", "3"], &["2"], "invalid", "red"),
    ];
    let with: Vec<_> = rows.iter().map(|(cells, ..)| (*cells, "")).collect();
    let mut workspace = stated(&with);
    let told = workspace.told("2025-08-20");
    for (number, (cells, _, before, _)) in rows.iter().enumerate() {
        assert_eq!(told.of(&format!("Provider {number}")).overall("2025-06"), *before, "{cells:?}");
    }
    for (number, (_, kpis, ..)) in rows.iter().enumerate() {
        for kpi in *kpis {
            workspace.record(
                "Reliefs",
                [
                    ("Provider", format!("Provider {number}").as_str().into()),
                    ("Contract", CONTRACT.into()),
                    ("KPI", (*kpi).into()),
                    ("Period", "June 2025".into()),
                    ("Reason", "a unit was closed by flood".into()),
                    ("Agreed on", day("2025-07-01").into()),
                ],
            );
        }
    }
    let told = workspace.told("2025-08-20");
    for (number, (cells, kpis, _, after)) in rows.iter().enumerate() {
        let review = told.of(&format!("Provider {number}"));
        assert_eq!(review.overall("2025-06"), *after, "{cells:?} without {kpis:?}");
    }
}

#[test]
fn relief_agreed_after_the_day_of_the_run_is_not_known_yet() {
    let mut workspace = stated(&[(["50%", "100%", "2"], "")]);
    workspace.record(
        "Reliefs",
        [
            ("Provider", "Provider 0".into()),
            ("Contract", CONTRACT.into()),
            ("KPI", "1".into()),
            ("Period", "June 2025".into()),
            ("Reason", "a unit was closed by flood".into()),
            ("Agreed on", day("2025-08-21").into()),
        ],
    );
    for (as_of, relieved) in [("2025-08-20", false), ("2025-08-21", true)] {
        let told = workspace.told(as_of);
        let rating = told.of("Provider 0").rated("1", "2025-06");
        assert_eq!(rating["note"].to_string().contains("Relief"), relieved, "{as_of}: {rating}");
    }
}

#[test]
fn an_empty_log_says_that_nothing_was_visited_and_no_log_says_nothing() {
    let mut workspace = Workspace::default();
    let none = counts(0, 0, 0);
    let empty = Return {
        log: Some(Vec::new()),
        ..Return::stated("Empty Log", "2025-06-01", ["0%", "N/A", "N/A"].map(Into::into))
    };
    let without = Return::of("No Log", "2025-06-01", none);
    let without = Return { log: None, ..without };
    for own in [&empty, &without] {
        provider_for(&mut workspace, &own.provider, "2025-06-01", 1);
        send(&mut workspace, own, &afterwards("2025-06-01"));
    }
    let told = workspace.told("2025-08-20");
    let ratings = |provider: &str| ["1", "2", "3"].map(|kpi| told.of(provider).rating(kpi, "2025-06"));
    assert_eq!(ratings("Empty Log"), ["red", "no-activity", "no-activity"]);
    assert_eq!(told.of("Empty Log").parts("1", "2025-06"), "0/7");
    assert_eq!(told.of("Empty Log").findings(FORM, "2025-06"), []);
    assert_eq!(ratings("No Log"), ["green", "stretch", "stretch"]);
}
