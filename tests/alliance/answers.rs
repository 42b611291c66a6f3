//! The answers of the self-certification: Yes, an honest No, not applicable, and none (5).

use crate::forms::{
    ANSWERS, CERTIFICATION, DATE_SUBMITTED, HOUSES, SERVICES, YEAR, answer_cell, certification, certified,
    changed, service_cell,
};
use crate::support::book::{Book, Cell};
use crate::support::day;
use crate::support::results::{Review, Told, found};

const AS_OF: &str = "2026-05-20";

/// One certification for each row, told apart by provider, with these cells changed.
pub fn rows_of(rows: &[Vec<(&'static str, String, Cell)>]) -> Told {
    let books: Vec<(String, Book)> = rows
        .iter()
        .enumerate()
        .map(|(number, cells)| (name(number), changed(certification(&name(number)), cells)))
        .collect();
    certified(&books).told(AS_OF)
}

pub fn name(number: usize) -> String {
    format!("Provider {number:02}")
}

fn ratings(review: Review<'_>) -> Vec<&str> {
    ["1", "2", "3", "4", "5", "6", "7", "8"].map(|kpi| review.rating(kpi, YEAR)).to_vec()
}

/// All green but one.
fn all_but(kpi: &str, rating: &'static str) -> Vec<&'static str> {
    (1..=8).map(|own| if own.to_string() == kpi { rating } else { "green" }).collect()
}

#[test]
fn a_clean_certification_meets_every_standard() {
    let told = rows_of(&[vec![]]);
    let review = told.of(&name(0));
    assert_eq!(ratings(review), ["green"; 8]);
    assert_eq!(review.findings(CERTIFICATION, YEAR), []);
    assert_eq!(review.submission(CERTIFICATION, YEAR)["accurate"], true);
    assert_eq!(review.status(CERTIFICATION, YEAR), "on-time");
    for id in ["not-certified", "standard-not-met", "certificate-contradicted"] {
        assert_eq!(review.met(id), [""; 0], "{id}");
    }
}

#[test]
fn an_honest_no_is_a_standard_not_met_and_no_finding() {
    let all = ["1a", "1b", "1c", "2a", "2b", "2c", "2d", "3", "4", "5", "6", "7", "8"];
    let rows: Vec<Vec<_>> = all
        .iter()
        .zip(["No", "N", "no"].iter().cycle())
        .map(|(number, word)| vec![(ANSWERS, answer_cell(number, "Answer"), Cell::from(*word))])
        .collect();
    let told = rows_of(&rows);
    for (number, row) in all.iter().enumerate() {
        let review = told.of(&name(number));
        assert_eq!(ratings(review), all_but(&row[..1], "red"), "No to {row}");
        assert_eq!(review.findings(CERTIFICATION, YEAR), [], "No to {row}");
        assert_eq!(review.submission(CERTIFICATION, YEAR)["accurate"], true, "No to {row}");
        assert_eq!(review.met("standard-not-met"), [format!("{YEAR} triggered")], "No to {row}");
        assert_eq!(review.met("certificate-contradicted"), [""; 0], "No to {row}");
        let own = &review.escalated("standard-not-met")[0];
        assert!(own.clause.contains("4.2"), "{}", own.clause);
        assert_eq!(own.by, None, "no clause gives a date");
    }
}

#[test]
fn an_honest_no_stays_honest_whatever_the_evidence() {
    let told = rows_of(&[
        vec![
            (ANSWERS, answer_cell("3", "Answer"), "No".into()),
            (SERVICES, service_cell(0, "Gas safety certificate"), day("2023-01-09").into()),
        ],
        vec![
            (ANSWERS, answer_cell("8", "Answer"), "No".into()),
            (SERVICES, service_cell(1, "Meets checklist"), "No".into()),
        ],
        vec![
            (ANSWERS, answer_cell("1b", "Answer"), "No".into()),
            (ANSWERS, answer_cell("1b", "Amount"), 2_000_000.into()),
        ],
    ]);
    for (number, kpi) in ["3", "8", "1"].into_iter().enumerate() {
        let review = told.of(&name(number));
        assert_eq!(review.rating(kpi, YEAR), "red");
        assert_eq!(review.complaints(CERTIFICATION, YEAR), [], "question {kpi}");
        assert_eq!(review.met("certificate-contradicted"), [""; 0], "question {kpi}");
        assert_eq!(review.met("standard-not-met"), [format!("{YEAR} triggered")], "question {kpi}");
    }
}

#[test]
fn two_honest_nos_of_one_year_are_one_entry_that_names_both() {
    let told = rows_of(&[vec![
        (ANSWERS, answer_cell("5", "Answer"), "No".into()),
        (ANSWERS, answer_cell("7", "Answer"), "No".into()),
    ]]);
    let own = told.of(&name(0)).escalated("standard-not-met");
    assert_eq!(own.len(), 1, "{own:?}");
    let evidence = own[0].evidence.to_lowercase();
    assert!(evidence.contains("fire") && evidence.contains("inspection"), "{evidence}");
}

#[test]
fn not_applicable_is_a_full_answer_where_no_property_needs_a_licence() {
    let not_needed = || {
        vec![
            (SERVICES, service_cell(1, "HMO licence required"), Cell::from("No")),
            (SERVICES, service_cell(1, "HMO licence expiry"), Cell::from("")),
        ]
    };
    let rows: Vec<Vec<_>> = ["N/A", "Not applicable", "n/a", "Yes"]
        .into_iter()
        .map(|word| {
            let mut row = not_needed();
            row.push((ANSWERS, answer_cell("6", "Answer"), word.into()));
            row
        })
        .collect();
    let told = rows_of(&rows);
    for number in 0..rows.len() {
        let review = told.of(&name(number));
        // Said that it does not apply, there is nothing to rate; answered yes, it is met.
        let expected = if number < 3 { "no-activity" } else { "green" };
        assert_eq!(review.rating("6", YEAR), expected);
        assert_eq!(review.findings(CERTIFICATION, YEAR), []);
        assert_eq!(review.met("standard-not-met"), [""; 0]);
        assert_eq!(review.met("certificate-contradicted"), [""; 0]);
    }
}

#[test]
fn an_answer_that_is_none_is_an_error_at_its_cell() {
    let rows: Vec<(&str, Cell)> = vec![
        ("3", "perhaps".into()),
        ("1b", "see attached".into()),
        ("7", "".into()),
        ("2c", "< Select >".into()),
    ];
    let told = rows_of(
        &rows
            .iter()
            .map(|(row, cell)| vec![(ANSWERS, answer_cell(row, "Answer"), cell.clone())])
            .collect::<Vec<_>>(),
    );
    for (number, (row, cell)) in rows.iter().enumerate() {
        let review = told.of(&name(number));
        let errors: Vec<_> = review
            .complaints(CERTIFICATION, YEAR)
            .into_iter()
            .map(|own| (own.severity, own.sheet, own.cell))
            .collect();
        let expected = ("error".to_string(), ANSWERS.to_string(), answer_cell(row, "Answer"));
        assert_eq!(errors, [expected], "{row}: {cell:?}");
        assert_eq!(review.rating(&row[..1], YEAR), "invalid", "{row}: {cell:?}");
        assert_eq!(review.submission(CERTIFICATION, YEAR)["accurate"], false);
        assert_eq!(review.met("certificate-contradicted"), [""; 0]);
    }
    for number in 0..2 {
        assert_eq!(told.of(&name(number)).places(CERTIFICATION, YEAR, "answer-unreadable").len(), 1);
    }
}

#[test]
fn not_applicable_is_no_answer_to_any_other_question() {
    let all = ["1a", "1b", "1c", "2a", "2b", "2c", "2d", "3", "4", "5", "7", "8"];
    let rows: Vec<Vec<_>> = all
        .iter()
        .zip(["N/A", "Not applicable", "n/a"].iter().cycle())
        .map(|(number, word)| vec![(ANSWERS, answer_cell(number, "Answer"), Cell::from(*word))])
        .collect();
    let told = rows_of(&rows);
    for (number, row) in all.iter().enumerate() {
        let review = told.of(&name(number));
        let own = found("answer-unreadable", "error", ANSWERS, &answer_cell(row, "Answer"));
        assert_eq!(review.complaints(CERTIFICATION, YEAR), [own], "N/A to {row}");
        assert_eq!(ratings(review), all_but(&row[..1], "invalid"), "N/A to {row}");
        assert_eq!(review.submission(CERTIFICATION, YEAR)["accurate"], false, "N/A to {row}");
        for id in ["standard-not-met", "certificate-contradicted"] {
            assert_eq!(review.met(id), [""; 0], "N/A to {row}");
        }
    }
}

#[test]
fn not_applicable_is_contradicted_by_a_property_that_needs_a_licence() {
    // The clean certification's second service needs one; in the third row both do.
    let answer = || (ANSWERS, answer_cell("6", "Answer"), Cell::from("N/A"));
    let required = |service| service_cell(service, "HMO licence required");
    let told = rows_of(&[vec![answer()], vec![answer(), (SERVICES, required(0), "Yes".into())]]);
    for (number, services) in [vec![1], vec![0, 1]].into_iter().enumerate() {
        let review = told.of(&name(number));
        let expected: Vec<_> = services
            .iter()
            .map(|service| found("evidence-contradicts", "error", SERVICES, &required(*service)))
            .collect();
        assert_eq!(review.complaints(CERTIFICATION, YEAR), expected);
        assert_eq!(ratings(review), all_but("6", "red"));
        assert_eq!(review.met("certificate-contradicted"), [format!("{YEAR} triggered")]);
        assert!(
            review.escalated("certificate-contradicted")[0].evidence.contains("Not applicable, contradicted"),
            "it was not answered yes"
        );
        assert_eq!(review.met("standard-not-met"), [""; 0]);
        for service in services {
            let own = &review.escalated("certificate-contradicted")[0];
            let house = HOUSES[usize::try_from(service).unwrap()];
            assert!(own.evidence.contains(house), "no {house}: {}", own.evidence);
        }
    }
}

#[test]
fn a_yes_and_a_no_to_parts_of_one_question() {
    let old = (ANSWERS, answer_cell("1b", "Amount"), Cell::from("£2m"));
    let told = rows_of(&[
        // One part honestly not met, the other contradicted: both are said.
        vec![(ANSWERS, answer_cell("1a", "Answer"), "No".into()), old.clone()],
        // One part honestly not met, another not answered.
        vec![
            (ANSWERS, answer_cell("2a", "Answer"), "No".into()),
            (ANSWERS, answer_cell("2b", "Answer"), "".into()),
        ],
        // One part contradicted, another not answered.
        vec![old, (ANSWERS, answer_cell("1c", "Answer"), "".into())],
    ]);
    let both = [format!("{YEAR} triggered")];
    let none: [String; 0] = [];
    for (number, kpi, no, contradicted) in
        [(0, "1", &both[..], &both[..]), (1, "2", &both[..], &none[..]), (2, "1", &none[..], &both[..])]
    {
        let review = told.of(&name(number));
        assert_eq!(ratings(review), all_but(kpi, "red"), "row {number}");
        assert_eq!(review.met("standard-not-met"), no, "row {number}");
        assert_eq!(review.met("certificate-contradicted"), contradicted, "row {number}");
    }
}

#[test]
fn without_a_date_submitted_what_rests_on_dates_cannot_be_judged() {
    let none = (ANSWERS, DATE_SUBMITTED.to_string(), Cell::from(""));
    let told = rows_of(&[
        vec![none.clone()],
        // An honest No needs no date, and an amount too low none either.
        vec![
            none.clone(),
            (ANSWERS, answer_cell("3", "Answer"), "No".into()),
            (ANSWERS, answer_cell("1b", "Amount"), 2_000_000.into()),
        ],
        // No property needs a licence, so that nothing rests on a date there.
        vec![
            none.clone(),
            (SERVICES, service_cell(1, "HMO licence required"), "No".into()),
            (SERVICES, service_cell(1, "HMO licence expiry"), "".into()),
        ],
        // A certificate that has long run out contradicts nothing while the day of certifying is not known.
        vec![none.clone(), (SERVICES, service_cell(0, "Gas safety certificate"), day("2019-02-01").into())],
        // What is blank is missing all the same.
        vec![none, (SERVICES, service_cell(0, "Fire risk assessment"), "".into())],
    ]);
    let dated = ["invalid", "invalid", "invalid", "invalid", "invalid", "invalid", "invalid", "green"];
    assert_eq!(ratings(told.of(&name(0))), dated);
    let mut expected = dated;
    (expected[0], expected[2]) = ("red", "red");
    assert_eq!(ratings(told.of(&name(1))), expected);
    let mut expected = dated;
    expected[5] = "green";
    assert_eq!(ratings(told.of(&name(2))), expected);
    assert_eq!(ratings(told.of(&name(3))), dated);
    assert_eq!(ratings(told.of(&name(4))), dated);
    for number in [0, 3] {
        let review = told.of(&name(number));
        let complaints: Vec<_> =
            review.complaints(CERTIFICATION, YEAR).into_iter().map(|own| own.code).collect();
        assert_eq!(complaints, ["date-submitted-missing"]);
        assert_eq!(review.met("certificate-contradicted"), [""; 0]);
    }
    let blank = [(SERVICES.to_string(), service_cell(0, "Fire risk assessment"))];
    assert_eq!(told.of(&name(4)).places(CERTIFICATION, YEAR, "evidence-missing"), blank);
}

#[test]
fn without_a_date_submitted_the_evidence_cannot_be_judged_and_a_finding_says_so() {
    for cell in [Cell::from(""), Cell::from("spring")] {
        let told = rows_of(&[vec![(ANSWERS, DATE_SUBMITTED.to_string(), cell)]]);
        let review = told.of(&name(0));
        assert_eq!(review.places(CERTIFICATION, YEAR, "date-submitted-missing").len(), 1);
        assert_eq!(review.met("certificate-contradicted"), [""; 0]);
    }
}
