//! The shipped samples come to what `samples/README.md` says they come to.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on should stop")]

use std::collections::BTreeMap;

use quarterday::run::{Outcome, Request, run};
use quarterday::samples;
use serde_json::Value;
use tempfile::TempDir;

fn results(name: &str) -> Value {
    let sample = samples::all().into_iter().find(|sample| sample.name == name).unwrap();
    let dir = TempDir::new().unwrap();
    for file in sample.files() {
        let path = dir.path().join(file.path);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, file.bytes).unwrap();
    }
    let request = Request { as_of: sample.as_of, today: sample.as_of };
    let Outcome { results_json, .. } = run(dir.path(), request, &|_| {}).unwrap();
    serde_json::from_slice(&results_json).unwrap()
}

fn list<'v>(value: &'v Value, key: &str) -> &'v [Value] {
    value[key].as_array().unwrap()
}

fn text<'v>(value: &'v Value, key: &str) -> &'v str {
    value[key].as_str().unwrap_or_default()
}

/// `period id status` of every escalation.
fn escalations(review: &Value) -> Vec<String> {
    let mut found: Vec<String> = list(review, "escalations")
        .iter()
        .map(|own| format!("{} {} {}", text(own, "period"), text(own, "id"), text(own, "status")))
        .collect();
    found.sort();
    found
}

/// The ratings of a period, KPI by KPI, by their first letters.
fn ratings(review: &Value, period: &str) -> String {
    list(review, "ratings")
        .iter()
        .filter(|own| text(own, "period") == period && own["area"].is_null())
        .map(|own| match text(own, "rating") {
            "no-return" => 'x',
            "no-activity" => '-',
            "not-rated" => 'o',
            other => other.chars().next().unwrap(),
        })
        .collect()
}

#[test]
fn eighteen_months_of_visits() {
    let results = results("kent-regulation-44");
    let review = &results["reviews"][0];
    let overall: BTreeMap<&str, &str> =
        list(review, "overall").iter().map(|own| (text(own, "period"), text(own, "rating"))).collect();
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
    let by = list(review, "escalations").iter().find(|own| text(own, "id") == "plan-after-warning").unwrap();
    assert_eq!(text(by, "by"), "2023-04-21");
}

#[test]
fn a_year_of_the_alliance() {
    let results = results("wla-semi-independent");
    let expected: &[(&str, &str, &[&str])] = &[
        (
            "Brackenhythe Futures",
            "iiiiiiii",
            &[
                "2025-26 Q3 kpi-form-not-returned triggered",
                "2025-26 Q3 meeting-missed triggered",
                "2025-26 Q3 notified-late triggered",
                "2025-26 Q4 kpi-form-not-returned triggered",
                "2025-26 not-certified triggered",
                "2026-27 Q1 meeting-missed triggered",
            ],
        ),
        ("Fernbrake Lodge Care", "grggggrg", &["2025-26 standard-not-met triggered"]),
        ("Larkspur Row Supported Living", "gggggggg", &[]),
        ("Ninefold Homes", "gggggggg", &[]),
        ("Osprey Wharf Support", "rgrgrggg", &["2025-26 certificate-contradicted triggered"]),
        (
            "Quillmark Young People's Services",
            "xxxxxxxx",
            &["2025-26 Q4 meeting-missed triggered", "2025-26 not-certified triggered"],
        ),
        ("Saltgate Pathways", "gggggggg", &[]),
        (
            "Tallow Lane Housing",
            "ggggg-gg",
            &[
                "2025-26 Q2 kpi-form-not-returned triggered",
                "2025-26 Q4 notified-late triggered",
                "2026-27 Q1 notified-late triggered",
            ],
        ),
        (
            "Windle Court Accommodation",
            "gigigrgr",
            &["2025-26 certificate-contradicted triggered", "2026-27 Q1 notified-late triggered"],
        ),
    ];
    let reviews = list(&results, "reviews");
    assert_eq!(reviews.len(), expected.len());
    for (review, (provider, answers, met)) in reviews.iter().zip(expected) {
        assert_eq!(text(review, "provider"), *provider);
        assert_eq!(ratings(review, "2025-26"), *answers, "{provider}");
        assert_eq!(escalations(review), *met, "{provider}");
    }
}
