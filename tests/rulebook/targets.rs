//! Targets and how figures are rated (1, 6.1).

use quarterday::domain::rating::Rating::{Green, Invalid, NoActivity, Red};
use quarterday::review::RatedFigure;

use crate::support::book::{Book, Cell};
use crate::support::forms::{self, Referral, count, kpi_cell, kpis, parts, result_alone, share, with_log};
use crate::support::said::{Said, at};
use crate::support::workspace::Workspace;
use crate::support::{EAST, WEST};

const QUARTER: &str = "2025-09-01";

/// One quarter's KPI return, in on the 10th.
fn rate(book: &Book) -> Said {
    rate_received(book, "2025-12-10")
}

fn rate_received(book: &Book, received: &str) -> Said {
    let mut workspace = Workspace::new(QUARTER);
    workspace.receive("kpi.xlsx", received, book);
    workspace.run("2025-12-12")
}

fn noted(figure: &RatedFigure, words: &str) -> bool {
    figure.notes.iter().any(|note| note.contains(words))
}

/// Both councils together: a share over both, all of it in one council's cells, the other with nothing to measure.
fn in_one(kpi: u32, numerator: i32, denominator: i32) -> Said {
    let book = share(share(kpis(QUARTER), kpi, WEST, 0, 0), kpi, EAST, numerator, denominator);
    rate(&book)
}

#[test]
fn a_share_meets_its_target_or_misses_it_on_exact_figures() {
    for (kpi, numerator, denominator, rating) in [
        (5, 19, 20, Green),
        (5, 18, 19, Red),
        (6, 9, 10, Green),
        (6, 89, 100, Red),
        (7, 4, 5, Green),
        (7, 799, 1000, Red),
        (8, 3, 4, Green),
        (8, 749, 1000, Red),
        (9, 3, 10, Green),
        (9, 299, 1000, Red),
        (10, 12, 12, Green),
        (10, 999, 1000, Red),
    ] {
        let said = in_one(kpi, numerator, denominator);
        assert_eq!(said.rating(kpi, None), rating, "KPI {kpi}: {numerator} of {denominator}");
        assert_eq!(said.rating(kpi, Some(EAST)), rating);
    }
}

#[test]
fn counts_of_both_councils_are_added_and_each_is_rated_against_the_same_target() {
    for (east, west, together, of_east, of_west) in [
        (2, 2, Green, Green, Green),
        (1, 1, Green, Red, Red),
        (2, 0, Green, Green, Red),
        (1, 0, Red, Red, Red),
        (0, 0, Red, Red, Red),
    ] {
        for kpi in 1..=4 {
            let said = rate(&count(count(kpis(QUARTER), kpi, EAST, east), kpi, WEST, west));
            assert_eq!(said.rating(kpi, None), together, "KPI {kpi}: {east} and {west}");
            assert_eq!(said.rating(kpi, Some(EAST)), of_east);
            assert_eq!(said.rating(kpi, Some(WEST)), of_west);
        }
    }
}

#[test]
fn both_councils_together_are_sums_never_means() {
    // The mean of 100% and 80% is 90%, which would meet KPI 6's target; 9 of 11 does not.
    let said = rate(&share(share(kpis(QUARTER), 6, EAST, 1, 1), 6, WEST, 8, 10));
    assert_eq!((said.parts(6, None).as_str(), said.rating(6, None)), ("9/11", Red));
    assert_eq!(said.rating(6, Some(EAST)), Green);
    assert_eq!(said.rating(6, Some(WEST)), Red);
    // And the other way round: the mean of 0% and 80% misses, 80 of 101 misses 80% and 81 of 101 meets it.
    let said = rate(&share(share(kpis(QUARTER), 7, EAST, 0, 1), 7, WEST, 81, 100));
    assert_eq!((said.parts(7, None).as_str(), said.rating(7, None)), ("81/101", Green));
    let said = rate(&share(share(kpis(QUARTER), 7, EAST, 0, 1), 7, WEST, 80, 100));
    assert_eq!(said.rating(7, None), Red);
}

#[test]
fn there_is_no_amber() {
    for numerator in 0..=20 {
        let rating = in_one(5, numerator, 20).rating(5, None);
        assert_eq!(rating, if numerator >= 19 { Green } else { Red });
    }
}

#[test]
fn nothing_to_measure_is_no_activity_and_takes_nothing_from_the_other_council() {
    let said = rate(&share(share(kpis(QUARTER), 10, EAST, 0, 0), 10, WEST, 0, 0));
    for area in [None, Some(EAST), Some(WEST)] {
        assert_eq!(said.rating(10, area), NoActivity);
        assert_eq!(said.rated(10, area).value, None);
    }
    assert_eq!(said.findings(), Vec::<String>::new());
    let said = rate(&share(share(kpis(QUARTER), 10, EAST, 0, 0), 10, WEST, 3, 3));
    assert_eq!(said.rating(10, Some(EAST)), NoActivity);
    assert_eq!((said.parts(10, None).as_str(), said.rating(10, None)), ("3/3", Green));
    assert_eq!(said.findings(), Vec::<String>::new());
}

#[test]
fn a_result_of_nothing_may_be_blank_a_dash_or_a_division_by_zero() {
    for result in [
        Cell::from("N/A"),
        Cell::from("-"),
        Cell::Greyed,
        Cell::Percent(0.0),
        Cell::Formula("=D17/E17", "#DIV/0!"),
    ] {
        let book =
            share(kpis(QUARTER), 10, EAST, 0, 0).with("KPIs", &kpi_cell(10, EAST, "Result"), result.clone());
        let said = rate(&book);
        assert_eq!(said.rating(10, Some(EAST)), NoActivity, "{result:?}");
        assert_eq!(said.findings(), Vec::<String>::new(), "{result:?}");
    }
}

#[test]
fn a_figure_is_never_shown_so_that_it_contradicts_its_rating() {
    // 2,374 of 2,500 is 94.96%; 2,375 is 95% to the letter.
    let said = in_one(5, 2374, 2500);
    assert_eq!((said.rating(5, None), said.rated(5, None).shown().as_str()), (Red, "94.9%"));
    let said = in_one(5, 2375, 2500);
    assert_eq!((said.rating(5, None), said.rated(5, None).shown().as_str()), (Green, "95%"));
    let said = in_one(10, 9999, 10000);
    assert_eq!((said.rating(10, None), said.rated(10, None).shown().as_str()), (Red, "99.9%"));
}

fn on_time(kpi: u32, quarter: &str, received: &str, done: &str) -> bool {
    let referral = Referral::open(EAST, received, done, done);
    let mut workspace = Workspace::new(quarter);
    workspace.receive("kpi.xlsx", "2026-06-30", &with_log(kpis(quarter), &[referral]));
    let said = workspace.run("2026-07-01");
    let rated = said.review().ratings.iter().find(|own| {
        own.kpi == kpi.to_string()
            && own.area.as_deref() == Some(EAST)
            && own.period.from.to_string() == quarter
    });
    match rated.unwrap().rating {
        Green => true,
        Red => false,
        other => panic!("{other:?}"),
    }
}

#[test]
fn kpi_5_counts_working_days_without_bank_holidays() {
    for (quarter, received, allocated, met) in [
        // A Friday: Monday and Tuesday.
        ("2025-09-01", "2025-10-03", "2025-10-07", true),
        ("2025-09-01", "2025-10-03", "2025-10-08", false),
        // A Saturday: the same.
        ("2025-09-01", "2025-10-04", "2025-10-07", true),
        ("2025-09-01", "2025-10-04", "2025-10-08", false),
        // Christmas Eve 2025: Christmas Day, Boxing Day and a weekend come between.
        ("2025-12-01", "2025-12-24", "2025-12-30", true),
        ("2025-12-01", "2025-12-24", "2025-12-31", false),
        // Wednesday 31 December: New Year's Day.
        ("2025-12-01", "2025-12-31", "2026-01-05", true),
        ("2025-12-01", "2025-12-31", "2026-01-06", false),
        // Maundy Thursday 2 April 2026: Good Friday and Easter Monday.
        ("2026-03-01", "2026-04-02", "2026-04-08", true),
        ("2026-03-01", "2026-04-02", "2026-04-09", false),
        // Friday 1 May: the early May bank holiday on the 4th.
        ("2026-03-01", "2026-05-01", "2026-05-06", true),
        ("2026-03-01", "2026-05-01", "2026-05-07", false),
    ] {
        assert_eq!(on_time(5, quarter, received, allocated), met, "{received} to {allocated}");
    }
}

#[test]
fn kpi_6_counts_calendar_days_from_the_date_of_referral() {
    for (quarter, received, contacted, met) in [
        ("2025-09-01", "2025-10-03", "2025-10-03", true),
        ("2025-09-01", "2025-10-03", "2025-10-05", true),
        ("2025-09-01", "2025-10-03", "2025-10-06", false),
        ("2025-12-01", "2025-12-24", "2025-12-26", true),
        ("2025-12-01", "2025-12-24", "2025-12-27", false),
    ] {
        assert_eq!(on_time(6, quarter, received, contacted), met, "{received} to {contacted}");
    }
    let said = rate(&kpis(QUARTER));
    assert!(noted(said.rated(6, None), "calendar days"), "the reading is noted");
}

#[test]
fn the_log_is_rated_and_what_is_stated_beside_it_is_compared() {
    let mut log = forms::clean_log(QUARTER);
    log[0].allocated = "2025-09-20".into();
    log[1].allocated = "2025-09-20".into();
    let said = rate(&with_log(kpis(QUARTER), &log));
    assert_eq!(said.parts(5, Some(EAST)), "28/30");
    assert_eq!(said.parts(5, None), "58/60");
    assert_eq!((said.rating(5, Some(EAST)), said.rating(5, None)), (Red, Green));
    let numerator = kpi_cell(5, EAST, "Numerator");
    let result = kpi_cell(5, EAST, "Result");
    assert_eq!(said.found("stated-differs-from-computed"), at(&[("KPIs", &numerator), ("KPIs", &result)]));
    assert_eq!(said.kpi_return(QUARTER).accurate, Some(false));
}

#[test]
fn kpis_8_and_9_go_by_the_cases_closed_in_the_quarter() {
    let log = [
        // Received before the quarter, closed in it: counts.
        Referral::closed(EAST, "2025-08-20", "2025-09-01", "Yes", "No"),
        Referral::closed(EAST, "2025-09-05", "2025-11-30", "No", "Yes"),
        // Received in the quarter, closed after it: does not.
        Referral::closed(EAST, "2025-11-20", "2025-12-01", "Yes", "Yes"),
        Referral::open(EAST, "2025-11-21", "2025-11-21", "2025-11-21"),
    ];
    let said = rate(&with_log(kpis(QUARTER), &log));
    assert_eq!(said.parts(8, Some(EAST)), "1/2");
    assert_eq!(said.parts(9, Some(EAST)), "1/2");
    // The three received in the quarter.
    assert_eq!(said.parts(5, Some(EAST)), "3/3");
    // The other council has nothing in the log: nothing to measure.
    assert_eq!(said.rating(8, Some(WEST)), NoActivity);
    // A closed case without an answer has no feedback.
    let log = [Referral::closed(EAST, "2025-09-05", "2025-09-20", "", "No")];
    let said = rate(&with_log(kpis(QUARTER), &log));
    assert_eq!((said.parts(8, Some(EAST)).as_str(), said.parts(9, Some(EAST)).as_str()), ("0/1", "0/1"));
}

#[test]
fn what_could_not_yet_be_done_when_the_return_came_is_pending() {
    let log = [
        Referral::open(EAST, "2025-11-03", "2025-11-03", "2025-11-03"),
        Referral::open(EAST, "2025-11-28", "", ""),
    ];
    let book = with_log(kpis(QUARTER), &log);
    // Friday 28 November: two working days end on Tuesday 2 December, two days on Sunday the 30th.
    let said = rate_received(&book, "2025-12-01");
    assert_eq!(said.parts(5, Some(EAST)), "1/1");
    assert!(noted(said.rated(5, Some(EAST)), "R002"), "{:?}", said.rated(5, Some(EAST)).notes);
    assert_eq!(said.parts(6, Some(EAST)), "1/2");
    let said = rate_received(&book, "2025-12-03");
    assert_eq!(said.parts(5, Some(EAST)), "1/2");
    assert_eq!(said.rating(5, Some(EAST)), Red);
}

#[test]
fn without_a_log_the_stated_figure_is_rated() {
    for book in [
        parts(kpis(QUARTER), 5, EAST, 27, 30).with("KPIs", &kpi_cell(5, EAST, "Result"), Cell::Percent(0.9)),
        with_log(share(kpis(QUARTER), 5, EAST, 27, 30), &[]),
    ] {
        let said = rate(&book);
        assert_eq!((said.parts(5, Some(EAST)).as_str(), said.rating(5, Some(EAST))), ("27/30", Red));
        assert_eq!(said.found("stated-differs-from-computed"), []);
    }
}

#[test]
fn numerator_and_denominator_decide_what_a_percentage_means() {
    let result = kpi_cell(7, EAST, "Result");
    for (stated, agrees) in [
        (Cell::from("94%"), true),
        (Cell::from("94.0 %"), true),
        (Cell::Number(94.0), true),
        (Cell::Number(0.94), true),
        (Cell::Percent(0.94), true),
        (Cell::from("93%"), false),
        (Cell::Number(93.0), false),
        (Cell::Number(0.93), false),
        (Cell::Percent(0.93), false),
    ] {
        let said = rate(&parts(kpis(QUARTER), 7, EAST, 47, 50).with("KPIs", &result, stated.clone()));
        assert_eq!((said.parts(7, Some(EAST)).as_str(), said.rating(7, Some(EAST))), ("47/50", Green));
        let found = said.found("stated-differs-from-computed");
        assert_eq!(found, if agrees { vec![] } else { at(&[("KPIs", &result)]) }, "{stated:?}");
        assert_eq!(said.found("percentage-ambiguous"), []);
    }
}

#[test]
fn a_percentage_agrees_to_the_decimals_given() {
    let result = kpi_cell(7, EAST, "Result");
    // 17 of 19 is 89.4736…%.
    for (stated, agrees) in [
        ("89%", true),
        ("89.5%", true),
        ("89.47%", true),
        ("90%", false),
        ("89.3%", false),
        ("89.48%", false),
    ] {
        let said = rate(&parts(kpis(QUARTER), 7, EAST, 17, 19).with("KPIs", &result, stated));
        assert_eq!(said.found("stated-differs-from-computed").is_empty(), agrees, "{stated}");
    }
}

#[test]
fn a_percentage_without_its_parts_is_taken_only_where_it_is_certain() {
    for (stated, rating) in [
        (Cell::from("94%"), Green),
        (Cell::from("79.9%"), Red),
        (Cell::Percent(0.94), Green),
        (Cell::Number(94.0), Invalid),
        (Cell::Number(0.94), Invalid),
    ] {
        let said = rate(&result_alone(kpis(QUARTER), 7, EAST, stated.clone()));
        assert_eq!(said.rating(7, Some(EAST)), rating, "{stated:?}");
        let ambiguous = said.found("percentage-ambiguous");
        let expected = kpi_cell(7, EAST, "Result");
        assert_eq!(
            ambiguous,
            if rating == Invalid { at(&[("KPIs", &expected)]) } else { vec![] },
            "{stated:?}"
        );
    }
}

#[test]
fn small_denominators_are_stated() {
    let said = in_one(7, 1, 2);
    assert_eq!(said.rated(7, None).out_of().as_deref(), Some("1 of 2"));
}

#[test]
fn a_part_larger_than_its_whole_is_not_rated() {
    let book =
        parts(kpis(QUARTER), 7, EAST, 11, 10).with("KPIs", &kpi_cell(7, EAST, "Result"), Cell::Percent(1.1));
    let said = rate(&book);
    assert_eq!((said.rating(7, Some(EAST)), said.rating(7, None)), (Invalid, Invalid));
    assert_eq!(said.found("figure-impossible"), at(&[("KPIs", &kpi_cell(7, EAST, "Numerator"))]));
}

#[test]
fn an_entry_of_the_log_that_cannot_be_read_decides_nothing() {
    // One of 20 unread: 19 or 20 of 20, green either way. One of 19: 18 or 19 of 19, which the target divides.
    for (number, rating) in [(20, Green), (19, Invalid)] {
        let mut log: Vec<Referral> = forms::clean_log(QUARTER).into_iter().take(number).collect();
        log[3].allocated = "soon".into();
        let said = rate(&with_log(kpis(QUARTER), &log));
        assert_eq!(said.rating(5, Some(EAST)), rating, "{number} referrals");
        assert_eq!(said.found("log-entry-unreadable"), at(&[(forms::LOG, "E5")]));
    }
}

#[test]
fn an_entry_without_a_council_is_counted_for_neither_and_leaves_both_open() {
    let mut log = forms::clean_log(QUARTER);
    log[0].council = String::new();
    log[0].allocated = "2025-11-28".into();
    let said = rate(&with_log(kpis(QUARTER), &log));
    assert_eq!(said.found("area-unknown"), at(&[(forms::LOG, "B2")]));
    // 28 or 29 of 30 in time would be 93.3% or 96.7%; here one of 30 at most is not met: green either way.
    assert_eq!(said.rating(5, None), Green);
    for entry in log.iter_mut().skip(1).take(1) {
        entry.allocated = "2025-11-28".into();
    }
    let said = rate(&with_log(kpis(QUARTER), &log));
    // Cheshire East: 28 of 29 without the entry, 28 or 29 of 30 with it; 28 of 30 would miss the target.
    assert_eq!(said.rating(5, Some(EAST)), Invalid);
}

#[test]
fn more_than_all_of_them_is_impossible() {
    for (stated, impossible) in [("100%", false), ("101%", true)] {
        let said = rate(&result_alone(kpis(QUARTER), 7, EAST, stated));
        assert_eq!(said.found("figure-impossible").len(), usize::from(impossible));
        assert_eq!(said.rating(7, Some(EAST)), if impossible { Invalid } else { Green });
    }
}
