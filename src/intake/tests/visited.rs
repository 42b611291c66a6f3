//! A return with a log of visits beside figures that repeat several thresholds, and its form among those of other contracts.

use super::{as_sheet, codes};
use crate::contract::{self, Contract};
use crate::domain::answer::Answer;
use crate::domain::period::Period;
use crate::domain::rating::Rating;
use crate::domain::workbook::Workbook;
use crate::intake::mapped::{Asked, Mapped};
use crate::intake::mapping::map;
use crate::intake::recognise::{KnownProvider, Providers, recognise};
use crate::intake::testing::book;

const DEFINITION: &str = r#"
id = "visits"
title = "Visits"
councils = ["Southshire Council"]
start = 2022-04-01
year-starts = "April"
review-every = "quarter"
kpis = []

[[forms]]
id = "quarterly-kpi"
title = "Monthly return"
every = "month"
clause = "8"
due = { last-weekday = { weekday = "Friday", roll = true } }

[[forms.tables]]
id = "kpis"
title = "Key performance indicators"
sheets = ["KPI return"]
layout = { grid = { key = "indicator", reference = "number" } }
columns = [
    { id = "number", headings = ["No."], optional = true },
    { id = "indicator", headings = ["Key Performance Indicators"] },
    { id = "level", headings = ["Current Performance Level"], asks = "result" },
    { id = "stretch", headings = ["Stretch"], asks = "threshold", band = "stretch", optional = true },
    { id = "green", headings = ["Green"], asks = "threshold", band = "green", optional = true },
    { id = "amber", headings = ["Amber"], asks = "threshold", band = "amber", optional = true },
    { id = "red", headings = ["Red"], asks = "threshold", band = "red", optional = true },
    { id = "frequency", headings = ["Frequency"], optional = true },
    { id = "comments", headings = ["Comments"], asks = "comment", optional = true },
]
rows = [
    { id = "1", labels = ["Visits made to the units"], unit = "percent" },
    { id = "3", labels = ["Reports returned in the month"], may-not-apply = true },
]

[[forms.tables]]
id = "log"
title = "Visit log"
sheets = ["Visit log"]
optional = true
layout = { records = { belongs = ["visited"], begins = "visited", restates = ["unit", "visited"], complete = true } }
columns = [
    { id = "unit", headings = ["Unit"], asks = "text", required = true },
    { id = "visited", headings = ["Date of visit"], asks = "date", required = true },
    { id = "reported", headings = ["Report to council"], asks = "date" },
    { id = "returned", headings = ["Returned by council"], asks = "yes-no" },
]

[[forms.tables]]
id = "narrative"
title = "Narrative"
sheets = ["Narrative"]
optional = true
layout = { narrative = { key = "area" } }
columns = [
    { id = "area", headings = ["Area"] },
    { id = "update", headings = ["Update", "Provider update"], asks = "text" },
]
rows = [{ id = "themes", labels = ["Themes"], optional = true }]
"#;

fn visits() -> Contract {
    contract::read("visits.toml", DEFINITION).unwrap_or_else(|error| panic!("{error}"))
}

fn kpis() -> Vec<Vec<&'static str>> {
    vec![
        vec!["Provider", "Harbour Visiting"],
        vec!["Month", "January 2023"],
        vec![],
        vec![
            "No.",
            "Key Performance Indicators",
            "Current Performance Level",
            "Stretch",
            "Green",
            "Amber",
            "Red",
            "Frequency",
            "Comments",
        ],
        vec![
            "1",
            "Visits made to the units",
            "83.3%",
            "N/A",
            "100%",
            "90%",
            "<80%",
            "Monthly",
            "One unit shut",
        ],
        vec!["3", "Reports returned in the month", "N/A", "0", "1", "2", "3", "Monthly", ""],
    ]
}

fn log() -> Vec<Vec<&'static str>> {
    vec![
        vec!["Unit", "Date of visit", "Report to council", "Returned by council"],
        vec!["Example: Unit A", "2023-01-01", "2023-01-02", "No"],
        vec!["Quay", "2023-01-10", "2023-01-12", "No"],
        vec!["Mill", "2023-01-31", "", ""],
        vec!["Total", "", "", ""],
    ]
}

fn workbook(kpis: &[Vec<&str>], log: &[Vec<&str>]) -> Workbook {
    let narrative = vec![vec!["Area", "Update"], vec!["Themes", "None this month"]];
    book(vec![as_sheet("KPI return", kpis), as_sheet("Visit log", log), as_sheet("Narrative", &narrative)])
}

fn read(workbook: &Workbook) -> Mapped {
    let contract = visits();
    let form = &contract.forms[0];
    let period = Period::containing("2023-01-01".parse().unwrap(), form.every, 4);
    map(workbook, Asked { contract: &contract, form, period, area: None })
}

/// Two logs may have headings in common: an optional one that is not there is not sought on the other's sheet.
#[test]
fn a_log_that_is_not_there_is_not_taken_for_another_with_headings_like_its_own() {
    let complaints = r#"
[[forms.tables]]
id = "complaints"
title = "Complaints"
sheets = ["Complaints"]
optional = true
layout = { records = { belongs = ["visited"] } }
columns = [
    { id = "unit", headings = ["Unit"], asks = "text" },
    { id = "visited", headings = ["Date of visit"], asks = "date" },
    { id = "complaint", headings = ["Complaint"], asks = "text" },
]
"#;
    let contract = contract::read("visits.toml", &format!("{DEFINITION}{complaints}")).unwrap();
    let form = &contract.forms[0];
    let period = Period::containing("2023-01-01".parse().unwrap(), form.every, 4);
    let asked = Asked { contract: &contract, form, period, area: None };
    let mut sent = workbook(&kpis(), &log());
    let mapped = map(&sent, asked);
    assert_eq!(codes(&mapped), []);
    assert!(!mapped.tables.contains("complaints") && mapped.tables.contains("log"));
    // Under another name it is found all the same.
    let own = [vec!["Unit", "Date of visit", "Complaint"], vec!["Quay", "2023-01-10", "Noise"]];
    sent.sheets.push(as_sheet("Grumbles", &own));
    let mapped = map(&sent, asked);
    assert_eq!(codes(&mapped), [("sheet-renamed", None)]);
    assert!(mapped.records.has("complaints"));
}

#[test]
fn each_threshold_is_kept_as_it_stands() {
    let contract = visits();
    let table = contract.forms[0].table("kpis").unwrap();
    let bands: Vec<_> = table.columns.iter().filter_map(|column| column.band).collect();
    assert_eq!(bands, [Rating::Stretch, Rating::Green, Rating::Amber, Rating::Red]);
    let mapped = read(&workbook(&kpis(), &log()));
    assert_eq!(codes(&mapped), []);
    let shown = |row: &str, column: &str| {
        mapped.observations.iter().find(|o| o.row == row && o.column == column).map(|o| o.shown.as_str())
    };
    assert_eq!(
        ["stretch", "green", "amber", "red"].map(|column| shown("1", column)),
        [Some("N/A"), Some("100%"), Some("90%"), Some("<80%")]
    );
    assert_eq!(["stretch", "red"].map(|column| shown("3", column)), [Some("0"), Some("3")]);
    let edited = DEFINITION.replace("band = \"amber\"", "band = \"not-rated\"");
    let message = contract::read("visits.toml", &edited).unwrap_err().to_string();
    assert!(message.contains("one of `stretch`, `green`, `amber`, `red`"), "{message}");
}

#[test]
fn a_visit_begins_with_its_date_and_belongs_to_its_month() {
    let with = |row: usize, column: usize, text: &'static str| {
        let mut rows = log();
        rows[row][column] = text;
        codes(&read(&workbook(&kpis(), &rows)))
    };
    assert_eq!(with(2, 1, "2022-12-20"), [("date-outside-period", Some("B3".to_string()))]);
    assert_eq!(with(2, 2, "2023-01-09"), [("dates-out-of-order", Some("C3".to_string()))]);
    assert_eq!(with(2, 2, "N/A"), []);
    assert_eq!(with(4, 1, "2"), [("row-unknown", Some("A5".to_string()))]);
    assert_eq!(with(4, 1, "2023-01-30"), [("record-called-total", Some("A5".to_string()))]);
    assert_eq!(with(2, 1, ""), [("log-entry-unreadable", Some("B3".to_string()))]);
    let unordered = DEFINITION.replace("begins = \"visited\", ", "");
    let contract = contract::read("visits.toml", &unordered).unwrap();
    let mut rows = log();
    rows[2][2] = "2023-01-09";
    let form = &contract.forms[0];
    let period = Period::containing("2023-01-01".parse().unwrap(), form.every, 4);
    let mapped = map(&workbook(&kpis(), &rows), Asked { contract: &contract, form, period, area: None });
    assert_eq!(codes(&mapped), []);
}

#[test]
fn an_empty_log_is_there_and_an_absent_one_is_not() {
    let empty = read(&workbook(&kpis(), &log()[..1]));
    assert_eq!(codes(&empty), []);
    assert!(empty.tables.contains("log") && empty.records.is_empty());
    let absent = read(&book(vec![as_sheet("KPI return", &kpis())]));
    assert_eq!((codes(&absent), absent.tables.contains("log")), (vec![], false));
}

#[test]
fn what_is_not_applicable_is_no_level() {
    let mapped = read(&workbook(&kpis(), &log()));
    let level = mapped.observations.iter().find(|o| o.row == "3" && o.column == "level").unwrap();
    assert_eq!(level.answer, Answer::NotApplicable);
    let mut rows = kpis();
    rows[4][2] = "NA";
    assert_eq!(codes(&read(&workbook(&rows, &log()))), [("required-figure-missing", Some("C5".to_string()))]);
}

#[test]
fn a_form_is_told_from_those_of_every_other_contract() {
    // The same form under another name belongs to a contract under which the provider is not known.
    let twin = DEFINITION.replacen("id = \"visits\"", "id = \"twin\"", 1);
    let mut contracts = vec![contract::read("twin.toml", &twin).unwrap(), visits()];
    let providers = Providers::Known(vec![
        KnownProvider { name: "Harbour Visiting".into(), aliases: vec![], contract: "visits".into() },
        KnownProvider { name: "Other Visiting".into(), aliases: vec![], contract: "twin".into() },
    ]);
    let without_its_figures = {
        let mut rows = kpis();
        rows[3][1] = "What we do";
        workbook(&rows, &log())
    };
    for (what, workbook) in [
        ("as issued", workbook(&kpis(), &log())),
        ("without its log", book(vec![as_sheet("KPI return", &kpis())])),
        ("another sheet name", book(vec![as_sheet("Sheet1", &kpis()), as_sheet("Visit log", &log())])),
        ("month as a date", {
            let mut rows = kpis();
            rows[1][1] = "2023-01-31";
            workbook(&rows, &log())
        }),
    ] {
        let found =
            recognise(&workbook, &contracts, &providers).unwrap_or_else(|why| panic!("{what}: {why}"));
        assert_eq!((found.contract.as_str(), found.period.label().as_str()), ("visits", "2023-01"), "{what}");
        assert!(found.findings.is_empty(), "{what}");
    }
    // Of a form whose figures are lost the log is more than the narrative that another contract asks for as well.
    let with_log = DEFINITION.replace("optional = true\nlayout = { records", "layout = { records");
    *contracts.last_mut().unwrap() = contract::read("visits.toml", &with_log).unwrap();
    let found = recognise(&without_its_figures, &contracts, &providers).unwrap();
    assert_eq!(found.contract, "visits");
}
