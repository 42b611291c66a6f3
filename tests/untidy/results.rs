//! `results.json`: the interface for other programs.

use std::collections::BTreeSet;

use serde_json::Value;

use super::support::{AS_OF, demo, results};

/// Every object at a path has exactly these keys; `*` stands for every member of a list.
#[track_caller]
fn assert_keys(results: &Value, path: &[&str], keys: &[&str]) {
    let mut at = vec![results];
    for step in path {
        at = if *step == "*" {
            at.into_iter().flat_map(|value| value.as_array().unwrap()).collect()
        } else {
            at.into_iter().map(|value| &value[*step]).collect()
        };
    }
    assert!(!at.is_empty(), "the demo has nothing at {path:?}");
    let expected: BTreeSet<&str> = keys.iter().copied().collect();
    for value in at {
        let found: BTreeSet<&str> = value.as_object().unwrap().keys().map(String::as_str).collect();
        assert_eq!(found, expected, "{path:?}");
    }
}

#[test]
fn every_object_has_its_keys_and_no_others() {
    let results = results(&demo().0);
    assert_eq!(results["format"], "quarterday.results/1");
    assert_eq!(results["as_of"], AS_OF);
    assert_eq!(results["program"], env!("CARGO_PKG_VERSION"));
    let keys = |path: &[&str], keys: &[&str]| assert_keys(&results, path, keys);
    keys(&[], &["format", "as_of", "program", "reviews", "unrecognised"]);
    keys(
        &["reviews", "*"],
        &[
            "contract",
            "provider",
            "submissions",
            "ratings",
            "overall",
            "submission_kpis",
            "escalations",
            "dates",
        ],
    );
    keys(
        &["reviews", "*", "submissions", "*"],
        &[
            "form", "period", "from", "to", "area", "due", "received", "status", "versions", "accurate",
            "findings",
        ],
    );
    keys(&["reviews", "*", "submissions", "*", "versions", "*"], &["file", "sha256", "received"]);
    keys(
        &["reviews", "*", "submissions", "*", "findings", "*"],
        &["code", "severity", "file", "sheet", "cell", "message", "help"],
    );
    keys(
        &["reviews", "*", "ratings", "*"],
        &[
            "kpi",
            "title",
            "area",
            "period",
            "from",
            "to",
            "value",
            "numerator",
            "denominator",
            "unit",
            "target",
            "rating",
            "clause",
            "note",
            "cells",
        ],
    );
    keys(&["reviews", "*", "ratings", "*", "cells", "*"], &["file", "sheet", "cell"]);
    keys(
        &["reviews", "*", "submission_kpis", "*"],
        &["id", "from", "to", "due", "met", "value", "target", "rating"],
    );
    keys(
        &["reviews", "*", "escalations", "*"],
        &["id", "clause", "status", "period", "from", "to", "distance", "evidence", "action", "by"],
    );
    keys(&["reviews", "*", "dates", "*"], &["date", "what", "clause"]);
    keys(&["unrecognised", "*"], &["file", "reason"]);
}

#[test]
fn words_are_those_of_the_interface() {
    let results = results(&demo().0);
    let words = |list: &str, key: &str| -> BTreeSet<String> {
        let items = results["reviews"][0][list].as_array().unwrap();
        items.iter().map(|item| item[key].as_str().unwrap().to_string()).collect()
    };
    let known = |found: BTreeSet<String>, allowed: &[&str]| {
        assert!(found.iter().all(|word| allowed.contains(&word.as_str())), "{found:?}");
    };
    let statuses = words("submissions", "status");
    for status in ["on-time", "late", "unproven", "missing"] {
        assert!(statuses.contains(status), "the demo shows none that is {status}");
    }
    known(statuses, &["on-time", "late", "unproven", "missing", "not-yet-due"]);
    known(
        words("ratings", "rating"),
        &["stretch", "green", "amber", "red", "not-rated", "no-activity", "no-return", "invalid"],
    );
    known(words("escalations", "status"), &["triggered", "watch"]);
    for submission in results["reviews"][0]["submissions"].as_array().unwrap() {
        let received = !submission["received"].is_null();
        let status = submission["status"].as_str().unwrap();
        assert_eq!(received, matches!(status, "on-time" | "late" | "unproven"), "{submission:#}");
    }
    for rating in results["reviews"][0]["ratings"].as_array().unwrap() {
        if rating["unit"] == "percent" && rating["rating"] == "green" {
            let share = rating["numerator"].as_f64().unwrap() / rating["denominator"].as_f64().unwrap();
            assert!((share - rating["value"].as_f64().unwrap()).abs() < 0.0001, "{rating:#}");
            assert!(!rating["cells"].as_array().unwrap().is_empty(), "{rating:#}");
        }
    }
}
