//! What stands twice on a sheet, and what only looks as if it did.

use std::collections::BTreeMap;

use crate::contract::{self, Contract};
use crate::domain::period::Period;
use crate::domain::place::CellAddress;
use crate::domain::workbook::{Area, Sheet};
use crate::intake::mapped::{Asked, Mapped};
use crate::intake::mapping::map;
use crate::intake::testing::{book, sheet};

const DEFINITION: &str = r#"
id = "copies"
title = "Copies"
councils = ["Southshire Council"]
start = 2024-04-01
year-starts = "April"
review-every = "quarter"
kpis = []
areas = [{ name = "Fenshire East" }, { name = "Fenshire West" }]

[[forms]]
id = "monthly"
title = "Monthly return"
every = "month"
clause = "1"
due = { day-of-following-month = { day = 15 } }

[[forms.tables]]
id = "cases"
title = "Cases"
sheets = ["Cases"]
optional = true
layout = { grid = { key = "item" } }
columns = [
    { id = "item", headings = ["Item"] },
    { id = "number", headings = ["Number", "No. of people"], asks = "figure" },
    { id = "hours", headings = ["Hours"], asks = "figure" },
    { id = "remark", headings = ["Remark"], asks = "comment", optional = true },
]
rows = [
    { id = "new", labels = ["New cases"] },
    { id = "closed", labels = ["Closed cases"] },
]

[[forms.tables]]
id = "staff"
title = "Staff"
sheets = ["Staff"]
optional = true
layout = { records = { names = "name" } }
columns = [
    { id = "name", headings = ["Team"], asks = "text", required = true },
    { id = "hours", headings = ["Hours"], asks = "figure" },
    { id = "grade", headings = ["Grade"], asks = "text" },
]

[[forms.tables]]
id = "groups"
title = "Groups"
sheets = ["Groups"]
optional = true
layout = { grid = { key = "item", area-by = "column-group" } }
columns = [
    { id = "item", headings = ["Measure"] },
    { id = "made", headings = ["Made"], asks = "figure" },
    { id = "kept", headings = ["Kept"], asks = "figure" },
]
rows = [{ id = "visits", labels = ["Visits"] }]

[[forms.tables]]
id = "months"
title = "Months"
sheets = ["Months"]
optional = true
placed = { periods-across = true }
layout = { grid = { key = "item" } }
columns = [
    { id = "item", headings = ["By month"] },
    { id = "number", headings = [], asks = "figure" },
]
rows = [{ id = "calls", labels = ["Calls"] }, { id = "letters", labels = ["Letters"] }]

[[forms.tables]]
id = "spend"
title = "Spend"
sheets = ["Money"]
optional = true
placed = { below = ["Spend"] }
layout = { grid = { key = "line" } }
columns = [
    { id = "line", headings = ["Line"] },
    { id = "pounds", headings = ["Pounds"], asks = "amount" },
]
rows = [{ id = "rent", labels = ["Rent"] }]

[[forms.tables]]
id = "income"
title = "Income"
sheets = ["Money"]
optional = true
placed = { below = ["Income"] }
layout = { grid = { key = "line" } }
columns = [
    { id = "line", headings = ["Line"] },
    { id = "pounds", headings = ["Pounds"], asks = "amount" },
]
rows = [{ id = "grant", labels = ["Grant"] }]

[[forms.tables]]
id = "story"
title = "Story"
sheets = ["Story"]
optional = true
layout = { narrative = { key = "topic" } }
columns = [
    { id = "topic", headings = ["Topic"] },
    { id = "text", headings = ["Provider update"], asks = "text" },
]
rows = [
    { id = "risks", labels = ["Risks"] },
    { id = "outcomes", labels = ["Outcomes"] },
    { id = "staff", labels = ["Staffing"], optional = true },
]

[[forms.tables]]
id = "own"
title = "Own figures"
sheets = []
optional = true
layout = { grid = { key = "item", area-by = "sheet" } }
columns = [
    { id = "item", headings = ["Figure wanted"] },
    { id = "value", headings = ["Value"], asks = "figure" },
]
rows = [{ id = "open", labels = ["Open cases"] }, { id = "shut", labels = ["Shut cases"] }]
"#;

fn copies_contract() -> Contract {
    contract::read("copies.toml", DEFINITION).unwrap_or_else(|error| panic!("{error}"))
}

fn read(sheets: Vec<Sheet>) -> Mapped {
    let contract = copies_contract();
    let form = contract.form("monthly").unwrap();
    let period = Period::containing("2025-04-01".parse().unwrap(), form.every, 4);
    map(&book(sheets), Asked { contract: &contract, form, period, area: None })
}

/// What was found, but what is missing of the form; with the cells it is about.
fn found(mapped: &Mapped) -> Vec<(&'static str, String)> {
    mapped
        .findings
        .iter()
        .filter(|finding| !["empty-return", "sheet-missing", "row-missing"].contains(&finding.kind.code))
        .map(|finding| (finding.kind.code, finding.cell.map(|cell| cell.to_string()).unwrap_or_default()))
        .collect()
}

/// The numbers that were read, by the row and column of the form, with the area.
fn numbers(mapped: &Mapped) -> BTreeMap<String, String> {
    let of_grids = mapped.observations.iter().filter_map(|own| {
        let area = own.area.as_ref().map(|area| format!(" {area}")).unwrap_or_default();
        Some((format!("{} {}{area}", own.row, own.column), own.answer.number()?.normalize().to_string()))
    });
    let of_records = mapped.records.iter().flat_map(|record| {
        record.fields().filter_map(move |(id, field)| {
            Some((
                format!("{} {id}", record.field("name").unwrap().shown),
                field.answer.number()?.normalize().to_string(),
            ))
        })
    });
    of_grids.chain(of_records).collect()
}

/// A case: a name, the sheet's name and rows, the findings, and the numbers read.
type Case<'c> = (&'c str, &'c str, &'c [&'c [&'c str]], &'c [(&'c str, &'c str)], &'c [(&'c str, &'c str)]);

fn check(cases: &[Case<'_>]) {
    for (what, name, rows, expected, figures) in cases {
        let mapped = read(vec![sheet(name, rows)]);
        let found = found(&mapped);
        let found: Vec<(&str, &str)> = found.iter().map(|(code, cell)| (*code, cell.as_str())).collect();
        assert_eq!(found, *expected, "{what}");
        let numbers = numbers(&mapped);
        let numbers: Vec<(&str, &str)> =
            numbers.iter().map(|(at, text)| (at.as_str(), text.as_str())).collect();
        assert_eq!(numbers, *figures, "{what}");
    }
}

const PLAIN: &[(&str, &str)] =
    &[("closed hours", "8"), ("closed number", "2"), ("new hours", "9"), ("new number", "4")];

#[test]
fn a_column_that_stands_twice_is_read_where_both_say_the_same() {
    check(&[
        (
            "other figures: nothing of the rows that differ",
            "Cases",
            &[
                &["Item", "Number", "Number", "Hours"],
                &["New cases", "4", "5", "9"],
                &["Closed cases", "2", "2", "8"],
            ],
            &[("column-repeated", "B1"), ("figure-not-a-number", "B2")],
            &[("closed hours", "8"), ("closed number", "2"), ("new hours", "9")],
        ),
        (
            "as the last column",
            "Cases",
            &[
                &["Item", "Number", "Hours", "Hours"],
                &["New cases", "4", "9", "1"],
                &["Closed cases", "2", "8", "8"],
            ],
            &[("column-repeated", "C1"), ("figure-not-a-number", "C2")],
            &[("closed hours", "8"), ("closed number", "2"), ("new number", "4")],
        ),
        (
            "two spellings of one heading",
            "Cases",
            &[
                &["Item", "Number", "No. of people", "Hours"],
                &["New cases", "4", "5", "9"],
                &["Closed cases", "2", "2", "8"],
            ],
            &[("column-repeated", "B1"), ("figure-not-a-number", "B2")],
            &[("closed hours", "8"), ("closed number", "2"), ("new hours", "9")],
        ),
        (
            "a figure in one of them alone is not certain where the other has figures",
            "Cases",
            &[
                &["Item", "Number", "Number", "Hours"],
                &["New cases", "4", "4", "9"],
                &["Closed cases", "", "2", "8"],
            ],
            &[("column-repeated", "B1"), ("figure-not-a-number", "B3")],
            &[("closed hours", "8"), ("new hours", "9"), ("new number", "4")],
        ),
        (
            "the same figures",
            "Cases",
            &[
                &["Item", "Number", "Number", "Hours"],
                &["New cases", "4", "4", "9"],
                &["Closed cases", "2", "2", "8"],
                &["", "", "", ""],
                &["", "", "checked by", ""],
            ],
            &[("column-repeated-alike", "B1")],
            PLAIN,
        ),
        (
            "a spare column on the right",
            "Cases",
            &[
                &["Item", "Number", "Number", "Hours"],
                &["New cases", "4", "", "9"],
                &["Closed cases", "2", "Please select", "8"],
            ],
            &[("column-repeated-alike", "B1")],
            PLAIN,
        ),
        (
            "a spare column on the left",
            "Cases",
            &[
                &["Item", "Number", "Number", "Hours"],
                &["New cases", "", "4", "9"],
                &["Closed cases", "", "2", "8"],
            ],
            &[("column-repeated-alike", "B1")],
            PLAIN,
        ),
        (
            "records",
            "Staff",
            &[&["Team", "Hours", "Hours", "Grade"], &["Ash", "7", "6", "4a"], &["Elm", "5", "5", "4b"]],
            &[("column-repeated", "B1"), ("figure-not-a-number", "B2")],
            &[("Elm hours", "5")],
        ),
    ]);
}

#[test]
fn a_heading_that_stands_again_for_something_else_is_left_alone() {
    check(&[
        (
            "a list for drop-downs beside the table",
            "Cases",
            &[
                &["Item", "Number", "Hours", "", "Hours"],
                &["New cases", "4", "9", "", "10"],
                &["Closed cases", "2", "8", "", "20"],
            ],
            &[],
            PLAIN,
        ),
        (
            "groups that the form does not know, each with a heading of its own",
            "Cases",
            &[
                &["", "This month", "", "Last month", ""],
                &["Item", "Number", "Hours", "Number", "Hours"],
                &["New cases", "4", "9", "40", "90"],
                &["Closed cases", "2", "8", "20", "80"],
            ],
            &[],
            PLAIN,
        ),
        (
            "another table of the form beside it",
            "Cases",
            &[
                &["Item", "Number", "Hours", "Team", "Hours", "Grade"],
                &["New cases", "4", "9", "Ash", "7", "4a"],
                &["Closed cases", "2", "8", "Elm", "6", "4b"],
            ],
            &[],
            PLAIN,
        ),
        (
            "a label of the head above a blank heading",
            "Cases",
            &[
                &["Hours", "see below", "", "Hours"],
                &["Item", "Number", "Hours", ""],
                &["New cases", "4", "9", "1"],
                &["Closed cases", "2", "8", "1"],
            ],
            &[],
            PLAIN,
        ),
        (
            "areas",
            "Groups",
            &[
                &["", "Fenshire East", "", "Fenshire West", ""],
                &["Measure", "Made", "Kept", "Made", "Kept"],
                &["Visits", "1", "2", "3", "4"],
            ],
            &[],
            &[
                ("visits kept Fenshire East", "2"),
                ("visits kept Fenshire West", "4"),
                ("visits made Fenshire East", "1"),
                ("visits made Fenshire West", "3"),
            ],
        ),
        (
            "a last group of totals without a heading of its own",
            "Groups",
            &[
                &["", "Fenshire East", "", "Fenshire West", "", "", ""],
                &["Measure", "Made", "Kept", "Made", "Kept", "Made", "Kept"],
                &["Visits", "1", "2", "3", "4", "4", "6"],
            ],
            &[],
            &[
                ("visits kept Fenshire East", "2"),
                ("visits kept Fenshire West", "4"),
                ("visits made Fenshire East", "1"),
                ("visits made Fenshire West", "3"),
            ],
        ),
        (
            "one column of a group twice",
            "Groups",
            &[
                &["", "Fenshire East", "", "", "Fenshire West", ""],
                &["Measure", "Made", "Made", "Kept", "Made", "Kept"],
                &["Visits", "1", "5", "2", "3", "4"],
            ],
            &[("column-repeated", "B2"), ("figure-not-a-number", "B3")],
            &[
                ("visits kept Fenshire East", "2"),
                ("visits kept Fenshire West", "4"),
                ("visits made Fenshire West", "3"),
            ],
        ),
        (
            "months",
            "Months",
            &[
                &["By month", "Apr 2025", "May 2025", "Total"],
                &["Calls", "1", "2", "3"],
                &["Letters", "4", "5", "9"],
            ],
            &[],
            &[("calls number", "1"), ("letters number", "4")],
        ),
        (
            "the return's own month twice, and another",
            "Months",
            &[
                &["By month", "Apr 2025", "Apr 2025", "May 2025", "May 2025"],
                &["Calls", "1", "7", "2", "3"],
                &["Letters", "4", "4", "5", "9"],
            ],
            &[("column-repeated", "B1"), ("figure-not-a-number", "B2")],
            &[("letters number", "4")],
        ),
    ]);
    let mut merged = sheet(
        "Cases",
        &[
            &["Item", "Number", "Hours", "Remark", "Remark"],
            &["New cases", "4", "9", "late", "very"],
            &["Closed cases", "2", "8", "", ""],
        ],
    );
    merged.merged.push(Area { first: CellAddress::new(0, 3), last: CellAddress::new(0, 4) });
    assert_eq!(found(&read(vec![merged])), [], "one heading merged over two columns");
    let mut hidden = sheet("Cases", &[&["Item", "Number", "Number", "Hours"], &["New cases", "4", "5", "9"]]);
    hidden.hidden_columns.insert(1);
    assert_eq!(numbers(&read(vec![hidden]))["new number"], "5");
}

#[test]
fn a_table_that_stands_twice_side_by_side_is_named() {
    check(&[
        (
            "with other figures",
            "Cases",
            &[
                &["Item", "Number", "Hours", "", "Item", "Number", "Hours"],
                &["New cases", "4", "9", "", "New cases", "14", "19"],
                &["Closed cases", "2", "8", "", "Closed cases", "12", "18"],
            ],
            &[("table-repeated", "E1")],
            PLAIN,
        ),
        (
            "with no column between",
            "Cases",
            &[
                &["Item", "Number", "Hours", "Item", "Number", "Hours"],
                &["New cases", "4", "9", "New cases", "14", "19"],
                &["Closed cases", "2", "8", "Closed cases", "12", "18"],
            ],
            &[("table-repeated", "D1")],
            PLAIN,
        ),
        (
            "records",
            "Staff",
            &[
                &["Team", "Hours", "Grade", "", "Team", "Hours", "Grade"],
                &["Ash", "7", "4a", "", "Ash", "9", "4a"],
            ],
            &[("table-repeated", "E1")],
            &[("Ash hours", "7")],
        ),
        (
            "below a title of its own",
            "Money",
            &[
                &["Spend", "", "", "Spend", ""],
                &["Line", "Pounds", "", "Line", "Pounds"],
                &["Rent", "10", "", "Rent", "11"],
            ],
            &[("table-repeated", "D2")],
            &[("rent pounds", "10")],
        ),
        (
            "below one title",
            "Money",
            &[
                &["Spend", "", "", "", ""],
                &["Line", "Pounds", "", "Line", "Pounds"],
                &["Rent", "10", "", "Rent", "11"],
            ],
            &[("table-repeated", "D2")],
            &[("rent pounds", "10")],
        ),
        (
            "another table with the same headings below its own title",
            "Money",
            &[
                &["Spend", "", "", "Income", ""],
                &["Line", "Pounds", "", "Line", "Pounds"],
                &["Rent", "10", "", "Grant", "11"],
            ],
            &[],
            &[("grant pounds", "11"), ("rent pounds", "10")],
        ),
        (
            "a heading of the left one misspelt: nothing is taken from the right one",
            "Staff",
            &[
                &["Team", "Huors", "Grade", "", "Team", "Hours", "Grade"],
                &["Ash", "7", "4a", "", "Ash", "9", "4a"],
            ],
            &[("heading-renamed", "B1"), ("table-repeated", "E1")],
            &[("Ash hours", "7")],
        ),
    ]);
}

#[test]
fn a_table_of_two_columns_is_found_by_one_of_them_where_its_rows_stand_below() {
    let texts = |rows: &[&[&str]], name: &str| {
        let mapped = read(vec![sheet(name, rows)]);
        let texts = mapped.observations.iter().filter(|own| own.column == "text");
        (texts.map(|own| own.shown.clone()).collect::<Vec<_>>(), found(&mapped))
    };
    let renamed = |cell: &str| vec![("heading-renamed", cell.to_string())];
    let rows: &[&[&str]] = &[&["Topic", "Provder update"], &["Risks", "None new"], &["Outcomes", "Two"]];
    assert_eq!(texts(rows, "Story"), (vec!["None new".into(), "Two".into()], renamed("B1")));
    let rows: &[&[&str]] = &[
        &["Topic:", "Advocacy"],
        &[],
        &["Topicc", "Provider update"],
        &["Risks", "None new"],
        &["Outcomes", "Two"],
    ];
    assert_eq!(texts(rows, "Story"), (vec!["None new".into(), "Two".into()], renamed("A3")));
    let nothing = (Vec::new(), Vec::new());
    let cases: [(&str, &str, &[&[&str]]); 4] = [
        ("a sheet of another name", "Notes", rows),
        ("other rows", "Story", &[&["Topic", "Provder update"], &["Weather", "Dry"], &["Risks", "x"]]),
        ("nothing like the other", "Story", &[&["Topic", "Owner"], &["Risks", "A"], &["Outcomes", "B"]]),
        ("both misspelt", "Story", &[&["Topicc", "Provder update"], &["Risks", "A"], &["Outcomes", "B"]]),
    ];
    for (what, name, rows) in cases {
        assert_eq!(texts(rows, name), nothing, "{what}");
    }
}

#[test]
fn a_further_sheet_of_an_area_is_named() {
    let rows: &[&[&str]] = &[&["Figure wanted", "Value"], &["Open cases", "3"], &["Shut cases", "1"]];
    let copy: &[&[&str]] = &[&["Figure wanted", "Value"], &["Open cases", "9"], &["Shut cases", "9"]];
    let plain = [("open value Fenshire East", "3"), ("open value Fenshire West", "3")];
    for (name, is_copy) in [
        ("Fenshire East (2)", true),
        ("Fenshire East old", true),
        ("Copy of Fenshire West", true),
        ("Fenshire Eastt", true),
        ("Fenshire East and Fenshire West", false),
        ("Total", false),
        ("Fenshire", false),
    ] {
        for first in [true, false] {
            let mut sheets = vec![sheet("Fenshire East", rows), sheet("Fenshire West", rows)];
            sheets.insert(if first { 0 } else { 2 }, sheet(name, copy));
            let mapped = read(sheets);
            let named = mapped.findings.iter().filter(|own| own.kind.code == "table-repeated");
            let named: Vec<&str> = named.filter_map(|own| own.sheet.as_deref()).collect();
            assert_eq!(named, if is_copy { vec![name] } else { Vec::new() }, "{name}");
            let numbers = numbers(&mapped);
            assert!(plain.iter().all(|(at, text)| numbers[*at] == *text), "{name}: {numbers:?}");
        }
    }
    let notes = sheet("Fenshire East notes", &[&["Date", "What was said"], &["1 May", "Nothing"]]);
    let mapped = read(vec![sheet("Fenshire East", rows), sheet("Fenshire West", rows), notes]);
    assert_eq!(found(&mapped), [], "a sheet of the area without the table");
}
