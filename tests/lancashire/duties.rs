//! Meetings, the contract's own breaks and ends, and what stands in the calendar.

use chrono::NaiveDate;

use crate::forms::{CLEAN, CONTRACT, START, quarterly, send};
use crate::support::day;
use crate::support::page::Page;
use crate::support::workspace::Workspace;

const PROVIDER: &str = "Ashgrove Living";

fn is_meeting(what: &str) -> bool {
    let what = what.to_lowercase();
    what.contains("meeting") || what.contains("review")
}

/// Whether a meeting stands among the dates of a provider that started on a day, told on another.
fn meets(start: &str, as_of: &str, meeting: &str) -> bool {
    let mut workspace = Workspace::default();
    workspace.provider(CONTRACT, PROVIDER, start);
    let told = workspace.told(as_of);
    let dates = told.of(PROVIDER).dates();
    dates.iter().any(|(date, what, _)| *date == day(meeting) && is_meeting(what))
}

#[test]
fn meetings_are_every_three_months_from_the_start() {
    // Start, as of, the next meeting: working days all.
    for (start, as_of, meeting) in [
        ("2020-04-01", "2020-05-04", "2020-07-01"),
        ("2020-04-01", "2020-07-01", "2020-07-01"),
        ("2020-04-01", "2020-07-02", "2020-10-01"),
        ("2020-05-13", "2020-06-01", "2020-08-13"),
        ("2020-05-13", "2020-08-14", "2020-11-13"),
        ("2020-06-15", "2020-09-16", "2020-12-15"),
        // There is no 31 November.
        ("2020-08-31", "2020-09-07", "2020-11-30"),
        ("2020-10-19", "2021-01-20", "2021-04-19"),
        // Over the year, counted from the start still.
        ("2020-04-01", "2021-07-02", "2021-10-01"),
    ] {
        assert!(meets(start, as_of, meeting), "started {start}, as of {as_of}: no meeting on {meeting}");
    }
    // The contract's own three months are not those of a provider that started later.
    assert!(!meets("2020-05-13", "2020-06-01", "2020-07-01"));
}

#[test]
fn once_a_year_the_review_is_the_annual_one() {
    let mut workspace = Workspace::default();
    workspace.provider(CONTRACT, PROVIDER, START);
    let told = workspace.told("2021-03-01");
    let dates = told.of(PROVIDER).dates();
    let annual: Vec<NaiveDate> = dates
        .iter()
        .filter(|(_, what, _)| is_meeting(what) && what.to_lowercase().contains("annual"))
        .map(|(date, ..)| *date)
        .collect();
    assert!(annual.contains(&day("2021-04-01")), "{dates:?}");
}

#[test]
fn the_next_due_date_stands_among_the_dates() {
    let mut workspace = Workspace::default();
    workspace.provider(CONTRACT, PROVIDER, START);
    for (as_of, due) in
        [("2020-07-01", "2020-07-15"), ("2020-12-01", "2021-01-18"), ("2021-01-18", "2021-01-18")]
    {
        let told = workspace.told(as_of);
        let dates = told.of(PROVIDER).dates();
        assert!(dates.iter().any(|(date, what, _)| *date == day(due) && !is_meeting(what)), "{dates:?}");
        assert!(dates.iter().all(|(date, ..)| *date >= day(as_of)), "{dates:?}");
    }
}

/// Whether a page names a day, written long or short.
fn names(page: &Page, date: &str) -> bool {
    let words = page.words();
    let forms = ["%-d %B %Y", "%-d %b %Y"].map(|form| day(date).format(form).to_string());
    forms.iter().any(|form| words.contains(form))
}

#[test]
fn breaks_and_ends_within_twelve_months_are_listed_in_the_portfolio() {
    for heading in ["Break", "End"] {
        for (date, listed) in [
            ("2020-08-31", true),
            ("2021-03-31", true),
            ("2021-07-19", true),
            ("2021-07-20", true),
            ("2021-07-21", false),
            ("2022-03-31", false),
        ] {
            let mut workspace = Workspace::default();
            workspace.provider(CONTRACT, PROVIDER, START);
            workspace.provider_cell(PROVIDER, heading, day(date));
            let book = quarterly(PROVIDER, "Q1 2020-21", &CLEAN);
            send(&mut workspace, PROVIDER, "Q1 2020-21", &book);
            workspace.told("2020-07-20");
            let page = workspace.page("index.html");
            assert_eq!(names(&page, date), listed, "{heading} on {date}");
        }
    }
}

#[test]
fn a_break_that_is_past_needs_no_plan() {
    let mut workspace = Workspace::default();
    workspace.provider(CONTRACT, PROVIDER, START);
    workspace.provider_cell(PROVIDER, "Break", day("2020-06-29"));
    workspace.told("2020-07-20");
    assert!(!names(&workspace.page("index.html"), "2020-06-29"));
}
