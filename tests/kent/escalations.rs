//! Escalations that follow from the ratings: improvement plan, one KPI red within, three months red (2.4).

use std::collections::BTreeSet;

use crate::forms::CONTRACT;
use crate::months::send_row;
use crate::support::day;
use crate::support::workspace::Workspace;

/// Rows of months from `first`, and what an escalation says in each period: `2025-11 triggered`.
fn check(id: &str, clause: &str, start: &str, first: &str, rows: &[(&str, &[&str])]) {
    let mut workspace = Workspace::default();
    let names: Vec<String> = rows.iter().enumerate().map(|(at, _)| format!("Provider {at:02}")).collect();
    let distinct: BTreeSet<&str> = rows.iter().map(|(letters, _)| *letters).collect();
    assert_eq!(distinct.len(), rows.len(), "a row stands here twice");
    for (name, (letters, _)) in names.iter().zip(rows) {
        send_row(&mut workspace, name, start, first, letters);
    }
    let told = workspace.told("2026-06-20");
    for (name, (letters, expected)) in names.iter().zip(rows) {
        assert_eq!(told.of(name).met(id), *expected, "{id}: {letters} from {first}");
        for own in told.of(name).escalated(id) {
            assert!(own.clause.contains(clause), "{id} cites {}", own.clause);
            assert!(!own.evidence.is_empty(), "{id} of {} has no evidence", own.period);
            assert_eq!(own.by, None, "no clause gives a date");
        }
    }
}

#[test]
fn improvement_plan_after_two_months_of_amber_or_worse() {
    // With a start of 1 April the first month that counts is October.
    check(
        "improvement-plan",
        "6.3",
        "2025-04-01",
        "2025-09-01",
        &[
            // September does not count, so October completes nothing.
            ("aaG", &[]),
            ("aaa", &["2025-11 triggered"]),
            ("Gaa", &["2025-11 triggered"]),
            // Not necessarily the same KPI.
            ("Gab", &["2025-11 triggered"]),
            ("Gbc", &["2025-11 triggered"]),
            ("Gar", &["2025-11 triggered"]),
            ("Gts", &["2025-11 triggered"]),
            ("GRR", &["2025-11 triggered"]),
            ("GaGaG", &[]),
            ("GaGaa", &["2026-01 triggered"]),
            // One entry for each month in which it holds.
            ("Gaaa", &["2025-11 triggered", "2025-12 triggered"]),
            ("GaaGaa", &["2025-11 triggered", "2026-02 triggered"]),
            ("GGGG", &[]),
        ],
    );
}

#[test]
fn improvement_plan_counts_from_the_first_month_after_six() {
    check(
        "improvement-plan",
        "6.3",
        "2022-04-01",
        "2022-04-01",
        &[("aaaaaaa", &[]), ("aaaaaaaa", &["2022-11 triggered"]), ("aaaaaaGa", &[])],
    );
}

/// Rows in which a month has no rating: the status in the month that completes the run, and never triggered where it is not
/// said.
fn check_gaps(id: &str, start: &str, first: &str, rows: &[(&str, &str, &str, &[&str])]) {
    let mut workspace = Workspace::default();
    for (number, (letters, ..)) in rows.iter().enumerate() {
        send_row(&mut workspace, &format!("Provider {number:02}"), start, first, letters);
    }
    let told = workspace.told("2026-06-20");
    for (number, (letters, month, state, triggered)) in rows.iter().enumerate() {
        let review = told.of(&format!("Provider {number:02}"));
        assert_eq!(review.state(id, month), *state, "{id}: {letters} in {month}");
        let found: Vec<String> = review
            .escalated(id)
            .into_iter()
            .filter(|own| own.status == "triggered")
            .map(|own| own.period)
            .collect();
        assert_eq!(found, *triggered, "{id}: {letters}");
    }
}

#[test]
fn improvement_plan_is_watched_over_a_month_without_a_rating() {
    check_gaps(
        "improvement-plan",
        "2025-04-01",
        "2025-09-01",
        &[
            ("Ga-a", "2025-12", "watch", &[]),
            ("Gana", "2025-12", "watch", &[]),
            ("Gaxa", "2025-12", "watch", &[]),
            ("Ga--a", "2026-01", "watch", &[]),
            ("Ga-aa", "2026-01", "triggered", &["2026-01"]),
            ("Ga-G", "2025-12", "", &[]),
            // The watch arises in the month that would complete the run, not in the one without a rating.
            ("Ga-", "2025-11", "", &[]),
            ("Ga-a", "2025-11", "", &[]),
            // Each further month is a run of its own with the one before.
            ("Ga-aaa", "2026-02", "triggered", &["2026-01", "2026-02"]),
            // A gap before the first amber month is inside no run.
            ("G-a", "2025-11", "", &[]),
            // September's amber is of the first six months.
            ("a-a", "2025-11", "", &[]),
        ],
    );
}

#[test]
fn a_watch_says_what_is_missing() {
    let mut workspace = Workspace::default();
    send_row(&mut workspace, "Northgate", "2025-04-01", "2025-09-01", "Ga-a");
    let told = workspace.told("2026-06-20");
    let own = told.of("Northgate").escalated("improvement-plan");
    let own = own.iter().find(|own| own.period == "2025-12").unwrap();
    assert!(format!("{} {}", own.evidence, own.distance).contains("November"), "{own:?}");
}

#[test]
fn termination_after_three_months_red() {
    check(
        "termination-red-run",
        "6.5",
        "2025-05-01",
        "2025-05-01",
        &[
            ("RRR", &["2025-07 triggered"]),
            ("RRRR", &["2025-07 triggered", "2025-08 triggered"]),
            ("RR", &[]),
            ("RARR", &[]),
            ("RRGR", &[]),
            ("RRGRRR", &["2025-10 triggered"]),
            // The overall rating counts, not one KPI.
            ("rrr", &[]),
            ("sss", &[]),
            ("qqq", &[]),
            ("RRq", &[]),
        ],
    );
}

#[test]
fn termination_is_watched_over_a_month_without_a_rating() {
    check_gaps(
        "termination-red-run",
        "2025-05-01",
        "2025-05-01",
        &[
            ("RnRR", "2025-08", "watch", &[]),
            ("R-RR", "2025-08", "watch", &[]),
            ("RxRR", "2025-08", "watch", &[]),
            ("RR-R", "2025-08", "watch", &[]),
            ("R-RRR", "2025-09", "triggered", &["2025-09"]),
            ("RRR-", "2025-07", "triggered", &["2025-07"]),
            ("R-AR", "2025-08", "", &[]),
            // The months with a rating are counted across every gap.
            ("R-R-R", "2025-09", "watch", &[]),
            ("R--RR", "2025-09", "watch", &[]),
            ("RnxRR", "2025-09", "watch", &[]),
            ("R-R-A", "2025-09", "", &[]),
            // The watch arises in the month that would complete the run, not in the one without a rating.
            ("RR-", "2025-07", "", &[]),
            ("RR-R", "2025-07", "", &[]),
            ("R-RR-", "2025-09", "", &[]),
            // Two months are not three, with a gap between them or without.
            ("R-R", "2025-07", "", &[]),
            ("-RR", "2025-07", "", &[]),
        ],
    );
}

#[test]
fn one_kpi_red_within_a_green_or_amber_whole() {
    check(
        "red-within",
        "6.6",
        "2025-05-01",
        "2025-05-01",
        &[
            ("r", &["2025-05 triggered"]),
            ("s", &["2025-05 triggered"]),
            ("t", &["2025-05 triggered"]),
            ("q", &["2025-05 triggered"]),
            ("R", &[]),
            ("A", &[]),
            ("G", &[]),
            ("rGs", &["2025-05 triggered", "2025-07 triggered"]),
        ],
    );
}

#[test]
fn nothing_follows_from_good_months() {
    let mut workspace = Workspace::default();
    send_row(&mut workspace, "Northgate", "2025-05-01", "2025-05-01", "GGGGGGGGGG");
    assert_eq!(workspace.told("2026-03-20").of("Northgate").escalations(), []);
}

fn relief(workspace: &mut Workspace, provider: &str, kpi: &str, period: &str) {
    workspace.record(
        "Reliefs",
        [
            ("Provider", provider.into()),
            ("Contract", CONTRACT.into()),
            ("KPI", kpi.into()),
            ("Period", period.into()),
            ("Reason", "a unit was closed by flood".into()),
            ("Agreed on", day("2025-12-01").into()),
        ],
    );
}

#[test]
fn a_relief_is_shown_and_does_not_count() {
    let mut workspace = Workspace::default();
    for name in ["Relieved", "Not Relieved"] {
        send_row(&mut workspace, name, "2025-04-01", "2025-09-01", "Gaa");
    }
    relief(&mut workspace, "Relieved", "2", "November 2025");
    let told = workspace.told("2026-01-10");
    assert_eq!(told.of("Not Relieved").met("improvement-plan"), ["2025-11 triggered"]);
    // Without KPI 2 the month is a good one: the other KPIs are green or better.
    assert_eq!(told.of("Relieved").met("improvement-plan"), [""; 0]);
    assert_eq!(told.of("Relieved").rating("2", "2025-11"), "amber");
    assert!(told.of("Relieved").note("2", "2025-11").contains("flood"));
}

#[test]
fn a_relieved_month_ends_a_run_only_where_what_is_left_is_good() {
    // Months from May; KPIs relieved in June; what the run is.
    let rows: [(&str, &[&str], &[&str]); 5] = [
        ("RRR", &[], &["2025-07 triggered"]),
        // Green and red are left, the worse of which counts.
        ("RRR", &["2"], &["2025-07 triggered"]),
        // Green alone is left.
        ("RRR", &["2", "3"], &[]),
        // Nothing is left: a month without a rating.
        ("RRR", &["1", "2", "3"], &[]),
        ("RRRR", &["1", "2", "3"], &["2025-08 watch"]),
    ];
    let mut workspace = Workspace::default();
    for (number, (letters, kpis, _)) in rows.iter().enumerate() {
        let provider = format!("Provider {number}");
        send_row(&mut workspace, &provider, "2025-05-01", "2025-05-01", letters);
        for kpi in *kpis {
            relief(&mut workspace, &provider, kpi, "June 2025");
        }
    }
    let told = workspace.told("2026-01-10");
    for (number, (letters, kpis, expected)) in rows.iter().enumerate() {
        let review = told.of(&format!("Provider {number}"));
        assert_eq!(review.met("termination-red-run"), *expected, "{letters} without {kpis:?} in June");
    }
}

#[test]
fn a_relieved_kpi_is_not_red_within() {
    let mut workspace = Workspace::default();
    for provider in ["Relieved", "Not Relieved"] {
        send_row(&mut workspace, provider, "2025-05-01", "2025-05-01", "rG");
    }
    relief(&mut workspace, "Relieved", "2", "May 2025");
    let told = workspace.told("2026-01-10");
    assert_eq!(told.of("Relieved").met("red-within"), [""; 0]);
    assert_eq!(told.of("Not Relieved").met("red-within"), ["2025-05 triggered"]);
}
