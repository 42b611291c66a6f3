//! What each KPI comes to, and for which quarter, half-year or year.

use crate::forms::{
    CLEAN, CONTRACT, FORM, Figures, KPIS, QUARTERLY, QUARTERS, START, at, kpi_cell, name, period, quarterly,
    send, told_of,
};
use crate::support::book::{Book, Cell};
use crate::support::workspace::Workspace;

const Q1: &str = "Q1 2020-21";
const Q2: &str = "Q2 2020-21";
const Q4: &str = "Q4 2020-21";

/// The four returns of the first year.
fn year() -> Workspace {
    let mut workspace = Workspace::default();
    workspace.provider(CONTRACT, "Ashgrove Living", START);
    for (quarter, ..) in QUARTERS {
        send(&mut workspace, "Ashgrove Living", quarter, &quarterly("Ashgrove Living", quarter, &CLEAN));
    }
    workspace
}

#[test]
fn every_kpi_has_its_figure_and_no_rating() {
    let told = year().told("2021-04-20");
    let review = told.of("Ashgrove Living");
    // KPI, period, from, to, value, parts, unit.
    let rows = [
        ("1", "2020-21 H2", "2020-10-01", "2021-03-31", 0.9, "18/20", "percent"),
        ("2", "2020-21 Q4", "2021-01-01", "2021-03-31", 0.9167, "22/24", "percent"),
        ("3a", "2020-21 Q4", "2021-01-01", "2021-03-31", 3.0, "null/null", "count"),
        ("3b", "2020-21 Q4", "2021-01-01", "2021-03-31", 2.0, "null/null", "count"),
        ("4", "2020-21", "2020-04-01", "2021-03-31", 0.75, "6/8", "percent"),
        ("5", "2020-21 Q4", "2021-01-01", "2021-03-31", 0.95, "1140/1200", "percent"),
        ("6", "2020-21 Q4", "2021-01-01", "2021-03-31", 0.125, "2/16", "percent"),
    ];
    for (kpi, period, from, to, value, parts, unit) in rows {
        let own = review.rated(kpi, period);
        assert_eq!(own["rating"], "not-rated", "KPI {kpi}");
        assert_eq!((&own["from"], &own["to"]), (&from.into(), &to.into()), "KPI {kpi}");
        assert_eq!(review.value(kpi, period), Some(value), "KPI {kpi}");
        assert_eq!(review.parts(kpi, period), parts, "KPI {kpi}");
        assert_eq!(own["unit"], unit, "KPI {kpi}");
        assert!(own["target"].is_null(), "KPI {kpi}: the document sets none");
        assert!(!own["title"].as_str().unwrap().is_empty(), "KPI {kpi}");
    }
    for (_, quarter, _) in QUARTERS {
        assert_eq!(review.findings(FORM, quarter), [], "{quarter}");
        assert_eq!(review.status(FORM, quarter), "on-time", "{quarter}");
        assert_eq!(review.submission(FORM, quarter)["accurate"], true, "{quarter}");
    }
}

#[test]
fn the_second_and_fourth_quarter_ask_for_kpi_1_and_the_fourth_for_kpi_4() {
    let workspace = year();
    let told = workspace.told("2021-04-20");
    let review = told.of("Ashgrove Living");
    let first_year = |kpi: &str| -> Vec<&str> {
        review.periods_of(kpi).into_iter().filter(|own| own.starts_with("2020-21")).collect()
    };
    assert_eq!(first_year("1"), ["2020-21 H1", "2020-21 H2"]);
    assert_eq!(first_year("4"), ["2020-21"]);
    for kpi in QUARTERLY {
        assert_eq!(first_year(kpi), QUARTERS.map(|(_, period, _)| period), "KPI {kpi}");
    }
    let own = review.rated("1", "2020-21 H1");
    assert_eq!((&own["from"], &own["to"]), (&"2020-04-01".into(), &"2020-09-30".into()));
    // The figure is the one that came with the second quarter.
    let cells = own["cells"].as_array().unwrap();
    assert!(!cells.is_empty());
    for cell in cells {
        assert!(cell["file"].as_str().unwrap().contains(Q2), "{cell}");
    }
    // Five, then six figures in a quarter's own time.
    for (as_of, halves, years) in [
        ("2020-07-20", vec![], 0),
        ("2020-10-20", vec!["2020-21 H1"], 0),
        ("2021-01-25", vec!["2020-21 H1"], 0),
    ] {
        let told = workspace.told(as_of);
        let review = told.of("Ashgrove Living");
        let came = |kpi: &str| -> Vec<&str> {
            review
                .periods_of(kpi)
                .into_iter()
                .filter(|own| !review.rated(kpi, own)["value"].is_null())
                .collect()
        };
        assert_eq!(came("1"), halves, "{as_of}");
        assert_eq!(came("4").len(), years, "{as_of}");
    }
}

/// A return whose rows of KPI 3 are written so: reference and title of complaints, then of concerns.
fn third(rows: [(&str, &str); 2]) -> Book {
    let mut book = quarterly("p", Q1, &CLEAN);
    for (kpi, (reference, title)) in ["3a", "3b"].into_iter().zip(rows) {
        book = book.with(KPIS, &kpi_cell(Q1, kpi, "Ref"), reference);
        book = book.with(KPIS, &kpi_cell(Q1, kpi, "Title"), title);
    }
    book
}

#[test]
fn the_reference_tells_complaints_from_concerns() {
    let both = "Complaints and Concerns";
    let rows = [
        [("KPI 3a", "Complaints and Concerns: complaints"), ("KPI 3b", "Complaints and Concerns: concerns")],
        [("KPI 3a", "Complaints"), ("KPI 3b", "Concerns")],
        [("KPI 3a", both), ("KPI 3b", both)],
        [("3a", both), ("3b", both)],
        [("KPI 3A", both), ("KPI 3B", both)],
        [(" KPI\u{a0}3a ", both), ("KPI  3b", both)],
        [("KPI 3a", "COMPLAINTS AND CONCERNS"), ("KPI 3b", "Complaints and\nConcerns")],
    ];
    let told = told_of(Q1, &rows.map(third));
    for (number, row) in rows.iter().enumerate() {
        let provider = name(number);
        let review = told.of(&provider);
        assert_eq!(review.value("3a", "2020-21 Q1"), Some(3.0), "{row:?}");
        assert_eq!(review.value("3b", "2020-21 Q1"), Some(2.0), "{row:?}");
        assert_eq!(review.findings(FORM, "2020-21 Q1"), [], "{row:?}");
    }
}

#[test]
fn concerns_may_stand_above_complaints() {
    // Both rows titled alike, the second one first.
    let book = third([("KPI 3b", "Complaints and Concerns"), ("KPI 3a", "Complaints and Concerns")])
        .with(KPIS, &kpi_cell(Q1, "3a", "Value"), 2)
        .with(KPIS, &kpi_cell(Q1, "3b", "Value"), 3);
    let told = told_of(Q1, &[book]);
    let review = told.of(&name(0));
    assert_eq!(review.value("3a", "2020-21 Q1"), Some(3.0));
    assert_eq!(review.value("3b", "2020-21 Q1"), Some(2.0));
    assert_eq!(review.errors(FORM, "2020-21 Q1"), []);
}

#[test]
fn kpis_are_referred_to_and_titled_in_several_ways() {
    let rows: [(Cell, &str); 6] = [
        ("KPI 2".into(), "Spot check visits"),
        ("kpi 2".into(), "SPOT CHECK VISITS"),
        ("2".into(), "Spot check visits"),
        (2.into(), "Spot check visits"),
        ("KPI\u{a0}2 ".into(), "Spot check  visits "),
        ("KPI 2".into(), "Spot check\nvisits"),
    ];
    let books = rows.clone().map(|(reference, title)| {
        quarterly("p", Q1, &CLEAN).with(KPIS, &kpi_cell(Q1, "2", "Ref"), reference).with(
            KPIS,
            &kpi_cell(Q1, "2", "Title"),
            title,
        )
    });
    let told = told_of(Q1, &books);
    for (number, row) in rows.iter().enumerate() {
        let provider = name(number);
        let review = told.of(&provider);
        assert_eq!(review.parts("2", "2020-21 Q1"), "22/24", "{row:?}");
        assert_eq!(review.errors(FORM, "2020-21 Q1"), [], "{row:?}");
    }
}

#[test]
fn of_nothing_there_is_no_share() {
    let none = Figures {
        outcomes: (0.0, 0.0),
        checks: (0.0, 0.0),
        work: (0.0, 0.0),
        hours: (0.0, 0.0),
        leavers: (0.0, 0.0),
        ..CLEAN
    };
    let values: [Option<Cell>; 4] =
        [None, Some("N/A".into()), Some("-".into()), Some(Cell::Formula("=E8/F8", "#DIV/0!"))];
    let books = values.clone().map(|value| {
        let book = quarterly("p", Q4, &none);
        ["1", "2", "4", "5", "6"].into_iter().fold(book, |book, kpi| match &value {
            Some(cell) => book.with(KPIS, &kpi_cell(Q4, kpi, "Value"), cell.clone()),
            None => book,
        })
    });
    let told = told_of(Q4, &books);
    for (number, value) in values.iter().enumerate() {
        let provider = name(number);
        let review = told.of(&provider);
        for (kpi, period) in [
            ("1", "2020-21 H2"),
            ("2", "2020-21 Q4"),
            ("4", "2020-21"),
            ("5", "2020-21 Q4"),
            ("6", "2020-21 Q4"),
        ] {
            assert_eq!(review.rating(kpi, period), "no-activity", "KPI {kpi}, {value:?}");
            assert_eq!(review.value(kpi, period), None, "KPI {kpi}, {value:?}");
        }
        for kpi in ["3a", "3b"] {
            assert_eq!(review.rating(kpi, "2020-21 Q4"), "not-rated", "KPI {kpi}, {value:?}");
        }
        assert_eq!(review.errors(FORM, "2020-21 Q4"), [], "{value:?}");
    }
}

#[test]
fn none_of_some_is_a_figure_and_none_complained_is_one_too() {
    let none = Figures {
        checks: (0.0, 24.0),
        complaints: 0.0,
        concerns: 0.0,
        hours: (0.0, 1200.0),
        leavers: (0.0, 16.0),
        ..CLEAN
    };
    let told = told_of(Q1, &[quarterly("p", Q1, &none)]);
    let review = told.of(&name(0));
    for kpi in QUARTERLY {
        assert_eq!(review.rating(kpi, "2020-21 Q1"), "not-rated", "KPI {kpi}");
        assert_eq!(review.value(kpi, "2020-21 Q1"), Some(0.0), "KPI {kpi}");
    }
    assert_eq!(review.errors(FORM, "2020-21 Q1"), []);
}

#[test]
fn hours_and_turnover_may_be_above_all_of_them_and_have_decimals() {
    // Hours, leavers, and what they come to.
    let rows = [
        ((1260.0, 1200.0), (20.0, 16.0), (1.05, 1.25), ("1260/1200", "20/16")),
        ((1200.0, 1200.0), (16.0, 16.0), (1.0, 1.0), ("1200/1200", "16/16")),
        ((1200.5, 1200.0), (17.0, 16.0), (1.0004, 1.0625), ("1200.5/1200", "17/16")),
        ((1012.5, 1080.0), (3.0, 12.5), (0.9375, 0.24), ("1012.5/1080", "3/12.5")),
        ((810.25, 810.25), (1.0, 7.5), (1.0, 0.1333), ("810.25/810.25", "1/7.5")),
    ];
    let books = rows.map(|(hours, leavers, ..)| quarterly("p", Q1, &Figures { hours, leavers, ..CLEAN }));
    let told = told_of(Q1, &books);
    for (number, (.., values, parts)) in rows.iter().enumerate() {
        let provider = name(number);
        let review = told.of(&provider);
        for (kpi, value, parts) in [("5", values.0, parts.0), ("6", values.1, parts.1)] {
            assert_eq!(review.rating(kpi, "2020-21 Q1"), "not-rated", "KPI {kpi} {parts}");
            assert_eq!(review.value(kpi, "2020-21 Q1"), Some(value), "KPI {kpi} {parts}");
            assert_eq!(review.parts(kpi, "2020-21 Q1"), parts, "KPI {kpi}");
        }
        assert_eq!(review.complaints(FORM, "2020-21 Q1"), [], "{parts:?}");
    }
}

#[test]
fn more_outcomes_than_were_due_or_people_in_work_than_wanted_it_cannot_be() {
    let rows = [
        (Figures { outcomes: (20.0, 20.0), work: (8.0, 8.0), ..CLEAN }, None),
        (Figures { outcomes: (21.0, 20.0), ..CLEAN }, Some(("1", "2020-21 H2"))),
        (Figures { work: (9.0, 8.0), ..CLEAN }, Some(("4", "2020-21"))),
    ];
    let told = told_of(Q4, &rows.map(|(figures, _)| quarterly("p", Q4, &figures)));
    for (number, (_, impossible)) in rows.iter().enumerate() {
        let provider = name(number);
        let review = told.of(&provider);
        for (kpi, period) in [("1", "2020-21 H2"), ("4", "2020-21")] {
            let own = *impossible == Some((kpi, period));
            assert_eq!(review.rating(kpi, period), if own { "invalid" } else { "not-rated" }, "KPI {kpi}");
        }
        let errors = review.errors(FORM, "2020-21 Q4");
        let row = impossible.map(|(kpi, _)| kpi_cell(Q4, kpi, "Numerator"));
        assert_eq!(errors.is_empty(), row.is_none(), "{errors:?}");
        // Which of the row's cells is at fault is not said.
        let line = |cell: &str| cell[1..].to_string();
        for (sheet, cell) in &errors {
            assert_eq!((sheet.as_str(), Some(line(cell))), (KPIS, row.as_deref().map(line)), "{errors:?}");
        }
    }
}

#[test]
fn what_is_not_asked_for_in_a_quarter_may_stand_blank_in_it() {
    // The same template for every quarter: KPI 1 and KPI 4 printed and left blank in the first.
    let mut book = quarterly("p", Q4, &CLEAN).with(KPIS, "B2", Q1);
    for kpi in ["1", "4"] {
        for heading in ["Numerator", "Denominator", "Value"] {
            book = book.without(KPIS, &kpi_cell(Q4, kpi, heading));
        }
    }
    let told = told_of(Q1, &[book]);
    let review = told.of(&name(0));
    assert_eq!(review.errors(FORM, "2020-21 Q1"), []);
    for kpi in ["1", "4"] {
        assert!(review.periods_of(kpi).is_empty(), "KPI {kpi} is not due: {:?}", review.periods_of(kpi));
    }
    assert_eq!(review.parts("5", "2020-21 Q1"), "1140/1200");
}

#[test]
fn a_row_that_is_due_and_left_out_is_an_error_and_its_kpi_is_unusable() {
    for (quarter, kpi, rated) in
        [(Q1, "2", "2020-21 Q1"), (Q2, "1", "2020-21 H1"), (Q4, "1", "2020-21 H2"), (Q4, "4", "2020-21")]
    {
        let mut book = quarterly("p", quarter, &CLEAN);
        let cell = kpi_cell(quarter, kpi, "Ref");
        let row: u32 = cell[1..].parse().unwrap();
        book.sheet(KPIS).remove_row(row - 1);
        let told = told_of(quarter, &[book]);
        let review = told.of(&name(0));
        assert_eq!(review.rating(kpi, rated), "invalid", "KPI {kpi} in {quarter}");
        let errors = review.errors(FORM, &period(quarter));
        assert_eq!(errors.len(), 1, "KPI {kpi} in {quarter}: {errors:?}");
        assert_eq!(errors[0].0, KPIS, "KPI {kpi} in {quarter}");
        assert_eq!(review.rating("5", &period(quarter)), "not-rated", "KPI {kpi} in {quarter}");
    }
}

#[test]
fn the_pack_lists_the_cells_a_figure_came_from() {
    let workspace = year();
    let told = workspace.told("2021-04-20");
    let review = told.of("Ashgrove Living");
    for (quarter, kpi, period, headings) in [
        ("Q3 2020-21", "5", "2020-21 Q3", &["Value", "Numerator", "Denominator"][..]),
        ("Q3 2020-21", "3a", "2020-21 Q3", &["Value"]),
        (Q2, "1", "2020-21 H1", &["Value", "Numerator", "Denominator"]),
        (Q4, "4", "2020-21", &["Value", "Numerator", "Denominator"]),
    ] {
        let found: Vec<(String, String)> = review.rated(kpi, period)["cells"]
            .as_array()
            .unwrap()
            .iter()
            .map(|own| at(own["sheet"].as_str().unwrap(), own["cell"].as_str().unwrap()))
            .collect();
        for heading in headings {
            let cell = kpi_cell(quarter, kpi, heading);
            assert!(found.contains(&at(KPIS, &cell)), "KPI {kpi} has no {heading} {cell}: {found:?}");
        }
        let page = workspace.page(&format!("{CONTRACT}/Ashgrove Living/{}/pack.html", self::period(quarter)));
        let value = kpi_cell(quarter, kpi, "Value");
        assert!(page.words().contains(&value), "no {value} of KPI {kpi} in the pack of {quarter}");
    }
}
