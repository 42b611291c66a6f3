//! The list of services behind the answers: missing, partly filled in, or written in other ways (5, 8).

use crate::answers::{name, rows_of};
use crate::forms::{
    ANSWERS, CERTIFICATION, CONTRACT, HOUSES, SERVICES, YEAR, answer_cell, certification, certified,
    service_cell,
};
use crate::support::book::{Book, Cell};
use crate::support::day;
use crate::support::results::{Told, found};

/// One certification in which this cell of the services differs, for each row.
fn services(rows: &[(u32, &'static str, Cell)]) -> Told {
    let cells = |(service, heading, cell): &(u32, &'static str, Cell)| {
        vec![(SERVICES, service_cell(*service, heading), cell.clone())]
    };
    rows_of(&rows.iter().map(cells).collect::<Vec<_>>())
}

fn one(book: Book) -> Told {
    certified(&[(name(0), book)]).told("2026-05-20")
}

#[test]
fn a_yes_without_any_service_listed_is_borne_out_by_nothing() {
    let mut without_rows = certification(&name(0));
    let headings = |(row, _): &(u32, u16), _: &mut Cell| *row == 0;
    without_rows.sheet(SERVICES).cells.retain(headings);
    let mut without_sheet = certification(&name(0));
    without_sheet.sheets.retain(|sheet| sheet.name != SERVICES);
    for (what, book) in [("no rows", without_rows), ("no sheet", without_sheet)] {
        let told = one(book);
        let review = told.of(&name(0));
        // What the services are to bear out is not shown to be so; the insurances and policies stand.
        assert_eq!((review.rating("1", YEAR), review.rating("2", YEAR)), ("green", "green"), "{what}");
        for kpi in ["3", "4", "5", "6", "7", "8"] {
            assert_ne!(review.rating(kpi, YEAR), "green", "question {kpi}, {what}");
            assert_ne!(review.rating(kpi, YEAR), "red", "question {kpi}, {what}: nothing contradicts it");
        }
        assert_eq!(review.met("certificate-contradicted"), [""; 0], "{what}");
        assert!(!review.complaints(CERTIFICATION, YEAR).is_empty(), "{what}");
        let complaints = review.complaints(CERTIFICATION, YEAR);
        let mut once = complaints.clone();
        once.dedup();
        assert_eq!(complaints, once, "each is said once, {what}");
    }
}

#[test]
fn dates_written_as_text_are_read_in_uk_order() {
    let gas = "Gas safety certificate";
    let rows = [
        ("01/05/2025", "green"),
        ("1 May 2025", "green"),
        ("1st May 2025", "green"),
        ("2025-05-01", "green"),
        ("01.05.2025", "green"),
        ("30/04/2025", "red"),
        ("30 April 2025", "red"),
        // The fourth of March, not the third of April.
        ("04/03/2025", "red"),
        ("05/01/2025", "red"),
        ("05/06/2025", "green"),
    ];
    let told = services(&rows.map(|(text, _)| (0, gas, text.into())));
    for (number, (text, rating)) in rows.iter().enumerate() {
        let review = told.of(&name(number));
        assert_eq!(review.rating("3", YEAR), *rating, "{text}: {:?}", review.findings(CERTIFICATION, YEAR));
    }
}

#[test]
fn a_date_that_cannot_be_read_is_an_error_at_its_cell_and_contradicts_nothing() {
    let rows = [
        (0, "Gas safety certificate", "last spring", "3"),
        (1, "Fire risk assessment", "31/02/2026", "5"),
        (0, "Last inspection", "booked", "7"),
        (1, "HMO licence expiry", "in hand", "6"),
        (0, "Meets checklist", "mostly", "8"),
    ];
    let told = services(&rows.map(|(service, heading, text, _)| (service, heading, text.into())));
    for (number, (service, heading, text, kpi)) in rows.into_iter().enumerate() {
        let review = told.of(&name(number));
        let complaints: Vec<_> = review
            .complaints(CERTIFICATION, YEAR)
            .into_iter()
            .map(|own| (own.severity, own.sheet, own.cell))
            .collect();
        let expected = ("error".to_string(), SERVICES.to_string(), service_cell(service, heading));
        assert_eq!(complaints, [expected], "{heading} “{text}”");
        assert_eq!(review.rating(kpi, YEAR), "invalid", "{heading} “{text}”");
        assert_eq!(review.met("certificate-contradicted"), [""; 0], "{heading} “{text}”");
    }
}

#[test]
fn an_amount_that_cannot_be_read_is_an_error_at_its_cell() {
    for text in ["enough", "see policy", "ten"] {
        let cell = answer_cell("1b", "Amount");
        let told = one(certification(&name(0)).with(ANSWERS, &cell, text));
        let review = told.of(&name(0));
        let complaints: Vec<_> =
            review.complaints(CERTIFICATION, YEAR).into_iter().map(|own| (own.severity, own.cell)).collect();
        assert_eq!(complaints, [("error".to_string(), cell)], "“{text}”");
        assert_eq!(review.rating("1", YEAR), "invalid", "“{text}”");
        assert_eq!(review.met("certificate-contradicted"), [""; 0], "“{text}”");
    }
}

#[test]
fn what_is_blank_in_the_list_is_asked_for_at_the_blank_cell() {
    let rows =
        [(0, "Meets checklist"), (1, "Meets checklist"), (0, "HMO licence required"), (1, "Last inspection")];
    let told = services(&rows.map(|(service, heading)| (service, heading, "".into())));
    for (number, (service, heading)) in rows.into_iter().enumerate() {
        let review = told.of(&name(number));
        let own = found("evidence-missing", "warning", SERVICES, &service_cell(service, heading));
        assert_eq!(review.complaints(CERTIFICATION, YEAR), [own], "{heading}");
        assert_eq!(review.submission(CERTIFICATION, YEAR)["accurate"], true, "{heading}");
    }
}

#[test]
fn every_service_has_to_bear_it_out_however_many_there_are() {
    // Nine services like the first; the last one's certificate is a day too old.
    let mut book = certification(&name(0));
    let cells = book.sheet(SERVICES).cells.clone();
    for row in 3..10 {
        for ((_, column), cell) in cells.iter().filter(|((own, _), _)| *own == 1) {
            book.sheet(SERVICES).put(row, *column, cell.clone());
        }
        book.sheet(SERVICES).put(row, 0, format!("House {row}").as_str());
    }
    let last = service_cell(8, "Gas safety certificate");
    let told = one(book.with(SERVICES, &last, day("2025-04-30")));
    let review = told.of(&name(0));
    assert_eq!(review.rating("3", YEAR), "red");
    let own = found("evidence-contradicts", "error", SERVICES, &last);
    assert_eq!(review.complaints(CERTIFICATION, YEAR), [own]);
    let evidence = &review.escalated("certificate-contradicted")[0].evidence;
    assert!(evidence.contains("House 9") && !evidence.contains(HOUSES[0]), "{evidence}");
}

#[test]
fn a_standard_the_officer_gave_relief_from_is_shown_and_not_counted() {
    let books = vec![(
        name(0),
        certification(&name(0)).with(ANSWERS, &answer_cell("5", "Answer"), "No").with(
            SERVICES,
            &service_cell(0, "Gas safety certificate"),
            day("2024-01-08"),
        ),
    )];
    let mut workspace = certified(&books);
    let met = [format!("{YEAR} triggered")];
    let told = workspace.told("2026-05-20");
    assert_eq!(told.of(&name(0)).met("standard-not-met"), met);
    assert_eq!(told.of(&name(0)).met("certificate-contradicted"), met);
    for kpi in ["3", "5"] {
        workspace.record(
            "Reliefs",
            [
                ("Provider", name(0).as_str().into()),
                ("Contract", CONTRACT.into()),
                ("KPI", kpi.into()),
                ("Period", YEAR.into()),
                ("Reason", "the house is being rebuilt".into()),
                ("Agreed on", day("2026-05-11").into()),
            ],
        );
    }
    let told = workspace.told("2026-05-20");
    let review = told.of(&name(0));
    assert_eq!((review.rating("3", YEAR), review.rating("5", YEAR)), ("red", "red"));
    for kpi in ["3", "5"] {
        assert!(review.note(kpi, YEAR).contains("rebuilt"), "{}", review.note(kpi, YEAR));
    }
    assert_eq!(review.met("standard-not-met"), [""; 0]);
    assert_eq!(review.met("certificate-contradicted"), [""; 0]);
    // The finding stays: the evidence is what it is.
    assert_eq!(review.places(CERTIFICATION, YEAR, "evidence-contradicts").len(), 1);
}
