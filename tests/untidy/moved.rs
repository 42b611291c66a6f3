//! Officers tidy their folders: what is said of a return does not change when its file is moved, renamed, deleted or copied.

use std::fs;
use std::path::Path;

use serde_json::Value;

use super::support::{one_quarter, quarterday, results, run, submission, text};

const JULY: &str = "HA_MI_2026-07.xlsx";

/// The July return after `tidy` was done between two runs; before it, too.
fn july(tidy: impl FnOnce(&Path)) -> (Value, Value) {
    let dir = one_quarter();
    let of_july = |dir: &Path| submission(&results(dir), "monthly-information", "2026-07-01", None).clone();
    assert_eq!(run(dir.path()).status, 0);
    let before = of_july(dir.path());
    assert_eq!(before["status"], "on-time");
    assert_eq!(before["received"], "2026-08-12");
    tidy(&dir.path().join("returns"));
    run(dir.path());
    (before, of_july(dir.path()))
}

/// Everything but the path of the file is as before.
#[track_caller]
fn assert_same_but_path(before: &Value, after: &Value) {
    for key in ["status", "received", "accurate", "due"] {
        assert_eq!(before[key], after[key], "{key}: {after:#}");
    }
    assert_eq!(after["versions"].as_array().unwrap().len(), 1, "{after:#}");
    assert_eq!(before["versions"][0]["sha256"], after["versions"][0]["sha256"]);
}

#[test]
fn moved_into_another_folder() {
    let (before, after) = july(|returns| {
        fs::create_dir(returns.join("monthly")).unwrap();
        fs::rename(returns.join(JULY), returns.join("monthly").join(JULY)).unwrap();
    });
    assert_same_but_path(&before, &after);
    assert_eq!(after["versions"][0]["file"], "returns/monthly/HA_MI_2026-07.xlsx");
}

#[test]
fn renamed() {
    let (before, after) = july(|returns| {
        fs::rename(returns.join(JULY), returns.join("July as sent.xlsx")).unwrap();
    });
    assert_same_but_path(&before, &after);
    assert_eq!(after["versions"][0]["file"], "returns/July as sent.xlsx");
}

/// A run had looked for the file before it came, so that its first sight is proof of a date after the due one; the register's
/// date is still the one that counts.
#[test]
fn renamed_after_a_run_looked_in_vain() {
    let dir = one_quarter();
    let file = dir.path().join("returns").join(JULY);
    let bytes = fs::read(&file).unwrap();
    fs::remove_file(&file).unwrap();
    assert_eq!(quarterday(["run", text(dir.path()), "--as-of", "2026-08-20"]).status, 1);
    fs::write(&file, bytes).unwrap();
    let status = || {
        run(dir.path());
        submission(&results(dir.path()), "monthly-information", "2026-07-01", None)["status"].clone()
    };
    assert_eq!(status(), "on-time");
    fs::rename(&file, dir.path().join("returns/July as sent.xlsx")).unwrap();
    assert_eq!(status(), "on-time");
}

#[test]
fn copied_beside_itself() {
    let (before, after) = july(|returns| {
        fs::copy(returns.join(JULY), returns.join("Copy of HA_MI_2026-07.xlsx")).unwrap();
    });
    assert_same_but_path(&before, &after);
}

#[test]
fn deleted() {
    let (before, after) = july(|returns| fs::remove_file(returns.join(JULY)).unwrap());
    assert_same_but_path(&before, &after);
    assert_eq!(before["versions"], after["versions"]);
}
