//! `quarterday status` in a folder as it changes under the officer's hands.

use serde_json::Value;

use crate::forms::{Return, afterwards, send};
use crate::support::workspace::Workspace;
use crate::visits::{MONTHS, PROVIDER, counts, files, quarter, quarterday};

fn json(workspace: &Workspace, as_of: &str) -> (i32, Value) {
    let ran = quarterday(workspace, &["status", "--as-of", as_of, "--json"]);
    assert_eq!(ran.err, "");
    (ran.status, serde_json::from_str(&ran.out).unwrap())
}

#[test]
fn it_says_what_came_in_and_writes_nothing() {
    let mut workspace = quarter();
    let before = files(workspace.path());
    let ran = quarterday(&workspace, &["status", "--as-of", "2023-07-20"]);
    assert_eq!((ran.status, ran.err.as_str()), (1, ""));
    for words in ["There has been no run yet.", "Came in since the last run (3):", "1. Run `quarterday run "]
    {
        assert!(ran.out.contains(words), "{words}\n{}", ran.out);
    }
    assert_eq!(files(workspace.path()), before, "a status writes nothing");

    assert_eq!(quarterday(&workspace, &["run", "--as-of", "2023-07-20"]).status, 0);
    let after_run = files(workspace.path());
    let (status, told) = json(&workspace, "2023-07-20");
    assert_eq!(told["arrived"], Value::Array(Vec::new()));
    assert_eq!(
        (&told["last_run"]["looked"], &told["last_run"]["as_of"]),
        (&"2023-07-20".into(), &"2023-07-20".into())
    );
    assert_eq!((status, &told["something_waits"]), (0, &Value::Bool(false)), "{told:#}");
    assert_eq!(told["due_for_disposal"], Value::Null);
    assert_eq!(files(workspace.path()), after_run);

    // A new file, and one put over another.
    send(&mut workspace, &Return::of(PROVIDER, "2023-07-01", counts()), &afterwards("2023-07-01"));
    let name = after_run.keys().find(|name| name.starts_with("returns/")).unwrap().clone();
    let mut other = counts();
    other.in_time = 4;
    let bytes = Return::of(PROVIDER, MONTHS[0].0, other).book().bytes();
    std::fs::write(workspace.path().join(&name), bytes).unwrap();
    let (status, told) = json(&workspace, "2023-08-20");
    let how: Vec<&str> =
        told["arrived"].as_array().unwrap().iter().map(|own| own["how"].as_str().unwrap()).collect();
    assert_eq!(status, 1);
    assert_eq!(how.iter().filter(|how| **how == "new").count(), 1, "{how:?}");
    assert_eq!(how.iter().filter(|how| **how == "changed").count(), 1, "{how:?}");
}

#[test]
fn it_names_what_is_overdue_open_or_no_return() {
    let workspace = quarter();
    quarterday(&workspace, &["run", "--as-of", "2023-07-20"]);
    // July's return is due on the last Friday of the month.
    for (as_of, overdue, waits) in [("2023-07-28", 0, false), ("2023-07-29", 1, true)] {
        let (status, told) = json(&workspace, as_of);
        assert_eq!(told["overdue"].as_array().unwrap().len(), overdue, "{as_of} {told:#}");
        assert_eq!((status == 1, told["something_waits"].as_bool()), (waits, Some(waits)), "{as_of}");
    }
    let (_, told) = json(&workspace, "2023-07-29");
    assert_eq!(told["next"][0], format!("Chase {PROVIDER}: returns are missing."));

    workspace.drop_bytes("letter.txt", b"Dear officer");
    let mut lock = vec![7];
    lock.extend(b"Officer");
    workspace.drop_bytes("~$april.xlsx", &lock);
    let ran = quarterday(&workspace, &["status", "--as-of", "2023-07-20"]);
    assert_eq!(ran.status, 1);
    for words in [
        "Not read as a return (1):",
        "letter.txt: ",
        "returns/april.xlsx, by Officer",
        "Save and close april.xlsx.",
    ] {
        assert!(ran.out.contains(words), "{words}\n{}", ran.out);
    }
    assert!(ran.out.lines().all(|line| line.chars().count() <= 80) && ran.out.lines().count() < 40);
}

#[test]
fn a_register_saved_after_the_run_asks_for_another() {
    let workspace = quarter();
    quarterday(&workspace, &["run", "--as-of", "2023-07-20"]);
    let later = std::time::SystemTime::now() + std::time::Duration::from_secs(60);
    let register = std::fs::File::options().write(true).open(workspace.path().join("register.xlsx")).unwrap();
    register.set_modified(later).unwrap();
    let ran = quarterday(&workspace, &["status", "--as-of", "2023-07-20"]);
    assert!(ran.status == 1 && ran.out.contains("register.xlsx has changed since"), "{}", ran.out);
}

#[test]
fn drafts_that_were_sent_do_not_wait() {
    let workspace = quarter();
    quarterday(&workspace, &["run", "--as-of", "2023-07-20"]);
    let draft = |id: &str, to: &[&str]| {
        serde_json::json!({
            "file": format!("{id}.eml"), "sha256": "ab", "kind": "thanks", "contract": "c", "provider": PROVIDER,
            "review_period": "2023-24 Q1", "form": "f", "period": "2023-04", "area": null, "message_id": id, "to": to,
            "cc": [], "subject": "Thanks", "attachments": []
        })
    };
    let drafts = [draft("a@b.example", &["a@b.example"]), draft("c@d.example", &[])];
    let list =
        serde_json::json!({ "format": "quarterday.drafts/1", "as_of": "2023-07-20", "drafts": drafts });
    std::fs::write(workspace.path().join("out/drafts.json"), list.to_string()).unwrap();
    let (status, told) = json(&workspace, "2023-07-20");
    assert_eq!(told["drafts"], serde_json::json!({ "waiting": 2, "without_address": 1, "sent": 0 }));
    assert_eq!(status, 1);
    let line = |kind: &str, id: &str| format!("{{\"kind\":\"{kind}\",\"message_id\":\"{id}\"}}\n");
    let journal = [line("handing", "c@d.example"), line("sent", "a@b.example"), "torn".to_string()].concat();
    std::fs::write(workspace.path().join("sent.jsonl"), journal).unwrap();
    let (_, told) = json(&workspace, "2023-07-20");
    assert_eq!(told["drafts"], serde_json::json!({ "waiting": 1, "without_address": 1, "sent": 1 }));
}

#[test]
fn what_is_no_workspace_cannot_be_told_of() {
    let dir = tempfile::tempdir().unwrap();
    let mut program = assert_cmd::Command::cargo_bin("quarterday").unwrap();
    let output = program.arg("status").arg(dir.path()).output().unwrap();
    assert_eq!(output.status.code(), Some(2));
    assert!(String::from_utf8_lossy(&output.stderr).contains("there is no folder"));
}
