//! What stands among and below the records of a table without being one: totals, remarks, and the next table.

use super::as_sheet;
use crate::contract::{self, Contract};
use crate::domain::period::Period;
use crate::intake::mapped::{Asked, Mapped};
use crate::intake::mapping::map;
use crate::intake::testing::book;

const DEFINITION: &str = r#"
id = "fleet"
title = "Fleet"
councils = ["Southshire Council"]
start = 2024-04-01
year-starts = "April"
review-every = "quarter"
kpis = []

[[forms]]
id = "certification"
title = "Certification"
every = "quarter"
clause = "1"
due = { day-of-following-month = { day = 15 } }

[[forms.tables]]
id = "vehicles"
title = "Vehicles"
sheets = ["Vehicles"]
layout = { records = {} }
columns = [
    { id = "fleet", headings = ["Fleet no."], asks = "text", required = true },
    { id = "depot", headings = ["Depot"], asks = "text" },
    { id = "seats", headings = ["Seats"], asks = "figure" },
    { id = "mot", headings = ["MOT expires"], asks = "date" },
    { id = "remarks", headings = ["Remarks"], asks = "comment", optional = true },
]

[[forms.tables]]
id = "people"
title = "People"
sheets = ["People"]
optional = true
layout = { records = {} }
columns = [
    { id = "number", headings = ["Staff no."], asks = "text", required = true },
    { id = "depot", headings = ["Depot"], asks = "text" },
    { id = "trained", headings = ["Training"], asks = "date" },
]

[[forms.tables]]
id = "counts"
title = "Counts"
sheets = ["Counts"]
optional = true
layout = { grid = { key = "item" } }
columns = [
    { id = "item", headings = ["Item"] },
    { id = "number", headings = ["Number"], asks = "result" },
]
rows = [{ id = "1", labels = ["Vehicles in use"] }, { id = "2", labels = ["Depots in use"] }]
"#;

fn fleet() -> Contract {
    contract::read("fleet.toml", DEFINITION).unwrap_or_else(|error| panic!("{error}"))
}

const HEADINGS: [&str; 5] = ["Fleet no.", "Depot", "Seats", "MOT expires", "Remarks"];
const A: [&str; 5] = ["A1", "North", "16", "2025-11-30", ""];
const B: [&str; 5] = ["B2", "South", "8", "2025-12-31", ""];
const NOTHING: [&str; 5] = [""; 5];

/// The sheet of vehicles with these rows below its headings in row 1.
fn vehicles(rows: &[[&str; 5]]) -> Mapped {
    let mut all = vec![HEADINGS.to_vec()];
    all.extend(rows.iter().map(|row| row.to_vec()));
    of(&all)
}

fn of(rows: &[Vec<&str>]) -> Mapped {
    let contract = fleet();
    let form = contract.form("certification").unwrap();
    let period = Period::containing("2025-04-01".parse().unwrap(), form.every, 4);
    map(&book(vec![as_sheet("Vehicles", rows)]), Asked { contract: &contract, form, period, area: None })
}

/// The records of a table by their first column.
fn names<'m>(mapped: &'m Mapped, table: &str) -> Vec<&'m str> {
    let column = if table == "people" { "number" } else { "fleet" };
    let own = mapped.records.of_table(table);
    own.map(|record| record.field(column).unwrap().shown).collect()
}

fn found(mapped: &Mapped) -> Vec<(&'static str, String)> {
    let cell = |finding: &crate::domain::finding::Finding| {
        finding.cell.map(|cell| cell.to_string()).unwrap_or_default()
    };
    mapped.findings.iter().map(|finding| (finding.kind.code, cell(finding))).collect()
}

#[test]
fn totals_are_no_records_and_a_word_is_said_of_each() {
    for total in [
        ["Total", "", "24", "", ""],
        ["TOTALS:", "", "24", "", ""],
        ["Subtotal", "", "24", "", ""],
        ["Sub-total:", "", "24", "", "both depots"],
        ["Grand total", "", "24", "", ""],
        ["Overall total", "2 depots", "24", "", ""],
        ["Overall", "", "24", "", ""],
        ["North total", "", "24", "", "to be checked"],
        ["Total", "all depots", "24", "2", ""],
        ["", "Total", "24", "", ""],
        ["", "", "24", "", "Total"],
    ] {
        let mapped = vehicles(&[A, total, B]);
        // What begins with a figure has no label, whatever is said behind it.
        let is_total = total[4] != "Total";
        let expected = if is_total { vec!["A1", "B2"] } else { vec!["A1", "", "B2"] };
        assert_eq!(names(&mapped, "vehicles"), expected, "{total:?}");
        let cell = if total[0].is_empty() { "B3" } else { "A3" };
        if is_total {
            assert_eq!(found(&mapped), [("row-unknown", cell.to_string())], "{total:?}");
        }
        assert!(mapped.totals.is_empty());
    }
    // Without a figure nothing is lost.
    assert_eq!(found(&vehicles(&[A, ["Subtotal", "", "", "", ""], B])), []);
}

#[test]
fn what_may_be_a_record_with_a_totals_name_stays_one() {
    for (row, code) in [
        (["Total Care Ltd", "North", "8", "2025-12-31", ""], None),
        (["Total Care Ltd", "", "8", "", ""], None),
        (["Overall", "North", "8", "2025-12-31", ""], None),
        (["Overall", "North", "8", "", ""], None),
        (["Overall", "", "", "", ""], None),
        (["North total", "", "", "", ""], None),
        (["North total", "", "8", "2025-12-31", ""], None),
        (["Summer Lane", "", "8", "", ""], None),
        (["Total", "North", "8", "2025-12-31", ""], Some("record-called-total")),
        (["Subtotal", "", "", "2025-12-31", ""], Some("record-called-total")),
        (["C3", "Total", "8", "", "Total"], None),
    ] {
        let mapped = vehicles(&[A, row, B]);
        assert_eq!(names(&mapped, "vehicles"), ["A1", row[0], "B2"], "{row:?}");
        let expected: Vec<_> = code.map(|code| (code, "A3".to_string())).into_iter().collect();
        assert_eq!(found(&mapped), expected, "{row:?}");
    }
}

#[test]
fn a_sentence_alone_below_the_records_is_a_remark() {
    const SENTENCE: [&str; 5] = ["Please send the form by the date in the schedule.", "", "", "", ""];
    let total = ["Total", "", "24", "", ""];
    for (rows, records, remarks) in [
        (vec![A, B, NOTHING, SENTENCE], 2, vec!["A5"]),
        (vec![A, B, NOTHING, NOTHING, SENTENCE], 2, vec!["A6"]),
        (
            vec![A, B, NOTHING, SENTENCE, ["The fleet is insured as a whole.", "", "", "", ""]],
            2,
            vec!["A5", "A6"],
        ),
        (vec![A, B, total, SENTENCE], 2, vec!["A4", "A5"]),
        // Right below the others, or no farther from them than they from each other.
        (vec![A, B, SENTENCE], 3, vec![]),
        (vec![A, NOTHING, B, NOTHING, SENTENCE], 3, vec![]),
        // With anything else in its row, in another column, between records, or with none above.
        (vec![A, B, NOTHING, [SENTENCE[0], "North", "", "", ""]], 3, vec![]),
        (vec![A, B, NOTHING, [SENTENCE[0], "", "", "2025-12-31", ""]], 3, vec![]),
        (vec![A, B, NOTHING, ["", SENTENCE[0], "", "", ""]], 3, vec![]),
        (vec![A, NOTHING, SENTENCE, NOTHING, B], 3, vec![]),
        (vec![NOTHING, SENTENCE], 1, vec![]),
        // A name, however far it stands and however long it is.
        (vec![A, B, NOTHING, ["C3", "", "", "", ""]], 3, vec![]),
        (vec![A, B, NOTHING, ["The Old Mill Minibus of the North Depot", "", "", "", ""]], 3, vec![]),
        // Where records are called in sentences, two blank rows tell.
        (vec![["the van with the blue doors", "", "8", "", ""], NOTHING, SENTENCE], 2, vec![]),
        (vec![["the van with the blue doors", "", "8", "", ""], NOTHING, NOTHING, SENTENCE], 1, vec!["A5"]),
    ] {
        let mapped = vehicles(&rows);
        assert_eq!(names(&mapped, "vehicles").len(), records, "{rows:?}");
        let found: Vec<String> = found(&mapped)
            .into_iter()
            .filter(|(code, _)| *code == "row-unknown")
            .map(|(_, cell)| cell)
            .collect();
        assert_eq!(found, remarks, "{rows:?}");
    }
}

#[test]
fn a_table_ends_where_the_headings_of_the_next_begin() {
    let people = [
        vec!["Staff no.", "Depot", "Training"],
        vec!["7", "North", "2025-05-01"],
        vec!["8", "South", "2025-05-02"],
    ];
    let upper = [HEADINGS.to_vec(), A.to_vec(), B.to_vec()];
    let with = |between: &[Vec<&'static str>]| {
        let mut rows: Vec<Vec<&str>> = upper.to_vec();
        rows.extend(between.iter().cloned());
        rows.extend(people.iter().cloned());
        rows
    };
    for (what, between) in [
        ("right below", vec![]),
        ("after blank rows", vec![vec![], vec![]]),
        ("below a title", vec![vec![], vec!["People who drive"]]),
        ("below labels", vec![vec![], vec!["Provider", "Quay Travel"], vec!["Period", "Q1 2025-26"]]),
    ] {
        let mapped = of(&with(&between));
        assert_eq!(names(&mapped, "vehicles"), ["A1", "B2"], "{what}");
        assert_eq!(names(&mapped, "people"), ["7", "8"], "{what}");
        assert_eq!(found(&mapped), [("sheet-renamed", String::new())], "{what}");
    }
    // Far down it is found all the same.
    let mapped = of(&with(&vec![vec![]; 90]));
    assert_eq!((names(&mapped, "vehicles").len(), names(&mapped, "people").len()), (2, 2));
    // What stands between without a blank row is a record.
    let mapped = of(&with(&[vec![], B.to_vec()]));
    assert_eq!((names(&mapped, "vehicles").len(), names(&mapped, "people").len()), (3, 2));
    // A grid below, and records below that.
    let mut rows = with(&[]);
    rows.extend([vec![], vec!["Item", "Number"], vec!["Vehicles in use", "2"], vec!["Depots in use", "2"]]);
    let mapped = of(&rows);
    assert_eq!((names(&mapped, "vehicles").len(), names(&mapped, "people").len()), (2, 2));
    assert_eq!(mapped.observations.len(), 2);
}

#[test]
fn headings_that_are_not_for_certain_those_of_another_table_end_none() {
    for row in [
        // One heading is a word like others.
        vec!["Depot", "North", "4", "", ""],
        // Its own again, as on a second page.
        HEADINGS.to_vec(),
        // Beside the table.
        vec!["C3", "North", "4", "2025-12-31", "", "", "Staff no.", "Depot", "Training"],
    ] {
        let mapped = of(&[HEADINGS.to_vec(), A.to_vec(), row.clone(), B.to_vec()]);
        assert_eq!(names(&mapped, "vehicles").last(), Some(&"B2"), "{row:?}");
        assert!(names(&mapped, "vehicles").len() == 3, "{row:?}");
    }
}

#[test]
fn a_table_below_another_that_is_not_read_is_named() {
    let rows = |named: &str| {
        let people = [vec!["Staff no.", "Depot", "Training"], vec!["7", "North", "2025-05-01"]];
        let mut joined = vec![HEADINGS.to_vec(), A.to_vec(), vec![]];
        joined.extend(people.iter().cloned());
        let contract = fleet();
        let form = contract.form("certification").unwrap();
        let period = Period::containing("2025-04-01".parse().unwrap(), form.every, 4);
        let book = book(vec![as_sheet("Vehicles", &joined), as_sheet(named, &people)]);
        let mapped = map(&book, Asked { contract: &contract, form, period, area: None });
        (names(&mapped, "vehicles").len(), names(&mapped, "people").len(), found(&mapped))
    };
    assert_eq!(rows("People"), (1, 1, vec![("table-repeated", "A4".to_string())]));
}
