//! Figures that are blank, no number, impossible, or not what their parts come to (8).

use crate::forms::{CLEAN, FORM, Figures, KPIS, at, kpi_cell, name, quarterly, told_of};
use crate::support::book::{Book, Cell};

const Q1: &str = "Q1 2020-21";
const PERIOD: &str = "2020-21 Q1";

#[test]
fn a_figure_that_is_blank_no_number_or_impossible_is_an_error_at_its_cell() {
    let rows: [(&str, &str, Option<Cell>); 9] = [
        ("2", "Numerator", None),
        ("2", "Denominator", None),
        ("3a", "Value", None),
        ("3b", "Value", Some("a few".into())),
        ("3a", "Value", Some(1.5.into())),
        ("3b", "Value", Some((-1).into())),
        ("5", "Numerator", Some("most of them".into())),
        ("5", "Denominator", Some(Cell::Number(-1200.0))),
        ("6", "Numerator", Some("not recorded".into())),
    ];
    let books: Vec<Book> = rows
        .iter()
        .map(|(kpi, heading, cell)| {
            let place = kpi_cell(Q1, kpi, heading);
            let book = quarterly("p", Q1, &CLEAN);
            match cell {
                Some(cell) => book.with(KPIS, &place, cell.clone()),
                None => book.without(KPIS, &place),
            }
        })
        .collect();
    let told = told_of(Q1, &books);
    for (number, (kpi, heading, cell)) in rows.iter().enumerate() {
        let provider = name(number);
        let review = told.of(&provider);
        let errors = review.errors(FORM, PERIOD);
        assert_eq!(errors, [at(KPIS, &kpi_cell(Q1, kpi, heading))], "KPI {kpi}, {heading} {cell:?}");
        let value = review.value(kpi, PERIOD);
        if *heading == "Value" {
            assert_eq!(review.rating(kpi, PERIOD), "invalid", "KPI {kpi}, {heading} {cell:?}");
            assert_eq!(value, None, "KPI {kpi}, {heading} {cell:?}");
        } else {
            // Open: whether what is stated beside a part that cannot be used is taken, or nothing is. Never zero.
            let stated = CLEAN.parts(kpi).map(|(part, whole)| (part / whole * 1e4).round() / 1e4);
            assert!(value.is_none() || value == stated, "KPI {kpi}, {heading} {cell:?}: {value:?}");
        }
        assert_eq!(review.submission(FORM, PERIOD)["accurate"], false, "KPI {kpi}, {heading} {cell:?}");
        let other = if *kpi == "5" { "6" } else { "5" };
        assert_eq!(review.rating(other, PERIOD), "not-rated", "KPI {other} stands");
    }
}

#[test]
fn a_value_agrees_with_its_parts_to_the_decimals_given() {
    // 22 of 24 is 91.666…%.
    let rows: [(Cell, bool); 13] = [
        (Cell::Percent(22.0 / 24.0), true),
        (Cell::Percent(0.917), true),
        ("91.7%".into(), true),
        ("92%".into(), true),
        ("91.67%".into(), true),
        (91.7.into(), true),
        (Cell::Formula("=E8/F8", "0.916666666666667"), true),
        (Cell::Percent(0.9), false),
        ("93%".into(), false),
        ("91.5%".into(), false),
        ("91.76%".into(), false),
        (50.into(), false),
        (Cell::Percent(0.0), false),
    ];
    let place = kpi_cell(Q1, "2", "Value");
    let books: Vec<Book> =
        rows.iter().map(|(cell, _)| quarterly("p", Q1, &CLEAN).with(KPIS, &place, cell.clone())).collect();
    let told = told_of(Q1, &books);
    for (number, (cell, agrees)) in rows.iter().enumerate() {
        let provider = name(number);
        let review = told.of(&provider);
        let expected: Vec<_> = (!agrees).then(|| at(KPIS, &place)).into_iter().collect();
        assert_eq!(review.errors(FORM, PERIOD), expected, "{cell:?}");
        assert_eq!(review.submission(FORM, PERIOD)["accurate"], *agrees, "{cell:?}");
        // The parts decide.
        assert_eq!(review.parts("2", PERIOD), "22/24", "{cell:?}");
        assert_eq!(review.value("2", PERIOD), Some(0.9167), "{cell:?}");
    }
}

#[test]
fn a_value_above_all_of_them_is_compared_too() {
    let figures = Figures { hours: (1260.0, 1200.0), leavers: (20.0, 16.0), ..CLEAN };
    let rows: [(&str, Cell, bool); 6] = [
        ("5", "105%".into(), true),
        ("5", 1.05.into(), true),
        ("5", "95%".into(), false),
        ("6", Cell::Percent(1.25), true),
        ("6", "125.0%".into(), true),
        ("6", "25%".into(), false),
    ];
    let books: Vec<Book> = rows
        .iter()
        .map(|(kpi, cell, _)| {
            quarterly("p", Q1, &figures).with(KPIS, &kpi_cell(Q1, kpi, "Value"), cell.clone())
        })
        .collect();
    let told = told_of(Q1, &books);
    for (number, (kpi, cell, agrees)) in rows.iter().enumerate() {
        let provider = name(number);
        let expected: Vec<_> = (!agrees).then(|| at(KPIS, &kpi_cell(Q1, kpi, "Value"))).into_iter().collect();
        assert_eq!(told.of(&provider).errors(FORM, PERIOD), expected, "KPI {kpi} as {cell:?}");
    }
}
