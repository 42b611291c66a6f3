//! What counts as a visit and as a report in time, and in which month (2.1).

use crate::forms::{
    CONTRACT, Counts, FORM, LOG, Return, UNITS, Visit, afterwards, provider_for, send, send_version, visits,
};
use crate::support::book::Cell;
use crate::support::day;
use crate::support::results::{Told, found};
use crate::support::workspace::Workspace;

const PROVIDER: &str = "Northgate Visiting";

fn percent(numerator: u32, denominator: u32) -> Cell {
    Cell::Percent(f64::from(numerator) / f64::from(denominator))
}

/// One month of one visit each, told apart by provider: the day of the visit, of the report to the council, of that to Ofsted.
/// Gives KPI 2's parts of each.
fn of_single_visits(rows: &[[&str; 3]]) -> Vec<String> {
    let mut workspace = Workspace::default();
    for (number, [date, council, ofsted]) in rows.iter().enumerate() {
        let provider = format!("Provider {number:02}");
        let month = format!("{}-01", &date[..7]);
        let mut visit = Visit::made(UNITS[0], date);
        visit.council = (!council.is_empty()).then(|| day(council));
        visit.ofsted = (!ofsted.is_empty()).then(|| day(ofsted));
        provider_for(&mut workspace, &provider, &month, 1);
        let units = if *date < "2023" { 6 } else { 7 };
        // The stated level of KPI 2 may be wrong here; the computed one is rated.
        let own =
            Return::logged(&provider, &month, [percent(1, units), "100%".into(), 0.into()], vec![visit]);
        send(&mut workspace, &own, &afterwards(&month));
    }
    let told = workspace.told("2026-06-30");
    let parts = |(number, row): (usize, &[&str; 3])| {
        told.of(&format!("Provider {number:02}")).parts("2", &row[0][..7])
    };
    rows.iter().enumerate().map(parts).collect()
}

#[test]
fn within_five_working_days_of_the_visit() {
    let table = [
        ("2025-12-18", "2025-12-29", "2025-12-30"),
        ("2025-12-22", "2025-12-31", "2026-01-01"),
        ("2025-12-24", "2026-01-05", "2026-01-06"),
        ("2026-04-01", "2026-04-10", "2026-04-11"),
        ("2022-09-16", "2022-09-26", "2022-09-27"),
    ];
    let rows: Vec<[&str; 3]> = table
        .iter()
        .flat_map(|(visit, last, after)| [[*visit, *last, *last], [*visit, *after, *after]])
        .collect();
    let expected: Vec<&str> = table.iter().flat_map(|_| ["1/1", "0/1"]).collect();
    assert_eq!(of_single_visits(&rows), expected);
}

#[test]
fn both_the_council_and_ofsted() {
    let (visit, last, after) = ("2025-12-18", "2025-12-29", "2025-12-30");
    let found = of_single_visits(&[
        [visit, last, last],
        [visit, after, last],
        [visit, last, after],
        [visit, "", last],
        [visit, last, ""],
        [visit, "", ""],
        [visit, visit, visit],
    ]);
    assert_eq!(found, ["1/1", "0/1", "0/1", "0/1", "0/1", "0/1", "1/1"]);
}

const ALL_SEVEN: Counts = Counts { units: 7, visited: 7, visits: 7, in_time: 7, sent_back: 0 };
const SIX: Counts = Counts { visited: 6, visits: 6, in_time: 6, ..ALL_SEVEN };

/// June and July 2025.
fn two_months(june: (&Return, &str), july: (&Return, &str), as_of: &str) -> Told {
    let mut workspace = Workspace::default();
    provider_for(&mut workspace, PROVIDER, "2025-06-01", 2);
    send(&mut workspace, june.0, june.1);
    send(&mut workspace, july.0, july.1);
    workspace.told(as_of)
}

#[test]
fn a_visit_outside_the_month_does_not_count_and_is_warned_of_at_its_date() {
    let mut log = visits("2025-07-01", SIX);
    log.push(Visit::reported(UNITS[6], "2025-08-01", "2025-08-04", "2025-08-04"));
    let july = Return::logged(PROVIDER, "2025-07-01", [percent(6, 7), percent(6, 6), 0.into()], log);
    let mut workspace = Workspace::default();
    provider_for(&mut workspace, PROVIDER, "2025-07-01", 1);
    send(&mut workspace, &july, &afterwards("2025-07-01"));
    let told = workspace.told("2025-09-01");
    let review = told.of(PROVIDER);
    assert_eq!((review.parts("1", "2025-07"), review.parts("2", "2025-07")), ("6/7".into(), "6/6".into()));
    assert_eq!(review.complaints(FORM, "2025-07"), [found("date-outside-period", "warning", LOG, "B8")]);
    assert_eq!(review.submission(FORM, "2025-07")["accurate"], true);
}

#[test]
fn a_visit_of_an_earlier_month_restates_that_month_and_says_so() {
    let june = Return::of(PROVIDER, "2025-06-01", SIX);
    let mut log = visits("2025-07-01", ALL_SEVEN);
    log.push(Visit::reported(UNITS[6], "2025-06-30", "2025-07-01", "2025-07-02"));
    let july = Return::logged(PROVIDER, "2025-07-01", [percent(7, 7), percent(7, 7), 0.into()], log);
    // Before July's return the seventh unit was not visited.
    let told = two_months((&june, &afterwards("2025-06-01")), (&july, "2025-07-25"), "2025-07-24");
    assert_eq!(told.of(PROVIDER).rating("1", "2025-06"), "amber");
    let before = told.of(PROVIDER).note("1", "2025-06").to_string();
    let told = two_months((&june, &afterwards("2025-06-01")), (&july, "2025-07-25"), "2025-07-25");
    let review = told.of(PROVIDER);
    assert_eq!((review.parts("1", "2025-06"), review.rating("1", "2025-06")), ("7/7".into(), "green"));
    assert_eq!(review.parts("2", "2025-06"), "7/7");
    let note = review.note("1", "2025-06");
    assert!(note != before && note.contains("July"), "{note}");
    assert_eq!((review.parts("1", "2025-07"), review.parts("2", "2025-07")), ("7/7".into(), "7/7".into()));
}

#[test]
fn a_log_without_a_column_restates_nothing_that_depends_on_it() {
    let june = Return::of(PROVIDER, "2025-06-01", ALL_SEVEN);
    let visit = visits("2025-06-01", ALL_SEVEN).pop().unwrap();
    let mut log = visits("2025-07-01", ALL_SEVEN);
    log.push(visit);
    let july = Return::logged(PROVIDER, "2025-07-01", [percent(7, 7), percent(7, 7), 0.into()], log);
    let mut book = july.book();
    book.sheet(LOG).remove_column(4);
    let mut workspace = Workspace::default();
    provider_for(&mut workspace, PROVIDER, "2025-06-01", 2);
    send(&mut workspace, &june, &afterwards("2025-06-01"));
    workspace.receive("July.xlsx", "2025-07-25", &book);
    let told = workspace.told("2025-08-20");
    let review = told.of(PROVIDER);
    assert_eq!((review.parts("2", "2025-06"), review.rating("2", "2025-06")), ("7/7".into(), "stretch"));
    assert_eq!(review.rating("2", "2025-07"), "invalid", "July was not checked");
    assert_eq!((review.parts("1", "2025-06"), review.parts("1", "2025-07")), ("7/7".into(), "7/7".into()));
}

/// June received on its due date, Friday 27 June, with one visit of which no report is in.
fn june_with_open_visit(date: &str) -> Return {
    let mut log = visits("2025-06-01", SIX);
    log.push(Visit::made(UNITS[6], date));
    Return::logged(PROVIDER, "2025-06-01", [percent(7, 7), percent(6, 6), 0.into()], log)
}

#[test]
fn a_visit_whose_report_is_not_yet_due_is_pending() {
    // The fifth working day after Friday 20 June is the day of receipt, that after Monday 23 June comes later.
    for (date, parts, pending) in [("2025-06-20", "6/7", false), ("2025-06-23", "6/6", true)] {
        let mut workspace = Workspace::default();
        provider_for(&mut workspace, PROVIDER, "2025-06-01", 1);
        send(&mut workspace, &june_with_open_visit(date), "2025-06-27");
        let told = workspace.told("2025-08-20");
        let review = told.of(PROVIDER);
        assert_eq!(review.parts("2", "2025-06"), parts, "{date}");
        assert_eq!(review.parts("1", "2025-06"), "7/7", "a visit is made whether or not it is reported");
        assert_eq!(
            review.note("2", "2025-06").contains(UNITS[6]),
            pending,
            "{}",
            review.note("2", "2025-06")
        );
    }
}

#[test]
fn the_same_visit_listed_again_with_its_report_dates_counts_once() {
    for (reported, parts) in [("2025-06-30", "7/7"), ("2025-07-01", "6/7")] {
        let mut log = visits("2025-07-01", ALL_SEVEN);
        log.push(Visit::reported(UNITS[6], "2025-06-23", "2025-06-30", reported));
        let july = Return::logged(PROVIDER, "2025-07-01", [percent(7, 7), percent(7, 7), 0.into()], log);
        let june = june_with_open_visit("2025-06-23");
        let told = two_months((&june, "2025-06-27"), (&july, "2025-07-25"), "2025-07-31");
        let review = told.of(PROVIDER);
        assert_eq!(review.parts("2", "2025-06"), parts, "reported {reported}");
        assert_eq!(review.parts("1", "2025-06"), "7/7");
        assert_eq!(review.parts("2", "2025-07"), "7/7", "July's own visits alone");
    }
}

#[test]
fn a_resubmitted_return_settles_what_was_pending() {
    let mut workspace = Workspace::default();
    provider_for(&mut workspace, PROVIDER, "2025-06-01", 1);
    send(&mut workspace, &june_with_open_visit("2025-06-23"), "2025-06-27");
    let mut log = visits("2025-06-01", SIX);
    log.push(Visit::reported(UNITS[6], "2025-06-23", "2025-06-27", "2025-06-30"));
    let second = Return::logged(PROVIDER, "2025-06-01", [percent(7, 7), percent(7, 7), 0.into()], log);
    send_version(&mut workspace, &second, "2025-07-02", " v2");
    let told = workspace.told("2025-07-10");
    let review = told.of(PROVIDER);
    assert_eq!(review.parts("2", "2025-06"), "7/7");
    assert_eq!(review.status(FORM, "2025-06"), "on-time", "the first version counts for timeliness");
}

#[test]
fn kpi_1_of_a_return_before_the_months_end_is_provisional_until_complete() {
    let rows = [
        ("Early And Short", 5, "2025-07-25", "red", true),
        ("Early And Full", 7, "2025-07-25", "green", false),
        ("Afterwards And Short", 5, "2025-08-01", "red", false),
    ];
    let mut workspace = Workspace::default();
    for (provider, visited, received, ..) in rows {
        provider_for(&mut workspace, provider, "2025-07-01", 1);
        let counts = Counts { visited, visits: visited, in_time: visited, ..ALL_SEVEN };
        send(&mut workspace, &Return::of(provider, "2025-07-01", counts), received);
    }
    let told = workspace.told("2025-08-20");
    for (provider, _, _, rating, provisional) in rows {
        let review = told.of(provider);
        assert_eq!(review.rating("1", "2025-07"), rating, "{provider}");
        let note = review.note("1", "2025-07").to_lowercase();
        assert_eq!(note.contains("provisional"), provisional, "{provider}: {note}");
    }
}

#[test]
fn reports_sent_back_count_in_the_month_they_were_returned() {
    // June's last report goes back in July, and July's return lists its visit again.
    let back = Visit::reported(UNITS[0], "2025-06-24", "2025-06-26", "2025-06-26");
    let mut june_log = visits("2025-06-01", ALL_SEVEN);
    june_log.push(back.clone());
    let june = Return::logged(PROVIDER, "2025-06-01", [percent(7, 7), percent(8, 8), 0.into()], june_log);
    let mut july_log = visits("2025-07-01", Counts { sent_back: 1, ..ALL_SEVEN });
    july_log.push(back.sent_back(Some("2025-07-03")));
    let july = Return::logged(PROVIDER, "2025-07-01", [percent(7, 7), percent(7, 7), 2.into()], july_log);
    let told =
        two_months((&june, &afterwards("2025-06-01")), (&july, &afterwards("2025-07-01")), "2025-08-20");
    let review = told.of(PROVIDER);
    assert_eq!((review.value("3", "2025-06"), review.rating("3", "2025-06")), (Some(0.0), "stretch"));
    assert_eq!((review.value("3", "2025-07"), review.rating("3", "2025-07")), (Some(2.0), "amber"));
    assert_eq!(review.parts("2", "2025-06"), "8/8");
}

#[test]
fn without_a_date_returned_the_month_of_the_visit_counts_and_the_rating_says_so() {
    let mut workspace = Workspace::default();
    for (provider, column) in [("No Column", false), ("Blank Date", true)] {
        let mut log = visits("2025-07-01", ALL_SEVEN);
        log[0] = log[0].clone().sent_back(None);
        log[1] = log[1].clone().sent_back(None);
        let mut own = Return::logged(provider, "2025-07-01", [percent(7, 7), percent(7, 7), 2.into()], log);
        own.has_date_returned = column;
        provider_for(&mut workspace, provider, "2025-07-01", 1);
        send(&mut workspace, &own, &afterwards("2025-07-01"));
    }
    let told = workspace.told("2025-08-20");
    for provider in ["No Column", "Blank Date"] {
        let review = told.of(provider);
        assert_eq!((review.value("3", "2025-07"), review.rating("3", "2025-07")), (Some(2.0), "amber"));
        assert!(review.note("3", "2025-07").contains("visit"), "{provider}: {}", review.note("3", "2025-07"));
    }
    let clean = Counts { sent_back: 2, ..ALL_SEVEN };
    let mut workspace = Workspace::default();
    workspace.provider(CONTRACT, PROVIDER, "2025-07-01");
    send(&mut workspace, &Return::of(PROVIDER, "2025-07-01", clean), &afterwards("2025-07-01"));
    assert_eq!(workspace.told("2025-08-20").of(PROVIDER).note("3", "2025-07"), "");
}
