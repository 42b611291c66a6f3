//! `--json`: what a command has to say, for other programs.

use std::fs;

use quarterday::domain::finding_kinds;
use quarterday::{rules, samples};
use serde_json::Value;
use tempfile::TempDir;

use crate::program::{quarterday, text};

/// What is printed, and the status.
fn json(arguments: &[&str]) -> (i32, Value) {
    let asked: Vec<&str> = arguments.iter().chain(&["--json"]).copied().collect();
    let ran = quarterday(&asked);
    assert_eq!(ran.err, "", "{arguments:?}");
    assert!(ran.out.ends_with("}\n"), "{arguments:?}");
    (ran.status, serde_json::from_str(&ran.out).unwrap())
}

#[test]
fn lists_hold_all_that_is_known() {
    let (status, explained) = json(&["explain"]);
    assert_eq!((status, &explained["format"]), (0, &Value::from("quarterday.explain/1")));
    let findings = explained["findings"].as_array().unwrap();
    assert_eq!(findings.len(), finding_kinds::ALL.len());
    for (entry, kind) in findings.iter().zip(finding_kinds::ALL) {
        assert_eq!((&entry["code"], &entry["remedy"]), (&Value::from(kind.code), &Value::from(kind.remedy)));
        assert!(["error", "warning", "info"].contains(&entry["severity"].as_str().unwrap()));
    }
    assert_eq!(explained["rules"].as_array().unwrap().len(), rules::ALL.len());
    let (_, one) = json(&["explain", "total-mismatch"]);
    assert_eq!((one["findings"].as_array().unwrap().len(), one["rules"].as_array().unwrap().len()), (1, 0));
    let (_, one) = json(&["explain", "bands"]);
    assert_eq!((one["findings"].as_array().unwrap().len(), one["rules"].as_array().unwrap().len()), (0, 1));

    let (status, all) = json(&["rules"]);
    assert_eq!((status, all["rules"].as_array().unwrap().len()), (0, rules::ALL.len()));
    let (_, one) = json(&["rules", "bands"]);
    assert_eq!(one["rules"][0]["name"], "bands");
}

#[test]
fn contracts_are_listed_checked_and_explained() {
    let folder = TempDir::new().unwrap();
    fs::create_dir_all(folder.path().join("contracts")).unwrap();
    let (status, list) = json(&["contract", "list", text(folder.path())]);
    assert_eq!((status, &list["format"]), (0, &Value::from("quarterday.contracts/1")));
    let contracts = list["contracts"].as_array().unwrap();
    assert!(
        contracts.iter().all(|own| own["built_in"] == true && !own["forms"].as_array().unwrap().is_empty())
    );
    let number = contracts.len();

    let wrong = folder.path().join("contracts/mine.toml");
    fs::write(&wrong, "id = 1\n").unwrap();
    let (status, list) = json(&["contract", "list", text(folder.path())]);
    let contracts = list["contracts"].as_array().unwrap();
    assert_eq!((status, contracts.len()), (1, number + 1));
    let mine = contracts.last().unwrap();
    assert_eq!((&mine["id"], &mine["built_in"]), (&Value::Null, &Value::from(false)));
    assert!(mine["faults"][0].as_str().unwrap().contains("mine.toml:1:"), "{mine}");

    let (status, checked) = json(&["contract", "check", text(&wrong)]);
    assert_eq!((status, &checked["format"]), (1, &Value::from("quarterday.contract-check/1")));
    assert_eq!(
        (&checked["definitions"][0]["contract"], &checked["definitions"][0]["remarks"][0]["line"]),
        (&Value::Null, &Value::from(1))
    );
    let (status, checked) = json(&["contract", "check"]);
    let definitions = checked["definitions"].as_array().unwrap();
    assert_eq!((status, &checked["faults"], definitions.len()), (0, &Value::from(0), number));
    let notes = definitions.iter().flat_map(|own| own["remarks"].as_array().unwrap()).count();
    assert_eq!(checked["notes"], notes);

    let id = definitions[0]["contract"].as_str().unwrap();
    let (status, explained) = json(&["contract", "explain", id, "--as-of", "2026-01-20"]);
    assert_eq!((status, &explained["as_of"]), (0, &Value::from("2026-01-20")));
    assert_eq!(explained["passages"][0]["kind"], "heading");
    let dates: Vec<&str> =
        explained["due"].as_array().unwrap().iter().map(|own| own["date"].as_str().unwrap()).collect();
    assert!(dates.is_sorted() && dates.iter().all(|date| *date >= "2026-01-20"), "{dates:?}");
}

#[test]
fn a_check_says_of_each_file_what_it_is() {
    let sample = samples::all().into_iter().find(|sample| sample.name == "cheshire-advocacy").unwrap();
    let folder = TempDir::new().unwrap();
    let put = |name: &str| {
        let own = sample.files().into_iter().find(|file| file.path.ends_with(name)).unwrap();
        let path = folder.path().join(name);
        fs::write(&path, own.bytes).unwrap();
        path
    };
    let (sound, faulty, foreign) =
        (put("HA_KPI_Q4_2025-26.xlsx"), put("HA_KPI_Q3_2025-26.xlsx"), put("Training rota.xlsx"));
    let (status, all) = json(&["check", text(&sound), text(&faulty), text(&foreign)]);
    assert_eq!((status, &all["format"]), (1, &Value::from("quarterday.check/1")));
    let files = all["files"].as_array().unwrap();
    assert_eq!(files.len(), 3);
    let sounds: Vec<bool> = files.iter().map(|own| own["sound"].as_bool().unwrap()).collect();
    assert_eq!(sounds, [true, false, false]);
    assert_eq!(files[0]["return"]["period"], "2025-26 Q4");
    assert_eq!((&files[0]["reason"], &files[2]["return"]), (&Value::Null, &Value::Null));
    assert!(files[0]["return"]["ratings"].as_array().unwrap().iter().any(|own| own["rating"] == "green"));
    let findings = files[1]["return"]["findings"].as_array().unwrap();
    assert!(
        findings
            .iter()
            .any(|own| own["code"] == "stated-differs-from-computed" && own["severity"] == "error")
    );
    assert!(files[2]["reason"].as_str().unwrap().starts_with("Not recognised"), "{}", files[2]);
    let (status, _) = json(&["check", text(&sound)]);
    assert_eq!(status, 0);
}
