//! Forms of scores and of summed figures: what makes each finding appear, and where.

use super::support::book::{Book, Cell, Sheet};
use super::support::{PROVIDER, day};
use super::{Fixture, in_definition};

const DEFINITION: &str = include_str!("figures.toml");
const SCHEMES: &str = "Schemes";

fn assessment() -> Book {
    let mut sheet = Sheet::new("Assessment");
    sheet.row(0, ["Provider".into(), PROVIDER.into()]);
    sheet.row(1, ["Month".into(), "September 2025".into()]);
    sheet.row(2, ["Signed".into(), "Registered manager".into()]);
    sheet.row(3, ["Date signed".into(), day("2025-10-01").into()]);
    sheet.row(5, ["Area", "Criterion", "Score", "Evidence"].map(Cell::from));
    sheet.row(6, [Cell::Down("People".into(), 2), "Roles are known".into(), 3.into(), "".into()]);
    sheet.put(7, 1, "Staff are trained");
    sheet.put(7, 2, "4 - Good");
    sheet.put(7, 3, "Training records");
    sheet.row(8, ["Risk".into(), "Risks are logged".into(), "2/5".into(), "".into()]);
    Book { sheets: vec![sheet] }
}

/// An assessment with one cell that differs, which is where the finding stands.
pub fn in_assessment(cell: &str, content: impl Into<Cell>) -> Option<Fixture> {
    in_definition(DEFINITION, &assessment().with("Assessment", cell, content), &[("Assessment", cell)])
}

fn schemes() -> Book {
    let mut kpis = Sheet::new("Indicators");
    kpis.row(0, ["Provider".into(), PROVIDER.into()]);
    kpis.row(1, ["Quarter".into(), "Q1 2025-26".into()]);
    kpis.row(2, ["Ref", "Title", "Numerator", "Denominator", "Value"].map(Cell::from));
    kpis.row(3, ["KPI 3".into(), "Complaints".into(), "".into(), "".into(), 3.into()]);
    kpis.row(
        4,
        ["KPI 5".into(), "Delivery of hours".into(), 190.5.into(), 200.into(), Cell::Percent(0.9525)],
    );
    let mut schemes = Sheet::new(SCHEMES);
    schemes.row(0, ["Scheme", "Commissioned hours", "Delivered hours", "Complaints"].map(Cell::from));
    schemes.row(1, ["Ash House".into(), 120.into(), "110.5 hrs".into(), 1.into()]);
    schemes.row(2, ["Elm House".into(), 80.into(), 80.into(), 2.into()]);
    schemes.row(3, ["Total".into(), 200.into(), 190.5.into(), 3.into()]);
    Book { sheets: vec![kpis, schemes] }
}

/// A quarter in which a row of the year is filled in.
pub fn with_row_of_the_year() -> Option<Fixture> {
    let mut book = schemes();
    book.sheet("Indicators")
        .row(5, ["KPI 4".into(), "People in work".into(), "".into(), "".into(), 7.into()]);
    in_definition(DEFINITION, &book, &[("Indicators", "E6")])
}

/// A quarter in which the commissioned hours stand in the table once more, with this figure for the second scheme.
pub fn with_hours_twice(second: i32) -> Option<Fixture> {
    let mut book = schemes();
    let sheet = book.sheet(SCHEMES);
    sheet.insert_column(2);
    sheet.put(0, 2, "Commissioned hours");
    for (row, hours) in [(1, 120), (2, second), (3, 120 + second)] {
        sheet.put(row, 2, hours);
    }
    in_definition(DEFINITION, &book, &[(SCHEMES, "B1")])
}

/// The errors and warnings of a return of schemes.
fn wrong(book: &Book) -> Vec<(&'static str, String, String)> {
    let said = in_definition(DEFINITION, book, &[]).unwrap().workspace.run("2025-12-12");
    let own = said.review().submissions.iter().find(|own| own.received.is_some());
    let own = own.unwrap_or_else(|| panic!("{:?}", said.results.unrecognised));
    own.findings
        .iter()
        .map(|own| {
            let involved: Vec<String> = own.involved.iter().map(|cell| cell.cell.to_string()).collect();
            let cell = own.cell.map(|cell| cell.to_string()).unwrap_or_default();
            (
                own.kind.code,
                format!("{} {cell}", own.sheet.as_deref().unwrap_or_default()),
                involved.join(" "),
            )
        })
        .collect()
}

#[test]
fn totals_and_stated_figures_are_the_sums_of_the_schemes() {
    assert_eq!(wrong(&assessment()), []);
    assert_eq!(wrong(&schemes()), []);
    let total = |at: &str, cells: &str| vec![("total-mismatch", at.to_string(), cells.to_string())];
    let both = |one: Vec<_>, other: Vec<_>| [one, other].concat();
    for (sheet, cell, content, expected) in [
        (SCHEMES, "B4", Cell::from(201), total("Schemes B4", "B2 B3")),
        (SCHEMES, "C4", 190.into(), total("Schemes C4", "C2 C3")),
        (SCHEMES, "B4", "".into(), vec![]),
        (SCHEMES, "A4", "Grand total".into(), vec![]),
        ("Indicators", "E4", 4.into(), total("Indicators E4", "D2 D3")),
        ("Indicators", "E4", 2.into(), total("Indicators E4", "D2 D3")),
        (SCHEMES, "D3", 1.into(), both(total("Indicators E4", "D2 D3"), total("Schemes D4", "D2 D3"))),
        // Of what cannot be read there is no sum, neither above the total nor beside the stated figure.
        (SCHEMES, "C3", "about 80".into(), vec![("figure-not-a-number", "Schemes C3".into(), String::new())]),
        (SCHEMES, "C3", "".into(), vec![("required-figure-missing", "Schemes C3".into(), String::new())]),
        (SCHEMES, "C3", (-80).into(), vec![("figure-impossible", "Schemes C3".into(), String::new())]),
    ] {
        assert_eq!(
            wrong(&schemes().with(sheet, cell, content.clone())),
            expected,
            "{sheet} {cell} {content:?}"
        );
    }
    // A total without anything it could be the total of.
    let mut none = schemes();
    none.sheet(SCHEMES).cells.retain(|(row, _), _| *row == 0 || *row == 3);
    let found = wrong(&none);
    assert_eq!(found.iter().filter(|(code, ..)| *code == "total-mismatch").count(), 3, "{found:?}");
    assert!(found.contains(&("required-figure-missing", "Schemes ".into(), String::new())), "{found:?}");
    // Without a total row there is nothing to compare and nothing to say.
    let mut bare = schemes();
    bare.sheet(SCHEMES).cells.retain(|(row, _), _| *row < 3);
    assert_eq!(wrong(&bare), []);
}
