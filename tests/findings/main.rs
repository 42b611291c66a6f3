//! Every kind of finding has a workbook that makes it appear, at the cell the rulebook names (8).
#![allow(
    missing_docs,
    dead_code,
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "helpers of tests fail by panicking, and are shared with the rulebook's cases"
)]

mod drift;
mod feedback;
mod figures;
#[path = "../../samples/make/mail.rs"]
mod mail;
#[path = "../rulebook/support/mod.rs"]
mod support;

use std::io::Write;

use quarterday::domain::finding_kinds::ALL;

use support::book::{Book, Cell, position};
use support::forms::{
    self, LOG, Referral, clean_log, information_cell, kpi_cell, kpis, month, narrative, narrative_cell,
    result_alone, share, with_log,
};
use support::said::at;
use support::workspace::Workspace;
use support::{EAST, PROVIDER, WEST};

const QUARTER: &str = "2025-09-01";
const NEW: &str = "Number of new referrals";
const HOURS: &str = "Total number of hours used";
const CARRIED: &str = "Number of cases carried forward";

/// A workspace in which the finding stands at these places, and nowhere else.
struct Fixture {
    workspace: Workspace,
    places: Vec<(String, String)>,
}

fn of(file: &str, book: &Book, places: &[(&str, &str)]) -> Option<Fixture> {
    let mut workspace = Workspace::new(QUARTER);
    workspace.receive(file, "2025-12-10", book);
    Some(Fixture { workspace, places: at(places) })
}

/// A month in which one cell of Cheshire East's sheet differs, which is where the finding stands.
fn in_month(item: &str, breakdown: &str, heading: &str, cell: impl Into<Cell>) -> Option<Fixture> {
    let book = month(QUARTER);
    let place = information_cell(&book, EAST, item, breakdown, heading);
    of("month.xlsx", &book.with(EAST, &place, cell), &[(EAST, &place)])
}

/// A KPI return whose log differs at this cell.
fn in_log(cell: &str, content: impl Into<Cell>) -> Option<Fixture> {
    let book = with_log(kpis(QUARTER), &clean_log(QUARTER)).with(LOG, cell, content);
    of("kpi.xlsx", &book, &[(LOG, cell)])
}

fn day(text: &str) -> Cell {
    support::day(text).into()
}

/// A form of two answers with dates beside them and the date it was submitted, of a definition of the workspace's own; the
/// finding stands in these cells.
fn in_answers(submitted: Cell, answers: [(&str, Cell); 2], cells: &[&str]) -> Option<Fixture> {
    let places: Vec<(&str, &str)> = cells.iter().map(|cell| ("Answers", *cell)).collect();
    in_own_form(&Book { sheets: vec![answers_sheet(submitted, answers)] }, &places)
}

/// A month in a file named after another provider of the contract.
fn under_another_name() -> Option<Fixture> {
    let mut workspace = Workspace::new(QUARTER);
    workspace.provider(support::CONTRACT, "Elm Advocacy", QUARTER);
    workspace.receive("Elm Advocacy month.xlsx", "2025-12-10", &month(QUARTER));
    Some(Fixture { workspace, places: at(&[(EAST, "B1")]) })
}

/// A month that somebody sent by e-mail whom the register does not have.
fn by_mail() -> Option<Fixture> {
    let mut workspace = Workspace::new(QUARTER);
    workspace.provider_cell(PROVIDER, "E-mail", "kpi@harbour.example");
    let headers = "Received: by mail.council.example; Wed, 10 Dec 2025 09:00:00 +0000\r\nFrom: someone@else.example\r\n";
    workspace.drop_bytes(
        "month.eml",
        &mail::mail(headers, "Attached.", &[("month.xlsx", &month(QUARTER).bytes())]),
    );
    Some(Fixture { workspace, places: at(&[("", "")]) })
}

/// The same with one visit listed twice.
fn with_visits() -> Option<Fixture> {
    let answers = [("Yes", day("2025-06-01")), ("Yes", day("2025-06-01"))];
    let mut visits = support::book::Sheet::new("Visits");
    visits.row(0, ["Unit", "Date of visit"].map(Cell::from));
    for (row, unit) in (1..).zip(["Ash House", "Elm House", " ash  house"]) {
        visits.row(row, [unit.into(), day("2025-09-10")]);
    }
    let sheets = vec![answers_sheet(day("2025-10-06"), answers), visits];
    in_own_form(&Book { sheets }, &[("Visits", "A4")])
}

fn answers_sheet(submitted: Cell, answers: [(&str, Cell); 2]) -> support::book::Sheet {
    let mut sheet = support::book::Sheet::new("Answers");
    sheet.row(0, ["Provider".into(), PROVIDER.into()]);
    sheet.row(1, ["Month".into(), "September 2025".into()]);
    sheet.row(2, ["Date submitted".into(), submitted]);
    sheet.row(3, ["No.", "Requirement", "Answer", "Date"].map(Cell::from));
    let policies = ["Safeguarding policy reviewed", "Data protection policy reviewed"];
    for ((row, number), (policy, (answer, date))) in
        (4..).zip(["1", "2"]).zip(policies.into_iter().zip(answers))
    {
        sheet.row(row, [number.into(), policy.into(), answer.into(), date]);
    }
    sheet
}

/// A book of that definition's form.
fn in_own_form(book: &Book, places: &[(&str, &str)]) -> Option<Fixture> {
    in_definition(include_str!("answers.toml"), book, places)
}

/// A book of a form of this definition, which stands in the workspace instead of the contract's own.
fn in_definition(definition: &str, book: &Book, places: &[(&str, &str)]) -> Option<Fixture> {
    let fixture = of("own.xlsx", book, places)?;
    let contracts = fixture.workspace.path().join("contracts");
    std::fs::create_dir(&contracts).unwrap();
    std::fs::write(contracts.join("own.toml"), definition).unwrap();
    Some(fixture)
}

/// The sheet of a month or KPI return under another name.
fn renamed(mut book: Book, from: &str, to: &str) -> Book {
    book.sheet(from).name = to.to_string();
    book
}

/// A month whose package has one more part.
fn with_part(name: &str, content: &str) -> Option<Fixture> {
    let fixture = of("month.xlsx", &month(QUARTER), &[("", "")])?;
    let path = fixture.workspace.path().join("returns/month.xlsx");
    let file = std::fs::File::options().read(true).write(true).open(path).unwrap();
    let mut package = zip::ZipWriter::new_append(file).unwrap();
    package.start_file(name, zip::write::SimpleFileOptions::default()).unwrap();
    package.write_all(content.as_bytes()).unwrap();
    package.finish().unwrap();
    Some(fixture)
}

#[expect(clippy::too_many_lines, reason = "one arm a kind, in the registry's order")]
fn fixture(code: &str) -> Option<Fixture> {
    match code {
        "answer-placeholder" => in_log("H2", "Please select"),
        "answer-unreadable" => in_answers(
            day("2025-10-06"),
            [("partly", day("2025-06-01")), ("Yes", "last spring".into())],
            &["C5", "D6"],
        ),
        // One word and no more, and a remark behind another.
        "answer-with-remark" => in_answers(
            day("2025-10-06"),
            [("Yes - see attached", day("2025-06-01")), ("Yes", day("2025-06-01"))],
            &["C5"],
        ),
        "area-unknown" => in_log("B2", "Lancashire"),
        "breakdown-unknown" => {
            let heading = "Additional information breakdown";
            in_month(NEW, "Referral source: GP", heading, "Place of residence: Crewe")
        }
        "carried-forward-mismatch" => {
            let mut workspace = Workspace::new(QUARTER);
            workspace.receive("september.xlsx", "2025-10-10", &month(QUARTER));
            let book = month("2025-10-01");
            let place = information_cell(&book, EAST, CARRIED, "", "RPR");
            workspace.receive("october.xlsx", "2025-11-10", &book.with(EAST, &place, 6));
            Some(Fixture { workspace, places: at(&[(EAST, &place)]) })
        }
        "column-inserted" => {
            let mut book = month(QUARTER);
            book.sheet(EAST).insert_column(5);
            of("month.xlsx", &book.with(EAST, "F6", "Checked by"), &[(EAST, "F6")])
        }
        "column-missing" => {
            let mut book = month(QUARTER);
            let (_, column) = position(&information_cell(&book, EAST, NEW, "", "RPR"));
            book.sheet(EAST).remove_column(column);
            of("month.xlsx", &book, &[(EAST, "A6")])
        }
        "column-repeated" => figures::with_hours_twice(90),
        "column-repeated-alike" => figures::with_hours_twice(80),
        "denominator-not-sum-of-months" | "quarter-not-sum-of-months" => {
            let kpi = if code.starts_with("denominator") { 9 } else { 5 };
            let mut workspace = Workspace::new(QUARTER);
            workspace.quarter(QUARTER, &["kpi"]);
            workspace.receive("kpi.xlsx", "2025-12-10", &share(kpis(QUARTER), kpi, WEST, 29, 29));
            Some(Fixture { workspace, places: at(&[("KPIs", &kpi_cell(kpi, WEST, "Denominator"))]) })
        }
        "empty-return" => {
            let mut book = narrative(QUARTER, EAST);
            for area in forms::AREAS.iter().filter(|area| !area.starts_with("LPS")) {
                book = book.without("Narrative", &narrative_cell(area));
            }
            of("narrative.xlsx", &book, &[("", "")])
        }
        // Reviewed a day more than twelve months before, and a day less.
        "evidence-contradicts" => {
            in_answers(day("2025-10-06"), [("Yes", day("2024-10-05")), ("Yes", day("2024-10-06"))], &["D5"])
        }
        // No date behind a Yes; behind a No there need be none.
        "evidence-missing" => {
            in_answers(day("2025-10-06"), [("No", Cell::Greyed), ("Yes", Cell::Greyed)], &["D6"])
        }
        "figure-impossible" => in_month("Number of cases closed", "", "IMCA", -4),
        "figure-not-a-number" => in_month("Number of cases closed", "", "IMCA", "about 4"),
        "figure-unusual" => {
            let mut workspace = Workspace::new("2025-03-01");
            for first in ["2025-03-01", "2025-04-01", "2025-05-01", "2025-06-01", "2025-07-01", "2025-08-01"]
            {
                workspace.receive(&format!("{first}.xlsx"), "2025-09-10", &month(first));
            }
            let book = month(QUARTER);
            let place = information_cell(&book, WEST, "Number of referrals rejected", "", "Total");
            let book = book.with(
                WEST,
                &information_cell(&month(QUARTER), WEST, "Number of referrals rejected", "", "IMCA"),
                4,
            );
            workspace.receive("september.xlsx", "2025-10-10", &book.with(WEST, &place, 4));
            Some(Fixture { workspace, places: at(&[(WEST, &place)]) })
        }
        "formula-not-calculated" => in_month(NEW, "Total", "Total", Cell::Formula("=SUM(D7:H7)", "")),
        "council-disagrees"
        | "earlier-period-restated"
        | "formula-overwritten"
        | "own-rating-differs"
        | "own-rating-unclear"
        | "restated"
        | "same-as-last-period"
        | "sent-again"
        | "template-older" => drift::fixture(code),
        "group-unknown" => figures::in_assessment("A9", "Estates"),
        "heading-renamed" => of("month.xlsx", &month(QUARTER).with(EAST, "G6", "Care Acts"), &[(EAST, "G6")]),
        "active-cases-without-hours" => {
            let mut book = month(QUARTER);
            for line in [
                "Total",
                "New cases",
                "Carried forward cases",
                "Referral source: GP",
                "Referral source: hospital",
            ] {
                let place = information_cell(&book, EAST, HOURS, line, "IMHA");
                book = book.with(EAST, &place, 0);
            }
            let place = information_cell(&book, EAST, HOURS, "Total", "IMHA");
            of("month.xlsx", &book, &[(EAST, &place)])
        }
        "date-outside-period" => {
            let outside = Referral::open(EAST, "2025-08-31", "2025-09-01", "2025-09-01");
            let later = Referral::open(EAST, "2025-12-01", "2025-12-01", "2025-12-01");
            let inside = Referral::open(EAST, "2025-11-30", "2025-11-30", "2025-11-30");
            let closed = Referral::closed(EAST, "2025-08-31", "2025-09-01", "Yes", "Yes");
            let book = with_log(kpis(QUARTER), &[outside, later, inside, closed]);
            of("kpi.xlsx", &book, &[(LOG, "D2"), (LOG, "D3")])
        }
        // Received on 10 December 2025: what came the day after cannot have been submitted with it.
        "date-submitted-impossible" => {
            in_answers(day("2025-12-11"), [("Yes", day("2025-06-01")), ("Yes", day("2025-06-01"))], &["B3"])
        }
        "date-submitted-missing" => {
            in_answers("in October".into(), [("Yes", day("2025-06-01")), ("Yes", day("2025-06-01"))], &["B3"])
        }
        "dates-out-of-order" => in_log("E3", day("2025-09-02")),
        "duplicate-reference" => in_log("A5", "R002"),
        "log-entry-unreadable" => in_log("F4", "last week"),
        "narrative-missing" => {
            let place = narrative_cell("Risks");
            of(
                "narrative.xlsx",
                &narrative(QUARTER, EAST).without("Narrative", &place),
                &[("Narrative", &place)],
            )
        }
        "not-signed" => figures::in_assessment("B3", "[Enter name]"),
        "percentage-ambiguous" => {
            let book = result_alone(kpis(QUARTER), 7, EAST, 0.94);
            of("kpi.xlsx", &book, &[("KPIs", &kpi_cell(7, EAST, "Result"))])
        }
        "period-disagrees" => of("month October 2025.xlsx", &month(QUARTER), &[(EAST, "B2")]),
        "period-from-name" => {
            let book = narrative(QUARTER, EAST).without("Narrative", "B2");
            of("narrative Q1 2025-26.xlsx", &book, &[("", "")])
        }
        "label-misplaced" => {
            let mut book = narrative(QUARTER, EAST).without("Narrative", "A1").without("Narrative", "B1");
            let last = book.sheet("Narrative").cells.keys().next_back().unwrap().0;
            book.sheet("Narrative").row(last + 2, ["Provider".into(), PROVIDER.into()]);
            let place = format!("B{}", last + 3);
            of("narrative.xlsx", &book, &[("Narrative", &place)])
        }
        "provider-disagrees" => under_another_name(),
        "provider-from-name" => {
            let book = narrative(QUARTER, EAST).without("Narrative", "B1");
            of(&format!("{PROVIDER} narrative.xlsx"), &book, &[("", "")])
        }
        "record-called-total" => in_log("A4", "Sub-total"),
        "record-repeated" => with_visits(),
        "required-figure-missing" => {
            let book = month(QUARTER);
            let place = information_cell(&book, EAST, "Number of cases closed", "", "IMCA");
            of("month.xlsx", &book.without(EAST, &place), &[(EAST, &place)])
        }
        "response-misplaced" | "response-to-another-return" | "response-unmatched" => feedback::fixture(code),
        "row-missing" => {
            let mut book = month(QUARTER);
            let (row, _) = position(&information_cell(&book, EAST, "Number of cases closed", "", "IMCA"));
            book.sheet(EAST).remove_row(row);
            of("month.xlsx", &book, &[(EAST, "")])
        }
        "row-not-due" => figures::with_row_of_the_year(),
        "row-repeated" => {
            let mut book = month(QUARTER);
            let last = book.sheet(EAST).cells.keys().next_back().unwrap().0;
            let label = "Number of cases closed".into();
            book.sheet(EAST).row(last + 1, [label, "In reporting period".into(), "Monthly".into(), 4.into()]);
            let place = format!("B{}", last + 2);
            of("month.xlsx", &book, &[(EAST, &place)])
        }
        "row-unknown" => {
            let mut book = month(QUARTER);
            let last = book.sheet(EAST).cells.keys().next_back().unwrap().0;
            book.sheet(EAST)
                .row(last + 1, ["Volunteer mileage".into(), "".into(), "Monthly".into(), 120.into()]);
            let place = format!("A{}", last + 2);
            of("month.xlsx", &book, &[(EAST, &place)])
        }
        "score-impossible" => figures::in_assessment("C7", 3.5),
        "score-missing" => figures::in_assessment("C7", "Please select"),
        "sender-not-in-register" => by_mail(),
        "sheet-hidden" => {
            let mut book = kpis(QUARTER);
            let mut lists = support::book::Sheet::new("Lists");
            lists.put(0, 0, "IMCA");
            lists.hidden = true;
            book.sheets.push(lists);
            of("kpi.xlsx", &book, &[("Lists", "")])
        }
        "sheet-missing" => {
            let mut book = month(QUARTER);
            book.sheets.remove(1);
            of("month.xlsx", &book, &[("", "")])
        }
        "sheet-renamed" => of("kpi.xlsx", &renamed(kpis(QUARTER), "KPIs", "Sheet1"), &[("Sheet1", "")]),
        "table-repeated" => {
            let mut book = kpis(QUARTER);
            let mut copy = book.sheets.iter().find(|sheet| sheet.name == "KPIs").unwrap().clone();
            copy.name = "KPIs (2)".into();
            book.sheets.push(copy);
            of("kpi.xlsx", &book, &[("KPIs (2)", "")])
        }
        "stated-differs-from-computed" => {
            let place = kpi_cell(7, EAST, "Result");
            of("kpi.xlsx", &kpis(QUARTER).with("KPIs", &place, Cell::Percent(0.5)), &[("KPIs", &place)])
        }
        "threshold-edited" => of("kpi.xlsx", &kpis(QUARTER).with("KPIs", "B12", "90%"), &[("KPIs", "B12")]),
        "total-mismatch" => in_month("Number of cases closed", "", "Total", 11),
        "workbook-has-macros" => with_part("xl/vbaProject.bin", "x"),
        "workbook-labelled" => with_part("docMetadata/LabelInfo.xml", "<labelList/>"),
        "workbook-links-elsewhere" => with_part("xl/externalLinks/externalLink1.xml", "<externalLink/>"),
        "workbook-signed" => with_part("_xmlsignatures/sig1.xml", "<Signature/>"),
        _ => None,
    }
}

/// The severity and whether it counts against accuracy, where section 8 of the rulebook says so.
fn as_the_rulebook_has_it(code: &str) -> Option<(&'static str, bool)> {
    match code {
        "stated-differs-from-computed"
        | "total-mismatch"
        | "quarter-not-sum-of-months"
        | "required-figure-missing"
        | "narrative-missing"
        | "figure-not-a-number"
        | "figure-impossible"
        | "evidence-contradicts" => Some(("Error", true)),
        "date-outside-period"
        | "evidence-missing"
        | "figure-unusual"
        | "carried-forward-mismatch"
        | "denominator-not-sum-of-months"
        | "heading-renamed"
        | "column-inserted"
        | "sheet-renamed"
        | "threshold-edited" => Some(("Warning", false)),
        "sheet-hidden" => Some(("Information", false)),
        _ => None,
    }
}

#[test]
fn every_kind_has_a_workbook_that_makes_it_appear_at_its_cell() {
    let mut wrong = Vec::new();
    for kind in ALL {
        let Some(fixture) = fixture(kind.code) else {
            wrong.push(format!("{} has no fixture", kind.code));
            continue;
        };
        let mut said = fixture.workspace.run("2025-12-12");
        // A second provider is there only to be mistaken for the first.
        said.results.reviews.retain(|review| review.provider == PROVIDER);
        let found = said.found(kind.code);
        if found != fixture.places {
            wrong.push(format!(
                "{}: found at {found:?}, expected at {:?}\n  all findings: {:#?}\n  unrecognised: {:?}",
                kind.code,
                fixture.places,
                said.findings(),
                said.results.unrecognised
            ));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn severities_are_the_rulebooks() {
    let mut said = 0;
    for kind in ALL {
        if let Some((severity, counts)) = as_the_rulebook_has_it(kind.code) {
            assert_eq!(
                (kind.severity.word(), kind.counts_against_accuracy),
                (severity, counts),
                "{}",
                kind.code
            );
            said += 1;
        }
    }
    assert_eq!(said, 18, "a code of the rulebook's table is no longer in the registry");
}

#[test]
fn errors_make_the_return_inaccurate_and_the_others_do_not() {
    for (code, accurate) in [("total-mismatch", false), ("heading-renamed", true), ("sheet-hidden", true)] {
        let said = fixture(code).unwrap().workspace.run("2025-12-12");
        let own = said.review().submissions.iter().find(|own| own.received.is_some()).unwrap();
        assert_eq!(own.accurate, Some(accurate), "{code}");
    }
}
