//! A self-assessment: criteria in groups that are named once, scored on a scale with evidence, signed and dated.

use super::{as_sheet, merged};
use crate::contract::{self, Contract};
use crate::domain::period::Period;
use crate::domain::workbook::Sheet;
use crate::intake::mapped::{Asked, Mapped};
use crate::intake::mapping::map;
use crate::intake::recognise::{KnownProvider, Providers, Recognised, recognise};
use crate::intake::testing::{book, cell};

const DEFINITION: &str = r#"
id = "assessment"
title = "Assessment"
councils = ["Southshire Council"]
start = 2018-04-01
year-starts = "April"
review-every = "month"
kpis = []

[[forms]]
id = "assessment"
title = "Self-assessment"
every = "month"
clause = "1"
due = { day-of-following-month = { day = 15 } }

[forms.labels]
provider = ["Contract"]
period = ["Review date"]
signed = ["Signed", "Signed by"]
signed-on = ["Date signed"]
others = [
    { id = "owner", title = "Who owns it", labels = ["Contract owner"] },
    { id = "value", labels = ["Annual value"] },
    { id = "end", labels = ["Contract end"] },
]

[[forms.tables]]
id = "criteria"
title = "Self-assessment"
sheets = ["Self-assessment"]
layout = { records = { names = "criterion", group = "area", evidenced = { score = "score", from = 4, by = "evidence" } } }
columns = [
    { id = "area", headings = ["Area"], asks = "text" },
    { id = "criterion", headings = ["Criterion"], asks = "text" },
    { id = "score", headings = ["Score"], asks = "score", scale = { from = 1, to = 5 } },
    { id = "evidence", headings = ["Evidence"], asks = "text" },
    { id = "improvement", headings = ["Planned improvement"], asks = "comment", optional = true },
]
rows = [
    { id = "1", labels = ["Planning and governance"] },
    { id = "2", labels = ["People"] },
    { id = "3", labels = ["Risk", "Risk management"] },
]
"#;

fn assessment() -> Contract {
    contract::read("assessment.toml", DEFINITION).unwrap_or_else(|error| panic!("{error}"))
}

/// The head of the form as it should be, in rows 1 to 6; the table's headings stand in row 8.
const HEAD: [[&str; 2]; 6] = [
    ["Contract", "Meals at home"],
    ["Contract owner:", "Head of Service"],
    ["Annual value", ""],
    ["Review date", "2018-06-14"],
    ["Signed", "Head of Service"],
    ["Date signed", "12/06/2018"],
];

const ROWS: [[&str; 4]; 4] = [
    ["Planning and governance", "There is a plan", "3", "Plan of 2017"],
    ["", "The plan is kept", "4 - Good", "Minutes"],
    ["People", "Roles are known", "2/5", ""],
    ["Risk", "Risks are logged", "5", "Register"],
];

fn form(head: &[[&str; 2]], rows: &[[&str; 4]]) -> Sheet {
    let mut all: Vec<Vec<&str>> = head.iter().map(|row| row.to_vec()).collect();
    all.push(vec![]);
    all.push(vec!["Area", "Criterion", "Score", "Evidence", "Planned improvement"]);
    all.extend(rows.iter().map(|row| row.to_vec()));
    as_sheet("Self-assessment", &all)
}

fn read(sheet: Sheet) -> Mapped {
    let contract = assessment();
    let form = contract.form("assessment").unwrap();
    let period = Period::containing("2018-06-01".parse().unwrap(), form.every, 4);
    map(&book(vec![sheet]), Asked { contract: &contract, form, period, area: None })
}

fn found(mapped: &Mapped) -> Vec<(&'static str, String)> {
    mapped
        .findings
        .iter()
        .map(|finding| (finding.kind.code, finding.cell.map(|cell| cell.to_string()).unwrap_or_default()))
        .collect()
}

/// What is found with one cell of the form changed.
fn with(address: &str, text: &str) -> Vec<(&'static str, String)> {
    let mut sheet = form(&HEAD, &ROWS);
    let address = crate::domain::place::CellAddress::parse(address).unwrap();
    match cell(text) {
        Some(cell) => sheet.cells.insert(address, cell),
        None => sheet.cells.remove(&address),
    };
    found(&read(sheet))
}

fn groups(mapped: &Mapped) -> Vec<Option<&str>> {
    mapped.records.iter().map(|record| record.group()).collect()
}

#[test]
fn groups_are_named_once_or_merged_or_on_a_row_of_their_own() {
    let expected = vec![Some("1"), Some("1"), Some("2"), Some("3")];
    let plain = read(form(&HEAD, &ROWS));
    assert_eq!((groups(&plain), found(&plain)), (expected.clone(), vec![]));
    let over = read(merged(form(&HEAD, &ROWS), &[("A9", "A10")]));
    assert_eq!((groups(&over), found(&over)), (expected.clone(), vec![]));
    let mut rows = ROWS;
    (rows[0][0], rows[1][0], rows[2][0], rows[3][0]) =
        ("1. planning and governance", "Planning and Governance (continued)", "2 People", "Risk management:");
    let spelt = read(form(&HEAD, &rows));
    assert_eq!((groups(&spelt), found(&spelt)), (expected.clone(), vec![]));
    let own_rows = [
        ["Planning and governance", "", "", ""],
        ["", ROWS[0][1], "3", "Plan"],
        ["", ROWS[1][1], "3", ""],
        ["People", "", "", ""],
        ["", ROWS[2][1], "3", ""],
        ["Risk", "", "", ""],
        ["", ROWS[3][1], "3", ""],
        ["Average score", "", "3", ""],
    ];
    let own_rows = read(form(&HEAD, &own_rows));
    assert_eq!((groups(&own_rows), found(&own_rows)), (expected, vec![("row-unknown", "A16".to_string())]));
}

#[test]
fn a_group_that_is_misspelt_is_read_and_said_once() {
    let mut rows = ROWS;
    (rows[0][0], rows[2][0]) = ("Planing and governance", "Peeple");
    let expected = vec![("heading-renamed", "A9".to_string()), ("heading-renamed", "A11".to_string())];
    let mapped = read(form(&HEAD, &rows));
    assert_eq!(groups(&mapped), [Some("1"), Some("1"), Some("2"), Some("3")]);
    assert_eq!(found(&mapped), expected);
    rows[1][0] = "Planing and governance";
    let mapped = read(form(&HEAD, &rows));
    assert_eq!(groups(&mapped), [Some("1"), Some("1"), Some("2"), Some("3")]);
    assert_eq!(found(&mapped), expected, "beside every row");
}

#[test]
fn a_group_that_is_unknown_or_without_a_record_is_an_error() {
    let mut rows = ROWS;
    rows[2][0] = "Estates";
    let mapped = read(form(&HEAD, &rows));
    assert_eq!(groups(&mapped), [Some("1"), Some("1"), None, Some("3")]);
    assert_eq!(found(&mapped), [("group-unknown", "A11".to_string()), ("row-missing", String::new())]);
    rows[0][0] = "";
    let mapped = read(form(&HEAD, &rows));
    let codes: Vec<&str> = found(&mapped).iter().map(|(code, _)| *code).collect();
    assert_eq!(codes, ["group-unknown", "group-unknown", "row-missing", "row-missing"]);
    // It stands beside every one of its rows, and is said once.
    (rows[0][0], rows[1][0], rows[2][0]) = ("Estates", "Estates", "People");
    let codes: Vec<&str> = found(&read(form(&HEAD, &rows))).iter().map(|(code, _)| *code).collect();
    assert_eq!(codes, ["group-unknown", "row-missing"]);
    let mapped = read(form(&HEAD, &ROWS[..3]));
    assert_eq!(found(&mapped), [("row-missing", String::new())]);
    assert!(
        mapped.findings[0].message.ends_with("Risk: nothing is scored."),
        "{}",
        mapped.findings[0].message
    );
    // A key below the table is no group.
    let mut with_key = ROWS.to_vec();
    with_key.push(["1 = not in place", "", "", ""]);
    assert_eq!(found(&read(form(&HEAD, &with_key))), []);
}

#[test]
fn a_score_is_missing_impossible_or_without_evidence_at_its_cell() {
    let at = |code, cell: &str| vec![(code, cell.to_string())];
    for text in ["", "< Select >", "N/A", "-"] {
        assert_eq!(with("C9", text), at("score-missing", "C9"), "{text}");
    }
    for text in ["3.5", "0", "6", "high", "4/10", "none", "2018-05-03"] {
        assert_eq!(with("C9", text), at("score-impossible", "C9"), "{text}");
    }
    for text in ["", "-", "N/A", "none", "."] {
        assert_eq!(with("D10", text), at("evidence-missing", "D10"), "{text}");
        assert_eq!(with("D9", text), [], "a score of 3 needs none: {text}");
    }
    assert_eq!(with("B10", ROWS[0][1]), at("duplicate-reference", "B10"));
    assert_eq!(with("B11", ROWS[0][1]), [], "the same criterion in another group");
}

#[test]
fn a_form_that_is_sent_out_with_its_criteria_is_not_filled_in_by_them() {
    let blank = ROWS.map(|[area, criterion, _, _]| [area, criterion, "", ""]);
    let mapped = read(form(&HEAD, &blank));
    assert_eq!(found(&mapped), [("empty-return", String::new())]);
}

#[test]
fn a_form_is_signed_and_dated() {
    let at = |cell: &str| vec![("not-signed", cell.to_string())];
    for text in ["", "[Enter name]", "N/A", "TBC", "to be signed", "___", "No"] {
        assert_eq!(with("B5", text), at("B5"), "{text}");
    }
    for text in ["", "last week", "N/A", "< Select >", "June 2018"] {
        assert_eq!(with("B6", text), at("B6"), "{text}");
    }
    for text in ["2018-06-12", "12th June 2018"] {
        assert_eq!(with("B6", text), [], "{text}");
    }
    assert_eq!(with("A5", ""), at(""), "the label is gone");
    // At the end of the form, below the table.
    let mut rows: Vec<[&str; 4]> = ROWS.to_vec();
    rows.push(["", "", "", ""]);
    rows.push(["Signed by:", "Head of Service", "", ""]);
    rows.push(["Date signed: 12 June 2018", "", "", ""]);
    let mapped = read(form(&HEAD[..4], &rows));
    assert_eq!((mapped.records.len(), found(&mapped)), (4, vec![]));
    rows[5][1] = "";
    assert_eq!(found(&read(form(&HEAD[..4], &rows))), at("B12"));
}

#[test]
fn labels_of_the_forms_own_are_kept_as_they_stand() {
    let mapped = read(form(&HEAD, &ROWS));
    let kept: Vec<[String; 4]> = mapped
        .labelled
        .into_iter()
        .map(|own| [own.id, own.title, own.shown, own.place.cell.to_string()])
        .collect();
    assert_eq!(
        kept,
        [
            ["owner", "Who owns it", "Head of Service", "B2"],
            ["signed", "Signed", "Head of Service", "B5"],
            ["signed-on", "Date signed", "12/06/2018", "B6"],
        ]
        .map(|own| own.map(String::from))
    );
}

fn recognised(head: &[[&str; 2]]) -> Result<Recognised, String> {
    let known =
        KnownProvider { name: "Meals at home".into(), aliases: vec![], contract: "assessment".into() };
    let contract = assessment();
    recognise(&book(vec![form(head, &ROWS)]), [&contract], &Providers::Known(vec![known]))
}

#[test]
fn the_forms_own_labels_say_who_and_when() {
    for (date, day) in [
        ("2018-06-14", Some("2018-06-14")),
        ("14th June 2018", Some("2018-06-14")),
        ("14/06/2018", Some("2018-06-14")),
        ("01/06/2018", Some("2018-06-01")),
        ("June 2018", None),
    ] {
        let mut head = HEAD;
        head[3][1] = date;
        let found = recognised(&head).unwrap();
        assert_eq!(found.provider, "Meals at home");
        assert_eq!(found.period.label(), "2018-06", "{date}");
        assert_eq!(found.day, day.map(|day| day.parse().unwrap()), "{date}");
        assert_eq!(found.findings, []);
    }
    // A date cell that shows its month alone names no day.
    let contract = assessment();
    let mut sheet = form(&HEAD, &ROWS);
    let place = crate::domain::place::CellAddress::parse("B4").unwrap();
    if let Some(cell) = sheet.cells.get_mut(&place) {
        cell.look = std::sync::Arc::new(crate::domain::workbook::Look {
            number_format: "[$-809]mmm\\-yy".into(),
            ..Default::default()
        });
    }
    let found = recognise(&book(vec![sheet]), [&contract], &Providers::Anyone).unwrap();
    assert_eq!((found.period.label().as_str(), found.day), ("2018-06", None));
    // Two days in one month: the first is taken and the other is named.
    let mut head = HEAD.to_vec();
    head.push(["Review date", "2018-06-21"]);
    let found = recognised(&head).unwrap();
    assert_eq!(found.day, Some("2018-06-14".parse().unwrap()));
    assert_eq!(found.findings[0].cell.unwrap().to_string(), "B7");
    let unknown = [["Contract", "Meals elsewhere"], HEAD[3]];
    assert!(recognised(&unknown).unwrap_err().contains("not in the register"));
}
