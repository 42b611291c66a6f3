//! The edges of months and years, and what a rating is qualified by (2.1, 2.2, 7).

use crate::forms::{
    Counts, FORM, LOG, Return, UNITS, Visit, afterwards, label, later, provider_for, send, send_version,
    visits,
};
use crate::support::book::Cell;
use crate::support::day;
use crate::support::workspace::Workspace;

const PROVIDER: &str = "Northgate Visiting";
const FULL: Counts = Counts { units: 7, visited: 7, visits: 7, in_time: 7, sent_back: 0 };
const FIVE: Counts = Counts { visited: 5, visits: 5, in_time: 5, ..FULL };

fn percent(numerator: u32, denominator: u32) -> Cell {
    Cell::Percent(f64::from(numerator) / f64::from(denominator))
}

#[test]
fn due_on_the_last_friday_over_every_february_and_year_end() {
    let mut workspace = Workspace::default();
    workspace.provider(crate::forms::CONTRACT, PROVIDER, "2022-04-01");
    let told = workspace.told("2028-04-10");
    for (month, due) in [
        ("2023-02", "2023-02-24"),
        ("2024-02", "2024-02-23"),
        ("2026-02", "2026-02-27"),
        ("2027-02", "2027-02-26"),
        ("2028-02", "2028-02-25"),
        // The clocks change on the Sunday after the last Friday, and on the one before it.
        ("2025-03", "2025-03-28"),
        ("2024-10", "2024-10-25"),
        ("2023-03", "2023-03-31"),
        // The last Friday is New Year's Eve; Boxing Day's stand-in falls on a Monday; Good Friday again.
        ("2027-12", "2027-12-31"),
        ("2026-12", "2026-12-29"),
        ("2027-03", "2027-03-30"),
    ] {
        assert_eq!(told.of(PROVIDER).due(FORM, month), due, "{month}");
    }
}

/// A log of six units' visits early in the month, and one of the seventh on this day.
fn with_last_visit(month: &str, last: Visit) -> Return {
    let mut log = visits(month, Counts { visited: 6, visits: 6, in_time: 6, ..FULL });
    log.push(last);
    Return::logged(PROVIDER, month, [percent(7, 7), percent(7, 7), 0.into()], log)
}

#[test]
fn the_first_and_the_last_day_of_a_month_belong_to_it() {
    for (month, date, reported) in [
        ("2024-02-01", "2024-02-29", "2024-03-07"),
        ("2024-02-01", "2024-02-01", "2024-02-08"),
        ("2023-02-01", "2023-02-28", "2023-03-07"),
        ("2025-03-01", "2025-03-31", "2025-04-07"),
        ("2024-12-01", "2024-12-31", "2025-01-08"),
        ("2025-01-01", "2025-01-01", "2025-01-08"),
        // Reported by Maundy Thursday with Good Friday and Easter Monday ahead of the rest.
        ("2024-03-01", "2024-03-28", "2024-04-08"),
    ] {
        let mut workspace = Workspace::default();
        provider_for(&mut workspace, PROVIDER, month, 1);
        let own = with_last_visit(month, Visit::reported(UNITS[6], date, reported, reported));
        send(&mut workspace, &own, &afterwards(month));
        let told = workspace.told(&later(month, 3));
        let (review, month) = (told.of(PROVIDER), label(month));
        assert_eq!(
            (review.parts("1", &month), review.parts("2", &month)),
            ("7/7".into(), "7/7".into()),
            "{date}"
        );
        assert_eq!(review.findings(FORM, &month), [], "{date}");
    }
}

#[test]
fn a_time_of_day_changes_neither_the_day_nor_the_month() {
    // One second before midnight, and an hour that the change of the clocks leaves out.
    for (month, date, times) in [
        ("2025-06-01", "2025-06-30", ["00:00:01", "23:59:59"]),
        ("2025-03-01", "2025-03-30", ["01:30:00", "02:30:00"]),
        ("2025-10-01", "2025-10-26", ["01:30:00", "23:59:59"]),
        ("2024-02-01", "2024-02-29", ["12:00:00", "23:59:59"]),
    ] {
        for time in times {
            let moment = Cell::Moment(day(date).and_time(time.parse().unwrap()));
            let reported = day(date).succ_opt().unwrap().to_string();
            let own = with_last_visit(month, Visit::reported(UNITS[6], date, &reported, &reported));
            let mut workspace = Workspace::default();
            provider_for(&mut workspace, PROVIDER, month, 1);
            // Six rows below the heading stand the others.
            workspace.receive("own.xlsx", &afterwards(month), &own.book().with(LOG, "B8", moment));
            let told = workspace.told(&later(month, 3));
            let (review, month) = (told.of(PROVIDER), label(month));
            let found = (review.parts("1", &month), review.parts("2", &month));
            assert_eq!(found, ("7/7".into(), "7/7".into()), "{date} {time}");
            assert_eq!(review.findings(FORM, &month), [], "{date} {time}");
        }
    }
}

#[test]
fn provisional_until_the_next_return_settles_it() {
    // June comes in before its end with five of seven units; July's return lists what came after, or nothing.
    let june = Return::of(PROVIDER, "2025-06-01", FIVE);
    let after =
        [UNITS[5], UNITS[6]].map(|unit| Visit::reported(unit, "2025-06-30", "2025-07-02", "2025-07-02"));
    for (restated, parts, rating) in [(2, "7/7", "green"), (1, "6/7", "amber"), (0, "5/7", "red")] {
        let mut log = visits("2025-07-01", FULL);
        log.extend(after.iter().take(restated).cloned());
        let july = Return::logged(PROVIDER, "2025-07-01", [percent(7, 7), percent(7, 7), 0.into()], log);
        let mut workspace = Workspace::default();
        provider_for(&mut workspace, PROVIDER, "2025-06-01", 2);
        send(&mut workspace, &june, "2025-06-27");
        send(&mut workspace, &july, "2025-07-25");
        let told = workspace.told("2025-07-24");
        let review = told.of(PROVIDER);
        assert_eq!((review.parts("1", "2025-06"), review.rating("1", "2025-06")), ("5/7".into(), "red"));
        assert!(review.note("1", "2025-06").contains("Provisional"), "{}", review.note("1", "2025-06"));
        let told = workspace.told("2025-07-25");
        let review = told.of(PROVIDER);
        assert_eq!((review.parts("1", "2025-06").as_str(), review.rating("1", "2025-06")), (parts, rating));
        let note = review.note("1", "2025-06");
        assert!(!note.contains("Provisional"), "{restated} restated: {note}");
        // What the first version stated was right when it was sent.
        assert_eq!(review.complaints(FORM, "2025-06"), [], "{restated} restated");
    }
}

#[test]
fn provisional_goes_by_the_last_day_of_the_month() {
    // Received on the last day nothing more is to come; the day before, it may.
    for (received, provisional) in [("2024-02-28", true), ("2024-02-29", false), ("2024-03-01", false)] {
        let mut workspace = Workspace::default();
        provider_for(&mut workspace, PROVIDER, "2024-02-01", 1);
        send(&mut workspace, &Return::of(PROVIDER, "2024-02-01", FIVE), received);
        let told = workspace.told("2024-04-20");
        let note = told.of(PROVIDER).note("1", "2024-02").to_string();
        assert_eq!(note.contains("Provisional"), provisional, "received {received}: {note}");
    }
}

#[test]
fn a_note_qualifies_and_does_not_say_where_a_figure_comes_from() {
    let mut workspace = Workspace::default();
    provider_for(&mut workspace, PROVIDER, "2025-07-01", 1);
    let own = Return::of(PROVIDER, "2025-07-01", Counts { in_time: 4, sent_back: 2, ..FULL });
    send(&mut workspace, &own, &afterwards("2025-07-01"));
    let told = workspace.told("2025-09-01");
    for (kpi, rating) in [("1", "green"), ("2", "red"), ("3", "amber")] {
        let rated = told.of(PROVIDER).rated(kpi, "2025-07");
        assert_eq!((&rated["rating"], rated["note"].is_null()), (&rating.into(), true), "{rated}");
        // The cells say it.
        assert!(rated["cells"].as_array().is_some_and(|cells| cells.iter().any(|cell| cell["sheet"] == LOG)));
    }
}

#[test]
fn where_every_report_is_pending_there_is_nothing_to_measure_yet() {
    // Visits of the last days before the return: no report is in, and none is late.
    let log: Vec<Visit> = UNITS.iter().map(|unit| Visit::made(unit, "2025-06-25")).collect();
    let own = Return::logged(PROVIDER, "2025-06-01", [percent(7, 7), "N/A".into(), 0.into()], log);
    let mut workspace = Workspace::default();
    provider_for(&mut workspace, PROVIDER, "2025-06-01", 1);
    send(&mut workspace, &own, "2025-06-27");
    let told = workspace.told("2025-08-20");
    let review = told.of(PROVIDER);
    let ratings = ["1", "2", "3"].map(|kpi| review.rating(kpi, "2025-06"));
    assert_eq!(ratings, ["green", "no-activity", "stretch"]);
    assert!(UNITS.iter().all(|unit| review.note("2", "2025-06").contains(unit)));
    assert_eq!(review.findings(FORM, "2025-06"), []);
}

/// July's return comes in again on the first day, and says that a report went back on 5 August; August's return, received on the
/// second, lists its own visits and states this number.
fn sent_back_in_august(again_on: &str, august_on: &str, stated: i32) -> Workspace {
    let mut log = visits("2025-07-01", FULL);
    log[0] = log[0].clone().sent_back(Some("2025-08-05"));
    let again = Return::logged(PROVIDER, "2025-07-01", [percent(7, 7), percent(7, 7), 0.into()], log);
    let mut workspace = Workspace::default();
    provider_for(&mut workspace, PROVIDER, "2025-07-01", 2);
    send(&mut workspace, &Return::of(PROVIDER, "2025-07-01", FULL), "2025-07-25");
    send_version(&mut workspace, &again, again_on, " v2");
    let stated = [percent(7, 7), percent(7, 7), stated.into()];
    let august = Return { stated, ..Return::of(PROVIDER, "2025-08-01", FULL) };
    send(&mut workspace, &august, august_on);
    workspace
}

#[test]
fn a_report_sent_back_after_the_month_of_its_return_counts_in_the_month_it_was_sent_back() {
    let rows = [
        // Known by August's return: its number includes it, or is wrong.
        ("2025-08-08", "2025-08-29", 1, vec![]),
        ("2025-08-08", "2025-08-29", 0, vec!["stated-differs-from-computed"]),
        // Told only after August's return: it counts, and August's return was right when it was sent.
        ("2025-09-08", "2025-08-29", 0, vec![]),
    ];
    for (again_on, august_on, stated, complaints) in rows {
        let told = sent_back_in_august(again_on, august_on, stated).told("2025-09-20");
        let review = told.of(PROVIDER);
        assert_eq!((review.value("3", "2025-07"), review.value("3", "2025-08")), (Some(0.0), Some(1.0)));
        assert_eq!((review.rating("3", "2025-07"), review.rating("3", "2025-08")), ("stretch", "green"));
        assert!(review.note("3", "2025-08").contains("July 2025"), "{}", review.note("3", "2025-08"));
        let found: Vec<_> = review.complaints(FORM, "2025-08").into_iter().map(|own| own.code).collect();
        assert_eq!(found, complaints, "told on {again_on}, August's return of {august_on} states {stated}");
        // The visits themselves are July's.
        assert_eq!(
            (review.parts("2", "2025-07"), review.parts("2", "2025-08")),
            ("7/7".into(), "7/7".into())
        );
    }
}

#[test]
fn a_report_told_of_in_both_months_returns_counts_once() {
    let mut workspace = sent_back_in_august("2025-08-08", "2025-08-29", 1);
    // August's return comes in again and lists July's visit as well.
    let mut log = visits("2025-08-01", FULL);
    log.push(visits("2025-07-01", FULL)[0].clone().sent_back(Some("2025-08-05")));
    let own = Return::logged(PROVIDER, "2025-08-01", [percent(7, 7), percent(7, 7), 1.into()], log);
    send_version(&mut workspace, &own, "2025-09-01", " v2");
    let told = workspace.told("2025-09-20");
    assert_eq!(told.of(PROVIDER).value("3", "2025-08"), Some(1.0));
    assert_eq!(told.of(PROVIDER).value("3", "2025-07"), Some(0.0));
}
