//! A return whose figures are the sums of a table of schemes: records with figures, a total row, rows known by their number, rows that
//! are not asked for in every return.

use super::{as_sheet, codes, merged};
use crate::contract::{self, Contract};
use crate::domain::answer::Answer;
use crate::domain::period::Period;
use crate::domain::workbook::{Cell, Sheet};
use crate::intake::mapped::{Asked, Mapped};
use crate::intake::mapping::map;
use crate::intake::testing::book;

const DEFINITION: &str = r#"
id = "schemes"
title = "Schemes"
councils = ["Southshire Council"]
start = 2024-04-01
year-starts = "April"
review-every = "quarter"
kpis = []

[[forms]]
id = "quarterly"
title = "Quarterly return"
every = "quarter"
clause = "1"
due = { day-of-following-month = { day = 15 } }

[[forms.tables]]
id = "kpis"
title = "Key performance indicators"
sheets = ["KPI return"]
optional = true
layout = { grid = { key = "title", reference = "ref" } }
columns = [
    { id = "ref", headings = ["Ref"] },
    { id = "title", headings = ["Title"] },
    { id = "numerator", headings = ["Numerator"], asks = "numerator" },
    { id = "denominator", headings = ["Denominator"], asks = "denominator" },
    { id = "value", headings = ["Value"], asks = "result" },
]
rows = [
    { id = "1", labels = ["Outcomes"], unit = "percent", every = "half-year" },
    { id = "3a", labels = ["Complaints", "Complaints and Concerns"] },
    { id = "3b", labels = ["Concerns", "Complaints and Concerns"] },
    { id = "5", labels = ["Delivery of hours"], unit = "percent", parts = "hours" },
]

[[forms.tables]]
id = "schemes"
title = "Schemes"
sheets = ["Schemes"]
optional = true
layout = { records = { total = true, names = "scheme" } }
columns = [
    { id = "scheme", headings = ["Scheme"], asks = "text" },
    { id = "users", headings = ["Service users"], asks = "figure", required = true },
    { id = "hours", headings = ["Delivered hours"], asks = "figure", unit = "hours", required = true },
    { id = "share", headings = ["Qualified"], asks = "figure", unit = "percent" },
    { id = "comment", headings = ["Comments"], asks = "comment", optional = true },
]
"#;

fn schemes_contract() -> Contract {
    contract::read("schemes.toml", DEFINITION).unwrap_or_else(|error| panic!("{error}"))
}

fn read(sheets: Vec<Sheet>, day: &str) -> Mapped {
    let contract = schemes_contract();
    let form = contract.form("quarterly").unwrap();
    let period = Period::containing(day.parse().unwrap(), form.every, 4);
    map(&book(sheets), Asked { contract: &contract, form, period, area: None })
}

/// The table of schemes with these rows below its headings in row 1.
fn schemes(rows: &[[&str; 5]]) -> Mapped {
    read(vec![schemes_sheet(rows)], "2025-04-01")
}

fn schemes_sheet(rows: &[[&str; 5]]) -> Sheet {
    let mut all = vec![vec!["Scheme", "Service users", "Delivered hours", "Qualified", "Comments"]];
    all.extend(rows.iter().map(|row| row.to_vec()));
    as_sheet("Schemes", &all)
}

fn names(mapped: &Mapped) -> Vec<&str> {
    mapped.records.iter().map(|record| record.field("scheme").unwrap().shown).collect()
}

fn found(mapped: &Mapped) -> Vec<(&'static str, String)> {
    mapped
        .findings
        .iter()
        .map(|finding| (finding.kind.code, finding.cell.map(|cell| cell.to_string()).unwrap_or_default()))
        .collect()
}

#[test]
fn figures_of_records_read_with_their_units() {
    let mapped = schemes(&[
        ["Ash House", "12", "120 hrs", "94%", ""],
        ["Elm House", " 1,240 ", "1,240.5", "", "Two vacancies"],
        ["Oak House", "0", "nil", "N/A", ""],
    ]);
    assert_eq!(found(&mapped), []);
    let figure =
        |row: usize, id: &str| mapped.records.iter().nth(row).unwrap().field(id).unwrap().answer.clone();
    let number = |text: &str| Answer::Number(text.parse().unwrap());
    assert_eq!(
        [figure(0, "users"), figure(0, "hours"), figure(0, "share")],
        [number("12"), number("120"), number("0.94")]
    );
    assert_eq!(
        [figure(1, "users"), figure(1, "hours"), figure(1, "share")],
        [number("1240"), number("1240.5"), Answer::Blank]
    );
    assert_eq!(
        [figure(2, "users"), figure(2, "hours"), figure(2, "share")],
        [number("0"), Answer::Nil, Answer::NotApplicable]
    );
    assert!(mapped.usable);
}

#[test]
fn a_figure_that_is_missing_or_impossible_is_an_error_at_its_cell_and_never_zero() {
    for (users, hours, share, code, cell) in [
        ("", "10", "", "required-figure-missing", "B2"),
        ("N/A", "10", "", "required-figure-missing", "B2"),
        ("not recorded", "10", "", "required-figure-missing", "B2"),
        ("Please select", "10", "", "required-figure-missing", "B2"),
        ("about 12", "10", "", "figure-not-a-number", "B2"),
        ("#REF!", "10", "", "figure-not-a-number", "B2"),
        ("2.5", "10", "", "figure-impossible", "B2"),
        ("2", "-10", "", "figure-impossible", "C2"),
        ("2", "10 days", "", "figure-not-a-number", "C2"),
        ("2", "10", "most", "figure-not-a-number", "D2"),
    ] {
        let mapped = schemes(&[["Ash House", users, hours, share, ""], ["Elm House", "1", "1", "", ""]]);
        assert_eq!(found(&mapped), [(code, cell.to_string())], "{users} {hours} {share}");
        let column = ["scheme", "users", "hours", "share"][(cell.as_bytes()[0] - b'A') as usize];
        assert_eq!(
            mapped.records.iter().next().unwrap().field(column).unwrap().answer.number(),
            None,
            "{users} {hours} {share}"
        );
        assert!(mapped.findings[0].message.starts_with("Ash House, "), "{}", mapped.findings[0].message);
    }
}

#[test]
fn total_rows_are_kept_apart_wherever_their_label_stands() {
    for total in [
        ["Total", "5", "7.5", "", ""],
        ["TOTALS:", "5", "7.5", "", ""],
        ["Grand total", "5", "7.5", "", ""],
        ["Total for all schemes", "5", "7.5", "", ""],
    ] {
        let mapped = schemes(&[["Ash House", "2", "3.5", "", ""], ["Elm House", "3", "4", "", ""], total]);
        assert_eq!(names(&mapped), ["Ash House", "Elm House"], "{total:?}");
        assert_eq!(mapped.totals.len(), 1);
        assert_eq!(mapped.totals[0].fields["hours"].answer, Answer::Number("7.5".parse().unwrap()));
        assert_eq!(found(&mapped), [], "{total:?}");
    }
    // In a column before the table's own, and a scheme that is called so.
    let rows: Vec<Vec<&str>> = vec![
        vec!["", "Scheme", "Service users", "Delivered hours", "Qualified"],
        vec!["1", "Total Care House", "2", "3.5", ""],
        vec!["Total", "", "2", "3.5", ""],
    ];
    let mapped = read(vec![as_sheet("Schemes", &rows)], "2025-04-01");
    assert_eq!((names(&mapped), mapped.totals.len()), (vec!["Total Care House"], 1));
    // Without a label, where all of it is computed.
    let mut sheet = schemes_sheet(&[["Ash House", "2", "3.5", "", ""], ["", "2", "3.5", "", ""]]);
    for (address, cell) in sheet.cells.range_mut(..) {
        cell.formula = address.row == 2;
    }
    let mapped = read(vec![sheet], "2025-04-01");
    assert_eq!((names(&mapped), mapped.totals.len(), found(&mapped)), (vec!["Ash House"], 1, vec![]));
}

#[test]
fn subtotals_and_remarks_are_passed_over_and_said() {
    let mapped = schemes(&[
        ["Ash House", "2", "3", "", ""],
        ["North total", "2", "3", "", ""],
        ["Elm House", "3", "4", "", ""],
        ["Sub-total", "3", "4", "", ""],
        ["Total", "5", "7", "", ""],
        ["Hours are those of the rota.", "", "", "", ""],
    ]);
    assert_eq!(names(&mapped), ["Ash House", "Elm House"]);
    assert_eq!(mapped.totals.len(), 1);
    let said: Vec<(&str, String)> = ["A3", "A5", "A7"].map(|cell| ("row-unknown", cell.to_string())).into();
    assert_eq!(found(&mapped), said);
    // Called a total in the middle, and again at the end.
    let mapped = schemes(&[
        ["Ash House", "2", "3", "", ""],
        ["Total", "2", "3", "", ""],
        ["Elm House", "3", "4", "", ""],
        ["Total", "5", "7", "", ""],
    ]);
    assert_eq!((mapped.totals.len(), found(&mapped)), (1, vec![("row-unknown", "A3".to_string())]));
    // A scheme without a figure is one, whatever follows.
    let mapped = schemes(&[["Ash House", "", "", "", ""], ["Total", "0", "0", "", ""]]);
    assert_eq!(names(&mapped), ["Ash House"]);
    assert_eq!(codes(&mapped), [("empty-return", None)]);
}

#[test]
fn schemes_are_named_once_and_each_has_a_name() {
    let mapped = schemes(&[["Ash House", "2", "3", "", ""], [" ash  house", "3", "4", "", ""]]);
    assert_eq!(found(&mapped), [("duplicate-reference", "A3".to_string())]);
    assert_eq!(mapped.findings[0].involved[0].cell.to_string(), "A2");
    let mapped = schemes(&[["Ash House", "2", "3", "", ""], ["", "3", "4", "", ""]]);
    assert_eq!(found(&mapped), [("log-entry-unreadable", "A3".to_string())]);
    assert_eq!(found(&schemes(&[])), [("empty-return", String::new())]);
}

/// The KPI table with these rows below its headings in row 1.
fn kpis(rows: &[[&str; 5]], day: &str) -> Mapped {
    let mut all = vec![vec!["Ref", "Title", "Numerator", "Denominator", "Value"]];
    all.extend(rows.iter().map(|row| row.to_vec()));
    read(vec![as_sheet("KPI return", &all)], day)
}

const HOURS: [&str; 5] = ["KPI 5", "Delivery of hours", "1,200.5", "1250.25", "96.0%"];

fn values(mapped: &Mapped) -> Vec<(&str, String)> {
    mapped
        .observations
        .iter()
        .filter(|o| o.column == "value")
        .filter_map(|o| Some((o.row.as_str(), o.answer.number()?.normalize().to_string())))
        .collect()
}

#[test]
fn a_number_tells_rows_of_one_title_apart() {
    for [a, b] in [["KPI 3a", "KPI 3b"], ["3a", "3b"], ["KPI3a", "KPI3b"], ["3 a", "3 B"], ["3(a)", "3 (b)"]]
    {
        for titles in [
            ["Complaints and Concerns", "Complaints and Concerns"],
            ["Complaints", "Concerns"],
            ["", ""],
            ["complaints and  concerns:", "Complaints and Concerns"],
        ] {
            let rows = [[a, titles[0], "", "", "4"], [b, titles[1], "", "", "7"], HOURS];
            let mapped = kpis(&rows, "2025-04-01");
            assert_eq!(found(&mapped), [], "{a} {titles:?}");
            let own = [("3a", "4".to_string()), ("3b", "7".into()), ("5", "0.96".into())];
            assert_eq!(values(&mapped), own, "{a} {titles:?}");
            let swapped = kpis(&[rows[1], rows[0], HOURS], "2025-04-01");
            assert_eq!(found(&swapped), [], "{a} {titles:?}");
        }
    }
    // With no number nothing tells the two apart, so that neither is read.
    let title = "Complaints and Concerns";
    let mapped = kpis(&[["", title, "", "", "4"], ["", title, "", "", "7"], HOURS], "2025-04-01");
    assert_eq!(values(&mapped), [("5", "0.96".into())]);
    let missing = mapped.findings.iter().filter(|finding| finding.kind.code == "row-missing").count();
    assert_eq!(missing, 2);
}

#[test]
fn numerators_of_hours_may_be_fractions_and_others_may_not() {
    let rest = [["3a", "Complaints", "", "", "0"], ["3b", "Concerns", "", "", "0"]];
    let mapped = kpis(&[rest[0], rest[1], HOURS], "2025-04-01");
    assert_eq!(found(&mapped), []);
    let outcomes = ["1", "Outcomes", "1.5", "3", "50%"];
    let mapped = kpis(&[outcomes, rest[0], rest[1], HOURS], "2025-07-01");
    assert_eq!(found(&mapped), [("figure-impossible", "C2".to_string())]);
}

#[test]
fn rows_stand_only_in_the_returns_that_end_their_interval() {
    let rest = [["3a", "Complaints", "", "", "0"], ["3b", "Concerns", "", "", "0"], HOURS];
    let with = |first: [&str; 5], day: &str| kpis(&[first, rest[0], rest[1], rest[2]], day);
    let (asked, not_asked) = ("2025-07-01", "2025-04-01");
    assert_eq!(found(&kpis(&rest, not_asked)), []);
    assert_eq!(found(&kpis(&rest, asked)), [("row-missing", String::new())]);
    for [numerator, denominator, value] in
        [["", "", ""], ["N/A", "N/A", "N/A"], ["-", "", "not due"], ["", "", "Half-yearly"]]
    {
        let row = ["KPI 1", "Outcomes", numerator, denominator, value];
        assert_eq!(found(&with(row, not_asked)), [], "{value}");
        assert!(!found(&with(row, asked)).is_empty(), "{value}");
    }
    let row = ["KPI 1", "Outcomes", "9", "10", "90%"];
    assert_eq!(found(&with(row, asked)), []);
    let mapped = with(row, not_asked);
    assert_eq!(found(&mapped), [("row-not-due", "C2".to_string())]);
    assert!(values(&mapped).contains(&("1", "0.9".to_string())));
}

#[test]
fn merged_names_and_hidden_rows_are_no_other_records() {
    let rows = [["Ash House", "2", "3", "", ""], ["Elm House", "9", "9", "", ""], ["Total", "", "2", "", ""]];
    let mut sheet = merged(schemes_sheet(&rows), &[("A4", "B4")]);
    sheet.hidden_rows.insert(2);
    let mapped = read(vec![sheet], "2025-04-01");
    assert_eq!((names(&mapped), mapped.totals.len()), (vec!["Ash House"], 1));
    // A total that was not calculated is asked about, and is no figure.
    let mut sheet = schemes_sheet(&[["Ash House", "2", "3", "", ""], ["Total", "2", "3", "", ""]]);
    let place = crate::domain::place::CellAddress::new(2, 1);
    let look = sheet.cells[&place].look.clone();
    sheet.cells.insert(place, Cell { content: crate::domain::workbook::Content::Blank, formula: true, look });
    let mapped = read(vec![sheet], "2025-04-01");
    assert_eq!(found(&mapped), [("formula-not-calculated", "B3".to_string())]);
}
