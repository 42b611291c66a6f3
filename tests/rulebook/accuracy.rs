//! Accuracy of management information and narratives (6.3, 6.4), clean and faulty, with the cell.

use quarterday::domain::rating::Rating::{Green, Invalid};

use crate::support::book::{Book, Cell, position};
use crate::support::forms::{
    A_MONTH, A_QUARTER, AREAS, information_cell, kpi_cell, kpis, month, narrative, narrative_cell,
    result_alone, share,
};
use crate::support::said::{Said, at};
use crate::support::workspace::Workspace;
use crate::support::{EAST, WEST};

const QUARTER: &str = "2025-09-01";
const NEW: &str = "Number of new referrals";
const HOURS: &str = "Total number of hours used";
const CARRIED: &str = "Number of cases carried forward";
const CLOSED: &str = "Number of cases closed";
const REJECTED: &str = "Number of referrals rejected";
const WITHDRAWN: &str = "Number of cases where service has been withdrawn";
const USERS: &str = "Number of individual service users";

/// These months, each in on the 10th of the following one.
fn months(books: &[(&str, Book)]) -> Said {
    let mut workspace = Workspace::new(books[0].0);
    for (first, book) in books {
        let received = crate::support::day(first) + chrono::Months::new(1) + chrono::Days::new(9);
        workspace.receive(&format!("{first}.xlsx"), &received.to_string(), book);
    }
    workspace.run("2026-09-20")
}

fn one(book: &Book) -> Said {
    months(&[(QUARTER, book.clone())])
}

/// What is wrong at one cell.
fn codes_at(said: &Said, sheet: &str, cell: &str) -> Vec<&'static str> {
    said.review()
        .submissions
        .iter()
        .flat_map(|own| &own.findings)
        .filter(|found| crate::support::said::place(found) == (sheet.to_string(), cell.to_string()))
        .map(|found| found.kind.code)
        .collect()
}

#[test]
fn a_breakdown_adds_up_to_its_total() {
    for (first, item, breakdown) in [
        ("2025-09-01", NEW, "Referral source: GP"),
        ("2025-09-01", NEW, "Age range: 65 to 74"),
        ("2025-09-01", HOURS, "New cases"),
        ("2025-09-01", HOURS, "Referral source: hospital"),
        ("2025-09-01", REJECTED, "Rejection reason: out of area"),
        ("2025-09-01", WITHDRAWN, "Withdrawal reason: person's wish"),
        ("2025-11-01", USERS, "Age range: 16 to 18"),
        ("2025-11-01", USERS, "Referral source: GP"),
        ("2025-11-01", USERS, "Number of interventions: 1"),
    ] {
        for council in [EAST, WEST] {
            let book = month(first);
            let part = information_cell(&book, council, item, breakdown, "RPR");
            let total = information_cell(&book, council, item, "Total", "RPR");
            let said = months(&[(first, book.with(council, &part, 77))]);
            assert_eq!(codes_at(&said, council, &total), ["total-mismatch"], "{item}, {breakdown}");
            assert_eq!(said.monthly(first).accurate, Some(false));
        }
    }
}

#[test]
fn where_referrals_were_sent_on_to_need_not_add_up() {
    let book = month(QUARTER);
    let place = information_cell(&book, EAST, REJECTED, "Referred on to: another provider", "RPR");
    let total = information_cell(&book, EAST, REJECTED, "Referred on to: another provider", "Total");
    let said = one(&book.with(EAST, &place, 5).with(EAST, &total, 5));
    assert_eq!(said.findings(), Vec::<String>::new());
}

#[test]
fn the_total_column_is_the_sum_of_the_types() {
    let book = month(QUARTER);
    let total = information_cell(&book, WEST, CLOSED, "", "Total");
    assert_eq!(one(&book.clone().with(WEST, &total, A_MONTH)).findings(), Vec::<String>::new());
    for wrong in [A_MONTH - 1, A_MONTH + 1] {
        let said = one(&book.clone().with(WEST, &total, wrong));
        assert_eq!(said.found("total-mismatch"), at(&[(WEST, &total)]));
    }
}

#[test]
fn carried_forward_follows_from_the_month_before() {
    let clean = month("2025-10-01");
    let place = information_cell(&clean, EAST, CARRIED, "", "IMCA");
    let total = information_cell(&clean, EAST, CARRIED, "", "Total");
    let after = |carried: i32| clean.clone().with(EAST, &place, carried).with(EAST, &total, 11 + carried);
    let closed = information_cell(&clean, EAST, CLOSED, "", "IMCA");
    let rejected = information_cell(&clean, EAST, REJECTED, "Total", "IMCA");
    let withdrawn = information_cell(&clean, EAST, WITHDRAWN, "Total", "IMCA");
    let new = information_cell(&clean, EAST, NEW, "Total", "IMCA");
    let before = month(QUARTER);
    let earlier = |item: &str, cell: &str, figure: i32, total: i32| {
        let own = information_cell(&before, EAST, item, "", "Total");
        before.clone().with(EAST, cell, figure).with(EAST, &own, total)
    };
    // Carried forward 5, new 4, closed 4.
    for (earlier, expected) in [
        (before.clone(), 5),
        (earlier(CLOSED, &closed, 3, 9), 6),
        (earlier(REJECTED, &rejected, 2, 2), 3),
        (earlier(WITHDRAWN, &withdrawn, 1, 1), 4),
        (earlier(NEW, &new, 6, 12), 7),
    ] {
        for carried in expected - 1..=expected + 1 {
            let said = months(&[(QUARTER, earlier.clone()), ("2025-10-01", after(carried))]);
            let found = said.found("carried-forward-mismatch");
            assert_eq!(found, if carried == expected { vec![] } else { at(&[(EAST, &place)]) });
            assert_eq!(said.monthly("2025-10-01").accurate, Some(true), "a warning, never an error");
        }
    }
    // Without the month before there is nothing to compare with.
    assert_eq!(months(&[("2025-10-01", after(99))]).found("carried-forward-mismatch"), []);
    assert_eq!(
        months(&[("2025-08-01", month("2025-08-01")), ("2025-10-01", after(99))])
            .found("carried-forward-mismatch"),
        []
    );
}

#[test]
fn hours_where_there_are_active_cases() {
    let (carried, new) = (CARRIED, NEW);
    for (of_carried, of_new, hours, wrong) in
        [(1, 0, 0.0, true), (0, 1, 0.0, true), (0, 0, 0.0, false), (1, 0, 0.25, false)]
    {
        let mut book = month(QUARTER);
        let place = information_cell(&book, EAST, HOURS, "Total", "IMHA");
        let cases = information_cell(&book, EAST, carried, "", "IMHA");
        let referrals = information_cell(&book, EAST, new, "Total", "IMHA");
        book = book.with(EAST, &place, hours).with(EAST, &cases, of_carried).with(EAST, &referrals, of_new);
        let found = one(&book).found("active-cases-without-hours");
        assert_eq!(
            found,
            if wrong { at(&[(EAST, &place)]) } else { vec![] },
            "{of_carried} {of_new} {hours}"
        );
    }
}

#[test]
fn what_a_required_figure_may_not_be() {
    for (cell, code) in [
        (Cell::from(0), None),
        (Cell::from("nil"), None),
        (Cell::from("4"), None),
        (Cell::Greyed, Some("required-figure-missing")),
        (Cell::from("N/A"), Some("required-figure-missing")),
        (Cell::from("not recorded"), Some("required-figure-missing")),
        (Cell::from("< Select >"), Some("required-figure-missing")),
        (Cell::from("four"), Some("figure-not-a-number")),
        (Cell::from("<5"), Some("figure-not-a-number")),
        (Cell::from("~840"), Some("figure-not-a-number")),
        (Cell::Formula("=1/0", "#DIV/0!"), Some("figure-not-a-number")),
        (Cell::Formula("=NA()", "#N/A"), Some("figure-not-a-number")),
        (Cell::Formula("=2+2", ""), Some("figure-not-a-number")),
        (Cell::Formula("=2+2", "4"), None),
        (Cell::from(-1), Some("figure-impossible")),
        (Cell::from(3.5), Some("figure-impossible")),
    ] {
        let book = month(QUARTER);
        let place = information_cell(&book, EAST, CLOSED, "", "IMCA");
        let said = one(&book.with(EAST, &place, cell.clone()));
        let expected: Vec<&str> = code.into_iter().collect();
        assert_eq!(codes_at(&said, EAST, &place), expected, "{cell:?}");
        if code.is_some() {
            assert_eq!(said.monthly(QUARTER).accurate, Some(false), "{cell:?}");
        }
    }
    // A quarter of an hour is no fault.
    let book = month(QUARTER);
    let place = information_cell(&book, EAST, HOURS, "Total", "IMCA");
    let said = one(&book.with(EAST, &place, 10.25));
    assert!(!codes_at(&said, EAST, &place).contains(&"figure-impossible"));
}

#[test]
fn a_kpi_whose_figure_cannot_be_used_is_invalid_never_zero() {
    for (cell, code) in [
        (Cell::Greyed, "required-figure-missing"),
        (Cell::from("N/A"), "required-figure-missing"),
        (Cell::from("several"), "figure-not-a-number"),
        (Cell::Formula("=1/0", "#DIV/0!"), "figure-not-a-number"),
        (Cell::from(-2), "figure-impossible"),
        (Cell::from(2.5), "figure-impossible"),
    ] {
        let place = kpi_cell(3, EAST, "Result");
        let mut workspace = Workspace::new(QUARTER);
        workspace.receive("kpi.xlsx", "2025-12-10", &kpis(QUARTER).with("KPIs", &place, cell.clone()));
        let said = workspace.run("2025-12-12");
        assert_eq!(codes_at(&said, "KPIs", &place), [code], "{cell:?}");
        assert_eq!((said.rating(3, Some(EAST)), said.rating(3, None)), (Invalid, Invalid), "{cell:?}");
        assert_eq!(said.rating(3, Some(WEST)), Green);
    }
}

#[test]
fn a_count_that_was_not_calculated_is_an_error() {
    let place = kpi_cell(3, EAST, "Result");
    let mut workspace = Workspace::new(QUARTER);
    let book = kpis(QUARTER).with("KPIs", &place, Cell::Formula("=1+1", ""));
    workspace.receive("kpi.xlsx", "2025-12-10", &book);
    let said = workspace.run("2025-12-12");
    assert_eq!(codes_at(&said, "KPIs", &place), ["figure-not-a-number"]);
    assert_eq!(said.rating(3, None), Invalid);
    assert_eq!(said.kpi_return(QUARTER).accurate, Some(false));
}

#[test]
fn a_percentage_that_was_not_calculated_and_has_no_parts_is_an_error() {
    let place = kpi_cell(7, EAST, "Result");
    let mut workspace = Workspace::new(QUARTER);
    let book = result_alone(kpis(QUARTER), 7, EAST, Cell::Formula("=47/50", ""));
    workspace.receive("kpi.xlsx", "2025-12-10", &book);
    let said = workspace.run("2025-12-12");
    assert_eq!(codes_at(&said, "KPIs", &place), ["figure-not-a-number"]);
    assert_eq!(said.rating(7, Some(EAST)), Invalid);
}

#[test]
fn a_result_that_was_not_calculated_follows_from_its_parts() {
    let place = kpi_cell(7, EAST, "Result");
    let mut workspace = Workspace::new(QUARTER);
    let book = kpis(QUARTER).with("KPIs", &place, Cell::Formula("=D14/E14", ""));
    workspace.receive("kpi.xlsx", "2025-12-10", &book);
    let said = workspace.run("2025-12-12");
    assert_eq!(codes_at(&said, "KPIs", &place), ["formula-not-calculated"]);
    assert_eq!(said.rating(7, Some(EAST)), Green);
    assert_eq!(said.kpi_return(QUARTER).accurate, Some(true));
}

#[test]
fn quarterly_rows_are_asked_for_in_the_month_that_ends_the_quarter_alone() {
    let mut book = month("2025-11-01");
    let (row, _) =
        position(&information_cell(&book, EAST, "Number of hospital managers meetings attended", "", "IMHA"));
    book.sheet(EAST).remove_row(row);
    let said = months(&[("2025-11-01", book)]);
    assert_eq!(said.found("row-missing").len(), 1, "{:?}", said.findings());
    // October's form has the rows, blank.
    let mut form = month("2025-11-01").with(EAST, "B2", "October 2025").with(WEST, "B2", "October 2025");
    for council in [EAST, WEST] {
        let (first, _) = position(&information_cell(&form, council, "1.2 Reps", "", "IMCA"));
        form.sheet(council).cells.retain(|(row, column), _| *row < first || *column < 3);
    }
    let said = months(&[("2025-10-01", form)]);
    assert_eq!(said.findings(), Vec::<String>::new());
    // Annual rows: in August alone.
    let mut book = month("2025-08-01");
    let (row, _) = position(&information_cell(&book, EAST, "Prison advocacy", "", "Care Act"));
    book.sheet(EAST).cells.retain(|(own, _), _| *own != row && *own != row + 1);
    assert_eq!(months(&[("2025-08-01", book)]).found("row-missing").len(), 1);
}

#[test]
fn closed_cases_of_the_quarter_are_those_of_its_months() {
    for (denominator, right) in [(A_QUARTER, true), (A_QUARTER - 1, false), (A_QUARTER + 1, false)] {
        for (kpi, code) in [
            (8, "denominator-not-sum-of-months"),
            (9, "denominator-not-sum-of-months"),
            (5, "quarter-not-sum-of-months"),
            (6, "quarter-not-sum-of-months"),
        ] {
            let mut workspace = Workspace::new(QUARTER);
            workspace.quarter(QUARTER, &["kpi"]);
            workspace.receive(
                "kpi.xlsx",
                "2025-12-10",
                &share(kpis(QUARTER), kpi, EAST, denominator, denominator),
            );
            let said = workspace.run("2025-12-12");
            let place = kpi_cell(kpi, EAST, "Denominator");
            assert_eq!(said.found(code), if right { vec![] } else { at(&[("KPIs", &place)]) });
            let is_warning = code.starts_with("denominator");
            assert_eq!(said.kpi_return(QUARTER).accurate, Some(right || is_warning));
        }
    }
    // With a month missing there is nothing to compare with.
    let mut workspace = Workspace::new(QUARTER);
    workspace.quarter(QUARTER, &["kpi", "2025-10"]);
    workspace.receive("kpi.xlsx", "2025-12-10", &share(kpis(QUARTER), 8, EAST, 9, 9));
    assert_eq!(workspace.run("2025-12-12").found("denominator-not-sum-of-months"), []);
}

#[test]
fn unusual_is_more_than_three_median_deviations_from_six_periods_or_more() {
    let with_closed = |first: &str, closed: i32| {
        let book = month(first);
        let part = information_cell(&book, EAST, CLOSED, "", "IMCA");
        let total = information_cell(&book, EAST, CLOSED, "", "Total");
        book.with(EAST, &part, closed - 6).with(EAST, &total, closed)
    };
    let firsts = ["2025-03-01", "2025-04-01", "2025-05-01", "2025-06-01", "2025-07-01", "2025-08-01"];
    // Median 11.5, median absolute deviation 0.5: from 10 to 13.
    let history = [10, 12, 11, 13, 12, 11];
    for (closed, periods, unusual) in
        [(9, 6, true), (10, 6, false), (13, 6, false), (14, 6, true), (40, 5, false)]
    {
        let mut books: Vec<(&str, Book)> = firsts
            .into_iter()
            .zip(history)
            .skip(6 - periods)
            .map(|(first, figure)| (first, with_closed(first, figure)))
            .collect();
        books.push((QUARTER, with_closed(QUARTER, closed)));
        let said = months(&books);
        let place = information_cell(&month(QUARTER), EAST, CLOSED, "", "Total");
        assert_eq!(
            said.found("figure-unusual"),
            if unusual { at(&[(EAST, &place)]) } else { vec![] },
            "{closed}"
        );
        assert_eq!(said.monthly(QUARTER).accurate, Some(true), "a warning, never an error");
    }
}

#[test]
fn an_empty_required_area_of_the_narrative_is_an_error() {
    for area in AREAS {
        let place = narrative_cell(area);
        for text in ["", "  \n "] {
            let book = narrative(QUARTER, EAST).with("Narrative", &place, text);
            let mut workspace = Workspace::new(QUARTER);
            workspace.receive("east.xlsx", "2025-12-10", &book);
            let said = workspace.run("2025-12-12");
            let required = !area.starts_with("LPS");
            let expected = if required { at(&[("Narrative", &place)]) } else { vec![] };
            assert_eq!(said.found("narrative-missing"), expected, "{area}");
            let own = said.submission("quarterly-narrative", QUARTER, Some(EAST));
            assert_eq!(own.accurate, Some(!required), "{area}");
        }
    }
}
