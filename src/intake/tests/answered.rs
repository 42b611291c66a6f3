//! Forms of questions: answers with amounts and dates beside them, rows known by their numbers, a table of evidence, and the date
//! the form was submitted.

use chrono::NaiveDate;

use super::{as_sheet, codes};
use crate::contract::{self, Contract};
use crate::domain::answer::Answer;
use crate::domain::period::Period;
use crate::domain::quantity::Quantity;
use crate::domain::workbook::Workbook;
use crate::intake::mapped::{Asked, Mapped};
use crate::intake::mapping::map;
use crate::intake::recognise::{Providers, recognise};
use crate::intake::testing::book;

const DEFINITION: &str = r#"
id = "homes"
title = "Homes"
councils = ["Northshire Council"]
start = 2024-04-01
year-starts = "April"
review-every = "quarter"
kpis = []

[[forms]]
id = "quarterly-kpi"
title = "KPI form"
every = "quarter"
clause = "5.1"
due = { day-of-following-month = { day = 15 } }

[[forms.tables]]
id = "questions"
title = "KPI form"
sheets = ["KPI form"]
layout = { grid = { key = "question" } }
columns = [
    { id = "question", headings = ["Question"] },
    { id = "answer", headings = ["Answer"], asks = "figure" },
    { id = "comment", headings = ["Comment"], asks = "comment", optional = true },
]
rows = [
    { id = "placed", labels = ["Young people placed during the quarter"] },
    { id = "planned", labels = ["Key-work sessions planned"] },
    { id = "held", labels = ["Key-work sessions held"], of = "planned" },
]

[[forms]]
id = "certification"
title = "Certification"
every = "year"
clause = "4.1"
due = { day-of-following-month = { day = 31 } }

[[forms.tables]]
id = "standards"
title = "Certification"
sheets = ["Certification"]
layout = { grid = { key = "requirement", reference = "number" } }
columns = [
    { id = "number", headings = ["No."], optional = true },
    { id = "requirement", headings = ["Requirement"] },
    { id = "answer", headings = ["Answer"], asks = "yes-no" },
    { id = "amount", headings = ["Amount"], asks = "amount" },
    { id = "date", headings = ["Date"], asks = "date" },
    { id = "comment", headings = ["Comment"], asks = "comment", optional = true },
]
rows = [
    { id = "1a", labels = ["Employer's liability insurance of at least £10m"], columns = ["answer", "amount", "date"] },
    { id = "2a", labels = ["Safeguarding policy reviewed in the last 12 months"], columns = ["answer", "date"] },
    { id = "2b", labels = ["Data protection policy reviewed in the last 12 months"], columns = ["answer", "date"] },
    { id = "6", labels = ["Licence for every property that needs one"], columns = ["answer"], may-not-apply = true },
]

[[forms.tables]]
id = "services"
title = "Services"
sheets = ["Services"]
layout = { records = {} }
columns = [
    { id = "service", headings = ["Service"], asks = "text", required = true },
    { id = "gas", headings = ["Gas safety certificate"], asks = "date" },
    { id = "licence", headings = ["Licence expiry"], asks = "date" },
    { id = "checklist", headings = ["Meets checklist"], asks = "yes-no" },
]
"#;

fn homes() -> Contract {
    contract::read("homes.toml", DEFINITION).unwrap_or_else(|error| panic!("{error}"))
}

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

fn read(workbook: &Workbook, form: &str) -> Mapped {
    let contract = homes();
    let form = contract.form(form).unwrap();
    let period = Period::containing(day("2025-12-01"), form.every, 4);
    map(workbook, Asked { contract: &contract, form, period, area: None })
}

const HEAD: usize = 5;

/// A certification with its evidence; its rows begin below [`HEAD`].
fn standards() -> Vec<Vec<&'static str>> {
    vec![
        vec!["Provider", "Northgate Homes"],
        vec!["Year", "2025-26"],
        vec!["Date submitted", "2026-05-01"],
        vec![],
        vec!["No.", "Requirement", "Answer", "Amount", "Date", "Comment"],
        vec!["1a", "Employer's liability insurance of at least £10m", "Yes", "£10m", "2026-09-30", ""],
        vec!["2a", "Safeguarding policy reviewed in the last 12 months", "Y", "", "2025-06-01", ""],
        vec!["2b", "Data protection policy reviewed in the last 12 months", "No", "", "", "In hand"],
        vec!["6", "Licence for every property that needs one", "N/A", "", "", ""],
    ]
}

fn services() -> Vec<Vec<&'static str>> {
    vec![
        vec!["Service", "Gas safety certificate", "Licence expiry", "Meets checklist"],
        vec!["Quay House", "2025-09-01", "N/A", "Yes"],
        vec!["Total", "", "", ""],
        vec!["Mill House", "", "2024-01-31", "No"],
    ]
}

fn certification(standards: &[Vec<&str>]) -> Workbook {
    book(vec![as_sheet("Certification", standards), as_sheet("Services", &services())])
}

/// A certification in which one cell differs.
fn with(row: usize, column: usize, text: &'static str) -> Mapped {
    let mut rows = standards();
    rows[row][column] = text;
    read(&certification(&rows), "certification")
}

fn answer<'m>(mapped: &'m Mapped, row: &str, column: &str) -> Option<&'m Answer> {
    mapped.observations.iter().find(|o| o.row == row && o.column == column).map(|o| &o.answer)
}

/// Everything the rows of the certification say.
fn said(mapped: &Mapped) -> Vec<(String, String, Answer)> {
    let mut said: Vec<_> =
        mapped.observations.iter().map(|o| (o.row.clone(), o.column.clone(), o.answer.clone())).collect();
    said.sort_by(|a, b| (&a.0, &a.1).cmp(&(&b.0, &b.1)));
    said
}

#[test]
fn answers_amounts_and_dates_are_read_where_they_are_asked_for() {
    let mapped = read(&certification(&standards()), "certification");
    assert_eq!(codes(&mapped), []);
    assert!(mapped.usable);
    assert_eq!(answer(&mapped, "1a", "answer"), Some(&Answer::Yes));
    assert_eq!(answer(&mapped, "1a", "amount"), Some(&Answer::Number(Quantity::from(10_000_000))));
    assert_eq!(answer(&mapped, "1a", "date"), Some(&Answer::Date(day("2026-09-30"))));
    assert_eq!(answer(&mapped, "2a", "answer"), Some(&Answer::Yes));
    assert_eq!(answer(&mapped, "2a", "amount"), None);
    assert_eq!(answer(&mapped, "2b", "answer"), Some(&Answer::No));
    assert_eq!(answer(&mapped, "2b", "date"), Some(&Answer::Blank));
    assert_eq!(answer(&mapped, "2b", "comment"), Some(&Answer::Text("In hand".into())));
    assert_eq!(answer(&mapped, "6", "answer"), Some(&Answer::NotApplicable));
    assert_eq!(answer(&mapped, "6", "date"), None);
}

#[test]
fn what_is_no_answer_is_a_finding_at_its_cell() {
    let (answer_column, amount, date) = (2, 3, 4);
    for (row, column, written, expected) in [
        (HEAD, answer_column, "", Some(("required-figure-missing", "C6"))),
        (HEAD, answer_column, "< Select >", Some(("required-figure-missing", "C6"))),
        (HEAD, answer_column, "not known", Some(("required-figure-missing", "C6"))),
        (HEAD, answer_column, "partly", Some(("answer-unreadable", "C6"))),
        (HEAD, answer_column, "Y/N/N/A", Some(("required-figure-missing", "C6"))),
        (HEAD, answer_column, "Yes - but expired", Some(("answer-unreadable", "C6"))),
        (HEAD, answer_column, "N/A", None),
        (HEAD, amount, "", None),
        (HEAD, amount, "ten million", Some(("figure-not-a-number", "D6"))),
        (HEAD, amount, "£5m or £10m", Some(("figure-not-a-number", "D6"))),
        (HEAD, amount, "50%", Some(("figure-not-a-number", "D6"))),
        (HEAD, amount, "-10000000", Some(("figure-impossible", "D6"))),
        (HEAD, date, "", None),
        (HEAD, date, "N/A", None),
        (HEAD, date, "last spring", Some(("answer-unreadable", "E6"))),
        (HEAD, date, "46112", Some(("answer-unreadable", "E6"))),
        (HEAD + 3, date, "whenever", None),
    ] {
        let mapped = with(row, column, written);
        let expected: Vec<_> =
            expected.map(|(code, cell)| (code, Some(cell.to_string()))).into_iter().collect();
        assert_eq!(codes(&mapped), expected, "{written:?}");
        let is_yes = answer(&mapped, "1a", "answer") == Some(&Answer::Yes);
        assert_eq!(is_yes, column != answer_column, "{written:?}");
        let number = answer(&mapped, "1a", "amount").and_then(Answer::number);
        assert_eq!(number.is_some(), column != amount, "{written:?}");
    }
}

#[test]
fn a_row_is_known_by_its_number_when_its_words_were_changed() {
    let expected = said(&read(&certification(&standards()), "certification"));
    for (number, label, findings) in [
        ("", "Safeguarding policy reviewed in the last 12 months", vec![]),
        ("9", "Safeguarding policy reviewed in the last 12 months", vec![]),
        ("", "2a. Safeguarding policy reviewed in the last 12 months", vec![]),
        ("2a", "", vec![]),
        ("2 A", "", vec![]),
        ("2(a).", "", vec![]),
        ("", "2a", vec![]),
        ("2a", "Looking after children", vec![("heading-renamed", Some("B7".to_string()))]),
        ("", "Safeguarding policy reviewed in last 12 months", vec![("heading-renamed", Some("B7".into()))]),
    ] {
        let mut rows = standards();
        rows[HEAD + 1][0] = number;
        rows[HEAD + 1][1] = label;
        let mapped = read(&certification(&rows), "certification");
        assert_eq!((codes(&mapped), said(&mapped)), (findings, expected.clone()), "{number:?} {label:?}");
    }
}

#[test]
fn a_number_never_puts_one_rows_answers_under_anothers_name() {
    // A row was put in and those below numbered anew: their own labels count.
    let mut rows = standards();
    rows.insert(HEAD + 1, vec!["2a", "Looking after the garden", "No", "", "", ""]);
    rows[HEAD + 2][0] = "2b";
    rows[HEAD + 3][0] = "2c";
    let mapped = read(&certification(&rows), "certification");
    assert_eq!(said(&mapped), said(&read(&certification(&standards()), "certification")));
    assert_eq!(codes(&mapped), [("row-unknown", Some("B7".to_string()))]);
    // The words say one row, the number another.
    let mut rows = standards();
    rows[HEAD + 1][1] = "Data protection policies reviewed in the last 12 months";
    rows[HEAD + 2][1] = "Safeguarding policies reviewed in the last 12 months";
    let mapped = read(&certification(&rows), "certification");
    assert_eq!(answer(&mapped, "2a", "answer"), None);
    assert_eq!(answer(&mapped, "2b", "answer"), None);
    let missing = mapped.findings.iter().filter(|finding| finding.kind.code == "row-missing").count();
    assert_eq!(missing, 2);
}

#[test]
fn a_form_of_questions_is_filled_in_by_any_answer() {
    let blank = || {
        let mut rows = standards();
        rows.iter_mut().skip(HEAD).for_each(|row| row[2..].fill(""));
        rows
    };
    let alone = |rows: &[Vec<&str>]| read(&book(vec![as_sheet("Certification", rows)]), "certification");
    assert!(!alone(&blank()).usable);
    for (column, text, usable) in [
        (2, "No", true),
        (2, "N/A", true),
        (2, "Please select", false),
        (3, "£10m", true),
        (4, "2026-09-30", true),
        (4, "N/A", false),
        (5, "See attached", false),
    ] {
        let mut rows = blank();
        rows[HEAD][column] = text;
        assert_eq!(alone(&rows).usable, usable, "{text}");
        let mut computed = as_sheet("Certification", &rows);
        computed.cells.values_mut().for_each(|cell| cell.formula = true);
        let mapped = read(&book(vec![computed]), "certification");
        assert_eq!(mapped.usable, text == "£10m", "{text}, computed");
    }
    let evidence = book(vec![as_sheet("Certification", &blank()), as_sheet("Services", &services())]);
    assert!(read(&evidence, "certification").usable);
}

#[test]
fn dates_of_evidence_belong_to_no_period_and_follow_no_order() {
    let mapped = read(&certification(&standards()), "certification");
    assert_eq!(codes(&mapped), []);
    assert_eq!(mapped.records.len(), 2);
    assert_eq!(
        *mapped.records.iter().next().unwrap().field("licence").unwrap().answer,
        Answer::NotApplicable
    );
    assert_eq!(*mapped.records.iter().nth(1).unwrap().field("gas").unwrap().answer, Answer::Blank);
    assert_eq!(*mapped.records.iter().nth(1).unwrap().field("checklist").unwrap().answer, Answer::No);
    let mut rows = services();
    rows[1][1] = "spring";
    let workbook = book(vec![as_sheet("Certification", &standards()), as_sheet("Services", &rows)]);
    assert_eq!(codes(&read(&workbook, "certification")), [("log-entry-unreadable", Some("B2".into()))]);
}

#[test]
fn tables_are_there_with_no_rows_in_them() {
    let of = |mapped: &Mapped| mapped.tables.iter().cloned().collect::<Vec<_>>();
    let only_headings = book(vec![as_sheet("Services", &services()[..1])]);
    assert_eq!(of(&read(&only_headings, "certification")), ["services"]);
    assert_eq!(of(&read(&certification(&standards()), "certification")), ["services", "standards"]);
}

#[test]
fn the_date_submitted_is_read_with_its_cell() {
    let submitted = |rows: &[Vec<&str>]| {
        let field = read(&certification(rows), "certification").submitted?;
        Some((field.answer, field.place.cell.to_string()))
    };
    let the_day = Answer::Date(day("2026-05-01"));
    for (row, answer, cell) in [
        (vec!["Date submitted", "2026-05-01"], the_day.clone(), "B3"),
        (vec!["Date submitted:", "", "1st May 2026"], the_day.clone(), "C3"),
        (vec!["", "DATE SUBMITTED: 1 May 2026"], the_day, "B3"),
        (vec!["Date submitted"], Answer::Blank, "B3"),
        (vec!["Date submitted", "", "Completed by", "Manager"], Answer::Blank, "B3"),
        (vec!["Date submitted", "N/A"], Answer::NotApplicable, "B3"),
    ] {
        let mut rows = standards();
        rows[2] = row.clone();
        assert_eq!(submitted(&rows), Some((answer, cell.into())), "{row:?}");
    }
    let mut rows = standards();
    rows[2] = vec!["Date submitted", "soon"];
    assert!(submitted(&rows).is_some_and(|(answer, _)| matches!(answer, Answer::Unreadable { .. })));
    rows[2] = vec![];
    assert_eq!(submitted(&rows), None);
    // Below the label stands its value only when it is a date.
    for (below, answer) in [("2026-05-01", Answer::Date(day("2026-05-01"))), ("Kind regards", Answer::Blank)]
    {
        rows[2] = vec!["Date submitted"];
        rows[3] = vec![below];
        assert_eq!(submitted(&rows).map(|(answer, _)| answer), Some(answer), "{below}");
    }
}

#[test]
fn several_sheets_give_one_date_or_none() {
    let submitted = |first: &'static str, second: &'static str| {
        let mut evidence = services();
        evidence.insert(0, vec!["Date submitted", second]);
        let mut rows = standards();
        rows[2][1] = first;
        let workbook = book(vec![as_sheet("Certification", &rows), as_sheet("Services", &evidence)]);
        read(&workbook, "certification").submitted.map(|field| (field.answer, field.place.sheet.to_string()))
    };
    let the_day = Answer::Date(day("2026-05-01"));
    assert_eq!(submitted("2026-05-01", ""), Some((the_day.clone(), "Certification".into())));
    assert_eq!(submitted("", "2026-05-01"), Some((the_day.clone(), "Services".into())));
    assert_eq!(submitted("1 May 2026", "2026-05-01"), Some((the_day, "Certification".into())));
    let two = submitted("2026-05-01", "2026-05-02");
    assert!(two.is_some_and(|(answer, _)| matches!(answer, Answer::Unreadable { .. })));
}

#[test]
fn questions_below_each_other_are_read_as_figures() {
    let rows = || {
        vec![
            vec!["Provider", "Northgate Homes"],
            vec!["Quarter", "Q3 2025-26"],
            vec!["Question", "Answer", "Comment"],
            vec!["Young people placed during the quarter", "4", ""],
            vec!["Key-work sessions planned", "40", ""],
            vec!["Key-work sessions held", "36", "Two away"],
        ]
    };
    let figures = |rows: &[Vec<&str>]| {
        let mapped = read(&book(vec![as_sheet("KPI form", rows)]), "quarterly-kpi");
        let figures: Vec<_> = ["placed", "planned", "held"]
            .map(|row| answer(&mapped, row, "answer").and_then(Answer::number).map(|value| value.to_string()))
            .into_iter()
            .collect();
        (figures.into_iter().map(Option::unwrap_or_default).collect::<Vec<_>>(), codes(&mapped))
    };
    let all = || ["4", "40", "36"].map(String::from).to_vec();
    assert_eq!(figures(&rows()), (all(), vec![]));
    for (row, label, renamed) in [
        (3, "1. Young people placed during the quarter", false),
        (3, "Q1 – Young people placed during the quarter", false),
        (3, "Young people placed during quarter", true),
        (4, "2) Key work sessions planned", true),
        (5, "Key-work  sessions\nheld:", false),
    ] {
        let mut rows = rows();
        rows[row][0] = label;
        let expected: Vec<_> =
            renamed.then(|| ("heading-renamed", Some(format!("A{}", row + 1)))).into_iter().collect();
        assert_eq!(figures(&rows), (all(), expected), "{label}");
    }
    let mut with_example = rows();
    with_example.insert(3, vec!["Example: Young people placed during the quarter", "7", "Two from afar"]);
    assert_eq!(figures(&with_example), (all(), vec![]));
    // Of nothing there is no part; of something there is, and of what is unknown there may be.
    for (planned, held, missing) in [
        ("nil", "N/A", vec![]),
        ("0", "", vec![]),
        ("0", "some", vec!["B6"]),
        ("40", "N/A", vec!["B6"]),
        ("", "N/A", vec!["B5", "B6"]),
    ] {
        let mut some = rows();
        some[4][1] = planned;
        some[5][1] = held;
        let cells: Vec<_> = figures(&some).1.into_iter().filter_map(|(_, cell)| cell).collect();
        assert_eq!(cells, missing, "{held:?} of {planned:?}");
    }
    let mut some = rows();
    some[4][1] = "";
    some[5][1] = "most";
    let expected = vec![
        ("figure-not-a-number", Some("B6".to_string())),
        ("required-figure-missing", Some("B5".to_string())),
    ];
    assert_eq!(figures(&some), (vec!["4".into(), String::new(), String::new()], expected));
}

#[test]
fn a_year_is_known_however_it_is_written() {
    let contract = homes();
    for (label, written, expected) in [
        ("Year", "2025-26", Ok(0)),
        ("Year:", "2025/26", Ok(0)),
        ("Period", "Year ending 31 March 2026", Ok(0)),
        ("Reporting period", "1 April 2025 to 31 March 2026", Ok(0)),
        ("Year ending", "31 March 2026", Ok(0)),
        ("Year to", "2026-03-31", Ok(0)),
        ("Year ending", "2026-03", Ok(0)),
        ("Year ending", "30 April 2026", Ok(1)),
        ("Year", "2026", Err("not certain")),
        ("Year", "1 April 2025 to 31 December 2025", Err("not certain")),
    ] {
        let mut rows = standards();
        rows[1] = vec![label, written];
        let found = recognise(&certification(&rows), [&contract], &Providers::Anyone);
        match expected {
            Ok(findings) => {
                let found = found.unwrap_or_else(|why| panic!("{label} {written}: {why}"));
                let year = if findings == 0 { "2025-26" } else { "2026-27" };
                assert_eq!(
                    (found.form.as_str(), found.period.label().as_str()),
                    ("certification", year),
                    "{written}"
                );
                assert_eq!(found.findings.len(), findings, "{written}");
            }
            Err(reason) => {
                assert!(found.clone().is_err_and(|why| why.contains(reason)), "{written}: {found:?}")
            }
        }
    }
}
