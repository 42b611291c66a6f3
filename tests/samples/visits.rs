//! Eighteen months of visits to short-break units.

use std::collections::BTreeMap;

use chrono::NaiveDate;

use crate::{escalations, ratings, results};

#[test]
fn eighteen_months_of_visits() {
    let results = results("kent-regulation-44");
    let review = &results.reviews[0];
    let overall: BTreeMap<String, &str> =
        review.overall.iter().map(|own| (own.period.label(), own.rating.id())).collect();
    for (month, kpis, whole) in [
        ("2022-04", "gss", "green"),
        ("2022-05", "gsg", "green"),
        ("2022-06", "gss", "green"),
        ("2022-07", "gss", "green"),
        ("2022-08", "gss", "green"),
        ("2022-09", "ass", "green"),
        ("2022-10", "gsa", "green"),
        ("2022-11", "gss", "green"),
        ("2022-12", "aag", "amber"),
        ("2023-01", "raa", "amber"),
        ("2023-02", "grr", "red"),
        ("2023-03", "arr", "red"),
        ("2023-04", "xxx", "no-return"),
        ("2023-05", "rra", "red"),
        ("2023-06", "aag", "amber"),
        ("2023-07", "gas", "green"),
        ("2023-08", "gss", "green"),
        ("2023-09", "gss", "green"),
    ] {
        assert_eq!(ratings(review, month), kpis, "{month}");
        assert_eq!(overall.get(month), Some(&whole), "{month}");
    }
    assert_eq!(
        escalations(review),
        [
            "2023-01 improvement-plan triggered",
            "2023-01 red-within triggered",
            "2023-02 improvement-plan triggered",
            "2023-03 formal-warning triggered",
            "2023-03 improvement-plan triggered",
            "2023-04 monthly-meetings triggered",
            "2023-04 plan-after-warning triggered",
            "2023-05 improvement-plan watch",
            "2023-05 termination-after-warning triggered",
            "2023-05 termination-red-run watch",
            "2023-06 improvement-plan triggered",
            "2023-07 improvement-plan triggered",
        ]
    );
    let plan = review.escalations.iter().find(|own| own.id == "plan-after-warning").unwrap();
    assert_eq!(plan.by, NaiveDate::from_ymd_opt(2023, 4, 21));
}
