//! What contradicts a Yes, and what is only missing behind it (5, 8).

use crate::answers::{name, rows_of};
use crate::forms::{ANSWERS, CERTIFICATION, DATE_SUBMITTED, SERVICES, YEAR, answer_cell, service_cell};
use crate::support::book::Cell;
use crate::support::day;
use crate::support::results::found;

/// A cell of evidence: of the answers by row and heading, or of the services by service and heading.
#[derive(Debug, Clone, Copy)]
enum At {
    Answer(&'static str, &'static str),
    Service(u32, &'static str),
}

impl At {
    fn place(self) -> (&'static str, String) {
        match self {
            At::Answer(row, heading) => (ANSWERS, answer_cell(row, heading)),
            At::Service(service, heading) => (SERVICES, service_cell(service, heading)),
        }
    }

    /// The question whose evidence it is.
    fn kpi(self) -> &'static str {
        match self {
            At::Answer(row, _) => &row[..1],
            At::Service(_, heading) => match heading {
                "Gas safety certificate" => "3",
                "Electrical certificate" | "PAT test" => "4",
                "Fire risk assessment" => "5",
                "HMO licence expiry" => "6",
                "Last inspection" => "7",
                _ => "8",
            },
        }
    }
}

/// What a piece of evidence does to a Yes.
#[derive(Debug, Clone, Copy, PartialEq)]
enum Yes {
    Stands,
    Contradicted,
    Unproven,
}

/// A certification each, made on 1 May 2026, in which this one piece of evidence differs.
fn check(rows: &[(At, Cell, Yes)]) {
    let told = rows_of(
        &rows
            .iter()
            .map(|(at, cell, _)| {
                let (sheet, address) = at.place();
                vec![(sheet, address, cell.clone())]
            })
            .collect::<Vec<_>>(),
    );
    for (number, (at, cell, yes)) in rows.iter().enumerate() {
        let review = told.of(&name(number));
        let what = format!("{at:?} {cell:?}");
        let (sheet, address) = at.place();
        let expected = match yes {
            Yes::Stands => vec![],
            Yes::Contradicted => vec![found("evidence-contradicts", "error", sheet, &address)],
            Yes::Unproven => vec![found("evidence-missing", "warning", sheet, &address)],
        };
        assert_eq!(review.complaints(CERTIFICATION, YEAR), expected, "{what}");
        let contradicted = *yes == Yes::Contradicted;
        assert_eq!(review.submission(CERTIFICATION, YEAR)["accurate"], !contradicted, "{what}");
        for kpi in ["1", "2", "3", "4", "5", "6", "7", "8"] {
            let rating = if contradicted && kpi == at.kpi() { "red" } else { "green" };
            assert_eq!(review.rating(kpi, YEAR), rating, "question {kpi} with {what}");
        }
        let met: Vec<String> = contradicted.then(|| format!("{YEAR} triggered")).into_iter().collect();
        assert_eq!(review.met("certificate-contradicted"), met, "{what}");
        // An honest No is another thing.
        assert_eq!(review.met("standard-not-met"), [""; 0], "{what}");
    }
}

#[test]
fn insurance_of_at_least_the_amount_in_every_notation() {
    use Yes::{Contradicted, Stands};
    let amount = |row| At::Answer(row, "Amount");
    let mut rows = Vec::new();
    for row in ["1a", "1b"] {
        rows.extend([
            (amount(row), 10_000_000.into(), Stands),
            (amount(row), 9_999_999.into(), Contradicted),
            (amount(row), 2_000_000.into(), Contradicted),
        ]);
    }
    rows.extend([
        (amount("1c"), 5_000_000.into(), Stands),
        (amount("1c"), 4_999_999.into(), Contradicted),
        (amount("1a"), "10000000".into(), Stands),
        (amount("1a"), "£10,000,000".into(), Stands),
        (amount("1a"), "£10m".into(), Stands),
        (amount("1a"), "10 million".into(), Stands),
        (amount("1a"), "£10 million".into(), Stands),
        (amount("1a"), "9999999".into(), Contradicted),
        (amount("1a"), "£9,999,999".into(), Contradicted),
        (amount("1a"), "£9.9m".into(), Contradicted),
        (amount("1a"), "9 million".into(), Contradicted),
        (amount("1b"), "£2m".into(), Contradicted),
        (amount("1c"), "£5m".into(), Stands),
        (amount("1c"), "£4.99m".into(), Contradicted),
    ]);
    check(&rows);
}

#[test]
fn insurance_valid_on_the_day_of_certifying() {
    let mut rows = Vec::new();
    for row in ["1a", "1b", "1c"] {
        rows.extend([
            (At::Answer(row, "Date"), day("2026-05-01").into(), Yes::Stands),
            (At::Answer(row, "Date"), day("2026-04-30").into(), Yes::Contradicted),
            (At::Answer(row, "Date"), "".into(), Yes::Unproven),
        ]);
    }
    check(&rows);
}

#[test]
fn policies_reviewed_in_the_last_twelve_months_inclusive() {
    let mut rows = Vec::new();
    for row in ["2a", "2b", "2c", "2d"] {
        rows.extend([
            (At::Answer(row, "Date"), day("2025-05-01").into(), Yes::Stands),
            (At::Answer(row, "Date"), day("2025-04-30").into(), Yes::Contradicted),
            (At::Answer(row, "Date"), "".into(), Yes::Unproven),
        ]);
    }
    check(&rows);
}

#[test]
fn certificates_assessments_and_inspections_of_every_service() {
    let mut rows = Vec::new();
    for (service, heading) in [
        (0, "Gas safety certificate"),
        (1, "Gas safety certificate"),
        (0, "Fire risk assessment"),
        (1, "Fire risk assessment"),
        (0, "Last inspection"),
        (1, "Last inspection"),
    ] {
        rows.extend([
            (At::Service(service, heading), day("2025-05-01").into(), Yes::Stands),
            (At::Service(service, heading), day("2026-05-01").into(), Yes::Stands),
            (At::Service(service, heading), day("2025-04-30").into(), Yes::Contradicted),
            (At::Service(service, heading), day("2025-03-31").into(), Yes::Contradicted),
            (At::Service(service, heading), "".into(), Yes::Unproven),
        ]);
    }
    check(&rows);
}

#[test]
fn an_electrical_certificate_holds_five_years_and_pat_where_required() {
    let electrical = At::Service(0, "Electrical certificate");
    check(&[
        (electrical, day("2021-05-01").into(), Yes::Stands),
        (electrical, day("2021-04-30").into(), Yes::Contradicted),
        (electrical, day("2025-04-30").into(), Yes::Stands),
        (electrical, "".into(), Yes::Unproven),
        // Open: how long a PAT test holds, and whether a blank says that none is required. A recent test and “not applicable” are
        // beyond doubt.
        (At::Service(0, "PAT test"), day("2026-04-20").into(), Yes::Stands),
        (At::Service(0, "PAT test"), "N/A".into(), Yes::Stands),
        (At::Service(1, "PAT test"), "not applicable".into(), Yes::Stands),
    ]);
}

#[test]
fn a_licence_for_every_property_that_needs_one() {
    check(&[
        (At::Service(1, "HMO licence expiry"), day("2026-05-01").into(), Yes::Stands),
        (At::Service(1, "HMO licence expiry"), day("2026-04-30").into(), Yes::Contradicted),
        (At::Service(1, "HMO licence expiry"), "".into(), Yes::Unproven),
        // The first needs none: what stands in its cell proves and contradicts nothing.
        (At::Service(0, "HMO licence expiry"), "".into(), Yes::Stands),
        (At::Service(0, "HMO licence expiry"), day("2024-01-31").into(), Yes::Stands),
    ]);
}

#[test]
fn every_property_meets_the_checklist() {
    check(&[
        (At::Service(0, "Meets checklist"), "No".into(), Yes::Contradicted),
        (At::Service(1, "Meets checklist"), "N".into(), Yes::Contradicted),
        (At::Service(1, "Meets checklist"), "Y".into(), Yes::Stands),
    ]);
}

#[test]
fn not_applicable_to_a_service_needs_no_question_and_a_blank_does() {
    let mut rows = Vec::new();
    for heading in
        ["Gas safety certificate", "Electrical certificate", "Fire risk assessment", "Last inspection"]
    {
        // An all-electric house has no gas certificate; of the rest there is no house without.
        let not_applicable = || if heading.starts_with("Gas") { Yes::Stands } else { Yes::Unproven };
        for (service, word) in [(0, "N/A"), (1, "not applicable")] {
            rows.extend([
                (At::Service(service, heading), word.into(), not_applicable()),
                (At::Service(service, heading), "".into(), Yes::Unproven),
            ]);
        }
    }
    check(&rows);
    // Of an insurance or a policy there is no such thing.
    let rows = [("1a", "Date"), ("2c", "Date")];
    let told = rows_of(&rows.map(|(row, heading)| vec![(ANSWERS, answer_cell(row, heading), "N/A".into())]));
    for (number, (row, heading)) in rows.into_iter().enumerate() {
        let places = told.of(&name(number)).places(CERTIFICATION, YEAR, "evidence-missing");
        assert_eq!(places, [(ANSWERS.to_string(), answer_cell(row, heading))], "{row}");
    }
}

#[test]
fn what_is_dated_after_the_certification_bears_nothing_out() {
    let mut rows = Vec::new();
    for heading in [
        "Gas safety certificate",
        "Electrical certificate",
        "PAT test",
        "Fire risk assessment",
        "Last inspection",
    ] {
        rows.extend([
            (At::Service(0, heading), day("2026-05-01").into(), Yes::Stands),
            // The form came in on 6 May; certified on the 1st, it could not know of the 2nd.
            (At::Service(0, heading), day("2026-05-02").into(), Yes::Contradicted),
        ]);
    }
    rows.extend([
        (At::Answer("2a", "Date"), day("2026-05-01").into(), Yes::Stands),
        (At::Answer("2a", "Date"), day("2026-05-02").into(), Yes::Contradicted),
        // What expires lies ahead.
        (At::Answer("1a", "Date"), day("2027-05-02").into(), Yes::Stands),
        (At::Service(1, "HMO licence expiry"), day("2031-05-01").into(), Yes::Stands),
    ]);
    check(&rows);
}

#[test]
fn twelve_months_to_the_day() {
    // Certified on, evidence, heading; whether it counts.
    let rows = [
        // The hour that goes missing at the end of March is no day.
        ("2026-03-30", "2025-03-30", "Gas safety certificate", true),
        ("2026-03-30", "2025-03-29", "Gas safety certificate", false),
        ("2025-10-27", "2024-10-27", "Gas safety certificate", true),
    ];
    let told = rows_of(
        &rows
            .iter()
            .map(|(certified, date, heading, _)| {
                // What else the question rests on is dated the day of certifying, so that this piece alone decides.
                let on = || Cell::from(day(certified));
                let mut cells = vec![(ANSWERS, DATE_SUBMITTED.to_string(), on())];
                for (service, heading) in [(0, *heading), (1, *heading), (0, "PAT test"), (1, "PAT test")] {
                    cells.push((SERVICES, service_cell(service, heading), on()));
                }
                cells.push((SERVICES, service_cell(0, heading), day(date).into()));
                cells
            })
            .collect::<Vec<_>>(),
    );
    for (number, (certified, date, heading, counts)) in rows.iter().enumerate() {
        let kpi = At::Service(0, heading).kpi();
        let expected = if *counts { "green" } else { "red" };
        assert_eq!(told.of(&name(number)).rating(kpi, YEAR), expected, "{heading} of {date} on {certified}");
    }
}

#[test]
fn the_twelve_months_run_back_from_the_date_submitted() {
    // The same evidence, certified a day earlier and a day later.
    let gas = || (SERVICES, service_cell(0, "Gas safety certificate"), Cell::from(day("2025-05-01")));
    let submitted = |date: &str| (ANSWERS, DATE_SUBMITTED.to_string(), Cell::from(day(date)));
    let told = rows_of(&[
        vec![gas(), submitted("2026-04-30")],
        vec![gas(), submitted("2026-05-01")],
        vec![gas(), submitted("2026-05-02")],
    ]);
    let ratings: Vec<&str> = (0..3).map(|number| told.of(&name(number)).rating("3", YEAR)).collect();
    // All three were received on 6 May, which decides nothing here.
    assert_eq!(ratings, ["green", "green", "red"]);
}

#[test]
fn each_contradiction_has_its_own_finding_and_the_year_one_escalation_that_names_them() {
    let old = |service, heading| (SERVICES, service_cell(service, heading), Cell::from(day("2024-06-03")));
    let told = rows_of(&[vec![
        old(0, "Gas safety certificate"),
        old(1, "Gas safety certificate"),
        old(1, "Last inspection"),
        (ANSWERS, answer_cell("1b", "Amount"), "£2m".into()),
        (ANSWERS, answer_cell("2a", "Answer"), "No".into()),
    ]]);
    let review = told.of(&name(0));
    let at = |sheet: &str, address: String| found("evidence-contradicts", "error", sheet, &address);
    let mut expected = vec![
        at(SERVICES, service_cell(0, "Gas safety certificate")),
        at(SERVICES, service_cell(1, "Gas safety certificate")),
        at(SERVICES, service_cell(1, "Last inspection")),
        at(ANSWERS, answer_cell("1b", "Amount")),
    ];
    expected.sort();
    assert_eq!(review.complaints(CERTIFICATION, YEAR), expected);
    let ratings = ["1", "2", "3", "4", "5", "6", "7", "8"].map(|kpi| review.rating(kpi, YEAR));
    assert_eq!(ratings, ["red", "red", "red", "green", "green", "green", "red", "green"]);
    let own = review.escalated("certificate-contradicted");
    assert_eq!(own.len(), 1, "{own:?}");
    assert!(own[0].clause.contains("4.2") && own[0].by.is_none(), "{own:?}");
    assert!(own[0].evidence.contains("Quay House") && own[0].evidence.contains("Mill View"), "{own:?}");
    assert_eq!(review.met("standard-not-met"), [format!("{YEAR} triggered")]);
}
