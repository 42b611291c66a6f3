//! Improvement plans and whether performance has improved by their review (6.6, 6.7): which months are compared, and where the
//! entry stands.

use crate::forms::{CONTRACT, notice, plan, provider_for};
use crate::months::send_row;
use crate::support::day;
use crate::support::results::Told;
use crate::support::workspace::Workspace;

/// Months from May 2025 to October; the plan: KPI (blank is the whole), agreed, reviewed; and the entries of formal-warning.
type Row = (&'static str, &'static str, &'static str, &'static str, &'static [&'static str]);

fn name(number: usize) -> String {
    format!("Provider {number:02}")
}

fn told(rows: &[Row], as_of: &str) -> Told {
    let mut workspace = Workspace::default();
    for (number, (letters, kpi, agreed, review, _)) in rows.iter().enumerate() {
        send_row(&mut workspace, &name(number), "2025-05-01", "2025-05-01", letters);
        plan(&mut workspace, &name(number), agreed, kpi, review);
    }
    workspace.told(as_of)
}

fn check(rows: &[Row]) {
    let told = told(rows, "2026-01-20");
    for (number, (letters, kpi, agreed, review, expected)) in rows.iter().enumerate() {
        let found = told.of(&name(number)).met("formal-warning");
        assert_eq!(found, *expected, "{letters}: KPI “{kpi}”, agreed {agreed}, reviewed {review}");
    }
}

#[test]
fn the_newest_month_ended_at_the_agreement_against_the_newest_ended_at_the_review() {
    check(&[
        // Agreed on 10 July: June's amber stood. Reviewed on 15 September: August's counts, whatever September brings.
        ("GaGaGG", "2", "2025-07-10", "2025-09-15", &["2025-09 triggered"]),
        ("GaGGaG", "2", "2025-07-10", "2025-09-15", &[]),
        ("GGaGaa", "2", "2025-07-10", "2025-09-15", &[]),
        // A month that ends on the very day has ended.
        ("GaGGaG", "2", "2025-07-10", "2025-09-30", &["2025-09 triggered"]),
        ("GaGGaG", "2", "2025-07-10", "2025-09-29", &[]),
        ("GraGaG", "2", "2025-06-30", "2025-09-30", &[]),
        ("arGGaG", "2", "2025-06-29", "2025-09-30", &["2025-09 triggered"]),
        // What lies between decides nothing.
        ("GarraG", "2", "2025-07-10", "2025-09-30", &["2025-09 triggered"]),
        ("GrGGaG", "2", "2025-07-10", "2025-09-30", &[]),
    ]);
}

#[test]
fn the_entry_stands_in_the_month_of_the_review_date() {
    check(&[
        ("aaaaaa", "2", "2025-07-10", "2025-09-01", &["2025-09 triggered"]),
        ("aaaaaa", "2", "2025-07-10", "2025-08-31", &["2025-08 triggered"]),
        ("aaaaaa", "2", "2025-07-10", "2025-10-31", &["2025-10 triggered"]),
        // Reviewed in the month of the agreement: nothing is better yet.
        ("aaaaaa", "2", "2025-07-10", "2025-07-24", &["2025-07 triggered"]),
    ]);
}

#[test]
fn each_plan_goes_by_its_own_kpi() {
    check(&[
        ("bbbbbb", "2", "2025-07-10", "2025-09-15", &[]),
        ("bbbbbb", "3", "2025-07-10", "2025-09-15", &["2025-09 triggered"]),
        ("cccccc", "KPI 1", "2025-07-10", "2025-09-15", &["2025-09 triggered"]),
        // Without a KPI it goes by those that were amber or red when it was agreed: each of them has to be better.
        ("bbbbbb", "", "2025-07-10", "2025-09-15", &["2025-09 triggered"]),
        ("bbbaaa", "", "2025-07-10", "2025-09-15", &[]),
        ("AAAbbb", "", "2025-07-10", "2025-09-15", &["2025-09 triggered"]),
        ("AAAAAA", "", "2025-07-10", "2025-09-15", &["2025-09 triggered"]),
        ("RRRAAA", "", "2025-07-10", "2025-09-15", &[]),
        ("RRRGGG", "", "2025-07-10", "2025-09-15", &[]),
        // Where none was, by the whole.
        ("GGGbbb", "", "2025-07-10", "2025-09-15", &[]),
        ("GGGAAA", "", "2025-07-10", "2025-09-15", &["2025-09 triggered"]),
    ]);
}

#[test]
fn a_rating_that_is_not_known_is_watched_and_not_held_against_the_provider() {
    check(&[
        ("aaa-aa", "2", "2025-07-10", "2025-09-15", &["2025-09 watch"]),
        ("aaaxaa", "2", "2025-07-10", "2025-09-15", &["2025-09 watch"]),
        // What it was when the plan was agreed is not known: good is good enough, amber may be better than it was.
        ("a-aGGG", "2", "2025-07-10", "2025-09-15", &[]),
        ("a-aaaa", "2", "2025-07-10", "2025-09-15", &["2025-09 watch"]),
    ]);
}

#[test]
fn a_month_the_officer_gave_relief_for_does_not_count() {
    let mut workspace = Workspace::default();
    // August, the month before the review, is red for a reason the officer accepts; July counts in its place.
    for (provider, letters) in [("Better In July", "aaGrGG"), ("Amber In July", "aaarGG")] {
        send_row(&mut workspace, provider, "2025-05-01", "2025-05-01", letters);
        plan(&mut workspace, provider, "2025-07-10", "2", "2025-09-15");
        workspace.record(
            "Reliefs",
            [
                ("Provider", provider.into()),
                ("Contract", CONTRACT.into()),
                ("KPI", "2".into()),
                ("Period", "August 2025".into()),
                ("Reason", "the portal of Ofsted was down".into()),
                ("Agreed on", day("2025-09-01").into()),
            ],
        );
    }
    let told = workspace.told("2026-01-20");
    assert_eq!(told.of("Better In July").met("formal-warning"), [""; 0]);
    assert_eq!(told.of("Amber In July").met("formal-warning"), ["2025-09 triggered"]);
}

#[test]
fn a_later_plan_takes_the_place_of_the_one_before() {
    let mut workspace = Workspace::default();
    send_row(&mut workspace, "Replaced", "2025-05-01", "2025-05-01", "aaaaGG");
    plan(&mut workspace, "Replaced", "2025-07-10", "2", "2025-09-01");
    plan(&mut workspace, "Replaced", "2025-08-20", "2", "2025-11-03");
    send_row(&mut workspace, "Too Late", "2025-05-01", "2025-05-01", "aaaaGG");
    plan(&mut workspace, "Too Late", "2025-07-10", "2", "2025-09-01");
    plan(&mut workspace, "Too Late", "2025-09-02", "2", "2025-11-03");
    let told = workspace.told("2026-01-20");
    assert_eq!(told.of("Replaced").met("formal-warning"), [""; 0]);
    assert_eq!(told.of("Too Late").met("formal-warning"), ["2025-09 triggered"]);
}

#[test]
fn no_plan_and_no_review_date_are_no_warning() {
    let mut workspace = Workspace::default();
    send_row(&mut workspace, "Without A Date", "2025-05-01", "2025-05-01", "aaaaaa");
    notice(&mut workspace, "Without A Date", "2025-07-10", "Improvement plan");
    send_row(&mut workspace, "Without A Plan", "2025-05-01", "2025-05-01", "aaaaaa");
    provider_for(&mut workspace, "Without Anything", "2025-05-01", 1);
    let told = workspace.told("2026-01-20");
    for provider in ["Without A Date", "Without A Plan", "Without Anything"] {
        assert_eq!(told.of(provider).met("formal-warning"), [""; 0], "{provider}");
    }
}

#[test]
fn a_plan_for_the_whole_names_the_kpis_that_are_no_better() {
    let rows: [Row; 2] =
        [("AAAbbb", "", "2025-07-10", "2025-09-15", &[]), ("AAAAAA", "", "2025-07-10", "2025-09-15", &[])];
    let told = told(&rows, "2026-01-20");
    for (number, kpis) in [(0, vec!["KPI 3"]), (1, vec!["KPI 2", "KPI 3"])] {
        let own = told.of(&name(number)).escalated("formal-warning");
        assert_eq!(own.len(), 1, "one plan is one entry: {own:?}");
        for kpi in ["KPI 1", "KPI 2", "KPI 3"] {
            assert_eq!(own[0].evidence.contains(kpi), kpis.contains(&kpi), "{kpi}: {}", own[0].evidence);
        }
    }
}

#[test]
fn the_evidence_names_the_plan_and_both_months() {
    let rows: [Row; 1] = [("GaGaGG", "2", "2025-07-10", "2025-09-15", &[])];
    let told = told(&rows, "2025-09-16");
    let own = told.of(&name(0)).escalated("formal-warning");
    assert_eq!(own.len(), 1, "{own:?}");
    for part in ["10 July 2025", "2025-06", "2025-08"] {
        assert!(own[0].evidence.contains(part), "no {part}: {}", own[0].evidence);
    }
    assert!(own[0].clause.contains("6.7") && own[0].clause.contains("6.8"), "{}", own[0].clause);
}
