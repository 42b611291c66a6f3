//! The answers of the self-certification: Yes, an honest No, not applicable, and none (5).

use crate::forms::{
    ANSWERS, CERTIFICATION, DATE_SUBMITTED, SERVICES, YEAR, answer_cell, certification, certified, changed,
    service_cell,
};
use crate::support::book::{Book, Cell};
use crate::support::day;
use crate::support::results::{Review, Told};

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
        // Open: whether a standard that does not apply is green or has no rating; it is neither missed nor unanswered.
        assert!(["green", "no-activity", "not-rated"].contains(&review.rating("6", YEAR)));
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
fn without_a_date_submitted_the_evidence_cannot_be_judged_and_a_finding_says_so() {
    for cell in [Cell::from(""), Cell::from("spring")] {
        let told = rows_of(&[vec![(ANSWERS, DATE_SUBMITTED.to_string(), cell)]]);
        let review = told.of(&name(0));
        assert_eq!(review.places(CERTIFICATION, YEAR, "date-submitted-missing").len(), 1);
        assert_eq!(review.met("certificate-contradicted"), [""; 0]);
    }
}
