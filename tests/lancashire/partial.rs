//! A service that started or ended inside the period reports a part of it.

use crate::forms::{CLEAN, CONTRACT, FORM, Figures, QUARTERLY, QUARTERS, quarterly, send};
use crate::support::day;
use crate::support::results::Review;
use crate::support::workspace::Workspace;

const PROVIDER: &str = "Ashgrove Living";

/// Returns of the first year from this quarter to that one, of a provider that started, and ended where it did.
fn quarters(start: &str, end: Option<&str>, from: &str, to: &str) -> Workspace {
    let mut workspace = Workspace::default();
    workspace.provider(CONTRACT, PROVIDER, start);
    if let Some(end) = end {
        workspace.provider_cell(PROVIDER, "End", day(end));
    }
    for (quarter, ..) in QUARTERS.into_iter().filter(|(own, ..)| &own[..2] >= from && &own[..2] <= to) {
        send(&mut workspace, PROVIDER, quarter, &quarterly(PROVIDER, quarter, &CLEAN));
    }
    workspace
}

/// Whether the figure of a KPI is marked as one of a part of its period.
#[track_caller]
fn partial(review: &Review<'_>, kpi: &str, period: &str) -> bool {
    review.note(kpi, period).to_lowercase().contains("partial")
}

#[test]
fn the_quarter_in_which_a_service_started_is_partial() {
    for (start, first) in
        [("2020-04-01", false), ("2020-04-02", true), ("2020-05-11", true), ("2020-06-30", true)]
    {
        let told = quarters(start, None, "Q1", "Q2").told("2020-10-20");
        let review = told.of(PROVIDER);
        for kpi in QUARTERLY {
            assert_eq!(partial(&review, kpi, "2020-21 Q1"), first, "KPI {kpi}, started {start}");
            assert!(!partial(&review, kpi, "2020-21 Q2"), "KPI {kpi}, started {start}");
            assert_eq!(review.rating(kpi, "2020-21 Q1"), "not-rated", "KPI {kpi}, started {start}");
        }
        // The half-year it started in, too.
        assert_eq!(partial(&review, "1", "2020-21 H1"), first, "started {start}");
        assert_eq!(review.errors(FORM, "2020-21 Q1"), [], "started {start}");
    }
}

#[test]
fn a_service_that_started_between_quarters_has_a_part_of_the_half_year_and_of_the_year_alone() {
    let told = quarters("2020-07-01", None, "Q2", "Q4").told("2021-04-20");
    let review = told.of(PROVIDER);
    // Nothing was due for the quarter before.
    assert!(!review.submitted(FORM).contains(&"2020-21 Q1"));
    for (kpi, period, expected) in [
        ("5", "2020-21 Q2", false),
        ("1", "2020-21 H1", true),
        ("1", "2020-21 H2", false),
        ("4", "2020-21", true),
        ("5", "2020-21 Q4", false),
    ] {
        assert_eq!(partial(&review, kpi, period), expected, "KPI {kpi} of {period}");
    }
}

#[test]
fn the_quarter_in_which_a_service_ended_is_partial() {
    for (end, expected) in
        [("2020-07-01", true), ("2020-08-20", true), ("2020-09-29", true), ("2020-09-30", false)]
    {
        let told = quarters("2020-04-01", Some(end), "Q1", "Q2").told("2020-10-20");
        let review = told.of(PROVIDER);
        for kpi in QUARTERLY {
            assert_eq!(partial(&review, kpi, "2020-21 Q2"), expected, "KPI {kpi}, ended {end}");
            assert!(!partial(&review, kpi, "2020-21 Q1"), "KPI {kpi}, ended {end}");
        }
        assert_eq!(partial(&review, "1", "2020-21 H1"), expected, "ended {end}");
        // Nothing is due for what comes after.
        assert_eq!(review.submitted(FORM), ["2020-21 Q1", "2020-21 Q2"], "ended {end}");
    }
}

#[test]
fn a_part_is_not_compared_to_a_whole_without_saying_so() {
    let mut workspace = Workspace::default();
    workspace.provider(CONTRACT, PROVIDER, "2020-05-11");
    send(&mut workspace, PROVIDER, "Q1 2020-21", &quarterly(PROVIDER, "Q1 2020-21", &CLEAN));
    let more = Figures { complaints: 9.0, hours: (900.0, 1200.0), ..CLEAN };
    send(&mut workspace, PROVIDER, "Q2 2020-21", &quarterly(PROVIDER, "Q2 2020-21", &more));
    workspace.told("2020-10-20");
    // The quarter that is partial, and the one that is compared to it.
    for quarter in ["2020-21 Q1", "2020-21 Q2"] {
        for file in ["pack.html", "provider-pack.html"] {
            let page = workspace.page(&format!("{CONTRACT}/{PROVIDER}/{quarter}/{file}"));
            assert!(
                page.says("partial"),
                "{file} of {quarter} does not say that the first quarter is partial"
            );
        }
    }
    // A quarter between whole ones says nothing of the kind.
    let workspace = quarters("2020-04-01", None, "Q1", "Q2");
    workspace.told("2020-10-20");
    let page = workspace.page(&format!("{CONTRACT}/{PROVIDER}/2020-21 Q2/pack.html"));
    assert!(!page.says("a partial"), "{}", page.words());
}
