//! Files as scans see them, case by case: when a run is made, and what it takes.

use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;
use std::time::{Duration, SystemTime};

use chrono::NaiveDate;

use super::settling::{Looks, Next, Reason, Settling};
use crate::workspace::returns::Why;
use crate::workspace::watching::{Content, Kind, Listed, Look, Stamp};

/// How a file is found in one scan.
#[derive(Debug, Clone, Copy, PartialEq)]
enum Found {
    /// Its time, its bytes.
    At(u64, &'static str),
    /// The same, with a list of the folder that says it is as at this time.
    Listed(u64, u64, &'static str),
    /// At this time, and empty or with zeros at its end.
    Blank(u64),
    /// At this time, and not to be opened.
    InUse(u64),
    Online,
    Gone,
}

use Found::{At, Blank, Gone, InUse, Listed as ListedAs, Online};

fn stamp(time: u64) -> Stamp {
    Stamp { size: 1, modified: Some(SystemTime::UNIX_EPOCH + Duration::from_secs(time)) }
}

impl Looks for BTreeMap<&'static str, Found> {
    fn look(&mut self, file: &Listed) -> Look {
        match self[file.file.as_str()] {
            At(time, _) | ListedAs(_, time, _) | Blank(time) | InUse(time) => Look::At(stamp(time)),
            Online => Look::Online,
            Gone => Look::NotThere,
        }
    }

    fn read(&mut self, file: &Listed) -> Content {
        let read = |time, sha256: &str, blank_end| Content::Read {
            stamp: stamp(time),
            sha256: sha256.to_string(),
            blank_end,
        };
        match self[file.file.as_str()] {
            At(time, bytes) | ListedAs(_, time, bytes) => read(time, bytes, false),
            Blank(time) => read(time, "", true),
            InUse(_) => Content::NotToBeHad,
            Online => Content::Online,
            Gone => Content::Changing,
        }
    }
}

fn day(number: u32) -> NaiveDate {
    NaiveDate::from_ymd_opt(2026, 3, number).unwrap()
}

fn listing(found: &BTreeMap<&'static str, Found>) -> Vec<Listed> {
    let listed = |(file, found): (&&str, &Found)| {
        let time = match found {
            At(time, _) | ListedAs(time, ..) | Blank(time) | InUse(time) => *time,
            Online => 0,
            Gone => return None,
        };
        let kind = if file.starts_with("returns/") { Kind::Return } else { Kind::Record };
        Some(Listed { file: (*file).to_string(), path: PathBuf::new(), kind, stamp: stamp(time) })
    };
    found.iter().filter_map(listed).collect()
}

/// A run that reads what it may.
fn run(settling: &mut Settling, day: NaiveDate, found: &BTreeMap<&'static str, Found>) -> Vec<&'static str> {
    let (mut took, mut refused) = (BTreeMap::new(), BTreeSet::new());
    let mut taken = Vec::new();
    for (file, found) in found.iter().filter(|(file, _)| file.starts_with("returns/")) {
        let (At(_, bytes) | ListedAs(_, _, bytes)) = found else { continue };
        if settling.passes_over(file).is_some() {
            continue;
        }
        if settling.takes(file, bytes) {
            took.insert((*file).to_string(), (*bytes).to_string());
            taken.push(*bytes);
        } else {
            refused.insert((*file).to_string());
        }
    }
    settling.ran(day, &took, &refused);
    taken
}

/// Scans of one file; after each what a run took, where one was made.
fn scans_of(scans: &[Found]) -> Vec<Option<Vec<&'static str>>> {
    let mut settling = Settling::default();
    // The first run is made of an empty folder.
    assert!(matches!(settling.see(day(1), &[], &mut BTreeMap::new()), Next::Run(_)));
    settling.ran(day(1), &BTreeMap::new(), &BTreeSet::new());
    let scan = |found: &Found| {
        let mut found = BTreeMap::from([("returns/a.xlsx", *found)]);
        match settling.see(day(1), &listing(&found.clone()), &mut found) {
            Next::Run(_) => Some(run(&mut settling, day(1), &found)),
            Next::Rest | Next::Soon => None,
        }
    };
    scans.iter().map(scan).collect()
}

#[test]
fn a_file_is_taken_once_it_has_stood_still() {
    let none: Option<Vec<&str>> = None;
    let took = |bytes: &'static str| Some(vec![bytes]);
    for (scans, expected) in [
        (vec![At(1, "a")], vec![none.clone()]),
        (vec![At(1, "a"), At(1, "a"), At(1, "a")], vec![none.clone(), took("a"), none.clone()]),
        // Growing.
        (
            vec![At(1, "h"), At(2, "ha"), At(3, "half"), At(3, "half")],
            vec![none.clone(), none.clone(), none.clone(), took("half")],
        ),
        // Replaced while it settles, and after it was taken.
        (
            vec![At(1, "a"), At(2, "b"), At(2, "b"), At(3, "c"), At(3, "c"), At(3, "c")],
            vec![none.clone(), none.clone(), took("b"), none.clone(), took("c"), none.clone()],
        ),
        // Touched: the same bytes are not taken twice.
        (
            vec![At(1, "a"), At(1, "a"), At(2, "a"), At(2, "a"), At(2, "a")],
            vec![none.clone(), took("a"), none.clone(), none.clone(), none.clone()],
        ),
        // The folder's list comes later than the file.
        (
            vec![
                At(1, "a"),
                ListedAs(1, 2, "ab"),
                ListedAs(1, 3, "abc"),
                ListedAs(1, 3, "abc"),
                At(3, "abc"),
            ],
            vec![none.clone(), none.clone(), none.clone(), took("abc"), none.clone()],
        ),
        // Gone before it has settled, and after.
        (vec![At(1, "a"), Gone, At(1, "a")], vec![none.clone(), none.clone(), none.clone()]),
        (
            vec![At(1, "a"), At(1, "a"), Gone, Gone, Gone],
            vec![none.clone(), took("a"), none.clone(), Some(vec![]), none.clone()],
        ),
        // Saved in the way of Excel: away for a moment.
        (
            vec![At(1, "a"), At(1, "a"), Gone, At(2, "b"), At(2, "b")],
            vec![none.clone(), took("a"), none.clone(), none.clone(), took("b")],
        ),
        // Open in another program, then closed without a change.
        (
            vec![InUse(1), InUse(1), InUse(1), At(1, "a"), At(1, "a")],
            vec![none.clone(), none.clone(), none.clone(), took("a"), none.clone()],
        ),
        // Kept in the cloud, then here.
        (
            vec![Online, Online, Online, At(0, "a"), At(0, "a")],
            vec![none.clone(), none.clone(), none.clone(), none.clone(), took("a")],
        ),
        // Made at its full size and filled with its time kept.
        (
            vec![Blank(1), Blank(1), Blank(1), At(1, "a")],
            vec![none.clone(), none.clone(), none.clone(), none.clone()],
        ),
        (
            vec![Blank(1), Blank(1), Blank(1), At(1, "a"), At(1, "a")],
            vec![none.clone(), none.clone(), none.clone(), none.clone(), took("a")],
        ),
    ] {
        assert_eq!(scans_of(&scans), expected, "{scans:?}");
    }
}

#[test]
fn a_file_that_stays_empty_is_taken_in_the_end() {
    let ran: Vec<usize> = scans_of(&[Blank(1); 20])
        .iter()
        .enumerate()
        .filter_map(|(scan, took)| took.as_ref().map(|_| scan + 1))
        .collect();
    // The run is made in the fifteenth scan. Nothing can be taken in it here, so it settles anew.
    assert_eq!(ran.first(), Some(&15));
}

#[test]
fn a_run_waits_for_what_moves_but_not_for_ever() {
    let mut settling = Settling::default();
    let mut made = Vec::new();
    for scan in 1..=60 {
        let mut found = BTreeMap::from([
            ("returns/growing.xlsx", At(scan, "x")),
            ("returns/still.xlsx", At(1, "still")),
            ("returns/used.xlsx", InUse(1)),
        ]);
        if let Next::Run(_) = settling.see(day(1), &listing(&found.clone()), &mut found) {
            let took = run(&mut settling, day(1), &found);
            made.push((scan, took));
        }
    }
    assert_eq!(made, [(16, vec!["still"])]);
}

#[test]
fn what_cannot_be_opened_holds_nothing_up_and_is_named_once_it_has_lasted() {
    let mut settling = Settling::default();
    let mut found = BTreeMap::from([("returns/still.xlsx", At(1, "still")), ("returns/used.xlsx", InUse(1))]);
    let listed = listing(&found);
    assert_eq!(settling.see(day(1), &listed, &mut found), Next::Soon);
    assert!(matches!(settling.see(day(1), &listed, &mut found), Next::Run(_)));
    assert_eq!(run(&mut settling, day(1), &found.clone()), ["still"]);
    assert_eq!(settling.passes_over("returns/used.xlsx"), Some(Why::InUse));
    // The second scan was the first in which it could not be opened.
    for scan in 3..=15 {
        assert_eq!(settling.see(day(1), &listed, &mut found), Next::Soon, "{scan}");
        assert_eq!(settling.left_alone(), [], "{scan}");
    }
    for _ in 0..3 {
        assert_eq!(settling.see(day(1), &listed, &mut found), Next::Rest);
        assert_eq!(settling.left_alone(), [("returns/used.xlsx".to_string(), Why::InUse)]);
    }
    found.insert("returns/used.xlsx", At(1, "used"));
    assert!(matches!(settling.see(day(1), &listed, &mut found), Next::Run(_)));
    assert_eq!(run(&mut settling, day(1), &found.clone()), ["still", "used"]);
    assert_eq!(settling.see(day(1), &listed, &mut found), Next::Rest);
    assert_eq!(settling.left_alone(), []);
}

#[test]
fn the_first_run_the_register_and_a_new_day_are_reasons() {
    let mut settling = Settling::default();
    let mut found = BTreeMap::from([("register.xlsx", At(1, "a"))]);
    let listed = listing(&found);
    let reason = |next: Next| match next {
        Next::Run(reason) => reason,
        other => panic!("{other:?}"),
    };
    assert_eq!(settling.see(day(1), &listed, &mut found), Next::Soon);
    let first = reason(settling.see(day(1), &listed, &mut found));
    let records = vec!["register.xlsx".to_string()];
    assert_eq!(first, Reason { first: true, records: records.clone(), ..Reason::default() });
    run(&mut settling, day(1), &found);
    assert_eq!(settling.see(day(1), &listed, &mut found), Next::Rest);
    // Saved anew with other bytes.
    found.insert("register.xlsx", At(2, "b"));
    let listed = listing(&found);
    assert_eq!(settling.see(day(1), &listed, &mut found), Next::Soon);
    let second = reason(settling.see(day(1), &listed, &mut found));
    assert_eq!(second, Reason { records, ..Reason::default() });
    run(&mut settling, day(1), &found);
    assert_eq!(settling.see(day(1), &listed, &mut found), Next::Rest);
    let third = reason(settling.see(day(2), &listed, &mut found));
    assert_eq!(third, Reason { new_day: true, ..Reason::default() });
    run(&mut settling, day(2), &found);
    assert_eq!(settling.see(day(2), &listed, &mut found), Next::Rest);
    settling.run_again();
    let fourth = reason(settling.see(day(2), &listed, &mut found));
    assert_eq!(fourth, Reason { again: true, ..Reason::default() });
    run(&mut settling, day(2), &found);
    assert_eq!(settling.see(day(2), &listed, &mut found), Next::Rest);
}

#[test]
fn a_run_that_failed_is_made_again_after_a_change_or_some_rests() {
    let mut settling = Settling::default();
    let mut found = BTreeMap::from([("register.xlsx", At(1, "a")), ("returns/a.xlsx", At(1, "a"))]);
    let listed = listing(&found);
    settling.see(day(1), &listed, &mut found);
    assert!(matches!(settling.see(day(1), &listed, &mut found), Next::Run(_)));
    settling.failed();
    for _ in 0..3 {
        assert_eq!(settling.see(day(1), &listed, &mut found), Next::Rest);
    }
    let Next::Run(reason) = settling.see(day(1), &listed, &mut found) else { panic!("not tried again") };
    assert!(reason.again);
    settling.failed();
    assert_eq!(settling.see(day(1), &listed, &mut found), Next::Rest);
    found.insert("register.xlsx", At(2, "b"));
    let listed = listing(&found);
    assert_eq!(settling.see(day(1), &listed, &mut found), Next::Soon);
    assert!(matches!(settling.see(day(1), &listed, &mut found), Next::Run(_)));
    assert_eq!(run(&mut settling, day(1), &found), ["a"]);
    assert_eq!(settling.see(day(1), &listed, &mut found), Next::Rest);
}

#[test]
fn what_a_run_finds_otherwise_than_it_should_settles_anew() {
    let mut settling = Settling::default();
    let mut found = BTreeMap::from([("returns/a.xlsx", At(1, "a"))]);
    let listed = listing(&found);
    settling.see(day(1), &listed, &mut found);
    assert!(matches!(settling.see(day(1), &listed, &mut found), Next::Run(_)));
    // Between the scan and the run other bytes were written, and the time was kept.
    found.insert("returns/a.xlsx", At(1, "b"));
    assert_eq!(run(&mut settling, day(1), &found), [""; 0]);
    assert_eq!(settling.see(day(1), &listed, &mut found), Next::Soon);
    assert!(matches!(settling.see(day(1), &listed, &mut found), Next::Run(_)));
    assert_eq!(run(&mut settling, day(1), &found), ["b"]);
    // The same after it was taken: the next run notices.
    found.insert("returns/a.xlsx", At(1, "c"));
    assert_eq!(settling.see(day(1), &listed, &mut found), Next::Rest);
    assert!(matches!(settling.see(day(2), &listed, &mut found), Next::Run(_)));
    assert_eq!(run(&mut settling, day(2), &found), [""; 0]);
    assert_eq!(settling.see(day(2), &listed, &mut found), Next::Soon);
    assert!(matches!(settling.see(day(2), &listed, &mut found), Next::Run(_)));
    assert_eq!(run(&mut settling, day(2), &found), ["c"]);
}
