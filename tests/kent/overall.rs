//! The overall rating (2.3).

use crate::forms::{Counts, FORM, Return, afterwards, label, later, provider_for, send};
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
