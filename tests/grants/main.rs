//! Forms of quite another kind than the contracts': grant returns with several tables on a sheet told apart by their titles, three and
//! four rows of headings, periods across, and blocks repeated for each project. They are described by definitions alone.
#![allow(
    missing_docs,
    dead_code,
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "helpers of tests fail by panicking, and are shared with the contracts' cases"
)]

#[path = "../support/mod.rs"]
mod support;

use quarterday::contract::{self, Contract};
use quarterday::intake::mapped::{Asked, Mapped};
use quarterday::intake::mapping;
use quarterday::intake::reading;
use quarterday::intake::recognise::{Providers, Recognised, recognise};
use support::book::{Book, Cell, Sheet};
use support::day;
use support::workspace::Workspace;

const QUARTERLY: &str = include_str!("quarterly.toml");
const CAPITAL: &str = include_str!("capital.toml");
const HALF_YEARLY: &str = include_str!("half-yearly.toml");

fn read(definition: &str, book: &Book) -> (Recognised, Mapped) {
    let contract: Contract = contract::read("grant.toml", definition).unwrap();
    let workbook = reading::read("returns/grant.xlsx", &book.bytes()).unwrap();
    let found = recognise(&workbook, [&contract], &Providers::Anyone).unwrap();
    let form = contract.form(&found.form).unwrap();
    let mapped =
        mapping::map(&workbook, Asked { contract: &contract, form, period: found.period, area: None });
    (found, mapped)
}

/// Figures of records by cell: own and of other periods, in the order of the cells.
fn amounts(mapped: &Mapped, table: &str, name: &str) -> Vec<String> {
    let mut told = Vec::new();
    for record in mapped.records.of_table(table) {
        let field = record.field("amount").unwrap();
        told.push(format!("{} {} = {}", field.cell(), record.field(name).unwrap().shown, field.shown));
        for (_, period, other) in record.other_periods() {
            told.push(format!("{} {} = {}", other.place.cell, period.label(), other.shown));
        }
    }
    told
}

/// Three rows of headings over quarters of two years, in the columns from C.
fn quarters(sheet: &mut Sheet, row: u32, first: &[(u16, &str)]) {
    for (column, text) in first {
        sheet.put(row, *column, Cell::Down((*text).into(), 3));
    }
    sheet.put(row, 4, Cell::Across("Financial year 2023 to 2024".into(), 2));
    sheet.put(row, 6, Cell::Across("Financial year 2024 to 2025".into(), 3));
    sheet.put(row, 9, Cell::Down("Grand total".into(), 3));
    for (column, quarter, kind) in
        [(4, "(Jan to Mar)", "Actual"), (6, "(Apr to Jun)", "Forecast"), (7, "(Jul to Sep)", "Forecast")]
    {
        sheet.put(row + 1, column, quarter);
        sheet.put(row + 2, column, kind);
    }
    for column in [5, 8] {
        sheet.put(row + 1, column, Cell::Down("Total".into(), 2));
    }
}

fn quarterly() -> Book {
    let mut start = Sheet::new("Start");
    start.put(1, 1, "Reporting Template");
    start.put(3, 1, "Reporting period");
    start.put(4, 1, "Q4 2023/24: Jan 2024 - Mar 2024");
    let mut admin = Sheet::new("Admin");
    admin.put(13, 1, "Organisation name");
    admin.put(14, 1, "Fenborough Council");
    let mut outputs = Sheet::new("Outputs");
    outputs.put(1, 1, "Outputs");
    let heads = [(1, "Intervention theme"), (2, "Output"), (3, "Unit of measurement")];
    for (title, row, what, figures) in [
        ("Standard outputs", 13, "Paths made", [370, 295, 925]),
        ("Bespoke outputs", 39, "Young founders", [4, 1, 3]),
    ] {
        outputs.put(row, 1, title);
        quarters(&mut outputs, row + 2, &heads);
        outputs.put(row + 5, 1, "Connectivity");
        outputs.put(row + 5, 2, what);
        outputs.put(row + 5, 3, "n of\u{202f}");
        for (column, figure) in [4, 6, 7].into_iter().zip(figures) {
            outputs.put(row + 5, column, figure);
        }
        for line in row + 6..row + 20 {
            outputs.put(line, 1, "Please select an option");
            outputs.put(line, 9, Cell::Formula("=SUM(E1:H1)", "0"));
        }
    }
    let mut finances = Sheet::new("Finances");
    finances.put(39, 1, "Forecast and actual spend");
    quarters(&mut finances, 41, &[(1, "Type of spend")]);
    for (line, (label, figures)) in (44..).zip([
        ("How much of your forecast is contractually committed?", [1.0, 24.0, 4.0]),
        ("How much of your forecast is not contractually committed?", [0.0, 0.0, 0.0]),
        ("Freedom and flexibilities spend", [2.0, 1.0, 2.0]),
        ("Total Department spend (inc. F&F)", [3.0, 4.0, 4.0]),
        ("Secured match funding spend", [4.0, 4.96, 4.98]),
        ("Unsecured match funding", [0.0, 0.0, 0.0]),
        ("Total match", [9.0, 38.0, 19.98]),
        ("Total", [19.0, 71.960_000_000_000_01, 34.96]),
    ]) {
        finances.put(line, 1, label);
        for (column, figure) in [4, 6, 7].into_iter().zip(figures) {
            finances.put(line, column, figure);
        }
    }
    finances.put(53, 1, "Uncommitted funding plan");
    finances.put(55, 4, 99);
    let mut progress = Sheet::new("Progress");
    progress.put(8, 1, "Project progress");
    progress.row(
        13,
        [
            "",
            "Project name",
            "Spend RAG rating ",
            "Delivery RAG rating ",
            "Why have you given these ratings? (100 words)",
        ]
        .map(Cell::from),
    );
    progress.row(14, ["", "Please select an option"].map(Cell::from));
    progress.row(15, ["", "Bus station", "Green", "Amber/Red"].map(Cell::from));
    let mut risks = Sheet::new("Risks");
    risks.row(
        6,
        [
            "",
            "Risk name",
            "Category",
            "Pre-mitigated likelihood score",
            "Pre-mitigated impact score",
            "Post-mitigated likelihood score",
        ]
        .map(Cell::from),
    );
    risks.row(
        7,
        ["", "", "Select risk categories applicable to the portfolio.", "What is the probability?"]
            .map(Cell::from),
    );
    risks.row(8, ["", "Flood", "Weather", "5 - Very High", "3 - Medium", "2 - Low"].map(Cell::from));
    let mut signed = Sheet::new("Sign off");
    signed.row(0, ["Signatory name".into(), "Head of Operations".into()]);
    signed.row(1, ["Signature date".into(), day("2024-04-04").into()]);
    Book { sheets: vec![start, admin, progress, outputs, finances, risks, signed] }
}

#[test]
fn tables_of_one_sheet_are_told_apart_and_each_quarter_has_its_column() {
    let (found, mapped) = read(QUARTERLY, &quarterly());
    assert_eq!(
        (found.provider.as_str(), found.period.label().as_str()),
        ("Fenborough Council", "2023-24 Q4")
    );
    assert_eq!(
        amounts(&mapped, "outputs", "output"),
        ["E19 Paths made = 370", "G19 2024-25 Q1 = 295", "H19 2024-25 Q2 = 925"]
    );
    assert_eq!(
        amounts(&mapped, "bespoke-outputs", "output"),
        ["E45 Young founders = 4", "G45 2024-25 Q1 = 1", "H45 2024-25 Q2 = 3"]
    );
    let spend: Vec<String> = mapped.observations.iter().map(|o| format!("{} {}", o.row, o.shown)).collect();
    assert_eq!(
        spend,
        [
            "committed 1",
            "not-committed 0",
            "freedom 2",
            "department 3",
            "secured 4",
            "unsecured 0",
            "match 9",
            "total 19"
        ]
    );
    let forecast: Vec<String> = mapped
        .of_other_periods
        .iter()
        .filter(|own| own.observation.row == "total")
        .map(|own| format!("{} {} {}", own.observation.place.cell, own.period.label(), own.observation.shown))
        .collect();
    assert_eq!(forecast, ["G52 2024-25 Q1 71.96", "H52 2024-25 Q2 34.96"]);
    let risk = mapped.records.of_table("risks").collect::<Vec<_>>();
    assert_eq!(risk.len(), 1);
    assert_eq!(risk[0].field("likelihood").unwrap().answer.number(), Some(5.into()));
    let progress: Vec<&str> =
        mapped.records.of_table("progress").map(|record| record.field("delivery").unwrap().shown).collect();
    assert_eq!(progress, ["Amber/Red"]);
    assert!(mapped.findings.is_empty(), "{:#?}", mapped.findings);
}

/// The later form: a baseline beside the outputs, what was spent before in a column of its own, capital and revenue apart.
fn capital() -> Book {
    let mut book = quarterly();
    let outputs = book.sheet("Outputs");
    for row in [15, 41] {
        outputs.insert_column(4);
        outputs.put(row, 4, "Baseline output");
        outputs.put(row + 3, 4, 925);
    }
    let finances = book.sheet("Finances");
    finances.put(39, 1, "Forecast and actual spend - Capital");
    finances.put(53, 1, "Forecast and actual spend - Revenue");
    quarters(finances, 55, &[(1, "Type of spend")]);
    for (row, label, figures) in [
        (58, "Secured match funding spend", [5, 6, 7]),
        (59, "Unsecured match funding", [0, 0, 0]),
        (60, "Total", [50, 60, 70]),
    ] {
        finances.put(row, 1, label);
        for (column, figure) in [4, 6, 7].into_iter().zip(figures) {
            finances.put(row, column, figure);
        }
    }
    book
}

#[test]
fn a_later_version_of_the_form_is_told_from_the_earlier_one() {
    let (earlier, later): (Contract, Contract) =
        (contract::read("a.toml", QUARTERLY).unwrap(), contract::read("b.toml", CAPITAL).unwrap());
    for (book, form) in [(quarterly(), &earlier.id), (capital(), &later.id)] {
        let workbook = reading::read("returns/grant.xlsx", &book.bytes()).unwrap();
        let found = recognise(&workbook, [&earlier, &later], &Providers::Anyone).unwrap();
        assert_eq!(&found.contract, form);
    }
    let (_, mapped) = read(CAPITAL, &capital());
    let totals = mapped.observations.iter().filter(|own| own.row == "total");
    let totals: Vec<String> =
        totals.map(|own| format!("{} {} {}", own.table, own.place.cell, own.shown)).collect();
    assert_eq!(totals, ["capital E52 19", "revenue E61 50"]);
}

#[test]
fn the_return_of_a_period_without_a_column_has_no_figures_and_says_so() {
    let mut book = quarterly();
    book.sheet("Start").put(4, 1, "Q1 2025/26: Apr 2025 - Jun 2025");
    let (found, mapped) = read(QUARTERLY, &book);
    assert_eq!(found.period.label(), "2025-26 Q1");
    assert!(mapped.observations.is_empty());
    let missing: Vec<&str> = mapped
        .findings
        .iter()
        .filter(|own| own.kind.code == "column-missing")
        .map(|own| own.message.as_str())
        .collect();
    assert!(
        missing.contains(&"Forecast and actual spend: no column for 2025-26 Q1 (April to June 2025)."),
        "{missing:?}"
    );
}

/// A block of a project: its title, its headings and its lines, from `row`.
fn block(sheet: &mut Sheet, row: u32, title: &str, lines: &[(&str, [Option<i32>; 3])]) {
    sheet.put(row, 2, title);
    sheet.put(row + 2, 2, "Note: this table should only include funding of this grant");
    sheet.put(row + 2, 6, Cell::Across("Financial Year 2022/23 (£s)".into(), 3));
    sheet.put(row + 2, 9, Cell::Across("Financial Year 2023/24 (£s)".into(), 2));
    for (column, half, kind) in
        [(6, "H1 (Apr-Sep)", "Actual"), (7, "H2 (Oct-Mar)", "Actual"), (9, "H1 (Apr-Sep)", "Forecast")]
    {
        sheet.put(row + 3, column, half);
        sheet.put(row + 4, column, kind);
    }
    sheet.put(row + 3, 8, "Total");
    for (at, (label, figures)) in (row + 5..).zip(lines) {
        sheet.put(at, 2, *label);
        for (column, figure) in [6, 7, 9].into_iter().zip(figures) {
            if let Some(figure) = figure {
                sheet.put(at, column, *figure);
            }
        }
    }
}

fn half_yearly() -> Book {
    let mut start = Sheet::new("1 - Start Here");
    start.put(4, 1, "Reporting Period: ");
    start.put(5, 1, "1 October 2022 to 31 March 2023");
    let mut admin = Sheet::new("2 - Project Admin");
    admin.row(8, ["", "A3", "Grant Recipient", "Organisation Name", "Fenborough Council"].map(Cell::from));
    let mut progress = Sheet::new("3 - Programme Progress");
    progress.put(15, 1, "SECTION B: Projects Progress Summary");
    progress.row(
        18,
        [
            "",
            "",
            "Project Name",
            "Project Delivery Status",
            "Delivery (RAG)",
            "Spend (RAG)",
            "Risk (RAG)",
            "Project Adjustment Request Status",
        ]
        .map(Cell::from),
    );
    progress.row(
        19,
        [
            "".into(),
            "".into(),
            "Bus station".into(),
            "Ongoing".into(),
            2.into(),
            5.into(),
            3.into(),
            "None needed".into(),
        ],
    );
    progress.row(20, ["", "", "", "", "< Select >", "< Select >"].map(Cell::from));
    progress.row(40, ["", "END", "END", "END"].map(Cell::from));
    let mut funding = Sheet::new("4a - Funding Profiles");
    let line = "Towns Fund CDEL which is being utilised on projects";
    block(
        &mut funding,
        32,
        "Project 1: Bus station",
        &[(line, [Some(20), Some(22), Some(30)]), ("Total Towns Fund CDEL", [Some(20), Some(22), Some(30)])],
    );
    block(
        &mut funding,
        60,
        "Project 2: Market hall",
        &[(line, [None, Some(7), None]), ("Total Towns Fund CDEL", [Some(0), Some(7), Some(0)])],
    );
    block(
        &mut funding,
        90,
        "Project 3: ",
        &[(line, [None, None, None]), ("Total Towns Fund CDEL", [None, None, None])],
    );
    let mut outputs = Sheet::new("5 - Project Outputs");
    outputs.put(15, 2, "Project 1: Bus station");
    outputs.put(18, 2, Cell::Down("Indicator Name".into(), 4));
    outputs.put(18, 3, Cell::Down("Unit of Measurement".into(), 4));
    outputs.put(18, 4, Cell::Across("Financial Year 2022/23".into(), 2));
    for (column, half) in [(4, "H1 (Apr-Sep)"), (5, "H2 (Oct-Mar)")] {
        outputs.put(20, column, half);
        outputs.put(21, column, "Actual");
    }
    outputs.put(22, 2, "Mandatory");
    for (row, what, figures) in
        [(23, "# of temporary FT jobs supported", [2, 9]), (26, "Total length of new cycle ways", [0, 3])]
    {
        outputs.row(
            row,
            ["".into(), "".into(), what.into(), "Number".into(), figures[0].into(), figures[1].into()],
        );
    }
    Book { sheets: vec![start, admin, progress, funding, outputs] }
}

#[test]
fn blocks_are_read_under_their_titles_and_unused_ones_are_nobodys() {
    let (found, mapped) = read(HALF_YEARLY, &half_yearly());
    assert_eq!(
        (found.provider.as_str(), found.period.label().as_str()),
        ("Fenborough Council", "2022-23 H2")
    );
    let funding: Vec<String> = mapped
        .records
        .iter()
        .filter(|record| record.table() == "funding")
        .map(|record| {
            let (project, amount) = (record.field("project").unwrap(), record.field("amount").unwrap());
            format!("{} {}: {} {}", project.cell(), project.shown, amount.cell(), amount.shown)
        })
        .collect();
    assert_eq!(
        funding,
        [
            "C33 Project 1: Bus station: H38 22",
            "C33 Project 1: Bus station: H39 22",
            "C61 Project 2: Market hall: H66 7",
            "C61 Project 2: Market hall: H67 7",
        ]
    );
    // What begins with the word total is no total.
    assert_eq!(
        amounts(&mapped, "outputs", "indicator"),
        [
            "F24 # of temporary FT jobs supported = 9",
            "E24 2022-23 H1 = 2",
            "F27 Total length of new cycle ways = 3",
            "E27 2022-23 H1 = 0",
        ]
    );
}

#[test]
fn a_kpi_is_the_sum_of_the_rows_that_count_towards_it() {
    let mut workspace = Workspace::default();
    workspace.define("fixture-half-yearly-grant", HALF_YEARLY);
    workspace.provider("fixture-half-yearly-grant", "Fenborough Council", "2022-10-01");
    workspace.receive("grant.xlsx", "2023-05-20", &half_yearly());
    let results: serde_json::Value =
        serde_json::from_slice(&workspace.outcome("2023-06-10", "2023-06-10").results_json).unwrap();
    let ratings: Vec<String> = results["reviews"][0]["ratings"]
        .as_array()
        .unwrap()
        .iter()
        .map(|own| format!("{} {} {}", own["kpi"], own["rating"], own["value"]))
        .collect();
    assert_eq!(ratings, ["\"1\" \"green\" 29", "\"2\" \"not-rated\" 9"], "{:#}", results["reviews"][0]);
    // A row that counts and has no figure leaves no sum.
    let mut book = half_yearly();
    book.sheet("4a - Funding Profiles").put(66, 7, "not known");
    workspace.drop_in("grant.xlsx", &book);
    let results: serde_json::Value =
        serde_json::from_slice(&workspace.outcome("2023-06-11", "2023-06-11").results_json).unwrap();
    assert_eq!(results["reviews"][0]["ratings"][0]["rating"], "invalid");
}
