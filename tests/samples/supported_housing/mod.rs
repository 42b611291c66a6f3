//! Eight providers of supported housing over six quarters.

mod figures;
mod promises;

use std::sync::LazyLock;

use quarterday::domain::finding::Severity;
use quarterday::review::Results;

use crate::{assert_passed_over, escalations, findings, results, review, submissions};

/// What the sample comes to.
static SAMPLE: LazyLock<Results> = LazyLock::new(|| results("lancashire-supported-housing"));

/// The quarters the returns are of, in order.
const QUARTERS: [&str; 6] =
    ["2020-21 Q1", "2020-21 Q2", "2020-21 Q3", "2020-21 Q4", "2021-22 Q1", "2021-22 Q2"];

/// The provider whose name begins so, as the README shortens it.
fn named(short: &str) -> &'static str {
    let found = SAMPLE.reviews.iter().find(|review| review.provider.starts_with(short));
    &found.unwrap_or_else(|| panic!("nobody is called {short}")).provider
}

#[test]
fn returns_came_when_the_readme_says() {
    let due = ["2020-07-15", "2020-10-15", "2021-01-18", "2021-04-15", "2021-07-15", "2021-10-15"];
    for (provider, statuses, last) in [
        ("Hawksclough", ["on-time"; 6], true),
        ("Marlpit", ["on-time"; 6], true),
        ("Northgate", ["on-time"; 6], true),
        ("Oakenshade", ["on-time", "on-time", "on-time", "on-time", "on-time", "missing"], true),
        ("Pendlewick", ["on-time", "on-time", "late", "on-time", "on-time", "missing"], true),
        ("Ravenmoss", ["", "", "on-time", "unproven", "on-time", "missing"], true),
        ("Sallowbeck", ["on-time"; 6], true),
        ("Twistlefield", ["on-time", "unproven", "on-time", "on-time", "on-time", ""], false),
    ] {
        let mut expected = Vec::new();
        for ((quarter, status), due) in QUARTERS.iter().zip(statuses).zip(due) {
            if provider == "Marlpit" && *quarter == "2020-21 Q3" {
                expected.push(format!("{quarter} {status} 2021-01-29, extended"));
            } else if !status.is_empty() {
                expected.push(format!("{quarter} {status} {due}"));
            }
        }
        if last {
            expected.push("2021-22 Q3 not-yet-due 2022-01-17".to_string());
        }
        assert_eq!(submissions(review(&SAMPLE, named(provider)), "quarterly-kpi"), expected, "{provider}");
    }
    let received = |provider, quarter| {
        let review = review(&SAMPLE, named(provider));
        let own = review.submissions.iter().find(|own| own.period.label() == quarter).unwrap();
        own.received.map(|day| day.to_string())
    };
    assert_eq!(received("Northgate", "2020-21 Q3").as_deref(), Some("2021-01-18"));
    assert_eq!(received("Pendlewick", "2020-21 Q3").as_deref(), Some("2021-01-19"));
    assert_eq!(received("Marlpit", "2020-21 Q3").as_deref(), Some("2021-01-27"));
    assert_eq!(received("Oakenshade", "2021-22 Q2"), None);
}

#[test]
fn only_returns_missing_and_late_have_consequences() {
    for review in &SAMPLE.reviews {
        let expected: &[&str] = match review.provider.as_str() {
            "Pendlewick Support" => {
                &["2020-21 Q3 return-late triggered", "2021-22 Q2 return-missing triggered"]
            }
            "Ravenmoss Care" | "Oakenshade Living" => &["2021-22 Q2 return-missing triggered"],
            _ => &[],
        };
        assert_eq!(escalations(review), expected, "{}", review.provider);
    }
    assert_eq!(SAMPLE.reviews.len(), 8);
}

#[test]
fn every_planted_fault_is_found_and_no_other() {
    assert_eq!(
        findings(&SAMPLE, Severity::Error),
        [
            "empty-return: 2021-22/Q2/Oakenshade return Q2 21-22.xlsx",
            "required-figure-missing: 2021-22/Q1/Oakenshade return Q1 21-22.xlsx, KPI return!E16",
            "required-figure-missing: 2021-22/Q1/Oakenshade return Q1 21-22.xlsx, KPI return!F16",
            "required-figure-missing: 2021-22/Q1/Oakenshade return Q1 21-22.xlsx, KPI return!G16",
            "row-missing: 2020-21/Q2/Oakenshade return Q2 20-21.xlsx, KPI return",
            "stated-differs-from-computed: 2020-21/Q3/Marlpit Row Q3 2020-21 FINAL.xlsx, KPI return!G15",
            "total-mismatch: 2020-21/Q2/pendlewick kpi jul-sep 2020.xlsx, Schemes!F8",
            "total-mismatch: 2020-21/Q4/Sallowbeck Care - Quarter 4 2020-21.xlsx, KPI return!E17",
        ]
    );
    assert_eq!(
        findings(&SAMPLE, Severity::Warning),
        [
            "column-inserted: 2020-21/Q4/HL_KPI_2020-21_Q4.xlsx, KPI return!F11",
            "heading-renamed: 2020-21/Q3/KPI return Twistlefield 2020-21 Q3.xlsx, Schemes!J4",
            "sheet-renamed: 2020-21/Q3/Oakenshade return Q3 20-21.xlsx, KPI data",
        ]
    );
    assert_eq!(
        findings(&SAMPLE, Severity::Info),
        [
            "row-unknown: 2020-21/Q3/Ravenmoss Oct-Dec 2020.xlsx, Schemes!C11",
            "row-unknown: 2020-21/Q4/Ravenmoss Jan-Mar 2021.xlsx, Schemes!C11",
            "row-unknown: 2021-22/Q1/Ravenmoss Apr-Jun 2021.xlsx, Schemes!C11",
            "sheet-hidden: 2020-21/Q1/Sallowbeck Care - Quarter 1 2020-21.xlsx, Lists",
            "sheet-hidden: 2020-21/Q2/Sallowbeck Care - Quarter 2 2020-21.xlsx, Lists",
            "sheet-hidden: 2020-21/Q3/Sallowbeck Care - Quarter 3 2020-21.xlsx, Lists",
            "sheet-hidden: 2020-21/Q4/Sallowbeck Care - Quarter 4 2020-21.xlsx, Lists",
            "sheet-hidden: 2021-22/Q1/Sallowbeck Care - Quarter 1 2021-22.xlsx, Lists",
            "sheet-hidden: 2021-22/Q2/Sallowbeck Care - Quarter 2 2021-22.xlsx, Lists",
        ]
    );
}

#[test]
fn strangers_are_passed_over() {
    assert_passed_over(
        &SAMPLE,
        &[
            ("2020-21/Q3/Domiciliary care monitoring form Q3.xlsx", "no form of any contract"),
            ("2021-22/Q2/Note of call Oakenshade.txt", "a plain text file, not a workbook"),
            ("2021-22/Q2/~$Sallowbeck Care - Quarter 2 2021-22.xlsx", "lock file"),
            ("2020-21/Q4/Northgate voids.xlsx", "not a return"),
        ],
    );
}
