//! `quarterday retention`, and a run after what was due has gone.

use serde_json::Value;

use crate::forms::CONTRACT;
use crate::support::day;
use crate::support::workspace::Workspace;
use crate::visits::{MONTHS, PROVIDER, Ran, files, quarter, quarterday};

fn with_settings(workspace: &Workspace, retention: &str) {
    let text = format!("[retention]\n{retention}\n");
    std::fs::write(workspace.path().join("quarterday.toml"), text).unwrap();
}

fn listed(workspace: &Workspace, as_of: &str) -> (i32, Value) {
    let ran = quarterday(workspace, &["retention", "--as-of", as_of, "--json"]);
    assert_eq!(ran.err, "");
    (ran.status, serde_json::from_str(&ran.out).unwrap())
}

fn run(workspace: &Workspace, as_of: &str) -> Ran {
    quarterday(workspace, &["run", "--as-of", as_of])
}

#[test]
fn without_settings_nothing_is_listed() {
    let workspace = quarter();
    run(&workspace, "2023-07-20");
    let ran = quarterday(&workspace, &["retention", "--as-of", "2099-01-01"]);
    assert!(ran.status == 0 && ran.out.contains("No retention is set"), "{}", ran.out);
    with_settings(&workspace, "retruns = \"6 years\"");
    let ran = quarterday(&workspace, &["retention"]);
    assert!(ran.status == 2 && ran.err.contains("did you mean `returns`"), "{}", ran.err);
}

#[test]
fn a_return_is_due_on_the_day_after_the_last_it_is_kept() {
    let mut workspace = quarter();
    workspace.provider_cell(PROVIDER, "End", day("2023-08-31"));
    workspace.write_register();
    run(&workspace, "2023-07-20");
    let before = files(workspace.path());
    for (settings, as_of, due) in [
        ("returns = \"6 years\"", "2029-08-31", 0),
        ("returns = \"6 years\"", "2029-09-01", 3),
        ("earlier-versions = \"1 day\"", "2029-09-01", 0),
        ("unrecognised = \"1 day\"", "2029-09-01", 0),
    ] {
        with_settings(&workspace, settings);
        let (status, told) = listed(&workspace, as_of);
        assert_eq!(told["due"].as_array().unwrap().len(), due, "{settings} {as_of} {told:#}");
        assert_eq!(status, i32::from(due > 0));
    }
    with_settings(&workspace, "returns = \"6 years\"");
    let (_, told) = listed(&workspace, "2029-08-31");
    assert_eq!(told["next"], "2029-09-01");
    let status = quarterday(&workspace, &["status", "--as-of", "2029-09-01"]);
    assert!(status.out.contains("3 files are due for disposal"), "{}", status.out);
    // Nothing is deleted and nothing written but the table that was asked for.
    let table = workspace.path().join("disposals.csv");
    let ran = quarterday(&workspace, &["retention", "--as-of", "2029-09-01", "-o", table.to_str().unwrap()]);
    assert!(ran.out.contains("Nothing is deleted by the program"), "{}", ran.out);
    let mut after = files(workspace.path());
    let table = String::from_utf8(after.remove("disposals.csv").unwrap()).unwrap();
    assert_eq!(table.lines().count(), 4, "{table}");
    after.remove("quarterday.toml");
    assert_eq!(after, before);
}

#[test]
fn a_return_disposed_of_is_neither_missing_nor_looked_for() {
    let mut workspace = quarter();
    run(&workspace, "2023-07-20");
    workspace.provider_cell(PROVIDER, "End", day("2023-06-30"));
    workspace.write_register();
    with_settings(&workspace, "returns = \"1 day\"");
    let (_, told) = listed(&workspace, "2023-07-20");
    let first = &told["due"][0];
    let delete: Vec<&str> =
        first["delete"].as_array().unwrap().iter().map(|own| own.as_str().unwrap()).collect();
    assert!(
        delete.len() == 2 && delete[0].starts_with("returns/") && delete[1].starts_with("originals/"),
        "{first:#}"
    );
    assert_eq!((first["period"].as_str(), first["provider"].as_str()), (Some("2023-04"), Some(PROVIDER)));

    // The copy alone keeps what came in.
    std::fs::remove_file(workspace.path().join(delete[0])).unwrap();
    let ran = run(&workspace, "2023-07-20");
    assert!(ran.status == 0 && !ran.out.contains("came in"), "{}", ran.out);

    // Both gone and nobody says why: the run goes on, and says that something is lost.
    std::fs::remove_file(workspace.path().join(delete[1])).unwrap();
    let ran = run(&workspace, "2023-07-20");
    assert_eq!((ran.status, ran.err.as_str()), (1, ""));
    assert!(ran.out.contains("neither the file nor its copy can be read any more"), "{}", ran.out);
    assert!(ran.out.contains("Missing"), "{}", ran.out);

    let verified = quarterday(&workspace, &["verify"]);
    assert!(verified.status == 1 && verified.out.contains("is gone"), "{}", verified.out);

    // Disposed of on purpose.
    let (file, form) = (delete[0], "monthly-kpi");
    workspace.record(
        "Disposals",
        [
            ("File", file.into()),
            ("Disposed on", day("2023-07-20").into()),
            ("Provider", PROVIDER.into()),
            ("Contract", CONTRACT.into()),
            ("Form", form.into()),
            ("Period", "2023-04".into()),
        ],
    );
    workspace.write_register();
    let ran = run(&workspace, "2023-07-20");
    assert_eq!((ran.status, ran.err.as_str()), (0, ""), "{}", ran.out);
    assert!(!ran.out.contains("any more") && !ran.out.contains("Missing"), "{}", ran.out);
    let verified = quarterday(&workspace, &["verify"]);
    assert!(verified.status == 0 && verified.out.contains("1 disposed of"), "{}", verified.out);
    // As of the day before, it was still there for all that anybody could say.
    let results: Value =
        serde_json::from_slice(&std::fs::read(workspace.path().join("out/results.json")).unwrap()).unwrap();
    let april = results["reviews"][0]["submissions"]
        .as_array()
        .unwrap()
        .iter()
        .find(|own| own["period"] == "2023-04");
    assert_eq!(april.unwrap()["status"], "unproven");
    let (_, told) = listed(&workspace, "2023-07-20");
    assert_eq!(told["due"].as_array().unwrap().len(), MONTHS.len() - 1, "what is gone is not listed again");
}
