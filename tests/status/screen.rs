//! `quarterday status` in a folder as it changes under the officer's hands.

use quarterday::domain::draft::DraftKind;
use quarterday::workspace::sent::{Event, Message, Outcome, Sent, Subject};
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
    let written = std::fs::metadata(workspace.path().join("out/results.json")).unwrap().modified().unwrap();
    let later = written + std::time::Duration::from_secs(60);
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
    let to = &["a@b.example"];
    let drafts = [draft("a@b.example", to), draft("c@d.example", &[]), draft("e@f.example", to)];
    let list =
        serde_json::json!({ "format": "quarterday.drafts/1", "as_of": "2023-07-20", "drafts": drafts });
    std::fs::write(workspace.path().join("out/drafts.json"), list.to_string()).unwrap();
    let drafts = |from_here: bool, waiting: usize, sent: usize, in_doubt: usize| {
        serde_json::json!({
            "sent_from_here": from_here, "waiting": waiting, "without_address": 1, "sent": sent, "in_doubt": in_doubt
        })
    };
    // Without a server in the settings nothing tells which were sent: they are told, and wait for nobody.
    let (status, told) = json(&workspace, "2023-07-20");
    assert_eq!((status, &told["drafts"]), (0, &drafts(false, 3, 0, 0)), "{told}");
    std::fs::write(workspace.path().join("quarterday.toml"), "[mail]\nserver = \"smtp.council.example\"\n")
        .unwrap();
    let (status, told) = json(&workspace, "2023-07-20");
    assert_eq!((status, &told["drafts"]), (1, &drafts(true, 3, 0, 0)), "{told}");
    let mut journal = Sent::open(&workspace.path().join("sent.jsonl")).unwrap();
    let at = "2023-07-20T10:00:00+01:00".parse().unwrap();
    for id in ["a@b.example", "e@f.example"] {
        journal.record(at, Event::Handing(Box::new(message(id)))).unwrap();
    }
    journal
        .record(at, Event::Sent(Outcome { message_id: "a@b.example".into(), answer: "250 ok".into() }))
        .unwrap();
    let (_, told) = json(&workspace, "2023-07-20");
    assert_eq!(told["drafts"], drafts(true, 1, 1, 1));
}

/// What the journal says of a message to be handed over.
fn message(id: &str) -> Message {
    Message {
        message_id: id.into(),
        subject: Subject {
            contract: "c".into(),
            provider: PROVIDER.into(),
            form: "f".into(),
            period: "2023-04".into(),
            area: None,
            letter: DraftKind::Thanks,
            holds: vec!["what it holds".into()],
        },
        file: "a.eml".into(),
        sha256: "ab".into(),
        attachments: Vec::new(),
        client_rows: Some(0),
        from: "contracts@council.example".into(),
        to: vec!["a@b.example".into()],
        cc: Vec::new(),
        server: "smtp.council.example:587".into(),
    }
}

#[test]
fn what_is_no_workspace_cannot_be_told_of() {
    let dir = tempfile::tempdir().unwrap();
    let mut program = assert_cmd::Command::cargo_bin("quarterday").unwrap();
    let output = program.arg("status").arg(dir.path()).output().unwrap();
    assert_eq!(output.status.code(), Some(2));
    assert!(String::from_utf8_lossy(&output.stderr).contains("there is no folder"));
}
