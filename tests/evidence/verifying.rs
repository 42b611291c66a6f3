//! `quarterday verify` as an officer types it.

use std::fs;

use serde_json::Value;

use crate::program::{quarterday, text};
use crate::quarter::{AS_OF, quarter};

#[test]
fn it_says_what_is_proven_what_is_not_and_the_head() {
    let workspace = quarter();
    workspace.told(AS_OF);
    let dir = text(workspace.path());
    let sound = quarterday(&["verify", dir]);
    assert_eq!((sound.status, sound.err.as_str()), (0, ""));
    for words in [
        "Everything is as it was recorded.",
        "receipts.jsonl: 4 lines, each continues the one before.",
        "originals: 3 versions of files recorded, the copy of each there and unchanged.",
        "What it does not prove:",
        "receipts.jsonl, line 4, SHA-256",
    ] {
        assert!(sound.out.contains(words), "{words}\n{}", sound.out);
    }
    // What was printed, saved as a note, is a head to check by.
    let note = workspace.path().join("note.txt");
    fs::write(&note, &sound.out).unwrap();
    assert_eq!(quarterday(&["verify", dir, "--head", text(&note)]).status, 0);

    let ledger = workspace.path().join("receipts.jsonl");
    let whole = fs::read_to_string(&ledger).unwrap();
    let cut: String = whole.lines().take(3).map(|line| format!("{line}\n")).collect();
    fs::write(&ledger, cut).unwrap();
    assert_eq!(quarterday(&["verify", dir]).status, 0, "a cut end does not show by itself");
    let cut = quarterday(&["verify", dir, "--expect", text(&note)]);
    assert_eq!(cut.status, 1);
    assert!(cut.out.starts_with("1 thing is not as recorded:") && cut.out.contains("cut off"), "{}", cut.out);

    fs::write(&ledger, whole.replace("2023-07-20", "2023-07-19")).unwrap();
    let broken = quarterday(&["verify", dir]);
    assert_eq!(broken.status, 1);
    for words in ["receipts.jsonl, line 2:", "receipts.jsonl, line 4:", "To do: put back the last good copy"]
    {
        assert!(broken.out.contains(words), "{words}\n{}", broken.out);
    }
    let json: Value = serde_json::from_str(&quarterday(&["verify", dir, "--json"]).out).unwrap();
    assert_eq!(json["format"], "quarterday.verification/1");
    assert_eq!((json["proven"].as_bool(), json["faults"].as_array().unwrap().len()), (Some(false), 3));
}

#[test]
fn what_cannot_be_verified_ends_with_status_2() {
    let dir = tempfile::tempdir().unwrap();
    let empty = quarterday(&["verify", text(dir.path())]);
    assert_eq!(empty.status, 2);
    assert!(empty.err.contains("there is no folder"), "{}", empty.err);
    fs::create_dir(dir.path().join("returns")).unwrap();
    let nothing = quarterday(&["verify", text(dir.path())]);
    assert_eq!(nothing.status, 2);
    assert!(nothing.err.contains("there is nothing to verify"), "{}", nothing.err);
    let typo = quarterday(&["verify", text(dir.path()), "--head", "note.tx"]);
    assert_eq!(typo.status, 2);
    assert!(typo.err.contains("is no file, and no SHA-256"), "{}", typo.err);
}
