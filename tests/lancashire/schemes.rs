//! Scheme by scheme: what adds up to the totals and to the KPIs, and what does not.

use crate::forms::{
    CLEAN, FORM, Figures, HOUSES, KPIS, SCHEME_COLUMNS, SCHEMES, TOTAL, at, kpi_cell, name, quarterly,
    scheme_cell, told_of,
};
use crate::support::book::{Book, Cell};

const Q1: &str = "Q1 2020-21";
const PERIOD: &str = "2020-21 Q1";

fn clean() -> Book {
    quarterly("p", Q1, &CLEAN)
}

/// The number in a cell of a book.
fn number_at(book: &mut Book, sheet: &str, cell: &str) -> f64 {
    match book.sheet(sheet).cells[&crate::support::book::position(cell)] {
        Cell::Number(number) => number,
        ref other => panic!("{sheet} {cell} is {other:?}"),
    }
}

#[test]
fn all_well_gives_no_finding() {
    let formulas = clean()
        .with(SCHEMES, &scheme_cell(TOTAL, "Delivered hours"), Cell::Formula("=SUM(D2:D3)", "1140"))
        .with(SCHEMES, &scheme_cell(TOTAL, "Leavers"), Cell::Formula("=SUM(L2:L3)", "2"));
    let decimals = Figures { hours: (1200.3, 1200.6), leavers: (1.0, 12.5), ..CLEAN };
    let mut tenths = quarterly("p", Q1, &decimals);
    // Tenths that binary fractions do not have.
    for (row, hours) in [(0, 600.1), (1, 600.2)] {
        tenths = tenths.with(SCHEMES, &scheme_cell(row, "Delivered hours"), hours);
    }
    for (row, hours) in [(0, 600.3), (1, 600.3)] {
        tenths = tenths.with(SCHEMES, &scheme_cell(row, "Commissioned hours"), hours);
    }
    let mut books = vec![clean(), formulas, tenths];
    for total in ["TOTAL", "Totals", "Total:", " Total "] {
        books.push(clean().with(SCHEMES, &scheme_cell(TOTAL, "Scheme"), total));
    }
    let told = told_of(Q1, &books);
    for number in 0..books.len() {
        let provider = name(number);
        assert_eq!(told.of(&provider).complaints(FORM, PERIOD), [], "book {number}");
        assert_eq!(told.of(&provider).submission(FORM, PERIOD)["accurate"], true, "book {number}");
    }
}

#[test]
fn a_total_that_is_not_the_sum_of_its_schemes_is_an_error_at_the_total() {
    let mut rows = Vec::new();
    for column in &SCHEME_COLUMNS[1..] {
        for difference in [1.0, -1.0] {
            rows.push((*column, difference));
        }
    }
    let books: Vec<Book> = rows
        .iter()
        .map(|(column, difference)| {
            let mut book = clean();
            let place = scheme_cell(TOTAL, column);
            let total = number_at(&mut book, SCHEMES, &place);
            book.with(SCHEMES, &place, total + difference)
        })
        .collect();
    let told = told_of(Q1, &books);
    for (number, (column, difference)) in rows.iter().enumerate() {
        let provider = name(number);
        let review = told.of(&provider);
        let expected = [at(SCHEMES, &scheme_cell(TOTAL, column))];
        assert_eq!(review.errors(FORM, PERIOD), expected, "{column} {difference}");
        assert_eq!(review.submission(FORM, PERIOD)["accurate"], false, "{column} {difference}");
    }
}

#[test]
fn a_kpi_that_is_not_the_sum_of_the_schemes_is_an_error_at_the_stated_figure() {
    let rows = [
        (Figures { checks: (21.0, 24.0), ..CLEAN }, "2", "Numerator"),
        (Figures { checks: (23.0, 24.0), ..CLEAN }, "2", "Numerator"),
        (Figures { checks: (22.0, 25.0), ..CLEAN }, "2", "Denominator"),
        (Figures { complaints: 2.0, ..CLEAN }, "3a", "Value"),
        (Figures { complaints: 4.0, ..CLEAN }, "3a", "Value"),
        (Figures { concerns: 0.0, ..CLEAN }, "3b", "Value"),
        (Figures { hours: (1139.5, 1200.0), ..CLEAN }, "5", "Numerator"),
        (Figures { hours: (1140.0, 1300.0), ..CLEAN }, "5", "Denominator"),
        (Figures { leavers: (3.0, 16.0), ..CLEAN }, "6", "Numerator"),
        (Figures { leavers: (2.0, 16.5), ..CLEAN }, "6", "Denominator"),
    ];
    let books: Vec<Book> = rows
        .iter()
        .map(|(stated, ..)| {
            // The KPIs say one thing, the schemes another.
            let mut book = quarterly("p", Q1, stated);
            book.sheets.retain(|sheet| sheet.name != SCHEMES);
            let schemes = clean().sheet(SCHEMES).clone();
            book.sheets.insert(1, schemes);
            book
        })
        .collect();
    let told = told_of(Q1, &books);
    for (number, (stated, kpi, heading)) in rows.iter().enumerate() {
        let provider = name(number);
        let review = told.of(&provider);
        let expected = [at(KPIS, &kpi_cell(Q1, kpi, heading))];
        assert_eq!(review.errors(FORM, PERIOD), expected, "KPI {kpi} of {stated:?}");
        assert_eq!(review.submission(FORM, PERIOD)["accurate"], false, "KPI {kpi} of {stated:?}");
    }
}

#[test]
fn a_blank_figure_of_a_scheme_is_asked_for_and_never_zero() {
    let blank = |book: Book, row: u32, column: &str| book.without(SCHEMES, &scheme_cell(row, column));
    // Were the blank a zero, this one would add up and the others would not.
    let mut of_one = blank(clean(), 1, "Service users");
    let first = number_at(&mut of_one, SCHEMES, &scheme_cell(0, "Service users"));
    let of_one = of_one.with(SCHEMES, &scheme_cell(TOTAL, "Service users"), first);
    let rows = [
        ("Delivered hours", blank(clean(), 1, "Delivered hours")),
        ("Spot checks completed", blank(clean(), 1, "Spot checks completed")),
        ("Average headcount", blank(clean(), 1, "Average headcount")),
        ("Service users", of_one),
    ];
    let books: Vec<Book> = rows.iter().map(|(_, book)| book.clone()).collect();
    let told = told_of(Q1, &books);
    for (number, (column, _)) in rows.iter().enumerate() {
        let provider = name(number);
        let review = told.of(&provider);
        let found: Vec<_> =
            review.complaints(FORM, PERIOD).into_iter().map(|own| (own.sheet, own.cell)).collect();
        // Nothing else is accused of what cannot be known.
        assert_eq!(found, [at(SCHEMES, &scheme_cell(1, column))], "{column}");
        assert_eq!(review.parts("5", PERIOD), "1140/1200", "{column}");
    }
}

#[test]
fn a_zero_that_is_written_is_one() {
    let mut book = clean();
    for row in [0, 1] {
        let rest = if row == 0 { 0.0 } else { 3.0 };
        book = book.with(SCHEMES, &scheme_cell(row, "Complaints"), rest);
    }
    let told = told_of(Q1, &[book]);
    assert_eq!(told.of(&name(0)).complaints(FORM, PERIOD), []);
}

#[test]
fn a_scheme_is_one_however_many_there_are() {
    // A third scheme above the total, which takes a share of the second's figures.
    let mut book = clean();
    let sheet = book.sheet(SCHEMES);
    let total: Vec<Cell> = (0..13).map(|column| sheet.cells[&(TOTAL + 1, column)].clone()).collect();
    let second: Vec<Cell> = (0..13).map(|column| sheet.cells[&(2, column)].clone()).collect();
    sheet.row(TOTAL + 2, total);
    let third = second
        .iter()
        .enumerate()
        .map(|(column, _)| if column == 0 { Cell::from("Cedar Row") } else { Cell::from(0) });
    sheet.row(TOTAL + 1, third);
    let wrong = book.clone().with(SCHEMES, &scheme_cell(2, "Agency hours"), 1);
    let told = told_of(Q1, &[book, wrong]);
    assert_eq!(told.of(&name(0)).complaints(FORM, PERIOD), []);
    let expected = [at(SCHEMES, &scheme_cell(TOTAL + 1, "Agency hours"))];
    assert_eq!(told.of(&name(1)).errors(FORM, PERIOD), expected, "beside {HOUSES:?}");
}
