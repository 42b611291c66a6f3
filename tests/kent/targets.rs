//! The three KPIs and their bands (2.1).

use crate::forms::{Counts, Return, afterwards, label, later, provider_for, send, visits};
use crate::support::book::Cell;
use crate::support::results::Told;
use crate::support::workspace::Workspace;

const PROVIDER: &str = "Northgate Visiting";

#[test]
fn the_four_months_of_the_rulebooks_table() {
    let rows = [
        ("2022-11-01", (6, 6, 6, 0), ["green", "stretch", "stretch"], ["6/6", "6/6"], "green"),
        ("2022-12-01", (6, 5, 4, 1), ["amber", "amber", "green"], ["5/6", "4/5"], "amber"),
        ("2023-01-01", (7, 5, 3, 2), ["red", "amber", "amber"], ["5/7", "3/5"], "amber"),
        ("2023-02-01", (7, 7, 4, 5), ["green", "red", "red"], ["7/7", "4/7"], "red"),
    ];
    let mut workspace = Workspace::default();
    provider_for(&mut workspace, PROVIDER, "2022-11-01", 4);
    for (month, (units, made, in_time, sent_back), ..) in rows {
        let counts = Counts { units, visited: made, visits: made, in_time, sent_back };
        send(&mut workspace, &Return::of(PROVIDER, month, counts), &afterwards(month));
    }
    let told = workspace.told("2023-03-20");
    let review = told.of(PROVIDER);
    for (month, (.., sent_back), ratings, parts, overall) in rows {
        let month = label(month);
        let found = ["1", "2", "3"].map(|kpi| review.rating(kpi, &month));
        assert_eq!(found, ratings, "{month}");
        assert_eq!(["1", "2"].map(|kpi| review.parts(kpi, &month)), parts, "{month}");
        assert_eq!(review.value("3", &month), Some(f64::from(sent_back)), "{month}");
        assert_eq!(review.overall(&month), overall, "{month}");
    }
}

/// Months one after the other that state these levels, without a log.
fn stated(rows: &[[Cell; 3]]) -> Told {
    let mut workspace = Workspace::default();
    provider_for(&mut workspace, PROVIDER, "2023-04-01", u32::try_from(rows.len()).unwrap());
    for (number, row) in (0..).zip(rows) {
        let month = later("2023-04-01", number);
        send(&mut workspace, &Return::stated(PROVIDER, &month, row.clone()), &afterwards(&month));
    }
    workspace.told("2025-06-20")
}

#[test]
fn the_bands_on_both_sides_of_every_edge_as_stated() {
    let shares_of_1 = [
        (1.0, "green"),
        (0.999, "amber"),
        (0.9, "amber"),
        (0.89, "amber"),
        (0.8, "amber"),
        (0.799, "red"),
        (0.0, "red"),
    ];
    let shares_of_2 = [
        (1.0, "stretch"),
        (0.999, "green"),
        (0.9, "green"),
        (0.899, "amber"),
        (0.895, "amber"),
        (0.89, "amber"),
        (0.6, "amber"),
        (0.599, "red"),
        (0.0, "red"),
    ];
    let counts_of_3 = [(0, "stretch"), (1, "green"), (2, "amber"), (3, "red"), (4, "red"), (11, "red")];
    // The shorter lists go round again.
    let rows: Vec<_> = (0..shares_of_2.len())
        .map(|number| {
            (
                shares_of_1[number % shares_of_1.len()],
                shares_of_2[number],
                counts_of_3[number % counts_of_3.len()],
            )
        })
        .collect();
    let cells: Vec<[Cell; 3]> = rows
        .iter()
        .map(|(first, second, third)| [Cell::Percent(first.0), Cell::Percent(second.0), third.0.into()])
        .collect();
    let told = stated(&cells);
    for (number, (first, second, third)) in (0..).zip(rows) {
        let month = label(&later("2023-04-01", number));
        let found = ["1", "2", "3"].map(|kpi| told.of(PROVIDER).rating(kpi, &month));
        assert_eq!(found, [first.1, second.1, third.1], "{first:?} {second:?} {third:?}");
    }
}

#[test]
fn a_level_stated_without_a_log_is_rated_and_said_to_be_unchecked() {
    let told = stated(&[["85.7%".into(), "89.5%".into(), 1.into()]]);
    let review = told.of(PROVIDER);
    for (kpi, rating) in [("1", "amber"), ("2", "amber"), ("3", "green")] {
        assert_eq!(review.rating(kpi, "2023-04"), rating);
        let note = review.note(kpi, "2023-04").to_lowercase();
        assert!(note.contains("check"), "KPI {kpi}: {note}");
    }
}

#[test]
fn the_bands_as_computed_from_the_log() {
    let rows = [
        // (visited of 7, visits, in time): KPI 1, KPI 2
        ((7, 20, 20), "green", "stretch"),
        ((7, 20, 19), "green", "green"),
        ((7, 20, 18), "green", "green"),
        ((7, 19, 17), "green", "amber"),
        ((6, 10, 9), "amber", "green"),
        ((6, 10, 6), "amber", "amber"),
        ((5, 20, 11), "red", "red"),
        ((5, 5, 0), "red", "red"),
    ];
    let mut workspace = Workspace::default();
    provider_for(&mut workspace, PROVIDER, "2025-01-01", 8);
    for (number, ((visited, made, in_time), ..)) in (0..).zip(rows) {
        let month = later("2025-01-01", number);
        let counts = Counts { units: 7, visited, visits: made, in_time, sent_back: 0 };
        send(&mut workspace, &Return::of(PROVIDER, &month, counts), &afterwards(&month));
    }
    let told = workspace.told("2025-09-20");
    let review = told.of(PROVIDER);
    for (number, ((visited, made, in_time), first, second)) in (0..).zip(rows) {
        let month = label(&later("2025-01-01", number));
        assert_eq!((review.rating("1", &month), review.rating("2", &month)), (first, second), "{month}");
        // A unit visited twice counts once for KPI 1 and twice in KPI 2's denominator.
        assert_eq!(review.parts("1", &month), format!("{visited}/7"), "{month}");
        assert_eq!(review.parts("2", &month), format!("{in_time}/{made}"), "{month}");
    }
    // Never decided or shown rounded up: 17 of 19 is 89.47%.
    assert!(
        review.value("2", "2025-04").is_some_and(|value| value < 0.895),
        "{:?}",
        review.value("2", "2025-04")
    );
}

#[test]
fn a_rating_in_the_open_band_of_kpi_1_says_that_the_schedule_leaves_it_open() {
    let mut workspace = Workspace::default();
    provider_for(&mut workspace, PROVIDER, "2022-11-01", 2);
    for (month, visited) in [("2022-11-01", 6), ("2022-12-01", 5)] {
        let counts = Counts { units: 6, visited, visits: visited, in_time: visited, sent_back: 0 };
        send(&mut workspace, &Return::of(PROVIDER, month, counts), &afterwards(month));
    }
    let told = workspace.told("2023-01-20");
    let review = told.of(PROVIDER);
    assert_eq!((review.rating("1", "2022-12"), review.value("1", "2022-12")), ("amber", Some(0.8333)));
    let note = review.note("1", "2022-12").to_lowercase();
    assert!(note.contains("schedule") || note.contains("open"), "{note}");
    assert_eq!(review.note("1", "2022-11"), "", "a full month needs no note");
}

#[test]
fn the_number_of_units_is_the_one_in_force_on_the_months_first_day() {
    let mut workspace = Workspace::default();
    provider_for(&mut workspace, PROVIDER, "2022-12-01", 2);
    for (month, units) in [("2022-12-01", 6), ("2023-01-01", 7)] {
        let counts = Counts { units, visited: 6, visits: 6, in_time: 6, sent_back: 0 };
        send(&mut workspace, &Return::of(PROVIDER, month, counts), &afterwards(month));
    }
    let told = workspace.told("2023-02-20");
    let review = told.of(PROVIDER);
    assert_eq!((review.parts("1", "2022-12").as_str(), review.rating("1", "2022-12")), ("6/6", "green"));
    assert_eq!((review.parts("1", "2023-01").as_str(), review.rating("1", "2023-01")), ("6/7", "amber"));
}

#[test]
fn a_month_without_visits_has_no_activity_for_kpis_2_and_3() {
    let mut workspace = Workspace::default();
    provider_for(&mut workspace, PROVIDER, "2025-07-01", 1);
    let none = Counts { units: 7, visited: 0, visits: 0, in_time: 0, sent_back: 0 };
    let own = Return::of(PROVIDER, "2025-07-01", none);
    assert!(visits("2025-07-01", none).is_empty() && own.log.is_some());
    send(&mut workspace, &own, &afterwards("2025-07-01"));
    let told = workspace.told("2025-09-01");
    let review = told.of(PROVIDER);
    let found = ["1", "2", "3"].map(|kpi| review.rating(kpi, "2025-07"));
    // No visit to any of the units is 0 of 7.
    assert_eq!(found, ["red", "no-activity", "no-activity"]);
    // Open: the rulebook does not say what overall is where one KPI alone has a rating; its words make it the median of that one.
    assert_eq!(review.overall("2025-07"), "red");
}
