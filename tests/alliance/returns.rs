//! Due dates, the figures of the KPI form, and what follows when a form does not come (4.1, 4.2, 5.1, 5.2 of the schedule).

use crate::forms::{
    CERTIFICATION, CONTRACT, KPI_FORM, KPIS, YEAR, certification, certified, kpi_cell, kpi_form,
};
use crate::support::day;
use crate::support::results::Told;
use crate::support::workspace::Workspace;

const PROVIDER: &str = "Thameside Homes";

/// Placed, ended, planned ending, sessions planned, held, incidents, in placement, in education.
const ANSWERS: [u32; 8] = [6, 4, 3, 120, 114, 2, 18, 12];
const QUARTERS: [(&str, &str, &str); 4] = [
    ("Q1 2025-26", "2025-26 Q1", "2025-07-15"),
    ("Q2 2025-26", "2025-26 Q2", "2025-10-15"),
    ("Q3 2025-26", "2025-26 Q3", "2026-01-15"),
    ("Q4 2025-26", "2025-26 Q4", "2026-04-15"),
];

#[test]
fn due_on_the_15th_of_the_month_after_the_quarter_and_on_31_may() {
    let mut workspace = Workspace::default();
    workspace.provider(CONTRACT, PROVIDER, "2022-04-01");
    let told = workspace.told("2026-06-10");
    let review = told.of(PROVIDER);
    for (_, quarter, due) in QUARTERS {
        assert_eq!(review.due(KPI_FORM, quarter), due);
    }
    // Open: nothing says that a due date is moved. Saturday 15 April 2023 and Sunday 31 May 2026 are what the words say.
    assert_eq!(review.due(KPI_FORM, "2022-23 Q4"), "2023-04-15");
    assert_eq!(review.due(CERTIFICATION, "2022-23"), "2023-05-31");
    assert_eq!(review.due(CERTIFICATION, YEAR), "2026-05-31");
    let own = review.submission(CERTIFICATION, YEAR);
    assert_eq!((&own["from"], &own["to"]), (&"2025-04-01".into(), &"2026-03-31".into()));
    let own = review.submission(KPI_FORM, "2025-26 Q3");
    assert_eq!((&own["from"], &own["to"]), (&"2025-10-01".into(), &"2025-12-31".into()));
}

/// The four forms of 2025-26 received on these days; blank is never.
fn quarters(workspace: &mut Workspace, provider: &str, received: [&str; 4]) {
    workspace.provider(CONTRACT, provider, "2025-04-01");
    for ((label, ..), date) in QUARTERS.into_iter().zip(received).filter(|(_, date)| !date.is_empty()) {
        let file = format!("{provider}/{label}.xlsx");
        workspace.receive(&file, date, &kpi_form(provider, label, ANSWERS));
    }
}

#[test]
fn in_time_on_the_due_date_and_late_the_day_after() {
    let mut workspace = Workspace::default();
    quarters(&mut workspace, PROVIDER, ["2025-07-15", "2025-10-16", "2026-01-15", ""]);
    let told = workspace.told("2026-04-20");
    let found = QUARTERS.map(|(_, quarter, _)| told.of(PROVIDER).status(KPI_FORM, quarter).to_string());
    assert_eq!(found, ["on-time", "late", "on-time", "missing"]);
    for id in ["timeliness", "accuracy"] {
        let own = told.of(PROVIDER).window(id, "2025-10-01", "2025-12-31");
        assert_eq!(own["rating"], "not-rated", "{id}");
        assert_eq!((&own["due"], &own["met"]), (&1.into(), &1.into()), "{id}");
    }
    let own = told.of(PROVIDER).window("timeliness", "2025-07-01", "2025-09-30");
    assert_eq!((&own["due"], &own["met"], &own["rating"]), (&1.into(), &0.into(), &"not-rated".into()));
}

#[test]
fn a_kpi_form_not_returned_is_escalated_from_the_day_after_it_was_due() {
    let mut workspace = Workspace::default();
    quarters(&mut workspace, "Never", ["2025-07-10", "", "", ""]);
    quarters(&mut workspace, "Always", ["2025-07-10", "2025-10-10", "2026-01-10", "2026-04-10"]);
    let met = |as_of: &str, provider: &str| workspace.told(as_of).of(provider).met("kpi-form-not-returned");
    assert_eq!(met("2025-10-15", "Never"), [""; 0]);
    assert_eq!(met("2025-10-16", "Never"), ["2025-26 Q2 triggered"]);
    let told = workspace.told("2026-04-20");
    let all = ["2025-26 Q2 triggered", "2025-26 Q3 triggered", "2025-26 Q4 triggered"];
    assert_eq!(told.of("Never").met("kpi-form-not-returned"), all);
    assert_eq!(told.of("Always").met("kpi-form-not-returned"), [""; 0]);
    for own in told.of("Never").escalated("kpi-form-not-returned") {
        assert!(own.clause.contains("5.2") && own.by.is_none(), "{own:?}");
    }
}

#[test]
fn a_late_form_is_late_and_not_a_form_not_returned() {
    let mut workspace = Workspace::default();
    quarters(&mut workspace, PROVIDER, ["2025-07-16", "2025-10-20", "2026-01-15", "2026-04-16"]);
    workspace.receive("certification.xlsx", "2026-06-02", &certification(PROVIDER));
    // Before it came it was missing.
    let told = workspace.told("2025-10-19");
    assert_eq!(told.of(PROVIDER).met("kpi-form-not-returned"), ["2025-26 Q2 triggered"]);
    let told = workspace.told("2026-06-10");
    let review = told.of(PROVIDER);
    for (quarter, status) in
        [("2025-26 Q1", "late"), ("2025-26 Q2", "late"), ("2025-26 Q3", "on-time"), ("2025-26 Q4", "late")]
    {
        assert_eq!(review.status(KPI_FORM, quarter), status, "{quarter}");
        assert_eq!(review.rating("K1", quarter), "not-rated", "{quarter}");
    }
    assert_eq!(review.met("kpi-form-not-returned"), [""; 0]);
    assert_eq!(review.status(CERTIFICATION, YEAR), "late");
    assert_eq!(review.met("not-certified"), [""; 0]);
}

#[test]
fn the_kpis_are_worked_out_and_not_rated() {
    let mut workspace = Workspace::default();
    workspace.provider(CONTRACT, PROVIDER, "2025-04-01");
    workspace.receive("q1.xlsx", "2025-07-10", &kpi_form(PROVIDER, "Q1 2025-26", ANSWERS));
    workspace.receive(
        "q2.xlsx",
        "2025-10-10",
        &kpi_form(PROVIDER, "Q2 2025-26", [5, 2, 2, 90, 60, 0, 20, 15]),
    );
    let told = workspace.told("2025-10-12");
    let review = told.of(PROVIDER);
    for (quarter, parts, values) in [
        ("2025-26 Q1", ["3/4", "114/120", "12/18"], [6.0, 0.75, 0.95, 2.0, 0.6667]),
        ("2025-26 Q2", ["2/2", "60/90", "15/20"], [5.0, 1.0, 0.6667, 0.0, 0.75]),
    ] {
        for (kpi, value) in ["K1", "K2", "K3", "K4", "K5"].into_iter().zip(values) {
            assert_eq!(review.rating(kpi, quarter), "not-rated", "{kpi} in {quarter}");
            assert_eq!(review.value(kpi, quarter), Some(value), "{kpi} in {quarter}");
        }
        assert_eq!(["K2", "K3", "K5"].map(|kpi| review.parts(kpi, quarter)), parts, "{quarter}");
        assert_eq!(review.findings(KPI_FORM, quarter), [], "{quarter}");
    }
    assert_eq!(review.rating("K1", "2025-26 Q1"), "not-rated");
    assert_eq!(review.met("standard-not-met"), [""; 0]);
}

#[test]
fn kpis_of_a_form_not_returned_have_no_return() {
    let mut workspace = Workspace::default();
    quarters(&mut workspace, PROVIDER, ["2025-07-10", "", "", ""]);
    let told = workspace.told("2025-10-16");
    for kpi in ["K1", "K2", "K3", "K4", "K5"] {
        assert_eq!(told.of(PROVIDER).rating(kpi, "2025-26 Q2"), "no-return", "{kpi}");
    }
}

/// One KPI form in which this answer differs.
fn with_answer(question: u32, cell: Option<&str>) -> Told {
    let mut workspace = Workspace::default();
    workspace.provider(CONTRACT, PROVIDER, "2025-04-01");
    let own = kpi_form(PROVIDER, "Q1 2025-26", ANSWERS);
    let book = match cell {
        Some(text) => own.with(KPIS, &kpi_cell(question), text),
        None => own.without(KPIS, &kpi_cell(question)),
    };
    workspace.receive("q1.xlsx", "2025-07-10", &book);
    workspace.told("2025-07-20")
}

#[test]
fn an_answer_that_is_blank_no_number_or_impossible_is_an_error_at_its_cell() {
    for (question, cell, kpi) in [
        (1, None, "K1"),
        (3, Some("most"), "K2"),
        (5, Some("-3"), "K3"),
        (6, Some("1.5"), "K4"),
        // More in education than there are.
        (8, Some("19"), "K5"),
    ] {
        let told = with_answer(question, cell);
        let review = told.of(PROVIDER);
        let errors: Vec<_> = review
            .complaints(KPI_FORM, "2025-26 Q1")
            .into_iter()
            .map(|own| (own.severity, own.sheet, own.cell))
            .collect();
        assert_eq!(errors, [("error".to_string(), KPIS.to_string(), kpi_cell(question))], "{cell:?}");
        assert_eq!(review.rating(kpi, "2025-26 Q1"), "invalid", "{cell:?}");
        assert_eq!(review.submission(KPI_FORM, "2025-26 Q1")["accurate"], false, "{cell:?}");
        assert_eq!(review.met("kpi-form-not-returned"), [""; 0], "it came");
    }
}

/// A KPI form of the first quarter with these cells emptied or changed, received in time.
fn first_quarter(cells: &[(u32, Option<&str>)], answers: [u32; 8]) -> Workspace {
    let mut workspace = Workspace::default();
    workspace.provider(CONTRACT, PROVIDER, "2025-04-01");
    let mut book = kpi_form(PROVIDER, "Q1 2025-26", answers);
    for (question, cell) in cells {
        book = match cell {
            Some(text) => book.with(KPIS, &kpi_cell(*question), *text),
            None => book.without(KPIS, &kpi_cell(*question)),
        };
    }
    workspace.receive("q1.xlsx", "2025-07-10", &book);
    workspace
}

#[test]
fn of_nothing_there_is_no_share() {
    // No placement ended: none of them in a planned way, whether that is written or not.
    for part in [None, Some("0"), Some("N/A")] {
        let told = first_quarter(&[(3, part)], [6, 0, 0, 120, 114, 2, 18, 12]).told("2025-07-20");
        let review = told.of(PROVIDER);
        assert_eq!(review.rating("K2", "2025-26 Q1"), "no-activity", "{part:?}");
        assert_eq!(review.rating("K3", "2025-26 Q1"), "not-rated", "{part:?}");
        assert_eq!(review.complaints(KPI_FORM, "2025-26 Q1"), [], "{part:?}");
    }
    // Two of none cannot be.
    let told = first_quarter(&[], [6, 0, 2, 120, 114, 2, 18, 12]).told("2025-07-20");
    let review = told.of(PROVIDER);
    assert_eq!(review.rating("K2", "2025-26 Q1"), "invalid");
    assert_eq!(review.submission(KPI_FORM, "2025-26 Q1")["accurate"], false);
}

#[test]
fn an_empty_form_is_no_form_returned() {
    let blank: Vec<(u32, Option<&str>)> = (1..=8).map(|question| (question, None)).collect();
    let mut workspace = first_quarter(&blank, ANSWERS);
    let told = workspace.told("2025-07-15");
    assert_eq!(told.of(PROVIDER).met("kpi-form-not-returned"), [""; 0], "it is not yet past due");
    let told = workspace.told("2025-07-16");
    let review = told.of(PROVIDER);
    assert_eq!(review.status(KPI_FORM, "2025-26 Q1"), "missing");
    assert_eq!(review.rating("K1", "2025-26 Q1"), "invalid");
    assert_eq!(review.met("kpi-form-not-returned"), ["2025-26 Q1 triggered"]);
    // The usable version ends it, on its own date.
    workspace.receive("q1 filled in.xlsx", "2025-07-18", &kpi_form(PROVIDER, "Q1 2025-26", ANSWERS));
    let told = workspace.told("2025-07-20");
    let review = told.of(PROVIDER);
    assert_eq!(review.status(KPI_FORM, "2025-26 Q1"), "late");
    assert_eq!(review.met("kpi-form-not-returned"), [""; 0]);
}

#[test]
fn an_extension_moves_the_day_from_which_a_form_is_missing() {
    let mut workspace = Workspace::default();
    workspace.provider(CONTRACT, PROVIDER, "2025-04-01");
    workspace.record(
        "Extensions",
        [
            ("Provider", PROVIDER.into()),
            ("Contract", CONTRACT.into()),
            ("Form", KPI_FORM.into()),
            ("Period", "2025-26 Q1".into()),
            ("New due date", day("2025-07-31").into()),
            ("Reason", "change of manager".into()),
        ],
    );
    for (as_of, met) in [("2025-07-31", vec![]), ("2025-08-01", vec!["2025-26 Q1 triggered"])] {
        let told = workspace.told(as_of);
        assert_eq!(told.of(PROVIDER).due(KPI_FORM, "2025-26 Q1"), "2025-07-31");
        assert_eq!(told.of(PROVIDER).met("kpi-form-not-returned"), met, "{as_of}");
    }
}

#[test]
fn a_year_not_certified_is_escalated_from_the_day_after_it_was_due() {
    let mut workspace = Workspace::default();
    workspace.provider(CONTRACT, PROVIDER, "2025-04-01");
    for (as_of, met) in [("2026-05-31", vec![]), ("2026-06-01", vec![format!("{YEAR} triggered")])] {
        let told = workspace.told(as_of);
        assert_eq!(told.of(PROVIDER).met("not-certified"), met, "{as_of}");
        for own in told.of(PROVIDER).escalated("not-certified") {
            assert!(own.clause.contains("4.2") && own.by.is_none(), "{own:?}");
        }
    }
    let told = workspace.told("2026-06-01");
    let ratings = ["1", "2", "3", "4", "5", "6", "7", "8"].map(|kpi| told.of(PROVIDER).rating(kpi, YEAR));
    assert_eq!(ratings, ["no-return"; 8]);
    let certified = certified(&[(PROVIDER.to_string(), certification(PROVIDER))]);
    assert_eq!(certified.told("2026-06-01").of(PROVIDER).met("not-certified"), [""; 0]);
}

#[test]
fn the_next_due_dates_of_both_forms_stand_among_the_dates() {
    let mut workspace = Workspace::default();
    workspace.provider(CONTRACT, PROVIDER, "2025-04-01");
    let told = workspace.told("2026-04-02");
    let dates = told.of(PROVIDER).dates();
    for due in ["2026-04-15", "2026-05-31"] {
        assert!(dates.iter().any(|(date, ..)| *date == day(due)), "no {due}: {dates:?}");
    }
}
