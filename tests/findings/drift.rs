//! Drift from one return to the next: what makes each finding appear, and what does not.

use super::support::book::{Book, Cell, Sheet};
use super::support::workspace::Workspace;
use super::support::{PROVIDER, day, said};
use super::{Fixture, QUARTER};

const DEFINITION: &str = include_str!("drift.toml");
const CASES: &str = "Cases";
const KPIS: &str = "Indicators";
const OCTOBER: (&str, &str) = ("October 2025", "2.0");

/// The form for a month, clean: figures that no other month has, totals and results computed.
fn form(month: (&str, &str), by: i32) -> Book {
    let mut cases = Sheet::new(CASES);
    cases.row(0, ["Provider".into(), PROVIDER.into()]);
    cases.row(1, ["Month".into(), month.0.into()]);
    cases.row(2, ["Template version".into(), month.1.into()]);
    cases.row(4, ["Item", "Adults", "Children", "Total"].map(Cell::from));
    let sums = ["=SUM(B6:C6)", "=SUM(B7:C7)", "=SUM(B8:C8)", "=SUM(B9:C9)"];
    let figures = [("New cases", 7, 2), ("Open cases", 31, 9), ("Closed cases", 5, 1), ("Visits", 44, 12)];
    for ((row, sum), (item, adults, children)) in (5..).zip(sums).zip(figures) {
        let total = (adults + by + children).to_string();
        let total = Cell::Formula(sum, total.leak());
        cases.row(row, [item.into(), (adults + by).into(), children.into(), total]);
    }
    let mut kpis = Sheet::new(KPIS);
    kpis.row(0, ["Ref", "Indicator", "Numerator", "Denominator", "Result", "RAG"].map(Cell::from));
    for (row, (number, title, parts, formula, result, rag)) in (1..).zip([
        ("1", "Answered in time", (17, 20), "=C2/D2", "0.85", "Amber"),
        ("2", "Visited in time", (20, 20), "=C3/D3", "1", "Green"),
        ("3", "Closed as planned", (3, 4), "=C4/D4", "0.75", ""),
    ]) {
        kpis.row(
            row,
            [
                number.into(),
                title.into(),
                parts.0.into(),
                parts.1.into(),
                Cell::Formula(formula, result),
                rag.into(),
            ],
        );
    }
    Book { sheets: vec![cases, kpis] }
}

/// The same form with two sheets on which September and October have a column each.
fn so_far(mut book: Book, briefings: [i32; 2], homes: [i32; 2]) -> Book {
    for (name, title, first, lines) in [
        ("Year", "The year so far", "Item", vec![("Briefings", briefings), ("Talks", [3, 3])]),
        (
            "Homes",
            "Homes",
            "Home",
            vec![("Ash", homes), ("Birch", [7, 8]), ("Twin", [1, 1]), ("Twin", [2, 2])],
        ),
    ] {
        let mut sheet = Sheet::new(name);
        sheet.put(0, 0, title);
        sheet.row(1, [first, "September 2025", "October 2025"].map(Cell::from));
        sheet.row(2, ["", "Actual", "Actual"].map(Cell::from));
        for (row, (label, [september, october])) in (3..).zip(lines) {
            sheet.row(row, [label.into(), september.into(), october.into()]);
        }
        book.sheets.push(sheet);
    }
    book
}

/// A workspace of the definition.
fn workspace() -> Workspace {
    let workspace = Workspace::new(QUARTER);
    workspace.define("own", DEFINITION);
    workspace
}

/// The same after this form for October came in time.
fn after(book: &Book) -> Workspace {
    let mut workspace = workspace();
    workspace.receive("own.xlsx", "2025-11-10", book);
    workspace
}

/// Warnings and errors of a run: code and place.
fn wrong(workspace: &Workspace) -> Vec<(&'static str, String)> {
    let said = workspace.run("2025-12-12");
    assert_eq!(said.unrecognised(), Vec::<&str>::new());
    let submissions = &said.review().submissions;
    assert!(submissions.iter().all(|own| own.accurate != Some(false)), "drift counts against accuracy");
    submissions
        .iter()
        .flat_map(|own| &own.findings)
        .map(|own| {
            let cell = own.cell.map(|cell| format!(" {cell}")).unwrap_or_default();
            (own.kind.code, format!("{}{cell}", own.sheet.as_deref().unwrap_or_default()))
        })
        .collect()
}

/// A workspace in which the finding of this code stands, and where.
pub fn fixture(code: &str) -> Option<Fixture> {
    let october = || form(OCTOBER, 0);
    let of = |book: Book, sheet: &str, cell: &str| {
        Some(Fixture { workspace: after(&book), places: said::at(&[(sheet, cell)]) })
    };
    match code {
        "council-disagrees" => {
            of(october().with(CASES, "A4", "Council").with(CASES, "B4", "Wirral"), CASES, "B4")
        }
        "earlier-period-restated" => {
            let mut workspace = workspace();
            for (month, received, figures) in
                [(("September 2025", "1.0"), "2025-10-10", [4, 0]), (OCTOBER, "2025-11-10", [5, 6])]
            {
                workspace.receive(
                    &format!("{received}.xlsx"),
                    received,
                    &so_far(form(month, 0), figures, [1, 2]),
                );
            }
            Some(Fixture { workspace, places: said::at(&[("Year", "B4")]) })
        }
        "formula-overwritten" => of(october().with(CASES, "D7", 40), CASES, "D7"),
        "own-rating-differs" => of(october().with(KPIS, "F2", "G"), KPIS, "F2"),
        "own-rating-unclear" => of(october().with(KPIS, "F2", "Purple"), KPIS, "F2"),
        "restated" => {
            let mut workspace = after(&october());
            workspace.receive("again.xlsx", "2025-11-20", &october().with(CASES, "B8", 6));
            Some(Fixture { workspace, places: said::at(&[(CASES, "B8")]) })
        }
        "same-as-last-period" => {
            let mut workspace = after(&october());
            workspace.receive("september.xlsx", "2025-10-10", &form(("September 2025", "1.0"), 0));
            Some(Fixture { workspace, places: said::at(&[("", "")]) })
        }
        "sent-again" => {
            let mut workspace = after(&october());
            workspace.receive("the November 2025 figures.xlsx", "2025-12-10", &october());
            Some(Fixture { workspace, places: said::at(&[("", "")]) })
        }
        "template-older" => of(form(("October 2025", "v1.0 (June)"), 0), CASES, "B3"),
        _ => None,
    }
}

#[test]
fn a_clean_form_says_nothing() {
    assert_eq!(wrong(&after(&form(OCTOBER, 0))), []);
}

#[test]
fn a_number_over_a_formula_is_told_by_the_cells_beside_it() {
    let typed = |cells: &[&str]| {
        let totals = [("D6", 9), ("D7", 40), ("D8", 6), ("D9", 56)];
        let book = totals.iter().filter(|(cell, _)| cells.contains(cell));
        wrong(&after(&book.fold(form(OCTOBER, 0), |book, (cell, total)| book.with(CASES, cell, *total))))
    };
    let at = |cell: &str| vec![("formula-overwritten", format!("{CASES} {cell}"))];
    assert_eq!(typed(&["D7"]), at("D7"));
    // As many typed as computed: nobody can tell what the form does.
    assert_eq!(typed(&["D7", "D8"]), []);
    assert_eq!(typed(&["D6", "D7", "D8"]), []);
    // Issued without formulas, or saved without them.
    assert_eq!(typed(&["D6", "D7", "D8", "D9"]), []);
    let result = form(OCTOBER, 0).with(KPIS, "E2", Cell::Percent(0.85));
    assert_eq!(wrong(&after(&result)), [("formula-overwritten", format!("{KPIS} E2"))]);
    // Words over a formula are no figure.
    assert_eq!(wrong(&after(&form(OCTOBER, 0).with(CASES, "D7", "N/A"))), []);
}

#[test]
fn a_number_over_a_formula_is_told_by_the_return_before() {
    let typed = |cells: &[(&str, i32)]| {
        let mut workspace = workspace();
        workspace.receive("september.xlsx", "2025-10-10", &form(("September 2025", "1.0"), 1));
        let october =
            cells.iter().fold(form(OCTOBER, 0), |book, (cell, total)| book.with(CASES, cell, *total));
        workspace.receive("october.xlsx", "2025-11-10", &october);
        wrong(&workspace)
    };
    assert_eq!(typed(&[("D7", 40), ("D8", 6)]), [("formula-overwritten", format!("{CASES} D7"))]);
    // Saved without any formula, nothing is said.
    assert_eq!(typed(&[("D6", 9), ("D7", 40), ("D8", 6), ("D9", 56)]), []);
}

#[test]
fn the_version_in_use_for_the_period_is_the_right_one() {
    let older = vec![("template-older", format!("{CASES} B3"))];
    for (month, version, expected) in [
        ("October 2025", "2.0", vec![]),
        ("October 2025", "Version 2 (autumn)", vec![]),
        ("October 2025", "1.0", older.clone()),
        ("October 2025", "3.0", older.clone()),
        ("September 2025", "1.0", vec![]),
        ("September 2025", "2.0", older),
        ("October 2025", "", vec![]),
    ] {
        assert_eq!(wrong(&after(&form((month, version), 0))), expected, "{month} {version}");
    }
    assert_eq!(wrong(&after(&form(OCTOBER, 0).without(CASES, "A3").without(CASES, "B3"))), []);
}

#[test]
fn only_a_return_that_is_wholly_the_last_one_is_told() {
    let told = |october: &Book| {
        let mut workspace = workspace();
        workspace.receive("september.xlsx", "2025-10-10", &form(("September 2025", "1.0"), 0));
        workspace.receive("october.xlsx", "2025-11-10", october);
        wrong(&workspace)
    };
    assert_eq!(told(&form(OCTOBER, 0)), [("same-as-last-period", String::new())]);
    assert_eq!(
        told(&form(OCTOBER, 0).with(CASES, "B7", 32).with(CASES, "D7", Cell::Formula("=SUM(B7:C7)", "41"))),
        []
    );
    // Nothing but ones and noughts is the same by chance.
    let few = |month| {
        let sums = ["=SUM(B6:C6)", "=SUM(B7:C7)", "=SUM(B8:C8)", "=SUM(B9:C9)"];
        let mut book = form(month, 0);
        for (row, sum) in (6..).zip(sums) {
            book = book.with(CASES, &format!("B{row}"), 1).with(CASES, &format!("C{row}"), 0);
            book = book.with(CASES, &format!("D{row}"), Cell::Formula(sum, "1"));
        }
        for row in 2..=4 {
            book = book.with(KPIS, &format!("C{row}"), 1).with(KPIS, &format!("D{row}"), 1);
            book = book.with(KPIS, &format!("E{row}"), Cell::Percent(1.0)).with(
                KPIS,
                &format!("F{row}"),
                "Green",
            );
        }
        book
    };
    let mut workspace = workspace();
    workspace.receive("september.xlsx", "2025-10-10", &few(("September 2025", "1.0")));
    workspace.receive("october.xlsx", "2025-11-10", &few(OCTOBER));
    assert_eq!(wrong(&workspace), []);
}

#[test]
fn a_copy_is_told_when_its_name_speaks_of_another_period() {
    for (name, expected) in [
        ("the November 2025 figures.xlsx", vec![("sent-again", String::new())]),
        ("the October 2025 figures (2).xlsx", vec![]),
        ("own (2).xlsx", vec![]),
    ] {
        let mut workspace = after(&form(OCTOBER, 0));
        workspace.receive(name, "2025-12-10", &form(OCTOBER, 0));
        assert_eq!(wrong(&workspace), expected, "{name}");
        let said = workspace.run("2025-12-12");
        let own = said.review().submissions.iter().find(|own| own.received.is_some()).unwrap();
        assert_eq!((own.versions.len(), own.received), (1, Some(day("2025-11-10"))), "{name}");
    }
}

#[test]
fn a_council_that_is_no_party_is_told_and_another_contracts_form_is_none() {
    let of = |label: &str, name: &str| form(OCTOBER, 0).with(CASES, "A4", label).with(CASES, "B4", name);
    let told = vec![("council-disagrees", format!("{CASES} B4"))];
    for (label, name, expected) in [
        ("Council", "Wirral", told.clone()),
        ("Local authority", "Metropolitan Borough of Wirral", told.clone()),
        ("Council", "Cheshire East", vec![]),
        ("Council", "cheshire west & chester council", vec![]),
        ("Council", "CEC", vec![]),
        ("Council", "Both councils", vec![]),
        ("Council", "", vec![]),
        // The contract tells no areas apart: any part of a county may be one.
        ("Area", "Macclesfield", vec![]),
        ("Contract reference", "DN123456", vec![]),
    ] {
        assert_eq!(wrong(&after(&of(label, name))), expected, "{label} {name}");
    }
    // A heading between headings is no value; one word beside a value leaves it one.
    let beside = |cell: &str| of("Council", "Wirral").with(CASES, cell, "in England");
    assert_eq!(wrong(&after(&beside("C4"))), told);
    assert_eq!(wrong(&after(&beside("C4").with(CASES, "D4", "Status"))), []);
    for (label, name) in
        [("Council", "Kent"), ("Area", "Kent County Council"), ("Contract reference", "kent-regulation-44")]
    {
        let mut workspace = after(&of(label, name));
        workspace.provider("kent-regulation-44", "Lanternhill", "2022-04-01");
        let outcome = workspace.outcome("2025-12-12", "2025-12-12");
        let reasons: Vec<&str> = outcome.results.unrecognised.iter().map(|own| own.reason.as_str()).collect();
        let [reason] = reasons.as_slice() else { panic!("{label} {name}: {reasons:?}") };
        assert!(reason.contains(name) && reason.contains("(Cases, B4)"), "{reason}");
        assert!(
            reason.contains("is of kent-regulation-44") || reason.contains("is kent-regulation-44"),
            "{reason}"
        );
    }
}

#[test]
fn a_provider_of_another_contract_is_named_as_such() {
    let mut workspace = after(&form(OCTOBER, 0).with(CASES, "B1", "Lanternhill"));
    workspace.provider("kent-regulation-44", "Lanternhill", "2022-04-01");
    let outcome = workspace.outcome("2025-12-12", "2025-12-12");
    let [own] = outcome.results.unrecognised.as_slice() else { panic!("{:?}", outcome.results.unrecognised) };
    assert!(own.reason.contains("(Cases, B1)"), "{}", own.reason);
    assert!(own.reason.contains("for this contract but for kent-regulation-44"), "{}", own.reason);
}

#[test]
fn own_ratings_are_compared_and_never_used() {
    let differs = |cell: &str| vec![("own-rating-differs", format!("{KPIS} {cell}"))];
    for (cell, text, expected) in [
        ("F2", "amber", vec![]),
        ("F2", "A", vec![]),
        ("F2", "Amber/Red", vec![]),
        ("F2", "", vec![]),
        ("F2", "N/A", vec![]),
        ("F2", "Green", differs("F2")),
        ("F2", "RED", differs("F2")),
        ("F2", "Green/Red", differs("F2")),
        ("F3", "Amber", differs("F3")),
        ("F2", "95%", vec![("own-rating-unclear", format!("{KPIS} F2"))]),
        // No rule rates it.
        ("F4", "Red", vec![]),
    ] {
        let workspace = after(&form(OCTOBER, 0).with(KPIS, cell, text));
        assert_eq!(wrong(&workspace), expected, "{cell} {text}");
        let said = workspace.run("2025-12-12");
        assert_eq!(said.rating(1, None).id(), "amber", "{cell} {text}");
        let note = said
            .rated(1, None)
            .notes
            .iter()
            .any(|note| cell == "F2" && note == &format!("The provider's own rating: {text}."));
        assert_eq!(note, cell == "F2" && !matches!(text, "" | "N/A"), "{cell} {text}");
    }
}

#[test]
fn figures_changed_after_the_due_date_are_told_unless_they_were_queried() {
    let told = |first: &Book, again: &Book, received: &str| {
        let mut workspace = workspace();
        workspace.receive("own.xlsx", "2025-11-10", first);
        workspace.receive("again.xlsx", received, again);
        let said = workspace.run("2025-12-12");
        said.found("restated")
    };
    let clean = form(OCTOBER, 0);
    let changed = clean.clone().with(CASES, "B8", 6).with(CASES, "D8", Cell::Formula("=SUM(B8:C8)", "7"));
    assert_eq!(told(&clean, &changed, "2025-11-15"), said::at(&[(CASES, "B8")]));
    // Due on the 14th.
    assert_eq!(told(&clean, &changed, "2025-11-14"), []);
    // The row's total was wrong.
    let queried = clean.clone().with(CASES, "D8", 7);
    assert_eq!(told(&queried, &changed, "2025-11-15"), []);
    // What was blank before is new.
    assert_eq!(told(&clean.clone().without(CASES, "B8"), &changed, "2025-11-15"), []);
    // Another label is no figure.
    assert_eq!(told(&clean, &clean.clone().with(CASES, "A4", "Completed by"), "2025-11-15"), []);
}

#[test]
fn drift_stands_in_the_pack_and_in_the_returned_workbook() {
    let workspace = after(&form(OCTOBER, 0).with(CASES, "D7", 40).with(KPIS, "F2", "G"));
    workspace.run("2025-12-12");
    let pages = workspace.pages("cheshire-advocacy");
    for words in
        ["40 was typed where the form computes", "the provider rates it “G”; by the contract it is Amber"]
    {
        assert!(pages.contains(words), "{words}");
    }
    assert_eq!(workspace.written("cheshire-advocacy", "returned/own.xlsx").len(), 1);
}

#[test]
fn what_is_said_of_an_earlier_period_is_held_against_its_own_return() {
    let september = ("September 2025", "1.0");
    for (briefings, homes, expected) in [
        ([4, 6], [1, 2], vec![]),
        ([5, 6], [1, 2], vec![("earlier-period-restated", "Year B4".to_string())]),
        ([4, 6], [2, 2], vec![("earlier-period-restated", "Homes B4".to_string())]),
        // Two of them are one finding, at the first.
        ([5, 6], [2, 2], vec![("earlier-period-restated", "Year B4".to_string())]),
    ] {
        let mut workspace = workspace();
        workspace.receive("september.xlsx", "2025-10-10", &so_far(form(september, 0), [4, 0], [1, 0]));
        workspace.receive("october.xlsx", "2025-11-10", &so_far(form(OCTOBER, 1), briefings, homes));
        assert_eq!(wrong(&workspace), expected, "{briefings:?} {homes:?}");
        // A return that came in later could not be known.
        let mut workspace = self::workspace();
        workspace.receive("october.xlsx", "2025-11-10", &so_far(form(OCTOBER, 1), briefings, homes));
        workspace.receive("september.xlsx", "2025-11-11", &so_far(form(september, 0), [4, 0], [1, 0]));
        assert_eq!(wrong(&workspace), [], "{briefings:?} {homes:?}");
    }
}
