//! What waits and what to do next, as tables.

use std::path::Path;

use chrono::NaiveDate;

use super::*;

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

/// A workspace in which nothing waits.
fn quiet() -> Status {
    Status {
        format: FORMAT,
        as_of: day("2026-01-20"),
        last_run: Some(LastRun {
            looked: day("2026-01-19"),
            as_of: Some(day("2026-01-19")),
            changed_since: Vec::new(),
        }),
        arrived: Vec::new(),
        waiting: Vec::new(),
        open: Vec::new(),
        drafts: None,
        overdue: Vec::new(),
        due_this_week: Vec::new(),
        then: None,
        to_decide: Vec::new(),
        to_issue: Vec::new(),
        due_for_disposal: None,
        next: Vec::new(),
        something_waits: false,
    }
}

fn arrived_as(how: &[Arrival]) -> Vec<Arrived> {
    how.iter().map(|how| Arrived { file: "returns/a.xlsx".into(), how: *how }).collect()
}

fn late(providers: &[&str]) -> Vec<DatedLine> {
    vec![DatedLine {
        date: day("2026-01-14"),
        contract: "small".into(),
        what: "Return due".into(),
        is_return: true,
        providers: providers.iter().map(ToString::to_string).collect(),
    }]
}

fn open(names: &[(&str, Option<&str>)]) -> Vec<Open> {
    names.iter().map(|(file, by)| Open { file: (*file).into(), by: by.map(Into::into) }).collect()
}

fn waits(files: &[&str]) -> Vec<Waiting> {
    files.iter().map(|file| Waiting { file: (*file).into(), why: "no return".into() }).collect()
}

#[test]
fn what_to_do_next_follows_from_what_waits() {
    let condition = || ToDecide {
        contract: "small".into(),
        provider: "Harbour".into(),
        what: "Improvement plan".into(),
        clause: "6".into(),
        period: "2025-26 Q1".into(),
        by: None,
    };
    let changed_since = |files: &[&str]| {
        Some(LastRun {
            looked: day("2026-01-19"),
            as_of: Some(day("2026-01-19")),
            changed_since: files.iter().map(ToString::to_string).collect(),
        })
    };
    let drafts = |waiting| {
        Some(DraftsWaiting { sent_from_here: true, waiting, without_address: 0, sent: 2, in_doubt: 0 })
    };
    use Arrival::{Changed, Moved, New};
    for (status, waits, next) in [
        (quiet(), false, vec![]),
        (Status { last_run: None, ..quiet() }, true, vec!["Run `quarterday run`: there has been none."]),
        (
            Status { last_run: None, arrived: arrived_as(&[New]), ..quiet() },
            true,
            vec!["Run `quarterday run`: there has been none, and 1 file lies in returns."],
        ),
        (
            Status { arrived: arrived_as(&[New, New, Changed, Moved]), ..quiet() },
            true,
            vec!["Run `quarterday run`: 2 new files, 1 changed file, 1 moved or copied file."],
        ),
        (
            Status { last_run: changed_since(&["register.xlsx"]), ..quiet() },
            true,
            vec!["Run `quarterday run`: register.xlsx has changed since."],
        ),
        (
            Status { last_run: changed_since(&["register.xlsx", "quarterday.toml", "a"]), ..quiet() },
            true,
            vec!["Run `quarterday run`: register.xlsx and 2 other files have changed since."],
        ),
        (
            Status { open: open(&[("returns/a.xlsx", None), ("register.xlsx", Some("Officer"))]), ..quiet() },
            true,
            vec!["Save and close a.xlsx and register.xlsx."],
        ),
        (
            Status { waiting: waits(&["returns/x/a.pdf", "returns/b.pdf", "returns/c.pdf"]), ..quiet() },
            true,
            vec!["Look at the 3 files that were not read as returns."],
        ),
        (
            Status { overdue: late(&["A", "B", "A"]), ..quiet() },
            true,
            vec!["Chase A and B: returns are missing."],
        ),
        (
            Status { to_decide: vec![condition(), condition()], ..quiet() },
            true,
            vec!["Decide on the 2 conditions that are met."],
        ),
        (Status { drafts: drafts(0), ..quiet() }, false, vec![]),
        (
            Status { drafts: drafts(1), ..quiet() },
            true,
            vec!["Look through and send 1 draft that waits: `quarterday send`."],
        ),
        (
            Status {
                to_issue: vec![ToIssue { contract: "small".into(), period: "2025-26 Q1".into(), packs: 2 }],
                ..quiet()
            },
            false,
            vec!["Issue the packs of 2025-26 Q1 (small)."],
        ),
        (
            Status {
                arrived: arrived_as(&[New]),
                open: open(&[("register.xlsx", None)]),
                overdue: late(&["A"]),
                to_decide: vec![condition()],
                ..quiet()
            },
            true,
            vec![
                "Run `quarterday run`: 1 new file.",
                "Save and close register.xlsx.",
                "Chase A: returns are missing.",
            ],
        ),
    ] {
        assert_eq!(next::next(&status, Path::new(".")), next);
        assert_eq!(next::something_waits(&status), waits, "{next:?}");
    }
    let elsewhere = next::next(&Status { last_run: None, ..quiet() }, Path::new("S:/my reviews"));
    assert_eq!(elsewhere, ["Run `quarterday run \"S:/my reviews\"`: there has been none."]);
}

#[test]
fn what_came_in_is_new_changed_or_moved() {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("receipts.jsonl");
    let seen = |file: &str, sha256: &str| SeenFile { file: file.into(), sha256: sha256.into() };
    let mut ledger = Ledger::open(&path).unwrap();
    ledger.record(day("2026-01-19"), &[seen("returns/a", "1"), seen("returns/b", "2")]).unwrap();
    for (now, how) in [
        (seen("returns/a", "1"), None),
        (seen("returns/a", "3"), Some(Arrival::Changed)),
        // Another known file was put over it.
        (seen("returns/a", "2"), Some(Arrival::Changed)),
        (seen("returns/c", "1"), Some(Arrival::Moved)),
        (seen("returns/c", "3"), Some(Arrival::New)),
    ] {
        let found = arrived(&ledger, std::slice::from_ref(&now));
        assert_eq!(found.first().map(|own| own.how), how, "{now:?}");
    }
}
